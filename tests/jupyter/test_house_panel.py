"""One partner's house typed in: lines for every part of it, a file of its own, and nobody else's to see."""

import shutil

import pytest

from making import partnership, sheet
from partnering.jupyter.autosave import AUTOSAVE
from partnering.jupyter.house_panel import HousePanel
from partnering.jupyter.table_editor import TableEditor
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import MINE, Partnership
from partnering.schema.tables import TABLES
from partnering.stops import coherence
from partnering.storage import folder, forget, house_file, paths
from partnering.storage.house_file import HouseFile


@pytest.fixture
def whole(tmp_path) -> Partnership:
    """A partnership of two in a folder, without house files."""
    place = tmp_path / "ours"
    folder.write(partnership("ANA BEN"), place)
    return folder.read(place)


def house_of(whole: Partnership, partner: str = "ANA") -> WorkingCopy:
    file = HouseFile(whole, partner)
    return WorkingCopy(file.open_any(), file)


def typed(working_copy: WorkingCopy, *doings: dict) -> list[tuple]:
    """Do something in the grid of a house and save; its lines as they stand then: part, question, answer, and the row."""
    entry = TableEditor(working_copy.partnership, TABLES[house_file.ANSWERS], MINE)
    made = entry.apply(doings)
    if made is not None:
        working_copy.put({house_file.ANSWERS: made})
    working_copy.save()
    entry.look(working_copy.partnership)
    return [
        (*(one.cells.get(name, "") for name in ("unit", "question", "answer")), one.row)
        for one in entry.lines
    ]


def line(working_copy: WorkingCopy, unit: str, question: str) -> str:
    entry = TableEditor(working_copy.partnership, TABLES[house_file.ANSWERS], MINE)
    return next(
        one.name
        for one in entry.lines
        if (one.cells.get("unit", ""), one.cells["question"]) == (unit, question)
    )


def test_a_part_of_the_house_is_named_once_and_the_other_questions_wait_for_it(whole):
    working_copy = house_of(whole)
    assert typed(working_copy) == [("", "Q1", "", None)]
    lines = typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "Finance"}},
        {"line": line(working_copy, "", "Q1"), "set": {"answer": "A grant."}},
    )
    assert lines == [
        ("Finance", "Q1", "A grant.", 2),
        ("Finance", "Q2", "", None),
        ("Finance", "Q3", "", None),
        ("Finance", "Q4", "", None),
        ("", "Q1", "", None),
    ]
    typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "Board", "answer": "A city."}},
    )
    lines = typed(
        working_copy, {"line": line(working_copy, "Finance", "Q3"), "set": {"answer": "The names."}}
    )
    assert [(unit, question) for unit, question, _, row in lines if row] == [
        ("Finance", "Q1"),
        ("Finance", "Q3"),
        ("Board", "Q1"),
    ]
    assert lines[2] == (
        "Finance",
        "Q3",
        "The names.",
        4,
    )  # it stands with its own, below others in the file


def test_a_house_in_which_nobody_has_answered_yet_says_so(whole):
    house = house_file.of(house_of(whole).partnership)
    for made in (coherence.answers_by_unit(house), coherence.alike(house)):
        assert "Nobody in this organisation has written an answer yet." in made.html()


def test_what_a_house_types_is_saved_in_its_own_file_alone(whole):
    working_copy, other = house_of(whole), house_of(whole, "BEN")
    typed(
        other, {"line": line(other, "", "Q1"), "set": {"unit": "Board", "answer": "SECRET of Ben"}}
    )
    before = {file.name: file.read_bytes() for file in whole.place.rglob("*.csv")}
    typed(
        working_copy,
        {
            "line": line(working_copy, "", "Q1"),
            "set": {"unit": "Finance", "answer": "OURS", "as_agreed": "as agreed"},
        },
    )
    after = {file.name: file.read_bytes() for file in whole.place.rglob("*.csv")}
    assert set(after) - set(before) == {"ANA.csv"} and all(
        after[name] == data for name, data in before.items()
    )
    house = house_file.read(folder.read(whole.place), "ANA")
    assert house.answers[["unit", "question", "answer", "as_agreed"]].astype(
        "str"
    ).to_numpy().tolist() == [["Finance", "Q1", "OURS", "as agreed"]]
    assert "SECRET" not in coherence.answers_by_unit(house_file.of(working_copy.partnership)).html()
    assert not any(
        "OURS" in str(frame.to_numpy()) for frame in folder.read(whole.place).sheets.values()
    )


def test_a_wrong_word_and_lines_of_another_partner_stay_in_the_file(whole):
    (whole.place / "houses").mkdir()
    house_file.place_of(whole, "ANA").write_text(
        "partner;unit;question;answer;as_agreed;ours\n"
        "ANA;finance;Q1;ours;oftenish;kept\nBEN;board;Q1;theirs;;\n"
    )
    working_copy = house_of(whole)
    assert len(working_copy.partnership.problems) == 2 and house_file.of(
        working_copy.partnership
    ).answers["answer"].tolist() == ["ours"]
    typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "clinic", "answer": "new"}},
    )
    text = house_file.place_of(whole, "ANA").read_text("utf-8-sig")
    for words in ("ANA;finance;Q1;ours;oftenish;kept", "BEN;board;Q1;theirs", "ANA;clinic;Q1;new"):
        assert words in text


def test_a_house_of_a_worked_example_is_saved_in_a_copy_that_every_exercise_opens(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(paths, "EXAMPLES", tmp_path / "examples")
    monkeypatch.setattr(paths, "HOME", tmp_path)
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "my")
    monkeypatch.setattr(paths, "CHOSEN", tmp_path / "my" / "chosen.txt")
    example = tmp_path / "examples" / "shade"
    folder.write(partnership("ANA BEN"), tmp_path / "made")
    shutil.copytree(tmp_path / "made", example)
    working_copy = house_of(folder.read(example))
    typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "Finance", "answer": "OURS"}},
    )
    assert not (example / "houses").exists()
    assert (
        working_copy.place == tmp_path / "my" / "shade" / "houses" / "ANA.csv"
        and "OURS" in working_copy.place.read_text("utf-8-sig")
    )
    assert "a copy was made" in working_copy.said and paths.to_open() == tmp_path / "my" / "shade"


def test_two_who_type_into_one_house_keep_each_others_answers(whole):
    one, other = house_of(whole), house_of(whole)
    typed(one, {"line": line(one, "", "Q1"), "set": {"unit": "Finance", "answer": "A"}})
    typed(other, {"line": line(other, "", "Q1"), "set": {"unit": "Board", "answer": "B"}})
    assert sorted(house_file.read(whole, "ANA").answers["answer"]) == ["A", "B"]
    assert one.look_round() and sorted(one.partnership[house_file.ANSWERS]["answer"]) == ["A", "B"]


def test_answers_that_were_forgotten_elsewhere_do_not_come_back_and_what_was_typed_since_is_said_to_be_unsaved(
    whole,
):
    working_copy = house_of(whole)
    typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "Finance", "answer": "A"}},
    )
    forget.answers(whole.place, "ANA")
    assert (
        working_copy.look_round()
        and "no longer there" in working_copy.said
        and working_copy.trouble
    )
    typed(
        working_copy,
        {"line": line(working_copy, "Finance", "Q2"), "set": {"answer": "typed since"}},
    )
    assert (
        not house_file.place_of(whole, "ANA").exists()
        and working_copy.trouble
        and working_copy.unsaved
    )
    assert working_copy.partnership.sheets[house_file.ANSWERS]["answer"].tolist() == [
        "A",
        "typed since",
    ]


def test_the_questions_that_a_partnership_words_itself_are_the_ones_asked(whole):
    folder.write(
        Partnership(
            {**whole.sheets, "house_questions": sheet("house_questions", [("Q1", "Who pays?")])}
        ),
        whole.place,
    )
    working_copy = house_of(folder.read(whole.place))
    lines = typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "Finance", "answer": "All."}},
    )
    assert [(unit, question) for unit, question, _, _ in lines] == [("Finance", "Q1"), ("", "Q1")]
    assert "Who pays?" in coherence.answers_by_unit(house_file.of(working_copy.partnership)).html()


def test_two_who_save_in_the_same_moment_lose_nothing(whole):
    one, other = house_of(whole), house_of(whole)
    real = one._keeper.save

    def save_after_the_other(house):
        typed(other, {"line": line(other, "", "Q1"), "set": {"unit": "Board", "answer": "B"}})
        one._keeper.save = real
        return real(house)

    one._keeper.save = save_after_the_other
    typed(one, {"line": line(one, "", "Q1"), "set": {"unit": "Finance", "answer": "A"}})
    assert one.trouble and one.unsaved and "Somebody else has just saved" in one.said
    assert one.save() and sorted(house_file.read(whole, "ANA").answers["answer"]) == ["A", "B"]


def test_nothing_is_saved_beside_a_partnership_that_is_away_and_all_of_it_when_it_is_back(
    whole, tmp_path
):
    working_copy = house_of(whole)
    whole.place.rename(tmp_path / "away")
    typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "Finance", "answer": "A"}},
    )
    assert working_copy.trouble and [path.name for path in tmp_path.iterdir()] == ["away"]
    (tmp_path / "away").rename(whole.place)
    assert (
        working_copy.save()
        and not working_copy.trouble
        and house_file.read(whole, "ANA").answers["answer"].tolist() == ["A"]
    )


def test_a_partner_that_was_taken_out_meanwhile_is_told_and_what_its_house_typed_stays(whole):
    working_copy = house_of(whole)
    typed(
        working_copy,
        {"line": line(working_copy, "", "Q1"), "set": {"unit": "Finance", "answer": "A"}},
    )
    whole.take({"partners": whole.sheets["partners"].iloc[1:]})
    house_file.place_of(whole, "ANA").write_text("partner,unit,question,answer\n", "utf-8")
    assert working_copy.look_round() and "no partner “ANA” here any more" in working_copy.said
    assert working_copy.partnership[house_file.ANSWERS]["answer"].tolist() == ["A"]


def test_houses_are_not_offered_as_partnerships(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path)
    for name in ("ours houses/ANA.csv", "ours/partners.csv"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("partner\nANA\n", "utf-8")
    assert [place.name for place in paths.my_partnerships()] == ["ours"]


# ------------------------------------------------------------------ on the screen, without one


@pytest.fixture
def view(whole) -> HousePanel:
    view = HousePanel(whole)
    view.edit()
    view.show(coherence.answers_by_unit)
    yield view
    view.close()
    AUTOSAVE.working_copies.clear()


def in_sight(view: HousePanel) -> str:
    """What the results and the grid of a house hold."""
    return "".join(result.html() for result in view.results.values()) + str(
        [grid.states for grid in view._grid_box.children]
    )


def put(view: HousePanel, unit: str, answer: str) -> None:
    made = TableEditor(view.working_copy.partnership, TABLES[house_file.ANSWERS], MINE).apply(
        [{"line": line(view.working_copy, "", "Q1"), "set": {"unit": unit, "answer": answer}}]
    )
    view.working_copy.put({house_file.ANSWERS: made})


def test_one_house_is_in_sight_at_a_time_and_none_after_it_is_closed(view):
    view.open("ANA")
    put(view, "Finance", "ANAS")
    view._grid_box.children[0].unfold()
    assert "ANAS" in in_sight(view)
    view.open("BEN")
    assert "ANAS" not in in_sight(view) and view._grid_box.children
    view.open("ANA")
    assert "ANAS" not in in_sight(view)  # covered, until somebody of the house opens it
    view._grid_box.children[0].unfold()
    assert "ANAS" in in_sight(view)
    view.close()
    assert "ANAS" not in in_sight(view) and not view._grid_box.children


def test_a_house_that_cannot_be_opened_leaves_none_in_sight(view):
    view.open("ANA")
    put(view, "Finance", "ANAS")
    with pytest.raises(folder.NotOpened):
        view.open("XXX")
    assert "ANAS" not in in_sight(view) and view.working_copy is None


def test_what_could_not_be_saved_is_there_again_when_the_house_is_opened_again(view, whole):
    view.open("ANA")
    whole.place.rename(whole.place.with_name("away"))
    put(view, "Finance", "ANAS")
    view.close()
    whole.place.with_name("away").rename(whole.place)
    view.open("ANA")
    view._grid_box.children[0].unfold()
    assert view.working_copy.unsaved and "ANAS" in in_sight(view)
    assert view.working_copy.save() and house_file.read(whole, "ANA").answers[
        "answer"
    ].tolist() == ["ANAS"]


def test_a_house_that_is_open_is_asked_what_the_partnership_asks_now(view):
    view.open("ANA")
    put(view, "Finance", "ANAS")
    view._grid_box.children[0].unfold()
    view.whole.edit(
        "house_questions", sheet("house_questions", [("Q1", "Who pays?"), ("Q2", "Who is told?")])
    )
    assert "Who pays?" in in_sight(view) and "Who is told?" in in_sight(view)
    assert view.working_copy.unsaved  # the answer, which is still there
    assert (
        view.working_copy.save()
        and not view.working_copy.look_round()
        and "ANAS" in house_file.place_of(view.whole, "ANA").read_text("utf-8")
    )
    assert "Who pays?" not in house_file.place_of(view.whole, "ANA").read_text("utf-8")


def test_what_cannot_be_read_in_a_house_is_told_to_that_house_alone(view):
    house_file.place_of(view.whole, "ANA").parent.mkdir()
    house_file.place_of(view.whole, "ANA").write_text(
        "partner,unit,question,answer,as_agreed\nANA,<b>Finance,Q1,ANAS,oftenish\n"
    )
    view.open("ANA")
    assert view._problems_box.value == ""  # covered
    view._grid_box.children[0].unfold()
    assert (
        "1 place could not be read" in view._problems_box.value
        and "oftenish" in view._problems_box.value
    )
    view.open("BEN")
    assert view._problems_box.value == ""
