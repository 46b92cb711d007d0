"""Who stands in a cell of partners, such as "VEC, people we serve", and who decides alone."""

from __future__ import annotations

from dataclasses import dataclass

from partnering.language import tr
from partnering.partnership.partnership import Partnership
from partnering.schema import scales
from partnering.schema.kinds import UNREAD, in_cell


@dataclass(frozen=True)
class Side:
    """Who stands in one cell of a line on sharing or deciding.

    Attributes:
        partners: The partners that are asked to answer; "all partners" stands for every one of
            them.
        served: Whether people we serve stand there, by this word or as a partner of this kind.
        nobody: Whether it says "nobody".
        unread: Whether somebody is written there, and it cannot be read who.
        words: The cell as it is written, in the language of the room, without "nobody".
    """

    partners: tuple[str, ...]
    served: bool
    nobody: bool
    unread: bool
    words: str

    @property
    def told(self) -> bool:
        """Whether it is known that somebody stands there, and who."""
        return bool(self.partners) or self.served


def spelt_out(p: Partnership, cell: str) -> list[str]:
    """All that stand in a cell, each once, with the partners that are asked for "all partners".

    Args:
        p: The partnership as one reader sees it.
        cell: The cell, of codes of partners and words such as "people we serve".
    """
    named: list[str] = []
    for part in in_cell(cell):
        named += p.expected if part == scales.ALL_OF_US else [part]
    return list(dict.fromkeys(named))


def side(p: Partnership, cell: str) -> Side:
    """Who stands in a cell such as "VEC, people we serve".

    Args:
        p: The partnership as one reader sees it.
        cell: The cell, of codes of partners and words such as "all partners".

    Returns:
        The partners, and whether people we serve or nobody stand there.
    """
    parts = in_cell(cell)
    known = (*p.expected, scales.ALL_OF_US, scales.NOBODY, UNREAD)
    return Side(
        tuple(part for part in spelt_out(p, cell) if part in p.expected),
        any(part not in known for part in parts),
        scales.NOBODY in parts,
        cell == UNREAD,
        ", ".join(tr(part) for part in parts if part != scales.NOBODY),
    )


def decides_alone(p: Partnership, decides: str, asked_first: str) -> str:
    """The partner that decides by itself, having asked none of the others.

    Args:
        p: The partnership as one reader sees it.
        decides: The cell of `rights.decides`.
        asked_first: The cell of `rights.asked_first`; whoever asks itself has asked nobody.

    Returns:
        Its code; "" where several decide, somebody else is asked first, one of the two cells cannot
        be read, or no other partner is there.
    """
    deciding, asked = side(p, decides), side(p, asked_first)
    if len(deciding.partners) != 1 or deciding.served or asked.unread or len(p.expected) < 2:
        return ""
    others = set(asked.partners) - set(deciding.partners)
    return "" if others or asked.served else deciding.partners[0]
