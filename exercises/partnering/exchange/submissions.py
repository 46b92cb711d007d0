"""What a form tool notes of each answer that was sent: which it is, and whether it counts.

Whoever exports a form twice has the same people in both files. They are known by the code that the
tool gives each answer, or by the time at which it was sent and what it says, and count once. An
answer that the tool marks as rejected, as a trial or as not finished is read like the rest, and
that is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from partnering.exchange import people
from partnering.exchange.left_out import of_the_tool
from partnering.exchange.sources import SENT, Source
from partnering.language import tr
from partnering.schema.spelling import as_heading, plain
from partnering.storage import atomic
from partnering.storage.assumed import SUPPLIED, Assumption, listed, shortened

# Where a tool notes how an answer stands, in plain letters, with what says that it may not count.
_NOTED = {
    # KoboToolbox
    "validation status": (
        "validation status not approved",
        "validation status on hold",
        "not approved",
        "on hold",
    ),
    # ODK Central
    "reviewstate": ("rejected", "hasissues", "has issues"),
    # Qualtrics; its numbers stand for a preview, a test and spam
    "status": ("survey preview", "survey test", "spam", "1", "2", "8", "9", "17"),
    "response type": ("survey preview", "survey test", "spam"),
    "finished": ("false", "0", "no"),
    # SurveyMonkey
    "response status": ("partial", "disqualified", "overquota", "incomplete"),
    "completion status": ("partial", "disqualified", "overquota", "incomplete"),
}
# How far somebody came, of 100.
_FAR = ("progress", "percent complete", "completion")
_MAY_BE_ASKED = ("status", "finished", *_FAR)  # people call questions so too
# Where LimeSurvey notes when an answer was sent: nothing where it was begun alone.
_SENT = (
    *("submitdate", "date submitted", "datum abgeschickt", "fecha de envío"),
    *("date de soumission", "data de envio", "data di invio", "дата отправки"),
)
_ENOUGH = (people.TIME, people.SIGN)  # one of these tells one answer from another


def signs(typed: pd.DataFrame) -> dict[object, str]:
    """By what each answer is known, whichever file it stands in.

    Args:
        typed: A form with a row a person.

    Returns:
        A sign for each row; nothing where the tool notes no time and no code of its own.
    """
    asked = [name for name in typed.columns if people.of_heading(name) in _ENOUGH]
    codes = {at for at, name in enumerate(asked) if people.of_heading(name) == people.SIGN}
    rest = [name for name in typed.columns if name not in asked and not of_the_tool(name)]
    found: dict[object, str] = {}
    times: Counter[tuple[object, ...]] = Counter()
    answers = typed[rest].itertuples(index=False, name=None)
    for (row, *cells), texts in zip(typed[asked].itertuples(name=None), answers, strict=True):
        noted = tuple(cell.strip() for cell in cells)
        if any(noted):
            known: tuple[object, ...] = noted
            if not any(noted[at] for at in codes):  # two people may send theirs at the same time
                said = zip(rest, map(str.strip, texts), strict=True)
                known = *noted, *sorted(one for one in said if one[1])
            times[known] += 1
            found[row] = SENT + atomic.digest(repr((known, times[known])).encode()).hex()
    return found


def told_twice(files: Sequence[Source]) -> list[Assumption]:
    """That answers stand in several files and count once.

    Args:
        files: The files that came back.
    """
    first: dict[str, str] = {}
    told = []
    for file in files:
        again: dict[str, list[object]] = {}
        for row, sign in file.sent.items():
            if sign in first:
                again.setdefault(first[sign], []).append(row)
        for sign in file.sent.values():
            first.setdefault(sign, file.name)
        for other, rows in again.items():
            said = tr(
                "the form tool notes the same here as in {file}, so these are the same answers. "
                "They count once."
            )
            told.append(Assumption(said.format(file=other), file.name, rows=tuple(rows)))
    return told


def standing(typed: pd.DataFrame, file: str) -> list[Assumption]:
    """That the tool notes of some answers what may mean that they do not count.

    Args:
        typed: A form with a row a person.
        file: What the file is called.
    """
    told = []
    for name in typed.columns:
        texts, bare = typed[name].map(plain), _bare(name)
        if bare in _SENT:
            lacks = texts == ""
            if lacks.any() and not lacks.all():
                said = tr(
                    "the form tool notes when answers were sent, and here it does not: they may be "
                    "unfinished. They were read like the rest. If one does not count, delete it."
                )
                rows = tuple(typed.index[lacks])
                told.append(Assumption(said, file, "", rows, name, SUPPLIED))
            continue
        wrong = texts.isin(_NOTED.get(bare, ()))
        if bare in _FAR:
            wrong = texts.str.removesuffix("%").map(_is_part)
        if not wrong.any() or (bare in _MAY_BE_ASKED and not _is_of_a_tool(typed)):
            continue
        said = tr(
            "the form tool notes {words} here. It was read like the rest. If it does not count, "
            "delete the row."
        )
        words = dict.fromkeys(f"“{shortened(text.strip())}”" for text in typed[name][wrong])
        rows = tuple(typed.index[wrong])
        sentence = said.format(words=listed(list(words)))
        told.append(Assumption(sentence, file, "", rows, name, SUPPLIED))
    return told


def _bare(heading: str) -> str:
    return plain(as_heading(heading).strip("_ "))


def _is_part(text: str) -> bool:
    """Whether a text is a number below 100."""
    return bool(re.fullmatch(r"0*\d{1,2}(?:[.,]\d+)?", text, re.ASCII))


def _is_of_a_tool(typed: pd.DataFrame) -> bool:
    """Whether a tool has noted a time or a code: else “status” may be a question."""
    return any(people.of_heading(name) in _ENOUGH for name in typed.columns)
