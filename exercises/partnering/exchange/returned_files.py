"""Files as they come back, each with what it says of its sender.

They are workbooks, folders, and the CSV files of form tools. A form tool writes either a row an
answer, with the handbook's headings, or a row a person, with a column for every question and item:
"Our stance [O1]", "O1: Our stance", "O1/Our stance", "Our stance - O1" or "O1 Our stance". Some
tools write workbooks, so each sheet of a workbook that is no table goes the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from partnering.exchange import form_names
from partnering.exchange.left_out import tell_what_is_not_known
from partnering.exchange.questions import question_of
from partnering.exchange.row_a_person import has_a_row_a_person, read_sheet
from partnering.exchange.sources import Found, Source, one_voice
from partnering.language import tr
from partnering.schema.columns import Table
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
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
from partnering.storage.assumed import NOT_READ, Assumption, Supplied, listed
from partnering.storage.atomic import NotOpened
from partnering.storage.stored import StoredPartnership

WORKBOOKS = paths.WORKBOOKS
TEXTS = (".csv", ".tsv", ".txt")
PACKED = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")
SHEETS_OF_OTHERS = (".xls", ".xlsb", ".numbers", ".fods", ".gsheet", ".wk1", ".sxc")


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
    answers = {} if form else _sheets_of_form_tools(raw, named) | _sheets_a_partner(raw, named)
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
            if has_a_row_a_person(named.get(name), typed.columns):
                found[name] = rows
    return found


def _sheets_a_partner(
    raw: Mapping[str, list[list[object]]], named: Mapping[str, Table]
) -> dict[str, list[list[object]]]:
    """The sheets of a workbook in which each partner has one of its own, called by its name.

    Several have the headings of one table, and none is called as that.
    """
    by_table: dict[str, list[str]] = {}
    for name, rows in raw.items():
        table = None if name in named else sheets.table_of(rows)
        if table and not table.private and "partner" in table.by_name:
            by_table.setdefault(table.name, []).append(name)
    there = {table.name for table in named.values()} | {"partners"}
    several = [names for table, names in by_table.items() if table not in there and len(names) > 1]
    return {name: raw[name] for names in several for name in names}


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
        tell = partial(tell_what_is_not_known, where, source, own, sheet, found, is_told)
        found.later.append(tell)
    return source


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
    source = Source(where, {}, atomic.digest(data), called=name)
    found.sources.append(source)
    if not filled:
        found.not_read(tr("nothing is in it."), where)
        return
    if typed.empty:
        found.not_read(tr("there are headings, and no answers below them."), where)
    if has_a_row_a_person(named, typed.columns):
        found.assumed += [one.of(where) for one in told]
        rest = tr("form {name}").format(name=name) if named else name
        found.later.append(partial(read_sheet, source, typed, rest, found))
    else:
        told.clear()
        sheet = sheets.sheet_of(rows, table).told_to(told)
        found.assumed += [one.of(where) for one in told]
        own = table.name if table else name
        source.sheets = {own: sheet}
        found.later.append(partial(tell_what_is_not_known, where, source, own, sheet, found))


def _is_heading(heading: str) -> bool:
    """Whether a heading asks something that the handbook knows."""
    known = sheets.is_known_somewhere(heading) or form_names.knows(heading)
    return bool(question_of(heading)) or known


def _likeness(rows: list[list[str]]) -> int:
    """How many headings the handbook could know."""
    filled = list(sheets.filled_rows(rows).values())[: headings.LOOKED_AT]
    return max((_known_in(row) for row in filled), default=0)


def _known_in(row: list[str]) -> int:
    """How many headings the handbook could know in one row."""
    asked = [heading for heading in row[: bounds.MOST_COLUMNS] if heading.strip()]
    most = max(sum(bool(table.meant_by(heading)) for heading in asked) for table in TABLES.values())
    return most + sum(question_of(heading) is not None for heading in asked)
