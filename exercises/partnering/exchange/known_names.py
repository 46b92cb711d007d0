"""What may be written for a partner, a risk or another row, and the signs that stand for voices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

import pandas as pd

from partnering.exchange.sources import SENT, Source
from partnering.language import trn
from partnering.schema import lists, references
from partnering.schema.columns import Table
from partnering.schema.kinds import Kind, Ref, Text, Unreadable
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import atomic, sheets
from partnering.storage.assumed import Assumption

# What people write beside a partner's name when they name a file, in plain letters.
BESIDE_A_NAME = frozenset(
    (
        *(
            "csv",
            "xlsx",
            "xlsm",
            "ods",
            "tsv",
            "txt",
            "sheet",
            "form",
            "forms",
            "answers",
            "answer",
        ),
        *("response", "responses", "reply", "return", "returned", "results", "result", "survey"),
        *("notes", "note", "copy", "final", "new", "old", "draft", "version", "v", "part", "stop"),
        *("from", "by", "of", "for", "filled", "in", "folder", "workbook", "table", "data", "our"),
        *(
            "partnership",
            "questionnaire",
            "export",
            "feedback",
            "input",
            "ours",
            "back",
            "corrected",
        ),
        *(word for name, table in TABLES.items() for word in plain(name).split()),
        *(word for table in TABLES.values() for word in plain(table.label).split()),
    )
)
Cells = Mapping[str, str]
LETTERS = "abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when it is written by hand


class KnownNames:
    """What rows of all files others may point to, and the signs of voices that were given."""

    def __init__(self, sources: list[Source], own: Source | None = None) -> None:
        """Look through all files.

        Args:
            sources: The files.
            own: The partnership among them that is open, in which voices have their signs already.
        """
        self.ways: dict[str, dict[str, str]] = {}
        self._own = own
        self._own_rows: dict[str, dict[str, list[Cells]]] = {}  # by table and sign
        self._there: dict[str, int] = {}  # by file how many of its voices are in the open one
        self.look_again(sources)
        self._signs: dict[tuple[str, bytes, str], str] = {}
        self._taken: set[str] = set()
        self._given: set[str] = set()
        for source in sources:
            for name in source.sheets:
                self._taken |= {plain(text) for text in source.column(name, "respondent")}

    def look_again(self, sources: list[Source]) -> None:
        """Read once more what may be written for a row, after rows were numbered."""
        for name, table in TABLES.items():
            if len(table.key) == 1:
                some = [source.sheets[name] for source in sources if name in source.sheets]
                if not some and name in lists.sheets():
                    some = [lists.sheets()[name]]
                self.ways[name] = self._written(table, some)

    @staticmethod
    def _written(table: Table, some: list[pd.DataFrame]) -> dict[str, str]:
        """What may be written for a row of a table, in plain letters, with its code."""
        key = table.key[0]
        kind = table.by_name[key].kind
        ways: list[tuple[str, str]] = []
        for sheet in some:
            if key not in sheet:
                continue
            written = [code for code in sheet[key] if code.strip()]
            ways += [(code, in_words_of_schema(kind, code)) for code in written]
            if table.naming in sheet:
                rows = zip(sheet[table.naming], sheet[key], strict=True)
                ways += [
                    (name, in_words_of_schema(kind, code))
                    for name, code in rows
                    if name.strip() and code.strip()
                ]
        return references.standing_for(ways)[0]

    def partner(self, source: Source) -> tuple[str, bool]:
        """Whose file it is, and whether only its name says so; "" where nothing says it.

        A word of a sentence that happens to be a short name names nobody: beside the partner a
        name may hold numbers and what people call such files.
        """
        ways = self.ways.get("partners", {})
        if source.partner:
            return ways.get(plain(source.partner), source.partner), False
        for name in filter(None, (source.called, source.name)):
            if code := self._partner_in(name, ways):
                return code, True
        return "", False

    def _partner_in(self, called: str, ways: Mapping[str, str]) -> str:
        """The partner that the name of a file or a sheet names; "" where it is none, or several."""
        typed = _words_of(called)
        name = f" {plain(typed)} "
        found: dict[str, str] = {}
        for way, code in ways.items():
            words = f" {plain(_words_of(way))} "
            if words.strip() and words in name and self._is_a_name(words, code, typed, name):
                found[code] = way
        return next(iter(found)) if len(found) == 1 else ""

    @staticmethod
    def _is_a_name(words: str, code: str, typed: str, name: str) -> bool:
        """Whether a partner's name in a file's name is meant."""
        as_written = f" {code} " in f" {typed} " and code.isupper() and not typed.isupper()
        left = name.replace(words, " ").split()
        return (
            as_written
            or len(words.split()) > 1
            or all(word in BESIDE_A_NAME or not word.isalpha() for word in left)
        )

    def partner_called(self, text: str) -> str:
        """The code of a partner by its code or name, in plain letters."""
        return plain(self.ways.get("partners", {}).get(plain(text), text))

    def sign(self, partner: str, source: Source, person: str, table: str, row: Cells) -> str:
        """A sign for one voice that tells nothing, and is the same whenever its file is read.

        Args:
            partner: Whose voice it is.
            source: The file in which it speaks.
            person: What tells it from the other voices of the file.
            table: The table in which it speaks.
            row: What it says there, by column. If the voice of that sign says the same in the open
                partnership, it is the same one; otherwise the sign goes on until it is free.
        """
        file = b"" if person.startswith(SENT) else source.digest
        asked = plain(partner), file, person
        if asked not in self._signs:
            number = int.from_bytes(atomic.digest(repr(asked).encode()), "big")
            sign = ""
            while not sign or sign in self._taken:
                if sign and sign not in self._given and self._says(sign, partner, table, row):
                    self._there[source.name] = self._there.get(source.name, 0) + 1
                    break
                number, letter = divmod(number, len(LETTERS))
                number, digit = divmod(number, 8)
                sign += f"{LETTERS[letter]}{digit + 2}"
            self._taken.add(sign)
            self._given.add(sign)
            self._signs[asked] = sign
        return self._signs[asked]

    def _says(self, sign: str, partner: str, table: str, row: Cells) -> bool:
        """Whether the voice of a sign says the same in the open partnership about the same thing.

        Of what both say at least half is the same: something may have been corrected there.
        """
        own, said_there = self._own, self._rows_there(table).get(sign, ())
        if own is None or not said_there:
            return False
        known = TABLES[table]
        about = [name for name in known.key if name not in sheets.WHO_ANSWERS]
        wanted = self._as_said(table, row, own)
        for one in said_there:
            there = self._as_said(table, one, own)
            is_whose = self.partner_called(one["partner"]) == self.partner_called(partner)
            if is_whose and all(there.get(name) == wanted.get(name) for name in about):
                both = [
                    there[name] == wanted[name]
                    for name in there.keys() & wanted.keys() - {*known.key, "share"}
                ]
                return bool(both) and sum(both) * 2 >= len(both)
        return False

    def _rows_there(self, table: str) -> Mapping[str, list[Cells]]:
        """The rows of voices in the open partnership, by their signs in plain letters."""
        if table not in self._own_rows:
            found = self._own_rows[table] = {}
            sheet = self._own.sheets.get(table) if self._own else None
            if sheet is not None and {"partner", "respondent"} <= set(sheet.columns):
                names = list(map(str, sheet.columns))
                for texts in sheet.itertuples(index=False, name=None):
                    row = dict(zip(names, texts, strict=True))
                    found.setdefault(plain(row["respondent"]), []).append(row)
        return self._own_rows[table]

    def _as_said(self, table: str, cells: Cells, own: Source) -> dict[str, str]:
        """What the known cells of a row say, without those that are empty."""
        kinds = {name: column.kind for name, column in TABLES[table].by_name.items()}
        said = {name: self.said(kinds[name], cells[name], own) for name in kinds if name in cells}
        return {name: plain(text) for name, text in said.items() if text}

    def told_there(self) -> list[Assumption]:
        """That voices of a file are in the open partnership already, and count once."""
        return [
            Assumption(
                trn(
                    "{count} voice in it says here what it says in the open partnership already, "
                    "and counts once.",
                    "{count} voices in it say here what they say in the open partnership already, "
                    "and count once.",
                    count,
                ).format(count=count),
                file,
            )
            for file, count in self._there.items()
        ]

    def said(self, kind: Kind, text: str, source: Source) -> str:
        """What a cell says, in the schema's words where it can be read.

        References are given as the codes of the whole.
        """
        return self.reader(kind, source)(text)

    def reader(self, kind: Kind, source: Source) -> Callable[[str], str]:
        """What gives the words of the cells of one column, each different text read once.

        Args:
            kind: What the column holds.
            source: The file in which it stands.
        """
        if isinstance(kind, Text):
            return partial(in_words_of_schema, kind)
        if not isinstance(kind, Ref):
            return cache(partial(in_words_of_schema, kind))
        ways = {**self.ways.get(kind.table, {}), **kind.ways, **source.codes.get(kind.table, {})}

        def codes(text: str) -> str:
            return ", ".join(dict.fromkeys(code or part for part, code in kind.resolve(text, ways)))

        return cache(codes)


def in_words_of_schema(kind: Kind, text: str, read: Callable[[str], object] | None = None) -> str:
    """What a cell says, in the schema's words where it can be read.

    Args:
        kind: What its column holds.
        text: What was typed.
        read: What reads it in place of the kind's own way.
    """
    if not text.strip():
        return ""
    try:
        return kind.write((read or kind.read)(text))
    except Unreadable:
        return text.strip()


def _words_of(text: str) -> str:
    """A name of a file or of a partner as words alone: "VEC_form (2).csv" is VEC form 2 csv."""
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))
