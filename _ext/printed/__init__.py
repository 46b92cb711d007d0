"""The handbook on paper: the builder `typst` sets every page as one designed book and makes a PDF of it.

Three editions, chosen by the option `printed_edition`: `book`, `code` (with what stands in the notebooks' code cells)
and `pocket` (session plans and forms alone, on small paper).
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config

from printed import beside_site
from printed.builder import EDITIONS, TypstBuilder


def _results_as_html(app: Sphinx, config: Config) -> None:
    """A notebook's results come as their own small HTML, which printed.results reads."""
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        (TypstBuilder.name, "text/html", 0),
        (TypstBuilder.name, "text/plain", 10),
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_builder(TypstBuilder)
    app.add_config_value("printed_edition", "book", "", str)
    app.connect("config-inited", _results_as_html)
    beside_site.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["EDITIONS", "TypstBuilder", "setup"]
