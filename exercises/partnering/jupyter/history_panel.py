"""By clicking: bring an earlier version back, and forget a row, a partner's answers or everything."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from IPython.display import HTML, display

from partnering.jupyter.choose_panel import told
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.schema.kinds import plain
from partnering.schema.tables import TABLES
from partnering.storage import folder, forget, paths, versions

ROW, ANSWERS, EVERYTHING = "row", "answers", "everything"


def show(view: View, taken_back: Callable[[WorkingCopy], None]) -> None:
    """Let people bring an earlier version back, or take back for good what they do not wish to be kept."""
    if paths.built():
        display(
            HTML(
                f"<p>{escape(tr('Open this in Jupyter: to bring back and to forget are done by clicking.'))}</p>"
            )
        )
        return
    _bring_back(view)
    display(HTML(f"<h3>{escape(tr('To forget'))}</h3>"))
    ForgetPanel(view, taken_back)


# ------------------------------------------------------------------ earlier versions


def _bring_back(view: View) -> None:
    import ipywidgets as widgets

    look = widgets.Button(
        description=tr("Look for earlier versions"), icon="history", layout={"width": "18em"}
    )
    listing = widgets.Dropdown(
        description=tr("As it was:"), layout={"width": "34em", "display": "none"}
    )
    bring = widgets.Button(
        description=tr("Bring this one back"),
        icon="undo",
        layout={"width": "18em", "display": "none"},
    )
    said = widgets.HTML()

    def looked(_=None) -> None:
        found = versions.kept(view.working_copy.place)
        listing.options = [
            (f"{version.until.astimezone():%Y-%m-%d %H:%M:%S}", version.name) for version in found
        ]
        listing.value = found[0].name if found else None
        listing.layout.display = bring.layout.display = None if found else "none"
        said.value = (
            ""
            if found
            else told(
                tr("There is no earlier version of {name}.").format(
                    name=paths.told(view.working_copy.place)
                )
            )
        )

    def brought(_) -> None:
        if not listing.value:
            return
        try:
            versions.bring_back(view.working_copy.place, listing.value)
            view.working_copy.look_round()
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            said.value = told(str(error))
            return
        looked()
        said.value = told(tr("It is as it was then. What stood there before is in the list too."))

    look.on_click(in_main_thread(looked))
    bring.on_click(in_main_thread(brought))
    display(widgets.VBox([look, listing, bring, said]))


# ------------------------------------------------------------------ forgetting


class ForgetPanel:
    """What is to be forgotten is chosen, then told in words, and only a second button lets it go."""

    def __init__(self, view: View, taken_back: Callable[[WorkingCopy], None]):
        import ipywidgets as widgets

        wide, self.view, self.taken_back = {"width": "34em"}, view, taken_back
        self.what = widgets.Dropdown(
            description=tr("Forget:"),
            layout=wide,
            options=[
                (tr("one row"), ROW),
                (tr("all that one partner has answered"), ANSWERS),
                (tr("everything"), EVERYTHING),
            ],
        )
        self.table = widgets.Dropdown(
            description=tr("of:"),
            layout=dict(wide),
            options=[
                (tr(table.label), name)
                for name, table in TABLES.items()
                if not table.upright and not table.private
            ],
        )
        self.code = widgets.Text(
            description=tr("Row:"),
            layout=dict(wide),
            placeholder=tr("its code, such as R3, or the number that stands before it"),
        )
        self.partner = widgets.Text(
            description=tr("Partner:"),
            layout={**wide, "display": "none"},
            placeholder=tr("its short name"),
        )
        button = {"width": "18em"}
        self.ask = widgets.Button(
            description=tr("Say what would be gone"), icon="search", layout=button
        )
        self.go = widgets.Button(
            description=tr("Forget it for good"), icon="trash", layout={**button, "display": "none"}
        )
        self.keep = widgets.Button(description=tr("Keep it"), layout={**button, "display": "none"})
        self.said, self.act, self.asked = widgets.HTML(), None, []
        self.what.observe(in_main_thread(lambda _: self._turn()), names="value")
        for field in (self.table, self.code, self.partner):
            field.observe(in_main_thread(lambda _: self._put_off()), names="value")
        self.ask.on_click(in_main_thread(lambda _: self._ask()))
        self.go.on_click(in_main_thread(lambda _: self._go()))
        self.keep.on_click(in_main_thread(lambda _: self._put_off()))
        display(
            widgets.VBox(
                [
                    self.what,
                    self.table,
                    self.code,
                    self.partner,
                    self.ask,
                    self.said,
                    widgets.HBox([self.go, self.keep]),
                ]
            )
        )

    def _turn(self) -> None:
        for field, at in ((self.table, ROW), (self.code, ROW), (self.partner, ANSWERS)):
            field.layout.display = None if self.what.value == at else "none"
        self._put_off()

    def _put_off(self) -> None:
        """Nothing is about to be forgotten: something else was chosen, or people would rather keep it."""
        self.act, self.asked, self.said.value = None, [], ""
        self.go.layout.display = self.keep.layout.display = "none"

    def _ask(self) -> None:
        self._put_off()
        self.act, self.asked = self._look()
        self.said.value = "".join(map(told, self.asked))
        if self.act:
            self.go.layout.display = self.keep.layout.display = None

    def _look(self) -> tuple[Callable[[], forget.Forgotten] | None, list[str]]:
        """What the second button does, with sentences on what would then be gone; or nothing, and why."""
        working_copy = self.view.working_copy
        if not working_copy.save():
            return None, [working_copy.said]
        try:
            return self._asked()
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            return None, [str(error)]

    def _asked(self) -> tuple[Callable[[], forget.Forgotten], list[str]]:
        place = self.view.working_copy.place
        if self.what.value == EVERYTHING:
            return (lambda: forget.whole(place)), forget.whole(place, really=False).beforehand(
                tr("the whole partnership {name}").format(name=paths.told(place))
            )
        if self.what.value == ANSWERS:
            partner = self._partner()
            return (lambda: forget.answers(place, partner)), forget.answers(
                place, partner, really=False
            ).beforehand(
                tr("all that {partner} has answered").format(partner=self.view.whole.names[partner])
            )
        table, row = self.table.value, self._row()
        return (lambda: forget.row(place, table, row)), forget.row(
            place, table, row, really=False
        ).beforehand(
            tr("{table}, row {row}").format(
                table=tr(TABLES[table].label), row=self.code.value.strip()
            )
        )

    def _partner(self) -> str:
        partner = self.partner.value.strip().upper()
        if partner not in self.view.whole.names:
            raise folder.NotOpened(
                tr("There is no partner “{partner}” here.").format(partner=partner)
            )
        return partner

    def _row(self) -> str | int | list[str]:
        """A row as somebody called it: its code, the number before it, or several words for a table named by several."""
        said = [part.strip() for part in self.code.value.split(",")]
        if not any(said):
            raise folder.NotOpened(
                tr("Say which row: its code, or the number that stands before it.")
            )
        if len(said) > 1:
            return said
        name, p = self.table.value, self.view.whole
        key = TABLES[name].key
        if len(key) == 1 and plain(said[0]) in p[name][key[0]].astype("str").map(plain).to_list():
            return said[0]
        numbers = list(p.sheets[name].index) if name in p.sheets else []
        if (
            said[0].isdecimal() and int(said[0]) in numbers
        ):  # the file may have empty lines, and lines were removed here
            return int(
                folder.open_any(self.view.working_copy.place)
                .sheets[name]
                .index[numbers.index(int(said[0]))]
            )
        raise folder.NotOpened(
            tr("There is no row {row} in {table}.").format(
                row=said[0], table=tr(TABLES[name].label)
            )
        )

    def _go(self) -> None:
        if self.act is None:
            return
        act, asked = self._look()  # somebody may have typed since, here or elsewhere
        if act is None or asked != self.asked:
            self.act, self.asked = act, asked
            self.said.value = "".join(
                map(told, [tr("Something has changed meanwhile. Read once more."), *asked])
            )
            return
        try:
            gone = act()
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            self.said.value = told(str(error))
            return
        self.taken_back(self.view.working_copy)
        self._put_off()
        self.code.value = self.partner.value = ""
        self.said.value = "".join(map(told, gone.sentences))
