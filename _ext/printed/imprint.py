"""What the imprint says of the book: version, day, and how to cite it, as CITATION.cff has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from partnering.language import tr

CITATION = "CITATION.cff"


def lines(folder: Path, title: str, author: str, licence: str) -> list[tuple[str, str]]:
    """The lines of the imprint.

    Args:
        folder: Where CITATION.cff lies.
        title: The title of the book.
        author: Who wrote it, where the file says nothing of it.
        licence: How it may be used.

    Returns:
        For each line its label and its text; without version and day where the file is missing.
    """
    told = _told(folder / CITATION)
    version, day = str(told.get("version", "")), str(told.get("date-released", ""))
    names = "; ".join(_name(one) for one in told.get("authors", [])) or author
    year = f" ({day[:4]})" if day else ""
    cited = f"{names}{year}. {told.get('title', title)}."
    if version:
        cited += " " + tr("Version {version}.").format(version=version)
    found = [
        (tr("Version"), version),
        (tr("Day"), day),
        (tr("How to cite"), cited),
        (tr("Licences"), licence),
    ]
    return [(label, text) for label, text in found if text]


def _told(file: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none."""
    if not file.is_file():
        return {}
    return yaml.safe_load(file.read_text(encoding="utf-8")) or {}


def _name(author: dict[str, str]) -> str:
    """An author's name, whether of a person or of a group."""
    person = " ".join(author[part] for part in ("given-names", "family-names") if part in author)
    return author.get("name", person)
