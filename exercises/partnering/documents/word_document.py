"""Word documents (.docx): text as typed, whatever it looks like; tables and pictures.

Every page has a footer.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import chain, repeat

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from markupsafe import escape

from partnering.language import right_to_left
from partnering.results import drawing

FONT = "Arial"  # on every computer under this name, or in letters as wide
NARROWER = 0.88  # how wide it is at most, where the widest font that pages use is 1
WIDTH = Cm(17)  # what fits between the margins
LETTERS = 80  # about how many letters that is
MANY = 6  # more columns than this take a smaller letter
USUAL, SMALL, LEAST = 19, 17, 15  # sizes of letters in a table, in half points
MARGINS = 6  # on both sides of what stands in a cell, in points
BELOW = 3  # what stands below a close table, in points
TWIPS = 20  # of which a point has so many
CLOSE = 15  # over and under what stands in a close cell, in twips
NINE = 18  # the same on the page of a board, and no smaller there
STEP = 1.15  # from line to line in a close table, in parts of the size of letters
LONGEST_WORD = 20  # letters for which a column makes room without being asked
LONGEST_TEXT = 60  # letters from which a longer text makes a column no wider
_LINE_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CUT = re.compile(r"(?: …|\s*\([^()]*)? …$")  # with what is half a bracket, or ended so already
_FORBIDDEN = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# a number that Word and LibreOffice fill in: nothing of it comes from what was typed
_NUMBER = (
    '<w:fldChar {} w:fldCharType="begin"/>',
    '<w:instrText {} xml:space="preserve"> {} </w:instrText>',
    '<w:fldChar {} w:fldCharType="end"/>',
)
_LINE = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="999999"/>'


def clean(text: object) -> str:
    """Text without what XML cannot hold; a line break of any kind stays one."""
    return _FORBIDDEN.sub("\ufffd", _LINE_BREAK.sub("\n", str(text)))


def new(title: str, footer: str) -> Opened:
    """An empty document of A4 pages.

    Args:
        title: The title in the properties of the document.
        footer: The sentence at the foot of every page.

    Returns:
        The document, with headings of four levels.
    """
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(title)[:255], "", ""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.4)
    page.header_distance = page.footer_distance = Cm(0.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    document.styles["Title"].font.size = Pt(20)
    normal.paragraph_format.space_after = Pt(6)
    for level in range(4):
        style = document.styles["Title" if level == 0 else f"Heading {level}"]
        style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt((0, 18, 12, 4)[level])
        style.paragraph_format.space_after = Pt((6, 4, 3, 1)[level])
        style.element.get_or_add_rPr().get_or_add_rFonts().attrib.pop(qn("w:asciiTheme"), None)
    foot = page.footer.paragraphs[0]
    foot.text = clean(footer) + "\t"
    foot.style = document.styles["Normal"]  # that of a footer has tabs of its own
    foot.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for part in ("PAGE", "/", "NUMPAGES"):
        run = foot.add_run(" / " if part == "/" else "")
        if part != "/":
            run._r.extend(parse_xml(xml.format(nsdecls("w"), part)) for xml in _NUMBER)
    for run in foot.runs:
        run.font.size = Pt(9)
    return document


def new_page(document: Opened) -> None:
    """What follows begins on a page of its own."""
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def heading(document: Opened, text: str, level: int) -> None:
    """A heading; level 0 is the title."""
    added = document.add_paragraph(clean(text))
    # by its id: to look a style up by its name takes a millisecond
    added._p.style = f"Heading{level}" if level else "Title"
    turned(added)


def paragraph(document: Opened, text: str, bold: bool = False, small: bool = False) -> Paragraph:
    """A paragraph, from right to left where its letters are."""
    added = document.add_paragraph()
    run = added.add_run(clean(text))
    run.bold = bold or None
    run.font.size = Pt(9) if small else None
    turned(added)
    return added


# what stands after w:bidi in a paragraph's properties, in the order of the format
_AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)


def turned(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left where its letters do."""
    if not right_to_left(paragraph.text):
        return
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        for run in paragraph.runs:
            run.font.rtl = True


def table(
    document: Opened,
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    small: bool = False,
) -> None:
    """Add a table whose headings come again on every page.

    Args:
        document: The document.
        heads: The headings, one a column.
        rows: The cells of each line; a tuple or list of texts is shown as a list.
        small: Whether it stands close, in letters of 9 points, as on the page of a board.
    """
    (top, *lines), size, widths = _laid_out(heads, rows, small)
    room = CLOSE if small else 50  # over and under what stands in a cell, in twips
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    close = ' w:line="240" w:lineRule="auto"' if small else ""
    head = _row(top, widths, size, close, more="<w:tblHeader/>", bold=True)
    body = "".join(_row(row, widths, size, close) for row in lines)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{WIDTH.twips}" w:type="dxa"/>'
        f'<w:tblBorders>{_LINE}<w:insideH w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{room}" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
        f'<w:bottom w:w="{room}" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    below = document.add_paragraph().paragraph_format
    below.space_after, below.line_spacing = Pt(0), Pt(BELOW if small else 12)


def height(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> float:
    """How high a close table becomes at most, in points, with what stands below it.

    Args:
        heads: The headings, one a column.
        rows: The cells of each line.
    """
    lines, size, widths = _laid_out(heads, rows, small=True)
    deepest = (
        max(
            sum(lines_in(text, _room(width), size / 2) for text in cell)
            for cell, width in zip(row, widths, strict=True)
        )
        for row in lines
    )
    each = 2 * CLOSE / TWIPS + 0.5
    return BELOW + sum(deep * size / 2 * STEP + each for deep in deepest)


def in_lines(
    heads: Sequence[str], rows: Sequence[Sequence[object]], at: int, most: int
) -> list[str]:
    """The texts of one column of a close table, each in at most so many lines.

    Args:
        heads: The headings, one a column.
        rows: The cells of each line.
        at: The place of the column.
        most: How many lines; a longer text ends in "…".
    """
    _, size, widths = _laid_out(heads, rows, small=True)
    room = _units(_room(widths[at]), size / 2)
    return [_CUT.sub(" …", " ".join(drawing.wrapped(clean(row[at]), room, most))) for row in rows]


def lines_in(text: str, room: float, size: float) -> int:
    """How many lines a text takes at most.

    Args:
        text: The text.
        room: How wide a line may be, in points.
        size: The size of its letters, in points.
    """
    parts = clean(text).split("\n")
    return sum(len(drawing.wrapped(part, _units(room, size), len(part) + 1)) for part in parts)


def _units(room: float, size: float) -> float:
    """Points of our font, in letters so high, as units of `wrapped`, whose font is wider."""
    return room / NARROWER * drawing.LETTER / size


def _room(width: int) -> float:
    """How wide a line may be in a column of so many twips, in points."""
    return width / TWIPS - MARGINS


def _laid_out(
    heads: Sequence[str], rows: Sequence[Sequence[object]], small: bool
) -> tuple[list[list[list[str]]], int, list[int]]:
    """The lines of all cells, the size of their letters, and the widths of the columns."""
    lines = [[*map(_lines, row)] for row in (heads, *rows)]
    if small:
        return lines, NINE, _close_widths(lines)
    return lines, *_widths(lines, SMALL if len(heads) > MANY else USUAL)


def _row(
    cells: Sequence[list[str]],
    widths: list[int],
    size: int,
    close: str,
    more: str = "",
    bold: bool = False,
) -> str:
    """A row that does not break across pages; `close` sets its lines, `more` is what else it is."""
    filled = "".join(map(_cell, cells, widths, repeat(size), repeat(close), repeat(bold)))
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{filled}</w:tr>"


def _lines(cell: object) -> list[str]:
    """The lines of a cell; several texts are a list."""
    lines = (list(map(str, cell)) or [""]) if isinstance(cell, tuple | list) else [str(cell)]
    return [f"– {line}" for line in lines] if len(lines) > 1 else lines


def _widths(rows: Sequence[Sequence[list[str]]], size: int) -> tuple[int, list[int]]:
    """The size of the letters in half points, and the width of each column in twips.

    A column gets what its longest word needs; what is left is shared, the longer its texts, the
    more. Where the words do not fit beside each other the letters are smaller, never a word broken
    before that.
    """
    needed, wished = [], []
    for column in zip(*rows, strict=True):
        texts = list(chain.from_iterable(column))
        words = chain.from_iterable(text.split() for text in texts)
        word, text = max(map(len, words), default=0), max(map(len, texts))
        needed.append(min(word, LONGEST_WORD) + 2)
        wished.append(max(needed[-1], min(text + 2, LONGEST_TEXT)))
    while sum(needed) > LETTERS * USUAL / size and size > LEAST:
        size -= 1
    left = max(LETTERS * USUAL / size - sum(needed), 0) / max(sum(wished) - sum(needed), 1)
    shares = [few + (much - few) * min(left, 1) for few, much in zip(needed, wished, strict=True)]
    return size, [int(WIDTH.twips * share / sum(shares)) for share in shares]


def _close_widths(rows: Sequence[Sequence[list[str]]]) -> list[int]:
    """The width of each column of a close table, in twips: the longest texts have what is left."""
    wished = []
    for column in zip(*rows, strict=True):
        widest = max(drawing.width(text, bold=True) for text in chain.from_iterable(column))
        wished.append(widest * NARROWER * (NINE / 2) / drawing.LETTER + MARGINS)
    main = wished.index(max(wished))
    most = WIDTH.pt * 0.6 / max(len(wished) - 1, 1)  # of each of the others
    widths = [min(one, most) for one in wished]
    widths[main] = WIDTH.pt - sum(widths) + widths[main]
    return [int(one * TWIPS) for one in widths]


def _cell(lines: list[str], width: int, size: int, close: str, bold: bool) -> str:
    paragraphs = "".join(_paragraph(line, size, close, bold) for line in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str, size: int, close: str, bold: bool) -> str:
    from_right = right_to_left(text)
    look = "<w:b/>" if bold else ""
    keep = "<w:keepNext/>" if bold else ""  # a head never stands alone at the foot of a page
    look += f'<w:sz w:val="{size}"/>' + ("<w:rtl/>" if from_right else "")
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in clean(text).split("\n")
    )
    way = "<w:bidi/>" if from_right else ""
    return (
        f'<w:p><w:pPr>{keep}{way}<w:spacing w:after="0"{close}/></w:pPr>'
        f"<w:r><w:rPr>{look}</w:rPr>{runs}</w:r></w:p>"
    )


def pictures(document: Opened, sheets: Sequence[tuple[bytes, str, float]]) -> None:
    """Pictures with their text alternatives, beside each other where there is room.

    Args:
        document: The document.
        sheets: For each the bytes of its file, what it shows in words, and how wide it is, in the
            units in which its letters are 14 high; here they become 8.5 points high.
    """
    place = document.add_paragraph()
    for png, told, width in sheets:
        added = place.add_run().add_picture(io.BytesIO(png), width=min(WIDTH, Pt(width * 8.5 / 14)))
        added._inline.docPr.set("descr", clean(told))
        place.add_run(" ")


def contents(document: Opened) -> bytes:
    """The document as the bytes of its file."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
