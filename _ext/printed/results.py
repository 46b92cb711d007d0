"""The HTML of results as Typst: what `partnering.results` and `partnering.live` write.

Any other element or class is refused, so that nothing gets lost on paper without being noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from partnering.language import tr
from partnering.results.drawing import on_paper
from printed.markup import Unknown, call, directed, escaped, quoted
from printed.tables import Cell, table

KNOWN = {  # tag: the classes it may have
    "div": {"result", "result-scroll", "result-parts"},
    "section": {"result-several"},
    "figure": {"result", "p-several"},
    "p": {"result-caption", "result-missing", "result-note", "result-opened"},
    "table": {"dataframe", "result"},
    "caption": {"result-told"},
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"whole", "long"},
    "td": {"whole", "long"},
    "span": {"whole", "between"},
    "ul": set(),
    "ol": set(),
    "li": set(),
    "br": set(),
    "strong": {"start-here"},
    "em": set(),
    "figcaption": set(),
    "drawing": set(),
    "details": {"result-problems"},
    "summary": set(),
}
NARROW = "p-narrow"  # the class of what is drawn anew for a narrow page
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


@dataclass
class Element:
    """An element of HTML.

    Attributes:
        tag: Its name.
        classes: Its classes.
        number: For a `drawing`, which of the drawings it stands for.
        children: The elements and texts in it.
    """

    tag: str
    classes: tuple[str, ...] = ()
    number: int = 0
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, with one space between words."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())

    def all(self, tag: str) -> list[Element]:
        """The elements in it with this name, but none inside another of them."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if child.tag == tag else child.all(tag)
        return found


class _Reader(HTMLParser):
    """Builds a tree of elements; raises `Unknown` for what is not in `KNOWN`."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        classes = tuple((values.get("class") or "").split())
        if tag not in KNOWN:
            raise Unknown(
                tr("The book has no way to set the HTML element “{tag}”.").format(tag=tag)
            )
        if strange := set(classes) - KNOWN[tag]:
            raise Unknown(
                tr(
                    "The book has no way to set the class “{name}” of the HTML element “{tag}”."
                ).format(name=", ".join(sorted(strange)), tag=tag)
            )
        made = Element(tag, classes, int(values.get("number") or 0))
        self.open[-1].children.append(made)
        if tag not in ("br", "drawing"):
            self.open.append(made)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in ("br", "drawing"):
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("br", "drawing"):
            return
        if self.open[-1].tag != tag:
            raise Unknown(
                tr("The HTML of this result is not closed well at “{tag}”.").format(tag=tag)
            )
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


class Results:
    """Translates the HTML of results for one size of paper."""

    def __init__(self, paper: str = "a4"):
        self.paper = paper
        self.drawings: list[str] = []
        self.heading = ""

    def set(self, html: str, heading: str = "") -> str:
        """A result as Typst.

        Args:
            html: The HTML of the result.
            heading: The heading above it; a caption that only repeats it is left out.

        Raises:
            Unknown: There is an element, a class or a figure that the book cannot show.
        """
        self.heading = heading
        self.drawings = _SVG.findall(html)
        numbers = iter(range(len(self.drawings)))
        reader = _Reader()
        reader.feed(_SVG.sub(lambda _found: f'<drawing number="{next(numbers)}">', html))
        reader.close()
        if len(reader.open) > 1:
            raise Unknown(
                tr("The HTML of this result is not closed well at “{tag}”.").format(
                    tag=reader.open[-1].tag
                )
            )
        return self._blocks(reader.root)

    def _blocks(self, element: Element) -> str:
        parts = map(self._block, element.children)
        return "\n\n".join(part for part in parts if part.strip())

    def _block(self, part: Element | str) -> str:
        if isinstance(part, str):
            return self._inline(part)
        return getattr(self, f"_{part.tag}", self._inline)(part)

    def _div(self, element: Element) -> str:
        body = self._blocks(element)
        return call("result", "\n" + body + "\n") if "result" in element.classes else body

    _section = _div

    def _figure(self, element: Element) -> str:
        sheets = [self.drawings[found.number] for found in element.all("drawing")]
        sheets = [drawing(sheet) for sheet in sheets if NARROW not in sheet]
        caption = "".join(self._inline(found) for found in element.all("figcaption"))
        return call("sheets" if len(sheets) > 1 else "drawn", *sheets, caption)

    def _p(self, element: Element) -> str:
        if "result-caption" in element.classes:
            repeated, self.heading = element.text == self.heading, ""
            if repeated:
                return ""
        body = directed(element.text, self._inline(element))
        return call(element.classes[0], body) if element.classes else body

    def _details(self, element: Element) -> str:
        return self._blocks(element)

    def _summary(self, element: Element) -> str:
        return call("result-missing", self._inline(element))

    def _ul(self, element: Element) -> str:
        items = [f"[{directed(item.text, self._inline(item))}]" for item in element.all("li")]
        return f"#list({','.join(items)});"

    def _ol(self, element: Element) -> str:
        return self._ul(element).replace("#list", "#enum", 1)

    def _table(self, element: Element) -> str:
        caption = "".join(
            directed(found.text, self._inline(found))
            for found in element.all("caption")
            if found.text != self.heading and "result-told" not in found.classes
        )
        self.heading = ""  # what comes after stands under something else
        heads, *_ = self._rows(element, "thead") or [[]]
        return table(heads, self._rows(element, "tbody"), caption, paper=self.paper)

    def _rows(self, table: Element, part: str) -> list[list[Cell]]:
        """The cells of each row in one part of a table, "thead" or "tbody"."""
        rows = []
        for element in table.all(part):
            for row in element.all("tr"):
                cells = [cell for cell in row.children if isinstance(cell, Element)]
                rows.append(list(map(self._cell, cells)))
        return rows

    def _cell(self, element: Element) -> Cell:
        return Cell(self._inline(element), element.text)

    def _inline(self, part: Element | str) -> str:
        if isinstance(part, str):
            return escaped(part) if part.strip() else (" " if part else "")
        if part.tag == "br":
            return "#linebreak();"
        if part.tag in ("ul", "ol"):
            return self._ul(part)
        if "between" in part.classes:  # two words of scales stand below each other
            return "#linebreak();"
        body = "".join(map(self._inline, part.children))
        if "start-here" in part.classes:
            return call("start-here", body)
        if part.tag in ("strong", "em"):
            return call("strong" if part.tag == "strong" else "emph", body)
        return body


def drawing(svg: str) -> str:
    """A drawing, in the font of the book.

    Args:
        svg: The drawing, with its text alternative in `desc`.

    Raises:
        Unknown: It has no text alternative.
    """
    alternative = re.search(r"<desc\b[^>]*>(.*?)</desc>", svg, re.DOTALL)
    if not alternative or not alternative[1].strip():
        raise Unknown(tr("This figure has no text alternative."))
    named = on_paper(svg, "Noto Sans, Noto Naskh Arabic")
    width = re.search(r'\bwidth="([\d.]+)"', svg.split(">", 1)[0])
    pixels = float(width[1]) if width else 740.0
    return call(
        "vector",
        data=quoted(named),
        alt=quoted(unescape(" ".join(alternative[1].split()))),
        pixels=f"{pixels:g}",
    )
