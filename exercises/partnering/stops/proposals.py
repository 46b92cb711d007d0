"""What comes with the handbook, and which of it the partners have not made theirs yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.kinds import Text, plain
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


def changed_in_part(p: Partnership, table: str) -> pd.Series:
    """Which rows have the texts of the handbook's proposal, and something else beside them.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a list as in `proposed`.

    Returns:
        By row whether its texts are those of the handbook while its days or ticks are not.
    """
    frame, shipped = p[table], lists.sheets()[table]
    texts = _texts(table)
    beside = [
        column
        for column in TABLES[table].columns
        if column.name not in (*texts, *TABLES[table].key)
    ]
    known = {
        _letters(row[name] for name in texts): {
            column.name: column.kind.read(row[column.name]) for column in beside
        }
        for row in shipped.to_dict("records")
    }
    changed = []
    for row in frame.to_dict("records"):
        came = known.get(_letters(row[name] for name in texts), {})
        changed.append(any(row[name] != value for name, value in came.items()))
    return pd.Series(changed, index=frame.index, dtype="bool") & proposed(p, table)


def _texts(table: str) -> list[str]:
    """The columns of a list in which something is written in words."""
    return [column.name for column in TABLES[table].columns if isinstance(column.kind, Text)]


def _letters(texts: Iterable[str]) -> tuple[str, ...]:
    """The letters of texts, without what a program changes by itself: spaces, marks, quotes."""
    return tuple(plain(re.sub(r"[\W_]+", " ", text)) for text in texts)
