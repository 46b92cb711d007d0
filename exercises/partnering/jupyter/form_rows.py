"""The lines that a grid offers before anybody types: those of the paper form, then one more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import count, islice, product

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.partnership.anonymity import CONSENT_FROM
from partnering.partnership.positions import items_of
from partnering.partnership.redaction import CONSENTS
from partnering.schema.choices import Choice
from partnering.schema.columns import Table
from partnering.schema.kinds import Code, Kind, Ref
from partnering.schema.spelling import plain
from partnering.schema.tables import BOXES, TABLES

Cells = Mapping[str, str]
NEXT = "next"  # the name of the line that waits at the end of a table, for whatever comes


def offered(p: Partnership, tables: Sequence[Table]) -> list[Table]:
    """The tables of one grid, as the forms would offer them.

    Of the ticks for the wall there are those on the tables beside them; alone, they are all there.
    Between two partners there are none.

    Args:
        p: The partnership.
        tables: The tables that an exercise asks for.
    """
    beside = [table.name for table in tables if table.name != CONSENTS]
    found = []
    for table in tables:
        if table.name == CONSENTS and beside:
            kept = [column for column in table.columns if column.name in ("partner", *beside)]
            table = replace(table, columns=tuple(kept))
        if table.name != CONSENTS or (len(p.expected) >= CONSENT_FROM and len(table.columns) > 1):
            found.append(table)
    return found


def lines(p: Partnership, table: Table, rows: list[Cells]) -> list[tuple[str, dict[str, str]]]:
    """The lines of a table that wait to be typed into.

    Args:
        p: The partnership as the reader sees it.
        table: The table that is typed.
        rows: The rows that the reader sees: a line is left out once its row is there. One that is
            left out for a row that is kept back would tell of it.

    Returns:
        For each line its name and the texts that stand in it before anybody types, by column.
    """
    if table.upright:
        return [] if rows else [("the-line", {})]
    if table.name in BOXES:
        begins = _lines_of_boxes(p, table, rows)
    elif table.private:
        begins = _lines_of_house(p, table, rows)
    elif keyed(table):
        begins = _lines_of_items(p, table, rows)
    elif _by_partner(table) and table.key[:1] == ("partner",):
        # one empty line below those that the partner has
        begins = [{"partner": partner} for partner in p.expected]
    else:
        return [] if table.shipped else [(NEXT, next_code(p, table, rows))]
    return [("form-" + "|".join(cells.values()), cells) for cells in begins]


def _by_partner(table: Table) -> bool:
    """Whether its rows are answers of a partner."""
    return "partner" in table.key and isinstance(table.by_name["partner"].kind, Ref)


def printed(table: Table) -> tuple[str, ...]:
    """The columns that the form fills in before anybody writes on it."""
    if table.name in BOXES:
        return (*table.key, "partner", BOXES[table.name][0])
    if table.private:
        return "partner", "question"
    if keyed(table):
        return tuple(name for name in table.key if name != "respondent")
    return ()


def keyed(table: Table) -> bool:
    """Whether each line of its form is about one thing, so that what is printed finds its row."""
    if table.name in BOXES:
        return True
    return _by_partner(table) and (table.views or table.key == ("partner",))


def grows(table: Table) -> bool:
    """Whether a new line is expected below the last, rather than the lines of a form."""
    return not (table.upright or table.views or table.private or keyed(table))


def _lines_of_items(p: Partnership, table: Table, rows: list[Cells]) -> list[dict[str, str]]:
    """A line for each partner and each thing that it is asked about."""
    names = ("partner", *items_of(table))
    there = set()
    for row in rows:
        if not row.get("respondent", "").strip():
            there.add(tuple(plain(row.get(name, "")) for name in names))
    asked = [_codes(p, table.by_name[name].kind) for name in names[1:]]
    begins = []
    for codes in product(p.expected, *asked):
        if tuple(map(plain, codes)) not in there:
            begins.append(dict(zip(names, codes, strict=True)))
    return begins


def _lines_of_house(p: Partnership, table: Table, rows: list[Cells]) -> list[dict[str, str]]:
    """A line for each question that a part of the house left open, and one for another part."""
    partner, asked = next(iter(p.names)), _codes(p, table.by_name["question"].kind)
    own = [row for row in rows if plain(row.get("partner", "")) in ("", plain(partner))]
    there = {(row.get("unit", "").strip(), plain(row.get("question", ""))) for row in own}
    begins = []
    for unit, question in product(_units(row.get("unit", "") for row in own), asked):
        if (unit, plain(question)) not in there:
            begins.append({"partner": partner, "unit": unit, "question": question})
    begins.append({"partner": partner, "question": asked[0] if asked else ""})
    return begins


def _units(texts: Iterable[str]) -> list[str]:
    """The parts of a house that have answered, in the order in which they came."""
    units = dict.fromkeys(text.strip() for text in texts)
    units.pop("", None)
    return list(units)


def _lines_of_boxes(p: Partnership, table: Table, rows: list[Cells]) -> list[dict[str, str]]:
    """The empty lines in the boxes of each partner's form, numbered on."""
    column, boxes = BOXES[table.name]
    there = Counter((plain(row.get("partner", "")), plain(row.get(column, ""))) for row in rows)
    free = _free_codes(p, table, rows)
    begins = []
    for partner, (word, most) in product(p.expected, boxes.items()):
        empty = max(0, most - there[plain(partner), plain(word)])
        for code in islice(free, empty):
            begins.append(code | {"partner": partner, column: word})
    return begins


def _codes(p: Partnership, kind: Kind) -> list[str]:
    """What a form asks about: the codes of another table's rows, or the words of a choice."""
    if isinstance(kind, Ref):
        return p[kind.table][TABLES[kind.table].key[0]].to_list()
    return kind.texts if isinstance(kind, Choice) else []


def next_code(p: Partnership, table: Table, rows: Iterable[Cells]) -> dict[str, str]:
    """The next free code of a table, such as R9.

    Args:
        p: The partnership as the reader sees it.
        table: The table that gets another row.
        rows: The rows whose codes are not free. To the room these are those that it sees: a number
            left out would tell of a row that is kept back, which gives up its code instead.

    Returns:
        The code under the name of its column; nothing where the table's rows have no codes.
    """
    return next(_free_codes(p, table, rows))


def _free_codes(p: Partnership, table: Table, rows: Iterable[Cells]) -> Iterator[dict[str, str]]:
    """The codes that no row has, counted on from the last that the reader sees.

    A gap in the numbers would tell of a row that is kept back.
    """
    key = table.key[0] if table.key else ""
    kind = table.by_name[key].kind if key else None
    if not isinstance(kind, Code) or not kind.prefix:
        while True:
            yield {}
    taken = {plain(row.get(key, "")) for row in rows}
    seen = [plain(code).removeprefix(plain(kind.prefix)) for code in p[table.name][key]]
    last = max((int(number) for number in seen if number.isdecimal()), default=0)
    for number in count(1 if table.name in BOXES else last + 1):
        code = f"{kind.prefix}{number}"
        if plain(code) not in taken:
            yield {key: code}


def places(p: Partnership, table: Table) -> Callable[[Cells], tuple[int, ...]]:
    """Where each line of a table stands among the others.

    Args:
        p: What the reader sees of a partnership.
        table: The table whose lines are sorted.

    Returns:
        A function from the cells of a line to what it is sorted by: where forms are typed, its
        partner and what it is about; elsewhere nothing, so that lines stay as they came.
    """
    orders = {column: _place_in(words) for column, words in _orders(p, table).items()}
    return lambda cells: tuple(place(cells.get(column, "")) for column, place in orders.items())


def _orders(p: Partnership, table: Table) -> dict[str, list[str]]:
    """The columns by which the lines of a table are sorted, with the order of what they hold."""
    if table.private:
        units = _units(p[table.name]["unit"])
        return {"unit": units, "question": _codes(p, table.by_name["question"].kind)}
    if not (_by_partner(table) and table.key[:1] == ("partner",)) and table.name not in BOXES:
        return {}
    names = ["partner"]
    if table.views:
        names += items_of(table)
    elif table.name in BOXES:
        names.append(BOXES[table.name][0])
    return {name: _codes(p, table.by_name[name].kind) for name in names}


def _place_in(order: list[str]) -> Callable[[str], int]:
    """The place of a text in an order; what is not in it comes last."""
    known = {plain(word): at for at, word in enumerate(order)}
    return cache(lambda text: known.get(plain(text), len(order)))


def options(p: Partnership, kind: Ref) -> list[list[str]]:
    """What a reference may point to.

    Args:
        p: The partnership as the reader sees it.
        kind: The kind of a column that refers to another table.

    Returns:
        Pairs of a code and its words: the rows of the other table, then the words that may stand in
        place of a code.
    """
    target, frame = TABLES[kind.table], p[kind.table]
    codes = frame[target.key[0]].to_list()
    words = frame[target.naming].map(tr).to_list() if target.naming else [""] * len(codes)
    found = [[code, word] for code, word in zip(codes, words, strict=True)]
    return found + [[word, tr(word)] for word in kind.also]
