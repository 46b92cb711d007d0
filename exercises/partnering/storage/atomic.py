"""Files on a disk that may be full, taken out, synced elsewhere or open in another program.

Whatever goes wrong is told in a plain sentence, and what was there before is still there.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from partnering.language import tr

LARGEST = 64_000_000  # bytes of a file, packed or unpacked
TRIES, FIRST_WAIT = 6, 0.05  # a cloud-synced folder holds a file for a moment; 1.5 seconds in all
PATIENCE = 5.0  # seconds to wait for another notebook that is saving in the same folder
# What a save of several files still has to do; while it is there the save counts as done.
JOURNAL = ".~saving"
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}


class NotOpened(Exception):
    """A partnership could not be read; the message is a sentence for people."""


class NotSaved(Exception):
    """A partnership could not be saved, and what was there before is still there.

    The message is a sentence for people.
    """


TROUBLE = (NotOpened, NotSaved, OSError)  # whatever keeps files from being read or written


def contents(path: Path) -> bytes:
    """What is in a file. Raises `NotOpened` where it cannot be read, or holds far too much."""
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode) and not stat.S_ISDIR(seen.st_mode):
            raise NotOpened(
                tr(
                    "{path} is not a file but a connection to a program or device. It was not read."
                ).format(path=path)
            )
        if seen.st_size > LARGEST:
            raise NotOpened(
                tr(
                    "{path} is larger than any partnership: {count} MB at most are read. Copy what "
                    "is needed into a new file."
                ).format(path=path, count=LARGEST // 10**6)
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise NotOpened(tr("There is no file {path}.").format(path=path)) from None
    except PermissionError:
        raise NotOpened(
            tr(
                "{path} cannot be read. If it is open in another program, close it there and try "
                "again."
            ).format(path=path)
        ) from None
    except OSError as error:
        raise NotOpened(unreadable(path, error)) from None


def digest(data: bytes) -> bytes:
    """A short fingerprint of the contents of a file: the same bytes give the same fingerprint."""
    return hashlib.blake2b(data, digest_size=16).digest()


def file_state(file: Path) -> tuple[int, int, int]:
    """What changes whenever a file is saved: its time, its size and its number on the disk.

    Raises:
        OSError: The file is not there or cannot be reached.
    """
    seen = file.stat()
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def unreadable(path: Path, error: OSError | ValueError) -> str:
    """The sentence for a file or folder that is refused for a reason of the system's own."""
    number = getattr(error, "errno", None)
    reason = getattr(error, "strerror", None) or error
    if number == errno.ENAMETOOLONG:
        return too_long(path)
    if number in _FULL or number == errno.EROFS:
        return _unsaved(error, path)
    if number in _GONE:
        said = tr(
            "{path} cannot be reached. Was it moved or renamed, or a memory stick taken out? "
            "Try again once it is back."
        )
    elif number in _REFUSED:
        said = tr(
            "{path} cannot be used: it is open in another program, or you are not allowed to. "
            "Close it there, or copy the folder to your own disk, and try again."
        )
    else:
        said = tr("{path} cannot be read: {reason}.")
    return said.format(path=path, reason=reason)


def in_words(error: Exception) -> str:
    """Why something could not be opened or saved, as people are told.

    Args:
        error: One of `TROUBLE`. The system's own errors are in no words for people.
    """
    if not isinstance(error, OSError):
        return str(error)
    names = [name for name in (error.filename2, error.filename) if isinstance(name, str | bytes)]
    if names:
        return unreadable(Path(os.fsdecode(names[0])), error)
    reason = error.strerror or ""
    said = tr("A file could not be read or written. Try again.")
    return f"{said} ({reason})" if reason else said


def too_long(path: Path) -> str:
    """The sentence for a path with more letters than this computer takes."""
    return tr(
        "The name {name} is too long for this computer, together with the folders it is in. "
        "Choose a shorter one."
    ).format(name=path.name)


def csv_files(place: Path) -> list[Path]:
    """The CSV files in a folder, by name, leaving out what systems and programs hide there.

    Raises:
        OSError: The folder is not there or cannot be read.
    """
    return [file for file in _named_csv(place) if file.is_file() and is_named(file)]


def unread_csv_files(place: Path) -> list[Path]:
    """What is called a CSV file in a folder and cannot be read as one: see `why_unread`.

    Raises:
        OSError: The folder is not there or cannot be read.
    """
    return [file for file in _named_csv(place) if not file.is_file() or not is_named(file)]


def _named_csv(place: Path) -> list[Path]:
    return [
        file
        for file in sorted(place.iterdir())
        if file.suffix.lower() == ".csv" and not file.name.startswith((".", "~"))
    ]


def is_named(file: Path) -> bool:
    """Whether the name of a file is text: some systems take any bytes for a name."""
    return is_told_whole(Path(file.name))


def is_told_whole(path: Path) -> bool:
    """Whether all names in a path are text."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def why_unread(file: Path) -> str:
    """Why something in a folder cannot be read as a file, and what to do.

    Args:
        file: A file of which `is_named` is not so, or a link or a connection that leads to no file.
    """
    if not is_named(file):
        return tr(
            "it was not read: its name has signs that this computer cannot read. Give it another "
            "name, and try again."
        )
    if file.is_symlink():
        return tr("it was not read: it is a link that leads to no file. Put the file itself there.")
    return tr("it was not read: it is not a file, whatever its name says.")


def shown_name(file: Path) -> str:
    """The name of a file as it can be shown, whatever bytes stand in it."""
    return file.name.encode("utf-8", "replace").decode()


# ---------------------------------------------------------------- all files or none


def replace(
    new: Mapping[Path, bytes], gone: Iterable[Path] = (), before: Callable[[], object] | None = None
) -> None:
    """Change and remove files of one folder: all of it or nothing.

    The new contents are written beside their places first, so that a full disk is noticed before
    anything is replaced. Then a journal says what is to be done: from then on the save counts as
    done, and whoever opens the folder next finishes it (`finish`). What fails halfway is put back.

    Args:
        new: The new contents of each file. Files that hold them already are left alone.
        gone: The files to remove.
        before: Called once everything is written and before anything is replaced, if there is
            anything to replace.

    Raises:
        NotSaved: Nothing was changed; the sentence says why.
    """
    changed = {path: data for path, data in new.items() if not _holds(path, data)}
    gone = [path for path in gone if path.exists()]
    for path in (*changed, *gone):
        _refuse_if_open(path)
    written: dict[Path, Path] = {}
    path, replacing = Path(), False
    try:
        for path, data in changed.items():
            written[path] = _beside(path)
            _write(written[path], data)
        if before and (changed or gone):
            before()
        replacing = True
        _carry_out(written, gone)
    except OSError as error:
        where = Path(error.filename2 or path)
        if where.name == JOURNAL:
            where = path
        raise NotSaved(_sentence(error, where, replacing)) from None
    finally:
        if not any((beside.parent / JOURNAL).exists() for beside in written.values()):
            for beside in written.values():
                _remove_beside(beside)


def _carry_out(written: Mapping[Path, Path], gone: list[Path]) -> None:
    """Put finished files in their places and remove others; where one refuses, put all back."""
    if len(written) + len(gone) < 2:
        for path, beside in written.items():
            _put(beside, path)
        for path in gone:
            path.unlink()
        return
    before = {path: path.read_bytes() if path.exists() else None for path in (*written, *gone)}
    folder = next(iter(before)).parent
    _note(folder, written, gone)
    try:
        _do(folder, written, gone)
    except OSError:
        waiting = {path for path, beside in written.items() if beside.exists()}
        _put_back(folder, {path: old for path, old in before.items() if path not in waiting})
        raise


def _put_back(folder: Path, before: Mapping[Path, bytes | None]) -> None:
    """Give files the contents they had before, and remove those that were not there."""
    changed = {
        path: old for path, old in before.items() if old is not None and not _holds(path, old)
    }
    back = {path: _beside(path) for path in changed}
    for path, beside in back.items():
        _write(beside, changed[path])
    new = [path for path, old in before.items() if old is None]
    _note(folder, back, new)  # if this fails as well, the journal stays: the save is finished later
    _do(folder, back, new)


def _note(folder: Path, written: Mapping[Path, Path], gone: list[Path]) -> None:
    """Write the journal, at one stroke."""
    work = {
        "put": {beside.name: path.name for path, beside in written.items()},
        "remove": [path.name for path in gone],
    }
    beside = _beside(folder / JOURNAL)
    try:
        _write(beside, json.dumps(work).encode())
        _put(beside, folder / JOURNAL)
    finally:
        _remove_beside(beside)


def _do(folder: Path, written: Mapping[Path, Path], gone: list[Path]) -> None:
    for path, beside in written.items():
        _put(beside, path)
    for path in gone:
        path.unlink(missing_ok=True)
    (folder / JOURNAL).unlink()


def unfinished(folder: Path) -> dict[str, Path | None] | None:
    """What a save that was stopped still has to do in a folder.

    Returns:
        For the name of each file where its new contents lie, or None where the file is to be
        removed. None instead of a dictionary where no save was stopped.
    """
    try:
        work = json.loads((folder / JOURNAL).read_bytes())
        put = {str(name): folder / str(beside) for beside, name in work["put"].items()}
        names = [*put, *work["remove"], *(beside.name for beside in put.values())]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    if any(Path(str(name)).name != name for name in names):
        return {}  # a journal of ours speaks of this folder alone
    waiting = {name: beside for name, beside in put.items() if beside.exists()}
    return {**waiting, **dict.fromkeys(work["remove"])}


def finish(folder: Path) -> None:
    """Finish a save that was stopped, and clear away what others left. Call it while `alone`.

    Raises:
        OSError: The folder cannot be written to.
    """
    work = unfinished(folder)
    if work is not None:
        written = {folder / name: beside for name, beside in work.items() if beside}
        _do(folder, written, [folder / name for name, beside in work.items() if not beside])
    for left in folder.glob(".~*.tmp"):
        if left.is_file():
            _remove_beside(left)


def put_aside(file: Path) -> None:
    """Keep a file that cannot be read under another name, before a new one takes its place.

    What was put aside before stays as it is.

    Raises:
        NotSaved: It cannot be kept; nothing was changed.
    """
    aside = aside_of(file)
    if file.is_file() and not aside.exists():
        try:
            replace({aside: file.read_bytes()})
        except OSError as error:
            raise NotSaved(unreadable(file, error)) from None


def aside_of(file: Path) -> Path:
    """Where a file that cannot be read is put aside."""
    return file.with_name(f"{file.name}.unreadable")


def unread(file: Path, is_read: bool) -> Path | None:
    """What cannot be read of a file: the file itself, or what was put aside of it; None if all can.

    Args:
        file: The file.
        is_read: Whether all that is in it now can be read.
    """
    aside = aside_of(file)
    if aside.exists():
        return aside
    return None if is_read else file


# ---------------------------------------------------------------- one program at a time


@contextlib.contextmanager
def alone(folder: Path, patience: float | None = None) -> Iterator[bool]:
    """Let one program at a time save in a folder.

    The system lets go of it also where a program is killed.

    Args:
        folder: The folder of a partnership.
        patience: Seconds to wait for another program; `PATIENCE` where it is left out.

    Yields:
        False where another program did not let go in time; True also where the system knows no
        such locks.
    """
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    held = _hold(folder)
    while held is None and time.monotonic() < until:
        time.sleep(0.01)
        held = _hold(folder)
    try:
        yield held is not None
    finally:
        if held is not None and held >= 0:
            os.close(held)


def _hold(folder: Path) -> int | None:
    """A handle that nobody else gets while it is open.

    -1 where the system has no such handles, None where somebody else has it.

    The library filelock is not used: on Linux and macOS it locks a file of its own, left in
    the folder, where everybody sees it and a cloud carries it about, and on a file system without
    locks it puts a marker there that may outlive a killed program. Here the folder itself is
    locked, which leaves nothing behind; where that cannot be done a save is still all or nothing.
    """
    if sys.platform == "win32":
        try:  # the file goes with the handle, however the program ends
            return os.open(
                folder / ".~saving.lock", os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY
            )
        except FileExistsError:
            return None
        except OSError:
            return -1
    import fcntl

    if not hasattr(fcntl, "flock"):  # in a browser
        return -1
    handle = -1
    try:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if handle >= 0:
            os.close(handle)
        return None if isinstance(error, BlockingIOError) else -1
    return handle


def gone(place: Path) -> str:
    """The sentence for what was there while somebody worked on it, and is there no more."""
    return tr(
        "{place} is no longer there. Was it moved, renamed or forgotten, or a memory stick taken "
        "out? What you typed is still here, and is saved as soon as {place} is back."
    ).format(place=place)


def busy(folder: Path) -> str:
    """The sentence for a folder in which somebody else has been saving for too long."""
    return tr(
        "Another notebook or program is saving in {place}. Wait a moment and save again. What you "
        "typed is still here."
    ).format(place=folder)


# ---------------------------------------------------------------- one file


def make_folder(place: Path) -> None:
    """Make a folder where there is none; its parent has to be there. Raises `NotSaved`."""
    try:
        place.mkdir(exist_ok=True)
    except FileExistsError:
        raise NotSaved(
            tr("{path} is a file, not a folder. Choose another name.").format(path=place)
        ) from None
    except OSError as error:
        raise NotSaved(_sentence(error, place)) from None


def make_folders(place: Path) -> Path:
    """Make a folder and those above it where they are not there yet. Raises `NotSaved`."""
    for each in (*reversed(place.parents), place):
        if not each.is_dir():
            make_folder(each)
    return place


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _refuse_if_open(path: Path) -> None:
    """Raise `NotSaved` where LibreOffice or Excel holds a file open.

    They leave a small file beside it, and would save over what is written now.
    """
    for mark in (path.with_name(f".~lock.{path.name}#"), path.with_name(f"~${path.name}")):
        if mark.exists():
            raise NotSaved(
                tr(
                    "{name} is open in another program. Close it there and save again; nothing is "
                    "lost. If it is open nowhere, delete the file {mark} beside it."
                ).format(name=path.name, mark=mark.name)
            )


def _beside(path: Path) -> Path:
    """A name beside a file under which its new contents are written first."""
    return path.with_name(f".~{path.name}.{secrets.token_hex(4)}.tmp")


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


def _remove_beside(beside: Path) -> None:
    with contextlib.suppress(OSError):  # the disk is gone; so is the file
        beside.unlink(missing_ok=True)


def _sentence(error: OSError, path: Path, replacing: bool = False) -> str:
    """Why a file could not be saved, and what to do about it."""
    return f"{_unsaved(error, path, replacing)} {tr('What you typed is still here.')}"


def _unsaved(error: OSError | ValueError, path: Path, replacing: bool = False) -> str:
    """Why a file could not be saved, and where it can be."""
    number = getattr(error, "errno", None)
    if number == errno.ENAMETOOLONG:
        return too_long(path)
    if number in _FULL:
        said = tr(
            "The disk is full: {name} in {place} was not saved. Make room or choose another place."
        )
    elif number in _GONE:
        said = tr(
            "The folder {place} cannot be reached, so {name} was not saved. Was it moved or "
            "renamed, or a memory stick taken out?"
        )
    elif number == errno.EROFS:
        said = tr(
            "Nothing can be written to {place}, so {name} was not saved. Copy the folder to your "
            "own disk."
        )
    elif number in _REFUSED and replacing:
        said = tr(
            "{name} in {place} could not be replaced. If it is open in another program, close it "
            "there and save again; otherwise the folder may be read-only."
        )
    elif number in _REFUSED:
        said = tr(
            "You are not allowed to write to {place}, so {name} was not saved. Copy the folder to "
            "your own disk."
        )
    else:
        said = tr("{name} in {place} was not saved ({reason}).")
    reason = getattr(error, "strerror", None) or error
    return said.format(name=path.name, place=path.parent, reason=reason)
