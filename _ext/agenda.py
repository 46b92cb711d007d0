"""Agendas: `{agenda}` works out from the session plans what fits into a half day and a day.

It says at what time each session, break and lunch begins, and how long all of it takes the
facilitator, with what comes before and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging

from page_tables import PageDirective
from partnering.language import mark as _
from partnering.language import tr, trn
from partnering.schema.tables import STOPS
from session_plan import plans_in

logger = logging.getLogger(__name__)

# minutes that people can be asked to come for
LENGTHS = {"half-day": (_("a half day"), 240), "day": (_("a day"), 420)}
FORMS = ("full", "short")
OPENING, CLOSING, BREAK, LUNCH = 15, 15, 20, 60
UNTIL_LUNCH = 240  # minutes after which nobody listens
MOST = 3  # conversations of this kind in one day, however long it is

# minutes of the facilitator before and after a session
FIRST_TALK, TALK = 45, 20  # with each partner, alone
TALKED_BEFORE = (  # before the other sessions a message is enough
    "1-purpose",
    "3-risk",
    "4-conflict-protocol",
    "5-agreement",
    "6-relationship",
    "8-where-we-stand",
)
PAPERS = 60
AFTERWARDS, AFTERWARDS_EACH = 45, 10  # forms back, record, taking back; more for each partner
PARTNERS = range(2, 10)
WORKING_DAY = 420
# up to how many partners: the minutes of the break inside a session
BREAKS = {4: 12, 6: 16, 9: 20}


@dataclass(frozen=True)
class Session:
    """One session plan: the stop it belongs to, its title, and its minutes in full and in short.

    `name` is that of its file, such as `3-risk`.
    """

    stop: str
    title: str
    full: int
    short: int
    name: str = ""

    @property
    def told(self) -> str:
        """The title after the number of its stop; what comes after the last stop has no number."""
        known = {str(number): tr(name) for number, name, _question in STOPS}
        if self.stop not in known:
            return self.title
        return tr("Stop {stop}, {name}: {title}").format(
            stop=self.stop, name=known[self.stop], title=self.title
        )

    def minutes(self, form: str, interpreted: bool) -> int:
        """How long it takes, in full or in the short form."""
        return longer(getattr(self, form), interpreted)


@dataclass(frozen=True)
class Work:
    """What all sessions take the facilitator, in minutes."""

    talks: int
    papers: int
    afterwards: int
    room: int

    @property
    def outside(self) -> int:
        """The minutes outside the room."""
        return self.talks + self.papers + self.afterwards

    @property
    def half_days(self) -> int:
        """How many half working days all of it takes, the last of them begun."""
        return -(-(self.outside + self.room) * 2 // WORKING_DAY)


@dataclass(frozen=True)
class Part:
    """One line of an agenda. `start` is minutes after the beginning."""

    start: int
    minutes: int
    what: str
    session: Session | None = None


def sessions(guide: Path) -> list[Session]:
    """The sessions of a guide, in tour order."""
    return [
        Session(stem.split("-")[0], plan["title"], plan["full"], plan["short"], stem)
        for stem, plan in plans_in(guide).items()
    ]


def longer(minutes: int, interpreted: bool) -> int:
    """So many minutes; with interpretation half as much again, up to the next five minutes.

    Source: guide/facilitating/languages-and-reading.md.
    """
    return -(-minutes * 3 // 10) * 5 if interpreted else minutes


def agenda(
    offered: Sequence[Session], minutes: int, form: str = "full", interpreted: bool = False
) -> list[Part]:
    """What fits into so many minutes: an opening, sessions with breaks between them, a closing.

    Lunch takes the place of a break where the next session would end too late for it.

    Args:
        offered: The sessions, in the order in which they are held; `MOST` of them at most.
        minutes: How long people come for.
        form: "full" or "short".
        interpreted: Whether somebody interprets, so that everything takes longer.

    Returns:
        The parts in their order; none where not even one session fits.
    """
    opening, closing = longer(OPENING, interpreted), longer(CLOSING, interpreted)
    parts, now = [Part(0, opening, _("Opening"))], opening
    for session in offered[:MOST]:
        length = session.minutes(form, interpreted)
        gap = _gap(parts, now, length) if len(parts) > 1 else None
        start = now + (gap.minutes if gap else 0)
        if start + length + closing > minutes:
            break
        if gap:
            parts.append(gap)
        parts.append(Part(start, length, session.title, session))
        now = start + length
    return [*parts, Part(now, closing, _("Closing"))] if len(parts) > 1 else []


def work(offered: Sequence[Session], partners: int) -> Work:
    """What all sessions in full take the facilitator: talks, papers, the room, and afterwards.

    Args:
        offered: The sessions, in the order in which they are held.
        partners: How many organisations take part.

    Returns:
        The minutes. Each partner is talked to alone before the first session, and before those in
        `TALKED_BEFORE`.
    """
    talks = FIRST_TALK if offered else 0
    talks += TALK * sum(session.name in TALKED_BEFORE for session in offered[1:])
    return Work(
        talks=talks * partners,
        papers=PAPERS * len(offered),
        afterwards=(AFTERWARDS + AFTERWARDS_EACH * partners) * len(offered),
        room=sum(session.full for session in offered),
    )


def break_for(partners: int) -> int:
    """How many minutes the break inside a session takes with so many partners.

    The helper types beside it. The facilitator reads the forms, asks every partner one question,
    and checks.
    """
    return next(minutes for most, minutes in BREAKS.items() if partners <= most)


def halves(count: int) -> str:
    """Half hours or half days in words of the reader, such as 6½."""
    return f"{count // 2 or ''}½" if count % 2 else str(count // 2)


def _gap(parts: Sequence[Part], now: int, length: int) -> Part:
    """Lunch or a break, before a session of this length."""
    had_lunch = any(part.what == _("Lunch") for part in parts)
    if not had_lunch and now + BREAK + length > UNTIL_LUNCH:
        return Part(now, LUNCH, _("Lunch"))
    return Part(now, BREAK, _("Break"))


def days(offered: Sequence[Session], form: str, interpreted: bool) -> int | None:
    """How many days all sessions take; None where one of them does not fit into a day."""
    left, count = list(offered), 0
    while left:
        taken = _sessions_in(agenda(left, LENGTHS["day"][1], form, interpreted))
        if not taken:
            return None
        left, count = left[taken:], count + 1
    return count


def _sessions_in(parts: Sequence[Part]) -> int:
    return sum(part.session is not None for part in parts)


def clock(minutes: int) -> str:
    """Minutes after midnight as a time of day."""
    return f"{minutes // 60 % 24}:{minutes % 60:02}"


def from_clock(text: str) -> int:
    """A time of day, such as 9:00, as minutes after midnight; for an option of the directive.

    Raises:
        ValueError: It is not a time of day.
    """
    hours, _sign, minutes = text.strip().replace(".", ":").partition(":")
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError(tr("a time such as 9:00, not “{text}”").format(text=text))
    return int(hours) * 60 + int(minutes)


class Agenda(PageDirective):
    """`{agenda} day` shows a day with its clock times, `{agenda} overview` what fits where.

    `{agenda} preparation` shows what all sessions take the facilitator.
    """

    required_arguments = 1
    option_spec = {  # noqa: RUF012
        "start": from_clock,
        "from": directives.unchanged_required,
        "interpreted": directives.flag,
        "form": lambda text: directives.choice(text, FORMS),
    }

    def run(self) -> list[nodes.Node]:
        """The tables; nothing, and an error, where there is no such agenda."""
        self.env.note_reread()
        offered, length = sessions(Path(self.env.srcdir) / "guide"), self.arguments[0]
        if length == "overview":
            return [self._lengths(offered), self._overview(offered)]
        if length == "preparation":
            return [self._preparation(offered)]
        if length not in LENGTHS:
            return self._refuse(
                tr("there is no agenda for “{length}”; there are: {known}").format(
                    length=length, known=", ".join([*LENGTHS, "overview", "preparation"])
                )
            )
        begin = self.options.get("from", offered[0].stop if offered else "")
        stops = [session.stop for session in offered]
        if begin not in stops:
            return self._refuse(
                tr("no session plan of stop “{stop}”; there are: {known}").format(
                    stop=begin, known=", ".join(dict.fromkeys(stops))
                )
            )
        return self._day(offered[stops.index(begin) :], length)

    def _refuse(self, sentence: str) -> list[nodes.Node]:
        logger.error("agenda: %s", sentence, location=self.get_location(), type="agenda")
        return []

    def _day(self, offered: list[Session], length: str) -> list[nodes.Node]:
        label, minutes = LENGTHS[length]
        interpreted, form = "interpreted" in self.options, self.options.get("form", "full")
        parts = agenda(offered, minutes, form, interpreted)
        if not parts:
            return self._refuse(tr("no session fits into {length}.").format(length=tr(label)))
        begin = self.options.get("start", 9 * 60)
        rows = []
        for part in parts:
            start, end = begin + part.start, begin + part.start + part.minutes
            times = self._number(clock(start)), self._number(clock(end))
            rows.append((*times, str(part.minutes), self._what(part)))
        heads = (_("from"), _("to"), _("minutes"), _("what happens"))
        caption = self._caption(tr(label), form, interpreted)
        return [self.table(caption, heads, (12, 12, 14, 62), rows, "agenda")]

    def _what(self, part: Part) -> str:
        return part.session.told if part.session else tr(part.what)

    def _number(self, text: str) -> list[nodes.Node]:
        return [nodes.paragraph("", text, translatable=False)]

    def _caption(self, length: str, form: str, interpreted: bool) -> str:
        parts = [
            length[0].upper() + length[1:],
            tr("in the short form") if form == "short" else "",
            tr("with interpretation") if interpreted else "",
        ]
        return ", ".join(filter(None, parts))

    def _lengths(self, offered: list[Session]) -> nodes.Node:
        ways = list(product((False, True), FORMS))
        rows = []
        for session in offered:
            minutes = [str(session.minutes(form, interpreted)) for interpreted, form in ways]
            rows.append((session.told, *minutes))
        return self.table(
            tr("How long each session takes, in minutes"),
            (
                _("Session"),
                _("in full"),
                _("short form"),
                _("in full, interpreted"),
                _("short, interpreted"),
            ),
            (44, 12, 14, 15, 15),
            rows,
            "page-cards page-counts",
            stubs=1,
        )

    def _overview(self, offered: list[Session]) -> nodes.Node:
        rows = []
        for interpreted, form in product((False, True), FORMS):
            way = tr("In full") if form == "full" else tr("In the short form")
            fit = [
                _sessions_in(agenda(offered, minutes, form, interpreted))
                for _label, minutes in LENGTHS.values()
            ]
            caption = self._caption(way, "", interpreted)
            whole = self._days(days(offered, form, interpreted))
            rows.append((caption, *map(self._stops, fit), whole))
        return self.table(
            tr("What fits, with opening, closing and breaks"),
            (_("How"), _("Half a day"), _("A day"), _("All sessions")),
            (34, 22, 22, 22),
            rows,
            "page-cards page-counts",
            stubs=1,
        )

    def _preparation(self, offered: list[Session]) -> nodes.Node:
        rows = []
        for partners in PARTNERS:
            whole = work(offered, partners)
            parts = (whole.talks, whole.papers, whole.afterwards, whole.outside)
            hours = [self._number(halves(-(-minutes // 30))) for minutes in parts]
            days = self._number(halves(whole.half_days))
            inside = self._number(str(break_for(partners)))
            rows.append((self._number(str(partners)), *hours, days, inside))
        room = halves(-(-work(offered, PARTNERS[0]).room // 30))
        caption = tr("Your time for all sessions in full, with {hours} hours in the room")
        return self.table(
            caption.format(hours=room),
            (
                _("Partners"),
                _("Talks, each alone: hours"),
                _("Papers: hours"),
                _("Afterwards: hours"),
                _("Outside the room: hours"),
                _("With the room: days of 7 hours"),
                _("Break inside a session: at most, in minutes"),
            ),
            (10, 15, 12, 14, 15, 17, 17),
            rows,
            "page-cards page-counts",
            stubs=1,
        )

    def _stops(self, count: int) -> str:
        if not count:
            return tr("none")
        return trn("{count} session", "{count} sessions", count).format(count=count)

    def _days(self, count: int | None) -> str:
        if count is None:
            return tr("more than days can hold")
        return trn("{count} day", "{count} days", count).format(count=count)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.setup_extension("page_tables")
    app.add_directive("agenda", Agenda)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
