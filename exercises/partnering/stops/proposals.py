"""What comes with the handbook, and which of it the partners have not made theirs yet."""

from __future__ import annotations

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.kinds import Text
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
    texts = [column.name for column in TABLES[table].columns if isinstance(column.kind, Text)]
    shipped = lists.proposals(table)
    shipped |= {tuple(map(tr, row)) for row in shipped}
    same = [row in shipped for row in frame[texts].itertuples(index=False, name=None)]
    return pd.Series(same, index=frame.index, dtype="bool")
