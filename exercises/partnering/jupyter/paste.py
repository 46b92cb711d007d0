"""A block of cells pasted from a spreadsheet: read, and put under the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partnering.schema.columns import Table
from partnering.schema.spelling import plain

Block = list[list[str]]
MOST_LINES, MOST_LETTERS = 1_000, 1_000_000  # of one block
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')


def block(text: str) -> Block:
    """The cells of a pasted text, row by row.

    Excel, LibreOffice and Google Sheets part cells by tabs and rows by line ends; a cell with a
    line end in it stands in quotes. A quote opens a cell only where the same cell also closes it;
    any other quote is part of what people wrote.

    Args:
        text: What the clipboard holds.

    Returns:
        A list of cells for each row; empty where no cell holds a word.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: Block = [[]]
    at = 0
    while at <= len(whole):
        cell = _CELL.match(whole, at)
        assert cell  # an empty cell matches too
        rows[-1].append(cell[2] if cell[1] is None else cell[1].replace('""', '"'))
        if whole[cell.end() : cell.end() + 1] == "\n":
            rows.append([])
        at = cell.end() + 1
    return rows if any(map(_has_words, rows)) else []


def is_too_large(text: str) -> bool:
    """Whether a pasted text holds more than a grid takes at once.

    Args:
        text: What the clipboard holds.
    """
    lines = max(text.count("\n"), text.count("\r"))
    return lines > MOST_LINES or len(text) > MOST_LETTERS


def _has_words(row: list[str]) -> bool:
    return any(cell.strip() for cell in row)


def placed(
    rows: Block, table: Table, columns: Sequence[str], first: str
) -> tuple[list[str], Block]:
    """The columns that a block goes into, and its rows without headings.

    Args:
        rows: A block, as `block` reads it.
        table: The table it is pasted into.
        columns: The names of the columns that the grid shows, in its order.
        first: The name of the column in which the cursor stands.

    Returns:
        The names of columns, and the rows that go into them. Where the first of several rows holds
        nothing but different headings of the table, these say where each column goes; otherwise
        the block begins at `first`.
    """
    heads = [table.headers.get(plain(cell), "") for cell in rows[0]] if rows else []
    headed = all(heads) and len(set(heads)) == len(heads)
    if headed and len(rows) > 1 and len(heads) > 1:
        return heads, rows[1:]
    return list(columns[_place_of(first, columns) :]), rows


def downwards(rows: Block, table: Table, columns: Sequence[str], first: str) -> dict[str, str]:
    """The answers that a block gives to a table that is shown upright, one answer below the other.

    Args:
        rows: A block, as `block` reads it.
        table: The table it is pasted into.
        columns: The names of the columns, in the order in which the grid shows them downwards.
        first: The name of the column in which the cursor stands.

    Returns:
        Texts by column: where rows begin with headings of the table what stands beside these,
        otherwise the first cell of each row, from `first` on.
    """
    known = table.headers
    pairs = [(plain(row[0]), row[1]) for row in rows if len(row) > 1]
    headed = {known[heading]: text for heading, text in pairs if heading in known}
    if headed:
        return headed
    names = columns[_place_of(first, columns) :]
    return {name: row[0] for name, row in zip(names, rows, strict=False)}


def _place_of(name: str, columns: Sequence[str]) -> int:
    return columns.index(name) if name in columns else 0
