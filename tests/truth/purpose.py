"""Stop 1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from truth.aloud import or_aloud
from truth.whole import MINE, ROOM, Claim, Whole, as_typed, lost_in, records, text
from world import PART, SERVED, STANCE

LEFT_OPEN = "not everybody has answered"
UNKNOWN = {MINE: (LEFT_OPEN, f"{LEFT_OPEN}, or it cannot be read"), ROOM: ("not shown here",)}
NOT_KNOWN = [state for states in UNKNOWN.values() for state in states]
SUPPORT, LIVES, REFUSES = 1, 2, 3
ALONE, ESSENTIAL = 0, 1
HAVE = ("we have none", "none", "we have some", "some", "we have enough")
WILL_COMMIT = ("yes", "in part", "no", "not decided yet")


STATES = (
    "all support it",
    "all who are asked support it",
    "some can agree to it",
    "somebody cannot accept it",
    "somebody cannot accept it as it is written",
    "enough to go on with",
    "enough to go on with, for those who are asked",
    "whose objective is this?",
    "those who must act are not all in favour",
    "one of us could do this alone",
    "nobody could do this alone",
    "nobody sees an essential part in it",
    "nobody who is asked could do this alone",
    "nobody who is asked sees an essential part in it",
    *NOT_KNOWN,
)


class Objective:
    """What is so about one objective."""

    def __init__(self, whole: Whole, code: str) -> None:
        item = (code,)
        self.stance = whole.cautious("positions", "stance", item)
        self.parts = whole.places("positions", "our_part", item)
        self.all = whole.all_answered("positions", item)
        self.answered = whole.answered("positions", item)
        two = whole.many >= 2
        self.all_stances = two and None not in self.stance.values()
        self.all_parts = two and None not in self.parts.values()
        heard = whole.words_given("positions", "stance", item).get(SERVED, set())
        self.asked_refuse = REFUSES in self.stance.values()
        self.refused = STANCE[REFUSES] in heard or self.asked_refuse
        self.acting = {who for who, part in self.parts.items() if part and part[0] <= ESSENTIAL}
        served = whole.words_given("positions", "our_part", item).get(SERVED, set())
        self.served_alone = PART[ALONE] in served
        self.served_acts = self.served_alone or PART[ESSENTIAL] in served
        self.alone = {who for who, part in self.parts.items() if part and part[0] == ALONE}
        self.reluctant = {
            who
            for who in self.acting
            if self.stance[who] is not None and self.stance[who] > SUPPORT
        }

    def holds(self, state: str) -> bool | None:
        """Whether a state holds; None where it says of itself that it is not known."""
        if state in NOT_KNOWN:
            return None
        stances = list(self.stance.values())
        everybody = self.all
        asked_idle = self.all_parts and not self.acting
        asked_not_alone = (
            self.all_parts and not self.alone and (bool(self.acting) or self.served_acts)
        )
        return {
            "all support it": self.all_stances
            and not self.refused
            and all(place <= SUPPORT for place in stances),
            "all who are asked support it": self.all_stances
            and all(place <= SUPPORT for place in stances),
            "some can agree to it": self.all_stances
            and not self.asked_refuse
            and any(place == LIVES for place in stances),
            "somebody cannot accept it": self.refused,
            "somebody cannot accept it as it is written": self.refused,
            "enough to go on with": everybody
            and not self.refused
            and bool(self.acting)
            and not self.reluctant,
            "enough to go on with, for those who are asked": everybody
            and not self.asked_refuse
            and bool(self.acting)
            and not self.reluctant,
            "whose objective is this?": self.all_parts and not self.acting,
            "those who must act are not all in favour": bool(self.reluctant),
            "one of us could do this alone": bool(self.alone) or self.served_alone,
            "nobody could do this alone": asked_not_alone and not self.served_alone,
            "nobody who is asked could do this alone": asked_not_alone,
            "nobody sees an essential part in it": asked_idle and not self.served_acts,
            "nobody who is asked sees an essential part in it": asked_idle,
        }[state]

    def known(self) -> bool:
        """Whether the facilitator can say how it stands."""
        return self.all or self.refused


def _side_by_side(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    columns = ["why_together", "why_not_alone", "still_missing"]
    if reader == MINE:
        columns.append("we_would_leave_if")
    yield from as_typed(whole, rows, reader, "purposes", ("partner",), *columns)


def _objectives(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[tuple[dict, Objective]]:
    for row in records(rows):
        yield row, Objective(whole, row["objective"])


def _all_there(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    if (
        reader == MINE
        and list(rows["objective"])
        and set(rows["objective"]) != set(whole.by("objectives"))
    ):
        yield f"objectives {list(rows['objective'])}"


def _state(objective: Objective, row: dict, column: str, reader: str) -> Iterator[str]:
    state = row[column]
    held = objective.holds(state)
    if held is False:
        yield f"{row['objective']}: {state!r} is not so"
    if held is None and (state not in UNKNOWN[reader] or (reader == MINE and objective.all)):
        yield f"{row['objective']}: {state!r}, though all have answered"


def seen(row: dict, answered: int, reader: str) -> Iterator[str]:
    """The count of answers that a reader sees."""
    if row["seen"] > answered or (reader == MINE and row["seen"] != answered):
        yield f"{row}: {answered} have answered"


def _stances(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from _all_there(whole, rows, reader)
    for row, objective in _objectives(whole, rows, reader):
        given = whole.words_given("positions", "stance", (row["objective"],))
        yield from seen(row, objective.answered, reader)
        yield from _state(objective, row, "state", reader)
        for word in STANCE:
            named = [who for who in row[word] if who in given]
            for who in named:
                if word not in given[who]:
                    yield f"{row['objective']}: {who} did not say {word!r}"
            most = sum(word in words for who, words in given.items() if who in whole.asked)
            if len(row[word]) - len(named) > most:
                yield f"{row['objective']}: {word!r} was said by {most}"


def _enough(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from _all_there(whole, rows, reader)
    for row, objective in _objectives(whole, rows, reader):
        yield from seen(row, objective.answered, reader)
        yield from _state(objective, row, "so_far", reader)
        known = {"refused": objective.all_stances, "acting": objective.all_parts}
        for column, so in (("refused", objective.refused), ("acting", bool(objective.acting))):
            if not pd.isna(row[column]) and bool(row[column]) != so:
                yield f"{row['objective']}: {column} is {so}"
            if not pd.isna(row[column]) and not row[column] and not known[column]:
                yield f"{row['objective']}: nobody knows whether {column}"
        yield from some_of(row["reluctant"], objective.reluctant, row["objective"], reader)


def some_of(said: object, so: set[str], about: str, reader: str) -> Iterator[str]:
    """Codes of partners, or "2 partners": as many at most as it is true of."""
    words = text(said)
    if isinstance(said, tuple) and any(who.startswith("*") for who in said):
        if len(said) > len(so):
            yield f"{about}: {len(said)} of them, and they are {sorted(so)}"
        return
    if found := re.fullmatch(r"(\d+) partners?|(one) partner", words):
        if int(found[1] or 1) > len(so):
            yield f"{about}: {words}, and they are {len(so)}"
        return
    named = set(words.split(", ")) - {""}
    if not named <= so or (reader == MINE and named != so):
        yield f"{about}: {words}, and they are {sorted(so)}"


def _parts(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        places = whole.middles("positions", row["partner"], (row["objective"],))[1]
        if (row["low"], row["high"]) != places or row["our_part"] != PART[places[0]]:
            yield f"{row} and not {places}"


def _who_could(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    yield from _all_there(whole, rows, reader)
    for row, objective in _objectives(whole, rows, reader):
        if row["state"] or reader == MINE:  # where no answer is shown here nothing is said of it
            yield from _state(objective, row, "state", reader)
        if row["missing"] != whole.by("objectives")[row["objective"]].get("what_is_missing", ""):
            yield f"{row['objective']}: missing is {row['missing']!r}"


def can_bring(whole: Whole, code: str) -> dict[str, set[str]]:
    """What an objective must have, with the partners that have enough of it and will commit it."""
    found: dict[str, set[str]] = {}
    for row in whole.rows("capabilities"):
        if row["objective"] == code and row["need"] == "needed":
            able = row["have"] == "we have enough" and row["will_commit"] in ("yes", "in part")
            found.setdefault(row["what_it_takes"], set()).update({row["partner"]} if able else ())
    return found


def lost_things(whole: Whole, code: str) -> set[str]:
    """What an objective takes of which it is not known whether it is needed, or who has it."""
    rows = [row for row in whole.rows("capabilities") if row["objective"] == code]
    return {row["what_it_takes"] for row in rows if lost_in(row) or _is_open(row)}


def _is_open(row: dict[str, str]) -> bool:
    """Whether a tick that decides is left open."""
    enough = row["have"] == "we have enough"
    return row["have"] not in HAVE or (enough and row["will_commit"] not in WILL_COMMIT)


def _hangs(whole: Whole, code: str, reader: str = MINE) -> dict[str, set[str]]:
    """By thing the one partner that an objective hangs on; to the room, of those it sees."""
    objective, own = Objective(whole, code), whole.by("objectives")[code].get("kind", "")
    ways = [_acting(objective), *([objective.acting] if reader == ROOM else [])]
    alone = set().union(*(who for who in ways if len(who) == 1))
    one_alone = objective.all_parts and bool(alone)
    found = {
        thing: who
        for thing, who in can_bring(whole, code).items()
        if len(who) == 1 and thing not in lost_things(whole, code)
    }
    if one_alone and own != "one partner's own objective":
        found["an essential part"] = alone
    return found


def _acting(objective: Objective) -> set[str]:
    """Those with an essential part, people we serve among them."""
    return objective.acting | ({SERVED} if objective.served_acts else set())


def hangs_on_none(whole: Whole, code: str) -> bool:
    """Whether an objective, as the parts are ticked, hangs on no partner alone."""
    objective = Objective(whole, code)
    acting = _acting(objective)
    return len(acting) > 1 or (objective.all_parts and not acting)


def _only_one_brings(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    told = Counter()
    for row in records(rows):
        found = _hangs(whole, row["objective"], reader).get(row["what"])
        if reader == ROOM and row["table"] == "capabilities":  # of what is shown here
            found = can_bring(whole, row["objective"]).get(row["what"], set())
        told[row["objective"]] += 1
        if not found or (row["partner"] in whole.named and row["partner"] not in found):
            yield f"{row} is not so: {found}"
    for code in whole.by("objectives") if reader == MINE else ():
        if told[code] != len(_hangs(whole, code)):
            yield f"{code} hangs on {_hangs(whole, code)}"


def _who_together(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    for row in records(rows):
        takes = can_bring(whole, row["objective"])
        for some in row["together"]:
            if reader == MINE:
                covered = [thing for thing, able in takes.items() if able & set(some)]
                spare = [
                    who
                    for who in some
                    if all(able & (set(some) - {who}) for able in takes.values())
                ]
                if len(covered) < len(takes) or spare:
                    yield f"{row['objective']}: {some} of {takes}"
            elif not set(some) <= set().union(*takes.values()):
                yield f"{row['objective']}: {some} of {takes}"
        if reader == MINE and set(row["nobody_has"]) != {
            thing for thing in takes if not takes[thing]
        } - lost_things(whole, row["objective"]):
            yield f"{row['objective']}: nobody has {row['nobody_has']} of {takes}"


def _nothing_beside(whole: Whole, rows: pd.DataFrame, reader: str) -> Iterator[str]:
    """A closing table: it is read sentence by sentence."""
    yield from ()


CLAIMS: dict[str, Claim] = {
    "purpose.side_by_side": _side_by_side,
    "purpose.stances": or_aloud("positions", _stances),
    "purpose.stance_strip": or_aloud("positions", _stances),
    "purpose.enough": _enough,
    "purpose.parts": _parts,
    "purpose.who_could": _who_could,
    "purpose.only_one_brings": _only_one_brings,
    "purpose.who_together": _who_together,
    "purpose.before_you_move_on": _nothing_beside,
}
