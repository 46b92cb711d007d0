"""Stop 7."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from truth.value import closing
from truth.whole import MINE, ROOM, Claim, Whole, as_typed, lost_in, records, text

HOLDING = ("holder", "stand_in", "to_be_told_before", "our_units_differ_on", "what_we_will_mend")
CONTACT = ("we", "relationship_holder_knows", "about_what", "how_often")
GUARDED = ("done late or in part", "not done")


def holders(whole: Whole) -> dict[str, dict[str, str]]:
    """The partners that have named a holder."""
    return {row["partner"]: row for row in whole.rows("holding") if row.get("holder")}


def _holding(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from as_typed(whole, rows, reader, "holding", ("partner",), *HOLDING)
    if reader == ROOM and whole.few_and_held and any(map(text, rows["our_units_differ_on"])):
        yield "a house differs inside"


def _kept(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from as_typed(whole, rows, reader, "kept", ("what", "partner"), "how")
    for row in records(rows) if reader == ROOM else ():
        if text(row["seen_by"]):
            yield f"{row['what']}: seen by {row['seen_by']}"


def _contacts(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    key = ("partner", "unit", "with_partner")
    yield from as_typed(whole, rows, reader, "contacts", key, *CONTACT)


def _reached(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    columns = ("what", "from", "to", "month", "announced")
    yield from as_typed(whole, rows, reader, "requests", ("request",), *columns)
    for row in records(rows) if reader == ROOM else ():
        if whole.few_and_held and (text(row["from"]) or text(row["to"])):
            yield f"{row['request']}: from {row['from']} to {row['to']}"
        if text(row["what_it_took"]):
            yield f"{row['request']}: it took {row['what_it_took']}"


def together(whole: Whole) -> set[tuple[str, str, tuple[str, ...]]]:
    """The requests to one partner in one week, or in the same words."""
    weeks: dict[tuple[str, str], set[str]] = {}
    words: dict[tuple[str, str], set[str]] = {}
    for row in whole.rows("requests"):
        words.setdefault((row["to"], row["what"]), set()).add(row["request"])
        if "month" in lost_in(row):
            continue
        year, week, _ = date.fromisoformat(row["month"]).isocalendar()
        weeks.setdefault((row["to"], f"{year}-{week:02}"), set()).add(row["request"])
    found = {
        ("in one week", *key, tuple(sorted(some))) for key, some in weeks.items() if len(some) > 1
    }
    found |= {
        ("asked twice", *key, tuple(sorted(some))) for key, some in words.items() if len(some) > 1
    }
    return {(why, to, codes) for why, to, _, codes in found}


def _same_week(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    so = together(whole)
    told = {(row["why"], row["to"], tuple(sorted(row["requests"]))) for row in records(rows)}
    for why, to, codes in told:
        nameless = reader == ROOM and whole.few_and_held
        if not any(
            one[:2] == (why, one[1] if nameless else to) and set(codes) <= set(one[2]) for one in so
        ):
            yield f"{why}, {to}, {codes} and not {so}"
        if nameless and to:
            yield f"{codes} reached {to}"
    if reader == MINE and told != so:
        yield f"{told} and not {so}"


def not_known(whole: Whole) -> set[tuple[str, str, str]]:
    """Holders without a stand-in, and contacts of which the holder is not told."""
    found = {
        ("no stand-in", who, "") for who, row in holders(whole).items() if not row.get("stand_in")
    }
    return found | {
        ("holder not told", row["partner"], row["unit"])
        for row in whole.rows("contacts")
        if row.get("relationship_holder_knows") == "no"
    }


def _who_knows(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    so = not_known(whole)
    told = {(row["why"], row["partner"], text(row["unit"])) for row in records(rows)}
    if not told <= so or (reader == MINE and told != so):
        yield f"{told} and not {so}"


CLAIMS: dict[str, Claim] = {
    "coherence.holding": _holding,
    "coherence.text_and_practice": _kept,
    "coherence.who_turns_to_you": _contacts,
    "coherence.reached_us": _reached,
    "coherence.same_week": _same_week,
    "coherence.who_knows": _who_knows,
    "coherence.contact_map": _contacts,
    "coherence.before_you_move_on_contacts": closing,
    "coherence.before_you_move_on": closing,
}
