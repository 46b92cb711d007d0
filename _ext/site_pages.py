"""What pages of the site get besides their text.

Every page has a description, for search engines and for links that readers send each other; a page
that is a notebook offers it for download.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

import get_handbook
from partnering.jupyter.clean_notebook import emptied
from partnering.language import tr

DOWNLOADS = "_downloads"
LENGTH = 160


def mark_boxes(app: Sphinx, doctree: nodes.document) -> None:
    """Mark each list whose lines begin with a box to tick: the box is mark enough."""
    for listed in doctree.findall(nodes.bullet_list):
        if all(item.astext().startswith("☐") for item in listed.children):
            listed["classes"].append("boxes")


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page without a description of its own the beginning of its first paragraph.

    The page of the search gets those of all pages, to show them with what is found.
    """
    if page == "search":
        context["about_pages"] = about_pages(app)
    if 'name="description"' in (context.get("metatags") or ""):
        return
    text = tr("Search the handbook.") if doctree is None else opening(doctree)
    if text:
        value = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        before = context.get("metatags") or ""
        context["metatags"] = f'{before}\n<meta name="description" content="{value}" />'


def about_pages(app: Sphinx) -> dict[str, str]:
    """What each page is about, by its address: its description, or how it begins."""
    found = {}
    for docname in sorted(app.env.found_docs):
        doctree = app.env.get_doctree(docname)
        named = (meta for meta in doctree.findall(nodes.meta) if meta.get("name") == "description")
        told = next((meta["content"] for meta in named), "") or opening(doctree)
        found[app.builder.get_target_uri(docname)] = told
    return found


def opening(doctree: nodes.document) -> str:
    """The first longer paragraph of the running text, cut at a word; "" where there is none."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) >= 40 and isinstance(paragraph.parent, nodes.section | nodes.document):
            if len(text) <= LENGTH:
                return text
            return text[:LENGTH].rsplit(" ", 1)[0].rstrip(".,;:") + " ..."
    return ""


def is_notebook(app: Sphinx, docname: str) -> bool:
    """Whether a page is made from a notebook."""
    return app.env.doc2path(docname).suffix == ".ipynb"


def offer_notebook(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Say below a notebook's title how it is opened, with a link to it as a file."""
    if app.builder.format != "html" or not is_notebook(app, docname):
        return
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None:
        return
    target = f"{DOWNLOADS}/{Path(docname).name}.ipynb"
    link = nodes.reference(
        "",
        tr("download the notebook"),
        internal=True,
        refuri=relative_uri(app.builder.get_target_uri(docname), target),
    )
    link["classes"].append("notebook-download")
    line = nodes.paragraph(
        "",
        "",
        nodes.Text(tr("With the exercises on your computer, you can also") + " "),
        link,
        nodes.Text("."),
        classes=["notebook-line"],
    )
    here = app.builder.get_target_uri(docname)
    ways = get_handbook.buttons(app, here, Path(docname).name)
    at = below_question(title)
    title.parent[at:at] = [*ways, line]


def below_question(title: nodes.title) -> int:
    """The place below a notebook's title, and below its question: a paragraph all in bold."""
    at = title.parent.index(title) + 1
    first = title.parent[at] if at < len(title.parent) else title
    said = [type(part) for part in first if part.astext()]
    is_question = isinstance(first, nodes.paragraph) and said == [nodes.strong]
    return at + is_question


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Put a copy of every notebook into the site, without what somebody may have saved in it."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / DOWNLOADS
    for docname in app.env.found_docs:
        if is_notebook(app, docname):
            folder.mkdir(exist_ok=True)
            notebook = json.loads(Path(app.env.doc2path(docname)).read_text(encoding="utf-8"))
            clean = json.dumps(emptied(notebook), ensure_ascii=False, indent=1) + "\n"
            (folder / f"{Path(docname).name}.ipynb").write_text(
                clean, encoding="utf-8", newline="\n"
            )


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the steps of a build."""
    app.setup_extension("get_handbook")
    app.connect("doctree-read", mark_boxes)
    app.connect("html-page-context", describe)
    app.connect("doctree-resolved", offer_notebook)
    app.connect("build-finished", write_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
