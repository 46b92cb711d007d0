"""What people have to see to themselves after something was taken back: gaps, words, and copies that no program finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd

from partnering.language import tr
from partnering.schema.check import Table
from partnering.schema.kinds import Text
from partnering.storage import paths, sheets

Left = tuple[Path, Table, pd.DataFrame]  # a file, the table in it, and the rows that are left


def said(
    place: Path, left: Collection[Left] = (), gone: Mapping[str, set[str]] | None = None
) -> list[str]:
    """Sentences on what is left to do, by what is left in the files and which codes of which tables are gone."""
    gone = gone or {}
    return [
        *_gaps(left, gone),
        *_mentions(left, gone),
        *_not_looked_into(place, {file for file, _, _ in left}),
        *_look_yourself(),
    ]


def _gaps(left: Iterable[Left], gone: Mapping[str, set[str]]) -> list[str]:
    """Where a number is missing now before another, which tells that something was taken away."""
    told = []
    for file, table, sheet in left:
        first = min(_numbers(gone.get(table.name, ())), default=None)
        if (
            first
            and getattr(table.columns[0].kind, "prefix", "")
            and max(_numbers(sheet[table.key[0]]), default=0) > first
        ):
            told.append(
                tr(
                    "{file}: there is now a gap in the numbers, which tells that something was taken away. Before you show or send "
                    "anything, give the lines new numbers, also where other sheets name them, and keep the old ones nowhere. Forms "
                    "that are ticked stay as they are: show nobody both."
                ).format(file=file.name)
            )
    return told


def _numbers(codes: Iterable[str]) -> list[int]:
    return [int(match[0]) for code in codes if (match := re.search(r"[0-9]+$", code.strip()))]


def _mentions(left: Iterable[Left], gone: Mapping[str, set[str]]) -> list[str]:
    """Where free words still speak of a code that is gone: to be read, since no program can tell what they say."""
    codes = sorted(code for name, some in gone.items() if name != "partners" for code in some)
    if not codes:
        return []
    spoken = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, codes)) + r")(?!\w)", re.IGNORECASE)
    told = []
    for file, table, sheet in left:
        texts = [
            column.name
            for column in table.columns
            if isinstance(column.kind, Text) and column.name in sheet
        ]
        for number, cells in enumerate(sheet[texts].itertuples(index=False), start=2):
            if found := sorted({match for cell in cells for match in spoken.findall(cell)}):
                told.append(
                    tr("{file}, row {row}, still speaks of {codes}: read it.").format(
                        file=file.name, row=number, codes=", ".join(found)
                    )
                )
    return told


def _not_looked_into(place: Path, seen: set[Path]) -> list[str]:
    if not place.is_dir():
        return []
    other = [
        entry.name
        for entry in sorted(place.iterdir())
        if entry not in seen
        and entry.name != paths.HOUSES
        and sheets.table_named(entry.stem) is None
    ]
    return [tr("Not looked into: {files}.").format(files=", ".join(other))] if other else []


def _look_yourself() -> list[str]:
    return [
        tr(
            "Notebooks that are open still show it: close them without saving, or choose Kernel > Restart Kernel and "
            "Clear Outputs."
        ),
        tr(
            "Look for what only you can find: workbooks that were sent or received, memory sticks, backups, printouts, "
            "photographs of the wall, and the forms in the envelope."
        ),
    ]
