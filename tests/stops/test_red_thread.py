"""What joins the stops, worked by hand: each check speaks where it should and is silent where it should."""

import pytest

from making import partnership, sheet
from partnering.schema import lists
from partnering.schema.tables import TABLES
from partnering.stops import red_thread

OBJECTIVES = [("O1", "a bridge", "specific objective")]
POSITIONS = [
    ("ANA", "", "O1", "strongly for it", "essential part"),
    ("BEN", "", "O1", "support it", "essential part"),
]
PROMISED = [
    ("V1", "ANA", "bring", "a boat", "all partners", "we promise it"),
    ("V2", "BEN", "bring", "a song", "all partners", "we promise it"),
]


def seen(**tables):
    """What the checks see, with the stops that they join."""
    reader = tables.pop("reader", "mine")
    table = red_thread.checks(partnership("ANA BEN", **tables).for_reader(reader)).data
    return list(zip(table["From, to"], table["What we see"], strict=True))


def told(pairs, joins):
    return [what for where, what in pairs if where == joins]


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


@pytest.mark.rule("8.8")
def test_what_will_be_done_about_a_risk_is_open_also_where_nobody_leads():
    p = partnership(
        "ANA BEN", risks=[("R1", "", "a flood")], risk_care=[{"risk": "R1", "we_will": "dig"}]
    )
    assert red_thread.open_list(p).data["Still open"].tolist()[0] == "R1 a flood: dig"


@pytest.mark.rule("8.8", "R10")
def test_that_a_list_is_a_proposal_still_is_said_of_what_is_shown_here():
    """What is their own in it speaks of a line that is kept back, and is not on the wall."""
    p = partnership(
        "ANA BEN",
        risks=[{"risk": "R7", "what_could_happen": "SECRET", "share": "facilitator only"}],
        topics=[("Our principles", "in both", "", "and R7?"), ("Our practices",)],
        rights=[("Publish results", "ANA", "", "", "because of R7"), ("Change the budget",)],
        protocol=[
            {"step": "1", "who_meets": "the two heads, on R7"},
            *lists.sheets()["protocol"].to_dict("records")[1:],
        ],
    )
    mine, room = (
        [
            *red_thread.open_list(seen).data["Still open"],
            *red_thread.further(seen).data["Still open"],
        ]
        for seen in (p, p.for_reader("room"))
    )
    assert "in which document a topic is written: nothing ticked is shown here" in room
    assert "who decides what: not shown here" in room
    assert any(line.startswith("the conflict protocol: what is shown here is") for line in room)
    assert not any("not ticked yet" in line or "not filled in yet" in line for line in mine + room)
    assert not any(line.startswith("the conflict protocol:") for line in mine)


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


DECISIONS = [
    ("1", "O1", "agreed", "we build it", "ANA", "2026-07-01"),
    ("2", "rent", "we differ, and must decide", "who pays", "", ""),
    ("3", "data", "we differ, and it can stay so", "each keeps its own", "", ""),
    ("4", "old", "agreed", "long done", "BEN", "2026-01-01"),
]


def test_both_kinds_of_difference_are_results_the_one_to_settle_first():
    table = red_thread.differences(partnership("ANA BEN", decisions=DECISIONS)).data
    assert table["Subject"].tolist() == ["rent", "data"]
    assert (
        "Some differences can stay"
        in red_thread.differences(partnership("ANA BEN", decisions=DECISIONS)).notes[0]
    )


@pytest.mark.rule("8.8")
def test_the_open_list_has_owners_first_and_never_more_than_seven_lines():
    more = [("5", f"point {at}", "not discussed", "", "", "") for at in range(9)]
    p = partnership("ANA BEN", partnership=[{"date": "2026-06-01"}], decisions=[*more, *DECISIONS])
    table = red_thread.open_list(p).data
    assert len(table) == 7
    assert table["Who"].tolist() == ["BEN", "ANA"] + [""] * 5
    assert table["By when"].tolist()[:2] == ["2026-01-01, which has passed: done?", "2026-07-01"]
    assert len(red_thread.further(p).data) == 5 + len(NOT_YET_YOURS)


NOT_YET_YOURS = [
    "the conflict protocol: the handbook's proposal, and not yet yours",
    "in which document each topic is written: not ticked yet",
    "who decides what: not filled in yet",
]


@pytest.mark.parametrize("reader", ["room", "mine"])
def test_of_an_empty_partnership_what_comes_with_the_handbook_is_open_and_nothing_else(reader):
    p = partnership("ANA BEN").for_reader(reader)
    assert red_thread.open_list(p).data["Still open"].tolist() == NOT_YET_YOURS
    assert red_thread.checks(p).data.empty
    assert red_thread.before_you_move_on(p).html()


def still_open(reader, **tables):
    p = partnership("ANA BEN", **tables).for_reader(reader)
    return red_thread.open_list(p).data["Still open"].tolist()


def test_a_step_in_the_partners_words_closes_its_proposal_and_the_rest_stays_open():
    steps = [dict(row) for _, row in lists.sheets()["protocol"].iterrows()]
    steps[0]["who_meets"] = "ANA and BEN"
    ticked = {"topics": [("Law", "not written yet")], "rights": [("Logo", "all partners")]}
    left = ", ".join(row["step"] for row in steps[1:])
    found = still_open("mine", protocol=steps, **ticked)
    assert f"step {left} of the protocol: the handbook's proposal, and not yet yours" in found
    assert not set(found) & set(NOT_YET_YOURS)


def test_what_is_asked_for_later_is_not_open_yet():
    found = still_open("mine", partnership=[{"moment": "exploring"}])
    asked = [
        name for name in ("protocol", "topics", "rights") if TABLES[name].asked_at("exploring")
    ]
    assert len(found) == len(asked)


ASKS = [
    {"line": "V1", "partner": "ANA", "we": "ask one partner for", "what": "a van", "whose": "BEN"},
    {"line": "V2", "partner": "BEN", "we": "bring", "what": "a van", "answers": "V1"},
]


@pytest.mark.rule("8.8")
def test_an_ask_that_no_line_meets_is_open():
    assert "V1 a van (ANA → BEN): asked, not yet answered" in still_open(
        "mine", value_lines=ASKS[:1]
    )
    assert not any("V1" in line for line in still_open("mine", value_lines=ASKS))
    met_in_secret = [ASKS[0], ASKS[1] | {"share": "facilitator only"}]
    for lines in (met_in_secret, ASKS[:1]):
        assert "V1 a van (ANA → BEN): asked; nothing shown here answers it yet" in still_open(
            "room", value_lines=lines
        )


def test_an_ask_that_a_decision_speaks_of_is_said_once():
    decided = [("2", "V1", "not discussed", "later", "", "")]
    found = still_open("mine", value_lines=ASKS[:1], decisions=decided)
    assert [line for line in found if "V1" in line] == ["V1 a van: later"]


@pytest.mark.rule("8.8")
def test_conditions_are_open_and_a_refusal_only_as_its_owner_has_freed_it():
    worth = [
        ("ANA", "yes, on one condition", "it rains."),
        ("BEN", "not as it is now", "a wage", "everyone here"),
    ]
    assert still_open("mine", worth=worth)[:2] == [
        "not worth it for BEN as it is now: a wage",
        "worth it for ANA, if it rains",
    ]
    assert still_open("room", worth=worth)[:2] == still_open("mine", worth=worth)[:2]
    hidden = [worth[0], ("BEN", "not as it is now", "a wage")]
    assert still_open("room", worth=hidden) == NOT_YET_YOURS


def test_where_no_names_are_shown_a_condition_is_somebodys_and_how_many_there_are_is_not_told():
    held = {"partnership": [{"mode": "confidential", "threshold": "3"}]}
    p = partnership(
        "ANA BEN CYD DOV",
        **held,
        worth=[(who, "yes, on one condition", "SECRET") for who in ("ANA", "BEN", "CYD")]
        + [("DOV", "not as it is now", "SECRET", "everyone here")],
    ).for_reader("room")
    assert red_thread.open_list(p).data["Still open"].tolist()[:3] == [
        "not worth it for somebody as it is now",
        "worth it for somebody on a condition",
        NOT_YET_YOURS[0],
    ]


def test_decisions_and_differences_call_a_code_by_its_words():
    tables = {"objectives": OBJECTIVES, "decisions": DECISIONS}
    p = partnership("ANA BEN", **tables)
    assert red_thread.decisions(p).data["Subject"].tolist() == ["O1 a bridge", "old"]
    assert "O1 a bridge: we build it" in still_open("mine", **tables)


def test_the_room_hears_of_empty_tables_only_what_stands_there():
    room = partnership("ANA BEN").for_reader("room")
    assert red_thread.decisions(room).nothing == "Nothing is shown here as agreed."
    assert red_thread.differences(room).nothing == "No difference is shown here."
    assert red_thread.further(room).nothing == "No more open points are shown here."
    assert red_thread.checks(room).nothing == (
        "What is shown here raises no question from one stop to another."
    )


def test_a_shipped_ladder_is_no_agreement_also_where_a_tension_enters_it():
    p = partnership("ANA BEN", tensions=[("N1", "late money", "", "a call", "2")])
    assert red_thread.agreed_not_written(p).data.empty


@pytest.mark.rule("X1")
def test_nowhere_is_anything_counted_up_to_a_score():
    p = partnership("ANA BEN", objectives=OBJECTIVES, positions=POSITIONS, decisions=DECISIONS)
    shown = "".join(
        make(p).plain()
        for make in (red_thread.checks, red_thread.open_list, red_thread.before_you_move_on)
    )
    assert "%" not in shown
    assert "score" not in shown


def test_an_edited_list_of_behaviours_is_not_taken_for_the_shipped_one():
    views = [(who, "", "our own organisation", "B5", "often") for who in ("ANA", "BEN")]
    found = seen(
        behaviours=[("B5", "Eating lunch together")],
        behaviour_views=views,
        promises=[("P1", "ANA", "BEN", "the money", "2026-05-01", "not done")],
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
            {"about": "x", "outcome": "agreed", "what_we_decided": "y", "share": "not typed"}
        ],
    )
    assert "nan" not in red_thread.decisions(p).plain()


@pytest.mark.rule("8.8")
def test_a_day_has_passed_when_the_next_one_has_come_and_not_on_the_day_itself():
    decisions = [
        ("1", code, "agreed", "", "ANA", day)
        for code, day in (("the boat", "2026-06-01"), ("the hall", "2026-05-31"))
    ]
    p = partnership("ANA BEN", partnership=[{"date": "2026-06-01"}], decisions=decisions)
    rows = red_thread.open_list(p).rows
    told = dict(zip(rows["about"], rows["passed"], strict=True))
    assert (told["the hall"], told["the boat"]) == (True, False)
    without_a_day = partnership("ANA BEN", decisions=decisions)
    assert not red_thread.open_list(without_a_day).rows["passed"].any()


@pytest.mark.rule("8.8")
def test_the_open_list_goes_by_owner_then_by_day_then_as_it_was_typed():
    decisions = [
        ("1", "no owner", "agreed", "", "", "2026-01-01"),
        ("1", "late", "agreed", "", "ANA", "2026-09-01"),
        ("1", "no day", "not discussed", "", "BEN", ""),
        ("1", "early", "agreed", "", "BEN", "2026-02-01"),
        ("1", "no day and no owner", "we differ, and must decide", "", "", ""),
        ("1", "for good", "agreed", "", "ANA", ""),
        ("1", "may stay", "we differ, and it can stay so", "", "ANA", "2026-02-01"),
    ]
    rows = red_thread.open_list(partnership("ANA BEN", decisions=decisions)).rows
    assert rows["about"].tolist()[:5] == [
        "early",
        "late",
        "no day",
        "no owner",
        "no day and no owner",
    ]
    assert rows["source"].tolist()[5:] == ["proposals", "proposals"]


@pytest.mark.rule("8.8")
def test_each_line_of_the_open_list_says_where_it_comes_from_and_what_it_speaks_of():
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"date": "2026-06-01"}],
        risks=[("R1", "", "a flood"), ("R2", "", "a strike")],
        risk_care=[
            ("R1", "ANA", "ANA", "ANA", "we dig", "ANA", "2026-08-01"),
            ("R2", "all partners", "all partners", "all partners", "we talk", "BEN"),
        ],
        worth=[
            {"partner": "ANA", "worth_it": "yes"},
            {
                "partner": "BEN",
                "worth_it": "yes, on one condition",
                "if_what": "the road is built.",
            },
            {"partner": "CYD", "worth_it": "not as it is now"},
        ],
        value_lines=ASKS[:1],
        decisions=[("1", "", "agreed", "paint", "CYD", "2026-07-01"), ("2", "R2", "not discussed")],
    )
    lines = [*red_thread.open_list(p).rows.itertuples(), *red_thread.further(p).rows.itertuples()]
    assert [(line.source, line.about, line.what, line.who) for line in lines][:6] == [
        ("decisions", "", "paint", "CYD"),
        ("risk_care", "R1", "we dig", "ANA"),
        ("decisions", "R2", "", ""),
        ("worth", "not as it is now", "", ""),
        ("worth", "yes, on one condition", "the road is built.", ""),
        ("value_lines", "V1", "a van", ""),
    ]
    said = [*red_thread.open_list(p).data["Still open"], *red_thread.further(p).data["Still open"]]
    assert said[:6] == [
        "paint",
        "R1 a flood: we dig",
        "R2 a strike",
        "not worth it for CYD as it is now",
        "worth it for BEN, if the road is built",
        "V1 a van (ANA → BEN): asked, not yet answered",
    ]
    assert red_thread.open_list(p).data["By when"].tolist()[:3] == ["2026-07-01", "2026-08-01", ""]


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
