"""Columns that are answered by ticking described words: a choice, several ticks, or a scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from partnering.language import tr
from partnering.schema.kinds import (
    OUTSIDE,
    WRITTEN_BEFORE,
    Kind,
    Unreadable,
    Value,
    one_of,
    ways_of,
)
from partnering.schema.spelling import UNSEEN, as_name, nearest, plain, seen


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
        in_doubt = "?" in text or bool(UNSEEN.search(text))
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
