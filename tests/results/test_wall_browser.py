"""The wall in a real browser, on the screen of a projector: large enough, turned by keys, and the same page after an edit."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from urllib.parse import quote

import pandas as pd
import pytest
from jinja2 import Environment, FileSystemLoader

import site_frame
import wall_pages
from book import ROOT
from examples import example
from partnering.partnership import ROOM
from partnering.results import Figure, ResultTable, Withheld, pictures, wall
from partnering.results.drawing import Drawing, Sheet

pytestmark = pytest.mark.browser

LEAST = 28  # pixels, at 1920 by 1080: legible from eight metres on a screen two metres wide
EXERCISES = sorted(path.stem for path in (ROOT / "exercises").glob("*.ipynb"))
STYLE = f"data:text/css,{quote(site_frame.style(ROOT))}"

SMALLEST = """() => wall.pages.map((one, at) => {
    wall.go(at);
    const sizes = [...document.querySelectorAll('.wall *')].filter(one =>
        one.getClientRects().length && !one.matches('caption, .wall-told') && !one.closest('caption') &&
        [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
    ).map(one => {
        const svg = one.closest('svg'), size = parseFloat(getComputedStyle(one).fontSize);
        return svg ? size * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : size;
    });
    return [one.title, Math.min(...sizes)];
})"""
CUT = """() => wall.pages.map((one, at) => {
    wall.go(at);
    const body = one.body.getBoundingClientRect();
    const out = [...one.page.querySelectorAll('td, th, p, li, svg')].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && !one.closest('caption') && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 ||
            (one.closest('.wall-body') && box.bottom > body.bottom + 2));
    });
    return [one.title, out.length, one.body.classList.contains('wall-rolls')];
})"""

BROKEN = r"""() => wall.pages.flatMap((one, at) => {
    wall.go(at);
    const range = document.createRange();
    return [...one.page.querySelectorAll('td, th')].filter(cell => {
        if (!cell.getClientRects().length) return false;
        if (cell.scrollWidth > cell.clientWidth + 1) return true;
        const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            for (const date of node.data.matchAll(/\d{4}-\d\d-\d\d/g)) {
                range.setStart(node, date.index);
                range.setEnd(node, date.index + 10);
                if (new Set([...range.getClientRects()].map(box => Math.round(box.top / 4))).size > 1) return true;
            }
        }
        return false;
    }).map(cell => [one.title, cell.textContent]);
})"""


def page_of(parts: str) -> str:
    """The page of a wall as the site has it, with its files from where they lie."""
    template = Environment(loader=FileSystemLoader(ROOT / "_ext" / "templates"))
    places = {
        "_static/handbook.css": STYLE,
        "_static/wall.css": wall.STYLE.as_uri(),
        "_static/wall.js": wall.SCRIPT.as_uri(),
        "_static/favicon.svg": (ROOT / "_static" / "favicon.svg").as_uri(),
    }
    html = template.get_template("wall.html").render(
        title="Risk views, on the wall",
        docstitle="Partnering",
        pathto=lambda name, _: places[name],
        wall_back="exercise.html",
        wall_back_text="Back to the exercise",
        wall_keys="One page at a time.",
        wall_parts=parts,
        wall_words=wall.words_as_json(),
    )
    return html.replace("partneringWall.page();", "window.wall = partneringWall.page();")


def parts_of(exercise: str, name: str = "") -> str:
    """What an exercise shows to the room, of its own example or of another."""
    notebook = json.loads((ROOT / "exercises" / f"{exercise}.ipynb").read_text(encoding="utf-8"))
    own, makers = wall_pages.shown(notebook)
    p = example(name or own).for_reader(ROOM)
    return wall.parts(
        {
            name: getattr(importlib.import_module(f"partnering.stops.{module}"), name)(p)
            for module, name in makers
        }
    )


def table(rows: list[tuple], name: str = "it", **more) -> str:
    frame = pd.DataFrame(rows, columns=["Risk", *"ABCDEFGH"[: len(rows[0]) - 1]])
    return wall.parts({name: ResultTable("Risks", frame, **more)})


@pytest.fixture(scope="module")
def window(browser) -> Iterator:
    """One window for all tests, as large as a projector's."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    context.close()
    assert page.errors == []


@pytest.fixture
def opened(window, tmp_path):
    """Opens a wall with these parts."""

    def opens(parts: str, **media):
        file = tmp_path / "wall.html"
        file.write_text(page_of(parts), encoding="utf-8")
        window.emulate_media(
            **{"forced_colors": "none", "reduced_motion": "no-preference", **media}
        )
        window.goto(file.as_uri())
        return window

    return opens


def number(page) -> int:
    return page.evaluate("wall.at") + 1


THREE = table([("R1", "one")], "a") + table([("R2", "two")], "b") + table([("R3", "three")], "c")
LONG = [(f"R{at} Because the river rises, it may happen that a village is cut off", "open" if at < 8 else "done", "x" * 9)
        for at in range(1, 15)]  # fmt: skip


# ------------------------------------------------------------------ from eight metres


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_letter_of_every_page_is_large_and_none_is_cut(opened, exercise):
    for name in ("", "clinic", "uwi"):
        page = opened(parts_of(exercise, name))
        small = [told for told in page.evaluate(SMALLEST) if told[1] < LEAST]
        assert small == [], (exercise, name)
        cut = [told for told in page.evaluate(CUT) if told[1] or told[2]]
        assert cut == [], (exercise, name)
        assert page.evaluate(BROKEN) == [], (exercise, name)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_line_gets_lost_on_the_way_to_the_wall(opened, exercise):
    page = opened(parts_of(exercise))
    lost = page.evaluate(
        """() => {
            const flat = one => one.textContent.replace(/\\s+/g, ' ').trim();
            const shown = wall.pages.map(one => flat(one.page)).join(' ');
            return wall.source.flatMap(part => [...part.querySelectorAll('td, tbody th, .wall-words p, .wall-notes p')])
                .map(flat).filter(text => text && !shown.includes(text));
        }"""
    )
    assert lost == []


def test_no_title_stands_twice_on_a_page(opened):
    page = opened(parts_of("3-risk-views"))
    twice = page.evaluate(
        """() => wall.pages.filter(one => [...one.page.querySelectorAll('h1, h2, h3, p, figcaption, text')].filter(
            other => other.textContent.trim() === one.title).length > 1).map(one => one.title)"""
    )
    assert twice == []


def test_a_long_table_goes_on_with_its_heading_where_another_group_begins(opened):
    page = opened(table([(head, state, more) for head, state, more in LONG]))
    told = page.evaluate(
        "wall.pages.map(one => [one.keys.map(key => key.split(' ')[0]), one.page.querySelectorAll('thead th').length])"
    )
    assert [key for keys, _ in told for key in keys] == [f"R{at}" for at in range(1, 15)]
    assert len(told) > 1 and {heads for _, heads in told} == {3}
    page = opened(table([(head, more, state) for head, state, more in LONG[3:13]], words=_sorted))
    told = page.evaluate("wall.pages.map(one => one.keys.map(key => key.split(' ')[0]))")
    assert told == [["R4", "R5", "R6", "R7"], ["R8", "R9", "R10", "R11", "R12", "R13"]]


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    rows["state"] = rows["B"]  # the column by which stops sort their rows
    return rows[["Risk", "A", "B"]]


def test_lines_to_start_with_stand_on_a_page_of_their_own(opened):
    page = opened(table([("R1", "a", "b"), ("R2", "a", "b"), ("R3", "a", "b")], start=(0, 1)))
    assert page.evaluate("wall.pages.map(one => one.keys)") == [["R1", "R2"], ["R3"]]


def test_a_table_of_many_columns_is_read_line_by_line_with_the_headings_down_the_side(opened):
    row = tuple("somebody says this in a sentence of its own, with a reason " * 2 for _ in range(8))
    page = opened(table([("R1 A flood", *row), ("R2 A fire", *row)]))
    told = page.evaluate(
        """wall.pages.map(one => [one.keys[0], one.page.querySelector('h3').textContent,
            [...one.page.querySelectorAll('tbody th')].map(head => head.textContent).join('')])"""
    )
    for head in ("R1 A flood", "R2 A fire"):
        assert "".join(heads for key, title, heads in told if key == title == head) == "ABCDEFGH"


def test_short_lines_of_many_columns_share_a_page(opened):
    told = "somebody says this in a sentence of its own, with a reason " * 2
    rows = [
        (f"R{at} A flood", *(told if (at + place) % 3 == 0 else "" for place in range(8)))
        for at in range(1, 8)
    ]
    page = opened(table(rows))
    keys = page.evaluate("wall.pages.map(one => one.keys.map(key => key.slice(0, 2)))")
    assert [key for page_keys in keys for key in page_keys] == [f"R{at}" for at in range(1, 8)]
    assert len(keys) < 5
    heads = page.evaluate(
        "wall.pages.map(one => [...one.page.querySelectorAll('h3')].map(head => head.textContent.slice(0, 2)))"
    )
    assert heads == keys


def test_what_is_longer_than_the_screen_rolls_to_its_end_before_the_page_turns(opened):
    page = opened(table([("R1", "a long story " * 900)]) + table([("R2", "b")], "next"))
    assert page.locator(".wall-page:visible .wall-body[tabindex='0'][aria-label]").count() == 1
    page.keyboard.press("PageDown")
    assert number(page) == 1 and page.evaluate("wall.pages[0].body.scrollTop") > 0
    for _ in range(60):
        page.keyboard.press("PageDown")
        if number(page) == 2:
            break
    assert number(page) == 2
    page.keyboard.press("PageUp")
    assert number(page) == 1


def test_a_drawing_is_cut_where_its_rows_part_and_its_words_are_repeated(opened):
    rows = [pictures.Row(f"R{at} A risk", [[0], [1]], f"R{at} told.") for at in range(1, 7)]
    heads = [pictures.Head(0, "ANA"), pictures.Head(1, "BEN")]
    drawn = pictures.signs(heads, [("flag", "decides"), ("coin", "pays")], rows, "open", lanes=True)
    small = ResultTable("Who decides", pd.DataFrame({"Risk": ["R1"]}))
    page = opened(wall.parts({"it": Figure("signs", "Who decides", lambda: drawn, small)}))
    figures = page.evaluate(
        "wall.pages.filter(one => one.kind === 'figure').map(one => one.page.querySelectorAll('svg').length)"
    )
    assert len(figures) > 1 and set(figures) == {
        2
    }  # the words of the scale, and the rows below them
    scales = "wall.pages.map(one => [...one.page.querySelectorAll('svg')].map(svg => svg.width.baseVal.value))"
    assert len({width for widths in page.evaluate(scales) for width in widths}) == 1
    assert min(size for _, size in page.evaluate(SMALLEST)) >= LEAST
    told = page.locator(".wall-drawn").first.get_attribute("aria-label")
    assert told.startswith("Who decides. R1 told. R2 told.")


def test_each_sheet_of_a_picture_has_a_page_of_its_own(opened):
    lane = pictures.Lane("How likely", ["likely", "possible"], {"likely": [0]})
    heads = [pictures.Head(0, "ANA")]
    drawn = [pictures.dots(f"R{at}", heads, [lane], "", f"R{at} told.") for at in (1, 2, 3)]
    small = ResultTable("Risks", pd.DataFrame({"Risk": ["R1"]}))
    page = opened(wall.parts({"it": Figure("dots", "Risks", lambda: drawn, small)}))
    assert page.evaluate("wall.pages.map(one => one.kind)") == ["figure"] * 3 + ["table"]
    labels = page.locator(".wall-drawn").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert labels == ["Risks. R1 told.", "Risks. R2 told.", "Risks. R3 told."]
    page.evaluate("wall.go(1)")
    html = wall.parts({"it": Figure("dots", "Risks", lambda: drawn, small)})
    page.evaluate("html => wall.update(html)", html)
    assert page.evaluate("wall.at") == 1  # an edit does not turn the page


def test_a_drawing_that_would_be_too_small_gives_way_to_its_table_and_that_is_said(opened):
    sheet = Sheet()
    for at in range(40):
        sheet.text(0, 30 * at + 20, f"Unit {at}")
    drawn = [Drawing(sheet.svg(1200), "who turns to whom")]
    small = ResultTable("Contacts", pd.DataFrame({"Unit": ["Unit 0"]}))
    page = opened(wall.parts({"it": Figure("map", "Contacts", lambda: drawn, small)}))
    assert page.evaluate("wall.pages.map(one => one.kind)") == ["figure", "table"]
    assert "too fine for this screen" in page.locator(".wall-page:visible").inner_text()


# ------------------------------------------------------------------ keys


def test_keys_and_clickers_turn_the_pages(opened):
    page = opened(THREE)
    for key, at in (
        ("ArrowRight", 2), ("PageDown", 3), (" ", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowLeft", 1),
        ("End", 3), ("Home", 1), (" ", 2), ("Shift+ ", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert number(page) == at, key
        assert page.locator(".wall-page:visible").count() == 1


@pytest.mark.parametrize("key", ["b", "B", "."])
def test_a_key_blanks_the_wall_and_brings_it_back(opened, key):
    page = opened(THREE)
    page.keyboard.press(key)
    assert page.locator(".wall-page td:visible").count() == 0
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.wall')).backgroundColor")
        == "rgb(0, 0, 0)"
    )
    assert page.locator(".wall-told").inner_text() == "The wall is blank. Press B to go on."
    page.keyboard.press(key)
    assert page.locator(".wall-page td:visible").inner_text() == "one"
    page.keyboard.press(key)
    page.keyboard.press("PageDown")  # going on ends it
    assert page.locator(".wall-page td:visible").inner_text() == "two"


def test_f_goes_to_full_screen_and_back(opened):
    page = opened(THREE)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement?.className.startsWith('wall')")
    page.keyboard.press("f")
    page.wait_for_function("!document.fullscreenElement")
    assert page.locator(".wall-page:visible").count() == 1  # it is still the wall


def test_escape_leads_back_to_the_exercise(opened, tmp_path):
    (tmp_path / "exercise.html").write_text("<title>Exercise</title>")
    page = opened(THREE)
    page.keyboard.press("Escape")
    page.wait_for_url("**/exercise.html")


def test_the_buttons_do_what_the_keys_do_and_go_when_no_hand_moves(opened):
    page = opened(THREE)
    page.get_by_role("button", name="Next →").click()
    assert number(page) == 2
    page.keyboard.press(" ")  # on a button it presses the button
    assert number(page) == 3
    page.locator(".wall-page:visible").focus()
    page.evaluate("wall.root.classList.add('wall-resting')")
    seen = "[...document.querySelectorAll('.wall-keys button')].map(one => getComputedStyle(one).opacity)"
    assert set(page.evaluate(seen)) == {"0"}
    page.mouse.move(300, 300)
    page.mouse.move(320, 320)
    assert set(page.evaluate(seen)) == {"1"}


def test_the_focus_stays_on_the_wall_and_can_be_seen(opened):
    page = opened(THREE)
    seen = []
    for _ in range(6):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.className"))
        style = page.evaluate(
            "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert style[0] == "solid" and float(style[1].removesuffix("px")) >= 2, seen
    assert seen == ["wall-back", "wall-next", "wall-blank", "wall-full", "wall-leave", "wall-back"]


# ------------------------------------------------------------------ it follows edits


def test_after_an_edit_the_same_result_and_the_same_lines_are_on_the_wall(opened):
    page = opened(table(LONG, "b"))
    page.keyboard.press("End")
    first = page.evaluate("wall.pages[wall.at].keys[0]")
    edited = [(head, state, "y" * 9) for head, state, _ in LONG]
    page.evaluate("html => wall.update(html)", table([("R0", "new")], "a") + table(edited, "b"))
    assert "yyyyyyyyy" in page.locator(".wall-page:visible").inner_text()
    assert first in page.evaluate("wall.pages[wall.at].keys")
    assert page.evaluate("wall.pages[wall.at].name") == "b"


def test_when_its_first_line_is_gone_the_wall_stays_with_the_result(opened):
    page = opened(THREE)
    page.keyboard.press("PageDown")
    page.evaluate(
        "html => wall.update(html)", table([("R1", "1")], "a") + table([("R9", "9")], "b")
    )
    assert page.locator(".wall-page td:visible").inner_text() == "9"
    page.evaluate(
        "html => wall.update(html)", table([("R1", "1")], "a")
    )  # and when the result is gone too
    assert page.locator(".wall-page td:visible").inner_text() == "1"


def test_a_result_that_comes_to_be_withheld_is_gone_from_the_wall_at_once(opened):
    page = opened(THREE)
    page.keyboard.press("PageDown")
    kept = wall.parts(
        {"b": ResultTable("Risks", pd.DataFrame(), nothing=Withheld("Not shown here."))}
    )
    page.evaluate("html => wall.update(html)", table([("R1", "1")], "a") + kept)
    assert page.locator(".wall-words:visible").inner_text() == "Not shown here."
    assert page.locator(".wall-cards:visible").count() == 1
    assert "two" not in page.evaluate("document.querySelector('.wall').textContent")


def test_a_blank_wall_stays_blank_when_somebody_edits(opened):
    page = opened(THREE)
    page.keyboard.press("b")
    page.evaluate("html => wall.update(html)", table([("R1", "other")], "a"))
    assert page.locator(".wall-page td:visible").count() == 0


def test_a_screen_of_another_size_gets_pages_of_its_own(opened):
    page = opened(table(LONG))
    before = page.evaluate("wall.pages.length")
    page.set_viewport_size({"width": 1100, "height": 1080})
    page.wait_for_function("before => wall.pages.length !== before", arg=before)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_function("before => wall.pages.length === before", arg=before)


# ------------------------------------------------------------------ for everybody


def test_the_page_is_announced_politely_in_a_named_region(opened):
    page = opened(THREE)
    page.keyboard.press("PageDown")
    assert page.get_by_role("region", name="On the wall").count() == 1
    assert page.get_by_role("status").inner_text() == "Risks. Page 2 of 3."
    assert page.evaluate("document.activeElement.matches('.wall-page[aria-labelledby]')")


@pytest.mark.parametrize(
    ("theme", "media"),
    [("light", {}), ("dark", {}), ("light", {"forced_colors": "active"}), ("light", {"reduced_motion": "reduce"})],
)  # fmt: skip
def test_axe_finds_nothing_to_complain_about(opened, window, theme, media):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(parts_of("1-alignment", "clinic") + parts_of("3-risk-views"), **media)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    kinds = page.evaluate("wall.pages.map(one => one.kind + one.list?.className)")
    for at in sorted({kind: at for at, kind in enumerate(kinds)}.values()):
        page.evaluate("at => wall.go(at)", at)
        found = Axe().run(page, options=rules).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], kinds[at]


def test_without_scripts_all_stands_below_each_other(browser, tmp_path):
    file = tmp_path / "wall.html"
    file.write_text(page_of(parts_of("3-risk-views")), encoding="utf-8")
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 800}
    )
    page = context.new_page()
    page.goto(file.as_uri())
    headings = page.locator("h2:visible").all_inner_texts()
    assert "How each of us sees it" in headings and len(headings) > 7
    assert page.get_by_role("link", name="Back to the exercise").count() == 1
    context.close()


def test_right_to_left_the_wall_is_mirrored(opened):
    page = opened(table([("R1", "a", "b")]))
    page.evaluate("document.documentElement.dir = 'rtl'; wall.lay()")
    cells = page.evaluate(
        "[...document.querySelectorAll('.wall thead th')].map(one => one.getBoundingClientRect().left)"
    )
    assert cells == sorted(cells, reverse=True)
