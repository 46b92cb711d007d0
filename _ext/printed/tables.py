"""Tables as Typst: those of a page, of a session plan, and of the results of an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from partnering.language import tr
from printed.markup import Unknown, call, code, directed
from printed.widths import TooWide, layout

# points between the margins of book.typ, upright and turned; of one of two columns
PAPER = {"a4": (478.0, 725.0), "a5": (357.0, 532.0), "column": (230.0, 725.0)}


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        markup: Its content, as Typst markup.
        text: Its plain text, from which the width of its column follows.
        across: How many columns it fills.
        down: How many rows it fills.
    """

    markup: str
    text: str
    across: int = 1
    down: int = 1

    def set(self) -> str:
        """The cell as Typst code."""
        body = directed(self.text, self.markup)
        options = {}
        if self.across > 1:
            options["colspan"] = str(self.across)
        if self.down > 1:
            options["rowspan"] = str(self.down)
        return code("table.cell", body, **options) if options else f"[{body}]"


def table(
    heads: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    caption: str = "",
    given: Sequence[float] = (),
    stubs: int = 1,
    paper: str = "a4",
) -> str:
    """A table that stays inside the page: with smaller letters, or else on a turned page.

    Args:
        heads: The headings of the columns, repeated on every page.
        rows: The cells of each row.
        caption: What stands over it, as markup.
        given: The shares of the columns that an author has chosen; none where they follow from the
            text.
        stubs: How many columns, from the first, are headings of their rows.
        paper: A size of `PAPER`.

    Returns:
        Typst markup; "" where there are no rows.

    Raises:
        Unknown: The table does not fit on a page.
    """
    every = [list(heads), *map(list, rows)] if heads else list(map(list, rows))
    if not every:
        return ""
    try:
        look = layout(_texts(every), *PAPER[paper], given=given)
    except TooWide as error:
        raise Unknown(
            tr("{sentence} Say less in a cell, or make two tables of it.").format(sentence=error)
        ) from None
    if stubs and max(len(row[0].text) for row in rows) > 40:
        stubs = 0  # a whole sentence is not a head: in bold it would shout
    longest = max(len(cell.text) for row in every for cell in row)
    options = {
        "widths": f"({', '.join(f'{share}fr' for share in look.shares)},)",
        "size": f"{look.size}pt",
        "stubs": str(stubs),
        "whole": "true" if longest < 700 else "false",
    }
    if caption:
        options["caption"] = f"[{caption}]"
    if heads:
        options["heads"] = f"({''.join(cell.set() + ',' for cell in heads)})"
    cells = [cell.set() + ",\n" for cell in chain.from_iterable(rows)]
    options["rows"] = f"(\n{''.join(cells)})"
    body = call("data-table", **options)
    return call("turned", "\n" + body + "\n") if look.turned else body


def _texts(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of the rows from which widths follow: those in which every cell fills one place."""
    columns = sum(cell.across for cell in rows[0])
    texts = []
    for row in rows:
        if len(row) == columns and all(cell.across == cell.down == 1 for cell in row):
            texts.append([cell.text for cell in row])
    return texts or [[""] * columns]


def steps(caption: str, heads: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> str:
    """The minutes of a session, laid out to be read while standing.

    Args:
        caption: What stands over them, as markup.
        heads: What each part of a step is: minute, length, what happens, what to say, who, what is
            left on the table; or only minutes, what to do, what to say.
        rows: These parts for each step.
    """
    lines = ",\n".join(map(_tuple_of, rows))
    return call("steps", caption=f"[{caption}]", heads=_tuple_of(heads), rows=f"(\n{lines},\n)")


def _tuple_of(cells: Sequence[Cell]) -> str:
    return "(" + ", ".join(f"[{cell.markup}]" for cell in cells) + ")"
