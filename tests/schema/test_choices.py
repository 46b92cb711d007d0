"""Described words: they are read as people write them, or the nearest is offered."""

import pandas as pd
import pytest

from partnering.schema import scales
from partnering.schema.choices import Choice, Scale
from partnering.schema.kinds import CANNOT_SAY
from partnering.schema.spelling import plain
from schema.refusing import refused

SCALES = {name: kind for name, kind in vars(scales).items() if isinstance(kind, Choice)}


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
