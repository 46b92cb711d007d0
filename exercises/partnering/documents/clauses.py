"""The clauses of a partnership agreement, made of what the partners have written: traced to rows, nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import Partnership, answers
from partnering.schema.kinds import SHARE_ROOM
from partnering.schema.tables import TABLES
from partnering.stops import agreement, purpose, risk

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
HEART = ("principles", "practices", "protocol")
TOPICS = {  # shipped topics by the part they belong to; a topic of one's own stands under what else was agreed
    "Our principles": "principles",
    "Our practices": "practices",
    "The conflict protocol": "protocol",
    "Purpose and objectives": "purpose",
    "Who the partners are and who signs": "parties",
    "What each brings": "contributions",
    "What each hopes to gain": "gains",
    "Who decides what": "rights",
    "Risks and how we carry them": "risks",
    "Safety of the people we serve and of our own people": "data",
    "Information about people: who keeps it and who sees it": "data",
    "Names and pictures and what is published": "data",
    "Money that moves: dates and conditions and reports": "money",
    "Running costs and costs nobody foresaw": "money",
    "Changes of plan and of people": "review",
    "How it ends and what people served can count on then": "review",
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


@dataclass(frozen=True)
class Clause:
    """One clause: its text, the codes of the rows it came from, and whether it is a point that is still to be settled."""

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
    """The clauses of every part, in the order of the agreement; a part about which nothing is known is left out."""
    made = {name: MAKERS[name](p) if name in MAKERS else [] for name in PARTS}
    for name, found in made.items():
        found += _topics(p, name, bare=not found)
    if not len(p["transfers"]):
        made["money"] = [clause for clause in made["money"] if not clause.settle]
    return {name: found for name, found in made.items() if found}


# ------------------------------------------------------------------ parts


def _parties(p: Partnership) -> list[Clause]:
    found = []
    for row in p["partners"].itertuples():
        kind = f", {tr(row.kind)}" if isinstance(row.kind, str) and row.kind else ""
        spoken = (
            tr(" Spoken for by: {who}").format(who=row.spoken_for_by) if row.spoken_for_by else ""
        )
        found.append(Clause(f"{row.name} ({row.partner}){kind}.{spoken}", row.partner))
        if row.partner in p.expected:
            found.append(
                to_settle(
                    tr("who signs for {name}, and may they?").format(name=row.name), row.partner
                )
            )
    return found


def _purpose(p: Partnership) -> list[Clause]:
    reasons = p["purposes"]
    found = [
        Clause(tr("{who}: {reason}").format(who=p.names.get(code, code), reason=stopped(why)), code)
        for code, why in zip(reasons["partner"], reasons["why_together"], strict=True)
        if why
    ]
    state, labels = (
        purpose.so_far(p),
        dict(zip(p["objectives"]["objective"], p["objectives"]["text"], strict=True)),
    )
    found += [
        Clause(tr("We want to reach: {what}").format(what=stopped(labels[code])), code)
        for code, said in state.items()
        if said == purpose.ENOUGH
    ]
    return found + [
        to_settle(tr("{what} ({state})").format(what=labels[code], state=tr(said)), code)
        for code, said in state.items()
        if said != purpose.ENOUGH
    ]


def _principles(p: Partnership) -> list[Clause]:
    by: dict[str, list[str]] = {}
    for code, name in zip(p["practices"]["practice"], p["practices"]["principle"], strict=True):
        by.setdefault(name, []).append(code)
    for name in p["principles"]["principle"]:
        by.setdefault(name, [])
    return [Clause(name, ", ".join(codes)) for name, codes in by.items() if name]


def _practices(p: Partnership) -> list[Clause]:
    found = []
    days = answers.days(p["practices"]["look_again_on"])
    for row, who, day in zip(
        p["practices"].itertuples(), answers.told(p["practices"]["who"]), days, strict=True
    ):
        if not row.we_will:
            found.append(
                to_settle(
                    tr("what do we do, so that “{principle}” can be seen?").format(
                        principle=row.principle
                    ),
                    row.practice,
                )
            )
            continue
        more = (
            tr(" The others will see: {sign}").format(sign=stopped(row.you_will_see))
            if row.you_will_see
            else ""
        )
        more += tr(" We look at it again on {day}.").format(day=day) if day else ""
        doer = f"{who[0].upper()}{who[1:]}: " if who else ""
        found.append(Clause(f"{doer}{stopped(row.we_will)}{more}", row.practice))
        missing = [
            what
            for what, there in (
                (tr("who does it"), who),
                (tr("how the others see it"), row.you_will_see),
                (tr("when we look at it again"), day),
            )
            if not there
        ]
        if missing:
            found.append(to_settle(", ".join(missing), row.practice))
    return found


def _protocol(p: Partnership) -> list[Clause]:
    columns, found = TABLES["protocol"].by_name, []
    for row in p["protocol"].itertuples():
        told = [
            (tr(columns[name].label), getattr(row, name))
            for name in ("we_go_here_when", "how_it_can_be_raised", "who_meets", "meanwhile")
        ]
        days = (
            ""
            if pd.isna(row.within_days)
            else tr(" Within {count} working days.").format(count=int(row.within_days))
        )
        text = " ".join(f"{label}: {stopped(said)}" for label, said in told if said)
        code = f"protocol {row.step}"
        found.append(
            Clause(tr("Step {step}. {text}").format(step=row.step, text=text) + days, code)
        )
        missing = [label for label, said in told if not said] + (
            [] if days else [tr(columns["within_days"].label)]
        )
        if missing:
            found.append(
                to_settle(
                    tr("step {step}: {what}").format(step=row.step, what=", ".join(missing)), code
                )
            )
    if found and not p.edited("protocol"):
        found.append(to_settle(tr("these steps are the handbook's proposal; are they yours?")))
    return found


def _contributions(p: Partnership) -> list[Clause]:
    lines = p["value_lines"]
    promised = lines[
        (lines["we"] == "bring") & (lines["how_sure"] == "we promise it") & (lines["what"] != "")
    ]
    return [
        Clause(
            stopped(
                tr("{who} contributes: {what}").format(
                    who=p.names.get(row.partner, row.partner), what=row.what
                )
            ),
            row.line,
        )
        for row in promised.itertuples()
    ]


def _gains(p: Partnership) -> list[Clause]:
    """Hopes that a partner has marked for the room itself: a hope that is only told is nobody's clause."""
    lines = p["value_lines"]
    freed = lines[
        (lines["we"] == "hope for") & (lines["share"] == SHARE_ROOM) & (lines["what"] != "")
    ]
    return [
        Clause(
            stopped(
                tr("{who} hopes for: {what}").format(
                    who=p.names.get(row.partner, row.partner), what=row.what
                )
            ),
            row.line,
        )
        for row in freed.itertuples()
    ]


def _risks(p: Partnership) -> list[Clause]:
    care, labels = p["risk_care"], p["risks"].set_index("risk")["what_could_happen"]
    sentences = dict(risk.sentence(p).cells.itertuples(index=False, name=None))
    told = {name: answers.told(care[name]) for name in ("carries", "decides", "pays")}
    told |= {
        "we_will": care["we_will"],
        "lead": care["lead"],
        "by_when": answers.days(care["by_when"]),
    }
    columns, found = TABLES["risk_care"].by_name, []
    for at, code in enumerate(care["risk"]):
        said = {tr(columns[name].label): values.iloc[at] for name, values in told.items()}
        found.append(Clause(stopped(labels.get(code, code)), code))
        found.append(
            Clause(
                " ".join(stopped(f"{label}: {text}") for label, text in said.items() if text), code
            )
        )
        found.append(
            to_settle(
                tr("finish this sentence, and sign it. {sentence}").format(
                    sentence=sentences[code]
                ),
                code,
            )
            if "…" in sentences[code]
            else Clause(sentences[code], code)
        )
        if missing := [label for label, text in said.items() if not text]:
            found.append(to_settle(", ".join(missing), code))
    return found


def _rights(p: Partnership) -> list[Clause]:
    alone, found = set(agreement.alone(p)["right"]), []
    frame = p["rights"]
    columns = [answers.told(frame[name]) for name in ("decides", "asked_first", "told_after")]
    for at, (row, decides, asked, told) in enumerate(
        zip(frame.itertuples(), *columns, strict=True), start=1
    ):
        code, name = tr("rights {row}").format(row=at), tr(row.right)
        if not decides:
            found.append(to_settle(tr("{right}: who decides?").format(right=name), code))
            continue
        text = tr("{right}: decided by {who}.").format(right=name, who=decides)
        text += tr(" Asked first: {who}.").format(who=asked) if asked else ""
        text += tr(" Told after: {who}.").format(who=told) if told else ""
        text += (
            tr(" Reason: {reason}").format(reason=stopped(row.reason_given))
            if row.reason_given
            else ""
        )
        found.append(Clause(text, code))
        if row.right in alone and not row.reason_given:
            found.append(
                to_settle(
                    tr(
                        "{right}: why does one decide alone, and could it be “after asking”?"
                    ).format(right=name),
                    code,
                )
            )
    return found


def _data(p: Partnership) -> list[Clause]:
    disclosing = p["partners"].loc[p["partners"]["must_disclose"] == "yes"]
    found = [
        Clause(
            tr("{name} must disclose: what is sent to it may become public.").format(name=row.name),
            row.partner,
        )
        for row in disclosing.itertuples()
    ]
    route = p.fact("reporting_route")
    if not route:
        return [*found, to_settle(tr("where are harm and misuse reported?"), "partnership")]
    return [
        *found,
        Clause(
            stopped(tr("Where harm or misuse is reported: {route}").format(route=route)),
            "partnership",
        ),
    ]


def _money(p: Partnership) -> list[Clause]:
    found = []
    beside = {
        "grant": tr("A grant agreement stands beside this agreement, not above it."),
        "": tr("In which form does it move: grant, service contract, joint pot?"),
    }
    amount = TABLES["transfers"].by_name["amount"].kind
    for row in p["transfers"].itertuples(name=None):
        told = dict(zip(p["transfers"].columns, row[1:], strict=True))
        form = told["form"] if isinstance(told["form"], str) else ""
        how_much = (
            ""
            if pd.isna(told["amount"])
            else f"{amount.write(told['amount'])} {told['currency']}".strip()
        )
        found.append(
            Clause(
                tr("{giver} to {taker}: {amount}. {purpose}").format(
                    giver=p.names.get(told["from"], told["from"]),
                    taker=p.names.get(told["to"], told["to"]),
                    amount=", ".join(filter(None, (how_much, tr(form)))),
                    purpose=stopped(told["purpose"]),
                )
                + (f" {beside['grant']}" if form == "grant" else ""),
                told["transfer"],
            )
        )
        if not how_much or not form:
            found.append(to_settle(beside[""] if not form else tr("how much?"), told["transfer"]))
    return found


def _review(p: Partnership) -> list[Clause]:
    end = p["protocol"][p["protocol"]["this_step_has"].str.contains("an end", regex=False)]
    found = [
        Clause(
            tr("How it ends: step {step} of the conflict protocol.").format(step=step),
            f"protocol {step}",
        )
        for step in end["step"]
    ]
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
    """What the topics of a part add: clauses in the partners' own words, and what is still to settle."""
    found = []
    for at, row in enumerate(p["topics"].itertuples(), start=1):
        if TOPICS.get(row.topic, "further") != part:
            continue
        code, name = tr("topics {row}").format(row=at), tr(row.topic)
        own = p["clauses"][
            (p["clauses"]["topic"] == row.topic) & (p["clauses"]["in_partnership_agreement"] != "")
        ]
        found += [
            Clause(text, ", ".join(filter(None, (clause, covers))))
            for clause, covers, text in zip(
                own["clause"], own["covers"], own["in_partnership_agreement"], strict=True
            )
        ]
        where = row.where if isinstance(row.where, str) else ""
        if where == "grant agreement":
            found.append(
                Clause(tr("{topic}: stands in the grant agreement.").format(topic=name), code)
            )
        elif row.to_settle:
            found.append(to_settle(f"{name}: {row.to_settle}", code))
        elif (
            where != "not needed"
            and not len(own)
            and (part not in WRITTEN_BY_ROWS or bare)
            and part != "gains"
        ):
            found.append(
                to_settle(tr("{topic}: nothing is written down here yet.").format(topic=name), code)
            )
    return found
