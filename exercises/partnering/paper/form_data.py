"""One sheet of paper, as data: what it asks, in the order of the table it is typed into.

It is made from the schema alone. `paper/print/forms.typ` sets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pandas as pd

from partnering.language import mark as _
from partnering.language import right_to_left, tr
from partnering.paper.untyped_sheets import OWN_WORDS, OwnWords
from partnering.partnership import MINE, ROOM, Partnership
from partnering.partnership.anonymity import CONSENT_FROM
from partnering.partnership.redaction import CONSENTS
from partnering.schema import lists
from partnering.schema.choices import Choice, Ticks
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import (
    CANNOT_SAY,
    RATHER_NOT,
    SHARE_FACILITATOR,
    Code,
    Ref,
    Text,
    in_cell,
)
from partnering.schema.scales import ALL_OF_US, ON_THE_WALL, SHARE
from partnering.schema.tables import ASKED_IN_BOX, BOXES, STOPS, TABLES
from partnering.schema.wording import not_for_decisions

VOICE = ("partner", "respondent")
BY_NAME = ("ask one partner for",)  # the boxes in which one of the partners is named
# Empty lines on a sheet that is filled in together; elsewhere eight.
TOGETHER_LINES = {"objectives": 6, "moments": 6}
# Tables whose first column each partner ticks at home, before the room fills in the others.
AT_HOME_FIRST = ("topics",)
CLOSING = (8, _("Where we stand"), _("What have we decided, and where do we differ?"))

Part = dict[str, object]  # what goes to Typst: texts, numbers and lists, nothing else


@dataclass(frozen=True)
class PaperSheet:
    """Which sheet of paper.

    Attributes:
        name: Its name, such as `3-risk`.
        tables: The tables that it feeds.
        own: The sentences of a sheet that stays on paper.
    """

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
        """The stop that it belongs to; 8 for where we stand."""
        return self.own.stop if self.own else self.tables[0].stop or CLOSING[0]

    @property
    def title(self) -> str:
        """What stands over it."""
        if self.own:
            return tr(self.own.label)
        return " · ".join(tr(table.label) for table in self.tables)


def sheets() -> dict[str, PaperSheet]:
    """Every sheet by its name, in the order of the tour.

    One a partner and session, one a table that is filled in together, and those that stay on paper.
    """
    gathered: dict[str, list[Table]] = {}
    for table in TABLES.values():
        if name := _sheet_name(table):
            gathered.setdefault(name, []).append(table)
    made = [PaperSheet(name, tuple(tables)) for name, tables in gathered.items()]
    made += [PaperSheet(name, own=own) for name, own in OWN_WORDS.items()]
    in_order = sorted(made, key=lambda sheet: (sheet.stop, sheet.together))
    return {sheet.name: sheet for sheet in in_order}


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
    """The columns that a sheet asks for, in the table's order.

    What the sheet prints, and what is found together later, is left out.
    """
    gathers = BOXES[table.name][0] if table.name in BOXES else ""
    printed = {*_item_columns(table), gathers, "share"}
    return [
        column
        for column in table.columns
        if column.core and not column.given and column.name not in printed
    ]


def invited(table: Table) -> list[Column]:
    """Free words that nobody has to write: a line under the table."""
    named = (*VOICE, *table.key)
    return [
        column
        for column in table.columns
        if column.given and column.name not in named and isinstance(column.kind, Text)
    ]


def _item_columns(table: Table) -> list[str]:
    """The columns that name a row and are printed on the sheet.

    Such as the risk, the objective or the number of a line.
    """
    if table.rows == 1:
        return []
    found = []
    for name in table.key:
        column = table.by_name[name]
        printed = column.given or table.private or isinstance(column.kind, Code)
        if name not in VOICE and printed and isinstance(column.kind, Choice | Ref | Code):
            found.append(name)
    return found or [name for name in table.key[:1] if table.shipped]


# ---------------------------------------------------------------- what stands on a sheet


def data(
    sheet: PaperSheet,
    partnership: Partnership | None = None,
    partner: str = "",
    answers: bool = False,
    house: pd.DataFrame | None = None,
) -> Part:
    """A sheet as Typst sets it.

    Args:
        sheet: Which sheet.
        partnership: The partnership whose names, codes and lines stand on it; blank without one.
            It is reduced to what the reader of the sheet may see: a partner its own rows and what
            the room sees, anybody else what the room sees.
        partner: The code of the partner that fills it in; "" for a sheet for the room.
        answers: Whether the partner's answers stand on it, too.
        house: The answers of one part of the partner's house, which no partnership holds.

    Returns:
        Texts, numbers and lists: the head and foot of the sheet, and under `tables` its parts.
    """
    if partnership:
        partnership = for_its_reader(partnership, partner)
    number, name, question = next(stop for stop in (*STOPS, CLOSING) if stop[0] == sheet.stop)
    names = partnership.names if partnership else {}
    kicker = tr("At the end: {name}") if number == CLOSING[0] else tr("Stop {stop}, {name}")
    contents = _Contents(partnership, partner, answers, house, beside=len(sheet.tables) > 1)
    tables = [contents.table(table, sheet.together) for table in sheet.tables]
    if sheet.own:
        tables = [_sentences(sheet.own)]
    return {
        "name": sheet.name,
        "stop": number,
        "kicker": kicker.format(stop=number, name=tr(name)),
        "title": sheet.title,
        "question": tr(question),
        "together": sheet.together,
        "at_home": sheet.at_home,
        "partner": _text(tr(ALL_OF_US) if sheet.at_home and answers else names.get(partner, "")),
        "partnership": _text(_fact(partnership, "title")),
        "held_by": _text(_fact(partnership, "held_by")),
        "until": _fact(partnership, "delete_after"),
        "date": _fact(partnership, "date") if answers else "",
        "route": _text(_fact(partnership, "reporting_route")),
        "filled": answers,
        "words": _words(sheet),
        "wall": _on_the_wall(sheet, partnership, partner if answers else ""),
        "tables": tables,
    }


def for_its_reader(partnership: Partnership, partner: str = "") -> Partnership:
    """The partnership as whoever holds a printed sheet may see it.

    Args:
        partnership: The partnership as any reader sees it.
        partner: The code of the partner that gets the sheet; "" for one that hangs on the wall.

    Returns:
        For a partner its own rows and what the room sees, for the wall what the room sees. One that
        is reduced already stays as it is.
    """
    if partner in partnership.names and partnership.reader == MINE:
        return partnership.for_partner(partner)
    return partnership.for_reader(ROOM)


def asked_for_the_wall(sheet: PaperSheet, partnership: Partnership | None) -> str:
    """The table whose ticks may be shown on the wall if its partners say so at the end of a sheet.

    Args:
        sheet: The sheet.
        partnership: The partnership it is for; None for a blank one.

    Returns:
        The name of a table of views; "" where the sheet has none, and between two partners.
    """
    views = [table.name for table in sheet.tables if table.views]
    too_few = partnership is not None and len(partnership.expected) < CONSENT_FROM
    return views[0] if views and not too_few else ""


def _on_the_wall(sheet: PaperSheet, partnership: Partnership | None, partner: str) -> Part | None:
    """The tick below all others: may our ticks be shown on the wall? None where it is not asked.

    Args:
        sheet: The sheet.
        partnership: The partnership as the reader of the sheet sees it.
        partner: The partner whose answer stands there; "" for an empty box.
    """
    name = asked_for_the_wall(sheet, partnership)
    if not name:
        return None
    said = ""
    if partnership and partner:
        rows = partnership[CONSENTS]
        said = "".join(rows.loc[rows["partner"] == partner, name].astype(object).fillna(""))
    label = tr("On the wall our ticks may be shown")
    how = tr(
        "Where answers are confidential and you are few, ticks are shown only if all of you"
        " tick “with our name”. If you tick nothing, they are not shown. No partner is told "
        "whose tick is missing."
    )
    return {"label": label, "help": how, **_ticks(dict.fromkeys(ON_THE_WALL.texts, ""), {said})}


def _fact(partnership: Partnership | None, name: str) -> str:
    """What a partnership says of itself, "" where it says nothing."""
    value = partnership.fact(name) if partnership else None
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _sentences(own: OwnWords) -> Part:
    """The sentences of a sheet that feeds no table, as one block."""
    fields = [
        {
            "name": f"{number}",
            "label": f"{tr(label)}\u00a0…",
            "help": tr(help),
            "kind": "write",
            "lines": lines,
            "value": _text(""),
        }
        for number, (label, help, lines) in enumerate(own.sentences)
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
        "blocks": [{"codes": [], "group": "", "text": _text(""), "fields": fields}],
    }


def _words(sheet: PaperSheet) -> Part:
    """The sentences that stand on every sheet, in the language of the room."""
    shares = any("share" in table.by_name for table in sheet.tables)
    alone = tr(
        "For one line only, write E (everyone here), F (facilitator only) or N (not "
        "typed) beside it."
    )
    if any(_asks_for_own_words(table) for table in sheet.tables):
        alone += " " + tr(
            "Where answers are confidential and nothing is ticked, your own words are for "
            "the facilitator."
        )
    return {
        "how": _how(sheet),
        "partner": tr("Partner, or: all partners") if sheet.at_home else tr("Partner"),
        "date": tr("Date"),
        "together": tr("Filled in together, on"),
        "held": tr("This sheet is kept by"),
        "until": tr("until"),
        "then": tr("and is then destroyed."),
        "never": not_for_decisions(),
        "route": tr("If somebody may have been harmed or money misused, use the reporting route:"),
        "share": tr("Who may see these lines") if shares else "",
        "share_words": [tr(word) for word in SHARE.texts] if shares else [],
        "share_how": alone if shares else "",
    }


def _asks_for_own_words(table: Table) -> bool:
    """Whether a partner writes there what the room may read."""
    texts = [column for column in asked(table) if isinstance(column.kind, Text)]
    return table.own and any(column.share != SHARE_FACILITATOR for column in texts)


def _how(sheet: PaperSheet) -> str:
    """How a sheet is filled in."""
    columns = [column for table in sheet.tables for column in asked(table)]
    choices = [column.kind for column in columns if isinstance(column.kind, Choice)]
    if sheet.at_home:
        how = tr("At home: only “{column}”. Together: the rest. One tick in each field.")
        how = how.format(column=tr(columns[0].label))
    elif sheet.together:
        how = tr("Fill it in together, when all have spoken.")
    else:
        how = tr("First alone, then with the people of your own organisation.")
    said = [how]
    if not sheet.at_home and any(not isinstance(kind, Ticks) for kind in choices):
        said.append(tr("One tick in each line."))
    if any(RATHER_NOT in kind.outside for kind in choices):
        both = tr(
            "If you do not know, tick “{one}”; if you know and do not want to say it here, "
            "tick “{other}”. Both are good answers."
        )
        said.append(both.format(one=tr(CANNOT_SAY), other=tr(RATHER_NOT)))
    said.append(tr("No names of people, no accusations."))
    if sheet.own:
        said.append(tr("This sheet stays on paper: nothing of it is typed."))
    return " ".join(said)


def _text(text: object) -> Part:
    """A text, and whether it runs from right to left."""
    said = str(text)
    return {"text": said, "rtl": right_to_left(said)}


class _Contents:
    """The parts of a sheet, with what a partnership has for each: its items, and answers."""

    def __init__(
        self,
        partnership: Partnership | None,
        partner: str,
        answers: bool,
        house: pd.DataFrame | None = None,
        beside: bool = False,
    ) -> None:
        self.partnership, self.partner, self.answers = partnership, partner, answers
        self.house = house
        self.beside = beside  # whether another table stands on the same sheet

    def table(self, table: Table, together: bool) -> Part:
        """One table of a sheet.

        Args:
            table: The table.
            together: Whether the room fills it in, rather than each partner.
        """
        rows = self.rows(table)
        part: Part = {
            "name": table.name,
            "label": tr(table.label),
            "help": tr(table.help),
            "private": table.private,
        }
        if together:
            return part | self._together(table, rows)
        blocks = self._boxes(table, rows) if table.name in BOXES else self._blocks(table, rows)
        only = rows.iloc[0] if len(rows) == 1 else None
        first = rows.iloc[0] if len(rows) else None
        once = [column for column in asked(table) if table.private and column.name in table.key]
        return part | {
            "kind": "blocks",
            "blocks": list(blocks),
            "invited": [self._field(table, column, only, lines=2) for column in invited(table)],
            "once": [self._field(table, column, first) for column in once],
            "single": table.rows == 1,
        }

    def rows(self, table: Table) -> pd.DataFrame:
        """The rows that the partner has filled in, or all where the room fills in a table."""
        if table.private and self.house is not None:
            return self.house
        frame = self.partnership[table.name] if self.partnership else table.empty()
        if "partner" in frame and table.rows:
            frame = frame[frame["partner"].astype(object) == self.partner]
        return frame[frame["respondent"] == ""] if "respondent" in frame else frame

    # ---------------------------------------------------------------- a partner's own sheet

    def _blocks(self, table: Table, rows: pd.DataFrame) -> Iterator[Part]:
        """A block for each row: what names it, and what is asked."""
        columns = [
            column for column in asked(table) if not (table.private and column.name in table.key)
        ]
        for number, item in enumerate(self.items(table)):
            row = self._found(table, rows, item, number)
            lines = self._lines(table)
            yield {
                "head": " · ".join(value for value in item.values() if value),
                "codes": list(item.values()),
                "group": self._group(table, item),
                "text": _text(self._words_of(table, item)),
                "fields": [self._field(table, column, row, lines) for column in columns],
            }

    def _group(self, table: Table, item: dict[str, str]) -> str:
        """What an item stands under, such as our own organisation; "" where it stands alone."""
        if len(item) < 2:
            return ""
        name, word = next(iter(item.items()))
        kind = table.by_name[name].kind
        return kind.shown(word) if isinstance(kind, Choice) else word

    def _lines(self, table: Table) -> int:
        """How many lines there are to write on for one answer."""
        if table.private:
            return 3
        if table.rows > 1:
            return 1
        return 2 if self.beside else 4

    def _boxes(self, table: Table, rows: pd.DataFrame) -> Iterator[Part]:
        """A block for each line of each box."""
        gathers, boxes = BOXES[table.name]
        kind = table.by_name[gathers].kind
        for word in kind.words if isinstance(kind, Choice) else ():
            mine = rows[rows[gathers].astype(object) == word.text]
            columns = [table.by_name[name] for name in ASKED_IN_BOX[word.text]]
            ticked = word.text not in BY_NAME
            for number in range(boxes[word.text]):
                row = mine.iloc[number] if number < len(mine) else None
                first = number == 0
                yield {
                    "head": tr("We {word}").format(word=tr(word.text)) if first else "",
                    "codes": [word.text],
                    "text": _text(tr(word.means) if first else ""),
                    "box": first,
                    "fields": [self._field(table, column, row, words=ticked) for column in columns],
                }

    def items(self, table: Table) -> list[dict[str, str]]:
        """What is printed at the head of each row, by column.

        These are codes of lines, words of a choice, or numbers to come.
        """
        names = _item_columns(table)
        if not names:
            return [{}] * max(table.rows, 1)
        values = [self._values(table.by_name[name], table) for name in names]
        return [dict(zip(names, some, strict=True)) for some in product(*values)]

    def _values(self, column: Column, table: Table) -> list[str]:
        """What an item column says down the sheet."""
        kind = column.kind
        if isinstance(kind, Choice):
            return kind.texts
        if isinstance(kind, Ref):
            target = TABLES[kind.table]
            known = list(map(str, self._lines_of(target)[target.key[0]]))
            return known[: table.rows or None] or target.first_codes(table.rows)
        own: list[str] = []
        if self.partnership and self.answers:
            own = self.rows(table)[column.name].astype("str").to_list()[: table.rows]
        return own + [""] * (table.rows - len(own))

    def _lines_of(self, table: Table) -> pd.DataFrame:
        """What stands in a table that a sheet speaks of: as typed, or as the handbook has it."""
        if self.partnership:
            return self.partnership[table.name]
        return lists.sheets()[table.name] if table.shipped else table.empty()

    def _words_of(self, table: Table, item: dict[str, str]) -> str:
        """The words behind the code of an item, where they are known."""
        for name, value in item.items():
            kind = table.by_name[name].kind
            if isinstance(kind, Ref) and TABLES[kind.table].naming:
                target = TABLES[kind.table]
                lines = self._lines_of(target)
                found = lines[lines[target.key[0]].astype(object) == value]
                if len(found):
                    return tr(found[target.naming].iloc[0])
        return ""

    def _found(
        self, table: Table, rows: pd.DataFrame, item: dict[str, str], number: int
    ) -> pd.Series | None:
        """The row that answers an item; where rows have no name, the one in the same place."""
        if not self.answers:
            return None
        if not item:
            return rows.iloc[number] if number < len(rows) else None
        if not any(item.values()):
            return None
        for name, value in item.items():
            rows = rows[rows[name].astype(object) == value]
        return rows.iloc[0] if len(rows) else None

    def _field(
        self,
        table: Table,
        column: Column,
        row: pd.Series | None,
        lines: int = 1,
        words: bool = False,
    ) -> Part:
        """What one column asks: words to tick, lines or a short blank.

        Args:
            table: The table of the column.
            column: The column.
            row: The row that answers; None where nothing is filled in.
            lines: How many lines there are to write on.
            words: Whether words that may stand in a code's place are ticked.
        """
        value = "" if row is None or not self.answers else column.kind.cell_text(row[column.name])
        help = tr(column.help)
        if column.share == SHARE_FACILITATOR and not table.private:
            help += " " + tr("For the facilitator alone.")
        part: Part = {"name": column.name, "label": tr(column.label), "help": help}
        kind = column.kind
        if words and isinstance(kind, Ref) and kind.also:
            stated = set(in_cell(value))
            if stated <= set(kind.also):
                return part | _ticks(dict.fromkeys(kind.also, ""), stated)
        if isinstance(kind, Choice):
            chosen = set(kind.parts(value)) if isinstance(kind, Ticks) else {value}
            means = dict.fromkeys(kind.everything, "")
            means |= {word.text: word.means for word in kind.words}
            return part | _ticks(means, chosen)
        if isinstance(kind, Text):
            return part | {"kind": "write", "lines": lines, "value": _text(value)}
        if table.name in BOXES and isinstance(kind, Ref) and kind.also and not words:
            part["label"] = tr("From which partner")  # in its box nothing else is asked
        return part | {"kind": "short", "value": _text(value)}

    # ---------------------------------------------------------------- a sheet for the whole room

    def _together(self, table: Table, rows: pd.DataFrame) -> Part:
        """A table with its columns across, and in it what it comes with or what is typed."""
        columns = [
            column
            for column in table.columns
            if column.core
            and column.name != "share"
            and (not column.given or column.name in table.key)
        ]
        if self.partnership and self.answers:
            shown = rows
        else:
            shown = shipped_rows(table) if table.shipped else table.empty()
        lines = [self._line(columns, row, table) for _at, row in shown.iterrows()]
        wanted = len(lines) if self.answers or table.shipped else TOGETHER_LINES.get(table.name, 8)
        lines += [self._line(columns, None, table) for _at in range(wanted - len(lines))]
        proposed = any(cell.get("proposed") for line in lines for cell in line)
        return {
            "kind": "together",
            "lines": lines,
            "how": tr("In grey: a proposal; change it.") if proposed else "",
            "columns": [
                self._field(table, column, None) | {"wide": _wide(column)} for column in columns
            ],
        }

    def _line(self, columns: list[Column], row: pd.Series | None, table: Table) -> list[Part]:
        return [self._cell(column, row, table) for column in columns]

    def _cell(self, column: Column, row: pd.Series | None, table: Table) -> Part:
        """A cell of a table for the whole room.

        What a table comes with is a proposal: words to change, nothing ticked.
        """
        text = "" if row is None else column.kind.cell_text(row[column.name])
        if isinstance(column.kind, Choice):
            chosen = set(text.split("; ")) if self.answers else set()
            words = [
                {"word": column.kind.shown(word), "ticked": word in chosen}
                for word in column.kind.everything
            ]
            return {"kind": "ticks", "words": words}
        return {
            "kind": "text",
            "proposed": bool(text) and not self.answers and column.name not in table.key,
            "value": _text(text if self.answers else tr(text)),
        }


def _ticks(means: dict[str, str], chosen: set[str]) -> Part:
    """Words to tick, each with what it means."""
    words = [
        {"word": tr(word), "means": tr(meaning), "ticked": word in chosen}
        for word, meaning in means.items()
    ]
    return {"kind": "ticks", "words": words}


def shipped_rows(table: Table) -> pd.DataFrame:
    """The rows that a table comes with, typed."""
    return Partnership({})[table.name]


def _wide(column: Column) -> float:
    """How much room a column wants beside the others."""
    if isinstance(column.kind, Ticks):
        return 4.0
    if isinstance(column.kind, Choice):
        return 2.2 if len(column.kind.everything) > 3 else 1.6
    return 2.2 if isinstance(column.kind, Text) else 0.9
