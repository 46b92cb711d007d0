"""What the handbook has written of a partnership beside its own files.

Reports, drafts, printed forms, workbooks to be filled in: whoever writes one does it with `write`,
which keeps a list of them with the partnership, so that whoever forgets finds every one.
"""

from __future__ import annotations

import contextlib
import glob
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from partnering.storage import atomic, paths

LIST = ".made.json"


@dataclass(frozen=True)
class Made:
    """One file.

    Attributes:
        path: Where it was written.
        digest: A fingerprint of what was written.
        partner: The partner that it was made for, "" where it is not for one alone.
    """

    path: Path
    digest: str
    partner: str = ""

    @property
    def is_there(self) -> bool:
        """Whether a file lies there that is no link to another one."""
        return self.path.is_file() and not self.path.is_symlink()

    @property
    def is_as_written(self) -> bool:
        """Whether nobody has changed it since."""
        try:
            return self.is_there and atomic.digest(self.path.read_bytes()).hex() == self.digest
        except OSError:
            return False

    def half_written(self) -> list[Path]:
        """What was left beside it where a program was stopped while it wrote it."""
        name = glob.escape(f".~{self.path.name}.")
        return sorted(self.path.parent.glob(f"{name}*.tmp"))


def write(files: Mapping[Path, bytes], place: Path | None, partner: str = "") -> None:
    """Write files of a partnership, all or none, and keep in mind that they are its own.

    Args:
        files: The contents of each file; they lie in one folder.
        place: The folder or workbook of the partnership; None where it lies nowhere.
        partner: The code of the partner that they are made for, "" for no one alone.

    Raises:
        NotSaved: They cannot be written.
    """
    if place is not None and not paths.is_example(place):
        new = [Made(file, atomic.digest(data).hex(), partner) for file, data in files.items()]
        with contextlib.suppress(atomic.NotSaved):  # nothing is forgotten where nothing is written
            _note(place, new)
    atomic.replace(files)


def of(place: Path) -> list[Made]:
    """The files that were written of the partnership at a place, also those that are gone since.

    Args:
        place: The folder or workbook of the partnership.
    """
    try:
        listed = json.loads(list_of(place).read_bytes())
        return [
            Made(_home(place) / str(one["file"]), str(one["digest"]), str(one["partner"]))
            for one in listed
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def list_of(place: Path) -> Path:
    """Where the list lies: in the partnership's folder, or beside its workbook."""
    return place / LIST if place.is_dir() else place.with_name(f".{place.stem}{LIST}")


def keep(place: Path, made: Iterable[Made]) -> None:
    """Let the list hold these files alone; without any it goes.

    Raises:
        NotSaved: It cannot be written.
    """
    lines = [
        {"file": _told(place, one.path), "digest": one.digest, "partner": one.partner}
        for one in made
    ]
    where = list_of(place)
    if lines:
        atomic.replace({where: json.dumps(lines, ensure_ascii=False, indent=1).encode()})
    else:
        atomic.replace({}, gone=[where])


def belongs(place: Path, made: Made) -> bool:
    """Whether a file may be removed with its partnership, whatever a list says that others wrote.

    Args:
        place: The folder or workbook of the partnership.
        made: A file of its list.

    Returns:
        True for what lies in its folder or among the forms in my-partnerships, and for what is as
        the handbook wrote it. Whoever hands over a partnership cannot let it remove other files.
    """
    if not made.is_there:
        return False
    within = made.path.resolve().parents
    inside = place.is_dir() and place.resolve() in within
    forms = paths.FORMS.resolve() == made.path.resolve().parent
    return inside or forms or made.is_as_written


def _note(place: Path, new: list[Made]) -> None:
    """Add files to the list, and leave out those that are gone."""
    written = {one.path.resolve(): one for one in new}
    before = [one for one in of(place) if one.is_there or one.half_written()]
    left = {one.path.resolve(): one for one in before}
    keep(place, (left | written).values())


def _home(place: Path) -> Path:
    """The folder from which the paths of a list count."""
    return place if place.is_dir() else place.parent


def _told(place: Path, path: Path) -> str:
    """A path as it stands in the list: what moves with the partnership is found again."""
    home, path = _home(place).resolve(), path.resolve()
    return path.relative_to(home).as_posix() if home in path.parents else str(path)
