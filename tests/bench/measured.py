"""One line of what is measured: a ratio or a number, and what it may be at most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was measured, how much it came to, and the most it may be (None: nothing is promised)."""

    what: str
    value: float
    most: float | None = None

    def said(self) -> str:
        """The line as it is printed: what, how much, and whether that is within what it may be."""
        within = (
            ""
            if self.most is None
            else f" (at most {self.most}: {'met' if self.met == 'yes' else 'not met'})"
        )
        return f"{self.what}: {self.value:.2f}{within}"

    @property
    def met(self) -> str:
        return "" if self.most is None else "yes" if self.value <= self.most else "no"
