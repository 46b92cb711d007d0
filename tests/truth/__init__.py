"""What is true of a whole partnership, and what every result says of it that is not.

Written from guide/methods and the vocabulary, in plain Python: no stop and no rule of who sees what
is imported here. `false_claims` reads the rows of a result, column by column (`CLAIMS`, one entry a
result), and every sentence in which something is said of all or of nobody (`sentences`).
"""

from __future__ import annotations

from collections.abc import Iterator

from truth import (
    agreement,
    coherence,
    principles,
    purpose,
    red_thread,
    relationship,
    risk,
    sentences,
    start,
    value,
)
from truth.whole import ROOM, Claim, Whole

CLAIMS: dict[str, Claim] = {
    **purpose.CLAIMS,
    **value.CLAIMS,
    **risk.CLAIMS,
    **principles.CLAIMS,
    **agreement.CLAIMS,
    **relationship.CLAIMS,
    **coherence.CLAIMS,
    **red_thread.CLAIMS,
    **start.CLAIMS,
}


def false_claims(whole: Whole, name: str, result, reader: str) -> Iterator[str]:
    """What one result tells one reader that is not so.

    Args:
        whole: The whole partnership.
        name: The result, such as "purpose.enough".
        result: The result as it was made for the reader.
        reader: "room" or "mine".

    Yields:
        A sentence for each false word.
    """
    for said in CLAIMS[name](whole, result.rows, reader):
        yield f"{name}, {reader}: {said}"
    for said in sentences.false(whole, name, result, reader):
        yield f"{name}, {reader}: {said}"


__all__ = ["CLAIMS", "ROOM", "Whole", "false_claims"]
