"""Buttons that write what is for paper: the undertaking, drafts of agreements, reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from IPython.display import display

from partnering.documents.report import FACILITATOR, SHARED
from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.open_button import Results
from partnering.jupyter.status_line import message, messages, paragraph
from partnering.jupyter.view import View
from partnering.language import tr
from partnering.paper.typst_pdf import NotPrinted
from partnering.storage import atomic, paths

Readers = tuple[str, ...]
Tell = Callable[[str], object]


def undertaking(room: View) -> None:
    """Show a button that prints the undertaking with the names of all partners.

    In a page of the handbook a sentence stands in its place.

    Args:
        room: The partnership that is open in the notebook.
    """
    if paths.built():
        display(
            paragraph(
                tr(
                    "Open this in Jupyter: a button prints the undertaking with the names of all "
                    "partners, on A4 and on Letter paper."
                )
            )
        )
        return
    from partnering.paper import forms  # takes a while to import, and a page needs none

    _offer(
        tr("Print the undertaking"),
        {tr("as the room may see it"): ()},
        lambda *_: forms.write_undertaking(
            paths.made_of(room.working_copy.place, "forms"), room.whole
        ),
    )


def draft(room: View) -> None:
    """Show a button that drafts the partnership agreement from what the room sees.

    Where a grant moves between partners it also writes what to settle in the grant agreement. In a
    page of the handbook a sentence stands in its place.

    Args:
        room: The partnership that is open in the notebook.
    """
    if paths.built():
        display(
            paragraph(
                tr(
                    "Open this in Jupyter: a button drafts the partnership agreement as a Word "
                    "document. Where a grant moves, it also writes what to settle in the grant "
                    "agreement. Nothing is written until you press it."
                )
            )
        )
        return
    from partnering.documents import draft_files  # takes a while to import, and a page needs none

    _offer(
        tr("Draft the agreement"),
        {tr("as the room may see it"): ()},
        lambda *_: draft_files.write(room.whole, paths.made_of(room.working_copy.place, "drafts")),
    )


def report(room: View) -> None:
    """Show a button that writes the workshop report, and a list of the readers it can be for.

    In a page of the handbook a sentence stands in its place.

    Args:
        room: The partnership that is open in the notebook.
    """
    if paths.built():
        display(
            paragraph(
                tr(
                    "Open this in Jupyter: a button writes the report as a Word document, a page "
                    "for any browser, and a workbook. Nothing is written until you press it."
                )
            )
        )
        return
    from partnering.documents import report_files  # takes a while to import, and a page needs none

    _offer(
        tr("Write the report"),
        {
            tr("shared: what all may see"): (SHARED,),
            tr("one for each partner"): ("partners",),
            tr("the facilitator: everything"): (FACILITATOR,),
        },
        lambda readers, tell: report_files.write(
            room.whole, paths.made_of(room.working_copy.place, "report"), readers, tell=tell
        ),
    )


def _offer(
    label: str, choices: Mapping[str, Readers], write: Callable[[Readers, Tell], list[Path]]
) -> None:
    """Show a button that writes documents, and what came of it; a list where there is a choice.

    Args:
        label: What stands on the button.
        choices: The readers that documents can be written for, by the words in the list.
        write: Writes the documents for the readers that were chosen, and gives their paths; it
            tells, a sentence each, what stays as somebody has changed it.
    """
    import ipywidgets as widgets

    listing = widgets.Dropdown(options=list(choices.items()), layout={"width": "20em"})
    button = widgets.Button(description=label, icon="file-text", layout={"width": "16em"})
    status, results = widgets.HTML(), Results()

    def pressed(_: object) -> None:
        kept: list[str] = []
        try:
            made = write(listing.value, kept.append)
        except (*atomic.TROUBLE, NotPrinted) as error:
            results.show(())
            status.value = message(atomic.in_words(error))
            return
        results.show(made)
        status.value = messages([tr("Written."), *kept])

    button.on_click(in_main_thread(pressed))
    controls = [listing, button] if len(choices) > 1 else [button]
    display(widgets.VBox([widgets.HBox(controls), status, results.box]))
