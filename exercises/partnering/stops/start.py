"""Start here: who holds the data, and what is filled in."""

from __future__ import annotations

import pandas as pd

from partnering.language import mark, tr, trn
from partnering.partnership import ROOM, Partnership, knowledge
from partnering.results import Figure, ResultTable, pictures
from partnering.results.drawing import DOTTED, FULL, PALE, Drawing
from partnering.schema import scales
from partnering.schema.columns import Table
from partnering.schema.kinds import UNREAD
from partnering.schema.tables import STOPS, TABLES

STONES = (DOTTED, PALE, FULL)  # how the stone of a stop is filled: nothing, begun, all
NOW, FULL_FORM, LATER = "now", "full form", "later"  # when a table is asked for
OPENING = {  # what is read aloud at the opening: columns of `partnership`
    "held_by": mark("Who keeps this"),
    "who_may_see": mark("Who may open the file"),
    "mode": mark("How answers are shown"),
    "delete_after": mark("Destroyed on"),
    "reporting_route": mark("Where harm or misuse is reported"),
    "who_pays_the_facilitator": mark("Who pays the facilitator"),
}


def who_holds(p: Partnership) -> ResultTable:
    """Who holds the answers and until when, as sentences to read aloud at the opening.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `fact` (a column of `partnership`) and `said` (as text, "" where it is not filled in).
        A note names the partners that must disclose what they are sent, and those of which that is
        not known (`partners.must_disclose`).
    """
    until = p.fact("delete_after")
    facts = {name: p.fact(name) or "" for name in OPENING} | {
        "mode": p.mode,
        "delete_after": "" if until is None else until.strftime("%Y-%m-%d"),
    }
    facts |= dict.fromkeys(p.unread_facts & facts.keys(), UNREAD)
    notes = [
        tr(
            "Nothing here may be used for decisions on funding, selection or staff. Anybody may "
            "take an answer back."
        )
    ]
    partners = p["partners"]
    may = partners["must_disclose"].isin(["yes", "we do not know"])
    disclosing = partners.loc[may, "partner"]
    if len(disclosing):
        who = ", ".join(p.names[code] for code in disclosing)
        notes.append(tr("What is sent to {who} may become public.").format(who=who))
    return ResultTable(
        tr("To read aloud at the opening"),
        pd.DataFrame(facts.items(), columns=["fact", "said"]),
        words=_opening_words,
        notes=tuple(notes),
    )


def _opening_words(rows: pd.DataFrame) -> pd.DataFrame:
    means = {word.text: word.means for word in scales.MODE.words}
    said = [
        f"{tr(text)}: {tr(means.get(text, ''))}" if fact == "mode" else _said(text)
        for fact, text in zip(rows["fact"], rows["said"], strict=True)
    ]
    heads = [tr(OPENING[fact]) for fact in rows["fact"]]
    return pd.DataFrame({tr("What"): heads, tr("What we say"): said})


def _said(text: str) -> str:
    """A fact as it is said aloud."""
    return tr(UNREAD) if text == UNREAD else text or tr("…")


def undertaking(p: Partnership) -> ResultTable:
    """Who has signed the undertaking, and one line while somebody has not.

    It is said at every moment: the first forms are collected while partners are still exploring.

    Args:
        p: The partnership as one reader sees it. Read is `partners`; signing is public. People we
            serve are not asked to sign.

    Returns:
        One row a partner: `partner`, `signed_on`.
    """
    frame = p["partners"]
    rows = frame.loc[frame["partner"].isin(p.expected), ["partner", "signed_on"]]
    missing = [p.names[code] for code in rows.loc[rows["signed_on"].isna(), "partner"]]
    note = tr("All have signed.")
    if missing:
        note = tr(
            "No day of signing is shown here for {who}. Until all have signed, collect no form."
        ).format(who=", ".join(missing))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        days = [
            tr("no day is shown here") if pd.isna(day) else f"{day:%Y-%m-%d}"
            for day in rows["signed_on"]
        ]
        names = [p.names[code] for code in rows["partner"]]
        return pd.DataFrame({tr("Organisation"): names, tr("Signed on"): days}, index=rows.index)

    return ResultTable(
        tr("Who has signed the undertaking"),
        rows,
        words=words,
        notes=(note,) if len(rows) else (),
        nothing=tr("No partner is typed yet."),
    )


def filled_in(p: Partnership) -> ResultTable:
    """What is filled in for each stop, in the tables that are asked for at this moment.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a table: `stop` (its number), `table` (its name), `asked` (NOW, FULL_FORM or
        LATER, by `partnership.moment`), `lines` (how many this reader sees). The cells have one
        line a stop. To the room a table without lines is not called empty.
    """
    return ResultTable(
        tr("What is filled in"),
        _tables(p),
        words=lambda tables: _stops_in_words(p, tables),
        notes=(tr("Start where your difficulty is. Come back."),),
    )


def _tables(p: Partnership) -> pd.DataFrame:
    """The tables that partners fill in, stop by stop, with when they are asked for."""
    moment = p.fact("moment") or ""
    rows = []
    for name, table in TABLES.items():
        if table.stop and not table.shipped and not table.private:
            rows.append((table.stop, name, _asked(table, moment), len(p[name])))
    return pd.DataFrame(rows, columns=["stop", "table", "asked", "lines"])


def _asked(table: Table, moment: str) -> str:
    if not table.core:
        return FULL_FORM
    return NOW if table.asked_at(moment) else LATER


def _stops_in_words(p: Partnership, tables: pd.DataFrame) -> pd.DataFrame:
    """One line a stop, with its tables by when they are asked for."""
    lines = []
    for number, name, question in STOPS:
        here = tables[tables["stop"] == number]
        later = here.loc[here["asked"] == LATER, "table"]
        lines.append(
            (
                f"{number} {tr(name)}",
                tr(question),
                _lines_in_words(p, here[here["asked"] == NOW]),
                _lines_in_words(p, here[here["asked"] == FULL_FORM]),
                tuple(tr(TABLES[table].label) for table in later),
            )
        )
    heads = [
        tr("Stop"),
        tr("The question"),
        tr("What is filled in"),
        tr("Full form, if you wish"),
        tr("Asked later"),
    ]
    return pd.DataFrame(lines, columns=heads)


def _lines_in_words(p: Partnership, tables: pd.DataFrame) -> tuple[str, ...]:
    """The words "Risks: 8 lines" for each table; to the room, how many stand here."""
    told = []
    for name, count in zip(tables["table"], tables["lines"], strict=True):
        if _all_in_and_not_shown(p, name):
            sentence = tr("{table}: all {partners} forms are in, not shown here")
        elif count:
            sentence = knowledge.of_what_stands_here(
                p,
                trn("{table}: {count} line here", "{table}: {count} lines here", count),
                trn("{table}: {count} line", "{table}: {count} lines", count),
                of=[name],
            )
        else:
            sentence = knowledge.of_what_stands_here(
                p, tr("{table}: nothing shown here"), tr("{table}: nothing yet"), of=[name]
            )
        label, partners = tr(TABLES[name].label), len(p.expected)
        told.append(sentence.format(table=label, count=count, partners=partners))
    return tuple(told)


def _all_in_and_not_shown(p: Partnership, table: str) -> bool:
    """Whether every partner's form is in, and so few are asked that the room sees none of them."""
    not_shown = p.few_and_held and not p.speaks_openly(table)
    return p.reader == ROOM and not_shown and table in p.hidden.forms_in


def tour_map(p: Partnership) -> Figure:
    """The seven stops, with how far each is filled in: not yet, begun, or every core table.

    To the room it tells what is shown of each stop.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The figure; its rows are those of `filled_in`.
    """
    table = filled_in(p)

    def draw() -> tuple[Drawing, ...]:
        words, fullness = fullness_in_words(p), full_stops(table.rows)
        stops = [
            pictures.Stop(
                str(number), tr(name), STONES[full], (), f"{number} {tr(name)}: {words[full]}"
            )
            for (number, name, _), full in zip(STOPS, fullness, strict=True)
        ]
        return pictures.path(stops, list(zip(STONES, words, strict=True)), ())

    return Figure("tour-map", tr("The tour"), draw, table)


def fullness_in_words(p: Partnership) -> tuple[str, ...]:
    """What is said of a stop of which nothing, something and everything is filled in.

    Args:
        p: The partnership as one reader sees it: to the room it is said of what stands here.
    """
    return (
        knowledge.of_what_stands_here(p, tr("nothing shown here"), tr("nothing yet")),
        knowledge.of_what_stands_here(p, tr("some lines are shown here"), tr("begun")),
        knowledge.of_what_stands_here(
            p, tr("lines are shown here in every table"), tr("filled in")
        ),
    )


def full_stops(tables: pd.DataFrame) -> list[int]:
    """How full each stop is: 0 nothing yet, 1 begun, 2 every table that is asked for now.

    Args:
        tables: The rows of `filled_in`.
    """
    full = []
    for number, _, _ in STOPS:
        here = tables[(tables["stop"] == number) & (tables["asked"] == NOW)]
        filled = here["lines"] > 0
        everything = bool(filled.all()) and len(here) > 0
        full.append(2 if everything else int(filled.any()))
    return full
