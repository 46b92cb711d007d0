"""Files as they come back: workbooks, folders, and the CSV files of form tools, each with what it says of its sender.

A form tool writes either a row an answer, with the handbook's headings, or a row a person, with a column for every
question and item: "Our stance [O1]", "O1: Our stance", "O1/Our stance", "Our stance - O1" or "O1 Our stance".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from partnering.language import tr, trn
from partnering.schema.check import Table
from partnering.schema.kinds import Choice, Ref, Unreadable, plain
from partnering.schema.tables import TABLES
from partnering.storage import atomic, csv_folder, csv_text, sheets, workbook
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
    """One file, or one folder: its sheets, whose it is, and whether it is one voice rather than the organisation's.

    `codes` says what the codes in this file are called in the whole, `people` which rows are the same person's.
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
    """The files of a folder that could be read, sentences about the others, and about answers that were not read."""

    sources: list[Source] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def read(place: Path) -> Found:
    """Every file in a folder, in the order of their names. Raises `NotOpened` where there is no folder."""
    try:
        entries = sorted(place.iterdir(), key=lambda entry: (entry.name.casefold(), entry.name))
    except FileNotFoundError:
        raise NotOpened(csv_folder.nothing_there(place)) from None
    except OSError as error:
        raise NotOpened(atomic.unreadable(place, error)) from None
    found = Found()
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
    ending = entry.suffix.lower()
    if entry.is_dir():
        if entry.name.casefold().endswith("houses"):
            found.told.append(
                tr("{file}: house files stay with their house; they are not merged.").format(
                    file=entry.name
                )
            )
        elif raw := csv_folder.of_one_moment(entry):
            partnership = sheets.partnership_of(csv_folder.raw_sheets(raw), entry.name, entry)
            _take(entry.name, partnership, b"".join(raw[name] for name in sorted(raw)), found)
    elif ending in (".xlsx", ".xlsm"):
        partnership, form = workbook.read_form(entry)
        _take(entry.name, partnership, atomic.contents(entry), found)
        source = found.sources[-1]
        source.partner, source.one_voice = (
            form.get("partner", ""),
            plain(form.get("voice", "")) in one_voice(),
        )
    elif ending == ".csv":
        _read_csv(entry, found)
    else:
        found.unread.append(
            tr(
                "{file} is neither a workbook (.xlsx) nor a CSV file; nothing of it was read. Type in what "
                "stands in it."
            ).format(file=entry.name)
        )


def _take(name: str, partnership, data: bytes, found: Found) -> None:
    """Take the sheets of a partnership as they were typed, but for lists that nobody edited."""
    typed = {
        table: sheet
        for table, sheet in partnership.sheets.items()
        if table not in sheets.untouched(partnership.sheets)
    }
    found.told += [
        f"{name}: {kept}"
        for kept in partnership.kept
        if kept.table in TABLES and TABLES[kept.table].private
    ]
    found.sources.append(Source(name, typed, atomic.digest(data)))
    for own, sheet in typed.items():
        _tell_what_is_not_known(
            tr("{file}, sheet {sheet}").format(file=name, sheet=own), sheet, TABLES.get(own), found
        )


def _tell_what_is_not_known(
    where: str, sheet: pd.DataFrame, table: Table | None, found: Found
) -> None:
    """Say that nothing of a sheet was read, or which of its columns was not."""
    if not table or not set(sheet.columns) & set(table.by_name):
        found.unread.append(
            " ".join(
                [
                    tr("{where}: none of its columns is known; nothing of it was read.").format(
                        where=where
                    ),
                    _what_to_do(),
                ]
            )
        )
    elif left := [
        heading
        for heading in sheet.columns
        if heading not in table.by_name
        and not _of_the_tool(heading)
        and sheet[heading].str.strip().any()
    ]:
        _tell_headings(where, left, found)


def _tell_headings(where: str, headings: list[str], found: Found) -> None:
    said = trn(
        "{where}: the column {columns} is not known; nothing of it was read.",
        "{where}: the columns {columns} are not known; nothing of them was read.",
        len(headings),
    )
    columns = ", ".join(f"“{heading}”" for heading in headings)
    found.unread.append(f"{said.format(where=where, columns=columns)} {_what_to_do()}")


def _what_to_do() -> str:
    return tr(
        "Write the headings as in the form, such as “How likely”, or “How likely [R1]” where each person has one row; or "
        "type the answers in. It is kept as it was typed."
    )


def _of_the_tool(heading: str) -> bool:
    return plain(heading) in _OF_THE_TOOL


# ---------------------------------------------------------------- one CSV file


def _read_csv(file: Path, found: Found) -> None:
    """One CSV file: a table by its name or its headings, else a form tool's, else a sheet of somebody's own."""
    data = atomic.contents(file)
    named = sheets.table_named(file.stem)
    if named and named.private:
        found.told.append(
            tr("{file}: house files stay with their house; they are not merged.").format(
                file=file.name
            )
        )
        return
    rows, _ = csv_text.read(
        data,
        lambda some: (named and sheets.known_headings(some[:50], named)) or _likeness(some[:50]),
    )
    typed = sheets.sheet_of(rows)
    table = named or _table_by_headings(typed.columns)
    source = Source(file.name, {}, atomic.digest(data))
    found.sources.append(source)
    if table and table.private:
        found.sources.pop()
        found.told.append(
            tr("{file}: house files stay with their house; they are not merged.").format(
                file=file.name
            )
        )
    elif any(_question(heading) for heading in typed.columns) and not (
        named and _asks(named, typed.columns)
    ):
        _a_row_a_person(
            source, typed, tr("form {name}").format(name=file.stem) if named else file.stem, found
        )
    else:
        source.sheets = {
            table.name if table else file.stem: (sheet := sheets.sheet_of(rows, table))
        }
        _tell_what_is_not_known(file.name, sheet, table, found)


def _asks(table: Table, headings: Iterable[str]) -> bool:
    """Whether some heading is one of the table's own, beside those that say who answers."""
    return bool({table.headers.get(plain(heading)) for heading in headings} - {None, *_GIVEN})


def _likeness(rows: list[list[str]]) -> int:
    """How many headings the handbook could know."""
    filled = list(sheets.filled_rows(rows).values())
    asked = [heading for heading in filled[0] if heading.strip()] if filled else []
    most = max(
        (sum(plain(heading) in table.headers for heading in asked) for table in TABLES.values()),
        default=0,
    )
    return most + sum(_question(heading) is not None for heading in asked)


def _table_by_headings(headings: Iterable[str]) -> Table | None:
    """The table to which most headings belong: at least two, one of them not about who answers; all that it needs."""
    asked = {plain(heading) for heading in headings}
    best, most = None, 1
    for table in TABLES.values():
        known = {table.headers[heading] for heading in asked if heading in table.headers}
        needed = {column.name for column in table.columns if column.required} - {"partner"}
        needed -= {name for name in table.key if len(table.key) == 1}
        if len(known) > most and known - {*_GIVEN, "share"} and needed <= known:
            best, most = table, len(known)
    return best


# ---------------------------------------------------------------- a row a person


def _question(heading: str) -> tuple[Table, str, dict[str, str]] | None:
    """The table and column that a heading such as "Our stance [O1]" asks for, and about which item."""
    if match := _IN_BRACKETS.fullmatch(heading):
        ways = [match.groups()]
    else:
        ways = [(heading[: cut.start()], heading[cut.end() :]) for cut in _PARTED.finditer(heading)]
        ways += [(item, question) for question, item in ways]
    coded = [match.groups() for match in [_CODE_LAST.fullmatch(heading)] if match]
    coded += [match.groups()[::-1] for match in [_CODE_FIRST.fullmatch(heading)] if match]
    fitting = []
    for question, item in (*ways, *coded):
        for table in TABLES.values():
            name = table.headers.get(plain(question))
            if table.views and name and name not in table.key and (items := _items(table, item)):
                has_prefix = _has_prefix(table, items)
                if has_prefix or (question, item) in ways:
                    fitting.append((has_prefix, table, name, items))
    best = max(fitting, key=lambda some: some[0], default=None)
    return best[1:] if best else None


def _items(table: Table, text: str) -> dict[str, str]:
    """What an answer is about, by column: one code or name, or several parted by commas, in any order."""
    names = [name for name in table.key if name not in _GIVEN]
    parts = [text] if len(names) == 1 else re.split(r"\s*[,;/]\s*", text)
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
    """The code with which an item begins, as in "R1 The gate stays locked", else the item as it is written."""
    match = (
        re.match(rf"\s*({prefix}\d+)\b", text, re.IGNORECASE)
        if (prefix := _prefix(table, name))
        else None
    )
    return match[1] if match else text


def _prefix(table: Table, name: str) -> str:
    """The letter with which the codes begin that a column points to."""
    kind = table.by_name[name].kind
    return (
        getattr(TABLES[kind.table].columns[0].kind, "prefix", "") if isinstance(kind, Ref) else ""
    )


def _fits(table: Table, name: str, text: str) -> bool:
    kind = table.by_name[name].kind
    try:
        return bool(kind.read(text)) if isinstance(kind, Choice) else bool(text.strip())
    except Unreadable:
        return False


def _has_prefix(table: Table, items: dict[str, str]) -> bool:
    """Whether an item is written as a code of the table that it should belong to."""
    return any(
        prefix and re.fullmatch(rf"{prefix}\d+", text.strip(), re.IGNORECASE)
        for name, text in items.items()
        if (prefix := _prefix(table, name))
    )


def _a_row_a_person(source: Source, typed: pd.DataFrame, rest: str, found: Found) -> None:
    """Make rows of the handbook's tables from a sheet with a row a person; what is left over keeps a sheet of its own."""
    who = {name: _column_of(typed, name) for name in _GIVEN}
    asked = {
        heading: _question(heading) for heading in typed.columns if heading not in who.values()
    }
    alone = {heading: _table_of(heading) for heading, question in asked.items() if question is None}
    made: dict[str, list[dict[str, str]]] = {}
    for number, person in typed.iterrows():
        given = {name: person[heading] for name, heading in who.items() if heading}
        rows: dict[tuple, dict[str, str]] = {}
        for heading, question in asked.items():
            if question and person[heading].strip():
                table, name, items = question
                rows.setdefault((table.name, *items.values()), {**given, **items})[name] = person[
                    heading
                ]
            elif (table := alone.get(heading)) and person[heading].strip():
                rows.setdefault((table.name,), dict(given))[table.headers[plain(heading)]] = person[
                    heading
                ]
        for (name, *_), row in rows.items():
            known = {column: text for column, text in row.items() if column in TABLES[name].by_name}
            made.setdefault(name, []).append({**known, "\0": str(number)})
    for name, rows in made.items():
        frame = pd.DataFrame(rows, index=range(2, len(rows) + 2)).fillna("").astype("str")
        source.people[name] = frame.pop("\0")
        source.sheets[name] = frame
    left = [
        heading
        for heading, table in alone.items()
        if table is None and typed[heading].str.strip().any()
    ]
    if left:
        source.sheets[rest] = typed[left]
    if of_the_tool := [heading for heading in left if _of_the_tool(heading)]:
        found.told.append(
            tr(
                "{file}: {columns} are no questions of the handbook; they are kept in a sheet of their own. "
                "Delete what tells who somebody is."
            ).format(file=source.name, columns=", ".join(of_the_tool))
        )
    if not_known := [heading for heading in left if not _of_the_tool(heading)]:
        _tell_headings(source.name, not_known, found)


def _column_of(typed: pd.DataFrame, name: str) -> str:
    """The heading under which a form says who answers."""
    ways = {
        way
        for table in TABLES.values()
        if table.views
        for way, column in table.headers.items()
        if column == name
    }
    return next((heading for heading in typed.columns if plain(heading) in ways), "")


def _table_of(heading: str) -> Table | None:
    """The table with one row a partner in which a question stands."""
    for table in TABLES.values():
        column = table.headers.get(plain(heading))
        if (
            table.key == ("partner",)
            and table.name != "partners"
            and column
            and column not in ("partner", "share")
        ):
            return table
    return None
