"""The first page of a report, for a board that reads one page: a few short tables."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from partnering.documents import clauses
from partnering.language import tr
from partnering.partnership import Partnership, answers, knowledge
from partnering.results import ResultTable
from partnering.schema.kinds import UNREAD
from partnering.schema.scales import HOW_SURE
from partnering.stops import red_thread, risk_sharing, value


def results(p: Partnership) -> tuple[ResultTable, ...]:
    """What we want, who brings what, what we carry, what is open, what is asked of the reader.

    Args:
        p: The partnership as one reader sees it: nothing else stands on the page.

    Returns:
        The tables in this order. They say partners by their codes: the names stand over them.
    """
    still = red_thread.open_list(p)
    return _wants(p), _brings(p), _carries(p), replace(still, notes=()), _asks(p)


def _wants(p: Partnership) -> ResultTable:
    """The objectives, each with what kind it is."""

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"] + " " + rows["text"],
                tr("Type"): answers.in_words(rows["kind"]),
            }
        )

    return ResultTable(
        tr("What we want"),
        p["objectives"][["objective", "text", "kind"]],
        words=words,
        nothing=knowledge.of_what_stands_here(
            p, tr("No objective is shown here."), tr("No objectives yet.")
        ),
    )


def _brings(p: Partnership) -> ResultTable:
    """What each partner brings, and how certain each thing is."""
    lines = p["value_lines"]

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = [
            (p.names[code], _by_certainty(own))
            for code in p.names
            if len(own := rows[rows["partner"] == code])
        ]
        return pd.DataFrame(cells, columns=[tr("Who"), tr("Brings")])

    return ResultTable(
        tr("Who brings what"),
        lines[lines["we"] == value.BRING][["partner", "what", "how_sure"]],
        words=words,
        notes=_money(p),
        nothing=knowledge.of_own_words(
            p, tr("No line is shown here."), tr("Nobody has written a line yet.")
        ),
    )


def _by_certainty(lines: pd.DataFrame) -> str:
    """What one partner brings: first what is promised, last what nobody has said how certain."""
    sure = lines["how_sure"].astype("object").fillna("")
    told = []
    for word in (*reversed(HOW_SURE.texts), ""):
        if what := "; ".join(lines.loc[sure == word, "what"]):
            told.append(f"{what} ({tr(word)})" if word else what)
    return "; ".join(told)


def _money(p: Partnership) -> tuple[str, ...]:
    """The payments between partners, one after the other: no sum is made of them."""
    frame = p["transfers"]
    parties = frame[["from", "to"]].replace(UNREAD, tr(clauses.UNREAD_PARTNER))
    rows = frame.assign(**parties).to_dict("records")
    paid = [
        tr("{giver} to {taker}: {amount}").format(
            giver=row["from"],
            taker=row["to"],
            amount=", ".join(filter(None, (clauses.amount_of(row), form))),
        )
        for row, form in zip(rows, answers.in_words(frame["form"]), strict=True)
    ]
    return (tr("Money: {payments}.").format(payments="; ".join(paid)),) if paid else ()


def _carries(p: Partnership) -> ResultTable:
    """The risks that the room has chosen, and who carries, decides and pays."""
    called, carried = red_thread.short_words(p), risk_sharing.who_carries(p).table

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                tr("Risk"): rows["risk"].map(lambda code: called.get(code, code)),
                tr("Most affected"): answers.told(rows["carries"]),
                tr("Decides"): answers.told(rows["decides"]),
                tr("Pays for it"): answers.told(rows["pays"]),
                tr("By when"): answers.days(rows["by_when"]),
            }
        )

    return ResultTable(
        tr("What we carry"),
        carried.rows[["risk", "carries", "decides", "pays", "by_when"]],
        words=words,
        nothing=carried.nothing,
    )


def _asks(p: Partnership) -> ResultTable:
    """The differences that somebody has to decide, and room to write what this board is asked."""
    rows = red_thread.differences(p).rows
    rows = rows[rows["outcome"] == red_thread.MUST_SETTLE]
    called = red_thread.short_words(p)

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                tr("To be decided"): rows["about"].map(lambda about: called.get(about, about)),
                tr("Who"): answers.told(rows["who"]),
                tr("By when"): answers.days(rows["by_when"]),
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
