"""Word documents (.docx): text as typed, whatever it looks like; tables, pictures, and a footer on every page."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Opened
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from markupsafe import escape

from partnering.paper.typst_pdf import right_to_left

Cell = str | Sequence[str]
WIDTH, LETTERS = (
    Cm(17),
    80,
)  # what fits between the margins, and about how many letters beside each other
MANY = 6  # more columns than this take a smaller letter
_FORBIDDEN = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="999999"/>'


def clean(text: object) -> str:
    """Text without what XML cannot hold; a line break stays one."""
    return _FORBIDDEN.sub("\ufffd", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def new(title: str, footer: str) -> Opened:
    """An empty document of A4 pages with a title in its properties and a sentence at the foot of every page."""
    document = Document()
    document.core_properties.title, document.core_properties.author = clean(title)[:255], ""
    document.core_properties.comments = ""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for level in range(4):
        style = document.styles["Title" if level == 0 else f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Calibri", RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().attrib.pop(qn("w:asciiTheme"), None)
    page.footer.paragraphs[0].text = clean(footer)
    page.footer.paragraphs[0].runs[0].font.size = Pt(8.5)
    return document


def heading(document: Opened, text: str, level: int) -> None:
    """A heading; level 0 is the title."""
    made = document.add_paragraph(clean(text))
    made._p.style = (
        f"Heading{level}" if level else "Title"
    )  # by its id: to look a style up by its name takes a millisecond
    turned(made)


def paragraph(document: Opened, text: str, bold: bool = False, small: bool = False) -> Paragraph:
    """A paragraph, from right to left where its letters are."""
    made = document.add_paragraph()
    run = made.add_run(clean(text))
    run.bold = bold or None
    run.font.size = Pt(9) if small else None
    turned(made)
    return made


def turned(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left where its letters do."""
    if right_to_left(paragraph.text) and paragraph._p.get_or_add_pPr().find(qn("w:bidi")) is None:
        paragraph._p.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"),
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
        for run in paragraph.runs:
            run.font.rtl = True


def table(document: Opened, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A table whose headings come again on every page; a cell of several texts is a list."""
    size = 17 if len(heads) > MANY else 19  # in half points
    told = [[_lines(cell) for cell in row] for row in rows]
    widths = _widths([[[head] for head in heads], *told])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell([text], width, size, bold=True) for text, width in zip(heads, widths, strict=True)
    )
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        f"{''.join(_cell(lines, width, size) for lines, width in zip(row, widths, strict=True))}</w:tr>"
        for row in told
    )
    document.element.body.insert_element_before(
        parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{WIDTH.twips}" w:type="dxa"/><w:tblBorders>{_LINE}'
            '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="999999"/></w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
            '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
        ),
        "w:sectPr",
    )
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _lines(cell: Cell) -> list[str]:
    """The lines of a cell; several texts are a list."""
    lines = [str(cell)] if not isinstance(cell, tuple | list) else list(map(str, cell)) or [""]
    return [f"– {line}" for line in lines] if len(lines) > 1 else lines


def _widths(rows: Sequence[Sequence[list[str]]]) -> list[int]:
    """The width of each column: what its longest word needs, and of what is left the more, the longer its texts."""
    texts = [[line for lines in column for line in lines] for column in zip(*rows, strict=True)]
    least = [
        min(max((len(word) for text in column for word in text.split()), default=0), 20) + 2
        for column in texts
    ]
    liked = [
        max(few, min(max(map(len, column)) + 2, 60))
        for few, column in zip(least, texts, strict=True)
    ]
    left = max(LETTERS - sum(least), 0) / max(sum(liked) - sum(least), 1)
    shares = [few + (much - few) * min(left, 1) for few, much in zip(least, liked, strict=True)]
    return [int(WIDTH.twips * share / sum(shares)) for share in shares]


def _cell(lines: list[str], width: int, size: int, bold: bool = False) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{''.join(_paragraph(line, size, bold) for line in lines)}</w:tc>"
    )


def _paragraph(text: object, size: int, bold: bool) -> str:
    turned_ = right_to_left(str(text))
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>{"<w:rtl/>" if turned_ else ""}</w:rPr>'
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in clean(text).split("\n")
    )
    return (
        f'<w:p><w:pPr>{"<w:bidi/>" if turned_ else ""}<w:spacing w:after="0"/></w:pPr>'
        f"<w:r>{look}{runs}</w:r></w:p>"
    )


def picture(document: Opened, png: bytes, alternative: str) -> None:
    """A picture as wide as the page, with its text alternative."""
    document.add_picture(io.BytesIO(png), width=WIDTH)
    shape = document.inline_shapes[-1]._inline.docPr
    shape.set("descr", clean(alternative))


def contents(document: Opened) -> bytes:
    """The document as the bytes of its file."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
