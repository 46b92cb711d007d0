"""Many voices: separate files, one a partner or respondent, become one partnership; where they differ it is told.

A file may be a workbook, a folder of CSV files, or one CSV file as form tools write it: a row an answer, or a row a
person with a column for every question and item. Nothing is decided in silence: of two different answers the first
counts until people have decided, and a sentence names both files and what each says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pandas as pd

from partnering.exchange import returned_files
from partnering.exchange.returned_files import Source
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.check import Table
from partnering.schema.kinds import Code, Kind, Ref, Text, Unreadable, plain
from partnering.schema.tables import TABLES
from partnering.storage import atomic
from partnering.storage.atomic import NotOpened

LETTERS = "abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when it is written by hand


@dataclass
class Merged:
    """One partnership made of many files.

    `conflicts` are sentences that ask for a decision, `unread` sentences about answers that were not read or belong to
    nobody, `told` about what was numbered on or left alone. `came_from` has a line for every row: table, row, and the
    files it stands in.
    """

    partnership: Partnership
    conflicts: list[str]
    unread: list[str]
    told: list[str]
    came_from: pd.DataFrame


@dataclass
class _Row:
    """One row of the whole: what it says, and in which file each of its cells stands first."""

    cells: dict[str, str]
    first_in: dict[str, str]
    files: list[str] = field(default_factory=list)


@dataclass
class _Heap:
    """What has been put together so far."""

    rows: dict[str, list[_Row]] = field(default_factory=dict)
    by_key: dict[tuple[str, tuple[str, ...]], _Row] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def read(place: Path | str) -> Merged:
    """The one partnership that stands in the files of a folder. Raises `NotOpened` where there is nothing to merge.

    Files are taken in the order of their names. A row that stands in two files with the same answers is one row.
    """
    place = Path(place)
    found, heap = returned_files.read(place), _Heap()
    if not found.sources:
        raise NotOpened(
            " ".join(
                [
                    tr(
                        "There are no workbooks, folders or CSV files with answers in {place}."
                    ).format(place=place),
                    *found.unread,
                    *found.told,
                ]
            )
        )
    heap.told += found.told
    heap.unread += found.unread
    known = _Directory(found.sources)
    for source in found.sources:
        _ascribe(source, known, heap)
    _number(found.sources, known, heap)
    known.look_again(found.sources)
    for source in found.sources:
        for name, sheet in source.sheets.items():
            _add(source, name, sheet, known, heap)
    made = {name: _sheet(rows, heap.columns[name]) for name, rows in heap.rows.items()}
    made = {name: made[name] for name in [*(name for name in TABLES if name in made), *made]}
    lines = [
        (name, number, ", ".join(dict.fromkeys(row.files)))
        for name, rows in heap.rows.items()
        for number, row in enumerate(rows, start=2)
    ]
    came_from = pd.DataFrame(lines, columns=[tr("Table"), tr("Row"), tr("File")])
    return Merged(Partnership(made, place.name), heap.conflicts, heap.unread, heap.told, came_from)


# ---------------------------------------------------------------- numbers


def _number(sources: list[Source], known: _Directory, heap: _Heap) -> None:
    """Give a code to every row that needs one and has none, and another to a line whose code another partner has.

    References in the same file follow: by the code that was there, or by the row's place in its file.
    """
    for table in TABLES.values():
        column = table.columns[0] if table.key == (table.columns[0].name,) else None
        if column and isinstance(column.kind, Code) and column.kind.prefix:
            _Numbers(table, column.name, column.kind.prefix, known, heap).give(
                [source for source in sources if len(source.sheets.get(table.name, ()))]
            )


class _Numbers:
    """The codes of one table: those that are taken, whose each of them is, and what the rows say that have one."""

    def __init__(self, table: Table, key: str, prefix: str, known: _Directory, heap: _Heap):
        self.table, self.key, self.prefix, self.known, self.heap = table, key, prefix, known, heap
        self.taken: set[str] = set()
        self.owners: dict[str, str] = {}
        self.said: dict[tuple, str] = {}

    def give(self, sources: list[Source]) -> None:
        """Number the rows of all files; first those that have a code keep it, then the others get what is free."""
        self.taken = {
            plain(code) for source in sources for code in source.column(self.table.name, self.key)
        } - {""}
        made = {id(source): {} for source in sources}
        for with_code in (True, False):
            for source in sources:
                sheet = source.sheets[self.table.name]
                for number, (row, cells) in enumerate(sheet.iterrows(), start=1):
                    typed = cells.get(self.key, "").strip()
                    if bool(typed) == with_code:
                        code = self._code(typed, cells, source)
                        made[id(source)][row] = code
                        local = plain(typed or f"{self.prefix}{number}")
                        source.codes.setdefault(self.table.name, {}).setdefault(local, code)
        for source in sources:
            sheet = source.sheets[self.table.name]
            codes = pd.Series(made[id(source)]).reindex(sheet.index)
            source.sheets[self.table.name] = sheet.assign(**{self.key: codes}).astype("str")

    def _code(self, typed: str, cells: pd.Series, source: Source) -> str:
        """The code of one row; another one where somebody else's row has it."""
        owner = (
            self.known.partner_called(cells.get("partner", ""))
            if "partner" in self.table.by_name
            else ""
        )
        words = (
            owner,
            *sorted(
                (name, text.strip())
                for name, text in cells.items()
                if name not in ("partner", self.key) and text.strip()
            ),
        )
        code = typed.upper()
        if typed and self.owners.get(plain(typed), owner) != owner:
            code = self.said.get(words) or self._free()
            self.heap.told.append(
                tr("{file}: {code} is another line there than elsewhere; it is {new} now.").format(
                    file=source.name, code=typed, new=code
                )
            )
        elif not typed:
            code = self.said.get(words) or self._free()
        self.taken.add(plain(code))
        self.owners.setdefault(plain(code), owner)
        self.said.setdefault(words, code)
        return code

    def _free(self) -> str:
        codes = (f"{self.prefix}{number}" for number in count(1))
        return next(code for code in codes if plain(code) not in self.taken)


# ---------------------------------------------------------------- who speaks


def _ascribe(source: Source, known: _Directory, heap: _Heap) -> None:
    """Fill in the partner of a file whose rows do not name one, and a sign where the file says it is one voice."""
    partner = known.partner(source)
    unknown = False
    for name, sheet in source.sheets.items():
        table = TABLES.get(name)
        if not table or "partner" not in table.by_name or name == "partners" or sheet.empty:
            continue
        column = (
            sheet["partner"]
            if "partner" in sheet
            else pd.Series("", index=sheet.index, dtype="str")
        )
        silent = column.str.strip() == ""
        unknown |= (
            bool(silent.any()) and not partner and bool(set(sheet.columns) & set(table.by_name))
        )
        sheet = sheet.assign(partner=column.where(~silent, partner)).astype("str")
        if "respondent" in table.by_name:
            voices = (
                sheet["respondent"]
                if "respondent" in sheet
                else pd.Series("", index=sheet.index, dtype="str")
            )
            one = voices.map(plain).isin(returned_files.one_voice())
            one |= (voices.str.strip() == "") & source.one_voice
            if one.any():
                people = (
                    source.people.get(name, pd.Series("", index=sheet.index))
                    .reindex(sheet.index)
                    .fillna("")
                )
                signs = [
                    known.sign(who, source, person) if each else voice.strip()
                    for each, who, voice, person in zip(
                        one, sheet["partner"], voices, people, strict=True
                    )
                ]
                sheet = sheet.assign(respondent=signs).astype("str")
        source.sheets[name] = sheet
    if unknown:
        heap.unread.append(
            tr(
                "{file}: whose answers are these? Where no partner is named, they count for nobody. Fill in the "
                "column “partner”, or put the partner's short name into the name of the file."
            ).format(file=source.name)
        )


class _Directory:
    """The rows of all files that others point to, the partners among them, and the signs that were given."""

    def __init__(self, sources: list[Source]):
        self.ways: dict[str, dict[str, str]] = {}
        self.look_again(sources)
        self._signs: dict[tuple[str, bytes, str], str] = {}
        self._taken = {
            plain(text)
            for source in sources
            for name in source.sheets
            for text in source.column(name, "respondent")
        }

    def look_again(self, sources: list[Source]) -> None:
        """Read once more what may be written for a row, after rows were numbered."""
        for name, table in TABLES.items():
            if len(table.key) == 1:
                some = [source.sheets[name] for source in sources if name in source.sheets]
                some += [lists.sheets()[name]] if name in lists.sheets() and not some else []
                self.ways[name] = self._written(table, some)

    @staticmethod
    def _written(table: Table, some: list[pd.DataFrame]) -> dict[str, str]:
        ways: dict[str, str] = {}
        for column in (table.naming, table.key[0]):
            for sheet in some:
                if column in sheet and table.key[0] in sheet:
                    for text, code in zip(sheet[column], sheet[table.key[0]], strict=True):
                        if text.strip() and code.strip():
                            ways[plain(text)] = _said(table.by_name[table.key[0]].kind, code)
        return ways

    def partner(self, source: Source) -> str:
        """Whose file it is: as the file says, else as its name does; "" where neither says."""
        ways = self.ways.get("partners", {})
        if source.partner:
            return ways.get(plain(source.partner), source.partner)
        name = f" {plain(returned_files.words_of(source.name))} "
        found = {ways[way] for way in ways if f" {plain(returned_files.words_of(way))} " in name}
        return found.pop() if len(found) == 1 else ""

    def partner_called(self, text: str) -> str:
        """The code of a partner by its code or name, in plain letters."""
        return plain(self.ways.get("partners", {}).get(plain(text), text))

    def sign(self, partner: str, source: Source, person: str) -> str:
        """A sign for one voice that tells nothing, and is the same whenever the same file is read."""
        asked = plain(partner), source.digest, person
        if asked not in self._signs:
            number = int.from_bytes(atomic.digest(repr(asked).encode()), "big")
            sign = ""
            while not sign or sign in self._taken:
                number, letter = divmod(number, len(LETTERS))
                number, digit = divmod(number, 8)
                sign += f"{LETTERS[letter]}{digit + 2}"
            self._taken.add(sign)
            self._signs[asked] = sign
        return self._signs[asked]

    def said(self, kind: Kind, text: str, source: Source) -> str:
        """What a cell says, in the schema's words where it can be read, references as codes of the whole."""
        if not isinstance(kind, Ref):
            return _said(kind, text)
        also = {plain(way): word for word in kind.also for way in (word, tr(word))}
        ways = {**self.ways.get(kind.table, {}), **also, **source.codes.get(kind.table, {})}
        return ", ".join(dict.fromkeys(code or part for part, code in kind.resolve(text, ways)))


def _said(kind: Kind, text: str) -> str:
    if isinstance(kind, Text) or not text.strip():
        return text.strip()
    try:
        return kind.write(kind.read(text))
    except Unreadable:
        return text.strip()


# ---------------------------------------------------------------- one row from many files


def _add(source: Source, name: str, sheet: pd.DataFrame, known: _Directory, heap: _Heap) -> None:
    """Add the rows of one sheet of one file."""
    table = TABLES.get(name)
    columns, rows = heap.columns.setdefault(name, []), heap.rows.setdefault(name, [])
    columns += [column for column in sheet.columns if column not in columns]
    kinds = {
        column: table.by_name[column].kind if table and column in table.by_name else Text()
        for column in sheet.columns
    }
    for typed in sheet.itertuples(index=False, name=None):
        cells = {
            column: known.said(kind, text, source) if table else text
            for (column, kind), text in zip(kinds.items(), typed, strict=True)
        }
        key = _key(table, cells)
        row = heap.by_key.get((name, key))
        if row is None:
            row = heap.by_key[name, key] = _Row({}, {})
            rows.append(row)
        _lay_over(row, cells, table, source, heap)
        row.files.append(source.name)


def _key(table: Table | None, cells: dict[str, str]) -> tuple[str, ...]:
    """What makes a row the same row: its key where all of it is there, else everything it says."""
    everything = tuple(f"{name}={text}" for name, text in sorted(cells.items()) if text)
    if table and table.upright:
        return ()
    if (
        not table
        or not table.key
        or any(not cells.get(name, "") for name in table.key if table.by_name[name].required)
    ):
        return ("", *everything)
    return tuple(plain(cells.get(name, "")) for name in table.key)


def _lay_over(
    row: _Row, cells: dict[str, str], table: Table | None, source: Source, heap: _Heap
) -> None:
    """Fill in what a row did not say yet; where it says otherwise, leave it and tell."""
    for name, text in cells.items():
        there = row.cells.get(name, "")
        if text and there and text != there:
            heap.conflicts.append(
                tr(
                    "{what}, {column}: {one} says “{first}”, {other} says “{second}”. “{first}” counts until "
                    "you decide."
                ).format(
                    what=_called(table, row),
                    column=tr(table.by_name[name].label) if name in table.by_name else name,
                    one=row.first_in[name],
                    first=there,
                    other=source.name,
                    second=text,
                )
            )
        elif text and not there:
            row.cells[name], row.first_in[name] = text, source.name


def _called(table: Table, row: _Row) -> str:
    """A table and one of its rows, as people would say it."""
    keys = ", ".join(row.cells.get(key, "") or tr("as a whole") for key in table.key)
    return f"{tr(table.label)} {keys}".strip()


def _sheet(rows: list[_Row], columns: list[str]) -> pd.DataFrame:
    cells = {name: [row.cells.get(name, "") for row in rows] for name in columns}
    return pd.DataFrame(cells, index=range(2, len(rows) + 2), dtype="str")
