"""The look-up of level words: one word for two answers, where a board asks for one. Looked up, never multiplied."""

from __future__ import annotations

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import scales

LookUp = dict[tuple[int, int], int]


def look_up(p: Partnership) -> LookUp:
    """The table of levels as places: (how likely, how hard) to the place of the level word."""
    frame = p["levels"]
    codes = [frame[name].cat.codes for name in ("how_likely", "how_hard_on_us", "level")]
    return {(likely, hard): level for likely, hard, level in zip(*codes, strict=True) if level >= 0}


def word(level: LookUp, place: tuple[float, float]) -> str:
    """The level word at a place; "" where the table has none."""
    found = level.get((int(place[0]), int(place[1])))
    return "" if found is None else tr(scales.LEVEL.texts[found])
