"""The file in which one partner's house is kept: read and saved for a desk, beside the partnership and apart from it."""

from __future__ import annotations

from pathlib import Path

from partnering.storage import atomic, folder, house_file, paths
from partnering.storage.atomic import NotOpened, NotSaved
from partnering.language import tr
from partnering.partnership import Partnership


class HouseFile:
    """One partner's house file. A desk reads and saves through it as through `folder`. No earlier versions are kept."""

    def __init__(self, whole: Partnership, partner: str):
        self.whole, self.partner = whole, partner
        self._read: bytes | None = None  # what was in the file when it was read or saved

    def open_any(self, place: Path | None = None) -> Partnership:
        """The house as it lies in its file. Raises `NotOpened`, also where the file was there and is gone."""
        place = place or house_file.place_of(self.whole, self.partner)
        if not self.whole.place.exists():
            raise NotOpened(atomic.gone(self.whole.place))
        if self._read is not None and not place.exists():
            raise NotOpened(atomic.gone(place))
        data = atomic.contents(place) if place.exists() else None
        house = house_file.opened(self.whole, self.partner)
        self._read = data
        return house

    def save(self, house: Partnership) -> folder.Saved:
        """Save a house in its file. Raises `NotSaved`; a house of a worked example is saved in a copy of that."""
        if not self.whole.place.exists():
            raise NotSaved(atomic.gone(self.whole.place))
        done = folder.Saved(house.place)
        if paths.is_example(self.whole.place):
            done = folder.save(self.whole)
        house.place = house_file.place_of(self.whole, self.partner)
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
                raise NotSaved(tr("Somebody else has just saved {path}. It is put together with what you typed in a "
                                  "moment.").format(path=house.place))
            atomic.make_folder(house.place.parent)
            data = house_file.written(house)
            atomic.replace({house.place: data})
        except NotOpened as error:
            raise NotSaved(str(error)) from None
        self._read = data

    def _locked(self) -> Path:
        """The folder in which one program at a time saves or forgets."""
        place = self.whole.place
        return place if place.is_dir() else place.parent
