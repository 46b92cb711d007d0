"""A partnership in a notebook: its results and grids, which follow every edit."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from IPython.display import HTML, DisplayHandle, display

from partnering.jupyter import decisions, form_rows, kept_off, status_line
from partnering.jupyter.autosave import AUTOSAVE
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.table_editor import as_typed
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import spoken, tr, trn
from partnering.memo import Memo, Reading
from partnering.partnership import MINE, ROOM, Partnership
from partnering.results import Result, wall
from partnering.schema.problems import Problem
from partnering.schema.tables import TABLES
from partnering.storage import paths

if TYPE_CHECKING:
    import ipywidgets as widgets

    from partnering.jupyter.grid import Grid
    from partnering.jupyter.wall import Wall

STILL_SHOWN = 3  # cells with the same results; of one that was run again older outputs are gone
Maker = Callable[[Partnership], Result]


class View:
    """A partnership as one reader sees it, and all that a notebook shows of it.

    Results and grids follow every edit.

    Attributes:
        reader: "room" or "mine".
        working_copy: The working copy on which the partnership lies.
        partnership: The partnership as the reader sees it.
        results: The results as they were made last, by the names of the functions that made them.
    """

    def __init__(self, working_copy: WorkingCopy, reader: str):
        self.reader = reader
        self.results: dict[str, Result] = {}
        self._memo = Memo()
        self._blocks: list[Block] = []
        self._grids: dict[tuple[str, ...], Grid] = {}  # by the names of their tables
        self._shown: dict[tuple[Maker, ...], Block] = {}  # in the order of the notebook's cells
        self._wall: Wall | None = None
        self._head, self._said = DisplayHandle(), ""
        self._leave: tuple[Callable[[], None], ...] = ()
        self._watchers: dict[str, Callable[[], None]] = {}
        self.put_on(working_copy)

    @property
    def whole(self) -> Partnership:
        """The partnership with everything in it."""
        return self.working_copy.partnership

    @property
    def problems(self) -> list[Problem]:
        """What could not be read, in sentences."""
        return self.whole.problems

    def put_on(self, working_copy: WorkingCopy) -> None:
        """Show the partnership on this working copy from now on, everywhere in the notebook."""
        for leave in self._leave:
            leave()
        self.working_copy = working_copy
        self._leave = (
            working_copy.partnership.watch(self.refresh),
            working_copy.watch(self.tell),
        )
        self.partnership = self.whole.for_reader(self.reader)
        for block in self._blocks:
            block.begin()
            block.place()
        for grid in self._grids.values():
            grid.put_on(working_copy)
        self.tell_wall()

    def show(self, *makers: Maker) -> None:
        """Make results and show them where the cell stands that asks.

        In the room's view of a partnership of one's own they wait behind a button.

        Args:
            makers: Functions from a partnership to a result.
        """
        if paths.built():
            for maker in makers:
                self.results[maker.__name__] = maker(self.partnership)
                display(self.results[maker.__name__])
            return
        block = Block(self, makers)
        block.place()
        same = [other for other in self._blocks if other.makers == makers]
        gone = same[: -STILL_SHOWN + 1]
        self._blocks = [other for other in self._blocks if other not in gone]
        self._blocks.append(block)
        self._shown[makers] = block  # what is run again keeps its place
        self.tell_wall()

    def edit(self, *tables: str) -> None:
        """Show tables to type into; in a page of the handbook, what is typed there.

        Args:
            tables: Names of tables, such as `risk_views`.

        Raises:
            ValueError: There is no table of that name, or it belongs to one partner's house.
        """
        unknown = [name for name in tables if name not in TABLES or TABLES[name].private]
        if unknown:
            sentence = tr("There is no table to type into that is called {names}.")
            raise ValueError(sentence.format(names=", ".join(unknown)))
        typed = [TABLES[name] for name in tables]
        if paths.built():
            for table in form_rows.offered(self.whole, typed):
                display(as_typed(self.whole, table, self.reader))
            return
        from partnering.jupyter.grid import Grid  # takes a while to import, and a page needs none

        if tables in self._grids:
            self._grids[tables].close()
        grid = Grid(self.working_copy, typed, self.reader, self._save_soon)
        self._grids[tables] = grid
        display(grid)
        self._update_head()  # a way leads to what is typed here

    def decide(self, stop: int) -> None:
        """Show a small form for the decision about going on; in a page, what was decided.

        Args:
            stop: The number of the stop at which it is taken.
        """
        if paths.built():
            made = as_typed(self.whole, decisions.table(), self.reader, decisions.of_stop(stop))
            if len(made.rows):
                display(made)
            return
        from partnering.jupyter import decision_grid  # takes a while to import, like every grid

        name = ("decide", str(stop))
        if name in self._grids:
            self._grids[name].close()
        grid = decision_grid.DecisionGrid(self.working_copy, stop, self.reader, self._save_soon)
        self._grids[name] = grid
        display(grid)

    def open_grids(self) -> None:
        """Open every grid: what is open has just begun, and holds nothing yet."""
        for grid in self._grids.values():
            grid.unfold()

    def refresh(self) -> None:
        """Bring every result and every grid up to date."""
        self.partnership = self.whole.for_reader(self.reader)
        for block in self._blocks:
            block.refresh()
        for grid in self._grids.values():  # after what people wait for
            grid.update({self.reader: self.partnership})
        self.tell_wall()
        self.tell()

    def tell(self) -> None:
        """Say again what is open, and whether it is saved."""
        self._update_head()
        for grid in self._grids.values():
            grid.tell()
        for callback in tuple(self._watchers.values()):
            callback()

    def watch(self, who: str, callback: Callable[[], None]) -> None:
        """Call a function whenever it is said again what is open, which may be something else.

        Args:
            who: Who wants to know: a cell that is run again has its new function alone called.
            callback: The function.
        """
        self._watchers[who] = callback

    def introduce(self) -> None:
        """Say what is open and for whom, where the cell stands that asks."""
        self._said = self._status()
        self._head = display(HTML(self._said), display_id=True)
        if self.reader == ROOM and not paths.built():
            from partnering.jupyter.wall import Wall  # takes a while to import

            if self._wall is not None:
                self._wall.close()
            self._wall = Wall(self.wall_parts, self.show_block)
            display(self._wall)

    def wall_parts(self) -> str:
        """What the wall shows: the results of this notebook that are shown to the room.

        Returns:
            HTML, in the order of the cells. For a result that waits there is a part that says so,
            with a button to show it; where nothing may be shown, there is one that says why.
        """
        if self.reader != ROOM:
            return ""
        if kept_off.is_kept_off(self.working_copy.place):
            return wall.said("kept-off", tr("On the wall"), [kept_off.sentence()], "withheld")
        blocks = list(self._shown.values())
        if not blocks:
            sentence = tr("Run the cells of this exercise first.")
            return wall.said("no-results", tr("On the wall"), [sentence])
        return "".join(block.wall_parts(str(at)) for at, block in enumerate(blocks))

    def show_block(self, at: str) -> None:
        """Show to the room what waits: the block whose place `wall_parts` has told."""
        blocks = list(self._shown.values())
        if at.isdecimal() and int(at) < len(blocks):
            blocks[int(at)].show()

    def tell_wall(self) -> None:
        """Bring the wall up to date, if it is open."""
        if self._wall is not None:
            self._wall.refresh()

    def make(self, maker: Maker) -> Made:
        """One result as the reader sees it now.

        It is made again only when a table that it reads, or the language of the room, is another.

        Args:
            maker: A function from a partnership to a result.

        Returns:
            The result and its HTML, which says what has to be filled in first where there is
            nothing in it; and to the facilitator, what of its tables could not be read.
        """
        p = self.partnership
        made = self._memo.follow(
            maker, (spoken(), p.facts), p.tables, lambda tables: self._made(maker, p, tables)
        )
        self.results[maker.__name__] = made.result
        return replace(made, html=made.html + _unread(p, made.read))

    def _made(self, maker: Maker, p: Partnership, tables: Reading) -> Made:
        seen = copy.copy(p)
        seen.tables = tables
        result = maker(seen)
        html = result.html()
        missing = _to_fill_in(p, tables.names) if result.rows.empty else []
        if missing:
            sentence = tr("To be filled in first: {tables}.").format(tables=", ".join(missing))
            html += f'<p class="result-note">{escape(sentence)}</p>'
        return Made(result, html, frozenset(tables.names))

    def _update_head(self) -> None:
        """Show again what is open where it is another: a list that somebody reads would close."""
        said = self._status()
        if said != self._said:
            self._said = said
            self._head.update(HTML(said))

    def _status(self) -> str:
        here = {name for tables in self._grids for name in tables if name in TABLES}
        return status_line.line(self.whole, self.working_copy, self.reader, here)

    def _save_soon(self) -> None:
        AUTOSAVE.save_soon(self.working_copy)


@dataclass(frozen=True)
class Made:
    """A result, the HTML that shows it, and the names of the tables that it has read."""

    result: Result
    html: str
    read: frozenset[str]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.result.caption}


class Block:
    """What one cell shows: some results.

    In the room's view of a partnership of one's own a button shows and hides them.
    """

    def __init__(self, view: View, makers: tuple[Maker, ...]):
        self.view, self.makers = view, makers
        self._button, self._places = DisplayHandle(), [DisplayHandle() for _ in makers]
        self._placed = False
        self._sent: list[str] = []  # the HTML of each result as it was made last
        self.begin()

    def begin(self) -> None:
        """Begin anew, with what is open now: an example is shown, one's own waits."""
        is_example = paths.is_example(self.view.working_copy.place)
        self.open_to_all = is_example or self.view.reader == MINE
        self.shown = self.open_to_all

    def place(self) -> None:
        """Show the button if there is one, then the results or a line in their stead."""
        if kept_off.is_kept_off(self.view.working_copy.place):
            said = status_line.paragraph(kept_off.sentence())
            self._put(self._button, said)
            for place in self._places:
                self._put(place, HTML(""))
            self._placed, self._sent = True, [""] * len(self.makers)
            return
        made = [self.view.make(maker) for maker in self.makers]
        names = ", ".join(one.result.caption for one in made)
        sentence = tr("Made, and not shown yet: {names}").format(names=names)
        waiting = HTML(f"<p>{escape(sentence)}</p>")
        self._put(self._button, HTML("") if self.open_to_all else self._to_click(names))
        for at, (place, one) in enumerate(zip(self._places, made, strict=True)):
            if self.shown:
                self._put(place, one)
            else:
                self._put(place, waiting if at == 0 else HTML(""))
        self._placed, self._sent = True, [one.html for one in made]

    def refresh(self) -> None:
        """Show the results as they are now, unless they are hidden or say the same."""
        if kept_off.is_kept_off(self.view.working_copy.place):
            return
        for at, (maker, place) in enumerate(zip(self.makers, self._places, strict=True)):
            made = self.view.make(maker)
            if self.shown and self._sent[at] != made.html:
                self._sent[at] = made.html
                place.update(made)

    def show(self) -> None:
        """Show what waits."""
        if not self.shown:
            self._turn()

    def wall_parts(self, place: str) -> str:
        """The results for the wall; where they wait, a part that says so.

        Args:
            place: What the button that shows them tells.
        """
        if self.shown:
            makers = {maker.__name__: self.view.make(maker).result for maker in self.makers}
            return wall.parts(makers)
        captions = [self.view.make(maker).result.caption for maker in self.makers]
        button = (
            f'<button type="button" data-press="{escape(place)}">'
            f"{escape(tr('Show to the room'))}</button>"
        )
        name, title = self.makers[0].__name__, tr("Made, and not shown yet")
        return wall.said(name, title, captions, "withheld", button)

    def _put(self, place: DisplayHandle, what: object) -> None:
        if self._placed:
            place.update(what)
        else:
            place.display(what)

    def _to_click(self, names: str) -> widgets.Button:
        import ipywidgets as widgets

        label, icon = (tr("Hide"), "eye-slash") if self.shown else (tr("Show to the room"), "eye")
        button = widgets.Button(
            description=label, icon=icon, tooltip=names, layout={"width": "auto"}
        )
        button.on_click(in_main_thread(lambda _: self._turn()))
        return button

    def _turn(self) -> None:
        self.shown = not self.shown
        self.place()
        self.view.tell_wall()


def _unread(p: Partnership, names: Collection[str]) -> str:
    """HTML that says where a result leaves out what could not be read.

    The room is told nothing of it: its results speak of what stands there.
    """
    unread = [one.table for one in p.problems if one.table in names and not one.beside]
    if not unread:
        return ""
    tables = [tr(table.label) for name, table in TABLES.items() if name in unread]
    sentence = trn(
        "{count} place could not be read. What is said here leaves it out: see {tables}.",
        "{count} places could not be read. What is said here leaves them out: see {tables}.",
        len(unread),
    ).format(count=len(unread), tables=", ".join(tables))
    return f'<p class="result-note">{escape(sentence)}</p>'


def _to_fill_in(p: Partnership, names: Collection[str]) -> list[str]:
    """The labels of tables that a result has read, that are empty and are asked for at first.

    A table of which all forms are in is filled in, though the room may see nothing of it.
    """
    found = []
    for name, table in TABLES.items():
        asked = name in names and name not in p.hidden.forms_in
        if asked and table.core and not table.shipped and p[name].empty:
            found.append(tr(table.label))
    return found
