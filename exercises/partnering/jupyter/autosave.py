"""The working copies of a notebook: saved soon after typing, and kept up to date with the disk."""

from __future__ import annotations

import asyncio
import atexit
import time
from pathlib import Path

from partnering.jupyter.working_copy import WorkingCopy
from partnering.storage import folder, paths

# Seconds without typing before a save. A page in a browser may be gone at any moment.
QUIET = 0.0 if paths.IN_BROWSER else 0.4
AT_LATEST = 3.0  # seconds of typing after which it is saved all the same
ROUND = 1.0  # seconds between two looks at the disk
RETRY = 5  # rounds after which a save that failed is tried again


class Autosave:
    """The working copies that one notebook has open, and when each of them is saved.

    There is one for each kernel, `AUTOSAVE`. All its methods are called in the thread of the cells.
    """

    def __init__(self) -> None:
        self.working_copies: list[WorkingCopy] = []
        # since when something is not saved (seconds of the monotonic clock), and what will save it
        self._due: dict[WorkingCopy, tuple[float, asyncio.TimerHandle]] = {}
        self._polling: asyncio.Task[None] | None = None

    def open(self, place: Path) -> WorkingCopy:
        """The working copy of a partnership; opened if this notebook has none of it yet.

        Args:
            place: The partnership's folder or workbook.

        Returns:
            The working copy, with what others have saved since.

        Raises:
            NotOpened: The partnership cannot be read.
        """
        working_copy = self.find(place)
        if working_copy is not None and working_copy.is_another:
            self.drop(working_copy)
            working_copy = None
        if working_copy is None:
            return self.add(WorkingCopy(folder.open_any(place)))
        working_copy.look_round()
        return working_copy

    def find(self, place: Path) -> WorkingCopy | None:
        """The working copy of what lies in a place, or None where this notebook has none."""
        for working_copy in self.working_copies:
            if working_copy.place.resolve() == place.resolve():
                return working_copy
        return None

    def add(self, working_copy: WorkingCopy) -> WorkingCopy:
        """Keep a working copy up to date from now on, and return it."""
        self.working_copies.append(working_copy)
        return working_copy

    def close(self, working_copy: WorkingCopy) -> None:
        """Save a working copy and drop it; where saving fails it stays, and is tried again."""
        self._cancel(working_copy)
        if working_copy.save():
            self.drop(working_copy)

    def drop(self, working_copy: WorkingCopy) -> None:
        """Take no more care of a working copy, and save nothing of it."""
        self._cancel(working_copy)
        if working_copy in self.working_copies:
            self.working_copies.remove(working_copy)

    def save_soon(self, working_copy: WorkingCopy) -> None:
        """Save once nobody has typed for a moment; at the latest after a few seconds of typing."""
        loop, now = asyncio.get_running_loop(), time.monotonic()
        since, waiting = self._due.get(working_copy, (now, None))
        if waiting:
            waiting.cancel()
        wait = max(0.0, min(QUIET, since + AT_LATEST - now))
        self._due[working_copy] = since, loop.call_later(wait, self._save, working_copy)

    def save_what_is_due(self) -> None:
        """Save at once what waits for its moment, before a kernel ends or is started again."""
        for working_copy in tuple(self._due):
            working_copy.save()

    def start_polling(self) -> None:
        """From now on, about once a second, take in what other programs and notebooks have saved.

        Called again it does nothing, and nothing either while the handbook is built. In a browser
        each look would wake the page: there it says itself when to `look`.
        """
        if not paths.built() and not paths.IN_BROWSER and self._polling is None:
            self._polling = asyncio.get_running_loop().create_task(self._poll())

    def look(self) -> None:
        """Take in now what others have saved, and save what could not be saved before."""
        for working_copy in tuple(self.working_copies):
            self._look(working_copy, retry=True)

    def _cancel(self, working_copy: WorkingCopy) -> None:
        if working_copy in self._due:
            self._due.pop(working_copy)[1].cancel()

    def _save(self, working_copy: WorkingCopy) -> None:
        self._due.pop(working_copy, None)
        working_copy.save()
        working_copy.tell()

    async def _poll(self) -> None:
        number = 0
        while True:
            await asyncio.sleep(ROUND)
            number += 1
            for working_copy in tuple(self.working_copies):
                self._look(working_copy, retry=number % RETRY == 0)

    def _look(self, working_copy: WorkingCopy, retry: bool) -> None:
        """Take in what lies on the disk now; say so where it changes what people are told."""
        before = (working_copy.said, working_copy.trouble)
        if not paths.is_example(working_copy.place):
            working_copy.look_round()
        if retry and working_copy.unsaved and working_copy not in self._due:
            working_copy.save()
        if before != (working_copy.said, working_copy.trouble):
            working_copy.tell()


AUTOSAVE = Autosave()
atexit.register(AUTOSAVE.save_what_is_due)
