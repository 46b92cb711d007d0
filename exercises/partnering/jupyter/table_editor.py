"""A table while it is being typed: what becomes of what is typed or pasted in a grid.

Knows no Jupyter. Only what somebody has typed reaches the sheet; see `table_lines` for the lines
that wait, and `grid_state` for what the browser is sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypedDict

import pandas as pd

from partnering.jupyter import form_rows, paste, table_lines
from partnering.jupyter.grid_state import (
    NOBODY_TYPES,
    NOTHING_UNDONE,
    GridState,
    TableShape,
    TableState,
    Typed,
    Undone,
)
from partnering.jupyter.table_lines import Cells, Line, Rows
from partnering.language import tr, trn
from partnering.memo import Memo
from partnering.partnership import ROOM, Partnership, recode
from partnering.results import ResultTable
from partnering.schema import answer_rows
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_ROOM
from partnering.schema.scales import SHARE
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES


@dataclass(frozen=True)
class Part:
    """The part of a table that a grid shows.

    Attributes:
        where: By column what may stand there; the first of it stands in a new line.
        begins: What else stands in a new line before anybody types, by column.
    """

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    begins: Mapping[str, str] = field(default_factory=dict)


class Edit(TypedDict, total=False):
    """One thing that somebody did in a grid, as `grid.js` sends it.

    It holds one of:

    - `set`: texts by column, with the `line` they were typed in; and, for a line that is not known
      here yet, the texts with which it `begins`.
    - `paste`: a block from a spreadsheet, with the `line` and `column` where it was put and the
      names of the `columns` in sight.
    - `remove`: the name of a line.
    - `restore`: true, to put the line back that was removed last.
    - `add`: the name of a new line.
    - `undo` or `redo`: true, to take back what was set, pasted or removed last, or to do it again.
    """

    table: str
    line: str
    set: Mapping[str, str]
    begins: Mapping[str, str]
    paste: str
    column: str
    columns: Sequence[str]
    remove: str
    restore: bool
    add: str
    undo: bool
    redo: bool


@dataclass
class Step:
    """What one edit has changed, so that it can be undone and done again.

    Attributes:
        texts: What stood in a cell before and after, by the names of its line and column.
        typed: Those of these cells that were typed for the first time: undone, they are covered
            again where they were covered.
        removed: The line that was taken out, with its texts; None where none was.
    """

    texts: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    typed: Typed = field(default_factory=set)
    removed: tuple[Line, Cells] | None = None


def as_typed(
    partnership: Partnership, table: Table, reader: str, part: Part | None = None
) -> ResultTable:
    """What is typed in a table, as a plain table for a page of the handbook.

    Args:
        partnership: The whole partnership.
        table: The table.
        reader: "room" or "mine"; only what this reader may see is shown.
        part: The part of the table that is shown, where it is not the whole.
    """
    editor = TableEditor(partnership, table, reader, part=part)
    caption = tr("{table}, as it is typed").format(table=tr(table.label))
    return ResultTable(caption, editor.plain(partnership.for_reader(reader)))


class TableEditor:
    """One table of a partnership as one reader types it.

    It changes no partnership: `apply` gives the sheet that comes of what was typed, whoever calls
    it puts that in place, and `look` then brings the lines up to date.

    Attributes:
        partnership: The whole partnership.
        table: The table that is typed.
        reader: "room" or "mine".
        columns: The columns that this reader types.
        lines: The lines in the order in which they are shown.
    """

    def __init__(
        self,
        partnership: Partnership,
        table: Table,
        reader: str,
        seen: Partnership | None = None,
        part: Part | None = None,
    ):
        self.partnership, self.table, self.reader = partnership, table, reader
        self._part = part or Part()
        self._grid_state = GridState(partnership, table, reader)
        self.columns = self._grid_state.columns
        self.lines: list[Line] = []
        self._typed: Typed = set()  # what was typed since this was opened stays in sight
        # names of lines that have become rows: the next line that waits has another
        self._begun: set[str] = set()
        self._added: list[Line] = []  # lines that were asked for and wait
        self._removed: list[Cells] = []  # the last one can be put back
        self._kept: set[str] = set()  # names of lines that were kept back here, and stay in place
        self._done: list[Step] = []  # what can be undone, the last one first
        self._undone: list[Step] = []  # what can be done again
        self._step = Step()  # what the edit that is being done changes
        self._went: Undone = NOTHING_UNDONE
        self._told: list[str] = []  # sentences about the last edits
        self._number = count(1)
        self._sheet: pd.DataFrame | None = None  # to which the rows of the lines belong
        self._memo = Memo()
        # the new codes of rows that are kept back, by the old ones, since `apply` was called last
        self.moved: dict[str, str] = {}
        self.gave_way: dict[str, str] = {}  # those of them whose code the room has typed
        self.look(seen or partnership.for_reader(reader))

    @property
    def sheet(self) -> pd.DataFrame:
        """What is typed so far; the handbook's own list where nobody has edited it."""
        return table_lines.sheet_of(self.partnership, self.table.name)

    # ---------------------------------------------------------------- what is there

    def look(self, seen: Partnership) -> None:
        """Bring the lines up to date with the sheet, which may have been changed elsewhere.

        Args:
            seen: The partnership as the reader sees it now.
        """
        self._seen = seen
        rows = self._rows()
        self._follow_sheet(rows)
        shown = self._in_place(rows)
        typed: dict[int, Line] = {}
        for line in self.lines:
            if line.row is not None and line.row in shown:
                typed[line.row] = line
        for row, cells in shown.items():
            if row not in typed:
                typed[row] = Line(self._new_name(), row)
            typed[row].cells = dict(cells)
        self.lines = [*typed.values(), *self._waiting(rows)]
        place = form_rows.places(seen, self.table)
        read = self._grid_state.texts()

        def in_order(line: Line) -> tuple[int, ...]:
            cells = read.get(line.row, line.cells) if line.row is not None else line.cells
            return (*place(cells), line.row is None, line.row or 0)

        self.lines.sort(key=in_order)

    def apply(self, edits: Sequence[Edit]) -> pd.DataFrame | None:
        """What somebody did in the grid, put into the sheet.

        Args:
            edits: What was done, in its order. What makes no sense here is left out.

        Returns:
            The sheet as it is then, under the same row numbers; None where nothing has changed.
        """
        before, self.moved, self.gave_way, self._told = self._rows(), {}, {}, []
        self._follow_sheet(before)
        rows = {row: dict(cells) for row, cells in before.items()}
        hidden = before.keys() - self._visible(before).keys()
        for edit in edits:
            self._do(edit, rows)
        if rows == before:
            return None
        self._keep_in_place(before, rows)
        self.moved = self._move_kept_back(before, rows, hidden)
        for row in rows:
            if rows[row] == before.get(row):
                rows[row] = recode.cells(rows[row], self.table, self.moved, self.sheet)
        made = answer_rows.keep(self._sheet_from(rows), self.sheet)
        self._sheet = made
        return made

    def _move_kept_back(self, before: Rows, rows: Rows, hidden: Collection[int]) -> dict[str, str]:
        """Give rows that are kept back a code of their own series, where a number would tell.

        These are rows that the reader does not see and whose code was typed for another row, and
        new ones that were marked before anybody could have said their number aloud. One that is
        free now gets the next number.

        Args:
            before: The rows as they were.
            rows: The rows as they are now; their codes are changed here.
            hidden: The rows that the reader does not see.

        Returns:
            The new codes of rows that others may refer to, by the old ones.
        """
        if not recode.prefix_of(self.table):
            return {}
        key, moved = self.table.key[0], {}
        taken = {plain(cells.get(key, "")) for row, cells in rows.items() if row not in hidden}
        new = {line.row: line for line in self.lines if line.name in self._begun}

        def codes() -> list[str]:
            return [other.get(key, "") for other in rows.values()]

        for row, cells in rows.items():
            old, line = cells.get(key, ""), new.get(row)
            if not old.strip():
                continue  # without a code no other row can name it
            just_marked = (
                line is not None
                and old == line.begins.get(key)
                and recode.is_kept_back(self.table, cells.get("share", ""))
            )
            if (row in hidden and plain(old) in taken) or (just_marked and row not in hidden):
                cells[key] = moved[old] = recode.free_in_series(self.table, codes())
                if row in hidden:
                    self.gave_way[old] = moved[old]
            elif recode.is_in_series(self.table, old) and self._is_freed(before.get(row), cells):
                cells[key] = moved[old] = recode.next_number(self.table, codes())
        return moved

    def _is_freed(self, before: Cells | None, now: Cells) -> bool:
        """Whether a row was kept back and is not any more."""
        was, now_is = (
            recode.is_kept_back(self.table, cells.get("share", "")) for cells in (before or {}, now)
        )
        return was and not now_is

    def shape(self) -> TableShape:
        """What the grid is sent once: the table and its columns, in the language of the room."""
        return self._grid_state.shape()

    def state(self, seen: Partnership) -> TableState:
        """What the grid shows now: the lines, what is wrong in them, and what they may refer to.

        Args:
            seen: The partnership as the reader sees it.
        """
        return self._grid_state.state(
            seen,
            self.lines,
            self._typed,
            self._begun,
            removed=bool(self._removed),
            kept=self._kept,
            undone=self._went,
            notes=self._told,
        )

    def plain(self, seen: Partnership) -> pd.DataFrame:
        """What is typed, in words.

        Args:
            seen: The partnership as the reader sees it.

        Returns:
            One row a typed line; the columns are headed by their labels, without those in which
            nothing stands.
        """
        return self._grid_state.words(self.state(seen))

    # ---------------------------------------------------------------- which lines there are

    def _is_asked_for(self, cells: Cells) -> bool:
        """Whether a row is one of those that are shown here."""
        return all(
            plain(cells.get(name, "")) in map(plain, texts)
            for name, texts in self._part.where.items()
        )

    @property
    def _beginning(self) -> Cells:
        """What stands in each new line."""
        where = {name: texts[0] for name, texts in self._part.where.items()}
        return where | dict(self._part.begins)

    def _rows(self) -> Rows:
        """The rows of the sheet; nobody changes them."""
        sheet = self.sheet
        return self._memo.get("rows", (sheet,), lambda: table_lines.rows_of(sheet))

    def _follow_sheet(self, rows: Rows) -> None:
        """Tie the lines to the rows of the sheet, where it is another than before."""
        sheet = self.sheet
        if sheet is not self._sheet:
            self.lines = table_lines.match(self.lines, rows, list(sheet.columns))
            self._sheet = sheet

    def _visible(self, rows: Rows) -> Rows:
        """The rows that the reader sees.

        In the room these are the rows that are not kept back; and of the others, where nothing in
        them says that they are private, those that were typed here or cannot be read yet. A line of
        a partner's ticks is there in any case, covered as all of them are: one that is missing
        would tell what its partner keeps back.
        """
        if self._part.where:
            rows = {row: cells for row, cells in rows.items() if self._is_asked_for(cells)}
        if self.reader != ROOM:
            return rows
        free = set(self.partnership.for_the_wall().get(self.table.name, ()))
        read = set(self.partnership[self.table.name].index)
        names = {name for name, _ in self._typed}
        typed = {line.row for line in self.lines if line.name in names}
        found: Rows = {}
        for row, cells in rows.items():
            shown = row in free or (_is_open(cells) and (row in typed or row not in read))
            if shown or (
                self.table.views and self._grid_state.is_about_what_is_seen(self._seen, cells)
            ):
                found[row] = cells
        return found

    def _keep_in_place(self, before: Rows, rows: Rows) -> None:
        """Let lines stay where they are that were kept back just now, by what was typed here.

        Without them the cursor would stand in a line of somebody else, and nobody would know
        whether the answer was saved.
        """
        if self.reader != ROOM:
            return
        for line in self.lines:
            if line.row is not None and line.row in rows and not _is_open(rows[line.row]):
                was_open = line.row not in before or _is_open(before[line.row])
                if was_open:
                    self._kept.add(line.name)

    def _in_place(self, rows: Rows) -> Rows:
        """The rows that the reader sees, and those that were kept back here and are covered."""
        found = self._visible(rows)
        for line in self.lines:
            if line.name not in self._kept:
                continue
            if line.row in rows and not _is_open(rows[line.row]):
                found[line.row] = rows[line.row]
            else:  # it was freed, or is gone
                self._kept.discard(line.name)
        return found

    def _waiting(self, rows: Rows) -> list[Line]:
        """The lines that wait to be typed: those of the forms, and those that were added."""
        used = {line.name for line in self.lines if line.row is not None}
        if form_rows.grows(self.table):
            used |= self._begun
        added = [line for line in self._added if line.row is None and line.name not in used]
        read = self._grid_state.texts()
        # a line that does not wait would tell of a row, and so would one that does
        seen = [read.get(row, cells) for row, cells in self._in_place(rows).items()]
        shown = [] if self.moved else self.lines  # a number is free again: the next line has it
        found = table_lines.waiting(self._seen, self.table, seen, shown, added, used)
        for line in found:
            line.begins, line.cells = self._beginning | line.begins, self._beginning | line.cells
        names = {line.name for line in found}
        self._added = [line for line in added if line.name not in names]
        return found + self._added

    def _new_name(self) -> str:
        return f"line-{next(self._number)}"

    # ---------------------------------------------------------------- what is typed into them

    def _do(self, edit: Edit, rows: Rows) -> None:
        if "undo" in edit or "redo" in edit:
            self._go_back(rows, forth="redo" in edit)
            return
        self._step = Step()
        if not self._change(edit, rows):
            return
        self._done.append(self._step)
        self._undone.clear()

    def _change(self, edit: Edit, rows: Rows) -> bool:
        """Do one edit; whether it is of those that can be undone, whatever came of it."""
        by_name = {line.name: line for line in self.lines}
        if "set" in edit:
            if self.table.upright:  # there is but one
                line = self.lines[0]
            elif edit["line"] in by_name:
                line = by_name[edit["line"]]
            else:  # the grid was faster, or the row was removed elsewhere: nothing typed is lost
                line = self._add(rows, edit["line"], edit.get("begins", {}))
            self._set(line, edit["set"], rows)
        elif "paste" in edit:
            self._paste(edit, rows)
        elif "remove" in edit:
            if edit["remove"] in by_name:
                self._remove(by_name[edit["remove"]], rows)
        else:
            if "restore" in edit and self._removed:
                rows[_next_row(rows)] = self._removed.pop()
            elif "add" in edit:
                self._add(rows, edit["add"])
            return False
        return True

    # ---------------------------------------------------------------- undone, and done again

    def _go_back(self, rows: Rows, forth: bool) -> None:
        """Undo the last edit, or do again what was undone last.

        A cell that somebody has changed since stays as it is now, and a sentence says so.
        """
        steps, others = (self._undone, self._done) if forth else (self._done, self._undone)
        if not steps:
            return
        step = steps.pop()
        others.append(step)
        self._step = Step()  # going back is no step of its own
        wanted: dict[str, dict[str, str]] = {}
        changed = False
        lines = {line.name: line for line in self.lines}
        for (name, column), (before, after) in step.texts.items():
            there, then = (before, after) if forth else (after, before)
            line = lines.get(name)
            if line is None and forth:
                line = lines[name] = self._add(rows, name)
            now = self._text(line, column, rows) if line is not None else None
            if now == there or plain(now or "") == plain(there):
                wanted.setdefault(name, {})[column] = then
                self._point_to(name, column)
            elif now != then:
                changed = True
        for name, texts in wanted.items():
            self._set(lines[name], texts, rows)
        if not forth:
            self._typed -= step.typed
        if step.removed is not None:
            self._take_out_again(step.removed, rows) if forth else self._bring_in(step, rows)
        if changed:
            self._told.append(
                tr("This cannot be undone: what is there was changed elsewhere since.")
            )

    def _point_to(self, line: str, column: str) -> None:
        self._went = {"number": self._went["number"] + 1, "line": line, "column": column}

    def _text(self, line: Line, column: str, rows: Rows) -> str:
        """What stands in a cell now."""
        if line.row is not None and line.row in rows:
            return rows[line.row].get(column, "")
        return line.cells.get(column, "")

    def _bring_in(self, step: Step, rows: Rows) -> None:
        """Put a line back that was taken out, at its number where that is free."""
        assert step.removed is not None
        line, cells = step.removed
        left = [one for one in self._removed if one is not cells]
        if len(left) == len(self._removed):
            return  # the button below the table has put it back already
        self._removed = left
        row = line.row if line.row is not None and line.row not in rows else _next_row(rows)
        rows[row] = cells
        for number in sorted(rows):  # in its place among the others
            rows[number] = rows.pop(number)
        line.row = row
        self.lines.append(line)
        self._point_to(line.name, next(iter(cells), ""))

    def _take_out_again(self, removed: tuple[Line, Cells], rows: Rows) -> None:
        line = next((one for one in self.lines if one.name == removed[0].name), None)
        if line is not None:
            self._remove(line, rows)

    def _set(self, line: Line, texts: Mapping[str, str], rows: Rows) -> None:
        """Put texts in a line. It becomes a row with its first word, and waits again without."""
        known = {name: whole(text) for name, text in texts.items() if name in self.table.by_name}
        if any(known[name] != texts[name] for name in known):
            self._told.append(tr("A damaged character was taken out: it cannot be saved."))
        for name, text in known.items():
            cell = line.name, name
            first = self._text(line, name, rows)
            self._step.texts[cell] = self._step.texts.get(cell, (first, ""))[0], text
            if cell not in self._typed:
                self._step.typed.add(cell)
        line.cells |= known
        self._typed |= {(line.name, name) for name in known}
        if _is_blank(line):
            if line.row is not None:
                rows.pop(line.row, None)
                line.row = None
                self._begun.discard(line.name)
        elif line.row is None:
            line.row = 2 if self.table.upright else _next_row(rows)
            self._begun.add(line.name)
            rows[line.row] = dict(line.cells)
        else:
            rows[line.row] = rows.get(line.row, {}) | known

    def _remove(self, line: Line, rows: Rows) -> None:
        """Take a line out; its row can be put back."""
        if line.row is not None and line.row in rows:
            cells = rows.pop(line.row)
            self._removed.append(cells)
            self._step.removed = line, cells
        self._added = [other for other in self._added if other is not line]
        self.lines.remove(line)

    def _add(self, rows: Rows, name: str = "", begins: Mapping[str, str] | None = None) -> Line:
        """One more line at the end, with the next free code where the table has codes."""
        waiting = [line.cells for line in self.lines if line.row is None]
        coded = self._visible(rows).values()
        first = form_rows.next_code(self._seen, self.table, [*coded, *waiting])
        for column, text in (begins or {}).items():
            if text and column in self.table.by_name:
                first[column] = text
        first = self._beginning | first
        line = Line(name or self._new_name(), None, first, dict(first))
        self.lines.append(line)
        self._added.append(line)
        return line

    def _paste(self, edit: Edit, rows: Rows) -> None:
        """Put a block from a spreadsheet in place, from one cell on to the right and downwards."""
        if paste.is_too_large(edit["paste"]):
            self._told.append(
                tr(
                    "Nothing was pasted: {most} lines at most go in at once. Copy fewer lines, or "
                    "merge the file."
                ).format(most=paste.MOST_LINES)
            )
            return
        block, first = paste.block(edit["paste"]), edit["column"]
        columns = [name for name in edit.get("columns", ()) if name in self.table.by_name]
        columns = columns or [column.name for column in self.columns]
        if self.table.upright:
            found = paste.downwards(block, self.table, columns, first)
            for texts in found.lines:
                self._set(self.lines[0], texts, rows)
        else:
            found = paste.placed(block, self.table, columns, first)
            self._paste_lines(edit["line"], found.lines, rows)
        self._told += found.told

    def _paste_lines(self, first: str, lines: Sequence[Mapping[str, str]], rows: Rows) -> None:
        """Put pasted lines into those from one on, but into no line of another partner."""
        below = self._from(first)
        whose = below[0].cells.get("partner", "") if below else ""
        for at, texts in enumerate(lines):
            line = below[at] if at < len(below) else self._add(rows)
            other = line.cells.get("partner", "")
            if "partner" not in texts and at and plain(other) not in ("", plain(whose)):
                self._told.append(_of_another(other, len(lines) - at))
                return
            self._set(line, texts, rows)

    def _from(self, name: str) -> list[Line]:
        """The line of this name and those below it."""
        for at, line in enumerate(self.lines):
            if line.name == name:
                return self.lines[at:]
        return []

    def _sheet_from(self, rows: Rows) -> pd.DataFrame:
        """A sheet of these rows: the columns that are there and those typed in, in their order."""
        table, columns = TABLES[self.table.name], self.sheet.columns  # with what is not offered
        used = set(columns)
        for cells in rows.values():
            used |= set(cells)
        if not len(columns):
            core = (column.name for column in table.columns if column.core)
            used |= {name for name in core if name not in NOBODY_TYPES}
        texts = {}
        for name in dict.fromkeys([*table.by_name, *columns]):
            if name in used:
                texts[name] = [cells.get(name, "") for cells in rows.values()]
        return pd.DataFrame(texts, index=list(rows), dtype="str")


def _is_open(cells: Cells) -> bool:
    """Whether nothing in a row says that it is not for the room."""
    share = cells.get("share", "").strip()
    shared = not share or SHARE.counts_as(share) == SHARE_ROOM
    return shared and not cells.get("respondent", "").strip()


def _is_blank(line: Line) -> bool:
    """Whether nothing stands in a line but what it began with."""
    for name, text in line.cells.items():
        if text.strip() and text != line.begins.get(name, ""):
            return False
    return True


def whole(text: str) -> str:
    """A text without halves of signs, which some keyboards and programs leave behind."""
    return text.encode("utf-8", "ignore").decode()


def _of_another(partner: str, count: int) -> str:
    """That pasted lines were left out, since they would have gone to another partner."""
    sentence = trn(
        "The lines of {partner} begin here, so the last line was not pasted. Paste it where it "
        "belongs.",
        "The lines of {partner} begin here, so the last {count} lines were not pasted. Paste them "
        "where they belong.",
        count,
    )
    return sentence.format(partner=partner, count=count)


def _next_row(rows: Rows) -> int:
    """The number of the next row of a sheet; the first, below the headings, is 2."""
    return max([*rows, 1]) + 1
