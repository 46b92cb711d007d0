"""A partnership as a folder: one CSV file a table, saved whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.schema.columns import Column, Table
from partnering.schema.tables import TABLES, called
from partnering.storage import atomic, csv_folder, csv_text, paths, reported, sheets, versions
from partnering.storage.assumed import NOT_READ, Assumption
from partnering.storage.atomic import NotOpened, NotSaved
from partnering.storage.csv_folder import Raw
from partnering.storage.stored import AsRead, StoredPartnership, place_of

__all__ = ["NotOpened", "NotSaved", "Saved", "contents", "open_any", "read", "save", "write"]

_OTHER_SHEETS = {".xls", ".xlsb", ".numbers", ".fods", ".gsheet"}


@dataclass(frozen=True)
class Saved:
    """What a save did.

    Attributes:
        place: Where the partnership lies now.
        taken_over: The tables that somebody else had changed meanwhile.
        copied: Whether it was a worked example or a workbook, which are never written to, so that a
            copy was made.
        expired: How many earlier versions were deleted, since the partnership's day has passed.
    """

    place: Path
    taken_over: tuple[str, ...] = ()
    copied: bool = False
    expired: int = 0

    @property
    def sentence(self) -> str:
        """What people are told, "" where there is nothing to tell."""
        said = []
        if self.copied:
            said.append(
                tr(
                    "What you opened is never written to: a copy was made in {place}, and every "
                    "exercise opens it from now on."
                ).format(place=self.place)
            )
        if self.taken_over:
            said.append(
                tr(
                    "Somebody else had changed {tables} in the meantime; those changes were kept."
                ).format(tables=", ".join(map(called, self.taken_over)))
            )
        if self.expired:
            said.append(
                trn(
                    "{count} earlier version was deleted: the day has passed on which all is to be "
                    "destroyed.",
                    "{count} earlier versions were deleted: the day has passed on which all is to "
                    "be destroyed.",
                    self.expired,
                ).format(count=self.expired)
            )
        return " ".join(said)


def open_any(path: Path | str) -> StoredPartnership:
    """The partnership at a path, be it a folder or a workbook.

    Args:
        path: Where it lies; as text also in quotation marks or with `~`, as somebody typed it.

    Raises:
        NotOpened: Nothing is there, or it is none of both; the sentence says what to choose.
    """
    path = paths.typed(path) if isinstance(path, str) else path
    if not atomic.is_told_whole(path.absolute()):
        raise NotOpened(f"{atomic.shown_name(path)}: {atomic.why_unread(path)}")
    ending = path.suffix.lower()
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotOpened(csv_folder.nothing_there(path)) from None
    except (OSError, ValueError) as error:  # too long, or with signs that no system takes
        raise NotOpened(atomic.unreadable(path, error)) from None
    if path.is_dir() and ending != ".numbers":  # a .numbers document may be a folder
        return read(path)
    if ending in paths.WORKBOOKS:
        from partnering.storage import workbook  # only those who open a workbook wait for it

        return workbook.read(path)
    if ending in _OTHER_SHEETS:
        raise NotOpened(
            tr(
                "{name} cannot be read as it is. Open it in the program it was made with. Save or "
                "export it as an Excel workbook (.xlsx), and choose that."
            ).format(name=path.name)
        )
    if ending in (".csv", ".tsv", ".txt"):
        raise NotOpened(
            tr("{name} is one table of a partnership. Choose the folder it is in: {place}").format(
                name=path.name, place=path.parent
            )
        )
    raise NotOpened(
        tr(
            "{name} is neither a folder nor a workbook (.xlsx), so no answers can be read from it."
        ).format(name=path.name)
    )


def read(path: Path | str) -> StoredPartnership:
    """The partnership in a folder of CSV files.

    Files that are not tables of the handbook are kept; house files are left alone. A save that was
    stopped halfway is finished first. Where the day has passed on which all is to be destroyed,
    that is told; the next save then deletes the earlier versions, and reading deletes nothing.

    Args:
        path: The folder. Its files may have any delimiter and encoding that `csv_text` reads.

    Returns:
        The partnership, which remembers what lay in the folder (`as_read`).

    Raises:
        NotOpened: There is no such folder, no table in it, or a file that cannot be read.
    """
    place = Path(path)
    raw = csv_folder.of_one_moment(place)
    if not raw:
        raise NotOpened(
            tr(
                "There are no tables in {place}: a partnership is a folder of CSV files such as "
                "partners.csv."
            ).format(place=place)
        )
    told: list[Assumption] = []
    rows = csv_folder.raw_sheets(raw).told_to(told)
    partnership = sheets.partnership_of(rows, place.resolve().name, place)
    over = versions.told_when_over(partnership)
    partnership.assumed = [*told, *partnership.assumed, *_left_beside(place), *over]
    partnership.is_over = versions.is_over(partnership)
    _remember(partnership, place, raw)
    return partnership


def _unread_in(place: Path) -> list[Assumption]:
    """What is called a CSV file in a partnership's folder and cannot be read as one."""
    return [
        Assumption(atomic.why_unread(file), file=atomic.shown_name(file), kind=NOT_READ)
        for file in atomic.unread_csv_files(place)
    ]


def _left_beside(place: Path) -> list[Assumption]:
    """Files in a partnership's folder that have the name of a table and are no CSV files."""
    with contextlib.suppress(OSError):
        beside = sorted(place.iterdir())
        return _unread_in(place) + [
            Assumption(
                tr("it was not read: a folder holds CSV files. Save it as {name}.csv.").format(
                    name=file.stem
                ),
                file=file.name,
                kind=NOT_READ,
            )
            for file in beside
            if file.suffix.lower() in {".tsv", ".txt", ".xls", ".xlsx", ".ods"}
            and atomic.is_named(file)
            and sheets.table_named(file.stem)
            and file.is_file()
        ]
    return []


def save(partnership: Partnership) -> Saved:
    """Save a partnership where it lies, and say what happened.

    Worked examples and workbooks are never written to: the first save makes a copy in
    my-partnerships, with its house files, and every exercise opens that from then on.

    Raises:
        NotSaved: It could not be saved; what was typed is still there.
    """
    place = place_of(partnership)
    if (
        place is not None
        and not paths.is_example(place)
        and place.suffix.lower() not in paths.WORKBOOKS
    ):
        return write(partnership, place)
    atomic.make_folder(paths.MY_PARTNERSHIPS)
    name = partnership.name
    if place is not None:
        name = place.name if place.is_dir() else place.stem
    home = paths.free_path(paths.MY_PARTNERSHIPS, name or "partnership")
    houses = paths.houses(place) if place else None
    write(partnership, home)
    if houses and houses.is_dir():
        shutil.copytree(houses, home / paths.HOUSES, dirs_exist_ok=True)
    partnership.name = home.name
    if isinstance(partnership, StoredPartnership):
        partnership.place = home
        partnership.recoded = []
    paths.choose(home)
    return Saved(home, copied=True)


def write(partnership: Partnership, path: Path | str) -> Saved:
    """Save a partnership as a folder, which is made where there is none.

    Only tables with rows get a file. A table that was emptied keeps a file with its headings, so
    that no old answers are left and no file vanishes from somebody's view; files that the
    partnership does not know are not touched. The state before is kept as a version. Where it was
    read from the same folder, tables that others have changed there meanwhile are taken over.

    Raises:
        NotSaved: The folder is gone, cannot be written to, somebody else is saving in it, or both
            have changed the same table. Nothing was saved then, never half a folder.
    """
    place = Path(path)
    if place_of(partnership) == place and not place.exists():
        raise NotSaved(atomic.gone(place))
    atomic.make_folder(place)
    with atomic.alone(place) as alone:
        if not alone:
            raise NotSaved(atomic.busy(place))
        try:
            with contextlib.suppress(OSError):  # where nothing can be written, saving will say why
                atomic.finish(place)
            there = {file.name: atomic.contents(file) for file in csv_folder.there(place).values()}
        except NotOpened as error:
            raise NotSaved(str(error)) from None
        taken_over = _take_over(partnership, place, there)
        new = _contents(partnership, place, there)
        over = _is_over(partnership, place)
        kept_with_it = reported.to_write(partnership, place)
        before = None if over else partial(versions.keep, place)
        atomic.replace({**new, **kept_with_it}, before=before)
        expired = versions.expire(place) if over else 0
        _remember(partnership, place, there | {file.name: data for file, data in new.items()})
    return Saved(place, taken_over, expired=expired)


def _is_over(partnership: Partnership, place: Path) -> bool:
    """Whether the earlier versions go with this save: their day has passed, and that was told."""
    if not isinstance(partnership, StoredPartnership) or partnership.place != place:
        return False
    return versions.is_over(partnership, was_told=True)


def contents(partnership: Partnership) -> Raw:
    """The CSV files of a partnership as they are written into a new folder, by their names."""
    return {file.name: data for file, data in _contents(partnership, Path(), {}).items()}


def _contents(partnership: Partnership, place: Path, there: Raw) -> dict[Path, bytes]:
    """The files that a partnership makes, with the names and delimiters of those that are there."""
    files = csv_folder.by_sheet(place / name for name in there)
    named = sheets.tables_named(files)
    files = {named[name].name if name in named else name: file for name, file in files.items()}
    taken, new = {name.casefold() for name in there}, {}
    for name, sheet in sheets.to_write(partnership).items():
        file = files.get(name) or place / csv_folder.file_name(name, taken)
        table = TABLES.get(name)
        if len(sheet) or name in files or (not table and len(sheet.columns)):
            rows = sheets.rows_of(_with_headings(sheet, table), table, _heading_in(table))
            new[file] = csv_text.written(rows, _delimiter(file.name, there, table))
            taken.add(file.name.casefold())
    return new


# ---------------------------------------------------------------- two writers


def _remember(partnership: Partnership, place: Path, raw: Raw) -> None:
    """Let a partnership remember what lies in its folder."""
    if not isinstance(partnership, StoredPartnership):
        return
    if partnership.place == place:
        partnership.recoded = []
    partnership.as_read = AsRead(
        place.resolve(),
        {name: atomic.digest(data) for name, data in raw.items()},
        {name: sheet.copy() for name, sheet in partnership.sheets.items()},
    )


def _take_over(partnership: Partnership, place: Path, there: Raw) -> tuple[str, ...]:
    """Take over the tables that others have changed in a folder since it was read, and name them.

    Raises `NotSaved` where the same table was changed here.
    """
    before = partnership.as_read if isinstance(partnership, StoredPartnership) else None
    if before is None or before.place != place.resolve():
        return ()
    if {name: atomic.digest(data) for name, data in there.items()} == before.digests:
        return ()
    told: list[Assumption] = []
    rows = csv_folder.raw_sheets(there).told_to(told)
    taken = sheets.partnership_of(rows, place.name, place)
    found = taken.sheets
    theirs, both = [], []
    for name in {**found, **before.sheets}:
        mine, now, then = partnership.sheets.get(name), found.get(name), before.sheets.get(name)
        if not sheets.alike(now, then):
            theirs.append(name)
            if not sheets.alike(mine, then) and not sheets.alike(mine, now):
                both.append(name)
    if both:
        raise NotSaved(
            tr(
                "{tables} in {place} was changed by somebody else after you opened it, in another "
                "notebook or program. You changed it as well. Nothing was saved, so that nobody's "
                "answers are lost. Note what you changed, open the partnership again (Run > Run "
                "All Cells) and enter it once more. What you typed is still here."
            ).format(tables=", ".join(map(called, both)), place=place)
        )
    partnership.take({name: found.get(name) for name in theirs})
    if isinstance(partnership, StoredPartnership):
        partnership.assumed = [*told, *taken.assumed]
    return tuple(theirs)


def _delimiter(name: str, there: Raw, table: Table | None) -> str:
    """The delimiter of a file that is about to be replaced, so that semicolons stay semicolons."""
    if name not in there:
        return ","
    try:
        return csv_folder.rows(there[name], name, table).told_to([])[1]
    except NotOpened:
        return ","


def _with_headings(sheet: pd.DataFrame, table: Table | None) -> pd.DataFrame:
    """A sheet without columns gets those of its core, so that an empty file says what it is for."""
    if table is None or len(sheet.columns):
        return sheet
    return sheet.reindex(columns=[column.name for column in table.columns if column.core])


def _heading_in(table: Table | None) -> Callable[[Column], str]:
    """How headings stand in a file, whatever the language of the room.

    They are the names of the columns, or their English labels in a table that is shown upright.
    """

    def heading(column: Column) -> str:
        return column.label if table and table.upright else column.name

    return heading
