"""Cells of a workbook: numbers and days as such, everything else as the text it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from partnering.schema.columns import Column
from partnering.schema.days import Date
from partnering.schema.kinds import Kind, Text, Unreadable
from partnering.schema.numbers import Amount, Whole

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NO_TRICKS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_FIRST_DAY = pd.Timestamp(1900, 3, 1)  # spreadsheets count one day too many before it
_WIDE, _NARROW = 44, 18


def looks(book: Workbook, **wanted: dict[str, object]) -> dict[str, Format]:
    """Formats by their names, all with wrapped text.

    Args:
        book: The workbook that they belong to.
        wanted: What each has besides, in the words of XlsxWriter.
    """
    wrapped: dict[str, object] = {"text_wrap": True, "valign": "top"}
    return {name: book.add_format(wrapped | more) for name, more in wanted.items()}


def width(column: Column | None) -> int:
    """How wide a column is, in letters: wide where sentences are expected."""
    if column is None or (isinstance(column.kind, Text) and column.name != "respondent"):
        return _WIDE
    return _NARROW


def write(
    page: Worksheet, down: int, across: int, text: str, kind: Kind, looks: dict[str, Format]
) -> None:
    """Write one cell; as a number or a day only where it would be read back as the same text.

    Args:
        page: The sheet.
        down: Its row, from 0.
        across: Its column, from 0.
        text: What stands in it.
        kind: What its column holds.
        looks: The formats `day`, `number` and `text`.
    """
    value = _value(text, kind)
    if isinstance(value, pd.Timestamp):
        page.write_datetime(down, across, value.to_pydatetime(), looks["day"])
    elif isinstance(value, float):
        page.write_number(down, across, value, looks["number"])
    elif text:
        page.write_string(down, across, clean(text), looks["text"])
    else:
        page.write_blank(down, across, None, looks["day" if isinstance(kind, Date) else "text"])


def _value(text: str, kind: Kind) -> pd.Timestamp | float | str:
    """A cell's number or day where its column holds one and writes it just so, else its text."""
    holds_values = isinstance(kind, (Whole, Amount, Date))
    if not text.strip() or not holds_values:
        return text
    try:
        value = kind.read(text)
    except Unreadable:
        return text
    early = isinstance(value, pd.Timestamp) and value < _FIRST_DAY
    return value if kind.write(value) == text and not early else text


def clean(text: str) -> str:
    """Text without what the format cannot hold: half characters, and the two that XML forbids."""
    whole = text.encode("utf-8", errors="replace").decode("utf-8")
    return whole.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
