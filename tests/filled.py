"""Partnerships in which every cell has an answer, and tables in which answers are others."""

from __future__ import annotations

import itertools
import random

import pandas as pd

from making import sheet
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.choices import Choice, Ticks
from partnering.schema.columns import Column, Table
from partnering.schema.days import Date, Remembered
from partnering.schema.kinds import Code, Kind, Ref, Text
from partnering.schema.numbers import Amount, Whole
from partnering.schema.tables import TABLES

PARTNERS = ("ANA", "BEN", "CLO", "SER")
PEOPLE_SERVED = "SER"
ROWS = {
    "objectives": 3,
    "value_lines": 24,
    "promises": 5,
    "risks": 4,
    "practices": 4,
    "tensions": 3,
    "transfers": 3,
    "clauses": 4,
    "moments": 4,
    "requests": 5,
}
MOST, WITHOUT_KEY = 32, 6  # rows of a table
# In these columns codes of other tables are looked for.
WITH_CODES = {("clauses", "covers"), ("decisions", "about")}
# What keeps rows and voices open, so that no answer is taken out.
OPEN = {
    "respondent": "",
    "share": "everyone here",
    "format": "1",
    "mode": "with names",
    "threshold": "3",
}


def filled(seed: int) -> Partnership:
    """A partnership of four in which every cell has an answer; the same one for the same seed."""
    chance = random.Random(seed)
    made = {name: _rows(table, chance) for name, table in TABLES.items() if not table.private}
    return Partnership({name: sheet(name, rows) for name, rows in made.items()}, "filled")


def filled_house(seed: int) -> Partnership:
    """One organisation with its house answers, as it opens its house file."""
    chance = random.Random(seed)
    questions, answers = (TABLES[name] for name in ("house_questions", "house_answers"))
    own = [row for row in _rows(answers, chance) if row["partner"] == PARTNERS[0]]
    made = {
        "partners": [(PARTNERS[0], "The house")],
        questions.name: _rows(questions, chance),
        answers.name: own,
    }
    return Partnership({name: sheet(name, rows) for name, rows in made.items()}, "house")


def with_others(
    sheet: pd.DataFrame | None, table: str, column: str, step: int
) -> pd.DataFrame | None:
    """The sheet of a table in which the answers of a column are others; None where it has no rows.

    Where there is no sheet, it is the one that comes with the handbook. Each answer is the one that
    stands `step` further on; with step 0 all are the same.
    """
    typed = lists.sheets().get(table) if sheet is None else sheet
    if typed is None or typed.empty:
        return None
    kind = TABLES[table].by_name[column].kind
    texts = typed[column] if column in typed else [""] * len(typed)
    return typed.assign(**{column: [_other(kind, text, step) for text in texts]}).astype("str")


def _rows(table: Table, chance: random.Random) -> list[dict[str, str]]:
    keys = _keys(table)
    chance.shuffle(keys)
    rows = []
    for key in keys[:MOST]:
        row = {column.name: _drawn(table, column, chance) for column in table.columns}
        row |= {name: text for name, text in OPEN.items() if name in row}
        rows.append(row | {name: text for name, text in key.items() if text})
    return rows


def _keys(table: Table) -> list[dict[str, str]]:
    """What names each row, by column."""
    if table.upright:
        return [{}]
    if table.shipped:
        return [dict(row) for _, row in lists.sheets()[table.name].iterrows()]
    if table.name == "partners":
        kinds = {PEOPLE_SERVED: "people we serve"}
        return [{"partner": code, "kind": kinds.get(code, "NGO")} for code in PARTNERS]
    if not table.key:
        return [{} for _ in range(WITHOUT_KEY)]
    names = [name for name in table.key if name != "respondent"]
    answers = [_naming(table, table.by_name[name]) for name in names]
    return [dict(zip(names, some, strict=True)) for some in itertools.product(*answers)]


def _naming(table: Table, column: Column) -> list[str]:
    """What a column that names the rows of a table may say."""
    if isinstance(column.kind, Code):
        return _codes(table)
    if isinstance(column.kind, (Date, Remembered)):
        return ["2026-02-11", "2026-05-20"]
    return _possible(column.kind) or [f"{column.name} {number}" for number in range(3)]


def _codes(table: Table) -> list[str]:
    if table.name == "partners":
        return list(PARTNERS)
    if table.shipped:
        return lists.sheets()[table.name][table.key[0]].to_list()
    kind = table.by_name[table.key[0]].kind
    prefix = kind.prefix if isinstance(kind, Code) else ""
    return [f"{prefix}{number + 1}" for number in range(ROWS[table.name])]


def _possible(kind: Kind) -> list[str]:
    """What an answer may be; nothing where it is free words."""
    if isinstance(kind, Choice):
        return kind.texts
    if isinstance(kind, Ref):
        return [*_codes(TABLES[kind.table]), *kind.also]
    if isinstance(kind, (Date, Remembered)):
        months = range(1, 13)
        return [f"2026-{month:02}-{day:02}" for month in months for day in (3, 17, 25)]
    if isinstance(kind, Whole):
        return [str(number) for number in range(kind.low, min(kind.high, kind.low + 40) + 1)]
    if isinstance(kind, Amount):
        return ["1000", "25000", "94000.50"]
    return []


def _drawn(table: Table, column: Column, chance: random.Random) -> str:
    """An answer that a column can take; a code is given with what names the row."""
    if isinstance(column.kind, Code):
        return ""
    if (table.name, column.name) in WITH_CODES:
        return chance.choice(["O1, R1", "O2", "A1 and P1"])
    if isinstance(column.kind, Text):
        return f"{column.name} {chance.randint(1, 9)}"
    return chance.choice(_possible(column.kind))


def _other(kind: Kind, text: str, step: int) -> str:
    """Another answer than one that was given."""
    if isinstance(kind, Text):
        return f"otherwise {step} {text if step else ''}".strip()
    answers = _possible(kind)
    first = kind.parts(text)[:1] if isinstance(kind, (Ref, Ticks)) else [text]
    place = answers.index(first[0]) if step and first and first[0] in answers else 0
    return answers[(place + step) % len(answers)]
