"""How long the book takes beside a peer: the same pages through Typst and through WeasyPrint, in one run.

Typst's seconds hold its whole step, from pages that have been read: Sphinx starts, the pages become one source, and the
tagged PDF/UA-1 is set, with contents, index and every form. WeasyPrint's seconds hold less: HTML that is ready, cut
down to the text of the pages, is set with a short style, without contents, forms or tags.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from bs4 import BeautifulSoup

import printed_pages
from book import Book
from measured import Line

PEER = "weasyprint"
NOT_SET = ".cell_input, .notebook-line, .plan-alone, .tag_hide-output .cell_output, .headerlink, nav, script, .toctree-wrapper"
STYLE = (
    "@page { size: A4; margin: 20mm; @bottom-center { content: counter(page) } } article { break-before: page } "
    "body { font: 10.5pt/1.4 serif } table { font: 9pt sans-serif; border-collapse: collapse } "
    "th, td { border-bottom: .4pt solid #999; padding: 3pt; vertical-align: top; text-align: start }"
)


def lines() -> list[Line]:
    """One ratio; nothing, and a sentence, where the peer is not installed."""
    if shutil.which(PEER) is None:
        print(f"The book beside a peer is not measured: there is no {PEER} on this computer.")
        return []
    with tempfile.TemporaryDirectory() as place:
        book = Book.whole(Path(place))
        built = book.build()
        assert built.code == 0, built.said
        page = book.place / "peer.html"
        page.write_text(_as_one_page(built.html), encoding="utf-8")
        start = perf_counter()
        code, said, pdf = book.printed()
        ours = perf_counter() - start
        assert code == 0, said
        start = perf_counter()
        subprocess.run(
            [PEER, "--quiet", str(page), str(page.with_suffix(".pdf"))],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        theirs = perf_counter() - start
        pages = (
            printed_pages.pages_of(pdf.read_bytes()),
            printed_pages.pages_of(page.with_suffix(".pdf").read_bytes()),
        )
    return [
        Line(
            f"the book with its forms through Typst ({pages[0]} pages), beside the text of its pages through {PEER} "
            f"({pages[1]})",
            ours / theirs,
        )
    ]


def _as_one_page(site: Path) -> str:
    """The text of every page of a site, one after another, without what the book leaves out."""
    articles = []
    for path in sorted(site.rglob("*.html")):
        article = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one(
            "article.bd-article"
        )
        if article is not None and path.name not in ("search.html", "genindex.html"):
            for away in article.select(NOT_SET):
                away.decompose()
            articles.append(str(article))
    head = f"<meta charset='utf-8'><title>Handbook</title><style>{STYLE}</style>"
    return f"<!doctype html><html lang='en'>{head}{''.join(articles)}</html>"
