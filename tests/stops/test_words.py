"""What every result says of one small partnership, to the letter: captions, lines, order, notes, rows."""

from __future__ import annotations

import pytest

import ferry


@pytest.mark.parametrize("name", ferry.FILES)
def test_every_result_says_of_the_ferry_what_was_worked_out(name):
    expected = (ferry.WORDS / f"{name}.txt").read_text(encoding="utf-8")
    assert ferry.FILES[name]().splitlines() == expected.splitlines()


def test_everything_in_the_ferry_can_be_read():
    assert not ferry.ferry().problems and not ferry.ferry().kept
