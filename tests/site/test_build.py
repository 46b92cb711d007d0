"""The site: complete, self-contained, honest about failure, and never showing anybody's own data."""

from __future__ import annotations

import re
import shutil
import zlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from book import OWN_ANSWER, OWN_NAME, ROOT, Book, Built
from partnering.jupyter.clean_notebook import emptied

LOADED = {
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "link": "href",
}
OUTSIDE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)


@pytest.fixture(scope="session")
def pages(site: Built) -> dict[str, BeautifulSoup]:
    found = {
        path.relative_to(site.html).as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in site.html.rglob("*.html")
        if "_static" not in path.parts
    }
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
    asked = [
        f"{name}: {tag}"
        for name, page in pages.items()
        for tag in page.find_all(LOADED)
        if tag.has_attr(LOADED[tag.name])
        and OUTSIDE.match(tag[LOADED[tag.name]])
        and tag.get("rel") not in (["canonical"], ["license"])
    ]
    assert asked == []


def test_no_stylesheet_loads_anything_from_another_computer(site, pages):
    styles = {path.name: path.read_text(encoding="utf-8") for path in site.html.rglob("*.css")}
    styles |= {
        name: "\n".join(tag.get_text() for tag in page.find_all("style"))
        for name, page in pages.items()
    }
    for name, text in styles.items():
        assert not re.search(r"url\(\s*[\"']?\s*(?:https?:)?//", text), name
        assert not re.search(r"@import\s+[\"'](?:https?:)?//", text), name


def test_no_script_names_another_computer_to_fetch_from(site, pages):
    scripts = {path.name: path.read_text(encoding="utf-8") for path in site.html.rglob("*.js")}
    scripts |= {
        name: "\n".join(tag.get_text() for tag in page.find_all("script"))
        for name, page in pages.items()
    }
    for name, text in scripts.items():
        assert not re.search(r"(?:fetch|import|importScripts|open)\s*\(\s*[\"'`]https?://", text), (
            name
        )
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
    notebook = {
        "metadata": {"widgets": {"state": 1}, "kernelspec": {}},
        "cells": [
            {
                "cell_type": "code",
                "source": "1",
                "outputs": [1],
                "execution_count": 3,
                "metadata": {"execution": 1, "tags": []},
            },
            {"cell_type": "markdown", "source": "a", "attachments": {"a.png": {}}, "metadata": {}},
        ],
    }
    assert emptied(notebook) == {
        "metadata": {"kernelspec": {}},
        "cells": [
            {
                "cell_type": "code",
                "source": "1",
                "outputs": [],
                "execution_count": None,
                "metadata": {"tags": []},
            },
            {"cell_type": "markdown", "source": "a", "metadata": {}},
        ],
    }


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
    assert not [
        line
        for line in built.said.splitlines()
        if "3-whole" in line and not line.startswith("exercise ")
    ]


CHANGES = [  # files below exercises, what stands in them and what is put in its place
    (["examples/shade/purposes.csv"], "nobody over seventy dies", "nobody over sixty dies"),
    (["partnering/stops/purpose.py"], "Why each of us wants this", "Why each of us is here"),
    (
        [
            "partnering/schema/scales.py",
            "partnering/schema/lists/levels.csv",
            "examples/shade/risk_views.csv",
        ],
        "slows us",
        "delays us",
    ),
]


def test_whatever_a_table_is_made_of_is_on_the_page_after_it_has_changed_and_prose_runs_nothing(
    book: Book,
):
    results = ("purpose.side_by_side", "risk.risk_table")
    book.with_exercises().page(
        "value", "# Value\n\n" + "".join(f"```{{worked}} {name}\n```\n\n" for name in results)
    )
    book.notebook(
        "1-alignment",
        "from partnering import live, purpose, risk",
        "room = live.follow()",
        *(f"room.show({name})" for name in results),
    )
    built = book.build()
    assert built.code == 0, built.said
    for files, old, new in CHANGES:
        for path in (book.place / "exercises" / file for file in files):
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        built = book.build(fresh=False)
        assert built.code == 0, built.said
        assert all(
            new in built.page(name) and old not in built.page(name)
            for name in ("value", "exercises/1-alignment")
        ), new
    said = book.page("value", "# Value\n\nOther words.\n").build(fresh=False).said
    assert "exercise 1 of" not in said


def test_another_version_of_a_library_runs_the_exercises_again(book: Book):
    """What Python finds first counts: a folder such as pip leaves behind, with another version in it."""
    book.with_exercises().page("a", "# A\n").notebook("1-alignment", "print(1)").build()
    other = book.place / "exercises" / "pandas-99.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: pandas\nVersion: 99.0\n", encoding="utf-8"
    )
    assert "exercise 1 of 1: 1-alignment" in book.build(fresh=False).said


def test_two_cold_builds_give_the_same_pages(book: Book):
    """Pages that tell when they were made, and how long that took, apart."""
    for name in ("1-alignment.ipynb", "3-risk-views.ipynb"):
        shutil.copy(ROOT / "exercises" / name, book.place / "exercises")
    book.with_exercises().page("a", "# A\n\n```{worked} risk.risk_table\n```\n")
    pages = []
    for _ in range(2):
        shutil.rmtree(book.place / "_build", ignore_errors=True)
        html = book.build().html
        pages.append({path.relative_to(html): path.read_bytes() for path in html.rglob("*.html")})
    assert len(pages[0]) > 3
    assert pages[0] == pages[1]


def test_a_page_removed_from_the_sources_is_not_kept_by_the_next_handbook():
    """`nox -s handbook` empties the folder first; Sphinx alone would leave an old page lying there."""
    text = (Path(__file__).resolve().parents[2] / "noxfile.py").read_text(encoding="utf-8")
    assert re.search(r"shutil\.rmtree\(\s*out", text)
