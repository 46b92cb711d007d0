"""Which rows that are kept back have had to give up their code, since the room has typed it.

It is kept beside the answers: somebody may hold a printed form with the code of before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from partnering.language import tr
from partnering.partnership import Partnership, recode
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import atomic, paths
from partnering.storage.stored import place_of

NAME = ".moved.json"
Moved = dict[str, dict[str, str]]  # by table: the codes of now by those of before


def file_of(place: Path) -> Path:
    """Where it lies: in the folder of a partnership, or beside its workbook."""
    return paths.kept_with(place, NAME)


def read(place: Path) -> Moved:
    """What was kept with a partnership; nothing where it cannot be read, see `unreadable`.

    Args:
        place: The folder or workbook of the partnership.
    """
    return _read(place)[0]


def unreadable(place: Path) -> str:
    """What the facilitator is told where it cannot be read which lines have had another code.

    Args:
        place: The folder or workbook of the partnership.

    Returns:
        A sentence; "" where it can be read, or where no line has had another code.
    """
    unread = atomic.unread(file_of(place), _read(place)[1])
    if unread is None:
        return ""
    return tr(
        "{file} says which lines have had another code, and it cannot be read. A form that was "
        "printed or sent before may refer to another line: compare its words before you type it "
        "in or merge it."
    ).format(file=unread.name)


def _read(place: Path) -> tuple[Moved, bool]:
    """What was kept, and whether all of it could be read."""
    try:
        told = json.loads(file_of(place).read_text(encoding="utf-8"))
        return {
            name: {str(old): str(new) for old, new in some.items()}
            for name, some in told.items()
            if name in TABLES
        }, True
    except FileNotFoundError:
        return {}, True
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}, False


def note(place: Path, table: str, new: Mapping[str, str]) -> None:
    """Keep in mind that rows of a table have other codes now; nothing of a worked example.

    Args:
        place: The folder or workbook of the partnership.
        table: The table.
        new: The new codes by the old ones.

    Raises:
        NotSaved: It cannot be written.
    """
    if new and not paths.is_example(place):
        told = read(place)
        told[table] = told.get(table, {}) | dict(new)
        _write(place, told)


def forget(place: Path, gone: Mapping[str, set[str]]) -> None:
    """Let go of rows that are taken back.

    Args:
        place: The folder of the partnership.
        gone: The codes that are gone, in plain letters, by the name of their table.

    Raises:
        NotSaved: It cannot be written.
    """
    told, left = read(place), {}
    for name, some in told.items():
        left[name] = {
            old: new for old, new in some.items() if plain(new) not in gone.get(name, set())
        }
    if left != told:
        _write(place, left)


def sentences(p: Partnership, table: str) -> list[str]:
    """What the facilitator is told in her own view about a table.

    Args:
        p: The whole partnership.
        table: The table.

    Returns:
        A sentence for each row that is there and had another code, and one where that cannot be
        read.
    """
    place = place_of(p)
    untold = unreadable(place) if place and recode.prefix_of(TABLES[table]) else ""
    there = set(p[table][TABLES[table].key[0]]) if len(TABLES[table].key) == 1 else set()
    return ([untold] if untold else []) + [
        tr(
            "The line {new}, which is kept back, was {old} before the room typed another line "
            "{old}. A form that was printed or sent before means {new} where it says {old}: "
            "write {new} there before you type it in or merge it."
        ).format(old=old, new=new)
        for old, new in (read(place).get(table, {}).items() if place and there else ())
        if new in there
    ]


def _write(place: Path, told: Moved) -> None:
    if not _read(place)[1]:
        atomic.put_aside(file_of(place))
    left = {name: some for name, some in told.items() if some}
    text = json.dumps(left, ensure_ascii=False, indent=1)
    if left:
        atomic.replace({file_of(place): text.encode("utf-8")})
    else:
        atomic.replace({}, gone=[file_of(place)])
