"""Measure everything, say it, and write the table for the page that tells what ran: nox -s bench.

Ratios hold from computer to computer better than seconds do. Name what is to be measured to leave out the rest: nox -s
bench -- growth. The table is written only when all of it has been measured.
"""

from __future__ import annotations

import csv
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "exercises")]

import builds  # noqa: E402 - the folders above come first
import first_table  # noqa: E402
import growth  # noqa: E402
import in_browser  # noqa: E402
import network  # noqa: E402
import printing  # noqa: E402
import tick  # noqa: E402

ALL = {
    "first_table": first_table,
    "tick": tick,
    "browser": in_browser,
    "growth": growth,
    "builds": builds,
    "network": network,
    "printing": printing,
}
TABLE = TESTS.parent / "guide" / "reference" / "measured.csv"


def main(asked: list[str]) -> int:
    """Measure what is asked for, or all. 1 where a number is higher than it may be, 2 where a name is not known."""
    if unknown := [name for name in asked if name not in ALL]:
        print(
            f"There is nothing called {', '.join(unknown)} to measure; there are: {', '.join(ALL)}.",
            file=sys.stderr,
        )
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_load()}")
    found = []
    for name in asked or ALL:
        for line in ALL[name].lines():
            found.append(line)
            print(line.said(), flush=True)
    if not asked:
        _write(found)
    return int(any(line.met == "no" for line in found))


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load not known"


def _write(found: list) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(["What", "Measured", "At most"])
        write.writerows(
            [line.what, f"{line.value:.2f}", "" if line.most is None else line.most]
            for line in found
        )
        write.writerow(
            [
                f"on Python {platform.python_version()} with {os.cpu_count()} cores",
                f"{datetime.now(UTC):%Y-%m-%d}",
                "",
            ]
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
