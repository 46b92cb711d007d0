"""One page's doctree as Typst.

An element or a class that it does not know is refused, with page and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docutils import nodes
from docutils.utils import get_source_line

from partnering.language import tr
from printed import classes
from printed.markup import Place, Unknown, call, directed, escaped, marked, quoted
from printed.results import Results, drawing
from printed.tables import Cell, steps, table


@dataclass
class Paper:
    """What the pages of one book share.

    Attributes:
        edition: A name of `builder.EDITIONS`.
        size: A size of `tables.PAPER`.
        labels: For every place that a link may lead to, as docname#id, its label in the book.
        on_site: Places that only the site has, written alike.
        faults: What cannot be shown: where it stands, and a sentence.
        picture: Puts a picture, given by its page and its address, beside the book, and gives the
            name of the file.
    """

    edition: str = "book"
    size: str = "a4"
    labels: dict[str, str] = field(default_factory=dict)
    on_site: set[str] = field(default_factory=set)
    faults: list[tuple[Place, str]] = field(default_factory=list)
    picture: Callable[[str, str], str] = lambda docname, uri: ""

    def note_labels(self, docname: str, tree: nodes.document) -> None:
        """Remember every place of a page that a link may lead to."""
        self.labels[docname] = docname
        for node in tree.findall(nodes.Element):
            first = node.parent is tree and isinstance(node, nodes.section)
            names = node.get("ids", [])
            label = docname if first or not names else f"{docname}#{names[0]}"
            for name in names:
                self.labels[f"{docname}#{name}"] = label


class Writer:
    """Translates one page.

    Every method `_name` writes the doctree element of this name; `_visitor` finds it.
    """

    def __init__(
        self,
        paper: Paper,
        docname: str,
        depth: int = 1,
        turns: bool = True,
        small: bool = False,
    ):
        """Begin a page.

        Args:
            paper: What it shares with the other pages.
            docname: Its name.
            depth: The level of its title: 1 for a chapter, 2 for a page inside one.
            turns: Whether a chapter begins on a new page.
            small: Whether it is set in two columns.
        """
        self.paper, self.docname, self.turns = paper, docname, turns
        self.size = "column" if small else paper.size
        self.opener: dict[str, str] = {}  # what stands at the head of a chapter, beside its title
        self.depth = depth - 1
        self.results = Results(self.size)
        self.footnotes: dict[str, nodes.footnote] = {}
        self.addresses: set[str] = set()
        self.heading = ""
        self.inside: list[str] = []  # what is open: "table", "title", "caption"

    # ---------------------------------------------------------------- the way through the tree

    def page(self, tree: nodes.document) -> str:
        """The whole page."""
        self.footnotes = {}
        for note in tree.findall(nodes.footnote):
            self.footnotes |= dict.fromkeys(note["ids"], note)
        return self.blocks(tree)

    def blocks(self, node: nodes.Element) -> str:
        """The children of a node as blocks, each after a mark of its place."""
        parts = [self.node(child) for child in node.children]
        return "\n\n".join(part for part in parts if part.strip())

    def inline(self, node: nodes.Element) -> str:
        """The children of a node as running text."""
        return "".join(self.node(child) for child in node.children)

    def node(self, node: nodes.Node) -> str:
        """One node; what cannot be shown is noted with its place, and the rest goes on."""
        if isinstance(node, nodes.Text):
            return escaped(str(node))
        try:
            self._check_classes(node)
            made = self._visitor(node)(node)
        except Unknown as unknown:
            self.paper.faults.append((self.place(node), str(unknown)))
            return ""
        block = isinstance(node, nodes.raw) or not isinstance(node, nodes.Inline)
        return f"{marked(self.place(node))}{made}" if block and made else made

    def _visitor(self, node: nodes.Node) -> Callable[[nodes.Node], str]:
        for kind in type(node).__mro__:
            visit = getattr(self, f"_{kind.__name__}", None)
            if visit and kind is not nodes.Element:
                return visit
        raise Unknown(
            tr("The book has no way to set the element “{name}”.").format(name=type(node).__name__)
        )

    def _check_classes(self, node: nodes.Element) -> None:
        if strange := [name for name in node.get("classes", ()) if not classes.known(name)]:
            raise Unknown(
                tr(
                    "The book has no way to set the class “{name}” of the element “{element}”."
                ).format(name=", ".join(strange), element=type(node).__name__)
            )

    def place(self, node: nodes.Node) -> Place:
        """The page and line where a node stands, or else the nearest of its parents."""
        while node is not None:
            line = get_source_line(node)[1]
            if line:
                return Place(self.docname, line)
            node = node.parent
        return Place(self.docname)

    # ---------------------------------------------------------------- sections and text

    def _section(self, node: nodes.section) -> str:
        self.depth += 1
        body = self.blocks(node)
        self.depth -= 1
        return body

    def _title(self, node: nodes.title) -> str:
        self.heading = node.astext()
        self.inside.append("title")
        body = self.inline(node)
        self.inside.pop()
        label = self.paper.labels[f"{self.docname}#{node.parent['ids'][0]}"]
        options = {"level": str(self.depth), "name": quoted(label)}
        options["opens"] = quoted(self._opens(node))
        if not self.turns:
            options["turns"] = "false"
        if self.depth == 1:
            options |= self.opener
        return call("titled", body, **options)

    def _opens(self, title: nodes.title) -> str:
        """What begins with a title: a page of the site, or nothing."""
        return "page" if isinstance(title.parent.parent, nodes.document) else ""

    def _rubric(self, node: nodes.rubric) -> str:
        if "heading-level" not in node:
            return self._anchors(node) + call("label-line", self.inline(node))
        kind = next((name for name in node["classes"] if name.startswith("plan-")), "plan-label")
        level = min(self.depth + (2 if kind == "plan-label" else 1), 6)
        return call("rubric", self.inline(node), kind=quoted(kind), level=str(level))

    def _paragraph(self, node: nodes.paragraph) -> str:
        body = self._anchors(node) + directed(node.astext(), self.inline(node))
        return call("leading-in", body) if _leads_in(node) else body

    def _anchors(self, node: nodes.Element) -> str:
        """Invisible places that links lead to."""
        first = node.get("ids", [])[:1]
        return "".join(call("anchor", name=quoted(f"{self.docname}#{name}")) for name in first)

    def _inline(self, node: nodes.inline) -> str:
        return self._anchors(node) + self.inline(node)

    _PassthroughTextElement = _generated = _inline
    _desc_name = _inline

    def _emphasis(self, node: nodes.Element) -> str:
        return call("emph", self.inline(node))

    _title_reference = _emphasis

    def _strong(self, node: nodes.Element) -> str:
        return call("strong", self.inline(node))

    def _literal(self, node: nodes.literal) -> str:
        return call("code-word", words=quoted(node.astext()))

    def _superscript(self, node: nodes.Element) -> str:
        return call("super", self.inline(node))

    def _subscript(self, node: nodes.Element) -> str:
        return call("sub", self.inline(node))

    def _nothing(self, node: nodes.Node) -> str:
        return ""

    _index = _meta = _comment = _substitution_definition = _toctree = _footnote = _nothing

    def _target(self, node: nodes.target) -> str:
        return self._anchors(node) if not node.get("refid") else ""

    def _transition(self, node: nodes.Node) -> str:
        return "" if "footnotes" in node["classes"] else call("transition")

    # ---------------------------------------------------------------- links and notes

    def _reference(self, node: nodes.reference) -> str:
        body = self.inline(node)
        if node.get("refid"):
            return self._inner(f"{self.docname}#{node['refid']}", body)
        uri = node.get("refuri", "")
        if uri.startswith("%"):
            return self._inner(uri[1:].removesuffix("#"), body)
        if uri.startswith("#"):
            return self._inner(f"{self.docname}{uri}", body)
        if re.match(r"(https?|mailto):", uri):
            return self._outer(uri, body, node.astext())
        raise Unknown(tr("The book has no way to set a link to “{address}”.").format(address=uri))

    def _inner(self, target: str, body: str) -> str:
        if target not in self.paper.labels:
            if target in self.paper.on_site:
                return call("elsewhere", body, said=quoted(tr("on the site")))
            if self.paper.edition == "pocket":
                return call("elsewhere", body, said=quoted(tr("in the book")))
            raise Unknown(
                tr("A link leads to “{target}”, which is not in the book.").format(target=target)
            )
        return call("xref", body, name=quoted(self.paper.labels[target]))

    def _outer(self, uri: str, body: str, text: str) -> str:
        """A link out of the book: the first time on a page its address is printed at the foot."""
        said = uri.removeprefix("mailto:").rstrip("/")
        seen = said in self.addresses or said.removeprefix("https://") in text
        if "title" in self.inside or "caption" in self.inside or seen:
            return call("outside", body, address=quoted(uri))
        self.addresses.add(said)
        # on the page of sources the address is what one looks for
        beside = str(self.docname.endswith("/sources")).lower()
        return call("outside", body, address=quoted(uri), printed=quoted(said), beside=beside)

    def _footnote_reference(self, node: nodes.footnote_reference) -> str:
        note = self.footnotes.get(node.get("refid", ""))
        if note is None:
            raise Unknown(tr("A note is missing."))
        inner = [child for child in note.children if not isinstance(child, nodes.label)]
        return call("footnote", " ".join(self.inline(child) for child in inner))

    # ---------------------------------------------------------------- lists and boxes

    def _bullet_list(self, node: nodes.bullet_list) -> str:
        items = ",\n".join(f"[{self.blocks(item)}]" for item in node.children)
        boxes = "boxes" in node["classes"]  # the box is mark enough
        options = "marker: [], body-indent: 0pt, " if boxes else ""
        return self._anchors(node) + f"#list({options}{items});"

    def _enumerated_list(self, node: nodes.enumerated_list) -> str:
        items = ",\n".join(f"[{self.blocks(item)}]" for item in node.children)
        return self._anchors(node) + f"#enum(start: {node.get('start', 1)}, {items});"

    def _definition_list(self, node: nodes.definition_list) -> str:
        return self.blocks(node)

    def _definition_list_item(self, node: nodes.definition_list_item) -> str:
        terms = "#linebreak();".join(self.node(term) for term in node.findall(nodes.term))
        meanings = "\n".join(self.blocks(means) for means in node.findall(nodes.definition))
        return call("defined", terms, meanings)

    _term = _paragraph
    _glossary = blocks

    def _field_list(self, node: nodes.field_list) -> str:
        return "\n".join(
            call("defined", self.inline(part[0]), self.blocks(part[1])) for part in node.children
        )

    def _block_quote(self, node: nodes.block_quote) -> str:
        return call("quoted", "\n" + self.blocks(node) + "\n")

    def _attribution(self, node: nodes.attribution) -> str:
        return call("attribution", self.inline(node))

    def _line_block(self, node: nodes.line_block) -> str:
        return "#linebreak();".join(
            self.inline(line) if isinstance(line, nodes.line) else self._line_block(line)
            for line in node.children
        )

    def _Admonition(self, node: nodes.Element) -> str:
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        rest = nodes.Element("", *(child for child in node.children if child is not title))
        label = self.inline(title) if title else escaped(tr(type(node).__name__.capitalize()))
        warm = type(node).__name__ in ("warning", "caution", "attention", "danger", "error")
        return self._anchors(node) + call(
            "boxed", label, "\n" + self.blocks(rest) + "\n", care=str(warm).lower()
        )

    def _container(self, node: nodes.container) -> str:
        name = classes.part(node)
        if name == "folded" and self.paper.edition != "code":
            return ""
        if name == "session-plan":
            return self._plan(node)
        if "toctree-wrapper" in node["classes"]:
            return ""  # the book has contents of its own
        if name == "plan-lead":
            return call(name, *(self.node(part) for part in node.children))
        body = self._anchors(node) + self.blocks(node)
        return call(name, "\n" + body + "\n") if name in classes.STYLED and body.strip() else body

    _compound = _legend = _container

    def _plan(self, node: nodes.container) -> str:
        return call("session-plan", "\n" + self._anchors(node) + self.blocks(node) + "\n")

    # ---------------------------------------------------------------- tables, results and code

    def _table(self, node: nodes.table) -> str:
        group = next(iter(node.findall(nodes.tgroup)))
        specs = [part for part in group.children if isinstance(part, nodes.colspec)]
        self.inside.append("table")
        heads, rows = self._rows(group, nodes.thead), self._rows(group, nodes.tbody)
        self.inside[-1] = "caption"
        caption = next(
            (self.inline(child) for child in node.children if isinstance(child, nodes.title)), ""
        )
        self.inside.pop()
        if len(heads) > 1:
            raise Unknown(
                tr("The book has no way to set a table with more than one line of heads.")
            )
        if {"plan-steps", "plan-held-steps"} & set(node["classes"]):
            return self._anchors(node) + steps(caption, heads[0], rows)
        widths = specs if "colwidths-given" in node["classes"] else []
        given = [float(spec["colwidth"]) for spec in widths]
        stubs = sum(bool(spec.get("stub")) for spec in specs)
        return self._anchors(node) + table(
            heads[0] if heads else [], rows, caption, given, stubs, self.size
        )

    def _rows(self, group: nodes.tgroup, kind: type[nodes.Element]) -> list[list[Cell]]:
        rows = []
        for part in group.findall(kind):
            rows += [list(map(self._cell, row.children)) for row in part.children]
        return rows

    def _cell(self, entry: nodes.entry) -> Cell:
        return Cell(
            self._anchors(entry) + self.blocks(entry),
            entry.astext(),
            across=1 + entry.get("morecols", 0),
            down=1 + entry.get("morerows", 0),
        )

    def _figure(self, node: nodes.figure) -> str:
        pictures, captions = [], []
        for part in node.children:
            if isinstance(part, nodes.caption):
                captions.append(self.inline(part))
            else:
                pictures.append(self.node(part))
        return self._anchors(node) + call("drawn", "".join(pictures), "".join(captions))

    def _image(self, node: nodes.image) -> str:
        if not node.get("alt", "").strip():
            raise Unknown(tr("This figure has no text alternative."))
        name = self.paper.picture(self.docname, node["uri"])
        return call("picture", file=quoted(name), alt=quoted(node["alt"]))

    def _worked_result(self, node: nodes.Element) -> str:
        return self._result(node["html"])

    def _result(self, html: str) -> str:
        made = self.results.set(html, self.heading)
        self.heading = self.results.heading
        return made

    def _raw(self, node: nodes.raw) -> str:
        if "html" not in node.get("format", "").split():
            raise Unknown(
                tr("The book has no way to set raw “{name}”.").format(name=node.get("format", ""))
            )
        text = node.astext()
        return drawing(text) if text.lstrip().startswith("<svg") else self._result(text)

    def _literal_block(self, node: nodes.literal_block) -> str:
        return self._anchors(node) + call("code-block", words=quoted(node.astext()))

    def _doctest_block(self, node: nodes.Element) -> str:
        return self._literal_block(node)


def _leads_in(paragraph: nodes.paragraph) -> bool:
    """Whether it stands between a heading and a table or picture: all of them share a page."""
    around = paragraph.parent
    if not isinstance(around, nodes.section) or not paragraph.astext():
        return False
    place = around.index(paragraph)
    before, after = around[place - 1], around[place + 1 : place + 2]
    told = nodes.paragraph | nodes.section | nodes.bullet_list | nodes.enumerated_list
    return isinstance(before, nodes.title) and bool(after) and not isinstance(after[0], told)
