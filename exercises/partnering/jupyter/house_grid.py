"""The grid in which one partner's house types what its parts have answered. Nobody else's view shows it."""

from __future__ import annotations

from collections.abc import Callable

from partnering.jupyter.grid import Grid
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.partnership import MINE
from partnering.schema.tables import TABLES
from partnering.storage import house_file, paths


class HouseGrid(Grid):
    """The answers inside one house; closed at first, and saved in that house's own file.

    `turned` is called whenever the house opens it or puts it away.
    """

    def __init__(
        self, working_copy: WorkingCopy, after: Callable[[], None], turned: Callable[[], None]
    ):
        self._turned = lambda: None
        super().__init__(working_copy, [TABLES[house_file.ANSWERS]], MINE, after)
        self.words = {**self.words, "private": tr("stays in this house")}
        self._turned = turned

    @property
    def in_sight(self) -> bool:
        """Whether this house has opened it, so that its answers may be seen here; those of an example may always."""
        return self._show_what_is_typed or paths.is_example(self._working_copy.place)

    def _begin(self) -> None:
        super()._begin()
        self._turned()

    def _may_begin_open(self) -> bool:
        return False

    def _to_begin(self) -> str:
        return tr("Type what stays in this house")

    def _message(self, own: bool) -> str:
        if not own:
            return tr("A worked example. The first change goes to a copy of your own.")
        return tr(
            "Answers inside this house: {name}. They are saved in a file of its own, and no other partner sees "
            "them. Name a part of the house, and its other questions follow."
        ).format(name=self._working_copy.partnership.name)
