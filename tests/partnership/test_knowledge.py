"""What may be concluded from answers of which some are not seen, worked seat by seat."""

import pandas as pd
import pytest

from making import partnership
from partnering.partnership import knowledge

SEATS = {  # what holds in the seats of each item; None is not seen
    "all yes": (True, True, True),
    "all no": (False, False, False),
    "one yes": (True, False, False),
    "one yes, one unseen": (True, False, None),
    "two yes, one unseen": (True, True, None),
    "no, and one unseen": (False, False, None),
    "unseen": (None, None, None),
}
ITEMS = pd.Series([item for item, seats in SEATS.items() for _ in seats])
HOLDS = pd.Series([seat for seats in SEATS.values() for seat in seats], dtype="boolean")


def told(known):
    """Yes, no, or None where it is not known, by item."""
    return {item: None if pd.isna(value) else bool(value) for item, value in known.items()}


@pytest.mark.rule("R10")
@pytest.mark.parametrize(
    ("ask", "answers"),
    [
        (knowledge.some, (True, False, True, True, True, None, None)),
        (knowledge.every, (True, False, False, False, None, False, None)),
        (knowledge.exactly_one, (False, False, True, None, False, None, None)),
    ],
)
def test_what_is_not_seen_is_neither_a_yes_nor_a_no(ask, answers):
    assert told(ask(HOLDS, ITEMS)) == dict(zip(SEATS, answers, strict=True))


def grid():
    """O1 answered by both; O2 by one of two; O3 by nobody."""
    words = ("support it", "useful part")
    rows = [("ANA", "", "O1", *words), ("BEN", "", "O1", *words), ("BEN", "", "O2", *words)]
    p = partnership("ANA BEN", objectives=[("O1", "a"), ("O2", "b"), ("O3", "c")], positions=rows)
    return p, knowledge.asked(p, "positions", ["O1", "O2", "O3"])


@pytest.mark.rule("R10")
def test_each_partner_has_a_seat_for_each_item_whatever_was_typed():
    _, seats = grid()
    assert seats["item"].tolist() == ["O1", "O1", "O2", "O2", "O3", "O3"]
    assert seats["seat"].tolist() == [0, 1, 0, 1, 0, 1]
    assert seats["partner"].tolist() == ["ANA", "BEN", "BEN", "", "", ""]
    assert seats["seen"].tolist() == [True, True, True, False, False, False]
    assert seats["stance"].fillna(-1).tolist() == [1, 1, 1, -1, -1, -1]
    assert told(knowledge.complete(seats, seats["item"])) == {"O1": True, "O2": None, "O3": None}
    holds = seats["stance"] <= 1
    assert knowledge.which(seats, holds, seats["item"]) == {"O1": ("ANA", "BEN"), "O2": ("BEN",)}


@pytest.mark.rule("M4")
def test_where_one_alone_is_asked_a_second_seat_stays_empty():
    words = ("support it", "useful part")
    p = partnership("ANA", objectives=[("O1", "a")], positions=[("ANA", "", "O1", *words)])
    seats = knowledge.asked(p, "positions", ["O1"])
    assert seats["partner"].tolist() == ["ANA", ""]
    assert told(knowledge.every(seats["stance"] <= 1, seats["item"])) == {"O1": None}


@pytest.mark.rule("M3")
def test_people_we_serve_have_no_seat():
    words = ("support it", "useful part")
    p = partnership(
        "",
        partners=[("ANA", "A"), ("BEN", "B"), ("PPL", "P", "people we serve")],
        objectives=[("O1", "a")],
        positions=[("PPL", "", "O1", *words), ("ANA", "", "O1", *words)],
    )
    assert knowledge.asked(p, "positions", ["O1"])["partner"].tolist() == ["ANA", ""]


def test_the_first_case_that_holds_is_said_and_one_that_is_not_known_ends_the_search():
    p, _ = grid()
    first = pd.Series([True, False, pd.NA, False], index=list("abcd"), dtype="boolean")
    then = pd.Series([True, True, True, False], index=list("abcd"), dtype="boolean")
    for reader, rest in (("mine", "not everybody has answered"), ("room", "not shown here")):
        said = knowledge.say(p.for_reader(reader), (first, "one"), (then, "two"), otherwise="none")
        assert said == {"a": "one", "b": "two", "c": rest, "d": "none"}
        assert knowledge.rest(p.for_reader(reader)) == rest
    assert knowledge.rest(partnership("ANA")) == "it takes two partners"


@pytest.mark.rule("R6")
@pytest.mark.parametrize(
    ("partners", "mode", "why"),
    [
        ("ANA BEN", "with names", "A line is shown as soon as two partners have ticked all of it"),
        ("ANA BEN", "confidential", "2 organisations are fewer than the smallest group (3)"),
        ("ANA BEN CYD", "confidential", "as soon as 3 organisations have answered it"),
    ],
)
def test_why_nothing_is_shown_rests_on_rules_alone(partners, mode, why):
    facts = [{"mode": mode, "threshold": "3"}]
    p = partnership(partners, partnership=facts).for_reader("room")
    assert why in knowledge.why_not_shown(p, "positions")
    rows = [(who, "", "O1", "", "") for who in partners.split()]
    forms_in = partnership(
        partners, partnership=facts, objectives=[("O1", "a")], positions=rows
    ).for_reader("room")
    said = f"All {len(rows)} forms are in. "
    assert knowledge.why_not_shown(forms_in, "positions").startswith(said)


@pytest.mark.rule("R11")
@pytest.mark.parametrize(("unread", "least"), [(0, 4), (1, 3), (2, None)])
def test_the_smallest_group_that_would_change_it_leaves_room_for_types_that_cannot_be_read(
    unread, least
):
    kinds = ["clinic?"] * unread + ["NGO"] * (4 - unread)
    houses = [
        {"partner": who, "name": f"The {who} house", "kind": kind}
        for who, kind in zip(("ANA", "BEN", "CYD", "DOV"), kinds, strict=True)
    ]

    def room(threshold: str):
        facts = [{"mode": "confidential", "threshold": threshold}]
        return partnership(partners=houses, partnership=facts).for_reader("room")

    said = knowledge.why_not_shown(room("5"), "positions")
    offered = "It also changes if all agree on"
    assert (offered in said) == bool(least)
    assert not least or f"{offered} {least} as the smallest group." in said
    for threshold in range(3, 6):  # and it is so: with the number offered, or less, they are enough
        assert room(str(threshold)).few_and_held == (threshold > (least or 0))
