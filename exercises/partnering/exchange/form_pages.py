"""The pages of a form in a spreadsheet: one that explains, one a table with lists, limits, notes and protected headings."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.check import Column, Table
from partnering.schema.kinds import Amount, Choice, Code, Date, Ref, Scale, Text, Ticks, Whole
from partnering.schema.tables import STOPS
from partnering.schema.wording import not_for_decisions
from partnering.storage import sheets, xlsx_cells
from partnering.storage.form_marks import ASKED, EXPLAINS, MARK, VOICES, WORDS, beforehand

FREE_ROWS = 200  # that have lists and limits, beyond what is filled in
_TITLE, _MESSAGE = 32, 255  # letters that the format takes
_ASKED, _GIVEN = "#1F4E79", "#D9D9D9"
_PROTECT = {
    "insert_rows": True,
    "delete_rows": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}


def written(filled: Sequence, partner: str, example: Partnership | None) -> bytes:
    """The bytes of a form with these sheets."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, xlsx_cells.NO_TRICKS) as book:
        looks = _looks(book)
        first = book.add_worksheet(EXPLAINS)
        pages = [(book.add_worksheet(sheet.name), sheet) for sheet in filled]
        lists = _Lists(book, {sheet.name: sheet for sheet in filled})
        _explain(first, filled, partner, example, looks, lists)
        for page, sheet in pages:
            (_upright if sheet.table.upright else _across)(page, sheet, looks, lists)
            _for_print(page, tr(sheet.table.label))
            page.protect("", _PROTECT)
        lists.hide()
        first.activate()
    return made.getvalue()


def _looks(book) -> dict:
    edge = {"border": 1, "border_color": "#A6A6A6"}
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
    )


# ---------------------------------------------------------------- the page that explains


def _explain(
    page, filled: Sequence, partner: str, example: Partnership | None, looks: dict, lists: _Lists
) -> None:
    """What this is, how it is filled in, who holds it and until when, and what it may not be used for."""
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 76)
    title = example.title if example is not None else ""
    page.write_string(
        0, 0, xlsx_cells.clean(title) or tr("A form on our partnership"), looks["title"]
    )
    lines = [
        (
            tr("What this is"),
            tr(
                "The tables of a handbook on partnering, to be filled in by the partners themselves and "
                "talked about together. One sheet a table; leave what you do not wish to answer."
            ),
        )
    ]
    lines += [("", not_for_decisions())]
    lines += [(tr("How to fill it in"), told) for told in _how()[:1]] + [
        ("", told) for told in _how()[1:]
    ]
    lines += [
        (tr("Who holds it"), _fact(example, "held_by")),
        (tr("Who may see it"), _fact(example, "who_may_see")),
        (tr("Destroyed after"), _fact(example, "delete_after")),
        (
            tr("If harm or misuse comes up"),
            _fact(example, "reporting_route")
            if example
            else tr("Stop here and use the reporting route of the organisation concerned."),
        ),
    ]
    for down, (label, text) in enumerate(lines, start=2):
        page.write_string(down, 0, label, looks["bold"])
        page.write_string(down, 1, xlsx_cells.clean(text), looks["plain"])
        page.set_row(down, _height([text], [76]))
    down = len(lines) + 3
    for (name, label), value in zip(
        ASKED.items(), (partner, VOICES[0] if partner else ""), strict=True
    ):
        page.write_string(down, 0, tr(label), looks["heading"])
        page.write_string(down, 1, tr(value), looks["text"]) if value else page.write_blank(
            down, 1, None, looks["text"]
        )
        page.data_validation(
            down, 1, down, 1, lists.partners() if name == "partner" else lists.words(VOICES)
        )
        down += 1
    down += 1
    page.write_string(down, 0, tr("The sheets"), looks["bold"])
    stops = {number: f"{number} {tr(name)}" for number, name, _ in STOPS}
    for number, sheet in enumerate(filled, start=down):
        told = tr("for you to read; nothing to fill in") if sheet.given else tr(sheet.table.help)
        page.write_url(
            number,
            1,
            f"internal:'{sheet.name}'!A1",
            looks["plain"],
            f"{stops.get(sheet.table.stop, tr('Everywhere'))}: {tr(sheet.table.label)} ({told})"[
                :_MESSAGE
            ],
        )
    _for_print(page, title)
    page.protect("", {"format_columns": True, "format_rows": True})


def _how() -> list[str]:
    return [
        tr(
            "Click on a cell: a list opens where words are to be ticked, and a note says what is meant."
        ),
        tr(
            "Headings white on dark blue are for you to fill in; headings in italics on grey were filled in beforehand."
        ),
        tr(
            "“Cannot say” and “rather not say here” are proper answers. A reason is invited, never required."
        ),
        tr(
            "No names of people, no accusations. Partners and codes that you type on the first sheets appear in the lists "
            "of the later ones."
        ),
        tr(
            "Save it as a workbook (.xlsx) under any name. Nothing that you leave empty is counted against anybody."
        ),
    ]


def _fact(example: Partnership | None, name: str) -> str:
    value = example.fact(name) if example is not None else None
    return (
        "…"
        if value is None
        else value.strftime("%Y-%m-%d")
        if isinstance(value, pd.Timestamp)
        else str(value)
    )


# ---------------------------------------------------------------- the page of a table


def _across(page, sheet, looks: dict, lists: _Lists) -> None:
    """A table with its headings in the first row, rows filled in beforehand, and empty ones below."""
    table, rows = sheet.table, sheet.rows
    last = len(rows) + FREE_ROWS
    for across, name in enumerate(rows.columns):
        column = table.by_name.get(name)
        given = sheet.given or (column is not None and _filled_beforehand(table, column, rows))
        page.write_string(
            0,
            across,
            tr(column.label) if column else xlsx_cells.clean(name),
            looks["given_heading" if given else "heading"],
        )
        if column and column.help:
            page.write_comment(0, across, f"{_asked(column, given)}\n{tr(column.help)}")
        for down, text in enumerate(rows[name], start=1):
            own = (
                {**looks, "text": looks["given"], "day": looks["given"], "number": looks["given"]}
                if given and text
                else looks
            )
            xlsx_cells.write(
                page, down, across, _shown(column, text), column.kind if column else Text(), own
            )
        page.set_column(
            across, across, xlsx_cells.width(column), None if sheet.given else looks[_free(column)]
        )
        if column and not sheet.given and (rule := lists.rule(column, given)):
            page.data_validation(1, across, last, across, rule)
    widths = [xlsx_cells.width(table.by_name.get(name)) for name in rows.columns]
    page.set_row(
        0,
        _height(
            [
                tr(table.by_name[name].label) if name in table.by_name else name
                for name in rows.columns
            ],
            widths,
        ),
    )
    for down, texts in enumerate(rows.itertuples(index=False), start=1):
        page.set_row(down, _height(texts, widths))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_tab_color(_GIVEN if sheet.given else _ASKED)


def _upright(page, sheet, looks: dict, lists: _Lists) -> None:
    """A table with one row, shown with its headings below each other."""
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 60)
    for across, word in enumerate((sheets.WHAT, sheets.ANSWER)):
        page.write_string(0, across, tr(word), looks["given_heading"])
    row = sheet.rows.iloc[0] if len(sheet.rows) else {}
    for down, name in enumerate(sheet.rows.columns, start=1):
        column = sheet.table.by_name.get(name)
        page.write_string(
            down, 0, tr(column.label) if column else xlsx_cells.clean(name), looks["heading"]
        )
        xlsx_cells.write(
            page,
            down,
            1,
            _shown(column, row.get(name, "")),
            column.kind if column else Text(),
            looks,
        )
        if column:
            page.write_comment(down, 0, f"{_asked(column, column.given)}\n{tr(column.help)}")
            if rule := lists.rule(column, False):
                page.data_validation(down, 1, down, 1, rule)
        page.set_row(down, _height([row.get(name, "")], [60]))
    page.freeze_panes(1, 1)
    page.set_tab_color(_ASKED)


def _filled_beforehand(table: Table, column: Column, rows: pd.DataFrame) -> bool:
    """Whether the form, and not the person, says what stands in a column."""
    return beforehand(table, column) and len(rows) > 0 and bool((rows[column.name] != "").all())


def _shown(column: Column | None, text: str) -> str:
    """Text as people see it: words in the language of the room."""
    if (
        column
        and isinstance(column.kind, Choice)
        and not isinstance(column.kind, Ticks)
        and text in column.kind.everything
    ):
        return tr(text)
    return text


def _asked(column: Column, given: bool) -> str:
    """In words what the colour of a heading says."""
    return (
        tr("Filled in beforehand.")
        if given
        else tr("Needed.")
        if column.required
        else tr("As you wish.")
    )


def _free(column: Column | None) -> str:
    kind = column.kind if column else Text()
    return (
        "free_day"
        if isinstance(kind, Date)
        else "free_number"
        if isinstance(kind, (Whole, Amount))
        else "free"
    )


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """How high a row has to be: programs do not make room for wrapped text on a protected sheet."""
    lines = [
        sum(-(-len(line) * 11 // (10 * width)) or 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return min(15.0 * max(lines, default=1), 400.0)


def _for_print(page, label: str) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_header("&L&10" + label.replace("&", "&&")[:200])
    page.set_footer("&L&8" + not_for_decisions() + "&R&8&P / &N")


# ---------------------------------------------------------------- lists and limits


class _Lists:
    """The lists that cells offer: words of the schema, and what was typed on earlier sheets, by defined names."""

    def __init__(self, book, filled: dict):
        self.book, self.filled = book, filled
        self.page = book.add_worksheet(WORDS)
        self.page.write_string(0, 0, MARK)
        self.names: dict[object, str] = {}

    def hide(self) -> None:
        """Put the words out of the way."""
        self.page.hide()
        self.page.protect("")

    def words(self, texts: Sequence[str]) -> dict:
        """A rule that takes one of a few words."""
        return {
            "validate": "list",
            "source": f"={self._column(tuple(map(tr, texts)))}",
            "error_title": tr("One of a few words"),
            "error_message": tr("Choose one of the words in the list."),
        }

    def partners(self) -> dict:
        """A rule that offers the partners."""
        return {"validate": "list", "source": f"={self._rows('partners', ())}", "show_error": False}

    def rule(self, column: Column, given: bool) -> dict | None:
        """What a column's cells take, what is said when they are clicked, and when they refuse."""
        kind = column.kind
        rule = self._limits(column)
        if rule is None:
            return None
        told = tr(column.help)
        if isinstance(kind, Scale | Choice) and any(word.means for word in kind.words):
            told = " ".join(
                [told, *(f"{tr(word.text)}: {tr(word.means)}" for word in kind.words if word.means)]
            )
        return {
            **rule,
            "input_title": _cut(tr(column.label), _TITLE),
            "input_message": _cut(f"{_asked(column, given)} {told}", _MESSAGE),
            "error_message": _cut(rule.get("error_message", ""), _MESSAGE),
        }

    def _limits(self, column: Column) -> dict | None:
        kind = column.kind
        if isinstance(kind, Ticks):
            return {**self.words(kind.everything), "show_error": False}
        if isinstance(kind, Choice):
            return self.words(kind.everything)
        if isinstance(kind, Ref):
            if kind.table not in self.filled:
                return {"validate": "any"}
            offer = {
                "validate": "list",
                "source": f"={self._rows(kind.table, kind.also)}",
                "error_type": "warning",
            }
            return {
                **offer,
                "show_error": not kind.many,
                "error_title": tr("Not in the list"),
                "error_message": tr(
                    "This is not on sheet {table} yet. Fill it in there first, or go on if it is a name."
                ).format(table=kind.table),
            }
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
        """The name of a list of what stands in the first column of a table, with a few words before it."""
        asked = table, also
        if asked not in self.names:
            sheet = self.filled[table]
            key = sheet.table.key[0]
            letters = sheets.letters(list(sheet.rows.columns).index(key))
            most = len(sheet.rows) + FREE_ROWS
            first, count = (
                f"'{table}'!${letters}$2",
                f"COUNTA('{table}'!${letters}$2:${letters}${most + 1})",
            )
            if also:
                place = len(self.names) + 1
                letter = sheets.letters(place)
                for down, word in enumerate(also):
                    self.page.write_string(down, place, tr(word))
                for down in range(min(most, FREE_ROWS)):
                    known = sheet.rows[key].iloc[down] if down < len(sheet.rows) else ""
                    cell = f"'{table}'!{letters}{down + 2}"
                    self.page.write_formula(
                        len(also) + down, place, f'=IF({cell}="","",{cell})', None, known
                    )
                first, count = f"{WORDS}!${letter}$1", f"{len(also)}+{count}"
            self._name(
                asked,
                f"list_{table}" + (f"_{len(self.names) + 1}" if also else ""),
                f"=OFFSET({first},0,0,MAX(1,{count}),1)",
            )
        return self.names[asked]

    def _name(self, asked: object, name: str, means: str) -> None:
        self.names[asked] = name
        self.book.define_name(name, means)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
