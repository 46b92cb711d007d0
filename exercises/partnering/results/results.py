"""What an exercise gives back: a table, a figure with its table, or several of them, that render themselves anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path

import pandas as pd

from partnering.language import tr

STYLE = Path(__file__).with_name("results.css")


class Result:
    """Anything with a caption that shows itself as HTML, as Markdown and as plain text."""

    caption: str

    def html(self) -> str:
        raise NotImplementedError

    def markdown(self) -> str:
        raise NotImplementedError

    def plain(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {
            "text/html": self.html(),
            "text/markdown": self.markdown(),
            "text/plain": self.plain(),
        }

    def __str__(self) -> str:
        return self.plain()


@dataclass(repr=False)
class ResultTable(Result):
    """A captioned table of words, made from rows of codes and typed values.

    `rows` is what other stops, reports and drafts read: codes such as R4, words of a scale as the
    schema writes them, numbers and days as such, under names that no language changes. `words` turns
    them into the `cells` that people see, when they are first shown; without it the rows are the cells.

    The cells have one column a heading, their first column heads the lines; a cell is text, a number,
    or a tuple of texts that is shown as a list. `missing` says first how many have answered, `notes`
    what else has to be known, `nothing` what to say where there are no lines. `start` are the places
    of the lines to start with, three at most, in the order in which they are taken, and `why` a word
    on each. `tint`, of the shape of the cells, deepens the ground of a cell from 0 to 3 beside its
    words, never in their place.
    """

    caption: str
    rows: pd.DataFrame
    missing: str = ""
    notes: tuple[str, ...] = ()
    nothing: str = ""
    start: tuple[int, ...] = ()
    why: tuple[str, ...] = ()
    tint: pd.DataFrame | None = None
    words: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def __post_init__(self):
        self.start = tuple(self.start)[:3]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The table as people see it, in the language of the room."""
        return self.rows if self.words is None else self.words(self.rows)

    @property
    def data(self) -> pd.DataFrame:
        """The table as a plain DataFrame; lists in a cell are joined."""
        return self.cells.map(lambda cell: "; ".join(cell) if isinstance(cell, tuple) else cell)

    def mark(self, place: int) -> str:
        """The words before a row to start with: which comes first, and why it was chosen, where that is known."""
        at = self.start.index(place)
        return (
            tr("start here, {number}: {why}").format(number=at + 1, why=self.why[at])
            if self.why
            else tr("start here")
        )

    def html(self) -> str:
        parts = [f'<p class="result-missing">{_text(self.missing)}</p>'] if self.missing else []
        if self.cells.empty:
            parts.insert(0, f'<p class="result-caption">{_text(self.caption)}</p>')
            parts.append(f"<p>{_text(self.nothing or tr('Nothing here yet.'))}</p>")
        else:
            parts.append(self._table())
        parts += [f'<p class="result-note">{_text(note)}</p>' for note in self.notes]
        return f'<div class="result">{"".join(parts)}</div>'

    def _table(self) -> str:
        heads = "".join(
            f'<th scope="col" dir="auto">{_text(name)}</th>' for name in self.cells.columns
        )
        rows = "".join(
            self._row(place, row)
            for place, row in enumerate(self.cells.itertuples(index=False, name=None))
        )
        return (
            f'<div class="result-scroll" tabindex="0" role="region" aria-label="{_text(self.caption)}">'
            f'<table class="dataframe result"><caption>{_text(self.caption)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _row(self, place: int, row: Sequence) -> str:
        mark = (
            f'<strong class="start-here">{_text(self.mark(place))}</strong> '
            if place in self.start
            else ""
        )
        cells = []
        for at, cell in enumerate(row):
            tint = int(self.tint.iat[place, at]) if self.tint is not None else 0
            ground = f' class="tint-{tint}"' if tint else ""
            cells.append(
                f'<th scope="row" dir="auto">{mark}{_cell(cell)}</th>'
                if at == 0
                else f'<td dir="auto"{ground}>{_cell(cell)}</td>'
            )
        return f"<tr>{''.join(cells)}</tr>"

    def markdown(self) -> str:
        lines = [f"**{_pipe(self.caption)}**", ""]
        lines += [_pipe(self.missing), ""] if self.missing else []
        if self.cells.empty:
            lines.append(_pipe(self.nothing or tr("Nothing here yet.")))
        else:
            lines.append("| " + " | ".join(map(_pipe, self.cells.columns)) + " |")
            lines.append("| " + " | ".join("---" for _ in self.cells.columns) + " |")
            lines += [
                "| " + " | ".join(map(_pipe, row)) + " |"
                for row in self._marked().itertuples(index=False, name=None)
            ]
        return "\n".join([*lines, *(f"\n{_pipe(note)}" for note in self.notes)])

    def plain(self) -> str:
        lines = [self.caption, *([self.missing] if self.missing else [])]
        if self.cells.empty:
            lines.append(self.nothing or tr("Nothing here yet."))
        for row in self._marked().itertuples(index=False, name=None):
            told = [
                f"  {head}: {cell}"
                for head, cell in zip(self.cells.columns[1:], row[1:], strict=True)
                if cell != ""
            ]
            lines += [f"- {row[0]}", *told]
        return "\n".join([*lines, *self.notes])

    def _marked(self) -> pd.DataFrame:
        """The plain table with the mark before the rows to start with."""
        data = self.data.copy()
        if self.start:
            first = data.columns[0]
            marked = [
                f"{self.mark(place)}: {cell}" if place in self.start else cell
                for place, cell in enumerate(data[first])
            ]
            data[first] = marked
        return data


@dataclass(repr=False)
class Figure(Result):
    """A drawing with its text alternative, and the table that says the same.

    `name`, in small letters and hyphens, is the same whenever the figure is made: the ids in the
    drawing come from it. Where one page shows a figure twice, each has a name of its own (`named`).
    """

    name: str
    caption: str
    drawing: str
    alternative: str
    table: ResultTable
    notes: tuple[str, ...] = ()

    def named(self, name: str) -> Figure:
        """The same figure under another name, for a page that has it already."""
        return replace(self, name=name)

    @property
    def data(self) -> pd.DataFrame:
        """The table behind the drawing."""
        return self.table.data

    def html(self) -> str:
        opened = (
            f'<svg role="img" aria-labelledby="drawing-{self.name} drawing-{self.name}-told" '
            f'xmlns="http://www.w3.org/2000/svg" '
        )
        told = (
            f'<title id="drawing-{self.name}">{_text(self.caption)}</title>'
            f'<desc id="drawing-{self.name}-told">{_text(self.alternative)}</desc>'
        )
        head, body = self.drawing.split(">", 1)
        svg = opened + head.removeprefix("<svg ") + ">" + told + body
        notes = "".join(f'<p class="result-note">{_text(note)}</p>' for note in self.notes)
        return (
            f'<figure class="result">{svg}<figcaption>{_text(self.caption)}</figcaption></figure>'
            f"{notes}{self.table.html()}"
        )

    def markdown(self) -> str:
        return "\n\n".join(
            [
                f"**{_pipe(self.caption)}**",
                _pipe(self.alternative),
                *map(_pipe, self.notes),
                self.table.markdown(),
            ]
        )

    def plain(self) -> str:
        return "\n".join([self.caption, self.alternative, *self.notes, self.table.plain()])


@dataclass(repr=False)
class Several(Result):
    """A few results that belong side by side."""

    caption: str
    parts: tuple[ResultTable, ...]
    missing: str = ""
    notes: tuple[str, ...] = ()
    nothing: str = ""

    @property
    def data(self) -> dict[str, pd.DataFrame]:
        """The table of each part, by its caption."""
        return {part.caption: part.data for part in self.parts}

    def html(self) -> str:
        missing = f'<p class="result-missing">{_text(self.missing)}</p>' if self.missing else ""
        body = (
            "".join(part.html() for part in self.parts)
            or f"<p>{_text(self.nothing or tr('Nothing here yet.'))}</p>"
        )
        notes = "".join(f'<p class="result-note">{_text(note)}</p>' for note in self.notes)
        return (
            f'<section class="result-several" aria-label="{_text(self.caption)}">'
            f'<p class="result-caption">{_text(self.caption)}</p>{missing}'
            f'<div class="result-parts">{body}</div>{notes}</section>'
        )

    def markdown(self) -> str:
        body = [part.markdown() for part in self.parts] or [
            _pipe(self.nothing or tr("Nothing here yet."))
        ]
        return "\n\n".join(
            [
                f"**{_pipe(self.caption)}**",
                *([_pipe(self.missing)] if self.missing else []),
                *body,
                *map(_pipe, self.notes),
            ]
        )

    def plain(self) -> str:
        body = [part.plain() for part in self.parts] or [self.nothing or tr("Nothing here yet.")]
        return "\n".join(
            [self.caption, *([self.missing] if self.missing else []), *body, *self.notes]
        )


def _text(text: object) -> str:
    """Text made safe for HTML; a line break in a cell stays one."""
    return escape(str(text)).replace("\n", "<br>")


def _cell(cell: object) -> str:
    if isinstance(cell, tuple):
        return (
            f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in cell)}</ul>"
            if len(cell) > 1
            else _text("".join(cell))
        )
    return _text(cell)


def _pipe(text: object) -> str:
    """Text made safe for a cell of a Markdown table."""
    safe = escape(" ".join(str(text).split()), quote=False).replace("\\", "\\\\")
    for sign in "|*_`[]$~^":
        safe = safe.replace(sign, "\\" + sign)
    return safe
