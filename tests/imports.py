"""Which modules of the package import which."""

from __future__ import annotations

import ast
from pathlib import Path

import partnering

PACKAGE = Path(partnering.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "workshop")


def name_of(path: Path) -> str:
    """A module as it is imported: partnering.schema.kinds."""
    return ".".join(["partnering", *path.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(
        ".__init__"
    )


def room_of(name: str) -> str:
    """The package, or the module beside them, that a module belongs to; "" for the face itself."""
    return name.split(".")[1] if "." in name else ""


NAMES = {name_of(path) for path in MODULES}


def imported(path: Path) -> set[str]:
    """The modules of the package that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("partnering"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in NAMES else node.module)
    return found
