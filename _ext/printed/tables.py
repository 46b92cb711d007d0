"""Tables as Typst, whoever they come from: a page, a session plan, the result of an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnering.language import tr
from printed.markup import Unknown, call, code, directed
from printed.widths import TooWide, layout

PAPER = {
    "a4": (478.0, 725.0),
    "a5": (357.0, 532.0),
}  # points between the margins of book.typ, upright and turned


@dataclass(frozen=True)
class Cell:
    """A cell: its markup, its plain text (from which widths follow), how deep its ground is, how far it reaches."""

    markup: str
    text: str
    tint: int = 0
    across: int = 1
    down: int = 1

    def set(self) -> str:
        body = directed(self.text, self.markup)
        options = {
            key: str(value)
            for key, value in (("colspan", self.across), ("rowspan", self.down))
            if value > 1
        }
        if self.tint:
            options["fill"] = f"tint({self.tint})"
        return code("table.cell", body, **options) if options else f"[{body}]"


def table(
    heads: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    caption: str = "",
    given: Sequence[float] = (),
    stubs: int = 1,
    paper: str = "a4",
) -> str:
    """A table with repeated heads that keeps inside the page: smaller letters, then a turned page. Raises `Unknown`."""
    every = [list(heads), *map(list, rows)] if heads else list(map(list, rows))
    if not every:
        return ""
    plain = [row for row in every if all(cell.across == cell.down == 1 for cell in row)]
    columns = sum(cell.across for cell in every[0])
    texts = [[cell.text for cell in row] for row in plain if len(row) == columns] or [
        [""] * columns
    ]
    try:
        look = layout(texts, *PAPER[paper], given=given)
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
    options["rows"] = f"(\n{''.join(cell.set() + ',' + chr(10) for row in rows for cell in row)})"
    body = call("data-table", **options)
    return call("turned", "\n" + body + "\n") if look.turned else body


def steps(caption: str, heads: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> str:
    """The minutes of a session, laid out for somebody who stands: when, what to do and say, who and what is left."""
    lines = ",\n".join("(" + ", ".join(f"[{cell.markup}]" for cell in row) + ")" for row in rows)
    return call(
        "steps",
        caption=f"[{caption}]",
        heads=f"({', '.join(f'[{cell.markup}]' for cell in heads)})",
        rows=f"(\n{lines},\n)",
    )
