"""The lines that a grid shows of a table: the rows of its sheet, and lines that wait to be typed.

A waiting line is one that the form of a partner has printed, one at the end for whatever comes
next, or one that somebody has added. It becomes a row with the first word that is typed in it.
Knows no Jupyter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from partnering.jupyter import form_rows
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.columns import Table
from partnering.schema.free_names import free_name

Cells = dict[str, str]
Rows = dict[int, Cells]


@dataclass
class Line:
    """One line of a grid.

    Attributes:
        name: What the grid calls it, the same as long as it is shown.
        row: The number of its row in the sheet; None while nothing is typed in it.
        begins: What stood in it before anybody typed, by column.
        cells: What stands in it now, by column.
    """

    name: str
    row: int | None
    begins: Cells = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)


def sheet_of(partnership: Partnership, name: str) -> pd.DataFrame:
    """What is typed of a table so far; the handbook's own list where nobody has edited it."""
    if name in partnership.sheets:
        return partnership.sheets[name]
    return lists.sheets().get(name, pd.DataFrame(dtype="str"))


def rows_of(sheet: pd.DataFrame) -> Rows:
    """The cells of a sheet, by row number and column."""
    names = list(sheet.columns)
    cells = sheet.to_numpy(dtype=object).tolist()
    return {
        row: dict(zip(names, texts, strict=True))
        for row, texts in zip(sheet.index, cells, strict=True)
    }


def match(lines: Sequence[Line], rows: Rows, columns: Sequence[str]) -> list[Line]:
    """Tie lines to the rows of a sheet that was changed elsewhere since they were read.

    A line keeps its row where that still says the same. Else it goes to the first row that says
    what the line says, else to the row with its number.

    Args:
        lines: The lines that were shown; the row numbers of those that find a row are set anew.
        rows: The rows of the changed sheet.
        columns: The columns of the changed sheet; only these are compared.

    Returns:
        The lines that have a row, and those that wait; without those whose row is gone.
    """
    free = {row: tuple(cells.values()) for row, cells in rows.items()}
    with_row = [line for line in lines if line.row is not None]
    lost = {line.name: tuple(line.cells.get(name, "") for name in columns) for line in with_row}

    def tie(line: Line, row: int) -> None:
        line.row = row
        del free[row], lost[line.name]

    for line in with_row:
        if line.row in free and free[line.row] == lost[line.name]:
            tie(line, line.row)
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, texts in reversed(free.items()):
        same[texts].append(row)
    for line in with_row:
        if line.name in lost and same[lost[line.name]]:
            tie(line, same[lost[line.name]].pop())
    for line in with_row:
        if line.name in lost and line.row in free:
            tie(line, line.row)
    return [line for line in lines if line.name not in lost]


def waiting(
    seen: Partnership,
    table: Table,
    rows: Collection[Cells],
    shown: Sequence[Line],
    added: Sequence[Line],
    used: Collection[str],
) -> list[Line]:
    """The lines of a table's forms that wait to be typed, and the one at its end.

    Lines that wait in one place one after the other are called `name`, `name#2`, `name#3`:
    `grid.js` counts on by itself, so that people may type into the next before Python has answered.

    Args:
        seen: The partnership as the reader sees it.
        table: The table that is typed.
        rows: The rows that the reader sees.
        shown: The lines that have been shown so far. One that waited keeps the code with which it
            waited, unless a row has taken that.
        added: The lines that somebody has added and nobody has typed in.
        used: Names that no waiting line may have.

    Returns:
        The waiting lines, in the order of the forms.
    """
    before = {line.name: line.begins for line in shown if line.row is None}
    found: list[Line] = []
    filled: list[Mapping[str, str]] = [*rows, *(line.cells for line in added)]
    for name, begins in form_rows.lines(seen, table, filled):
        free = free_name(name, used.__contains__, partial("{}#{}".format, name))
        known = before.get(free, begins)
        if known != begins and not any(known.items() <= row.items() for row in rows):
            begins = known
        found.append(Line(free, None, begins, dict(begins)))
    return found
