"""Before you move on, worked by hand for every exercise: what speaks for going on, and what is open."""

import re

import pytest

from examples import example
from making import partnership, views
from partnering.partnership import MINE, ROOM
from partnering.schema import lists
from partnering.stops import (
    agreement,
    coherence,
    moving_on,
    principles,
    purpose,
    red_thread,
    relationship,
    risk_sharing,
    value,
)

NOTHING_SPEAKS = ("Nothing is shown here. What would you say?",)
NOTHING_OPEN = ("Nothing is shown here. What is missing?",)
ENDS = [
    purpose.before_you_move_on,
    value.before_you_move_on,
    risk_sharing.before_you_move_on,
    principles.before_you_move_on,
    principles.before_you_move_on_protocol,
    agreement.before_you_move_on,
    relationship.before_you_move_on,
    coherence.before_you_move_on_contacts,
    coherence.before_you_move_on,
    red_thread.before_you_move_on,
]


def told(table):
    """What speaks for going on, and what is still open, each as a tuple of sentences."""
    cells = table.words(table.rows).set_index("Look at")["What there is"]
    return cells["What speaks for going on"], cells["What is still open"]


# ---------------------------------------------------------------- the table itself


@pytest.mark.rule("B1")
@pytest.mark.parametrize("name", ["shade", "shade-under-way", "uwi", "clinic"])
@pytest.mark.parametrize("make", ENDS)
def test_no_sentence_goes_on_after_a_full_stop(make, name):
    for cell in make(example(name).for_reader(MINE)).cells.to_numpy().ravel():
        for line in cell if isinstance(cell, tuple) else (cell,):
            assert not re.search(r"\.[;:,]", line), line


def test_the_table_has_what_speaks_for_it_then_what_is_open_then_the_question_with_four_answers():
    table = moving_on.before_you_move_on(lambda: moving_on.Closing(["a boat"], ["a bridge"]))
    assert table.data["Look at"].tolist() == [
        "What speaks for going on",
        "What is still open",
        "What do you, the partners, decide?",
    ]
    assert table.words(table.rows)["What there is"].tolist() == [
        ("a boat",),
        ("a bridge",),
        (
            "We go on.",
            "We look into something first.",
            "Another way of working together would suit us better: a contract, a grant, a network, keeping in touch.",
            "We stop here, with thanks.",
        ),
    ]
    assert table.rows["line"].tolist() == ["speaks for going on", "still open", "choices"]
    assert table.notes == (
        "Stopping here is a good result. Whatever you choose, say it in one sentence that all have "
        "heard. It is written down among the decisions.",
    )


def test_where_nothing_stands_the_table_asks_and_concludes_nothing():
    table = moving_on.before_you_move_on(lambda: moving_on.Closing([], ()))
    assert told(table) == (NOTHING_SPEAKS, NOTHING_OPEN)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: f"{end.__module__}.{end.__name__}")
def test_of_an_empty_partnership_nothing_speaks_for_going_on(end):
    assert told(end(partnership("ANA BEN")))[0] == NOTHING_SPEAKS


@pytest.mark.parametrize(
    ("end", "asks"),
    [
        (purpose.before_you_move_on, "Is it enough for you to go on?"),
        (risk_sharing.before_you_move_on, "Are you more convinced and confident now"),
        (agreement.before_you_move_on, "Who signs, and may they?"),
        (red_thread.before_you_move_on, "When do you come back, and to which stop?"),
        (value.before_you_move_on, "What do you, the partners, decide?"),
    ],
)
def test_a_real_gate_asks_its_own_question(end, asks):
    assert end(partnership("ANA BEN")).data["Look at"].iloc[2].startswith(asks)


# ---------------------------------------------------------------- stop 1


OBJECTIVES = [
    ("O1", "a bridge"),
    {"objective": "O2", "text": "a boat", "what_is_missing": "a licence"},
    ("O3", "a school"),
    ("O4", "a road"),
    ("O5", "a well"),
]
POSITIONS = [
    (who, "", code, stance, part)
    for who, code, stance, part in (
        ("ANA", "O1", "strongly for it", "essential part"),
        ("BEN", "O1", "support it", "no part"),
        ("ANA", "O2", "support it", "could do it alone"),
        ("BEN", "O2", "support it", "useful part"),
        ("ANA", "O3", "support it", "useful part"),
        ("BEN", "O3", "support it", "no part"),
        ("ANA", "O4", "can agree to it", "essential part"),
        ("BEN", "O4", "support it", "no part"),
        ("ANA", "O5", "support it", "essential part"),
    )
]


@pytest.mark.rule("B1", "1.2")
@pytest.mark.parametrize(
    ("reader", "unknown"), [(MINE, "not everybody has answered"), (ROOM, "not shown here")]
)
def test_the_objectives_that_are_enough_speak_for_going_on_and_the_others_are_open(reader, unknown):
    p = partnership("ANA BEN", objectives=OBJECTIVES, positions=POSITIONS).for_reader(reader)
    assert told(purpose.before_you_move_on(p)) == (
        ("2 objectives are enough to go on with: O1 a bridge; O2 a boat",),
        (
            "O3 a school: whose objective is this?",
            "O4 a road: those who must act are not all in favour",
            f"O5 a well: {unknown}, and no decision is shown here",
            "something is missing for O2 a boat: a licence",
        ),
    )


def test_one_objective_that_is_enough_is_one():
    p = partnership("ANA BEN", objectives=OBJECTIVES[:1], positions=POSITIONS)
    assert told(purpose.before_you_move_on(p)) == (
        ("1 objective is enough to go on with: O1 a bridge",),
        NOTHING_OPEN,
    )


def test_objectives_of_which_not_all_is_known_stand_in_one_line():
    p = partnership("ANA BEN", objectives=OBJECTIVES[2:4])
    assert told(purpose.before_you_move_on(p))[1] == (
        "O3 a school; O4 a road: not everybody has answered, and no decision is shown here",
    )


def test_what_was_agreed_aloud_speaks_for_going_on_though_not_all_have_answered():
    agreed = {"stop": "1", "about": "O3", "outcome": "agreed", "what_we_decided": "we build"}
    p = partnership("ANA BEN", objectives=OBJECTIVES[2:4], decisions=[agreed])
    assert told(purpose.before_you_move_on(p)) == (
        ("Agreed and written down: O3 a school",),
        ("O4 a road: not everybody has answered, and no decision is shown here",),
    )


# ---------------------------------------------------------------- stop 2


@pytest.mark.rule("B1", "2.4")
def test_those_for_whom_it_is_worth_it_speak_for_going_on_and_a_condition_is_open_not_a_yes():
    p = partnership(
        "ANA BEN CYD",
        worth=[
            {"partner": "ANA", "worth_it": "yes"},
            {"partner": "BEN", "worth_it": "yes, on one condition", "if_what": "the road is built"},
            {"partner": "CYD", "worth_it": "yes"},
        ],
        value_lines=[
            ("V1", "ANA", "ask one partner for", "a boat", "BEN"),
            ("V2", "BEN", "bring", "a song", "all partners"),
        ],
    )
    assert told(value.before_you_move_on(p)) == (
        ("for 2 of 3 it is worth it as it is now",),
        ("worth it, if the road is built", "asked, not yet answered: V1 a boat"),
    )


def test_a_partnership_that_is_worth_it_only_on_conditions_has_nothing_that_speaks_for_it():
    worth = [
        {"partner": "ANA", "worth_it": "yes, on one condition", "if_what": "the road is built"},
        {"partner": "BEN", "worth_it": "not as it is now", "share": "everyone here"},
    ]
    assert told(value.before_you_move_on(partnership("ANA BEN", worth=worth))) == (
        NOTHING_SPEAKS,
        ("worth it, if the road is built", "not worth it for somebody as it is now"),
    )


def test_where_nobody_has_said_whether_it_is_worth_it_that_is_open():
    assert told(value.before_you_move_on(partnership("ANA BEN"))) == (
        NOTHING_SPEAKS,
        ("whether it is worth it for each of us: not everybody has answered",),
    )


# ---------------------------------------------------------------- stop 3


RISKS = [("R1", "", "a flood"), ("R2", "", "a strike"), ("R3", "", "a theft")]


@pytest.mark.rule("B1", "3.9")
def test_a_risk_with_a_lead_and_something_to_do_speaks_for_going_on_and_patterns_are_open():
    care = [
        {
            "risk": "R1",
            "carries": "ANA",
            "decides": "BEN",
            "pays": "BEN",
            "we_will": "buy pumps",
            "lead": "ANA",
        },
        {"risk": "R2", "carries": "ANA", "decides": "ANA", "we_will": "talk"},
        {"risk": "R3", "carries": "nobody", "decides": "all partners", "lead": "BEN"},
    ]
    seen = views("ANA BEN", {"R1": "l/h l/h", "R2": "l/h ?/h", "R3": "c/s c/s"})
    p = partnership("ANA BEN", risks=RISKS, risk_care=care, risk_views=seen)
    assert told(risk_sharing.before_you_move_on(p)) == (
        ("for these risks you have written who leads and what you will do: R1 a flood",),
        (
            "R1 a flood: most affected: ANA; decided by BEN",
            "R2 a strike: somebody is affected, and it is not yet paid for",
            "R3 a theft: it says that nobody is affected",
            "somebody left open: R2 a strike",
        ),
    )
    assert told(risk_sharing.before_you_move_on(p.for_reader(ROOM)))[1][-1] == (
        "not shown here, or not by all: R2 a strike"
    )


def test_where_all_have_answered_and_nothing_is_chosen_no_risk_is_open():
    seen = views("ANA BEN", {"R1": "l/h l/h"})
    p = partnership("ANA BEN", risks=RISKS[:1], risk_views=seen)
    assert told(risk_sharing.before_you_move_on(p)) == (NOTHING_SPEAKS, NOTHING_OPEN)


# ---------------------------------------------------------------- stop 4


@pytest.mark.rule("B1", "4.1", "4.2")
def test_a_practice_with_a_sign_speaks_for_going_on_and_a_principle_without_one_is_open():
    practices = [
        ("A1", "Bad news early", "all partners", "We telephone before we write.", "no surprise"),
        ("A2", "Bad news early", "BEN", "We ask before using a name.", ""),
        ("A3", "Cost is counted", "", "", "a bill"),
    ]
    p = partnership("ANA BEN", practices=practices)
    assert told(principles.before_you_move_on(p)) == (
        ("these practices say what is done and what you will see: A1 Bad news early",),
        ("no practice yet: Cost is counted", "cannot be seen yet: A2 Bad news early"),
    )
    assert told(principles.before_you_move_on(p.for_reader(ROOM)))[1][0] == (
        "no practice is shown here: Cost is counted"
    )


def ladder(**changed):
    """The ladder that comes with the handbook, with some cells of its first step changed."""
    rows = lists.sheets()["protocol"].to_dict("records")
    rows[0] |= changed
    return rows


@pytest.mark.rule("B1", "4.4", "4.5")
def test_own_steps_and_tensions_that_enter_the_ladder_speak_for_going_on():
    first = ladder()[0]["step"]
    tensions = [
        {"tension": "N1", "what_might_happen": "late money", "first_move": "ANA", "step": first},
        {"tension": "N2", "what_might_happen": "no answer", "first_move": "BEN"},
        {"tension": "N3", "what_might_happen": "a rumour", "step": first},
    ]
    p = partnership(
        "ANA BEN", protocol=ladder(who_meets="The elders, at the well."), tensions=tensions
    )
    speaks_for, still_open = told(principles.before_you_move_on_protocol(p))
    assert speaks_for == (
        f"these steps are yours: {first}",
        "these tensions have a first action and a step: N1 late money",
    )
    assert still_open  # the other steps are the handbook's still
    assert told(principles.before_you_move_on_protocol(partnership("ANA BEN")))[0] == NOTHING_SPEAKS


# ---------------------------------------------------------------- stop 5


TOPICS = [
    {"topic": "Money", "where": "in both"},
    {"topic": "Names", "where": "not written yet"},
    {"topic": "Ends", "where": "in both", "together": "they differ"},
    {"topic": "Law", "where": ""},
    {"topic": "Tax", "where": ""},
]


@pytest.mark.rule("B1", "5.3")
def test_topics_in_a_document_speak_for_going_on_by_name_and_the_rest_is_open():
    p = partnership("ANA BEN", topics=TOPICS)
    speaks_for, still_open = told(agreement.before_you_move_on(p))
    assert speaks_for == ("these are in a document: Money; Ends",)
    assert still_open == (
        "not written yet: Names",
        "the documents differ, or nobody knows: Ends",
        "not ticked yet: Law; Tax",
    )


def test_where_no_topic_is_ticked_they_are_not_told_one_by_one():
    p = partnership("ANA BEN", topics=TOPICS[3:])
    asked = "ticked yet: in which document is each written?"
    assert told(agreement.before_you_move_on(p)) == (NOTHING_SPEAKS, (f"no topic is {asked}",))
    assert told(agreement.before_you_move_on(p.for_reader(ROOM)))[1] == (
        f"no topic shown here is {asked}",
    )


def test_topics_that_are_all_ticked_leave_none_to_tick():
    p = partnership("ANA BEN", topics=TOPICS[:1])
    assert told(agreement.before_you_move_on(p))[1] == NOTHING_OPEN


# ---------------------------------------------------------------- stop 6


@pytest.mark.rule("B1", "6.4")
def test_what_each_does_differently_speaks_for_going_on_if_somebody_will_tell():
    p = partnership(
        "ANA BEN CYD",
        practising=[
            {
                "partner": "ANA",
                "what_we_will_do_differently": "call first",
                "who_will_tell_us": "the driver",
            },
            {"partner": "BEN", "what_we_will_do_differently": "write less"},
            {"partner": "CYD", "who_will_tell_us": "the nurse"},
        ],
        moments=[
            ("M1", "2026-03-01", "a late report", "made it harder between us", ""),
            ("M1", "2026-04-01", "a late report", "made it harder between us", ""),
            ("M2", "2026-05-01", "a broken bridge", "made it harder between us", "a call"),
            ("M3", "2026-06-01", "a feast", "brought us closer", ""),
        ],
        behaviour_views=[
            (who, "", about, "B1", word)
            for about, word in (
                ("our own organisation", "often"),
                ("the other partners, taken together", "rarely"),
            )
            for who in ("ANA", "BEN", "CYD")
        ],
    )
    speaks_for, still_open = told(relationship.before_you_move_on(p))
    assert speaks_for == (
        "1 of 3 have chosen what they will do differently, and who will tell them",
    )
    first = lists.sheets()["behaviours"].iloc[0]
    assert still_open == (
        f"B1 {first['text']}: We say “often” of our own organisation and “rarely” of the others. What would "
        "they notice?",
        "M1 a late report: what would have helped?",
    )
    assert told(relationship.before_you_move_on(p.for_reader(ROOM)))[0] == (
        "1 of 3 are shown here with what they will do differently, and who will tell them",
    )


# ---------------------------------------------------------------- stop 7


@pytest.mark.rule("B1", "7.2", "7.4")
def test_a_holder_with_a_stand_in_speaks_for_going_on_and_one_without_is_open():
    p = partnership(
        "ANA BEN CYD",
        holding=[
            {"partner": "ANA", "holder": "the nurse", "stand_in": "the driver"},
            {"partner": "BEN", "holder": "the clerk", "our_units_differ_on": "the money"},
            {"partner": "CYD", "stand_in": "the cook"},
        ],
    )
    assert told(coherence.before_you_move_on(p)) == (
        ("1 of 3 have a focal point and a stand-in",),
        ("The BEN house: no stand-in yet", "the units of The BEN house differ on the money"),
    )
    assert told(coherence.before_you_move_on(p.for_reader(ROOM)))[0] == (
        "1 of 3 are shown here with a focal point and a stand-in",
    )


@pytest.mark.rule("B1", "7.3", "7.4")
def test_contacts_speak_for_going_on_and_who_is_asked_twice_in_a_week_is_open():
    p = partnership(
        "ANA BEN",
        contacts=[
            ("ANA", "finance", "BEN", "works with them", "", "", "no"),
            ("ANA", "clinic", "BEN", "works with them", "", "", "yes"),
        ],
        holding=[{"partner": "BEN", "holder": "the clerk"}],
        requests=[
            {"request": code, "month": day, "from": "ANA", "to": "BEN", "what": "a list"}
            for code, day in (("Q1", "2026-03-02"), ("Q2", "2026-03-08"))
        ],
    )
    speaks_for, still_open = told(coherence.before_you_move_on_contacts(p))
    assert speaks_for == ("2 contacts between our organisations are shown here",)
    assert still_open == (
        "The BEN house: the clerk has no stand-in",
        "The ANA house: finance contacts BEN, and the focal point is not told",
        "BEN, the week of 2026-03-02",
        "BEN, asked more than once",
    )


def test_one_contact_is_one():
    p = partnership("ANA BEN", contacts=[("ANA", "finance", "BEN")])
    assert told(coherence.before_you_move_on_contacts(p))[0] == (
        "1 contact between our organisations is shown here",
    )


# ---------------------------------------------------------------- where we stand


@pytest.mark.rule("B1", "8.8")
def test_what_is_agreed_speaks_for_going_on_and_the_open_list_is_open():
    decisions = [
        {"stop": "1", "about": "the bridge", "outcome": "agreed", "what_we_decided": "wood"},
        {"stop": "1", "about": "the boat", "outcome": "agreed", "what_we_decided": "no sail"},
        {"stop": "2", "about": "money", "outcome": "we differ, and must decide"},
        {"stop": "2", "about": "names", "outcome": "we differ, and it can stay so"},
    ]
    p = partnership("ANA BEN", decisions=decisions)
    speaks_for, still_open = told(red_thread.before_you_move_on(p))
    assert speaks_for == ("2 decisions are written down",)
    assert still_open == (
        "money",
        "the conflict protocol: the handbook's proposal, and not yet yours",
        "in which document each topic is written: not ticked yet",
        "who decides what: not filled in yet",
    )
    assert told(red_thread.before_you_move_on(p.for_reader(ROOM)))[0] == (
        "2 decisions are shown here",
    )
    one = partnership("ANA BEN", decisions=decisions[1:2])
    assert told(red_thread.before_you_move_on(one))[0] == ("1 decision is written down",)
    assert told(red_thread.before_you_move_on(one.for_reader(ROOM)))[0] == (
        "1 decision is shown here",
    )
