"""The signs of the rules on a page: each is a link to itself, in the book it stands as a word."""

from bs4 import BeautifulSoup

import printed_pages
from book import Book
from partnering.partnership import privacy

PAGE = "# A\n\n{rule}`P1` Stated comes first.\n\n{rule}`3.10` Hopes.\n\n```{told}\n```\n"


def test_a_sign_is_a_link_to_itself_and_what_is_told_stands_in_a_table(book: Book):
    built = book.page("a", PAGE).build()
    assert built.code == 0, built.said
    page = BeautifulSoup(built.page("a"), "html.parser")
    signs = page.select("a.rule")
    assert [(sign.text, sign["id"], sign["href"]) for sign in signs] == [
        ("P1", "rule-p1", "#rule-p1"),
        ("3.10", "rule-3-10", "#rule-3-10"),
    ]
    told = [row.td.get_text(strip=True) for row in page.select("table.told-on-purpose tbody tr")]
    assert told == [each.what for each in privacy.TOLD]


def test_the_signs_stand_in_the_book_too(book: Book):
    code, said, pdf = book.page("a", PAGE).printed()
    assert code == 0, said
    text = " ".join(printed_pages.pages(pdf.read_bytes()))
    assert "P1" in text and "3.10" in text and privacy.TOLD[0].what[:20] in text
