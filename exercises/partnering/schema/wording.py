"""How the handbook speaks: what stands on all that leaves it, and which words it looks for."""

from __future__ import annotations

import re

from partnering.language import mark, tr

# Words for doing something that a newcomer could see. A translation is a list in that language, or
# leaves it as it is.
DOING = mark(
    "call telephone write send ask tell meet visit show read bring pay keep return answer give "
    "share sign invite listen say name publish wait stop walk sit put check hand introduce "
    "translate count look drive open close move come go"
)
# Words that judge a partner rather than open a talk: not in results, forms or session plans (prose
# may quote the source).
NOT_SAID = ("free rider", "breach", "blind spot", "outlier", "asymmetry", "score", "weakest")


def not_for_decisions() -> str:
    """What a form or report may not be used for, in the language of the room."""
    return tr("Not to be used for decisions on funding, selection or staff.")


def not_said(text: str) -> list[str]:
    """The words of `NOT_SAID` that stand in a text, in any form, such as "scores"."""
    return [word for word in NOT_SAID if _any_form(word).search(text)]


def _any_form(word: str) -> re.Pattern[str]:
    stem = re.escape(re.sub(r"[ey]$", "", word)).replace(r"\ ", r"[\s-]?")
    return re.compile(rf"\b{stem}(?:e|y|s|es|ies|ed|ing|ic|ical)?\b", re.IGNORECASE)
