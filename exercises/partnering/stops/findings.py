"""What the seven checks of the red thread find between two stops, and how it is said.

To the room each speaks of what stands here: what looks missing may be with the facilitator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from partnering.language import tr
from partnering.partnership import ROOM, Partnership, answers, positions
from partnering.schema import lists, scales
from partnering.schema.kinds import UNREAD
from partnering.schema.references import spoken_of
from partnering.schema.tables import ABOUT_US, WORKING
from partnering.schema.unread import is_unread
from partnering.stops import agreement, purpose, risk_sharing, value
from partnering.stops.agreed import enough, lost_in, not_written
from partnering.stops.codes_in_words import Wording, texts

KEEPING_WORD = "B5"  # the shipped behaviour "doing what was promised"

# the checks, by which two stops they join (the column `check` of `checks`)
ESSENTIAL_WITHOUT_PROMISE = "essential without promise"
ONE_ALONE_WITHOUT_CARE = "one alone without care"
NOT_WRITTEN = "not written"
NEVER_LOOKED_AT_AGAIN = "never looked at again"
NO_STAND_IN = "no stand-in"
PROMISES_BESIDE_WORD = "promises beside word"
CARRIES_AND_IS_NOT_ASKED = "carries and is not asked"


class Carrier(NamedTuple):
    """A partner and the risks that it carries."""

    partner: str
    risks: tuple[str, ...]


class Finding(NamedTuple):
    """What one check has found: which check, the stops that it joins, and what it speaks of.

    `codes` are those of objectives, promises, practices or agreed things, or rights as typed; `who`
    are the partners, `what` a text as typed, or `UNREAD`. `said` are the organisations' positions
    on the scale of how often, and `carriers` those who carry a risk, where the check speaks of
    them.
    """

    check: str
    from_stop: int
    to_stop: int
    codes: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    what: str = ""
    said: tuple[tuple[int, int], ...] = ()
    carriers: tuple[Carrier, ...] = ()


Line = tuple[str, str, str]  # from and to, what we see, to ask


def found(p: Partnership) -> tuple[Finding, ...]:
    """What the checks have found."""
    return p.follow(
        ("checks",), lambda seen: tuple(finding for check in CHECKS for finding in check(seen))
    )


def of_rows(rows: pd.DataFrame) -> list[Finding]:
    """The findings that stand in the rows of `red_thread.checks`."""
    return [Finding(*values) for values in rows.itertuples(index=False, name=None)]


def in_words(finding: Finding, wording: Wording) -> Line:
    """What a finding says: the stops that it joins, what is seen, and what to ask."""
    return WORDS[finding.check](finding, wording)


def _essential_without_promise(p: Partnership) -> list[Finding]:
    """1 to 2: an objective that is enough, and a partner essential in it that promises nothing yet.

    It is asked of the facilitator alone, whatever stands here: among few it would point at one.
    """
    if p.reader == ROOM:
        return []
    found = answers.standing(p, "positions", "our_part")
    essential = found[
        (found["place"] <= purpose.ESSENTIAL) & found["objective"].isin(list(enough(p)))
    ]
    essential = essential[answers.named(essential["partner"])]
    bare = essential[~essential["partner"].isin(value.who_has_promised(p))]
    by_objective = bare.groupby("objective", sort=False)["partner"]
    return [
        Finding(ESSENTIAL_WITHOUT_PROMISE, 1, 2, codes=(str(code),), who=tuple(some))
        for code, some in by_objective
    ]


def _essential_without_promise_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("{objective}: nothing is promised yet by {who}")
    if wording.here:
        sentence = tr("{objective}: no promise of {who} is shown here")
    return (
        tr("1 to 2"),
        sentence.format(objective=wording.called(finding.codes), who=", ".join(finding.who)),
        tr("Is there a contribution that nobody has written down?"),
    )


def _one_alone_without_care(p: Partnership) -> list[Finding]:
    """1 to 3: what one partner alone brings, and no risk in care in which that partner appears.

    `what` is empty where it is an essential part that the partner alone has. Where it is not named
    nobody can say in which risk it appears. To the facilitator nothing is said of an objective in
    which people we serve may have an essential part as well; to the room it is said of what is
    shown here.
    """
    only = purpose.only_one_brings(p).rows
    if p.reader != ROOM:
        more = purpose.unheard(p, "our_part")
        only = only[(only["table"] != "positions") | ~only["objective"].isin(more.index[more])]
    only = only[only["partner"].isin(list(p.names)) & ~only["partner"].isin(_in_a_risk(p))]
    things = only["what"].where(only["table"] == "capabilities", "")
    return [
        Finding(ONE_ALONE_WITHOUT_CARE, 1, 3, codes=(code,), who=(partner,), what=what)
        for code, partner, what in zip(only["objective"], only["partner"], things, strict=True)
    ]


def _in_a_risk(p: Partnership) -> set[str]:
    """The partners that carry, decide, pay or lead in a risk; "all of us" is everybody asked."""
    care = p["risk_care"]
    found: set[str] = set()
    for column in ("carries", "decides", "pays", "lead"):
        for text in care[column]:
            found.update(ABOUT_US.parts(text))
    if UNREAD in found:  # it may be any of them
        return set(p.names)
    return found | set(p.expected) if scales.ALL_OF_US in found else found


def _one_alone_without_care_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("{objective} depends on {who}: {what}")
    ask = tr("Is there a risk on the list for the day on which they cannot?")
    if wording.here:
        sentence = tr("{objective}, of what is shown here, depends on {who}: {what}")
        ask = tr("No risk shown here is theirs. Is there one for the day on which they cannot?")
    return (
        tr("1 to 3"),
        sentence.format(
            objective=wording.called(finding.codes),
            who=finding.who[0],
            what=finding.what or tr(purpose.AN_ESSENTIAL_PART),
        ),
        ask,
    )


def _not_written(p: Partnership) -> list[Finding]:
    """1 to 4, to 5: what was agreed and stands in no document, told by stop."""
    rows, lost = not_written(p), lost_in(p)
    return [
        Finding(NOT_WRITTEN, int(str(stop)), 5, codes=tuple(dict.fromkeys(codes)), what=lost)
        for stop, codes in rows.groupby("stop")["code"]
    ]


def _not_written_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("not in any document yet: {codes}")
    if finding.what == UNREAD:
        sentence = tr("in no document that can be read: {codes}")
    if wording.here:
        sentence = tr("in no document shown here: {codes}")
    return (
        tr("{stop} to 5").format(stop=finding.from_stop),
        sentence.format(codes=wording.called(finding.codes)),
        tr("In which document, and in whose words?"),
    )


def _never_looked_at_again(p: Partnership) -> list[Finding]:
    """4 to 7: once work is under way, practices of which nobody has told whether they were kept.

    A line in which nothing is ticked tells nothing; one whose tick cannot be read does.
    """
    if p.fact("moment") not in WORKING:
        return []
    kept, practices = p["kept"], p["practices"]["practice"]
    told = kept["how"].notna() | is_unread(kept, "how")
    seen = spoken_of(practices, kept.loc[told, "what"])
    left = tuple(code for code in practices if code not in seen)
    return [Finding(NEVER_LOOKED_AT_AGAIN, 4, 7, codes=left)] if left else []


def _never_looked_at_again_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("nobody has reviewed: {practices}")
    if wording.here:
        sentence = tr("whether it was done is not shown here: {practices}")
    return (
        tr("4 to 7"),
        sentence.format(practices=wording.called(finding.codes)),
        tr("When was it last done, and who saw it?"),
    )


def _no_stand_in(p: Partnership) -> list[Finding]:
    """4 to 7: a disagreement begins with the holders of the relation, and one has no stand-in."""
    frame = p["holding"]
    alone = frame.loc[answers.said(frame["holder"]) & ~answers.said(frame["stand_in"]), "partner"]
    return [Finding(NO_STAND_IN, 4, 7, who=tuple(alone))] if len(alone) else []


def _no_stand_in_in_words(finding: Finding, wording: Wording) -> Line:
    return (
        tr("4 to 7"),
        tr("the focal point has no stand-in: {who}").format(who=", ".join(finding.who)),
        tr("Who answers when the focal point is away, and a disagreement begins?"),
    )


def _promises_beside_word(p: Partnership) -> list[Finding]:
    """2 to 6: promises not kept, beside what each says of itself about doing what was promised."""
    not_kept = p["promises"].loc[p["promises"]["status"] == "not done", "promise"]
    text = texts(p, "behaviours", "text").get(KEEPING_WORD, "")
    if text not in set(lists.sheets()["behaviours"]["text"]):
        return []  # the list has been edited: nobody knows which line speaks of promises
    found = answers.standing(p, "behaviour_views", "how_often")
    own = found[(found["behaviour"] == KEEPING_WORD) & (found["about"] == "our own organisation")]
    if not len(not_kept) or not len(own):
        return []
    ends = own[["low", "high"]].astype("int64").itertuples(index=False, name=None)
    said = tuple(sorted(ends))  # in order of the scale, so that no place tells whose it is
    return [Finding(PROMISES_BESIDE_WORD, 2, 6, codes=tuple(not_kept), said=said)]


def _promises_beside_word_in_words(finding: Finding, wording: Wording) -> Line:
    said = pd.DataFrame(list(finding.said), columns=["low", "high"])
    words = positions.words(said, scales.HOW_OFTEN)
    counts = answers.tally(said.assign(item=0, place=said["low"], word=words), "item")
    sentence = tr(
        "not done: {promises}; of our own organisation we say about doing what was promised: {said}"
    )
    if wording.here:
        sentence = tr(
            "not done: {promises}; shown here of our own organisation, about doing what was "
            "promised: {said}"
        )
    return (
        tr("2 to 6"),
        sentence.format(promises=wording.called(finding.codes), said=counts.iloc[0]),
        tr("Do these fit together? What got in the way?"),
    )


def _carries_and_is_not_asked(p: Partnership) -> list[Finding]:
    """3 to 5: partners carry risks, and another decides rights alone without asking first.

    One finding for each that decides, with all these rights in `codes`.
    """
    alone, found = agreement.alone(p), []
    carriers = [Carrier(who, tuple(codes)) for who, codes in risk_sharing.carried_by(p).items()]
    for decides, rights in alone.groupby("decides", sort=False)["right"]:
        others = tuple(each for each in carriers if each.partner != decides)
        if others:
            found.append(
                Finding(
                    CARRIES_AND_IS_NOT_ASKED,
                    3,
                    5,
                    codes=tuple(rights),
                    who=(str(decides),),
                    carriers=others,
                )
            )
    return found


def _carries_and_is_not_asked_in_words(finding: Finding, wording: Wording) -> Line:
    others: list[str] = []
    named: set[str] = set()
    for each in finding.carriers:
        first = [code for code in each.risks if code not in named]
        again = [code for code in each.risks if code in named]
        named.update(first)  # a risk is told in words once
        risks = "; ".join([*(wording.called([code]) for code in first), *again])
        others.append(f"{each.partner} ({risks})")
    return (
        tr("3 to 5"),
        tr("{decides} decides alone: {right}. Most affected by risks: {others}").format(
            decides=finding.who[0],
            right="; ".join(map(tr, finding.codes)),
            others=", ".join(others),
        ),
        tr("Could the others be asked before?"),
    )


CHECKS: tuple[Callable[[Partnership], list[Finding]], ...] = (
    _essential_without_promise,
    _one_alone_without_care,
    _not_written,
    _never_looked_at_again,
    _no_stand_in,
    _promises_beside_word,
    _carries_and_is_not_asked,
)
WORDS: dict[str, Callable[[Finding, Wording], Line]] = {
    ESSENTIAL_WITHOUT_PROMISE: _essential_without_promise_in_words,
    ONE_ALONE_WITHOUT_CARE: _one_alone_without_care_in_words,
    NOT_WRITTEN: _not_written_in_words,
    NEVER_LOOKED_AT_AGAIN: _never_looked_at_again_in_words,
    NO_STAND_IN: _no_stand_in_in_words,
    PROMISES_BESIDE_WORD: _promises_beside_word_in_words,
    CARRIES_AND_IS_NOT_ASKED: _carries_and_is_not_asked_in_words,
}
