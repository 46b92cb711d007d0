"""A small partnership that reaches over several stops, and what the checks see in one."""

from making import partnership
from partnering.stops import red_thread

OBJECTIVES = [("O1", "a bridge", "specific objective")]
POSITIONS = [
    ("ANA", "", "O1", "strongly for it", "essential part"),
    ("BEN", "", "O1", "support it", "essential part"),
]
PROMISED = [
    ("V1", "ANA", "bring", "a boat", "all partners", "we promise it"),
    ("V2", "BEN", "bring", "a song", "all partners", "we promise it"),
]
DECISIONS = [
    ("1", "O1", "agreed", "we build it", "ANA", "2026-07-01"),
    ("2", "rent", "we differ, and must decide", "who pays", "", ""),
    ("3", "data", "we differ, and it can stay so", "each keeps its own", "", ""),
    ("4", "old", "agreed", "long done", "BEN", "2026-01-01"),
]


def seen(**tables):
    """What the checks see, with the stops that they join."""
    reader = tables.pop("reader", "mine")
    table = red_thread.checks(partnership("ANA BEN", **tables).for_reader(reader)).data
    return list(zip(table["From, to"], table["What we see"], strict=True))


def told(pairs, joins):
    return [what for where, what in pairs if where == joins]
