"""The exercises in Jupyter: open a partnership, type into it, show results that follow.

The panels are imported where they are shown: `ipywidgets` takes a while, and a page needs none.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import HTML, display

from partnering.jupyter import kept_off
from partnering.jupyter.autosave import AUTOSAVE
from partnering.jupyter.status_line import paragraph
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr
from partnering.partnership import ROOM
from partnering.results import in_notebook
from partnering.storage import atomic, paths

if TYPE_CHECKING:
    from partnering.jupyter.house_panel import HousePanel

_views: dict[tuple[str, str], View] = {}  # by the exercise's example and the reader


def follow(example: str = paths.DEFAULT, reader: str = ROOM) -> View:
    """Open the partnership that was chosen in start-here, and say what is open and for whom.

    What cannot be opened or read is said in sentences, never as an error.

    Args:
        example: The name of the exercise's own example, which is open where nothing was chosen or
            what was chosen cannot be opened.
        reader: "room", or "mine" for the facilitator's own view.

    Returns:
        The view of the partnership: the same for the same arguments, so that a cell that is run
        again goes on with what the notebook shows.
    """
    if not paths.built():  # a page has the handbook's own style
        display(HTML(f"<style>{in_notebook()}</style>"))
    working_copy, trouble = _chosen(example)
    if trouble:
        display(HTML(f'<p class="result-missing">{escape(trouble)}</p>'))
    view = _views.get((example, reader))
    if view is None:
        view = _views[example, reader] = View(working_copy, reader)
    elif view.working_copy is not working_copy:
        view.put_on(working_copy)
    view.introduce()
    AUTOSAVE.start_polling()
    return view


def open_here(place: Path) -> None:
    """Open a partnership everywhere in this notebook, and in every other from its next run on.

    Args:
        place: A folder or a workbook.

    Raises:
        NotOpened: It cannot be read; what was open stays.
    """
    working_copy = AUTOSAVE.open(place)
    paths.choose(place)
    for view in _views.values():
        view.put_on(working_copy)
        view.tell()


def choose() -> None:
    """Let people choose by clicking which partnership every exercise opens, or begin a new one."""
    from partnering.jupyter import choose_panel

    choose_panel.show(open_here, list(_views.values()))


def this_computer() -> None:
    """Say whether this computer is ready for a workshop."""
    from partnering.jupyter import start_page

    display(start_page.this_computer())


def house(room: View, example: str) -> HousePanel:
    """Open one partner's house file, and no other.

    Args:
        room: The view of the partnership.
        example: The code of the partner whose house is shown in a worked example. For a partnership
            of one's own a house is chosen by clicking.

    Returns:
        The panel of the house, with `edit` and `show` like a view.
    """
    from partnering.jupyter import house_panel

    return house_panel.house(room.whole, example)


def gather(room: View) -> None:
    """Let people make a workbook to fill in, and put together what came back, by clicking."""
    if _is_kept_off(room):
        return
    from partnering.jupyter import exchange_panel

    exchange_panel.show(room, open_here)


def carry(room: View) -> None:
    """Let people take a partnership home, hand it over, and bring one back, by clicking."""
    if _is_kept_off(room):
        return
    from partnering.jupyter import home_panel

    home_panel.show(room, open_here)


def keep(room: View) -> None:
    """Let people bring back an earlier version, and forget, by clicking."""
    if _is_kept_off(room):
        return
    from partnering.jupyter import history_panel

    history_panel.show(room, taken_back)


def undertaking(room: View) -> None:
    """Print the undertaking with the partners' names, when a button is pressed."""
    if _is_kept_off(room):
        return
    from partnering.jupyter import documents_panel

    documents_panel.undertaking(room)


def draft(room: View) -> None:
    """Draft the agreement as a Word document, when a button is pressed."""
    if _is_kept_off(room):
        return
    from partnering.jupyter import documents_panel

    documents_panel.draft(room)


def report(room: View) -> None:
    """Write the report for the reader that is chosen, when a button is pressed."""
    if _is_kept_off(room):
        return
    from partnering.jupyter import documents_panel

    documents_panel.report(room)


def _is_kept_off(view: View) -> bool:
    """Whether the notebook would keep what a panel tells of this partnership; then that is said."""
    if paths.built() or not kept_off.is_kept_off(view.working_copy.place):
        return False
    display(paragraph(kept_off.sentence()))
    return True


def taken_back(working_copy: WorkingCopy) -> None:
    """Show everywhere in this notebook what is left of a partnership after something was taken out.

    Where nothing is left of it, every exercise opens what it would open without it.
    """
    left = working_copy.place.exists()
    if left:
        working_copy.look_round()
    else:
        AUTOSAVE.drop(working_copy)
    for (example, _), view in _views.items():
        if view.working_copy is working_copy:
            view.put_on(working_copy if left else _chosen(example)[0])
            view.tell()


def _chosen(example: str) -> tuple[WorkingCopy, str]:
    """The working copy of what was chosen; where it cannot be opened, the example's and why."""
    place = paths.to_open(example)
    try:
        return AUTOSAVE.open(place), ""
    except atomic.TROUBLE as error:
        why = kept_off.sentence() if kept_off.is_kept_off(place) else atomic.in_words(error)
        sentence = f"{why} {tr('The worked example is open instead.')}"
        return AUTOSAVE.open(paths.EXAMPLES / example), sentence
