"""One partner's house in Jupyter: chosen from a list, typed into and shown one house at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from IPython.display import HTML, DisplayHandle, display

from partnering.jupyter import kept_off
from partnering.jupyter.autosave import AUTOSAVE
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.status_line import assumptions, dropdown, message, paragraph, sentence_of
from partnering.jupyter.table_editor import as_typed
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr, trn
from partnering.partnership import MINE, Partnership
from partnering.results import Result
from partnering.schema.tables import TABLES
from partnering.storage import atomic, house_file, paths
from partnering.storage.house_file import HouseFile
from partnering.storage.stored import place_of

if TYPE_CHECKING:
    import ipywidgets as widgets

    from partnering.jupyter.house_grid import HouseGrid

Maker = Callable[[house_file.House], Result]


class HousePanel:
    """One partner's house, or none yet: its answers to be typed, and results that follow them."""

    def __init__(self, whole: Partnership, partner: str = ""):
        """Open a house, or none.

        Args:
            whole: The partnership that the house belongs to.
            partner: The code of the partner; "" opens none.

        Raises:
            NotOpened: The house file cannot be read.
        """
        self.whole = whole
        self.working_copy: WorkingCopy | None = None
        self.results: dict[str, Result] = {}  # by the names of the functions that made them
        self._made: list[tuple[Maker, DisplayHandle]] = []
        self._grid: HouseGrid | None = None
        self._grid_box: widgets.VBox | None = None  # where the grid stands, once asked for
        self._problems_box: widgets.HTML | None = None
        self._end_watching: tuple[Callable[[], None], ...] = ()
        if partner:
            self.open(partner)

    def open(self, partner: str) -> None:
        """Open another house: everything that this notebook shows of a house is then of that one.

        Args:
            partner: The code of the partner; "" opens none.

        Raises:
            NotOpened: The house file cannot be read. No house is open then.
        """
        self.close()
        if not partner:
            return
        file = HouseFile(self.whole, partner)
        working_copy = AUTOSAVE.find(house_file.place_of(self.whole, partner))
        if working_copy is None:
            working_copy = AUTOSAVE.add(WorkingCopy(file.open_any(), file))
        self.working_copy = working_copy
        self._end_watching = (
            working_copy.partnership.watch(self.refresh),
            working_copy.watch(self._tell_status),
            self.whole.watch(self._take_over_questions),
        )
        self._take_over_questions()
        self._place_grid()
        self.refresh()

    def close(self) -> None:
        """Save what was typed, and show nothing of a house any more."""
        for end_watching in self._end_watching:
            end_watching()
        if self.working_copy:
            AUTOSAVE.close(self.working_copy)
        self.working_copy, self._end_watching = None, ()
        self.results.clear()
        self._place_grid()
        self.refresh()

    def edit(self) -> None:
        """Show the answers of the house to be typed; in a page of the handbook as a table."""
        if paths.built():
            if self.working_copy:
                display(as_typed(self.working_copy.partnership, TABLES[house_file.ANSWERS], MINE))
            return
        import ipywidgets as widgets

        self._grid_box, self._problems_box = widgets.VBox(), widgets.HTML()
        display(self._grid_box, self._problems_box)
        self._place_grid()

    def show(self, *makers: Maker) -> None:
        """Show results of the house that is open; where none is, a sentence in their place.

        Args:
            makers: Functions from a house to a result.
        """
        for maker in makers:
            handle = DisplayHandle()
            self._made.append((maker, handle))
            handle.display(HTML(""))
            self._update(maker, handle)

    def refresh(self) -> None:
        """Bring the results and the grid up to date."""
        self._update_results()
        if self._grid:
            self._grid.update()

    def _take_over_questions(self) -> None:
        """Ask what the partnership asks now: its questions may have been worded anew."""
        if not self.working_copy:
            return
        asked = self.whole.sheets.get(house_file.QUESTIONS)
        if self.working_copy.partnership.sheets.get(house_file.QUESTIONS) is not asked:
            self.working_copy.give({house_file.QUESTIONS: asked})

    def _update_results(self) -> None:
        for maker, handle in self._made:
            self._update(maker, handle)
        self._tell_problems()

    def _update(self, maker: Maker, handle: DisplayHandle) -> None:
        if self.working_copy is None:
            handle.update(paragraph(tr("Choose your own organisation above.")))
            return
        if self._grid and not self._grid.in_sight:
            self.results.clear()
            covered = tr("Covered, until this organisation opens its answers above.")
            handle.update(paragraph(covered))
            return
        if kept_off.is_kept_off(self.working_copy.place):
            handle.update(paragraph(kept_off.sentence()))
            return
        result = maker(house_file.of(self.working_copy.partnership))
        self.results[maker.__name__] = result
        handle.update(result)

    def _tell_problems(self) -> None:
        """Say, where the house may be seen, what could not be read in its file."""
        if not self._problems_box:
            return
        seen = self.working_copy if self._grid and self._grid.in_sight else None
        problems = seen.partnership.problems if seen else []
        title = trn(
            "{count} place could not be read", "{count} places could not be read", len(problems)
        )
        html = assumptions(seen.partnership, is_open=True) if seen else ""
        html += dropdown(title, map(sentence_of, problems), is_open=True)
        self._problems_box.value = html

    def _tell_status(self) -> None:
        """Say again whether what was typed is saved."""
        if self._grid:
            self._grid.tell()

    def _place_grid(self) -> None:
        """Put the grid of the house that is open in place of the one before."""
        if self._grid_box is None:
            return
        # takes a while to import, and a page needs none
        from partnering.jupyter.house_grid import HouseGrid

        before, self._grid = self._grid, None
        if self.working_copy:
            self._grid = HouseGrid(self.working_copy, self._save_soon, self._update_results)
        self._grid_box.children = [self._grid] if self._grid else []
        if before:
            before.close()

    def _save_soon(self) -> None:
        if self.working_copy:
            AUTOSAVE.save_soon(self.working_copy)


class OpenHouse:
    """The panel whose house this notebook shows: one at most, so that no house sees another's."""

    def __init__(self) -> None:
        self.panel: HousePanel | None = None

    def close(self) -> None:
        """Save the house that is shown, and show none."""
        panel, self.panel = self.panel, None
        if panel:
            panel.close()


OPEN_HOUSE = OpenHouse()


def house(whole: Partnership, example: str) -> HousePanel:
    """Show one partner's house: in a worked example its own, otherwise one chosen from a list.

    Args:
        whole: The partnership that is open.
        example: The code of the partner whose house is open at first in a worked example.

    Returns:
        The panel, by which the notebook shows the grid and the results.

    Raises:
        NotOpened: The house file of the example cannot be read.
    """
    OPEN_HOUSE.close()
    shown = paths.is_example(place_of(whole)) and example in house_file.there(whole)
    panel = OPEN_HOUSE.panel = HousePanel(whole, example if shown else "")
    if paths.built():
        return panel
    if not whole.names:
        missing = tr("To be filled in first: {tables}.")
        display(paragraph(missing.format(tables=tr(TABLES["partners"].label))))
        return panel
    _offer_houses(panel, example if shown else "")
    return panel


def _offer_houses(panel: HousePanel, chosen: str) -> None:
    """Show the list from which a house is chosen."""
    import ipywidgets as widgets

    names = [(name, code) for code, name in panel.whole.names.items()]
    listing = widgets.Dropdown(
        options=[("…", ""), *names], value=chosen, description=tr("Our organisation:")
    )
    status = widgets.HTML()

    def choose(change: dict[str, str]) -> None:
        before = panel.working_copy
        try:
            panel.open(change["new"])
            status.value = message(before.said) if before and before.trouble else ""
        except atomic.TROUBLE as error:
            listing.value = ""
            status.value = message(atomic.in_words(error))

    listing.observe(in_main_thread(choose), names="value")
    display(widgets.VBox([listing, status]))
