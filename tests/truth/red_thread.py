"""From one stop to another, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from truth import agreement, coherence, principles, purpose, value
from truth.risk import at_the_table
from truth.whole import MINE, ROOM, Claim, Whole, lost_in, records, text

OUTCOMES = {
    "agreed": ("agreed",),
    "they differ": ("we differ, and it can stay so", "we differ, and must decide"),
}
MOST = 7  # lines of the open list
GATHERED = {"O": "objectives", "V": "what each brings", "R": "risks", "A": "practices"}


def agreed(whole: Whole) -> set[str]:
    """What was agreed at the earlier stops."""
    found = {
        code
        for code in whole.by("objectives")
        if purpose.Objective(whole, code).holds("enough to go on with")
    }
    found |= {
        code for code, row in value.lines(whole).items() if row.get("how_sure") == "we promise it"
    }
    found |= set(whole.by("risk_care")) | principles.done(whole)
    return found | ({"protocol"} if whole.edited("protocol") else set())


def written(whole: Whole) -> set[str]:
    """What stands in a document: a clause names it, or the topic that gathers it stands in one."""
    gathered = {
        row.get("gathers", "")
        for row in whole.rows("topics")
        if row.get("where") in agreement.IN_A_DOCUMENT and whole.edited("topics")
    }
    covered = {code.strip() for row in whole.rows("clauses") for code in row["covers"].split(",")}
    by_topic = {code for code in agreed(whole) if GATHERED.get(code[0], "") in gathered}
    return by_topic | covered | ({"protocol"} if "conflict protocol" in gathered else set())


def _not_written(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    of_asked = set(rows.loc[rows["of_asked"], "code"])
    for code in of_asked:
        if not purpose.Objective(whole, code).holds(
            "enough to go on with, for those who are asked"
        ):
            yield f"{code} is not agreed by those who are asked"
    told = set(rows["code"]) - of_asked
    if not told <= agreed(whole):
        yield f"{told - agreed(whole)} is not agreed"
    so = agreed(whole) - written(whole)
    if reader == MINE and told != so - of_asked:
        yield f"{told} and not {so}"
    for row in records(rows):
        stop = {"O": 1, "V": 2, "R": 3}.get(row["code"][0], 4)
        if row["stop"] != stop:
            yield f"{row['code']} is of stop {stop}"


def _found(whole: Whole, row: dict, reader: str) -> Iterator[str]:
    """What one finding claims. To the room it asks about what stands there."""
    check, codes, who = row["check"], row["codes"], row["who"]
    if check == "essential without promise":
        objective = purpose.Objective(whole, codes[0])
        if not objective.holds("enough to go on with"):
            yield f"{codes[0]} is not enough to go on with"
        if not set(who) & set(whole.asked) <= objective.acting:
            yield f"{who} have no essential part in {codes[0]}"
        if reader == ROOM or set(who) & value.promised(whole):
            yield f"{who} have promised something, or are named to the room"
    elif check == "one alone without care":
        hangs = purpose._hangs(whole, codes[0]).values()
        named = set(who) & set(whole.asked)
        if reader == MINE and not any(named <= one for one in hangs):
            yield f"{codes[0]} does not hang on {who}"
        care = [
            row
            for row in whole.rows("risk_care")
            for name in ("carries", "decides", "pays", "lead")
            if at_the_table(whole, row.get(name, "")) & named
        ]
        if reader == MINE and care:
            yield f"{who} stands in {care}"
    elif check == "not written":
        if not set(codes) <= agreed(whole):
            yield f"{codes} are not agreed"
        if reader == MINE and set(codes) & written(whole):
            yield f"{codes} are written"
    elif check == "never looked at again":
        kept = {row["what"] for row in whole.rows("kept") if row.get("how") or lost_in(row)}
        if not set(codes) <= set(whole.by("practices")) or (reader == MINE and set(codes) & kept):
            yield f"{codes} were looked at again"
    elif check == "no stand-in":
        held = coherence.holders(whole)
        if any(not held.get(one) or held[one].get("stand_in") for one in who):
            yield f"{who} have a stand-in"
    elif check == "promises beside word":
        broken = {
            row["promise"] for row in whole.rows("promises") if row.get("status") == "not done"
        }
        if not set(codes) <= broken:
            yield f"{codes} were kept"
    elif check == "carries and is not asked":
        if not set(codes) <= agreement.alone(whole):
            yield f"{codes} are not decided by one alone"
        for one in row["carriers"]:
            carried = whole.by("risk_care").get(one[0] if isinstance(one[0], str) else "", {})
            if carried and not set(one[1:]) & at_the_table(whole, carried.get("carries", "")):
                yield f"{one}: carried by {carried.get('carries')}"
    else:
        yield f"{check}: nobody says what it claims"


def _checks(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        yield from _found(whole, row, reader)


def _decided(*outcomes: str):
    def claims(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
        typed = [row for row in whole.rows("decisions") if row.get("outcome") in outcomes]
        for row in records(rows):
            said = {
                name: text(row[name]) for name in ("about", "outcome", "what_we_decided", "who")
            }
            if not any(
                all(one.get(name, "") == was for name, was in said.items()) for one in typed
            ):
                yield f"{said} was not decided"
        if reader == MINE and len(rows) != len(typed):
            yield f"{len(rows)} decisions and not {len(typed)}"

    return claims


def _open(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    said = value.said_by_all(whole)
    for row in records(rows):
        source, about = row["source"], row["about"]
        if source == "checks":
            yield from _found(whole, row["finding"]._asdict(), reader)
        elif source == "worth":
            if about not in said.values() or (
                row["partner"] in whole.named and said.get(row["partner"]) != about
            ):
                yield f"{row['partner']}: {about} and not {said}"
        elif source == "proposals":
            theirs = whole.edited if about.startswith("protocol") else whole.ticked
            if theirs(about.split()[0]):
                yield f"{about} is theirs"
        elif source == "value_lines":
            if about not in value.lines(whole, "ask one partner for") or (
                reader == MINE and value.meeting(whole, about)
            ):
                yield f"{about} is no ask without an answer"
        elif source == "risk_care":
            typed = whole.by("risk_care")[about]
            if row["what"] not in (typed.get("we_will", ""), "") or text(
                row["by_when"]
            ) != typed.get("by_when", ""):
                yield f"{row} and not {typed}"
        elif source == "decisions":
            if not any(_is_open(one, row) for one in whole.rows("decisions")):
                yield f"{about} is not open"
        else:
            yield f"{source}: nobody says what it claims"
        day, today = text(row["by_when"]), whole.fact("date")
        if bool(row["passed"]) != bool(day and today and day < today):
            yield f"{row}: passed"


def _is_settled(typed: dict) -> bool:
    """Whether a decision needs no more: nobody has to look at it again on a day."""
    outcome = typed.get("outcome", "")
    for_a_day = typed.get("by_when") or "by_when" in lost_in(typed)
    return outcome == OUTCOME_OF["may_stay"] or (outcome == "agreed" and not for_a_day)


def _is_open(typed: dict, row: dict) -> bool:
    """Whether a line of the open list is this decision, and it is not settled."""
    outcome, day = typed.get("outcome", ""), typed.get("by_when", "")
    settled = _is_settled(typed)
    said = typed.get("about", ""), typed.get("what_we_decided", ""), day
    same = (row["about"], row["what"], text(row["by_when"])) == said
    return same and not settled and (row["untold"] or bool(outcome))


def _open_list(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    """The first lines: where these are all, every decision that is not settled is among them."""
    yield from _open(whole, rows, reader)
    if reader == MINE and len(rows) < MOST:
        told = Counter(row["about"] for row in records(rows) if row["source"] == "decisions")
        so = Counter(one["about"] for one in whole.rows("decisions") if not _is_settled(one))
        if told != so:
            yield f"{told} are open and not {so}"


OUTCOME_OF = {
    "agreed": "agreed",
    "may_stay": "we differ, and it can stay so",
    "to_decide": "we differ, and must decide",
    "not_discussed": "not discussed",
    "not_told": "",
}


def _tour(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    typed = whole.rows("decisions")
    for row in records(rows):
        here = [one for one in typed if one.get("stop") == str(row["stop"])]
        for column, outcome in OUTCOME_OF.items():
            so = Counter(one.get("about", "") for one in here if one.get("outcome", "") == outcome)
            told = Counter(row[column])
            if told - so or (reader == MINE and told != so):
                yield f"stop {row['stop']}, {column}: {told} and not {so}"


def _calendar(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    days = {
        "decisions": [
            (one.get("by_when", ""), one.get("about", "")) for one in whole.rows("decisions")
        ],
        "promises": [(one.get("due", ""), one["promise"]) for one in whole.rows("promises")],
    }
    status = {one["promise"]: one.get("status", "") for one in whole.rows("promises")}
    between = {
        one["promise"]: (one.get("partner", ""), one.get("to", ""))
        for one in whole.rows("promises")
    }
    for row in records(rows):
        if (text(row["by_when"]), row["about"]) not in days[row["source"]]:
            yield f"{row['about']} is not for {row['by_when']}"
        if row["source"] == "promises" and row["state"] not in ("", status[row["about"]]):
            yield f"{row['about']}: {row['state']}"
        if row["source"] == "promises" and (row["who"], row["to"]) != between[row["about"]]:
            yield f"{row['about']}: {row['who']} to {row['to']}"
    told = sum(bool(day) for some in days.values() for day, _ in some)
    if reader == MINE and len(rows) != told:
        yield f"{len(rows)} days and not {told}"


CLAIMS: dict[str, Claim] = {
    "red_thread.agreed_not_written": _not_written,
    "red_thread.checks": _checks,
    "red_thread.decisions": _decided(*OUTCOMES["agreed"]),
    "red_thread.differences": _decided(*OUTCOMES["they differ"]),
    "red_thread.tour": _tour,
    "red_thread.calendar": _calendar,
    "red_thread.open_list": _open_list,
    "red_thread.further": _open,
    "red_thread.before_you_move_on": value.closing,
}
