"""A partnership as a folder: one CSV file a table, opened in any spreadsheet, saved whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

from partnering import csvtext, disk, sheets
from partnering.disk import NotOpened, NotSaved
from partnering.kinds import nearest
from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import Column, Table
from partnering.tables import TABLES

__all__ = ["NotOpened", "NotSaved", "open_any", "read", "write"]

# What a file may not be called on one system or another is written as %3A and the like.
_UNFIT = re.compile(r"""[<>:"/\\|?*\x00-\x1f]|%(?=[0-9A-F]{2})|^[.~ ]|[. ]$"""
                    r"""|^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)).""", re.IGNORECASE)
_LONGEST = 200  # bytes; systems take 255
_WORKBOOKS = {".xlsx", ".xlsm"}
_OTHER_SHEETS = {".ods", ".xls", ".xlsb", ".numbers", ".fods", ".gsheet"}


def open_any(path: Path | str) -> Partnership:
    """The partnership at a path, be it a folder or a workbook. Raises `NotOpened` with a sentence that helps."""
    path = Path(str(path).strip().strip("\"'")).expanduser()
    ending = path.suffix.lower()
    if path.is_dir() and ending != ".numbers":  # a .numbers document may be a folder
        return read(path)
    if not path.exists():
        raise NotOpened(_nothing_there(path))
    if ending in _WORKBOOKS:
        from partnering import workbook  # only where it is needed: both ways of reading stand side by side

        return workbook.read(path)
    if ending in _OTHER_SHEETS:
        raise NotOpened(tr("{name} cannot be read as it is. Open it in the program it was made with, save or export it "
                           "as an Excel workbook (.xlsx), and choose that.").format(name=path.name))
    if ending in (".csv", ".tsv", ".txt"):
        raise NotOpened(tr("{name} is one table of a partnership. Choose the folder it lies in: {place}").format(
            name=path.name, place=path.parent))
    raise NotOpened(tr("{name} is neither a folder nor a workbook (.xlsx), so no answers can be read from it.").format(
        name=path.name))


def _nothing_there(path: Path) -> str:
    said = tr("There is nothing at {path}.").format(path=path)
    try:
        beside = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return said
    likeliest = nearest(path.name, beside)
    return f"{said} {tr('Did you mean “{nearest}”?').format(nearest=likeliest)}" if likeliest else said


def read(path: Path | str) -> Partnership:
    """The partnership in a folder of CSV files: comma, semicolon or tab, UTF-8 or Windows-1252.

    Files that are not tables of the handbook are kept; house files are left alone. Raises `NotOpened`.
    """
    place = Path(path)
    files = _files(place)
    if not files:
        raise NotOpened(tr("There are no tables in {place}: a partnership is a folder of CSV files such as "
                           "partners.csv.").format(place=place))
    named = sheets.tables_named(files)
    raw = {name: [] if name in named and named[name].private else _rows(file, named.get(name))[0]
           for name, file in files.items()}
    order = list(TABLES)
    by_tour = sorted(raw, key=lambda name: order.index(named[name].name) if name in named else len(order))
    return sheets.partnership_of({name: raw[name] for name in by_tour}, place.resolve().name, place)


def write(partnership: Partnership, path: Path | str) -> None:
    """Save a partnership as a folder, which is made where there is none. Raises `NotSaved`, never half a file.

    Only tables with rows get a file. A table that was emptied keeps a file with its headings, so that no old answers
    are left and no file vanishes from somebody's view; files that the partnership does not know are not touched.
    """
    place = Path(path)
    if partnership.place is not None and Path(partnership.place) == place and not place.exists():
        raise NotSaved(tr("The folder {place} is no longer there. Was it moved or renamed, or a memory stick taken "
                          "out? What you typed is still here: save it in another place.").format(place=place))
    disk.make_folder(place)
    try:
        there = _files(place)
    except NotOpened as error:
        raise NotSaved(str(error)) from None
    named = sheets.tables_named(there)
    files = {named[name].name if name in named else name: file for name, file in there.items()}
    taken, new = {file.name.casefold() for file in there.values()}, {}
    for name, sheet in sheets.to_write(partnership).items():
        file = files.get(name) or place / _file_name(name, taken)
        table = TABLES.get(name)
        if len(sheet) or name in files or (not table and len(sheet.columns)):
            rows = sheets.rows_of(_with_headings(sheet, table), table, _heading_in(table))
            new[file] = csvtext.written(rows, _delimiter(file, table) if name in files else ",")
            taken.add(file.name.casefold())
    disk.replace(new)


def _files(place: Path) -> dict[str, Path]:
    """The CSV files in a folder by the names of their sheets, leaving out what systems hide there."""
    try:
        entries = sorted(place.iterdir())
    except FileNotFoundError:
        raise NotOpened(_nothing_there(place)) from None
    except NotADirectoryError:
        raise NotOpened(tr("{path} is a file, not a folder.").format(path=place)) from None
    except OSError as error:
        raise NotOpened(disk.unreadable(place, error)) from None
    files: dict[str, Path] = {}
    for file in entries:
        if file.suffix.lower() == ".csv" and not file.name.startswith((".", "~")) and file.is_file():
            name = _sheet_name(file.stem)
            files[file.name if name in files else name] = file
    return files


def _rows(file: Path, table: Table | None) -> tuple[csvtext.Rows, str]:
    """The rows of a file and its delimiter."""
    data = disk.contents(file)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotOpened(tr("{name} is not a CSV file, whatever its name says. Open it in your spreadsheet program and "
                           "save it as CSV.").format(name=file.name))
    return csvtext.read(data, lambda rows: sheets.known_headings(rows[:50], table) if table else 0)


def _delimiter(file: Path, table: Table | None) -> str:
    """The delimiter of a file that is about to be replaced: whoever keeps semicolons goes on with them."""
    try:
        return _rows(file, table)[1]
    except NotOpened:
        return ","


def _with_headings(sheet: pd.DataFrame, table: Table | None) -> pd.DataFrame:
    """A sheet without columns gets those of its core, so that an emptied file says what it is for."""
    core = [column.name for column in table.columns if column.core] if table and not len(sheet.columns) else []
    return sheet.reindex(columns=core) if core else sheet


def _heading_in(table: Table | None) -> Callable[[Column], str]:
    """How headings stand in a file, whatever the language of the room: names, or English labels where upright."""
    def heading(column: Column) -> str:
        return column.label if table and table.upright else column.name

    return heading


def _file_name(name: str, taken: set[str]) -> str:
    """A file name that every system takes, and that is not taken."""
    fit = _UNFIT.sub(lambda match: f"%{ord(match[0]):02X}", name).encode()[:_LONGEST].decode(errors="ignore")
    free, number = f"{fit}.csv", 1
    while free.casefold() in taken:
        number += 1
        free = f"{fit} ({number}).csv"
    return free


def _sheet_name(stem: str) -> str:
    """The name of a sheet from that of its file."""
    name = unquote(stem)
    return name if _file_name(name, set()) == f"{stem}.csv" else stem
