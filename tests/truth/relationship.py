"""Stop 6."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from truth.aloud import or_aloud
from truth.value import closing
from truth.whole import MINE, ROOM, Claim, Whole, as_typed, lost_in, records, text

APART, OTHERS_FROM = 2, 4
US, THEM = "our own organisation", "the other partners, taken together"
MOMENT = ("what_happened", "then", "what_helped_or_would_have")


def _story(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from as_typed(whole, rows, reader, "moments", ("moment", "when"), *MOMENT)
    days: dict[str, set[str]] = {}
    for row in whole.rows("moments"):
        days.setdefault(row["moment"], set()).add(row["when"])
    for row in records(rows):
        differs = len(days[row["moment"]]) > 1
        if (row["dated_differently"] and not differs) or (
            reader == MINE and differs != row["dated_differently"]
        ):
            yield f"{row['moment']}: dated differently {row['dated_differently']}"


def said(whole: Whole, about: str, behaviour: str) -> list[tuple[int, int]]:
    """Where all organisations stand, those we serve with them."""
    item = (about, behaviour)
    found = [whole.middles("behaviour_views", who, item)[0] for who in whole.named]
    return sorted(places for places in found if places)


def _middles(places: list[tuple[int, int]], low: bool) -> tuple[int, int]:
    ends = sorted(place[0 if low else 1] for place in places)
    return ends[(len(ends) - 1) // 2], ends[len(ends) // 2]


def _own_and_others(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        for column, about in (("ourselves", US), ("others", THEM)):
            so = said(whole, about, row["behaviour"])
            told = [(count[0], count[1]) for count in row[column] for _ in range(count[2])]
            if reader == MINE and len(so) > 1 and sorted(told) != so:
                yield f"{row['behaviour']} {about}: {sorted(told)} and not {so}"
            for place in set(told):
                if reader == ROOM and told.count(place) > sum(
                    one == place or one[0] <= place[0] <= one[1] for one in so
                ):
                    yield f"{row['behaviour']} {about}: {told} and not {so}"
            if len(told) == 1:
                yield f"{row['behaviour']} {about}: one alone"
            if reader == ROOM and about == THEM and whole.many < OTHERS_FROM and told:
                yield f"{row['behaviour']}: {whole.many} partners could subtract"
        if row["whole"] and any(
            not whole.all_answered("behaviour_views", (about, row["behaviour"]))
            for about in (US, THEM)
        ):
            yield f"{row['behaviour']}: not all have answered"


def chosen(whole: Whole) -> set[str]:
    """The partners that have chosen a behaviour, or what they will do."""
    columns = ("behaviour", "what_we_will_do_differently")
    rows = whole.rows("practising")
    return {
        row["partner"]
        for row in rows
        if any(row.get(name) for name in columns) or "behaviour" in lost_in(row)
    }


def _practising(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    columns = ("behaviour", "what_we_will_do_differently", "who_will_tell_us")
    for row in records(rows):
        was = {one["partner"]: one for one in whole.rows("practising")}.get(row["partner"], {})
        if any(text(row[name]) != was.get(name, "") for name in columns):
            yield f"{row} and not {was}"
    if reader == MINE and set(rows["partner"]) != chosen(whole):
        yield f"{set(rows['partner'])} and not {chosen(whole)}"


def _rehearsals(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    typed = {row["conversation"]: row for row in whole.rows("rehearsals")}
    for row in records(rows):
        if any(text(row[name]) != typed[row["conversation"]][name] for name in row):
            yield f"{row['conversation']}"


CLAIMS: dict[str, Claim] = {
    "relationship.story": _story,
    "relationship.own_and_others": or_aloud("behaviour_views", _own_and_others),
    "relationship.own_and_others_strip": or_aloud("behaviour_views", _own_and_others),
    "relationship.practising": _practising,
    "relationship.rehearsals": _rehearsals,
    "relationship.before_you_move_on": closing,
}
