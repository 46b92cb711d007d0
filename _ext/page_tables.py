"""Tables that a directive sets on a page: with a caption, heads that are read out, and roles that survive on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from partnering.language import tr

Cell = str | list[nodes.Node]


class PageTable(nodes.table):
    """A table whose parts keep their roles in HTML where a phone shows each row as a card."""


class PageRow(nodes.row):
    pass


class PageEntry(nodes.entry):
    pass


class PageDirective(SphinxDirective):
    """A directive that sets text and tables which translators are given sentence by sentence."""

    def table(
        self,
        caption: str,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[Cell]],
        name: str,
        stubs: int = 0,
    ) -> PageTable:
        """A captioned table. A cell is Markdown, or nodes; the first `stubs` columns head their rows."""
        table = PageTable(
            "",
            self.text(nodes.title, caption),
            classes=["plan-table", "colwidths-given", *name.split()],
        )
        group = nodes.tgroup(cols=len(heads))
        table += group
        group += [
            nodes.colspec(colwidth=width, **({"stub": 1} if place < stubs else {}))
            for place, width in enumerate(widths)
        ]
        head, body = nodes.thead(), nodes.tbody()
        head += PageRow(
            "", *(PageEntry("", self.text(nodes.paragraph, tr(label))) for label in heads)
        )
        for row in rows:
            body += PageRow(
                "",
                *(
                    PageEntry("", *(self.read(cell) if isinstance(cell, str) else cell))
                    for cell in row
                ),
            )
        group += [head, body]
        return table

    def text(self, kind: type[nodes.TextElement], text: str) -> nodes.TextElement:
        """A node of plain text that gettext can extract and translate."""
        node = kind(text, text)
        self.set_source_info(node)
        return node

    def plain(self, *texts: str) -> list[nodes.Node]:
        """Plain text as a cell, a paragraph each; an empty one stays away."""
        return [self.text(nodes.paragraph, text) for text in texts if text]

    def read(self, text: str, translatable: bool = True) -> list[nodes.Node]:
        """What a string of Markdown says, as nodes. A number alone is not for translators."""
        if text.isdigit():
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


def _role(translator, tag: str, attributes: str) -> None:
    """Add attributes to the tag that has just been opened."""
    place = max(place for place, piece in enumerate(translator.body) if f"<{tag}" in piece)
    translator.body[place] = translator.body[place].replace(f"<{tag}", f"<{tag} {attributes}", 1)


def visit_table(translator, node: PageTable) -> None:
    translator.visit_table(node)
    _role(translator, "table", 'role="table"')


def visit_row(translator, node: PageRow) -> None:
    translator.visit_row(node)
    _role(translator, "tr", 'role="row"')


def visit_entry(translator, node: PageEntry) -> None:
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


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(
        PageTable, html=(visit_table, lambda translator, node: translator.depart_table(node))
    )
    app.add_node(PageRow, html=(visit_row, lambda translator, node: translator.depart_row(node)))
    app.add_node(
        PageEntry, html=(visit_entry, lambda translator, node: translator.depart_entry(node))
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
