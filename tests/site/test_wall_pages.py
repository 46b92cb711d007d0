"""The walls of the exercises on the site: what the room may see of the worked example, and the way there."""

from __future__ import annotations

import re

import pytest

import wall_pages
from book import Book, Built

CELL = "from partnering import live, purpose, risk\nroom = live.follow(example='clinic')"


def cells(*sources: str) -> dict:
    return {"cells": [{"cell_type": "code", "source": source} for source in sources]}


def test_a_wall_shows_what_the_notebook_shows_to_the_room_and_nothing_of_another_view():
    example, makers = wall_pages.shown(
        cells(
            "room = live.follow(example='uwi')",
            "room.show(risk.without_names, risk.risk_table)",
            "mine = live.follow(reader='mine')\nmine.show(value.not_kept)",
            "house = live.house(room, 'SOM')\nhouse.show(coherence.alike)",
            "room.show(risk.without_names)",
        )
    )
    assert (example, makers) == ("uwi", [("risk", "without_names"), ("risk", "risk_table")])


@pytest.fixture(scope="module")
def built(small_book) -> Built:
    """A small handbook with one exercise."""
    book: Book = small_book("wall").notebook(
        "held", CELL, "room.show(purpose.side_by_side)", "room.show(risk.risk_table)"
    )
    book.notebook("plain", "print(1)")
    page = book.page("page", "# Page\n\nA page that shows nothing to anybody.")
    done = page.with_exercises().build()
    assert done.code == 0, done.said
    return done


def test_every_exercise_has_a_button_that_leads_to_its_wall(built: Built):
    assert re.search(
        r'class="[^"]*wall-door[^"]*" href="../wall/held.html"', built.page("exercises/held")
    )
    assert "wall-door" not in built.page("page") + built.page("exercises/plain")
    assert not (built.html / "wall" / "plain.html").exists()


def test_a_wall_is_a_whole_page_with_its_files_and_asks_no_other_host(built: Built):
    html = built.page("wall/held")
    for wanted in (
        'lang="en"',
        "<title>held, on the wall",
        'name="description"',
        "<h1>held, on the wall",
    ):
        assert wanted in html, wanted
    named = re.findall(r'(?:href|src)="([^"#]+)"', html)
    assert len(named) >= 5 and not [name for name in named if "//" in name]
    for name in named:
        assert (built.html / "wall" / name).resolve().exists(), name


def test_a_wall_has_the_room_s_view_of_the_example(built: Built):
    html = built.page("wall/held")
    assert 'data-name="side_by_side"' in html and 'data-name="risk_table-kept-back"' in html
    assert "nswers are confidential" in html


@pytest.mark.browser
def test_the_button_opens_the_wall_over_the_whole_screen_and_escape_leaves_it(
    built: Built, browser
):
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((built.html / "exercises" / "held.html").as_uri())
    page.get_by_role("link", name="Show on the wall").click()
    page.wait_for_function("document.fullscreenElement?.className === 'wall-room'")
    frame = page.frame_locator(".wall-room iframe")
    frame.locator(".wall-page:visible h2").wait_for()
    frame.locator(".wall-page:visible").focus()
    before = frame.locator(".wall-number").inner_text()
    page.keyboard.press("PageDown")
    assert frame.locator(".wall-number").inner_text() != before
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.wall-room')")
    assert page.evaluate("document.activeElement.textContent") == "Show on the wall"
    assert page.evaluate("[...document.body.children].some(one => one.inert)") is False
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


@pytest.mark.browser
def test_without_scripts_the_button_is_a_link(built: Built, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built.html / "exercises" / "held.html").as_uri())
    page.get_by_role("link", name="Show on the wall").click()
    page.get_by_role("link", name="Back to the exercise").click()
    assert page.url.endswith("held.html")
    context.close()
