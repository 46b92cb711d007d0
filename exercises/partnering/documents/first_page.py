"""The first page of a report, for a board that reads one page: a few short tables.

It is one page of A4 and of Letter, in letters of 9 points. Where there is too much for it, each
line is told shorter, and of long lists the first lines stand here; all of it stands in the parts
that follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from partnering.documents import clauses, word_document
from partnering.language import tr
from partnering.partnership import Partnership, answers, knowledge
from partnering.results import ResultTable
from partnering.schema.kinds import UNREAD
from partnering.schema.scales import HOW_SURE, MUST_SETTLE
from partnering.schema.unread import is_unread
from partnering.stops import codes_in_words, red_thread, risk_sharing, value

HIGH, WIDE, LETTERS = 705, 480, 9  # a page of Letter between its margins, and its letters
SPACE = 18  # of a heading, with what stands over and under it
ALL = 10_000  # more than there are
# How many lines a text has, of what a partner brings and of others; how many rows the open list
# has, and how many the others. From as many as there are to as few as there have to be.
SHORTER = (
    *((brings, others, ALL, ALL) for brings, others in ((3, 2), (2, 2), (2, 1))),
    *((brings, 1, still, ALL) for brings in (2, 1) for still in (5, 4, 3)),
    *((1, 1, min(rows, 3), rows) for rows in (8, 6, 5, 4, 3, 2, 1)),
)


def results(p: Partnership, partners: Sequence[str] = ()) -> tuple[ResultTable, ...]:
    """What we want, who brings what, what we carry, what is open, what is asked of the reader.

    Args:
        p: The partnership as one reader sees it: nothing else stands on the page.
        partners: The names that stand over the tables.

    Returns:
        The tables in this order, as long as one page holds. They say partners by their codes.
    """
    still = replace(red_thread.open_list(p), notes=())
    whole = _wants(p), _brings(p), _carries(p), still, _asks(p)
    left = HIGH - _above(p, partners)
    told: tuple[ResultTable, ...] = whole
    for short in SHORTER:
        if sum(map(_height, told)) <= left:
            break
        told = _told(whole, *short)
    return told


def _told(
    whole: Sequence[ResultTable], own: int, lines: int, most_open: int, rows: int
) -> tuple[ResultTable, ...]:
    """The tables, shorter; no partner is left out of those that bring something."""
    wants, brings, carries, still, asks = whole
    follows = tr("Some lines are shortened here. The parts that follow have them whole.")
    return (
        _shorter(wants, 0, lines, rows),
        _shorter(brings, 1, own, ALL),
        _shorter(carries, 0, lines, rows),
        _shorter(still, 0, lines, most_open),
        replace(_shorter(asks, 0, lines, rows), notes=(*asks.notes, follows)),
    )


def _above(p: Partnership, partners: Sequence[str]) -> float:
    """How high what stands over the tables becomes: the title, the names, and for whom it is."""
    title = word_document.lines_in(p.title, WIDE, 20) * 24 + 6
    names = word_document.lines_in(" · ".join(partners), WIDE, LETTERS) * 12 + 6
    return title + names + 20  # and for whom it is


def _height(table: ResultTable) -> float:
    """How high a table becomes, with its heading and its notes."""
    said = [table.missing, *table.notes] + [table.nothing] * table.rows.empty
    notes = [word_document.lines_in(text, WIDE, 9.5) * 12 + 6 for text in said if text]
    lines = [] if table.rows.empty else [*table.cells.itertuples(index=False, name=None)]
    high = word_document.height([*table.cells.columns], lines) if lines else 0
    return SPACE + sum(notes) + high


def _shorter(table: ResultTable, at: int, lines: int, rows: int) -> ResultTable:
    """The first rows of a table, with the texts of one column in so many lines."""
    if table.rows.empty:
        return table
    first = table.cells.head(rows)
    heads, typed = [*first.columns], [*first.itertuples(index=False, name=None)]
    texts = word_document.in_lines(heads, typed, at, lines)
    part = tr("{caption}: the first {count}").format(caption=table.caption, count=len(first))
    return replace(
        table,
        caption=part if len(first) < len(table.cells) else table.caption,
        words=lambda _: first.assign(**{heads[at]: texts}),
    )


def _wants(p: Partnership) -> ResultTable:
    """The objectives, each with what kind it is."""

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"] + " " + rows["text"],
                tr("Type"): answers.ticked(rows, "kind"),
            }
        )

    return ResultTable(
        tr("What we want"),
        p["objectives"][["objective", "text", "kind", UNREAD]],
        words=words,
        nothing=knowledge.of_what_stands_here(
            p, tr("No objective is shown here."), tr("No objectives yet."), of=["objectives"]
        ),
    )


def _brings(p: Partnership) -> ResultTable:
    """What each partner brings, and how certain each thing is."""
    lines = p["value_lines"]

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = [
            (code, _by_certainty(own))
            for code in p.names
            if len(own := rows[rows["partner"] == code])
        ]
        return pd.DataFrame(cells, columns=[tr("Who"), tr("Brings")])

    return ResultTable(
        tr("Who brings what"),
        lines[lines["we"] == value.BRING][["partner", "what", "how_sure", UNREAD]],
        words=words,
        notes=_money(p),
        nothing=knowledge.of_own_words(
            p,
            tr("No line is shown here."),
            tr("Nobody has written a line yet."),
            of=["value_lines"],
        ),
    )


def _by_certainty(lines: pd.DataFrame) -> str:
    """What one partner brings: first what is promised, last what nobody has said how certain."""
    sure = lines["how_sure"].astype("object").fillna("").mask(is_unread(lines, "how_sure"), UNREAD)
    told = []
    for word in (*reversed(HOW_SURE.texts), UNREAD, ""):
        if what := "; ".join(lines.loc[sure == word, "what"]):
            told.append(f"{what} ({tr(word)})" if word else what)
    return "; ".join(told)


def _money(p: Partnership) -> tuple[str, ...]:
    """The payments between partners, one after the other: no sum is made of them."""
    frame = p["transfers"]
    parties = frame[["from", "to"]].replace(UNREAD, tr(clauses.UNREAD_PARTNER))
    rows = frame.assign(**parties).to_dict("records")
    amounts = answers.or_unread(
        map(clauses.amount_of, rows), frame, "amount", tr("a sum that cannot be read")
    )
    paid = [
        tr("{giver} to {taker}: {amount}").format(
            giver=row["from"],
            taker=row["to"],
            amount=", ".join(filter(None, (amount, form))),
        )
        for row, amount, form in zip(rows, amounts, answers.in_words(frame["form"]), strict=True)
    ]
    return (tr("Money: {payments}.").format(payments="; ".join(paid)),) if paid else ()


def _carries(p: Partnership) -> ResultTable:
    """The risks that the room has chosen, and who carries, decides and pays."""
    called, carried = codes_in_words.short_words(p), risk_sharing.who_carries(p).table

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                tr("Risk"): rows["risk"].map(lambda code: called.get(code, code)),
                tr("Most affected"): answers.told(rows["carries"]),
                tr("Decides"): answers.told(rows["decides"]),
                tr("Pays for it"): answers.told(rows["pays"]),
                tr("By when"): answers.days(rows, "by_when"),
            }
        )

    return ResultTable(
        tr("Risks, and who decides and pays"),
        carried.rows[["risk", "carries", "decides", "pays", "by_when", UNREAD]],
        words=words,
        nothing=carried.nothing,
    )


def _asks(p: Partnership) -> ResultTable:
    """The differences that somebody has to decide, and room to write what this board is asked."""
    rows = red_thread.differences(p).rows
    rows = rows[rows["outcome"] == MUST_SETTLE]
    called = codes_in_words.short_words(p)

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                tr("To be decided"): rows["about"].map(lambda about: called.get(about, about)),
                tr("Who"): answers.told(rows["who"]),
                tr("By when"): answers.days(rows, "by_when"),
            }
        )

    return ResultTable(
        tr("What we ask of you"),
        rows,
        words=words,
        notes=(tr("We ask you to decide: ________________ by ________________"),),
        nothing=knowledge.of_what_stands_here(
            p,
            tr("No difference that must be decided is shown here."),
            tr("No difference that must be decided is written down."),
        ),
    )
