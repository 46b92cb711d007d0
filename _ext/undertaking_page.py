"""`{undertaking}`: the text of the undertaking on a page, the same as on the sheet to sign."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from page_tables import PageDirective
from partnering.paper import undertaking


class Undertaking(PageDirective):
    """The undertaking as a quotation."""

    def run(self) -> list[nodes.Node]:
        """Its text, sentence by sentence for translators."""
        return self.read(undertaking.markdown())


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("undertaking", Undertaking)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
