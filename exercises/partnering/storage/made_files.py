"""What the handbook has written of a partnership beside its own files.

Reports, drafts, printed forms, workbooks to be filled in: whoever writes one does it with `write`,
which keeps a list of them with the partnership, so that whoever forgets finds every one.
"""

from __future__ import annotations

import contextlib
import glob
import hmac
import io
import json
import secrets
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from partnering.language import tr
from partnering.storage import atomic, paths, sheets

LIST = ".made.json"
KEY = ".made.key"  # in my-partnerships: only what this computer has listed bears its seal


@dataclass(frozen=True)
class Made:
    """One file.

    Attributes:
        path: Where it was written.
        digest: A fingerprint of what was written.
        partner: The partner that it was made for, "" where it is not for one alone.
        seal: What shows that this computer wrote it, and of the partnership at which place.
    """

    path: Path
    digest: str
    partner: str = ""
    seal: str = ""

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


def write(files: Mapping[Path, bytes], place: Path | None, partner: str = "") -> dict[Path, Path]:
    """Write files of a partnership, all or none, and keep in mind that they are its own.

    What people have written into such a file is never written over: a new one goes beside it.
    Blank forms, which are of no partnership, are made again.

    Args:
        files: The contents of each file; they lie in one folder.
        place: The folder or workbook of the partnership; None where it lies nowhere.
        partner: The code of the partner that they are made for, "" for no one alone.

    Returns:
        For each file where it lies now: there, or under a free name beside it.

    Raises:
        NotSaved: They cannot be written.
    """
    where = {file: file for file in files}
    if place is not None:
        ours = {one.path.resolve() for one in of(place) if one.is_as_written}
        where = {file: _free(file, data, ours) for file, data in files.items()}
    made = {where[file]: data for file, data in files.items()}
    if place is not None and not paths.is_example(place):
        new = [Made(file, atomic.digest(data).hex(), partner) for file, data in made.items()]
        # where nothing can be written nothing can be forgotten either, so no list is needed
        with contextlib.suppress(atomic.NotSaved, OSError):
            key = _key(make=True)
            _note(place, [replace(one, seal=_seal(place, one, key)) for one in new])
    atomic.replace(made)
    return where


def kept(where: Mapping[Path, Path]) -> list[str]:
    """Sentences on files that stay as people have changed them, since new ones are beside them.

    Args:
        where: For each file where it lies now, as `write` gives it.
    """
    said = tr("{file} is not as the handbook wrote it, so it stays. The new one is {new}.")
    return [
        said.format(file=file, new=new.name) for file, new in where.items() if file.name != new.name
    ]


def says_the_same(file: Path, data: bytes) -> bool:
    """Whether a file says what is to be written, apart from when it was made.

    Args:
        file: The file.
        data: What is to be written.
    """
    try:
        return _without_dates(file.read_bytes()) == _without_dates(data)
    except OSError:
        return False


def _without_dates(data: bytes) -> object:
    """What a file says; of Word files and workbooks without the parts that tell when."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = sorted(name for name in parts.namelist() if not name.startswith("docProps/"))
            return [(name, parts.read(name)) for name in names]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError):
        return data


def _free(file: Path, data: bytes, ours: Collection[Path]) -> Path:
    """The place of a file, or a free one beside it where somebody has changed what lies there."""

    def is_changed(there: Path) -> bool:
        is_ours = there.resolve() in ours or says_the_same(there, data)
        return there.is_file() and not is_ours

    return paths.free_path(file.parent, file.stem, file.suffix, is_changed)


def of(place: Path) -> list[Made]:
    """The files that were written of the partnership at a place, also those that are gone since.

    Args:
        place: The folder or workbook of the partnership.

    Returns:
        Those of the list that can be read; `unreadable` says whether there may be others.
    """
    return _read(place)[0]


def unreadable(place: Path) -> str:
    """What people are told where the list cannot be read, so that other files may be left.

    Args:
        place: The folder or workbook of the partnership.

    Returns:
        A sentence; "" where the list can be read, or where there is none since nothing was made.
    """
    unread = atomic.unread(list_of(place), _read(place)[1])
    if unread is None:
        return ""
    return tr(
        "{file} lists what the handbook has made of this partnership, and it cannot be read. So "
        "reports, drafts, forms and files to carry may be left: look for them, also elsewhere."
    ).format(file=unread)


def _read(place: Path) -> tuple[list[Made], bool]:
    """The files of the list, and whether all of it could be read."""
    try:
        listed = json.loads(list_of(place).read_bytes())
    except FileNotFoundError:
        return [], True
    except (OSError, ValueError, RecursionError):
        return [], False
    if not isinstance(listed, list):
        return [], False
    found = [made for one in listed if (made := _made(place, one))]
    return found, len(found) == len(listed)


def _made(place: Path, one: object) -> Made | None:
    """A file of the list; None where its line cannot be read."""
    if not isinstance(one, dict):
        return None
    told = [one.get(key) for key in ("file", "digest", "partner")]
    if not all(isinstance(text, str) and "\0" not in text for text in told) or not told[0]:
        return None
    file, digest, partner = map(str, told)
    return Made(_home(place) / file, digest, partner, str(one.get("seal", "")))


def list_of(place: Path) -> Path:
    """Where the list lies: in the partnership's folder, or beside its workbook."""
    return paths.kept_with(place, LIST)


def keep(place: Path, made: Iterable[Made]) -> None:
    """Let the list hold these files alone; without any it goes.

    A list that cannot be read is put aside: it is all that tells what else was made.

    Raises:
        NotSaved: It cannot be written.
    """
    if not _read(place)[1]:
        atomic.put_aside(list_of(place))
    lines = [
        {
            "file": _told(place, one.path),
            "digest": one.digest,
            "partner": one.partner,
            "seal": one.seal,
        }
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
        True for what this computer wrote in the partnership's folder, and for what is as written
        in it or, where this computer wrote it of this very partnership, elsewhere. Neither whoever
        hands over a partnership nor whoever copies one can let it remove other files, or answers
        that somebody has filled in elsewhere. Its own tables are never among them.
    """
    if not made.is_there:
        return False
    inside, sealed = _is_inside(place, made), is_sealed(place, made)
    return (inside and sealed) or (made.is_as_written and (inside or sealed))


def half_written(place: Path, made: Made) -> list[Path]:
    """What was left beside a file where a program was stopped while it wrote it.

    Args:
        place: The folder or workbook of the partnership.
        made: A file of its list; nothing is given of one that others may have put there.
    """
    return made.half_written() if _is_inside(place, made) or is_sealed(place, made) else []


def is_sealed(place: Path, made: Made) -> bool:
    """Whether this computer has written a file, of the partnership that lies at this place."""
    try:
        key = _key()
    except OSError:
        return False
    return bool(key) and hmac.compare_digest(_seal(place, made, key).encode(), made.seal.encode())


def _is_inside(place: Path, made: Made) -> bool:
    """Whether a file lies in a partnership's folder, and is none of its tables."""
    if not place.is_dir():
        return False
    home, path = place.resolve(), made.path.resolve()
    of_tables = path.parent == home and sheets.table_named(path.stem) and path.suffix == ".csv"
    return home in path.parents and not of_tables and home / paths.HOUSES not in path.parents


def _key(make: bool = False) -> bytes:
    """The key of this computer; b"" where it has none yet, unless one is made.

    Raises:
        OSError: It cannot be read or written.
    """
    file = paths.MY_PARTNERSHIPS / KEY
    if not file.exists():
        if not make:
            return b""
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace({file: secrets.token_hex().encode()})
    return file.read_bytes()


def _seal(place: Path, made: Made, key: bytes) -> str:
    """A fingerprint of a line of the list and of its place that only this computer can make."""
    line = [str(place.resolve()), str(made.path.resolve()), made.digest, made.partner]
    return hmac.new(key, json.dumps(line).encode(), "sha256").hexdigest()


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
