"""The file in which one partner's house is kept: read and saved for a desk, beside the partnership and apart from it."""

from __future__ import annotations

from pathlib import Path

from partnering import disk, folder, houses, places
from partnering.disk import NotOpened, NotSaved
from partnering.language import tr
from partnering.partnership import Partnership


class HouseFile:
    """One partner's house file. A desk reads and saves through it as through `folder`. No earlier versions are kept."""

    def __init__(self, whole: Partnership, partner: str):
        self.whole, self.partner = whole, partner
        self._was_there = houses.place_of(whole, partner).exists()

    def open_any(self, place: Path) -> Partnership:
        """The house as it lies in its file. Raises `NotOpened`, also where the file was there and is gone."""
        if self._was_there and not place.exists():
            raise NotOpened(self._gone(place))
        return houses.opened(self.whole, self.partner)

    def save(self, house: Partnership) -> folder.Saved:
        """Save a house in its file. Raises `NotSaved`; a house of a worked example is saved in a copy of that."""
        done = folder.save(self.whole) if places.is_example(self.whole.place) else folder.Saved(house.place)
        place = house.place = houses.place_of(self.whole, self.partner)
        if self._was_there and not place.exists():
            raise NotSaved(self._gone(place))
        disk.make_folder(place.parent)
        with disk.alone(place.parent) as alone:
            if not alone:
                raise NotSaved(disk.busy(place.parent))
            try:
                disk.replace({place: houses.written(house)})
            except NotOpened as error:
                raise NotSaved(str(error)) from None
        self._was_there = True
        return done

    @staticmethod
    def _gone(place: Path) -> str:
        return tr("{path} is no longer there. Was it moved, forgotten, or a memory stick taken out? Nothing is saved; what "
                  "you typed is still here.").format(path=place)
