"""Start here: which partnerships there are, who holds the data, what is filled in, and whether this computer is ready."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from partnering.results import drawing
from partnering.storage import paths
from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.results import Figure, ResultTable
from partnering.schema.tables import STOPS, TABLES

NEVER_SAVED = "PARTNERING_OUTPUTS_NEVER_SAVED"


def partnerships() -> ResultTable:
    """The worked examples, and the partnerships of one's own that lie in my-partnerships."""
    own = [] if paths.built() else paths.my_partnerships()
    rows = [(paths.told(place), tr("a copy is made on the first change")) for place in paths.examples()]
    rows += [(paths.told(place), tr("yours: never published, never sent anywhere")) for place in own]
    return ResultTable(tr("Partnerships on this computer"), pd.DataFrame(rows, columns=[tr("Partnership"), tr("What it is")]),
                 nothing=tr("There is none yet."))


def who_holds(p: Partnership) -> ResultTable:
    """Who holds the answers and until when, as sentences to read aloud at the opening (partnership)."""
    blank = tr("…")
    fact = {name: p.fact(name) or blank for name in ("held_by", "who_may_see", "reporting_route", "who_pays_the_facilitator")}
    until = p.fact("delete_after")
    mode = {word.text: tr(word.means) for word in TABLES["partnership"].by_name["mode"].kind.words}
    rows = [(tr("Who holds this"), fact["held_by"]), (tr("Who may see it"), fact["who_may_see"]),
            (tr("How openly"), f"{tr(p.mode)}: {mode.get(p.mode, '')}"),
            (tr("Destroyed after"), until.strftime("%Y-%m-%d") if until is not None else blank),
            (tr("Where harm or misuse is reported"), fact["reporting_route"]),
            (tr("Who pays the facilitator"), fact["who_pays_the_facilitator"])]
    notes = [tr("Nothing here may be used for decisions on funding, selection or staff. Anybody may take an answer back.")]
    disclosing = [p.names[code] for code in p["partners"].loc[p["partners"]["must_disclose"] == "yes", "partner"]]
    if disclosing:
        notes.append(tr("What is sent to {who} may become public.").format(who=", ".join(disclosing)))
    return ResultTable(tr("To read aloud at the opening"), pd.DataFrame(rows, columns=[tr("What"), tr("What we say")]),
                 notes=tuple(notes))


def filled_in(p: Partnership) -> ResultTable:
    """What is filled in for each stop, in the tables that are asked for at this moment; the full form apart."""
    rows = []
    for number, name, question in STOPS:
        here = [table for table in TABLES.values() if table.stop == number and not table.shipped and not table.private]
        core = [table for table in here if table.core and table.asked_at(p.fact("moment") or "")]
        told = tuple(_rows_in(tr(table.label), len(p[table.name])) for table in core)
        full = tuple(_rows_in(tr(table.label), len(p[table.name])) for table in here if not table.core)
        later = tuple(tr(table.label) for table in here if table.core and table not in core)
        rows.append((f"{number} {tr(name)}", tr(question), told, full, later))
    heads = [tr("Stop"), tr("The question"), tr("What is filled in"), tr("Full form, if you wish"), tr("Asked later")]
    cells = pd.DataFrame(rows, columns=heads)
    return ResultTable(tr("What is filled in"), cells, notes=(tr("Start where your difficulty is. Come back."),))


def _rows_in(label: str, count: int) -> str:
    """The words "Risks: 8 lines"; an empty table says so."""
    if not count:
        return tr("{table}: nothing yet").format(table=label)
    return trn("{table}: {count} line", "{table}: {count} lines", count).format(table=label, count=count)


def tour_map(p: Partnership) -> Figure:
    """The seven stops, with how far each is filled in: not yet, begun, or every core table."""
    full = []
    for number, _, _ in STOPS:
        core = [table for table in TABLES.values() if table.stop == number and table.core and not table.shipped
                and not table.private and table.asked_at(p.fact("moment") or "")]
        rows = [len(p[table.name]) > 0 for table in core]
        full.append(2 if rows and all(rows) else 1 if any(rows) else 0)
    words = (tr("nothing yet"), tr("begun"), tr("filled in"))
    told = "; ".join(f"{number} {tr(name)}: {words[state]}" for (number, name, _), state in zip(STOPS, full, strict=True))
    stops = [(str(number), tr(name)) for number, name, _ in STOPS]
    return Figure(tr("The tour"), drawing.tour(stops, full), told, filled_in(p))


# ------------------------------------------------------------------ this computer

def this_computer() -> ResultTable:
    """Whether this computer is ready for a workshop: OK or FIX in words, and what to do about each FIX."""
    checks: tuple[tuple[str, Callable[[], bool], str], ...] = (
        (tr("Python 3.11 or newer"), lambda: sys.version_info >= (3, 11), tr("Install a newer Python from python.org.")),
        (tr("The tables can be read (pandas)"), lambda: _at_least("pandas", 3), tr("Run the workshop command once with "
                                                                                   "internet: python -m nox -s workshop")),
        (tr("Spreadsheets can be read and written"), lambda: all(map(importlib.util.find_spec, (
            "python_calamine", "xlsxwriter"))), tr("Run the workshop command once with internet: python -m nox -s workshop")),
        (tr("Tables can be typed into"), lambda: all(map(importlib.util.find_spec, ("ipywidgets", "anywidget"))), tr(
            "Run the workshop command once with internet: python -m nox -s workshop")),
        (tr("Your own folder can be written to"), _can_write, tr("Move the handbook to a folder that is yours, such as "
                                                                 "Documents.")),
        (tr("Answers are never saved into notebooks"), lambda: os.environ.get(NEVER_SAVED) == "1", tr(
            "Close Jupyter and open it with: python -m nox -s workshop")),
    )
    if paths.built():
        rows = [(name, tr("looked at when you open this in Jupyter"), "") for name, _, _ in checks]
    else:
        rows = [(name, tr("OK"), "") if check() else (name, tr("FIX"), what) for name, check, what in checks]
    return ResultTable(tr("Is this computer ready?"), pd.DataFrame(rows, columns=[tr("What"), tr("OK or FIX"), tr("What to do")]))


def _at_least(package: str, major: int) -> bool:
    try:
        return int(version(package).split(".")[0]) >= major
    except PackageNotFoundError:
        return False


def _can_write() -> bool:
    trial = paths.MY_PARTNERSHIPS / ".trial"
    try:
        paths.MY_PARTNERSHIPS.mkdir(exist_ok=True)
        trial.write_text("", encoding="utf-8")
        trial.unlink()
    except OSError:
        return False
    return True
