"""Make the Word templates of the drafts: python tests/make_templates.py. They are checked in; a test compares."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "exercises"))

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from partnering.documents import clauses, drafts, word_document

SIGNING = Cm(1.4)  # high enough for a hand


def agreement() -> Document:
    """Every part switchable, each clause followed by the rows it came from."""
    document = _begun("agreement")
    document.add_paragraph("{{ date }}")
    document.add_paragraph("{{ legend }}").runs[0].italic = True
    for name in clauses.PARTS:
        document.add_paragraph(f"{{%p if {name} %}}")
        document.add_heading(f"{{{{ {name}.title }}}}", 1)
        document.add_paragraph(f"{{%p for clause in {name}.clauses %}}")
        document.add_paragraph("{%p if clause.settle %}")
        _clause(document, settle=True)
        document.add_paragraph("{%p else %}")
        _clause(document, settle=False)
        for tag in ("endif", "endfor", "endif"):
            document.add_paragraph(f"{{%p {tag} %}}")
    document.add_paragraph("{%p if signatures %}")
    document.add_heading("{{ labels.signatures }}", 1)
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for cells in (
        _labels("party", "role", "day", "signature"),
        ("{%tr for party in signatures %}", "", "", ""),
        ("{{ party.name }} ({{ party.code }})", "", "", ""),
        ("{%tr endfor %}", "", "", ""),
    ):
        row = table.add_row()
        row.height = SIGNING if "name" in cells[0] else None
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
            cell.paragraphs[
                0
            ].paragraph_format.keep_with_next = True  # nobody signs a page of lines alone
    document.add_paragraph("{%p endif %}")
    return document


def points() -> Document:
    """One line a point, six columns, on its side."""
    document = _begun("points")
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = (
        WD_ORIENT.LANDSCAPE,
        page.page_height,
        page.page_width,
    )
    document.add_paragraph("{{ labels.read_first }}").runs[0].italic = True
    table = document.add_table(rows=0, cols=6)
    table.style = "Table Grid"
    heads = _labels("about", "agreed", "says", "differs", "ask_for", "who_asks")
    filled = (
        "{{ point.about }} [{{ point.codes }}]",
        "{{ point.agreed }}",
        "{{ point.says }}",
        "{{ point.differs }}",
        "{{ point.ask_for }}",
        "{{ point.who_asks }}",
    )
    for cells in (
        heads,
        ("{%tr for point in points %}", *[""] * 5),
        filled,
        ("{%tr endfor %}", *[""] * 5),
    ):
        row = table.add_row()
        row._tr.get_or_add_trPr().extend(
            [OxmlElement("w:cantSplit"), *([OxmlElement("w:tblHeader")] if cells is heads else [])]
        )
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.font.size, run.bold = Pt(9), cells is heads or None
    return document


def grant() -> Document:
    """A plain skeleton: heads and questions."""
    document = _begun("grant")
    for text in ("{%p for term in terms %}", None, "{{ term.text }}", "{%p endfor %}"):
        document.add_paragraph(text) if text else document.add_heading("{{ term.title }}", 2)
    return document


def _begun(label: str) -> Document:
    document = word_document.new(drafts.LABELS[label], "{{ notice }}")
    document.add_heading("{{ title }}", 0)
    document.add_paragraph(f"{{{{ labels.{label} }}}}").runs[0].bold = True
    return document


def _labels(*names: str) -> tuple[str, ...]:
    return tuple(f"{{{{ labels.{name} }}}}" for name in names)


def _clause(document: Document, settle: bool) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run("{{ clause.text }}")
    run.italic = settle or None
    codes = paragraph.add_run(" {{ clause.codes }}")
    codes.font.size, codes.font.color.rgb = Pt(8), RGBColor(0x66, 0x66, 0x66)


if __name__ == "__main__":
    drafts.TEMPLATES.mkdir(exist_ok=True)
    for make in (agreement, points, grant):
        make().save(drafts.TEMPLATES / f"{make.__name__}.docx")
