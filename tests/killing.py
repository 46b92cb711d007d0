"""Kill a program again and again while it saves, and look each time what is left. Run by `test_versions`."""

import itertools
import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import pandas as pd

from partnering.partnership import Partnership
from partnering.storage import atomic, folder, versions


def stamped(number: int) -> Partnership:
    """A partnership that carries the same number in three tables."""

    def sheet(**columns):
        return pd.DataFrame(
            {name: [text] for name, text in columns.items()}, index=[2], dtype="str"
        )

    return Partnership(
        {
            "partnership": sheet(title=str(number), moment="starting"),
            "partners": sheet(partner="VEC", name=f"Vecinas {number}"),
            "worth": sheet(partner="VEC", worth_it="yes", if_what=str(number)),
        }
    )


def numbers(place: Path) -> set[str]:
    """The numbers that stand in a folder: one, unless old and new are mixed."""
    found = folder.read(place)
    assert not found.problems, found.problems
    return {
        found.fact("title"),
        found["partners"]["name"].iloc[0].split()[-1],
        found["worth"]["if_what"].iloc[0],
    }


def save_until_killed(place: Path, prepared: list[Partnership], told: int) -> None:
    """Tell that saving begins, then save one number after the other."""
    os.write(told, b"x")
    for partnership in itertools.cycle(prepared):
        partnership.as_read = None  # saved over whatever is there
        folder.write(partnership, place)


def main(place: Path, times: int) -> None:
    """Kill `times` savers, each at a random moment of a save; print what was found as JSON."""
    random.seed(1)
    prepared = [stamped(number) for number in range(6)]
    started = time.monotonic()
    for partnership in prepared:
        folder.write(partnership, place)
        partnership.as_read = None
    a_save = (time.monotonic() - started) / len(prepared)
    found = dict.fromkeys(("kills", "mixed", "stopped in the middle", "half-written files left"), 0)
    while found["kills"] < times or (
        found["kills"] < 50 * times and not found["stopped in the middle"]
    ):
        ready, told = os.pipe()
        child = os.fork()
        if not child:
            try:
                random.shuffle(prepared)
                save_until_killed(place, prepared, told)
            finally:
                traceback.print_exc()
                os._exit(1)
        os.close(told)
        assert os.read(ready, 1), "the saver ended of itself"
        time.sleep(random.uniform(0, 2 * a_save))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        found["kills"] += 1
        found["stopped in the middle"] += (place / atomic.JOURNAL).exists()
        found["half-written files left"] += any(place.glob(".~*.tmp"))
        found["mixed"] += len(numbers(place)) != 1
        if not found["kills"] % 20:
            versions.forget(place)
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
