"""The widths of a table's columns, the size of its letters, and whether its page is turned.

A width is estimated from the number of letters; nothing is measured with the font.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SIZES = (8.5, 8.0, 7.5)
PADDING = 9.0  # points between two columns
LETTER = 0.58  # width of a letter in Noto Sans, of its size; wide enough to err on the safe side
BOLD = 1.15  # how much wider the letters of a head are
TALLEST = 16  # lines in a cell, above which a turned page reads better
FEW = 5  # columns, below which a page is never turned for tall cells


@dataclass(frozen=True)
class Layout:
    """How a table is set.

    Attributes:
        shares: The width of each column, in points.
        size: The size of the letters, in points.
        turned: Whether the page is turned.
    """

    shares: tuple[float, ...]
    size: float
    turned: bool = False


class TooWide(ValueError):
    """No size and no turning makes a table fit."""


_BREAKS = re.compile(r"[\s/\u200b]+|(?<=[^\W\d])-")  # a date stays whole


def layout(
    rows: Sequence[Sequence[str]], across: float, turned: float, given: Sequence[float] = ()
) -> Layout:
    """The layout of a table: upright with letters as large as fit, or else on a turned page.

    Args:
        rows: The texts of its cells, the headings first.
        across: The width of a page, in points.
        turned: The width of a turned page, in points.
        given: Shares of the width that an author has chosen; they are kept as far as every word
            finds room.

    Raises:
        TooWide: The longest words do not fit beside each other.
    """
    columns = list(zip(*rows, strict=True))
    for flipped, width in ((False, across), (True, turned)):
        size = _size(columns, width)
        if size is None:
            continue
        least = [_least(texts, size) for texts in columns]
        if given:
            shares = _given(given, least, width)
        else:
            shares = _shared(columns, least, width, size)
        lines = map(_lines, columns, shares, [size] * len(columns))
        if flipped or max(lines) <= TALLEST or len(columns) < FEW:
            return Layout(tuple(round(share, 1) for share in shares), size, flipped)
    raise TooWide(
        f"this table has {len(columns)} columns whose longest words do not fit beside each other "
        "on a page."
    )


def _size(columns: Sequence[Sequence[str]], width: float) -> float | None:
    """The largest letters in which the longest words fit beside each other; None if none do."""
    for size in SIZES:
        if sum(_least(texts, size) for texts in columns) <= width:
            return size
    return None


def _least(texts: Sequence[str], size: float) -> float:
    """The width of a column's longest word."""
    head, *cells = texts
    words = max((len(word) for text in cells for word in _BREAKS.split(text)), default=1)
    bold = max((len(word) for word in _BREAKS.split(head)), default=1) * BOLD
    return PADDING + LETTER * size * max(words, bold)


def _lines(texts: Sequence[str], width: float, size: float) -> float:
    """The lines of a column's longest text."""
    return max(len(text) * LETTER * size / max(width - PADDING, 1) for text in texts)


def _given(given: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """An author's shares, none narrower than its longest word."""
    wanted = [width * share / sum(given) for share in given]
    short = sum(max(low - want, 0) for want, low in zip(wanted, least, strict=True))
    spare = sum(max(want - low, 0) for want, low in zip(wanted, least, strict=True)) or 1
    return [
        low if want < low else want - (want - low) * short / spare
        for want, low in zip(wanted, least, strict=True)
    ]


def _shared(
    columns: Sequence[Sequence[str]], least: Sequence[float], width: float, size: float
) -> list[float]:
    """Every column has room for its longest word; what is left goes where the text is."""
    wanted = [PADDING + LETTER * size * max(len(text) for text in texts) for texts in columns]
    left = width - sum(least)
    more = [max(want - low, 0) for want, low in zip(wanted, least, strict=True)]
    if sum(more) <= left:
        shares = [low + extra for low, extra in zip(least, more, strict=True)]
        return [share + (width - sum(shares)) * share / sum(shares) for share in shares]
    pull = [extra**0.6 for extra in more]
    return [low + left * strength / sum(pull) for low, strength in zip(least, pull, strict=True)]
