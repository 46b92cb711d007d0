"""The promises of the short form, counted from the schema: how much is asked, all explained."""

from collections import Counter
from pathlib import Path

import pytest

from partnering.schema import lists
from partnering.schema.kinds import Ref, Text, plain
from partnering.schema.scales import MOMENT
from partnering.schema.tables import STOPS, TABLES, WORKING

ASKED = [table for table in TABLES.values() if table.core and not table.shipped and table.stop]
FORMS = sorted({table.form for table in TABLES.values() if table.form and table.rows})
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
]
HALF_SENTENCES = {
    ("value_lines", "what"),
    ("contacts", "unit"),
    ("contacts", "about_what"),
}  # two or three words
MOST_TICKS, MOST_SENTENCES = 20, 8
tables = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def asked_of_a_partner(form: str, kinds) -> dict[tuple[str, str], int]:
    """How often one partner fills in each column on the paper of a session, by table and column."""
    return {
        (table.name, column.name): table.rows
        for table in TABLES.values()
        if table.form == form and table.core
        for column in table.columns
        if column.core
        and not column.given
        and isinstance(column.kind, Text) == (kinds == "sentences")
        and (kinds == "sentences" or column.kind.ticked or isinstance(column.kind, Ref))
    }


@pytest.mark.parametrize("stop", [number for number, *_ in STOPS])
def test_a_stop_asks_for_at_most_three_tables(stop):
    assert 1 <= len([table.name for table in ASKED if table.stop == stop]) <= 3


@tables
def test_no_core_table_is_wider_than_seven_columns(table):
    across = [column.name for column in table.columns if column.core and column.name != "share"]
    assert len(across) <= 7 or table.upright or not table.core


@pytest.mark.parametrize("form", FORMS)
def test_one_partner_ticks_at_most_twenty_times_at_a_session(form):
    ticks = asked_of_a_partner(form, "ticks")
    assert 0 <= sum(ticks.values()) <= MOST_TICKS, ticks


@pytest.mark.parametrize("form", FORMS)
def test_one_partner_writes_a_handful_of_short_sentences_at_a_session(form):
    sentences = asked_of_a_partner(form, "sentences")
    weight = sum(
        times / 2 if place in HALF_SENTENCES else times for place, times in sentences.items()
    )
    assert weight <= MOST_SENTENCES, sentences


def test_the_sheet_of_values_has_eight_half_sentences_and_one_whole():
    assert asked_of_a_partner("2-value", "sentences") == {
        ("value_lines", "what"): 8,
        ("worth", "if_what"): 1,
    }


@pytest.mark.parametrize("moment", MOMENT.texts)
def test_nobody_who_is_not_yet_under_way_is_asked_what_became_of_promises(moment):
    assert TABLES["promises"].asked_at(moment) == (moment in WORKING)


@tables
def test_every_table_says_what_it_is_and_helps_to_fill_it_in(table):
    assert table.name.isidentifier() and table.label.strip() and table.help.strip()
    assert 0 <= table.stop <= len(STOPS)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_has_a_label_and_help(table, column):
    assert column.name.isidentifier() and column.label.strip() and column.help.strip()


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_reference_points_to_a_table_with_one_code_a_row(table, column):
    if isinstance(column.kind, Ref):
        target = TABLES[column.kind.table]
        assert len(target.key) == 1 and (not target.naming or target.naming in target.by_name)


@tables
def test_every_key_column_exists_and_stands_first_where_it_is_asked_for(table):
    assert set(table.key) <= set(table.by_name)
    assert table.key or table.upright or table.name == "decisions"


@tables
def test_headings_are_understood_in_one_way_only(table):
    ways = Counter(
        way for column in table.columns for way in {plain(column.name), plain(column.label)}
    )
    assert [way for way, times in ways.items() if times > 1] == []
    assert len(table.headers) == len(ways)


def test_no_two_tables_can_be_meant_by_one_name_even_where_a_spreadsheet_cuts_it_short():
    ways = Counter(
        way
        for table in TABLES.values()
        for way in {plain(table.name), plain(table.label), plain(table.label[:31])}
    )
    assert [way for way, times in ways.items() if times > 1] == []


@tables
def test_a_table_that_comes_filled_in_has_its_list(table):
    if table.shipped:
        assert (Path(lists.LISTS) / table.shipped).is_file() and len(lists.sheets()[table.name])


@tables
def test_free_text_can_be_kept_from_the_wall(table):
    writes = any(isinstance(column.kind, Text) for column in table.columns)
    kept_whole = (
        table.upright or table.private or table.shipped or table.name == "partners"
    )  # who is at the table is no secret
    assert ("share" in table.by_name) == (writes and not kept_whole)
