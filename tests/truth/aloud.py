"""What stands in place of ticks that are not shown: decisions, freed words, and a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from truth.whole import LOST_CELL, MINE, ROOM, Claim, Whole, lost_in, records, text
from world import GUARDED

DECISION = ("outcome", "what_we_decided", "who", "by_when")


def decisions(whole: Whole, code: str) -> set[tuple[str, ...]]:
    """What was decided about a code: the outcome, the words, who and by when."""
    return {
        tuple(
            LOST_CELL if name == "by_when" and name in lost_in(row) else row.get(name, "")
            for name in DECISION
        )
        for row in whole.rows("decisions")
        if code and re.search(rf"\b{code}\b", row["about"])
    }


def freed(whole: Whole, table: str, code: str) -> set[str]:
    """The guarded words about one item that their owners have marked for the room."""
    return {
        tick
        for (who, item), answer in whole.world.answers[table].items()
        if (item[-1] if item else "") == code and answer.freed()
        if who not in whole.world.not_shown(table)
        for tick in answer.ticks
        if tick in GUARDED
    }


def or_aloud(table: str, named: Claim) -> Claim:
    """The claims of a result in place of which the room may be asked something aloud."""

    def claims(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
        if "item" not in rows:
            yield from named(whole, rows, reader)
            return
        if reader == MINE or whole.world.openly(table):
            yield "the ticks may be shown"
        for row in records(rows):
            decided = {tuple(map(text, one)) for one in row["decided"]}
            if not decided <= decisions(whole, row["item"]):
                yield f"{row['item']}: {decided} and not {decisions(whole, row['item'])}"
            if reader == ROOM and not set(row["freed"]) <= freed(whole, table, row["item"]):
                yield f"{row['item']}: {row['freed']} was not freed"

    return claims
