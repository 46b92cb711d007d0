"""A line that is kept back in the room's grid stays in its place; what was done is undone and done again."""

from __future__ import annotations

import pytest

from examples import example
from partnering.jupyter.table_editor import TableEditor
from partnering.partnership import MINE, ROOM, Partnership
from partnering.schema.tables import TABLES


def open_(p: Partnership, name: str, reader: str = ROOM) -> TableEditor:
    return TableEditor(p, TABLES[name], reader)


def do(editor: TableEditor, *edits: dict) -> dict:
    """Do something as the grid does, and give what it shows then."""
    sheet = editor.apply(edits)
    if sheet is not None:
        editor.partnership.take({editor.table.name: sheet})
    seen = editor.partnership.for_reader(editor.reader)
    editor.look(seen)
    return editor.state(seen)


def put(line: str, **texts: str) -> dict:
    return {"table": "", "line": line, "set": texts}


UNDO, REDO = {"undo": True}, {"redo": True}
WORDS = "something for the facilitator alone"


@pytest.fixture
def shade() -> Partnership:
    """A worked example in which one partner has not yet said why it is here."""
    p = example("shade")
    purposes = p.sheets["purposes"]
    p.edit("purposes", purposes[purposes["partner"] != "SOM"])
    return p


def partners_line(editor: TableEditor, partner: str, waits: bool) -> str:
    return next(
        line.name
        for line in editor.lines
        if line.cells.get("partner") == partner and (line.row is None) == waits
    )


# ------------------------------------------------------------------ kept back


def test_a_line_marked_for_the_facilitator_stays_in_its_place_and_says_whose_it_is(shade):
    editor = open_(shade, "purposes")
    name = partners_line(editor, "SOM", waits=True)
    do(editor, put(name, why_together=WORDS))
    before = [line["name"] for line in editor.state(shade.for_reader(ROOM))["lines"]]
    state = do(editor, put(name, share="facilitator only"))
    assert [line["name"] for line in state["lines"]] == before
    line = next(line for line in state["lines"] if line["name"] == name)
    assert line["kept"] and line["cells"]["partner"] == "SOM"
    assert WORDS not in str(state) and "facilitator" not in str(line)
    assert WORDS in shade.sheets["purposes"]["why_together"].tolist()  # it is saved all the same


def test_a_covered_line_is_gone_for_whoever_opens_the_grid_anew(shade):
    editor = open_(shade, "purposes")
    name = partners_line(editor, "SOM", waits=True)
    do(editor, put(name, why_together=WORDS, share="facilitator only"))
    state = open_(shade, "purposes").state(shade.for_reader(ROOM))
    assert not any(line["kept"] for line in state["lines"]) and WORDS not in str(state)


def test_a_line_that_was_kept_back_before_is_not_told_of_by_typing_beside_it(shade):
    sheet = shade.sheets["purposes"].copy()
    sheet.loc[max(sheet.index) + 1, ["partner", "why_together", "share"]] = (
        "SOM",
        WORDS,
        "not typed",
    )
    shade.edit("purposes", sheet.fillna(""))
    editor = open_(shade, "purposes")
    state = do(editor, put(partners_line(editor, "VEC", waits=False), why_together="ours"))
    assert not any(line["kept"] for line in state["lines"]) and WORDS not in str(state)


def test_the_facilitator_s_own_view_covers_nothing(shade):
    editor = open_(shade, "purposes", MINE)
    state = do(
        editor,
        put(partners_line(editor, "SOM", waits=True), why_together=WORDS, share="facilitator only"),
    )
    assert not any(line["kept"] for line in state["lines"]) and WORDS in str(state)
    assert all(column["covers"] == [] for column in editor.shape()["columns"])


@pytest.mark.parametrize("word", ["not typed", "facilitatr"])
def test_every_word_that_keeps_a_line_back_covers_it_also_one_that_cannot_be_read(shade, word):
    editor = open_(shade, "objectives")
    name = next(line.name for line in editor.lines if line.row)
    state = do(editor, put(name, share=word))
    assert next(line for line in state["lines"] if line["name"] == name)["kept"]


def test_a_risk_that_is_kept_back_shows_no_code(shade):
    editor = open_(shade, "risks")
    name = next(line.name for line in editor.lines if line.row is None)
    do(editor, put(name, what_could_happen=WORDS))
    state = do(editor, put(name, share="facilitator only"))
    line = next(line for line in state["lines"] if line["name"] == name)
    assert line["kept"] and set(line["cells"].values()) == {""}


# ------------------------------------------------------------------ undone, and done again


def test_what_was_typed_is_undone_after_other_cells_were_typed_in_the_order_of_typing(shade):
    editor = open_(shade, "objectives")
    first, second = [line.name for line in editor.lines if line.row][:2]
    before = shade.sheets["objectives"]["text"].tolist()
    do(editor, put(first, text="one"))
    do(editor, put(second, text="two"))
    state = do(editor, UNDO)
    assert shade.sheets["objectives"]["text"].tolist()[:2] == ["one", before[1]]
    assert (state["undone"]["line"], state["undone"]["column"]) == (second, "text")
    do(editor, UNDO)
    assert shade.sheets["objectives"]["text"].tolist() == before
    do(editor, UNDO)  # nothing is left
    assert shade.sheets["objectives"]["text"].tolist() == before
    do(editor, REDO)
    do(editor, REDO)
    assert shade.sheets["objectives"]["text"].tolist()[:2] == ["one", "two"]


def test_keeping_a_line_back_by_mistake_is_undone(shade):
    editor = open_(shade, "purposes")
    name = partners_line(editor, "SOM", waits=True)
    do(editor, put(name, why_together="for all to read"))
    do(editor, put(name, share="facilitator only"))
    state = do(editor, UNDO)
    line = next(line for line in state["lines"] if line["name"] == name)
    assert not line["kept"] and line["cells"]["why_together"] == "for all to read"


def test_a_line_that_was_begun_waits_again(shade):
    editor = open_(shade, "risks")
    name, many = editor.lines[-1].name, len(shade.sheets["risks"])
    do(editor, put(name, what_could_happen="a storm"))
    state = do(editor, UNDO)
    assert len(shade.sheets["risks"]) == many
    assert [line["name"] for line in state["lines"] if line["row"] is None] == [name]
    do(editor, REDO)
    assert shade.sheets["risks"]["what_could_happen"].tolist()[-1] == "a storm"


def test_a_removed_line_comes_back_in_its_place_and_is_removed_again(shade):
    editor = open_(shade, "risks")
    before = shade.sheets["risks"].copy()
    name = [line.name for line in editor.lines if line.row][1]
    do(editor, {"remove": name})
    state = do(editor, UNDO)
    assert shade.sheets["risks"].equals(before[shade.sheets["risks"].columns])
    assert not state["removed"]
    do(editor, REDO)
    assert len(shade.sheets["risks"]) == len(before) - 1


def test_a_line_that_the_button_has_put_back_does_not_come_twice(shade):
    editor = open_(shade, "risks")
    before = sorted(shade.sheets["risks"]["what_could_happen"])
    name = [line.name for line in editor.lines if line.row][1]
    do(editor, {"remove": name})
    do(editor, {"restore": True})
    do(editor, UNDO)
    assert sorted(shade.sheets["risks"]["what_could_happen"]) == before
    do(editor, REDO)
    assert sorted(shade.sheets["risks"]["what_could_happen"]) == before


def test_a_pasted_block_is_undone_at_once(shade):
    editor = open_(shade, "risks")
    before = shade.sheets["risks"]["what_could_happen"].tolist()
    name = next(line.name for line in editor.lines if line.row)
    block = "one\ntwo\n" + "more\n" * len(before)
    do(
        editor,
        {
            "paste": block,
            "line": name,
            "column": "what_could_happen",
            "columns": ["what_could_happen"],
        },
    )
    assert len(shade.sheets["risks"]) > len(before)
    do(editor, UNDO)
    assert shade.sheets["risks"]["what_could_happen"].tolist() == before


def test_what_somebody_else_has_changed_since_stays_and_it_is_said(shade):
    editor = open_(shade, "objectives")
    name = next(line.name for line in editor.lines if line.row)
    do(editor, put(name, text="ours"))
    sheet = shade.sheets["objectives"].copy()
    sheet.iloc[0, sheet.columns.get_loc("text")] = "theirs"
    shade.take({"objectives": sheet})
    editor.look(shade.for_reader(ROOM))
    state = do(editor, UNDO)
    assert shade.sheets["objectives"]["text"].tolist()[0] == "theirs"
    assert any("changed elsewhere" in note for note in state["notes"])


def test_a_covered_answer_that_was_typed_over_is_covered_again_when_that_is_undone(shade):
    shade.edit("partnership", shade.sheets["partnership"].assign(mode="confidential"))
    editor = open_(shade, "positions")
    line = next(line for line in editor.lines if line.row and line.cells.get("stance"))
    there = line.cells["stance"]
    other = "support it" if there != "support it" else "can agree to it"
    assert (
        "stance"
        in next(
            one for one in editor.state(shade.for_reader(ROOM))["lines"] if one["name"] == line.name
        )["held"]
    )
    do(editor, put(line.name, stance=other))
    state = do(editor, UNDO)
    told = next(one for one in state["lines"] if one["name"] == line.name)
    assert "stance" in told["held"] and told["cells"]["stance"] == ""
    assert shade.sheets["positions"]["stance"].tolist()[0] == there
