"""The page of the undertaking: the same text as the sheet that is signed."""

from bs4 import BeautifulSoup

from book import Book
from partnering.paper import undertaking

PAGE = (
    "# A page\n\nA first paragraph that is long enough to describe it.\n\n```{undertaking}\n```\n"
)


def test_the_page_shows_the_text_of_the_sheet_point_by_point(book: Book):
    built = book.page("a", PAGE).build()
    assert built.code == 0, built.said
    quoted = BeautifulSoup(built.page("a"), "html.parser").select_one("article blockquote")
    points = [" ".join(point.get_text().split()) for point in quoted.select("li")]
    told = [f"{undertaking.head(point)} {point.text}".strip() for point in undertaking.POINTS]
    assert points == told
    assert undertaking.TITLE in quoted.get_text()
