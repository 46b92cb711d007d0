"""Which rows that are kept back have had to give up their code, since the room has typed it.

It is kept beside the answers: somebody may hold a printed form with the code of before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.kinds import plain
from partnering.schema.tables import TABLES
from partnering.storage import atomic, paths
from partnering.storage.stored import place_of

NAME = ".moved.json"
Moved = dict[str, dict[str, str]]  # by table: the codes of now by those of before


def file_of(place: Path) -> Path:
    """Where it lies: in the folder of a partnership, or beside its workbook."""
    return paths.kept_with(place, NAME)


def read(place: Path) -> Moved:
    """What was kept with a partnership; nothing where it cannot be read.

    Args:
        place: The folder or workbook of the partnership.
    """
    try:
        told = json.loads(file_of(place).read_text(encoding="utf-8"))
        return {
            name: {str(old): str(new) for old, new in some.items()}
            for name, some in told.items()
            if name in TABLES
        }
    except (OSError, ValueError, AttributeError):
        return {}


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
        A sentence for each row that is there and had another code.
    """
    place = place_of(p)
    there = set(p[table][TABLES[table].key[0]]) if len(TABLES[table].key) == 1 else set()
    return [
        tr(
            "The line {new}, which is kept back, was {old} before the room typed another line "
            "{old}. A form that was printed or sent before speaks of {new} where it says {old}: "
            "write {new} there before you type it in or merge it."
        ).format(old=old, new=new)
        for old, new in (read(place).get(table, {}).items() if place and there else ())
        if new in there
    ]


def _write(place: Path, told: Moved) -> None:
    left = {name: some for name, some in told.items() if some}
    text = json.dumps(left, ensure_ascii=False, indent=1)
    if left:
        atomic.replace({file_of(place): text.encode("utf-8")})
    else:
        atomic.replace({}, gone=[file_of(place)])
