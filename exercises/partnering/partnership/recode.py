"""Other codes for the rows of a table: in its own column, in references, and in words about them.

Codes are said aloud and stand on paper, so they stay. A row that is kept back has a code of its own
series, R-A, R-B ..., so that the numbers that the room sees have no gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import count

import pandas as pd

from partnering.language import tr
from partnering.partnership.partnership import ROOM, Partnership
from partnering.schema import answer_rows
from partnering.schema.choices import Choice
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import KEPT_BACK, Code, Ref, Text, Unreadable
from partnering.schema.references import speaks_of
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES


def prefix_of(table: Table) -> str:
    """The letter with which the codes of a table begin; "" where no row can be kept back by it."""
    return table.letter if "share" in table.by_name else ""


def is_kept_back(table: Table, share: str) -> bool:
    """Whether a row with this text under *May be shared* is not for the room.

    Args:
        table: The table of the row.
        share: The text; what cannot be read counts as the stricter.
    """
    if "share" not in table.by_name or not share.strip():
        return False
    kind = table.by_name["share"].kind
    assert isinstance(kind, Choice)
    try:
        return kind.read(share) in KEPT_BACK
    except Unreadable:
        return True


def free_in_series(table: Table, taken: Iterable[str]) -> str:
    """The first code of the series for rows that are kept back which no row has, such as R-A.

    Args:
        table: The table.
        taken: The codes that rows have.
    """
    there = set(map(plain, taken))
    codes = (f"{prefix_of(table)}-{_letters(number)}" for number in count())
    return next(code for code in codes if plain(code) not in there)


def is_in_series(table: Table, code: str) -> bool:
    """Whether a code is of the series for rows that are kept back."""
    return bool(re.fullmatch(rf"{prefix_of(table)}-[A-Z]+", code.strip(), re.IGNORECASE))


def next_number(table: Table, taken: Iterable[str]) -> str:
    """The code after the highest number that a row has, such as R9."""
    numbers = [_number(code, prefix_of(table)) or 0 for code in taken]
    return f"{prefix_of(table)}{max(numbers, default=0) + 1}"


def _letters(number: int) -> str:
    """A, B ... Z, AA, AB ..."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def recoded(
    sheets: Mapping[str, pd.DataFrame], table: str, new: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """The sheets that change where rows of a table get other codes.

    Args:
        sheets: What is typed, by the names of the tables.
        table: The table whose rows get other codes.
        new: The new codes by the old ones.

    Returns:
        New sheets under their names; only those in which something is another text.
    """
    called = _called(TABLES[table], sheets.get(table))
    found = {}
    for name, sheet in sheets.items():
        columns = speaking(TABLES[name], table) if name in TABLES else []
        texts = {
            column.name: sheet[column.name].map(_changer(column, new, called))
            for column in columns
            if column.name in sheet
        }
        changed = {
            column: text.astype("str")
            for column, text in texts.items()
            if text.to_list() != sheet[column].to_list()
        }
        if changed:
            found[name] = answer_rows.keep(sheet.assign(**changed), sheet)
    return found


def sentences(p: Partnership, table: str, new: Mapping[str, str]) -> list[tuple[str, str]]:
    """The words that change where rows of a table get other codes: people have to read them.

    "On A4 paper" speaks of no practice.

    Args:
        p: A partnership as one reader sees it.
        table: The table whose rows get other codes.
        new: The new codes by the old ones.

    Returns:
        Each text as it is and as it would be.
    """
    found: dict[str, str] = {}
    for name, frame in p.tables.items():
        for column in speaking(TABLES[name], table):
            if isinstance(column.kind, Text):
                change = _changer(column, new, set())
                found |= {text: change(text) for text in frame[column.name] if text}
    return [(text, now) for text, now in found.items() if text != now]


def rewritten(p: Partnership) -> list[tuple[str, str]]:
    """The words that change where every gap is closed, also in rows that cannot be read.

    Args:
        p: The whole partnership.

    Returns:
        Each text as it is and as it would be.
    """
    found: dict[tuple[str, str], None] = {}
    for name, sheet in without_gaps(p).items():
        for column in TABLES[name].columns:
            if isinstance(column.kind, Text) and column.name in sheet:
                pairs = zip(p.sheets[name][column.name], sheet[column.name], strict=True)
                found |= dict.fromkeys(pair for pair in pairs if pair[0] != pair[1])
    return list(found)


def cells(
    row: Mapping[str, str], table: Table, new: Mapping[str, str], sheet: pd.DataFrame
) -> dict[str, str]:
    """One row of a table in which what speaks of its rows has their new codes; its own code stays.

    Args:
        row: The texts of its cells.
        table: The table.
        new: The new codes by the old ones.
        sheet: What is typed in the table.
    """
    called, changed = _called(table, sheet), dict(row)
    for column in speaking(table, table.name) if new else ():
        if column.name in row and column.name not in table.key:
            changed[column.name] = _changer(column, new, called)(row[column.name])
    return changed


def speaking(within: Table, table: str) -> list[Column]:
    """The columns of a table that may name a row of another one: its code, references, words.

    Args:
        within: The table whose columns they are.
        table: The name of the table whose rows are named.

    Returns:
        The columns; no words where another table's codes with the same letter are meant, and not
        the sign of a voice.
    """
    others = {TABLES[name].letter for name in {within.name, *within.points_to} - {table}}
    words = TABLES[table].letter not in others or within.name == table
    return [
        column
        for column in within.columns
        if (isinstance(column.kind, Text) and words and column.name not in within.key)
        or (isinstance(column.kind, Ref) and column.kind.table == table)
        or (within.name == table and column.name in within.key)
    ]


def _called(table: Table, sheet: pd.DataFrame | None) -> set[str]:
    """The names by which references may call rows of a table, in plain letters."""
    if sheet is None or table.naming not in sheet:
        return set()
    return {plain(text) for text in sheet[table.naming]}


def _changer(column: Column, new: Mapping[str, str], called: set[str]) -> Callable[[str], str]:
    """What puts new codes in the place of old ones in the cells of a column."""
    by_plain = {plain(old): code for old, code in new.items() if plain(old)}
    if isinstance(column.kind, Code):
        return lambda text: by_plain.get(plain(text), text)
    if isinstance(column.kind, Ref):
        return partial(_of_references, column.kind, by_plain, called)
    spoken = speaks_of(new)
    return lambda text: spoken.sub(lambda found: by_plain[plain(found[0])], text)


def _of_references(kind: Ref, by_plain: Mapping[str, str], called: set[str], text: str) -> str:
    """A cell of references with new codes; a name with commas in it is one part."""
    known = dict.fromkeys(called, "") | dict(by_plain)
    parts = kind.resolve(text, known)
    return ", ".join(code or part for part, code in parts) if any(c for _, c in parts) else text


def gaps(p: Partnership) -> dict[str, dict[str, str]]:
    """The new codes that close the gaps which the room can see in the numbers.

    Args:
        p: The whole partnership.

    Returns:
        By the name of each table whose numbers have a gap on the wall: new codes by the old ones.
        What the room sees is numbered from 1 in the order of the old numbers; what is kept back
        gets a code of its own series. A code without a number, such as R-A, stays.
    """
    room, found = p.for_reader(ROOM), {}
    for name, table in TABLES.items():
        prefix = prefix_of(table)
        key = table.key[0] if prefix else ""
        if not prefix or p[name].empty:
            continue
        coded = dict.fromkeys(room[name][key])
        seen = [code for code in coded if _number(code, prefix) is not None]
        numbers = sorted(_number(code, prefix) or 0 for code in seen)
        if numbers == list(range(1, len(seen) + 1)):
            continue
        in_order = sorted(seen, key=lambda code: _number(code, prefix) or 0)
        new = {code: f"{prefix}{at}" for at, code in enumerate(in_order, start=1)}
        hidden = [code for code in dict.fromkeys(p[name][key]) if code not in coded]
        taken = [code for code in p[name][key] if _number(code, prefix) is None]
        for code in hidden:
            if _number(code, prefix) is not None:
                new[code] = free_in_series(table, taken)
                taken.append(new[code])
        found[name] = {old: code for old, code in new.items() if old != code}
    return found


def gaps_in_words(p: Partnership) -> str:
    """The sentence for the facilitator on gaps that the room can see; "" where there is none.

    Args:
        p: The whole partnership.
    """
    found = gaps(p)
    if not found:
        return ""
    return tr(
        "In the codes of {tables} there is a gap, which shows that a line was kept back or "
        "deleted. New codes go into the handbook's own tables, and into words that name the old "
        "ones."
    ).format(tables=", ".join(tr(TABLES[name].label) for name in found))


def without_gaps(p: Partnership) -> dict[str, pd.DataFrame]:
    """The sheets that change when every gap that the room can see is closed.

    Args:
        p: The whole partnership.

    Returns:
        New sheets under their names; only those in which something is another text.
    """
    changed: dict[str, pd.DataFrame] = {}
    for name, new in gaps(p).items():
        changed |= recoded({**p.sheets, **changed}, name, new)
    return changed


def _number(code: str, prefix: str) -> int | None:
    """The number of a code such as R3; None where it has none."""
    rest = plain(code).removeprefix(plain(prefix))
    return int(rest) if rest.isdecimal() else None
