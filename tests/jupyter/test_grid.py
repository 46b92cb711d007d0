"""Typing into a table without a browser: what a grid shows, what becomes of it, how it is saved."""

import json
import re
import shutil
from collections import Counter
from itertools import count

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import example
from exercise import EXERCISES
from making import partnership, sheet, views
from partnering.jupyter import choose_panel, exchange_panel, form_rows, paste
from partnering.jupyter.grid import Grid
from partnering.jupyter.grid_state import GridState
from partnering.jupyter.table_editor import TableEditor
from partnering.jupyter.table_lines import Line
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy, both
from partnering.partnership import MINE, ROOM, Partnership
from partnering.partnership.redaction import outside_words
from partnering.schema.kinds import SHARE_FACILITATOR, Text
from partnering.schema.tables import TABLES
from partnering.storage import folder, forget, paths, workbook

MARK = "Zzyzx-kept-back"
RISKS = [("R1", "", "a flood"), ("R2", "", "a quarrel")]


def typed(entry: TableEditor, *doings: dict) -> pd.DataFrame:
    """Do something in a grid as Jupyter does; the sheet that comes of it."""
    made = entry.apply(doings)
    if made is not None:
        entry.partnership.edit(entry.table.name, made)
    entry.look(entry.partnership.for_reader(entry.reader))
    return entry.sheet


def open_(p: Partnership, name: str, reader: str = MINE) -> TableEditor:
    return TableEditor(p, TABLES[name], reader)


def line(entry: TableEditor, **cells: str):
    """The line that holds these cells."""
    return next(
        one
        for one in entry.lines
        if all(one.cells.get(name) == text for name, text in cells.items())
    )


def told(entry: TableEditor, **cells: str) -> dict:
    """What the grid is told of the line that holds these cells."""
    name = line(entry, **cells).name
    state = entry.state(entry.partnership.for_reader(entry.reader))
    return next(one for one in state["lines"] if one["name"] == name)


# ------------------------------------------------------------------ reading again only what changed

EDITS = st.lists(
    st.one_of(
        st.tuples(
            st.just("partners"), st.lists(st.sampled_from(["ANA", "BEN", "CEM", ""]), max_size=3)
        ),
        st.tuples(
            st.just("risks"), st.lists(st.sampled_from(["R1", "R2", "R1", "r 3"]), max_size=4)
        ),
        st.tuples(
            st.just("risk_views"),
            st.lists(st.sampled_from(["likely", "often", "Hardly", ""]), max_size=4),
        ),
    ),
    max_size=5,
)


def edited(name: str, words: list[str]) -> pd.DataFrame:
    if name == "partners":
        return sheet(name, [(word, f"House {word}") for word in words])
    if name == "risks":
        return sheet(
            name,
            [
                (word, "", "something", *[""] * 3, "facilitator" if word == "R2" else "")
                for word in words
            ],
        )
    return sheet(
        name,
        [
            ("ANA" if at % 2 else "BEN", "", f"R{1 + at // 2}", word, "harms us")
            for at, word in enumerate(words)
        ],
    )


@given(EDITS)
def test_an_edited_partnership_is_the_one_that_would_be_read_anew(edits):
    p = partnership("ANA BEN", risks=RISKS, risk_views=views("ANA BEN", {"R1": "l/h c/s"}))
    for name, words in edits:
        p.edit(name, edited(name, words))
        p.for_reader(ROOM)
        anew = Partnership(p.sheets, p.name)
        assert list(map(str, p.problems)) == list(map(str, anew.problems))
        for one, other in ((p, anew), (p.for_reader(ROOM), anew.for_reader(ROOM))):
            for table, frame in other.tables.items():
                pd.testing.assert_frame_equal(one[table], frame)


def test_whoever_watches_is_told_of_every_edit_until_that_is_ended():
    p, heard = partnership("ANA BEN"), []
    end = p.watch(lambda: heard.append(list(p.names)))
    p.edit("partners", sheet("partners", [("CEM", "Cem's house")]))
    end()
    p.edit("partners", sheet("partners", [("DOA", "Doa's house")]))
    assert heard == [["CEM"]]


# ------------------------------------------------------------------ pasting


@given(
    st.lists(
        st.lists(st.text("ab,;é \"'\n\t=", max_size=5), min_size=2, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_a_block_comes_out_as_a_spreadsheet_put_it_on_the_clipboard(rows):
    rows = [row + [""] * (max(map(len, rows)) - len(row)) for row in rows]
    clipboard = (
        "\r\n".join(
            "\t".join(
                '"' + cell.replace('"', '""') + '"'
                if any(sign in cell for sign in '\t\n"')
                else cell
                for cell in row
            )
            for row in rows
        )
        + "\r\n"
    )
    expected = rows if any(cell.strip() for row in rows for cell in row) else []
    assert paste.block(clipboard) == expected


def test_quotes_that_people_wrote_stay():
    assert paste.block('she said "no"\t"a\nb"\n"half\tc') == [
        ['she said "no"', "a\nb"],
        ['"half', "c"],
    ]


def test_a_pasted_block_fills_the_lines_and_adds_what_is_missing():
    entry = open_(partnership("ANA BEN", risks=[RISKS[0]]), "risks")
    first = line(entry, risk="R1")
    made = typed(
        entry,
        {
            "paste": 'R1\tHEALTH\t"a flood,\nat night"\nR5\thelth\ta quarrel\nr6\tmoney\ta theft\n',
            "line": first.name,
            "column": "risk",
            "columns": ["risk", "type", "what_could_happen"],
        },
    )
    assert made["risk"].tolist() == ["R1", "R5", "r6"]
    assert made["what_could_happen"].tolist() == ["a flood,\nat night", "a quarrel", "a theft"]
    assert told(entry, risk="R1")["cells"]["type"] == "health"  # words in any case
    assert "Did you mean “health”?" in told(entry, risk="R5")["wrong"]["type"]
    assert told(entry, risk="R5")["cells"]["type"] == "helth"  # stays in sight


def test_headings_in_a_pasted_block_say_where_its_columns_go():
    entry = open_(partnership("ANA BEN"), "risks")
    made = typed(
        entry,
        {
            "paste": "What could happen\tRisk\na flood\tR1\na theft\tR2",
            "line": entry.lines[0].name,
            "column": "risk",
            "columns": ["risk", "type", "what_could_happen"],
        },
    )
    assert made[["risk", "what_could_happen"]].to_numpy().tolist() == [
        ["R1", "a flood"],
        ["R2", "a theft"],
    ]


def test_a_block_with_more_lines_than_a_grid_takes_is_told_and_changes_nothing():
    entry = open_(partnership("ANA BEN"), "risks")
    first = {"line": entry.lines[0].name, "column": "risk"}
    made = typed(entry, {"paste": "R1\n" * (paste.MOST_LINES + 1), **first})
    assert made.empty
    assert "Nothing was pasted" in str(entry.state(entry.partnership))


def notes(entry) -> str:
    """What stands below the table."""
    return " ".join(entry.state(entry.partnership)["notes"])


def test_a_heading_that_the_table_has_not_is_told_and_moves_no_other_column():
    entry = open_(partnership("ANA BEN"), "risks")
    made = typed(
        entry,
        {
            "paste": "1. What could happen *\tOwner\tRisk\na flood\tAna\tR1\na theft\t\tR2",
            "line": entry.lines[0].name,
            "column": "risk",
        },
    )
    assert made[["risk", "what_could_happen"]].to_numpy().tolist() == [
        ["R1", "a flood"],
        ["R2", "a theft"],
    ]
    assert "because the table has other columns: “Owner”." in notes(entry)


def test_a_column_with_its_heading_is_pasted_without_it():
    entry = open_(partnership("ANA BEN"), "risks")
    first = {"line": entry.lines[0].name, "column": "what_could_happen"}
    made = typed(entry, {"paste": "What could happen\na flood\na theft\n", **first})
    assert made["what_could_happen"].tolist() == ["a flood", "a theft"]


def test_what_is_wider_than_the_table_is_told_and_not_quoted():
    entry = open_(partnership("ANA BEN"), "risks")
    made = typed(
        entry,
        {
            "paste": "a flood\tfacilitator only\tour director\t\na theft\t\t\t\n",
            "line": entry.lines[0].name,
            "column": "what_could_happen",
            "columns": ["risk", "what_could_happen", "share"],
        },
    )
    assert made["what_could_happen"].tolist() == ["a flood", "a theft"]
    assert "the column 3 of those that you pasted" in notes(entry)
    assert "director" not in str(entry.state(entry.partnership))


def test_lines_that_are_not_equally_long_are_told():
    entry = open_(partnership("ANA BEN"), "risks")
    first = {
        "line": entry.lines[0].name,
        "column": "risk",
        "columns": ["risk", "what_could_happen"],
    }
    typed(entry, {"paste": "R1\ta flood,\nat night\nR2\ta theft\n", **first})
    assert "not equally long" in notes(entry)


def test_what_is_pasted_goes_on_into_no_line_of_another_partner():
    p = partnership("ANA BEN", risks=RISKS, risk_views=views("ANA", {"R1": "l/h"}))
    entry = open_(p, "risk_views")
    first = {"line": entry.lines[0].name, "column": "how_likely", "columns": ["how_likely"]}
    made = typed(entry, {"paste": "possible\nlikely\nnot likely\nlikely\n", **first})
    assert made[["partner", "how_likely"]].to_numpy().tolist() == [
        ["ANA", "possible"],
        ["ANA", "likely"],
    ]
    assert "The lines of BEN begin here, so the last 2 lines were not pasted" in notes(entry)


@pytest.mark.parametrize(
    ("block", "left"),
    [
        ("Name of the partnership\tHow answers are shown\nOurs\tconfidential\n", 0),
        ("Title\tOurs\nMode\tconfidential\nOur budget\tnone yet\n", 2),
        ("Title\tOurs\t(last year)\nMode\tconfidential\n", 1),
    ],
)
def test_a_table_that_stands_upright_takes_wide_blocks_too_and_tells_what_has_no_place(block, left):
    entry = open_(partnership("ANA BEN"), "partnership")
    typed(entry, {"paste": block, "line": entry.lines[0].name, "column": "title"})
    assert (entry.partnership.title, entry.partnership.mode) == ("Ours", "confidential")
    assert (f"{left} cell" in notes(entry)) == bool(left)


def test_half_a_sign_is_taken_out_and_told():
    entry = open_(partnership("ANA BEN"), "risks")
    first = {"line": entry.lines[0].name, "column": "what_could_happen"}
    made = typed(entry, {**first, "set": {"what_could_happen": "a flood\ud83c"}})
    assert made["what_could_happen"].tolist() == ["a flood"]
    assert "A damaged character" in str(entry.state(entry.partnership))


@pytest.mark.parametrize(
    "block", ["Title\tOurs\nHeld by\tAna\nMoment\tstarting", "Ours\n\n\nstarting"]
)
def test_a_table_that_stands_upright_takes_a_block_downwards(block):
    entry = open_(partnership("ANA BEN"), "partnership")
    typed(entry, {"paste": block, "line": entry.lines[0].name, "column": "title"})
    assert (entry.partnership.title, entry.partnership.fact("moment")) == ("Ours", "starting")
    assert len(entry.sheet) == 1


# ------------------------------------------------------------------ lines


def test_the_lines_of_a_form_wait_for_every_partner_and_each_thing_it_is_asked_about():
    p = partnership("ANA BEN", risks=RISKS, risk_views=views("ANA", {"R1": "l/h"}))
    entry = open_(p, "risk_views")
    assert [(one.cells["partner"], one.cells["risk"], one.row) for one in entry.lines] == [
        ("ANA", "R1", 2),
        ("ANA", "R2", None),
        ("BEN", "R1", None),
        ("BEN", "R2", None),
    ]
    assert (
        len(open_(p, "value_lines").lines) == 16
    )  # three brings, three hopes, a price and an ask each
    assert [one.cells["risk"] for one in open_(p, "risks").lines] == ["R1", "R2", "R3"]


def test_a_waiting_line_reaches_the_sheet_with_its_first_answer_and_waits_again_without():
    entry = open_(partnership("ANA BEN", risks=RISKS), "risk_views")
    waiting = line(entry, partner="BEN", risk="R2").name
    made = typed(entry, {"set": {"how_likely": "likely"}, "line": waiting})
    assert made[["partner", "risk", "how_likely"]].to_numpy().tolist() == [["BEN", "R2", "likely"]]
    assert not entry.partnership.problems
    assert line(entry, partner="BEN", risk="R2").name == waiting  # the cursor stays in it
    assert typed(entry, {"set": {"how_likely": ""}, "line": waiting}).empty
    assert line(entry, partner="BEN", risk="R2").row is None


def test_a_wrong_word_stays_in_sight_is_marked_in_words_and_is_saved_as_typed(tmp_path):
    entry = open_(partnership("ANA BEN", risks=RISKS), "risk_views")
    typed(
        entry, {"set": {"how_likely": "often"}, "line": line(entry, partner="ANA", risk="R1").name}
    )
    shown = told(entry, partner="ANA", risk="R1")
    assert (
        shown["cells"]["how_likely"] == "often"
        and "Did you mean “likely”?" in shown["wrong"]["how_likely"]
    )
    folder.write(entry.partnership, tmp_path / "ours")
    assert folder.read(tmp_path / "ours").sheets["risk_views"]["how_likely"].tolist() == ["often"]


def test_a_removed_line_can_be_put_back_and_columns_of_ones_own_are_kept():
    p = partnership("ANA BEN")
    p.edit("risks", sheet("risks", RISKS).assign(ours="kept"))
    entry = open_(p, "risks")
    assert typed(entry, {"remove": line(entry, risk="R1").name})["risk"].tolist() == ["R2"]
    made = typed(entry, {"restore": True})
    assert sorted(made["risk"]) == ["R1", "R2"] and made["ours"].tolist() == ["kept", "kept"]


def test_what_another_has_changed_meanwhile_does_not_move_what_is_typed_to_another_row():
    p = partnership("ANA BEN", risks=[*RISKS, ("R3", "", "a theft")])
    entry = open_(p, "risks")
    third = line(entry, risk="R3").name
    p.edit("risks", sheet("risks", [RISKS[1], ("R3", "", "a theft"), ("R4", "", "a drought")]))
    made = typed(entry, {"set": {"what_could_happen": "two thefts"}, "line": third})
    assert made["what_could_happen"].tolist() == ["a quarrel", "two thefts", "a drought"]


def test_what_is_typed_into_a_row_that_another_has_removed_is_not_lost():
    p = partnership("ANA BEN", risks=RISKS)
    entry = open_(p, "risks")
    gone = line(entry, risk="R2").name
    p.edit("risks", sheet("risks", [RISKS[0]]))
    entry.look(p)
    made = typed(entry, {"set": {"what_could_happen": "typed too late"}, "line": gone})
    assert "typed too late" in made["what_could_happen"].tolist()


# ------------------------------------------------------------------ what the room may not see


@pytest.mark.parametrize(
    "name", [name for name, table in TABLES.items() if not table.private and not table.shipped]
)
def test_nothing_that_is_kept_back_reaches_a_grid_of_the_room(name):
    table = TABLES[name]
    p = example("uwi")
    rows = p.as_written(name) if name in p.sheets else sheet(name, [{"partner": p.expected[0]}])
    for column in table.columns:
        if (
            column.share != "everyone here"
            and isinstance(column.kind, Text)
            and column.name != "respondent"
        ):
            rows = rows.assign(**{column.name: MARK})
    if "share" in table.by_name:
        last = rows.iloc[[0]].assign(share=SHARE_FACILITATOR).set_axis([max(rows.index) + 1])
        for column in table.columns:
            if isinstance(column.kind, Text):
                last = last.assign(
                    **{column.name: f"{MARK}-{column.name}" if column.name != "respondent" else ""}
                )
            if column.name == table.key[:1] and not isinstance(column.kind, Text):
                last = last.assign(**{column.name: "ZZ9"})
        rows = pd.concat([rows, last])
    p.edit(name, rows.astype("str"))
    entry = open_(p, name, ROOM)
    assert MARK not in json.dumps([entry.shape(), entry.state(p.for_reader(ROOM))])
    assert name == "partnership" or len(entry.lines) > 0
    columns = any(
        column.share != "everyone here" and column.name != "respondent" for column in table.columns
    )
    if columns or "share" in table.by_name:
        assert MARK in json.dumps(open_(p, name).state(p))


def test_a_reference_does_not_offer_a_row_that_is_kept_back():
    p = partnership(
        "ANA BEN",
        risks=[*RISKS, {"risk": "R3", "what_could_happen": MARK, "share": SHARE_FACILITATOR}],
    )
    for name in ("risk_views", "risk_care"):
        entry = open_(p, name, ROOM)
        assert MARK not in json.dumps(entry.state(p.for_reader(ROOM)))
        assert "R3" not in [one.cells.get("risk") for one in entry.lines]


def test_a_row_that_is_kept_back_stays_so_when_another_saves_it_above_a_row_that_was_typed_here():
    kept_back = {"risk": "R2", "what_could_happen": MARK, "share": SHARE_FACILITATOR}
    p = partnership("ANA BEN", risks=[RISKS[0], kept_back])
    entry = open_(p, "risk_views", ROOM)
    first = line(entry, partner="ANA", risk="R1").name
    made = typed(entry, {"set": {"how_likely": "likely"}, "line": first})
    above = made.assign(partner="BEN", risk="R2")
    p.edit("risk_views", pd.concat([above, made]).set_axis([2, 3]))
    entry.look(p.for_reader(ROOM))
    assert "R2" not in [one.cells.get("risk") for one in entry.lines]
    assert line(entry, partner="ANA", risk="R1").name == first


def test_ticks_that_were_there_before_are_covered_and_those_typed_now_stay():
    p = partnership("ANA BEN", risks=RISKS, risk_views=views("ANA BEN", {"R1": "l/h c/s"}))
    p.place = paths.MY_PARTNERSHIPS / "ours"
    entry = open_(p, "risk_views", ROOM)
    ticks = {"how_hard_on_us", "how_likely"}
    assert ticks <= set(told(entry, partner="ANA", risk="R1")["held"])
    assert told(entry, partner="ANA", risk="R1")["cells"]["how_likely"] == ""
    typed(
        entry,
        {"set": {"how_likely": "not likely"}, "line": line(entry, partner="ANA", risk="R1").name},
    )
    assert told(entry, partner="ANA", risk="R1")["cells"]["how_likely"] == "not likely"
    assert ticks & set(told(entry, partner="ANA", risk="R1")["held"]) == {"how_hard_on_us"}


def of_four(**rows) -> Partnership:
    p = partnership("ANA BEN CYD DOV", partnership=[{"mode": "confidential"}], **rows)
    p.place = paths.MY_PARTNERSHIPS / "ours"
    return p


def to_the_room(p: Partnership, name: str) -> str:
    """What the room's grid of a table is sent."""
    return json.dumps(open_(p, name, ROOM).state(p.for_reader(ROOM)))


def stances(ana: dict[str, str], **cyd: str) -> Partnership:
    said = {"objective": "O1", "stance": "support it", "our_part": "useful part", "share": ""}
    rows = [said | {"partner": who} for who in ("BEN", "DOV")]
    return of_four(
        objectives=[("O1", "a well")],
        positions=[said | {"partner": "ANA"} | ana, *rows, said | {"partner": "CYD"} | cyd],
    )


@pytest.mark.parametrize(
    "ana",
    [
        {"stance": "", "our_part": ""},
        {"stance": "prefer not to say here"},
        {"stance": "cannot accept it"},
        {"share": "everyone here"},
        {"share": "facilitator only"},
        {"share": "not typed"},
    ],
    ids=["empty", "refused to say", "refuses", "freed", "in confidence", "on paper"],
)
def test_the_rooms_grid_does_not_tell_what_one_partner_answered_left_open_freed_or_kept_back(ana):
    assert to_the_room(stances(ana), "positions") == to_the_room(stances({}), "positions")


def test_whose_refusal_was_freed_does_not_stand_in_the_rooms_grid():
    freed = {"stance": "cannot accept it", "share": "everyone here"}
    swapped = stances({}, **freed)
    assert to_the_room(stances(freed), "positions") == to_the_room(swapped, "positions")


def test_the_condition_of_a_partner_does_not_stand_in_the_rooms_grid():
    p = of_four(
        worth=[
            {
                "partner": "ANA",
                "worth_it": "yes, on one condition",
                "if_what": MARK,
                "share": "everyone here",
            }
        ]
    )
    assert MARK not in to_the_room(p, "worth")


def test_a_form_that_is_typed_now_has_open_boxes_and_one_that_was_typed_before_has_none():
    before = {"partner": "ANA", "risk": "R1", "how_likely": "likely"}
    entry = open_(of_four(risks=RISKS, risk_views=[before]), "risk_views", ROOM)
    ticks = {"how_hard_on_us", "how_likely"}
    assert ticks <= set(told(entry, partner="ANA", risk="R2")["held"])  # left empty on that form
    assert told(entry, partner="BEN", risk="R1")["held"] == []
    typed(
        entry, {"set": {"how_likely": "likely"}, "line": line(entry, partner="BEN", risk="R1").name}
    )
    assert told(entry, partner="BEN", risk="R1")["held"] == []
    assert told(entry, partner="BEN", risk="R2")["held"] == []


# ------------------------------------------------------------------ saving


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """Partnerships of one's own in a folder of the test."""
    for name in ("HOME", "MY_PARTNERSHIPS", "CHOSEN"):
        place = {"HOME": tmp_path, "MY_PARTNERSHIPS": tmp_path / "my-partnerships"}.get(
            name, tmp_path / "my-partnerships" / "chosen.txt"
        )
        monkeypatch.setattr(paths, name, place)
    monkeypatch.delenv(paths.VARIABLE, raising=False)
    (tmp_path / "my-partnerships").mkdir()
    return tmp_path / "my-partnerships"


def ours(place, *risks) -> WorkingCopy:
    folder.write(partnership("ANA BEN", risks=list(risks or RISKS)), place)
    return WorkingCopy(folder.read(place))


def test_the_first_change_of_an_example_goes_to_a_copy_and_says_so(at_home):
    before = {path: path.read_bytes() for path in (paths.EXAMPLES / "shade").rglob("*.csv")}
    working_copy = WorkingCopy(example("shade"))
    working_copy.put(
        {"risks": working_copy.partnership.sheets["risks"].assign(what_could_happen="changed")}
    )
    assert working_copy.save() and working_copy.place == at_home / "shade"
    assert str(working_copy.place) in working_copy.said and paths.to_open() == working_copy.place
    assert before == {path: path.read_bytes() for path in before}
    assert set(folder.read(working_copy.place).sheets["risks"]["what_could_happen"]) == {"changed"}


def test_two_notebooks_on_one_partnership_keep_what_each_of_them_typed(tmp_path):
    one = ours(tmp_path / "ours")
    other = WorkingCopy(folder.read(tmp_path / "ours"))
    one.put({"risks": sheet("risks", [("R1", "", "a flood, at night"), RISKS[1]])})
    one.save()
    other.put({"partners": sheet("partners", [("ANA", "Ana's house"), ("BEN", "The BEN house")])})
    other.put(
        {"risks": sheet("risks", [*RISKS, ("R3", "", "a theft")])}
    )  # before it has looked round
    assert other.save(), other.said
    assert one.look_round()
    for p in (one.partnership, other.partnership, folder.read(tmp_path / "ours")):
        assert p["risks"]["what_could_happen"].tolist() == [
            "a flood, at night",
            "a quarrel",
            "a theft",
        ]
        assert p.names["ANA"] == "Ana's house"
    assert not one.look_round() and not other.look_round()


def test_a_line_taken_out_stays_out_however_often_the_other_saves_before(tmp_path):
    one, other = two_with_three_risks(tmp_path / "ours")
    other.put({"risks": other.partnership.sheets["risks"].drop(2)})
    for words in ("a theft at night", "a theft by day"):
        reword(one, "a theft", words)
        assert one.save(), one.said
        other.look_round()
    assert other.save(), other.said
    for p in (other.partnership, folder.read(tmp_path / "ours")):
        assert p.sheets["risks"]["what_could_happen"].tolist() == ["a quarrel", "a theft by day"]


def test_a_line_is_known_by_its_number_also_below_one_that_was_taken_out_and_saved(tmp_path):
    one, other = two_with_three_risks(tmp_path / "ours")
    one.put({"risks": one.partnership.sheets["risks"].drop(2)})
    assert one.save(), one.said
    other.look_round()
    other.put({"partners": other.partnership.sheets["partners"].assign(name="anew")})
    assert other.save() and one.look_round()
    reword(one, "a theft", "a theft at night")
    reword(other, "a quarrel", "a quarrel in the yard")
    assert other.save() and one.save(), one.said
    for p in (one.partnership, folder.read(tmp_path / "ours")):
        assert p.sheets["risks"]["what_could_happen"].tolist() == [
            "a quarrel in the yard",
            "a theft at night",
        ]


def two_with_three_risks(place) -> tuple[WorkingCopy, WorkingCopy]:
    return ours(place, *RISKS, ("R3", "", "a theft")), WorkingCopy(folder.read(place))


def reword(working_copy: WorkingCopy, begins: str, words: str) -> None:
    """Type other words in the risk that begins so."""
    risks = working_copy.partnership.sheets["risks"]
    working_copy.put(
        {"risks": risks.replace({"what_could_happen": {f"{begins}.*": words}}, regex=True)}
    )


def test_whoever_saves_over_the_same_line_is_told_what_came_from_the_other(tmp_path):
    one = ours(tmp_path / "ours")
    other = WorkingCopy(folder.read(tmp_path / "ours"))
    for working_copy, words in ((one, "a flood of mine"), (other, "a flood of theirs")):
        working_copy.put({"risks": sheet("risks", [("R1", "", words), RISKS[1]])})
        assert working_copy.save(), working_copy.said
    assert "Taken over from the disk: Risks." in other.said and "Saved in ours." in other.said


def test_a_row_that_two_have_changed_stands_twice_and_is_told():
    before = sheet("risks", RISKS)
    mine, theirs = (
        before.replace("a flood", word) for word in ("a flood of mine", "a flood of theirs")
    )
    joint = both(before, mine, theirs)
    found = joint.sheet
    assert joint.is_twice
    assert sorted(found["what_could_happen"]) == [
        "a flood of mine",
        "a flood of theirs",
        "a quarrel",
    ]
    assert "is already in row" in str(
        partnership("ANA BEN", risks=found.to_dict("records")).problems[0]
    )


@given(st.lists(st.sampled_from("abcd"), max_size=4), st.lists(st.sampled_from("abcd"), max_size=4))
def test_where_one_has_changed_nothing_the_other_s_rows_are_all_there_is(before, after):
    old, new = (
        sheet("risks", [(f"R{at}", "", word) for at, word in enumerate(words)])
        for words in (before, after)
    )
    taken, kept = both(old, old, new), both(old, new, old)
    assert taken.sheet["what_could_happen"].tolist() == after
    assert sorted(kept.sheet["what_could_happen"]) == sorted(after)
    assert not (taken.is_twice or kept.is_twice)


def test_what_cannot_be_saved_is_said_kept_in_memory_and_saved_when_it_can(tmp_path):
    working_copy = ours(tmp_path / "ours")
    shutil.move(tmp_path / "ours", tmp_path / "stick taken out")
    working_copy.look_round()
    assert working_copy.trouble and "What you typed is still here" in working_copy.said
    working_copy.put({"risks": sheet("risks", [("R1", "", "typed meanwhile")])})
    assert (
        not working_copy.save()
        and working_copy.trouble
        and "What you typed is still here" in working_copy.said
    )
    working_copy.look_round()
    assert working_copy.trouble
    assert working_copy.partnership["risks"]["what_could_happen"].tolist() == ["typed meanwhile"]
    shutil.move(tmp_path / "stick taken out", tmp_path / "ours")
    working_copy.look_round()
    assert working_copy.save() and not working_copy.trouble
    assert folder.read(tmp_path / "ours")["risks"]["what_could_happen"].tolist() == [
        "typed meanwhile"
    ]


def test_a_workbook_is_followed_while_a_spreadsheet_program_saves_it(tmp_path):
    place = tmp_path / "ours.xlsx"
    workbook.write(partnership("ANA BEN", risks=RISKS), place)
    working_copy, heard = WorkingCopy(folder.open_any(place)), []
    working_copy.partnership.watch(
        lambda: heard.append(working_copy.partnership["risks"]["what_could_happen"].tolist())
    )
    assert not working_copy.look_round()
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    assert not working_copy.look_round() or working_copy.trouble
    assert (
        "try again" in working_copy.said and len(working_copy.partnership["risks"]) == 2
    )  # what is open stays
    workbook.write(partnership("ANA BEN", risks=[*RISKS, ("R3", "", "a theft")]), place)
    assert (
        working_copy.look_round()
        and heard[-1] == ["a flood", "a quarrel", "a theft"]
        and not working_copy.trouble
    )


# ------------------------------------------------------------------ the grid itself


def test_before_somebody_opens_it_no_answer_of_ones_own_has_left_python(tmp_path):
    working_copy = ours(tmp_path / "ours", ("R1", "", MARK))
    grid = Grid(working_copy, [TABLES["risks"]], ROOM, lambda: None)
    assert MARK not in json.dumps([grid.states, grid.shapes, grid.head]) + repr(grid)
    grid._heard(grid, {"kind": "open"}, [])
    assert MARK in json.dumps(grid.states) and MARK not in repr(grid)
    grid._heard(grid, {"kind": "close"}, [])
    assert MARK not in json.dumps([grid.states, grid.shapes, grid.head])


def test_what_is_kept_back_is_shown_only_to_whoever_writes_the_word(tmp_path):
    place = tmp_path / "ours"
    folder.write(
        partnership(
            "ANA BEN", risks=[{"risk": "R1", "what_could_happen": MARK, "share": SHARE_FACILITATOR}]
        ),
        place,
    )
    grid = Grid(WorkingCopy(folder.read(place)), [TABLES["risks"]], ROOM, lambda: None)
    grid._heard(grid, {"kind": "open"}, [])
    for word in ("", "yes", "min", "room"):
        grid._heard(grid, {"kind": "mine", "text": word}, [])
        assert MARK not in json.dumps(grid.states) and not grid.head["mine"]
    grid._heard(grid, {"kind": "mine", "text": " Mine "}, [])
    assert MARK in json.dumps(grid.states) and "not for the wall" in grid.head["message"]
    grid._heard(grid, {"kind": "close"}, [])
    grid._heard(grid, {"kind": "open"}, [])
    assert MARK not in json.dumps(grid.states)


def test_what_is_done_in_the_grid_is_answered_with_its_number_and_what_cannot_be_a_table_is_ignored(
    tmp_path,
):
    working_copy, saved = ours(tmp_path / "ours"), []
    grid = Grid(working_copy, [TABLES["risks"]], MINE, lambda: saved.append(True))
    working_copy.partnership.watch(lambda: grid.update())
    name = grid.states["risks"]["lines"][0]["name"]
    grid._heard(
        grid,
        {
            "kind": "do",
            "number": 7,
            "doings": [
                {
                    "table": "risks",
                    "line": name,
                    "set": {"what_could_happen": "a storm", "no such column": "x"},
                },
                {"table": "no such table", "line": name, "set": {"a": "b"}},
            ],
        },
        [],
    )
    assert grid.done == 7 and saved == [True]
    assert working_copy.partnership["risks"]["what_could_happen"].tolist() == [
        "a storm",
        "a quarrel",
    ]
    assert "no such column" not in working_copy.partnership.sheets["risks"]


def test_every_table_can_be_typed_into():
    p = example("uwi")
    for name, table in TABLES.items():
        if not table.private:
            shape = open_(p, name).shape()
            assert json.dumps(shape) and all(column["label"] for column in shape["columns"])


def test_a_line_more_has_the_next_free_code_and_the_one_at_the_end_keeps_its_own():
    entry = open_(partnership("ANA BEN", risks=RISKS), "risks")
    typed(entry, {"add": "mine-1"}, {"add": "mine-2"})
    assert [(one.cells["risk"], one.row) for one in entry.lines] == [
        ("R1", 2),
        ("R2", 3),
        ("R3", None),
        ("R4", None),
        ("R5", None),
    ]
    typed(entry, {"set": {"what_could_happen": "a storm"}, "line": line(entry, risk="R4").name})
    assert [one.cells["risk"] for one in entry.lines] == ["R1", "R2", "R4", "R3", "R5"]
    for code in ("R3", "R5"):
        typed(entry, {"set": {"what_could_happen": "more"}, "line": line(entry, risk=code).name})
    assert [one.cells["risk"] for one in entry.lines] == ["R1", "R2", "R4", "R3", "R5", "R6"]


@given(
    st.lists(st.sampled_from(["ANA", "BEN"]), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_lines_begun_one_below_the_other_become_the_same_rows_however_late_python_hears_of_them(
    partners, heard
):
    counted = Counter()
    doings = []
    for number, partner in enumerate(partners):
        counted[partner] += 1
        name = f"form-{partner}" + (f"#{counted[partner]}" if counted[partner] > 1 else "")
        doings += [
            {"line": name, "begins": {"partner": partner}, "set": {"unit": f"part {number}"}},
            {
                "line": name,
                "begins": {"partner": partner},
                "set": {"about_what": f"matter {number}"},
            },
        ]
    entry, waits = open_(partnership("ANA BEN"), "contacts"), []
    for doing, now in zip(doings, heard, strict=False):
        waits.append(doing)
        if now:
            typed(entry, *waits)
            waits.clear()
    made = typed(entry, *waits)
    assert made[["partner", "unit", "about_what"]].to_numpy().tolist() == [
        [partner, f"part {number}", f"matter {number}"] for number, partner in enumerate(partners)
    ]
    assert [one.cells["partner"] for one in entry.lines if one.row is None] == [
        "ANA",
        "BEN",
    ]  # one more waits for each


def test_lines_begun_ahead_get_the_next_codes():
    entry = open_(partnership("ANA BEN", risks=RISKS), "risks")
    made = typed(
        entry,
        *(
            {"line": name, "begins": {}, "set": {"what_could_happen": "more"}}
            for name in ("next", "next#2", "next#3")
        ),
    )
    assert made["risk"].tolist() == ["R1", "R2", "R3", "R4", "R5"]
    assert [(one.name, one.cells["risk"]) for one in entry.lines if one.row is None] == [
        ("next#4", "R6")
    ]


def test_a_line_that_is_emptied_waits_again_under_its_name():
    entry = open_(partnership("ANA BEN"), "contacts")
    typed(entry, {"line": "form-ANA", "begins": {"partner": "ANA"}, "set": {"unit": "finance"}})
    typed(entry, {"line": "form-ANA", "begins": {}, "set": {"unit": ""}})
    assert [(one.name, one.row) for one in entry.lines] == [("form-ANA", None), ("form-BEN", None)]


def test_a_line_begun_ahead_brings_no_column_into_the_file_that_nobody_typed_in():
    entry = open_(partnership("ANA BEN"), "contacts")
    every = dict.fromkeys(TABLES["contacts"].by_name, "") | {"partner": "ANA"}
    made = typed(entry, {"line": "form-ANA#2", "begins": every, "set": {"unit": "finance"}})
    core = [column.name for column in TABLES["contacts"].columns if column.core]
    assert list(made.columns) == core and made[["partner", "unit"]].to_numpy().tolist() == [
        ["ANA", "finance"]
    ]


def test_an_answer_to_a_table_that_stands_upright_leaves_its_other_answers_whoever_sends_it():
    entry = open_(Partnership({"partnership": sheet("partnership", [("Ours",)])}), "partnership")
    made = typed(entry, {"line": "the-line", "begins": {}, "set": {"held_by": "Ana"}})
    assert made[["title", "held_by"]].to_numpy().tolist() == [["Ours", "Ana"]]


def test_what_was_meant_for_a_grid_that_is_no_longer_open_is_refused_and_changes_nothing(tmp_path):
    working_copy, other = ours(tmp_path / "ours"), ours(tmp_path / "other")
    grid = Grid(working_copy, [TABLES["risks"]], MINE, lambda: None)
    name, opened = grid.states["risks"]["lines"][0]["name"], grid.opened
    grid.put_on(other)
    grid._heard(
        grid,
        {
            "kind": "do",
            "number": 3,
            "opened": opened,
            "doings": [{"table": "risks", "line": name, "set": {"what_could_happen": "a storm"}}],
        },
        [],
    )
    assert grid.refused == [3] and grid.done == 3
    assert all(
        "a storm" not in desk_.partnership["risks"]["what_could_happen"].tolist()
        for desk_ in (working_copy, other)
    )


# ------------------------------------------------------------------ by clicking


def test_a_new_partnership_lies_in_my_partnerships_under_a_name_that_is_free(at_home):
    first, second = (
        choose_panel.new_partnership("Rio / Norte?"),
        choose_panel.new_partnership("Rio / Norte?"),
    )
    assert first.parent == second.parent == at_home and first != second
    assert choose_panel.new_partnership("  ").name == "partnership"
    assert not folder.read(first).problems and folder.read(first).names == {}


def test_a_form_to_send_holds_one_partner_s_answers_and_of_the_others_what_the_room_sees(at_home):
    p = example("shade")
    place = exchange_panel.make_form(p, 3, False, "SOM", False)
    sent = workbook.read(place)
    assert place.parent.name == "shade-forms" and set(sent["risk_views"]["partner"]) <= {"SOM"}
    assert paths.my_partnerships() == []
    with pytest.raises(folder.NotSaved, match="no partner “XXX”"):
        exchange_panel.make_form(p, 3, False, "XXX", False)


def test_a_click_makes_forms_for_form_tools_and_says_where_there_is_nothing_to_ask(at_home):
    panel = exchange_panel.FormPanel(
        View(WorkingCopy(folder.read(paths.EXAMPLES / "shade")), ROOM), print
    )
    panel.stop.value = 3
    panel.make_questions.click()
    assert {file.name for file in at_home.rglob("form-tool-*")} == {
        "form-tool-stop-3.xlsx",
        "form-tool-stop-3.txt",
    }
    assert "others keep what partners answer there" in panel.status.value
    panel.stop.value = 5
    panel.make_questions.click()
    assert "is filled in together" in panel.status.value and not panel.results.rows.children


def test_whose_tick_for_the_wall_is_missing_does_not_stand_in_the_rooms_grid():
    def ticked(**words: str) -> str:
        rows = [{"partner": who, "positions": word} for who, word in words.items()]
        return to_the_room(of_four(consents=rows), "consents")

    said = dict.fromkeys(("ANA", "BEN", "CYD", "DOV"), "with our name")
    for word in ("not shown", ""):
        assert ticked(**said | {"CYD": word}) == ticked(**said)


def test_a_partner_without_a_line_has_covered_ticks_for_the_wall_as_well():
    p = of_four(consents=[{"partner": "ANA", "positions": "with our name"}])
    lines = open_(p, "consents", ROOM).state(p.for_reader(ROOM))["lines"]
    assert [line["cells"]["partner"] for line in lines] == ["ANA", "BEN", "CYD", "DOV"]
    assert all("positions" in line["held"] for line in lines)
    fresh = open_(of_four(), "consents", ROOM)
    assert not any(one["held"] for one in fresh.state(fresh.partnership.for_reader(ROOM))["lines"])


WITH_TICKS = {
    "1-alignment": "positions",
    "2-value-exchange": "worth",
    "3-risk-views": "risk_views",
    "6-relationship": "behaviour_views",
}


@pytest.mark.parametrize(("exercise", "name"), WITH_TICKS.items(), ids=[*WITH_TICKS])
def test_an_exercise_asks_for_the_tick_for_the_wall_on_its_own_ticks_alone(exercise, name):
    cells = json.loads((EXERCISES / f"{exercise}.ipynb").read_text(encoding="utf-8"))["cells"]
    source = "".join(line for cell in cells for line in cell["source"])
    asked = re.findall(r'"(\w+)"', re.search(r"room\.edit\((.*)\)", source).group(1))
    offered = form_rows.offered(partnership("ANA BEN CYD"), [TABLES[one] for one in asked])
    assert [one.name for one in offered] == asked
    consents = next(one for one in offered if one.name == "consents")
    assert [column.name for column in consents.columns] == ["partner", name]


def test_between_two_partners_no_exercise_asks_for_the_tick_for_the_wall():
    asked = [TABLES[name] for name in ("risks", "risk_views", "consents")]
    offered = form_rows.offered(partnership("ANA BEN"), asked)
    assert [one.name for one in offered] == ["risks", "risk_views"]


def test_ticks_for_the_wall_of_other_stops_stay_as_they_were_when_one_is_typed():
    p = partnership("ANA BEN CYD", consents=[{"partner": "ANA", "worth": "not shown"}])
    consents = form_rows.offered(p, [TABLES["positions"], TABLES["consents"]])[1]
    entry = TableEditor(p, consents, MINE)
    before = list(TABLES["consents"].by_name)
    for who in ("ANA", "BEN"):
        typed(
            entry,
            {"line": line(entry, partner=who).name, "set": {"positions": "with our name"}},
        )
    written = entry.sheet.reindex(columns=before, fill_value="")
    assert [name for name in before if name in entry.sheet.columns] == list(entry.sheet.columns)
    assert written[["partner", "positions", "worth"]].to_numpy().tolist() == [
        ["ANA", "with our name", "not shown"],
        ["BEN", "with our name", ""],
    ]


@pytest.mark.parametrize(
    ("name", "columns"), [("clinic", ["partner", "risk_views"]), ("hands", [])]
)
def test_the_browser_is_sent_no_tick_for_the_wall_that_is_not_offered(name, columns):
    asked = [TABLES["risk_views"], TABLES["consents"]]
    grid = Grid(WorkingCopy(folder.read(paths.EXAMPLES / name)), asked, ROOM, lambda: None)
    sent = {shape["name"]: [column["name"] for column in shape["columns"]] for shape in grid.shapes}
    assert sent.get("consents", []) == columns and list(grid.states) == list(sent)


@pytest.mark.rule("R3")
@pytest.mark.parametrize(
    ("name", "rows", "column"),
    [
        ("promises", [{"promise": "P1", "partner": "ANA", "what": "a van"}], "status"),
        ("kept", [{"what": "A1", "partner": "ANA"}], "how"),
    ],
)
def test_a_guarded_word_looks_in_the_rooms_grid_like_an_empty_cell(name, rows, column):
    def sent(word: str, share: str = "") -> dict:
        p = partnership("ANA BEN", **{name: [rows[0] | {column: word, "share": share}]})
        return open_(p, name, ROOM).state(p.for_reader(ROOM))

    for word in [word.text for word in TABLES[name].by_name[column].kind.words if word.guarded]:
        assert sent(word) == sent("")
        assert sent(word, "room")["lines"][0]["cells"][column] == word


@pytest.mark.parametrize("hidden", range(4))
def test_the_room_is_asked_about_two_decisions_on_one_subject_only_where_it_sees_both(hidden):
    def sent(rows: list[dict[str, str]]) -> object:
        p = partnership("ANA BEN", decisions=[{"stop": "1", **row} for row in rows])
        return [
            (line["cells"], line["wrong"])
            for line in open_(p, "decisions", ROOM).state(p.for_reader(ROOM))["lines"]
        ]

    rows = [{"about": about, "outcome": "agreed"} for about in ("rent", "roof", "rent", "rent")]
    rows[hidden] |= {"share": "facilitator only"}
    seen = [row for row in rows if "share" not in row]
    assert sent(rows) == sent(seen)
    assert str(sent(rows)).count("is the subject of row") == (1 if hidden != 1 else 2)


WRITTEN_TOGETHER = {
    "capabilities": {"objective": "O1", "what_it_takes": "a boat", "partner": "ANA"},
    "contacts": {"partner": "ANA", "unit": "finance", "with_partner": "BEN"},
    "kept": {"what": "A1", "partner": "ANA"},
    "requests": {"request": "Q1", "from": "ANA", "to": "BEN", "what": "a list"},
}


@pytest.mark.rule("R3")
@pytest.mark.parametrize(
    ("name", "column"),
    [
        (name, column.name)
        for name, table in TABLES.items()
        for column in table.columns
        if outside_words(column) and name in WRITTEN_TOGETHER
    ],
)
def test_cannot_say_and_rather_not_say_look_in_the_rooms_grid_like_an_empty_cell(name, column):
    def sent(word: str) -> dict:
        row = WRITTEN_TOGETHER[name] | {column: word, "share": "everyone here"}
        p = partnership("ANA BEN", objectives=[("O1", "to fish")], **{name: [row]})
        return open_(p, name, ROOM).state(p.for_reader(ROOM))

    for word in outside_words(TABLES[name].by_name[column]):
        assert sent(word) == sent("")


def test_the_lines_of_the_rooms_grid_are_numbered_as_if_those_kept_back_were_not_there():
    kept_back = {"risk": "R2", "what_could_happen": MARK, "share": SHARE_FACILITATOR}
    p = partnership("ANA BEN", risks=[RISKS[0], kept_back, ("R3", "", "a"), ("R3", "", "b")])

    def numbers_and_sentence(reader: str) -> tuple[list[int | None], str]:
        state = open_(p, "risks", reader).state(p.for_reader(reader))
        wrong = state["lines"][-2]["wrong"]["risk"]
        return [one["number"] for one in state["lines"]], wrong.partition(";")[0]

    assert numbers_and_sentence(MINE) == ([2, 3, 4, 5, None], "“R3” is already in row 4")
    assert numbers_and_sentence(ROOM) == ([2, 3, 4, None], "“R3” is already in row 3")


def test_a_guarded_word_stays_where_the_room_types_beside_it_and_stands_where_it_was_typed():
    p = partnership("ANA BEN", promises=[("P1", "ANA", "BEN", "a van", "", "not done")])
    entry = open_(p, "promises", ROOM)
    typed(entry, {"line": line(entry, promise="P1").name, "set": {"what": "a red van"}})
    assert entry.sheet[["what", "status"]].to_numpy().tolist() == [["a red van", "not done"]]
    assert told(entry, promise="P1")["cells"]["status"] == ""
    typed(entry, {"line": line(entry, promise="P1").name, "set": {"status": "not done"}})
    assert told(entry, promise="P1")["cells"]["status"] == "not done"


def test_a_guarded_tick_of_an_example_stays_covered_where_its_share_is_still_asked_about():
    p = example("shade")
    rows = (
        p.as_written("positions").iloc[[0]].assign(stance="cannot accept it", share="everyone here")
    )
    p.edit("positions", rows.assign(visibility="us").astype("str"))
    row, cells = rows.index[0], dict(rows.iloc[0])
    state = GridState(p, TABLES["positions"], ROOM).state(
        p.for_reader(ROOM), [Line("line-1", row, {}, cells)], set(), set(), False
    )
    assert state["lines"][0]["cells"]["stance"] == ""


@pytest.mark.parametrize("again", ["restore", "undo"])
def test_what_is_forgotten_elsewhere_can_neither_be_put_back_nor_undone(tmp_path, again):
    place = tmp_path / "ours"
    folder.write(partnership("ANA", risks=RISKS), place)
    working_copy = WorkingCopy(folder.read(place))
    grid = Grid(working_copy, [TABLES["risks"]], MINE, lambda: None)
    working_copy.partnership.watch(grid.update)
    grid.unfold()
    number = count(1)

    def do(**doing: object) -> None:
        grid._do({"number": next(number), "doings": [{"table": "risks", **doing}]})
        assert working_copy.save()

    gone = next(one["name"] for one in grid.states["risks"]["lines"] if "a quarrel" in str(one))
    do(remove=gone)
    assert grid.states["risks"]["removed"]
    forget.row(place, "risks", "R2")  # it is in an earlier version alone
    assert not working_copy.look_round()
    assert not grid.states["risks"]["removed"]
    do(**{again: True})
    assert folder.read(place)["risks"]["risk"].tolist() == ["R1"]
    assert "a quarrel" not in str(grid.states)
