"""The picture that a message shows where somebody sends a link to the site.

It is drawn by the build, from the path on the landing page. The site's own address stands before
it, since whoever shows it knows no other page of the site; so without an address there is none.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import typst
from docutils import nodes
from sphinx.application import Sphinx

from partnering.language import tr
from partnering.paper.typst_pdf import FONTS
from partnering.results import tokens
from tour_path import WAY

CARD = "_static/preview.png"
WIDTH, HEIGHT = 1200, 630  # what the services that show such pictures ask for
STONES = ((110, 50), (400, 36), (700, 56), (790, 222), (480, 238), (190, 218), (270, 396))
GROUND, PATH, ON_PATH, PAPER, INK = (
    tokens.values()["light"][name] for name in ("ground", "path", "on-path", "paper", "ink")
)
PAGE = """#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: rgb("{paper}"))
#set text(font: "Noto Sans", fill: rgb("{ink}"))
#place(bottom, image(bytes(sys.inputs.way), format: "svg", width: 100%))
#place(dx: 64pt, dy: 44pt, text(font: "Gentium Book Plus", size: 66pt, sys.inputs.name))
#place(dx: 66pt, dy: 132pt, text(size: 27pt, fill: rgb("{path}"), sys.inputs.says))
"""


def way() -> str:
    """The path with its seven stones, as SVG."""
    stones = "".join(f'<circle cx="{x}" cy="{y}" r="21"/>' for x, y in STONES)
    numbers = "".join(
        f'<text x="{x}" y="{y + 7.5}">{number}</text>' for number, (x, y) in enumerate(STONES, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-60 0 1120 448" fill="none" '
        'stroke-linecap="round">'
        f'<path d="{WAY}" stroke="{GROUND}" stroke-width="26"/>'
        f'<path d="{WAY}" stroke="{PATH}" stroke-width="3" stroke-dasharray="1 12"/>'
        f'<g fill="{PATH}">{stones}</g>'
        f'<g fill="{ON_PATH}" font-family="Noto Sans" font-weight="700" font-size="21" '
        f'text-anchor="middle">{numbers}</g></svg>'
    )


def card(name: str, says: str) -> bytes:
    """The picture.

    Args:
        name: What the handbook is called.
        says: One line below.

    Returns:
        A PNG, 1200 by 630.
    """
    source = PAGE.format(width=WIDTH, height=HEIGHT, paper=PAPER, ink=INK, path=PATH)
    return typst.compile(
        source.encode("utf-8"),
        format="png",
        ppi=72,  # a point is a pixel
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"way": way(), "name": name, "says": says},
    )


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say on each page what is shown of it where its address is sent."""
    address = app.config.handbook_address
    if not address or doctree is None:
        return
    title = next(iter(doctree.findall(nodes.title)), None)
    told = {
        "og:type": "website",
        "og:site_name": app.config.project,
        "og:title": title.astext() if title is not None else app.config.project,
        "og:url": address + app.builder.get_target_uri(page),
        "og:image": address + CARD,
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": tr("A winding path with seven numbered stones"),
    }
    lines = [
        f'<meta property="{name}" content="{html.escape(value)}" />' for name, value in told.items()
    ]
    lines.append('<meta name="twitter:card" content="summary_large_image" />')
    context["metatags"] = "\n".join([context.get("metatags") or "", *lines])


def write(app: Sphinx, exception: Exception | None) -> None:
    """Draw the picture into the site."""
    if exception or app.builder.format != "html" or not app.config.handbook_address:
        return
    says = tr("Seven questions for those who work together")
    file = Path(app.outdir) / CARD
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(card(app.config.html_short_title, says))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to the steps of a build."""
    app.setup_extension("get_handbook")  # it has the setting of the address
    app.connect("html-page-context", describe)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
