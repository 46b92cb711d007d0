"""How long the stops are: a page with its plan can be read the evening before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "guide"
CHAPTERS = sorted(GUIDE.glob("[1-8]-*.md"))
MOST, MOST_OF_THE_IDEA, MOST_OF_THE_TOUR = 2500, 150, 1200
NOT_PROSE = re.compile(
    r"""
    \A---.*?^---$                                     # what stands before the page
    | ^```\{(?!note|tip|warning|admonition)[\w-]+\}.*?^```$  # what directives put there
    | ^(?:`{3,}|:{3,}).*$                             # where an admonition begins and ends
    | ^\([\w-]+\)=$                                   # names of places
    | <[^<>\s]+>(?=`)                                 # where a role leads
    | \{[\w:.-]+\}                                    # what kind of role it is
    | (?<=\])\([^()]*\)                               # where a link leads
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


def words(text: str) -> int:
    """How many words of a text people read; addresses and directives are none."""
    return sum(any(map(str.isalnum, word)) for word in NOT_PROSE.sub(" ", text).split())


def sentences(part: Any) -> Iterator[str]:
    """Everything in a plan that is shown as text. What its steps count is not shown."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from sentences(item)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name != "counts":
                yield from sentences(value)


def words_of(page: Path) -> int:
    """The words of a page and of every plan that it shows."""
    text = page.read_text(encoding="utf-8")
    plans = re.findall(r"^```\{session-plan\} (\S+)$", text, re.MULTILINE)
    return words(text) + sum(
        words(sentence)
        for plan in plans
        for sentence in sentences(yaml.safe_load((page.parent / plan).read_text(encoding="utf-8")))
    )


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_a_stop_with_its_plan_is_read_in_an_evening(page: Path):
    assert words_of(page) <= MOST


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_the_idea_is_told_in_few_words_with_its_sources(page: Path):
    text = page.read_text(encoding="utf-8")
    idea = text.split("\n## The idea\n")[1].split("\n## ")[0]
    assert 40 < words(idea) <= MOST_OF_THE_IDEA, words(idea)


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_the_worked_example_has_a_page_of_its_own(page: Path):
    text = page.read_text(encoding="utf-8")
    assert "{worked}" not in text and "{cell}" not in text
    (example,) = re.findall(r"^(examples/[\w-]+)$", text, re.MULTILINE)
    worked = (GUIDE / f"{example}.md").read_text(encoding="utf-8")
    assert "{worked}" in worked and f"<../{page.stem}>" in worked


def test_the_tour_is_read_in_a_few_minutes():
    """Its table of the clauses counts as well, so the directive's own words are read here."""
    text = (GUIDE / "tour.md").read_text(encoding="utf-8")
    table = re.search(r"^```\{list-table\}(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert words(text) + words(table[1]) <= MOST_OF_THE_TOUR


def test_what_nobody_reads_is_not_counted():
    page = "---\na: b\n---\n# One two\n\nSee {doc}`the risk page <3-risk>` [here](http://x.y).\n"
    assert words(page + "\n```{worked} a.b\n:example: shade\n```\n\n- ☐ we go on\n") == 10
