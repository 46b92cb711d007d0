"""What comes with the handbook, and which of it the partners have not made theirs yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.kinds import Kind, Text
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES


def proposed(p: Partnership, table: str) -> pd.Series:
    """Which rows of a list are still the handbook's proposal.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a list that comes with the handbook and is full when it comes, such as
            `protocol`.

    Returns:
        By row whether its texts are still those of the handbook, or were those of an earlier one:
        all, where nobody has edited the list. What stands beside the texts came with them, ticks
        as well, and is nobody's answer.
    """
    frame = p[table]
    if not p.edited(table):
        return pd.Series(True, index=frame.index, dtype="bool")
    shipped = lists.proposals(table)
    shipped |= {tuple(map(tr, row)) for row in shipped}
    known = {_letters(row) for row in shipped}
    rows = frame[_texts(table)].itertuples(index=False, name=None)
    return pd.Series([_letters(row) in known for row in rows], index=frame.index, dtype="bool")


def as_it_came(p: Partnership, table: str) -> pd.Series:
    """Which rows are a proposal of the handbook with all that stands beside the texts.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a list as in `proposed`.

    Returns:
        By row whether its texts, days and ticks are those of the handbook, or of an earlier one;
        where it is only `proposed`, somebody has changed the days or ticks.
    """
    frame, texts = p[table], _texts(table)
    own = [name for name in TABLES[table].by_name if name not in (*texts, *TABLES[table].key)]
    came: dict[tuple[str, ...], list[list[object]]] = {}
    for row in lists.rows(table).to_dict("records"):
        values = [_value(TABLES[table].by_name[name].kind, row.get(name, "")) for name in own]
        for words in ([row[name] for name in texts], [tr(row[name]) for name in texts]):
            came.setdefault(_letters(words), []).append(values)
    same = []
    for row in frame.to_dict("records"):
        values = [None if pd.isna(row[name]) or row[name] == "" else row[name] for name in own]
        same.append(values in came.get(_letters(row[name] for name in texts), []))
    return pd.Series(same, index=frame.index, dtype="bool")


def _value(kind: Kind, text: str) -> object:
    return kind.read(text) if text else None


def _texts(table: str) -> list[str]:
    """The columns of a list in which something is written in words."""
    return [column.name for column in TABLES[table].columns if isinstance(column.kind, Text)]


def _letters(texts: Iterable[str]) -> tuple[str, ...]:
    """The letters of texts, without what a program changes by itself: spaces, marks, quotes."""
    return tuple(plain(re.sub(r"[\W_]+", " ", text)) for text in texts)
