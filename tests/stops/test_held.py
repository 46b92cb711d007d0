"""The wall where answers are held and too few are asked: the example Clinic from stop 1 to stop 8."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from every_result import MAKERS, called, made, tables_of
from examples import EVERY_EXAMPLE, example
from exercise import notebooks
from making import partnership
from partnering.partnership import MINE, ROOM, Partnership
from partnering.partnership.knowledge import NOT_SHOWN
from partnering.results import Figure
from partnering.schema.kinds import Text
from partnering.schema.tables import TABLES
from partnering.stops import (
    agreement,
    coherence,
    findings,
    principles,
    purpose,
    red_thread,
    relationship,
    risk,
    risk_sharing,
    start,
    value,
)

WHY = (
    "Not shown here: answers are confidential, and 4 organisations are fewer than the "
    "smallest group (5)."
)
IN_SHORT = "Answers are confidential: not shown here."
REASON = re.compile(
    r"[^.]*\b(?:are confidential|[Nn]ot shown here)\b[^.]*\."
)  # sentences that say why


@pytest.fixture(scope="module")
def room() -> Partnership:
    """What the room of the clinic sees."""
    return example("clinic").for_reader(ROOM)


@pytest.fixture(scope="module")
def mine() -> Partnership:
    """What its facilitator sees."""
    return example("clinic").for_reader(MINE)


def empty(result, said: str = IN_SHORT) -> bool:
    """Whether a result shows no table, and one sentence says why."""
    told = result.plain()
    return result.rows.empty and told.count(said) == 1 and len(REASON.findall(told)) == 1


def results_of(notebook: Path) -> list:
    """The functions that the cells of an exercise show, in their order."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    shown = ", ".join(re.findall(r"room\.show\(([^)]*)\)", source)).split(", ")
    return [make for name in shown for make in MAKERS if called(make) == name]


# ------------------------------------------------------------------ the wall, stop by stop


def test_at_stop_1_the_room_sees_what_was_decided_and_the_one_refusal_that_was_freed(room):
    rows = purpose.stances(room).rows
    assert rows["item"].to_list() == ["O1", "O2", "O3", "O4"]
    outcomes = [tuple(outcome for outcome, *_ in some) for some in rows["decided"]]
    assert outcomes == [
        ("agreed",),
        ("we differ, and must decide",),
        ("we differ, and it can stay so",),
        (),
    ]
    assert rows["freed"].to_list() == [(), (), ("cannot accept it",), ()]
    assert WHY in purpose.stances(room).plain()


def test_at_stop_1_nothing_is_drawn_of_stances_that_are_not_shown(room):
    assert not purpose.stance_strip(room).is_drawn
    assert purpose.stance_strip(room).html() == purpose.stances(room).html()


def test_at_stop_1_only_what_is_missing_is_told_of_who_could_do_it(room):
    missing = purpose.who_could(room)
    assert missing.rows["objective"].to_list() == ["O2"]
    assert missing.data["As it is now"].to_list() == [
        "something is missing: a rule of the ministry that lets a village own a register"
    ]
    assert missing.plain().count(IN_SHORT) == 1
    assert empty(purpose.enough(room)) and empty(purpose.only_one_brings(room))
    assert empty(purpose.parts(room), WHY)


def test_at_stop_2_lines_stand_with_names_and_neither_prices_nor_worth_do(room):
    rows = value.asked_and_answered(room).rows.set_index("line")
    assert rows.index[rows["state"] == value.UNANSWERED].to_list() == ["V11", "V21"]
    assert rows.loc[rows["state"] == value.MET, "met_by"].to_dict() == {
        "V5": ("V8",),
        "V16": ("V7",),
    }
    sheets = value.value_sheets(room)
    assert [len(sheet.rows) for sheet in sheets.parts] == [5, 6, 5, 5]
    assert "Price" not in sheets.plain()
    assert value.worth(room).rows[["item", "freed"]].to_numpy().tolist() == [["", ()]]
    assert WHY in value.worth(room).plain()


def test_at_stop_2_that_a_promise_was_not_kept_is_on_no_wall(room):
    calendar = value.promise_calendar(room).rows.set_index("promise")
    assert sorted(calendar.index) == [f"P{number}" for number in range(1, 10)]
    assert calendar.index[calendar["status"].isna()].to_list() == ["P9"]
    assert value.not_kept(room).rows.empty


def test_at_stop_3_no_view_is_shown_and_what_is_done_about_the_chosen_risks_is(room):
    on_the_wall = risk.risk_table(room).rows
    assert on_the_wall["item"].to_list() == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert on_the_wall.loc[on_the_wall["decided"].map(bool), "item"].to_list() == ["R2"]
    for make in (
        risk.left_open,
        risk.without_names,
        risk.whom_does_it_hit,
        risk.different_information,
    ):
        assert empty(make(room)), make.__name__
    assert risk_sharing.who_carries(room).rows["risk"].to_list() == ["R1", "R2", "R4"]
    talk = risk_sharing.to_talk_about(room).rows[["risk", "pattern"]]
    assert talk.to_numpy().tolist() == [
        ["R1", risk_sharing.NOT_DECIDING],
        ["R2", risk_sharing.NOT_DECIDING],
        ["R2", risk_sharing.UNPAID],
        ["R4", risk_sharing.NOT_DECIDING],
    ]
    assert "No type is chosen yet for R3." in risk.kinds_nobody_named(room).plain()
    assert "It would hit … hardest" in risk_sharing.sentence(room).plain()


def test_at_stop_4_all_that_was_written_together_stands_and_half_a_ladder_is_theirs(room):
    assert principles.practices(room).rows["practice"].to_list() == ["A1", "A2", "A3", "A4", "A5"]
    assert principles.needs_a_practice(room).rows["principle"].to_list() == [
        "Nobody pays for speaking"
    ]
    gaps = principles.ladder_check(room).rows
    assert gaps.loc[gaps["lacks"] == principles.YOUR_WORDS, "step"].to_list() == ["3", "4", "END"]
    assert principles.tensions(room).rows["step"].to_list() == ["1", "1", "2", "1"]


def test_at_stop_5_the_papers_and_who_decides_alone_are_on_the_wall(room):
    chain = agreement.documents(room).rows.iloc[-1]
    assert (chain["giver"], chain["through"], chain["taker"]) == ("LBF", "COR", "VHU")
    assert agreement.differ(room).rows["together"].to_list() == [
        "we do not know",
        "they differ",
        "they differ",
    ]
    assert agreement.decided_alone(room).rows["decides"].to_list() == ["LBF", "LBF", "DHO"]


def test_at_stop_6_the_two_columns_are_not_told_and_what_each_practises_is(room):
    assert relationship.own_and_others(room).rows["item"].to_list() == [
        "B1",
        "B2",
        "B3",
        "B4",
        "B5",
        "B6",
    ]
    assert WHY in relationship.own_and_others(room).plain()
    assert not relationship.own_and_others_strip(room).is_drawn
    practised = relationship.practising(room).rows.set_index("partner")["behaviour"]
    assert practised.to_dict() == {"LBF": "B2", "COR": "B1", "VHU": "B3", "DHO": "B6"}
    assert len(relationship.story(room).rows) == 6


@pytest.mark.rule("7.3")
def test_at_stop_7_the_post_is_read_without_sender_and_receiver(room):
    reached = coherence.reached_us(room)
    assert reached.rows["request"].to_list() == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"]
    assert set(reached.rows["from"]) == set(reached.rows["to"]) == {""}
    assert list(reached.data.columns) == ["Request", "When", "Told in advance"]
    together = coherence.same_week(room)
    assert together.rows[["to", "week", "requests"]].to_numpy().tolist() == [
        ["", "2027-09", ("Q1", "Q2", "Q3")]
    ]
    told = reached.plain() + together.plain() + coherence.same_week(room).html()
    assert not [code for code in room.names if code in told]
    assert "the week of 2027-03-01" in coherence.before_you_move_on_contacts(room).plain()


@pytest.mark.rule("7.3")
@pytest.mark.parametrize("name", ["shade-under-way", "uwi"])
def test_beside_who_asked_whom_the_room_is_not_told_whether_it_was_announced(name):
    whole = example(name)
    assert "Told in advance" in coherence.reached_us(whole).data.columns
    reached = coherence.reached_us(whole.for_reader(ROOM))
    assert {"From (sender)", "To (receiver)"} <= set(reached.data.columns)
    assert not {"Told in advance", "Time it took"} & set(reached.data.columns)
    assert reached.rows[["announced", "what_it_took"]].isna().all(axis=None)


@pytest.mark.rule("7.2")
def test_at_stop_7_what_a_house_differs_on_is_left_out_of_every_line(room):
    held = coherence.holding(room)
    assert held.rows["partner"].to_list() == ["LBF", "COR", "VHU", "DHO"]
    assert set(held.rows["our_units_differ_on"]) == {""}
    assert "Our own units differ on" not in held.data.columns
    assert "differ on" not in coherence.before_you_move_on(room).plain()
    assert len(coherence.contact_map(room).rows) == 9  # of ten: one is the facilitator's


def test_at_stop_8_the_thread_rests_on_no_tick_and_on_no_promise(room):
    assert red_thread.decisions(room).rows["about"].to_list() == [
        "O1",
        "V11",
        "R2",
        "A4",
        "a day of the round that is moved",
        "visitors",
        "the second year",
    ]
    assert red_thread.differences(room).rows["about"].to_list() == ["O2", "notice of ending", "O3"]
    assert red_thread.checks(room).rows["check"].to_list() == [
        findings.NOT_WRITTEN,
        findings.NEVER_LOOKED_AT_AGAIN,
        findings.NO_STAND_IN,
        findings.CARRIES_AND_IS_NOT_ASKED,
        findings.CARRIES_AND_IS_NOT_ASKED,
    ]


def test_at_stop_8_lines_that_end_with_a_full_stop_are_told_one_after_the_other(room):
    told = red_thread.checks(room).data["What we see"][0]
    assert told == (
        "in no document shown here: R1 The road floods, and no clinic comes beyond the "
        "river; R2 An instalment waits for a report, and the clinic stands still; R4 Somebody "
        "asks for the book of names who should not have it"
    )


def test_the_tour_says_of_ticks_that_all_forms_are_in_and_not_how_many_lines_are_seen(room):
    told = start.filled_in(room).plain()
    for table in ("positions", "worth", "risk_views", "behaviour_views"):
        assert f"{TABLES[table].label}: all 4 forms are in, not shown here" in told


# ------------------------------------------------------------------ what she sees beside it


def test_the_facilitator_sees_what_the_page_tells_of_her(mine):
    stances = purpose.stances(mine).rows.set_index("objective")["cannot accept it"]
    assert stances[["O2", "O3"]].to_list() == [("DHO",), ("VHU",)]
    assert purpose.enough(mine).rows.set_index("objective")["reluctant"]["O1"] in ("DHO", ("DHO",))
    worth = value.worth(mine).rows.set_index("partner")["worth_it"]
    assert worth["DHO"] == "not as it is now"
    likely = risk.risk_table(mine).rows.query("risk == 'R2'").set_index("partner")["how_likely"]
    assert likely.to_dict() == {
        "LBF": "not likely",
        "COR": "already happening",
        "VHU": "already happening",
        "DHO": "not likely",
    }
    asked = relationship.own_and_others(mine).rows.set_index("behaviour")["question"]
    assert asked[asked != ""].to_dict() == {"B2": relationship.WE_SEE_MORE}
    assert value.not_kept(mine).rows["promise"].to_list() == ["P9"]
    assert findings.PROMISES_BESIDE_WORD in set(red_thread.checks(mine).rows["check"])
    consents = mine["consents"].set_index("partner")
    with_name = (consents == "with our name").sum()
    assert with_name.reindex(["positions", "risk_views", "behaviour_views"]).to_list() == [3, 3, 3]
    differs = coherence.holding(mine).rows.set_index("partner")["our_units_differ_on"]
    assert differs.index[differs != ""].to_list() == ["COR", "DHO"]


def test_nothing_that_the_facilitator_alone_was_told_is_in_any_result(room):
    whole = example("clinic")
    secrets = {"R7", "V22", "V23", "V24", "V25"}
    for name, table in TABLES.items():
        frame = whole[name]
        texts = [column for column in table.columns if isinstance(column.kind, Text)]
        for column in texts:
            kept = frame.index == frame.index
            if column.share == "everyone here":
                kept = frame["share"] == "facilitator only" if "share" in frame else ~kept
            secrets |= {text for text in frame.loc[kept, column.name] if len(text) > 12}
    assert len(secrets) > 20
    told = "\n".join(made(make, room).html() for make in MAKERS)
    assert [secret for secret in secrets if secret in told] == []


# ------------------------------------------------------------------ over all results


def few_and_held(name: str) -> Partnership:
    """The room of an example with its answers held, and a smallest group that it does not reach."""
    whole = example(name)
    facts = whole.sheets["partnership"].assign(mode="confidential", threshold="50")
    return Partnership({**whole.sheets, "partnership": facts}, name).for_reader(ROOM)


def says_nothing(cells: pd.DataFrame) -> pd.DataFrame:
    """Which cells say no more than that something is not shown here."""
    return cells.iloc[:, 1:].map(lambda cell: NOT_SHOWN in str(cell))


ROOMS = [
    pytest.param(name, marks=[] if name == "clinic" else pytest.mark.laws) for name in EVERY_EXAMPLE
]


@pytest.fixture(scope="module", params=[*ROOMS, "nobody has answered"])
def few(request) -> Partnership:
    """One room after the other in which too few are asked."""
    if request.param in EVERY_EXAMPLE:
        return few_and_held(request.param)
    return partnership(
        "ANA BEN CEL DOM",
        partnership=[{"title": "Four", "mode": "confidential", "moment": "working together"}],
        objectives=[("O1", "a bridge"), ("O2", "a road", "specific objective", "", "a permit")],
        risks=[("R1", "", "a flood")],
    ).for_reader(ROOM)


def test_where_few_answer_in_confidence_no_table_says_cell_after_cell_that_it_is_not_shown(few):
    assert few.few_and_held
    for make in MAKERS:
        for table in tables_of(made(make, few)):
            if not table.rows.empty:
                silent = says_nothing(table.cells)
                assert silent.to_numpy().sum() * 2 <= silent.size, called(make)
                assert not silent.all().any(), called(make)


def test_where_few_answer_in_confidence_each_result_says_why_once(few):
    for make in MAKERS:
        assert made(make, few).plain().count("nswers are confidential") <= 1, called(make)


@pytest.mark.rule("R16")
@pytest.mark.parametrize("notebook", notebooks(), ids=lambda place: place.stem)
def test_on_one_page_a_reason_of_more_than_few_words_stands_once(few, notebook):
    told = [made(make, few).plain() for make in results_of(notebook)]
    reasons = Counter(said.strip() for one in told for said in set(REASON.findall(one)))
    again = [said for said, count in reasons.items() if count > 1]
    assert [said for said in again if len(said.split()) > 8] == []


def test_where_there_is_nothing_to_draw_no_empty_drawing_stands_on_the_wall(few):
    for make in MAKERS:
        figure = made(make, few)
        if isinstance(figure, Figure) and not figure.is_drawn:
            assert "<svg" not in figure.html(), called(make)
            assert figure.plain() == figure.table.plain(), called(make)
