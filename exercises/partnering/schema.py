"""The mechanism of the schema: kinds of column, tables, and how typed text becomes values or plain sentences."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from partnering.language import mark, tr

CANNOT_SAY = mark("cannot say")
RATHER_NOT = mark("rather not say here")
OUTSIDE = (CANNOT_SAY, RATHER_NOT)

ROOM = mark("room")
FACILITATOR = mark("facilitator")
PAPER_ONLY = mark("paper only")


class Unreadable(ValueError):
    """Text that a column cannot take. `allowed` says what it takes, `nearest` is the likeliest right answer."""

    def __init__(self, allowed: str, nearest: str = ""):
        super().__init__(allowed)
        self.allowed = allowed
        self.nearest = nearest


def plain(text: object) -> str:
    """Text as it is compared: no capitals, one space between words, no stray dots or quotes at the ends."""
    return " ".join(str(text).casefold().replace("_", " ").split()).strip(" .,;:!?\"'")


def nearest(text: str, words: Iterable[str]) -> str:
    """The one of `words` that `text` most resembles, or "" when none is near."""
    by_plain = {plain(word): word for word in words}
    found = difflib.get_close_matches(plain(text), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else ""


def one_of(words: Iterable[str]) -> str:
    """The sentence part "one of: a / b / c"."""
    return tr("one of: {words}").format(words=" / ".join(words))


@dataclass(frozen=True)
class Word:
    """One answer of a scale: the word that is ticked, what it means, and other words people use for it."""

    text: str
    means: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """What a column holds. `read` turns text into a value or raises `Unreadable`; `series` gives it its type."""

    ticked = False

    def read(self, text: str):
        return text.strip()

    def write(self, value) -> str:
        return str(value)

    def series(self, values: pd.Series) -> pd.Series:
        return values.fillna("").astype("str")


@dataclass(frozen=True)
class Text(Kind):
    """Free words, kept as typed."""


@dataclass(frozen=True)
class Code(Kind):
    """The short name of a row, said aloud in the room: O1, R3, VEC."""

    prefix: str = ""
    upper: bool = True
    pattern = re.compile(r"\w[\w.-]{0,15}")

    def read(self, text: str) -> str:
        code = text.strip().upper() if self.upper else text.strip()
        if not self.pattern.fullmatch(code):
            example = f"{self.prefix}1" if self.prefix else "VEC"
            raise Unreadable(tr("a short code without spaces, such as {example}").format(example=example))
        return code


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two limits."""

    low: int = 0
    high: int = 1_000_000

    def read(self, text: str) -> float:
        try:
            number = number_from(text)
        except ValueError:
            number = float("nan")
        if number != number or number != int(number) or not self.low <= number <= self.high:
            raise Unreadable(tr("a whole number from {low} to {high}").format(low=self.low, high=self.high))
        return number

    def write(self, value: float) -> str:
        return str(int(value))

    def series(self, values: pd.Series) -> pd.Series:
        return values.astype("float64")


@dataclass(frozen=True)
class Amount(Kind):
    """An amount of money, with decimal point or comma. It is never added to anything."""

    def read(self, text: str) -> float:
        try:
            return number_from(text)
        except ValueError:
            raise Unreadable(tr("an amount in figures, such as 94000 or 94000.50")) from None

    def write(self, value: float) -> str:
        return f"{value:.2f}".rstrip("0").rstrip(".")

    def series(self, values: pd.Series) -> pd.Series:
        return values.astype("float64")


def number_from(text: str) -> float:
    """The number in `text`: 1234.5, 1234,5, 1 234,50, 1,234.50 or 1.234,50. Raises ValueError for the rest."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if not re.fullmatch(r"[+-]?\d[\d.,]*", bare):
        raise ValueError(text)
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:  # the later of the two is the decimal sign
        thousands, decimal = (",", ".") if dot > comma else (".", ",")
        bare = bare.replace(thousands, "").replace(decimal, ".")
    elif comma >= 0 or dot >= 0:
        sign = "," if comma >= 0 else "."
        groups = bare.split(sign)
        if len(groups) > 2:  # 1.234.567 can only be thousands
            if any(len(group) != 3 for group in groups[1:]):
                raise ValueError(text)
            bare = "".join(groups)
        else:
            bare = ".".join(groups)
    return float(bare)


@dataclass(frozen=True)
class Date(Kind):
    """A day, as 2026-11-30 or day first as 30.11.2026; a date that can be read two ways is asked about."""

    def read(self, text: str) -> pd.Timestamp:
        bare = text.strip()
        iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", bare)
        if iso:
            return self._day(*map(int, iso.groups()))
        first = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", bare)
        if not first:
            raise Unreadable(tr("a date such as 2026-11-30 or 30.11.2026"))
        day, month, year = int(first[1]), int(first[3]), int(first[4])
        if first[2] != "." and day <= 12 and month <= 12 and day != month:
            readings = f"{year}-{month:02}-{day:02}", f"{year}-{day:02}-{month:02}"
            raise Unreadable(tr("a date that can be read in one way only: write {one} or {other}").format(
                one=readings[0], other=readings[1]))
        return self._day(year, month, day)

    @staticmethod
    def _day(year: int, month: int, day: int) -> pd.Timestamp:
        try:
            return pd.Timestamp(date(year, month, day))
        except ValueError:
            raise Unreadable(tr("a day that exists, as year-month-day: 2026-11-30")) from None

    def write(self, value: pd.Timestamp) -> str:
        return value.strftime("%Y-%m-%d")

    def series(self, values: pd.Series) -> pd.Series:
        return pd.to_datetime(values)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few described words, in no order."""

    words: tuple[Word, ...]
    outside: tuple[str, ...] = ()
    ticked = True

    @cached_property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]

    @cached_property
    def everything(self) -> list[str]:
        return [*self.texts, *self.outside]

    def read(self, text: str) -> str:
        asked = plain(text)
        for word in self.everything:  # English or the language of the room
            if asked in (plain(word), plain(tr(word))):
                return word
        raise Unreadable(one_of(tr(word) for word in self.everything), self._likeliest(text))

    def _likeliest(self, text: str) -> str:
        for word in self.words:
            if plain(text) in map(plain, word.also):
                return tr(word.text)
        return nearest(text, [tr(word) for word in self.everything])

    def series(self, values: pd.Series) -> pd.Series:
        return pd.Series(pd.Categorical(values, categories=self.everything), index=values.index)


@dataclass(frozen=True)
class Scale(Choice):
    """Described words in order. "Cannot say" and "rather not say here" stand outside it."""

    outside: tuple[str, ...] = OUTSIDE

    def ranks(self, answers: pd.Series) -> pd.Series:
        """The places of the answers on the scale, 0 the first word; NaN for an empty or outside answer."""
        codes = answers.cat.codes.astype("float64")
        return codes.where((codes >= 0) & (codes < len(self.words)))

    def word(self, rank: float) -> str:
        """The word at a place on the scale; "" for NaN."""
        return "" if rank != rank else self.texts[int(rank)]


@dataclass(frozen=True)
class Ref(Kind):
    """The code of a row of another table, or several codes; or one of a few words that stand beside the codes."""

    table: str
    many: bool = False
    also: tuple[str, ...] = ()

    def read(self, text: str) -> str:
        return ", ".join(self.parts(text))

    def parts(self, text: str) -> list[str]:
        """The separate codes in a cell."""
        pieces = re.split(r"[,;/\n]+", text) if self.many else [text]
        return list(dict.fromkeys(" ".join(piece.split()) for piece in pieces if piece.strip()))


@dataclass(frozen=True)
class Column:
    """One column: what it holds, what people see over it, what helps them fill it in, and who may see it.

    `given` marks what the form prints rather than asks (the partner, the risk); `share` is the default of its
    free text, which the row's own `share` can only make stricter.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    core: bool = True
    required: bool = False
    given: bool = False
    share: str = ROOM


@dataclass(frozen=True)
class Table:
    """One table: its columns, what makes a row the same row (`key`), when it is asked for and who fills it in.

    `form` names the session whose sheet of paper feeds it and `rows` how many rows a partner fills there (0: filled
    in together). `views` names the item column where each partner, or several respondents, answer about one item.
    `shipped` names the list in `lists/` that fills it at first. `private` tables are a house file of one partner.
    """

    name: str
    stop: int
    label: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    core: bool = True
    moments: tuple[str, ...] = ()
    form: str = ""
    rows: int = 0
    views: str = ""
    shipped: str = ""
    private: bool = False
    upright: bool = False
    naming: str = ""

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def headers(self) -> dict[str, str]:
        """How a heading may be written, in plain letters, and the column that it means."""
        ways = {plain(column.label): column.name for column in self.columns}
        ways |= {plain(tr(column.label)): column.name for column in self.columns}
        return ways | {plain(column.name): column.name for column in self.columns}

    def asked_at(self, moment: str) -> bool:
        """Whether a partnership at this moment is asked for the table."""
        return not self.moments or not moment or moment in self.moments

    def empty(self) -> pd.DataFrame:
        """The table without rows, with every column and its type."""
        return pd.DataFrame({column.name: column.kind.series(pd.Series([], dtype="object")) for column in self.columns})


@dataclass(frozen=True)
class Problem:
    """What is wrong in one place, and what to do about it. `row` is the row as the spreadsheet numbers it."""

    table: str
    sentence: str
    row: int | None = None
    column: str = ""
    found: str = ""

    def __str__(self) -> str:
        where = tr("sheet {table}").format(table=self.table)
        if self.row is not None:
            where += tr(", row {row}").format(row=self.row)
        if self.column:
            where += tr(", column {column}").format(column=self.column)
        return f"{where}: {self.sentence}"


@dataclass
class Checked:
    """What a check gives back: typed tables from the good cells, every problem, and what it did not know."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)


def check(sheets: Mapping[str, pd.DataFrame], tables: Mapping[str, Table]) -> Checked:
    """Typed tables from sheets of text, and everything that is wrong with them, all at once.

    `sheets` maps a table's name to a frame of text whose index holds the row numbers of the spreadsheet. A cell that
    cannot be read is left empty, a row without what identifies it is left out; both are told in a sentence. Sheets and
    columns that the schema does not know are named in `kept`.
    """
    checked = Checked()
    for name, sheet in sheets.items():
        if name not in tables:
            checked.kept.append(Problem(name, tr("this sheet is not part of the handbook; it is kept as it is.")))
            continue
        checked.tables[name] = _read_sheet(tables[name], sheet, checked)
    for name in checked.tables:  # references need every table read first
        _check_references(tables[name], tables, checked)
    for name in checked.tables:
        checked.tables[name] = _drop_incomplete(tables[name], checked.tables[name], checked)
        _check_twice(tables[name], checked)
    checked.problems.sort(key=lambda problem: (list(sheets).index(problem.table), problem.row or 0))
    return checked


def _read_sheet(table: Table, sheet: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The sheet with every cell read by its column's kind; the index keeps the row numbers."""
    read = {}
    for column in table.columns:
        texts = sheet[column.name] if column.name in sheet else pd.Series("", index=sheet.index, dtype="str")
        read[column.name] = column.kind.series(_read_column(table, column, texts, checked))
        if column.name not in sheet and column.required and len(sheet):
            checked.problems.append(Problem(table.name, tr("this column is missing; add it with its answers."),
                                            column=column.name))
    for name in sheet.columns.difference(list(table.by_name), sort=False):
        shown = name or tr("(without a heading)")
        checked.kept.append(Problem(table.name, tr("this column is not part of the handbook; it is kept as it is."),
                                    column=shown))
    return pd.DataFrame(read, index=sheet.index)


def _read_column(table: Table, column: Column, texts: pd.Series, checked: Checked) -> pd.Series:
    """One column's values; each distinct text is read once, each cell that holds an unreadable one is reported."""
    values, wrong = {"": None}, {}
    for text in texts.unique():
        if text.strip():
            try:
                values[text] = column.kind.read(text)
            except Unreadable as error:
                wrong[text] = error
    for row, text in texts[texts.isin(list(wrong))].items() if wrong else ():
        checked.problems.append(unreadable(table.name, row, column.name, text, wrong[text]))
    return texts.map(lambda text: values.get(text)).astype("object")


def unreadable(table: str, row: int | None, column: str, text: str, error: Unreadable) -> Problem:
    """The problem of a cell whose text its column cannot take, with the nearest right answer where there is one."""
    sentence = tr("“{found}” is not {allowed}.").format(found=text.strip(), allowed=error.allowed)
    if error.nearest:
        sentence += " " + tr("Did you mean “{nearest}”?").format(nearest=error.nearest)
    return Problem(table, sentence, row, column, text)


def _check_references(table: Table, tables: Mapping[str, Table], checked: Checked) -> None:
    """Write every reference as the code of a row that exists; report and empty those that point nowhere."""
    frame = checked.tables[table.name]
    for column in table.columns:
        if not isinstance(column.kind, Ref):
            continue
        known = _known(column.kind, tables[column.kind.table], checked)
        resolved, wrong = {}, {}
        for text in frame[column.name].unique():
            parts = column.kind.parts(text)
            lost = [part for part in parts if plain(part) not in known]
            resolved[text] = ", ".join(dict.fromkeys(known[plain(part)] for part in parts if part not in lost))
            if lost:
                wrong[text] = lost
        for row, text in frame.loc[frame[column.name].isin(list(wrong)), column.name].items() if wrong else ():
            codes = list(dict.fromkeys(known.values()))
            for part in wrong[text]:
                allowed = (one_of(codes) if codes
                           else tr("in sheet {table}, which is empty").format(table=column.kind.table))
                error = Unreadable(allowed, nearest(part, codes))
                checked.problems.append(unreadable(table.name, row, column.name, part, error))
        frame[column.name] = frame[column.name].map(resolved).astype("str")


def _known(kind: Ref, target: Table, checked: Checked) -> dict[str, str]:
    """What may be written for a reference, in plain letters, and the code it stands for: codes, names, the few words."""
    known, frame = {}, checked.tables.get(target.name)
    if frame is not None:
        codes = frame[target.key[0]]
        if target.naming:
            known |= {plain(name): code for name, code in zip(frame[target.naming], codes, strict=True) if name}
        known |= {plain(code): code for code in codes if code}
    for word in kind.also:
        known |= {plain(word): word, plain(tr(word)): word}
    return known


def _drop_incomplete(table: Table, frame: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The rows that have what they cannot do without; the others are reported, once each, and left out."""
    for column in table.columns:
        if not column.required:
            continue
        empty = frame[column.name].isna() | (frame[column.name].astype("object") == "")
        if "share" in frame and column.name not in table.key:
            empty &= frame["share"] != PAPER_ONLY  # an empty line holds the place of what stays on paper
        told = {(p.row, p.column) for p in checked.problems if p.table == table.name}
        for row in frame.index[empty]:
            if (row, column.name) not in told:
                checked.problems.append(Problem(table.name, tr("this cell is empty; the row is left out until it "
                                                               "is filled in."), row, column.name))
        frame = frame[~empty]
    return frame


def _check_twice(table: Table, checked: Checked) -> None:
    """Report rows that claim to be the same row; the first of them counts until one is deleted."""
    frame = checked.tables[table.name]
    if not table.key or frame.empty:
        return
    again = frame.duplicated(list(table.key))
    for row in frame.index[again]:
        same = (frame[list(table.key)] == frame.loc[row, list(table.key)]).all(axis=1)
        what = ", ".join(str(value) for value in frame.loc[row, list(table.key)] if str(value))
        checked.problems.append(Problem(table.name, tr("“{what}” stands already in row {first}; row {first} counts "
                                        "until one of the two is deleted or changed.").format(
                                            what=what, first=frame.index[same][0]), row, table.key[-1], what))
    checked.tables[table.name] = frame[~again]
