"""What shared reports have shown without names, kept beside the answers of a partnership.

Two reports of one round could otherwise be set against each other, to tell what one partner added.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from partnering.partnership.privacy import Reported
from partnering.storage import atomic, paths
from partnering.storage.stored import StoredPartnership

NAME = ".reported.json"


def file_of(place: Path) -> Path:
    """Where it lies: in the folder of a partnership, or beside its workbook."""
    return place / NAME if place.is_dir() else place.with_name(f".{place.stem}{NAME}")


def read(place: Path) -> Reported | None:
    """What the last shared report of a partnership showed without names.

    Args:
        place: The folder or workbook of the partnership.

    Returns:
        None where no report was written, or what was kept cannot be read.
    """
    try:
        told = json.loads(file_of(place).read_text(encoding="utf-8"))
        lines = {name: {tuple(item): said for item, said in some} for name, some in told["lines"]}
        return Reported(str(told["round"]), str(told["day"]), lines)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(partnership: StoredPartnership, today: dt.date | None = None) -> None:
    """Keep what a shared report is about to show without names.

    Nothing is kept of a worked example.

    Args:
        partnership: The partnership as the facilitator sees it.
        today: The day on which the report is written; the present one where it is left out.

    Raises:
        NotSaved: It cannot be written.
    """
    place = partnership.place
    if place is None or paths.is_example(place):
        return
    partnership.reported = read(place)  # another program may have written a report meanwhile
    reported = partnership.report(f"{today or dt.date.today():%Y-%m-%d}")
    _write(place, reported)
    partnership.reported = reported


def move(partnership: StoredPartnership, place: Path) -> None:
    """Keep it also where a copy of the partnership was made.

    Args:
        partnership: The partnership.
        place: The folder of the copy.

    Raises:
        NotSaved: It cannot be written.
    """
    if partnership.reported is not None:
        _write(place, partnership.reported)


def forget(place: Path) -> None:
    """Let go of the words, since somebody's are taken back.

    That there was a line stays: else what is left of it could be set against the report.
    """
    reported = read(place)
    if reported is not None:
        lines = {name: dict.fromkeys(some, "") for name, some in reported.lines.items()}
        _write(place, Reported(reported.round, reported.day, lines))


def _write(place: Path, reported: Reported) -> None:
    told = {
        "round": reported.round,
        "day": reported.day,
        "lines": [[name, list(map(list, some.items()))] for name, some in reported.lines.items()],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    atomic.replace({file_of(place): text.encode("utf-8")})
