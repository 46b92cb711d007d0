"""What a check tells: problems, as sentences that name their place."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from partnering.language import tr
from partnering.schema.kinds import NOT_WORKED_OUT, Unreadable, is_spreadsheet_error

LONGEST_QUOTED = 300  # letters


@dataclass(frozen=True)
class Problem:
    """What is wrong in one place, and what to do about it.

    Attributes:
        table: The name of the sheet.
        sentence: What is wrong and what to do, for a facilitator.
        row: The row as the spreadsheet numbers it; None for the whole sheet.
        column: The name of the column; "" for the whole row or sheet.
        found: What stands there.
        same_as: The row that says the same; None where that is not what is wrong.
        beside: The rows above that are about the same and count too, where that is the question.
    """

    table: str
    sentence: str
    row: int | None = None
    column: str = ""
    found: str = ""
    same_as: int | None = None
    beside: tuple[int, ...] = ()

    @property
    def where(self) -> str:
        """Its place: sheet, row and column."""
        where = tr("sheet {table}").format(table=self.table)
        if self.row is not None:
            where += tr(", row {row}").format(row=self.row)
        if self.column:
            where += tr(", column {column}").format(column=self.column)
        return where

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


@dataclass
class Checked:
    """What a check gives back.

    Attributes:
        tables: Typed tables, from the cells that could be read.
        problems: Everything that could not be read.
        kept: Sheets and columns that the schema does not know.
        told: The cells and columns that have had their sentence, so that one mistake is told once.
        kept_back: The codes of lines that not everybody sees, in plain letters, by their table.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)
    told: set[tuple[str, int | None, str]] = field(default_factory=set)
    kept_back: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, other: Checked) -> None:
        """Take over what was told elsewhere."""
        self.problems += other.problems
        self.kept += other.kept
        self.told |= other.told

    def tell(self, problem: Problem) -> None:
        """Add a problem, and note that its place has had its sentence."""
        self.problems.append(problem)
        self.told.add((problem.table, problem.row, problem.column))


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
    sentence = tr("“{found}” is not {allowed}.").format(
        found=beginning(text.strip()), allowed=error.allowed
    )
    if is_spreadsheet_error(text):
        sentence = not_worked_out(text)
    elif error.nearest:
        sentence += " " + did_you_mean(error.nearest)
    elif error.between:
        which = tr("Which of them do you mean: {words}?")
        sentence += " " + which.format(words=" / ".join(f"“{word}”" for word in error.between))
    return Problem(table, sentence, row, column, text)


def beginning(text: str, letters: int = LONGEST_QUOTED) -> str:
    """What stands in a cell, in a sentence: of a whole page of text its beginning.

    Args:
        text: What was typed.
        letters: How many of it stand there at most.
    """
    return text if len(text) <= letters else f"{text[:letters]}…"


def not_worked_out(text: str) -> str:
    """What is said of a cell for which a spreadsheet has stored an error, or a formula alone.

    Args:
        text: What the file holds for the cell.
    """
    error, _, formula = text.strip().partition(" ")
    if error == NOT_WORKED_OUT and formula:
        said = tr("“{found}” is a formula, and its answer was not stored; type the answer.")
        return said.format(found=formula)
    said = tr("“{found}” means that a spreadsheet could not work out the answer; type it.")
    return said.format(found=text.strip())


def did_you_mean(likeliest: str) -> str:
    """The question about what was probably meant."""
    return tr("Did you mean “{nearest}”?").format(nearest=likeliest)


def stands_already(what: str, first: int) -> str:
    """What a row is told that says the same as an earlier one.

    Args:
        what: What both of them say.
        first: The number of the earlier one, as the reader counts the rows.
    """
    return tr(
        "“{what}” is already in row {first}; row {first} counts until one of the two is deleted "
        "or changed."
    ).format(what=what, first=first)


def has_the_same_code(what: str, other: int) -> str:
    """What is asked of a row that has the code of one above it and says something else.

    Args:
        what: The code.
        other: The number of the one above, as the reader counts the rows.
    """
    return tr(
        "“{what}” is the code of row {other} too, and both count. Are the two one? Then delete one "
        "of them. If not, give one of them another code."
    ).format(what=what, other=other)


def is_about_the_same(what: str, other: int) -> str:
    """What is asked of a row that is about the same as one above it.

    Args:
        what: What both of them are about.
        other: The number of the one above, as the reader counts the rows.
    """
    return tr(
        "“{what}” is the subject of row {other} too, and both count. Are the two one? Then delete "
        "one of them. If not, give them different subjects."
    ).format(what=what, other=other)
