"""Partnerships made of a few lines, for tests that work a value by hand."""

from __future__ import annotations

import pandas as pd

from partnering.partnership import Partnership
from partnering.schema.tables import TABLES


def sheet(name: str, rows: list) -> pd.DataFrame:
    """A sheet as typed: each row a mapping, or the cells of the table's first columns in their order."""
    heads = list(TABLES[name].by_name)
    told = [row if isinstance(row, dict) else dict(zip(heads, row, strict=False)) for row in rows]
    frame = pd.DataFrame(
        [{head: str(row.get(head, "")) for head in heads} for row in told], columns=heads
    )
    return frame.astype("str").set_axis(range(2, len(frame) + 2))


def partnership(partners: str = "", /, **tables) -> Partnership:
    """A partnership of partners named by their codes ("ANA BEN") and of the tables given as rows."""
    sheets = {
        "partners": sheet("partners", [(code, f"The {code} house") for code in partners.split()])
    }
    sheets |= {name: sheet(name, rows) for name, rows in tables.items()}
    return Partnership(sheets, "test")


def views(partners: str, likely_hard: dict[str, str]) -> list[tuple]:
    """Risk views in the short hand of a facilitator: {"R1": "l/h c/s"}, one pair a partner in their order.

    h hardly, c could happen, l likely, n happening already; 0 hardly, s slows us, h hurts us, f could finish us;
    ? cannot say, - rather not say here.
    """
    likely = {"h": "hardly", "c": "could happen", "l": "likely", "n": "happening already"}
    hard = {"0": "hardly", "s": "slows us", "h": "hurts us", "f": "could finish us"}
    outside = {"?": "cannot say", "-": "rather not say here"}
    rows = []
    for risk, pairs in likely_hard.items():
        for partner, pair in zip(partners.split(), pairs.split(), strict=True):
            one, other = pair.split("/")
            rows.append((partner, "", risk, (likely | outside)[one], (hard | outside)[other]))
    return rows
