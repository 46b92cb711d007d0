"""Stop 4 worked by hand: practices that can be seen, and a ladder without a gap."""

import pytest

from making import partnership
from partnering import language
from partnering.stops import principles

PRACTICES = [
    (
        "A1",
        "Bad news early",
        "all of us",
        "We telephone before we write.",
        "no surprise in a report",
        "2026-03-01",
    ),
    ("A2", "Respect", "all of us", "Mutual respect and trust.", "smiles", "2026-09-01"),
    ("A3", "Nobody speaks for another", "BEN", "We ask before using a name.", "", ""),
    ("A4", "Cost is counted", "", "", "", ""),
]


def four(**more):
    return partnership("ANA BEN", practices=PRACTICES, partnership=[{"date": "2026-06-01"}], **more)


def test_a_principle_without_anything_that_is_done_needs_a_practice():
    assert principles.needs_a_practice(four()).data["Principle"].tolist() == ["Cost is counted"]


def test_a_principle_of_the_full_form_that_nobody_turned_into_a_practice_is_asked_about_with_who_named_it():
    table = principles.needs_a_practice(
        four(
            principles=[("Silence", "ANA", "ANA", "important"), ("Silence", "BEN", "BEN", "useful")]
        )
    ).data
    assert table.set_index("Principle").loc["Silence", "Named by"] == "ANA, BEN"


def test_what_a_newcomer_could_not_see_is_asked_about():
    table = principles.newcomer(four()).data.set_index("Practice")["To ask"]
    assert list(table.index) == ["A2 Respect", "A3 Nobody speaks for another"]
    assert table["A3 Nobody speaks for another"] == "What sign would tell you that it happens?"
    assert "Could a newcomer see this" in table["A2 Respect"]


def test_in_a_language_without_a_list_of_doing_words_only_the_missing_sign_is_asked_about(
    monkeypatch,
):
    monkeypatch.setattr(language, "is_english", lambda: False)
    assert principles.newcomer(four()).data["Practice"].tolist() == ["A3 Nobody speaks for another"]


def test_a_practice_is_due_on_its_day():
    assert principles.due(four()).data["Practice"].tolist() == ["A1 Bad news early"]
    assert principles.due(partnership("ANA", practices=PRACTICES)).data.empty


WHOLE = [
    (
        "1",
        "it rubs",
        "by voice",
        "holders",
        "3",
        "work goes on",
        "a role in every partner; raising it costs nobody money; harm and fraud leave here",
    ),
    (
        "2",
        "step 1 failed",
        "by letter",
        "directors, with a judge",
        "10",
        "payments due are made",
        "a role in every partner; somebody no partner pays; a way round the money; somebody beside the weaker side",
    ),
    (
        "END",
        "no way on",
        "in writing",
        "holders",
        "30",
        "what people served count on goes on",
        "a role in every partner; an end",
    ),
]


MONEY = [("T1", "ANA", "BEN", "100", "USD", "visits", "grant")]


def lacking(protocol):
    table = principles.ladder_check(partnership("ANA BEN", protocol=protocol, transfers=MONEY)).data
    return list(zip(table["Step"], table["What is missing"], strict=True))


def test_a_whole_ladder_has_nothing_missing_and_its_days_are_added():
    assert lacking(WHOLE) == []
    table = principles.ladder_check(partnership("ANA", protocol=WHOLE))
    assert any("43 working days" in note for note in table.notes)


@pytest.mark.parametrize(
    "lost",
    [
        "somebody no partner pays",
        "a way round the money",
        "somebody beside the weaker side",
        "raising it costs nobody money",
        "harm and fraud leave here",
        "an end",
    ],
)
def test_what_no_step_has_is_told_of_the_whole_ladder(lost):
    broken = [
        (*step[:6], "; ".join(tick for tick in step[6].split("; ") if tick != lost))
        for step in WHOLE
    ]
    assert lacking(broken) == [("the whole ladder", f"no step has: {lost}")]


def test_where_no_money_moves_no_way_round_it_is_asked_for():
    without = [(*step[:6], step[6].replace("a way round the money; ", "")) for step in WHOLE]
    assert principles.ladder_check(partnership("ANA BEN", protocol=without)).data.empty


def test_a_step_without_a_role_in_every_partner_is_named():
    broken = [
        WHOLE[0],
        (*WHOLE[1][:6], WHOLE[1][6].removeprefix("a role in every partner; ")),
        WHOLE[2],
    ]
    assert lacking(broken) == [("2", "not ticked: a role in every partner")]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (1, "nothing stands under “We go here when”"),
        (2, "nothing stands under “How it can be raised”"),
        (3, "nothing stands under “Who meets”"),
        (4, "no days are told"),
        (5, "nothing stands under “Meanwhile”"),
    ],
)
def test_what_is_empty_at_a_step_is_told_of_that_step(place, says):
    step = list(WHOLE[1])
    step[place] = ""
    assert lacking([WHOLE[0], tuple(step), WHOLE[2]]) == [("2", says)]


def test_steps_that_do_not_follow_on_and_a_ladder_without_an_end_are_told():
    assert ("the whole ladder", "the steps do not follow on: 1, 3, END") in lacking(
        [WHOLE[0], ("3", *WHOLE[1][1:]), WHOLE[2]]
    )
    assert ("the whole ladder", "no step has: an end") in lacking(WHOLE[:2])
    assert (
        lacking([WHOLE[0], ("2", *WHOLE[1][1:]), ("²", *WHOLE[2][1:])]) == []
    )  # an odd code is no number, and no crash


def test_a_tension_is_told_with_the_step_it_enters():
    p = partnership(
        "ANA BEN",
        protocol=WHOLE,
        tensions=[
            ("N1", "late money", "a call", "BEN calls", "2"),
            ("N2", "a key person leaves", "", "", ""),
        ],
    )
    assert principles.tensions(p).data["Enters at step"].tolist() == ["2", "not told yet"]


def test_the_ladder_is_drawn_with_its_first_step_at_the_foot_and_told_in_words():
    figure = principles.ladder(partnership("ANA", protocol=WHOLE))
    assert figure.alternative.startswith("Step 1: holders (within 3 working days).")
    assert figure.drawing.index(">END<") < figure.drawing.index(">1<")


def test_the_shipped_ladder_is_whole():
    assert principles.ladder_check(partnership("ANA BEN")).data.empty
