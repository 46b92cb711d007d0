"""Columns and tables: what may be typed, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from partnering.language import tr
from partnering.schema.kinds import ROOM, Kind, Ref, plain


@dataclass(frozen=True)
class Column:
    """One column: what it holds, what people see over it, what helps them fill it in, and who may see it.

    `given` marks what the form prints rather than asks (the partner, the risk); `share` is the default of its
    free text, which the row's own `share` can only make stricter.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    core: bool = True
    required: bool = False
    given: bool = False
    share: str = ROOM


@dataclass(frozen=True)
class Table:
    """One table: its columns, what makes a row the same row (`key`), when it is asked for and who fills it in.

    `form` names the session whose sheet of paper feeds it and `rows` how many rows a partner fills there (0: filled
    in together). `views` tables hold one answer a partner, or a respondent, about each item: what the key names beside.
    `shipped` names the list in `lists/` that fills it at first. `private` tables are a house file of one partner.
    """

    name: str
    stop: int
    label: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    core: bool = True
    moments: tuple[str, ...] = ()
    form: str = ""
    rows: int = 0
    views: bool = False
    shipped: str = ""
    private: bool = False
    upright: bool = False
    naming: str = ""

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The columns that point to other tables."""
        return tuple(column for column in self.columns if isinstance(column.kind, Ref))

    @cached_property
    def points_to(self) -> tuple[str, ...]:
        """The tables that its references point to."""
        return tuple(
            dict.fromkeys(
                column.kind.table for column in self.columns if isinstance(column.kind, Ref)
            )
        )

    @property
    def headers(self) -> dict[str, str]:
        """How a heading may be written, in plain letters, and the column that it means."""
        ways = {plain(column.label): column.name for column in self.columns}
        ways |= {plain(tr(column.label)): column.name for column in self.columns}
        return ways | {plain(column.name): column.name for column in self.columns}

    def asked_at(self, moment: str) -> bool:
        """Whether a partnership at this moment is asked for the table."""
        return not self.moments or not moment or moment in self.moments

    def empty(self) -> pd.DataFrame:
        """The table without rows, with every column and its type: one frame, which nobody changes."""
        return self._empty

    @cached_property
    def _empty(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                column.name: column.kind.series(pd.Series([], dtype="object"))
                for column in self.columns
            }
        )
