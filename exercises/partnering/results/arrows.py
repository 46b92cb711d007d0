"""The picture of what goes from whom to whom: arrows, beside each other on one sheet or on several.

A page has it wide and narrow: an arrow that is drawn across a wide page would be too short on a
narrow one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from partnering.results.drawing import (
    FULL,
    OPEN,
    PALE,
    PATH,
    SOFT,
    STEP,
    WARM,
    Draw,
    Drawing,
    Sheet,
    Stone,
    width,
    wrapped,
)

MOST_LINES = 15  # above this many lines of what is given there is a picture for each giver
HIGHEST = 446  # a picture of arrows as high as this is legible on the wall


class Item(NamedTuple):
    """Something that goes from one to others: its words, to whom, which dash, and in words."""

    words: str
    to: tuple[str, ...]
    dash: str
    told: str


class Giver(NamedTuple):
    """Somebody from whom items go: the stone, the code, the name, and the items."""

    stone: Stone
    code: str
    name: str
    items: tuple[Item, ...]


class End(NamedTuple):
    """Somebody to whom items go: the stone, the words below it, and whether it is one of us."""

    stone: Stone
    words: str
    particular: bool = False


@dataclass(frozen=True)
class Legend:
    """What arrows mean: dashes by their words, and the words for what is shared and what is not."""

    dashes: Sequence[tuple[str, str]] = ()
    shared: str = ""
    particular: str = ""


def drawn(givers: Sequence[Giver], ends: Mapping[str, End], legend: Legend) -> tuple[Drawing, ...]:
    """What goes from whom to whom; above 15 lines there is a picture for each giver.

    Args:
        givers: From whom.
        ends: To whom, by the names that the items have for them.
        legend: What the lines mean.
    """
    lines = sum(len(giver.items) for giver in givers)
    groups = [[giver] for giver in givers] if lines > MOST_LINES else [list(givers)]
    return tuple(chain.from_iterable(_sheets(some, ends, legend) for some in groups))


def _sheets(
    givers: Sequence[Giver], ends: Mapping[str, End], legend: Legend
) -> tuple[Drawing, ...]:
    """Some givers on one sheet; on two where it would be too high for the wall.

    Items have two lines where there is room for them.
    """
    wide, high = _wide(givers, ends, legend, 2)
    if high > HIGHEST:
        wide, high = _wide(givers, ends, legend, 1)
    if high > HIGHEST and max(len(givers), len(givers[0].items)) > 1:
        return (*chain.from_iterable(_sheets(some, ends, legend) for some in _halves(givers)),)
    told = " ".join(item.told for giver in givers for item in giver.items)
    return (Drawing(wide, told, _narrow(givers, ends, legend)),)


def _halves(givers: Sequence[Giver]) -> tuple[Sequence[Giver], Sequence[Giver]]:
    """The first and the other half of some givers, or of the items of one."""
    if len(givers) > 1:
        half = (len(givers) + 1) // 2
        return givers[:half], givers[half:]
    (giver,) = givers
    half = (len(giver.items) + 1) // 2
    one, other = (giver._replace(items=some) for some in (giver.items[:half], giver.items[half:]))
    return [one], [other]


class _Link(NamedTuple):
    """An arrow: where it starts, to whom, and how it is dashed."""

    x: float
    y: float
    to: str
    dash: str


def _wide(
    givers: Sequence[Giver], ends: Mapping[str, End], legend: Legend, most: int
) -> tuple[str, float]:
    """The picture for a wide page, with so many lines an item, and how high it is."""
    sheet = Sheet(780)
    left, room, bend, right = 150, 296, 462, 656
    y = top = _key(sheet, legend) + 8
    links: list[_Link] = []
    for at, giver in enumerate(givers):
        if at:
            sheet.parts.append(_short_rule(sheet, y, left + room))
            y += 8
        begin = y
        sheet.stone(14, y + 14, giver.stone, PALE, 10)
        names = wrapped(giver.code, left - 44, 2, bold=True)
        under = sheet.lines(36, y + 19, names, bold=True)
        name = wrapped(giver.name, left - 44, 2) if giver.name else []
        under = sheet.lines(36, under, name, tint=SOFT) - 10
        for item in giver.items:
            lines = wrapped(item.words, room, most)
            sheet.lines(left, y + 18, lines)
            middle = y + 13 + STEP * (len(lines) - 1) / 2
            start = left + max(map(width, lines)) + 8
            links += [_Link(min(start, bend - 6), middle, to, item.dash) for to in item.to]
            y += 24 if most == 1 else STEP * len(lines) + 9
        y = max(y, under, begin + 30)
    high = max(y, top + 84 * len({link.to for link in links}))
    _land(sheet, links, ends, (bend, right), (top, high), 130, 9)
    return sheet.svg(high + 4, "picture p-wide"), high + 4


def _narrow(givers: Sequence[Giver], ends: Mapping[str, End], legend: Legend) -> str:
    """The same for a telephone."""
    sheet = Sheet()
    room, bend, right = 198, 206, 292
    y = top = _key(sheet, legend) + 6
    links: list[_Link] = []
    for at, giver in enumerate(givers):
        if at:
            sheet.parts.append(_short_rule(sheet, y, room))
            y += 6
        sheet.stone(10, y + 14, giver.stone, PALE)
        sheet.text(28, y + 19, wrapped(giver.code, room - 28, 1, bold=True)[0], bold=True)
        y += 28
        for item in giver.items:
            lines = wrapped(item.words, room, 3)
            sheet.lines(0, y + 16, lines)
            start = min(width(lines[-1]) + 6, bend - 6)
            middle = y + 11 + STEP * (len(lines) - 1)
            links += [_Link(start, middle, to, item.dash) for to in item.to]
            y += STEP * len(lines) + 9
    high = max(y, top + 96 * len({link.to for link in links}))
    _land(sheet, links, ends, (bend, right), (top, high), 66, 8)
    return sheet.svg(high + 4, "picture p-narrow")


def _short_rule(sheet: Sheet, y: float, to: float) -> str:
    """A line under a giver, which the arrows do not cross."""
    return (
        f'<path d="M{sheet.across(0)} {y:g}L{sheet.across(to)} {y:g}" fill="none" '
        'stroke="currentColor" stroke-opacity="0.3" stroke-width="1"/>'
    )


def _key(sheet: Sheet, legend: Legend) -> float:
    """What the lines mean, and where that ends."""
    entries = []
    for dash, words in legend.dashes:
        entries.append((_dashed(sheet, dash), words))
    for words, particular in ((legend.shared, False), (legend.particular, True)):
        if words:
            entries.append((_headed(sheet, particular), words))
    return sheet.legend(0, entries) if entries else 0.0


def _dashed(sheet: Sheet, dash: str) -> Draw:
    return lambda x, y: sheet.way([(x - 11, y), (x + 11, y)], dash, "")


def _headed(sheet: Sheet, particular: bool) -> Draw:
    def draw(x: float, y: float) -> None:
        sheet.way([(x - 11, y), (x, y)], FULL, WARM if particular else PATH)
        _arrow_head(sheet, x + 10, y, particular)

    return draw


def _arrow_head(sheet: Sheet, x: float, y: float, particular: bool) -> None:
    corners = [(x, y), (x - 9, y - 5), (x - 9, y + 5)]
    sheet.shape(OPEN if particular else FULL, corners, WARM if particular else PATH)


def _land(
    sheet: Sheet,
    links: Sequence[_Link],
    ends: Mapping[str, End],
    across: tuple[float, float],
    down: tuple[float, float],
    room: float,
    apart: float,
) -> None:
    """Draw the arrows to their ends, and the ends.

    Args:
        sheet: The sheet.
        links: The arrows.
        ends: All ends.
        across: Where arrows bend, and where they end.
        down: Between which heights the ends stand.
        room: How wide the words of an end may be.
        apart: How far arrows end from each other.
    """
    bend, right = across
    by_end: dict[str, list[_Link]] = {}
    for link in links:
        by_end.setdefault(link.to, []).append(link)
    middles = {to: sum(link.y for link in some) / len(some) for to, some in by_end.items()}
    each = (down[1] - down[0]) / max(len(by_end), 1)
    for at, to in enumerate(sorted(by_end, key=middles.__getitem__)):
        end, some, y = ends[to], by_end[to], down[0] + each * (at + 0.5) - 14
        tint = WARM if end.particular else PATH
        gap = min(apart, (each - 20) / len(some))
        for number, link in enumerate(some):
            land = y + (number - (len(some) - 1) / 2) * gap
            middle = (bend + right) / 2
            curve = [(middle, link.y), (middle, land), (right - 9, land)]
            sheet.way([(link.x, link.y), (bend, link.y), *curve], link.dash, tint)
            _arrow_head(sheet, right, land, end.particular)
        x = right + room / 2 if room < 100 else right + 24
        sheet.stone(x, y, end.stone, PALE, 13)
        bold = not isinstance(end.stone, str)
        if room < 100:
            lines = wrapped(end.words, room, 4, bold)
            sheet.lines(x, y + 34, lines, "middle", bold)
        else:
            lines = wrapped(end.words, sheet.width - x - 22, 3, bold)
            sheet.lines(x + 22, y + 5 - STEP * (len(lines) - 1) / 2, lines, bold=bold)
