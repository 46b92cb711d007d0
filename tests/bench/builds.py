"""How long the site takes to build, in ratios measured in one run on one copy of the tree.

`cold` builds everything anew. Its floor is what cannot be done without: the notebooks' own time divided by the cores,
and the build with execution off. `plain` is the same tree built by sphinx-build with MyST-NB running one notebook after
another.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import nbformat
from jupyter_cache import get_cache

from book import ROOT, Book
from measured import Line

EXERCISE = "3-risk-views"


def lines(times: int = 2) -> list[Line]:
    """The build ratios, each of medians of several builds; the notebooks' own time is what MyST-NB notes of each."""
    with tempfile.TemporaryDirectory() as place:
        copy = Copy(Book.whole(Path(place) / "handbook").place)
        cold, plain, off, notebooks = [], [], [], []
        for _ in range(times):
            plain.append(copy.build("-D", f"extensions={others()}", anew=True))
            notebooks.append(sum(copy.seconds_of_notebooks().values()))
            off.append(copy.build("-D", "nb_execution_mode=off", anew=True))
            cold.append(copy.build(anew=True))
        one = copy.seconds_of_notebooks()[EXERCISE]
        nothing, chapter, exercise = copy.rebuilds(times)
    floor = median(notebooks) / (os.cpu_count() or 1) + median(off)
    return [
        Line("cold build, beside its floor", median(cold) / floor, 1.25),
        Line("cold build, beside plain sphinx-build", median(cold) / median(plain), 0.75),
        Line(
            "rebuild after editing a chapter, beside one with nothing edited",
            chapter / nothing,
            1.5,
        ),
        Line(
            "rebuild after editing a notebook, without what a rebuild takes anyway, beside the notebook's own time",
            (exercise - nothing) / one,
            1.5,
        ),
    ]


def others() -> str:
    """The extensions of conf.py without the one that runs the exercises beforehand."""
    listed = re.search(
        r"^extensions = \[(.*?)\]",
        (ROOT / "conf.py").read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    return ",".join(name for name in re.findall(r"\w+", listed[1]) if name != "run_exercises")


class Copy:
    """A copy of the whole tree that can be built again and again."""

    def __init__(self, place: Path):
        self.place, self.out = place, place / "_build"

    def build(self, *options: str, anew: bool = False) -> float:
        """The seconds that a build takes; `anew` throws away every earlier one with what its notebooks gave."""
        if anew:
            shutil.rmtree(self.out, ignore_errors=True)
        start = perf_counter()
        subprocess.run(
            [
                sys.executable,
                "-m",
                "sphinx",
                "-q",
                "-b",
                "html",
                "-d",
                str(self.out / "doctrees"),
                *options,
                str(self.place),
                str(self.out / "html"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        return perf_counter() - start

    def seconds_of_notebooks(self) -> dict[str, float]:
        """What each notebook took, as noted in the cache of results."""
        records = get_cache(next((self.out / "notebooks").iterdir())).list_cache_records()
        return {Path(record.uri).stem: record.data["execution_seconds"] for record in records}

    def rebuilds(self, times: int) -> tuple[float, float, float]:
        """The median seconds of a rebuild with nothing edited, after a chapter, and after a notebook was edited."""
        nothing, chapter, exercise = [], [], []
        for number in range(times):
            nothing.append(self.build())
            self._edit_chapter(f"Edited {number}.")
            chapter.append(self.build())
            self._edit_exercise(f"# edited {number}")
            exercise.append(self.build())
        return median(nothing), median(chapter), median(exercise)

    def _edit_chapter(self, sentence: str) -> None:
        path = self.place / "guide" / "3-risk.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{sentence}\n", encoding="utf-8")

    def _edit_exercise(self, comment: str) -> None:
        path = self.place / "exercises" / f"{EXERCISE}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        code[-1].source += f"\n{comment}"
        nbformat.write(notebook, path)
