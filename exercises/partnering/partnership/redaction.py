"""Rows and columns that a reader may not see, taken out with all that leads to them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import partial
from itertools import compress

import numpy as np
import pandas as pd

from partnering.memo import Memo
from partnering.partnership import positions
from partnering.schema import unread
from partnering.schema.choices import Choice
from partnering.schema.columns import Column, Table
from partnering.schema.kept_back import PUBLIC
from partnering.schema.kinds import KEPT_BACK, SHARE_ROOM, UNREAD, Code, Ref, Text
from partnering.schema.references import speaks_of
from partnering.schema.scales import NOT_SHOWN

Tables = dict[str, pd.DataFrame]
Gone = dict[str, frozenset[str]]  # the codes of each table that the reader does not see
CONSENTS = "consents"


def who_said(tables: Mapping[str, pd.DataFrame], name: str, word: str) -> frozenset[str]:
    """The partners that ticked a word at the end of the form of a table of views.

    Args:
        tables: The typed tables of the whole partnership, by name.
        name: The table of views.
        word: The word that is ticked.
    """
    consents = tables[CONSENTS]
    ticks = zip(consents["partner"].tolist(), consents[name].tolist(), strict=True)
    return frozenset(partner for partner, tick in ticks if tick == word)


def shared(
    tables: Mapping[str, pd.DataFrame], schema: Mapping[str, Table], openly: bool, memo: Memo
) -> Tables:
    """The tables without the rows that are not for the room, nor those that lead to them.

    It goes round until no row is lost any more. A table that loses nothing is the same object.

    Args:
        tables: The typed tables of the whole partnership, by name.
        schema: What each table is.
        openly: Whether answers are open.
        memo: The same as for `privacy.for_room`.
    """
    left, gone = {}, {}
    for name, frame in tables.items():
        table = schema[name]
        if not table.private:
            silent = who_said(tables, name, NOT_SHOWN) if table.views else frozenset[str]()
            own = partial(_without_kept_back, frame, table, openly, silent)
            left[name], gone[name] = memo.get(("room", "own", name), (frame, openly, silent), own)
    before: Gone = {}
    number = 0
    while gone != before:
        before, number = gone, number + 1
        codes = tuple((name, lost) for name, lost in sorted(before.items()) if lost)
        secret = secret_codes(before, schema)
        gone = dict(before)
        for name, frame in left.items():
            if codes and len(frame):
                leading = partial(_without_leading, frame, schema[name], before, secret)
                known = ("room", "leading", name, number)
                left[name], lost = memo.get(known, (frame, codes), leading)
                gone[name] |= lost
    return left


def _without_kept_back(
    frame: pd.DataFrame, table: Table, openly: bool, silent: Set[str]
) -> tuple[pd.DataFrame, frozenset[str]]:
    """A table without the rows that are kept back themselves, and the codes that went with them.

    Where answers are not open, a partner's own words are the facilitator's unless it has marked
    them for the room: the row goes, or the words alone where it holds ticks. `silent` are the
    partners that do not wish their ticks to be shown.
    """
    if "share" not in frame or frame.empty:
        return frame, frozenset()
    kept_back = frame["share"].isin(KEPT_BACK)
    if table.own and not openly:
        if table.views:
            frame = _without_own_words(frame, table)
        else:
            kept_back |= frame["share"] != SHARE_ROOM
    if silent:
        kept_back |= frame["partner"].isin(silent)
    return _without_rows(frame, table, _with_voices(frame, table, kept_back))


def _without_own_words(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table of ticks without the words beside them that are not marked for the room."""
    names = [column.name for column in table.columns if isinstance(column.kind, Text)]
    left = [name for name in names if name not in table.key]
    unsaid = frame["share"] != SHARE_ROOM
    if not unsaid.any():
        return frame
    return frame.assign(**{name: frame[name].mask(unsaid, "") for name in left})


def secret_codes(gone: Gone, schema: Mapping[str, Table]) -> list[str]:
    """The codes of rows that are gone, of which no words may speak.

    Those of a list in which no row can be kept back are none: everybody knows that there is a step
    1, and words such as "1 boat" do not speak of it.

    Args:
        gone: The codes of the rows that are gone.
        schema: What each table is.
    """
    found = (codes for name, codes in gone.items() if "share" in schema[name].by_name)
    return sorted(set().union(*found))


def _without_leading(
    frame: pd.DataFrame, table: Table, gone: Gone, secret: list[str]
) -> tuple[pd.DataFrame, frozenset[str]]:
    """A table without the rows that lead to a row that is gone, and the codes that went with them.

    Optional references to such a row are taken out; the row stays.
    """
    leads = leading_rows(frame, table, gone, secret)
    for column in table.references:
        frame = without_references(frame, column, gone)
    return _without_rows(frame, table, leads)


def _without_rows(
    frame: pd.DataFrame, table: Table, rows: pd.Series
) -> tuple[pd.DataFrame, frozenset[str]]:
    """A table without some rows, and the codes of its own that went with them."""
    if not rows.any():
        return frame, frozenset()
    code = table.key[0] if table.key else ""
    left = frame[~rows]
    if not code or not isinstance(table.by_name[code].kind, Code):
        return left, frozenset()
    return left, frozenset(set(frame.loc[rows, code]) - set(left[code]) - {"", UNREAD})


def _with_voices(frame: pd.DataFrame, table: Table, kept_back: pd.Series) -> pd.Series:
    """Rows to keep back; with a stated position go the voices on its item."""
    if not table.views or "respondent" not in frame or not kept_back.any():
        return kept_back
    keys = positions.rows_of(frame[["partner", *positions.items_of(table)]])
    voiced = (frame["respondent"] != "").to_numpy()
    stated = set(compress(keys, kept_back & ~voiced))
    return kept_back | (np.array([key in stated for key in keys], dtype=bool) & voiced)


def leading_rows(
    frame: pd.DataFrame, table: Table, gone: Gone, secret: list[str], private: bool = False
) -> pd.Series:
    """Which rows cannot stand without a row that is gone: they need it, or speak of it.

    Args:
        frame: A table.
        table: What it is.
        gone: The codes of the rows that are gone.
        secret: Those of which no words may speak; see `secret_codes`.
        private: Whether the reader sees the columns that are the facilitator's as well. What stands
            there speaks to nobody else, and takes no row with it.

    Returns:
        True for each such row.
    """
    leads = pd.Series(False, index=frame.index)
    for column in table.references:
        assert isinstance(column.kind, Ref)
        codes = gone.get(column.kind.table)
        if codes and column.required and not column.kind.many:
            leads |= frame[column.name].isin(codes)
    if not secret or table.name in PUBLIC:
        return leads
    spoken = speaks_of(secret)
    for column in table.columns:
        if isinstance(column.kind, Text) and (private or column.share == SHARE_ROOM):
            leads |= frame[column.name].str.contains(spoken)
    return leads


def without_references(frame: pd.DataFrame, column: Column, gone: Gone) -> pd.DataFrame:
    """A table without the optional references of one column to rows that are gone.

    Args:
        frame: A table.
        column: One of its columns that point to other tables.
        gone: The codes of the rows that are gone.
    """
    kind = column.kind
    assert isinstance(kind, Ref)
    codes = gone.get(kind.table)
    if not codes or (column.required and not kind.many):
        return frame
    left = {}
    for text in frame[column.name].unique():
        parts = [code for code in kind.parts(text) if code not in codes]
        if ", ".join(parts) != text:
            left[text] = ", ".join(parts)
    if not left:
        return frame
    return frame.assign(**{column.name: frame[column.name].replace(left)})


def without_columns(frame: pd.DataFrame, table: Table, columns: tuple[str, ...]) -> pd.DataFrame:
    """A table in which some columns are empty.

    Args:
        frame: A table.
        table: What it is.
        columns: The names of the columns.
    """
    nothing = pd.Series(None, index=frame.index, dtype=object)
    empty = {name: table.by_name[name].kind.series(nothing) for name in columns}
    return unread.without(frame.assign(**empty), columns)


def without_what_is_not_told(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table with the facilitator's columns empty, but for respondents, who are needed later.

    In tables that people write together "we do not know", "prefer not to say here", a guarded word
    that is not freed and what may be one and cannot be read are empty as well: to the room they are
    one. In views they are needed
    later, since voices do not speak there. Where lines have codes the line stays: a gap would
    tell. Where they have none it goes, whichever of these it holds: a name without a word would
    tell.

    Args:
        frame: A table.
        table: What it is.
    """
    if frame.empty:
        return frame
    empty, told = {}, pd.Series(True, index=frame.index)
    for column in table.columns:
        kind = column.kind
        if column.share != SHARE_ROOM and column.name != "respondent":
            nothing = pd.Series(None, index=frame.index, dtype=object)
            empty[column.name] = kind.series(nothing)
        elif isinstance(kind, Choice) and not table.views:
            answers = frame[column.name].astype(object)
            untold = answers.isin(outside_words(column))
            if guarded := guarded_words(column):
                untold |= answers.isin(guarded) & (frame["share"] != SHARE_ROOM)
                told &= answers.notna() & ~untold
            if untold.any():
                empty[column.name] = kind.series(answers.where(~untold, None))
    frame = frame.assign(**empty) if empty else frame
    if not table.views and unread.any_in(frame):
        frame = unread.without(frame, _untold(table))
    has_codes = bool(table.key) and isinstance(table.by_name[table.key[0]].kind, Code)
    return frame if has_codes or told.all() else frame[told]


def _untold(table: Table) -> list[str]:
    """The columns of which the room does not hear that something there cannot be read.

    Those that it does not see, and those in which an answer may be kept from it.
    """
    return [
        column.name
        for column in table.columns
        if column.share != SHARE_ROOM or guarded_words(column) or outside_words(column)
    ]


def outside_words(column: Column) -> list[str]:
    """The words of a column that stand outside its scale, such as "rather not say here".

    Args:
        column: Any column.
    """
    return list(column.kind.outside) if isinstance(column.kind, Choice) else []


def guarded_words(column: Column) -> list[str]:
    """The words of a column that could cost their owner something.

    Args:
        column: Any column.
    """
    if not isinstance(column.kind, Choice):
        return []
    return [word.text for word in column.kind.words if word.guarded]
