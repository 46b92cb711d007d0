"""The form as a workbook: which sheets it has and what stands in them beforehand, and how it is taken apart again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pandas as pd

from partnering.exchange import form_pages
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.check import Column, Table
from partnering.schema.kinds import Choice, Ref, plain
from partnering.schema.scales import WE
from partnering.schema.tables import TABLES, VALUE_BOXES
from partnering.storage import atomic, workbook

STOPS = range(1, 8)
FEW = 5  # rows with a partner's code where its answers are not counted beforehand
LINES = tuple(Counter(VALUE_BOXES).elements())  # a word for each line of one partner's value form
PARTNERS_EXPECTED = 4


@dataclass(frozen=True)
class FormSheet:
    """One sheet of a form: its table, its columns, the rows filled in beforehand, and whether it only tells (`given`)."""

    table: Table
    rows: pd.DataFrame
    given: bool = False

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.table.name


def write(
    path: Path | str,
    stops: Iterable[int] | None = None,
    full: bool = False,
    partner: str = "",
    example: Partnership | None = None,
) -> None:
    """Write a form to be filled in: for some stops or all, the core or the full form, one partner or all.

    It is empty, or holds what stands in `example`: for one partner its own answers and what the room may see, with its
    code filled in beforehand and a row for each objective, risk or behaviour. Raises `NotSaved`.
    """
    place = workbook.named_right(path)
    filled = sheets_of(stops, full, partner, example)
    workbook.refuse_too_much({sheet.name: sheet.rows for sheet in filled})
    atomic.replace({place: form_pages.written(filled, partner, example)})


def sheets_of(
    stops: Iterable[int] | None, full: bool, partner: str, example: Partnership | None
) -> list[FormSheet]:
    """The sheets of a form in tour order: the tables of its stops, and those that they speak of."""
    wanted = {0, *(STOPS if stops is None else stops)}
    moment = (example.fact("moment") if example is not None else "") or ""
    asked = [
        table
        for table in TABLES.values()
        if table.stop in wanted
        and not table.private
        and (
            full
            or (table.core and table.asked_at(moment))
            or (not partner and example and len(example[table.name]))
        )
    ]
    if partner:
        asked = [table for table in asked if _answered_by_one(table)]
    names = {table.name for table in asked} | {"partners"}
    while more := {target for name in names for target in TABLES[name].points_to} - names:
        names |= more
    found = {}
    for name in (name for name in TABLES if name in names):
        if partner:
            found[name] = _for_one(TABLES[name], full, partner, example, asked)
        else:
            found[name] = _for_all(TABLES[name], full, example)
    return [_without_astray(sheet, found) for sheet in found.values()]


def _answered_by_one(table: Table) -> bool:
    column = table.by_name.get("partner")
    return bool(column and column.given and not table.private)


# ---------------------------------------------------------------- what stands in it beforehand


def _columns(table: Table, full: bool, but: tuple[str, ...] = ()) -> list[str]:
    return [
        column.name for column in table.columns if (full or column.core) and column.name not in but
    ]


def _for_all(table: Table, full: bool, example: Partnership | None) -> FormSheet:
    """A sheet for everybody: as the example has it, else empty but for the codes that nobody should have to think of."""
    rows = pd.DataFrame(columns=_columns(table, full), dtype="str")
    if example is not None and table.name in example.sheets:
        rows = example.as_written(table.name)
        rows = rows[
            [
                *(name for name in table.by_name if name in rows),
                *(name for name in rows if name not in table.by_name),
            ]
        ]
    elif table.shipped:
        rows = lists.sheets()[table.name]
    elif example is None and table.name == "value_lines":
        rows = pd.DataFrame(
            {"line": [f"V{number + 1}" for number in range(len(LINES) * PARTNERS_EXPECTED)]}
        )
    wanted = [*rows.columns, *(name for name in _columns(table, full) if name not in rows)]
    lines = _waiting(table, rows, example)
    whole = (
        pd.concat([rows, pd.DataFrame(lines, dtype="str")], ignore_index=True).fillna("")
        if lines
        else rows
    )
    return FormSheet(table, _with_columns(whole, wanted))


def _waiting(table: Table, rows: pd.DataFrame, example: Partnership | None) -> list[dict[str, str]]:
    """The lines that wait for each partner's answers, as on its own form, below what is typed already."""
    if example is None or not (_answered_by_one(table) and table.rows):
        return []
    lines = []
    for partner in example.expected:
        own = rows[rows["partner"] == partner] if "partner" in rows else rows
        own = own[own["respondent"] == ""] if "respondent" in own else own
        lines += [
            {"partner": partner, **line}
            for line in _beforehand(table, own.to_dict("records"), partner, example)
        ]
    return lines


def _with_columns(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """A sheet with just these columns, empty where it does not have one."""
    return pd.DataFrame(
        {name: rows.get(name, "") for name in columns}, index=rows.index, dtype="str"
    )


def _for_one(
    table: Table, full: bool, partner: str, example: Partnership | None, asked: list[Table]
) -> FormSheet:
    """A sheet for one partner: its own answers with its code, or what the room may see of what they speak about."""
    if table not in asked:
        seen = _seen(table, example)
        return FormSheet(
            table,
            seen if len(seen) else pd.DataFrame(columns=_columns(table, full), dtype="str"),
            given=len(seen) > 0,
        )
    given_refs = tuple(
        column.name
        for column in table.columns
        if isinstance(column.kind, Ref) and column.given and not column.required
    )
    columns = _columns(table, full, but=("respondent", *given_refs))
    own = _texts(table, example[table.name] if example is not None else table.empty())
    own = own[own["partner"] == partner]
    own = (
        own[own["respondent"] == ""] if "respondent" in own else own
    )  # what single voices said is theirs
    rows = _with_columns(own, columns).to_dict("records")
    rows += [{"partner": partner, **row} for row in _beforehand(table, rows, partner, example)]
    return FormSheet(
        table,
        pd.DataFrame(
            [[row.get(name, "") for name in columns] for row in rows], columns=columns, dtype="str"
        ),
    )


def _beforehand(
    table: Table, there: list[dict], partner: str, example: Partnership | None
) -> list[dict[str, str]]:
    """The rows that wait for a partner's answers: one an item, or one a box of its paper form."""
    items = [
        column
        for column in table.columns
        if column.name in table.key and column.name not in ("partner", "respondent")
    ]
    if table.name == "value_lines":
        return _lines(there, partner, example)
    if items and all(isinstance(column.kind, (Choice, Ref)) and column.given for column in items):
        every = [
            dict(zip([column.name for column in items], some, strict=True))
            for some in product(*(_possible(column, example, table.rows) for column in items))
        ]
        done = [{name: row[name] for name in every[0]} for row in there] if every else []
        return [row for row in every if row not in done]
    return [{}] * max((table.rows or FEW) - len(there), 0)


def _possible(column: Column, example: Partnership | None, rows: int) -> list[str]:
    """What an item column may say: its words, or the codes of the rows it speaks of; where none is typed yet, those to come."""
    if isinstance(column.kind, Choice):
        return column.kind.texts
    target = TABLES[column.kind.table]
    key, seen = target.by_name[target.key[0]], _seen(target, example)
    return (
        seen[key.name].tolist()
        if len(seen)
        else [f"{key.kind.prefix}{number}" for number in range(1, rows + 1)]
    )


def _lines(there: list[dict], partner: str, example: Partnership | None) -> list[dict[str, str]]:
    """The boxes of the value form that are still empty, with codes that no other partner's form has."""
    left = list(LINES)
    for row in there:
        if row["we"] in left:
            left.remove(row["we"])
    codes = [] if example is None else list(example.names)
    place = codes.index(partner) if partner in codes else 0
    taken = set() if example is None else set(example["value_lines"]["line"])
    free = (
        f"V{number}"
        for number in range(len(taken) + len(LINES) * place + 1, 10_000)
        if f"V{number}" not in taken
    )
    return [{"line": next(free), "we": WE.read(word)} for word in left]


def _seen(table: Table, example: Partnership | None) -> pd.DataFrame:
    """What the room may see of a jointly written table; a shipped list where nobody has edited it."""
    frame = (
        example.for_reader("room")[table.name]
        if example is not None
        else lists.sheets().get(table.name)
    )
    if frame is None:
        return pd.DataFrame(dtype="str")
    texts = _texts(table, frame) if example is not None else frame
    return (
        texts.loc[:, [name for name in texts if (texts[name] != "").any() and name != "share"]]
        if len(texts)
        else texts
    )


def _texts(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """A typed table as text."""
    found = {
        column.name: [
            column.kind.write(value) if not pd.isna(value) and value != "" else ""
            for value in frame[column.name].astype("object")
        ]
        for column in table.columns
        if column.name in frame
    }
    return pd.DataFrame(found, dtype="str")


def _without_astray(sheet: FormSheet, found: Mapping[str, FormSheet]) -> FormSheet:
    """A sheet without references to rows that the form does not hold, and without rows that need one."""
    rows = sheet.rows
    for column in sheet.table.columns:
        ways = _ways(column, found) if column.name in rows else {}
        if ways:
            parts = rows[column.name].map(
                lambda text, kind=column.kind, ways=ways: kind.resolve(text, ways)
            )
            astray = parts.map(lambda some: any(not code for _, code in some)).astype("bool")
            left = parts.map(lambda some: ", ".join(part for part, code in some if code))
            rows = rows.assign(**{column.name: left.where(astray, rows[column.name])}).astype("str")
            rows = rows[~astray] if column.required else rows
    return FormSheet(sheet.table, rows, sheet.given)


def _ways(column: Column, found: Mapping[str, FormSheet]) -> dict[str, str]:
    """What may be written for a reference in this form; nothing where it is left to the person who fills it in."""
    if not isinstance(column.kind, Ref) or column.kind.table not in found:
        return {}
    target = found[column.kind.table]
    names = [name for name in (target.table.naming, target.table.key[0]) if name in target.rows]
    ways = {plain(text): text for name in names for text in target.rows[name] if text.strip()}
    also = {plain(way): word for word in column.kind.also for way in (word, tr(word))}
    return {**ways, **also} if ways else {}
