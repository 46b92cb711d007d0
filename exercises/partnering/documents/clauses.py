"""The clauses of a partnership agreement, made of what the partners have written.

Each is traced to the rows that it came from, and nothing is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import Partnership, answers
from partnering.schema import scales
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
        By the names of `PARTS`, in their order; a part about which nothing is known is left out,
        and the part on money holds no points to settle where no money moves.
    """
    made = {name: MAKERS[name](p) if name in MAKERS else [] for name in PARTS}
    for name, found in made.items():
        found += _topics(p, name, bare=not found)
    if not len(p["transfers"]):
        made["money"] = [clause for clause in made["money"] if not clause.settle]
    return {name: found for name, found in made.items() if found}


Row = dict[Hashable, Any]  # one row of a table: its cells, each of the type of its column


def _rows(frame: pd.DataFrame) -> list[Row]:
    return frame.astype("object").to_dict("records")


def _name(p: Partnership, code: str) -> str:
    """The name of a partner, or its code where it has none."""
    return p.names.get(code, code)


# ------------------------------------------------------------------ parts


def _parties(p: Partnership) -> list[Clause]:
    found = []
    for row in _rows(p["partners"]):
        code, name = row["partner"], row["name"]
        kind = f", {tr(row['kind'])}" if isinstance(row["kind"], str) and row["kind"] else ""
        spoken = ""
        if row["spoken_for_by"]:
            spoken = tr(" Spoken for by: {who}").format(who=row["spoken_for_by"])
        found.append(Clause(f"{name} ({code}){kind}.{spoken}", code))
        if code in p.expected:
            who_signs = tr("who signs for {name}, and may they?").format(name=name)
            found.append(to_settle(who_signs, code))
    return found


def _purpose(p: Partnership) -> list[Clause]:
    reasons, objectives, found = p["purposes"], p["objectives"], []
    for code, why in zip(reasons["partner"], reasons["why_together"], strict=True):
        if why:
            text = tr("{who}: {reason}").format(who=_name(p, code), reason=stopped(why))
            found.append(Clause(text, code))
    texts = dict(zip(objectives["objective"], objectives["text"], strict=True))
    settled, unsettled = [], []
    for code, state in purpose.so_far(p).items():
        if state == purpose.ENOUGH:
            reach = tr("We want to reach: {what}").format(what=stopped(texts[code]))
            settled.append(Clause(reach, code))
        else:
            point = tr("{what} ({state})").format(what=texts[code], state=tr(state))
            unsettled.append(to_settle(point, code))
    return [*found, *settled, *unsettled]


def _principles(p: Partnership) -> list[Clause]:
    by: dict[str, list[str]] = {}
    for code, name in zip(p["practices"]["practice"], p["practices"]["principle"], strict=True):
        by.setdefault(name, []).append(code)
    for name in p["principles"]["principle"]:
        by.setdefault(name, [])
    return [Clause(name, ", ".join(codes)) for name, codes in by.items() if name]


def _practices(p: Partnership) -> list[Clause]:
    frame = p["practices"]
    found: list[Clause] = []
    days = answers.days(frame["look_again_on"])
    for row, who, day in zip(_rows(frame), answers.told(frame["who"]), days, strict=True):
        code, sign = row["practice"], row["you_will_see"]
        if not row["we_will"]:
            point = tr("what do we do, so that “{principle}” can be seen?").format(
                principle=row["principle"]
            )
            found.append(to_settle(point, code))
            continue
        doer = f"{who[0].upper()}{who[1:]}: " if who else ""
        text = f"{doer}{stopped(row['we_will'])}"
        if sign:
            text += tr(" The others will see: {sign}").format(sign=stopped(sign))
        if day:
            text += tr(" We look at it again on {day}.").format(day=day)
        found.append(Clause(text, code))
        wanted = (
            (tr("who does it"), who),
            (tr("how the others see it"), sign),
            (tr("when we look at it again"), day),
        )
        found += _missing([what for what, there in wanted if not there], code)
    return found


def _missing(what: list[str], codes: str) -> list[Clause]:
    """What is not filled in, as one point to settle; none where nothing is missing."""
    return [to_settle(", ".join(what), codes)] if what else []


def _protocol(p: Partnership) -> list[Clause]:
    columns = TABLES["protocol"].by_name
    found: list[Clause] = []
    for row in _rows(p["protocol"]):
        step, days = row["step"], row["within_days"]
        code = f"protocol {step}"
        texts = [
            (tr(columns[name].label), row[name])
            for name in ("we_go_here_when", "how_it_can_be_raised", "who_meets", "meanwhile")
        ]
        missing = [label for label, text in texts if not text]
        sentences = [f"{label}: {stopped(text)}" for label, text in texts if text]
        clause = tr("Step {step}. {text}").format(step=step, text=" ".join(sentences))
        if pd.isna(days):
            missing.append(tr(columns["within_days"].label))
        else:
            clause += tr(" Within {count} working days.").format(count=int(days))
        found.append(Clause(clause, code))
        if missing:
            point = tr("step {step}: {what}").format(step=step, what=", ".join(missing))
            found.append(to_settle(point, code))
    if found and not p.edited("protocol"):
        found.append(to_settle(tr("these steps are the handbook's proposal; are they yours?")))
    return found


def _contributions(p: Partnership) -> list[Clause]:
    lines = p["value_lines"]
    promised = (lines["we"] == "bring") & (lines["how_sure"] == "we promise it")
    found = []
    for row in _rows(lines[promised & (lines["what"] != "")]):
        text = tr("{who} contributes: {what}").format(
            who=_name(p, row["partner"]), what=row["what"]
        )
        found.append(Clause(stopped(text), row["line"]))
    return found


def _gains(p: Partnership) -> list[Clause]:
    """Hopes that a partner has marked for the room: a hope that is only told is nobody's clause."""
    lines = p["value_lines"]
    freed = (lines["we"] == "hope for") & (lines["share"] == SHARE_ROOM)
    found = []
    for row in _rows(lines[freed & (lines["what"] != "")]):
        text = tr("{who} hopes for: {what}").format(who=_name(p, row["partner"]), what=row["what"])
        found.append(Clause(stopped(text), row["line"]))
    return found


def _risks(p: Partnership) -> list[Clause]:
    labels = dict(zip(p["risks"]["risk"], p["risks"]["what_could_happen"], strict=True))
    rows = risk.sentence(p).rows
    sentences = dict(zip(rows["risk"], rows["sentence"], strict=True))
    found = []
    for code, texts in _care(p).items():
        filled_in = [stopped(f"{label}: {text}") for label, text in texts.items() if text]
        found.append(Clause(stopped(labels.get(code, code)), code))
        found.append(Clause(" ".join(filled_in), code))
        sentence = sentences[code]
        if "…" in sentence:
            finish = tr("finish this sentence, and sign it. {sentence}").format(sentence=sentence)
            found.append(to_settle(finish, code))
        else:
            found.append(Clause(sentence, code))
        found += _missing([label for label, text in texts.items() if not text], code)
    return found


def _care(p: Partnership) -> dict[str, dict[str, str]]:
    """What stands in each cell of each line of risk_care, in words, by its label and its risk."""
    care, columns = p["risk_care"], TABLES["risk_care"].by_name
    words = {name: answers.told(care[name]) for name in ("carries", "decides", "pays")}
    words |= {"we_will": care["we_will"], "lead": care["lead"]}
    words |= {"by_when": answers.days(care["by_when"])}
    found = {}
    for at, code in enumerate(care["risk"]):
        found[code] = {tr(columns[name].label): texts.iloc[at] for name, texts in words.items()}
    return found


def _rights(p: Partnership) -> list[Clause]:
    frame, alone, found = p["rights"], set(agreement.alone(p)["right"]), []
    columns = [answers.told(frame[name]) for name in ("decides", "asked_first", "told_after")]
    lines = zip(_rows(frame), *columns, strict=True)
    for at, (row, decides, asked, told) in enumerate(lines, start=1):
        code, name, reason = (
            tr("rights {row}").format(row=at),
            tr(row["right"]),
            row["reason_given"],
        )
        if not decides:
            found.append(to_settle(tr("{right}: who decides?").format(right=name), code))
            continue
        text = tr("{right}: decided by {who}.").format(right=name, who=decides)
        if asked:
            text += tr(" Asked first: {who}.").format(who=asked)
        if told:
            text += tr(" Told after: {who}.").format(who=told)
        if reason:
            text += tr(" Reason: {reason}").format(reason=stopped(reason))
        found.append(Clause(text, code))
        if row["right"] in alone and not reason:
            point = tr("{right}: why does one decide alone, and could it be “after asking”?")
            found.append(to_settle(point.format(right=name), code))
    return found


def _data(p: Partnership) -> list[Clause]:
    partners, found = p["partners"], []
    for row in _rows(partners[partners["must_disclose"] == "yes"]):
        text = tr("{name} must disclose: what is sent to it may become public.")
        found.append(Clause(text.format(name=row["name"]), row["partner"]))
    route = p.fact("reporting_route")
    if not route:
        return [*found, to_settle(tr("where are harm and misuse reported?"), "partnership")]
    where = tr("Where harm or misuse is reported: {route}").format(route=route)
    return [*found, Clause(stopped(where), "partnership")]


def _money(p: Partnership) -> list[Clause]:
    found = []
    for row in _rows(p["transfers"]):
        form = row["form"] if isinstance(row["form"], str) else ""
        how_much = amount_of(row)
        text = tr("{giver} to {taker}: {amount}. {purpose}").format(
            giver=_name(p, row["from"]),
            taker=_name(p, row["to"]),
            amount=", ".join(filter(None, (how_much, tr(form)))),
            purpose=stopped(row["purpose"]),
        )
        if form == "grant":
            text += " " + tr("A grant agreement stands beside this agreement, not above it.")
        found.append(Clause(text, row["transfer"]))
        if not form:
            point = tr("In which form does it move: grant, service contract, joint pot?")
            found.append(to_settle(point, row["transfer"]))
        elif not how_much:
            found.append(to_settle(tr("how much?"), row["transfer"]))
    return found


def amount_of(transfer: Row) -> str:
    """A transfer's amount with its currency, such as "500 EUR"; "" where none is told.

    Args:
        transfer: One row of the table `transfers`; read are `amount` and `currency`.

    Returns:
        The amount in figures that can be read in one way only.
    """
    if pd.isna(transfer["amount"]):
        return ""
    kind = TABLES["transfers"].by_name["amount"].kind
    return f"{kind.write(transfer['amount'])} {transfer['currency']}".strip()


def _review(p: Partnership) -> list[Clause]:
    frame, found = p["protocol"], []
    for step, ticked in zip(frame["step"], frame["this_step_has"], strict=True):
        if "an end" in scales.STEP_HAS.parts(ticked):
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
    found = []
    for at, row in enumerate(_rows(p["topics"]), start=1):
        if TOPICS.get(row["topic"], "further") != part:
            continue
        code, name = tr("topics {row}").format(row=at), tr(row["topic"])
        own = _own_clauses(p, row["topic"])
        found += own
        asked = part != "gains" and (bare or part not in WRITTEN_BY_ROWS)
        if row["where"] == "grant agreement":
            text = tr("{topic}: stands in the grant agreement.").format(topic=name)
            found.append(Clause(text, code))
        elif row["to_settle"]:
            found.append(to_settle(f"{name}: {row['to_settle']}", code))
        elif asked and not own and row["where"] != "not needed":
            text = tr("{topic}: nothing is written down here yet.").format(topic=name)
            found.append(to_settle(text, code))
    return found


def _own_clauses(p: Partnership, topic: str) -> list[Clause]:
    """The clauses that the partners have written on a topic, each with what it covers."""
    frame = p["clauses"]
    own = frame[(frame["topic"] == topic) & (frame["in_partnership_agreement"] != "")]
    return [
        Clause(text, ", ".join(filter(None, (clause, covers))))
        for clause, covers, text in zip(
            own["clause"], own["covers"], own["in_partnership_agreement"], strict=True
        )
    ]
