"""What is filled in, by hand: the facilitator is told what there is, the room what stands there."""

from making import partnership
from partnering.stops import start

BACK = {"risk": "R9", "what_could_happen": "x", "share": "facilitator only"}


def filled(reader, **tables):
    return start.filled_in(partnership("ANA BEN", **tables).for_reader(reader))


def test_the_facilitator_is_told_how_many_lines_there_are():
    told = filled("mine", risks=[("R1", "", "a flood"), BACK]).data["What is filled in"]
    assert "Risks: 2 lines" in told[2]
    assert "nothing yet" in told[0]


def test_the_room_is_told_how_many_lines_stand_there_and_nothing_of_others():
    with_it = filled("room", risks=[("R1", "", "a flood"), BACK])
    assert "Risks: 1 line here" in with_it.data["What is filled in"][2]
    assert with_it.html() == filled("room", risks=[("R1", "", "a flood")]).html()
    assert filled("room", risks=[BACK]).html() == filled("room").html()


def test_to_the_room_a_table_without_lines_is_not_called_empty():
    shown = filled("room", risks=[BACK])
    assert "Risks: nothing shown here" in shown.data["What is filled in"][2]
    figure = start.tour_map(partnership("ANA BEN", risks=[BACK]).for_reader("room"))
    assert "3 Risk: nothing shown here" in figure.alternative
    assert "nothing yet" not in shown.plain() + figure.plain()


PARTNERS = [
    {"partner": "ANA", "name": "Ana's", "must_disclose": "yes", "signed_on": "2026-01-05"},
    {"partner": "BEN", "name": "Ben's", "must_disclose": "no"},
    {"partner": "CYD", "name": "Cyd's", "kind": "people we serve"},
]
FACTS = {
    "held_by": "Ana",
    "who_may_see": "all",
    "mode": "with names",
    "delete_after": "2027-01-31",
    "moment": "exploring",
}


def test_what_is_read_aloud_at_the_opening_has_a_gap_where_nothing_is_filled_in():
    table = start.who_holds(partnership("", partners=PARTNERS, partnership=[FACTS]))
    assert table.data.to_dict("list") == {
        "What": [
            "Who keeps this",
            "Who may open the file",
            "How answers are shown",
            "Destroyed on",
            "Where harm or misuse is reported",
            "Who pays the facilitator",
        ],
        "What we say": [
            "Ana",
            "all",
            "with names: Each organisation answers under its own name.",
            "2027-01-31",
            "…",
            "…",
        ],
    }
    assert table.notes[1:] == ("What is sent to Ana's may become public.",)
    unsure = [
        {"partner": "ANA", "name": "Ana's", "must_disclose": "we do not know"},
        {"partner": "BEN", "name": "Ben's", "must_disclose": "in some cases, I guess"},
        {"partner": "CYD", "name": "Cyd's", "must_disclose": "no"},
    ]
    may = start.who_holds(partnership("", partners=unsure))
    assert may.notes[1:] == ("What is sent to Ana's, Ben's may become public.",)
    nobody = start.who_holds(partnership("ANA BEN"))
    assert nobody.rows["said"].tolist() == ["", "", "with names", "", "", ""]
    assert len(nobody.notes) == 1


def test_a_day_that_cannot_be_read_is_read_aloud_as_that():
    p = partnership("", partners=PARTNERS, partnership=[FACTS | {"delete_after": "soon"}])
    for reader in ("mine", "room"):
        assert start.who_holds(p.for_reader(reader)).data["What we say"][3] == "cannot be read"


def test_who_has_not_signed_is_named_and_people_we_serve_are_not_asked_to():
    table = start.undertaking(partnership("", partners=PARTNERS))
    assert table.data.to_dict("list") == {
        "Organisation": ["Ana's", "Ben's"],
        "Signed on": ["2026-01-05", "no day is shown here"],
    }
    assert table.notes == (
        "No day of signing is shown here for Ben's. Until all have signed, collect no form.",
    )
    assert start.undertaking(partnership("", partners=PARTNERS[:1])).notes == ("All have signed.",)
    nobody = start.undertaking(partnership(""))
    assert (nobody.notes, nobody.nothing) == ((), "No partner is typed yet.")


def test_each_stop_is_told_by_what_is_asked_now_in_the_full_form_and_later():
    p = partnership(
        "",
        partners=PARTNERS,
        partnership=[FACTS],
        purposes=[("ANA", "to cross")],
        objectives=[("O1", "a bridge"), ("O2", "a boat")],
    )
    first = start.filled_in(p).data.iloc[0]
    assert first.to_list() == [
        "1 Purpose",
        "Why together?",
        "Why together: 1 line; Objectives: 2 lines; Our position on each objective: nothing yet",
        "What each objective needs: nothing yet",
        "",
    ]
    assert start.filled_in(p).data["Asked later"].tolist()[1] == "Promises"


def test_a_stop_is_filled_in_when_each_table_that_is_asked_for_now_has_a_line():
    half = {"practices": [("A1", "Early")]}
    whole = half | {"tensions": [{"tension": "N1", "what_might_happen": "a rumour"}]}
    for tables, told in ((half, "begun"), (whole, "filled in")):
        said = start.tour_map(partnership("ANA BEN", **tables)).alternative.split("; ")
        assert said[2:5] == [
            "3 Risk: nothing yet",
            f"4 Principles: {told}",
            "5 Agreement: nothing yet",
        ]
    room = partnership("ANA BEN", **whole).for_reader("room")
    assert "4 Principles: lines are shown here in every table" in start.tour_map(room).alternative
    room = partnership("ANA BEN", **half).for_reader("room")
    assert "4 Principles: some lines are shown here" in start.tour_map(room).alternative


def test_what_is_asked_later_depends_on_the_moment():
    exploring, working = (
        start.filled_in(partnership("ANA", partnership=[{"moment": moment}])).rows
        for moment in ("exploring", "working together")
    )
    assert "later" in exploring["asked"].tolist()
    assert "later" not in working["asked"].tolist()
