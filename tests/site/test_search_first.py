"""What a search shows first, asked in a browser as a reader asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from book import ROOT, Built

pytestmark = pytest.mark.browser
FIRST = {
    "risk": "3-risk",
    "risks": "3-risk",
    "grant": "5-agreement",
    "value": "2-value",
    "purpose": "1-purpose",
    "principles": "4-principles",
    "agreement": "5-agreement",
    "conflict": "4-conflict-protocol",
    "relationship": "6-relationship",
    "coherence": "7-coherence",
    "where we stand": "8-where-we-stand",
    "money late": "3-risk",
    "Late money": "3-risk",
    "late payments": "3-risk",
    "they never told us": "6-relationship",
    "grant agreement": "5-agreement",
    "glossary": "glossary",
    "print": "print",
    "confidential": "facilitating/confidentiality",
    "interpreter": "facilitating/languages-and-reading",
}
PAGE = (ROOT / "guide" / "where-does-it-hurt.md").read_text(encoding="utf-8")
SENTENCES = dict(re.findall(r"^\* - “(.+)”\n  - \{doc\}`(.+)`$", PAGE, re.MULTILINE))


@pytest.fixture(scope="module")
def search(browser, site: Built) -> Iterator:
    """Asks the handbook's search, opened from the disk; gives the pages it finds, in their order."""
    context = browser.new_context(offline=True)
    page = context.new_page()

    def ask(question: str) -> list[str]:
        page.goto((site.html / "search.html").as_uri() + f"?q={quote(question)}")
        page.wait_for_selector("#search-results li a")
        found = page.locator("#search-results li a").evaluate_all("all => all.map(one => one.href)")
        return [address.rpartition("/html/")[2].partition("?")[0] for address in found]

    yield ask
    context.close()


@pytest.mark.parametrize(("question", "stop"), FIRST.items())
def test_a_word_of_the_field_finds_the_page_about_it_first(search, question, stop):
    assert search(question)[0].partition("#")[0] == f"guide/{stop}.html"


def test_each_sentence_of_need_finds_its_stop_first(search):
    assert len(SENTENCES) >= 8
    assert {said: search(said)[0].partition("#")[0] for said in SENTENCES} == {
        said: f"guide/{stop}.html" for said, stop in SENTENCES.items()
    }


def test_what_is_found_is_told_with_what_its_page_is_about(browser, site: Built):
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto((site.html / "search.html").as_uri() + "?q=grant")
        page.wait_for_selector("#search-results li p")
        about = page.locator("#search-results li").evaluate_all(
            "all => all.map(one => one.querySelector('p')?.textContent || '')"
        )
        assert about[0].startswith("Stop 5, Agreement")
        assert all(about)
        page.goto((site.html / "search.html").as_uri() + "?q=xyzzy")
        page.wait_for_function(
            "document.getElementById('search-results').innerText.includes('Nothing')"
        )
