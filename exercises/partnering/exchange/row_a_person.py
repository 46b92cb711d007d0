"""A sheet of a form tool with a row a person and a column for every question and item.

Its cells become rows of the handbook's tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

import pandas as pd

from partnering.exchange import form_names, people, submissions
from partnering.exchange.left_out import leave_out, of_the_tool, tell_headings, without_names
from partnering.exchange.questions import Question, alone, code_of, column_of, has_code, question_of
from partnering.exchange.sources import Found, Source, organisation
from partnering.language import tr
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_FACILITATOR, Code
from partnering.schema.spelling import plain, seen
from partnering.schema.tables import RESPONDENT, SHARE, TABLES
from partnering.schema.unknown import can_read, holds_something, may_protect
from partnering.storage import sheets
from partnering.storage.assumed import CHOICE, SUPPLIED, Assumption, listed, shortened
from partnering.storage.form_marks import VOICES

_GIVEN = sheets.WHO_ANSWERS


def has_a_row_a_person(table: Table | None, headings: Iterable[str]) -> bool:
    """Whether a sheet has a row a person, not a row an answer.

    Args:
        table: The table that it is called after; None where there is none.
        headings: What stands over its columns.
    """
    if table is not None and _asks(table, headings):
        return False
    return any(question_of(heading) or _alone_in_group(heading) for heading in headings)


def _alone_in_group(heading: str) -> bool:
    """Whether a question about no item stands behind the group of a form."""
    return form_names.without_group(heading) != heading.strip() and alone(heading) is not None


def _asks(table: Table, headings: Iterable[str]) -> bool:
    """Whether some heading is one of the table's own, beside those that say who answers."""
    return bool({table.meant_by(heading) for heading in headings} - {"", *_GIVEN})


def read_sheet(source: Source, typed: pd.DataFrame, rest: str, found: Found) -> None:
    """Make rows of the handbook's tables from a sheet with a row a person.

    Args:
        source: Where it came from; the rows go into its sheets.
        typed: What was typed.
        rest: What the sheet is called that keeps what is left over.
        found: Where is told what was assumed or not read.
    """
    found.assumed += submissions.standing(typed, source.name)
    source.sent = submissions.signs(typed)
    sent = {str(row): sign for row, sign in source.sent.items()}
    who = {name: column_of(typed, name) for name in (*_GIVEN, "share")}
    if voice := who["respondent"]:
        whole = typed[voice].map(plain).isin(organisation())
        typed = typed.assign(**{voice: typed[voice].where(~whole, "")}).astype("str")
    others = [heading for heading in typed.columns if heading not in who.values()]
    asked, all_of_them = {}, set(typed.columns)
    for heading in others:
        once = _as_it_stands(heading, all_of_them)
        asked[heading] = question_of(once) or alone(once)
    no_question = [heading for heading, question in asked.items() if not question]
    as_typed, typed = typed, _protected(typed, who, no_question, source.name, found)
    questions = {heading: question for heading, question in asked.items() if question}
    says_whose = any(who[name] and holds_something(typed[who[name]]) for name in _GIVEN)
    about = "" if says_whose else _rows_about(no_question, [*questions.values()], found)
    first_of = {} if about else _asking_the_same(typed, questions, source.name, found)
    if about:
        _tell_across(source.name, about, found)
    made: dict[str, list[dict[str, str]]] = {}
    persons: dict[str, list[str]] = {}
    for number, person in typed.iterrows():
        rows_here = (
            _rows_of_partners(person, who["share"], questions, about)
            if about
            else _rows_of_one(person, who, questions, first_of)
        )
        for name, row in rows_here:
            known = TABLES[name].by_name
            made.setdefault(name, []).append({key: row[key] for key in row if key in known})
            persons.setdefault(name, []).append(str(number))
    source.numbered = {
        table.name for table, _, items in questions.values() if form_names.LINE in items
    }
    for name, rows in made.items():
        numbers = range(2, len(rows) + 2)
        sheet = pd.DataFrame(rows, index=numbers).fillna("").astype("str")
        signs = [sent.get(person, person) for person in persons[name]]
        source.people[name] = pd.Series(signs, index=numbers, dtype="str")
        source.rows[name] = dict(zip(numbers, persons[name], strict=True))
        source.sheets[name] = sheet
    read = {*questions, about}
    left = [name for name in others if name not in read and holds_something(as_typed[name])]
    if left:
        source.sheets[rest] = as_typed[left]
    asked_before = [name for name in left if name in who.values()]
    found.later.append(partial(_keep_what_is_left, source, rest, asked_before, found))


def _rows_about(headings: Sequence[str], questions: Sequence[Question], found: Found) -> str:
    """The heading that says what each row is about, where each partner has a column; or ""."""
    if not questions or any(len(items) != 1 for _, _, items in questions):
        return ""
    keys = {name for _, _, items in questions for name in items}
    if form_names.LINE in keys or any(has_code(table, items) for table, _, items in questions):
        return ""
    if not all(
        _may_be_partner(item, found) for _, _, items in questions for item in items.values()
    ):
        return ""
    tables = {table.name: table for table, _, _ in questions}
    for heading in headings:
        meant = {table.meant_by(heading) for table in tables.values()}
        if len(meant) == 1 and meant == keys:
            return heading
    return ""


def _may_be_partner(text: str, found: Found) -> bool:
    """Whether a text is a known partner, or is written as the code of one: VEC, but not now."""
    return plain(text) in found.organisations or (text == text.upper() and can_read(Code(), text))


def _tell_across(file: str, about: str, found: Found) -> None:
    """Say that the columns of a sheet were taken for partners."""
    said = tr(
        "each partner has a column of its own here. So each column was taken for the answers of "
        "one partner, and each row for one line of “{column}”."
    )
    found.assumed.append(Assumption(said.format(column=about), file=file))


def _rows_of_partners(
    line: pd.Series, share: str, questions: Mapping[str, Question], about: str
) -> list[tuple[str, dict[str, str]]]:
    """The rows that one line makes in which each partner has columns, with their tables.

    Args:
        line: The cells of the line by their headings.
        share: The heading that says who may see it; "" where there is none.
        questions: What the headings ask for; in the place of the item stands the partner.
        about: The heading that says what the line is about.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for heading, (table, name, items) in questions.items():
        if seen(line[heading]).strip():
            ((key, partner),) = items.items()
            given = {"partner": partner, key: code_of(table, key, line[about])}
            given |= {"share": line[share]} if share else {}
            rows.setdefault((table.name, partner), given).setdefault(name, line[heading])
    return [(name, row) for (name, _), row in rows.items()]


def _as_it_stands(heading: str, headings: Collection[str]) -> str:
    """A heading without the number by which a second one of the same words is told apart."""
    first = re.sub(r"(?: \(\d+\)|\.\d+)\Z", "", heading)
    return first if first in headings else heading


def _keep_what_is_left(source: Source, rest: str, asked: list[str], found: Found) -> None:
    """Leave out of a form with a row a person what tells who somebody is, and tell the rest.

    Args:
        source: What was made of the form.
        rest: The sheet of what are no questions of the handbook.
        asked: The columns of it that have had their sentence.
        found: Where it is told.
    """
    for name in source.rows:
        if "respondent" in source.sheets[name]:
            table, sheet = TABLES[name], source.sheets[name]
            source.sheets[name] = without_names(source.name, source, table, sheet, found)
    if rest not in source.sheets:
        return
    sheet = source.sheets.pop(rest)
    held = people.columns(sheet, sheet.columns, found.organisations)
    told = {
        name: tr(held[name]) if name in held else tr("what the form tool notes for itself")
        for name in sheet.columns
        if name in held or (name not in asked and of_the_tool(name))
    }
    kept = leave_out(source.name, sheet, told, found)
    if len(kept.columns):
        source.sheets[rest] = kept
    taken = ""  # for the column of the partner, which is told elsewhere
    if any("partner" in TABLES[name].by_name for name in source.rows) and not any(
        text.strip() for name in source.rows for text in source.column(name, "partner")
    ):
        taken = form_names.column_of_organisations(kept, found.organisations)
    if untold := [name for name in kept.columns if name not in (*asked, *told, taken)]:
        tell_headings(source.name, untold, found)


def _asking_the_same(
    typed: pd.DataFrame, questions: Mapping[str, Question], file: str, found: Found
) -> dict[str, str]:
    """For each heading the first one that asks the same.

    Of two such columns the first that is filled in counts. Both are named, and where they differ.
    """
    first: dict[tuple[str, str, str], str] = {}
    same: dict[str, str] = {}
    for heading, (table, name, items) in questions.items():
        asked = table.name, name, repr(sorted((key, plain(item)) for key, item in items.items()))
        same[heading] = first.setdefault(asked, heading)
    for heading, one in same.items():
        if one == heading or not holds_something(typed[heading]):
            continue
        table, name, _ = questions[heading]
        differ = []
        for row, first_text, other in zip(typed.index, typed[one], typed[heading], strict=True):
            if first_text.strip() and other.strip() and plain(first_text) != plain(other):
                said = tr("row {row} “{one}” and “{other}”")
                differ.append(said.format(row=row, one=first_text.strip(), other=other.strip()))
        sentence = tr(
            "“{one}” and “{other}” ask the same. The first that is filled in counts until you "
            "decide."
        ).format(one=shortened(one), other=shortened(heading))
        if differ:
            sentence += " " + tr("They differ: {differ}.").format(differ=listed(differ))
        column = tr(table.by_name[name].label)
        kind = CHOICE if differ else SUPPLIED
        found.assumed.append(Assumption(sentence, file=file, column=column, kind=kind))
    return same


def _protected(
    typed: pd.DataFrame, who: dict[str, str], headings: Iterable[str], file: str, found: Found
) -> pd.DataFrame:
    """A sheet with a row a person in which the stricter counts where a heading is not certain.

    A heading that may say who spoke makes each person one voice; one that may say who is to see an
    answer keeps all answers for the facilitator. Both are told.

    Args:
        typed: What was typed.
        who: The headings under which the person says who answers and who may see it; where there is
            none, the one that may mean it is put in.
        headings: The headings that ask for no column of the handbook.
        file: What the file is called.
        found: Where it is told.
    """
    own = [name for name in headings if not of_the_tool(name) and holds_something(typed[name])]
    for column, word in ((RESPONDENT, VOICES[1]), (SHARE, SHARE_FACILITATOR)):
        near = next((name for name in own if may_protect(name, typed[name], column)), "")
        if not near:
            continue
        counts = pd.Series(word, index=typed.index)
        if column is RESPONDENT:
            counts = counts.where(typed[near].str.strip() != "", "")
            if given := who[column.name]:
                counts = typed[given].where(typed[given].str.strip() != "", counts)
        who[column.name] = who[column.name] or near
        typed = typed.assign(**{who[column.name]: counts}).astype("str")
        found.not_read(
            tr(
                "{file}: does “{found}” say what “{label}” asks? Until that is clear “{word}” "
                "counts. If so, write “{label}” over it, and only once; if not, give it another "
                "name."
            ).format(file=file, found=near, label=tr(column.label), word=tr(word))
        )
    return typed


def _rows_of_one(
    person: pd.Series,
    who: dict[str, str],
    questions: dict[str, Question],
    first_of: Mapping[str, str],
) -> list[tuple[str, dict[str, str]]]:
    """The rows that one person's answers make, each with the name of its table.

    Args:
        person: The cells of the person's row by their headings.
        who: The headings under which the person says who answers, "" where there is none.
        questions: What the other headings ask for.
        first_of: For each of these the first that asks the same.
    """
    given = {name: person[heading] for name, heading in who.items() if heading}
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for heading, (table, name, _) in questions.items():
        if seen(person[heading]).strip():
            items = questions[first_of[heading]][2]
            row = rows.setdefault((table.name, *items.values()), {**given, **items})
            row.setdefault(name, code_of(table, name, person[heading]))
    return [(name, row) for (name, *_), row in rows.items()]
