"""Drafts as files in a folder. What people have written into a draft is never written over: a new one goes beside it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from partnering.documents import drafts
from partnering.partnership import Partnership
from partnering.storage import atomic, paths


def write(
    partnership: Partnership,
    out: Path,
    without: Iterable[str] = (),
    template: Path = drafts.AGREEMENT,
    skeleton: bool = False,
) -> list[Path]:
    """Write the drafts into a folder and give their files. Raises `disk.NotOpened` and `disk.NotSaved`."""
    made = {"partnership-agreement": drafts.partnership_agreement(partnership, without, template)}
    if points := drafts.grant_points(partnership):
        made["points-for-the-grant-agreement"] = points
    if skeleton:
        made |= {
            f"grant-skeleton-{code}": data
            for code, data in drafts.grant_skeletons(partnership).items()
        }
    place = atomic.make_folders(out)
    files = {_free(place, name, data): data for name, data in made.items()}
    atomic.replace(files)
    return list(files)


def _free(place: Path, name: str, data: bytes) -> Path:
    """A name that is free, or that of a draft which says the same."""

    def says_otherwise(file: Path) -> bool:
        return file.exists() and _told(file.read_bytes()) != _told(data)

    return paths.free_path(place, name, ".docx", says_otherwise)


def _told(data: bytes) -> str:
    """A digest of what stands in a Word file, apart from when it was made."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = sorted(name for name in parts.namelist() if name.startswith("word/"))
            return hashlib.sha256(b"".join(parts.read(name) for name in names)).hexdigest()
    except zipfile.BadZipFile:
        return ""
