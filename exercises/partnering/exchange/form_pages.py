"""The pages of a form in a spreadsheet.

One page explains; each table has a page with lists, limits, notes and protected headings.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.choices import Choice, Ticks
from partnering.schema.columns import Column, Table
from partnering.schema.days import Date
from partnering.schema.kinds import Code, Ref, Text
from partnering.schema.numbers import Amount, Whole
from partnering.schema.tables import STOPS
from partnering.schema.wording import not_for_decisions
from partnering.storage import sheets, xlsx_cells
from partnering.storage.form_marks import (
    ABOVE_HELP,
    ASKED,
    EXPLAINS,
    MARK,
    VOICES,
    WORDS,
    beforehand,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Looks = dict[str, Format]

Rule = dict[str, object]  # what XlsxWriter takes as a data validation

FREE_ROWS = 200  # that have lists and limits, beyond what is filled in
_TITLE, _MESSAGE = 32, 255  # letters that the format takes
_ASKED, _GIVEN = "#1F4E79", "#D9D9D9"
_LABELS_WIDE, _TEXTS_WIDE = 34, 76  # the columns of the page that explains, in letters
_PROTECT = {
    "insert_rows": True,
    "delete_rows": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}


@dataclass(frozen=True)
class FormSheet:
    """One sheet of a form.

    Attributes:
        table: Its table.
        rows: Its columns, with the rows that are filled in beforehand, as text.
        given: Whether it is only to be read.
    """

    table: Table
    rows: pd.DataFrame
    given: bool = False

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.table.name


def written(filled: Sequence[FormSheet], partner: str, example: Partnership | None) -> bytes:
    """The bytes of a form.

    Args:
        filled: Its sheets, in their order.
        partner: The code of the one partner that fills it in, "" for a form for everybody.
        example: The partnership it belongs to, for its title and who holds the form.
    """
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, xlsx_cells.NO_TRICKS) as book:
        looks = _looks(book)
        first = book.add_worksheet(EXPLAINS)
        pages = [(book.add_worksheet(sheet.name), sheet) for sheet in filled]
        lists = _Lists(book, {sheet.name: sheet for sheet in filled})
        _explain(first, filled, partner, example, looks, lists)
        for page, sheet in pages:
            if sheet.table.upright:
                _upright(page, sheet, looks, lists)
            else:
                _across(page, sheet, looks, lists)
            _for_print(page, tr(sheet.table.label))
            page.protect("", _PROTECT)
        lists.hide()
        first.activate()
    return made.getvalue()


def _looks(book: Workbook) -> Looks:
    edge: dict[str, object] = {"border": 1, "border_color": "#A6A6A6"}
    return xlsx_cells.looks(
        book,
        title={"bold": True, "font_size": 16, "text_wrap": False},
        plain={},
        bold={"bold": True},
        heading={"bold": True, "font_color": "#FFFFFF", "bg_color": _ASKED, **edge},
        given_heading={"bold": True, "italic": True, "bg_color": _GIVEN, **edge},
        text={"num_format": "@", "locked": False, **edge},
        day={"num_format": "yyyy-mm-dd", "locked": False, **edge},
        number={"num_format": "General", "locked": False, **edge},
        free={"locked": False, "num_format": "@"},
        free_day={"locked": False, "num_format": "yyyy-mm-dd"},
        free_number={"locked": False},
        given={"bg_color": "#F2F2F2", "italic": True, **edge},
        given_day={"bg_color": "#F2F2F2", "italic": True, "num_format": "yyyy-mm-dd", **edge},
    )


# ---------------------------------------------------------------- the page that explains


def _explain(
    page: Worksheet,
    filled: Sequence[FormSheet],
    partner: str,
    example: Partnership | None,
    looks: Looks,
    lists: _Lists,
) -> None:
    """What this is, how it is filled in, who holds it and until when, and what it is not for."""
    page.set_column(0, 0, _LABELS_WIDE)
    page.set_column(1, 1, _TEXTS_WIDE)
    title = example.title if example is not None else ""
    heading = xlsx_cells.clean(title) or tr("A form on our partnership")
    page.write_string(0, 0, heading, looks["title"])
    lines = _explanations(example)
    for down, (label, text) in enumerate(lines, start=2):
        page.write_string(down, 0, label, looks["bold"])
        page.write_string(down, 1, xlsx_cells.clean(text), looks["plain"])
        page.set_row(down, _height([text], [_TEXTS_WIDE]))
    down = len(lines) + 3
    _ask_who_answers(page, down, partner, looks, lists)
    _name_sheets(page, down + len(ASKED) + 1, filled, looks)
    _for_print(page, title)
    page.protect("", {"format_columns": True, "format_rows": True})


def _explanations(example: Partnership | None) -> list[tuple[str, str]]:
    """What the first page says, each with its label."""
    what = tr(
        "The tables of a handbook on partnering, to be filled in by the partners themselves and "
        "talked about together. One sheet a table; leave what you do not wish to answer."
    )
    first, *others = _how()
    if example is None:
        harm = tr("Stop here and use the reporting route of the organisation concerned.")
    else:
        harm = _fact(example, "reporting_route")
    return [
        (tr("What this is"), what),
        ("", not_for_decisions()),
        (tr("How to fill it in"), first),
        *(("", sentence) for sentence in others),
        (tr("Who keeps it"), _fact(example, "held_by")),
        (tr("Who may open the file"), _fact(example, "who_may_see")),
        (tr("Destroyed on"), _fact(example, "delete_after")),
        (tr("If harm or misuse comes up"), harm),
    ]


def _how() -> list[str]:
    return [
        tr(
            "Click on a cell: a list opens where words are to be ticked, and a note says what is "
            "meant."
        ),
        tr(
            "Fill in what is under white headings on dark blue. "
            "What is under headings in italics on grey was filled in beforehand."
        ),
        tr(
            "“We do not know” and “prefer not to say here” are proper answers. A reason is "
            "invited, never required."
        ),
        tr(
            "No names of people, no accusations. Partners and codes that you type on the first "
            "sheets appear in the lists of the later ones."
        ),
        tr(
            "Save it as a workbook (.xlsx) under any name. Nothing that you leave empty is counted "
            "against anybody."
        ),
    ]


def _fact(example: Partnership | None, name: str) -> str:
    """What the partnership says of itself, or dots to write it over."""
    value = example.fact(name) if example is not None else None
    if value is None:
        return "…"
    return value.strftime("%Y-%m-%d") if isinstance(value, pd.Timestamp) else str(value)


def _ask_who_answers(page: Worksheet, down: int, partner: str, looks: Looks, lists: _Lists) -> None:
    """The lines in which a form says whose answers these are, from a row on."""
    answers = {"partner": partner, "voice": VOICES[0] if partner else ""}
    for place, (name, label) in enumerate(ASKED.items(), start=down):
        page.write_string(place, 0, tr(label), looks["heading"])
        if answers[name]:
            page.write_string(place, 1, tr(answers[name]), looks["text"])
        else:
            page.write_blank(place, 1, None, looks["text"])
        rule = lists.partners() if name == "partner" else lists.words(VOICES)
        page.data_validation(place, 1, place, 1, rule)


def _name_sheets(page: Worksheet, down: int, filled: Sequence[FormSheet], looks: Looks) -> None:
    """The sheets with what each is for, as links, from a row on."""
    page.write_string(down, 0, tr("The sheets"), looks["bold"])
    stops = {number: f"{number} {tr(name)}" for number, name, _ in STOPS}
    for place, sheet in enumerate(filled, start=down):
        what = tr("for you to read; nothing to fill in") if sheet.given else tr(sheet.table.help)
        stop = stops.get(sheet.table.stop, tr("Everywhere"))
        line = f"{stop}: {tr(sheet.table.label)} ({what})"[:_MESSAGE]
        page.write_url(place, 1, f"internal:'{sheet.name}'!A1", looks["plain"], line)


# ---------------------------------------------------------------- the page of a table


def _across(page: Worksheet, sheet: FormSheet, looks: Looks, lists: _Lists) -> None:
    """A table with its headings in the first row, its rows, and empty ones below."""
    rows = sheet.rows
    for across, name in enumerate(rows.columns):
        _column(page, across, sheet, name, looks, lists)
    columns = [sheet.table.by_name.get(name) for name in rows.columns]
    widths = [xlsx_cells.width(column) for column in columns]
    page.set_row(0, _height([_label(sheet.table, name) for name in rows.columns], widths))
    for down, texts in enumerate(rows.itertuples(index=False), start=1):
        page.set_row(down, _height(texts, widths))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_tab_color(_GIVEN if sheet.given else _ASKED)


def _column(
    page: Worksheet, across: int, sheet: FormSheet, name: str, looks: Looks, lists: _Lists
) -> None:
    """One column: its heading with a note, its cells, and what its cells take."""
    column = sheet.table.by_name.get(name)
    given = sheet.given or (column is not None and _filled_beforehand(sheet, column))
    heading = looks["given_heading" if given else "heading"]
    page.write_string(0, across, _label(sheet.table, name), heading)
    if column and column.help:
        page.write_comment(0, across, f"{_asked(column, given)}\n{tr(column.help)}")
    grey = {**looks, "text": looks["given"], "day": looks["given_day"], "number": looks["given"]}
    kind = column.kind if column else Text()
    for down, text in enumerate(sheet.rows[name], start=1):
        own = grey if given and text else looks
        xlsx_cells.write(page, down, across, _shown(column, text), kind, own)
    look = None if sheet.given else looks[_free(column)]
    page.set_column(across, across, xlsx_cells.width(column), look)
    if column and not sheet.given:
        last = len(sheet.rows) + FREE_ROWS
        page.data_validation(1, across, last, across, lists.rule(column, given))


def _upright(page: Worksheet, sheet: FormSheet, looks: Looks, lists: _Lists) -> None:
    """A table with one row, shown with its headings below each other."""
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 60)
    for across, word in enumerate((sheets.WHAT, sheets.ANSWER)):
        page.write_string(0, across, tr(word), looks["given_heading"])
    answers = dict(sheet.rows.iloc[0]) if len(sheet.rows) else {}
    for down, name in enumerate(sheet.rows.columns, start=1):
        column, answer = sheet.table.by_name.get(name), answers.get(name, "")
        kind = column.kind if column else Text()
        page.write_string(down, 0, _label(sheet.table, name), looks["heading"])
        xlsx_cells.write(page, down, 1, _shown(column, answer), kind, looks)
        if column:
            page.write_comment(down, 0, f"{_asked(column, column.given)}\n{tr(column.help)}")
            page.data_validation(down, 1, down, 1, lists.rule(column, False))
        page.set_row(down, _height([answer], [60]))
    page.freeze_panes(1, 1)
    page.set_tab_color(_ASKED)


def _label(table: Table, name: str) -> str:
    """What stands over a column: its label, or the heading that somebody has typed."""
    column = table.by_name.get(name)
    return tr(column.label) if column else xlsx_cells.clean(name)


def _filled_beforehand(sheet: FormSheet, column: Column) -> bool:
    """Whether the form, and not the person, says what stands in a column."""
    rows = sheet.rows
    said = len(rows) > 0 and bool((rows[column.name] != "").all())
    return said and beforehand(sheet.table, column)


def _shown(column: Column | None, text: str) -> str:
    """Text as people see it: words in the language of the room."""
    if column is None or not isinstance(column.kind, Choice) or isinstance(column.kind, Ticks):
        return text
    return column.kind.shown(text) if text in column.kind.everything else text


def _asked(column: Column, given: bool) -> str:
    """In words what the colour of a heading says."""
    beforehand, needed, as_you_wish = ABOVE_HELP
    if given:
        return tr(beforehand)
    return tr(needed) if column.required else tr(as_you_wish)


def _free(column: Column | None) -> str:
    """The look of the empty cells of a column."""
    if column and isinstance(column.kind, Date):
        return "free_day"
    return "free_number" if column and isinstance(column.kind, (Whole, Amount)) else "free"


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """How high a row is: programs do not make room for wrapped text on a protected sheet."""
    most = max(map(_lines, texts, widths), default=1)
    return min(15.0 * most, 400.0)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a cell of this width, in letters."""
    return sum(-(-len(line) * 11 // (10 * width)) or 1 for line in text.split("\n"))


def _for_print(page: Worksheet, label: str) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_header("&L&10" + label.replace("&", "&&")[:200])
    page.set_footer("&L&8" + not_for_decisions() + "&R&8&P / &N")


# ---------------------------------------------------------------- lists and limits


class _Lists:
    """The lists that cells offer, by defined names.

    They are the words of the schema, and what was typed on earlier sheets.
    """

    def __init__(self, book: Workbook, filled: Mapping[str, FormSheet]) -> None:
        self.book, self.filled = book, filled
        self.page = book.add_worksheet(WORDS)
        self.page.write_string(0, 0, MARK)
        self.names: dict[object, str] = {}

    def hide(self) -> None:
        """Put the words out of the way."""
        self.page.hide()
        self.page.protect("")

    def words(self, texts: Sequence[str]) -> Rule:
        """A rule that takes one of a few words."""
        return {
            "validate": "list",
            "source": f"={self._column(tuple(map(tr, texts)))}",
            "error_title": tr("One of a few words"),
            "error_message": tr("Choose one of the words in the list."),
        }

    def partners(self) -> Rule:
        """A rule that offers the partners."""
        return {"validate": "list", "source": f"={self._rows('partners', ())}", "show_error": False}

    def rule(self, column: Column, given: bool) -> Rule:
        """What a column's cells take, what is said when they are clicked, and when they refuse."""
        limits = self._limits(column)
        said = [tr(column.help)]
        if isinstance(column.kind, Choice):
            meant = [word for word in column.kind.words if word.means]
            said += [f"{tr(word.text)}: {tr(word.means)}" for word in meant]
        message = f"{_asked(column, given)} {' '.join(said)}"
        return {
            **limits,
            "input_title": _cut(tr(column.label), _TITLE),
            "input_message": _cut(message, _MESSAGE),
            "error_message": _cut(str(limits.get("error_message", "")), _MESSAGE),
        }

    def _limits(self, column: Column) -> Rule:
        """What a column's cells take, by its kind."""
        kind = column.kind
        if isinstance(kind, Ticks):
            return {**self.words(kind.everything), "show_error": False}
        if isinstance(kind, Choice):
            return self.words(kind.everything)
        if isinstance(kind, Ref):
            return self._of_reference(kind)
        if isinstance(kind, Whole):
            return {
                "validate": "integer",
                "criteria": "between",
                "minimum": kind.low,
                "maximum": kind.high,
                "error_title": tr("A whole number"),
                "error_message": tr("A whole number from {low} to {high}.").format(
                    low=kind.low, high=kind.high
                ),
            }
        if isinstance(kind, Amount):
            return {
                "validate": "decimal",
                "criteria": ">=",
                "value": -1e15,
                "error_title": tr("An amount in figures"),
                "error_message": tr("An amount in figures, without its currency."),
            }
        if isinstance(kind, Date):
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": pd.Timestamp(kind.first_year, 3, 1).date(),
                "maximum": pd.Timestamp(kind.last_year, 12, 31).date(),
                "error_title": tr("A day"),
                "error_message": tr("A day such as 2026-11-30."),
            }
        if isinstance(kind, Code):
            return {
                "validate": "length",
                "criteria": "between",
                "minimum": 1,
                "maximum": 16,
                "error_title": tr("A short code"),
                "error_message": tr("A short code without spaces, such as O1."),
            }
        return {"validate": "any"}

    def _of_reference(self, kind: Ref) -> Rule:
        """A rule that offers the codes of another sheet, and lets names pass."""
        if kind.table not in self.filled:
            return {"validate": "any"}
        return {
            "validate": "list",
            "source": f"={self._rows(kind.table, kind.also)}",
            "error_type": "warning",
            "show_error": not kind.many,
            "error_title": tr("Not in the list"),
            "error_message": tr(
                "This is not on sheet {table} yet. Fill it in there first, or go on if it is a "
                "name."
            ).format(table=kind.table),
        }

    def _column(self, texts: tuple[str, ...]) -> str:
        """The name of a list of words, which are written down when they are first asked for."""
        if texts not in self.names:
            place = len(self.names) + 1
            for down, text in enumerate(texts):
                self.page.write_string(down, place, text)
            letters = sheets.letters(place)
            self._name(texts, f"words_{place}", f"={WORDS}!${letters}$1:${letters}${len(texts)}")
        return self.names[texts]

    def _rows(self, table: str, also: tuple[str, ...]) -> str:
        """The name of a list of the codes in a table, with a few words before them."""
        asked = table, also
        if asked not in self.names:
            sheet = self.filled[table]
            letters = sheets.letters(list(sheet.rows.columns).index(sheet.table.key[0]))
            last = len(sheet.rows) + FREE_ROWS + 1
            first = f"'{table}'!${letters}$2"
            many = f"COUNTA('{table}'!${letters}$2:${letters}${last})"
            name = f"list_{table}"
            if also:
                place = len(self.names) + 1
                self._words_before_codes(place, letters, sheet, also)
                first = f"{WORDS}!${sheets.letters(place)}$1"
                many = f"{len(also)}+{many}"
                name = f"list_{table}_{place}"
            self._name(asked, name, f"=OFFSET({first},0,0,MAX(1,{many}),1)")
        return self.names[asked]

    def _words_before_codes(
        self, place: int, letters: str, sheet: FormSheet, also: tuple[str, ...]
    ) -> None:
        """Write words below each other, and formulas that fetch the codes of a sheet below them."""
        codes = sheet.rows[sheet.table.key[0]].tolist()
        for down, word in enumerate(also):
            self.page.write_string(down, place, tr(word))
        for down in range(FREE_ROWS):
            known = codes[down] if down < len(codes) else ""
            cell = f"'{sheet.name}'!{letters}{down + 2}"
            formula = f'=IF({cell}="","",{cell})'
            self.page.write_formula(len(also) + down, place, formula, None, known)

    def _name(self, asked: object, name: str, means: str) -> None:
        self.names[asked] = name
        self.book.define_name(name, means)


def _cut(text: str, most: int) -> str:
    """A text cut at a word where it is too long."""
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
