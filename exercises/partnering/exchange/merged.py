"""What many files become: one partnership, where each row comes from, and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from partnering.partnership import Partnership
from partnering.storage.assumed import CHOICE, LEFT_OUT, NOT_READ, SUPPLIED, Assumption, Told


@dataclass(frozen=True)
class Difference:
    """One answer that two files give in two ways.

    Attributes:
        table: The name of the table.
        row: The row of the whole, from 0.
        column: The name of the column.
        what: The table, row and column, as people would say it.
        first: The file that comes first, and what it says.
        second: The other file, and what it says.
        rows: In which row of either file, as people find it there.
        is_settled: Whether one is stricter, which counts whatever the order of files.
        sentence: What people are told.
    """

    table: str
    row: int
    column: str
    what: str
    first: tuple[str, str]
    second: tuple[str, str]
    rows: tuple[object, object]
    is_settled: bool
    sentence: str


@dataclass
class Merged:
    """One partnership made of many files.

    Attributes:
        partnership: The partnership.
        assumed: What was supplied, chosen between two answers, left out or not read, each with
            its place.
        told: Sentences about what was left alone.
        came_from: A line for every row: its table, its row, and the files it stands in.
        rows: The rows by the names of their tables, each with the files of its cells.
        differences: What two files say in two ways.
        one_sheet: Files, each with a table, in which there is no other sheet to look for it.
    """

    partnership: Partnership
    assumed: list[Assumption]
    told: list[str]
    came_from: pd.DataFrame
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    differences: Sequence[Difference] = ()
    one_sheet: frozenset[tuple[str, str]] = frozenset()

    @property
    def to_confirm(self) -> list[str]:
        """What reading supplied by itself, left out or left alone: people read it, and say yes."""
        return [*self.unread, *self.left_out, *self.supplied, *self.told]

    def _of(self, *kinds: str) -> list[str]:
        return [str(one) for one in self.assumed if one.kind in kinds]

    @property
    def conflicts(self) -> list[str]:
        """Sentences that ask for a decision between two answers."""
        return self._of(CHOICE)

    @property
    def unread(self) -> list[str]:
        """Sentences about answers that were not read or belong to nobody."""
        return self._of(NOT_READ)

    @property
    def supplied(self) -> list[str]:
        """Sentences about what was supplied without standing in a file."""
        return self._of(SUPPLIED)

    @property
    def left_out(self) -> list[str]:
        """Sentences about columns that tell who somebody is."""
        return self._of(LEFT_OUT)


@dataclass
class Row:
    """One row of the whole.

    Attributes:
        cells: What it says, by column.
        first_in: In which file each of its cells stands first.
        first_at: In which row of that file, as people find it there.
        files: The files in which it stands.
        rows_in: Its row in each of them.
        left_empty: By column the files that leave empty what an earlier one says.
    """

    cells: dict[str, str] = field(default_factory=dict)
    first_in: dict[str, str] = field(default_factory=dict)
    first_at: dict[str, object] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    rows_in: dict[str, object] = field(default_factory=dict)
    left_empty: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Heap:
    """What has been put together so far."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    by_key: dict[tuple[str, tuple[str, ...]], Row] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    assumed: list[Assumption] = field(default_factory=Told)
    told: list[str] = field(default_factory=list)
    differences: list[tuple[Row, Difference]] = field(default_factory=list)

    def not_read(self, sentence: str) -> None:
        """Tell what was not read."""
        self.assumed.append(Assumption(sentence, kind=NOT_READ))
