"""The mechanism of the schema: columns, tables, and how sheets of text become checked tables or plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from partnering.language import tr
from partnering.schema.kinds import (
    SHARE_PAPER_ONLY,
    SHARE_ROOM,
    Kind,
    Ref,
    Text,
    Unreadable,
    nearest,
    plain,
)
from partnering.schema.problems import Checked, Memory, Problem, remembered
from partnering.schema.references import GUESSED_AT_MOST, Target, target_of

__all__ = ["Checked", "Column", "Problem", "Table", "check", "unreadable"]


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
    share: str = SHARE_ROOM


@dataclass(frozen=True)
class Table:
    """One table: its columns, what makes a row the same row (`key`), when it is asked for and who fills it in.

    `form` names the session whose sheet of paper feeds it and `rows` how many rows a partner fills there (0: filled
    in together). `views` tables hold one answer a partner, or a respondent, about each item: what the key names beside.
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
    views: bool = False
    shipped: str = ""
    private: bool = False
    upright: bool = False
    naming: str = ""

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def points_to(self) -> tuple[str, ...]:
        """The tables that its references point to."""
        return tuple(
            dict.fromkeys(
                column.kind.table for column in self.columns if isinstance(column.kind, Ref)
            )
        )

    @property
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
        return self._empty.copy()

    @cached_property
    def _empty(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                column.name: column.kind.series(pd.Series([], dtype="object"))
                for column in self.columns
            }
        )


def check(
    sheets: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], memory: Memory | None = None
) -> Checked:
    """Typed tables from sheets of text, and everything that is wrong with them, all at once.

    `sheets` maps a table's name to a frame of text whose index holds the row numbers of the spreadsheet. A cell that
    cannot be read is left empty, a row without what identifies it is left out; both are told in a sentence. What
    follows from a mistake that has been told (a reference to a row that was left out) is not told again. Sheets and
    columns that the schema does not know are named in `kept`. Problems come in the order of sheets, rows and columns.
    A `memory` kept from one check to the next spares reading again the sheets that are still the same objects.
    """
    checked, memory = Checked(), {} if memory is None else memory
    for name, sheet in sheets.items():
        if name in tables:
            checked.tables[name] = remembered(
                memory,
                ("cells", name),
                (sheet,),
                checked,
                lambda part, name=name: _read_sheet(tables[name], sheets[name], part),
            ).copy()
        else:
            _name_unknown_sheet(name, sheets, tables, checked)
    for name in checked.tables:  # references need every table read first
        stand_on = (sheets[name], *(sheets.get(target) for target in tables[name].points_to))
        checked.tables[name] = remembered(
            memory,
            ("references", name),
            stand_on,
            checked,
            lambda part, name=name: _check_references(tables[name], tables, sheets, part),
        )
    for name in checked.tables:
        checked.tables[name] = _drop_incomplete(tables[name], checked.tables[name], checked)
        _check_twice(tables[name], checked)
    _let_go(tables, checked)
    places = {name: place for place, name in enumerate(sheets)}
    checked.problems.sort(
        key=lambda problem: (
            places[problem.table],
            problem.row or 0,
            _place(problem.column, tables.get(problem.table)),
        )
    )
    return checked


def _place(column: str, table: Table | None) -> int:
    """Where a column stands in its table; what the table does not know comes last."""
    names = list(table.by_name) if table else []
    return names.index(column) if column in names else len(names)


# ---------------------------------------------------------------- cells


def _read_sheet(table: Table, sheet: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The sheet with every cell read by its column's kind; the index keeps the row numbers."""
    _check_headings(table, sheet, checked)
    read = {}
    for column in table.columns:
        texts = (
            sheet[column.name]
            if column.name in sheet
            else pd.Series("", index=sheet.index, dtype="str")
        )
        read[column.name] = column.kind.series(_read_column(table, column, texts, sheet, checked))
    if table.upright and len(sheet) > 1:
        checked.tell(
            Problem(
                table.name,
                tr("this table has one row only; the first counts until the others are deleted."),
                sheet.index[1],
            )
        )
    return pd.DataFrame(read, index=sheet.index)


def _read_column(
    table: Table, column: Column, texts: pd.Series, sheet: pd.DataFrame, checked: Checked
) -> pd.Series:
    """One column's values; each distinct text is read once, each cell that holds an unreadable one is reported."""
    if isinstance(column.kind, Text):
        return texts.str.strip()
    values, wrong = {"": None}, {}
    for text in texts.unique():
        if text.strip():
            try:
                values[text] = column.kind.read(text)
            except Unreadable as error:
                wrong[text] = error
    upright_rows = sheet.attrs.get("rows", {})
    for row, text in texts[texts.isin(list(wrong))].items() if wrong else ():
        seen_in = upright_rows.get(column.name, row)
        checked.tell(unreadable(table.name, seen_in, column.name, text, wrong[text]))
    return texts.map(pd.Series(values, dtype="object")).astype("object")


def unreadable(table: str, row: int | None, column: str, text: str, error: Unreadable) -> Problem:
    """The problem of a cell whose text its column cannot take, with the nearest right answer where there is one."""
    sentence = tr("“{found}” is not {allowed}.").format(found=text.strip(), allowed=error.allowed)
    if error.nearest:
        sentence += " " + _did_you_mean(error.nearest)
    return Problem(table, sentence, row, column, text)


def _did_you_mean(likeliest: str) -> str:
    return tr("Did you mean “{nearest}”?").format(nearest=likeliest)


# ---------------------------------------------------------------- headings and names of sheets

ALIKE = 0.85  # how near a heading must be before it is taken for a slip of the pen rather than a column of one's own


def _check_headings(table: Table, sheet: pd.DataFrame, checked: Checked) -> None:
    """Name the columns that the table does not know, ask about those that resemble a missing one, report missing."""
    missing = [column for column in table.columns if column.name not in sheet]
    ways = {way: column.name for column in missing for way in (column.name, tr(column.label))}
    for name in sheet.columns:
        if name in table.by_name:
            continue
        if likeliest := nearest(name, ways, ALIKE):
            checked.tell(
                Problem(
                    table.name,
                    tr(
                        "“{found}” is not a heading of this sheet; the column is kept as it is."
                    ).format(found=name)
                    + " "
                    + _did_you_mean(likeliest),
                    column=name,
                    found=name,
                )
            )
            checked.told.add((table.name, None, ways[likeliest]))
        else:
            checked.kept.append(
                Problem(
                    table.name,
                    tr("this column is not part of the handbook; it is kept as it is."),
                    column=name,
                )
            )
    for column in missing:
        if column.required and len(sheet) and (table.name, None, column.name) not in checked.told:
            checked.tell(
                Problem(
                    table.name,
                    tr("this column is missing; add it with its answers."),
                    column=column.name,
                )
            )


def _name_unknown_sheet(
    name: str, sheets: Mapping, tables: Mapping[str, Table], checked: Checked
) -> None:
    """Name a sheet that the schema does not know; ask about one that looks like a table that is missing."""
    ways = {
        way: table.name
        for table in tables.values()
        if table.name not in sheets
        for way in (table.name, tr(table.label))
    }
    kept = tr("this sheet is not part of the handbook; it is kept as it is.")
    if likeliest := nearest(name, ways, ALIKE):
        checked.tell(Problem(name, kept + " " + _did_you_mean(likeliest), found=name))
        checked.told.add((ways[likeliest], None, ""))
    else:
        checked.kept.append(Problem(name, kept))


# ---------------------------------------------------------------- references


def _check_references(
    table: Table, tables: Mapping[str, Table], sheets: Mapping, checked: Checked
) -> pd.DataFrame:
    """The table with every reference as the code of a row that exists; those that point nowhere are told and emptied."""
    frame = checked.tables[table.name]
    for column in table.columns:
        if not isinstance(column.kind, Ref):
            continue
        target = _target(column.kind, tables[column.kind.table], sheets, checked)
        resolved, lost = {}, {}
        for text in frame[column.name].unique():
            parts = column.kind.resolve(text, target.known)
            resolved[text] = ", ".join(dict.fromkeys(code for _, code in parts if code))
            if astray := [part for part, code in parts if not code]:
                lost[text] = target.why_lost(astray, guess=len(lost) < GUESSED_AT_MOST)
        cells = frame[column.name][frame[column.name].isin(list(lost))]
        for row, text in cells.items():
            checked.told.add((table.name, row, column.name))
            for part, error in lost[text]:
                checked.tell(unreadable(table.name, row, column.name, part, error))
        if len(cells) and target.empty and not target.unsure:
            checked.tell(
                Problem(
                    table.name,
                    tr(
                        "this column speaks of sheet {table}, which is empty; fill that in first."
                    ).format(table=column.kind.table),
                    column=column.name,
                )
            )
        frame[column.name] = frame[column.name].map(resolved).astype("str")
    return frame


def _target(kind: Ref, target: Table, sheets: Mapping, checked: Checked) -> Target:
    """What references of one kind may point to; in doubt where the table's name or its column of codes is."""
    key = target.by_name[target.key[0]]
    unsure = bool({(target.name, None, ""), (target.name, None, key.name)} & checked.told)
    return target_of(
        kind,
        checked.tables.get(target.name),
        sheets.get(target.name),
        key.name,
        target.naming,
        getattr(key.kind, "prefix", ""),
        unsure,
    )


def _let_go(tables: Mapping[str, Table], checked: Checked) -> None:
    """Empty the references to rows that were left out, and leave out the rows that cannot stand without them.

    Nothing is told: the mistake has had its sentence where it was made.
    """
    again = True
    while again:
        again = False
        for name in checked.tables:
            for column in tables[name].columns:
                if isinstance(column.kind, Ref):
                    again |= _empty_dangling(name, column, tables[column.kind.table], checked)


def _empty_dangling(name: str, column: Column, target: Table, checked: Checked) -> bool:
    """Whether references of one column pointed to rows that are gone; each is emptied, a required one with its row."""
    frame = checked.tables[name]
    there = (
        set(checked.tables[target.name][target.key[0]]) if target.name in checked.tables else set()
    )
    there.update(column.kind.also)
    left = {
        text: ", ".join(part for part in column.kind.parts(text) if part in there)
        for text in frame[column.name].unique()
    }
    gone = frame[column.name].isin([text for text, kept in left.items() if text != kept])
    if gone.any():
        frame = frame.assign(**{column.name: frame[column.name].map(left).astype("str")})
        checked.tables[name] = frame[frame[column.name] != ""] if column.required else frame
    return bool(gone.any())


# ---------------------------------------------------------------- rows


def _drop_incomplete(table: Table, frame: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The rows that have what they cannot do without; the others are reported, once each, and left out."""
    for column in table.columns:
        if not column.required:
            continue
        empty = frame[column.name].isna() | (frame[column.name].astype("object") == "")
        if "share" in frame and column.name not in table.key:
            empty &= (
                frame["share"] != SHARE_PAPER_ONLY
            )  # an empty line holds the place of what stays on paper
        if empty.any() and (table.name, None, column.name) not in checked.told:
            for row in frame.index[empty]:
                if (table.name, row, column.name) not in checked.told:
                    checked.tell(
                        Problem(
                            table.name,
                            tr("this cell is empty; the row is left out until it is filled in."),
                            row,
                            column.name,
                        )
                    )
        frame = frame[~empty]
    return frame


def _check_twice(table: Table, checked: Checked) -> None:
    """Report rows that claim to be the same row; the first of them counts until one is deleted."""
    frame, keys = checked.tables[table.name], list(table.key)
    again = frame.duplicated(keys) if keys else pd.Series(False, index=frame.index)
    if not again.any():
        return
    same = [frame[key].astype("object") for key in keys]
    first = (
        frame.index.to_series().groupby(same, sort=False, dropna=False).transform("first")[again]
    )
    writes = [table.by_name[key].kind.write for key in keys]
    for row, values in zip(
        frame.index[again], frame.loc[again, keys].itertuples(index=False), strict=True
    ):
        what = ", ".join(
            write(value) for write, value in zip(writes, values, strict=True) if value != ""
        )
        checked.tell(
            Problem(
                table.name,
                tr(
                    "“{what}” stands already in row {first}; row {first} counts until one of "
                    "the two is deleted or changed."
                ).format(what=what, first=first[row]),
                row,
                keys[-1],
                what,
            )
        )
    checked.tables[table.name] = frame[~again]
