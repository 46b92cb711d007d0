"""Files as they come back, each with what it says of its sender.

They are workbooks, folders, and the CSV files of form tools. A form tool writes either a row an
answer, with the handbook's headings, or a row a person, with a column for every question and item:
"Our stance [O1]", "O1: Our stance", "O1/Our stance", "Our stance - O1" or "O1 Our stance".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.schema.check import asked_about, may_mean
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_FACILITATOR, Choice, Code, Ref, Unreadable, plain
from partnering.schema.tables import RESPONDENT, SHARE, TABLES
from partnering.storage import (
    atomic,
    carrying,
    csv_folder,
    csv_text,
    home_file,
    paths,
    sheets,
    workbook,
)
from partnering.storage.atomic import NotOpened
from partnering.storage.form_marks import VOICES

_IN_BRACKETS = re.compile(r"(.+?)\s*\[(.+)\]\s*", re.DOTALL)
_PARTED = re.compile(r"\s*[:/>]\s*|\s+[-–—.]\s+")
_CODE_FIRST = re.compile(r"\s*([^\W\d_]\d+)\b[\s.)]+(.+)", re.DOTALL)
_CODE_LAST = re.compile(r"(.+?)[\s(]+([^\W\d_]\d+)\s*\)?\s*", re.DOTALL)
_GIVEN = ("partner", "respondent")
# What form tools add of their own accord, in plain letters.
_OF_THE_TOOL = frozenset(
    (
        "timestamp",
        "start",
        "end",
        "start time",
        "start date",
        "end date",
        "completion time",
        "last modified time",
        "date started",
        "date submitted",
        "date last action",
        "submission time",
        "submitted at",
        "submission date",
        "recorded date",
        "created",
        "id",
        "submission id",
        "response id",
        "respondent id",
        "collector id",
        "network id",
        "uuid",
        "index",
        "email",
        "email address",
        "name",
        "username",
        "ip address",
        "score",
        "progress",
        "last page",
        "start language",
        "user language",
        "seed",
        "token",
        "validation status",
        "notes",
        "status",
        "submitted by",
        "version",
        "tags",
    )
)


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
    """

    name: str
    sheets: dict[str, pd.DataFrame]
    digest: bytes
    partner: str = ""
    one_voice: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, pd.Series] = field(default_factory=dict)

    def column(self, table: str, name: str) -> list[str]:
        """The texts of one column of one table; none where the file has no such thing."""
        sheet = self.sheets.get(table)
        return sheet[name].tolist() if sheet is not None and name in sheet else []


@dataclass
class Found:
    """What was found in a folder.

    Attributes:
        sources: The files that could be read.
        unread: Sentences about files and answers that were not.
        told: Sentences about what was left alone.
        passphrase: What unlocks files that were taken home and locked.
    """

    sources: list[Source] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    passphrase: str = ""


def read(place: Path, passphrase: str = "") -> Found:
    """Every file in a folder, in the order of their names; or one file.

    Args:
        place: The folder, or the file.
        passphrase: What unlocks files that were taken home and locked.

    Raises:
        NotOpened: There is no such folder or file, or it cannot be read.
    """
    if place.is_file():
        found = Found(passphrase=passphrase)
        _read(place, found)
        return found
    try:
        entries = sorted(place.iterdir(), key=lambda entry: (entry.name.casefold(), entry.name))
    except FileNotFoundError:
        raise NotOpened(csv_folder.nothing_there(place)) from None
    except OSError as error:
        raise NotOpened(atomic.unreadable(place, error)) from None
    found = Found(passphrase=passphrase)
    for entry in entries:
        if entry.name.startswith((".", "~")):
            continue
        try:
            _read(entry, found)
        except NotOpened as error:
            found.unread.append(f"{entry.name}: {error}")
    return found


def one_voice() -> set[str]:
    """What may stand for a voice where a file says that it is one and gives no sign."""
    return {plain(word) for word in (VOICES[1], tr(VOICES[1]))}


def words_of(text: str) -> str:
    """A name of a file or of a partner as words alone: "VEC_form (2).csv" is VEC form 2 csv."""
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def _read(entry: Path, found: Found) -> None:
    """Read one file or folder by what it is."""
    ending = entry.suffix.lower()
    if entry.is_dir():
        if entry.name.casefold().endswith("houses"):
            _leave_house_file(entry.name, found)
        elif raw := csv_folder.of_one_moment(entry):
            partnership = sheets.partnership_of(csv_folder.raw_sheets(raw), entry.name, entry)
            _take(entry.name, partnership, b"".join(raw[name] for name in sorted(raw)), found)
    elif ending in (".xlsx", ".xlsm"):
        partnership, form = workbook.read_form(entry)
        source = _take(entry.name, partnership, atomic.contents(entry), found)
        source.partner = form.get("partner", "")
        source.one_voice = plain(form.get("voice", "")) in one_voice()
    elif ending == home_file.ENDING:
        home = home_file.read(entry, found.passphrase)
        if any(name.startswith(f"{paths.HOUSES}/") for name in home.files):
            _leave_house_file(entry.name, found)
        digest = b"".join(home.files[name] for name in sorted(home.files))
        _take(entry.name, carrying.partnership_of(home), digest, found).partner = home.partner
    elif ending == ".csv":
        _read_csv(entry, found)
    else:
        found.unread.append(
            tr(
                "{file} is neither a workbook (.xlsx) nor a CSV file; nothing of it was read. Type "
                "in what stands in it."
            ).format(file=entry.name)
        )


def _leave_house_file(name: str, found: Found) -> None:
    """Say that house files are left alone."""
    said = tr("{file}: these answers stay inside their organisation; they are not merged.")
    found.told.append(said.format(file=name))


def _take(name: str, partnership: Partnership, data: bytes, found: Found) -> Source:
    """Take the sheets of a partnership as they were typed, but for lists that nobody edited."""
    untouched = sheets.untouched(partnership.sheets)
    typed = {table: sheet for table, sheet in partnership.sheets.items() if table not in untouched}
    for kept in partnership.kept:
        if kept.table in TABLES and TABLES[kept.table].private:
            found.told.append(f"{name}: {kept}")
    source = Source(name, typed, atomic.digest(data))
    found.sources.append(source)
    for own, sheet in typed.items():
        where = tr("{file}, sheet {sheet}").format(file=name, sheet=own)
        _tell_what_is_not_known(where, sheet, TABLES.get(own), found)
    return source


def _tell_what_is_not_known(
    where: str, sheet: pd.DataFrame, table: Table | None, found: Found
) -> None:
    """Say that nothing of a sheet was read, or which of its columns was not."""
    if not table or not set(sheet.columns) & set(table.by_name):
        said = tr("{where}: none of its columns is known; nothing of it was read.")
        found.unread.append(f"{said.format(where=where)} {_what_to_do()}")
        return
    asked = asked_about(table, sheet).values()  # the check tells these
    own = [
        name
        for name in sheet.columns
        if name not in table.by_name and not _of_the_tool(name) and name not in asked
    ]
    left = [name for name in own if sheet[name].str.strip().any()]
    if left:
        _tell_headings(where, left, found)


def _tell_headings(where: str, headings: list[str], found: Found) -> None:
    """Say which columns were not read."""
    said = trn(
        "{where}: the column {columns} is not known; nothing of it was read.",
        "{where}: the columns {columns} are not known; nothing of them was read.",
        len(headings),
    )
    columns = ", ".join(f"“{heading}”" for heading in headings)
    found.unread.append(f"{said.format(where=where, columns=columns)} {_what_to_do()}")


def _what_to_do() -> str:
    return tr(
        "Write the headings as in the form, such as “How likely”, or “How likely [R1]” where each "
        "person has one row; or type the answers in. It is kept as it was typed."
    )


def _of_the_tool(heading: str) -> bool:
    """Whether a form tool has added a column of its own accord."""
    return plain(heading) in _OF_THE_TOOL


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
        of_table = sheets.known_headings(rows[:50], named) if named else 0
        return of_table or _likeness(rows[:50])

    rows, _ = csv_text.read(data, likeness)
    typed = sheets.sheet_of(rows)
    table = named or _table_by_headings(typed.columns)
    if table and table.private:
        _leave_house_file(file.name, found)
        return
    source = Source(file.name, {}, atomic.digest(data))
    found.sources.append(source)
    a_row_an_answer = named is not None and _asks(named, typed.columns)
    if not a_row_an_answer and any(_question(heading) for heading in typed.columns):
        rest = tr("form {name}").format(name=file.stem) if named else file.stem
        _a_row_a_person(source, typed, rest, found)
    else:
        sheet = sheets.sheet_of(rows, table)
        source.sheets = {table.name if table else file.stem: sheet}
        _tell_what_is_not_known(file.name, sheet, table, found)


def _asks(table: Table, headings: Iterable[str]) -> bool:
    """Whether some heading is one of the table's own, beside those that say who answers."""
    return bool({table.headers.get(plain(heading)) for heading in headings} - {None, *_GIVEN})


def _likeness(rows: list[list[str]]) -> int:
    """How many headings the handbook could know."""
    filled = list(sheets.filled_rows(rows).values())
    asked = [heading for heading in filled[0] if heading.strip()] if filled else []
    most = 0
    for table in TABLES.values():
        known = table.headers
        most = max(most, sum(plain(heading) in known for heading in asked))
    return most + sum(_question(heading) is not None for heading in asked)


def _table_by_headings(headings: Iterable[str]) -> Table | None:
    """The table to which most headings belong.

    At least two of them, one not about who answers, and all that the table cannot do without.
    """
    asked = {plain(heading) for heading in headings}
    best, most = None, 1
    for table in TABLES.values():
        headers = table.headers
        known = {headers[heading] for heading in asked if heading in headers}
        needed = {column.name for column in table.columns if column.required} - {"partner"}
        if len(table.key) == 1:  # a row without its code is given one
            needed -= set(table.key)
        if len(known) > most and known - {*_GIVEN, "share"} and needed <= known:
            best, most = table, len(known)
    return best


# ---------------------------------------------------------------- a row a person


Question = tuple[Table, str, dict[str, str]]  # a table, its column, and the item by its columns


def _question(heading: str) -> Question | None:
    """The table and column that a heading such as "Our stance [O1]" asks for, and the item.

    Where several tables fit, one counts whose codes the item is written with.
    """
    fitting: list[Question] = []
    for question, item, parted in _ways_to_part(heading):
        for table in TABLES.values():
            name = table.headers.get(plain(question))
            if not table.views or not name or name in table.key:
                continue
            items = _items(table, item)
            if items and _has_prefix(table, items):
                return table, name, items
            if items and parted:
                fitting.append((table, name, items))
    return fitting[0] if fitting else None


def _ways_to_part(heading: str) -> list[tuple[str, str, bool]]:
    """How a heading may be made of a question and an item, and whether a sign parts them.

    Without a sign between them the item has to be a code, as in "Our stance O1".
    """
    if match := _IN_BRACKETS.fullmatch(heading):
        signs = [(match[1], match[2])]
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
        *((question, item, True) for question, item in signs),
        *((question, item, (question, item) in signs) for question, item in codes),
    ]


def _items(table: Table, text: str) -> dict[str, str]:
    """What an answer is about, by column: a code or name, or several in any order."""
    names = [name for name in table.key if name not in _GIVEN]
    parts = [text] if len(names) == 1 else _parts(table, names, text)
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


def _parts(table: Table, names: list[str], text: str) -> list[str]:
    """The separate items in a text; a word of a choice may hold commas itself."""
    pieces = [match.span() for match in re.finditer(r"[^,;/]+", text) if match[0].strip()]
    choices = [name for name in names if isinstance(table.by_name[name].kind, Choice)]
    parts, start = [], 0
    while start < len(pieces):
        for end in range(len(pieces), start, -1):
            run = text[pieces[start][0] : pieces[end - 1][1]].strip()
            if end == start + 1 or any(_fits(table, name, run) for name in choices):
                break
        parts.append(run)
        start = end
    return parts


def _code_in(table: Table, name: str, text: str) -> str:
    """The code with which an item begins, as in "R1 The gate is locked", else the item as it is."""
    prefix = _prefix(table, name)
    match = re.match(rf"\s*({prefix}\d+)\b", text, re.IGNORECASE) if prefix else None
    return match[1] if match else text


def _prefix(table: Table, name: str) -> str:
    """The letter with which the codes begin that a column points to, "" where there is none."""
    kind = table.by_name[name].kind
    target = TABLES[kind.table].columns[0].kind if isinstance(kind, Ref) else None
    return target.prefix if isinstance(target, Code) else ""


def _fits(table: Table, name: str, text: str) -> bool:
    """Whether a text may be an item: a word of a choice, or any text that names a row."""
    kind = table.by_name[name].kind
    if not isinstance(kind, Choice):
        return bool(text.strip())
    try:
        return bool(kind.read(text))
    except Unreadable:
        return False


def _has_prefix(table: Table, items: dict[str, str]) -> bool:
    """Whether an item is written as a code of the table that it should belong to."""
    for name, text in items.items():
        prefix = _prefix(table, name)
        if prefix and re.fullmatch(rf"{prefix}\d+", text.strip(), re.IGNORECASE):
            return True
    return False


def _a_row_a_person(source: Source, typed: pd.DataFrame, rest: str, found: Found) -> None:
    """Make rows of the handbook's tables from a sheet with a row a person.

    What is left over keeps a sheet of its own, called `rest`.
    """
    who = {name: _column_of(typed, name) for name in (*_GIVEN, "share")}
    others = [heading for heading in typed.columns if heading not in who.values()]
    asked = {heading: _question(heading) or _alone(heading) for heading in others}
    no_question = [heading for heading, question in asked.items() if not question]
    as_typed, typed = typed, _protected(typed, who, no_question, source.name, found)
    questions = {heading: question for heading, question in asked.items() if question}
    made: dict[str, list[dict[str, str]]] = {}
    people: dict[str, list[str]] = {}
    for number, person in typed.iterrows():
        for name, row in _rows_of_one(person, who, questions):
            known = TABLES[name].by_name
            made.setdefault(name, []).append({key: row[key] for key in row if key in known})
            people.setdefault(name, []).append(str(number))
    for name, rows in made.items():
        numbers = range(2, len(rows) + 2)
        source.sheets[name] = pd.DataFrame(rows, index=numbers).fillna("").astype("str")
        source.people[name] = pd.Series(people[name], index=numbers, dtype="str")
    left = [name for name in others if name not in questions and as_typed[name].str.strip().any()]
    if left:
        source.sheets[rest] = as_typed[left]
    if untold := [name for name in left if name not in who.values()]:
        _tell_what_is_left(source.name, untold, found)


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
    own = [name for name in headings if not _of_the_tool(name) and typed[name].str.strip().any()]
    for column, word in ((RESPONDENT, VOICES[1]), (SHARE, SHARE_FACILITATOR)):
        near = next((heading for heading in own if may_mean(heading, column)), "")
        if not near:
            continue
        counts = pd.Series(word, index=typed.index)
        if column is RESPONDENT:
            counts = counts.where(typed[near].str.strip() != "", "")
            if given := who[column.name]:
                counts = typed[given].where(typed[given].str.strip() != "", counts)
        who[column.name] = who[column.name] or near
        typed = typed.assign(**{who[column.name]: counts}).astype("str")
        found.unread.append(
            tr(
                "{file}: does “{found}” say what “{label}” asks? Until that is clear “{word}” "
                "counts. If so, write “{label}” over it, and only once; if not, give it another "
                "name."
            ).format(file=file, found=near, label=tr(column.label), word=tr(word))
        )
    return typed


def _tell_what_is_left(name: str, headings: list[str], found: Found) -> None:
    """Say which columns of a sheet with a row a person are no questions of the handbook."""
    of_the_tool = [heading for heading in headings if _of_the_tool(heading)]
    if of_the_tool:
        found.told.append(
            tr(
                "{file}: {columns} are no questions of the handbook; they are kept in a sheet of "
                "their own. Delete what tells who somebody is."
            ).format(file=name, columns=", ".join(of_the_tool))
        )
    not_known = [heading for heading in headings if not _of_the_tool(heading)]
    if not_known:
        _tell_headings(name, not_known, found)


def _rows_of_one(
    person: pd.Series, who: dict[str, str], questions: dict[str, Question]
) -> list[tuple[str, dict[str, str]]]:
    """The rows that one person's answers make, each with the name of its table.

    Args:
        person: The cells of the person's row by their headings.
        who: The headings under which the person says who answers, "" where there is none.
        questions: What the other headings ask for.
    """
    given = {name: person[heading] for name, heading in who.items() if heading}
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for heading, (table, name, items) in questions.items():
        if person[heading].strip():
            row = rows.setdefault((table.name, *items.values()), {**given, **items})
            row[name] = person[heading]
    return [(name, row) for (name, *_), row in rows.items()]


def _column_of(typed: pd.DataFrame, name: str) -> str:
    """The heading under which a form says who answers, "" where there is none."""
    ways: set[str] = set()
    for table in TABLES.values():
        if table.views or name == "share":
            ways |= {way for way, column in table.headers.items() if column == name}
    return next((heading for heading in typed.columns if plain(heading) in ways), "")


def _alone(heading: str) -> Question | None:
    """The column in which a question about no item stands, in a table with one row a partner."""
    for table in TABLES.values():
        if table.key == ("partner",) and table.name != "partners":
            column = table.headers.get(plain(heading))
            if column and column not in ("partner", "share"):
                return table, column, {}
    return None
