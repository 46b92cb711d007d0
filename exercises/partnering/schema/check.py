"""The check: sheets of text become typed tables, and what is wrong with them becomes sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from partnering.language import spoken, tr
from partnering.memo import Memo
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import SHARE_PAPER_ONLY, Choice, Kind, Ref, Text, Unreadable, nearest
from partnering.schema.problems import Checked, Problem
from partnering.schema.references import GUESSED_AT_MOST, Target, target_of

Tables = dict[str, pd.DataFrame]
Make = Callable[[Checked], pd.DataFrame]


def check(
    sheets: Mapping[str, pd.DataFrame],
    tables: Mapping[str, Table],
    memo: Memo | None = None,
) -> Checked:
    """Typed tables from sheets of text, and everything that is wrong with them, all at once.

    A cell that cannot be read is left empty, a row without what identifies it is left out; both
    are told in a sentence. What follows from a mistake that has been told (a reference to a row
    that was left out) is not told again.

    Args:
        sheets: A frame of text for each sheet, by the name of its table; its index holds the row
            numbers of the spreadsheet. Names and columns that the schema does not know are kept.
        tables: The schema.
        memo: Kept from one check to the next, it spares reading again the sheets that are still the
            same objects, and gives the same frames for them.

    Returns:
        The typed tables under the names of their sheets, the problems in the order of sheets, rows
        and columns, and what the schema does not know (`kept`).
    """
    checked, memo = Checked(), Memo() if memo is None else memo
    cells: Tables = {}
    for name, sheet in sheets.items():
        if name in tables:
            cells[name] = _stage(
                memo, checked, ("cells", name), (sheet,), _reader(tables[name], sheet)
            )
        else:
            _name_unknown_sheet(name, sheets, tables, checked)
    for name, frame in cells.items():
        table = tables[name]
        doubts = _in_doubt(table, tables, checked)
        targets = tuple(cells.get(target) for target in table.points_to)
        pointing = _stage(
            memo,
            checked,
            ("references", name),
            (frame, doubts, *targets),
            _referee(table, tables, cells, sheets),
        )
        checked.tables[name] = _stage(
            memo, checked, ("rows", name), (pointing,), _sifter(table, pointing)
        )
    _let_go(tables, checked.tables, memo)
    places = {name: place for place, name in enumerate(sheets)}

    def in_order(problem: Problem) -> tuple[int, int, int]:
        column = _place(problem.column, tables.get(problem.table))
        return places[problem.table], problem.row or 0, column

    checked.problems.sort(key=in_order)
    return checked


def _stage(
    memo: Memo, checked: Checked, name: tuple[str, str], inputs: tuple, make: Make
) -> pd.DataFrame:
    """What `make` gives for these inputs; what it told is told again, without making it anew."""

    def run() -> tuple[pd.DataFrame, Checked]:
        part = Checked(told=set(checked.told))
        frame = make(part)
        part.told -= checked.told
        return frame, part

    frame, part = memo.get(name, (spoken(), *inputs), run)
    checked.add(part)
    return frame


def _reader(table: Table, sheet: pd.DataFrame) -> Make:
    return lambda part: _read_sheet(table, sheet, part)


def _referee(
    table: Table, tables: Mapping[str, Table], cells: Tables, sheets: Mapping[str, pd.DataFrame]
) -> Make:
    return lambda part: _check_references(table, tables, cells, sheets, part)


def _sifter(table: Table, frame: pd.DataFrame) -> Make:
    return lambda part: _first_of_same(table, _complete_rows(table, frame, part), part)


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
    """One column's values. Each distinct text is read once; each unreadable cell is told."""
    if isinstance(column.kind, Text):
        return texts.str.strip()
    values: dict[str, object] = {"": None}
    wrong: dict[str, Unreadable] = {}
    for text in texts.unique():
        if text.strip():
            try:
                values[text] = column.kind.read(text)
            except Unreadable as error:
                wrong[text] = error
                values[text] = _stricter(column.kind)
    upright_rows = sheet.attrs.get("rows", {})
    for row, text in texts[texts.isin(list(wrong))].items() if wrong else ():
        seen_in = upright_rows.get(column.name, row)
        problem = unreadable(table.name, seen_in, column.name, text, wrong[text])
        if counts := _stricter(column.kind):
            until = tr("It counts as “{word}” until it is mended.").format(word=tr(counts))
            problem = replace(problem, sentence=f"{problem.sentence} {until}")
        checked.tell(problem)
    return texts.map(pd.Series(values, dtype="object")).astype("object")


def _stricter(kind: Kind) -> str | None:
    """The answer that counts where a cell of this kind cannot be read; None where none does."""
    return (kind.unreadable or None) if isinstance(kind, Choice) else None


def unreadable(table: str, row: int | None, column: str, text: str, error: Unreadable) -> Problem:
    """The problem of a cell whose text its column cannot take.

    Args:
        table: The name of the sheet.
        row: The row as the spreadsheet numbers it.
        column: The name of the column.
        text: What stands there.
        error: What is allowed, and the nearest right answer where there is one.

    Returns:
        The problem, in a sentence.
    """
    sentence = tr("“{found}” is not {allowed}.").format(found=text.strip(), allowed=error.allowed)
    if error.nearest:
        sentence += " " + _did_you_mean(error.nearest)
    return Problem(table, sentence, row, column, text)


def _did_you_mean(likeliest: str) -> str:
    return tr("Did you mean “{nearest}”?").format(nearest=likeliest)


# ---------------------------------------------------------------- headings and names of sheets

ALIKE = 0.85  # how near a heading is when it is a slip of the pen, not a column of one's own


def _check_headings(table: Table, sheet: pd.DataFrame, checked: Checked) -> None:
    """Name unknown columns, ask about those that are like a missing one, and tell missing ones."""
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
    """Name a sheet that the schema does not know; ask about one that is like a missing table."""
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


def _in_doubt(table: Table, tables: Mapping[str, Table], checked: Checked) -> frozenset[str]:
    """The tables that this one points to and whose name or column of codes has had its sentence."""
    doubtful = set()
    for name in table.points_to:
        for column in ("", tables[name].key[0]):
            if (name, None, column) in checked.told:
                doubtful.add(name)
    return frozenset(doubtful)


def _check_references(
    table: Table,
    tables: Mapping[str, Table],
    cells: Tables,
    sheets: Mapping[str, pd.DataFrame],
    checked: Checked,
) -> pd.DataFrame:
    """The table with each reference as the code of a row; a lost one is told and emptied."""
    frame = cells[table.name]
    doubts = _in_doubt(table, tables, checked)
    for column in table.references:
        assert isinstance(column.kind, Ref)
        target = _target(column.kind, tables[column.kind.table], cells, sheets, doubts)
        frame = _resolved(table, column, column.kind, frame, target, checked)
    return frame


def _resolved(
    table: Table,
    column: Column,
    kind: Ref,
    frame: pd.DataFrame,
    target: Target,
    checked: Checked,
) -> pd.DataFrame:
    """The table with one column of references resolved, and what is lost told."""
    codes: dict[str, str] = {}
    lost: dict[str, list[tuple[str, Unreadable]]] = {}
    for text in frame[column.name].unique():
        parts = kind.resolve(text, target.known)
        codes[text] = ", ".join(dict.fromkeys(code for _, code in parts if code))
        if astray := [part for part, code in parts if not code]:
            lost[text] = target.why_lost(astray, guess=len(lost) < GUESSED_AT_MOST)
    if all(text == code for text, code in codes.items()):
        return frame
    cells = frame[column.name][frame[column.name].isin(list(lost))]
    for row, text in zip(cells.index, cells, strict=True):
        checked.told.add((table.name, row, column.name))
        for part, error in lost[text]:
            checked.tell(unreadable(table.name, row, column.name, part, error))
    if len(cells) and target.empty and not target.unsure:
        sentence = tr("this column speaks of sheet {table}, which is empty; fill that in first.")
        checked.tell(Problem(table.name, sentence.format(table=kind.table), column=column.name))
    return frame.assign(**{column.name: frame[column.name].map(codes).astype("str")})


def _target(
    kind: Ref,
    target: Table,
    cells: Tables,
    sheets: Mapping[str, pd.DataFrame],
    doubts: frozenset[str],
) -> Target:
    """What references of one kind may point to; unsure where its table is in doubt."""
    key = target.by_name[target.key[0]]
    prefix = getattr(key.kind, "prefix", "")
    frame, sheet = cells.get(target.name), sheets.get(target.name)
    unsure = target.name in doubts
    return target_of(kind, frame, sheet, key.name, target.naming, prefix, unsure)


def _let_go(tables: Mapping[str, Table], frames: Tables, memo: Memo) -> None:
    """Empty the references to rows that were left out, and leave out the rows that need them.

    It goes round until nothing changes: a row that is left out may be pointed to itself. Nothing is
    told: the mistake has had its sentence where it was made.
    """
    pointing = [name for name in frames if tables[name].references]
    again, number = True, 0
    while again:
        again, number = False, number + 1
        for name in pointing:
            frame, table = frames[name], tables[name]
            targets = tuple(frames.get(target) for target in table.points_to)
            left = memo.get(
                ("dangling", name, number),
                (frame, *targets),
                _emptier(table, frame, tables, frames),
            )
            if left is not frame:
                frames[name], again = left, True


def _emptier(
    table: Table, frame: pd.DataFrame, tables: Mapping[str, Table], frames: Tables
) -> Callable[[], pd.DataFrame]:
    return lambda: _without_dangling(table, frame, tables, frames)


def _without_dangling(
    table: Table, frame: pd.DataFrame, tables: Mapping[str, Table], frames: Tables
) -> pd.DataFrame:
    """The table without references to rows that are gone; the frame itself where there are none."""
    for column in table.references:
        kind = column.kind
        assert isinstance(kind, Ref)
        target, there = tables[kind.table], set(kind.also)
        if target.name in frames:
            there.update(frames[target.name][target.key[0]])
        left = {}
        for text in frame[column.name].unique():
            kept = ", ".join(part for part in kind.parts(text) if part in there)
            if kept != text:
                left[text] = kept
        if left:
            frame = frame.assign(**{column.name: frame[column.name].replace(left).astype("str")})
            frame = frame[frame[column.name] != ""] if column.required else frame
    return frame


# ---------------------------------------------------------------- rows


def _complete_rows(table: Table, frame: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The rows that have what they cannot do without; others are told, once each, and left out."""
    for column in table.columns:
        if not column.required:
            continue
        empty = frame[column.name].isna() | (frame[column.name].astype("object") == "")
        if "share" in frame and column.name not in table.key:
            # an empty line holds the place of what stays on paper
            empty &= frame["share"] != SHARE_PAPER_ONLY
        if not empty.any():
            continue
        if (table.name, None, column.name) not in checked.told:
            _tell_empty(table, column, frame.index[empty], checked)
        frame = frame[~empty]
    return frame


def _tell_empty(table: Table, column: Column, rows: Iterable[int], checked: Checked) -> None:
    sentence = tr("this cell is empty; the row is left out until it is filled in.")
    for row in rows:
        if (table.name, row, column.name) not in checked.told:
            checked.tell(Problem(table.name, sentence, row, column.name))


def _first_of_same(table: Table, frame: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The table without rows that claim to be another; the first counts until one is deleted."""
    keys = list(table.key)
    again = frame.duplicated(keys) if keys else pd.Series(False, index=frame.index)
    if not again.any():
        return frame
    same = [frame[key].astype("object") for key in keys]
    rows = frame.index.to_series().groupby(same, sort=False, dropna=False)
    first = rows.transform("first")[again]
    writes = [table.by_name[key].kind.write for key in keys]
    sentence = tr(
        "“{what}” stands already in row {first}; row {first} counts until one of the two is "
        "deleted or changed."
    )
    twice = frame.loc[again, keys].itertuples(index=False)
    for row, values in zip(frame.index[again], twice, strict=True):
        pairs = zip(writes, values, strict=True)
        what = ", ".join(write(value) for write, value in pairs if value != "")
        told = sentence.format(what=what, first=first[row])
        checked.tell(Problem(table.name, told, row, keys[-1], what))
    return frame[~again]
