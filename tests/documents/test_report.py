"""The workshop report: each reader gets what is meant for it, as typed, and nothing of anybody else's."""

import io
import re
import zipfile
from dataclasses import replace
from html import escape
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

import office
import printed_pages
from making import partnership, views
from partnering.documents import first_page, report, report_files, word_document
from partnering.documents.report import RESULTS
from partnering.schema import wording
from partnering.schema.kinds import Text
from partnering.schema.tables import TABLES
from partnering.storage import folder, paths

ODD = {
    "FOR": '=HYPERLINK("http://x","y")',
    "SCR": "<script>alert(1)</script>",
    "ARA": "جمعية الحي القديم",
    "LNG": "A very long name " * 18,
    "TPL": "Curly {{ 7*7 }} {% if %} & \"quoted\" 'twice' <b>",
    "NLS": "One line\nand another",
}


def odd():
    """A partnership of six partners whose names look like something else."""
    codes = " ".join(ODD)
    rows = [(code, name.strip()) for code, name in ODD.items()]
    return partnership(
        codes,
        partners=rows,
        purposes=[(code, f"why {name}") for code, name in ODD.items()],
        risks=[("R1", "", "The river {{ 7*7 }} & <i>rain</i>")],
        risk_views=views(codes, {"R1": " ".join(["c/h"] * len(ODD))}),
        value_lines=[
            (f"V{at}", code, "bring", f"{name} \x0b", "", "we promise it")
            for at, (code, name) in enumerate(ODD.items(), start=1)
        ],
    )


def private():
    """Two partners, each with lines that no other may see."""
    return partnership(
        "ANA BEN",
        partnership=[{"title": "Two", "mode": "with names"}],
        purposes=[
            ("ANA", "to learn", "", "ANASECRET leave", ""),
            ("BEN", "to help", "", "BENSECRET leave", ""),
        ],
        objectives=[("O1", "A school")],
        positions=[
            ("ANA", "", "O1", "support it", "useful part", "ANASECRET reason"),
            ("BEN", "", "O1", "cannot accept it", "no part", "BENSECRET reason"),
        ],
        value_lines=[
            {
                "line": "V1",
                "partner": "ANA",
                "we": "ask one partner for",
                "what": "ANASECRET ask",
                "share": "facilitator only",
            },
            {
                "line": "V2",
                "partner": "BEN",
                "we": "ask one partner for",
                "what": "BENSECRET ask",
                "share": "facilitator only",
            },
            {"line": "V3", "partner": "BEN", "we": "bring", "what": "a van"},
        ],
        risks=[
            ("R1", "", "rain"),
            {"risk": "R2", "what_could_happen": "HELDSECRET flood", "share": "facilitator only"},
        ],
        risk_views=[("ANA", "voice7", "R1", "likely", "harms us", "VOICESECRET")],
    )


def everything_in(place: Path) -> str:
    """All that stands in the files of a folder, raw and unpacked."""
    told = []
    for file in filter(Path.is_file, place.rglob("*")):
        data = file.read_bytes()
        told.append(data.decode("utf-8", "replace"))
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                told += [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    return "\n".join(told)


@pytest.fixture(scope="module")
def private_files(tmp_path_factory):
    place = tmp_path_factory.mktemp("private")
    report_files.write(private(), place, report_files.READERS)
    return place


def test_the_facilitator_has_everything(private_files):
    told = everything_in(private_files / "facilitator")
    assert "ANASECRET leave" in told and "BENSECRET leave" in told


def test_the_shared_report_holds_nothing_that_is_kept_back(private_files):
    told = everything_in(private_files / "shared")
    assert "SECRET" not in told and "a van" in told
    assert "voice7" not in told


@pytest.mark.parametrize(("own", "other"), [("ANA", "BEN"), ("BEN", "ANA")])
def test_a_partner_has_its_own_rows_and_none_of_anothers(private_files, own, other):
    told = everything_in(private_files / f"for-{own}")
    assert (
        f"{own}SECRET leave" in told
        and f"{own}SECRET reason" in told
        and f"{own}SECRET ask" in told
    )
    assert (
        f"{other}SECRET" not in told
        and "HELDSECRET" not in told
        and "VOICESECRET" not in told
        and "voice7" not in told
    )


def in_confidence(example) -> dict[str, set[str]]:
    """By partner, what stands in columns and rows for the facilitator alone, or is a single voice's."""
    found: dict[str, set[str]] = {}
    for name, table in TABLES.items():
        frame = example[name]
        if "partner" not in frame or not len(frame):
            continue
        kept_back = (
            frame["share"].isin(["facilitator only", "not typed"])
            if "share" in frame
            else frame["partner"] == ""
        )
        voices = frame["respondent"] != "" if "respondent" in frame else kept_back & False
        for column in (
            column
            for column in table.columns
            if isinstance(column.kind, Text) and column.name not in table.key
        ):
            rows = frame if column.share == "facilitator only" else frame[kept_back | voices]
            for partner, text in zip(rows["partner"], rows[column.name], strict=True):
                found.setdefault(partner, set()).update([text] if len(text) > 12 else [])
    return found


@pytest.mark.parametrize("name", ["shade-under-way", "uwi", "clinic"])
def test_nothing_that_a_partner_of_an_example_said_in_confidence_is_in_the_bytes_of_anybody_elses_files(
    tmp_path, name
):
    example = folder.open_any(paths.EXAMPLES / name)
    report_files.write(example, tmp_path, ("shared", "partners"))
    secrets = in_confidence(example)
    assert sum(map(len, secrets.values())) > 10
    for place in tmp_path.iterdir():
        told = everything_in(place)
        own = secrets.get(place.name.removeprefix("for-"), set())
        assert {
            text
            for some in secrets.values()
            for text in some - own
            if escape(text) in told or escape(text, quote=False) in told
        } == set()


def own_page(p, partner: str) -> report.Page:
    front, own, *_rest = report.for_partner(p, partner).pages
    assert front.front and not own.front
    return own


def test_a_partner_is_not_told_in_its_own_rows_who_else_wished_for_a_principle(tmp_path):
    told = partnership(
        "ANA BEN CEL",
        partnership=[{"title": "Three", "mode": "confidential"}],
        principles=[
            {
                "principle": "Tell early",
                "named_by": named,
                "partner": code,
                "importance": "important",
            }
            for named in ("ANA, BEN",)
            for code in ("ANA", "BEN", "CEL")
        ],
    )
    report_files.write(told, tmp_path, ("partners",))
    rows = {code: own_page(told, code).results[0].data.to_dict("records")[0] for code in told.names}
    assert (
        rows["ANA"]["Proposed by"] == "ANA"
        and rows["BEN"]["Proposed by"] == "BEN"
        and "Proposed by" not in rows["CEL"]
    )
    assert "ANA, BEN<" not in everything_in(tmp_path)


def test_what_is_not_in_the_shared_report_is_told_by_rule_and_never_as_a_number():
    page = report.shared(private()).pages[-1]
    assert page.title == "What is not in this report, and why" and page.results == ()
    rules = page.sentences[:3]
    assert not re.search(r"\d", " ".join(rules))
    bare = partnership("ANA BEN", partnership=[{"title": "Two", "mode": "with names"}])
    assert rules == report.shared(bare).pages[-1].sentences


@pytest.mark.rule("R3")
def test_that_a_promise_was_not_kept_is_told_nowhere_in_the_shared_report_and_in_no_gap():
    """P1 and P3 are not due yet; P2, not kept, stands between them as if nothing were ticked."""

    def made(second):
        promises = [
            {
                "promise": f"P{at}",
                "partner": "ANA",
                "to": "BEN",
                "what": f"thing {at}",
                "status": status,
            }
            for at, status in enumerate(("not yet due", second, "not yet due"), start=1)
        ]
        facts = [{"title": "Two", "mode": "with names"}]
        return partnership("ANA BEN", partnership=facts, promises=promises)

    told = report_files.html(report.shared(made("not done"), stops=(2,)))
    assert all(f"P{at} thing {at}" in told for at in (1, 2, 3))
    assert "not done" not in told.partition("Promised, not done")[0]
    assert "Promises, rows" not in told
    assert told == report_files.html(report.shared(made(""), stops=(2,)))
    assert "not done" in report_files.html(report.for_facilitator(made("not done"), stops=(2,)))


def test_a_result_without_rows_says_to_the_room_why_and_to_the_facilitator_which_it_is():
    p = partnership("ANA BEN", partnership=[{"title": "Two", "mode": "with names"}])
    page = report.shared(p, stops=(3,)).pages[1]
    assert "Nothing to show" not in " ".join(page.last)
    assert any(": " in sentence and "How each of us sees it" in sentence for sentence in page.last)
    whole = report.for_facilitator(p, stops=(3,)).pages[1]
    assert whole.last[0].startswith("Nothing to show: ")


@pytest.mark.parametrize("whom", ["facilitator", "shared", "for-ANA"])
def test_every_page_says_what_it_is_not_for(private_files, whom):
    rule = wording.not_for_decisions()
    page = (private_files / whom / "report.html").read_text(encoding="utf-8")
    assert page.count(rule) >= page.count("<section>")
    document = docx.Document(private_files / whom / "report.docx")
    assert all(rule in section.footer.paragraphs[0].text for section in document.sections)
    assert rule in everything_in(private_files / whom / "tables.xlsx") or rule in everything_in(
        private_files / whom
    )


def test_names_that_look_like_something_else_stand_there_as_typed(tmp_path):
    report_files.write(odd(), tmp_path)
    page = (tmp_path / "shared" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page and ODD["ARA"] in page
    assert (
        "{{ 7*7 }}" in page
        and "src=" not in page
        and 'http-equiv="Content-Security-Policy"' in page
    )
    document = docx.Document(tmp_path / "shared" / "report.docx")
    cells = "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    for name in ODD.values():
        assert name.strip() in cells
    assert "{{ 7*7 }}" in cells and "49" not in cells
    xml = everything_in(tmp_path / "shared")
    assert re.search(r"<w:bidi/>.{0,200}" + ODD["ARA"][:4], xml, re.DOTALL)
    assert "<w:fldSimple" not in xml  # and no field but the number of the page, and how many
    assert set(re.findall(r"<w:instrText[^>]*>([^<]*)", xml)) == {" PAGE ", " NUMPAGES "}
    book = openpyxl.load_workbook(tmp_path / "shared" / "tables.xlsx")
    kinds = {
        cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds == {"s"}
    assert any(
        cell.value == ODD["FOR"] for sheet in book for row in sheet.iter_rows() for cell in row
    )


def test_chosen_stops_alone_are_written():
    told = report.shared(folder.open_any(paths.EXAMPLES / "shade"), stops=(3,))
    assert [page.title.split()[0] for page in told.pages][1:-1] == ["3"]


def test_decisions_both_kinds_of_difference_and_the_open_list_are_in_it():
    captions = {
        result.caption
        for _, result in report.shared(folder.open_any(paths.EXAMPLES / "shade-under-way")).results
    }
    assert {
        "What we decided",
        "Two types of difference",
        "Still open",
        "Positions side by side",
    } <= captions


def test_every_stop_has_results():
    assert set(RESULTS) == set(range(9)) and all(RESULTS.values())


def test_a_drawing_in_the_word_document_has_its_words():
    document = docx.Document(
        io.BytesIO(report_files.docx(report.shared(folder.open_any(paths.EXAMPLES / "shade"))))
    )
    assert len(document.inline_shapes) >= 2
    assert all(len(shape._inline.docPr.get("descr")) > 20 for shape in document.inline_shapes)


def test_a_figure_in_which_nothing_is_drawn_is_its_table_in_the_word_document():
    held = report.shared(folder.open_any(paths.EXAMPLES / "clinic"), stops=(1, 6))
    document = docx.Document(io.BytesIO(report_files.docx(held)))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told.count("Our position on each objective") == 1
    assert not {"Positions side by side", "How often we see each behaviour"} & set(told)


def test_a_column_is_as_wide_as_its_words_ask_and_no_longer_than_the_page():
    document = docx.Document(
        io.BytesIO(
            report_files.docx(report.shared(folder.open_any(paths.EXAMPLES / "shade-under-way")))
        )
    )
    grids = [
        [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid] for table in document.tables
    ]
    assert all(sum(grid) <= word_document.WIDTH.twips for grid in grids) and len(grids) > 20
    stances = next(
        grid
        for table, grid in zip(document.tables, grids, strict=True)
        if table.cell(0, 1).text == "Strongly for it"
    )
    assert stances[0] == max(stances) > 1.5 * stances[1]


def test_no_table_stands_twice_in_a_part():
    for page in report.shared(folder.open_any(paths.EXAMPLES / "shade-under-way")).pages:
        captions = [table.caption for result in page.results for table in report.tables_of(result)]
        assert len(captions) == len(set(captions)), page.title


@pytest.mark.libreoffice
def test_libreoffice_opens_the_report_and_its_first_page_is_one_page_with_its_number(tmp_path):
    report_files.write(odd(), tmp_path / "odd")
    report_files.write(folder.open_any(paths.EXAMPLES / "shade-under-way"), tmp_path / "shade")
    for name in ("odd", "shade"):
        (tmp_path / name / "shared" / "report.docx").rename(tmp_path / f"{name}.docx")
    assert office.convert(tmp_path / "odd.docx", "pdf", tmp_path).stat().st_size > 10_000
    shade = office.convert(tmp_path / "shade.docx", "pdf", tmp_path).read_bytes()
    first, second, *others = printed_pages.pages(shade)
    assert "What we want" in first and "We ask you to decide" in first
    assert "How this is kept" in second
    assert f"2 / {len(others) + 2}" in second


@pytest.mark.libreoffice
def test_nine_partners_have_one_first_page_also_on_letter_paper(tmp_path):
    made = report.shared(folder.open_any(paths.EXAMPLES / "uwi"))
    document = docx.Document(io.BytesIO(report_files.docx(replace(made, pages=made.pages[:2]))))
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.59), Cm(27.94)
    document.save(tmp_path / "letter.docx")
    letter = office.convert(tmp_path / "letter.docx", "pdf", tmp_path).read_bytes()
    first, second = printed_pages.pages(letter)
    assert "What we want" in first and "Some lines are shortened here." in first
    assert "How this is kept" in second


# ---------------------------------------------------------------- the one page for a board


def test_a_board_reads_what_we_want_who_brings_what_what_we_carry_what_is_open_and_what_is_asked():
    shade = report.shared(folder.open_any(paths.EXAMPLES / "shade-under-way"))
    front = shade.pages[0]
    assert front.front and [result.caption for result in front.results] == [
        "What we want",
        "Who brings what",
        "Risks, and who decides and pays",
        "Still open",
        "What we ask of you",
    ]
    told = " ".join(result.plain() for result in front.results)
    assert "Money: SOM to VEC: 94\u202f000 USD, grant." in told
    assert "We ask you to decide: ____" in told
    page = report_files.html(shade)
    assert all(
        name in page.partition("<main>")[0] for name in ("VEC Vecinas de la Ribera", shade.day)
    )
    assert page.index("What we ask of you") < page.index("How this is kept")


def crowded(letters=400):
    """Nine partners that bring much, and more objectives than a page holds."""
    codes = [f"P{at}" for at in range(1, 10)]
    words = "as much as anybody can write " * (letters // 29)
    return partnership(
        " ".join(codes),
        objectives=[(f"O{at}", words) for at in range(1, 31)],
        value_lines=[(f"V{at}", code, "bring", words) for at, code in enumerate(codes, start=1)],
    )


def test_what_is_too_long_for_one_page_is_told_shorter_and_no_partner_is_left_out():
    whole, short = (report.shared(crowded(letters)).pages[0].results for letters in (29, 400))
    names = [f"P{at} The P{at} house" for at in range(1, 10)]
    for p, front in ((crowded(29), whole), (crowded(), short)):
        high = first_page._above(p, names) + sum(map(first_page._height, front))
        assert high <= first_page.HIGH
        assert list(front[1].cells["Who"]) == [f"P{at}" for at in range(1, 10)]
    wants, brings, *_, asks = short
    assert brings.cells["Brings"].str.endswith("…").all()
    assert wants.caption == f"What we want: the first {len(wants.cells)}"
    assert asks.notes[-1].startswith("Some lines are shortened here.")


def test_what_fits_on_one_page_is_told_whole():
    hands = report.shared(folder.open_any(paths.EXAMPLES / "hands")).pages[0].results
    assert [result.caption for result in hands] == [
        "What we want",
        "Who brings what",
        "Risks, and who decides and pays",
        "Still open",
        "What we ask of you",
    ]
    assert "Our newsletter, with both names (we offer it)" in hands[1].cells["Brings"][1]
    assert "shortened" not in str(hands[4].notes)
    spaced = report.shared(partnership("ANA BEN", objectives=[("O1", "A  school\nfor all")]))
    assert "shortened" not in str(spaced.pages[0].results[4].notes)


def test_no_letter_of_the_first_page_is_under_nine_points():
    made = report.shared(crowded())
    document = docx.Document(io.BytesIO(report_files.docx(replace(made, pages=made.pages[:1]))))
    footer = document.sections[0].footer._element
    for part in (document.element, footer):
        sizes = [int(size.get(qn("w:val"))) for size in part.iter(qn("w:sz"))]
        assert sizes and min(sizes) >= 18
    style = report_files.html(made).partition("@media print {\n  body")[2]
    sizes = re.findall(r"\.front[^}]*?font-size: ([\d.]+)pt", style)
    assert len(sizes) == 4 and all(float(size) >= 9 for size in sizes)


def test_the_one_page_shows_nothing_that_is_kept_back_and_says_of_what_it_speaks():
    """ANA's line and the risk are for the facilitator: on the page they are as if never written."""
    kept = {"share": "facilitator only"}
    line = {"line": "V1", "partner": "ANA", "we": "bring", "what": "SECRET", "how_sure": "an idea"}
    hidden = partnership(
        "ANA BEN",
        partnership=[{"mode": "confidential"}],
        objectives=[{"objective": "O1", "text": "SECRET"} | kept],
        value_lines=[line | kept],
        risks=[{"risk": "R1", "what_could_happen": "SECRET"} | kept],
        risk_care=[{"risk": "R1", "carries": "ANA", "decides": "BEN", "pays": "BEN"} | kept],
        transfers=[{"transfer": "T1", "from": "ANA", "to": "BEN", "amount": "7"} | kept],
        decisions=[{"about": "SECRET", "outcome": "we differ, and must decide"} | kept],
    )
    nothing = partnership("ANA BEN", partnership=[{"mode": "confidential"}])
    fronts = [report.shared(p).pages[0].results for p in (hidden, nothing)]
    said = [[result.plain() for result in front] for front in fronts]
    assert said[0] == said[1] and "SECRET" not in str(said)
    assert "No objective is shown here." in said[0][0]
    assert "No difference that must be decided is shown here." in said[0][4]


def test_a_partners_own_rows_name_what_their_codes_stand_for():
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge")],
        positions=[("ANA", "", "O1", "support it", "no part")],
    )
    (table,) = own_page(p, "ANA").results
    assert table.data["Objective"].tolist() == ["O1 a bridge"]


def test_no_word_of_many_columns_is_broken_the_letters_are_smaller():
    words = ["POUPANÇA", "Organisation", "Municipality"] * 3
    size, widths = word_document._widths([[[word] for word in words]], word_document.SMALL)
    letter = size / 2 * 20 * 0.5  # twips, for letters half as wide as high
    assert size < word_document.SMALL
    assert all(len(word) * letter <= width for word, width in zip(words, widths, strict=True))


@pytest.mark.parametrize("line_break", ["\x0b", "\u2028", "\r\n", "\x0c", "\x85"])
def test_a_line_break_of_any_kind_stays_one_in_a_word_document(line_break):
    document = word_document.new("One", "foot")
    word_document.paragraph(document, f"for shade{line_break}and rest")
    word_document.table(document, ["why"], [[f"for shade{line_break}and rest"]])
    read = docx.Document(io.BytesIO(word_document.contents(document)))
    assert read.paragraphs[0].text == "for shade\nand rest"
    assert read.tables[0].cell(1, 0).text == "for shade\nand rest"


def test_a_partner_reads_in_its_own_report_what_of_its_own_words_could_not_be_read():
    own = {"partner": "ANA", "objective": "O1", "our_part": "useful part"}
    others = {"partner": "BEN", "objective": "O1", "stance": "no wayy", "our_part": "useful part"}
    voice = own | {"respondent": "A1", "stance": "a voice"}
    p = partnership(
        "ANA BEN",
        partnership=[{"mode": "with names"}],
        objectives=[("O1", "water", "specific")],
        positions=[own | {"stance": "<b>can not live</b>"}, others, voice],
    )
    page = own_page(p, "ANA")
    assert page.last == (
        "You wrote “<b>can not live</b>” under “Our position” (Our position on each objective). It "
        "could not be read. Tell the facilitator what you mean.",
    )
    assert own_page(partnership("ANA BEN"), "ANA").last == ()
    assert report.for_partner(p, "ANA", (2,)).pages[0].last == ()


def test_a_partner_is_not_told_that_a_code_it_wrote_cannot_be_found():
    line = {"line": "V1", "partner": "ANA", "we": "bring", "what": "a van", "answers": "V9"}
    p = partnership("ANA BEN", partnership=[{"mode": "with names"}], value_lines=[line])
    assert [one.column for one in p.problems] == ["answers"]
    assert own_page(p, "ANA").last == ()


def test_the_one_page_has_a_payment_of_which_it_cannot_be_read_to_whom_it_goes():
    grant = ("T1", "ANA", "BNE", "500", "EUR", "", "grant")
    p = partnership("ANA BEN", partnership=[{"mode": "with names"}], transfers=[grant])
    brings = report.shared(p).pages[0].results[1]
    assert brings.notes == ("Money: ANA to a partner that cannot be read: 500 EUR, grant.",)
