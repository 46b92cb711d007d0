"""What a reference may point to: the rows of another table by code or name, or a few words that stand beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from partnering.language import tr
from partnering.schema.kinds import Ref, Unreadable, nearest, one_of, plain

SHOWN_AT_MOST = 12  # codes that a sentence lists before it says "…"
GUESSED_AT_MOST = (
    200  # different texts; where more are wrong the whole column is, and guessing takes minutes
)


@dataclass(frozen=True)
class Target:
    """What may be written for a reference: `known` in plain letters with its code, `shown` for people.

    A reference that follows from a mistake made where it points to has had its sentence there. So `suspect` is what
    rows without a code of their own were probably called, in plain letters; `doubtful` says that there are such rows,
    `unsure` that the codes of the whole table are in doubt, `empty` that it has no rows.
    """

    known: dict[str, str]
    shown: list[str]
    suspect: set[str]
    doubtful: bool
    unsure: bool
    empty: bool

    def why_lost(self, parts: list[str], guess: bool = True) -> list[tuple[str, Unreadable]]:
        """The parts that have not had their sentence elsewhere, with what is allowed and what might have been meant."""
        if self.unsure or self.empty:
            return []
        few = [*self.shown[:SHOWN_AT_MOST], "…"] if len(self.shown) > SHOWN_AT_MOST else self.shown
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
    """The target of a kind of reference, from the table it points to (`frame`, as read) and its `sheet` (as typed).

    `key` and `naming` are the columns of its codes and names, `prefix` the letter that its codes begin with.
    """
    known, codes, suspect, doubtful = {}, [], set(), False
    if frame is not None:
        without = (frame[key] == "") | frame[key].duplicated()
        codes, doubtful = frame.loc[~without, key].to_list(), bool(without.any())
        unsure |= len(frame) > 0 and not codes
        if naming:
            named = frame[~without & (frame[naming] != "")]
            known |= {
                plain(name): code for name, code in zip(named[naming], named[key], strict=True)
            }
        known |= {plain(code): code for code in codes}
        suspect = _called(sheet[without.to_numpy()], [key, naming]) if doubtful else set()
        suspect |= {
            plain(f"{prefix}{number + 1}")
            for number in range(len(frame) if doubtful and prefix else 0)
        }
    for word in kind.also:
        known |= {plain(word): word, plain(tr(word)): word}
    shown = [*codes, *(tr(word) for word in kind.also)]
    return Target(known, shown, suspect, doubtful, unsure, empty=frame is None or frame.empty)


def _called(rows: pd.DataFrame, columns: list[str]) -> set[str]:
    """What was typed to identify rows, in plain letters, also without blanks and signs: "R 3!" was meant as r3."""
    typed = {plain(text) for name in columns if name in rows for text in rows[name]}
    return (typed | {re.sub(r"\W", "", text) for text in typed}) - {""}
