"""What a workbook shows otherwise than it holds: by the format of a cell, or by hiding it.

A cell that shows "Mar 26" holds the first of March 2026, and one that shows 50% holds 0.5: what is
read is what people have seen as they typed. What the format of a cell adds and nothing can hold (a
currency, a year that the program has supplied), and what is hidden and read all the same, is told.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice, product
from math import isfinite
from xml.etree import ElementTree

from partnering.language import tr
from partnering.schema.numbers import number_text
from partnering.schema.tables import TABLES
from partnering.storage import form_marks, headings, sheets, workbook_parts, xlsx_lost
from partnering.storage.assumed import NOT_READ, Assumption, shortened
from partnering.storage.workbook_parts import BOOK, OPEN_DOCUMENT, STYLES, Parts, bare

Place = tuple[int, int]  # row and column, from 0
Cells = Mapping[str, list[list[object]]]

# The formats that have a number and no code of their own. Source: ECMA-376, 18.8.30.
_OWN = {9: "0%", 10: "0.00%", 16: "d-mmm", 17: "mmm-yy"}
_BESIDE = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')  # in a code of a format: words and colours
_BLANKS = re.compile("[_*].")  # as wide as the sign that follows, which itself is not shown
_CURRENCY = re.compile(r'\[\$([^\]-]+)|"\s*([A-Z]{3})\s*"')
_SIGN = re.compile("[$€£¥₹₽₺₩₦₱]")
_LETTERS = re.compile(r'(?:"([^\W\d_]+)[ -]?"|\\?([^\W\d_]))(0+)')
_CODE = re.compile(r"([^\W\d_]*)[ -]?(0*\d+)")
_YEAR = {"y", "e", "b"}  # of our era, of a Japanese one, and of the Buddhist one
_YES = ("1", "true")
MOST = 1_000  # hidden lines in a row: what is hidden up to the end holds nothing there


def read(parts: Parts, cells: Cells) -> list[Assumption]:
    """Let cells hold what they show, and tell what is only shown, or not shown at all.

    Args:
        parts: The parts of a workbook, as `workbook_parts` gives them.
        cells: The cells of its sheets; those that show something else are changed.

    Returns:
        What is told.

    Raises:
        KeyError, ValueError or ElementTree.ParseError: It is damaged.
    """
    told: list[Assumption] = []
    for sheet, looks in _looks(parts).items():
        if sheet in cells:
            told += _as_shown(sheet, cells[sheet], looks)
    for one in _hidden(parts, cells):
        told += one
    return told


# ---------------------------------------------------------------- formats


def _as_shown(
    sheet: str, rows: list[list[object]], looks: Mapping[Place, str]
) -> Iterator[Assumption]:
    """Let the cells of one sheet hold what they show; and tell what they cannot hold."""
    currencies: dict[tuple[int, str], list[int]] = {}
    years: dict[int, dict[int, str]] = {}
    given = _columns_of_currencies(rows)
    for (down, across), look in looks.items():
        if down >= len(rows) or across >= len(rows[down]):
            continue
        value = rows[down][across]
        if text := shown(value, look):
            rows[down][across] = text
        elif isinstance(value, dt.date) and not _YEAR & set(_letters_of(look)):
            years.setdefault(across, {})[down + 1] = sheets.text_of(value)
        elif (sign := currency_of(look)) and isinstance(value, (int, float)):
            beside = [rows[down][at] for at in given if at < len(rows[down])]
            if not any(sheets.text_of(cell).strip() for cell in beside):
                currencies.setdefault((across, sign), []).append(down + 1)
    for across, days in years.items():
        said = tr(
            "here the year is not shown. The program in which it was typed has supplied it: "
            "“{day}”. Is it right?"
        ).format(day=shortened(", ".join(days.values())))
        yield Assumption(said, "", sheet, tuple(days), sheets.letters(across))
    for (across, sign), numbers in currencies.items():
        said = tr(
            "“{sign}” is in the look of the cell, which is not read. Write the currency into the "
            "column “Currency”."
        ).format(sign=sign)
        yield Assumption(said, "", sheet, tuple(numbers), sheets.letters(across), NOT_READ)


def _columns_of_currencies(rows: list[list[object]]) -> set[int]:
    """The columns over which it is written that they hold a currency."""
    filled = islice((row for row in rows if any(row)), headings.LOOKED_AT)
    return {
        at
        for row in filled
        for at, cell in enumerate(row)
        if isinstance(cell, str)
        and any(table.meant_by(cell) == "currency" for table in TABLES.values())
    }


def shown(value: object, look: str) -> str:
    """What a cell shows, where that is something else than it holds: 2026-03, 50%, 007 or R1.

    Args:
        value: What it holds.
        look: The code of its format, such as "mmm-yy".

    Returns:
        The text; "" where it shows what it holds.
    """
    positive = look.partition(";")[0]
    letters = _letters_of(look)
    if isinstance(value, dt.date):
        if "d" in letters or "h" in letters or "s" in letters:
            return ""
        if "m" in letters:
            return f"{value.year}-{value.month:02}"
        return str(value.year) if "y" in letters else ""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        return ""
    if "%" in _BESIDE.sub("", positive):
        return f"{number_text(round(float(value) * 100, 10))}%"
    if value < 0 or value != int(value):
        return ""
    if re.fullmatch("0{2,}", positive):
        return str(int(value)).zfill(len(positive))
    if found := _LETTERS.fullmatch(positive):
        return (found[1] or found[2]) + str(int(value)).zfill(len(found[3]))
    return ""


def _letters_of(look: str) -> str:
    """The letters in the code of a format that stand for parts of a day, in small letters."""
    return _BESIDE.sub("", look.partition(";")[0]).lower()


def currency_of(look: str) -> str:
    """The currency that the code of a format shows, as a sign or three letters; or "".

    Args:
        look: Such as "[$€-407] #,##0" or '#,##0 "USD"'.
    """
    positive = _BLANKS.sub("", look.partition(";")[0])
    if found := _CURRENCY.search(positive):
        return (found[1] or found[2]).strip()
    found_sign = _SIGN.search(re.sub(r"\[[^\]]*\]", "", positive))
    return found_sign[0] if found_sign else ""


def _looks(parts: Parts) -> dict[str, dict[Place, str]]:
    """The codes of the formats of cells that may show something else than they hold, by sheet."""
    if OPEN_DOCUMENT in parts:
        return _looks_of_open_document(parts[OPEN_DOCUMENT])
    codes = _codes(parts.get(STYLES, b""))
    found: dict[str, dict[Place, str]] = {}
    for sheet, part in workbook_parts.sheet_parts(parts) if codes else ():
        raw = parts[part]
        there = {text.decode() for text in re.findall(rb' s="(\d+)"', raw)}
        if not there & codes.keys():
            continue
        for _event, cell in ElementTree.iterparse(io.BytesIO(raw)):
            if bare(cell.tag) == "c":
                place = workbook_parts.place_in(cell.get("r", ""))
                if place and cell.get("s", "0") in codes and len(cell):
                    found.setdefault(sheet, {})[place] = codes[cell.get("s", "0")]
                cell.clear()
    return found


def _codes(raw: bytes) -> dict[str, str]:
    """By the numbers of cells' looks the codes of those formats that show something else."""
    if not raw:
        return {}
    inside = {bare(part.tag): part for part in ElementTree.fromstring(raw)}
    codes = {str(number): code for number, code in _OWN.items()}
    codes |= {
        one.get("numFmtId", ""): one.get("formatCode", "") for one in inside.get("numFmts", ())
    }
    looks = enumerate(inside.get("cellXfs", ()))
    asked = {str(number): codes.get(look.get("numFmtId", ""), "") for number, look in looks}
    return {number: code for number, code in asked.items() if _may_differ(code)}


def _may_differ(code: str) -> bool:
    """Whether a format may show a cell otherwise than it is read."""
    letters = _letters_of(code)
    day = re.search("[ymd]", letters) and not ("y" in letters and "d" in letters)
    other = "%" in letters or re.fullmatch("0{2,}", code) or _LETTERS.fullmatch(code)
    return bool(day or other or currency_of(code))


def _looks_of_open_document(raw: bytes) -> dict[str, dict[Place, str]]:
    """The same of an OpenDocument workbook, in which a cell says in words what it shows."""
    found: dict[str, dict[Place, str]] = {}
    if b":value-type=" not in raw:
        return found
    for sheet, (row, column), rows, cell in xlsx_lost.cells_of_open_document(raw):
        said = {bare(key): text for key, text in cell.attrib.items()}
        if look := _look_in_words(said, xlsx_lost.paragraphs(cell)):
            columns = min(int(said.get("number-columns-repeated", "1")), MOST)
            rows = min(rows, MOST // max(columns, 1))
            same = product(range(row, row + rows), range(column, column + columns))
            found.setdefault(sheet, {}).update(dict.fromkeys(same, look))
    return found


def _look_in_words(said: Mapping[str, str], text: str) -> str:
    """The code of a format that would show a cell as an OpenDocument workbook says it does."""
    kind = said.get("value-type", "")
    if kind == "percentage":
        return "0%"
    if kind == "currency":
        return f"[${said.get('currency', '') or '$'}]0"
    if kind == "float" and (sign := _SIGN.search(text)):
        return f"[${sign[0]}]0"
    if kind == "float" and (code := _CODE.fullmatch(text)):
        is_same = said.get("value", "") == str(int(code[2]))
        if is_same and (code[1] or code[2] != str(int(code[2]))):
            return (f'"{code[1]}"' if code[1] else "") + "0" * len(code[2])
    day = re.match(r"(\d{4})-(\d{2})-(\d{2})", said.get("date-value", ""))
    words = re.findall(r"\w+", text)
    if kind == "date" and day and len(words) == 2:
        is_year = day[1] in words or (day[1][-2:] in words and day[1][-2:] != day[3])
        return "yyyy-mm" if is_year else "d-mmm"
    return "yyyy" if kind == "date" and day and words == [day[1]] else ""


# ---------------------------------------------------------------- hidden


def _hidden(parts: Parts, cells: Cells) -> Iterator[list[Assumption]]:
    """The sentences on what is hidden and was read, sheet by sheet."""
    for sheet, whole, rows, columns in (
        _hidden_in_open_document(parts[OPEN_DOCUMENT])
        if OPEN_DOCUMENT in parts
        else _hidden_in_excel(parts)
    ):
        texts = cells.get(sheet, [])
        is_ours = sheet == form_marks.WORDS and form_marks.MARK in [*texts[:1], []][0]
        if texts and not is_ours:
            yield list(_told_hidden(sheet, whole, rows, columns, texts))


def _told_hidden(
    sheet: str, whole: bool, rows: set[int], columns: set[int], cells: list[list[object]]
) -> Iterator[Assumption]:
    """The sentences on what is hidden in one sheet and holds anything."""

    def is_filled(cell: object) -> bool:
        return bool(sheets.text_of(cell).strip())

    if whole:
        if any(is_filled(cell) for row in cells for cell in row):
            said = tr(
                "this sheet is hidden. It was read like the rest. If it does not count, delete it."
            )
            yield Assumption(said, "", sheet)
        return
    there = [at for at in sorted(rows) if at < len(cells) and any(map(is_filled, cells[at]))]
    if there:
        said = tr(
            "this is hidden, perhaps by a filter. It was read like the rest. If it does not count, "
            "delete it."
        )
        yield Assumption(said, "", sheet, tuple(at + 1 for at in there))
    for at in sorted(columns):
        if any(at < len(row) and is_filled(row[at]) for row in cells):
            said = tr(
                "this column is hidden. It was read like the rest. If it does not count, delete it."
            )
            yield Assumption(said, "", sheet, (), sheets.letters(at))


Hidden = tuple[str, bool, set[int], set[int]]  # a sheet, whether all of it, which rows and columns


def _hidden_in_excel(parts: Parts) -> Iterator[Hidden]:
    """What is hidden in the sheets of an Excel workbook."""
    if BOOK not in parts:
        return
    states = {
        part.get("name", ""): part.get("state", "")
        for part in ElementTree.fromstring(parts[BOOK]).iter()
        if bare(part.tag) == "sheet"
    }
    for sheet, part in workbook_parts.sheet_parts(parts):
        whole = states.get(sheet, "").lower() in ("hidden", "veryhidden")
        raw = parts[part]
        rows: set[int] = set()
        columns: set[int] = set()
        if re.search(rb'hidden="(?:1|true)"', raw) and not whole:
            for _event, one in ElementTree.iterparse(io.BytesIO(raw)):
                if one.get("hidden", "").lower() in _YES and bare(one.tag) == "row":
                    rows.add(int(one.get("r", "0")) - 1)
                elif one.get("hidden", "").lower() in _YES and bare(one.tag) == "col":
                    first, last = int(one.get("min", "1")), int(one.get("max", "1"))
                    columns |= set(range(first - 1, min(last, first + MOST)))
                if bare(one.tag) in ("row", "c"):
                    one.clear()
        yield sheet, whole, rows, columns


def _hidden_in_open_document(raw: bytes) -> Iterator[Hidden]:
    """What is hidden in the sheets of an OpenDocument workbook."""
    if b":visibility=" not in raw and b":display=" not in raw:
        return
    away: set[str] = set()
    whole: dict[str, bool] = {}
    found: dict[str, tuple[set[int], set[int]]] = {}
    sheet, style, row, column = "", "", 0, 0
    for event, part in ElementTree.iterparse(io.BytesIO(raw), ("start", "end")):
        tag = bare(part.tag)
        said = {bare(key): text for key, text in part.attrib.items()}
        if event == "start" and tag == "style":
            style = said.get("name", "")
        elif event == "start" and tag == "table-properties":
            away |= {style} if said.get("display") == "false" else set()
        elif event == "start" and tag == "table":
            sheet, row, column = said.get("name", ""), 0, 0
            whole[sheet], found[sheet] = said.get("style-name", "") in away, (set(), set())
        elif event == "start" and tag in ("table-row", "table-column") and sheet:
            is_row = tag == "table-row"
            times = int(said.get(f"number-{'rows' if is_row else 'columns'}-repeated", "1"))
            at = row if is_row else column
            if said.get("visibility", "visible") != "visible":
                found[sheet][0 if is_row else 1].update(range(at, at + min(times, MOST)))
            row, column = (at + times, column) if is_row else (row, at + times)
        elif event == "end" and tag in ("table-row", "style"):
            part.clear()
    for name, (rows, columns) in found.items():
        yield name, whole[name], rows, columns
