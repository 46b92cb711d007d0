"""Before you move on: what speaks for it, what is open, and the partners' own choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from partnering.language import mark, tr
from partnering.results import ResultTable

DECIDE = mark("What do you, the partners, decide?")

# The lines of the table, in their order.
SPEAKS_FOR, STILL_OPEN, CHOICES = "speaks for going on", "still open", "choices"


class Closing(NamedTuple):
    """What an exercise has come to, in sentences in the language of the room.

    Attributes:
        speaks_for: What speaks for going on.
        still_open: What is still open.
    """

    speaks_for: Sequence[str]
    still_open: Sequence[str]


def before_you_move_on(closing: Callable[[], Closing], gate: str = DECIDE) -> ResultTable:
    """The closing table of every exercise. Nothing is chosen for the partners.

    Args:
        closing: Says what speaks for going on and what is open, when the table is first shown.
        gate: The question of a real gate, in English; without it people are asked what they decide.

    Returns:
        A table of words alone; its rows are its three lines: `line` (SPEAKS_FOR, STILL_OPEN,
        CHOICES). Where nothing stands there it asks, and concludes nothing: that holds for every
        reader.
    """

    def words(_: pd.DataFrame) -> pd.DataFrame:
        speaks_for, still_open = closing()
        lines = [
            (
                tr("What speaks for going on"),
                tuple(speaks_for) or (tr("Nothing is shown here. What would you say?"),),
            ),
            (
                tr("What is still open"),
                tuple(still_open) or (tr("Nothing is shown here. What is missing?"),),
            ),
            (tr(gate), _choices()),
        ]
        return pd.DataFrame(lines, columns=[tr("Look at"), tr("What there is")])

    note = tr(
        "Stopping here is a good result. Whatever you choose, say it in one sentence that all have "
        "heard. It is written down among the decisions."
    )
    return ResultTable(
        tr("Before you move on"),
        pd.DataFrame({"line": [SPEAKS_FOR, STILL_OPEN, CHOICES]}),
        words=words,
        notes=(note,),
    )


def _choices() -> tuple[str, ...]:
    return (
        tr("We go on."),
        tr("We look into something first."),
        tr(
            "Another way of working together would suit us better: a contract, a grant, a "
            "network, keeping in touch."
        ),
        tr("We stop here, with thanks."),
    )
