"""The decision about going on, typed at the end of an exercise, is a decision like any other."""

from __future__ import annotations

import json

import pytest

from book import ROOT
from examples import example
from partnering.jupyter import decisions
from partnering.jupyter.decision_grid import DecisionGrid
from partnering.jupyter.table_editor import TableEditor, as_typed
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import MINE, ROOM, Partnership
from partnering.schema.kinds import SHARE_FACILITATOR
from partnering.schema.tables import TABLES
from partnering.stops import red_thread
from partnering.storage import folder

SENTENCE = "We go on, and ask the harbour first."
EXERCISES = sorted(
    path for path in (ROOT / "exercises").glob("*.ipynb") if not path.stem.startswith("0")
)


def editor(p: Partnership, stop: int, reader: str = ROOM) -> TableEditor:
    return TableEditor(p, decisions.table(), reader, part=decisions.of_stop(stop))


def type_in(entry: TableEditor, **texts: str) -> dict:
    name = next(line.name for line in entry.lines if line.row is None)
    sheet = entry.apply([{"line": name, "set": texts}])
    if sheet is not None:
        entry.partnership.take({"decisions": sheet})
    seen = entry.partnership.for_reader(entry.reader)
    entry.look(seen)
    return entry.state(seen)


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_each_exercise_takes_its_decision_below_what_speaks_for_going_on(path):
    sources = [
        "".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]
    moving_on = next(source for source in sources if "before_you_move_on" in source)
    assert moving_on.endswith(f"\nroom.decide({path.stem[0]})")


def test_what_is_typed_is_a_decision_of_that_stop_and_stands_where_decisions_are_read():
    p = example("shade")
    state = type_in(editor(p, 3), what_we_decided=SENTENCE)
    row = p.sheets["decisions"].iloc[-1].to_dict()
    assert {name: row[name] for name in ("stop", "about", "outcome", "what_we_decided")} == {
        "stop": "3",
        "about": "Going on",
        "outcome": "agreed",
        "what_we_decided": SENTENCE,
    }
    assert SENTENCE in red_thread.decisions(p.for_reader(ROOM)).html()
    assert [line["row"] is None for line in state["lines"]] == [False, True]  # and another waits


def test_it_has_three_fields_and_shows_the_decisions_of_its_own_stop_alone():
    p = example("shade")
    type_in(editor(p, 3), what_we_decided=SENTENCE)
    shape = editor(p, 1).shape()
    assert [column["name"] for column in shape["columns"]] == list(decisions.FIELDS)
    assert SENTENCE not in str(editor(p, 1).state(p.for_reader(ROOM)))
    assert SENTENCE in str(editor(p, 3).state(p.for_reader(ROOM)))
    others = example("shade").sheets["decisions"]["what_we_decided"].tolist()
    assert not any(other in str(editor(p, 3).state(p.for_reader(ROOM))) for other in others)


def test_other_decisions_and_columns_of_ones_own_stay_as_they_were():
    p = example("shade")
    before = p.sheets["decisions"].assign(own="mine")
    p.edit("decisions", before)
    type_in(editor(p, 3), what_we_decided=SENTENCE, who="VEC")
    after = p.sheets["decisions"]
    assert after.iloc[:-1].to_dict("records") == before.to_dict("records")
    assert after.iloc[-1]["who"] == "VEC" and not p.problems


def test_nothing_is_written_before_somebody_has_typed_a_word():
    p = example("shade")
    state = editor(p, 3).state(p.for_reader(ROOM))
    assert [line["row"] for line in state["lines"]] == [None]
    assert state["lines"][0]["cells"]["outcome"] == "agreed"


def test_a_decision_that_is_kept_back_later_is_not_in_the_room_s_form():
    p = example("shade")
    type_in(editor(p, 3), what_we_decided=SENTENCE)
    sheet = p.sheets["decisions"].copy()
    sheet.loc[sheet.index[-1], "share"] = SHARE_FACILITATOR
    p.edit("decisions", sheet.fillna(""))
    assert SENTENCE not in str(editor(p, 3).state(p.for_reader(ROOM)))
    assert SENTENCE in str(editor(p, 3, MINE).state(p))


def test_a_page_shows_what_was_decided_and_escapes_it():
    p = example("shade")
    type_in(editor(p, 3), what_we_decided="<b>go</b>")
    html = as_typed(p, decisions.table(), ROOM, decisions.of_stop(3)).html()
    assert "&lt;b&gt;go&lt;/b&gt;" in html and "<b>go" not in html
    assert as_typed(p, decisions.table(), ROOM, decisions.of_stop(2)).rows.empty


def test_it_is_saved_like_every_other_answer(tmp_path):
    p = example("shade")
    folder.write(p, tmp_path / "ours")
    copy = WorkingCopy(folder.open_any(tmp_path / "ours"))
    grid = DecisionGrid(copy, 3, ROOM, copy.save)
    assert not grid.states and "Type the decision" in grid.head["button"]
    grid._heard(None, {"kind": "open"}, None)
    line = grid.states["decisions"]["lines"][0]["name"]
    doing = {"table": "decisions", "line": line, "set": {"what_we_decided": SENTENCE}}
    grid._heard(None, {"kind": "do", "number": 1, "opened": grid.opened, "doings": [doing]}, None)
    saved = folder.read(tmp_path / "ours").sheets["decisions"]
    assert saved.iloc[-1][["stop", "what_we_decided"]].tolist() == ["3", SENTENCE]


def test_the_table_of_decisions_itself_is_as_it_was():
    assert set(decisions.FIELDS) < set(TABLES["decisions"].by_name)
    assert TABLES["decisions"].label == "What we decided"
