"""Codes: a number left out tells that something is kept back; what is kept back has its own series."""

import json

import pandas as pd
import pytest

from making import partnership, views
from partnering.exchange import merge
from partnering.jupyter import kept_off
from partnering.jupyter.grid import Grid
from partnering.jupyter.history_panel import CodesPanel
from partnering.jupyter.table_editor import TableEditor
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import MINE, ROOM, recode
from partnering.schema.kinds import Code
from partnering.schema.tables import TABLES
from partnering.storage import folder, forget, reported, versions

RISKS = TABLES["risks"]
BACK = {"what_could_happen": "SECRET", "share": "facilitator only"}


def with_risk(code: str, **more):
    """R1 and R2 for the room, and one that is kept back; a view of it, and words about it."""
    return partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood"), ("R2", "", "a fire"), {"risk": code} | BACK],
        risk_views=[
            *views("ANA BEN", {"R1": "l/h c/s"}),
            {"partner": "ANA", "risk": code, "how_likely": "likely", "share": "facilitator only"},
        ],
        decisions=[{"stop": "3", "what_we_decided": f"of {code.lower()} we speak", "share": "F"}],
        **more,
    )


def open_(p, name: str = "risks", reader: str = ROOM) -> TableEditor:
    return TableEditor(p, TABLES[name], reader)


def states(entry: TableEditor) -> tuple[list, list]:
    """What the grid is sent: lines without their own names, and notes."""
    state = entry.state(entry.partnership.for_reader(entry.reader))
    lines = [{name: what for name, what in one.items() if name != "name"} for one in state["lines"]]
    return lines, state["notes"]


@pytest.fixture
def grid(tmp_path):
    """A grid of the room, and what is typed into it."""

    def opened(p, *names: str, reader: str = ROOM):
        folder.write(p, tmp_path / "ours")
        copy = WorkingCopy(folder.read(tmp_path / "ours"))
        made = Grid(copy, [TABLES[name] for name in names], reader, lambda: None)
        made.unfold()
        return made, copy.partnership

    return opened


def send(grid: Grid, table: str, line: str, **texts: str) -> None:
    number = grid.done + 1
    doing = {"table": table, "line": line, "set": texts}
    grid._heard(grid, {"kind": "do", "number": number, "doings": [doing]}, [])
    grid.update()  # as the view does that shows it


# ---------------------------------------------------------------- what the room sees of it


@pytest.mark.parametrize("code", ["R3", "R9", "R-A"])
def test_the_rooms_grid_is_the_same_whatever_is_kept_back(code):
    without = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood"), ("R2", "", "a fire")],
        risk_views=views("ANA BEN", {"R1": "l/h c/s"}),
    )
    for name in ("risks", "risk_views"):
        assert states(open_(with_risk(code), name)) == states(open_(without, name))


def test_the_next_line_is_numbered_on_from_what_the_room_sees():
    assert [line.begins for line in open_(with_risk("R3")).lines if line.row is None] == [
        {"risk": "R3"}
    ]


@pytest.mark.parametrize("typed", ["R3", "R9", "SECRET", "secrett"])
def test_a_reference_to_what_is_kept_back_is_told_as_one_to_nothing(typed):
    told = []
    for code in ("R3", "R9"):
        entry = open_(with_risk(code), "risk_care")
        made = entry.apply([{"line": "next", "set": {"risk": typed}, "begins": {}}])
        entry.partnership.edit("risk_care", made)
        entry.look(entry.partnership.for_reader(ROOM))
        (line,) = [line for line in entry.lines if line.row is not None]
        state = entry.state(entry.partnership.for_reader(ROOM))
        told.append(next(one for one in state["lines"] if one["name"] == line.name)["wrong"])
    assert told[0] == told[1] and f"“{typed}” is not one of: R1 / R2." in told[0]["risk"]
    assert "R3?" not in str(told) and "R9?" not in str(told)


def test_a_reference_to_a_line_that_is_kept_back_is_not_shown_in_a_line_that_is():
    p = partnership(
        "ANA BEN",
        promises=[
            {"promise": "P1", "partner": "ANA", "what": "x", "waits_for": "P2, P3"},
            {"promise": "P2", "partner": "ANA", "what": "y"},
            {"promise": "P3", "partner": "ANA", "what": "z", "share": "facilitator only"},
        ],
    )
    lines, _notes = states(open_(p, "promises"))
    assert lines[0]["cells"]["waits_for"] == "P2" and "P3" not in str(lines[:2])


# ---------------------------------------------------------------- a code that is taken


def test_a_code_that_the_room_types_is_its_own_and_what_is_kept_back_gets_another(grid):
    made, p = grid(with_risk("R3"), "risks")
    send(made, "risks", "next", what_could_happen="a quarrel", risk="R3")
    assert list(p.for_reader(ROOM)["risks"]["risk"]) == ["R1", "R2", "R3"]
    kept = p["risks"].set_index("risk").loc["R-A"]
    assert kept["what_could_happen"] == "SECRET"
    assert list(p["risk_views"]["risk"]) == ["R1", "R1", "R-A"]
    assert p["decisions"]["what_we_decided"].iloc[0] == "of R-A we speak"
    assert p.problems == [] and "is already in row" not in str(made.states)
    assert "R-A" not in str(made.states)
    (note,) = states(open_(p, reader=MINE))[1]  # and the facilitator is told, here and when merging
    assert note.startswith("The line R-A, which is kept back, was R3 before the room typed")


def test_a_form_with_a_code_that_has_gone_to_another_line_is_asked_about(grid, tmp_path):
    made, p = grid(with_risk("R3"), "risks")
    send(made, "risks", "next", what_could_happen="a quarrel", risk="R3")
    folder.save(p)
    ours = tmp_path / "ours"
    assert json.loads((ours / ".moved.json").read_text()) == {"risks": {"R3": "R-A"}}
    back = tmp_path / "back"
    back.mkdir()
    ours.rename(back / "ours")
    for name, risk in (("one", "r3"), ("two", "R1")):
        (back / f"{name}.csv").write_text(
            f"partner,risk,how_likely,how_hard_on_us\nBEN,{risk},likely,hurts us\n"
        )
    (asked,) = [one for one in merge.read(back).conflicts if "was once the code" in one]
    assert asked.startswith(
        "one.csv says R3. In ours, R3 was once the code of the line that is now R-A"
    )
    forget.row(back / "ours", "risks", "R-A")
    assert not (back / "ours" / ".moved.json").exists()


def test_a_line_is_called_the_second_one_only_where_the_room_sees_the_first(grid):
    kept = {"partner": "ANA", "holder": "a nurse", "share": "facilitator only"}
    made, _p = grid(
        partnership("ANA BEN", holding=[kept], risks=[("R1", "", "x")]), "holding", "risks"
    )
    send(made, "risks", "next", what_could_happen="y", risk="R1")
    assert "“R1” is already in row 2" in str(made.states["risks"])
    send(made, "holding", "line-9", partner="ANA", holder="a driver")
    assert "is already in row" not in str(made.states["holding"])
    assert "Look at it in the facilitator's own view." in str(made.states["holding"])


def test_a_row_without_a_code_is_not_moved_and_no_empty_cell_gets_a_code(grid, tmp_path):
    p = partnership(
        "ANA",
        risks=[("R1", "", "a flood"), {"what_could_happen": "x"}, BACK],
        risk_care=[{"risk": "R1"}],
    )
    made, p = grid(p, "risks")
    line = next(line for line in made.states["risks"]["lines"] if line["cells"]["risk"] == "R1")
    send(made, "risks", line["name"], what_could_happen="a big flood")
    assert list(p.sheets["risks"]["risk"]) == ["R1", "", ""]
    assert not [name for name, sheet in p.sheets.items() if "R-A" in str(sheet.to_numpy())]
    changed = recode.recoded(p.sheets, "risks", {"": "R-A", "R1": "R2"})
    assert list(changed["risks"]["risk"]) == ["R2", "", ""] and set(changed) == {
        "risks",
        "risk_care",
    }


# ---------------------------------------------------------------- a series of its own


def test_a_line_that_is_marked_as_it_is_typed_leaves_its_number_to_the_next(grid):
    made, p = grid(partnership("ANA", risks=[("R1", "", "a flood")]), "risks", reader=MINE)
    send(made, "risks", "next", what_could_happen="SECRET")
    send(made, "risks", "next", share="facilitator only")
    assert list(p["risks"]["risk"]) == ["R1", "R-A"]
    waiting = [line for line in made.states["risks"]["lines"] if line["row"] is None]
    assert waiting[0]["cells"]["risk"] == "R2"
    send(made, "risks", "next", share="everyone here")
    assert list(p["risks"]["risk"]) == ["R1", "R2"]


def test_a_line_whose_number_was_said_before_keeps_it_when_it_is_marked(grid):
    made, p = grid(with_risk("R3"), "risks", reader=MINE)
    name = made.states["risks"]["lines"][0]["name"]
    send(made, "risks", name, share="facilitator only")
    assert list(p["risks"]["risk"]) == ["R1", "R2", "R3"]


def test_where_files_come_together_lines_that_are_kept_back_take_no_number(tmp_path):
    (tmp_path / "partners.csv").write_text("partner,name\nANA,Ana\n")
    (tmp_path / "risks.csv").write_text(
        "what_could_happen,share\na flood,\nSECRET,facilitator\nHIDDEN,xyz\na fire,room\n"
    )
    p = merge.read(tmp_path).partnership
    assert list(p["risks"]["risk"]) == ["R1", "R-A", "R-B", "R2"]


@pytest.mark.parametrize("name", [name for name in TABLES if recode.prefix_of(TABLES[name])])
def test_the_series_is_a_code_of_its_table_and_goes_on_after_z(name):
    table = TABLES[name]
    kind = table.by_name[table.key[0]].kind
    assert isinstance(kind, Code)
    taken: list[str] = []
    for _ in range(28):
        taken.append(recode.free_in_series(table, taken))
        assert kind.read(taken[-1]) == taken[-1] and recode.is_in_series(table, taken[-1])
    prefix = recode.prefix_of(table)
    assert [taken[0], taken[25], taken[27]] == [f"{prefix}-A", f"{prefix}-Z", f"{prefix}-AB"]


# ---------------------------------------------------------------- new codes everywhere


def test_a_gap_that_shows_is_found_and_closed_in_all_tables_and_words():
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood"), {"risk": "R2"} | BACK, ("R3", "", "a fire"), ("R5", "", "x")],
        risk_views=views("ANA BEN", {"R3": "l/h c/s", "R2": "l/h c/s"}),
        decisions=[{"stop": "3", "about": "R3, R5", "what_we_decided": "r3 and R35 and R2"}],
    )
    found = recode.gaps(p)
    assert found == {"risks": {"R3": "R2", "R5": "R3", "R2": "R-A"}}
    p.take(recode.without_gaps(p))
    assert list(p["risks"]["risk"]) == ["R1", "R-A", "R2", "R3"]
    assert list(p["risk_views"]["risk"]) == ["R2", "R2", "R-A", "R-A"]
    decision = p["decisions"].iloc[0]
    assert (decision["about"], decision["what_we_decided"]) == ("R2, R3", "R2 and R35 and R-A")
    assert recode.gaps(p) == {} and p.problems == []


def test_a_code_without_a_number_hides_no_gap_and_stays():
    p = partnership("ANA", risks=[("R-A", "", "x"), ("R1", "", "y"), ("R5", "", "z")])
    assert recode.gaps(p) == {"risks": {"R5": "R2"}}


def test_what_was_reported_follows_the_codes_and_stays_off_the_wall_after_going_back(tmp_path):
    six = "ANA BEN CYD DOV EVA FIN"
    p = partnership(
        six,
        partnership=[{"mode": "confidential", "date": "2026-09-01"}],
        risks=[("R1", "", "x"), ("R3", "", "y")],
        risk_views=views(six, {"R3": " ".join(["l/h"] * 6)}),
    )
    folder.write(p, tmp_path / "ours")
    ours = folder.read(tmp_path / "ours")
    reported.keep(ours)
    (before,) = ours.reported.lines["risk_views"].items()
    copy = WorkingCopy(ours)
    CodesPanel(View(copy, ROOM)).give.click()
    kept = reported.read(tmp_path / "ours")
    assert before[0] == ("R3",) and kept.lines["risk_views"] == {("R2",): before[1]}
    room = folder.read(tmp_path / "ours").for_reader(ROOM)
    assert len(room["risk_views"]) == 6 and not room.hidden.changed
    versions.bring_back(tmp_path / "ours", versions.kept(tmp_path / "ours")[0])
    assert reported.read(tmp_path / "ours").lines["risk_views"] == {("R2",): "", ("R3",): ""}
    room = folder.read(tmp_path / "ours").for_reader(ROOM)
    assert room["risk_views"].empty and room.hidden.changed == {"risk_views"}


def test_without_a_gap_on_the_wall_nothing_is_to_be_done():
    assert recode.gaps(with_risk("R3")) == {} and recode.gaps(with_risk("R-A")) == {}
    assert recode.gaps(partnership("ANA")) == {}


def test_two_codes_that_change_places_are_not_mixed_up():
    sheets = {"risks": pd.DataFrame({"risk": ["R1", "R2"]}, dtype="str")}
    assert list(recode.recoded(sheets, "risks", {"R1": "R2", "R2": "R1"})["risks"]["risk"]) == [
        "R2",
        "R1",
    ]


def test_a_code_within_another_one_stays_and_so_do_names_and_the_signs_of_voices():
    p = partnership(
        "ANA",
        risks=[("R2", "", "a flood"), ("R2.b", "", "see R2.b, r2 and R2-R3"), ("R3", "", "x")],
        risk_views=[("ANA", "r2", "R2.b"), ("ANA", "", "r2")],
        promises=[{"promise": "P1", "what": "R2", "waits_for": "P2, p1"}],
    )
    found = recode.recoded(p.sheets, "risks", {"R2": "R-A"})
    assert list(found["risks"]["risk"]) == ["R-A", "R2.b", "R3"]
    assert found["risks"]["what_could_happen"].iloc[1] == "see R2.b, R-A and R-A-R3"
    assert found["risk_views"][["respondent", "risk"]].to_numpy().tolist() == [
        ["r2", "R2.b"],
        ["", "R-A"],
    ]
    waits = recode.recoded(p.sheets, "promises", {"P1": "P2", "P2": "P1"})["promises"]["waits_for"]
    assert list(waits) == ["P1, P2"]


def test_a_question_of_a_house_is_no_request_though_both_are_called_q1():
    p = partnership(
        "ANA",
        requests=[{"request": "Q1", "what": "more than Q1"}],
        house_questions=[("Q1", "As Q1?")],
        house_answers=[{"partner": "ANA", "unit": "Q1", "question": "Q1", "answer": "as in Q1"}],
    )
    found = recode.recoded(p.sheets, "requests", {"Q1": "Q2"})
    assert set(found) == {"requests"} and found["requests"].iloc[0]["what"] == "more than Q2"


def test_one_button_says_that_there_is_a_gap_and_another_closes_it_and_it_can_be_undone(
    tmp_path, monkeypatch
):
    p = partnership(
        "ANA",
        risks=[("R1", "", "a flood"), {"risk": "R2"} | BACK, ("R3", "", "a fire")],
        decisions=[
            {"stop": "3", "about": "R3", "what_we_decided": "of r3, not SEC"},
            {"stop": "3", "what_we_decided": "of R2 in secret"},
        ],
    )
    folder.write(p, tmp_path / "ours")
    copy = WorkingCopy(folder.read(tmp_path / "ours"))
    panel = CodesPanel(View(copy, ROOM))
    assert panel.status.value == "" and panel.give.layout.display == "none"
    (tmp_path / "ours" / "houses").mkdir()
    monkeypatch.setenv(kept_off.NEVER_SAVED, "1")
    panel.look.click()
    assert "In the codes of Risks there is a gap" in panel.status.value
    assert "“of r3, not SEC” becomes “of R2, not SEC”." in panel.status.value
    assert "of R2 in secret" not in panel.status.value and "R-A" not in panel.status.value
    assert "written already; the files inside each organisation." in panel.status.value
    panel.give.click()
    saved = folder.read(tmp_path / "ours")
    assert list(saved["risks"]["risk"]) == ["R1", "R-A", "R2"]
    assert list(saved["decisions"]["about"]) == ["R2", ""] and "bring back" in panel.status.value
    panel.look.click()
    assert "The codes show no gap" in panel.status.value and panel.give.layout.display == "none"
    versions.bring_back(tmp_path / "ours", versions.kept(tmp_path / "ours")[0])
    assert list(folder.read(tmp_path / "ours")["risks"]["risk"]) == ["R1", "R2", "R3"]


def test_the_rooms_grid_does_not_show_that_what_is_kept_back_is_called_as_another_row(tmp_path):
    view = {"partner": "ANA", "risk": "a flood", "how_likely": "likely"}
    shown = []
    for more in ([], [{"risk": "R7", "what_could_happen": "a flood", "share": "F"}]):
        p = partnership("ANA BEN", risks=[("R1", "", "a flood"), *more], risk_views=[view])
        folder.write(p, tmp_path / str(len(more)))
        shown.append(states(open_(folder.read(tmp_path / str(len(more))), "risk_views")))
    assert shown[0] == shown[1]
    lines, _notes = states(open_(p, "risk_views", MINE))
    assert "a flood" in [line["cells"]["risk"] for line in lines]
