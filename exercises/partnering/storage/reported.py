"""What shared reports have shown without names, kept beside the answers of a partnership.

Two reports of one round could otherwise be set against each other, to tell what one partner added.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from partnering.language import tr
from partnering.partnership import Partnership, positions
from partnering.partnership.anonymity import Lines
from partnering.partnership.privacy import Reported
from partnering.schema.kinds import Ref
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import atomic, paths
from partnering.storage.stored import StoredPartnership

NAME = ".reported.json"
_LOST = b"null"  # something was kept, and cannot be read any more


def file_of(place: Path) -> Path:
    """Where it lies: in the folder of a partnership, or beside its workbook."""
    return paths.kept_with(place, NAME)


def read(place: Path) -> Reported | None:
    """What the last shared report of a partnership showed without names.

    Args:
        place: The folder or workbook of the partnership.

    Returns:
        None where no report was written. What was kept and cannot be read is told (`is_read`):
        every line may have been in it.
    """
    file = file_of(place)
    # of a save that was stopped, and that nobody may finish here, the tables are read as saved
    file = (atomic.unfinished(file.parent) or {}).get(file.name) or file
    if not os.path.lexists(file):
        return None
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        lines = {name: {tuple(item): said for item, said in some} for name, some in told["lines"]}
        before = {
            name: frozenset(map(tuple, some)) for name, some in told.get("before", {}).items()
        }
        return Reported(str(told["round"]), str(told["day"]), lines, before)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Reported("", "", {}, is_read=False)


def unread(place: Path | None) -> str:
    """What the facilitator is told where it cannot be read, "" where it can, and what helps.

    Args:
        place: The folder or workbook of the partnership; None where it lies nowhere.
    """
    told = read(place) if place is not None else None
    if place is None or told is None or told.is_read:
        return ""
    return tr(
        "What your shared reports have shown without names is kept in {file}, and that file cannot "
        "be read. So lines without names stay off the wall, and no shared report is written. Put "
        "back the file from a copy of the partnership. Or wait until everybody answers again, then "
        "delete the file."
    ).format(file=file_of(place))


def keep(partnership: StoredPartnership, today: dt.date | None = None) -> None:
    """Keep what a shared report is about to show without names.

    Nothing is kept of a worked example. Where it cannot be kept no shared report is written, be it
    into another folder: what it shows could be set against a later one.

    Args:
        partnership: The partnership as the facilitator sees it.
        today: The day on which the report is written; the present one where it is left out.

    Raises:
        NotSaved: It cannot be written, what earlier reports showed cannot be read, or rows have
            new codes that are not saved.
    """
    place = partnership.place
    if place is None or paths.is_example(place):
        return
    if partnership.recoded:
        raise atomic.NotSaved(
            tr("The new codes of some lines are not saved yet. Save them, and write it then.")
        )
    partnership.reported = read(place)  # another program may have written a report meanwhile
    if sentence := unread(place):
        raise atomic.NotSaved(sentence)
    reported = partnership.report(f"{today or dt.date.today():%Y-%m-%d}")
    try:
        _write(place, reported)
    except atomic.NotSaved as error:
        raise atomic.NotSaved(
            tr(
                "{why} What a shared report shows has to be kept there: two reports could be "
                "compared. So this one was not written. Copy the partnership to a folder in which "
                "you may save, open the copy, and write its report. The facilitator's own report "
                "can be written as it is."
            ).format(why=error)
        ) from None
    partnership.reported = reported


def recode(partnership: Partnership, table: str, new: Mapping[str, str]) -> None:
    """Let what was kept follow the rows of a table that get other codes.

    On the disk it follows with the next save, in one with the tables (`to_write`): else a save that
    fails would leave lines under other codes than what was reported of them.

    Args:
        partnership: The partnership.
        table: The table.
        new: The new codes by the old ones.
    """
    if not new:
        return
    if isinstance(partnership, StoredPartnership):
        follow(partnership, _on_disk(partnership) or partnership.reported)
        partnership.recoded.append((table, dict(new)))
    partnership.reported = _recoded(partnership.reported, table, new)


def follow(partnership: StoredPartnership, told: Reported | None) -> None:
    """Let an open partnership know what lies on the disk, under the codes that its rows have here.

    Args:
        partnership: The partnership, perhaps with codes that are not saved yet.
        told: What was kept, under the codes that are saved.
    """
    for table, new in partnership.recoded:
        told = _recoded(told, table, new)
    partnership.reported = told


def to_write(partnership: Partnership, place: Path) -> dict[Path, bytes]:
    """What has to be saved in one with the tables of a partnership, so that their codes agree.

    Args:
        partnership: The partnership.
        place: The folder that it is saved in: its own, or that of a copy.

    Returns:
        The file and its contents; nothing where what lies there holds as it is.
    """
    if not isinstance(partnership, StoredPartnership):
        return {}
    if partnership.place == place:
        told = _on_disk(partnership)
        if told is None or not told.is_read or not partnership.recoded:
            return {}
        follow(partnership, told)
    told = partnership.reported
    return {} if told is None else {file_of(place): _written(told)}


def _on_disk(partnership: StoredPartnership) -> Reported | None:
    """What is kept of a partnership; another program may have written a report meanwhile."""
    return None if partnership.place is None else read(partnership.place)


def _recoded(old: Reported | None, table: str, new: Mapping[str, str]) -> Reported | None:
    """What was kept, where rows of a table have other codes."""
    by_plain = {plain(code): other for code, other in new.items()}
    if old is None or not old.is_read:
        return old
    lines: dict[str, Lines] = {}
    before = dict(old.before)
    for name, some in old.lines.items():
        kinds = [TABLES[name].by_name[item].kind for item in positions.items_of(TABLES[name])]
        of_table = [isinstance(kind, Ref) and kind.table == table for kind in kinds]
        moved = {}
        for item, said in some.items():
            pairs = zip(item, of_table, strict=True)
            now = tuple(by_plain.get(plain(code), code) if of else code for code, of in pairs)
            moved[now] = said
            if now != item:
                before[name] = before.get(name, frozenset()) | {item}
        lines[name] = moved
    return replace(old, lines=lines, before=before)


def bring_back(place: Path) -> None:
    """Keep off the wall what was reported, where an earlier version may have the codes of then.

    Raises:
        NotSaved: It cannot be written.
    """
    reported = read(place)
    if reported is not None and reported.is_read and any(reported.before.values()):
        _write(place, _without_words(reported))


def forget(place: Path) -> None:
    """Let go of the words, since somebody's are taken back.

    That there was a line stays: else what is left of it could be set against the report. What
    cannot be read may hold the words too, so nothing is left of it but that it cannot be read.
    """
    reported = read(place)
    if reported is not None:
        _write(place, _without_words(reported))


def _without_words(reported: Reported) -> Reported:
    """The same items, also under the codes that they had before, and what was said of none."""
    lines = {}
    for name, some in reported.lines.items():
        items: Iterable[tuple[str, ...]] = [*some, *reported.before.get(name, ())]
        lines[name] = dict.fromkeys(items, "")
    return replace(reported, lines=lines)


def _write(place: Path, reported: Reported) -> None:
    atomic.replace({file_of(place): _written(reported)})


def _written(reported: Reported) -> bytes:
    """The contents of the file."""
    if not reported.is_read:
        return _LOST
    told = {
        "round": reported.round,
        "day": reported.day,
        "lines": [[name, list(map(list, some.items()))] for name, some in reported.lines.items()],
        "before": {name: sorted(some) for name, some in reported.before.items()},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8")
