"""House files: what parts of one organisation answered, for that organisation alone.

They lie beside the partnership, one file a partner, and are opened one at a time. No table of the partnership holds
them, so nothing that is made of a partnership can tell them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from partnering import csvtext, disk, sheets, shipped
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import Problem, check
from partnering.tables import TABLES

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
    place = partnership.place
    folder = place / "houses" if place.is_dir() else place.with_name(f"{place.stem} houses")
    return folder / f"{partner}.csv"


def there(partnership: Partnership) -> list[str]:
    """The partners that have a house file."""
    return [code for code in partnership.names if place_of(partnership, code).is_file()]


def read(partnership: Partnership, partner: str) -> House:
    """One partner's house. Lines of another partner in its file are left out and told. Raises `disk.NotOpened`."""
    table = TABLES[ANSWERS]
    rows, _ = csvtext.read(disk.contents(place_of(partnership, partner)),
                           lambda some: sheets.known_headings(some[:50], table))
    own = partnership["partners"]
    only = own.loc[own["partner"] == partner, ["partner", "name"]].astype("str")
    questions = partnership.sheets.get(QUESTIONS, shipped.sheets()[QUESTIONS])
    checked = check({"partners": only, QUESTIONS: questions, ANSWERS: sheets.sheet_of(rows, table)}, TABLES)
    told = checked.tables[QUESTIONS].set_index("question")["text"].map(tr).to_dict()
    return House(partner, partnership.names[partner], checked.tables[ANSWERS], told, tuple(checked.problems))
