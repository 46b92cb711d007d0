"""The clauses of a partnership agreement, made of what the partners have written.

Each is traced to the rows that it came from, and nothing is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from partnering.documents import challenges
from partnering.language import mark, tr
from partnering.partnership import Partnership, answers, knowledge
from partnering.partnership.sides import decides_alone, side
from partnering.schema import scales
from partnering.schema.kinds import SHARE_ROOM, UNREAD, in_cell
from partnering.schema.references import speaks_of
from partnering.schema.spelling import says_none, says_nothing
from partnering.schema.tables import TABLES
from partnering.schema.unread import names_in
from partnering.stops import agreement, proposals, purpose, risk_sharing

PARTS = {  # the three that the source asks for stand first among what the partners have agreed
    "parties": mark("Who we are and who signs"),
    "purpose": mark("Purpose and objectives"),
    "principles": mark("Principles"),
    "practices": mark("Practices"),
    "protocol": mark("Conflict protocol"),
    "contributions": mark("What each of us contributes"),
    "gains": mark("What each of us hopes for"),
    "risks": mark("Risks that we share"),
    "rights": mark("Who decides what"),
    "data": mark("Safety, data and confidentiality"),
    "money": mark("Money between us"),
    "review": mark("Review, change and exit"),
    "further": mark("What else was agreed"),
}
# shipped topics by the part they belong to; a topic of one's own stands under what else was agreed
TOPICS = {
    "Our principles": "principles",
    "Our practices": "practices",
    "The conflict protocol": "protocol",
    "Purpose and objectives": "purpose",
    "Who the partners are and who signs": "parties",
    "What each brings": "contributions",
    "What each hopes to gain": "gains",
    "Who decides what": "rights",
    "Risks and how we manage them": "risks",
    "Safety of the people we serve and of our own people": "data",
    "Information about people: who keeps it and who sees it": "data",
    "Names and pictures and what is published": "data",
    "Money between partners: dates, conditions and reports": "money",
    "Running costs and unexpected costs": "money",
    "Changes of plan and of people": "review",
    "How it ends, and what people we serve can then count on": "review",
}
WRITTEN_BY_ROWS = (
    "principles",
    "practices",
    "protocol",
    "purpose",
    "parties",
    "contributions",
    "gains",
    "rights",
    "risks",
)
PARTICULAR = "one partner's own objective"  # a word of objectives.kind
UNREAD_PARTNER = mark("a partner that cannot be read")
SENTENCE = mark("the sentence")  # what a decision of stop 3 is about, once it is finished
RISKS = 3  # the stop
BEGINS = mark("Together we hope")  # and how it begins


@dataclass(frozen=True)
class Clause:
    """One clause: its text, the codes of the rows it came from, and whether it is to be settled."""

    text: str
    codes: str = ""
    settle: bool = False


def stopped(text: str) -> str:
    """A text as typed, with a full stop where it ends without any."""
    return text if not text or text[-1] in ".!?…:;؟。।" else f"{text}."


def to_settle(what: str, codes: str = "") -> Clause:
    """A point to settle, marked as one."""
    return Clause(tr("To settle: {what}").format(what=what), codes, settle=True)


def of(p: Partnership) -> dict[str, list[Clause]]:
    """The clauses of every part of the agreement.

    Args:
        p: The partnership as the reader of the agreement sees it.

    Returns:
        By the names of `PARTS`, in their order; a part about which nothing is known is left out.
        What is one-sided stands as a point to settle, never as agreed (see `challenges`).
    """
    made = {name: MAKERS[name](p) if name in MAKERS else [] for name in PARTS}
    for name, found in made.items():
        found += _topics(p, name, bare=not found)
    return {name: found for name, found in made.items() if found}


Row = dict[Hashable, Any]  # one row of a table: its cells, each of the type of its column


def _rows(frame: pd.DataFrame) -> list[Row]:
    return frame.astype(object).to_dict("records")


def _name(p: Partnership, code: str) -> str:
    """The name of a partner, or its code where it has none."""
    return p.names.get(code, code)


# ------------------------------------------------------------------ parts


def _parties(p: Partnership) -> list[Clause]:
    """Those who sign, and those about whom it is: people we serve are no party."""
    found, served = [], []
    for row in _rows(p["partners"]):
        code, name = row["partner"], row["name"]
        if code not in p.expected:
            served += _people_we_serve(row)
            continue
        kind = f", {tr(row['kind'])}" if isinstance(row["kind"], str) and row["kind"] else ""
        found.append(Clause(f"{name} ({code}){kind}.", code))
        who_signs = tr("who signs for {name}, and may they?").format(name=name)
        found.append(to_settle(who_signs, code))
    return found + served


def _people_we_serve(row: Row) -> list[Clause]:
    """People we serve: for whom this is, and who do not sign."""
    code, name = row["partner"], row["name"]
    text = tr("{name} ({code}): people we serve. They do not sign, and owe nothing here.")
    clause = text.format(name=name, code=code)
    if not says_nothing(row["spoken_for_by"]):
        clause += tr(" Who speaks for them: {who}").format(who=stopped(row["spoken_for_by"]))
        return [Clause(clause, code)]
    ask = tr("who speaks for {name}, and who chose them?").format(name=name)
    return [Clause(clause, code), to_settle(ask, code)]


def _purpose(p: Partnership) -> list[Clause]:
    reasons, found = p["purposes"], []
    for code, why in zip(reasons["partner"], reasons["why_together"], strict=True):
        if not says_nothing(why):
            text = tr("{who}: {reason}").format(who=_name(p, code), reason=stopped(why))
            found.append(Clause(text, code))
    states, unheard = purpose.so_far(p), purpose.unheard(p)
    settled, own, unsettled = [], [], []
    for row in _rows(p["objectives"]):
        code, text = row["objective"], row["text"]
        state = states[code]
        if row["kind"] == PARTICULAR and state != purpose.CANNOT:
            own += _own_objective(p, row, state != knowledge.rest(p))
            if unheard[code]:
                own.append(_not_heard(p, code))
        elif state in (purpose.ENOUGH, purpose.ENOUGH_OF_ASKED):
            reach = tr("We want to reach: {what}").format(what=stopped(text))
            settled.append(Clause(reach, code))
            if unheard[code]:
                settled.append(_not_heard(p, code))
            if _may_be_own(p, row):
                settled.append(_whose_is_it(p, row))
        else:
            unsettled.append(_open_objective(p, code, text))
    return [*found, *settled, *unsettled, *own]


def _may_be_own(p: Partnership, row: Row) -> bool:
    """Whether an objective that is not ticked as one partner's own may be that of some alone."""
    some_alone = bool(row["whose"]) and not set(p.expected) <= set(in_cell(row["whose"]))
    return some_alone or "kind" in names_in(row)


def _whose_is_it(p: Partnership, row: Row) -> Clause:
    """The question on an objective that may be one partner's own, and is not ticked as such."""
    whose = row["whose"] if row["whose"] != UNREAD else ""
    who = ", ".join(_name(p, partner) for partner in in_cell(whose))
    ask = tr("is this an objective of all of you, or one partner's own? {what}")
    if who:
        ask = tr("is this an objective of all of you, or {who}'s own? {what}")
    return to_settle(ask.format(who=who, what=stopped(row["text"])), row["objective"])


def _not_heard(p: Partnership, code: str) -> Clause:
    """The question on an objective of which it is not shown here what people we serve say."""
    served = ", ".join(name for who, name in p.names.items() if who not in p.expected)
    ask = tr("what do {who} say of it, who asks them, and what would change if they said no?")
    return to_settle(challenges.with_names(ask.format(who=served)), code)


def _own_objective(p: Partnership, row: Row, known: bool) -> list[Clause]:
    """An objective that is particular to one partner, under that partner's name.

    Where it is not known whether somebody refuses it, it stands there as a question.
    """
    code, text = row["objective"], stopped(row["text"])
    if not row["whose"]:
        ask = tr("whose own objective is this? {what}").format(what=text)
        return [to_settle(ask, code)]
    if row["whose"] == UNREAD:
        ask = tr("whose own objective this is cannot be read. Who is it? {what}")
        return [to_settle(ask.format(what=text), code)]
    who = ", ".join(_name(p, partner) for partner in in_cell(row["whose"]))
    clause = tr(
        "Objective of {who}: {what} The others know of it and need not work for it."
    ).format(who=who, what=text)
    ask = tr("may {who} use the partnership's name, time or money for it?").format(who=who)
    asked = to_settle(challenges.with_names(ask), code)
    if known:
        return [Clause(clause, code), asked]
    aloud = tr("objective of {who}: {what} Say it aloud: could each of the others agree to it?")
    return [to_settle(aloud.format(who=who, what=text), code), asked]


def _open_objective(p: Partnership, code: str, text: str) -> Clause:
    """An objective that is not enough to go on with, or of which that is not shown here.

    The question is the same for all: what somebody ticked never stands in a draft.
    """
    ask = tr("{what} Say it aloud: could each of you agree to it, and who does what for it?")
    point = ask.format(what=stopped(text))
    for decided in _agreed_about(p, code):
        point += tr(" Decided so far: {what}").format(what=stopped(decided))
    return to_settle(point, code)


def _agreed_about(p: Partnership, code: str) -> list[str]:
    """What the partners have agreed about a row, in their own words."""
    frame = p["decisions"]
    about = (frame["about"] == code) & (frame["outcome"] == "agreed")
    return [text for text in frame.loc[about, "what_we_decided"] if text]


def _principles(p: Partnership) -> list[Clause]:
    by: dict[str, list[str]] = {}
    for code, name in zip(p["practices"]["practice"], p["practices"]["principle"], strict=True):
        by.setdefault(name, []).append(code)
    for name in p["principles"]["principle"]:
        by.setdefault(name, [])
    return [_principle(name, codes) for name, codes in by.items() if name]


def _principle(name: str, codes: list[str]) -> Clause:
    """A principle; what somebody only wished for, and no practice is of, is nobody's choice yet."""
    if codes:
        return Clause(name, ", ".join(codes))
    ask = tr("proposed, and not chosen here yet: {principle} Is it a principle of all of you?")
    return to_settle(ask.format(principle=stopped(name)))


def _practices(p: Partnership) -> list[Clause]:
    frame = p["practices"]
    found: list[Clause] = []
    days = answers.days(frame.drop(columns=UNREAD), "look_again_on")
    for row, who, day in zip(_rows(frame), answers.told(frame["who"]), days, strict=True):
        code, sign = row["practice"], row["you_will_see"]
        if says_nothing(row["we_will"]):
            point = tr("what do we do, so that “{principle}” can be seen?").format(
                principle=row["principle"]
            )
            found.append(to_settle(point, code))
            continue
        doing, unread = side(p, row["who"]), row["who"] == UNREAD
        doer = f"{who[0].upper()}{who[1:]}: " if doing.told else ""
        text = f"{doer}{stopped(row['we_will'])}"
        if not says_nothing(sign):
            text += tr(" The others will see: {sign}").format(sign=stopped(sign))
        if day:
            text += tr(" We look at it again on {day}.").format(day=day)
        found.append(Clause(text, code))
        no_day = "look_again_on" in names_in(row)
        wanted = (
            (_unread(tr("who does it")), not unread),
            (tr("who does it"), doing.told or unread),
            (tr("how the others see it"), not says_nothing(sign)),
            (_unread(tr("when we look at it again")), not no_day),
            (tr("when we look at it again"), day or no_day),
        )
        found += _missing([what for what, there in wanted if not there], code)
    return found


def _missing(what: list[str], codes: str) -> list[Clause]:
    """What is not filled in, as one point to settle; none where nothing is missing."""
    return [to_settle(", ".join(what), codes)] if what else []


def _unread(what: str) -> str:
    """What is missing though something is written for it."""
    return tr("{what} (cannot be read)").format(what=what)


def _protocol(p: Partnership) -> list[Clause]:
    found: list[Clause] = []
    open_steps = []
    proposed = proposals.proposed(p, "protocol")
    as_it_came = proposals.as_it_came(p, "protocol")
    for row, is_proposed, is_whole in zip(_rows(p["protocol"]), proposed, as_it_came, strict=True):
        code = f"protocol {row['step']}"
        clause, missing = _step(row)
        if is_proposed:
            open_steps.append(row["step"])
            text = tr("the handbook's proposal, not yet yours. {step}")
            if not is_whole:
                text = tr("the handbook's proposal, changed by you. Is the rest yours? {step}")
            found.append(to_settle(text.format(step=clause), code))
        else:
            found.append(Clause(clause, code))
        if missing:
            point = tr("step {step}: {what}").format(step=row["step"], what=", ".join(missing))
            found.append(to_settle(point, code))
    if open_steps:
        ask = tr("these steps came with the handbook: {steps}. Are they yours?")
        found.append(to_settle(ask.format(steps=", ".join(open_steps))))
    return found


def _step(row: Row) -> tuple[str, list[str]]:
    """A step of the conflict protocol in words, and the labels of what is not filled in."""
    columns = TABLES["protocol"].by_name
    texts = [
        (tr(columns[name].label), row[name])
        for name in ("we_go_here_when", "how_it_can_be_raised", "who_meets", "meanwhile")
    ]
    missing = [label for label, text in texts if says_nothing(text)]
    sentences = [f"{label}: {stopped(text)}" for label, text in texts if not says_nothing(text)]
    clause = tr("Step {step}. {text}").format(step=row["step"], text=" ".join(sentences))
    if pd.isna(row["within_days"]):
        label = tr(columns["within_days"].label)
        missing.append(_unread(label) if "within_days" in names_in(row) else label)
    else:
        clause += tr(" Within {count} working days.").format(count=int(row["within_days"]))
    return clause, missing


def _contributions(p: Partnership) -> list[Clause]:
    """What is promised; what is only offered, and who stands here without a promise, is asked."""
    lines = p["value_lines"]
    lines = lines[(lines["we"] == "bring") & answers.said(lines["what"])]
    lines = lines[lines["partner"].isin(p.expected)]  # people we serve owe nothing
    promised, offered, asked = [], [], []
    for row in _rows(lines[lines["how_sure"] == "we promise it"]):
        text = tr("{who} contributes: {what}").format(
            who=_name(p, row["partner"]), what=row["what"]
        )
        promised.append(Clause(stopped(text), row["line"]))
    for row in _rows(lines[lines["how_sure"] == "we offer it"]):
        ask = tr(
            "{who} offers, and has not promised: {what} Who in its organisation has to say yes?"
        ).format(who=_name(p, row["partner"]), what=stopped(row["what"]))
        offered.append(to_settle(challenges.with_names(ask), row["line"]))
    there = set(lines.loc[lines["how_sure"] == "we promise it", "partner"])
    for code in p.expected:
        if code not in there:
            asked.append(_without_a_promise(p, code))
    return [*promised, *_waiting(p), *offered, *asked]


def _without_a_promise(p: Partnership, code: str) -> Clause:
    ask = tr(
        "no contribution of {who} is in this draft as promised yet. Is there one that is not "
        "written here (time, contacts, reputation, exposure to risk)? Would a smaller role be "
        "right? Is something in the way?"
    ).format(who=_name(p, code))
    return to_settle(challenges.with_names(ask), code)


def _waiting(p: Partnership) -> list[Clause]:
    """Promises that can be kept only when another partner has kept one."""
    promises = p["promises"]
    whose = dict(zip(promises["promise"], promises["partner"], strict=True))
    found = []
    for row in _rows(promises[promises["waits_for"] != ""]):
        for other in in_cell(row["waits_for"]):
            if whose.get(other, row["partner"]) == row["partner"]:
                continue
            ask = tr(
                "{promise} of {who} depends on {other} of {whom}. What happens to each of them "
                "if it is late, and who says so first?"
            ).format(
                who=_name(p, row["partner"]),
                promise=row["promise"],
                other=other,
                whom=_name(p, whose[other]),
            )
            found.append(to_settle(challenges.with_names(ask), f"{row['promise']}, {other}"))
    return found


def _gains(p: Partnership) -> list[Clause]:
    """Hopes that a partner has marked for the room: a hope that is only told is nobody's clause."""
    lines = p["value_lines"]
    freed = (lines["we"] == "hope for") & (lines["share"] == SHARE_ROOM)
    found = []
    for row in _rows(lines[freed & answers.said(lines["what"])]):
        text = tr("{who} hopes for: {what}").format(who=_name(p, row["partner"]), what=row["what"])
        found.append(Clause(stopped(text), row["line"]))
    return found


def _risks(p: Partnership) -> list[Clause]:
    labels = dict(zip(p["risks"]["risk"], p["risks"]["what_could_happen"], strict=True))
    rows = risk_sharing.sentence(p).rows.assign(hits_hardest="")  # no tick stands in a draft
    begun = dict(zip(rows["risk"], risk_sharing.in_sentences(rows), strict=True))
    care = _rows(p["risk_care"])
    finished = _finished(p, [row["risk"] for row in care])
    found = []
    for row in care:
        code = row["risk"]
        found.append(Clause(stopped(str(labels.get(code, code))), code))
        found += _care(p, row)
        own = [clause for clause, named in finished if named == (code,)]
        ask = tr("finish this sentence, and sign it. {sentence}").format(sentence=begun[code])
        found += own or [to_settle(ask, code)]
    for clause, named in finished:
        if len(named) != 1:
            found += [clause, _which_risk(clause, care)]
    return found


def _care(p: Partnership, row: Row) -> list[Clause]:
    """What is done about a risk, and who carries, decides and pays: agreed, or to be settled."""
    columns, code = TABLES["risk_care"].by_name, row["risk"]
    sharing = {name: side(p, row[name]).words for name in ("carries", "decides", "pays")}
    day: str = "" if pd.isna(row["by_when"]) else row["by_when"].strftime("%Y-%m-%d")
    lead = "" if row["lead"] == UNREAD else row["lead"]
    we_will = "" if says_nothing(row["we_will"]) else row["we_will"]
    doing = {"we_will": we_will, "lead": lead, "by_when": day}
    questions = challenges.of_risk(p, row["carries"], row["decides"], row["pays"])
    stands, written = (doing, sharing) if questions else (sharing | doing, {})
    if not side(p, row["pays"]).told:  # what nobody pays for is nobody's duty yet
        stands, written = {}, sharing | doing
    found = []
    if text := _labelled(stands):
        found.append(Clause(text, code))
    if text := _labelled(written):
        point = tr("who is most affected, who decides, who pays. Written so far: {what}")
        found.append(to_settle(point.format(what=text), code))
    found += [to_settle(challenges.with_names(question), code) for question in questions]
    empty = [name for name, text in (sharing | doing).items() if not text]
    asked = {"pays", *(name for name in sharing if row[name])}  # of these there is a question
    labels = {name: tr(columns[name].label) for name in empty if name not in asked}
    lost = [*names_in(row), *(["lead"] if lead != row["lead"] else [])]
    labels |= {name: _unread(labels[name]) for name in lost if name in labels}
    return found + _missing(list(labels.values()), code)


def _labelled(texts: dict[str, str]) -> str:
    """Cells of risk_care in words, each after its label."""
    columns = TABLES["risk_care"].by_name
    filled_in = [(tr(columns[name].label), text) for name, text in texts.items() if text]
    return " ".join(stopped(f"{label}: {text}") for label, text in filled_in)


Finished = list[tuple[Clause, tuple[str, ...]]]


def _finished(p: Partnership, risks: list[str]) -> Finished:
    """The sentences that the partners have finished, each with the risks that it names."""
    found: Finished = []
    days = answers.days(p["decisions"].drop(columns=UNREAD), "by_when")
    for at, (row, day) in enumerate(zip(_rows(p["decisions"]), days, strict=True), start=1):
        about, text = row["about"], row["what_we_decided"]
        begins = text.startswith((BEGINS, tr(BEGINS)))
        is_sentence = begins or SENTENCE in about or tr(SENTENCE) in about
        if row["stop"] != RISKS or row["outcome"] != "agreed" or not (text and is_sentence):
            continue
        named = tuple(code for code in risks if speaks_of([code]).search(about))
        named = tuple(risks) if len(risks) == 1 else named
        clause = stopped(text)
        if day:
            clause += tr(" We look at it again on {day}.").format(day=day)
        codes = ", ".join([*named, tr("decisions {row}").format(row=at)])
        found.append((Clause(clause, codes), named))
    return found


def _which_risk(clause: Clause, care: list[Row]) -> Clause:
    """A finished sentence that names no risk, or several: the question of which it speaks."""
    codes = ", ".join(row["risk"] for row in care)
    ask = tr("of which risk does this sentence speak: {codes}?").format(codes=codes)
    return to_settle(ask, clause.codes)


def _rights(p: Partnership) -> list[Clause]:
    frame, found = p["rights"], []
    columns = [answers.told(frame[name]) for name in ("decides", "asked_first", "told_after")]
    lines = zip(_rows(frame), *columns, strict=True)
    for at, (row, decides, asked, told) in enumerate(lines, start=1):
        code, name = tr("rights {row}").format(row=at), tr(row["right"])
        deciding = side(p, row["decides"])
        if not deciding.told and not deciding.unread:
            found.append(to_settle(tr("{right}: who decides?").format(right=name), code))
            continue
        ask = tr("{right}: {question}")
        questions = [
            ask.format(right=name, question=question) for question in challenges.of_right(p, row)
        ]
        text = _right(name, decides, asked, told, row["reason_given"])
        if not questions:
            found.append(Clause(text, code))
        elif deciding.told and not decides_alone(p, row["decides"], row["asked_first"]):
            found.append(to_settle(tr("written so far: {what}").format(what=text), code))
        found += [to_settle(challenges.with_names(question), code) for question in questions]
    return found


def _right(name: str, decides: str, asked: str, told: str, reason: str) -> str:
    """A right on which nothing is one-sided, in words."""
    text = tr("{right}: decided by {who}.").format(right=name, who=decides)
    if asked:
        text += tr(" Asked before: {who}.").format(who=asked)
    if told:
        text += tr(" Told afterwards: {who}.").format(who=told)
    if not says_nothing(reason):
        text += tr(" Reason: {reason}").format(reason=stopped(reason))
    return text


def _data(p: Partnership) -> list[Clause]:
    partners, found = p["partners"], []
    for row in _rows(partners[partners["must_disclose"] == "yes"]):
        text = tr("The law may make {name} publish: what is sent to it may become public.")
        found.append(Clause(text.format(name=row["name"]), row["partner"]))
    for row in _rows(partners[partners["must_disclose"] == "we do not know"]):
        ask = tr("may what is sent to {name} become public?")
        found.append(to_settle(ask.format(name=row["name"]), row["partner"]))
    route = p.fact("reporting_route") or ""
    if says_nothing(route):
        return [*found, to_settle(tr("where are harm and misuse reported?"), "partnership")]
    where = tr("Where harm or misuse is reported: {route}").format(route=route)
    return [*found, Clause(stopped(where), "partnership")]


def _money(p: Partnership) -> list[Clause]:
    found = []
    if p["transfers"].empty and _asked_about_money(p):
        ask = tr("no money between partners is shown here. Does any move, and of which type?")
        found.append(to_settle(ask))
    for row in transfers(p):
        found += _transfer(p, row)
    return found


def transfers(p: Partnership) -> list[Row]:
    """The sums that move, each with what it is called: its code, or that it has none of its own.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The rows of the table `transfers`.
    """
    rows = _rows(p["transfers"])
    for row in rows:
        if row["transfer"] == UNREAD:
            row["transfer"] = tr(agreement.NO_CODE)
    return rows


def _transfer(p: Partnership, row: Row) -> list[Clause]:
    """A sum that moves. What a grant asks in return is no rule of this agreement unless agreed."""
    code, form, how_much = row["transfer"], row["form"], amount_of(row)
    form = form if isinstance(form, str) else ""
    text = between(p, row, ", ".join(filter(None, (how_much, tr(form)))))
    found, questions = [], []
    if form == "grant":
        text += " " + tr("A grant agreement complements this agreement. It is not above it.")
        questions = _on_a_grant(p, row)
    elif not says_nothing(row["purpose"]):
        text += " " + stopped(row["purpose"])
    if UNREAD in (row["from"], row["to"]):
        ask = tr("who gives, or who receives, cannot be read. Who is it? {payment}")
        found.append(to_settle(ask.format(payment=text), code))
    else:
        found.append(Clause(text, code))
    if not form:
        point = tr("Of which type is it: grant, service contract, joint fund?")
        found.append(to_settle(point, code))
    elif not how_much:
        found.append(to_settle(no_sum(row), code))
    return found + [to_settle(challenges.with_names(question), code) for question in questions]


def between(p: Partnership, transfer: Row, amount: str) -> str:
    """Who gives what to whom.

    Args:
        p: The partnership as one reader sees it.
        transfer: One row of the table `transfers`; read are `from` and `to`.
        amount: What is given, in words.

    Returns:
        Such as "The ANA house to The BEN house: 500 EUR, grant."
    """
    giver, taker = (
        tr(UNREAD_PARTNER) if code == UNREAD else _name(p, code)
        for code in (transfer["from"], transfer["to"])
    )
    return tr("{giver} to {taker}: {amount}.").format(giver=giver, taker=taker, amount=amount)


def _on_a_grant(p: Partnership, row: Row) -> list[str]:
    """What to settle about a grant: what is a condition, and which conditions travel on."""
    questions = []
    if not says_nothing(row["purpose"]):
        ask = tr(
            "the sheet says of it: “{purpose}” What of this is a condition, who asks for it, "
            "and does it fit this agreement?"
        )
        questions.append(ask.format(purpose=stopped(row["purpose"])))
    grants = p["transfers"][p["transfers"]["form"] == "grant"]
    before = dict.fromkeys(grants.loc[grants["to"] == row["from"], "from"])
    if before and row["from"] != UNREAD:
        ask = tr(
            "which conditions did {first} ask for, and which has {who} added? Who pays for keeping "
            "them?"
        )
        first = ", ".join(_name(p, code) for code in before)
        questions.append(ask.format(first=first, who=_name(p, row["from"])))
    return questions


def _asked_about_money(p: Partnership) -> bool:
    """Whether money between partners is still a topic: nobody has ticked that it is not needed."""
    topics = p["topics"]
    about = topics[topics["topic"].map(TOPICS.get) == "money"]
    return not (about["where"].iloc[:1] == "not needed").any()


def no_sum(transfer: Row) -> str:
    """The question on a transfer of which the amount is missing, or cannot be read.

    Args:
        transfer: One row of the table `transfers`; read are `amount` and what cannot be read.
    """
    if "amount" in names_in(transfer):
        return tr("how much? The sum cannot be read.")
    return tr("how much? No sum is shown here.")


def amount_of(transfer: Row) -> str:
    """A transfer's amount with its currency, such as "500 EUR"; "" where none is told.

    Args:
        transfer: One row of the table `transfers`; read are `amount` and `currency`.

    Returns:
        The amount in figures that can be read in one way only, in groups of three.
    """
    if pd.isna(transfer["amount"]):
        return ""
    kind = TABLES["transfers"].by_name["amount"].kind
    figures, point, cents = kind.write(transfer["amount"]).partition(".")
    grouped = f"{int(figures):,}".replace(",", "\u202f") if figures.isdecimal() else figures
    return f"{grouped}{point}{cents} {transfer['currency']}".strip()


def _review(p: Partnership) -> list[Clause]:
    frame, found = p["protocol"], []
    frame = frame[~proposals.proposed(p, "protocol")]
    for step, ticked in zip(frame["step"], frame["this_step_has"], strict=True):
        if "what happens if no solution is found" in scales.STEP_HAS.parts(ticked):
            text = tr("How it ends: step {step} of the conflict protocol.").format(step=step)
            found.append(Clause(text, f"protocol {step}"))
    return [*found, to_settle(tr("on which day is this agreement read again, and by whom?"))]


MAKERS: dict[str, Callable[[Partnership], list[Clause]]] = {
    "parties": _parties,
    "purpose": _purpose,
    "principles": _principles,
    "practices": _practices,
    "protocol": _protocol,
    "contributions": _contributions,
    "gains": _gains,
    "risks": _risks,
    "rights": _rights,
    "data": _data,
    "money": _money,
    "review": _review,
}


# ------------------------------------------------------------------ what the topics say


def _topics(p: Partnership, part: str, bare: bool) -> list[Clause]:
    """What the topics of a part add: clauses in the partners' own words, and points to settle.

    `bare` says that nothing else stands in the part.
    """
    asked = part != "gains" and (bare or part not in WRITTEN_BY_ROWS)
    if part == "money" and p["transfers"].empty:
        asked = False  # `_money` asks whether any moves
    found = []
    for at, row in enumerate(_rows(p["topics"]), start=1):
        if TOPICS.get(row["topic"], "further") != part:
            continue
        code, name = tr("topics {row}").format(row=at), tr(row["topic"])
        own = _own_clauses(p, row)
        found += own
        if row["where"] == "grant agreement":
            text = tr("{topic}: is in the grant agreement.").format(topic=name)
            found.append(Clause(text, code))
            ask = tr("{topic}: what is the rule for those who do not sign the grant agreement?")
            found.append(to_settle(challenges.with_names(ask.format(topic=name)), code))
        if not says_none(row["to_settle"]):
            found.append(to_settle(f"{name}: {row['to_settle']}", code))
        elif row["where"] == "in both" and row["together"] in agreement.UNSETTLED and not own:
            ask = tr("{topic}: do both papers say the same? Who reads them side by side?")
            found.append(to_settle(challenges.with_names(ask.format(topic=name)), code))
        elif asked and not own and row["where"] not in ("not needed", "grant agreement"):
            text = tr("{topic}: nothing is written down here yet.").format(topic=name)
            found.append(to_settle(text, code))
    return found + (_on_no_topic(p) if part == "further" else [])


def _on_no_topic(p: Partnership) -> list[Clause]:
    """The clauses that name no topic, or none that can be read."""
    found = _own_clauses(p, {"topic": "", "together": ""})
    codes = ", ".join(p["clauses"].loc[p["clauses"]["topic"] == "", "clause"])
    return [*found, to_settle(tr("to which topic do these belong?"), codes)] if found else []


def _own_clauses(p: Partnership, topic: Row) -> list[Clause]:
    """The clauses that the partners have written on a topic, each with what it covers.

    Where the grant agreement has a rule as well, and nobody has ticked that both say the same, it
    is to be settled which of the two holds.
    """
    frame = p["clauses"]
    written = answers.said(frame["in_partnership_agreement"])
    own = frame[(frame["topic"] == topic["topic"]) & written]
    found = []
    for row in _rows(own):
        codes = ", ".join(filter(None, (row["clause"], row["covers"])))
        ours, theirs = row["in_partnership_agreement"], row["in_grant_agreement"]
        if not says_nothing(theirs) and topic["together"] != "they agree":
            ask = tr(
                "{topic}: one paper says “{ours}”, the other “{theirs}” Which would be used on the "
                "day, and which did we mean?"
            ).format(
                topic=tr(topic["topic"]) if topic["topic"] else row["clause"],
                ours=ours,
                theirs=theirs,
            )
            found.append(to_settle(challenges.with_names(ask), codes))
        else:
            found.append(Clause(ours, codes))
    return found
