"""How a form sent out as a workbook is known again when it comes back, and what was filled in before it went out."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from partnering.language import mark, tr
from partnering.schema.check import Column, Table
from partnering.schema.kinds import plain
from partnering.schema.tables import TABLES
from partnering.storage import sheets

EXPLAINS, WORDS, MARK = "read me", "words", "partnering form 1"
ASKED = {"partner": mark("Whose answers are these?"), "voice": mark("They are those of")}
VOICES = (mark("our organisation, after talking inside"), mark("one voice"))


def beforehand(table: Table, column: Column) -> bool:
    """Whether a form may fill in a column beforehand: it says who answers, or about what, and is no answer itself."""
    return column.given and (column.name in table.key or column.name in ("partner", "we"))


def taken_apart(raw: Mapping[str, list[list]]) -> tuple[dict[str, list[list]], dict[str, str]]:
    """The sheets of a workbook without the form's own, and what the form says of its sender; nothing where it is none."""
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
    """The sheets of a form that lose the rows in which nobody has added anything to what was filled in beforehand."""
    changed = {}
    for name, sheet in found.items():
        table = TABLES.get(name)
        if table and not table.upright and len(sheet):
            given = [column.name for column in table.columns if beforehand(table, column)]
            added = [sheet[name].str.strip() != "" for name in sheet if name not in given]
            filled = (
                pd.concat(added, axis=1).any(axis=1)
                if added
                else pd.Series(False, index=sheet.index)
            )
            if any(name in sheet for name in given) and not filled.all():
                changed[name] = sheet[filled]
    return changed
