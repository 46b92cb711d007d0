"""`{look-colours}`: the colours of the look as a table, from the file that styles are made of."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from page_tables import PageDirective
from partnering.language import mark as _
from partnering.language import tr
from partnering.results import tokens

# The names of the file, and what each colour is for.
USES = {
    "paper": _("the page"),
    "sheet": _("what is set apart"),
    "ink": _("text"),
    "muted": _("what is less important, heads of tables"),
    "path": _("links, stones, what can be pressed"),
    "voice": _("behind what you say"),
    "written": _("behind what is written and stays"),
    "written-line": _("under what is written; where care is needed"),
    "edge": _("edges that must be seen"),
    "line": _("lines between rows"),
    "ground": _("the ground of the path"),
}


class LookColours(PageDirective):
    """`{look-colours}`: each colour with its use, in light and in dark."""

    def run(self) -> list[nodes.Node]:
        """The table."""
        light, dark = tokens.values()["light"], tokens.values()["dark"]
        rows = [
            (f"`{name}`", tr(use), [_shown(light[name])], [_shown(dark[name])])
            for name, use in USES.items()
        ]
        heads = (_("Name"), _("What for"), _("Light"), _("Dark"))
        return [self.table(tr("The colours"), heads, (20, 44, 18, 18), rows, "look-colours", 1)]


def _shown(colour: str) -> nodes.paragraph:
    """A colour as its value, with a patch of it on the site."""
    patch = f'<span class="patch" style="background:{colour}"></span> '
    line = nodes.paragraph("", "", translatable=False)
    seen = addnodes.only("", nodes.raw("", patch, format="html"), expr="html")
    line += [seen, nodes.literal("", colour)]
    return line


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.setup_extension("page_tables")
    app.add_directive("look-colours", LookColours)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
