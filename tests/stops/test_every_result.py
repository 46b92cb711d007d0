"""What holds for every result: headings and sentences are there, and rows are told in words."""

import pytest

from every_result import MAKERS, called, made, tables_of
from examples import example
from making import partnership
from partnering.partnership import MINE, ROOM
from partnering.results import Figure

FILLED_IN = (  # held, open, and in the full form
    pytest.param("clinic", marks=pytest.mark.laws),
    pytest.param("shade-under-way", marks=pytest.mark.laws),
    "uwi",
)


@pytest.fixture(scope="module", params=FILLED_IN)
def seen(request):
    """What both readers see of examples in which much is filled in."""
    return [example(request.param).for_reader(reader) for reader in (ROOM, MINE)]


@pytest.fixture(scope="module")
def empty():
    """What both readers see where nothing is filled in."""
    return [partnership("ANA BEN").for_reader(reader) for reader in (ROOM, MINE)]


@pytest.mark.parametrize("make", MAKERS, ids=called)
def test_each_table_has_a_heading_over_itself_and_over_each_column_in_words(make, seen):
    for table in (table for p in seen for table in tables_of(made(make, p))):
        assert table.caption[:1].isupper() or table.caption[:1].isdigit(), table.caption
        assert all(table.notes), table.notes
        if not table.rows.empty:
            heads = list(table.cells.columns)
            assert heads[0][:1].isupper(), heads
            assert all(heads) and len(set(heads)) == len(heads), heads
            assert not any("_" in head for head in heads), heads


@pytest.mark.parametrize("make", MAKERS, ids=called)
def test_the_columns_of_its_rows_are_names_in_small_letters(make, seen):
    for result in (made(make, p) for p in seen):
        assert all(name == name.lower() for name in result.rows.columns), list(result.rows)
        assert result.caption[:1].isupper(), result.caption


@pytest.mark.parametrize("make", MAKERS, ids=called)
def test_each_result_of_nothing_says_so_in_a_sentence(make, empty):
    results = [make(p) for p in empty]
    for table in [*results, *(table for result in results for table in tables_of(result))]:
        if table.rows.empty and not isinstance(table, Figure):
            assert table.nothing[:1].isupper(), table.caption
            assert table.nothing[-1:] in ".?", table.nothing
