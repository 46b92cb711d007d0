"""What people leave in a workbook beside its answers, and what they have struck through.

Notes that are pinned to cells, text boxes, pictures, buttons, files within the file: the library
that reads workbooks gives the cells alone. So each is told with its place and its words. An answer
that is struck through counts as it stands, and that is told as well: only its owner knows whether
it still holds. A word that would open something to more people does not count any more.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from xml.etree import ElementTree

from partnering.language import mark, tr, trn
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import Kind
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.schema.unknown import can_read, may_mean
from partnering.storage import bounds, form_marks, headings, sheets, workbook_parts, xlsx_lost
from partnering.storage.assumed import NOT_READ, SUPPLIED, Assumption, shortened
from partnering.storage.workbook_parts import OPEN_DOCUMENT, STRINGS, STYLES, Parts, bare

MOST_TOLD = 20  # of one sheet, each in a sentence of its own
MOST = 20_000  # of one workbook
NOTE, BOX, PICTURE, DAMAGED = "note", "box", "picture", "damaged"
CONTROL, OBJECT = "control", "object"

_PARTED = re.compile(r"[/.:>\[\]]+")  # in a heading of a form tool: groups, questions, items
_IN_SHAPES = {"v:textbox": "text", "x:anchor": "anchor", "x:checked": "checked"}  # parts of VML

Place = tuple[int, int]  # row and column, from 0
Cells = Mapping[str, list[list[object]]]
_Seen = tuple[Place, str, str]  # where, what, and its words


@dataclass(frozen=True)
class Beside:
    """Something that is pinned to a cell, or lies over cells.

    Attributes:
        sheet: The sheet.
        place: Its cell, or the first that it covers.
        what: `NOTE`, `BOX` or `PICTURE`; `CONTROL`, a box to tick or a list; `OBJECT`, a file in
            the file; `DAMAGED` where it cannot be told what it is.
        text: Its words; none of a picture.
    """

    sheet: str
    place: Place
    what: str
    text: str = ""


def told(parts: Parts, cells: Cells, name: str) -> list[Assumption]:
    """What is told of all that stands beside the answers, sheet by sheet.

    A struck-through cell that would open something to more people is changed so that it is read as
    the question it is.

    Args:
        parts: The parts of a workbook, as `workbook_parts` gives them.
        cells: The cells of its sheets; of other sheets nothing is told.
        name: What the workbook is called, for the sentence where it holds too much.

    Raises:
        NotOpened: It holds more of this than any partnership.
        KeyError, ValueError or ElementTree.ParseError: It is damaged.
    """
    found: dict[str, dict[Beside, None]] = {}
    ours = _ours()
    beside = _in_open_document(parts) if OPEN_DOCUMENT in parts else _in_excel(parts)
    for count, one in enumerate(beside, start=1):
        if count > MOST:
            raise bounds.too_large(name)
        if one.sheet in cells and not (one.what == NOTE and plain(one.text) in ours):
            found.setdefault(one.sheet, {})[one] = None
    sentences = [one for some in found.values() for one in _told(list(some))]
    for sheet, struck in _struck(parts).items():
        rows = cells.get(sheet, [])
        sentences += [*_without_open(sheet, struck, rows), *_told_struck(sheet, struck, rows)]
    return sentences


# ---------------------------------------------------------------- the sentences


_SAID = {  # of what stands beside the cells; {text} are its words
    NOTE: mark(
        "a note is pinned to this cell, and was not read: “{text}”. If it belongs to the answer, "
        "type it into a cell."
    ),
    BOX: mark(
        "a text box lies over the cells here, and was not read: “{text}”. If it holds an answer, "
        "type it into a cell."
    ),
    CONTROL: mark(
        "a box to tick, a list or a button lies over the cells here, and was not read: “{text}”. "
        "If it holds an answer, type it into a cell."
    ),
    OBJECT: mark(
        "another file lies in this sheet, and was not read. If it holds an answer, type that into "
        "a cell."
    ),
    DAMAGED: mark(
        "what is pinned to this sheet, or lies over it, cannot be read. Look at the sheet itself."
    ),
    PICTURE: mark(
        "a picture lies over the cells here, and was not read. If it shows an answer, type that "
        "into a cell."
    ),
}


def _told(some: list[Beside]) -> Iterator[Assumption]:
    """The sentences for what stands beside the cells of one sheet; of very many the first."""
    for one in some[:MOST_TOLD]:
        said = tr(_SAID[one.what]).format(text=shortened(one.text) or "…")
        yield _at(one.sheet, one.place, said, NOT_READ)
    if left := some[MOST_TOLD:]:
        said = trn(
            "{count} more note or picture here was not read. Look at the sheet itself.",
            "{count} more notes or pictures here were not read. Look at the sheet itself.",
            len(left),
        ).format(count=len(left))
        rows = tuple(dict.fromkeys(one.place[0] + 1 for one in left))
        yield Assumption(said, sheet=left[0].sheet, rows=rows, kind=NOT_READ)


def _told_struck(
    sheet: str, struck: Mapping[Place, str], rows: list[list[object]]
) -> Iterator[Assumption]:
    """The sentences for what is struck through in one sheet; of very many the first."""
    filled = {}
    for (down, across), words in struck.items():
        cell = rows[down][across] if down < len(rows) and across < len(rows[down]) else ""
        if text := words or sheets.text_of(cell).strip():
            filled[down, across] = text
    for place in list(filled)[:MOST_TOLD]:
        said = tr(
            "“{text}” is struck through here, and was read like the rest. If it does not count any "
            "more, delete it."
        ).format(text=shortened(filled[place]))
        yield _at(sheet, place, said)
    if left := list(filled)[MOST_TOLD:]:
        said = trn(
            "{count} more cell here is struck through, and was read like the rest.",
            "{count} more cells here are struck through, and were read like the rest.",
            len(left),
        ).format(count=len(left))
        yield Assumption(said, sheet=sheet, rows=tuple(dict.fromkeys(row + 1 for row, _ in left)))


def _without_open(
    sheet: str, struck: dict[Place, str], rows: list[list[object]]
) -> Iterator[Assumption]:
    """Mark the struck-through words that protect people less than none, and tell each.

    Only under a heading that may ask for them: “service contract” is also what money is for.
    """
    table = sheets.table_named(sheet)
    protecting = [
        (each, column)
        for each in ([table] if table else TABLES.values())
        for column in each.columns
        if column.kind.stricter is not None
    ]

    @cache
    def above(across: int) -> list[str]:
        texts = (sheets.text_of(row[across]) for row in rows if across < len(row))
        return [*islice(filter(str.strip, texts), headings.LOOKED_AT)]

    for down, across in list(struck):
        cell = rows[down][across] if down < len(rows) and across < len(rows[down]) else ""
        text = sheets.text_of(cell).strip()
        before = map(sheets.text_of, rows[down][:across]) if text and _is_upright(table) else ()
        opens = [one for one in protecting if text and _is_open(one[1].kind, text)]
        if opens and _stands_under(opens, [*above(across), *before]):
            del struck[down, across]
            rows[down][across] = tr("{text} (struck through)").format(text=text)
            said = tr("“{text}” is struck through here, so it does not count. Type what counts.")
            yield _at(sheet, (down, across), said.format(text=shortened(text)), NOT_READ)


def _is_upright(table: Table | None) -> bool:
    """Whether what is before a cell in its row may be its heading."""
    return table is None or table.upright


def _stands_under(columns: Sequence[tuple[Table, Column]], texts: Iterable[str]) -> bool:
    """Whether one of some texts may be the heading of one of some columns, each with its table."""
    ways = {way for text in texts for way in (text, *_PARTED.split(text)) if way.strip()}
    ours = {column.name: column for _, column in columns}  # that of several tables once
    return any(
        any(table.meant_by(way) == column.name for table, column in columns)
        or any(may_mean(way, column) for column in ours.values())
        for way in ways
    )


def _is_open(kind: Kind, text: str) -> bool:
    """Whether a text protects people less than what counts where nothing can be read."""
    counts, stricter = kind.counts_as(text), kind.stricter
    if counts is None or stricter is None or not can_read(kind, text):
        return False
    return kind.strictness(counts) < kind.strictness(stricter)


def _at(sheet: str, place: Place, said: str, kind: str = SUPPLIED) -> Assumption:
    row, column = place
    return Assumption(said, "", sheet, (row + 1,), sheets.letters(column), kind)


def _ours() -> set[str]:
    """The help that the handbook itself pins to headings, in a form below a few words more."""
    helps = [column.help for table in TABLES.values() for column in table.columns if column.help]
    alone = [way for text in helps for way in (text, tr(text))]
    above = ["", *(f"{way} " for text in form_marks.ABOVE_HELP for way in (text, tr(text)))]
    return {plain(first + text) for first in above for text in alone}


# ---------------------------------------------------------------- Excel


def _in_excel(parts: Parts) -> Iterator[Beside]:
    """What stands beside the cells of an Excel workbook; each part is read once."""
    known: dict[str, list[_Seen]] = {}
    read: dict[str, Callable[[Parts, str], Iterator[_Seen]]] = {
        "threadedcomment": _notes,  # before the notes in which Excel tells older ones of them
        "comments": _notes,
        "vmldrawing": _drawn_before_2007,  # before the boxes in which Excel tells them again
        "drawing": _drawn,
    }
    for sheet, part in workbook_parts.sheet_parts(parts):
        linked = workbook_parts.linked(parts, part).values()
        threads: set[Place] = set()
        told_before: set[str] = set()
        objects = sum(what in ("oleobject", "package") for what, _ in linked)
        for kind, look in read.items():
            for other in [name for what, name in linked if what == kind and name in parts]:
                if other not in known:
                    known[other] = _as_far_as_read(look(parts, other))
                for place, what, text in known[other]:
                    if kind == "threadedcomment":
                        threads.add(place)
                    if what == CONTROL:
                        told_before.add(text.partition("\n")[0])
                    is_again = (kind == "comments" and place in threads) or (
                        kind == "drawing" and text in told_before
                    )
                    if what == OBJECT:
                        objects, is_again = objects - 1, objects < 1
                    if not is_again:
                        yield Beside(sheet, place, what, text)
        for _ in range(objects):
            yield Beside(sheet, (0, 0), OBJECT)


def _as_far_as_read(seen: Iterator[_Seen]) -> list[_Seen]:
    """What stands in one part, and that more may stand there where it is damaged."""
    found: list[_Seen] = []
    try:
        for one in seen:
            found.append(one)
            if len(found) > MOST:  # it is refused
                break
    except ElementTree.ParseError:
        found.append(((0, 0), DAMAGED, ""))
    return found


def _notes(parts: Parts, name: str) -> Iterator[_Seen]:
    """The notes of one part, be they of the older or the newer type."""
    for _event, part in ElementTree.iterparse(io.BytesIO(parts[name])):
        if bare(part.tag) in ("comment", "threadedComment"):
            text = "".join(
                each.text or "" for each in part.iter() if bare(each.tag) in ("t", "text")
            )
            if place := workbook_parts.place_in(part.get("ref", "").partition(":")[0]):
                yield place, NOTE, text.strip()
            part.clear()


def _drawn(parts: Parts, name: str) -> Iterator[_Seen]:
    """The text boxes, pictures and drawn lists (SmartArt) of one part."""
    diagrams = {
        own: _lines(ElementTree.fromstring(parts[other]))
        for own, (what, other) in workbook_parts.linked(parts, name).items()
        if what == "diagramdata" and other in parts
    }
    for _event, part in ElementTree.iterparse(io.BytesIO(parts[name])):
        if not bare(part.tag).endswith("Anchor"):
            continue
        tags = {bare(each.tag) for each in part.iter()}
        first = next((each for each in part if bare(each.tag) == "from"), None)
        at = {bare(each.tag): each.text or "" for each in first if each.text} if first else {}
        place = _number(at.get("row", "")), _number(at.get("col", ""))
        links = {
            text
            for each in part.iter()
            if bare(each.tag) == "relIds"
            for text in each.attrib.values()
        }
        lines = [_lines(part), *(diagrams[own] for own in diagrams if own in links)]
        if text := "\n".join(filter(None, lines)):
            yield place, BOX, text
        elif "pic" in tags:
            yield place, PICTURE, ""
        part.clear()


def _lines(part: ElementTree.Element) -> str:
    """The paragraphs within a drawing below each other, each once."""
    lines = [_words(each, "t") for each in part.iter() if bare(each.tag) == "p"]
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _drawn_before_2007(parts: Parts, name: str) -> Iterator[_Seen]:
    """The text boxes, boxes to tick, lists and files of one part in VML, but no notes.

    Source: [MS-OI29500] 2.4. The words in it are HTML, which is not always well-formed.
    """
    reader = _Shapes()
    is_damaged = False
    try:
        reader.feed(parts[name].decode("utf-8", errors="replace"))
    except AssertionError:  # so it refuses a mark such as <![foo[
        is_damaged = True
    for shape in reader.shapes:
        kind, text = shape["type"].lower(), " ".join(shape["text"].split())
        at = [part.strip() for part in shape["anchor"].split(",")]
        place = (_number(at[2]), _number(at[0])) if len(at) == 8 else (0, 0)
        if kind == "pict":
            yield place, OBJECT, ""
        elif kind in ("textbox", "rect", "shape", "oval") and text:
            yield place, BOX, text
        elif kind not in ("", "note", "textbox", "rect", "shape", "oval"):
            state = tr("ticked") if shape["checked"].strip() == "1" else ""
            yield place, CONTROL, "\n".join(filter(None, (text, state)))
    if is_damaged:
        yield (0, 0), DAMAGED, ""


class _Shapes(HTMLParser):
    """The shapes of a part in VML, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.shapes: list[dict[str, str]] = []
        self._within = ""

    def handle_starttag(self, tag: str, said: list[tuple[str, str | None]]) -> None:
        if tag in ("v:shape", "v:rect", "v:oval"):
            self.shapes.append({"type": "", "text": "", "anchor": "", "checked": ""})
        elif tag == "x:clientdata" and self.shapes:
            self.shapes[-1]["type"] = dict(said).get("objecttype") or ""
        if tag in ("br", "div", "p"):
            self.handle_data(" ")
        self._within = _IN_SHAPES.get(tag, self._within)

    def handle_endtag(self, tag: str) -> None:
        if tag in _IN_SHAPES:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within and self.shapes:
            self.shapes[-1][self._within] += data


def _words(part: ElementTree.Element, tag: str) -> str:
    return "".join(each.text or "" for each in part.iter() if bare(each.tag) == tag).strip()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0


# ---------------------------------------------------------------- OpenDocument


def _in_open_document(parts: Parts) -> Iterator[Beside]:
    """What stands beside the cells of an OpenDocument workbook."""
    raw = parts[OPEN_DOCUMENT]
    if not re.search(rb"[<:]annotation[\s>]|<draw:", raw):
        return
    controls = dict(_controls(raw))
    for sheet, place, _, cell in xlsx_lost.cells_of_open_document(raw):
        for part in cell:
            space, _, tag = part.tag.rpartition("}")
            if tag == "annotation":
                yield Beside(sheet, place, NOTE, xlsx_lost.paragraphs(part))
            elif space.endswith(":drawing:1.0"):
                text = xlsx_lost.paragraphs(part)
                tags = {bare(each.tag) for each in part.iter()}
                if text:
                    yield Beside(sheet, place, BOX, text)
                elif "image" in tags and "object" not in tags:  # an object is a diagram
                    yield Beside(sheet, place, PICTURE)
                elif "control" in tags:
                    yield Beside(sheet, place, CONTROL, _control(part, controls))


def _controls(raw: bytes) -> Iterator[tuple[str, str]]:
    """The boxes to tick, lists and the like of an OpenDocument workbook, by their signs."""
    for _event, part in ElementTree.iterparse(io.BytesIO(raw)) if b"<form:" in raw else ():
        if part.tag.rpartition("}")[0].endswith(":form:1.0"):
            said = {bare(key): text for key, text in part.attrib.items()}
            state = tr("ticked") if said.get("current-state") == "checked" else ""
            typed = said.get("current-value", "")
            yield said.get("id", ""), "\n".join(filter(None, (said.get("label", ""), typed, state)))


def _control(part: ElementTree.Element, controls: Mapping[str, str]) -> str:
    own = next((text for key, text in part.attrib.items() if bare(key) == "control"), "")
    return controls.get(own, "")


# ---------------------------------------------------------------- struck through


def _struck(parts: Parts) -> dict[str, dict[Place, str]]:
    """The cells that are struck through, by sheet and place.

    Their text is the words that are, where it is not the whole cell; else "".
    """
    if OPEN_DOCUMENT in parts:
        return _struck_in_open_document(parts[OPEN_DOCUMENT])
    looks = _struck_looks(parts.get(STYLES, b""))
    texts = dict(_struck_texts(parts.get(STRINGS, b"")))
    found: dict[str, dict[Place, str]] = {}
    for sheet, part in workbook_parts.sheet_parts(parts):
        raw = parts[part]
        if not texts and b"<strike" not in raw and not looks & _in_quotes(rb' s="(\d+)"', raw):
            continue
        for _event, cell in ElementTree.iterparse(io.BytesIO(raw)):
            if bare(cell.tag) != "c":
                continue
            place = workbook_parts.place_in(cell.get("r", ""))
            value = next((each.text or "" for each in cell if bare(each.tag) == "v"), "")
            words = _struck_words(cell)
            if cell.get("t") == "s":
                words = texts.get(value, "")
            if place and (words or cell.get("s", "0") in looks):
                found.setdefault(sheet, {})[place] = words
            cell.clear()
    return found


def _in_quotes(pattern: bytes, raw: bytes) -> set[str]:
    return {text.decode(errors="replace") for text in re.findall(pattern, raw)}


def _is_on(part: ElementTree.Element) -> bool:
    return part.get("val", "1").lower() not in ("0", "false", "off")


def _is_struck(part: ElementTree.Element) -> bool:
    return any(bare(each.tag) == "strike" and _is_on(each) for each in part)


def _struck_looks(raw: bytes) -> set[str]:
    """The numbers of the cells' looks of an Excel workbook by which text is struck through."""
    if b"strike" not in raw:
        return set()
    inside = {bare(part.tag): part for part in ElementTree.fromstring(raw)}
    struck = {
        str(number) for number, font in enumerate(inside.get("fonts", ())) if _is_struck(font)
    }
    looks = inside.get("cellXfs", ())
    return {str(number) for number, look in enumerate(looks) if look.get("fontId") in struck}


def _struck_texts(raw: bytes) -> Iterator[tuple[str, str]]:
    """The texts of an Excel workbook of which words are struck through: their numbers and these."""
    if b"strike" not in raw:
        return
    number = 0
    for _event, part in ElementTree.iterparse(io.BytesIO(raw)):
        if bare(part.tag) == "si":
            if words := _struck_words(part):
                yield str(number), words
            number += 1
            part.clear()


def _struck_words(part: ElementTree.Element) -> str:
    """The words within a text, or a cell, that are struck through."""
    runs = [each for each in part.iter() if bare(each.tag) == "r"]
    struck = [run for run in runs if any(_is_struck(look) for look in run)]
    return " ".join(filter(None, (_words(run, "t") for run in struck)))


def _struck_in_open_document(raw: bytes) -> dict[str, dict[Place, str]]:
    """The same of an OpenDocument workbook; of columns that are struck through whole nothing."""
    looks = set()
    if b":text-line-through-" in raw:
        for _event, part in ElementTree.iterparse(io.BytesIO(raw)):
            if bare(part.tag) == "style":
                for each in part:
                    said = {bare(key): text for key, text in each.attrib.items()}
                    line = (
                        said.get(f"text-line-through-{how}", "none") for how in ("style", "type")
                    )
                    if set(line) != {"none"}:
                        looks |= {text for key, text in part.attrib.items() if bare(key) == "name"}
            elif bare(part.tag) == "automatic-styles":
                break
    if not looks & _in_quotes(rb'style-name="([^"]*)"', raw):
        return {}
    found: dict[str, dict[Place, str]] = {}
    for sheet, place, _, cell in xlsx_lost.cells_of_open_document(raw):
        spans = [each for part in cell if bare(part.tag) == "p" for each in part.iter()]
        words = " ".join("".join(each.itertext()) for each in spans if _look_of(each) in looks)
        if words or _look_of(cell) in looks:
            found.setdefault(sheet, {})[place] = words.strip()
    return found


def _look_of(part: ElementTree.Element) -> str:
    return next((text for key, text in part.attrib.items() if bare(key) == "style-name"), "")
