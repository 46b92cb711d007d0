"""The exercises in Jupyter: open a partnership, show results, choose another. The only module that knows IPython."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from IPython.display import HTML, DisplayHandle, display

from partnering import folder, houses, places, start
from partnering.language import tr, trn
from partnering.partnership import MINE, ROOM, Partnership
from partnering.results import Result

STYLE = Path(__file__).with_name("results.css")
Maker = Callable[[Partnership], Result]


class View:
    """A partnership as one reader sees it, and the results that were made of it in this notebook."""

    def __init__(self, partnership: Partnership, reader: str, on_the_wall: bool):
        self.partnership = partnership.for_reader(reader)
        self.whole, self.problems = partnership, partnership.problems
        self.reader, self.on_the_wall = reader, on_the_wall
        self.results: dict[str, Result] = {}

    def show(self, *makers: Maker) -> None:
        """Make each result and show it. For a partnership of one's own the room's results wait for a button."""
        made = [maker(self.partnership) for maker in makers]
        self.results |= {maker.__name__: result for maker, result in zip(makers, made, strict=True)}
        if self.on_the_wall:
            for result in made:
                display(result)
        else:
            _wait_for_button(made)


def follow(example: str = places.DEFAULT, reader: str = ROOM) -> View:
    """Open the partnership that was chosen in start-here, else the example, and say what is open and for whom.

    In: the exercise's own example; the reader, "room" unless "mine" is asked for by name. What cannot be opened or
    read is told in sentences, never as an error.
    """
    place = places.to_open(example)
    if not places.built():  # a page has the handbook's own style
        display(HTML(f"<style>{STYLE.read_text(encoding='utf-8')}</style>"))
    try:
        partnership = folder.open_any(place)
    except folder.NotOpened as error:
        display(HTML(f'<p class="result-missing">{escape(str(error))} {escape(tr("The worked example is open instead."))}</p>'))
        place = places.EXAMPLES / example
        partnership = folder.open_any(place)
    shown = places.is_example(place) or reader == MINE
    view = View(partnership, reader, on_the_wall=shown)
    display(HTML(_opened(partnership, place, reader)))
    return view


class HouseView:
    """One partner's house file: chosen by clicking, shown to that partner alone, one house at a time."""

    def __init__(self, room: View, partner: str):
        self.whole = room.whole
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


def house(room: View, example: str) -> HouseView:
    """Open one partner's house file: the example's, or the one chosen by clicking. The others stay closed."""
    there = houses.there(room.whole)
    shown = places.is_example(room.whole.place)
    view = HouseView(room, example if shown and example in there else "")
    if not there:
        display(HTML(f"<p>{escape(tr('No house file lies beside this partnership yet.'))}</p>"))
    elif not places.built():
        import ipywidgets as widgets

        listing = widgets.Dropdown(options=[("…", "")] + [(room.whole.names[code], code) for code in there],
                                   value=view.house.partner if view.house else "", description=tr("Our house:"))
        listing.observe(lambda change: change["new"] and view.open(change["new"]), names="value")
        display(listing)
    return view


def show(result: Result) -> None:
    """Show a result that is not made of a partnership."""
    display(result)


def choose() -> None:
    """Let the person choose by clicking which partnership every exercise opens."""
    table = start.partnerships()
    if places.built():
        display(table)
        return
    import ipywidgets as widgets

    here = [*places.examples(), *places.my_partnerships()]
    now = places.to_open()
    listing = widgets.Dropdown(options=[(places.told(place), str(place)) for place in here], description=tr("Open:"),
                               value=str(now) if now in here else None, layout={"width": "30em"})
    said = widgets.HTML(_chosen(now))

    def on_change(change) -> None:
        place = Path(change["new"])
        places.choose(place)
        said.value = _chosen(place)

    listing.observe(on_change, names="value")
    display(table, listing, said)


def _chosen(place: Path) -> str:
    """What start-here says of the partnership that is chosen."""
    return escape(tr("Every exercise opens: {name}. In a notebook that is open already, choose Run > Run All Cells.").format(
        name=places.told(place)))


def _opened(partnership: Partnership, place: Path, reader: str) -> str:
    """One line on what is open and for whom; what could not be read waits in a closed drop-down, not on the wall."""
    whom = tr("as the room may see it") if reader == ROOM else tr("the facilitator's own view, not for the wall")
    line = (f'<p class="result-opened"><strong>{escape(partnership.title)}</strong> · {escape(places.told(place))} · '
            f"{escape(whom)}</p>")
    return line + "".join(_closed(some, title, reader) for some, title in (
        (partnership.problems, trn("{count} place could not be read", "{count} places could not be read",
                                   len(partnership.problems))),
        (partnership.kept, trn("{count} thing is not part of the handbook and is kept as it is",
                               "{count} things are not part of the handbook and are kept as they are",
                               len(partnership.kept)))))


def _closed(sentences: list, title: str, reader: str) -> str:
    if not sentences:
        return ""
    listed = "".join(f"<li>{escape(str(sentence))}</li>" for sentence in sentences)
    opened = " open" if reader == MINE else ""
    return (f'<details class="result-problems"{opened}><summary>{escape(title.format(count=len(sentences)))} '
            f'({escape(tr("for the facilitator"))})</summary><ol>{listed}</ol></details>')


def _wait_for_button(made: list[Result]) -> None:
    """Show nothing of a partnership of one's own until somebody decides to."""
    import ipywidgets as widgets

    names = ", ".join(result.caption for result in made)
    button = widgets.Button(description=tr("Show to the room"), tooltip=names, icon="eye")
    waiting = HTML(f"<p>{escape(tr('Made, and not shown yet: {names}').format(names=names))}</p>")
    display(button)
    handles = [display(waiting if at == 0 else HTML(""), display_id=True) for at in range(len(made))]

    def on_click(_) -> None:
        for handle, result in zip(handles, made, strict=True):
            handle.update(result)
        button.disabled = True

    button.on_click(on_click)
