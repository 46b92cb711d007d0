"""The wall where answers are held and the partners are few: not empty, and silent on what was ticked."""

import pytest

from making import partnership
from partnering.partnership import Partnership
from partnering.stops import coherence, purpose, relationship, risk, value

FOUR = ("FUN", "ANA", "BEN", "CYD")
QUESTION = "To say aloud, in a round"
DECIDED = {
    "stop": "1",
    "about": "O1, and R1",
    "outcome": "agreed",
    "what_we_decided": "monthly",
    "who": "all partners",
    "by_when": "2027-02-01",
}


def held(stance="support it", share="", mode="confidential", partners=FOUR) -> Partnership:
    """Four partners that answer in confidence; BEN says otherwise on O2, and shares it or not."""
    return partnership(
        " ".join(partners),
        partnership=[{"mode": mode, "moment": "working together"}],
        objectives=[("O1", "a road"), ("O2", "a bridge")],
        risks=[("R1", "", "a flood"), ("R11", "", "a storm")],
        decisions=[DECIDED],
        positions=[
            *((who, "", "O1", "support it", "useful part") for who in partners),
            {"partner": "BEN", "objective": "O2", "stance": stance, "share": share},
        ],
        worth=[{"partner": "BEN", "worth_it": "not as it is now", "share": share}],
        risk_views=[(who, "", "R1", "likely", "harms us") for who in partners],
        behaviour_views=[(who, "", "our own organisation", "B1", "often") for who in partners],
    )


@pytest.mark.rule("R16")
def test_each_objective_stands_with_what_was_decided_freed_and_what_to_say_aloud():
    told = purpose.stances(held("cannot accept it", "room").for_reader("room"))
    assert told.cells.to_dict("list") == {
        "What is asked": ["O1 a road", "O2 a bridge"],
        "What you decided": [
            ("agreed: monthly (all partners, by 2027-02-01)",),
            ("no decision is shown here",),
        ],
        "Said for the room": [(), ("somebody: “cannot accept it”",)],
        QUESTION: ["What would you need, so that you could do your part?"] * 2,
    }
    assert told.notes == (
        "Not shown here: answers are confidential, and 4 organisations are fewer than the "
        "smallest group (5). What each of you says aloud, and what you write down as "
        "decided, is shown here. This changes if all of you tick “with our name” and nobody "
        "keeps a guarded answer back, or if all agree on 4 as the smallest group.",
    ) or told.notes[0].startswith("All 4 forms are in. ")


def test_a_decision_on_o1_in_small_letters_is_one_and_none_on_o1_2():
    for about, tells in (("o1", True), ("O1.2", False), ("O1-O2", True)):
        p = held()
        p.edit("decisions", p.sheets["decisions"].assign(about=about))
        told = purpose.stances(p.for_reader("room")).cells["What you decided"].iloc[0]
        assert (told != ("no decision is shown here",)) == tells, about


def test_a_code_with_a_sign_in_it_is_read_as_it_stands():
    p = held()
    p.edit("objectives", p.sheets["objectives"].assign(objective=["O.1", "O2"]))
    p.edit("decisions", p.sheets["decisions"].assign(about="OX1"))
    told = purpose.stances(p.for_reader("room")).cells["What you decided"].iloc[0]
    assert told == ("no decision is shown here",)


def test_a_decision_on_r1_is_none_on_r11():
    told = risk.risk_table(held().for_reader("room")).table.cells
    assert told["What you decided"].to_list() == [
        ("agreed: monthly (all partners, by 2027-02-01)",),
        ("no decision is shown here",),
    ]
    assert "Said for the room" not in told  # no answer on a risk is guarded


@pytest.mark.rule("R16")
@pytest.mark.parametrize(
    "make", [purpose.stances, value.worth, risk.risk_table, relationship.own_and_others]
)
def test_the_question_is_the_same_in_every_line_and_whatever_was_answered(make):
    one, other = (
        make(held(stance).for_reader("room")) for stance in ("support it", "cannot accept it")
    )
    assert one.html() == other.html()
    assert len(set(one.data[QUESTION])) == 1


@pytest.mark.parametrize(
    "make", [purpose.stances, value.worth, risk.risk_table, relationship.own_and_others]
)
def test_the_facilitator_and_a_room_that_speaks_openly_read_the_answers_themselves(make):
    assert QUESTION not in make(held()).data
    assert QUESTION not in make(held(mode="with names").for_reader("room")).data


def test_what_was_agreed_aloud_speaks_for_going_on_and_what_was_not_decided_is_open():
    speaks_for, still_open, *_ = purpose.before_you_move_on(held().for_reader("room")).cells.iloc[
        :, 1
    ]
    assert "Agreed and written down: O1 a road" in speaks_for
    assert "O2 a bridge: not shown here, and no decision is shown here" in still_open


def test_behaviours_are_not_asked_aloud_before_they_are_asked_on_paper():
    p = held()
    p.edit("partnership", p.sheets["partnership"].assign(moment="exploring"))
    assert relationship.own_and_others(p.for_reader("room")).rows.empty


@pytest.mark.parametrize(
    "make",
    [
        purpose.side_by_side,
        value.value_sheets,
        relationship.practising,
        coherence.holding,
        coherence.who_turns_to_you,
    ],
)
def test_where_own_words_are_kept_back_the_wall_says_what_would_change_it(make):
    said = "a partner's own words are shown here once it has marked them for everyone here."
    assert said in make(held().for_reader("room")).plain()
    assert said not in make(held(mode="with names").for_reader("room")).plain()
    assert said not in make(held()).plain()


@pytest.mark.parametrize("make", [value.asked_and_answered, value.gains, value.value_map])
def test_where_the_value_sheets_say_what_would_change_it_the_others_say_it_in_short(make):
    said = "Answers are confidential: lines may be kept back."
    assert said in make(held().for_reader("room")).plain()
    assert said not in make(held(mode="with names").for_reader("room")).plain()
    assert said not in make(held()).plain()


def test_between_two_the_wall_says_that_nothing_can_be_confidential():
    told = purpose.stances(held(partners=("ANA", "BEN")).for_reader("room")).notes[0]
    assert told.endswith(
        "Between two nothing can be confidential. This changes only if you both choose to "
        "answer with names."
    )
