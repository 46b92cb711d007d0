"""What was typed, and what each reader may see of it."""

from partnering.partnership.partnership import (
    ANONYMOUS,
    HELD,
    MINE,
    OPEN,
    PEOPLE_WE_SERVE,
    ROOM,
    Partnership,
)

__all__ = [
    "ANONYMOUS",
    "HELD",
    "MINE",
    "OPEN",
    "PEOPLE_WE_SERVE",
    "ROOM",
    "Partnership",
]
