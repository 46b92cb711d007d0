"""How text is compared: as a reader sees it, as a heading, as form tools take it, or as a slip."""

from __future__ import annotations

import difflib
import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Marks that no reader sees: of width zero or of direction, the soft hyphen, selectors of a look.
UNSEEN = re.compile(
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
    return unicodedata.normalize("NFC", UNSEEN.sub("", text).translate(_WIDE))


_UNSEEN_AT_THE_ENDS = re.compile(rf"\A(?:{UNSEEN.pattern}|\s)+|(?:{UNSEEN.pattern}|\s)+\Z")


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


# What people write where there is nobody and nothing, in plain letters. No name of a person.
NONE = frozenset(
    (
        *("", "-", "--", "---", "–", "—", "/", "…", "n/a", "n.a", "not applicable", "null"),
        *("no", "none", "nobody", "no one", "no-one", "nothing", "(none)", "nobody at the moment"),
        *("nadie", "ninguno", "ninguna", "personne", "aucun", "aucune", "niemand"),
        *("keine", "keiner", "nichts", "ninguém", "nenhum", "nenhuma", "нет", "никто", "ничего"),
        *("لا أحد", "لا شيء", "لا يوجد", "hakuna", "hakuna mtu"),
    )
)
_NOT_YET = frozenset(
    (
        *("not yet", "none yet", "nobody yet", "no one yet", "nothing yet", "nobody so far"),
        *("tbd", "tbc", "tba", "to be decided", "to be confirmed", "to be agreed"),
        *("not decided", "not decided yet", "not yet decided", "none so far"),
    )
)


def says_nothing(text: str) -> bool:
    """Whether a cell is empty, or says in words that there is nobody or nothing, or not yet.

    Args:
        text: What was typed for somebody or something that is in place, such as "nobody yet".
    """
    return plain(text) in NONE or plain(text) in _NOT_YET


def says_none(text: str) -> bool:
    """Whether a cell is empty, or says that nothing is missing, differs or has to be settled.

    Args:
        text: What was typed for something that is not in place, such as "none". "To be decided"
            and "?" leave it open, and do not say so.
    """
    return plain(text) in NONE and "?" not in text


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
    bare = bare.removesuffix(" - Selected Choice")  # of Qualtrics, beside a box for other words
    return bare.rstrip("* \t\r\n:?").lstrip("* ")


_LONGEST_SLIP = 200  # letters; of longer texts difflib leaves out the frequent ones


def nearest(text: str, words: Iterable[str], alike: float = 0.6) -> str:
    """The word that a text most resembles.

    Args:
        text: What was typed.
        words: What may have been meant.
        alike: How near it has to be, from 0 (anything) to 1 (the same). Source: `difflib`.

    Returns:
        One of `words`, or "" where none is as near as that, or the text is too long to be a slip;
        none of them that is too long to be a word.
    """
    said = plain(text) if len(text) <= _LONGEST_SLIP else ""
    by_plain = {plain(word): word for word in words if said and len(word) < _KEPT}
    found = difflib.get_close_matches(said, by_plain, n=1, cutoff=alike) if said else []
    return by_plain[found[0]] if found else ""
