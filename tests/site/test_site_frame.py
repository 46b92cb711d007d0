"""The frame of the pages, and what is done to a page before it is put into it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import shown_once
from book import Built

RAW, PACKED = 250_000, 90_000  # bytes of a page with all that it asks for
LOOKED_UP = {
    "guide/reference/tables.html"
}  # every column of every table: longer, packed no heavier
CELL = """<details class="admonition hide above-input">
<summary aria-label="Toggle hidden content"><p>Show the code</p></summary>
<div class="cell_input">room.show()</div>
</details>"""


def pages(site: Built) -> list[Path]:
    apart = {"_static", "_downloads", "wall"}
    return [
        path
        for path in sorted(site.html.rglob("*.html"))
        if not apart & set(path.relative_to(site.html).parts)
    ]


def asked_for(path: Path) -> set[Path]:
    """A page and the files that it loads; of the fonts both."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    named = [one["src"] for one in page.select("script[src], img[src]")]
    named += [one["href"] for one in page.select("link[rel=stylesheet], link[rel=icon]")]
    files = {(path.parent / name.partition("?")[0]).resolve() for name in named}
    style = next(file for file in files if file.suffix == ".css")
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', style.read_text(encoding="utf-8"))
    return {path, *files, *(style.parent / font for font in fonts)}


def test_no_page_is_heavy(site):
    heavy = {}
    for path in pages(site):
        name = path.relative_to(site.html).as_posix()
        if name == "search.html":
            continue
        loaded = [file.read_bytes() for file in asked_for(path)]
        raw, packed = sum(map(len, loaded)), sum(len(gzip.compress(file)) for file in loaded)
        if packed > PACKED or (raw > RAW and name not in LOOKED_UP):
            heavy[name] = raw, packed
    assert heavy == {}


def test_the_index_of_the_search_is_loaded_by_the_search_alone(site):
    asking = [
        path.relative_to(site.html).as_posix()
        for path in pages(site)
        if "searchindex.js" in path.read_text(encoding="utf-8")
    ]
    assert asking == ["search.html"]


def test_a_page_loads_one_style_sheet_and_says_once_how_wide_it_is(site):
    for path in pages(site):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert len(page.select("link[rel=stylesheet]")) == 1, path
        assert len(page.select("meta[name=viewport]")) == 1, path


def test_the_page_that_is_read_is_marked_in_the_contents(site):
    page = BeautifulSoup(site.page("exercises/3-risk-views"), "html.parser")
    (here,) = page.select(".tour-nav [aria-current=page]")
    assert here.get_text() == "Risk views"
    stops = [link.get_text() for link in page.select(".tour-nav a") if "Stop" in link.get_text()]
    assert stops[:3] == ["Stop 1 · Purpose", "Stop 2 · Value", "Stop 3 · Risk"]


def test_a_chapter_opens_with_its_question_and_leads_to_its_parts(site):
    page = BeautifulSoup(site.page("guide/3-risk"), "html.parser")
    assert page.h1.get_text().startswith("Stop 3 · Risk: What could go wrong, for whom?")
    doors = {link.get_text(): link["href"] for link in page.select(".doors-in a")}
    assert doors["The session plan"] == "#the-session-plan"
    assert doors["Exercise: Risk views"] == "../exercises/3-risk-views.html"
    assert doors["Example: Shade, four partners against heat"] == "examples/shade-risk.html"
    assert all(page.find(id=way[1:]) for way in doors.values() if way.startswith("#"))


def test_where_it_hurts_is_told_in_cards_on_a_phone_with_the_head_of_each_column(site):
    page = BeautifulSoup(site.page("guide/where-does-it-hurt"), "html.parser")
    row = page.select_one("table.page-cards tbody tr")
    assert [cell["data-label"] for cell in row.select("td")] == ["Stop", "Session plan", "Form"]
    assert row.th["role"] == "rowheader"


def test_the_boxes_of_a_choice_have_no_second_mark(site):
    page = BeautifulSoup(site.page("guide/3-risk"), "html.parser")
    boxes = [one for one in page.select("article li") if one.get_text(strip=True)[0] == "☐"]
    assert len(boxes) == 4 and all("boxes" in one.parent["class"] for one in boxes)
    style = (site.html / "_static/handbook.css").read_text(encoding="utf-8")
    assert re.search(r"ul\.boxes ?\{ ?list-style: none;", style)


def test_an_exercise_opens_with_its_question(site):
    page = BeautifulSoup(site.page("exercises/3-risk-views"), "html.parser")
    opening = page.h1.find_next_siblings(limit=2)
    assert opening[0].get_text() == "What could go wrong, and how does each of us see it?"
    assert opening[1].get_text() == "Show on the wall"


# ---------------------------------------------------------------- what a page shows once


def test_code_is_unfolded_and_one_switch_hides_all_of_it():
    body = shown_once.with_one_switch(f'<p class="notebook-line">x</p>{CELL}<p>y</p>{CELL}')
    page = BeautifulSoup(body, "html.parser")
    assert [one.get_text() for one in page.select("summary")] == ["Show the code"]
    assert len(page.select(".cell_input")) == 2 and not page.select("details .cell_input")


def test_what_is_folded_for_another_reason_stays_and_is_called_by_its_words():
    other = CELL.replace("above-input", "above-output")
    page = BeautifulSoup(shown_once.with_one_switch(other), "html.parser")
    assert page.details and not page.summary.has_attr("aria-label")


@pytest.mark.parametrize(
    "caption",
    [
        "<caption>Who <b>brings</b> &amp; gets</caption>",
        '<p class="result-caption">Who brings &amp; gets</p>',
        "<figcaption>Who brings &amp; gets.</figcaption>",
        '<p class="rubric plan-title">Who brings &amp; gets</p>',
    ],
)
def test_a_caption_that_repeats_its_heading_is_hidden_to_the_eye_alone(caption):
    heading = '<h2>Who brings &amp; gets<a class="headerlink" href="#a">#</a></h2>'
    body = shown_once.without_repeats(f"{heading}<p>As told.</p>{caption}")
    assert body.count("visually-hidden") == 1 and "brings" in body.split("visually-hidden")[1]
    other = shown_once.without_repeats(f"<h2>Who pays</h2>{caption}")
    assert other == f"<h2>Who pays</h2>{caption}"


def test_dates_stay_whole_in_text_and_are_let_be_in_drawings_code_and_attributes():
    whole = '<span class="whole">2027-03-01</span>'
    assert shown_once.with_whole_dates("<p>by 2027-03-01.</p>") == f"<p>by {whole}.</p>"
    for kept in (
        "<svg><text>2027-03-01</text></svg>",
        "<code>2027-03-01</code>",
        '<a href="x-2027-03-01.html" title="2027-03-01">y</a>',
        "<p>12027-03-01 and 2027-03-011</p>",
    ):
        assert shown_once.with_whole_dates(kept) == kept
