"""What was agreed at the earlier stops and stands in no document, worked by hand."""

import pytest

from making import partnership
from partnering.stops import red_thread
from stops.joined import OBJECTIVES, POSITIONS, PROMISED, seen, told


def test_a_clause_that_is_kept_back_is_not_missing_to_the_room():
    base = {"practices": [("A1", "early", "all partners", "we call")]}
    clause = {"clause": "C1", "covers": "A1", "in_partnership_agreement": "so"}
    with_it, without = (
        red_thread.agreed_not_written(
            partnership("ANA BEN", **base, clauses=rows).for_reader("room")
        )
        for rows in ([clause | {"share": "facilitator only"}], [])
    )
    assert with_it.html() == without.html()
    assert with_it.caption == "Agreed earlier, and in no document shown here"
    assert told(seen(**base, reader="room"), "4 to 5") == ["in no document shown here: A1 early"]


def test_where_nothing_is_agreed_it_is_not_said_to_stand_in_a_document():
    p = partnership("ANA BEN")
    assert red_thread.agreed_not_written(p).nothing == (
        "Nothing is agreed at the earlier stops yet."
    )
    room = red_thread.agreed_not_written(p.for_reader("room"))
    assert room.nothing == "Nothing that was agreed at the earlier stops is shown here."


@pytest.mark.rule("5.5", "M3")
@pytest.mark.parametrize(
    ("stance", "mine"),
    [
        ("support it", ["O1 a bridge"]),
        ("cannot accept it", []),
        ("hm", ["O1 a bridge (agreed by those who are asked)"]),  # it may be a refusal
    ],
)
def test_what_people_we_serve_may_refuse_is_agreed_by_those_who_are_asked(stance, mine):
    p = partnership(
        partners=[("ANA", "ANA"), ("BEN", "BEN"), ("SER", "Riders", "people we serve")],
        objectives=OBJECTIVES,
        positions=[*POSITIONS, ("SER", "", "O1", stance, "no part")],
    )
    found = red_thread.agreed_not_written(p).data
    assert found.get("What", found.iloc[:0, 0]).tolist() == mine


@pytest.mark.rule("5.5")
def test_a_topic_that_stands_in_a_document_takes_in_what_it_gathers():
    base = {"objectives": OBJECTIVES, "positions": POSITIONS, "value_lines": PROMISED}
    topics = [
        {"topic": "Purpose", "where": "partnership agreement", "gathers": "objectives"},
        {"topic": "Brings", "where": "not written yet", "gathers": "what each brings"},
    ]
    found = seen(**base, topics=topics)
    assert told(found, "1 to 5") == []
    assert told(found, "2 to 5") == ["not in any document yet: V1 a boat; V2 a song"]


@pytest.mark.rule("5.5")
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


@pytest.mark.rule("5.5", "8.4")
@pytest.mark.parametrize("code", ["R1", "R-A", "R.B"])
def test_a_code_is_known_in_a_clause_and_in_what_was_seen_however_it_is_written(code):
    said = f"see {code.lower()}, and O9"
    p = partnership(
        "ANA BEN",
        partnership=[{"moment": "working together"}],
        risks=[(code, "", "a flood")],
        risk_care=[(code, "ANA", "ANA", "ANA")],
        practices=[(code.replace("R", "A"), "early", "all partners", "we call")],
        clauses=[("C1", "", said, "we share it", "")],
        kept=[(said.replace("r", "a", 1), "ANA", "done as written")],
    )
    assert red_thread.agreed_not_written(p).rows["code"].tolist() == [code.replace("R", "A")]
    assert "never looked at again" not in red_thread.checks(p).rows["check"].tolist()


def test_a_shipped_ladder_is_no_agreement_also_where_a_tension_enters_it():
    p = partnership("ANA BEN", tensions=[("N1", "late money", "", "a call", "2")])
    assert red_thread.agreed_not_written(p).data.empty


def test_a_ladder_that_was_written_and_stands_nowhere_is_told_to_the_room_as_well():
    for reader in ("room", "mine"):
        p = partnership("ANA BEN", protocol=[("1", "it rubs")]).for_reader(reader)
        assert red_thread.agreed_not_written(p).data["What"].tolist() == ["The conflict protocol"]
