"""Printed pages can be read without seeing them, and the checker that says so finds what is wrong."""

from __future__ import annotations

import pytest
import typst

import pdf_ua
from partnering.paper import forms

FIGURE = '#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"><path d=\\"M0 0h9v9z\\"/></svg>"), format: "svg"{})'
FAULTY = {
    "06-002": "words",  # nothing says PDF/UA
    "07-001": "words",
    "14-003": "= One\n=== Three",
    "13-004": FIGURE.format(""),
    "15 A table": "#table(columns: 2)[a][b][c][d]",
}


def plainly(source: str, **how) -> bytes:
    return typst.compile(source.encode(), format="pdf", **how)


@pytest.mark.parametrize("fault", FAULTY)
def test_the_checker_finds(fault):
    found = pdf_ua.faults(plainly(FAULTY[fault]))
    assert any(each.startswith(fault) for each in found), found


def test_the_checker_finds_that_there_is_no_structure():
    found = pdf_ua.faults(plainly("words", pdf_tags=False))
    assert any(each.startswith("01-006") for each in found)


def test_the_checker_finds_a_link_outside_the_structure():
    broken = plainly('#link("https://example.org")[there]').replace(b"/OBJR", b"/OBJX")
    assert any(each.startswith("28-011") for each in pdf_ua.faults(broken))


@pytest.mark.parametrize(
    "printed",
    [
        lambda: forms.pdf([forms.blank(name) for name in ("1-purpose", "5-topics", "8-decisions")]),
        lambda: forms.pdf([forms.example("6-relationship")], paper=forms.LETTER),
        lambda: forms.pdf([forms.blank("3-risk")], large=True),
        lambda: forms.aloud("3-risk"),
        lambda: forms.cards("practices"),
        forms.undertaking,
    ],
    ids=["blank", "filled in on Letter", "large", "read aloud", "cards", "the undertaking"],
)
def test_nothing_is_found_in(printed):
    assert pdf_ua.faults(printed()) == []
