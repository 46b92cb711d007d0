"""What is done by clicking: choose or begin a partnership."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pandas as pd
from IPython.display import DisplayHandle, display

from partnering.jupyter import start_page
from partnering.jupyter.main_thread import in_main_thread
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.storage import folder, paths

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


class ChoosePanel:
    """The list of partnerships on this computer, a field for one that lies elsewhere, and a button to begin one."""

    def __init__(self, open_here: Callable[[Path], None], views: list):
        import ipywidgets as widgets

        self.open_here, self.views, self._quiet = open_here, views, False
        self.table, self.said = DisplayHandle(), widgets.HTML()
        wide, later = {"width": "34em"}, {"continuous_update": False}
        self.listing = widgets.Dropdown(description=tr("Open:"), layout=wide)
        self.where = widgets.Text(
            description=tr("or at:"),
            layout=wide,
            **later,
            placeholder=tr("a folder or a workbook anywhere on this computer"),
        )
        self.name = widgets.Text(
            description=tr("or begin:"),
            layout=wide,
            **later,
            placeholder=tr("a name for its folder; it may be one that tells nothing"),
        )
        self.begin = widgets.Button(description=tr("Begin a new one"), icon="plus")
        for field in (self.listing, self.where):
            field.observe(
                in_main_thread(lambda change: self._quiet or self._open(path_typed(change["new"]))),
                names="value",
            )
        self.begin.on_click(in_main_thread(lambda _: self._begin()))
        self._list(paths.to_open())
        self.table.display(start_page.partnerships())
        display(
            widgets.VBox(
                [self.listing, self.where, widgets.HBox([self.name, self.begin]), self.said]
            )
        )

    def _list(self, now: Path) -> None:
        """The partnerships that there are, with the chosen one among them where it lies here."""
        here = [
            (paths.told(place), str(place))
            for place in (*paths.my_partnerships(), *paths.examples())
        ]
        self._quiet = True
        self.listing.options = here
        self.listing.value = str(now) if str(now) in dict(here).values() else None
        self._quiet = False
        self.said.value = told(
            tr(
                "Every exercise opens: {name}. In a notebook that is open already, choose Run > Run All "
                "Cells."
            ).format(name=paths.told(now))
        )

    def _open(self, place: Path | None) -> None:
        if place is None:
            return
        try:
            self.open_here(place)
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            self.said.value = told(str(error))
            return
        self._list(place)
        self.table.update(start_page.partnerships())

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


def show(open_here: Callable[[Path], None], views: list) -> None:
    """Show the partnerships on this computer, and let one be opened or begun."""
    if paths.built():
        display(start_page.partnerships())
    else:
        ChoosePanel(open_here, views)


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
    paths.MY_PARTNERSHIPS.mkdir(exist_ok=True)
    fit = _UNFIT.sub("-", name).strip(". ")[:60] or "partnership"
    return paths.free_path(paths.MY_PARTNERSHIPS, fit)


def told(sentence: str) -> str:
    """A sentence as a screen reader hears it when it comes."""
    return f'<p role="status">{escape(sentence)}</p>'
