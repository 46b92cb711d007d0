"""What ran, when, with which versions, and how fast.

`{built}` lists versions and, once all of them have run, the notebooks; `{measured}` shows what was
measured.
"""

from __future__ import annotations

import csv
import os
import platform
import re
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from page_tables import PageDirective, PageEntry, PageRow, PageTable
from partnering.language import mark as _
from partnering.language import tr

HERE = "built"


class waiting_for_notebooks(nodes.General, nodes.Element):
    """Holds the place of a table whose rows are known only when every notebook has run."""


class Built(PageDirective):
    """`{built}`: the versions, the notebooks that ran, and how long each of them took.

    The seconds stand in a table of their own, since they differ from one build to the next.
    """

    def run(self) -> list[nodes.Node]:
        """Three tables, two of which are filled in later, and the day of the build."""
        self.env.note_reread()
        self.env.metadata[self.env.docname][HERE] = "yes"
        versions = [
            (self._data(name), self._data(number)) for name, number in used(Path(self.env.srcdir))
        ]
        day = nodes.paragraph(
            "", tr("This copy was made on {day} (UTC).").format(day=today()), translatable=False
        )
        return [
            self.table(
                tr("With which versions"),
                (_("What"), _("Version")),
                (60, 40),
                versions,
                "page-words",
                stubs=1,
            ),
            self._waiting("ran", tr("What ran"), (_("Notebook"), _("How it ended"))),
            day,
            self._waiting("seconds", tr("How long it took"), (_("Notebook"), _("Seconds"))),
        ]

    def _waiting(self, what: str, caption: str, heads: tuple[str, str]) -> nodes.Node:
        return waiting_for_notebooks(
            "", self.table(caption, heads, (60, 40), [], "page-words", stubs=1), what=what
        )

    def _data(self, text: str) -> list[nodes.Node]:
        return [nodes.paragraph("", text, translatable=False)]


class Measured(PageDirective):
    """`{measured}`: what was measured, how much it came to, and the most it may be.

    `nox -s bench` writes it into a file beside the page.
    """

    def run(self) -> list[nodes.Node]:
        """The table.

        Raises:
            DirectiveError: Nothing has been measured yet.
        """
        path = Path(self.env.doc2path(self.env.docname)).with_name("measured.csv")
        self.env.note_dependency(str(path))
        if not path.exists():
            raise self.error(
                tr("There is no {file} yet; nox -s bench makes it.").format(file=path.name)
            )
        with path.open(encoding="utf-8", newline="") as file:
            _heads, *rows = csv.reader(file)
        heads = (_("What"), _("Measured"), _("At most"))
        return [self.table(tr("How fast"), heads, (70, 15, 15), rows, "page-words", stubs=1)]


def used(source: Path) -> list[tuple[str, str]]:
    """Python and the packages of requirements.txt, with the versions that this build runs on.

    Args:
        source: The folder of the handbook.

    Returns:
        Pairs of a name and a version, or "not installed".
    """
    found = [("Python", platform.python_version())]
    for name in _named(source / "requirements.txt"):
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, tr("not installed")))
    return found


def _named(requirements: Path) -> list[str]:
    """The packages that a requirements file names, and those that it reads from others."""
    text = requirements.read_text(encoding="utf-8") if requirements.exists() else ""
    named = re.findall(r"^[A-Za-z][\w.-]*", text, re.MULTILINE)
    for other in re.findall(r"^-r (\S+)", text, re.MULTILINE):
        named += _named(requirements.parent / other)
    return named


def today() -> str:
    """The day of the build in UTC, or the one that SOURCE_DATE_EPOCH names."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def ran(env: BuildEnvironment) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every notebook that was executed, in order, with what MyST-NB has noted about it.

    Yields:
        The name of its page, and the notes: `succeeded`, `error`, `runtime` in seconds or None.
    """
    for docname in sorted(env.found_docs):
        noted = getattr(env, "nb_metadata", {}).get(docname, {}).get("exec_data")
        if noted:
            yield docname, noted


class FillIn(SphinxPostTransform):
    """Puts the notebooks into the tables that wait for them."""

    default_priority = 8  # before links are resolved

    def run(self, **options: Any) -> None:
        """Fill in every table of the page."""
        for waiting in list(self.document.findall(waiting_for_notebooks)):
            table: PageTable = waiting.children[0]
            body = next(iter(table.findall(nodes.tbody)))
            for docname, noted in ran(self.env):
                told = nodes.paragraph("", _told(waiting["what"], noted))
                body += PageRow("", PageEntry("", _link(self.env, docname)), PageEntry("", told))
            waiting.replace_self(table)


def _told(what: str, noted: dict[str, Any]) -> str:
    """What a table says of a notebook: its seconds, or how it ended."""
    if what == "seconds":
        return tr("not measured") if noted["runtime"] is None else f"{noted['runtime']:.1f}"
    if noted["succeeded"]:
        return tr("ran to the end")
    return tr("stopped: {error}").format(error=noted["error"])


def _link(env: BuildEnvironment, docname: str) -> nodes.paragraph:
    title = env.titles[docname].astext() if docname in env.titles else docname
    link = addnodes.pending_xref(
        "",
        nodes.inline("", title),
        refdoc=env.docname,
        reftarget=f"/{docname}",
        reftype="doc",
        refdomain="std",
        refexplicit=True,
        refwarn=True,
    )
    return nodes.paragraph("", "", link)


def again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that show what ran: they are written anew with every build."""
    return [docname for docname, noted in env.metadata.items() if HERE in noted]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the two directives, and what fills in their tables."""
    app.setup_extension("page_tables")
    app.add_node(waiting_for_notebooks)
    app.add_directive("built", Built)
    app.add_directive("measured", Measured)
    app.add_post_transform(FillIn)
    app.connect("env-updated", again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
