"""The built site in a real browser, opened from the disk as from a memory stick."""

from __future__ import annotations

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


@pytest.fixture(params=["light", "dark"])
def theme(request) -> str:
    return request.param


def opened(browser, site: Built, name: str, theme: str = "light", width: int = 1280):
    """A page of the site in a fresh window, with every request it made in `page.asked`."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(
        f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
    )
    page = context.new_page()
    page.asked, page.errors = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto((site.html / name).as_uri())
    page.wait_for_load_state("networkidle")
    return page


def everything(site: Built) -> list[str]:
    return [
        path.relative_to(site.html).as_posix()
        for path in sorted(site.html.rglob("*.html"))
        if "_static" not in path.parts
    ]


def test_every_page_opens_from_the_disk_asks_nobody_else_and_fits_a_phone(browser, site):
    for name in everything(site):
        page = opened(browser, site, name, width=390)
        assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == [], name
        assert page.errors == [], name
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{name} is {wide} pixels wider than a phone"
        page.context.close()


def test_no_page_loads_a_font_of_signs(browser, site):
    page = opened(browser, site, "guide/3-risk.html")
    assert [url for url in page.asked if "fontawesome" in url.lower()] == []
    page.context.close()


def test_every_sign_on_the_pages_is_drawn(browser, site):
    for name in SHOWN:
        page = opened(browser, site, name)
        blank = page.evaluate("""[...document.querySelectorAll('.fa-solid, .fa-brands, .fa-regular')].filter(sign =>
            getComputedStyle(sign).display !== 'none' && !getComputedStyle(sign, '::before').maskImage.startsWith('url')
            ).map(sign => sign.className)""")
        assert blank == [], name
        page.context.close()


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_to_complain_about(browser, site, name, theme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, site, name, theme, width)
    page.wait_for_timeout(
        400
    )  # the theme makes wide areas reachable by keyboard a moment after loading
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    )
    told = [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
    page.context.close()
    assert told == []


def test_search_finds_a_word_without_a_network(browser, site):
    page = opened(browser, site, "index.html")
    page.context.set_offline(True)
    page.goto((site.html / "search.html").as_uri() + "?q=instalment")
    page.wait_for_selector("#search-results li a", timeout=10_000)
    assert "risk" in page.inner_text("#search-results").lower()
    assert all(url.startswith(("file:", "data:")) for url in page.asked)
    assert page.errors == []
    page.context.close()


def test_the_search_button_opens_a_field_to_type_in(browser, site):
    page = opened(browser, site, "index.html")
    page.locator(".search-button__button:visible").first.click()
    page.keyboard.type("instalment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=instalment")
    page.context.close()


def test_steps_become_cards_on_a_phone_and_stay_a_table_for_those_who_listen(browser, site):
    page = opened(browser, site, "guide/3-risk.html", width=390)
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('table.plan-steps tbody tr')).display"
        )
        == "grid"
    )
    assert page.get_by_role("table", name="Minute by minute").count() == 1
    rows = page.get_by_role("table", name="Minute by minute").get_by_role("row")
    assert rows.count() == page.locator("table.plan-steps tr").count()
    page.context.close()


def test_on_paper_there_is_nothing_to_click(browser, site):
    page = opened(browser, site, "guide/3-risk.html")
    page.emulate_media(media="print")
    for name in (
        ".bd-header",
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".prev-next-footer",
        ".headerlink",
    ):
        assert page.locator(f"{name}:visible").count() == 0, name
    page.context.close()


def test_on_paper_a_plan_that_was_chosen_stands_alone_on_a_white_ground(browser, site):
    page = opened(browser, site, "guide/4-principles.html")
    page.locator(".plan-alone a").nth(1).click()
    page.emulate_media(media="print")
    shown = [plan.is_visible() for plan in page.locator(".session-plan").all()]
    assert shown == [False, True]
    assert (
        not page.get_by_role("heading", name="Why it matters").is_visible()
        and not page.locator("h1").is_visible()
    )
    assert page.locator(".plan-alone:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


def test_on_paper_every_tab_and_every_closed_part_is_printed(browser, book):
    built = book.page("a", FOLDED).build()
    assert built.code == 0, built.said
    page = opened(browser, built, "a.html")
    assert not page.get_by_text("Behind the second tab").is_visible()
    page.emulate_media(media="print")
    for text in ("Behind the second tab", "Under the closed part"):
        assert page.get_by_text(text).is_visible(), text
        assert page.get_by_text(text).bounding_box()["height"] > 5, text
    page.context.close()
