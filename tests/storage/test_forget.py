"""What somebody takes back is gone: from every file, version, and from what results can tell."""

import inspect
import os
import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from making import partnership
from partnering import live
from partnering.documents import report_files
from partnering.jupyter import chosen_files
from partnering.jupyter.history_panel import ForgetPanel
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import Partnership
from partnering.results import results
from partnering.schema.choices import Scale
from partnering.schema.tables import TABLES
from partnering.stops import (
    agreement,
    coherence,
    principles,
    purpose,
    red_thread,
    relationship,
    risk,
    start,
    value,
)
from partnering.storage import atomic, folder, forget, paths, versions, workbook
from partnering.storage.atomic import NotOpened, NotSaved

EXAMPLES = Path(__file__).parents[2] / "exercises" / "examples"


@pytest.fixture
def uwi(tmp_path) -> Path:
    """Nine partners with held answers, saved a few times, with traces of stopped programs."""
    place = tmp_path / "uwi"
    shutil.copytree(EXAMPLES / "uwi", place)
    partnership = folder.read(place)
    for title in ("Home", "Home Before Dawn 2"):
        partnership.edit("partnership", partnership.sheets["partnership"].assign(title=title))
        folder.save(partnership)
    shutil.copyfile(place / "risk_views.csv", place / ".~risk_views.csv.0000.tmp")
    shutil.copytree(place / "houses", place / ".versions" / ".~half.tmp")
    assert len(versions.kept(place)) == 2
    return place


def mark(place: Path, table: str, column: str, word: str, **where: str) -> None:
    """Put a word that stands nowhere else into one row and a version, by saving it."""
    partnership = folder.read(place)
    sheet = partnership.sheets[table].copy()
    rows = pd.Series(True, index=sheet.index)
    for name, text in where.items():
        rows &= sheet[name] == text
    rows &= (rows.cumsum() == 1) | (table != "decisions")  # which has no codes: its first such row
    assert rows.any()
    sheet.loc[rows, column] = word
    for title in (word, "again"):
        partnership.edit(table, sheet)
        partnership.edit(
            "partnership", partnership.sheets["partnership"].assign(title=f"t{title == word}")
        )
        folder.save(partnership)


def found_in(place: Path, word: str) -> list[Path]:
    """The files below a place that hold a word, hidden ones too, in any of the usual encodings."""
    ways = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "cp1252")]
    return [
        file
        for file in place.rglob("*")
        if file.is_file() and any(way in file.read_bytes() for way in ways)
    ]


def whole_files(place: Path) -> dict[Path, bytes]:
    """What stands in the files below a place, but for those that a stopped program left half."""
    files = [file for file in place.rglob("*") if file.is_file()]
    return {file: file.read_bytes() for file in files if not file.name.startswith(".~")}


# ---------------------------------------------------------------- every byte


@pytest.mark.parametrize(
    ("table", "column", "where", "take_back"),
    [
        (
            "risk_views",
            "in_a_few_words",
            {"partner": "BEA", "respondent": "g9", "risk": "R1"},
            lambda place: forget.row(place, "risk_views", ("BEA", "g9", "R1")),
        ),
        (
            "risk_views",
            "in_a_few_words",
            {"partner": "BEA", "respondent": "g9", "risk": "R2"},
            lambda place: forget.voice(place, "BEA", "g9"),
        ),
        (
            "purposes",
            "why_together",
            {"partner": "BEA"},
            lambda place: forget.answers(place, "BEA"),
        ),
        (
            "risks",
            "what_could_happen",
            {"risk": "R3"},
            lambda place: forget.row(place, "risks", "r3"),
        ),
        (
            "risk_views",
            "in_a_few_words",
            {"risk": "R3", "partner": "LUW"},
            lambda place: forget.row(place, "risks", "R3"),
        ),
        (
            "objectives",
            "text",
            {"objective": "O2"},
            lambda place: forget.row(place, "objectives", ["O2"]),
        ),
        (
            "decisions",
            "what_we_decided",
            {"stop": "1"},
            lambda place: forget.row(place, "decisions", 2),
        ),
        (
            "purposes",
            "why_together",
            {"partner": "MVA"},
            lambda place: forget.row(place, "partners", "Market Vendors' Association"),
        ),
    ],
)
def test_what_is_taken_back_stands_in_no_byte_below_the_folder(
    uwi, table, column, where, take_back
):
    word = "Zyzzyva-taken-back"
    mark(uwi, table, column, word, **where)
    assert {file.parent.name for file in found_in(uwi, word)} > {"uwi"}  # in a version as well
    others = {name: len(frame) for name, frame in folder.read(uwi).tables.items()}
    done = take_back(uwi)
    assert found_in(uwi, word) == [] and versions.kept(uwi) == []
    assert [file.name for file in uwi.rglob("*") if file.name.startswith(".~")] == []
    assert (
        done.rows
        and f"{table}.csv" in done.rows
        and any("earlier versions are gone" in line for line in done.sentences)
    )
    after = folder.read(uwi)
    assert after.problems == []  # nothing points to what is gone
    assert {f"{name}.csv" for name, count in others.items() if len(after[name]) != count} == {
        name for name in done.rows if "/" not in name
    }


def test_one_answer_of_a_voice_goes_and_its_others_stay(uwi):
    before = folder.read(uwi)["risk_views"]
    assert forget.row(uwi, "risk_views", ("BEA", "g9", "R1")).rows == {"risk_views.csv": 1}
    after = folder.read(uwi)["risk_views"]
    assert len(after) == len(before) - 1 and "g9" in after["respondent"].tolist()


def test_a_partners_answers_go_with_its_house_and_its_name_stays(uwi):
    (uwi / "house_answers.csv").write_text(
        "partner,unit,question,answer\nBEA,board,Q1,Zyzzyva\nCFP,desk,Q1,Quokka\n"
    )
    done = forget.answers(uwi, "bea")
    after = folder.read(uwi)
    assert (
        "BEA" in after.names
        and not (uwi / "houses" / "BEA.csv").exists()
        and (uwi / "houses" / "CFP.csv").exists()
    )
    assert (
        "houses/BEA.csv is gone." in done.sentences
        and found_in(uwi, "Zyzzyva") == []
        and found_in(uwi, "Quokka")
    )
    for name, frame in after.tables.items():
        assert (
            name == "partners" or "partner" not in frame or "BEA" not in frame["partner"].tolist()
        ), name


def test_references_to_a_line_that_is_gone_are_taken_out_and_free_words_about_it_are_named(
    tmp_path,
):
    def sheet(**columns):
        return pd.DataFrame(
            columns, index=range(2, 2 + len(next(iter(columns.values())))), dtype="str"
        )

    folder.write(
        Partnership(
            {
                "partners": sheet(partner=["VEC", "SOM"], name=["Vecinas", "Sombra"]),
                "value_lines": sheet(
                    line=["V1", "V2", "V3"],
                    partner=["VEC", "Sombra", "SOM"],
                    we=["ask one partner for", "bring", "bring"],
                    what=["a", "b", "c"],
                    answers=["", "V1, V3", "V1"],
                ),
                "decisions": sheet(stop=["2", "2"], about=["V1 and more", "V11"]),
            }
        ),
        tmp_path / "ours",
    )
    done = forget.row(tmp_path / "ours", "value_lines", "V1")
    assert folder.read(tmp_path / "ours").sheets["value_lines"].fillna("")["answers"].tolist() == [
        "V3",
        "",
    ]
    assert "decisions.csv, row 2, still refers to V1: read it." in done.sentences
    assert not [line for line in done.sentences if "row 3" in line]
    assert forget.answers(tmp_path / "ours", "Sombra").rows == {"value_lines.csv": 2}


@pytest.mark.parametrize(("code", "leaves_a_gap"), [("R1", True), ("r3", True), ("R9", False)])
def test_a_gap_in_the_numbers_is_told_with_what_to_do_and_only_where_there_is_one(
    tmp_path, code, leaves_a_gap
):
    shutil.copytree(EXAMPLES / "shade", tmp_path / "ours")
    gaps = [
        line
        for line in forget.row(tmp_path / "ours", "risks", code).sentences
        if "gap in the numbers" in line
    ]
    assert [line.split(":")[0] for line in gaps] == ["risks.csv"] * leaves_a_gap
    assert all(
        "Before you show or send anything, give the lines new numbers" in line for line in gaps
    )


def test_what_has_no_numbers_leaves_no_gap_in_them(uwi):
    for done in (
        forget.voice(uwi, "BEA", "g9"),
        forget.row(uwi, "risk_views", ("LUW", "d2", "R1")),
    ):
        assert "gap" not in " ".join(done.sentences)


def test_earlier_versions_go_also_where_the_row_was_deleted_before(uwi):
    mark(uwi, "purposes", "why_together", "Zyzzyva", partner="BEA")
    partnership = folder.read(uwi)
    partnership.edit("purposes", partnership.sheets["purposes"].query("partner != 'BEA'"))
    folder.save(partnership)
    assert found_in(uwi, "Zyzzyva")
    done = forget.row(uwi, "purposes", "BEA")
    assert (
        not done.rows
        and "There is nothing of that kind now." in done.sentences
        and not found_in(uwi, "Zyzzyva")
    )


def test_files_that_are_no_tables_are_named_and_so_is_what_only_people_can_find(uwi):
    (uwi / "wall.jpg").write_bytes(b"x")
    said = forget.voice(uwi, "BEA", "g9").sentences
    assert "Not looked into: wall.jpg." in said and any("memory sticks" in line for line in said)


@pytest.mark.parametrize(
    ("forget_it", "what"),
    [
        (
            lambda place, really: forget.answers(place, "BRA", really),
            "partner BRA, now or in an earlier version",
        ),
        (
            lambda place, really: forget.row(place, "risks", "R99", really),
            "row R99 in Risks, now or in an earlier version",
        ),
        (
            lambda place, really: forget.row(place, "decisions", 99, really),
            "row 99 in What we decided",
        ),
        (
            lambda place, really: forget.voice(place, "BEA", "g77"),
            "voice g77 of BEA, now or in an earlier version",
        ),
    ],
)
@pytest.mark.parametrize("really", [True, False])
def test_a_slip_of_the_hand_forgets_nothing(uwi, forget_it, what, really):
    report_files.write(folder.read(uwi), uwi / "reports", stops=[1])
    before = whole_files(uwi)
    with pytest.raises(NotOpened, match=f"There is no {what}. Nothing was forgotten"):
        forget_it(uwi, really)
    assert whole_files(uwi) == before


def test_a_partner_who_left_is_still_forgotten_in_earlier_versions(uwi):
    folder.write(
        partnership("ANA BEN", purposes=[{"partner": "BEN", "why_together": "Zyzzyva"}]),
        uwi / "two",
    )
    place = uwi / "two"
    left = folder.read(place)
    left.edit("partners", left.sheets["partners"].query("partner != 'BEN'"))
    left.edit("purposes", left.sheets["purposes"].query("partner != 'BEN'"))
    folder.save(left)
    assert found_in(place, "Zyzzyva")
    assert forget.answers(place, "BEN").versions and not found_in(place, "Zyzzyva")


def test_of_a_step_words_are_named_that_say_step_and_no_number_or_end_that_is_meant_otherwise(
    protocol,
):
    words = ["2,400 people by the end", "page 2", "we went to step 2", "the step End is far"]
    decisions = "stop,what_we_decided\n" + "".join(f'3,"{text}"\n' for text in words)
    (protocol / "decisions.csv").write_text(decisions, "utf-8")
    for step, row in (("2", 4), ("End", 5)):
        told = forget.row(protocol, "protocol", step).sentences
        (named,) = [sentence for sentence in told if "still refers" in sentence]
        assert named == f"decisions.csv, row {row}, still refers to step {step}: read it."


def steps(place: Path) -> list[str]:
    """The steps that are left in a protocol."""
    return folder.read(place).sheets["protocol"]["step"].tolist()


@pytest.fixture
def protocol(tmp_path) -> Path:
    """A protocol of the steps 1, 2, 3 and END, in the rows 2 to 5 of its file."""
    p = partnership(
        "ANA BEN",
        protocol=[{"step": step, "who_meets": f"{step} meet"} for step in ("1", "2", "3", "END")],
        risks=[("R1", "", "a flood"), ("R2", "", "a fire")],
    )
    folder.write(p, tmp_path / "ours")
    return tmp_path / "ours"


def test_a_number_that_is_a_code_is_never_taken_for_the_number_of_a_row(protocol):
    forget.row(protocol, "protocol", ["3"])
    assert steps(protocol) == ["1", "2", "END"]
    with pytest.raises(NotOpened, match="There is no row 4 in Conflict protocol"):
        forget.row(protocol, "protocol", ["4"])
    forget.row(protocol, "risks", ["3"])  # no risk is called 3, so it is the third row of the file
    assert folder.read(protocol)["risks"]["risk"].tolist() == ["R1"]


def test_the_panel_takes_the_number_of_a_step_that_is_gone_for_no_other_row(protocol):
    forget.row(protocol, "protocol", "3")
    working_copy = WorkingCopy(folder.read(protocol))
    clicks = ForgetPanel(
        SimpleNamespace(working_copy=working_copy, whole=working_copy.partnership), live.taken_back
    )
    clicks.table.value, clicks.code.value = "protocol", "3"
    clicks.ask.click()
    assert "There is no row 3" in clicks.status.value and steps(protocol) == ["1", "2", "END"]


def is_asked_about(place: Path, name: str, sentence: str) -> None:
    """Nothing is forgotten by this name of a partner, and the sentence says why."""
    for forget_it in (
        lambda: forget.answers(place, name),
        lambda: forget.voice(place, name, "g1"),
        lambda: forget.row(place, "partners", name),
    ):
        with pytest.raises(NotOpened, match=sentence):
            forget_it()


def test_a_name_that_two_have_stands_for_neither_and_nothing_is_forgotten(tmp_path):
    place = tmp_path / "ours"
    p = partnership(
        partners=[("RCA", "Red Cross"), ("RCB", "Red Cross"), ("CIT", "City")],
        risks=[("R1", "", "a flood"), ("R2", "", "a flood")],
        risk_care=[{"risk": "a flood", "carries": "City"}],
    )
    folder.write(p, place)
    typed = "partner,why_together\nRCA,one\nRed Cross,two\nRCB,three\n"
    (place / "purposes.csv").write_text(typed, "utf-8")
    before = whole_files(place)
    doubled = "“Red Cross” is the name of RCA and RCB. Write the code."
    is_asked_about(place, "Red Cross", doubled)
    with pytest.raises(NotOpened, match="“a flood” is the name of R1 and R2"):
        forget.row(place, "risks", "a flood")
    assert whole_files(place) == before
    said = forget.answers(place, "RCB").sentences
    assert "purposes.csv: 1 row is gone." in said
    assert f"purposes.csv, row 3, stays: {doubled}" in said
    assert folder.read(place).sheets["purposes"]["why_together"].tolist() == ["one", "two"]


def test_a_code_that_another_row_is_called_by_is_asked_about_and_takes_nothing_along(tmp_path):
    place = tmp_path / "relief"
    p = partnership(
        partners=[("ANA", "The Ana house"), ("BEN", "Ana"), ("CYD", "City")],
        purposes=[("CYD", "three")],
    )
    folder.write(p, place)
    typed = "partner,why_together\nANA,one\nAna,two\nCYD,three\nBEN,four\n"
    (place / "purposes.csv").write_text(typed, "utf-8")
    before = whole_files(place)
    asked = "“Ana” is the code of one row, and BEN is called so too. Give BEN another name first."
    is_asked_about(place, "Ana", asked)
    assert whole_files(place) == before
    said = forget.answers(place, "BEN").sentences
    assert "purposes.csv: 1 row is gone." in said
    assert f"purposes.csv, row 3, stays: {asked}" in said
    said = forget.row(place, "partners", 2).sentences  # that of ANA, by its number
    assert f"purposes.csv, row 3, stays: {asked}" in said
    left = (place / "purposes.csv").read_text("utf-8")
    assert "one" in left and "two" in left and "three" in left


def test_where_the_disk_refuses_what_was_reported_the_row_is_found_again(protocol, monkeypatch):
    def full(place):
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(forget.reported, "forget", full)
    with pytest.raises(NotSaved):
        forget.row(protocol, "risks", "R2")
    monkeypatch.undo()
    assert forget.row(protocol, "risks", "R2").rows == {"risks.csv": 1}


# ---------------------------------------------------------------- a whole partnership


def test_a_whole_partnership_goes_with_all_that_lies_in_its_folder(uwi, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "HOME", tmp_path)
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path)
    monkeypatch.setattr(paths, "CHOSEN", tmp_path / "chosen.txt")
    paths.choose(uwi)
    (uwi / "notes.docx").write_bytes(b"x")
    done = forget.whole(uwi)
    assert (
        list(tmp_path.iterdir()) == [] and done.versions == 2 and "uwi is gone." in done.sentences
    )


def test_elsewhere_only_its_own_files_go_and_the_rest_is_named(uwi):
    for name in ("bank.csv", "holiday.jpg"):
        (uwi / name).write_text("a,b\n1,2\n")
    done = forget.whole(uwi)
    assert sorted(file.name for file in uwi.rglob("*")) == ["bank.csv", "holiday.jpg"]
    assert "Not looked into: bank.csv, holiday.jpg." in done.sentences


def test_a_workbook_goes_with_the_house_files_beside_it_and_is_never_written_to(tmp_path):
    workbook.write(folder.read(EXAMPLES / "shade"), tmp_path / "form.xlsx")
    (tmp_path / "form houses").mkdir()
    (tmp_path / "form houses" / "VEC.csv").write_text("partner\nVEC\n")
    with pytest.raises(NotSaved, match="is a workbook, which is never written to"):
        forget.answers(tmp_path / "form.xlsx", "VEC")
    forget.whole(tmp_path / "form.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_examples_and_what_is_not_there_are_left_alone(tmp_path):
    for act in (forget.whole, lambda place: forget.answers(place, "VEC")):
        with pytest.raises(NotSaved, match="worked example"):
            act(EXAMPLES / "shade")
        with pytest.raises(NotOpened, match="nothing at"):
            act(tmp_path / "none")
    for table, code in (("no_table", "R1"), ("risk_views", "R1"), ("decisions", "R1")):
        with pytest.raises(NotOpened, match=r"no table|is named by"):
            forget.row(tmp_path, table, code)
    with pytest.raises(NotOpened, match="Which voice"):
        forget.voice(tmp_path, "BEA", " ")


def test_a_disk_that_refuses_is_told_and_a_second_try_finds_the_row_again(uwi, monkeypatch):
    def refuse(self, target):
        raise PermissionError(13, "held")

    mark(uwi, "purposes", "why_together", "Zyzzyva", partner="BEA")
    monkeypatch.setattr(atomic, "FIRST_WAIT", 0)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotSaved):
        forget.answers(uwi, "BEA")
    monkeypatch.undo()
    assert found_in(uwi, "Zyzzyva")
    forget.answers(uwi, "BEA")
    assert not found_in(uwi, "Zyzzyva")


# ---------------------------------------------------------------- five voices become four

STOPS = (start, purpose, value, risk, principles, agreement, relationship, coherence, red_thread)
NOT_OF_A_PARTNERSHIP = {"partnerships", "this_computer"}


def in_the_room(place: Path, change=None) -> dict[str, str]:
    """Every result that can be shown to the room, as text."""
    partnership = folder.read(place)
    if change is not None:
        partnership.edit("risk_views", change(partnership.sheets["risk_views"].copy()))
    room = partnership.for_reader("room")
    made = {}
    for stop in STOPS:
        for name, maker in inspect.getmembers(stop, inspect.isfunction):
            wanted = list(inspect.signature(maker).parameters.values())
            if (
                maker.__module__ == stop.__name__
                and not name.startswith("_")
                and wanted
                and all(each.default is not each.empty for each in wanted[1:])
                and wanted[0].annotation == "Partnership"
            ):
                result = maker(room)
                if isinstance(result, results.Result):
                    made[f"{stop.__name__}.{name}"] = result.html() + result.plain()
    assert len(made) > 30
    return made


def rewritten(views: pd.DataFrame) -> pd.DataFrame:
    """The same table, but the voices of BEA say the opposite."""
    theirs = (views["partner"] == "BEA") & (views["respondent"] != "")
    for column in ("how_likely", "how_hard_on_us"):
        kind: Scale = TABLES["risk_views"].by_name[column].kind
        words = dict(zip(kind.texts, kind.texts[::-1], strict=True))
        views.loc[theirs, column] = views.loc[theirs, column].map(
            lambda text, words=words: words.get(text, text)
        )
    return views


def test_a_partner_whose_fifth_voice_is_taken_back_vanishes_and_nothing_gives_it_away(uwi):
    assert "BEA" not in folder.read(uwi).for_reader("room").hidden.groups
    assert in_the_room(uwi) != in_the_room(uwi, rewritten), (
        "the voices of BEA are not in any result, so this proves nothing"
    )
    forget.voice(uwi, "BEA", "g9")
    room = folder.read(uwi).for_reader("room")
    assert "BEA" in room.hidden.groups and found_in(uwi, "BEA,g9") == []
    spoken = folder.read(uwi)["risk_views"]
    assert spoken.loc[spoken["partner"] == "BEA", "respondent"].nunique() == 4
    assert not [
        name
        for name, frame in room.tables.items()
        if TABLES[name].views
        and "respondent" in frame
        and "BEA" in frame["partner"].tolist()
        and name == "risk_views"
    ]
    # The four that are left could be told from the five less one, if anything still told of them.
    assert in_the_room(uwi) == in_the_room(uwi, rewritten)


def test_a_group_that_becomes_too_small_is_hidden_with_those_that_were(uwi):
    before = folder.read(uwi).for_reader("room").hidden
    forget.voice(uwi, "BEA", "g9")
    after = folder.read(uwi).for_reader("room").hidden
    assert set(after.groups) - set(before.groups) == {"BEA"} and set(before.groups) < set(
        after.groups
    )


def test_one_answer_fewer_hides_that_answer_of_the_partner(uwi):
    forget.row(uwi, "risk_views", ("BEA", "g9", "R1"))

    def only_r1(views):
        changed = rewritten(views.copy())
        return views.where(views["risk"] != "R1", changed)

    assert in_the_room(uwi) == in_the_room(uwi, only_r1)


# ---------------------------------------------------------------- by clicking


@pytest.fixture
def asking(tmp_path):
    """What people click to forget a decision in a file with an empty line: its row as seen."""
    place = tmp_path / "ours"
    rows = [
        {"stop": "1", "outcome": "agreed", "what_we_decided": word}
        for word in ("one", "two", "three")
    ]
    folder.write(partnership("ANA BEN", decisions=rows), place)
    file = place / "decisions.csv"
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text(
        "\n".join([head, rows[0], "," * head.count(","), *rows[1:], ""]), encoding="utf-8"
    )
    working_copy = WorkingCopy(folder.read(place))
    clicks = ForgetPanel(
        SimpleNamespace(working_copy=working_copy, whole=working_copy.partnership), live.taken_back
    )
    clicks.table.value, clicks.code.value = (
        "decisions",
        str(working_copy.partnership.sheets["decisions"].index[1]),
    )
    return clicks


def left(clicks):
    return folder.read(clicks.view.working_copy.place)["decisions"]["what_we_decided"].to_list()


def test_a_row_called_by_its_number_goes_and_no_other_where_the_file_has_an_empty_line(asking):
    asking.ask.click()
    assert "gone for good" in asking.status.value and left(asking) == ["one", "two", "three"]
    asking.go.click()
    assert left(asking) == ["one", "three"]


def test_what_was_typed_since_it_was_asked_stays_and_it_is_asked_once_more(asking):
    working_copy = asking.view.working_copy
    asking.ask.click()
    typed = working_copy.partnership.sheets["decisions"].iloc[1:].copy()
    working_copy.put({"decisions": typed})
    asking.go.click()
    assert "Something has changed in the meantime" in asking.status.value and left(asking) == [
        "two",
        "three",
    ]
    asking.go.click()
    assert left(asking) == ["three"]


def test_the_example_is_not_offered_to_be_forgotten():
    working_copy = WorkingCopy(folder.read(EXAMPLES / "shade"))
    clicks = ForgetPanel(
        SimpleNamespace(working_copy=working_copy, whole=working_copy.partnership), live.taken_back
    )
    clicks.what.value = "everything"
    clicks.ask.click()
    assert "never written to" in clicks.status.value and clicks.go.layout.display == "none"


@pytest.mark.parametrize("name", ["thesis.docx", "photographs"])
def test_what_is_not_a_partnership_is_not_forgotten(tmp_path, name):
    place = tmp_path / name
    if place.suffix:
        place.write_text("three years of work")
    else:
        place.mkdir()
        (place / "ana.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(NotOpened, match="is not a partnership, so nothing was forgotten"):
        forget.whole(place)
    assert place.exists()


@pytest.mark.parametrize("what", ["whole", "answers", "row"])
def test_what_a_program_left_that_was_stopped_while_it_read_what_came_back_goes_too(
    uwi, tmp_path, monkeypatch, what
):
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "mine")
    chosen = SimpleNamespace(value=[{"name": "BEA.csv", "content": b"answers"}])
    with chosen_files.laid_out(chosen) as laid:
        left = shutil.copytree(laid, laid.with_name(f"{paths.PASSING}stopped"))
    assert [file.name for file in left.iterdir()] == ["BEA.csv"] and not laid.exists()
    asked = {"whole": (), "answers": ("BEA",), "row": ("purposes", 2)}[what]
    reading = shutil.copytree(left, left.with_name(f"{paths.PASSING}reading"))
    os.utime(left, (time.time() - 3600,) * 2)
    getattr(forget, what)(uwi, *asked, really=False)
    assert left.exists()
    (said,) = [one for one in getattr(forget, what)(uwi, *asked).untold if str(left.parent) in one]
    assert not left.exists() and reading.exists() and said.startswith(f"{reading} stays")


@pytest.mark.parametrize("what", ["whole", "answers", "row"])
def test_what_was_left_and_cannot_be_removed_hinders_no_forgetting_and_is_told(
    uwi, tmp_path, monkeypatch, what
):
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "mine")
    left = [tmp_path / "mine" / f"{paths.PASSING}{name}" for name in "abc"]
    for one in left:
        one.mkdir(parents=True)
        os.utime(one, (time.time() - 3600,) * 2)
    remove = shutil.rmtree

    def removed(place, *more, **others):
        if Path(place) == left[1]:
            raise PermissionError(13, "Permission denied", str(place))
        remove(place, *more, **others)

    monkeypatch.setattr(shutil, "rmtree", removed)
    asked = {"whole": (), "answers": ("BEA",), "row": ("purposes", 2)}[what]
    done = getattr(forget, what)(uwi, *asked)
    assert [one for one in left if one.exists()] == [left[1]]
    assert (done.rows or done.files) and f"{left[1]} could not be removed." in str(done.sentences)
