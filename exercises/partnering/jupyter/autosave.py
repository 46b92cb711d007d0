"""The desks of a notebook: what is typed is saved soon, and what others have saved is taken in about once a second."""

from __future__ import annotations

import asyncio
import atexit
import time
from pathlib import Path

from partnering.storage import folder, paths
from partnering.jupyter.working_copy import WorkingCopy

QUIET, AT_LATEST, ROUND = 0.4, 3.0, 1.0  # seconds without typing before a save, in all, and between looks at the disk

_desks: list[WorkingCopy] = []
_tasks: dict[str, asyncio.Task] = {}
_clocks: dict[WorkingCopy, tuple[float, asyncio.TimerHandle]] = {}  # since when something is not saved, and what will save it


def working_copy_of(place: Path) -> WorkingCopy:
    """The desk on which a partnership lies; where this notebook has none for it yet, it is opened. Raises `NotOpened`."""
    desk = at(place)
    if desk is None:
        return keep(WorkingCopy(folder.open_any(place)))
    desk.look_round()
    return desk


def at(place: Path) -> WorkingCopy | None:
    """The desk on which something lies in this notebook, if there is one."""
    return next((desk for desk in _desks if desk.place.resolve() == place.resolve()), None)


def keep(desk: WorkingCopy) -> WorkingCopy:
    """Look after a desk from now on."""
    _desks.append(desk)
    return desk


def leave(desk: WorkingCopy) -> None:
    """Look after a desk no longer, once what was typed there is saved: where that fails it is tried again and again."""
    if desk in _clocks:
        _clocks.pop(desk)[1].cancel()
    if desk.save():
        drop(desk)


def drop(desk: WorkingCopy) -> None:
    """Look after a desk no longer, and save nothing."""
    if desk in _clocks:
        _clocks.pop(desk)[1].cancel()
    if desk in _desks:
        _desks.remove(desk)


def save_soon(desk: WorkingCopy) -> None:
    """Save once nobody has typed for a moment; at the latest after a few seconds of typing."""
    loop, now = asyncio.get_running_loop(), time.monotonic()
    since, waiting = _clocks.get(desk, (now, None))
    if waiting:
        waiting.cancel()
    _clocks[desk] = since, loop.call_later(max(0.0, min(QUIET, since + AT_LATEST - now)), _save, desk)


def _save(desk: WorkingCopy) -> None:
    _clocks.pop(desk, None)
    desk.save()
    desk.tell()


@atexit.register
def _save_at_the_end() -> None:
    """Save what was typed in the last moment before a kernel ends or is started again."""
    for desk in tuple(_clocks):
        desk.save()


def look_round_from_now_on() -> None:
    """From now on take in, about once a second, what a spreadsheet program or another notebook has saved."""
    if not paths.built() and "rounds" not in _tasks:
        _tasks["rounds"] = asyncio.get_running_loop().create_task(_rounds())


async def _rounds() -> None:
    number = 0
    while True:
        await asyncio.sleep(ROUND)
        number += 1
        for desk in tuple(_desks):
            told = (desk.said, desk.trouble)
            if not paths.is_example(desk.place):
                desk.look_round()
            if desk.unsaved and desk not in _clocks and number % 5 == 0:
                desk.save()
            if told != (desk.said, desk.trouble):
                desk.tell()
