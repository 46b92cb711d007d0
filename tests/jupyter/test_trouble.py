"""Whatever the system refuses while a button does its work is said in a sentence: no button ends without a word."""

import errno
import logging
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import ipywidgets
import pytest

from budget import tries
from making import partnership
from partnering import live
from partnering.jupyter import (
    choose_panel,
    documents_panel,
    exchange_panel,
    history_panel,
    home_panel,
    house_panel,
    merge_panel,
)
from partnering.jupyter.autosave import AUTOSAVE
from partnering.jupyter.view import View
from partnering.storage import atomic, folder, home_file, paths

EVENTS = (
    *("open", "os.mkdir", "os.rename", "os.remove", "os.listdir", "os.scandir", "os.rmdir"),
    *("shutil.copyfile", "shutil.rmtree", "tempfile.mkdtemp"),
)
PLACES = tries(3, 60)  # at which each button is refused what it asks
WHY = (errno.EACCES, errno.ENOSPC, errno.EIO)


class _System:
    """What the system is asked within a folder, and at which time it refuses; see `sys.audit`."""

    home, count, refuses_at, why = "", 0, -1, 0

    def heard(self, event: str, asked: tuple) -> None:
        if not self.home or event not in EVENTS:
            return
        if not str(asked[0] if asked else "").startswith(self.home):
            return
        self.count += 1
        if self.count == self.refuses_at:
            raise OSError(self.why, os.strerror(self.why), str(asked[0]))


SYSTEM = _System()
sys.addaudithook(SYSTEM.heard)


@pytest.fixture
def system(tmp_path):
    yield SYSTEM
    SYSTEM.home, SYSTEM.refuses_at = "", -1
    for working_copy in tuple(AUTOSAVE.working_copies):
        working_copy.unsaved = False
        AUTOSAVE.drop(working_copy)
    live._views.clear()


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A partnership of one's own, with an earlier version, another one, and answers that came back."""
    place = tmp_path_factory.mktemp("desk")
    mine = place / "mine"
    (mine / "other").mkdir(parents=True)
    (mine / "other" / "partners.csv").write_text("partner,name,kind\nEVE,Eve,NGO\n", "utf-8")
    risks = [("R1", "", "the gate"), ("R3", "", "rain")]
    said = [{"partner": "ANA", "risk": "R1", "how_likely": "likely"}]
    p = partnership("ANA BEN", risks=risks, risk_views=said)
    folder.write(p, mine / "ours")
    p = folder.read(mine / "ours")
    p.edit("partnership", p.sheets["partnership"].assign(title="The river"))
    folder.write(p, mine / "ours")
    (mine / "chosen.txt").write_text("mine/ours\n", "utf-8")
    (place / "came").mkdir()
    (place / "came" / "risk_views.csv").write_text("partner,risk,how_likely\nBEN,R1,likely\n")
    packed = home_file.written("river", folder.contents(p))
    (place / "river.partnering").write_bytes(packed)
    return place


def laid(desk: Path, place: Path, monkeypatch) -> View:
    """The same at another place, with the partnership open."""
    shutil.copytree(desk, place)
    mine = place / "mine"
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", mine)
    monkeypatch.setattr(paths, "CHOSEN", mine / "chosen.txt")
    return View(AUTOSAVE.open(mine / "ours"), "room")


def begin(view: View, place: Path) -> Callable[[], object]:
    panel = choose_panel.ChoosePanel(live.open_here, [])
    panel.name.value = "new"
    return panel.begin.click


def open_other(view: View, place: Path) -> Callable[[], object]:
    panel = choose_panel.ChoosePanel(live.open_here, [])
    return lambda: panel.where.set_trait("value", str(place / "mine" / "other"))


def make_form(view: View, place: Path) -> Callable[[], object]:
    return exchange_panel.FormPanel(view, live.open_here).make.click


def make_questions(view: View, place: Path) -> Callable[[], object]:
    panel = exchange_panel.FormPanel(view, live.open_here)
    panel.stop.value = 3
    return panel.make_questions.click


def follow(view: View, place: Path) -> Callable[[], object]:
    panel = exchange_panel.FormPanel(view, live.open_here)
    panel.make.click()
    return panel.follow.click


def _merging(view: View, place: Path) -> merge_panel.MergePanel:
    panel = merge_panel.MergePanel(view, live.open_here)
    panel.where.value = str(place / "came")
    return panel


def look(view: View, place: Path) -> Callable[[], object]:
    return _merging(view, place).look.click


def add(view: View, place: Path) -> Callable[[], object]:
    panel = _merging(view, place)
    panel.look.click()
    panel.yes.value = True
    return panel.add.click


def undo(view: View, place: Path) -> Callable[[], object]:
    panel = _merging(view, place)
    panel.look.click()
    panel.yes.value = True
    panel.add.click()
    return panel.undo.click


def save_apart(view: View, place: Path) -> Callable[[], object]:
    panel = _merging(view, place)
    panel.look.click()
    panel.yes_apart.value = True
    return panel.save.click


def take_home(view: View, place: Path) -> Callable[[], object]:
    return home_panel.CarryPanel(view).take.click


def give(view: View, place: Path) -> Callable[[], object]:
    panel = home_panel.CarryPanel(view)
    panel.partner.value = "ANA"
    return panel.give.click


def hand_over(view: View, place: Path) -> Callable[[], object]:
    return home_panel.CarryPanel(view).hand.click


def bring_file_back(view: View, place: Path) -> Callable[[], object]:
    panel = home_panel.BringBackPanel(live.open_here)
    panel.file.value = str(place / "river.partnering")
    return panel.bring.click


def open_brought_back(view: View, place: Path) -> Callable[[], object]:
    panel = home_panel.BringBackPanel(live.open_here)
    panel.file.value = str(place / "river.partnering")
    panel.bring.click()
    return panel.open.click


def list_made(view: View, place: Path) -> Callable[[], object]:
    home_panel.CarryPanel(view).take.click()
    return home_panel.MadePanel(view).look.click


def versions_listed(view: View, place: Path) -> Callable[[], object]:
    return history_panel.VersionsPanel(view).look.click


def version_back(view: View, place: Path) -> Callable[[], object]:
    panel = history_panel.VersionsPanel(view)
    panel.look.click()
    return panel.bring.click


def new_codes(view: View, place: Path) -> Callable[[], object]:
    panel = history_panel.CodesPanel(view)
    panel.look.click()
    return panel.give.click


def _forgetting(view: View, what: str) -> history_panel.ForgetPanel:
    home_panel.CarryPanel(view).take.click()
    panel = history_panel.ForgetPanel(view, live.taken_back)
    panel.what.value, panel.partner.value = what, "ANA"
    panel.code.value = "R1"
    panel.table.value = "risks"
    return panel


def ask_to_forget(view: View, place: Path) -> Callable[[], object]:
    return _forgetting(view, history_panel.ANSWERS).ask.click


def forget_answers(view: View, place: Path) -> Callable[[], object]:
    panel = _forgetting(view, history_panel.ANSWERS)
    panel.ask.click()
    return panel.go.click


def forget_row(view: View, place: Path) -> Callable[[], object]:
    panel = _forgetting(view, history_panel.ROW)
    panel.ask.click()
    return panel.go.click


def forget_everything(view: View, place: Path) -> Callable[[], object]:
    panel = _forgetting(view, history_panel.EVERYTHING)
    panel.ask.click()
    return panel.go.click


def house(view: View, place: Path) -> Callable[[], object]:
    house_panel.house(view.whole, "")
    (listing,) = [one for one in shown() if isinstance(one, ipywidgets.Dropdown)]
    return lambda: listing.set_trait("value", "ANA")


def _button(make: Callable[[View], None], view: View, label: str) -> Callable[[], object]:
    make(view)
    found = [one for one in shown() if getattr(one, "description", "") == label]
    return found[-1].click


def draft(view: View, place: Path) -> Callable[[], object]:
    return _button(documents_panel.draft, view, "Draft the agreement")


def report(view: View, place: Path) -> Callable[[], object]:
    return _button(documents_panel.report, view, "Write the report")


BUTTONS = [
    *(begin, open_other, make_form, make_questions, follow, look, add, undo, save_apart),
    *(take_home, give, hand_over, bring_file_back, open_brought_back, list_made),
    *(versions_listed, version_back, new_codes, ask_to_forget, forget_answers, forget_row),
    *(forget_everything, house, draft, report),
]


def shown() -> list[ipywidgets.Widget]:
    from ipywidgets.widgets.widget import _instances

    return list(_instances.values())


def sentences() -> list[str]:
    return [one.value for one in shown() if isinstance(one, ipywidgets.HTML) and one.value]


@pytest.mark.parametrize("button", BUTTONS)
def test_what_the_system_refuses_is_said(button, desk, system, tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr(atomic, "FIRST_WAIT", 0)

    def run(name: str, refuses_at: int) -> list[str]:
        ipywidgets.Widget.close_all()
        place = tmp_path / name
        press = button(laid(desk, place, monkeypatch), place)
        caplog.clear()
        before = sentences()
        system.home, system.count, system.refuses_at = str(place), 0, refuses_at
        system.why = WHY[refuses_at % len(WHY)]
        try:
            press()
        finally:
            system.home = ""
        assert [one.getMessage() for one in caplog.records if one.exc_info] == []
        said = [one for one in sentences() if one not in before]
        for working_copy in tuple(AUTOSAVE.working_copies):
            AUTOSAVE.drop(working_copy)
        live._views.clear()
        return said

    run("whole", -1)
    asked = system.count
    assert asked
    for at in range(1, asked + 1, max(1, asked // PLACES)):
        said = " ".join(run(str(at), at))
        assert said or button is house, at  # where a house is opened, its answers are the answer
        for raw in ("Errno", "Error", "Traceback", *map(os.strerror, WHY)):
            assert raw not in said, (at, said)
