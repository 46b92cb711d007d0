"""One partner's house in Jupyter: chosen by clicking, typed into and shown to that house alone, one house at a time."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from IPython.display import HTML, DisplayHandle, display

from partnering.jupyter import autosave, status_line
from partnering.jupyter.choose_panel import told
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.table_editor import as_typed
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr, trn
from partnering.partnership import MINE, Partnership
from partnering.results import Result
from partnering.schema.tables import TABLES
from partnering.storage import house_file, paths
from partnering.storage.atomic import NotOpened
from partnering.storage.house_file import HouseFile

Maker = Callable[[house_file.House], Result]
_open: list[HousePanel] = []


class HousePanel:
    """One partner's house, or none yet: its answers to be typed, and results that follow them."""

    def __init__(self, whole: Partnership, partner: str = ""):
        self.whole = whole
        self.results: dict[str, Result] = {}
        self._made: list[tuple[Maker, DisplayHandle]] = []
        self._grid, self._to_type, self._unread = None, None, None
        self._leave: tuple[Callable[[], None], ...] = ()
        self.working_copy: WorkingCopy | None = None
        if partner:
            self.open(partner)

    def open(self, partner: str) -> None:
        """Open another house, or with "" none: all that this notebook shows of a house is then of that. Raises `NotOpened`."""
        self.close()
        if not partner:
            return
        file = HouseFile(self.whole, partner)
        self.working_copy = autosave.at(house_file.place_of(self.whole, partner)) or autosave.keep(
            WorkingCopy(file.open_any(), file)
        )
        self._leave = (
            self.working_copy.partnership.watch(self.refresh),
            self.working_copy.watch(self.tell),
            self.whole.watch(self._ask),
        )
        self._ask()
        self._put_grid()
        self.refresh()

    def close(self) -> None:
        """Open none: nothing of a house is shown, and what was typed is saved."""
        for leave in self._leave:
            leave()
        if self.working_copy:
            autosave.leave(self.working_copy)
        self.working_copy, self._leave = None, ()
        self.results.clear()
        self._put_grid()
        self.refresh()

    def edit(self) -> None:
        """Show the answers of the house that is open, to be typed. In a page of the handbook: as a plain table."""
        if paths.built():
            if self.working_copy:
                display(as_typed(self.working_copy.partnership, house_file.ANSWERS, MINE))
            return
        import ipywidgets as widgets

        self._to_type, self._unread = widgets.VBox(), widgets.HTML()
        display(self._to_type, self._unread)
        self._put_grid()

    def show(self, *makers: Maker) -> None:
        """Show what is made of the house that is open; a line in its place where none is."""
        for maker in makers:
            self._made.append((maker, DisplayHandle()))
            self._made[-1][1].display(HTML(""))
            self._update(*self._made[-1])

    def refresh(self) -> None:
        """Bring the results and the grid up to date."""
        self._results()
        if self._grid:
            self._grid.update()

    def _ask(self) -> None:
        """Ask what the partnership asks now: its questions may have been worded anew."""
        asked = self.whole.sheets.get(house_file.QUESTIONS)
        if (
            self.working_copy
            and self.working_copy.partnership.sheets.get(house_file.QUESTIONS) is not asked
        ):
            self.working_copy.give({house_file.QUESTIONS: asked})

    def _results(self) -> None:
        for maker, handle in self._made:
            self._update(maker, handle)
        self._tell_unread()

    def _tell_unread(self) -> None:
        """Say, where the house may be seen, what could not be read in its file."""
        if not self._unread:
            return
        problems = (
            self.working_copy.partnership.problems if self._grid and self._grid.in_sight else ()
        )
        title = trn(
            "{count} place could not be read", "{count} places could not be read", len(problems)
        )
        self._unread.value = status_line.closed(title, map(str, problems), is_open=True)

    def tell(self) -> None:
        """Say again whether what was typed is saved."""
        if self._grid:
            self._grid.tell()

    def _put_grid(self) -> None:
        if self._to_type is None:
            return
        from partnering.jupyter.house_grid import (
            HouseGrid,
        )  # takes a while to import, and a page needs none

        before = self._grid
        self._grid = (
            HouseGrid(self.working_copy, self._save_soon, self._results)
            if self.working_copy
            else None
        )
        self._to_type.children = [self._grid] if self._grid else []
        if before:
            before.close()

    def _save_soon(self) -> None:
        if self.working_copy:
            autosave.save_soon(self.working_copy)

    def _update(self, maker: Maker, handle: DisplayHandle) -> None:
        if self.working_copy is None:
            self._say(handle, tr("Choose your own organisation above."))
            return
        if self._grid and not self._grid.in_sight:
            self.results.clear()
            self._say(handle, tr("Covered, until this house opens its answers above."))
            return
        self.results[maker.__name__] = maker(house_file.of(self.working_copy.partnership))
        handle.update(self.results[maker.__name__])

    @staticmethod
    def _say(handle: DisplayHandle, sentence: str) -> None:
        handle.update(HTML(f"<p>{escape(sentence)}</p>"))


def house(whole: Partnership, example: str) -> HousePanel:
    """Open one partner's house: the example's, or the one chosen by clicking. The others stay closed."""
    while _open:
        _open.pop().close()
    shown = paths.is_example(whole.place) and example in house_file.there(whole)
    view = HousePanel(whole, example if shown else "")
    _open.append(view)
    if paths.built():
        return view
    if not whole.names:
        display(
            HTML(
                f"<p>{escape(tr('To be filled in first: {tables}.').format(tables=tr(TABLES['partners'].label)))}</p>"
            )
        )
        return view
    import ipywidgets as widgets

    said = widgets.HTML()
    listing = widgets.Dropdown(
        options=[("…", ""), *((name, code) for code, name in whole.names.items())],
        value=example if shown else "",
        description=tr("Our house:"),
    )

    def chosen(change: dict) -> None:
        before = view.working_copy
        try:
            view.open(change["new"])
            said.value = told(before.said) if before and before.trouble else ""
        except NotOpened as error:
            listing.value = ""
            said.value = told(str(error))

    listing.observe(in_main_thread(chosen), names="value")
    display(widgets.VBox([listing, said]))
    return view
