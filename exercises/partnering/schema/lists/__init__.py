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
    table, rows = TABLES[name], [sheets()[name]]
    texts = [column.name for column in table.columns if isinstance(column.kind, Text)]
    if (BEFORE / table.shipped).is_file():
        rows.append(_read(BEFORE / table.shipped))
    return frozenset(
        row for sheet in rows for row in sheet[texts].itertuples(index=False, name=None)
    )


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
