"""What a search shows first: the page whose keywords hold every word of the question.

The keywords stand at the head of a page, where search engines read them as well. Sphinx counts them
as any other word of the page, so that a page of reference that has the word in a heading would come
before the chapter about it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

SCORER = Path(__file__).parent / "templates" / "search-first.js"
PLACE = "/*KEYWORDS*/"
KEYWORDS = re.compile(r"\A---\n(?:.*\n)*?    keywords: (.+)\n(?:.*\n)*?---$", re.MULTILINE)


def keywords(srcdir: Path) -> dict[str, list[str]]:
    """The keywords of the guide's pages.

    Args:
        srcdir: The handbook's folder.

    Returns:
        Phrases by the name of the page; a page without keywords is left out.
    """
    found = {}
    for path in sorted((srcdir / "guide").rglob("*.md")):
        told = KEYWORDS.match(path.read_text(encoding="utf-8"))
        if told:
            name = path.relative_to(srcdir).with_suffix("").as_posix()
            found[name] = [phrase.strip() for phrase in told[1].split(",")]
    return found


def split_phrases(app: Sphinx, doctree: nodes.document) -> None:
    """Add the single words of a page's phrases: Sphinx keeps a phrase as if it were one word."""
    for told in doctree.findall(nodes.meta):
        if told.get("name") == "keywords":
            phrases = [phrase.strip() for phrase in told["content"].split(",")]
            words = re.findall(r"\w+", told["content"])
            told["content"] = ", ".join(dict.fromkeys([*phrases, *words]))


def write_scorer(app: Sphinx, config: Config) -> None:
    """Write the script that Sphinx puts into the search, with the keywords of now."""
    table = json.dumps(keywords(Path(app.srcdir)), ensure_ascii=True, sort_keys=True)
    text = SCORER.read_text(encoding="utf-8").replace(PLACE, table.replace("</", "<\\/"))
    folder = Path(app.doctreedir)
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / SCORER.name
    made.write_text(text, encoding="utf-8", newline="\n")
    config.html_search_scorer = str(made)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the steps of a build."""
    app.connect("config-inited", write_scorer)
    app.connect("doctree-read", split_phrases)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
