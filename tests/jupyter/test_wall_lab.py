"""The wall in a real JupyterLab: opened by one button, turned by keys, and without anything that is kept back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from book import ROOT
from lab import Lab
from partnering.storage import folder
from screen import Screen

pytestmark = pytest.mark.browser

MARK = "Zzyzx-for-the-facilitator"


@pytest.fixture(scope="module")
def exercise(browser, lab: Lab) -> Iterator[Screen]:
    """An exercise with a partnership of one's own, in which something is the facilitator's alone."""
    p = folder.read(ROOT / "exercises" / "examples" / "shade")
    risks, said = p.sheets["risks"].copy(), p.sheets["risk_views"].copy()
    row = max(risks.index) + 1
    risks.loc[row] = ""
    risks.loc[row, ["risk", "what_could_happen", "share"]] = "R77", MARK, "facilitator only"
    said["in_a_few_words"] = MARK
    p.take({"risks": risks, "risk_views": said})
    place: Path = lab.exercises / "my-partnerships" / "ours"
    folder.write(p, place)
    (place.parent / "chosen.txt").write_text("my-partnerships/ours\n", encoding="utf-8")
    screen = Screen(browser, lab, "3-risk-views")
    screen.run_all()
    yield screen
    screen.close()


def on_the_wall(exercise: Screen) -> str:
    return exercise.page.locator(".wall").inner_text()


def test_the_wall_opens_over_everything_and_what_waits_lies_face_down(exercise: Screen):
    page = exercise.page
    page.get_by_role("button", name="Type the answers").click()
    page.wait_for_selector(".grid select")
    page.get_by_role("button", name="Show on the wall").click()
    page.wait_for_selector(".wall-cards >> visible=true")
    page.wait_for_function("document.fullscreenElement?.className.startsWith('wall')")
    assert page.locator(".wall table").count() == 0
    for word in (MARK, "R77", "already happening", "harms us", "Vecinas de la Ribera"):
        assert word not in page.locator(".wall").text_content(), word


def test_what_waits_is_shown_from_the_wall_itself(exercise: Screen):
    page = exercise.page
    page.keyboard.press("End")
    while "How each of us sees it" not in on_the_wall(exercise):
        page.keyboard.press("PageUp")
    page.locator(".wall-page:visible").get_by_role("button", name="Show to the room").click()
    page.wait_for_function("document.querySelectorAll('.wall table').length > 0")
    everything = page.locator(".wall").text_content()
    assert "R4" in everything and MARK not in everything and "R77" not in everything


def test_no_letter_on_it_is_small_in_jupyter_either(exercise: Screen):
    page = exercise.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_timeout(400)
    sizes = page.evaluate(
        """[...document.querySelectorAll('.wall :is(h2, h3, th, td, p, li, button, span)')].filter(one =>
        one.getClientRects().length && one.textContent.trim() && !one.closest('caption, .wall-told') &&
        !one.matches('.wall-told')).map(one => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert sizes and min(sizes) >= 28


def test_an_edit_is_seen_and_the_page_stays(exercise: Screen):
    page = exercise.page
    for _ in range(40):  # to the first page, and on to the table with R4
        page.keyboard.press("PageUp")
    there = page.locator(".wall-page:visible tr", has_text="R4")
    for _ in range(40):
        if there.count():
            break
        page.keyboard.press("PageDown")
    assert there.count()
    before = page.locator(".wall-page:visible h2").inner_text()
    told = "document.querySelector('.wall').textContent.split('already happening').length"
    told_before = page.evaluate(told)
    page.evaluate(
        """() => {
            const one = [...document.querySelectorAll('.grid select')].find(one =>
                one.getAttribute('aria-label') === 'How likely, row 5, VEC, R4');
            one.value = [...one.options].find(option => option.textContent.includes('not likely')).value;
            one.dispatchEvent(new Event('input', { bubbles: true }));
            one.dispatchEvent(new Event('change', { bubbles: true }));
        }"""
    )
    page.wait_for_function(f"before => {told} < before", arg=told_before, timeout=20_000)
    assert page.locator(".wall-page:visible h2").inner_text() == before


def test_no_key_on_the_wall_reaches_the_notebook(exercise: Screen):
    page = exercise.page
    cells = page.locator(".jp-Cell").count()
    for key in ("d", "d", "x", "a", "Enter", "b", "b"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells


def test_escape_leaves_it_and_takes_everything_away(exercise: Screen):
    page = exercise.page
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.wall') && !document.fullscreenElement")
    assert page.evaluate("[...document.body.children].some(one => one.inert)") is False
