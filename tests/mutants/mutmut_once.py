"""mutmut, made quicker in two places. A process of its own: nothing of it is loaded with the tests.

It asks all tests once before it begins, and not twice: they have just been asked to see which
functions each of them reaches, and a run ends there where one of them fails. And what a thousand
tests reach is not asked of all of them: those that are named like the changed module are asked,
those of whole results, and of the others the quickest, for MOST seconds. So a change may be counted
as left over that a test would notice; never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable

from mutmut.__main__ import cli
from mutmut.state import state
from mutmut.workers.isolation import ForkRunner

MOST = 30.0  # seconds, as they were measured in this run
OF_ALL = "test_words"

_submit = ForkRunner.submit


def asked_already(_: ForkRunner, tests: Iterable[str]) -> int:
    """The exit code of tests that have passed."""
    return 0


def submit(runner: ForkRunner, name: str, tests: list[str], limit: int, seconds: float) -> None:
    """Ask those tests of a changed function that are most likely to notice it."""
    _submit(runner, name, list(likely(name, tests)), limit, seconds)


def likely(name: str, tests: Iterable[str]) -> Iterable[str]:
    """The tests that are asked about a change: see above."""
    *_, package, module, _ = name.split(".")
    whole = f"tests/{package}/" if package == "partnership" else f"tests/{package}/test_{module}.py"
    left = MOST
    for test in sorted(tests, key=lambda test: state().duration_by_test[test]):
        if test.startswith(whole) or OF_ALL in test:
            yield test
        elif left > 0:
            left -= state().duration_by_test[test]
            yield test


ForkRunner.run_clean_tests = asked_already  # type: ignore[method-assign]
ForkRunner.submit = submit  # type: ignore[method-assign]
cli()
