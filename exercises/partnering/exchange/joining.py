"""What came back goes into the partnership that is open: what differs is chosen, line by line.

Nothing that is there is removed. What is empty there is filled in, what is new is added below, and
where both say something the open one stays until people choose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from partnering.exchange import merge, one_row
from partnering.exchange.merged import Difference, Merged, Row
from partnering.exchange.returned_files import WORKBOOKS
from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.schema.problems import Problem
from partnering.schema.tables import TABLES, called
from partnering.storage import paths
from partnering.storage.atomic import NotSaved
from partnering.storage.stored import StoredPartnership


@dataclass(frozen=True)
class Choice:
    """One answer that differs, with what may be taken.

    Attributes:
        table: The name of the table.
        row: The row of the whole, from 0.
        column: The name of the column.
        what: The table, row and column, as people would say it.
        said: The files that give an answer, and the answer; first what stays unless people choose.
    """

    table: str
    row: int
    column: str
    what: str
    said: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def theirs(self) -> int:
        """Which of the answers is the first that came back and is another."""
        return int(merge.is_open() in self.said[0][0])

    @property
    def side_by_side(self) -> list[str]:
        """Each answer with who gives it."""
        return [
            tr("{files}: {answer}").format(files=", ".join(files), answer=one_row.quoted(text))
            for files, text in self.said
        ]


@dataclass(frozen=True)
class Joined:
    """What the open partnership would be with what came back; nothing is saved.

    Attributes:
        merged: What was read.
        choices: What differs and is for people to choose.
        settled: Sentences on what differs where the stricter counts.
        to_confirm: Sentences on what reading supplied by itself, left out or left alone.
        unreadable: Sentences on cells of what came back that cannot be read, with their places.
        added: How many lines are new, by the names of their tables.
        filled: How many answers are filled in where nothing stood.
    """

    merged: Merged
    choices: list[Choice]
    settled: list[str]
    to_confirm: list[str]
    unreadable: list[str]
    added: dict[str, int] = field(default_factory=dict)
    filled: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would be another, whatever is chosen."""
        return not (self.choices or self.settled or self.added or self.filled)

    @property
    def summary(self) -> str:
        """In a sentence what comes to what is there."""
        if self.is_nothing:
            return tr("What came back is here already: there is nothing to add.")
        parts = []
        for name, count in self.added.items():
            parts.append(f"{called(name)} {count}")
        said = [tr("New lines: {tables}.").format(tables=", ".join(parts))] if parts else []
        if self.filled:
            cells = trn(
                "{count} empty answer would be filled in.",
                "{count} empty answers would be filled in.",
                self.filled,
            )
            said.append(cells.format(count=self.filled))
        if self.choices:
            differ = trn("{count} answer differs.", "{count} answers differ.", len(self.choices))
            said.append(differ.format(count=len(self.choices)))
        if self.settled:
            stricter = trn(
                "{count} time the stricter answer counts.",
                "{count} times the stricter answer counts.",
                len(self.settled),
            )
            said.append(stricter.format(count=len(self.settled)))
        return " ".join(said)

    def sheets(
        self, partnership: StoredPartnership, taken: Mapping[int, int] | None = None
    ) -> dict[str, pd.DataFrame]:
        """The sheets that change in the open partnership.

        Args:
            partnership: The open partnership, as it was when this was read.
            taken: For the places of choices which answer is taken; the first where it is left out.
        """
        cells: dict[tuple[str, int], dict[str, str]] = {}
        for at, choice in enumerate(self.choices):
            if answer := (taken or {}).get(at, 0):
                row = cells.setdefault((choice.table, choice.row), {})
                row[choice.column] = choice.said[answer][1]
        found = {}
        for name, rows in self.merged.rows.items():
            mine = partnership.sheets.get(name, pd.DataFrame(dtype="str"))
            made = self._sheet(name, rows, mine, cells)
            if made is not None:
                found[name] = made
        return found

    def _sheet(
        self,
        name: str,
        rows: Sequence[Row],
        mine: pd.DataFrame,
        chosen: Mapping[tuple[str, int], Mapping[str, str]],
    ) -> pd.DataFrame | None:
        """One sheet with what changes; None where nothing does."""
        own = merge.is_open()
        lines = {
            row: dict(zip(mine.columns, texts, strict=True))
            for row, *texts in mine.itertuples(name=None)
        }
        columns, last, changed = list(mine.columns), max([1, *lines]), False
        for at, row in enumerate(rows):
            new = {
                column: text for column, text in row.cells.items() if row.first_in[column] != own
            }
            new |= chosen.get((name, at), {})
            if own in row.rows_in:
                line = lines[row.rows_in[own]]
                keys = TABLES[name].key if name in TABLES else ()
                given = {key: row.cells.get(key, "") for key in keys if not line.get(key, "")}
                new |= {key: code for key, code in given.items() if code}
            else:
                last += 1
                line = lines[last] = {}
            new = {column: text for column, text in new.items() if text != line.get(column, "")}
            changed |= bool(new)
            line |= new
            columns += [column for column in new if column not in columns]
        if not changed:
            return None
        texts = [[line.get(column, "") for column in columns] for line in lines.values()]
        return pd.DataFrame(texts, columns=columns, index=list(lines), dtype="str")


def read(
    place: Path,
    partnership: StoredPartnership,
    passphrase: str = "",
    keep_people: bool = False,
) -> Joined:
    """What would come to a partnership from the files of a folder.

    Args:
        place: The folder, or one file: a workbook, a CSV file, or one that was taken home.
        partnership: The partnership that is open; it is not changed.
        passphrase: What unlocks files that were taken home and locked.
        keep_people: Whether columns that tell who somebody is are kept.

    Raises:
        NotOpened: There is no such folder or file, or nothing to merge in it.
        NotSaved: What is open is never written to.
    """
    refuse_what_is_never_written(partnership)
    merged = merge.read(place, into=partnership, keep_people=keep_people, passphrase=passphrase)
    own = merge.is_open()
    added = {
        name: count
        for name, rows in merged.rows.items()
        if (count := sum(own not in row.rows_in for row in rows))
    }
    came = [one for one in merged.differences if (one.first[0], one.second[0]) != (own, own)]
    choices = _choices(came)
    differ = {(one.table, one.row, one.column) for one in came}
    filled = sum(
        bool(row.cells[column]) and file != own and (name, at, column) not in differ
        for name, rows in merged.rows.items()
        for at, row in enumerate(rows)
        if own in row.rows_in
        for column, file in row.first_in.items()
    )
    settled = [one.sentence for one in came if one.is_settled]
    of_differences = {one.sentence for one in merged.differences}
    to_confirm = [
        *merged.to_confirm,
        *(one for one in merged.conflicts if one not in of_differences),
    ]
    slips = unreadable(merged, partnership)
    return Joined(merged, choices, settled, to_confirm, slips, added, filled)


def refuse_what_is_never_written(partnership: StoredPartnership) -> None:
    """Raise `NotSaved` where a worked example or a workbook is open: a copy would be made of it."""
    place = partnership.place
    if place is None or place.suffix.lower() in WORKBOOKS or paths.is_example(place):
        raise NotSaved(
            tr(
                "What is open is a worked example or a workbook, which is never written to. Open a "
                "partnership of your own, or save what came back as a new partnership."
            )
        )


def _choices(differences: Sequence[Difference]) -> list[Choice]:
    """What differs and has no stricter side; answers that are the same stand together.

    A file that gives several answers itself is named with the row of each.
    """
    said: dict[tuple[str, int, str], dict[str, list[tuple[str, object]]]] = {}
    called, settled = {}, set()
    for one in differences:
        cell = one.table, one.row, one.column
        called[cell] = one.what
        if one.is_settled:
            settled.add(cell)
        for (file, text), row in zip((one.first, one.second), one.rows, strict=True):
            places = said.setdefault(cell, {}).setdefault(text, [])
            if (file, row) not in places:
                places.append((file, row))
    return [
        Choice(*cell, called[cell], _answers(some))
        for cell, some in said.items()
        if cell not in settled
    ]


def _answers(
    some: Mapping[str, Sequence[tuple[str, object]]],
) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Each answer with the files that give it, as they are shown."""
    rows: dict[str, set[object]] = {}
    for file, row in (place for places in some.values() for place in places):
        rows.setdefault(file, set()).add(row)
    answers = []
    for text, places in some.items():
        files = [
            tr("{file}, row {row}").format(file=file, row=row) if len(rows[file]) > 1 else file
            for file, row in places
        ]
        answers.append((tuple(files), text))
    return tuple(answers)


def unreadable(merged: Merged, partnership: Partnership | None = None) -> list[str]:
    """What cannot be read of what came back, with the file and the row in it.

    Args:
        merged: What was read.
        partnership: The open partnership, if it was read with one: its own slips are told
            elsewhere.

    Returns:
        A sentence for each cell.
    """
    own, found = merge.is_open(), []
    problems = partnership.problems if partnership is not None else ()
    before = {(one.table, one.column, one.sentence) for one in problems}
    for problem in merged.partnership.problems:
        rows = merged.rows.get(problem.table, ())
        at = problem.row - 2 if problem.row is not None else -1
        if not 0 <= at < len(rows):
            if (problem.table, problem.column, problem.sentence) not in before:
                files = [
                    row.first_in[problem.column] for row in rows if problem.column in row.cells
                ]
                found += [
                    _on_screen(problem, file, merged)
                    for file in dict.fromkeys(files)
                    if file != own
                ] or [str(problem)]
            continue
        row = rows[at]
        file = row.first_in.get(problem.column) or row.files[0]
        if file != own:
            number = str(row.first_at.get(problem.column, row.rows_in.get(file, "")))
            there = replace(problem, row=int(number) if number.isdecimal() else None)
            found.append(_on_screen(there, file, merged))
    return found


def _on_screen(problem: Problem, file: str, merged: Merged) -> str:
    """A problem with its place as people find it: file, sheet by its name, column by its heading.

    A file that is one sheet has no other sheet to name.
    """
    table = TABLES.get(problem.table)
    column = table.by_name.get(problem.column) if table else None
    there = replace(problem, column=tr(column.label) if column else problem.column)
    where = there.where
    if (file, problem.table) in merged.one_sheet:
        where = where.removeprefix(tr("sheet {table}").format(table=problem.table))
    place = ", ".join(filter(None, (file, where.removeprefix(", "))))
    return f"{place}: {there.sentence}"
