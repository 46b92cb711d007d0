"""Where each organisation stands: what it states, else the middle of its voices. And which groups stay hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from partnering.language import tr
from partnering.schema.check import Table
from partnering.schema.kinds import Scale

APART = 2  # steps from a middle at which a voice stands apart
TOO_MANY_APART = 0.25  # the share of such voices above which an organisation is divided inside


def items_of(table: Table) -> list[str]:
    """The columns that say what an answer is about: the key without who answers."""
    return [name for name in table.key if name not in ("partner", "respondent")]


def of(views: pd.DataFrame, table: Table, columns: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Each partner's position on each item of a table of views, for one or more of its `Scale` columns.

    In: `views` with the table's columns, and the names of the scales. Out, for each: one row a partner and item, with
    the item columns, `low` and `high` (places on the scale from 0; the two middle values where they differ), `place`
    (the more cautious of the two), `voices` (how many stand behind it, 0 for a stated position), `stated` and `divided`.
    A stated position, the row without a respondent, comes before any voices; answers outside the scale make no
    position, but a stated one outside the scale is respected: voices do not speak in its place. Method: medians of
    ordinal answers, both middle values (guide/methods).
    """
    keys = ["partner", *items_of(table)]
    number = (
        views.groupby(keys, sort=True, observed=True, dropna=False).ngroup().to_numpy()
    )  # once for all columns
    alone = (
        (views["respondent"] == "").to_numpy()
        if "respondent" in views
        else np.ones(len(views), dtype=bool)
    )
    rows = _Rows(views[keys], number, alone)
    return {column: _of_one(rows, views[column], table.by_name[column].kind) for column in columns}


@dataclass(frozen=True)
class _Rows:
    """The rows of a table of views: their keys, the number of each partner and item, and whether a position is stated."""

    keys: pd.DataFrame
    number: np.ndarray
    alone: np.ndarray

    @cached_property
    def first(self) -> np.ndarray:
        """The first row of each partner and item."""
        first = np.zeros(self.number.max(initial=-1) + 1, dtype="int64")
        first[self.number[::-1]] = np.arange(len(self.number))[::-1]
        return first


def _of_one(rows: _Rows, answers: pd.Series, scale: Scale) -> pd.DataFrame:
    """The positions on one scale: those stated, in the order of their rows, then the middles of voices."""
    number, rank, given = rows.number, scale.ranks(answers).to_numpy(), answers.notna().to_numpy()
    stated = np.flatnonzero(given & rows.alone)
    stated = stated[
        np.sort(np.unique(number[stated], return_index=True)[1])
    ]  # the first of two counts
    spoken = np.zeros(len(rows.first), dtype=bool)
    spoken[number[stated]] = True
    voices = ~rows.alone & ~np.isnan(rank) & ~spoken[number]
    stated = stated[~np.isnan(rank[stated])]
    group, low, high, size, divided = _middles(
        number[voices], rank[voices].astype("int64"), len(scale.words)
    )
    at, none = np.concatenate([stated, rows.first[group]]), np.zeros(len(stated), dtype="int64")
    found = (
        rows.keys.iloc[at]
        .reset_index(drop=True)
        .assign(
            low=np.concatenate([rank[stated], low]),
            high=np.concatenate([rank[stated], high]),
            voices=np.concatenate([none, size]),
            stated=np.arange(len(at)) < len(stated),
            divided=np.concatenate([none > 0, divided]),
        )
    )
    return found.assign(place=found["high"] if scale.cautious_last else found["low"])


def _middles(number: np.ndarray, rank: np.ndarray, steps: int) -> tuple[np.ndarray, ...]:
    """The groups that have voices, their two middle values, their sizes, and whether each is divided inside."""
    counts = np.bincount(
        number * steps + rank, minlength=(number.max(initial=-1) + 1) * steps
    ).reshape(-1, steps)
    groups = np.flatnonzero(counts.any(axis=1))
    counts = counts[groups]
    size, reached = counts.sum(axis=1), counts.cumsum(axis=1)
    low, high = (
        (reached <= middle[:, None]).sum(axis=1) for middle in ((size - 1) // 2, size // 2)
    )
    place = np.arange(steps)
    apart = counts * ((place - low[:, None] >= APART) | (high[:, None] - place >= APART))
    return groups, low, high, size, apart.sum(axis=1) > TOO_MANY_APART * size


def scales(table: Table) -> list[str]:
    """The columns in which there are positions."""
    return [column.name for column in table.columns if isinstance(column.kind, Scale)]


def core_scales(table: Table) -> list[str]:
    """The columns in which an answer in full has a position."""
    return [name for name in scales(table) if table.by_name[name].core]


def answered(found: Sequence[pd.DataFrame], items: list[str], expected: Sequence[str]) -> pd.Series:
    """How many of the expected partners have a position on every core scale of a table of views, by item.

    In: what `of` found for each core scale, the item columns, and the partners. The index holds the item where there is
    one item column, tuples where there are several, and 0 where there is none.
    """
    standing = None
    for each in found:
        own = each.loc[~each["divided"] & each["partner"].isin(expected), ["partner", *items]]
        standing = own if standing is None else standing.merge(own)
    if not items:
        return pd.Series({0: len(standing)})
    return standing.groupby(items if len(items) > 1 else items[0])["partner"].nunique()


def words(positions: pd.DataFrame, scale: Scale) -> pd.Series:
    """Each position in words; both middle words where they differ."""
    texts = [tr(text) for text in scale.texts]
    pairs = {
        (low, high): texts[low]
        if low == high
        else tr("{one} to {other}").format(one=texts[low], other=texts[high])
        for low in range(len(texts))
        for high in range(low, len(texts))
    }
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
