"""The sentences beside and in results: each that speaks of all or of nobody is looked up here.

A sentence is true in the whole partnership, or says of itself that it speaks of what is shown here.
One that is not found fails: whoever adds it says here when it is true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from partnering.results import Figure, ResultTable, Several
from truth import (
    agreement,
    aloud,
    coherence,
    principles,
    purpose,
    red_thread,
    relationship,
    risk,
    value,
)
from truth.whole import MINE, ROOM, Whole, lost_in
from world import OFTEN, PART, few_voices

SAYS_ALL = re.compile(
    r"\b(nobody|none|nothing|no|every|everybody|everything|each|all|only|neither)\b", re.IGNORECASE
)
COUNTS = re.compile(r"(?<!week )\b\d+ of \d+")
# a question says nothing; of a count alone in its cell the rows are asked
ASKS_OR_COUNTS = re.compile(r"[A-Z][^.;]*\?|(?:at least )?\d+ of \d+")
OF_WHAT_STANDS_HERE = re.compile(r"\b(shown here|shown by name)\b")
TABLES = {  # whose answers a result speaks of
    "purpose": "positions",
    "value": "worth",
    "risk": "risk_views",
    "relationship": "behaviour_views",
}
Said = tuple[Whole, str, str, re.Match]  # the whole, the result, the reader, what was matched
Rule = Callable[[Whole, str, str, re.Match], bool]


def _always(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    """A rule, a question, or what the rows are asked about."""
    return True


def _whole(so: Callable[[Whole], bool]) -> Rule:
    return lambda whole, name, reader, found: so(whole)


def _no(table: str) -> Rule:
    return _whole(lambda whole: not whole.world.lines.get(table))


def _exactly(count: Callable[[Whole], int]) -> Rule:
    """So many, and of all that are asked."""
    return lambda whole, name, reader, found: (
        int(found[1]) == count(whole) and int(found[2]) == whole.many
    )


def _at_most(count: Callable[[Whole], int]) -> Rule:
    return lambda whole, name, reader, found: (
        int(found[1]) <= count(whole) and int(found[2]) == whole.many
    )


def _asked(whole: Whole, partners: set[str]) -> int:
    return len(partners & set(whole.asked))


def _reasons(whole: Whole) -> int:
    return _asked(whole, whole.whose("purposes"))


def _liners(whole: Whole) -> int:
    return _asked(whole, whole.whose("value_lines"))


def _practisers(whole: Whole, *columns: str) -> int:
    rows = whole.rows("practising")
    return _asked(whole, {row["partner"] for row in rows if all(row.get(name) for name in columns)})


def _both(whole: Whole) -> int:
    held = coherence.holders(whole)
    return _asked(whole, {who for who, row in held.items() if row.get("stand_in")})


def _stand_here(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    most = {
        "value.worth": len(value.said(whole)),
        "relationship.practising": _asked(whole, whole.whose("practising")),
        "coherence.holding": _asked(whole, whole.whose("holding")),
    }[name]
    return int(found[1]) <= most


def _table(name: str) -> str:
    return TABLES[name.partition(".")[0]]


def _all_answered(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    table = _table(name)
    return all(whole.all_answered(table, item) for item in whole.items(table))


def _so_far(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    table = _table(name)
    told = dict(re.findall(r"(\w+) (\d+) of \d+", found[0].partition("; all others")[0]))
    told.pop("others", None)
    for (code, *_), answered in (
        (item, whole.answered(table, item)) for item in whole.items(table)
    ):
        if code in told:
            if int(told[code]) > answered or (reader == MINE and int(told[code]) != answered):
                return False
        elif reader == MINE and answered != whole.many:
            return False
    return True


def _forms_are_in(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    table, world = _table(name), whole.world
    there = {who for (who, _), answer in world.answers[table].items() if answer.there}
    there |= {who for who, _, _ in world.voices.get(table, {})}
    there |= {row["partner"] for row in world.lines.get(table, [])}
    if found[1] and not (set(whole.asked) <= there and int(found[1]) == whole.many):
        return False
    if "answers are confidential" in found[0] and world.way == "with names":
        return False
    if "Between two nothing can be" in found[0] and whole.many != 2:
        return False
    if "if all of you tick" in found[0] and not 2 < whole.many < world.threshold:
        return False
    if world.openly(table) and "answers are confidential" in found[0]:
        return False
    few = re.search(r"(\d+) organisations are fewer than the smallest group \((\d+)\)", found[0])
    return not few or (int(few[1]), int(few[2])) == (whole.many, world.threshold)


def _undecided(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    decided = any(aloud.decisions(whole, code) for code in re.findall(LABELLED, found[1]))
    return not (reader == MINE and decided) and _states(whole, name, reader, found)


def _states(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    if found[2] not in purpose.STATES:  # what else is said of an objective its rows are asked
        return name.endswith("strip") or "missing" in found[2] or name.startswith("red_thread")
    for code in re.findall(LABELLED, found[1]):
        objective = purpose.Objective(whole, code)
        held = objective.holds(found[2])
        if held is False or (held is None and reader == MINE and objective.all):
            return False
    return True


def _tally(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    given = whole.words_given("positions", "our_part", (found[1],))
    for word in PART:
        told = re.search(rf"{word} (\d+)", found[2])
        if told and int(told[1]) > sum(word in given[who] for who in whole.asked):
            return False
    return True


def _too_few(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    """Fewer than two answers, in all that is asked."""
    if name.startswith("purpose"):
        return not any(whole.all_answered("positions", item) for item in whole.items("positions"))
    if name.startswith("value"):
        return len(value.said(whole)) < 2
    return all(len(relationship.said(whole, *item)) < 2 for item in whole.items("behaviour_views"))


def _nothing_hangs(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    if not found.lastindex:  # as far as these answers go
        return not any(purpose._hangs(whole, code) for code in whole.by("objectives"))
    return all(purpose.hangs_on_none(whole, code) for code in found[1].split(", "))


def _halves(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    """Each half of an answer: what is said of it was said, and the other half was not."""
    for code, who, said in re.findall(r"(R\d+) (\w+): ([^;.]*)", found[1]):
        places = whole.middles("risk_views", who, (code,))
        for so, words, scale in zip(places, said.split(" · "), risk.SCALES.values(), strict=True):
            lost = any(
                whole.unread("risk_views", name, who, (code,))
                for name, one in risk.SCALES.items()
                if one is scale
            )
            if so is None and words != ("cannot be read" if lost else "left open"):
                return False
            if so is not None and words in ("cannot be read", "left open"):
                return False
            if so is not None and not {scale[so[0]], scale[so[1]]} >= set(words.split(" to ")):
                return False
    return reader == MINE


def _none_by_name(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    risks = whole.by("risks")
    return not any(whole.all_answered("risk_views", (code,)) for code in risks)


def _no_kind(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    risks = [whole.by("risks")[code] for code in found[1].split(", ")]
    return all(not row.get("type") and "type" not in lost_in(row) for row in risks)


def _lead_and_will(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    care = whole.by("risk_care")
    codes = re.findall(r"R\d+", found[1])
    return all(care[code].get("lead") and care[code].get("we_will") for code in codes)


def _left_open(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    codes = re.findall(r"R\d+", found[1])
    return all(not whole.all_answered("risk_views", (code,)) for code in codes)


def _hidden_voices(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    people = {(who, sign) for some in whole.world.voices.values() for who, sign, _ in some}
    counts = {who: sum(1 for one, _ in people if one == who) for who, _ in people}
    return set(found[1].split(", ")) == few_voices(counts, whole.world.threshold)


def _middles_said(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    """What both sides say in the middle, where every answer is there."""
    for words, about in ((found[1], relationship.US), (found[2], relationship.THEM)):
        so = relationship.said(whole, about, "B1")
        ends = {place for low in (True, False) for place in relationship._middles(so, low)}
        if not {OFTEN.index(word) for word in words.split(" to ")} <= set(
            range(min(ends), max(ends) + 1)
        ):
            return False
    return True


def _differs(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    return {row["partner"]: row for row in whole.rows("holding")}[found[1]].get(
        "our_units_differ_on"
    ) == found[2]


def _no_stand_in_yet(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    return not coherence.holders(whole)[found[1]].get("stand_in")


def _nothing_in_table(whole: Whole, name: str, reader: str, found: re.Match) -> bool:
    return True  # the rows are asked about


def _filled(whole: Whole) -> list:
    return [row for row in whole.rows("rights") if row.get("decides")]


def _without_practice(whole: Whole) -> set[str]:
    return principles.principles(whole) - principles.with_practice(whole)


def _days(whole: Whole) -> list[str]:
    """The days of decisions and of promises."""
    days = [row.get("by_when") for row in whole.rows("decisions")]
    days += [row.get("due") for row in whole.rows("promises")]
    return [day for day in days if day]


def _differences(whole: Whole) -> list:
    return [row for row in whole.rows("decisions") if "differ" in row.get("outcome", "")]


def _agreed(whole: Whole) -> list:
    return [row for row in whole.rows("decisions") if row.get("outcome") == "agreed"]


LABELLED = r"(?:^|[;,] )(O\d+)\b"  # the code before each name
NO_CODE = "a payment without a code of its own"
OBJECTIVES = r"(O\d+(?:, O\d+)*)"
RULES: tuple[tuple[str, Rule], ...] = (
    # what every result may say
    (r"Nothing is shown here\. What .*", _always),
    (r"Stopping here is a good result\. .*", _always),
    (r"All (\d+) have answered everything\.", _all_answered),
    (r"(?:Answered so far|Shown here): .*", _so_far),
    (r"(?:All (\d+) forms are in\. )?Not shown here: .*", _forms_are_in),
    (
        r"Answers are confidential: no names are shown\..*",
        _whole(lambda whole: whole.world.way != "with names"),
    ),
    (r"Hidden: the voices of (.*), since a group .*", _hidden_voices),
    (r"Where an organisation has not stated .*", _whole(lambda whole: bool(whole.world.voices))),
    (r"You need not agree on everything\..*", _always),
    # stop 1
    (r"(\d+) of (\d+) have written their reasons\.", _exactly(_reasons)),
    (r"Reasons of (\d+) of (\d+) are shown here\.", _at_most(_reasons)),
    (r"No objectives yet\.", _no("objectives")),
    (r"Nobody has written a reason yet\.", _no("purposes")),
    (r"(O\d+[^:]*): ([^:]*), and no decision is shown here", _undecided),
    (r"(O\d+[^:]*): ([^:]*)", _states),
    (r"O\d+[^:]*: .*", _always),  # a drawing in words: its rows are asked
    (r"Without names: (O\d+)[^:]*: (.*)", _tally),
    (
        r"Nobody has said yet which part .*",
        _whole(
            lambda whole: (
                not any(
                    place
                    for item in whole.items("positions")
                    for place in whole.places("positions", "our_part", item).values()
                )
                and not any(
                    whole.unread("positions", "our_part", who, item)
                    for item in whole.items("positions")
                    for who in whole.asked
                )
            )
        ),
    ),
    (r"(?:From the full form|The full form).*", _always),
    (r"nobody yet|Is it enough for you to go on\?.*", _always),
    (r"Nothing depends on one partner alone, as far as these answers go\.", _nothing_hangs),
    (rf"Nothing depends on one partner alone in {OBJECTIVES}; of the others: .*", _nothing_hangs),
    (r"Not enough answers yet\.", _too_few),
    # stop 2
    (r"(\d+) of (\d+) have written their lines\.", _exactly(_liners)),
    (r"Lines of (\d+) of (\d+) are shown here\.", _at_most(_liners)),
    (r"(\d+) of (\d+) have answered\.", _exactly(lambda whole: len(value.said(whole)))),
    (r"(\d+) of (\d+) are shown here\.", _stand_here),
    (
        r"for (\d+) of (\d+) it is worth it as it is now",
        _exactly(lambda whole: list(value.said(whole).values()).count("yes")),
    ),
    (r"whether it is worth it for each of us: .*", _always),
    (
        r"No promise is open\.",
        _whole(
            lambda whole: all(
                row.get("status") not in ("", "not yet due") for row in whole.rows("promises")
            )
        ),
    ),
    (r"No promises are written down\. .*", _no("promises")),
    (
        r"None\.",
        _whole(
            lambda whole: (
                all(row.get("status") != "not done" for row in whole.rows("promises"))
                and not whole.lost("promises", "status")
            )
        ),
    ),
    (r"Nobody has written a line yet\.", _no("value_lines")),
    (
        r"Nobody has asked anything of the others yet\.",
        _whole(lambda w: not value.lines(w, "ask one partner for")),
    ),
    (r"Nobody has written a hope yet\.", _whole(lambda whole: not value.lines(whole, "hope for"))),
    (r"Nobody has written yet what it brings\.", _whole(lambda w: not value.lines(w, "bring"))),
    (
        r"Everybody who hopes for something has promised something\.",
        _whole(
            lambda whole: all(
                row["partner"] in value.promised(whole, surely=True)
                for row in value.lines(whole, "hope for").values()
            )
        ),
    ),
    (
        r"How sure a line is cannot be read\. Each of the others who hope has promised something\.",
        _whole(
            lambda whole: (
                whole.lost("value_lines", "how_sure")
                and all(
                    row["partner"] in value.promised(whole)
                    for row in value.lines(whole, "hope for").values()
                )
            )
        ),
    ),
    (
        r"None whose result can be read\.",
        _whole(lambda w: all(row.get("status") != "not done" for row in w.rows("promises"))),
    ),
    (r"No part that can be read is ticked\.", _always),  # the rows are asked
    (r"The form does not ask for whom each thing is brought\. .*", _always),
    (r"Nobody owes each of the others something: .*", _always),
    (r"Each has compared with the best .*", _always),
    # stop 3
    (r"Everybody has answered about every risk\.", _all_answered),
    (r"No risk can be compared by name yet: .*", _none_by_name),
    (
        r"No risk can be compared yet: it takes two partners .*",
        _whole(lambda whole: all(len(risk.both(whole, code)) < 2 for code in whole.by("risks"))),
    ),
    (
        r"No partner has answered both questions about a risk yet\.",
        _whole(lambda whole: not any(risk.both(whole, code) for code in whole.by("risks"))),
    ),
    (r"Half an answer counts as none: (.*)\.", _halves),
    (r"“We do not know” and “prefer not to say here” are proper answers; .*", _always),
    (r"In this view every answer is shown with its name\.", _always),
    (
        r"R\d+[^:]*: (?:most affected: .*|it says that nobody is affected|decided, and nobody at the table is affected)",
        _always,
    ),
    (r"There is no risk yet about which everybody has answered.*", _none_by_name),
    (
        r"Every type of risk has been named\.",
        _whole(lambda whole: len({row.get("type") for row in whole.rows("risks")}) > 12),
    ),
    (r"No type is chosen yet for (.*)\. Choose (?:them )?together; .*", _no_kind),
    (r"Is there no such risk, or nobody here who would see it\?.*", _always),
    (r"No risks yet\.", _no("risks")),
    (r"No risk has to be shown without names\.", _always),
    (r"“Cannot say” and .* no one is asked\.", _always),
    (r"Looked up in the table of levels.*", _always),
    (r"The full form would add each view.*", _always),
    (r"For the facilitator alone: one word each .*", _always),
    (r"(?:Shared gains|Answers are confidential, or not every).*", _always),
    (
        r"Nobody has spoken for people we serve\.",
        _whole(lambda whole: "SER" not in whole.whose("value_lines")),
    ),
    (
        r"Neither hopes nor burdens are written down yet\.",
        _whole(lambda whole: not value.lines(whole, "hope for") and not whole.rows("risk_care")),
    ),
    (r"The room has chosen no risk yet\..*", _whole(lambda whole: not whole.rows("risk_care"))),
    (r"for these risks you have written who leads and what you will do: (.*)", _lead_and_will),
    (r"somebody left open(?:, or it cannot be read)?: (.*)", _left_open),
    (r"not shown here, or not by all: .*", _always),
    # stop 4
    (r"No practice is written down yet\.", _whole(lambda w: not principles.done(w))),
    (r"No principle is written down yet\.", _whole(lambda w: not principles.principles(w))),
    (r"Every principle has a practice\.", _whole(lambda whole: not _without_practice(whole))),
    (
        r"Each practice says what is done and how the others will see it\.",
        _whole(
            lambda whole: (
                not any(
                    principles.lacks(row) for row in whole.rows("practices") if row.get("we_will")
                )
            )
        ),
    ),
    (r"What would each of us do, so that the others can see it\?", _always),
    (
        r"Nothing is due yet\.",
        _whole(lambda w: not principles.due(w) and not w.lost("practices", "look_again_on")),
    ),
    (r"no practice yet: (.*)", lambda w, n, r, found: found[1] in _without_practice(w)),
    (r"no practice yet", _always),
    (r"No step is written down yet\.", _no("protocol")),
    (
        r"Every step has what it needs, .*",
        _whole(
            lambda whole: (
                whole.edited("protocol")
                and not whole.lost("protocol", "within_days", "this_step_has")
            )
        ),
    ),
    (
        r"(?:[\w ]+: )?no (?:step (?:of yours )?(?:shown here )?has: .*|days are given)",
        _always,
    ),
    (r"(?:[\w ]+: )?(?:not ticked:|nothing is written under) .*", _always),
    (r"(?:With what the|From the first|The steps shown) .* working days .*", _always),
    (r"(?:all partners|\w+): (?:call|be kind)|Ask each side for one time it happened\.", _always),
    (r"Is this so, and where is it written\? .*|Would you do it like this\?.*", _always),
    (r"Step \S+(?:, the handbook's proposal)?: .*", _always),
    (r"No tension is written down yet\.", _no("tensions")),
    (r"(?:Who|What|How|Within|In) .*\?", _always),
    # stop 5
    (r"Nothing here is legal advice\.", _always),
    (rf"(?:T\d+|{NO_CODE}).*: (?:all decide about a joint fund|of which type is it).*", _always),
    (rf"(?:T\d+|{NO_CODE}).*: neither grant nor service; .*|no part", _always),
    (r"no grant agreement|a grant agreement, where money moves|for all", _always),
    (r"The source asks for three: .*", _always),
    (
        r"You have marked nothing as different\.",
        _whole(lambda w: not agreement.unsettled(w) and not w.lost("topics", "where", "together")),
    ),
    (
        r"Of what can be read, nothing is marked as different\.",
        _whole(lambda w: not agreement.unsettled(w)),
    ),
    (r"Nothing is decided by one alone without asking\.", _whole(lambda w: not agreement.alone(w))),
    (r"Of the decisions that are filled in, none is .*", _whole(lambda w: not agreement.alone(w))),
    (r"Who decides what is not filled in yet\.", _whole(lambda whole: not _filled(whole))),
    (r"no topic is ticked yet: .*", _whole(lambda whole: not whole.ticked("topics"))),
    (
        r"the documents differ, or nobody knows: (.*)",
        lambda w, n, r, found: found[1] in agreement.unsettled(w),
    ),
    # stop 6
    (r"No names: .*", _always),
    (r"With fewer than 4 partners .*", _whole(lambda whole: whole.many < 4)),
    (
        r"(\d+) of (\d+) have chosen one\.",
        _exactly(lambda whole: _asked(whole, relationship.chosen(whole))),
    ),
    (
        r"(\d+) of (\d+) have chosen what they will do differently, and who will tell them",
        _exactly(
            lambda whole: _practisers(whole, "what_we_will_do_differently", "who_will_tell_us")
        ),
    ),
    (
        r"(\d+) of (\d+) are shown here with what they will do differently, and who .*",
        _at_most(
            lambda whole: _practisers(whole, "what_we_will_do_differently", "who_will_tell_us")
        ),
    ),
    (r"No moment is written down yet\.", _no("moments")),
    (r"Nobody has chosen a behaviour yet\.", _whole(lambda w: not relationship.chosen(w))),
    (r"We say “(.*)” of our own organisation and “(.*)” of the others\.", _middles_said),
    (r"The moments, as each remembers them", _always),
    # stop 7
    (r"(\d+) of (\d+) have said how\.", _exactly(lambda w: _asked(w, w.whose("holding")))),
    (r"Nobody has said yet how it holds the relation\.", _no("holding")),
    (r"(\d+) of (\d+) have a focal point and a stand-in", _exactly(_both)),
    (r"(\d+) of (\d+) are shown here with a focal point and a stand-in", _at_most(_both)),
    (r"The (\w+) house: no stand-in yet", _no_stand_in_yet),
    (r"the units of The (\w+) house differ on (.*)", _differs),
    (
        r"Each focal point has a stand-in and is told of the contacts\.",
        _whole(
            lambda w: (
                not coherence.not_known(w) and not w.lost("contacts", "relationship_holder_knows")
            )
        ),
    ),
    (
        r"(\d+) of (\d+) have named a focal point\.",
        _exactly(lambda whole: _asked(whole, set(coherence.holders(whole)))),
    ),
    (r"(?:(.*) has no stand-in|.*the focal point has no stand-in: (.*))", _always),
    (r"Two at a time: .*", _always),
    (r"Nothing yet\.", _whole(lambda w: not w.rows("holding") and not w.rows("contacts"))),
    (r"No requests\.", _no("requests")),
    (
        r"No two requests reached one partner in one week or asked the same\.",
        _whole(lambda w: not coherence.together(w) and not w.lost("requests", "month")),
    ),
    (r"No contact is written down yet\.", _no("contacts")),
    # from stop to stop
    (r"Nothing is agreed at the earlier stops yet\.", _whole(lambda w: not red_thread.agreed(w))),
    (
        r"What you agreed at the earlier stops is in a document\.",
        _whole(lambda whole: red_thread.agreed(whole) <= red_thread.written(whole)),
    ),
    (r"These are questions\. Nothing is counted up\..*", _always),
    (r"No question is open from one stop to another, .*", _always),
    (
        r"No decision and no promise has a day yet\.",
        _whole(lambda whole: not _days(whole)),
    ),
    (
        r"Nothing is written down as agreed yet\.",
        _whole(lambda whole: not _agreed(whole) and not whole.lost("decisions", "outcome")),
    ),
    (
        r"Nothing that can be read is written down as agreed\.",
        _whole(lambda whole: not _agreed(whole)),
    ),
    (
        r"No difference is written down\.",
        _whole(lambda whole: not _differences(whole) and not whole.lost("decisions", "outcome")),
    ),
    (
        r"No difference is among the outcomes that (?:can be read|are filled in)\.",
        _whole(lambda whole: not _differences(whole)),
    ),
    (r".+ \((?:outcome not told here|no outcome yet)\)", _always),  # rows are asked
    (r"Nothing is open\.|No more open points\.", _always),  # the rows are asked
    (r"Seven at most\. .*", _always),
    (
        r"in which document each topic is written: not ticked yet",
        _whole(lambda w: not w.ticked("topics")),
    ),
    (r"who decides what: not filled in yet", _whole(lambda w: not w.ticked("rights"))),
    (r"O\d+.*: nothing is promised yet by .*", _always),
    (r"not in any document yet: .*", _whole(lambda whole: not whole.lost("topics", "where"))),
    (r"in no document that can be read: .*|nobody has reviewed: .*", _always),
    (r".*(?:decides alone: ).*|Could it be .*|No risk shown here is theirs\..*", _always),
    # where it begins
    (
        r"No day of signing is shown here for (.*)\. Until all have signed, collect no form\.",
        lambda whole, name, reader, found: (
            {f"The {who} house" for who in whole.asked if who not in whole.signed}
            == set(found[1].split(", "))
        ),
    ),
    (r"All have signed\.", _whole(lambda whole: set(whole.asked) <= set(whole.signed))),
    (r"Read it without sender and receiver\..*", _whole(lambda whole: whole.few_and_held)),
    (r"Nothing here may be used for decisions .*", _always),
    (r"(?:with names|confidential|anonymous): .*", _always),
    (r".*: \d+ lines?(?: here)?", _always),
    (r".*: nothing (?:yet|shown here)", _nothing_in_table),
    (r"nothing (?:yet|shown here)", _nothing_in_table),
    # what an arrow or a cell says of its own row, which the rows are asked about
    (
        r"all partners|all partners, .*|nobody|people we serve|our organisation only|nobody, of what is shown here",
        _always,
    ),
    (r"shared: all partners|not shared: .*|.*: (?:our organisation only|all partners)", _always),
    (
        r"offered, and no ask for it yet|it says that nobody is affected|decided, and nobody at the table is affected",
        _always,
    ),
    (r"most affected: .*; decided by .*", _always),
    (
        r"R\d+: most affected: .*|How often we see each behaviour|some can agree to it|those who must act .*",
        _always,
    ),
    (r"all (?:who are asked )?see it (nearly )?alike", _always),
    # what pictures tell line by line, as their rows do, of which is asked as well
    (r"\S+ → [^:]+: V\d+ .*", _always),
    (r"\S+ → all partners", _always),
    (r"\d{4}-\d\d-\d\d: .* \(.*\): .*", _always),
    (r".*\. (most affected|decides|asked before|told afterwards): .*", _always),
    (r"1 Purpose: .*", _always),  # the tour in words: its rows are asked
    (r"nobody(?: who is asked)? sees an essential part.*|all support it", _always),
    (r"nobody(?: who is asked)? could do this alone", _always),
    (r"all who are asked support it|.*, (?:of|for) those who are asked", _always),  # rows are asked
    (
        r"not everybody has answered(?:, or it cannot be read)?|somebody refuses"
        r"|enough to go on with",
        _always,
    ),
    (r"Only one of us brings this|Only|Nobody refuses|Nobody has.*", _always),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), rule) for pattern, rule in RULES)


def _tables(result: object) -> list[ResultTable]:
    if isinstance(result, Figure):
        return [result.table]
    return list(result.parts) if isinstance(result, Several) else [result]


def _fragments(result) -> Iterator[str]:
    yield from result.notes
    if isinstance(result, Figure):
        yield result.alternative
    if isinstance(result, Several):
        yield result.missing
        if not result.parts:
            yield result.nothing
    for table in _tables(result):
        yield from (table.missing, *table.notes, *table.why)
        if table.rows.empty:
            yield table.nothing
            continue
        for line in table.cells.itertuples(index=False, name=None):
            for cell in line:
                yield from cell if isinstance(cell, tuple) else [str(cell)]


def _starts(whole: Whole, result: ResultTable) -> Iterator[str]:
    """The lines to start with, each with its reason."""
    for why, place in zip(result.why, result.start, strict=True):
        code = str(result.cells.iloc[place, 0]).split()[0]
        asked, everybody = _apart(whole, code, whole.asked), _apart(whole, code, whole.named)
        all_answered = whole.all_answered("risk_views", (code,))
        so = {
            "all see it alike": all_answered and max(everybody) == 0,
            "all see it nearly alike": all_answered and max(everybody) < risk.APART,
            "all who are asked see it alike": all_answered and max(asked) == 0,
            "all who are asked see it nearly alike": all_answered and max(asked) < risk.APART,
            "different information": everybody[0] >= risk.APART,
            # people we serve may have said something else, which is not shown
            "different effect": asked[0] < risk.APART <= everybody[1],
        }
        if not so[why]:
            yield f"start here, {code}: {why!r} is not so"


def _apart(whole: Whole, code: str, of: Collection[str]) -> list[int]:
    """How many steps some partners' views on a risk lie apart: on how likely, and on how hard."""
    views = risk.both(whole, code, of).values()
    ends = zip(*[[places[1] for places in view] for view in views], strict=True)
    return [max(places) - min(places) for places in ends]


def false(whole: Whole, name: str, result, reader: str) -> Iterator[str]:
    """The sentences of a result that are not so, or of which nobody says when they are.

    Args:
        whole: The whole partnership.
        name: The result.
        result: As it was made for the reader.
        reader: "room" or "mine".

    Yields:
        Each, with what is wrong with it.
    """
    if name == "risk.risk_table":
        yield from _starts(whole, result.table)
    typed = {
        text
        for table in (
            *whole.world.lines,
            "protocol",
            "topics",
            "rights",
            "risk_types",
            "rehearsals",
            "behaviours",
        )
        for row in whole.rows(table)
        for text in row.values()
    }
    for fragment in dict.fromkeys(_fragments(result)):
        if fragment in typed or ASKS_OR_COUNTS.fullmatch(fragment):
            continue
        if not (SAYS_ALL.search(fragment) or COUNTS.search(fragment)):
            continue
        if any(text and len(text) > 20 and text in fragment for text in typed):
            continue  # a shipped sentence, as it was written
        for pattern, rule in _COMPILED:
            if found := pattern.fullmatch(fragment):
                if not rule(whole, name, reader, found):
                    yield f"{fragment!r} is not so"
                break
        else:
            if not OF_WHAT_STANDS_HERE.search(fragment):
                yield f"{fragment!r}: nobody says when it is true"


__all__ = ["ROOM", "SAYS_ALL", "false"]
