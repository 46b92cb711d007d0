"""The rows that come with the handbook, to be edited rather than typed, such as kinds of risk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from partnering.schema.kinds import Text
from partnering.schema.tables import TABLES

LISTS = Path(__file__).parent
BEFORE = LISTS / "before"  # lists as they came with an earlier handbook, where texts have changed


@cache
def sheets() -> dict[str, pd.DataFrame]:
    """Every list that comes with the handbook as a sheet of text, by the name of its table."""
    lists = {}
    for name, table in TABLES.items():
        if table.shipped:
            sheet = _read(LISTS / table.shipped)
            lists[name] = sheet.set_axis(range(2, len(sheet) + 2))
    return lists


@cache
def proposals(name: str) -> frozenset[tuple[str, ...]]:
    """The texts of each row that comes, or came earlier, with the handbook.

    Args:
        name: The name of a table that comes filled in.

    Returns:
        The cells in the columns of text, in their order.
    """
    texts = [column.name for column in TABLES[name].columns if isinstance(column.kind, Text)]
    return frozenset(rows(name)[texts].itertuples(index=False, name=None))


@cache
def rows(name: str) -> pd.DataFrame:
    """The rows of a list that come, or came earlier, with the handbook, those of today first.

    Args:
        name: The name of a table that comes filled in.
    """
    return pd.concat([sheets()[name], _before(name)], ignore_index=True)


def came_so(name: str, sheet: pd.DataFrame) -> bool:
    """Whether a sheet is as it comes, or came earlier, with the handbook.

    Args:
        name: The name of a table that comes filled in.
        sheet: The cells as they were typed, under the names of their columns.

    Returns:
        Whether every row is, in its place, that of the list of today, or that of a list of before
        which it has replaced. Columns that the list has not must be empty.
    """
    today = sheets()[name]
    columns = list(today.columns)
    if len(sheet) != len(today) or sheet.drop(columns=columns, errors="ignore").any(axis=None):
        return False
    came = {(_key(name, row), tuple(row)) for row in _before(name).to_numpy().tolist()}
    rows = zip(
        today.to_numpy().tolist(),
        sheet.reindex(columns=columns, fill_value="").to_numpy().tolist(),
        strict=True,
    )
    return all(row == now or (_key(name, now), tuple(row)) in came for now, row in rows)


def _key(name: str, row: list[str]) -> tuple[object, ...]:
    """What a row of a list is called today."""
    cells = dict(zip(sheets()[name].columns, row, strict=True))
    return tuple(TABLES[name].by_name[key].kind.read(cells[key]) for key in TABLES[name].key)


@cache
def _before(name: str) -> pd.DataFrame:
    """The rows of a list as they came with an earlier handbook, where they have changed."""
    place = BEFORE / TABLES[name].shipped
    return _read(place) if place.is_file() else sheets()[name].iloc[:0]


def _read(place: Path) -> pd.DataFrame:
    return pd.read_csv(place, dtype="str", keep_default_na=False, encoding="utf-8")


def messages(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The texts of a list for a translator: an extraction method for Babel (see locale/babel.cfg).

    Args:
        fileobj: The open CSV file of the list.
        keywords: Not used; Babel hands it to every method.
        comment_tags: Not used.
        options: Not used.

    Yields:
        For each text its line, no function, the text and no comments, as Babel takes them.
    """
    name = Path(fileobj.name).stem
    columns = [column.name for column in TABLES[name].columns if isinstance(column.kind, Text)]
    rows = pd.read_csv(fileobj, dtype="str", keep_default_na=False)[columns]
    for number, texts in enumerate(rows.itertuples(index=False), start=2):
        yield from ((number, None, text, []) for text in texts if text)
