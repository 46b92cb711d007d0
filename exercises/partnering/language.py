"""The language of the room: every sentence is its own gettext key, in English."""

from __future__ import annotations

import gettext
from pathlib import Path

_LOCALES = Path(__file__).parent / "locale"
_catalogue = gettext.NullTranslations()


def mark(sentence: str) -> str:
    """The sentence itself, marked so that Babel extracts it; it is translated where it is shown."""
    return sentence


def tr(sentence: str) -> str:
    """The sentence in the language of the room, or in English where there is no translation."""
    return _catalogue.gettext(sentence) if sentence else ""


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
