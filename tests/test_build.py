"""The site: complete, self-contained, honest about failure, and never showing anybody's own data."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from book import Book, Built
from conftest import OWN_ANSWER, OWN_NAME
from partnering.notebook_files import emptied

LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src",
          "embed": "src", "object": "data", "link": "href"}
OUTSIDE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)


@pytest.fixture(scope="session")
def pages(site: Built) -> dict[str, BeautifulSoup]:
    found = {path.relative_to(site.html).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
             for path in site.html.rglob("*.html") if "_static" not in path.parts}
    assert len(found) > 5
    return found


def test_every_page_has_a_title_and_a_description(pages):
    for name, page in pages.items():
        described = page.find("meta", attrs={"name": "description"})
        assert page.title and len(page.title.get_text(strip=True)) > 5, name
        assert described and len(described["content"]) > 15, name


def test_every_page_says_its_language_and_has_one_main_heading(pages):
    for name, page in pages.items():
        assert page.html.get("lang"), name
        assert len(page.select("article h1, #main-content h1")) == 1, name


def test_no_page_loads_anything_from_another_computer(pages):
    asked = [f"{name}: {tag}" for name, page in pages.items() for tag in page.find_all(LOADED)
             if tag.has_attr(LOADED[tag.name]) and OUTSIDE.match(tag[LOADED[tag.name]])
             and tag.get("rel") not in (["canonical"], ["license"])]
    assert asked == []


def test_no_stylesheet_loads_anything_from_another_computer(site, pages):
    styles = {path.name: path.read_text(encoding="utf-8") for path in site.html.rglob("*.css")}
    styles |= {name: "\n".join(tag.get_text() for tag in page.find_all("style")) for name, page in pages.items()}
    for name, text in styles.items():
        assert not re.search(r"url\(\s*[\"']?\s*(?:https?:)?//", text), name
        assert not re.search(r"@import\s+[\"'](?:https?:)?//", text), name


def test_no_script_names_another_computer_to_fetch_from(site, pages):
    scripts = {path.name: path.read_text(encoding="utf-8") for path in site.html.rglob("*.js")}
    scripts |= {name: "\n".join(tag.get_text() for tag in page.find_all("script")) for name, page in pages.items()}
    for name, text in scripts.items():
        assert not re.search(r"(?:fetch|import|importScripts|open)\s*\(\s*[\"'`]https?://", text), name
        assert not re.search(r"(?:\.src|from)\s*=?\s*[\"'`]https?://", text), name


def test_every_link_inside_the_site_leads_somewhere(site, pages):
    for name, page in pages.items():
        for link in page.select("a[href]"):
            parts = urlsplit(link["href"])
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = (site.html / name).parent / unquote(parts.path)
            assert target.exists(), f"{name} -> {link['href']}"
            if parts.fragment and target.suffix == ".html":
                there = pages[target.resolve().relative_to(site.html.resolve()).as_posix()]
                assert there.find(id=unquote(parts.fragment)), f"{name} -> {link['href']}"


def test_nothing_of_a_partnership_of_ones_own_is_published(site):
    for path in site.html.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if path.name == "objects.inv":
                content = zlib.decompress(content.split(b"\n", 4)[4])
            for secret in (OWN_NAME, OWN_ANSWER):
                assert secret.encode() not in content, path
                assert secret.lower().encode() not in content.lower(), path
                assert secret not in str(path)
    assert not (site.html / "exercises" / "my-partnerships").exists()


def test_every_notebook_page_shows_tables_of_the_example_and_offers_the_clean_notebook(site):
    downloads = {path.name: path for path in (site.html / "_downloads").glob("*.ipynb")}
    exercises = sorted((site.html / "exercises").glob("*.html"))
    assert exercises
    for path in exercises:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert page.select("div.cell_output table.result"), path.name
        assert page.select_one("a.notebook-download")["href"].endswith(f"{path.stem}.ipynb")
        assert f"{path.stem}.ipynb" in downloads


def test_emptying_a_notebook_leaves_the_exercise_and_no_answer():
    notebook = {"metadata": {"widgets": {"state": 1}, "kernelspec": {}}, "cells": [
        {"cell_type": "code", "source": "1", "outputs": [1], "execution_count": 3,
         "metadata": {"execution": 1, "tags": []}},
        {"cell_type": "markdown", "source": "a", "attachments": {"a.png": {}}, "metadata": {}}]}
    assert emptied(notebook) == {"metadata": {"kernelspec": {}}, "cells": [
        {"cell_type": "code", "source": "1", "outputs": [], "execution_count": None, "metadata": {"tags": []}},
        {"cell_type": "markdown", "source": "a", "metadata": {}}]}


def test_a_broken_reference_fails_the_build_and_names_the_page(book: Book):
    built = book.page("risk", "# Risk\n\nSee {doc}`nowhere` and [that](#not-there).\n").build()
    assert built.code != 0
    assert "risk.md" in built.said and "nowhere" in built.said and "not-there" in built.said


def test_a_failing_build_does_not_turn_green_the_second_time(book: Book):
    book.page("risk", "# Risk\n\nSee {doc}`nowhere`.\n")
    assert [book.build().code != 0 for _ in range(2)] == [True, True]


def test_a_failing_notebook_fails_the_build_with_its_name_and_its_error(book: Book):
    book.with_exercises().page("a", "# A\n").notebook("3-whole", "1 + 1")
    built = book.notebook("3-broken", "raise ValueError('the risks have gone missing')").build()
    assert built.code != 0
    assert "3-broken" in built.said and "ValueError: the risks have gone missing" in built.said
    assert "3-whole" not in built.said


def test_a_number_changed_in_an_example_changes_every_page_that_shows_it(book: Book):
    answers = book.place / "exercises" / "examples" / "shade" / "purposes.csv"
    text = answers.read_text(encoding="utf-8")
    old, new = "nobody over seventy dies of heat", "nobody over sixty dies of heat"
    assert old in text
    book.with_exercises().page("value", "# Value\n\n```{worked} purpose.side_by_side\n```\n").notebook(
        "1-alignment", "from partnering import live, purpose", "live.follow().show(purpose.side_by_side)")
    first = book.build()
    assert first.code == 0, first.said
    shown = {name: first.page(name) for name in ("value", "exercises/1-alignment")}
    answers.write_text(text.replace(old, new), encoding="utf-8")
    second = book.build(fresh=False)
    assert second.code == 0, second.said
    for name, before in shown.items():
        assert old in before and new not in before
        assert new in second.page(name) and old not in second.page(name)


def test_a_page_removed_from_the_sources_is_not_kept_by_the_next_handbook():
    """`nox -s handbook` empties the folder first; Sphinx alone would leave an old page lying there."""
    text = (Path(__file__).resolve().parents[1] / "noxfile.py").read_text(encoding="utf-8")
    assert "shutil.rmtree(out" in text
