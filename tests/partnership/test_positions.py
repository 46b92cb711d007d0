"""Where each organisation stands, worked by hand, and the laws that its position keeps."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import partnership
from partnering.partnership import positions
from partnering.schema.tables import TABLES

BEHAVIOURS = TABLES["behaviour_views"]
OFTEN = BEHAVIOURS.by_name["how_often"].kind


def found_in(p):
    return positions.of(p["behaviour_views"], BEHAVIOURS, ["how_often"])["how_often"]


def of_voices(*places, stated=None):
    """The position of one partner whose voices stand on these places (1 to 5) of the scale of how often."""
    rows = [
        ("ANA", f"v{at}", "our own organisation", "B1", OFTEN.texts[place - 1])
        for at, place in enumerate(places)
    ]
    if stated is not None:
        rows.append(("ANA", "", "our own organisation", "B1", stated))
    p = partnership("ANA", behaviour_views=rows)
    assert not p.problems
    return found_in(p)


@pytest.mark.rule("P2")
@pytest.mark.parametrize(
    ("voices", "low", "high"),
    [
        ((1, 5), 1, 5),
        ((1, 1, 1, 5, 5, 5), 1, 5),
        ((3, 3, 3, 4, 4), 3, 3),
        ((4, 4, 4, 4, 1), 4, 4),
        ((1, 1, 4, 4), 1, 4),
        ((2, 4, 4, 5), 4, 4),
        ((3, 4), 3, 4),
        ((2,), 2, 2),
    ],
)
def test_the_middle_of_the_voices_is_a_word_somebody_said_and_both_are_kept_where_they_differ(
    voices, low, high
):
    found = of_voices(*voices).iloc[0]
    assert (found["low"] + 1, found["high"] + 1) == (low, high)
    assert found["voices"] == len(voices)
    assert not found["stated"]


@pytest.mark.rule("P4")
@pytest.mark.parametrize(
    ("voices", "divided"),
    [
        ((2, 5), True),
        ((1, 1, 5, 5, 5), True),
        ((4, 4, 4, 4, 1), False),
        ((3, 4), False),
        ((1, 1, 4, 4), True),
        ((3, 3, 3, 5), False),
        ((3, 3, 5), True),
    ],
)
def test_an_organisation_is_divided_inside_when_more_than_one_voice_in_four_stands_two_steps_away(
    voices, divided
):
    assert of_voices(*voices).iloc[0]["divided"] == divided


@pytest.mark.rule("P1")
def test_what_an_organisation_states_comes_before_its_voices():
    found = of_voices(1, 1, 1, stated="often").iloc[0]
    assert (found["low"], found["high"], found["stated"]) == (3, 3, True)


@pytest.mark.rule("P1")
def test_where_an_organisation_states_that_it_would_rather_not_say_its_voices_do_not_speak_for_it():
    assert of_voices(1, 1, 1, stated="prefer not to say here").empty


@pytest.mark.rule("P2")
def test_both_middle_words_are_told():
    found = of_voices(3, 4)
    assert positions.words(found, OFTEN).to_list() == ["sometimes to often"]


def test_no_answers_make_no_positions():
    p = partnership(
        "ANA", behaviour_views=[("ANA", "", "our own organisation", "B1", "we do not know")]
    )
    assert found_in(p).empty
    assert found_in(partnership("ANA")).empty


@given(st.lists(st.integers(1, 5), min_size=1, max_size=7))
def test_a_voice_that_repeats_a_single_middle_never_changes_it(places):
    before = of_voices(*places).iloc[0]
    if before["low"] == before["high"]:
        after = of_voices(*places, int(before["low"]) + 1).iloc[0]
        assert (after["low"], after["high"]) == (before["low"], before["high"])


@pytest.mark.rule("P5")
@given(st.permutations([1, 2, 2, 4, 5, 5]))
def test_the_order_of_voices_never_matters(places):
    assert of_voices(*places)[["low", "high", "divided"]].equals(
        of_voices(1, 2, 2, 4, 5, 5)[["low", "high", "divided"]]
    )


@pytest.mark.rule("R9")
def test_a_group_below_the_threshold_takes_the_smallest_of_the_others_with_it():
    assert positions.hidden_groups({"A": 8, "B": 7, "C": 1}, 5) == {"B", "C"}


@pytest.mark.rule("R8")
def test_a_group_at_the_threshold_is_shown_and_one_below_it_is_not():
    assert positions.hidden_groups({"A": 8, "B": 5}, 5) == set()
    assert positions.hidden_groups({"A": 4}, 5) == {"A"}
    assert positions.hidden_groups({"A": 8, "B": 1, "C": 1}, 5) == {"B", "C"}


@pytest.mark.rule("R9")
def test_five_small_groups_of_nine_hide_each_other():
    groups = {
        "LUW": 7,
        "KDJ": 6,
        "CTO": 4,
        "BEA": 5,
        "HSA": 5,
        "MVA": 2,
        "IUS": 3,
        "DAA": 2,
        "CFP": 3,
    }
    assert positions.hidden_groups(groups, 5) == {"CTO", "MVA", "IUS", "DAA", "CFP"}
    groups["BEA"] = 4  # one voice is taken back
    assert positions.hidden_groups(groups, 5) == {"CTO", "MVA", "IUS", "DAA", "CFP", "BEA"}


@pytest.mark.rule("R9")
@given(
    st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 9), min_size=1), st.integers(2, 6)
)
def test_no_hidden_group_can_be_worked_out_by_subtraction(groups, threshold):
    hidden = positions.hidden_groups(groups, threshold)
    counted = {group: count for group, count in groups.items() if count}
    assert all(count >= threshold for group, count in counted.items() if group not in hidden)
    if hidden and len(counted) > 1:
        assert len(hidden) > 1


@pytest.mark.rule("P2")
def test_positions_of_many_voices_are_the_same_as_a_plain_median_of_each_group():
    rows = [
        (
            "ANA" if at % 2 else "BEN",
            f"v{at}",
            "our own organisation",
            f"B{at % 6 + 1}",
            OFTEN.texts[at * 7 % 5],
        )
        for at in range(200)
    ]
    p = partnership("ANA BEN", behaviour_views=rows)
    found = found_in(p).set_index(["partner", "behaviour"])
    frame = p["behaviour_views"].assign(rank=OFTEN.ranks(p["behaviour_views"]["how_often"]))
    plain = frame.groupby(["partner", "behaviour"])["rank"].median()
    assert ((found["low"] + found["high"]) / 2).sort_index().equals(
        plain.sort_index().rename(None)
    ) or pd.testing.assert_series_equal(
        ((found["low"] + found["high"]) / 2).sort_index(), plain.sort_index(), check_names=False
    ) is None


@pytest.mark.rule("P3")
@pytest.mark.parametrize(
    ("table", "column", "words", "cautious"),
    [
        ("positions", "stance", ("support it", "can agree to it"), "can agree to it"),
        ("positions", "our_part", ("essential part", "useful part"), "essential part"),
        ("risk_views", "how_likely", ("possible", "likely"), "likely"),
        ("risk_views", "how_hard_on_us", ("harms us", "could end us"), "could end us"),
        ("behaviour_views", "how_often", ("rarely", "often"), "rarely"),
    ],
)
def test_of_two_middles_the_end_that_counts_is_told_for_each_scale(table, column, words, cautious):
    schema = TABLES[table]
    about = {"objective": "O1", "risk": "R1", "behaviour": "B1", "about": "our own organisation"}
    rows = [
        {"partner": "ANA", "respondent": f"v{at}", **about, column: word}
        for at, word in enumerate(words)
    ]
    known = {"objectives": [("O1", "x")], "risks": [("R1", "", "x")]}
    p = partnership("ANA BEN", **known, **{table: rows})
    found = positions.of(p[table], schema, [column])[column].iloc[0]
    assert schema.scale(column).word(int(found["place"])) == cautious


def test_partners_are_counted_once_by_each_of_several_columns():
    rows = pd.DataFrame(
        [("ANA", "us", "B1"), ("ANA", "us", "B1"), ("BEN", "us", "B1"), ("ANA", "them", "B1")],
        columns=["partner", "about", "behaviour"],
    )
    assert positions.counted(rows, ["about", "behaviour"]).to_dict() == {
        ("them", "B1"): 1,
        ("us", "B1"): 2,
    }
    assert positions.counted(rows, ["behaviour"]).to_dict() == {"B1": 2}
    assert positions.counted(rows.iloc[:3:2], []).to_dict() == {0: 2}
