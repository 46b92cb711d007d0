"""All that the handbook wrote of a partnership is known to it, goes with it, and is named."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from partnering.documents import draft_files, report_files
from partnering.exchange import form_workbook
from partnering.jupyter import exchange_panel
from partnering.paper import forms
from partnering.storage import atomic, folder, forget, made_files, paths, workbook

EXAMPLES = Path(__file__).parents[2] / "exercises" / "examples"
PACKAGE = paths.HOME / "partnering"


@pytest.fixture
def mine(tmp_path, monkeypatch) -> Path:
    """A partnership of one's own in my-partnerships."""
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "mine")
    monkeypatch.setattr(paths, "CHOSEN", tmp_path / "mine" / "chosen.txt")
    place = tmp_path / "mine" / "ours"
    place.parent.mkdir()
    shutil.copytree(EXAMPLES / "shade", place)
    return place


def everything_written(place: Path, elsewhere: Path) -> dict[str, Path]:
    """One file of each kind that the handbook writes of a partnership."""
    p = folder.read(place)
    made = {
        "report": report_files.write(p, place / "report")[0] / "report.html",
        "report elsewhere": report_files.write(p, elsewhere / "reports")[0] / "tables.xlsx",
        "draft": draft_files.write(p, place / "drafts")[0],
        "undertaking": forms.write_undertaking(place / "forms", p)[0],
        "blank workbook": exchange_panel.make_form(p, 3, False, "", False),
        "workbook of VEC": exchange_panel.make_form(p, 3, False, "VEC", False),
        "form for a form tool": exchange_panel.make_questions(p, 3, False)[0],
    }
    assert all(file.is_file() for file in made.values())
    return made


def change(file: Path) -> None:
    """What somebody does who writes into a file and saves it."""
    file.write_bytes(file.read_bytes() + b" ")


def test_with_a_whole_partnership_goes_all_that_was_written_and_is_named(mine, tmp_path):
    made = everything_written(mine, tmp_path)
    told = forget.whole(mine, really=False)
    gone = forget.whole(mine)
    assert not mine.exists() and not any(file.exists() for file in made.values())
    said = " ".join(gone.sentences)
    elsewhere = made["report elsewhere"]
    assert f"{elsewhere} is gone." in said
    assert f"{elsewhere} as a whole" in str(told.beforehand)


def test_what_is_made_lies_in_the_partnerships_own_folder(mine, tmp_path):
    for name, file in everything_written(mine, tmp_path).items():
        assert (mine in file.parents) == (name != "report elsewhere")


def test_with_a_row_goes_what_is_as_written_and_what_was_changed_is_named(mine, tmp_path):
    made = everything_written(mine, tmp_path)
    kept = ("draft", "blank workbook")
    for name in kept:
        change(made[name])
    gone = forget.row(mine, "risks", "R1")
    assert {name for name, file in made.items() if file.exists()} == set(kept)
    said = gone.sentences
    for name in kept:
        assert any(str(made[name]) in one and "changed since" in one for one in said)
    assert "report/shared/report.html is gone." in said
    assert not (mine / "report").exists() and (mine / "drafts").is_dir()
    assert len(made_files.of(mine)) == len(kept)


@pytest.mark.parametrize("of_example", [False, True])
def test_a_report_that_somebody_has_changed_stays_and_the_new_one_goes_beside_it(
    mine, tmp_path, of_example
):
    p, out = folder.read(EXAMPLES / "shade" if of_example else mine), tmp_path / "out"
    told: list[str] = []

    def written() -> list[str]:
        (place,) = report_files.write(p, out, stops=[1], tell=told.append)
        return sorted(file.name for file in place.iterdir())

    assert written() == written() == ["report.docx", "report.html", "tables.xlsx"] and told == []
    mended = out / "shared" / "report.docx"
    mended.write_bytes(b"MY CHANGES")
    assert written() == written() == ["report-2.docx", "report.docx", "report.html", "tables.xlsx"]
    assert mended.read_bytes() == b"MY CHANGES"
    said = f"{mended} is not as the handbook wrote it, so it stays. The new one is report-2.docx."
    assert told == [said, said]


def test_a_report_of_before_that_nobody_has_changed_is_written_anew(mine):
    for title in ("One", "Two"):
        p = folder.read(mine)
        p.edit("partnership", p.sheets["partnership"].assign(title=title))
        (place,) = report_files.write(p, mine / "report", stops=[1])
    assert len([*place.iterdir()]) == 3 and "Two" in (place / "report.html").read_text("utf-8")


def test_a_workbook_that_somebody_has_filled_in_is_not_written_over(mine):
    p = folder.read(mine)
    first = form_workbook.write(mine / "a.xlsx", [3], whose=p)
    assert form_workbook.write(mine / "a.xlsx", [3], whose=p) == first == mine / "a.xlsx"
    first.write_bytes(before := b"filled in")
    assert form_workbook.write(first, [3], whose=p) == mine / "a-2.xlsx"
    assert first.read_bytes() == before


def test_a_workbook_that_a_partner_has_filled_in_goes_with_its_answers_and_is_named_before(
    mine, tmp_path
):
    made = everything_written(mine, tmp_path)
    change(made["workbook of VEC"])
    file = str(made["workbook of VEC"].relative_to(mine))
    forget.row(mine, "risks", "R1")
    assert made["workbook of VEC"].exists()
    assert f"ours/{file} as a whole" in str(forget.whole(mine, really=False).beforehand)
    assert f"{file} as a whole" in str(forget.answers(mine, "VEC", really=False).beforehand)
    assert f"{file} is gone." in forget.answers(mine, "VEC").sentences
    assert not made["workbook of VEC"].exists()


@pytest.mark.parametrize("filled_in", [True, False])
def test_a_copy_of_a_partnership_removes_no_form_of_the_first_one(mine, tmp_path, filled_in):
    made = everything_written(mine, tmp_path)
    if filled_in:
        change(made["workbook of VEC"])
    copied = mine.with_name("ours-try")
    shutil.copytree(mine, copied)
    for gone in (forget.answers(copied, "VEC"), forget.whole(copied)):
        assert all(file.exists() for name, file in made.items())
        assert any(
            str(made["report elsewhere"]) in one and "of a copy" in one for one in gone.sentences
        )
    assert not copied.exists() and mine.exists()
    forget.whole(mine)  # what is written of the first one is its own as before
    assert not any(file.exists() for file in made.values())


def test_nothing_goes_and_nothing_is_noted_before_it_is_really_meant(mine, tmp_path):
    made = everything_written(mine, tmp_path)
    before = made_files.list_of(mine).read_bytes()
    assert forget.row(mine, "risks", "R1", really=False).files
    assert all(file.exists() for file in made.values())
    assert made_files.list_of(mine).read_bytes() == before


def test_what_a_stopped_program_left_half_written_goes(mine, tmp_path):
    made = everything_written(mine, tmp_path)
    half = made["report"].with_name(".~report.html.0000.tmp")
    half.write_text("SECRET")
    of_a_house = mine / "houses" / ".~VEC.csv.0000.tmp"
    of_a_house.parent.mkdir(exist_ok=True)
    of_a_house.write_text("SECRET")
    forget.row(mine, "risks", "R1")
    assert not half.exists() and not of_a_house.exists()


def test_a_workbook_has_its_list_beside_it(mine, tmp_path):
    place = tmp_path / "ours.xlsx"
    workbook.write(folder.read(mine), place)
    made = report_files.write(folder.open_any(place), paths.beside(place, "report"))[0]
    (tmp_path / "other.xlsx").write_text("not of this partnership")
    forget.whole(place)
    assert not made.exists() and not place.exists() and not made_files.list_of(place).exists()
    assert (tmp_path / "other.xlsx").exists()


def test_what_is_written_of_an_example_is_in_no_list(mine, tmp_path):
    report_files.write(folder.read(EXAMPLES / "shade"), tmp_path / "out")
    assert not made_files.list_of(EXAMPLES / "shade").exists()


def test_a_list_that_moves_with_its_folder_still_finds_what_lies_in_it(mine, tmp_path):
    made = everything_written(mine, tmp_path)
    moved = mine.rename(mine.with_name("moved"))
    inside = moved / made["report"].relative_to(mine)
    assert inside in [one.path for one in made_files.of(moved)]


# ---------------------------------------------------------------- nothing else is removed


def test_a_list_that_others_wrote_cannot_let_other_files_be_removed(mine, tmp_path):
    other, link = tmp_path / "thesis.docx", mine / "link.docx"
    other.write_text("years of work")
    if sys.platform != "win32":
        link.symlink_to(other)
    lines = [
        {"file": str(path), "digest": "00", "partner": "VEC"}
        for path in (other, "../../thesis.docx", link)
    ]
    (mine / made_files.LIST).write_text(json.dumps(lines))
    forget.answers(mine, "VEC")
    gone = forget.whole(mine)
    assert other.read_text() == "years of work"
    assert not any("thesis.docx is gone" in one for one in gone.sentences)


def test_a_list_that_others_wrote_removes_nothing_also_where_it_knows_the_contents(mine, tmp_path):
    victim, half = tmp_path / "victim.txt", tmp_path / ".~victim.txt.0000.tmp"
    for file in (victim, half):
        file.write_text("known")
    digest = atomic.digest(b"known").hex()
    own = atomic.digest((mine / "partners.csv").read_bytes()).hex()
    lines = [
        {"file": str(victim), "digest": digest, "partner": "VEC", "seal": "00"},
        {"file": "../../victim.txt", "digest": digest, "partner": ""},
        {"file": "partners.csv", "digest": own, "partner": "VEC"},
    ]
    (mine / made_files.LIST).write_text(json.dumps(lines))
    report_files.write(folder.read(mine), mine / "report")  # adds to the list, seals no other line
    forget.answers(mine, "VEC")
    assert (mine / "partners.csv").exists()
    forget.whole(mine)
    assert victim.exists() and half.exists()


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 1}', '[{"file": 1}]', "\udcff"])
def test_a_list_that_cannot_be_read_stops_nothing(mine, text):
    (mine / made_files.LIST).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert made_files.of(mine) == []
    forget.row(mine, "risks", "R1")
    forget.whole(mine)
    assert not mine.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
@pytest.mark.parametrize("where", ["mine", "elsewhere"])
def test_houses_that_are_a_link_to_elsewhere_stay_and_are_named(mine, tmp_path, where):
    place = mine if where == "mine" else shutil.move(mine, tmp_path / "ours")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    file = elsewhere / "VEC.csv"
    file.write_text("partner,unit,question,answer\nVEC,Finance,Q1,x\n")
    shutil.rmtree(place / "houses", ignore_errors=True)
    (place / "houses").symlink_to(elsewhere)
    told = forget.answers(place, "VEC")
    assert file.exists() and any("houses" in one for one in told.to_do)
    forget.whole(place)
    assert file.read_text().startswith("partner,unit")


# ---------------------------------------------------------------- whoever writes, notes it

WRITES = re.compile(r"atomic\.replace\(|\.write_bytes\(|\.write_text\(")
NO_ANSWERS = {
    "paper/forms.py": "the blank forms; what bears a partnership goes through made_files",
    "jupyter/start_page.py": "an empty file, to see whether the folder can be written to",
    "jupyter/chosen_files.py": "files that are brought in, gone as soon as they are read",
    "jupyter/in_browser.py": "a file that is brought back, gone as soon as it is read",
    "jupyter/opening.py": "the notebooks as they come, in which there are no answers",
}


def test_whoever_writes_a_file_of_a_partnership_lets_it_be_known():
    writers = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if file.parent.name != "storage" and WRITES.search(file.read_text(encoding="utf-8"))
    }
    assert writers == set(NO_ANSWERS)


@pytest.mark.parametrize("wrong", ["", "{", "{}", '[{"file": 3}]', '["x"]', "[" * 100_000])
def test_a_list_that_cannot_be_read_is_named_before_and_after_and_not_lost(mine, wrong):
    file = made_files.list_of(mine)
    file.write_text(wrong)
    before = forget.row(mine, "risks", "R1", really=False).beforehand
    assert any("cannot be read" in one and ".made.json" in one for one in before)
    exchange_panel.make_form(folder.read(mine), 3, False, "VEC", False)  # a new list begins
    assert made_files.of(mine)[0].partner == "VEC"
    gone = forget.row(mine, "risks", "R1")
    assert any("files to carry may be left" in one for one in gone.sentences)
    assert file.with_name(".made.json.unreadable").read_text() == wrong
    assert any("may be left" in one for one in forget.whole(mine).sentences)
    assert not mine.exists()


def test_one_line_that_cannot_be_read_hides_no_other(mine):
    made = everything_written(mine, mine.parent)
    file = made_files.list_of(mine)
    listed = json.loads(file.read_text())
    file.write_text(json.dumps([*listed, {"file": 1}]))
    gone = forget.row(mine, "risks", "R1")
    assert not made["report"].exists() and any("may be left" in one for one in gone.sentences)


def test_without_a_list_nothing_was_made_and_nothing_is_said(mine):
    assert made_files.unreadable(mine) == ""


def test_the_facilitator_is_told_where_it_cannot_be_read_which_lines_had_another_code(mine):
    from partnering.storage import moved

    (mine / ".moved.json").write_text("{")
    said = moved.sentences(folder.read(mine), "risks")
    assert len(said) == 1 and "compare its words before you type it in" in said[0]
    moved.note(mine, "risks", {"R9": "R-A"})
    assert "cannot be read" in moved.sentences(folder.read(mine), "risks")[0]
    assert (mine / ".moved.json.unreadable").read_text() == "{"
