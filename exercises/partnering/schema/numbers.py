"""Columns of numbers: whole ones and amounts of money.

What can be read in two ways, such as 94,000, is asked about.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from partnering.language import tr
from partnering.schema.kinds import Kind, Unreadable, Value
from partnering.schema.spelling import trimmed


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
