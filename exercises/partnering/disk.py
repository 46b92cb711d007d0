"""Files on a disk that may be full, taken out, synced elsewhere or open in another program: told in plain sentences."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

from partnering.language import tr

TRIES, FIRST_WAIT = 6, 0.05  # a cloud-synced folder holds a file for a moment; 1.5 seconds in all
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}


class NotOpened(Exception):
    """A partnership could not be read; the message is a sentence for people."""


class NotSaved(Exception):
    """A partnership could not be saved; the message is a sentence for people. What was there before is still there."""


def contents(path: Path) -> bytes:
    """What is in a file. Raises `NotOpened` where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotOpened(tr("There is no file {path}.").format(path=path)) from None
    except PermissionError:
        raise NotOpened(tr("{path} cannot be read. If it is open in another program, close it there and try again.")
                        .format(path=path)) from None
    except OSError as error:
        raise NotOpened(unreadable(path, error)) from None


def unreadable(path: Path, error: OSError) -> str:
    """The sentence for a file or folder that cannot be read for a reason of the system's own."""
    return tr("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror or error)


def replace(new: Mapping[Path, bytes]) -> None:
    """Put new contents in the place of files, each one whole or not at all.

    All are written beside their places first, so that a full disk is noticed before anything is replaced. Raises
    `NotSaved`.
    """
    changed = {path: data for path, data in new.items() if not _holds(path, data)}
    for path in changed:
        _refuse_if_open(path)
    written: dict[Path, Path] = {}
    path, beside = Path(), None
    try:
        for path, data in changed.items():
            written[path] = path.with_name(f".~{path.name}.{secrets.token_hex(4)}.tmp")
            _write(written[path], data)
        for path, beside in written.items():
            _put(beside, path)
    except OSError as error:
        raise NotSaved(_sentence(error, path, replacing=beside is not None)) from None
    finally:
        for temporary in written.values():
            _forget(temporary)


def make_folder(place: Path) -> None:
    """Make a folder where there is none; its parent has to be there. Raises `NotSaved`."""
    try:
        place.mkdir(exist_ok=True)
    except FileExistsError:
        raise NotSaved(tr("{path} is a file, not a folder. Choose another name.").format(path=place)) from None
    except OSError as error:
        raise NotSaved(_sentence(error, place)) from None


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _refuse_if_open(path: Path) -> None:
    """LibreOffice and Excel leave a small file beside one they hold open, and would save over what is written now."""
    for mark in (path.with_name(f".~lock.{path.name}#"), path.with_name(f"~${path.name}")):
        if mark.exists():
            raise NotSaved(tr("{name} is open in another program. Close it there and save again; nothing is lost. If "
                              "it is open nowhere, delete the file {mark} beside it.").format(
                                  name=path.name, mark=mark.name))


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(beside: Path, path: Path) -> None:
    """Put a finished file in its place, waiting a little where somebody else holds the old one."""
    for attempt in range(TRIES):
        try:
            beside.replace(path)
            return
        except PermissionError:
            if attempt == TRIES - 1:
                raise
            time.sleep(FIRST_WAIT * 2**attempt)


def _forget(beside: Path) -> None:
    with contextlib.suppress(OSError):  # the disk is gone; so is the file
        beside.unlink(missing_ok=True)


def _sentence(error: OSError, path: Path, replacing: bool = False) -> str:
    """Why a file could not be saved, and what to do about it."""
    names = {"name": path.name, "place": path.parent}
    if error.errno in _FULL:
        said = tr("The disk is full: {name} in {place} was not saved. Make room or choose another place.")
    elif error.errno in _GONE:
        said = tr("The folder {place} cannot be reached, so {name} was not saved. Was it moved or renamed, or a memory "
                  "stick taken out?")
    elif error.errno == errno.EROFS:
        said = tr("Nothing can be written to {place}, so {name} was not saved. Copy the folder to your own disk.")
    elif error.errno in _REFUSED and replacing:
        said = tr("{name} in {place} could not be replaced. If it is open in another program, close it there and save "
                  "again; otherwise the folder may be read-only.")
    elif error.errno in _REFUSED:
        said = tr("You are not allowed to write to {place}, so {name} was not saved. Copy the folder to your own disk.")
    else:
        said = tr("{name} in {place} was not saved ({reason}).")
    return f"{said.format(**names, reason=error.strerror or error)} {tr('What you typed is still here.')}"
