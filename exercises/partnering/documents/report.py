"""The workshop report: what the exercises show, to be carried home, for one of three readers.

Each report is built from data that has been reduced for its reader: the shared one from what the room sees, a
partner's from that and its own rows. Only the facilitator's is built from everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from partnering.language import tr
from partnering.partnership import ROOM, Partnership, privacy
from partnering.results import Figure, Result, ResultTable, Several
from partnering.schema.tables import STOPS, TABLES
from partnering.stops import (
    agreement,
    coherence,
    principles,
    purpose,
    red_thread,
    relationship,
    risk,
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
        risk.grids,
        risk.level_words,
        risk.hopes_and_burdens,
        risk.who_carries,
        risk.to_talk_about,
        risk.sentence,
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
        agreement.decided_alone,
        red_thread.agreed_not_written,
    ),
    6: (relationship.story, relationship.own_and_others_strip, relationship.practising),
    7: (
        coherence.holding,
        coherence.text_and_practice,
        coherence.who_turns_to_you,
        coherence.reached_us,
        coherence.same_week,
        coherence.who_knows,
    ),
    8: (
        red_thread.decisions,
        red_thread.differences,
        red_thread.checks,
        red_thread.open_list,
        red_thread.further,
    ),
}


@dataclass(frozen=True)
class Page:
    """One part of a report: its title, sentences before the results, and the results."""

    title: str
    results: tuple[Result, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report for one reader, ready to be written as a file of any kind."""

    title: str
    whom: str
    pages: tuple[Page, ...]

    @property
    def results(self) -> list[tuple[Page, Result]]:
        """Every result, with the part it stands in."""
        return [(page, result) for page in self.pages for result in page.results]


def not_for_decisions() -> str:
    """The sentence that stands on every page."""
    return tr("Not to be used for decisions on funding, selection or staff.")


def for_facilitator(partnership: Partnership, stops: Sequence[int] = ()) -> Report:
    """Everything that is there, for the person who holds it alone."""
    unread = tuple(str(problem) for problem in partnership.problems)
    problems = (Page(tr("What could not be read"), (), unread),) if unread else ()
    return Report(
        partnership.title,
        tr(
            "For the facilitator alone. It holds everything that was typed in confidence; do "
            "not send it on."
        ),
        (*pages(partnership, stops), *problems),
    )


def shared(partnership: Partnership, stops: Sequence[int] = ()) -> Report:
    """What the room sees, and what was held back from it and why."""
    room = partnership.for_reader(ROOM)
    return Report(
        room.title, tr("Shared: what all partners may see."), (*pages(room, stops), held_back(room))
    )


def for_partner(
    partnership: Partnership, partner: str, stops: Sequence[int] = (), joint: Report | None = None
) -> Report:
    """One partner's own rows, and what the room sees; `joint` spares making the shared report once more."""
    joint = joint or shared(partnership, stops)
    own = Page(
        tr("What you have written yourselves"),
        tuple(_own(partnership.for_partner(partner), partner, stops)),
        (
            tr(
                "These are your own rows, as your organisation stated them. Nobody else receives them in this form. What single "
                "people in your house have answered is in no report."
            ),
        ),
    )
    return Report(
        joint.title,
        tr("For {name} alone.").format(name=partnership.names[partner]),
        (own, *joint.pages),
    )


# ------------------------------------------------------------------ the parts


def pages(p: Partnership, stops: Sequence[int] = ()) -> list[Page]:
    """One part a stop, with the results in which there is something; the others are named."""
    titles = {number: f"{number} {tr(name)}: {tr(question)}" for number, name, question in STOPS}
    titles = {0: tr("How this is kept"), **titles, WHERE_WE_STAND: tr("Where we stand")}
    made_of = []
    for number, title in titles.items():
        if stops and number not in (0, *stops):
            continue
        made = [make(p) for make in RESULTS[number]]
        bare = [result.caption for result in made if is_empty(result)]
        told = (tr("Nothing to show: {names}.").format(names="; ".join(bare)),) if bare else ()
        made_of.append(Page(title, tuple(result for result in made if not is_empty(result)), told))
    return made_of


def held_back(room: Partnership) -> Page:
    """What a shared report leaves out and why: numbers of rows where no number can name anybody, never what they say."""
    rows = [
        (
            tr(TABLES[name].label),
            str(count),
            tr(
                "marked for the facilitator or for paper only, a guarded answer that "
                "was not freed, or a line that speaks of one of these"
            ),
        )
        for name, count in room.hidden.rows.items()
    ]
    cells = pd.DataFrame(rows, columns=[tr("Table"), tr("Rows"), tr("Why")])
    always = [
        tr(
            "Reasons and examples, what would make a partner leave, and the answers of single voices stay with the "
            "facilitator."
        ),
        tr(
            "Answers that their owner has not freed count as not given; what somebody has left open stands without "
            "names or not at all. How many these are is not told: with few partners a number names somebody."
        ),
    ]
    if room.hidden.groups:
        always.append(
            tr(
                "Hidden: the voices of {groups}, since a group of fewer than {threshold} could be recognised."
            ).format(groups=", ".join(room.hidden.groups), threshold=room.threshold)
        )
    return Page(
        tr("What was held back, and why"),
        (
            ResultTable(
                tr("Rows kept back"),
                cells,
                nothing=tr("No row of a table that was written together is kept back."),
            ),
        ),
        tuple(always),
    )


def _own(seen: Partnership, partner: str, stops: Sequence[int]) -> list[ResultTable]:
    """A partner's rows in each table of answers, as written."""
    tables = []
    for name in privacy.by_partner(TABLES):
        frame = seen[name][seen[name]["partner"] == partner]
        if frame.empty or (stops and TABLES[name].stop not in stops):
            continue
        cells = {
            tr(column.label): [
                _written(column, cell) for cell in frame[column.name].astype("object")
            ]
            for column in TABLES[name].columns
            if column.name not in ("partner", "respondent")
        }
        kept = {head: texts for head, texts in cells.items() if any(texts)}
        tables.append(ResultTable(tr(TABLES[name].label), pd.DataFrame(kept)))
    return tables


def _written(column, cell: object) -> str:
    return "" if cell is None or cell == "" or pd.isna(cell) else column.kind.write(cell)


def is_empty(result: Result) -> bool:
    """Whether a result has no rows."""
    if isinstance(result, Several):
        return all(map(is_empty, result.parts))
    return (result.table if isinstance(result, Figure) else result).cells.empty
