"""What pictures are made of: a sheet with real text, stones for the partners, and signs.

Letters are 14 high on a sheet that is at least 360 wide, so that they stay legible on a phone. A
sheet is drawn from left to right; where the language of the room is written the other way, its
places are mirrored and its letters are not. Nothing has a colour of its own: all is in the colour
of the page, and classes say which tint a page may give to it (`pictures.css`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import accumulate, chain
from typing import NamedTuple

from partnering.language import is_from_right, right_to_left

LETTER, STEP = 14, 17  # how high letters are, and from line to line
WIDTH = 360
TALLEST = 700  # a longer picture goes on on another sheet
SHOWN = 16 / LETTER  # as large as letters of 16 pixels, where there is room
ISOLATED = "\u2068{}\u2069"
# For paper, which has not got the page's own colours.
ON_PAPER = (
    "<style>.p-path{color:#0f655d}.p-warm{color:#844509}.p-soft{color:#4d5761}"
    ".p-paper,.p-on{fill:#fff}</style>"
)
Draw = Callable[[float, float], None]  # draws something by its middle
Point = tuple[float, float]
Shape = tuple[str, tuple[Point, ...]]  # how it is filled, and its corners
PATH, WARM, SOFT, ON = "path", "warm", "soft", "on"  # tints; the last stands on a filled shape
FULL, OPEN, PALE, DOTTED, LINE = "full", "open", "pale", "dotted", "line"
PAPER, COVER = "paper", "cover"  # filled with the ground of the page; the second has no line
FILLS = {
    FULL: "",
    OPEN: ' fill="none"',
    PALE: ' fill-opacity="0.14"',
    PAPER: ' fill="none"',
    COVER: ' fill="none"',
    DOTTED: ' fill="none" stroke-dasharray="3 2.5"',
    LINE: ' fill="none"',
}
THIN = 'stroke-width="1"'
DASHES = {FULL: "", "dashed": "7 4", DOTTED: "1 5", "mixed": "9 4 1 4"}

# A partner's stone, by its place in the list: corners in parts of its size; the first is round.
STONES: tuple[tuple[Point, ...], ...] = (
    (),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    ((0, -1.15), (1.15, 0.85), (-1.15, 0.85)),
    ((-0.6, -1), (0.6, -1), (1.2, 0), (0.6, 1), (-0.6, 1), (-1.2, 0)),
    ((-1.15, -0.85), (1.15, -0.85), (0, 1.15)),
)
ALL, SERVED, ONE, NOBODY = "all", "served", "one", "nobody"  # those who are no single partner
Stone = int | str  # the place of a partner in the list, or one of these
_TWO_BY_TWO = ((-0.6, -0.6), (0.6, -0.6), (-0.6, 0.6), (0.6, 0.6))
_THREE = ((-0.6, 0.5), (0.6, 0.5), (0, -0.55))

# Each sign is told from the others by its shape alone. A shape of one corner is a circle, whose
# radius is its first number.
SIGNS: dict[str, tuple[str, tuple[Shape, ...]]] = {
    "load": (
        PATH,
        ((FULL, ((-9, 4), (-6, -7), (6, -7), (9, 4))), (LINE, ((-10, 8), (10, 8)))),
    ),
    "flag": (PATH, ((LINE, ((-6, -9), (-6, 9))), (FULL, ((-6, -8), (8, -3), (-6, 2))))),
    "coin": (WARM, ((OPEN, ((8, 0),)), (FULL, ((2.5, 0),)))),
    "bubble": (
        PATH,
        ((PALE, ((-9, -8), (9, -8), (9, 4), (0, 4), (-6, 9), (-6, 4), (-9, 4))),),
    ),
    "envelope": (
        WARM,
        ((PALE, ((-9, -7), (9, -7), (9, 7), (-9, 7))), (LINE, ((-9, -7), (0, 1), (9, -7)))),
    ),
    "apart": (
        WARM,
        ((FULL, ((-10, -7), (-2, 0), (-10, 7))), (FULL, ((10, -7), (2, 0), (10, 7)))),
    ),
    "beside": (
        PATH,
        (
            (PALE, ((-10, -7), (-2, -7), (-2, 7), (-10, 7))),
            (PALE, ((2, -7), (10, -7), (10, 7), (2, 7))),
        ),
    ),
    "full": (PATH, ((FULL, ((8, 0),)),)),
    "half": (PATH, ((OPEN, ((8, 0),)), (FULL, ((0, -8), (5.7, -5.7), (8, 0), (5.7, 5.7), (0, 8))))),
    "cross": (WARM, ((LINE, ((-7, -7), (7, 7))), (LINE, ((7, -7), (-7, 7))))),
    "square": (PATH, ((PALE, ((-8, -8), (8, -8), (8, 8), (-8, 8))),)),
    "empty": (PATH, ((OPEN, ((8, 0),)),)),
    "ring": ("", ((DOTTED, ((7.5, 0),)),)),
}


def on_paper(svg: str, fonts: str) -> str:
    """A drawing as a document of its own, in the tints and letters of paper.

    Args:
        svg: An SVG element of a `Drawing`, with or without a title.
        fonts: The names of the fonts.
    """
    head, body = svg.split(">", 1)
    head = head.replace('font-family="inherit"', f'font-family="{fonts}"')
    if "xmlns=" not in head:
        head = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{head}>{ON_PAPER}{body}"


@dataclass(frozen=True)
class Drawing:
    """One picture, or one sheet of a longer one.

    Attributes:
        svg: An SVG element without ids and without a title; `Figure` adds both.
        told: What it shows, in words.
        narrow: The same for a narrow page, where it is another.
    """

    svg: str
    told: str
    narrow: str = ""

    @property
    def width(self) -> float:
        """How wide it is, in the units in which letters are 14 high."""
        return float(self.svg.split('viewBox="0 0 ', 1)[1].split(" ", 1)[0])


class Sheet:
    """An SVG element that is being drawn, from left to right; see the module.

    Args:
        width: How wide it is, in the units in which letters are 14 high.
    """

    def __init__(self, width: float = WIDTH) -> None:
        self.width, self.from_right = round(width, 1), is_from_right()
        self.parts: list[str] = []

    def across(self, x: float) -> str:
        """A place as it is written, mirrored where the room writes from right to left."""
        return f"{self.width - x if self.from_right else x:.4g}"

    def text(
        self,
        x: float,
        y: float,
        words: str,
        anchor: str = "start",
        bold: bool = False,
        tint: str = "",
    ) -> None:
        """Real text, in one line."""
        if self.from_right:
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        look = ' font-weight="bold"' if bold else ""
        look += "" if anchor == "start" else f' text-anchor="{anchor}"'
        if self.from_right or right_to_left(words):  # its marks stand on its own side
            words = ISOLATED.format(words)
        place = f'x="{self.across(x)}" y="{y:g}"'
        self.parts.append(f"<text {place}{look}{_tinted(tint)}>{escape(words)}</text>")

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        anchor: str = "start",
        bold: bool = False,
        tint: str = "",
    ) -> float:
        """Lines of text one below the other, and where the next one would stand."""
        for at, words in enumerate(lines):
            self.text(x, y + at * STEP, words, anchor, bold, tint)
        return y + len(lines) * STEP

    def rule(self, y: float, left: float = 0) -> None:
        """A thin line across the sheet; the wall may turn a page at it."""
        ends = f'x1="{self.across(left)}" y1="{y:g}" x2="{self.across(self.width)}" y2="{y:g}"'
        self.parts.append(f'<line {ends} stroke="currentColor" stroke-opacity="0.3" {THIN}/>')

    def shape(self, fill: str, corners: Sequence[Point], tint: str = "") -> None:
        """A closed shape, a line, or, where there is one corner, a circle; see `SIGNS`."""
        points = [(self.across(x), f"{y:.4g}") for x, y in corners]
        d = "M" + "L".join(f"{x} {y}" for x, y in points) + ("" if fill == LINE else "Z")
        look = _tinted(tint, fill == PAPER)
        self.parts.append(f'<path d="{d}"{FILLS[fill]} stroke="currentColor"{look}/>')

    def circle(self, x: float, y: float, radius: float, fill: str, tint: str = "") -> None:
        """A circle."""
        place = f'cx="{self.across(x)}" cy="{y:.4g}" r="{radius:.3g}"'
        look = _tinted(tint, fill in (PAPER, COVER))
        look += "" if fill == COVER else ' stroke="currentColor"'
        self.parts.append(f"<circle {place}{FILLS[fill]}{look}/>")

    def way(self, points: Sequence[Point], dash: str = FULL, tint: str = PATH) -> None:
        """A line that goes straight to its second point, and in one curve to its last.

        Args:
            points: Where it starts and bends, and two points that bend each curve before its end.
            dash: One of `DASHES`.
            tint: Its tint.
        """
        at = [f"{self.across(x)} {y:.4g}" for x, y in points]
        d = f"M{at[0]}L{at[1]}" + "".join(
            f"C{' '.join(at[first : first + 3])}" for first in range(2, len(at), 3)
        )
        dashes = f' stroke-dasharray="{DASHES[dash]}"' if DASHES[dash] else ""
        round_ = ' stroke-linecap="round"' if dash in (DOTTED, "mixed") else ""
        self.parts.append(
            f'<path d="{d}" fill="none" stroke="currentColor"{dashes}{round_}{_tinted(tint)}/>'
        )

    def sign(self, x: float, y: float, name: str) -> None:
        """One of `SIGNS`, by its middle."""
        tint, shapes = SIGNS[name]
        for fill, corners in shapes:
            if len(corners) == 1:
                self.circle(x, y, corners[0][0], fill, tint)
            else:
                self.shape(fill, [(x + dx, y + dy) for dx, dy in corners], tint)

    def stone(self, x: float, y: float, stone: Stone, fill: str = FULL, size: float = 9) -> None:
        """The stone of a partner, or of those who are no single partner.

        Beyond six partners the shapes come again, with a hole; beyond twelve, with a bar.
        """
        if stone in (ALL, SERVED):
            for at, (dx, dy) in enumerate(_TWO_BY_TWO if stone == ALL else _THREE):
                kind = at if stone == ALL else 0
                self.stone(x + dx * size, y + dy * size, kind, fill, size * 0.42)
            return
        if isinstance(stone, str):
            self.circle(x, y, size * 0.8, OPEN if stone == ONE else DOTTED, "")
            return
        corners = STONES[stone % len(STONES)]
        if corners:
            self.shape(fill, [(x + dx * size, y + dy * size) for dx, dy in corners], PATH)
        else:
            self.circle(x, y, size, fill, PATH)
        if len(STONES) <= stone < 2 * len(STONES):
            self.circle(x, y, size * 0.35, PAPER, PATH)
        elif stone >= 2 * len(STONES):
            self.shape(LINE, [(x - 1.3 * size, y), (x + 1.3 * size, y)], PATH)

    def legend(
        self, y: float, entries: Sequence[tuple[Callable[[float, float], None], str]]
    ) -> float:
        """Signs with their words, as many in a line as there is room; and where it ends."""
        x = 0.0
        for draw, words in entries:
            room = 30 + width(words)
            if x and x + room > self.width:
                x, y = 0, y + 24
            draw(x + 11, y + 11)
            self.text(x + 26, y + 16, words)
            x += room + 14
        return y + 28

    def svg(self, height: float, classes: str = "picture") -> str:
        """The element, as high as told."""
        least = "" if self.width <= WIDTH or "p-wide" in classes else _least_wide(self.width)
        return (
            f'<svg class="{classes}"{least} viewBox="0 0 {self.width:g} {height:g}" '
            f'width="{self.width * SHOWN:.0f}" direction="ltr" font-family="inherit" '
            f'font-size="{LETTER}" fill="currentColor" stroke-width="2" stroke-linejoin="round">'
            f"{''.join(self.parts)}</svg>"
        )


def _least_wide(width: float) -> str:
    """Letters of 11 pixels: on a page that is narrower, the picture is moved with a finger."""
    return f' style="min-inline-size:{width * 11 / LETTER:.0f}px"'


def _tinted(tint: str, paper: bool = False) -> str:
    names = [f"p-{tint}"] if tint else []
    names += ["p-paper"] if paper else []
    return f' class="{" ".join(names)}"' if names else ""


# ------------------------------------------------------------------ words


def width(words: str, bold: bool = False) -> float:
    """How wide a line may become: in the widest of the fonts that pages use."""
    return sum(map(_letter, words)) * (1.12 if bold else 1)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 14.2
    if unicodedata.combining(letter):
        return 0
    if letter in "ijlI.,:;'’|!":
        return 4.9
    if letter in 'frt -()[]/“”"':
        return 6.2
    if letter in "mwMW@%…—–→":
        return 13.8
    return 10.2 if letter.isupper() else 8.9


def wrapped(words: str, room: float, most: int = 3, bold: bool = False) -> list[str]:
    """Words in lines; where there are too many for so many lines, the last one ends in "…"."""
    lines, full, space = [""], 0.0, width(" ", bold)
    for piece in chain.from_iterable(_pieces(word, room, bold) for word in words.split()):
        wide = width(piece, bold)
        if not lines[-1]:
            lines[-1], full = piece, wide
        elif full + space + wide <= room:
            lines[-1], full = f"{lines[-1]} {piece}", full + space + wide
        elif len(lines) == most:
            return [*lines[:-1], _ended(lines[-1], room, bold)]
        else:
            lines.append(piece)
            full = wide
    return lines


def _ended(line: str, room: float, bold: bool) -> str:
    """A line that ends in "…"."""
    while line and width(f"{line} …", bold) > room:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line.rstrip(' .,:;')} …"


def _pieces(word: str, room: float, bold: bool) -> list[str]:
    """A word, in several pieces where it is wider than a line."""
    if width(word, bold) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


# ------------------------------------------------------------------ longer than a sheet


class Block(NamedTuple):
    """Something that stands across a sheet and is not parted: its height, what draws it, in words.

    `draw` is given the sheet and where the block begins; `sign` is what has to be in its legend.
    """

    height: float
    draw: Callable[[Sheet, float], None]
    told: str
    sign: str = ""


def stacked(
    blocks: Sequence[Block], head: Callable[[Sheet, set[str]], float], wide: float = WIDTH
) -> tuple[Drawing, ...]:
    """Blocks one below the other on as few sheets as hold them, about as much on each.

    Args:
        blocks: What stands there.
        head: Draws what comes again on each sheet, given the signs on it, and gives back where it
            ends.
        wide: The width of the sheets.
    """
    top = head(Sheet(wide), {block.sign for block in blocks})
    whole = sum(block.height for block in blocks)
    share = whole / max(1, -(-whole // (TALLEST - top)))
    ends = accumulate((block.height for block in blocks), initial=0.0)
    groups: dict[int, list[Block]] = {}
    for block, begin in zip(blocks, ends, strict=False):
        groups.setdefault(int((begin + block.height / 2) / share), []).append(block)
    drawings = []
    for some in groups.values():
        sheet = Sheet(wide)
        y = head(sheet, {block.sign for block in some})
        for block in some:
            block.draw(sheet, y)
            y += block.height
        sheet.rule(y)
        told = " ".join(block.told for block in some)
        drawings.append(Drawing(sheet.svg(y + 2), told))
    return tuple(drawings)
