"""Many voices: separate files, one a partner or respondent, become one partnership.

A file may be a workbook, a folder of CSV files, or one CSV file as form tools write it: a row an
answer, or a row a person with a column for every question and item. Nothing is decided in silence:
of two different answers the first counts until people have decided, on who may see something and on
how openly answers are handled the stricter, and a sentence names both files and what each says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path

import pandas as pd

from partnering.exchange import returned_files
from partnering.exchange.returned_files import Source
from partnering.language import tr
from partnering.partnership import Partnership, recode
from partnering.schema import lists
from partnering.schema.check import asked_about, reader_of, taken_day_first
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import (
    Code,
    Kind,
    Ref,
    Text,
    Unreadable,
    plain,
)
from partnering.schema.tables import TABLES
from partnering.storage import atomic, moved, sheets
from partnering.storage.atomic import NotOpened
from partnering.storage.form_marks import VOICES
from partnering.storage.stored import StoredPartnership

LETTERS = "abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when it is written by hand


@dataclass(frozen=True)
class Difference:
    """One answer that two files give in two ways.

    Attributes:
        table: The name of the table.
        row: The row of the whole, from 0.
        column: The name of the column.
        what: The table, row and column, as people would say it.
        first: The file that comes first, and what it says.
        second: The other file, and what it says.
        is_settled: Whether one is stricter, which counts whatever the order of files.
        sentence: What people are told.
    """

    table: str
    row: int
    column: str
    what: str
    first: tuple[str, str]
    second: tuple[str, str]
    is_settled: bool
    sentence: str


@dataclass
class Merged:
    """One partnership made of many files.

    Attributes:
        partnership: The partnership.
        conflicts: Sentences that ask for a decision between two answers.
        unread: Sentences about answers that were not read or belong to nobody.
        told: Sentences about what was numbered on or left alone.
        came_from: A line for every row: its table, its row, and the files it stands in.
        rows: The rows by the names of their tables, each with the files of its cells.
        differences: What two files say in two ways.
    """

    partnership: Partnership
    conflicts: list[str]
    unread: list[str]
    told: list[str]
    came_from: pd.DataFrame
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    differences: Sequence[Difference] = ()

    @property
    def to_confirm(self) -> list[str]:
        """What reading supplied by itself, left out or left alone: people read it, and say yes."""
        return [*self.unread, *self.told]


@dataclass
class Row:
    """One row of the whole.

    Attributes:
        cells: What it says, by column.
        first_in: In which file each of its cells stands first.
        files: The files in which it stands.
        rows_in: Its row in each of them.
    """

    cells: dict[str, str]
    first_in: dict[str, str]
    files: list[str] = field(default_factory=list)
    rows_in: dict[str, int] = field(default_factory=dict)


@dataclass
class _Heap:
    """What has been put together so far."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    by_key: dict[tuple[str, tuple[str, ...]], Row] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    differences: list[tuple[Row, Difference]] = field(default_factory=list)


def read(
    place: Path | str, *, into: StoredPartnership | None = None, passphrase: str = ""
) -> Merged:
    """The one partnership that stands in the files of a folder.

    A row that stands in two files with the same answers is one row.

    Args:
        place: The folder, or one file. Files are taken in the order of their names.
        into: A partnership that counts as the first of them, under the name `is_open()`.
        passphrase: What unlocks files that were taken home and locked.

    Raises:
        NotOpened: There is no such folder, or nothing to merge in it.
    """
    place = Path(place)
    found, heap = returned_files.read(place, passphrase), _Heap()
    if not found.sources:
        nothing = tr("There are no workbooks, folders or CSV files with answers in {place}.")
        raise NotOpened(" ".join([nothing.format(place=place), *found.unread, *found.told]))
    heap.told += found.told
    heap.unread += found.unread
    returned, sources = found.sources, found.sources
    if into is not None:
        sources = [_open_now(into), *returned]
    for source in sources:
        home = place if place.is_dir() else place.parent
        where = into.place if into is not None and source is sources[0] else home / source.name
        if where is not None:
            heap.conflicts += _of_codes_given_up(where, source, sources)
            if untold := moved.unreadable(where):
                heap.told.append(untold)
    known = _Directory(sources)
    for source in returned:
        _ascribe(source, known, heap)
    _number(sources, known, heap)
    known.look_again(sources)
    for source in sources:
        for name, sheet in source.sheets.items():
            _add(source, name, sheet, known, heap)
    in_order = dict.fromkeys([*(name for name in TABLES if name in heap.rows), *heap.rows])
    made = {name: _sheet(heap.rows[name], heap.columns[name]) for name in in_order}
    merged = Merged(
        Partnership(made, place.name), heap.conflicts, heap.unread, heap.told, _came_from(heap)
    )
    merged.rows, merged.differences = heap.rows, _in_their_rows(heap)
    return merged


def is_open() -> str:
    """What the partnership is called into which files are merged."""
    return tr("what is open")


def _open_now(partnership: StoredPartnership) -> Source:
    """A partnership as one of the files, but for lists that nobody edited."""
    untouched = sheets.untouched(partnership.sheets)
    typed = {name: some for name, some in partnership.sheets.items() if name not in untouched}
    return Source(is_open(), typed, b"")


def _in_their_rows(heap: _Heap) -> list[Difference]:
    """What differs, with the places of the rows now that all are there."""
    at = {id(row): number for rows in heap.rows.values() for number, row in enumerate(rows)}
    return [replace(one, row=at[id(row)]) for row, one in heap.differences]


def _of_codes_given_up(where: Path, whole: Source, sources: list[Source]) -> list[str]:
    """Sentences on files that name a code which was a line's that is kept back in another file."""
    said = []
    for table, codes in moved.read(where).items():
        given_up = {plain(old): (old, new) for old, new in codes.items()}
        for source in sources:
            for old, new in _named(source, table, given_up) if source is not whole else ():
                said.append(
                    tr(
                        "{file} says {old}: in {whole} that was the code of the line {new} before "
                        "another line was typed under it. Look which of the two is meant: it "
                        "counts for {old} as it stands."
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


def _came_from(heap: _Heap) -> pd.DataFrame:
    """The table, the row and the files of every row."""
    lines = []
    for name, rows in heap.rows.items():
        for number, row in enumerate(rows, start=2):
            lines.append((name, number, ", ".join(dict.fromkeys(row.files))))
    return pd.DataFrame(lines, columns=[tr("Table"), tr("Row"), tr("File")])


# ---------------------------------------------------------------- numbers


def _number(sources: list[Source], known: _Directory, heap: _Heap) -> None:
    """Give a code to every row that needs one, also where another partner has its code.

    References in the same file follow: by the code that was there, or by the row's place in its
    file.
    """
    for table in TABLES.values():
        column = table.columns[0] if table.key == (table.columns[0].name,) else None
        if column and isinstance(column.kind, Code) and column.kind.prefix:
            with_rows = [source for source in sources if len(source.sheets.get(table.name, ()))]
            _Numbers(table, column.name, column.kind.prefix, known, heap).give(with_rows)


class _Numbers:
    """The codes of one table.

    Which are taken, whose each of them is, and what the rows say that have one.
    """

    def __init__(self, table: Table, key: str, prefix: str, known: _Directory, heap: _Heap) -> None:
        self.table, self.key, self.prefix, self.known, self.heap = table, key, prefix, known, heap
        self.taken: set[str] = set()
        self.owners: dict[str, str] = {}
        self.said: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}

    def give(self, sources: list[Source]) -> None:
        """Number the rows of all files: those with a code keep it, the others get what is free."""
        for source in sources:
            self.taken |= {plain(code) for code in source.column(self.table.name, self.key)}
        self.taken -= {""}
        made: dict[int, dict[object, str]] = {id(source): {} for source in sources}
        for with_code in (True, False):
            for source in sources:
                made[id(source)] |= self._of_one_file(source, with_code)
        for source in sources:
            sheet = source.sheets[self.table.name]
            codes = pd.Series(made[id(source)]).reindex(sheet.index)
            source.sheets[self.table.name] = sheet.assign(**{self.key: codes}).astype("str")

    def _of_one_file(self, source: Source, with_code: bool) -> dict[object, str]:
        """The codes of the rows of one file, either of those that have one or of the others."""
        found: dict[object, str] = {}
        sheet = source.sheets[self.table.name]
        for number, (row, series) in enumerate(sheet.iterrows(), start=1):
            cells = {str(name): str(text) for name, text in series.items()}
            typed = cells.get(self.key, "").strip()
            if bool(typed) == with_code:
                found[row] = self._code(typed, cells, source)
                local = plain(typed or f"{self.prefix}{number}")
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
            self.heap.told.append(
                tr("{file}: {code} is another line there than elsewhere; it is {new} now.").format(
                    file=source.name, code=typed, new=code
                )
            )
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
        codes = (f"{self.prefix}{number}" for number in count(1))
        return next(code for code in codes if plain(code) not in self.taken)


# ---------------------------------------------------------------- who speaks


def _ascribe(source: Source, known: _Directory, heap: _Heap) -> None:
    """Fill in the partner where the rows of a file name none, and a sign where it is one voice."""
    partner = known.partner(source)
    unknown = False
    for name, sheet in source.sheets.items():
        table = TABLES.get(name)
        if not table or "partner" not in table.by_name or name == "partners" or sheet.empty:
            continue
        column = _column(sheet, "partner")
        silent = column.str.strip() == ""
        of_the_table = bool(set(sheet.columns) & set(table.by_name))
        unknown |= bool(silent.any()) and not partner and of_the_table
        sheet = sheet.assign(partner=column.where(~silent, partner)).astype("str")
        if "respondent" in table.by_name:
            sheet = _with_voices(sheet, table, source, heap)
            sheet = _with_signs(sheet, name, source, known)
        source.sheets[name] = sheet
    if unknown:
        heap.unread.append(
            tr(
                "{file}: whose answers are these? Where no partner is named, they count for "
                "nobody. Fill in the column “partner”, or put the partner's short name into the "
                "name of the file."
            ).format(file=source.name)
        )


def _with_voices(sheet: pd.DataFrame, table: Table, source: Source, heap: _Heap) -> pd.DataFrame:
    """A sheet in which a column that may say who spoke makes each of its rows one voice.

    Else what a single person answered would count as the organisation's word.
    """
    heading = asked_about(table, sheet).get("respondent")
    if not heading:
        return sheet
    voices, beside = _column(sheet, "respondent"), sheet[heading].str.strip()
    one = (voices.str.strip() == "") & (beside != "")
    people = source.people.get(table.name, pd.Series(dtype="str"))
    source.people[table.name] = people.reindex(sheet.index).fillna("").where(~one, beside)
    heap.unread.append(
        tr(
            "{file}, sheet {sheet}: does “{found}” say who answered? What stands beside it counts "
            "as one voice each, with a sign. If it does not, give the column another name and "
            "merge again."
        ).format(file=source.name, sheet=table.name, found=heading)
    )
    return sheet.assign(respondent=voices.where(~one, VOICES[1])).astype("str")


def _with_signs(sheet: pd.DataFrame, name: str, source: Source, known: _Directory) -> pd.DataFrame:
    """A sheet in which rows that say that they are one voice have a sign for it."""
    voices = _column(sheet, "respondent")
    one = voices.map(plain).isin(returned_files.one_voice())
    one |= (voices.str.strip() == "") & source.one_voice
    if not one.any():
        return sheet
    people = source.people.get(name, pd.Series(dtype="str")).reindex(sheet.index).fillna("")
    signs = []
    for is_one, who, voice, person in zip(one, sheet["partner"], voices, people, strict=True):
        signs.append(known.sign(who, source, person) if is_one else voice.strip())
    return sheet.assign(respondent=signs).astype("str")


def _column(sheet: pd.DataFrame, name: str) -> pd.Series:
    """A column of a sheet, empty where it has none of this name."""
    return sheet[name] if name in sheet else pd.Series("", index=sheet.index, dtype="str")


class _Directory:
    """What rows of all files others may point to, and the signs of voices that were given."""

    def __init__(self, sources: list[Source]) -> None:
        self.ways: dict[str, dict[str, str]] = {}
        self.look_again(sources)
        self._signs: dict[tuple[str, bytes, str], str] = {}
        self._taken: set[str] = set()
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
        ways: dict[str, str] = {}
        for column in (table.naming, key):
            for sheet in some:
                if column in sheet and key in sheet:
                    rows = zip(sheet[column], sheet[key], strict=True)
                    coded = [(text, code) for text, code in rows if text.strip() and code.strip()]
                    ways |= {plain(text): _said(kind, code) for text, code in coded}
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
        """A sign for one voice that tells nothing, and is the same whenever its file is read."""
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
        """What a cell says, in the schema's words where it can be read.

        References are given as the codes of the whole.
        """
        if not isinstance(kind, Ref):
            return _said(kind, text)
        ways = {**self.ways.get(kind.table, {}), **kind.ways, **source.codes.get(kind.table, {})}
        return ", ".join(dict.fromkeys(code or part for part, code in kind.resolve(text, ways)))


def _said(kind: Kind, text: str, read: Callable[[str], object] | None = None) -> str:
    """What a cell says, in the schema's words where it can be read, by `read` where it is given."""
    if isinstance(kind, Text) or not text.strip():
        return text.strip()
    try:
        return kind.write((read or kind.read)(text))
    except Unreadable:
        return text.strip()


# ---------------------------------------------------------------- one row from many files


def _add(source: Source, name: str, sheet: pd.DataFrame, known: _Directory, heap: _Heap) -> None:
    """Add the rows of one sheet of one file."""
    table = TABLES.get(name)
    columns, rows = heap.columns.setdefault(name, []), heap.rows.setdefault(name, [])
    columns += [column for column in sheet.columns if column not in columns]
    by_name = table.by_name if table else {}
    kinds = {name: by_name[name].kind if name in by_name else Text() for name in sheet.columns}
    sheet = _with_days(sheet, source, name, kinds, heap)
    for number, typed in zip(sheet.index, sheet.itertuples(index=False, name=None), strict=True):
        cells = dict(zip(kinds, typed, strict=True))
        if table:
            cells = {name: known.said(kinds[name], text, source) for name, text in cells.items()}
        key = _key(table, cells)
        row = heap.by_key.get((name, key))
        if row is None:
            row = heap.by_key[name, key] = Row({}, {})
            rows.append(row)
        _lay_over(row, cells, table, source, heap)
        row.files.append(source.name)
        row.rows_in.setdefault(source.name, number)


def _with_days(
    sheet: pd.DataFrame, source: Source, name: str, kinds: dict[str, Kind], heap: _Heap
) -> pd.DataFrame:
    """A sheet whose days can be read in one way, where its own columns show which; that is told."""
    for column, kind in kinds.items():
        if said := taken_day_first(kind, sheet[column]):
            heap.unread.append(
                tr("{file}, sheet {sheet}, column {column}: {said}").format(
                    file=source.name, sheet=name, column=column, said=said
                )
            )
            read = reader_of(kind, sheet[column])
            sheet = sheet.assign(
                **{column: sheet[column].map(partial(_said, kind, read=read)).astype("str")}
            )
    return sheet


def _key(table: Table | None, cells: dict[str, str]) -> tuple[str, ...]:
    """What makes a row the same row: its key where all of it is there, else everything it says."""
    if table and table.upright:
        return ()
    if table and table.key:
        needed = [name for name in table.key if table.by_name[name].required]
        if all(cells.get(name, "") for name in needed):
            return tuple(plain(cells.get(name, "")) for name in table.key)
    return ("", *(f"{name}={text}" for name, text in sorted(cells.items()) if text))


def _lay_over(
    row: Row, cells: dict[str, str], table: Table | None, source: Source, heap: _Heap
) -> None:
    """Fill in what a row did not say yet; where it says otherwise, leave it and tell.

    What protects people is not left to the order of files: of two answers the stricter counts.
    """
    for name, text in cells.items():
        column = table.by_name.get(name) if table else None
        first_time, there = name not in row.cells, row.cells.get(name, "")
        both_say = bool(text and there) or (_empty_counts(column) and not first_time)
        if both_say and text != there:
            first, second = _strictness(column, there), _strictness(column, text)
            label = tr(column.label) if column else name
            sentence = _differ(first != second).format(
                what=_called(table, row),
                column=label,
                one=row.first_in[name],
                first=there or tr("nothing"),
                other=source.name,
                second=text or tr("nothing"),
                counts=(text if second > first else there) or tr("nothing"),
            )
            heap.conflicts.append(sentence)
            if table:
                one = Difference(
                    table.name,
                    0,
                    name,
                    f"{_called(table, row)}, {label}",
                    (row.first_in[name], there),
                    (source.name, text),
                    first != second,
                    sentence,
                )
                heap.differences.append((row, one))
            if second > first:
                row.cells[name], row.first_in[name] = text, source.name
        elif first_time or (text and not there):
            row.cells[name], row.first_in[name] = text, source.name


def _differ(one_is_stricter: bool) -> str:
    """The sentence on two different answers."""
    if one_is_stricter:
        return tr(
            "{what}, {column}: {one} says “{first}”, {other} says “{second}”. The stricter counts, "
            "“{counts}”, until you decide."
        )
    return tr(
        "{what}, {column}: {one} says “{first}”, {other} says “{second}”. “{first}” counts until "
        "you decide."
    )


def _empty_counts(column: Column | None) -> bool:
    """Whether a cell that is left empty says something, and is stricter than some answer."""
    return column is not None and column.kind.strictness("") > 0


def _strictness(column: Column | None, text: str) -> float:
    """How strict an answer is; the same for all where a column protects nobody."""
    if column is None or not text:
        return column.kind.strictness("") if column else 0
    counts = column.kind.counts_as(text)
    return 0 if counts is None else column.kind.strictness(counts)


def _called(table: Table | None, row: Row) -> str:
    """A table and one of its rows, as people would say it."""
    if table is None:  # the key of such a row is all that it says, so nothing in it can differ
        return ""
    keys = ", ".join(row.cells.get(key, "") or tr("as a whole") for key in table.key)
    return f"{tr(table.label)} {keys}".strip()


def _sheet(rows: list[Row], columns: list[str]) -> pd.DataFrame:
    cells = {name: [row.cells.get(name, "") for row in rows] for name in columns}
    return pd.DataFrame(cells, index=range(2, len(rows) + 2), dtype="str")
