"""The CSV files that make up a partnership's folder: their names, and their contents."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from partnering.language import tr
from partnering.schema.columns import Table
from partnering.schema.free_names import free_name
from partnering.schema.spelling import nearest
from partnering.schema.tables import TABLES
from partnering.storage import atomic, bounds, csv_text, sheets
from partnering.storage.assumed import Assumption, Supplied
from partnering.storage.atomic import NotOpened

# How workbooks, documents and pictures begin.
_NO_TEXT = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff"),
    *(b"GIF8", b"\x1f\x8b", b"SQLite format 3"),
)
_OF_A_PAGE = (b"<!doctype", b"<html", b"<table", b"<?xml")
Raw = dict[str, bytes]  # the contents of files, by their names

# What a file may not be called on one system or another is written as %3A and the like.
_UNFIT = re.compile(
    r"""[<>:"/\\|?*\x00-\x1f]|%(?=[0-9A-F]{2})|^[.~ ]|[. ]$"""
    r"""|^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)).""",
    re.IGNORECASE,
)
_LONGEST = 200  # bytes; systems take 255


def of_one_moment(place: Path) -> Raw:
    """The contents of the CSV files in a folder, none older or newer than the others.

    A save that was stopped halfway is finished; where nothing can be written, the files are read
    as if it were.

    Raises:
        NotOpened: There is no folder, or a file cannot be read.
    """
    raw: Raw = {}
    for attempt in range(atomic.TRIES):
        _finish(place)
        files = there(place)
        before, work = _states(files.values()), atomic.unfinished(place) or {}
        where = {file.name: file for file in files.values()}
        where |= {name: beside for name, beside in work.items() if beside and _is_table(name)}
        removed = {name for name, beside in work.items() if not beside}
        try:
            raw = {
                name: atomic.contents(file) for name, file in where.items() if name not in removed
            }
        except NotOpened:
            if attempt == atomic.TRIES - 1 or before == _states(there(place).values()):
                raise
            continue
        unchanged = before == _states(there(place).values())
        if not work and unchanged and atomic.unfinished(place) is None:
            break
        time.sleep(atomic.FIRST_WAIT)
    return raw


def _is_table(name: str) -> bool:
    """Whether a file that is saved in one with the tables is one of them."""
    return name.lower().endswith(".csv")


def _finish(place: Path) -> None:
    """Finish a save that was stopped, unless another program is at it or nothing can be written."""
    with contextlib.suppress(OSError):
        if atomic.unfinished(place) is not None:
            with atomic.alone(place, patience=atomic.FIRST_WAIT) as alone:
                if alone:
                    atomic.finish(place)


def _states(files: Iterable[Path]) -> dict[str, tuple[int, int, int]]:
    """What changes when one of the files is replaced; those that are gone are left out."""
    found = {}
    for file in files:
        with contextlib.suppress(OSError):
            found[file.name] = atomic.file_state(file)
    return found


def raw_sheets(raw: Raw) -> Supplied[dict[str, csv_text.Rows]]:
    """The rows of files by the names of their sheets, in tour order.

    Args:
        raw: The contents of CSV files by their names.

    Returns:
        The rows of each file, with what was assumed of their encodings. A private table has none:
        it is named and not read.

    Raises:
        NotOpened: A file is no CSV file, whatever its name says.
    """
    files = {name: file.name for name, file in by_sheet(Path(name) for name in raw).items()}
    named = sheets.tables_named(files)
    order = list(TABLES)

    def place_in_tour(name: str) -> int:
        return order.index(named[name].name) if name in named else len(order)

    found: dict[str, csv_text.Rows] = {}
    told: list[Assumption] = []
    for name in sorted(files, key=place_in_tour):
        if name in named and named[name].private:
            found[name] = []
        else:
            here: list[Assumption] = []
            read = rows(raw[files[name]], files[name], named.get(name))
            found[name], _ = read.told_to(here)
            told += [one.of(files[name]) for one in here]
    return Supplied(found, told)


def there(place: Path) -> dict[str, Path]:
    """The CSV files in a folder by the names of their sheets, but for what systems hide there.

    Raises:
        NotOpened: There is no folder, or it cannot be read.
    """
    try:
        return by_sheet(atomic.csv_files(place))
    except FileNotFoundError:
        raise NotOpened(nothing_there(place)) from None
    except NotADirectoryError:
        raise NotOpened(tr("{path} is a file, not a folder.").format(path=place)) from None
    except OSError as error:
        raise NotOpened(atomic.unreadable(place, error)) from None


def by_sheet(files: Iterable[Path]) -> dict[str, Path]:
    """Files by the names of their sheets, in the order of their own names."""
    found: dict[str, Path] = {}
    for file in sorted(files):
        name = sheet_name(file.stem)
        found[file.name if name in found else name] = file
    return found


def rows(data: bytes, name: str, table: Table | None) -> Supplied[tuple[csv_text.Rows, str]]:
    """The rows of a file and its delimiter, with what was assumed of its encoding.

    Args:
        data: The contents of the file.
        name: Its name, for the sentence where it cannot be read.
        table: The table it holds, whose headings tell the delimiter; None where it is not known.

    Raises:
        NotOpened: It is a workbook, whatever its name says, or holds more than any partnership.
    """
    return rows_like(data, name, partial(headings_known, table=table))


def headings_known(rows: csv_text.Rows, table: Table | None) -> int:
    """How many headings of a table are among the first rows; 0 where the table is not known.

    Args:
        rows: The rows of a file.
        table: The table that it may hold.
    """
    return sheets.known_headings(rows[:50], table) if table else 0


def rows_like(
    data: bytes, name: str, likeness: Callable[[csv_text.Rows], int]
) -> Supplied[tuple[csv_text.Rows, str]]:
    """The same, where something else than a table's headings tells the delimiter.

    Args:
        data: The contents of the file.
        name: Its name, for the sentence where it cannot be read.
        likeness: How much rows look like what is expected; see `csv_text.read`.

    Raises:
        NotOpened: It is a workbook, whatever its name says, or holds more than any partnership.
    """
    _refuse_what_is_no_text(data, name)
    read = csv_text.read(data, likeness, name)
    told: list[Assumption] = []
    found, delimiter = read.told_to(told)
    bounds.refuse_too_wide(found, name)
    return Supplied((found, delimiter), told)


def _refuse_what_is_no_text(data: bytes, name: str) -> None:
    """Refuse a workbook, a document, a page or a picture that is called a CSV file.

    Args:
        data: The contents of the file.
        name: Its name.

    Raises:
        NotOpened: It is one of these, whatever its name says.
    """
    begins = data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_NO_TEXT) or begins.startswith(_OF_A_PAGE):
        raise NotOpened(
            tr(
                "{name} is not a CSV file, whatever its name says. Open it in your spreadsheet "
                "program and save it as CSV."
            ).format(name=name)
        )


def nothing_there(path: Path) -> str:
    """The sentence for a path at which nothing lies, with the likeliest of what lies beside it."""
    said = tr("There is nothing at {path}.").format(path=path)
    try:
        beside = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return said
    likeliest = nearest(path.name, beside)
    if not likeliest:
        return said
    return f"{said} {tr('Did you mean “{nearest}”?').format(nearest=likeliest)}"


def file_name(name: str, taken: Collection[str]) -> str:
    """The name of the CSV file for a sheet.

    Args:
        name: The name of the sheet.
        taken: Names of files that are in use, without capitals.

    Returns:
        A name that every system takes, and that is not taken. `sheet_name` reads it back.
    """
    fit = _UNFIT.sub(lambda match: f"%{ord(match[0]):02X}", name)
    fit = fit.encode()[:_LONGEST].decode(errors="ignore")
    return free_name(
        f"{fit}.csv",
        lambda file: file.casefold() in taken,
        lambda number: f"{fit} ({number}).csv",
    )


def sheet_name(stem: str) -> str:
    """The name of a sheet from that of its file, without its ending."""
    name = unquote(stem)
    return name if file_name(name, ()) == f"{stem}.csv" else stem
