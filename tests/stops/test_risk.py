"""Stop 3 worked by hand: from the letters on a facilitator's pad to the tables of the room."""

import re

import pytest

from examples import example
from making import partnership, views
from partnering.stops import risk

# Shade in a facilitator's short hand, in the order of the partners.
SHADE = {
    "R1": "c/f c/h c/f h/h",
    "R2": "l/h c/h ?/s h/0",
    "R3": "l/f c/s c/h c/f",
    "R4": "n/h c/s h/0 h/0",
    "R5": "l/h l/s -/- c/h",
    "R6": "c/h c/s c/h c/f",
    "R7": "c/f l/h ?/s h/0",
    "R8": "c/s c/s l/s n/s",
    "R9": "l/h h/0 h/0 h/0",
}
PARTNERS = "VEC SOM OSD SEN"


def by_hand():
    return partnership(
        PARTNERS,
        risks=[(code, "", f"risk {code}") for code in SHADE],
        risk_views=views(PARTNERS, SHADE),
    )


def shade(reader="room"):
    return example("shade").for_reader(reader)


def column(table, name):
    """The cells of a column by the code that begins each row."""
    return {str(row.iloc[0]).split()[0]: row[name] for _, row in table.data.iterrows()}


def test_the_example_holds_the_levels_of_the_facilitators_pad():
    frame, hand = shade("mine")["risk_views"], by_hand()["risk_views"]
    for name in ("how_likely", "how_hard_on_us"):
        told = frame.set_index(["partner", "risk"])[name].astype("object").to_dict()
        assert told == hand.set_index(["partner", "risk"])[name].astype("object").to_dict()


@pytest.mark.rule("3.2")
def test_gravest_for_and_of_concern_to_are_read_off_the_words():
    table = risk.risk_table(shade())
    assert column(table, "Most serious for") == {
        "R1": "VEC, OSD",
        "R3": "VEC, SEN",
        "R4": "VEC",
        "R6": "SEN",
        "R8": "nobody",
    }
    assert column(table, "Of concern to") == {
        "R1": "3 of 4",
        "R3": "3 of 4",
        "R4": "1 of 4",
        "R6": "3 of 4",
        "R8": "0 of 4",
    }
    assert column(table, "VEC")["R4"] == "already happening · harms us"


@pytest.mark.rule("3.5")
def test_three_lines_are_marked_to_start_with_one_of_each_kind():
    figure = risk.risk_table(shade())
    table = figure.table
    marked = [table.data.iloc[at, 0].split()[0] for at in table.start]
    assert marked == ["R1", "R4", "R3"]  # seen alike, different information, hits differently
    assert table.plain().count("start here") == 3
    assert table.start == (0, 1, 2)  # no line stands above one that is taken up before it
    told = [table.mark(at) for at in table.start]  # in the order in which they are taken up
    assert told == [
        "start here, 1: all see it nearly alike",  # Señal ticked another word
        "start here, 2: different information",
        "start here, 3: different effect",
    ]
    assert all(mark in table.html() for mark in told)
    pictured = [re.findall(r">(start here[^<]*)<", one.svg) for one in figure.drawings]
    assert pictured == [[mark] for mark in told] + [[]] * 2


@pytest.mark.rule("3.5")
def test_all_see_it_alike_only_where_all_have_given_the_same_two_words():
    def first(*lines):
        risks = [(f"R{at}", "", "a flood") for at in range(1, len(lines) + 1)]
        ticks = views("ANA BEN", {f"R{at}": line for at, line in enumerate(lines, start=1)})
        table = risk.risk_table(partnership("ANA BEN", risks=risks, risk_views=ticks)).table
        return [table.mark(at) for at in table.start], table.data["Risk"].tolist()[:1]

    assert first("l/h c/h") == (["start here, 1: all see it nearly alike"], ["R1 a flood"])
    assert first("l/h c/h", "l/h l/h") == (["start here, 1: all see it alike"], ["R2 a flood"])


@pytest.mark.rule("3.5")
@pytest.mark.parametrize("share", ["", "facilitator only"])
@pytest.mark.parametrize(("ben", "how"), [("l/h", "alike"), ("c/h", "nearly alike")])
def test_where_people_we_serve_may_see_it_otherwise_it_is_alike_for_those_who_are_asked(
    ben, how, share
):
    theirs = ("SER", "", "R1", "likely", "harms us", "", "", "")
    p = partnership(
        partners=[("ANA", "Ana"), ("BEN", "Ben"), ("SER", "Riders", "people we serve")],
        partnership=[{"mode": "with names"}],
        risks=[("R1", "", "a flood")],
        risk_views=[*views("ANA BEN", {"R1": f"l/h {ben}"}), (*theirs, share)],
    )
    assert risk.risk_table(p).table.why == (f"all see it {how}",)
    room = risk.risk_table(p.for_reader("room")).table.why
    assert room == (f"all who are asked see it {how}" if share else f"all see it {how}",)


@pytest.mark.rule("M1")
def test_what_somebody_left_open_is_shown_as_counts():
    assert column(risk.left_open(shade()), "Answers shown here") == {
        "R2": "3 of 4",
        "R5": "3 of 4",
        "R7": "3 of 4",
    }
    unnamed = risk.without_names(shade())
    assert column(unnamed, "How likely") == {
        "R2": "likely 1, possible 1, not likely 1",
        "R5": "likely 2, possible 1",
        "R7": "likely 1, possible 1, not likely 1",
    }
    assert column(unnamed, "Effect on us")["R5"] == "harms us 2, slows us 1"


@pytest.mark.rule("3.4")
def test_the_same_storm_hits_different_roofs():
    table = risk.whom_does_it_hit(shade())
    assert column(table, "Hits harder") == {
        "R3": "VEC, SEN: could end us",
        "R6": "SEN: could end us",
    }
    assert column(table, "Hits less hard") == {"R3": "SOM: slows us", "R6": "SOM: slows us"}


@pytest.mark.rule("3.3")
def test_different_information_is_two_steps_of_likelihood():
    table = risk.different_information(shade())
    assert column(table, "Thinks it more likely") == {
        "R4": "VEC: already happening",
        "R8": "SEN: already happening",
    }
    assert column(table, "Thinks it less likely") == {
        "R4": "OSD, SEN: not likely",
        "R8": "VEC, SOM: possible",
    }


@pytest.mark.rule("3.8")
def test_a_risk_is_drawn_with_every_partner_in_its_column_and_told_in_words():
    drawn = risk.risk_table(shade()).drawings
    assert [one.told[:2] for one in drawn] == ["R1", "R4", "R3", "R6", "R8"]
    assert drawn[1].told.partition("not paid. ")[2] == (
        "How likely: VEC already happening; SOM possible; OSD, SEN not likely. "
        "Effect on us: VEC harms us; SOM slows us; OSD, SEN little effect."
    )
    for code in ("VEC", "SOM", "OSD", "SEN"):
        assert drawn[1].svg.count(f">{code}</text>") == 1


@pytest.mark.rule("3.8")
def test_of_an_answer_that_is_not_seen_the_room_is_shown_a_ring_without_a_name():
    drawn = risk.without_names(shade()).drawings[0]
    assert drawn.told.startswith("R2 Because visits fall in the hottest hours")
    assert (
        "How likely: 1 partner likely; 1 partner possible; 1 partner not likely; 1 partner not"
        in (drawn.told)
    )
    assert drawn.svg.count("<circle") == 2 * 4  # three answers and one that is not shown, twice
    assert drawn.svg.count("stroke-dasharray") == 2
    assert not re.search("VEC|SOM|OSD|SEN", drawn.svg)
    mine = risk.risk_table(shade("mine"))
    (second,) = [one for one in mine.drawings if one.told.startswith("R2")]
    assert re.search(r"[A-Z]{3} left open", second.told)


@pytest.mark.rule("3.7")
def test_kinds_of_risk_that_nobody_named_are_asked_about():
    assert risk.kinds_nobody_named(shade()).data["Type of risk"].tolist() == [
        "security",
        "legal and compliance",
        "ethical",
        "ability and will to collaborate",
    ]


@pytest.mark.rule("3.8")
def test_level_words_are_looked_up_and_can_be_changed():
    assert column(risk.level_words(shade("mine")), "SEN") == {
        "R1": "moderate",
        "R2": "low",
        "R3": "critical",
        "R4": "low",
        "R5": "high",
        "R6": "critical",
        "R7": "low",
        "R8": "high",
        "R9": "low",
    }
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood")],
        risk_views=views("ANA BEN", {"R1": "h/h h/h"}),
        levels=[("not likely", "harms us", "critical")],
    )
    assert risk.level_words(p).data["ANA"].tolist() == ["critical"]


@pytest.mark.rule("3.8")
def test_the_room_sees_no_level_word():
    table = risk.level_words(shade())
    assert table.rows.empty and "For the facilitator alone" in table.plain()


def test_a_view_with_what_will_be_done_stands_behind_an_arrow():
    rows = [(*row, "", "not likely", "slows us") for row in views("ANA BEN", {"R1": "l/h l/h"})]
    p = partnership("ANA BEN", risks=[("R1", "", "a flood")], risk_views=rows)
    assert risk.level_words(p).data["ANA"].tolist() == ["high → low"]


def test_an_arrow_stands_only_where_all_have_judged_it_with_what_they_will_do():
    rows = views("ANA BEN", {"R1": "l/h l/h"})
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood")],
        risk_views=[(*rows[0], "", "not likely", "slows us"), rows[1]],
    )
    assert risk.level_words(p).data.iloc[0].tolist() == [
        "R1 a flood",
        "high",
        "high",
    ]


@pytest.mark.rule("M3", "3.2")
def test_people_we_serve_are_heard_and_not_counted():
    p = partnership(
        "ANA BEN PPL",
        partners=[("ANA", "A"), ("BEN", "B"), ("PPL", "P", "people we serve")],
        risks=[("R1", "", "a flood")],
        risk_views=views("ANA BEN PPL", {"R1": "l/h l/h l/f"}),
    )
    for reader in ("room", "mine"):
        table = risk.risk_table(p.for_reader(reader)).data.iloc[0]
        assert table["Of concern to"] == "2 of 2"
        assert table["PPL"] == "likely · could end us"


@pytest.mark.rule("M3", "3.2", "3.11")
@pytest.mark.parametrize("share", ["", "facilitator only"])
def test_a_risk_is_most_serious_for_nobody_only_where_people_we_serve_are_heard(share):
    def room(of_asked: str):
        told = views("ANA BEN PPL", {"R1": f"{of_asked} l/f"})
        told[-1] += ("", "", "", share)
        p = partnership(
            partners=[("ANA", "A"), ("BEN", "B"), ("PPL", "P", "people we serve")],
            risks=[("R1", "", "a flood")],
            risk_views=told,
            risk_care=[("R1",)],
        )
        return p.for_reader("room")

    slowed, harmed = room("l/s l/s"), room("l/s l/h")
    serious = [risk.risk_table(p).data["Most serious for"].tolist() for p in (slowed, harmed)]
    hidden = [["nobody, of those who are asked"], ["BEN, of those who are asked"]]
    assert serious == (hidden if share else [["PPL"], ["PPL"]])
    assert risk.hits_hardest(harmed) == ({} if share else {"R1": "PPL"})


def test_where_all_see_a_risk_alike_nothing_is_said_to_differ():
    p = partnership(
        "ANA BEN CYD",
        risks=[("R1", "", "a flood")],
        risk_views=views("ANA BEN CYD", {"R1": "c/h c/h c/h"}),
    ).for_reader("room")
    assert risk.whom_does_it_hit(p).data.empty
    assert risk.different_information(p).data.empty
    assert risk.risk_table(p).data["Of concern to"].tolist() == ["3 of 3"]


@pytest.mark.parametrize("answers", ["?/? -/-", "?/- -/?"])
def test_where_everybody_cannot_say_the_table_says_so(answers):
    p = partnership(
        "ANA BEN", risks=[("R1", "", "a flood")], risk_views=views("ANA BEN", {"R1": answers})
    )
    room = p.for_reader("room")
    assert risk.left_open(room).data.empty and "Not shown here" in risk.left_open(room).plain()
    assert "Not shown here" in risk.risk_table(room).plain()
    assert column(risk.left_open(p), "Answered") == {"R1": "0 of 2"}
    assert risk.risk_table(p).data.empty
    assert "nobody is asked why" in risk.risk_table(p).missing


@pytest.mark.rule("P2", "R8")
def test_one_voice_of_one_partner_stands_in_and_is_said_to():
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood")],
        risk_views=[
            ("ANA", "v1", "R1", "likely", "harms us"),
            ("BEN", "", "R1", "not likely", "little effect"),
        ],
    )
    assert any("middle of its voices is used" in note for note in risk.risk_table(p).table.notes)
    assert risk.risk_table(p.for_reader("room")).data.empty  # one voice is too few to be shown
    assert any(
        "Hidden: the voices of ANA" in note for note in risk.left_open(p.for_reader("room")).notes
    )


@pytest.mark.rule("P3")
def test_two_middles_that_differ_are_both_told_and_the_more_cautious_counts():
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood")],
        risk_views=[
            ("ANA", "v1", "R1", "possible", "slows us"),
            ("ANA", "v2", "R1", "likely", "harms us"),
            ("BEN", "", "R1", "likely", "harms us"),
        ],
    )
    table = risk.risk_table(p).data.iloc[0]
    assert table["ANA"] == "possible to likely · slows us to harms us"
    assert table["Most serious for"] == "ANA, BEN"
    assert table["Of concern to"] == "2 of 2"


HALVES = [
    ("ANA", "", "R1", "likely", ""),
    ("BEN", "", "R1", "", "harms us"),
    ("CYD", "", "R1", "not likely", "little effect"),
]


@pytest.mark.rule("M2")
def test_half_an_answer_is_seen_by_the_facilitator_alone_and_counts_for_nothing():
    p = partnership("ANA BEN CYD", risks=[("R1", "", "a flood")], risk_views=HALVES)
    said = (
        "Half an answer counts as none: R1 ANA: likely · left open; R1 BEN: left open · harms us."
    )
    assert said in risk.left_open(p).notes and said in risk.risk_table(p).table.notes
    for make in (risk.left_open, risk.risk_table):
        assert "Half" not in make(p.for_reader("room")).plain()
    assert column(risk.left_open(p), "Answered") == {"R1": "1 of 3"}


@pytest.mark.rule("3.1", "M4")
def test_risks_are_compared_only_among_those_that_have_given_both_words():
    p = partnership("ANA BEN CYD", risks=[("R1", "", "a flood")], risk_views=HALVES)
    assert risk.different_information(p).rows.empty and risk.whom_does_it_hit(p).rows.empty
    assert "two partners that have answered both questions" in risk.different_information(p).nothing
    assert risk.risk_table(p).table.start == ()  # one alone sees nothing alike


@pytest.mark.rule("3.6")
@pytest.mark.parametrize(
    ("kind", "asks"),
    [
        ("security", "Do not ask who. Where would somebody go with this?"),
        ("health", "Do not ask who. Where would somebody go with this?"),
        ("served", "Do not ask who. Where would somebody go with this?"),
        ("", "Do not ask who. Where would somebody go with this?"),
        ("financial", "What do some of us know that others do not?"),
    ],
)
def test_where_somebody_may_have_been_hurt_nobody_is_asked_who(kind, asks):
    p = partnership(
        "ANA BEN",
        risks=[("R1", kind, "it happens")],
        risk_views=views("ANA BEN", {"R1": "n/h h/h"}),
    )
    assert risk.different_information(p).data["To ask"].tolist() == [asks]


@pytest.mark.rule("R6", "R5")
@pytest.mark.parametrize(
    ("mode", "likely_hard", "why"),
    [
        ("confidential", "l/h l/h l/h", "Answers are confidential, so no names are shown here."),
        ("with names", "l/h l/h -/-", "For these, not every partner's answer is shown;"),
    ],
)
def test_why_words_stand_without_names_is_told_as_it_is(mode, likely_hard, why):
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": mode, "threshold": "3"}],
        risks=[("R1", "", "a flood")],
        risk_views=views("ANA BEN CYD", {"R1": likely_hard}),
    )
    (note,) = risk.without_names(p.for_reader("room")).table.notes
    assert note.startswith(why)


def test_where_all_of_few_have_consented_no_note_says_that_no_names_stand_here():
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": "confidential", "threshold": "5"}],
        risks=[("R1", "", "a flood"), ("R2", "", "a fire")],
        risk_views=views("ANA BEN CYD", {"R1": "l/h l/h l/h", "R2": "l/h c/h -/-"}),
        consents=[{"partner": who, "risk_views": "with our name"} for who in ("ANA", "BEN", "CYD")],
    )
    room = p.for_reader("room")
    assert set(risk.risk_table(room).rows["partner"]) == {"ANA", "BEN", "CYD"}
    made = risk.without_names(room)
    assert made.rows["risk"].to_list() == ["R2"]
    assert "no names are shown here" not in made.plain()
    assert "names are shown here once all are" in made.plain()


STEPS = {
    "R1": "h/0 l/h",  # how likely: two steps; how hard: two steps
    "R2": "c/0 l/h",  # one; two
    "R3": "c/s l/h",  # one; one
    "R4": "h/s l/h",  # two; one
}


@pytest.mark.rule("3.3", "3.4")
def test_two_steps_are_apart_and_one_is_not():
    p = partnership(
        "ANA BEN",
        risks=[(code, "", f"risk {code}") for code in STEPS],
        risk_views=views("ANA BEN", STEPS),
    )
    assert list(column(risk.different_information(p), "Thinks it more likely")) == ["R1", "R4"]
    assert column(risk.whom_does_it_hit(p), "Hits harder") == {"R2": "BEN: harms us"}
    assert column(risk.whom_does_it_hit(p), "Hits less hard") == {"R2": "ANA: little effect"}


@pytest.mark.rule("M4")
def test_one_partner_alone_is_compared_with_nobody():
    p = partnership("ANA", risks=[("R1", "", "a flood")], risk_views=views("ANA", {"R1": "l/h"}))
    for result in (risk.different_information(p), risk.whom_does_it_hit(p)):
        assert result.rows.empty
        assert result.nothing.startswith("No risk can be compared yet: it takes two partners")


@pytest.mark.rule("3.2")
def test_a_risk_that_could_happen_and_would_hurt_is_of_concern_and_one_step_less_is_not():
    steps = {"R1": "c/h h/h", "R2": "c/s l/f"}
    p = partnership(
        "ANA BEN",
        risks=[(code, "", f"risk {code}") for code in steps],
        risk_views=views("ANA BEN", steps),
    )
    assert column(risk.risk_table(p), "Of concern to") == {"R1": "1 of 2", "R2": "1 of 2"}
    assert column(risk.risk_table(p), "Most serious for") == {"R1": "ANA, BEN", "R2": "BEN"}


@pytest.mark.rule("3.2")
def test_slows_us_is_gravest_for_nobody():
    steps = {"R1": "l/s l/0"}
    p = partnership("ANA BEN", risks=[("R1", "", "a flood")], risk_views=views("ANA BEN", steps))
    assert column(risk.risk_table(p), "Most serious for") == {"R1": "nobody"}


THREE = {"R1": "l/h l/h", "R2": "h/s l/h", "R3": "c/0 ?/f"}


def three(reader="mine"):
    """All alike; different information; half an answer."""
    risks = [("R1", "health", "a flood"), ("R2", "", "a strike"), ("R3", "", "a theft")]
    return partnership("ANA BEN", risks=risks, risk_views=views("ANA BEN", THREE)).for_reader(
        reader
    )


@pytest.mark.rule("3.1", "3.2", "3.5")
def test_each_partners_view_stands_side_by_side_with_whom_it_concerns():
    table = risk.risk_table(three())
    assert table.data.to_dict("list") == {
        "Risk": ["R1 a flood", "R2 a strike", "R3 a theft"],
        "ANA": ["likely · harms us", "not likely · slows us", "possible · little effect"],
        "BEN": ["likely · harms us", "likely · harms us", "left open"],
        "Most serious for": ["ANA, BEN", "BEN", ""],
        "Of concern to": ["2 of 2", "1 of 2", "at least 0 of 2"],
    }
    assert (table.table.start, table.table.why) == (
        (0, 1),
        ("all see it alike", "different information"),
    )
    assert table.rows["gravest"].tolist() == [True, False, False, True, True]
    assert table.rows["of_concern"].tolist() == [True, False, False, True, True]
    room = risk.risk_table(three("room"))
    assert room.data["Risk"].tolist() == ["R1 a flood", "R2 a strike"]


@pytest.mark.rule("M2")
def test_what_was_left_open_is_a_count_and_the_facilitator_alone_sees_the_half():
    table = risk.left_open(three())
    assert table.data.to_dict("list") == {"Risk": ["R3 a theft"], "Answered": ["1 of 2"]}
    assert table.notes[1] == "Half an answer counts as none: R3 BEN: left open · could end us."
    room = risk.left_open(three("room"))
    assert room.data.to_dict("list") == {"Risk": ["R3 a theft"], "Answers shown here": ["0 of 2"]}
    assert len(room.notes) == 1
    assert (table.caption, room.caption) == ("What was left open", "What is not all shown")
    assert risk.left_open(partnership("ANA BEN")).nothing == "No risks yet."
    all_in = views("ANA BEN", {"R1": "l/h l/h"})
    whole = partnership("ANA BEN", risks=[("R1", "", "a flood")], risk_views=all_in)
    assert risk.left_open(whole).nothing == "Everybody has answered about every risk."
    assert risk.left_open(whole.for_reader("room")).nothing == (
        "Everybody has answered about the risks that are shown here."
    )


@pytest.mark.rule("3.3", "3.8")
def test_different_information_stands_cell_by_cell():
    assert risk.different_information(three()).data.to_dict("list") == {
        "Risk": ["R2 a strike"],
        "Thinks it more likely": ["BEN: likely"],
        "Thinks it less likely": ["ANA: not likely"],
        "To ask": ["Do not ask who. Where would somebody go with this?"],
    }
    assert risk.whom_does_it_hit(three()).nothing == (
        "No risk shown by name is seen as about equally likely and has a different effect."
    )
    table = risk.level_words(three())
    assert table.data.to_dict("list") == {
        "Risk": ["R1 a flood", "R2 a strike", "R3 a theft"],
        "ANA": ["high", "low", "low"],
        "BEN": ["high", "high", ""],
    }
    assert len(table.notes) == 2


@pytest.mark.rule("3.8")
def test_a_pair_of_words_without_a_level_has_an_empty_cell():
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood"), ("R2", "", "a strike")],
        risk_views=views("ANA BEN", {"R1": "l/h l/s", "R2": "h/0 c/f"}),
        levels=[("likely", "harms us", "high"), ("not likely", "little effect", "low")],
    )
    table = risk.level_words(p).data
    assert table[["ANA", "BEN"]].to_numpy().tolist() == [["high", ""], ["low", ""]]


def test_that_all_have_answered_about_every_risk_is_told_of_those_that_stand_here():
    risks = [("R1", "", "a flood"), {"risk": "R2", "what_could_happen": "a raid", "share": "F"}]
    p = partnership("A B", risks=risks, risk_views=views("A B", {"R1": "l/h l/s"}))
    room = risk.left_open(p.for_reader("room"))
    assert room.rows.empty
    assert room.nothing == "Everybody has answered about the risks that are shown here."
    assert list(risk.left_open(p).rows["risk"]) == ["R2"]
