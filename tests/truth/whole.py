"""The whole partnership, as it is whether or not anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import pandas as pd

from partnering.schema import lists
from world import FIRST_IS_CAUTIOUS, ITEMS, KEYS, LOST, LOST_WHO, SERVED, TICKS, World

ROOM, MINE = "room", "mine"
LOST_CELL = "cannot be read"  # where partners or the code of a payment stand
Places = tuple[int, int] | None
Row = dict[str, str]
Claim = Callable[["Whole", pd.DataFrame, str], Iterator[str]]
NEEDED = {"risk_care": ("risk", "risks"), "capabilities": ("objective", "objectives")}


class Whole:
    """One world, and what is so in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asked = world.partners
        self.many = len(world.partners)
        self.named = {*world.partners, *([SERVED] if world.served else [])}

    # ------------------------------------------------------------ lines

    def rows(self, table: str) -> list[Row]:
        """The typed lines of a table; where nobody has typed any, those of the handbook's list."""
        return self._rows(table)

    @cached_property
    def _kept(self) -> dict[str, list[Row]]:
        return {}

    def _rows(self, table: str) -> list[Row]:
        if table not in self._kept:
            self._kept[table] = list(self._counting(table))
        return self._kept[table]

    def _counting(self, table: str) -> Iterator[Row]:
        typed = self.world.lines.get(table)
        if typed is None and table in lists.sheets():
            typed = lists.sheets()[table].to_dict("records")
        there = set()
        for row in map(as_read, typed or []):
            if table in NEEDED:
                column, other = NEEDED[table]
                if row[column] not in self.by(other):
                    continue
            key = tuple(row.get(name, "") for name in KEYS.get(table, ()))
            if not key or key not in there:
                there.add(key)
                yield row

    def by(self, table: str) -> dict[str, Row]:
        """The lines of a table by their codes, which stand first."""
        return {next(iter(row.values())): row for row in self.rows(table)}

    def edited(self, table: str) -> bool:
        """Whether the partners have typed anything into a table."""
        return table in self.world.lines

    def ticked(self, table: str) -> bool:
        """Whether anything is ticked in a list that comes with the handbook."""
        column = {"topics": "where", "rights": "decides"}[table]
        rows = self.rows(table)
        return self.edited(table) and any(row.get(column) or column in lost_in(row) for row in rows)

    def fact(self, name: str) -> str:
        """What is said of the partnership itself."""
        return as_read(self.world.lines.get("facts", [{}])[0]).get(name, "")

    def lost(self, table: str, *columns: str) -> bool:
        """Whether something in these columns of a table cannot be read."""
        return any(set(columns) & lost_in(row) for row in self.rows(table))

    @property
    def signed(self) -> dict[str, str]:
        """By partner the day on which it signed, where that can be read."""
        return {who: day for who, day in self.world.signed.items() if day not in LOST}

    # ------------------------------------------------------------ answers

    def items(self, table: str) -> list[tuple[str, ...]]:
        """All that is asked about, with what is kept back."""
        if table == "positions":
            return [(code,) for code in self.by("objectives")]
        if table == "risk_views":
            return [(code,) for code in self.by("risks")]
        return self.world.items(table)

    def middles(self, table: str, who: str, item: tuple[str, ...]) -> tuple[Places, ...]:
        """Where a partner stands on each tick."""
        for row in self.world.lines.get(table, []):  # views of what is kept back
            if (row["partner"], *(row[name] for name in ITEMS[table])) == (who, *item):
                return tuple((scale.index(row[name]),) * 2 for name, scale in TICKS[table].items())
        return self.world.middles(table, who, item)

    def places(self, table: str, tick: str, item: tuple[str, ...]) -> dict[str, Places]:
        """Where each partner that is asked stands on one tick."""
        at = list(TICKS[table]).index(tick)
        return {who: self.middles(table, who, item)[at] for who in self.asked}

    def cautious(self, table: str, tick: str, item: tuple[str, ...]) -> dict[str, int | None]:
        """The same, as the more cautious of two middles."""
        first = tick in FIRST_IS_CAUTIOUS
        return {
            who: None if places is None else places[0 if first else 1]
            for who, places in self.places(table, tick, item).items()
        }

    def answered(self, table: str, item: tuple[str, ...]) -> int:
        """How many of those that are asked have answered in every tick."""
        return sum(None not in self.middles(table, who, item) for who in self.asked)

    def all_answered(self, table: str, item: tuple[str, ...]) -> bool:
        """Whether all that are asked have, and it takes two."""
        return self.answered(table, item) == self.many >= 2

    @property
    def few_and_held(self) -> bool:
        """Whether answers are held, and fewer are asked than the smallest group."""
        return self.world.way != "with names" and self.many < self.world.threshold

    def unread(self, table: str, tick: str, who: str, item: tuple[str, ...]) -> bool:
        """Whether a partner has ticked something that cannot be read."""
        answer = self.world.answers[table].get((who, item))
        return bool(
            answer and answer.there and answer.ticks[list(TICKS[table]).index(tick)] in LOST
        )

    def words_given(self, table: str, tick: str, item: tuple[str, ...]) -> dict[str, set[str]]:
        """By partner the words that it may be said to have given: those of both middles."""
        scale = TICKS[table][tick]
        found = {}
        for who in self.named:
            places = self.middles(table, who, item)[list(TICKS[table]).index(tick)]
            found[who] = {scale[place] for place in places or ()}
        return found

    def whose(self, table: str) -> set[str]:
        """The partners with a line in a table."""
        return {row.get("partner", "") for row in self.rows(table)}


# ------------------------------------------------------------------ reading rows


def as_read(row: Row) -> Row:
    """A typed line as it can be read: an empty cell where it cannot, and a note which these are."""
    said = {
        name: LOST_CELL if cell in (LOST_WHO, "T 1?") else "" if cell in LOST else cell
        for name, cell in row.items()
    }
    lost = [name for name, cell in row.items() if cell in LOST]
    return said | ({"lost": " ".join(lost)} if lost else {})


def lost_in(row: Row) -> set[str]:
    """The columns of a line in which something is written that cannot be read."""
    return set(row.get("lost", "").split())


def text(value: object) -> str:
    """A typed value as somebody would have typed it."""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if value is None or (not isinstance(value, tuple) and pd.isna(value)):
        return ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def records(rows: pd.DataFrame) -> list[dict]:
    """The rows of a result."""
    return rows.to_dict("records")


def as_typed(
    whole: Whole, rows: pd.DataFrame, reader: str, table: str, key: tuple[str, ...], *also: str
) -> Iterator[str]:
    """Every cell says what was typed; to the facilitator every line stands there.

    What leads to a line that is kept back may be missing from a list of codes.
    """
    typed = {tuple(row.get(name, "") for name in key): row for row in whole.rows(table)}
    shown = set()
    for row in records(rows):
        code = tuple(text(row[name]) for name in key)
        shown.add(code)
        if code not in typed:
            yield f"{table} {code}: no such line"
            continue
        for name in (*key, *also):
            said, was = text(row[name]), typed[code].get(name, "")
            if said != was and not (
                reader == ROOM and set(said.split(", ")) - {""} < set(was.split(", "))
            ):
                yield f"{table} {code}: {name} is {was!r} and not {said!r}"
    if reader == MINE and shown != set(typed):
        yield f"{table}: shown {sorted(shown)}, typed {sorted(typed)}"
