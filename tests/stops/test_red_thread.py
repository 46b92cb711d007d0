"""Decisions and differences worked by hand, and what all results of the last stop hold to."""

import pytest

from making import partnership, sheet
from partnering.stops import red_thread
from stops.joined import DECISIONS, OBJECTIVES, POSITIONS, PROMISED


def test_both_kinds_of_difference_are_results_the_one_to_settle_first():
    table = red_thread.differences(partnership("ANA BEN", decisions=DECISIONS)).data
    assert table["Subject"].tolist() == ["rent", "data"]
    assert (
        "Some differences can stay"
        in red_thread.differences(partnership("ANA BEN", decisions=DECISIONS)).notes[0]
    )


def test_decisions_and_differences_call_a_code_by_its_words():
    tables = {"objectives": OBJECTIVES, "decisions": DECISIONS}
    p = partnership("ANA BEN", **tables)
    assert red_thread.decisions(p).data["Subject"].tolist() == ["O1 a bridge", "old"]
    assert "O1 a bridge: we build it" in red_thread.open_list(p).data["Still open"].tolist()


def test_the_room_hears_of_empty_tables_only_what_stands_there():
    room = partnership("ANA BEN").for_reader("room")
    assert red_thread.decisions(room).nothing == "Nothing is shown here as agreed."
    assert red_thread.differences(room).nothing == "No difference is shown here."
    assert red_thread.further(room).nothing == "No more open points are shown here."
    assert red_thread.checks(room).nothing == (
        "What is shown here raises no question from one stop to another."
    )


@pytest.mark.rule("X1")
def test_nowhere_is_anything_counted_up_to_a_score():
    p = partnership("ANA BEN", objectives=OBJECTIVES, positions=POSITIONS, decisions=DECISIONS)
    shown = "".join(
        make(p).plain()
        for make in (red_thread.checks, red_thread.open_list, red_thread.before_you_move_on)
    )
    assert "%" not in shown
    assert "score" not in shown


def test_a_decision_kept_on_paper_leaves_no_trace_of_a_number():
    p = partnership(
        "ANA BEN",
        decisions=[
            {"about": "x", "outcome": "agreed", "what_we_decided": "y", "share": "not typed"}
        ],
    )
    assert "nan" not in red_thread.decisions(p).plain()


def test_decisions_and_differences_stand_cell_by_cell():
    p = partnership("ANA BEN", decisions=DECISIONS, objectives=OBJECTIVES)
    assert red_thread.decisions(p).data.to_dict("list") == {
        "Subject": ["O1 a bridge", "old"],
        "What we decided": ["we build it", "long done"],
        "Who": ["ANA", "BEN"],
        "By when": ["2026-07-01", "2026-01-01"],
        "Stop of the tour": ["1", "4"],
    }
    assert red_thread.differences(p).data.to_dict("list") == {
        "Subject": ["rent", "data"],
        "Which type": ["we differ, and must decide", "we differ, and it can stay so"],
        "What we decided": ["who pays", "each keeps its own"],
        "Who": ["", ""],
        "By when": ["", ""],
        "Stop of the tour": ["2", "3"],
    }


@pytest.mark.parametrize("reader", ["mine", "room"])
def test_after_each_edit_the_checks_and_the_open_list_are_those_of_what_stands_there_now(reader):
    """They are worked out once for all results, and again as soon as anything is another."""
    steps = [
        {"objectives": OBJECTIVES, "positions": POSITIONS},
        {"value_lines": PROMISED[:1]},
        {"decisions": [("1", "O1", "agreed", "we build", "ANA", "", "2027-02-01")]},
        {"partnership": [{"mode": "confidential", "date": "2027-03-01"}]},
        {"partnership": [{"mode": "with names", "date": "2027-01-01"}]},
    ]
    p, typed = partnership("ANA BEN"), {}
    for step in steps:
        typed |= step
        p.take({name: sheet(name, rows) for name, rows in step.items()})
        anew = partnership("ANA BEN", **typed)
        for make in (red_thread.checks, red_thread.open_list, red_thread.before_you_move_on):
            assert make(p.for_reader(reader)).plain() == make(anew.for_reader(reader)).plain()


# ---------------------------------------------------------------- outcomes that nobody can read


def told_badly(outcome: str):
    """A decision whose outcome is not one of the words, with who and a day."""
    decision = {"stop": "2", "about": "rent", "outcome": outcome, "what_we_decided": "SOM asks"}
    return partnership(
        "ANA BEN",
        partnership=[{"date": "2026-03-01", "mode": "with names"}],
        decisions=[decision | {"who": "ANA", "by_when": "2026-05-01"}],
    )


@pytest.mark.parametrize("outcome", ["", "we differ; we must decide", "#REF!"])
def test_a_decision_is_open_until_its_outcome_can_be_read(outcome):
    p = told_badly(outcome)
    line = "rent: SOM asks ({told})\n  Who: ANA\n  By when: 2026-05-01"
    assert (
        line.format(told="outcome not told here")
        in red_thread.open_list(p.for_reader("room")).plain()
    )
    told = "its outcome cannot be read" if outcome else "no outcome yet"
    assert line.format(told=told) in red_thread.open_list(p).plain()
    assert "No difference is written down" not in red_thread.differences(p).plain()
