"""How many partnerships of a network's secretariat the command line gets through, and what memory each process takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from book import ROOT
from measured import Line
from test_command_line import network


def lines(checked: int = 500, reported: int = 200) -> list[Line]:
    """Partnerships a minute, with every core at work."""
    with tempfile.TemporaryDirectory() as place:
        many = network(Path(place) / "many", max(checked, reported))
        return [
            Line(
                f"partnerships a minute: check, {checked} of them",
                rate(["check", str(many)], checked),
            ),
            Line(
                f"partnerships a minute: report, {reported} of them",
                rate(["report", str(many), "--output", f"{place}/out"], reported),
            ),
        ]


def rate(command: list[str], count: int) -> float:
    """How many partnerships a minute one command gets through."""
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "partnering", *command],
        cwd=ROOT / "exercises",
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return 60 * count / (perf_counter() - start)
