"""What has been worked out once is kept as long as it was worked out from the same things."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_values

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
        self._followed: dict[Hashable, tuple[tuple[str, ...], tuple[Any, ...], Any]] = {}

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

    def follow(
        self,
        name: Hashable,
        inputs: tuple[Any, ...],
        tables: Mapping[str, Any],
        make: Callable[[Reading], T],
    ) -> T:
        """The value of this name for these inputs and for the tables that are read to make it.

        Args:
            name: What the value is called, as in `get`.
            inputs: Everything that `make` depends on beside the tables.
            tables: All tables by name; whoever notes what is read of them notes what `make` read.
            make: Works the value out of the tables, which note what is read.

        Returns:
            What `make` gave, as long as the inputs and the tables that it read are the same.
        """
        there, known = dict(tables), self._followed.get(name)
        if known is None or not _same(known[1], (*inputs, *(there[read] for read in known[0]))):
            reading = Reading(there)
            made = make(reading)
            read = tuple(reading.names)
            known = (read, (*inputs, *(there[name] for name in read)), made)
            self._followed[name] = known
        for read_again in known[0]:
            tables[read_again]  # noted by whoever notes what is read
        return cast(T, known[2])

    def copy(self) -> Memo:
        """Another memo that begins with what this one knows."""
        other = Memo()
        other._known, other._followed = dict(self._known), dict(self._followed)
        return other


class Reading(dict[str, Any]):
    """The tables of a partnership, which remember the names of those that were read."""

    def __init__(self, tables: Mapping[str, Any]):
        super().__init__(tables)
        self.names: dict[str, None] = {}  # in the order in which they were read

    def __getitem__(self, name: str) -> Any:
        self.names[name] = None
        return super().__getitem__(name)

    def values(self) -> dict_values[str, Any]:
        """All tables, which are then all read."""
        self.names |= dict.fromkeys(self)
        return super().values()

    def items(self) -> dict_items[str, Any]:
        """All names and tables, which are then all read."""
        self.names |= dict.fromkeys(self)
        return super().items()

    def get(self, name: str, default: Any = None) -> Any:
        """One table, which is then read."""
        self.names[name] = None
        return super().get(name, default)


def _same(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    if len(old) != len(new):
        return False
    return all(map(_alike, old, new))


def _alike(one: object, other: object) -> bool:
    """Whether two inputs are the same; what is not plain is compared as an object alone."""
    if one is other:
        return True
    return isinstance(one, PLAIN) and type(one) is type(other) and one == other
