"""The decision that is taken at the end of an exercise: its fields, and which rows it is."""

from __future__ import annotations

from dataclasses import replace

from partnering.jupyter.table_editor import Part
from partnering.language import mark, tr
from partnering.schema import scales
from partnering.schema.columns import Table
from partnering.schema.tables import TABLES

GOING_ON = mark("Going on")  # what such a decision is about
AGREED = scales.OUTCOME.texts[0]  # what is typed here has been said aloud; it can be changed
FIELDS = ("outcome", "what_we_decided", "who")


def table() -> Table:
    """The table `decisions`, with the fields that are asked for at the end of an exercise."""
    decisions = TABLES["decisions"]
    return replace(
        decisions,
        label=mark("Our decision"),
        help=mark(
            "Say your choice aloud in one sentence, and type it here. It is saved with the other "
            "decisions, and read again at stop 8."
        ),
        columns=tuple(decisions.by_name[name] for name in FIELDS),
    )


def of_stop(stop: int) -> Part:
    """The part of `decisions` that was taken at one stop, about going on.

    Args:
        stop: The number of the stop, 1 to 8.
    """
    where = {"stop": (str(stop),), "about": (tr(GOING_ON), GOING_ON)}
    return Part(where, {"outcome": AGREED})
