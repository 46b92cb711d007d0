"""No paper tells what its reader may not see: reports, drafts, form workbooks, printed forms.

Two partnerships that differ only in what is hidden give the same papers, to the letter.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import openpyxl
from hypothesis import given, settings

import worlds
from making import partnership
from partnering.documents import draft_files, drafts, report, report_files
from partnering.exchange import form_workbook
from partnering.paper import forms
from partnering.partnership import Partnership


def word_text(data: bytes) -> list[str]:
    """What stands in a Word file: paragraphs, cells, footers."""
    document = docx.Document(io.BytesIO(data))
    told = [paragraph.text for paragraph in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        told += [paragraph.text for paragraph in section.footer.paragraphs]
    return told


def book_cells(book: openpyxl.Workbook) -> dict[str, list]:
    """The cells of every sheet of a workbook, hidden ones too."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def shared_report(p: Partnership) -> dict[str, object]:
    """The shared report in all its files."""
    made = report.shared(p)
    return {
        "page": report_files.html(made),
        "document": word_text(report_files.docx(made)),
        "workbook": book_cells(openpyxl.load_workbook(io.BytesIO(report_files.xlsx(made)))),
    }


def drafts_for_the_room(p: Partnership) -> dict[str, object]:
    """The agreement, the points for a grant, and the skeletons."""
    points = drafts.grant_points(p)
    return {
        "agreement": word_text(drafts.partnership_agreement(p)),
        "points": points and word_text(points),
        "skeletons": {code: word_text(data) for code, data in drafts.grant_skeletons(p).items()},
    }


def forms_for(p: Partnership, partner: str) -> dict[str, object]:
    """The form workbook and the printed forms of one partner, and the cards for the wall."""
    told: dict[str, object] = {}
    for sheet in form_workbook.sheets_of(None, True, partner, p):
        told[f"sheet {sheet.name}"] = sheet.rows.to_csv(index=False)
    for name in forms.names():
        told[name] = json.dumps(forms.prepared(name, p, partner).data(), default=str)
        told[f"{name} filled in"] = json.dumps(forms.filled(name, p, partner).data(), default=str)
    for name in forms.CARDS:
        told[f"cards {name}"] = json.dumps(forms.card_data(name, p), default=str)
    return told


def differing(one: dict[str, object], other: dict[str, object]) -> list[str]:
    """The papers that are not the same."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


@settings(max_examples=10)
@given(worlds.pairs())
def test_what_the_room_may_not_see_changes_no_letter_of_the_shared_report(pair):
    one, other, _ = pair
    assert differing(shared_report(one.typed()), shared_report(other.typed())) == []


@settings(max_examples=10)
@given(worlds.pairs())
def test_what_the_room_may_not_see_changes_no_letter_of_a_draft(pair):
    one, other, _ = pair
    drawn = [drafts_for_the_room(world.typed()) for world in (one, other)]
    assert differing(*drawn) == []
    assert worlds.SECRET not in json.dumps(drawn)


@settings(max_examples=10)
@given(worlds.pairs(keep=True))
def test_what_a_partner_may_not_see_changes_no_letter_of_its_forms(pair):
    one, other, partner = pair
    drawn = [forms_for(world.typed(), partner) for world in (one, other)]
    assert differing(*drawn) == []
    assert worlds.SECRET not in json.dumps(drawn)


def test_a_grant_that_is_kept_back_has_no_file(tmp_path: Path):
    grant = {"transfer": "T1", "from": "ANA", "to": "BEN", "form": "grant", "share": "facilitator"}
    p = partnership("ANA BEN", partnership=[{"title": "Two", "mode": "held"}], transfers=[grant])
    made = draft_files.write(p, tmp_path, skeleton=True)
    assert [file.name for file in made] == ["partnership-agreement.docx"]
