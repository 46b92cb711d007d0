"""Partnerships made of a few lines, for tests that work a value by hand."""

from __future__ import annotations

import copy
from functools import lru_cache

import pandas as pd

from partnering.partnership import Partnership
from partnering.schema.tables import TABLES

Typed = tuple[tuple[str, ...], ...]  # the cells of a sheet, line by line


def sheet(name: str, rows: list) -> pd.DataFrame:
    """A sheet as typed: each row a mapping, or the cells of the table's first columns in their order."""
    return _sheet(name, _typed(name, rows))


def _typed(name: str, rows: list) -> Typed:
    heads = list(TABLES[name].by_name)
    told = [row if isinstance(row, dict) else dict(zip(heads, row, strict=False)) for row in rows]
    return tuple(tuple(str(row.get(head, "")) for head in heads) for row in told)


def _sheet(name: str, typed: Typed) -> pd.DataFrame:
    heads = list(TABLES[name].by_name)
    return pd.DataFrame(typed, columns=heads, index=range(2, len(typed) + 2), dtype="str")


def partnership(partners: str = "", /, **tables) -> Partnership:
    """A partnership of partners named by their codes ("ANA BEN") and of the tables given as rows."""
    houses = [(code, f"The {code} house") for code in partners.split()]
    told = {"partners": houses, **tables}
    return own(_made(tuple((name, _typed(name, rows)) for name, rows in told.items())))


def own(p: Partnership) -> Partnership:
    """A partnership as it was read or made; what a test does to it stays in that test.

    What has been worked out of it already is known to every copy, and sheets are replaced as a
    whole: whoever changes a single cell does it in a copy of the sheet.
    """
    mine = copy.copy(p)
    mine.sheets, mine.tables = dict(p.sheets), dict(p.tables)
    mine.problems, mine.kept, mine._watchers = list(p.problems), list(p.kept), []
    mine._reading = p._reading.copy()
    return mine


@lru_cache(maxsize=64)
def _made(told: tuple[tuple[str, Typed], ...]) -> Partnership:
    """Checking takes longest, and many tests speak of the same few lines."""
    return Partnership({name: _sheet(name, typed) for name, typed in told}, "test")


def views(partners: str, likely_hard: dict[str, str]) -> list[tuple]:
    """Risk views in the short hand of a facilitator: {"R1": "l/h c/s"}, one pair a partner in their order.

    h hardly, c could happen, l likely, n already happening; 0 hardly, s slows us, h harms us, f could end us;
    ? cannot say, - prefer not to say here.
    """
    likely = {"h": "not likely", "c": "possible", "l": "likely", "n": "already happening"}
    hard = {"0": "little effect", "s": "slows us", "h": "harms us", "f": "could end us"}
    outside = {"?": "we do not know", "-": "prefer not to say here"}
    rows = []
    for risk, pairs in likely_hard.items():
        for partner, pair in zip(partners.split(), pairs.split(), strict=True):
            one, other = pair.split("/")
            rows.append((partner, "", risk, (likely | outside)[one], (hard | outside)[other]))
    return rows
