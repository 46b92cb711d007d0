"""Results of a worked example on a page.

The directive `{worked} risk.risk_table` shows a whole result, the role
`` {cell}`risk.risk_table | R4 | Of concern to` `` one cell of it in a sentence. Both run the
function when the page is built, so that prose, table and data cannot disagree.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

import pandas as pd
from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from partnering.partnership import Partnership
from partnering.results import Figure, Result
from partnering.storage import folder

logger = logging.getLogger(__name__)

EXAMPLE = "shade"
Stamp = tuple[tuple[str, int], ...]
Data = pd.DataFrame | dict[str, pd.DataFrame]


class NotThere(LookupError):
    """What a page asks for does not exist; the message is the sentence to print."""


class worked_result(nodes.General, nodes.Element):
    """A result: its own HTML for a page, its children for every other kind of book."""


def files(srcdir: Path, example: str) -> list[Path]:
    """Everything a result depends on."""
    place = srcdir / "exercises" / "examples" / example
    if not place.is_dir():
        known = ", ".join(sorted(path.name for path in place.parent.glob("*") if path.is_dir()))
        raise NotThere(f"there is no example “{example}”; there are: {known}")
    return sorted(place.rglob("*.csv")) + sorted(
        (srcdir / "exercises" / "partnering").rglob("*.py")
    )


@lru_cache(maxsize=8)
def _read(place: Path, reader: str, stamp: Stamp) -> Partnership:
    """The example as a reader may see it; `stamp` makes a changed file a new question."""
    partnership = folder.read(place)
    return partnership if reader == "facilitator" else partnership.for_reader(reader)


def result(
    env: BuildEnvironment, name: str, example: str = EXAMPLE, reader: str = "room"
) -> Result:
    """What a function of the stops gives back on an example.

    From now on the page that is being read depends on the example's files.

    Args:
        env: The environment of the build.
        name: The function as module.function, such as risk.risk_table.
        example: The folder of the example.
        reader: "room", or "facilitator" for everything.

    Returns:
        The result.

    Raises:
        NotThere: There is no such example, or no such function.
    """
    srcdir = Path(env.srcdir)
    depends = files(srcdir, example)
    for path in depends:
        env.note_dependency(path.relative_to(srcdir).as_posix())
    stamp = tuple((path.name, path.stat().st_mtime_ns) for path in depends)
    partnership = _read(srcdir / "exercises" / "examples" / example, reader, stamp)
    return function(name)(partnership)


def function(name: str) -> Callable[[Partnership], Result]:
    """The function written as module.function, such as risk.risk_table."""
    module, _, attribute = name.partition(".")
    try:
        return getattr(importlib.import_module(f"partnering.stops.{module}"), attribute)
    except (ImportError, AttributeError, ValueError):
        raise NotThere(f"there is no function “{name}” among the stops of partnering") from None


def once_a_page(env: BuildEnvironment, made: Result) -> Result:
    """The result; a figure that the page has already shown gets a name, and so ids, of its own.

    The names follow the order on the page, so that they are the same from build to build.
    """
    if not isinstance(made, Figure):
        return made
    before = env.new_serialno(f"figure-{made.name}")
    return made.named(f"{made.name}-{before + 1}") if before else made


def frames(data: Data) -> Iterator[pd.DataFrame]:
    """The tables of a result, whether it has one or several."""
    if isinstance(data, dict):
        for part in data.values():
            yield from frames(part)
    else:
        yield data


def cell(data: Data, row: str, column: str) -> str:
    """One cell of a result.

    Args:
        data: The table or tables, as people see them.
        row: How the text in the first column of the row begins; a whole word at its end.
        column: The heading of the column.

    Returns:
        The text of the cell.

    Raises:
        NotThere: No such column, no such row, or rows that differ; the message says what there is.
    """
    begins = re.compile(re.escape(row) + r"(?!\w)")
    tables = list(frames(data))
    columns = dict.fromkeys(str(name) for table in tables for name in table.columns)
    if column not in columns:
        raise NotThere(f"no column “{column}”; there are: {', '.join(columns)}")
    rows: dict[str, None] = {}  # an ordered set
    found: set[str] = set()
    for table in tables:
        heads = table.iloc[:, 0].astype("str")
        rows |= dict.fromkeys(heads)
        if column in table.columns:
            found |= set(table.loc[heads.map(begins.match).notna(), column].astype("str"))
    if not found:
        raise NotThere(f"no row that begins with “{row}”; there are: {', '.join(rows)}")
    if len(found) > 1:
        raise NotThere(f"more than one row begins with “{row}”: {' / '.join(sorted(found))}")
    return found.pop()


class Worked(SphinxDirective):
    """Shows what a function of the package says about an example."""

    required_arguments = 1
    option_spec: ClassVar = {
        "example": directives.unchanged_required,
        "reader": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        try:
            made = result(
                self.env,
                self.arguments[0],
                self.options.get("example", EXAMPLE),
                self.options.get("reader", "room"),
            )
            node = worked_result("", html=once_a_page(self.env, made).html())
            text = made.markdown()
        except Exception as error:  # whatever the function raises belongs to this line of the page
            return _refuse(self, self.arguments[0], error)
        self.state.nested_parse(
            StringList(text.splitlines(), source=self.get_source_info()[0]), 0, node
        )
        for part in node.findall(nodes.TextElement):
            # answers are data, and the words around them have their own catalogue
            part["translatable"] = False
        return [node]


class Cell(SphinxRole):
    """One cell of a result: function | row | column, and | example where it is not Shade."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        name, *rest = [part.strip() for part in self.text.split("|")]
        try:
            if len(rest) not in (2, 3):
                raise NotThere(
                    "write function | row | column, or function | row | column | example"
                )
            text = cell(result(self.env, name, *rest[2:]).data, rest[0], rest[1])
        except Exception as error:
            return _refuse(self, self.text, error), []
        return [nodes.inline("", text, classes=["worked-cell"])], []


def _refuse(asked: SphinxDirective | SphinxRole, what: str, error: Exception) -> list[nodes.Node]:
    sentence = str(error) if isinstance(error, NotThere) else f"{type(error).__name__}: {error}"
    logger.error("%s: %s", what, sentence, location=asked.get_location(), type="worked")
    return []


def visit_html(translator: HTML5Translator, node: worked_result) -> None:
    translator.body.append(node["html"])
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    nothing = (lambda translator, node: None, lambda translator, node: None)
    app.add_node(
        worked_result,
        html=(visit_html, None),
        latex=nothing,
        text=nothing,
        man=nothing,
        texinfo=nothing,
    )
    app.add_directive("worked", Worked)
    app.add_role("cell", Cell())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
