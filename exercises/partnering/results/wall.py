"""What stands on the wall of a room: one table or figure at a time, in large letters.

Results become parts, one below the other; `wall.js` makes pages of them, and without scripts they
are read as they stand. A part says where a page may begin: before each group of lines that belong
together. How much of it goes on one page is known only where it is shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from partnering.language import tr
from partnering.results.results import Figure, Result, ResultTable, Several, Withheld

SCRIPT = Path(__file__).with_name("wall.js")
STYLE = Path(__file__).with_name("wall.css")
# What stands alone in a cell, as HTML: a few letters, and two words of scales.
SHORT = re.compile(r"(?<=>)([^<>]{1,12})<(?=/t[dh]>)")
PAIR = '</span> <span class="whole">'  # between two words of scales in one cell
WHOLE = r'<span class="wall-whole">\{}</span>'
DATE = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")
# Columns of the rows by which results are sorted, in the order in which they count here.
MEANINGS = ("state", "pattern", "source", "outcome", "how", "stop", "partner")


def words() -> dict[str, str]:
    """What the wall itself says, in the language of the room.

    Returns:
        Sentences by the names under which `wall.js` knows them.
    """
    return {
        "region": tr("On the wall"),
        "back": tr("← Back"),
        "next": tr("Next →"),
        "blank": tr("B: blank"),
        "full": tr("F: full screen"),
        "leave": tr("Esc: leave"),
        "page": tr("{number} of {count}"),
        "told": tr("{title}. Page {number} of {count}."),
        "blanked": tr("The wall is blank. Press B to go on."),
        "waits": tr("One moment ..."),
        "too_fine": tr("The picture is too fine for this screen. Its table comes next."),
    }


def words_as_json() -> str:
    """The words for a page of HTML, safe inside a script element."""
    return json.dumps(words(), ensure_ascii=False).replace("<", "\\u003c")


def parts(results: Mapping[str, Result]) -> str:
    """Results for the wall, in their order.

    The wall is for the room: what is given here has to be made of the room's own view.

    Args:
        results: The results by names that stay the same when a result is made anew.

    Returns:
        HTML; everything that was typed is escaped.
    """
    return "".join(_result(name, result) for name, result in results.items())


def said(
    name: str, title: str, sentences: Iterable[str], kind: str = "said", more: str = ""
) -> str:
    """A page of its own with sentences instead of a table.

    Args:
        name: Stays the same when it is made anew.
        title: The heading.
        sentences: Each becomes a paragraph.
        kind: "said", or "withheld" where cards lie face down.
        more: HTML that stands below.

    Returns:
        HTML; the sentences are escaped.
    """
    paragraphs = "".join(f'<p dir="auto">{_text(one)}</p>' for one in sentences if one)
    return _part(name, title, f'<div class="wall-words">{paragraphs}{more}</div>', kind)


def _result(name: str, result: Result) -> str:
    if isinstance(result, Several):
        return _several(name, result)
    if isinstance(result, Figure):
        drawn = result.wall_drawings()
        return _table(name, result.caption, result.table, drawn, result.notes)
    if isinstance(result, ResultTable):
        return _table(name, result.caption, result)
    raise TypeError(type(result).__name__)


def _several(name: str, result: Several) -> str:
    if not result.parts:
        sentences = (result.missing, result.nothing or tr("Nothing here yet."), *result.notes)
        return said(name, result.caption, sentences, _kind(result.nothing))
    last = len(result.parts) - 1
    return "".join(
        _table(
            f"{name}-{at + 1}",
            part.caption,
            part,
            lead=result.caption,
            missing=result.missing if at == 0 else "",
            notes=result.notes if at == last else (),
        )
        for at, part in enumerate(result.parts)
    )


def _table(
    name: str,
    title: str,
    table: ResultTable,
    drawn: Sequence[str] = (),
    notes: tuple[str, ...] = (),
    lead: str = "",
    missing: str = "",
) -> str:
    notes = tuple(dict.fromkeys((*table.notes, *notes)))
    before = [one for one in (missing, table.missing) if one]
    if table.rows.empty:
        nothing = table.nothing or tr("Nothing here yet.")
        return said(name, title, (lead, *before, nothing, *notes), _kind(table.nothing))
    kept_back = [one for one in (*before, *notes) if isinstance(one, Withheld)]
    before = [one for one in before if one not in kept_back]
    notes = tuple(one for one in notes if one not in kept_back)
    first = said(f"{name}-kept-back", title, kept_back, "withheld") if kept_back else ""
    inside = f'<p class="wall-lead" dir="auto">{_text(lead)}</p>' if lead else ""
    inside += "".join(f'<p class="wall-lead" dir="auto">{_text(one)}</p>' for one in before)
    inside += "".join(f'<figure class="wall-figure">{sheet}</figure>' for sheet in drawn)
    inside += f'<div class="wall-scroll">{_lines(title, table)}</div>'
    if notes:
        paragraphs = "".join(f'<p dir="auto">{_text(note)}</p>' for note in notes)
        inside += f'<div class="wall-notes">{paragraphs}</div>'
    return first + _part(name, title, inside, "table")


def _lines(title: str, table: ResultTable) -> str:
    """The table with a body for lines under the same head, and the number of the run it is in."""
    heads, lines = table.wall_lines()
    first = [str(cell) for cell in table.cells.iloc[:, 0]]
    runs = _runs(table, first)
    bodies = []
    for (head, starts), places in groupby(
        range(len(lines)), key=lambda at: (first[at], at in table.start)
    ):
        at = list(places)
        rows = "".join(_unbroken(lines[place]) for place in at)
        start = " data-start" if starts else ""
        run = f' data-run="{runs[at[0]]}"'
        bodies.append(f'<tbody data-key="{_text(head)}"{run}{start}>{rows}</tbody>')
    return (
        f"<table><caption>{_text(title)}</caption><thead><tr>{heads}</tr></thead>"
        f"{''.join(bodies)}</table>"
    )


def _runs(table: ResultTable, first: list[str]) -> list[int]:
    """Which lines belong together, as numbers that rise from line to line.

    Lines to start with are one run. A table that is sorted by one of `MEANINGS` has a run for each
    of its words; in another one each head is a run of its own.
    """
    if table.start:
        told = ["" if at in table.start else head for at, head in enumerate(first)]
    else:
        told = next(filter(None, (_sorted_by(table, name) for name in MEANINGS)), first)
    runs, before = [0], told[0]
    for word in told[1:]:
        runs.append(runs[-1] + (word != before))
        before = word
    return runs


def _sorted_by(table: ResultTable, name: str) -> list[str]:
    """What each line says of it, where the table is sorted by it and some say the same."""
    if name not in table.rows or len(table.rows) != len(table.cells):
        return []
    told = [str(value) for value in table.rows[name]]
    words = len(set(told))
    return told if 1 < words < len(told) and words == len(list(groupby(told))) else []


def _unbroken(line: str) -> str:
    """A line in whose cells no date, code or word of a scale is broken.

    Two words in one cell, such as how likely and how hard, stand below each other.
    """
    folded = line.replace(PAIR, PAIR.replace(" ", ' <br class="wall-fold">', 1))
    short = SHORT.sub(f"{WHOLE.format(1)}<", folded)
    return DATE.sub(WHOLE.format(1), short)


def _part(name: str, title: str, inside: str, kind: str) -> str:
    return (
        f'<section class="wall-part" data-name="{_text(name)}" data-kind="{kind}">'
        f'<h2 dir="auto">{_text(title)}</h2>{inside}</section>'
    )


def _kind(nothing: str) -> str:
    return "withheld" if isinstance(nothing, Withheld) else "said"


def _text(text: object) -> str:
    return escape(str(text)).replace("\n", "<br>")
