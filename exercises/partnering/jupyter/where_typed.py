"""In which exercise a table is typed, for a link that leads there."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import NamedTuple

from partnering.storage import paths

_EDITED = re.compile(r"room\.edit\(([^)]*)\)")


class Exercise(NamedTuple):
    """One exercise.

    Attributes:
        file: The name of its notebook, which lies beside all others.
        title: Its title.
    """

    file: str
    title: str


def exercise_of(table: str) -> Exercise | None:
    """The first exercise in which a table is typed; None where there is none.

    Args:
        table: The name of the table.
    """
    return _exercises().get(table)


@cache
def _exercises() -> dict[str, Exercise]:
    """The exercise of each table, read from the notebooks themselves."""
    found: dict[str, Exercise] = {}
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            sources = ["".join(cell["source"]) for cell in cells]
        except (OSError, ValueError, KeyError):
            continue  # somebody else's notebook: no link leads there
        title = sources[0].partition("\n")[0].lstrip("# ") if sources else path.stem
        for source in sources:
            for names in _EDITED.findall(source):
                for name in re.findall(r'"(\w+)"', names):
                    found.setdefault(name, Exercise(path.name, title))
    return found
