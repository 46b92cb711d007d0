"""What is kept once it was worked out, and when it is worked out again."""

from __future__ import annotations

from making import partnership, sheet
from partnering.memo import Memo, Reading

TABLES = {"risks": ("R1",), "partners": ("ANA", "BEN"), "places": ("north",)}


def counting(calls, read):
    """Works out how many rows some tables have, and counts how often it is asked."""

    def make(tables):
        calls.append(read)
        return sum(len(tables[name]) for name in read)

    return make


def test_what_is_followed_is_worked_out_again_only_where_a_table_that_it_read_is_another():
    memo, calls = Memo(), []
    count = counting(calls, ("risks", "partners"))
    for places in ("north", "south", "east"):
        assert memo.follow("rows", (), TABLES | {"places": (places,)}, count) == 3
    assert len(calls) == 1
    assert memo.follow("rows", (), TABLES | {"risks": ()}, count) == 2
    assert memo.follow("rows", ("spoken in Polish",), TABLES | {"risks": ()}, count) == 2
    assert len(calls) == 3


def test_who_asks_for_what_is_kept_depends_on_what_was_read_for_it():
    memo, calls = Memo(), []
    for tables in (Reading(TABLES), Reading(TABLES)):
        memo.follow("rows", (), tables, counting(calls, ("risks", "partners")))
        assert list(tables.names) == ["risks", "partners"]
    assert len(calls) == 1


def test_who_asks_depends_on_nothing_that_was_read_for_an_earlier_value_alone():
    memo = Memo()
    memo.follow("rows", (), TABLES, counting([], ("risks", "places")))
    tables = Reading(TABLES | {"risks": ()})
    memo.follow("rows", (), tables, counting([], ("risks",)))
    assert list(tables.names) == ["risks"]


def test_an_edit_of_another_table_leaves_what_results_share_as_it_is():
    well = {"risk": "R1", "what_could_happen": "The well runs dry"}
    road = {"risk": "R2", "what_could_happen": "The road floods"}
    p = partnership("ANA BEN", risks=[well], objectives=[{"objective": "O1", "text": "Water"}])
    calls = []

    def codes(seen):
        calls.append("asked")
        return list(seen["risks"]["risk"])

    assert p.follow(("codes",), codes) == ["R1"]
    p.edit("objectives", sheet("objectives", [{"objective": "O1", "text": "Clean water"}]))
    assert p.follow(("codes",), codes) == ["R1"]
    assert len(calls) == 1
    p.edit("risks", sheet("risks", [well, road]))
    assert p.follow(("codes",), codes) == ["R1", "R2"]
