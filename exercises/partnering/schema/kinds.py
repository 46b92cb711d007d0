"""What a column can hold: each kind turns typed text into a value, or says in words what it takes instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import pandas as pd

from partnering.language import mark, tr

CANNOT_SAY = mark("cannot say")
RATHER_NOT = mark("rather not say here")
OUTSIDE = (CANNOT_SAY, RATHER_NOT)

SHARE_ROOM = mark("room")
SHARE_FACILITATOR = mark("facilitator")
SHARE_PAPER_ONLY = mark("paper only")


class Unreadable(ValueError):
    """Text that a column cannot take. `allowed` says what it takes, `nearest` is the likeliest right answer."""

    def __init__(self, allowed: str, nearest: str = ""):
        super().__init__(allowed)
        self.allowed = allowed
        self.nearest = nearest


def plain(text: object) -> str:
    """Text as it is compared: no capitals, one space between words, no stray dots or quotes at the ends."""
    return " ".join(str(text).casefold().replace("_", " ").split()).strip(" .,;:!?\"'")


def nearest(text: str, words: Iterable[str], alike: float = 0.6) -> str:
    """The one of `words` that `text` most resembles, or "" when none is as near as `alike` (0 to 1)."""
    by_plain = {plain(word): word for word in words}
    found = difflib.get_close_matches(plain(text), by_plain, n=1, cutoff=alike)
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
            raise Unreadable(
                tr("a short code without spaces, such as {example}").format(example=example)
            )
        return code


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two limits."""

    low: int = 0
    high: int = 1_000_000

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

    def read(self, text: str) -> float:
        return number_from(text, tr("an amount in figures, such as 94000 or 94000.50"))

    def write(self, value: float) -> str:
        return number_text(value)

    def series(self, values: pd.Series) -> pd.Series:
        return values.astype("float64")


_TWO_WAYS = re.compile(
    r"[+-]?[1-9]\d{0,2}[.,]\d{3}"
)  # 94,000: ninety-four thousand, or ninety-four?
_GROUPED = {
    sign: re.compile(rf"[+-]?\d{{1,3}}(?:[{sign}]\d{{2,3}})*[{sign}]\d{{3}}") for sign in ",."
}


def number_from(text: str, allowed: str) -> float:
    """The number in `text`: 1234.5, 1234,5, 1 234,50, 1,234.50, 1.234,50 or 12,34,567.

    What can be read in two ways (94,000) is asked about rather than guessed; for the rest `Unreadable` says `allowed`.
    """
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if not re.fullmatch(r"[+-]?\d[\d.,]*", bare):
        raise Unreadable(allowed)
    if _TWO_WAYS.fullmatch(bare):
        whole, part = re.sub("[.,]", "", bare), float(bare.replace(",", "."))
        raise Unreadable(
            tr("a number that can be read in one way only: write {one} or {other}").format(
                one=whole, other=f"{part:.2f}" if part == round(part, 2) else f"{part:.4f}"
            )
        )
    comma, dot = bare.rfind(","), bare.rfind(".")
    decimal = (
        "," if comma > dot else "."
    )  # the later of the two; a sign that stands twice can only part thousands
    thousands = "." if decimal == "," else ","
    if bare.count(decimal) > 1:
        decimal, thousands = thousands, decimal
    whole, _, part = bare.partition(decimal)
    if thousands in part or (thousands in whole and not _GROUPED[thousands].fullmatch(whole)):
        raise Unreadable(allowed)
    number = float(f"{whole.replace(thousands, '')}.{part}")
    if number == float("inf") or number == float("-inf"):
        raise Unreadable(allowed)
    return number


def number_text(number: float) -> str:
    """A number as text, without needless zeros, and so that it can be read in one way only: 94000, 94000.5, 94.1250."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = format(Decimal(repr(float(f"{number:.15g}"))), "f")
    return f"{text}0" if _TWO_WAYS.fullmatch(text) else text


@dataclass(frozen=True)
class Date(Kind):
    """A day, as 2026-11-30 or day first as 30.11.2026; a date that can be read two ways is asked about."""

    first_year, last_year = 1900, 2199

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
            raise Unreadable(
                tr("a date that can be read in one way only: write {one} or {other}").format(
                    one=readings[0], other=readings[1]
                )
            )
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
        meant = {tr(word): word for word in self.everything}
        meant |= {also: word.text for word in self.words for also in word.also}
        return tr(meant.get(nearest(text, meant), ""))

    def series(self, values: pd.Series) -> pd.Series:
        return pd.Series(pd.Categorical(values, categories=self.everything), index=values.index)


@dataclass(frozen=True)
class Ticks(Choice):
    """Any number of a few described words, parted by semicolons."""

    def read(self, text: str) -> str:
        read = super().read
        found = {read(part) for part in re.split(r"[;\n]+", text) if part.strip()}
        return "; ".join(word for word in self.everything if word in found)

    def parts(self, text: str) -> list[str]:
        """The separate words in a cell."""
        return text.split("; ") if text else []

    def series(self, values: pd.Series) -> pd.Series:
        return Kind.series(self, values)


@dataclass(frozen=True)
class Scale(Choice):
    """Described words in order. "Cannot say" and "rather not say here" stand outside it.

    `cautious_last` says at which end a middle that is two words is read where one has to count: the more cautious.
    """

    outside: tuple[str, ...] = OUTSIDE
    cautious_last: bool = True

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

    def parts(self, text: str) -> list[str]:
        """The separate codes in a cell."""
        return [part for part, _ in self.resolve(text, {})]

    def resolve(self, text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
        """Each part of a cell with the code it stands for, "" where it stands for none.

        `known` maps what may be written, in plain letters, to the code. Names may hold commas themselves, so the
        longest run of pieces that is known counts as one part.
        """
        pieces = [match.span() for match in re.finditer(r"[^,;/\n]+", text) if match[0].strip()]
        if not self.many or plain(text) in known:
            pieces = [(0, len(text))] if text.strip() else []
        found, start = [], 0
        while start < len(pieces):
            for end in range(len(pieces), start, -1):
                run = text[pieces[start][0] : pieces[end - 1][1]]
                if plain(run) in known or end == start + 1:
                    break
            found.append((" ".join(run.split()), known.get(plain(run), "")))
            start = end
        return list(dict.fromkeys(found))
