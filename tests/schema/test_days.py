"""Days as people write them, and moments as people remember them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from making import partnership
from partnering.schema.days import Date, Remembered
from partnering.schema.kinds import Unreadable
from partnering.stops import relationship
from schema.refusing import refused

DAY = "2027-12-31"


@pytest.mark.parametrize(
    "text",
    [
        "2027-12-31",
        "31.12.2027",
        "31/12/2027",
        "31 December 2027",
        "31 dec 2027",
        "31. December 2027",
        "31st of December 2027",
        "December 31, 2027",
        "Dec. 31st 2027",
        "31-Dec-2027",
        "  31   December  2027 ",
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert Date().write(Date().read(text)) == DAY


@pytest.mark.parametrize("text", ["03/2026", "March 2026", "2026-03", "Mar 2026", "3.2026"])
def test_a_month_is_no_day_and_the_sentence_says_which_month(text):
    with pytest.raises(
        Unreadable, match="a whole month: write which day of it, such as 2026-03-15"
    ):
        Date().read(text)


@pytest.mark.parametrize(
    "text", ["last rains", "31 Decembre-ish 2027", "31 February 2027", "32 May 2026", "Ma 3 2026"]
)
def test_what_is_no_day_is_not_guessed_at(text):
    with pytest.raises(Unreadable):
        Date().read(text)


@pytest.mark.parametrize(
    ("text", "said", "begins"),
    [
        ("03/2026", "03/2026", "2026-03-01"),
        ("31 December 2027", "31 December 2027", "2027-12-31"),
        ("after the last rains", "after the last rains", None),
        ("last  rains", "last rains", None),
        ("March 2026", "March 2026", "2026-03-01"),
        ("2026", "2026", "2026-01-01"),
        ("30.11.2026", "2026-11-30", "2026-11-30"),
        ("2026-11-30 00:00:00", "2026-11-30", "2026-11-30"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)", None),
    ],
)
def test_a_moment_is_kept_as_people_remember_it_and_sorted_where_that_can_be_read(
    text, said, begins
):
    kind = Remembered()
    assert kind.read(text) == said
    assert kind.begins(said) == (None if begins is None else pd.Timestamp(begins))


@pytest.mark.parametrize("text", ["03/04/2026", "31.02.2026", "2026-13-01", "12345"])
def test_what_looks_like_a_day_in_figures_has_to_be_one(text):
    with pytest.raises(Unreadable):
        Remembered().read(text)


def test_the_story_asks_which_of_two_days_is_meant_and_takes_the_words_of_the_others():
    days = ("03/04/2026", "after the last rains", "March 2026")
    p = partnership("ANA BEN", moments=[(f"M{at}", day) for at, day in enumerate(days, 1)])
    problems = [problem for problem in p.problems if problem.table == "moments"]
    assert [problem.row for problem in problems] == [2]
    assert "read in one way only" in problems[0].sentence


MOMENTS = [
    ("M1", "after the last rains", "the bridge was mended", "brought us closer", "neighbours"),
    ("M2", "2026-05-01", "the director came herself", "brought us closer", "she asked first"),
    ("M3", "03/2026", "a letter stayed unanswered", "made it harder between us", "a call"),
    ("M4", "31 January 2026", "the first meeting", "both of these", "tea"),
]


def test_the_story_has_every_moment_as_it_was_told_in_the_order_that_can_be_read():
    figure = relationship.story(partnership("ANA BEN", moments=MOMENTS))
    assert figure.data["When"].tolist() == [
        "31 January 2026",
        "03/2026",
        "2026-05-01",
        "after the last rains",
    ]
    assert figure.alternative == (
        "M4 on 2026-01-31: both of these. M2 on 2026-05-01: brought us closer."
    )


def test_the_story_says_what_is_no_day_but_words_and_draws_the_days():
    figure = relationship.story(partnership("ANA BEN", moments=MOMENTS))
    said = [note for note in figure.notes if "these are words and not a day" in note]
    assert "M3 (“03/2026”), M1 (“after the last rains”)" in said[0]
    assert all(">M2 the director" in one.svg and ">M1" not in one.svg for one in figure.drawings)


def test_a_story_of_words_alone_is_told_too():
    figure = relationship.story(partnership("ANA BEN", moments=MOMENTS[:1]))
    assert len(figure.rows) == 1 and "these are words and not a day" in figure.notes[0]


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
