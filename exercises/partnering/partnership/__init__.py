"""What was typed, and what each reader may see of it."""

from partnering.partnership.partnership import (  # noqa: F401
    ANONYMOUS, HELD, MINE, OPEN, PEOPLE_WE_SERVE, ROOM, THRESHOLD, Partnership)
