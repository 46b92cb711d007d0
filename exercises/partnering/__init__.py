"""The tables and exercises of a handbook on partnering.

`open` reads a partnership from a folder or a workbook, `save` writes it where it lies. A stop is a
module with functions from a `Partnership` to a result (`ResultTable`, `Figure` or `Several`), which
shows itself in a notebook as a worked table of words.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnering import live
    from partnering.partnership import Partnership
    from partnering.results import Figure, Result, ResultTable, Several
    from partnering.stops import (
        agreement,
        coherence,
        principles,
        purpose,
        red_thread,
        relationship,
        risk,
        risk_sharing,
        start,
        value,
    )
    from partnering.storage.folder import NotOpened, NotSaved, save
    from partnering.storage.folder import open_any as open

_WHERE = {  # read only when asked for: a command that shows its help should not wait for pandas
    "Figure": "partnering.results",
    "NotOpened": "partnering.storage.atomic",
    "NotSaved": "partnering.storage.atomic",
    "Partnership": "partnering.partnership",
    "Result": "partnering.results",
    "ResultTable": "partnering.results",
    "Several": "partnering.results",
    "open": "partnering.storage.folder:open_any",
    "save": "partnering.storage.folder",
}
_STOPS = (
    "agreement",
    "coherence",
    "principles",
    "purpose",
    "red_thread",
    "relationship",
    "risk",
    "risk_sharing",
    "start",
    "value",
)

__all__ = [
    "Figure",
    "NotOpened",
    "NotSaved",
    "Partnership",
    "Result",
    "ResultTable",
    "Several",
    "agreement",
    "coherence",
    "live",
    "open",
    "principles",
    "purpose",
    "red_thread",
    "relationship",
    "risk",
    "risk_sharing",
    "save",
    "start",
    "value",
]


def __getattr__(name: str) -> object:
    if name in _STOPS:
        return importlib.import_module(f"partnering.stops.{name}")
    if name == "live":
        return importlib.import_module("partnering.live")
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, other = _WHERE[name].partition(":")
    return getattr(importlib.import_module(module), other or name)


def __dir__() -> list[str]:
    return __all__
