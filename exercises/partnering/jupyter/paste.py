"""A block of cells pasted from a spreadsheet: read, and put under the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from partnering.language import tr, trn
from partnering.schema.columns import Table
from partnering.storage.assumed import listed, shortened

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


@dataclass
class Placed:
    """Where the cells of a block go.

    Attributes:
        lines: The texts of each line by column.
        told: Sentences on what found no place, or may stand in a wrong one.
    """

    lines: list[dict[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def placed(rows: Block, table: Table, columns: Sequence[str], first: str) -> Placed:
    """The lines that a block gives to a table.

    Where the first of several rows holds headings of the table, these say where each column goes;
    otherwise the block begins at `first`.

    Args:
        rows: A block, as `block` reads it.
        table: The table it is pasted into.
        columns: The names of the columns that the grid shows, in its order.
        first: The name of the column in which the cursor stands.
    """
    heads = _headings(rows, table, first)
    found = Placed(told=_ragged(rows))
    body = rows[1:] if heads else rows
    names = heads or list(columns[_place_of(first, columns) :])
    for row in body:
        cells = zip(names, row, strict=False)
        found.lines.append({name: text for name, text in cells if name})
    left = [at for at in range(_width(body)) if at >= len(names) or not names[at]]
    found.told += _without_a_place(left, body, rows[0] if heads else [])
    return found


def _headings(rows: Block, table: Table, first: str) -> list[str]:
    """The column that each cell of the first row means, "" where it is none of the table.

    There is none at all where the first row holds no headings, or holds some by chance.
    """
    if len(rows) < 2:
        return []
    meant = [table.meant_by(cell) for cell in rows[0]]
    first_at = {name: at for at, name in reversed([*enumerate(meant)])}
    heads = [name if first_at[name] == at else "" for at, name in enumerate(meant)]
    known, filled = sum(map(bool, heads)), sum(map(bool, filter(str.strip, rows[0])))
    is_one = heads == [first] and first != ""
    return heads if is_one or (known > 1 and known * 2 > filled) else []


def _width(rows: Block) -> int:
    return max(map(len, rows), default=0)


def _ragged(rows: Block) -> list[str]:
    """That rows are not equally long: a spreadsheet copies none so, and a line may be two."""
    lengths = {len(row) for row in rows if _has_words(row)}
    if len(lengths) < 2:
        return []
    return [
        tr(
            "The lines that you pasted are not equally long. A line break within a cell may have "
            "made two lines of one. Compare them, or undo it."
        )
    ]


def _without_a_place(left: Sequence[int], body: Block, heads: Sequence[str]) -> list[str]:
    """That columns of a block were not pasted. No answer is quoted: it may be for few to see."""
    said = []
    for at in left:
        if any(at < len(row) and row[at].strip() for row in body):
            head = heads[at].strip() if at < len(heads) else ""
            number = tr("the column {number} of those that you pasted").format(number=at + 1)
            said.append(f"“{shortened(head)}”" if head else number)
    if not said:
        return []
    sentence = tr(
        "Left out of what you pasted, because the table has other columns: {columns}. Write the "
        "table's headings over them, or begin further left."
    )
    return [sentence.format(columns=listed(said))]


def downwards(rows: Block, table: Table, columns: Sequence[str], first: str) -> Placed:
    """The answers that a block gives to a table that is shown upright, one answer below the other.

    Args:
        rows: A block, as `block` reads it.
        table: The table it is pasted into.
        columns: The names of the columns, in the order in which the grid shows them downwards.
        first: The name of the column in which the cursor stands.

    Returns:
        One line: where rows begin with headings of the table what stands beside these, where the
        first row holds headings what stands below them, otherwise the first cell of each row, from
        `first` on.
    """
    if len(rows[0] if rows else []) > 1 and _headings(rows, table, first):
        found = placed(rows, table, columns, first)
        others = [text for line in found.lines[1:] for text in line.values()]
        return Placed(found.lines[:1], found.told + _not_pasted(others))
    if any(len(row) > 1 and table.meant_by(row[0]) for row in rows):
        answers, left = {}, []
        for head, *beside in rows:
            name = table.meant_by(head)
            if name and name not in answers:
                answers[name] = beside[0] if beside else ""
                left += beside[1:]
            else:
                left += [head, *beside]
        return Placed([answers], _not_pasted(left))
    names = columns[_place_of(first, columns) :]
    answers = {name: row[0] for name, row in zip(names, rows, strict=False)}
    left = [text for row in rows for text in row[1:]]
    left += [row[0] for row in rows[len(names) :]]
    return Placed([answers], _not_pasted(left))


def _not_pasted(texts: Sequence[str]) -> list[str]:
    """That cells of a block found no place."""
    count = sum(bool(text.strip()) for text in texts)
    if not count:
        return []
    sentence = trn(
        "{count} cell that you pasted does not belong to this table, and was left out.",
        "{count} cells that you pasted do not belong to this table, and were left out.",
        count,
    )
    return [sentence.format(count=count)]


def _place_of(name: str, columns: Sequence[str]) -> int:
    return columns.index(name) if name in columns else 0
