"""A partnership while people work on it: what is typed is saved, what others save is taken in.

Nothing typed is lost. Knows no Jupyter: whoever edits calls `put`, then `save`; whoever waits calls
`look_round` about once a second.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES, called
from partnering.storage import atomic, folder, paths, reported, versions
from partnering.storage.sheets import alike
from partnering.storage.stored import StoredPartnership, place_of

Sheets = Mapping[str, pd.DataFrame | None]
Texts = tuple[str, ...]
Traces = dict[str, tuple[int, int, int]]  # of each file its time, its length and its number


class Keeper(Protocol):
    """What reads and saves a partnership: the module `storage.folder`, or a `HouseFile`."""

    def open_any(self, place: Path, /) -> StoredPartnership:
        """What lies in a place. Raises `NotOpened`."""

    def save(self, partnership: Partnership, /) -> folder.Saved:
        """Save a partnership where it lies. Raises `NotSaved`."""


class WorkingCopy:
    """One open partnership, in memory and on the disk.

    Attributes:
        partnership: The partnership with what was typed so far.
        unsaved: Whether something was typed that is not on the disk.
        said: The last message about saving, "" where there is none.
        trouble: Whether that message is about something to be mended.
        forgotten: When something of it was forgotten last, "" where nothing was.
        is_another: Whether another partnership has the name of this one, which was forgotten or
            moved: what was typed here is then not saved in it.
    """

    def __init__(self, partnership: Partnership, keeper: Keeper = folder):
        self.partnership, self._keeper = partnership, keeper
        self.unsaved, self.said, self.trouble = False, "", False
        self.is_another, self._was_gone = False, False
        self._watchers: list[Callable[[], None]] = []
        self._traces = _traces(self.place)
        # the sheets as they lie on the disk, under the row numbers that they have here
        self._on_disk: dict[str, pd.DataFrame | None] = dict(partnership.sheets)
        # the same sheets as they stood here then: what is typed is written in the schema's words
        self._as_typed: dict[str, pd.DataFrame | None] = dict(partnership.sheets)
        self._back = versions.brought_back(self.place)
        self.forgotten = versions.forgotten(self.place)

    @property
    def place(self) -> Path:
        """Where the partnership lies."""
        place = place_of(self.partnership)
        assert place is not None, "only what lies somewhere has a working copy"
        return place

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` whenever there is a new message about saving.

        Returns:
            A function that ends it.
        """
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback) if callback in self._watchers else None

    def tell(self) -> None:
        """Call those who watch."""
        for callback in tuple(self._watchers):
            callback()

    def put(self, sheets: Sheets) -> None:
        """Put what was typed in its tables' places; it is in memory until it is saved."""
        self.unsaved = True
        self.partnership.take(sheets)

    def give(self, sheets: Sheets) -> None:
        """Put in sheets that are kept elsewhere, so that there is nothing to save."""
        self._on_disk |= dict(sheets)
        self._as_typed |= dict(sheets)
        self.partnership.take(sheets)

    def save(self) -> bool:
        """Save what is not saved yet, with what others have saved since.

        Returns:
            Whether everything is saved. Where it is not, `said` says why and what was typed stays
            in memory.
        """
        if not self.unsaved:
            return True
        taken = self.said if self.look_round() else ""
        if self.is_another:
            return False
        try:
            done = self._keeper.save(self.partnership)
        except atomic.TROUBLE as error:
            self.said, self.trouble = atomic.in_words(error), True
            return False
        self.unsaved, self.trouble = False, False
        saved = done.sentence or tr("Saved in {place}.").format(place=paths.told(self.place))
        self.said = f"{taken} {saved}".lstrip()
        self._traces, self._on_disk = _traces(self.place), dict(self.partnership.to_write())
        self._as_typed = dict(self.partnership.sheets)
        if done.taken_over:
            self.partnership.take({})
        return True

    def look_round(self) -> bool:
        """Take in what another notebook or a spreadsheet program has saved meanwhile.

        Where what lies on the disk is half-written, locked or gone, what is open stays, and `said`
        says so. Where both have changed the same table, the rows of both are kept, and where they
        have changed the same row, that is said. Where somebody has brought an earlier version back,
        what was typed here meanwhile goes into its lines. What somebody has forgotten stays so.

        Returns:
            Whether something was taken in, or there is a new message.
        """
        traces = _traces(self.place)
        if traces == self._traces:
            return self._is_well_again()
        try:
            there = self._keeper.open_any(self.place)
        except atomic.TROUBLE as error:
            before = self.said
            self.said = atomic.gone(self.place) if traces is None else atomic.in_words(error)
            self.trouble, self._was_gone = True, self._was_gone or traces is None
            return self.said != before
        if self._was_gone and self.unsaved and not self._is_the_same(there):
            before, self.is_another, self.trouble = self.said, True, True
            self.said = tr(
                "{place} is another partnership now. What you typed belongs to the one of before, "
                "and was not saved. Run the cells again to open what is there now."
            ).format(place=paths.told(self.place))
            return self.said != before
        self._traces, self._was_gone, self.is_another = traces, False, False
        return self._take_in(there)

    def _is_the_same(self, there: StoredPartnership) -> bool:
        """Whether what is there again after it was gone has a table as it was read or saved here.

        The table about the partnership itself is the same in all that have just begun.
        """
        mine = self.partnership
        before = mine.as_read if isinstance(mine, StoredPartnership) else None
        if before is None or there.as_read is None:
            return True
        return any(
            digest == before.digests.get(name)
            for name, digest in there.as_read.digests.items()
            if name != "partnership.csv"
        )

    def _is_well_again(self) -> bool:
        """Drop a message that what is on the disk could not be read: it is there as it was."""
        if not self.trouble or self.unsaved:
            return False
        self.said, self.trouble = "", False
        return True

    def _mine(self, name: str) -> pd.DataFrame | None:
        """A sheet as it stands here; what nobody has changed since it was saved, as it was written.

        So that a line which was only written in other words is not taken for one that was changed.
        """
        own, typed, written = (
            sheets.get(name) for sheets in (self.partnership.sheets, self._as_typed, self._on_disk)
        )
        if own is None or typed is None or written is None or typed is written:
            return own
        if own is typed:
            return written
        names = list(own.columns)
        rows, before, there = (_rows(sheet, names) for sheet in (own, typed, written))
        texts = [
            there[row] if row in there and cells == before.get(row) else cells
            for row, cells in rows.items()
        ]
        return pd.DataFrame(texts, columns=names, index=list(rows), dtype="str")

    def _take_in(self, there: StoredPartnership) -> bool:
        """Take in the tables that others have changed; whether there were any."""
        before, mine = self._on_disk, {name: self._mine(name) for name in self.partnership.sheets}
        back = versions.brought_back(self.place)
        is_back, self._back = back not in ("", self._back), back
        forgotten = versions.forgotten(self.place)
        is_forgotten, self.forgotten = forgotten not in ("", self.forgotten), forgotten
        twice, lost = [], []
        theirs: dict[str, pd.DataFrame | None] = {}  # what they have changed
        taken: dict[str, pd.DataFrame | None] = {}
        for name in {**there.sheets, **before}:
            old, own, new = before.get(name), mine.get(name), there.sheets.get(name)
            if not alike(new, old):
                theirs[name] = new
                if alike(own, old):
                    taken[name] = new
                else:
                    key = key_of(name) if is_back or (is_forgotten and key_of(name)) else None
                    joint = both(old, own, new, key, is_forgotten)
                    taken[name] = joint.sheet
                    twice += [name] if joint.is_twice else []
                    lost += [name] if joint.is_lost else []
        if isinstance(self.partnership, StoredPartnership):
            self.partnership.as_read = there.as_read
            reported.follow(self.partnership, there.reported)
        self._on_disk = {
            name: sheet if name in theirs else before.get(name, sheet)
            for name, sheet in there.sheets.items()
        }
        self._as_typed |= {name: self._on_disk.get(name) for name in taken}
        if self.trouble or taken:
            self.said = " ".join(filter(None, [_taken_over(taken), *_differ(twice, lost)]))
            self.trouble = False
        if taken or is_forgotten:
            self.partnership.take(taken)
        return bool(taken)


def key_of(name: str) -> tuple[str, ...]:
    """The columns by which a line of a table is known; empty where it is known by its number."""
    return TABLES[name].key if name in TABLES else ()


@dataclass(frozen=True)
class Joint:
    """One sheet of what two people made of the same one.

    Attributes:
        sheet: Their rows; None where neither has a sheet.
        is_twice: Whether a row that was changed here is beside the one that was changed elsewhere.
        is_lost: Whether a row that was changed here was forgotten elsewhere, and is left out.
    """

    sheet: pd.DataFrame | None
    is_twice: bool = False
    is_lost: bool = False


def both(
    before: pd.DataFrame | None,
    mine: pd.DataFrame | None,
    theirs: pd.DataFrame | None,
    key: tuple[str, ...] | None = None,
    is_forgotten: bool = False,
) -> Joint:
    """One sheet of what two people made of the same one.

    A row that both have changed stands twice: it is said, and people decide.

    Args:
        before: The sheet that both began with.
        mine: The sheet as it was changed here.
        theirs: The sheet as it was changed elsewhere.
        key: Where theirs is an earlier version that was brought back, the columns by which its
            lines are known. What was changed here then goes into the same line, and none stands
            twice. None for every other change.
        is_forgotten: Whether something was forgotten elsewhere: a line that is gone does not come
            back because something was typed in it here.

    Returns:
        Their rows, under the numbers that they have in theirs, and in them what was changed, added
        or removed here.
    """
    if mine is None or theirs is None:
        return Joint(theirs if mine is None else mine)
    names = list(dict.fromkeys([*theirs.columns, *mine.columns]))
    old, own, new = (_rows(sheet, names) for sheet in (before, mine, theirs))
    changed = {old[row]: cells for row, cells in own.items() if row in old and old[row] != cells}
    added = [cells for row, cells in own.items() if row not in old]
    gone = Counter(old.values()) - Counter(own.values()) - Counter(changed.keys())
    rows: dict[int, Texts] = {}
    for row, cells in new.items():
        if gone[cells]:
            gone[cells] -= 1
        else:
            rows[row] = changed.pop(cells, cells)
    left = list(changed.values())
    if key is not None:
        numbers = {old[row]: row for row, cells in own.items() if old.get(row, cells) != cells}
        left = _into_their_lines(rows, changed, numbers, names, key)
    there, last = Counter(rows.values()), max([*new, 1])
    differ = bool(Counter(left) - there)
    for cells in [*([] if is_forgotten else left), *added]:
        if there[cells]:
            there[cells] -= 1
        else:
            last += 1
            rows[last] = cells
    sheet = pd.DataFrame(list(rows.values()), columns=names, index=list(rows), dtype="str")
    return Joint(sheet, differ and not is_forgotten, differ and is_forgotten)


def _into_their_lines(
    rows: dict[int, Texts],
    changed: Mapping[Texts, Texts],
    numbers: Mapping[Texts, int],
    names: list[str],
    key: tuple[str, ...],
) -> list[Texts]:
    """Put changed cells into the lines that they belong to; give the rows that have no such line.

    Args:
        rows: The lines of the version that was brought back; changed here.
        changed: The lines that were changed here, by what they said before.
        numbers: Their row numbers.
        names: The columns.
        key: The columns by which lines are known; without them the row number counts.
    """
    places = [names.index(name) for name in key if name in names]

    def known(cells: Texts) -> Texts:
        return tuple(plain(cells[place]) for place in places)

    found = {known(cells): row for row, cells in rows.items()}
    left = []
    for before, now in changed.items():
        row = found.get(known(before)) if places else numbers[before]
        if row not in rows:
            left.append(now)
            continue
        rows[row] = tuple(
            new if new != old else there
            for there, old, new in zip(rows[row], before, now, strict=True)
        )
    return left


def _rows(sheet: pd.DataFrame | None, names: list[str]) -> dict[int, Texts]:
    if sheet is None:
        return {}
    cells = sheet.reindex(columns=names, fill_value="").itertuples(index=False, name=None)
    return dict(zip(sheet.index, cells, strict=True))


def _taken_over(names: Iterable[str]) -> str:
    """The message that tables were taken over from the disk, "" where there are none."""
    if not (labels := ", ".join(map(called, names))):
        return ""
    return tr("Taken over from the disk: {tables}.").format(tables=labels)


def _differ(twice: Iterable[str], lost: Iterable[str]) -> list[str]:
    """What is said of rows that were changed here, and changed or forgotten elsewhere too."""
    said = []
    if labels := ", ".join(map(called, twice)):
        said.append(
            tr(
                "In {tables} you have changed a line that somebody else has changed or deleted. "
                "Yours is below: compare, and delete one."
            ).format(tables=labels)
        )
    if labels := ", ".join(map(called, lost)):
        said.append(
            tr(
                "In {tables} you have changed a line that was forgotten elsewhere. It stays "
                "forgotten, with what you typed in it."
            ).format(tables=labels)
        )
    return said


def _traces(place: Path) -> Traces | None:
    """What changes on the disk when somebody saves; None where it cannot be read."""
    try:
        files = [place] if place.is_file() else filter(_is_table, place.iterdir())
        found: Traces = {}
        for file in files:
            found[file.name] = atomic.file_state(file)
    except OSError:
        return None
    with contextlib.suppress(OSError):  # what was forgotten may have been in earlier versions alone
        found[versions.FORGOTTEN] = atomic.file_state(place / versions.FOLDER / versions.FORGOTTEN)
    return found


def _is_table(file: Path) -> bool:
    return file.suffix.lower() == ".csv" and not file.name.startswith((".", "~"))
