"""How long the first table takes, beside what pandas alone needs to start and to read the same files.

Each number is the median of several fresh Pythons.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

from book import ROOT
from measured import Line

ALONE = (
    "import pandas as pd; from pathlib import Path; "
    "[pd.read_csv(path, dtype='str') for path in Path('examples/shade').glob('*.csv')]"
)
WHOLE = "from partnering import folder, risk; risk.risk_table(folder.read('examples/shade').for_reader('room')).html()"


def lines(times: int = 7) -> list[Line]:
    """Whole processes: opening an example and making its risk table, beside importing pandas and reading the files."""
    taken = {code: [] for code in (ALONE, WHOLE)}
    for _ in range(times + 1):
        for code, seconds in taken.items():
            start = perf_counter()
            subprocess.run([sys.executable, "-c", code], cwd=ROOT / "exercises", check=True)
            seconds.append(perf_counter() - start)
    alone, whole = (
        median(seconds[1:]) for seconds in taken.values()
    )  # the first run warms the disk
    return [
        Line(
            "first table of an example, beside importing pandas and reading its files",
            whole / alone,
            2,
        )
    ]
