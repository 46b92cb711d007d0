"""Start here: who holds the data, and what is filled in."""

from __future__ import annotations

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.results import Figure, ResultTable, drawing
from partnering.schema.tables import STOPS, TABLES


def who_holds(p: Partnership) -> ResultTable:
    """Who holds the answers and until when, as sentences to read aloud at the opening (partnership)."""
    blank = tr("…")
    fact = {
        name: p.fact(name) or blank
        for name in ("held_by", "who_may_see", "reporting_route", "who_pays_the_facilitator")
    }
    until = p.fact("delete_after")
    mode = {word.text: tr(word.means) for word in TABLES["partnership"].by_name["mode"].kind.words}
    rows = [
        (tr("Who holds this"), fact["held_by"]),
        (tr("Who may see it"), fact["who_may_see"]),
        (tr("How openly"), f"{tr(p.mode)}: {mode.get(p.mode, '')}"),
        (tr("Destroyed after"), until.strftime("%Y-%m-%d") if until is not None else blank),
        (tr("Where harm or misuse is reported"), fact["reporting_route"]),
        (tr("Who pays the facilitator"), fact["who_pays_the_facilitator"]),
    ]
    notes = [
        tr(
            "Nothing here may be used for decisions on funding, selection or staff. Anybody may take an answer back."
        )
    ]
    disclosing = [
        p.names[code]
        for code in p["partners"].loc[p["partners"]["must_disclose"] == "yes", "partner"]
    ]
    if disclosing:
        notes.append(
            tr("What is sent to {who} may become public.").format(who=", ".join(disclosing))
        )
    return ResultTable(
        tr("To read aloud at the opening"),
        pd.DataFrame(rows, columns=[tr("What"), tr("What we say")]),
        notes=tuple(notes),
    )


def filled_in(p: Partnership) -> ResultTable:
    """What is filled in for each stop, in the tables that are asked for at this moment; the full form apart."""
    rows = []
    for number, name, question in STOPS:
        here = [
            table
            for table in TABLES.values()
            if table.stop == number and not table.shipped and not table.private
        ]
        core = [table for table in here if table.core and table.asked_at(p.fact("moment") or "")]
        told = tuple(_rows_in(tr(table.label), len(p[table.name])) for table in core)
        full = tuple(
            _rows_in(tr(table.label), len(p[table.name])) for table in here if not table.core
        )
        later = tuple(tr(table.label) for table in here if table.core and table not in core)
        rows.append((f"{number} {tr(name)}", tr(question), told, full, later))
    heads = [
        tr("Stop"),
        tr("The question"),
        tr("What is filled in"),
        tr("Full form, if you wish"),
        tr("Asked later"),
    ]
    cells = pd.DataFrame(rows, columns=heads)
    return ResultTable(
        tr("What is filled in"), cells, notes=(tr("Start where your difficulty is. Come back."),)
    )


def _rows_in(label: str, count: int) -> str:
    """The words "Risks: 8 lines"; an empty table says so."""
    if not count:
        return tr("{table}: nothing yet").format(table=label)
    return trn("{table}: {count} line", "{table}: {count} lines", count).format(
        table=label, count=count
    )


def tour_map(p: Partnership) -> Figure:
    """The seven stops, with how far each is filled in: not yet, begun, or every core table."""
    full = []
    for number, _, _ in STOPS:
        core = [
            table
            for table in TABLES.values()
            if table.stop == number
            and table.core
            and not table.shipped
            and not table.private
            and table.asked_at(p.fact("moment") or "")
        ]
        rows = [len(p[table.name]) > 0 for table in core]
        full.append(2 if rows and all(rows) else 1 if any(rows) else 0)
    words = (tr("nothing yet"), tr("begun"), tr("filled in"))
    told = "; ".join(
        f"{number} {tr(name)}: {words[state]}"
        for (number, name, _), state in zip(STOPS, full, strict=True)
    )
    stops = [(str(number), tr(name)) for number, name, _ in STOPS]
    return Figure("tour-map", tr("The tour"), drawing.tour(stops, full), told, filled_in(p))
