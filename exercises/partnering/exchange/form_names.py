"""What a question is called in a form tool, and how it is known again in what the tool exports.

A question has a name for tools that want one without blanks, and a title for people:
"how_likely__R1" and "How likely [R1 The gate stays locked]". A line that has no code yet is named
by its table, or its box, and a number: "what__bring__2" and "What [bring 2]". Form tools put groups
before both, and codes of their own; these do not count.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

import pandas as pd

from partnering.language import tr
from partnering.schema.choices import Choice
from partnering.schema.columns import Table
from partnering.schema.kinds import Ref, Unreadable
from partnering.schema.spelling import as_heading, as_name, plain
from partnering.schema.tables import BOXES, TABLES

APART = "__"  # between the parts of a name
LINE = "line of the form"  # what tells lines without a code apart; it is no column
_NAME = re.compile(r"\w+(?:[/:.-]\w+)*", re.ASCII)
_OF_LIMESURVEY = re.compile(r"[A-Za-z]\w*(?:\[\w+\])*\.\s+(?=\S)", re.ASCII)
_CODE_IN_NAME = re.compile(r"(\w+?)_+([A-Za-z]\d+)", re.ASCII)
_NUMBERED_LINE = re.compile(r"(.+?)[\s_,]*(\d{1,2})", re.DOTALL)
_ROUND_BRACKETS = re.compile(r"(.+?)\s*\(((?:[^()]|\([^()]*\))+)\)\s*", re.DOTALL)
_SCALES = re.compile(r"[^\[\]]*\[([^\[\]]+)\]\s*\[([^\[\]]+)\]\s*")


def name_of(column: str, *items: str) -> str:
    """The name of a question, without blanks.

    Args:
        column: The column that it asks for.
        items: What it is about: words or codes.
    """
    codes = [item if re.fullmatch("[A-Z0-9]+", item) else as_name(item) for item in items]
    return APART.join([column, *codes])


def title_of(label: str, *items: str) -> str:
    """The title of a question, as people see it.

    Args:
        label: The label of its column.
        items: What it is about: words, or a code with its words behind it.
    """
    said = [item.replace("[", "(").replace("]", ")") for item in items]  # ours have a meaning
    return in_one_line(f"{label} [{', '.join(said)}]" if said else label)


def in_one_line(text: str) -> str:
    """Words of a partnership as a form tool may show them: in a line, and no reference of its own.

    Args:
        text: The words. "${...}" would point to another question.
    """
    return " ".join(text.replace("${", "$ {").split())


def without_group(heading: str) -> str:
    """A heading without the groups and codes that a form tool puts before it.

    Args:
        heading: Such as "about_you-partner", "About you/Partner" or "G1Q2[SQ001]. How likely [R1]".
    """
    bare = heading.strip()
    if _NAME.fullmatch(bare):
        return re.split(r"[/:.-]", bare)[-1]
    if code := _OF_LIMESURVEY.match(bare):
        return bare[code.end() :]
    before, bracket, item = bare.partition("[")
    return before.rpartition("/")[2].strip() + bracket + item


def parted(heading: str) -> Iterator[tuple[str, str, bool]]:
    """How a heading of a form tool may be made of a question and an item.

    Args:
        heading: What stands over a column.

    Yields:
        The question, what it is about, and whether this is certain without a known code in it.
    """
    bare = without_group(heading)
    if _NAME.fullmatch(bare):
        question, *items = bare.split(APART)
        if items:
            yield question, ", ".join(items), True
        if code := _CODE_IN_NAME.fullmatch(bare):
            yield code[1], code[2], False
    elif scales := _SCALES.fullmatch(bare):  # an item, and the heading of one of its two scales
        yield scales[2], scales[1], False
    elif "[" in bare and bare.endswith("]"):
        question, _, item = bare.removesuffix("]").partition("[")
        yield question.strip(), item, False
    elif brackets := _ROUND_BRACKETS.fullmatch(bare):
        yield brackets[1], brackets[2], False


def column_meant(table: Table, question: str) -> str:
    """The column of a table that a name without blanks or signs means; or "".

    Args:
        table: The table.
        question: Such as "howlikely", where a tool takes letters alone.
    """
    asked = question.strip().casefold()
    return next((name for name in table.by_name if name.replace("_", "") == asked), "")


def line_of(table: Table, item: str) -> dict[str, str]:
    """What a line without a code is about, as "bring 2" or "promises 1" says; or nothing.

    Args:
        table: The table that it would belong to.
        item: What a question is about.
    """
    if not in_lines(table):
        return {}
    numbered = _NUMBERED_LINE.fullmatch(item.strip())
    if not numbered:
        return {}
    said, number = numbered[1], numbered[2]
    if table.name not in BOXES:
        ways = {plain(way) for way in (table.name, table.label, tr(table.label))}
        return {LINE: f"{table.name} {number}"} if plain(said) in ways else {}
    column, boxes = BOXES[table.name]
    try:
        box = str(table.by_name[column].kind.read(said))
    except Unreadable:
        return {}
    return {column: box, LINE: f"{box} {number}"} if box in boxes else {}


def items_of(table: Table) -> list[str]:
    """The columns that say what an answer is about, where a form says it beforehand."""
    about = [name for name in table.key if name not in ("partner", "respondent")]
    columns = [table.by_name[name] for name in about]
    said = all(isinstance(column.kind, Choice | Ref) and column.given for column in columns)
    return about if said else []


def in_lines(table: Table) -> bool:
    """Whether a form asks for a table line by line, since nothing says beforehand what about."""
    return table.asked_of_one and table.key != ("partner",) and not items_of(table)


def knows(heading: str) -> bool:
    """Whether a heading without its groups says who answers, or who may see it."""
    bare = without_group(heading)
    return bare != heading.strip() and any(
        table.meant_by(bare) in ("partner", "respondent", "share") for table in TABLES.values()
    )


# What stands over a column in which people say for whom they answer, in plain letters.
_ORGANISATION = frozenset(
    plain(before + word + after)
    for word in (
        *("organisation", "organization", "institution", "agency", "partner organisation"),
        *("organización", "institución", "entidad", "organização", "instituição", "structure"),
        *("организация", "المنظمة", "organisasi", "shirika", "kuruluş", "organizacja", "ngo"),
    )
    for before in (
        *("", "your ", "our ", "which ", "name of ", "name of your ", "name of the ", "the "),
        *("tu ", "su ", "nombre de la ", "nombre de su ", "votre ", "notre ", "nom de l'"),
        *("nom de votre ", "ihre ", "name der ", "name ihrer ", "sua ", "nome da ", "nome della "),
    )
    for after in ("", " name", " are you from", " do you work for", " do you represent")
)


def column_of_organisations(sheet: pd.DataFrame, partners: Container[str]) -> str:
    """The first column that says for which organisation people answer; "" where there is none.

    Args:
        sheet: What was typed.
        partners: Codes and names of partners in plain letters.
    """
    columns = (name for name in sheet.columns if _names_organisations(name, sheet[name], partners))
    return next(columns, "")


def _names_organisations(heading: str, texts: Iterable[str], partners: Container[str]) -> bool:
    """Whether a heading such as "Your organisation" and all cells below it name organisations."""
    if plain(as_heading(without_group(heading))) not in _ORGANISATION:
        return False
    said = {plain(text) for text in texts} - {""}
    return bool(said) and all(text in partners for text in said)
