"""The worked examples, read from their files once for all tests of a process."""

from __future__ import annotations

from functools import cache

from making import own
from partnering.partnership import Partnership
from partnering.storage import folder, paths

EVERY_EXAMPLE = tuple(place.name for place in paths.examples())


@cache
def _read(name: str) -> Partnership:
    return folder.read(paths.EXAMPLES / name)


def example(name: str) -> Partnership:
    """An example as it was read; what a test does to it stays in that test."""
    return own(_read(name))
