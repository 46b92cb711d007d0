"""A partnership in a notebook: its results and grids, which follow every edit."""

from __future__ import annotations

import copy
from collections.abc import Callable
from html import escape

from IPython.display import HTML, DisplayHandle, display

from partnering.jupyter import autosave, status_line
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.table_editor import as_typed
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.partnership import MINE, Partnership
from partnering.results import Figure, Result, ResultTable, Several
from partnering.schema.tables import TABLES
from partnering.storage import paths

STILL_SHOWN = (
    3  # cells that show the same results; of one that was run again the older outputs are gone
)
Maker = Callable[[Partnership], Result]


class View:
    """A partnership as one reader sees it, and the results and grids of it in this notebook, which follow every edit."""

    def __init__(self, working_copy: WorkingCopy, reader: str):
        self.reader, self.results = reader, {}
        self._blocks: list[Block] = []
        self._grids: dict[tuple[str, ...], object] = {}
        self._head = DisplayHandle()
        self._leave: tuple[Callable[[], None], ...] = ()
        self.put_on(working_copy)

    @property
    def whole(self) -> Partnership:
        """The partnership with everything in it."""
        return self.working_copy.partnership

    @property
    def problems(self) -> list:
        """What could not be read, in sentences."""
        return self.whole.problems

    def put_on(self, working_copy: WorkingCopy) -> None:
        """Show the partnership on this working copy from now on, everywhere in the notebook."""
        for leave in self._leave:
            leave()
        self.working_copy, self._leave = (
            working_copy,
            (working_copy.partnership.watch(self.refresh), working_copy.watch(self.tell)),
        )
        self.partnership = self.whole.for_reader(self.reader)
        for block in self._blocks:
            block.begin()
            block.place()
        for grid in self._grids.values():
            grid.put_on(working_copy)

    def show(self, *makers: Maker) -> None:
        """Make each result and show it. For a partnership of one's own the room's results wait for a button."""
        if paths.built():
            for maker in makers:
                self.results[maker.__name__] = maker(self.partnership)
                display(self.results[maker.__name__])
            return
        block = Block(self, makers)
        block.place()
        same = [other for other in self._blocks if other.makers == makers][-STILL_SHOWN + 1 :]
        self._blocks = [
            other for other in self._blocks if other.makers != makers or other in same
        ] + [block]

    def edit(self, *tables: str) -> None:
        """Show tables to type into. In a page of the handbook: what is typed there, as plain tables."""
        unknown = [name for name in tables if name not in TABLES or TABLES[name].private]
        if unknown:
            raise ValueError(
                tr("There is no table to type into that is called {names}.").format(
                    names=", ".join(unknown)
                )
            )
        if paths.built():
            for name in tables:
                display(as_typed(self.whole, name, self.reader))
            return
        from partnering.jupyter.grid import Grid  # takes a while to import, and a page needs none

        if tables in self._grids:
            self._grids[tables].close()
        grid = Grid(
            self.working_copy,
            [TABLES[name] for name in tables],
            self.reader,
            lambda: autosave.save_soon(self.working_copy),
        )
        self._grids[tables] = grid
        display(grid)

    def open_grids(self) -> None:
        """Open every grid: what is open has just begun, and holds nothing yet."""
        for grid in self._grids.values():
            grid.unfold()

    def refresh(self) -> None:
        """Bring every grid and every result up to date."""
        self.partnership = self.whole.for_reader(self.reader)
        made: dict[Maker, str] = {}
        for block in self._blocks:
            block.refresh(made)
        for grid in self._grids.values():  # after what people wait for
            grid.update({self.reader: self.partnership})
        self.tell()

    def tell(self) -> None:
        """Say again what is open, and whether it is saved."""
        self._head.update(HTML(status_line.line(self.whole, self.working_copy, self.reader)))
        for grid in self._grids.values():
            grid.tell()

    def introduce(self) -> None:
        """Say what is open and for whom, where the cell stands that asks."""
        self._head = display(
            HTML(status_line.line(self.whole, self.working_copy, self.reader)), display_id=True
        )

    def make(self, maker: Maker) -> object:
        """One result, with what has to be filled in first where there is nothing in it yet."""
        asked = _Asked(self.partnership.tables)
        seen = copy.copy(self.partnership)
        seen.tables = asked
        self.results[maker.__name__] = result = maker(seen)
        missing = [
            tr(table.label)
            for name, table in TABLES.items()
            if name in asked.names
            and not table.shipped
            and table.core
            and self.partnership[name].empty
        ]
        if not (missing and _is_empty(result)):
            return result
        told = tr("To be filled in first: {tables}.").format(tables=", ".join(missing))
        return HTML(f'{result.html()}<p class="result-note">{escape(told)}</p>')


class Block:
    """What one cell shows: some results, and where they are of one's own partnership a button to show and hide them."""

    def __init__(self, view: View, makers: tuple[Maker, ...]):
        self.view, self.makers = view, makers
        self._button, self._places = DisplayHandle(), [DisplayHandle() for _ in makers]
        self._placed = False
        self.begin()

    def begin(self) -> None:
        """Begin anew, with what is open now: an example is shown, one's own waits."""
        self.open_to_all = (
            paths.is_example(self.view.working_copy.place) or self.view.reader == MINE
        )
        self.shown = self.open_to_all

    def place(self) -> None:
        """Put everything in its place: the button if there is one, then the results or a line in their stead."""
        results = [self.view.make(maker) for maker in self.makers]
        names = ", ".join(self.view.results[maker.__name__].caption for maker in self.makers)
        waiting = HTML(
            f"<p>{escape(tr('Made, and not shown yet: {names}').format(names=names))}</p>"
        )
        self._put(self._button, HTML("") if self.open_to_all else self._to_click(names))
        for at, (place, result) in enumerate(zip(self._places, results, strict=True)):
            self._put(place, result if self.shown else waiting if at == 0 else HTML(""))
        self._placed, self._told = True, [""] * len(results)

    def refresh(self, made: dict[Maker, str]) -> None:
        """Show the results as they are now, unless they are hidden or say the same. `made` spares making one twice."""
        for at, (maker, place) in enumerate(zip(self.makers, self._places, strict=True)):
            if maker not in made:
                result = self.view.make(maker)
                made[maker] = result.data if isinstance(result, HTML) else result.html()
            if self.shown and self._told[at] != made[maker]:
                self._told[at] = made[maker]
                caption = self.view.results[maker.__name__].caption
                place.update({"text/html": made[maker], "text/plain": caption}, raw=True)

    def _put(self, place: DisplayHandle, what: object) -> None:
        if self._placed:
            place.update(what)
        else:
            place.display(what)

    def _to_click(self, names: str) -> object:
        import ipywidgets as widgets

        words = (tr("Show to the room"), "eye") if not self.shown else (tr("Hide"), "eye-slash")
        button = widgets.Button(
            description=words[0], icon=words[1], tooltip=names, layout={"width": "auto"}
        )
        button.on_click(in_main_thread(lambda _: self._turn()))
        return button

    def _turn(self) -> None:
        self.shown = not self.shown
        self.place()


class _Asked(dict):
    """The tables of a partnership, which remember which of them were asked for."""

    def __init__(self, tables: dict):
        super().__init__(tables)
        self.names: set[str] = set()

    def __getitem__(self, name: str):
        self.names.add(name)
        return super().__getitem__(name)


def _is_empty(result: Result) -> bool:
    if isinstance(result, Several):
        return not result.parts or all(map(_is_empty, result.parts))
    return (
        result.table.cells.empty
        if isinstance(result, Figure)
        else isinstance(result, ResultTable) and result.cells.empty
    )
