"""Who together could do it: combinations of partners in which nobody can be left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

PATIENCE = 50_000  # partial combinations that are looked at before the search gives up


def who_together(
    holders: Sequence[frozenset[str]], most: int = 12
) -> tuple[list[frozenset[str]], bool]:
    """Combinations of partners that hold everything and in which nobody can be left out.

    All of one size are found before any larger; at worst their number doubles with each thing, and
    the search gives up after `PATIENCE` partial combinations.
    Source: minimal hitting sets, found by iterative deepening (guide/methods).

    Args:
        holders: For each thing that it takes, the partners that can bring it.
        most: How many combinations are wanted at the most.

    Returns:
        The combinations, fewest partners first, none where a thing has no holder; and whether the
        search came to its end. Where it did not there may be more.
    """
    order = sorted(frozenset().union(*holders))
    bit = {partner: 1 << place for place, partner in enumerate(order)}
    things = _smallest({sum(map(bit.__getitem__, some)) for some in holders})
    if not things or 0 in things:
        return [], True
    found: list[int] = []
    left = [PATIENCE]
    for size in range(_at_least(things), len(things) + 1):
        for mask in _of_size(things, size, 0, 0, left):
            if _needs_everybody(mask, things):
                found.append(mask)
            if len(found) >= most:
                break
        if len(found) >= most or left[0] <= 0:
            break
    named = [frozenset(filter(lambda code: bit[code] & mask, order)) for mask in found]
    named.sort(key=lambda some: (len(some), sorted(some)))
    return named[:most], left[0] > 0


def _smallest(things: set[int]) -> list[int]:
    """The things that decide: where all holders of one hold another too, the other follows."""
    kept: list[int] = []
    for thing in sorted(things, key=int.bit_count):
        if not any(thing & smaller == smaller for smaller in kept):
            kept.append(thing)
    return kept


def _at_least(things: list[int]) -> int:
    """How many partners it takes at the least: as many as things without a holder in common."""
    count, taken = 0, 0
    for thing in sorted(things, key=int.bit_count):
        if not thing & taken:
            count, taken = count + 1, taken | thing
    return count


def _of_size(
    things: list[int], size: int, chosen: int, barred: int, left: list[int]
) -> Iterator[int]:
    """Combinations of exactly `size` partners that hold every thing, each met once.

    A partner that has been tried is barred from then on; `left` counts what may still be looked at.
    """
    left[0] -= 1
    uncovered = [thing & ~barred for thing in things if not thing & chosen]
    if not uncovered:
        if chosen.bit_count() == size:
            yield chosen
        return
    if left[0] <= 0 or chosen.bit_count() + _at_least(uncovered) > size:
        return
    narrowest = min(uncovered, key=int.bit_count)
    while narrowest:
        partner = narrowest & -narrowest
        narrowest ^= partner
        yield from _of_size(things, size, chosen | partner, barred, left)
        barred |= partner


def _needs_everybody(mask: int, things: list[int]) -> bool:
    """Whether each partner of the combination is the only one in it to hold some thing."""
    alone = 0
    for thing in things:
        held = thing & mask
        if held & (held - 1) == 0:
            alone |= held
    return alone == mask
