"""Earlier versions of a partnership: kept at each save, thinned as they age, deleted when promised.

They lie in `.versions` inside the partnership's own folder, one folder a version, called after the
moment at which it was put aside. House files are not among them: they are each house's own.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES
from partnering.storage import atomic, paths, reported, sheets
from partnering.storage.assumed import Assumption
from partnering.storage.atomic import NotOpened
from partnering.storage.stored import StoredPartnership

FOLDER = ".versions"
BACK = "brought-back"  # the file that says what was brought back last, for whoever has it open
FORGOTTEN = "forgotten"  # the file that says when something was forgotten last, for the same
_NAME = "%Y-%m-%dT%H-%M-%S-%fZ"
_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Version:
    """One earlier version.

    Attributes:
        place: The folder in which it lies.
        until: The moment until which it was the present one, in UTC.
    """

    place: Path
    until: dt.datetime

    @property
    def name(self) -> str:
        """What it is called, for `bring_back`."""
        return self.place.name


def kept(place: Path | str) -> list[Version]:
    """The earlier versions of the partnership at a place, the newest first."""
    found: dict[dt.datetime, Path] = {}
    if (Path(place) / FOLDER).is_symlink():
        return []  # what lies elsewhere is not ours
    try:
        for entry in (Path(place) / FOLDER).iterdir():
            moment = _moment(entry.name)
            if moment and entry.is_dir():
                found[moment] = entry
    except OSError:
        return []
    return [Version(found[moment], moment) for moment in sorted(found, reverse=True)]


def keep(place: Path | str, now: dt.datetime | None = None) -> Version | None:
    """Put the present state aside, before it changes, and thin what was put aside before.

    Args:
        place: The folder of the partnership.
        now: The moment, in UTC; the present one where it is left out.

    Returns:
        The version that was made; None where there is nothing to keep, where the newest version
        says the same, and in the worked examples.

    Raises:
        OSError: It cannot be written; nothing half-made is left then.
    """
    place, now = Path(place), now or dt.datetime.now(dt.UTC)
    files = _own(place)
    there = kept(place)
    if not files or paths.is_example(place) or (there and _same(files, there[0].place)):
        return None
    _let_go_of_a_link(place)
    while (made := place / FOLDER / now.strftime(_NAME)).exists():
        now += dt.timedelta(microseconds=1)  # two saves in one moment are two versions
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
    """Make an earlier version the present one.

    The present one is kept first, so this can be undone as well. Sheets of one's own that lie among
    the tables stay as they are.

    Args:
        place: The folder of the partnership.
        version: The version or its name.

    Raises:
        NotOpened: There is no such version.
        NotSaved: It cannot be written, or somebody else is saving.
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
        reported.bring_back(place)
        there = set(_own(place))
        new = {
            place / file.name: atomic.contents(file)
            for file in atomic.csv_files(found.place)
            if _is_ours(file) or place / file.name not in there
        }
        gone = filter(_is_ours, there - set(new))
        atomic.replace(new, gone=gone, before=lambda: _put_aside(place, name))


def brought_back(place: Path | str) -> str:
    """What was brought back last, and when; "" where nothing was.

    Whoever has the partnership open sees by it that the present version is an earlier one.
    """
    return _noted(place, BACK)


def forgotten(place: Path | str) -> str:
    """When something was forgotten last; "" where nothing was.

    Whoever has the partnership open sees by it that a line which is gone is not to come back.
    """
    return _noted(place, FORGOTTEN)


def note_forgotten(place: Path) -> None:
    """Note that something is being forgotten now.

    Raises:
        OSError: It cannot be written.
    """
    (place / FOLDER).mkdir(exist_ok=True)
    now = dt.datetime.now(dt.UTC).isoformat()
    (place / FOLDER / FORGOTTEN).write_text(f"{now}\n", encoding="utf-8")


def _noted(place: Path | str, name: str) -> str:
    try:
        return (Path(place) / FOLDER / name).read_text(encoding="utf-8")
    except OSError:
        return ""


def _put_aside(place: Path, name: str) -> None:
    """Keep the present version, and note that the one of a name is brought back now."""
    keep(place)
    now = dt.datetime.now(dt.UTC).isoformat()
    (place / FOLDER / BACK).write_text(f"{name} {now}\n", encoding="utf-8")


def is_over(
    partnership: StoredPartnership, was_told: bool = False, today: dt.date | None = None
) -> bool:
    """Whether the day has passed on which all is to be destroyed, and that day can be right.

    Args:
        partnership: A partnership; `partnership.delete_after` is its day.
        was_told: Whether it has to be told already, when the partnership was opened.
        today: The day; the present one where it is left out.
    """
    passed = _passed(partnership, today)
    told = partnership.is_over or not was_told
    return passed is not None and told and not _comes_too_early(partnership, passed)


def told_when_over(
    partnership: StoredPartnership, today: dt.date | None = None
) -> list[Assumption]:
    """What whoever opens a partnership is told where its day has passed and versions are left.

    A slip of the hand in the year would delete them all. So they go with the next save, and not at
    all where the day is before the session's, or before the oldest of them.

    Args:
        partnership: A partnership; `partnership.delete_after` is its day.
        today: The day; the present one where it is left out.
    """
    passed = _passed(partnership, today)
    count = len(kept(partnership.place)) if partnership.place is not None else 0
    if passed is None or not count:
        return []
    if _comes_too_early(partnership, passed):
        said = tr(
            "{day} has passed. Is that right? If not, correct it. If it is, forget the "
            "partnership. Until then its earlier versions are kept."
        )
    else:
        said = trn(
            "{day} has passed. So the next save deletes {count} earlier version. If the day is "
            "wrong, correct it first. If it is right, forget the partnership.",
            "{day} has passed. So the next save deletes {count} earlier versions. If the day is "
            "wrong, correct it first. If it is right, forget the partnership.",
            count,
        )
    table = TABLES["partnership"]
    column = tr(table.by_name["delete_after"].label)
    sentence = said.format(day=f"{passed:%Y-%m-%d}", count=count)
    return [Assumption(sentence, sheet=tr(table.label), column=column)]


def _passed(partnership: Partnership, today: dt.date | None) -> dt.date | None:
    """The day on which all was to be destroyed, where it has passed."""
    until = partnership.fact("delete_after")
    if until is None or until.date() >= (today or dt.date.today()):
        return None
    return until.date()


def _comes_too_early(partnership: StoredPartnership, day: dt.date) -> bool:
    """Whether a day is before the session's, or before the oldest earlier version."""
    session = partnership.fact("date")
    there = kept(partnership.place) if partnership.place is not None else []
    oldest = there[-1].until.date() if there else day
    return day < oldest or (session is not None and day < session.date())


def expire(place: Path) -> int:
    """Delete the earlier versions since their day has passed, and give how many there were.

    What cannot be deleted now is deleted next time.
    """
    try:
        return forget(place)
    except OSError:
        return 0


def forget(place: Path | str) -> int:
    """Delete every earlier version, also half-made ones, and give how many there were.

    Raises:
        OSError: They cannot be deleted.
    """
    _let_go_of_a_link(Path(place))
    there, all_of_them = kept(place), Path(place) / FOLDER
    if all_of_them.is_dir():
        shutil.rmtree(all_of_them)
    return len(there)


def _let_go_of_a_link(place: Path) -> None:
    """Remove a link that stands where versions are kept; what it leads to is not touched."""
    if (place / FOLDER).is_symlink():
        (place / FOLDER).unlink()


def thinned(moments: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """The moments that stay: fewer and fewer, the older they are.

    Args:
        moments: The moments of all versions.
        now: The present moment.

    Returns:
        All of the last hour, the last of every hour for a day, the last of every day before.
    """
    stay: dict[object, dt.datetime] = {}
    for moment in sorted(moments):
        age = now - moment
        stands_for: object = moment.date()
        if age <= _HOUR:
            stands_for = moment
        elif age <= _DAY:
            stands_for = (moment.date(), moment.hour)
        stay[stands_for] = moment
    return set(stay.values())


def _thin(place: Path, there: list[Version], now: dt.datetime) -> None:
    """Delete the versions that are too many; what cannot be deleted now is deleted next time."""
    stay = thinned((version.until for version in there), now)
    for version in there:
        if version.until not in stay:
            shutil.rmtree(version.place, ignore_errors=True)
    for left in (place / FOLDER).glob(".~*.tmp"):
        shutil.rmtree(left, ignore_errors=True)


def _own(place: Path) -> list[Path]:
    """The files that make up a partnership, with what else lies among them, but no house files."""
    try:
        files = atomic.csv_files(place)
    except FileNotFoundError:
        return []
    named = {file: sheets.table_named(file.stem) for file in files}
    return [file for file, table in named.items() if not (table and table.private)]


def _is_ours(file: Path) -> bool:
    """Whether a file is a table of the handbook."""
    return sheets.table_named(file.stem) is not None


def _same(files: list[Path], version: Path) -> bool:
    """Whether a version holds the same files with the same contents."""
    try:
        before = {file.name: file for file in atomic.csv_files(version)}
        if before.keys() != {file.name for file in files}:
            return False
        # not by size, which the disk of a browser does not tell before a file is read
        return all(file.read_bytes() == before[file.name].read_bytes() for file in files)
    except OSError:
        return False


def _moment(name: str) -> dt.datetime | None:
    """The moment after which a version is called; None for a folder that is none."""
    try:
        return dt.datetime.strptime(name, _NAME).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
