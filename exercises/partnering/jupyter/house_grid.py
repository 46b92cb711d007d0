"""The grid for the answers inside one organisation, which no other partner's view shows."""

from __future__ import annotations

from collections.abc import Callable

from partnering.jupyter import kept_off
from partnering.jupyter.grid import Grid
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.partnership import MINE
from partnering.schema.tables import TABLES
from partnering.storage import house_file, paths


class HouseGrid(Grid):
    """The table `house_answers` of one partner; closed at first, and saved in its own file."""

    def __init__(
        self, working_copy: WorkingCopy, after: Callable[[], None], turned: Callable[[], None]
    ):
        """Make the grid.

        Args:
            working_copy: The working copy of the house.
            after: Called when something was typed.
            turned: Called when somebody opens the grid or puts it away.
        """
        self._turned: Callable[[], None] = _nothing  # while the grid is being made
        super().__init__(working_copy, [TABLES[house_file.ANSWERS]], MINE, after)
        self.words = {**self.words, "private": tr("stays inside this organisation")}
        self._turned = turned

    @property
    def in_sight(self) -> bool:
        """Whether answers may be shown: the house has opened the grid, or it is an example's."""
        return self._show_what_is_typed or paths.is_example(self._working_copy.place)

    def _begin(self) -> None:
        super()._begin()
        self._turned()

    def _may_begin_open(self) -> bool:
        return False

    def _to_begin(self) -> str:
        return tr("Type what stays inside this organisation")

    def _message(self, own: bool) -> str:
        if self._is_kept_off():
            return kept_off.sentence()
        if not own:
            return tr("A worked example. The first change goes to a copy of your own.")
        return tr(
            "Answers inside this organisation: {name}. They are saved in a file of its own,"
            " and no other partner sees them. Name a unit, and its other questions follow."
        ).format(name=self._working_copy.partnership.name)


def _nothing() -> None:
    pass
