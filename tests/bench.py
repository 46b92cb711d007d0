"""How long the first table takes, as a multiple of what pandas alone needs to start and read the same files; and how
many partnerships a network's secretariat can check and report on in a minute.

Seconds differ from computer to computer; the ratio holds better. Each number is the median of several fresh Pythons.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

EXERCISES = Path(__file__).resolve().parents[1] / "exercises"
ALONE = ("import pandas as pd; from pathlib import Path; "
         "[pd.read_csv(path, dtype='str') for path in Path('examples/shade').glob('*.csv')]")
WHOLE = "from partnering import folder, risk; risk.risk_table(folder.read('examples/shade').for_reader('room')).html()"


def seconds(code: str, times: int) -> float:
    """The median time that a fresh Python takes for some code, after one run that warms the disk."""
    taken = []
    for _ in range(times + 1):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=EXERCISES, check=True)
        taken.append(perf_counter() - start)
    return median(taken[1:])


def rate(command: str, count: int) -> float:
    """How many partnerships a minute a command of the command line gets through, on every core."""
    from test_command_line import network

    with tempfile.TemporaryDirectory() as made:
        many, out = network(Path(made) / "many", count), ["--output", f"{made}/out"] if command == "report" else []
        start = perf_counter()
        subprocess.run([sys.executable, "-m", "partnering", command, many, *out], cwd=EXERCISES, check=True,
                       stderr=subprocess.DEVNULL)
        return 60 * count / (perf_counter() - start)


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    alone, whole = seconds(ALONE, times), seconds(WHOLE, times)
    print(f"pandas alone, reading the example: {alone:.2f} s; the risk table of it: {whole:.2f} s; ratio {whole / alone:.2f}")
    sys.path.insert(0, str(EXERCISES))
    for command, count in (("check", 500), ("report", 100)):
        print(f"{command}: {rate(command, count):.0f} partnerships a minute")
