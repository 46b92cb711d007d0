"""Columns of days, and of moments as people remember them.

What can be read in two ways, such as 03/04/2026, is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from partnering.language import mark, tr
from partnering.schema.kinds import Kind, Unreadable, Value
from partnering.schema.spelling import plain, trimmed

MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_NAME = r"(?P<name>[^\W\d_]+)"
# 31 December 2027, 31-Dec-2027, 31. Dezember 2027, 31 de diciembre de 2027; December 31, 2027
_NAMED_DAY = (
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+|de\s+)?{_NAME}\.?,?"
        r"[\s-]+(?:de\s+)?(?P<year>\d{4})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE
    ),
)
# December 2027, 12/2027, 2027-12
_NAMED_MONTH = re.compile(rf"{_NAME}\.?,?[\s-]+(?:de\s+)?(?P<year>\d{{4}})", re.IGNORECASE)
_MONTH_IN_FIGURES = (
    re.compile(r"(?P<month>\d{1,2})\s*[./-]\s*(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})\s*[./-]\s*(?P<month>\d{1,2})"),
)


def month_named(name: str) -> int:
    """The number of a month from its name, or the first letters of it, in English or the room's.

    Args:
        name: Such as "December", "Dec" or "Sept".

    Returns:
        1 to 12; 0 where it is no month.
    """
    asked = plain(name)
    for number, month in enumerate(MONTHS, 1):
        for known in (plain(month), plain(tr(month))):
            if asked == known or (len(asked) >= 3 and known.startswith(asked)):
                return number
    return 0


def month_of(text: str) -> tuple[int, int] | None:
    """The year and month that a text names without a day: March 2026, 03/2026 or 2026-03.

    Args:
        text: What was typed.

    Returns:
        The year and the month; None where the text names no month, or a day as well.
    """
    bare = " ".join(text.split())
    named = _NAMED_MONTH.fullmatch(bare)
    if named and month_named(named["name"]):
        return int(named["year"]), month_named(named["name"])
    for pattern in _MONTH_IN_FIGURES:
        found = pattern.fullmatch(bare)
        if found and 1 <= int(found["month"]) <= 12:
            return int(found["year"]), int(found["month"])
    return None


class Dated(Kind):
    """What holds days: written in figures they may be read in two ways."""

    def read(self, text: str, day_first: bool = False) -> Value:
        """The value that a typed text stands for.

        Args:
            text: What was typed.
            day_first: Whether another cell of the column shows that the day is written first, so
                that 03/04/2026 can be read in one way only.

        Raises:
            Unreadable: It cannot be read, or can be read in two ways.
        """
        raise NotImplementedError

    def is_twofold(self, text: str) -> bool:
        """Whether a text can be read day first and month first, and as two days: 03/04/2026."""
        parts = _DAY_OR_MONTH_FIRST.fullmatch(trimmed(text))
        if not parts or parts[2] == ".":
            return False
        day, month = int(parts[1]), int(parts[3])
        return day <= 12 and month <= 12 and day != month

    def shows_day_first(self, texts: Iterable[str]) -> str:
        """The text that shows that a column writes the day first, such as 25/12/2026.

        Args:
            texts: What stands in the column.

        Returns:
            One of the texts; "" where none shows it, or another one has the month first.
        """
        shown = ""
        for text in texts:
            parts = _DAY_OR_MONTH_FIRST.fullmatch(trimmed(text))
            if parts and parts[2] != ".":
                if int(parts[3]) > 12:
                    return ""
                if int(parts[1]) > 12:
                    shown = shown or text.strip()
        return shown


@dataclass(frozen=True)
class Date(Dated):
    """A day, as 2026-11-30, 30 November 2026 or day first as 30.11.2026.

    What can be read two ways is asked about.
    """

    first_year, last_year = 1900, 2199

    def read(self, text: str, day_first: bool = False) -> pd.Timestamp:
        """The day that a typed text stands for.

        Args:
            text: What was typed.
            day_first: Whether another cell of the column shows that the day is written first, so
                that 03/04/2026 can be read in one way only.

        Raises:
            Unreadable: It is no day, or can be read in two ways.
        """
        bare = trimmed(text)
        iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", bare)
        if iso:
            return self._day(int(iso[1]), int(iso[2]), int(iso[3]))
        for pattern in _NAMED_DAY:
            named = pattern.fullmatch(" ".join(bare.split()))
            if named and month_named(named["name"]):
                return self._day(int(named["year"]), month_named(named["name"]), int(named["day"]))
        first = _DAY_OR_MONTH_FIRST.fullmatch(bare)
        allowed = tr("a date such as 2026-11-30 or 30.11.2026")
        month_alone = month_of(bare)
        if month_alone:
            raise Unreadable(
                tr("one day but a whole month: write which day of it, such as {day}").format(
                    day=f"{month_alone[0]}-{month_alone[1]:02}-15"
                )
            )
        if not first:
            raise Unreadable(allowed)
        day, month, year = int(first[1]), int(first[3]), int(first[4])
        if not day_first and self.is_twofold(text):
            raise Unreadable(
                tr("a date that can be read in one way only: write {one} or {other}").format(
                    one=f"{year}-{month:02}-{day:02}", other=f"{year}-{day:02}-{month:02}"
                )
            )
        if first[2] != "." and 1 <= day <= 12 < month <= 31:
            month_first = tr("a date with the day first: here the month is first")
            raise Unreadable(month_first, f"{year}-{day:02}-{month:02}")
        return self._day(year, month, day)

    def _day(self, year: int, month: int, day: int) -> pd.Timestamp:
        if not self.first_year <= year <= self.last_year:
            raise Unreadable(
                tr("a day between the years {first} and {last}").format(
                    first=self.first_year, last=self.last_year
                )
            )
        try:
            return pd.Timestamp(date(year, month, day))
        except ValueError:
            raise Unreadable(tr("a day that exists, as year-month-day: 2026-11-30")) from None

    def write(self, value: pd.Timestamp) -> str:
        return value.strftime("%Y-%m-%d")

    def series(self, values: pd.Series) -> pd.Series:
        return pd.to_datetime(values)


@dataclass(frozen=True)
class Remembered(Dated):
    """When something was, as people remember it: a day, a month, or words such as *the last rains*.

    It is kept as it was typed; a day in figures is written as 2026-11-30. What looks like a day in
    figures has to be one.
    """

    def read(self, text: str, day_first: bool = False) -> str:
        """What was typed; a day in figures in the one way in which days are written.

        Args:
            text: What was typed.
            day_first: As for `Date.read`.

        Raises:
            Unreadable: It looks like a day in figures, and is none or can be read in two ways.
        """
        bare = " ".join(text.split())
        in_figures = re.fullmatch(r"[\d./-]+(?:[T ]00:00(?::00)?)?", bare)
        whole_month = month_of(bare) or re.fullmatch(r"\d{4}", bare)
        if not in_figures or whole_month:
            return bare
        return Date().write(Date().read(bare, day_first))

    def day(self, text: str) -> pd.Timestamp | None:
        """The day that a text names; None where it names none, or a month or year alone."""
        try:
            return Date().read(text)
        except Unreadable:
            return None

    def begins(self, text: str) -> pd.Timestamp | None:
        """By what a text is sorted: its day, or the first day of the month or year that it names.

        Returns:
            None where it is words alone.
        """
        day, month = self.day(text), month_of(text)
        if day is not None:
            return day
        if month and Date.first_year <= month[0] <= Date.last_year:
            return pd.Timestamp(date(*month, 1))
        year = re.fullmatch(r"\d{4}", text.strip())
        if year and Date.first_year <= int(year[0]) <= Date.last_year:
            return pd.Timestamp(date(int(year[0]), 1, 1))
        return None
