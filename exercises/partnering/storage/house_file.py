"""House files: what parts of one organisation answered, for that organisation alone.

They lie beside the partnership, one file a partner, and are opened one at a time. No table of the partnership holds
them, so nothing that is made of a partnership can tell them.
"""

from __future__ import annotations

from pathlib import Path

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.partnership.house import ANSWERS, QUESTIONS, House, of
from partnering.schema.check import Table
from partnering.schema.tables import TABLES
from partnering.storage import atomic, csv_text, folder, paths, sheets
from partnering.storage.atomic import NotOpened, NotSaved


def place_of(partnership: Partnership, partner: str) -> Path:
    """Where a partner's house file lies: in `houses` within the partnership's folder, or beside its workbook."""
    return paths.houses(partnership.place) / f"{partner}.csv"


def there(partnership: Partnership) -> list[str]:
    """The partners that have a house file."""
    return [code for code in partnership.names if place_of(partnership, code).is_file()]


def opened(whole: Partnership, partner: str) -> Partnership:
    """One partner's house as a partnership of this one partner, to be typed into; empty where there is no file yet.

    Lines of another partner that stand in its file are told as problems, and counted in no table. Raises
    `disk.NotOpened`.
    """
    if partner not in whole.names:
        raise NotOpened(
            tr("There is no partner “{partner}” here any more.").format(partner=partner)
        )
    table, place = TABLES[ANSWERS], place_of(whole, partner)
    rows = _read(place, table)[0] if place.exists() else []
    own = whole["partners"]
    only = own.loc[own["partner"] == partner, ["partner", "name"]].astype("str")
    asked = {QUESTIONS: whole.sheets[QUESTIONS]} if QUESTIONS in whole.sheets else {}
    return Partnership(
        {"partners": only, **asked, ANSWERS: sheets.sheet_of(rows, table)},
        whole.names[partner],
        place,
    )


def read(whole: Partnership, partner: str) -> House:
    """What is in one partner's house file. Raises `disk.NotOpened`, also where there is none."""
    if not place_of(whole, partner).exists():
        raise NotOpened(tr("There is no file {path}.").format(path=place_of(whole, partner)))
    return of(opened(whole, partner))


def written(house: Partnership) -> bytes:
    """The house file of a house that is open, with the delimiter of the one that is there."""
    table, place = TABLES[ANSWERS], house.place
    delimiter = _read(place, table)[1] if place.exists() else ","
    return csv_text.written(
        sheets.rows_of(house.as_written(ANSWERS), table, lambda column: column.name), delimiter
    )


def _read(place: Path, table: Table) -> tuple[list[list[str]], str]:
    return csv_text.read(
        atomic.contents(place), lambda some: sheets.known_headings(some[:50], table)
    )


class HouseFile:
    """One partner's house file. A working copy reads and saves through it as through `folder`. No earlier versions are kept."""

    def __init__(self, whole: Partnership, partner: str):
        self.whole, self.partner = whole, partner
        self._read: bytes | None = None  # what was in the file when it was read or saved

    def open_any(self, place: Path | None = None) -> Partnership:
        """The house as it lies in its file. Raises `NotOpened`, also where the file was there and is gone."""
        place = place or place_of(self.whole, self.partner)
        if not self.whole.place.exists():
            raise NotOpened(atomic.gone(self.whole.place))
        if self._read is not None and not place.exists():
            raise NotOpened(atomic.gone(place))
        data = atomic.contents(place) if place.exists() else None
        house = opened(self.whole, self.partner)
        self._read = data
        return house

    def save(self, house: Partnership) -> folder.Saved:
        """Save a house in its file. Raises `NotSaved`; a house of a worked example is saved in a copy of that."""
        if not self.whole.place.exists():
            raise NotSaved(atomic.gone(self.whole.place))
        done = folder.Saved(house.place)
        if paths.is_example(self.whole.place):
            done = folder.save(self.whole)
        house.place = place_of(self.whole, self.partner)
        with atomic.alone(self._locked()) as alone:
            if not alone:
                raise NotSaved(atomic.busy(self.whole.place))
            self._write(house)
        if done.copied:
            self.whole.take({})  # whoever shows the partnership says where it lies now
        return done

    def _write(self, house: Partnership) -> None:
        """Write the file, unless it is gone or somebody has saved it since: that is taken in at the next look."""
        try:
            there = atomic.contents(house.place) if house.place.exists() else None
            if there is None and self._read is not None:
                raise NotSaved(atomic.gone(house.place))
            if there != self._read:
                raise NotSaved(
                    tr(
                        "Somebody else has just saved {path}. It is put together with what you typed in a "
                        "moment."
                    ).format(path=house.place)
                )
            atomic.make_folder(house.place.parent)
            data = written(house)
            atomic.replace({house.place: data})
        except NotOpened as error:
            raise NotSaved(str(error)) from None
        self._read = data

    def _locked(self) -> Path:
        """The folder in which one program at a time saves or forgets."""
        place = self.whole.place
        return place if place.is_dir() else place.parent
