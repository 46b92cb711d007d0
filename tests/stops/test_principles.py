"""Stop 4 worked by hand: practices that can be seen, and a ladder without a gap."""

import pytest

from making import partnership, sheet
from partnering import language
from partnering.schema import lists
from partnering.stops import principles

PRACTICES = [
    (
        "A1",
        "Bad news early",
        "all partners",
        "We telephone before we write.",
        "no surprise in a report",
        "2026-03-01",
    ),
    ("A2", "Respect", "all partners", "Mutual respect and trust.", "smiles", "2026-09-01"),
    ("A3", "Nobody speaks for another", "BEN", "We ask before using a name.", "", ""),
    ("A4", "Cost is counted", "", "", "", ""),
]


def four(**more):
    return partnership("ANA BEN", practices=PRACTICES, partnership=[{"date": "2026-06-01"}], **more)


@pytest.mark.rule("4.1")
def test_a_principle_without_anything_that_is_done_needs_a_practice():
    assert principles.needs_a_practice(four()).data["Principle"].tolist() == ["Cost is counted"]


def test_a_principle_of_the_full_form_that_nobody_turned_into_a_practice_is_asked_about_with_who_named_it():
    table = principles.needs_a_practice(
        four(
            principles=[("Silence", "ANA", "ANA", "important"), ("Silence", "BEN", "BEN", "useful")]
        )
    ).data
    assert table.set_index("Principle").loc["Silence", "Proposed by"] == "ANA, BEN"


@pytest.mark.rule("4.2")
def test_what_a_newcomer_could_not_see_is_asked_about():
    table = principles.newcomer(four()).data.set_index("Practice")["To ask"]
    assert list(table.index) == ["A2 Respect", "A3 Nobody speaks for another"]
    assert table["A3 Nobody speaks for another"] == "What sign would tell you that it happens?"
    assert "Could a newcomer see this" in table["A2 Respect"]


@pytest.mark.rule("4.2")
def test_in_a_language_without_a_list_of_doing_words_only_the_missing_sign_is_asked_about(
    monkeypatch,
):
    monkeypatch.setattr(language, "is_english", lambda: False)
    assert principles.newcomer(four()).data["Practice"].tolist() == ["A3 Nobody speaks for another"]


@pytest.mark.rule("4.3")
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
        "a role in every organisation; no payment stops because of a concern; harm and fraud go to the reporting route",
    ),
    (
        "2",
        "step 1 failed",
        "by letter",
        "directors, with a judge",
        "10",
        "payments due are made",
        "a role in every organisation; an outside person whom no partner pays; can be raised without asking the funder; a companion for the side with less power",
    ),
    (
        "END",
        "no way on",
        "in writing",
        "holders",
        "30",
        "what people served count on goes on",
        "a role in every organisation; what happens if no solution is found",
    ),
]


MONEY = [("T1", "ANA", "BEN", "100", "USD", "visits", "grant")]


def lacking(protocol):
    table = principles.ladder_check(partnership("ANA BEN", protocol=protocol, transfers=MONEY)).data
    return list(zip(table["Step"], table["What is missing"], strict=True))


@pytest.mark.rule("4.4", "4.6")
def test_a_whole_ladder_has_nothing_missing_and_its_days_are_added():
    assert lacking(WHOLE) == []
    table = principles.ladder_check(partnership("ANA", protocol=WHOLE))
    assert any("43 working days" in note for note in table.notes)


@pytest.mark.rule("4.4")
@pytest.mark.parametrize(
    "lost",
    [
        "an outside person whom no partner pays",
        "can be raised without asking the funder",
        "a companion for the side with less power",
        "no payment stops because of a concern",
        "harm and fraud go to the reporting route",
        "what happens if no solution is found",
    ],
)
def test_what_no_step_has_is_told_of_the_whole_ladder(lost):
    broken = [
        (*step[:6], "; ".join(tick for tick in step[6].split("; ") if tick != lost))
        for step in WHOLE
    ]
    assert lacking(broken) == [("the steps together", f"no step has: {lost}")]


@pytest.mark.rule("4.4")
def test_a_way_round_the_money_is_asked_for_also_before_a_transfer_is_typed():
    without = [
        (*step[:6], step[6].replace("can be raised without asking the funder; ", ""))
        for step in WHOLE
    ]
    table = principles.ladder_check(partnership("ANA BEN", protocol=without)).data
    assert table["What is missing"].tolist() == [
        "no step has: can be raised without asking the funder"
    ]


@pytest.mark.rule("4.4")
def test_a_step_without_a_role_in_every_partner_is_named():
    broken = [
        WHOLE[0],
        (*WHOLE[1][:6], WHOLE[1][6].removeprefix("a role in every organisation; ")),
        WHOLE[2],
    ]
    assert lacking(broken) == [("2", "not ticked: a role in every organisation")]


@pytest.mark.rule("4.4")
@pytest.mark.parametrize(
    ("place", "says"),
    [
        (1, "nothing is written under “We use this step when”"),
        (2, "nothing is written under “How to raise it”"),
        (3, "nothing is written under “Who meets”"),
        (4, "no days are given"),
        (5, "nothing is written under “Until it is decided”"),
    ],
)
def test_what_is_empty_at_a_step_is_told_of_that_step(place, says):
    step = list(WHOLE[1])
    step[place] = ""
    assert lacking([WHOLE[0], tuple(step), WHOLE[2]]) == [("2", says)]


@pytest.mark.rule("4.4")
def test_steps_that_do_not_follow_on_and_a_ladder_without_an_end_are_told():
    assert ("the steps together", "the steps do not follow on: 1, 3, END") in lacking(
        [WHOLE[0], ("3", *WHOLE[1][1:]), WHOLE[2]]
    )
    assert ("the steps together", "no step has: what happens if no solution is found") in lacking(
        WHOLE[:2]
    )
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
    assert principles.tensions(p).data["Goes to step"].tolist() == ["2", "not said yet"]


def test_the_ladder_is_drawn_with_its_first_step_at_the_foot_and_told_in_words():
    figure = principles.ladder(partnership("ANA", protocol=WHOLE))
    assert figure.alternative.startswith("Step 1: holders (within 3 working days).")
    assert figure.drawings[0].svg.index(">END<") < figure.drawings[0].svg.index(">1<")


SHIPPED = [dict(row) for _, row in lists.sheets()["protocol"].iterrows()]
PROPOSAL = "the handbook's proposal, and not yet yours"


def in_your_words(steps):
    return [row | {"who_meets": f"With us: {row['who_meets']}"} for row in steps]


def test_the_shipped_ladder_would_be_whole_in_the_partners_own_words():
    p = partnership("ANA BEN", protocol=in_your_words(SHIPPED))
    assert principles.ladder_check(p).data.empty


@pytest.mark.rule("4.5")
@pytest.mark.parametrize("reader", ["room", "mine"])
@pytest.mark.parametrize("opened", [{}, {"protocol": SHIPPED}])
def test_a_ladder_that_nobody_has_changed_is_a_proposal_and_open_and_its_ticks_count_for_nothing(
    reader, opened
):
    p = partnership("ANA BEN", **opened).for_reader(reader)
    check = principles.ladder_check(p).data
    assert list(zip(check["Step"], check["What is missing"], strict=True)) == [
        ("the steps together", PROPOSAL)
    ]
    closing = principles.before_you_move_on_protocol(p).data["What there is"]
    assert closing[0] == "Nothing is shown here. What would you say?"
    assert closing[1] == f"the steps together: {PROPOSAL}"
    figure = principles.ladder(p)
    assert figure.rows["proposed"].all()
    assert figure.alternative.startswith("Step 1, the handbook's proposal:")
    assert "These steps are the handbook's proposal, and not yet yours." in figure.plain()
    assert "proposal, within 3 working days" in figure.drawings[0].svg


@pytest.mark.rule("4.5")
def test_of_a_ladder_changed_in_part_the_rest_is_open_and_its_ticks_are_not_the_partners():
    mixed = [*in_your_words(SHIPPED[:1]), *SHIPPED[1:]]
    p = partnership("ANA BEN", protocol=mixed)
    check = principles.ladder_check(p).data
    steps = check.loc[check["What is missing"] == PROPOSAL, "Step"].tolist()
    assert steps == [row["step"] for row in SHIPPED[1:]]
    assert (
        "the steps together",
        "no step of yours has: what happens if no solution is found",
    ) in list(zip(check["Step"], check["What is missing"], strict=True))
    closing = principles.before_you_move_on_protocol(p).data["What there is"]
    assert closing[0] == "these steps are yours: 1"
    assert principles.ladder(p).data["Step"].tolist()[:2] == ["1", "2 (the handbook's proposal)"]


def test_to_the_room_a_practice_that_is_kept_back_is_not_missing_and_changes_nothing():
    open_row = {"practice": "A1", "principle": "Bad news early", "who": "ANA"}
    kept_back = {"practice": "A2", "principle": "Bad news early", "we_will": "We call."}
    kept_back |= {"you_will_see": "a call", "share": "facilitator only"}
    with_it, without = (
        partnership("ANA BEN", practices=rows).for_reader("room")
        for rows in ([open_row, kept_back], [open_row])
    )
    for make in (
        principles.needs_a_practice,
        principles.practice_board,
        principles.newcomer,
        principles.before_you_move_on,
    ):
        assert make(with_it).html() == make(without).html()
    assert "A practice may be with the facilitator." in principles.needs_a_practice(with_it).notes
    assert principles.practice_board(with_it).data["Practices"].tolist() == [
        "no practice is shown here"
    ]
    closing = principles.before_you_move_on(with_it).data["What there is"]
    assert closing[1] == "no practice is shown here: Bad news early"


def test_the_room_hears_of_an_empty_table_only_what_stands_there():
    room = partnership("ANA BEN", partnership=[{"date": "2026-06-01"}]).for_reader("room")
    assert principles.practices(room).nothing == "No practice is shown here."
    assert principles.needs_a_practice(room).nothing == "No principle is shown here."
    assert principles.newcomer(room).nothing == "No practice is shown here."
    assert principles.due(room).nothing == "Nothing shown here is due yet."
    assert principles.tensions(room).nothing == "No tension is shown here."


def test_a_principle_with_a_practice_and_an_empty_line_beside_it_is_not_said_to_have_none():
    p = partnership("ANA", practices=[("A1", "Care", "", "We call."), ("A2", "Care", "", "")])
    assert principles.practice_board(p).data["Practices"].tolist() == ["We call."]


def test_who_named_a_principle_has_no_column_where_nobody_is_shown():
    assert "Proposed by" not in principles.needs_a_practice(four()).data


def test_before_you_move_on_practices_are_called_by_code_and_principle():
    closing = principles.before_you_move_on(four()).data["What there is"]
    assert "A1 Bad news early" in closing[0]


def test_practices_are_told_as_they_were_typed():
    assert principles.practices(four()).data.to_dict("list") == {
        "Practice": ["A1", "A2", "A3", "A4"],
        "Principle": [
            "Bad news early",
            "Respect",
            "Nobody speaks for another",
            "Cost is counted",
        ],
        "Who": ["all partners", "all partners", "BEN", ""],
        "We will": [
            "We telephone before we write.",
            "Mutual respect and trust.",
            "We ask before using a name.",
            "",
        ],
        "What others will see": ["no surprise in a report", "smiles", "", ""],
        "Review on": ["2026-03-01", "2026-09-01", "", ""],
    }


def test_the_board_has_each_principle_once_with_who_does_what():
    rows = [*PRACTICES, ("A5", "Bad news early", "", "We write within a day.", "", "")]
    assert principles.practice_board(partnership("ANA BEN", practices=rows)).data.to_dict(
        "list"
    ) == {
        "Principle": [
            "Bad news early",
            "Respect",
            "Nobody speaks for another",
            "Cost is counted",
        ],
        "Practices": [
            "all partners: We telephone before we write.; We write within a day.",
            "all partners: Mutual respect and trust.",
            "BEN: We ask before using a name.",
            "no practice yet",
        ],
    }


@pytest.mark.rule("4.6")
def test_the_drawn_ladder_tells_own_steps_from_the_handbooks():
    rows = lists.sheets()["protocol"].to_dict("records")
    rows[0] |= {"who_meets": "The elders, at the well."}
    figure = principles.ladder(partnership("ANA BEN", protocol=rows))
    said = figure.alternative.split(". Step ")
    assert said[0] == "Step 1: The elders, at the well (within 3 working days)"
    assert said[1].startswith("2, the handbook's proposal: The head of programme")
    assert figure.drawings[0].svg.count(">proposal") == 4
    assert figure.table.data["Step"].tolist() == [
        "1",
        "2 (the handbook's proposal)",
        "3 (the handbook's proposal)",
        "4 (the handbook's proposal)",
        "END (the handbook's proposal)",
    ]
    assert figure.table.data["Within … working days"].tolist() == ["3", "5", "10", "20", "30"]
    assert figure.table.notes == (
        "Still the handbook's proposal, and not yet yours: step 2, 3, 4, END.",
    )
    assert "take 68 working days in all" in figure.notes[0]


def test_steps_whose_numbers_do_not_follow_on_are_asked_for_their_order():
    steps = [("1", "a", "b", "c", "3", "d"), ("3", "a", "b", "c", "3", "d")]
    told = principles.ladder_check(partnership("ANA BEN", protocol=steps)).data.to_dict("records")
    (order,) = [line for line in told if "1, 3" in line["What is missing"]]
    assert order["Step"] == "the steps together"
    assert order["To ask"] == "Which step comes after which?"
    following = [(str(at), *step[1:]) for at, step in enumerate(steps, start=1)]
    gaps = principles.ladder_check(partnership("ANA BEN", protocol=following)).rows["lacks"]
    assert principles.THE_ORDER not in gaps.tolist()


def test_where_no_step_is_left_of_the_list_the_ladder_says_so():
    p = partnership("ANA BEN", protocol=[])
    told = {"mine": "No step is written down yet.", "room": "No step is shown here."}
    for reader, sentence in told.items():
        check = principles.ladder_check(p.for_reader(reader))
        assert check.rows.empty and check.nothing == sentence


def test_a_day_of_the_session_that_is_written_and_cannot_be_read_is_not_called_missing():
    p = partnership("ANA", partnership=[{"date": "2026-02-30"}], practices=PRACTICES)
    for reader in ("mine", "room"):
        told = principles.due(p.for_reader(reader))
        assert told.nothing == "The day of this session cannot be read."
    p.edit("partnership", sheet("partnership", [{"date": "2026-03-01"}]))
    assert principles.due(p).nothing != "The day of this session cannot be read."
