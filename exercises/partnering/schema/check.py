"""The check: sheets of text become typed tables, and what is wrong with them becomes sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from partnering.language import spoken, tr
from partnering.memo import Memo
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import (
    NOT_WORKED_OUT,
    SHARE_PAPER_ONLY,
    Choice,
    Code,
    Dated,
    Kind,
    Ref,
    Text,
    Unreadable,
    is_spreadsheet_error,
    nearest,
    plain,
    trimmed,
)
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
            _referee(table, tables, cells, sheets, memo),
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
    table: Table,
    tables: Mapping[str, Table],
    cells: Tables,
    sheets: Mapping[str, pd.DataFrame],
    memo: Memo,
) -> Make:
    return lambda part: _check_references(table, tables, cells, sheets, part, memo)


def _sifter(table: Table, frame: pd.DataFrame) -> Make:
    return lambda part: _first_of_same(table, _complete_rows(table, frame, part), part)


def _place(column: str, table: Table | None) -> int:
    """Where a column stands in its table; what the table does not know comes last."""
    names = list(table.by_name) if table else []
    return names.index(column) if column in names else len(names)


# ---------------------------------------------------------------- cells


def _read_sheet(table: Table, sheet: pd.DataFrame, checked: Checked) -> pd.DataFrame:
    """The sheet with every cell read by its column's kind; the index keeps the row numbers."""
    asked = asked_about(table, sheet)
    _check_headings(table, sheet, asked, checked)
    read = {}
    for column in table.columns:
        texts = (
            sheet[column.name]
            if column.name in sheet
            else pd.Series("", index=sheet.index, dtype="str")
        )
        values = _read_column(table, column, texts, sheet, checked)
        if heading := asked.get(column.name):
            values = _protected(column, values, sheet[heading])
        read[column.name] = column.kind.series(values)
    frame = pd.DataFrame(read, index=sheet.index)
    if table.upright and len(sheet) > 1:
        told = tr("this table has one row only; the first counts until the others are deleted.")
        first, *others = frame.index
        said = [word for row in others for word in _stricter_in(table, frame, row, first)]
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
    table: Table, column: Column, texts: pd.Series, sheet: pd.DataFrame, checked: Checked
) -> pd.Series:
    """One column's values. Each distinct text is read once; each unreadable cell is told."""
    if isinstance(column.kind, Text):
        _tell_errors(table, column, texts, sheet, checked)
        return texts.str.strip()
    values: dict[str, object] = {"": None}
    wrong: dict[str, Unreadable] = {}
    typed = texts.tolist()
    read, distinct = reader_of(column.kind, typed), dict.fromkeys(typed)
    for text in distinct:
        if trimmed(text) or (text.strip() and column.kind.stricter):
            try:
                values[text] = read(text)
            except Unreadable as error:
                wrong[text] = error
                values[text] = column.kind.stricter
    upright_rows = sheet.attrs.get("rows", {})
    for row, text in texts[texts.isin(list(wrong))].items() if wrong else ():
        seen_in = upright_rows.get(column.name, row)
        problem = unreadable(table.name, seen_in, column.name, text, wrong[text])
        if counts := column.kind.stricter:
            word = column.kind.shown(column.kind.write(counts))
            until = tr("It counts as “{word}” until it is mended.").format(word=word)
            problem = replace(problem, sentence=f"{problem.sentence} {until}")
        checked.tell(problem)
    _tell_day_first(table, column, distinct, checked)
    if isinstance(column.kind, Code) and any(_DAY.fullmatch(text.strip()) for text in distinct):
        _tell_codes_that_are_days(table, column, texts, checked)
    return pd.Series([values.get(text) for text in typed], texts.index, dtype="object")


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
                "“{found}” is a day, which a spreadsheet makes of a short name such as Sep1. Type "
                "the name as text. Until then it counts as it stands."
            ).format(found=text.strip())
            checked.tell(Problem(table.name, sentence, row, column.name, text))


def _tell_errors(
    table: Table, column: Column, texts: pd.Series, sheet: pd.DataFrame, checked: Checked
) -> None:
    """Tell where a spreadsheet's error stands in the place of a text."""
    wrong = [text for text in dict.fromkeys(texts.dropna()) if is_spreadsheet_error(text)]
    upright_rows = sheet.attrs.get("rows", {})
    for row, text in texts[texts.isin(wrong)].items() if wrong else ():
        seen_in = upright_rows.get(column.name, row)
        checked.tell(Problem(table.name, _not_worked_out(text), seen_in, column.name, text))


def _not_worked_out(text: str) -> str:
    """What to say of a cell for which a spreadsheet has stored an error, or a formula alone."""
    error, _, formula = text.strip().partition(" ")
    if error == NOT_WORKED_OUT and formula:
        said = tr("“{found}” is a formula, and its answer was not stored; type the answer.")
        return said.format(found=formula)
    said = tr("“{found}” stands where a spreadsheet could not work out the answer; type it.")
    return said.format(found=text.strip())


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


def taken_day_first(kind: Kind, texts: Iterable[str]) -> str:
    """The sentence on days that were read day first because of another one in their column.

    Args:
        kind: What the column holds.
        texts: All that stands in it.

    Returns:
        The sentence; "" where there is no such day.
    """
    if not isinstance(kind, Dated):
        return ""
    texts = list(texts)
    shown = kind.shows_day_first(texts)
    if not shown:
        return ""
    pairs = []
    for text in dict.fromkeys(text.strip() for text in texts):
        if kind.is_twofold(text):
            pairs.append(f"“{text}” = {kind.write(kind.read(text, day_first=True))}")
    if not pairs:
        return ""
    return tr("{days}: the day was taken to stand first, as in “{shown}”. Is that right?").format(
        days="; ".join(pairs), shown=shown
    )


def _tell_day_first(table: Table, column: Column, texts: Iterable[str], checked: Checked) -> None:
    if sentence := taken_day_first(column.kind, texts):
        checked.tell(Problem(table.name, sentence, column=column.name))


def unsettled(table: Table, sheet: pd.DataFrame) -> set[str]:
    """The columns in which something else than what was typed counts until a question is answered.

    Args:
        table: The table.
        sheet: What was typed.

    Returns:
        Their names: another heading may mean the same, or the order of day and month was taken from
        another cell.
    """
    days = {
        column.name
        for column in table.columns
        if column.name in sheet and taken_day_first(column.kind, sheet[column.name])
    }
    return days | set(asked_about(table, sheet))


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
    if is_spreadsheet_error(text):
        sentence = _not_worked_out(text)
    elif error.nearest:
        sentence += " " + _did_you_mean(error.nearest)
    elif error.between:
        which = tr("Which of them do you mean: {words}?")
        sentence += " " + which.format(words=" / ".join(f"“{word}”" for word in error.between))
    return Problem(table, sentence, row, column, text)


def _did_you_mean(likeliest: str) -> str:
    return tr("Did you mean “{nearest}”?").format(nearest=likeliest)


# ---------------------------------------------------------------- headings and names of sheets

ALIKE_ENOUGH_TO_PROTECT = 0.8
LONG_ENOUGH_TO_GUESS = 8  # letters; "spare" is as near to "share" as a slip of the pen is
ALIKE = 0.85  # how near a heading is when it is a slip of the pen, not a column of one's own


def _check_headings(
    table: Table, sheet: pd.DataFrame, asked: Mapping[str, str], checked: Checked
) -> None:
    """Name unknown columns, ask about those that are like a missing one, and tell missing ones."""
    missing = [column for column in table.columns if column.name not in sheet]
    ways = {way: column.name for column in missing for way in (column.name, tr(column.label))}
    protects = {heading: name for name, heading in asked.items()}
    for name in sheet.columns:
        if name in table.by_name:
            continue
        if name in protects:
            _ask_what_it_protects(table, table.by_name[protects[name]], name, checked)
        elif _is_error(name) and sheet[name].str.strip().any():
            sentence = tr(
                "“{found}” stands where a spreadsheet could not work out the heading; type it. The "
                "column is kept as it is."
            ).format(found=name)
            checked.tell(Problem(table.name, sentence, column=name, found=name))
        elif likeliest := nearest(name, ways, ALIKE):
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


def _is_error(heading: str) -> bool:
    """Whether a spreadsheet's error stands in the place of a heading, once or several times."""
    return is_spreadsheet_error(_without_number(heading))


def asked_about(table: Table, sheet: pd.DataFrame) -> dict[str, str]:
    """The unknown headings that may mean a column which protects somebody.

    Such as “Shared with”, “visibility” or a second “share”; and, where one partner answers the same
    several times, the column in which these answers differ: it may say who spoke.

    Args:
        table: The table.
        sheet: What was typed.

    Returns:
        The first such heading under which something stands, by the column that it may mean.
    """
    found: dict[str, str] = {}
    unknown = [
        name
        for name in sheet.columns
        if name not in table.by_name and sheet[name].str.strip().any()
    ]
    for column in table.columns:
        if column.alike and unknown:
            near = [
                name
                for name in unknown
                if may_mean(name, column)
                or (_is_error(name) and _holds_words_of(column.kind, sheet[name]))
            ]
            if column.name == "respondent":
                near = near or _tells_apart(table, sheet, unknown)
                near = [name for name in near if _is_silent(sheet, name)]
            if near:
                found[column.name] = near[0]
    return found


def may_mean(heading: str, column: Column) -> bool:
    """Whether people may have meant a column that protects somebody with another heading.

    Args:
        heading: What stands over a column.
        column: The column of the schema.
    """
    if not column.alike:
        return False
    said = plain(_without_number(heading))
    labels = column.labels
    goes_on = {plain(way.removesuffix("…")) for way in column.alike if way.endswith("…")}
    goes_on |= {plain(label) for label in labels if " " in label}
    ways = {plain(way) for way in (column.name, *labels, *column.alike) if not way.endswith("…")}
    ways |= goes_on
    if said in ways or any(said.startswith(f"{way} ") for way in goes_on):
        return True
    short = {way for way in ways if len(way) < LONG_ENOUGH_TO_GUESS}
    if any(_lacks_a_letter(said, way) for way in short):
        return True
    return bool(nearest(said, ways - short, ALIKE_ENOUGH_TO_PROTECT))


def _without_number(heading: str) -> str:
    """A heading without the number of one that stands there twice."""
    return re.sub(r"\s*\(\d+\)$", "", heading)


def _lacks_a_letter(said: str, way: str) -> bool:
    """Whether one letter of a short heading was left out: "shar", "frm"; other words are near it.

    Not the first letter, nor the last of so short a word as "form", else "for" would be one.
    """
    last = len(way) if len(way) > 4 else len(way) - 1
    return len(way) > 3 and any(said == way[:at] + way[at + 1 :] for at in range(1, last))


def _holds_words_of(kind: Kind, texts: pd.Series) -> bool:
    """Whether a column whose heading is a spreadsheet's error holds words of a kind of choice."""
    return isinstance(kind, Choice) and any(can_read(kind, text) for text in texts if text.strip())


def can_read(kind: Kind, text: str) -> bool:
    """Whether a kind of column can read a text as it stands.

    Args:
        kind: What the column holds.
        text: What was typed.
    """
    try:
        kind.read(text)
    except Unreadable:
        return False
    return True


def _is_silent(sheet: pd.DataFrame, beside: str) -> bool:
    """Whether a line that says something in another column has no voice."""
    if "respondent" not in sheet:
        return True
    return bool(((sheet["respondent"].str.strip() == "") & (sheet[beside].str.strip() != "")).any())


def _tells_apart(table: Table, sheet: pd.DataFrame, unknown: list[str]) -> list[str]:
    """The unknown columns that differ wherever one partner answers the same several times."""
    keys = [name for name in table.key if name != "respondent"]
    if not table.views or not set(keys) <= set(sheet.columns):
        return []
    silent = sheet
    if "respondent" in sheet:
        silent = sheet[sheet["respondent"].str.strip() == ""]
    same = silent[keys].map(plain)
    several = same[same.duplicated(keep=False)]
    if several.empty:
        return []
    return [
        name
        for name in unknown
        if silent.loc[several.index, name].str.strip().all()
        and not several.assign(**{name: silent[name].map(plain)}).duplicated().any()
    ]


def _stricter_word(kind: Kind) -> str:
    """The word that counts where nobody can say what was meant; "" where there is none."""
    return kind.unreadable if isinstance(kind, Choice) else ""


def _ask_what_it_protects(table: Table, column: Column, heading: str, checked: Checked) -> None:
    """Ask about a heading that may mean a column which protects somebody, and say what counts."""
    word = _stricter_word(column.kind)
    until = tr("Until then what stands beside it counts as the answer of one voice.")
    if word and table.upright:
        until = tr("Until then “{word}” counts.").format(word=tr(word))
    elif word:
        until = tr("Until then “{word}” counts in every line of this sheet.").format(word=tr(word))
    sentence = tr(
        "does “{found}” say what “{label}” asks? If so, write “{name}” over it, and only once; if "
        "not, give the column another name or delete it."
    ).format(found=heading, label=tr(column.label), name=column.name)
    checked.tell(Problem(table.name, f"{sentence} {until}", column=heading, found=heading))
    checked.told.add((table.name, None, column.name))


def _protected(column: Column, values: pd.Series, beside: pd.Series) -> pd.Series:
    """The values of a column that protects somebody, where another one may mean the same."""
    word = _stricter_word(column.kind)
    if not word:
        return values.where(values != "", beside.str.strip())
    return values.where(values == SHARE_PAPER_ONLY, word)


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
    memo: Memo,
) -> pd.DataFrame:
    """The table with each reference as the code of a row; a lost one is told and emptied."""
    frame = cells[table.name]
    doubts = _in_doubt(table, tables, checked)
    for column in table.references:
        assert isinstance(column.kind, Ref)
        kind, name = column.kind, column.kind.table
        target = memo.get(
            ("target", kind),
            (spoken(), cells.get(name), sheets.get(name), name in doubts),
            partial(_target, kind, tables[name], cells, sheets, doubts),
        )
        frame = _resolved(table, column, kind, frame, target, checked)
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
    for text in dict.fromkeys(frame[column.name].tolist()):
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
    if not keys or not (again := frame.duplicated(keys)).any():
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
        told = " ".join([told, *_stricter_in(table, frame, row, first[row])])
        checked.tell(Problem(table.name, told, row, keys[-1], what, same_as=int(first[row])))
    return _with_strictest(table, frame, rows.transform("first"))[~again]


def _stricter_in(table: Table, frame: pd.DataFrame, row: int, first: int) -> Iterator[str]:
    """What protects people more in a row than in the first that is the same, in sentences."""
    for column in table.columns:
        kind = column.kind
        if kind.stricter is not None:
            there = frame[column.name].astype("object").where(frame[column.name].notna(), "")
            one, other = there.loc[row], there.loc[first]
            if kind.strictness(one) > kind.strictness(other):
                yield tr("Of “{label}” the stricter counts: “{word}”.").format(
                    label=tr(column.label), word=kind.shown(kind.cell_text(one)) or tr("nothing")
                )


def _with_strictest(table: Table, frame: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """The table with the strictest answer of rows that are one, in the columns that protect people.

    `same` gives a number to each row, the same to rows that are one.
    """
    if not same.duplicated().any():
        return frame
    changed = {}
    for column in table.columns:
        kind = column.kind
        if kind.stricter is not None:
            there = frame[column.name].astype("object").where(frame[column.name].notna(), "")
            strictest = there.groupby(same).agg(partial(max, key=kind.strictness))
            changed[column.name] = kind.series(same.map(strictest).replace("", None))
    return frame.assign(**changed)
