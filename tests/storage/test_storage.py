"""Saving and reading: nothing typed is lost, nothing typed is run, and what fails says so."""

import csv
import datetime as dt
import errno
import io
import os
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import office
from budget import tries
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import answer_rows, lists
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES, VERSION
from partnering.storage import atomic, csv_text, folder, sheets, workbook
from partnering.storage.folder import NotOpened, NotSaved
from partnering.storage.stored import StoredPartnership

SHADE = Path(__file__).parents[2] / "exercises" / "examples" / "shade"
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sheet(**columns: list[str]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=range(2, 2 + size), dtype="str")


def content(partnership: Partnership, but: tuple[str, ...] = ()) -> dict[str, dict[str, list[str]]]:
    """Everything in a partnership, whatever the order of its columns and its row numbers."""
    return {
        name: {column: frame[column].tolist() for column in sorted(frame)}
        for name, frame in sheets.to_write(partnership).items()
        if name not in but
    }


def filled(found: dict) -> dict:
    return {name: columns for name, columns in found.items() if any(columns.values())}


def small(**more: pd.DataFrame) -> Partnership:
    return Partnership(
        {"partners": sheet(partner=["VEC", "TWN"], name=["Vecinas", "The town"]), **more}, "small"
    )


# ---------------------------------------------------------------- cells and headings


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (3, "3"),
        (0.5, "0.5"),
        (94.125, "94.1250"),
        (1e20, "100000000000000000000"),
        (0.1 + 0.2, "0.3"),
        (float("nan"), ""),
        (True, "yes"),
        (False, "no"),
        (dt.date(2026, 11, 30), "2026-11-30"),
        (dt.datetime(2026, 11, 30), "2026-11-30"),
        (dt.datetime(2026, 11, 30, 14, 5), "2026-11-30 14:05:00"),
        (dt.time(14, 5), "14:05:00"),
        (" as it  is ", " as it  is "),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
    ],
)
def test_a_cell_is_read_as_the_text_that_people_see(cell, text):
    assert sheets.text_of(cell) == text


def test_rows_keep_the_numbers_of_the_spreadsheet_and_blank_rows_are_dropped():
    rows = [
        [None],
        [],
        ["Short name", "Name"],
        ["VEC", "Vecinas"],
        ["", "  "],
        [None, None],
        ["TWN", "The town"],
    ]
    found = sheets.sheet_of(rows, TABLES["partners"]).told_to([])
    assert found.index.tolist() == [4, 7] and found["partner"].tolist() == ["VEC", "TWN"]


@pytest.mark.parametrize(
    "heading", ["partner", "Partner", " SHORT NAME ", "short  name", "short_name:", "Short\nname"]
)
def test_a_heading_is_known_by_name_or_label_in_any_case(heading):
    rows = [[heading, "Name"], ["VEC", "Vecinas"]]
    assert list(sheets.sheet_of(rows, TABLES["partners"]).told_to([])) == ["partner", "name"]


def test_a_heading_is_known_in_the_language_of_the_room(monkeypatch):
    spanish = {"Short name": "Nombre corto", "What": "Qué"}
    monkeypatch.setattr("partnering.schema.columns.tr", lambda text: spanish.get(text, text))
    monkeypatch.setattr("partnering.schema.columns.spoken", lambda: "es")
    rows = [["nombre corto", "Name"], ["VEC", "Vecinas"]]
    assert list(sheets.sheet_of(rows, TABLES["partners"]).told_to([])) == ["partner", "name"]
    assert tr("Short name") == "Short name"


def test_headings_that_are_unknown_missing_or_there_twice_are_kept():
    rows = [
        ["Partner", "our code ", "Name", "", "", "our code ", "partner", "B"],
        ["VEC", "7", "Vecinas", "a note", "", "8", "again", "9"],
    ]
    found = sheets.sheet_of(rows, TABLES["partners"]).told_to([])
    assert found.iloc[0].to_dict() == {
        "partner": "VEC",
        "our code ": "7",
        "name": "Vecinas",
        "D": "a note",
        "our code  (2)": "8",
        "partner (2)": "again",
        "B": "9",
    }


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_spreadsheets_do(place, name):
    assert sheets.letters(place) == name


# ---------------------------------------------------------------- the one row that stands upright

UPRIGHT = [
    ["What", "Answer", "Help", ""],
    ["Title", "Shade"],
    [],
    ["moment", "starting", "our own note", "x"],
    ["Smallest group", "2", TABLES["partnership"].by_name["threshold"].help],
    ["Colour", "green"],
    ["", "lost?"],
]


@pytest.mark.parametrize(
    "rows",
    [UPRIGHT, UPRIGHT[1:], [["", *row] for row in UPRIGHT]],
    ids=["with headings", "without", "one column in"],
)
def test_a_table_that_stands_upright_becomes_one_row_and_knows_where_each_answer_stood(rows):
    found = sheets.sheet_of(rows, TABLES["partnership"]).told_to([])
    assert len(found) == 1
    row = found.iloc[0].to_dict()
    assert (row["title"], row["moment"], row["threshold"], row["Colour"]) == (
        "Shade",
        "starting",
        "2",
        "green",
    )
    assert {"our own note", "x", "lost?"} <= set(row.values()) and len(
        row
    ) == 7  # the handbook's own help is left out
    first = rows.index(next(row for row in rows if "Title" in row)) + 1
    assert answer_rows.seen_in(found, "threshold", 0) == first + 3
    assert [problem.row for problem in Partnership({"partnership": found}).problems] == [first + 3]


def test_the_same_table_is_read_when_it_stands_in_one_wide_row():
    rows = [["Title", "Moment", "Colour"], [], ["Shade", "starting", "green"]]
    found = sheets.sheet_of(rows, TABLES["partnership"]).told_to([])
    assert found.index.tolist() == [3] and found.iloc[0].tolist() == ["Shade", "starting", "green"]


def test_an_upright_table_that_nobody_has_filled_in_has_no_row():
    rows = [["What", "Answer"], *([column.label, None] for column in TABLES["partnership"].columns)]
    assert sheets.sheet_of(rows, TABLES["partnership"]).told_to([]).empty


# ---------------------------------------------------------------- CSV files

TRICKY = [
    "=1+1",
    "+1",
    "-1+2",
    "-5",
    "-5,5",
    "- a list\n- of two",
    "@home",
    "\tindented",
    "'quoted'",
    "'=1",
    "''=1",
    "'-5",
    "'",
    "a;=cmd|' /C calc'!A0;b",
    "x\n=1+1",
    " =1",
    "＝1",
    "“quotes”",
    'say "yes"',
    '"',
    "a,b",
    "a;b",
    "a\tb",
    "two\nlines",
    "\nfirst",
    "last\n",
    " blanks ",
    "\u00a0",
    "é",
    "日本語",
    "עברית",
    "🫶🏽",
    "e\u0301",
    "\u200b=1",
    "\ufeff",
    "\x00",
    "\x0b",
    "_x000D_",
    "#N/A",
    "TRUE",
    "1e5",
    "0012",
    "2026-11-30",
    "00:00",
    "NULL",
    "nan",
    "None",
    "",
]
anything = some.one_of(
    some.sampled_from(TRICKY), some.text(max_size=12), some.text("'=+-@;,\t\n\" a1", max_size=8)
).map(lambda text: text.encode(errors="replace").decode().replace("\r", "\n"))
visible = anything.filter(str.strip)


@pytest.mark.parametrize("text", TRICKY)
def test_text_that_a_spreadsheet_would_run_is_guarded_and_comes_back(text):
    safe = csv_text.guarded(text)
    assert csv_text.unguarded(safe) == text
    for cell in (
        safe.replace("\t", ";").replace("\n", ";").split(";")
    ):  # also where another delimiter is expected
        start = cell.strip("\x00\x0b\u200b\ufeff \u00a0")[:1]
        assert start not in ("=", "+", "@", "＝") and (start != "-" or text in ("-5", "-5,5"))


@settings(max_examples=tries(150, 1000), deadline=None)
@given(anything)
def test_guarding_loses_nothing(text):
    assert csv_text.unguarded(csv_text.guarded(text)) == text


def test_prose_with_apostrophes_and_negative_numbers_stay_as_they_are():
    for text in ("'tis so", "don't", "'", "-5", "-12.5", "a - b", "2 + 2"):
        assert csv_text.guarded(text) == text


@settings(max_examples=tries(100, 600), deadline=None)
@given(
    some.integers(1, 4).flatmap(
        lambda wide: some.lists(some.lists(anything, min_size=wide, max_size=wide), max_size=4)
    ),
    some.sampled_from(csv_text.DELIMITERS),
)
def test_whatever_stands_in_a_file_it_is_read_with_the_delimiter_it_was_written_with(
    rows, delimiter
):
    rows = [[f"heading {number}" for number in range(len(rows[0]) if rows else 1)], *rows]
    found, _ = csv_text.read(csv_text.written(rows, delimiter), lambda rows: 0).told_to([])
    assert [row or [""] for row in found] == rows


def test_semicolons_in_every_row_do_not_make_a_file_look_as_if_they_parted_its_columns():
    rows = [["a", "b;c;d"], ["1", "p;q;r"]]
    assert csv_text.read(csv_text.written(rows), lambda rows: 0).told_to([]) == (rows, ",")


def test_a_file_is_what_the_standard_and_excel_expect():
    data = csv_text.written([["a", "b"], ['say "yes"', "two\nlines"]])
    assert data == b'\xef\xbb\xbfa,b\r\n"say ""yes""","two\nlines"\r\n'
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["a", "b"],
        ['say "yes"', "two\nlines"],
    ]


FOREIGN = (
    "partner{0}name{0}note\r\n"
    'VEC{0}"Vecinas; {0}""Señoras – 5 €"" & co"{0}"two\r\nlines, three"\r\n\r\n'
    'TWN{0}The town{0}"1,5"\r\n'
)


@pytest.mark.parametrize("delimiter", csv_text.DELIMITERS, ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"], ids=["crlf", "lf"])
def test_a_file_from_any_spreadsheet_is_read(tmp_path, delimiter, encoding, line_end):
    text = FOREIGN.format(delimiter).replace("\r\n", line_end)
    (tmp_path / "Partners.CSV").write_bytes(text.encode(encoding))
    found = folder.read(tmp_path).sheets["partners"]
    assert found.index.tolist() == [2, 4]  # a record is a row, as a spreadsheet counts
    assert found.iloc[0].tolist() == [
        "VEC",
        f'Vecinas; {delimiter}"Señoras – 5 €" & co',
        "two\nlines, three",
    ]
    assert found["note"].tolist()[1] == "1,5"


@pytest.mark.parametrize(
    "text",
    [
        "principle\nWe ask, before we decide; always\n",
        'sep=;\nprinciple\n"We ask; always"\n',
        'principle\n"We ask\tfirst"\n',
        "principle;\nWe ask, first, always;\n",
    ],
)
def test_a_file_with_one_column_is_one_column(tmp_path, text):
    (tmp_path / "principles.csv").write_text(text)
    found = folder.read(tmp_path).sheets["principles"]
    assert list(found) == ["principle"] and len(found) == 1


def test_headings_that_are_known_decide_between_delimiters_that_both_fit(tmp_path):
    (tmp_path / "partners.csv").write_text("partner;name, in full\nVEC;Vecinas, de Puerto\n")
    assert list(folder.read(tmp_path).sheets["partners"]) == ["partner", "name, in full"]


def test_a_file_with_careless_quotes_is_still_read(tmp_path):
    (tmp_path / "partners.csv").write_text(
        'partner;name;note\nVEC;Vecinas;a 5" pipe, new\nTWN;"The" town;x\n'
    )
    found = folder.read(tmp_path).sheets["partners"]
    assert found["note"].tolist() == ['a 5" pipe, new', "x"] and list(found) == [
        "partner",
        "name",
        "note",
    ]


def test_a_very_long_cell_is_read(tmp_path):
    long = "word " * 60_000
    folder.write(small(worth=sheet(partner=["VEC"], if_what=[long])), tmp_path)
    assert folder.read(tmp_path)["worth"]["if_what"].tolist() == [long.strip()]


# ---------------------------------------------------------------- there and back

names_of_sheets = some.lists(
    some.sampled_from(
        [
            "notes",
            "Our list",
            "2026",
            "a.b",
            "con",
            "100%",
            "50%25",
            "Ünïcode",
            ".hidden",
            "<3",
            "budget (old)",
            "it's",
            "x" * 31,
        ]
    ),
    unique=True,
    max_size=2,
)
KNOWN = {way for table in TABLES.values() for way in table.headers}


@some.composite
def frames(draw, **known: some.SearchStrategy) -> pd.DataFrame:
    """A sheet with the columns asked for, some of somebody's own, and rows that are not blank."""
    own = draw(
        some.lists(visible.filter(lambda text: plain(text) not in KNOWN), unique=True, max_size=2)
    )
    columns = known | dict.fromkeys(own, anything)
    row = some.tuples(*columns.values()).filter(lambda cells: any(cell.strip() for cell in cells))
    rows = draw(some.lists(row, min_size=1, max_size=4))
    return sheet(
        **{name: list(cells) for name, cells in zip(columns, zip(*rows, strict=True), strict=True)}
    )


@some.composite
def partnerships(draw) -> Partnership:
    """Partners, answers of every kind, good and unreadable; own columns and sheets."""
    found = {
        "partners": draw(
            frames(partner=some.sampled_from(["VEC", "TWN", "a b", ""]), name=anything)
        ),
        "partnership": draw(frames(title=anything, moment=some.sampled_from(["starting", "soon"])))[
            :1
        ],
        "transfers": draw(
            frames(
                transfer=some.sampled_from(["T1", "T2"]),
                amount=some.sampled_from(
                    ["94000", "94000.5", "94,000", "94.1250", "much", "0.1", "-3"]
                ),
                purpose=anything,
            )
        ),
        "decisions": draw(
            frames(
                stop=some.sampled_from(["1", "9", "one"]),
                by_when=some.sampled_from(
                    ["2026-11-30", "30.11.2026", "soon", "1900-01-01", "2199-12-31"]
                ),
            )
        ),
        "positions": draw(
            frames(partner=some.sampled_from(["VEC", "vec", "XXX"]), stance=anything)
        ),
    }
    own = some.lists(visible, unique=True, min_size=1, max_size=3)
    for name in draw(names_of_sheets):
        columns = dict.fromkeys(draw(own), anything)
        rows = draw(
            some.lists(
                some.tuples(*columns.values()).filter(lambda row: any(map(str.strip, row))),
                max_size=3,
            )
        )
        cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
        found[name] = pd.DataFrame(dict(zip(columns, map(list, cells), strict=True)), dtype="str")
    return Partnership(found, "made up")


@settings(patient, max_examples=tries(8, 100))
@given(partnerships())
def test_a_folder_gives_back_everything_that_was_saved_in_it(tmp_path_factory, partnership):
    place = tmp_path_factory.mktemp("there") / "folder"
    folder.write(partnership, place)
    assert content(folder.read(place)) == content(partnership)


@settings(patient, max_examples=tries(5, 50))
@given(partnerships())
def test_a_folder_read_from_a_workbook_written_from_a_folder_is_the_same(
    tmp_path_factory, partnership
):
    place = tmp_path_factory.mktemp("round")
    folder.write(partnership, place / "one")
    workbook.write(folder.read(place / "one"), place / "book.xlsx")
    folder.write(workbook.read(place / "book.xlsx"), place / "two")
    before, after = content(folder.read(place / "one")), content(folder.read(place / "two"))
    for (
        name,
        columns,
    ) in before.items():  # a workbook shows every column of a table, also an empty one
        assert {
            column: cells
            for column, cells in after[name].items()
            if column in columns or any(cells)
        } == columns
    assert filled({name: columns for name, columns in after.items() if name not in before}) == {}


def test_of_several_references_in_a_cell_the_lost_one_is_kept_as_typed(tmp_path):
    care = sheet(risk=["R1", "R1"], carries=["Vecinas, XXX", "TWN"])
    folder.write(
        small(risks=sheet(risk=["R1"], what_could_happen=["Rain"]), risk_care=care), tmp_path
    )
    found = folder.read(tmp_path)
    assert found.sheets["risk_care"]["carries"].tolist() == ["Vecinas, XXX", "TWN"]
    assert found["risk_care"]["carries"].tolist() == ["cannot be read"]


def test_the_problems_of_a_partnership_are_the_same_in_folder_and_workbook(tmp_path):
    partnership = small(
        positions=sheet(partner=["VEC", "XXX"], objective=["O1", "O1"], stance=["often", "yes"]),
        objectives=sheet(objective=["O1"], text=["Shade"]),
    )
    folder.write(partnership, tmp_path / "folder")
    workbook.write(partnership, tmp_path / "book.xlsx")
    said = [
        list(map(str, partnership.problems)),
        *(
            list(map(str, folder.open_any(tmp_path / name).problems))
            for name in ("folder", "book.xlsx")
        ),
    ]
    assert said[0] == said[1] == said[2] and len(said[0]) == 3


def test_sheets_with_names_that_files_or_workbooks_do_not_take_are_kept(tmp_path):
    own = {
        name: sheet(note=[name])
        for name in ("a/b", "what?", "x" * 40, "x" * 41, "History", "trailing.", "NUL")
    }
    folder.write(small(**own), tmp_path / "folder")
    assert {name for name in folder.read(tmp_path / "folder").sheets if name in own} == set(own)
    workbook.write(small(**own), tmp_path / "book.xlsx")
    kept = [
        found["note"].tolist()[0]
        for name, found in workbook.read(tmp_path / "book.xlsx").sheets.items()
        if name not in TABLES
    ]
    assert sorted(kept) == sorted(own)
    names = openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames
    assert (
        "History" not in names and max(map(len, names)) <= 31
    )  # Excel would call the workbook damaged


@pytest.mark.parametrize("text", ["half an emoji \ud83d", "no character \ufffe\uffff"])
def test_what_no_file_can_hold_does_not_stop_the_rest_from_being_saved(tmp_path, text):
    partnership = small(worth=sheet(partner=["VEC"], if_what=[text]))
    folder.write(partnership, tmp_path / "folder")
    workbook.write(partnership, tmp_path / "book.xlsx")
    for place in (tmp_path / "folder", tmp_path / "book.xlsx"):
        found = folder.open_any(place)["worth"]["if_what"].tolist()[0]
        assert found.startswith(text[:12]) and "_xFFF" not in found
    with zipfile.ZipFile(tmp_path / "book.xlsx") as parts:
        assert not {"\ufffe", "\uffff"} & set(parts.read("xl/sharedStrings.xml").decode())


# ---------------------------------------------------------------- a folder


def test_only_tables_with_rows_get_a_file_and_an_emptied_one_keeps_its_headings(tmp_path):
    folder.write(
        small(worth=sheet(partner=["VEC"], worth_it=["yes"]), risks=sheet(risk=["R1"]).iloc[:0]),
        tmp_path,
    )
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "partners.csv",
        "partnership.csv",
        "worth.csv",
    ]
    read = folder.read(tmp_path)
    read.sheets["worth"] = read.sheets["worth"].iloc[:0]
    folder.write(StoredPartnership(read.sheets, place=tmp_path), tmp_path)
    assert (tmp_path / "worth.csv").read_text("utf-8-sig") == "partner,worth_it\n"
    assert folder.read(tmp_path)["worth"].empty


def test_files_that_the_partnership_does_not_know_are_not_touched(tmp_path):
    (tmp_path / "worth.csv").write_text("partner,worth_it\nVEC,yes\n")
    (tmp_path / "photo.jpg").write_bytes(b"x")
    folder.write(small(), tmp_path)
    assert (tmp_path / "worth.csv").read_text() == "partner,worth_it\nVEC,yes\n" and (
        tmp_path / "photo.jpg"
    ).exists()


def test_a_file_is_saved_under_the_name_and_with_the_delimiter_it_had(tmp_path):
    (tmp_path / "Is it worth it for us.csv").write_text("partner;worth_it\nVEC;yes\n")
    partnership = folder.read(tmp_path)
    partnership.sheets["worth"].loc[2, "worth_it"] = "yes, on one condition"
    folder.write(Partnership(partnership.sheets), tmp_path)
    assert not (tmp_path / "worth.csv").exists()
    assert (tmp_path / "Is it worth it for us.csv").read_text(
        "utf-8-sig"
    ) == 'partner;worth_it\nVEC;"yes, on one condition"\n'


def test_of_a_file_that_is_not_known_no_row_is_taken_for_its_headings_again(tmp_path):
    (tmp_path / "partners.csv").write_text("partner,name\nVEC,Vecinas\n")
    (tmp_path / "tea.csv").write_text("Monday,tea\nTuesday,milk\nMonday,tea\n")
    partnership = folder.read(tmp_path)
    assert partnership.sheets["tea"].to_numpy().tolist() == [["Tuesday", "milk"], ["Monday", "tea"]]
    assert partnership.assumed == []


def test_a_file_that_is_not_known_is_kept_whole_also_where_headings_stand_in_it(tmp_path):
    (tmp_path / "partners.csv").write_text("partner,name\nVEC,Vecinas\n")
    lines = "".join(f"cup {number},tea\n" for number in range(40))
    below = "Risk,What could happen\nR1,a flood\n"
    (tmp_path / "tea.csv").write_text(f"cup,of\n{lines}{below}")
    partnership = folder.read(tmp_path)
    assert len(partnership.sheets["tea"]) == 42
    assert partnership.assumed == []


def test_a_file_that_did_not_change_is_not_written_again(tmp_path):
    folder.write(small(), tmp_path)
    (tmp_path / "partners.csv").chmod(0o640)
    os.utime(tmp_path / "partners.csv", (1, 1))
    folder.write(folder.read(tmp_path), tmp_path)
    assert (tmp_path / "partners.csv").stat().st_mtime == 1


def test_what_systems_and_programs_hide_in_a_folder_is_not_read(tmp_path):
    folder.write(small(), tmp_path)
    for name in ("._partners.csv", "~partners.csv", ".~partners.csv.abc.tmp"):
        (tmp_path / name).write_bytes(b"\x00\x05\x16\x07")
    (tmp_path / "versions.csv").mkdir()
    assert set(folder.read(tmp_path).sheets) == {"partnership", "partners"}


def test_two_files_for_one_table_are_both_kept_and_the_exact_name_counts(tmp_path):
    folder.write(small(), tmp_path)
    (tmp_path / "Partners .csv").write_text("partner,name\nOLD,Old\n")
    found = folder.read(tmp_path)
    assert found["partners"]["partner"].tolist() == ["VEC", "TWN"] and found.sheets["Partners "][
        "name"
    ].tolist() == ["Old"]


def test_answers_of_one_house_are_neither_read_nor_written_nor_removed(tmp_path):
    house = "partner,unit,question,answer\nVEC,board,Q1,secret\n"
    folder.write(small(), tmp_path)
    (tmp_path / "house_answers.csv").write_text(house)
    partnership = folder.read(tmp_path)
    assert "house_answers" not in partnership.sheets and partnership["house_answers"].empty
    assert [
        (kept.table, "inside one organisation" in kept.sentence) for kept in partnership.kept
    ] == [("house_answers", True)]
    partnership.sheets["house_answers"] = sheet(
        partner=["VEC"], unit=["board"], question=["Q1"], answer=["other"]
    )
    for place in (tmp_path, tmp_path / "copy"):
        folder.write(Partnership(partnership.sheets), place)
    workbook.write(Partnership(partnership.sheets), tmp_path / "book.xlsx")
    assert (tmp_path / "house_answers.csv").read_text() == house and not (
        tmp_path / "copy" / "house_answers.csv"
    ).exists()
    assert "house_answers" not in openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames


def test_answers_of_one_house_in_a_workbook_are_named_and_not_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "House_Answers"
    book.active.append(["partner", "unit", "question", "answer"])
    book.active.append(["VEC", "board", "Q1", "secret"])
    book.save(tmp_path / "book.xlsx")
    partnership = workbook.read(tmp_path / "book.xlsx")
    assert partnership.sheets == {} and [kept.table for kept in partnership.kept] == [
        "house_answers"
    ]


# ---------------------------------------------------------------- the format


def test_every_saved_partnership_carries_the_format(tmp_path):
    folder.write(small(), tmp_path)
    workbook.write(small(), tmp_path / "book.xlsx")
    assert (
        folder.read(tmp_path).fact("format")
        == workbook.read(tmp_path / "book.xlsx").fact("format")
        == VERSION
    )


def test_the_format_of_a_newer_handbook_is_one_sentence_and_stays(tmp_path):
    folder.write(small(partnership=sheet(title=["Shade"], format=[str(VERSION + 1)])), tmp_path)
    found = folder.read(tmp_path)
    assert [
        problem.sentence for problem in found.problems if "newer handbook" in problem.sentence
    ] and len(found.problems) == 1
    folder.write(found, tmp_path)
    assert folder.read(tmp_path).fact("format") == VERSION + 1


# ---------------------------------------------------------------- a workbook


@pytest.fixture
def book(tmp_path) -> openpyxl.Workbook:
    workbook.write(folder.read(SHADE), tmp_path / "shade.xlsx")
    return openpyxl.load_workbook(tmp_path / "shade.xlsx")


def test_a_workbook_has_every_table_in_tour_order_with_labels_and_help(book):
    assert book.sheetnames == [name for name, table in TABLES.items() if not table.private]
    for name in book.sheetnames:
        table, page = TABLES[name], book[name]
        heads = page["A"][1:] if table.upright else page[1]
        assert [cell.value for cell in heads] == [column.label for column in table.columns]
        assert [cell.comment.text for cell in heads] == [column.help for column in table.columns]
        assert page.freeze_panes in ("A2", "B2")


def test_days_and_numbers_are_real_ones_and_all_else_is_text(book):
    care, transfers = book["risk_care"], book["transfers"]
    days = [cell for row in care.iter_rows(min_row=2) for cell in row if cell.is_date]
    assert days and all(isinstance(cell.value, dt.datetime) for cell in days)
    amounts = [cell.value for cell in transfers["D"][1:] if cell.value is not None]
    assert amounts and all(isinstance(amount, int | float) for amount in amounts)
    assert {cell.data_type for cell in book["protocol"]["A"][1:]} == {
        "s"
    }  # step 1 is a name, not a number


def test_lists_that_come_with_the_handbook_are_in_the_workbook_and_read_back_only_when_edited(
    tmp_path, book
):
    assert book["behaviours"].max_row == len(lists.sheets()["behaviours"]) + 1
    edited_in_shade = {"protocol", "topics", "rights"}
    assert (
        set(lists.sheets()) & set(workbook.read(tmp_path / "shade.xlsx").sheets) == edited_in_shade
    )
    book["behaviours"]["B2"] = "Telephoning first"
    book.save(tmp_path / "edited.xlsx")
    assert (
        workbook.read(tmp_path / "edited.xlsx")["behaviours"]["text"].tolist()[0]
        == "Telephoning first"
    )


def test_nothing_in_a_workbook_is_a_formula_or_a_link(tmp_path):
    texts = [text for text in TRICKY if text.strip() and not {"\x00", "\x0b"} & set(text)]
    texts += [
        "https://example.org/a",
        "mailto:a@example.org",
        "internal:Sheet1!A1",
        "{=1+1}",
        "<b>bold</b>",
    ]
    lines = sheet(line=[f"V{number}" for number in range(len(texts))], what=texts)
    workbook.write(small(value_lines=lines, own=sheet(own=texts)), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    for cell in (*book["value_lines"]["D"][1:], *book["own"]["A"][1:]):
        assert cell.data_type == "s" and cell.hyperlink is None


def test_a_workbook_filled_in_by_hand_is_read_by_names_of_sheets_in_any_case(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "PARTNERS"
    page = book.create_sheet("Where we stand on each objectiv")  # Excel cuts names at 31 letters
    for row in ([], ["Partner", "Objective", "Our stance"], ["VEC", "O1", "Support it"]):
        page.append(row)
    book["PARTNERS"].append(["Short name", "Name", "Must disclose"])
    book["PARTNERS"].append(["vec", "Vecinas", True])
    book.create_sheet("Sheet3")
    objectives = book.create_sheet("objectives")
    objectives.append(["objective", "In words"])
    objectives.append(["O1", 2026])
    book.save(tmp_path / "book.xlsx")
    found = workbook.read(tmp_path / "book.xlsx")
    assert found.problems == [] and found.kept == []
    assert found.sheets["positions"].index.tolist() == [3]  # as the spreadsheet numbers it
    assert found["positions"][["partner", "stance"]].to_numpy().tolist() == [["VEC", "support it"]]
    assert found["partners"]["must_disclose"].tolist() == ["yes"] and found["objectives"][
        "text"
    ].tolist() == ["2026"]


def test_a_text_too_long_for_a_workbook_is_said_and_not_cut(tmp_path):
    with pytest.raises(NotSaved, match=r"Sheet worth, row 2, column if_what: the text is too long"):
        workbook.write(
            small(worth=sheet(partner=["VEC"], if_what=["x" * 33_000])), tmp_path / "book.xlsx"
        )
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_is_locked_half_written_or_none_is_told_in_a_sentence(
    tmp_path, monkeypatch
):
    workbook.write(small(), tmp_path / "good.xlsx")
    good = (tmp_path / "good.xlsx").read_bytes()
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as file:
        file.writestr("word/document.xml", "<a/>")
    for data, words in (
        (good[: len(good) // 2], "not complete"),
        (b"", "not complete"),
        (locked, "protected by a password"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 999, "old format"),
        (b"<html>", "not a workbook"),
        (docx.getvalue(), "damaged, or no workbook"),
    ):
        (tmp_path / "book.xlsx").write_bytes(data)
        with pytest.raises(NotOpened) as caught:
            folder.open_any(tmp_path / "book.xlsx")
        assert words in str(caught.value) and "book.xlsx" in str(caught.value)

    def refuse(self):
        raise PermissionError(errno.EACCES, "sharing violation")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(NotOpened, match="open in another program"):
        workbook.read(tmp_path / "good.xlsx")


# ---------------------------------------------------------------- what is no partnership


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("shade.ods", "is not a workbook, whatever its name says"),
        ("shade.xls", "ave or export it"),
        ("shade.numbers", "ave or export it"),
        ("shade.docx", "neither a folder nor a workbook"),
        ("partners.csv", "Choose the folder it is in"),
        ("empty", "There are no tables in"),
        ("shad.xlsx", "Did you mean “shade.xlsx”?"),
        ("nowhere/at/all", "There is nothing at"),
    ],
)
def test_a_path_that_is_no_partnership_is_answered_with_a_sentence_that_helps(
    tmp_path, name, words
):
    for other in (
        "shade.ods",
        "shade.xls",
        "shade.numbers",
        "shade.docx",
        "partners.csv",
        "shade.xlsx",
    ):
        (tmp_path / other).write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotOpened) as caught:
        folder.open_any(tmp_path / name)
    assert words in str(caught.value)


def test_a_path_may_be_pasted_with_its_quotes(tmp_path):
    folder.write(small(), tmp_path / "our folder")
    assert folder.open_any(f'"{tmp_path / "our folder"}" ').name == "our folder"


def test_a_workbook_called_csv_is_told_in_a_sentence(tmp_path):
    (tmp_path / "partners.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(NotOpened, match="is not a CSV file"):
        folder.read(tmp_path)


# ---------------------------------------------------------------- what cannot be saved


@pytest.fixture
def saved(tmp_path) -> Path:
    folder.write(small(), tmp_path / "ours")
    return tmp_path / "ours"


def all_bytes(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir() if file.is_file()}


def changed(place: Path) -> Partnership:
    found = folder.read(place).sheets
    found["partners"] = sheet(partner=["NEW"], name=["New"])
    found["worth"] = sheet(partner=["NEW"], worth_it=["yes"])
    return StoredPartnership(found, place=place)


@pytest.mark.parametrize(
    ("where", "number", "words"),
    [
        ("fsync", errno.ENOSPC, "The disk is full"),
        ("replace", errno.EACCES, "open in another program"),
        ("open", errno.EACCES, "not allowed to write"),
        ("open", errno.EROFS, "Nothing can be written to"),
        ("open", errno.ENOENT, "cannot be reached"),
        ("fsync", errno.EIO, "cannot be reached"),
        ("open", errno.ENAMETOOLONG, "too long for this computer"),
        ("open", errno.EINVAL, "was not saved (too bad)."),
    ],
)
def test_what_cannot_be_saved_is_told_in_a_sentence_and_what_was_there_is_still_there(
    saved, monkeypatch, where, number, words
):
    before, new = all_bytes(saved), changed(saved)

    def fail(*arguments, **more):
        raise OSError(number, "too bad")

    really_open = Path.open
    monkeypatch.setattr(atomic, "FIRST_WAIT", 0)
    if where == "open":
        monkeypatch.setattr(
            Path,
            "open",
            lambda self, mode="r", *rest, **more: (
                fail() if mode == "xb" else really_open(self, mode, *rest, **more)
            ),
        )
    else:
        monkeypatch.setattr(*((os, "fsync") if where == "fsync" else (Path, "replace")), fail)
    with pytest.raises(NotSaved) as caught:
        folder.write(new, saved)
    assert words in str(caught.value) and str(caught.value).endswith(
        "What you typed is still here."
    )
    assert all_bytes(saved) == before  # no temporary file either
    monkeypatch.undo()
    folder.write(new, saved)
    assert folder.read(saved)["partners"]["partner"].tolist() == ["NEW"]


def test_a_folder_that_syncs_is_given_a_moment(saved, monkeypatch):
    really, tries = Path.replace, []

    def held(self, target):
        tries.append(target)
        if len(tries) < 4:
            raise PermissionError(errno.EACCES, "being synced")
        return really(self, target)

    monkeypatch.setattr(atomic, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(Path, "replace", held)
    folder.write(changed(saved), saved)
    assert folder.read(saved)["partners"]["partner"].tolist() == ["NEW"]


def test_a_killed_kernel_leaves_the_old_file_whole(saved, monkeypatch):
    before = all_bytes(saved)

    def killed(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        folder.write(changed(saved), saved)
    assert all_bytes(saved) == before


@pytest.mark.parametrize("mark", [".~lock.partners.csv#", "~$partners.csv"])
def test_a_file_open_in_a_spreadsheet_is_not_replaced_behind_its_back(saved, mark):
    (saved / mark).write_text("somebody")
    before = all_bytes(saved)
    with pytest.raises(NotSaved, match=r"partners\.csv is open in another program"):
        folder.write(changed(saved), saved)
    assert all_bytes(saved) == before


def test_a_folder_that_vanished_is_told_and_not_made_again(saved):
    partnership = changed(saved)
    shutil.rmtree(saved)
    with pytest.raises(NotSaved, match="no longer there"):
        folder.write(partnership, saved)
    assert not saved.exists()
    for place in (saved / "deeper", saved / "book.xlsx"):
        with pytest.raises(NotSaved, match="cannot be reached"):
            (workbook if place.suffix else folder).write(partnership, place)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "ours").write_text("x")
    with pytest.raises(NotSaved, match="is a file, not a folder"):
        folder.write(small(), tmp_path / "ours")


def test_a_workbook_is_only_written_as_xlsx(tmp_path):
    with pytest.raises(NotSaved, match=r"does not end in \.xlsx"):
        workbook.write(small(), tmp_path / "book.ods")


# ---------------------------------------------------------------- LibreOffice


ODD = [
    text
    for text in TRICKY
    if text.strip() and not {"\x00", "\x0b"} & set(text) and text not in ("\ufeff", "_x000D_")
]


@pytest.mark.libreoffice
def test_a_workbook_saved_again_by_libreoffice_is_the_same(tmp_path):
    partnership = folder.read(SHADE)
    partnership.sheets["own"] = sheet(note=ODD, number=[str(number) for number in range(len(ODD))])
    workbook.write(partnership, tmp_path / "shade.xlsx")
    again = workbook.read(office.convert(tmp_path / "shade.xlsx", "xlsx", tmp_path / "again"))
    assert [str(problem) for problem in again.problems] == []
    assert filled(content(again)) == filled(content(workbook.read(tmp_path / "shade.xlsx")))


@pytest.mark.libreoffice
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_cell_of_a_file_opened_in_libreoffice_is_a_formula(tmp_path, delimiter):
    """Opened with comma or semicolon, and with "evaluate formulas" on, as a careless one would."""
    folder.write(small(own=sheet(note=[text for text in TRICKY if text.strip()])), tmp_path)
    token = (
        f"Text - txt - csv (StarCalc):{ord(delimiter)},34,76,1,,0,false,true,false,false,false,0,"
        "true"
    )
    book = openpyxl.load_workbook(office.convert(tmp_path / "own.csv", "xlsx", tmp_path, token))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 30 and [cell.value for cell in cells if cell.data_type == "f"] == []
    if delimiter == ",":
        (tmp_path / "raw.csv").write_text("note\n=1+1\n")
        raw = openpyxl.load_workbook(office.convert(tmp_path / "raw.csv", "xlsx", tmp_path, token))
        assert raw.active["A2"].data_type == "f", (
            "this LibreOffice runs no formula, so the test proves nothing"
        )
