"""What partners write beside the cells of a workbook, and what they strike through, is told."""

import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from office import convert
from partnering import __main__ as command_line
from partnering.exchange import form_workbook, merge
from partnering.schema.tables import TABLES
from partnering.storage import beside_cells, folder, paths, workbook
from partnering.storage.assumed import NOT_READ, SUPPLIED
from partnering.storage.atomic import NotOpened

ROWS = [
    ["partner", "risk", "how_likely", "how_hard_on_us"],
    ["VEC", "R1", "likely", "harms us"],
    ["VEC", "R2", "not likely", "slows us"],
]
# What somebody may leave in one workbook, and where it is told; as LibreOffice knows it too.
LEFT = [
    (NOT_READ, "row 2, column “C”", "note", "Only if the rains are late"),
    (NOT_READ, "row 2, column “F”", "text box", "We did not agree on R2"),
    (NOT_READ, "row 8, column “F”", "picture", ""),
    (SUPPLIED, "row 3, column “D”", "struck through", "“slows us”"),
    (SUPPLIED, "row 4, column “C”", "struck through", "“not likely”"),
]
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def filled_in(file: Path) -> Path:
    """A workbook with a note, a text box, a picture and two answers that are struck through."""
    (file.parent / "dot.png").write_bytes(DOT)
    with xlsxwriter.Workbook(file) as made:
        page = made.add_worksheet("risk_views")
        for down, row in enumerate(ROWS):
            page.write_row(down, 0, row)
        struck = made.add_format({"font_strikeout": True})
        page.write_comment("C2", "Only if the rains\nare late", {"author": "Ana"})
        page.insert_textbox("F2", "We did not agree on R2")
        page.insert_image("F8", file.parent / "dot.png")
        page.write("D3", "slows us", struck)
        page.write_blank("E3", None, struck)
        page.write_row("A4", ["SOM", "R1"])
        page.write_rich_string("C4", "likely ", struck, "not likely")
        page.write("D4", "slows us")
    return file


def told(file: Path) -> list[tuple[str, str]]:
    """What is told of a workbook: of what type, and the sentence."""
    return [(one.kind, str(one)) for one in workbook.read(file).assumed]


def same_as_left(found: list[tuple[str, str]]) -> bool:
    """Whether just that is told which was left, each in one sentence with its place."""
    return len(found) == len(LEFT) and all(
        any(
            kind == one and f"sheet risk_views, {place}: " in said and what in said and text in said
            for kind, said in found
        )
        for one, place, what, text in LEFT
    )


def test_what_is_pinned_to_cells_or_lies_over_them_or_is_struck_through_is_told(tmp_path):
    assert same_as_left(told(filled_in(tmp_path / "book.xlsx")))


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_libreoffice_saves_what_is_beside_the_cells_so_that_it_is_told_too(tmp_path, ending):
    (tmp_path / "out").mkdir()
    saved = convert(filled_in(tmp_path / "book.xlsx"), ending, tmp_path / "out")
    assert same_as_left(told(saved))
    likely = workbook.read(saved).sheets["risk_views"]["how_likely"].tolist()
    assert likely == ["likely", "not likely", "likely not likely"]


def test_a_note_ends_merge_with_one_and_its_answer_is_there(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    filled_in(tmp_path / "book.xlsx").rename(tmp_path / "in" / "VEC.xlsx")
    out = str(tmp_path / "out")
    assert command_line.main(["merge", str(tmp_path / "in"), "--output", out]) == 1
    assert "VEC.xlsx, sheet risk_views, row 2, column “C”: a note" in capsys.readouterr().err
    assert len(folder.read(tmp_path / "out").sheets["risk_views"]) == 3


def test_a_note_is_not_quoted_beside_what_the_room_may_see(tmp_path, capsys):
    file = str(filled_in(tmp_path / "book.xlsx"))
    assert command_line.main(["show", file, "--stop", "3"]) == 1
    said = capsys.readouterr()
    assert "row 2, column “C”" in said.err and "the rains" not in said.out + said.err
    assert command_line.main(["show", file, "--stop", "3", "--mine"]) == 1
    assert "the rains" in capsys.readouterr().err


def test_the_notes_that_the_handbook_pins_to_headings_are_not_told(tmp_path):
    shade = folder.read(paths.EXAMPLES / "shade")
    workbook.write(shade, tmp_path / "shade.xlsx")
    form_workbook.write(tmp_path / "form.xlsx", partner="VEC", example=shade)
    for file in (tmp_path / "shade.xlsx", tmp_path / "form.xlsx"):
        assert any("comments" in name for name in zipfile.ZipFile(file).namelist())
        assert told(file) == []


def book(file: Path, text: str, sheet: str = "partners") -> Path:
    """A workbook with a note."""
    made = Workbook()
    page = made.active
    page.title = sheet
    page.append(["partner", "name"])
    page.append(["VEC", "Vecinas"])
    page["B2"].comment = Comment(text, "Ana")
    made.save(file)
    return file


def test_what_somebody_adds_to_a_note_of_the_handbook_is_told(tmp_path):
    own = "The name of the organisation. We have two"
    assert [said for _, said in told(book(tmp_path / "b.xlsx", own)) if own in said]


def with_parts(file: Path, **added: str) -> Path:
    """The same workbook with more parts, by the last word of their names, linked to its sheet."""
    links = "".join(
        f'<Relationship Id="x{kind}" Type="http://x/{kind}" Target="/xl/{kind}.xml"/>'
        for kind in added
    )
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name).decode("utf-8") for name in old.namelist()}
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[name] = parts[name].replace("</Relationships>", f"{links}</Relationships>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in {**parts, **{f"xl/{kind}.xml": added[kind] for kind in added}}.items():
            new.writestr(name, text)
    return file


def test_of_a_note_with_answers_to_it_each_is_told_and_the_words_of_excel_are_not(tmp_path):
    file = book(tmp_path / "b.xlsx", "[Threaded comment] Your version of Excel")
    thread = (
        '<ThreadedComments><threadedComment ref="B2"><text>Is it two?</text></threadedComment>'
        '<threadedComment ref="B2" parentId="1"><text>It is one</text></threadedComment>'
        "</ThreadedComments>"
    )
    said = [said for _, said in told(with_parts(file, threadedComment=thread))]
    assert len(said) == 2 and "“Is it two?”" in said[0] and "“It is one”" in said[1]


def test_notes_that_are_damaged_are_told_and_the_answers_are_read(tmp_path):
    file = with_parts(book(tmp_path / "b.xlsx", "One"), drawing="<wsDr><twoCellAnchor>")
    read = workbook.read(file)
    assert read.sheets["partners"].to_numpy().tolist() == [["VEC", "Vecinas"]]
    assert [str(one) for one in read.assumed if "cannot be read" in str(one)]


def test_of_very_many_notes_the_first_are_quoted_and_the_rest_are_counted(tmp_path, monkeypatch):
    notes = "".join(
        f'<threadedComment ref="A{row}"><text>note {row}</text></threadedComment>'
        for row in range(1, 101)
    )
    file = with_parts(
        book(tmp_path / "b.xlsx", "One"), threadedComment=f"<Threads>{notes}</Threads>"
    )
    said = [said for _, said in told(file)]
    assert len(said) == beside_cells.MOST_TOLD + 1
    assert "81 more notes or pictures here were not read" in said[-1]
    monkeypatch.setattr(beside_cells, "MOST", 50)
    with pytest.raises(NotOpened, match="more than any partnership"):
        workbook.read(file)


def test_of_answers_that_stay_inside_an_organisation_not_a_word_is_told(tmp_path):
    (private,) = [name for name, table in TABLES.items() if table.private]
    file = book(tmp_path / "b.xlsx", "not for others", sheet=private)
    assert told(file) == [] and workbook.read(file).kept


def test_what_is_struck_through_is_told_whatever_writes_off_or_on(tmp_path):
    made = Workbook()
    page = made.active
    page.title = "partners"
    for row in (["partner", "name"], ["VEC", "Vecinas"], ["SOM", "Sombra"]):
        page.append(row)
    for place, struck in (("B2", True), ("B3", False)):
        page[place].font = Font(strike=struck)
    made.save(tmp_path / "b.xlsx")
    ((kind, said),) = told(tmp_path / "b.xlsx")
    assert kind == SUPPLIED and "row 2, column “B”: “Vecinas” is struck through" in said


SHARED = [
    ["risk", "what_could_happen", "share"],
    ["R1", "the gate", "everyone here"],
    ["R2", "the list", "everyone here"],
    ["R3", "the rain", "facilitator only"],
]


def struck_through(file: Path) -> Path:
    """Risks of which two words on who may see them are struck through, and a way that is."""
    with xlsxwriter.Workbook(file) as made:
        struck = made.add_format({"font_strikeout": True})
        page = made.add_worksheet("risks")
        for down, row in enumerate(SHARED):
            page.write_row(down, 0, row)
        page.write("C3", "everyone here", struck)
        page.write("C4", "facilitator only", struck)
        page = made.add_worksheet("partnership")
        for down, row in enumerate([("mode", "with names"), ("threshold", "3"), ("title", "Us")]):
            page.write_row(down, 0, row)
            page.write(down, 1, row[1], struck)
    return file


@pytest.mark.parametrize("ending", ["xlsx", pytest.param("ods", marks=pytest.mark.libreoffice)])
def test_a_struck_through_word_opens_nothing_to_anybody(tmp_path, ending):
    (tmp_path / "out").mkdir()
    file = struck_through(tmp_path / "VEC.xlsx")
    file = file if ending == "xlsx" else convert(file, ending, tmp_path / "out")
    for read in (workbook.read(file), merge.read(file.parent).partnership):
        assert read["risks"]["share"].tolist() == [
            "everyone here",
            "facilitator only",
            "facilitator only",
        ]
        assert read.mode == "confidential" and read.fact("threshold") >= 5
        assert read.title == "Us"
        places = [(one.table, one.row, one.column) for one in read.problems]
        assert ("risks", 3, "share") in places and len(places) == 3
    said = [said for kind, said in told(file) if kind == NOT_READ]
    assert "“everyone here” is struck through here, so it does not count." in said[0]
    assert len(said) == 3


VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<v:shape id="a"><v:textbox><div>We did not<br>agree on R2</div></v:textbox>
<x:ClientData ObjectType="TextBox"><x:Anchor>5, 0, 1, 0, 7, 0, 4, 0</x:Anchor></x:ClientData></v:shape>
<v:shape id="b"><v:textbox><div>The money is late</div></v:textbox>
<x:ClientData ObjectType="Checkbox"><x:Anchor>5, 0, 7, 0, 7, 0, 9, 0</x:Anchor>
<x:Checked>1</x:Checked></x:ClientData></v:shape>
<v:shape id="c"><x:ClientData ObjectType="Pict"><x:Anchor>0, 0, 9, 0, 7, 0, 9, 0</x:Anchor></x:ClientData></v:shape>
<v:shape id="d"><v:textbox><div>One</div></v:textbox><x:ClientData ObjectType="Note"><x:Row>1</x:Row></x:ClientData></v:shape>
</xml>"""
DRAWING = """<xdr:wsDr xmlns:xdr="d" xmlns:a="a" xmlns:dgm="dgm" xmlns:r="r">
<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>20</xdr:row></xdr:from>
<xdr:graphicFrame><dgm:relIds r:dm="rId7" r:lo="rId8"/></xdr:graphicFrame></xdr:twoCellAnchor>
<xdr:twoCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:row>7</xdr:row></xdr:from>
<xdr:sp><a:p><a:t>The money is late</a:t></a:p></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"""
DIAGRAM = """<dgm:dataModel xmlns:dgm="dgm" xmlns:a="a"><dgm:pt><a:p><a:r><a:t>First the list</a:t></a:r></a:p></dgm:pt>
<dgm:pt><a:p><a:r><a:t>Then the gate</a:t></a:r></a:p></dgm:pt></dgm:dataModel>"""
LINKS = """<Relationships><Relationship Id="rId7" Type="http://x/diagramData" Target="diagramData.xml"/></Relationships>"""


def test_boxes_to_tick_drawn_lists_files_and_boxes_of_before_2007_are_told(tmp_path):
    added = {"vmlDrawing": VML, "drawing": DRAWING, "oleObject": "<x/>", "diagramData": DIAGRAM}
    file = with_parts(book(tmp_path / "b.xlsx", "One"), **added)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr("xl/_rels/drawing.xml.rels", LINKS)
    assert [said.partition(", row ")[2] for _, said in told(file) if "a note" not in said] == [
        "2, column “F”: a text box lies over the cells here, and was not read: “We did not agree "
        "on R2”. If it holds an answer, type it into a cell.",
        "8, column “F”: a box to tick, a list or a button lies over the cells here, and was not "
        "read: “The money is late ticked”. If it holds an answer, type it into a cell.",
        "10, column “A”: another file lies in this sheet, and was not read. If it holds an answer, "
        "type that into a cell.",
        "21, column “B”: a text box lies over the cells here, and was not read: “First the list "
        "Then the gate”. If it holds an answer, type it into a cell.",
    ]


def test_a_button_of_a_workbook_is_told_and_its_parts_in_vml_are_read(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as made:
        page = made.add_worksheet("partners")
        page.write_row(0, 0, ["partner", "name"])
        page.write_row(1, 0, ["VEC", "Vecinas"])
        page.insert_button("D4", {"caption": "Send it"})
    ((kind, said),) = told(tmp_path / "b.xlsx")
    assert kind == NOT_READ and "row 4, column “D”" in said and "“Send it”" in said


def test_a_part_in_vml_that_is_damaged_is_told_and_the_answers_are_read(tmp_path):
    damaged = VML.replace("</xml>", '<![foo[<v:shape id="e"/></xml>')
    file = with_parts(book(tmp_path / "b.xlsx", "One"), vmlDrawing=damaged)
    assert workbook.read(file).sheets["partners"].to_numpy().tolist() == [["VEC", "Vecinas"]]
    said = " ".join(said for _, said in told(file))
    assert "“We did not agree on R2”" in said
    if sys.version_info < (3, 13):  # a later one goes on behind such a mark
        assert "lies over it, cannot be read" in said


@pytest.mark.parametrize(
    ("sheet", "heading", "is_closed"),
    [
        ("transfers", "form", True),
        ("transfers", "Kind of money", True),
        ("transfers", "purpose", False),
        ("Answers", "About us/Form", True),
        ("Answers", "What for", False),
    ],
)
def test_a_struck_through_word_is_closed_only_under_a_heading_that_may_ask_for_it(
    tmp_path, sheet, heading, is_closed
):
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as made:
        page = made.add_worksheet(sheet)
        page.write_row(0, 0, ["transfer", "partner", heading])
        page.write_row(1, 0, ["T1", "VEC"])
        page.write(1, 2, "service contract", made.add_format({"font_strikeout": True}))
    read = workbook.read(tmp_path / "b.xlsx")
    typed = " ".join(map(str, read.sheets.get(sheet, pd.DataFrame()).to_numpy().ravel()))
    assert ("(struck through)" in typed) is is_closed
    said = " ".join(str(one) for one in read.assumed)
    assert ("so it does not count" in said) is is_closed
    assert ("was read like the rest" in said) is not is_closed
