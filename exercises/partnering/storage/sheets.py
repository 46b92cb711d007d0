"""Sheets: what stands in a spreadsheet or a CSV file, as text.

A sheet is a data frame of text. Its index is the row number that people see; its columns are the
schema's names where a heading is known, else the heading as typed. Nothing is thrown away. A table
that is shown upright becomes one row; `schema.answer_rows` says in which row of the spreadsheet
each answer stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from partnering.language import mark, spoken, tr
from partnering.partnership import Partnership
from partnering.schema import answer_rows, lists
from partnering.schema.columns import Column, Table
from partnering.schema.free_names import free_name
from partnering.schema.kinds import Code, Ref
from partnering.schema.numbers import number_text
from partnering.schema.problems import Problem
from partnering.schema.spelling import plain, seen
from partnering.schema.tables import TABLES, VERSION
from partnering.schema.unknown import can_read
from partnering.storage import bounds, headings, reported
from partnering.storage.assumed import (
    NOT_READ,
    Assumption,
    Supplied,
    listed,
    shortened,
    supplied,
)
from partnering.storage.stored import StoredPartnership

WHAT, ANSWER = mark("What"), mark("Answer")  # the headings of a table that is shown upright
WHO_ANSWERS = ("partner", "respondent")  # the columns that say whose an answer is
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


def sheet_of(rows: Iterable[Row], table: Table | None = None) -> Supplied[pd.DataFrame]:
    """The sheet that stands in rows of cells.

    Args:
        rows: The cells of each row, the first of them row 1. The headings stand in the first row
            that is not blank, below a title, or below each other where the table is shown upright.
        table: The table that it is, whose headings are known; None where it is none.

    Returns:
        The sheet, with what was assumed of its headings and codes.
    """
    filled = filled_rows(rows)
    if table and table.upright and stands_upright(list(filled.values()), table):
        return Supplied(_upright_sheet(filled, table))
    return sheet_below(filled, table, (lambda name: bool(table.meant_by(name))) if table else None)


def sheet_below(
    filled: dict[int, list[str]], table: Table | None, known: Callable[[str], bool] | None
) -> Supplied[pd.DataFrame]:
    """The sheet that stands below its headings, wherever these stand.

    Args:
        filled: The rows that are not blank, by their numbers.
        table: The table that it is; None where it is none.
        known: Whether the handbook knows a heading; without it the first row holds the headings.
    """
    if not filled:
        return Supplied(pd.DataFrame(dtype="str"))
    told: list[Assumption] = []
    is_known = known or (lambda name: False)
    headed = headings.found(filled, is_known).told_to(told)
    if any(map(is_known, headed.names)):  # else nothing of it is a table, and all of it is kept
        headed = _without_another_table(headed).told_to(told)
    names, body = headed.names, list(headed.body.values())
    columns = _columns(names, body, table, told)
    cells = pd.DataFrame(body, index=[*headed.body], columns=range(len(names)), dtype="str")
    sheet = cells[list(columns.values())].set_axis(list(columns), axis="columns")
    if table:
        sheet = _with_references(_with_codes(sheet, table, told), table, told)
        told += _sums(sheet, table)
    return Supplied(sheet, told)


def _without_another_table(headed: headings.Headed) -> Supplied[headings.Headed]:
    """A sheet up to where the headings of another table stand below its rows; this is told."""
    known = _every_heading(spoken())
    for number, row in headed.body.items():
        if plain(next(filter(str.strip, row), "")) not in known:
            continue
        cells = [cell for cell in row if cell.strip()]
        if len(cells) < 2 or not all(plain(cell) in known for cell in cells):
            continue
        if table := table_by_headings(cells):
            upper = {at: cells for at, cells in headed.body.items() if at < number}
            said = tr(
                "the table “{label}” begins below the first one here. It was not read. Put it into "
                "a sheet or a file of its own."
            ).format(label=tr(table.label))
            told = [Assumption(said, rows=(number,), kind=NOT_READ)]
            return Supplied(replace(headed, body=upper), told)
    return Supplied(headed)


@lru_cache
def _every_heading(_language: object) -> frozenset[str]:
    """How the headings of all tables may be written, in plain letters."""
    return frozenset(way for table in TABLES.values() for way in table.headers)


_SUMS = frozenset(
    plain(word)
    for word in (
        *("total", "totals", "grand total", "subtotal", "sum", "count", "average", "mean"),
        *("suma", "total general", "moyenne", "summe", "gesamt", "soma", "итого", "всего"),
        *("toplam", "jumla", "合计", "المجموع"),
    )
)


def _sums(sheet: pd.DataFrame, table: Table) -> list[Assumption]:
    """That the last row may be a sum or a count of the others, where it would count as a line."""
    key = table.columns[0]
    if len(sheet) < 2 or key.name not in sheet or not isinstance(key.kind, Code):
        return []
    text = sheet[key.name].iloc[-1]
    if plain(text) not in _SUMS:
        return []
    said = tr(
        "“{text}” may be a sum of what is above. It was read as a line. Delete it if it is a sum."
    ).format(text=shortened(text.strip()))
    return [Assumption(said, rows=(sheet.index[-1],), column=tr(key.label))]


def filled_rows(rows: Iterable[Row]) -> dict[int, list[str]]:
    """The rows that are not blank, by the number that the spreadsheet gives them.

    Args:
        rows: The cells of each row, the first of them row 1.

    Returns:
        The cells as text, all rows of one length.
    """
    texts = {
        number: [
            cell if isinstance(cell, str) and "\r" not in cell else text_of(cell) for cell in row
        ]
        for number, row in enumerate(rows, start=1)
        if any(cell != "" and cell is not None for cell in row)  # there may be a million others
    }
    filled = {number: row for number, row in texts.items() if any(map(_is_seen, row))}
    width = max(map(len, filled.values()), default=0)
    for row in filled.values():
        row += [""] * (width - len(row))
    return filled


def _is_seen(text: str) -> bool:
    """Whether anything of a cell is seen."""
    return bool(seen(text).strip())


def known_headings(rows: Sequence[Sequence[str]], table: Table) -> int:
    """How many headings of a table are known among rows.

    They stand in one of the first rows, or below each other in a table shown upright.
    """
    filled = list(filled_rows(row[: bounds.MOST_COLUMNS] for row in rows).values())
    across, down = _headings_in(filled, table)
    lower = [sum(bool(table.meant_by(cell)) for cell in row) for row in filled]
    return max([across, down] if table.upright else [across, *lower])


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
    place = _first_place(filled)
    across = sum(bool(table.meant_by(cell)) for cell in filled[0])
    down = sum(bool(table.meant_by(row[place])) for row in filled)
    return across, down


def _ways(word: str) -> set[str]:
    """How a word may stand in a spreadsheet: in English or the room's language, plain letters."""
    return {plain(word), plain(tr(word))}


def _first_place(rows: list[list[str]]) -> int:
    """The first column that holds anything."""
    return next(place for place in range(len(rows[0])) if any(row[place].strip() for row in rows))


def _columns(
    headings: list[str], body: list[list[str]], table: Table | None, told: list[Assumption]
) -> dict[str, int]:
    """The name of every column that holds anything, and its place.

    Of two columns with the same known heading the first has the schema's name; this is told.
    """
    columns: dict[str, int] = {}
    given: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if heading.strip():
            name = (table.meant_by(heading) if table else "") or heading
            if name in columns:
                first = columns[name]
                name = _free(heading, columns, given)
                if table and table.meant_by(heading) and any(_is_seen(row[place]) for row in body):
                    name = supplied(name, told, _twice(headings, first, place, name))
        elif any(row[place].strip() for row in body):
            name = _free(letters(place), columns, given)
        else:
            continue
        columns[name] = place
    return columns


def _twice(headings: list[str], first: int, second: int, kept: str) -> Assumption:
    """That two columns have the same heading, of which the first counts."""
    return Assumption(
        tr(
            "the columns “{first}” ({one}) and “{second}” ({other}) ask the same. The first "
            "counts; the second is kept as “{kept}”. Delete one of them."
        ).format(
            first=headings[first],
            one=letters(first),
            second=headings[second],
            other=letters(second),
            kept=kept,
        ),
        column=headings[second],
    )


_CODE_WORDS = (
    *("id", "no", "nr", "nº", "n°", "number", "ref", "reference", "code", "key", "#"),
    *("item no", "s no", "sl no", "sr no", "código", "codigo", "número", "numero"),
    *("numéro", "réf", "référence", "nummer", "numer", "номер", "رقم"),
)


def _with_codes(sheet: pd.DataFrame, table: Table, told: list[Assumption]) -> pd.DataFrame:
    """A sheet whose codes stand under a heading such as ID, No. or Risk ID, taken as codes."""
    key = table.columns[0]
    if not table.letter or not isinstance(key.kind, Code):
        return sheet
    if key.name in sheet and any(can_read(key.kind, text) for text in sheet[key.name] if text):
        return sheet
    ways = _ways_of_codes(table)
    near = [name for name in sheet.columns if name not in table.by_name and plain(name) in ways]
    for name in near:
        if codes := _codes_under(sheet[name], key.kind):
            return supplied(
                _under_code(sheet, table, name, codes), told, _as_codes(key.label, name, codes)
            )
    return sheet


def _ways_of_codes(table: Table) -> set[str]:
    """The headings under which people write the codes of a table, in plain letters."""
    key = table.columns[0]
    if not table.letter:
        return set()
    labels = {plain(way) for way in (table.name, table.label, tr(table.label), key.label)}
    labels |= {plain(tr(key.label)), plain(key.name)}
    ways = {plain(word) for word in _CODE_WORDS}
    ways |= {plain(f"{label} {word}") for label in labels for word in _CODE_WORDS}
    return ways | {plain(f"{label}{word}") for label in labels for word in ("id", "no", "#")}


def _codes_under(texts: pd.Series, kind: Code) -> dict[str, str]:
    """The codes that stand in a column, by what is typed; none where something is no code."""
    found = {}
    for text in texts.unique():
        code = _code_in(text, kind.prefix)
        if not code and can_read(kind, text) and not seen(text).strip().isdigit():
            code = kind.read(text)
        if not code and _is_seen(text):
            return {}
        found[text] = code
    typed = [code for code in map(found.__getitem__, texts) if code]
    return found if typed and len(set(typed)) == len(typed) else {}


def _code_in(text: str, prefix: str) -> str:
    """The code that stands in a cell: R1, r-01 or 1 are R1 where codes begin with R; or ""."""
    found = re.fullmatch(rf"(?:{prefix}[\s.-]?)?0*(\d+)", seen(text).strip(), re.IGNORECASE)
    return f"{prefix}{found[1]}" if found else ""


def _with_references(sheet: pd.DataFrame, table: Table, told: list[Assumption]) -> pd.DataFrame:
    """A sheet whose references stand under a heading such as Risk ID, taken for what it means."""
    for column in table.references:
        assert isinstance(column.kind, Ref)
        if column.name in sheet or column.kind.many or column.kind.table == "partners":
            continue
        letter = TABLES[column.kind.table].letter
        ways = _ways_of_reference(column)
        near = [name for name in sheet.columns if name not in table.by_name and plain(name) in ways]
        if near and letter:
            texts = sheet[near[0]]
            codes = {text: _code_in(text, letter) or text for text in texts.unique()}
            named = sheet.rename(columns={near[0]: column.name})
            named = named.assign(**{column.name: texts.map(codes)}).astype("str")
            sheet = supplied(named, told, _as_codes(column.label, near[0], codes))
    return sheet


def _ways_of_reference(column: Column) -> set[str]:
    """The headings under which people write the codes of other rows, in plain letters: Risk ID."""
    labels = {plain(way) for way in (column.name, column.label, tr(column.label))}
    return {plain(f"{label} {word}") for label in labels for word in _CODE_WORDS}


def _under_code(
    sheet: pd.DataFrame, table: Table, heading: str, codes: Mapping[str, str]
) -> pd.DataFrame:
    """A sheet with its codes in their column; words that stood there name the rows."""
    key, naming = table.columns[0].name, table.naming
    if key in sheet:
        words = naming if naming and naming not in sheet else _free(key, sheet.columns)
        sheet = sheet.rename(columns={key: words})
    sheet = sheet.rename(columns={heading: key})
    return sheet.assign(**{key: sheet[key].map(codes)}).astype("str")


def _as_codes(label: str, heading: str, codes: Mapping[str, str]) -> Assumption:
    """That a column was taken for the codes of a table."""
    changed = [f"{text} = {code}" for text, code in codes.items() if code and text != code]
    pairs = changed or [code for code in codes.values() if code]
    return Assumption(
        tr(
            "this column was taken for the codes of “{label}”: {codes}. Write “{label}” over it."
        ).format(label=tr(label), codes=listed(pairs)),
        column=heading,
    )


def _free(name: str, taken: Collection[str], given: dict[str, int] | None = None) -> str:
    """The name, or the name with a number in brackets where it is taken."""
    return free_name(name, taken.__contains__, lambda number: f"{name} ({number})", given)


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
    given: dict[str, int] = {}
    for number, row in filled.items():
        if row is heads:
            continue
        label, *beside = row[first:]
        unnamed = f"{letters(first + 1)}{number}"
        name = table.meant_by(label) or (label if label.strip() else unnamed)
        name = _free(label, answers, given) if name in answers else name
        answers[name], rows[name] = beside[0] if beside else "", number
        column = table.by_name.get(name)
        help = _ways(column.help) if column else set()
        for place, extra in enumerate(beside[1:], start=first + 2):
            if extra.strip() and plain(extra) not in help:
                head = heads[place].strip() or letters(place)
                note = _free(f"{label or name} ({head})", answers, given)
                answers[note], rows[note] = extra, number
    answered = [rows[name] for name, answer in answers.items() if answer.strip()]
    sheet = pd.DataFrame([answers], index=[min(answered, default=1)], dtype="str")
    sheet = sheet.iloc[: len(answered)]
    answer_rows.note(sheet, rows)
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


def table_by_headings(names: Iterable[str]) -> Table | None:
    """The table to which most headings belong, whatever its sheet is called.

    At least two of them, one not about who answers, and all that the table cannot do without.

    Args:
        names: The headings of a sheet.
    """
    asked = list(dict.fromkeys(names))
    plainly = set(map(plain, asked))
    best, most = None, 1
    for table in TABLES.values():
        known = {table.meant_by(heading) for heading in asked} - {""}
        if known and _ways_of_codes(table) & plainly:
            known.add(table.key[0])
        if known:
            known |= {one.name for one in table.references if _ways_of_reference(one) & plainly}
        needed = {column.name for column in table.columns if column.required} - {"partner"}
        if len(table.key) == 1:  # a row without its code is given one
            needed -= set(table.key)
        if len(known) > most and known - {*WHO_ANSWERS, "share"} and needed <= known:
            best, most = table, len(known)
    return best


def is_known_somewhere(heading: str) -> bool:
    """Whether a heading means a column of some table.

    Args:
        heading: What stands over a column.
    """
    return any(table.meant_by(heading) for table in TABLES.values())


def untouched(found: Mapping[str, pd.DataFrame]) -> list[str]:
    """The names of the lists that came with the handbook and that nobody has edited.

    Args:
        found: Sheets by the names of their tables.
    """
    return [name for name in lists.sheets() if name in found and lists.came_so(name, found[name])]


def partnership_of(
    raw: Mapping[str, Iterable[Row]], name: str, place: Path, by_headings: bool = False
) -> StoredPartnership:
    """The partnership that stands in rows of cells.

    A house file is one organisation's own: it is named and left alone, never read with the rest.

    Args:
        raw: The rows of cells by the names of their sheets or files.
        name: What the partnership is called.
        place: Where it lies.
        by_headings: Whether a sheet of another name is read as the table whose headings it has,
            as in a workbook; else this is only said.

    Returns:
        The partnership, with what was assumed to read it.
    """
    cells = {typed: list(rows) for typed, rows in raw.items()}
    named = tables_named(cells)
    sheets: dict[str, pd.DataFrame] = {}
    kept: list[Problem] = []
    told: list[Assumption] = []
    for typed, rows in cells.items():
        table = named.get(typed) or _meant_by_headings(typed, rows, named, by_headings, told)
        if table and by_headings:
            named[typed] = table
        if table and table.private:
            sentence = tr(
                "these are the answers inside one organisation; they are not read here and "
                "stay where they are."
            )
            kept.append(Problem(table.name, sentence))
            continue
        here: list[Assumption] = []
        sheet = sheet_of(rows, table).told_to(here)
        told += [replace(one, sheet=typed) for one in here]
        if len(sheet.columns):
            sheets[table.name if table else typed] = sheet
    partnership = StoredPartnership(sheets, name, place)
    partnership.reported = reported.read(place) if place else None
    if sentence := reported.unread(place):
        partnership.problems.append(Problem("partnership", sentence))
    partnership.kept += kept
    partnership.assumed = told
    return partnership


def _meant_by_headings(
    typed: str,
    rows: list[Row],
    named: Mapping[str, Table],
    taken: bool,
    told: list[Assumption],
) -> Table | None:
    """The table that a sheet of another name is, by its headings; it is told whether it is read."""
    table = table_of(rows)
    if table is None or table.private:
        return table
    there = table.name in {other.name for other in named.values()}
    label = tr(table.label)
    if taken and not there:
        said = tr(
            "its name is not a table of the handbook. By its headings it was read as “{label}”."
        )
        return supplied(table, told, Assumption(said.format(label=label), sheet=typed))
    said = tr(
        "it has the headings of “{label}” and was not read. Put its lines into {table}, or delete "
        "it."
    )
    sentence = said.format(label=label, table=table.name)
    return supplied(None, told, Assumption(sentence, sheet=typed, kind=NOT_READ))


def table_of(rows: Sequence[Row]) -> Table | None:
    """The table that a sheet is by its headings alone; None where it is none.

    Args:
        rows: Its cells.
    """
    filled = filled_rows(rows[: headings.LOOKED_AT * 2])
    if not filled:
        return None
    return table_by_headings(headings.found(filled, is_known_somewhere).told_to([]).names)


def is_private(name: str, rows: Sequence[Row]) -> bool:
    """Whether a sheet holds answers that stay inside one organisation.

    Args:
        name: What the sheet is called.
        rows: Its cells.
    """
    table = table_named(name) or table_of(rows)
    return bool(table and table.private)


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
    # by an index: of a list an array is made, with room in each place for the longest heading
    body = sheet[pd.Index(names, dtype=object)].to_numpy(dtype=object).tolist()
    if table and table.upright and len(sheet) < 2:
        answers = body[0] if body else [""] * len(names)
        return [[*top], *map(list, zip(headings, answers, strict=True))]
    return [headings, *body]


def columns_of(sheet: pd.DataFrame, table: Table | None) -> list[str]:
    """The columns of a sheet, those of the table first and in its order."""
    known = [name for name in table.by_name if name in sheet] if table else []
    return [*known, *(name for name in sheet.columns if name not in known)]
