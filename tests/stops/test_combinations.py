"""Who together could do it: worked by hand, and against looking at every combination there is."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import partnership
from partnering.stops import purpose
from partnering.stops.combinations import who_together

GAME = [
    ("O1", "access", "needed", "B"),
    ("O1", "money", "needed", "A"),
    ("O2", "technique", "needed", "C"),
    ("O2", "trust", "needed", "B"),
    ("O3", "money", "needed", "A"),
    ("O4", "access", "needed", "B"),
    ("O4", "technique", "needed", "C"),
    ("O4", "legal", "needed", "A"),
]


def game():
    """A has money, B access and trust, C the technique; nobody has enough of the law."""
    have = {"legal": "we have some"}
    return partnership(
        "A B C",
        objectives=[(f"O{at}", f"objective {at}") for at in range(1, 5)],
        capabilities=[
            (objective, what, need, who, have.get(what, "we have enough"), "yes")
            for objective, what, need, who in GAME
        ],
    )


@pytest.mark.rule("1.5")
def test_the_worked_game_gives_alone_only_together_and_not_yet():
    table = purpose.who_together(game()).data.set_index("Objective")
    assert table.loc["O3 objective 3", "Who together could"] == "A"
    assert table.loc["O1 objective 1", "Who together could"] == "A + B"
    assert table.loc["O2 objective 2", "Who together could"] == "B + C"
    assert table.loc["O4 objective 4", "Who together could"] == "nobody yet"
    assert table.loc["O4 objective 4", "Nobody has yet"] == "legal"


@pytest.mark.rule("1.4")
def test_each_thing_that_hangs_on_one_partner_is_told():
    table = purpose.only_one_brings(game()).data
    told = set(zip(table["Objective"].str[:2], table["Only"], table["Brings"], strict=True))
    assert {
        ("O1", "A", "money"),
        ("O1", "B", "access"),
        ("O2", "B", "trust"),
        ("O2", "C", "technique"),
    } <= told
    assert not [brings for _, _, brings in told if brings == "legal"]


@pytest.mark.rule("1.5")
def test_what_is_had_and_not_committed_counts_for_nothing():
    p = partnership(
        "A B",
        objectives=[("O1", "one")],
        capabilities=[
            ("O1", "money", "needed", "A", "we have enough", "not decided yet"),
            ("O1", "money", "needed", "B", "we have enough", "in part"),
        ],
    )
    assert purpose.who_together(p).data.iloc[0]["Who together could"] == "B"


HOLDERS = st.lists(st.frozensets(st.sampled_from("ABCDEF"), max_size=4), min_size=1, max_size=5)


@pytest.mark.rule("1.5")
@given(HOLDERS)
def test_the_search_finds_just_the_combinations_in_which_nobody_can_be_left_out(holders):
    def enough(some):
        return all(set(some) & holding for holding in holders)

    everybody = [frozenset(some) for size in range(1, 7) for some in combinations("ABCDEF", size)]
    plain = [
        some for some in everybody if enough(some) and not any(enough(some - {one}) for one in some)
    ]
    found, finished = who_together(holders, most=1000)
    assert finished
    assert set(found) == set(plain)
    assert [len(some) for some in found] == sorted(map(len, found))


@pytest.mark.rule("1.5")
def test_at_most_twelve_are_shown_fewest_partners_first():
    found, finished = who_together([frozenset(pair) for pair in ("AB", "CD", "EF", "GH")])
    assert finished
    assert len(found) == 12
    assert {len(some) for some in found} == {4}


def test_thirty_partners_come_to_an_end():
    wide = [frozenset(f"P{(at * 7 + step * 11) % 30}" for step in range(9)) for at in range(40)]
    found, _ = who_together(wide)
    assert found
    assert all(all(some & holding for holding in wide) for some in found)


@pytest.mark.rule("1.5")
def test_too_many_combinations_are_said_to_be_too_many_and_nothing_hangs():
    tangled = [
        frozenset(f"P{(at * at + step * (at + 3)) % 61}" for step in range(12)) for at in range(90)
    ]
    found, finished = who_together(tangled, most=10_000)
    assert not finished
    assert all(all(some & holding for holding in tangled) for some in found)


def test_many_things_with_two_holders_each_give_their_twelve_at_once():
    found, finished = who_together([frozenset({f"A{at}", f"B{at}"}) for at in range(30)])
    assert finished
    assert len(found) == 12
