"""One sheet of paper, as data: what it asks, in the order of the table it is typed into. Made from the schema alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pandas as pd

from partnering.language import mark as _
from partnering.language import tr
from partnering.paper.typst_pdf import right_to_left
from partnering.paper.untyped_sheets import OWN_WORDS, OwnWords
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.check import Column, Table
from partnering.schema.kinds import (
    CANNOT_SAY,
    RATHER_NOT,
    SHARE_FACILITATOR,
    Choice,
    Code,
    Ref,
    Text,
    Ticks,
)
from partnering.schema.scales import ALL_OF_US
from partnering.schema.tables import BOXES, STOPS, TABLES
from partnering.schema.wording import not_for_decisions

VOICE = ("partner", "respondent")
# What is asked on each line of a box.
ASKED_IN_BOX = {
    "bring": ("what", "how_sure"),
    "hope for": ("what", "whose"),
    "pay a price": ("what",),
    "ask": ("what", "whose"),
}
BY_NAME = ("ask",)  # the boxes in which one of the partners is named
TOGETHER_LINES = {
    "objectives": 6,
    "moments": 6,
}  # on a sheet that is filled in together; elsewhere eight
AT_HOME_FIRST = (
    "topics",
)  # whose first column each partner ticks at home, before the room fills in the others
CLOSING = (8, _("Where we stand"), _("What have we decided, and where do we differ?"))

Part = dict[str, object]  # what goes to Typst: texts, numbers and lists, nothing else


@dataclass(frozen=True)
class PaperSheet:
    """Which sheet: its name, and the tables that it feeds, or the sentences that stay on paper."""

    name: str
    tables: tuple[Table, ...] = ()
    own: OwnWords | None = None

    @property
    def together(self) -> bool:
        """Whether the whole room fills it in, rather than each partner."""
        return not self.own and not any(table.rows or table.private for table in self.tables)

    @property
    def at_home(self) -> bool:
        """Whether each partner begins it at home, and the room ends it."""
        return any(table.name in AT_HOME_FIRST for table in self.tables)

    @property
    def private(self) -> bool:
        """Whether it stays inside one house."""
        return any(table.private for table in self.tables)

    @property
    def stop(self) -> int:
        return self.own.stop if self.own else self.tables[0].stop or CLOSING[0]

    @property
    def title(self) -> str:
        return (
            tr(self.own.label) if self.own else " · ".join(tr(table.label) for table in self.tables)
        )


def sheets() -> dict[str, PaperSheet]:
    """Every sheet in the order of the tour: one a partner and session, and one a table that is filled in together."""
    gathered: dict[str, list[Table]] = {}
    for table in TABLES.values():
        if name := _sheet_name(table):
            gathered.setdefault(name, []).append(table)
    made = [PaperSheet(name, tuple(tables)) for name, tables in gathered.items()]
    made += [PaperSheet(name, own=own) for name, own in OWN_WORDS.items()]
    return {
        sheet.name: sheet for sheet in sorted(made, key=lambda sheet: (sheet.stop, sheet.together))
    }


def _sheet_name(table: Table) -> str:
    """The sheet that feeds a table, "" where none does."""
    if not table.core or not (table.stop or table.form):
        return ""
    if table.rows:
        return table.form
    if table.private:
        return f"{table.stop}-house"
    if table.shipped and not table.form:
        return ""  # a list to look through
    return f"{table.stop or CLOSING[0]}-{table.name.replace('_', '-')}"


def asked(table: Table) -> list[Column]:
    """What a sheet asks for, in the table's order; what it prints, or what is found together later, is left out."""
    gathers = BOXES[table.name][0] if table.name in BOXES else ""
    named = {*_item_columns(table), gathers}
    return [
        column
        for column in table.columns
        if column.core and not column.given and column.name not in named and column.name != "share"
    ]


def invited(table: Table) -> list[Column]:
    """Free words that nobody has to write: a line under the table."""
    return [
        column
        for column in table.columns
        if column.given
        and column.name not in (*VOICE, *table.key)
        and isinstance(column.kind, Text)
    ]


def _item_columns(table: Table) -> list[str]:
    """The columns that name a row and are printed on the sheet: the risk, the objective, the number of a line."""
    if table.rows == 1:
        return []
    enumerated = [
        name
        for name in table.key
        if name not in VOICE
        and isinstance(table.by_name[name].kind, Choice | Ref | Code)
        and (
            table.by_name[name].given or table.private or isinstance(table.by_name[name].kind, Code)
        )
    ]
    return enumerated or [name for name in table.key[:1] if table.shipped]


# ---------------------------------------------------------------- what stands on a sheet


def data(
    sheet: PaperSheet,
    partnership: Partnership | None = None,
    partner: str = "",
    answers: bool = False,
    house: pd.DataFrame | None = None,
) -> Part:
    """A sheet as Typst sets it: blank, prepared with a partnership's own lines, or with a partner's answers in it.

    `house` are the answers of one part of the partner's house, which no partnership holds.
    """
    number, name, question = next(stop for stop in (*STOPS, CLOSING) if stop[0] == sheet.stop)
    names = partnership.names if partnership else {}
    facts = {
        key: partnership.fact(key) if partnership else None
        for key in ("title", "held_by", "delete_after", "date", "reporting_route")
    }
    told = {
        key: ""
        if value is None
        else (f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value))
        for key, value in facts.items()
    }
    reader = Reader(partnership, partner, answers, house, beside=len(sheet.tables) > 1)
    kicker = tr("At the end: {name}") if number == CLOSING[0] else tr("Stop {stop}, {name}")
    return {
        "name": sheet.name,
        "stop": number,
        "kicker": kicker.format(stop=number, name=tr(name)),
        "title": sheet.title,
        "question": tr(question),
        "together": sheet.together,
        "at_home": sheet.at_home,
        "partner": _text(tr(ALL_OF_US) if sheet.at_home and answers else names.get(partner, "")),
        "partnership": _text(told["title"]),
        "held_by": _text(told["held_by"]),
        "until": told["delete_after"],
        "date": told["date"] if answers else "",
        "route": _text(told["reporting_route"]),
        "filled": answers,
        "words": _words(sheet),
        "tables": [_sentences(sheet.own)]
        if sheet.own
        else [reader.table(table, sheet.together) for table in sheet.tables],
    }


def _sentences(own: OwnWords) -> Part:
    """The sentences of a sheet that feeds no table, as one block."""
    fields = [
        {
            "name": f"{number}",
            "label": f"{tr(label)} …",
            "help": tr(told),
            "kind": "write",
            "lines": lines,
            "value": _text(""),
        }
        for number, (label, told, lines) in enumerate(own.sentences)
    ]
    return {
        "name": "",
        "label": tr(own.label),
        "help": tr(own.help),
        "private": False,
        "kind": "blocks",
        "invited": [],
        "once": [],
        "single": True,
        "blocks": [{"codes": [], "text": _text(""), "fields": fields}],
    }


def _words(sheet: PaperSheet) -> dict[str, str]:
    """The sentences that stand on every sheet, in the language of the room."""
    kinds = [column.kind for table in sheet.tables for column in asked(table)]
    scales = any(RATHER_NOT in getattr(kind, "outside", ()) for kind in kinds)
    how = tr("First alone, then with the people of your own organisation.")
    if sheet.at_home:
        first = tr(asked(sheet.tables[0])[0].label)
        how = tr("At home: only “{column}”. Together: the rest. One tick in each field.").format(
            column=first
        )
    elif sheet.together:
        how = tr("Fill it in together, when all have spoken.")
    if not sheet.at_home and any(
        isinstance(kind, Choice) and not isinstance(kind, Ticks) for kind in kinds
    ):
        how += " " + tr("One tick in each line.")
    if scales:
        how += " " + tr(
            "If you do not know, tick “{one}”; if you know and would rather not, tick “{other}”. Both are "
            "proper answers."
        ).format(one=tr(CANNOT_SAY), other=tr(RATHER_NOT))
    how += " " + tr("No names of people, no accusations.")
    if sheet.own:
        how += " " + tr("This sheet stays on paper: nothing of it is typed.")
    shares = any("share" in table.by_name for table in sheet.tables)
    return {
        "how": how,
        "partner": tr("Partner, or: all of us") if sheet.at_home else tr("Partner"),
        "date": tr("Date"),
        "together": tr("Filled in together, on"),
        "held": tr("This sheet is held by"),
        "until": tr("until"),
        "then": tr("and is then destroyed."),
        "never": not_for_decisions(),
        "route": tr("If somebody may have been harmed or money misused, use the reporting route:"),
        "share": tr("May be shared with") if shares else "",
        "share_words": [tr(word) for word in TABLES["value_lines"].by_name["share"].kind.texts]
        if shares
        else [],
        "share_how": tr("For one line only, write F (facilitator) or P (paper only) beside it.")
        if shares
        else "",
    }


def _text(text: object) -> Part:
    """A text, and whether it runs from right to left."""
    said = str(text)
    return {"text": said, "rtl": right_to_left(said)}


class Reader:
    """Makes the parts of a sheet, with what a partnership has to say to each: its items, and a partner's answers."""

    def __init__(
        self,
        partnership: Partnership | None,
        partner: str,
        answers: bool,
        house: pd.DataFrame | None = None,
        beside: bool = False,
    ):
        self.partnership, self.partner, self.answers, self.house = (
            partnership,
            partner,
            answers,
            house,
        )
        self.beside = beside  # whether another table stands on the same sheet

    def table(self, table: Table, together: bool) -> Part:
        """One table of a sheet."""
        rows = self.rows(table)
        part = {
            "name": table.name,
            "label": tr(table.label),
            "help": tr(table.help),
            "private": table.private,
        }
        if together:
            return part | self._together(table, rows)
        blocks = list(
            self._boxes(table, rows) if table.name in BOXES else self._blocks(table, rows)
        )
        free = [
            self._field(table, column, rows.iloc[0] if len(rows) == 1 else None, lines=2)
            for column in invited(table)
        ]
        once = [
            self._field(table, column, rows.iloc[0] if len(rows) else None)
            for column in asked(table)
            if table.private and column.name in table.key
        ]
        return part | {
            "kind": "blocks",
            "blocks": blocks,
            "invited": free,
            "once": once,
            "single": table.rows == 1,
        }

    def rows(self, table: Table) -> pd.DataFrame:
        """The rows that the partner has filled in, or all of them where a table is filled in together."""
        if table.private and self.house is not None:
            return self.house
        frame = self.partnership[table.name] if self.partnership else table.empty()
        if "partner" in frame and table.rows:
            frame = frame[frame["partner"].astype("object") == self.partner]
        return frame[frame["respondent"] == ""] if "respondent" in frame else frame

    # ---------------------------------------------------------------- a partner's own sheet

    def _blocks(self, table: Table, rows: pd.DataFrame) -> Iterator[Part]:
        """A block for each row: what names it, and what is asked."""
        columns = [
            column for column in asked(table) if not (table.private and column.name in table.key)
        ]
        lines = 3 if table.private else 1 if table.rows > 1 else 2 if self.beside else 4
        for number, item in enumerate(self.items(table)):
            found = self._found(table, rows, item, number)
            yield {
                "head": " · ".join(filter(None, (str(value) for value in item.values())))
                if item
                else "",
                "codes": list(map(str, item.values())),
                "text": _text(self._told(table, item)),
                "fields": [self._field(table, column, found, lines) for column in columns],
            }

    def _boxes(self, table: Table, rows: pd.DataFrame) -> Iterator[Part]:
        """A block for each line of each box."""
        gathers, boxes = BOXES[table.name]
        for word in table.by_name[gathers].kind.words:
            count, names = boxes[word.text], ASKED_IN_BOX[word.text]
            mine = rows[rows[gathers].astype("object") == word.text]
            for number in range(count):
                found = mine.iloc[number] if number < len(mine) else None
                yield {
                    "head": tr("We {word}").format(word=tr(word.text)) if not number else "",
                    "codes": [word.text],
                    "text": _text(tr(word.means) if not number else ""),
                    "box": number == 0,
                    "fields": [
                        self._field(
                            table, table.by_name[name], found, words=word.text not in BY_NAME
                        )
                        for name in names
                    ],
                }

    def items(self, table: Table) -> list[dict[str, str]]:
        """What is printed at the head of each row, by column: codes of lines, words of a choice, numbers to come."""
        columns = [table.by_name[name] for name in _item_columns(table)]
        if not columns:
            return [{}] * max(table.rows, 1)
        return [
            dict(zip([column.name for column in columns], values, strict=True))
            for values in product(*(self._values(column, table) for column in columns))
        ]

    def _values(self, column: Column, table: Table) -> list[str]:
        kind = column.kind
        if isinstance(kind, Choice):
            return kind.texts
        if isinstance(kind, Ref):
            target = TABLES[kind.table]
            key = target.by_name[target.key[0]]
            known = (
                self.partnership[kind.table][key.name].to_list()
                if self.partnership
                else (lists.sheets()[kind.table][key.name].to_list() if target.shipped else [])
            )
            return known[: table.rows or None] or [
                f"{key.kind.prefix}{number}" for number in range(1, table.rows + 1)
            ]
        if self.partnership and self.answers:
            own = self.rows(table)[column.name].astype("str").to_list()[: table.rows]
            return own + [""] * (table.rows - len(own))
        return [""] * table.rows

    def _told(self, table: Table, item: dict[str, str]) -> str:
        """The words behind the code of an item, where they are known."""
        said = []
        for name, value in item.items():
            kind = table.by_name[name].kind
            if isinstance(kind, Ref) and (naming := TABLES[kind.table].naming):
                target = TABLES[kind.table]
                lines = (
                    self.partnership[kind.table]
                    if self.partnership
                    else (lists.sheets()[kind.table] if target.shipped else target.empty())
                )
                found = lines[lines[target.key[0]].astype("object") == value]
                said += found[naming].to_list()[:1]
        return tr(said[0]) if said else ""

    def _found(
        self, table: Table, rows: pd.DataFrame, item: dict[str, str], number: int
    ) -> pd.Series | None:
        """The row that answers an item; where rows have no name, the one in the same place."""
        if not self.answers:
            return None
        if not item or not any(item.values()):
            return rows.iloc[number] if number < len(rows) and not item else None
        for name, value in item.items():
            rows = rows[rows[name].astype("object") == value]
        return rows.iloc[0] if len(rows) else None

    def _field(
        self,
        table: Table,
        column: Column,
        row: pd.Series | None,
        lines: int = 1,
        words: bool = False,
    ) -> Part:
        """What one column asks: words to tick, lines or a short blank; `words` ticks what may stand in a code's place."""
        value = self._value(column, row)
        told = tr(column.help)
        if column.share == SHARE_FACILITATOR and not table.private:
            told += " " + tr("For the facilitator alone.")
        part = {"name": column.name, "label": tr(column.label), "help": told}
        stated = set(value.split(", ")) - {""}
        if (
            words
            and isinstance(column.kind, Ref)
            and column.kind.also
            and stated <= set(column.kind.also)
        ):
            return part | {
                "kind": "ticks",
                "words": [
                    {"word": tr(word), "means": "", "ticked": word in stated}
                    for word in column.kind.also
                ],
            }
        if isinstance(column.kind, Choice):
            chosen = set(column.kind.parts(value)) if isinstance(column.kind, Ticks) else {value}
            return part | {
                "kind": "ticks",
                "words": [
                    {
                        "word": tr(word),
                        "means": tr(_means(column.kind, word)),
                        "ticked": word in chosen,
                    }
                    for word in column.kind.everything
                ],
            }
        if isinstance(column.kind, Text):
            return part | {"kind": "write", "lines": lines, "value": _text(value)}
        return part | {"kind": "short", "value": _text(value)}

    def _value(self, column: Column, row: pd.Series | None) -> str:
        if row is None or not self.answers:
            return ""
        value = row[column.name]
        return "" if value is None or pd.isna(value) or value == "" else column.kind.write(value)

    # ---------------------------------------------------------------- a sheet for the whole room

    def _together(self, table: Table, rows: pd.DataFrame) -> Part:
        """A table with its columns across; what is shipped, and what the partnership has, is printed in it."""
        columns = [
            column
            for column in table.columns
            if column.core
            and column.name != "share"
            and (not column.given or column.name in table.key)
        ]
        shown = (
            rows
            if self.partnership and self.answers
            else shipped_rows(table)
            if table.shipped
            else table.empty()
        )
        lines = [
            [self._given(column, row, table) for column in columns] for _at, row in shown.iterrows()
        ]
        wanted = len(lines) if self.answers or table.shipped else TOGETHER_LINES.get(table.name, 8)
        lines += [
            [self._given(column, None, table) for column in columns]
            for _at in range(wanted - len(lines))
        ]
        proposed = not self.answers and any(
            cell["kind"] == "text" and cell["proposed"] for line in lines for cell in line
        )
        return {
            "kind": "together",
            "lines": lines,
            "how": tr("In grey: a proposal; change it.") if proposed else "",
            "columns": [
                self._field(table, column, None) | {"wide": _wide(column)} for column in columns
            ],
        }

    def _given(self, column: Column, row: pd.Series | None, table: Table) -> Part:
        """A cell of a table for the whole room. What a table comes with is a proposal: words to change, nothing ticked."""
        value = "" if row is None else row[column.name]
        text = "" if value is None or pd.isna(value) or value == "" else column.kind.write(value)
        if isinstance(column.kind, Choice):
            chosen = set(text.split("; ")) if self.answers else set()
            return {
                "kind": "ticks",
                "words": [
                    {"word": tr(word), "ticked": word in chosen} for word in column.kind.everything
                ],
            }
        return {
            "kind": "text",
            "proposed": bool(text) and not self.answers and column.name not in table.key,
            "value": _text(tr(text) if row is not None and not self.answers else text),
        }


def shipped_rows(table: Table) -> pd.DataFrame:
    """The rows that a table comes with, typed."""
    return Partnership({})[table.name]


def _means(kind: Choice, text: str) -> str:
    return next((word.means for word in kind.words if word.text == text), "")


def _wide(column: Column) -> float:
    """How much room a column wants beside the others."""
    if isinstance(column.kind, Ticks):
        return 4.0
    if isinstance(column.kind, Choice):
        return 2.2 if len(column.kind.everything) > 3 else 1.6
    return 2.2 if isinstance(column.kind, Text) else 0.9
