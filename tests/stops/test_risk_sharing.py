"""Stop 3 worked by hand: who carries, who decides, who pays, and who hopes for what."""

import pytest

from examples import example
from making import partnership, views
from partnering.partnership import ROOM
from partnering.stops import risk_sharing


def shade():
    return example("shade").for_reader(ROOM)


@pytest.mark.rule("3.9")
def test_who_carries_and_does_not_decide_is_asked_on_both_sides():
    told = {}
    for _, row in risk_sharing.to_talk_about(shade()).data.iterrows():
        told.setdefault(row["Risk"].split()[0], []).append(row["As it is now"])
    assert told == {
        "R1": ["most affected: VEC, OSD; decided by OSD"],
        "R2": ["somebody is affected, and it is not yet paid for"],
        "R3": ["most affected: VEC, people we serve; decided by SOM"],
        "R4": ["most affected: VEC; decided by SOM"],
    }


@pytest.mark.rule("3.9")
@pytest.mark.parametrize(
    ("carries", "decides", "pays", "states"),
    [
        ("all partners", "all partners", "all partners", []),
        ("ANA", "ANA", "", ["somebody is affected, and it is not yet paid for"]),
        ("people we serve", "BEN", "BEN", ["decided, and nobody at the table is affected"]),
        ("all partners", "ANA", "ANA", ["most affected: ANA, BEN; decided by ANA"]),
        ("nobody", "ANA", "ANA", ["it says that nobody is affected"]),
        ("ANA", "people we serve", "ANA", ["most affected: ANA; decided by people we serve"]),
        (
            "ANA, people we serve",
            "ANA",
            "ANA",
            [("most affected: ANA, people we serve; decided by ANA")],
        ),
        ("ANA", "ANA", "people we serve", []),
        ("people we serve", "people we serve", "ANA", []),
        ("people we serve", "nobody", "ANA", ["most affected: people we serve; decided by nobody"]),
        ("ZED", "nobody", "ANA", []),
        ("", "ANA", "", []),
        ("ANA", "", "ANA", []),
    ],
)
def test_the_three_patterns_of_sharing(carries, decides, pays, states):
    p = partnership(
        "ANA BEN", risks=[("R1", "", "a flood")], risk_care=[("R1", carries, decides, pays)]
    )
    assert risk_sharing.to_talk_about(p).data["As it is now"].tolist() == states


def test_one_line_of_each_pattern_is_marked_to_start_with():
    p = partnership(
        "ANA BEN",
        risks=[(f"R{at}", "", "x") for at in range(1, 5)],
        risk_care=[
            ("R1", "ANA", "BEN", "BEN"),
            ("R2", "ANA", "BEN", "BEN"),
            ("R3", "ANA", "ANA", "nobody"),
            ("R4", "BEN", "ANA", "ANA"),
        ],
    )
    table = risk_sharing.to_talk_about(p)
    assert [table.data["Risk"].iloc[at] for at in table.start] == ["R1 x", "R3 x"]


@pytest.mark.rule("3.10")
def test_hopes_stand_beside_burdens():
    table = risk_sharing.hopes_and_burdens(shade())
    carries = dict(zip(table.data["Who"], table.data["Most affected"], strict=True))
    assert [
        code for code in ("R1", "R2", "R3", "R4") if code in carries["Vecinas de la Ribera"]
    ] == ["R1", "R2", "R3", "R4"]
    assert carries["Sombra International"] == ""
    assert "R3" in carries["people we serve"]
    assert "Who speaks for people we serve is not shown here." in table.notes


@pytest.mark.rule("3.11")
def test_the_sentence_is_begun_and_left_to_be_finished():
    told = risk_sharing.sentence(shade()).data.set_index("Risk")[
        "The sentence, to finish and to take home"
    ]
    assert "would hit VEC hardest" in told["R4"]
    assert "we tell VEC within 24 hours" in told["R4"]
    assert "would hit … hardest" in told["R2"]  # somebody left it open: no name
    assert told["R1"].startswith("Together we hope for … .")


@pytest.mark.rule("3.9")
@pytest.mark.parametrize(("carries", "decides"), [("ANA", ""), ("", "ANA")])
def test_where_it_is_not_filled_in_who_carries_or_decides_nothing_is_concluded(carries, decides):
    risks, care = [("R1", "", "a flood"), ("R2", "", "a fire")], ("R1", carries, decides, "ANA")
    p = partnership("ANA BEN", risks=risks, risk_care=[care])
    said = "Who is most affected, or who decides, is not filled in yet: R1."
    assert risk_sharing.to_talk_about(p).nothing == said  # there is no other line
    p = partnership("ANA BEN", risks=risks, risk_care=[care, ("R2", "ANA", "ANA", "ANA")])
    assert risk_sharing.to_talk_about(p).nothing == (
        f"{said} In the other lines shown here those most affected also decide."
    )


@pytest.mark.rule("3.10")
def test_that_people_we_serve_have_spoken_themselves_is_not_denied():
    people = [("ANA", "A"), ("BEN", "B"), ("PPL", "P", "people we serve")]
    p = partnership(partners=people, value_lines=[("V1", "PPL", "hope for", "a clinic")])
    assert not any("Nobody has spoken" in note for note in risk_sharing.hopes_and_burdens(p).notes)


@pytest.mark.rule("B1")
def test_before_you_move_on_each_risk_is_called_by_its_words():
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood"), ("R2", "", "a storm")],
        risk_care=[("R1", "ANA", "BEN", "BEN", "we dig", "ANA")],
    )
    closing = risk_sharing.before_you_move_on(p).data["What there is"]
    assert (
        closing[0] == "for these risks you have written who leads and what you will do: R1 a flood"
    )
    assert closing[1] == (
        "R1 a flood: most affected: ANA; decided by BEN; somebody left open: R1 a flood; R2 a storm"
    )


@pytest.mark.rule("3.9")
@pytest.mark.parametrize(
    ("carries", "decides", "states"),
    [
        ("ANA", "ANA, BEN", []),
        ("ANA", "all partners", []),
        ("ANA, BEN", "BEN, ANA", []),
        ("ANA, BEN", "ANA", ["most affected: ANA, BEN; decided by ANA"]),
        ("people we serve", "all partners", ["decided, and nobody at the table is affected"]),
        ("nobody", "all partners", ["it says that nobody is affected"]),
        ("people we serve", "people we serve", []),
    ],
)
def test_who_carries_with_others_that_decide_as_well_is_not_left_out(carries, decides, states):
    care = [("R1", carries, decides, "ANA")]
    p = partnership("ANA BEN", risks=[("R1", "", "a flood")], risk_care=care)
    assert risk_sharing.to_talk_about(p).data["As it is now"].tolist() == states


@pytest.mark.rule("3.10")
def test_who_hopes_for_nothing_and_carries_nothing_has_no_line():
    p = partnership(
        "ANA BEN CYD",
        risks=[("R1", "", "a flood")],
        risk_care=[{"risk": "R1", "carries": "CYD, people we serve"}],
        value_lines=[
            ("V1", "ANA", "hope for", "a bridge"),
            ("V2", "ANA", "hope for", ""),
            ("V3", "BEN", "bring", "a boat"),
        ],
    )
    table = risk_sharing.hopes_and_burdens(p)
    assert table.rows.to_numpy().tolist() == [
        ["ANA", ("a bridge",), ()],
        ["CYD", (), ("R1",)],
        ["people we serve", (), ("R1",)],
    ]


CARE = [
    {
        "risk": "R1",
        "carries": "ANA",
        "decides": "BEN",
        "pays": "BEN",
        "we_will": "buy pumps",
        "lead": "ANA",
        "by_when": "2026-07-01",
    },
    {"risk": "R2", "carries": "nobody", "decides": "all partners"},
]


def cared_for():
    return partnership(
        "ANA BEN",
        risks=[
            ("R1", "health", "a flood"),
            {
                "risk": "R2",
                "what_could_happen": "a strike",
                "we_tell_whom": "BEN",
                "within_hours": "24",
            },
        ],
        risk_care=CARE,
        risk_views=views("ANA BEN", {"R1": "l/h l/f", "R2": "c/s c/0"}),
        value_lines=[("V1", "ANA", "hope for", "a bridge")],
    )


def test_who_carries_is_told_as_it_was_typed_and_whom_it_could_hurt_only_where_it_is():
    assert risk_sharing.who_carries(cared_for()).data.to_dict("list") == {
        "Risk": ["R1 a flood", "R2 a strike"],
        "Most affected": ["ANA", "nobody"],
        "Decides": ["BEN", "all partners"],
        "Pays for it": ["BEN", ""],
        "We will": ["buy pumps", ""],
        "Who leads": ["ANA", ""],
        "By when": ["2026-07-01", ""],
    }
    hurt = partnership(
        "ANA BEN",
        risks=[("R1", "health", "a flood")],
        risk_care=[CARE[0] | {"whom_could_this_hurt": "the shore"}],
    )
    assert risk_sharing.who_carries(hurt).data["Whom could the measure harm?"].tolist() == [
        "the shore"
    ]


@pytest.mark.rule("3.9", "3.11")
def test_what_to_talk_about_and_the_sentence_stand_cell_by_cell():
    table = risk_sharing.to_talk_about(cared_for())
    assert table.data["To ask"].tolist() == [
        "Those most affected: in which part of this would you want a say, or an early "
        "word?; Those who decide: what would you need, so that you can ask first?",
        "On the day it happens, who feels it first?",
    ]
    assert table.rows.to_numpy().tolist() == [
        ["R1", "carried, not decided", ("ANA",), ("BEN",)],
        ["R2", "carried by nobody", ("nobody",), ("ANA", "BEN")],
    ]
    assert risk_sharing.sentence(cared_for()).data.iloc[:, 1].tolist() == [
        "Together we hope for … . We acknowledge that this can happen: “a flood” It would "
        "hit BEN hardest. We will do this: buy pumps If it happens, we tell … within … "
        "hours, by phone first.",
        "Together we hope for … . We acknowledge that this can happen: “a strike” It would "
        "hit … hardest. We will do this: … If it happens, we tell BEN within 24 hours, by "
        "phone first.",
    ]
    table = risk_sharing.hopes_and_burdens(cared_for())
    assert table.data.to_dict("list") == {
        "Who": ["The ANA house"],
        "Hopes for": ["a bridge"],
        "Most affected": ["R1 a flood"],
    }
    assert table.notes[1] == "Who speaks for people we serve is not written down."
    speaker = [
        ("ANA", "A"),
        {"partner": "PPL", "name": "P", "kind": "people we serve", "spoken_for_by": "Eva"},
    ]
    spoken = partnership("", partners=speaker)
    assert len(risk_sharing.hopes_and_burdens(spoken).notes) == 1
    other = partnership("", partners=[{"partner": "ANA", "name": "A", "spoken_for_by": "Eva"}])
    assert len(risk_sharing.hopes_and_burdens(other).notes) == 2


def test_all_of_us_carry_is_everybody_that_is_asked():
    p = partnership(
        "",
        partners=[("ANA", "A"), ("BEN", "B"), ("PPL", "P", "people we serve")],
        risks=[("R1", "", "a flood"), ("R2", "", "a strike")],
        risk_care=[
            {"risk": "R1", "carries": "all partners"},
            {"risk": "R2", "carries": "BEN, people we serve"},
        ],
    )
    assert risk_sharing.carried_by(p) == {"ANA": ["R1"], "BEN": ["R1", "R2"]}


@pytest.mark.rule("3.9")
@pytest.mark.parametrize(
    ("carries", "decides", "pays"),
    [
        ("BEN, BNE", "BEN", "ANA"),
        ("BNE", "BEN", ""),
        ("ANA", "BNE", "ANA"),
        ("people we serve", "BEN, BNE", "ANA"),
        ("ANA", "ANA", "BNE"),
    ],
)
def test_from_a_cell_that_cannot_be_read_nothing_is_concluded(carries, decides, pays):
    care = [("R1", carries, decides, pays), ("R2", "ANA", "ANA", "ANA")]
    p = partnership("ANA BEN", risks=[("R1", "", "a flood"), ("R2", "", "theft")], risk_care=care)
    for reader in ("mine", "room"):
        told = risk_sharing.to_talk_about(p.for_reader(reader))
        assert told.rows.empty
        assert told.nothing == (
            "Who is most affected, decides or pays cannot be read: R1. In the other lines shown "
            "here those most affected also decide."
        )


def test_a_burden_of_which_it_cannot_be_read_whose_it_is_stands_as_that():
    care = [{"risk": "R1", "carries": "ANA, BNE", "lead": "BNE", "we_will": "we dig"}]
    p = partnership("ANA BEN", risks=[("R1", "", "a flood")], risk_care=care)
    burdens = risk_sharing.hopes_and_burdens(p).data
    assert burdens["Who"].tolist() == ["cannot be read"]
    assert burdens["Most affected"].tolist() == ["R1 a flood"]
    assert risk_sharing.carried_by(p) == {}
    assert "have a lead" not in str(risk_sharing.before_you_move_on(p))
