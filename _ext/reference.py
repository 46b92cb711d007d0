"""Reference pages made from what they describe.

`{tables}` lists every table of the schema, `{exercises}` every notebook with its session plans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import singledispatch
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from page_tables import PageDirective
from partnering.language import mark as _
from partnering.language import tr, trn
from partnering.schema.choices import Choice, Scale, Ticks
from partnering.schema.columns import Column, Table
from partnering.schema.days import Date, Remembered
from partnering.schema.kinds import SHARE_FACILITATOR, Code, Kind, Ref, Text
from partnering.schema.numbers import Amount, Whole
from partnering.schema.tables import STOPS, TABLES
from session_plan import chapters, in_tour_order, plans_in, stop_of

# an exercise as a chapter lists it at its end
LISTED = re.compile(r"^\.\./exercises/([\w-]+)$", re.MULTILINE)

# ---------------------------------------------------------------- what a column takes, in words


@singledispatch
def told(kind: Kind) -> str:
    """What may be typed into a column of this kind, as Markdown.

    Raises:
        TypeError: The kind is new, and has no words here yet.
    """
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
def _remembered(kind: Remembered) -> str:
    return tr("A day, a month or words, as people remember it: 2026-11-30, 03/2026, last rains.")


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
    if kind.many:
        text = tr("Codes of lines in {table}, parted by commas.")
    else:
        text = tr("The code of a line in {table}.")
    also = " " + tr("Or: {words}.").format(words=_listed(kind.also)) if kind.also else ""
    return text.format(table=where) + also


def _words(kind: Choice) -> str:
    return _listed(kind.texts)


def _listed(words: Iterable[str]) -> str:
    return " / ".join(f"*{tr(word)}*" for word in words)


def _outside(kind: Choice) -> str:
    if not kind.outside:
        return ""
    return " " + tr("Outside the scale: {words}.").format(words=_listed(kind.outside))


def about(table: Table) -> str:
    """When a table is asked for, who fills it in and who may see it, as a few sentences."""
    sentences = [tr("Core.") if table.core else tr("Full form, if you wish.")]
    if table.moments:
        moments = ", ".join(map(tr, table.moments))
        sentences.append(tr("Asked once the partnership is {moments}.").format(moments=moments))
    else:
        sentences.append(tr("Asked at every moment."))
    sentences.append(_who_fills_in(table))
    if table.private:
        sentences.append(
            tr("A file inside one organisation: no other partner, and no room, ever sees it.")
        )
    elif "share" in table.by_name:
        sentences.append(tr("A line marked *facilitator only* or *not typed* is not for the room."))
    return " ".join(sentences)


def _who_fills_in(table: Table) -> str:
    if table.shipped:
        return tr("Comes filled in, for you to change.")
    if table.rows:
        return trn(
            "Each partner fills in one line.",
            "Each partner fills in up to {count} lines.",
            table.rows,
        ).format(count=table.rows)
    if table.stop or table.form:
        return tr("Filled in together.")
    return tr("Filled in by the facilitator.")


def who_sees(column: Column, table: Table) -> str:
    """Who may see a column: a partner alone, the facilitator, or the room."""
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
    """`{tables}`: every table in the order of the tour, with its columns and words to tick."""

    def run(self) -> list[nodes.Node]:
        """A section for each stop, with a section for each of its tables."""
        self.env.note_reread()
        self.described: dict[int, str] = {}  # kinds whose words are listed already, by whose label
        stops = [(0, tr("In every stop"))]
        stops += [(number, f"{number}. {tr(name)}") for number, name, _question in STOPS]
        sections = []
        for number, title in stops:
            tables = [self._table(table) for table in TABLES.values() if table.stop == number]
            sections.append(self._section(f"tables-{number}", title, tables))
        return sections

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
        words = filter(None, map(self._meanings, self._new(table)))
        content = [*self.plain(tr(table.help)), *file, columns, *words]
        return self._section(f"table-{table.name}", tr(table.label), content)

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
        """What the words of a column mean, as a table; None where that is not written."""
        rows = [
            (self.plain(tr(word.text)), self.plain(tr(word.means)))
            for word in column.kind.words
            if word.means
        ]
        if not rows:
            return None
        return self.table(
            tr("{column}: the words").format(column=tr(column.label)),
            (_("Word"), _("What it means")),
            (35, 65),
            rows,
            "page-words",
            stubs=1,
        )


# ---------------------------------------------------------------- exercises


def exercises(source: Path) -> list[tuple[str, str, str]]:
    """Every exercise, in the order of the tour.

    Args:
        source: The folder of the handbook.

    Returns:
        For each notebook its name, its title and the question that it begins with: by stop, and in
        a stop as its chapter lists them.
    """
    texts = [page.read_text(encoding="utf-8") for page in chapters(source / "guide")]
    listed = [name for text in texts for name in LISTED.findall(text)]
    paths = {path.stem: path for path in (source / "exercises").glob("[0-9]*.ipynb")}
    found = in_tour_order(paths, listed)
    return [(name, *_title_and_question(paths[name])) for name in found]


def _title_and_question(path: Path) -> tuple[str, str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    title, question = (
        re.search(pattern, text, re.MULTILINE) for pattern in (r"^# (.+)$", r"^\*\*(.+)\*\*$")
    )
    return title[1] if title else path.stem, question[1] if question else ""


def plans_of(exercise: str, plans: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The session plans of an exercise.

    Args:
        exercise: The name of its notebook, such as `3-risk-views`.
        plans: All plans by name, as `session_plan.plans_in` gives them.

    Returns:
        The plan of the same name, or where there is none all plans of its stop.
    """
    if exercise in plans:
        return [plans[exercise]]
    return [plan for name, plan in plans.items() if stop_of(name) == stop_of(exercise)]


class Exercises(PageDirective):
    """`{exercises}`: every exercise with its question, its chapter and the minutes it takes."""

    def run(self) -> list[nodes.Node]:
        """A table with a row for each exercise."""
        self.env.note_reread()
        source = Path(self.env.srcdir)
        plans = plans_in(source / "guide")
        rows = []
        for name, title, question in exercises(source):
            own = plans_of(name, plans)
            link = self.read(f"{{doc}}`{title} </exercises/{name}>`")
            full, short = _minutes(own, "full"), _minutes(own, "short")
            rows.append((link, self.plain(question), self._chapter(name), full, short))
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
        """A link to the chapter that lists it, else to those of its stop, else to the tour."""
        known, of_stop = self.env.found_docs, f"{stop_of(exercise)}-"
        texts = {
            f"guide/{page.stem}": page.read_text(encoding="utf-8")
            for page in chapters(Path(self.env.srcdir) / "guide")
            if page.stem.startswith(of_stop)
        }
        pages = [name for name, text in texts.items() if exercise in LISTED.findall(text)] or texts
        links = [f"{{doc}}`/{page}`" for page in pages or ["guide/tour"] if page in known]
        return self.read("\n\n".join(links) or tr("none"), translatable=False)


def _minutes(plans: list[dict[str, Any]], form: str) -> str:
    """The minutes of the plans of one exercise, in full or in the short form."""
    return " / ".join(str(plan[form]) for plan in plans) or tr("as long as you like")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the two directives."""
    app.setup_extension("page_tables")
    app.add_directive("tables", Tables)
    app.add_directive("exercises", Exercises)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
