"""Stop 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import pandas as pd

from truth.aloud import or_aloud
from truth.value import closing, lines
from truth.whole import MINE, ROOM, Claim, Whole, as_typed, records, text
from world import HARD, LIKELY, TICKS

SCALES = {"how_likely": LIKELY, "how_hard_on_us": HARD}
COULD_HAPPEN, HURTS, APART = 1, 2, 2
KINDS = ("security", "ethical", "reputational", "political")
LEVELS = ("low", "moderate", "high", "critical")


def both(whole: Whole, risk: str, of: Collection[str] = ()) -> dict[str, tuple]:
    """By partner its middles on how likely and how hard, where it has answered both.

    They are of all, or of some partners.
    """
    found = {who: whole.middles("risk_views", who, (risk,)) for who in of or whole.named}
    return {who: places for who, places in found.items() if None not in places}


def _left_open(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        answered = whole.answered("risk_views", (row["risk"],))
        if row["answered"] > answered or (reader == MINE and row["answered"] != answered):
            yield f"{row['risk']}: {row['answered']} and not {answered}"
        if reader == MINE and answered == whole.many:
            yield f"{row['risk']}: nobody left it open"
    if reader == MINE:
        so = {code for code in whole.by("risks") if not whole.all_answered("risk_views", (code,))}
        if set(rows["risk"]) != so and whole.by("risks"):
            yield f"{list(rows['risk'])} and not {so}"


def _view(whole: Whole, row: dict) -> Iterator[str]:
    """One partner's words on one risk, by name."""
    places = whole.middles("risk_views", row["partner"], (row["risk"],))
    for (name, scale), so in zip(SCALES.items(), places, strict=True):
        if so is None:
            if text(row[name]):
                yield f"{row['risk']} {row['partner']}: {name} was not said"
        elif text(row[name]) and (
            row[name] != scale[so[1]] or (row[f"low_{name}"], row[f"high_{name}"]) != so
        ):
            yield f"{row['risk']} {row['partner']}: {name} is {so} and not {row[name]!r}"


def _table(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    named = {(row["risk"], row["partner"]) for row in records(rows)}
    for row in records(rows):
        yield from _view(whole, row)
        views = both(whole, row["risk"])
        if row["partner"] not in views:
            continue
        likely, hard = (places[1] for places in views[row["partner"]])
        told = [who for who in views if reader == MINE or (row["risk"], who) in named]
        hardest = max(views[who][1][1] for who in told)  # to the room, of those whom it sees
        so = hard >= HURTS and hard == hardest
        if row["gravest"] and not so:
            yield f"{row['risk']}: gravest is not {row['partner']}"
        of_concern = likely >= COULD_HAPPEN and hard >= HURTS and row["partner"] in whole.asked
        if bool(row["of_concern"]) != of_concern:
            yield f"{row['risk']}: of concern to {row['partner']}: {of_concern}"
    if reader == MINE and whole.many > 1:
        for code in whole.by("risks"):
            for who in both(whole, code):
                if (code, who) not in named:
                    yield f"{code}: {who} is missing"


def _without_names(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        answered = whole.answered("risk_views", (row["risk"],))
        if row["answered"] > answered:
            yield f"{row['risk']}: {row['answered']} and not {answered}"
        for name in SCALES:
            given = whole.words_given("risk_views", name, (row["risk"],))
            so = Counter(word for who in whole.asked for word in given[who])
            told = Counter(word for word in row[name] if word)
            if told - so:
                yield f"{row['risk']}: {name} {told} and not {so}"


def _ends(apart: str, alike: str):
    def claims(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
        at = list(SCALES).index(apart)
        for risk, some in rows.groupby("risk"):
            # people we serve may have said more than is shown
            views = both(whole, str(risk), {*whole.asked, *some["partner"]})
            places = [view[at][1] for view in views.values()]
            other = [view[1 - at][1] for view in views.values()]
            if max(places) - min(places) < APART or (alike and max(other) - min(other) >= APART):
                yield f"{risk}: {views}"
            for row in records(some):
                yield from _view(whole, row)
                end = max(places) if row["end"] == "most" else min(places)
                if row["partner"] in views and views[row["partner"]][at][1] != end:
                    yield f"{risk}: {row['partner']} is not at this end"

    return claims


def _kinds(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    named = {row.get("type", "") for row in whole.rows("risks")}
    if reader == MINE and len(rows) and whole.lost("risks", "type"):
        yield "one may be of any type"
    for kind in rows["type"] if reader == MINE else ():
        if kind in named:
            yield f"{kind}: somebody named one"


def _levels(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    if reader == ROOM and len(rows):
        yield "one word each"
    words = {
        (row["how_likely"], row["how_hard_on_us"]): row["level"] for row in whole.rows("levels")
    }
    for row in records(rows):
        likely, hard = (places[1] for places in both(whole, row["risk"])[row["partner"]])
        if row["level"] != words[LIKELY[likely], HARD[hard]]:
            yield f"{row}"


def _hopes(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    hopes = lines(whole, "hope for").values()
    care = whole.rows("risk_care")
    for row in records(rows):
        who = row["who"]
        theirs = {hope["what"] for hope in hopes if who == hope["partner"]}
        carried = {one["risk"] for one in care if who in one.get("carries", "")}
        if not set(row["hopes_for"]) <= theirs or not set(row["carries"]) <= carried:
            yield f"{row} and not {theirs}, {carried}"
        if reader == MINE and (set(row["carries"]) != carried):
            yield f"{row} carries {carried}"


CARE = ("carries", "decides", "pays", "we_will", "lead", "by_when")


def _care(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from as_typed(whole, rows, reader, "risk_care", ("risk",), *CARE)


def at_the_table(whole: Whole, said: str) -> set[str]:
    """The partners that a cell names, with all of us spelt out."""
    names = set(said.split(", ")) & set(whole.asked)
    return set(whole.asked) if "all partners" in said else names


def patterns(whole: Whole, row: dict[str, str]) -> set[str]:
    """What is to be talked about of one risk in care."""
    carries, decides = (at_the_table(whole, row.get(name, "")) for name in ("carries", "decides"))
    said = {name: row.get(name, "") for name in ("carries", "decides", "pays")}
    found = set()
    if carries and said["decides"] and carries - decides:
        found.add("carried, not decided")
    if said["carries"] == "nobody":
        found.add("carried by nobody")
    if carries and said["pays"] in ("", "nobody"):
        found.add("carried, not paid for")
    if decides and said["carries"] and not carries and said["carries"] != "nobody":
        found.add("decided elsewhere")
    return found


def _to_talk_about(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    care = whole.by("risk_care")
    for row in records(rows):
        typed = care[row["risk"]]
        carries = at_the_table(whole, typed.get("carries", ""))
        carries |= set(typed.get("carries", "").split(", "))
        if not set(row["carries"]) <= carries:
            yield f"{row['risk']} is carried by {carries}"
        if not all(one in typed.get("decides", "") for one in row["decides"]):
            yield f"{row['risk']} is decided by {typed.get('decides')}"
        if row["pattern"] == "carried, not decided" and not set(row["carries"]) - at_the_table(
            whole, typed.get("decides", "")
        ):
            yield f"{row['risk']}: they decide"
        if row["pattern"] == "carried, not paid for" and typed.get("pays", "") not in (
            "",
            "nobody",
        ):
            yield f"{row['risk']}: {typed['pays']} pays"


def _sentence(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    care = whole.by("risk_care")
    for row in records(rows):
        views = both(whole, row["risk"])
        hardest = max((view[1][1] for view in views.values()), default=0)
        for who in set(text(row["hits_hardest"]).split(", ")) & set(whole.named):
            if views[who][1][1] != hardest:
                yield f"{row['risk']}: {who} is not hit hardest"
        if text(row["we_will"]) != care[row["risk"]].get("we_will", ""):
            yield f"{row['risk']}: {row['we_will']!r} was not said"
        if row["risk"] not in care:
            yield f"{row['risk']} was not chosen"


CLAIMS: dict[str, Claim] = {
    "risk.left_open": _left_open,
    "risk.risk_table": or_aloud("risk_views", _table),
    "risk.without_names": _without_names,
    "risk.whom_does_it_hit": _ends("how_hard_on_us", "how_likely"),
    "risk.different_information": _ends("how_likely", ""),
    "risk.kinds_nobody_named": _kinds,
    "risk.level_words": _levels,
    "risk_sharing.hopes_and_burdens": _hopes,
    "risk_sharing.who_carries": _care,
    "risk_sharing.to_talk_about": _to_talk_about,
    "risk_sharing.sentence": _sentence,
    "risk_sharing.before_you_move_on": closing,
}
__all__ = ["CLAIMS", "TICKS"]
