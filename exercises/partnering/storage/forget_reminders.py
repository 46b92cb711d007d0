"""What people have to see to themselves after something was taken back.

Gaps in the numbers, words that still speak of it, and copies that no program finds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd

from partnering.language import tr
from partnering.schema.columns import Table
from partnering.schema.kinds import Text
from partnering.schema.references import speaks_of
from partnering.schema.tables import TABLES
from partnering.storage import atomic, made_files, moved, paths, reported, sheets, versions

Left = tuple[Path, Table, pd.DataFrame]  # a file, the table in it, and the rows that are left


def said(
    place: Path, left: Collection[Left] = (), gone: Mapping[str, set[str]] | None = None
) -> list[str]:
    """Sentences on what is left to do.

    Args:
        place: The folder or workbook from which something was taken.
        left: The files that were gone through, each with its table and the rows that are left.
        gone: The codes that are gone, in plain letters, by the name of their table.
    """
    gone = gone or {}
    return [
        *_gaps(left, gone),
        *_mentions(left, gone),
        *_not_looked_into(place, {file for file, _, _ in left}),
        *_look_yourself(),
    ]


def _gaps(left: Iterable[Left], gone: Mapping[str, set[str]]) -> list[str]:
    """Where a number is missing now before another, which tells that something was taken away."""
    sentences = []
    for file, table, sheet in left:
        first = min(_numbers(gone.get(table.name, ())), default=0)
        if first and table.letter and max(_numbers(sheet[table.key[0]]), default=0) > first:
            sentences.append(
                tr(
                    "{file}: there is now a gap in the numbers, which shows that something was "
                    "taken away. Before you show or send anything, give the lines new numbers: "
                    "in Start here, press Look for gaps. Do not keep the old numbers. "
                    "Forms that are ticked stay as they are: do not show both to anybody."
                ).format(file=file.name)
            )
    return sentences


def _numbers(codes: Iterable[str]) -> list[int]:
    """The numbers with which codes end."""
    ends = (re.search(r"[0-9]+$", code.strip()) for code in codes)
    return [int(end[0]) for end in ends if end]


def _mentions(left: Iterable[Left], gone: Mapping[str, set[str]]) -> list[str]:
    """Where free words still speak of a code that is gone: people have to read what they say."""
    lost: set[str] = set()
    for name, some in gone.items():
        if name != "partners":
            lost |= {_as_spoken(TABLES[name], code) for code in some}
    if not lost:
        return []
    spoken = speaks_of(lost)
    sentences = []
    for file, table, sheet in left:
        texts = [column.name for column in table.columns if isinstance(column.kind, Text)]
        cells = sheet[[name for name in texts if name in sheet]]
        for number, row in enumerate(cells.itertuples(index=False), start=2):
            found = {code for cell in row for code in spoken.findall(cell)}
            if found:
                sentences.append(
                    tr("{file}, row {row}, still refers to {codes}: read it.").format(
                        file=file.name, row=number, codes=", ".join(sorted(found))
                    )
                )
    return sentences


def _as_spoken(table: Table, code: str) -> str:
    """A code as words may speak of it: "step 2", since a bare number or word says other things."""
    label = tr(table.by_name[table.key[0]].label) if table.key else ""
    return f"{label} {code}" if code.isdecimal() or code.isalpha() else code


def _not_looked_into(place: Path, seen: set[Path]) -> list[str]:
    """What else lies in the folder, which nobody has gone through."""
    if not place.is_dir():
        return []
    other = [
        entry.name
        for entry in sorted(place.iterdir())
        if entry not in seen
        and (entry.name != paths.HOUSES or entry.is_symlink())
        and entry.name not in (made_files.LIST, moved.NAME, reported.NAME, versions.FOLDER)
        and entry != atomic.aside_of(made_files.list_of(place))
        and entry != atomic.aside_of(moved.file_of(place))
        and sheets.table_named(entry.stem) is None
    ]
    return [tr("Not looked into: {files}.").format(files=", ".join(other))] if other else []


def of_made(place: Path, stays: Iterable[made_files.Made]) -> list[str]:
    """A sentence for each file of a partnership's list that people have to look at themselves.

    Args:
        place: The folder or workbook of the partnership.
        stays: The files: people have changed them since, or they are another copy's.
    """
    changed = tr(
        "{file} was written by the handbook and changed since: what is taken back may be in it. "
        "Read it, or delete it."
    )
    of_another = tr(
        "{file} was not written by the handbook on this computer for this folder: it may be of "
        "a copy, or of somebody else. What is taken back may be in it: look into it."
    )
    return [
        (changed if made_files.is_sealed(place, one) else of_another).format(file=one.path)
        for one in stays
    ]


def _look_yourself() -> list[str]:
    return [
        tr(
            "Notebooks that are open still show it: close them without saving, or choose Kernel > "
            "Restart Kernel and Clear Outputs."
        ),
        tr(
            "Look for what only you can find: workbooks that were sent or received, memory sticks, "
            "backups, printouts, photographs of the wall, and the forms in the envelope."
        ),
    ]
