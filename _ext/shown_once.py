"""What a page shows once and whole: one switch for code, no caption that its heading has said.

A caption that repeats the heading above it stays for those who listen to the table. A date is never
broken at the end of a line.
"""

from __future__ import annotations

import html
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from partnering.language import tr

_FOLDED_CODE = re.compile(
    r'<details class="admonition hide above-input">\s*<summary.*?</summary>\s*(.*?)</details>',
    re.DOTALL,
)
_NAMED_AGAIN = re.compile(r"<summary aria-label=[^>]*>")  # what a summary says is its name
_LINE = re.compile(r'<p class="notebook-line">.*?</p>', re.DOTALL)
_HEADING = re.compile(
    r"<(?P<tag>h[1-6]|caption|figcaption)\b(?P<how>[^>]*)>(?P<said>.*?)</(?P=tag)>"
    r'|<p class="(?P<kind>rubric[^"]*|result-caption)"[^>]*>(?P<words>.*?)</p>',
    re.DOTALL,
)
_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
# A date between tags; drawings and code keep theirs as they are.
_DATE = re.compile(
    r"<(svg|code|pre)\b.*?</\1>|<[^>]+>|(?<![\w-])(?P<date>\d{4}-\d\d-\d\d)(?![\w-])", re.DOTALL
)


def with_one_switch(body: str) -> str:
    """The page with its code unfolded, and one switch that hides and shows all of it."""
    unfolded, found = _FOLDED_CODE.subn(r"\1", body)
    unfolded = _NAMED_AGAIN.sub("<summary>", unfolded)
    if not found:
        return unfolded
    told = html.escape(tr("The code is above what it shows."))
    switch = (
        f'<details class="code-switch"><summary>{html.escape(tr("Show the code"))}</summary>'
        f"<p>{told}</p></details>"
    )
    return _LINE.sub(lambda line: f"{line[0]}\n{switch}", unfolded, count=1)


def without_repeats(body: str) -> str:
    """The page with each caption that repeats the heading above it hidden to the eye."""
    before = ""

    def look(match: re.Match[str]) -> str:
        nonlocal before
        said = match["said"] if match["words"] is None else match["words"]
        now = " ".join(html.unescape(_TAG.sub("", _LINK.sub("", said))).split()).strip(".: ")
        is_heading = match["tag"] in {f"h{level}" for level in range(1, 7)}
        if now == before and not is_heading:
            if match["tag"]:
                return match[0].replace(
                    f"<{match['tag']}", f'<{match["tag"]} class="visually-hidden"', 1
                )
            return match[0].replace('class="', 'class="visually-hidden ', 1)
        before = now
        return match[0]

    return _HEADING.sub(look, body)


def with_whole_dates(body: str) -> str:
    """The page with each date in one piece."""
    return _DATE.sub(
        lambda one: f'<span class="whole">{one["date"]}</span>' if one["date"] else one[0], body
    )


def show_once(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Go over the body of a page before it is put into its frame."""
    if doctree is not None and app.builder.format == "html" and "body" in context:
        body = with_one_switch(context["body"])
        context["body"] = with_whole_dates(without_repeats(body))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the steps of a build."""
    app.connect("html-page-context", show_once)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
