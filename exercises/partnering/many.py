"""Many partnerships at once: every core works, and one that fails stops no other."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.free_names import free_name
from partnering.schema.tables import TABLES
from partnering.storage import atomic, folder, paths
from partnering.storage.assumed import NOT_READ
from partnering.storage.stored import unread_in

Job = TypeVar("Job")
Said = tuple[bool, list[str]]  # whether all is fine, and sentences
BAR = 30  # signs
FEW = 3  # up to here starting other processes takes longer than the work
MOST = 61  # processes that Windows can wait for


class ReportJob(NamedTuple):
    """The reports of one partnership that are to be written.

    Attributes:
        place: The partnership.
        out: The folder in which its reports go.
        whom: For whom they are; see `report_files.READERS`.
        stops: Which stops stand in them; all where there are none.
    """

    place: Path
    out: Path
    whom: Sequence[str]
    stops: Sequence[int]


def partnerships(asked: Iterable[Path]) -> list[Path]:
    """The partnerships that are meant.

    Args:
        asked: Workbooks and folders; a folder that holds partnerships stands for each of them.

    Returns:
        Their places, each once.
    """
    found: list[Path] = []
    for place in asked:
        inside: list[Path] = []
        if place.is_dir() and not any(place.glob("*.csv")):
            inside = [each for each in sorted(place.iterdir()) if paths.holds_partnership(each)]
        found += inside or [place]
    return list(dict.fromkeys(found))


def check(place: Path) -> Said:
    """What cannot be read in one partnership, what was assumed, and what a gap in the codes tells.

    What was not read comes first.

    Raises:
        NotOpened: Nothing of it can be read.
    """
    from partnering.partnership import recode

    partnership = folder.open_any(place)
    left = [one for one in partnership.assumed if one.kind == NOT_READ]
    other = [one for one in partnership.assumed if one.kind != NOT_READ]
    said = [_nothing_read(place)] if is_empty(partnership) else []
    found = [*left, *partnership.kept, *other, *partnership.problems]
    said += [f"{place}: {one}" for one in found]
    fine = not said
    said = said or [tr("{place}: every cell can be read.").format(place=place)]
    if gaps := recode.gaps_in_words(partnership):
        close = tr("To give them: python -m partnering recode {place}").format(place=place)
        said.append(f"{place}: {gaps} {close}")
    return fine, said


def is_empty(partnership: Partnership) -> bool:
    """Whether nothing of what was typed is part of the handbook."""
    return not any(name in TABLES and len(sheet) for name, sheet in partnership.sheets.items())


def _nothing_read(place: Path) -> str:
    return tr(
        "{place}: nothing of it was read. None of its sheets is a table of the handbook. Put the "
        "answers into a workbook of the handbook, or merge them if a form tool wrote them."
    ).format(place=place)


def report_jobs(
    found: Sequence[Path], output: Path | None, whom: Sequence[str], stops: Sequence[int]
) -> list[ReportJob]:
    """What has to be done for each partnership.

    Args:
        found: The places of the partnerships.
        output: The folder for all reports, where each partnership gets a folder of its own; without
            one they go into the folder `report` of each partnership.
        whom: For whom reports are written.
        stops: Which stops stand in them.
    """
    taken: set[str] = set()
    jobs = []
    for place in found:
        name = place.stem if place.suffix.lower() == ".xlsx" else place.resolve().name
        fit = free_name(name, lambda free: free.casefold() in taken)
        taken.add(fit.casefold())
        out = output / fit if output else paths.beside(place, "report")
        jobs.append(ReportJob(place, out, whom, stops))
    return jobs


def report(job: ReportJob) -> Said:
    """Write the reports of one partnership.

    Raises:
        NotOpened: It cannot be read.
        NotSaved: The reports cannot be written, or would go into a worked example.
    """
    from partnering.documents import report_files

    if paths.is_example(job.place) and paths.is_example(job.out):
        raise folder.NotSaved(
            tr(
                "{name} is a worked example, which is never written to. Say where the report goes: "
                "--output FOLDER"
            ).format(name=job.place.name)
        )
    partnership = folder.open_any(job.place)
    if is_empty(partnership):
        raise folder.NotSaved(
            tr(
                "Nothing of it was read, so no report was written. Look at it with: check {place}"
            ).format(place=job.place)
        )
    kept: list[str] = []
    written = report_files.write(partnership, job.out, job.whom, job.stops, kept.append)
    files = ", ".join(map(str, written))
    said = tr("{place}: written to {out}").format(place=job.place, out=files)
    assumed = [f"{job.place}: {one}" for one in partnership.assumed]
    unread = unread_in(partnership)
    told = f"{said}; {unread}." if unread else f"{said}."
    return not assumed and not unread, [*assumed, *kept, told]


def run(work: Callable[[Job], Said], jobs: Sequence[Job], say: Callable[[object], None]) -> int:
    """Do a work for each job on every core, and say what came of each as soon as it is done.

    Args:
        work: What is done for a job; a function of a module, since it runs in other processes.
        jobs: The jobs: places, or tuples that begin with one.
        say: Where sentences go.

    Returns:
        The exit code: 0, or 1 where something was not fine.
    """
    fine, done = True, 0
    for good, sentences in _each(work, jobs):
        fine, done = fine and good, done + 1
        _bar(done, len(jobs))
        for sentence in sentences:
            say(sentence)
    return 0 if fine else 1


def _each(work: Callable[[Job], Said], jobs: Sequence[Job]) -> Iterator[Said]:
    """What came of each job, as soon as it is done.

    Where a process is killed, the jobs that are left are done one after the other, until it is
    clear which of them it was.
    """
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
            stopped = tr(
                "{job} was not finished: this computer stopped the work. Perhaps there was not "
                "enough memory."
            )
            yield False, [stopped.format(job=_named(left.pop(0)))]
        workers = 1 if left and workers > 1 else cores


def _at_once(
    work: Callable[[Job], Said], jobs: Sequence[Job], workers: int
) -> Iterator[tuple[int, Said]]:
    """What came of each job, with its place among them.

    Those are missing that were left when a process was killed.
    """
    pool = ProcessPoolExecutor(
        min(workers, len(jobs)), mp_context=multiprocessing.get_context("spawn")
    )
    places_of: dict[Future[Said], int] = {}
    try:
        with suppress(BrokenProcessPool):
            for at, job in enumerate(jobs):
                places_of[pool.submit(_one, work, job)] = at
        for future in as_completed(places_of):
            with suppress(BrokenProcessPool):
                yield places_of[future], future.result()
    finally:  # whoever stops it does not wait for all the others
        pool.shutdown(cancel_futures=True)


def _one(work: Callable[[Job], Said], job: Job) -> Said:
    """What came of one job; whatever goes wrong in it is a sentence, so that the others go on."""
    try:
        return work(job)
    except atomic.TROUBLE as error:
        return False, [f"{_named(job)}: {atomic.in_words(error)}"]
    # A slip in one partnership must not cost a network's secretariat the other 499.
    except Exception as error:
        said = tr("{job} could not be finished ({kind}). Please tell those who make the handbook.")
        return False, [said.format(job=_named(job), kind=type(error).__name__)]


def _named(job: object) -> str:
    """What a job is called: the place of its partnership."""
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
