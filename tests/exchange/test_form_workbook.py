"""The form as a workbook: it explains itself, offers words, refuses errors, comes back."""

import datetime as dt

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

import examples
from examples import EVERY_EXAMPLE
from making import partnership
from office import OFFICE, fill_in
from partnering.exchange import form_workbook
from partnering.partnership import Partnership
from partnering.schema.choices import Choice, Ticks
from partnering.schema.days import Date, Remembered
from partnering.schema.kinds import Code, Ref, Text
from partnering.schema.numbers import Amount, Whole
from partnering.schema.tables import TABLES
from partnering.schema.wording import not_said
from partnering.storage import form_marks, workbook
from partnering.storage.atomic import NotSaved


@pytest.fixture(scope="module")
def shade() -> Partnership:
    return examples.example("shade")


@pytest.fixture
def form(tmp_path):
    """Writes a form and opens it as a spreadsheet program would."""

    def make(**wanted) -> openpyxl.Workbook:
        form_workbook.write(tmp_path / "form.xlsx", **wanted)
        return openpyxl.load_workbook(tmp_path / "form.xlsx")

    return make


def heads(page) -> list[str]:
    return [cell.value for cell in page[1]]


def rule(page, column: str) -> DataValidation:
    """The rule of a column's first cell."""
    cell = page.cell(2, heads(page).index(column) + 1).coordinate
    return next(some for some in page.data_validations.dataValidation if cell in some.sqref)


def offered(book: openpyxl.Workbook, name: str) -> list[str]:
    """The words that a list of words offers."""
    sheet, cells = book.defined_names[name.lstrip("=")].attr_text.replace("$", "").split("!")
    return [row[0].value for row in book[sheet][cells]]


def content(partnership: Partnership) -> dict:
    return {
        name: [
            {column: text for column, text in row.items() if text and column != "format"}
            for row in frame.to_dict("records")
        ]
        for name, frame in partnership.to_write().items()
        if len(frame)
    }


# ---------------------------------------------------------------- what it is


def test_the_first_sheet_says_what_it_is_who_holds_it_and_what_it_is_not_for(form, shade):
    page = form(example=shade)["read me"]
    said = " ".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    for words in (
        "Shade",
        "How to fill it in",
        "Who keeps it",
        shade.fact("held_by"),
        "Destroyed on",
        "2028-10-31",
        "Not to be used for decisions on funding, selection or staff.",
        "prefer not to say here",
        "No names of people",
        shade.fact("reporting_route"),
        "Our position on each objective",
    ):
        assert words in said
    assert form().sheetnames[0] == "read me" and form().active.title == "read me"


def test_there_is_one_sheet_a_table_in_tour_order_without_house_files(form):
    names = form().sheetnames
    core = [name for name, table in TABLES.items() if table.core and not table.private]
    assert names == ["read me", *core, "words"]
    assert form(full=True).sheetnames == [
        "read me",
        *(name for name in TABLES if not TABLES[name].private),
        "words",
    ]
    assert form(stops=[3]).sheetnames == [
        "read me",
        "partnership",
        "partners",
        "decisions",
        "risk_types",
        "risks",
        "risk_views",
        "risk_care",
        "consents",
        "words",
    ]
    assert "objectives" in form(stops=[1]).sheetnames


def test_the_core_form_asks_for_core_columns_and_the_full_one_for_all(form):
    core, full = (
        {page.title: heads(page) for page in form(full=full) if page.title in TABLES}
        for full in (False, True)
    )
    for name, table in TABLES.items():
        if not table.private and not table.upright:
            assert full[name] == [column.label for column in table.columns]
            assert (
                name not in core
                or core[name] == [column.label for column in table.columns if column.core]
                or table.shipped
            )


# ---------------------------------------------------------------- what a cell offers and refuses


def test_every_column_offers_its_words_or_has_its_limits_and_says_what_is_meant(form):
    book = form(full=True)
    for name, table in TABLES.items():
        for column in () if table.private or table.upright else table.columns:
            found, kind = rule(book[name], column.label), column.kind
            assert found.prompt and found.prompt.startswith(
                ("Needed.", "As you wish.", "Filled in beforehand.")
            ), column
            assert (
                len(found.prompt) <= 255
                and len(found.promptTitle) <= 32
                and len(found.error or "") <= 255
            )
            note = book[name].cell(1, heads(book[name]).index(column.label) + 1).comment
            assert not column.help or column.help in note.text
            if isinstance(kind, Choice):
                assert offered(book, found.formula1) == kind.everything
                assert (
                    bool(found.showErrorMessage) != isinstance(kind, Ticks)
                    and (found.errorStyle or "stop") == "stop"
                )
            elif isinstance(kind, Ref) and TABLES[kind.table].name in book.sheetnames:
                assert found.type == "list" and found.formula1.startswith(f"list_{kind.table}")
                assert found.errorStyle == "warning" and bool(found.showErrorMessage) != kind.many
            elif isinstance(kind, Whole):
                assert (found.type, found.formula1, found.formula2) == (
                    "whole",
                    str(kind.low),
                    str(kind.high),
                ) and found.error
            elif isinstance(kind, Date):
                assert found.type == "date" and found.error
            elif isinstance(kind, Amount):
                assert found.type == "decimal" and found.error
            elif isinstance(kind, Code):
                assert found.type == "textLength" and found.error
            elif isinstance(kind, (Remembered, Text)):
                assert found.type in (None, "none")


def test_partners_typed_on_their_sheet_feed_the_later_lists(form):
    book = form()
    assert (
        book.defined_names["list_partners"].attr_text
        == "OFFSET('partners'!$A$2,0,0,MAX(1,COUNTA('partners'!$A$2:$A$201)),1)"
    )
    names = list(TABLES)
    for (
        name,
        table,
    ) in TABLES.items():  # what a list offers stands on an earlier sheet, or on the same
        for column in table.columns:
            if isinstance(column.kind, Ref):
                assert (
                    names.index(column.kind.table) <= names.index(name)
                    or column.kind.table == "protocol"
                )
    place = rule(book["risk_care"], "Most affected").formula1
    words = book["words"]
    first = book.defined_names[place].attr_text.split("!$")[1].split("$")[0]
    column = [cell.value for cell in words[first]]
    assert column[:4] == [
        "all partners",
        "people we serve",
        "nobody",
        "=IF('partners'!A2=\"\",\"\",'partners'!A2)",
    ]


def test_headings_are_protected_without_a_password_and_cells_are_free(form):
    for page in form(full=True):
        assert page.protection.sheet and not page.protection.password
        if page.title in TABLES and not TABLES[page.title].upright:
            assert all(cell.protection.locked for cell in page[1])
            columns = page.column_dimensions.values()
            assert columns and not any(column.protection.locked for column in columns)
            assert page.freeze_panes == "A2" and page.print_title_rows == "$1:$1"
    upright = form()["partnership"]
    assert upright["A2"].protection.locked and not upright["B2"].protection.locked


def test_it_prints_across_the_page_with_wrapped_text_and_the_condition_at_the_foot(form, shade):
    for page in form(example=shade):
        if page.title != "words":
            assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9
            assert page.page_setup.fitToWidth in (None, 1) and page.page_setup.fitToHeight == 0
            assert page.sheet_properties.pageSetUpPr.fitToPage
            assert (
                "Not to be used for decisions on funding, selection or staff."
                in page.oddFooter.left.text
            )
    page = form(example=shade)["risks"]
    cell = page.cell(2, heads(page).index("What could happen") + 1)
    assert cell.alignment.wrap_text and page.row_dimensions[2].height > 15


def test_colour_never_speaks_alone(form, shade):
    book = form(partner="VEC", example=shade)
    page = book["positions"]
    looks = {cell.value: (cell.fill.fgColor.rgb, cell.font.italic) for cell in page[1]}
    assert looks["Partner"] == looks["Objective"] != looks["Our position"] and looks["Partner"][1]
    notes = {cell.value: cell.comment.text for cell in page[1]}
    assert notes["Partner"].startswith("Filled in beforehand.") and notes[
        "Our position"
    ].startswith("As you wish.")


def test_no_word_of_the_form_judges(form):
    for page in form(full=True):
        for row in page.iter_rows():
            assert not [cell.coordinate for cell in row if cell.value and not_said(str(cell.value))]


# ---------------------------------------------------------------- for one partner


def test_a_form_for_one_partner_has_its_code_and_a_row_for_each_thing_to_answer(form, shade):
    book = form(partner="SEN", example=shade)
    for name in ("purposes", "positions", "value_lines", "worth", "risk_views", "holding"):
        codes = {
            row[heads(book[name]).index("Partner")].value for row in book[name].iter_rows(min_row=2)
        }
        assert codes - {None} == {"SEN"}, name
    assert [row[1].value for row in book["positions"].iter_rows(min_row=2)][:6] == shade[
        "objectives"
    ]["objective"].tolist()
    risks = [row[1].value for row in book["risk_views"].iter_rows(min_row=2) if row[1].value]
    assert risks == shade.for_reader("room")["risks"]["risk"].tolist() and len(risks) < len(
        shade["risks"]
    )
    assert {"decisions", "risk_care", "partnership", "transfers", "topics"} & set(
        book.sheetnames
    ) == set()


def test_a_form_for_one_partner_holds_nothing_that_only_others_or_the_facilitator_may_see(
    form, shade, tmp_path
):
    book = form(partner="SEN", example=shade)
    said = {
        str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value
    }
    for name, frame in shade.tables.items():
        for column in TABLES[name].columns:
            if (
                isinstance(column.kind, Text)
                and "partner" in TABLES[name].by_name
                and name != "partners"
            ):
                own = frame["partner"] == "SEN"
                others = set(frame.loc[~own, column.name]) - set(frame.loc[own, column.name])
                assert not {text for text in others if len(text) > 3} & said, (name, column.name)
    assert not set(shade["partners"]["note"]) - {""} & said
    kept_back = shade["risks"].loc[
        shade["risks"]["share"] == "facilitator only", "what_could_happen"
    ]
    assert len(kept_back) and not set(kept_back) & said
    uwi = examples.example("uwi")
    book = form(partner="BEA", example=uwi)
    assert not {voice for voice in uwi["risk_views"]["respondent"] if voice} & {
        str(cell.value) for page in book for row in page.iter_rows() for cell in row
    }


def test_the_boxes_of_the_value_form_wait_with_codes_that_no_other_form_has(form):
    shade = Partnership({"partners": examples.example("shade").sheets["partners"]})
    codes = []
    for partner in shade.names:
        page = form(partner=partner, example=shade)["value_lines"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2) if row[0].value]
        assert [row[heads(page).index("We …")] for row in rows] == ["bring"] * 3 + [
            "hope for"
        ] * 3 + ["give up, or spend", "ask one partner for"]
        codes += [row[0] for row in rows]
    assert len(codes) == len(set(codes)) == 32


def test_the_codes_that_wait_do_not_hang_on_lines_that_the_partner_does_not_see(form):
    lines = [("V1", "ANA", "bring", "a van"), ("V9", "BEN", "ask one partner for", "a hall")]
    kept = {
        "line": "V2",
        "partner": "BEN",
        "we": "ask one partner for",
        "what": "SECRET",
        "share": "facilitator only",
    }
    settings = [{"title": "Two", "mode": "with names"}]

    def codes(partner: str, *more) -> list[str]:
        p = partnership("ANA BEN", partnership=settings, value_lines=[*lines, *more])
        page = form(partner=partner, example=p)["value_lines"]
        return [row[0].value for row in page.iter_rows(min_row=2) if row[0].value]

    assert codes("ANA") == codes("ANA", kept)
    assert "V9" not in codes("ANA") and "V1" not in codes("BEN")
    assert set(codes("ANA")) & set(codes("BEN")) == set()


def test_a_form_for_one_partner_holds_nothing_that_is_held_back_from_it(form):
    kept = {"share": "facilitator only"}
    p = partnership(
        "ANA BEN",
        partnership=[{"title": "Two", "mode": "confidential"}],
        risks=[("R1", "", "rain"), {"risk": "R2", "what_could_happen": "SECRET"} | kept],
        risk_views=[
            ("ANA", "", "R2", "likely", "harms us"),
            ("BEN", "", "R1", "not likely", "little effect"),
        ],
        practices=[{"practice": "A1", "principle": "p", "we_will": "SECRET"} | kept],
        principles=[
            {
                "principle": "care",
                "named_by": "ANA, BEN",
                "partner": code,
                "importance": "important",
            }
            for code in ("ANA", "BEN")
        ],
    )
    for partner, other in (("ANA", "BEN"), ("BEN", "ANA")):
        book = form(partner=partner, example=p, full=True)
        cells = {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
        assert "SECRET" not in cells and "R2" not in cells and "rain" in cells
        named = [row[1].value for row in book["principles"].iter_rows(min_row=2) if row[0].value]
        assert named == [partner], other


# ---------------------------------------------------------------- and back


@pytest.mark.parametrize(
    "wanted",
    [{}, {"full": True}, {"stops": [3]}, {"partner": "VEC"}, {"partner": "VEC", "full": True}],
)
def test_a_form_that_nobody_has_filled_in_is_empty_and_has_no_problem(form, tmp_path, wanted):
    form(**wanted)
    found = workbook.read(tmp_path / "form.xlsx")
    assert content(found) == {} and found.problems == found.kept == []


@pytest.mark.parametrize("example", EVERY_EXAMPLE)
@pytest.mark.parametrize("full", [False, True], ids=["core", "full"])
def test_a_form_filled_from_an_example_gives_the_example_back(form, tmp_path, example, full):
    whole = examples.example(example)
    form(example=whole, full=full)
    found = workbook.read(tmp_path / "form.xlsx")
    assert found.problems == found.kept == []
    answered = Partnership({**whole.sheets, **form_marks.filled_in(whole.sheets)})
    assert content(found) == {name: rows for name, rows in content(answered).items() if any(rows)}


@pytest.mark.parametrize("partner", ["VEC", "OSD"])
def test_a_partners_form_gives_its_own_answers_back(form, tmp_path, shade, partner):
    form(partner=partner, example=shade)
    found = workbook.read(tmp_path / "form.xlsx")
    assert found.problems == found.kept == []
    for name in ("purposes", "positions", "value_lines", "worth"):
        own = shade[name][shade[name]["partner"] == partner]
        columns = [column for column in TABLES[name].key if column != "respondent"]
        assert (
            found[name][columns].astype("str").to_numpy().tolist()
            == own[columns].astype("str").to_numpy().tolist()
        )


def test_rows_that_were_only_filled_in_beforehand_are_no_answers_and_a_reason_alone_is_one(
    form, tmp_path, shade
):
    book = form(
        partner="SEN",
        example=Partnership({name: shade.sheets[name] for name in ("partners", "objectives")}),
    )
    page = book["positions"]
    page.cell(3, heads(page).index("In a few words") + 1).value = "a reason"
    page.cell(4, heads(page).index("Who may see this line") + 1).value = "not typed"
    book.save(tmp_path / "filled.xlsx")
    found = workbook.read(tmp_path / "filled.xlsx")
    assert found["positions"][["objective", "in_a_few_words"]].to_numpy().tolist() == [
        ["O2", "a reason"],
        ["O3", ""],
    ]
    assert len(found["value_lines"]) == 0 and found.problems == []


def test_a_form_asks_for_the_tick_of_each_of_its_tables_of_answers_and_of_no_other():
    def asked(partner="", stops=None, full=False, partners="ANA BEN CYD") -> list[str]:
        some = form_workbook.sheets_of(stops, full, partner, partnership(partners))
        return [name for sheet in some if sheet.name == "consents" for name in sheet.rows]

    core = ["partner", "positions", "worth", "risk_views"]  # no moment is told: all are asked
    assert asked("ANA") == [*core, "behaviour_views"]
    assert asked("ANA", full=True) == [*core, "principles", "behaviour_views"]
    assert asked("ANA", stops=[3]) == ["partner", "risk_views"]
    assert asked("ANA", stops=[5]) == asked(stops=[5]) == []
    assert asked("ANA", partners="ANA BEN") == asked(partners="ANA BEN") == []
    assert (
        form_workbook.sheets_of(None, False, "ANA", partnership("ANA BEN CYD"))[-1].name
        == "consents"
    )


def test_the_form_says_whose_it_is(form, tmp_path):
    form(partner="VEC")
    said = workbook.read_form(tmp_path / "form.xlsx")[1]
    assert (said["partner"], said["voice"]) == ("VEC", form_marks.VOICES[0])
    workbook.write(Partnership({}), tmp_path / "plain.xlsx")
    assert workbook.read_form(tmp_path / "plain.xlsx")[1] == {}


def test_a_sheet_of_somebodys_own_that_is_called_words_or_read_me_is_kept(tmp_path):
    book = openpyxl.Workbook()
    for name in ("words", "read me"):
        book.create_sheet(name).append(["idea"])
        book[name].append(["A bench"])
    book.save(tmp_path / "own.xlsx")
    assert set(workbook.read(tmp_path / "own.xlsx").sheets) == {"words", "read me"}


def test_a_form_has_to_be_a_workbook(tmp_path):
    with pytest.raises(NotSaved, match=r"does not end in \.xlsx"):
        form_workbook.write(tmp_path / "form.ods")


# ---------------------------------------------------------------- LibreOffice


@pytest.mark.libreoffice
def test_a_form_opened_filled_in_and_saved_by_libreoffice_is_read_right_and_still_offers_its_lists(
    tmp_path,
):
    if not OFFICE:
        pytest.skip("LibreOffice is not installed")
    form_workbook.write(tmp_path / "form.xlsx", stops=[3])
    day = (dt.date(2026, 11, 30) - dt.date(1899, 12, 30)).days
    fill_in(
        tmp_path,
        tmp_path / "form.xlsx",
        tmp_path / "filled.xlsx",
        {
            ("partners", "A2"): "VEC",
            ("partners", "B2"): "Vecinas",
            ("partners", "A3"): "SOM",
            ("partners", "B3"): "Sombra",
            ("risks", "A2"): "R1",
            ("risks", "C2"): "Rain, and nobody comes",
            ("risk_views", "A2"): "VEC",
            ("risk_views", "C2"): "R1",
            ("risk_views", "D2"): "likely",
            ("risk_views", "E2"): "harms us",
            ("risk_views", "A3"): "Sombra",
            ("risk_views", "C3"): "R1",
            ("risk_views", "D3"): "possible",
            ("risk_care", "A2"): "R1",
            ("risk_care", "B2"): "VEC, people we serve",
            ("risk_care", "G2"): day,
            ("partnership", "B2"): "Ours",
            ("read me", "B18"): "VEC",
        },
    )
    found = workbook.read(tmp_path / "filled.xlsx")
    assert found.problems == found.kept == []
    assert found.fact("title") == "Ours" and found.names == {"VEC": "Vecinas", "SOM": "Sombra"}
    assert found["risk_views"][["partner", "risk", "how_likely"]].astype(
        "str"
    ).to_numpy().tolist() == [["VEC", "R1", "likely"], ["SOM", "R1", "possible"]]
    care = found["risk_care"].iloc[0]
    assert care["carries"] == "VEC, people we serve" and care["by_when"].date() == dt.date(
        2026, 11, 30
    )
    book, before = (
        openpyxl.load_workbook(tmp_path / name) for name in ("filled.xlsx", "form.xlsx")
    )
    for name, label in (
        ("risk_views", "How likely"),
        ("risk_views", "Partner"),
        ("risk_care", "Most affected"),
        ("risks", "Type"),
    ):
        old, new = rule(before[name], label), rule(book[name], label)
        assert (old.type, old.formula1.lstrip("=")) == (new.type, new.formula1) and str(
            old.sqref
        ) == str(new.sqref)
    assert offered(book, rule(book["risk_views"], "How likely").formula1)[2] == "likely"
    assert "OFFSET" in book.defined_names["list_partners"].attr_text
    page = book["risk_views"]
    assert (
        page.protection.sheet and page["A1"].protection.locked and not page["D5"].protection.locked
    )
    assert book["words"].sheet_state == "hidden" and page["D1"].comment
