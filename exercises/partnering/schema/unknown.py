"""Headings and sheets that the schema does not know: kept, named, or asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from partnering.language import tr
from partnering.schema.choices import Choice
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import SHARE_PAPER_ONLY, Kind, Unreadable, is_spreadsheet_error
from partnering.schema.problems import Checked, Problem, did_you_mean
from partnering.schema.spelling import nearest, plain

ALIKE_ENOUGH_TO_PROTECT = 0.8
LONG_ENOUGH_TO_GUESS = 8  # letters; "spare" is as near to "share" as a slip of the pen is
SHORTEST_WORD = 5  # letters; E, N and room are also words of one's own
ALIKE = 0.85  # how near a heading is when it is a slip of the pen, not a column of one's own


def check_headings(
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
                "“{found}” means that a spreadsheet could not work out the heading; type it. "
                "The column is kept as it is."
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
                    + did_you_mean(likeliest),
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

    Such as “Shared with”, “visibility” or a second “share”; under any heading, the words of such a
    column alone; and, where one partner answers the same several times, the column in which these
    answers differ: it may say who spoke.

    Args:
        table: The table.
        sheet: What was typed.

    Returns:
        The first such heading under which something stands, by the column that it may mean.
    """
    found: dict[str, str] = {}
    unknown = _not_empty(sheet[[name for name in sheet.columns if name not in table.by_name]])
    for column in table.columns:
        if column.alike and unknown:
            near = [name for name in unknown if may_protect(name, sheet[name], column)]
            if column.name == "respondent":
                near = near or _tells_apart(table, sheet, unknown)
                near = [name for name in near if _is_silent(sheet, name)]
            if near:
                found[column.name] = near[0]
    return found


def holds_something(texts: Iterable[str]) -> bool:
    """Whether anything stands in a column; of very many columns each is looked at.

    Args:
        texts: What stands in it.
    """
    return any(text.strip() for text in texts)


def _not_empty(sheet: pd.DataFrame) -> list[str]:
    """The columns in which anything stands, all looked at in one go."""
    below = sheet.to_numpy(dtype=object).T.tolist()
    return [
        name for name, texts in zip(sheet.columns, below, strict=True) if holds_something(texts)
    ]


def may_protect(heading: str, texts: pd.Series, column: Column) -> bool:
    """Whether a heading, or what stands under it, may mean a column that protects somebody.

    Args:
        heading: What stands over a column.
        texts: What stands in it.
        column: The column of the schema.
    """
    return (
        may_mean(heading, column)
        or (_is_error(heading) and _holds_words_of(column.kind, texts))
        or _holds_its_words_alone(column.kind, texts)
    )


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
    number = re.search(r"\(\d+\)\Z", heading)
    return heading[: number.start()].rstrip() if number else heading


def _lacks_a_letter(said: str, way: str) -> bool:
    """Whether one letter of a short heading was left out: "shar", "frm"; other words are near it.

    Not the first letter, nor the last of so short a word as "form", else "for" would be one.
    """
    last = len(way) if len(way) > 4 else len(way) - 1
    return len(way) > 3 and any(said == way[:at] + way[at + 1 :] for at in range(1, last))


def _holds_words_of(kind: Kind, texts: pd.Series) -> bool:
    """Whether a column whose heading is a spreadsheet's error holds words of a kind of choice."""
    return isinstance(kind, Choice) and any(can_read(kind, text) for text in texts if text.strip())


def _holds_its_words_alone(kind: Kind, texts: pd.Series) -> bool:
    """Whether all that stands in a column are words of a choice that protects somebody."""
    said = [text for text in texts if text.strip()]
    return (
        isinstance(kind, Choice)
        and bool(_stricter_word(kind))
        and all(len(text.strip()) >= SHORTEST_WORD and can_read(kind, text) for text in said)
    )


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
    until = tr("Until then what is beside it counts as the answer of one voice.")
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


def protected(column: Column, values: pd.Series, beside: pd.Series) -> pd.Series:
    """The values of a column that protects somebody, where another one may mean the same."""
    word = _stricter_word(column.kind)
    if not word:
        return values.where(values != "", beside.str.strip())
    return values.where(values == SHARE_PAPER_ONLY, word)


def name_unknown_sheet(
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
        checked.tell(Problem(name, kept + " " + did_you_mean(likeliest), found=name))
        checked.told.add((ways[likeliest], None, ""))
    else:
        checked.kept.append(Problem(name, kept))
