"""What changes a copy of the package leaves no name behind in it: the conftest of the copy.

mutmut writes each changed function into its module, beside the true one. Tests that ask for every
function of a module would find them there; mutmut itself keeps them in a place of its own.
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
