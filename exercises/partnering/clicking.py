"""What is done by clicking: choose or begin a partnership, open a house."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pandas as pd
from IPython.display import HTML, DisplayHandle, display

from partnering import folder, houses, places, start
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.results import Result

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


# ------------------------------------------------------------------ which partnership

class Choice:
    """The list of partnerships on this computer, a field for one that lies elsewhere, and a button to begin one."""

    def __init__(self, open_here: Callable[[Path], None], views: list):
        import ipywidgets as widgets

        self.open_here, self.views, self._quiet = open_here, views, False
        self.table, self.said = DisplayHandle(), widgets.HTML()
        wide, later = {"width": "34em"}, {"continuous_update": False}
        self.listing = widgets.Dropdown(description=tr("Open:"), layout=wide)
        self.where = widgets.Text(description=tr("or at:"), layout=wide, **later,
                                  placeholder=tr("a folder or a workbook anywhere on this computer"))
        self.name = widgets.Text(description=tr("or begin:"), layout=wide, **later,
                                 placeholder=tr("a name for its folder; it may be one that tells nothing"))
        self.begin = widgets.Button(description=tr("Begin a new one"), icon="plus")
        for field in (self.listing, self.where):
            field.observe(lambda change: self._quiet or self._open(path_typed(change["new"])), names="value")
        self.begin.on_click(lambda _: self._begin())
        self._list(places.to_open())
        self.table.display(start.partnerships())
        display(widgets.VBox([self.listing, self.where, widgets.HBox([self.name, self.begin]), self.said]))

    def _list(self, now: Path) -> None:
        """The partnerships that there are, with the chosen one among them where it lies here."""
        here = [(places.told(place), str(place)) for place in (*places.my_partnerships(), *places.examples())]
        self._quiet = True
        self.listing.options = here
        self.listing.value = str(now) if str(now) in dict(here).values() else None
        self._quiet = False
        self.said.value = told(tr("Every exercise opens: {name}. In a notebook that is open already, choose Run > Run All "
                                   "Cells.").format(name=places.told(now)))

    def _open(self, place: Path | None) -> None:
        if place is None:
            return
        try:
            self.open_here(place)
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            self.said.value = told(str(error))
            return
        self._list(place)
        self.table.update(start.partnerships())

    def _begin(self) -> None:
        try:
            place = new_partnership(self.name.value)
        except (folder.NotSaved, OSError) as error:
            self.said.value = told(str(error))
            return
        self.name.value = ""
        self._open(place)
        for view in self.views:
            view.open_grids()


def choose(open_here: Callable[[Path], None], views: list) -> None:
    """Show the partnerships on this computer, and let one be opened or begun."""
    if places.built():
        display(start.partnerships())
    else:
        Choice(open_here, views)


def path_typed(typed: str | None) -> Path | None:
    """A place as somebody typed or pasted it, perhaps in quotes."""
    bare = (typed or "").strip().strip("\"'")
    return Path(bare).expanduser() if bare else None


def new_partnership(name: str) -> Path:
    """A folder in my-partnerships for a partnership that begins: nothing is in it yet. Raises `NotSaved`."""
    place = free_place(name)
    empty = pd.DataFrame({"partner": [], "name": [], "kind": []}, dtype="str")
    folder.write(Partnership({"partners": empty}, place.name), place)
    return place


def free_place(name: str) -> Path:
    """A folder in my-partnerships that is not there yet, called as somebody wishes."""
    places.MY_PARTNERSHIPS.mkdir(exist_ok=True)
    fit, number = _UNFIT.sub("-", name).strip(". ")[:60] or "partnership", 1
    place = places.MY_PARTNERSHIPS / fit
    while place.exists():
        number += 1
        place = places.MY_PARTNERSHIPS / f"{fit}-{number}"
    return place


# ------------------------------------------------------------------ one house

class HouseView:
    """One partner's house file: chosen by clicking, shown to that partner alone, one house at a time."""

    def __init__(self, partnership: Partnership, partner: str):
        self.whole = partnership
        self.results: dict[str, Result] = {}
        self._waiting: list[tuple[Callable[[houses.House], Result], DisplayHandle]] = []
        self.house = houses.read(self.whole, partner) if partner else None

    def show(self, *makers: Callable[[houses.House], Result]) -> None:
        """Show what is made of the house that is open; a line in its place where none is."""
        for maker in makers:
            self._waiting.append((maker, display(HTML(""), display_id=True)))
            self._update(*self._waiting[-1])

    def open(self, partner: str) -> None:
        """Open another house: everything that this notebook shows of a house is then that one's."""
        self.house = houses.read(self.whole, partner)
        self.results.clear()
        for maker, handle in self._waiting:
            self._update(maker, handle)

    def _update(self, maker: Callable[[houses.House], Result], handle: DisplayHandle) -> None:
        if self.house is None:
            handle.update(HTML(f"<p>{escape(tr('Choose your own organisation above.'))}</p>"))
            return
        self.results[maker.__name__] = maker(self.house)
        handle.update(self.results[maker.__name__])


def house(partnership: Partnership, example: str) -> HouseView:
    """Open one partner's house file: the example's, or the one chosen by clicking. The others stay closed."""
    there = houses.there(partnership)
    shown = places.is_example(partnership.place)
    view = HouseView(partnership, example if shown and example in there else "")
    if not there:
        display(HTML(f"<p>{escape(tr('No house file lies beside this partnership yet.'))}</p>"))
    elif not places.built():
        import ipywidgets as widgets

        listing = widgets.Dropdown(options=[("…", "")] + [(partnership.names[code], code) for code in there],
                                   value=view.house.partner if view.house else "", description=tr("Our house:"))
        listing.observe(lambda change: change["new"] and view.open(change["new"]), names="value")
        display(listing)
    return view


def told(sentence: str) -> str:
    """A sentence as a screen reader hears it when it comes."""
    return f'<p role="status">{escape(sentence)}</p>'
