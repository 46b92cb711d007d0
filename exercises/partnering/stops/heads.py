"""The partners in pictures: whose column is which, who is meant by a cell, and their signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership, knowledge
from partnering.partnership.sides import spelt_out
from partnering.results import drawing, pictures
from partnering.results.arrows import End
from partnering.results.pictures import Head, Lane
from partnering.schema import scales
from partnering.schema.kinds import UNREAD, in_cell

WORDS = {  # what stands in a cell in place of a code, and its stone
    scales.ALL_OF_US: drawing.ALL,
    scales.PEOPLE_SERVED: drawing.SERVED,
    scales.NOBODY: drawing.NOBODY,
    scales.A_PARTNER: drawing.ONE,
    scales.ONLY_US: drawing.ONE,
}
SHARED = (scales.ALL_OF_US, scales.PEOPLE_SERVED)


def stone(p: Partnership, who: str) -> drawing.Stone:
    """The stone of a partner, or of a word such as "all partners".

    Args:
        p: The partnership as one reader sees it.
        who: A code or one of `WORDS`.
    """
    return WORDS.get(who, list(p.names).index(who) if who in p.names else drawing.ONE)


def of_partners(p: Partnership, codes: Iterable[str]) -> list[Head]:
    """The columns of some partners, in the order in which partners were typed.

    Args:
        p: The partnership as one reader sees it.
        codes: Their codes.
    """
    some = set(codes)
    return [Head(at, code) for at, code in enumerate(p.names) if code in some]


class Columns:
    """The columns for cells of codes and words: every partner, and the words that occur.

    Args:
        p: The partnership as one reader sees it.
        cells: All cells, such as "VEC, people we serve".

    Attributes:
        heads: The columns.
    """

    def __init__(self, p: Partnership, cells: Iterable[str]) -> None:
        there = {part for cell in cells for part in in_cell(cell)}
        words = [word for word in (scales.PEOPLE_SERVED, scales.NOBODY) if word in there]
        self.names = [*p.names, *words]
        self._partnership = p
        self.heads = [Head(stone(p, name), tr(name)) for name in self.names]

    def of(self, cell: str) -> Sequence[int]:
        """The columns of those who stand in a cell; "all partners" are all that are asked."""
        named = spelt_out(self._partnership, cell)
        return [at for at, name in enumerate(self.names) if name in named]


def without_names(
    p: Partnership, question: str, words: Sequence[str], given: Iterable[str]
) -> Lane:
    """A question whose answers are told without names: how many gave which word.

    Args:
        p: The partnership as one reader sees it.
        question: The question.
        words: The words of its scale, from the top.
        given: The word of each answer that is seen.
    """
    counts = Counter(given)
    unseen = max(0, len(p.expected) - counts.total())
    return Lane(question, words, unnamed=counts, unnamed_missing=unseen)


def item(
    p: Partnership, label: str, lanes: Sequence[Lane], columns: Sequence[Head] = (), lead: str = ""
) -> drawing.Drawing:
    """The picture of how all stand to one item, with what it shows in words.

    Args:
        p: The partnership as one reader sees it.
        label: What the item is called.
        lanes: The questions, with who gave which word.
        columns: The partners that are named.
        lead: A word before the label, such as "start here".
    """
    rest = knowledge.rest_of_one(p)
    told = pictures.lanes_in_words(columns, lanes, rest)
    after = ". " if lanes[0].name else ": "
    return pictures.dots(label, columns, lanes, rest, label.rstrip(".") + after + told, lead)


def end(p: Partnership, who: str) -> End:
    """Somebody to whom arrows go.

    Args:
        p: The partnership as one reader sees it.
        who: A code or one of `WORDS`.
    """
    return End(stone(p, who), tr(who), who not in SHARED)


def signs(
    p: Partnership,
    rows: pd.DataFrame,
    labels: Sequence[str],
    asked: Mapping[str, tuple[str, str]],
    must: Container[str],
    lanes: bool,
) -> tuple[drawing.Drawing, ...]:
    """The picture of who does what in each line: a sign in the column of each partner.

    Args:
        p: The partnership as one reader sees it.
        rows: The lines, with cells of codes and words in the columns of `asked`.
        labels: What each line is called.
        asked: By column its sign, and what the sign says.
        must: The columns of which an empty cell is told as not known; other empty cells are silent.
            Of every column it is told where it cannot be read who stands in a cell.
        lanes: Whether each sign has a lane of its own in a line.
    """
    if rows.empty:
        return ()
    columns = Columns(p, chain.from_iterable(rows[name] for name in asked))
    rest = knowledge.of_what_stands_here(p, tr("not shown here"), tr("not filled in"))
    lines = []
    for label, cells in zip(labels, rows[list(asked)].itertuples(index=False), strict=True):
        told, unknown = [], []
        for at, ((name, (_, word)), cell) in enumerate(zip(asked.items(), cells, strict=True)):
            if cell:
                told.append(f"{word}: {', '.join(tr(part) for part in cell.split(', '))}")
            elif name in must:
                told.append(f"{word}: {rest}")
            if cell == UNREAD or (not cell and name in must):
                unknown.append(at)
        said = f"{label.rstrip('.')}. {'; '.join(told)}."
        lines.append(pictures.Row(label, [columns.of(cell) for cell in cells], said, unknown))
    if (rows[list(asked)] == UNREAD).any(axis=None):
        rest = tr("not known here")
    return pictures.signs(columns.heads, list(asked.values()), lines, rest, lanes=lanes)
