"""Many voices: separate files, one a partner or respondent, become one partnership.

A file may be a workbook, a folder of CSV files, or one CSV file as form tools write it: a row an
answer, or a row a person with a column for every question and item. Nothing is decided in silence:
of two different answers the first counts until people have decided, on who may see something and on
how openly answers are handled the stricter, and a sentence names both files and what each says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path

import pandas as pd

from partnering.exchange import returned_files
from partnering.exchange.sources import Source, one_voice
from partnering.language import tr, trn
from partnering.partnership import Partnership, recode
from partnering.schema import answer_rows, lists, references
from partnering.schema.check import reader_of, taken_day_first
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import (
    Code,
    Kind,
    Ref,
    Text,
    Unreadable,
    plain,
    seen,
)
from partnering.schema.problems import beginning
from partnering.schema.tables import TABLES
from partnering.schema.unknown import asked_about
from partnering.storage import atomic, moved, sheets
from partnering.storage.assumed import (
    CHOICE,
    LEFT_OUT,
    NOT_READ,
    SUPPLIED,
    Assumption,
    Told,
    listed,
    supplied,
)
from partnering.storage.atomic import NotOpened
from partnering.storage.form_marks import VOICES
from partnering.storage.stored import StoredPartnership

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
LONGEST_QUOTED = 1000  # letters of an answer beside another one
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
        rows: In which row of either file, as people find it there.
        is_settled: Whether one is stricter, which counts whatever the order of files.
        sentence: What people are told.
    """

    table: str
    row: int
    column: str
    what: str
    first: tuple[str, str]
    second: tuple[str, str]
    rows: tuple[object, object]
    is_settled: bool
    sentence: str


@dataclass
class Merged:
    """One partnership made of many files.

    Attributes:
        partnership: The partnership.
        assumed: What was supplied, chosen between two answers, left out or not read, each with
            its place.
        told: Sentences about what was left alone.
        came_from: A line for every row: its table, its row, and the files it stands in.
        rows: The rows by the names of their tables, each with the files of its cells.
        differences: What two files say in two ways.
        one_sheet: Files, each with a table, in which there is no other sheet to look for it.
    """

    partnership: Partnership
    assumed: list[Assumption]
    told: list[str]
    came_from: pd.DataFrame
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    differences: Sequence[Difference] = ()
    one_sheet: frozenset[tuple[str, str]] = frozenset()

    @property
    def to_confirm(self) -> list[str]:
        """What reading supplied by itself, left out or left alone: people read it, and say yes."""
        return [*self.unread, *self.left_out, *self.supplied, *self.told]

    def _of(self, *kinds: str) -> list[str]:
        return [str(one) for one in self.assumed if one.kind in kinds]

    @property
    def conflicts(self) -> list[str]:
        """Sentences that ask for a decision between two answers."""
        return self._of(CHOICE)

    @property
    def unread(self) -> list[str]:
        """Sentences about answers that were not read or belong to nobody."""
        return self._of(NOT_READ)

    @property
    def supplied(self) -> list[str]:
        """Sentences about what was supplied without standing in a file."""
        return self._of(SUPPLIED)

    @property
    def left_out(self) -> list[str]:
        """Sentences about columns that tell who somebody is."""
        return self._of(LEFT_OUT)


@dataclass
class Row:
    """One row of the whole.

    Attributes:
        cells: What it says, by column.
        first_in: In which file each of its cells stands first.
        first_at: In which row of that file, as people find it there.
        files: The files in which it stands.
        rows_in: Its row in each of them.
    """

    cells: dict[str, str] = field(default_factory=dict)
    first_in: dict[str, str] = field(default_factory=dict)
    first_at: dict[str, object] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    rows_in: dict[str, object] = field(default_factory=dict)


@dataclass
class _Heap:
    """What has been put together so far."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    by_key: dict[tuple[str, tuple[str, ...]], Row] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    assumed: list[Assumption] = field(default_factory=Told)
    told: list[str] = field(default_factory=list)
    differences: list[tuple[Row, Difference]] = field(default_factory=list)

    def not_read(self, sentence: str) -> None:
        """Tell what was not read."""
        self.assumed.append(Assumption(sentence, kind=NOT_READ))


def read(
    place: Path | str,
    *,
    into: StoredPartnership | None = None,
    keep_people: bool = False,
    passphrase: str = "",
) -> Merged:
    """The one partnership that stands in the files of a folder.

    A row that stands in two files with the same answers is one row.

    Args:
        place: The folder, or one file. Files are taken in the order of their names.
        into: A partnership that counts as the first of them, under the name `is_open()`.
        keep_people: Whether columns that tell who somebody is are kept.
        passphrase: What unlocks files that were taken home and locked.

    Raises:
        NotOpened: There is no such folder, or nothing to merge in it.
    """
    place = Path(place)
    own = [] if into is None else [_open_now(into)]
    found, heap = returned_files.read(place, keep_people, passphrase, own), _Heap()
    if not found.sources:
        nothing = tr("There are no workbooks, folders or CSV files with answers in {place}.")
        raise NotOpened(
            " ".join([nothing.format(place=place), *map(str, found.assumed), *found.told])
        )
    heap.told += found.told
    heap.assumed += found.assumed
    returned, sources = found.sources, [*own, *found.sources]
    for source in sources:
        home = place if place.is_dir() else place.parent
        where = into.place if into is not None and source is sources[0] else home / source.name
        if where is not None:
            for said in _of_codes_given_up(where, source, sources):
                heap.assumed.append(Assumption(said, kind=CHOICE))
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
    return Merged(
        Partnership(made, place.name),
        heap.assumed,
        heap.told,
        _came_from(heap),
        heap.rows,
        _in_their_rows(heap),
        frozenset(
            (source.name, name)
            for source in sources
            for name in source.sheets
            if not _sheet_seen(source, name)
        ),
    )


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
            numbers = _Numbers(table, column.name, column.kind.prefix, known, heap)
            numbers.spoken_of(sources)
            numbers.give(with_rows)


class _Numbers:
    """The codes of one table.

    Which are taken, whose each of them is, and what the rows say that have one.
    """

    def __init__(self, table: Table, key: str, prefix: str, known: _Directory, heap: _Heap) -> None:
        self.table, self.key, self.prefix, self.known, self.heap = table, key, prefix, known, heap
        self.taken: set[str] = set()
        self.owners: dict[str, str] = {}
        self.said: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self.elsewhere: dict[str, str] = {}

    def spoken_of(self, sources: list[Source]) -> None:
        """Note the codes of which files speak that have no rows of this table themselves.

        No row is given one of them: which row they mean is for people to say.
        """
        is_code = re.compile(rf"{self.prefix}\d+", re.IGNORECASE)
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
            there = _column(sheet, self.key).map(plain)
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
        rows = tuple(_row_seen(source, self.table.name, row) for row in given)
        return Assumption(said, source.name, tr(self.table.label), rows)

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
        codes = (f"{self.prefix}{number}" for number in count(1))
        return next(code for code in codes if plain(code) not in self.taken)


# ---------------------------------------------------------------- who speaks


def _ascribe(source: Source, known: _Directory, heap: _Heap) -> None:
    """Fill in the partner where the rows of a file name none, and a sign where it is one voice.

    It is the partner that the form itself names, or the file's name where no row names another;
    in a column that is filled in downwards it is the partner above. All but the first is told.
    """
    own = {name: sheet for name, sheet in source.sheets.items() if _asks_for_partner(name, sheet)}
    named = {
        known.partner_called(text)
        for sheet in own.values()
        for text in _column(sheet, "partner")
        if plain(text)
    }
    partner, by_name = known.partner(source)
    if named - {plain(partner)}:
        partner = ""
    asked: dict[str, list[object]] = {}
    for name, sheet in own.items():
        column = _column(sheet, "partner")
        silent = column.map(plain) == ""
        if silent.any() and partner:
            column = column.where(~silent, partner)
            if by_name and set(sheet.columns) & set(TABLES[name].by_name):
                rows = tuple(_row_seen(source, name, row) for row in sheet.index[silent])
                assumption = _by_name(source, name, partner, rows if named else ())
                column = supplied(column, heap.assumed, assumption)
        elif silent.any() and _goes_downwards(column, silent):
            rows = tuple(_row_seen(source, name, row) for row in sheet.index[silent])
            said = tr("no partner is named there; the partner above was taken.")
            assumption = Assumption(said, source.name, _sheet_seen(source, name), rows)
            above = column.where(~silent).ffill()
            column = supplied(above, heap.assumed, assumption)
        elif silent.any() and set(sheet.columns) & set(TABLES[name].by_name):
            asked[name] = [_row_seen(source, name, row) for row in sheet.index[silent]]
        sheet = sheet.assign(partner=column).astype("str")
        if "respondent" in TABLES[name].by_name:
            sheet = _with_voices(sheet, TABLES[name], source, heap)
            sheet = _with_signs(sheet, name, source, known)
        source.sheets[name] = sheet
    if asked:
        heap.not_read(_whose(source, asked, bool(named)))


def _asks_for_partner(name: str, sheet: pd.DataFrame) -> bool:
    """Whether a sheet is a table with a partner a row."""
    table = TABLES.get(name)
    return bool(table and "partner" in table.by_name and name != "partners" and len(sheet))


def _by_name(source: Source, table: str, partner: str, rows: tuple[object, ...]) -> Assumption:
    """That the name of a file was taken for its partner, in some rows or in all."""
    said = tr(
        "no row says whose answers these are. By the file's name they were taken for those of "
        "{partner}."
    )
    if rows:
        said = tr(
            "no partner is named there. By the file's name they were taken for those of {partner}."
        )
    sheet = _sheet_seen(source, table) if rows else ""
    return Assumption(said.format(partner=partner), source.name, sheet, rows)


def _whose(source: Source, asked: Mapping[str, list[object]], named: bool) -> str:
    """The question whose answers rows are; with the rows, where others say it."""
    sentence = tr(
        "{file}: whose answers are these? Where no partner is named, they count for nobody. Fill "
        "in the column “partner”, or put the partner's short name into the name of the file."
    )
    if not named:
        return sentence.format(file=source.name)
    rows = [
        trn("sheet {table}, row {rows}", "sheet {table}, rows {rows}", len(numbers)).format(
            table=name, rows=listed(numbers)
        )
        for name, numbers in asked.items()
    ]
    return tr(
        "{file}, {rows}: whose answers are these? Other rows name their partner, so they count for "
        "nobody. Fill in the column “partner”."
    ).format(file=source.name, rows="; ".join(rows))


def _goes_downwards(column: pd.Series, silent: pd.Series) -> bool:
    """Whether a column names each partner once, above the rows that are its own.

    One empty cell below several names is a gap, and may be anybody's.
    """
    texts = column.map(plain)
    names = texts[~silent]
    if names.empty or silent.iloc[0] or names.duplicated().any():
        return False
    followed = silent.shift(-1, fill_value=False) & ~silent
    return int(followed.sum()) == len(names)


def _row_seen(source: Source, table: str, row: object) -> object:
    """The row in which people see a row of a table: in a form with a row a person, the person's."""
    return source.rows.get(table, {}).get(row, row)


def _sheet_seen(source: Source, table: str) -> str:
    """The sheet of a row; "" where the file is one sheet."""
    return "" if len(source.sheets) < 2 or table in source.rows else table


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
    heap.not_read(
        tr(
            "{file}, sheet {sheet}: does “{found}” say who answered? What is beside it counts "
            "as one voice each, with a code. If it does not, give the column another name and "
            "merge again."
        ).format(file=source.name, sheet=table.name, found=heading)
    )
    return sheet.assign(respondent=voices.where(~one, VOICES[1])).astype("str")


def _with_signs(sheet: pd.DataFrame, name: str, source: Source, known: _Directory) -> pd.DataFrame:
    """A sheet in which rows that say that they are one voice have a sign for it."""
    voices = _column(sheet, "respondent")
    one = voices.map(plain).isin(one_voice())
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
        ways: list[tuple[str, str]] = []
        for sheet in some:
            if key not in sheet:
                continue
            written = [code for code in sheet[key] if code.strip()]
            ways += [(code, _said(kind, code)) for code in written]
            if table.naming in sheet:
                rows = zip(sheet[table.naming], sheet[key], strict=True)
                ways += [
                    (name, _said(kind, code))
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
        typed = returned_files.words_of(source.name)
        name = f" {plain(typed)} "
        found: dict[str, str] = {}
        for way, code in ways.items():
            words = f" {plain(returned_files.words_of(way))} "
            if words.strip() and words in name and self._is_a_name(words, code, typed, name):
                found[code] = way
        return (next(iter(found)), True) if len(found) == 1 else ("", False)

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
    if not text.strip():
        return ""
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
    for at, typed in zip(sheet.index, sheet.itertuples(index=False, name=None), strict=True):
        cells = dict(zip(kinds, typed, strict=True))
        if table:
            cells = {name: known.said(kinds[name], text, source) for name, text in cells.items()}
        key = _key(table, cells)
        row = heap.by_key.get((name, key))
        if row is None:
            row = heap.by_key[name, key] = Row()
            rows.append(row)
        rows_at = {
            column: _row_seen(source, name, answer_rows.seen_in(sheet, column, at))
            for column in cells
        }
        _lay_over(row, cells, table, source, rows_at, heap)
        row.files.append(source.name)
        row.rows_in.setdefault(source.name, _row_seen(source, name, at))


def _place(file: str, row: object) -> str:
    """A file and a row of it, as people find it."""
    return tr("{file}, row {row},").format(file=file, row=row)


def _with_days(
    sheet: pd.DataFrame, source: Source, name: str, kinds: dict[str, Kind], heap: _Heap
) -> pd.DataFrame:
    """A sheet whose days can be read in one way, where its own columns show which; that is told."""
    for column, kind in kinds.items():
        if said := taken_day_first(kind, sheet[column], sheet[column]):
            read = reader_of(kind, sheet[column])
            days = sheet[column].map(partial(_said, kind, read=read)).astype("str")
            assumption = Assumption(said, source.name, name, (), column, NOT_READ)
            sheet = sheet.assign(**{column: supplied(days, heap.assumed, assumption)})
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
    row: Row,
    cells: dict[str, str],
    table: Table | None,
    source: Source,
    at: Mapping[str, object],
    heap: _Heap,
) -> None:
    """Fill in what a row did not say yet; where it says otherwise, leave it and tell.

    What protects people is not left to the order of files: of two answers the stricter counts.
    """
    for name, text in cells.items():
        column = table.by_name.get(name) if table else None
        first_time, there = name not in row.cells, row.cells.get(name, "")
        both_say = bool(text and there) or (_empty_counts(column) and not first_time)
        if both_say and _compared(text) != _compared(there):
            first, second = _strictness(column, there), _strictness(column, text)
            label = tr(column.label) if column else name
            sentence = _differ(first != second).format(
                what=_called(table, row),
                column=label,
                one=_place(row.first_in[name], row.first_at[name]),
                first=quoted(there),
                other=_place(source.name, at[name]),
                second=quoted(text),
                counts=quoted(text if second > first else there),
            )
            choice = text if second > first else there
            row.cells[name] = supplied(choice, heap.assumed, Assumption(sentence, kind=CHOICE))
            if table:
                one = Difference(
                    table.name,
                    0,
                    name,
                    f"{_called(table, row)}, {label}",
                    (row.first_in[name], there),
                    (source.name, text),
                    (row.first_at[name], at[name]),
                    first != second,
                    sentence,
                )
                heap.differences.append((row, one))
            if second > first:
                row.first_in[name], row.first_at[name] = source.name, at[name]
        elif first_time or (text and not there):
            row.cells[name], row.first_in[name] = text, source.name
            row.first_at[name] = at[name]


def quoted(text: str) -> str:
    """An answer in quotation marks; where there is none, the word nothing without them.

    Args:
        text: The answer.
    """
    return f"“{beginning(text, LONGEST_QUOTED)}”" if text else tr("nothing")


def _compared(text: str) -> str:
    """A text as two answers are compared: without what nobody sees."""
    return " ".join(seen(text).split())


def _differ(one_is_stricter: bool) -> str:
    """The sentence on two different answers."""
    if one_is_stricter:
        return tr(
            "{what}, {column}: {one} says {first}, {other} says {second}. The stricter counts, "
            "{counts}, until you decide."
        )
    return tr(
        "{what}, {column}: {one} says {first}, {other} says {second}. {first} counts until you "
        "decide."
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
