"""What the screen says beside results: messages, what is open, and what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape
from itertools import zip_longest

from IPython.display import HTML

from partnering.jupyter import kept_off, where_typed
from partnering.jupyter.working_copy import WorkingCopy
from partnering.language import tr, trn
from partnering.partnership import MINE, ROOM, Partnership
from partnering.schema.choices import Choice
from partnering.schema.days import Dated
from partnering.schema.kinds import Ref
from partnering.schema.numbers import Amount, Whole
from partnering.schema.problems import Problem
from partnering.schema.tables import TABLES
from partnering.storage import paths
from partnering.storage.stored import assumed_in


def line(
    partnership: Partnership,
    working_copy: WorkingCopy,
    reader: str,
    here: Collection[str] = (),
) -> str:
    """What is open and for whom, with drop-downs for what could not be read and what is unknown.

    Args:
        partnership: The whole partnership.
        working_copy: The working copy on which it lies.
        reader: "room" or "mine". To the room the drop-downs are closed and, in a partnership of
            one's own, name places and reasons without what was typed there, which may not belong
            on the wall.
        here: The names of the tables that are typed in this notebook. A button leads to a cell of
            these, and a link to the exercise in which another table is typed.

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
    html += assumptions(partnership, quoted, is_open=reader == MINE)
    told = [sentence_of(problem, quoted) for problem in partnership.problems]
    ways = [_way(problem, here) for problem in partnership.problems]
    html += dropdown(unread, told, is_open=reader == MINE, ways=ways)
    kept = [f"{place_of(problem)}: {problem.sentence}" for problem in partnership.kept]
    if not quoted:
        kept = [place_of(problem) for problem in partnership.kept]
    return html + dropdown(unknown, kept, is_open=reader == MINE)


def assumptions(partnership: Partnership, quoted: bool = True, is_open: bool = False) -> str:
    """What was assumed to read a partnership, as HTML; "" where all of it stood in the files.

    Args:
        partnership: The partnership.
        quoted: Whether the sentences may quote what was typed; else their places stand alone.
        is_open: Whether the drop-down is open.
    """
    assumed = assumed_in(partnership)
    title = trn(
        "{count} thing was assumed to read this: check whether it is right",
        "{count} things were assumed to read this: check whether they are right",
        len(assumed),
    )
    return dropdown(title, [str(one) if quoted else one.where for one in assumed], is_open)


def place_of(problem: Problem) -> str:
    """The place of a problem in the words on the screen, such as “Risks, row 6, Kind”.

    Args:
        problem: What could not be read; of a sheet that is not the handbook's the names stay.
    """
    table = TABLES.get(problem.table)
    parts = [tr(table.label) if table else problem.table]
    if problem.row is not None and not (table and table.upright):
        parts.append(tr("row {row}").format(row=problem.row))
    if problem.column:
        column = table.by_name.get(problem.column) if table else None
        parts.append(tr(column.label) if column else problem.column)
    return ", ".join(parts)


def sentence_of(problem: Problem, quoted: bool = True) -> str:
    """A problem with its place and its reason, in the words on the screen.

    Args:
        problem: What could not be read.
        quoted: Whether the reason may quote what was typed there.
    """
    reason = problem.sentence if quoted else _reason(problem)
    return tr("{place}: {reason}").format(place=place_of(problem), reason=reason)


def _reason(problem: Problem) -> str:
    """Why a place could not be read, without a word of what stands there."""
    table = TABLES.get(problem.table)
    column = table.by_name.get(problem.column) if table else None
    if column is None:
        return tr("This cannot be read. Look at it in the facilitator's own view.")
    if isinstance(column.kind, Choice):
        return tr("This is not one of the words that can be chosen there.")
    if isinstance(column.kind, Ref):
        return tr("This is not a code or a name that is in “{table}”.").format(
            table=tr(TABLES[column.kind.table].label)
        )
    if isinstance(column.kind, Dated):
        return tr("This is not a day that can be read in one way.")
    if isinstance(column.kind, (Whole, Amount)):
        return tr("This is not a number that can be read in one way.")
    return tr("Something is missing here, or is there twice.")


def _way(problem: Problem, here: Collection[str]) -> str:
    """HTML that leads to the place: a button for a cell of this notebook, or a link."""
    if problem.table in here:
        facts = {"table": problem.table, "row": problem.row or "", "column": problem.column}
        data = " ".join(f'data-grid-{name}="{escape(str(of))}"' for name, of in facts.items())
        label = tr("Go to {place}").format(place=place_of(problem))
        return (
            f'<button type="button" class="grid-way" {data} aria-label="{escape(label)}">'
            f"{escape(tr('Go there'))}</button>"
        )
    exercise = where_typed.exercise_of(problem.table)
    if exercise is None:
        return ""
    said = tr("It is typed in {exercise}.").format(exercise=exercise.title)
    return f'<a href="{escape(exercise.file)}">{escape(said)}</a>'


def dropdown(
    title: str, sentences: Iterable[str], is_open: bool = False, ways: Iterable[str] = ()
) -> str:
    """Sentences for the facilitator behind a title, since they may quote what is not for the wall.

    Args:
        title: What stands on it; `{count}` in it becomes the number of sentences.
        sentences: One for each line.
        is_open: Whether it is open at first.
        ways: HTML that leads to the place of each sentence, in their order; none where it is left
            out.

    Returns:
        HTML; empty where there are no sentences.
    """
    items = [
        f"<li>{escape(sentence)} {way or ''}</li>"
        for sentence, way in zip_longest(sentences, ways)
        if sentence is not None
    ]
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
