"""Results show themselves: captioned, with headings that say what they head, escaped, and the same in every form."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import partnership
from partnering.results import Figure, ResultTable, Several
from partnering.stops import purpose, start, value
from partnering.storage import folder, paths

NASTY = '<img src=x onerror="alert(1)"> & |`*_[x](y) $a$ "quoted"'


class Seen(HTMLParser):
    """The elements of a page with their attributes, and what stands in each heading cell."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.heads, self.open_head = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "th":
            self.heads.append("")
            self.open_head = True

    def handle_data(self, data):
        if self.open_head:
            self.heads[-1] += data

    def handle_endtag(self, tag):
        if tag == "th":
            self.open_head = None


def table(cell="word"):
    return ResultTable(
        "A caption",
        pd.DataFrame({"Head": ["first", "second"], "Told": [cell, ("one", "two")]}),
        missing="1 of 2",
        notes=("A note.",),
        start=(1,),
    )


def test_a_table_has_a_caption_scoped_headings_and_no_empty_heading():
    seen = Seen(table().html())
    assert "<caption>A caption</caption>" in table().html()
    assert [attrs["scope"] for tag, attrs in seen.elements if tag == "th"] == [
        "col",
        "col",
        "row",
        "row",
    ]
    assert all(head.strip() for head in seen.heads)


def test_what_is_missing_is_read_before_the_table_and_notes_after():
    for shown in (table().html(), table().markdown(), table().plain()):
        assert shown.index("1 of 2") < shown.index("second") < shown.index("A note")


def test_the_rows_to_start_with_are_marked_in_words_three_at_most():
    assert "start here" in table().html()
    assert (
        ResultTable("C", pd.DataFrame({"H": list("abcde")}), start=range(5))
        .plain()
        .count("start here")
        == 3
    )


def test_a_list_in_a_cell_is_a_list_and_reads_as_a_line_in_the_plain_frame():
    assert "<ul><li>one</li><li>two</li></ul>" in table().html()
    assert table().data["Told"].tolist() == ["word", "one; two"]


@pytest.mark.parametrize("where", ["caption", "head", "cell", "note"])
def test_what_people_typed_is_never_taken_for_code(where):
    texts = dict.fromkeys(("caption", "head", "cell", "note"), "x") | {where: NASTY}
    result = ResultTable(
        texts["caption"],
        pd.DataFrame({"Head": ["a"], texts["head"]: [texts["cell"]]}),
        notes=(texts["note"],),
    )
    seen = Seen(result.html())
    assert "img" not in [tag for tag, _ in seen.elements]
    assert all(
        set(attrs) <= {"class", "scope", "dir", "tabindex", "role", "aria-label"}
        for _, attrs in seen.elements
    )
    for line in result.markdown().splitlines():
        assert len(re.findall(r"(?<!\\)\|", line)) in (0, 3)
        assert "<img" not in line


@given(st.text(max_size=30))
def test_any_text_keeps_its_cell(text):
    row = (
        ResultTable("C", pd.DataFrame({"Head": ["a"], "Told": [text], "Last": ["z"]}))
        .markdown()
        .splitlines()
    )
    assert len(re.findall(r"(?<!\\)\|", row[4])) == 4


def test_a_table_without_rows_says_what_that_means():
    empty = ResultTable("A caption", pd.DataFrame({"Head": []}), nothing="Nobody has written yet.")
    assert "Nobody has written yet." in empty.html()
    assert "<table" not in empty.html()
    assert "A caption" in empty.html()


def test_a_figure_has_a_name_a_told_alternative_and_its_table():
    figure = purpose.stance_strip(folder.read(paths.EXAMPLES / "shade").for_reader("room"))
    html = figure.html()
    svg = re.search(r"<svg(.*?)>(.*?)</svg>", html, re.S)
    title, desc = re.search(r'aria-labelledby="(\S+) (\S+)"', svg[1]).groups()
    assert f'<title id="{title}">Stances side by side</title>' in svg[2]
    assert f'<desc id="{desc}">O1: VEC, SOM push for it' in svg[2]
    assert "<table" in html
    assert 'role="img"' in svg[1]
    assert "O2" in figure.plain()


def test_two_figures_on_a_page_share_no_id_and_bring_no_colour_of_their_own():
    figure = start.tour_map(folder.read(paths.EXAMPLES / "shade"))
    ids = re.findall(r'id="([^"]+)"', figure.html() + figure.html())
    assert len(ids) == len(set(ids))
    assert not re.search(r'(?:fill|stroke)="(?!none|currentColor)', figure.html())


def test_the_text_in_a_drawing_is_text_and_escaped():
    p = partnership("ANA BEN", promises=[("P1", "ANA", "BEN", NASTY, "2026-05-01", "kept on time")])
    html = value.promise_calendar(p).html()
    assert ">P1</text>" in html
    assert "<img" not in html


def test_several_give_each_table_by_its_caption():
    several = Several("All", (table(), table()), notes=("N",))
    assert list(several.data) == ["A caption"]
    assert several.html().count("<table") == 2


def test_every_result_offers_html_markdown_and_plain_text():
    bundle = table()._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/markdown", "text/plain"}
    assert isinstance(purpose.stance_strip(partnership("")), Figure)
