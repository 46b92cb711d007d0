"""Free names: nobody's file or folder is written over, and the same name is numbered on."""

from pathlib import Path

from partnering.storage import paths


def test_a_name_that_is_free_stays_and_one_that_is_taken_is_numbered_on():
    taken = {"shade", "shade-2"}
    assert paths.free_name("shade", set().__contains__) == "shade"
    assert paths.free_name("shade", taken.__contains__) == "shade-3"
    assert paths.free_name("shade", taken.__contains__, lambda number: f"shade ({number})") == (
        "shade (2)"
    )


def test_a_number_stands_before_the_ending_and_whatever_is_there_is_left(tmp_path: Path):
    first = paths.free_path(tmp_path, "form", ".xlsx")
    first.write_text("answers")
    second = paths.free_path(tmp_path, "form", ".xlsx")
    second.mkdir()
    third = paths.free_path(tmp_path, "form", ".xlsx")
    assert [place.name for place in (first, second, third)] == [
        "form.xlsx",
        "form-2.xlsx",
        "form-3.xlsx",
    ]


def test_what_counts_as_taken_can_be_said(tmp_path: Path):
    (tmp_path / "draft.docx").write_text("the same")
    assert paths.free_path(tmp_path, "draft", ".docx", lambda place: False).name == "draft.docx"
