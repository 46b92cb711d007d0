"""What an earlier version of a partnership says otherwise: tables, and how many of their lines.

Lines that are kept back, and columns for the facilitator alone, are not counted: what is said here
can be read by whoever sees the screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import recode
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_ROOM
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import csv_folder, sheets, versions
from partnering.storage.assumed import Assumption
from partnering.storage.atomic import NotOpened
from partnering.storage.versions import Version

Cells = tuple[str, ...]
Sheets = Mapping[str, pd.DataFrame]
NAMED = 3  # tables that are named in one line; of more only the number is said


@dataclass(frozen=True)
class Change:
    """What has changed in one table.

    Attributes:
        table: The name of the table.
        added: How many lines came.
        changed: How many lines say something else.
        removed: How many lines are gone.
    """

    table: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def sentence(self) -> str:
        """Such as “1 line added in “Risks””; of ticks only that some were typed."""
        table = TABLES[self.table]
        if table.views:
            return tr("answers typed in “{table}”").format(table=tr(table.label))
        parts = [
            trn("{count} line added", "{count} lines added", self.added),
            trn("{count} line changed", "{count} lines changed", self.changed),
            trn("{count} line removed", "{count} lines removed", self.removed),
        ]
        counts = (self.added, self.changed, self.removed)
        told = [
            part.format(count=count) for part, count in zip(parts, counts, strict=True) if count
        ]
        return tr("{what} in “{table}”").format(table=tr(table.label), what=", ".join(told))


def in_words(changes: Iterable[Change], most: int = NAMED) -> str:
    """Changes as one sentence, "" where there are none.

    Args:
        changes: One for each table.
        most: How many tables are named.
    """
    told = [change.sentence for change in changes]
    if len(told) > most:
        rest = len(told) - most
        more = trn("and {count} more table", "and {count} more tables", rest)
        told = [*told[:most], more.format(count=rest)]
    return "; ".join(told)


def since_each(place: Path) -> list[tuple[Version, list[Change] | None]]:
    """The earlier versions, the newest first, each with what was changed when it was put aside.

    Args:
        place: The folder of the partnership.

    Returns:
        For each version its changes; None where one of the two states cannot be read.
    """
    found: list[tuple[Version, list[Change] | None]] = []
    after = _read(place)
    for version in versions.kept(place):
        before = _read(version.place)
        found.append((version, _between(before, after)))
        after = before
    return found


def to_bring_back(place: Path, version: Version) -> list[Change] | None:
    """What would change if a version were brought back now; None where it cannot be read."""
    return _between(_read(place), _read(version.place))


def _between(before: Sheets | None, after: Sheets | None) -> list[Change] | None:
    """What has changed; None where a state cannot be read, which is not an empty one."""
    return None if before is None or after is None else between(before, after)


def between(before: Sheets, after: Sheets) -> list[Change]:
    """What has changed from one state to another, in the order of the tables.

    Args:
        before: The sheets of one state, by the names of their tables.
        after: Those of the other.
    """
    found = []
    for name, table in TABLES.items():
        old, new = before.get(name), after.get(name)
        if table.private or (old is None and new is None):
            continue
        change = _in_table(table, old, new)
        if change.added or change.changed or change.removed:
            found.append(change)
    return found


def _read(place: Path) -> dict[str, pd.DataFrame] | None:
    """The sheets of the handbook's own tables in a folder; None where it cannot be read."""
    told: list[Assumption] = []  # how it was read was told when it was open
    try:
        raw = csv_folder.raw_sheets(csv_folder.of_one_moment(place)).told_to(told)
    except (NotOpened, OSError):
        return None
    found = {}
    for name, rows in raw.items():
        table = sheets.table_named(name)
        if table is not None:
            found[table.name] = sheets.sheet_of(rows, table).told_to(told)
    return found


def _in_table(table: Table, old: pd.DataFrame | None, new: pd.DataFrame | None) -> Change:
    (before, kept_before), (after, kept_after) = _lines(table, old), _lines(table, new)
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    places = [_names(table).index(name) for name in table.key if name in _names(table)]

    def known(cells: Cells) -> Cells:
        return tuple(plain(cells[place]) for place in places) if places else cells

    def counted(some: Counter[Cells], kept: list[Cells]) -> Counter[Cells]:
        """Without the lines that are kept back in the other state: they neither come nor go."""
        there = {*kept, *map(known, kept)}
        left = (cells for cells in some.elements() if not {cells, known(cells)} & there)
        return Counter(left)

    gone, come = counted(gone, kept_after), counted(come, kept_before)
    if table.upright:
        changed = min(gone.total(), come.total())
    elif places:
        old_keys, new_keys = (Counter(map(known, some.elements())) for some in (gone, come))
        changed = (old_keys & new_keys).total()
    else:
        changed = min(gone.total(), come.total())
    return Change(table.name, come.total() - changed, changed, gone.total() - changed)


def _names(table: Table) -> list[str]:
    """The columns that are compared: what the room may see, without whether it may."""
    shown = (column.name for column in table.columns if column.share == SHARE_ROOM)
    return [name for name in shown if name not in ("share", "format")]


def _lines(table: Table, sheet: pd.DataFrame | None) -> tuple[list[Cells], list[Cells]]:
    """The lines of a sheet as they are compared: those not kept back, and those kept back."""
    if sheet is None:
        return [], []
    names = _names(table)
    lines: list[Cells] = []
    kept: list[Cells] = []
    for row in sheet.to_dict("records"):
        kept_back = recode.is_kept_back(table, str(row.get("share", "")))
        of_one_voice = bool(str(row.get("respondent", "")).strip())
        cells = tuple(str(row.get(name, "")).strip() for name in names)
        (kept if kept_back or of_one_voice else lines).append(cells)
    return lines, kept
