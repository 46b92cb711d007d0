"""Nothing is lost by accident: earlier versions, two writers, a program killed while it saves."""

import datetime as dt
import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget import tries
from partnering.partnership import Partnership
from partnering.storage import atomic, folder, paths, versions, workbook
from partnering.storage.folder import NotOpened, NotSaved

HERE = Path(__file__).parents[1]
SHADE = HERE.parent / "exercises" / "examples" / "shade"
KILLS = tries(25, 200)
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def sheet(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=range(2, 2 + len(next(iter(columns.values())))), dtype="str")


def small(word: str = "first", **more: pd.DataFrame) -> Partnership:
    return Partnership(
        {
            "partners": sheet(partner=["VEC", "TWN"], name=["Vecinas", "The town"]),
            "worth": sheet(partner=["VEC"], if_what=[word]),
            **more,
        },
        "small",
    )


def said(place: Path) -> str:
    return folder.read(place)["worth"]["if_what"].iloc[0]


@pytest.fixture
def ours(tmp_path) -> Path:
    folder.write(small(), tmp_path / "ours")
    return tmp_path / "ours"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A place for one's own partnerships, with an example beside it."""
    monkeypatch.setattr(paths, "HOME", tmp_path)
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "mine")
    monkeypatch.setattr(paths, "CHOSEN", tmp_path / "mine" / "chosen.txt")
    monkeypatch.setattr(paths, "EXAMPLES", tmp_path / "examples")
    shutil.copytree(SHADE, tmp_path / "examples" / "shade")
    (tmp_path / "examples" / "shade" / "houses").mkdir()
    (tmp_path / "examples" / "shade" / "houses" / "VEC.csv").write_text(
        "partner,unit,question,answer\nVEC,a,Q1,b\n"
    )
    return tmp_path


# ---------------------------------------------------------------- earlier versions


def test_each_save_keeps_what_was_there_before(ours):
    for word in ("second", "third", "third"):
        folder.write(small(word), ours)
    kept = versions.kept(ours)
    assert [said(version.place) for version in kept] == [
        "second",
        "first",
    ]  # the same again makes no version
    assert kept[0].until > kept[1].until and kept[0].place.parent == ours / ".versions"


def test_an_earlier_version_comes_back_and_so_does_the_one_it_replaced(ours):
    folder.write(small("second", risks=sheet(risk=["R1"], what_could_happen=["Rain"])), ours)
    versions.bring_back(ours, versions.kept(ours)[0])
    assert said(ours) == "first" and not (ours / "risks.csv").exists()
    versions.bring_back(ours, versions.kept(ours)[0].name)
    assert said(ours) == "second" and folder.read(ours)["risks"]["risk"].tolist() == ["R1"]
    with pytest.raises(NotOpened, match="no earlier version 2001"):
        versions.bring_back(ours, "2001")


def test_a_sheet_of_ones_own_stays_as_it_is_when_an_earlier_version_comes_back(ours):
    (ours / "list.csv").write_text("a\nold\n")
    folder.write(small("second"), ours)
    (ours / "list.csv").write_text("a\nnew\n")
    (ours / "budget.csv").write_text("a,b\n1,2\n")
    versions.bring_back(ours, versions.kept(ours)[-1])
    assert said(ours) == "first" and (ours / "list.csv").read_text() == "a\nnew\n"
    assert (ours / "budget.csv").read_text() == "a,b\n1,2\n"
    (ours / "list.csv").unlink()
    versions.bring_back(ours, versions.kept(ours)[-1])
    assert (ours / "list.csv").read_text() == "a\nold\n"


def test_house_files_are_neither_kept_nor_replaced(ours):
    house = b"partner,unit,question,answer\nVEC,board,Q1,secret\n"
    (ours / "houses").mkdir()
    for file in (ours / "houses" / "VEC.csv", ours / "house_answers.csv"):
        file.write_bytes(house)
    folder.write(small("second"), ours)
    assert not [
        file
        for file in (ours / ".versions").rglob("*")
        if file.is_file() and b"secret" in file.read_bytes()
    ]
    versions.bring_back(ours, versions.kept(ours)[0])
    assert (
        (ours / "houses" / "VEC.csv").read_bytes()
        == (ours / "house_answers.csv").read_bytes()
        == house
    )


def test_nothing_is_kept_inside_the_examples(home):
    place = paths.EXAMPLES / "shade"
    assert versions.keep(place) is None and not (place / ".versions").exists()


moments = some.lists(some.integers(0, 14 * 24 * 60), unique=True, max_size=60).map(
    lambda minutes: [NOON - dt.timedelta(minutes=some) for some in minutes]
)


@given(moments)
def test_all_of_the_last_hour_stays_then_one_an_hour_then_one_a_day(times):
    stay = versions.thinned(times, NOON)
    assert (
        {moment for moment in times if NOON - moment <= dt.timedelta(hours=1)} <= stay <= set(times)
    )
    hours = [
        (moment.date(), moment.hour)
        for moment in stay
        if dt.timedelta(hours=1) < NOON - moment <= dt.timedelta(days=1)
    ]
    days = [moment.date() for moment in stay if NOON - moment > dt.timedelta(days=1)]
    assert len(hours) == len(set(hours)) and len(days) == len(set(days))
    older = [moment for moment in times if NOON - moment > dt.timedelta(days=1)]
    assert {moment.date() for moment in older} == set(days)
    assert versions.thinned(stay, NOON) == stay


def test_saving_thins_what_has_been_kept(ours):
    for minutes in (3 * 24 * 60, 3 * 24 * 60 - 1, 130, 125, 5, 1):
        (ours / "worth.csv").write_text(f"partner,if_what\nVEC,{minutes}\n")
        versions.keep(ours, NOON - dt.timedelta(minutes=minutes))
    (ours / "worth.csv").write_text("partner,if_what\nVEC,now\n")
    versions.keep(ours, NOON)
    assert [said(version.place) for version in versions.kept(ours)] == [
        "now",
        "1",
        "5",
        "125",
        str(3 * 24 * 60 - 1),
    ]


def past(place: Path, day: str, session: str = "") -> None:
    """Save a partnership with an earlier version of 2020 and the day on which all is destroyed."""
    versions.keep(place, dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    facts = sheet(title=["Ours"], delete_after=[day], date=[session])
    for word in ("second", "third"):
        folder.write(small(word, partnership=facts), place)
    assert len(versions.kept(place)) == 2


def with_word(place: Path, word: str) -> Partnership:
    """The partnership at a place, opened, and one word typed in it."""
    partnership = folder.read(place)
    partnership.edit("worth", sheet(partner=["VEC"], if_what=[word]))
    return partnership


def test_earlier_versions_go_with_the_first_save_after_their_day_and_it_is_told_before_and_then(
    ours,
):
    past(ours, "2020-06-01")
    (told,) = folder.read(ours).assumed
    assert told.where == "sheet This partnership, column “Destroyed on”"
    assert "2020-06-01 has passed. So the next save deletes 2 earlier versions." in told.sentence
    assert len(versions.kept(ours)) == 2  # to read deletes nothing
    saved = folder.save(with_word(ours, "fourth"))
    assert "2 earlier versions were deleted" in saved.sentence and said(ours) == "fourth"
    assert not (ours / ".versions").exists() and folder.read(ours).assumed == []
    assert folder.save(with_word(ours, "fifth")).sentence == "" and versions.kept(ours) == []


def test_a_day_that_is_still_to_come_tells_and_deletes_nothing(ours):
    past(ours, f"{dt.date.today():%Y-%m-%d}")
    assert folder.read(ours).assumed == []
    folder.save(with_word(ours, "fourth"))
    assert len(versions.kept(ours)) == 3


@pytest.mark.parametrize(("day", "session"), [("2016-10-31", ""), ("2020-06-01", "2020-09-01")])
def test_a_day_before_the_session_or_the_oldest_version_is_asked_about_and_deletes_nothing(
    ours, day, session
):
    past(ours, day, session)
    (asked,) = folder.read(ours).assumed
    assert f"{day} has passed. Is that right?" in asked.sentence
    assert folder.save(with_word(ours, "fourth")).sentence == ""
    assert len(versions.kept(ours)) == 3


def test_a_slip_in_the_day_deletes_nothing_before_somebody_was_told_of_it(ours):
    past(ours, "2999-01-01")
    partnership = folder.read(ours)
    for day in ("2020-06-01", "2020-06-02"):
        partnership.edit("partnership", sheet(title=["Ours"], delete_after=[day], date=[""]))
        assert folder.save(partnership).sentence == ""
    assert len(versions.kept(ours)) == 4
    partnership = folder.read(ours)
    assert "has passed" in partnership.assumed[0].sentence
    partnership.edit("partnership", sheet(title=["Ours"], delete_after=["2999-01-01"], date=[""]))
    assert folder.save(partnership).sentence == "" and len(versions.kept(ours)) == 5


# ---------------------------------------------------------------- saving where it lies


def test_an_example_is_copied_on_the_first_save_with_its_houses_and_chosen(home):
    before = {file: file.read_bytes() for file in paths.EXAMPLES.rglob("*.csv")}
    partnership = folder.read(paths.EXAMPLES / "shade")
    partnership.edit("worth", sheet(partner=["VEC"], if_what=["ours"]))
    done = folder.save(partnership)
    assert done.copied and done.place == partnership.place == home / "mine" / "shade"
    assert "never written to" in done.sentence and str(done.place) in done.sentence
    assert said(done.place) == "ours" and (done.place / "houses" / "VEC.csv").exists()
    assert {
        file: file.read_bytes() for file in paths.EXAMPLES.rglob("*") if file.is_file()
    } == before
    assert paths.to_open() == done.place
    partnership.edit("worth", sheet(partner=["VEC"], if_what=["again"]))
    again = folder.save(partnership)
    assert (
        again == folder.Saved(done.place) and again.sentence == "" and said(done.place) == "again"
    )
    assert folder.save(folder.read(paths.EXAMPLES / "shade")).place.name == "shade-2"


def test_a_workbook_is_never_written_to_either(home):
    workbook.write(small(), home / "form.xlsx")
    before = (home / "form.xlsx").read_bytes()
    done = folder.save(workbook.read(home / "form.xlsx"))
    assert done.place == home / "mine" / "form" and said(done.place) == "first"
    assert (home / "form.xlsx").read_bytes() == before


# ---------------------------------------------------------------- two writers


def test_changes_to_other_tables_are_taken_over_and_told(ours):
    one, two = folder.read(ours), folder.read(ours)
    told = []
    two.watch(lambda: told.append(two["worth"]["if_what"].iloc[0]))
    one.edit("worth", sheet(partner=["VEC"], if_what=["of one"]))
    assert folder.save(one).taken_over == ()
    two.edit("risks", sheet(risk=["R1"], what_could_happen=["of two"]))
    done = folder.save(two)
    assert (
        done.taken_over == ("worth",)
        and "Somebody else had changed Is it worth it for us?" in done.sentence
    )
    assert told[-1] == "of one"
    both = folder.read(ours)
    assert (both["worth"]["if_what"].tolist(), both["risks"]["what_could_happen"].tolist()) == (
        ["of one"],
        ["of two"],
    )
    assert folder.save(two) == folder.Saved(ours)


def test_two_who_change_the_same_table_do_not_overwrite_each_other(ours):
    one, two = folder.read(ours), folder.read(ours)
    for partnership, word in ((one, "of one"), (two, "of two")):
        partnership.edit("worth", sheet(partner=["VEC"], if_what=[word]))
    folder.save(one)
    with pytest.raises(
        NotSaved,
        match=r"Is it worth it.* was changed by somebody else.* open the partnership again",
    ):
        folder.save(two)
    assert said(ours) == "of one" and two["worth"]["if_what"].tolist() == ["of two"]
    two.edit("worth", sheet(partner=["VEC"], if_what=["of one"]))  # the same change is no conflict
    folder.save(two)


def test_a_table_changed_or_deleted_in_a_spreadsheet_meanwhile_is_noticed(ours):
    partnership = folder.read(ours)
    (ours / "worth.csv").unlink()
    (ours / "notes.csv").write_text("note\nby hand\n")
    partnership.edit("partners", sheet(partner=["VEC"], name=["Vecinas"]))
    assert set(folder.save(partnership).taken_over) == {"worth", "notes"}
    assert not (ours / "worth.csv").exists() and partnership.sheets["notes"]["note"].tolist() == [
        "by hand"
    ]


def test_a_file_that_only_looks_different_is_nobodys_change(ours):
    partnership = folder.read(ours)
    (ours / "worth.csv").write_text('"partner";"if_what"\n"VEC";"first"\n')
    partnership.edit("worth", sheet(partner=["VEC"], if_what=["mine"]))
    assert folder.save(partnership).taken_over == () and said(ours) == "mine"


def test_saving_over_another_place_asks_nothing_and_keeps_a_version(ours, tmp_path):
    folder.write(small("other"), tmp_path / "other")
    folder.write(folder.read(tmp_path / "other"), ours)
    assert said(ours) == "other" and said(versions.kept(ours)[0].place) == "first"


def test_only_one_saves_at_a_time_and_the_other_is_told(ours, monkeypatch):
    monkeypatch.setattr(atomic, "PATIENCE", 0.05)
    with atomic.alone(ours) as alone, atomic.alone(ours) as second:
        assert alone and not second
        with pytest.raises(NotSaved, match="is saving in"):
            folder.write(small("second"), ours)
    folder.write(small("second"), ours)
    assert said(ours) == "second"


# ---------------------------------------------------------------- old or new, never a mix


def changed(place: Path) -> dict[Path, bytes]:
    return {
        place / "partners.csv": b"partner,name\nNEW,New\n",
        place / "worth.csv": b"partner,if_what\nNEW,new\n",
        place / "risks.csv": b"risk,what_could_happen\nR1,Rain\n",
    }


def stop_after(monkeypatch, moves: int, error: BaseException) -> None:
    """Let that many files be put in their places, then fail."""
    really, done = Path.replace, []

    def move(self, target):
        if len(done) == moves:
            raise error
        done.append(target)
        return really(self, target)

    monkeypatch.setattr(Path, "replace", move)


def everything(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir() if file.is_file()}


@pytest.mark.parametrize("moves", range(5))
def test_a_save_that_is_stopped_between_two_files_is_finished_or_never_happened(
    ours, monkeypatch, moves
):
    before = folder.read(ours)
    stop_after(monkeypatch, moves, KeyboardInterrupt())
    if moves < 4:  # the journal, then three files
        with pytest.raises(KeyboardInterrupt):
            atomic.replace(changed(ours))
    else:
        atomic.replace(changed(ours))
    monkeypatch.undo()
    found = folder.read(ours)
    new = ["NEW"], ["new"], ["R1"]
    now = tuple(
        found[name][column].tolist()
        for name, column in (("partners", "partner"), ("worth", "if_what"), ("risks", "risk"))
    )
    assert now == (new if moves else (["VEC", "TWN"], before["worth"]["if_what"].tolist(), []))
    folder.write(found, ours)
    assert {name for name in everything(ours) if name.startswith(".")} == set()


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_a_stopped_save_is_read_as_done_also_where_nothing_can_be_written(ours, monkeypatch, moves):
    stop_after(monkeypatch, moves, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        atomic.replace(changed(ours), gone=[ours / "partnership.csv"])
    monkeypatch.setattr(atomic, "FIRST_WAIT", 0)
    monkeypatch.setattr(
        atomic, "finish", lambda place: (_ for _ in ()).throw(OSError(errno.EROFS, "read-only"))
    )
    found = folder.read(ours)
    assert (said(ours), found["partners"]["partner"].tolist()) == (
        "new",
        ["NEW"],
    ) and "partnership" not in found.sheets


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_where_one_file_refuses_the_others_are_put_back(ours, monkeypatch, moves):
    before = everything(ours)
    really, done = Path.replace, []

    def move(self, target):
        done.append(target)
        if len(done) == moves + 1:
            raise OSError(errno.EBUSY, "held")
        return really(self, target)

    monkeypatch.setattr(Path, "replace", move)
    with pytest.raises(NotSaved, match="could not be replaced"):
        atomic.replace(changed(ours), gone=[ours / "partnership.csv"])
    assert everything(ours) == before


def test_a_journal_that_speaks_of_other_places_is_not_obeyed(ours, tmp_path):
    (tmp_path / "outside.txt").write_text("x")
    (ours / atomic.JOURNAL).write_text(json.dumps({"put": {}, "remove": ["../outside.txt"]}))
    folder.read(ours)
    assert (tmp_path / "outside.txt").exists() and not (ours / atomic.JOURNAL).exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
def test_whenever_it_is_killed_a_folder_opens_as_the_old_or_the_new_version(tmp_path):
    command = [sys.executable, HERE / "killing.py", tmp_path / "ours", str(KILLS)]
    path = os.pathsep.join([str(HERE.parent / "exercises"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, env={**os.environ, "PYTHONPATH": path}
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] >= KILLS and found["mixed"] == 0
    assert found["stopped in the middle"], "no kill came at a bad moment"


def test_two_versions_of_the_same_moment_are_both_kept(tmp_path):
    place = tmp_path / "small"
    folder.write(small("first"), place)
    versions.keep(place, NOON)
    (place / "worth.csv").write_text("partner,if_what\nVEC,second\n", encoding="utf-8")
    assert versions.keep(place, NOON) is not None
    assert len(versions.kept(place)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_versions_that_are_a_link_to_elsewhere_are_let_go_and_what_lies_there_stays(tmp_path):
    place, elsewhere = tmp_path / "small", tmp_path / "elsewhere"
    folder.write(small("first"), place)
    kept = elsewhere / "2020-01-01T00-00-00-000000Z"
    kept.mkdir(parents=True)
    (place / ".versions").symlink_to(elsewhere)
    assert versions.kept(place) == []
    assert versions.forget(place) == 0 and kept.is_dir()
    (place / ".versions").symlink_to(elsewhere)
    assert versions.keep(place, NOON) is not None
    assert list(elsewhere.iterdir()) == [kept] and len(versions.kept(place)) == 1
