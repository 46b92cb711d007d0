"""What a column can hold: each kind turns typed text into a value, or says in words what it takes instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from partnering.language import mark, tr

CANNOT_SAY = mark("cannot say")
RATHER_NOT = mark("rather not say here")
OUTSIDE = (CANNOT_SAY, RATHER_NOT)

ROOM = mark("room")
FACILITATOR = mark("facilitator")
PAPER_ONLY = mark("paper only")


class Unreadable(ValueError):
    """Text that a column cannot take. `allowed` says what it takes, `nearest` is the likeliest right answer."""

    def __init__(self, allowed: str, nearest: str = ""):
        super().__init__(allowed)
        self.allowed = allowed
        self.nearest = nearest


def plain(text: object) -> str:
    """Text as it is compared: no capitals, one space between words, no stray dots or quotes at the ends."""
    return " ".join(str(text).casefold().replace("_", " ").split()).strip(" .,;:!?\"'")


def nearest(text: str, words: Iterable[str]) -> str:
    """The one of `words` that `text` most resembles, or "" when none is near."""
    by_plain = {plain(word): word for word in words}
    found = difflib.get_close_matches(plain(text), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else ""


def one_of(words: Iterable[str]) -> str:
    """The sentence part "one of: a / b / c"."""
    return tr("one of: {words}").format(words=" / ".join(words))


@dataclass(frozen=True)
class Word:
    """One answer of a scale: the word that is ticked, what it means, and other words people use for it.

    `guarded` marks an answer that could cost its owner something: the room sees it only where the owner says so.
    """

    text: str
    means: str = ""
    also: tuple[str, ...] = ()
    guarded: bool = False


@dataclass(frozen=True)
class Kind:
    """What a column holds. `read` turns text into a value or raises `Unreadable`; `series` gives it its type."""

    ticked = False

    def read(self, text: str):
        return text.strip()

    def write(self, value) -> str:
        return str(value)

    def series(self, values: pd.Series) -> pd.Series:
        return values.fillna("").astype("str")


@dataclass(frozen=True)
class Text(Kind):
    """Free words, kept as typed."""


@dataclass(frozen=True)
class Code(Kind):
    """The short name of a row, said aloud in the room: O1, R3, VEC."""

    prefix: str = ""
    upper: bool = True
    pattern = re.compile(r"\w[\w.-]{0,15}")

    def read(self, text: str) -> str:
        code = text.strip().upper() if self.upper else text.strip()
        if not self.pattern.fullmatch(code):
            example = f"{self.prefix}1" if self.prefix else "VEC"
            raise Unreadable(tr("a short code without spaces, such as {example}").format(example=example))
        return code


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two limits."""

    low: int = 0
    high: int = 1_000_000

    def read(self, text: str) -> float:
        try:
            number = number_from(text)
        except ValueError:
            number = float("nan")
        if number != number or number != int(number) or not self.low <= number <= self.high:
            raise Unreadable(tr("a whole number from {low} to {high}").format(low=self.low, high=self.high))
        return number

    def write(self, value: float) -> str:
        return str(int(value))

    def series(self, values: pd.Series) -> pd.Series:
        return values.astype("float64")


@dataclass(frozen=True)
class Amount(Kind):
    """An amount of money, with decimal point or comma. It is never added to anything."""

    def read(self, text: str) -> float:
        try:
            return number_from(text)
        except ValueError:
            raise Unreadable(tr("an amount in figures, such as 94000 or 94000.50")) from None

    def write(self, value: float) -> str:
        return f"{value:.2f}".rstrip("0").rstrip(".")

    def series(self, values: pd.Series) -> pd.Series:
        return values.astype("float64")


def number_from(text: str) -> float:
    """The number in `text`: 1234.5, 1234,5, 1 234,50, 1,234.50 or 1.234,50. Raises ValueError for the rest."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if not re.fullmatch(r"[+-]?\d[\d.,]*", bare):
        raise ValueError(text)
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:  # the later of the two is the decimal sign
        thousands, decimal = (",", ".") if dot > comma else (".", ",")
        bare = bare.replace(thousands, "").replace(decimal, ".")
    elif comma >= 0 or dot >= 0:
        sign = "," if comma >= 0 else "."
        groups = bare.split(sign)
        if len(groups) > 2:  # 1.234.567 can only be thousands
            if any(len(group) != 3 for group in groups[1:]):
                raise ValueError(text)
            bare = "".join(groups)
        else:
            bare = ".".join(groups)
    return float(bare)


@dataclass(frozen=True)
class Date(Kind):
    """A day, as 2026-11-30 or day first as 30.11.2026; a date that can be read two ways is asked about."""

    def read(self, text: str) -> pd.Timestamp:
        bare = text.strip()
        iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", bare)
        if iso:
            return self._day(*map(int, iso.groups()))
        first = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", bare)
        if not first:
            raise Unreadable(tr("a date such as 2026-11-30 or 30.11.2026"))
        day, month, year = int(first[1]), int(first[3]), int(first[4])
        if first[2] != "." and day <= 12 and month <= 12 and day != month:
            readings = f"{year}-{month:02}-{day:02}", f"{year}-{day:02}-{month:02}"
            raise Unreadable(tr("a date that can be read in one way only: write {one} or {other}").format(
                one=readings[0], other=readings[1]))
        return self._day(year, month, day)

    @staticmethod
    def _day(year: int, month: int, day: int) -> pd.Timestamp:
        try:
            return pd.Timestamp(date(year, month, day))
        except ValueError:
            raise Unreadable(tr("a day that exists, as year-month-day: 2026-11-30")) from None

    def write(self, value: pd.Timestamp) -> str:
        return value.strftime("%Y-%m-%d")

    def series(self, values: pd.Series) -> pd.Series:
        return pd.to_datetime(values)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few described words, in no order."""

    words: tuple[Word, ...]
    outside: tuple[str, ...] = ()
    ticked = True

    @cached_property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]

    @cached_property
    def everything(self) -> list[str]:
        return [*self.texts, *self.outside]

    def read(self, text: str) -> str:
        asked = plain(text)
        for word in self.everything:  # English or the language of the room
            if asked in (plain(word), plain(tr(word))):
                return word
        raise Unreadable(one_of(tr(word) for word in self.everything), self._likeliest(text))

    def _likeliest(self, text: str) -> str:
        for word in self.words:
            if plain(text) in map(plain, word.also):
                return tr(word.text)
        return nearest(text, [tr(word) for word in self.everything])

    def series(self, values: pd.Series) -> pd.Series:
        return pd.Series(pd.Categorical(values, categories=self.everything), index=values.index)


@dataclass(frozen=True)
class Scale(Choice):
    """Described words in order. "Cannot say" and "rather not say here" stand outside it."""

    outside: tuple[str, ...] = OUTSIDE

    def ranks(self, answers: pd.Series) -> pd.Series:
        """The places of the answers on the scale, 0 the first word; NaN for an empty or outside answer."""
        codes = answers.cat.codes.astype("float64")
        return codes.where((codes >= 0) & (codes < len(self.words)))

    def word(self, rank: float) -> str:
        """The word at a place on the scale; "" for NaN."""
        return "" if rank != rank else self.texts[int(rank)]


@dataclass(frozen=True)
class Ref(Kind):
    """The code of a row of another table, or several codes; or one of a few words that stand beside the codes."""

    table: str
    many: bool = False
    also: tuple[str, ...] = ()

    def read(self, text: str) -> str:
        return ", ".join(self.parts(text))

    def parts(self, text: str) -> list[str]:
        """The separate codes in a cell."""
        pieces = re.split(r"[,;/\n]+", text) if self.many else [text]
        return list(dict.fromkeys(" ".join(piece.split()) for piece in pieces if piece.strip()))
