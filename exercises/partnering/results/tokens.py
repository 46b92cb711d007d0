"""The values of the look: colours, sizes of letters, spaces and shapes, in one file for all.

The site, the notebooks, the wall and the report take them from here as custom properties of CSS;
the book and the forms read the same file in Typst (`paper/print/look.typ`).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("tokens.json")
NOTEBOOK_DARK = 'body[data-jp-theme-light="false"]'
# Letters of the reader's own system, and the serif that the site brings along.
SERIF = '"Stop Serif","Iowan Old Style","Palatino Linotype",Palatino,P052,Georgia,serif'
SANS = 'system-ui,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif'
# What each colour is where the reader's system chooses all colours.
FORCED = {
    "CanvasText": ("ink", "muted", "line", "edge", "written-line", "ground", "shade"),
    "Canvas": ("paper", "sheet", "card", "voice", "written"),
    "LinkText": ("path", "path-deep"),
}


@lru_cache
def values() -> dict[str, dict[str, str]]:
    """The values by their group and name."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def _declared(group: str, prefix: str = "") -> str:
    return "".join(f"--{prefix}{name}:{value};" for name, value in values()[group].items())


def css(follows_system: bool = False) -> str:
    """The values as custom properties.

    Args:
        follows_system: Whether the page is dark where the reader's system is; a notebook is dark
            where JupyterLab is.

    Returns:
        A style sheet that sets no element, only values.
    """
    light, dark = _declared("light"), _declared("dark")
    sizes = _declared("type", "t-") + _declared("space", "s-") + _declared("shape")
    sheets = [f":root{{{light}{sizes}--serif:{SERIF};--sans:{SANS}}}"]
    if follows_system:
        system = f"html:not([data-theme=light]){{color-scheme:dark;{dark}}}"
        sheets += [
            "html{color-scheme:light}",
            f"@media screen and (prefers-color-scheme:dark){{{system}}}",
            f"@media screen{{html[data-theme=dark]{{color-scheme:dark;{dark}}}}}",
        ]
    else:
        sheets.append(f"@media screen{{{NOTEBOOK_DARK}{{{dark}}}}}")
    sheets.append("@media print{html:root{--paper:#fff;--card:#fff;--ink:#000;--muted:#333}}")
    forced = "".join(f"--{name}:{system};" for system, names in FORCED.items() for name in names)
    scope = ":root:root:root" if follows_system else f":root:root,{NOTEBOOK_DARK}"
    sheets.append(f"@media (forced-colors:active){{{scope}{{{forced}--on-path:Canvas}}}}")
    return "\n".join(sheets) + "\n"
