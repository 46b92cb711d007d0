"""The workshop report: what the exercises show, to be carried home, for one of three readers.

Each report is built from data that has been reduced for its reader: the shared one from what the
room sees, a partner's from that and its own rows. Only the facilitator's is built from everything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from partnering.documents import first_page
from partnering.language import tr
from partnering.partnership import ROOM, Partnership, answers, privacy
from partnering.results import Figure, Result, ResultTable, Several
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import Ref
from partnering.schema.tables import STOPS, TABLES
from partnering.stops import (
    agreement,
    coherence,
    principles,
    purpose,
    red_thread,
    relationship,
    risk,
    risk_sharing,
    start,
    value,
)

FACILITATOR, SHARED = "facilitator", "shared"
WHERE_WE_STAND = 8
# a figure brings its table along
RESULTS: dict[int, tuple[Callable[[Partnership], Result], ...]] = {
    0: (start.who_holds,),
    1: (
        purpose.side_by_side,
        purpose.stance_strip,
        purpose.enough,
        purpose.parts,
        purpose.who_could,
        purpose.only_one_brings,
        purpose.who_together,
    ),
    2: (
        value.value_sheets,
        value.asked_and_answered,
        value.gains,
        value.value_map,
        value.worth,
        value.nothing_promised_yet,
        value.open_promises,
        value.not_kept,
        value.promise_calendar,
    ),
    3: (
        risk.left_open,
        risk.risk_table,
        risk.without_names,
        risk.whom_does_it_hit,
        risk.different_information,
        risk.level_words,
        risk_sharing.hopes_and_burdens,
        risk_sharing.who_carries,
        risk_sharing.to_talk_about,
        risk_sharing.sentence,
    ),
    4: (
        principles.practices,
        principles.needs_a_practice,
        principles.due,
        principles.ladder,
        principles.ladder_check,
        principles.tensions,
    ),
    5: (
        agreement.documents,
        agreement.topics_by_document,
        agreement.differ,
        agreement.rights,
        agreement.decided_alone,
        red_thread.agreed_not_written,
    ),
    6: (relationship.story, relationship.own_and_others_strip, relationship.practising),
    7: (
        coherence.holding,
        coherence.text_and_practice,
        coherence.contact_map,
        coherence.reached_us,
        coherence.same_week,
        coherence.who_knows,
    ),
    8: (
        red_thread.tour,
        red_thread.decisions,
        red_thread.differences,
        red_thread.calendar,
        red_thread.checks,
        red_thread.open_list,
        red_thread.further,
    ),
}


@dataclass(frozen=True)
class Page:
    """One part of a report.

    Attributes:
        title: What stands over it.
        results: What it shows.
        sentences: What is said before the results.
        last: What is said after them.
        front: Whether it is the one page for those who read no other.
    """

    title: str
    results: tuple[Result, ...] = ()
    sentences: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    front: bool = False


@dataclass(frozen=True)
class Report:
    """A report for one reader, ready to be written as a file of any kind.

    Attributes:
        title: What the partnership is called.
        whom: For whom it is.
        pages: Its parts.
        partners: The names of the partners.
        day: The day on which it was made.
    """

    title: str
    whom: str
    pages: tuple[Page, ...]
    partners: tuple[str, ...] = ()
    day: str = field(default_factory=lambda: f"{dt.date.today():%Y-%m-%d}")

    @property
    def results(self) -> list[tuple[Page, Result]]:
        """Every result, with the part it stands in."""
        return [(page, result) for page in self.pages for result in page.results]


def for_facilitator(partnership: Partnership, stops: Sequence[int] = ()) -> Report:
    """The report for the person who holds everything that was typed.

    Args:
        partnership: The partnership as the facilitator sees it.
        stops: The numbers of the stops to report on (8 is where we stand); all where none is given.

    Returns:
        A part for each stop, and one on what could not be read, where there is something.
    """
    unread = tuple(str(problem) for problem in partnership.problems)
    problems = (Page(tr("What could not be read"), (), unread),) if unread else ()
    whom = tr(
        "For the facilitator alone. It has everything that was typed in confidence; do not "
        "send it on."
    )
    parts = (*_front(partnership, stops), *pages(partnership, stops), *problems)
    return Report(partnership.title, whom, parts, _partners(partnership))


def shared(partnership: Partnership, stops: Sequence[int] = ()) -> Report:
    """The report for all partners: what the room sees, and by which rules the rest is left out.

    Args:
        partnership: The partnership as any reader sees it; it is reduced to what the room sees.
        stops: The numbers of the stops to report on (8 is where we stand); all where none is given.

    Returns:
        A part for each stop, and one on what is not in it.
    """
    room = partnership.for_reader(ROOM)
    parts = (*_front(room, stops), *pages(room, stops), held_back(room))
    return Report(room.title, tr("Shared: what all partners may see."), parts, _partners(room))


def for_partner(
    partnership: Partnership, partner: str, stops: Sequence[int] = (), joint: Report | None = None
) -> Report:
    """The report for one partner: its own rows, and what the room sees.

    Args:
        partnership: The partnership as the facilitator sees it.
        partner: The partner's code.
        stops: The numbers of the stops to report on (8 is where we stand); all where none is given.
        joint: The shared report, where it is made already.

    Returns:
        A part with the partner's own rows, and the parts of the shared report.

    Raises:
        ValueError: There is no such partner.
    """
    joint = joint or shared(partnership, stops)
    own = Page(
        tr("What you have written yourselves"),
        tuple(_own(partnership.for_partner(partner), partner, stops)),
        (
            tr(
                "These are your own rows, as your organisation stated them. Nobody else "
                "receives them in this form. What single people in your organisation have "
                "answered is in no report."
            ),
        ),
    )
    whom = tr("For {name} alone.").format(name=partnership.names[partner])
    front = [page for page in joint.pages if page.front]
    rest = [page for page in joint.pages if not page.front]
    return Report(joint.title, whom, (*front, own, *rest), joint.partners)


# ------------------------------------------------------------------ the parts


def _partners(p: Partnership) -> tuple[str, ...]:
    """The partners by code and name, since tables name some of them by their codes."""
    return tuple(f"{code} {name}" if name != code else code for code, name in p.names.items())


def _front(p: Partnership, stops: Sequence[int]) -> tuple[Page, ...]:
    """The one page that a board reads; none where only some stops are asked for."""
    if stops:
        return ()
    made = first_page.results(p, _partners(p))
    return (Page(tr("On one page"), made, front=True),)


def pages(p: Partnership, stops: Sequence[int] = ()) -> list[Page]:
    """The parts of a report, one a stop.

    Args:
        p: The partnership as one reader sees it.
        stops: The numbers of the stops to report on (8 is where we stand); all where none is given.

    Returns:
        Each part with the results in which there is something, and last sentences on the others.
        What says how the data are kept is always there.
    """
    found = []
    for number, title in _titles().items():
        if stops and number not in (0, *stops):
            continue
        results = [make(p) for make in RESULTS[number]]
        bare = [result for result in results if result.rows.empty]
        shown = tuple(result for result in results if not result.rows.empty)
        found.append(Page(title, shown, last=_on_nothing(p, bare)))
    return found


def _on_nothing(p: Partnership, bare: Sequence[Result]) -> tuple[str, ...]:
    """The sentences on results without a row.

    The facilitator is told which they are. The room is told what each says of itself, since there
    may be rows that do not stand here; results that say the same stand in one sentence.
    """
    if not bare:
        return ()
    if p.reader != ROOM:
        names = "; ".join(result.caption for result in bare)
        return (tr("Nothing to show: {names}.").format(names=names),)
    by_sentence: dict[str, list[str]] = {}
    for result in bare:
        said = nothing_of(result) or tr("Nothing of this is shown here.")
        by_sentence.setdefault(said, []).append(result.caption)
    return tuple(
        tr("{names}: {sentence}").format(names="; ".join(names), sentence=sentence)
        for sentence, names in by_sentence.items()
    )


def nothing_of(result: Result) -> str:
    """What a result says in place of a table without rows; "" where it says nothing."""
    if isinstance(result, Figure):
        return result.table.nothing
    return result.nothing if isinstance(result, ResultTable | Several) else ""


def _titles() -> dict[int, str]:
    """The titles of the parts, by the numbers of the stops."""
    of_stops = {number: f"{number} {tr(name)}: {tr(question)}" for number, name, question in STOPS}
    return {0: tr("How this is kept"), **of_stops, WHERE_WE_STAND: tr("Where we stand")}


def held_back(room: Partnership) -> Page:
    """What a shared report leaves out, and why.

    Args:
        room: The partnership as the room sees it.

    Returns:
        The part: sentences on the rules. Whether there is any such row, and how many, stands
        nowhere: with few partners a number names somebody.
    """
    always = [
        tr(
            "Not in this report: lines for the facilitator only, lines that were not typed, and "
            "guarded answers that were not freed. Lines that speak of one of these are left out "
            "too."
        ),
        tr(
            "Reasons and examples, what would make a partner leave, and the answers of single "
            "voices stay with the facilitator."
        ),
        tr(
            "What somebody has left open, or has not freed, is shown without names or not at all. "
            "Whether there is any, and how much, is not told: with few partners a number would "
            "show who it is."
        ),
    ]
    if room.hidden.groups:
        always.append(
            tr(
                "Hidden: the voices of {groups}, since a group of fewer than {threshold} could be "
                "recognised."
            ).format(groups=", ".join(room.hidden.groups), threshold=room.threshold)
        )
    return Page(tr("What is not in this report, and why"), (), tuple(always))


def _own(seen: Partnership, partner: str, stops: Sequence[int]) -> list[ResultTable]:
    """A partner's rows in each table of answers, as written."""
    tables = []
    for name in privacy.by_partner(TABLES):
        table, frame = TABLES[name], seen[name]
        frame = frame[frame["partner"] == partner]
        if not frame.empty and (not stops or table.stop in stops):
            tables.append(_own_table(table, frame, seen))
    return tables


def _own_table(table: Table, frame: pd.DataFrame, p: Partnership) -> ResultTable:
    """A partner's rows of one table, without the columns in which nothing is written."""
    asked = [column for column in table.columns if column.name not in ("partner", "respondent")]
    written = [column for column in asked if any(_texts(column, frame))]

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {tr(column.label): _called(column, _texts(column, rows), p) for column in written}
        )

    rows = frame[[column.name for column in written]]
    return ResultTable(tr(table.label), rows, words=words)


def _called(column: Column, texts: list[str], p: Partnership) -> list[str]:
    """Cells of codes with what each code stands for, as far as the reader sees it."""
    if not isinstance(column.kind, Ref) or column.kind.many or not TABLES[column.kind.table].naming:
        return texts
    if column.kind.table == "partners":
        return [p.names.get(text, text) for text in texts]
    called = answers.labels(p, column.kind.table)
    return [called.get(text, text) for text in texts]


def _texts(column: Column, frame: pd.DataFrame) -> list[str]:
    """The cells of one column as they are written; "" where nothing stands."""
    cells = frame[column.name].astype(object)
    return [
        "" if empty else column.kind.shown(column.kind.write(cell))
        for cell, empty in zip(cells, cells.isna() | (cells == ""), strict=True)
    ]


def tables_of(result: Result) -> list[ResultTable]:
    """The tables of a result: that of a figure, or those of several."""
    if isinstance(result, Several):
        return list(result.parts)
    if isinstance(result, Figure):
        return [result.table]
    return [result] if isinstance(result, ResultTable) else []
