"""What a column can hold: text is read as people write it, or it is said what would be read."""

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from partnering.schema import scales
from partnering.schema.kinds import (
    CANNOT_SAY,
    Amount,
    Choice,
    Code,
    Date,
    Ref,
    Scale,
    Text,
    Unreadable,
    Whole,
    as_heading,
    nearest,
    number_text,
    plain,
)
from partnering.schema.tables import SHARE
from partnering.schema.unknown import may_mean

SCALES = {name: kind for name, kind in vars(scales).items() if isinstance(kind, Choice)}


def refused(kind, text: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        kind.read(text)
    return caught.value


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("94000", 94000),
        ("94000.5", 94000.5),
        ("94000,50", 94000.5),
        ("12,5", 12.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1 234,50", 1234.5),
        ("1\u202f234.50", 1234.5),
        ("1'234", 1234),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567.8", 1234567.8),
        ("12,34,567", 1234567),
        ("94000,125", 94000.125),
    ],
)
def test_an_amount_is_read_as_people_of_different_countries_write_it(text, number):
    assert Amount().read(text) == number


@pytest.mark.parametrize("text", ["94,000", "94.000", "1,000", "+1.000", "999,999"])
def test_an_amount_that_can_be_read_in_two_ways_is_asked_about(text):
    allowed = refused(Amount(), text).allowed
    assert "in one way only" in allowed
    for offered in allowed.rsplit("write ")[1].split(" or "):
        Amount().read(offered)


def test_both_readings_of_ninety_four_thousand_are_offered():
    assert (
        refused(Amount(), "94,000").allowed
        == "a number that can be read in one way only: write 94000 or 94.00"
    )
    assert refused(Whole(0, 100_000), "94.000").allowed == refused(Amount(), "94,000").allowed


@pytest.mark.parametrize(
    "text", ["", "much", "12 or 15", "1,2,3.4", "1.2.3", "1,23,4", "--5", "1e6", "9" * 400, "nan"]
)
def test_what_is_no_amount_is_refused(text):
    assert "an amount in figures" in refused(Amount(), text).allowed


@pytest.mark.parametrize("text", ["2", "51", "3.5", "five", "", "9" * 400])
def test_a_whole_number_outside_its_limits_is_refused_with_the_limits(text):
    assert refused(Whole(3, 50), text).allowed == "a whole number from 3 to 50"


@pytest.mark.parametrize("text", ["-94000", "-0.5", "1" + "0" * 12, "1" + "0" * 308])
def test_an_amount_below_nothing_or_beyond_all_money_is_refused(text):
    assert refused(Amount(), text).allowed == "an amount from 0 to 999999999999"


@given(some.floats(0, 9e11).map(lambda number: float(f"{number:.12g}")))
def test_every_number_that_is_written_is_read_back_the_same(number):
    assert Amount().read(number_text(number)) == number


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "text", ["2026-11-30", "30.11.2026", "30/11/2026", "30-11-2026", "2026-11-30 00:00:00"]
)
def test_a_day_is_read_year_first_or_day_first(text):
    assert Date().read(text) == pd.Timestamp(2026, 11, 30)


def test_a_day_that_can_be_read_in_two_ways_is_asked_about():
    assert refused(Date(), "03/04/2026").allowed.endswith("write 2026-04-03 or 2026-03-04")
    assert Date().read("03.04.2026") == pd.Timestamp(
        2026, 4, 3
    )  # with dots the day always stands first


@pytest.mark.parametrize(
    "text", ["soon", "30.2.2026", "2026-13-01", "31.12.26", "0001-01-01", "9999-01-01"]
)
def test_a_day_that_does_not_exist_or_is_centuries_away_is_refused(text):
    refused(Date(), text)


@given(some.dates(pd.Timestamp(1900, 1, 1).date(), pd.Timestamp(2199, 12, 31).date()))
def test_every_day_that_is_written_is_read_back_the_same(day):
    assert Date().read(Date().write(pd.Timestamp(day))) == pd.Timestamp(day)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("kind", SCALES.values(), ids=SCALES)
def test_every_word_of_every_scale_reads_back_whatever_its_capitals_and_blanks(kind):
    for word in kind.everything:
        assert kind.read(f"  {word.upper().replace(' ', '  ')}. ") == word


@pytest.mark.parametrize("kind", SCALES.values(), ids=SCALES)
def test_every_other_word_that_people_use_is_answered_with_one_of_the_scale(kind):
    read_as_it_is = {plain(word) for word in kind.everything}
    for word in kind.words:
        for synonym in word.also:
            if plain(synonym) not in read_as_it_is:
                assert refused(kind, synonym).nearest in kind.everything


def test_often_is_answered_with_likely_though_nothing_in_its_letters_is_near():
    error = refused(scales.HOW_LIKELY, "often")
    assert error.nearest == "likely" and error.allowed.startswith(
        "one of: not likely / possible / likely"
    )


def test_a_slip_of_the_pen_is_answered_with_the_nearest_word():
    assert refused(scales.STANCE, "suport it").nearest == "support it"
    assert refused(scales.STANCE, "xyz").nearest == ""


@pytest.mark.parametrize(
    ("scale", "typed", "words"),
    [
        (scales.HOW_LIKELY, "liekly", ["not likely", "likely"]),
        (scales.HOW_LIKELY, "not likly", ["not likely", "likely"]),
        (scales.HOW_LIKELY, "hardl", ["not likely", "likely"]),
        (scales.STANCE, "can accept it", ["can agree to it", "cannot accept it"]),
        (scales.STANCE, "can live wiht it", ["can agree to it", "cannot accept it"]),
        (scales.IMPORTANCE, "not important", ["not important to us", "important"]),
    ],
)
def test_between_words_that_mean_the_opposite_nothing_is_guessed(scale, typed, words):
    error = refused(scale, typed)
    assert (error.nearest, error.between) == ("", words)


def test_agree_stands_for_no_position():
    assert refused(scales.STANCE, "agree").nearest == ""


def test_answers_outside_a_scale_have_no_place_on_it():
    answers = scales.HOW_LIKELY.series(pd.Series(["likely", CANNOT_SAY, None], dtype="object"))
    assert scales.HOW_LIKELY.ranks(answers).tolist()[0] == 2
    assert scales.HOW_LIKELY.ranks(answers).isna().tolist() == [False, True, True]
    assert isinstance(scales.HOW_LIKELY, Scale)


def test_what_is_far_too_long_for_a_slip_is_not_compared(monkeypatch):
    assert nearest("our stepz " * 15, ["our steps " * 15]) == "our steps " * 15
    monkeypatch.setattr("difflib.get_close_matches", lambda *_, **__: pytest.fail("compared"))
    assert nearest("our steps " * 21, ["our steps"]) == ""


def test_nearest_can_be_asked_to_be_strict():
    assert nearest("our steps", ["our stance"]) == "our stance"
    assert nearest("our steps", ["our stance"], alike=0.85) == ""


# ---------------------------------------------------------------- codes and references


@pytest.mark.parametrize(
    ("text", "code"), [("o1", "O1"), (" vec ", "VEC"), ("R3.1", "R3.1"), ("éa", "ÉA")]
)
def test_a_code_is_read_in_any_case(text, code):
    assert Code("O").read(text) == code


@pytest.mark.parametrize("text", ["O 1", "the first objective", "O1!", "", "-", "x" * 17])
def test_what_cannot_be_said_as_a_code_is_refused_with_an_example(text):
    assert "such as O1" in refused(Code("O"), text).allowed


def test_several_codes_stand_in_a_cell_however_they_are_parted():
    assert Ref("partners", many=True).parts("VEC, TWN;OSD /\nSOM, VEC,") == [
        "VEC",
        "TWN",
        "OSD",
        "SOM",
    ]
    assert Ref("partners").parts("VEC, TWN") == ["VEC, TWN"]


def test_a_name_that_holds_commas_is_one_partner():
    known = {plain("Farmers, Herders & Co."): "FHC", "vec": "VEC", plain("Herders"): "HER"}
    resolve = Ref("partners", many=True).resolve
    assert [code for _, code in resolve("Farmers, Herders & Co.", known)] == ["FHC"]
    assert [code for _, code in resolve("VEC, farmers,  herders & co; Herders", known)] == [
        "VEC",
        "FHC",
        "HER",
    ]
    assert resolve("Farmers, VEC", known) == [("Farmers", ""), ("VEC", "VEC")]


def test_text_is_kept_but_for_blanks_around_it():
    assert Text().read("  a\n b ") == "a\n b"


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("3. How likely? *", "How likely"),
        ("Q12 How likely", "How likely"),
        (" (2) How likely:", "How likely"),
        ("1.2 - How likely", "How likely"),
        ("2026-11-30", "2026-11-30"),
        ("3.", "3."),
    ],
)
def test_a_number_before_a_heading_does_not_count(heading, bare):
    assert as_heading(heading) == bare


def test_headings_of_very_many_blanks_are_read_in_no_time():
    begun = time.process_time()
    as_heading(" " * 60_000 + "(1)x")
    assert not may_mean("Voice" + " " * 60_000 + "b", SHARE)
    assert time.process_time() - begun < 2
