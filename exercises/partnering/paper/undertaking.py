"""The undertaking that everybody signs before the first form: its text, and the sheet to sign.

The page of the handbook takes its text from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from partnering.language import mark as _
from partnering.language import right_to_left, tr
from partnering.paper.form_data import Part, for_its_reader
from partnering.partnership import Partnership
from partnering.schema.kinds import RATHER_NOT
from partnering.schema.spelling import says_nothing

BLANK = "…"  # what the partners fill in together
PARTNERS_ON_A_BLANK_SHEET = 6


@dataclass(frozen=True)
class Point:
    """One point of the undertaking.

    Attributes:
        head: What it is about; "" where it is one text.
        text: What is promised. The sheet has room to write where `BLANK` stands.
        fills: The columns of the table `partnership` that fill its blanks, in their order.
    """

    head: str
    text: str
    fills: tuple[str, ...] = ()


TITLE = _("What is said here is not used against us")
OPENING = _(
    "We are about to tell each other what we hope for, what we fear and what we find hard. We can "
    "do that only if it costs nobody anything. Therefore each organisation that signs undertakes:"
)
POINTS = (
    Point(
        _("Not for decisions about money, selection or staff."),
        _(
            "Nothing written or said in these sessions is used to give, change, delay, reduce or "
            "end funding, to choose or exclude a partner, or to judge, promote or dismiss a "
            "person, in this partnership or any other."
        ),
    ),
    Point(
        _("No copies."),
        _(
            "Forms, notes, pictures and files go to nobody outside the sessions, inside our "
            "organisation included, except what all partners have released."
        ),
    ),
    Point(
        _("No comparing."),
        _("We do not compare what we hear with what we hear in other partnerships."),
    ),
    Point(
        _("Raising a concern is safe."),
        _(
            "We do not answer a concern by holding back a payment, an invitation, information or a "
            "reference."
        ),
    ),
    Point(
        _("“{word}” is an answer."),
        _("We do not ask why, in the room or later."),
    ),
    Point(
        _("Taking back is allowed"),
        _("until the day named at the close of each session, without a reason."),
    ),
    Point(
        _("What this does not cover."),
        _(
            "Harm to a person, and misuse of money, go to the reporting route: … The law may "
            "oblige one of us to disclose something: … (say which). We tell the others before we "
            "do, where the law allows."
        ),
        ("reporting_route",),
    ),
    Point(
        _("What we already know"),
        _(
            "from reports, audits and visits stays what it is. This page protects what is said "
            "here."
        ),
    ),
    Point(
        _("If it is broken,"),
        _(
            "whoever sees it tells the facilitator or …, a person whom no partner pays. The "
            "directors meet within ten working days. What was decided is decided again by people "
            "who did not hear it."
        ),
    ),
    Point(
        "",
        _(
            "It begins when the first form is handed out. It lasts, for what was said, two years "
            "beyond the end of the partnership."
        ),
    ),
)
SIGNED = _("Signed for (organisation) by (name, office), who may bind it in this; date.")
FIRST, THEN, ALSO = _("First: whoever gives money."), _("Then: all others."), _("Also:")
FACILITATOR, HELPER = _("the facilitator"), _("the helper")
LAW = _(
    "Whether this binds you in law depends on the place. Ask a lawyer. It binds you in front of "
    "those who heard you read it."
)


def head(point: Point) -> str:
    """What a point is about, in the language of the room."""
    return tr(point.head).format(word=_capital(tr(RATHER_NOT)))


def markdown() -> str:
    """The text as a page shows it, in Markdown."""
    lines = [f"**{tr(TITLE)}**", "", tr(OPENING), ""]
    for number, point in enumerate(POINTS, start=1):
        about = f"**{head(point)}** " if point.head else ""
        lines.append(f"{number}. {about}{tr(point.text)}")
    also = tr("{also} {facilitator} and {helper}.").format(
        also=tr(ALSO), facilitator=tr(FACILITATOR), helper=tr(HELPER)
    )
    lines += ["", " ".join([tr(SIGNED), tr(FIRST), tr(THEN), also]), "", f"*{tr(LAW)}*"]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def in_order(p: Partnership) -> tuple[list[str], list[str]]:
    """Who signs first, and who then, by their codes.

    Args:
        p: The partnership as one reader sees it. Read are `partners` and `transfers`.

    Returns:
        Whoever gives money to another, those before the others who receive none; and all others
        that are asked to answer, in the order in which they were typed.
    """
    transfers = p["transfers"]
    receive = set(transfers["to"])
    givers = [code for code in dict.fromkeys(transfers["from"]) if code in p.names]
    givers.sort(key=receive.__contains__)
    return givers, [code for code in p.expected if code not in givers]


def data(partnership: Partnership | None = None) -> Part:
    """The sheet as Typst sets it.

    Args:
        partnership: The partnership whose partners sign, as any reader sees it; without one there
            are empty lines.

    Returns:
        The text, and a line to sign for each partner, then for the facilitator and the helper. The
        sheet is for everybody: the order says no more than the room sees.
    """
    p = for_its_reader(partnership) if partnership else None
    groups = _groups(p) if p else [_blank(FIRST, 1), _blank(THEN, PARTNERS_ON_A_BLANK_SHEET - 1)]
    groups.append({"head": tr(ALSO), "lines": [_line(_capital(tr(who))) for who in _BESIDE]})
    return {
        "title": tr(TITLE),
        "partnership": _text(p.fact("title") or "" if p else ""),
        "opening": tr(OPENING),
        "points": [{"head": head(point), "pieces": _pieces(point, p)} for point in POINTS],
        "signed": tr(SIGNED),
        "columns": [tr("Organisation"), tr("By (name, office)"), tr("Signature"), tr("Date")],
        "groups": groups,
        "law": tr(LAW),
    }


_BESIDE = (FACILITATOR, HELPER)


def _groups(p: Partnership) -> list[Part]:
    """The partners of a partnership that sign, those first who give money."""
    frame = p["partners"]
    days = dict(zip(frame["partner"], frame["signed_on"], strict=True))
    found: list[Part] = []
    givers, others = in_order(p)
    for label, codes in ((FIRST, givers), (THEN if givers else "", others)):
        lines = [_line(p.names[code], days[code]) for code in codes]
        if lines:
            found.append({"head": tr(label), "lines": lines})
    return found


def _blank(label: str, count: int) -> Part:
    return {"head": tr(label), "lines": [_line("")] * count}


def _line(name: str, day: object = None) -> Part:
    signed = f"{day:%Y-%m-%d}" if day is not None and day == day else ""
    return {"name": _text(name), "day": signed}


def _pieces(point: Point, p: Partnership | None) -> list[Part]:
    """A point, parted where something is filled in, each part with what stands behind it.

    The last part has nothing behind it.
    """
    parts = tr(point.text).split(BLANK)
    facts = [str(p.fact(name) or "") if p else "" for name in point.fills]
    facts = ["" if says_nothing(fact) else fact for fact in facts]
    gaps = list(zip_longest(facts, range(len(parts) - 1), fillvalue=""))[: len(parts) - 1]
    filled: list[Part | None] = [_text(fact) for fact, _number in gaps]
    return [{"text": text, "gap": gap} for text, gap in zip(parts, [*filled, None], strict=True)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text(text: str) -> Part:
    return {"text": text, "rtl": right_to_left(text)}
