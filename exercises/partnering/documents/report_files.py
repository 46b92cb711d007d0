"""A report as files: one HTML file that needs nothing else, a Word document, and the tables as a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

from partnering.documents import report, word_document
from partnering.documents.report import Report
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.results import STYLE, Figure, Result, ResultTable, Several
from partnering.storage import atomic, xlsx_cells

STYLES = (STYLE, Path(__file__).with_name("report.css"))
READERS = (report.FACILITATOR, report.SHARED, "partners")
_LONGEST = 32_767


def write(
    partnership: Partnership,
    out: Path,
    whom: Sequence[str] = (report.SHARED,),
    stops: Sequence[int] = (),
) -> list[Path]:
    """Write the reports for some readers, each into a folder of its own, and give the folders. Raises `disk.NotSaved`."""
    made: dict[str, Report] = {}
    if report.FACILITATOR in whom:
        made[report.FACILITATOR] = report.for_facilitator(partnership, stops)
    if report.SHARED in whom:
        made[report.SHARED] = report.shared(partnership, stops)
    if "partners" in whom:
        joint = made.get(report.SHARED) or report.shared(partnership, stops)
        made |= {
            _partners_folder(partnership, code): report.for_partner(partnership, code, stops, joint)
            for code in partnership.names
        }
    places = []
    for name, told in made.items():
        place = atomic.make_folders(out / name)
        atomic.replace(
            {
                place / "report.html": html(told).encode("utf-8", "replace"),
                place / "report.docx": docx(told),
                place / "tables.xlsx": xlsx(told),
            }
        )
        places.append(place)
    return places


def _partners_folder(p: Partnership, code: str) -> str:
    """A name for a partner's folder; with its place among the partners where its code alone would not do for a file."""
    fit = re.sub(r"[^\w-]", "-", code)[:40]
    return f"for-{fit}" if fit == code else f"for-{list(p.names).index(code) + 1}-{fit}"


# ------------------------------------------------------------------ HTML


def html(told: Report) -> str:
    """The report as one page that loads nothing and runs nothing."""
    style = "\n".join(path.read_text(encoding="utf-8") for path in STYLES)
    rule = escape(report.not_for_decisions())
    parts = "".join(
        f'<section><h2 dir="auto">{escape(page.title)}</h2>'
        + "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in page.sentences)
        + "".join(result.html() for result in page.results)
        + f'<p class="rule">{rule}</p></section>'
        for page in told.pages
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(told.title)}</title><style>{style}</style></head><body>"
        f'<header><h1 dir="auto">{escape(told.title)}</h1><p><strong>{escape(told.whom)}</strong></p>'
        f'<p class="rule">{rule}</p></header><main>{parts}</main><footer class="every-page">{rule}</footer></body></html>\n'
    )


# ------------------------------------------------------------------ Word


def docx(told: Report) -> bytes:
    """The report as a Word document."""
    document = word_document.new(told.title, report.not_for_decisions())
    word_document.heading(document, told.title, 0)
    word_document.paragraph(document, told.whom, bold=True)
    for page in told.pages:
        word_document.heading(document, page.title, 1)
        for sentence in page.sentences:
            word_document.paragraph(document, sentence)
        for result in page.results:
            _into(document, result, 2)
    return word_document.contents(document)


def _into(document, result: Result, level: int) -> None:
    word_document.heading(document, result.caption, level)
    if isinstance(result, Figure):
        drawn = png(result)
        if drawn:
            word_document.picture(document, drawn, result.alternative)
        else:
            word_document.paragraph(document, result.alternative)
        _into(document, result.table, level + 1)
    elif isinstance(result, Several):
        for sentence in (result.missing,) if result.missing else ():
            word_document.paragraph(document, sentence, small=True)
        for part in result.parts:
            _into(document, part, level + 1)
    else:
        _table_into(document, result)
    for note in result.notes:
        word_document.paragraph(document, note, small=True)


def _table_into(document, table: ResultTable) -> None:
    if table.missing:
        word_document.paragraph(document, table.missing, small=True)
    if table.cells.empty:
        word_document.paragraph(document, table.nothing or tr("Nothing here yet."))
        return
    rows = [[*row] for row in table.cells.itertuples(index=False, name=None)]
    for place in table.start:
        rows[place][0] = f"({table.mark(place)}) {rows[place][0]}"
    word_document.table(document, list(table.cells.columns), rows)


def png(figure: Figure) -> bytes | None:
    """A drawing as a picture, where a renderer is installed; else None, and its words and table stand alone."""
    return _png(word_document.clean(figure.drawing)) if "viewBox" in figure.drawing else None


@lru_cache(maxsize=32)
def _png(drawing: str) -> bytes | None:
    try:
        import typst  # only those who print need it
    except ImportError:
        return None
    from partnering.paper.typst_pdf import FONTS

    svg = drawing.replace(
        "<svg ",
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans, Noto Naskh Arabic" ',
        1,
    )
    source = '#set page(width: 17cm, height: auto, margin: 2mm)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    try:
        made = typst.compile(
            source.encode(),
            format="png",
            ppi=160,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"svg": svg},
        )
    except typst.TypstError:
        return None
    return made if isinstance(made, bytes) else made[0]


# ------------------------------------------------------------------ workbook


def xlsx(told: Report) -> bytes:
    """The tables as a workbook: a list of them first, then one sheet each. Every cell is text, never a formula."""
    from xlsxwriter import Workbook

    tables = [(page.title, table) for page, result in told.results for table in flat(result)]
    made = io.BytesIO()
    with Workbook(made, xlsx_cells.NO_TRICKS) as book:
        bold, plain = (
            book.add_format({"bold": True, "text_wrap": True}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        first = book.add_worksheet("0")
        lines = [
            [told.title],
            [told.whom],
            [report.not_for_decisions()],
            [],
            *([str(at), title, table.caption] for at, (title, table) in enumerate(tables, start=1)),
        ]
        _fill(first, lines, plain, bold, heads=0)
        for at, (_, table) in enumerate(tables, start=1):
            page = book.add_worksheet(str(at))
            page.set_footer("&L" + report.not_for_decisions().replace("&", "&&"))
            rows = [
                [table.caption],
                list(table.cells.columns),
                *map(list, table.data.itertuples(index=False, name=None)),
            ]
            _fill(
                page,
                [*rows, [], *([note] for note in (table.missing, *table.notes) if note)],
                plain,
                bold,
                heads=2,
            )
    return made.getvalue()


def _fill(page, rows: Sequence[Sequence], plain, bold, heads: int) -> None:
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            page.write_string(
                down, across, word_document.clean(cell)[:_LONGEST], bold if down < heads else plain
            )
    page.set_column(0, max(map(len, rows)), 36)


def flat(result: Result) -> list[ResultTable]:
    """The tables of a result."""
    if isinstance(result, Several):
        return list(result.parts)
    return [result.table] if isinstance(result, Figure) else [result]
