"""Two saved states of one partnership: what changed for each partner, told to it first; for all, counts alone.

Who moved, and which way, can be the trace of pressure. So nothing here sets partners beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from partnering.language import tr
from partnering.partnership import ROOM, Partnership, answers
from partnering.partnership.positions import items_of
from partnering.results import ResultTable
from partnering.schema.check import Column
from partnering.schema.kinds import SHARE_FACILITATOR, Scale
from partnering.schema.tables import TABLES
from partnering.stops import red_thread


def of_partner(before: Partnership, after: Partnership, partner: str) -> ResultTable:
    """What one partner has stated otherwise than before, for that partner alone: from its own rows in both states."""
    rows = []
    for name, item, column, then, now in _stated_twice(before, after, partner):
        if then != now:
            rows.append(
                (
                    tr(TABLES[name].label),
                    item,
                    tr(column.label),
                    then or tr("left open"),
                    now or tr("left open"),
                )
            )
    cells = pd.DataFrame(
        rows, columns=[tr("Table"), tr("About"), tr("What"), tr("Before"), tr("Now")]
    )
    return ResultTable(
        tr("What {name} has stated otherwise").format(name=after.names.get(partner, partner)),
        cells,
        notes=(tr("For this partner alone. Nobody is asked why; tell the others if you wish."),),
        nothing=tr("Everything is stated as before."),
    )


def across(before: Partnership, after: Partnership) -> ResultTable:
    """How many partners have stated something otherwise, table by table; a count below the threshold is not told."""
    least = max(before.threshold, after.threshold)
    moved: dict[str, set[str]] = {}
    answered: dict[str, set[str]] = {}
    for partner in (code for code in after.expected if code in before.names):
        for name, _, _, then, now in _stated_twice(before, after, partner, for_all=True):
            if then and now:
                answered.setdefault(name, set()).add(partner)
                if then != now:
                    moved.setdefault(name, set()).add(partner)
    rows = [
        (tr(TABLES[name].label), _count(len(who), least), _count(len(moved.get(name, ())), least))
        for name, who in answered.items()
    ]
    cells = pd.DataFrame(
        rows, columns=[tr("Table"), tr("Answered both times"), tr("Stated something otherwise")]
    )
    return ResultTable(
        tr("What changed, in all"),
        cells,
        notes=(
            tr(
                "Show each partner its own changes first. Here stand counts alone, never who and never which way; a count below "
                "{least} is not told."
            ).format(least=least),
        ),
        nothing=tr("Nothing was stated both times."),
    )


def promises_since(before: Partnership, after: Partnership) -> ResultTable:
    """Promises that are new, and those of which something else is told than before; as the room may see them."""
    then, now = before.for_reader(ROOM)["promises"], after.for_reader(ROOM)["promises"]
    was = dict(zip(then["promise"], answers.in_words(then["status"], tr("not told")), strict=True))
    days = answers.days(now["due"])
    rows = [
        (f"{row.promise} {row.what}", row.partner, day, was.get(row.promise, tr("new")), said)
        for row, day, said in zip(
            now.itertuples(), days, answers.in_words(now["status"], tr("not told")), strict=True
        )
        if was.get(row.promise) != said
    ]
    return ResultTable(
        tr("Promises since"),
        pd.DataFrame(rows, columns=[tr("Promise"), tr("Who"), tr("Due"), tr("Before"), tr("Now")]),
        nothing=tr("Nothing else is told of any promise."),
    )


def differences_settled(before: Partnership, after: Partnership) -> ResultTable:
    """What had to be settled before, and how it stands now; as the room may see it."""
    then, now = before.for_reader(ROOM)["decisions"], after.for_reader(ROOM)["decisions"]
    open_ = then[then["outcome"] == red_thread.MUST_SETTLE]
    rows = []
    for about in dict.fromkeys(open_["about"]):
        found = now[now["about"] == about]
        if found.empty:
            rows.append((about, tr("not spoken of"), ""))
        for outcome, what in zip(
            answers.in_words(found["outcome"], tr("not told")),
            found["what_we_decided"],
            strict=True,
        ):
            rows.append((about, outcome, what))
    cells = pd.DataFrame(rows, columns=[tr("Had to be settled"), tr("Now"), tr("What we decided")])
    return ResultTable(
        tr("Differences, then and now"),
        cells,
        notes=(tr("A difference that you can work with may stay."),) if rows else (),
        nothing=tr("Nothing had to be settled then."),
    )


def joint(before: Partnership, after: Partnership) -> list[ResultTable]:
    """What all may see of two states."""
    return [make(before, after) for make in (across, promises_since, differences_settled)]


# ------------------------------------------------------------------ what is compared


def _stated_twice(
    before: Partnership, after: Partnership, partner: str, for_all: bool = False
) -> Iterator[tuple[str, str, Column, str, str]]:
    """Table, item, column, and the words then and now, of every scale that a partner has stated in either state."""
    then, now = (p.for_partner(partner) if partner in p.names else None for p in (before, after))
    for name, table in TABLES.items():
        if not table.views or table.private:
            continue
        for column in table.columns:
            if isinstance(column.kind, Scale):
                one, other = (_words(p, name, column.name, partner, for_all) for p in (then, now))
                for item in {**one, **other}:
                    yield name, item, column, one.get(item, ""), other.get(item, "")


def _words(
    p: Partnership | None, name: str, column: str, partner: str, for_all: bool
) -> dict[str, str]:
    """A partner's stated words by what they are about; without its rows for the facilitator where others may see it."""
    if p is None:
        return {}
    frame = p[name][p[name]["partner"] == partner]
    if for_all and "share" in frame:
        frame = frame[frame["share"] != SHARE_FACILITATOR]
    keys = (
        frame[["partner", *items_of(TABLES[name])]]
        .astype("object")
        .itertuples(index=False, name=None)
    )
    told = [" · ".join(map(str, item)) for _, *item in keys]
    return {
        item: tr(word)
        for item, word in zip(told, frame[column].astype("object"), strict=True)
        if isinstance(word, str) and word
    }


def _count(count: int, least: int) -> str:
    return str(count) if count >= least else tr("fewer than {least}").format(least=least)
