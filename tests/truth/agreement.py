"""Stop 5."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from truth.value import closing
from truth.whole import LOST_CELL, MINE, ROOM, Claim, Whole, lost_in, records, text

IN_A_DOCUMENT = ("partnership agreement", "grant agreement", "in both")
UNSETTLED = ("they differ", "we do not know")
GRANTS = ("grant", "grants and such")  # what cannot be read counts as a grant


def form(row: dict[str, str]) -> str:
    """In which form a sum moves."""
    return "grant" if row["form"] in GRANTS else row["form"]


def _documents(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    forms = {code: form(row) for code, row in whole.by("transfers").items()}
    told = set()
    for row in records(rows):
        codes = set(filter(None, text(row["transfers"]).split(", ")))
        told |= codes
        for code in codes:
            typed = whole.by("transfers")[code]
            if row["document"] == "grant agreement" and forms[code] != "grant":
                yield f"{code} is no grant"
            if row["document"] == "no grant agreement" and forms[code] in ("grant", ""):
                yield f"{code} is {forms[code]!r}"
            if row["why"] != "passed on" and typed["from"] not in row["giver"]:
                yield f"{code}: from {typed['from']}"
        if row["why"] == "no money" and row["document"] != "not known":
            yield "nobody has said that no money moves"
    if reader == MINE and told != set(forms):
        yield f"{told} and not {set(forms)}"


def _topics(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    typed = {row["topic"]: row for row in whole.rows("topics")}
    for row in records(rows):
        one = typed[row["topic"]]
        so = LOST_CELL if "where" in lost_in(one) else one.get("where", "")
        if text(row["where"]) != so:
            yield f"{row['topic']}: {row['where']}"
    if reader == MINE and set(rows["topic"]) != set(typed):
        yield "topics are missing"


def unsettled(whole: Whole) -> set[str]:
    """Topics in both documents of which people ticked that they differ, or that they do not know."""
    return {
        row["topic"]
        for row in whole.rows("topics")
        if row.get("where") == "in both" and row.get("together") in UNSETTLED
    }


def _differ(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    told = set(rows["topic"])
    if not told <= unsettled(whole) or (reader == MINE and told != unsettled(whole)):
        yield f"{told} and not {unsettled(whole)}"


def alone(whole: Whole) -> set[str]:
    """The rights that one partner holds without asking anybody first."""
    return {
        row["right"]
        for row in whole.rows("rights")
        if row.get("decides", "") in whole.named and not row.get("asked_first")
    }


def _alone(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    told = set(rows["right"])
    if not told <= alone(whole) or (reader == MINE and told != alone(whole)):
        yield f"{told} and not {alone(whole)}"
    for row in records(rows):
        typed = {one["right"]: one for one in whole.rows("rights")}[row["right"]]
        for name in ("decides", "told_after", "reason_given"):
            if text(row[name]) != typed.get(name, "") and reader != ROOM:
                yield f"{row['right']}: {name} {row[name]!r}"


def _rights(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    columns = ("decides", "asked_first", "told_after")
    typed = {row["right"]: row for row in whole.rows("rights")}
    for row in records(rows):
        for name in (*columns, "reason_given"):
            said, was = text(row[name]), typed[row["right"]].get(name, "")
            if said != was and not (
                reader == ROOM and set(said.split(", ")) - {""} < {*was.split(", ")}
            ):
                yield f"{row['right']}: {name} is {was!r} and not {said!r}"
    so = {right for right, row in typed.items() if any(row.get(name) for name in columns)}
    if not set(rows["right"]) <= so or (reader == MINE and set(rows["right"]) != so):
        yield f"{set(rows['right'])} and not {so}"


CLAIMS: dict[str, Claim] = {
    "agreement.documents": _documents,
    "agreement.topics_by_document": _topics,
    "agreement.differ": _differ,
    "agreement.rights": _rights,
    "agreement.decided_alone": _alone,
    "agreement.before_you_move_on": closing,
}
