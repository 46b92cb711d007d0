"""The script of the grid: its modules in `script/`, put together into the one that a page loads.

A notebook loads a widget's script as one text, without a server and without the internet. So the
modules are written one after the other, in the order in which they import each other, without
their `import` and `export` of each other. No build and no other program takes part.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "script"
MAIN = "grid.js"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let)\b)", re.MULTILINE)


def modules() -> list[Path]:
    """The modules in an order in which each stands below those that it imports."""
    found: list[Path] = []

    def add(file: Path) -> None:
        if file in found:
            return
        for name in _IMPORT.findall(file.read_text(encoding="utf-8")):
            add(FOLDER / name)
        found.append(file)

    add(FOLDER / MAIN)
    return found


@cache
def script() -> str:
    """The whole script, which imports nothing and exports what Jupyter calls.

    Names at the top of a module have to be its own alone: a name that stands twice is an error of
    the language, which `tests/jupyter/test_grid_script.py` would show.
    """
    texts = []
    for file in modules():
        text = _IMPORT.sub("", file.read_text(encoding="utf-8"))
        texts.append(f"// ---- {file.name}\n{_EXPORT.sub('', text)}")
    return "\n".join(texts)
