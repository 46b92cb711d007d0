"""An exercise in Notebook 7: it runs, is typed into and keeps what is said to itself, as in JupyterLab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from book import ROOT
from lab import Lab
from partnering.storage import folder
from screen import Screen

pytestmark = pytest.mark.browser

# Notebook's own: its keyboard shortcuts ask for their settings before these are loaded. Plain `jupyter notebook` on an
# empty notebook, with nothing of ours, tells the same. And where JupyterLab was open on the same server before, it
# wants to show the folder that was open there, in a file browser that a notebook's window does not have.
NOTEBOOKS_OWN = (
    "Cannot read properties of undefined (reading 'schema')",
    "Command 'filebrowser:open-path' not registered.",
)


@pytest.fixture(scope="module")
def ours(lab: Lab) -> Path:
    """A partnership of one's own, chosen for every exercise."""
    place = lab.exercises / "my-partnerships" / "ours"
    folder.write(folder.read(ROOT / "exercises" / "examples" / "shade"), place)
    (place.parent / "chosen.txt").write_text("my-partnerships/ours\n", encoding="utf-8")
    return place


def close(screen: Screen) -> None:
    screen.page.errors = [told for told in screen.page.errors if not told.startswith(NOTEBOOKS_OWN)]
    screen.close()


@pytest.fixture(scope="module")
def views(browser, lab: Lab, ours: Path) -> Iterator[Screen]:
    screen = Screen(browser, lab, "3-risk-views", at="notebooks")
    screen.asked = []
    screen.page.on("request", lambda request: screen.asked.append(request.url))
    screen.run_all()
    screen.page.get_by_role("button", name="Type the answers").click()
    screen.page.wait_for_selector(".grid select")
    yield screen
    close(screen)


def test_the_exercise_is_open_in_notebook_7_and_every_cell_of_code_stays_folded(views: Screen):
    assert views.page.locator("body[data-notebook=notebooks]").count() == 1
    assert (
        views.page.locator(".jp-CodeCell .jp-InputPlaceholder").count()
        == views.page.locator(".jp-CodeCell").count()
    )
    assert views.page.locator(".jp-CodeCell .cm-editor:visible").count() == 0


def test_an_answer_that_is_changed_in_the_grid_changes_the_result_below_and_is_saved(
    views: Screen, ours: Path
):
    views.show_all()
    views.at("How likely, row 5, VEC, R4").select_option("not likely")
    views.tell_result("not likely · harms us")
    views.saved(ours, "risk_views", lambda rows: rows[3]["how_likely"] == "not likely")
    views.page.wait_for_selector(".grid-said:has-text('Saved')")


def test_ctrl_s_in_the_grid_saves_the_notebook_without_what_stands_on_the_screen(views: Screen):
    views.at("How likely, row 6, VEC, R5").focus()
    with views.page.expect_response(
        lambda answer: answer.request.method == "PUT" and "3-risk-views.ipynb" in answer.url
    ):
        views.page.keyboard.press("Control+s")
    file = json.loads((views.lab.exercises / "3-risk-views.ipynb").read_text(encoding="utf-8"))
    assert all(
        not cell["outputs"] and cell["execution_count"] is None
        for cell in file["cells"]
        if cell["cell_type"] == "code"
    )
    assert "widgets" not in file["metadata"] and views.page.locator("table.result").count() > 0


def test_nothing_is_asked_of_another_computer(views: Screen):
    assert views.asked
    assert [
        url for url in views.asked if not url.startswith((views.lab.address, "data:", "blob:"))
    ] == []


def test_run_all_cells_pressed_before_the_kernel_is_there_asks_nothing_and_runs_everything(
    browser, lab: Lab, ours: Path
):
    screen = Screen(browser, lab, "2-promises", at="notebooks", held=("GET", "/checkpoints"))
    screen.press_run_all()
    screen.page.wait_for_timeout(1500)
    assert screen.page.locator(".jp-Dialog").count() == 0
    screen.let_go()
    screen.finished()
    assert screen.page.locator(".jp-Dialog").count() == 0
    assert (
        screen.page.locator(".jp-Cell.jp-mod-active h1").count() == 1
    )  # and begins to read at the top
    close(screen)
