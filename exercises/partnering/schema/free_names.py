"""The next free name: of a file, a sheet, a heading, a document or a line of a grid."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count


def free_name(
    name: str,
    taken: Callable[[str], bool],
    numbered: Callable[[int], str] | None = None,
    given: dict[str, int] | None = None,
) -> str:
    """The name itself, or the first of its numbered forms that is not taken.

    Args:
        name: The name that is wished for.
        taken: Whether a name is in use already.
        numbered: The name with a number from 2 on; `name-2`, `name-3` ... where it is left out.
        given: The last number of each name, where many names are given and none is freed between
            them: the next one goes on from there, and it is noted here.
    """
    if not taken(name):
        return name
    spelled = numbered or (lambda number: f"{name}-{number}")
    last = {} if given is None else given
    number = next(one for one in count(last.get(name, 1) + 1) if not taken(spelled(one)))
    last[name] = number
    return spelled(number)
