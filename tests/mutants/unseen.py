"""What changes a copy of the package leaves no name behind in it: the conftest of the copy.

mutmut writes each changed function into its module, beside the true one. Tests that ask for every
function of a module would find them there; mutmut itself keeps them in a place of its own.
Nor is anything known that was made before a change: each run begins with nothing made yet.
"""

from __future__ import annotations

from importlib import import_module
from inspect import isfunction
from pkgutil import walk_packages

from partnering import partnership, stops

for package in (partnership, stops):
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        names = vars(import_module(found.name))
        for name in [each for each in names if "__mutmut_" in each and isfunction(names[each])]:
            del names[name]


def pytest_sessionstart() -> None:
    """Forget the partnerships and results that an earlier run in this process has made."""
    for module, name in (("making", "_made"), ("examples", "_read"), ("every_result", "made")):
        getattr(import_module(module), name).cache_clear()
