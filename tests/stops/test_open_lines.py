"""What is still open, worked by hand: in which order, in which words, and to whom."""

import pytest

from making import partnership
from partnering.schema import lists
from partnering.schema.tables import TABLES
from partnering.stops import red_thread
from stops.joined import DECISIONS


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
