"""How a form that was sent out as a workbook is known again when it comes back.

A form has two sheets of its own: one that explains, and a hidden one with the words of its lists.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from partnering.language import mark, tr
from partnering.schema.columns import Column, Table
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import sheets

EXPLAINS, WORDS, MARK = "read me", "words", "partnering form 1"
ASKED = {"partner": mark("Whose answers are these?"), "voice": mark("They are those of")}
ABOVE_HELP = (mark("Filled in beforehand."), mark("Needed."), mark("As you wish."))
VOICES = (mark("our organisation, after talking inside"), mark("one voice"))


def beforehand(table: Table, column: Column) -> bool:
    """Whether a form may fill in a column: it says who answers, or about what, and is no answer."""
    return column.given and (column.name in table.key or column.name in ("partner", "we"))


def taken_apart(raw: Mapping[str, list[list]]) -> tuple[dict[str, list[list]], dict[str, str]]:
    """The sheets of a workbook without the form's own, and what the form says of its sender.

    Args:
        raw: The rows of cells of each sheet, by its name.

    Returns:
        The sheets that hold tables; and `form`, `partner` and `voice` as far as the form says them.
        Where the workbook is no form, all its sheets and nothing.
    """
    first = [row[0] for row in raw.get(WORDS, [])[:1] if row]
    if first != [MARK]:
        return dict(raw), {}
    said = {"form": MARK}
    for row in raw.get(EXPLAINS, []):
        texts = [sheets.text_of(cell).strip() for cell in row]
        for name, label in ASKED.items():
            if texts and plain(texts[0]) in (plain(label), plain(tr(label))):
                said[name] = next((text for text in texts[1:] if text), "")
    return {name: rows for name, rows in raw.items() if name not in (EXPLAINS, WORDS)}, said


def filled_in(found: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The sheets of a form that lose rows: those to which nobody has added anything.

    Args:
        found: The sheets of the form by the names of their tables.

    Returns:
        The sheets that are other than before, without rows in which only that stands which was
        filled in beforehand.
    """
    changed = {}
    for name, sheet in found.items():
        table = TABLES.get(name)
        if table and not table.upright and len(sheet):
            given = {column.name for column in table.columns if beforehand(table, column)}
            filled = pd.Series(False, index=sheet.index)
            for column in sheet.columns.difference(list(given)):
                filled |= sheet[column].str.strip() != ""
            if given & set(sheet.columns) and not filled.all():
                changed[name] = sheet[filled]
    return changed
