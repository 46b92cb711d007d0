"""The page on how to get the handbook: what is there is linked, what is not is left out."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes

import get_handbook
from partnering.exchange import form_workbook

PAGE = "# Get it\n\n```{get-handbook}\n```\n\n```{get-buttons}\n```\n"


def page(book, **variables: str) -> BeautifulSoup:
    """The page on a small site."""
    (book.place / "guide").mkdir(exist_ok=True)
    book.page("guide/get-the-handbook", PAGE)
    book.page("index", "# A book\n\n```{toctree}\nguide/get-the-handbook\n```\n")
    built = book.build(**variables)
    assert built.code == 0, built.said
    text = (book.html / "guide" / "get-the-handbook.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser").select_one("article")


def test_blank_workbooks_of_every_stop_lie_beside_the_site(site):
    folder = site.html / get_handbook.WORKBOOKS
    names = {f"stop-{stop}.xlsx" for stop in form_workbook.STOPS} | {"all-stops.xlsx"}
    assert {file.name for file in folder.iterdir()} == names


def test_a_site_without_the_edition_for_browsers_does_not_offer_it(site):
    for name in ("index", "guide/get-the-handbook", "exercises/3-risk-views"):
        text = (site.html / f"{name}.html").read_text(encoding="utf-8")
        assert "nothing to install" not in text.lower()
        if name != "guide/get-the-handbook":
            assert "get-the-handbook.html" in text
    assert not (site.html / "robots.txt").exists()


def test_where_the_site_has_an_address_search_engines_and_lost_readers_are_helped(book):
    found = page(book, GITHUB_REPOSITORY="Some/where")
    releases = "https://github.com/Some/where/releases/latest"
    assert found.select_one(f'a[href="{releases}"]')
    robots = (book.html / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://some.github.io/where/sitemap.xml" in robots
    listed = (book.html / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://some.github.io/where/guide/get-the-handbook.html</loc>" in listed
    lost = BeautifulSoup((book.html / "404.html").read_text("utf-8"), "html.parser")
    ways = {link["href"] for link in lost.select(".bd-article li a")}
    assert "/where/guide/where-does-it-hurt.html" in ways
    index = BeautifulSoup((book.html / "index.html").read_text("utf-8"), "html.parser")
    canonical = index.select_one('link[rel="canonical"]')["href"]
    assert canonical == "https://some.github.io/where/index.html"


def test_without_an_address_no_link_needs_one(book):
    found = page(book)
    assert "python -m nox -s bundle" in found.get_text()
    assert not [link for link in found.select("a[href]") if "://" in link["href"]]
    assert not (book.html / "sitemap.xml").exists()


def test_whoever_took_the_line_is_told_how_it_opens_without_a_network():
    for address in ("", "https://some.github.io/where/"):
        told = get_handbook._line("partnering.whl", address, lambda label, _: [nodes.Text(label)])
        lines = [line.astext() for part in told for line in part.findall(nodes.literal)]
        first, later = (line for line in lines if "uvx" in line)
        assert later == first.replace("uvx ", "uvx --offline ")
        assert "With pipx the same line does so, for fourteen days." in "".join(
            each.astext() for each in told
        )


def test_sizes_are_measured_and_what_is_not_there_has_none(tmp_path):
    (tmp_path / "guide").mkdir()
    (tmp_path / "browser").mkdir()
    (tmp_path / "browser" / "size.txt").write_text("32\n", encoding="utf-8")
    (tmp_path / "book.pdf").write_bytes(b"x" * 2_340_000)
    spans = (
        f'<span class="measured" data-of="{of}"></span>;'
        for of in ("book.pdf", "browser/notebooks/index.html?path=0", "gone.zip")
    )
    made = tmp_path / f"{get_handbook.PAGE}.html"
    made.write_text("".join(spans), encoding="utf-8")
    assert get_handbook.measure(tmp_path) == 2
    assert made.read_text(encoding="utf-8") == " (2.3 MB); (32 MB);;"


def test_an_exercise_opens_in_the_browser_from_where_the_site_lies():
    assert get_handbook.in_browser("3-risk-views") == (
        "browser/notebooks/index.html?path=3-risk-views.ipynb"
    )
    assert Path(get_handbook.PAGE).name == "get-the-handbook"
