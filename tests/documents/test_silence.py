"""No paper tells what its reader may not see: reports, drafts, form workbooks, printed forms.

Two partnerships that differ only in what is hidden give the same papers, to the letter.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

import worlds
from budget import tries
from making import partnership
from partnering.documents import draft_files, report_files
from readers import (
    differing,
    drafts_of_all,
    forms_of_a_partner,
    grids,
    report_of_a_partner,
    report_of_all,
    since,
)
from world import SECRET


@settings(max_examples=tries(1, 50))
@given(worlds.pairs())
def test_what_the_room_may_not_see_changes_no_letter_of_the_shared_report(pair):
    one, other, _ = pair
    assert differing(report_of_all(one.typed()), report_of_all(other.typed())) == {}


@settings(max_examples=tries(1, 50))
@given(worlds.pairs())
def test_what_the_room_may_not_see_changes_no_letter_of_a_draft(pair):
    one, other, _ = pair
    drawn = [drafts_of_all(world.typed()) for world in (one, other)]
    assert differing(*drawn) == {}
    assert SECRET not in json.dumps(drawn, default=str)


@settings(max_examples=tries(1, 50))
@given(worlds.pairs(keep=True))
def test_what_a_partner_may_not_see_changes_no_letter_of_its_forms_nor_of_its_report(pair):
    one, other, partner = pair
    drawn = [
        forms_of_a_partner(p, partner) | report_of_a_partner(p, partner)
        for p in (one.typed(), other.typed())
    ]
    assert differing(*drawn) == {}
    assert SECRET not in json.dumps(drawn, default=str)


def test_what_a_partner_wrote_and_cannot_be_read_comes_in_one_order_whoever_answered_first():
    about = {"objectives": [("O1", "water")], "risks": [("R1", "", "a flood")]}
    stance = {"positions": [("ANA", "", "O1", "perhaps", "useful part")]}
    likely = {"risk_views": [("ANA", "", "R1", "perhaps", "slows us")]}
    made = [
        partnership("ANA BEN", **about, **one, **other)
        for one, other in ((stance, likely), (likely, stance))
    ]
    told = [[(one.table, one.found) for one in p.unread_of("ANA")] for p in made]
    assert told == [[("positions", "perhaps"), ("risk_views", "perhaps")]] * 2


def test_what_is_kept_back_changes_no_name_of_a_file(tmp_path: Path):
    names = []
    for place, world in zip(("one", "other"), worlds.pair(34), strict=False):
        p = world.typed()
        made = report_files.write(p, tmp_path / place, ("shared", "partners"))
        made += draft_files.write(p, tmp_path / place, skeleton=True)
        names.append([str(file.relative_to(tmp_path / place)) for file in made])
    assert names[0] == names[1]


def test_a_grant_that_is_kept_back_has_no_file(tmp_path: Path):
    grant = {
        "transfer": "T1",
        "from": "ANA",
        "to": "BEN",
        "form": "grant",
        "share": "facilitator only",
    }
    p = partnership(
        "ANA BEN", partnership=[{"title": "Two", "mode": "confidential"}], transfers=[grant]
    )
    made = draft_files.write(p, tmp_path, skeleton=True)
    assert [file.name for file in made] == ["partnership-agreement.docx"]


ONE_TICK = {"stance": "can agree to it", "our_part": "useful part"}


@pytest.mark.parametrize(
    ("said", "consents"),
    [
        (ONE_TICK | {"our_part": ""}, ""),  # half an answer
        (ONE_TICK | {"our_part": "we do not know"}, ""),
        (ONE_TICK | {"share": "facilitator only"}, ""),
        (ONE_TICK | {"share": "room?"}, ""),
        (ONE_TICK | {"stance": "cannot accept it"}, ""),
        (ONE_TICK, "not shown"),
        (ONE_TICK, "perhaps"),
    ],
)
def test_what_the_room_may_not_see_changes_no_count_of_two_rounds(said, consents):
    """Five of six state something else; what the sixth says is in no count."""

    def state(stance, sixth, wall=""):
        five = [
            {"partner": who, "objective": "O1", "stance": stance, "our_part": "no part"}
            for who in "ABCDE"
        ]
        return partnership(
            "A B C D E F",
            partnership=[{"mode": "with names", "threshold": "5"}],
            objectives=[("O1", "a bridge")],
            positions=[*five, {"partner": "F", "objective": "O1", **sixth}],
            consents=[{"partner": "F", "positions": wall}],
        )

    before = state("support it", {"stance": "strongly for it", "our_part": "no part"})
    told = since(before, state("strongly for it", said, consents))
    assert told == since(before, state("strongly for it", {}))
    assert ">5<" in str(told)


@pytest.mark.parametrize("share", ["facilitator only", "not typed", "room?", ""])
def test_a_partner_whose_line_is_kept_back_has_the_waiting_line_of_one_that_has_none(share):
    def grids_with(*holding):
        p = partnership("A B", partnership=[{"mode": "confidential"}], holding=list(holding))
        return grids(p)["grid of holding"]

    b = {"partner": "B", "holder": "a nurse", "share": "everyone here"}
    hidden = {"partner": "A", "holder": "SECRET", "share": share}
    assert grids_with(b, hidden) == grids_with(b)


@pytest.mark.parametrize("mode", ["with names", "confidential"])
@pytest.mark.parametrize(
    "said",
    [
        {},
        ONE_TICK | {"our_part": ""},
        ONE_TICK | {"stance": "prefer not to say here"},
        ONE_TICK | {"stance": "cannot accept it"},
        ONE_TICK | {"stance": "cannot accept it", "share": "everyone here"},
    ],
)
def test_a_line_that_was_there_looks_the_same_in_the_rooms_grid_whatever_it_says(mode, said):
    def grid(ticks):
        line = {"partner": "A", "objective": "O1", **ticks}
        p = partnership(
            "A B", partnership=[{"mode": mode}], objectives=[("O1", "a bridge")], positions=[line]
        )
        return grids(p)["grid of positions"]

    assert grid(said) == grid(ONE_TICK)
