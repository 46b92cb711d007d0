"""The panels that bring an earlier version back, close gaps in the codes, and forget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from IPython.display import HTML, display

from partnering.jupyter import kept_off
from partnering.jupyter.layouts import BUTTON, HIDDEN, WIDE
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.status_line import message, messages, paragraph
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.partnership import ROOM, recode
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import atomic, folder, forget, paths, reported, version_changes, versions
from partnering.storage.version_changes import Change
from partnering.storage.versions import Version

ROW, ANSWERS, EVERYTHING = "row", "answers", "everything"


def show(view: View, taken_back: Callable[[WorkingCopy], None]) -> None:
    """Show the panels; in a page of the handbook a sentence in their place.

    Args:
        view: The partnership that is open in the notebook.
        taken_back: Called when something was forgotten, to show what is left of a working copy.
    """
    if paths.built():
        display(
            paragraph(
                tr("Open this in Jupyter: answers are brought back or forgotten by clicking.")
            )
        )
        return
    VersionsPanel(view)
    display(HTML(f"<h3>{escape(tr('Before forms are printed: gaps in the codes'))}</h3>"))
    CodesPanel(view)
    display(HTML(f"<h3>{escape(tr('To forget'))}</h3>"))
    ForgetPanel(view, taken_back)


# ------------------------------------------------------------------ earlier versions


class VersionsPanel:
    """A list of earlier versions, shown when somebody asks for it, and a button to go back."""

    def __init__(self, view: View):
        """Show the panel where the cell stands that is running.

        Args:
            view: The partnership that is open in the notebook.
        """
        import ipywidgets as widgets

        self._view = view
        self.look = widgets.Button(
            description=tr("Look for earlier versions"), icon="history", layout=BUTTON
        )
        self.listing = widgets.Select(
            description=tr("As it was:"), rows=7, layout={"width": "min(100%, 58em)"} | HIDDEN
        )
        self.bring = widgets.Button(
            description=tr("Bring this one back"), icon="undo", layout=BUTTON | HIDDEN
        )
        self.status = widgets.HTML()
        self.look.on_click(in_main_thread(self._look))
        self.listing.observe(in_main_thread(self._tell), names="value")
        self.bring.on_click(in_main_thread(self._bring_back))
        display(widgets.VBox([self.look, self.listing, self.status, self.bring]))

    def _look(self, _: object = None) -> None:
        place = self._view.working_copy.place
        found = version_changes.since_each(place)
        self.listing.options = [(_named(one, changes), one.name) for one, changes in found]
        self.listing.value = found[0][0].name if found else None
        self.listing.layout.display = self.bring.layout.display = None if found else "none"
        if found:
            self._tell()
        else:
            none = tr("There is no earlier version of {name}.").format(name=paths.told(place))
            self.status.value = message(none)

    def _tell(self, _: object = None) -> None:
        """Say what would change if the version that is chosen were brought back now."""
        place = self._view.working_copy.place
        chosen = [one for one in versions.kept(place) if one.name == self.listing.value]
        if not chosen:
            return
        changes = version_changes.to_bring_back(place, chosen[0])
        if changes is None:
            said = tr(
                "What this version would change cannot be shown: one of its files cannot be read."
            )
        elif changes:
            what = version_changes.in_words(changes, most=len(changes))
            said = tr("Compared with now, this version means: {what}.").format(what=what)
        else:
            said = tr("In the lines that are counted here it says the same as now.")
        self.status.value = messages([said, tr("Lines that are kept back are not counted.")])

    def _bring_back(self, _: object) -> None:
        if not self.listing.value:
            return
        working_copy = self._view.working_copy
        try:
            versions.bring_back(working_copy.place, self.listing.value)
            working_copy.look_round()
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self._look()
        back = tr("It is as it was then. What was there before is in the list too.")
        self.status.value = message(back)


def _named(version: Version, changes: Sequence[Change] | None) -> str:
    """When a version was the present one, and what was changed then."""
    until = f"{version.until.astimezone():%Y-%m-%d %H:%M:%S}"
    if changes is None:
        what = tr("changes that cannot be shown, because a file cannot be read")
    else:
        what = version_changes.in_words(changes) or tr("what is not counted here")
    return tr("Until {time}, then: {what}").format(time=until, what=what)


# ------------------------------------------------------------------ gaps in the codes


class CodesPanel:
    """Says, when somebody asks, where a gap shows in the codes; a second button closes it."""

    def __init__(self, view: View):
        """Show the panel where the cell stands that is running.

        Args:
            view: The partnership that is open in the notebook.
        """
        import ipywidgets as widgets

        self._view = view
        self.look = widgets.Button(description=tr("Look for gaps"), icon="search", layout=BUTTON)
        self.give = widgets.Button(
            description=tr("Give new codes everywhere"), icon="sort", layout=BUTTON | HIDDEN
        )
        self.status = widgets.HTML()
        self.look.on_click(in_main_thread(self._look))
        self.give.on_click(in_main_thread(self._give))
        display(widgets.VBox([self.look, self.status, self.give]))

    def _look(self, _: object = None) -> None:
        whole = self._view.whole
        found, sentence = recode.gaps(whole), recode.gaps_in_words(whole)
        self.give.layout.display = None if found else "none"
        if not found:
            self.status.value = message(tr("The codes show no gap."))
            return
        self.status.value = messages([sentence, self._stays(), *self._changes(found)])

    def _changes(self, found: Mapping[str, Mapping[str, str]]) -> list[str]:
        """The words that would change, as far as the room may see them."""
        if kept_off.is_kept_off(self._view.working_copy.place):
            return [kept_off.sentence()]
        room, said = self._view.whole.for_reader(ROOM), []
        for name, new in found.items():
            for text, now in recode.sentences(room, name, new):
                said.append(tr("“{text}” becomes “{now}”.").format(text=text, now=now))
        read = tr(
            "Read how the words change that name a code: where they speak of something else, "
            "such as A4 paper, write them in another way first. Words that are kept back are in "
            "the facilitator's own view alone: read them there."
        )
        return [read, *said]

    def _stays(self) -> str:
        """What keeps the old codes."""
        whole, place = self._view.whole, self._view.working_copy.place
        stays = [tr("forms, reports and drafts that are written already")]
        for name, sheet in whole.sheets.items():
            if name not in TABLES:
                stays.append(tr("the sheet {name}").format(name=name))
            else:
                own = [column for column in sheet if column not in TABLES[name].by_name]
                where = tr("the column {column} of {table}")
                labels = [where.format(column=each, table=tr(TABLES[name].label)) for each in own]
                stays += labels
        if paths.houses(place).is_dir():
            stays.append(tr("the files inside each organisation"))
        return tr("The old codes stay in: {what}.").format(what="; ".join(stays))

    def _give(self, _: object) -> None:
        working_copy = self._view.working_copy
        if not working_copy.save():  # what stands there now is the version to go back to
            self.status.value = message(working_copy.said)
            return
        whole = self._view.whole
        given = recode.without_gaps(whole)
        for name, new in recode.gaps(whole).items():
            reported.recode(whole, name, new)
        working_copy.put(given)
        if not working_copy.save():
            self.status.value = message(working_copy.said)
            return
        self._look()
        done = tr(
            "There are new codes in the handbook's own tables. To undo it, bring back the last "
            "version."
        )
        said = [done, self._stays(), working_copy.said]
        self.status.value = messages([one for one in said if one])


# ------------------------------------------------------------------ forgetting


class ForgetPanel:
    """What is to be forgotten is chosen, then described, and only a second button removes it."""

    def __init__(self, view: View, taken_back: Callable[[WorkingCopy], None]):
        """Show the panel where the cell stands that is running.

        Args:
            view: The partnership that is open in the notebook.
            taken_back: Called when something was forgotten, to show what is left.
        """
        import ipywidgets as widgets

        self.view, self._taken_back = view, taken_back
        self._forget: Callable[[], forget.Forgotten] | None = None  # what the second button does
        self._announced: list[str] = []  # what people have read that would be gone
        self.what = widgets.Dropdown(
            description=tr("Forget:"),
            options=[
                (tr("one row"), ROW),
                (tr("all that one partner has answered"), ANSWERS),
                (tr("everything"), EVERYTHING),
            ],
            layout=WIDE,
        )
        tables = [
            (tr(table.label), name)
            for name, table in TABLES.items()
            if not table.upright and not table.private
        ]
        self.table = widgets.Dropdown(description=tr("of:"), options=tables, layout=WIDE)
        self.code = widgets.Text(
            description=tr("Row:"),
            placeholder=tr("its code, such as R3, or the number before it"),
            layout=WIDE,
        )
        self.partner = widgets.Text(
            description=tr("Partner:"), placeholder=tr("its short name"), layout=WIDE | HIDDEN
        )
        self.ask = widgets.Button(
            description=tr("Say what would be gone"), icon="search", layout=BUTTON
        )
        self.go = widgets.Button(
            description=tr("Forget it for good"), icon="trash", layout=BUTTON | HIDDEN
        )
        self.keep = widgets.Button(description=tr("Keep it"), layout=BUTTON | HIDDEN)
        self.status = widgets.HTML()
        self.what.observe(in_main_thread(self._show_fields), names="value")
        for field in (self.table, self.code, self.partner):
            field.observe(in_main_thread(self._reset), names="value")
        self.ask.on_click(in_main_thread(self._ask))
        self.go.on_click(in_main_thread(self._go))
        self.keep.on_click(in_main_thread(self._reset))
        fields = [self.what, self.table, self.code, self.partner, self.ask, self.status]
        display(widgets.VBox([*fields, widgets.HBox([self.go, self.keep])]))

    def _show_fields(self, _: object) -> None:
        """Show the fields that belong to what is to be forgotten."""
        for field, wanted in ((self.table, ROW), (self.code, ROW), (self.partner, ANSWERS)):
            field.layout.display = None if self.what.value == wanted else "none"
        self._reset()

    def _reset(self, _: object = None) -> None:
        """Nothing is about to be forgotten: something else was chosen, or people keep it."""
        self._forget, self._announced, self.status.value = None, [], ""
        self.go.layout.display = self.keep.layout.display = "none"

    def _ask(self, _: object) -> None:
        self._reset()
        self._forget, self._announced = self._look()
        self.status.value = messages(self._announced)
        if self._forget:
            self.go.layout.display = self.keep.layout.display = None

    def _go(self, _: object) -> None:
        if self._forget is None:
            return
        forget_now, announced = self._look()  # somebody may have typed since, here or elsewhere
        if forget_now is None or announced != self._announced:
            self._forget, self._announced = forget_now, announced
            changed = tr("Something has changed in the meantime. Read it once more.")
            self.status.value = messages([changed, *announced])
            return
        try:
            gone = forget_now()
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self._taken_back(self.view.working_copy)
        self._reset()
        self.code.value = self.partner.value = ""
        self.status.value = messages(gone.sentences)

    def _look(self) -> tuple[Callable[[], forget.Forgotten] | None, list[str]]:
        """What the second button does, and sentences on what is then gone; or None, and why."""
        working_copy = self.view.working_copy
        if not working_copy.save():
            return None, [working_copy.said]
        try:
            forget_it = self._chosen()
            return (lambda: forget_it(True)), forget_it(False).beforehand
        except atomic.TROUBLE as error:
            return None, [atomic.in_words(error)]

    def _chosen(self) -> Callable[[bool], forget.Forgotten]:
        """What forgets the thing that was chosen, or with False only counts it."""
        place = self.view.working_copy.place
        if self.what.value == EVERYTHING:
            return lambda really: forget.whole(place, really=really)
        if self.what.value == ANSWERS:
            partner = self._partner()
            return lambda really: forget.answers(place, partner, really=really)
        table, row = self.table.value, self._row()
        return lambda really: forget.row(place, table, row, really=really)

    def _partner(self) -> str:
        partner: str = self.partner.value.strip().upper()
        if partner not in self.view.whole.names:
            raise folder.NotOpened(self.view.whole.not_among(partner))
        return partner

    def _row(self) -> str | int | list[str]:
        """A row as people name it: its code, its number, or several words parted by commas."""
        words = [part.strip() for part in self.code.value.split(",")]
        if not any(words):
            raise folder.NotOpened(tr("Say which row: its code, or the number before it."))
        if len(words) > 1:
            return words
        word, name = words[0], self.table.value
        if plain(word) in self._codes(name) or not forget.is_numbered(TABLES[name]):
            return word
        number = self._number_in_file(word, name)
        if number is None:
            raise folder.NotOpened(
                tr("There is no row {row} in {table}.").format(
                    row=word, table=tr(TABLES[name].label)
                )
            )
        return number

    def _codes(self, table: str) -> list[str]:
        """The codes of a table's rows; none where several columns name a row."""
        key = TABLES[table].key
        if len(key) != 1:
            return []
        return self.view.whole[table][key[0]].astype("str").map(plain).to_list()

    def _number_in_file(self, word: str, table: str) -> int | None:
        """The number in its file of a row that people see under a number; None if there is none.

        The two differ where the file has empty lines, or rows were removed here.
        """
        sheets = self.view.whole.sheets
        seen = list(sheets[table].index) if table in sheets else []
        if not word.isdecimal() or int(word) not in seen:
            return None
        in_file = folder.open_any(self.view.working_copy.place).sheets[table].index
        return int(in_file[seen.index(int(word))])
