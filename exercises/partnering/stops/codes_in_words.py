"""Codes of earlier stops beside the first of their words, where a sentence names them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from partnering.language import tr
from partnering.partnership import ROOM, Partnership
from partnering.schema.tables import TABLES

PROTOCOL = "protocol"  # the conflict protocol has no code of its own
MOST_LETTERS = 64  # of the words that stand beside a code in a sentence


def short_words(p: Partnership) -> dict[str, str]:
    """The codes of what earlier stops wrote, each with the first of its words."""
    found = {}
    for table, column in (
        ("objectives", "text"),
        ("value_lines", "what"),
        ("promises", "what"),
        ("risks", "what_could_happen"),
        ("practices", "principle"),
        ("behaviours", "text"),
    ):
        for code, text in texts(p, table, column).items():
            said = tr(text) if TABLES[table].shipped and text else text
            found[code] = f"{code} {_shortened(said.rstrip('.'))}".strip()
    return found


def _shortened(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return text[: MOST_LETTERS - 2].rsplit(" ", 1)[0] + " …"


def texts(p: Partnership, table: str, column: str) -> dict[str, str]:
    """The text of each row of a table by its code, which stands in its first column."""
    frame = p[table]
    return dict(zip(frame.iloc[:, 0], frame[column], strict=True))


class Wording(NamedTuple):
    """What turns findings into words: each code with its words, and of what they are said.

    `here` is whether they are said of what is shown here alone: to the room, and to the facilitator
    where lines were left out since they cannot be read. `edited` are the lists of the handbook that
    somebody has edited, which everybody is told.
    """

    words: dict[str, str]
    here: bool
    edited: frozenset[str]

    def called(self, codes: Iterable[str], parted_by: str = "; ") -> str:
        """Codes as they are called in the room."""
        return parted_by.join(self.words.get(code, code) for code in codes)


def wording_of(p: Partnership) -> Wording:
    """What turns findings of a partnership, as one reader sees it, into words."""
    words = short_words(p) | {PROTOCOL: tr("The conflict protocol")}
    edited = frozenset(name for name, table in TABLES.items() if table.shipped and p.edited(name))
    return Wording(words, p.reader == ROOM or bool(p.lines_left_out), edited)
