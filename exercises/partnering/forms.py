"""The paper forms, made from the schema."""

from __future__ import annotations


def names() -> list[str]:
    """The forms that can be printed, in the order of the tour."""
    return []
