"""Checking sheets: a sentence for each mistake, which names its cell; the good rows go on."""

import re

import openpyxl
import pandas as pd
import pytest

from examples import example
from making import partnership
from partnering.schema.check import check
from partnering.schema.tables import TABLES
from partnering.storage import workbook


def sheet(first_row: int = 2, **columns: list[str]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=range(first_row, first_row + size), dtype="str")


def partners(*codes: str) -> pd.DataFrame:
    return sheet(partner=list(codes), name=[f"House of {code}" for code in codes])


def objectives(**columns: list[str]) -> pd.DataFrame:
    return sheet(**{"objective": ["O1", "O2", "O3"], "text": ["Shade", "Water", "Work"], **columns})


def positions(*said: tuple[str, str, str]) -> pd.DataFrame:
    partner, objective, stance = zip(*said, strict=True)
    return sheet(partner=list(partner), objective=list(objective), stance=list(stance))


def told(sheets: dict[str, pd.DataFrame]) -> list[tuple[str, int | None, str]]:
    return [
        (problem.table, problem.row, problem.column) for problem in check(sheets, TABLES).problems
    ]


# ---------------------------------------------------------------- twelve mistakes

MISTAKES = {  # the cell, what is typed there, what the sentence says
    ("risk_views", "how_likely", 1): ("often", "Did you mean “likely”?"),
    ("risk_views", "partner", 5): ("VCE", "Did you mean “VEC”?"),
    ("risks", "risk", 3): ("R 3!", "a short code without spaces, such as R1"),
    ("objectives", "text", 2): ("", "this cell is empty"),
    ("positions", "stance", 4): ("yes", "Did you mean “support it”?"),
    ("positions", "objective", 8): ("O9", "is not one of: O1 / O2"),
    ("value_lines", "how_sure", 1): ("promise", "Did you mean “we promise it”?"),
    ("value_lines", "line", 2): ("V1", "is already in row 2"),
    ("transfers", "amount", 1): ("94,000", "write 94000 or 94.00"),
    ("risk_care", "by_when", 1): ("03/04/2026", "write 2026-04-03 or 2026-03-04"),
    ("decisions", "stop", 1): ("twelve", "a whole number from 1 to 8"),
    ("partnership", "threshold", 6): ("2", "a whole number from 3 to 50"),
}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """Shade as a workbook, with twelve mistakes; the places are those of the spreadsheet."""
    file, cells = tmp_path_factory.mktemp("spoilt") / "shade.xlsx", {}
    workbook.write(example("shade"), file)
    book = openpyxl.load_workbook(file)
    for (name, column, number), (typed, _) in MISTAKES.items():
        page, table = book[name], TABLES[name]
        across = 1 if table.upright else list(table.by_name).index(column)
        cell = page.cell(number + 1, across + 1)
        if table.upright:
            assert page.cell(number + 1, 1).value == table.by_name[column].label
        cell.value, cells[name, column] = typed, cell.row
    book.save(file)
    return workbook.read(file), cells


def test_twelve_mistakes_in_a_workbook_are_twelve_sentences_that_each_name_a_cell(spoilt):
    partnership, cells = spoilt
    assert {(p.table, p.column): p.row for p in partnership.problems} == cells
    assert len(partnership.problems) == len(MISTAKES) == 12


def test_each_of_the_twelve_sentences_says_what_to_do(spoilt):
    said = {(problem.table, problem.column): str(problem) for problem in spoilt[0].problems}
    for (name, column, _), (_, words) in MISTAKES.items():
        assert words in said[name, column]
        assert re.match(rf"sheet {name}, row \d+, column {column}: ", said[name, column])


def test_what_can_be_worked_out_from_the_good_rows_is_still_there(spoilt):
    whole, partnership = example("shade"), spoilt[0]
    assert len(partnership["risks"]) == len(whole["risks"]) - 1
    assert len(partnership["risk_views"]) == (whole["risk_views"]["risk"] != "R3").sum() - 1
    assert set(partnership["positions"]["objective"]) == set(whole["positions"]["objective"]) - {
        "O2"
    }


# ---------------------------------------------------------------- what follows is not told again


def test_a_row_whose_code_is_unreadable_is_told_and_references_to_it_are_not():
    said = positions(
        ("VEC", "O2", "support it"), ("TWN", "O2", "support it"), ("TWN", "O3", "support it")
    )
    for typed in ("O 2", "(2nd)", ""):
        sheets = {
            "partners": partners("VEC", "TWN"),
            "objectives": objectives(objective=["O1", typed, "O3"]),
            "positions": said,
        }
        assert told(sheets) == [("objectives", 3, "objective")]
        assert check(sheets, TABLES).tables["positions"]["objective"].tolist() == ["O3"]


def test_a_code_typed_twice_is_told_and_references_to_the_code_that_is_missing_are_not():
    sheets = {
        "partners": partners("VEC"),
        "objectives": objectives(objective=["O1", "O1", "O3"]),
        "positions": positions(("VEC", "O2", "support it"), ("VEC", "Water", "support it")),
    }
    assert told(sheets) == [("objectives", 3, "objective")]
    assert (
        check(sheets, TABLES).tables["positions"].empty
    )  # "Water" must not become the first O1, which is Shade


def test_a_code_that_is_unreadable_is_not_taken_for_a_slip_in_every_reference_to_it():
    codes = [f"O{number}" for number in range(1, 13)] + ["O 13!"]
    sheets = {
        "partners": partners("VEC"),
        "positions": positions(("VEC", "O13", "support it")),
        "objectives": sheet(objective=codes, text=[f"Objective {code}" for code in codes]),
    }
    assert told(sheets) == [("objectives", 14, "objective")]  # and not: "O13", did you mean "O1"?


def test_a_partner_without_a_code_is_told_and_what_nothing_else_resembles_is_taken_for_it():
    sheets = {
        "partners": partners("VEC", ""),
        "worth": sheet(partner=["TWN", "VEC"], worth_it=["yes", "yes"]),
    }
    assert told(sheets) == [("partners", 3, "partner")]
    assert check(sheets, TABLES).tables["worth"]["partner"].tolist() == ["VEC"]


def test_a_slip_in_a_reference_is_told_although_another_row_has_no_code():
    sheets = {
        "partners": partners("VEC", "TWN", "no code!"),
        "objectives": objectives(),
        "positions": positions(("VCE", "O1", "support it"), ("no code!", "O1", "support it")),
    }
    assert told(sheets) == [("partners", 4, "partner"), ("positions", 2, "partner")]


def test_a_row_left_out_takes_with_it_what_cannot_stand_without_it_and_no_reference_dangles():
    lines = sheet(
        line=["V1", "V2", "V3"],
        partner=["XXX", "VEC", "VEC"],
        we=["bring", "ask one partner for", "ask one partner for"],
        what=["a", "b", "c"],
        answers=["", "V1", "V1, V2"],
    )
    sheets = {"partners": partners("VEC"), "value_lines": lines}
    assert told(sheets) == [("value_lines", 2, "partner")]
    assert check(sheets, TABLES).tables["value_lines"]["answers"].tolist() == ["", "V2"]


def test_a_chain_of_rows_that_lead_to_each_other_goes_to_its_end():
    sheets = {
        "partners": partners("VEC"),
        "objectives": objectives(text=["Shade", "", "Work"]),
        "capabilities": sheet(objective=["O2"], what_it_takes=["trust"], partner=["VEC"]),
    }
    checked = check(sheets, TABLES)
    assert [problem.row for problem in checked.problems] == [3] and checked.tables[
        "capabilities"
    ].empty


def test_what_waits_for_a_row_that_goes_later_is_let_go_too_whatever_the_order_of_the_sheets():
    sheets = {
        "requests": sheet(
            **{"request": ["Q1"], "from": ["VEC"], "to": ["VEC"], "waits_for": ["P1"]}
        ),
        "promises": sheet(promise=["P1"], partner=["TWN"], what=["call"]),
        "partners": partners("VEC", "TWN").assign(name=["Vecinas", ""]),
    }
    checked = check(sheets, TABLES)
    assert [(problem.table, problem.column) for problem in checked.problems] == [
        ("partners", "name")
    ]
    assert checked.tables["promises"].empty and checked.tables["requests"][
        "waits_for"
    ].tolist() == [""]


def test_references_to_a_sheet_without_rows_are_told_once_for_the_column():
    said = positions(("VEC", "O1", "support it"), ("VEC", "O2", "support it"))
    assert told({"partners": partners("VEC"), "positions": said}) == [
        ("positions", None, "objective")
    ]


def test_a_missing_column_is_told_once_and_not_for_every_row():
    sheets = {
        "partners": partners("VEC"),
        "objectives": objectives().drop(columns="objective"),
        "positions": positions(("VEC", "O1", "support it")),
    }
    assert told(sheets) == [("objectives", None, "objective")]


def test_a_heading_with_a_slip_of_the_pen_is_asked_about_and_its_answers_kept():
    said = positions(("VEC", "O1", "support it")).rename(columns={"objective": "Objectve"})
    checked = check(
        {"partners": partners("VEC"), "objectives": objectives(), "positions": said}, TABLES
    )
    assert [str(problem) for problem in checked.problems] == [
        "sheet positions, column Objectve: “Objectve” is not a heading of this sheet; the column "
        "is kept as it is. Did you mean “Objective”?"
    ]
    assert checked.kept == []


def test_a_sheet_with_a_slip_of_the_pen_is_asked_about_once():
    sheets = {
        "partners": partners("VEC"),
        "objectivs": objectives(),
        "positions": positions(("VEC", "O1", "yes, on one condition")),
    }
    assert told(sheets)[0] == ("objectivs", None, "") and len(told(sheets)) == 2  # and the stance


def test_columns_and_sheets_of_ones_own_are_named_and_are_no_problem():
    checked = check(
        {"partners": partners("VEC").assign(telephone="1"), "shopping": sheet(what=["tea"])}, TABLES
    )
    assert checked.problems == []
    assert [(kept.table, kept.column) for kept in checked.kept] == [
        ("partners", "telephone"),
        ("shopping", ""),
    ]


# ---------------------------------------------------------------- references


def test_a_partner_may_be_written_by_code_or_name_in_any_case_and_comes_back_as_its_code():
    houses = sheet(partner=["VEC", "FHC"], name=["Vecinas", "Farmers, Herders & Co"])
    risks = sheet(risk=["R1", "R2", "R3"], what_could_happen=["a", "b", "c"])
    care = sheet(
        risk=["r1", "R2", "R3"], carries=["farmers, herders & co", "vec; FHC", "All of us, Vecinas"]
    )
    checked = check({"partners": houses, "risks": risks, "risk_care": care}, TABLES)
    assert checked.problems == []
    assert checked.tables["risk_care"]["carries"].tolist() == [
        "FHC",
        "VEC, FHC",
        "all partners, VEC",
    ]


def test_a_name_nearly_written_is_answered_with_its_code():
    sheets = {
        "partners": sheet(partner=["VEC", "TWN"], name=["Vecinas de Puerto", "The town"]),
        "worth": sheet(partner=["Vecinas de Puerta"], worth_it=["yes"]),
    }
    assert check(sheets, TABLES).problems[0].sentence.endswith("Did you mean “VEC”?")


def test_a_long_list_of_codes_is_cut_short_in_the_sentence():
    sheets = {
        "partners": partners(*(f"P{number}" for number in range(200))),
        "worth": sheet(partner=["nobody here"], worth_it=["yes"]),
    }
    assert len(check(sheets, TABLES).problems[0].sentence) < 160


# ---------------------------------------------------------------- rows


def test_the_first_of_two_rows_that_are_the_same_counts_and_the_other_is_told():
    said = positions(
        ("VEC", "O1", "support it"),
        ("VEC", "O2", "strongly for it"),
        ("VEC", "o1", "cannot accept it"),
    )
    sheets = {"partners": partners("VEC"), "objectives": objectives(), "positions": said}
    checked = check(sheets, TABLES)
    assert [str(problem) for problem in checked.problems] == [
        "sheet positions, row 4, column objective: “VEC, O1” is already in row 2; row 2 counts "
        "until one of the two is deleted or changed."
    ]
    assert checked.tables["positions"]["stance"].tolist() == ["support it", "strongly for it"]


def test_a_moment_dated_twice_alike_is_told_with_its_day():
    story = sheet(moment=["M1", "M1", "M1"], when=["2026-01-01", "2026-02-01", "1.2.2026"])
    assert (
        "“M1, 2026-02-01” is already in row 3"
        in check({"moments": story}, TABLES).problems[0].sentence
    )


def test_a_line_left_on_paper_holds_its_place_and_is_no_problem():
    risks = sheet(risk=["R1", "R2"], what_could_happen=["a", ""], share=["", "not typed"])
    checked = check({"risks": risks}, TABLES)
    assert checked.problems == [] and checked.tables["risks"]["risk"].tolist() == ["R1", "R2"]


def test_a_second_row_about_the_partnership_is_told():
    both = sheet(title=["Shade", "Sun"], moment=["starting", "exploring"])
    assert told({"partnership": both}) == [("partnership", 3, "")]


def test_problems_come_in_the_order_of_sheets_rows_and_columns():
    said = positions(("XXX", "O9", "often"), ("YYY", "O8", "often"))
    houses = partners("VEC", "TWN").assign(kind=["NGO", "club"])
    order = told({"positions": said, "partners": houses, "objectives": objectives()})
    assert order == [
        ("positions", 2, "partner"),
        ("positions", 2, "objective"),
        ("positions", 2, "stance"),
        ("positions", 3, "partner"),
        ("positions", 3, "objective"),
        ("positions", 3, "stance"),
        ("partners", 3, "kind"),
    ]


def test_every_column_has_its_type_also_in_a_table_without_rows():
    checked = check(
        {"promises": sheet(promise=["P1"], partner=["VEC"], what=["a"]).iloc[:0]}, TABLES
    )
    assert (checked.tables["promises"].dtypes == TABLES["promises"].empty().dtypes).all()


# ---------------------------------------------------------------- large


def many_views(size: int = 6_000) -> dict[str, pd.DataFrame]:
    numbers = range(size)
    views = sheet(
        partner=[f"P{number % 300}" for number in numbers],
        risk=[f"R{number // 300 % 10}" for number in numbers],
        respondent=[f"v{number // 3000}" for number in numbers],
        how_likely=["likely"] * size,
        how_hard_on_us=["harms us"] * size,
        in_a_few_words=[f"words {number}" for number in numbers],
    )
    risks = sheet(risk=[f"R{number}" for number in range(10)], what_could_happen=["x"] * 10)
    return {
        "partners": partners(*(f"P{number}" for number in range(300))),
        "risks": risks,
        "risk_views": views,
    }


@pytest.mark.parametrize(
    ("spoil", "sentences"),
    [
        ("nothing", 0),
        ("one cell", 1),
        ("every cell", 6_000),
        ("every partner", 6_000),
        ("every row twice", 3_000),
    ],
)
def test_in_thousands_of_rows_each_wrong_cell_has_its_one_sentence(spoil, sentences):
    sheets = many_views()
    views = sheets["risk_views"]
    if spoil == "one cell":
        views.loc[4_000, "how_likely"] = "often"
    elif spoil == "every cell":
        views["how_likely"] = "often"
    elif spoil == "every partner":
        views["partner"] = [f"X{row}" for row in views.index]
    elif spoil == "every row twice":
        views["respondent"] = "v"
    assert len(check(sheets, TABLES).problems) == sentences


def test_two_decisions_about_the_same_are_both_there_and_people_are_asked_whether_they_are_one():
    p = partnership(
        "ANA BEN",
        decisions=[
            ("1", "rent", "agreed", "pay it"),
            ("2", "rent", "agreed", "at another stop"),
            ("1", "", "agreed", "without a subject"),
            ("1", "", "agreed", "without a subject too"),
            ("1", " Rent ", "not discussed"),
        ],
    )
    assert len(p["decisions"]) == 5
    assert list(map(str, p.problems)) == [
        "sheet decisions, row 6, column about: “Rent” is the subject of row 2 too, and both count. "
        "Are the two one? Then delete one of them. If not, give them different subjects."
    ]


# ---------------------------------------------------------------- names that two lines bear


def two_of_one_name():
    """Two partners and two objectives of one name, and answers that name them."""
    return partnership(
        "",
        partners=[("RCA", "Red Cross"), ("RCB", "Red  cross"), ("CIT", "City")],
        partnership=[{"mode": "with names"}],
        objectives=[("O1", "water", "specific"), ("O2", "water", "specific")],
        positions=[
            {"partner": "Red Cross", "objective": "O1", "stance": "cannot accept it"},
            {"partner": "City", "objective": "water", "stance": "support it"},
            {"partner": "rcb", "objective": "O2", "stance": "support it"},
        ],
    )


def test_a_name_that_two_lines_bear_stands_for_neither_and_is_asked_about():
    p = two_of_one_name()
    assert p["positions"][["partner", "objective"]].values.tolist() == [["RCB", "O2"]]
    told = [problem.sentence for problem in p.problems]
    assert "Which of them do you mean: “RCA” / “RCB”?" in told[0]
    assert "Which of them do you mean: “O1” / “O2”?" in told[1] and len(told) == 2
