"""The codes of rows that came back: which they have, are given, or had before."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from pathlib import Path

import pandas as pd

from partnering.exchange.known_names import KnownNames
from partnering.exchange.merged import Heap
from partnering.exchange.sources import Source, column_or_empty
from partnering.language import tr
from partnering.partnership import recode
from partnering.schema.columns import Table
from partnering.schema.kinds import Ref, Text
from partnering.schema.spelling import plain, seen
from partnering.schema.tables import TABLES
from partnering.storage import moved
from partnering.storage.assumed import Assumption, listed, supplied


def of_codes_given_up(where: Path, whole: Source, sources: list[Source]) -> list[str]:
    """Sentences on files that name a code which was a line's that is kept back in another file.

    Args:
        where: Where that other file lies.
        whole: What was typed in it.
        sources: All files.
    """
    said = []
    for table, codes in moved.read(where).items():
        given_up = {plain(old): (old, new) for old, new in codes.items()}
        for source in sources:
            for old, new in _named(source, table, given_up) if source is not whole else ():
                said.append(
                    tr(
                        "{file} says {old}. In {whole}, {old} was once the code of the line "
                        "that is now {new}. Check which of the two is meant; until then it "
                        "counts for {old}."
                    ).format(file=source.name, old=old, new=new, whole=whole.name)
                )
    return said


def _named(
    source: Source, table: str, given_up: Mapping[str, tuple[str, str]]
) -> list[tuple[str, str]]:
    """The codes of a table among these that a file names, each once."""
    found: dict[tuple[str, str], None] = {}
    for name in source.sheets:
        for column in recode.speaking(TABLES[name], table) if name in TABLES else ():
            for text in source.column(name, column.name):
                kind = column.kind
                parts = kind.parts(text) if isinstance(kind, Ref) else [text]
                for part in parts if not isinstance(kind, Text) else ():
                    if plain(part) in given_up:
                        found[given_up[plain(part)]] = None
    return list(found)


def number_rows(sources: list[Source], known: KnownNames, heap: Heap) -> None:
    """Give a code to every row that needs one, also where another partner has its code.

    References in the same file follow: by the code that was there, or by the row's place in its
    file.

    Args:
        sources: All files; their sheets have the codes afterwards.
        known: What may be written for a row.
        heap: Where is told which codes were given.
    """
    for table in TABLES.values():
        if table.letter:
            with_rows = [source for source in sources if len(source.sheets.get(table.name, ()))]
            numbers = _Numbers(table, known, heap)
            numbers.spoken_of(sources)
            numbers.give(with_rows)


class _Numbers:
    """The codes of one table.

    Which are taken, whose each of them is, and what the rows say that have one.
    """

    def __init__(self, table: Table, known: KnownNames, heap: Heap) -> None:
        self.table, self.known, self.heap = table, known, heap
        self.key, self.letter = table.key[0], table.letter
        self.taken: set[str] = set()
        self.next = 1
        self.owners: dict[str, str] = {}
        self.said: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self.elsewhere: dict[str, str] = {}

    def spoken_of(self, sources: list[Source]) -> None:
        """Note the codes of which files speak that have no rows of this table themselves.

        No row is given one of them: which row they mean is for people to say.
        """
        is_code = re.compile(rf"{self.letter}\d+", re.IGNORECASE)
        for source in sources:
            if len(source.sheets.get(self.table.name, ())):
                continue
            for name, sheet in source.sheets.items():
                for column in (
                    recode.speaking(TABLES[name], self.table.name) if name in TABLES else ()
                ):
                    if column.name in sheet and isinstance(column.kind, Ref):
                        for text in sheet[column.name].unique():
                            for part in column.kind.parts(text):
                                if is_code.fullmatch(seen(part).strip()):
                                    self.elsewhere.setdefault(plain(part), source.name)

    def give(self, sources: list[Source]) -> None:
        """Number the rows of all files: those with a code keep it, the others get what is free."""
        for source in sources:
            self.taken |= {plain(code) for code in source.column(self.table.name, self.key)}
        self.taken -= {""}
        unknown = {code: file for code, file in self.elsewhere.items() if code not in self.taken}
        self.taken |= set(unknown)
        made: dict[int, dict[object, str]] = {id(source): {} for source in sources}
        for with_code in (True, False):
            for source in sources:
                made[id(source)] |= self._of_one_file(source, with_code)
        for source in sources:
            sheet = source.sheets[self.table.name]
            codes = pd.Series(made[id(source)]).reindex(sheet.index)
            numbered = sheet.assign(**{self.key: codes}).astype("str")
            there = column_or_empty(sheet, self.key).map(plain)
            given = dict(codes[there == ""].items())
            if given and self.table.name not in source.numbered:  # forms leave these to the helper
                numbered = supplied(
                    numbered, self.heap.assumed, self._given(source, given, unknown)
                )
            source.sheets[self.table.name] = numbered

    def _given(
        self, source: Source, given: Mapping[Hashable, str], unknown: Mapping[str, str]
    ) -> Assumption:
        """That rows without a code were given one; and which codes were left free."""
        said = tr("these lines have no code; {codes} were given to them.").format(
            codes=listed(list(given.values()))
        )
        if unknown:
            said += " " + tr(
                "{others} were not given, because {file} refers to them and nothing says which "
                "lines they are. Write the codes beside the lines, and merge again."
            ).format(
                others=listed([code.upper() for code in unknown]), file=next(iter(unknown.values()))
            )
        rows = tuple(source.row_seen(self.table.name, row) for row in given)
        return Assumption(said, source.name, tr(self.table.label), rows)

    def _of_one_file(self, source: Source, with_code: bool) -> dict[object, str]:
        """The codes of the rows of one file, either of those that have one or of the others."""
        found: dict[object, str] = {}
        sheet = source.sheets[self.table.name]
        lines = zip(sheet.index, sheet.to_numpy(dtype=object).tolist(), strict=True)
        for number, (row, texts) in enumerate(lines, start=1):
            cells = dict(zip(sheet.columns, texts, strict=True))
            typed = cells.get(self.key, "").strip()
            if bool(typed) == with_code:
                found[row] = self._code(typed, cells, source)
                local = plain(typed or f"{self.letter}{number}")
                source.codes.setdefault(self.table.name, {}).setdefault(local, found[row])
        return found

    def _code(self, typed: str, cells: dict[str, str], source: Source) -> str:
        """The code of one row; another one where somebody else's row has it."""
        owner = ""
        if "partner" in self.table.by_name:
            owner = self.known.partner_called(cells.get("partner", ""))
        told = [(name, text.strip()) for name, text in cells.items() if text.strip()]
        others = sorted(each for each in told if each[0] not in ("partner", self.key))
        words = (owner, tuple(others))
        code = typed.upper()
        if typed and self.owners.get(plain(typed), owner) != owner:
            code = self.said.get(words) or self._free(cells)
            said = tr("{code} is a different line there than elsewhere; its code is {new} now.")
            assumption = Assumption(said.format(code=typed, new=code), source.name)
            code = supplied(code, self.heap.assumed, assumption)
        elif not typed:
            code = self.said.get(words) or self._free(cells)
        self.taken.add(plain(code))
        self.owners.setdefault(plain(code), owner)
        self.said.setdefault(words, code)
        return code

    def _free(self, cells: dict[str, str]) -> str:
        """A code that no row has; what is kept back leaves the numbers to what is not."""
        if recode.is_kept_back(self.table, cells.get("share", "")):
            return recode.free_in_series(self.table, self.taken)
        while plain(f"{self.letter}{self.next}") in self.taken:
            self.next += 1  # what is taken stays so
        return f"{self.letter}{self.next}"
