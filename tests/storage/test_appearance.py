"""What a workbook shows otherwise than it holds is read as it is shown; what it hides is told."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from office import convert
from open_documents import open_document, row_of
from partnering.storage import appearance, workbook

MARCH = dt.datetime(2026, 3, 1)
CARE = [
    ["Risk", "We will", "By when"],
    ["R1", "call first", MARCH],
    ["R2", "write", dt.datetime(2026, 5, 3)],
    ["R3", 0.5, dt.datetime(2026, 3, 15)],
]
PAYMENTS = [
    ["Payment", "From (giver)", "To (receiver)", "Amount", "Currency"],
    ["T1", "VEC", "SOM", 94000, None],
    ["T2", "SOM", "VEC", 1200, None],
    ["T3", "SOM", "VEC", 300, "EUR"],
]
VIEWS = [
    ["Partner", "Code of the person", "Risk", "How likely", "In a few words"],
    ["VEC", 7, 1, "likely", "between us"],
    ["SOM", 8, 2, "possible", None],
]
FORMATS = {
    "risk_care": {"C2": "mmm-yy", "C3": "d-mmm", "B4": "0%", "C4": "yyyy-mm-dd"},
    "transfers": {"D2": "[$€-407] #,##0", "D3": '"$"#,##0', "D4": "[$€-407] #,##0"},
    "risk_views": {"B2": "000", "B3": "000", "C2": '"R"0', "C3": '"R"0'},
}


def book(place: Path) -> Path:
    """A workbook with formats, in which a row, a column and a sheet are hidden."""
    made = openpyxl.Workbook()
    for name, rows in (("risk_care", CARE), ("transfers", PAYMENTS), ("risk_views", VIEWS)):
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
        for cell, code in FORMATS[name].items():
            page[cell].number_format = code
    made["risk_views"].row_dimensions[3].hidden = True
    made["risk_views"].row_dimensions[9].hidden = True  # nothing stands in it
    made["risk_views"].column_dimensions["E"].hidden = True
    made["transfers"].sheet_state = "hidden"
    del made["Sheet"]
    made.save(place)
    return place


SAID = {
    ("risk_care", "row 3, column “C”", "the year is not shown"),
    ("transfers", "row 2, column “D”", "is in the look of the cell"),
    ("transfers", "row 3, column “D”", "is in the look of the cell"),
    ("transfers", "", "this sheet is hidden"),
    ("risk_views", "row 3", "this is hidden, perhaps by a filter"),
    ("risk_views", "column “E”", "this column is hidden"),
}


def is_as_shown(file: Path) -> bool:
    """Whether the workbook is read as it is shown, and just that is told which nothing can hold."""
    read = workbook.read(file)
    care, views = read.sheets["risk_care"], read.sheets["risk_views"]
    told = [str(one) for one in read.assumed]
    return (
        care["by_when"].tolist() == ["2026-03", "2026-05-03", "2026-03-15"]
        and care["we_will"].tolist() == ["call first", "write", "50%"]
        and views["respondent"].tolist() == ["007", "008"]
        and views["risk"].tolist() == ["R1", "R2"]
        and read.sheets["transfers"]["amount"].tolist() == ["94000", "1200", "300"]
        and len(told) == len(SAID)
        and all(
            any(f"sheet {sheet}" in one and place in one and what in one for one in told)
            for sheet, place, what in SAID
        )
    )


def test_cells_are_read_as_they_are_shown_and_what_is_hidden_is_told(tmp_path):
    assert is_as_shown(book(tmp_path / "book.xlsx"))


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_the_same_is_read_of_what_libreoffice_has_saved(tmp_path, ending):
    (tmp_path / "out").mkdir()
    assert is_as_shown(convert(book(tmp_path / "book.xlsx"), ending, tmp_path / "out"))


def test_of_rows_that_an_open_document_writes_once_each_is_read_as_it_is_shown(tmp_path):
    shares = (
        "<table:table-row {said}><table:table-cell/>"
        '<table:table-cell office:value-type="percentage" office:value="0.{part}">'
        "<text:p>{part}%</text:p></table:table-cell></table:table-row>"
    )
    thrice = shares.format(said='table:number-rows-repeated="3"', part="50")
    rows = row_of("Risk", "We will") + thrice + shares.format(said="", part="25")
    read = workbook.read(open_document(tmp_path / "book.ods", rows, "risk_care"))
    assert read.sheets["risk_care"]["we_will"].tolist() == ["50%", "50%", "50%", "25%"]


def moment_in_march(tmp_path: Path, number_format: str):
    """What is read of a workbook with one moment, whose day has this format."""
    made = openpyxl.Workbook()
    made.active.title = "moments"
    for row in (["Moment", "When", "What happened"], ["M1", MARCH, "a flood"]):
        made.active.append(row)
    made.active["B2"].number_format = number_format
    made.save(tmp_path / "book.xlsx")
    return workbook.read(tmp_path / "book.xlsx")


def test_a_month_that_a_spreadsheet_has_made_a_day_of_is_asked_about_and_a_memory_stays(tmp_path):
    read = moment_in_march(tmp_path, "mmmm\\ yyyy")
    assert read.sheets["moments"]["when"].tolist() == ["2026-03"]
    read = workbook.read(book(tmp_path / "care.xlsx"))
    assert "“2026-03” is not one day but a whole month" in " ".join(map(str, read.problems))


def test_the_year_of_another_era_is_shown(tmp_path):
    assert moment_in_march(tmp_path, "[$-411]ge.m.d").assumed == []


@pytest.mark.parametrize(
    ("value", "look", "text"),
    [
        (MARCH, "mmm-yy", "2026-03"),
        (MARCH, "[$-409]mmmm\\ yyyy;@", "2026-03"),
        (MARCH, '"Month: "mm/yyyy', "2026-03"),
        (dt.date(2027, 1, 1), "yyyy", "2027"),
        (MARCH, "dd/mm/yyyy", ""),
        (MARCH, "[$-F800]dddd, mmmm dd, yyyy", ""),
        (0.125, "0.0%", "12.5%"),
        (0.29, "0%", "29%"),
        (7.0, "000", "007"),
        (1.0, '"R"0', "R1"),
        (3.0, "\\O0", "O3"),
        (1.5, "000", ""),
        (94000, "#,##0.00", ""),
        (94000, '0 "%"', ""),
        (True, "0%", ""),
        (float("inf"), "0%", ""),
        (float("nan"), "000", ""),
        ("likely", "0%", ""),
    ],
)
def test_what_a_cell_shows(value, look, text):
    assert appearance.shown(value, look) == text


@pytest.mark.parametrize(
    ("look", "currency"),
    [
        ("[$€-2] #,##0", "€"),
        ("[$CHF] #,##0", "CHF"),
        ('#,##0 "USD"', "USD"),
        ('"$"#,##0_);[Red]("$"#,##0)', "$"),
        ("#,##0\\ €", "€"),
        ("#,##0.00\\ _€;-#,##0.00\\ _€", ""),
        ('_-* #,##0\\ "€"_-', "€"),
        ("[$-409]d-mmm", ""),
        ("General", ""),
    ],
)
def test_the_currency_of_a_format(look, currency):
    assert appearance.currency_of(look) == currency


@pytest.mark.parametrize(
    ("day", "text", "look"),
    [
        ("2026-03-01", "Mar 26", "yyyy-mm"),
        ("2026-03-15", "03/2026", "yyyy-mm"),
        ("2026-03-26", "26 Mar", "d-mmm"),
        ("2026-03-15", "15 Mar", "d-mmm"),
    ],
)
def test_a_day_of_an_open_document_loses_its_day_only_where_none_is_shown(day, text, look):
    said = {"value-type": "date", "date-value": day}
    assert appearance._look_in_words(said, text) == look
