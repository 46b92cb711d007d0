"""Changes single places of the calculations, and asks whether some test notices: nox -s mutants.

    nox -s mutants -- --sample 1000 --seed 1     a sample, drawn anew by another seed
    nox -s mutants                               every one; takes hours
    nox -s mutants -- --only "*stops.risk.*"     one module

It works on a copy in `_build/mutants`. README.md beside this file says how the score is counted and
what is known about those that stay.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import fnmatch
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "_build" / "mutants"
MUTMUT = (sys.executable, Path(__file__).with_name("mutmut_once.py"))
TESTS = ("stops", "partnership", "results")
SLOW = (  # they ask nearly every function, a second long or more; `nox -s tests` runs them
    "partnership/test_laws.py",
    "results/test_wall_browser.py",
    "partnership/test_privacy.py::test_no_result_of_an_example_has_a_percentage_that_nobody_typed",
    "partnership/test_privacy.py::test_cannot_say_and_rather_not_say_cannot_be_told_apart",
    "partnership/test_privacy.py::test_nothing_marked_facilitator_or_paper_only_is_ever_in_the_room",
    "stops/test_rows.py",
    "stops/test_rounds.py::test_the_example_under_way_can_be_set_beside_its_beginning",
    "stops/test_rounds.py::test_the_command_compares_two_states_of_one_partnership",
    "stops/test_rounds.py::test_two_different_partnerships_are_never_compared",
)
SENTENCES = ("tr", "trn", "mark")
KILLED = ("killed", "timeout", "segfault", "caught by type check")
FIRST = "partnering.stops.levels.x_look_up__mutmut_1"  # one alone makes all and times the tests
SETTINGS = f"""
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/partnering/stops/*", "src/partnering/partnership/*"]
also_copy = ["_ext", "_static", "conftest.py"]
use_git_change_detection = false
pytest_add_cli_args = ["-n", "0", "-p", "no:cacheprovider", "-m", "not hypothesis and not files and not browser"]
pytest_add_cli_args_test_selection = {[f"tests/{name}" for name in TESTS]}
"""


@dataclass(frozen=True)
class Mutant:
    """One change of one function, and what the tests said to it."""

    name: str
    status: str
    apart: str
    diff: str

    @property
    def module(self) -> str:
        """The module that was changed, such as stops.risk."""
        return self.name.rpartition(".")[0].removeprefix("partnering.")


def copied() -> None:
    """Copy the package as `src`, which mutmut wants, and the tests of the calculations.

    What mutmut has made of a module stays as long as the module does: to make all takes minutes.
    """
    for gone in ("src", "tests", "_ext", "_static", "mutants/tests", "mutants/mutmut-stats.json"):
        if (COPY / gone).is_dir():
            shutil.rmtree(COPY / gone)
        else:
            (COPY / gone).unlink(missing_ok=True)
    left = shutil.ignore_patterns("__pycache__", "my-partnerships", "*.ipynb")
    shutil.copytree(ROOT / "exercises", COPY / "src", ignore=left)
    for name in ("_ext", "_static"):
        shutil.copytree(ROOT / name, COPY / name, ignore=left)
    tests = COPY / "tests"
    tests.mkdir()
    for shared in [*(ROOT / "tests").glob("*.py"), *(ROOT / "tests").glob("*/__init__.py")]:
        if not shared.name.startswith("test_"):
            place = tests / shared.relative_to(ROOT / "tests")
            place.parent.mkdir(exist_ok=True)
            if shared.name == "__init__.py":
                shutil.copytree(shared.parent, place.parent, ignore=left, dirs_exist_ok=True)
            else:
                shutil.copy(shared, place)
    for name in TESTS:
        shutil.copytree(ROOT / "tests" / name, tests / name, ignore=left, dirs_exist_ok=True)
    shutil.copy(ROOT / "tests" / "mutants" / "unseen.py", COPY / "conftest.py")
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = settings.replace('pythonpath = ["exercises",', 'pythonpath = ["src",')
    without = ", ".join(f'"--deselect=tests/{test}"' for test in SLOW)
    settings = settings.replace("addopts = [", f"addopts = [{without}, ")
    (COPY / "pyproject.toml").write_text(settings + SETTINGS, encoding="utf-8")


def mutmut(*asked: str) -> str:
    """What mutmut says in the copy; what it shows while it runs goes to the screen."""
    shown = None if asked[0] == "run" else subprocess.PIPE
    done = subprocess.run([*MUTMUT, *asked], cwd=COPY, stdout=shown, encoding="utf-8", check=True)
    return done.stdout or ""


def statuses() -> dict[str, str]:
    """Each mutant by name, and what is known of it."""
    lines = mutmut("results", "--all", "true").splitlines()
    told = [line.strip().rpartition(": ") for line in lines if "__mutmut_" in line]
    return {name: status for name, _, status in told}


def drawn(names: list[str], count: int | None, seed: int, only: str) -> list[str]:
    """A part of the mutants, the same for the same seed and the same package."""
    asked = sorted(fnmatch.filter(names, only))
    if count is None or count >= len(asked):
        return asked
    return random.Random(seed).sample(asked, count)


# ---------------------------------------------------------------- what was changed


def functions(module: str) -> dict[str, ast.FunctionDef]:
    """The changed functions of a module of the copy, and the true ones, by their names."""
    path = COPY / "mutants" / "src" / Path(*module.split(".")).with_suffix(".py")
    if not path.exists():
        path = path.with_suffix("") / "__init__.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def told(name: str, status: str, known: dict[str, ast.FunctionDef]) -> Mutant:
    """A mutant with its change."""
    short = name.rpartition(".")[2]
    base = short.rpartition("__mutmut_")[0]
    true, changed = known[f"{base}__mutmut_orig"], known[short]
    changed.name = true.name = base.rpartition("ǁ")[2].removeprefix("x_")
    texts = [ast.unparse(each).splitlines() for each in (true, changed)]
    lines = list(difflib.unified_diff(*texts, lineterm="", n=1))[2:]
    return Mutant(name, status, apart(true, changed), "\n".join(lines))


def apart(true: ast.AST, changed: ast.AST) -> str:
    """Why a change is counted apart: it changes no result, or only the wording of a sentence."""
    if is_wording(true, changed):
        return "wording"
    one, other = (re.sub(r", strict=\w+", "", ast.unparse(each)) for each in (true, changed))
    return "strict" if one == other else ""


def is_wording(true: ast.AST, changed: ast.AST) -> bool:
    """Whether a sentence for people says another text: a text in tr(...), trn(...) or mark(...).

    A sentence that is lost is more than that.
    """
    *outer, (text, other) = differing(true, changed)
    around = outer[-1][0] if outer else None
    return (
        isinstance(around, ast.Call)
        and isinstance(around.func, ast.Name)
        and around.func.id in SENTENCES
        and isinstance(text, ast.Constant)
        and isinstance(other, ast.Constant)
        and isinstance(text.value, str)
        and isinstance(other.value, str)
    )


def differing(true: ast.AST, changed: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The nodes around the one place that differs, from the outermost to the innermost."""
    yield true, changed
    pairs = list(zip(ast.iter_fields(true), ast.iter_fields(changed), strict=True))
    for (_, one), (_, other) in pairs:
        several = isinstance(one, list) and isinstance(other, list) and len(one) == len(other)
        for a, b in zip(one, other, strict=True) if several else [(one, other)]:
            both = isinstance(a, ast.AST) and isinstance(b, ast.AST)
            if both and type(a) is type(b) and ast.dump(a) != ast.dump(b):
                yield from differing(a, b)
                return


# ---------------------------------------------------------------- what is told


def score(mutants: list[Mutant]) -> str:
    """How many are killed, in words."""
    killed = sum(mutant.status in KILLED for mutant in mutants)
    share = f" ({100 * killed / len(mutants):.1f} %)" if mutants else ""
    return f"{killed} of {len(mutants)}{share}"


def summary(mutants: list[Mutant], drawn_of: str) -> str:
    """The scores, of all and by module, and how those that are left over ended."""
    calculating = [mutant for mutant in mutants if not mutant.apart]
    lines = [
        drawn_of,
        f"killed, all:                       {score(mutants)}",
        f"killed, without those apart:       {score(calculating)}",
        "",
        "by module, without those apart",
    ]
    for module in sorted({mutant.module for mutant in mutants}):
        of_it = [mutant for mutant in calculating if mutant.module == module]
        lines.append(f"    {module:<28} {score(of_it)}")
    ends = Counter(mutant.status for mutant in mutants)
    lines += ["", ", ".join(f"{count} {status}" for status, count in ends.most_common())]
    return "\n".join(lines)


def survivors(mutants: list[Mutant]) -> str:
    """Those that no test has noticed, each with its change; those counted apart come last."""
    left = [mutant for mutant in mutants if mutant.status not in KILLED]
    left.sort(key=lambda mutant: (mutant.apart, mutant.name))
    return "\n\n".join(
        f"{mutant.name}: {mutant.status}{mutant.apart and f', {mutant.apart}'}\n{mutant.diff}"
        for mutant in left
    )


def main() -> None:
    """Draw, run and tell."""
    asked = argparse.ArgumentParser(
        prog="nox -s mutants --",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    asked.add_argument("--sample", type=int, help="how many to draw; all where it is left out")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="*", help='a pattern of names, such as "*stops.risk.*"')
    asked.add_argument("--children", type=int, default=os.cpu_count() or 1, help="at once")
    options = asked.parse_args()

    copied()
    children = ("--max-children", str(options.children))
    mutmut("run", *children, FIRST)
    names = list(statuses())
    chosen = drawn(names, options.sample, options.seed, options.only)
    mutmut("run", *children, *chosen)
    after = statuses()
    known = {module: functions(module) for module in {name.rpartition(".")[0] for name in chosen}}
    mutants = [told(name, after[name], known[name.rpartition(".")[0]]) for name in chosen]

    said = summary(mutants, f"{len(chosen)} of {len(names)} mutants, seed {options.seed}")
    (COPY / "score.txt").write_text(said + "\n", encoding="utf-8")
    (COPY / "survivors.txt").write_text(survivors(mutants) + "\n", encoding="utf-8")
    print(f"{said}\n\nThose that no test has noticed: {COPY / 'survivors.txt'}")


main()
