"""Start here: what came back is added by clicking, undone by one click, and carried in one file."""

import shutil
from pathlib import Path

import pytest

from making import partnership
from partnering.jupyter import choose_panel, home_panel, merge_panel, open_button
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.storage import folder, home_file, paths

VIEWS = "partner,risk,how_likely\n"


@pytest.fixture
def view(monkeypatch, tmp_path) -> View:
    """A partnership of one's own that is open, with two risks."""
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "mine")
    monkeypatch.setattr(paths, "CHOSEN", tmp_path / "mine" / "chosen.txt")
    monkeypatch.setattr(paths, "HOME", tmp_path)
    place = tmp_path / "mine" / "ours"
    place.parent.mkdir()
    risks = [("R1", "", "the gate <b>"), ("R2", "", "rain")]
    views = [{"partner": "ANA", "risk": "R1", "how_likely": "likely"}]
    folder.write(partnership("ANA BEN", risks=risks, risk_views=views), place)
    return View(WorkingCopy(folder.read(place)), "room")


def not_opened(place: Path) -> None:
    raise AssertionError(f"{place} was opened: every exercise was to keep what is open")


def came(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "came"
    place.mkdir(exist_ok=True)
    (place / "risk_views.csv").write_text(VIEWS + text, encoding="utf-8")
    return place


def said_of(view: View) -> list[tuple[str, str]]:
    rows = folder.read(view.working_copy.place)["risk_views"]
    return list(zip(rows["partner"], rows["how_likely"], strict=True))


def looked(view: View, place: Path) -> merge_panel.MergePanel:
    panel = merge_panel.MergePanel(view, not_opened)
    panel.where.value = str(place)
    panel.look.click()
    return panel


def is_shown(widget) -> bool:
    return widget.layout.display != "none"


def test_what_came_back_is_added_and_taken_out_again_and_nothing_is_switched(view, tmp_path):
    panel = looked(view, came(tmp_path, "BEN,R1,not likely\n"))
    assert "Nothing is saved yet. New lines: " in panel.found.value and "0" not in panel.found.value
    assert is_shown(panel.add) and not panel.add.disabled and not is_shown(panel.choices)
    assert said_of(view) == [("ANA", "likely")]  # nothing is saved yet
    panel.add.click()
    assert said_of(view) == [("ANA", "likely"), ("BEN", "not likely")]
    assert view.whole["risk_views"]["partner"].to_list() == ["ANA", "BEN"]
    assert "Added to ours, which stays open" in panel.status.value
    assert "1 line is new." in panel.status.value and "0 " not in panel.status.value
    assert not paths.CHOSEN.exists()
    panel.undo.click()
    assert said_of(view) == [("ANA", "likely")] and not is_shown(panel.undo)
    assert view.whole["risk_views"]["partner"].to_list() == ["ANA"]


def test_what_differs_is_chosen_line_by_line_or_for_all(view, tmp_path):
    panel = looked(view, came(tmp_path, "ANA,R1,not likely\n"))
    (row,) = panel.lines.children
    assert [label for label, _ in row.children[1].options] == [
        "what is open: “likely”",
        "risk_views.csv: “not likely”",
    ]
    assert panel.choices.selected_index is None  # closed: it quotes answers
    panel.theirs.click()
    assert row.children[1].value == 1
    panel.ours.click()
    panel.add.click()
    assert said_of(view) == [("ANA", "likely")]
    panel = looked(view, came(tmp_path, "ANA,R1,not likely\n"))
    panel.theirs.click()
    panel.add.click()
    assert said_of(view) == [("ANA", "not likely")]
    assert "1 answer is now as it came back." in panel.status.value


def test_where_ours_is_kept_it_says_so_and_there_is_nothing_to_undo(view, tmp_path):
    looked(view, came(tmp_path, "ANA,R1,likely\n")).add.click()
    panel = looked(view, came(tmp_path, "ANA,R1,not likely\n"))
    panel.ours.click()
    panel.add.click()
    assert said_of(view) == [("ANA", "likely")]
    assert "ours is as it was: of each answer yours was kept." in panel.status.value
    assert not is_shown(panel.undo)  # it would have taken out what was added before


def test_where_the_stricter_answer_counts_it_is_said_again_once_it_is_added(view, tmp_path):
    place = came(tmp_path, "")
    (place / "risks.csv").write_text("risk,share\nR1,facilitator only\n", encoding="utf-8")
    panel = looked(view, place)
    panel.yes.value = True
    panel.add.click()
    assert "1 time the stricter answer counts." in panel.status.value


def test_what_is_opened_elsewhere_on_the_page_is_said_where_it_is_chosen_too(view, tmp_path):
    place = view.working_copy.place
    folder.write(view.whole, place.with_name("other"))
    paths.choose(place)
    panel = choose_panel.ChoosePanel(not_opened, [view])
    assert panel.listing.value == str(place) and "Every exercise opens: ours" in panel.status.value
    panel.status.value = "Begun"
    view.tell()
    assert panel.status.value == "Begun"
    paths.choose(place.with_name("other"))
    view.tell()
    assert panel.listing.value == str(place.with_name("other"))
    assert "Every exercise opens: other" in panel.status.value


def test_a_cell_that_is_run_again_leaves_no_panel_behind_that_is_told(view, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(choose_panel.ChoosePanel, "_follow", lambda self: told.append(self))
    panels = [choose_panel.ChoosePanel(not_opened, [view]) for _ in range(3)]
    view.tell()
    assert told == panels[-1:]


def test_what_was_not_read_or_cannot_be_read_waits_for_a_yes(view, tmp_path):
    place = came(tmp_path, "BEN,R1,perhaps\n")
    (place / "scan.pdf").write_bytes(b"%PDF")
    panel = looked(view, place)
    assert "1 answer cannot be read" in panel.found.value and "“perhaps”" in panel.found.value
    assert "row 2, column How likely" in panel.found.value and "scan.pdf" in panel.found.value
    assert is_shown(panel.yes) and panel.add.disabled
    panel.add.click()
    assert len(said_of(view)) == 1 and "Nothing is saved yet" in panel.status.value
    panel.yes.value = True
    assert not panel.add.disabled
    panel.add.click()
    assert len(said_of(view)) == 2


@pytest.mark.parametrize("kept", [False, True])
def test_what_was_assumed_waits_for_a_yes_and_columns_on_people_for_a_box(view, tmp_path, kept):
    (tmp_path / "came").mkdir()
    text = "Mail,How likely [R1]\nana@example.org,not likely\n"
    (tmp_path / "came" / "BEN.csv").write_text(text, "utf-8")
    panel = looked(view, tmp_path / "came")
    panel.yes.value = True
    panel.keep.value = kept
    if kept:
        assert panel.joined is None and not is_shown(panel.add) and not panel.yes.value
        panel.look.click()
    assert (
        "By the name of the file" in panel.found.value and "e-mail addresses" in panel.found.value
    )
    assert ("kept as you asked" in panel.found.value) == kept
    panel.yes.value = True
    panel.add.click()
    assert said_of(view) == [("ANA", "likely"), ("BEN", "not likely")]
    files = view.working_copy.place.glob("*.csv")
    assert any("ana@example.org" in file.read_text("utf-8") for file in files) == kept


def test_saved_as_a_partnership_of_its_own_it_waits_for_a_yes_of_its_own(view, tmp_path):
    place = came(tmp_path, "BEN,R1,not likely\n")
    (place / "scan.pdf").write_bytes(b"%PDF")
    panel = looked(view, place)
    panel.name.value, panel.yes.value = "apart", True
    panel.save.click()
    assert panel.save.disabled and not (tmp_path / "mine" / "apart").exists()
    panel._open_here = lambda place: None
    panel.yes_apart.value = True
    panel.save.click()
    assert (tmp_path / "mine" / "apart" / "risk_views.csv").exists()


def test_what_was_typed_since_is_not_undone_in_silence(view, tmp_path):
    panel = looked(view, came(tmp_path, "BEN,R1,not likely\n"))
    panel.add.click()
    view.whole.edit("risks", view.whole.sheets["risks"].assign(what_could_happen="typed since"))
    view.working_copy.unsaved = True
    panel.undo.click()
    assert "Something was typed since" in panel.status.value
    assert (
        folder.read(view.working_copy.place)["risks"]["what_could_happen"].iloc[0] == "typed since"
    )
    assert len(said_of(view)) == 2


def test_what_was_typed_between_looking_and_adding_is_looked_at_again(view, tmp_path):
    panel = looked(view, came(tmp_path, "ANA,R2,not likely\n"))
    sheet = view.whole.sheets["risk_views"]
    view.working_copy.put({"risk_views": sheet.assign(risk="R2")})
    panel.add.click()
    assert "Something has changed in the meantime" in panel.found.value
    assert len(panel.lines.children) == 1 and said_of(view) == [("ANA", "likely")]


def test_of_a_worked_example_what_came_back_is_saved_apart(monkeypatch, tmp_path):
    view = View(WorkingCopy(folder.read(paths.EXAMPLES / "shade")), "room")
    panel = looked(view, came(tmp_path, "VEC,R1,not likely\n"))
    assert not is_shown(panel.add) and is_shown(panel.save)


def test_a_locked_file_asks_for_its_passphrase(view, tmp_path):
    made = home_panel.CarryPanel(view)
    made.passphrase.value = made.again.value = "four words or more"
    made.take.click()
    (file,) = (view.working_copy.place / "to carry").iterdir()
    assert made.passphrase.value == "" and "It is locked" in made.status.value
    panel = looked(view, file)
    assert is_shown(panel.passphrase) and "is locked" in panel.status.value
    panel.passphrase.value = "four words or more"
    panel.look.click()
    assert "nothing to add" in panel.found.value and not is_shown(panel.add)


# ---------------------------------------------------------------- one file to carry


def test_two_passphrases_that_differ_make_nothing(view):
    panel = home_panel.CarryPanel(view)
    panel.passphrase.value, panel.again.value = "four words or more", "four words or mroe"
    panel.take.click()
    assert "are not the same" in panel.status.value
    assert not (view.working_copy.place / "to carry").exists()


def test_each_button_makes_its_file_and_names_it_with_a_way_to_open_it(view, monkeypatch):
    opened: list[Path] = []
    monkeypatch.setattr(
        open_button, "open_in_its_program", lambda path: opened.append(path) or f"{path} ..."
    )
    panel = home_panel.CarryPanel(view)
    for button, partner in ((panel.take, ""), (panel.give, "ANA"), (panel.hand, "")):
        panel.partner.value = "ana"
        button.click()
        ((open_it, label),) = (row.children for row in panel.results.rows.children)
        assert label.value.startswith("mine/ours/to carry/ours")
        open_it.click()
        assert home_file.read(opened[-1]).partner == partner
        assert opened[-1].name in panel.results.status.value
    panel.partner.value = "nobody"
    panel.give.click()
    assert "no partner “NOBODY” here" in panel.status.value and not panel.results.rows.children


def test_what_is_brought_back_lies_beside_and_is_opened_when_somebody_says_so(view, tmp_path):
    panel = home_panel.CarryPanel(view)
    panel.take.click()
    (file,) = (view.working_copy.place / "to carry").iterdir()
    stick = Path(shutil.copy(file, tmp_path / "stick.partnering"))
    shutil.rmtree(view.working_copy.place)
    opened: list[Path] = []
    back = home_panel.BringBackPanel(opened.append)
    back.file.value = f'"{stick}"'
    back.bring.click()
    assert opened == [] and "Brought back as ours." in back.status.value
    back.open.click()
    assert opened == [tmp_path / "mine" / "ours"]
    stick.write_bytes(b"hello")
    back.bring.click()
    assert "is damaged" in back.status.value and not is_shown(back.open)


def test_what_was_made_is_listed_by_folders(view):
    home_panel.CarryPanel(view).take.click()
    panel = home_panel.MadePanel(view)
    panel.look.click()
    ((_, label),) = (row.children for row in panel.results.rows.children)
    assert label.value.startswith("mine/ours/to carry/ours")
    (view.working_copy.place / ".made.json").write_text("{")
    panel.look.click()
    assert "cannot be read" in panel.status.value


def test_a_file_is_opened_where_it_lies_or_its_place_is_told(tmp_path, monkeypatch):
    program, seen = tmp_path / "xdg-open", tmp_path / "seen"
    program.write_text(f'#!/bin/sh\necho "$1" > "{seen}"\n')
    program.chmod(0o755)
    report, carried = tmp_path / "report.html", tmp_path / "ours.partnering"
    report.write_text("")
    carried.write_text("")
    monkeypatch.setattr(open_button.sys, "platform", "linux")
    monkeypatch.setattr(open_button.shutil, "which", lambda name: str(program))
    for path, what in ((report, report), (carried, tmp_path), (tmp_path, tmp_path)):
        assert open_button.open_in_its_program(path) == ""
        assert seen.read_text().strip() == str(what)
    program.write_text("#!/bin/sh\nexit 3\n")
    assert f"It is in {report}." in open_button.open_in_its_program(report)
    monkeypatch.setattr(open_button.shutil, "which", lambda name: None)
    assert f"It is in {report}." in open_button.open_in_its_program(report)
    assert "is no longer there" in open_button.open_in_its_program(tmp_path / "gone.html")
