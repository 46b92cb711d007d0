"""What the browser is sent of a table: its columns once, and its lines each time they have changed.

All of it is plain JSON, which `grid.js` draws. What the reader of a grid may not see is left out
here. Knows no Jupyter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypedDict

import pandas as pd

from partnering.jupyter import form_rows
from partnering.jupyter.table_lines import Cells, Line, Rows, rows_of, sheet_of
from partnering.language import spoken, tr
from partnering.memo import Memo
from partnering.partnership import OPEN, ROOM, Partnership
from partnering.partnership.privacy import CONSENTS
from partnering.schema import scales
from partnering.schema.check import unreadable
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import SHARE_ROOM, Choice, Kind, Ref, Scale, Ticks, plain
from partnering.schema.references import Target, target_of
from partnering.schema.tables import TABLES
from partnering.storage import paths
from partnering.storage.stored import place_of

NOT_SHOWN = ("format",)  # the handbook's own

Typed = set[tuple[str, str]]  # the names of lines and columns
Wrong = dict[int | None, Cells]  # sentences by row and column; None: about the table as a whole


class ColumnShape(TypedDict):
    """One column, in the language of the room.

    `control` says how it is typed: many, choice, code, text, whole, amount or date. `words` are a
    choice's own words, each with its translation and meaning, `outside` those that stand outside a
    scale. `joined` parts several answers in one cell.
    """

    name: str
    label: str
    help: str
    control: str
    words: list[list[str]]
    outside: list[list[str]]
    core: bool
    tick: bool
    asked: bool
    short: bool
    joined: str
    private: bool


class TableShape(TypedDict):
    """A table and its columns; `grows` and `keyed` are those of `form_rows`."""

    name: str
    label: str
    help: str
    upright: bool
    grows: bool
    keyed: bool
    columns: list[ColumnShape]


class LineState(TypedDict):
    """One line: its texts by column, and what is wrong with them, in sentences.

    `held` are the columns whose answer is covered, `fixed` those that the form has printed.
    """

    name: str
    row: int | None
    held: list[str]
    fixed: list[str]
    wrong: Cells
    cells: Cells


class TableState(TypedDict):
    """The lines of a table; what each reference may point to, by column; and what is wrong in all.

    `removed` says whether a removed line can be put back.
    """

    lines: list[LineState]
    options: dict[str, list[list[str]]]
    removed: bool
    notes: list[str]


class GridState:
    """What one reader's grid is sent of one table.

    Attributes:
        columns: The columns that this reader types.
    """

    def __init__(self, partnership: Partnership, table: Table, reader: str):
        self._partnership, self._table = partnership, table
        self.columns = [column for column in table.columns if _is_shown(column, reader)]
        self._names = [column.name for column in self.columns]
        self._printed = [name for name in self._names if name in form_rows.printed(table)]
        self._ticks: dict[str, list[str]] = {}
        if reader == ROOM and table.views:
            self._ticks = _guarded(self.columns)
        elif reader == ROOM and table.name == CONSENTS:  # nobody is told whose tick is missing
            self._ticks = dict.fromkeys(self._names[1:], scales.ON_THE_WALL.texts)
        self._everybody_may_see = (
            paths.is_example(place_of(partnership)) and partnership.mode == OPEN
        )
        self._memo, self._reader = Memo(), reader

    def shape(self) -> TableShape:
        """What does not change while people type."""
        table = self._table
        return {
            "name": table.name,
            "label": tr(table.label),
            "help": tr(table.help),
            "upright": table.upright,
            "grows": form_rows.grows(table),
            "keyed": form_rows.keyed(table),
            "columns": [_column(column) for column in self.columns],
        }

    def state(
        self, seen: Partnership, lines: Sequence[Line], typed: Typed, removed: bool
    ) -> TableState:
        """What the grid shows now.

        Args:
            seen: The partnership as the reader sees it; references point to its rows.
            lines: The lines of the table, in their order.
            typed: The cells that were typed since the grid was opened; these are never covered.
            removed: Whether a removed line can be put back.
        """
        texts, wrong = self._texts(), self._wrong()
        if self._reader == ROOM:
            texts = self._without_hidden(seen, lines, texts, typed)
            wrong = self._wrong_to_the_room(seen, texts, wrong, [line.row for line in lines])
        states: list[LineState] = []
        for line in lines:
            if line.row is None:
                states.append(self._line(line, line.cells, {}, typed))
            else:
                cells = texts.get(line.row, line.cells)
                states.append(self._line(line, cells, wrong.get(line.row, {}), typed))
        return {
            "lines": states,
            "options": self._options(seen),
            "removed": removed,
            "notes": list(wrong.get(None, {}).values()),
        }

    def words(self, state: TableState) -> pd.DataFrame:
        """What is typed, as the words that people read.

        Args:
            state: What `state` gave.

        Returns:
            One row a typed line; the columns are headed by their labels, without those in which
            nothing stands, and those beside the short form of which nothing is seen.
        """
        lines = [line for line in state["lines"] if line["row"] is not None]
        filled = {}
        for column in self.columns:
            answers = _answers(column, lines)
            seen = any(line["cells"][column.name] for line in lines)
            if seen or (column.core and any(answers)):
                filled[tr(column.label)] = answers
        return pd.DataFrame(filled, dtype="object")

    def _texts(self) -> Rows:
        """The rows as they are written to a file: what was read well in the schema's own words."""
        p, name = self._partnership, self._table.name
        sheet = sheet_of(p, name)
        if name not in p.sheets:
            return self._memo.get("texts", (sheet,), lambda: rows_of(sheet))
        read = (p[other] for other in (name, *self._table.points_to))
        inputs = (spoken(), sheet, *read)
        return self._memo.get("texts", inputs, lambda: rows_of(p.as_written(name)))

    def _wrong(self) -> Wrong:
        """What is wrong, by row and column; in an upright table all of it is about its one row."""
        p, table = self._partnership, self._table
        found: Wrong = {}
        for problem in p.problems:
            if problem.table == table.name:
                row = _first_row(sheet_of(p, table.name)) if table.upright else problem.row
                found.setdefault(row, {})[problem.column] = problem.sentence
        return found

    def _known(self, p: Partnership, kind: Ref) -> Target:
        """What a reference may point to, as far as a partnership has it."""
        target = TABLES[kind.table]
        key = target.by_name[target.key[0]]
        prefix = getattr(key.kind, "prefix", "")
        return target_of(kind, p[kind.table], None, key.name, target.naming, prefix)

    def _without_hidden(
        self, seen: Partnership, lines: Sequence[Line], texts: Rows, typed: Typed
    ) -> Rows:
        """The rows without references to rows that the room does not see, but for what it typed."""
        found = dict(texts)
        for column in self.columns:
            kind = column.kind
            if not isinstance(kind, Ref):
                continue
            known, there = self._known(seen, kind).known, self._known(self._partnership, kind).known
            hidden = there.keys() - known.keys()
            for line in lines:
                if line.row is None or line.row not in texts:
                    continue
                text = texts[line.row].get(column.name, "")
                parts = [part for part, _code in kind.resolve(text, there)]
                left = [part for part in parts if plain(part) not in hidden]
                if left != parts:
                    told = ", ".join(left)
                    if (line.name, column.name) in typed:  # as typed, not what it stands for
                        told = line.cells.get(column.name, "")
                    found[line.row] = found[line.row] | {column.name: told}
        return found

    def _wrong_to_the_room(
        self, seen: Partnership, texts: Rows, wrong: Wrong, rows: Sequence[int | None]
    ) -> Wrong:
        """What is wrong, told from what the room sees alone.

        A row that is kept back is named nowhere: what refers to it refers to nothing, and a line
        that says the same is not called the second one.
        """
        found = {row: dict(cells) for row, cells in wrong.items()}
        for column in self.columns:
            kind = column.kind
            if not isinstance(kind, Ref):
                continue
            target = self._known(seen, kind)
            for row in rows:
                text = texts.get(row, {}).get(column.name, "") if row is not None else ""
                found.get(row, {}).pop(column.name, None)
                parts = kind.resolve(text, target.known)
                lost = target.why_lost([part for part, code in parts if not code])
                if lost:
                    told = unreadable(self._table.name, row, column.name, *lost[0]).sentence
                    found.setdefault(row, {})[column.name] = told
        for problem in self._partnership.problems:
            if problem.table == self._table.name and problem.same_as is not None:
                sentence = problem.sentence
                if problem.same_as not in rows:
                    sentence = tr("This cannot be read. Look at it in the facilitator's own view.")
                found.setdefault(problem.row, {})[problem.column] = sentence
        return found

    def _options(self, seen: Partnership) -> dict[str, list[list[str]]]:
        found = {}
        for column in self.columns:
            kind = column.kind
            if isinstance(kind, Ref):
                inputs = (spoken(), seen[kind.table])
                make = partial(form_rows.options, seen, kind)
                found[column.name] = self._memo.get(("options", column.name), inputs, make)
        return found

    def _line(self, line: Line, texts: Cells, wrong: Cells, typed: Typed) -> LineState:
        covered = self._covered(line, texts, typed)
        held = set() if self._everybody_may_see else covered
        sentences = {name: text for name, text in wrong.items() if name in self._names}
        for name in held & sentences.keys():  # the sentence quotes what is covered
            sentences[name] = tr("This cannot be read. Look at it in the facilitator's own view.")
        fixed = []
        for name in self._printed:
            if texts.get(name) and name not in sentences and (line.name, name) not in typed:
                fixed.append(name)
        return {
            "name": line.name,
            "row": line.row,
            "held": sorted(held),
            "fixed": fixed,
            "wrong": sentences,
            "cells": {name: "" if name in covered else texts.get(name, "") for name in self._names},
        }

    def _covered(self, line: Line, texts: Cells, typed: Typed) -> set[str]:
        """The columns of a line whose tick was there before and stays out of the room's sight.

        In the room nobody reads from a grid what one partner ticked, nor what it left open or keeps
        for the facilitator. In a worked example the room does, but for what is guarded, with every
        tick beside it.
        """
        before = {name for name in self._names if (line.name, name) not in typed}
        if self._table.views and not self._everybody_may_see:
            # in every line alike: an empty box and a refusal look the same
            return before & {*self._ticks, "share"} if line.row is not None else set()
        there = {name for name in before & self._ticks.keys() if texts.get(name, "").strip()}
        if not self._everybody_may_see:
            return there
        guarded = any(texts[name] in self._ticks[name] for name in there)
        freed = plain(texts.get("share", "")) == plain(SHARE_ROOM)
        return there if guarded and not freed else set()


def _is_shown(column: Column, reader: str) -> bool:
    return column.name not in NOT_SHOWN and (reader != ROOM or column.share == SHARE_ROOM)


def _guarded(columns: Sequence[Column]) -> dict[str, list[str]]:
    """The columns of ticks, each with the words that could cost their owner something."""
    found = {}
    for column in columns:
        if isinstance(column.kind, Scale):
            found[column.name] = [word.text for word in column.kind.words if word.guarded]
    return found


def _first_row(sheet: pd.DataFrame) -> int | None:
    return sheet.index[0] if len(sheet) else None


def _answers(column: Column, lines: Sequence[LineState]) -> list[str]:
    """The cells of one column as words."""
    found = []
    for line in lines:
        covered = column.name in line["held"]
        text = line["cells"][column.name]
        found.append(tr("covered") if covered else _in_words(column.kind, text))
    return found


def _in_words(kind: Kind, text: str) -> str:
    """A cell in the language of the room."""
    if isinstance(kind, Ticks):
        return "; ".join(map(tr, kind.parts(text)))
    return tr(text) if isinstance(kind, Choice) else text


def _column(column: Column) -> ColumnShape:
    kind = column.kind
    outside = getattr(kind, "outside", ())
    return {
        "name": column.name,
        "label": tr(column.label),
        "help": tr(column.help),
        "control": _control(kind),
        "words": _described(kind),
        "outside": [[word, tr(word)] for word in outside],
        "core": column.core,
        "tick": isinstance(kind, Choice) and not isinstance(kind, Ticks),
        "asked": not column.given and not getattr(kind, "prefix", ""),
        "short": column.name == "respondent",
        "joined": "; " if isinstance(kind, Ticks) else ", ",
        "private": column.share != SHARE_ROOM,
    }


def _control(kind: Kind) -> str:
    """What a column is typed with."""
    if isinstance(kind, Ticks) or (isinstance(kind, Ref) and kind.many):
        return "many"
    if isinstance(kind, (Choice, Ref)):
        return "choice"
    return type(kind).__name__.lower()


def _described(kind: Kind) -> list[list[str]]:
    """The words of a choice: each as it is saved, as the room reads it, and what it means."""
    if not isinstance(kind, Choice):
        return []
    return [[word.text, tr(word.text), tr(word.means)] for word in kind.words]
