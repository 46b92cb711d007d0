"""The book on paper: it says what the site says but for a list, keeps inside its pages, and is not printed with a fault."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

import pdf_ua
import printed_pages
from book import OWN_ANSWER, OWN_NAME, ROOT, Book, Built
from forking import forked
from partnering.exchange import xlsform
from partnering.paper import form_data, forms, typst_pdf
from plan import GOOD
from printed import builder, left_out
from printed_pages import needs_poppler

# What the site says and the book need not: ways through the site, what stands behind a click on code, how to download;
# the address of an image; a caption that repeats the heading right above it, the question of a chapter again in its plan,
# and the name of an exercise's card.
NOT_PRINTED = (
    "nav, .notebook-line, .cell_input, .tag_hide-output .cell_output, details.hide > summary, .headerlink, "
    ".code-switch, .toctree-wrapper, .plan-alone, svg, script, style, .visually-hidden, .wall-door, .stone, "
    ".on-site, .asked-above"
)
MOST_PAGES = 150
FIGURE = '<figure class="result"><svg viewBox="0 0 9 9">{}</svg></figure>'


def fails(book: Book, text: str) -> str:
    """What is said where a page with this text is printed; it must not be."""
    code, said, pdf = book.page("a", text).printed()
    assert code != 0 and not pdf.exists()
    return said


@pytest.fixture(scope="module")
def whole(site: Built) -> Book:
    return Book(site.html.parents[1], run=forked)


@pytest.fixture(scope="module")
def pdf(whole: Book) -> bytes:
    code, said, path = whole.printed()
    assert code == 0, said
    return path.read_bytes()


@pytest.fixture(scope="module")
def source(whole: Book, pdf: bytes) -> str:
    """What the book is printed from."""
    return (whole.place / "_build/doctrees/typst/handbook.typ").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def with_code(whole: Book) -> bytes:
    code, said, path = whole.printed("code")
    assert code == 0, said
    return path.read_bytes()


# ---------------------------------------------------------------- the whole handbook


def _said(site: Built, pages: Iterable[str] = (), sections: dict[str, Iterable[str]] | None = None):
    """Every word of the site, without some pages and some sections of pages."""
    said = Counter()
    for path in site.html.rglob("*.html"):
        name = path.relative_to(site.html).with_suffix("").as_posix()
        if path.name in ("search.html", "genindex.html") or name in pages:
            continue
        whole = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        article = whole.select_one("article.bd-article")
        if article is not None:
            for section in (sections or {}).get(name, ()):
                article.find(id=section).decompose()
            said += printed_pages.words(_text(article))
    return said


def _missing(said: Counter, pdf: bytes) -> dict[str, int]:
    """The words that the pages do not have; a word may begin on one page and end on the next."""
    text = "\n".join(printed_pages.pages(pdf))
    there = printed_pages.words(text)
    missing, left = said - there, there - said
    for part in re.findall(r"([^\W\d_]+)\u00ad\s", text.casefold()):
        for word in [word for word in missing if word.startswith(part)]:
            if left[part] > 0 and left[word.removeprefix(part)] > 0:
                missing -= Counter([word])
                left -= Counter([part, word.removeprefix(part)])
    return dict(missing)


@needs_poppler
def test_no_word_of_the_site_is_missing_in_the_edition_with_code(site: Built, with_code: bytes):
    assert _missing(_said(site), with_code) == {}


@needs_poppler
def test_the_book_leaves_out_what_is_listed_and_not_a_word_more(site: Built, pdf: bytes):
    names = {path.relative_to(site.html).with_suffix("") for path in site.html.rglob("*.html")}
    away = [name.as_posix() for name in names if left_out.is_left_out(name.as_posix())]
    unused = [name for name in left_out.PAGES if not fnmatch.filter(away, name)]
    assert unused == []
    assert _missing(_said(site, away, left_out.SECTIONS), pdf) == {}


def test_what_protects_people_is_in_the_book(pdf: bytes):
    titles = [title for title, _depth, _page, _top in printed_pages.headings(pdf)]
    assert {"Confidentiality", "The undertaking", "When not to partner"} <= set(titles)
    assert "When answers are confidential: one partnership from stop 1 to 8" in titles
    assert {"Before you use it with people", "Files, workshop days and handing over"} <= set(titles)


@needs_poppler
def test_the_book_has_at_most_150_pages_and_no_page_is_nearly_empty(pdf: bytes):
    text = printed_pages.pages(pdf)
    print(f"The book has {len(text)} pages.")
    assert len(text) <= MOST_PAGES
    ends = {page - 1 for _title, depth, page, _top in printed_pages.headings(pdf) if depth == 1}
    # the last page of a chapter is as long as its text: the next chapter begins on a new one
    nearly_empty = {
        number: text[number - 1][:60]
        for number, page in enumerate(printed_pages.placed(pdf), start=1)
        if number not in ends and _filled(*page) < 1 / 3
    }
    assert nearly_empty == {}


def _filled(_width: float, height: float, words: list) -> float:
    """How far down the words of a page reach, without what stands at its head and its foot."""
    top, bottom = 60, height - 54
    return max((word.bottom - top for word in words if top < word.top < bottom), default=0) / (
        bottom - top
    )


@needs_poppler
def test_the_page_that_opens_a_chapter_holds_what_is_prepared_and_is_not_half_empty(pdf: bytes):
    placed, headings = printed_pages.placed(pdf), printed_pages.headings(pdf)
    opening = [page for title, _depth, page, _top in headings if title == "The idea"]
    assert len(opening) >= 9
    for number in opening:
        assert ("The session plan", number) in [(title, at) for title, _, at, _ in headings]
        _width, height, words = placed[number - 1]  # what it notes stands at its foot
        lines = sorted(word.top for word in words)
        assert max(below - above for above, below in pairwise(lines)) < height / 4, number


@needs_poppler
def test_under_every_heading_stand_two_lines(pdf: bytes):
    placed = printed_pages.placed(pdf)
    stranded = []
    headings = printed_pages.headings(pdf)
    for (title, _depth, number, top), (*_, next_page, next_top) in pairwise(headings):
        _width, height, words = placed[number - 1]
        begins = height - top
        if begins < height * 2 / 3:
            continue  # not at the foot of a page
        if next_page == number + 1 and height - next_top < 100:
            continue  # all that it has to say stands below it: the next page begins with another
        lines = {round(word.bottom / 4) for word in words if begins < word.top < height - 54}
        if len(lines) < 3:  # its own, and two
            stranded.append((number, title))
    assert stranded == []


@needs_poppler
def test_the_indexes_and_the_heads_of_chapters_name_the_right_pages(site: Built, pdf: bytes):
    text = [page.replace("\u2060", "") for page in printed_pages.pages(pdf)]
    headings = printed_pages.headings(pdf)
    plans = dict(re.findall(r"(\S[^.\n]+?)(?: \.){3,} +(\d+)$", text[-1], re.MULTILINE))
    assert len(plans) == len(list((site.html.parents[1] / "guide/plans").glob("*.yaml")))
    for line, number in plans.items():
        there = [title for title, _depth, page, _top in headings if page == int(number)]
        assert [title for title in there if line.endswith(title)], (line, number, there)
    for title, _depth, page, _top in headings:
        if title == "The idea":  # a chapter with a session plan
            (told,) = re.findall(r"The session plan (\d+)", text[page - 1])
            assert ("The session plan", int(told)) in [(name, at) for name, _, at, _ in headings]
    for word, others in re.findall(r"^(coherence|gate|grant agreement), ([\d, ]+)", text[-1], re.M):
        for number in re.findall(r"\d+", others):
            near = " ".join(text[int(number) - 1 : int(number) + 1]).casefold()
            assert word in near.replace("\n", " "), (word, number)


def test_no_table_is_printed_twice_and_each_says_what_it_shows(source: str):
    tables = re.split(r"#data-table\(", re.sub(r"/\*@.*?@\*/", "", source))
    rows = [re.search(r"rows: \(\n(.*?)\n\)", table, re.DOTALL)[1] for table in tables[1:]]
    assert [text for text, times in Counter(rows).items() if times > 1] == []
    untold = []
    for before, table in pairwise(tables):
        head = table.partition("rows: (")[0]
        # a heading or the picture that it belongs to says so already
        has_its_name = re.search(r"(#titled\([^\n]*|\]\[[^\n\]]+\]);\s*(#result\[\s*)?$", before)
        if "caption: [" not in head and not has_its_name:
            untold.append(before[-200:])
    assert untold == []


def test_no_word_no_date_and_no_code_of_a_table_is_broken(book: Book, pdf: bytes):
    row = "| Misunderstandings | unforgettable internationalisation | 2026-11-30 | VEC-3 |"
    code, said, path = book.page("a", f"# A\n\n{row}\n|{' --- |' * 4}\n{row}\n").printed()
    assert code == 0, said
    (page,) = [text for text in printed_pages.pages(path.read_bytes()) if "VEC-3" in text]
    assert "\u00ad" not in page and "internationalisation" in page
    assert re.findall(r"\d{4}-\n?\d\d-\n\d\d|\d{4}-\n", "\n".join(printed_pages.pages(pdf))) == []


def test_a_chapter_is_set_closer_or_wider_where_that_fills_its_last_page(
    whole: Book, source: str, monkeypatch
):
    file = whole.place / "_build/doctrees/typst/handbook.typ"
    laid_out = {}  # the ends of chapters by what was asked of the same pages

    def noted(file: Path, label: str, root: Path, inputs: dict[str, str]) -> list:
        asked = tuple(sorted((name, names) for name, names in inputs.items() if names))
        if asked not in laid_out:
            laid_out[asked] = _noted(file, label, root=root, inputs=inputs)
        return laid_out[asked]

    _noted = typst_pdf.noted
    monkeypatch.setattr(typst_pdf, "noted", noted)
    spacing = builder.spacing(file)
    chapters = noted(file, "chapter-end", file.parent, {})
    assert {"guide/1-purpose", "guide/facilitating/index"} <= {end["name"] for end in chapters}
    assert all(0 <= end["filled"] <= 1.05 for end in chapters)
    before = {end["name"] for end in chapters if end["filled"] < builder.SHORT}
    late = {end["name"] for end in chapters if end["late"]}
    after = noted(file, "chapter-end", file.parent, spacing)
    short = {end["name"] for end in after if end["filled"] < builder.SHORT}
    assert short - late < before or not before
    assert set(filter(None, ",".join(spacing.values()).split(","))) == before | late
    assert [end["name"] for end in after if end["late"]] == []


def test_the_imprint_has_the_version_and_the_day_of_the_citation(pdf: bytes):
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert told["version"] == package["version"]
    imprint = printed_pages.pages(pdf)[1]
    assert f"Version {told['version']}." in imprint and str(told["date-released"]) in imprint
    assert "How to cite" in imprint and told["title"] in " ".join(imprint.split())


def _text(article) -> str:
    """The text of a page without what is not printed and without captions that repeat their heading."""
    for away in article.select(NOT_PRINTED):
        away.decompose()
    heading = ""
    for part in article.select("h1, h2, h3, h4, h5, h6, caption, .result-caption"):
        if part.name.startswith("h"):
            heading = part.get_text(" ", strip=True)
        else:
            if part.get_text(" ", strip=True) == heading:
                part.decompose()
            heading = ""
    for cut in article.find_all(
        ["br", "p", "li", "td", "th", "caption", "dt", "dd", "figcaption", "div"]
    ):
        cut.insert_before("\n")
        cut.append("\n")
    return article.get_text()


@needs_poppler
def test_nothing_stands_outside_the_page_or_on_something_else(pdf: bytes):
    outside, on_another = [], []
    for number, (width, height, words) in enumerate(printed_pages.placed(pdf), start=1):
        outside += [
            (number, word.text)
            for word in words
            if not (
                word.left >= 15
                and word.right <= width - 15
                and word.top >= 10
                and word.bottom <= height - 10
            )
        ]
        on_another += [
            (number, one.text, other.text)
            for place, one in enumerate(words)
            for other in words[place + 1 : place + 40]
            if _overlap(one, other)
        ]
    assert outside == []
    assert on_another == []


def _overlap(one, other) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 2 and down > 0.6 * min(one.bottom - one.top, other.bottom - other.top)


def test_a_reader_who_does_not_see_it_can_read_the_book(pdf: bytes):
    assert pdf_ua.faults(pdf) == []


def test_every_line_of_a_table_in_which_something_stands_has_its_head(pdf: bytes):
    tables = pdf_ua.tables(pdf)
    assert len(tables) > 100
    for table in tables:
        for line in (part for part in table.all() if part.kind == "TR"):
            head = line.parts[0]
            assert head.kind == "TH" or not head.kids, [part.kind for part in line.parts]


def test_every_link_leads_somewhere(pdf: bytes):
    assert printed_pages.broken_links(pdf) == []


def test_the_contents_give_the_page_of_each_heading(pdf: bytes):
    text = [page.replace("\u2060", "") for page in printed_pages.pages(pdf)]
    headings = printed_pages.headings(pdf)
    begins = next(page for title, _depth, page, _top in headings if title.startswith("The tour"))
    lines = re.findall(r"([^.]+?)(?: \.)*\s+(\d+)$", "\n".join(text[2 : begins - 1]), re.MULTILINE)
    told = [("".join(title.split()), int(number)) for title, number in lines]
    there = {("".join(title.split()), page) for title, _depth, page, _top in headings}
    assert len(told) > 100
    strange = [line for line in told if line not in there]
    assert [(t, n) for t, n in strange if (t.removeprefix("Contents"), n) not in there] == []


def test_the_book_shows_the_examples_alone(pdf: bytes):
    text = "\n".join(printed_pages.pages(pdf))
    assert OWN_NAME not in text and OWN_ANSWER not in text


def test_the_same_sources_give_the_same_bytes(whole: Book, pdf: bytes):
    assert whole.printed()[2].read_bytes() == pdf


def test_the_pocket_edition_holds_plans_and_forms_and_the_edition_with_code_the_code(
    whole: Book, pdf: bytes, with_code: bytes
):
    code, said, pocket = whole.printed("pocket")
    assert code == 0, said
    text = "\n".join(printed_pages.pages(pocket.read_bytes()))
    said = " ".join(text.split())
    assert (
        "Choose how openly we handle answers." in said
        and "Nobody else has promised me anything." in said
    )
    assert re.search(r"power and money.{1,2}\(in the book\)", said)
    assert (
        "Minute by minute" in text and "This sheet is kept by" in text and "room.show" not in text
    )
    assert "Something is to be taken back" in text and re.search(
        r"to be taken back.{1,2}\(p.{1,2}\d+\)", " ".join(text.split())
    )
    assert "room.show" not in "\n".join(printed_pages.pages(pdf))
    assert "room.show" in "\n".join(printed_pages.pages(with_code))


# ---------------------------------------------------------------- forms that a page names

NAMED = "# A\n\nBring one {form}`risk form <3-risk>`, and {form}`8-looking-back`.\n\n```{printed} stop 3\n```\n"


def test_a_form_is_named_with_its_page_in_the_book_and_in_the_pocket_edition(book: Book):
    for edition in ("book", "pocket"):
        text = (
            NAMED
            if edition == "book"
            else NAMED.replace("```{printed} stop 3", "```{session-plan} plan.yaml")
        )
        (book.place / "plan.yaml").write_text(
            yaml.safe_dump(GOOD | {"bring": "One {form}`risk form <3-risk>`."})
        )
        code, said, path = book.page("a", text).printed(edition)
        assert code == 0, said
        text = [" ".join(page.split()) for page in printed_pages.pages(path.read_bytes())]
        (number,) = re.findall(r"risk form.? ?\(p.? ?(\d+)\)", " ".join(text))
        assert (
            "How each partner sees each risk" in text[int(number) - 1]
            and "How likely" in text[int(number) - 1]
        )


def test_a_form_leads_to_its_file_where_it_is_printed_with_the_site(book: Book):
    conf = book.place / "conf.py"
    conf.write_text(
        conf.read_text(encoding="utf-8") + "\nprinted_with_site = True\n", encoding="utf-8"
    )
    page = BeautifulSoup(book.page("a", NAMED).build().page("a"), "html.parser").select_one(
        "article"
    )
    linked = {
        link.get_text(): link["href"] for link in page.select("p > a[href*='_downloads/print']")
    }
    assert linked["risk form"] == "_downloads/print/3-risk.pdf" and "Looking back" in linked
    files = {link["href"] for link in page.select("a[href*='_downloads/print']")}
    assert {
        "_downloads/print/3-risk-care.pdf",
        "_downloads/print/3-risk-filled-in-example.pdf",
    } <= files
    assert files <= {f"_downloads/print/{name}.pdf" for name in made_by_forms()}


def test_each_form_has_a_row_with_its_blank_its_example_and_what_is_read_aloud(book: Book):
    conf = book.place / "conf.py"
    conf.write_text(
        conf.read_text(encoding="utf-8") + "\nprinted_with_site = True\n", encoding="utf-8"
    )
    built = book.page("a", "# A\n\n```{printed} forms\n```\n").build()
    table = BeautifulSoup(built.page("a"), "html.parser").select_one("article table")
    rows = [
        [link["href"].rpartition("/")[2] for link in row.select("a")]
        for row in table.select("tbody tr")
    ]
    assert [row[0].removesuffix(".pdf") for row in rows] == list(form_data.sheets())
    assert ["3-risk.pdf", "3-risk-filled-in-example.pdf", "3-risk-read-aloud.pdf"] in rows
    assert table.select_one("tbody th").get_text(strip=True).startswith("Stop 1: ")


def test_forms_for_form_tools_lead_to_files_that_are_written(book: Book, tmp_path):
    conf = book.place / "conf.py"
    conf.write_text(
        conf.read_text(encoding="utf-8") + "\nprinted_with_site = True\n", encoding="utf-8"
    )
    built = book.page("a", "# A\n\n```{printed} form-tools\n```\n").build()
    page = BeautifulSoup(built.page("a"), "html.parser").select_one("article")
    linked = {
        Path(link["href"]).name for link in page.select("a[href*='_downloads/print/form-tool']")
    }
    written = xlsform.make(tmp_path / "written")
    assert linked == {file.name for file in written}
    assert "Stop 3, Risk, the full form: XLSForm · questions to paste" in page.get_text()


def made_by_forms() -> set[str]:
    named = forms.names()
    return {
        *named,
        *(f"{name}-read-aloud" for name in named),
        *(f"{name}-filled-in-example" for name in named if forms.example(name)),
    }


def test_a_form_is_a_name_alone_where_nothing_is_printed(book: Book):
    page = BeautifulSoup(book.page("a", NAMED).build().page("a"), "html.parser").select_one(
        "article"
    )
    assert "Bring one risk form, and Looking back." in page.get_text()
    assert (
        "What we do about a risk: for the whole room" in page.get_text()
        and "filled in" not in page.get_text()
    )
    assert page.select("a[href*='_downloads']") == []


def test_a_form_that_does_not_exist_fails_the_build_with_the_names_of_those_that_do(book: Book):
    built = book.page("a", "# A\n\nA {form}`form <9-moon>`.\n\n```{printed} stop 9\n```\n").build()
    assert built.code != 0
    assert "there is no form called “9-moon”; there are: 1-purpose" in built.said
    assert "there is nothing printed called “stop 9”" in built.said


# ---------------------------------------------------------------- what stops the printing

FAULTS = [
    ("```{math}\na\n```", 3, "The book has no way to set the element “math_block”."),
    (
        "Some [words]{.strange} here.",
        3,
        "no way to set the class “strange” of the element “inline”.",
    ),
    ("Text.\n\n<marquee>Text</marquee>", 5, "no way to set the HTML element “marquee”."),
    ('<p class="odd">Text</p>', 3, "the class “odd” of the HTML element “p”."),
    ("![](picture.svg)", 3, "This figure has no text alternative."),
    (FIGURE.format(""), 3, "This figure has no text alternative."),
    ("First.\n\nThe sign 漢 here.", 5, "No font of the handbook has the letter “漢” (U+6F22"),
    ("| a | b |\n| --- | --- |\n| c | ก |", "", "No font of the handbook has the letter “ก”"),
    (
        FIGURE.format("<desc>A sign.</desc><text y='9'>字</text>"),
        3,
        "ERROR: No font of the handbook has the letter “字”",
    ),
]


@pytest.fixture(scope="module")
def with_faults(small_book: Callable[[str], Book]) -> str:
    """What is said where a book has a page for each fault; letters are looked at in one that can be set otherwise."""
    said = ""
    for name in ("letters", "others"):
        book = small_book(name)
        (book.place / "picture.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
        )
        for number, (text, _line, sentence) in enumerate(FAULTS):
            if ("has the letter" in sentence) == (name == "letters"):
                book.page(f"fault-{number}", f"# Fault {number}\n\n{text}\n")
        said += fails(book, "# A\n\nNothing is wrong here.\n")
    return said


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_each_fault_stops_the_printing_with_a_sentence_that_names_the_place(
    with_faults: str, number
):
    _text, line, sentence = FAULTS[number]
    place = f"fault-{number}.md:{line}"
    assert [told for told in with_faults.splitlines() if place in told and sentence in told], (
        with_faults
    )


def test_a_table_that_no_page_can_hold_is_refused(book: Book):
    row = "| " + " | ".join(["incomprehensibilities"] * 20) + " |"
    assert "whose longest words do not fit" in fails(
        book, f"# A\n\n{row}\n|{' --- |' * 20}\n{row}\n"
    )


def test_an_unknown_edition_is_named(book: Book):
    code, said, _pdf = book.page("a", "# A\n").printed("leather")
    assert code != 0
    assert "there is no edition “leather”; there are: book, code, pocket" in said


# ---------------------------------------------------------------- small things that a page may hold


def test_boxes_lists_notes_and_quotations_are_printed(book: Book):
    code, said, path = book.page(
        "a",
        "# A\n\n:::{warning}\nMind *this*.\n:::\n\n1. One\n2. Two\n\n> Said.\n\n"
        "A note[^n], `code_word`, and [a place](https://example.org/far/away).\n\n"
        "[^n]: The note itself.\n",
    ).printed()
    assert code == 0, said
    text = "\n".join(printed_pages.pages(path.read_bytes())).replace("\u200b", "")
    for part in (
        "Warning",
        "Mind this.",
        "Two",
        "Said.",
        "The note itself.",
        "code_word",
        "https://example.org/far/away",
    ):
        assert part in text, part


def test_a_wide_table_is_turned_rather_than_cut(book: Book):
    row = "| " + " | ".join(["unforgettable"] * 9) + " |"
    code, said, path = book.page("a", f"# A\n\n{row}\n|{' --- |' * 9}\n{row}\n").printed()
    assert code == 0, said
    if printed_pages.HAS_POPPLER:
        assert any(
            width > height for width, height, _words in printed_pages.placed(path.read_bytes())
        )


# ---------------------------------------------------------------- from right to left

ARABIC = {
    "partners": "partner,name,kind\nNUR,جمعية النور,NGO\nSOM,Sombra,NGO\n",
    "purposes": "partner,why_together\nNUR,نريد أن نصل معا إلى كل بيت\nSOM,To reach every house\n",
    "objectives": "objective,text\nO1,لا أحد وحده في الحر\n",
    "positions": "partner,objective,stance,our_part\nNUR,O1,strongly for it,essential part\n"
    "SOM,O1,support it,useful part\n",
    "contacts": "partner,unit,with_partner,we\nNUR,المالية,SOM,both\nSOM,Finance,NUR,both\n",
}


@pytest.fixture
def arabic(book: Book) -> Path:
    place = book.place / "exercises" / "examples" / "nur"
    place.mkdir()
    for name, text in ARABIC.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


@needs_poppler
def test_arabic_is_set_from_right_to_left_in_a_table_and_in_a_figure(book: Book, arabic: Path):
    made = [
        f"```{{worked}} {name}\n:example: nur\n```"
        for name in ("purpose.side_by_side", "coherence.contact_map")
    ]
    code, said, path = book.page("a", "# A\n\n" + "\n\n".join(made) + "\n").printed()
    assert code == 0, said
    words = [
        word for _width, _height, words in printed_pages.placed(path.read_bytes()) for word in words
    ]
    first, last = (_seen(words, text) for text in ("نريد", "بيت"))
    assert first.left > last.left and first.top == last.top
    assert first.right > next(word for word in words if "Why" in word.text).left
    assert _seen(words, "المالية")


def _seen(words: list, text: str):
    """A word as it stands on the page; poppler gives the letters of Arabic from left to right."""
    return next(word for word in words if word.text in (text, text[::-1]))
