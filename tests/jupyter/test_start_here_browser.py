"""Start here, in a real JupyterLab: what is done by clicking to bring back, to merge and to forget."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from book import ROOT
from lab import Lab
from partnering.exchange import form_workbook
from partnering.storage import folder, versions
from screen import Screen

pytestmark = pytest.mark.browser

EXAMPLE = ROOT / "exercises" / "examples" / "shade"


@pytest.fixture
def ours(lab: Lab) -> Path:
    """A partnership of one's own that was saved twice, chosen for every exercise."""
    place = lab.exercises / "my-partnerships" / "ours"
    shutil.rmtree(place, ignore_errors=True)
    folder.write(folder.read(EXAMPLE), place)
    p = folder.read(place)
    p.edit("partnership", p.sheets["partnership"].assign(title="The river"))
    folder.write(p, place)
    (place.parent / "chosen.txt").write_text("my-partnerships/ours\n", encoding="utf-8")
    return place


@pytest.fixture
def start(browser, lab: Lab, ours: Path):
    screen = Screen(browser, lab, "0-start-here")
    screen.run_all()
    yield screen
    screen.close()


def press(screen: Screen, name: str) -> None:
    screen.page.get_by_role("button", name=name).click()


def asked(screen: Screen) -> str:
    """What stands there before anything is forgotten."""
    press(screen, "Say what would be gone")
    screen.page.get_by_role("button", name="Forget it for good").wait_for()
    return screen.page.locator("[role=status]:has-text('would be gone for good')").inner_text()


def in_the_bytes(place: Path, text: str) -> bool:
    return any(text.encode() in file.read_bytes() for file in place.rglob("*") if file.is_file())


def test_what_is_too_large_to_be_chosen_is_told_and_what_is_not_is_read(start: Screen, tmp_path):
    button = start.page.get_by_role("button", name="or choose files")
    for name, text in (("large.csv", "x" * 11_000_000), ("SOM.csv", "risk,how_likely\nR1,often\n")):
        (tmp_path / name).write_text(text, "utf-8")
        with start.page.expect_file_chooser() as chooser:
            button.click()
        chooser.value.set_files(tmp_path / name)
        if name == "large.csv":
            start.page.get_by_text("has more than 10 MB").wait_for()
            assert button.inner_text() == "or choose files"
    start.page.get_by_text("or choose files (1)").wait_for()
    assert start.page.get_by_text("has more than 10 MB").count() == 0
    press(start, "Look into them")
    start.page.get_by_text("1 answer differs").first.wait_for()


def test_an_earlier_version_is_brought_back(start: Screen, ours: Path):
    press(start, "Look for earlier versions")
    press(start, "Bring this one back")
    start.page.get_by_text("It is as it was then.").wait_for()
    assert folder.read(ours).title == folder.read(EXAMPLE).title


def test_a_row_is_forgotten_after_it_was_said_what_goes_with_it(start: Screen, ours: Path):
    text = folder.read(ours)["risks"].set_index("risk").loc["R3", "what_could_happen"]
    start.page.get_by_label("of:").select_option("Risks")
    start.page.get_by_label("Row:").fill("R3")
    said = asked(start)
    assert "row R3 in Risks" in said and "risk_views.csv, " in said and "earlier version" in said
    press(start, "Keep it")
    start.page.get_by_role("button", name="Forget it for good").wait_for(state="hidden")
    assert in_the_bytes(ours, text) and versions.kept(ours)
    start.page.get_by_label("Row:").fill("R33")
    press(start, "Say what would be gone")
    start.page.get_by_text("There is no row R33 in Risks.").wait_for()
    start.page.get_by_label("Row:").fill("R3")
    asked(start)
    press(start, "Forget it for good")
    start.page.get_by_text("risks.csv: 1 row is gone.").wait_for()
    start.page.get_by_text("risks.csv: there is now a gap in the numbers").wait_for()
    assert not in_the_bytes(ours, text) and not versions.kept(ours)
    assert "R3" not in folder.read(ours)["risk_views"]["risk"].to_list()


def test_a_partners_answers_are_forgotten_and_what_is_open_follows(start: Screen, ours: Path):
    start.page.get_by_label("Forget:").select_option("all that one partner has answered")
    start.page.get_by_label("Partner:").last.fill("sen")
    said = asked(start)
    assert "all that SEN has answered" in said and "purposes.csv, 1 row" in said
    press(start, "Forget it for good")
    start.page.get_by_text("purposes.csv: 1 row is gone.").wait_for()
    p = folder.read(ours)
    assert "SEN" in p.names and "SEN" not in p["purposes"]["partner"].to_list()
    start.at("Name of the partnership").wait_for(
        state="detached"
    )  # the grid is put away, nothing of before stands in it
    press(start, "Type the answers")
    start.at("Name of the partnership").fill("The river, again")
    start.at("Kept by").focus()
    start.saved(ours, "partnership", lambda rows: rows[0]["title"] == "The river, again")
    assert "SEN" not in folder.read(ours)["purposes"]["partner"].to_list()


def test_everything_is_forgotten_and_the_exercises_open_an_example_again(start: Screen, ours: Path):
    start.page.get_by_label("Forget:").select_option("everything")
    assert "gone for good: the whole partnership ours" in asked(start)
    press(start, "Forget it for good")
    start.page.get_by_text("ours is gone.").wait_for()
    start.page.locator(".result-opened:has-text('shade (worked example)')").wait_for()
    time.sleep(1.5)
    assert not ours.exists() and not (ours.parent / "chosen.txt").exists()


def test_files_from_many_hands_become_one_partnership_and_where_they_differ_it_is_said_before(
    start: Screen, lab: Lab, tmp_path: Path
):
    p = folder.read(EXAMPLE)
    for partner in ("VEC", "SOM"):
        form_workbook.write(tmp_path / f"{partner}.xlsx", [1], partner=partner, example=p)
    other = tmp_path / "typed by Ana"
    other.mkdir()
    sheet = p.sheets["purposes"][p.sheets["purposes"]["partner"] == "VEC"].assign(
        why_together="To be many <b>"
    )
    (other / "purposes.csv").write_text(sheet.to_csv(index=False), encoding="utf-8")
    start.page.get_by_label("Files in:").fill(str(tmp_path / "nowhere"))
    press(start, "Look into them")
    start.page.get_by_text("Say in which folder the files are").wait_for()
    start.page.get_by_label("Files in:").fill(f'"{tmp_path}"')
    press(start, "Look into them")
    start.page.get_by_text("Nothing is saved yet. Lines found").wait_for(state="attached")
    start.page.get_by_text("Or as a partnership of its own").click()
    told = start.page.locator("details:has-text('given in two ways')")
    assert "To be many" not in told.inner_text()  # the sentence quotes an answer: not on the wall
    told.locator("summary").click()
    assert (
        "“To be many <b>” counts until you decide" in told.inner_text()
        or "says “To be many <b>”" in told.inner_text()
    )
    place = lab.exercises / "my-partnerships" / "all partners"
    assert not place.exists()
    start.page.get_by_label("Save as:").fill("all partners")
    start.page.get_by_label("I have read what was assumed").check()
    press(start, "Save as one partnership")
    start.page.get_by_text("Saved as all partners").wait_for()
    found = folder.read(place)
    assert set(found["positions"]["partner"]) == {"VEC", "SOM"} and set(
        found["purposes"]["partner"]
    ) == {"VEC", "SOM"}
    start.page.locator(".result-opened:has-text('all partners')").wait_for()


def test_what_came_back_is_added_to_what_is_open_and_carried_in_one_file(
    start: Screen, lab: Lab, ours: Path, tmp_path: Path
):
    p = folder.read(ours)
    risks = p.sheets["risks"].assign(what_could_happen="Something else <b>")
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "risks.csv").write_text(risks.head(2).to_csv(index=False), "utf-8")
    (tmp_path / "back" / "scan.pdf").write_bytes(b"%PDF")
    start.page.get_by_label("Files in:").fill(str(tmp_path / "back"))
    press(start, "Look into them")
    start.page.get_by_text("2 answers differ.").wait_for()
    add = start.page.get_by_role("button", name="Add to the open partnership")
    assert add.is_disabled()
    start.page.get_by_text("2 answers differ: choose line by line").click()
    press(start, "Theirs for all")
    start.page.get_by_text("thing to know, and to say yes to").click()
    start.page.get_by_text("scan.pdf is neither").first.wait_for()
    picture(start, "choosing")
    start.page.get_by_label("I have read the messages above").check()
    add.click()
    start.page.get_by_text("Added to ours, which stays open.").wait_for()
    picture(start, "added")
    assert (
        folder.read(ours)["risks"]["what_could_happen"].to_list()[:2] == ["Something else <b>"] * 2
    )
    press(start, "Undo: take it out again")
    start.page.get_by_text("Taken out again: it is as it was before.").wait_for()
    assert folder.read(ours)["risks"].equals(p["risks"])
    assert (ours.parent / "chosen.txt").read_text() == "my-partnerships/ours\n"

    start.page.get_by_label("Passphrase:").locator("visible=true").fill("four words or more")
    start.page.get_by_label("Once more:").fill("four words or more")
    press(start, "Take it home")
    start.page.get_by_text("Made. Copy it to a stick of your own").wait_for()
    press(start, "List what was made")
    start.page.get_by_text("They are forgotten with the answers.").wait_for()
    picture(start, "carried")
    (file,) = (ours / "to carry").iterdir()
    start.page.get_by_label("File:").fill(str(file))
    press(start, "Bring it back")
    start.page.get_by_text("is locked. Type its passphrase.").wait_for()
    start.page.get_by_label("Passphrase:").locator("visible=true").last.fill("four words or more")
    press(start, "Bring it back")
    start.page.get_by_text("The same is in ours already").wait_for()
    picture(start, "brought back")


def picture(screen: Screen, name: str) -> None:
    """A picture of the screen, where somebody wants to look at it."""
    if wanted := os.environ.get("PARTNERING_TESTS_PICTURES"):
        screen.page.screenshot(path=str(Path(wanted) / f"{name}.png"))


def test_a_partner_is_added_with_the_mouse_while_the_cursor_is_in_the_table(start: Screen):
    """The keys below the table went away under the mouse, and the button with them."""
    press(start, "Type the answers")
    section = start.page.locator(".grid-section[aria-label='Partners']")
    for _ in range(3):
        section.get_by_role("button", name="Add a line").click(delay=80)
        at = start.page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert at == "Short name, new row"
