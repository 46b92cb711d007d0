"""The panel for what came back: into the partnership that is open, or as one of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from IPython.display import display

from partnering.exchange import joining, merge
from partnering.exchange.joining import Joined
from partnering.exchange.merged import Merged
from partnering.exchange.returned_files import TEXTS, WORKBOOKS
from partnering.jupyter import choose_panel, chosen_files, kept_off
from partnering.jupyter.layouts import BUTTON, HIDDEN, WIDE
from partnering.jupyter.main_thread import enter_presses, in_main_thread
from partnering.jupyter.status_line import dropdown, message
from partnering.jupyter.view import View
from partnering.language import tr, trn
from partnering.schema.tables import called
from partnering.storage import atomic, folder, home_file, paths, versions
from partnering.storage.stored import StoredPartnership

MOST = 100  # answers that differ and are chosen line by line; a screen takes no more


class MergePanel:
    """Reads what came back and, when people have seen what differs, adds it or saves it apart.

    What the files say, where they differ and what was assumed to read them is shown before anything
    is saved; what was assumed waits for a yes. It quotes answers: where the notebook would keep it,
    nothing is merged.
    """

    def __init__(self, view: View, open_here: Callable[[Path], None]):
        """Show the panel where the cell stands that is running.

        Args:
            view: The partnership that is open in the notebook.
            open_here: Opens a partnership everywhere in this notebook, and raises `NotOpened`.
        """
        import ipywidgets as widgets

        self._view, self._open_here = view, open_here
        self.merged: Merged | None = None
        self.joined: Joined | None = None
        self._seen: object = None  # the sheets that were open when this was read
        self._undo: tuple[versions.Version, object] | None = None
        self.where = widgets.Text(
            description=tr("Files in:"),
            placeholder=tr("the folder in which you put them, or one file"),
            layout=WIDE,
        )
        endings = (*WORKBOOKS, *TEXTS, home_file.ENDING)
        self.chosen = chosen_files.button(tr("or choose files"), endings, self.where)
        self.passphrase = widgets.Password(description=tr("Passphrase:"), layout=WIDE | HIDDEN)
        self.keep = widgets.Checkbox(
            description=tr(
                "Keep what says who somebody is (names, addresses, phone numbers, times)"
            ),
            value=False,
            indent=False,
            layout={"width": "auto"},
        )
        self.look = widgets.Button(description=tr("Look into them"), icon="search", layout=BUTTON)
        self.found = widgets.HTML()
        self.ours = widgets.Button(description=tr("Ours for all"), layout=BUTTON)
        self.theirs = widgets.Button(description=tr("Theirs for all"), layout=BUTTON)
        self.lines = widgets.VBox([])
        self.choices = widgets.Accordion([], layout=HIDDEN)
        self.yes = widgets.Checkbox(
            description=tr("I have read the messages above, and want it saved"),
            indent=False,
            layout={"width": "auto"} | HIDDEN,
        )
        self.add = widgets.Button(
            description=tr("Add to the open partnership"), icon="plus", layout=BUTTON | HIDDEN
        )
        self.name = widgets.Text(
            description=tr("Save as:"),
            placeholder=tr("a name for the partnership's folder"),
            layout=WIDE | HIDDEN,
        )
        self.save = widgets.Button(
            description=tr("Save as one partnership"), icon="save", layout=BUTTON | HIDDEN
        )
        self.found_apart = widgets.HTML()  # beside what is open it is told otherwise
        self.yes_apart = widgets.Checkbox(
            description=tr("I have read what was assumed, and it is right"),
            value=False,
            indent=False,
            layout=WIDE | HIDDEN,
        )
        own = widgets.VBox([self.found_apart, self.yes_apart, self.name, self.save])
        self.apart = widgets.Accordion([own], layout=HIDDEN)
        self.apart.set_title(0, tr("Or as a partnership of its own, which every exercise opens"))
        self.status = widgets.HTML()
        self.undo = widgets.Button(
            description=tr("Undo: take it out again"), icon="undo", layout=BUTTON | HIDDEN
        )
        self.look.on_click(in_main_thread(self._look))
        enter_presses(self.look, self.where, self.passphrase)
        self.ours.on_click(in_main_thread(lambda _: self._for_all(theirs=False)))
        self.theirs.on_click(in_main_thread(lambda _: self._for_all(theirs=True)))
        self.yes.observe(in_main_thread(self._may_add), names="value")
        self.add.on_click(in_main_thread(self._add))
        self.save.on_click(in_main_thread(self._save))
        self.undo.on_click(in_main_thread(self._take_out))
        self.where.observe(in_main_thread(self._reset), names="value")
        self.chosen.observe(in_main_thread(self._reset), names="value")
        self.keep.observe(in_main_thread(self._reset), names="value")
        self.yes_apart.observe(in_main_thread(self._may_save), names="value")
        files = widgets.HBox([self.where, self.chosen])
        asked = [files, self.keep, self.passphrase, self.look]
        reading = [*asked, self.found, self.choices]
        saving = [self.yes, self.add, self.apart, self.status, self.undo]
        display(widgets.VBox([*reading, *saving]))

    @property
    def _whole(self) -> StoredPartnership | None:
        """What is open, where it may be added to."""
        whole = self._view.whole
        if not isinstance(whole, StoredPartnership):
            return None
        try:
            joining.refuse_what_is_never_written(whole)
        except folder.NotSaved:
            return None
        return whole

    def _look(self, _: object) -> None:
        self._reset()
        try:
            place = None if self.chosen.value else self._folder()
            if kept_off.is_kept_off(place or paths.MY_PARTNERSHIPS):
                self.status.value = message(kept_off.sentence())
                return
            if not self._view.working_copy.save():
                self.status.value = message(self._view.working_copy.said)
                return
            if place is not None:
                self._read(place)
                return
            with chosen_files.laid_out(self.chosen) as laid:
                self._read(laid)
        except home_file.Locked as error:
            self.passphrase.layout.display = None
            self.status.value = message(atomic.in_words(error))
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))

    def _read(self, place: Path) -> None:
        """Read what came back, and show it."""
        whole = self._whole
        if whole is not None:
            self.joined = joining.read(place, whole, self.passphrase.value, self.keep.value)
            self._seen = dict(whole.sheets)
            self.found.value = what_would_come(self.joined)
            self._show_choices(self.joined)
        self.merged = merge.read(
            place, keep_people=self.keep.value, passphrase=self.passphrase.value
        )
        told = self.found if whole is None else self.found_apart
        told.value = what_was_found(self.merged)
        self.name.value = self.name.value or self.merged.partnership.name
        shown = [self.name, self.save, self.apart]
        shown += [] if self.joined is None or self.joined.is_nothing else [self.add]
        for widget in shown:
            widget.layout.display = None
        self.apart.selected_index = 0 if self.joined is None else None
        self.yes_apart.layout.display = None if self._waits_apart() else "none"
        self._may_save()

    def _show_choices(self, joined: Joined) -> None:
        """Show what differs side by side, a list of answers for each line."""
        import ipywidgets as widgets

        rows = []
        for choice in joined.choices[:MOST]:
            options = [(text, at) for at, text in enumerate(choice.side_by_side)]
            listing = widgets.RadioButtons(options=options, value=0, layout={"width": "auto"})
            head = widgets.HTML(f"<strong>{escape(choice.what)}</strong>")
            rows.append(widgets.VBox([head, listing]))
        self.lines.children = rows
        if rows:
            title = trn(
                "{count} answer differs: choose (for the facilitator)",
                "{count} answers differ: choose line by line (for the facilitator)",
                len(joined.choices),
            )
            self.choices.children = [
                widgets.VBox([widgets.HBox([self.ours, self.theirs]), self.lines])
            ]
            self.choices.set_title(0, title.format(count=len(joined.choices)))
            self.choices.selected_index = None
            self.choices.layout.display = None
        asks = _waits(joined)
        self.yes.layout.display = None if asks and not joined.is_nothing else "none"
        self.add.disabled = asks
        if len(joined.choices) > MOST:
            self.status.value = message(
                tr(
                    "The first {count} can be chosen here; of the others ours stay. Add these, and "
                    "look once more."
                ).format(count=MOST)
            )

    def _for_all(self, theirs: bool) -> None:
        if self.joined is not None:
            for choice, row in zip(self.joined.choices, self.lines.children, strict=False):
                row.children[1].value = choice.theirs if theirs else 0

    def _may_add(self, _: object) -> None:
        self.add.disabled = self.joined is not None and _waits(self.joined) and not self.yes.value

    def _waits_apart(self) -> bool:
        """Whether something was assumed, or cannot be read, that people are to read first."""
        found = self.merged
        return found is not None and bool(
            found.to_confirm or found.conflicts or found.partnership.problems
        )

    def _may_save(self, _: object = None) -> None:
        self.save.disabled = self._waits_apart() and not self.yes_apart.value

    def _add(self, _: object) -> None:
        """Add what was read to the open partnership, as it was chosen."""
        whole, joined, working_copy = self._whole, self.joined, self._view.working_copy
        if whole is None or joined is None:
            return
        if self.add.disabled:
            self.status.value = message(_not_yet())
            return
        if not _same(self._seen, whole.sheets):
            self._look(None)
            self.found.value = (
                message(tr("Something has changed in the meantime. Read it once more."))
                + self.found.value
            )
            return
        taken = {at: row.children[1].value for at, row in enumerate(self.lines.children)}
        changed = joined.sheets(whole, taken)
        if not changed:  # then no version is kept, and undoing would take out what came before
            self._reset()
            said = tr("{name} is as it was: of each answer yours was kept.")
            self.status.value = message(said.format(name=paths.told(working_copy.place)))
            return
        working_copy.put(changed)
        if not working_copy.save():
            self.status.value = message(working_copy.said)
            return
        self._reset()
        kept = versions.kept(working_copy.place)
        self._undo = (kept[0], dict(whole.sheets)) if kept else None
        self.undo.layout.display = None if kept else "none"
        said = tr("Added to {name}, which stays open. The files themselves are as they were.")
        told = [said.format(name=paths.told(working_copy.place)), done(joined, taken)]
        self.status.value = message(" ".join(filter(None, told)))

    def _take_out(self, _: object) -> None:
        """Bring back what stood there before the last files were added."""
        if self._undo is None:
            return
        working_copy = self._view.working_copy
        version, after = self._undo
        if not working_copy.save() or not _same(after, self._view.whole.sheets):
            self.status.value = message(
                working_copy.said
                if working_copy.unsaved
                else tr(
                    "Something was typed since then, and would be lost too. Choose the version "
                    "yourself: Look for earlier versions, below."
                )
            )
            return
        try:
            versions.bring_back(working_copy.place, version)
            working_copy.look_round()
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self._undo, self.undo.layout.display = None, "none"
        self.status.value = message(tr("Taken out again: it is as it was before."))

    def _folder(self) -> Path:
        place = choose_panel.path_typed(self.where.value)
        if place is None or not place.exists():
            raise folder.NotOpened(
                tr("Say in which folder the files are: there is no folder {place}.").format(
                    place=self.where.value.strip() or "…"
                )
            )
        return place

    def _reset(self, _: object = None) -> None:
        """Forget what was found: it is of another folder, and must not be saved by mistake."""
        self.merged, self.joined, self.found_apart.value = None, None, ""
        self.found.value = self.status.value = ""
        self.lines.children, self.add.disabled = (), False
        self.yes.value = self.yes_apart.value = False
        hidden = (self.name, self.save, self.apart, self.choices, self.yes, self.add, self.undo)
        for widget in (*hidden, self.yes_apart):
            widget.layout.display = "none"

    def _save(self, _: object) -> None:
        if self.merged is None:
            return
        if self.save.disabled:
            self.status.value = message(_not_yet())
            return
        try:
            place = choose_panel.free_place(self.name.value)
            folder.write(self.merged.partnership, place)
            self._open_here(place)
        except atomic.TROUBLE as error:
            self.status.value = message(atomic.in_words(error))
            return
        self._reset()
        self.status.value = message(
            tr(
                "Saved as {name}, and every exercise opens it. The files themselves are as they "
                "were."
            ).format(name=paths.told(place))
        )


def _same(before: object, now: object) -> bool:
    """Whether sheets are the very same objects: a sheet is replaced and never changed."""
    if not isinstance(before, dict) or not isinstance(now, dict) or before.keys() != now.keys():
        return False
    return all(before[name] is now[name] for name in before)


def _waits(joined: Joined) -> bool:
    """Whether something is told that people are to read before it is added."""
    return bool(joined.to_confirm or joined.unreadable or joined.settled)


def _not_yet() -> str:
    return tr("Nothing is saved yet. Read what was assumed, and say that it is right.")


def done(joined: Joined, taken: Mapping[int, int]) -> str:
    """What was added or changed, and what is still to be done.

    Args:
        joined: What was read and then added.
        taken: For the places of choices which answer was taken.
    """
    lines, changed = sum(joined.added.values()), sum(map(bool, taken.values()))
    said = [
        (lines, trn("{count} line is new.", "{count} lines are new.", lines)),
        (
            joined.filled,
            trn(
                "{count} empty answer is filled in.",
                "{count} empty answers are filled in.",
                joined.filled,
            ),
        ),
        (
            changed,
            trn(
                "{count} answer is now as it came back.",
                "{count} answers are now as they came back.",
                changed,
            ),
        ),
        (
            len(joined.settled),
            trn(
                "{count} time the stricter answer counts.",
                "{count} times the stricter answer counts.",
                len(joined.settled),
            ),
        ),
        (
            len(joined.unreadable),
            trn(
                "{count} answer cannot be read: the exercise of its stop names it at the top, with "
                "a button that goes there.",
                "{count} answers cannot be read: the exercises of their stops name them at the "
                "top, with a button that goes there.",
                len(joined.unreadable),
            ),
        ),
    ]
    return " ".join(sentence.format(count=count) for count, sentence in said if count)


def what_would_come(joined: Joined) -> str:
    """What came back and would come to the open partnership, for the screen.

    Args:
        joined: What `joining.read` gave back.

    Returns:
        HTML: a sentence in sight of all; and in closed drop-downs, since they quote answers, what
        cannot be read, what was supplied or left out, and where the stricter counts.
    """
    unreadable = trn(
        "{count} answer cannot be read: it is kept as typed",
        "{count} answers cannot be read: they are kept as typed",
        len(joined.unreadable),
    )
    supplied = trn(
        "{count} thing to know, and to say yes to",
        "{count} things to know, and to say yes to",
        len(joined.to_confirm),
    )
    settled = trn(
        "{count} time the stricter of two answers counts",
        "{count} times the stricter of two answers counts",
        len(joined.settled),
    )
    nothing = tr("Nothing is saved yet. {summary}")
    return (
        message(nothing.format(summary=joined.summary))
        + dropdown(unreadable, joined.unreadable)
        + dropdown(supplied, joined.to_confirm)
        + dropdown(settled, joined.settled)
    )


def what_was_found(merged: Merged) -> str:
    """What the merged files hold, for the screen.

    Args:
        merged: What `merge.read` gave back.

    Returns:
        HTML: the number of rows of each table, in sight of all; and in closed drop-downs, since
        they quote answers, the sentences on what differs, what was assumed, what was left out,
        which answers cannot be read, what was not read and what else to know.
    """
    counts = []
    for name, sheet in merged.partnership.sheets.items():
        if len(sheet):
            counts.append(f"{called(name)} {len(sheet)}")
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
        "{count} thing was assumed: check whether it is right",
        "{count} things were assumed: check whether they are right",
        len(merged.supplied),
    )
    left_out = trn(
        "{count} file has columns that say who somebody is",
        "{count} files have columns that say who somebody is",
        len(merged.left_out),
    )
    unreadable = joining.unreadable(merged)
    cells = trn(
        "{count} answer cannot be read: it is kept as typed",
        "{count} answers cannot be read: they are kept as typed",
        len(unreadable),
    )
    other = trn("{count} thing to know", "{count} things to know", len(merged.told))
    return (
        message(tr("Nothing is saved yet. Lines found: {tables}.").format(tables=", ".join(counts)))
        + dropdown(differ, merged.conflicts)
        + dropdown(supplied, merged.supplied)
        + dropdown(left_out, merged.left_out)
        + dropdown(cells, unreadable)
        + dropdown(unread, merged.unread)
        + dropdown(other, merged.told)
    )
