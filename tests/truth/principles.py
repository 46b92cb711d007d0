"""Stop 4."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from truth.value import closing
from truth.whole import MINE, Claim, Whole, as_typed, lost_in, records, text

PRACTICE = ("principle", "who", "we_will", "you_will_see", "look_again_on")
STEP = ("we_go_here_when", "how_it_can_be_raised", "who_meets", "within_days", "meanwhile")
DOING = ("call",)  # of the words for something that is done, those that the worlds use


def _practices(*columns: str):
    def claims(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
        yield from as_typed(whole, rows, reader, "practices", ("practice",), *columns)

    return claims


def with_practice(whole: Whole) -> set[str]:
    """The principles of which a practice says what is done."""
    return {row["principle"] for row in whole.rows("practices") if row.get("we_will")}


def done(whole: Whole) -> set[str]:
    """The practices that say what is done."""
    return {row["practice"] for row in whole.rows("practices") if row.get("we_will")}


def principles(whole: Whole) -> set[str]:
    """All principles, those of the full form with them."""
    named = {row["principle"] for row in whole.rows("practices")} - {""}
    rated = {
        item[0] for (_, item), answer in whole.world.answers["principles"].items() if answer.there
    }
    return named | rated


def _needs(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    so = principles(whole) - with_practice(whole)
    told = set(rows["principle"])
    if not told <= principles(whole) or (reader == MINE and told != so):
        yield f"{told} and not {so}"


def lacks(row: dict[str, str]) -> set[str]:
    """What a newcomer could not see of a practice."""
    sign = set() if row.get("you_will_see") else {"you_will_see"}
    return sign | (set() if set(row["we_will"].split()) & set(DOING) else {"we_will"})


def _newcomer(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    typed = whole.by("practices")
    for row in records(rows):
        if row["lacks"] not in lacks(typed[row["practice"]]):
            yield f"{row['practice']} does not lack {row['lacks']}"
    if reader == MINE:
        so = {code for code, row in typed.items() if row.get("we_will") and lacks(row)}
        if set(rows["practice"]) != so:
            yield f"{list(rows['practice'])} and not {so}"


def due(whole: Whole) -> set[str]:
    """The practices whose day has come."""
    today = whole.fact("date")
    days = {code: row.get("look_again_on", "") for code, row in whole.by("practices").items()}
    return {code for code, day in days.items() if today and day and day <= today}


def _due(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    told = set(rows["practice"])
    if not told <= due(whole) or (reader == MINE and told != due(whole)):
        yield f"{told} and not {due(whole)}"


def _ladder(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from as_typed(whole, rows, reader, "protocol", ("step",), *STEP)
    for row in records(rows):
        if row["proposed"] == whole.edited("protocol"):
            yield f"step {row['step']}: proposed {row['proposed']}"


def _ladder_check(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    if not whole.edited("protocol"):
        if list(rows["lacks"]) != ["your words"]:
            yield "the ladder is still a proposal"
        return
    typed = whole.by("protocol")
    ticked = {code: row["this_step_has"] for code, row in typed.items()}
    for row in records(rows):
        step, what = row["step"], row["what"]
        told = (
            (row["lacks"] == "tick" and step and what in ticked[step])
            or (row["lacks"] == "tick" and not step and any(what in one for one in ticked.values()))
            or (row["lacks"] == "text" and typed[step].get(what))
            or (row["lacks"] == "days" and typed[step].get("within_days"))
            or row["lacks"] == "your words"
            or (row["lacks"] in ("tick", "days") and lost_for(row, typed))
            or (row["lacks"] == "to read" and what not in lost_in(typed[step]))
        )
        if told:
            yield f"step {step}: it does not lack {what}"


def lost_for(row: dict[str, str], typed: dict[str, dict[str, str]]) -> bool:
    """Whether what a step is said to lack may stand in a cell that cannot be read."""
    steps = [typed[row["step"]]] if row["step"] else typed.values()
    name = "within_days" if row["lacks"] == "days" else "this_step_has"
    return any(name in lost_in(one) for one in steps)


def _tensions(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    columns = ("what_might_happen", "each_side_would_need", "first_move")
    yield from as_typed(whole, rows, reader, "tensions", ("tension",), *columns)
    for row in records(rows):
        if text(row["step"]) and text(row["step"]) not in whole.by("protocol"):
            yield f"{row['tension']}: step {row['step']}"


CLAIMS: dict[str, Claim] = {
    "principles.practices": _practices(*PRACTICE),
    "principles.needs_a_practice": _needs,
    "principles.newcomer": _newcomer,
    "principles.due": _due,
    "principles.practice_board": _practices("principle", "who", "we_will"),
    "principles.before_you_move_on": closing,
    "principles.ladder": _ladder,
    "principles.ladder_check": _ladder_check,
    "principles.tensions": _tensions,
    "principles.before_you_move_on_protocol": closing,
}
