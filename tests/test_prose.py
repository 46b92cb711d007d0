"""What the pages of the guide promise: the words of the forms, and what no page may tell."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from partnering import words
from partnering.kinds import OUTSIDE

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "index.md", *(ROOT / "guide").rglob("*.md"), *(ROOT / "guide").rglob("*.yaml")])
FORMS = {
    "1-purpose": (words.STANCE.texts, words.OUR_PART.texts),
    "2-value": (words.HOW_SURE.texts, words.WORTH.texts),
    "3-risk": (words.HOW_LIKELY.texts, words.HOW_HARD.texts),
}


def ticks(page: str) -> list[list[str]]:
    """The words beside the boxes of each line of a form."""
    lines = (ROOT / "guide" / f"{page}.md").read_text(encoding="utf-8").splitlines()
    return [[word.strip(" |") for word in line.split("☐&nbsp;")[1:]] for line in lines if "☐&nbsp;" in line]


@pytest.mark.parametrize("page", FORMS)
def test_the_form_on_a_page_has_exactly_the_words_that_can_be_ticked(page):
    found = ticks(page)
    for scale in FORMS[page]:
        outside = [] if scale == words.HOW_SURE.texts else list(OUTSIDE)
        assert [*scale, *outside] in found


def test_no_page_tells_what_the_facilitator_alone_was_told():
    told = set()
    for path in (ROOT / "exercises" / "examples").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                hidden = row.get("share") in ("facilitator", "paper only")
                told |= {text for name, text in row.items() if text and len(text) > 20 and (
                    name in ("in_a_few_words", "we_would_leave_if", "note") or (hidden and name != "share"))}
    assert told
    for page in PAGES:
        text = " ".join(page.read_text(encoding="utf-8").split())
        assert not [secret for secret in told if secret in text], page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_quotation_marks_open_and_close(page):
    text = page.read_text(encoding="utf-8")
    assert text.count("“") == text.count("”")
