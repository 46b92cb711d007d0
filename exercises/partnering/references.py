"""What a reference may point to: the rows of another table by code or name, or a few words that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from partnering.kinds import Ref, Unreadable, nearest, one_of, plain
from partnering.language import tr

SHOWN_AT_MOST = 12  # codes that a sentence lists before it says "…"
GUESSED_AT_MOST = 200  # different texts; where more are wrong the whole column is, and guessing takes minutes


@dataclass(frozen=True)
class Target:
    """What may be written for a reference: `known` in plain letters with its code, `shown` for people.

    `suspect` is what was typed, in plain letters, in rows whose own code has a problem; `unsure` says that the codes
    of the whole table are in doubt. References to either have had their sentence there. `empty`: it has no rows.
    """

    known: dict[str, str]
    shown: list[str]
    suspect: set[str]
    unsure: bool
    empty: bool

    def why_lost(self, parts: list[str], guess: bool = True) -> list[tuple[str, Unreadable]]:
        """The parts that have not had their sentence elsewhere, with what is allowed and what might have been meant."""
        if self.unsure or self.empty:
            return []
        few = [*self.shown[:SHOWN_AT_MOST], "…"] if len(self.shown) > SHOWN_AT_MOST else self.shown
        return [(part, Unreadable(one_of(few), self._likeliest(part) if guess else ""))
                for part in parts if plain(part) not in self.suspect]

    def _likeliest(self, part: str) -> str:
        """The code or the word that was probably meant, also where a name was nearly written."""
        return nearest(part, self.shown) or self.known.get(nearest(part, self.known), "")


def target_of(kind: Ref, frame: pd.DataFrame | None, sheet: pd.DataFrame | None, key: str, naming: str,
              unsure: bool) -> Target:
    """The target of a kind of reference, from the table it points to (`frame`, as read) and its `sheet` (as typed)."""
    known, codes, suspect = {}, [], set()
    if frame is not None:
        without = frame[key] == ""
        codes = list(dict.fromkeys(frame.loc[~without, key]))
        typed = [name for name in (key, naming) if name and name in sheet]
        suspect = {plain(text) for name in typed for text in sheet.loc[without.to_numpy(), name]} - {""}
        unsure |= len(frame) > 0 and not codes
        if naming:
            named = frame[~without & (frame[naming] != "")]
            known |= {plain(name): code for name, code in zip(named[naming], named[key], strict=True)}
        known |= {plain(code): code for code in codes}
    for word in kind.also:
        known |= {plain(word): word, plain(tr(word)): word}
    shown = [*codes, *(tr(word) for word in kind.also)]
    return Target(known, shown, suspect, unsure, empty=frame is None or frame.empty)
