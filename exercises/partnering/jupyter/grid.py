"""The grid in Jupyter: tables to type into, tied to a working copy. `script/grid.js` draws it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

import anywidget
import pandas as pd
import traitlets

from partnering.jupyter import form_rows, grid_script, kept_off
from partnering.jupyter.grid_state import TableShape, TableState
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.table_editor import Edit, Part, TableEditor
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.partnership import MINE, ROOM, Partnership, recode
from partnering.results import tokens
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_ROOM
from partnering.schema.spelling import plain
from partnering.storage import atomic, paths, reported
from partnering.storage import moved as given_up

HERE = Path(__file__).parent


class Message(TypedDict, total=False):
    """What `grid.js` sends.

    `kind` is "do" with `doings`, what was done in the tables; "open" and "close", when the button
    is clicked; or "mine" with the `text` that was written to see what the room does not. Doings
    have a running `number`, and say for which `opened` of the grid they are meant.
    """

    kind: str
    number: int
    opened: int
    doings: Sequence[Edit]
    text: str


class Grid(anywidget.AnyWidget):
    """Some tables of one partnership, each to be typed into.

    For a partnership of one's own it is closed until somebody opens it, and no answer has left
    Python by then. In the room's view what is kept back is not sent; whoever wants to type that
    writes the word "mine".

    What the browser is sent: `words` and `shapes` do not change while people type, `states` holds
    the lines by the names of the tables, `head` what stands around them. `done` is the number of
    the last doings that were heard, `refused` are the numbers of those that were not done, since
    they were meant for what was open before; `opened` counts how often the grid began anew.
    """

    _part: Part | None = None  # the part of its table that it shows; None for all of it
    _esm = grid_script.script()
    _css = tokens.css() + (HERE / "grid.css").read_text(encoding="utf-8")
    words = traitlets.Dict().tag(sync=True)
    shapes: traitlets.List[TableShape] = traitlets.List().tag(sync=True)
    states: traitlets.Dict[str, TableState] = traitlets.Dict().tag(sync=True)
    head = traitlets.Dict().tag(sync=True)
    done = traitlets.Int(0).tag(sync=True)
    opened = traitlets.Int(0).tag(sync=True)
    refused: traitlets.List[int] = traitlets.List().tag(sync=True)

    def __init__(
        self, working_copy: WorkingCopy, tables: list[Table], reader: str, after: Callable[[], None]
    ):
        """Show tables of a partnership.

        Args:
            working_copy: What is typed is put there.
            tables: The tables, in the order in which they are shown.
            reader: "room" or "mine".
            after: Called after each edit, once it is in place; it has to see to saving.
        """
        super().__init__(words=_words())
        self._asked, self._first_reader, self._after = tables, reader, after
        self._editors: list[TableEditor] = []
        self._last_number = 0
        self.put_on(working_copy)
        self.on_msg(in_main_thread(self._heard))

    def put_on(self, working_copy: WorkingCopy) -> None:
        """Type into the partnership on this working copy from now on.

        A partnership of one's own is closed at first.
        """
        self._working_copy, self._reader = working_copy, self._first_reader
        self._show_what_is_typed = paths.is_example(working_copy.place) or self._may_begin_open()
        self._begin()

    def unfold(self) -> None:
        """Show what is typed: somebody has decided to."""
        self._show_what_is_typed = True
        self._begin()

    def update(self, seen: Mapping[str, Partnership] | None = None) -> None:
        """Bring the grid up to date.

        Args:
            seen: The partnership as each reader sees it, by reader, where that is known already.
        """
        found = (seen or {}).get(self._reader)
        if found is None:
            found = self._working_copy.partnership.for_reader(self._reader)
        if self._forgotten != self._working_copy.forgotten:
            self._begin()  # what can be undone or put back may be what somebody has taken back
            return
        with self.hold_sync():
            self.done = self._last_number
            for editor in self._editors:
                editor.look(found)
            self.states = {editor.table.name: editor.state(found) for editor in self._editors}
            self.head = self._head()

    @property
    def _tables(self) -> list[Table]:
        """The tables that are asked for, as far as this partnership is offered them."""
        return form_rows.offered(self._working_copy.partnership, self._asked)

    def tell(self) -> None:
        """Say again what is open and whether it is saved."""
        self.head = self._head()

    def __repr__(self) -> str:
        # the usual one would show answers
        return f"Grid({', '.join(table.name for table in self._asked)})"

    # ---------------------------------------------------------------- what the browser sends

    def _heard(self, _: object, message: Message, __: object) -> None:
        kind = message.get("kind")
        if kind == "do":
            self._do(message)
        elif kind == "open":
            self.unfold()
        elif kind == "close":
            self._reader, self._show_what_is_typed = self._first_reader, False
            self._begin()
        elif kind == "mine" and plain(message.get("text", "")) in (MINE, plain(tr(MINE))):
            self._reader = MINE
            self._begin()

    def _do(self, message: Message) -> None:
        """Do what was done in the grid, on what lies on the disk now, and let it be saved."""
        number = message["number"]
        if message.get("opened", self.opened) != self.opened:
            self.refused = [*self.refused, number]
            self._last_number = number
            self.update()
            return
        self._working_copy.look_round()
        changed = self._changed(message["doings"])
        self._last_number = number  # not before: an update on the way would say that it is done
        if changed:
            # the view, which follows the partnership, brings this grid up to date first
            self._working_copy.put(changed)
            self._after()
        else:
            self.update()

    def _changed(self, doings: Sequence[Edit]) -> dict[str, pd.DataFrame]:
        """The sheets that change with what was done, by the names of their tables."""
        changed: dict[str, pd.DataFrame] = {}
        moved: dict[str, Mapping[str, str]] = {}
        for editor in self._editors:
            name = editor.table.name
            edits = [edit for edit in doings if edit["table"] == name]
            sheet = editor.apply(edits) if edits else None
            if sheet is not None:
                changed[name], moved[name] = sheet, editor.moved
                with contextlib.suppress(atomic.NotSaved):  # saving what was typed says so
                    given_up.note(self._working_copy.place, name, editor.gave_way)
        for name, new in moved.items():  # other tables may name a row whose code is another now
            there = self._working_copy.partnership.sheets | changed
            others = {other: sheet for other, sheet in there.items() if other != name}
            changed |= recode.recoded(others, name, new)
            reported.recode(self._working_copy.partnership, name, new)
        return changed

    # ---------------------------------------------------------------- what the grid shows

    def _begin(self) -> None:
        """Read the tables anew for the reader who types now."""
        self._forgotten = self._working_copy.forgotten
        if self._is_kept_off():
            self._show_what_is_typed = False
        tables = self._tables if self._show_what_is_typed else []
        whole = self._working_copy.partnership
        seen = whole.for_reader(self._reader) if tables else whole
        self._editors = [
            TableEditor(whole, table, self._reader, seen, self._part) for table in tables
        ]
        with self.hold_sync():
            self.opened += 1
            self.shapes = [editor.shape() for editor in self._editors]
            self.update({self._reader: seen})

    def _head(self) -> dict[str, str | bool | list[str]]:
        """What stands around the tables: what is open, who can read it, and whether it is saved."""
        own = not paths.is_example(self._working_copy.place)
        return {
            "place": "" if self._is_kept_off() else str(self._working_copy.place),
            "open": self._show_what_is_typed,
            "mine": self._reader == MINE,
            "message": self._message(own),
            "button": self._button(own),
            "privately": self._privately(),
            "said": "" if self._is_kept_off() else self._working_copy.said,
            "trouble": self._working_copy.trouble,
            "saved": not self._working_copy.unsaved,
            "tables": [table.name for table in self._tables],
        }

    def _is_kept_off(self) -> bool:
        """Whether nothing may be typed here, since the notebook might keep it with its widgets."""
        return kept_off.is_kept_off(self._working_copy.place)

    def _may_begin_open(self) -> bool:
        """Whether a partnership of one's own is shown without a click."""
        return self._reader == MINE

    def _button(self, own: bool) -> str:
        """The label of the button that opens and closes the grid; an example stays open."""
        if self._is_kept_off():
            return ""
        if not self._show_what_is_typed:
            return self._to_begin()
        return tr("Close the table") if own or self._reader == MINE else ""

    def _to_begin(self) -> str:
        """The label of the button that opens the grid."""
        return tr("Type the answers")

    def _message(self, own: bool) -> str:
        """What is open, and who can read it."""
        if self._is_kept_off():
            return kept_off.sentence()
        if self._reader == MINE:
            return tr("The facilitator's own view. It is not for the wall.")
        if not own:
            return tr("A worked example. The first change goes to a copy of your own.")
        if not self._show_what_is_typed:
            names = (tr("“{words}”").format(words=tr(table.label)) for table in self._tables)
            return tr("To be typed here, not on the wall: {tables}").format(tables=", ".join(names))
        sentence = tr(
            "What you type can be read by whoever sees this screen. What is kept back is not shown."
        )
        if any(table.views for table in self._tables):
            covered = tr(
                "What a form said before is saved and covered, and so are the boxes it left empty: "
                "they read “covered”."
            )
            sentence += f" {covered}"
        return sentence

    def _privately(self) -> str:
        """How to get at what the room does not see, where there is any."""
        if self._is_kept_off():
            return ""
        columns = [column for table in self._tables for column in table.columns]
        hidden = [tr(column.label) for column in columns if column.share != SHARE_ROOM]
        rows = any("share" in table.by_name for table in self._tables)
        if self._reader != ROOM or not (hidden or rows):
            return ""
        what = tr("what is kept back")
        if hidden:
            names = ", ".join(dict.fromkeys(hidden))
            what = tr("what is kept back ({columns})").format(columns=names)
        if any(table.views for table in self._tables):
            what = tr("the covered ticks and {what}").format(what=what)
        return tr(
            "To see or type {what}, make sure that nobody else sees the screen and write the word "
            "{word} here:"
        ).format(what=what, word=tr(MINE))


def _words() -> dict[str, str]:
    """What the grid says, in the language of the room. In braces stands what it fills in itself."""
    return {
        "add": tr("Add a line"),
        "remove": tr("Remove"),
        "row": tr("Row"),
        "newRow": tr("new row"),
        "back": tr("Put the removed line back"),
        "full": tr("Columns of the full form"),
        "inRow": tr("row {row}"),
        "private": tr("stays with the facilitator"),
        "outside": tr("outside the scale"),
        "nothing": tr("nothing"),
        "held": tr("covered"),
        "kept": tr("kept back"),
        "keptSaved": tr("kept back, saved"),
        "whole": tr("The whole name"),
        "find": tr("a number, a code or a word"),
        "notHere": tr("This place is not shown here. Look at it in the facilitator's own view."),
        "day": tr("such as 2026-11-30"),
        "keysText": tr(
            "Enter: the line below   Shift+Enter: a new line in the cell   Tab: the next cell"
        ),
        "keysSelect": tr("Up and Down: choose   Enter: the line below   Tab: the next cell"),
        "keysTick": tr("Enter: leave it open and go on"),
        "keysMany": tr("Type numbers, codes or words to tick   Enter: open   Tab: the next cell"),
        "late": tr(
            "What you typed has not been taken over yet. If this stays, leave this page open and "
            "choose Kernel > Restart Kernel and Run All Cells: it is put in as soon as you type "
            "here again."
        ),
        "lost": tr(
            "This was not taken over. Check whether it is there, and type it again if not: {what}"
        ),
        "lostMine": tr(
            "Something that was typed in the facilitator's own view was not taken over. You are "
            "told of it, or it is put in, when you open that view here again."
        ),
    }
