"""Tables that a directive puts on a page.

They have a caption, and headings that a screen reader reads out also where a phone shows each row
as a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from partnering.language import tr

Cell = str | list[nodes.Node]


class PageTable(nodes.table):
    """A table whose parts keep their roles in HTML where a phone shows each row as a card."""


class PageRow(nodes.row):
    """A row of a `PageTable`."""


class PageEntry(nodes.entry):
    """A cell of a `PageTable`."""


def page_table(
    caption: nodes.title,
    heads: Sequence[Sequence[nodes.Node]],
    widths: Sequence[int],
    rows: Sequence[Sequence[Sequence[nodes.Node]]],
    classes: Sequence[str],
    stubs: int = 0,
) -> PageTable:
    """A table of a page, from its nodes.

    Args:
        caption: What stands over it.
        heads: The headings of the columns.
        widths: The share of each column in the width.
        rows: The cells of each row.
        classes: The classes of the table.
        stubs: How many columns, from the first, are headings of their rows.
    """
    table = PageTable("", caption, classes=["plan-table", "colwidths-given", *classes])
    group = nodes.tgroup(cols=len(heads))
    table += group
    for place, width in enumerate(widths):
        stub = {"stub": 1} if place < stubs else {}
        group += nodes.colspec(colwidth=width, **stub)
    head, body = nodes.thead(), nodes.tbody()
    head += _row(heads)
    body += [_row(row) for row in rows]
    group += [head, body]
    return table


def _row(cells: Sequence[Sequence[nodes.Node]]) -> PageRow:
    return PageRow("", *(PageEntry("", *cell) for cell in cells))


class PageDirective(SphinxDirective):
    """A directive that makes text and tables which translators are given sentence by sentence."""

    def table(
        self,
        caption: str,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[Cell]],
        name: str,
        stubs: int = 0,
    ) -> PageTable:
        """A table with a caption.

        Args:
            caption: What stands over it.
            heads: The headings of the columns, in English; they are translated here.
            widths: The share of each column in the width.
            rows: The cells of each row: Markdown, or nodes.
            name: The classes of the table, parted by spaces.
            stubs: How many columns, from the first, are headings of their rows.
        """
        return page_table(
            self.text(nodes.title, caption),
            [[self.text(nodes.paragraph, tr(label))] for label in heads],
            widths,
            [[self.read(cell) if isinstance(cell, str) else cell for cell in row] for row in rows],
            name.split(),
            stubs,
        )

    def text(self, kind: type[nodes.TextElement], text: str) -> nodes.TextElement:
        """A node of plain text that gettext can extract and translate."""
        node = kind(text, text)
        self.set_source_info(node)
        return node

    def plain(self, *texts: str) -> list[nodes.Node]:
        """Texts as a cell, a paragraph for each that is not empty."""
        return [self.text(nodes.paragraph, text) for text in texts if text]

    def read(self, text: str, translatable: bool = True) -> list[nodes.Node]:
        """A piece of Markdown as nodes.

        Args:
            text: The Markdown.
            translatable: Whether translators are given it; a number or a span they never are.
        """
        if re.fullmatch(r"\d+(–\d+)?", text):
            return [nodes.paragraph("", text, translatable=False)]
        holder = nodes.Element()
        holder.document = self.state.document
        self.state.nested_parse(
            StringList(text.strip().splitlines(), source=self.get_source_info()[0]), 0, holder
        )
        if not translatable:
            for part in holder.findall(nodes.TextElement):
                part["translatable"] = False
        return holder.children


def _role(translator: HTML5Translator, tag: str, attributes: str) -> None:
    """Add attributes to the tag that has just been opened."""
    opened = [place for place, piece in enumerate(translator.body) if f"<{tag}" in piece]
    place = opened[-1]
    translator.body[place] = translator.body[place].replace(f"<{tag}", f"<{tag} {attributes}", 1)


def visit_any_table(translator: HTML5Translator, node: nodes.table) -> None:
    """Write the beginning of a table, in an area of its own that scrolls where it has to."""
    title = next(iter(node.findall(nodes.title)), None)
    heading = next((part for part in _ancestors(node, nodes.section)), None)
    told = title or (heading and heading.next_node(nodes.title))
    label = translator.attval(told.astext() if told else tr("Table"))
    opened = f'<div class="result-scroll" tabindex="0" role="region" aria-label="{label}">'
    translator.body.append(opened)
    HTML5Translator.visit_table(translator, node)


def depart_any_table(translator: HTML5Translator, node: nodes.table) -> None:
    """Write the end of a table and of its area."""
    HTML5Translator.depart_table(translator, node)
    translator.body.append("</div>\n")


def visit_table(translator: HTML5Translator, node: PageTable) -> None:
    """Write the beginning of a table."""
    translator.visit_table(node)
    _role(translator, "table", 'role="table"')


def visit_row(translator: HTML5Translator, node: PageRow) -> None:
    """Write the beginning of a row."""
    translator.visit_row(node)
    _role(translator, "tr", 'role="row"')


def visit_entry(translator: HTML5Translator, node: PageEntry) -> None:
    """Write the beginning of a cell, with the heading of its column for cards on a phone."""
    translator.visit_entry(node)
    if isinstance(node.parent.parent, nodes.thead):
        _role(translator, "th", 'role="columnheader" scope="col"')
        return
    table = next(_ancestors(node, PageTable))
    place = node.parent.index(node)
    heads = next(iter(table.findall(PageRow)))
    label = translator.attval(heads[place].astext())
    if list(table.findall(nodes.colspec))[place].get("stub"):
        _role(translator, "th", f'role="rowheader" scope="row" data-label="{label}"')
    else:
        _role(translator, "td", f'role="cell" data-label="{label}"')


def _ancestors(node: nodes.Node, kind: type) -> Iterator[nodes.Node]:
    while node is not None:
        if isinstance(node, kind):
            yield node
        node = node.parent


def as_cards(app: Sphinx, doctree: nodes.document) -> None:
    """Let a table that a page writes itself be cards on a phone: its class is `page-cards`.

    It has no link to itself in its caption: a table that bears its role owns rows alone.
    """
    kinds = {nodes.table: PageTable, nodes.row: PageRow, nodes.entry: PageEntry}
    for table in list(doctree.findall(nodes.table)):
        if "page-cards" in table["classes"]:
            table["ids"].clear()
            for part in [table, *table.findall(nodes.Part)]:
                part.__class__ = kinds.get(type(part), type(part))


def setup(app: Sphinx) -> dict[str, bool]:
    """Teach the HTML writer the parts of a page table."""
    app.connect("doctree-read", as_cards)
    app.add_node(nodes.table, override=True, html=(visit_any_table, depart_any_table))
    app.add_node(
        PageTable, html=(visit_table, lambda translator, node: translator.depart_table(node))
    )
    app.add_node(PageRow, html=(visit_row, lambda translator, node: translator.depart_row(node)))
    app.add_node(
        PageEntry, html=(visit_entry, lambda translator, node: translator.depart_entry(node))
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
