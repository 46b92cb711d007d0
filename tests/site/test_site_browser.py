"""The built site in a real browser, opened from the disk as from a memory stick.

All pages are gone through once: at four widths, by axe, and with an ear to what they ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import printed_pages
from book import Built
from budget import THOROUGH
from printed_pages import needs_poppler

pytestmark = pytest.mark.browser
WIDTHS = (375, 768, 1280, 1920)
MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8").split("*/", 1)[1]
CLEAR = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = (  # of each kind of page one
    "index.html",
    "guide/3-risk.html",
    "exercises/3-risk-views.html",
    "guide/where-does-it-hurt.html",
    "search.html",
)
MODES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}


class Looked(NamedTuple):
    """What was found on all pages, as sentences that begin with the page."""

    asked: list[str]
    errors: list[str]
    faults: list[str]
    complaints: list[str]


def pages(site: Built) -> list[str]:
    return [
        path.relative_to(site.html).as_posix()
        for path in sorted(site.html.rglob("*.html"))
        if not {"_static", "_downloads"} & set(path.relative_to(site.html).parts)
    ]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")


def complaints(page, axe: str, part: str = ":root", **rules) -> list[str]:
    """What axe has against a page as it stands, or against a part of it."""
    options = {"runOnly": CLEAR, "resultTypes": ["violations"], **rules}
    script = f"([part, options]) => {{ {axe}; return axe.run(part, options) }}"
    found = page.evaluate(script, [part, options])
    return [
        f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]
    ]


@pytest.fixture(scope="module")
def looked(browser, site, axe) -> Looked:
    """What is found on the way through all pages.

    Contrast is left to the values of the look (tests/results/test_tokens.py), and contrast and
    frame to one page of each kind; with PARTNERING_TESTS_THOROUGH=1 all is looked for on every
    page, in every mode.
    """
    found = Looked([], [], [], [])
    context = browser.new_context()
    page = context.new_page()
    name = ""
    page.on("request", lambda request: found.asked.append(f"{name}: {request.url}"))
    page.on("pageerror", lambda error: found.errors.append(f"{name}: {error}"))
    for name in pages(site):
        page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
        page.goto((site.html / name).as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            faults = list(dict.fromkeys(page.evaluate(MEASURE)))
            if name.startswith("wall/"):
                faults = _on_the_wall(page, width)
            found.faults.extend(f"{name}, {width} px: {fault}" for fault in faults)
        if THOROUGH:
            for mode, how in MODES.items():
                page.emulate_media(**how)
                found.complaints.extend(f"{name}, {mode}: {one}" for one in complaints(page, axe))
            page.emulate_media(**MODES["light"])
        else:
            rules = {"rules": {"color-contrast": {"enabled": False}}}
            found.complaints.extend(
                f"{name}: {one}" for one in complaints(page, axe, "main", **rules)
            )
    context.close()
    return found


def _on_the_wall(page, width: int) -> list[str]:
    """What is wrong with a page for a projector, once its script has laid it out for its width."""
    left_out = ("a word a line", *(["letters of", "leaves its cell"] * (width < 1280)))
    faults: list[str] = []
    for _ in range(20):
        found = dict.fromkeys(page.evaluate(MEASURE))
        faults = [fault for fault in found if not any(one in fault for one in left_out)]
        if not faults:
            break
        page.wait_for_timeout(150)
    return faults


@pytest.fixture
def opened(browser, site) -> Iterator:
    """Opens a page of the site in a window of its own."""
    contexts = []

    def open_page(name: str, width: int = 1280, **how):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **how))
        page = contexts[-1].new_page()
        page.goto((site.html / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


# ---------------------------------------------------------------- every page


def test_no_page_asks_another_host_or_fails(looked):
    assert [one for one in looked.asked if ": file:" not in one and ": data:" not in one] == []
    assert looked.errors == []


def test_at_every_width_tables_fit_letters_are_large_and_nothing_is_broken_or_said_twice(looked):
    assert looked.faults == []


def test_axe_has_nothing_against_any_page(looked):
    assert looked.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("mode", MODES)
def test_axe_has_nothing_against_a_page_of_each_kind_in_any_mode(opened, axe, mode, width):
    page = opened("index.html", width, **MODES[mode])
    for name in KINDS:
        page.goto(page.url.rpartition("/html/")[0] + f"/html/{name}")
        assert complaints(page, axe) == [], name


def test_what_measures_the_pages_sees_each_fault(browser):
    """A page with all faults: a measure that finds nothing would be green for ever."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    long = "a sentence of many words that is broken into lines"
    page.set_content(f"""<article><h2>Twice</h2><div style="width: 3000px">wide</div>
        <table style="width: 900px; table-layout: fixed"><caption>Twice</caption>
        <tr><td style="width: 60px">{long}</td><td>3 of 4</td></tr></table>
        <table class="result" style="width: 150px; table-layout: fixed"><tr><td style="white-space: nowrap">
        a name too long for its cell</td><td style="width: 50px">lines are shown here in all</td></tr></table>
        <p style="width: 4em">on 2027-03-01</p>
        <svg viewBox="0 0 360 40" width="180"><text y="20" font-size="14">10/2026</text>
        <text x="30" y="20" font-size="14">11/2026</text></svg></article>""")
    told = " ".join(page.evaluate(MEASURE))
    for fault in (
        "too wide",
        "squeezed",
        "collide",
        "letters of 7",
        "said twice",
        "is broken",
        "leaves its cell",
        "a word a line",
    ):
        assert fault in told, told
    page.close()


# ---------------------------------------------------------------- by keyboard, and without scripts


@pytest.mark.parametrize("how", [{}, MODES["dark"], MODES["forced colours"]])
@pytest.mark.parametrize(("name", "width"), [(KINDS[1], 1280), (KINDS[2], 390)])
def test_wherever_the_keyboard_stops_it_is_seen(opened, name, width, how):
    page = opened(name, width, **how)
    unseen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => { const one = document.activeElement, box = one.getBoundingClientRect();
            return one === document.body ? null : [box.left - 8, box.top - 8, box.width + 16, box.height + 16] }"""
        )
        if box is None:
            continue
        left, top = max(0, box[0]), max(0, box[1])
        size = {"width": min(box[2], width - left), "height": min(box[3], 900 - top)}
        clip = {"x": left, "y": top, **size}
        there = page.screenshot(clip=clip, caret="initial")
        page.evaluate("window.was = document.activeElement; was.blur()")
        away = page.screenshot(clip=clip, caret="initial")
        if there == away:
            unseen.append(page.evaluate("was.outerHTML.slice(0, 120)"))
        page.evaluate("was.focus({ preventScroll: true })")
    assert unseen == []


@pytest.mark.parametrize("mode", MODES)
def test_the_signs_of_the_header_and_the_page_of_now_are_seen_in_every_mode(opened, mode):
    page = opened("guide/3-risk.html", 390, **MODES[mode])
    for sign in page.locator(".site-header .site-sign:visible").all():
        drawn = sign.screenshot()
        page.add_style_tag(content=".site-sign svg { visibility: hidden }")
        assert sign.screenshot() != drawn
        page.evaluate("document.head.lastElementChild.remove()")
    page.set_viewport_size({"width": 1280, "height": 900})
    edge = "one => getComputedStyle(one).borderInlineStartColor"
    now = page.locator(".tour-nav [aria-current]").first.evaluate(edge)
    other = page.locator(".tour-nav a:not([aria-current])").first.evaluate(edge)
    unseen = page.evaluate(
        "getComputedStyle(document.querySelector('.site-contents')).backgroundColor"
    )
    assert now != other and other in (unseen, "rgba(0, 0, 0, 0)")


def test_on_a_phone_the_menu_opens_and_leads_on_without_scripts(opened):
    page = opened("exercises/3-risk-views.html", 390, java_script_enabled=False)
    link = page.get_by_role("navigation", name="Contents").get_by_text("Stop 5 · Agreement")
    assert not link.is_visible()
    page.get_by_role("button", name="Contents", exact=True).click()
    link.click()
    assert page.url.endswith("/guide/5-agreement.html")


def test_the_code_of_a_page_is_shown_by_one_switch_without_scripts(opened):
    page = opened("exercises/3-risk-views.html", java_script_enabled=False)
    code = page.locator(".cell_input")
    assert code.count() > 3 and not code.first.is_visible()
    page.get_by_text("Show the code", exact=True).click()
    assert code.first.is_visible() and code.last.is_visible()


def test_with_letters_twice_as_large_a_phone_shows_every_page_kind_whole(opened):
    page = opened("index.html", 375)
    for name in KINDS:
        page.goto(page.url.rpartition("/html/")[0] + f"/html/{name}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, name
        for sign in page.locator(".site-header .site-sign:visible").all():
            box = sign.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 375, name


def test_on_a_phone_the_words_of_each_way_in_stand_in_one_line(opened):
    page = opened("index.html", 375)
    ways = page.locator(".buttons a").all()
    assert len(ways) > 1
    for way in ways:
        box = way.bounding_box()
        assert box["height"] < 45, way.text_content()
        assert (box["x"], box["width"]) == (16, 343), way.text_content()


def test_light_or_dark_is_chosen_by_a_button_and_kept(opened):
    page = opened("index.html", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Light or dark").click()
    page.wait_for_selector("html[data-theme=dark]")  # a busy computer answers the click later
    dark = page.evaluate(ground)
    page.wait_for_timeout(500)  # a browser hands on what a page keeps a moment later
    page.reload()
    assert light != dark and page.evaluate(ground) == dark


# ---------------------------------------------------------------- the search


def test_search_finds_a_word_without_a_network(opened):
    page = opened("index.html", offline=True)
    page.keyboard.press("Control+k")
    page.keyboard.type("instalment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=instalment")
    page.locator(
        "#search-results li:has-text('Risk views') a"
    ).first.click()  # one by one they come
    page.wait_for_selector(".highlighted", state="attached")
    assert "instalment" in page.locator(".highlighted").first.text_content().lower()


def test_on_a_phone_the_search_is_one_click_away(opened):
    page = opened("guide/3-risk.html", 390)
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_selector(".search-page input:focus")
    page.keyboard.type("instalment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=instalment")


# ---------------------------------------------------------------- on a phone, and on paper


def test_the_first_column_stays_while_a_wide_table_passes_by(opened):
    page = opened("exercises/3-risk-views.html", 375)
    area = page.get_by_role("region", name="How each of us sees it")
    before = area.locator("tbody th").first.bounding_box()["x"]
    area.evaluate("one => { one.scrollLeft = 200 }")
    assert area.locator("tbody th").first.bounding_box()["x"] == before
    assert area.locator("tbody td").first.bounding_box()["x"] < before + 100


@pytest.mark.parametrize("width", [390, 1280])
def test_two_words_of_scales_in_a_cell_stand_below_each_other_with_no_dot_at_the_end_of_a_line(
    opened, width
):
    page = opened("exercises/3-risk-views.html", width)
    cells = page.locator(".result-scroll td:has(.between)")
    assert cells.count() > 8
    for cell in cells.all():
        one, other = cell.locator(":scope > .whole").all()
        assert other.bounding_box()["y"] >= one.bounding_box()["y"] + 10
        assert "·" not in cell.inner_text() and "·" in cell.text_content()


def test_all_drawings_of_a_figure_are_at_one_scale(opened):
    for width in (390, 1280, 1920):
        page = opened("exercises/3-risk-views.html", width)
        figures = page.locator("figure.p-several").all()
        assert len(figures) > 1
        for figure in figures:
            wide = figure.locator("> svg:visible").evaluate_all(
                "all => all.map(one => Math.round(one.getBoundingClientRect().width))"
            )
            assert len(wide) > 1 and len(set(wide)) == 1, (width, wide)


def test_the_keyboard_stops_only_at_tables_that_are_wider_than_the_page(opened):
    page = opened("exercises/3-risk-views.html", 375)
    page.wait_for_selector(".result-scroll:not([tabindex])", state="attached")
    areas = "[...document.querySelectorAll('.result-scroll')].filter(one => one.clientWidth)"
    wide = page.evaluate(f"{areas}.map(one => one.scrollWidth > one.clientWidth + 1)")
    assert page.evaluate(f"{areas}.map(one => one.tabIndex === 0)") == wide
    assert True in wide and False in wide


def test_steps_stand_below_each_other_on_a_phone_and_stay_a_table_for_those_who_listen(opened):
    page = opened("guide/3-risk.html", 390)
    row = page.locator("table.plan-steps tbody tr").first
    happens, said = (row.locator(f"td:nth-child({at})").bounding_box() for at in (3, 4))
    assert said["y"] >= happens["y"] + happens["height"]
    assert page.get_by_role("table", name="Minute by minute").count() == 1
    rows = page.get_by_role("table", name="Minute by minute").get_by_role("row")
    assert rows.count() == page.locator("table.plan-steps tr").count()


def test_what_is_said_and_what_is_written_differ_in_letter_shape_and_tint(opened):
    page = opened("guide/3-risk.html")
    looks = [
        page.locator(f"table.plan-steps td:nth-child({at})").first.evaluate(
            "one => { const how = getComputedStyle(one);"
            "return [how.fontFamily, how.borderTopLeftRadius, how.backgroundColor] }"
        )
        for at in (3, 4, 6)
    ]
    plain, said, written = looks
    assert all(one != other for one, other in zip(said, written, strict=True))
    assert said[0] != plain[0] and len({look[2] for look in looks}) == 3


def test_on_paper_there_is_nothing_to_click(opened):
    page = opened("guide/3-risk.html")
    page.emulate_media(media="print")
    for name in (".site-header", ".site-contents", ".page-toc", ".prev-next", ".headerlink"):
        assert page.locator(f"{name}:visible").count() == 0, name


@needs_poppler
def test_on_paper_pictures_begin_on_the_page_on_which_there_is_room(opened):
    printed = printed_pages.pages(opened("guide/examples/shade-risk.html").pdf(format="A4"))
    first = next(page for page in printed if "start here, 1:" in page)
    assert "Compare" in first and "start here, 3:" not in first


def test_on_paper_a_plan_that_was_chosen_stands_alone_on_a_white_ground(opened):
    page = opened("guide/4-principles.html", color_scheme="dark")
    page.locator(".plan-alone a").click()
    page.emulate_media(media="print")
    assert page.locator(".session-plan").is_visible()
    assert (
        not page.get_by_role("heading", name="The idea").is_visible()
        and not page.locator("h1").is_visible()
    )
    assert page.locator(".plan-alone:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
