"""Forms for form tools: an XLSForm for KoboToolbox and ODK, and questions to paste into others.

Source: the XLSForm standard, https://xlsform.org.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from partnering.exchange import form_questions
from partnering.exchange.form_questions import (
    AMOUNT,
    DAY,
    NOT_TO_ANSWER,
    TEXT,
    WHO,
    WHOLE,
    Form,
    Group,
    Question,
)
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema.spelling import as_name
from partnering.schema.wording import not_for_decisions
from partnering.storage import atomic, made_files, xlsx_cells
from partnering.storage.form_marks import VOICES
from partnering.storage.stored import place_of

SURVEY = (
    *("type", "name", "label", "hint", "required", "appearance", "relevant"),
    *("constraint", "constraint_message"),
)
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version")
TYPES = {TEXT: "text", WHOLE: "integer", AMOUNT: "decimal", DAY: "date"}
_ONE_VOICE = as_name(VOICES[1])
Rows = list[dict[str, str]]


def make(
    out: Path | str,
    stops: list[int] | None = None,
    full: bool | None = None,
    partnership: Partnership | None = None,
) -> list[Path]:
    """Write the forms of some stops into a folder, each as XLSForm and as questions to paste.

    Args:
        out: The folder, which is made where there is none.
        stops: The stops; every one that has something to ask where they are left out.
        full: Whether they ask for the full form; None for both.
        partnership: The partnership whose partners and lines they bear, as the room sees them.

    Returns:
        The files.

    Raises:
        NotSaved: A stop has nothing for a form tool, or a file cannot be written.
    """
    place = atomic.make_folders(Path(out))
    made: dict[Path, bytes] = {}
    for wording in (False, True) if full is None else (full,):
        for stop in form_questions.stops(wording) if stops is None else stops:
            form = form_questions.form(stop, wording, partnership)
            made[place / f"form-tool-{form.name}.xlsx"] = xlsform(form)
            made[place / f"form-tool-{form.name}.txt"] = question_list(form).encode("utf-8-sig")
    whose = place_of(partnership) if partnership is not None else None
    return list(made_files.write(made, whose).values())


# ---------------------------------------------------------------- for KoboToolbox and ODK


def xlsform(form: Form) -> bytes:
    """A form as KoboToolbox and ODK take it: a workbook with survey, choices and settings.

    Args:
        form: The questions.
    """
    from xlsxwriter import Workbook

    survey, choices = sheets(form)
    digest = atomic.digest(repr((form, survey)).encode()).hex()[:12]
    settings = {
        "form_title": form.title,
        "form_id": f"partnering_{as_name(form.name)}",
        "version": digest,
    }
    made = io.BytesIO()
    with Workbook(made, xlsx_cells.NO_TRICKS) as book:
        for name, headings, rows in (
            ("survey", SURVEY, survey),
            ("choices", CHOICES, choices),
            ("settings", SETTINGS, [settings]),
        ):
            page = book.add_worksheet(name)
            for across, heading in enumerate(headings):
                page.write_string(0, across, heading)
                for down, row in enumerate(rows, start=1):
                    if text := xlsx_cells.clean(row.get(heading, "")):
                        page.write_string(down, across, text)
    return made.getvalue()


def sheets(form: Form) -> tuple[Rows, Rows]:
    """The rows of the sheets survey and choices.

    Args:
        form: The questions.
    """
    lists: dict[tuple[form_questions.Answer, ...], str] = {}
    for question in form.questions:
        if question.answers and question.answers not in lists:
            name = question.name.partition("__")[0]
            taken = name in lists.values()
            lists[question.answers] = f"{name}_{len(lists)}" if taken else name
    survey: Rows = [{"type": "note", "name": "read_me", "label": " ".join(_how())}]
    asked = {question.name for question in form.questions}
    for group in form.groups:
        survey += _group(group, lists, asked)
    choices = [
        {"list_name": name, "name": value, "label": said}
        for answers, name in lists.items()
        for value, said in answers
    ]
    return survey, choices


def _how() -> list[str]:
    """What stands over every form."""
    return [
        not_for_decisions(),
        tr("Leave what you do not wish to answer."),
        tr("No names of people, no accusations."),
    ]


def _group(
    group: Group, lists: dict[tuple[form_questions.Answer, ...], str], asked: set[str]
) -> Iterator[dict[str, str]]:
    """The rows of one group."""
    conditions = []
    if group.name != WHO and "share" in asked:
        conditions.append(f"${{share}} != '{NOT_TO_ANSWER}'")
    if group.whole_only and "respondent" in asked:
        conditions.append(f"${{respondent}} != '{_ONE_VOICE}'")
    yield {
        "type": "begin_group",
        "name": group.name,
        "label": group.title,
        "appearance": "table-list" if group.rows else "field-list",
        "relevant": " and ".join(conditions),
    }
    for place, question in enumerate(group.questions):
        kind = TYPES.get(question.kind) or f"select_one {lists[question.answers]}"
        constraint, message = _constraint(question)
        yield {
            "type": kind,
            "name": question.name,
            "label": question.title,
            # in a grid the words are explained once, over its first row
            "hint": question.help if place == 0 or not group.rows else "",
            "required": "yes" if question.needed else "",
            "appearance": "multiline"
            if question.kind == TEXT and question.name != "partner"
            else "",
            "relevant": f"${{{question.after}}} != ''" if question.after else "",
            "constraint": constraint,
            "constraint_message": message,
        }
    yield {"type": "end_group", "name": group.name}


def _constraint(question: Question) -> tuple[str, str]:
    """What an answer has to be, as the tools check it, and in words."""
    if question.kind not in (WHOLE, AMOUNT):
        return "", ""
    test = f". >= {question.low} and . <= {question.high}"
    said = tr("a whole number from {low} to {high}") if question.kind == WHOLE else ""
    said = said or tr("an amount from {low} to {high}")
    if question.at_least:
        test += f" and (${{{question.at_least}}} = '' or . >= ${{{question.at_least}}})"
    return test, said.format(low=question.low, high=question.high)


# ---------------------------------------------------------------- for all other tools


def question_list(form: Form) -> str:
    """The questions as text, to be pasted into any form tool.

    Args:
        form: The questions.
    """
    lines = [form.title, "=" * len(form.title), "", *_how(), "", *_how_to_paste(), ""]
    for group in form.groups:
        lines += ["", group.title, "-" * len(group.title)]
        lines += [group.help] if group.help else []
        lines += _as_grid(group) if group.rows else []
        for question in group.questions:
            lines += ["", question.title + (" *" if question.needed else "")]
            if question.help and not group.rows:
                lines.append(f"    ({question.help})")
            lines += [f"    o {said}" for _, said in question.answers] or [f"    {_kind(question)}"]
    return "\n".join(lines) + "\n"


def _how_to_paste() -> list[str]:
    return [
        tr("Paste each title as it is, with what is in brackets: answers are recognised by it."),
        tr("A question with circles takes one answer. A star marks what is needed."),
        tr("Do not collect addresses of people, and ask nobody to sign in."),
    ]


def _as_grid(group: Group) -> list[str]:
    """A group as a grid, for tools that have one."""
    first = group.questions[0]
    return [
        f"    ({first.help})",
        tr("As a grid: the title is “{title}”.").format(title=group.title),
        tr("Its rows:"),
        *(f"    {row}" for row in group.rows),
        tr("Its columns:"),
        *(f"    {said}" for _, said in first.answers),
        tr("In Microsoft Forms, and where there is no grid, a question for each row:"),
    ]


def _kind(question: Question) -> str:
    """What is typed into a question without words to choose from."""
    if question.kind == WHOLE:
        return tr("a whole number from {low} to {high}").format(
            low=question.low, high=question.high
        )
    if question.kind == AMOUNT:
        return tr("an amount in figures, such as 94000 or 94000.50")
    return tr("a day") if question.kind == DAY else tr("free words")
