"""Stop 1 worked by hand: stances, enough to go on with, alone or together."""

import pytest

from examples import example
from making import partnership, sheet
from partnering.stops import purpose

WANTS = ("push for it", "support it", "can live with it", "cannot accept it")
PARTS = ("could carry it alone", "essential part", "useful part", "no part")
CAPABILITY = ("objective", "what_it_takes", "need", "partner", "have", "will_commit")


def two(stances, parts=("essential part", "essential part"), **more):
    """Two partners, one objective."""
    return partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge", "specific", "", more.get("missing", ""))],
        positions=[
            (who, "", "O1", stance, part, "", more.get("share", ""))
            for who, stance, part in zip(("ANA", "BEN"), stances, parts, strict=True)
        ],
    )


@pytest.mark.rule("1.1")
@pytest.mark.parametrize(
    ("stances", "state"),
    [
        (("push for it", "support it"), "all support it"),
        (("push for it", "can live with it"), "some can only live with it"),
        (("push for it", "cannot say"), "not everybody has answered"),
        (("push for it", "cannot accept it"), "somebody cannot accept it"),
    ],
)
def test_an_objective_is_told_by_the_most_cautious_stance(stances, state):
    assert purpose.stances(two(stances)).data["As it stands"].to_list() == [state]


@pytest.mark.rule("1.2")
@pytest.mark.parametrize(
    ("stances", "parts", "so_far"),
    [
        (("push for it", "support it"), ("essential part", "useful part"), "enough to go on with"),
        (
            ("support it", "can live with it"),
            ("essential part", "useful part"),
            "enough to go on with",
        ),
        (
            ("support it", "can live with it"),
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
            ("support it", "rather not say here"),
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
        (("could carry it alone", "useful part"), "one of us could do this alone"),
        (("essential part", "essential part"), "nobody could do this alone"),
        (("useful part", "no part"), "nobody sees an essential part in it"),
        (("essential part", "cannot say"), "not everybody has answered"),
    ],
)
def test_an_objective_is_reached_alone_together_or_not_yet(parts, state):
    assert purpose.who_could(two(("support it", "support it"), parts)).data[
        "As it stands"
    ].to_list() == [state]


@pytest.mark.rule("1.3")
def test_something_that_nobody_at_the_table_has_is_named_with_its_question():
    table = purpose.who_could(two(("support it", "support it"), missing="a permit")).data.iloc[0]
    assert "something is missing: a permit" in table["As it stands"]
    assert "should they be here?" in table["To ask"]


@pytest.mark.rule("M4")
def test_one_organisation_answering_alone_is_not_enough_answers():
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge")],
        positions=[("ANA", "", "O1", WANTS[0], PARTS[1])],
    )
    assert purpose.who_could(p).data["As it stands"].to_list() == ["not everybody has answered"]
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
    p = two(("cannot say", "rather not say here"), ("cannot say", "cannot say"))
    table = purpose.stances(p)
    assert table.data["As it stands"].to_list() == ["not everybody has answered"]
    assert "O1 0 of 2" in table.missing
    told = purpose.stances(p.for_reader("room")).plain()
    assert "All 2 forms are in. Not shown here" in told and "0 of 2" not in told


@pytest.mark.rule("1.1")
def test_in_shade_everybody_wants_the_visits_and_nobody_could_make_them_alone():
    room = example("shade").for_reader("room")
    stances = purpose.stances(room).data.set_index("Objective")
    o2 = next(row for label, row in stances.iterrows() if label.startswith("O2"))
    assert (o2["Push for it"], o2["Support it"], o2["As it stands"]) == (
        "VEC, OSD",
        "SOM, SEN",
        "all support it",
    )
    o4 = next(row for label, row in stances.iterrows() if label.startswith("O4"))
    assert (o4["Push for it"], o4["Shown here"]) == ("1 partner", "3 of 4")
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
    assert (
        "O5: SOM push for it; OSD support it; SEN can live with it; VEC cannot accept it."
        in strip.alternative
    )


@pytest.mark.rule("M4")
@pytest.mark.parametrize("partners", ["", "ANA"])
def test_nobody_and_one_alone_agree_on_nothing(partners):
    rows = [("ANA", "", "O1", WANTS[0], PARTS[1])] if partners else []
    p = partnership(partners, objectives=[("O1", "a bridge")], positions=rows)
    assert purpose.stances(p).data["As it stands"].tolist() == ["not everybody has answered"]
    assert purpose.enough(p).data["So far"].tolist() == ["not everybody has answered"]
    assert "It takes two partners" in purpose.enough(p).missing


@pytest.mark.rule("P3")
def test_a_middle_of_two_words_counts_at_its_cautious_end_for_the_room_as_for_the_facilitator():
    rows = [("ANA", f"v{at}", "O1", "can live with it", PARTS[1 + at % 2]) for at in range(6)]
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
    ("kind", "hangs"), [("specific", ["ANA"]), ("particular to one partner", [])]
)
def test_what_one_alone_brings_is_told_but_for_a_partners_own_aim(kind, hangs):
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge", kind, "ANA")],
        positions=[("ANA", "", "O1", WANTS[1], PARTS[1]), ("BEN", "", "O1", WANTS[1], PARTS[2])],
    )
    assert purpose.only_one_brings(p).rows["partner"].tolist() == hangs


def test_an_empty_line_is_no_reason():
    p = partnership("ANA BEN", purposes=[("ANA", "to cross"), ("BEN", "", "")])
    assert purpose.side_by_side(p).missing == "1 of 2 have written their reasons."
    assert purpose.side_by_side(p).rows["partner"].tolist() == ["ANA"]


@pytest.mark.rule("R10")
def test_what_hangs_on_nobody_is_told_to_the_room_of_what_stands_here():
    rows = [(who, "", "O1", WANTS[1], PARTS[1]) for who in ("ANA", "BEN")]
    p = partnership("ANA BEN", objectives=[("O1", "a bridge")], positions=rows)
    room = p.for_reader("room")
    assert purpose.only_one_brings(p).nothing.startswith("Nothing hangs on one partner alone")
    assert purpose.only_one_brings(room).nothing == (
        "Of what stands here nothing hangs on one partner alone."
    )
    assert purpose.stances(room).missing == "All 2 have answered everything that stands here."


@pytest.mark.rule("B1")
def test_before_you_move_on_nothing_is_chosen_and_stopping_is_one_of_four_answers():
    closing = purpose.before_you_move_on(two(WANTS[1:3])).data["What there is"].iloc[-1]
    assert [choice.split()[1] for choice in closing.split("; ")] == ["go", "look", "form", "stop"]
    assert not any(sign in closing for sign in "☑☒✓")


def test_the_room_is_told_that_all_have_answered_of_what_stands_here():
    kept_back = {"objective": "O2", "text": "b", "share": "facilitator"}
    p = two(["push for it", "support it"])
    p.edit("objectives", sheet("objectives", [{"objective": "O1", "text": "a"}, kept_back]))
    room, mine = purpose.stances(p.for_reader("room")), purpose.stances(p)
    assert room.missing == "All 2 have answered everything that stands here."
    assert mine.missing.startswith("Answered so far: O2 0 of 2")


def test_what_a_kept_back_line_hangs_on_is_not_denied_to_the_room():
    boat = ("O1", "a boat", "must", "ANA", "enough", "yes")
    p = two(["push for it", "support it"])
    row = dict(zip(CAPABILITY, boat, strict=True)) | {"share": "facilitator"}
    p.edit("capabilities", sheet("capabilities", [row]))
    assert list(purpose.only_one_brings(p).rows["what"]) == ["a boat"]
    room = purpose.only_one_brings(p.for_reader("room"))
    assert room.rows.empty
    assert room.nothing == "Of what stands here nothing hangs on one partner alone."
