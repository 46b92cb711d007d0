"""The panels that make a workbook to be filled in, and merge the files that come back."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from IPython.display import HTML, display

from partnering.exchange import merge
from partnering.jupyter import choose_panel, kept_off
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.status_line import dropdown, message, paragraph
from partnering.jupyter.view import View
from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.schema.tables import STOPS, TABLES
from partnering.storage import folder, paths
from partnering.storage.stored import place_of

WIDE, BUTTON = {"width": "34em"}, {"width": "18em"}
HIDDEN = {"display": "none"}


def show(view: View, open_here: Callable[[Path], None]) -> None:
    """Show both panels; in a page of the handbook a sentence in their place.

    Args:
        view: The partnership that is open in the notebook.
        open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
    """
    if paths.built():
        display(
            paragraph(
                tr("Open this in Jupyter: a workbook is made, and answers are merged, by clicking.")
            )
        )
        return
    FormPanel(view, open_here)
    display(HTML(f"<h3>{escape(tr('What came back'))}</h3>"))
    MergePanel(open_here)


# ------------------------------------------------------------------ a workbook to fill in


class FormPanel:
    """What a workbook is to ask, of whom, and a button that makes it."""

    def __init__(self, view: View, open_here: Callable[[Path], None]):
        """Show the panel where the cell stands that is running.

        Args:
            view: The partnership that is open in the notebook.
            open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
        """
        import ipywidgets as widgets

        self._view, self._open_here = view, open_here
        self._made: Path | None = None
        stops = [(f"{number} {tr(name)}", number) for number, name, _ in STOPS]
        self.stop = widgets.Dropdown(
            description=tr("For:"), options=[(tr("all stops"), None), *stops], layout=WIDE
        )
        self.full = widgets.Dropdown(
            description=tr("Form:"),
            options=[(tr("the short one"), False), (tr("the full one"), True)],
            layout=WIDE,
        )
        self.partner = widgets.Text(
            description=tr("Partner:"),
            placeholder=tr("its short name; empty for one that all share"),
            layout=WIDE,
        )
        self.filled = widgets.Dropdown(
            description=tr("Begins:"),
            options=[
                (tr("empty, or for one partner with its own answers"), False),
                (tr("with all that is typed, for yourself alone"), True),
            ],
            layout=WIDE,
        )
        self.make = widgets.Button(description=tr("Make the workbook"), icon="table", layout=BUTTON)
        self.status = widgets.HTML()
        self.follow = widgets.Button(
            description=tr("Let the exercises follow it"), icon="eye", layout=BUTTON | HIDDEN
        )
        self.make.on_click(in_main_thread(self._make))
        self.follow.on_click(in_main_thread(self._follow))
        fields = [self.stop, self.full, self.partner, self.filled]
        display(widgets.VBox([*fields, self.make, self.status, self.follow]))

    def _make(self, _: object) -> None:
        partner = self.partner.value.strip().upper()
        try:
            self._made = make_form(
                self._view.whole, self.stop.value, self.full.value, partner, self.filled.value
            )
        except (folder.NotSaved, OSError) as error:
            self.status.value = message(str(error))
            return
        self.follow.layout.display = "none" if partner else None
        self.status.value = message(
            tr("Made: {place}. Open it in your spreadsheet program, or send it.").format(
                place=self._made
            )
        )

    def _follow(self, _: object) -> None:
        if self._made is None:
            return
        try:
            self._open_here(self._made)
        except (folder.NotOpened, OSError) as error:
            self.status.value = message(str(error))
            return
        self.status.value = message(
            tr(
                "Every exercise opens: {name}. What you save in your spreadsheet program is shown "
                "a second later."
            ).format(name=paths.told(self._made))
        )


def make_form(p: Partnership, stop: int | None, full: bool, partner: str, filled: bool) -> Path:
    """Make a workbook to be filled in, in the folder for forms in my-partnerships.

    Args:
        p: The whole partnership.
        stop: The stop whose tables are asked for; None for all stops.
        full: Whether the columns of the full form are asked for, besides those of the core.
        partner: The code of the partner that fills it in; "" for one that all share. For one
            partner it holds that partner's answers, and of all others only what the room sees.
        filled: Whether a workbook that all share begins with everything that is typed.

    Returns:
        Where the workbook lies.

    Raises:
        NotSaved: There is no such partner, or the workbook cannot be written.
    """
    from partnering.exchange import form_workbook

    if partner and partner not in p.names:
        raise folder.NotSaved(tr("There is no partner “{partner}” here.").format(partner=partner))
    paths.FORMS.mkdir(parents=True, exist_ok=True)
    source = place_of(p) or Path(p.name)
    parts = [
        source.stem if source.suffix else source.name,
        f"stop {stop}" if stop else "",
        partner,
    ]
    place = paths.free_path(paths.FORMS, " ".join(part for part in parts if part), ".xlsx")
    form_workbook.write(
        place, [stop] if stop else None, full, partner, p if filled or partner else None, p
    )
    return place


# ------------------------------------------------------------------ what came back


class MergePanel:
    """Reads the separate files of a folder and, when people have seen what differs, saves them.

    What the files say, where they differ and what was assumed to read them is shown before anything
    is saved; what was assumed waits for a yes. It quotes answers: where the notebook would keep it,
    nothing is merged.
    """

    def __init__(self, open_here: Callable[[Path], None]):
        """Show the panel where the cell stands that is running.

        Args:
            open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
        """
        import ipywidgets as widgets

        self._open_here = open_here
        self.merged: merge.Merged | None = None
        self.where = widgets.Text(
            description=tr("Files in:"),
            placeholder=tr("the folder in which you put them"),
            layout=WIDE,
        )
        self.keep = widgets.Checkbox(
            description=tr("Keep what tells who somebody is (names, addresses, telephone, times)"),
            value=False,
            indent=False,
            layout=WIDE,
        )
        self.look = widgets.Button(description=tr("Look into them"), icon="search", layout=BUTTON)
        self.found = widgets.HTML()
        self.name = widgets.Text(
            description=tr("Save as:"),
            placeholder=tr("a name for the partnership's folder"),
            layout=WIDE | HIDDEN,
        )
        self.save = widgets.Button(
            description=tr("Save as one partnership"), icon="save", layout=BUTTON | HIDDEN
        )
        self.yes = widgets.Checkbox(
            description=tr("I have read what was assumed, and it is so"),
            value=False,
            indent=False,
            layout=WIDE | HIDDEN,
        )
        self.status = widgets.HTML()
        self.look.on_click(in_main_thread(self._look))
        self.save.on_click(in_main_thread(self._save))
        self.where.observe(in_main_thread(self._reset), names="value")
        self.keep.observe(in_main_thread(self._reset), names="value")
        self.yes.observe(in_main_thread(self._allow), names="value")
        asked = [self.where, self.keep, self.look]
        rows = [*asked, self.found, self.yes, self.name, self.save, self.status]
        display(widgets.VBox(rows))

    def _look(self, _: object) -> None:
        self._reset()
        try:
            place = self._folder()
            if kept_off.is_kept_off(place):
                self.status.value = message(kept_off.sentence())
                return
            self.merged = merge.read(place, self.keep.value)
        except (folder.NotOpened, OSError) as error:
            self.status.value = message(str(error))
            return
        self.found.value = what_was_found(self.merged)
        self.name.value = self.name.value or self.merged.partnership.name
        self.name.layout.display = self.save.layout.display = None
        self.yes.layout.display = None if self.merged.assumed else "none"
        self._allow()

    def _allow(self, _: object = None) -> None:
        """Let it be saved once people have said yes to what was assumed."""
        self.save.disabled = not self._is_allowed()

    def _is_allowed(self) -> bool:
        return self.merged is not None and (not self.merged.assumed or self.yes.value)

    def _folder(self) -> Path:
        place = choose_panel.path_typed(self.where.value)
        if place is None or not place.is_dir():
            raise folder.NotOpened(
                tr("Say in which folder the files lie: there is no folder {place}.").format(
                    place=self.where.value.strip() or "…"
                )
            )
        return place

    def _reset(self, _: object = None) -> None:
        """Forget what was found: it is of another folder, and must not be saved by mistake."""
        self.merged, self.found.value, self.status.value = None, "", ""
        self.name.layout.display = self.save.layout.display = self.yes.layout.display = "none"
        self.yes.value = False

    def _save(self, _: object) -> None:
        if self.merged is None:
            return
        if not self._is_allowed():
            self.status.value = message(
                tr("Nothing is saved yet. Read what was assumed, and say that it is so.")
            )
            return
        try:
            place = choose_panel.free_place(self.name.value)
            folder.write(self.merged.partnership, place)
            self._open_here(place)
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            self.status.value = message(str(error))
            return
        self._reset()
        self.status.value = message(
            tr(
                "Saved as {name}, and every exercise opens it. The files themselves are as they "
                "were."
            ).format(name=paths.told(place))
        )


def what_was_found(merged: merge.Merged) -> str:
    """What the merged files hold, for the screen.

    Args:
        merged: What `merge.read` gave back.

    Returns:
        HTML: the number of rows of each table, in sight of all; and in closed drop-downs, since
        they quote answers, the sentences on what differs, what was assumed, what was left out or
        not read, which cells cannot be read, and what else to know.
    """
    counts = []
    for name, sheet in merged.partnership.sheets.items():
        if len(sheet):
            label = tr(TABLES[name].label) if name in TABLES else name
            counts.append(f"{label} {len(sheet)}")
    differ = trn(
        "{count} answer was given in two ways: look at it before you save",
        "{count} answers were given in two ways: look at them before you save",
        len(merged.conflicts),
    )
    unread = trn(
        "{count} time nothing was read: look at it before you save",
        "{count} times nothing was read: look at them before you save",
        len(merged.unread),
    )
    supplied = trn(
        "{count} thing was assumed: look whether it is so",
        "{count} things were assumed: look whether they are so",
        len(merged.supplied),
    )
    left_out = trn(
        "{count} column tells who somebody is",
        "{count} columns tell who somebody is",
        len(merged.left_out),
    )
    unreadable = trn(
        "{count} place could not be read",
        "{count} places could not be read",
        len(merged.partnership.problems),
    )
    other = trn("{count} thing to know", "{count} things to know", len(merged.told))
    return (
        message(tr("Nothing is saved yet. Lines found: {tables}.").format(tables=", ".join(counts)))
        + dropdown(differ, merged.conflicts)
        + dropdown(supplied, merged.supplied)
        + dropdown(left_out, merged.left_out)
        + dropdown(unread, merged.unread)
        + dropdown(unreadable, map(str, merged.partnership.problems))
        + dropdown(other, merged.told)
    )
