"""Where the tour begins."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from truth.value import closing
from truth.whole import MINE, Claim, Whole, records, text


def _filled_in(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        table = row["table"]
        there = len(whole.rows(table)) if table in whole.world.lines else 0
        world = whole.world
        there += sum(answer.there for answer in world.answers.get(table, {}).values())
        there += len(world.voices.get(table, {}))
        if not whole.edited(table) and table not in world.answers:
            there = max(there, len(whole.rows(table)))
        if row["lines"] > there:
            yield f"{table}: {row['lines']} lines and not {there}"


def _undertaking(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    if set(rows["partner"]) != set(whole.asked):
        yield f"{set(rows['partner'])} are not all that are asked"
    for row in records(rows):
        signed = whole.signed.get(row["partner"], "")
        if text(row["signed_on"]) != signed:
            yield f"{row['partner']} has signed on {signed!r}"


CLAIMS: dict[str, Claim] = {
    "start.who_holds": closing,
    "start.undertaking": _undertaking,
    "start.filled_in": _filled_in,
    "start.tour_map": _filled_in,
}
__all__ = ["CLAIMS", "MINE"]
