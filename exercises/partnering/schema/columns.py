"""Columns and tables: what may be typed, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from partnering.language import spoken, tr
from partnering.schema.choices import Scale
from partnering.schema.kinds import SHARE_ROOM, TEXT, UNREAD, Code, Kind, Ref
from partnering.schema.spelling import as_heading, plain

SETTLED_TOGETHER = ("promises", "kept")  # rows that bear a partner and are not its alone


LONGEST_HEADING = 500  # letters; whatever is longer is no heading of the handbook


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its name in files and in code.
        kind: What its cells hold, and how they are read.
        label: What people see over it.
        help: What helps them to fill it in.
        core: Whether it belongs to the short form.
        required: Whether a row cannot do without it.
        stays: Whether a row that cannot do without it is read all the same where it cannot be read,
            with `UNREAD` in its place or no number: money moves, though nobody can tell from whom.
        given: Whether the form prints it rather than asks for it (the partner, the risk).
        share: Who may see its free text by default; the row itself can only be stricter.
        alike: Other headings, in plain letters, under which people may have meant a column that
            protects somebody; one that ends in … may go on. They are asked about, and until then
            the stricter reading counts.
        at_least: The column of the same row that it may not be less than.
        before: Its earlier labels; files and forms that have them are read.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    core: bool = True
    required: bool = False
    stays: bool = False
    given: bool = False
    share: str = SHARE_ROOM
    alike: tuple[str, ...] = ()
    at_least: str = ""
    before: tuple[str, ...] = ()

    @property
    def labels(self) -> list[str]:
        """What may stand over it for people: in English, in the room's language, or earlier."""
        return [self.label, tr(self.label), *self.before]


@dataclass(frozen=True)
class Table:
    """One table of a partnership.

    Attributes:
        name: Its name in files and in code.
        stop: The stop that it belongs to, 0 for all.
        label: What people see over it.
        help: What it is for.
        columns: Its columns, in order.
        key: The columns that make two rows the same row.
        subject: Where rows have no key, the columns that say what they are about: of two that say
            the same there people are asked whether they are one.
        core: Whether it belongs to the short form.
        moments: When it is asked for; empty for always.
        form: The session whose sheet of paper feeds it.
        rows: How many rows a partner fills there; 0 where the room fills it in together.
        views: Whether it holds one answer a partner, or a respondent, about each item. The item is
            what the key names beside these two.
        shipped: The list in `lists/` that fills it at first.
        private: Whether it is a house file of one partner.
        upright: Whether it has one row, shown upright.
        naming: The column that names its rows for people.
        before: Its earlier labels; sheets that are called so are read.
    """

    name: str
    stop: int
    label: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    core: bool = True
    moments: tuple[str, ...] = ()
    form: str = ""
    rows: int = 0
    views: bool = False
    shipped: str = ""
    private: bool = False
    upright: bool = False
    naming: str = ""
    before: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """What a sheet of it may be called: its name, its label, or an earlier label."""
        return [self.name, self.label, tr(self.label), *self.before]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The columns that point to other tables."""
        return tuple(column for column in self.columns if isinstance(column.kind, Ref))

    @cached_property
    def points_to(self) -> tuple[str, ...]:
        """The tables that its references point to."""
        kinds = [column.kind for column in self.columns]
        return tuple(dict.fromkeys(kind.table for kind in kinds if isinstance(kind, Ref)))

    @cached_property
    def letter(self) -> str:
        """The letter with which the codes of its rows begin; "" where they are names, or none."""
        kind = self.by_name[self.key[0]].kind if len(self.key) == 1 else None
        return kind.prefix if isinstance(kind, Code) else ""

    def first_codes(self, count: int) -> list[str]:
        """The codes of rows to come, where none is typed yet: R1, R2, R3.

        Args:
            count: How many.
        """
        return [f"{self.letter}{number}" for number in range(1, count + 1)]

    def scale(self, name: str) -> Scale:
        """The scale of one of its columns."""
        kind = self.by_name[name].kind
        assert isinstance(kind, Scale), f"{self.name}.{name} has no scale"
        return kind

    @property
    def headers(self) -> dict[str, str]:
        """How a heading may be written, in plain letters, and the column that it means."""
        language = spoken()
        if language not in self._headers:
            ways = {plain(way): column.name for column in self.columns for way in column.before}
            ways |= {plain(column.label): column.name for column in self.columns}
            ways |= {plain(tr(column.label)): column.name for column in self.columns}
            ways |= {plain(column.name): column.name for column in self.columns}
            self._headers[language] = ways
        return self._headers[language]

    @cached_property
    def _headers(self) -> dict[object, dict[str, str]]:
        return {}

    def meant_by(self, heading: str) -> str:
        """The column that a heading means, also with the number and star of a form tool; or "".

        Args:
            heading: What stands over a column.
        """
        if len(heading) > LONGEST_HEADING:
            return ""
        known = self.headers
        return known.get(plain(heading)) or known.get(plain(as_heading(heading))) or ""

    @property
    def asked_of_one(self) -> bool:
        """Whether each partner answers for itself, so that a form can ask for it."""
        column = self.by_name.get("partner")
        return bool(column and column.given and not self.private)

    @property
    def own(self) -> bool:
        """Whether its rows are one partner's own answers, not settled with another partner."""
        column = self.by_name.get("partner")
        together = self.name in SETTLED_TOGETHER
        return (
            column is not None and isinstance(column.kind, Ref) and not (self.private or together)
        )

    def asked_at(self, moment: str) -> bool:
        """Whether a partnership at this moment is asked for the table."""
        return not self.moments or not moment or moment in self.moments

    def empty(self) -> pd.DataFrame:
        """The table without rows, with every column and its type: one frame that nobody changes."""
        return self._empty

    @cached_property
    def _empty(self) -> pd.DataFrame:
        nothing = pd.Series([], dtype=object)
        columns = {column.name: column.kind.series(nothing) for column in self.columns}
        return pd.DataFrame({**columns, UNREAD: nothing.astype(TEXT)})
