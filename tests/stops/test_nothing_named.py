"""What says that there is nobody or nothing names nobody and nothing, as an empty cell does."""

import pytest

from making import partnership
from partnering.documents import clauses
from partnering.stops import (
    coherence,
    findings,
    principles,
    purpose,
    red_thread,
    relationship,
    risk_sharing,
    value,
)

RISKS = {"risks": [("R1", "", "a flood")]}
CELLS = {
    "a holder": lambda no: {"holding": [("ANA", no, "deputy"), ("BEN", "director", "deputy")]},
    "a stand-in": lambda no: {"holding": [("ANA", "head", no), ("BEN", "director", "deputy")]},
    "what units differ on": lambda no: {"holding": [("ANA", "head", "deputy", "", no)]},
    "what is missing": lambda no: {
        "objectives": [("O1", "a bridge", "specific objective", "", no)],
        "positions": [(who, "", "O1", "support it", "essential part") for who in ("ANA", "BEN")],
    },
    "a practice": lambda no: {"practices": [("A1", "early", "all partners", no, "a call")]},
    "a sign": lambda no: {"practices": [("A1", "early", "all partners", "we call", no)]},
    "a first move": lambda no: {"tensions": [("N1", "late money", "", no, "2")]},
    "what is done about a risk": lambda no: {
        **RISKS,
        "risk_care": [("R1", "ANA", "ANA", "ANA", no, "BEN")],
    },
    "who speaks for them": lambda no: {
        **RISKS,
        "partners": [
            ("ANA", "ANA"),
            ("BEN", "BEN"),
            {"partner": "SER", "name": "Riders", "kind": "people we serve", "spoken_for_by": no},
        ],
        "risk_care": [("R1", "SER", "ANA", "BEN", "dig", "BEN")],
    },
    "a condition": lambda no: {"worth": [("ANA", "yes, on one condition", no, "everyone here")]},
    "a reason": lambda no: {"rights": [("Suspend", "BEN", "", "", no)]},
    "a point to settle": lambda no: {"topics": [("Law", "in both", "differ", no)]},
    "what was asked for": lambda no: {
        "requests": [
            {"request": code, "from": "ANA", "to": "BEN", "what": no} for code in ("Q1", "Q2")
        ]
    },
    "where harm is reported": lambda no: {"partnership": [{"reporting_route": no}]},
    "who meets": lambda no: {
        "protocol": [{"step": "1", "we_go_here_when": "it rubs", "who_meets": no}]
    },
    "a clause": lambda no: {
        "topics": [("Law", "in both", "differ")],
        "clauses": [("C1", "Law", "", no, "of the land")],
    },
    "who tells us": lambda no: {
        "practising": [
            {"partner": "ANA", "what_we_will_do_differently": "ask", "who_will_tell_us": no}
        ]
    },
    "what we do differently": lambda no: {
        "practising": [
            {"partner": "ANA", "what_we_will_do_differently": no, "who_will_tell_us": "BEN"}
        ]
    },
}


def claims(p):
    """What is claimed of all that was typed, beside the cells that show it as it was typed."""
    results = (
        purpose.before_you_move_on,
        purpose.who_could,
        risk_sharing.before_you_move_on,
        principles.before_you_move_on,
        principles.needs_a_practice,
        principles.practice_board,
        principles.before_you_move_on_protocol,
        relationship.before_you_move_on,
        coherence.who_knows,
        coherence.same_week,
        value.before_you_move_on,
        coherence.before_you_move_on,
        risk_sharing.sentence,
        risk_sharing.to_talk_about,
        red_thread.agreed_not_written,
        red_thread.open_list,
        red_thread.checks,
    )
    return [make(p).plain() for make in results], findings.found(p), clauses.of(p)


@pytest.mark.parametrize("reader", ["mine", "room"])
@pytest.mark.parametrize("cell", CELLS)
def test_a_word_for_nobody_and_nothing_counts_as_an_empty_cell(cell, reader):
    with_word, empty = (
        partnership("ANA BEN", **CELLS[cell](word)).for_reader(reader) for word in ("None", "")
    )
    assert claims(with_word) == claims(empty)


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_named_is_no_empty_cell(cell):
    named, empty = (partnership("ANA BEN", **CELLS[cell](word)) for word in ("ANA", ""))
    assert claims(named) != claims(empty)


def test_a_word_for_nobody_is_shown_as_it_was_typed():
    lines = [("ANA", "Nobody yet", "deputy", "press calls"), ("BEN", "director", "deputy")]
    table = coherence.holding(partnership("ANA BEN", holding=lines))
    assert table.data["Focal point"].tolist() == ["Nobody yet", "director"]
    assert "1 of 2 have named a focal point" in table.plain()


def test_what_is_to_be_decided_is_still_missing():
    p = partnership("ANA BEN", **CELLS["what is missing"]("to be decided"))
    assert "something is missing: to be decided" in purpose.who_could(p).plain()


def test_a_contribution_called_none_is_no_clause():
    one, empty = (
        partnership("ANA BEN", value_lines=[("V1", "ANA", "bring", what, "all partners", sure)])
        for what, sure in (("none", "we promise it"), ("", ""))
    )
    assert clauses.of(one)["contributions"] == clauses.of(empty)["contributions"]
    assert red_thread.agreed_not_written(one).rows.empty
