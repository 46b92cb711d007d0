"""Sheets: what stands in a spreadsheet or a CSV file, as text.

A sheet is a data frame of text. Its index is the row number that people see; its columns are the
schema's names where a heading is known, else the heading as typed. Nothing is thrown away. A table
that is shown upright becomes one row, and `attrs["rows"]` says in which row of the spreadsheet each
answer stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import number_text, plain
from partnering.schema.problems import Problem
from partnering.schema.tables import TABLES, VERSION
from partnering.storage import paths, reported
from partnering.storage.stored import StoredPartnership

WHAT, ANSWER = mark("What"), mark("Answer")  # the headings of a table that is shown upright
Row = Sequence[object]


# ---------------------------------------------------------------- reading


def text_of(cell: object) -> str:
    """A cell as text: 3.0 is "3", a day is year-month-day, a tick is "yes"; text stays as it is."""
    if cell is None or cell is pd.NaT:
        return ""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return number_text(cell) if abs(cell) < float("inf") else ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


def sheet_of(rows: Iterable[Row], table: Table | None = None) -> pd.DataFrame:
    """The sheet that stands in rows of cells.

    Args:
        rows: The cells of each row, the first of them row 1. The first row that is not blank holds
            the headings, or the headings stand below each other where the table is shown upright.
        table: The table that it is, whose headings are known; None where it is none.
    """
    filled = filled_rows(rows)
    if table and table.upright and stands_upright(list(filled.values()), table):
        return _upright_sheet(filled, table)
    if not filled:
        return pd.DataFrame(dtype="str")
    numbers, (headings, *body) = list(filled), list(filled.values())
    columns = _columns(headings, body, table.headers if table else {})
    cells = pd.DataFrame(body, index=numbers[1:], columns=range(len(headings)), dtype="str")
    return cells[list(columns.values())].set_axis(list(columns), axis="columns")


def filled_rows(rows: Iterable[Row]) -> dict[int, list[str]]:
    """The rows that are not blank, by the number that the spreadsheet gives them.

    Args:
        rows: The cells of each row, the first of them row 1.

    Returns:
        The cells as text, all rows of one length.
    """
    texts = {number: [text_of(cell) for cell in row] for number, row in enumerate(rows, start=1)}
    filled = {number: row for number, row in texts.items() if any(cell.strip() for cell in row)}
    width = max(map(len, filled.values()), default=0)
    return {number: row + [""] * (width - len(row)) for number, row in filled.items()}


def known_headings(rows: Sequence[Sequence[str]], table: Table) -> int:
    """How many headings of a table are known among rows.

    They stand in the first row that is not blank, or below each other in a table shown upright.
    """
    filled = list(filled_rows(rows).values())
    across, down = _headings_in(filled, table)
    return max(across, down) if table.upright else across


def stands_upright(filled: list[list[str]], table: Table) -> bool:
    """Whether the headings of a table stand below each other, each with its answer beside it.

    Args:
        filled: The rows that are not blank, all of one length.
        table: The table.
    """
    if not filled:
        return False
    across, down = _headings_in(filled, table)
    headed = plain(filled[0][_first_place(filled)]) in _ways(WHAT)
    return headed or down > across or (down == across and len(filled) == 1)


def _headings_in(filled: list[list[str]], table: Table) -> tuple[int, int]:
    """How many known headings stand in the first row, and how many in the first column."""
    if not filled:
        return 0, 0
    known, place = table.headers, _first_place(filled)
    across = sum(plain(cell) in known for cell in filled[0])
    down = sum(plain(row[place]) in known for row in filled)
    return across, down


def _ways(word: str) -> set[str]:
    """How a word may stand in a spreadsheet: in English or the room's language, plain letters."""
    return {plain(word), plain(tr(word))}


def _first_place(rows: list[list[str]]) -> int:
    """The first column that holds anything."""
    return next(place for place in range(len(rows[0])) if any(row[place].strip() for row in rows))


def _columns(
    headings: list[str], body: list[list[str]], known: Mapping[str, str]
) -> dict[str, int]:
    """The name of every column that holds anything, and its place.

    Of two columns with the same known heading the first has the schema's name.
    """
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if heading.strip():
            name = known.get(plain(heading), heading)
            name = _free(heading, columns) if name in columns else name
        elif any(row[place].strip() for row in body):
            name = _free(letters(place), columns)
        else:
            continue
        columns[name] = place
    return columns


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or the name with a number in brackets where it is taken."""
    return paths.free_name(name, taken.__contains__, lambda number: f"{name} ({number})")


def letters(place: int) -> str:
    """The letters that a spreadsheet gives a column: A, B ... Z, AA."""
    name = ""
    while place >= 0:
        name = chr(ord("A") + place % 26) + name
        place = place // 26 - 1
    return name


def _upright_sheet(filled: dict[int, list[str]], table: Table) -> pd.DataFrame:
    """One row from headings below each other.

    What stands beside an answer is kept as an answer of its own, but for the handbook's own help.
    """
    first = _first_place(list(filled.values()))
    top = next(iter(filled.values()))
    heads = top if plain(top[first]) in _ways(WHAT) else [""] * len(top)
    answers: dict[str, str] = {}
    rows: dict[str, int] = {}
    for number, row in filled.items():
        if row is heads:
            continue
        label, *beside = row[first:]
        unnamed = f"{letters(first + 1)}{number}"
        name = table.headers.get(plain(label), label if label.strip() else unnamed)
        name = _free(label, answers) if name in answers else name
        answers[name], rows[name] = beside[0] if beside else "", number
        column = table.by_name.get(name)
        help = _ways(column.help) if column else set()
        for place, extra in enumerate(beside[1:], start=first + 2):
            if extra.strip() and plain(extra) not in help:
                head = heads[place].strip() or letters(place)
                note = _free(f"{label or name} ({head})", answers)
                answers[note], rows[note] = extra, number
    answered = [rows[name] for name, answer in answers.items() if answer.strip()]
    sheet = pd.DataFrame([answers], index=[min(answered, default=1)], dtype="str")
    sheet = sheet.iloc[: len(answered)]
    sheet.attrs["rows"] = rows
    return sheet


# ---------------------------------------------------------------- which table a sheet is


def table_named(name: str) -> Table | None:
    """The table that a sheet or file is called after.

    Args:
        name: The name or label of a table, in any case, also where Excel has cut it short.
    """
    asked = plain(name)
    for table in TABLES.values():
        for way in table.names:
            if asked in (plain(way), plain(way[:31])):
                return table
    return None


def tables_named(names: Iterable[str]) -> dict[str, Table]:
    """The tables that names of sheets or files stand for.

    Returns:
        The table by the name that stands for it. Where two names stand for one table, the exact
        name counts, else the first.
    """
    found: dict[str, Table] = {}
    taken: set[str] = set()
    for name in sorted(names, key=lambda name: name not in TABLES):
        table = table_named(name)
        if table and table.name not in taken:
            found[name] = table
            taken.add(table.name)
    return found


def untouched(found: Mapping[str, pd.DataFrame]) -> list[str]:
    """The names of the lists that came with the handbook and that nobody has edited.

    Args:
        found: Sheets by the names of their tables.
    """
    return [
        name
        for name, sheet in lists.sheets().items()
        if name in found and _same(sheet, found[name])
    ]


def _same(shipped_list: pd.DataFrame, sheet: pd.DataFrame) -> bool:
    """Whether a sheet says what the shipped list says."""
    columns = list(dict.fromkeys([*shipped_list.columns, *sheet.columns]))
    wanted = shipped_list.reindex(columns=columns, fill_value="")
    found = sheet.reindex(columns=columns, fill_value="")
    return wanted.to_numpy().tolist() == found.to_numpy().tolist()


def partnership_of(raw: Mapping[str, Iterable[Row]], name: str, place: Path) -> StoredPartnership:
    """The partnership that stands in rows of cells.

    A house file is one organisation's own: it is named and left alone, never read with the rest.

    Args:
        raw: The rows of cells by the names of their sheets or files.
        name: What the partnership is called.
        place: Where it lies.
    """
    named = tables_named(raw)
    sheets: dict[str, pd.DataFrame] = {}
    kept: list[Problem] = []
    for typed, rows in raw.items():
        table = named.get(typed)
        if table and table.private:
            sentence = tr(
                "these are the answers inside one organisation; they are not read here and "
                "stay where they are."
            )
            kept.append(Problem(table.name, sentence))
            continue
        sheet = sheet_of(rows, table)
        if len(sheet.columns):
            sheets[table.name if table else typed] = sheet
    partnership = StoredPartnership(sheets, name, place)
    partnership.reported = reported.read(place) if place else None
    if sentence := reported.unread(place):
        partnership.problems.append(Problem("partnership", sentence))
    partnership.kept += kept
    return partnership


def alike(one: pd.DataFrame | None, other: pd.DataFrame | None) -> bool:
    """Whether two sheets say the same; one that is not there says as little as one without rows."""
    if one is None or other is None:
        return (one is None or one.empty) and (other is None or other.empty)
    if one is other:
        return True
    same_columns = list(one.columns) == list(other.columns)
    return same_columns and one.to_numpy().tolist() == other.to_numpy().tolist()


# ---------------------------------------------------------------- writing


def to_write(partnership: Partnership) -> dict[str, pd.DataFrame]:
    """The sheets of a partnership as they go into files.

    Returns:
        In tour order, then what the handbook does not know; without house files, and with the
        format of the files filled in.
    """
    typed = {"partnership": pd.DataFrame(dtype="str"), **partnership.to_write()}
    typed["partnership"] = _with_format(typed["partnership"])
    order = [name for name, table in TABLES.items() if name in typed and not table.private]
    order += [name for name in typed if name not in TABLES]
    return {name: typed[name] for name in order}


def _with_format(sheet: pd.DataFrame) -> pd.DataFrame:
    """The table `partnership` with the format of this handbook.

    That of a newer handbook is left, so that people are still told of it.
    """
    if sheet.empty:
        sheet = pd.DataFrame("", index=[2], columns=sheet.columns, dtype="str")
    found = sheet["format"].iloc[0].strip() if "format" in sheet else ""
    if not found or (found.isdecimal() and int(found) < VERSION):
        sheet = sheet.assign(format=[str(VERSION), *[""] * (len(sheet) - 1)]).astype("str")
    return sheet


def rows_of(
    sheet: pd.DataFrame,
    table: Table | None,
    heading: Callable[[Column], str],
    top: tuple[str, str] = (WHAT, ANSWER),
) -> list[list[str]]:
    """The rows of a sheet as they are written, headings first.

    Args:
        sheet: The sheet.
        table: The table that it is, whose columns come first; None where it is none.
        heading: What stands above a column of the table.
        top: What stands above headings and answers where the table is shown upright.

    Returns:
        The texts of the cells of each row. A table that is shown upright has a row for each
        column: its heading and its answer.
    """
    names = columns_of(sheet, table)
    known = table.by_name if table else {}
    headings = [heading(known[name]) if name in known else name for name in names]
    body = sheet[names].to_numpy(dtype="object").tolist()
    if table and table.upright and len(sheet) < 2:
        answers = body[0] if body else [""] * len(names)
        return [[*top], *map(list, zip(headings, answers, strict=True))]
    return [headings, *body]


def columns_of(sheet: pd.DataFrame, table: Table | None) -> list[str]:
    """The columns of a sheet, those of the table first and in its order."""
    known = [name for name in table.by_name if name in sheet] if table else []
    return [*known, *(name for name in sheet.columns if name not in known)]
