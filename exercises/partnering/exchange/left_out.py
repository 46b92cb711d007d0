"""Columns of a file that came back which are no answers.

Those that tell who somebody is, and what form tools note for themselves, are left out; others that
are not known are kept. All are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from partnering.exchange import people
from partnering.exchange.form_names import column_of_organisations
from partnering.exchange.sources import SENT, Found, Source, column_or_empty, one_voice
from partnering.language import tr, trn
from partnering.schema.columns import Table
from partnering.schema.spelling import plain
from partnering.schema.tables import RESPONDENT, TABLES
from partnering.schema.unknown import asked_about, holds_something
from partnering.storage.assumed import LEFT_OUT, Assumption, listed, shortened, supplied
from partnering.storage.form_marks import VOICES

# What form tools add of their own accord and that tells nobody, in plain letters; `people` knows
# the rest.
_OF_THE_TOOL = frozenset(
    (
        *("id", "submission id", "response id", "respondent id", "collector id", "network id"),
        *("uuid", "index", "score", "total points", "quiz feedback", "progress", "last page"),
        *("start language", "user language", "language", "seed", "token", "validation status"),
        *("status", "version", "finished", "duration in seconds", "duration"),
        *("custom data 1", "external reference", "distribution channel", "last modified time"),
        *("external data reference", "response type", "lastpage", "startlanguage", "edits"),
        *("attachmentspresent", "attachmentsexpected", "formversion", "reviewstate"),
        *("duration (in seconds)", "percent complete", "quiz score", "grade posted time"),
        # of LimeSurvey, in German, Spanish, French and Portuguese
        *("antwort id", "letzte seite", "start-sprache", "zufallsstartwert", "zugangscode"),
        *("id de respuesta", "última página", "lenguaje inicial", "idioma inicial", "semilla"),
        *("id de la réponse", "dernière page", "langue de départ", "langue initiale"),
        *("tête de série", "id da resposta", "última página acessada", "idioma de início"),
    )
)
_BEFORE_THE_TOOLS_OWN = ("generated_", "reserved_", "Points - ", "Feedback - ")
_BEHIND_THE_TOOLS_OWN = (" [Score]", " [Feedback]")
_OF_KOBO = frozenset(("notes", "tags"))  # behind a low line; without it they are somebody's own


def tell_what_is_not_known(
    where: str, source: Source, own: str, sheet: pd.DataFrame, found: Found, is_told: bool = False
) -> None:
    """Say that nothing of a sheet was read, unless that is told, or which of its columns was not.

    Columns that tell who somebody is are named and left out.

    Args:
        where: What the sheet is called on the screen.
        source: Where it came from; the sheet there is the one that is left.
        own: Its name in the source: that of its table, or one of its own.
        sheet: What was typed.
        found: Where it is told.
        is_told: Whether it is told already that the whole sheet was not read.
    """
    table = TABLES.get(own)
    known = set(table.by_name) if table else set()
    if table:
        sheet = _with_voices_of_people(where, source, table, sheet, found)
    asked = asked_about(table, sheet).values() if table else ()  # the check tells these
    rest = [name for name in sheet.columns if name not in known and name not in asked]
    source.sheets[own] = sheet = _without_people(where, sheet, rest, found)
    if not len(sheet.columns):
        del source.sheets[own]
    if table and "respondent" in sheet:
        source.sheets[own] = sheet = without_names(where, source, table, sheet, found)
    if is_told and not table:
        return
    if not table or not set(sheet.columns) & known:
        said = tr("{where}: none of its columns is known; nothing of it was read.")
        found.not_read(f"{said.format(where=where)} {_what_to_do()}")
        return
    taken = ""  # for the column of the partner, which is told elsewhere
    if "partner" in known and not any(map(str.strip, column_or_empty(sheet, "partner"))):
        taken = column_of_organisations(sheet, found.organisations)
    left = [
        name
        for name in rest
        if name in sheet
        and name != taken
        and not (table.meant_by(name) or of_the_tool(name))  # one that is there twice is told
        and holds_something(sheet[name])
    ]
    if left:
        tell_headings(where, left, found)


def _with_voices_of_people(
    where: str, source: Source, table: Table, sheet: pd.DataFrame, found: Found
) -> pd.DataFrame:
    """A sheet in which people who answered, under whatever heading, are voices without a name."""
    heading = asked_about(table, sheet).get("respondent", "")
    if (
        not heading
        or found.keep_people
        or not people.columns(sheet, [heading], found.organisations)
    ):
        return sheet
    voices = column_or_empty(sheet, "respondent")
    said = voices.where(voices.str.strip() != "", sheet[heading])
    sheet = sheet.drop(columns=heading).assign(respondent=said).astype("str")
    return without_names(where, source, table, sheet, found, heading)


def _without_people(
    where: str, sheet: pd.DataFrame, headings: Iterable[str], found: Found
) -> pd.DataFrame:
    """A sheet without the columns that tell who somebody is; they are told."""
    held = people.columns(sheet, headings, found.organisations)
    return leave_out(where, sheet, {heading: tr(what) for heading, what in held.items()}, found)


def leave_out(
    where: str, sheet: pd.DataFrame, held: Mapping[str, str], found: Found
) -> pd.DataFrame:
    """A sheet without some columns, named in one sentence; or with them, as people have asked.

    Args:
        where: What the sheet is called on the screen.
        sheet: What was typed.
        held: What each of the columns seems to hold, by its heading.
        found: Where it is told.
    """
    if not held:
        return sheet
    heading = next(iter(held))
    if len(held) > 1:
        groups = [
            f"{listed([f'“{shortened(one)}”' for one in held if held[one] == what])} ({what})"
            for what in dict.fromkeys(held.values())
        ]
        if found.keep_people:
            said = tr("kept, as you asked: {columns}.")
        else:
            said = tr(
                "left out, since they say who somebody is or are the form tool's own: {columns}. "
                "The file is as it was."
            )
        one = Assumption(said.format(columns=", ".join(groups)), file=where, kind=LEFT_OUT)
    else:
        if found.keep_people:
            said = tr("it seems to hold {what}, and is kept as you asked.")
        else:
            said = tr("it seems to hold {what}, so it was left out. The file is as it was.")
        sentence = said.format(what=held[heading])
        one = Assumption(sentence, file=where, column=heading, kind=LEFT_OUT)
    found.assumed.append(one)
    return sheet if found.keep_people else sheet.drop(columns=list(held))


def without_names(
    where: str,
    source: Source,
    table: Table,
    sheet: pd.DataFrame,
    found: Found,
    heading: str = "",
) -> pd.DataFrame:
    """A sheet in which nobody's name or address stands for a voice, but a sign; this is told.

    Args:
        where: What the sheet is called on the screen.
        source: Where it came from; it notes which rows are the same person's.
        table: The table of the sheet.
        sheet: What was typed, with the column `respondent`.
        found: Where it is told.
        heading: The heading under which the names stood, where it was another column.
    """
    voices = sheet["respondent"]
    texts = [text.strip() for text in voices if text.strip() and plain(text) not in one_voice()]
    what = people.held(texts, found.organisations) if texts else ""
    if not what or found.keep_people:
        return sheet
    one = (voices.str.strip() != "") & ~voices.map(plain).isin(one_voice())
    names = voices.where(one, "")
    sent = source.people.get(table.name, names)
    first = {
        plain(name): sign
        for name, sign in zip(names[::-1], sent[::-1], strict=True)
        if sign.startswith(SENT)
    }
    source.people[table.name] = names.map(lambda name: first.get(plain(name), name)).astype("str")
    said = tr("it seems to hold {what}, so each got a code that tells nothing.")
    if heading:
        said = tr(
            "it seems to hold {what}, so it was left out. What is beside each counts as one voice, "
            "with a code that tells nothing. If the organisation itself says it, delete the column "
            "and merge again."
        )
    column = heading or tr(RESPONDENT.label)
    return supplied(
        sheet.assign(respondent=voices.where(~one, VOICES[1])).astype("str"),
        found.assumed,
        Assumption(said.format(what=tr(what)), file=where, column=column, kind=LEFT_OUT),
    )


def tell_headings(where: str, headings: list[str], found: Found) -> None:
    """Say which columns were not read.

    Args:
        where: What the sheet is called on the screen.
        headings: What stands over these columns.
        found: Where it is told.
    """
    said = trn(
        "{where}: the column {columns} is not known; nothing of it was read.",
        "{where}: the columns {columns} are not known; nothing of them was read.",
        len(headings),
    )
    columns = listed([f"“{shortened(heading)}”" for heading in headings])
    found.not_read(f"{said.format(where=where, columns=columns)} {_what_to_do()}")


def _what_to_do() -> str:
    return tr(
        "Write the headings as in the form, such as “How likely”. Where each person has one row, "
        "write “How likely [R1]”. Or type the answers in. It is kept as it was typed."
    )


def of_the_tool(heading: str) -> bool:
    """Whether a form tool has added a column of its own accord.

    Args:
        heading: What stands over it.
    """
    if people.of_heading(heading) or heading.startswith(_BEFORE_THE_TOOLS_OWN):
        return True
    if heading.endswith(_BEHIND_THE_TOOLS_OWN):
        return True
    if heading.startswith("_") and plain(heading.strip("_")) in _OF_KOBO:
        return True
    return plain(heading.strip("_")) in _OF_THE_TOOL
