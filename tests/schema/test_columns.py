"""What a table says of its rows: the letter of their codes, and whether each partner answers."""

import pytest

from partnering.schema.tables import TABLES, called


@pytest.mark.parametrize(
    ("table", "letter"),
    [("risks", "R"), ("objectives", "O"), ("partners", ""), ("protocol", ""), ("topics", "")],
)
def test_codes_of_rows_begin_with_the_letter_of_their_table_unless_they_are_names(table, letter):
    assert TABLES[table].letter == letter


@pytest.mark.parametrize("table", ["risk_care", "positions", "moments", "partnership"])
def test_rows_that_no_code_of_their_own_names_have_no_letter(table):
    assert TABLES[table].letter == ""


def test_rows_to_come_are_numbered_from_one():
    assert TABLES["risks"].first_codes(3) == ["R1", "R2", "R3"]


def test_a_form_asks_each_partner_for_what_is_its_own_but_for_its_house_file():
    asked = {name for name, table in TABLES.items() if table.asked_of_one}
    assert {"positions", "value_lines", "risk_views"} <= asked
    assert not {"partners", "risks", "house_answers"} & asked


def test_a_sheet_is_called_as_its_table_or_by_its_own_name():
    assert called("risks") == "Risks" and called("ideas") == "ideas"
