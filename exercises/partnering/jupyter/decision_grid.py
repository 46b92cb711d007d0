"""The decision at the end of an exercise, typed where it is taken."""

from __future__ import annotations

from collections.abc import Callable

from partnering.jupyter import decisions
from partnering.jupyter.grid import Grid
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr


class DecisionGrid(Grid):
    """The decisions about going on that were taken at one stop."""

    def __init__(
        self, working_copy: WorkingCopy, stop: int, reader: str, after: Callable[[], None]
    ):
        """Make the grid.

        Args:
            working_copy: What is typed is put there.
            stop: The number of the stop.
            reader: "room" or "mine".
            after: Called after each edit; it has to see to saving.
        """
        self._part = decisions.of_stop(stop)
        super().__init__(working_copy, [decisions.table()], reader, after)

    def _to_begin(self) -> str:
        return tr("Type the decision")
