"""Text as it is compared: slips, and headings with what form tools put around them."""

import time

import pytest

from partnering.schema import spelling
from partnering.schema.spelling import as_heading, nearest, plain, says_none, says_nothing
from partnering.schema.tables import SHARE
from partnering.schema.unknown import may_mean


def test_what_is_far_too_long_for_a_slip_is_not_compared(monkeypatch):
    assert nearest("our stepz " * 15, ["our steps " * 15]) == "our steps " * 15
    monkeypatch.setattr("difflib.get_close_matches", lambda *_, **__: pytest.fail("compared"))
    assert nearest("our steps " * 21, ["our steps"]) == ""


def test_beside_a_whole_book_the_word_that_was_meant_is_found_and_the_book_is_not_read(monkeypatch):
    read = []
    monkeypatch.setattr(spelling, "plain", lambda text: read.append(len(text)) or plain(text))
    assert nearest("our stepz", ["our steps " * 100_000, "our steps"]) == "our steps"
    assert max(read) < 1_000


def test_nearest_can_be_asked_to_be_strict():
    assert nearest("our steps", ["our stance"]) == "our stance"
    assert nearest("our steps", ["our stance"], alike=0.85) == ""


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


def test_a_word_for_nobody_or_nothing_says_nothing_and_a_name_says_something():
    for text in ("", " ", "–", "N/A", "None.", "nobody yet", "Nadie", "لا أحد", "TBD", "?"):
        assert says_nothing(text), text
    for text in ("the head", "nobody but Ana", "no money", "x", "0", "VEC", "Nada", "NA", "Nil"):
        assert not says_nothing(text), text


def test_what_is_to_be_decided_or_in_question_may_be_missing():
    assert all(map(says_none, ("", "none", "n/a", "–", "Nobody.")))
    assert not any(map(says_none, ("tbc", "to be decided", "not yet", "nothing?", "?", "a permit")))
