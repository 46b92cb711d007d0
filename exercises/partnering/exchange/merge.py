"""Many voices: separate files, one a partner or respondent, become one partnership.

A file may be a workbook, a folder of CSV files, or one CSV file as form tools write it: a row an
answer, or a row a person with a column for every question and item. Nothing is decided in silence:
of two different answers the first counts until people have decided, on who may see something and on
how openly answers are handled the stricter, and a sentence names both files and what each says.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from partnering.exchange import odd_answers, returned_files, submissions
from partnering.exchange.known_names import KnownNames
from partnering.exchange.merged import Difference, Heap, Merged, Row
from partnering.exchange.one_row import add_rows
from partnering.exchange.row_codes import number_rows, of_codes_given_up
from partnering.exchange.sources import Source
from partnering.exchange.whose_answers import ascribe
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES
from partnering.storage import moved, sheets
from partnering.storage.assumed import CHOICE, Assumption
from partnering.storage.atomic import NotOpened
from partnering.storage.stored import StoredPartnership


def read(
    place: Path | str,
    *,
    into: StoredPartnership | None = None,
    keep_people: bool = False,
    passphrase: str = "",
) -> Merged:
    """The one partnership that stands in the files of a folder.

    A row that stands in two files with the same answers is one row.

    Args:
        place: The folder, or one file. Files are taken in the order of their names.
        into: A partnership that counts as the first of them, under the name `is_open()`.
        keep_people: Whether columns that tell who somebody is are kept.
        passphrase: What unlocks files that were taken home and locked.

    Raises:
        NotOpened: There is no such folder, or nothing to merge in it.
    """
    place = Path(place)
    own = [] if into is None else [_open_now(into)]
    found, heap = returned_files.read(place, keep_people, passphrase, own), Heap()
    if not found.sources:
        nothing = tr("There are no workbooks, folders or CSV files with answers in {place}.")
        raise NotOpened(
            " ".join([nothing.format(place=place), *map(str, found.assumed), *found.told])
        )
    heap.told += found.told
    heap.assumed += found.assumed
    returned, sources = found.sources, [*own, *found.sources]
    for source in sources:
        home = place if place.is_dir() else place.parent
        where = into.place if into is not None and source is sources[0] else home / source.name
        if where is not None:
            for said in of_codes_given_up(where, source, sources):
                heap.assumed.append(Assumption(said, kind=CHOICE))
            if untold := moved.unreadable(where):
                heap.told.append(untold)
    known = KnownNames(sources, *own)
    heap.assumed += submissions.told_twice(returned)
    for source in returned:
        ascribe(source, known, heap)
    heap.assumed += known.told_there()
    number_rows(sources, known, heap)
    known.look_again(sources)
    for source in sources:
        for name, sheet in source.sheets.items():
            add_rows(source, name, sheet, known, heap)
    heap.assumed += odd_answers.told(heap.rows, is_open(), keep_people)
    in_order = dict.fromkeys([*(name for name in TABLES if name in heap.rows), *heap.rows])
    made = {name: _sheet(heap.rows[name], heap.columns[name]) for name in in_order}
    return Merged(
        Partnership(made, place.name),
        heap.assumed,
        heap.told,
        _came_from(heap),
        heap.rows,
        _in_their_rows(heap),
        frozenset(
            (source.name, name)
            for source in sources
            for name in source.sheets
            if not source.sheet_seen(name)
        ),
    )


def is_open() -> str:
    """What the partnership is called into which files are merged."""
    return tr("what is open")


def _open_now(partnership: StoredPartnership) -> Source:
    """A partnership as one of the files, but for lists that nobody edited."""
    untouched = sheets.untouched(partnership.sheets)
    typed = {name: some for name, some in partnership.sheets.items() if name not in untouched}
    return Source(is_open(), typed, b"")


def _in_their_rows(heap: Heap) -> list[Difference]:
    """What differs, with the places of the rows now that all are there."""
    at = {id(row): number for rows in heap.rows.values() for number, row in enumerate(rows)}
    return [replace(one, row=at[id(row)]) for row, one in heap.differences]


def _came_from(heap: Heap) -> pd.DataFrame:
    """The table, the row and the files of every row."""
    lines = []
    for name, rows in heap.rows.items():
        for number, row in enumerate(rows, start=2):
            lines.append((name, number, ", ".join(dict.fromkeys(row.files))))
    return pd.DataFrame(lines, columns=[tr("Table"), tr("Row"), tr("File")])


def _sheet(rows: list[Row], columns: list[str]) -> pd.DataFrame:
    cells = {name: [row.cells.get(name, "") for row in rows] for name in columns}
    return pd.DataFrame(cells, index=range(2, len(rows) + 2), dtype="str")
