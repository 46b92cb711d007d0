"""A partnership that lies on the disk, and remembers where and in which state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from partnering.language import trn
from partnering.partnership import Partnership
from partnering.storage.assumed import Assumption


@dataclass(frozen=True)
class AsRead:
    """What lay in a folder when a partnership was read or saved there.

    Attributes:
        place: The folder.
        digests: A digest of each file, by its name.
        sheets: What was typed, by the names of the sheets.
    """

    place: Path
    digests: Mapping[str, bytes]
    sheets: Mapping[str, pd.DataFrame]


class StoredPartnership(Partnership):
    """A partnership that was read from a folder or a workbook, or is to be saved in one.

    Attributes:
        place: Where it lies; None before it is saved for the first time.
        as_read: What lay there when it was read or saved, so that a save notices what others have
            changed there meanwhile.
        assumed: What was assumed to read it, told to whoever opens it.
        is_over: Whether its day had passed when it was opened (`versions.is_over`), and that was
            told: the next save deletes the earlier versions.
        recoded: By table the codes that rows were given since it was saved.
    """

    def __init__(
        self, sheets: Mapping[str, pd.DataFrame], name: str = "", place: Path | None = None
    ):
        super().__init__(sheets, name)
        self.place = place
        self.as_read: AsRead | None = None
        self.assumed: list[Assumption] = []
        self.is_over = False
        self.recoded: list[tuple[str, Mapping[str, str]]] = []


def place_of(partnership: Partnership) -> Path | None:
    """Where a partnership lies; None where it was never read or saved."""
    return partnership.place if isinstance(partnership, StoredPartnership) else None


def assumed_in(partnership: Partnership) -> list[Assumption]:
    """What was assumed to read a partnership; nothing of one that was made otherwise."""
    return partnership.assumed if isinstance(partnership, StoredPartnership) else []


def unread_in(partnership: Partnership) -> str:
    """How much of a partnership could not be read, in words; "" where all was."""
    count = len(partnership.problems)
    if not count:
        return ""
    return trn(
        "{count} place could not be read and was left out",
        "{count} places could not be read and were left out",
        count,
    ).format(count=count)
