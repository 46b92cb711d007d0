"""How soon the edition for browsers shows its first table, and what it takes while nobody does anything.

It is measured where `nox -s browser` has built it and Chromium is there. Seconds are of the processor, in all of the
browser's processes, and are set beside what a fresh Python takes to import pandas in the same minute.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from statistics import median
from types import ModuleType

from playwright.sync_api import sync_playwright

from book import ROOT
from measured import Line

EDITION = ROOT / "_build" / "browser"
EXERCISE = "3-risk-views.ipynb"
COLD, AGAIN = 50, 32  # as many times the import of pandas, at most
IMPORTED = "import time, pandas; print(time.process_time())"


def lines(times: int = 3) -> list[Line]:
    """Opened for the first time, opened again, a tick, and idle; a sentence alone where it cannot be measured."""
    program = shutil.which("chromium")
    if program is None or not (EDITION / "size.txt").exists():
        print("The browser is left out: it needs Chromium, and an edition built by nox -s browser.")
        return []
    trial = _trial()
    imports = [imported() for _ in range(times)]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        sync_playwright() as play,
        trial.served(EDITION) as address,
    ):
        context = play.chromium.launch_persistent_context(
            profile, executable_path=program, args=["--no-sandbox"]
        )
        reader = trial.Reader(context, address)
        page, cold, _ = reader.open(EXERCISE)
        trial.seen(page, "body[data-kept=all]")
        page.wait_for_timeout(10_000)  # it still writes what it keeps, and compiles
        before = trial.processor()
        page.wait_for_timeout(10_000)
        idle = 10 * (trial.processor() - before)
        tick = trial.typed(page, lambda *_: None, True)
        page.close()
        again = []
        for _ in range(times):
            page, used, _ = reader.open(EXERCISE)
            again.append(used)
            page.close()
        context.close()
    unit = median([*imports, *(imported() for _ in range(times))])
    return [
        Line(
            "first table in a browser that knows nothing yet, beside importing pandas",
            cold / unit,
            COLD,
        ),
        Line("the same, opened again with a partnership of one's own", median(again) / unit, AGAIN),
        Line("seconds of processor to the first table in such a browser", cold),
        Line("seconds of processor to the first table, opened again", median(again)),
        Line(
            "percent of a core that an open exercise takes in a browser while nobody types", idle, 2
        ),
        Line("milliseconds from a tick in a browser to its table", tick, 500),
        Line("requests to other hosts meanwhile", len(reader.elsewhere), 0),
    ]


def imported() -> float:
    """Seconds of processor that a fresh Python takes to import pandas."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _trial() -> ModuleType:
    """The program that tries the edition as a reader does."""
    place = ROOT / "deploy" / "browser" / "try_it.py"
    spec = importlib.util.spec_from_file_location("trial_in_browser", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
