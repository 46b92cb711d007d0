"""A table while it is being typed: the lines a grid shows of it, and what becomes of what is typed or pasted there.

Knows no Jupyter. A line is a row of the sheet, or a row that waits to be typed: the form of a partner printed it, or
it stands at the end for whatever comes next. Only what somebody has typed reaches the sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

import pandas as pd

from partnering.jupyter import form_rows, paste
from partnering.language import tr
from partnering.partnership import OPEN, ROOM, Partnership
from partnering.results import results
from partnering.schema import lists
from partnering.schema.check import Column, Table
from partnering.schema.kinds import SHARE_ROOM, Choice, Kind, Ref, Scale, Ticks, plain
from partnering.schema.tables import TABLES
from partnering.storage import paths

Cells = dict[str, str]
NOT_SHOWN = ("format",)  # the handbook's own


def as_typed(partnership: Partnership, name: str, reader: str) -> results.ResultTable:
    """What is typed in a table, as far as the reader sees it, for a page."""
    entry = TableEditor(partnership, TABLES[name], reader)
    told = entry.plain(partnership.for_reader(reader))
    return results.ResultTable(
        tr("{table}, as it is typed").format(table=tr(TABLES[name].label)), told
    )


@dataclass
class Line:
    """One line of a grid: its row in the sheet (None while nothing is typed), what it began with and what it holds."""

    name: str
    row: int | None
    begins: Cells = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)


class TableEditor:
    """One table of a partnership as one reader types it."""

    def __init__(
        self, partnership: Partnership, table: Table, reader: str, seen: Partnership | None = None
    ):
        self.partnership, self.table, self.reader = partnership, table, reader
        self.columns = [
            column
            for column in table.columns
            if column.name not in NOT_SHOWN and (reader != ROOM or column.share == SHARE_ROOM)
        ]
        self.lines: list[Line] = []
        self._everybody_may_see = paths.is_example(partnership.place) and partnership.mode == OPEN
        self._typed: set[tuple[str, str]] = (
            set()
        )  # what was typed since this was opened stays in sight
        self._begun: set[str] = (
            set()
        )  # the names of lines that have become rows; the next that waits has another
        self._removed: list[Cells] = []
        self._added: list[Line] = []
        self._number = count(1)
        self._sheet: pd.DataFrame | None = None
        self.look(seen or partnership.for_reader(reader))

    @property
    def sheet(self) -> pd.DataFrame:
        """What is typed so far; the handbook's own list where nobody has edited it."""
        name = self.table.name
        if name in self.partnership.sheets:
            return self.partnership.sheets[name]
        return lists.sheets().get(name, pd.DataFrame(dtype="str"))

    # ---------------------------------------------------------------- what is there

    def look(self, seen: Partnership) -> None:
        """Bring the lines up to date with the sheet, which may have been changed elsewhere. `seen`: what the reader sees."""
        sheet, self._seen = self.sheet, seen
        shown = self._shown(sheet)
        if sheet is not self._sheet:
            self._find_again(sheet)
        rows = _rows(sheet)
        lines = {
            line.row: line for line in self.lines if line.row is not None and line.row in shown
        }
        for row in shown:
            line = lines.setdefault(row, Line(self._name(), row))
            line.cells = rows[row]
        self._sheet = sheet
        self.lines = [*lines.values(), *self._waiting(seen, rows.values())]
        self.lines.sort(
            key=lambda line: (
                *form_rows.place(seen, self.table, line.cells),
                line.row is None,
                line.row or 0,
            )
        )

    def _shown(self, sheet: pd.DataFrame) -> list[int]:
        """The rows that the reader sees."""
        if self.reader != ROOM:
            return list(sheet.index)
        frame = self.partnership[self.table.name]
        free = set(self.partnership.for_the_wall().get(self.table.name, ()))
        typed = {
            line.row for line in self.lines if any(name == line.name for name, _ in self._typed)
        }
        share = sheet["share"].map(plain) if "share" in sheet else pd.Series("", index=sheet.index)
        voice = (
            sheet["respondent"].str.strip()
            if "respondent" in sheet
            else pd.Series("", index=sheet.index)
        )
        open_ = share.isin(["", plain(SHARE_ROOM), plain(tr(SHARE_ROOM))]) & (voice == "")
        return [
            row
            for row in sheet.index
            if row in free or (open_[row] and (row in typed or row not in frame.index))
        ]

    def _find_again(self, sheet: pd.DataFrame) -> None:
        """Tie the lines to the rows of another sheet: the same row with the same words, the same words, the same row."""
        rows = {
            row: tuple(cells)
            for row, cells in zip(
                sheet.index, sheet.itertuples(index=False, name=None), strict=True
            )
        }
        free = dict(rows)
        lines = [line for line in self.lines if line.row is not None]
        held = {
            line.name: tuple(line.cells.get(name, "") for name in sheet.columns) for line in lines
        }
        for same in (
            lambda line, row: line.row == row and held[line.name] == free[row],
            lambda line, row: held[line.name] == free[row],
            lambda line, row: line.row == row,
        ):
            for line in [line for line in lines if line.name in held]:
                found = next((row for row in free if same(line, row)), None)
                if found is not None:
                    line.row = found
                    del free[found], held[line.name]
        self.lines = [line for line in self.lines if line.name not in held]

    def _waiting(self, seen: Partnership, rows: Collection[Cells]) -> list[Line]:
        """The lines that wait to be typed: those of the forms, one at the end, and those that were asked for.

        The lines that wait in one place one after the other are called `name`, `name#2`, `name#3`: `grid.js` counts on
        by itself, so that people may type into the next before Python has told of it.
        """
        taken = {line.name for line in self.lines if line.row is not None}
        taken |= self._begun if form_rows.grows(self.table) else set()
        before = {line.name: line.begins for line in self.lines if line.row is None}
        self._added = [line for line in self._added if line.row is None and line.name not in taken]
        waiting = []
        for name, begins in form_rows.lines(
            seen, self.table, [*rows, *(line.cells for line in self._added)]
        ):
            free = next(
                free
                for free in chain([name], (f"{name}#{more}" for more in count(2)))
                if free not in taken
            )
            told = before.get(
                free, begins
            )  # the code with which it waits stays its own, unless a row has taken that
            begins = begins if any(told.items() <= row.items() for row in rows) else told
            waiting.append(Line(free, None, begins, dict(begins)))
        names = {line.name for line in waiting}
        self._added = [line for line in self._added if line.name not in names]
        return waiting + self._added

    def _name(self) -> str:
        return f"line-{next(self._number)}"

    # ---------------------------------------------------------------- what is typed

    def apply(self, doings: Sequence[Mapping]) -> pd.DataFrame | None:
        """The sheet after what somebody did in the grid, or None where nothing has changed.

        A doing is `{"set": {column: text}, "line": name, "begins": what a line not known here yet begins with}`,
        `{"paste": text, "line": name, "column": name, "columns": names in sight}`, `{"remove": line}`,
        `{"restore": True}` or `{"add": the new line's name}`.
        """
        sheet = self.sheet
        if sheet is not self._sheet:
            self._find_again(sheet)
        rows = _rows(sheet)
        before = {row: dict(cells) for row, cells in rows.items()}
        for doing in doings:
            self._do(doing, rows)
        if rows == before:
            return None
        order = [
            *self.table.by_name,
            *(name for name in sheet.columns if name not in self.table.by_name),
        ]
        used = {name for cells in rows.values() for name in cells} | set(sheet.columns)
        if not len(sheet.columns):
            used |= {
                column.name
                for column in self.table.columns
                if column.core and column.name not in NOT_SHOWN
            }
        names = [name for name in order if name in used]
        made = pd.DataFrame(
            {name: [cells.get(name, "") for cells in rows.values()] for name in names},
            index=list(rows),
            dtype="str",
        )
        made.attrs, self._sheet = dict(sheet.attrs), made
        return made

    def _do(self, doing: Mapping, rows: dict[int, Cells]) -> None:
        by_name = {line.name: line for line in self.lines}
        if self.table.upright and "set" in doing:  # there is but one
            by_name = dict.fromkeys([doing["line"]], self.lines[0])
        if "set" in doing and doing["line"] in by_name:
            self._set(by_name[doing["line"]], doing["set"], rows)
        elif (
            "set" in doing
        ):  # the grid was faster, or its row was removed elsewhere meanwhile: what was typed is not lost
            self._set(self._add(rows, doing["line"], doing.get("begins", {})), doing["set"], rows)
        elif "paste" in doing:
            self._paste(doing, rows)
        elif "remove" in doing and doing["remove"] in by_name:
            self._remove(by_name[doing["remove"]], rows)
        elif "restore" in doing and self._removed:
            rows[max([*rows, 1]) + 1] = self._removed.pop()
        elif "add" in doing:
            self._add(rows, doing["add"])

    def _set(self, line: Line, texts: Mapping[str, str], rows: dict[int, Cells]) -> None:
        """Put texts in the cells of a line. A line that waits becomes a row with its first word, and waits again without."""
        known = {name: text for name, text in texts.items() if name in self.table.by_name}
        line.cells |= known
        self._typed |= {(line.name, name) for name in known}
        empty = not any(
            text.strip() for name, text in line.cells.items() if line.begins.get(name, "") != text
        )
        if line.row is None and not empty:
            line.row = 2 if self.table.upright else max([*rows, 1]) + 1
            self._begun.add(line.name)
            rows[line.row] = dict(line.cells)
        elif line.row is not None and empty:
            rows.pop(line.row, None)
            line.row = None
            self._begun.discard(line.name)
        elif line.row is not None:
            rows[line.row] = rows.get(line.row, {}) | known

    def _remove(self, line: Line, rows: dict[int, Cells]) -> None:
        """Take a line out; its row can be put back."""
        if line.row is not None and line.row in rows:
            self._removed.append(rows.pop(line.row))
        self._added = [other for other in self._added if other is not line]
        self.lines.remove(line)

    def _add(
        self, rows: dict[int, Cells], name: str = "", begins: Mapping[str, str] | None = None
    ) -> Line:
        """A line more at the end, with the next free code where the table has codes."""
        waiting = [line.cells for line in self.lines if line.row is None]
        first = form_rows.next_code(self._seen, self.table, [*rows.values(), *waiting])
        first |= {
            column: text
            for column, text in (begins or {}).items()
            if text and column in self.table.by_name
        }
        line = Line(name or self._name(), None, first, dict(first))
        self.lines.append(line)
        self._added.append(line)
        return line

    def _paste(self, doing: Mapping, rows: dict[int, Cells]) -> None:
        """Put a block from a spreadsheet in place, from one cell on to the right and downwards, with new lines below."""
        block = paste.block(doing["paste"])
        columns = [name for name in doing.get("columns", ()) if name in self.table.by_name]
        columns = columns or [column.name for column in self.columns]
        names, block = paste.placed(block, self.table, columns, doing["column"])
        if self.table.upright:
            self._set(
                self.lines[0], paste.downwards(block, self.table, columns, doing["column"]), rows
            )
            return
        at = next(
            (place for place, line in enumerate(self.lines) if line.name == doing["line"]),
            len(self.lines),
        )
        lines = self.lines[at:]
        for place, cells in enumerate(block):
            line = lines[place] if place < len(lines) else self._add(rows)
            self._set(line, dict(zip(names, cells, strict=False)), rows)

    # ---------------------------------------------------------------- what the grid is told

    def shape(self) -> dict:
        """What does not change while people type: the table and its columns, in the language of the room."""
        return {
            "name": self.table.name,
            "label": tr(self.table.label),
            "help": tr(self.table.help),
            "upright": self.table.upright,
            "grows": form_rows.grows(self.table),
            "keyed": form_rows.keyed(self.table),
            "columns": [_column(column) for column in self.columns],
        }

    def state(self, seen: Partnership) -> dict:
        """What the grid shows now: lines with their texts and what is wrong with them, and what references may point to."""
        written = (
            self.partnership.as_written(self.table.name)
            if self.table.name in self.partnership.sheets
            else self.sheet
        )
        texts = _rows(written)
        wrong = self._wrong()
        return {
            "lines": [
                self._line(line, texts.get(line.row, line.cells), wrong) for line in self.lines
            ],
            "options": {
                column.name: form_rows.options(seen, column.kind)
                for column in self.columns
                if isinstance(column.kind, Ref)
            },
            "removed": bool(self._removed),
            "notes": list(wrong.get(None, {}).values()),
        }

    def plain(self, seen: Partnership) -> pd.DataFrame:
        """What is typed, as words under the labels of the columns, without columns in which nothing stands."""
        lines = [line for line in self.state(seen)["lines"] if line["row"] is not None]
        told = {
            tr(column.label): [
                tr("answered")
                if column.name in line["held"]
                else _in_words(column.kind, line["cells"][column.name])
                for line in lines
            ]
            for column in self.columns
        }
        return pd.DataFrame(
            {label: texts for label, texts in told.items() if any(texts)}, dtype="object"
        )

    def _line(self, line: Line, texts: Cells, wrong: dict) -> dict:
        held, hidden = self._hidden(line, texts)
        names = [column.name for column in self.columns]
        told = {
            name: sentence
            for name, sentence in wrong.get(line.row, {}).items()
            if line.row is not None and name in names
        }
        fixed = [
            name
            for name in names
            if name in form_rows.printed(self.table)
            and texts.get(name)
            and name not in told
            and (line.name, name) not in self._typed
        ]
        return {
            "name": line.name,
            "row": line.row,
            "held": sorted(held),
            "fixed": fixed,
            "wrong": {
                name: tr("This cannot be read. Look at it in the facilitator's own view.")
                if name in held
                else sentence
                for name, sentence in told.items()
            },
            "cells": {name: "" if name in held | hidden else texts.get(name, "") for name in names},
        }

    def _hidden(self, line: Line, texts: Cells) -> tuple[set[str], set[str]]:
        """The columns of a line whose answer was there before this was opened and stays out of the room's sight: those
        that are told to be answered, and those that are shown empty.

        In the room nobody reads from a grid what one partner ticked. In a worked example the room does, but for what
        is guarded, with every tick beside it.
        """
        if self.reader != ROOM or not self.table.views:
            return set(), set()
        there = {
            column.name: column.kind
            for column in self.columns
            if isinstance(column.kind, Scale)
            and texts.get(column.name, "").strip()
            and (line.name, column.name) not in self._typed
        }
        if not self._everybody_may_see:
            return set(there), set()
        guarded = {
            name
            for name, kind in there.items()
            if texts[name] in [word.text for word in kind.words if word.guarded]
        }
        return set(), set(there) if guarded and plain(texts.get("share", "")) != plain(
            SHARE_ROOM
        ) else set()

    def _wrong(self) -> dict[int | None, Cells]:
        """What is wrong, by row and column. A row of which only the beginning is typed is not wrong yet."""
        found: dict[int | None, Cells] = {}
        for problem in self.partnership.problems:
            if problem.table == self.table.name:
                row = (
                    (self.sheet.index[0] if len(self.sheet) else None)
                    if self.table.upright
                    else problem.row
                )
                found.setdefault(row, {})[problem.column] = problem.sentence
        return found


def _rows(sheet: pd.DataFrame) -> dict[int, Cells]:
    """The cells of a sheet by row and column."""
    return {
        row: dict(zip(sheet.columns, cells, strict=True))
        for row, cells in zip(sheet.index, sheet.itertuples(index=False, name=None), strict=True)
    }


def _in_words(kind: Kind, text: str) -> str:
    """A cell in the language of the room."""
    if isinstance(kind, Ticks):
        return "; ".join(map(tr, kind.parts(text)))
    return tr(text) if isinstance(kind, Choice) else text


def _column(column: Column) -> dict:
    """What a grid needs to know of a column."""
    kind = column.kind
    control = (
        "many"
        if isinstance(kind, Ticks) or (isinstance(kind, Ref) and kind.many)
        else "choice"
        if isinstance(kind, (Choice, Ref))
        else type(kind).__name__.lower()
    )
    words = (
        [[word.text, tr(word.text), tr(word.means)] for word in kind.words]
        if isinstance(kind, Choice)
        else []
    )
    return {
        "name": column.name,
        "label": tr(column.label),
        "help": tr(column.help),
        "control": control,
        "words": words,
        "outside": [[word, tr(word)] for word in getattr(kind, "outside", ())],
        "core": column.core,
        "tick": isinstance(kind, Choice) and not isinstance(kind, Ticks),
        "asked": not column.given and not getattr(kind, "prefix", ""),
        "short": column.name == "respondent",
        "joined": "; " if isinstance(kind, Ticks) else ", ",
        "private": column.share != SHARE_ROOM,
    }
