"""What reading and merging supply by themselves, which nobody can take without its being told.

A partner, a code, a choice between two answers, an encoding, a column that was left out: whatever
does not stand so in a file is wrapped as `Supplied`. Its value comes out only where somebody hands
over the list in which the assumptions are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from partnering.language import tr, trn

T = TypeVar("T")

SUPPLIED, CHOICE, NOT_READ, LEFT_OUT = "supplied", "choice", "not read", "left out"


@dataclass(frozen=True)
class Assumption:
    """Something that reading or merging took to be so, and where.

    Attributes:
        sentence: What was taken to be what, and what to do if it is not so.
        file: The file, "" where only one is read.
        sheet: The sheet, as it is called on the screen; "" for a file that is one.
        rows: The rows as the spreadsheet numbers them; none for the whole sheet.
        column: The heading as it stands there; "" for the whole row or sheet.
        kind: `SUPPLIED`, `CHOICE` between two answers, `NOT_READ`, or `LEFT_OUT` since it tells who
            somebody is.
    """

    sentence: str
    file: str = ""
    sheet: str = ""
    rows: tuple[object, ...] = ()
    column: str = ""
    kind: str = SUPPLIED

    @property
    def where(self) -> str:
        """Its place in the words on the screen: file, sheet, row and column."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(tr("sheet {table}").format(table=self.sheet))
        if self.rows:
            parts.append(
                trn("row {rows}", "rows {rows}", len(self.rows)).format(rows=listed(self.rows))
            )
        if self.column:
            parts.append(tr("column “{column}”").format(column=shortened(self.column)))
        return ", ".join(parts)

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence

    def of(self, file: str) -> Assumption:
        """The same, with the file that it was found in."""
        return replace(self, file=file)


class Told(list[Assumption]):
    """A list of assumptions that knows at once which are in it, however many there are."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[Assumption] = set()

    def __contains__(self, one: object) -> bool:
        return one in self._known

    def append(self, one: Assumption) -> None:
        """Add an assumption at the end."""
        self._known.add(one)
        super().append(one)

    def __iadd__(self, more: Iterable[Assumption]) -> Told:  # type: ignore[misc,override]
        for one in more:
            self.append(one)
        return self


class Supplied(Generic[T]):
    """A value that reading has worked out, with what it supplied by itself to get there.

    Args:
        value: The value.
        assumed: What was supplied; nothing where all of it stands in the file.
    """

    __slots__ = ("__assumed", "__value")

    def __init__(self, value: T, assumed: Iterable[Assumption] = ()) -> None:
        self.__value, self.__assumed = value, tuple(assumed)

    def told_to(self, told: list[Assumption]) -> T:
        """The value, for whoever takes over its assumptions.

        Args:
            told: A list that is shown to people; the assumptions are added to it.
        """
        told += [one for one in self.__assumed if one not in told]
        return self.__value


def supplied(value: T, told: list[Assumption], assumption: Assumption) -> T:
    """A value that does not stand in a file, told as it is taken.

    Args:
        value: What is supplied.
        told: A list that is shown to people.
        assumption: What was taken to be so.
    """
    return Supplied(value, [assumption]).told_to(told)


MOST_NAMED, MOST_LETTERS = 10, 80


def listed(things: Sequence[object]) -> str:
    """Things in a sentence; of many the first, and how many more there are."""
    words = [shortened(str(thing), MOST_LETTERS + 2) for thing in things[:MOST_NAMED]]
    said = ", ".join(words)
    if (left := len(things) - MOST_NAMED) > 0:
        said += " " + trn("and {count} more", "and {count} more", left).format(count=left)
    return said


def shortened(text: str, letters: int = MOST_LETTERS) -> str:
    """A text in one line, cut where it is too long for a sentence."""
    line = " ".join(text[: letters * 4].split())
    return line if len(line) <= letters else f"{line[: letters - 1]}…"
