"""The values of the look: strong enough to be read, and the only ones in use."""

from __future__ import annotations

import re

import pytest

import site_frame
from book import ROOT
from partnering.results import in_notebook, tokens

ON = {  # what stands on what, and how much of a contrast it has to be at least (WCAG 1.4.3, 1.4.11)
    ("ink", "paper"): 7,
    ("ink", "sheet"): 7,
    ("ink", "voice"): 7,
    ("ink", "written"): 7,
    ("muted", "paper"): 4.5,
    ("muted", "sheet"): 4.5,
    ("muted", "voice"): 4.5,
    ("muted", "written"): 4.5,
    ("path", "paper"): 4.5,
    ("path", "sheet"): 4.5,
    ("path", "card"): 4.5,
    ("path", "voice"): 4.5,
    ("path-deep", "paper"): 4.5,
    ("written-line", "paper"): 4.5,
    ("written-line", "sheet"): 4.5,
    ("written-line", "written"): 4.5,
    ("on-path", "path"): 4.5,
    ("on-path", "path-deep"): 4.5,
    ("edge", "paper"): 3,
    ("edge", "card"): 3,
    ("path", "ground"): 3,
}
PACKAGE = ROOT / "exercises" / "partnering"
SHEETS = {
    "site": ROOT / "_static" / "handbook.css",
    "results": PACKAGE / "results" / "results.css",
    "wall": PACKAGE / "results" / "wall.css",
    "report": PACKAGE / "documents" / "report.css",
}


def lightness(colour: str) -> float:
    """The relative luminance of a colour such as #0f655d (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((lightness(one), lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_whatever_stands_on_a_ground_can_be_read_on_it(mode):
    colours = tokens.values()[mode]
    weak = {
        f"{front} on {ground}": round(contrast(colours[front], colours[ground]), 2)
        for (front, ground), least in ON.items()
        if contrast(colours[front], colours[ground]) < least
    }
    assert weak == {}


def test_dark_has_every_colour_that_light_has():
    assert tokens.values()["light"].keys() == tokens.values()["dark"].keys()


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_has_no_colour_of_its_own(name):
    style = SHEETS[name].read_text(encoding="utf-8")
    style = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", style, flags=re.DOTALL)
    black_or_clear = {"#000", "#0000", "#0006"}  # the blank wall, shades, what lies behind the menu
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", style)) <= black_or_clear
    assert not re.findall(r"\brgba?\(", style)


@pytest.mark.parametrize(
    "style", [site_frame.style(ROOT), in_notebook()], ids=["on the site", "in a notebook"]
)
def test_every_value_that_is_used_is_given(style):
    given = set(re.findall(r"(--[\w-]+)\s*:", style)) | {"--jp-layout-color0", "--x", "--y"}
    assert set(re.findall(r"var\((--[\w-]+)", style)) <= given


def test_the_book_and_the_forms_read_the_same_file():
    """A colour that is written out again in the Typst sources would not follow."""
    for path in (PACKAGE / "paper" / "print" / "look.typ", ROOT / "_ext" / "printed" / "book.typ"):
        assert re.findall(r'rgb\("#', path.read_text(encoding="utf-8")) == [], path.name


def test_the_site_has_one_style_sheet_of_at_most_sixty_kilobytes():
    assert len(site_frame.style(ROOT).encode()) <= 60_000
