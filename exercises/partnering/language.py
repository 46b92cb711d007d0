"""The language of the room: every sentence is its own gettext key, in English."""

from __future__ import annotations

import gettext
import unicodedata
from pathlib import Path

_LOCALES = Path(__file__).parent / "locale"
_catalogue = gettext.NullTranslations()


class InContext(str):
    """A sentence that is translated within its context: elsewhere the same words mean another.

    Attributes:
        context: What it speaks of, such as the name of a scale or table; gettext's `msgctxt`.
    """

    context: str


def mark(sentence: str, context: str = "") -> str:
    """The sentence itself, marked so that Babel extracts it; it is translated where it is shown.

    Args:
        sentence: The sentence in English.
        context: What it speaks of, where the same English means something else elsewhere.
    """
    if not context:
        return sentence
    marked = InContext(sentence)
    marked.context = context
    return marked


def tr(sentence: str, context: str = "") -> str:
    """The sentence in the language of the room, or in English where there is no translation.

    Args:
        sentence: The sentence in English. What `mark` gave brings its context with it.
        context: What it speaks of, where the same English means something else elsewhere. Where
            there is no translation for it, one without a context counts.
    """
    if not sentence:
        return ""
    if context := context or getattr(sentence, "context", ""):
        said = _catalogue.pgettext(context, sentence)
        if said != sentence:
            return said
    return _catalogue.gettext(str(sentence))


def trn(one: str, many: str, count: int) -> str:
    """The form of a sentence that fits a count, in the language of the room."""
    return _catalogue.ngettext(one, many, count)


def speak(*languages: str) -> None:
    """Choose the languages of the room; English fills every gap.

    Args:
        languages: Their codes, such as "es" or "pl", the best first.
    """
    global _catalogue
    _catalogue = gettext.translation(
        "partnering", _LOCALES, languages=list(languages), fallback=True
    )


def spoken() -> object:
    """What stands for the language of the room: the same object until another is chosen."""
    return _catalogue


def is_english() -> bool:
    """Whether sentences are shown as they stand in the code."""
    return type(_catalogue) is gettext.NullTranslations


def right_to_left(text: str) -> bool:
    """Whether a text begins, as far as letters go, in a script that runs from right to left."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def is_from_right() -> bool:
    """Whether the language of the room is written from right to left."""
    return right_to_left(tr("Partner"))
