"""Many partnerships at once: every core works, each report goes into its own folder, one that fails stops no other."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

from partnering.language import tr, trn
from partnering.storage import folder, paths

Said = tuple[bool, list[str]]  # whether all is fine, and sentences
BAR = 30
FEW = 3  # up to here starting other processes takes longer than the work
MOST = 61  # processes that Windows can wait for


def partnerships(asked: Iterable[Path]) -> list[Path]:
    """The places that are meant: a folder that holds partnerships stands for each of them."""
    found: list[Path] = []
    for place in asked:
        inside = []
        if place.is_dir() and not any(place.glob("*.csv")):
            inside = [each for each in sorted(place.iterdir()) if paths.holds_partnership(each)]
        found += inside or [place]
    return list(dict.fromkeys(found))


def check(place: Path) -> Said:
    """What cannot be read in one partnership."""
    partnership = folder.open_any(place)
    if not partnership.problems:
        return True, [tr("{place}: every cell can be read.").format(place=place)]
    return False, [f"{place}: {problem}" for problem in partnership.problems]


def report_jobs(
    found: Sequence[Path], output: Path | None, whom: Sequence[str], stops: Sequence[int]
) -> list[tuple]:
    """What has to be done for each partnership: where its reports go, for whom, and which stops."""
    taken: set[str] = set()
    jobs = []
    for place in found:
        name = place.stem if place.suffix.lower() == ".xlsx" else place.resolve().name
        fit = paths.free_name(name, lambda free: free.casefold() in taken)
        taken.add(fit.casefold())
        jobs.append((place, output / fit if output else paths.beside(place, "report"), whom, stops))
    return jobs


def report(job: tuple) -> Said:
    """Write the reports of one partnership."""
    from partnering.documents import report_files

    place, out, whom, stops = job
    if paths.is_example(place) and paths.is_example(out):
        raise folder.NotSaved(
            tr(
                "{name} is a worked example, which is never written to. Say where the report goes: "
                "--output FOLDER"
            ).format(name=place.name)
        )
    partnership = folder.open_any(place)
    written = report_files.write(partnership, out, whom, stops)
    unread = trn(
        "{count} place could not be read and was left out",
        "{count} places could not be read and were left out",
        len(partnership.problems),
    ).format(count=len(partnership.problems))
    return not partnership.problems, [
        tr("{place}: written to {out}").format(place=place, out=", ".join(map(str, written)))
        + (f"; {unread}." if partnership.problems else ".")
    ]


def run(work: Callable, jobs: Sequence, say: Callable[[object], None]) -> int:
    """Do a work for each job on every core, and say what came of each as soon as it is done. Gives the exit code."""
    fine, done = True, 0
    for good, sentences in _each(work, jobs):
        fine, done = fine and good, done + 1
        _bar(done, len(jobs))
        for sentence in sentences:
            say(sentence)
    return 0 if fine else 1


def _each(work: Callable, jobs: Sequence) -> Iterator[Said]:
    cores = min(os.cpu_count() or 1, MOST)
    if len(jobs) <= FEW or cores < 2:
        yield from (_one(work, job) for job in jobs)
        return
    left, workers = list(jobs), cores
    while left:
        done = set()
        for at, said in _at_once(work, left, workers):
            done.add(at)
            yield said
        left = [job for at, job in enumerate(left) if at not in done]
        if left and workers == 1:  # one after the other, so it was the first of them
            yield (
                False,
                [
                    tr(
                        "{job} was not finished: this computer stopped the work, perhaps for want of memory."
                    ).format(job=_named(left.pop(0)))
                ],
            )
        workers = 1 if left and workers > 1 else cores


def _at_once(work: Callable, jobs: Sequence, workers: int) -> Iterator[tuple[int, Said]]:
    """What came of each job, with its place among them; those are missing that were left when a process was killed."""
    pool = ProcessPoolExecutor(
        min(workers, len(jobs)), mp_context=multiprocessing.get_context("spawn")
    )
    places_of: dict[Future, int] = {}
    try:
        with suppress(BrokenProcessPool):
            for at, job in enumerate(jobs):
                places_of[pool.submit(_one, work, job)] = at
        for future in as_completed(places_of):
            with suppress(BrokenProcessPool):
                yield places_of[future], future.result()
    finally:  # whoever stops it does not wait for all the others
        pool.shutdown(cancel_futures=True)


def _one(work: Callable, job: object) -> Said:
    """What came of one job; whatever goes wrong in it is a sentence, so that the others go on."""
    try:
        return work(job)
    except (folder.NotOpened, folder.NotSaved) as error:
        return False, [f"{_named(job)}: {error}"]
    except (
        Exception
    ) as error:  # a slip in one partnership must not cost a network's secretariat the other 499
        return False, [
            tr(
                "{job} could not be finished ({kind}). Please tell those who make the handbook."
            ).format(job=_named(job), kind=type(error).__name__)
        ]


def _named(job: object) -> str:
    return str(job[0] if isinstance(job, tuple) else job)


def _bar(done: int, of_all: int) -> None:
    """A bar on a terminal, when there is something to wait for."""
    if of_all > 1 and sys.stderr.isatty():
        full = BAR * done // of_all
        print(
            f"\r\x1b[K[{'#' * full}{'.' * (BAR - full)}] {done}/{of_all}",
            file=sys.stderr,
            end="\n" if done == of_all else "",
            flush=True,
        )
