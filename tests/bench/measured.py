"""One line of what is measured: a ratio or a number, and what it may be at most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was measured, how much it came to, and the most it may be (None: nothing is promised)."""

    what: str
    value: float
    most: float | None = None

    @property
    def met(self) -> str:
        return "" if self.most is None else "yes" if self.value <= self.most else "no"
