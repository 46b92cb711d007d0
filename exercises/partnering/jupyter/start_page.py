"""Start here: the partnerships on this computer, and whether it is ready for a workshop."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

import pandas as pd

from partnering.jupyter import kept_off
from partnering.language import tr
from partnering.results import ResultTable
from partnering.storage import paths


class Check(NamedTuple):
    """One thing that a computer needs: its name, whether it is there, and what to do if not."""

    name: str
    passes: Callable[[], bool]
    to_do: str


def partnerships() -> ResultTable:
    """The worked examples, and the partnerships of one's own that lie in my-partnerships.

    Returns:
        A table with a line for each: its name, and what it is. While the handbook is built, and
        where the notebook would keep them, there are the examples alone.
    """
    hidden = paths.built() or not kept_off.never_saved()
    own = [] if hidden else paths.my_partnerships()
    example, yours = (
        tr("a copy is made on the first change"),
        tr("yours: never published, never sent anywhere"),
    )
    rows = [(paths.told(place), example) for place in paths.examples()]
    rows += [(paths.told(place), yours) for place in own]
    return ResultTable(
        tr("Partnerships in this browser")
        if paths.IN_BROWSER
        else tr("Partnerships on this computer"),
        pd.DataFrame(rows, columns=[tr("Partnership"), tr("What it is")]),
        nothing=tr("There is none yet."),
    )


def this_computer() -> ResultTable:
    """Whether this computer is ready for a workshop.

    Returns:
        A table with a line for each check: what is looked at, OK or FIX, and what to do about a
        FIX. While the handbook is built nothing is looked at, and the lines say so.
    """
    headings = [tr("What"), tr("OK or FIX"), tr("What to do")]
    rows = [_outcome(check) for check in _checks()]
    title = tr("Is this browser ready?") if paths.IN_BROWSER else tr("Is this computer ready?")
    return ResultTable(title, pd.DataFrame(rows, columns=headings))


def _outcome(check: Check) -> tuple[str, str, str]:
    if paths.built():
        return check.name, tr("looked at when you open this in Jupyter"), ""
    if check.passes():
        return check.name, tr("OK"), ""
    return check.name, tr("FIX"), check.to_do


def _checks() -> list[Check]:
    install = tr("Run this command once with internet: {command}").format(
        command=kept_off.HOW_TO_OPEN
    )
    return [
        Check(
            tr("Python 3.11 or newer"),
            lambda: sys.version_info >= (3, 11),
            tr("Install a newer Python from python.org."),
        ),
        Check(
            tr("The tables can be read (pandas)"),
            lambda: _at_least("pandas", 3),
            install,
        ),
        Check(
            tr("Spreadsheets can be read and written"),
            lambda: _are_installed("python_calamine", "xlsxwriter"),
            install,
        ),
        Check(
            tr("Tables can be typed into"),
            lambda: _are_installed("ipywidgets", "anywidget"),
            install,
        ),
        Check(
            tr("Your own folder can be written to"),
            _can_write,
            tr("Move the handbook to a folder that is yours, such as Documents."),
        ),
        Check(
            tr("Answers are never saved into notebooks"),
            kept_off.never_saved,
            tr("Close Jupyter and open it with: {command}").format(command=kept_off.HOW_TO_OPEN),
        ),
    ]


def _at_least(package: str, major: int) -> bool:
    try:
        return int(version(package).split(".")[0]) >= major
    except PackageNotFoundError:
        return False


def _are_installed(*modules: str) -> bool:
    return all(map(importlib.util.find_spec, modules))


def _can_write() -> bool:
    trial = paths.MY_PARTNERSHIPS / ".trial"
    try:
        paths.MY_PARTNERSHIPS.mkdir(exist_ok=True)
        trial.write_text("", encoding="utf-8")
        trial.unlink()
    except OSError:
        return False
    return True
