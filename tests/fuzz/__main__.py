"""Inputs that nobody should hand over: `nox -s fuzz -- 10000`, or `python tests/fuzz 200 --from 7`.

Each number is one input, and says of which kind it is: a folder of CSV files, a workbook (.xlsx,
.ods), a folder to merge, a text pasted into the grid, a Word template, or a file that was taken
home. Each is read in a process of its own with a limit of memory and time. It ends fine, or with a
sentence that tells what is wrong; else with a traceback, in an abort, or after too long. What is
found is told with its number, which makes the same input again.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [
    str(Path(__file__).parent),
    os.environ.get("FUZZED", str(TESTS.parent / "exercises")),
]

import inputs  # noqa: E402

from partnering.documents import drafts  # noqa: E402
from partnering.exchange import merge  # noqa: E402
from partnering.jupyter import paste  # noqa: E402
from partnering.partnership import Partnership  # noqa: E402
from partnering.storage import csv_text, folder, workbook  # noqa: E402
from partnering.storage.atomic import NotOpened, NotSaved  # noqa: E402

try:
    from partnering.storage import home_file
except ImportError:
    home_file = None  # type: ignore[assignment]

FINE, TOLD, TRACEBACK, ABORT, SLOW = "fine", "told", "traceback", "abort", "over 10 s"
SECONDS, MEMORY = 10, 2 << 30  # of one input; the libraries alone take a tenth of it
PATIENCE = 300  # seconds of the clock: a machine may be busy with other things
Found = tuple[int, str, str, str]  # the number, its kind, its class, what was said


def _opened(place: Path) -> None:
    partnership = folder.open_any(place)
    _looked_at(partnership)


def _looked_at(partnership: Partnership) -> None:
    """All that is said of a partnership, and the same written and read again."""
    " ".join(map(str, [*partnership.problems, *getattr(partnership, "assumed", [])])).encode(
        "utf-8", "replace"
    )
    with tempfile.TemporaryDirectory() as kept:
        folder.write(Partnership(partnership.sheets, "x"), Path(kept, "x"))
        with contextlib.suppress(NotSaved):
            workbook.write(partnership, Path(kept, "x.xlsx"))


def _csv(draw: random.Random, place: Path) -> None:
    inputs.csv_case(draw, place)
    _opened(place)


def _book(make: Callable[[random.Random, Path], None]) -> Callable[[random.Random, Path], None]:
    def run(draw: random.Random, place: Path) -> None:
        make(draw, place)
        (file,) = place.iterdir()
        _opened(file)

    return run


def _merged(draw: random.Random, place: Path) -> None:
    inputs.merge_case(draw, place)
    if draw.random() < 0.3:
        _opened(place)
    merged = merge.read(place)
    " ".join(map(str, [*merged.assumed, *merged.told])).encode("utf-8", "replace")
    rows = [list(merged.came_from.columns), *merged.came_from.astype("str").to_numpy().tolist()]
    csv_text.written(rows)
    _looked_at(merged.partnership)


def _pasted(draw: random.Random, place: Path) -> None:
    del place
    from partnering.schema.tables import TABLES

    table = draw.choice([table for table in TABLES.values() if not table.private])
    text = inputs.pasted(draw)
    if paste.is_too_large(text):
        raise NotOpened(f"{paste.MOST_LINES} lines at most")
    block = paste.block(text)
    columns = [column.name for column in table.columns]
    first = draw.choice(columns)
    if table.upright:
        paste.downwards(block, table, columns, first)
        return
    if not block:
        return
    lines = paste.placed(block, table, columns, first).lines
    import pandas as pd

    sheet = pd.DataFrame(lines, dtype="str").fillna("")
    _looked_at(Partnership({table.name: sheet}, "x"))


def _template(draw: random.Random, place: Path) -> None:
    inputs.template_case(draw, place)
    told: list[object] = []
    for work in (
        lambda: drafts.check_template(place / "own.docx").sentences,
        lambda: drafts.partnership_agreement(_shade(), (), place / "own.docx"),
    ):
        try:
            work()
        except NotOpened as error:
            told.append(error)
    if told:
        raise NotOpened(str(told[0]))


def _shade() -> Partnership:
    return folder.read(inputs.EXAMPLES / "shade")


def _home(draw: random.Random, place: Path) -> None:
    inputs.home_case(draw, place, home_file.written)
    read = home_file.read(place / "home.partnering", draw.choice(("", "four words are enough")))
    out = place / "out"
    out.mkdir()
    for name, data in read.files.items():
        (out / name).write_bytes(data)
    _opened(out)


KINDS: dict[str, Callable[[random.Random, Path], None]] = {
    "csv": _csv,
    "xlsx": _book(inputs.xlsx_case),
    "ods": _book(inputs.ods_case),
    "merge": _merged,
    "paste": _pasted,
    "template": _template,
}
if home_file is not None:
    KINDS[".partnering"] = _home


def kind_of(number: int) -> str:
    """Of which kind the input with a number is: the kinds take turns."""
    return ("csv", "xlsx", "ods", "merge", "paste", "template", ".partnering")[number % 7]


@dataclass
class _Trial:
    """An input that is being read by a process of its own."""

    number: int
    process: int
    place: Path
    begun: float

    def ended(self) -> Found | None:
        """How it ended; None while it goes on."""
        done, code = os.waitpid(self.process, os.WNOHANG)
        if not done and time.monotonic() - self.begun < PATIENCE:
            return None
        if not done:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        said = self.place / "said"
        text = said.read_text(encoding="utf-8") if said.exists() else ""
        shutil.rmtree(self.place, ignore_errors=True)
        how, _, words = text.partition("\n")
        status = os.waitstatus_to_exitcode(code) if done else -signal.SIGKILL
        kind = kind_of(self.number)
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return self.number, kind, SLOW, "" if done else "it waits for something"
        if status != 0 or not how:
            return self.number, kind, ABORT, f"ended with {status}"
        return self.number, kind, how, words


def begun(number: int) -> _Trial:
    """Let a process of its own read the input with a number."""
    place = Path(tempfile.mkdtemp(prefix="fuzz"))
    (place / "in").mkdir()
    child = os.fork()
    if not child:
        _become(number, kind_of(number), place / "in", place / "said")
    return _Trial(number, child, place, time.monotonic())


def tried(numbers: Iterable[int], processes: int) -> Iterator[Found]:
    """Read the inputs with these numbers, and say how each ended.

    Args:
        numbers: Their numbers.
        processes: How many are read at once.

    Yields:
        The number, the kind of input, how it ended, and the sentence or the traceback.
    """
    waiting = iter(numbers)
    trials: list[_Trial] = []
    while True:
        for number in itertools.islice(waiting, processes - len(trials)):
            trials.append(begun(number))
        if not trials:
            return
        for trial in list(trials):
            if found := trial.ended():
                trials.remove(trial)
                yield found
        time.sleep(0.002)


def _become(number: int, kind: str, place: Path, said: Path) -> None:
    """Read one input, write down how it ended, and end."""
    import resource

    os.dup2(os.open(os.devnull, os.O_RDWR), 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    used = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS + 1, used + SECONDS + 2))
    how, words = FINE, ""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            KINDS[kind](random.Random(number), place)
    except (NotOpened, NotSaved) as error:
        how, words = TOLD, str(error)
    except BaseException:
        how, words = TRACEBACK, traceback.format_exc()
    said.write_text(f"{how}\n{words[-3000:]}", encoding="utf-8", errors="replace")
    os._exit(0)


def main() -> int:
    """Run it, and say what was found."""
    asked = argparse.ArgumentParser(prog="fuzz", description="Inputs nobody should hand over.")
    asked.add_argument("many", type=int, nargs="?", default=500, help="how many numbers")
    asked.add_argument("--from", dest="first", type=int, default=0, help="the first number")
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    if not hasattr(os, "fork"):
        print("This system cannot limit a process; run it on Linux or macOS.")
        return 2
    inputs._books()
    _shade()
    counts: Counter[tuple[str, str]] = Counter()
    found: list[Found] = []
    since = time.monotonic()
    numbers = range(given.first, given.first + given.many)
    numbers = [number for number in numbers if kind_of(number) in KINDS]
    for done, (number, kind, how, words) in enumerate(tried(numbers, given.processes), start=1):
        counts[kind, how] += 1
        if how not in (FINE, TOLD):
            found.append((number, kind, how, words))
            print(f"{number} ({kind}): {how}\n    {words[-700:]}", flush=True)
        if done % 50 == 0:
            seconds = time.monotonic() - since
            print(f"{done} inputs, {seconds:.0f} seconds: {_in_words(counts)}", flush=True)
    print(f"{given.many} inputs: {_in_words(counts)}")
    for kind in KINDS:
        of_kind = Counter({how: n for (one, how), n in counts.items() if one == kind})
        print(f"  {kind}: " + ", ".join(f"{n} {how}" for how, n in of_kind.most_common()))
    return bool(found)


def _in_words(counts: Counter[tuple[str, str]]) -> str:
    by_class = Counter(dict.fromkeys((FINE, TOLD, TRACEBACK, ABORT, SLOW), 0))
    for (_, how), count in counts.items():
        by_class[how] += count
    return ", ".join(f"{by_class[how]} {how}" for how in (FINE, TOLD, TRACEBACK, ABORT, SLOW))


if __name__ == "__main__":
    sys.exit(main())
