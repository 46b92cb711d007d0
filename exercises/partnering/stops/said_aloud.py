"""What stands on the wall where no ticks are shown: what was decided, freed, and is said aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from partnering.language import tr
from partnering.partnership import ROOM, Partnership, answers, knowledge, positions
from partnering.results import ResultTable
from partnering.schema.kinds import UNREAD
from partnering.schema.references import speaks_of
from partnering.schema.tables import TABLES


def is_needed(p: Partnership, name: str, counts: pd.Series) -> bool:
    """Whether the room is asked something in confidence, and is not shown what was ticked.

    The organisations are fewer than the smallest group, or no answer in full is seen.

    Args:
        p: The partnership as one reader sees it.
        name: The name of a table of views.
        counts: How many answers in full it sees, by item; see `answers.answered`.
    """
    if p.reader != ROOM or p.speaks_openly(name) or not len(counts):
        return False
    nothing = p.few_and_held or nothing_is_seen(p, counts)
    return nothing and TABLES[name].asked_at(p.fact("moment") or "")


def nothing_is_seen(p: Partnership, counts: pd.Series) -> bool:
    """Whether the room is asked about something and sees no answer in full about any of it.

    Args:
        p: The partnership as one reader sees it.
        counts: How many answers in full it sees, by item; see `answers.answered`.
    """
    return p.reader == ROOM and len(counts) > 0 and not counts.any()


def in_place_of(
    p: Partnership, caption: str, name: str, labels: Mapping[str, str], question: str
) -> ResultTable:
    """A table for the wall in place of ticks that are not shown.

    Source: this handbook's confidential scripts (guide/facilitating).

    Args:
        p: The partnership as the room sees it.
        caption: What stands over the table.
        name: The table of views that is not shown.
        labels: What is asked about, by code; one line with the code "" where it is about no item.
        question: What is to be said aloud. It is the same in every line: a question that hung on
            the answers would tell them.

    Returns:
        One row an item: `item` (its code); `decided`, a tuple of decisions that name it, each with
        its outcome, what was decided, who and by when; and `freed`, a tuple of the guarded words
        that their owners have freed for the room.
    """
    freed = _freed(p, name)
    rows = pd.DataFrame(
        [(code, _decided(p, code), freed.get(code, ())) for code in labels],
        columns=["item", "decided", "freed"],
    )
    of_items = bool(positions.items_of(TABLES[name]))
    may_be_freed = bool(_guarded_words(name))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = {tr("What is asked"): rows["item"].map(labels)}
        if of_items:
            none = (tr("no decision is shown here"),)
            cells[tr("What you decided")] = rows["decided"].map(
                lambda some: tuple(map(_in_words, some)) or none
            )
        if may_be_freed:
            cells[tr("Said for the room")] = rows["freed"].map(
                lambda some: tuple(tr("somebody: “{word}”").format(word=tr(word)) for word in some)
            )
        cells[tr("To say aloud, in a round")] = pd.Series(question, index=rows.index)
        return pd.DataFrame(cells)

    return ResultTable(caption, rows, words=words, notes=(knowledge.why_not_shown(p, name),))


def _guarded_words(name: str) -> dict[str, list[str]]:
    """The guarded words of each scale of a table of views."""
    table = TABLES[name]
    found = {}
    for column in positions.scales(table):
        if words := [word.text for word in table.scale(column).words if word.guarded]:
            found[column] = words
    return found


def _freed(p: Partnership, name: str) -> dict[str, tuple[str, ...]]:
    """The guarded words that the room sees, by item, each once."""
    about = positions.items_of(TABLES[name])
    by_item: dict[str, tuple[str, ...]] = {}
    for column, words in _guarded_words(name).items():
        found = answers.standing(p, name, column)
        scale = TABLES[name].scale(column)
        for place, *item in found[["place", *about]].itertuples(index=False, name=None):
            code, word = item[-1] if item else "", scale.word(place)
            if word in words and word not in by_item.get(code, ()):
                by_item[code] = (*by_item.get(code, ()), word)
    return by_item


def decided(p: Partnership, codes: Iterable[str]) -> dict[str, list[str]]:
    """The outcomes of the decisions that stand here about some codes.

    Args:
        p: The partnership as one reader sees it.
        codes: Codes such as O1.

    Returns:
        By code the words of `decisions.outcome`, "" where none is ticked.
    """
    return {code: [outcome for outcome, *_ in _decided(p, code)] for code in codes}


Decision = tuple[str, str, str, str]  # its outcome, what was decided, who, and by which day


def _decided(p: Partnership, code: str) -> tuple[Decision, ...]:
    """The decisions that name a code."""
    if not code:
        return ()
    frame = p["decisions"]
    found = frame[frame["about"].str.contains(speaks_of([code]))]
    outcomes = found["outcome"].astype(object).fillna("")
    days = answers.days(found, "by_when")
    return tuple(zip(outcomes, found["what_we_decided"], found["who"], days, strict=True))


def _in_words(decision: Decision) -> str:
    """A decision in one line: "agreed: monthly (all of us, by 2027-02-01)"."""
    outcome, what, who, day = decision
    said = ": ".join(filter(None, (tr(outcome) if outcome else "", what)))
    until = tr("by {day}").format(day=day) if day else ""
    if day == tr(UNREAD):
        until = tr("by when: {day}").format(day=day)
    whose = answers.told_of(who)
    if who == UNREAD:
        whose = tr("who: {who}").format(who=whose)
    beside = ", ".join(filter(None, (whose, until)))
    return f"{said} ({beside})" if beside else said
