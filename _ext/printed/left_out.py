"""What the site says and the book does not: pages and sections that need a screen.

The edition with code leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from docutils import nodes

# Pages: the exercises, whose tables a book shows in the worked examples, and their list; what can
# be typed, in a cell or as a command; what to do when a program does not work; what ran, with which
# versions; how the site looks; forms in a form tool, and a server.
PAGES = (
    "exercises/*",
    "guide/reference/exercises",
    "guide/reference/tables",
    "guide/reference/commands",
    "guide/reference/troubleshooting",
    "guide/reference/built",
    "guide/reference/design",
    "guide/reference/form-tools",
    "guide/reference/server",
)
# Sections, by page: ways through the site, how to print, and what a program shows.
SECTIONS = {
    "index": ("the-seven-stops", "where-does-it-hurt", "three-ways-in"),
    "guide/print": ("the-book", "any-page"),
    "guide/examples/held": ("in-jupyter",),
}


def is_left_out(docname: str) -> bool:
    """Whether the book has no such page.

    Args:
        docname: The name of the page.
    """
    return any(fnmatchcase(docname, pattern) for pattern in PAGES)


def take_out(docname: str, tree: nodes.document) -> Iterable[str]:
    """Take out of a page what the book leaves out of it.

    Args:
        docname: The name of the page.
        tree: The page; sections of `SECTIONS` are removed from it.

    Yields:
        Every place that a link may lead to, and that is now on the site alone, as docname#id.
    """
    for name in SECTIONS.get(docname, ()):
        for section in [one for one in tree.findall(nodes.section) if name in one["ids"]]:
            yield from places(docname, section)
            section.parent.remove(section)


def take_out_what_is_asked_twice(tree: nodes.document) -> None:
    """Take out the question of a plan that its page has asked already.

    Args:
        tree: The page; the question is removed from it.
    """
    for again in [one for one in tree.findall(nodes.container) if "asked-above" in one["classes"]]:
        again.parent.remove(again)


def places(docname: str, node: nodes.Node) -> Iterable[str]:
    """Every place in a part of a page that a link may lead to, as docname#id."""
    for part in node.findall(nodes.Element):
        for name in part.get("ids", ()):
            yield f"{docname}#{name}"
