"""A first look at a workbook: its parts unpacked within bounds, and its cells counted.

The library that reads workbooks makes room for every cell up to the last one, and a file of a few
kilobytes can name the last cell of a sheet, or a text a thousand times. So the parts are looked
through one after the other before: nothing that a file claims is believed, only what stands in it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from partnering.language import tr, trn
from partnering.storage import bounds, sheets
from partnering.storage.assumed import NOT_READ, Assumption, Supplied, listed

Parts = dict[str, bytes]  # by their names in the workbook, in small letters

OPEN_DOCUMENT = "content.xml"
BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedstrings.xml", "xl/styles.xml"
_HEADER = b"PK\x01\x02"  # stands before each entry of a zip's list
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.IGNORECASE)
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*+>""")
# How nearly every program writes a cell; of a sheet written so alone the last cell is found fast.
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: (?:s|t|cm|vm|ph)="\w*")*+ ?/?>')
_ANY_CELL = re.compile(rb"""<(?:[^\s<>/"':=]+:)?c[\s/>]""")
_OTHER_ENCODING = re.compile(
    rb"""\A[^<]|\A<\?[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE
)
_FAR_ROWS, _FAR_COLUMNS = 1_000, 100  # blank ones, behind which cells stand by mistake
_MOST_MARKS = 1_500_000  # rows and cells, also blank ones


class _Damaged(ValueError):
    """A part is not written as workbooks are."""


class _TooMany(Exception):
    """A part has more rows and cells than any partnership."""


def unpacked(data: bytes, name: str) -> Supplied[Parts]:
    """The parts of a workbook in which its cells stand, without cells far from all others.

    Args:
        data: The contents of the file.
        name: Its name, for the sentence where it holds too much.

    Returns:
        The contents of its parts by their names, and which cells were left out.

    Raises:
        NotOpened: It holds more than any partnership does.
        Exception: It is damaged; `zipfile`, `zlib` and `ElementTree` have many for that.
    """
    if data.count(_HEADER) > 2 * bounds.MOST_PARTS:
        raise bounds.too_large(name)
    parts = _unpacked(data, name)
    told: list[Assumption] = []
    if OPEN_DOCUMENT in parts:
        looked = _seen(parts[OPEN_DOCUMENT], _open_document, name)
        _refuse_too_many(looked, name)
        parts[OPEN_DOCUMENT] = _without_far(parts[OPEN_DOCUMENT], looked, _open_document, told)
    else:
        _look_at_sheets(parts, name, told)
    return Supplied(parts, told)


def packed(parts: Parts) -> bytes:
    """The same parts as a workbook again, which says of itself what is so.

    Args:
        parts: The contents of its parts by their names.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as book:
        for name, part in parts.items():
            asked = name.replace("meta-inf/", "META-INF/")  # an OpenDocument's reader is strict
            book.writestr(zipfile.ZipInfo(asked), part)
    return made.getvalue()


def sheet_parts(parts: Parts) -> Iterator[tuple[str, str]]:
    """The name of each sheet of an Excel workbook, and of the part in which its cells stand.

    Args:
        parts: The contents of its parts by their names.
    """
    if BOOK not in parts:
        return
    links = linked(parts, BOOK)
    for sheet in ElementTree.fromstring(parts[BOOK]).iter():
        if bare(sheet.tag) == "sheet":
            own = next((text for key, text in sheet.attrib.items() if bare(key) == "id"), "")
            _, part = links.get(own, ("", ""))
            if part in parts:
                yield sheet.get("name", ""), part


def linked(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """The parts to which a part of an Excel workbook is linked, by the signs of the links.

    Args:
        parts: The contents of its parts by their names.
        part: The part.

    Returns:
        Of each what it is in small letters, such as `drawing`, and its name.
    """
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}
    if links := parts.get(f"{folder}/_rels/{name}.rels"):
        for link in ElementTree.fromstring(links).iter():
            if target := link.get("Target", ""):
                where = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                what = posixpath.basename(link.get("Type", "")).lower()
                found[link.get("Id", "")] = what, posixpath.normpath(where).lower()
    return found


def bare(tag: str) -> str:
    """The name of a part without its namespace."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def _unpacked(data: bytes, name: str) -> Parts:
    """The parts that are read, together no larger than a partnership is."""
    parts: Parts = {}
    left = bounds.LARGEST
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for entry in book.infolist():
            if not entry.filename.lower().endswith((".xml", ".vml", ".rels", "mimetype")):
                continue  # pictures, macros, settings of printers
            pieces = []
            with book.open(entry) as file:
                while piece := file.read(1 << 16):
                    left -= len(piece)
                    if left < 0:
                        raise bounds.too_large(name)
                    pieces.append(piece)
            own = entry.filename.replace("\\", "/").lstrip("/").lower()
            if own in parts:
                raise _Damaged
            parts[own] = b"".join(pieces)
    return parts


# ---------------------------------------------------------------- what stands in a sheet


@dataclass
class _Cell:
    """A cell, or several of the same, in which something stands.

    Attributes:
        row: The first row, from 0.
        column: The first column, from 0.
        down: How many rows it goes down.
        across: How many columns it goes across.
        begin: Where it begins in its part.
        end: Where its closing mark begins in its part.
    """

    row: int
    column: int
    down: int
    across: int
    begin: int
    end: int


@dataclass
class _Looked:
    """What was seen of a sheet."""

    name: str
    cells: int = 0
    letters: int = 0
    rows: set[tuple[int, int]] = field(default_factory=set)
    columns: set[tuple[int, int]] = field(default_factory=set)
    texts: Counter[str] = field(default_factory=Counter)  # of other parts, by their numbers
    last: tuple[int, int] = (-1, -1)  # the last row and column that count

    def add(self, cell: _Cell) -> None:
        self.cells += cell.down * cell.across
        self.rows.add((cell.row, cell.row + cell.down - 1))
        self.columns.add((cell.column, cell.column + cell.across - 1))

    def measure(self) -> None:
        """Find the last row and column: where laying all out takes too much, without far cells."""
        down = max((last for _, last in self.rows), default=-1)
        across = max((last for _, last in self.columns), default=-1)
        if not bounds.is_fit(down + 1, across + 1, self.cells):
            down, across = bounds.gap(self.rows, _FAR_ROWS), bounds.gap(self.columns, _FAR_COLUMNS)
            if not bounds.is_fit(down + 1, across + 1, self.cells):
                down = across = -1
        self.last = down, across


See = Callable[[str, _Cell, str, int], None]  # a sheet, a cell, the number of its text, letters
Look = Callable[[bytes, See], None]


def _excel_sheet(raw: bytes, see: See) -> None:
    """Show the cells of a sheet of an Excel workbook in which something stands."""
    row = column = -1
    cell: _Cell | None = None
    shared = filled = False
    within, letters, marks = False, 0, 0
    text: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(tag: str, said: dict[str, str]) -> None:
        nonlocal row, column, cell, shared, filled, within, letters, marks
        tag = tag.rpartition(":")[2]
        marks += 1
        if marks > _MOST_MARKS:
            raise _TooMany
        if tag == "c":
            place = said.get("r")
            if place:
                down, column = _at(place)
            else:
                down, column = max(row, 0), column + 1
            cell = _Cell(down, column, 1, 1, parser.CurrentByteIndex, 0)
            shared, filled, letters = said.get("t") == "s", False, 0
            text.clear()
        elif tag == "row":
            number = said.get("r")
            row, column = (int(number) - 1 if number else row + 1), -1
        elif cell is not None and tag in ("v", "t", "f", "is"):
            filled = within = True

    def write(part: str) -> None:
        nonlocal letters
        if within:
            letters += len(part)
            if shared:
                text.append(part)

    def end(tag: str) -> None:
        nonlocal cell, within
        tag = tag.rpartition(":")[2]
        if tag == "c" and cell is not None:
            if filled:
                cell.end = parser.CurrentByteIndex
                see("", cell, "".join(text).strip() if shared else "", letters)
            cell = None
        elif tag in ("v", "t", "f"):
            within = False

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = write
    parser.Parse(raw, True)


def _open_document(raw: bytes, see: See) -> None:
    """Show the cells of all sheets of an OpenDocument workbook in which something stands."""
    name, row, column, down, across = "", 0, 0, 1, 1
    cell: _Cell | None = None
    letters, marks, filled = 0, 0, False
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(tag: str, said: dict[str, str]) -> None:
        nonlocal name, row, column, down, across, cell, letters, filled, marks
        tag = tag.rpartition(":")[2]
        marks += 1
        if marks > _MOST_MARKS:
            raise _TooMany
        if tag in ("table-cell", "covered-table-cell"):
            across = _times(said, "columns", bounds.MOST_COLUMNS)
            cell = _Cell(row, column, down, across, parser.CurrentByteIndex, 0)
            letters, filled = 0, any(key.endswith(("value-type", ":formula")) for key in said)
        elif tag == "s" and cell is not None:
            letters += _number(said, ":c")  # so many blanks
        elif tag == "table-row":
            column, down = 0, _times(said, "rows", bounds.MOST_ROWS)
        elif tag == "table" and cell is None:
            name = next((text for key, text in said.items() if key.endswith(":name")), "")
            row = 0

    def write(part: str) -> None:
        nonlocal letters
        if cell is not None:
            letters += len(part)

    def end(tag: str) -> None:
        nonlocal row, column, cell
        tag = tag.rpartition(":")[2]
        if tag in ("table-cell", "covered-table-cell") and cell is not None:
            if filled or letters:
                cell.end = parser.CurrentByteIndex
                see(name, cell, "", letters * across * down)
            column += across
            cell = None
        elif tag == "table-row":
            row += down
        if row > bounds.MOST_ROWS or column > bounds.MOST_COLUMNS:
            raise _Damaged

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = write
    parser.Parse(raw, True)


def _times(said: dict[str, str], what: str, most: int) -> int:
    times = _number(said, f":number-{what}-repeated")
    if not 0 < times <= most:
        raise _Damaged
    return times


def _number(said: dict[str, str], end: str) -> int:
    """The number that an attribute says whose name ends so; 1 where none does."""
    number = next((said[key] for key in said if key.endswith(end)), "1")
    if not number.isascii() or not number.isdecimal() or len(number) > 7:
        raise _Damaged
    return int(number)


def _at(place: str) -> tuple[int, int]:
    """Row and column, from 0, of a place such as C2; one that no sheet has is damage."""
    found = place_in(place)
    if found is None or found[0] >= bounds.MOST_ROWS or found[1] >= bounds.MOST_COLUMNS:
        raise _Damaged
    return found


def place_in(text: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a place such as C2; None where a text is no place.

    Args:
        text: How a workbook writes the place.
    """
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    across = 0
    for letter in found[1].upper():
        across = across * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, across - 1


# ---------------------------------------------------------------- what is left out


def _look_at_sheets(parts: Parts, name: str, told: list[Assumption]) -> None:
    """Take the far cells out of the sheets of an Excel workbook."""
    strings = parts.get(STRINGS, b"")
    longest = max(map(len, strings.split(b"<si")))  # or more, where it is written otherwise
    left = bounds.LARGEST
    lengths: list[int] | None = None
    cells = letters = 0
    done: dict[str, _Looked] = {}
    listed_sheets = list(sheet_parts(parts))
    if len(listed_sheets) > bounds.MOST_SHEETS:
        raise bounds.too_large(name)
    for sheet, part in listed_sheets:
        looked = done.get(part)
        if looked is None and (plain := _is_plain(parts[part], longest, left)):
            looked = done[part] = _Looked(sheet, plain, len(parts[part]))
        if looked is not None:
            left -= longest * looked.cells
        if looked is None:
            looked = done[part] = _seen(parts[part], _excel_sheet, name).get("", _Looked(""))
            looked.name = sheet
            parts[part] = _without_far(parts[part], {"": looked}, _excel_sheet, told)
        cells, letters = cells + looked.cells, letters + looked.letters
        if longest * looked.texts.total() > bounds.LARGEST // 8:
            lengths = _lengths(strings) if lengths is None else lengths
            for number, times in looked.texts.items():
                at = int(number) if number.isdecimal() and len(number) < 10 else len(lengths)
                letters += times * (lengths[at] if at < len(lengths) else 0)
        if cells > bounds.MOST_CELLS or letters > bounds.LARGEST:
            raise bounds.too_large(name)


def _is_plain(raw: bytes, longest: int, left: int) -> int:
    """How many cells a small sheet has, if it is written as usual; else 0: it is looked through.

    Args:
        raw: The part in which its cells stand.
        longest: How long the longest text is that several cells may have.
        left: How many letters all cells may still have.
    """
    if b"\0" in raw or b"<!" in raw or _OTHER_ENCODING.search(raw):
        return 0
    cells = _PLAIN_CELL.findall(raw)
    if not 0 < len(cells) <= bounds.MOST_CELLS or longest * len(cells) > left:
        return 0
    down = max(int(row) for row in {row for _, row in cells})
    across = max(_at(f"{column.decode()}1")[1] for column in {column for column, _ in cells}) + 1
    fits = down <= bounds.MOST_ROWS and bounds.is_fit(down, across, 0)
    return len(cells) if fits and _count(raw) == len(cells) else 0


def _count(raw: bytes) -> int:
    """How many cells a part has, however they are written; it is fast where that is as usual."""
    if re.search(rb":c[\s/>]", raw) or re.search(rb"<c[/>\t\n\r\f\v]", raw):
        return len(_ANY_CELL.findall(raw))
    return raw.count(b"<c ")


def _refuse_too_many(looked: dict[str, _Looked], name: str) -> None:
    letters = sum(one.letters for one in looked.values())
    cells = sum(one.cells for one in looked.values())
    if len(looked) > bounds.MOST_SHEETS or cells > bounds.MOST_CELLS or letters > bounds.LARGEST:
        raise bounds.too_large(name)


def _seen(raw: bytes, look: Look, name: str) -> dict[str, _Looked]:
    """What stands in the sheets of a part, each measured."""
    found: dict[str, _Looked] = {}

    def see(sheet: str, cell: _Cell, text: str, letters: int) -> None:
        one = found.get(sheet)
        if one is None:
            one = found[sheet] = _Looked(sheet)
        one.add(cell)
        one.letters += letters
        if text:
            one.texts[text] += 1
        if one.cells > bounds.MOST_CELLS:
            raise bounds.too_large(name)

    try:
        look(raw, see)
    except _TooMany:
        raise bounds.too_large(name) from None
    for one in found.values():
        one.measure()
    return found


def _without_far(
    raw: bytes, looked: dict[str, _Looked], look: Look, told: list[Assumption]
) -> bytes:
    """A part without the cells beyond the last row and column of its sheets; these are told."""
    far: dict[str, list[_Cell]] = {}

    def see(sheet: str, cell: _Cell, _text: str, _letters: int) -> None:
        down, across = looked[sheet].last
        if cell.row > down or cell.column > across:
            far.setdefault(sheet, []).append(cell)

    if all(_is_whole(one) for one in looked.values()):
        return raw
    look(raw, see)
    for sheet, left_out in far.items():
        told.append(_told(looked[sheet], left_out))
    pieces, at = [], 0
    for cell in sorted((cell for each in far.values() for cell in each), key=lambda one: one.begin):
        mark = _TAG.match(raw, cell.end)
        if not mark:
            raise _Damaged
        pieces.append(raw[at : cell.begin])
        at = mark.end()
    return b"".join([*pieces, raw[at:]])


def _is_whole(one: _Looked) -> bool:
    down = max((last for _, last in one.rows), default=-1)
    across = max((last for _, last in one.columns), default=-1)
    return one.last == (down, across)


def _told(one: _Looked, left_out: list[_Cell]) -> Assumption:
    """That cells were left out, and where they stand."""
    if one.last == (-1, -1):
        return Assumption(
            tr(
                "its cells are too far from each other, so nothing of this sheet was read. Copy "
                "what is needed into a new sheet, and try again."
            ),
            sheet=one.name,
            kind=NOT_READ,
        )
    places = [f"{sheets.letters(cell.column)}{cell.row + 1}" for cell in left_out]
    return Assumption(
        trn(
            "{cells} is far from all the rest, so it was not read. If it is needed, move it to "
            "the rest, and try again.",
            "{cells} are far from all the rest, so they were not read. If something is needed "
            "there, move it to the rest, and try again.",
            len(places),
        ).format(cells=listed(places)),
        sheet=one.name,
        kind=NOT_READ,
    )


def _lengths(raw: bytes) -> list[int]:
    """How many letters each text has in the part that holds the texts of all sheets."""
    found: list[int] = []
    within = False
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(tag: str, _said: dict[str, str]) -> None:
        nonlocal within
        tag = tag.rpartition(":")[2]
        if tag == "si":
            found.append(0)
        within = tag == "t"

    def write(part: str) -> None:
        if within and found:
            found[-1] += len(part)

    def end(_tag: str) -> None:
        nonlocal within
        within = False

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = write
    parser.Parse(raw, True)
    return found
