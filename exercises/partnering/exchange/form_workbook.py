"""The form as a workbook: which sheets it has, and what stands in them beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count, product
from pathlib import Path

import pandas as pd

from partnering.exchange import form_pages
from partnering.exchange.form_pages import FormSheet
from partnering.partnership import MINE, ROOM, Partnership
from partnering.partnership.anonymity import CONSENT_FROM
from partnering.partnership.redaction import CONSENTS
from partnering.schema import lists
from partnering.schema.choices import Choice
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import Ref
from partnering.schema.scales import WE
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES, VALUE_BOXES
from partnering.storage import made_files, workbook
from partnering.storage.stored import place_of

STOPS = range(1, 8)
FEW = 5  # rows with a partner's code where its answers are not counted beforehand
LINES = tuple(Counter(VALUE_BOXES).elements())  # a word for each line of one partner's value form
PARTNERS_EXPECTED = 4


def write(
    path: Path | str,
    stops: Iterable[int] | None = None,
    full: bool = False,
    partner: str = "",
    example: Partnership | None = None,
    whose: Partnership | None = None,
) -> Path:
    """Write a form to be filled in.

    Args:
        path: The workbook to write; its name ends in .xlsx.
        stops: The stops that it asks about, from 1 to 7; all where they are left out.
        full: Whether it asks for the full form rather than for the core.
        partner: The code of the one partner that fills it in; "" for a form for everybody.
        example: A partnership whose answers stand in it; otherwise it is empty. For one partner
            these are its own answers and what the room may see, with its code filled in beforehand
            and a row for each objective, risk or behaviour.
        whose: The partnership that it is for, where no answers of it stand in it yet.

    Returns:
        Where it lies: there, or beside a workbook there that somebody has filled in.

    Raises:
        NotSaved: It cannot be written, or a sheet or a text is too large for a workbook.
    """
    place = workbook.named_right(path)
    filled = sheets_of(stops, full, partner, example)
    workbook.refuse_too_much({sheet.name: sheet.rows for sheet in filled})
    made = {place: form_pages.written(filled, partner, example)}
    of = example if whose is None else whose
    return made_files.write(made, place_of(of) if of is not None else None, partner)[place]


def sheets_of(
    stops: Iterable[int] | None, full: bool, partner: str, example: Partnership | None
) -> list[FormSheet]:
    """The sheets of a form, with what stands in them beforehand.

    Args:
        stops: As for `write`.
        full: As for `write`.
        partner: As for `write`.
        example: As for `write`.

    Returns:
        In tour order the tables of the stops, and those that they speak of.
    """
    if partner and example is not None:
        known = example.reader == MINE and partner in example.names
        example = example.for_partner(partner) if known else example.for_reader(ROOM)
    asked = _asked(stops, full, partner, example)
    names = {table.name for table in asked} | {"partners"}
    while more := {target for name in names for target in TABLES[name].points_to} - names:
        names |= more
    found = {}
    for name, table in TABLES.items():
        if name in names and partner:
            found[name] = _for_one(table, full, partner, example, asked)
        elif name in names:
            found[name] = _for_all(table, full, example)
    return [_without_astray(sheet, found) for sheet in found.values()]


def _asked(
    stops: Iterable[int] | None, full: bool, partner: str, example: Partnership | None
) -> list[Table]:
    """The tables that a form asks about."""
    wanted = {0, *(STOPS if stops is None else stops)}
    moment = (example.fact("moment") if example is not None else "") or ""
    asked = []
    for table in TABLES.values():
        if table.private or table.stop not in wanted:
            continue
        core = table.core and table.asked_at(moment)
        if (partner and (full or core) and table.asked_of_one) or (
            not partner and (full or core or _is_used(table, example))
        ):
            asked.append(table)
    return [table for table in asked if table.name != CONSENTS or _of_consents(asked, example)]


def _of_consents(asked: list[Table], example: Partnership | None) -> list[str]:
    """The tables of ticks in a form, of which it asks whether they may be shown on the wall."""
    if example is not None and len(example.expected) < CONSENT_FROM:
        return []
    return [table.name for table in asked if table.views]


def _is_used(table: Table, example: Partnership | None) -> bool:
    return example is not None and len(example[table.name]) > 0


# ---------------------------------------------------------------- what stands in it beforehand


def _columns(table: Table, full: bool, but: tuple[str, ...] = ()) -> list[str]:
    return [
        column.name for column in table.columns if (full or column.core) and column.name not in but
    ]


def _for_all(table: Table, full: bool, example: Partnership | None) -> FormSheet:
    """A sheet for everybody: as the example has it, else empty but for codes that are given out."""
    rows = pd.DataFrame(columns=_columns(table, full), dtype="str")
    if example is not None and table.name in example.sheets:
        rows = example.as_written(table.name)
        known = [name for name in table.by_name if name in rows]
        rows = rows[[*known, *(name for name in rows if name not in table.by_name)]]
    elif table.shipped:
        rows = lists.sheets()[table.name]
    elif example is None and table.name == "value_lines":
        codes = [f"V{number + 1}" for number in range(len(LINES) * PARTNERS_EXPECTED)]
        rows = pd.DataFrame({"line": codes})
    wanted = [*rows.columns, *(name for name in _columns(table, full) if name not in rows)]
    lines = _waiting(table, rows, example)
    if lines:
        added = pd.DataFrame(lines, dtype="str")
        rows = pd.concat([rows, added], ignore_index=True).fillna("")
    return FormSheet(table, _with_columns(rows, wanted))


def _waiting(table: Table, rows: pd.DataFrame, example: Partnership | None) -> list[dict[str, str]]:
    """The lines that wait for each partner's answers, as on its own form, below what is typed."""
    if example is None or not (table.asked_of_one and table.rows):
        return []
    lines = []
    for partner in example.expected:
        own = rows[rows["partner"] == partner] if "partner" in rows else rows
        own = own[own["respondent"] == ""] if "respondent" in own else own
        for line in _beforehand(table, _records(own), partner, example):
            lines.append({"partner": partner, **line})
    return lines


def _with_columns(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """A sheet with just these columns, empty where it does not have one."""
    return pd.DataFrame(
        {name: rows.get(name, "") for name in columns}, index=rows.index, dtype="str"
    )


def _records(rows: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a sheet, by column."""
    names = list(rows.columns)
    return [dict(zip(names, row, strict=True)) for row in rows.itertuples(index=False, name=None)]


def _for_one(
    table: Table, full: bool, partner: str, example: Partnership | None, asked: list[Table]
) -> FormSheet:
    """A sheet for one partner: its own answers, or what the room may see of what they are about."""
    if table not in asked:
        seen = _seen(table, example)
        if len(seen):
            return FormSheet(table, seen, given=True)
        return FormSheet(table, pd.DataFrame(columns=_columns(table, full), dtype="str"))
    found_together = [
        column.name
        for column in table.columns
        if isinstance(column.kind, Ref) and column.given and not column.required
    ]
    columns = _columns(table, full, but=("respondent", *found_together))
    if table.name == CONSENTS:
        columns = ["partner", *_of_consents(asked, example)]
    own = _texts(table, example[table.name] if example is not None else table.empty())
    own = own[own["partner"] == partner]
    if "respondent" in own:
        own = own[own["respondent"] == ""]  # what single voices said is theirs
    rows = _records(_with_columns(own, columns))
    rows += [{"partner": partner, **row} for row in _beforehand(table, rows, partner, example)]
    cells = {name: [row.get(name, "") for row in rows] for name in columns}
    return FormSheet(table, pd.DataFrame(cells, dtype="str"))


def _beforehand(
    table: Table, there: list[dict[str, str]], partner: str, example: Partnership | None
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
        names = [column.name for column in items]
        possible = [_possible(column, example, table.rows) for column in items]
        every = [dict(zip(names, some, strict=True)) for some in product(*possible)]
        done = [{name: row[name] for name in names} for row in there] if every else []
        return [row for row in every if row not in done]
    return [{}] * max((table.rows or FEW) - len(there), 0)


def _possible(column: Column, example: Partnership | None, rows: int) -> list[str]:
    """What an item column may say: its words, or the codes of the rows it speaks of.

    Where no such row is typed yet, these are the codes of the rows to come.
    """
    if isinstance(column.kind, Choice):
        return column.kind.texts
    if not isinstance(column.kind, Ref):
        return []
    target = TABLES[column.kind.table]
    seen = _seen(target, example)
    return seen[target.key[0]].tolist() if len(seen) else target.first_codes(rows)


def _lines(
    there: list[dict[str, str]], partner: str, example: Partnership | None
) -> list[dict[str, str]]:
    """The empty boxes of the value form, with codes that no other partner's form has.

    A partner's codes lie in blocks of its own, by its place among the partners: which of them are
    free does not hang on lines of others that it does not see.
    """
    left = list(LINES)
    for row in there:
        if row["we"] in left:
            left.remove(row["we"])
    codes = [] if example is None else list(example.names)
    place = codes.index(partner) if partner in codes else 0
    block, all_blocks = len(LINES), len(LINES) * max(len(codes), 1)
    starts = count(block * place + 1, all_blocks)
    every = (f"V{start + at}" for start in starts for at in range(block))
    taken = set() if example is None else set(example["value_lines"]["line"])
    free = (code for code in every if code not in taken)
    return [{"line": next(free), "we": WE.read(word)} for word in left]


def _seen(table: Table, example: Partnership | None) -> pd.DataFrame:
    """What the room may see of a jointly written table; without an example the handbook's list."""
    if example is None:
        texts = lists.sheets().get(table.name, pd.DataFrame(dtype="str"))
    else:
        texts = _texts(table, example.for_reader("room")[table.name])
    if not len(texts):
        return texts
    filled = [name for name in texts if (texts[name] != "").any() and name != "share"]
    return texts[filled]


def _texts(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """A typed table as text."""
    found = {}
    for column in table.columns:
        if column.name in frame:
            values = frame[column.name].astype(object)
            found[column.name] = [column.kind.cell_text(value) for value in values]
    return pd.DataFrame(found, dtype="str")


def _without_astray(sheet: FormSheet, found: Mapping[str, FormSheet]) -> FormSheet:
    """A sheet without references to rows that the form does not hold, nor rows that need one."""
    rows = sheet.rows
    for column in sheet.table.columns:
        ways = _ways(column, found) if column.name in rows else {}
        if ways and isinstance(column.kind, Ref):
            rows = _drop_astray(rows, column, column.kind, ways)
    return FormSheet(sheet.table, rows, sheet.given)


def _drop_astray(
    rows: pd.DataFrame, column: Column, kind: Ref, ways: Mapping[str, str]
) -> pd.DataFrame:
    """Rows without references to what the form does not hold; a row that needs one goes as well."""
    parts = rows[column.name].map(lambda text: kind.resolve(text, ways))
    astray = parts.map(lambda some: any(not code for _, code in some)).astype("bool")
    left = parts.map(lambda some: ", ".join(part for part, code in some if code))
    rows = rows.assign(**{column.name: left.where(astray, rows[column.name])}).astype("str")
    return rows[~astray] if column.required else rows


def _ways(column: Column, found: Mapping[str, FormSheet]) -> dict[str, str]:
    """What may be written for a reference in this form, in plain letters, with what it stands for.

    Nothing where it is left to the person who fills it in.
    """
    if not isinstance(column.kind, Ref) or column.kind.table not in found:
        return {}
    target = found[column.kind.table]
    ways: dict[str, str] = {}
    for name in (target.table.naming, target.table.key[0]):
        if name in target.rows:
            ways |= {plain(text): text for text in target.rows[name] if text.strip()}
    if not ways:
        return {}
    return ways | column.kind.ways
