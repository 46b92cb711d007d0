"""Where each organisation stands: what it states, else the middle of its voices. And which groups stay hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from partnering.kinds import Scale
from partnering.language import tr
from partnering.schema import Table

APART = 2  # steps from a middle at which a voice stands apart
TOO_MANY_APART = 0.25  # the share of such voices above which an organisation is divided inside


def items_of(table: Table) -> list[str]:
    """The columns that say what an answer is about: the key without who answers."""
    return [name for name in table.key if name not in ("partner", "respondent")]


def of(views: pd.DataFrame, table: Table, column: str) -> pd.DataFrame:
    """Each partner's position on each item of a table of views.

    In: `views` with the table's columns and the name of a `Scale` column. Out: one row a partner and item, with the
    item columns, `low` and `high` (places on the scale from 0; the two middle values where they differ), `place` (the
    more cautious of the two), `voices` (how many stand behind it, 0 for a stated position), `stated` and `divided`. A
    stated position, the row without a respondent, comes before any voices; answers outside the scale make no position,
    but a stated one outside the scale is respected: voices do not speak in its place. Method: medians of ordinal
    answers, both middle values (guide/methods).
    """
    scale: Scale = table.by_name[column].kind
    keys = ["partner", *items_of(table)]
    answered = views[views[column].notna()]
    if "respondent" not in answered:
        answered = answered.assign(respondent="")
    frame = answered[[*keys, "respondent"]].assign(rank=scale.ranks(answered[column]))
    alone = frame["respondent"] == ""
    stated = frame[alone].drop_duplicates(keys)
    voices = frame[~alone]
    if len(voices) and len(stated):
        spoken = pd.MultiIndex.from_frame(stated[keys])
        voices = voices[~pd.MultiIndex.from_frame(voices[keys]).isin(spoken)]
    stated = stated[keys].assign(low=stated["rank"], high=stated["rank"], voices=0, stated=True, divided=False)
    parts = [part for part in (stated.dropna(subset="low"), _middles(voices.dropna(subset="rank"), keys)) if len(part)]
    found = pd.concat(parts, ignore_index=True) if parts else stated.iloc[:0].reset_index(drop=True)
    return found.assign(place=found["high"] if scale.cautious_last else found["low"])


def core_scales(table: Table) -> list[str]:
    """The columns in which an answer in full has a position."""
    return [column.name for column in table.columns if isinstance(column.kind, Scale) and column.core]


def answered(found: Sequence[pd.DataFrame], items: list[str], expected: Sequence[str]) -> pd.Series:
    """How many of the expected partners have a position on every core scale of a table of views, by item.

    In: what `of` found for each core scale, the item columns, and the partners. The index holds the item where there is
    one item column, tuples where there are several, and 0 where there is none.
    """
    standing = None
    for each in found:
        own = each.loc[~each["divided"].astype("bool") & each["partner"].isin(expected), ["partner", *items]]
        standing = own if standing is None else standing.merge(own)
    if not items:
        return pd.Series({0: len(standing)})
    return standing.groupby(items if len(items) > 1 else items[0])["partner"].nunique()


def _middles(voices: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The middle values of each group of voices, and whether the group is divided inside."""
    groups = voices.groupby(keys, sort=True, observed=True)
    group, rank = groups.ngroup().to_numpy(), voices["rank"].to_numpy()
    ordered = rank[np.lexsort((rank, group))]
    size = np.bincount(group)
    first = np.cumsum(size) - size
    low, high = ordered[first + (size - 1) // 2], ordered[first + size // 2]
    apart = (rank - low[group] >= APART) | (high[group] - rank >= APART)
    one_of_each = voices[keys].iloc[np.unique(group, return_index=True)[1]] if len(group) else voices[keys]
    return one_of_each.assign(low=low, high=high, voices=size, stated=False,
                              divided=np.bincount(group[apart], minlength=len(size)) / np.maximum(size, 1) > TOO_MANY_APART)


def words(positions: pd.DataFrame, scale: Scale) -> pd.Series:
    """Each position in words; both middle words where they differ."""
    texts = [tr(text) for text in scale.texts]
    pairs = {(low, high): texts[low] if low == high else tr("{one} to {other}").format(one=texts[low], other=texts[high])
             for low in range(len(texts)) for high in range(low, len(texts))}
    ends = zip(positions["low"].astype(int), positions["high"].astype(int), strict=True)
    return pd.Series([pairs[pair] for pair in ends], index=positions.index, dtype="object")


def hidden_groups(voices: Mapping[str, int], threshold: int) -> tuple[set[str], bool]:
    """Which groups of voices stay hidden, and whether their common total may be told.

    Groups below `threshold` are hidden. Where that is one alone, the smallest of the others goes with it: otherwise
    the total less the visible groups would give it away. The total goes too when there is only one group, when every
    hidden group has one member, or when all hidden groups together are still too few. Method: complementary
    suppression (guide/methods).
    """
    counted = {group: count for group, count in voices.items() if count > 0}
    hidden = {group for group, count in counted.items() if count < threshold}
    if not hidden:
        return set(), True
    if len(hidden) == 1 and len(counted) > 1:
        hidden.add(min(counted.keys() - hidden, key=lambda group: (counted[group], group)))
    together = [counted[group] for group in hidden]
    return hidden, len(hidden) > 1 and max(together) > 1 and sum(together) >= threshold
