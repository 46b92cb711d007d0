"""The text of CSV files: any usual delimiter and encoding, safe to open in a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from partnering.language import tr
from partnering.storage import bounds, encodings
from partnering.storage.assumed import Assumption, Supplied

DELIMITERS = ",;\t|"
Rows = list[list[str]]

# RFC 4180 to the letter: a quote stands only around a whole cell. The wrong delimiter nearly
# always breaks this.
_CLEAN = {
    sign: re.compile(rf'(?:(?:"(?:[^"]++|"")*+"|[^"{sign}\r\n]*+)(?:[{sign}]|\r\n?|\n|\Z))*+')
    for sign in DELIMITERS
}
_QUOTED = re.compile(r'[,;\t|"\r\n]|^\s|\s$')

# What a spreadsheet takes for a formula: = + - @ after any blanks, at the start of a cell, and also
# after a semicolon, tab or line break, since a program that expects another delimiter cuts there.
_BLANK = r"(?:[^\S\t\r\n]|[\x00-\x08\x0e-\x1f\u200b\ufeff])*"
_FORMULA = re.compile(rf"(?:^|(?<=[;\t\r\n]))(?:(?='*+{_BLANK}+[=+\-@＝＋－＠])|\A(?='*[\t\r\n]))")
_NEGATIVE = re.compile(r"'*-\d+(?:[.,]\d+)?")


def guarded(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would run as a formula.

    `unguarded` takes it off again. A negative number stays as it is.
    """
    return text if _NEGATIVE.fullmatch(text) else _FORMULA.sub("'", text)


def unguarded(text: str) -> str:
    """The text as it was before `guarded`: one apostrophe less before what looks like a formula."""
    if "'" not in text or _NEGATIVE.fullmatch(text):
        return text
    pieces, last = [], 0
    for match in _FORMULA.finditer(text):
        if text[match.start() : match.start() + 1] == "'":
            pieces.append(text[last : match.start()])
            last = match.start() + 1
    return "".join([*pieces, text[last:]])


def written(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """The bytes of a CSV file.

    It begins with a byte-order mark: without it Excel takes UTF-8 for an old code page when a file
    is double-clicked. Cells that hold any delimiter are quoted, so that the file can
    be read in one way only. Source: RFC 4180.

    Args:
        rows: The texts of the cells, a sequence a row.
        delimiter: What stands between two cells: one of `DELIMITERS`.
    """
    lines = (delimiter.join(map(_cell, row)) + "\r\n" for row in rows)
    return codecs.BOM_UTF8 + "".join(lines).encode("utf-8", errors="replace")


def _cell(text: str) -> str:
    safe = guarded(text)
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


class _TooMuch(Exception):
    """A row is longer than any partnership, and which; or, with 0, there are too many cells."""


def read(
    data: bytes, likeness: Callable[[Rows], int], name: str = ""
) -> Supplied[tuple[Rows, str]]:
    """The rows of a CSV file and its delimiter.

    Args:
        data: The contents of the file, in UTF-8, UTF-16 or a code page that `encodings` knows.
        likeness: How many headings it knows among rows. With well-formed quotes and rows of one
            length this decides between delimiters.
        name: What the file is called, for the sentence where it cannot be read.

    Raises:
        NotOpened: It holds more than any partnership, or one of its rows does.

    Returns:
        The cells of each row, a record a row as a spreadsheet numbers them; and the delimiter.
        What was assumed of the encoding comes with them.
    """
    told: list[Assumption] = []
    text = encodings.decoded(data).told_to(told)
    rows, delimiter = _rows(text, likeness, name)
    if _is_open_at_end(text, rows, delimiter):
        said = tr(
            "in this row a quotation mark begins a cell and none ends it. All that follows was "
            "taken for one cell. Put the mark where the cell ends, or take it out."
        )
        told.append(Assumption(said, rows=(len(rows),)))
    return Supplied((rows, delimiter), told)


def _is_open_at_end(text: str, rows: Rows, delimiter: str) -> bool:
    """Whether the last cell begins with a quotation mark that nothing closes."""
    if not rows or not rows[-1] or "\n" not in rows[-1][-1]:
        return False
    return len(_parsed(f"{text}\nX", delimiter)) == len(_parsed(text, delimiter))


def _rows(text: str, likeness: Callable[[Rows], int], name: str) -> tuple[Rows, str]:
    """The rows in a text and its delimiter."""
    first, _, rest = text.partition("\n")
    signs = DELIMITERS
    # A line that Excel reads and does not show.
    if said := re.fullmatch(r"sep=([,;\t|])\r?", first, re.IGNORECASE):
        text, signs = rest, said[1]
    best: tuple[bool, int, float, int] | None = None
    found: tuple[Rows, str] = ([], ",")
    too_much: list[int] = []
    for sign in signs:
        if best is None or sign in text or best[2] < 1:
            try:
                rows = _parsed(text, sign)
            except _TooMuch as error:
                too_much.append(error.args[0])
                continue
            clean = bool(_CLEAN[sign].fullmatch(text))
            quality = (clean, likeness(rows), *_evenness(rows))
            if best is None or quality > best:
                best, found = quality, (rows, sign)
    if too_much and not (best and best[1]):  # with another delimiter it only looks like a table
        row = max(too_much)
        raise bounds.row_too_long(name, row) if row else bounds.too_large(name)
    return found


def _parsed(text: str, delimiter: str) -> Rows:
    """The rows of a text. No more of it is copied than the row that is read."""
    csv.field_size_limit(max(csv.field_size_limit(), bounds.LONGEST_ROW + 1))
    rows: Rows = []
    letters = cells = 0

    def lines() -> Iterator[str]:
        nonlocal letters
        for line in re.finditer(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+", text):
            letters += line.end() - line.start()
            if letters > bounds.LONGEST_ROW:
                raise _TooMuch(len(rows) + 1)
            yield line[0]

    for row in csv.reader(lines(), delimiter=delimiter):
        rows.append([unguarded(cell) for cell in row])
        if len(row) > bounds.MOST_COLUMNS:
            break  # it is refused with the number of the row
        letters = 0
        cells += len(row) if any(row) else 0
        if cells > bounds.MOST_CELLS:
            raise _TooMuch(0)
    return rows


def _evenness(rows: Rows) -> tuple[float, int]:
    """The share of rows as long as the first, and that length."""
    filled = [len(row) for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return 0.0, 0
    return filled.count(filled[0]) / len(filled), filled[0]
