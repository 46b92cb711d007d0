"""The questions of a stop for a form tool: what each partner answers for itself.

They are made of the schema. What the room fills in together is no question for a form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from partnering.exchange.form_names import (
    in_lines,
    in_one_line,
    items_of,
    name_of,
    title_of,
)
from partnering.language import tr
from partnering.partnership import ROOM, Partnership
from partnering.partnership.anonymity import CONSENT_FROM
from partnering.partnership.redaction import CONSENTS
from partnering.schema import lists
from partnering.schema.choices import Choice
from partnering.schema.columns import Column, Table
from partnering.schema.days import Date
from partnering.schema.kinds import SHARE_PAPER_ONLY, Code, Ref
from partnering.schema.numbers import Amount, Whole
from partnering.schema.spelling import as_name
from partnering.schema.tables import ASKED_IN_BOX, BOXES, RESPONDENT, SHARE, STOPS, TABLES
from partnering.storage.assumed import shortened
from partnering.storage.atomic import NotSaved
from partnering.storage.form_marks import VOICES

WORDS = 200  # letters of a line in a title: form tools cut long ones, and so does reading
LINES = 5  # for a table whose form says of no number
TEXT, WHOLE, AMOUNT, DAY, ONE = "text", "whole number", "amount", "day", "one of"
WHO = "about_you"
Answer = tuple[str, str]  # as a value of form tools, and as people see it


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        name: Its name for tools that want one without blanks.
        title: What people see.
        kind: `TEXT`, `WHOLE`, `AMOUNT`, `DAY`, or `ONE` of its answers.
        help: What helps to answer it.
        answers: What may be chosen.
        needed: Whether the form cannot be sent without it.
        low: The lowest number.
        high: The highest number.
        at_least: The name of the question whose number it may not be less than.
        after: The name of the question that has to be answered before this one is asked.
    """

    name: str
    title: str
    kind: str = TEXT
    help: str = ""
    answers: tuple[Answer, ...] = ()
    needed: bool = False
    low: int = 0
    high: int = 0
    at_least: str = ""
    after: str = ""


@dataclass(frozen=True)
class Group:
    """Questions that stand together.

    Attributes:
        name: Its name.
        title: What stands over it.
        help: What it is for.
        questions: Its questions.
        rows: Where its questions differ in what they are about alone, as the rows of a grid: these.
        whole_only: Whether the organisation alone answers it, not a single voice.
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    help: str = ""
    rows: tuple[str, ...] = ()
    whole_only: bool = False


@dataclass(frozen=True)
class Form:
    """The questions of one stop.

    Attributes:
        name: Its name, such as `stop-3-full`.
        title: What stands over it.
        groups: Its groups; the first one asks who answers.
    """

    name: str
    title: str
    groups: tuple[Group, ...]

    @property
    def questions(self) -> list[Question]:
        """All its questions."""
        return [question for group in self.groups for question in group.questions]


def stops(full: bool) -> list[int]:
    """The stops at which each partner answers something for itself."""
    asked = {table.stop for table in TABLES.values() if _asks(table, full)}
    return sorted(asked - {0})


def form(stop: int, full: bool = False, partnership: Partnership | None = None) -> Form:
    """The questions of a stop.

    Args:
        stop: The number of the stop, from 1 to 7.
        full: Whether it asks for the full form rather than for the core.
        partnership: The partnership whose partners and lines it bears, as the room sees them; a
            form for any partnership without it.

    Raises:
        NotSaved: At this stop no partner answers for itself.
    """
    if partnership is not None:
        partnership = partnership.for_reader(ROOM)
    moment = str((partnership.fact("moment") if partnership is not None else "") or "")
    tables = [
        table
        for table in TABLES.values()
        if table.stop == stop and _asks(table, full) and table.asked_at(moment)
    ]
    number, name, _ = STOPS[stop - 1]
    if not tables:
        raise NotSaved(
            tr(
                "Stop {stop}, {name}, is filled in together, so there is nothing for a form tool. "
                "Take the workbook or the sheets of paper."
            ).format(stop=number, name=tr(name))
        )
    maker = _Maker(partnership, full)
    groups = [maker.who(tables)]
    for table in tables:
        groups += maker.groups(table)
    groups += maker.consents(tables)
    title = tr("Stop {stop}, {name}").format(stop=number, name=tr(name))
    if partnership is not None and partnership.title:
        title = f"{partnership.title}: {title}"
    return Form(f"stop-{stop}{'-full' if full else ''}", in_one_line(title), tuple(groups))


def _asks(table: Table, full: bool) -> bool:
    return table.asked_of_one and (full or table.core)


class _Maker:
    """Makes questions of tables, with what a partnership has for each."""

    def __init__(self, partnership: Partnership | None, full: bool) -> None:
        self.partnership, self.full = partnership, full

    def who(self, tables: list[Table]) -> Group:
        """Who answers, for whom this counts, and who may see it."""
        partner = TABLES["positions"].by_name["partner"]
        asked = [replace(self._question(partner, "partner", tr(partner.label)), needed=True)]
        if any("respondent" in table.by_name for table in tables):
            voices = tuple((as_name(word), tr(word)) for word in VOICES)
            help = tr(RESPONDENT.help)
            asked.append(Question("respondent", tr(RESPONDENT.label), ONE, help, voices))
        if any("share" in table.by_name for table in tables):
            share = self._question(SHARE, "share", tr(SHARE.label))
            asked.append(share)
        return Group(WHO, tr("Who answers"), tuple(asked))

    def groups(self, table: Table) -> Iterator[Group]:
        """The groups of one table."""
        columns = self._columns(table)
        whole = "respondent" not in table.by_name
        if in_lines(table):
            yield self._lines(table, columns, whole)
        elif items := items_of(table):
            found = list(self._items(table, items))
            for column in columns:
                questions = [
                    self._question(
                        column, name_of(column.name, *codes), title_of(tr(column.label), *said)
                    )
                    for codes, said in found
                ]
                rows = tuple(title_of("", *said).strip(" []") for _, said in found)
                name = f"{table.name}__{column.name}"
                help = tr(table.help)
                grid = tuple(rows) if isinstance(column.kind, Choice) else ()
                yield Group(name, tr(column.label), tuple(questions), help, grid)
        else:
            asked = [self._question(each, each.name, tr(each.label)) for each in columns]
            yield Group(table.name, tr(table.label), tuple(asked), tr(table.help), (), whole)

    def consents(self, tables: list[Table]) -> Iterator[Group]:
        """Whether ticks may be shown on the wall, where the form asks for ticks."""
        few = self.partnership is not None and len(self.partnership.expected) < CONSENT_FROM
        table = TABLES[CONSENTS]
        columns = [table.by_name[each.name] for each in tables if each.name in table.by_name]
        if columns and not few:
            asked = [self._question(each, each.name, tr(each.label)) for each in columns]
            yield Group(table.name, tr(table.label), tuple(asked), tr(table.help), (), True)

    def _columns(self, table: Table) -> list[Column]:
        """The columns that are asked for."""
        items = items_of(table)
        not_asked = {"partner", "respondent", "share", *items}
        if table.name in BOXES:
            not_asked.add(BOXES[table.name][0])
        return [
            column
            for column in table.columns
            if (self.full or column.core)
            and column.name not in not_asked
            and not isinstance(column.kind, Code)
            and not (isinstance(column.kind, Ref) and column.given and not column.required)
        ]

    def _lines(self, table: Table, columns: list[Column], whole: bool) -> Group:
        """A table line by line; the next line is asked for once there is one before it."""
        asked: list[Question] = []
        for word, label, count in self._boxes(table):
            before = ""
            wanted = [column for column in columns if self._in_box(column, table, word)]
            for number in range(1, count + 1):
                first = ""
                for column in wanted:
                    name = name_of(column.name, word, str(number))
                    title = title_of(tr(column.label), f"{label} {number}")
                    question = self._question(column, name, title)
                    if question.at_least:
                        least = name_of(question.at_least, word, str(number))
                        question = replace(question, at_least=least)
                    asked.append(replace(question, after=first or before))
                    first = first or name
                before = first
        return Group(table.name, tr(table.label), tuple(asked), tr(table.help), (), whole)

    def _boxes(self, table: Table) -> Iterable[tuple[str, str, int]]:
        """What the lines are called, as a name and for people, and how many there are."""
        if table.name in BOXES:
            return [(word, tr(word), count) for word, count in BOXES[table.name][1].items()]
        return [(table.name, tr(table.label), table.rows or LINES)]

    def _in_box(self, column: Column, table: Table, word: str) -> bool:
        return table.name not in BOXES or not column.core or column.name in ASKED_IN_BOX[word]

    def _items(
        self, table: Table, names: list[str]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """What the answers of a table are about: codes or words, and the same as people see it."""
        every = [self._possible(table.by_name[name], table.rows) for name in names]
        for some in product(*every):
            yield tuple(code for code, _ in some), tuple(said for _, said in some)

    def _possible(self, column: Column, rows: int) -> list[Answer]:
        """What an item column may say; where nothing is typed yet, the codes to come."""
        if isinstance(column.kind, Choice):
            return [(word, column.kind.shown(word)) for word in column.kind.texts]
        assert isinstance(column.kind, Ref)
        if known := self._known(column.kind):
            return known
        return [(code, code) for code in TABLES[column.kind.table].first_codes(rows)]

    def _known(self, kind: Ref) -> list[Answer]:
        """The rows that a reference may mean: their codes, and these with their words."""
        target = TABLES[kind.table]
        if self.partnership is not None:
            frame = self.partnership[target.name].astype(object).fillna("")
        else:
            frame = lists.sheets().get(target.name, target.empty())
        if not len(frame):
            return []
        codes = [str(code) for code in frame[target.key[0]]]
        words = [str(text) for text in frame[target.naming]] if target.naming else codes
        words = [
            text if words.count(text) == 1 else at for at, text in zip(codes, words, strict=True)
        ]
        return [
            (code, self._said(target, code, text)) for code, text in zip(codes, words, strict=True)
        ]

    def _said(self, target: Table, code: str, words: str) -> str:
        """A row as people see it: a partner by its name, a line by its code and words."""
        if target.name == "partners":
            return in_one_line(words) or code
        numbered = target.letter and code.removeprefix(target.letter).isdecimal()
        return (
            in_one_line(f"{code} {shortened(tr(words), WORDS)}")
            if numbered and words != code
            else code
        )

    def _question(self, column: Column, name: str, title: str) -> Question:
        """A question on one column."""
        kind = column.kind
        made = Question(name, title, help=in_one_line(_help(column)))
        if isinstance(kind, Choice):
            answers = tuple((as_name(word), kind.shown(word)) for word in kind.everything)
            return replace(made, kind=ONE, answers=answers)
        if isinstance(kind, Ref):
            known = self._known(kind)
            also = [(as_name(word), tr(word)) for word in kind.also]
            if known:
                return replace(made, kind=ONE, answers=(*known, *also))
            words = " / ".join(said for _, said in also)
            return replace(made, help=f"{made.help} ({words})" if words else made.help)
        if isinstance(kind, Whole):
            return replace(made, kind=WHOLE, low=kind.low, high=kind.high)
        if isinstance(kind, Amount):
            return replace(made, kind=AMOUNT, high=kind.most, at_least=column.at_least)
        return replace(made, kind=DAY) if isinstance(kind, Date) else made


def _help(column: Column) -> str:
    """What helps to answer: the help of the column, and what each word means."""
    said = [tr(column.help)] if column.help else []
    if isinstance(column.kind, Choice):
        said += [
            f"{column.kind.shown(word.text)}: {tr(word.means)}"
            for word in column.kind.words
            if word.means
        ]
    return " ".join(said)


NOT_TO_ANSWER = as_name(SHARE_PAPER_ONLY)  # whoever chooses it leaves the rest empty
