"""Two saved states of one partnership: what changed for each partner, and for all counts alone.

A partner is told its own changes first. Who moved, and which way, can be the trace of pressure. So
nothing here sets partners beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import ROOM, Partnership, answers
from partnering.partnership.positions import core_scales, items_of
from partnering.partnership.redaction import CONSENTS
from partnering.results import ResultTable
from partnering.schema import scales
from partnering.schema.choices import Choice, Scale
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_FACILITATOR, SHARE_ROOM, UNREAD
from partnering.schema.scales import NOT_SHOWN
from partnering.schema.tables import TABLES

Item = tuple[str, ...]  # what an answer is about, such as the code of an objective

# how a promise or a difference of before stands now (columns `before` and `now`)
NEW, NOT_SPOKEN_OF = mark("was not shown here"), mark("no decision is shown here")


class Change(NamedTuple):
    """One answer in two states: its table, what it is about, its column, and its words.

    A word is empty where none stands in these files.
    """

    table: str
    about: Item
    column: str
    before: str
    now: str


def of_partner(before: Partnership, after: Partnership, partner: str) -> ResultTable:
    """What one partner has stated otherwise than before, for that partner alone.

    Args:
        before: The earlier state of the partnership, as the facilitator sees it.
        after: The later state.
        partner: The partner's code; read are its own rows in both states.

    Returns:
        One row an answer on a scale that is not the same: `table`, `about` (a tuple of what the
        answer is about), `column`, and `before` and `now` (words of the scale, "" where none
        stands in these files: it was left open, or lies on paper).
    """
    both = _stated_in_both(before, after, partner)
    changes = [change for change in both if change.before != change.now]
    return ResultTable(
        tr("What {name} has changed").format(name=after.names.get(partner, partner)),
        pd.DataFrame(changes, columns=list(Change._fields)),
        words=_change_words,
        notes=(tr("For this partner alone. Nobody is asked why; tell the others if you wish."),),
        nothing=tr("Everything shown here is as before."),
    )


def _change_words(rows: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for values in rows.itertuples(index=False, name=None):
        change = Change(*values)
        table = TABLES[change.table]
        column = table.by_name[change.column]
        lines.append(
            (
                tr(table.label),
                " · ".join(change.about),
                tr(column.label),
                column.kind.shown(change.before) or tr("nothing is shown here"),
                column.kind.shown(change.now) or tr("nothing is shown here"),
            )
        )
    heads = [tr("Table"), tr("Subject"), tr("What"), tr("Before"), tr("Now")]
    return pd.DataFrame(lines, columns=heads)


def across(before: Partnership, after: Partnership) -> ResultTable:
    """How many partners have stated something otherwise, table by table, and never who.

    Args:
        before: The earlier state of the partnership, as the facilitator sees it.
        after: The later state; counted are its expected partners that were there before.

    Returns:
        One row a table that as many partners as the smallest group have answered both times:
        `table`, `answered` (how many) and `otherwise` (how many of them not the same; missing (NA)
        where that is below the smallest group of either state). Half answers, those that their
        owner keeps for the facilitator or off the wall, and guarded words that are not freed, are
        in no count.
    """
    least = max(before.threshold, after.threshold)
    answered: dict[str, set[str]] = {}
    otherwise: dict[str, set[str]] = {}
    for partner in (code for code in after.expected if code in before.names):
        for change in _stated_in_both(before, after, partner, for_all=True):
            if change.before and change.now:
                answered.setdefault(change.table, set()).add(partner)
                if change.before != change.now:
                    otherwise.setdefault(change.table, set()).add(partner)
    tables = [name for name, who in answered.items() if len(who) >= least]
    rows = pd.DataFrame(
        {
            "table": tables,
            "answered": _counts((len(answered[name]) for name in tables), least),
            "otherwise": _counts((len(otherwise.get(name, ())) for name in tables), least),
        }
    )
    return ResultTable(
        tr("What changed, in all"),
        rows,
        words=lambda rows: _across_words(rows, least),
        notes=(
            tr(
                "Show each partner its own changes first. Here are counts, never who and never "
                "which way; a count below {least} is not shown. What its owner keeps for the "
                "facilitator is in no count."
            ).format(least=least),
        ),
        nothing=tr(
            "It cannot be said here of any table that {least} partners have answered both times."
        ).format(least=least),
    )


def _counts(counts: Iterable[int], least: int) -> pd.Series:
    """Counts of partners; those below the smallest group are not kept."""
    return pd.Series([count if count >= least else pd.NA for count in counts], dtype="Int64")


def _across_words(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    few = tr("fewer than {least}").format(least=least)
    counts = rows[["answered", "otherwise"]].astype(object)
    told = counts.map(lambda count: few if pd.isna(count) else str(count))
    return pd.DataFrame(
        {
            tr("Table"): [tr(TABLES[name].label) for name in rows["table"]],
            tr("Answered both times"): told["answered"],
            tr("Changed something"): told["otherwise"],
        }
    )


def promises_since(before: Partnership, after: Partnership) -> ResultTable:
    """Promises that are new, and those of which something else is told than before.

    Args:
        before: The earlier state of the partnership; read are the promises that its room sees.
        after: The later state, likewise.

    Returns:
        One row a promise that the room sees now: `promise`, `what`, `partner`, `due` (a day),
        `UNREAD`, and `before` and `now`: the word of `promises.status`, "" where it is not told,
        and `NEW` where the room did not see it before: it was not there, or kept back. A promise
        that was told of before and is not now is left out: a word that is kept back would show
        beside the last one.
    """
    then, now = (_promises_of(state) for state in (before, after))
    was = dict(zip(then["promise"], then["now"], strict=True))
    rows = now.assign(before=now["promise"].map(lambda code: was.get(code, NEW)))
    columns = ["promise", "what", "partner", "due", "before", "now", UNREAD]
    told, new = rows["now"] != "", rows["before"] == NEW
    return ResultTable(
        tr("Promises since"),
        rows.loc[(rows["before"] != rows["now"]) & (told | new), columns],
        words=_promise_words,
        nothing=tr("Of the promises shown here, nothing has changed."),
    )


def _promises_of(state: Partnership) -> pd.DataFrame:
    """The promises that the room sees, with their status in `now`, "" where none is told."""
    frame = state.for_reader(ROOM)["promises"]
    return frame.assign(now=frame["status"].astype(object).fillna(""))


def _promise_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Promise"): rows["promise"] + " " + rows["what"],
            tr("Who"): rows["partner"],
            tr("Promised for (date)"): answers.days(rows, "due"),
            tr("Before"): answers.in_words(
                rows["before"], tr("not said here"), scales.PROMISE_STATUS
            ),
            tr("Now"): answers.in_words(rows["now"], tr("not said here"), scales.PROMISE_STATUS),
        }
    )


def differences_settled(before: Partnership, after: Partnership) -> ResultTable:
    """What had to be settled before, and how it stands now.

    Args:
        before: The earlier state of the partnership; read are the decisions that its room sees.
        after: The later state, likewise.

    Returns:
        One row for each decision of now about something that had to be settled: `about`, `now` (the
        word of `decisions.outcome`, "" where it is not told, or `NOT_SPOKEN_OF` where the room sees
        no decision about it) and `what_we_decided`.
    """
    then, now = (state.for_reader(ROOM)["decisions"] for state in (before, after))
    unsettled = then.loc[then["outcome"] == scales.MUST_SETTLE, "about"]
    rows: list[tuple[str, str, str]] = []
    for about in unsettled.drop_duplicates():
        found = now[now["about"] == about]
        outcomes = found["outcome"].astype(object).fillna("")
        rows += [
            (about, outcome, what)
            for outcome, what in zip(outcomes, found["what_we_decided"], strict=True)
        ] or [(about, NOT_SPOKEN_OF, "")]
    return ResultTable(
        tr("Differences, then and now"),
        pd.DataFrame(rows, columns=["about", "now", "what_we_decided"]),
        words=_settled_words,
        notes=(tr("Some differences can stay."),) if rows else (),
        nothing=tr("Of what is shown here, nothing had to be decided then."),
    )


def _settled_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Had to be decided"): rows["about"],
            tr("Now"): answers.in_words(rows["now"], tr("not said")),
            tr("What we decided"): rows["what_we_decided"],
        }
    )


def joint(before: Partnership, after: Partnership) -> list[ResultTable]:
    """What all may see of two states.

    Args:
        before: The earlier state of the partnership.
        after: The later state.

    Returns:
        The tables of `across`, `promises_since` and `differences_settled`.
    """
    return [make(before, after) for make in (across, promises_since, differences_settled)]


# ------------------------------------------------------------------ what is compared


def _stated_in_both(
    before: Partnership, after: Partnership, partner: str, for_all: bool = False
) -> Iterator[Change]:
    """Every answer on a scale that a partner has stated in either state."""
    then, now = (
        state.for_partner(partner) if partner in state.names else None for state in (before, after)
    )
    for name, table in TABLES.items():
        if not table.views or table.private:
            continue
        frames = [_answered(state, partner, name, for_all) for state in (then, now)]
        for column in table.columns:
            if isinstance(column.kind, Scale):
                one, other = (_stated(frame, table, column.name) for frame in frames)
                for item in {**one, **other}:
                    yield Change(name, item, column.name, one.get(item, ""), other.get(item, ""))


def _answered(
    state: Partnership | None, partner: str, name: str, for_all: bool
) -> pd.DataFrame | None:
    """A partner's rows of a table of views; None where it has none or was not there.

    `for_all` leaves out what the room may not see: half answers, rows for the facilitator, those
    with a guarded word that is not freed, and all that is “not shown” on the wall.
    """
    if state is None or state[name].empty:
        return None
    frame = state[name]
    frame = frame[frame["partner"] == partner]
    if frame.empty:
        return None
    return _for_the_room(state, partner, frame, TABLES[name]) if for_all else frame


def _stated(frame: pd.DataFrame | None, table: Table, column: str) -> dict[Item, str]:
    """The words on one scale, by what they are about."""
    if frame is None:
        return {}
    about = frame[items_of(table)].astype(object).itertuples(index=False, name=None)
    return {
        tuple(map(str, item)): word
        for item, word in zip(about, frame[column].astype(object), strict=True)
        if isinstance(word, str) and word
    }


def _for_the_room(
    state: Partnership, partner: str, frame: pd.DataFrame, table: Table
) -> pd.DataFrame:
    """A partner's rows of a table of views that may count where others see it."""
    consents = state[CONSENTS]
    if (consents.loc[consents["partner"] == partner, table.name] == NOT_SHOWN).any():
        return frame.iloc[:0]
    left = frame["share"] != SHARE_FACILITATOR
    left &= ~_not_freed(frame, table)
    for name in core_scales(table):
        left &= frame[name].isin(table.scale(name).texts)
    return frame[left]


def _not_freed(frame: pd.DataFrame, table: Table) -> pd.Series:
    """Which rows hold a guarded word that is not marked for the room."""
    guarded = pd.Series(False, index=frame.index)
    for column in table.columns:
        if isinstance(column.kind, Choice | Scale):
            words = [word.text for word in column.kind.words if word.guarded]
            guarded |= frame[column.name].isin(words)
    return guarded & (frame["share"] != SHARE_ROOM)
