"""What a column can hold: text, a code, or the code of another row.

Each kind turns typed text into a value, or says in words what it takes instead. Numbers, days and
choices have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from partnering.language import mark, tr
from partnering.schema.spelling import plain, seen

CANNOT_SAY = mark("we do not know")
RATHER_NOT = mark("prefer not to say here")
NOT_SEEN = mark("we could not see it")
OUTSIDE = (CANNOT_SAY, RATHER_NOT)

# In the place of partners where a cell names some and not every one can be read: whoever concludes
# from such a cell does not know who stands there. Nobody can be called so, for it is no code.
UNREAD = mark("cannot be read")

SHARE_ROOM = mark("everyone here")
SHARE_FACILITATOR = mark("facilitator only")
SHARE_PAPER_ONLY = mark("not typed")
KEPT_BACK = (SHARE_FACILITATOR, SHARE_PAPER_ONLY)  # what nobody in the room may see

# Words that stand in several columns, and how they were written in earlier files and forms.
WRITTEN_BEFORE = {
    CANNOT_SAY: ("cannot say",),
    RATHER_NOT: ("rather not say here",),
    NOT_SEEN: ("not seen",),
    "our organisation only": ("only us",),
    "all partners": ("all of us",),
    "people we serve": ("people served",),
    "one partner": ("a partner",),
}

NOT_WORKED_OUT = "#CALC!"  # for a formula whose value no program has stored
# What spreadsheets write where they could not work out a cell.
# Programs of other languages write #BEZUG!, #¡VALOR! or #N/D, and LibreOffice also Err:502.
_SPREADSHEET_ERROR = re.compile(
    r"(?:#[¡¿]?[A-ZÀ-ÞА-ЯĀ-Ž0-9/]{2,14}[!?]|#N/[AD]|#NV|#GETTING_DATA|Err:\d{3})(?: =.*)?",
    re.DOTALL,
)


def is_spreadsheet_error(text: str) -> bool:
    """Whether a cell holds what a spreadsheet writes where it could not work out an answer."""
    return bool(_SPREADSHEET_ERROR.fullmatch(text.strip()))


class Unreadable(ValueError):
    """Text that a column cannot take.

    Attributes:
        allowed: What the column takes, as a part of a sentence.
        nearest: The likeliest right answer, "" where there is none.
        between: Answers that mean the opposite of each other, where it could be any of them.
    """

    def __init__(self, allowed: str, nearest: str = "", between: Sequence[str] = ()) -> None:
        super().__init__(allowed)
        self.allowed = allowed
        self.nearest = nearest
        self.between = between


def ways_of(word: str) -> set[str]:
    """How a word that stands in several columns may be written, in plain letters.

    In English, in the language of the room, or as in earlier files.
    """
    return {plain(way) for way in (word, tr(word), *WRITTEN_BEFORE.get(word, ()))}


def one_of(words: Iterable[str]) -> str:
    """The sentence part "one of: a / b / c"."""
    return tr("one of: {words}").format(words=" / ".join(words))


Value = str | float | pd.Timestamp


@dataclass(frozen=True)
class Kind:
    """What a column holds; this one holds text.

    Attributes:
        ticked: Whether it is answered by ticking words rather than by writing.
    """

    ticked = False

    @property
    def stricter(self) -> Value | None:
        """What counts where something is written that cannot be read; None where nothing does."""
        return None

    def strictness(self, value: Value) -> float:
        """How far an answer protects people: of two the stricter counts; "" is an empty cell."""
        return 0

    def counts_as(self, text: str) -> Value | None:
        """What a typed text counts as: what it says, or the stricter where it cannot be read."""
        try:
            return self.read(text)
        except Unreadable:
            return self.stricter

    def read(self, text: str) -> Value:
        """The value that a typed text stands for.

        Raises:
            Unreadable: The column cannot take it.
        """
        return text.strip()

    def write(self, value: Any) -> str:  # Any: of the type that `read` of the same kind gives
        """The text that stands for a value, so that `read` gives the value again."""
        return str(value)

    def shown(self, text: str) -> str:
        """What people read in a cell, in the language of the room: its words are translated."""
        return text

    def cell_text(self, value: Value | None) -> str:
        """The text of a cell in a table of this kind: "" for an empty one."""
        return "" if value is None or pd.isna(value) or value == "" else self.write(value)

    def series(self, values: pd.Series) -> pd.Series:
        """A column of values with the type that this kind has in a table; None is an empty cell."""
        texts = ["" if value is None or value != value else str(value) for value in values.tolist()]
        return pd.Series(texts, values.index, dtype=TEXT)


@cache
def _of_today(before: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Names of before in plain letters, each with its name of today."""
    return {plain(old): new for old, new in before}


TEXT = pd.Series(dtype="str").dtype  # looking a type up by its name takes longer than most columns


@dataclass(frozen=True)
class Text(Kind):
    """Free words, kept as typed.

    Attributes:
        before: Names that came with an earlier handbook, each with its name of today.
    """

    before: tuple[tuple[str, str], ...] = ()

    def read(self, text: str) -> str:
        typed = text.strip()
        return _of_today(self.before).get(plain(typed), typed) if self.before else typed


@dataclass(frozen=True)
class Code(Kind):
    """The short name of a row, said aloud in the room: O1, R3, VEC.

    Attributes:
        prefix: The letter before the number; "" where codes are names.
        upper: Whether it is written in capitals.
    """

    prefix: str = ""
    upper: bool = True
    pattern = re.compile(r"\w[\w.-]{0,15}")

    def read(self, text: str) -> str:
        bare = seen(text).strip()
        code = bare.upper() if self.upper else bare
        if not self.pattern.fullmatch(code):
            example = f"{self.prefix}1" if self.prefix else "VEC"
            raise Unreadable(
                tr("a short code without spaces, such as {example}").format(example=example)
            )
        return code


def in_cell(text: str) -> list[str]:
    """The codes and words in a cell of references that has been read: each of "VEC, all partners".

    Args:
        text: What `Ref` gives for a cell of several; what is typed is taken apart by `Ref.resolve`.
    """
    return text.split(", ") if text else []


_PIECE = re.compile(r"[^,;/\n]+")  # of a cell in which several rows are named
_FEW = 8  # pieces, for which it is not asked how many a name may have


def _most_pieces(name: str) -> int:
    """How many pieces a name in plain letters may have had: a line break became a space there."""
    return len(name.split()) + len(_PIECE.findall(name))


@dataclass(frozen=True)
class Ref(Kind):
    """The code of a row of another table.

    Attributes:
        table: The name of the other table.
        many: Whether several codes may stand in a cell.
        also: Words that may stand in the place of a code.
        before: Names that came with an earlier handbook, each with its name of today.
    """

    table: str
    many: bool = False
    also: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()

    def parts(self, text: str) -> list[str]:
        """The separate codes in a cell."""
        return [part for part, _ in self.resolve(text, {})]

    @property
    def tells_unread(self) -> bool:
        """Whether `UNREAD` stands where a part of a cell cannot be read.

        Partners are hidden from nobody, so what stands there is the same for every reader. A line
        of another table may be kept back: that it cannot be found would tell who knows of it.
        """
        return self.table == "partners"

    def write(self, value: str) -> str:
        """The codes as text; "" where they cannot be read, since nobody is called so."""
        return "" if value == UNREAD else value

    @property
    def ways(self) -> dict[str, str]:
        """How words and names of before may be written, in plain letters, with those of today."""
        words = {way: word for word in self.also for way in ways_of(word)}
        return {**_of_today(self.before), **words}

    def shown(self, text: str) -> str:
        return ", ".join(tr(part) if part in self.also else part for part in self.parts(text))

    def resolve(self, text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
        """Each part of a cell with the code it stands for.

        Names may hold commas themselves, so the longest run of pieces that is known counts as one
        part.

        Args:
            text: What was typed.
            known: What may be written, in plain letters, with the code it stands for.

        Returns:
            The parts as typed, each once, with its code, "" where it stands for none.
        """
        pieces = [match.span() for match in _PIECE.finditer(text) if match[0].strip()]
        if not self.many or plain(text) in known:
            pieces = [(0, len(text))] if text.strip() else []
        most = max(map(_most_pieces, known), default=1) if len(pieces) > _FEW else _FEW
        found, start = [], 0
        while start < len(pieces):
            for end in range(min(start + most, len(pieces)), start, -1):
                run = text[pieces[start][0] : pieces[end - 1][1]]
                if plain(run) in known or end == start + 1:
                    break
            found.append((" ".join(run.split()), known.get(plain(run), "")))
            start = end
        return list(dict.fromkeys(found))
