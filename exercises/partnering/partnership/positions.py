"""Where each organisation stands, and which groups of voices stay hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import pandas as pd

from partnering.language import tr
from partnering.schema.choices import Scale, places_of
from partnering.schema.columns import Table
from partnering.schema.unread import is_unread

Row = tuple[str | int | float, ...]
APART = 2  # steps from a middle at which a voice stands apart
TOO_MANY_APART = 0.25  # the share of such voices above which an organisation is divided inside


def items_of(table: Table) -> list[str]:
    """The columns that say what an answer is about: the key without who answers."""
    return [name for name in table.key if name not in ("partner", "respondent")]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a few columns as tuples, which sort as the columns do.

    Args:
        frame: The columns; answers of a choice are told by their places, an empty one comes last.
    """
    columns = []
    for _, column in frame.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            last = len(column.dtype.categories)
            columns.append([last if place < 0 else place for place in places_of(column).tolist()])
        else:
            columns.append(column.tolist())
    return list(zip(*columns, strict=True))


@dataclass(frozen=True)
class Standing:
    """Where each group of rows stands on one scale: arrays with one place a group.

    Attributes:
        low: The lower of the two middle values, a step of the scale from 0; NaN where none is.
        high: The higher.
        place: The more cautious of the two.
        voices: How many voices stand behind it; 0 for a stated position.
        stated: Whether the organisation states it.
        divided: Whether its voices are divided inside.
        row: The row of the table in which it is stated.
    """

    low: np.ndarray
    high: np.ndarray
    place: np.ndarray
    voices: np.ndarray
    stated: np.ndarray
    divided: np.ndarray
    row: np.ndarray


class Groups:
    """The rows of a table of views, grouped by partner and item.

    Args:
        views: Rows with the table's columns.
        table: What the columns are.

    Attributes:
        keys: The partner and the item columns of each row.
        number: The group of each row, in the sorted order of the keys.
        alone: Which rows state a position: they have no respondent.
        first: The first row of each group.
    """

    def __init__(self, views: pd.DataFrame, table: Table):
        self._views, self._table = views, table
        self.keys = views[["partner", *items_of(table)]]
        keys = rows_of(self.keys)
        place = {key: at for at, key in enumerate(sorted(set(keys)))}
        self.number = np.array([place[key] for key in keys], dtype="int64")
        if "respondent" in views:
            self.alone = (views["respondent"] == "").to_numpy()
        else:
            self.alone = np.ones(len(views), dtype=bool)
        self.first = np.zeros(self.number.max(initial=-1) + 1, dtype="int64")
        self.first[self.number[::-1]] = np.arange(len(self.number))[::-1]

    def standing(self, column: str) -> Standing:
        """Where each group stands on the scale of one column."""
        scale = self._table.scale(column)
        answers = self._views[column]
        rank = scale.ranks(answers).to_numpy()
        given = (answers.notna() | is_unread(self._views, column)).to_numpy()
        count = len(self.first)
        low, high = np.full(count, np.nan), np.full(count, np.nan)
        size, row = np.zeros(count, dtype="int64"), self.first.copy()
        spoken, stated, divided = (np.zeros(count, dtype=bool) for _ in range(3))
        said = np.flatnonzero(given & self.alone)[::-1]
        row[self.number[said]] = said  # the first of two counts
        spoken[self.number[said]] = True
        groups = np.flatnonzero(spoken)
        low[groups] = high[groups] = rank[row[groups]]
        stated[groups] = ~np.isnan(low[groups])
        voices = ~self.alone & ~np.isnan(rank) & ~spoken[self.number]
        middles = _middles(self.number[voices], rank[voices].astype("int64"), len(scale.words))
        group = middles[0]
        low[group], high[group], size[group], divided[group] = middles[1:]
        place = high if scale.cautious_last else low
        return Standing(low, high, place, size, stated, divided, row)


def of(views: pd.DataFrame, table: Table, columns: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Each partner's position on each item of a table of views.

    A stated position, the row without a respondent, comes before any voices. Answers outside the
    scale make no position, but a stated one outside the scale, or one that cannot be read, is
    respected: voices do not speak in its place. Source: medians of ordinal answers, both middle
    values (guide/methods).

    Args:
        views: Rows with the table's columns.
        table: What the columns are.
        columns: The names of one or more of its `Scale` columns.

    Returns:
        For each column one row a partner and item: `partner`, the item columns, `low` and `high`
        (steps of the scale from 0; the two middle values where they differ), `place` (the more
        cautious of the two), `voices` (how many stand behind it, 0 for a stated position),
        `stated`, `divided`. Stated positions come first, in the order of their rows.
    """
    groups = Groups(views, table)
    return {column: rows(groups, column) for column in columns}


def rows(groups: Groups, column: str) -> pd.DataFrame:
    """The positions on one scale, as `of` gives them.

    Args:
        groups: The rows of a table of views by partner and item.
        column: The name of one of its `Scale` columns.
    """
    found = groups.standing(column)
    stated = np.flatnonzero(found.stated)
    stated = stated[np.argsort(found.row[stated], kind="stable")]
    at = np.concatenate([stated, np.flatnonzero(found.voices > 0)])
    row = found.row[at]
    row[len(stated) :] = groups.first[at[len(stated) :]]
    keys = {name: column.array.take(row) for name, column in groups.keys.items()}
    return pd.DataFrame(
        keys
        | {
            "low": found.low[at],
            "high": found.high[at],
            "voices": found.voices[at],
            "stated": found.stated[at],
            "divided": found.divided[at],
            "place": found.place[at],
        }
    )


def _middles(number: np.ndarray, rank: np.ndarray, steps: int) -> tuple[np.ndarray, ...]:
    """The groups that have voices: two middle values, their sizes, whether each is divided."""
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


def answered(found: Iterable[pd.DataFrame], items: list[str], expected: Sequence[str]) -> pd.Series:
    """How many expected partners have a position on every core scale of a table, by item.

    Args:
        found: What `of` found for each core scale.
        items: The item columns of the table.
        expected: The codes of the partners that are asked.

    Returns:
        Counts, by item as `counted` gives them.
    """
    asked, (first, *others) = set(expected), found
    in_all = set.intersection(*map(set, (_undivided(each, items) for each in (first, *others))))
    keys = rows_of(first[["partner", *items]])
    there = np.array([key in in_all and key[0] in asked for key in keys], dtype=bool)
    return counted(first[there], items)


def _undivided(found: pd.DataFrame, items: list[str]) -> Iterator[Row]:
    """Who stands where, by partner and item, without those that are divided inside."""
    return compress(rows_of(found[["partner", *items]]), ~found["divided"])


def counted(rows: pd.DataFrame, items: list[str]) -> pd.Series:
    """How many partners there are by item.

    Args:
        rows: Rows with `partner` and the item columns.
        items: The item columns.

    Returns:
        Counts whose index holds the item where there is one item column, tuples where there are
        several, and 0 where there is none.
    """
    if not items:
        return pd.Series({0: len(rows)})
    by = rows.groupby(items if len(items) > 1 else items[0])
    return by["partner"].nunique()


def words(positions: pd.DataFrame, scale: Scale) -> pd.Series:
    """Each position in words, in the language of the room; both middle words where they differ.

    Args:
        positions: Rows with `low` and `high`.
        scale: The scale they stand on.

    Returns:
        One text a row.
    """
    texts = [tr(text) for text in scale.texts]
    between = tr("{one} to {other}")
    pairs = {}
    for low, one in enumerate(texts):
        pairs[low, low] = one
        for high in range(low + 1, len(texts)):
            pairs[low, high] = between.format(one=one, other=texts[high])
    lows, highs = (positions[end].to_numpy(dtype="int64").tolist() for end in ("low", "high"))
    ends = zip(lows, highs, strict=True)
    return pd.Series([pairs[pair] for pair in ends], index=positions.index, dtype=object)


def hidden_groups(voices: Mapping[str, int], threshold: int) -> set[str]:
    """Which groups of voices stay hidden.

    Groups below the threshold are hidden. Where that is one alone, the smallest of the others goes
    with it: otherwise the number of all voices, where somebody knows it, less the visible groups
    would give it away. Source: complementary suppression (guide/methods).

    Args:
        voices: How many voices each group has.
        threshold: The smallest group that is shown.

    Returns:
        The hidden groups.
    """
    counted = {group: count for group, count in voices.items() if count > 0}
    hidden = {group for group, count in counted.items() if count < threshold}
    if len(hidden) == 1 and len(counted) > 1:
        hidden.add(min(counted.keys() - hidden, key=lambda group: (counted[group], group)))
    return hidden
