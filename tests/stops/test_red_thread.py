"""What joins the stops, worked by hand: each check speaks where it should and is silent where it should."""

import pytest

from making import partnership
from partnering.stops import red_thread

OBJECTIVES = [("O1", "a bridge", "specific")]
POSITIONS = [
    ("ANA", "", "O1", "push for it", "essential part"),
    ("BEN", "", "O1", "support it", "essential part"),
]
PROMISED = [
    ("V1", "ANA", "bring", "a boat", "all of us", "we promise it"),
    ("V2", "BEN", "bring", "a song", "all of us", "we promise it"),
]


def seen(**tables):
    """What the checks see, with the stops that they join."""
    reader = tables.pop("reader", "mine")
    table = red_thread.checks(partnership("ANA BEN", **tables).for_reader(reader)).data
    return list(zip(table["From, to"], table["What we see"], strict=True))


def told(pairs, joins):
    return [what for where, what in pairs if where == joins]


def test_an_essential_part_without_a_promise_is_asked_about_and_the_room_hears_nothing_of_it():
    base = {"objectives": OBJECTIVES, "positions": POSITIONS}
    assert told(seen(**base, value_lines=PROMISED), "1 to 2") == []
    assert told(seen(**base, value_lines=PROMISED[:1]), "1 to 2") == [
        "O1: nothing is promised yet by BEN"
    ]
    assert told(seen(**base, value_lines=PROMISED[:1], reader="room"), "1 to 2") == []


def test_a_thing_that_hangs_on_one_partner_asks_for_a_risk_in_care():
    base = {
        "objectives": OBJECTIVES,
        "capabilities": [("O1", "a boat", "must", "ANA", "enough", "yes")],
        "risks": [("R1", "", "the boat sinks")],
    }
    assert told(seen(**base), "1 to 3") == ["O1 hangs on ANA: a boat"]
    assert told(seen(**base, risk_care=[("R1", "ANA", "BEN")]), "1 to 3") == []


def test_what_was_agreed_and_stands_in_no_document_is_told_by_stop():
    base = {
        "objectives": OBJECTIVES,
        "positions": POSITIONS,
        "value_lines": PROMISED,
        "risks": [("R1", "", "a flood")],
        "risk_care": [("R1", "ANA", "ANA", "ANA", "we dig")],
        "practices": [("A1", "early", "all of us", "we call")],
    }
    found = seen(**base)
    assert told(found, "1 to 5") == ["not in any document yet: O1"]
    assert told(found, "2 to 5") == ["not in any document yet: V1, V2"]
    assert told(found, "3 to 5") == ["not in any document yet: R1"]
    assert told(found, "4 to 5") == ["not in any document yet: A1"]


def test_a_topic_that_stands_in_a_document_takes_in_what_it_gathers():
    base = {"objectives": OBJECTIVES, "positions": POSITIONS, "value_lines": PROMISED}
    topics = [
        {"topic": "Purpose", "where": "partnership agreement", "gathers": "objectives"},
        {"topic": "Brings", "where": "nowhere yet", "gathers": "what is brought"},
    ]
    found = seen(**base, topics=topics)
    assert told(found, "1 to 5") == []
    assert told(found, "2 to 5") == ["not in any document yet: V1, V2"]


def test_a_clause_takes_in_just_what_it_covers():
    table = red_thread.agreed_not_written(
        partnership(
            "ANA BEN",
            objectives=OBJECTIVES,
            positions=POSITIONS,
            value_lines=PROMISED,
            clauses=[("C1", "", "O1, V2", "we build it", "")],
        )
    ).data
    assert table["What"].tolist() == ["V1 a boat"]


def test_a_practice_that_nobody_looked_at_again_is_told_only_once_the_work_is_under_way():
    base = {
        "practices": [
            ("A1", "early", "all of us", "we call"),
            ("A2", "late", "all of us", "we wait"),
        ],
        "kept": [("A1", "ANA", "kept", "BEN")],
    }
    assert told(seen(**base, partnership=[{"moment": "under way"}]), "4 to 7") == [
        "nobody has looked at A2 again"
    ]
    assert told(seen(**base, partnership=[{"moment": "starting"}]), "4 to 7") == []


def test_a_holder_without_a_stand_in_meets_the_first_step_of_the_ladder():
    assert told(
        seen(holding=[("ANA", "coordinator", ""), ("BEN", "director", "deputy")]), "4 to 7"
    ) == ["step 1 of the ladder needs a stand-in for the holder of ANA"]
    assert told(seen(holding=[("BEN", "director", "deputy")]), "4 to 7") == []


def test_promises_not_kept_stand_beside_what_we_say_of_ourselves():
    views = [(who, "", "ourselves", "B5", "often") for who in ("ANA", "BEN")]
    promise = ("P1", "ANA", "BEN", "the money", "2026-05-01")
    assert told(seen(behaviour_views=views, promises=[(*promise, "not kept")]), "2 to 6") == [
        "P1 not kept; of ourselves we say about doing what was promised: often 2"
    ]
    assert told(seen(behaviour_views=views, promises=[(*promise, "kept on time")]), "2 to 6") == []
    assert (
        told(
            seen(behaviour_views=views, promises=[(*promise, "not kept")], reader="room"), "2 to 6"
        )
        == []
    )


def test_who_carries_and_is_not_asked_by_the_one_who_decides_is_told():
    base = {
        "risks": [("R1", "", "a flood")],
        "risk_care": [("R1", "ANA", "ANA", "ANA", "we dig", "ANA")],
    }
    alone = "BEN decides alone: Suspend. Risks are carried by ANA (R1)"
    assert alone in told(seen(**base, rights=[("Suspend", "BEN", "")]), "3 to 5")
    assert alone not in told(seen(**base, rights=[("Suspend", "BEN", "ANA")]), "3 to 5")


DECISIONS = [
    ("1", "O1", "agreed", "we build it", "ANA", "2026-07-01"),
    ("2", "rent", "we differ and must settle it", "who pays", "", ""),
    ("3", "data", "we differ and can work with it", "each keeps its own", "", ""),
    ("4", "old", "agreed", "long done", "BEN", "2026-01-01"),
]


def test_both_kinds_of_difference_are_results_the_one_to_settle_first():
    table = red_thread.differences(partnership("ANA BEN", decisions=DECISIONS)).data
    assert table["About"].tolist() == ["rent", "data"]
    assert (
        "may stay" in red_thread.differences(partnership("ANA BEN", decisions=DECISIONS)).notes[0]
    )


def test_the_open_list_has_owners_first_and_never_more_than_seven_lines():
    more = [("5", f"point {at}", "not discussed", "", "", "") for at in range(9)]
    p = partnership("ANA BEN", partnership=[{"date": "2026-06-01"}], decisions=[*more, *DECISIONS])
    table = red_thread.open_list(p).data
    assert len(table) == 7
    assert table["Who"].tolist() == ["BEN", "ANA"] + [""] * 5
    assert table["By when"].tolist()[:2] == ["2026-01-01, which has passed: done?", "2026-07-01"]
    assert len(red_thread.further(p).data) == 5


@pytest.mark.parametrize("reader", ["room", "mine"])
def test_an_empty_partnership_has_nothing_open_and_no_error(reader):
    p = partnership("ANA BEN").for_reader(reader)
    assert red_thread.open_list(p).data.empty
    assert red_thread.checks(p).data.empty
    assert red_thread.before_you_move_on(p).html()


def test_nowhere_is_anything_counted_up_to_a_score():
    p = partnership("ANA BEN", objectives=OBJECTIVES, positions=POSITIONS, decisions=DECISIONS)
    shown = "".join(
        make(p).plain()
        for make in (red_thread.checks, red_thread.open_list, red_thread.before_you_move_on)
    )
    assert "%" not in shown
    assert "score" not in shown


def test_an_edited_list_of_behaviours_is_not_taken_for_the_shipped_one():
    views = [(who, "", "ourselves", "B5", "often") for who in ("ANA", "BEN")]
    found = seen(
        behaviours=[("B5", "Eating lunch together")],
        behaviour_views=views,
        promises=[("P1", "ANA", "BEN", "the money", "2026-05-01", "not kept")],
    )
    assert told(found, "2 to 6") == []


def test_a_ladder_that_was_written_and_stands_nowhere_is_told_to_the_room_as_well():
    for reader in ("room", "mine"):
        p = partnership("ANA BEN", protocol=[("1", "it rubs")]).for_reader(reader)
        assert red_thread.agreed_not_written(p).data["What"].tolist() == ["The conflict protocol"]


def test_a_decision_kept_on_paper_leaves_no_trace_of_a_number():
    p = partnership(
        "ANA BEN",
        decisions=[
            {"about": "x", "outcome": "agreed", "what_we_decided": "y", "share": "paper only"}
        ],
    )
    assert "nan" not in red_thread.decisions(p).plain()
