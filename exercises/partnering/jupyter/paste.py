"""What comes from a spreadsheet's clipboard: cells parted by tabs, some in quotes with line breaks inside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partnering.schema.check import Table
from partnering.schema.kinds import plain

Block = list[list[str]]
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')


def block(text: str) -> Block:
    """The cells of a pasted block, row by row, as Excel, LibreOffice and Google Sheets put it on the clipboard.

    A quote opens a cell only where the same cell also closes it; any other quote is part of what people wrote.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows, at = [[]], 0
    while at <= len(whole):
        cell = _CELL.match(whole, at)
        rows[-1].append(cell[2] if cell[1] is None else cell[1].replace('""', '"'))
        if whole[cell.end() : cell.end() + 1] == "\n":
            rows.append([])
        at = cell.end() + 1
    return rows if any(cell.strip() for row in rows for cell in row) else []


def placed(
    rows: Block, table: Table, columns: Sequence[str], first: str
) -> tuple[list[str], Block]:
    """The columns that a block goes into, and its rows without headings.

    Where the first row holds headings of the table, they say where each column goes; else the block begins at `first`.
    """
    known = table.headers
    heads = [known.get(plain(cell), "") for cell in rows[0]] if rows else []
    if len(rows) > 1 and len(heads) > 1 and all(heads) and len(set(heads)) == len(heads):
        return heads, rows[1:]
    at = columns.index(first) if first in columns else 0
    return list(columns[at:]), rows


def downwards(rows: Block, table: Table, columns: Sequence[str], first: str) -> dict[str, str]:
    """The answers that a block gives to a table that is shown upright: beside its headings, or one below the other."""
    known = table.headers
    headed = {
        known[plain(row[0])]: row[1] for row in rows if len(row) > 1 and plain(row[0]) in known
    }
    if headed:
        return headed
    at = columns.index(first) if first in columns else 0
    return {name: row[0] for name, row in zip(columns[at:], rows, strict=False)}
