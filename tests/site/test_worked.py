"""Worked results and single cells on a page: from the example, at build time, or the build fails with a sentence."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from book import ROOT, Book, Built
from worked import NotThere, cell, frames, function

TABLE = pd.DataFrame(
    {
        "Risk": ["R1 Rain stays away", "R4 Trust", "R41 Heat"],
        "Of concern to": ["2 of 4", "3 of 4", "1 of 4"],
        "Most serious for": ["VEC", "SOM", "SOM"],
    }
)
STUB = '''
import pandas as pd
from partnering.results import Several, ResultTable

def table(partnership):
    """A result that needs no answers, so that these tests stand on their own."""
    cells = {"Risk": ["R1 Rain | sun", "R4 Trust"], "Of concern to": ["2 of 4", "3 of 4"]}
    return ResultTable("How it looks", pd.DataFrame(cells))

def several(partnership):
    other = ResultTable("Other", pd.DataFrame({"Who": ["VEC"], "Brings": ["names <b>"]}))
    return Several("Both", (table(partnership), other))

def fails(partnership):
    raise KeyError("no answers")
'''


def stub(book: Book) -> Book:
    (book.place / "exercises" / "partnering" / "stops" / "stub.py").write_text(
        STUB, encoding="utf-8"
    )
    return book


@pytest.fixture
def stubbed(book: Book) -> Book:
    return stub(book)


def test_a_cell_is_found_by_the_beginning_of_its_row_and_by_its_column():
    assert cell(TABLE, "R4", "Of concern to") == "3 of 4"
    assert cell({"one": TABLE.head(1), "two": TABLE.tail(2)}, "R41", "Most serious for") == "SOM"


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (
            "R9",
            "Of concern to",
            "no row that begins with “R9”; there are: R1 Rain stays away, R4 Trust, R41 Heat",
        ),
        ("R4", "Concern", "no column “Concern”; there are: Risk, Of concern to, Most serious for"),
        ("R", "Risk", "no row that begins with “R”"),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(row, column, sentence):
    with pytest.raises(NotThere, match=r".*") as told:
        cell(TABLE, row, column)
    assert str(told.value).startswith(sentence)


def test_two_rows_that_begin_alike_are_refused():
    with pytest.raises(NotThere, match="more than one row"):
        cell(pd.DataFrame({"a": ["R1 x", "R1 y"], "b": ["1", "2"]}), "R1", "b")


@pytest.mark.parametrize("name", ["risk", "risk.", "nowhere.table", "risk.no_such_table", ".", ""])
def test_a_function_that_does_not_exist_is_refused(name):
    with pytest.raises(NotThere, match="no function"):
        function(name)


def test_one_or_several_tables_are_walked_alike():
    assert [len(frame) for frame in frames(TABLE)] == [3]
    assert [len(frame) for frame in frames({"a": TABLE, "b": {"c": TABLE.head(1)}})] == [3, 1]


def test_a_page_shows_the_result_and_single_cells(stubbed: Book):
    built = stubbed.page(
        "a",
        "# A\n\n```{worked} stub.table\n```\n\n"
        "```{worked} stub.several\n:reader: facilitator\n```\n\n"
        "It worries {cell}`stub.table | R4 | Of concern to` of us, and "
        "{cell}`stub.several | VEC | Brings | shade`.\n",
    ).build()
    assert built.code == 0, built.said
    page = BeautifulSoup(built.page("a"), "html.parser")
    tables = page.select("table.dataframe.result")
    assert [table.caption.get_text() for table in tables] == [
        "How it looks",
        "How it looks",
        "Other",
    ]
    assert [told.get_text() for told in page.select(".worked-cell")] == ["3 of 4", "names <b>"]
    assert "Rain | sun" in tables[0].get_text()


WRONG = [
    (
        "```{worked} stub.nothing\n```",
        "there is no function “stub.nothing” among the stops of partnering",
    ),
    ("```{worked} stub.fails\n```", "KeyError: 'no answers'"),
    ("```{worked} stub.table\n:example: nowhere\n```", "there is no example “nowhere”; there are:"),
    ("Of {cell}`stub.table | R9 | Of concern to`.", "no row that begins with “R9”"),
    ("Of {cell}`stub.table | R4 | Concern`.", "no column “Concern”"),
    ("Of {cell}`stub.table`.", "write function | row | column"),
]


@pytest.fixture(scope="module")
def with_mistakes(small_book: Callable[[str], Book]) -> Built:
    """A book with a page for each mistake."""
    book = stub(small_book("mistakes"))
    for number, (text, _sentence) in enumerate(WRONG):
        book.page(f"wrong-{number}", f"# Wrong {number}\n\n{text}\n")
    return book.build()


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_does_not_exist_fails_the_build(with_mistakes: Built, number):
    assert with_mistakes.code != 0
    told = [line for line in with_mistakes.said.splitlines() if f"wrong-{number}.md" in line]
    assert WRONG[number][1] in "\n".join(told), with_mistakes.said


def test_a_changed_answer_changes_its_page_also_when_no_notebook_is_run_anew(stubbed: Book):
    conf, answers = (
        stubbed.place / "conf.py",
        stubbed.place / "exercises" / "examples" / "shade" / "purposes.csv",
    )
    conf.write_text(
        conf.read_text(encoding="utf-8").replace("/ _digest())", '/ "always")'), encoding="utf-8"
    )
    text = answers.read_text(encoding="utf-8")
    stubbed.page("a", "# A\n\n```{worked} purpose.side_by_side\n```\n").build()
    answers.write_text(text.replace("nobody over seventy", "nobody over sixty"), encoding="utf-8")
    assert "nobody over sixty" in stubbed.build(fresh=False).page("a")


def test_other_books_than_pages_get_the_words(stubbed: Book):
    stubbed.page("a", "# A\n\n```{worked} stub.table\n```\n")
    text = (stubbed.also("text") / "a.txt").read_text(encoding="utf-8")
    assert "How it looks" in text and "3 of 4" in text and "<table" not in text


def test_every_function_named_on_the_handbooks_pages_exists():
    for page in (ROOT / "guide").rglob("*.md"):
        for name in re.findall(
            r"\{worked\} ([\w.]+)|\{cell\}`([\w.]+)", page.read_text(encoding="utf-8")
        ):
            module, _, attribute = "".join(name).partition(".")
            assert callable(
                getattr(importlib.import_module(f"partnering.stops.{module}"), attribute)
            ), page
