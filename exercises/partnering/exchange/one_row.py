"""One row of many files: what makes rows the same, and which of two answers counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from partnering.exchange.known_names import KnownNames, in_words_of_schema
from partnering.exchange.merged import Difference, Heap, Row
from partnering.exchange.sources import Source
from partnering.language import tr
from partnering.schema import answer_rows
from partnering.schema.check import reader_of, taken_day_first
from partnering.schema.columns import Column, Table
from partnering.schema.days import Dated
from partnering.schema.kinds import Kind, Text
from partnering.schema.problems import beginning
from partnering.schema.spelling import plain, seen
from partnering.schema.tables import TABLES
from partnering.storage.assumed import CHOICE, NOT_READ, Assumption, supplied

LONGEST_QUOTED = 1000  # letters of an answer beside another one


def add_rows(source: Source, name: str, sheet: pd.DataFrame, known: KnownNames, heap: Heap) -> None:
    """Add the rows of one sheet of one file; where they say otherwise than another one, tell it.

    Args:
        source: The file.
        name: The name of the sheet.
        sheet: Its rows, with their partners and codes.
        known: What may be written for a row that others point to.
        heap: What has been put together so far.
    """
    table = TABLES.get(name)
    columns, rows = heap.columns.setdefault(name, []), heap.rows.setdefault(name, [])
    columns += [column for column in sheet.columns if column not in columns]
    by_name = table.by_name if table else {}
    kinds = {name: by_name[name].kind if name in by_name else Text() for name in sheet.columns}
    sheet = _with_days(sheet, source, name, kinds, heap)
    read = {name: known.reader(kind, source) for name, kind in kinds.items()} if table else {}
    is_upright = bool(table and table.upright)
    for at, typed in zip(sheet.index, sheet.to_numpy(dtype=object).tolist(), strict=True):
        cells = dict(zip(kinds, typed, strict=True))
        if table:
            cells = {name: read[name](text) for name, text in cells.items()}
        key = _key(table, cells)
        row = heap.by_key.get((name, key))
        if row is None:
            row = heap.by_key[name, key] = Row()
            rows.append(row)
        rows_at: dict[str, object] = dict.fromkeys(cells, source.row_seen(name, at))
        if is_upright:
            rows_at = {column: answer_rows.seen_in(sheet, column, at) for column in cells}
        _lay_over(row, cells, table, source, rows_at, heap)
        row.files.append(source.name)
        row.rows_in.setdefault(source.name, source.row_seen(name, at))


def _place(file: str, row: object) -> str:
    """A file and a row of it, as people find it."""
    return tr("{file}, row {row},").format(file=file, row=row)


def _with_days(
    sheet: pd.DataFrame, source: Source, name: str, kinds: dict[str, Kind], heap: Heap
) -> pd.DataFrame:
    """A sheet whose days can be read in one way, where its own columns show which; that is told."""
    dated = {column: kind for column, kind in kinds.items() if isinstance(kind, Dated)}
    for column, kind in dated.items():
        if said := taken_day_first(kind, sheet[column], sheet[column]):
            read = reader_of(kind, sheet[column])
            days = sheet[column].map(partial(in_words_of_schema, kind, read=read)).astype("str")
            assumption = Assumption(said, source.name, name, (), column, NOT_READ)
            sheet = sheet.assign(**{column: supplied(days, heap.assumed, assumption)})
    return sheet


def _key(table: Table | None, cells: dict[str, str]) -> tuple[str, ...]:
    """What makes a row the same row: its key where all of it is there, else everything it says."""
    if table and table.upright:
        return ()
    if table and table.key:
        needed = [name for name in table.key if table.by_name[name].required]
        if all(cells.get(name, "") for name in needed):
            return tuple(plain(cells.get(name, "")) for name in table.key)
    return ("", *(f"{name}={text}" for name, text in sorted(cells.items()) if text))


def _lay_over(
    row: Row,
    cells: dict[str, str],
    table: Table | None,
    source: Source,
    at: Mapping[str, object],
    heap: Heap,
) -> None:
    """Fill in what a row did not say yet; where it says otherwise, leave it and tell.

    What protects people is not left to the order of files: of two answers the stricter counts.
    """
    for name, text in cells.items():
        column = table.by_name.get(name) if table else None
        first_time, there = name not in row.cells, row.cells.get(name, "")
        both_say = bool(text and there) or (_empty_counts(column) and not first_time)
        if both_say and _compared(text) != _compared(there):
            first, second = _strictness(column, there), _strictness(column, text)
            label = tr(column.label) if column else name
            sentence = _differ(first != second).format(
                what=_called(table, row),
                column=label,
                one=_place(row.first_in[name], row.first_at[name]),
                first=quoted(there),
                other=_place(source.name, at[name]),
                second=quoted(text),
                counts=quoted(text if second > first else there),
            )
            choice = text if second > first else there
            row.cells[name] = supplied(choice, heap.assumed, Assumption(sentence, kind=CHOICE))
            if table:
                one = Difference(
                    table.name,
                    0,
                    name,
                    f"{_called(table, row)}, {label}",
                    (row.first_in[name], there),
                    (source.name, text),
                    (row.first_at[name], at[name]),
                    first != second,
                    sentence,
                )
                heap.differences.append((row, one))
            if second > first:
                row.first_in[name], row.first_at[name] = source.name, at[name]
        elif first_time or (text and not there):
            row.cells[name], row.first_in[name] = text, source.name
            row.first_at[name] = at[name]
        elif there and not text:
            row.left_empty.setdefault(name, []).append(source.name)


def quoted(text: str) -> str:
    """An answer in quotation marks; where there is none, the word nothing without them.

    Args:
        text: The answer.
    """
    return f"“{beginning(text, LONGEST_QUOTED)}”" if text else tr("nothing")


def _compared(text: str) -> str:
    """A text as two answers are compared: without what nobody sees."""
    return " ".join(seen(text).split())


def _differ(one_is_stricter: bool) -> str:
    """The sentence on two different answers."""
    if one_is_stricter:
        return tr(
            "{what}, {column}: {one} says {first}, {other} says {second}. The stricter counts, "
            "{counts}, until you decide."
        )
    return tr(
        "{what}, {column}: {one} says {first}, {other} says {second}. {first} counts until you "
        "decide."
    )


def _empty_counts(column: Column | None) -> bool:
    """Whether a cell that is left empty says something, and is stricter than some answer."""
    return column is not None and column.kind.strictness("") > 0


def _strictness(column: Column | None, text: str) -> float:
    """How strict an answer is; the same for all where a column protects nobody."""
    if column is None or not text:
        return column.kind.strictness("") if column else 0
    counts = column.kind.counts_as(text)
    return 0 if counts is None else column.kind.strictness(counts)


def _called(table: Table | None, row: Row) -> str:
    """A table and one of its rows, as people would say it."""
    if table is None:  # the key of such a row is all that it says, so nothing in it can differ
        return ""
    keys = ", ".join(row.cells.get(key, "") or tr("as a whole") for key in table.key)
    return f"{tr(table.label)} {keys}".strip()
