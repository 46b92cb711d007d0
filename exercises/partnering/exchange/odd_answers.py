"""Answers that can be read and are probably not meant so: they are kept as typed, and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from partnering.exchange.merged import Row
from partnering.exchange.people import tells_how_to_reach
from partnering.language import tr
from partnering.schema.columns import Table
from partnering.schema.kinds import Text
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage.assumed import Assumption

# What programs write for an empty cell.
_EMPTY = frozenset(("NA", "<NA>", "NULL", "NaN", "nan", "undefined", "\\N"))
# What people write who mean what stands above, in plain letters; the sign alone is none.
_AS_ABOVE = frozenset(
    (
        *("ditto", "idem", "id", "do", "same", "same as above", "as above", "see above", "ibid"),
        *("siehe oben", "wie oben", "ver arriba", "igual", "lo mismo", "voir ci-dessus", "pareil"),
        *("ver acima", "o mesmo", "то же", "как выше", "sama", "同上"),
    )
)
_SIGNS_AS_ABOVE = frozenset(('"', "''", "″", "〃", "„", "”", "“", "-”-", '-"-', "-„-"))
# Where people write how somebody is reached, or what the facilitator alone has to know.
_CONTACTS = ("partnership", "partners")


def told(
    rows: Mapping[str, Sequence[Row]], own: str, keep_people: bool = False
) -> Iterator[Assumption]:
    """What is asked about answers that came back.

    Args:
        rows: The rows of the whole, by the names of their tables.
        own: What the partnership is called that is open: it is not asked about.
        keep_people: Whether what tells who somebody is is kept on purpose.

    Yields:
        The questions, each with its place.
    """
    for name, some in rows.items():
        if table := TABLES.get(name):
            yield from _about_words(table, some, own, keep_people)
            yield from _about_codes(table, some, own)
            if table.own:
                yield from _taken_back(table, some, own)


def _about_words(
    table: Table, rows: Sequence[Row], own: str, keep_people: bool
) -> Iterator[Assumption]:
    """The questions about texts that are no words, or tell how somebody is reached."""
    empty = tr(
        "“{found}” may be what a program writes for an empty cell. It was kept as an answer. "
        "Empty the cell if it is not one."
    )
    people = tr(
        "an e-mail address or a phone number stands within the words. They were kept as typed. "
        "Write the role in the place of the person."
    )
    above = tr(
        "“{found}” may mean what the line above says. It was kept as an answer. Type the words "
        "themselves."
    )
    asked = [
        column
        for column in table.columns
        if isinstance(column.kind, Text) and column.name not in ("respondent", *table.key)
    ]
    looks_for_people = not keep_people and table.name not in _CONTACTS
    for column in asked:
        places: dict[tuple[str, str], list[object]] = {}
        for row in rows:
            text, file = row.cells.get(column.name, ""), row.first_in.get(column.name, own)
            if not text or file == own:
                continue
            said = empty.format(found=text) if text in _EMPTY else ""
            if plain(text) in _AS_ABOVE or text in _SIGNS_AS_ABOVE:
                said = above.format(found=text)
            if looks_for_people and tells_how_to_reach(text):
                said = people
            if said:
                places.setdefault((file, said), []).append(row.first_at[column.name])
        for (file, said), numbers in places.items():
            place = tr(table.label), tuple(dict.fromkeys(numbers)), tr(column.label)
            yield Assumption(said, file, *place)


def _about_codes(table: Table, rows: Sequence[Row], own: str) -> Iterator[Assumption]:
    """The questions about lines that say the same under two codes."""
    if not table.naming or len(table.key) != 1:
        return
    first: dict[str, Row] = {}
    for row in rows:
        words = plain(row.cells.get(table.naming, ""))
        if not words:
            continue
        other = first.setdefault(words, row)
        file = row.files[0]
        if other is row or (file == own and other.files[0] == own):
            continue
        if not row.cells.get(table.key[0]) or not other.cells.get(table.key[0]):
            continue
        said = tr(
            "{code} says the same as {other} in {file}, and both were read. If they are one, give "
            "them the same code, and merge again."
        ).format(code=row.cells[table.key[0]], other=other.cells[table.key[0]], file=other.files[0])
        yield Assumption(said, file, tr(table.label), (row.rows_in.get(file, ""),))


def _taken_back(table: Table, rows: Sequence[Row], own: str) -> Iterator[Assumption]:
    """That a partner leaves empty what it has answered in the open partnership, where it stays."""
    places: dict[tuple[str, str], list[object]] = {}
    for row in rows:
        for name, files in row.left_empty.items():
            if row.first_in.get(name) == own and name in table.by_name and name != "share":
                for file in dict.fromkeys(files):
                    places.setdefault((file, name), []).append(row.rows_in[file])
    for (file, name), numbers in places.items():
        said = tr(
            "this is empty here and answered in the open partnership, where it stays. If it was "
            "taken back, empty it there."
        )
        column = tr(table.by_name[name].label)
        yield Assumption(said, file, tr(table.label), tuple(numbers), column)
