"""Earlier versions of a partnership: kept at each save, thinned as they age, gone when what was promised says so.

They lie in `.versions` inside the partnership's own folder, one folder a version, called after the moment at which it
was put aside. House files are not among them: they are each house's own.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.storage import atomic, paths, sheets
from partnering.storage.atomic import NotOpened

FOLDER = ".versions"
_NAME = "%Y-%m-%dT%H-%M-%S-%fZ"
_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Version:
    """One earlier version: where it lies, and the moment until which it was the present one."""

    place: Path
    until: dt.datetime

    @property
    def name(self) -> str:
        """What it is called, for `bring_back`."""
        return self.place.name


def kept(place: Path | str) -> list[Version]:
    """The earlier versions of the partnership at a place, the newest first."""
    try:
        found = {
            _moment(entry.name): entry
            for entry in (Path(place) / FOLDER).iterdir()
            if entry.is_dir()
        }
    except OSError:
        return []
    return [Version(found[moment], moment) for moment in sorted(filter(None, found), reverse=True)]


def keep(place: Path | str, now: dt.datetime | None = None) -> Version | None:
    """Put the present state aside, before it changes, and thin what was put aside before. Raises `OSError`.

    Gives None where there is nothing to keep, where the newest version says the same, and in the worked examples.
    """
    place, now = Path(place), now or dt.datetime.now(dt.UTC)
    files = _own(place)
    there = kept(place)
    if not files or paths.is_example(place) or (there and _same(files, there[0].place)):
        return None
    made = place / FOLDER / now.strftime(_NAME)
    beside = made.with_name(f".~{made.name}.tmp")
    beside.mkdir(parents=True, exist_ok=True)
    try:
        for file in files:
            shutil.copyfile(file, beside / file.name)
        beside.rename(made)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _thin(place, there, now)
    return Version(made, now)


def bring_back(place: Path | str, version: Version | str) -> None:
    """Make an earlier version the present one. The present one is kept first, so this can be undone as well.

    Raises `NotOpened` where there is no such version, `NotSaved` where it cannot be written.
    """
    place = Path(place)
    name = version if isinstance(version, str) else version.name
    found = next((some for some in kept(place) if some.name == name), None)
    if not found:
        raise NotOpened(tr("There is no earlier version {name} any more.").format(name=name))
    with atomic.alone(place) as alone:
        if not alone:
            raise atomic.NotSaved(atomic.busy(place))
        atomic.finish(place)
        new = {place / file.name: atomic.contents(file) for file in atomic.csv_files(found.place)}
        atomic.replace(new, gone=set(_own(place)) - set(new), before=lambda: keep(place))


def expire(partnership: Partnership, today: dt.date | None = None) -> int:
    """Delete the earlier versions once the day has passed on which the partners wanted everything destroyed.

    Gives how many there were. What stands there now is left: to destroy it is for people to do.
    """
    until, place = partnership.fact("delete_after"), partnership.place
    if until is None or place is None or until.date() >= (today or dt.date.today()):
        return 0
    return forget(place)


def forget(place: Path | str) -> int:
    """Delete every earlier version, also half-made ones, and give how many there were. Raises `OSError`."""
    there, all_of_them = kept(place), Path(place) / FOLDER
    if all_of_them.is_dir():
        shutil.rmtree(all_of_them)
    return len(there)


def thinned(moments: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """The moments that stay: all of the last hour, the last of every hour for a day, the last of every day before."""
    stay: dict[object, dt.datetime] = {}
    for moment in sorted(moments):
        age = now - moment
        each = (
            moment
            if age <= _HOUR
            else (moment.date(), moment.hour)
            if age <= _DAY
            else moment.date()
        )
        stay[each] = moment
    return set(stay.values())


def _thin(place: Path, there: list[Version], now: dt.datetime) -> None:
    """Delete the versions that are too many. One that cannot be deleted now is deleted the next time."""
    stay = thinned((version.until for version in there), now)
    for version in there:
        if version.until not in stay:
            shutil.rmtree(version.place, ignore_errors=True)
    for left in (place / FOLDER).glob(".~*.tmp"):
        shutil.rmtree(left, ignore_errors=True)


def _own(place: Path) -> list[Path]:
    """The files that make up the partnership: its tables and what else lies among them, without house files."""
    try:
        files = atomic.csv_files(place)
    except FileNotFoundError:
        return []
    named = {file: sheets.table_named(file.stem) for file in files}
    return [file for file, table in named.items() if not (table and table.private)]


def _same(files: list[Path], version: Path) -> bool:
    """Whether a version holds the same files with the same contents."""
    try:
        before = {file.name: file for file in atomic.csv_files(version)}
        return before.keys() == {file.name for file in files} and all(
            file.stat().st_size == before[file.name].stat().st_size
            and file.read_bytes() == before[file.name].read_bytes()
            for file in files
        )
    except OSError:
        return False


def _moment(name: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(name, _NAME).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
