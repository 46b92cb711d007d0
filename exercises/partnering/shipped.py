"""The rows that come with the handbook: kinds of risk, level words, topics ... to be edited rather than typed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from partnering.tables import TABLES

LISTS = Path(__file__).parent / "lists"


@cache
def sheets() -> dict[str, pd.DataFrame]:
    """Every shipped list as a sheet of text, by the name of its table."""
    lists = {}
    for name, table in TABLES.items():
        if table.shipped:
            sheet = pd.read_csv(LISTS / table.shipped, dtype="str", keep_default_na=False, encoding="utf-8")
            lists[name] = sheet.set_axis(range(2, len(sheet) + 2))
    return lists
