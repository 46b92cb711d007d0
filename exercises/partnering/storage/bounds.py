"""How much a file may hold, whatever it claims: what lies beyond is told and not read.

A partnership is small. A file that would take more room than any partnership does is refused with
a sentence, before room is made for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partnering.language import tr
from partnering.storage import atomic
from partnering.storage.atomic import NotOpened

LARGEST = atomic.LARGEST  # bytes of a workbook unpacked, and letters of all its cells together
MOST_PARTS = 2_000  # of a workbook
MOST_SHEETS = 200  # of a workbook
MOST_CELLS = 500_000  # with something in them
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, as spreadsheets have it
LONGEST_ROW = 4_000_000  # letters of one row of a CSV file
_BLANK, _A_CELL = 2_000_000, 10  # blank cells: so many anyway, and so many beside each filled one


def too_large(name: str) -> NotOpened:
    """The refusal of a file that holds more than any partnership does.

    Args:
        name: What it is called.
    """
    return NotOpened(
        tr(
            "{name} holds more than any partnership does, so it was not read. Copy what is needed "
            "into a new file, and try again."
        ).format(name=name)
    )


def row_too_long(name: str, row: int) -> NotOpened:
    """The refusal of a CSV file of which one row is longer than any partnership.

    Args:
        name: What it is called.
        row: The row, as a spreadsheet numbers it.
    """
    return NotOpened(
        tr(
            "{name}, row {row}: more than {count} million letters are in this row, so nothing of "
            "the file was read. Perhaps a quotation mark is not closed. Take out what does not "
            "belong there, and try again."
        ).format(name=name, row=row, count=LONGEST_ROW // 10**6)
    )


def is_fit(rows: int, columns: int, cells: int) -> bool:
    """Whether a sheet may be laid out: blank cells take room as well.

    Args:
        rows: How many rows it has down to the last.
        columns: How many columns it has up to the last.
        cells: How many of its cells hold something.
    """
    return rows * columns <= _BLANK + _A_CELL * cells


def refuse_too_wide(rows: Sequence[Sequence[str]], name: str) -> None:
    """Refuse the rows of a CSV file that would not fit into a sheet.

    Args:
        rows: The cells of each row.
        name: The name of the file.

    Raises:
        NotOpened: It has more cells than any partnership, or one row is much wider than the rest.
    """
    cells, widest, longest, filled = 0, 0, 0, 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        filled += any(row)
        if len(row) > widest:
            widest, longest = len(row), number
    if widest > MOST_COLUMNS or not is_fit(filled, widest, cells):
        raise NotOpened(
            tr(
                "{name}, row {row}: {count} cells are in this row, so nothing of the file was "
                "read. Take out what does not belong there, and try again."
            ).format(name=name, row=longest, count=widest)
        )
    if sum(map(len, (row for row in rows if any(row)))) > MOST_CELLS:
        raise too_large(name)


def gap(taken: Iterable[tuple[int, int]], widest: int) -> int:
    """Where what hangs together ends: behind it come more blank lines than are usual.

    Args:
        taken: The first and the last of lines in which something stands, in any order.
        widest: How many blank lines may stand in between.

    Returns:
        The last line before the first wide gap, or the last of all.
    """
    end = -1
    for first, last in sorted(taken):
        if end >= 0 and first - end > widest:
            return end
        end = max(end, last)
    return end
