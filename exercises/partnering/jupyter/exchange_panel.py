"""By clicking: a workbook goes out to be filled in, and what comes back, from whatever hands, becomes one partnership."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from IPython.display import HTML, display

from partnering.exchange import merge
from partnering.jupyter import choose_panel
from partnering.jupyter.choose_panel import told
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.status_line import closed
from partnering.jupyter.view import View
from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.schema.tables import STOPS, TABLES
from partnering.storage import folder, paths

FORMS = "forms"  # the folder in my-partnerships that holds workbooks to be filled in; they are no partnerships yet


def show(view: View, open_here: Callable[[Path], None]) -> None:
    """Let people make a workbook to fill in, and put together the files that came back."""
    if paths.built():
        display(
            HTML(
                f"<p>{escape(tr('Open this in Jupyter: a workbook is made, and answers are merged, by clicking.'))}</p>"
            )
        )
        return
    _form(view, open_here)
    display(HTML(f"<h3>{escape(tr('What came back'))}</h3>"))
    MergePanel(open_here)


# ------------------------------------------------------------------ a workbook to fill in


def _form(view: View, open_here: Callable[[Path], None]) -> None:
    import ipywidgets as widgets

    wide = {"layout": {"width": "34em"}}
    stop = widgets.Dropdown(
        description=tr("For:"),
        **wide,
        options=[
            (tr("all stops"), None),
            *((f"{number} {tr(name)}", number) for number, name, _ in STOPS),
        ],
    )
    length = widgets.Dropdown(
        description=tr("Form:"),
        **wide,
        options=[(tr("the short one"), False), (tr("the full one"), True)],
    )
    who = widgets.Text(
        description=tr("Partner:"),
        **wide,
        placeholder=tr("its short name; empty for one that all share"),
    )
    start_from = widgets.Dropdown(
        description=tr("Begins:"),
        **wide,
        options=[
            (tr("empty, or for one partner with its own answers"), False),
            (tr("with all that is typed, for yourself alone"), True),
        ],
    )
    make, said = (
        widgets.Button(description=tr("Make the workbook"), icon="table", layout={"width": "18em"}),
        widgets.HTML(),
    )
    follow = widgets.Button(
        description=tr("Let the exercises follow it"),
        icon="eye",
        layout={"width": "18em", "display": "none"},
    )
    made: list[Path] = []

    def make_it(_) -> None:
        try:
            made[:] = [
                make_form(
                    view.whole,
                    stop.value,
                    length.value,
                    who.value.strip().upper(),
                    start_from.value,
                )
            ]
        except (folder.NotSaved, OSError) as error:
            said.value = told(str(error))
        else:
            follow.layout.display = "none" if who.value.strip() else None
            said.value = told(
                tr("Made: {place}. Open it in your spreadsheet program, or send it.").format(
                    place=made[0]
                )
            )

    def follow_it(_) -> None:
        try:
            open_here(made[0])
        except (folder.NotOpened, OSError) as error:
            said.value = told(str(error))
        else:
            said.value = told(
                tr(
                    "Every exercise opens: {name}. What you save in your spreadsheet program is shown a second "
                    "later."
                ).format(name=paths.told(made[0]))
            )

    make.on_click(in_main_thread(make_it))
    follow.on_click(in_main_thread(follow_it))
    display(widgets.VBox([stop, length, who, start_from, make, said, follow]))


def make_form(p: Partnership, stop: int | None, full: bool, partner: str, filled: bool) -> Path:
    """Where the workbook lies that was made to be filled in; only one for yourself holds the answers of several partners.

    Raises `NotSaved`.
    """
    from partnering.exchange import form_workbook

    if partner and partner not in p.names:
        raise folder.NotSaved(tr("There is no partner “{partner}” here.").format(partner=partner))
    home = paths.MY_PARTNERSHIPS / FORMS
    home.mkdir(parents=True, exist_ok=True)
    parts = [
        p.place.stem if p.place.suffix else p.place.name,
        f"stop {stop}" if stop else "",
        partner,
    ]
    place = paths.free_path(home, " ".join(part for part in parts if part), ".xlsx")
    form_workbook.write(
        place, [stop] if stop else None, full, partner, p if filled or partner else None
    )
    return place


# ------------------------------------------------------------------ what came back


class MergePanel:
    """A folder of separate files is looked into; what they say, and where they differ, is told before anything is saved."""

    def __init__(self, open_here: Callable[[Path], None]):
        import ipywidgets as widgets

        wide = {"layout": {"width": "34em"}}
        self.where = widgets.Text(
            description=tr("Files in:"), **wide, placeholder=tr("the folder in which you put them")
        )
        self.look = widgets.Button(
            description=tr("Look into them"), icon="search", layout={"width": "18em"}
        )
        self.found = widgets.HTML()
        self.name = widgets.Text(
            description=tr("Save as:"),
            placeholder=tr("a name for the partnership's folder"),
            layout={"width": "34em", "display": "none"},
        )
        self.save = widgets.Button(
            description=tr("Save as one partnership"),
            icon="save",
            layout={"width": "18em", "display": "none"},
        )
        self.open_here, self.said, self.merged = open_here, widgets.HTML(), None
        self.look.on_click(in_main_thread(lambda _: self._look()))
        self.save.on_click(in_main_thread(lambda _: self._save()))
        self.where.observe(in_main_thread(lambda _: self._forget()), names="value")
        display(widgets.VBox([self.where, self.look, self.found, self.name, self.save, self.said]))

    def _look(self) -> None:
        self._forget()
        place = choose_panel.path_typed(self.where.value)
        try:
            if place is None or not place.is_dir():
                raise folder.NotOpened(
                    tr("Say in which folder the files lie: there is no folder {place}.").format(
                        place=self.where.value.strip() or "…"
                    )
                )
            self.merged = merge.read(place)
        except (folder.NotOpened, OSError) as error:
            self.said.value = told(str(error))
            return
        self.found.value = what_was_found(self.merged)
        self.name.value = self.name.value or self.merged.partnership.name
        self.name.layout.display = self.save.layout.display = None

    def _forget(self) -> None:
        """Another folder was typed: what was found in the one before is not saved by mistake."""
        self.merged, self.found.value, self.said.value = None, "", ""
        self.name.layout.display = self.save.layout.display = "none"

    def _save(self) -> None:
        if self.merged is None:
            return
        try:
            place = choose_panel.free_place(self.name.value)
            folder.write(self.merged.partnership, place)
            self.open_here(place)
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            self.said.value = told(str(error))
            return
        self._forget()
        self.said.value = told(
            tr(
                "Saved as {name}, and every exercise opens it. The files themselves are as they were."
            ).format(name=paths.told(place))
        )


def what_was_found(merged: merge.Merged) -> str:
    """What the files hold, as counts on the wall; sentences that quote answers wait in a closed drop-down."""
    p = merged.partnership
    rows = [
        f"{tr(TABLES[name].label) if name in TABLES else name} {len(sheet)}"
        for name, sheet in p.sheets.items()
        if len(sheet)
    ]
    line = tr("Nothing is saved yet. Lines found: {tables}.").format(tables=", ".join(rows))
    differ = trn(
        "{count} answer differs between two files: look at it before you save",
        "{count} answers differ between two files: look at them before you save",
        len(merged.conflicts),
    )
    unread = trn(
        "{count} time nothing was read: look at it before you save",
        "{count} times nothing was read: look at them before you save",
        len(merged.unread),
    )
    other = trn("{count} thing to know", "{count} things to know", len(merged.told))
    return (
        told(line)
        + closed(differ, merged.conflicts)
        + closed(unread, merged.unread)
        + closed(other, merged.told)
    )
