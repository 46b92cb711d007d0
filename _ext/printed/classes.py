"""The classes that the book knows: those with a look of their own, and those with none on paper.

Any other class is refused, so that nothing gets lost on paper without being noticed.
"""

from __future__ import annotations

from docutils import nodes

# Containers that book.typ has a function for, by the same name.
STYLED = frozenset(
    {
        "plan-lead",
        "plan-subtitle",
        "plan-question",
        "plan-example",
        "plan-held-before",
        "plan-care",
        "plan-source",
    }
)

# Classes with no look on paper: they are the site's, or their look follows from the element.
_SILENT = frozenset(
    {
        "session-plan",
        "asked-above",
        "plan-why-now",
        "plan-not-for",
        "plan-before",
        "plan-who",
        "plan-bring",
        "plan-prepare",
        "plan-reveal",
        "plan-afterwards",
        "plan-goes-wrong",
        "plan-variations",
        "plan-short",
        "plan-take-with-you",
        "plan-title",
        "plan-label",
        "plan-table",
        "plan-steps",
        "plan-short-steps",
        "plan-too-long",
        "plan-held",
        "plan-held-steps",
        "page-cards",
        "page-words",
        "page-counts",
        "agenda",
        "worked-cell",
        "rule",
        "told-on-purpose",
        "boxes",
        "colwidths-given",
        "colwidths-auto",
        "toctree-wrapper",
        "compound",
        "glossary",
        "simple",
        "myst",
        "std",
        "std-doc",
        "std-ref",
        "std-term",
        "xref",
        "download",
        "doc",
        "term",
        "cell",
        "cell_input",
        "cell_output",
        "output",
        "text_html",
        "text_plain",
        "stream",
        "tag_hide-input",
        "tag_hide-output",
        "tag_remove-input",
        "highlight",
        "align-default",
        "align-left",
        "align-center",
        "docutils",
        "literal-block",
        "external",
        "note",
        "tip",
        "important",
        "warning",
        "caution",
        "seealso",
        "hint",
        "plan-tomorrow",
        "plan-more",
        "pocket",
        "contents",
        "local",
        "notebook-line",
        "keep-together",
        "tour-map",
        "buttons",
        "button",
        "look-colours",
        "finder",
        "doors",
        "footnotes",
        "footnote-reference",
        "brackets",
        "superscript",
    }
)


def known(name: str) -> bool:
    """Whether the book knows what to do with a class."""
    return name in STYLED or name in _SILENT


def part(node: nodes.Element) -> str:
    """The part of the book that a container is.

    Args:
        node: A container, with its classes.

    Returns:
        "folded", "session-plan" or a class of `STYLED`; "" where it only holds what is
        in it. Folded is what stands behind a click on the site: code, and answers as they were
        typed.
    """
    names = node.get("classes", [])
    hidden_output = "cell_output" in names and "tag_hide-output" in node.parent["classes"]
    if "cell_input" in names or hidden_output:
        return "folded"
    if "session-plan" in names:
        return "session-plan"
    return next((name for name in names if name in STYLED), "")
