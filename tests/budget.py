"""How much is tried: enough to find what goes wrong, and more where PARTNERING_TESTS_THOROUGH is 1."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("PARTNERING_TESTS_THOROUGH", "") not in ("", "0")


def tries(few: int, many: int) -> int:
    """How many examples, or kills: `few`, or `many` where there is time."""
    return many if THOROUGH else few
