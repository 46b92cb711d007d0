"""What the room may see: nothing that was held back, nobody who is silent, no group that is too small."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import readers
from budget import tries
from every_result import MAKERS
from examples import EVERY_EXAMPLE, example
from kept_back import held_back
from making import partnership, sheet, views
from partnering.documents import drafts
from partnering.jupyter.table_editor import TableEditor
from partnering.partnership import Partnership
from partnering.schema.scales import HOW_HARD, HOW_LIKELY, STANCE
from partnering.schema.tables import TABLES
from partnering.stops import (
    coherence,
    principles,
    purpose,
    risk,
    start,
    value,
)

LIKELY, HARD = HOW_LIKELY.everything, HOW_HARD.everything


def in_words(p: Partnership) -> str:
    """All that every result of a reader says, as text alone."""
    return "\n".join(make(p).plain() for make in MAKERS)


def everything_shown(p: Partnership) -> str:
    """All that every result of a reader would put on the wall, in each of its forms."""
    made = [make(p) for make in MAKERS]
    return "\n".join(result.html() + result.markdown() + result.plain() for result in made)


@pytest.mark.rule("R1")
@pytest.mark.parametrize("share", ["facilitator only", "not typed"])
def test_nothing_marked_facilitator_or_paper_only_is_ever_in_the_room(share):
    p = held_back(share)
    assert "SECRET" in everything_shown(p)  # the facilitator does see it
    room = p.for_reader("room")
    assert "SECRET" not in everything_shown(room)
    for name, frame in room.tables.items():
        assert not frame.astype("object").map(lambda cell: "SECRET" in str(cell)).any().any(), name
    assert room.sheets == {}


@pytest.mark.parametrize(
    ("words", "goes"),
    [("of r9 we speak", True), ("R1-R9", True), ("see R9.2 and R-A", False), ("R99", False)],
)
def test_words_about_a_row_that_is_held_back_go_with_it_however_its_code_is_written(words, goes):
    p = partnership(
        "ANA",
        risks=[
            ("R1", "", "a flood"),
            {"risk": "R9", "what_could_happen": "SECRET", "share": "facilitator only"},
        ],
        decisions=[("3", "", "agreed", words)],
    )
    assert p.for_reader("room")["decisions"].empty == goes


@pytest.mark.rule("R1")
def test_what_leads_to_a_row_that_is_held_back_goes_with_it():
    p = partnership(
        "ANA BEN",
        risks=[
            ("R1", "", "a flood"),
            {"risk": "R9", "what_could_happen": "SECRET", "share": "facilitator only"},
        ],
        risk_views=[*views("ANA BEN", {"R1": "c/h c/h"}), *views("ANA BEN", {"R9": "l/f l/f"})],
        risk_care=[
            ("R9", "ANA", "BEN", "", "we move the archive"),
            ("R1", "ANA", "BEN", "", "we dig"),
        ],
        decisions=[("3", "R9", "agreed", "move it"), ("3", "R1", "agreed", "dig")],
        value_lines=[
            ("V1", "ANA", "bring", "pumps", "", "", ""),
            ("V2", "BEN", "ask one partner for", "what R9 takes"),
        ],
    )
    room = p.for_reader("room")
    assert room["risk_views"]["risk"].unique().tolist() == ["R1"]
    assert room["risk_care"]["risk"].tolist() == ["R1"]
    assert room["decisions"]["about"].tolist() == ["R1"]
    assert room["value_lines"]["line"].tolist() == ["V1"]
    assert "R9" not in everything_shown(room)


@pytest.mark.rule("R2")
def test_reasons_and_examples_stay_with_the_facilitator_whatever_the_row_says():
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge")],
        positions=[
            ("ANA", "", "O1", "support it", "useful part", "SECRET", "room"),
            ("BEN", "", "O1", "support it", "useful part"),
        ],
        purposes=[("ANA", "we must", "we cannot", "SECRET", "the mayor", "everyone here")],
    )
    shown = everything_shown(p.for_reader("room"))
    assert "SECRET" not in shown
    assert "the mayor" in shown


@pytest.mark.rule("R3")
def test_a_refusal_is_not_told_unless_its_owner_agrees():
    def told(share):
        p = partnership(
            "ANA BEN CYD",
            objectives=[("O1", "a bridge")],
            positions=[
                ("ANA", "", "O1", "strongly for it", "essential part"),
                ("BEN", "", "O1", "support it", "useful part"),
                ("CYD", "", "O1", "cannot accept it", "no part", "", share),
            ],
        )
        return purpose.stances(p.for_reader("room")).data.iloc[0]

    assert told("room")["Cannot accept it"] == "CYD"
    held = told("")
    assert held["Cannot accept it"] == ""
    assert held["As it is now"] == "not shown here"
    assert held["Shown here"] == "2 of 3"
    assert "ANA" not in held.to_string()  # else the third would be known by elimination


@pytest.mark.rule("R3", "2.6")
def test_a_promise_that_was_not_kept_is_the_facilitators_until_its_owner_agrees():
    def room(share):
        p = partnership(
            "ANA BEN",
            promises=[("P1", "ANA", "BEN", "a boat", "2026-05-01", "not done", "", share)],
        )
        return p.for_reader("room")

    assert value.not_kept(room("")).data.empty
    assert value.not_kept(room("room")).data["Promise"].tolist() == ["P1 a boat"]


@pytest.mark.rule("R3")
def test_a_promise_that_was_not_kept_stands_among_the_others_as_if_nothing_were_ticked_yet():
    def room(status, share=""):
        p = partnership(
            "ANA BEN",
            promises=[
                ("P1", "ANA", "BEN", "a boat", "2026-05-01", "done late"),
                ("P2", "BEN", "ANA", "a map", "2026-05-01", status, "P1", share),
                ("P3", "ANA", "BEN", "a van", "2026-07-01", "not yet due", "P2"),
            ],
        )
        return p.for_reader("room")

    seen = room("not done")
    assert seen["promises"]["promise"].tolist() == ["P1", "P2", "P3"]
    assert value.open_promises(seen).data["Result so far"].tolist() == ["", "not yet due"]
    assert value.open_promises(seen).data["Depends on"].tolist() == [("P1 a boat"), ("P2 a map")]
    assert "P2, due 2026-05-01: not said here" in value.promise_calendar(seen).alternative
    for make in (value.open_promises, value.not_kept, value.promise_calendar):
        assert make(seen).html() == make(room("")).html()
    assert room("not done", "facilitator")["promises"]["promise"].tolist() == ["P1", "P3"]


def test_a_line_of_ones_own_that_is_held_back_does_not_take_other_lines_with_it():
    p = partnership(
        "ANA BEN",
        holding=[
            {"partner": "ANA", "holder": "coordinator", "share": "facilitator only"},
            ("BEN", "director", "", "ANA"),
        ],
    )
    assert p.for_reader("room")["holding"]["partner"].tolist() == ["BEN"]


def test_a_partner_called_like_a_hidden_line_stays_at_the_table():
    p = partnership(
        "UNHCR BEN",
        worth=[{"partner": "UNHCR", "worth_it": "yes", "share": "facilitator only"}],
        purposes=[("BEN", "with UNHCR we can")],
        objectives=[("O1", "a bridge")],
        positions=[
            ("UNHCR", "", "O1", "cannot accept it", "no part"),
            ("BEN", "", "O1", "support it", "essential part"),
        ],
    )
    room = p.for_reader("room")
    assert list(room.names) == ["UNHCR", "BEN"]
    assert room["purposes"]["why_together"].tolist() == ["with UNHCR we can"]
    assert (
        "Not shown here" in purpose.enough(room).plain()
    )  # all have answered, and it stays hidden


def test_a_note_that_stays_with_the_facilitator_takes_no_partner_off_the_wall():
    p = partnership(
        "ANA BEN",
        partners=[
            {"partner": "ANA", "name": "A", "note": "worried about R2"},
            {"partner": "BEN", "name": "B"},
        ],
        purposes=[("ANA", "for the water")],
        risks=[{"risk": "R2", "what_could_happen": "SECRET", "share": "facilitator only"}],
    )
    room = p.for_reader("room")
    assert list(room.names) == ["ANA", "BEN"]
    assert room["purposes"]["why_together"].tolist() == ["for the water"]
    assert "R2" not in everything_shown(room)


FLOOD = {"risk": "R3", "what_could_happen": "Flood"}
SECRET_RISK = {"risk": "R7", "what_could_happen": "SECRET", "share": "facilitator only"}


@pytest.mark.rule("R10", "R11")
@pytest.mark.parametrize(
    ("shown", "hidden"),
    [
        (
            {"risk_care": [{"risk": "R3", "by_when": "03/04/2026"}]},
            {"risk_care": [{"risk": "r7", "by_when": "25/12/2026"}]},
        ),
        (
            {"risk_care": [{"risk": "R3", "by_when": "03/04/2026"}]},
            {"risk_care": [{"risk": "secret", "by_when": "25/12/2026"}]},
        ),
        (
            {"decisions": [{"stop": "1", "about": "rain", "by_when": "03/04/2026"}]},
            {"decisions": [{"stop": "1", "about": "R7", "by_when": "25/12/2026"}]},
        ),
        (
            {"practising": [{"partner": "ANA", "look_again_on": "03/04/2026", "share": "E"}]},
            {"practising": [{"partner": "BEN", "look_again_on": "25/12/2026"}]},
        ),
        (
            {"risk_care": [{"risk": "flood", "we_will": "dig"}]},
            {
                "risks": [
                    {"risk": "R2", "what_could_happen": "Flood", "what_we_would_gain": "as R7"}
                ]
            },
        ),
    ],
)
def test_how_a_line_is_read_does_not_hang_on_one_that_is_kept_back_with_another(shown, hidden):
    base = {
        "partnership": [{"mode": "confidential"}],
        "risks": [FLOOD, SECRET_RISK],
        **shown,
    }
    both = base | {name: [*base.get(name, []), *rows] for name, rows in hidden.items()}
    without, with_it = (partnership("ANA BEN", **rows).for_reader("room") for rows in (base, both))
    for name in shown:
        assert len(without[name])
        assert with_it[name].equals(without[name])


def test_a_day_is_read_day_first_by_one_that_everybody_sees():
    care = [("R3", "", "", "", "", "", "03/04/2026"), ("R4", "", "", "", "", "", "25/12/2026")]
    risks = [FLOOD, {"risk": "R4", "what_could_happen": "Fire"}]
    p = partnership("ANA BEN", risks=risks, risk_care=care)
    assert p["risk_care"]["by_when"].dt.strftime("%Y-%m-%d").tolist() == [
        "2026-04-03",
        "2026-12-25",
    ]


def test_what_two_lines_are_called_is_saved_as_typed_where_one_is_kept_back_with_another():
    gain = {"risk": "R2", "what_could_happen": "Flood", "what_we_would_gain": "as R7"}
    p = partnership(
        "ANA BEN", risks=[FLOOD, SECRET_RISK, gain], risk_care=[{"risk": "flood", "we_will": "dig"}]
    )
    assert p["risk_care"]["risk"].tolist() == ["R3"]
    assert p.to_write()["risk_care"]["risk"].tolist() == ["flood"]
    assert any("R2, which is kept back" in problem.sentence for problem in p.problems)


@pytest.mark.rule("R1")
def test_the_number_of_a_step_that_speaks_of_a_hidden_line_takes_no_other_line_along():
    p = partnership(
        "ANA BEN",
        risks=[{"risk": "R7", "what_could_happen": "SECRET", "share": "facilitator only"}],
        objectives=[("O1", "1 boat in 2 days")],
        protocol=[("1", "on R7", "by phone"), ("2", "Step 1 did not help", "by letter")],
    )
    room = p.for_reader("room")
    assert room["objectives"]["objective"].tolist() == ["O1"]
    assert room["protocol"]["step"].tolist() == ["2"]


@pytest.mark.rule("R12")
def test_a_name_that_reads_like_the_code_of_a_hidden_line_takes_nothing_off_the_wall():
    p = partnership(
        partners=[("ANA", "Team A1"), ("BEN", "Ben")],
        partnership=[{"date": "2026-05-05", "reporting_route": "Room A1, by the gate"}],
        practices=[
            {"practice": "A1", "we_will": "SECRET", "share": "facilitator only"},
            {"practice": "A2", "we_will": "call", "look_again_on": "2026-06-01"},
        ],
        purposes=[("ANA", "for the water")],
    )
    room = p.for_reader("room")
    assert list(room.names) == ["ANA", "BEN"]
    assert room["purposes"]["why_together"].tolist() == ["for the water"]
    assert "Room A1, by the gate" in start.who_holds(room).plain()
    assert "Nothing shown here is due yet" in principles.due(room).plain()
    assert any("Team A1" in text for text in readers.word_text(drafts.partnership_agreement(p)))
    assert "SECRET" not in everything_shown(room)


@pytest.mark.rule("R1")
def test_voices_do_not_speak_in_place_of_a_stated_position_that_was_kept_back():
    voices_ = [("ANA", f"v{at}", "O1", "strongly for it", "essential part") for at in range(6)]
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "a bridge")],
        positions=[
            {
                "partner": "ANA",
                "objective": "O1",
                "stance": "cannot accept it",
                "our_part": "essential part",
                "share": "facilitator only",
            },
            *voices_,
            ("BEN", "", "O1", "support it", "useful part"),
        ],
    )
    told = purpose.stances(p.for_reader("room")).plain()
    assert "Not shown here" in told and "ANA" not in told and "strongly for it" not in told


def test_two_tables_of_one_stop_never_differ_by_an_answer_that_was_withheld():
    p = partnership(
        "ANA BEN CYD",
        objectives=[("O1", "a bridge")],
        positions=[
            ("ANA", "", "O1", "support it", "useful part"),
            ("BEN", "", "O1", "strongly for it", "essential part"),
            ("CYD", "", "O1", "cannot accept it", "could do it alone"),
        ],
    )
    room = p.for_reader("room")
    assert "O1 2 of 3" in purpose.parts(room).missing
    assert "O1 2 of 3" in purpose.stances(room).missing
    assert "alone" not in purpose.parts(room).plain()


@pytest.mark.rule("R5")
def test_a_condition_in_somebodys_own_words_does_not_stand_without_a_name():
    p = partnership(
        "ANA BEN CYD",
        worth=[
            ("ANA", "yes"),
            ("BEN", "yes, on one condition", "SOM insures our team"),
            ("CYD", "not as it is now"),
        ],
    )
    assert "insures" not in everything_shown(p.for_reader("room"))


@pytest.mark.rule("R10")
def test_held_answers_that_are_not_shown_are_neither_called_missing_nor_alike():
    p = partnership(
        "A B C D",
        partnership=[{"mode": "confidential"}],
        risks=[("R1", "", "a flood")],
        risk_views=views("A B C D", {"R1": "h/0 c/s l/h n/f"}),
    )
    room = p.for_reader("room")
    in_short = "Answers are confidential: not shown here."
    for make, why in (
        (risk.left_open, in_short),
        (risk.risk_table, "All 4 forms are in. Not shown here: answers are confidential"),
        (risk.whom_does_it_hit, in_short),
        (risk.different_information, in_short),
    ):
        told = make(room)
        assert "already happening" not in told.plain() and "answered" not in told.missing
        assert why in told.plain()


def test_what_holds_for_the_whole_is_settled_before_anything_is_taken_out():
    p = partnership(
        "A B",
        transfers=[
            {"transfer": "T1", "from": "A", "to": "B", "form": "grant", "share": "facilitator only"}
        ],
    )
    assert (p.mode, p.for_reader("room").mode, p.for_reader("room").money_moves) == (
        "confidential",
        "confidential",
        True,
    )


@pytest.mark.rule("R6")
def test_what_each_has_and_will_commit_is_not_on_the_wall_while_answers_are_held():
    p = partnership(
        "A B C D E",
        partnership=[{"mode": "confidential"}],
        objectives=[("O1", "x")],
        capabilities=[("O1", "a boat", "needed", "A", "we have enough", "yes")],
    )
    assert purpose.who_together(p.for_reader("room")).data.empty


def test_a_moment_with_two_dates_takes_what_speaks_of_it_along_when_both_are_kept_back():
    moment = {"moment": "M1", "what_happened": "a quarrel", "share": "facilitator only"}
    p = partnership(
        "A B",
        moments=[moment | {"when": "2026-01-01"}, moment | {"when": "2026-02-01"}],
        decisions=[("6", "M1 the quarrel", "agreed", "we talk")],
    )
    assert p.for_reader("room")["decisions"].empty


@pytest.mark.rule("R10")
def test_row_numbers_do_not_tell_of_gaps():
    p = partnership(
        "A B",
        practices=[
            ("A1", "x", "", "y"),
            {"practice": "A2", "principle": "x", "we_will": "y", "share": "facilitator only"},
            ("A3", "x", "", "y"),
        ],
    )
    assert list(p.for_reader("room")["practices"].index) == [0, 1]


@pytest.mark.rule("R5")
def test_the_silent_are_never_named():
    p = partnership(
        "ANA BEN CYD",
        risks=[("R1", "", "a flood"), ("R2", "", "a strike")],
        risk_views=views("ANA BEN CYD", {"R1": "c/h l/s ?/-", "R2": "c/h l/s h/f"}),
    )
    room = p.for_reader("room")
    assert risk.risk_table(room).data["Risk"].tolist() == ["R2 a strike"]
    unnamed = risk.without_names(room).data.iloc[0]
    assert unnamed["How likely"] == "likely 1, possible 1"
    assert unnamed["Answered"] == "2 of 3"
    assert not {"ANA", "BEN", "CYD"} & set(room["risk_views"].query("risk == 'R1'")["partner"])


@pytest.mark.rule("M1")
def test_cannot_say_and_rather_not_say_cannot_be_told_apart():
    def shown(answer):
        p = partnership(
            "ANA BEN CYD",
            risks=[("R1", "", "a flood")],
            risk_views=[*views("ANA BEN", {"R1": "c/h l/s"}), ("CYD", "", "R1", answer, answer)],
        )
        return everything_shown(p.for_reader("room"))

    assert shown("we do not know") == shown("prefer not to say here") == shown("")


@pytest.mark.rule("R5")
def test_no_table_is_made_of_one_organisations_answer():
    p = partnership(
        "ANA BEN", risks=[("R1", "", "a flood")], risk_views=views("ANA", {"R1": "l/f"})
    )
    room = p.for_reader("room")
    assert room["risk_views"].empty
    assert "could end us" not in risk.without_names(room).plain()


def voices(groups: dict[str, int], stated=(), likely="likely", hard="harms us") -> list[tuple]:
    rows = [
        (who, f"v{at}", "R1", likely, hard) for who, count in groups.items() for at in range(count)
    ]
    return [*rows, *((who, "", "R1", "likely", "harms us") for who in stated)]


@pytest.mark.rule("R8", "R9")
def test_a_small_group_is_hidden_and_a_second_with_it_in_every_table_at_once():
    p = partnership(
        "A B C",
        risks=[("R1", "", "a flood")],
        objectives=[("O1", "a bridge")],
        risk_views=voices({"A": 8, "B": 7, "C": 1}),
        positions=[("B", f"v{at}", "O1", "support it", "useful part") for at in range(7)],
    )
    room = p.for_reader("room")
    assert room.hidden.groups == ("B", "C")
    assert room["positions"].empty
    assert room["risk_views"].empty  # A alone is left, and one organisation's answer is not shown


def test_what_a_small_organisation_states_is_shown():
    p = partnership(
        "A B C",
        risks=[("R1", "", "a flood")],
        risk_views=voices({"A": 8, "B": 7, "C": 1}, stated="BC"),
    )
    assert risk.risk_table(p.for_reader("room")).data["Of concern to"].tolist() == ["3 of 3"]


@pytest.mark.rule("P4")
def test_divided_inside_is_told_to_the_facilitator_and_counts_as_not_answered_in_the_room():
    split = [
        ("A", f"v{at}", "R1", "not likely" if at % 2 else "already happening", "harms us")
        for at in range(6)
    ]
    p = partnership(
        "A B C", risks=[("R1", "", "a flood")], risk_views=[*split, *voices({}, stated="BC")]
    )
    room = p.for_reader("room")
    assert "R1 2 of 3" in risk.risk_table(room).missing
    assert len(room["risk_views"]) <= 3


@pytest.mark.rule("R6")
def test_held_answers_are_shown_without_names_and_only_from_enough_organisations():
    def room(partners, **facts):
        rows = {"R1": " ".join(["l/h"] * len(partners.split()))}
        return partnership(
            partners,
            partnership=[{"title": "T", "mode": "confidential", **facts}],
            risks=[("R1", "", "a flood")],
            risk_views=views(partners, rows),
        ).for_reader("room")

    six = room("A B C D E F")
    assert risk.risk_table(six).data.empty
    assert risk.without_names(six).data["How likely"].tolist() == ["likely 6"]
    assert room("A B C D")["risk_views"].empty
    assert len(room("A B C D", threshold="4")["risk_views"]) == 4


@pytest.mark.rule("R7")
def test_once_a_grant_moves_between_partners_answers_are_held_by_default():
    grant = [("T1", "ANA", "BEN", "100", "USD", "visits", "grant")]
    assert partnership("ANA BEN", transfers=grant).mode == "confidential"
    assert (
        partnership("ANA BEN", transfers=[(*grant[0][:6], "service contract")]).mode == "with names"
    )
    assert (
        partnership("ANA BEN", transfers=grant, partnership=[{"mode": "with names"}]).mode
        == "with names"
    )


@pytest.mark.rule("R7")
def test_anonymous_refuses_to_switch_on_among_few_and_says_why():
    facts = [{"mode": "anonymous"}]
    few = partnership(
        "A B", partnership=facts, risks=[("R1", "", "a flood")], risk_views=voices({"A": 6, "B": 4})
    )
    assert few.mode == "confidential"
    assert "nobody can be anonymous among so few" in str(few.problems[-1])
    many = partnership(
        "A B", partnership=facts, risks=[("R1", "", "a flood")], risk_views=voices({"A": 7, "B": 5})
    )
    assert (many.mode, many.problems) == ("anonymous", [])


@pytest.mark.rule("R4")
def test_a_house_file_never_crosses_even_when_it_was_typed_among_the_rest():
    p = Partnership(
        {
            "partners": sheet("partners", [("ANA", "Ana's")]),
            "house_answers": sheet("house_answers", [("ANA", "finance", "Q1", "SECRET")]),
        }
    )
    assert p.for_reader("room")["house_answers"].empty


# ------------------------------------------------------------------ laws

ANSWERS = st.fixed_dictionaries(
    {
        (who, risk): st.tuples(st.sampled_from([*LIKELY, ""]), st.sampled_from([*HARD, ""]))
        for who in ("ANA", "BEN", "CYD")
        for risk in ("R1", "R2")
    }
)


def made(answers, rename=lambda who: who, order=1):
    rows = [(rename(who), "", risk_, *pair) for (who, risk_), pair in answers.items()][::order]
    return partnership(
        " ".join(map(rename, ("ANA", "BEN", "CYD"))),
        risks=[("R1", "", "a flood"), ("R2", "", "a strike")],
        risk_views=rows,
    )


@pytest.mark.rule("P5")
@given(ANSWERS, st.sampled_from(["room", "mine"]))
def test_the_order_of_rows_never_matters(answers, reader):
    one, other = made(answers), made(answers, order=-1)
    assert [risk_.data.to_dict() for risk_ in tables(one.for_reader(reader))] == [
        risk_.data.to_dict() for risk_ in tables(other.for_reader(reader))
    ]


@pytest.mark.rule("P5")
@given(ANSWERS, st.sampled_from(["room", "mine"]))
def test_renaming_partners_never_changes_results(answers, reader):
    new = {"ANA": "XAN", "BEN": "YBE", "CYD": "ZCY"}
    renamed = [table.plain() for table in tables(made(answers, rename=new.get).for_reader(reader))]
    plain = [table.plain() for table in tables(made(answers).for_reader(reader))]
    for before, after in new.items():
        plain = [text.replace(before, after) for text in plain]
    assert plain == renamed


def tables(p):
    return [
        make(p)
        for make in (
            risk.left_open,
            risk.risk_table,
            risk.without_names,
            risk.whom_does_it_hit,
            risk.different_information,
            risk.level_words,
        )
    ]


@pytest.mark.rule("R5")
@given(ANSWERS)
def test_in_the_room_a_name_stands_only_where_everybody_has_answered(answers):
    room = made(answers).for_reader("room")
    for item in ("R1", "R2"):
        complete = all(
            one in HOW_LIKELY.texts and other in HOW_HARD.texts
            for (_, risk_), (one, other) in answers.items()
            if risk_ == item
        )
        partners = room["risk_views"].query("risk == @item")["partner"]
        assert (
            set(partners) == {"ANA", "BEN", "CYD"}
            if complete
            else not partners.isin(["ANA", "BEN", "CYD"]).any()
        )


@pytest.mark.rule("R9")
@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 9), min_size=1), st.integers(3, 6))
def test_what_is_shown_of_voices_never_lets_a_hidden_group_be_worked_out(groups, threshold):
    p = partnership(
        "A B C D E",
        partnership=[{"threshold": str(threshold)}],
        risks=[("R1", "", "a flood")],
        risk_views=voices(groups),
    )
    room = p.for_reader("room")
    seen = {who for who in room["risk_views"]["partner"] if not who.startswith("*")}
    assert seen <= {who for who, count in groups.items() if count >= threshold} - set(
        room.hidden.groups
    )
    small = {who for who, count in groups.items() if count < threshold}
    if len(small) == 1 and len(groups) > 1:  # else it is what is left of all voices
        assert len(room.hidden.groups) > 1


def test_a_voice_that_is_taken_back_cannot_be_worked_out_from_two_reports():
    before = partnership(
        "A B C", risks=[("R1", "", "a flood")], risk_views=voices({"A": 8, "B": 5, "C": 6})
    )
    after = partnership(
        "A B C", risks=[("R1", "", "a flood")], risk_views=voices({"A": 8, "B": 4, "C": 6})
    )
    assert set(before.for_reader("room")["risk_views"]["partner"]) == {"A", "B", "C"}
    room = after.for_reader("room")
    assert room.hidden.groups == ("B", "C")
    assert isinstance(room["risk_views"], pd.DataFrame)
    assert room["risk_views"].empty


HELD = [{"mode": "confidential", "threshold": "3"}]
HALVES = [  # each has ticked one of two
    ("AAA", "", "R1", "likely", ""),
    ("BBB", "", "R1", "", "harms us"),
    ("CCC", "", "R1", "", "harms us"),
]


@pytest.mark.rule("M2", "R6")
def test_half_an_answer_is_none_and_no_organisations_word_stands_alone():
    p = partnership(
        "AAA BBB CCC", partnership=HELD, risks=[("R1", "", "a flood")], risk_views=HALVES
    )
    room = p.for_reader("room")
    for make in (risk.left_open, risk.risk_table, risk.without_names):
        assert make(room).rows.empty or "item" in make(room).rows  # what to say aloud
        assert "likely" not in make(room).plain() and "hurts" not in make(room).plain()


@pytest.mark.rule("R6")
def test_a_line_of_which_fewer_than_the_smallest_group_have_answered_leaves_no_count_either():
    p = partnership(
        "AAA BBB CCC", partnership=HELD, risks=[("R1", "", "a flood")], risk_views=HALVES[:1]
    )
    assert not any(
        f"{count} of 3" in make(p.for_reader("room")).plain()
        for make in (risk.left_open, risk.risk_table, risk.without_names)
        for count in range(4)
    )


@pytest.mark.rule("R11")
def test_what_cannot_be_read_counts_as_the_stricter():
    p = partnership(
        "ANA BEN",
        partnership=[{"mode": "opne, please"}],
        transfers=[{"transfer": "T1", "from": "ANA", "to": "BEN", "form": "a gift?"}],
        purposes=[{"partner": "ANA", "why_together": "to cross", "share": "rom?"}],
    )
    assert p.mode == "confidential" and p.money_moves
    assert p.for_reader("room")["purposes"].empty


@pytest.mark.rule("R7")
def test_where_no_way_has_been_chosen_and_no_grant_moves_answers_are_open():
    assert partnership("ANA BEN").mode == "with names"


@pytest.mark.laws
@pytest.mark.rule("N1", "X1")
@pytest.mark.parametrize("reader", ["room", "mine"])
def test_no_result_of_an_example_has_a_percentage_that_nobody_typed(reader):
    for name in EVERY_EXAMPLE:
        p = example(name)
        typed = " ".join(
            cell for sheet in p.sheets.values() for cell in sheet.astype("str").to_numpy().ravel()
        )
        seen = p.for_reader(reader)
        for make in MAKERS:
            shares = re.findall(r"\d+ ?%", make(seen).plain())
            assert not [share for share in shares if share not in typed], make.__name__


@pytest.mark.rule("M1")
@pytest.mark.parametrize("word", ["we do not know", "prefer not to say here", ""])
def test_in_what_people_write_together_too_the_room_is_not_told_who_would_rather_not_say(word):
    contact = ("ANA", "finance", "BEN", "asks them for something", "receipts", "every month", word)
    heads = ("partner", "unit", "with_partner", "we", "about_what", "how_often")
    row = dict(zip((*heads, "relationship_holder_knows"), contact, strict=True))
    room = partnership("ANA BEN", contacts=[row]).for_reader("room")
    assert room["contacts"]["relationship_holder_knows"].isna().tolist() == [True]
    told = coherence.who_turns_to_you(room).data.iloc[0]
    assert told["Our focal point knows"] == ""


@pytest.mark.rule("P1")
def test_to_the_room_too_voices_do_not_speak_where_their_organisation_would_rather_not_say():
    said = [("ANA", f"v{at}", "R1", "likely", "harms us") for at in range(5)]
    stated = [
        ("ANA", "", "R1", "prefer not to say here", "prefer not to say here"),
        *(views("BEN CYD", {"R1": "c/s c/s"})),
    ]
    p = partnership("ANA BEN CYD", risks=[("R1", "", "a flood")], risk_views=[*said, *stated])
    assert risk.without_names(p.for_reader("room")).rows["answered"].tolist() == [2]


@pytest.mark.parametrize("share", ["", "facilitator only"])
def test_that_voices_have_spoken_is_told_whether_or_not_their_house_keeps_its_word_back(share):
    stated = {"partner": "A", "risk": "R1", "how_likely": "likely", "how_hard_on_us": "harms us"}
    p = partnership(
        "A B",
        partnership=[{"mode": "with names", "threshold": "3"}],
        risks=[("R1", "", "a flood")],
        risk_views=[*voices({"A": 3}), stated | {"share": share}],
    )
    hidden = p.for_reader("room").hidden
    assert hidden.groups == ()
    assert hidden.stood_in == {"risk_views"}


@pytest.mark.parametrize("share", ["", "facilitator only"])
def test_which_groups_are_too_small_is_told_of_all_who_have_spoken(share):
    stated = {"partner": "A", "risk": "R1", "how_likely": "likely", "how_hard_on_us": "harms us"}
    p = partnership(
        "A B",
        partnership=[{"mode": "with names", "threshold": "3"}],
        risks=[("R1", "", "a flood")],
        risk_views=[*voices({"A": 2}), stated | {"share": share}],
    )
    assert p.for_reader("room").hidden.groups == ("A",)


# ---------------------------------------------------------------- one tick frees the wall

WITH, NOT = "with our name", "not shown"


def few(consents: dict[str, str], mode="confidential", threshold="5", **changed) -> Partnership:
    """Three partners that support two objectives, and what each ticked at the end of the form.

    `changed` are other rows: ANA_O1={"stance": "cannot accept it"}.
    """
    rows = []
    for partner in ("ANA", "BEN", "CYD"):
        for objective in ("O1", "O2"):
            row = {"partner": partner, "objective": objective, "stance": "support it"}
            row |= {"our_part": "useful part"} | changed.get(f"{partner}_{objective}", {})
            rows.append(row)
    return partnership(
        "ANA BEN CYD",
        partnership=[{"mode": mode, "threshold": threshold}],
        objectives=[("O1", "a road"), ("O2", "a bridge")],
        positions=rows,
        consents=[{"partner": who, "positions": said} for who, said in consents.items()],
    )


ALL = {"ANA": WITH, "BEN": WITH, "CYD": WITH}


@pytest.fixture(scope="module")
def shown_where_nobody_ticked() -> str:
    return everything_shown(few({}).for_reader("room"))


@pytest.mark.rule("R14")
def test_ticks_of_few_stand_with_names_once_all_have_ticked_it():
    room = few(ALL).for_reader("room")
    assert set(room["positions"]["partner"]) == {"ANA", "BEN", "CYD"}
    assert "because all of you ticked “with our name”" in purpose.stances(room).plain()


@pytest.mark.laws
@pytest.mark.rule("R14")
@pytest.mark.parametrize("missing", [NOT, "", "perhaps", None])
def test_one_tick_that_is_missing_keeps_the_whole_table_off_the_wall_and_changes_nothing_else(
    missing, shown_where_nobody_ticked
):
    for who in ALL:
        consents = {**ALL, who: missing}
        if missing is None:
            del consents[who]
        room = few(consents).for_reader("room")
        assert room["positions"].empty
        assert everything_shown(room) == shown_where_nobody_ticked


@pytest.mark.rule("R14")
@pytest.mark.parametrize("share", ["", "facilitator only", "not typed", "#REF!"])
def test_a_guarded_answer_that_is_not_freed_keeps_the_whole_table_off_the_wall(
    share, shown_where_nobody_ticked
):
    refused = {"stance": "cannot accept it", "share": share}
    room = few(ALL, BEN_O2=refused).for_reader("room")
    assert room["positions"].empty
    assert everything_shown(room) == shown_where_nobody_ticked
    freed = few(ALL, BEN_O2=refused | {"share": "everyone here"}).for_reader("room")
    assert "cannot accept it" in list(freed["positions"]["stance"])


def test_what_one_line_keeps_back_stands_without_names_as_in_the_open():
    kept_back = few(ALL, CYD_O2={"share": "facilitator only"}).for_reader("room")
    left_open = few(ALL, CYD_O2={"stance": "we do not know"}).for_reader("room")
    assert everything_shown(kept_back) == everything_shown(left_open)
    there = kept_back["positions"]
    assert set(there.loc[there["objective"] == "O1", "partner"]) == set(ALL)
    assert set(there.loc[there["objective"] == "O2", "partner"]) == {"*1", "*2"}


def test_people_we_serve_who_have_answered_are_asked_for_their_tick_as_well():
    def room(**said: str) -> Partnership:
        p = few({**ALL, **said}, CYD_O1={"share": "everyone here"})
        kinds = p.sheets["partners"].assign(kind=["", "", "people we serve"])
        p.edit("partners", kinds)
        p.edit("partnership", p.sheets["partnership"].assign(threshold="5"))
        return p.for_reader("room")

    assert room()["positions"].empty  # two are asked: too few
    p = few(ALL)
    four = pd.concat([p.sheets["partners"], sheet("partners", [("DOV", "The village")])])
    four = four.set_axis(range(2, 6)).assign(kind=["", "", "", "people we serve"])
    p.edit("partners", four)
    assert set(p.for_reader("room")["positions"]["partner"]) == set(ALL)
    rows = [*p.sheets["positions"].to_dict("records"), {"partner": "DOV", "objective": "O1"}]
    rows[-1] |= {"stance": "support it", "our_part": "no part"}
    p.edit("positions", sheet("positions", rows))
    assert p.for_reader("room")["positions"].empty


@pytest.mark.rule("R14")
def test_between_two_no_tick_frees_a_table():
    p = partnership(
        "ANA BEN",
        partnership=[{"mode": "confidential"}],
        worth=[("ANA", "yes"), ("BEN", "yes")],
        consents=[{"partner": "ANA", "worth": WITH}, {"partner": "BEN", "worth": WITH}],
    )
    assert p.for_reader("room")["worth"].empty
    assert "Between two nothing can be confidential" in value.worth(p.for_reader("room")).plain()


@pytest.mark.rule("R15")
@pytest.mark.parametrize(("mode", "threshold"), [("with names", "5"), ("confidential", "3")])
def test_who_ticked_not_shown_is_shown_nowhere_however_openly_the_others_speak(mode, threshold):
    said = {"BEN": NOT}
    room = few(said, mode, threshold).for_reader("room")
    silent = {f"BEN_{code}": {"stance": "", "our_part": ""} for code in ("O1", "O2")}
    left_open = few({}, mode, threshold, **silent).for_reader("room")
    assert everything_shown(room) == everything_shown(left_open)


@pytest.mark.laws
@settings(max_examples=tries(4, 200), deadline=None)
@given(st.data())
def test_while_one_tick_is_missing_the_others_change_no_byte(data):
    answers, freed = {}, set()
    for who in ALL:
        for code in ("O1", "O2"):
            stance = data.draw(st.sampled_from(STANCE.everything))
            share = data.draw(st.sampled_from(["", "everyone here", "facilitator only"]))
            answers[f"{who}_{code}"] = {"stance": stance, "share": share}
            freed |= {who} if (stance, share) == ("cannot accept it", "everyone here") else set()
    missing = data.draw(st.sampled_from(sorted(ALL)))
    consents = {}
    for who in ALL:
        may_say = [""] if who == missing else ["", WITH]
        # who keeps all from the wall takes its own freed words with it
        may_say += [NOT, "?!"] if who not in freed else []
        consents[who] = data.draw(st.sampled_from(may_say))
    room = few(consents, **answers).for_reader("room")
    assert everything_shown(room) == everything_shown(few({}, **answers).for_reader("room"))


def test_there_is_a_tick_for_every_form_with_answers_and_for_no_other():
    ticks = [name for name in TABLES["consents"].by_name if name != "partner"]
    assert ticks == [name for name, table in TABLES.items() if table.views and not table.private]
    for name in ticks:
        column = TABLES["consents"].by_name[name]
        assert column.core == TABLES[name].core
        assert f"Stop {TABLES[name].stop} " in column.label


# ---------------------------------------------------------------- own words where answers are held

OWN_WORDS = {
    "purposes": {"why_together": "OURS"},
    "value_lines": {"line": "V1", "we": "bring", "what": "OURS"},
    "practising": {"what_we_will_do_differently": "OURS"},
    "contacts": {"unit": "OURS", "with_partner": "BEN"},
    "holding": {"holder": "OURS"},
    "worth": {"worth_it": "yes, on one condition", "if_what": "OURS"},
}


@pytest.mark.rule("R13")
@pytest.mark.parametrize(
    ("mode", "share", "shown"),
    [
        ("with names", "", True),
        ("with names", "everyone here", True),
        ("confidential", "everyone here", True),
        ("confidential", "", False),
        ("anonymous", "", False),
        ("confidential", "facilitator only", False),
    ],
)
def test_own_words_need_the_word_room_where_answers_are_held(mode, share, shown):
    own = {
        name: {column: text.replace("OURS", f"OURS of {name}") for column, text in words.items()}
        for name, words in OWN_WORDS.items()
    }
    rows = {name: [{"partner": "ANA", "share": share} | words] for name, words in own.items()}
    rows["worth"] += [{"partner": who, "worth_it": "yes"} for who in ("BEN", "CYD")]
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": mode}],
        consents=[{"partner": who, "worth": WITH} for who in ALL],
        **rows,
    )
    carried_home, told = p.for_partner("ANA"), in_words(p.for_reader("room"))
    for name in OWN_WORDS:
        assert f"OURS of {name}" in p[name].to_csv()
        assert (carried_home[name].astype("str") == f"OURS of {name}").any(axis=None)
        assert (f"OURS of {name}" in told) == shown, name


def test_every_table_of_own_words_is_tried():
    private = {"positions", "risk_views", "behaviour_views"}  # these words are the facilitator's
    by_full_form = {"capabilities", "principles"}  # held answers take the whole table
    own = {name for name, table in TABLES.items() if table.own and "share" in table.by_name}
    assert own == {*OWN_WORDS, *private, *by_full_form}


# ---------------------------------------------------------------- what no wall tells among few


def of_requests(mode: str, threshold: str = "5") -> Partnership:
    """Two requests in one week, one of which waits for a promise; and a house that differs inside."""
    return partnership(
        "ANA BEN CYD",
        partnership=[{"mode": mode, "threshold": threshold}],
        promises=[{"promise": "P1", "partner": "ANA", "to": "BEN", "what": "a list"}],
        requests=[
            {"request": "Q1", "month": "2026-05-04", "from": "BEN", "to": "ANA", "waits_for": "P1"},
            {"request": "Q2", "month": "2026-05-06", "from": "ANA", "to": "CYD"},
        ],
        holding=[
            {"partner": "ANA", "holder": "x", "our_units_differ_on": "z", "share": "everyone here"}
        ],
    )


UNTOLD = ("from", "to", "waits_for")


@pytest.mark.rule("7.2", "7.3")
@pytest.mark.parametrize(
    ("mode", "threshold", "told"),
    [("confidential", "5", False), ("confidential", "3", True), ("with names", "5", True)],
)
def test_among_few_no_table_of_the_room_tells_who_asked_whom_or_what_a_house_differs_on(
    mode, threshold, told
):
    p = of_requests(mode, threshold)
    room = p.for_reader("room")
    assert list(room["requests"]["request"]) == ["Q1", "Q2"]
    cells = room["requests"][[*UNTOLD]].to_numpy().tolist()
    assert cells == ([["BEN", "ANA", "P1"], ["ANA", "CYD", ""]] if told else [[""] * 3] * 2)
    assert list(room["holding"]["our_units_differ_on"]) == (["z"] if told else [""])
    assert list(p["requests"]["to"]) == ["ANA", "CYD"]


@pytest.mark.rule("7.3")
def test_among_few_requests_of_one_week_stand_together_whomever_they_reached():
    together = coherence.same_week(of_requests("confidential").for_reader("room"))
    assert together.rows["requests"].tolist() == [("Q1", "Q2")]
    assert coherence.same_week(of_requests("with names").for_reader("room")).rows.empty
    reached = coherence.reached_us(of_requests("confidential").for_reader("room")).plain()
    assert "P1" not in reached and "ANA" not in reached


def test_whoever_is_no_partner_carries_nothing_home_and_is_named():
    p = partnership("ANA BEN")
    for seen, who in ((p, "ZED"), (p.for_reader("room"), "ANA")):
        with pytest.raises(ValueError, match=f"There is no partner “{who}” here."):
            seen.for_partner(who)


def test_the_rooms_grid_tells_it_no_more_than_its_tables_and_keeps_what_is_typed():
    p = of_requests("confidential")
    editor = TableEditor(p, TABLES["requests"], "room")
    one, two = (line for line in editor.state(p.for_reader("room"))["lines"] if line["row"])
    assert one["held"] == two["held"] == ["from", "to"]
    assert {line["cells"][name] for line in (one, two) for name in UNTOLD} == {""}
    made = editor.apply([{"set": {"to": "CYD"}, "line": one["name"]}])
    p.edit("requests", made)
    one = editor.state(p.for_reader("room"))["lines"][0]
    assert (one["cells"]["from"], one["cells"]["to"], one["held"]) == ("", "CYD", ["from"])
    assert list(p["requests"]["from"]) == ["BEN", "ANA"]


@pytest.mark.rule("P1", "R1")
def test_a_position_kept_back_takes_the_voices_of_its_own_house_along_and_no_others():
    voices = [
        (who, f"v{at}", "R1", "likely", "harms us") for who in ("ANA", "BEN") for at in range(5)
    ]
    kept_back = {
        "partner": "BEN",
        "risk": "R1",
        "how_likely": "not likely",
        "how_hard_on_us": "little effect",
    }
    p = partnership(
        "ANA BEN CYD",
        risks=[("R1", "", "a flood"), ("R2", "", "a strike")],
        risk_views=[
            *voices,
            *[(who, voice, "R2", *words) for who, voice, _, *words in voices],
            kept_back | {"share": "facilitator only"},
            ("CYD", "", "R1", "likely", "harms us"),
        ],
    )
    assert [len(found) for _, found in p.for_reader("room")["risk_views"].groupby("risk")] == [2, 2]
    told = risk.without_names(p.for_reader("room")).data.set_index("Risk")["Answered"]
    assert told.to_dict() == {"R1 a flood": "2 of 3", "R2 a strike": "2 of 3"}


@pytest.mark.rule("P4")
def test_the_facilitator_is_told_who_is_divided_inside_and_about_what():
    rows = [
        ("ANA", f"v{at}", "R1", word, "harms us")
        for at, word in enumerate(("not likely", "little effect", "likely", "likely"))
    ]
    p = partnership("ANA BEN", risks=[("R1", "", "a flood")], risk_views=rows)
    notes = risk.risk_table(p).table.notes
    assert "Divided inside, to be told to that organisation alone: ANA R1." in notes
    assert notes[-1] == "This is the facilitator's own view. It is not for the wall."
    assert risk.risk_table(p.for_reader("room")).table.notes[-1:] != notes[-1:]


@pytest.mark.parametrize(("threshold", "too_few"), [("3", False), ("4", True)])
def test_as_many_partners_as_the_smallest_group_are_not_too_few(threshold, too_few):
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": "confidential", "threshold": threshold}],
        risks=[("R1", "", "a flood")],
    )
    said = risk.risk_table(p.for_reader("room")).plain()
    assert ("3 organisations are fewer than the smallest group" in said) == too_few
