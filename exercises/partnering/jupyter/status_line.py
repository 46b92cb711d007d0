"""What the screen says beside results: messages, what is open, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from IPython.display import HTML

from partnering.jupyter import kept_off
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr, trn
from partnering.partnership import MINE, ROOM, Partnership
from partnering.schema.problems import Problem
from partnering.storage import paths
from partnering.storage.assumed import Assumption
from partnering.storage.stored import assumed_in


def line(partnership: Partnership, working_copy: WorkingCopy, reader: str) -> str:
    """What is open and for whom, with drop-downs for what could not be read and what is unknown.

    Args:
        partnership: The whole partnership.
        working_copy: The working copy on which it lies.
        reader: "room" or "mine". To the room the drop-downs are closed and, in a partnership of
            one's own, name only places: what was typed there may not belong on the wall.

    Returns:
        HTML; where the notebook would keep it, a sentence that says so.
    """
    if reader == ROOM:
        whom = tr("as the room may see it")
    else:
        whom = tr("the facilitator's own view, not for the wall")
    if kept_off.is_kept_off(working_copy.place):
        return f'<p class="result-missing">{escape(kept_off.sentence())}</p>'
    place = paths.told(working_copy.place)
    parts = [f"<strong>{escape(partnership.title)}</strong>"]
    if place != partnership.title:
        parts.append(escape(place))
    parts.append(escape(whom))
    html = f'<p class="result-opened">{" · ".join(parts)}</p>'
    if working_copy.trouble:
        html += f'<p class="result-missing">{escape(working_copy.said)}</p>'
    unread = trn(
        "{count} place could not be read",
        "{count} places could not be read",
        len(partnership.problems),
    )
    unknown = trn(
        "{count} thing is not part of the handbook and is kept as it is",
        "{count} things are not part of the handbook and are kept as they are",
        len(partnership.kept),
    )
    quoted = reader == MINE or paths.is_example(working_copy.place)
    assumed = assumed_in(partnership)
    supplied = trn(
        "{count} thing was assumed to read this: look whether it is so",
        "{count} things were assumed to read this: look whether they are so",
        len(assumed),
    )
    for title, problems in (
        (supplied, assumed),
        (unread, partnership.problems),
        (unknown, partnership.kept),
    ):
        html += dropdown(title, _sentences(problems, quoted), is_open=reader == MINE)
    return html


def _sentences(problems: Iterable[Problem | Assumption], quoted: bool) -> list[str]:
    """Problems as whole sentences, or without what was typed: their places alone."""
    return [str(problem) if quoted else problem.where for problem in problems]


def dropdown(title: str, sentences: Iterable[str], is_open: bool = False) -> str:
    """Sentences for the facilitator behind a title, since they may quote what is not for the wall.

    Args:
        title: What stands on it; `{count}` in it becomes the number of sentences.
        sentences: One for each line.
        is_open: Whether it is open at first.

    Returns:
        HTML; empty where there are no sentences.
    """
    items = [f"<li>{escape(sentence)}</li>" for sentence in sentences]
    if not items:
        return ""
    summary = f"{escape(title.format(count=len(items)))} ({escape(tr('for the facilitator'))})"
    return (
        f'<details class="result-problems"{" open" if is_open else ""}>'
        f"<summary>{summary}</summary><ol>{''.join(items)}</ol></details>"
    )


def message(sentence: str) -> str:
    """A sentence as HTML that a screen reader reads out as soon as it appears."""
    return f'<p role="status">{escape(sentence)}</p>'


def messages(sentences: Iterable[str]) -> str:
    """Several sentences as HTML, each read out by a screen reader."""
    return "".join(map(message, sentences))


def paragraph(sentence: str) -> HTML:
    """A sentence to be displayed as an ordinary paragraph."""
    return HTML(f"<p>{escape(sentence)}</p>")
