"""The path of seven stops: the map that leads in, and the strip that says where a reader is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup

from book import ROOT, Book, Built

CHAPTERS = ["1-purpose", "2-value", "3-risk", "4-principles", "4-conflict-protocol", "5-agreement"]
CHAPTERS += ["6-relationship", "7-coherence", "8-where-we-stand"]
GROUPS = ["The tour", "Facilitate", "Exercises and paper", "Look up"]
THUMB = 44  # pixels
CLEAR = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL_WAY_IN = """# Way in

A first paragraph that is long enough to describe it.

:::{container} tour-map
- [**Risk** What could go wrong?](guide/3-risk.md)
- [**Agreement** Is it written down?](guide/5-agreement.md)
:::

```{toctree}
guide/3-risk
guide/5-agreement
other
```
"""


def read(site: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup(site.page(name), "html.parser")


def spoken(link) -> str:
    """What a link is called by those who listen."""
    heard = BeautifulSoup(str(link), "html.parser")
    for silent in heard.select("[aria-hidden]"):
        silent.decompose()
    return " ".join(heard.get_text(" ").split())


@pytest.fixture(scope="module")
def small(small_book) -> Built:
    """A handbook of two stops; one of them has an exercise."""
    book: Book = small_book("path")
    (book.place / "guide").mkdir()
    listed = "```{toctree}\n:hidden:\n../exercises/3-views\n```\n"
    book.page(
        "guide/3-risk", f"# Stop 3 · Risk <& harm>: what could go wrong?\n\nText.\n\n{listed}"
    )
    book.page("guide/5-agreement", "# Stop 5 · Agreement: is it written down?\n\nText.\n")
    book.page("other", "# Other\n\nOf no stop.\n").notebook("3-views", "1 + 1")
    return book.page("index", SMALL_WAY_IN).build()


# ---------------------------------------------------------------- what is written


def test_a_list_of_links_becomes_stones_on_a_path_and_stays_a_list(small):
    assert small.code == 0, small.said
    way = read(small, "index").select_one(".tour-map")
    assert [stone.get_text() for stone in way.select("li .stone")] == ["3", "5"]
    assert [spoken(link) for link in way.select("li a")] == [
        "Stop 3: Risk What could go wrong?",
        "Stop 5: Agreement Is it written down?",
    ]
    assert way.select_one("svg")["aria-hidden"] == "true"


@pytest.mark.parametrize("name", ["guide/3-risk", "exercises/3-views"])
def test_a_chapter_and_its_exercise_say_at_which_stop_they_are(small, name):
    strip = read(small, name).select_one("article > .tour-strip")
    (here,) = strip.select("[aria-current]")
    assert spoken(here) == "Stop 3: Risk <& harm>"
    assert strip.p.get_text() == "You are at stop 3 of 7: Risk <& harm>"


def test_a_page_of_no_stop_has_no_strip_and_names_on_strips_are_not_found_by_a_search(small):
    assert not read(small, "other").select(".tour-strip")
    index = (small.html / "searchindex.js").read_text(encoding="utf-8")
    assert re.search(r'"?agreement"?:(\[[\d,]+\]|\d+)', index)[1].count(",") <= 1  # index, its own


def test_the_sentences_of_need_on_the_way_in_are_those_of_their_page():
    way_in = (ROOT / "index.md").read_text(encoding="utf-8")
    page = (ROOT / "guide" / "where-does-it-hurt.md").read_text(encoding="utf-8")
    said = re.findall(r"^- \[(“[^”]+”) \*.*\*\]\(guide/(.+)\.md\)$", way_in, re.MULTILINE)
    assert len(said) >= 6
    assert all(f"* - {sentence}\n  - {{doc}}`{stop}`" in page for sentence, stop in said)


# ---------------------------------------------------------------- the whole handbook


def test_the_map_leads_to_the_chapters_in_their_order_and_stands_before_all_else(site):
    page = read(site, "index")
    assert [link["href"] for link in page.select(".tour-map a")] == [
        f"guide/{name}.html" for name in CHAPTERS
    ]
    stones = [link.select_one(".stone").get_text() for link in page.select(".tour-map a")]
    assert stones == ["1", "2", "3", "4", "4", "5", "6", "7", ""]
    assert page.select("article h2")[0].get_text().startswith("The seven stops")
    assert len(page.select(".doors li a")) == 3 and len(page.select(".finder a")) >= 6


def test_every_chapter_exercise_and_example_is_on_the_path_at_its_own_stop(site):
    seen = set()
    for chapter in CHAPTERS:
        text = (ROOT / "guide" / f"{chapter}.md").read_text(encoding="utf-8")
        listed = re.findall(r"^(?:\.\./)?((?:exercises|examples)/[\w-]+)$", text, re.MULTILINE)
        pages = [name if name.startswith("exercises") else f"guide/{name}" for name in listed]
        for name in [f"guide/{chapter}", *pages]:
            strip = read(site, name).select_one("article > .tour-strip")
            (here,) = strip.select("[aria-current]")
            address = unquote(urljoin(f"http://site/{name}.html", here["href"]))
            assert address == f"http://site/guide/{chapter}.html", name
            at = f"stop {chapter[0]} of 7" if chapter[0] < "8" else "the end of the tour"
            assert strip.p.get_text().startswith(f"You are at {at}: "), name
            assert len(strip.select("a")) == 8 and all(map(spoken, strip.select("a")))
            seen.add(name)
    made = {f"exercises/{path.stem}" for path in (ROOT / "exercises").glob("[1-9]-*.ipynb")}
    made |= {f"guide/examples/{path.stem}" for path in (ROOT / "guide/examples").glob("shade-*")}
    assert made <= seen


def test_the_contents_at_the_side_stand_in_four_groups(site):
    for name in ("index", "guide/glossary", "exercises/3-risk-views"):
        heads = read(site, name).select(".tour-nav p.caption")
        assert [head.get_text(strip=True) for head in heads] == GROUPS


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def opened(browser, site) -> Iterator:
    """Opens a page of the handbook."""
    contexts = []

    def open_page(name: str, theme: str = "light", width: int = 1366, **how):
        context = browser.new_context(viewport={"width": width, "height": 900}, **how)
        contexts.append(context)
        context.add_init_script(
            f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
        )
        page = context.new_page()
        page.goto((site.html / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "exercises/3-risk-views.html"])
def test_axe_has_nothing_against_the_map_the_strip_and_the_doors(opened, name, theme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(name, theme, width)
    page.wait_for_timeout(400)  # the theme has made wide areas reachable by keyboard
    found = Axe().run(page, options={"runOnly": CLEAR}).response["violations"]
    ours = [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
        if name == "index.html" or "tour" in node["html"] or "stone" in node["html"]
    ]
    assert ours == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1366])
@pytest.mark.parametrize("name", ["index", "guide/tour"])
def test_stones_are_large_enough_for_a_thumb_and_nothing_lies_on_anything_else(opened, name, width):
    page = opened(f"{name}.html", width=width)
    boxes = page.locator(".tour-map a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    )
    stones = page.locator(".tour-map .stone").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(b => [b.width, b.height])"
    )
    assert all(size >= THUMB for stone in stones for size in stone)
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and right <= width
        for other in boxes[place + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            down = min(bottom, other[3]) - max(top, other[1])
            assert across <= 1 or down <= 1
    strip = opened("guide/3-risk.html", width=width).locator(".tour-strip a")
    heights = strip.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    widths = strip.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(heights) >= THUMB and min(widths) >= (24 if width < 390 else THUMB)


@pytest.mark.browser
@pytest.mark.parametrize("how", [{}, {"forced_colors": "active"}])
def test_the_focus_on_a_stone_is_seen_and_the_stone_of_now_is_filled(opened, how):
    page = opened("guide/3-risk.html", **how)
    page.locator(".tour-strip a").first.focus()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert page.evaluate("document.activeElement.closest('.tour-strip') !== null")
    assert float(outline.removesuffix("px")) >= 2
    ground = "one => getComputedStyle(one).backgroundColor"
    now = page.locator(".tour-strip [aria-current] .stone").evaluate(ground)
    other = page.locator(".tour-strip li:last-child .stone").evaluate(ground)
    assert now != other


@pytest.mark.browser
def test_from_right_to_left_the_path_begins_at_the_right(opened):
    page = opened("index.html")
    page.evaluate("document.documentElement.dir = 'rtl'")
    places = page.locator(".tour-map .stone").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().left)"
    )
    assert places[0] > places[1] > places[2] and places[3] < places[4] < places[5]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_on_paper_the_map_keeps_its_shape_and_no_link_of_it_is_twice_to_the_eye(opened):
    page = opened("index.html", width=673)
    page.emulate_media(media="print")
    assert page.locator(".tour-map .tour-way").is_visible()
    for name in ("Purpose", "Coherence"):
        seen = page.locator(".tour-map").get_by_text(name, exact=True)
        assert seen.count() == 1 and seen.is_visible()
