"""One file that holds a partnership: `.partnering`, a zip of its CSV files with a manifest.

Renamed to end in .zip, any computer opens it by hand, and the folder that comes out is a
partnership as it is. What is read here may come from anybody, so nothing is believed: neither
names, nor sizes, nor that it is a zip at all.

A locked file is a zip with AES-256 (pyzipper), in which lies the other one, so that the names of
files tell nothing. age (pyrage) was tried beside it. Its lock is harder to guess, but to open it
elsewhere takes a program that facilitators do not have. The locked zip was opened with 7-Zip 26.02
and with libarchive 3.6.2 (bsdtar); Info-ZIP's unzip 6.0 does not open it, nor does the Explorer of
Windows. A zip makes guessing cheap, so a passphrase has to be long.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from partnering.language import tr
from partnering.storage import atomic, moved, paths, reported
from partnering.storage.atomic import NotOpened, NotSaved

ENDING = ".partnering"
FORMAT = 1  # of the manifest
MANIFEST = "manifest.json"
LOCKED = "partnership.zip"  # the one file in a locked file
BESIDE = (reported.NAME, moved.NAME)  # go with the tables: privacy and old forms depend on them
LARGEST = 64_000_000  # bytes, packed or unpacked
MOST = 1000  # files in it
SHORTEST = 12  # letters of a passphrase
_HEADER = b"PK\x01\x02"  # stands before each entry of a zip's list
# what one system or another does not take as a name, or what leads out of the folder
_UNFIT = re.compile(
    r"""[<>:"/\\|?*\x00-\x1f\ud800-\udfff]|^[.~ ]|[. ]$"""
    r"""|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)""",
    re.IGNORECASE,
)
Contents = dict[str, bytes]  # of files, by their names in the partnership's folder


class Locked(NotOpened):
    """A file is locked, and no passphrase or another one was given."""


@dataclass(frozen=True)
class HomeFile:
    """What stands in a file.

    Attributes:
        name: What the partnership is called.
        day: The day on which it was made, as it says.
        partner: The partner whose own rows it holds; "" where it holds the whole.
        files: Its files, each as it was when the file was made.
    """

    name: str
    day: str
    partner: str
    files: Contents


class _Zip(Protocol):
    """What is asked of a zip, locked or not."""

    def infolist(self) -> list[Any]: ...

    def open(self, name: Any) -> IO[bytes]: ...


def written(
    name: str, files: Mapping[str, bytes], passphrase: str = "", partner: str = ""
) -> bytes:
    """The bytes of a file.

    Args:
        name: What the partnership is called.
        files: The contents of its files, by their names in its folder.
        passphrase: What locks it; "" for a file that anybody can open.
        partner: The partner whose own rows it holds; "" where it holds the whole.

    Raises:
        NotSaved: The passphrase is short, or it could not be brought back: it is too large, or a
            file has a name that not every computer takes.
    """
    if passphrase and len(passphrase) < SHORTEST:
        raise NotSaved(
            tr(
                "The passphrase is short: whoever has the file could try them all. Take four words "
                "or more, {count} letters at least."
            ).format(count=SHORTEST)
        )
    unfit = [file for file in files if not _fits(file)]
    if unfit:
        raise NotSaved(
            tr(
                "The file {file} has a name that not every computer takes. Give it another name, "
                "and try again."
            ).format(file=ascii(unfit[0]).strip("'"))
        )
    if len(files) > MOST or sum(map(len, files.values())) > LARGEST:
        raise NotSaved(
            tr("This is too large for one file: {size} MB at most.").format(size=LARGEST // 10**6)
        )
    manifest = {
        "partnering": FORMAT,
        "name": name,
        "day": f"{dt.date.today():%Y-%m-%d}",
        "for": partner,
        "files": {file: hashlib.sha256(data).hexdigest() for file, data in files.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for file, data in files.items():
            made.writestr(file, data)
    return _locked(packed.getvalue(), passphrase) if passphrase else packed.getvalue()


def _locked(data: bytes, passphrase: str) -> bytes:
    """The bytes of a locked file."""
    pyzipper = _locks()
    if pyzipper is None:
        raise NotSaved(
            tr(
                "Files cannot be locked here. Make it without a passphrase, and keep it where "
                "nobody else finds it; or lock it where the exercises are installed."
            )
        )
    packed = io.BytesIO()
    with pyzipper.AESZipFile(packed, "w", encryption=pyzipper.WZ_AES) as made:
        made.setpassword(_key(passphrase))
        made.writestr(LOCKED, data)
    return packed.getvalue()


def _locks() -> Any:
    """What locks and unlocks, or None where there is no such thing: in a browser."""
    try:
        import pyzipper  # only those who lock or unlock a file wait for it
    except ImportError:
        return None
    return pyzipper


def _key(passphrase: str) -> bytes:
    """A passphrase as bytes, the same however a keyboard makes its accents."""
    return unicodedata.normalize("NFC", passphrase.strip()).encode("utf-8", "replace")


def read(path: Path, passphrase: str = "") -> HomeFile:
    """What stands in a file; nothing is unpacked to the disk.

    Args:
        path: The file.
        passphrase: What unlocks it, where it is locked.

    Raises:
        Locked: It is locked, and the passphrase is missing or another one.
        NotOpened: It is no such file, it is damaged or was changed, a newer handbook has made it,
            or it claims to be larger than any partnership is.
    """
    name = path.name
    try:
        if path.stat().st_size > LARGEST:
            raise NotOpened(_too_large(name))
    except OSError as error:
        raise NotOpened(atomic.unreadable(path, error)) from None
    data = atomic.contents(path)
    if is_locked(data, name):
        data = _unlocked(data, passphrase, name)
    raw = _unpacked(data, name)
    return _checked(raw, name)


def is_locked(data: bytes, name: str) -> bool:
    """Whether a file is locked.

    Args:
        data: Its contents.
        name: Its name, for the sentence where it is no such file.

    Raises:
        NotOpened: It is no such file.
    """
    return any(entry.flag_bits & 1 for entry in _entries(_zip(data, name), name))


def _zip(data: bytes, name: str) -> zipfile.ZipFile:
    if data.count(_HEADER) > 2 * MOST:
        raise NotOpened(_too_large(name))
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED:
        raise NotOpened(_damaged(name)) from None


# what the readers of zips raise where the bytes are not what they should be
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OverflowError,
    ValueError,
    LookupError,
    OSError,
)


def _entries(packed: _Zip, name: str) -> list[Any]:
    """The entries of a zip, none of them a folder."""
    found = [entry for entry in packed.infolist() if not str(entry.filename).endswith("/")]
    if len(found) > MOST + 1:
        raise NotOpened(_too_large(name))
    return found


def _unlocked(data: bytes, passphrase: str, name: str) -> bytes:
    """What lies in a locked file."""
    if not passphrase.strip():
        raise Locked(tr("{file} is locked. Type its passphrase.").format(file=name))
    pyzipper = _locks()
    if pyzipper is None:
        raise NotOpened(
            tr(
                "This file is locked, and cannot be unlocked here. Bring it back where the "
                "exercises are installed."
            )
        )
    try:
        with pyzipper.AESZipFile(io.BytesIO(data)) as packed:
            packed.setpassword(_key(passphrase))
            entries = _entries(packed, name)
            if [entry.filename for entry in entries] != [LOCKED]:
                raise NotOpened(_no_such_file(name))
            return _of_entry(packed, entries[0], LARGEST, name)
    except RuntimeError:
        raise Locked(
            tr(
                "{file} does not open with this passphrase. Type it once more: capital letters "
                "and spaces count. Nothing was changed."
            ).format(file=name)
        ) from None
    except (pyzipper.BadZipFile, *_DAMAGED):
        raise NotOpened(
            tr(
                "{file} cannot be unlocked: the passphrase is another one, or the file was damaged "
                "on its way. Nothing was changed."
            ).format(file=name)
        ) from None


def _of_entry(packed: _Zip, entry: Any, most: int, name: str) -> bytes:
    """The contents of an entry, read no further than to `most` bytes, whatever it claims."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotOpened(_no_such_file(name))
    parts, size = [], 0
    with packed.open(entry) as file:
        while part := file.read(1 << 16):
            size += len(part)
            if size > most:
                raise NotOpened(_too_large(name))
            parts.append(part)
    return b"".join(parts)


def _unpacked(data: bytes, name: str) -> Contents:
    """The files of a zip, bounded together, with names that stay in the folder."""
    raw: Contents = {}
    seen: set[str] = set()
    left = LARGEST
    packed = _zip(data, name)
    for entry in _entries(packed, name):
        file = str(entry.filename)
        if file != MANIFEST and not _fits(file):
            raise NotOpened(
                tr(
                    "{file} holds “{inside}”, which is not a file of a partnership or would be put "
                    "elsewhere. Nothing was brought back. Ask whoever sent it."
                ).format(file=name, inside=ascii(file)[1:-1])
            )
        if file.casefold() in seen:
            raise NotOpened(_damaged(name))
        seen.add(file.casefold())
        try:
            raw[file] = _of_entry(packed, entry, left, name)
        except _DAMAGED:
            raise NotOpened(_damaged(name)) from None
        left -= len(raw[file])
    return raw


def _fits(file: str) -> bool:
    """Whether a name is that of a file in a partnership's folder, on every system."""
    if file in BESIDE:
        return True
    own = file.removeprefix(f"{paths.HOUSES}/")
    stem = own[:-4]
    return own[-4:].lower() == ".csv" and bool(stem) and not (_UNFIT.search(stem))


def _checked(raw: Contents, name: str) -> HomeFile:
    """The files, if they are those of the manifest."""
    if MANIFEST not in raw:
        raise NotOpened(_no_such_file(name))
    try:
        manifest = json.loads(raw.pop(MANIFEST))
        made_as, sums = manifest["partnering"], dict(manifest["files"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotOpened(_damaged(name)) from None
    if not isinstance(made_as, int) or isinstance(made_as, bool) or made_as < 1:
        raise NotOpened(_damaged(name))
    if made_as > FORMAT:
        raise NotOpened(
            tr(
                "{file} was made by a newer handbook. Update this one, and bring it back then. "
                "Nothing was changed."
            ).format(file=name)
        )
    missing = sorted(set(sums) - set(raw))
    changed = [
        file for file, data in raw.items() if sums.get(file) != hashlib.sha256(data).hexdigest()
    ]
    if missing or changed:
        raise NotOpened(
            tr(
                "{file} is not as it was made: {inside} was changed, lost or added. Copy the file "
                "once more from where it comes from. Was it changed on purpose? Then rename it to "
                "end in .zip, unpack it, and choose the folder."
            ).format(file=name, inside=", ".join([*changed, *map(str, missing)][:5]))
        )
    told = [manifest.get(key) for key in ("name", "day", "for")]
    called, day, partner = (text if isinstance(text, str) else "" for text in told)
    return HomeFile(called, day, partner, raw)


def _too_large(name: str) -> str:
    return tr(
        "{file} holds more than any partnership does, so it was not read further. Ask whoever sent "
        "it what it is."
    ).format(file=name)


def _damaged(name: str) -> str:
    return tr(
        "{file} is damaged: it cannot be read whole, so nothing was brought back. Copy it once "
        "more from where it comes from."
    ).format(file=name)


def _no_such_file(name: str) -> str:
    return tr(
        "{file} is not a file that the handbook has made to take home. Nothing was brought back."
    ).format(file=name)
