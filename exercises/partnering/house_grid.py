"""The grid in which one partner's house types what its parts have answered. Nobody else's view shows it."""

from __future__ import annotations

from partnering.grid import Grid
from partnering.language import tr


class HouseGrid(Grid):
    """The answers inside one house; closed at first, and saved in that house's own file."""

    def _may_begin_open(self) -> bool:
        return False

    def _message(self, own: bool) -> str:
        if not own:
            return tr("A worked example. The first change goes to a copy of your own.")
        return tr("Answers inside this house: {name}. They are saved in a file of its own, and no other partner sees "
                  "them.").format(name=self._desk.partnership.name)
