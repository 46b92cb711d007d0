"""The walls of the exercises: a page for each, with what its notebook shows of the worked example.

The page stands alone: one table or figure at a time with a script, all below each other without.
The exercise has a link to it, which opens it over the whole screen where scripts run.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

import worked
from partnering.language import tr
from partnering.partnership import ROOM
from partnering.results import Result, wall
from partnering.storage import paths
from site_pages import below_question, is_notebook

FOLDER = "wall"
DOOR = Path(__file__).parent / "templates" / "wall-door.js"


def shown(notebook: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """What an exercise shows to the room.

    Args:
        notebook: The content of the notebook.

    Returns:
        The name of its example, and the module and name of each function of a `room.show(...)`, in
        their order. What another view shows, such as the facilitator's own, is left out.
    """
    example, found = paths.DEFAULT, {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "room":
                example = _example(node.value) or example
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "room.show":
                for maker in node.args:
                    module, _, name = ast.unparse(maker).rpartition(".")
                    found[module, name] = None
    return example, list(found)


def _example(follow: ast.expr) -> str:
    """The example that `live.follow(...)` names."""
    if not isinstance(follow, ast.Call):
        return ""
    named = {one.arg: one.value for one in follow.keywords}
    given = named.get("example", follow.args[0] if follow.args else None)
    return ast.literal_eval(given) if given is not None else ""


def _read(app: Sphinx, docname: str) -> tuple[str, list[tuple[str, str]]]:
    import nbformat

    return shown(nbformat.read(app.env.doc2path(docname), as_version=4))


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The walls of all exercises that show something to the room."""
    for docname in sorted(app.env.found_docs):
        if not is_notebook(app, docname):
            continue
        example, makers = _read(app, docname)
        if not makers:
            continue
        results: dict[str, Result] = {
            name: worked.result(app.env, f"{module}.{name}", example, ROOM)
            for module, name in makers
        }
        title = app.env.titles[docname].astext()
        heading = tr("{title}, on the wall").format(title=title)
        context = {
            "title": heading,
            "wall_back": _way(app, wall_of(docname), docname),
            "wall_back_text": tr("Back to the exercise"),
            "wall_keys": tr(
                "With scripts this is one page at a time: arrow keys, space or a clicker turn it."
            ),
            "wall_parts": wall.parts(results),
            "wall_words": wall.words_as_json(),
            "metatags": f'<meta name="description" content="{_description(title)}">',
        }
        yield wall_of(docname), context, "wall.html"


def wall_of(docname: str) -> str:
    """The page of the wall of an exercise."""
    return f"{FOLDER}/{Path(docname).name}"


def _way(app: Sphinx, page: str, to: str) -> str:
    """The link from a page to another."""
    uri = app.builder.get_target_uri
    return relative_uri(uri(page), uri(to))


def _description(title: str) -> str:
    told = tr("{title}: the tables and figures of the worked example, large, one at a time.")
    return told.format(title=title).replace("&", "&amp;").replace('"', "&quot;")


def link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the way to the wall below the title of an exercise."""
    if app.builder.format != "html" or not is_notebook(app, docname) or not _read(app, docname)[1]:
        return
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None:
        return
    target = _way(app, docname, wall_of(docname))
    way = nodes.reference("", tr("Show on the wall"), internal=True, refuri=target)
    way["classes"].append("wall-door")
    line = nodes.paragraph("", "", way, classes=["wall-way"])
    title.parent.insert(below_question(title), line)


def add_script(app: Sphinx, page: str, _: str, context: dict[str, Any], doctree: Any) -> None:
    """Let the page of an exercise open its wall over the whole screen."""
    if doctree is not None and is_notebook(app, page) and _read(app, page)[1]:
        app.add_js_file("wall-door.js", loading_method="defer")


def copy_files(app: Sphinx, exception: Exception | None) -> None:
    """Put the script and the style of the wall beside the site's own."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    static.mkdir(exist_ok=True)
    for source in (wall.SCRIPT, wall.STYLE, DOOR):
        shutil.copyfile(source, static / source.name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the steps of a build."""
    app.setup_extension("worked")
    app.connect("html-collect-pages", pages)
    app.connect("doctree-resolved", link, priority=600)  # above the line on the notebook
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
