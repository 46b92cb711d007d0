"""The examples and the shipped lists: what everybody sees first, and what every other test and page stands on."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from examples import example
from partnering.partnership import Partnership, answers, positions
from partnering.schema import lists, scales, wording
from partnering.schema.check import check
from partnering.schema.choices import Choice, Ticks
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_FACILITATOR, SHARE_PAPER_ONLY
from partnering.schema.tables import TABLES
from partnering.stops import findings, principles
from partnering.storage import house_file

EXERCISES = Path(__file__).parents[1] / "exercises"
EXAMPLES = sorted(path for path in (EXERCISES / "examples").iterdir() if path.is_dir())
HOUSES = sorted(file for place in EXAMPLES for file in place.glob("houses/*.csv"))
FILES = sorted(
    [*(file for place in [*EXAMPLES, lists.LISTS] for file in place.glob("*.csv")), *HOUSES]
)
HIDDEN_LAST = {"value_lines": "line", "risks": "risk", "objectives": "objective"}


def lines(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def short(path: Path) -> str:
    return (
        path.relative_to(EXERCISES).as_posix().removeprefix("examples/").removeprefix("partnering/")
    )


def table_in(file: Path) -> Table:
    return TABLES["house_answers" if file.parent.name == "houses" else file.stem]


@pytest.fixture(params=[place.name for place in EXAMPLES])
def each(request) -> Partnership:
    """One worked example after the other."""
    return example(request.param)


@pytest.fixture
def shade() -> Partnership:
    """Four partners at their beginning."""
    return example("shade")


@pytest.fixture
def hands() -> Partnership:
    """Two partners and no money."""
    return example("hands")


@pytest.fixture
def uwi() -> Partnership:
    """Nine partners with many voices."""
    return example("uwi")


# ---------------------------------------------------------------- files


def test_every_example_reads_without_a_problem(each):
    assert [*map(str, each.problems), *map(str, each.kept)] == []


def test_every_house_file_reads_without_a_problem_and_is_of_one_partner():
    for file in HOUSES:
        house = house_file.read(example(file.parents[1].name), file.stem)
        assert [*map(str, house.problems)] == [], short(file)
        assert set(house.answers["partner"]) == {file.stem}, short(file)
        asked = house.answers["unit"].nunique() * len(house.questions)
        assert len(house.answers) == len(lines(file)) - 1 == asked, short(file)


def test_no_house_file_is_part_of_its_partnership(each):
    files = [house_file.read(each, code).answers for code in house_file.there(each)]
    inside = {answer for frame in files for answer in frame["answer"]} - {""}
    told = {str(cell) for frame in each.tables.values() for cell in frame.to_numpy().ravel()}
    assert not inside & told and "house_answers" not in each.sheets


def test_the_shipped_lists_read_without_a_problem():
    checked = check(lists.sheets(), TABLES)
    assert [*map(str, checked.problems), *map(str, checked.kept)] == []


def test_files_have_plain_line_ends_and_rows_of_one_length():
    for file in FILES:
        raw = file.read_bytes()
        assert raw.decode("utf-8"), short(file)
        assert not raw.startswith(b"\xef\xbb\xbf"), short(file)
        assert b"\r" not in raw and raw.endswith(b"\n"), short(file)
        assert len({len(line) for line in lines(file)}) == 1, short(file)


def test_columns_are_those_of_the_schema_in_its_order():
    for file in FILES:
        table, found = table_in(file), lines(file)
        if table.upright:
            labels = [column.label for column in table.columns]
            assert [line[0] for line in found[1:]] == labels, short(file)
        else:
            there = found[0]
            assert there == [one.name for one in table.columns if one.name in there], short(file)


def test_every_core_column_is_shown_in_an_example():
    shown = {(table_in(file).name, name) for file in FILES for name in lines(file)[0]}
    core = {
        (name, column.name)
        for name, table in TABLES.items()
        if table.core and not table.upright
        for column in table.columns
        if column.core
    }
    assert core - shown == set()


def test_no_word_that_hurts_stands_in_them():
    hurting = [
        (short(file), hit)
        for file in FILES
        for line in lines(file)
        for cell in line
        for hit in wording.not_said(cell)
    ]
    assert hurting == []


def test_scales_are_written_in_the_english_words_exactly():
    for file in FILES:
        table, found = table_in(file), lines(file)
        for number, name in enumerate([] if table.upright else found[0]):
            kind = table.by_name[name].kind
            if isinstance(kind, Choice):
                cells = [line[number] for line in found[1:]]
                if isinstance(kind, Ticks):
                    cells = [word for cell in cells for word in kind.parts(cell)]
                assert set(cells) <= {"", *kind.everything}, (short(file), name)


# ---------------------------------------------------------------- what people in the room would believe


def test_every_partner_has_one_row_on_every_objective_and_every_risk(each):
    for table, of, item in (
        ("positions", "objectives", "objective"),
        ("risk_views", "risks", "risk"),
    ):
        places = set(each[table][["partner", item]].itertuples(index=False, name=None))
        assert places == {(partner, code) for partner in each.names for code in each[of][item]}


def test_what_the_facilitator_keeps_is_numbered_last(each):
    for table, column in HIDDEN_LAST.items():
        frame = each[table]
        hidden = frame["share"].isin([SHARE_FACILITATOR, SHARE_PAPER_ONLY]).to_list()
        assert hidden == sorted(hidden), f"{table}: a gap would tell that a row was kept back"
        numbers = [int(code[1:]) for code in frame[column]]
        assert numbers == list(range(1, len(numbers) + 1))


def test_shade_keeps_two_hopes_and_one_risk_off_the_wall(shade):
    kept_back = []
    for table, text in (("value_lines", "what"), ("risks", "what_could_happen")):
        kept_back += shade[table].loc[shade[table]["share"] == "facilitator only", text].to_list()
    assert len(kept_back) == 3
    room = shade.for_reader("room").tables.values()
    wall = " ".join(str(cell) for frame in room for cell in frame.to_numpy().ravel())
    assert [sentence for sentence in kept_back if sentence in wall] == []


def test_the_room_hears_the_one_refusal_of_shade_since_its_owner_agreed(shade):
    refused = shade.for_reader("room")["positions"].query("stance == 'cannot accept it'")
    assert refused[["partner", "objective"]].to_numpy().tolist() == [["VEC", "O5"]]


def test_shade_is_open_although_money_moves_since_the_partners_chose_it(shade):
    assert shade.money_moves and shade.fact("mode") == "with names" == shade.mode
    assert "chose answers with names" in shade.fact("who_may_see")


def test_somebody_who_hopes_for_something_has_promised_nothing_yet():
    later = example("shade-under-way")
    said, promises = later["value_lines"], later["promises"]
    hoping = set(said.loc[said["we"] == "hope for", "partner"])
    promising = set(said.loc[said["how_sure"] == "we promise it", "partner"]) | set(
        promises["partner"]
    )
    assert hoping - promising == {"OSD"}


def test_both_rounds_are_about_the_same_partners_objectives_and_risks():
    first, second = (example(name) for name in ("shade", "shade-under-way"))
    assert first.names == second.names
    for table, column in (("objectives", "objective"), ("risks", "risk"), ("value_lines", "line")):
        assert first[table][column].to_list() == second[table][column].to_list()


def test_one_step_of_the_ladder_of_shade_lacks_one_thing_and_ten_months_later_none(shade):
    lacking = principles.ladder_check(shade).data
    assert (
        lacking["Step"].tolist() == ["3"]
        and "a role in every organisation" in lacking["What is missing"][0]
    )
    assert principles.ladder_check(example("shade-under-way")).data.empty


def test_the_two_documents_of_shade_come_to_differ_on_who_owns_data():
    differ = {
        name: set(frame.loc[frame["together"] == "they differ", "topic"].str.split(":").str[0])
        for name, frame in (
            (name, example(name)["topics"]) for name in ("shade", "shade-under-way")
        )
    }
    ending = "How it ends, and what people we serve can then count on"
    assert differ == {"shade": {ending}, "shade-under-way": {ending, "Information about people"}}


def test_one_moment_of_shade_is_dated_twice():
    moments = example("shade-under-way")["moments"]
    twice = moments.loc[moments["moment"].duplicated(keep=False), "when"]
    assert twice.tolist() == ["2027-01-12", "2027-01-29"]


def test_between_the_two_of_hands_no_money_moves_and_nobody_speaks_as_a_voice(hands):
    assert (
        list(hands.names) == ["TDD", "MDN"] and hands.mode == "with names" and not hands.money_moves
    )
    assert hands["transfers"].empty and hands["capabilities"].empty and hands["clauses"].empty
    assert not any(
        (frame["respondent"] != "").any()
        for frame in hands.tables.values()
        if "respondent" in frame
    )
    assert hands.for_reader("room").hidden.groups == ()
    assert not hands["topics"]["where"].isin(["grant agreement", "both"]).any()


def test_the_last_risk_of_hands_is_on_paper_only_and_its_line_is_empty(hands):
    last = hands["risks"].iloc[-1]
    assert (last["risk"], last["share"], last["what_could_happen"], last["type"]) == (
        "R9",
        SHARE_PAPER_ONLY,
        "",
        "",
    )
    views = hands["risk_views"].query("risk == 'R9'")
    assert len(views) == 2 and views[["how_likely", "how_hard_on_us"]].isna().all(axis=None)
    assert "R9" not in set(hands.for_reader("room")["risk_views"]["risk"])


VOICES = {"LUW": 7, "KDJ": 6, "CTO": 4, "BEA": 5, "HSA": 5, "MVA": 2, "IUS": 3, "DAA": 2, "CFP": 3}


def test_in_uwi_the_voices_of_the_five_small_groups_are_hidden_and_no_other(uwi):
    assert list(uwi.names) == list(VOICES) and uwi.mode == "confidential"
    for name in ("positions", "risk_views"):
        said = uwi[name].query("respondent != ''").groupby("partner")["respondent"].nunique()
        assert said.to_dict() == VOICES, name
    small = {"CTO", "MVA", "IUS", "DAA", "CFP"}
    assert positions.hidden_groups(VOICES, uwi.threshold) == small
    assert uwi.for_reader("room").hidden.groups == ("CFP", "CTO", "DAA", "IUS", "MVA")


def test_the_sign_of_a_voice_in_uwi_tells_nothing_of_its_house(uwi):
    signs = uwi["positions"].query("respondent != ''")[["partner", "respondent"]].drop_duplicates()
    assert (
        signs["respondent"].is_unique
        and signs["respondent"].map(re.compile("[a-z][2-9]").fullmatch).all()
    )
    assert set(signs["respondent"]) == set(uwi["risk_views"]["respondent"]) - {""}
    assert (
        signs.groupby("partner")["respondent"].agg(lambda some: some.str[0].nunique()) > 1
    ).all()


def test_in_uwi_two_houses_are_divided_inside_each_on_one_thing(uwi):
    scale_columns = {
        "positions": ("stance", "our_part"),
        "risk_views": ("how_likely", "how_hard_on_us"),
    }
    divided = [
        (*row, column)
        for table, columns in scale_columns.items()
        for column in columns
        for row in answers.divided(uwi, table, column).itertuples(index=False, name=None)
    ]
    assert divided == [("BEA", "O5", "stance"), ("KDJ", "R7", "how_likely")]


def test_the_room_of_uwi_hears_of_every_objective_and_of_every_risk_but_the_one_kept_back(uwi):
    room = uwi.for_reader("room")
    assert set(room["positions"]["objective"]) == set(uwi["objectives"]["objective"])
    assert set(room["risk_views"]["risk"]) == set(uwi["risks"]["risk"]) - {"R10"}
    assert all(
        room[table]["partner"].str.startswith("*").all() for table in ("positions", "risk_views")
    )


def test_in_uwi_a_grant_is_passed_on_and_a_service_is_paid_for(uwi):
    forms = uwi["transfers"].set_index("transfer")[["from", "to", "form"]]
    assert forms.astype("str").agg(" ".join, axis=1).to_dict() == {
        "T1": "CFP LUW grant",
        "T2": "LUW KDJ grant",
        "T3": "LUW MVA grant",
        "T4": "BEA KDJ service contract",
    }


def test_every_check_of_the_red_thread_speaks_in_one_example_and_is_silent_in_another():
    for question in findings.CHECKS:
        spoken = [bool(question(example(place.name))) for place in EXAMPLES]
        assert any(spoken) and not all(spoken), question.__name__


def test_the_list_of_examples_tells_of_each_of_them():
    told = (EXERCISES / "examples" / "README.md").read_text(encoding="utf-8")
    assert all(f"**{place.name}**" in told for place in EXAMPLES)


# ---------------------------------------------------------------- the shipped lists


def test_the_shipped_lists_have_the_rows_the_handbook_speaks_of():
    assert {name: len(sheet) for name, sheet in lists.sheets().items()} == {
        "risk_types": 12,
        "levels": 16,
        "protocol": 5,
        "topics": 18,
        "rights": 8,
        "behaviours": 6,
        "rehearsals": 4,
        "house_questions": 4,
    }


def test_every_cell_that_helps_to_ask_is_filled_in():
    for name in ("risk_types", "protocol", "behaviours", "rehearsals", "house_questions", "levels"):
        sheet = lists.sheets()[name]
        assert (sheet != "").all(axis=None), name


def levels() -> pd.DataFrame:
    """The ranks of the level words, likelihood down and hardness across, both in the order of their scale_columns."""
    table, sheet = TABLES["levels"], lists.sheets()["levels"]
    scale_columns = {column.name: column.kind.texts for column in table.columns}
    ranks = sheet.assign(rank=sheet["level"].map(scale_columns["level"].index))
    grid = ranks.pivot(index="how_likely", columns="how_hard_on_us", values="rank")
    return grid.loc[scale_columns["how_likely"], scale_columns["how_hard_on_us"]]


def test_the_level_words_cover_every_pair_and_never_fall():
    grid = levels()
    assert grid.shape == (4, 4) and grid.notna().all(axis=None)
    assert (grid.diff().iloc[1:] >= 0).all(axis=None)
    assert (grid.T.diff().iloc[1:] >= 0).all(axis=None)


def test_what_could_finish_us_is_at_least_high_however_unlikely():
    assert levels().loc["not likely", "could end us"] >= 2


def test_the_protocol_costs_nobody_money_and_lets_harm_and_fraud_leave_the_ladder():
    text = " ".join(lists.sheets()["protocol"].to_numpy().ravel())
    for said in (
        "No payment stops because of a concern",
        "Harm to a person and misuse of money go to the reporting route at once",
        "an outside person whom no partner pays",
        "brings a companion",
        "The focal point of every partner",
    ):
        assert said in text


def test_the_shipped_ladder_is_whole_once_the_partners_have_made_it_theirs():
    steps = lists.sheets()["protocol"]
    assert "not yet yours" in principles.ladder(Partnership({})).plain()  # until then a proposal
    own = steps.assign(meanwhile=steps["meanwhile"] + " We agree.")
    assert principles.ladder_check(Partnership({"protocol": own})).data.empty


def test_each_thing_that_can_be_gathered_has_one_topic():
    gathers = lists.sheets()["topics"]["gathers"]
    assert sorted(word for word in gathers if word) == sorted(scales.GATHERS.texts)


def test_texts_of_the_lists_are_short_enough_for_a_sheet_of_paper():
    too_long = [
        text
        for sheet in lists.sheets().values()
        for text in sheet.to_numpy().ravel()
        if len(text) > 200
    ]
    assert too_long == []
