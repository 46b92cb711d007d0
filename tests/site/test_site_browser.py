"""The built site in a real browser, opened from the disk as from a memory stick."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from book import Built

pytestmark = pytest.mark.browser
FOLDED = """# Folded

::::{tab-set}
:::{tab-item} One
First
:::
:::{tab-item} Two
Behind the second tab
:::
::::

:::{dropdown} More
Under the closed part
:::
"""
SHOWN = (
    "index.html",
    "guide/3-risk.html",
    "exercises/3-risk-views.html",
    "guide/reference/agenda.html",
)


SETTLED = 400  # milliseconds; then the theme has made wide areas reachable by keyboard


class Window:
    """A window that goes from page to page; what the page asked for and what went wrong in it."""

    def __init__(self, browser, theme: str = "light", width: int = 1280):
        self.name = f"{theme}, {width} pixels wide"
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.context.add_init_script(
            f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
        )
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.asked, self.errors = [], []

    def go(self, site: Built, name: str) -> None:
        """Begin to open a page; other windows may do so meanwhile."""
        self.asked, self.errors = [], []
        self.page.goto((site.html / name).as_uri(), wait_until="commit")

    def wait(self) -> None:
        """Wait until the page asks for nothing any more."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_load_state("networkidle")

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def window(browser) -> Iterator[Window]:
    """A fresh window, as wide as a computer's."""
    window = Window(browser)
    yield window
    window.close()


@pytest.fixture
def phone(browser) -> Iterator[Window]:
    """A fresh window, as narrow as a phone."""
    window = Window(browser, width=390)
    yield window
    window.close()


@pytest.fixture(scope="module")
def windows(browser) -> Iterator[list[Window]]:
    """Four windows that are open at once: light and dark, wide and narrow."""
    windows = [
        Window(browser, theme, width) for theme in ("light", "dark") for width in (1280, 390)
    ]
    yield windows
    for window in windows:
        window.close()


@pytest.fixture(scope="module")
def phones(browser) -> Iterator[list[Window]]:
    """Three phones: while one of them waits, another one opens its page."""
    phones = [Window(browser, width=390) for _ in range(3)]
    yield phones
    for phone in phones:
        phone.close()


def opened(window: Window, site: Built, name: str):
    """A page of the site when it has been loaded."""
    window.go(site, name)
    window.wait()
    return window.page


def batched(names: list[str], size: int) -> Iterator[list[str]]:
    """The names, so many at a time."""
    for first in range(0, len(names), size):
        yield names[first : first + size]


def everything(site: Built) -> list[str]:
    return [
        path.relative_to(site.html).as_posix()
        for path in sorted(site.html.rglob("*.html"))
        if "_static" not in path.parts
    ]


def test_every_page_opens_from_the_disk_asks_nobody_else_and_fits_a_phone(phones, site):
    for names in batched(everything(site), len(phones)):
        for phone, name in zip(phones, names, strict=False):
            phone.go(site, name)
        for phone, name in zip(phones, names, strict=False):
            phone.wait()
            asked = [url for url in phone.asked if not url.startswith(("file:", "data:"))]
            assert (asked, phone.errors) == ([], []), name
            wide = phone.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, f"{name} is {wide} pixels wider than a phone"


def test_no_page_loads_a_font_of_signs(window, site):
    opened(window, site, "guide/3-risk.html")
    assert [url for url in window.asked if "fontawesome" in url.lower()] == []


def test_every_sign_on_the_pages_is_drawn(window, site):
    for name in SHOWN:
        page = opened(window, site, name)
        blank = page.evaluate(
            """[...document.querySelectorAll('.fa-solid, .fa-brands, .fa-regular')].filter(sign =>
            getComputedStyle(sign).display !== 'none' &&
            !getComputedStyle(sign, '::before').maskImage.startsWith('url')
            ).map(sign => sign.className)"""
        )
        assert blank == [], name


@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing_to_complain_about(windows, site, name):
    from axe_playwright_python.sync_playwright import Axe

    for window in windows:
        window.go(site, name)
    for window in windows:
        window.wait()
    windows[-1].page.wait_for_timeout(SETTLED)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    for window in windows:
        found = Axe().run(window.page, options=rules)
        told = [
            f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
        assert told == [], window.name


def test_search_finds_a_word_without_a_network(window, site):
    page = opened(window, site, "index.html")
    window.context.set_offline(True)
    page.goto((site.html / "search.html").as_uri() + "?q=instalment")
    page.wait_for_selector("#search-results li:has-text('Risk views')")  # they come one by one
    assert all(url.startswith(("file:", "data:")) for url in window.asked)
    assert window.errors == []


def test_the_search_button_opens_a_field_to_type_in(window, site):
    page = opened(window, site, "index.html")
    page.locator(".search-button__button:visible").first.click()
    page.keyboard.type("instalment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=instalment")


def test_steps_become_cards_on_a_phone_and_stay_a_table_for_those_who_listen(phone, site):
    page = opened(phone, site, "guide/3-risk.html")
    row = "document.querySelector('table.plan-steps tbody tr')"
    assert page.evaluate(f"getComputedStyle({row}).display") == "grid"
    assert page.get_by_role("table", name="Minute by minute").count() == 1
    rows = page.get_by_role("table", name="Minute by minute").get_by_role("row")
    assert rows.count() == page.locator("table.plan-steps tr").count()


def test_on_paper_there_is_nothing_to_click(window, site):
    page = opened(window, site, "guide/3-risk.html")
    page.emulate_media(media="print")
    for name in (
        ".bd-header",
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".prev-next-footer",
        ".headerlink",
    ):
        assert page.locator(f"{name}:visible").count() == 0, name


def test_on_paper_a_plan_that_was_chosen_stands_alone_on_a_white_ground(window, site):
    page = opened(window, site, "guide/4-principles.html")
    page.locator(".plan-alone a").click()
    page.emulate_media(media="print")
    assert page.locator(".session-plan").is_visible()
    assert (
        not page.get_by_role("heading", name="The idea").is_visible()
        and not page.locator("h1").is_visible()
    )
    assert page.locator(".plan-alone:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_on_paper_every_tab_and_every_closed_part_is_printed(window, book):
    built = book.page("a", FOLDED).build()
    assert built.code == 0, built.said
    page = opened(window, built, "a.html")
    assert not page.get_by_text("Behind the second tab").is_visible()
    page.emulate_media(media="print")
    for text in ("Behind the second tab", "Under the closed part"):
        assert page.get_by_text(text).is_visible(), text
        assert page.get_by_text(text).bounding_box()["height"] > 5, text
