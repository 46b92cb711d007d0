"""All that a reader is given of a partnership, as texts that can be compared to the letter."""

from __future__ import annotations

import io
import json

import docx
import openpyxl

import every_result
from every_result import called
from partnering.documents import drafts, report, report_files
from partnering.exchange import form_workbook
from partnering.jupyter.table_editor import TableEditor
from partnering.paper import forms
from partnering.partnership import ROOM, Partnership
from partnering.results import Figure, Result, wall
from partnering.schema.kinds import Code, Ref
from partnering.schema.tables import TABLES
from partnering.stops import rounds

Told = dict[str, object]


MAKERS = {called(make): make for make in every_result.MAKERS}


def results(seen: Partnership, drawn: bool = True) -> Told:
    """Every result as this reader sees it; `drawn` says whether figures are drawn as well."""
    told: Told = {}
    shown: dict[str, Result] = {}
    for name, make in MAKERS.items():
        made = make(seen)
        if isinstance(made, Figure) and not drawn:
            told[name] = (made.caption, made.notes, made.alternative, made.table.html())
            shown[name] = made.table
        else:
            told[name] = made.html()
            shown[name] = made
    return told | {f"wall of {name}": wall.parts({name: made}) for name, made in shown.items()}


def grids(p: Partnership) -> Told:
    """What each table's grid sends to the browser when the room types."""
    room, sent = p.for_reader(ROOM), {}
    for name, table in TABLES.items():
        if not table.private:
            editor = TableEditor(p, table, ROOM, room)
            sent[f"grid of {name}"] = json.dumps([editor.shape(), editor.state(room)])
    return sent


def typing(p: Partnership) -> Told:
    """What each grid answers where the room adds a line and slips: the next code, what was meant.

    The partnership is typed in.
    """
    told = {}
    for name, table in TABLES.items():
        if table.private or table.upright or table.shipped:
            continue
        room = p.for_reader(ROOM)
        editor = TableEditor(p, table, ROOM, room)
        editor.apply([{"add": "new"}])
        line = next(line for line in editor.lines if line.name == "new")
        texts = {}
        for column in table.columns:
            if isinstance(column.kind, Ref):
                prefix = getattr(TABLES[column.kind.table].columns[0].kind, "prefix", "")
                texts[column.name] = f"{prefix or 'AN'}8"
            elif column.required and not line.cells.get(column.name):
                texts[column.name] = "X7" if isinstance(column.kind, Code) else "some words"
        before = p.sheets.get(name)
        made = editor.apply([{"line": "new", "set": texts}])
        if made is not None:
            p.edit(name, made)
            room = p.for_reader(ROOM)
            editor.look(room)
        told[f"typing in {name}"] = (dict(line.cells), json.dumps(editor.state(room)))
        p.take({name: before})
    return told


def report_page(p: Partnership) -> Told:
    """The report that all may see, as a page."""
    return {"shared report": report_files.html(report.shared(p.for_reader(ROOM)))}


def report_of_all(p: Partnership) -> Told:
    """The shared report in all its files."""
    made = report.shared(p)
    book = openpyxl.load_workbook(io.BytesIO(report_files.xlsx(made)))
    return {
        "page": report_files.html(made),
        "document": word_text(report_files.docx(made)),
        "workbook": {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book},
    }


def report_of_a_partner(p: Partnership, partner: str) -> Told:
    """What one partner carries home."""
    return {"its report": report_files.html(report.for_partner(p, partner))}


def drafts_of_all(p: Partnership) -> Told:
    """The agreement, the points for a grant, and the skeletons."""
    points = drafts.grant_points(p)
    return {
        "agreement": word_text(drafts.partnership_agreement(p)),
        "points": points and word_text(points),
        "skeletons": {code: word_text(data) for code, data in drafts.grant_skeletons(p).items()},
    }


def forms_of_a_partner(p: Partnership, partner: str) -> Told:
    """The form workbook and the printed forms of one partner, and the cards for the wall."""
    told: Told = {}
    for full in (False, True):
        for sheet in form_workbook.sheets_of(None, full, partner, p):
            told[f"sheet {sheet.name}, {full}"] = sheet.rows.to_csv(index=False)
    for name in forms.names():
        told[name] = json.dumps(forms.prepared(name, p, partner).data(), default=str)
        told[f"{name} filled in"] = json.dumps(forms.filled(name, p, partner).data(), default=str)
    for name in forms.CARDS:
        told[f"cards {name}"] = json.dumps(forms.card_data(name, p), default=str)
    return told


def since(before: Partnership, after: Partnership) -> Told:
    """What all are told of two states."""
    return {f"round {made.caption}": made.html() for made in rounds.joint(before, after)}


def word_text(data: bytes) -> list[str]:
    """What stands in a Word file: paragraphs, cells, footers."""
    document = docx.Document(io.BytesIO(data))
    told = [paragraph.text for paragraph in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        told += [paragraph.text for paragraph in section.footer.paragraphs]
    return told


def differing(one: Told, other: Told) -> dict[str, tuple[str, str]]:
    """What the same reader is told otherwise, with the first words that differ."""
    return {
        name: _around(str(one.get(name)), str(other.get(name)))
        for name in {**one, **other}
        if one.get(name) != other.get(name)
    }


def _around(one: str, other: str) -> tuple[str, str]:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    at = at or min(len(one), len(other))
    return one[max(0, at - 80) : at + 120], other[max(0, at - 80) : at + 120]
