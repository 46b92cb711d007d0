"""The signs of the rules on the page on methods, and the list of what the room is told on purpose.

The role `{rule}` gives a rule its sign, which is a link to itself; `{told}` shows `privacy.TOLD`.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from page_tables import PageDirective
from partnering.language import mark as _
from partnering.language import tr
from partnering.partnership import privacy


class rule_sign(nodes.inline):
    """The sign of a rule."""


def anchor(sign: str) -> str:
    """The anchor of a rule on its page.

    Args:
        sign: The sign, such as 3.4.

    Returns:
        Such as rule-3-4.
    """
    return f"rule-{sign.lower().replace('.', '-')}"


class Rule(SphinxRole):
    """The sign of a rule, where the page says it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [rule_sign("", self.text, classes=["rule"], ids=[anchor(self.text)])], []


class Told(PageDirective):
    """What the room is told on purpose of what it does not see."""

    def run(self) -> list[nodes.Node]:
        rows = [(tr(told.what), tr(told.why)) for told in privacy.TOLD]
        caption = tr("What the room is told on purpose")
        heads = [_("What is told"), _("Why")]
        return [self.table(caption, heads, (50, 50), rows, "told-on-purpose")]


def visit_sign(translator: HTML5Translator, node: rule_sign) -> None:
    """Write a sign as a link to itself."""
    at = node["ids"][0]
    translator.body.append(f'<a class="rule" id="{at}" href="#{at}">')


def depart_sign(translator: HTML5Translator, node: rule_sign) -> None:
    """End the link."""
    translator.body.append("</a>")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the role, its element, and the directive."""
    app.setup_extension("page_tables")
    app.add_node(rule_sign, html=(visit_sign, depart_sign))
    app.add_role("rule", Rule())
    app.add_directive("told", Told)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
