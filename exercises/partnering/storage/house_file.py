"""House files: what parts of one organisation answered, for that organisation alone.

They lie beside the partnership, one file a partner, and are opened one at a time. No table of the
partnership holds them, so nothing that is made of a partnership can tell them.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.partnership.house import ANSWERS, QUESTIONS, House, of
from partnering.schema.columns import Table
from partnering.schema.tables import TABLES
from partnering.storage import atomic, csv_text, folder, paths, sheets, stored
from partnering.storage.assumed import Assumption
from partnering.storage.atomic import NotOpened, NotSaved
from partnering.storage.stored import StoredPartnership


def place_of(partnership: Partnership, partner: str) -> Path:
    """Where a partner's house file lies, whether it is there or not.

    Args:
        partnership: A partnership that lies in a folder or a workbook.
        partner: The partner's code.

    Returns:
        A file in `houses` within the partnership's folder, or in a folder beside its workbook.
    """
    return paths.houses(_place(partnership)) / f"{partner}.csv"


def there(partnership: Partnership) -> list[str]:
    """The codes of the partners that have a house file."""
    return [code for code in partnership.names if place_of(partnership, code).is_file()]


def opened(whole: Partnership, partner: str) -> StoredPartnership:
    """One partner's house as a partnership of this one partner, to be typed into.

    Lines of another partner that stand in its file are told as problems, and counted in no table.

    Args:
        whole: The partnership that the house belongs to.
        partner: The partner's code.

    Returns:
        The partner, the questions of the partnership and the partner's answers; none where there
        is no file yet.

    Raises:
        NotOpened: The partnership has no such partner, or the file cannot be read.
    """
    if partner not in whole.names:
        raise NotOpened(
            tr("There is no partner “{partner}” here any more.").format(partner=partner)
        )
    table, place = TABLES[ANSWERS], place_of(whole, partner)
    told: list[Assumption] = []
    rows = _read(place, table, told)[0] if place.exists() else []
    own = whole["partners"]
    only = own.loc[own["partner"] == partner, ["partner", "name"]].astype("str")
    asked = {QUESTIONS: whole.sheets[QUESTIONS]} if QUESTIONS in whole.sheets else {}
    answers = sheets.sheet_of(rows, table).told_to(told)
    sheets_of_house = {"partners": only, **asked, ANSWERS: answers}
    house = StoredPartnership(sheets_of_house, whole.names[partner], place)
    house.assumed = told
    return house


def read(whole: Partnership, partner: str) -> House:
    """What is in one partner's house file.

    Args:
        whole: The partnership that the house belongs to.
        partner: The partner's code.

    Raises:
        NotOpened: There is no such partner or file, or it cannot be read.
    """
    if not place_of(whole, partner).exists():
        raise NotOpened(tr("There is no file {path}.").format(path=place_of(whole, partner)))
    return of(opened(whole, partner))


def written(house: Partnership) -> bytes:
    """The house file of a house that is open, with the delimiter of the one that is there.

    Args:
        house: A house as `opened` gives it.
    """
    table, place = TABLES[ANSWERS], _place(house)
    delimiter = _read(place, table, [])[1] if place.exists() else ","
    rows = sheets.rows_of(house.as_written(ANSWERS), table, lambda column: column.name)
    return csv_text.written(rows, delimiter)


def _read(place: Path, table: Table, told: list[Assumption]) -> tuple[list[list[str]], str]:
    """The rows of a house file and its delimiter."""
    likeness = partial(sheets.known_headings, table=table)
    read = csv_text.read(atomic.contents(place), lambda some: likeness(some[:50]), place.name)
    return read.told_to(told)


def _place(partnership: Partnership) -> Path:
    """Where a partnership or a house lies; one that lies nowhere has no house files."""
    place = stored.place_of(partnership)
    if place is None:
        raise ValueError("house files lie beside a partnership that lies somewhere")
    return place


class HouseFile:
    """One partner's house file, for a working copy, which reads and saves through it.

    It is read and saved as `folder` reads and saves a partnership, but no earlier versions are
    kept.
    """

    def __init__(self, whole: Partnership, partner: str):
        self.whole, self.partner = whole, partner
        self._read: bytes | None = None  # what was in the file when it was read or saved

    def open_any(self, place: Path | None = None) -> StoredPartnership:
        """The house as it lies in its file.

        Args:
            place: Where it lies, where that is not beside the partnership.

        Raises:
            NotOpened: The file cannot be read, or it or the partnership was there and is gone.
        """
        home = _place(self.whole)
        place = place or place_of(self.whole, self.partner)
        if not home.exists():
            raise NotOpened(atomic.gone(home))
        if self._read is not None and not place.exists():
            raise NotOpened(atomic.gone(place))
        data = atomic.contents(place) if place.exists() else None
        house = opened(self.whole, self.partner)
        self._read = data
        return house

    def save(self, house: Partnership) -> folder.Saved:
        """Save a house in its file; a house of a worked example is saved in a copy of that.

        Args:
            house: The house as `open_any` gave it, with what was typed since.

        Returns:
            What the save did: for a worked example where its copy lies.

        Raises:
            NotSaved: The partnership or the file is gone, somebody else is saving, or the file
                cannot be written to; what was typed is still there.
        """
        home = _place(self.whole)
        if not home.exists():
            raise NotSaved(atomic.gone(home))
        done = folder.Saved(_place(house))
        if paths.is_example(home):
            done = folder.save(self.whole)
            home = _place(self.whole)
        file = place_of(self.whole, self.partner)
        if isinstance(house, StoredPartnership):
            house.place = file
        with atomic.alone(self._locked()) as alone:
            if not alone:
                raise NotSaved(atomic.busy(home))
            self._write(house, file)
        if done.copied:
            self.whole.take({})  # whoever shows the partnership says where it lies now
        return done

    def _write(self, house: Partnership, place: Path) -> None:
        """Write the file, unless it is gone or somebody has saved it since it was read.

        What somebody else has saved is taken in at the next look.
        """
        try:
            there = atomic.contents(place) if place.exists() else None
            if there is None and self._read is not None:
                raise NotSaved(atomic.gone(place))
            if there != self._read:
                raise NotSaved(
                    tr(
                        "Somebody else has just saved {path}. It is put together with what you "
                        "typed in a moment."
                    ).format(path=place)
                )
            atomic.make_folder(place.parent)
            data = written(house)
            atomic.replace({place: data})
        except NotOpened as error:
            raise NotSaved(str(error)) from None
        self._read = data

    def _locked(self) -> Path:
        """The folder in which one program at a time saves or forgets."""
        place = _place(self.whole)
        return place if place.is_dir() else place.parent
