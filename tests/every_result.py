"""Every result of every stop, for tests that hold for all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from partnering import stops
from partnering.partnership import Partnership
from partnering.results import Figure, Result, ResultTable, Several

RESULTS = ("ResultTable", "Figure", "Several")


def makers(*asked: str) -> list[Callable[..., Result]]:
    """Every function that makes a result of what is asked, of every module of the stops."""
    found = []
    for entry in iter_modules(stops.__path__):
        module = import_module(f"{stops.__name__}.{entry.name}")
        for name, make in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(make):
                continue
            signature = inspect.signature(make)
            if signature.return_annotation in RESULTS and tuple(signature.parameters) == asked:
                found += [make] if make.__module__ == module.__name__ else []
    return found


MAKERS = makers("p")


@lru_cache(maxsize=1024)
def made(make: Callable[..., Result], p: Partnership) -> Result:
    """A result of a partnership that no test changes, made once for all tests that look at it."""
    return make(p)


def called(make) -> str:
    """A function as the notebooks name it: risk.risk_table."""
    return f"{make.__module__.rpartition('.')[2]}.{make.__name__}"


def tables_of(result: Result) -> Iterator[ResultTable]:
    """The tables of a result, whether it is one, a figure with one, or several."""
    if isinstance(result, Several):
        yield from result.parts
    elif isinstance(result, Figure):
        yield result.table
    elif isinstance(result, ResultTable):
        yield result
