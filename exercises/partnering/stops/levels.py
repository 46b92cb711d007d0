"""The look-up of level words: one word for two answers, where a board asks for one.

The word is looked up in a table that people can edit; nothing is multiplied.
"""

from __future__ import annotations

from partnering.partnership import Partnership
from partnering.schema import scales

LookUp = dict[tuple[int, int], int]


def look_up(p: Partnership) -> LookUp:
    """The table of level words (`levels`) as places on the three scales.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        From (how likely, how hard on us) to the level, all in steps from 0; a pair for which the
        table has no word is left out.
    """
    frame = p["levels"]
    codes = [frame[name].cat.codes for name in ("how_likely", "how_hard_on_us", "level")]
    return {(likely, hard): level for likely, hard, level in zip(*codes, strict=True) if level >= 0}


def word(look_up: LookUp, likely: float, hard: float) -> str:
    """The level word for two places, as the schema writes it; "" where the table has none."""
    level = look_up.get((int(likely), int(hard)))
    return "" if level is None else scales.LEVEL.texts[level]
