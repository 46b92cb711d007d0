"""The panel that makes a workbook to be filled in; below it stands the one for what comes back."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from IPython.display import HTML, display

from partnering.jupyter.layouts import BUTTON, HIDDEN, WIDE
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.merge_panel import MergePanel
from partnering.jupyter.open_button import Results
from partnering.jupyter.status_line import message, paragraph
from partnering.jupyter.view import View
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.tables import STOPS
from partnering.storage import atomic, folder, paths
from partnering.storage.stored import place_of


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
    MergePanel(view, open_here)


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
            description=tr("For:"), options=[(tr("all stops"), 0), *stops], layout=WIDE
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
        self.make_questions = widgets.Button(
            description=tr("Make it for a form tool"), icon="list", layout=BUTTON
        )
        self.status = widgets.HTML()
        self.follow = widgets.Button(
            description=tr("Let the exercises follow it"), icon="eye", layout=BUTTON | HIDDEN
        )
        self.results = Results()
        self.make.on_click(in_main_thread(self._make))
        self.make_questions.on_click(in_main_thread(self._make_questions))
        self.follow.on_click(in_main_thread(self._follow))
        fields = [self.stop, self.full, self.partner, self.filled]
        makes = widgets.HBox([self.make, self.make_questions])
        rows = [*fields, makes, self.status, self.results.box, self.follow]
        display(widgets.VBox(rows))

    def _make(self, _: object) -> None:
        partner = self.partner.value.strip().upper()
        try:
            self._made = make_form(
                self._view.whole,
                self.stop.value or None,
                self.full.value,
                partner,
                self.filled.value,
            )
        except atomic.TROUBLE as error:
            self.results.show(())
            self.status.value = message(atomic.in_words(error))
            return
        self.follow.layout.display = "none" if partner else None
        self.results.show([self._made])
        self.status.value = message(tr("Made. Fill it in in a spreadsheet program, or send it."))

    def _make_questions(self, _: object) -> None:
        self.follow.layout.display = "none"
        try:
            made = make_questions(self._view.whole, self.stop.value or None, self.full.value)
        except atomic.TROUBLE as error:
            self.results.show(())
            self.status.value = message(atomic.in_words(error))
            return
        self.results.show(made)
        self.status.value = message(
            tr(
                "Made. Upload the workbook to KoboToolbox or ODK; the text is for other form "
                "tools. Each is for all partners: who answers chooses its own name. A form tool is "
                "a cloud: others keep what partners answer there."
            )
        )

    def _follow(self, _: object) -> None:
        if self._made is None:
            return
        try:
            self._open_here(self._made)
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self.status.value = message(
            tr(
                "Every exercise opens: {name}. What you save in your spreadsheet program is shown "
                "a second later."
            ).format(name=paths.told(self._made))
        )


def make_questions(p: Partnership, stop: int | None, full: bool) -> list[Path]:
    """Make forms for form tools, in the partnership's own folder for forms.

    Args:
        p: The whole partnership; the forms bear what the room sees of it.
        stop: The stop that they ask about; None for every stop at which partners answer.
        full: Whether they ask for the full form.

    Returns:
        Where the files lie.

    Raises:
        NotSaved: The stop has nothing for a form tool, or a file cannot be written.
    """
    from partnering.exchange import xlsform

    source = place_of(p) or paths.MY_PARTNERSHIPS / p.name
    home = paths.made_of(source, "forms")
    return xlsform.make(home, None if stop is None else [stop], full, p)


def make_form(p: Partnership, stop: int | None, full: bool, partner: str, filled: bool) -> Path:
    """Make a workbook to be filled in, in the partnership's own folder for forms.

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
        raise folder.NotSaved(p.not_among(partner))
    source = place_of(p) or paths.MY_PARTNERSHIPS / p.name
    home = atomic.make_folders(paths.made_of(source, "forms"))
    parts = [
        source.stem if source.suffix else source.name,
        f"stop {stop}" if stop else "",
        partner,
    ]
    place = paths.free_path(home, " ".join(part for part in parts if part), ".xlsx")
    return form_workbook.write(
        place, [stop] if stop else None, full, partner, p if filled or partner else None, p
    )
