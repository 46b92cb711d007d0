"""The lines that a form has printed before anybody writes on it: a partner's own, one for each thing it is asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count, islice, product

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.partnership.positions import items_of
from partnering.schema.check import Table
from partnering.schema.kinds import Choice, Code, Kind, Ref, plain
from partnering.schema.tables import BOXES, TABLES

Cells = Mapping[str, str]
NEXT = "next"  # the line that waits at the end of a table, for whatever comes


def lines(p: Partnership, table: Table, rows: list[Cells]) -> list[tuple[str, dict[str, str]]]:
    """The lines that wait to be typed, each with a name and with what the form says before anybody writes.

    In: what the reader sees of a partnership, and every row that is there. A line is left out once its row is there.
    """
    if table.upright:
        return [] if rows else [("the-line", {})]
    if table.name in BOXES:
        begins = _boxes(p, table, rows)
    elif table.private:
        begins = _of_house(p, table, rows)
    elif keyed(table):
        begins = _asked(p, table, rows)
    elif _by_partner(table) and table.key[:1] == ("partner",):
        begins = [
            {"partner": partner} for partner in p.expected
        ]  # one empty line below those that it has
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
    """Whether each line of its form is about one thing, so that what the form has printed finds its row."""
    return table.name in BOXES or (
        _by_partner(table) and (table.views or table.key == ("partner",))
    )


def grows(table: Table) -> bool:
    """Whether a new line is expected below the last, rather than the lines of a form."""
    return not (table.upright or table.views or table.private or keyed(table))


def _asked(p: Partnership, table: Table, rows: list[Cells]) -> list[dict[str, str]]:
    """A line for each partner and each thing that it is asked about."""
    items = items_of(table)
    asked = [_codes(p, table.by_name[item].kind) for item in items]
    there = {
        tuple(plain(row.get(name, "")) for name in ("partner", *items))
        for row in rows
        if not row.get("respondent", "").strip()
    }
    return [
        dict(zip(("partner", *items), each, strict=True))
        for each in product(p.expected, *asked)
        if tuple(map(plain, each)) not in there
    ]


def _of_house(p: Partnership, table: Table, rows: list[Cells]) -> list[dict[str, str]]:
    """A line for each question that a part of the house has left open, and one in which another part begins."""
    partner, asked = next(iter(p.names)), _codes(p, table.by_name["question"].kind)
    own = [row for row in rows if plain(row.get("partner", "")) in ("", plain(partner))]
    there = {(row.get("unit", "").strip(), plain(row.get("question", ""))) for row in own}
    open_ = [
        {"partner": partner, "unit": unit, "question": question}
        for unit in _units(own)
        for question in asked
        if (unit, plain(question)) not in there
    ]
    return [*open_, {"partner": partner, "question": asked[0] if asked else ""}]


def _units(rows: Iterable[Cells]) -> list[str]:
    """The parts of a house that have answered, in the order in which they came."""
    return list(
        dict.fromkeys(unit for unit in (row.get("unit", "").strip() for row in rows) if unit)
    )


def _boxes(p: Partnership, table: Table, rows: list[Cells]) -> list[dict[str, str]]:
    """The empty lines in the boxes of each partner's form, numbered on."""
    column, boxes = BOXES[table.name]
    there = Counter((plain(row.get("partner", "")), plain(row.get(column, ""))) for row in rows)
    free = _free_codes(p, table, rows)
    return [
        code | {"partner": partner, column: word}
        for partner in p.expected
        for word, most in boxes.items()
        for code in islice(free, max(0, most - there[plain(partner), plain(word)]))
    ]


def _codes(p: Partnership, kind: Kind) -> list[str]:
    """What a form asks about: the rows of another table, or the words of a choice."""
    if isinstance(kind, Ref):
        return p[kind.table][TABLES[kind.table].key[0]].to_list()
    return kind.texts if isinstance(kind, Choice) else []


def next_code(p: Partnership, table: Table, rows: Iterable[Cells]) -> dict[str, str]:
    """The next free code of a table that has codes: R9."""
    return next(_free_codes(p, table, rows))


def _free_codes(p: Partnership, table: Table, rows: Iterable[Cells]):
    """The codes that no row has, counting on from the last that the reader sees: a gap would tell of one kept back."""
    key = table.key[0] if table.key else ""
    kind = table.by_name[key].kind if key else None
    if not isinstance(kind, Code) or not kind.prefix:
        while True:
            yield {}
    taken = {plain(row.get(key, "")) for row in rows}
    seen = [plain(code).removeprefix(plain(kind.prefix)) for code in p[table.name][key]]
    last = max((int(number) for number in seen if number.isdecimal()), default=0)
    yield from (
        {key: f"{kind.prefix}{number}"}
        for number in count(1 if table.name in BOXES else last + 1)
        if plain(f"{kind.prefix}{number}") not in taken
    )


def place(p: Partnership, table: Table, cells: Cells) -> tuple[int, ...]:
    """Where a line stands among the others: by partner and by what it is about where forms are typed, else as it came."""
    if table.private:
        units = _units(p[table.name][["unit"]].to_dict("records"))
        return _place(cells.get("unit", ""), units), _place(
            cells.get("question", ""), _codes(p, table.by_name["question"].kind)
        )
    if not (_by_partner(table) and table.key[:1] == ("partner",)) and table.name not in BOXES:
        return ()
    names = [
        "partner",
        *(
            items_of(table)
            if table.views
            else [BOXES[table.name][0]]
            if table.name in BOXES
            else []
        ),
    ]
    orders = [_codes(p, table.by_name[name].kind) for name in names]
    return tuple(
        _place(cells.get(name, ""), order) for name, order in zip(names, orders, strict=True)
    )


def _place(text: str, order: list[str]) -> int:
    known = {plain(word): at for at, word in enumerate(order)}
    return known.get(plain(text), len(order))


def options(p: Partnership, kind: Ref) -> list[list[str]]:
    """What a reference may point to, as code and words: the rows that the reader sees, then words beside them."""
    target, frame = TABLES[kind.table], p[kind.table]
    codes = frame[target.key[0]].to_list()
    words = frame[target.naming].map(tr).to_list() if target.naming else [""] * len(codes)
    return [
        *([code, word] for code, word in zip(codes, words, strict=True)),
        *([word, tr(word)] for word in kind.also),
    ]
