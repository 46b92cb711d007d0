"""Three laws of every result: it is true, it is silent about what is hidden, the stricter counts.

The partnerships come from `worlds`, and what is true of them from `truth`: both know the written
rules and nothing of the package. `python tests/laws 1000` tries many more.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import readers
import truth
import worlds
from budget import tries
from partnering.partnership import ROOM


def test_of_every_result_it_is_written_down_what_it_claims():
    assert set(truth.CLAIMS) == set(readers.MAKERS)
    assert len(readers.MAKERS) > 55


@pytest.mark.laws
@settings(max_examples=tries(2, 100))
@given(worlds.all_worlds())
def test_what_the_room_and_the_facilitator_are_told_is_so_in_the_whole_partnership(world):
    p, whole = world.typed(), truth.Whole(world)
    told = [
        said
        for reader in ("room", "mine")
        for name, make in readers.MAKERS.items()
        for said in truth.false_claims(whole, name, make(p.for_reader(reader)), reader)
    ]
    assert told == []


@pytest.mark.laws
@pytest.mark.rule("R10")
@settings(max_examples=tries(1, 100))
@given(worlds.pairs())
def test_what_the_room_may_not_see_changes_no_letter_of_any_result_nor_of_the_shared_report(pair):
    one, other, _ = (part.typed() if isinstance(part, worlds.World) else part for part in pair)
    told, same = (
        readers.results(p.for_reader(ROOM)) | readers.report_page(p) for p in (one, other)
    )
    assert readers.differing(told, same) == {}
