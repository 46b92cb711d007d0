"""Numbers as people of different countries write them; what can be read in two ways is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from partnering.schema.numbers import Amount, Whole, number_text
from schema.refusing import refused


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
