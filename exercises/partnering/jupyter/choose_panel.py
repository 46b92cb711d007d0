"""The panel that chooses which partnership every exercise opens, and begins new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from IPython.display import DisplayHandle, display

from partnering.jupyter import kept_off, start_page
from partnering.jupyter.main_thread import enter_presses, in_main_thread
from partnering.jupyter.status_line import message
from partnering.jupyter.view import View
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.storage import atomic, folder, paths


class ChoosePanel:
    """A list of the partnerships here, a field for one elsewhere, and a button for a new one."""

    def __init__(self, open_here: Callable[[Path], None], views: Sequence[View]):
        """Show the panel where the cell stands that is running.

        Args:
            open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
            views: The views of this notebook; their grids are opened for a new partnership.
        """
        import ipywidgets as widgets

        self._open_here, self._views = open_here, views
        self._is_listing = False  # whether it is the panel itself that changes a field
        self.table = DisplayHandle()
        wide = {"width": "34em"}
        self.listing = widgets.Dropdown(description=tr("Open:"), layout=wide)
        self.where = widgets.Text(
            description=tr("or at:"),
            placeholder=tr("a folder or a workbook anywhere on this computer"),
            # no program in a browser sees other folders
            layout={**wide, "display": "none"} if paths.IN_BROWSER else wide,
            continuous_update=False,
        )
        self.name = widgets.Text(
            description=tr("or begin:"),
            placeholder=tr("a name for its folder; it may be one that says nothing"),
            layout=wide,
        )
        self.begin = widgets.Button(description=tr("Begin a new one"), icon="plus")
        self.status = widgets.HTML()
        for field in (self.listing, self.where):
            field.observe(in_main_thread(self._chosen), names="value")
        self.begin.on_click(in_main_thread(self._begin))
        enter_presses(self.begin, self.name)
        self._list(paths.to_open())
        for view in views:
            view.watch(type(self).__name__, self._follow)
        self.table.display(start_page.partnerships())
        new = widgets.HBox([self.name, self.begin])
        display(widgets.VBox([self.listing, self.where, new, self.status]))

    def _list(self, now: Path) -> None:
        """List the partnerships there are; the one that is open is chosen if it is among them.

        Where the notebook would keep their names, one's own are not listed.
        """
        own = paths.my_partnerships() if kept_off.never_saved() else []
        places = [*own, *paths.examples()]
        self._is_listing = True
        self.listing.options = [(paths.told(place), str(place)) for place in places]
        self.listing.value = str(now) if str(now) in map(str, places) else None
        self._is_listing, self._now = False, now
        if kept_off.is_kept_off(now):
            self.status.value = message(kept_off.sentence())
            return
        self.status.value = message(
            tr(
                "Every exercise opens: {name}. In a notebook that is open already, choose Run > "
                "Run All Cells."
            ).format(name=paths.told(now))
        )

    def _follow(self) -> None:
        """Say it here too where something else was opened, begun or forgotten on this page."""
        if (now := paths.to_open()) != self._now:
            self._list(now)
            self.table.update(start_page.partnerships())

    def _chosen(self, change: dict[str, str | None]) -> None:
        try:
            place = path_typed(change["new"])
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        if place is not None and not self._is_listing:
            self._open(place)

    def _open(self, place: Path) -> None:
        if kept_off.is_kept_off(place):
            self.where.value, self.status.value = "", message(kept_off.sentence())
            return
        try:
            self._open_here(place)
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self._list(place)
        self.table.update(start_page.partnerships())

    def _begin(self, _: object) -> None:
        if not kept_off.never_saved():
            self.name.value, self.status.value = "", message(kept_off.sentence())
            return
        try:
            place = new_partnership(self.name.value)
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self.name.value = ""
        self._open(place)
        for view in self._views:
            view.open_grids()
        self.status.value = message(
            tr(
                "Begun: {name}, which every exercise opens. Now fill in the two tables below."
            ).format(name=paths.told(place))
        )


def show(open_here: Callable[[Path], None], views: Sequence[View]) -> None:
    """Show the partnerships on this computer; in Jupyter with fields to open or begin one.

    Args:
        open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
        views: The views of this notebook.
    """
    if paths.built():
        display(start_page.partnerships())
    else:
        ChoosePanel(open_here, views)


def path_typed(typed: str | None) -> Path | None:
    """A path as somebody typed or pasted it, perhaps in quotes; None where nothing was typed.

    Raises:
        NotOpened: It is the name of no file or folder.
    """
    bare = (typed or "").strip().strip("\"'")
    return paths.typed(bare) if bare else None


def new_partnership(name: str) -> Path:
    """Make the folder of a new partnership, in which nothing is typed yet.

    Args:
        name: What its folder is to be called.

    Returns:
        Its folder in my-partnerships.

    Raises:
        NotSaved: It cannot be written.
    """
    place = free_place(name)
    empty = pd.DataFrame({"partner": [], "name": [], "kind": []}, dtype="str")
    folder.write(Partnership({"partners": empty}, place.name), place)
    return place


def free_place(name: str) -> Path:
    """A folder in my-partnerships that is not there yet.

    Args:
        name: What it is to be called; characters that no file system takes become a hyphen.

    Returns:
        A path with this name, or with the first free number behind it.
    """
    paths.MY_PARTNERSHIPS.mkdir(exist_ok=True)
    return paths.free_path(paths.MY_PARTNERSHIPS, paths.fit(name))
