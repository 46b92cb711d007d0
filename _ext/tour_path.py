"""The winding path of seven stops: large on the landing page, slim above every page of a stop.

`{div} tour-map` around a list of links to chapters becomes the map: the list stays a list, each
link gets its stone, and behind them lies a drawing that says nothing of its own. A chapter, its
exercises and its example get a strip that says where on the path they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from partnering.language import tr

MAP = "tour-map"
LAST = 7  # the stops; what comes after them ends the round and has no number
_TITLE = re.compile(
    r"<h1>([^<:]+· [^<:]+): ([^<&])"
)  # “Stop 3 · Risk”, and where its question begins
# the colon is for those who hear the title
_OPENER = '<h1><span class="stop-name">{}<span class="visually-hidden">:</span></span> {}'
_LEAD = re.compile(r"</h1>\s*<p>.*?</p>", re.DOTALL)
# The path runs through the places that handbook.css gives to the stones; the two pairs of bars are
# the gates. It is an ornament: the list and the sentence below it say the same in words.
WAY = (
    "M-40 74C10 60 60 54 105 50C210 40 300 32 400 36C510 40 600 68 700 56C810 44 972 36 972 136"
    "C972 214 880 214 790 222C680 232 590 250 480 238C370 226 290 206 190 218"
    "C80 230 20 270 34 330C48 392 160 392 270 396C380 400 480 408 600 402C700 396 790 396 900 402"
)
DRAWING = (
    '<svg class="tour-way" viewBox="0 0 1000 500" aria-hidden="true" focusable="false" fill="none" '
    'stroke-linecap="round">'
    f'<path class="way-ground" d="{WAY}"/><path class="way-line" d="{WAY}"/>'
    '<path class="way-gate" d="M248 22v32M258 21v32M955 120h34M955 130h34"/></svg>'
)


def stop_of(docname: str) -> int:
    """The number that the name of a chapter begins with; 0 where it begins with none."""
    begun = re.match(r"([1-9])-", PurePosixPath(docname).name)
    return int(begun[1]) if begun else 0


def chapters(env: BuildEnvironment) -> list[str]:
    """The chapters of the stops, in the order in which the landing page lists them."""
    listed = env.toctree_includes.get(env.config.root_doc, [])
    return [name for name in listed if stop_of(name) and name.startswith("guide/")]


def chapter_of(env: BuildEnvironment, docname: str) -> str:
    """The chapter that a page is, or that lists it; "" for a page that is of no one stop."""
    for chapter in chapters(env):
        if docname == chapter or docname in env.toctree_includes.get(chapter, []):
            return chapter
    return ""


def name_of(env: BuildEnvironment, chapter: str) -> str:
    """The noun of a chapter's title: “Risk” of “Stop 3 · Risk: what could go wrong?”."""
    title = env.titles[chapter].astext()
    return title.partition("·")[2].partition(":")[0].strip() or title.partition(":")[0].strip()


def stones(env: BuildEnvironment, here: str) -> Iterator[tuple[int, str]]:
    """The stops of the path and the chapter to which each leads.

    Args:
        env: The environment of the build.
        here: The chapter that is read. Its own stone leads to it; elsewhere, where a stop has
            several chapters, the stone leads to the first.

    Yields:
        The number of a stop, and its chapter.
    """
    for stop, several in groupby(chapters(env), stop_of):
        names = list(several)
        yield stop, here if here in names else names[0]


def strip(app: Sphinx, page: str) -> str:
    """The strip above a page of a stop.

    Args:
        app: The build.
        page: The page.

    Returns:
        HTML; "" for a page that is of no one stop.
    """
    here = chapter_of(app.env, page)
    if not here:
        return ""
    name, stop = name_of(app.env, here), stop_of(here)
    if stop > LAST:
        told = tr("You are at the end of the tour: {name}").format(name=name)
    else:
        told = tr("You are at stop {stop} of {last}: {name}").format(
            stop=stop, last=LAST, name=name
        )
    itself = PurePosixPath(app.builder.get_target_uri(page)).name
    items = []
    for number, chapter in stones(app.env, here):
        address = html.escape(app.builder.get_relative_uri(page, chapter) or itself)
        current = ' aria-current="step"' if chapter == here else ""
        items.append(
            f'<li><a href="{address}"{current}>{_stone(number)}'
            f'<span class="stone-name">{html.escape(name_of(app.env, chapter))}</span></a></li>'
        )
    return (
        f'<nav class="tour-strip" aria-label="{html.escape(tr("The tour"))}">'
        f"<ol>{''.join(items)}</ol><p>{html.escape(told)}</p></nav>\n"
    )


def _stone(stop: int) -> str:
    """A stone for the eye, and the same in words for those who listen."""
    if stop > LAST:
        return '<span class="stone stone-end" aria-hidden="true"></span>'
    spoken = html.escape(tr("Stop {stop}:").format(stop=stop))
    return (
        f'<span class="stone" aria-hidden="true">{stop}</span>'
        f'<span class="visually-hidden">{spoken} </span>'
    )


def place_strip(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the strip above the text of a page, where no search for its words finds it."""
    if doctree is not None and app.builder.format == "html" and "body" in context:
        context["body"] = strip(app, page) + opened(app, page, context["body"])


def opened(app: Sphinx, page: str, body: str) -> str:
    """The opening of a chapter: its stop small above its question, and below it the ways into it.

    Args:
        app: The build.
        page: The page.
        body: Its HTML.

    Returns:
        The HTML; as it was for a page that is no chapter of a stop.
    """
    if page not in chapters(app.env):
        return body
    body = _TITLE.sub(lambda found: _OPENER.format(found[1], found[2].upper()), body, 1)
    nav = (
        f'<nav class="doors-in" aria-label="{html.escape(tr("In this chapter"))}">'
        f'<ul class="doors-parts">{_links(_parts(app, page))}</ul>'
        f"<ul>{_links(_pages(app, page))}</ul></nav>"
    )
    return _LEAD.sub(lambda lead: f"{lead[0]}\n{nav}", body, count=1)


def _links(doors: Iterator[tuple[str, str]]) -> str:
    return "".join(
        f'<li><a href="{html.escape(address)}">{html.escape(said)}</a></li>'
        for address, said in doors
    )


def _parts(app: Sphinx, chapter: str) -> Iterator[tuple[str, str]]:
    """The addresses and names of the parts of a chapter."""
    doctree = app.env.get_doctree(chapter).next_node(nodes.section)
    for part in doctree.children:
        if isinstance(part, nodes.section):
            yield f"#{part['ids'][0]}", part.next_node(nodes.title).astext()


def _pages(app: Sphinx, chapter: str) -> Iterator[tuple[str, str]]:
    """The addresses of the pages that a chapter lists, each named with what it is."""
    for name in app.env.toctree_includes.get(chapter, []):
        title = app.env.titles[name].astext().partition(":")[0]
        is_exercise = name.startswith("exercises/")
        said = tr("Exercise: {name}") if is_exercise else tr("Example: {name}")
        yield app.builder.get_relative_uri(chapter, name), said.format(name=title)


def draw_map(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Lay the drawing behind the list of a map, and a stone before each of its links."""
    if app.builder.format != "html":
        return
    for container in doctree.findall(nodes.container):
        if MAP not in container["classes"]:
            continue
        for link in container.findall(nodes.reference):
            chapter = link.get("refuri", "").rpartition("#")[0] or link.get("refuri", "")
            link.insert(0, nodes.raw("", _stone(stop_of(chapter)), format="html"))
        container.insert(0, nodes.raw("", DRAWING, format="html"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the steps of a build."""
    app.connect("doctree-resolved", draw_map)
    app.connect("html-page-context", place_strip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
