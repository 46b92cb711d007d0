"""What joins the stops, worked by hand: each check speaks where it should and is silent where it should."""

import pytest

from making import partnership
from partnering.stops import red_thread
from stops.joined import OBJECTIVES, POSITIONS, PROMISED, seen, told


@pytest.mark.rule("8.1")
def test_an_essential_part_without_a_promise_is_asked_of_the_facilitator_alone():
    base = {"objectives": OBJECTIVES, "positions": POSITIONS}
    assert told(seen(**base, value_lines=PROMISED), "1 to 2") == []
    assert told(seen(**base, value_lines=PROMISED[:1]), "1 to 2") == [
        "O1 a bridge: nothing is promised yet by BEN"
    ]
    assert told(seen(**base, value_lines=PROMISED[:1], reader="room"), "1 to 2") == []


def test_a_promise_that_is_kept_back_and_none_at_all_are_one_to_the_room():
    base = {"objectives": OBJECTIVES, "positions": POSITIONS}
    kept_back = {"line": "V2", "partner": "BEN", "we": "bring", "what": "a song"}
    kept_back |= {"how_sure": "we promise it", "share": "facilitator only"}
    with_it, without = (
        red_thread.checks(
            partnership("ANA BEN", **base, value_lines=lines).for_reader("room")
        ).html()
        for lines in ([PROMISED[0], kept_back], PROMISED[:1])
    )
    assert with_it == without


@pytest.mark.rule("8.2")
def test_a_thing_that_hangs_on_one_partner_asks_for_a_risk_in_care():
    base = {
        "objectives": OBJECTIVES,
        "capabilities": [("O1", "a boat", "needed", "ANA", "we have enough", "yes")],
        "risks": [("R1", "", "the boat sinks")],
    }
    assert told(seen(**base), "1 to 3") == ["O1 a bridge depends on ANA: a boat"]
    assert told(seen(**base, risk_care=[("R1", "ANA", "BEN")]), "1 to 3") == []


@pytest.mark.rule("8.2")
@pytest.mark.parametrize(
    ("care", "asked"),
    [
        ({"carries": "BEN"}, True),
        ({"carries": "BEN", "pays": "ANA"}, False),
        ({"carries": "BEN", "decides": "all partners"}, False),
        ({"pays": "all partners"}, False),
        ({"lead": "ANA"}, False),
    ],
)
@pytest.mark.parametrize("reader", ["mine", "room"])
def test_who_pays_or_stands_in_all_of_us_is_in_the_risk(care, asked, reader):
    base = {
        "objectives": OBJECTIVES,
        "capabilities": [("O1", "a boat", "needed", "ANA", "we have enough", "yes")],
        "risks": [("R1", "", "the boat sinks")],
        "risk_care": [{"risk": "R1", **care}],
    }
    assert bool(told(seen(**base, reader=reader), "1 to 3")) == asked


def test_the_room_is_asked_about_the_risks_that_stand_there():
    base = {
        "objectives": OBJECTIVES,
        "capabilities": [("O1", "a boat", "needed", "ANA", "we have enough", "yes")],
    }
    table = red_thread.checks(partnership("ANA BEN", **base).for_reader("room")).data
    assert table.iloc[0].tolist() == [
        "1 to 3",
        "O1 a bridge, of what is shown here, depends on ANA: a boat",
        "No risk shown here is theirs. Is there one for the day on which they cannot?",
    ]


def test_of_a_partner_that_is_not_named_nobody_can_say_in_which_risk_it_appears():
    parts = zip(["ANA", "BEN", "CYD"], ("essential part", "no part", "no part"), strict=True)
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": "confidential", "threshold": "3"}],
        objectives=OBJECTIVES,
        positions=[(who, "", "O1", "support it", part) for who, part in parts],
    )
    for reader, asked in (("mine", 1), ("room", 0)):
        found = red_thread.checks(p.for_reader(reader)).data["From, to"].tolist()
        assert found.count("1 to 3") == asked


@pytest.mark.rule("5.5", "8.3")
def test_what_was_agreed_and_stands_in_no_document_is_told_by_stop():
    base = {
        "objectives": OBJECTIVES,
        "positions": POSITIONS,
        "value_lines": PROMISED,
        "risks": [("R1", "", "a flood")],
        "risk_care": [("R1", "ANA", "ANA", "ANA", "we dig")],
        "practices": [("A1", "early", "all partners", "we call")],
    }
    found = seen(**base)
    assert told(found, "1 to 5") == ["not in any document yet: O1 a bridge"]
    assert told(found, "2 to 5") == ["not in any document yet: V1 a boat; V2 a song"]
    assert told(found, "3 to 5") == ["not in any document yet: R1 a flood"]
    assert told(found, "4 to 5") == ["not in any document yet: A1 early"]


@pytest.mark.rule("8.4")
@pytest.mark.parametrize(
    ("how", "asked"), [("", True), ("no occasion yet", False), ("hm, perhaps", False)]
)
def test_a_line_in_which_nothing_is_ticked_does_not_say_that_a_practice_was_looked_at(how, asked):
    p = partnership(
        "ANA BEN",
        partnership=[{"moment": "working together"}],
        practices=[("A1", "early", "all partners", "we call")],
        kept=[("A1", "ANA", how)],
    )
    assert ("never looked at again" in red_thread.checks(p).rows["check"].tolist()) == asked


@pytest.mark.rule("8.4")
def test_a_practice_that_nobody_looked_at_again_is_told_only_once_the_work_is_under_way():
    base = {
        "practices": [
            ("A1", "early", "all partners", "we call"),
            ("A2", "late", "all partners", "we wait"),
        ],
        "kept": [("A1", "ANA", "done as written", "BEN")],
    }
    assert told(seen(**base, partnership=[{"moment": "working together"}]), "4 to 7") == [
        "nobody has reviewed: A2 late"
    ]
    assert told(seen(**base, partnership=[{"moment": "starting"}]), "4 to 7") == []


def test_a_practice_that_was_broken_is_not_said_to_be_looked_at_by_nobody():
    base = {
        "practices": [("A1", "early", "all partners", "we call")],
        "partnership": [{"moment": "working together"}],
        "reader": "room",
    }
    for kept in (
        [("A1", "ANA", "not done", "BEN")],
        [("A1", "ANA", "done late or in part", "BEN")],
        [],
    ):
        assert told(seen(**base, kept=kept), "4 to 7") == [
            "whether it was done is not shown here: A1 early"
        ]


@pytest.mark.rule("8.5")
def test_a_holder_without_a_stand_in_meets_the_first_step_of_the_ladder():
    assert told(
        seen(holding=[("ANA", "coordinator", ""), ("BEN", "director", "deputy")]), "4 to 7"
    ) == ["the focal point has no stand-in: ANA"]
    assert told(seen(holding=[("BEN", "director", "deputy")]), "4 to 7") == []


@pytest.mark.rule("8.6")
def test_promises_not_kept_stand_beside_what_we_say_of_ourselves():
    views = [(who, "", "our own organisation", "B5", "often") for who in ("ANA", "BEN")]
    promise = ("P1", "ANA", "BEN", "the money", "2026-05-01")
    assert told(seen(behaviour_views=views, promises=[(*promise, "not done")]), "2 to 6") == [
        (
            "not done: P1 the money; of our own organisation we say about doing what was "
            "promised: often 2"
        )
    ]
    assert told(seen(behaviour_views=views, promises=[(*promise, "done on time")]), "2 to 6") == []
    assert (
        told(
            seen(behaviour_views=views, promises=[(*promise, "not done")], reader="room"), "2 to 6"
        )
        == []
    )


@pytest.mark.rule("8.7")
def test_who_carries_and_is_not_asked_by_the_one_who_decides_is_told():
    base = {
        "risks": [("R1", "", "a flood")],
        "risk_care": [("R1", "ANA", "ANA", "ANA", "we dig", "ANA")],
    }
    alone = "BEN decides alone: Suspend. Most affected by risks: ANA (R1 a flood)"
    assert alone in told(seen(**base, rights=[("Suspend", "BEN", "")]), "3 to 5")
    assert alone not in told(seen(**base, rights=[("Suspend", "BEN", "ANA")]), "3 to 5")


def test_who_decides_several_rights_alone_is_asked_once_with_all_of_them_and_each_risk_in_words_once():
    rights = [("Suspend", "CYD", ""), ("Audit", "CYD", ""), ("Publish", "ANA", "")]
    p = partnership(
        "ANA BEN CYD",
        risks=[("R1", "", "a flood")],
        risk_care=[("R1", "ANA, BEN")],
        rights=rights,
    )
    table = red_thread.checks(p).data
    assert table.loc[
        table["To ask"] == "Could the others be asked before?", "What we see"
    ].tolist() == [
        "CYD decides alone: Suspend; Audit. Most affected by risks: ANA (R1 a flood), BEN (R1)",
        "ANA decides alone: Publish. Most affected by risks: BEN (R1 a flood)",
    ]


def test_an_edited_list_of_behaviours_is_not_taken_for_the_shipped_one():
    views = [(who, "", "our own organisation", "B5", "often") for who in ("ANA", "BEN")]
    found = seen(
        behaviours=[("B5", "Eating lunch together")],
        behaviour_views=views,
        promises=[("P1", "ANA", "BEN", "the money", "2026-05-01", "not done")],
    )
    assert told(found, "2 to 6") == []


@pytest.mark.rule("8.7")
def test_a_finding_names_the_stops_that_it_joins_and_of_whom_it_speaks():
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood")],
        risk_care=[("R1", "ANA", "ANA", "ANA", "", "ANA")],
        rights=[("Suspend", "BEN", "")],
        holding=[("ANA", "coordinator", "")],
    )
    rows = red_thread.checks(p).rows
    assert rows[["from_stop", "to_stop", "codes", "who"]].to_numpy().tolist() == [
        [3, 5, ("R1",), ()],
        [4, 7, (), ("ANA",)],
        [3, 5, ("Suspend",), ("BEN",)],
    ]
    assert red_thread.checks(p).data.to_dict("list") == {
        "From, to": ["3 to 5", "4 to 7", "3 to 5"],
        "What we see": [
            "not in any document yet: R1 a flood",
            "the focal point has no stand-in: ANA",
            "BEN decides alone: Suspend. Most affected by risks: ANA (R1 a flood)",
        ],
        "To ask": [
            "In which document, and in whose words?",
            "Who answers when the focal point is away, and a disagreement begins?",
            "Could the others be asked before?",
        ],
    }
