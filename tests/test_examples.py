"""The examples and the shipped lists: what everybody sees first, and what every other test and page stands on."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from partnering import folder, shipped, words
from partnering.kinds import Choice
from partnering.partnership import Partnership
from partnering.schema import check
from partnering.tables import TABLES

EXERCISES = Path(__file__).parents[1] / "exercises"
EXAMPLES = sorted(path for path in (EXERCISES / "examples").iterdir() if path.is_dir())
FILES = sorted(file for place in [*EXAMPLES, shipped.LISTS] for file in place.glob("*.csv"))
HIDDEN_LAST = {"value_lines": "line", "risks": "risk", "objectives": "objective"}


def lines(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.name)
def example(request) -> Partnership:
    return folder.read(request.param)


@pytest.fixture
def shade() -> Partnership:
    return folder.read(EXERCISES / "examples" / "shade")


# ---------------------------------------------------------------- files

def test_every_example_reads_without_a_problem(example):
    assert [*map(str, example.problems), *map(str, example.kept)] == []


def test_the_shipped_lists_read_without_a_problem():
    checked = check(shipped.sheets(), TABLES)
    assert [*map(str, checked.problems), *map(str, checked.kept)] == []


@pytest.mark.parametrize("file", FILES, ids=short)
def test_files_have_plain_line_ends_and_rows_of_one_length(file):
    raw = file.read_bytes()
    assert raw.decode("utf-8") and not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
    assert len({len(line) for line in lines(file)}) == 1


@pytest.mark.parametrize("file", FILES, ids=short)
def test_columns_are_those_of_the_schema_in_its_order(file):
    table, found = TABLES[file.stem], lines(file)
    if table.upright:
        assert [line[0] for line in found[1:]] == [column.label for column in table.columns]
    else:
        asked = [column.name for column in table.columns if column.core or column.name in found[0]]
        assert found[0] == asked


@pytest.mark.parametrize("file", FILES, ids=short)
def test_no_word_that_hurts_stands_in_them(file):
    assert [hit for line in lines(file) for cell in line for hit in words.not_said(cell)] == []


@pytest.mark.parametrize("file", FILES, ids=short)
def test_scales_are_written_in_the_english_words_exactly(file):
    table, found = TABLES[file.stem], lines(file)
    if table.upright:
        return
    for number, name in enumerate(found[0]):
        kind = table.by_name[name].kind
        if isinstance(kind, Choice):
            assert {line[number] for line in found[1:]} <= {"", *kind.everything}


# ---------------------------------------------------------------- what people in the room would believe

def test_every_partner_has_one_row_on_every_objective_and_every_risk(example):
    for table, of, item in (("positions", "objectives", "objective"), ("risk_views", "risks", "risk")):
        places = set(example[table][["partner", item]].itertuples(index=False, name=None))
        assert places == {(partner, code) for partner in example.names for code in example[of][item]}


def test_what_the_facilitator_keeps_is_numbered_last(example):
    for table, column in HIDDEN_LAST.items():
        frame = example[table]
        hidden = (frame["share"] == "facilitator").to_list()
        assert hidden == sorted(hidden), f"{table}: a gap would tell that a row was kept back"
        numbers = [int(code[1:]) for code in frame[column]]
        assert numbers == list(range(1, len(numbers) + 1))


def test_shade_keeps_two_hopes_and_one_risk_off_the_wall(shade):
    kept_back = []
    for table, text in (("value_lines", "what"), ("risks", "what_could_happen")):
        kept_back += shade[table].loc[shade[table]["share"] == "facilitator", text].to_list()
    assert len(kept_back) == 3
    room = shade.for_reader("room").tables.values()
    wall = " ".join(str(cell) for frame in room for cell in frame.to_numpy().ravel())
    assert [sentence for sentence in kept_back if sentence in wall] == []


def test_the_room_hears_the_one_refusal_of_shade_since_its_owner_agreed(shade):
    refused = shade.for_reader("room")["positions"].query("stance == 'cannot accept it'")
    assert refused[["partner", "objective"]].to_numpy().tolist() == [["VEC", "O5"]]


def test_shade_is_open_although_money_moves_since_the_partners_chose_it(shade):
    assert shade.money_moves and shade.fact("mode") == "open" == shade.mode
    assert "chose open" in shade.fact("who_may_see")


def test_somebody_who_hopes_for_something_has_promised_nothing_yet():
    later = folder.read(EXERCISES / "examples" / "shade-under-way")
    said, promises = later["value_lines"], later["promises"]
    hoping = set(said.loc[said["we"] == "hope for", "partner"])
    promising = set(said.loc[said["how_sure"] == "we promise it", "partner"]) | set(promises["partner"])
    assert hoping - promising == {"OSD"}


def test_both_rounds_are_about_the_same_partners_objectives_and_risks():
    first, second = (folder.read(EXERCISES / "examples" / name) for name in ("shade", "shade-under-way"))
    assert first.names == second.names
    for table, column in (("objectives", "objective"), ("risks", "risk"), ("value_lines", "line")):
        assert first[table][column].to_list() == second[table][column].to_list()


# ---------------------------------------------------------------- the shipped lists

def test_the_shipped_lists_have_the_rows_the_handbook_speaks_of():
    assert {name: len(sheet) for name, sheet in shipped.sheets().items()} == {
        "risk_types": 12, "levels": 16, "protocol": 5, "topics": 18, "rights": 8, "behaviours": 6, "house_questions": 4}


def test_every_cell_that_helps_to_ask_is_filled_in():
    for name in ("risk_types", "protocol", "behaviours", "house_questions", "levels"):
        sheet = shipped.sheets()[name]
        assert (sheet != "").all(axis=None), name


def levels() -> pd.DataFrame:
    """The ranks of the level words, likelihood down and hardness across, both in the order of their scales."""
    table, sheet = TABLES["levels"], shipped.sheets()["levels"]
    scales = {column.name: column.kind.texts for column in table.columns}
    ranks = sheet.assign(rank=sheet["level"].map(scales["level"].index))
    grid = ranks.pivot(index="how_likely", columns="how_hard_on_us", values="rank")
    return grid.loc[scales["how_likely"], scales["how_hard_on_us"]]


def test_the_level_words_cover_every_pair_and_never_fall():
    grid = levels()
    assert grid.shape == (4, 4) and grid.notna().all(axis=None)
    assert (grid.diff().iloc[1:] >= 0).all(axis=None)
    assert (grid.T.diff().iloc[1:] >= 0).all(axis=None)


def test_what_could_finish_us_is_at_least_high_however_unlikely():
    assert levels().loc["hardly", "could finish us"] >= 2


def test_the_protocol_costs_nobody_money_and_lets_harm_and_fraud_leave_the_ladder():
    text = " ".join(shipped.sheets()["protocol"].to_numpy().ravel())
    for said in ("Raising a concern costs nobody money", "Harm to a person and misuse of money leave the ladder",
                 "an outside person whom no partner pays", "brings somebody to accompany it",
                 "The holder of the relation in every partner"):
        assert said in text


def test_texts_of_the_lists_are_short_enough_for_a_sheet_of_paper():
    too_long = [text for sheet in shipped.sheets().values() for text in sheet.to_numpy().ravel() if len(text) > 200]
    assert too_long == []
