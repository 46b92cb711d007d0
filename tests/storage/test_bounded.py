"""Whatever a file claims, what is read takes time and memory as what really stands in it."""

import contextlib
import io
import os
import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from open_documents import open_document, row_of
from partnering import __main__ as command_line
from partnering.exchange import merge, people
from partnering.storage import bounds, csv_text, folder, workbook, workbook_parts
from partnering.storage.atomic import NotOpened


def book(file: Path, *rows: tuple, **cells: str) -> Path:
    """A workbook whose sheet `partners` has these rows, and single cells elsewhere."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = "partners"
    for row in rows or (("partner", "name"), ("VEC", "Vecinas")):
        page.append(row)
    for place, text in cells.items():
        page[place] = text
    made.save(file)
    return file


def changed(file: Path, part: str, old: str, new: str) -> Path:
    """The same workbook with something else in one of its parts."""
    with zipfile.ZipFile(file) as parts:
        raw = {name: parts.read(name) for name in parts.namelist()}
    assert old.encode() in raw[part]
    raw[part] = raw[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in raw.items():
            parts.writestr(name, data)
    return file


HEADED = row_of("partner", "name") + row_of("VEC", "Vecinas")


# ---------------------------------------------------------------- far cells


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "ZZ900000"])
def test_a_far_stray_cell_is_told_with_its_place_and_the_answers_are_read(place, tmp_path):
    read = workbook.read(book(tmp_path / "b.xlsx", **{place: "stray"}))
    assert read.sheets["partners"].to_numpy().tolist() == [["VEC", "Vecinas"]]
    (told,) = read.assumed
    assert place in str(told)
    assert "far from all the rest" in str(told)
    assert "sheet partners" in str(told)


def test_a_stray_cell_ends_merge_with_1_and_is_said(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    book(tmp_path / "in" / "VEC.xlsx", XFD1048576="stray")
    out = tmp_path / "out"
    assert command_line.main(["merge", str(tmp_path / "in"), "--output", str(out)]) == 1
    assert "XFD1048576" in capsys.readouterr().err
    assert "Vecinas" in (out / "partners.csv").read_text("utf-8")


def test_cells_that_stand_everywhere_are_no_sheet(tmp_path):
    cells = {f"{get_column_letter(1 + 90 * n)}{3 + 900 * n}": "x" for n in range(180)}
    read = workbook.read(book(tmp_path / "b.xlsx", **cells))
    assert not len(read.sheets.get("partners", ()))
    assert "too far from each other" in str(read.assumed[0])


def test_places_are_believed_only_as_far_as_a_sheet_goes(tmp_path):
    for wrong in ("XFE1", "A1048577", "A4294967297", "A0", "1A"):
        file = changed(book(tmp_path / "b.xlsx"), "xl/worksheets/sheet1.xml", '"A2"', f'"{wrong}"')
        with pytest.raises(NotOpened, match="damaged"):
            workbook.read(file)


def test_a_row_of_an_open_document_may_say_that_it_goes_on_for_ever(tmp_path):
    blank = row_of(
        "",
        said='table:number-rows-repeated="1048574"',
        cell='table:number-columns-repeated="16384"',
    )
    read = workbook.read(open_document(tmp_path / "b.ods", HEADED + blank))
    assert read.sheets["partners"].to_numpy().tolist() == [["VEC", "Vecinas"]]
    assert read.assumed == []


def test_a_cell_behind_a_million_blank_rows_is_told(tmp_path):
    blank = row_of(
        "", said='table:number-rows-repeated="1000000"', cell='table:number-columns-repeated="3"'
    )
    read = workbook.read(
        open_document(tmp_path / "b.ods", HEADED + blank + row_of("", "", "stray"))
    )
    assert read.sheets["partners"].to_numpy().tolist() == [["VEC", "Vecinas"]]
    assert "C1000003" in str(read.assumed[0])


@pytest.mark.parametrize(("down", "across"), [(1_048_000, 16_384), (1_000, 1_000), (600_000, 1)])
def test_a_word_that_says_it_fills_much_of_the_sheet_is_refused(tmp_path, down, across):
    full = row_of(
        "x",
        said=f'table:number-rows-repeated="{down}"',
        cell=f'table:number-columns-repeated="{across}"',
    )
    with pytest.raises(NotOpened, match="more than any partnership"):
        workbook.read(open_document(tmp_path / "b.ods", HEADED + full))


def test_blanks_that_a_word_only_claims_count_as_letters(tmp_path):
    blanks = row_of('a<text:s text:c="9999999"/>b')
    with pytest.raises(NotOpened, match="more than any partnership"):
        workbook.read(open_document(tmp_path / "b.ods", HEADED + blanks * 30))


# ---------------------------------------------------------------- bombs


def test_a_part_that_unpacks_to_far_more_is_refused_before_it_is_there(tmp_path):
    blanks = " " * (bounds.LARGEST + 1)
    file = changed(
        book(tmp_path / "b.xlsx"),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        f"</sheetData>{blanks}",
    )
    assert file.stat().st_size < 200_000
    with pytest.raises(NotOpened, match="more than any partnership"):
        workbook.read(file)


def test_a_long_text_that_many_cells_name_is_counted_as_often(tmp_path):
    from xlsxwriter import Workbook

    with Workbook(tmp_path / "b.xlsx") as made:
        page = made.add_worksheet("partners")
        for number in range(3000):
            page.write_string(number, 0, "x" * 30_000)
    with pytest.raises(NotOpened, match="more than any partnership"):
        workbook.read(tmp_path / "b.xlsx")


def test_more_sheets_than_any_partnership_has_are_refused(tmp_path):
    many = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(9, 900))
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    file = book(tmp_path / "b.xlsx")
    changed(file, "xl/workbook.xml", "<sheets>", f"<sheets {space}>{many}")
    with pytest.raises(NotOpened, match="more than any partnership"):
        workbook.read(file)


def test_parts_as_deep_as_somebody_likes_end_in_a_sentence_or_are_read(tmp_path):
    deep = "<a>" * 200_000 + "</a>" * 200_000
    file = changed(
        book(tmp_path / "b.xlsx"), "xl/worksheets/sheet1.xml", "<sheetData>", f"{deep}<sheetData>"
    )
    with contextlib.suppress(NotOpened):
        workbook.read(file)


def test_an_ordinary_sheet_is_not_looked_through_cell_by_cell(tmp_path, monkeypatch):
    file = book(tmp_path / "b.xlsx")
    monkeypatch.setattr(workbook_parts, "_excel_sheet", None)
    assert list(workbook.read(file).sheets) == ["partners"]


# ---------------------------------------------------------------- CSV files


def test_a_row_of_five_million_cells_is_refused_with_its_number(tmp_path):
    (tmp_path / "partners.csv").write_text("partner,name\nVEC," + "x," * 1_000_000 + "\n")
    with pytest.raises(NotOpened, match="row 2: 1000002 cells"):
        folder.read(tmp_path)


def test_one_wide_row_does_not_make_all_rows_wide(tmp_path):
    (tmp_path / "partners.csv").write_text(
        "partner,name\n" + "VEC\n" * 50_000 + "," * 9_000 + "x\n"
    )
    with pytest.raises(NotOpened, match="row 50002: 9001 cells"):
        folder.read(tmp_path)


def test_a_quotation_mark_that_nothing_closes_is_told_with_its_row():
    told = []
    data = b'partner,name\nVEC,Vecinas\nSEM,"Semilla\nSOM,Sombra\n'
    rows, _ = csv_text.read(data, lambda rows: 0).told_to(told)
    assert rows[2][1] == "Semilla\nSOM,Sombra\n"
    assert "row 3" in str(told[0])
    assert "quotation mark" in str(told[0])


def test_a_line_break_in_the_last_cell_is_no_open_quotation_mark():
    told = []
    csv_text.read(b'partner,name\nVEC,"Vecinas\nde la calle"\n', lambda rows: 0).told_to(told)
    assert told == []


def test_time_grows_with_what_is_typed_and_no_faster(tmp_path):
    def seconds(times: int) -> float:
        place = tmp_path / str(times)
        place.mkdir()
        text = "partner,name\nVEC," + "\t'" * times + "\n"
        (place / "partners.csv").write_text(text, encoding="utf-8")
        begun = time.process_time()
        merge.read(place)
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(80_000) < 12 * seconds(20_000) + 0.5


# ---------------------------------------------------------------- what is no file


@pytest.mark.skipif(
    os.name == "nt" or os.uname().sysname == "Darwin", reason="names are text there"
)
def test_a_file_whose_name_is_no_text_is_told_and_the_rest_is_read(tmp_path):
    (tmp_path / "partners.csv").write_text("partner,name\nVEC,Vecinas\n")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.csv")).write_text("a,b\n")
    for read in (folder.read(tmp_path), merge.read(tmp_path)):
        whole = read if hasattr(read, "sheets") else read.partnership
        assert whole.sheets["partners"]["name"].tolist() == ["Vecinas"]
        assert any("name has signs" in str(one) for one in read.assumed)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
def test_pipes_and_links_that_lead_nowhere_are_told_and_waited_for_by_nobody(tmp_path):
    (tmp_path / "partners.csv").write_text("partner,name\nVEC,Vecinas\n")
    os.mkfifo(tmp_path / "risks.csv")
    os.mkfifo(tmp_path / "VEC.xlsx")
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    opened, merged = folder.read(tmp_path), merge.read(tmp_path)
    for read in (opened, merged):
        told = " ".join(map(str, read.assumed))
        assert "risks.csv" in told
        assert "loop.csv: it was not read: it is a link that leads to no file" in told
    assert "VEC.xlsx" in " ".join(map(str, merged.assumed))


def test_a_file_larger_than_any_partnership_is_not_loaded(tmp_path):
    with (tmp_path / "partners.csv").open("wb") as file:
        file.truncate(bounds.LARGEST + 1)
    with pytest.raises(NotOpened, match="larger than any partnership"):
        folder.read(tmp_path)


def test_a_workbook_is_packed_again_with_what_was_looked_at(tmp_path):
    parts = workbook_parts.unpacked(book(tmp_path / "b.xlsx").read_bytes(), "b").told_to([])
    with zipfile.ZipFile(io.BytesIO(workbook_parts.packed(parts))) as again:
        assert {name: again.read(name) for name in again.namelist()} == parts


def test_a_long_text_is_soon_known_to_be_no_address():
    begun = time.process_time()
    assert people.held(["a" * 300_000]) == ""
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "text",
    [
        "partner,name\nVEC," + "x" * 5_000_000,
        "partner,name\n" + "aa," * 2_000_000,
        'partner,name\nVEC,"Vec\n' + "VEC,Vecinas\n" * 420_000,
        "partner,name\n" + '"\n",' * 1_200_000,
    ],
    ids=["one cell", "one line", "an open quotation mark", "cells with line breaks"],
)
def test_one_row_longer_than_any_partnership_is_refused_with_its_place(tmp_path, text):
    (tmp_path / "partners.csv").write_text(text, encoding="utf-8")
    with pytest.raises(NotOpened, match=r"partners\.csv, row 2: more than 4 million letters"):
        folder.read(tmp_path)


def test_reading_a_long_row_takes_no_multiple_of_its_size():
    data = b"partner,name\nVEC," + b"x" * 20_000_000
    tracemalloc.start()
    with pytest.raises(NotOpened):
        csv_text.read(data, lambda rows: 0, "partners.csv")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * len(data)
