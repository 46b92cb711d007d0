"""Stop 1 worked by hand: stances, enough to go on with, alone or together."""

import pytest

from examples import example
from making import partnership, sheet
from partnering.documents import clauses
from partnering.stops import purpose

WANTS = ("strongly for it", "support it", "can agree to it", "cannot accept it")
PARTS = ("could do it alone", "essential part", "useful part", "no part")
CAPABILITY = ("objective", "what_it_takes", "need", "partner", "have", "will_commit")


def two(stances, parts=("essential part", "essential part"), **more):
    """Two partners, one objective."""
    return partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge", "specific objective", "", more.get("missing", ""))],
        positions=[
            (who, "", "O1", stance, part, "", more.get("share", ""))
            for who, stance, part in zip(("ANA", "BEN"), stances, parts, strict=True)
        ],
    )


@pytest.mark.rule("1.1")
@pytest.mark.parametrize(
    ("stances", "state"),
    [
        (("strongly for it", "support it"), "all support it"),
        (("strongly for it", "can agree to it"), "some can agree to it"),
        (("strongly for it", "we do not know"), "not everybody has answered"),
        (("strongly for it", "cannot accept it"), "somebody cannot accept it"),
    ],
)
def test_an_objective_is_told_by_the_most_cautious_stance(stances, state):
    assert purpose.stances(two(stances)).data["As it is now"].to_list() == [state]


THREE_FOR = [(who, "", "O1", "support it", "essential part") for who in ("ANA", "BEN", "CYD")]


def with_people_we_serve(stance, share="", mode="with names"):
    """Three partners in favour, and people we serve, who are not asked and may have said no."""
    asked = ("ANA", "BEN", "CYD")
    return partnership(
        partners=[*((who, who) for who in asked), ("SER", "Riders", "people we serve")],
        partnership=[{"mode": mode, "threshold": "3"}],
        objectives=[("O1", "a bridge")],
        positions=[
            *THREE_FOR,
            *([("SER", "", "O1", stance, "no part", "", share)] if stance else []),
        ],
    )


@pytest.mark.rule("1.2", "M3")
@pytest.mark.parametrize("mode", ["with names", "confidential"])
@pytest.mark.parametrize("stance", ["", "support it", "cannot accept it", "we do not know", "hm"])
def test_a_refusal_of_people_we_serve_that_is_not_shown_is_no_consent(stance, mode):
    share = "facilitator only" if stance == "support it" else ""
    p = with_people_we_serve(stance, share, mode)
    room = p.for_reader("room")
    row = purpose.enough(room).data.iloc[0]
    assert row["Nobody refuses"] == "yes, of those who are asked"
    assert row["So far"] == "enough to go on with, for those who are asked"
    stands = purpose.stances(room).data.iloc[0]
    assert stands["As it is now"] == "all who are asked support it"
    assert "1 objective is enough" not in purpose.before_you_move_on(room).plain()
    asks = [one.text for one in clauses.of(room)["purpose"] if one.settle]
    assert any("what do Riders say of it" in text for text in asks)
    mine = purpose.enough(p).data.iloc[0]["So far"]
    assert mine == {
        "cannot accept it": "somebody cannot accept it as it is written",
        "hm": "enough to go on with, for those who are asked",  # it may be a refusal
    }.get(stance, "enough to go on with")


@pytest.mark.rule("1.2", "M3")
def test_a_refusal_of_people_we_serve_in_a_line_that_was_left_out_is_no_consent():
    p = with_people_we_serve("")
    p.edit("positions", sheet("positions", [*THREE_FOR, ("SER", "", "O9", "cannot accept it")]))
    assert "positions" in p.lines_left_out
    assert purpose.so_far(p) == {"O1": "enough to go on with, for those who are asked"}
    assert purpose.stances(p).data.iloc[0]["As it is now"] == "all who are asked support it"
    p.edit("positions", sheet("positions", THREE_FOR))
    assert purpose.so_far(p) == {"O1": "enough to go on with"}


@pytest.mark.rule("M2")
def test_half_an_answer_of_people_we_serve_is_not_on_the_wall_either():
    p = with_people_we_serve("support it")
    sheet_of = p.sheets["positions"]
    half = sheet_of.assign(our_part=sheet_of["our_part"].replace("no part", "we do not know"))
    p.edit("positions", half)
    assert "SER" not in purpose.stances(p.for_reader("room")).plain()
    assert "SER" in purpose.stances(p).plain()


@pytest.mark.rule("M3")
def test_where_people_we_serve_are_seen_to_agree_nobody_refuses():
    room = with_people_we_serve("support it").for_reader("room")
    assert purpose.enough(room).data.iloc[0]["Nobody refuses"] == "yes"
    assert purpose.stances(room).data.iloc[0]["As it is now"] == "all support it"


def test_who_leaves_its_part_open_has_not_answered_in_full():
    half = two(("can agree to it", "support it"), ("essential part", "we do not know"))
    assert purpose.stances(half).data["As it is now"].to_list() == ["not everybody has answered"]


@pytest.mark.rule("1.2")
@pytest.mark.parametrize(
    ("stances", "parts", "so_far"),
    [
        (
            ("strongly for it", "support it"),
            ("essential part", "useful part"),
            "enough to go on with",
        ),
        (
            ("support it", "can agree to it"),
            ("essential part", "useful part"),
            "enough to go on with",
        ),
        (
            ("support it", "can agree to it"),
            ("useful part", "essential part"),
            "those who must act are not all in favour",
        ),
        (("support it", "support it"), ("useful part", "no part"), "whose objective is this?"),
        (
            ("support it", "cannot accept it"),
            ("essential part", "no part"),
            "somebody cannot accept it as it is written",
        ),
        (
            ("support it", "prefer not to say here"),
            ("essential part", "no part"),
            "not everybody has answered",
        ),
    ],
)
def test_enough_is_that_all_have_answered_nobody_refuses_and_those_who_must_act_support_it(
    stances, parts, so_far
):
    assert purpose.enough(two(stances, parts)).data["So far"].to_list() == [so_far]


@pytest.mark.rule("1.3")
@pytest.mark.parametrize(
    ("parts", "state"),
    [
        (("could do it alone", "useful part"), "one of us could do this alone"),
        (("essential part", "essential part"), "nobody could do this alone"),
        (("useful part", "no part"), "nobody sees an essential part in it"),
        (("essential part", "we do not know"), "not everybody has answered"),
    ],
)
def test_an_objective_is_reached_alone_together_or_not_yet(parts, state):
    assert purpose.who_could(two(("support it", "support it"), parts)).data[
        "As it is now"
    ].to_list() == [state]


@pytest.mark.rule("1.3")
def test_something_that_nobody_at_the_table_has_is_named_with_its_question():
    table = purpose.who_could(two(("support it", "support it"), missing="a permit")).data.iloc[0]
    assert "something is missing: a permit" in table["As it is now"]
    assert "should they be here?" in table["To ask"]


@pytest.mark.rule("M4")
def test_one_organisation_answering_alone_is_not_enough_answers():
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge")],
        positions=[("ANA", "", "O1", WANTS[0], PARTS[1])],
    )
    assert purpose.who_could(p).data["As it is now"].to_list() == ["not everybody has answered"]
    assert purpose.enough(p).data["So far"].to_list() == ["not everybody has answered"]


@pytest.mark.parametrize("reader", ["room", "mine"])
def test_an_empty_partnership_gives_sentences_and_no_error(reader):
    p = partnership("").for_reader(reader)
    for make in (
        purpose.side_by_side,
        purpose.stances,
        purpose.enough,
        purpose.stance_strip,
        purpose.parts,
        purpose.who_could,
        purpose.only_one_brings,
        purpose.who_together,
        purpose.before_you_move_on,
    ):
        result = make(p)
        assert result.html()
        assert result.plain()


@pytest.mark.rule("M1")
def test_where_nobody_has_an_answer_to_give_everything_is_left_open():
    p = two(("we do not know", "prefer not to say here"), ("we do not know", "we do not know"))
    table = purpose.stances(p)
    assert table.data["As it is now"].to_list() == ["not everybody has answered"]
    assert "O1 0 of 2" in table.missing
    told = purpose.stances(p.for_reader("room")).plain()
    assert "All 2 forms are in. Not shown here" in told and "0 of 2" not in told


@pytest.mark.rule("1.1")
def test_in_shade_everybody_wants_the_visits_and_nobody_could_make_them_alone():
    room = example("shade").for_reader("room")
    stances = purpose.stances(room).data.set_index("Objective")
    o2 = next(row for label, row in stances.iterrows() if label.startswith("O2"))
    assert (o2["Strongly for it"], o2["Support it"], o2["As it is now"]) == (
        "VEC, OSD",
        "SOM, SEN",
        "all support it",
    )
    o4 = next(row for label, row in stances.iterrows() if label.startswith("O4"))
    assert (o4["Strongly for it"], o4["Shown here"]) == ("1 partner", "3 of 4")
    so_far = purpose.enough(room).data["So far"].to_list()
    assert so_far == [
        "enough to go on with",
        "enough to go on with",
        "enough to go on with",
        "not shown here",
        "somebody cannot accept it as it is written",
        "enough to go on with",
    ]
    strip = purpose.stance_strip(room)
    words = "O5 Published evidence on what works, from the register of people who live alone"
    assert (
        f"{words}: SOM strongly for it; OSD support it; SEN can agree to it; VEC cannot accept it."
        in strip.alternative
    )
    assert ">O5 Published evidence on what" in strip.drawings[4].svg


@pytest.mark.rule("M4")
@pytest.mark.parametrize("partners", ["", "ANA"])
def test_nobody_and_one_alone_agree_on_nothing(partners):
    rows = [("ANA", "", "O1", WANTS[0], PARTS[1])] if partners else []
    p = partnership(partners, objectives=[("O1", "a bridge")], positions=rows)
    assert purpose.stances(p).data["As it is now"].tolist() == ["it takes two partners"]
    assert purpose.enough(p).data["So far"].tolist() == ["it takes two partners"]
    assert "It takes two partners" in purpose.enough(p).missing


@pytest.mark.rule("P3")
def test_a_middle_of_two_words_counts_at_its_cautious_end_for_the_room_as_for_the_facilitator():
    rows = [("ANA", f"v{at}", "O1", "can agree to it", PARTS[1 + at % 2]) for at in range(6)]
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge")],
        positions=[*rows, ("BEN", "", "O1", WANTS[1], PARTS[1])],
    )
    for reader in ("room", "mine"):
        assert purpose.enough(p.for_reader(reader)).data["So far"].tolist() == [
            "those who must act are not all in favour"
        ]


@pytest.mark.rule("1.4")
@pytest.mark.parametrize(
    ("kind", "hangs"), [("specific objective", ["ANA"]), ("one partner's own objective", [])]
)
def test_what_one_alone_brings_is_told_but_for_a_partners_own_aim(kind, hangs):
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge", kind, "ANA")],
        positions=[("ANA", "", "O1", WANTS[1], PARTS[1]), ("BEN", "", "O1", WANTS[1], PARTS[2])],
    )
    assert purpose.only_one_brings(p).rows["partner"].tolist() == hangs


@pytest.mark.rule("1.3", "1.4")
@pytest.mark.parametrize("share", ["", "facilitator only"])
@pytest.mark.parametrize(
    ("theirs", "state", "of_asked"),
    [
        (PARTS[0], "one of us could do this alone", "nobody who is asked could do this alone"),
        (PARTS[1], "nobody could do this alone", "nobody who is asked could do this alone"),
        (PARTS[3], "nobody could do this alone", "nobody who is asked could do this alone"),
    ],
)
def test_what_people_we_serve_could_do_counts_where_it_is_seen(theirs, state, of_asked, share):
    p = partnership(
        partners=[("ANA", "Ana"), ("BEN", "Ben"), ("SER", "Riders", "people we serve")],
        objectives=[("O1", "a bridge", "specific objective")],
        positions=[
            ("ANA", "", "O1", WANTS[1], PARTS[1]),
            ("BEN", "", "O1", WANTS[1], PARTS[3]),
            ("SER", "", "O1", WANTS[1], theirs, "", share),
        ],
    )
    room, alone = p.for_reader("room"), ["ANA"] if theirs == PARTS[3] else []
    assert purpose.who_could(p).rows["state"].tolist() == [state]
    assert purpose.who_could(room).rows["state"].tolist() == [of_asked if share else state]
    assert purpose.only_one_brings(p).rows["partner"].tolist() == alone
    if share:
        brings = purpose.only_one_brings(room).data["Brings"].tolist()
        assert brings == ["an essential part, of those who are asked"]
    else:
        assert purpose.only_one_brings(room).rows["partner"].tolist() == alone


def test_people_we_serve_are_the_one_that_brings_it_where_nobody_else_does():
    p = partnership(
        partners=[("ANA", "Ana"), ("BEN", "Ben"), ("SER", "Riders", "people we serve")],
        objectives=[("O1", "a bridge", "specific objective")],
        positions=[
            *((who, "", "O1", WANTS[1], PARTS[3]) for who in ("ANA", "BEN")),
            ("SER", "", "O1", WANTS[1], PARTS[1], "", "facilitator only"),
        ],
    )
    room = p.for_reader("room")
    assert purpose.only_one_brings(p).rows["partner"].tolist() == ["SER"]
    assert not len(purpose.only_one_brings(room).rows)
    assert purpose.who_could(room).rows["state"].tolist() == [
        "nobody who is asked sees an essential part in it"
    ]


def test_an_empty_line_is_no_reason():
    p = partnership("ANA BEN", purposes=[("ANA", "to cross"), ("BEN", "", "")])
    assert purpose.side_by_side(p).missing == "1 of 2 have written their reasons."
    assert purpose.side_by_side(p).rows["partner"].tolist() == ["ANA"]


@pytest.mark.rule("R10")
def test_what_hangs_on_nobody_is_told_to_the_room_of_what_stands_here():
    rows = [(who, "", "O1", WANTS[1], PARTS[1]) for who in ("ANA", "BEN")]
    p = partnership("ANA BEN", objectives=[("O1", "a bridge")], positions=rows)
    room = p.for_reader("room")
    assert purpose.only_one_brings(p).nothing.startswith("Nothing depends on one partner alone")
    assert purpose.only_one_brings(room).nothing == (
        "Of what is shown here, nothing depends on one partner alone."
    )
    assert purpose.stances(room).missing == "All 2 have answered everything that is shown here."


@pytest.mark.rule("B1")
def test_before_you_move_on_nothing_is_chosen_and_stopping_is_one_of_four_answers():
    closing = purpose.before_you_move_on(two(WANTS[1:3])).data["What there is"].iloc[-1]
    assert [choice.split()[1] for choice in closing.split("; ")] == ["go", "look", "way", "stop"]
    assert not any(sign in closing for sign in "☑☒✓")


FIVE = [
    ("O1", "a bridge", "specific objective"),
    {"objective": "O2", "text": "a boat", "what_is_missing": "a licence"},
    ("O3", "a school"),
    ("O4", "a road"),
    ("O5", "a well"),
]
SAID = [
    (who, "", code, WANTS[stance], PARTS[part])
    for who, code, stance, part in (
        ("ANA", "O1", 0, 1),
        ("BEN", "O1", 1, 3),
        ("ANA", "O2", 1, 0),
        ("BEN", "O2", 2, 2),
        ("ANA", "O3", 1, 2),
        ("BEN", "O3", 1, 3),
        ("ANA", "O4", 2, 1),
        ("BEN", "O4", 3, 3),
        ("ANA", "O5", 1, 1),
    )
]


def five(reader="mine"):
    """Five objectives: all support it, one can agree to it, nobody's, refused, half answered."""
    return partnership("ANA BEN", objectives=FIVE, positions=SAID).for_reader(reader)


@pytest.mark.rule("R2")
def test_when_one_would_leave_is_read_by_the_facilitator_alone():
    said = [("ANA", "to cross", "no boat", "a war", "rain")]
    p = partnership("ANA BEN", purposes=said)
    assert purpose.side_by_side(p).data.to_dict("list") == {
        "Partner": ["The ANA house"],
        "Why together?": ["to cross"],
        "Why not alone, or by a contract?": ["no boat"],
        "Who or what is missing": ["rain"],
        "We would leave if": ["a war"],
    }
    room = purpose.side_by_side(p.for_reader("room"))
    assert list(room.data) == [
        "Partner",
        "Why together?",
        "Why not alone, or by a contract?",
        "Who or what is missing",
    ]
    assert room.missing == "Reasons of 1 of 2 are shown here."
    only_leaving = partnership("ANA BEN", purposes=[("ANA", "", "", "a war", "")])
    assert purpose.side_by_side(only_leaving.for_reader("room")).rows.empty
    assert purpose.side_by_side(partnership("ANA BEN")).missing == ""


@pytest.mark.rule("1.1")
def test_objectives_stand_by_the_most_cautious_stance_and_what_is_not_known_before_a_refusal():
    assert purpose.stances(five()).data.to_dict("list") == {
        "Objective": ["O1 a bridge", "O3 a school", "O2 a boat", "O5 a well", "O4 a road"],
        "Strongly for it": ["ANA", "", "", "", ""],
        "Support it": ["BEN", "ANA, BEN", "ANA", "ANA", ""],
        "Can agree to it": ["", "", "BEN", "", "ANA"],
        "Cannot accept it": ["", "", "", "", "BEN"],
        "Answered": ["2 of 2", "2 of 2", "2 of 2", "1 of 2", "2 of 2"],
        "As it is now": [
            "all support it",
            "all support it",
            "some can agree to it",
            "not everybody has answered",
            "somebody cannot accept it",
        ],
    }
    room = purpose.stances(five("room"))
    assert room.rows["objective"].tolist() == ["O1", "O3", "O2", "O4", "O5"]
    assert room.rows["seen"].tolist() == [2, 2, 2, 0, 0]
    assert room.data["As it is now"].tolist()[3:] == ["not shown here"] * 2
    assert purpose.stance_strip(five()).alternative == (
        "O1 a bridge: ANA strongly for it; BEN support it. "
        "O2 a boat: ANA support it; BEN can agree to it. O3 a school: ANA, BEN support it. "
        "O4 a road: ANA can agree to it; BEN cannot accept it. O5 a well: ANA support it; BEN left open."
    )


@pytest.mark.rule("1.2")
def test_enough_is_told_question_by_question():
    table = purpose.enough(five())
    assert table.data.to_dict("list") == {
        "Objective": ["O1 a bridge", "O2 a boat", "O3 a school", "O4 a road", "O5 a well"],
        "Answered": ["2 of 2", "2 of 2", "2 of 2", "2 of 2", "1 of 2"],
        "Nobody refuses": ["yes", "yes", "yes", "somebody refuses", "not everybody has answered"],
        "Those with an essential part are in favour": [
            "yes",
            "yes",
            "nobody sees an essential part",
            "not yet: ANA",
            "not everybody has answered",
        ],
        "So far": [
            "enough to go on with",
            "enough to go on with",
            "whose objective is this?",
            "somebody cannot accept it as it is written",
            "not everybody has answered",
        ],
    }
    assert table.rows["reluctant"].tolist() == [(), (), (), ("ANA",), ()]
    assert table.notes[0].startswith("You need not agree on everything.")


@pytest.mark.rule("1.3")
def test_who_has_which_part_stands_partner_by_partner_and_what_to_ask_beside():
    assert purpose.parts(five()).data.to_dict("list") == {
        "Objective": ["O1 a bridge", "O2 a boat", "O3 a school", "O4 a road", "O5 a well"],
        "ANA": [PARTS[1], PARTS[0], PARTS[2], PARTS[1], PARTS[1]],
        "BEN": [PARTS[3], PARTS[2], PARTS[3], PARTS[3], ""],
    }
    assert purpose.who_could(five()).data.to_dict("list") == {
        "Objective": ["O1 a bridge", "O2 a boat", "O3 a school", "O4 a road", "O5 a well"],
        "As it is now": [
            "nobody could do this alone",
            "one of us could do this alone; something is missing: a licence",
            "nobody sees an essential part in it",
            "nobody could do this alone",
            "not everybody has answered",
        ],
        "To ask": [
            "What becomes possible only together?",
            "What would be lost: reach, quality, speed, credibility?; Who has it, and "
            "should they be here?",
            "Whose objective is this?",
            "What becomes possible only together?",
            "",
        ],
    }


@pytest.mark.rule("1.4")
def test_what_one_alone_brings_comes_with_what_if_it_cannot():
    table = purpose.only_one_brings(five())
    assert table.data.to_dict("list") == {
        "Objective": ["O1 a bridge", "O2 a boat", "O4 a road"],
        "Only": ["ANA"] * 3,
        "Brings": ["an essential part"] * 3,
        "To ask": ["What if they cannot?"] * 3,
    }
    assert table.notes[0].startswith("The full form would add")
    assert (
        purpose.only_one_brings(five("room")).data["Brings"].tolist() == ["an essential part"] * 2
    )
    seen = [
        ("O1", "a boat", "needed", "ANA", "we have enough", "yes"),
        ("O1", "a map", "needed", "BEN", "we have some", "yes"),
    ]
    full = partnership("ANA BEN", objectives=FIVE[:1], capabilities=seen)
    assert purpose.only_one_brings(full).data["Brings"].tolist() == ["a boat"]
    assert purpose.only_one_brings(full.for_reader("room")).data["Brings"].tolist() == [
        "a boat, of what is shown here"
    ]
    assert purpose.only_one_brings(full).notes[0].startswith("From the full form:")
    together = purpose.who_together(full)
    assert together.data.to_dict("list") == {
        "Objective": ["O1 a bridge"],
        "Who together could": ["nobody yet"],
        "Nobody has yet": ["a map"],
    }
    assert purpose.who_together(full.for_reader("room")).data.to_dict("list") == {
        "Objective": ["O1 a bridge"],
        "Who together could": ["nobody, of what is shown here"],
        "Nobody has, of what is shown here": ["a map"],
    }


@pytest.mark.rule("1.5")
@pytest.mark.parametrize(
    ("need", "have", "commits", "holders"),
    [
        ("needed", "we have enough", "yes", ["a boat"]),
        ("needed", "we have enough", "in part", ["a boat"]),
        ("needed", "we have enough", "no", []),
        ("needed", "we have some", "yes", []),
        ("helpful", "we have enough", "yes", []),
    ],
)
def test_only_who_has_enough_of_what_it_must_have_and_commits_it_can_bring_it(
    need, have, commits, holders
):
    p = partnership(
        "ANA BEN", objectives=FIVE[:1], capabilities=[("O1", "a boat", need, "ANA", have, commits)]
    )
    assert purpose.only_one_brings(p).data.get("Brings", []).tolist() == holders


@pytest.mark.rule("1.4", "1.5")
@pytest.mark.parametrize(
    ("have", "commits", "is_open"),
    [
        ("", "", True),
        ("we do not know", "yes", True),
        ("we have enough", "", True),
        ("we have enough", "prefer not to say here", True),
        ("we have some", "", False),
        ("we have enough", "not decided yet", False),
    ],
)
def test_who_left_it_open_whether_it_has_a_thing_is_not_said_to_have_it_not(have, commits, is_open):
    boat = ("O1", "a boat", "needed")
    first = (*boat, "ANA", "we have enough", "yes")
    alone = partnership(
        "ANA BEN", objectives=FIVE[:1], capabilities=[(*boat, "BEN", have, commits)]
    )
    both = partnership(
        "ANA BEN", objectives=FIVE[:1], capabilities=[first, (*boat, "BEN", have, commits)]
    )
    assert purpose.who_together(alone).rows["nobody_has"].tolist() == [
        () if is_open else ("a boat",)
    ]
    assert purpose.who_together(alone).rows["open"].tolist() == [("a boat",) if is_open else ()]
    assert len(purpose.only_one_brings(both).rows) == (0 if is_open else 1)


def test_the_room_is_told_that_all_have_answered_of_what_stands_here():
    kept_back = {"objective": "O2", "text": "b", "share": "facilitator only"}
    p = two(["strongly for it", "support it"])
    p.edit("objectives", sheet("objectives", [{"objective": "O1", "text": "a"}, kept_back]))
    room, mine = purpose.stances(p.for_reader("room")), purpose.stances(p)
    assert room.missing == "All 2 have answered everything that is shown here."
    assert mine.missing.startswith("Answered so far: O2 0 of 2")


def test_what_a_kept_back_line_hangs_on_is_not_denied_to_the_room():
    boat = ("O1", "a boat", "needed", "ANA", "we have enough", "yes")
    p = two(["strongly for it", "support it"])
    row = dict(zip(CAPABILITY, boat, strict=True)) | {"share": "facilitator only"}
    p.edit("capabilities", sheet("capabilities", [row]))
    assert list(purpose.only_one_brings(p).rows["what"]) == ["a boat"]
    room = purpose.only_one_brings(p.for_reader("room"))
    assert room.rows.empty
    assert room.nothing == "Of what is shown here, nothing depends on one partner alone."


@pytest.mark.rule("B1")
@pytest.mark.parametrize("outcome", ["we differ, and must decide", "not discussed"])
def test_what_must_be_settled_is_open_though_its_ticks_are_not_shown(outcome):
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": "confidential"}],
        objectives=[("O1", "a well")],
        positions=[(who, "", "O1", "support it", "useful part") for who in ("ANA", "BEN", "CYD")],
        decisions=[("1", "O1", outcome, "where it goes")],
    )
    told = purpose.before_you_move_on(p.for_reader("room")).data["What there is"]
    assert f"O1 a well: {outcome}" in told.iloc[1]
