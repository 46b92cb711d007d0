"""Free names: nobody's file or folder is written over, and the same name is numbered on."""

from pathlib import Path

import pytest

from partnering.storage import folder, paths


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


def test_a_place_that_no_system_has_is_told_in_a_sentence(tmp_path: Path):
    for typed in (
        "~nobody-of-this-name/x",
        str(tmp_path / ("x" * 5000)),
        "a\0b",
        f"{tmp_path}/a/b",
    ):
        with pytest.raises(folder.NotOpened) as told:
            folder.open_any(typed)
        assert str(told.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is empty"),
        (" ' ' ", "is empty"),
        ("a\0b.xlsx", "The name a�b.xlsx has signs"),
        ("a\udcffb", "has signs that this computer cannot read"),
        ("in/" + "x" * 300 + "/y", "has 300 letters"),
    ],
)
def test_what_no_file_can_be_called_is_told_before_anything_is_done(name, said):
    with pytest.raises(paths.NoPlace) as told:
        paths.typed(name)
    assert said in str(told.value) and len(str(told.value)) < 150


def test_a_folder_whose_name_has_quotation_marks_is_opened_where_it_is_not_typed(tmp_path: Path):
    place = tmp_path / "'our own'"
    place.mkdir()
    (place / "partners.csv").write_text("partner,name\nANA,Ana\n", "utf-8")
    assert set(folder.open_any(place).names) == {"ANA"}


def test_a_place_in_quotation_marks_or_of_ones_own_folder_is_found():
    assert paths.typed(" '/tmp/a b' ") == Path("/tmp/a b")
    assert paths.typed("~/x") == Path.home() / "x"
    assert paths.typed("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")
