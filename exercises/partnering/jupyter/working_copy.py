"""A partnership while people work on it: edits are saved, what others have saved is taken in, and nothing typed is lost.

Knows no Jupyter. Whoever edits calls `put`, then `save`; whoever waits calls `look_round` about once a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES
from partnering.storage import atomic, folder, paths
from partnering.storage.sheets import alike


class WorkingCopy:
    """One open partnership. `said` is what people are told about saving, `trouble` whether it is something to mend.

    `keeper` reads and saves it: `folder`, or something else with its `open_any` and `save`.
    """

    def __init__(self, partnership: Partnership, keeper=folder):
        self.partnership, self._keeper = partnership, keeper
        self._told: list[Callable[[], None]] = []
        self.unsaved, self.said, self.trouble = False, "", False
        self._seen = _traces(partnership.place)
        self._read = dict(
            partnership.sheets
        )  # as they lie on the disk, under the row numbers they have here

    @property
    def place(self) -> Path:
        """Where the partnership lies."""
        return self.partnership.place

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` whenever there is something new to be told about saving; what is given back ends that."""
        self._told.append(callback)
        return lambda: self._told.remove(callback) if callback in self._told else None

    def tell(self) -> None:
        """Let those who watch tell anew what is open, and whether it is saved."""
        for tell in tuple(self._told):
            tell()

    def put(self, sheets: Mapping[str, pd.DataFrame]) -> None:
        """Put what was typed in its tables' places; it is in memory until it is saved."""
        self.unsaved = True
        self.partnership.take(sheets)

    def give(self, sheets: Mapping[str, pd.DataFrame | None]) -> None:
        """Put in what is kept elsewhere and comes with what is open, so that there is nothing to save."""
        self._read |= sheets
        self.partnership.take(sheets)

    def save(self) -> bool:
        """Save what is not saved yet. Where that cannot be done it is said, and what was typed stays in memory."""
        if not self.unsaved:
            return True
        taken = (
            self.said if self.look_round() else ""
        )  # what others have saved since is put together with what was typed here
        try:
            done = self._keeper.save(self.partnership)
        except folder.NotSaved as error:
            self.said, self.trouble = str(error), True
            return False
        self.unsaved, self.trouble = False, False
        saved = done.sentence or tr("Saved in {place}.").format(place=paths.told(self.place))
        self.said = f"{taken} {saved}".lstrip()
        self._remember()
        if done.taken_over:
            self.partnership.take({})
        return True

    def look_round(self) -> bool:
        """Take in what another notebook or a spreadsheet program has saved meanwhile; whether anything was.

        Half-written, locked or gone: what is open stays, and it is said. Where both have changed the same table, the
        rows of both are kept.
        """
        traces = _traces(self.place)
        if traces == self._seen:
            better = self.trouble and not self.unsaved
            if better:  # it could not be read for a while and is as it was
                self.said, self.trouble = "", False
            return better
        try:
            there = self._keeper.open_any(self.place)
        except folder.NotOpened as error:
            told = atomic.gone(self.place) if traces is None else str(error)
            changed = self.said != told
            self.said, self.trouble = told, True
            return changed
        self._seen = traces
        theirs = {
            name: there.sheets.get(name)
            for name in {**there.sheets, **self._read}
            if not alike(there.sheets.get(name), self._read.get(name))
        }
        mine = self.partnership.sheets
        taken = {
            name: sheet
            if alike(mine.get(name), self._read.get(name))
            else both(self._read.get(name), mine.get(name), sheet)
            for name, sheet in theirs.items()
        }
        self.partnership.as_read = there.as_read
        self._read = {
            name: sheet if name in theirs else self._read.get(name, sheet)
            for name, sheet in there.sheets.items()
        }
        if self.trouble or taken:
            names = ", ".join(tr(TABLES[name].label) if name in TABLES else name for name in taken)
            self.said = (
                tr("Taken over from the disk: {tables}.").format(tables=names) if names else ""
            )
            self.trouble = False
            self.partnership.take(taken)
        return bool(taken)

    def _remember(self) -> None:
        self._seen, self._read = _traces(self.place), self.partnership.to_write()


def both(
    before: pd.DataFrame | None, mine: pd.DataFrame | None, theirs: pd.DataFrame | None
) -> pd.DataFrame | None:
    """One sheet of what two people made of the same one: their rows, and in them what I changed, added or removed.

    A row that both have changed stands twice, so that the check tells it in a sentence and people decide. Rows keep
    the numbers that they have in theirs.
    """
    if mine is None or theirs is None:
        return theirs if mine is None else mine
    names = list(dict.fromkeys([*theirs.columns, *mine.columns]))
    old, own, new = (_rows(sheet, names) for sheet in (before, mine, theirs))
    changed = {old[row]: cells for row, cells in own.items() if row in old and old[row] != cells}
    was, now = Counter(old.values()), Counter(own.values())
    gone = was - now - Counter(changed.keys())
    added = [cells for row, cells in own.items() if row not in old]
    rows = {}
    for row, cells in new.items():
        if gone[cells]:
            gone[cells] -= 1
        else:
            rows[row] = changed.pop(cells, cells)
    there, last = Counter(rows.values()), max([*new, 1])
    for cells in [*changed.values(), *added]:
        if there[cells]:
            there[cells] -= 1
        else:
            last += 1
            rows[last] = cells
    return pd.DataFrame(list(rows.values()), columns=names, index=list(rows), dtype="str")


def _rows(sheet: pd.DataFrame | None, names: list[str]) -> Mapping[int, tuple[str, ...]]:
    if sheet is None:
        return {}
    cells = sheet.reindex(columns=names, fill_value="").itertuples(index=False, name=None)
    return dict(zip(sheet.index, cells, strict=True))


def _traces(place: Path) -> dict[str, tuple[int, int, int]] | None:
    """What changes on the disk when somebody saves: for each file its time, its length and its number."""
    try:
        files = (
            [place]
            if place.is_file()
            else [
                file
                for file in place.iterdir()
                if file.suffix.lower() == ".csv" and not file.name.startswith((".", "~"))
            ]
        )
        return {file.name: atomic.file_state(file) for file in files}
    except OSError:
        return None
