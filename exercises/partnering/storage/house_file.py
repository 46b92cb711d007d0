"""House files: what parts of one organisation answered, for that organisation alone.

They lie beside the partnership, one file a partner, and are opened one at a time. No table of the partnership holds
them, so nothing that is made of a partnership can tell them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from partnering.storage import atomic, csv_text, paths, sheets
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.check import Problem, Table
from partnering.schema.tables import TABLES

ANSWERS, QUESTIONS = "house_answers", "house_questions"


@dataclass(frozen=True)
class House:
    """The answers inside one organisation: its code and name, the table `house_answers`, and the questions in words."""

    partner: str
    name: str
    answers: pd.DataFrame
    questions: dict[str, str]
    problems: tuple[Problem, ...] = ()


def place_of(partnership: Partnership, partner: str) -> Path:
    """Where a partner's house file lies: in `houses` within the partnership's folder, or beside its workbook."""
    return paths.houses(partnership.place) / f"{partner}.csv"


def there(partnership: Partnership) -> list[str]:
    """The partners that have a house file."""
    return [code for code in partnership.names if place_of(partnership, code).is_file()]


def opened(whole: Partnership, partner: str) -> Partnership:
    """One partner's house as a partnership of this one partner, to be typed into; empty where there is no file yet.

    Lines of another partner that stand in its file are told as problems, and counted in no table. Raises
    `disk.NotOpened`.
    """
    if partner not in whole.names:
        raise atomic.NotOpened(tr("There is no partner “{partner}” here any more.").format(partner=partner))
    table, place = TABLES[ANSWERS], place_of(whole, partner)
    rows = _read(place, table)[0] if place.exists() else []
    own = whole["partners"]
    only = own.loc[own["partner"] == partner, ["partner", "name"]].astype("str")
    asked = {QUESTIONS: whole.sheets[QUESTIONS]} if QUESTIONS in whole.sheets else {}
    return Partnership({"partners": only, **asked, ANSWERS: sheets.sheet_of(rows, table)}, whole.names[partner], place)


def read(whole: Partnership, partner: str) -> House:
    """What is in one partner's house file. Raises `disk.NotOpened`, also where there is none."""
    if not place_of(whole, partner).exists():
        raise atomic.NotOpened(tr("There is no file {path}.").format(path=place_of(whole, partner)))
    return of(opened(whole, partner))


def of(house: Partnership) -> House:
    """The answers of a house that is open."""
    ((partner, name),) = house.names.items()
    told = house[QUESTIONS].set_index("question")["text"].map(tr).to_dict()
    return House(partner, name, house[ANSWERS], told, tuple(house.problems))


def written(house: Partnership) -> bytes:
    """The house file of a house that is open, with the delimiter of the one that is there."""
    table, place = TABLES[ANSWERS], house.place
    delimiter = _read(place, table)[1] if place.exists() else ","
    return csv_text.written(sheets.rows_of(house.as_written(ANSWERS), table, lambda column: column.name), delimiter)


def _read(place: Path, table: Table) -> tuple[list[list[str]], str]:
    return csv_text.read(atomic.contents(place), lambda some: sheets.known_headings(some[:50], table))
