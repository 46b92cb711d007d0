"""Start here: the partnerships on this computer, and whether it is ready for a workshop."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from partnering.language import tr
from partnering.results import ResultTable
from partnering.storage import paths

NEVER_SAVED = "PARTNERING_OUTPUTS_NEVER_SAVED"


def partnerships() -> ResultTable:
    """The worked examples, and the partnerships of one's own that lie in my-partnerships."""
    own = [] if paths.built() else paths.my_partnerships()
    rows = [
        (paths.told(place), tr("a copy is made on the first change")) for place in paths.examples()
    ]
    rows += [
        (paths.told(place), tr("yours: never published, never sent anywhere")) for place in own
    ]
    return ResultTable(
        tr("Partnerships on this computer"),
        pd.DataFrame(rows, columns=[tr("Partnership"), tr("What it is")]),
        nothing=tr("There is none yet."),
    )


def this_computer() -> ResultTable:
    """Whether this computer is ready for a workshop: OK or FIX in words, and what to do about each FIX."""
    checks: tuple[tuple[str, Callable[[], bool], str], ...] = (
        (
            tr("Python 3.11 or newer"),
            lambda: sys.version_info >= (3, 11),
            tr("Install a newer Python from python.org."),
        ),
        (
            tr("The tables can be read (pandas)"),
            lambda: _at_least("pandas", 3),
            tr("Run the workshop command once with internet: python -m nox -s workshop"),
        ),
        (
            tr("Spreadsheets can be read and written"),
            lambda: all(map(importlib.util.find_spec, ("python_calamine", "xlsxwriter"))),
            tr("Run the workshop command once with internet: python -m nox -s workshop"),
        ),
        (
            tr("Tables can be typed into"),
            lambda: all(map(importlib.util.find_spec, ("ipywidgets", "anywidget"))),
            tr("Run the workshop command once with internet: python -m nox -s workshop"),
        ),
        (
            tr("Your own folder can be written to"),
            _can_write,
            tr("Move the handbook to a folder that is yours, such as Documents."),
        ),
        (
            tr("Answers are never saved into notebooks"),
            lambda: os.environ.get(NEVER_SAVED) == "1",
            tr("Close Jupyter and open it with: python -m nox -s workshop"),
        ),
    )
    if paths.built():
        rows = [(name, tr("looked at when you open this in Jupyter"), "") for name, _, _ in checks]
    else:
        rows = [
            (name, tr("OK"), "") if check() else (name, tr("FIX"), what)
            for name, check, what in checks
        ]
    return ResultTable(
        tr("Is this computer ready?"),
        pd.DataFrame(rows, columns=[tr("What"), tr("OK or FIX"), tr("What to do")]),
    )


def _at_least(package: str, major: int) -> bool:
    try:
        return int(version(package).split(".")[0]) >= major
    except PackageNotFoundError:
        return False


def _can_write() -> bool:
    trial = paths.MY_PARTNERSHIPS / ".trial"
    try:
        paths.MY_PARTNERSHIPS.mkdir(exist_ok=True)
        trial.write_text("", encoding="utf-8")
        trial.unlink()
    except OSError:
        return False
    return True
