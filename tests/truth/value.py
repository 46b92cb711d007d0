"""Stop 2."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from truth.aloud import or_aloud
from truth.whole import LOST_CELL, MINE, ROOM, Claim, Whole, as_typed, lost_in, records, text
from world import TICKS

WORTH_IT = TICKS["worth"]["worth_it"]
UNANSWERED = "asked, not yet answered"
UNASKED = "offered, and no ask for it yet"
MET = "asked and answered"
LINE = ("line",)
PROMISES = ("partner", "to", "what", "due", "status", "waits_for")


def closing(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    """A closing table: it is read sentence by sentence."""
    yield from ()


def _before(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    """Of the closing table of this stop the conditions are asked: each was said as one."""
    given = {
        answer.words
        for (who, _), answer in whole.world.answers["worth"].items()
        if answer.there and answer.ticks[0] == "yes, on one condition"
    }
    for said in rows.astype(str).to_numpy().ravel():
        for condition in re.findall(r"worth it, if ([\w ]+)", said):
            if condition not in given:
                yield f"nobody said: if {condition}"


def lines(whole: Whole, we: str = "") -> dict[str, dict[str, str]]:
    """The value lines, or those of one box."""
    return {row["line"]: row for row in whole.rows("value_lines") if we in ("", row["we"])}


def meeting(whole: Whole, code: str) -> set[str]:
    """The lines that meet one, whichever of the two names the other."""
    found = set()
    for one, row in lines(whole).items():
        for other in row.get("answers", "").split(", "):
            if other in lines(whole) and code in (one, other):
                found |= {one, other}
    return found - {code}


def _sheets(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    if len(rows):
        yield from as_typed(
            whole, rows, reader, "value_lines", LINE, "partner", "we", "what", "whose", "how_sure"
        )


def _asked(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        code, met = row["line"], meeting(whole, row["line"])
        yield from _is_typed(whole, row, "partner", "what", "whose")
        asks = {one for one in met if lines(whole)[one]["we"] == "bring"}
        if not set(row["met_by"]) <= met:
            yield f"{code}: met by {row['met_by']} and not {met}"
        if reader == MINE:  # to the room a line without an answer is one of what is shown here
            so = {UNANSWERED: not met, UNASKED: not met, MET: bool(met)}[row["state"]]
            if not so or set(row["met_by"]) != met:
                yield f"{code}: {row['state']}, met by {row['met_by']} and not {met}, {asks}"
        elif row["state"] == MET and not met:
            yield f"{code}: not met"


def _is_typed(whole: Whole, row: dict, *columns: str) -> Iterator[str]:
    was = lines(whole).get(row["line"], {})
    for name in columns:
        if text(row[name]) != was.get(name, ""):
            yield f"{row['line']}: {name} is {was.get(name)!r}"


def gain(row: dict[str, str]) -> str:
    """Whose a hope is."""
    whose = row.get("whose", "")
    if whose == LOST_CELL:
        return "whose it is cannot be read"
    if "all partners" in whose:
        return "shared: all partners"
    if "people we serve" in whose:
        return "of people we serve"
    return "not shared: of one or some of us" if whose else "not said whose"


def _gains(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        yield from _is_typed(whole, row, "partner", "what")
        if row["gain"] != gain(lines(whole)[row["line"]]):
            yield f"{row['line']}: {row['gain']}"
    if reader == MINE and set(rows["line"]) != set(lines(whole, "hope for")):
        yield f"hopes {list(rows['line'])}"


def said(whole: Whole) -> dict[str, str]:
    """By partner that is asked what it says of its worth."""
    return {who: word for who, word in said_by_all(whole).items() if who in whole.asked}


def said_by_all(whole: Whole) -> dict[str, str]:
    """The same, with the people served where they speak."""
    given = whole.words_given("worth", "worth_it", ())
    return {who: word for who, words in given.items() for word in words}


def _worth(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    given = said(whole)
    for row in records(rows):
        word = row["worth_it"]
        if "partners" in row:
            most = sum(one == word for one in given.values())
            if row["partners"] > most:
                yield f"{word}: {row['partners']} and not {most}"
        elif said_by_all(whole).get(row["partner"]) != word:
            yield f"{row['partner']}: {given.get(row['partner'])} and not {word}"


def _map(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        yield from _is_typed(whole, row, "partner", "what")
        said = {to for to in lines(whole)[row["line"]].get("whose", "").split(", ") if to}
        asks = lines(whole, "ask one partner for")
        met = meeting(whole, row["line"])
        askers = {asks[one]["partner"] for one in met if one in asks} - {row["partner"]}
        if row["to"] not in (said or askers or {""}) and (row["to"] or said or reader == MINE):
            yield f"{row['line']}: to {row['to']} and not {said or askers}"


def _status(open_: bool | None):
    def claims(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
        typed = {row["promise"]: _as_told(row, reader) for row in whole.rows("promises")}
        for row in records(rows):
            was = typed.get(row["promise"], {})
            for name in PROMISES:
                told = text(row[name])
                if told != was.get(name, "") and not (reader == ROOM and name == "waits_for"):
                    yield f"{row['promise']}: {name} {told!r}"
            status = was.get("status", "")
            if open_ is not None and (status in ("", "not yet due")) != open_:
                yield f"{row['promise']}: {status}"
            if open_ is False and status != "not done":
                yield f"{row['promise']}: {status}"
        if reader == MINE and open_ is not None:
            wanted = ("", "not yet due") if open_ else ("not done",)
            so = {code for code, row in typed.items() if row.get("status", "") in wanted}
            if set(rows["promise"]) != so:
                yield f"promises {list(rows['promise'])} and not {so}"

    return claims


def _as_told(row: dict[str, str], reader: str) -> dict[str, str]:
    """A promise as a reader may know it: to the room a word that could cost its owner is blank."""
    kept_back = (
        reader == ROOM and row.get("status") == "not done" and row.get("share") != "everyone here"
    )
    return row | {"status": ""} if kept_back else row


def promised(whole: Whole, surely: bool = False) -> set[str]:
    """Who has promised something; or may have, where it cannot be read how sure it is."""
    by_line = {
        row["partner"]
        for row in lines(whole).values()
        if row.get("how_sure") == "we promise it" or (not surely and "how_sure" in lost_in(row))
    }
    return by_line | {row["partner"] for row in whole.rows("promises")}


def _nothing_promised(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    hopes = [row["partner"] for row in lines(whole, "hope for").values()]
    so = {who: hopes.count(who) for who in hopes if who not in promised(whole)}
    told = dict(zip(rows["partner"], rows["hopes"], strict=True))
    if told != (so if reader == MINE else {}):
        yield f"{told} and not {so}"


CLAIMS: dict[str, Claim] = {
    "value.value_sheets": _sheets,
    "value.asked_and_answered": _asked,
    "value.gains": _gains,
    "value.worth": or_aloud("worth", _worth),
    "value.value_map": _map,
    "value.open_promises": _status(True),
    "value.not_kept": _status(False),
    "value.promise_calendar": _status(None),
    "value.nothing_promised_yet": _nothing_promised,
    "value.before_you_move_on": _before,
}
