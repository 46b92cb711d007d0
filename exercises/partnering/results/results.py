"""What an exercise gives back: a table, a figure with its table, or several tables.

Each shows itself as HTML (notebook, page, report), as Markdown and as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

import pandas as pd

from partnering.language import tr
from partnering.results import tokens
from partnering.results.drawing import Drawing

STYLE = Path(__file__).with_name("results.css")
PICTURES = Path(__file__).with_name("pictures.css")
MOST_MARKED = 3  # lines of a table that are marked to start with
WHOLE = r'<span class="whole">\{}</span>'
BETWEEN = '1<span class="between"> ·</span>'  # is seen where the two do not stand below each other
PAIR = re.compile(r"^([^<>]{1,24}) · ([^<>]{1,24})$")  # two words of scales in one cell
SHORT, LONG = 20, 40  # letters of a cell that is never broken, and of one that needs room


def in_notebook() -> str:
    """The style sheet of results in a notebook, with the values that it uses."""
    sheets = (path.read_text(encoding="utf-8") for path in (STYLE, PICTURES))
    return tokens.css() + "".join(sheets)


class Withheld(str):
    """A sentence that says that answers are not shown, and not that there are none."""


class Result:
    """Anything with a caption that shows itself as HTML, as Markdown and as plain text.

    Attributes:
        caption: The heading, in the language of the room.
        rows: What the result says, as codes and typed values; empty where there is nothing to show.
    """

    caption: str
    rows: pd.DataFrame

    @property
    def data(self) -> pd.DataFrame | dict[str, pd.DataFrame]:
        """What people see, as a plain table, or as several by their captions."""
        raise NotImplementedError

    def html(self) -> str:
        """The result as a piece of HTML; everything that was typed is escaped."""
        raise NotImplementedError

    def markdown(self) -> str:
        """The result as MyST Markdown; everything that was typed is escaped."""
        raise NotImplementedError

    def plain(self) -> str:
        """The result as text for a terminal."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/html": self.html(),
            "text/markdown": self.markdown(),
            "text/plain": self.plain(),
        }

    def __str__(self) -> str:
        return self.plain()


@dataclass(repr=False)
class ResultTable(Result):
    """A captioned table for people, made from rows of codes and typed values.

    Other stops, reports and drafts read `rows`; people see `cells`. The cells have one column a
    heading, and their first column heads the lines. A cell is text, a number, or a tuple of texts
    that is shown as a list.

    Attributes:
        caption: The heading of the table.
        rows: Codes such as R4, words of a scale as the schema writes them, numbers and days as
            such, under column names that no language changes. The table is empty when these are.
        missing: Said before the table: how many have answered.
        notes: Said after the table.
        nothing: Said in place of a table without rows.
        start: The places of the lines of `cells` to start with, in the order in which they are
            taken; only the first three count.
        why: A word on each of them; none where it needs no reason.
        words: Turns `rows` into `cells` when they are first shown; without it they are the cells.
    """

    caption: str
    rows: pd.DataFrame
    missing: str = ""
    notes: tuple[str, ...] = ()
    nothing: str = ""
    start: Sequence[int] = ()
    why: tuple[str, ...] = ()
    words: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def __post_init__(self) -> None:
        self.start = tuple(self.start)[:MOST_MARKED]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The table as people see it, in the language of the room."""
        return self.rows if self.words is None else self.words(self.rows)

    @property
    def data(self) -> pd.DataFrame:
        """The cells with lists joined to one text."""
        return self.cells.map(lambda cell: "; ".join(cell) if isinstance(cell, tuple) else cell)

    def mark(self, place: int) -> str:
        """The words before a line to start with: which comes first and, where known, why.

        Args:
            place: The place of the line among the cells, one of `start`.

        Returns:
            Such as "start here, 2: who has lived this?".
        """
        if not self.why:
            return tr("start here")
        at = self.start.index(place)
        return tr("start here, {number}: {why}").format(number=at + 1, why=self.why[at])

    def html(self) -> str:
        missing = _paragraph("result-missing", self.missing) if self.missing else ""
        notes = "".join(_paragraph("result-note", note) for note in self.notes)
        if self.rows.empty:
            caption = _paragraph("result-caption", self.caption)
            return (
                f'<div class="result">{caption}{missing}<p>{_text(self._nothing)}</p>{notes}</div>'
            )
        return f'<div class="result">{missing}{self._table()}{notes}</div>'

    def beside(self, caption: str) -> str:
        """The table below a picture, which has said what is missing and perhaps its caption."""
        style = ' class="result-told"' if caption == self.caption else ""
        notes = "".join(_paragraph("result-note", note) for note in self.notes)
        return f'<div class="result">{self._table(style)}{notes}</div>'

    @property
    def _nothing(self) -> str:
        return self.nothing or tr("Nothing here yet.")

    def wall_lines(self) -> tuple[str, list[str]]:
        """The heads of the columns, and each line, as HTML; what was typed is escaped."""
        heads = "".join(
            f'<th scope="col" dir="auto">{_text(name)}</th>' for name in self.cells.columns
        )
        lines = self.cells.itertuples(index=False, name=None)
        return heads, [self._line(place, line) for place, line in enumerate(lines)]

    def _table(self, style: str = "") -> str:
        heads, lines = self.wall_lines()
        rows = "".join(lines)
        region = f'tabindex="0" role="region" aria-label="{_text(self.caption)}"'
        return (
            f'<div class="result-scroll" {region}>'
            f'<table class="dataframe result"><caption{style}>{_text(self.caption)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _line(self, place: int, line: Sequence[object]) -> str:
        mark = ""
        if place in self.start:
            mark = f'<strong class="start-here">{_text(self.mark(place))}</strong> '
        head = f'<th scope="row" dir="auto"{_class(_room(line[0]))}>{mark}{_cell(line[0])}</th>'
        cells = [f'<td dir="auto"{_class(_room(cell))}>{_cell(cell)}</td>' for cell in line[1:]]
        return f"<tr>{head}{''.join(cells)}</tr>"

    def markdown(self) -> str:
        lines = [f"**{_pipe(self.caption)}**", ""]
        if self.missing:
            lines += [_pipe(self.missing), ""]
        if self.rows.empty:
            lines.append(_pipe(self._nothing))
        else:
            lines.append(_markdown_line(self.cells.columns))
            lines.append("| " + " | ".join("---" for _ in self.cells.columns) + " |")
            for line in self._marked().itertuples(index=False, name=None):
                lines.append(_markdown_line(line))
        lines += [f"\n{_pipe(note)}" for note in self.notes]
        return "\n".join(lines)

    def plain(self) -> str:
        lines = [self.caption]
        if self.missing:
            lines.append(self.missing)
        if self.rows.empty:
            lines.append(self._nothing)
        else:
            for head, *cells in self._marked().itertuples(index=False, name=None):
                lines.append(f"- {head}")
                for name, cell in zip(self.cells.columns[1:], cells, strict=True):
                    if cell != "":
                        lines.append(f"  {name}: {cell}")
        return "\n".join([*lines, *self.notes])

    def _marked(self) -> pd.DataFrame:
        """The data with the mark before the lines to start with."""
        data = self.data
        if self.start:
            heads = list(data.iloc[:, 0])
            for place in self.start:
                heads[place] = f"{self.mark(place)}: {heads[place]}"
            data = data.assign(**{data.columns[0]: heads})
        return data


class Figure(Result):
    """A picture with its text alternative, and the table that says the same.

    Where there is nothing to draw, the table stands alone.

    The ids in the picture come from the figure's name, so that one made anew is the same to the
    byte. Where one page shows a figure twice, each has a name of its own; see `named`.

    Args:
        name: In small letters and hyphens; the same whenever the figure is made.
        caption: The heading, in the language of the room.
        draw: Draws the picture, on one sheet or several, when it is first shown; no sheet where
            there is nothing to draw.
        table: The table that says the same.
        notes: Said after the picture.
        nothing: What the alternative says where there is nothing to draw.

    Attributes:
        rows: The rows of the table.
    """

    def __init__(
        self,
        name: str,
        caption: str,
        draw: Callable[[], Sequence[Drawing]],
        table: ResultTable,
        notes: tuple[str, ...] = (),
        nothing: str = "",
    ) -> None:
        self.name, self.caption, self.notes = name, caption, notes
        self.table, self.rows = table, table.rows
        self._draw, self._nothing = draw, nothing

    def named(self, name: str) -> Figure:
        """The same figure under another name, for a page that has it already."""
        same = self.caption, lambda: self.drawings, self.table, self.notes, self._nothing
        return Figure(name, *same)

    @cached_property
    def drawings(self) -> tuple[Drawing, ...]:
        """The sheets of the picture."""
        return tuple(self._draw())

    @property
    def alternative(self) -> str:
        """What the picture shows, in words; "" where there is none, and the table says it all."""
        nothing = self._nothing or (self.table.nothing if self.rows.empty else "")
        return " ".join(one.told for one in self.drawings) or nothing

    @property
    def data(self) -> pd.DataFrame:
        """The table behind the picture, as people see it."""
        return self.table.data

    @property
    def missing(self) -> str:
        """What the table says before anything else."""
        return self.table.missing

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.drawings)

    def html(self) -> str:
        if not self.is_drawn:
            return self.table.html()
        missing = _paragraph("result-missing", self.missing) if self.missing else ""
        drawn = "".join(self._sheets("drawing"))
        several = " p-several" if len(self.drawings) > 1 else ""
        focus = ' tabindex="0"' if "min-inline-size" in drawn else ""  # it may have to be moved
        caption = f"<figcaption>{_text(self.caption)}</figcaption>"
        notes = "".join(_paragraph("result-note", note) for note in self.notes)
        figure = f'<figure class="result{several}"{focus}>{caption}{drawn}</figure>'
        return f"{missing}{figure}{notes}{self.table.beside(self.caption)}"

    def wall_drawings(self) -> list[str]:
        """The sheets for the wall, beside which the page may show them as well."""
        return self._sheets("wall", narrow=False)

    def _sheets(self, prefix: str, narrow: bool = True) -> list[str]:
        """The sheets with what they show in words; ids begin with `prefix` and the name."""
        made = []
        for at, one in enumerate(self.drawings):
            number = f"-sheet-{at + 1}" if at else ""
            made.append(self._svg(one.svg, one.told, f"{prefix}-{self.name}{number}"))
            if one.narrow and narrow:
                made.append(self._svg(one.narrow, one.told, f"{prefix}-{self.name}{number}-narrow"))
        return made

    def _svg(self, svg: str, said: str, title: str) -> str:
        description = f"{title}-told"
        opened = (
            f'<svg role="img" aria-labelledby="{title} {description}" '
            f'xmlns="http://www.w3.org/2000/svg" '
        )
        told = (
            f'<title id="{title}">{_text(self.caption)}</title>'
            f'<desc id="{description}">{_text(said)}</desc>'
        )
        head, body = svg.split(">", 1)
        return f"{opened}{head.removeprefix('<svg ')}>{told}{body}"

    def markdown(self) -> str:
        if not self.is_drawn:
            return self.table.markdown()
        notes = map(_pipe, self.notes)
        return "\n\n".join(
            [
                f"**{_pipe(self.caption)}**",
                _pipe(self.alternative),
                *notes,
                self.table.markdown(),
            ]
        )

    def plain(self) -> str:
        if not self.is_drawn:
            return self.table.plain()
        return "\n".join([self.caption, self.alternative, *self.notes, self.table.plain()])


@dataclass(repr=False)
class Several(Result):
    """A few tables that belong side by side.

    Attributes:
        caption: The heading of them all.
        parts: The tables.
        missing: Said before them: how many have answered, or how they are read.
        notes: Said after them.
        nothing: Said where there is no table.
        rows: The rows of all tables, one below the other.
    """

    caption: str
    parts: tuple[ResultTable, ...]
    missing: str = ""
    notes: tuple[str, ...] = ()
    nothing: str = ""

    def __post_init__(self) -> None:
        frames = [part.rows for part in self.parts]
        self.rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

    @property
    def data(self) -> dict[str, pd.DataFrame]:
        """The table of each part as people see it, by its caption."""
        return {part.caption: part.data for part in self.parts}

    @property
    def _nothing(self) -> str:
        return self.nothing or tr("Nothing here yet.")

    def html(self) -> str:
        missing = _paragraph("result-missing", self.missing) if self.missing else ""
        parts = "".join(part.html() for part in self.parts)
        notes = "".join(_paragraph("result-note", note) for note in self.notes)
        return (
            f'<section class="result-several" aria-label="{_text(self.caption)}">'
            f"{_paragraph('result-caption', self.caption)}{missing}"
            f'<div class="result-parts">{parts or f"<p>{_text(self._nothing)}</p>"}</div>'
            f"{notes}</section>"
        )

    def markdown(self) -> str:
        blocks = [f"**{_pipe(self.caption)}**"]
        if self.missing:
            blocks.append(_pipe(self.missing))
        blocks += [part.markdown() for part in self.parts] or [_pipe(self._nothing)]
        blocks += map(_pipe, self.notes)
        return "\n\n".join(blocks)

    def plain(self) -> str:
        lines = [self.caption]
        if self.missing:
            lines.append(self.missing)
        lines += [part.plain() for part in self.parts] or [self._nothing]
        return "\n".join([*lines, *self.notes])


def _text(text: object) -> str:
    """Text made safe for HTML; a line break in a cell stays one."""
    return escape(str(text)).replace("\n", "<br>")


def _paragraph(style: str, text: str) -> str:
    return f'<p class="{style}">{_text(text)}</p>'


def _class(*names: str) -> str:
    """The attribute for the classes that have a name."""
    found = " ".join(filter(None, names))
    return f' class="{found}"' if found else ""


def _room(cell: object) -> str:
    """The class of a cell whose words are never broken, or which needs room for many."""
    lengths = [len(str(line)) for line in (cell if isinstance(cell, tuple) else (cell,))]
    longest = max(lengths, default=0)
    return "long" if longest > LONG else "whole" if 0 < longest <= SHORT else ""


def _cell(cell: object) -> str:
    """A cell for HTML; a tuple of several texts is a list."""
    if not isinstance(cell, tuple):
        return PAIR.sub(rf"{WHOLE.format(BETWEEN)} {WHOLE.format(2)}", _text(cell))
    if len(cell) < 2:
        return _text("".join(cell))
    items = "".join(f"<li>{_text(line)}</li>" for line in cell)
    return f"<ul>{items}</ul>"


def _markdown_line(cells: Sequence[object] | pd.Index) -> str:
    return "| " + " | ".join(map(_pipe, cells)) + " |"


def _pipe(text: object) -> str:
    """Text made safe for a cell of a Markdown table."""
    safe = escape(" ".join(str(text).split()), quote=False).replace("\\", "\\\\")
    for sign in "|*_`[]$~^":
        safe = safe.replace(sign, "\\" + sign)
    return safe
