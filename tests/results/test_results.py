"""Results show themselves: captioned, with headings, escaped, and the same in every form."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worked
from examples import example
from making import partnership
from partnering.results import Figure, ResultTable, Several
from partnering.results.drawing import Drawing, Sheet
from partnering.stops import purpose, start, value

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


def test_rows_are_turned_into_words_when_they_are_first_shown_and_once():
    turned = []

    def words(rows):
        turned.append(len(rows))
        return pd.DataFrame({"Risk": rows["risk"] + " a flood"})

    result = ResultTable("C", pd.DataFrame({"risk": ["R1"]}), words=words)
    assert (result.rows["risk"].tolist(), turned) == (["R1"], [])
    assert "R1 a flood" in result.html() + result.markdown() + result.plain()
    assert turned == [1]


def test_whether_there_is_anything_to_show_is_seen_without_a_word_rendered():
    def words(rows):
        raise AssertionError("rendered")

    nothing = ResultTable("C", pd.DataFrame({"risk": []}), words=words)
    something = ResultTable("C", pd.DataFrame({"risk": ["R1"]}), words=words)
    assert Figure("f", "C", tuple, nothing).rows.empty
    assert Several("S", (nothing, nothing)).rows.empty
    assert Several("S", ()).rows.empty
    assert Several("S", (nothing, something)).rows["risk"].tolist() == ["R1"]
    assert "Nothing here yet." in nothing.html() + nothing.markdown() + nothing.plain()


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
    figure = purpose.stance_strip(example("shade").for_reader("room"))
    html = figure.html()
    svg = re.search(r"<svg(.*?)>(.*?)</svg>", html, re.S)
    title, desc = re.search(r'aria-labelledby="(\S+) (\S+)"', svg[1]).groups()
    assert f'<title id="{title}">Positions side by side</title>' in svg[2]
    first = "O1 No older person in the five riverside districts is alone in a heat wave"
    assert f'<desc id="{desc}">{first}: VEC, SOM strongly for it; OSD, SEN support' in svg[2]
    assert "<table" in html
    assert 'role="img"' in svg[1]
    assert "O2" in figure.plain()


def ids(html):
    return re.findall(r'\bid="([^"]+)"', html)


def test_two_figures_on_a_page_share_no_id_and_bring_no_colour_of_their_own():
    figure = start.tour_map(example("shade"))
    again = figure.named("tour-map-2")
    found = ids(figure.html() + again.html())
    assert len(found) == 8  # a title and what it shows, for a wide page and for a narrow one
    assert len(found) == len(set(found))
    assert again.html() == figure.html().replace("drawing-tour-map", "drawing-tour-map-2")
    assert not re.search(r'(?:fill|stroke)="(?!none|currentColor)', figure.html())


def test_a_page_of_the_handbook_names_each_figure_anew_and_the_same_from_build_to_build():
    figure = start.tour_map(example("shade"))
    other = purpose.stance_strip(example("shade"))

    def names():
        page = Page()
        return [worked.once_a_page(page, made).name for made in (figure, other, figure, figure)]

    assert names() == names() == ["tour-map", "stance-strip", "tour-map-2", "tour-map-3"]
    assert worked.once_a_page(Page(), table()).caption == "A caption"


class Page:
    """Of a page that Sphinx reads, what numbers things on it."""

    def __init__(self):
        self.numbers = {}

    def new_serialno(self, category):
        self.numbers[category] = self.numbers.get(category, -1) + 1
        return self.numbers[category]


@pytest.mark.parametrize(
    "make",
    [start.tour_map, purpose.stance_strip, value.promise_calendar],
    ids=lambda make: make.__name__,
)
def test_a_figure_made_twice_is_the_same_to_the_byte(make):
    p = example("shade-under-way")
    first, second = (make(p.for_reader("room")) for _ in range(2))
    assert first.html() == second.html()
    assert first.name in ids(first.html())[0]


def test_a_drawing_is_made_when_it_is_first_shown_and_then_once():
    made = []

    def draw():
        made.append("drawn")
        return [Drawing(Sheet().svg(1), "In words.")]

    figure = Figure("a-name", "C", draw, table())
    assert (figure.caption, len(figure.rows), made) == ("C", 2, [])
    assert figure.html() == figure.html()
    assert figure.named("other").alternative == "In words."
    assert made == ["drawn"]


def test_the_text_in_a_drawing_is_text_and_escaped():
    p = partnership("ANA BEN", promises=[("P1", "ANA", "BEN", NASTY, "2026-05-01", "done on time")])
    html = value.promise_calendar(p).html()
    assert ">P1 " in html
    assert "<img" not in html


def test_several_give_each_table_by_its_caption():
    several = Several("All", (table(), table()), notes=("N",))
    assert list(several.data) == ["A caption"]
    assert several.html().count("<table") == 2


def test_every_result_offers_html_markdown_and_plain_text():
    bundle = table()._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/markdown", "text/plain"}
    assert isinstance(purpose.stance_strip(partnership("")), Figure)
