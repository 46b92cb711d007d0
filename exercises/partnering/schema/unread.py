"""Cells in which something is written that cannot be read: they are empty, and not left open.

Each table has one column more than the schema, `UNREAD`, which goes with its rows: the names of the
columns in which that is so. Where partners are named `UNREAD` stands in the cell itself.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pandas as pd

from partnering.schema.kinds import TEXT, UNREAD


def noted(cells: Mapping[str, Collection[int]], index: pd.Index) -> pd.Series:
    """The column that says what cannot be read.

    Args:
        cells: By the name of a column the rows in which something is written that cannot be read.
        index: The rows of the table.
    """
    if not cells:  # as nearly always
        return pd.Series("", index, dtype=TEXT)
    names: dict[int, list[str]] = {}
    for column, rows in cells.items():
        for row in rows:
            names.setdefault(row, []).append(column)
    return pd.Series([" ".join(names.get(row, ())) for row in index], index, dtype=TEXT)


def names_in(row: Mapping[Hashable, Any]) -> list[str]:
    """The columns of one row in which something is written that cannot be read.

    Args:
        row: The cells of the row by the names of their columns.
    """
    return row[UNREAD].split()


def also(frame: pd.DataFrame, column: str, rows: pd.Series) -> pd.DataFrame:
    """A table that says of one column more in which rows something cannot be read.

    Args:
        frame: A table.
        column: The name of the column.
        rows: True for each such row.
    """
    told = [f"{names} {column}".strip() for names in frame[UNREAD]]
    some = pd.Series(told, frame.index, dtype=TEXT)
    return frame.assign(**{UNREAD: frame[UNREAD].mask(rows & ~is_unread(frame, column), some)})


def any_in(frame: pd.DataFrame) -> bool:
    """Whether anything is written in a table that cannot be read."""
    return UNREAD in frame and any(frame[UNREAD].tolist())


def is_unread(frame: pd.DataFrame, column: str) -> pd.Series:
    """In which rows something is written that cannot be read.

    Args:
        frame: A table.
        column: The name of one of its columns.
    """
    if not any_in(frame):
        return pd.Series(False, index=frame.index)
    return frame[UNREAD].map(lambda names: column in names.split()).astype(bool)


def without(frame: pd.DataFrame, columns: Collection[str]) -> pd.DataFrame:
    """A table that does not say of some columns what cannot be read there.

    Args:
        frame: A table.
        columns: The names of the columns.
    """
    if not any_in(frame):
        return frame
    left = [
        " ".join(name for name in names.split() if name not in columns) for names in frame[UNREAD]
    ]
    return frame.assign(**{UNREAD: pd.Series(left, frame.index, dtype=TEXT)})
