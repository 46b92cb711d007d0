"""The rows that come with the handbook: kinds of risk, level words, topics ... to be edited rather than typed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from partnering.schema.kinds import Text
from partnering.schema.tables import TABLES

LISTS = Path(__file__).parent


@cache
def sheets() -> dict[str, pd.DataFrame]:
    """Every shipped list as a sheet of text, by the name of its table."""
    lists = {}
    for name, table in TABLES.items():
        if table.shipped:
            sheet = pd.read_csv(
                LISTS / table.shipped, dtype="str", keep_default_na=False, encoding="utf-8"
            )
            lists[name] = sheet.set_axis(range(2, len(sheet) + 2))
    return lists


def messages(fileobj, keywords, comment_tags, options):
    """The texts of a shipped list for a translator: an extraction method for Babel (see locale/babel.cfg)."""
    name = Path(fileobj.name).stem
    columns = [column.name for column in TABLES[name].columns if isinstance(column.kind, Text)]
    for row, line in pd.read_csv(fileobj, dtype="str", keep_default_na=False)[columns].iterrows():
        yield from ((row + 2, None, text, []) for text in line if text)
