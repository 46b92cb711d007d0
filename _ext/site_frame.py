"""The frame of every page: its one style sheet, the contents at its side, what is on the page.

The site has no theme but `templates/layout.html`. Its style sheet is put together from the values
of the look, from how results look, and from what only the site has.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from partnering.results import PICTURES, STYLE, tokens

SITE_STYLE = "handbook.css"
# What Sphinx would load on every page, and `search.html` alone needs.
SPHINX_SCRIPTS = (
    "_static/documentation_options.js",
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
)
DEPTH = 2  # headings of a page that its contents list
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,])\s*|\s*\n\s*")


def style(srcdir: Path) -> str:
    """The style sheet of the site, without comments and line breaks."""
    own = (srcdir / "_static" / SITE_STYLE).read_text(encoding="utf-8")
    results = (path.read_text(encoding="utf-8") for path in (STYLE, PICTURES))
    together = tokens.css(follows_system=True) + "".join(results) + own
    return _SPACE.sub(lambda match: match[1] or " ", _COMMENT.sub("", together)).strip() + "\n"


def write_style(app: Sphinx, config: Config) -> None:
    """Write the style sheet where Sphinx takes files from; it takes the place of the site's own."""
    folder = Path(app.doctreedir) / "static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SITE_STYLE).write_text(style(Path(app.srcdir)), encoding="utf-8", newline="\n")
    config.html_static_path = [*config.html_static_path, str(folder)]


def frame(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the layout what it shows beside the text."""
    context["site_style"] = f"_static/{SITE_STYLE}"
    context["sphinx_scripts"] = SPHINX_SCRIPTS
    context["page_toc"] = _page_toc(app, page) if page.startswith("guide/") else ""
    context["contents"] = lambda: _contents(context)


def _page_toc(app: Sphinx, page: str) -> str:
    """The headings of a page below its title; "" where there is but one."""
    toc = app.env.tocs.get(page)
    inner = (
        next((part for part in toc[0] if isinstance(part, nodes.bullet_list)), None)
        if toc
        else None
    )
    if inner is None or len(inner) < 2:
        return ""
    kept = inner.deepcopy()
    for link in kept.findall(nodes.reference):
        link["refuri"] = link["anchorname"] or "#"
    for deeper in list(kept.findall(nodes.bullet_list)):
        depth, above = 1, deeper
        while above is not kept:
            above = above.parent
            depth += isinstance(above, nodes.bullet_list)
        if depth > DEPTH:
            deeper.parent.remove(deeper)
    return app.builder.render_partial(kept)["fragment"]


def _contents(context: dict[str, Any]) -> str:
    """The parts of the handbook by the beginnings of their titles, and which of them is read."""
    listed = context["toctree"](maxdepth=2, collapse=True, includehidden=True, titles_only=True)
    listed = re.sub(r'<a class="(?=[^"]*\bcurrent\b)', '<a aria-current="page" class="', listed)
    listed = listed.replace('role="heading"', 'role="heading" aria-level="2"')
    return re.sub(r">([^<>]+?): [^<>]+</a>", r">\1</a>", listed)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the steps of a build."""
    app.connect("config-inited", write_style)
    app.connect("html-page-context", frame)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
