"""Before you move on: what speaks for it, what is open, and the partners' own choice."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from partnering.language import tr
from partnering.results import ResultTable


def before_you_move_on(
    speaks_for: Sequence[str], still_open: Sequence[str], gate: str = ""
) -> ResultTable:
    """The closing table of every exercise. Nothing is chosen for the partners.

    Args:
        speaks_for: What speaks for going on, in sentences.
        still_open: What is still open, in sentences.
        gate: The question of a real gate; without it people are asked what they decide.

    Returns:
        A table of words alone, with three lines: what speaks for going on, what is still open, and
        the choices. Where nothing stands there it asks, and concludes nothing: that holds for every
        reader.
    """
    lines = [
        (
            tr("What speaks for going on"),
            tuple(speaks_for) or (tr("Nothing is shown here. What would you say?"),),
        ),
        (
            tr("What is still open"),
            tuple(still_open) or (tr("Nothing is shown here. What is missing?"),),
        ),
        (gate or tr("What do you, the partners, decide?"), _choices()),
    ]
    note = tr(
        "Stopping here is a good result. Write your choice into the table of decisions, in one "
        "sentence that all have heard."
    )
    return ResultTable(
        tr("Before you move on"),
        pd.DataFrame(lines, columns=[tr("Look at"), tr("What there is")]),
        notes=(note,),
    )


def _choices() -> tuple[str, ...]:
    return (
        tr("We go on."),
        tr("We look into something first."),
        tr("Another form would suit us better: a contract, a grant, a network, keeping in touch."),
        tr("We stop here, with thanks."),
    )
