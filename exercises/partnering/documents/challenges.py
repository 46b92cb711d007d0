"""What a draft asks where one side carries, pays or decides more than the others.

Such a line never stands in a draft as agreed, whatever reason was given. It stands as a question to
settle, with two names and a day left open. Every question speaks of what is written here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from partnering.language import mark, tr
from partnering.partnership import Partnership
from partnering.partnership.sides import Side, decides_alone, side
from partnering.schema.spelling import says_nothing
from partnering.schema.tables import TABLES
from partnering.stops import proposals

Row = Mapping[Hashable, Any]  # the cells of one row
SUSPEND = mark("Suspend the work or end it")  # the shipped right to which a protocol's end is held


def with_names(question: str) -> str:
    """A question with two names and a day left open."""
    return tr("{question} Asks: … Answers: … By: …").format(question=question)


# ------------------------------------------------------------------ who carries, decides and pays


def of_risk(p: Partnership, carries: str, decides: str, pays: str) -> list[str]:
    """What to settle before it is agreed who carries a risk, who decides, and who pays.

    Args:
        p: The partnership as one reader sees it.
        carries: The cell of `risk_care.carries`.
        decides: The cell of `risk_care.decides`.
        pays: The cell of `risk_care.pays`.

    Returns:
        The questions; none where nothing is one-sided.
    """
    affected, deciding, paying = side(p, carries), side(p, decides), side(p, pays)
    cells = {"carries": affected, "decides": deciding, "pays": paying}
    return [
        *_on_what_cannot_be_read("risk_care", cells),
        *_on_deciding(affected, deciding),
        *_on_paying(p, affected, deciding, paying),
    ]


def _on_what_cannot_be_read(table: str, cells: Mapping[str, Side]) -> list[str]:
    """Questions on the cells, by their columns, of which it cannot be read who stands there."""
    ask = tr("who is written under “{column}” cannot be read. Who is it?")
    columns = TABLES[table].by_name
    unread = [name for name, side in cells.items() if side.unread]
    return [ask.format(column=tr(columns[name].label)) for name in unread]


def _on_deciding(affected: Side, deciding: Side) -> list[str]:
    """Questions where those who carry a risk are not those who decide."""
    questions = []
    left_out = _without(affected.partners, deciding.partners)
    if left_out and deciding.told:
        ask = tr(
            "most affected: {affected}; it is decided by {decides}. Who asks {affected} "
            "before, in which way, within how many hours, and what if the answer is no?"
        )
        questions.append(ask.format(affected=left_out, decides=deciding.words))
    if affected.served and deciding.told and not deciding.served:
        ask = tr(
            "people we serve are most affected; it is decided by {decides}. Who asks them "
            "before, and what would change if they said no?"
        )
        questions.append(ask.format(decides=deciding.words))
    if affected.nobody:
        questions.append(
            tr(
                "on this sheet nobody is most affected by it. On the day it happens, who "
                "feels it first?"
            )
        )
    if deciding.nobody and not deciding.told:
        questions.append(tr("on this sheet nobody decides. Who does, on the day it happens?"))
    return questions


def _on_paying(p: Partnership, affected: Side, deciding: Side, paying: Side) -> list[str]:
    """Questions where nobody pays, or those who pay are hit as well, or do not decide."""
    questions = []
    if not paying.told and not paying.unread:
        questions.append(
            tr(
                "on this sheet nobody pays for it. What does it cost, which budget, and who bears "
                "the loss until then?"
            )
        )
    if paying.served:
        questions.append(
            tr("on this sheet people we serve pay for it. Who has asked them, and who else could?")
        )
    twice = ", ".join(code for code in affected.partners if code in paying.partners)
    if twice and set(paying.partners) != set(p.expected):
        ask = tr(
            "{who} would be most affected, and would pay for the measure as well. Who else "
            "depends on it, and what could each pay?"
        )
        questions.append(ask.format(who=twice))
    unasked = _without(paying.partners, deciding.partners)
    if unasked and deciding.told:
        ask = tr("paid by {pays}, decided by {decides}. Above which amount is {pays} asked before?")
        questions.append(ask.format(pays=unasked, decides=deciding.words))
    return questions


def _without(some: tuple[str, ...], others: tuple[str, ...]) -> str:
    """The codes of some partners without those of others."""
    return ", ".join(code for code in some if code not in others)


# ------------------------------------------------------------------ who decides what


def of_right(p: Partnership, row: Row) -> list[str]:
    """What to settle before it is agreed who decides something.

    Args:
        p: The partnership as one reader sees it; read are `transfers` and the step `END` of
            `protocol`, too.
        row: A line of `rights`: `right`, `decides`, `asked_first`, `told_after`, `reason_given`.

    Returns:
        The questions; none where nothing is one-sided.
    """
    cells = {name: side(p, row[name]) for name in ("decides", "asked_first", "told_after")}
    questions = _on_what_cannot_be_read("rights", cells)
    if cells["decides"].unread or cells["asked_first"].unread:
        return questions  # whether it is one-sided is not known
    if who := decides_alone(p, row["decides"], row["asked_first"]):
        questions.append(_on_deciding_alone(p, row, who))
    elif heard_later := _receive_and_hear_later(p, row):
        ask = tr(
            "decided by {who}; {others} would only hear of it afterwards, and money goes there as "
            "well. Could {others} be asked before?"
        )
        questions.append(ask.format(who=side(p, row["decides"]).words, others=heard_later))
    if row["right"] in (SUSPEND, tr(SUSPEND)) and row["decides"]:
        questions += _on_suspending(p, row)
    return questions


def _receive_and_hear_later(p: Partnership, row: Row) -> str:
    """Partners that receive money and hear of it afterwards, where one decides and asks some."""
    deciding, asked = side(p, row["decides"]).partners, side(p, row["asked_first"]).partners
    if len(deciding) != 1:
        return ""
    later = side(p, row["told_after"]).partners
    receive = set(p["transfers"]["to"]) - {*deciding, *asked}
    return ", ".join(code for code in later if code in receive)


def _on_deciding_alone(p: Partnership, row: Row, who: str) -> str:
    """The question on what one decides alone, with its reason or without."""
    others = ", ".join(code for code in p.expected if code != who)
    reason = row["reason_given"]
    if not says_nothing(reason):
        said = tr("{who} decides alone, and says: “{reason}”").format(who=who, reason=reason)
        ask = tr(
            " Which law or contract requires it, in which line? If one does: what does {who} "
            "promise to do before it uses this right (days of notice, a call, a reason in "
            "writing)? If none does: could {others} be asked before?"
        )
    else:
        said = tr("{who} decides alone.").format(who=who)
        ask = tr(" Why, and could {others} be asked before?")
    if told := side(p, row["told_after"]).words:
        said += tr(" Told afterwards: {who}.").format(who=told)
    return said + ask.format(who=who, others=others)


def _on_suspending(p: Partnership, row: Row) -> list[str]:
    """Questions on who may end the work: the others, and what the protocol says of an end."""
    deciding = side(p, row["decides"])
    others = ", ".join(code for code in p.expected if code not in deciding.partners)
    questions = []
    if others:
        ask = tr(
            "{who} may suspend or end this; {others} may not. Which events allow it? How many days "
            "for each side? What is paid of what was begun, and what happens to people we serve on "
            "the day after?"
        )
        questions.append(ask.format(who=deciding.words, others=others))
    if against := _against_the_protocol(p, row, deciding):
        questions.append(against)
    return questions


def _against_the_protocol(p: Partnership, row: Row, deciding: Side) -> str:
    """The question where some hear of an end afterwards, and the protocol gives days for it."""
    days = end_within(p)
    asked, told = side(p, row["asked_first"]), side(p, row["told_after"])
    heard = {*deciding.partners, *asked.partners}
    unasked = ", ".join(code for code in p.expected if code not in heard)
    after = told.words or unasked
    if days is None or not after or told.unread:
        return ""
    ask = tr(
        "as written here, {who} may end this and {others} would hear of it afterwards; step END "
        "of the conflict protocol says: within {days} working days. Which is right?"
    )
    return ask.format(who=deciding.words, others=after, days=days)


def end_within(p: Partnership) -> int | None:
    """The days of the last step of the conflict protocol.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Working days; None where there are none, and where the step is still the handbook's
        proposal.
    """
    steps = p["protocol"]
    end = steps[(steps["step"] == "END") & ~proposals.proposed(p, "protocol")]
    days = end["within_days"].dropna()
    return int(days.iloc[0]) if len(days) else None
