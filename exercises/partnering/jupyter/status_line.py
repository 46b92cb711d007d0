"""What is said of what is open: one line, and what could not be read in a closed drop-down."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr, trn
from partnering.partnership import MINE, ROOM, Partnership
from partnering.storage import paths


def line(partnership: Partnership, working_copy: WorkingCopy, reader: str) -> str:
    """One line on what is open and for whom; what could not be read waits in a closed drop-down, not on the wall."""
    whom = (
        tr("as the room may see it")
        if reader == ROOM
        else tr("the facilitator's own view, not for the wall")
    )
    place = paths.told(working_copy.place)
    told = [
        f"<strong>{escape(partnership.title)}</strong>",
        *([escape(place)] if place != partnership.title else []),
        escape(whom),
    ]
    said = f'<p class="result-opened">{" · ".join(told)}</p>'
    if working_copy.trouble:
        said += f'<p class="result-missing">{escape(working_copy.said)}</p>'
    quoted = reader == MINE or paths.is_example(working_copy.place)
    return said + "".join(
        closed(title, (str(one) if quoted else one.where for one in some), reader == MINE)
        for some, title in (
            (
                partnership.problems,
                trn(
                    "{count} place could not be read",
                    "{count} places could not be read",
                    len(partnership.problems),
                ),
            ),
            (
                partnership.kept,
                trn(
                    "{count} thing is not part of the handbook and is kept as it is",
                    "{count} things are not part of the handbook and are kept as they are",
                    len(partnership.kept),
                ),
            ),
        )
    )


def closed(title: str, sentences: Iterable[str], is_open: bool = False) -> str:
    """Sentences for the facilitator in a closed drop-down: they may quote what does not belong on the wall."""
    listed = [f"<li>{escape(sentence)}</li>" for sentence in sentences]
    if not listed:
        return ""
    return (
        f'<details class="result-problems"{" open" if is_open else ""}><summary>{escape(title.format(count=len(listed)))} '
        f"({escape(tr('for the facilitator'))})</summary><ol>{''.join(listed)}</ol></details>"
    )
