"""The last cell of two exercises: agreements are drafted, and reports written, when somebody presses a button."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from IPython.display import HTML, display

from partnering.documents.report import FACILITATOR, SHARED
from partnering.jupyter.main_thread import in_main_thread
from partnering.language import tr
from partnering.storage import folder, paths


def draft(room) -> None:
    """Draft the partnership agreement, and what to settle where a grant moves, from what the room sees."""
    from partnering.documents import draft_files

    _on_a_button(
        room,
        tr("Draft the agreement"),
        "drafts",
        {tr("as the room may see it"): ()},
        lambda out, _: draft_files.write(room.whole, out),
        tr(
            "Open this in Jupyter: a button drafts the partnership agreement as a "
            "Word document, and what to settle in the grant agreement where a grant moves. Nothing is written before."
        ),
    )


def report(room) -> None:
    """Write the workshop report for one of three readers."""
    from partnering.documents import report_files

    whom = {
        tr("shared: what all may see"): (SHARED,),
        tr("one for each partner"): ("partners",),
        tr("the facilitator: everything"): (FACILITATOR,),
    }
    _on_a_button(
        room,
        tr("Write the report"),
        "report",
        whom,
        lambda out, readers: report_files.write(room.whole, out, readers),
        tr(
            "Open this in Jupyter: a button writes the report as a Word document, a page for any "
            "browser, and a workbook. Nothing is written before."
        ),
    )


def _on_a_button(
    room, label: str, name: str, whom: dict, write: Callable[[Path, tuple], list[Path]], built: str
) -> None:
    """A button that writes; a list before it where there is something to choose; what came of it behind."""
    if paths.built():
        display(HTML(f"<p>{escape(built)}</p>"))
        return
    import ipywidgets as widgets

    listing = widgets.Dropdown(options=list(whom.items()), layout={"width": "20em"})
    button = widgets.Button(description=label, icon="file-text", layout={"width": "16em"})
    said = widgets.HTML()

    def pressed(_) -> None:
        try:
            made = write(_out(room.working_copy.place, name), listing.value)
            told = tr("Written: {files}").format(files=", ".join(map(str, made)))
        except (folder.NotOpened, folder.NotSaved, OSError) as error:
            told = str(error)
        said.value = f'<p role="status">{escape(told)}</p>'

    button.on_click(in_main_thread(pressed))
    display(widgets.VBox([widgets.HBox([listing, button] if len(whom) > 1 else [button]), said]))


def _out(place: Path, name: str) -> Path:
    """Where documents go: into the partnership's folder, beside a workbook; those of an example into my-partnerships."""
    if paths.is_example(place):
        return paths.MY_PARTNERSHIPS / f"{place.name}-{name}"
    return paths.beside(place, name)
