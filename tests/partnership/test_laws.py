"""Three laws of every result: it is true, it is silent about what is hidden, the stricter counts.

The partnerships come from `worlds`, which knows the written rules and nothing of the package.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given

import worlds
from every_result import MAKERS
from partnering.documents import report, report_files
from partnering.jupyter.table_editor import TableEditor
from partnering.partnership import ROOM, Partnership
from partnering.schema.tables import TABLES


def results(seen: Partnership) -> dict[str, str]:
    """Every result as this reader sees it, as bytes."""
    return {f"{make.__module__}.{make.__name__}": make(seen).html() for make in MAKERS}


def grids(p: Partnership) -> dict[str, str]:
    """What each table's grid sends to the browser when the room types."""
    room, sent = p.for_reader(ROOM), {}
    for name, table in TABLES.items():
        if not table.private:
            editor = TableEditor(p, table, ROOM, room)
            sent[f"grid of {name}"] = json.dumps([editor.shape(), editor.state(room)])
    return sent


def shared_report(p: Partnership) -> dict[str, str]:
    """The report that all may see, as a page."""
    return {"shared report": report_files.html(report.shared(p.for_reader(ROOM)))}


def differing(one: dict[str, str], other: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What the same reader is shown otherwise, with the first words that differ."""
    found = {}
    for name in one:
        if one[name] != other[name]:
            found[name] = _around(one[name], other[name])
    return found


def _around(one: str, other: str) -> tuple[str, str]:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[max(0, at - 80) : at + 120], other[max(0, at - 80) : at + 120]


def test_there_are_results_to_look_at():
    assert len(MAKERS) > 55


@pytest.mark.rule("R10")
@given(worlds.pairs())
def test_what_the_room_may_not_see_changes_no_byte_of_any_result(pair):
    one, other, _ = pair
    room, same = (world.typed().for_reader(ROOM) for world in (one, other))
    assert differing(results(room), results(same)) == {}


@pytest.mark.rule("R10")
@given(worlds.pairs())
def test_what_the_room_may_not_see_changes_no_byte_of_the_shared_report(pair):
    one, other, _ = pair
    assert differing(shared_report(one.typed()), shared_report(other.typed())) == {}
