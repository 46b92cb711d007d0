"""What a reference may point to: the rows of another table, or a few words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from partnering.language import tr
from partnering.schema.kinds import Ref, Unreadable, nearest, one_of, plain

SHOWN_AT_MOST = 12  # codes that a sentence lists before it says "…"
# Different texts; where more are wrong the whole column is, and guessing takes minutes.
GUESSED_AT_MOST = 200


def speaks_of(codes: Iterable[str]) -> re.Pattern[str]:
    """What finds codes in words: "of r1 we speak", "R1-R3"; not R2 in "R2.b", or A in "R-A".

    Args:
        codes: Codes such as R1; empty ones are left out.

    Returns:
        A pattern; capitals make no difference. Without a code it finds nothing.
    """
    some = sorted({code.strip() for code in codes} - {""}, key=lambda code: (-len(code), code))
    if not some:
        return re.compile(r"(?!)")
    begins = r"(?<!\w)(?<!\b[^\W\d_][.-])"
    ends = r"(?!\w|\.(?:\d+|[^\W\d_])(?!\w)|-[^\W\d_](?!\w))"
    return re.compile(f"{begins}(?:{'|'.join(map(re.escape, some))}){ends}", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """What may be written for a reference.

    A reference that is lost because of a mistake where it points to is not told again: the mistake
    has had its sentence there.

    Attributes:
        known: What may be written, in plain letters, with the code it stands for.
        shown: The codes and words, for people.
        suspect: What rows without a code of their own were probably called, in plain letters.
        doubtful: Whether there are such rows.
        unsure: Whether the codes of the whole table are in doubt.
        empty: Whether the table has no rows.
    """

    known: dict[str, str]
    shown: list[str]
    suspect: set[str]
    doubtful: bool
    unsure: bool
    empty: bool

    def why_lost(self, parts: list[str], guess: bool = True) -> list[tuple[str, Unreadable]]:
        """Why parts of a cell stand for nothing.

        Args:
            parts: The parts that stand for no code.
            guess: Whether to look for what was probably meant.

        Returns:
            The parts that have not had their sentence elsewhere, with what is allowed.
        """
        if self.unsure or self.empty:
            return []
        few = self.shown[:SHOWN_AT_MOST]
        if len(self.shown) > SHOWN_AT_MOST:
            few.append("…")
        lost = []
        for part in parts:
            likeliest = self._likeliest(part) if guess else ""
            if plain(part) not in self.suspect and (likeliest or not self.doubtful):
                lost.append((part, Unreadable(one_of(few), likeliest)))
        return lost

    def _likeliest(self, part: str) -> str:
        """The code or the word that was probably meant, also where a name was nearly written."""
        return nearest(part, self.shown) or self.known.get(nearest(part, self.known), "")


def target_of(
    kind: Ref,
    frame: pd.DataFrame | None,
    sheet: pd.DataFrame | None,
    key: str,
    naming: str = "",
    prefix: str = "",
    unsure: bool = False,
) -> Target:
    """What references of one kind may point to.

    Args:
        kind: The kind of reference.
        frame: The table it points to, as read; None where it is not there.
        sheet: The same table as typed.
        key: The column of its codes.
        naming: The column of its names, "" where it has none.
        prefix: The letter that its codes begin with, "" where they have none.
        unsure: Whether the codes of the whole table are known to be in doubt.
    """
    known: dict[str, str] = {}
    codes: list[str] = []
    suspect: set[str] = set()
    doubtful = False
    if frame is not None:
        without = (frame[key] == "") | frame[key].duplicated()
        codes, doubtful = frame.loc[~without, key].to_list(), bool(without.any())
        unsure |= len(frame) > 0 and not codes
        if naming:
            named = frame[~without & (frame[naming] != "")]
            names = map(plain, named[naming])
            known |= dict(zip(names, named[key], strict=True))
        known |= {plain(code): code for code in codes}
        if doubtful and sheet is not None:
            suspect = _called(sheet[without.to_numpy()], [key, naming])
        if doubtful and prefix:
            suspect |= {plain(f"{prefix}{number}") for number in range(1, len(frame) + 1)}
    known |= kind.ways
    shown = [*codes, *(tr(word) for word in kind.also)]
    return Target(known, shown, suspect, doubtful, unsure, empty=frame is None or frame.empty)


def _called(rows: pd.DataFrame, columns: list[str]) -> set[str]:
    """What was typed to name rows, in plain letters, also without signs: "R 3!" was meant as r3."""
    typed = {plain(text) for name in columns if name in rows for text in rows[name]}
    return (typed | {re.sub(r"\W", "", text) for text in typed}) - {""}
