"""What is still open, from every stop, those with an owner first; and how each line is said."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership, answers
from partnering.schema import scales
from partnering.schema.kinds import UNREAD
from partnering.schema.scales import AGREED, CAN_WORK
from partnering.schema.spelling import says_none
from partnering.schema.tables import ABOUT_US, TABLES
from partnering.schema.unread import is_unread
from partnering.stops import findings, proposals, value
from partnering.stops.codes_in_words import Wording, wording_of
from partnering.stops.findings import Finding

YES_IF, NOT_AS_IT_STANDS = "yes, on one condition", "not as it is now"  # words of worth.worth_it


class OpenLine(NamedTuple):
    """One line of the open list, and where it comes from.

    `source` is "decisions", "risk_care", "worth", "value_lines", "checks" or "proposals". `about`
    is what was decided, a risk, a line, a word of `worth.worth_it` or the name of a list; `partner`
    is whose answer it is ("" where no name is shown) and `to` of whom something is asked. `untold`
    is whether it is a decision whose outcome is not told, here or at all. `unread` is what cannot
    be read in its line, as `UNREAD` says it there.
    """

    source: str
    about: str = ""
    what: str = ""
    who: str = ""
    by_when: pd.Timestamp | None = None
    finding: Finding | None = None
    partner: str = ""
    to: str = ""
    untold: bool = False
    unread: str = ""


def all_open(p: Partnership) -> pd.DataFrame:
    """Everything that is open, owners first."""
    return p.follow(("open",), _found_open)


def _found_open(p: Partnership) -> pd.DataFrame:
    """The same, found anew.

    Differences to settle, what was not discussed or has no outcome that can be read, what was
    agreed for a day, what is to be done about risks, conditions, asks that are not met, the red
    thread, and what is a proposal still.
    """
    decided = _open_decisions(p)
    spoken_of = {line.about for line in decided}
    care = [line for line in _open_care(p) if line.about not in spoken_of]  # said once is enough
    asks = [line for line in _open_asks(p) if line.about not in spoken_of]
    seen = [OpenLine("checks", finding=finding) for finding in findings.found(p)]
    lines = [*decided, *care, *_open_worth(p), *asks, *seen, *_open_proposals(p)]
    rows = pd.DataFrame(lines, columns=list(OpenLine._fields))
    by_when, today = pd.to_datetime(rows["by_when"]), p.fact("date")
    passed = by_when < today if today is not None else False
    rows = rows.assign(by_when=by_when, passed=passed, ownerless=rows["who"] == "")
    rows = rows.sort_values(["ownerless", "by_when"], kind="stable", ignore_index=True)
    return rows.drop(columns="ownerless")


def _open_decisions(p: Partnership) -> list[OpenLine]:
    """What must be settled or was not discussed, and what was agreed for a day.

    A decision is settled only where its outcome says so: not where none is told, or can be read.
    One that is agreed for a day stays open, also where the day cannot be read.
    """
    frame = p["decisions"]
    for_a_day = frame["by_when"].notna() | is_unread(frame, "by_when")
    settled = frame["outcome"].isin([CAN_WORK]) | (frame["outcome"].isin([AGREED]) & ~for_a_day)
    some = frame[~settled]
    columns = some[["about", "what_we_decided", "who", "by_when", UNREAD]].assign(
        untold=some["outcome"].isna()
    )
    return [
        OpenLine("decisions", about, what, who, by_when, untold=untold, unread=unread)
        for about, what, who, by_when, unread, untold in columns.itertuples(index=False, name=None)
    ]


def _open_care(p: Partnership) -> list[OpenLine]:
    """What is to be done about a risk, whether or not somebody leads in it yet."""
    care = p["risk_care"]
    some = care.loc[answers.said(care["we_will"])]
    columns = some[["risk", "we_will", "lead", "by_when", UNREAD]]
    return [
        OpenLine("risk_care", risk, what, who, by_when, unread=unread)
        for risk, what, who, by_when, unread in columns.itertuples(index=False, name=None)
    ]


def _open_worth(p: Partnership) -> list[OpenLine]:
    """Those for whom it is not worth it as it stands, then those for whom it is on a condition.

    Where no name is shown it is "somebody", once a word: how many they are is not told here.
    """
    found = answers.standing(p, "worth", "worth_it")
    found = found.assign(word=found["place"].map(scales.WORTH.word))
    reasons = p["worth"].drop_duplicates("partner").set_index("partner")["if_what"]
    lines: dict[OpenLine, None] = {}
    for wanted in (NOT_AS_IT_STANDS, YES_IF):
        some = found[found["word"] == wanted]
        for partner, named in zip(some["partner"], answers.named(some["partner"]), strict=True):
            reason = reasons.get(partner, "") if named else ""
            whose = partner if named else ""
            lines[OpenLine("worth", wanted, reason, partner=whose)] = None
    return list(lines)


def _open_asks(p: Partnership) -> list[OpenLine]:
    """What one partner asks of the others, and no line that is seen meets."""
    rows = value.asked_and_answered(p).rows
    is_one = answers.said(rows["what"]) | (rows["what"] == "")
    asked = (rows["state"] == value.UNANSWERED) & is_one
    asks = rows.loc[asked, ["line", "what", "partner", "whose"]]
    return [
        OpenLine("value_lines", line, what, partner=partner, to=whose)
        for line, what, partner, whose in asks.itertuples(index=False, name=None)
    ]


def _open_proposals(p: Partnership) -> list[OpenLine]:
    """The lists that come with the handbook and are not the partners' own yet, if asked for now."""
    steps = p["protocol"].loc[proposals.proposed(p, "protocol"), "step"]
    whole = len(steps) == len(p["protocol"])
    still = {
        "protocol": len(steps) > 0,
        "topics": (p["topics"]["where"].isna() & ~is_unread(p["topics"], "where")).all(),
        "rights": (p["rights"]["decides"] == "").all(),
    }
    moment = p.fact("moment") or ""
    return [
        OpenLine("proposals", table, "" if whole or table != "protocol" else ", ".join(steps))
        for table, is_open in still.items()
        if is_open and TABLES[table].asked_at(moment)
    ]


def in_cells(p: Partnership, rows: pd.DataFrame) -> pd.DataFrame:
    """The open list as people see it: what is open, who has it, and by when."""
    by_when = answers.days(rows.rename(columns={"unread": UNREAD}), "by_when")
    days = [
        tr("{day}, which has passed: done?").format(day=day) if passed else day
        for day, passed in zip(by_when, rows["passed"], strict=True)
    ]
    return pd.DataFrame(
        {
            tr("Still open"): sentences(rows, wording_of(p)),
            tr("Who"): answers.told(rows["who"]),
            tr("By when"): days,
        }
    )


def sentences(rows: pd.DataFrame, wording: Wording) -> list[str]:
    """What each line of the open list says."""
    columns = rows[list(OpenLine._fields)].itertuples(index=False, name=None)
    return [_line_in_words(OpenLine(*values), wording) for values in columns]


def _line_in_words(line: OpenLine, wording: Wording) -> str:
    if line.finding is not None:
        return findings.in_words(line.finding, wording)[1]
    if line.source == "worth":
        return _worth_in_words(line)
    if line.source == "value_lines":
        return _ask_in_words(line, wording)
    if line.source == "proposals":
        return _proposal_in_words(line, wording.here and line.about in wording.edited)
    about = wording.words.get(line.about, line.about)
    said = f"{about}: {line.what}".strip(": ")  # one of the two may be empty
    if not line.untold:
        return said
    if wording.here:
        return tr("{decision} (outcome not told here)").format(decision=said)
    if "outcome" in line.unread.split():
        return tr("{decision} (its outcome cannot be read)").format(decision=said)
    return tr("{decision} (no outcome yet)").format(decision=said)


def _worth_in_words(line: OpenLine) -> str:
    who, what = line.partner or tr("somebody"), line.what.rstrip(".")
    if line.about == NOT_AS_IT_STANDS:
        return value.not_worth_it(who, what)
    if not says_none(what):
        return tr("worth it for {who}, if {what}").format(who=who, what=what)
    return tr("worth it for {who} on a condition").format(who=who)


def _ask_in_words(line: OpenLine, wording: Wording) -> str:
    sentence = tr("{line} ({who}): asked, not yet answered")
    if wording.here:
        sentence = tr("{line} ({who}): asked; nothing shown here answers it yet")
    to = ", ".join(tr(part) for part in ABOUT_US.parts(line.to))
    who = f"{line.partner} → {to}" if to else line.partner
    return sentence.format(line=wording.called([line.about]), who=who)


def _proposal_in_words(line: OpenLine, here: bool) -> str:
    """What is said of a list that is a proposal still; `here` as in `Wording`."""
    if line.what:
        return tr(
            "step {steps} of the protocol: the handbook's proposal, and not yet yours"
        ).format(steps=line.what)
    if here:
        return {
            "protocol": tr(
                "the conflict protocol: what is shown here is the handbook's proposal, and not yet "
                "yours"
            ),
            "topics": tr("in which document a topic is written: nothing ticked is shown here"),
            "rights": tr("who decides what: not shown here"),
        }[line.about]
    return {
        "protocol": tr("the conflict protocol: the handbook's proposal, and not yet yours"),
        "topics": tr("in which document each topic is written: not ticked yet"),
        "rights": tr("who decides what: not filled in yet"),
    }[line.about]
