"""Reference pages that cannot drift: `{tables}` from the schema, `{exercises}` from notebooks and plans, `{built}`."""

from __future__ import annotations

import json
import re
from functools import singledispatch
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from page_tables import PageDirective
from partnering.language import mark as _
from partnering.language import tr, trn
from partnering.schema.check import Column, Table
from partnering.schema.kinds import (
    SHARE_FACILITATOR,
    Amount,
    Choice,
    Code,
    Date,
    Kind,
    Ref,
    Scale,
    Text,
    Ticks,
    Whole,
)
from partnering.schema.tables import STOPS, TABLES
from session_plan import plans_in

# ---------------------------------------------------------------- what a column takes, in words


@singledispatch
def told(kind: Kind) -> str:
    """What a kind of column takes, as Markdown."""
    raise TypeError(f"the reference page has no words for {type(kind).__name__}")


@told.register
def _text(kind: Text) -> str:
    return tr("Free words.")


@told.register
def _code(kind: Code) -> str:
    if not kind.prefix:
        return tr("A short code or number without spaces.")
    return tr("A short code without spaces, such as {example}.").format(example=f"{kind.prefix}1")


@told.register
def _whole(kind: Whole) -> str:
    return tr("A whole number from {low} to {high}.").format(low=kind.low, high=kind.high)


@told.register
def _amount(kind: Amount) -> str:
    return tr("An amount in figures, such as 94000 or 94000.50.")


@told.register
def _date(kind: Date) -> str:
    return tr("A day, such as 2026-11-30 or 30.11.2026.")


@told.register
def _choice(kind: Choice) -> str:
    return tr("One of: {words}.").format(words=_words(kind)) + _outside(kind)


@told.register
def _scale(kind: Scale) -> str:
    return tr("One of, in this order: {words}.").format(words=_words(kind)) + _outside(kind)


@told.register
def _ticks(kind: Ticks) -> str:
    return tr("Any of these, parted by semicolons: {words}.").format(words=_words(kind))


@told.register
def _ref(kind: Ref) -> str:
    where = f"[{tr(TABLES[kind.table].label)}](#table-{kind.table})"
    said = (
        tr("Codes of lines in {table}, parted by commas.")
        if kind.many
        else tr("The code of a line in {table}.")
    )
    also = " " + tr("Or: {words}.").format(words=_listed(kind.also)) if kind.also else ""
    return said.format(table=where) + also


def _words(kind: Choice) -> str:
    return _listed(kind.texts)


def _listed(words) -> str:
    return " / ".join(f"*{tr(word)}*" for word in words)


def _outside(kind: Choice) -> str:
    return (
        " " + tr("Outside the scale: {words}.").format(words=_listed(kind.outside))
        if kind.outside
        else ""
    )


def about(table: Table) -> str:
    """When a table is asked for, by whom it is filled in and who may see it, in a few sentences."""
    said = [tr("Core.") if table.core else tr("Full form, if you wish.")]
    said.append(
        tr("Asked once the partnership is {moments}.").format(
            moments=", ".join(map(tr, table.moments))
        )
        if table.moments
        else tr("Asked at every moment.")
    )
    if table.shipped:
        said.append(tr("Comes filled in, for you to change."))
    elif table.rows:
        said.append(
            trn(
                "Each partner fills in one line.",
                "Each partner fills in up to {count} lines.",
                table.rows,
            ).format(count=table.rows)
        )
    elif table.stop or table.form:
        said.append(tr("Filled in together."))
    else:
        said.append(tr("Filled in by the facilitator."))
    if table.private:
        said.append(tr("A file of one house: no other partner, and no room, ever sees it."))
    elif "share" in table.by_name:
        said.append(tr("A line marked *facilitator* or *paper only* is not for the room."))
    return " ".join(said)


def who_sees(column: Column, table: Table) -> str:
    """Who may see a column."""
    if table.private:
        return tr("that partner alone")
    if column.share == SHARE_FACILITATOR:
        return tr("the facilitator")
    guarded = [word.text for word in getattr(column.kind, "words", ()) if word.guarded]
    if guarded:
        return tr("the room; {words} only where the line is marked *room*").format(
            words=_listed(guarded)
        )
    return tr("the room")


class Tables(PageDirective):
    """Every table of the handbook in tour order: what it is for, its columns, and the words that can be ticked."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        self.described: dict[int, str] = {}
        stops = [
            (0, tr("In every stop")),
            *((number, f"{number}. {tr(name)}") for number, name, _question in STOPS),
        ]
        return [
            self._section(
                f"tables-{number}",
                title,
                [self._table(table) for table in TABLES.values() if table.stop == number],
            )
            for number, title in stops
        ]

    def _section(self, name: str, title: str, content: list[nodes.Node]) -> nodes.section:
        section = nodes.section("", self.text(nodes.title, title), *content, names=[name])
        self.state.document.note_explicit_target(section, section)
        return section

    def _table(self, table: Table) -> nodes.section:
        file = self.read(
            tr("{about} In the file: `{name}`.").format(about=about(table), name=table.name)
        )
        rows = [
            (
                self._heading(column),
                self._takes(column),
                who_sees(column, table),
                self.plain(tr(column.help)),
            )
            for column in table.columns
        ]
        columns = self.table(
            tr("{table}: the columns").format(table=tr(table.label)),
            (_("Heading, and name in the file"), _("What goes in"), _("Who may see it"), _("Help")),
            (22, 33, 18, 27),
            rows,
            "page-cards",
            stubs=1,
        )
        return self._section(
            f"table-{table.name}",
            tr(table.label),
            [
                *self.plain(tr(table.help)),
                *file,
                columns,
                *filter(None, map(self._meanings, self._new(table))),
            ],
        )

    def _heading(self, column: Column) -> list[nodes.Node]:
        form = "" if column.core else tr("(full form)")
        return [
            *self.plain(tr(column.label)),
            nodes.paragraph("", "", nodes.literal("", column.name), translatable=False),
            *self.plain(form),
        ]

    def _takes(self, column: Column) -> str:
        before = self.described.get(id(column.kind))
        if before and isinstance(column.kind, Choice) and len(column.kind.texts) > 2:
            return tr("The words of {column}.").format(column=f"*{before}*") + _outside(column.kind)
        return told(column.kind)

    def _new(self, table: Table) -> list[Column]:
        """The columns whose words stand here for the first time."""
        new = []
        for column in table.columns:
            if isinstance(column.kind, Choice) and id(column.kind) not in self.described:
                self.described[id(column.kind)] = tr(column.label)
                new.append(column)
        return new

    def _meanings(self, column: Column) -> nodes.Node | None:
        """What the words of a column mean, where that is written."""
        rows = [
            (self.plain(tr(word.text)), self.plain(tr(word.means)))
            for word in column.kind.words
            if word.means
        ]
        return (
            self.table(
                tr("{column}: the words").format(column=tr(column.label)),
                (_("Word"), _("What it means")),
                (35, 65),
                rows,
                "page-words",
                stubs=1,
            )
            if rows
            else None
        )


# ---------------------------------------------------------------- exercises


def exercises(source: Path) -> list[tuple[str, str, str]]:
    """Every exercise, by stop, and in a stop as its chapter lists them: name, title, the question it begins with."""
    chapters = "\n".join(
        page.read_text(encoding="utf-8") for page in sorted((source / "guide").glob("[0-9]*.md"))
    )
    listed = re.findall(r"^\.\./exercises/([\w-]+)$", chapters, re.MULTILINE)
    found = sorted(
        (source / "exercises").glob("[0-9]*.ipynb"),
        key=lambda path: (
            path.stem.split("-")[0],
            listed.index(path.stem) if path.stem in listed else len(listed),
            path.stem,
        ),
    )
    return [(path.stem, *_title_and_question(path)) for path in found]


def _title_and_question(path: Path) -> tuple[str, str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    title, question = (
        re.search(pattern, text, re.MULTILINE) for pattern in (r"^# (.+)$", r"^\*\*(.+)\*\*$")
    )
    return title[1] if title else path.stem, question[1] if question else ""


def plans_of(exercise: str, plans: dict[str, dict]) -> list[dict]:
    """The session plans of an exercise: the one of its own name, else all of its stop."""
    return (
        [plans[exercise]]
        if exercise in plans
        else [plan for stem, plan in plans.items() if stem.split("-")[0] == exercise.split("-")[0]]
    )


class Exercises(PageDirective):
    """Every exercise in order, with its question, its chapter, and the minutes of its session."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        source = Path(self.env.srcdir)
        plans = plans_in(source / "guide")
        rows = []
        for name, title, question in exercises(source):
            mine = plans_of(name, plans)
            minutes = [
                " / ".join(str(plan[form]) for plan in mine) or tr("as long as you like")
                for form in ("full", "short")
            ]
            rows.append(
                (
                    self.read(f"{{doc}}`{title} </exercises/{name}>`"),
                    self.plain(question),
                    self._chapter(name),
                    *minutes,
                )
            )
        return [
            self.table(
                tr("Every exercise, in the order of the tour"),
                (_("Exercise"), _("The question"), _("Chapter"), _("Minutes"), _("Short form")),
                (20, 38, 20, 11, 11),
                rows,
                "page-cards",
                stubs=1,
            )
        ]

    def _chapter(self, exercise: str) -> list[nodes.Node]:
        """A link to the chapter with the same number; before the first stands the tour."""
        number = exercise.split("-")[0]
        pages = sorted(
            name for name in self.env.found_docs if name.startswith(f"guide/{number}-")
        ) or ["guide/tour"]
        return self.read(
            "\n\n".join(f"{{doc}}`/{page}`" for page in pages if page in self.env.found_docs)
            or tr("none"),
            translatable=False,
        )


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("page_tables")
    app.add_directive("tables", Tables)
    app.add_directive("exercises", Exercises)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
