"""The few drawn figures, as SVG made of real text and the colour of the page: a strip, a calendar, the tour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

FONT = 'font-family="inherit" font-size="14" fill="currentColor"'
PILL, ROW = 26, 34  # heights


def strip(rows: Sequence[tuple[str, Mapping[int, Sequence[str]]]], words: Sequence[str]) -> str:
    """A line for each row with the partners standing on the words of a scale.

    In: for each row its code and, by place on the scale, the codes of the partners that stand there ("" for a partner
    whose name is not shown, drawn as an empty ring); the words of the scale.
    """
    left, step, top = 60, 165, 34
    heights = [max([1, *map(len, places.values())]) for _, places in rows]
    height = top + sum(count * PILL + 14 for count in heights) + 6
    parts = [
        text(left + step * (place + 0.5), 18, word, "middle") for place, word in enumerate(words)
    ]
    y = top
    for (code, places), count in zip(rows, heights, strict=True):
        band = count * PILL + 14
        parts.append(line(left, y, left + step * len(words), y, 0.25))
        parts.append(text(4, y + band / 2 + 5, code, "start", bold=True))
        for place, partners in places.items():
            x = left + step * (place + 0.5)
            parts += [pill(x, y + 7 + at * PILL, partner) for at, partner in enumerate(partners)]
        y += band
    return svg(left + step * len(words), height, parts)


def pill(x: float, y: float, label: str) -> str:
    """A partner's code in a rounded frame; an empty ring where its name is not shown."""
    if not label:
        return f'<circle cx="{x:g}" cy="{y + 11:g}" r="8" fill="none" stroke="currentColor" stroke-width="2"/>'
    width = 18 + 9.5 * len(label)
    return (
        f'<rect x="{x - width / 2:g}" y="{y:g}" width="{width:g}" height="22" rx="11" fill="currentColor" '
        f'fill-opacity="0.1" stroke="currentColor"/>' + text(x, y + 16, label, "middle")
    )


def calendar(marks: Sequence[tuple[date, str, str]], signs: Mapping[str, str]) -> str:
    """Marks along a line of months.

    In: day, code and word of each mark, in the order of their days; the shape of each word ("full", "half", "empty",
    "cross" or "square"). Marks that would stand on each other go a line lower. A legend names the shapes used.
    """
    first, last = marks[0][0], marks[-1][0]
    months = _months(first, last)
    left, right = 20, 700
    days = max((months[-1] - months[0]).days, 1)
    lanes: list[float] = []
    parts = []
    for day, code, word in marks:
        x = left + (right - left) * (day - months[0]).days / days
        lane = next((at for at, end in enumerate(lanes) if x > end), len(lanes))
        lanes[lane : lane + 1] = [x + 34 + 9 * len(code)]
        y = 44 + lane * ROW
        parts += [shape(x + 8, y, signs[word]), text(x + 22, y + 5, code, "start")]
    bottom = 44 + len(lanes) * ROW
    shown = months[:: -(-len(months) // 12)]
    axis = []
    for month in shown:
        x = left + (right - left) * (month - months[0]).days / days
        axis += [
            line(x, 24, x, bottom - 12, 0.2),
            text(x, 16, f"{month:%m/%Y}", "middle" if x > left else "start"),
        ]
    words = list(dict.fromkeys(word for _, _, word in marks))
    legend = [
        shape(28 + 230 * (at % 3), bottom + 12 + ROW * (at // 3), signs[word])
        + text(44 + 230 * (at % 3), bottom + 17 + ROW * (at // 3), word, "start")
        for at, word in enumerate(words)
    ]
    return svg(right + 40, bottom + ROW * (1 + (len(words) - 1) // 3), [*axis, *parts, *legend])


def _months(first: date, last: date) -> list[date]:
    """The first days of the months from the one of `first` to the one after `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 2
    return [
        date(first.year + (first.month - 1 + add) // 12, (first.month - 1 + add) % 12 + 1, 1)
        for add in range(count)
    ]


def shape(x: float, y: float, sign: str) -> str:
    """A mark that can be told from the others without colour."""
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="8" stroke="currentColor" stroke-width="2" '
    if sign == "full":
        return ring + 'fill="currentColor"/>'
    if sign == "half":
        return (
            ring
            + f'fill="none"/><path d="M{x:g} {y - 8:g} a8 8 0 0 1 0 16 z" fill="currentColor"/>'
        )
    if sign == "cross":
        return (
            f'<path d="M{x - 7:g} {y - 7:g} l14 14 m0 -14 l-14 14" stroke="currentColor" stroke-width="3" '
            'fill="none"/>'
        )
    if sign == "square":
        return (
            f'<rect x="{x - 8:g}" y="{y - 8:g}" width="16" height="16" stroke="currentColor" stroke-width="2" '
            'fill="currentColor" fill-opacity="0.3"/>'
        )
    return ring + 'fill="none"/>'


def contacts(links: Sequence[tuple[str, str, str, bool]], partners: Sequence[str]) -> str:
    """Parts of houses on the left, the partners that they turn to on the right, a line for each contact.

    In: for each contact the partner, the part of its house, the partner it turns to, and whether the line is broken.
    """
    units = list(dict.fromkeys((partner, unit) for partner, unit, _, _ in links))
    others = [code for code in partners if code in {other for _, _, other, _ in links}]
    height = 34 * max(len(units), 2 * len(others)) + 40
    left = {unit: 28 + (height - 32) * at / max(len(units) - 1, 1) for at, unit in enumerate(units)}
    right = {
        code: 40 + (height - 64) * at / max(len(others) - 1, 1) for at, code in enumerate(others)
    }
    parts = []
    for partner, unit, other, broken in links:
        dashes = ' stroke-dasharray="6 5"' if broken else ""
        y1, y2 = left[partner, unit], right[other]
        parts.append(
            f'<path d="M330 {y1:g} C 430 {y1:g} 430 {y2:g} 530 {y2:g}" fill="none" stroke="currentColor" '
            f'stroke-opacity="0.6" stroke-width="1.5"{dashes}/>'
        )
    parts += [text(322, y + 5, f"{partner}: {unit}", "end") for (partner, unit), y in left.items()]
    parts += [pill(570, y - 11, code) for code, y in right.items()]
    return svg(640, height, parts)


def ladder(rungs: Sequence[tuple[str, str, str]]) -> str:
    """A ladder whose first step stands at its foot. In: for each step its code, how soon, and who meets, in short."""
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
    """The seven stops on a winding way. In: number and name of each; how full each is, 0 empty, 1 begun, 2 filled in."""
    places = [(70 + 100 * at, 60 if at % 2 == 0 else 120) for at in range(len(stops))]
    way = "M" + " L".join(f"{x} {y}" for x, y in places)
    parts = [
        f'<path d="{way}" fill="none" stroke="currentColor" stroke-opacity="0.35" stroke-width="2" '
        'stroke-dasharray="2 5"/>'
    ]
    for (x, y), (number, name), full in zip(places, stops, filled, strict=True):
        ground = (
            'fill="none"',
            'fill="currentColor" fill-opacity="0.15"',
            'fill="currentColor" fill-opacity="0.35"',
        )[full]
        width = '"1.5"' if full == 0 else '"3"'
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="20" {ground} stroke="currentColor" stroke-width={width}/>'
        )
        parts += [
            text(x, y + 5, number, "middle", bold=True),
            text(x, y + (42 if y > 90 else -30), name, "middle"),
        ]
    return svg(740, 180, parts)


def text(x: float, y: float, words: str, anchor: str, bold: bool = False) -> str:
    """Real text, which stays text on paper and is read from right to left where its letters are."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" {FONT}{weight}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, opacity: float) -> str:
    """A thin line."""
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="currentColor" '
        f'stroke-opacity="{opacity:g}"/>'
    )


def svg(width: float, height: float, parts: Sequence[str]) -> str:
    """The drawing; its title and description are added where it is shown."""
    return f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}">{"".join(parts)}</svg>'
