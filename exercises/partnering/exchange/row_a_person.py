"""Files as they come back, each with what it says of its sender.

They are workbooks, folders, and the CSV files of form tools. A form tool writes either a row an
answer, with the handbook's headings, or a row a person, with a column for every question and item:
"Our stance [O1]", "O1: Our stance", "O1/Our stance", "Our stance - O1" or "O1 Our stance". Some
tools write workbooks, so each sheet of a workbook that is no table goes the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from partnering.exchange import form_names, people
from partnering.exchange.questions import (
    Question,
    alone,
    code_of,
    column_of,
    has_code,
    question_of,
)
from partnering.language import tr, trn
from partnering.schema.columns import Table
from partnering.schema.kinds import (
    SHARE_FACILITATOR,
    Code,
    as_name,
    plain,
    seen,
)
from partnering.schema.tables import RESPONDENT, SHARE, TABLES
from partnering.schema.unknown import asked_about, can_read, holds_something, may_protect
from partnering.storage import (
    atomic,
    bounds,
    carrying,
    csv_folder,
    csv_text,
    headings,
    home_file,
    paths,
    sheets,
    workbook,
)
from partnering.storage.assumed import (
    CHOICE,
    LEFT_OUT,
    NOT_READ,
    SUPPLIED,
    Assumption,
    Supplied,
    Told,
    listed,
    shortened,
    supplied,
)
from partnering.storage.atomic import NotOpened
from partnering.storage.form_marks import VOICES
from partnering.storage.stored import StoredPartnership

_GIVEN = sheets.WHO_ANSWERS
WORKBOOKS = paths.WORKBOOKS
TEXTS = (".csv", ".tsv", ".txt")
PACKED = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")
SHEETS_OF_OTHERS = (".xls", ".xlsb", ".numbers", ".fods", ".gsheet", ".wk1", ".sxc")
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
_OF_KOBO = frozenset(("notes", "tags"))  # behind a low line; without it they are somebody's own


@dataclass
class Source:
    """One file or folder that came back.

    Attributes:
        name: What it is called.
        sheets: What was typed in it, by table; what is no table keeps its own name.
        digest: A fingerprint of its contents.
        partner: Whose it is, as it says itself; "" where it does not say.
        one_voice: Whether it says that it is one voice rather than the organisation.
        codes: For each table what the codes in this file are called in the whole.
        people: For each table which of its rows are the same person's.
        rows: For each table made of rows a person, in which row each of its rows stood.
        numbered: The tables whose lines a form asks for without their codes.
    """

    name: str
    sheets: dict[str, pd.DataFrame]
    digest: bytes
    partner: str = ""
    one_voice: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, pd.Series] = field(default_factory=dict)
    rows: dict[str, dict[object, str]] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)

    def column(self, table: str, name: str) -> list[str]:
        """The texts of one column of one table; none where the file has no such thing."""
        sheet = self.sheets.get(table)
        return sheet[name].tolist() if sheet is not None and name in sheet else []


@dataclass
class Found:
    """What was found in a folder.

    Attributes:
        sources: The files that could be read.
        assumed: What was supplied to read them, and which files and answers were not read.
        told: Sentences about what was left alone.
        keep_people: Whether columns that tell who somebody is are kept.
        passphrase: What unlocks files that were taken home and locked.
        organisations: Codes and names of partners in plain letters: they are no people.
        later: What waits until all files are read, since it has to know the organisations.
    """

    sources: list[Source] = field(default_factory=list)
    assumed: list[Assumption] = field(default_factory=Told)
    told: list[str] = field(default_factory=list)
    keep_people: bool = False
    passphrase: str = ""
    organisations: frozenset[str] = frozenset()
    later: list[Callable[[], None]] = field(default_factory=list)

    def not_read(self, sentence: str, file: str = "") -> None:
        """Tell what was not read."""
        self.assumed.append(Assumption(sentence, file=file, kind=NOT_READ))


def read(
    place: Path,
    keep_people: bool = False,
    passphrase: str = "",
    beside: Sequence[Source] = (),
) -> Found:
    """Every file in a folder, in the order of their names; or one file.

    Args:
        place: The folder, or the file.
        keep_people: Whether columns that tell who somebody is are kept.
        passphrase: What unlocks files that were taken home and locked.
        beside: What it is read beside: the partners there are organisations here as well.

    Raises:
        NotOpened: There is no such folder or file, or it cannot be read.
    """
    found = Found(keep_people=keep_people, passphrase=passphrase)
    if place.is_file():
        _read(place, found)
    else:
        _read_all_in(place, found)
    found.organisations = frozenset(
        plain(text)
        for source in (*beside, *found.sources)
        for column in ("partner", "name")
        for text in source.column("partners", column)
    )
    for work in found.later:
        work()
    return found


def _read_all_in(place: Path, found: Found) -> None:
    """Read every file in a folder; one that cannot be read is told."""
    try:
        entries = sorted(place.iterdir(), key=lambda entry: (entry.name.casefold(), entry.name))
    except FileNotFoundError:
        raise NotOpened(csv_folder.nothing_there(place)) from None
    except OSError as error:
        raise NotOpened(atomic.unreadable(place, error)) from None
    for entry in entries:
        if entry.name.startswith((".", "~")):
            continue
        if not atomic.is_named(entry) or not entry.exists():
            found.not_read(atomic.why_unread(entry), atomic.shown_name(entry))
            continue
        try:
            _read(entry, found)
        except NotOpened as error:
            said = str(error)
            found.not_read(said, "" if said.startswith(entry.name) else entry.name)


def one_voice() -> set[str]:
    """What may stand for a voice where a file says that it is one and gives no sign."""
    return {plain(word) for word in (VOICES[1], tr(VOICES[1]))}


def organisation() -> set[str]:
    """What may stand in a form for the organisation, where it asks whose voice this is."""
    ways = {plain(word) for word in (VOICES[0], tr(VOICES[0]))}
    return ways | {plain(as_name(VOICES[0])), "our organisation"}


def words_of(text: str) -> str:
    """A name of a file or of a partner as words alone: "VEC_form (2).csv" is VEC form 2 csv."""
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def _read(entry: Path, found: Found) -> None:
    """Read one file or folder by what it is."""
    ending = entry.suffix.lower()
    if entry.is_dir():
        if entry.name.casefold().endswith("houses"):
            _leave_house_file(entry.name, found)
            return
        _tell_what_lies_in(entry, found)
        for file in atomic.unread_csv_files(entry):
            found.not_read(atomic.why_unread(file), f"{entry.name}/{atomic.shown_name(file)}")
        if raw := csv_folder.of_one_moment(entry):
            told: list[Assumption] = []
            rows = csv_folder.raw_sheets(raw).told_to(told)
            partnership = sheets.partnership_of(rows, entry.name, entry, by_headings=True)
            partnership.assumed = [*told, *partnership.assumed]
            _take(entry.name, partnership, b"".join(raw[name] for name in sorted(raw)), found)
    elif ending in WORKBOOKS:
        _read_workbook(entry, found)
    elif ending == home_file.ENDING:
        home = home_file.read(entry, found.passphrase)
        if any(name.startswith(f"{paths.HOUSES}/") for name in home.files):
            _leave_house_file(entry.name, found)
        digest = b"".join(home.files[name] for name in sorted(home.files))
        _take(entry.name, carrying.partnership_of(home), digest, found).partner = home.partner
    elif ending in TEXTS:
        _read_csv(entry, found)
    else:
        found.not_read(_what_instead(entry))


def _tell_what_lies_in(folder: Path, found: Found) -> None:
    """Name what a folder holds besides CSV files: it is not read there."""
    try:
        beside = sorted(
            atomic.shown_name(file) for file in folder.iterdir() if _is_left_in_folder(file)
        )
    except OSError as error:
        raise NotOpened(atomic.unreadable(folder, error)) from None
    if beside:
        said = tr(
            "a folder is read for its CSV files, so these were not read: {files}. Put them "
            "beside the folder, and merge again."
        )
        found.not_read(said.format(files=listed(beside)), folder.name)


def _is_left_in_folder(file: Path) -> bool:
    """Whether a file or folder within a folder may hold answers that are not read."""
    if file.name.startswith((".", "~")):
        return False
    endings = (*WORKBOOKS, *SHEETS_OF_OTHERS, home_file.ENDING, ".tsv", ".txt")
    if file.is_dir():
        return any(each.suffix.lower() in (*endings, ".csv") for each in file.iterdir()) and (
            not file.name.casefold().endswith("houses")
        )
    return file.suffix.lower() in endings


def _what_instead(file: Path) -> str:
    """What to do with a file that is not read, by its ending."""
    if file.suffix.lower() in SHEETS_OF_OTHERS:
        said = tr(
            "{file} is in another format, and nothing of it was read. Open it in the program it "
            "was made with, save it as an Excel workbook (.xlsx), and merge again."
        )
    elif file.suffix.lower() in PACKED:
        said = tr(
            "{file} is a packed file, and nothing of it was read. Unpack it, and merge what is in "
            "it."
        )
    else:
        said = tr(
            "{file} is neither a workbook (.xlsx, .ods) nor a CSV file; nothing of it was read. "
            "Type in what it says."
        )
    return said.format(file=file.name)


def _read_workbook(entry: Path, found: Found) -> None:
    """Read a workbook: its tables, and the sheets of form tools whatever they are called."""
    told: list[Assumption] = []
    raw, form = workbook.pages(entry).told_to(told)
    data = atomic.contents(entry)
    named = sheets.tables_named(raw)
    answers = {} if form else _sheets_of_form_tools(raw, named)
    tables = {name: rows for name, rows in raw.items() if name not in answers}
    partnership = workbook.partnership_of(tables, form, entry)
    partnership.assumed = [*told, *partnership.assumed]
    if partnership.sheets or partnership.kept or not answers:
        source = _take(entry.name, partnership, data, found)
        source.partner = form.get("partner", "")
        source.one_voice = plain(form.get("voice", "")) in one_voice()
    else:
        found.assumed += [one.of(entry.name) for one in partnership.assumed]
    for name, rows in answers.items():
        where = tr("{file}, sheet {sheet}").format(file=entry.name, sheet=name)
        _read_page(where, name, named.get(name), rows, data + name.encode(), found)


def _sheets_of_form_tools(
    raw: Mapping[str, list[list[object]]], named: Mapping[str, Table]
) -> dict[str, list[list[object]]]:
    """The sheets of a workbook with a row a person."""
    found = {}
    for name, rows in raw.items():
        filled = sheets.filled_rows(rows[: headings.LOOKED_AT * 2])
        if filled and not (name in named and named[name].private):
            typed = sheets.sheet_below(filled, None, _is_heading).told_to([])
            if _has_a_row_a_person(named.get(name), typed.columns):
                found[name] = rows
    return found


def _has_a_row_a_person(table: Table | None, headings: Iterable[str]) -> bool:
    """Whether a sheet has a row a person, not a row an answer."""
    if table is not None and _asks(table, headings):
        return False
    return any(question_of(heading) or _alone_in_group(heading) for heading in headings)


def _alone_in_group(heading: str) -> bool:
    """Whether a question about no item stands behind the group of a form."""
    return form_names.without_group(heading) != heading.strip() and alone(heading) is not None


def _leave_house_file(name: str, found: Found) -> None:
    """Say that house files are left alone."""
    said = tr("{file}: these answers stay inside their organisation; they are not merged.")
    found.told.append(said.format(file=name))


def _take(name: str, partnership: StoredPartnership, data: bytes, found: Found) -> Source:
    """Take the sheets of a partnership as they were typed, but for lists that nobody edited."""
    untouched = sheets.untouched(partnership.sheets)
    typed = {table: sheet for table, sheet in partnership.sheets.items() if table not in untouched}
    for kept in partnership.kept:
        if kept.table in TABLES and TABLES[kept.table].private:
            found.told.append(f"{name}: {kept}")
    source = Source(name, typed, atomic.digest(data))
    found.sources.append(source)
    found.assumed += [
        one.of(f"{name}, {one.file}" if one.file else name) for one in partnership.assumed
    ]
    for own, sheet in list(typed.items()):
        where = tr("{file}, sheet {sheet}").format(file=name, sheet=own)
        is_told = any(
            one.kind == NOT_READ and one.sheet == own and not (one.rows or one.column)
            for one in partnership.assumed
        )
        tell = partial(_tell_what_is_not_known, where, source, own, sheet, found, is_told)
        found.later.append(tell)
    return source


def _tell_what_is_not_known(
    where: str, source: Source, own: str, sheet: pd.DataFrame, found: Found, is_told: bool = False
) -> None:
    """Say that nothing of a sheet was read, unless that is told, or which of its columns was not.

    Columns that tell who somebody is are named and left out.
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
        source.sheets[own] = sheet = _without_names(where, source, table, sheet, found)
    if is_told and not table:
        return
    if not table or not set(sheet.columns) & known:
        said = tr("{where}: none of its columns is known; nothing of it was read.")
        found.not_read(f"{said.format(where=where)} {_what_to_do()}")
        return
    left = [
        name
        for name in rest
        if name in sheet
        and not (table.meant_by(name) or _of_the_tool(name))  # one that is there twice is told
        and holds_something(sheet[name])
    ]
    if left:
        _tell_headings(where, left, found)


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
    voices = sheet["respondent"] if "respondent" in sheet else pd.Series("", index=sheet.index)
    said = voices.where(voices.str.strip() != "", sheet[heading])
    sheet = sheet.drop(columns=heading).assign(respondent=said).astype("str")
    return _without_names(where, source, table, sheet, found, heading)


def _without_people(
    where: str, sheet: pd.DataFrame, headings: Iterable[str], found: Found
) -> pd.DataFrame:
    """A sheet without the columns that tell who somebody is; they are told."""
    held = people.columns(sheet, headings, found.organisations)
    return _left_out(where, sheet, {heading: tr(what) for heading, what in held.items()}, found)


def _left_out(
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


def _without_names(
    where: str,
    source: Source,
    table: Table,
    sheet: pd.DataFrame,
    found: Found,
    heading: str = "",
) -> pd.DataFrame:
    """A sheet in which nobody's name or address stands for a voice, but a sign; this is told."""
    voices = sheet["respondent"]
    texts = [text.strip() for text in voices if text.strip() and plain(text) not in one_voice()]
    what = people.held(texts, found.organisations) if texts else ""
    if not what or found.keep_people:
        return sheet
    one = (voices.str.strip() != "") & ~voices.map(plain).isin(one_voice())
    source.people[table.name] = voices.where(one, "")
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


def _tell_headings(where: str, headings: list[str], found: Found) -> None:
    """Say which columns were not read."""
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


def _of_the_tool(heading: str) -> bool:
    """Whether a form tool has added a column of its own accord."""
    if people.of_heading(heading) or heading.startswith(_BEFORE_THE_TOOLS_OWN):
        return True
    if heading.startswith("_") and plain(heading.strip("_")) in _OF_KOBO:
        return True
    return plain(heading.strip("_")) in _OF_THE_TOOL


# ---------------------------------------------------------------- one CSV file


def _read_csv(file: Path, found: Found) -> None:
    """Read one CSV file.

    It is a table by its name or its headings, else a form tool's, else a sheet of somebody's own.
    """
    data = atomic.contents(file)
    named = sheets.table_named(file.stem)
    if named and named.private:
        _leave_house_file(file.name, found)
        return

    def likeness(rows: csv_text.Rows) -> int:
        return csv_folder.headings_known(rows, named) or _likeness(rows[:50])

    told: list[Assumption] = []
    rows, _ = csv_folder.rows_like(data, file.name, likeness).told_to(told)
    rows = _without_nothing(rows).told_to(told)
    found.assumed += [one.of(file.name) for one in told]
    _read_page(file.name, file.stem, named, rows, data, found)


def _without_nothing(rows: csv_text.Rows) -> Supplied[csv_text.Rows]:
    """Rows without the sign of number 0, which stands for no letter; it is told where it stood."""
    if "\0" not in "".join(map("".join, rows)):
        return Supplied(rows)
    damaged = tuple(at for at, row in enumerate(rows, 1) if any("\0" in cell for cell in row))
    said = tr(
        "signs that stand for no letter were taken out here. The file may be damaged: compare it "
        "with where it comes from."
    )
    left = [[cell.replace("\0", "") for cell in row] for row in rows]
    return Supplied(left, [Assumption(said, rows=damaged)])


def _read_page(
    where: str,
    name: str,
    named: Table | None,
    rows: Sequence[sheets.Row],
    data: bytes,
    found: Found,
) -> None:
    """Read one CSV file or one sheet of a workbook.

    Args:
        where: What it is called on the screen.
        name: Its name as a sheet.
        named: The table that it is called after.
        rows: Its cells.
        data: What makes it differ from others.
        found: Where its answers go, and where is told what was assumed.
    """
    told: list[Assumption] = []
    filled = sheets.filled_rows(rows)
    typed = sheets.sheet_below(filled, None, _is_heading).told_to(told)
    table = named or sheets.table_by_headings(typed.columns)
    if table and table.private:
        _leave_house_file(where, found)
        return
    source = Source(where, {}, atomic.digest(data))
    found.sources.append(source)
    if not filled:
        found.not_read(tr("nothing is in it."), where)
        return
    if typed.empty:
        found.not_read(tr("there are headings, and no answers below them."), where)
    if _has_a_row_a_person(named, typed.columns):
        found.assumed += [one.of(where) for one in told]
        rest = tr("form {name}").format(name=name) if named else name
        found.later.append(partial(_a_row_a_person, source, typed, rest, found))
    else:
        told.clear()
        sheet = sheets.sheet_of(rows, table).told_to(told)
        found.assumed += [one.of(where) for one in told]
        own = table.name if table else name
        source.sheets = {own: sheet}
        found.later.append(partial(_tell_what_is_not_known, where, source, own, sheet, found))


def _is_heading(heading: str) -> bool:
    """Whether a heading asks something that the handbook knows."""
    known = sheets.is_known_somewhere(heading) or form_names.knows(heading)
    return bool(question_of(heading)) or known


def _asks(table: Table, headings: Iterable[str]) -> bool:
    """Whether some heading is one of the table's own, beside those that say who answers."""
    return bool({table.meant_by(heading) for heading in headings} - {"", *_GIVEN})


def _likeness(rows: list[list[str]]) -> int:
    """How many headings the handbook could know."""
    filled = list(sheets.filled_rows(rows).values())[: headings.LOOKED_AT]
    return max((_known_in(row) for row in filled), default=0)


def _known_in(row: list[str]) -> int:
    """How many headings the handbook could know in one row."""
    asked = [heading for heading in row[: bounds.MOST_COLUMNS] if heading.strip()]
    most = max(sum(bool(table.meant_by(heading)) for heading in asked) for table in TABLES.values())
    return most + sum(question_of(heading) is not None for heading in asked)


# ---------------------------------------------------------------- a row a person


def _a_row_a_person(source: Source, typed: pd.DataFrame, rest: str, found: Found) -> None:
    """Make rows of the handbook's tables from a sheet with a row a person.

    What is left over keeps a sheet of its own, called `rest`.
    """
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
        source.people[name] = pd.Series(persons[name], index=numbers, dtype="str")
        source.rows[name] = dict(zip(numbers, persons[name], strict=True))
        source.sheets[name] = sheet
    read = {*questions, about}
    left = [name for name in others if name not in read and holds_something(as_typed[name])]
    if left:
        source.sheets[rest] = as_typed[left]
    asked_before = [name for name in left if name in who.values()]
    found.later.append(partial(_keep_what_is_left, source, rest, asked_before, found))


def _rows_about(headings: Sequence[str], questions: Sequence[Question], found: Found) -> str:
    """The heading that says what each row is about, where the partners stand across; or ""."""
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
        "the partners stand across here: each column was taken for the answers of one, and each "
        "row for one line of “{column}”."
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
            source.sheets[name] = _without_names(source.name, source, table, sheet, found)
    if rest not in source.sheets:
        return
    sheet = source.sheets.pop(rest)
    held = people.columns(sheet, sheet.columns, found.organisations)
    told = {
        name: tr(held[name]) if name in held else tr("what the form tool notes for itself")
        for name in sheet.columns
        if name in held or (name not in asked and _of_the_tool(name))
    }
    kept = _left_out(source.name, sheet, told, found)
    if len(kept.columns):
        source.sheets[rest] = kept
    if untold := [name for name in kept.columns if name not in (*asked, *told)]:
        _tell_headings(source.name, untold, found)


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
    own = [name for name in headings if not _of_the_tool(name) and holds_something(typed[name])]
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
