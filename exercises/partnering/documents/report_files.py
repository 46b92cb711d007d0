"""A report as files: one HTML file that needs nothing else, a Word document, and a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from partnering.documents import report, word_document
from partnering.documents.report import Page, Report
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.results import PICTURES, STYLE, Figure, Result, ResultTable, Several, tokens
from partnering.results.drawing import Drawing, on_paper
from partnering.schema.wording import not_for_decisions
from partnering.storage import atomic, made_files, reported, xlsx_cells
from partnering.storage.stored import StoredPartnership, place_of

if TYPE_CHECKING:
    from docx.document import Document
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

STYLES = (STYLE, PICTURES, Path(__file__).with_name("report.css"))
READERS = (report.FACILITATOR, report.SHARED, "partners")
_LONGEST = 32_767  # letters that fit into one cell of a workbook
_COLUMN_WIDTH = 36


def write(
    partnership: Partnership,
    out: Path,
    whom: Sequence[str] = (report.SHARED,),
    stops: Sequence[int] = (),
    tell: Callable[[str], object] = print,
) -> list[Path]:
    """Write the reports for some readers, each into a folder of its own.

    What they show without names is kept, so that no later report of the round gives an answer away.
    A report that somebody has changed stays, and the new one goes beside it.

    Args:
        partnership: The partnership as the facilitator sees it.
        out: The folder in which the reports' folders are made.
        whom: Some of `READERS`; "partners" stands for one report for each partner.
        stops: The numbers of the stops to report on; all where none is given.
        tell: Is told, a sentence each, which files were changed and stay.

    Returns:
        The folders, each with `report.html`, `report.docx` and `tables.xlsx`.

    Raises:
        atomic.NotSaved: A folder or a file cannot be written.
    """
    if isinstance(partnership, StoredPartnership) and set(whom) - {report.FACILITATOR}:
        reported.keep(partnership)
    folders = []
    for name, made in _reports(partnership, whom, stops).items():
        folder = atomic.make_folders(out / name)
        where = made_files.write(
            {
                folder / "report.html": html(made).encode("utf-8", "replace"),
                folder / "report.docx": docx(made),
                folder / "tables.xlsx": xlsx(made),
            },
            place_of(partnership),
        )
        for sentence in made_files.kept(where):
            tell(sentence)
        folders.append(folder)
    return folders


def _reports(
    partnership: Partnership, whom: Sequence[str], stops: Sequence[int]
) -> dict[str, Report]:
    """The reports that are asked for, by the names of their folders."""
    made: dict[str, Report] = {}
    if report.FACILITATOR in whom:
        made[report.FACILITATOR] = report.for_facilitator(partnership, stops)
    if report.SHARED in whom:
        made[report.SHARED] = report.shared(partnership, stops)
    if "partners" in whom:
        joint = made.get(report.SHARED) or report.shared(partnership, stops)
        for code in partnership.names:
            folder = _partners_folder(partnership, code)
            made[folder] = report.for_partner(partnership, code, stops, joint)
    return made


def _partners_folder(p: Partnership, code: str) -> str:
    """A name for a partner's folder.

    Where the code alone would not do for a file, its place among the partners goes with it.
    """
    fit = re.sub(r"[^\w-]", "-", code)[:40]
    return f"for-{fit}" if fit == code else f"for-{list(p.names).index(code) + 1}-{fit}"


# ------------------------------------------------------------------ HTML


def html(made: Report) -> str:
    """The report as one page that loads nothing and runs nothing."""
    style = "\n".join([tokens.css(), *(path.read_text(encoding="utf-8") for path in STYLES)])
    rule = escape(not_for_decisions())
    foot = re.sub(r"[\\\"<>\n]", "", not_for_decisions())  # a text between quotation marks of CSS
    style += f'\n@page {{ @bottom-left {{ content: "{foot}"; }} }}'
    title = escape(made.title)
    parts = "".join(_section(page, rule) for page in made.pages)
    partners = "".join(f'<bdi class="partner">{escape(name)}</bdi>' for name in made.partners)
    partners = f'<p class="partners">{partners}</p>' if partners else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head><body>"
        f'<header><h1 dir="auto">{title}</h1>{partners}<p>{escape(_made_on(made))} '
        f"<strong>{escape(made.whom)}</strong></p>"
        f'<p class="rule">{rule}</p></header><main>{parts}</main></body></html>\n'
    )


def _made_on(made: Report) -> str:
    return tr("Made on {day}.").format(day=made.day)


def _section(page: Page, rule: str) -> str:
    before, after = (
        "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in sentences)
        for sentences in (page.sentences, page.last)
    )
    results = "".join(result.html() for result in page.results)
    look = f' class="front" aria-label="{escape(page.title)}"' if page.front else ""
    head = "" if page.front else f'<h2 dir="auto">{escape(page.title)}</h2>'
    return f'<section{look}>{head}{before}{results}{after}<p class="rule">{rule}</p></section>'


# ------------------------------------------------------------------ Word


def docx(made: Report) -> bytes:
    """The report as a Word document."""
    document = word_document.new(made.title, not_for_decisions())
    word_document.heading(document, made.title, 0)
    if made.partners:
        word_document.paragraph(document, " · ".join(made.partners), small=True)
    word_document.paragraph(document, f"{_made_on(made)} {made.whom}", bold=True)
    for page in made.pages:
        if not page.front:
            word_document.heading(document, page.title, 1)
        for sentence in page.sentences:
            word_document.paragraph(document, sentence)
        for result in page.results:
            _into(document, result, 3 if page.front else 2, small=page.front)
        for sentence in page.last:
            word_document.paragraph(document, sentence)
        if page.front:
            word_document.new_page(document)
    return word_document.contents(document)


def _into(document: Document, result: Result, level: int, small: bool = False) -> None:
    """A result under a heading of its own, with its notes."""
    if isinstance(result, Figure) and not result.is_drawn:
        result = result.table
    word_document.heading(document, result.caption, level)
    notes: tuple[str, ...] = ()
    if isinstance(result, Figure):
        _figure_into(document, result, level)
        notes = result.notes
    elif isinstance(result, Several):
        if result.missing:
            word_document.paragraph(document, result.missing, small=True)
        for part in result.parts:
            _into(document, part, level + 1)
        notes = result.notes
    elif isinstance(result, ResultTable):
        _table_into(document, result, small)
        notes = result.notes
    for note in notes:
        word_document.paragraph(document, note, small=True)


def _figure_into(document: Document, figure: Figure, level: int) -> None:
    sheets = [(png(one), one.told, one.width) for one in figure.drawings]
    drawn = [(file, told, width) for file, told, width in sheets if file]
    if len(drawn) == len(sheets):
        word_document.pictures(document, drawn)
    else:
        word_document.paragraph(document, figure.alternative)
    _table_into(document, figure.table)
    for note in figure.table.notes:
        word_document.paragraph(document, note, small=True)


def _table_into(document: Document, table: ResultTable, small: bool = False) -> None:
    if table.missing:
        word_document.paragraph(document, table.missing, small=True)
    if table.rows.empty:
        word_document.paragraph(document, table.nothing or tr("Nothing here yet."))
        return
    lines = [[*line] for line in table.cells.itertuples(index=False, name=None)]
    for place in table.start:
        lines[place][0] = f"({table.mark(place)}) {lines[place][0]}"
    word_document.table(document, list(table.cells.columns), lines, small)


def png(drawing: Drawing) -> bytes | None:
    """A drawing as the bytes of a PNG file; None where no renderer is installed.

    Args:
        drawing: One sheet of a figure.
    """
    return _png(word_document.clean(drawing.svg))


@lru_cache(maxsize=64)
def _png(drawing: str) -> bytes | None:
    try:
        import typst  # only those who print need it
    except ImportError:
        return None
    from partnering.paper.typst_pdf import FONTS

    svg = on_paper(drawing, "Noto Sans, Noto Naskh Arabic")
    source = (
        "#set page(width: 17cm, height: auto, margin: 2mm)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    try:
        pages: bytes | list[bytes] = typst.compile(
            source.encode(),
            format="png",
            ppi=160,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
            sys_inputs={"svg": svg},
        )
    except typst.TypstError:
        return None
    return pages if isinstance(pages, bytes) else pages[0]


# ------------------------------------------------------------------ workbook


def xlsx(made: Report) -> bytes:
    """The tables as a workbook: a list of them first, then one sheet each.

    Every cell is text, never a formula.
    """
    from xlsxwriter import Workbook

    tables: list[tuple[str, ResultTable]] = []
    for page, result in made.results:
        tables += [(page.title, table) for table in report.tables_of(result)]
    contents = [
        [str(at), title, table.caption] for at, (title, table) in enumerate(tables, start=1)
    ]
    data = io.BytesIO()
    with Workbook(data, xlsx_cells.NO_TRICKS) as book:
        sheets = _Sheets(book)
        first = [[made.title], [made.whom], [not_for_decisions()], [], *contents]
        sheets.add("0", first, heads=0)
        for at, (_, table) in enumerate(tables, start=1):
            sheet = sheets.add(str(at), _sheet_rows(table), heads=2)
            sheet.set_footer("&L" + not_for_decisions().replace("&", "&&"))
    return data.getvalue()


def _sheet_rows(table: ResultTable) -> list[Sequence[object]]:
    """A table as the rows of a sheet: its caption, headings, lines, and below them its notes."""
    notes = [[note] for note in (table.missing, *table.notes) if note]
    lines = table.data.itertuples(index=False, name=None)
    return [[table.caption], list(table.cells.columns), *map(list, lines), [], *notes]


class _Sheets:
    """The sheets of a workbook that is being made."""

    def __init__(self, book: Workbook):
        self.book = book
        self.bold: Format = book.add_format({"bold": True, "text_wrap": True})
        self.plain: Format = book.add_format({"text_wrap": True, "valign": "top"})

    def add(self, name: str, rows: Sequence[Sequence[object]], heads: int) -> Worksheet:
        """Add a sheet of texts; its first `heads` rows are bold."""
        sheet = self.book.add_worksheet(name)
        for down, row in enumerate(rows):
            look = self.bold if down < heads else self.plain
            for across, cell in enumerate(row):
                sheet.write_string(down, across, word_document.clean(cell)[:_LONGEST], look)
        sheet.set_column(0, max(map(len, rows)), _COLUMN_WIDTH)
        return sheet
