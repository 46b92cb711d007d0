"""The check: sheets of text become typed tables, and what is wrong with them becomes sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from partnering.language import spoken, tr
from partnering.memo import Memo
from partnering.schema import answer_rows, kept_back, unread
from partnering.schema.columns import Column, Table
from partnering.schema.days import Dated
from partnering.schema.kinds import (
    SHARE_PAPER_ONLY,
    TEXT,
    UNREAD,
    Code,
    Kind,
    Ref,
    Text,
    Unreadable,
    is_spreadsheet_error,
)
from partnering.schema.problems import (
    Checked,
    Problem,
    has_the_same_code,
    is_about_the_same,
    not_worked_out,
    stands_already,
    unreadable,
)
from partnering.schema.references import Tables, check_references, in_doubt, let_go
from partnering.schema.spelling import plain, trimmed
from partnering.schema.unknown import asked_about, check_headings, name_unknown_sheet, protected

Make = Callable[[Checked], pd.DataFrame]
Answers = list[tuple[Column, dict[Any, Any]]]  # by column those of each row


def check(
    sheets: Mapping[str, pd.DataFrame],
    tables: Mapping[str, Table],
    memo: Memo | None = None,
) -> Checked:
    """Typed tables from sheets of text, and everything that is wrong with them, all at once.

    A cell that cannot be read is left empty and is noted beside its row (`schema.unread`), or is
    `UNREAD` where it names partners; a row without what identifies it is left out. Both are told in
    a sentence. What follows from a mistake that has been told (a reference to a row that was left
    out) is not told again.

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
    checked.kept_back = kept_back.codes(sheets, tables, kept_back.lines(sheets, tables, memo))
    behind = _behind(sheets, tables, memo)
    cells: Tables = {}
    for name, sheet in sheets.items():
        if name in tables:
            unseen = behind.get(name, frozenset())
            read = _reader(tables[name], sheet, unseen)
            cells[name] = _stage(memo, checked, ("cells", name), (sheet, unseen), read)
        else:
            name_unknown_sheet(name, sheets, tables, checked)
    for name, frame in cells.items():
        table = tables[name]
        doubts = in_doubt(table, tables, checked)
        targets = tuple(cells.get(target) for target in table.points_to)
        pointing = _stage(
            memo,
            checked,
            ("references", name),
            (frame, doubts, *map(checked.kept_back.get, table.points_to), *targets),
            _referee(table, tables, cells, sheets, memo),
        )
        checked.tables[name] = _stage(
            memo, checked, ("rows", name), (pointing,), _sifter(table, pointing)
        )
    let_go(tables, checked.tables, memo)
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
        part = Checked(told=set(checked.told), kept_back=checked.kept_back)
        frame = make(part)
        part.told -= checked.told
        return frame, part

    frame, part = memo.get(name, (spoken(), *inputs), run)
    checked.add(part)
    return frame


def _behind(
    sheets: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], memo: Memo
) -> kept_back.Lines:
    """The lines by whose days no other day is read; they are looked for only where one might be."""
    asking = (
        memo.get(("days", name), (sheet,), partial(_reads_by_another, tables[name], sheet))
        for name, sheet in sheets.items()
        if name in tables
    )
    return kept_back.lines(sheets, tables, memo, unsaid=True) if any([*asking]) else {}


def _reads_by_another(table: Table, sheet: pd.DataFrame) -> bool:
    """Whether a day of a sheet can be read in two ways, and another may tell in which."""
    return any(_has_twofold_days(column, sheet) for column in table.columns)


def _has_twofold_days(column: Column, sheet: pd.DataFrame) -> bool:
    kind = column.kind
    if not isinstance(kind, Dated) or column.name not in sheet:
        return False
    return any(map(kind.is_twofold, sheet[column.name].fillna("")))


def _reader(table: Table, sheet: pd.DataFrame, unseen: frozenset[int]) -> Make:
    return lambda part: _read_sheet(table, sheet, unseen, part)


def _referee(
    table: Table,
    tables: Mapping[str, Table],
    cells: Tables,
    sheets: Mapping[str, pd.DataFrame],
    memo: Memo,
) -> Make:
    return lambda part: check_references(table, tables, cells, sheets, part, memo)


def _sifter(table: Table, frame: pd.DataFrame) -> Make:
    def sift(part: Checked) -> pd.DataFrame:
        left = _first_of_same(table, _complete_rows(table, frame, part), part)
        _ask_about_the_same(table, left, part)
        return left

    return sift


def _place(column: str, table: Table | None) -> int:
    """Where a column stands in its table; what the table does not know comes last."""
    names = list(table.by_name) if table else []
    return names.index(column) if column in names else len(names)


# ---------------------------------------------------------------- cells


def _read_sheet(
    table: Table, sheet: pd.DataFrame, unseen: frozenset[int], checked: Checked
) -> pd.DataFrame:
    """The sheet with every cell read by its column's kind; the index keeps the row numbers.

    How a day is read that everybody sees does not depend on one in the lines `unseen`.
    """
    asked = asked_about(table, sheet)
    check_headings(table, sheet, asked, checked)
    read, lost = {}, {}
    for column in table.columns:
        texts = (
            sheet[column.name]
            if column.name in sheet
            else pd.Series("", index=sheet.index, dtype=TEXT)
        )
        before = len(checked.problems)
        shown = texts[~texts.index.isin(list(unseen))].tolist() if unseen else texts.tolist()
        values = _read_column(table, column, texts, shown, sheet, checked)
        if heading := asked.get(column.name):
            values = protected(column, values, sheet[heading])
        read[column.name] = column.kind.series(values)
        if len(checked.problems) > before and not isinstance(column.kind, Code | Ref | Text):
            written = texts.map(trimmed).astype("bool") & values.isna()
            lost[column.name] = list(texts.index[written])
    frame = pd.DataFrame({**read, UNREAD: unread.noted(lost, sheet.index)}, index=sheet.index)
    if table.upright and len(sheet) > 1:
        told = tr("this table has one row only; the first counts until the others are deleted.")
        first, *others = frame.index
        protecting = _protecting(table, frame)
        said = [word for row in others for word in _stricter_in(protecting, row, first)]
        checked.tell(Problem(table.name, " ".join([told, *said]), others[0]))
        frame = _with_strictest(table, frame, pd.Series(0, index=frame.index))
    _check_order(table, frame, checked)
    return frame


def _check_order(table: Table, frame: pd.DataFrame, checked: Checked) -> None:
    """Ask where what should be the higher of two values is less: money from 12500 to 120."""
    for column in table.columns:
        if not column.at_least:
            continue
        low = table.by_name[column.at_least]
        for row in frame.index[frame[column.name] < frame[low.name]]:
            high_text = column.kind.write(frame.at[row, column.name])
            sentence = tr("“{high}” is less than “{low}” in the column {column}. Which is right?")
            told = sentence.format(
                high=high_text,
                low=low.kind.write(frame.at[row, low.name]),
                column=tr(low.label),
            )
            checked.tell(Problem(table.name, told, row, column.name, high_text))


def _read_column(
    table: Table,
    column: Column,
    texts: pd.Series,
    shown: list[str],
    sheet: pd.DataFrame,
    checked: Checked,
) -> pd.Series:
    """One column's values. Each distinct text is read once; each unreadable cell is told.

    `shown` are the texts by which it may be known how a day is written.
    """
    if isinstance(column.kind, Text):
        _tell_errors(table, column, texts, sheet, checked)
        kind = column.kind
        said = [kind.read(text) if isinstance(text, str) else text for text in texts.tolist()]
        return pd.Series(said, texts.index, dtype=TEXT)
    values: dict[str, object] = {"": None}
    wrong: dict[str, Unreadable] = {}
    typed = texts.tolist()
    read, distinct = reader_of(column.kind, shown), dict.fromkeys(typed)
    for text in distinct:
        if trimmed(text) or (text.strip() and column.kind.stricter):
            try:
                values[text] = read(text)
            except Unreadable as error:
                wrong[text] = error
                values[text] = column.kind.counts_as(text)
    for row, text in texts[texts.isin(list(wrong))].items() if wrong else ():
        seen_in = answer_rows.seen_in(sheet, column.name, row)
        problem = unreadable(table.name, seen_in, column.name, text, wrong[text])
        if counts := values[text]:
            word = column.kind.shown(column.kind.write(counts))
            until = tr("It counts as “{word}” until it is corrected.").format(word=word)
            problem = replace(problem, sentence=f"{problem.sentence} {until}")
        checked.tell(problem)
    _tell_day_first(table, column, distinct, shown, checked)
    if isinstance(column.kind, Code) and any(_DAY.fullmatch(text.strip()) for text in distinct):
        _tell_codes_that_are_days(table, column, texts, checked)
    return pd.Series([values.get(text) for text in typed], texts.index, dtype=object)


# What becomes of Sep1, 1-9 or Mar-26 when a spreadsheet takes it for a day.
_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[ T].*)?|\d{1,2}-[^\W\d_]{3,4}|[^\W\d_]{3,4}-\d{2}"
    r"|\d{1,2}[.-]\d{1,2}[.-]\d{2,4}"
)


def _tell_codes_that_are_days(
    table: Table, column: Column, texts: pd.Series, checked: Checked
) -> None:
    """Ask about a code of which a spreadsheet has probably made a day."""
    for row, text in zip(texts.index, texts, strict=True):
        if not _DAY.fullmatch(text.strip()):
            continue
        if (table.name, row, column.name) not in checked.told:
            sentence = tr(
                "“{found}” is a day, which a spreadsheet makes of a short name such as Sep1. "
                "Type the name as text. Until then it counts as it is."
            ).format(found=text.strip())
            checked.tell(Problem(table.name, sentence, row, column.name, text))


def _tell_errors(
    table: Table, column: Column, texts: pd.Series, sheet: pd.DataFrame, checked: Checked
) -> None:
    """Tell where a spreadsheet's error stands in the place of a text."""
    typed = [text for text in dict.fromkeys(texts.tolist()) if isinstance(text, str)]
    wrong = [text for text in typed if is_spreadsheet_error(text)]
    for row, text in texts[texts.isin(wrong)].items() if wrong else ():
        seen_in = answer_rows.seen_in(sheet, column.name, row)
        checked.tell(Problem(table.name, not_worked_out(text), seen_in, column.name, text))


def reader_of(kind: Kind, texts: Iterable[str]) -> Callable[[str], object]:
    """What reads the cells of one column, knowing what stands in the others.

    Args:
        kind: What the column holds.
        texts: All that stands in it.

    Returns:
        A function from the text of a cell to its value, which raises `Unreadable`. Where one day of
        the column can be read in one way only, and that is day first, so are all.
    """
    if isinstance(kind, Dated) and kind.shows_day_first(texts):
        return partial(kind.read, day_first=True)
    return kind.read


def taken_day_first(kind: Kind, texts: Iterable[str], shown_by: Iterable[str]) -> str:
    """The sentence on days that were read day first because of another one in their column.

    Args:
        kind: What the column holds.
        texts: All that stands in it.
        shown_by: Those of them by which the order of day and month may be known.

    Returns:
        The sentence; "" where there is no such day.
    """
    if not isinstance(kind, Dated):
        return ""
    shown = kind.shows_day_first(shown_by)
    if not shown:
        return ""
    pairs = []
    for text in dict.fromkeys(text.strip() for text in texts):
        if kind.is_twofold(text):
            pairs.append(f"“{text}” = {kind.write(kind.read(text, day_first=True))}")
    if not pairs:
        return ""
    return tr("{days}: the day was read first, as in “{shown}”. Is that right?").format(
        days="; ".join(pairs), shown=shown
    )


def _tell_day_first(
    table: Table, column: Column, texts: Iterable[str], shown_by: Iterable[str], checked: Checked
) -> None:
    if sentence := taken_day_first(column.kind, texts, shown_by):
        checked.tell(Problem(table.name, sentence, column=column.name))


def unsettled(table: Table, sheet: pd.DataFrame) -> set[str]:
    """The columns in which something else than what was typed counts until a question is answered.

    Args:
        table: The table.
        sheet: What was typed.

    Returns:
        Their names: another heading may mean the same, or the order of day and month may have been
        taken from another cell.
    """
    days = {column.name for column in table.columns if _has_twofold_days(column, sheet)}
    return days | set(asked_about(table, sheet))


# ---------------------------------------------------------------- rows


def _complete_rows(table: Table, frame: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The rows that have what they cannot do without; others are told, once each, and left out.

    A row that stays all the same has `UNREAD` there, or no number.
    """
    for column in table.columns:
        if not column.required:
            continue
        answers = frame[column.name]
        empty = answers == "" if answers.dtype == "str" else answers.isna()
        if not empty.any():
            continue
        if "share" in frame and column.name not in table.key:
            # an empty line holds the place of what stays on paper
            empty &= frame["share"] != SHARE_PAPER_ONLY
        if not empty.any():
            continue
        if (table.name, None, column.name) not in checked.told:
            _tell_empty(table, column, frame.index[empty], checked)
        if not column.stays:
            frame = frame[~empty]
        elif answers.dtype == "str":
            frame = frame.assign(**{column.name: answers.mask(empty, UNREAD)})
    return frame


def _tell_empty(table: Table, column: Column, rows: Iterable[int], checked: Checked) -> None:
    sentence = tr("this cell is empty; the row is left out until it is filled in.")
    if column.stays:
        sentence = tr("this cell is empty; fill it in.")
    for row in rows:
        if (table.name, row, column.name) not in checked.told:
            checked.tell(Problem(table.name, sentence, row, column.name))


def _first_of_same(table: Table, frame: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The table without rows that claim to be another; the first counts until one is deleted.

    Of rows that stay whatever their code is, one that says something else counts too, without a
    code: two sums may be meant. Each has its own answers; only who may see it is the stricter of
    all of them.
    """
    keys = list(table.key)
    if not keys or not frame.duplicated(keys).any():
        return frame
    row_of = frame.index.to_series()
    same = [frame[key].astype(object) for key in keys]
    same = [key.where(key != UNREAD, row_of) for key in same]  # of two nobody knows which they are
    first = row_of.groupby(same, sort=False, dropna=False).transform("first")
    again = row_of != first
    strictest = _with_strictest(table, frame, first)
    other = again & ~strictest.duplicated() & table.by_name[keys[0]].stays
    counting, own = first, strictest
    if other.any():  # each row with the first that says the same, of those with its code
        said = [first, *(strictest[name].astype(object) for name in strictest.columns)]
        counting = row_of.groupby(said, sort=False, dropna=False).transform("first")
        own = _with_strictest(table, frame, counting)
    writes = [table.by_name[key].kind.write for key in keys]
    protecting = _protecting(table, frame)
    for row, *values in frame.loc[again, keys].itertuples(name=None):
        pairs = zip(writes, values, strict=True)
        what = ", ".join(write(value) for write, value in pairs if value != "")
        one = int(first[row] if other[row] else counting[row])
        if other[row]:
            told = has_the_same_code(what, one)
            checked.tell(Problem(table.name, told, row, keys[-1], what, beside=(one,)))
        else:
            told = " ".join([stands_already(what, one), *_stricter_in(protecting, row, one)])
            checked.tell(Problem(table.name, told, row, keys[-1], what, same_as=one))
    if not other.any():
        return strictest[~again]
    code = frame[keys[0]].mask(other, UNREAD)
    left = own.assign(**{keys[0]: code})[~again | other]
    _tell_share(table, frame, left, strictest, first, checked)
    return left.assign(share=strictest["share"])


def _tell_share(
    table: Table,
    frame: pd.DataFrame,
    left: pd.DataFrame,
    strictest: pd.DataFrame,
    first: pd.Series,
    checked: Checked,
) -> None:
    """Tell where fewer people see a row than it says, because of another one with its code."""
    column, key = table.by_name["share"], table.key[0]
    said = (one["share"].astype(object)[left.index] for one in (left, strictest))
    own, counts = (one.where(one.notna(), "") for one in said)
    for row in left.index[own != counts]:
        others = tuple(int(at) for at in left.index if at != row and first[at] == first[row])
        told = _stricter_counts(column, counts[row])
        code = str(frame.at[row, key])
        checked.tell(Problem(table.name, told, int(row), key, code, beside=others))


def _ask_about_the_same(table: Table, frame: pd.DataFrame, checked: Checked) -> None:
    """Ask whether two rows without a key that are about the same are one; both count until then."""
    if not table.subject:
        return
    rows_about: dict[tuple[str, ...], list[int]] = {}
    said = [frame[name].map(table.by_name[name].kind.cell_text) for name in table.subject]
    for row, *subject in zip(frame.index, *said, strict=True):
        if not all(subject):
            continue
        above = rows_about.setdefault(tuple(map(plain, subject)), [])
        if above:
            told = is_about_the_same(subject[-1], above[0])
            column = table.subject[-1]
            checked.tell(Problem(table.name, told, row, column, subject[-1], beside=tuple(above)))
        above.append(row)


def _protecting(table: Table, frame: pd.DataFrame) -> Answers:
    """The columns that protect people, with their answers; "" where there is none."""
    columns = [column for column in table.columns if column.kind.stricter is not None]
    answers = [frame[column.name].astype(object) for column in columns]
    return [
        (column, found.where(found.notna(), "").to_dict())
        for column, found in zip(columns, answers, strict=True)
    ]


def _stricter_in(answers: Answers, row: int, first: int) -> Iterator[str]:
    """What protects people more in a row than in the first that is the same, in sentences."""
    for column, there in answers:
        kind, one = column.kind, there[row]
        if kind.strictness(one) > kind.strictness(there[first]):
            yield _stricter_counts(column, one)


def _stricter_counts(column: Column, answer: Any) -> str:
    """The sentence on a column in which another row's answer counts."""
    word = column.kind.shown(column.kind.cell_text(answer)) or tr("nothing")
    return tr("For “{label}” the stricter answer counts: “{word}”.").format(
        label=tr(column.label), word=word
    )


def _with_strictest(table: Table, frame: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """The table with the strictest answer of rows that are one, in the columns that protect people.

    `same` gives a number to each row, the same to rows that are one.
    """
    if not same.duplicated().any():
        return frame
    changed = {}
    for column, there in _protecting(table, frame):
        answers = pd.Series(there, dtype=object)
        strictest = answers.groupby(same).agg(partial(max, key=column.kind.strictness))
        changed[column.name] = column.kind.series(same.map(strictest).replace("", None))
    return frame.assign(**changed)
