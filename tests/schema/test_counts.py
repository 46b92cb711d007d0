"""The promises of the short form, counted from the schema: how much is asked, all explained."""

from collections import Counter
from pathlib import Path

import pytest

from partnering.schema import lists
from partnering.schema.kinds import Ref, Text
from partnering.schema.scales import MOMENT
from partnering.schema.spelling import plain
from partnering.schema.tables import STOPS, TABLES, WORKING

ASKED = [table for table in TABLES.values() if table.core and not table.shipped and table.stop]
FORMS = sorted({table.form for table in TABLES.values() if table.form and table.rows})
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]
HALF_SENTENCES = {
    ("value_lines", "what"),
    ("contacts", "unit"),
    ("contacts", "about_what"),
}  # two or three words
MOST_TICKS, MOST_SENTENCES = 20, 8


def asked_of_a_partner(form: str, kinds) -> dict[tuple[str, str], int]:
    """How often one partner fills in each column on the paper of a session, by table and column.

    Below all ticks of answers stands one more: may they be shown on the wall?
    """
    views = [table for table in TABLES.values() if table.form == form and table.views]
    wall = {("consents", table.name): 1 for table in views if kinds == "ticks"}
    return wall | {
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


def test_no_core_table_is_wider_than_seven_columns():
    across = {
        name: [column.name for column in table.columns if column.core and column.name != "share"]
        for name, table in TABLES.items()
        if table.core and not table.upright
    }
    assert {name: columns for name, columns in across.items() if len(columns) > 7} == {}


@pytest.mark.parametrize("form", FORMS)
def test_one_partner_ticks_at_most_twenty_times_at_a_session(form):
    ticks = asked_of_a_partner(form, "ticks")
    assert 0 <= sum(ticks.values()) <= MOST_TICKS, ticks


def test_one_tick_on_the_wall_is_counted_on_each_sheet_with_answers():
    with_the_tick = [
        form
        for form in FORMS
        if any(table == "consents" for table, _ in asked_of_a_partner(form, "ticks"))
    ]
    assert with_the_tick == ["1-purpose", "2-value", "3-risk", "6-relationship"]


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


def test_every_table_says_what_it_is_and_helps_to_fill_it_in():
    assert [name for name in TABLES if not name.isidentifier()] == []
    assert [t.name for t in TABLES.values() if not (t.label.strip() and t.help.strip())] == []
    assert {table.stop for table in TABLES.values()} <= set(range(len(STOPS) + 1))


def test_every_column_has_a_label_and_help():
    assert [column.name for _, column in COLUMNS if not column.name.isidentifier()] == []
    mute = [
        (table.name, c.name) for table, c in COLUMNS if not (c.label.strip() and c.help.strip())
    ]
    assert mute == []


def test_every_reference_points_to_a_table_with_one_code_a_row():
    targets = {column.kind.table for _, column in COLUMNS if isinstance(column.kind, Ref)}
    assert {name for name in targets if len(TABLES[name].key) != 1} == set()
    named = {name: TABLES[name].naming for name in targets if TABLES[name].naming}
    assert {name for name, naming in named.items() if naming not in TABLES[name].by_name} == set()


def test_every_key_column_exists():
    missing = [t.name for t in TABLES.values() if not set(t.key) <= set(t.by_name)]
    assert missing == []
    without = {t.name for t in TABLES.values() if not t.key and not t.upright}
    assert without <= {"decisions"}


def test_headings_are_understood_in_one_way_only():
    for table in TABLES.values():
        ways = Counter(
            way
            for column in table.columns
            for way in set(map(plain, (column.name, column.label, *column.before)))
        )
        assert [way for way, times in ways.items() if times > 1] == [], table.name
        assert len(table.headers) == len(ways), table.name


def test_no_two_tables_can_be_meant_by_one_name_even_where_a_spreadsheet_cuts_it_short():
    ways = Counter(
        way
        for table in TABLES.values()
        for way in {plain(cut) for name in table.names for cut in (name, name[:31])}
    )
    assert [way for way, times in ways.items() if times > 1] == []


def test_a_table_that_comes_filled_in_has_its_list():
    shipped = {table.name: table.shipped for table in TABLES.values() if table.shipped}
    assert [
        name for name, file in shipped.items() if not (Path(lists.LISTS) / file).is_file()
    ] == []
    assert [name for name in shipped if not len(lists.sheets()[name])] == []


def test_free_text_can_be_kept_from_the_wall():
    wrong = []
    for table in TABLES.values():
        writes = any(isinstance(column.kind, Text) for column in table.columns)
        kept_whole = (
            table.upright or table.private or table.shipped or table.name == "partners"
        )  # who is at the table is no secret
        if ("share" in table.by_name) != (writes and not kept_whole):
            wrong.append(table.name)
    assert wrong == []
