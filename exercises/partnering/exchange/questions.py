"""What a heading asks for in a form with a row a person: a question, and the item it is about.

"Our stance [O1]", "O1: Our stance", "O1/Our stance", "Our stance - O1" and "O1 Our stance" are one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import combinations

import pandas as pd

from partnering.exchange import form_names
from partnering.language import spoken
from partnering.schema.choices import Choice
from partnering.schema.columns import LONGEST_HEADING, Table
from partnering.schema.kinds import Ref, Unreadable
from partnering.schema.spelling import as_heading, plain
from partnering.schema.tables import TABLES
from partnering.storage import sheets

_IN_BRACKETS = re.compile(r"(.+?)\s*\[(.+)\]\s*", re.DOTALL)
_PARTED = re.compile(r"\s*(?:[:/]|>{1,2})\s*|\s+[-–—.]\s+|\.(?=[^\W\d_]\d)")
_CODE_FIRST = re.compile(r"\s*([^\W\d_]\d+)\b[\s.)]+(.+)", re.DOTALL)
_CODE_LAST = re.compile(r"(.+?)[\s(]+([^\W\d_]\d+)\s*\)?\s*", re.DOTALL)
# What form tools put behind a question for what stands beside its answer: "[R1] [Comment]".
_BESIDE_AN_ANSWER = re.compile(
    r"\[(?:score|points|feedback|comments?|other|kommentar|sonstiges|comentario|otro|commentaire|"
    r"autre|comentário|outro)\]\s*\Z",
    re.IGNORECASE,
)
_GIVEN = sheets.WHO_ANSWERS
MOST_SIGNS = 12  # that may part two items in a heading
Question = tuple[Table, str, dict[str, str]]  # a table, its column, and the item by its columns


def question_of(heading: str) -> Question | None:
    """The table and column that a heading such as "Our stance [O1]" asks for, and the item.

    Where several tables fit, one counts whose codes the item is written with.
    """
    if len(heading) > LONGEST_HEADING or _BESIDE_AN_ANSWER.search(heading):
        return None
    return _question_of(heading, spoken())


@lru_cache(maxsize=16_384)  # each heading is looked at several times
def _question_of(heading: str, _language: object) -> Question | None:
    fitting: list[Question] = []
    for question, item, _ in form_names.parted(as_heading(heading)):
        for table in TABLES.values():
            name = _column_asked(table, question)
            if name and (line := form_names.line_of(table, item)):
                return table, name, line
    for question, item, parted in _ways_to_part(as_heading(heading)):
        for table in TABLES.values():
            name = _column_asked(table, question) if table.views else ""
            if not name or name in table.key:
                continue
            items = _items(table, item)
            if items and has_code(table, items):
                return table, name, items
            if items and parted:
                fitting.append((table, name, items))
    return fitting[0] if fitting and not form_names.knows(heading) else None


def _column_asked(table: Table, question: str) -> str:
    """The column of a table that a question asks for, also behind the group of a form; or ""."""
    bare = form_names.without_group(question)
    return table.meant_by(question) or table.meant_by(bare) or form_names.column_meant(table, bare)


def _ways_to_part(heading: str) -> list[tuple[str, str, bool]]:
    """How a heading may be made of a question and an item, and whether a sign parts them.

    Without a sign between them the item has to be a code, as in "Our stance O1".
    """
    if match := _IN_BRACKETS.fullmatch(heading):
        parts = re.split(r"\]\s*\[", match[2])
        signs = [(match[1], part) for part in dict.fromkeys((*parts, "; ".join(parts)))]
    else:
        signs = [
            (heading[: cut.start()], heading[cut.end() :]) for cut in _PARTED.finditer(heading)
        ]
        signs += [(item, question) for question, item in signs]
    codes = []
    if match := _CODE_LAST.fullmatch(heading):
        codes.append((match[1], match[2]))
    if match := _CODE_FIRST.fullmatch(heading):
        codes.append((match[2], match[1]))
    return [
        *form_names.parted(heading),
        *((question, item, True) for question, item in signs),
        *((question, item, (question, item) in signs) for question, item in codes),
    ]


def _items(table: Table, text: str) -> dict[str, str]:
    """What an answer is about, by column: a code or name, or several in any order."""
    names = [name for name in table.key if name not in _GIVEN]
    signs = [match.span() for match in re.finditer(r"\s*[,;/]\s*", text)][:MOST_SIGNS]
    for cuts in combinations(signs, max(len(names) - 1, 0)):  # words may hold commas themselves
        ends = [*(start for start, _ in cuts), len(text)]
        parts = [text[at:end] for at, end in zip([0, *(end for _, end in cuts)], ends, strict=True)]
        if items := _of_columns(table, names, parts):
            return items
    return {}


def _of_columns(table: Table, names: list[str], parts: list[str]) -> dict[str, str]:
    """Which column each part of an item belongs to; nothing where one belongs to none."""
    found: dict[str, str] = {}
    if not names or len(parts) != len(names):
        return {}
    for name in sorted(names, key=lambda name: isinstance(table.by_name[name].kind, Ref)):
        part = next((part for part in parts if _fits(table, name, part)), None)
        if part is None:
            return {}
        parts.remove(part)
        found[name] = _code_in(table, name, part)
    return found


def _code_in(table: Table, name: str, text: str) -> str:
    """The code with which an item begins, as in "R1 The gate is locked", else the item as it is.

    "R1 and R2", "R1-R3" or "B1 They say so; B3 They ask" are about several: none of them is taken.
    """
    prefix = _prefix(table, name)
    begins = rf"[\s*]*({prefix}\d+)(?![^\W_])"  # form tools write stars around what is bold
    match = re.match(begins, text, re.IGNORECASE) if prefix else None
    if not match or re.search(_goes_on(prefix), text[match.end() :], re.IGNORECASE):
        return text
    return match[1]


@cache
def _goes_on(prefix: str) -> str:
    """What behind a code names another one: at once, by a sign or a short word, or in a list."""
    code = rf"[\s*]*{prefix}\d+(?![^\W_])"
    return rf"\A[\s*)]*(?:[-–—,;/&+_]|[^\W\d_]{{1,4}}\b)?{code}|[,;\n]{code}"


def _prefix(table: Table, name: str) -> str:
    """The letter with which the codes begin that a column points to, "" where there is none."""
    kind = table.by_name[name].kind
    return TABLES[kind.table].letter if isinstance(kind, Ref) else ""


def _fits(table: Table, name: str, text: str) -> bool:
    """Whether a text may be an item: a word of a choice, or any text that names a row."""
    kind = table.by_name[name].kind
    if not isinstance(kind, Choice):
        return bool(text.strip())
    try:
        return bool(kind.read(text))
    except Unreadable:
        return False


def has_code(table: Table, items: dict[str, str]) -> bool:
    """Whether an item is written as a code of the table that it should belong to.

    Args:
        table: The table of a question.
        items: What the question is about, by column.
    """
    for name, text in items.items():
        prefix = _prefix(table, name)
        if prefix and re.fullmatch(rf"{prefix}\d+", text.strip(), re.IGNORECASE):
            return True
    return False


def alone(heading: str) -> Question | None:
    """The column in which a question about no item stands, in a table with one row a partner."""
    for table in TABLES.values():
        if table.key == ("partner",) and table.name != "partners":
            column = table.meant_by(heading) or table.meant_by(form_names.without_group(heading))
            if column and column not in ("partner", "share"):
                return table, column, {}
    return None


def code_of(table: Table, name: str, text: str) -> str:
    """What stands in a cell; of an answer such as "B1 They say so" the code."""
    kind = table.by_name[name].kind
    return _code_in(table, name, text) if isinstance(kind, Ref) and not kind.many else text


def column_of(typed: pd.DataFrame, name: str) -> str:
    """The heading under which a form says who answers, "" where there is none."""
    ways: set[str] = set()
    for table in TABLES.values():
        if table.views or name == "share":
            ways |= {way for way, column in table.headers.items() if column == name}
    bare = (str, as_heading, lambda heading: as_heading(form_names.without_group(heading)))
    return next(
        (
            heading
            for look in bare
            for heading in typed.columns
            if plain(look(heading)) in ways and not (look is bare[-1] and question_of(heading))
        ),
        "",
    )
