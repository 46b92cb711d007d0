"""The few drawn figures, as SVG of real text in the colour of the page.

Each function gives an SVG element without ids and without a title; `Figure` adds both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import TypeVar

T = TypeVar("T")

FONT = 'font-family="inherit" font-size="14" fill="currentColor"'
PILL, ROW = 26, 34  # heights
MOST_MONTHS = 12  # month names along a calendar
NOTHING = "<svg ></svg>"  # what a figure draws that has nothing to show


def strip(rows: Sequence[tuple[str, Mapping[int, Sequence[str]]]], words: Sequence[str]) -> str:
    """A line for each row with the partners standing on the words of a scale.

    Args:
        rows: For each row its code and, by place on the scale, the codes of the partners that stand
            there; "" stands for a partner whose name is not shown, drawn as an empty ring.
        words: The words of the scale.

    Returns:
        An SVG element.
    """
    left, step, y = 60, 165, 34
    right = left + step * len(words)
    parts = []
    for place, word in enumerate(words):
        parts.append(text(left + step * (place + 0.5), 18, word, "middle"))
    for code, places in rows:
        band = max([1, *map(len, places.values())]) * PILL + 14
        parts.append(line(left, y, right, y, 0.25))
        parts.append(text(4, y + band / 2 + 5, code, "start", bold=True))
        for place, partners in places.items():
            x = left + step * (place + 0.5)
            parts += [pill(x, y + 7 + at * PILL, partner) for at, partner in enumerate(partners)]
        y += band
    return svg(right, y + 6, parts)


def pill(x: float, y: float, label: str) -> str:
    """A partner's code in a rounded frame; an empty ring where its name is not shown."""
    if not label:
        return (
            f'<circle cx="{x:g}" cy="{y + 11:g}" r="8" fill="none" stroke="currentColor" '
            'stroke-width="2"/>'
        )
    width = 18 + 9.5 * len(label)
    frame = (
        f'<rect x="{x - width / 2:g}" y="{y:g}" width="{width:g}" height="22" rx="11" '
        'fill="currentColor" fill-opacity="0.1" stroke="currentColor"/>'
    )
    return frame + text(x, y + 16, label, "middle")


def calendar(marks: Sequence[tuple[date, str, str]], signs: Mapping[str, str]) -> str:
    """Marks along a line of months; those that would stand on each other go a line lower.

    Args:
        marks: Day, code and word of each mark, in the order of their days; at least one.
        signs: The shape of each word: "full", "half", "empty", "cross" or "square".

    Returns:
        An SVG element, with a legend of the shapes used.
    """
    months = _months(marks[0][0], marks[-1][0])
    left, right = 20, 700
    days = max((months[-1] - months[0]).days, 1)

    def across(day: date) -> float:
        return left + (right - left) * (day - months[0]).days / days

    ends: list[float] = []  # where the last mark of each line ends
    drawn = []
    for day, code, word in marks:
        x = across(day)
        lane = next((at for at, end in enumerate(ends) if x > end), len(ends))
        ends[lane : lane + 1] = [x + 34 + 9 * len(code)]
        y = 44 + lane * ROW
        drawn += [shape(x + 8, y, signs[word]), text(x + 22, y + 5, code, "start")]
    bottom = 44 + len(ends) * ROW
    axis = []
    every = -(-len(months) // MOST_MONTHS)
    for month in months[::every]:
        x = across(month)
        anchor = "middle" if x > left else "start"
        axis += [line(x, 24, x, bottom - 12, 0.2), text(x, 16, f"{month:%m/%Y}", anchor)]
    words = list(dict.fromkeys(word for _, _, word in marks))
    height = bottom + ROW * (1 + (len(words) - 1) // 3)
    return svg(right + 40, height, [*axis, *drawn, *_legend(words, signs, bottom)])


def _legend(words: Sequence[str], signs: Mapping[str, str], top: float) -> list[str]:
    """The shape of each word, three a line."""
    parts = []
    for at, word in enumerate(words):
        x, y = 230 * (at % 3), top + ROW * (at // 3)
        parts.append(shape(x + 28, y + 12, signs[word]) + text(x + 44, y + 17, word, "start"))
    return parts


def _months(first: date, last: date) -> list[date]:
    """The first days of the months from the one of `first` to the one after `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 2
    months = []
    for month in range(first.month - 1, first.month - 1 + count):
        months.append(date(first.year + month // 12, month % 12 + 1, 1))
    return months


def shape(x: float, y: float, sign: str) -> str:
    """A mark that can be told from the others without colour.

    Args:
        x: Its middle, from the left.
        y: Its middle, from the top.
        sign: "full", "half", "cross", "square", or anything else for an empty ring.

    Returns:
        SVG elements.
    """
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="8" stroke="currentColor" stroke-width="2" '
    if sign == "full":
        return ring + 'fill="currentColor"/>'
    if sign == "half":
        right = f'<path d="M{x:g} {y - 8:g} a8 8 0 0 1 0 16 z" fill="currentColor"/>'
        return ring + 'fill="none"/>' + right
    if sign == "cross":
        return (
            f'<path d="M{x - 7:g} {y - 7:g} l14 14 m0 -14 l-14 14" stroke="currentColor" '
            'stroke-width="3" fill="none"/>'
        )
    if sign == "square":
        return (
            f'<rect x="{x - 8:g}" y="{y - 8:g}" width="16" height="16" stroke="currentColor" '
            'stroke-width="2" fill="currentColor" fill-opacity="0.3"/>'
        )
    return ring + 'fill="none"/>'


def contacts(links: Sequence[tuple[str, str, str, bool]], partners: Sequence[str]) -> str:
    """The units of each partner on the left, joined to the partners they turn to on the right.

    Args:
        links: For each contact the partner, its unit, the partner that the unit turns to, and
            whether the line is broken.
        partners: The codes of the partners, in their order.

    Returns:
        An SVG element.
    """
    units = list(dict.fromkeys((partner, unit) for partner, unit, _, _ in links))
    turned_to = {other for _, _, other, _ in links}
    others = [code for code in partners if code in turned_to]
    height = 34 * max(len(units), 2 * len(others)) + 40
    left = _spread(units, 28, height - 56)
    right = _spread(others, 40, height - 64)
    parts = []
    for partner, unit, other, broken in links:
        y1, y2 = left[partner, unit], right[other]
        dashes = ' stroke-dasharray="6 5"' if broken else ""
        parts.append(
            f'<path d="M330 {y1:g} C 430 {y1:g} 430 {y2:g} 530 {y2:g}" fill="none" '
            f'stroke="currentColor" stroke-opacity="0.6" stroke-width="1.5"{dashes}/>'
        )
    for (partner, unit), y in left.items():
        parts.append(text(322, y + 5, f"{partner}: {unit}", "end"))
    parts += [pill(570, y - 11, code) for code, y in right.items()]
    return svg(640, height, parts)


def _spread(items: Sequence[T], top: float, height: float) -> dict[T, float]:
    """How far down each item stands, spread evenly."""
    gaps = max(len(items) - 1, 1)
    return {item: top + height * at / gaps for at, item in enumerate(items)}


def ladder(rungs: Sequence[tuple[str, str, str]]) -> str:
    """A ladder whose first step stands at its foot.

    Args:
        rungs: For each step its code, how soon, and who meets, in short.

    Returns:
        An SVG element.
    """
    height = 56 * len(rungs)
    parts = [line(40, 6, 40, height + 10, 0.8), line(90, 6, 90, height + 10, 0.8)]
    for at, (step, within, who) in enumerate(reversed(rungs)):
        y = 34 + 56 * at
        parts += [
            line(40, y, 90, y, 0.8),
            text(65, y - 8, step, "middle", bold=True),
            text(110, y - 6, who, "start"),
            text(110, y + 13, within, "start"),
        ]
    return svg(720, height + 16, parts)


def tour(stops: Sequence[tuple[str, str]], filled: Sequence[int]) -> str:
    """The seven stops on a winding way.

    Args:
        stops: Number and name of each.
        filled: How full each is: 0 empty, 1 begun, 2 filled in.

    Returns:
        An SVG element.
    """
    places = [(70 + 100 * at, 60 if at % 2 == 0 else 120) for at in range(len(stops))]
    way = "M" + " L".join(f"{x} {y}" for x, y in places)
    parts = [
        f'<path d="{way}" fill="none" stroke="currentColor" stroke-opacity="0.35" '
        'stroke-width="2" stroke-dasharray="2 5"/>'
    ]
    grounds = (
        'fill="none"',
        'fill="currentColor" fill-opacity="0.15"',
        'fill="currentColor" fill-opacity="0.35"',
    )
    for (x, y), (number, name), full in zip(places, stops, filled, strict=True):
        width = "1.5" if full == 0 else "3"
        parts += [
            f'<circle cx="{x}" cy="{y}" r="20" {grounds[full]} stroke="currentColor" '
            f'stroke-width="{width}"/>',
            text(x, y + 5, number, "middle", bold=True),
            text(x, y + (42 if y > 90 else -30), name, "middle"),
        ]
    return svg(740, 180, parts)


def text(x: float, y: float, words: str, anchor: str, bold: bool = False) -> str:
    """Real text: it stays text on paper, and its letters decide in which direction it is read."""
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:g}" y="{y:g}" text-anchor="{anchor}"'
    return f"<text {place} {FONT}{weight}>{escape(words)}</text>"


def line(x1: float, y1: float, x2: float, y2: float, opacity: float) -> str:
    """A thin line."""
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="currentColor" '
        f'stroke-opacity="{opacity:g}"/>'
    )


def svg(width: float, height: float, parts: Sequence[str]) -> str:
    """The drawing; its title and description are added where it is shown."""
    return f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}">{"".join(parts)}</svg>'
