"""The working copies of a notebook: what is typed is saved soon, and what others have saved is taken in about once a second."""

from __future__ import annotations

import asyncio
import atexit
import time
from pathlib import Path

from partnering.jupyter.working_copy import WorkingCopy
from partnering.storage import folder, paths

QUIET, AT_LATEST, ROUND = (
    0.4,
    3.0,
    1.0,
)  # seconds without typing before a save, in all, and between looks at the disk

_copies: list[WorkingCopy] = []
_tasks: dict[str, asyncio.Task] = {}
_clocks: dict[
    WorkingCopy, tuple[float, asyncio.TimerHandle]
] = {}  # since when something is not saved, and what will save it


def working_copy_of(place: Path) -> WorkingCopy:
    """The working copy on which a partnership lies; where this notebook has none for it yet, it is opened. Raises `NotOpened`."""
    working_copy = at(place)
    if working_copy is None:
        return keep(WorkingCopy(folder.open_any(place)))
    working_copy.look_round()
    return working_copy


def at(place: Path) -> WorkingCopy | None:
    """The working copy on which something lies in this notebook, if there is one."""
    return next(
        (
            working_copy
            for working_copy in _copies
            if working_copy.place.resolve() == place.resolve()
        ),
        None,
    )


def keep(working_copy: WorkingCopy) -> WorkingCopy:
    """Look after a working copy from now on."""
    _copies.append(working_copy)
    return working_copy


def leave(working_copy: WorkingCopy) -> None:
    """Look after a working copy no longer, once what was typed there is saved: where that fails it is tried again and again."""
    if working_copy in _clocks:
        _clocks.pop(working_copy)[1].cancel()
    if working_copy.save():
        drop(working_copy)


def drop(working_copy: WorkingCopy) -> None:
    """Look after a working copy no longer, and save nothing."""
    if working_copy in _clocks:
        _clocks.pop(working_copy)[1].cancel()
    if working_copy in _copies:
        _copies.remove(working_copy)


def save_soon(working_copy: WorkingCopy) -> None:
    """Save once nobody has typed for a moment; at the latest after a few seconds of typing."""
    loop, now = asyncio.get_running_loop(), time.monotonic()
    since, waiting = _clocks.get(working_copy, (now, None))
    if waiting:
        waiting.cancel()
    _clocks[working_copy] = (
        since,
        loop.call_later(max(0.0, min(QUIET, since + AT_LATEST - now)), _save, working_copy),
    )


def _save(working_copy: WorkingCopy) -> None:
    _clocks.pop(working_copy, None)
    working_copy.save()
    working_copy.tell()


@atexit.register
def _save_at_the_end() -> None:
    """Save what was typed in the last moment before a kernel ends or is started again."""
    for working_copy in tuple(_clocks):
        working_copy.save()


def look_round_from_now_on() -> None:
    """From now on take in, about once a second, what a spreadsheet program or another notebook has saved."""
    if not paths.built() and "rounds" not in _tasks:
        _tasks["rounds"] = asyncio.get_running_loop().create_task(_rounds())


async def _rounds() -> None:
    number = 0
    while True:
        await asyncio.sleep(ROUND)
        number += 1
        for working_copy in tuple(_copies):
            told = (working_copy.said, working_copy.trouble)
            if not paths.is_example(working_copy.place):
                working_copy.look_round()
            if working_copy.unsaved and working_copy not in _clocks and number % 5 == 0:
                working_copy.save()
            if told != (working_copy.said, working_copy.trouble):
                working_copy.tell()
