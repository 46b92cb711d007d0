"""What has been worked out once is kept as long as it was worked out from the same things."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")
PLAIN = (str, bytes, int, float, bool, type(None), tuple, frozenset)  # compared by what they say


class Memo:
    """Values by name; each is made again when one of its inputs is another than before.

    This is the one rule by which the package's caches are kept up to date. An input is the same
    when it is the very same object or, for plain values (text, numbers, None, and tuples and frozen
    sets of these), an equal one. So whoever changes a table puts a new table in its place, and
    nothing that a memo has given is ever changed by whoever got it.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def get(self, name: Hashable, inputs: tuple[Any, ...], make: Callable[[], T]) -> T:
        """The value of this name for these inputs.

        Args:
            name: What the value is called; one value is kept a name.
            inputs: Everything that `make` depends on.
            make: Works the value out; called only when the inputs are not those of last time.

        Returns:
            What `make` gave for these inputs, the same object each time.
        """
        known = self._known.get(name)
        if known is None or not _same(known[0], inputs):
            known = self._known[name] = (inputs, make())
        return cast(T, known[1])

    def copy(self) -> Memo:
        """Another memo that begins with what this one knows."""
        other = Memo()
        other._known = dict(self._known)
        return other


def _same(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    if len(old) != len(new):
        return False
    return all(map(_alike, old, new))


def _alike(one: object, other: object) -> bool:
    """Whether two inputs are the same; what is not plain is compared as an object alone."""
    if one is other:
        return True
    return isinstance(one, PLAIN) and type(one) is type(other) and one == other
