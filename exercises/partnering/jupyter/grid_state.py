"""What the browser is sent of a table: its columns once, and its lines each time they have changed.

All of it is plain JSON, which `grid.js` draws. What the reader of a grid may not see is left out
here. Knows no Jupyter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache, partial
from typing import TypedDict

import pandas as pd

from partnering.jupyter import form_rows
from partnering.jupyter.table_lines import Cells, Line, Rows, rows_of, sheet_of
from partnering.language import spoken, tr
from partnering.memo import Memo
from partnering.partnership import OPEN, ROOM, Partnership
from partnering.partnership.privacy import UNTOLD_AMONG_FEW
from partnering.partnership.redaction import CONSENTS, guarded_words, outside_words
from partnering.schema.choices import Choice, Scale, Ticks
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import SHARE_ROOM, Kind, Ref
from partnering.schema.problems import (
    has_the_same_code,
    is_about_the_same,
    stands_already,
    unreadable,
)
from partnering.schema.references import Target, target_of
from partnering.schema.scales import SHARE
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import moved, paths
from partnering.storage.stored import place_of

NOBODY_TYPES = ("format",)  # the handbook's own

Typed = set[tuple[str, str]]  # the names of lines and columns
Resolver = Callable[[str], list[tuple[str, str]]]
Wrong = dict[int | None, Cells]  # sentences by row and column; None: about the table as a whole


class ColumnShape(TypedDict):
    """One column, in the language of the room.

    `control` says how it is typed: many, choice, code, text, whole, amount or date. `words` are a
    choice's own words, each with its translation and meaning, `outside` those that stand outside a
    scale. `joined` parts several answers in one cell. `covers` are the words that keep a line back.
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
    covers: list[str]


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

    `row` is its row in the sheet, and `number` what people call it by: to the room the lines are
    numbered one after the other, since a gap would tell of a line that it does not see. `held` are
    the columns whose answer is covered, `fixed` those that the form has printed. `kept` says
    whether the line was kept back here: it stays in its place, and says no more than whose it is.
    """

    name: str
    row: int | None
    number: int | None
    held: list[str]
    fixed: list[str]
    wrong: Cells
    cells: Cells
    kept: bool


class Undone(TypedDict):
    """Where the cursor goes after something was undone or done again; `number` counts these."""

    number: int
    line: str
    column: str


NOTHING_UNDONE: Undone = {"number": 0, "line": "", "column": ""}


class TableState(TypedDict):
    """The lines of a table; what each reference may point to, by column; and what is wrong in all.

    `removed` says whether a removed line can be put back.
    """

    lines: list[LineState]
    options: dict[str, list[list[str]]]
    removed: bool
    notes: list[str]
    undone: Undone


class GridState:
    """What one reader's grid is sent of one table.

    Attributes:
        columns: The columns that this reader types.
    """

    def __init__(self, partnership: Partnership, table: Table, reader: str):
        self._partnership, self._table = partnership, table
        self.columns = [column for column in table.columns if _is_shown(column, reader)]
        self._names = [column.name for column in self.columns]
        self._required = {column.name for column in self.columns if column.required}
        self._printed = [name for name in self._names if name in form_rows.printed(table)]
        self._ticks = _guarded(self.columns)
        self._covers: list[str] = []
        if reader == ROOM and (table.views or table.name == CONSENTS):
            self._covers = [column.name for column in self.columns if _is_answer(column, table)]
        self._everybody_may_see = (
            paths.is_example(place_of(partnership))
            and partnership.mode == OPEN
            and table.name != CONSENTS
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
            "columns": [_column(column, self._reader) for column in self.columns],
        }

    def state(
        self,
        seen: Partnership,
        lines: Sequence[Line],
        typed: Typed,
        begun: Set[str],
        removed: bool,
        kept: Set[str] = frozenset(),
        undone: Undone | None = None,
        notes: Sequence[str] = (),
    ) -> TableState:
        """What the grid shows now.

        Args:
            seen: The partnership as the reader sees it; references point to its rows.
            lines: The lines of the table, in their order.
            typed: The cells that were typed since the grid was opened; these are never covered.
            begun: The names of the lines that became rows since then.
            removed: Whether a removed line can be put back.
            kept: The names of the lines that were kept back here.
            undone: Where something was undone or done again last.
            notes: More sentences to stand below the table.
        """
        texts, wrong, numbers = self.texts(), self._wrong(), self._numbers(lines)
        if self._reader == ROOM:
            texts = self._without_hidden(seen, lines, texts, typed)
            texts = self._without_untold(lines, texts, typed)
            rows = [line.row for line in lines if line.name not in kept]
            wrong = self._wrong_to_the_room(seen, texts, wrong, rows, numbers)
        before = [line for line in lines if line.row is not None and line.name not in begun]
        forms = {_form(line) for line in before}
        states: list[LineState] = []
        for line in lines:
            if line.name in kept:
                states.append(self._kept_back(line, numbers))
                continue
            cells, told = line.cells, {}
            if line.row is not None:
                cells, told = texts.get(line.row, line.cells), wrong.get(line.row, {})
            whole = line.name not in begun and self._is_of(forms, line)
            covered = self._covered(line, cells, typed, whole)
            states.append(self._line(line, numbers, cells, told, typed, covered))
        return {
            "lines": states,
            "options": self._options(seen),
            "removed": removed,
            "notes": [*wrong.get(None, {}).values(), *self._moved(), *notes],
            "undone": undone or NOTHING_UNDONE,
        }

    def _numbers(self, lines: Sequence[Line]) -> dict[int | None, int]:
        """What each row of the sheet is called by, as this reader counts; the headings are 1."""
        rows = sorted(line.row for line in lines if line.row is not None)
        return {row: at if self._reader == ROOM else row for at, row in enumerate(rows, start=2)}

    def _kept_back(self, line: Line, numbers: Mapping[int | None, int]) -> LineState:
        """A line that was kept back here: whose it is, and nothing that was typed in it."""
        cells = dict.fromkeys(self._names, "")
        for name in self._names:
            if name == "partner" or name in self._printed:
                cells[name] = line.cells.get(name, "")
        return {
            "name": line.name,
            "row": line.row,
            "number": numbers.get(line.row),
            "held": [],
            "fixed": [],
            "wrong": {},
            "cells": cells,
            "kept": True,
        }

    def _moved(self) -> list[str]:
        """What the facilitator is told of rows that have had to give up their code."""
        return [] if self._reader == ROOM else moved.sentences(self._partnership, self._table.name)

    def words(self, state: TableState) -> pd.DataFrame:
        """What is typed, as the words that people read.

        Args:
            state: What `state` gave.

        Returns:
            One row a typed line; the columns are headed by their labels, without those in which
            nothing stands, and those beside the short form of which nothing is seen.
        """
        lines = [line for line in state["lines"] if line["row"] is not None]
        there = [
            column
            for column in self.columns
            if column.core or any(line["cells"][column.name] for line in lines)
        ]
        texts = {tr(column.label): _answers(column, lines) for column in there}
        filled = {label: answers for label, answers in texts.items() if any(answers)}
        return pd.DataFrame(filled, dtype=object)

    def texts(self) -> Rows:
        """The rows as they are written to a file: what was read well in the schema's own words.

        In the room it does not show that a row which is kept back is called as another one is.
        """
        p, name = self._partnership, self._table.name
        sheet = sheet_of(p, name)
        if name in p.sheets:
            sheet = p.as_written(name, guessed=self._reader == ROOM)
        return self._memo.get("texts", (sheet,), lambda: rows_of(sheet))

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
        target, frame = TABLES[kind.table], p[kind.table]
        key = target.by_name[target.key[0]]
        prefix = getattr(key.kind, "prefix", "")
        return self._memo.get(
            ("target", kind, p.reader),
            (spoken(), frame),
            lambda: target_of(kind, frame, None, key.name, target.naming, prefix),
        )

    def _resolver(self, kind: Ref, p: Partnership) -> Resolver:
        """Reads the cells of a reference, each text once as long as the same may be written."""
        known = self._known(p, kind).known
        return self._memo.get(
            ("resolver", kind, p.reader),
            (tuple(known.items()),),
            lambda: cache(partial(kind.resolve, known=known)),
        )

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
            if not hidden:
                continue
            resolve = self._resolver(kind, self._partnership)
            for line in lines:
                if line.row is None or line.row not in texts:
                    continue
                text = texts[line.row].get(column.name, "")
                parts = [part for part, _code in resolve(text)]
                left = [part for part in parts if plain(part) not in hidden]
                if left != parts:
                    told = ", ".join(left)
                    if (line.name, column.name) in typed:  # as typed, not what it stands for
                        told = line.cells.get(column.name, "")
                    found[line.row] = found[line.row] | {column.name: told}
        return found

    def _without_untold(self, lines: Sequence[Line], texts: Rows, typed: Typed) -> Rows:
        """The rows of a table written together without words that the room is not told.

        They are those that stand outside a scale, and guarded ones that are not freed; what the
        room has typed stays. To cover them would tell: an empty cell is not covered.
        """
        found = dict(texts)
        for column in () if self._table.views else self.columns:
            outside, guarded = outside_words(column), guarded_words(column)
            for line in lines if outside or guarded else ():
                cells = found.get(line.row, {}) if line.row is not None else {}
                freed = SHARE.counts_as(cells.get("share", "")) == SHARE_ROOM
                said = cells.get(column.name)
                kept_back = said in outside or (said in guarded and not freed)
                if line.row is not None and kept_back and (line.name, column.name) not in typed:
                    found[line.row] = cells | {column.name: ""}
        return found

    def _wrong_to_the_room(
        self,
        seen: Partnership,
        texts: Rows,
        wrong: Wrong,
        rows: Sequence[int | None],
        numbers: Mapping[int | None, int],
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
            target, resolve = self._known(seen, kind), self._resolver(kind, seen)
            for row in rows:
                text = texts.get(row, {}).get(column.name, "") if row is not None else ""
                found.get(row, {}).pop(column.name, None)
                astray = [part for part, code in resolve(text) if not code]
                if lost := target.why_lost(astray) if astray else []:
                    told = unreadable(self._table.name, row, column.name, *lost[0]).sentence
                    found.setdefault(row, {})[column.name] = told
        for problem in self._partnership.problems:
            if problem.table == self._table.name and problem.same_as is not None:
                sentence = tr("This cannot be read. Look at it in the facilitator's own view.")
                if problem.same_as in rows:
                    sentence = stands_already(problem.found, numbers[problem.same_as])
                found.setdefault(problem.row, {})[problem.column] = sentence
            if problem.table == self._table.name and problem.beside:
                found.get(problem.row, {}).pop(problem.column, None)
                if above := [row for row in problem.beside if row in rows]:
                    ask = is_about_the_same if self._table.subject else has_the_same_code
                    sentence = ask(problem.found, numbers[above[0]])
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

    def _line(
        self,
        line: Line,
        numbers: Mapping[int | None, int],
        texts: Cells,
        wrong: Cells,
        typed: Typed,
        covered: Set[str],
    ) -> LineState:
        held = set() if self._everybody_may_see else set(covered)
        untold = {name for name in self._untold() if (line.name, name) not in typed}
        held |= {name for name in untold & self._required if texts.get(name, "").strip()}
        covered = set(covered) | untold
        shown = set(self._names) - (untold - held)
        sentences = {name: text for name, text in wrong.items() if name in shown}
        for name in held & sentences.keys():  # the sentence quotes what is covered
            sentences[name] = tr("This cannot be read. Look at it in the facilitator's own view.")
        fixed = []
        for name in self._printed:
            if texts.get(name) and name not in sentences and (line.name, name) not in typed:
                fixed.append(name)
        return {
            "name": line.name,
            "row": line.row,
            "number": numbers.get(line.row),
            "held": sorted(held),
            "fixed": fixed,
            "wrong": sentences,
            "cells": {name: "" if name in covered else texts.get(name, "") for name in self._names},
            "kept": False,
        }

    def _untold(self) -> set[str]:
        """The columns that the room does not see where answers are confidential and few are asked.

        One that has to be filled in is covered; of another that would tell something.
        """
        columns = UNTOLD_AMONG_FEW.get(self._table.name, ())
        among_few = bool(columns) and self._reader == ROOM and self._partnership.few_and_held
        return set(columns) if among_few else set()

    def _is_of(self, forms: Set[str], line: Line) -> bool:
        """Whether a line is of a form that was typed before the grid was opened.

        The ticks for the wall are on every form: who has no line there may have ticked nothing.
        """
        return bool(forms) if self._table.name == CONSENTS else _form(line) in forms

    def _covered(self, line: Line, texts: Cells, typed: Typed, whole: bool) -> set[str]:
        """The columns of a line whose answer was there before and stays out of the room's sight.

        In the room nobody reads from a grid what one partner answered, whether it left a box empty,
        or with whom it shares a line: of a form that was typed before, empty boxes are covered too.
        In a worked example that is open the room reads all, but for what is guarded, with every
        tick beside it.
        """
        columns = [name for name in self._covers if (line.name, name) not in typed]
        there = {name for name in columns if texts.get(name, "").strip()}
        if not self._everybody_may_see:
            return set(columns) if whole else there
        there &= self._ticks.keys()
        guarded = any(texts[name] in self._ticks[name] for name in there)
        return there if guarded and not self._is_freed(line.row) else set()

    def _is_freed(self, row: int | None) -> bool:
        """Whether a row counts as marked for the room, which what is typed there may not say."""
        frame = self._partnership[self._table.name]
        return "share" in frame and row in frame.index[frame["share"] == SHARE_ROOM]

    def is_about_what_is_seen(self, seen: Partnership, cells: Cells) -> bool:
        """Whether the form of a partner has printed this line, as far as the reader sees it.

        Args:
            seen: The partnership as the reader sees it.
            cells: The texts of a row of answers.
        """
        for name in self._printed:
            kind, text = self._table.by_name[name].kind, cells.get(name, "")
            if isinstance(kind, Ref):
                found = kind.resolve(text, self._known(seen, kind).known)
                known = bool(found) and all(code for _part, code in found)
            else:  # what somebody has worded itself may be what is kept back
                known = isinstance(kind, Choice) and text in kind.texts
            if not known:
                return False
        return not cells.get("respondent", "").strip()


def _is_shown(column: Column, reader: str) -> bool:
    return column.name not in NOBODY_TYPES and (reader != ROOM or column.share == SHARE_ROOM)


def _is_answer(column: Column, table: Table) -> bool:
    """Whether a partner fills it in on its form, beside what the form has printed."""
    return column.name not in table.key and not isinstance(column.kind, Ref)


def _form(line: Line) -> str:
    """Whose form a line is on."""
    return plain(line.cells.get("partner", ""))


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
        found.append(tr("covered") if covered else column.kind.shown(text))
    return found


def _column(column: Column, reader: str) -> ColumnShape:
    kind = column.kind
    outside = getattr(kind, "outside", ())
    return {
        "name": column.name,
        "label": tr(column.label),
        "help": tr(column.help),
        "control": _control(kind),
        "words": _described(kind),
        "outside": [[word, kind.shown(word)] for word in outside],
        "core": column.core,
        "tick": isinstance(kind, Choice) and not isinstance(kind, Ticks),
        "asked": not column.given and not getattr(kind, "prefix", ""),
        "short": column.name == "respondent",
        "joined": "; " if isinstance(kind, Ticks) else ", ",
        "private": column.share != SHARE_ROOM,
        "covers": _covering(column) if reader == ROOM else [],
    }


def _covering(column: Column) -> list[str]:
    """The words of a column that keep a line back from the room."""
    if column.name != "share" or not isinstance(column.kind, Choice):
        return []
    return [word for word in column.kind.everything if word != SHARE_ROOM]


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
