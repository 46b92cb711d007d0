"""What tests look for in a PDF: its words in the order in which they were set, where they stand, where links lead."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

HAS_POPPLER = shutil.which("pdftotext") is not None
needs_poppler = pytest.mark.skipif(
    not HAS_POPPLER, reason="there is no pdftotext (poppler-utils) on this computer"
)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


@dataclass(frozen=True)
class Word:
    """A word and the frame around it, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


MM = 72 / 25.4


@dataclass(frozen=True)
class Shape:
    """What is drawn at one go: the frame around it, in points from the upper left corner, and its colour."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[float, ...]

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def drawn(pdf: bytes) -> list[tuple[list[Shape], set[float]]]:
    """For each page what is drawn on it, and the sizes of its letters in points."""
    reader = PdfReader(BytesIO(pdf))
    return [_drawn(page, reader) for page in reader.pages]


def _drawn(page, reader: PdfReader) -> tuple[list[Shape], set[float]]:
    """Typst places everything by one `cm` after each `q`, and writes paths of `m`, `l`, `c` and `h`."""
    height = float(page.mediabox.height)
    shapes, sizes = [], set()
    kept, (scale, x, y), colour, path = [], (1.0, 0.0, 0.0), (), []
    for given, told in ContentStream(page.get_contents(), reader).operations:
        match told:
            case b"q":
                kept.append((scale, x, y))
            case b"Q":
                scale, x, y = kept.pop()
            case b"cm":
                a, _b, _c, d, e, f = map(float, given)
                x, y = x + scale * e, y + scale * f
                scale, turned = scale * abs(a), d
                assert abs(abs(turned) - abs(a)) < 1e-6
            case b"scn" | b"SCN":
                colour = tuple(
                    round(float(share) * 255) for share in given if not isinstance(share, str)
                )
            case b"Tf":
                sizes.add(round(float(given[1]) * scale, 2))
            case b"m" | b"l":
                path.append((float(given[0]), float(given[1])))
            case b"f" | b"S" | b"B":
                across = [x + scale * place for place, _ in path]
                down = [height - y + scale * place for _, place in path]
                if path:
                    shapes.append(Shape(min(across), min(down), max(across), max(down), colour))
                path = []
            case b"n":
                path = []
    return shapes, sizes


def pages(pdf: bytes) -> list[str]:
    """The text of each page, piece by piece as it was set, so that a cell of a table stays together."""
    if not HAS_POPPLER:
        return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return _poppler(pdf, "-raw").split("\f")[:-1]


def placed(pdf: bytes) -> list[tuple[float, float, list[Word]]]:
    """For each page its width, its height, and its words with their frames."""
    found = []
    for page in _poppler(pdf, "-bbox").split("<page ")[1:]:
        width, height = map(float, re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        found.append(
            (
                width,
                height,
                [Word(*map(float, word[:4]), unescape(word[4])) for word in _WORD.findall(page)],
            )
        )
    return found


def _poppler(pdf: bytes, how: str) -> str:
    done = subprocess.run(
        ["pdftotext", how, "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def words(text: str) -> Counter[str]:
    """The words of a text, whether or not a line ends within one."""
    whole = re.sub(
        r"[-\u00ad\u2010\u2011]\s*\n\s*|[-\u00ad\u2010\u2011\u200b\u200e\u200f\u202a-\u202e]",
        "",
        text,
    )
    # letters and figures apart: the number of a note stands close to its word
    return Counter(re.findall(r"[^\W\d_]+|\d+", whole.replace("’", "'").casefold()))


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def headings(pdf: bytes) -> list[tuple[str, int, int, float]]:
    """Every bookmark: its title, its depth, its page (the first is 1), how far above the foot of the page it points."""
    reader = PdfReader(BytesIO(pdf))
    found = []

    def walk(entries: list, depth: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, depth + 1)
            else:
                found.append(
                    (
                        entry.title,
                        depth,
                        reader.get_destination_page_number(entry) + 1,
                        float(entry.top),
                    )
                )

    walk(reader.outline, 1)
    return found


def broken_links(pdf: bytes) -> list[str]:
    """Links inside a PDF that lead nowhere, and links out of it that are no addresses."""
    reader, broken = PdfReader(BytesIO(pdf)), []
    there = {page.indirect_reference.idnum for page in reader.pages}
    for page in reader.pages:
        for link in (note.get_object() for note in page.get("/Annots") or []):
            action = link.get("/A", {})
            if "/URI" in action:
                broken += [] if re.match(r"https?://|mailto:", action["/URI"]) else [action["/URI"]]
                continue
            target = link.get("/Dest") or action.get("/D")
            if isinstance(target, str):
                target = (
                    reader.named_destinations[target].dest_array
                    if target in reader.named_destinations
                    else [None]
                )
            if getattr(target[0], "idnum", None) not in there:
                broken.append(str(target))
    return broken
