"""What came back goes into the partnership that is open: side by side where it differs, and nothing in silence."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from making import partnership
from partnering.__main__ import main
from partnering.exchange import form_workbook, joining, merge
from partnering.storage import carrying, folder, moved, paths, versions
from partnering.storage.atomic import NotSaved

EXAMPLES = Path(__file__).parents[2] / "exercises" / "examples"


@pytest.fixture
def ours(tmp_path) -> Path:
    """A partnership that is open: two partners, two risks, one view, and a column of its own."""
    place = tmp_path / "ours"
    p = partnership(
        "ANA BEN",
        partnership=[{"title": "Ours", "mode": "with names"}],
        risks=[
            {"risk": "R1", "what_could_happen": "the gate is locked", "share": "everyone here"},
            {"risk": "R2", "what_could_happen": "rain", "share": ""},
        ],
        risk_views=[{"partner": "ANA", "risk": "R1", "how_likely": "likely"}],
    )
    p.edit("risks", p.sheets["risks"].assign(**{"our own": "kept"}))
    folder.write(p, place)
    return place


def came(tmp_path: Path, **files: str) -> Path:
    place = tmp_path / "came"
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


def rows(place: Path, table: str) -> list[dict[str, str]]:
    """The filled cells of the rows of a table, as they lie on the disk."""
    told = folder.read(place).sheets[table].to_dict("records")
    return [{name: text for name, text in row.items() if text} for row in told]


def test_a_decision_that_comes_back_with_another_outcome_is_added_and_asked_about(ours, tmp_path):
    heads = "stop,about,outcome\n"
    (ours / "decisions.csv").write_text(f"{heads}1,rent,agreed\n", "utf-8")
    back = came(tmp_path, decisions=f"{heads}1,rent,not discussed\n1,roof,agreed\n")
    joined = joining.read(back, folder.read(ours))
    (asked,) = joined.unreadable
    assert asked.startswith("decisions.csv, row 2, column Subject: “rent” is the")
    assert joined.added == {"decisions": 2}
    assert (
        main(["merge", str(back), "--into", str(ours)]) == 1 and len(rows(ours, "decisions")) == 1
    )
    assert main(["merge", str(back), "--into", str(ours), "--yes"]) == 1
    assert [row["outcome"] for row in rows(ours, "decisions")] == [
        "agreed",
        "not discussed",
        "agreed",
    ]


VIEWS = "partner,risk,how_likely,how_hard_on_us\n"


def test_new_lines_are_added_empty_answers_filled_in_and_nothing_else_is_touched(ours, tmp_path):
    back = came(tmp_path, risk_views=VIEWS + "ANA,R1,likely,harms us\nBEN,R1,not likely,\n")
    before = {file.name: file.read_bytes() for file in ours.glob("*.csv")}
    p = folder.read(ours)
    joined = joining.read(back, p)
    assert not joined.choices and joined.added == {"risk_views": 1} and joined.filled == 1
    assert set(joined.sheets(p)) == {"risk_views"}
    p.take(joined.sheets(p))
    folder.save(p)
    assert rows(ours, "risk_views") == [
        {"partner": "ANA", "risk": "R1", "how_likely": "likely", "how_hard_on_us": "harms us"},
        {"partner": "BEN", "risk": "R1", "how_likely": "not likely"},
    ]
    after = {file.name: file.read_bytes() for file in ours.glob("*.csv")}
    assert {name for name in after if after[name] != before[name]} == {"risk_views.csv"}


def test_what_differs_stands_side_by_side_and_each_line_is_chosen(ours, tmp_path):
    back = came(
        tmp_path,
        one="risk,what_could_happen,share\nR1,the gate is open,room\n",
        two="risk,what_could_happen\nR1,the gate is gone\nR2,much rain\n",
    )
    p = folder.read(ours)
    joined = joining.read(back, p)
    first, second = joined.choices
    assert first.what == "Risks R1, What could happen"
    assert first.side_by_side == [
        "what is open: “the gate is locked”",
        "one.csv: “the gate is open”",
        "two.csv: “the gate is gone”",
    ]
    assert joined.sheets(p) == {}  # ours stay unless somebody chooses
    assert (first.theirs, second.theirs) == (1, 1)
    p.take(joined.sheets(p, {0: 2}))
    folder.save(p)
    risks = rows(ours, "risks")
    assert [row["what_could_happen"] for row in risks] == ["the gate is gone", "rain"]
    assert [row["our own"] for row in risks] == ["kept", "kept"]


def test_of_two_sharings_the_stricter_counts_and_cannot_be_chosen_away(ours, tmp_path):
    back = came(tmp_path, risks="risk,what_could_happen,share\nR1,the gate is locked,facilitator\n")
    p = folder.read(ours)
    joined = joining.read(back, p)
    assert not joined.choices and "The stricter counts, “facilitator only”" in joined.settled[0]
    p.take(joined.sheets(p))
    folder.save(p)
    assert rows(ours, "risks")[0]["share"] == "facilitator only"
    wider = came(tmp_path, risks="risk,what_could_happen,share\nR1,the gate is locked,room\n")
    joined = joining.read(wider, p)
    assert joined.sheets(p) == {} and joined.settled


def test_cells_that_cannot_be_read_are_named_with_their_file_and_cell(ours, tmp_path):
    back = tmp_path / "came"
    back.mkdir()
    form_workbook.write(back / "BEN.xlsx", [3], partner="BEN", example=folder.read(ours))
    book = openpyxl.load_workbook(back / "BEN.xlsx")
    sheet = next(one for one in book if one.title.casefold() in ("risk views", "risk_views"))
    heads = {
        str(cell.value): cell.column
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "How likely"
    }
    line = next(
        cell.row for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("R1")
    )
    sheet.cell(line, heads["How likely"]).value = "perhaps"
    book.save(back / "BEN.xlsx")
    joined = joining.read(back, folder.read(ours))
    assert len(joined.unreadable) == 1
    assert joined.unreadable[0].startswith(
        f"BEN.xlsx, sheet {sheet.title}, row {line}, column How likely: “perhaps”"
    )
    assert joined.added["risk_views"] >= 1


def test_a_slip_that_was_there_before_is_not_told_of_what_came_back(ours, tmp_path):
    (ours / "risk_views.csv").write_text(VIEWS + "ANA,R1,perhaps,\n")
    joined = joining.read(came(tmp_path, risk_views=VIEWS + "BEN,R1,likely,\n"), folder.read(ours))
    assert joined.unreadable == []


def test_lines_that_stand_here_twice_stay_twice(ours, tmp_path):
    (ours / "risk_views.csv").write_text(VIEWS + "ANA,R1,likely,\nANA,R1,not likely,\n")
    p = folder.read(ours)
    joined = joining.read(came(tmp_path, risk_views=VIEWS + "BEN,R1,likely,\n"), p)
    assert len(joined.sheets(p)["risk_views"]) == 3


def test_what_is_here_already_is_nothing_to_add(ours, tmp_path):
    copied = tmp_path / "came"
    shutil.copytree(ours, copied)
    joined = joining.read(copied, folder.read(ours))
    assert joined.is_nothing and "nothing to add" in joined.summary


def test_one_file_is_enough_and_a_file_that_was_taken_home_is_one(ours, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(ours, other)
    (other / "risk_views.csv").write_text(VIEWS + "BEN,R2,likely,\n")
    (other / "houses").mkdir()
    (other / "houses" / "BEN.csv").write_text("partner,answer\nBEN,secret\n")
    file = carrying.take_home(other, "four words or more").path
    p = folder.read(ours)
    locked = joining.read
    with pytest.raises(folder.NotOpened, match="is locked"):
        locked(file, p)
    joined = joining.read(file, p, "four words or more")
    assert joined.added == {"risk_views": 1}
    assert any("stay inside their organisation" in one for one in joined.to_confirm)


def test_the_codes_of_what_is_open_stay_and_other_lines_are_numbered_on(ours, tmp_path):
    back = came(tmp_path, BEN="what_could_happen,type\nsnow,served\n")
    p = folder.read(ours)
    joined = joining.read(back, p)
    p.take(joined.sheets(p))
    assert p["risks"]["risk"].to_list() == ["R1", "R2", "R3"]


def test_where_it_cannot_be_read_which_lines_had_another_code_it_is_told(ours, tmp_path):
    moved.file_of(ours).write_text("{")
    joined = joining.read(came(tmp_path, risk_views=VIEWS + "BEN,R1,likely,\n"), folder.read(ours))
    assert any(".moved.json" in one for one in joined.to_confirm)


def test_a_worked_example_and_a_workbook_are_never_written_to(tmp_path):
    back = came(tmp_path, risk_views=VIEWS + "VEC,R1,likely,\n")
    example = folder.open_any(EXAMPLES / "shade")
    for ending in ("", ".xlsx", ".xlsm", ".ods"):
        if ending:
            example.place = tmp_path / f"mine{ending}"
        with pytest.raises(NotSaved, match="never written to"):
            joining.read(back, example)


def test_a_line_of_ours_that_is_given_a_code_has_it_afterwards(ours, tmp_path):
    (ours / "risks.csv").write_text("risk,what_could_happen\nR1,the gate is locked\n,rain\n")
    p = folder.read(ours)
    joined = joining.read(came(tmp_path, BEN="what_could_happen,type\nsnow,served\n"), p)
    assert any(
        "what is open, sheet Risks, row 3" in one and "R2 were given" in one
        for one in joined.to_confirm
    )
    p.take(joined.sheets(p))
    assert p["risks"]["risk"].to_list() == ["R1", "R2", "R3"]


def test_of_two_answers_in_one_file_each_is_shown_with_its_row(ours, tmp_path):
    text = "Partner,How likely [R1],How likely [R2]\nANA,,rarely\nBEN,likely,\nBEN,not likely,\n"
    joined = joining.read(came(tmp_path, answers=text), folder.read(ours))
    (choice,) = joined.choices
    assert choice.side_by_side == [
        "answers.csv, row 3: “likely”",
        "answers.csv, row 4: “not likely”",
    ]
    (slip,) = joined.unreadable
    assert slip.startswith("answers.csv, ") and "row 2, " in slip and "“rarely”" in slip


def test_what_stands_here_in_two_ways_is_nothing_that_came_back(ours, tmp_path):
    (ours / "risk_views.csv").write_text(VIEWS + "ANA,R1,likely,\nANA,R1,not likely,\n")
    joined = joining.read(came(tmp_path, risk_views=VIEWS + "ANA,R1,likely,\n"), folder.read(ours))
    assert joined.is_nothing


def test_a_partner_of_what_is_open_is_no_person(ours, tmp_path):
    (ours / "partners.csv").write_text("partner,name\nANA,Rosa Marin\nBEN,Luis Soto\n")
    text = "Partner,Voice,How likely [R1]\nBEN,Rosa Marin,likely\nBEN,Luis Soto,not likely\n"
    back = came(tmp_path, answers=text)
    assert merge.read(back).left_out
    assert joining.read(back, folder.read(ours)).merged.left_out == []


# ---------------------------------------------------------------- whatever is assumed is told


@pytest.fixture
def from_many_hands(ours, tmp_path) -> Path:
    """A partnership that was taken home, a form tool's workbook, and a workbook with two slips."""
    other, back = tmp_path / "other", tmp_path / "came"
    shutil.copytree(ours, other)
    back.mkdir()
    (other / "risks.csv").write_text(
        "risk,what_could_happen,share\nR1,the gate is locked,facilitator\n,snow à lot,room\n",
        encoding="cp1252",
    )
    (other / "partnership.csv").write_text("title,mode\nOurs,held\n")
    carrying.take_home(other, "", back / "home.partnering")
    form = [
        ["ID", "Start time", "Email", "Partner", "How likely [R1]", "Shoe size"],
        [1, "2026-09-01 10:00", "ana@example.org", "ANA", "not likely", "38"],
        [2, "2026-09-01 11:00", "ben@example.org", "BEN", "likely", "41"],
    ]
    typed = [
        ["Our answers"],
        ["Partner", "Risk", "How likely", "Effect on us"],
        ["BEN", "R1", "", "very much"],
        ["", "R2", "maybe", ""],
    ]
    for name, title, lines in (("forms", "Sheet1", form), ("BEN", "Risk views", typed)):
        book = openpyxl.Workbook()
        book.active.title = title
        for line in lines:
            book.active.append(line)
        book.save(back / f"{name}.xlsx")
    return back


TOLD = [
    "home.partnering, risks.csv: the file does not say how its letters are written",
    "home.partnering, sheet Risks, row 3: these lines have no code; R3 were given",
    "forms.xlsx, sheet Sheet1: left out, since they say who somebody is or are the form tool's "
    "own: “ID” (what the form tool notes for itself), “Start time” (times at which people answered), "
    "“Email” (e-mail addresses). The file is as it was.",
    "forms.xlsx, sheet Sheet1: the column “Shoe size” is not known; nothing of it was read.",
    "BEN.xlsx, sheet Risk views, row 2: the headings were found in this row.",
    "BEN.xlsx, row 4: no partner is named there. By the name of the file",
]


def test_all_that_reading_assumed_is_told_and_the_stricter_counts(ours, from_many_hands, capsys):
    asked = ["merge", str(from_many_hands), "--into", str(ours)]
    assert main([*asked, "--take", "theirs"]) == 1
    told = capsys.readouterr().err
    assert [one for one in TOLD if one not in told] == []
    assert "row 3, column Effect on us: “very much”" in told
    assert "row 4, column How likely: “maybe”" in told
    assert (
        "How answers are shown: what is open, row 6, says “with names”, home.partnering, row 2, says “confidential”"
        in told
    )
    assert "merge with --keep-people" in told and "Nothing was saved" in told
    assert folder.read(ours).mode == "with names" and said_of_r1(ours) == "everyone here"
    assert main([*asked, "--take", "ours", "--yes"]) == 1
    assert folder.read(ours).mode == "confidential" and said_of_r1(ours) == "facilitator only"
    assert [row["risk"] for row in rows(ours, "risks")] == ["R1", "R2", "R3"]
    assert "@example.org" not in all_of(ours)


def test_columns_on_people_come_into_what_is_open_on_purpose_alone(ours, from_many_hands):
    asked = ["merge", str(from_many_hands), "--into", str(ours), "--take", "ours", "--yes"]
    assert main([*asked, "--keep-people"]) == 1
    assert "ana@example.org" in all_of(ours)


def test_a_file_that_was_taken_home_is_named_where_it_lies_within_another_folder(ours, tmp_path):
    back = came(tmp_path, risk_views=VIEWS + "BEN,R1,likely,\n")
    shutil.copytree(ours, back / "from BEN")
    carrying.take_home(ours, "", back / "from BEN" / "home.partnering")
    assert any(
        "from BEN: a folder is read for its CSV files" in one and "home.partnering" in one
        for one in joining.read(back, folder.read(ours)).to_confirm
    )


def test_what_was_assumed_to_read_what_is_open_is_told_as_well(ours, tmp_path, capsys):
    (ours / "risks.csv").write_text("risk,what_could_happen\nR1,très sec\n", encoding="cp1252")
    back = came(tmp_path, risk_views=VIEWS + "BEN,R1,likely,\n")
    assert main(["merge", str(back), "--into", str(ours)]) == 1
    told = capsys.readouterr().err
    assert "risks.csv: the file does not say how its letters are written" in told
    assert "Nothing was saved" in told


def said_of_r1(place: Path) -> str:
    return rows(place, "risks")[0]["share"]


def all_of(place: Path) -> str:
    return "".join(file.read_text("utf-8") for file in place.glob("*.csv"))


# ---------------------------------------------------------------- on the command line


@pytest.fixture
def differing(ours, tmp_path) -> list[str]:
    back = came(tmp_path, one="risk,what_could_happen\nR1,the gate is open\n")
    return ["merge", str(back), "--into", str(ours)]


def said_in(ours: Path) -> str:
    return rows(ours, "risks")[0]["what_could_happen"]


def test_without_a_choice_nothing_is_saved_and_both_are_shown(differing, ours, capsys):
    assert main(differing) == 1
    told = capsys.readouterr().err
    assert "“the gate is locked”" in told and "one.csv: “the gate is open”" in told
    assert "Nothing was saved" in told and said_in(ours) == "the gate is locked"


def test_theirs_for_all_is_saved_and_brought_back_by_the_last_version(differing, ours, capsys):
    assert main([*differing, "--take", "theirs", "--yes"]) == 1
    assert said_in(ours) == "the gate is open"
    versions.bring_back(ours, versions.kept(ours)[0])
    assert said_in(ours) == "the gate is locked"
    assert main([*differing, "--take", "ours", "--yes"]) == 1
    assert said_in(ours) == "the gate is locked"


def test_what_was_not_read_waits_for_a_yes(ours, tmp_path, capsys):
    back = came(tmp_path, risk_views=VIEWS + "BEN,R1,likely,\n")
    (back / "scan.pdf").write_bytes(b"%PDF")
    asked = ["merge", str(back), "--into", str(ours)]
    assert main(asked) == 1 and len(rows(ours, "risk_views")) == 1
    assert "scan.pdf is neither" in capsys.readouterr().err
    assert main([*asked, "--yes"]) == 1 and len(rows(ours, "risk_views")) == 2


def test_what_is_plain_is_saved_without_a_question_and_nothing_is_switched(
    ours, tmp_path, monkeypatch
):
    monkeypatch.setattr(paths, "CHOSEN", tmp_path / "chosen.txt")
    back = came(tmp_path, risk_views=VIEWS + "BEN,R1,likely,\n")
    assert main(["merge", str(back), "--into", str(ours)]) == 0
    assert len(rows(ours, "risk_views")) == 2 and not paths.CHOSEN.exists()


def test_what_is_open_is_named_as_on_the_screen():
    assert merge.is_open() == "what is open"


def test_an_answer_that_comes_back_empty_stays_and_is_told(ours, tmp_path):
    heads = "partner,risk,how_likely,how_hard_on_us\n"
    back = came(tmp_path, risk_views=f"{heads}ANA,R1,,slows us\nBEN,R1,,harms us\n")
    partnership = folder.read(ours)
    joined = joining.read(back, partnership)
    (told,) = joined.to_confirm
    assert told == (
        "risk_views.csv, sheet How each partner sees each risk, row 2, column “How likely”: this "
        "is empty here and answered in the open partnership, where it stays. If it was taken back, "
        "empty it there."
    )
    changed = joined.sheets(partnership)["risk_views"]
    assert changed["how_likely"].tolist() == ["likely", ""]


def test_what_all_fill_in_together_may_come_back_with_gaps(ours, tmp_path):
    back = came(tmp_path, risks="risk,what_could_happen,type\nR1,,political\n")
    assert joining.read(back, folder.read(ours)).to_confirm == []
