"""What a column can hold.

Each kind turns typed text into a value, or says in words what it takes instead.
"""

from __future__ import annotations

import difflib
import html
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from partnering.language import mark, tr

CANNOT_SAY = mark("we do not know")
RATHER_NOT = mark("prefer not to say here")
NOT_SEEN = mark("we could not see it")
OUTSIDE = (CANNOT_SAY, RATHER_NOT)

# In the place of partners where a cell names some and not every one can be read: whoever concludes
# from such a cell does not know who stands there. Nobody can be called so, for it is no code.
UNREAD = mark("cannot be read")

SHARE_ROOM = mark("everyone here")
SHARE_FACILITATOR = mark("facilitator only")
SHARE_PAPER_ONLY = mark("not typed")
KEPT_BACK = (SHARE_FACILITATOR, SHARE_PAPER_ONLY)  # what nobody in the room may see

# Words that stand in several columns, and how they were written in earlier files and forms.
WRITTEN_BEFORE = {
    CANNOT_SAY: ("cannot say",),
    RATHER_NOT: ("rather not say here",),
    NOT_SEEN: ("not seen",),
    "our organisation only": ("only us",),
    "all partners": ("all of us",),
    "people we serve": ("people served",),
    "one partner": ("a partner",),
}

NOT_WORKED_OUT = "#CALC!"  # for a formula whose value no program has stored
# What spreadsheets write where they could not work out a cell.
# Programs of other languages write #BEZUG!, #¡VALOR! or #N/D, and LibreOffice also Err:502.
_SPREADSHEET_ERROR = re.compile(
    r"(?:#[¡¿]?[A-ZÀ-ÞА-ЯĀ-Ž0-9/]{2,14}[!?]|#N/[AD]|#NV|#GETTING_DATA|Err:\d{3})(?: =.*)?",
    re.DOTALL,
)


def is_spreadsheet_error(text: str) -> bool:
    """Whether a cell holds what a spreadsheet writes where it could not work out an answer."""
    return bool(_SPREADSHEET_ERROR.fullmatch(text.strip()))


class Unreadable(ValueError):
    """Text that a column cannot take.

    Attributes:
        allowed: What the column takes, as a part of a sentence.
        nearest: The likeliest right answer, "" where there is none.
        between: Answers that mean the opposite of each other, where it could be any of them.
    """

    def __init__(self, allowed: str, nearest: str = "", between: Sequence[str] = ()) -> None:
        super().__init__(allowed)
        self.allowed = allowed
        self.nearest = nearest
        self.between = between


# Marks that no reader sees: of width zero or of direction, the soft hyphen, selectors of a look.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


# Letters and digits as wide as Chinese ones, with those that they stand for.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def seen(text: str) -> str:
    """Text as a reader sees it: without unseen marks, accents on their letters, none of them wide.

    Args:
        text: What was typed. It is compared so, and stays as typed where it is kept.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text).translate(_WIDE))


_UNSEEN_AT_THE_ENDS = re.compile(rf"\A(?:{_UNSEEN.pattern}|\s)+|(?:{_UNSEEN.pattern}|\s)+\Z")


def trimmed(text: str) -> str:
    """Text without blanks and unseen marks at its ends.

    Args:
        text: What was typed.
    """
    return text.strip() if text.isascii() else _UNSEEN_AT_THE_ENDS.sub("", text)


def plain(text: object) -> str:
    """Text as it is compared: no capitals, one space between words, no stray signs at the ends."""
    told = str(text)
    return _plain(told) if len(told) < _KEPT else _plain.__wrapped__(told)


_KEPT = 1_000  # letters: what is longer is no heading, word or code


@lru_cache(maxsize=16_384)  # the same headings, words and codes stand in every file
def _plain(text: str) -> str:
    words = seen(text).casefold().replace("_", " ").split()
    return " ".join(words).strip(" .,;:!?\"'")


def as_name(text: str) -> str:
    """Text as form tools take it for a name or value: small Latin letters, digits and "_" alone."""
    letters = unicodedata.normalize("NFKD", seen(text)).casefold()
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\u0300-\u036f]", "", letters)).strip("_")


_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_NUMBERED = re.compile(
    r"\s*+[(\[]?(?:q|question|no|nr|n[°ºo])?[.\s]*+\d{1,3}(?:[.\-]\d{1,3}){0,3}"
    r"(?:\s*+[.):\]–—-]++)?+\s++(?=\S)",
    re.IGNORECASE,
)


def as_heading(text: str) -> str:
    """A heading without what form tools put around it: a number, a star, markup.

    Args:
        text: Such as "3. How likely? *", "Q12 How likely" or "<b>How likely</b>".
    """
    bare = html.unescape(_MARKUP.sub(" ", text)) if "<" in text or "&" in text else text
    bare = _NUMBERED.sub("", bare, count=1) if _NUMBERED.match(bare) else bare
    bare = bare.rstrip().removesuffix("(required)").removesuffix("(optional)")
    return bare.rstrip("* \t\r\n:?").lstrip("* ")


_LONGEST_SLIP = 200  # letters; of longer texts difflib leaves out the frequent ones


def nearest(text: str, words: Iterable[str], alike: float = 0.6) -> str:
    """The word that a text most resembles.

    Args:
        text: What was typed.
        words: What may have been meant.
        alike: How near it has to be, from 0 (anything) to 1 (the same). Source: `difflib`.

    Returns:
        One of `words`, or "" where none is as near as that, or the text is too long to be a slip.
    """
    said = plain(text) if len(text) <= _LONGEST_SLIP else ""
    by_plain = {plain(word): word for word in words}
    found = difflib.get_close_matches(said, by_plain, n=1, cutoff=alike) if said else []
    return by_plain[found[0]] if found else ""


def ways_of(word: str) -> set[str]:
    """How a word that stands in several columns may be written, in plain letters.

    In English, in the language of the room, or as in earlier files.
    """
    return {plain(way) for way in (word, tr(word), *WRITTEN_BEFORE.get(word, ()))}


def one_of(words: Iterable[str]) -> str:
    """The sentence part "one of: a / b / c"."""
    return tr("one of: {words}").format(words=" / ".join(words))


@dataclass(frozen=True)
class Word:
    """One answer of a scale or choice.

    Attributes:
        text: The word that is ticked.
        means: What it means, in a few words.
        also: Other words that people use for it; they are asked about, not taken.
        reads: Other ways of writing it that are taken for it.
        guarded: Whether it could cost its owner something: the room sees it only where the owner
            says so.
    """

    text: str
    means: str = ""
    also: tuple[str, ...] = ()
    guarded: bool = False
    reads: tuple[str, ...] = ()


Value = str | float | pd.Timestamp


@dataclass(frozen=True)
class Kind:
    """What a column holds; this one holds text.

    Attributes:
        ticked: Whether it is answered by ticking words rather than by writing.
    """

    ticked = False

    @property
    def stricter(self) -> Value | None:
        """What counts where something is written that cannot be read; None where nothing does."""
        return None

    def strictness(self, value: Value) -> float:
        """How far an answer protects people: of two the stricter counts; "" is an empty cell."""
        return 0

    def counts_as(self, text: str) -> Value | None:
        """What a typed text counts as: what it says, or the stricter where it cannot be read."""
        try:
            return self.read(text)
        except Unreadable:
            return self.stricter

    def read(self, text: str) -> Value:
        """The value that a typed text stands for.

        Raises:
            Unreadable: The column cannot take it.
        """
        return text.strip()

    def write(self, value: Any) -> str:  # Any: of the type that `read` of the same kind gives
        """The text that stands for a value, so that `read` gives the value again."""
        return str(value)

    def shown(self, text: str) -> str:
        """What people read in a cell, in the language of the room: its words are translated."""
        return text

    def cell_text(self, value: Value | None) -> str:
        """The text of a cell in a table of this kind: "" for an empty one."""
        return "" if value is None or pd.isna(value) or value == "" else self.write(value)

    def series(self, values: pd.Series) -> pd.Series:
        """A column of values with the type that this kind has in a table; None is an empty cell."""
        texts = ["" if value is None or value != value else str(value) for value in values.tolist()]
        return pd.Series(texts, values.index, dtype=TEXT)


@cache
def _of_today(before: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Names of before in plain letters, each with its name of today."""
    return {plain(old): new for old, new in before}


TEXT = pd.Series(dtype="str").dtype  # looking a type up by its name takes longer than most columns


@dataclass(frozen=True)
class Text(Kind):
    """Free words, kept as typed.

    Attributes:
        before: Names that came with an earlier handbook, each with its name of today.
    """

    before: tuple[tuple[str, str], ...] = ()

    def read(self, text: str) -> str:
        typed = text.strip()
        return _of_today(self.before).get(plain(typed), typed) if self.before else typed


@dataclass(frozen=True)
class Code(Kind):
    """The short name of a row, said aloud in the room: O1, R3, VEC.

    Attributes:
        prefix: The letter before the number; "" where codes are names.
        upper: Whether it is written in capitals.
    """

    prefix: str = ""
    upper: bool = True
    pattern = re.compile(r"\w[\w.-]{0,15}")

    def read(self, text: str) -> str:
        bare = seen(text).strip()
        code = bare.upper() if self.upper else bare
        if not self.pattern.fullmatch(code):
            example = f"{self.prefix}1" if self.prefix else "VEC"
            raise Unreadable(
                tr("a short code without spaces, such as {example}").format(example=example)
            )
        return code


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two limits.

    Attributes:
        low: The lowest.
        high: The highest.
        unreadable: Where a larger number protects people, the least that counts where something is
            written that cannot be read. 0 where nothing counts then.
    """

    low: int = 0
    high: int = 1_000_000
    unreadable: int = 0

    @property
    def stricter(self) -> Value | None:
        return float(self.unreadable) or None

    def counts_as(self, text: str) -> Value | None:
        """What a typed text counts as.

        Where it cannot be read and a larger number protects people, that is the largest in it, such
        as 7 in "7 people", and without one the highest there is.
        """
        try:
            return self.read(text)
        except Unreadable:
            if not self.unreadable:
                return None
            found = [float(digits) for digits in re.findall(r"\d+", trimmed(text))]
            least, most = float(self.unreadable), float(self.high)
            return min(max(least, *found), most) if found else most

    def strictness(self, value: Value) -> float:
        return value if self.unreadable and isinstance(value, float) else 0

    def read(self, text: str) -> float:
        allowed = tr("a whole number from {low} to {high}").format(low=self.low, high=self.high)
        number = number_from(text, allowed)
        if not self.low <= number <= self.high or number != int(number):
            raise Unreadable(allowed)
        return number

    def write(self, value: float) -> str:
        return str(int(value))

    def series(self, values: pd.Series) -> pd.Series:
        return values.astype("float64")


@dataclass(frozen=True)
class Amount(Kind):
    """An amount of money, with decimal point or comma. It is never added to anything."""

    most = 999_999_999_999

    def read(self, text: str) -> float:
        number = number_from(text, tr("an amount in figures, such as 94000 or 94000.50"))
        if not 0 <= number <= self.most:
            raise Unreadable(tr("an amount from 0 to {most}").format(most=self.most))
        return number

    def write(self, value: float) -> str:
        return number_text(value)

    def series(self, values: pd.Series) -> pd.Series:
        return values.astype("float64")


# 94,000: ninety-four thousand, or ninety-four?
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GROUPED = {
    sign: re.compile(rf"[+-]?\d{{1,3}}(?:[{sign}]\d{{2,3}})*[{sign}]\d{{3}}") for sign in ",."
}


def number_from(text: str, allowed: str) -> float:
    """The number in a text: 1234.5, 1234,5, 1 234,50, 1,234.50, 1.234,50 or 12,34,567.

    Args:
        text: What was typed.
        allowed: What the column takes, as a part of a sentence.

    Raises:
        Unreadable: It is no number, or can be read in two ways (94,000), which is asked about
            rather than guessed.
    """
    bare = re.sub(r"[\s\u00a0\u202f']", "", trimmed(text))
    if not re.fullmatch(r"[+-]?\d[\d.,]*", bare):
        raise Unreadable(allowed)
    if _TWO_WAYS.fullmatch(bare):
        small = float(bare.replace(",", "."))
        raise Unreadable(
            tr("a number that can be read in one way only: write {one} or {other}").format(
                one=re.sub("[.,]", "", bare),
                other=f"{small:.2f}" if small == round(small, 2) else f"{small:.4f}",
            )
        )
    # The later of the two parts off decimals; but a sign that stands twice can only part thousands.
    decimal, thousands = (",", ".") if bare.rfind(",") > bare.rfind(".") else (".", ",")
    if bare.count(decimal) > 1:
        decimal, thousands = thousands, decimal
    whole, _, part = bare.partition(decimal)
    if thousands in part or (thousands in whole and not _GROUPED[thousands].fullmatch(whole)):
        raise Unreadable(allowed)
    number = float(f"{whole.replace(thousands, '')}.{part}")
    if math.isinf(number):
        raise Unreadable(allowed)
    return number


def number_text(number: float) -> str:
    """A number as text, without needless zeros, and so that it can be read in one way only.

    Such as 94000, 94000.5 or 94.1250.
    """
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = format(Decimal(repr(float(f"{number:.15g}"))), "f")
    return f"{text}0" if _TWO_WAYS.fullmatch(text) else text


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


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few described words, in no order.

    Attributes:
        words: The answers.
        outside: Answers that say that there is none, such as "we do not know".
        unreadable: The answer that counts where something is written that cannot be read: the
            stricter one. Empty where nothing counts then.
        strict: Where answers protect people, from the most open to the strictest; "" is an empty
            cell. Others are as the first.
        opposed: Words near to each other that do not mean the same: what is near to one of them
            could be any of them, and is asked about.
    """

    words: tuple[Word, ...]
    outside: tuple[str, ...] = ()
    unreadable: str = ""
    strict: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()
    ticked = True

    @property
    def stricter(self) -> Value | None:
        return self.unreadable or None

    def strictness(self, value: Value) -> float:
        return self.strict.index(value) if value in self.strict else 0

    @cached_property
    def texts(self) -> list[str]:
        """The words that are ticked, without those outside."""
        return [word.text for word in self.words]

    @cached_property
    def everything(self) -> list[str]:
        """All that may be ticked."""
        return [*self.texts, *self.outside]

    def read(self, text: str) -> str:
        word = self._meant(plain(text))
        # who asks, or leaves an unseen mark, has not said that people need less protection
        in_doubt = "?" in text or bool(_UNSEEN.search(text))
        doubted = in_doubt and self.strictness(word) < self.strictness(self.unreadable)
        if not word or doubted:
            likeliest = self._likeliest(text)
            known = {plain(also) for word in self.words for also in word.also}
            between = likeliest in self.opposed and plain(text) not in known and not doubted
            raise Unreadable(
                one_of(map(self.shown, self.everything)),
                "" if between else self.shown(likeliest),
                [self.shown(word) for word in self.opposed] if between else (),
            )
        return word

    def _meant(self, asked: str) -> str:
        """The word that is written, in plain letters; "" where it is none."""
        for word in self.everything:  # English or the language of the room
            if asked in (plain(word), plain(self.shown(word))):
                return word
        for known in self.words:
            if asked in map(plain, known.reads):
                return known.text
        for word in self.outside:
            if asked in ways_of(word):
                return word
        for word in self.everything:  # the value of a form tool
            if asked == plain(as_name(word)):
                return word
        return ""

    def _likeliest(self, text: str) -> str:
        """The word that was probably meant, in English; "" where there is none."""
        meant = {self.shown(word): word for word in self.everything}
        meant |= {also: word.text for word in self.words for also in (*word.also, *word.reads)}
        meant |= {way: word for word in self.outside for way in WRITTEN_BEFORE.get(word, ())}
        return meant.get(nearest(text, meant), "")

    def shown(self, text: str) -> str:
        return tr(self._in_context.get(text, text))

    @cached_property
    def _in_context(self) -> dict[str, str]:
        """The words by themselves, each with the context in which it is translated."""
        return {word: word for word in self.everything}

    @cached_property
    def _type(self) -> pd.CategoricalDtype:
        return pd.CategoricalDtype([str(word) for word in self.everything])

    @cached_property
    def _place(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.everything)}

    def series(self, values: pd.Series) -> pd.Series:
        codes = [self._place.get(value, -1) for value in values.tolist()]
        return self.from_places(np.array(codes, dtype="int8"), values.index)

    def from_places(self, places: np.ndarray, index: pd.Index) -> pd.Series:
        """A column of this kind.

        Args:
            places: Where each answer stands in `everything`; -1 for an empty cell.
            index: The row numbers.
        """
        return pd.Series(pd.Categorical.from_codes(places, dtype=self._type), index=index)


def places_of(answers: pd.Series) -> np.ndarray:
    """Where each answer stands in `everything` of its kind of choice; -1 for an empty cell.

    Args:
        answers: A column of that kind, as `series` gives it.
    """
    return answers.array.codes


@dataclass(frozen=True)
class Ticks(Choice):
    """Any number of a few described words, parted by semicolons."""

    def read(self, text: str) -> str:
        read = super().read
        found = {read(part) for part in re.split(r"[;\n]+", text) if seen(part).strip()}
        return "; ".join(word for word in self.everything if word in found)

    def parts(self, text: str) -> list[str]:
        """The separate words in a cell."""
        return text.split("; ") if text else []

    def shown(self, text: str) -> str:
        return "; ".join(map(super().shown, self.parts(text)))

    def series(self, values: pd.Series) -> pd.Series:
        return Kind.series(self, values)


@dataclass(frozen=True)
class Scale(Choice):
    """Described words in order. "We do not know" and "prefer not to say here" stand outside it.

    Attributes:
        cautious_last: Whether the last word is the more cautious end. Where a middle is two words
            and one has to count, it is the more cautious of them.
    """

    outside: tuple[str, ...] = OUTSIDE
    cautious_last: bool = True

    def ranks(self, answers: pd.Series) -> pd.Series:
        """The places of answers on the scale, 0 the first word.

        Args:
            answers: A column of this kind, as `series` gives it.

        Returns:
            Numbers; NaN for an empty answer and for one that stands outside the scale.
        """
        places = places_of(answers)
        there = (places >= 0) & (places < len(self.words))
        return pd.Series(np.where(there, places, np.nan), index=answers.index)

    def word(self, rank: float) -> str:
        """The word at a place on the scale; "" for NaN."""
        return "" if rank != rank else self.texts[int(rank)]


def in_cell(text: str) -> list[str]:
    """The codes and words in a cell of references that has been read: each of "VEC, all partners".

    Args:
        text: What `Ref` gives for a cell of several; what is typed is taken apart by `Ref.resolve`.
    """
    return text.split(", ") if text else []


_PIECE = re.compile(r"[^,;/\n]+")  # of a cell in which several rows are named
_FEW = 8  # pieces, for which it is not asked how many a name may have


def _most_pieces(name: str) -> int:
    """How many pieces a name in plain letters may have had: a line break became a space there."""
    return len(name.split()) + len(_PIECE.findall(name))


@dataclass(frozen=True)
class Ref(Kind):
    """The code of a row of another table.

    Attributes:
        table: The name of the other table.
        many: Whether several codes may stand in a cell.
        also: Words that may stand in the place of a code.
        before: Names that came with an earlier handbook, each with its name of today.
    """

    table: str
    many: bool = False
    also: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()

    def parts(self, text: str) -> list[str]:
        """The separate codes in a cell."""
        return [part for part, _ in self.resolve(text, {})]

    @property
    def tells_unread(self) -> bool:
        """Whether `UNREAD` stands where a part of a cell cannot be read.

        Partners are hidden from nobody, so what stands there is the same for every reader. A line
        of another table may be kept back: that it cannot be found would tell who knows of it.
        """
        return self.table == "partners"

    def write(self, value: str) -> str:
        """The codes as text; "" where they cannot be read, since nobody is called so."""
        return "" if value == UNREAD else value

    @property
    def ways(self) -> dict[str, str]:
        """How words and names of before may be written, in plain letters, with those of today."""
        words = {way: word for word in self.also for way in ways_of(word)}
        return {**_of_today(self.before), **words}

    def shown(self, text: str) -> str:
        return ", ".join(tr(part) if part in self.also else part for part in self.parts(text))

    def resolve(self, text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
        """Each part of a cell with the code it stands for.

        Names may hold commas themselves, so the longest run of pieces that is known counts as one
        part.

        Args:
            text: What was typed.
            known: What may be written, in plain letters, with the code it stands for.

        Returns:
            The parts as typed, each once, with its code, "" where it stands for none.
        """
        pieces = [match.span() for match in _PIECE.finditer(text) if match[0].strip()]
        if not self.many or plain(text) in known:
            pieces = [(0, len(text))] if text.strip() else []
        most = max(map(_most_pieces, known), default=1) if len(pieces) > _FEW else _FEW
        found, start = [], 0
        while start < len(pieces):
            for end in range(min(start + most, len(pieces)), start, -1):
                run = text[pieces[start][0] : pieces[end - 1][1]]
                if plain(run) in known or end == start + 1:
                    break
            found.append((" ".join(run.split()), known.get(plain(run), "")))
            start = end
        return list(dict.fromkeys(found))
