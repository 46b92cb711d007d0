"""The page on the command line: `{command}` and `{template-fields}` are made of the code that does what they tell."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from page_tables import PageDirective
from partnering.__main__ import parser
from partnering.documents import drafts
from partnering.language import mark as _
from partnering.language import tr

BEGIN = "python -m partnering"


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command by its name."""
    return next(
        action.choices
        for action in parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )


def examples(page: Path) -> dict[str, list[str]]:
    """The example lines that stand on a page, by their command."""
    found, name = {}, ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            name = line.removeprefix("```{command} ") if line.startswith("```{command} ") else ""
        elif name and line.startswith(BEGIN):
            found.setdefault(name, []).append(line)
    return found


def written(action: argparse.Action) -> str:
    """How an argument is typed."""
    if isinstance(action.metavar, tuple):
        value = " ".join(action.metavar)
    else:
        value = (
            action.metavar or "|".join(map(str, action.choices or ())) if action.nargs != 0 else ""
        )
        value += {"+": " ...", 2: f" {value}"}.get(action.nargs, "") if value else ""
    return " ".join(filter(None, (", ".join(action.option_strings), value)))


class Command(PageDirective):
    """What one command does, what may be typed behind it, and an example that a test has run."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        command = commands().get(self.arguments[0])
        if command is None:
            raise self.error(
                tr("There is no command {name}; there are: {names}").format(
                    name=self.arguments[0], names=", ".join(commands())
                )
            )
        for line in self.content:
            try:
                parser().parse_args(shlex.split(line.removeprefix(BEGIN)))
            except SystemExit:
                raise self.error(tr("This cannot be asked: {line}").format(line=line)) from None
        example = nodes.literal_block(
            "", "\n".join(self.content), language="console", translatable=False
        )
        rows = [
            (
                [nodes.paragraph("", "", nodes.literal("", written(action)), translatable=False)],
                self.said(action.help[:1].upper() + action.help[1:] + "."),
            )
            for action in command._actions
            if action.dest != "help"
        ]
        return [
            *self.plain(command.description),
            example,
            self.table(
                tr("What may stand behind {name}").format(name=self.arguments[0]),
                (_("You type"), _("It means")),
                (35, 65),
                rows,
                "page-words",
                stubs=1,
            ),
        ]

    def said(self, text: str) -> list[nodes.Node]:
        """A sentence in which an option is set as it is typed: two hyphens would become a dash."""
        return self.read(re.sub(r"(?<!\S)--[a-z-]+", r"`\g<0>`", text))


class TemplateFields(PageDirective):
    """What a Word file may use to become an agreement."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        tables = (
            (tr("Fields of an agreement"), drafts.FIELDS),
            (tr("What each of them holds"), drafts.INSIDE),
        )
        return [
            self.table(
                caption,
                (_("Field"), _("What it holds")),
                (30, 70),
                [
                    (
                        [nodes.paragraph("", "", nodes.literal("", name), translatable=False)],
                        self.plain(tr(means)),
                    )
                    for name, means in fields.items()
                ],
                "page-words",
                stubs=1,
            )
            for caption, fields in tables
        ]


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("page_tables")
    app.add_directive("command", Command)
    app.add_directive("template-fields", TemplateFields)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
