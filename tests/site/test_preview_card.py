"""What a message shows of the site where somebody sends a link."""

from __future__ import annotations

from types import SimpleNamespace

from docutils import nodes

import preview_card

ADDRESS = "https://example.org/partnering/"


def site(address: str) -> SimpleNamespace:
    """What is asked of a build: its settings, and where a page lies."""
    config = SimpleNamespace(handbook_address=address, project="Partnering")
    builder = SimpleNamespace(format="html", get_target_uri=lambda page: f"{page}.html")
    return SimpleNamespace(config=config, builder=builder)


def page() -> nodes.document:
    """A page whose title has signs that mean something to a browser."""
    tree = nodes.document(None, None)
    tree += nodes.section("", nodes.title("", "Risk: “who” & <whom>?"))
    return tree


def test_a_page_names_its_picture_by_the_whole_address():
    context = {"metatags": "<meta name='before' />"}
    preview_card.describe(site(ADDRESS), "guide/3-risk", "", context, page())
    told = context["metatags"]
    assert told.startswith("<meta name='before' />")
    assert f'property="og:image" content="{ADDRESS}_static/preview.png"' in told
    assert f'property="og:url" content="{ADDRESS}guide/3-risk.html"' in told
    assert "Risk: “who” &amp; &lt;whom&gt;?" in told


def test_a_site_without_an_address_names_none():
    context: dict = {}
    preview_card.describe(site(""), "guide/3-risk", "", context, page())
    assert context == {}


def test_the_picture_has_the_size_that_is_named():
    picture = preview_card.card("Partnering", "Seven questions")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [1200, 630]
