"""Cells of a workbook in which something stands that is no answer: errors, and formulas unworked.

The library that reads workbooks gives both as empty cells. An answer that could not be worked out
is not an empty answer: it may be the word that keeps a row from the wall.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from partnering.schema.kinds import NOT_WORKED_OUT, is_spreadsheet_error
from partnering.storage import workbook_parts
from partnering.storage.workbook_parts import OPEN_DOCUMENT, Parts

Lost = dict[tuple[int, int], str]  # a text by row and column, both from 0

Span = tuple[tuple[int, int], tuple[int, int]]

_ERROR_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def cells(parts: Parts) -> dict[str, Lost]:
    """The cells that hold an error, or a formula whose value was not stored.

    Args:
        parts: The parts of a workbook, as `workbook_parts` gives them.

    Returns:
        For each sheet by its name the texts of these cells: the error as the spreadsheet writes it,
        such as #REF!, or the formula behind `NOT_WORKED_OUT`.

    Raises:
        KeyError, ValueError or ElementTree.ParseError: It is damaged.
    """
    found: dict[str, Lost] = {}
    if re.search(rb"formula|value-type=.error", parts.get(OPEN_DOCUMENT, b"")):
        for name, place, _, cell in cells_of_open_document(parts[OPEN_DOCUMENT]):
            if error := _error_in(cell):
                found.setdefault(name, {})[place] = error
    for name, part in workbook_parts.sheet_parts(parts):
        raw = parts[part]
        if b't="e"' in raw or re.search(rb"<f[ />]", raw) or re.search(rb":f[ />]", raw):
            found[name] = _lost(raw)
    return found


def spans(parts: Parts) -> dict[str, list[Span]]:
    """The cells of an OpenDocument sheet (.ods) that go over several rows or columns.

    Args:
        parts: The parts of a workbook; of other formats the reader tells this itself.

    Returns:
        For each sheet by its name the first and the last row and column, from 0.

    Raises:
        KeyError, ValueError or ElementTree.ParseError: It is damaged.
    """
    found: dict[str, list[Span]] = {}
    if b"-spanned" in parts.get(OPEN_DOCUMENT, b""):
        for name, (row, column), _, cell in cells_of_open_document(parts[OPEN_DOCUMENT]):
            said = {workbook_parts.bare(key): text for key, text in cell.attrib.items()}
            rows = int(said.get("number-rows-spanned", "1"))
            columns = int(said.get("number-columns-spanned", "1"))
            if rows > 1 or columns > 1:
                last = row + rows - 1, column + columns - 1
                found.setdefault(name, []).append(((row, column), last))
    return found


def cells_of_open_document(
    raw: bytes,
) -> Iterator[tuple[str, tuple[int, int], int, ElementTree.Element]]:
    """The cells of all sheets of an OpenDocument workbook, one after the other.

    Args:
        raw: The part in which they stand.

    Yields:
        The sheet, the row and column from 0, in how many rows from there it stands, and the cell;
        of repeated ones the first. What lies over a sheet, and in none of its cells, comes as if it
        were in the first of them.
    """
    name, row, column, repeated = "", 0, 0, 1
    for event, part in ElementTree.iterparse(io.BytesIO(raw), ("start", "end")):
        tag = workbook_parts.bare(part.tag)
        said = {workbook_parts.bare(key): text for key, text in part.attrib.items()}
        if event == "start" and tag == "table":
            name, row = said.get("name", ""), 0
        elif event == "start" and tag == "table-row":
            column, repeated = 0, int(said.get("number-rows-repeated", "1"))
        elif event == "end" and tag == "shapes":
            yield name, (0, 0), 1, part
        elif event == "end" and tag in ("table-cell", "covered-table-cell"):
            yield name, (row, column), repeated, part
            column += int(said.get("number-columns-repeated", "1"))
            part.clear()
        elif event == "end" and tag == "table-row":
            row += repeated
            part.clear()


def paragraphs(part: ElementTree.Element) -> str:
    """The paragraphs within a part of an OpenDocument workbook below each other, but blank ones.

    Args:
        part: A cell, a note or a text box.
    """
    lines = ["".join(each.itertext()).strip() for each in part.iter() if _is_paragraph(each)]
    return "\n".join(filter(None, lines))


def _is_paragraph(part: ElementTree.Element) -> bool:
    return workbook_parts.bare(part.tag) == "p"


def _error_in(cell: ElementTree.Element) -> str:
    """The error that stands in a cell of an OpenDocument sheet, or its formula without a value."""
    said = {workbook_parts.bare(key): text for key, text in cell.attrib.items()}
    shown = "".join("".join(part.itertext()) for part in cell if _is_paragraph(part)).strip()
    formula = said.get("formula", "")
    if is_spreadsheet_error(shown) and formula:
        return shown
    if cell.get(_ERROR_TYPE) == "error":
        return shown if is_spreadsheet_error(shown) else f"{NOT_WORKED_OUT} {shown}".strip()
    if formula and not shown and said.get("value-type", "string") != "string":
        return f"{NOT_WORKED_OUT} ={formula.partition('=')[2]}"
    return ""


def _lost(raw: bytes) -> Lost:
    """The cells of one sheet that hold no answer."""
    found: Lost = {}
    for _event, cell in ElementTree.iterparse(io.BytesIO(raw)):
        if workbook_parts.bare(cell.tag) != "c":
            continue
        inside = {workbook_parts.bare(part.tag): part.text or "" for part in cell}
        place = workbook_parts.place_in(cell.get("r", ""))
        kind, value = cell.get("t", "n"), inside.get("v", "")
        if place and kind == "e":
            found[place] = value or NOT_WORKED_OUT
        elif place and "f" in inside and not value and kind != "str":
            found[place] = f"{NOT_WORKED_OUT} ={inside['f']}"
        cell.clear()
    return found
