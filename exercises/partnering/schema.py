"""The mechanism of the schema: columns, tables, and how sheets of typed text become checked tables or plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from partnering.kinds import PAPER_ONLY, ROOM, Kind, Ref, Unreadable, nearest, one_of, plain
from partnering.language import tr


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
