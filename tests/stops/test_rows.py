"""The rows of a result are read by others: they are the same in whatever language a room speaks."""

from __future__ import annotations

import gettext
from collections.abc import Callable

import pandas as pd
import pytest

from every_result import makers
from examples import example
from making import partnership
from partnering import language
from partnering.partnership import MINE, ROOM, Partnership, house
from partnering.results import Result
from partnering.stops import rounds


class Foreign(gettext.NullTranslations):
    """A language in which every sentence is the English one in brackets."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def few_lines() -> Partnership:
    """Where little is answered: what is not known is said in place of a word."""
    return partnership(
        "ANA BEN CYD",
        objectives=[
            ("O1", "shade"),
            ("O2", "water"),
            ("O3", "visits", "one partner's own objective"),
        ],
        positions=[
            ("ANA", "", "O1", "strongly for it", "could do it alone"),
            ("BEN", "", "O1", "cannot accept it", "no part"),
            ("ANA", "", "O2", "support it", "essential part"),
            ("BEN", "", "O2", "support it", "no part"),
            ("CYD", "", "O2", "can agree to it", "no part"),
        ],
        risks=[("R1", "", "a flood"), ("R2", "health", "heat")],
        risk_views=[("ANA", "", "R1", "likely", "harms us")],
        risk_care=[{"risk": "R1", "carries": "nobody", "decides": "all partners"}],
    )


def earlier_and_later() -> tuple[Partnership, Partnership]:
    """Two states of one partnership, with something otherwise in every table of `rounds`."""
    states = []
    for stance, status, outcome in (
        ("support it", "not yet due", "we differ, and must decide"),
        ("can agree to it", "done on time", "agreed"),
    ):
        states.append(
            partnership(
                "ANA BEN CYD",
                partnership=[{"title": "Three", "threshold": "3"}],
                objectives=[("O1", "shade")],
                positions=[(code, "", "O1", stance, "no part") for code in ("ANA", "BEN", "CYD")],
                promises=[{"promise": "P1", "partner": "ANA", "what": "a boat", "status": status}],
                decisions=[
                    {
                        "stop": "1",
                        "about": "O1",
                        "outcome": outcome,
                        "what_we_decided": "trees",
                    }
                ],
            )
        )
    return states[0], states[1]


def a_house() -> house.House:
    answers = [("ANA", "board", "Q1", "To help.", "as agreed"), ("ANA", "office", "Q1", "Money.")]
    return house.of(
        partnership(
            "ANA",
            house_questions=[("Q1", "What is it for?")],
            house_answers=answers,
        )
    )


def in_another_language(make: Callable[..., Result], *asked: object) -> pd.DataFrame:
    """The rows of a result that is made in a room that speaks another language."""
    english = language._catalogue
    language._catalogue = Foreign()
    try:
        result = make(*asked)
        assert result.caption.startswith("[")
        return result.rows
    finally:
        language._catalogue = english


def differing(made: list[Callable[..., Result]], *asked: object) -> list[str]:
    """The results whose rows change with the language of the room, or whose types do."""
    found = []
    for make in made:
        rows, foreign = make(*asked).rows, in_another_language(make, *asked)
        try:
            pd.testing.assert_frame_equal(rows, foreign)
        except AssertionError:
            found.append(f"{make.__module__}.{make.__name__}")
    return found


def test_every_result_is_looked_at():
    assert len(makers("p")) > 60
    assert len(makers("house")) == 2
    assert len(makers("before", "after")) == 3


@pytest.mark.laws
@pytest.mark.parametrize("reader", [ROOM, MINE])
@pytest.mark.parametrize("name", ["shade", "shade-under-way", "hands", "uwi"])
def test_the_rows_of_every_result_are_the_same_in_every_language(name, reader):
    assert differing(makers("p"), example(name).for_reader(reader)) == []


@pytest.mark.laws
@pytest.mark.parametrize("reader", [ROOM, MINE])
def test_what_is_not_known_stands_in_the_rows_by_the_same_word_in_every_language(reader):
    assert differing(makers("p"), few_lines().for_reader(reader)) == []


def test_the_rows_of_a_house_are_the_same_in_every_language():
    assert differing(makers("house"), a_house()) == []


def test_the_rows_of_two_states_are_the_same_in_every_language():
    before, after = earlier_and_later()
    for make in makers("before", "after"):
        assert not make(before, after).rows.empty, make
    assert differing(makers("before", "after"), before, after) == []
    assert differing([rounds.of_partner], before, after, "ANA") == []
