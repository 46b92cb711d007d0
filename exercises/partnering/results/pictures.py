"""The pictures but arrows: dots, signs by partner, a calendar, the path, a ladder.

Each is drawn from words and places that a stop has found, and tells in words what it shows. What is
not shown is drawn as not shown: a dotted ring, with the words for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from partnering.language import trn
from partnering.results.drawing import (
    COVER,
    FULL,
    LINE,
    ON,
    OPEN,
    PALE,
    PATH,
    SOFT,
    STEP,
    WARM,
    WIDTH,
    Block,
    Draw,
    Drawing,
    Sheet,
    Stone,
    stacked,
    width,
    wrapped,
)

WIDEST = 66  # of a column of signs or dots
Signs = Sequence[tuple[str, str]]  # signs with their words, in the order of the legend


class Head(NamedTuple):
    """Who a column belongs to: the stone, and the code or words below it."""

    stone: Stone
    name: str


class Columns:
    """Where the columns of a picture stand.

    Args:
        heads: To whom they belong.
        left: Where the first one begins.

    Attributes:
        middles: The middle of each.
        right: Where the last one ends.
    """

    def __init__(self, heads: Sequence[Head], left: float) -> None:
        self.heads, self.widths = heads, [self._least(head) for head in heads]
        more = (WIDTH - left - sum(self.widths)) / max(len(heads), 1)
        self.widths = [max(least, min(least + more, WIDEST)) for least in self.widths]
        ends = list(accumulate(self.widths, initial=left))
        self.right = ends[-1]
        self.middles = [(one + other) / 2 for one, other in pairwise(ends)]

    def _least(self, head: Head) -> float:
        """How wide a column is at least, so that no word of its name touches another."""
        words = (width(word, self._is_bold(head)) for word in head.name.split())
        return min(max(36, *words, 0) + 7, WIDEST)

    def _is_bold(self, head: Head) -> bool:
        return not isinstance(head.stone, str)

    def draw(self, sheet: Sheet, y: float) -> float:
        """Stones with their names over the columns, and where the names end."""
        most = 0
        for middle, room, head in zip(self.middles, self.widths, self.heads, strict=True):
            sheet.stone(middle, y + 11, head.stone, PALE, 8.5)
            lines = wrapped(head.name, room - 6, 4, self._is_bold(head))
            sheet.lines(middle, y + 38, lines, "middle", self._is_bold(head))
            most = max(most, len(lines))
        return y + 38 + STEP * most - 8


# ------------------------------------------------------------------ dots


@dataclass(frozen=True)
class Lane:
    """One question: its words from the top, and who stands on which.

    Attributes:
        name: The question; "" where there is only one.
        words: The words of its scale, in the order in which they stand below each other.
        places: By word the columns of those who gave it, by their places among the heads.
        unnamed: By word how many gave it whose names are not shown.
        missing: The columns of those whose answer is not seen.
        unnamed_missing: How many answers are not seen, where no names are shown.
    """

    name: str
    words: Sequence[str]
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    unnamed: Mapping[str, int] = field(default_factory=dict)
    missing: Sequence[int] = ()
    unnamed_missing: int = 0


def dots(
    title: str, heads: Sequence[Head], lanes: Sequence[Lane], rest: str, told: str, lead: str = ""
) -> Drawing:
    """One item: each partner in its own column, as high as the word that it gave.

    Answers without names are rings beside the columns, in no order but that of the words.

    Args:
        title: What it is about.
        heads: The columns.
        lanes: The questions.
        rest: The words for an answer that is not seen.
        told: What the picture shows, in words.
        lead: A word before the title, such as "start here".
    """
    rings = max((max([lane.unnamed_missing, *lane.unnamed.values()]) for lane in lanes), default=0)
    words = [*chain.from_iterable(lane.words for lane in lanes), rest]
    left = min(max(map(width, words)) + 10, 152)
    columns = Columns(heads, left)
    beside = columns.right  # where rings begin
    sheet = Sheet(max(WIDTH, beside + 24 * rings))
    y = 0.0
    if lead:
        sheet.text(0, 16, lead, bold=True, tint=WARM)
        y = 20
    y = sheet.lines(0, y + 16, wrapped(title, sheet.width, 3, bold=True), bold=True) - 10
    y = columns.draw(sheet, y + 4) if heads else y + 4
    for lane in lanes:
        if lane.name:
            sheet.text(0, y + 18, lane.name, tint=SOFT)
            y += 26
        rows = [(word, lane.places.get(word, ()), lane.unnamed.get(word, 0)) for word in lane.words]
        for word, named, unnamed in rows:
            sheet.rule(y)
            lines = wrapped(word, left - 6, 2)
            high = 30 + STEP * (len(lines) - 1)
            sheet.lines(0, y + 20, lines)
            for at in named:
                sheet.stone(columns.middles[at], y + high / 2, heads[at].stone)
            for at in range(unnamed):
                sheet.circle(beside + 24 * at + 12, y + high / 2, 8, OPEN)
            y += high
        sheet.rule(y)
        if lane.missing or lane.unnamed_missing:
            lines = wrapped(rest, left - 6, 2)
            high = 30 + STEP * (len(lines) - 1)
            sheet.lines(0, y + 20, lines, tint=SOFT)
            for at in lane.missing:
                sheet.sign(columns.middles[at], y + high / 2, "ring")
            for at in range(lane.unnamed_missing):
                sheet.sign(beside + 24 * at + 12, y + high / 2, "ring")
            y += high
            sheet.rule(y)
        y += 8
    return Drawing(sheet.svg(y - 4), told)


def lanes_in_words(heads: Sequence[Head], lanes: Sequence[Lane], rest: str) -> str:
    """What `dots` shows, in words: for each question who gave which word, or how many did.

    Args:
        heads: The columns.
        lanes: The questions.
        rest: The words for an answer that is not seen.

    Returns:
        Such as "How likely: VEC, SOM likely; 2 partners not shown here. Effect on us: ...".
    """
    sentences = []
    for lane in lanes:
        rows = [(lane.places.get(w, ()), lane.unnamed.get(w, 0), w) for w in lane.words]
        said = []
        for named, unnamed, word in [*rows, (lane.missing, lane.unnamed_missing, rest)]:
            who = [heads[at].name for at in named]
            if unnamed:
                counted = trn("{count} partner", "{count} partners", unnamed)
                who.append(counted.format(count=unnamed))
            said += [f"{', '.join(who)} {word}"] if who else []
        sentences.append(": ".join(filter(None, (lane.name, "; ".join(said)))) + ".")
    return " ".join(sentences)


# ------------------------------------------------------------------ signs by partner


@dataclass(frozen=True)
class Row:
    """One line of a picture of signs: what it is about, and who has which sign.

    Attributes:
        title: What it is about.
        who: For each sign the columns that have it, by their places among the heads.
        told: The same in words.
        unknown: Which signs stand nowhere, though somebody has them.
    """

    title: str
    who: Sequence[Sequence[int]]
    told: str
    unknown: Sequence[int] = ()


def signs(
    heads: Sequence[Head], legend: Signs, rows: Sequence[Row], rest: str, lanes: bool
) -> tuple[Drawing, ...]:
    """Who has which sign: one column a partner.

    Args:
        heads: The columns.
        legend: The signs.
        rows: The lines.
        rest: The words for a sign that stands nowhere.
        lanes: Whether each sign has a lane of its own in a line; else they stand beside each other.
    """
    columns = Columns(heads, 0)
    wide = max(WIDTH, columns.right)

    def head(sheet: Sheet, _: set[str]) -> float:
        entries = [(_signed(sheet, sign), word) for sign, word in legend]
        return columns.draw(sheet, sheet.legend(0, entries) + 4)

    def block(row: Row) -> Block:
        title = wrapped(row.title, wide, 2, bold=True)
        begin = 8 + STEP * len(title)

        def draw(sheet: Sheet, y: float) -> None:
            sheet.rule(y)
            sheet.lines(0, y + 18, title, bold=True)
            under = y + begin + 13
            for column, middle in enumerate(columns.middles):
                here = [at for at, who in enumerate(row.who) if column in who]
                for place, at in enumerate(here):
                    beside = 21 * (place - (len(here) - 1) / 2)
                    across, down = (0, 24 * at) if lanes else (beside, 0)
                    sheet.sign(middle + across, under + down, legend[at][0])
            if not lanes and row.unknown:
                under += 24
            for at in row.unknown:
                down = 24 * at if lanes else 0
                sheet.sign(12, under + down, "ring")
                sheet.text(28, under + 5 + down, f"{legend[at][1]}: {rest}", tint=SOFT)

        deep = len(legend) if lanes else 1 + bool(row.unknown)
        return Block(begin + 24 * deep + 8, draw, row.told)

    return stacked([block(row) for row in rows], head, wide)


def _signed(sheet: Sheet, sign: str) -> Draw:
    return lambda x, y: sheet.sign(x, y, sign)


# ------------------------------------------------------------------ a calendar


class Entry(NamedTuple):
    """One line of a calendar: its day as written, its sign, words, what stands below, in words."""

    day: str
    sign: str
    words: str
    below: str
    told: str


def calendar(entries: Sequence[Entry], legend: Signs) -> tuple[Drawing, ...]:
    """Days down the page, so that no words can stand on others.

    Args:
        entries: The lines, in the order of their days.
        legend: The signs.
    """
    text, room = 132, WIDTH - 132

    def head(sheet: Sheet, there: set[str]) -> float:
        keys = [(_signed(sheet, sign), word) for sign, word in legend if sign in there]
        return sheet.legend(0, keys) + 2

    def block(entry: Entry, first: bool) -> Block:
        words, below = wrapped(entry.words, room, 3), wrapped(entry.below, room, 2)
        below = below if entry.below else []
        high = STEP * (len(words) + len(below)) + 14

        def draw(sheet: Sheet, y: float) -> None:
            sheet.rule(y, 0 if first else text)
            sheet.way([(108, y + 28), (108, y + high + 2)], FULL, SOFT)
            sheet.sign(108, y + 15, entry.sign)
            sheet.text(0, y + 20, entry.day, bold=first)
            under = sheet.lines(text, y + 20, words)
            sheet.lines(text, under, below, tint=SOFT)

        return Block(high, draw, entry.told, entry.sign)

    months = ["", *(entry.day[:7] for entry in entries)]
    blocks = [
        block(entry, entry.day[:7] != before)
        for entry, before in zip(entries, months, strict=False)
    ]
    return stacked(blocks, head)


# ------------------------------------------------------------------ the path


class Stop(NamedTuple):
    """One stop of the tour: its number and name, how its stone is filled, and signs beside it."""

    number: str
    name: str
    filled: str
    signs: tuple[str, ...]
    told: str


def path(
    stops: Sequence[Stop], stones: Sequence[tuple[str, str]], legend: Signs
) -> tuple[Drawing, ...]:
    """The stops on a winding path, with signs of what stands there.

    Args:
        stops: The stops.
        stones: How stones are filled, with the words for it.
        legend: The signs.
    """
    told = "; ".join(stop.told for stop in stops) + "."
    return (Drawing(_across(stops, stones, legend), told, _down(stops, stones, legend)),)


def _across(stops: Sequence[Stop], stones: Signs, legend: Signs) -> str:
    """The path from left to right, for a wide page."""
    sheet, row = Sheet(780), 3
    y = _key_of_path(sheet, stops, stones, legend) + 12
    step = sheet.width / len(stops)
    places = [(step * (at + 0.5), y + 18 + 46 * (at % 2)) for at in range(len(stops))]
    _winding(sheet, places, across=True)
    deepest = 0.0
    for (x, middle), stop in zip(places, stops, strict=True):
        _stop(sheet, x, middle, stop)
        under = sheet.lines(x, middle + 38, wrapped(stop.name, step + 20, 2, True), "middle", True)
        for at, sign in enumerate(stop.signs):
            left = x - 13 * (min(row, len(stop.signs)) - 1)
            sheet.sign(left + 26 * (at % row), under + 24 * (at // row), sign)
        deepest = max(deepest, under + 24 * -(-len(stop.signs) // row) - 8)
    return sheet.svg(deepest + 2, "picture p-wide")


def _down(stops: Sequence[Stop], stones: Signs, legend: Signs) -> str:
    """The same down a narrow page."""
    sheet, text, row = Sheet(), 124, 8
    y = _key_of_path(sheet, stops, stones, legend) + 8
    places = []
    for at, stop in enumerate(stops):
        places.append((28 if at % 2 == 0 else 82, y + 18))
        y += 44 + 22 * max(0, -(-len(stop.signs) // row) - 1)
    _winding(sheet, places, across=False)
    for (x, middle), stop in zip(places, stops, strict=True):
        _stop(sheet, x, middle, stop)
        sheet.text(text, middle + (-1 if stop.signs else 5), stop.name, bold=True)
        for at, sign in enumerate(stop.signs):
            sheet.sign(text + 10 + 26 * (at % row), middle + 16 + 22 * (at // row), sign)
    return sheet.svg(y + 2, "picture p-narrow")


def _key_of_path(sheet: Sheet, stops: Sequence[Stop], stones: Signs, legend: Signs) -> float:
    """What stones and signs mean, of those that stand here, and where that ends."""
    filled = {stop.filled for stop in stops}
    signs = set(chain.from_iterable(stop.signs for stop in stops))
    keys = [(_filled(sheet, fill), words) for fill, words in stones if fill in filled]
    keys += [(_signed(sheet, sign), word) for sign, word in legend if sign in signs]
    return sheet.legend(0, keys)


def _stop(sheet: Sheet, x: float, y: float, stop: Stop) -> None:
    """The stone of a stop, with its number."""
    sheet.circle(x, y, 17, COVER)
    sheet.circle(x, y, 15, stop.filled, PATH)
    tint = ON if stop.filled == FULL else ""
    sheet.text(x, y + 5, stop.number, "middle", bold=True, tint=tint)


def _filled(sheet: Sheet, fill: str) -> Draw:
    return lambda x, y: sheet.circle(x, y, 9, fill, PATH)


def _winding(sheet: Sheet, places: Sequence[tuple[float, float]], across: bool) -> None:
    """The path itself, which is broad and pale, from stop to stop."""
    d = f"M{sheet.across(places[0][0])} {places[0][1]:.4g}"
    for (x1, y1), (x2, y2) in pairwise(places):
        bend = 0.5 * (x2 - x1) if across else 0
        fall = 0 if across else 0.7 * (y2 - y1)
        points = [(x1 + bend, y1 + fall), (x2 - bend, y2 - fall), (x2, y2)]
        d += "C" + " ".join(f"{sheet.across(x)} {y:.4g}" for x, y in points)
    sheet.parts.append(
        f'<path d="{d}" fill="none" stroke="currentColor" stroke-opacity="0.25" '
        'stroke-width="9" stroke-linecap="round"/>'
    )


# ------------------------------------------------------------------ a ladder


class Rung(NamedTuple):
    """One step of a ladder: its code, how soon, who meets, and the same in words."""

    step: str
    within: str
    who: str
    told: str


def ladder(rungs: Sequence[Rung], foot: str) -> tuple[Drawing, ...]:
    """A ladder whose first step stands at its foot.

    Args:
        rungs: The steps, from the first.
        foot: The words that say so.
    """
    left, text = 10, 84

    def head(sheet: Sheet, _: set[str]) -> float:
        sheet.text(0, 16, foot, tint=SOFT)
        return 26

    def block(rung: Rung) -> Block:
        who = wrapped(rung.who, WIDTH - text, 4) if rung.who else []
        high = STEP * (len(who) + 1) + 20

        def draw(sheet: Sheet, y: float) -> None:
            sheet.rule(y, text)
            for x in (left, left + 52):
                sheet.shape(LINE, [(x, y), (x, y + high)], PATH)
            sheet.shape(LINE, [(left, y + 38), (left + 52, y + 38)], PATH)
            sheet.text(left + 26, y + 30, _shortest(rung.step), "middle", bold=True)
            sheet.text(text, y + 22, rung.within, bold=True)
            sheet.lines(text, y + 22 + STEP, who)

        return Block(high, draw, rung.told)

    drawings = stacked([block(rung) for rung in rungs][::-1], head)
    if len(drawings) > 1:
        return drawings
    told = " ".join(rung.told for rung in rungs)
    return tuple(Drawing(one.svg, told) for one in drawings)


def _shortest(step: str) -> str:
    return wrapped(step, 46, 1, bold=True)[0]
