"""How soon a tick is felt: the kernel's time from an edited cell to all results of *3 Risk views*.

The largest worked example is opened as the exercise opens it, one cell of its risk views is edited, and every result
that depends on it is checked, reduced for the room, made and sent again.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from operator import attrgetter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import pandas as pd

import partnering
from measured import Line
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import ROOM, Partnership
from partnering.storage import folder, paths

EXERCISE = paths.HOME / "3-risk-views.ipynb"
WORDS = ("not likely", "possible", "likely")
KEYS = ["partner", "risk"]


def lines(times: int = 40) -> list[Line]:
    """Milliseconds from an edited cell to the results, beside a bare groupby; and an empty partnership."""
    largest = max(paths.examples(), key=rows_of_views)
    copy = WorkingCopy(folder.open_any(largest))
    with redirect_stdout(io.StringIO()):  # outside Jupyter a result is printed
        view = View(copy, ROOM)
        for makers in shown_in(EXERCISE):
            view.show(*makers)
        for number in range(3):
            edit(copy.partnership, number)
        ticks, bare = [], []
        for number in range(times):
            ticks.append(taken(lambda number=number: edit(copy.partnership, number)))
            bare.append(taken(lambda: counted(copy.partnership["risk_views"])))
    empty = [taken(lambda: Partnership({})) for _ in range(times)]
    saves = [taken(save) for save in _saves(largest, times)]
    tick, groupby = median(ticks), median(bare)
    return [
        Line("milliseconds from an edited cell to all results of 3 Risk views", 1000 * tick, 40),
        Line("the same beside a bare groupby of the same table", tick / groupby),
        Line("milliseconds to save that cell", 1000 * median(saves), 100),
        Line("milliseconds for an empty partnership", 1000 * median(empty), 5),
    ]


def _saves(example: Path, times: int) -> Iterator[Callable[[], object]]:
    """What saves a copy of an example again and again, each time after one cell was edited."""
    with TemporaryDirectory() as place:
        copied = Path(shutil.copytree(example, Path(place) / "ours"))
        copy = WorkingCopy(folder.open_any(copied))
        for number in range(times):
            edit(copy.partnership, number)
            copy.unsaved = True
            yield copy.save


def rows_of_views(place: Path) -> int:
    """How many risk views an example has."""
    return len(folder.open_any(place)["risk_views"])


def shown_in(notebook: Path) -> list[list]:
    """The functions whose results a notebook shows, cell by cell."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found = []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "room.show(" in source:
            named = source.partition("room.show(")[2].partition(")")[0].split(", ")
            found.append([attrgetter(name)(partnering) for name in named])
    return found


def edit(p: Partnership, number: int) -> None:
    """Give one cell another word, as the grid does: the whole sheet is another object then."""
    sheet = p.sheets["risk_views"].copy()
    row = sheet.index[number % len(sheet)]
    word = sheet.loc[row, "how_likely"]
    after = (WORDS.index(word) + 1) % len(WORDS) if word in WORDS else 0
    sheet.loc[row, "how_likely"] = WORDS[after]
    p.edit("risk_views", sheet)


def counted(views: pd.DataFrame) -> None:
    """What pandas needs to group the same table once."""
    views.groupby(KEYS, observed=True)["how_likely"].count()


def taken(work) -> float:
    """Seconds that a piece of work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start
