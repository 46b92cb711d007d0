"""What ran, when, with which versions, and how fast: `{built}` lists the notebooks once all have run, `{measured}` a table."""

from __future__ import annotations

import csv
import os
import platform
import re
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

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
    """Holds a table whose rows are known only when every notebook has run."""


class Built(PageDirective):
    """Three tables: the versions, the notebooks that ran, and, apart, what differs from one build to the next."""

    def run(self) -> list[nodes.Node]:
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
    """The table that `nox -s bench` leaves beside the page: what was measured, how much it came to, and the most it may be."""

    def run(self) -> list[nodes.Node]:
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
    """Python and the packages of requirements.txt, with the versions that this build runs on."""
    found = [("Python", platform.python_version())]
    requirements = source / "requirements.txt"
    lines = requirements.read_text(encoding="utf-8").splitlines() if requirements.exists() else []
    for name in (match[0] for line in lines if (match := re.match(r"[A-Za-z][\w.-]*", line))):
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, tr("not installed")))
    return found


def today() -> str:
    """The day of the build in UTC; SOURCE_DATE_EPOCH, where it is set, makes every build say the same."""
    return time.strftime(
        "%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))
    )


def ran(env: BuildEnvironment) -> Iterator[tuple[str, dict]]:
    """Every notebook that was executed, in order, with what MyST-NB has noted about it."""
    for docname in sorted(env.found_docs):
        noted = getattr(env, "nb_metadata", {}).get(docname, {}).get("exec_data")
        if noted:
            yield docname, noted


class FillIn(SphinxPostTransform):
    """Puts the notebooks into the tables that wait for them."""

    default_priority = 8  # before links are resolved

    def run(self, **options) -> None:
        for waiting in list(self.document.findall(waiting_for_notebooks)):
            table: PageTable = waiting.children[0]
            body = next(iter(table.findall(nodes.tbody)))
            for docname, noted in ran(self.env):
                said = nodes.paragraph("", _said(waiting["what"], noted))
                body += PageRow("", PageEntry("", _link(self.env, docname)), PageEntry("", said))
            waiting.replace_self(table)


def _said(what: str, noted: dict) -> str:
    if what == "seconds":
        return tr("not measured") if noted["runtime"] is None else f"{noted['runtime']:.1f}"
    return (
        tr("ran to the end")
        if noted["succeeded"]
        else tr("stopped: {error}").format(error=noted["error"])
    )


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
    """The pages that show what ran are written anew with every build."""
    return [docname for docname, noted in env.metadata.items() if HERE in noted]


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("page_tables")
    app.add_node(waiting_for_notebooks)
    app.add_directive("built", Built)
    app.add_directive("measured", Measured)
    app.add_post_transform(FillIn)
    app.connect("env-updated", again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
