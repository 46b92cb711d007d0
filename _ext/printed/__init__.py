"""The handbook on paper: the builder `typst` makes one designed book of all pages, as a PDF.

There are three editions, chosen by the option `printed_edition`: `book`, without what only a screen
needs; `code`, every page of the site, with the code cells of the notebooks; and `pocket`, session
plans and forms alone, on small paper.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config

from printed import beside_site
from printed.builder import EDITIONS, TypstBuilder


def _results_as_html(app: Sphinx, config: Config) -> None:
    """Take a notebook's results as HTML, which `printed.results` reads."""
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        (TypstBuilder.name, "text/html", 0),
        (TypstBuilder.name, "text/plain", 10),
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the builder, its option, and what the site offers beside its pages."""
    app.add_builder(TypstBuilder)
    app.add_config_value("printed_edition", "book", "", str)
    app.connect("config-inited", _results_as_html)
    beside_site.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["EDITIONS", "TypstBuilder", "setup"]
