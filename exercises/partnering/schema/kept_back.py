"""Lines that not everybody sees, as far as the sheets alone tell it.

How a line is read that everybody sees may not hang on one of these: neither which line a name
stands for, nor whether a day is written day first. Who may see what is settled in
`partnership/redaction.py`, of all tables once they are read; here it is told before they are, and
in doubt a line is one of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from partnering.memo import Memo
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_ROOM, Code, Ref, Text
from partnering.schema.references import speaks_of
from partnering.schema.spelling import plain, trimmed
from partnering.schema.unknown import asked_about

# Who the partners are and how answers are kept is told to everybody: a name such as "Room A1"
# speaks of no practice.
PUBLIC = ("partnership", "partners")
Lines = dict[str, frozenset[int]]  # by the name of a sheet, the row numbers of some lines
# What some lines may be called: their table, the code or the name, and whether it is a code.
Ways = frozenset[tuple[str, str, bool]]


def lines(
    sheets: Mapping[str, pd.DataFrame],
    tables: Mapping[str, Table],
    memo: Memo,
    unsaid: bool = False,
) -> Lines:
    """The lines that are marked as not for everybody, and those that need them or speak of them.

    Args:
        sheets: A frame of text for each sheet, by the name of its table.
        tables: The schema.
        memo: Kept from one check to the next.
        unsaid: Whether a partner's own lines are among them if nothing is said of who may see them:
            where answers are confidential these are the facilitator's.

    Returns:
        Their row numbers; a sheet without such lines is left out.
    """
    found: Lines = {}
    for name, sheet in sheets.items():
        if name in tables and "share" in tables[name].by_name:
            marked = partial(_marked, tables[name], sheet, unsaid)
            if some := memo.get(("kept back", name, unsaid), (sheet,), marked):
                found[name] = some
    number, before = 0, None
    while found and found != before:
        before, number = found, number + 1
        ways: Ways = frozenset().union(
            *(_called(tables[name], sheets[name], rows) for name, rows in found.items())
        )
        found = dict(found)
        for name, sheet in sheets.items():
            if name in tables and name not in PUBLIC:
                leading = partial(_leading, tables[name], sheet, tables, ways)
                known = ("leading there", name, unsaid, number)
                some = memo.get(known, (sheet, ways), leading) | found.get(name, frozenset())
                if some:
                    found[name] = some
    return found


def codes(
    sheets: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], found: Lines
) -> dict[str, frozenset[str]]:
    """The codes of some lines.

    Args:
        sheets: As for `lines`.
        tables: The schema.
        found: What `lines` gave.

    Returns:
        By the name of each table the codes in plain letters, without those that other lines have.
    """
    return {
        name: frozenset(map(plain, _codes(tables[name], sheets[name], rows)))
        for name, rows in found.items()
    }


def _marked(table: Table, sheet: pd.DataFrame, unsaid: bool) -> frozenset[int]:
    """The lines of a sheet that say that they are not for everybody, or may say so."""
    rows = [int(row) for row in sheet.index]
    if "share" in asked_about(table, sheet):
        return frozenset(rows)
    kind, silent = table.by_name["share"].kind, not (unsaid and table.own)
    texts = sheet["share"].fillna("").tolist() if "share" in sheet else [""] * len(rows)
    is_open = {
        text: silent if not text.strip() else kind.counts_as(text) == SHARE_ROOM
        for text in dict.fromkeys(texts)
    }
    marked = {row for row, text in zip(rows, texts, strict=True) if not is_open[text]}
    code = _code(table)
    if marked and table.key == (code,) and code in sheet:
        said = dict(zip(rows, sheet[code].map(plain), strict=True))
        strict = {said[row] for row in marked} - {""}  # of two with one code the stricter counts
        marked |= {row for row in rows if said[row] in strict}
    return frozenset(marked)


def _code(table: Table) -> str:
    """The column of a table's codes; "" where its lines have none."""
    first = table.key[0] if table.key else ""
    return first if first and isinstance(table.by_name[first].kind, Code) else ""


def _codes(table: Table, sheet: pd.DataFrame, rows: frozenset[int]) -> set[str]:
    """The codes of some lines, as typed, without those that other lines have."""
    if _code(table) not in sheet:
        return set()
    there = sheet.index.isin(list(rows))
    said = sheet[_code(table)].fillna("").map(trimmed)
    others = {*said[~there].map(plain)}
    return {code for code in said[there] if code and plain(code) not in others}


def _called(table: Table, sheet: pd.DataFrame, rows: frozenset[int]) -> Ways:
    """What some lines may be called: their codes and their names."""
    ways = {(table.name, code, True) for code in _codes(table, sheet, rows)}
    if table.naming in sheet:
        named = sheet.loc[sheet.index.isin(list(rows)), table.naming].fillna("")
        ways |= {(table.name, name, False) for name in named if name.strip()}
    return frozenset(ways)


def _leading(
    table: Table, sheet: pd.DataFrame, tables: Mapping[str, Table], ways: Ways
) -> frozenset[int]:
    """The lines of a sheet that need one of those that are called so, or speak of its code."""
    found: set[int] = set()
    secret = (way for name, way, is_code in ways if is_code and "share" in tables[name].by_name)
    spoken = speaks_of(secret)
    for column in table.columns:
        kind = column.kind
        if column.name not in sheet:
            continue
        texts = sheet[column.name].fillna("")
        distinct = {*texts} - {""}  # each is looked at once
        if isinstance(kind, Ref) and column.required and not kind.many:
            needed = {plain(way) for name, way, _ in ways if name == kind.table}
            distinct = {text for text in distinct if needed and plain(text) in needed}
        elif isinstance(kind, Text) and column.share == SHARE_ROOM:
            distinct = {text for text in distinct if spoken.search(text)}
        else:
            continue
        if distinct:
            found.update(sheet.index[texts.isin(list(distinct))])
    return frozenset(found)
