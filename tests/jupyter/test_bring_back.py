"""Bringing an earlier version back: what each changed is said, and no line stands twice anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples import example
from making import partnership
from partnering.jupyter import history_panel
from partnering.jupyter.autosave import Autosave
from partnering.jupyter.history_panel import VersionsPanel
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import ROOM
from partnering.schema.tables import TABLES
from partnering.storage import folder, forget, version_changes, versions

pytestmark = pytest.mark.files  # each saves an example several times

SECRET = "only for the facilitator"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder.write(example("shade"), tmp_path / "ours")
    return tmp_path / "ours"


def notebook(place: Path) -> WorkingCopy:
    return WorkingCopy(folder.open_any(place))


def write(copy: WorkingCopy, table: str, row: int, save: bool = True, **texts: str) -> None:
    sheet = copy.partnership.sheets[table].copy()
    if row not in sheet.index:
        sheet.loc[row] = ""
    for column, text in texts.items():
        sheet.loc[row, column] = text
    copy.put({table: sheet})
    if save:
        assert copy.save()


def remove(copy: WorkingCopy, table: str, row: int) -> None:
    copy.put({table: copy.partnership.sheets[table].drop(index=row)})
    assert copy.save()


def told(place: Path) -> list[str]:
    return [version_changes.in_words(changes) for _, changes in version_changes.since_each(place)]


# ------------------------------------------------------------------ what each changed


def test_each_version_says_in_which_tables_how_many_lines_came_changed_and_went(place):
    copy = notebook(place)
    write(copy, "risks", 99, risk="R50", what_could_happen="a storm")
    write(copy, "risks", 2, what_could_happen="another flood")
    remove(copy, "objectives", 3)
    assert told(place) == [
        "1 line removed in “Objectives”",
        "1 line changed in “Risks”",
        "1 line added in “Risks”",
    ]


def test_what_bringing_one_back_would_change_is_told_against_what_stands_there_now(place):
    copy = notebook(place)
    write(copy, "risks", 99, risk="R50", what_could_happen="a storm")
    write(copy, "risks", 2, what_could_happen="another flood")
    oldest = versions.kept(place)[-1]
    assert version_changes.in_words(version_changes.to_bring_back(place, oldest)) == (
        "1 line changed, 1 line removed in “Risks”"
    )


def test_a_version_that_cannot_be_read_is_not_taken_for_an_empty_one(place):
    copy = notebook(place)
    write(copy, "risks", 2, what_could_happen="another flood")
    (version,) = versions.kept(place)
    (version.place / "risks.csv").write_bytes(b"PK\x03\x04 no table")
    assert version_changes.since_each(place) == [(version, None)]
    assert version_changes.to_bring_back(place, version) is None
    assert "cannot be shown" in history_panel._named(version, None)


def test_what_is_kept_back_is_not_counted(place):
    copy = notebook(place)
    write(copy, "risks", 99, risk="R50", what_could_happen=SECRET, share="facilitator only")
    write(copy, "partners", 2, note=SECRET)
    assert told(place) == ["", ""]


@pytest.mark.parametrize(("table", "row"), [("objectives", 2), ("decisions", 2)])
def test_a_line_that_is_kept_back_from_now_on_is_not_said_to_be_removed(place, table, row):
    copy = notebook(place)
    write(copy, table, row, share="facilitator only")
    write(copy, table, row, share="everyone here")
    assert told(place) == ["", ""]


def test_of_ticks_it_is_said_that_some_were_typed_and_not_how_many(place):
    copy = notebook(place)
    other = (
        "hardly"
        if copy.partnership.sheets["risk_views"].loc[2, "how_likely"] != "not likely"
        else "likely"
    )
    write(copy, "risk_views", 2, how_likely=other)
    label = TABLES["risk_views"].label
    assert told(place) == [f"answers typed in “{label}”"]


def test_the_panel_lists_them_and_says_what_the_chosen_one_would_change(place):
    copy = notebook(place)
    write(copy, "risks", 99, risk="R50", what_could_happen="<b>a storm</b>")
    panel = VersionsPanel(View(copy, ROOM))
    panel._look()
    (label, _name) = panel.listing.options[0]
    assert label.startswith("Until 2") and label.endswith(", then: 1 line added in “Risks”")
    assert "Compared with now, this version means: 1 line removed in “Risks”." in panel.status.value
    panel._bring_back(None)
    assert "It is as it was then" in panel.status.value
    assert len(copy.partnership.sheets["risks"]) == len(example("shade").sheets["risks"])


# ------------------------------------------------------------------ another notebook has it open


def test_a_line_that_was_written_in_the_schema_s_words_does_not_stand_twice(place):
    one, other = notebook(place), notebook(place)
    write(one, "objectives", 2, text="  changed in one notebook ")
    other.look_round()
    write(other, "objectives", 3, text="changed in the other ")
    one.look_round()
    before = example("shade").sheets["objectives"]["text"].tolist()
    versions.bring_back(place, versions.kept(place)[-1])
    for copy in (one, other):
        copy.look_round()
        assert copy.partnership.sheets["objectives"]["text"].tolist() == before


@pytest.mark.parametrize(
    ("table", "column"), [("objectives", "text"), ("decisions", "what_we_decided")]
)
def test_what_is_being_typed_in_another_notebook_goes_into_the_same_line(place, table, column):
    one, other = notebook(place), notebook(place)
    write(one, table, 2, **{column: "first"})
    write(one, table, 2, **{column: "second"})
    other.look_round()
    write(other, table, 2, save=False, **{column: "typed just now"})
    versions.bring_back(place, versions.kept(place)[-1])
    assert other.save() and one.look_round()
    for copy in (one, other):
        texts = copy.partnership.sheets[table][column].tolist()
        assert texts == ["typed just now", *example("shade").sheets[table][column].tolist()[1:]]


def test_every_version_can_be_brought_back_in_turn_with_the_same_lines_in_both(place):
    one, other = notebook(place), notebook(place)
    write(other, "risks", 99, risk=" r50", what_could_happen="a storm")
    write(other, "positions", 2, stance="Can live with it")
    remove(other, "objectives", 2)
    for version in versions.kept(place):
        versions.bring_back(place, version)
        there = folder.read(place).sheets
        for copy in (one, other):
            copy.look_round()
            for table in ("risks", "positions", "objectives"):
                assert len(copy.partnership.sheets[table]) == len(there[table]), table


def test_two_who_change_the_same_line_at_once_are_still_asked(place):
    one, other = notebook(place), notebook(place)
    write(one, "objectives", 2, text="one says this")
    write(other, "objectives", 2, text="the other says that", save=False)
    assert other.save()
    texts = other.partnership.sheets["objectives"]["text"].tolist()
    assert "one says this" in texts and "the other says that" in texts


@pytest.mark.parametrize(
    ("table", "column"), [("objectives", "text"), ("decisions", "what_we_decided")]
)
def test_that_both_have_changed_a_line_is_said_and_asked_about(place, table, column):
    one, other = notebook(place), notebook(place)
    write(one, table, 2, **{column: "one says this"})
    write(other, table, 2, **{column: "the other says that"})
    assert "somebody else has changed or deleted. Yours is below: compare" in other.said
    (asked,) = folder.read(place).problems
    assert asked.table == table and asked.row > 2
    write(other, table, 3, **{column: "nobody else has changed this"})
    assert "somebody else" not in other.said


@pytest.mark.parametrize(
    ("table", "code", "column"),
    [("risks", "R4", "what_could_happen"), ("decisions", 2, "what_we_decided")],
)
def test_what_was_forgotten_does_not_come_back_out_of_another_notebook(place, table, code, column):
    other = notebook(place)
    sheet = other.partnership.sheets[table]
    row = code if table == "decisions" else int(sheet.index[sheet["risk"] == code][0])
    write(other, table, row, save=False, **{column: "typed just now"})
    write(other, table, row + 1, save=False, **{column: "in the next line"})
    write(other, table, 99, save=False, **{sheet.columns[0]: "3", column: "a new line"})
    forget.row(place, table, code)
    assert other.save()
    text = (place / f"{table}.csv").read_text("utf-8")
    assert "typed just now" not in text and len(folder.read(place).sheets[table]) == len(sheet)
    assert "in the next line" in text and "a new line" in text
    assert "was forgotten elsewhere. It stays forgotten, with what you typed in it." in other.said
    other.look_round()
    write(other, table, row, **{column: "typed later"})
    assert "typed later" in (place / f"{table}.csv").read_text("utf-8")


# ------------------------------------------------------------------ forgotten meanwhile


def test_what_is_typed_in_a_forgotten_partnership_goes_into_no_other_one_of_its_name(place):
    copy = notebook(place)
    write(copy, "objectives", 99, save=False, objective="O9", text=SECRET)
    place.rename(place.with_name("away"))
    assert not copy.save() and "no longer there" in copy.said
    folder.write(partnership("ABC XYZ"), place)
    for _ in range(2):
        assert not copy.save() and "is another partnership now" in copy.said
    assert all(SECRET not in file.read_text("utf-8-sig") for file in place.glob("*.csv"))
    autosave = Autosave()
    autosave.add(copy)
    assert autosave.open(place) is not copy and autosave.working_copies != [copy]


def test_what_is_typed_is_saved_once_its_folder_is_there_again(place):
    copy = notebook(place)
    write(copy, "objectives", 99, save=False, objective="O9", text=SECRET)
    place.rename(place.with_name("away"))
    assert not copy.save()
    place.with_name("away").rename(place)
    assert copy.save() and SECRET in (place / "objectives.csv").read_text("utf-8-sig")
