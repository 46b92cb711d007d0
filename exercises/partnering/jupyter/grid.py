"""The grid in Jupyter: tables to type into, tied to a partnership on its working copy. `grid.js` draws it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.table_editor import TableEditor
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.partnership import MINE, ROOM, Partnership
from partnering.schema.check import Table
from partnering.schema.kinds import SHARE_ROOM, plain
from partnering.storage import paths

HERE = Path(__file__).parent


class Grid(anywidget.AnyWidget):
    """Some tables of one partnership, each to be typed into.

    For a partnership of one's own it is closed until somebody opens it, and no answer has left Python by then. In the
    room's view what is kept back is not sent; whoever wants to type that writes the word "mine".
    """

    _esm = HERE / "grid.js"
    _css = HERE / "grid.css"
    words = traitlets.Dict().tag(sync=True)
    shapes = traitlets.List().tag(sync=True)
    states = traitlets.Dict().tag(sync=True)
    head = traitlets.Dict().tag(sync=True)
    done = traitlets.Int(0).tag(sync=True)
    opened = traitlets.Int(0).tag(sync=True)
    refused = traitlets.List().tag(
        sync=True
    )  # the numbers of doings that were meant for what was open before

    def __init__(
        self, working_copy: WorkingCopy, tables: list[Table], reader: str, after: Callable[[], None]
    ):
        super().__init__(words=_words())
        self._working_copy, self._tables, self._first_reader, self._after = (
            working_copy,
            tables,
            reader,
            after,
        )
        self._entries: list[TableEditor] = []
        self._heard_last = 0
        self.put_on(working_copy)
        self.on_msg(in_main_thread(self._heard))

    def put_on(self, working_copy: WorkingCopy) -> None:
        """Type into the partnership on this working copy from now on; one of one's own is closed at first."""
        self._working_copy, self._reader = working_copy, self._first_reader
        self._show_what_is_typed = paths.is_example(working_copy.place) or self._may_begin_open()
        self._begin()

    def _may_begin_open(self) -> bool:
        return self._reader == MINE

    def unfold(self) -> None:
        """Show what is typed: somebody has decided to."""
        self._show_what_is_typed = True
        self._begin()

    def update(self, seen: dict[str, Partnership] | None = None) -> None:
        """Bring the grid up to date; `seen` holds the partnership as each reader sees it, where that is known."""
        found = (seen or {}).get(self._reader) or self._working_copy.partnership.for_reader(
            self._reader
        )
        with self.hold_sync():
            self.done = self._heard_last
            for entry in self._entries:
                entry.look(found)
            self.states = {entry.table.name: entry.state(found) for entry in self._entries}
            self.head = self._head()

    def tell(self) -> None:
        """Say again what is open and whether it is saved."""
        self.head = self._head()

    def __repr__(self) -> str:
        return f"Grid({', '.join(table.name for table in self._tables)})"  # the usual one would tell answers

    # ---------------------------------------------------------------- what Python hears

    def _heard(self, _, heard: dict, __) -> None:
        kind = heard.get("kind")
        if kind == "do":
            self._do(heard)
        elif kind == "open":
            self.unfold()
        elif kind == "close":
            self._reader, self._show_what_is_typed = self._first_reader, False
            self._begin()
        elif kind == "mine" and plain(heard.get("text", "")) in (MINE, plain(tr(MINE))):
            self._reader = MINE
            self._begin()

    def _do(self, heard: dict) -> None:
        """Do what was done in the grid, on what lies on the disk now; whoever follows is told, then it is saved."""
        if heard.get("opened", self.opened) != self.opened:
            self.refused = [*self.refused, heard["number"]]
            self._heard_last = heard["number"]
            self.update()
            return
        self._working_copy.look_round()
        changed = {}
        for entry in self._entries:
            doings = [doing for doing in heard["doings"] if doing["table"] == entry.table.name]
            sheet = entry.apply(doings) if doings else None
            if sheet is not None:
                changed[entry.table.name] = sheet
        self._heard_last = heard["number"]
        if changed:
            self._working_copy.put(
                changed
            )  # the view, which follows the partnership, brings this grid up to date first
            self._after()
        else:
            self.update()

    # ---------------------------------------------------------------- what the grid shows

    def _begin(self) -> None:
        """Read the tables anew for the reader who types now."""
        tables = self._tables if self._show_what_is_typed else []
        whole = self._working_copy.partnership
        seen = whole.for_reader(self._reader) if tables else whole
        self._entries = [TableEditor(whole, table, self._reader, seen) for table in tables]
        with self.hold_sync():
            self.opened += 1
            self.shapes = [entry.shape() for entry in self._entries]
            self.update({self._reader: seen})

    def _head(self) -> dict:
        own = not paths.is_example(self._working_copy.place)
        close = self._show_what_is_typed and (own or self._reader == MINE)
        button = (
            tr("Put it away") if close else "" if self._show_what_is_typed else self._to_begin()
        )
        return {
            "place": str(self._working_copy.place),
            "open": self._show_what_is_typed,
            "mine": self._reader == MINE,
            "message": self._message(own),
            "button": button,
            "privately": self._privately(),
            "said": self._working_copy.said,
            "trouble": self._working_copy.trouble,
        }

    def _to_begin(self) -> str:
        """What stands on the button that opens the grid."""
        return tr("Type the answers")

    def _message(self, own: bool) -> str:
        """What is open, and who can read it."""
        if self._reader == MINE:
            return tr("The facilitator's own view. It is not for the wall.")
        if self._show_what_is_typed and own:
            covered = tr(
                "Ticks that were there before are saved and covered: they read “answered”."
            )
            said = tr(
                "What you type can be read by whoever sees this screen. What is kept back is not shown."
            )
            return f"{said} {covered}" if any(table.views for table in self._tables) else said
        if own:
            return tr("To be typed here, not on the wall: {tables}").format(
                tables=", ".join(
                    tr("“{words}”").format(words=tr(table.label)) for table in self._tables
                )
            )
        return tr("A worked example. The first change goes to a copy of your own.")

    def _privately(self) -> str:
        """How to get at what the room does not see, where there is any."""
        hidden = [
            column
            for table in self._tables
            for column in table.columns
            if column.share != SHARE_ROOM
        ]
        if self._reader != ROOM or not (
            hidden or any("share" in table.by_name for table in self._tables)
        ):
            return ""
        names = ", ".join(dict.fromkeys(tr(column.label) for column in hidden))
        what = (
            tr("what is kept back ({columns})").format(columns=names)
            if names
            else tr("what is kept back")
        )
        if any(table.views for table in self._tables):
            what = tr("the covered ticks and {what}").format(what=what)
        return tr(
            "To see or type {what}, make sure that nobody else sees the screen and write the word {word} here:"
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
        "held": tr("answered"),
        "day": tr("such as 2026-11-30"),
        "keysText": tr(
            "Enter: the line below   Shift+Enter: a new line in the cell   Tab: the next cell"
        ),
        "keysSelect": tr("Up and Down: choose   Enter: the line below   Tab: the next cell"),
        "keysTick": tr("Enter: leave it open and go on"),
        "keysMany": tr("Enter: open   1 to 9: tick   Tab: the next cell"),
        "late": tr(
            "What you typed has not been taken over yet. If this stays, leave this page open and choose Kernel > "
            "Restart Kernel and Run All Cells: it is put in as soon as you type here again."
        ),
        "lost": tr(
            "This was not taken over. Look whether it stands there, and type it again if not: {what}"
        ),
        "lostMine": tr(
            "Something that was typed in the facilitator's own view was not taken over. It is told, or put in, "
            "when that view is opened here again."
        ),
    }
