"""Where the answers of a table shown upright stand: one row here, many in the spreadsheet.

Such a sheet is one row of a frame. In which row of the spreadsheet each of its answers stands goes
with the frame, and is read and handed on only here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

_NOTED = "rows"


class _Rows(dict[str, int]):
    """The rows by column, which nobody changes.

    Pandas copies what goes with a frame deeply, each time that a column is taken out of it.
    """

    def __deepcopy__(self, memo: object) -> _Rows:
        return self


def note(sheet: pd.DataFrame, rows: Mapping[str, int]) -> None:
    """Note in which row of the spreadsheet the answer of each column stands.

    Args:
        sheet: The sheet, as one row.
        rows: The row numbers by the columns of the sheet.
    """
    sheet.attrs[_NOTED] = _Rows(rows)


def seen_in(sheet: pd.DataFrame, column: str, row: Hashable) -> Any:
    """The row of the spreadsheet in which people see a cell.

    Args:
        sheet: What was typed.
        column: The column of the cell.
        row: Its row in the sheet, which is the same but where the table is shown upright.
    """
    return sheet.attrs.get(_NOTED, {}).get(column, row)


def keep(made: pd.DataFrame, sheet: pd.DataFrame) -> pd.DataFrame:
    """A sheet made of another one, with the same places noted; pandas forgets them on the way."""
    made.attrs = dict(sheet.attrs)
    return made
