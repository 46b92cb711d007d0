"""Each file or folder that came back, and what was found of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from partnering.language import tr
from partnering.schema.spelling import as_name, plain
from partnering.storage.assumed import NOT_READ, Assumption, Told
from partnering.storage.form_marks import VOICES

SENT = "sent "  # begins the sign of an answer that is known whichever file it stands in


@dataclass
class Source:
    """One file or folder that came back.

    Attributes:
        name: What it is called.
        sheets: What was typed in it, by table; what is no table keeps its own name.
        digest: A fingerprint of its contents.
        partner: Whose it is, as it says itself; "" where it does not say.
        one_voice: Whether it says that it is one voice rather than the organisation.
        codes: For each table what the codes in this file are called in the whole.
        people: For each table which of its rows are the same person's.
        rows: For each table made of rows a person, in which row each of its rows stood.
        numbered: The tables whose lines a form asks for without their codes.
        called: What the one sheet of it is called by itself, "" for a file of several.
        sent: By rows a person the signs by which a form tool knows the answers (`submissions`).
    """

    name: str
    sheets: dict[str, pd.DataFrame]
    digest: bytes
    partner: str = ""
    one_voice: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, pd.Series] = field(default_factory=dict)
    rows: dict[str, dict[object, str]] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)
    called: str = ""
    sent: dict[object, str] = field(default_factory=dict)

    def column(self, table: str, name: str) -> list[str]:
        """The texts of one column of one table; none where the file has no such thing."""
        sheet = self.sheets.get(table)
        return sheet[name].tolist() if sheet is not None and name in sheet else []

    def row_seen(self, table: str, row: object) -> object:
        """The row in which people see a row of a table: in a form with a row a person, theirs."""
        return self.rows.get(table, {}).get(row, row)

    def sheet_seen(self, table: str) -> str:
        """The sheet of a row; "" where the file is one sheet."""
        return "" if len(self.sheets) < 2 or table in self.rows else table


@dataclass
class Found:
    """What was found in a folder.

    Attributes:
        sources: The files that could be read.
        assumed: What was supplied to read them, and which files and answers were not read.
        told: Sentences about what was left alone.
        keep_people: Whether columns that tell who somebody is are kept.
        passphrase: What unlocks files that were taken home and locked.
        organisations: Codes and names of partners in plain letters: they are no people.
        later: What waits until all files are read, since it has to know the organisations.
    """

    sources: list[Source] = field(default_factory=list)
    assumed: list[Assumption] = field(default_factory=Told)
    told: list[str] = field(default_factory=list)
    keep_people: bool = False
    passphrase: str = ""
    organisations: frozenset[str] = frozenset()
    later: list[Callable[[], None]] = field(default_factory=list)

    def not_read(self, sentence: str, file: str = "") -> None:
        """Tell what was not read."""
        self.assumed.append(Assumption(sentence, file=file, kind=NOT_READ))


def one_voice() -> set[str]:
    """What may stand for a voice where a file says that it is one and gives no sign."""
    return {plain(word) for word in (VOICES[1], tr(VOICES[1]))}


def organisation() -> set[str]:
    """What may stand in a form for the organisation, where it asks whose voice this is."""
    ways = {plain(word) for word in (VOICES[0], tr(VOICES[0]))}
    return ways | {plain(as_name(VOICES[0])), "our organisation"}


def column_or_empty(sheet: pd.DataFrame, name: str) -> pd.Series:
    """A column of a sheet, empty where it has none of this name.

    Args:
        sheet: What was typed.
        name: The name of the column.
    """
    return sheet[name] if name in sheet else pd.Series("", index=sheet.index, dtype="str")
