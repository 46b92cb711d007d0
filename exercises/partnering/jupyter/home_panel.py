"""The panels that put a partnership into one file, bring one back, and list what was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path

from IPython.display import HTML, display

from partnering.jupyter import choose_panel, chosen_files
from partnering.jupyter.layouts import BUTTON, HIDDEN, WIDE
from partnering.jupyter.main_thread import enter_presses, in_main_thread
from partnering.jupyter.open_button import Results
from partnering.jupyter.status_line import message, messages, paragraph
from partnering.jupyter.view import View
from partnering.language import tr, trn
from partnering.storage import atomic, carrying, home_file, made_files, paths
from partnering.storage.carrying import Carried


def show(view: View, open_here: Callable[[Path], None]) -> None:
    """Show the panels; in a page of the handbook a sentence in their place.

    Args:
        view: The partnership that is open in the notebook.
        open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
    """
    if paths.built():
        display(
            paragraph(
                tr("Open this in Jupyter: taking home and bringing back is done by clicking.")
            )
        )
        return
    display(HTML(f"<h3>{escape(tr('To take home, to hand over, to bring back'))}</h3>"))
    CarryPanel(view)
    if paths.IN_BROWSER:  # where a field for a path finds nothing
        display(paragraph(tr("To bring a file back, press the button at the top of this page.")))
    else:
        BringBackPanel(open_here)
    display(HTML(f"<h3>{escape(tr('What was made of this partnership'))}</h3>"))
    MadePanel(view)


class CarryPanel:
    """A passphrase, and a button for each kind of file."""

    def __init__(self, view: View):
        """Show the panel where the cell stands that is running.

        Args:
            view: The partnership that is open in the notebook.
        """
        import ipywidgets as widgets

        self._view = view
        self.passphrase = widgets.Password(
            description=tr("Passphrase:"),
            placeholder=tr("four words or more; empty: not locked"),
            layout=WIDE,
        )
        self.again = widgets.Password(
            description=tr("Once more:"),
            placeholder=tr("the same passphrase"),
            layout=WIDE,
        )
        self.take = widgets.Button(description=tr("Take it home"), icon="home", layout=BUTTON)
        self.partner = widgets.Text(
            placeholder=tr("its short name"), layout={"width": "12em"}, description=""
        )
        self.give = widgets.Button(
            description=tr("Give a partner its own rows"), icon="user", layout=BUTTON
        )
        self.houses = widgets.Checkbox(
            description=tr("with the files inside each organisation: each has agreed"),
            indent=False,
            layout={"width": "auto"},
        )
        self.hand = widgets.Button(description=tr("Hand over"), icon="share", layout=BUTTON)
        self.status, self.results = widgets.HTML(), Results()
        self.take.on_click(in_main_thread(self._take))
        self.give.on_click(in_main_thread(self._give))
        self.hand.on_click(in_main_thread(self._hand))
        rows = [
            self.passphrase,
            self.again,
            self.take,
            widgets.HBox([self.give, self.partner]),
            widgets.HBox([self.hand, self.houses]),
            self.results.box,
            self.status,
        ]
        display(widgets.VBox(rows))

    def _take(self, _: object) -> None:
        self._make(lambda place, phrase: carrying.take_home(place, phrase))

    def _give(self, _: object) -> None:
        partner = self.partner.value.strip().upper()
        self._make(lambda place, phrase: carrying.give(place, partner, phrase))

    def _hand(self, _: object) -> None:
        with_houses = self.houses.value
        self._make(lambda place, phrase: carrying.hand_over(place, phrase, with_houses=with_houses))

    def _make(self, make: Callable[[Path, str], Carried]) -> None:
        """Save what is typed, make a file, and say what is in it."""
        self.results.show(())
        working_copy = self._view.working_copy
        if not working_copy.save():
            self.status.value = message(working_copy.said)
            return
        if self.passphrase.value != self.again.value:
            self.status.value = message(
                tr("The two passphrases are not the same. Type them again; nothing was made.")
            )
            return
        try:
            made = make(working_copy.place, self.passphrase.value)
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self.passphrase.value = self.again.value = ""
        self.results.show([made.path])
        self.status.value = messages(
            [tr("Made. Copy it to a stick of your own: Open shows its folder."), *made.sentences]
        )


class BringBackPanel:
    """A field for a file, and a button that makes a folder of it beside what is there."""

    def __init__(self, open_here: Callable[[Path], None]):
        """Show the panel where the cell stands that is running.

        Args:
            open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
        """
        import ipywidgets as widgets

        self._open_here = open_here
        self._place: Path | None = None
        self.file = widgets.Text(
            description=tr("File:"),
            placeholder=tr("where it is; its name ends in .partnering"),
            layout=WIDE,
        )
        self.passphrase = widgets.Password(description=tr("Passphrase:"), layout=WIDE | HIDDEN)
        self.chosen = chosen_files.button(
            tr("or choose it"), (home_file.ENDING,), self.file, many=False
        )
        self.bring = widgets.Button(description=tr("Bring it back"), icon="download", layout=BUTTON)
        self.status = widgets.HTML()
        self.open = widgets.Button(
            description=tr("Let every exercise open it"), icon="eye", layout=BUTTON | HIDDEN
        )
        self.bring.on_click(in_main_thread(self._bring))
        enter_presses(self.bring, self.file, self.passphrase)
        self.open.on_click(in_main_thread(self._open))
        file = widgets.HBox([self.file, self.chosen])
        display(widgets.VBox([file, self.passphrase, self.bring, self.status, self.open]))

    def _bring(self, _: object) -> None:
        self._place, self.open.layout.display = None, "none"
        try:
            file = choose_panel.path_typed(self.file.value)
            if file is None and not self.chosen.value:
                self.status.value = message(tr("Choose the file, or say where it is."))
                return
            with chosen_files.laid_out(self.chosen) as laid:
                (file,) = laid.iterdir() if file is None else (file,)
                done = carrying.bring_back(file, self.passphrase.value)
        except home_file.Locked as error:
            self.passphrase.layout.display = None
            self.status.value = message(atomic.in_words(error))
            return
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self.passphrase.value, self.passphrase.layout.display = "", "none"
        self._place, self.open.layout.display = done.place, None
        self.status.value = messages(done.sentences)

    def _open(self, _: object) -> None:
        if self._place is None:
            return
        try:
            self._open_here(self._place)
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self.open.layout.display = "none"
        self.status.value = message(
            tr("Every exercise opens: {name}.").format(name=paths.told(self._place))
        )


class MadePanel:
    """What the handbook has made of the partnership, by folders, each with its button."""

    def __init__(self, view: View):
        """Show the panel where the cell stands that is running.

        Args:
            view: The partnership that is open in the notebook.
        """
        import ipywidgets as widgets

        self._view = view
        self.look = widgets.Button(description=tr("List what was made"), icon="list", layout=BUTTON)
        self.status, self.results = widgets.HTML(), Results()
        self.look.on_click(in_main_thread(self._look))
        display(widgets.VBox([self.look, self.status, self.results.box]))

    def _look(self, _: object) -> None:
        place = self._view.working_copy.place
        there = [one for one in made_files.of(place) if made_files.belongs(place, one)]
        count = Counter(one.path.parent for one in there)
        single = {one.path.parent: one.path for one in there}
        made = sorted(single[parent] if count[parent] == 1 else parent for parent in count)
        many = [
            trn("{count} file", "{count} files", count[one]).format(count=count[one])
            if count[one] > 1
            else ""
            for one in made
        ]
        self.results.show(made, many)
        said = [
            tr("Reports, drafts, forms and files to carry. They are forgotten with the answers.")
            if made
            else tr("There are no reports, drafts, forms or files to carry.")
        ]
        untold = made_files.unreadable(place)
        self.status.value = messages([*said, *([untold] if untold else [])])
