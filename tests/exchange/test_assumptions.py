"""Nothing is supplied in silence: what reading and merging take to be so is told with its place."""

import tempfile

from exchange.came_back import VIEWS, WITH_RISKS, book, merged_file, write
from partnering import __main__ as command_line
from partnering.exchange import joining
from partnering.jupyter import chosen_files, kept_off, merge_panel
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.storage import atomic, folder, paths
from partnering.storage.assumed import Assumption, Supplied, Told, supplied


def test_what_was_supplied_cannot_be_had_without_its_sentence():
    told: list[Assumption] = []
    wrapped = Supplied("SOM", [Assumption("the partner was taken from above.", rows=(4,))])
    assert not hasattr(wrapped, "value") and "SOM" not in repr(wrapped)
    assert wrapped.told_to(told) == "SOM"
    assert [str(one) for one in told] == ["row 4: the partner was taken from above."]


def test_an_assumption_names_file_sheet_rows_and_column():
    one = Assumption("so it is.", "book.xlsx", "Risks", (3, 4), "Risk ID")
    assert str(one) == "book.xlsx, sheet Risks, rows 3, 4, column “Risk ID”: so it is."


def test_the_command_ends_with_one_where_something_was_assumed_and_with_nought_where_not(
    tmp_path, capsys
):
    place = write(tmp_path / "in", **WITH_RISKS, risk_views=VIEWS + "VEC,R1,likely,harms us\n")
    assert command_line.main(["merge", str(place), "--output", str(tmp_path / "a")]) == 0
    write(place, SOM="risk,how_likely\nR1,not likely\n")
    capsys.readouterr()
    assert command_line.main(["merge", str(place), "--output", str(tmp_path / "b")]) == 1
    assert "SOM.csv: no row says whose answers these are." in capsys.readouterr().err


def test_in_jupyter_what_was_assumed_waits_for_a_yes(monkeypatch, tmp_path):
    monkeypatch.setenv(kept_off.NEVER_SAVED, "1")
    monkeypatch.setattr("partnering.storage.paths.MY_PARTNERSHIPS", tmp_path / "mine")
    write(tmp_path / "in", **WITH_RISKS, SOM="risk,how_likely\nR1,not likely\n")
    opened = []
    view = View(WorkingCopy(folder.read(paths.EXAMPLES / "shade")), "room")
    panel = merge_panel.MergePanel(view, opened.append)
    panel.where.value = str(tmp_path / "in")
    panel.look.click()
    assert "By the name of the file" in panel.found.value and panel.yes_apart.layout.display is None
    panel.name.value = "all"
    panel.save.click()
    assert opened == [] and panel.save.disabled
    panel.yes_apart.value = True
    panel.save.click()
    assert len(opened) == 1 and folder.read(opened[0])["risk_views"]["partner"].tolist() == ["SOM"]


def test_files_that_are_chosen_in_the_browser_are_read_by_enter_and_nothing_of_them_stays(
    monkeypatch, tmp_path
):
    monkeypatch.setenv(kept_off.NEVER_SAVED, "1")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    panel = merge_panel.MergePanel(
        View(WorkingCopy(folder.read(paths.EXAMPLES / "shade")), "room"), print
    )
    panel.where.value = "/nowhere"
    name = "Four_at_the_river_Stop_3_-_all_versions_-_False_-_2026-11-29-17-44-10 SOM.csv"
    text = b"risk,how_likely\nR1,not likely\n"
    panel.chosen._handle_custom_msg({"kind": "chosen", "names": [name]}, [memoryview(text)])
    assert panel.chosen.count == 1
    assert panel.where.value == ""
    panel.where._handle_custom_msg({"event": "submit"}, [])
    assert f"{name}: whose answers are these?" in panel.found.value
    assert [*tmp_path.iterdir()] == []
    panel.where.value = "/nowhere"
    assert panel.chosen.value == () and panel.found.value == "" and panel.chosen.count == 0


def test_a_browser_takes_larger_files_than_a_notebook_and_each_says_how_large(monkeypatch):
    asked = chosen_files.Chooser("or choose files")
    assert asked.most == 10_000_000 and "has more than 10 MB" in asked.words["too_large"]
    monkeypatch.setattr(paths, "IN_BROWSER", True)
    asked = chosen_files.Chooser("or choose files")
    assert asked.most == atomic.LARGEST and "64 MB at most" in asked.words["too_large"]


def test_check_says_first_that_nothing_was_read_and_no_empty_report_is_written(tmp_path, capsys):
    rows = [["Project risk register"], [], ["ID", "Risk", "Likelihood"], [1, "Gate", "High"]]
    file = book(tmp_path / "Risk Register.xlsx", **{"Risk Register": rows})
    assert command_line.main(["check", str(file)]) == 1
    first = capsys.readouterr().err.splitlines()[0]
    assert "nothing of it was read" in first
    assert command_line.main(["report", str(file), "--output", str(tmp_path / "out")]) == 1
    assert "no report was written" in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_check_names_columns_sheets_and_files_that_are_not_read_and_ends_with_one(tmp_path, capsys):
    place = write(tmp_path / "p", **WITH_RISKS, ideas="idea\nA bench\n")
    (place / "risk_views.tsv").write_text("partner\trisk\n", encoding="utf-8")
    assert command_line.main(["check", str(place)]) == 1
    said = capsys.readouterr().err
    assert "sheet ideas: this sheet is not part of the handbook" in said
    assert "risk_views.tsv: it was not read" in said


def test_an_assumption_is_told_once_and_in_its_order_however_it_came():
    told = Told()
    one, other, third = (Assumption(text) for text in ("one", "other", "third"))
    told.append(one)
    told += [other]
    assert supplied("value", told, one) == "value"
    supplied("value", told, third)
    assert list(told) == [one, other, third] and one in told and Assumption("fourth") not in told


def test_what_is_asked_of_a_whole_column_names_its_file_and_no_sheet_where_there_is_but_one(
    tmp_path,
):
    merged = merged_file(tmp_path, "Partner,Risk,How likely,Visible to\nVEC,R1,often,us\n")
    one, other = sorted(joining.unreadable(merged))
    assert one.startswith("VEC.csv, column Visible to: does “Visible to” say what")
    assert other.startswith("VEC.csv, row 2, column How likely: “often” is not one of")


def test_of_a_text_without_end_in_a_column_of_words_the_beginning_is_quoted(tmp_path):
    merged = merged_file(tmp_path, f"Partner,Risk,How likely\nVEC,R1,{'likely ' * 100_000}\n")
    (told,) = joining.unreadable(merged)
    assert "likely likely" in told and len(told) < 700
    sheet = merged.partnership.sheets["risk_views"]
    assert len(sheet["how_likely"].iloc[0]) > 600_000  # it is kept whole
