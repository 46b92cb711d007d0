"""What the page around an exercise asks of Python, where both run in a browser."""

from __future__ import annotations

import base64
import os
import shutil

import pytest

from partnering.jupyter import in_browser, open_button
from partnering.jupyter.autosave import Autosave
from partnering.storage import atomic, paths


class Page:
    """What stands at the other end of the comm."""

    def __init__(self):
        self.told = []
        in_browser._greeted(self, None)

    def on_msg(self, heard):
        self.heard = heard

    def send(self, told):
        self.told.append(told)

    def ask(self, **asked):
        self.told.clear()
        self.heard({"content": {"data": asked}})
        return self.told


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder of one's own, with a copy of the example that is open."""
    mine = tmp_path / "my-partnerships"
    mine.mkdir()
    shutil.copytree(paths.EXAMPLES / "shade", mine / "harbour")
    monkeypatch.setattr(paths, "HOME", tmp_path)
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", mine)
    monkeypatch.setattr(paths, "CHOSEN", mine / "chosen.txt")
    monkeypatch.delenv(paths.VARIABLE, raising=False)
    monkeypatch.setattr(in_browser, "_pages", [])
    paths.choose(mine / "harbour")
    return tmp_path


def test_a_partnership_goes_home_as_one_file_and_comes_back_beside(home):
    page = Page()
    file, said = page.ask(kind="take-home")
    assert (file["name"], file["home"]) == ("harbour.partnering", True)
    assert "harbour.partnering is among the downloads" in said["sentences"][0]
    assert not list((home / "my-partnerships" / "harbour").rglob("*.partnering"))
    shutil.rmtree(home / "my-partnerships" / "harbour")
    (said,) = page.ask(kind="bring-back", name=file["name"], data=file["data"])
    assert "Every exercise opens it." in said["sentences"][-1]
    back = paths.to_open()
    assert (back / "partners.csv").read_bytes() == (
        paths.EXAMPLES / "shade" / "partners.csv"
    ).read_bytes()


def test_what_is_no_such_file_is_told_in_a_sentence(home):
    for data in (base64.b64encode(b"no zip").decode(), "not base 64 at all"):
        (said,) = Page().ask(kind="bring-back", name="../x.partnering", data=data)
        assert said["kind"] == "said" and said["sentences"][0].endswith(".")


def test_of_a_worked_example_nothing_is_taken_home(home):
    paths.CHOSEN.unlink()
    (said,) = Page().ask(kind="take-home")
    assert "nothing of yours is in it" in said["sentences"][0]


def test_a_file_that_was_made_goes_to_the_downloads(home, monkeypatch):
    monkeypatch.setattr(paths, "IN_BROWSER", True)
    page, made = Page(), home / "report.html"
    made.write_text("<p>", encoding="utf-8")
    said = open_button.open_in_its_program(made)
    assert said == "report.html is among the downloads of this browser."
    assert base64.b64decode(page.told[0]["data"]) == b"<p>"
    open_button.open_in_its_program(home / "my-partnerships")
    assert page.told[1]["name"] == "my-partnerships.zip"


def test_the_disk_is_looked_at_when_the_page_says_so_and_not_each_second(home, monkeypatch):
    monkeypatch.setattr(paths, "IN_BROWSER", True)
    kept = Autosave()
    kept.start_polling()  # outside a loop this would raise
    open_one = kept.open(home / "my-partnerships" / "harbour")
    purposes = home / "my-partnerships" / "harbour" / "purposes.csv"
    purposes.write_text(purposes.read_text("utf-8").replace("SEN", "SEN", 1) + "\n", "utf-8")
    os.utime(purposes, (1, 1))
    before = open_one._traces
    kept.look()
    assert open_one._traces != before


@pytest.mark.skipif(os.name == "nt", reason="Windows has locks of another kind")
def test_where_the_system_knows_no_locks_it_is_saved_all_the_same(home, monkeypatch):
    import fcntl

    monkeypatch.delattr(fcntl, "flock")
    with atomic.alone(home) as alone:
        assert alone
