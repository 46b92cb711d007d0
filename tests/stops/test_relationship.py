"""Stop 6 worked by hand: two datings of one moment, two views of one behaviour, never a name."""

import re

import pytest

from making import partnership
from partnering.stops import relationship

MOMENTS = [
    ("M1", "2026-03-01", "an e-mail was answered by telephone", "made it harder between us", ""),
    ("M1", "2025-07-01", "a call nobody remembers", "made it harder between us", ""),
    ("M2", "2026-05-01", "the director came herself", "brought us closer", "she asked first"),
]


@pytest.mark.rule("6.1")
def test_both_datings_of_one_moment_stand_in_the_story():
    figure = relationship.story(partnership("ANA BEN", moments=MOMENTS))
    assert figure.data["Moment"].tolist() == [
        "M1 (dated differently)",
        "M1 (dated differently)",
        "M2",
    ]
    assert figure.data["When"].tolist() == ["2025-07-01", "2026-03-01", "2026-05-01"]
    assert "both lines stay" in figure.notes[0]
    assert figure.alternative.startswith("M1 on 2025-07-01: made it harder between us")


def seen(own, others, names="ANA BEN CYD"):
    rows = [
        (who, "", about, "B1", word)
        for about, words in (
            ("our own organisation", own),
            ("the other partners, taken together", others),
        )
        for who, word in zip(names.split(), words, strict=False)
        if word
    ]
    return partnership(names, behaviour_views=rows)


def own_and_others(p):
    table = relationship.own_and_others(p).data
    return table.iloc[0] if len(table) else None


@pytest.mark.rule("6.4")
def test_what_we_think_we_do_and_the_others_seldom_see_is_asked_about():
    row = own_and_others(
        seen(["often", "almost always", "often"], ["rarely", "sometimes", "rarely"])
    )
    assert row["Of our own organisation"] == "almost always 1, often 2"
    assert row["Of the other partners, taken together"] == "sometimes 1, rarely 2"
    assert row["To ask"] == (
        "We say “often” of our own organisation and “rarely” of the others. What would they notice?"
    )


@pytest.mark.rule("6.4")
def test_a_step_of_difference_asks_nothing():
    assert (
        own_and_others(seen(["often", "often", "often"], ["sometimes", "often", "sometimes"]))[
            "To ask"
        ]
        == ""
    )


@pytest.mark.rule("6.4")
def test_what_others_see_more_than_we_do_is_asked_about_too():
    row = own_and_others(seen(["never", "never", "rarely"], ["often", "often", "almost always"]))
    assert row["To ask"] == (
        "We say “never” of our own organisation and “often” of the others. What do they do "
        "that we do not see in ourselves?"
    )


@pytest.mark.rule("6.2")
def test_no_view_of_behaviour_ever_bears_a_name_for_any_reader():
    p = seen(["often", "never", "often"], ["rarely", "rarely", "never"])
    for reader in ("room", "mine"):
        for make in (relationship.own_and_others, relationship.own_and_others_strip):
            assert not [
                name for name in ("ANA", "BEN", "CYD") if name in make(p.for_reader(reader)).plain()
            ]


@pytest.mark.rule("6.2")
def test_one_organisations_view_alone_is_not_shown():
    row = own_and_others(seen(["often", "", ""], ["rarely", "rarely", ""]))
    assert row["Of our own organisation"] == "not enough answers"
    assert row["To ask"] == ""


@pytest.mark.rule("6.3")
@pytest.mark.parametrize("names", ["TDD MDN", "TDD MDN CYD"])
def test_with_fewer_than_four_partners_the_room_does_not_see_what_was_said_of_the_others(names):
    p = seen(["often", "often", "often"], ["rarely", "never", "never"], names)
    table, strip = (
        make(p.for_reader("room"))
        for make in (relationship.own_and_others, relationship.own_and_others_strip)
    )
    assert list(table.data.columns) == ["Behaviour", "Of our own organisation"]
    assert table.notes[0].startswith("With fewer than 4 partners what was said of the others")
    assert not re.search("rarely [1-9]|never [1-9]|them", table.plain() + strip.alternative)
    assert not table.start
    assert "rarely 1" in relationship.own_and_others(p).plain()  # the facilitator sees it


FOUR = "ANA BEN CYD DOV"


@pytest.mark.rule("6.3")
def test_with_four_partners_the_room_sees_both_sides():
    p = seen(["often"] * 4, ["rarely"] * 4, FOUR).for_reader("room")
    assert own_and_others(p)["Of the other partners, taken together"] == "rarely 4"
    assert own_and_others(p)["To ask"].startswith("We say “often” of our own organisation")


def test_a_middle_of_which_an_answer_is_not_seen_is_one_of_what_stands_here():
    p = seen(["often"] * 4, ["rarely", "rarely", "rarely", ""], FOUR)
    assert own_and_others(p.for_reader("room"))["To ask"] == (
        "In the middle of what is shown here: “often” of our own organisation, “rarely” of "
        "the others. What would they notice?"
    )


def test_what_is_not_seen_is_not_called_missing_and_why_is_told_once():
    open_mode = seen(["often", "", "", ""], ["", "", "", ""], FOUR)
    assert relationship.own_and_others(open_mode).nothing == "Not enough answers yet."
    assert relationship.own_and_others(open_mode.for_reader("room")).nothing.startswith(
        "Not shown here. A line is shown as soon as two partners"
    )
    one_side = own_and_others(seen(["often"] * 4, ["", "", "", "rarely"], FOUR).for_reader("room"))
    assert one_side["Of the other partners, taken together"] == "not shown here"


MIDDLES = ["sometimes", "sometimes", "sometimes", "often", "often", "often"]


@pytest.mark.rule("P5")
def test_each_position_counts_under_its_own_word_in_whatever_order_the_partners_stand():
    """ANA's voices lie between two words, BEN states the lower of them."""
    voices = [
        ("ANA", voice, "our own organisation", "B1", word)
        for voice, word in zip("uvwxyz", MIDDLES, strict=True)
    ]
    stated = [
        ("BEN", "", "our own organisation", "B1", "sometimes"),
        ("CYD", "", "our own organisation", "B1", "often"),
    ]
    for names in ("ANA BEN CYD", "BEN CYD ANA", "CYD BEN ANA"):
        for rows in ([*voices, *stated], [*stated, *voices]):
            table = relationship.own_and_others(partnership(names, behaviour_views=rows))
            assert table.data["Of our own organisation"].tolist() == [
                "often 1, sometimes to often 1, sometimes 1"
            ]


@pytest.mark.rule("6.4")
def test_two_steps_are_asked_about_from_either_side():
    more, less = ["often"] * 3, ["rarely"] * 3
    assert own_and_others(seen(more, less))["To ask"].endswith("What would they notice?")
    assert own_and_others(seen(less, more))["To ask"].endswith("do not see in ourselves?")
    assert own_and_others(seen(["sometimes"] * 3, more))["To ask"] == ""


def test_the_strip_says_each_behaviour_in_words():
    strip = relationship.own_and_others_strip(seen(["often"] * 3, ["often"] * 3))
    assert ">B1 Telling bad news early" in strip.drawings[0].svg
    assert strip.drawings[0].svg.count("<circle") == 6  # three on each side, and no name
    assert not re.search("ANA|BEN|CYD", strip.drawings[0].svg)
    assert strip.alternative.startswith("B1 Telling bad news early")


def test_what_each_practises_is_told_with_who_will_tell():
    p = partnership(
        "ANA BEN", practising=[("ANA", "B1", "we call first", "BEN's accountant", "2026-09-01")]
    )
    table = relationship.practising(p)
    assert table.missing == "1 of 2 have chosen one."
    assert relationship.practising(p.for_reader("room")).missing == "1 of 2 are shown here."
    assert table.data["Behaviour"].iloc[0].startswith("B1 Telling bad news early")


def test_four_conversations_can_be_rehearsed_with_lines_for_both_sides():
    table = relationship.rehearsals(partnership("ANA")).data
    assert len(table) == 4
    assert (table[["One side says", "The other side may say", "Then try"]] != "").all().all()


def test_an_empty_line_is_no_choice_and_an_empty_table_says_so_of_what_stands_there():
    p = partnership("ANA BEN", practising=[("ANA", "")])
    assert relationship.practising(p).missing == "0 of 2 have chosen one."
    room = relationship.practising(p.for_reader("room"))
    assert (room.missing, room.nothing) == (
        "",
        "No behaviour that somebody practises is shown here.",
    )


def test_what_each_will_do_differently_is_told_to_the_room_of_what_stands_there():
    rows = [("ANA", "B1", "we call first", "BEN's accountant")]
    rows.append(("BEN", "B2", "we write", "ANA's director", "", "facilitator"))
    closing = relationship.before_you_move_on(partnership("ANA BEN", practising=rows))
    assert closing.data["What there is"][0].startswith("2 of 2 have chosen what")
    room = relationship.before_you_move_on(
        partnership("ANA BEN", practising=rows).for_reader("room")
    )
    assert room.data["What there is"][0] == (
        "1 of 2 are shown here with what they will do differently, and who will tell them"
    )


def test_a_moment_that_strained_us_is_called_by_its_words():
    closing = relationship.before_you_move_on(partnership("ANA BEN", moments=MOMENTS))
    assert closing.data["What there is"][1].startswith(
        "M1 an e-mail was answered by telephone: what would have helped?"
    )


@pytest.mark.rule("6.4")
def test_the_question_names_our_own_word_first_and_that_of_the_others_second():
    row = own_and_others(seen(["almost always"] * 3, ["sometimes"] * 3))
    assert row["To ask"].startswith(
        "We say “almost always” of our own organisation and “sometimes” of the others."
    )
    assert row["Of our own organisation"] == "almost always 3"
    assert row["Of the other partners, taken together"] == "sometimes 3"


@pytest.mark.rule("6.1")
def test_moments_stand_by_their_day_with_what_helped():
    figure = relationship.story(
        partnership("ANA BEN", moments=[*MOMENTS, ("M3", "2026-06-01", "a feast")])
    )
    assert figure.data.to_dict("list") == {
        "Moment": ["M1 (dated differently)", "M1 (dated differently)", "M2", "M3"],
        "When": ["2025-07-01", "2026-03-01", "2026-05-01", "2026-06-01"],
        "What happened": [
            "a call nobody remembers",
            "an e-mail was answered by telephone",
            "the director came herself",
            "a feast",
        ],
        "What it did to us": [
            "made it harder between us",
            "made it harder between us",
            "brought us closer",
            "",
        ],
        "What helped, or would have helped": ["", "", "she asked first", ""],
    }
    assert figure.alternative.endswith(
        "M2 on 2026-05-01: brought us closer. M3 on 2026-06-01: not said."
    )
    once = relationship.story(partnership("ANA BEN", moments=MOMENTS[1:]))
    assert "dated differently" not in once.plain()


def test_what_each_practises_stands_cell_by_cell():
    rows = [
        {
            "partner": "ANA",
            "behaviour": "B1",
            "what_we_will_do_differently": "call first",
            "who_will_tell_us": "the driver",
            "look_again_on": "2026-09-01",
        },
        {"partner": "BEN"},
        {"partner": "CYD", "what_we_will_do_differently": "write"},
    ]
    table = relationship.practising(partnership("ANA BEN CYD", practising=rows))
    assert table.missing == "2 of 3 have chosen one."
    assert table.data.to_dict("list") == {
        "Partner": ["The ANA house", "The CYD house"],
        "Behaviour": ["B1 Telling bad news early and aloud, before it is in a report", ""],
        "What we will do differently": ["call first", "write"],
        "Who gives us feedback": ["the driver", ""],
        "Review on": ["2026-09-01", ""],
    }


@pytest.mark.rule("6.2", "6.4")
def test_the_counts_of_each_word_stand_from_the_last_word_of_the_scale_down():
    p = seen(["often", "almost always", "often"], ["rarely", "sometimes", "rarely"])
    row = relationship.own_and_others(p).rows.iloc[0]
    assert row["ourselves"] == ((4, 4, 1), (3, 3, 2))
    assert row["others"] == ((2, 2, 1), (1, 1, 2))
    assert (row["question"], row["us"], row["them"], row["whole"]) == (
        "we see more",
        (3, 3),
        (1, 1),
        True,
    )
    assert relationship.own_and_others(p).start == (0,)
    assert relationship.own_and_others_strip(p).alternative == (
        "B1 Telling bad news early and aloud, before it is in a report. Our own organisation: "
        "1 partner almost always; 2 partners often. "
        "The other partners, taken together: 1 partner sometimes; 2 partners rarely."
    )
