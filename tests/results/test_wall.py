"""What stands on the wall: the room's results, each once, and nothing of what is kept back."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from IPython.display import DisplayHandle

from book import ROOT
from every_result import MAKERS, made
from examples import EVERY_EXAMPLE, example
from kept_back import held_back
from making import partnership, views
from partnering.jupyter import kept_off
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import MINE, ROOM, Partnership
from partnering.results import ResultTable, Withheld, wall
from partnering.schema.tables import TABLES
from partnering.stops import purpose, risk
from partnering.storage import folder

EXERCISES = ROOT / "exercises"


class Parts(HTMLParser):
    """The parts of a wall: name, kind, heading, and the keys and runs of their groups of lines."""

    def __init__(self, html: str):
        super().__init__()
        self.parts: list[dict] = []
        self._heading = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "section":
            self.parts.append(
                {"name": told["data-name"], "kind": told["data-kind"], "title": "", "groups": []}
            )
        self._heading = tag == "h2" or (self._heading and tag != "p")
        if tag == "tbody":
            self.parts[-1]["groups"].append((told["data-key"], told["data-run"]))

    def handle_endtag(self, tag):
        self._heading = self._heading and tag != "h2"

    def handle_data(self, data):
        if self._heading:
            self.parts[-1]["title"] += data


@cache
def room_of(name: str) -> Partnership:
    return example(name).for_reader(ROOM)


def whole_wall(p: Partnership) -> str:
    """Everything that any exercise could put on the wall for the reader of a partnership."""
    return wall.parts({make.__name__: made(make, p) for make in MAKERS})


def of(table: ResultTable) -> list[dict]:
    return Parts(wall.parts({"it": table})).parts


def table(rows: list[tuple], **more) -> ResultTable:
    return ResultTable("Risks", pd.DataFrame(rows, columns=["risk", "state"]), **more)


# ------------------------------------------------------------------ nothing private


@pytest.mark.parametrize("share", ["facilitator only", "not typed", "something unreadable"])
def test_a_row_for_the_facilitator_never_stands_on_the_wall(share):
    p = held_back(share)
    assert "SECRET" in whole_wall(p.for_reader(MINE)), "the test holds something back"
    assert "SECRET" not in whole_wall(p.for_reader(ROOM))


@pytest.mark.laws
@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_no_house_of_a_worked_example_stands_on_the_wall(name):
    private = {
        text
        for path in (EXERCISES / "examples" / name).rglob("*.csv")
        if path.stem in TABLES and TABLES[path.stem].private
        for text in re.findall(r'[^",\n]{24,}', path.read_text(encoding="utf-8").split("\n", 1)[1])
    }
    shown = whole_wall(room_of(name))
    assert [text for text in private if text in shown] == []


def ours(tmp_path: Path) -> WorkingCopy:
    p = partnership(
        "ANA BEN",
        risks=[
            ("R1", "the bridge floods"),
            {"risk": "R2", "what_could_happen": "SECRET", "share": "facilitator only"},
        ],
        risk_views=views("ANA BEN", {"R1": "l/h c/s", "R2": "n/f n/f"}),
        purposes=[
            {"partner": "ANA", "why_together": "one bridge for both", "share": "everyone here"}
        ],
    )
    folder.write(p, tmp_path / "ours")
    return WorkingCopy(folder.read(tmp_path / "ours"))


def test_the_facilitators_own_view_has_no_wall(tmp_path):
    view = View(ours(tmp_path), MINE)
    view.show(risk.risk_table)
    view.introduce()
    assert view.wall_parts() == "" and view._wall is None


def test_a_result_that_was_not_shown_to_the_room_lies_face_down_until_somebody_shows_it(tmp_path):
    view = View(ours(tmp_path), ROOM)
    view.show(purpose.side_by_side)
    assert "one bridge for both" not in view.wall_parts()
    assert "Why each of us wants this" in view.wall_parts()
    assert 'data-kind="withheld"' in view.wall_parts() and 'data-press="0"' in view.wall_parts()
    view.show_block("0")
    assert "one bridge for both" in view.wall_parts()
    assert "SECRET" not in view.wall_parts()


@pytest.mark.parametrize("told", ["1", "-1", "x", ""])
def test_a_button_that_is_not_there_shows_nothing(tmp_path, told):
    view = View(ours(tmp_path), ROOM)
    view.show(purpose.side_by_side)
    view.show_block(told)
    assert "one bridge for both" not in view.wall_parts()


def test_a_result_that_is_hidden_again_leaves_the_wall(tmp_path):
    view = View(ours(tmp_path), ROOM)
    view.show(purpose.side_by_side)
    view.show_block("0")
    view._blocks[0]._turn()
    assert "one bridge for both" not in view.wall_parts()


def test_nothing_is_handed_to_the_browser_before_the_wall_is_opened_nor_after_it_is_left(tmp_path):
    view = View(ours(tmp_path), ROOM)
    view.introduce()
    view.show(purpose.side_by_side)
    view.show_block("0")
    assert view._wall.parts == ""
    view._wall._heard(None, {"kind": "open"}, None)
    assert "one bridge for both" in view._wall.parts
    assert "one bridge" not in repr(view._wall)
    view._wall._heard(None, {"kind": "left"}, None)
    assert view._wall.parts == ""


def test_where_jupyter_would_save_what_is_shown_the_wall_says_so_and_shows_nothing(
    tmp_path, monkeypatch
):
    view = View(ours(tmp_path), ROOM)
    view.show(purpose.side_by_side)
    view.show_block("0")
    monkeypatch.delenv(kept_off.NEVER_SAVED)
    assert "one bridge for both" not in view.wall_parts()
    assert "would save your answers" in view.wall_parts()


def test_the_wall_follows_an_edit_while_it_is_open(tmp_path):
    working_copy = ours(tmp_path)
    view = View(working_copy, ROOM)
    view.introduce()
    view._head = DisplayHandle()  # outside Jupyter there is none
    view.show(purpose.side_by_side)
    view.show_block("0")
    view._wall._heard(None, {"kind": "open"}, None)
    purposes = working_copy.partnership.sheets["purposes"].copy()
    purposes["why_together"] = "two bridges"
    working_copy.partnership.take({"purposes": purposes})
    assert "two bridges" in view._wall.parts and "one bridge" not in view._wall.parts


def test_the_wall_keeps_the_order_of_the_cells_when_one_is_run_again(tmp_path):
    view = View(ours(tmp_path), ROOM)
    view.show(purpose.side_by_side)
    view.show(risk.risk_table)
    view.show(purpose.side_by_side)
    for place in ("0", "1"):
        view.show_block(place)
    names = [part["name"] for part in Parts(view.wall_parts()).parts]
    assert names.index("side_by_side") < min(
        at for at, name in enumerate(names) if name.startswith("risk_table")
    )
    assert names.count("side_by_side") == 1


# ------------------------------------------------------------------ what is said, and where


def test_what_was_typed_is_escaped_on_the_wall():
    rows = [('<script>alert("x")</script>', "<b>bold</b>")]
    html = wall.parts({"it": table(rows, notes=("<i>note</i>",), missing="<u>lead</u>")})
    html += wall.said("it", "<h1>", ["<em>"])
    for tag in ("<script", "<b>", "<i>", "<u>", "<h1", "<em"):
        assert tag not in html, tag


def test_the_words_of_the_wall_cannot_end_the_script_they_stand_in(monkeypatch):
    monkeypatch.setattr(wall, "words", lambda: {"next": "</script><b>"})
    assert "</script" not in wall.words_as_json()
    assert json.loads(wall.words_as_json()) == {"next": "</script><b>"}


def test_lines_under_one_head_stay_together():
    groups = of(table([("R1", "a"), ("R1", "b"), ("R2", "c")]))[0]["groups"]
    assert [key for key, _ in groups] == ["R1", "R2"]


def test_a_table_sorted_by_what_it_says_has_a_run_for_each_of_its_words():
    groups = of(table([("R1", "open"), ("R2", "open"), ("R3", "done"), ("R4", "done")]))[0]
    assert [run for _, run in groups["groups"]] == ["0", "0", "1", "1"]


def test_a_table_that_is_not_sorted_so_may_begin_a_page_at_each_head():
    groups = of(table([("R1", "open"), ("R2", "done"), ("R3", "open")]))[0]["groups"]
    assert [run for _, run in groups] == ["0", "1", "2"]


def test_the_lines_to_start_with_are_one_run():
    groups = of(table([("R1", "a"), ("R2", "b"), ("R3", "c")], start=(0, 1)))[0]["groups"]
    assert [run for _, run in groups] == ["0", "0", "1"]


def test_what_is_not_shown_is_said_on_a_page_of_its_own_before_the_table():
    told = of(table([("R1", "a")], notes=(Withheld("Kept back."), "A note.")))
    assert [(part["name"], part["kind"]) for part in told] == [
        ("it-kept-back", "withheld"),
        ("it", "table"),
    ]


def test_an_empty_result_says_why_and_only_what_is_kept_back_lies_face_down():
    assert of(table([], nothing="No risk is shown here."))[0]["kind"] == "said"
    assert of(table([], nothing=Withheld("Not shown here.")))[0]["kind"] == "withheld"


def test_held_answers_lie_face_down_in_the_confidential_example():
    told = Parts(whole_wall(room_of("clinic"))).parts
    kinds = {part["name"]: part["kind"] for part in told}
    assert kinds["without_names"] == kinds["risk_table-kept-back"] == "withheld"
    assert kinds["not_kept"] == kinds["level_words"] == "withheld"


@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_each_result_has_a_name_and_a_heading_and_no_name_stands_twice(name):
    told = Parts(whole_wall(room_of(name))).parts
    names = [part["name"] for part in told]
    assert len(names) == len(set(names)) and all(part["title"] for part in told)
