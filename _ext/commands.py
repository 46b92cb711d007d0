"""The page on the command line, made from the code of the commands.

`{command}` describes one command, `{template-fields}` what a Word template may use.
"""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Mapping
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
    found: dict[str, list[str]] = {}
    name = ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            name = line.removeprefix("```{command} ") if line.startswith("```{command} ") else ""
        elif name and line.startswith(BEGIN):
            found.setdefault(name, []).append(line)
    return found


def written(action: argparse.Action) -> str:
    """How an argument is typed: its options, then what stands for its value."""
    return " ".join(filter(None, (", ".join(action.option_strings), _value(action))))


def _value(action: argparse.Action) -> str:
    """What stands for the value of an argument; "" where it takes none."""
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    if action.nargs == 0:
        return ""
    value = action.metavar or "|".join(map(str, action.choices or ()))
    if action.nargs == "+" and value:
        return f"{value} ..."
    return f"{value} {value}" if action.nargs == 2 and value else value


class Command(PageDirective):
    """`{command} name`: what it does, what may be typed behind it, and an example.

    The example stands in the content, and is run by a test.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A description, the example, and a table of arguments.

        Raises:
            DirectiveError: There is no such command, or the example cannot be typed.
        """
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
        rows = []
        for action in command._actions:
            if action.dest != "help":
                means = action.help[:1].upper() + action.help[1:] + "."
                rows.append((_as_typed(written(action)), self.said(means)))
        table = self.table(
            tr("What may follow {name}").format(name=self.arguments[0]),
            (_("You type"), _("It means")),
            (35, 65),
            rows,
            "page-words",
            stubs=1,
        )
        return [*self.plain(command.description), example, table]

    def said(self, text: str) -> list[nodes.Node]:
        """A sentence with its options as code: their two hyphens would become a dash."""
        return self.read(re.sub(r"(?<!\S)--[a-z-]+", r"`\g<0>`", text))


class TemplateFields(PageDirective):
    """`{template-fields}`: what a Word file may use to become an agreement."""

    def run(self) -> list[nodes.Node]:
        """A table of the fields, and one of what stands inside each of them."""
        self.env.note_reread()
        return [
            self._fields(tr("Fields of an agreement"), drafts.FIELDS),
            self._fields(tr("What each of them holds"), drafts.INSIDE),
        ]

    def _fields(self, caption: str, fields: Mapping[str, str]) -> nodes.Node:
        heads = (_("Field"), _("What it holds"))
        rows = [(_as_typed(name), self.plain(tr(means))) for name, means in fields.items()]
        return self.table(caption, heads, (30, 70), rows, "page-words", stubs=1)


def _as_typed(text: str) -> list[nodes.Node]:
    """A cell with a piece of code."""
    return [nodes.paragraph("", "", nodes.literal("", text), translatable=False)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the two directives."""
    app.setup_extension("page_tables")
    app.add_directive("command", Command)
    app.add_directive("template-fields", TemplateFields)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
