"""The house keeps its shape: a package imports only what stands above it, and only the screen knows Jupyter."""

import ast
import re

import partnering
from imports import MODULES, PACKAGE, imported, name_of, room_of

ORDER = (  # each may import what stands above it, and its own modules
    "language",
    "memo",
    "schema",
    "results",
    "partnership",
    "stops",
    "storage",
    "exchange",
    "paper",
    "documents",
    "jupyter",
    "live",
    "many",
    "commands",
    "__main__",
)
STOPS = (
    "purpose",
    "value",
    "risk",
    "risk_sharing",
    "principles",
    "agreement",
    "relationship",
    "coherence",
)
ONE_STOP = {"risk_sharing": {"risk"}}  # the second module of a stop may read the first
SCREEN = ("jupyter", "live")


def test_a_package_imports_only_what_stands_above_it():
    wrong = []
    for path in MODULES:
        room = room_of(name_of(path))
        if room:  # the face may speak of everything
            above = ORDER[: ORDER.index(room) + 1]
            wrong += [
                (name_of(path), other) for other in imported(path) if room_of(other) not in above
            ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle():
    arrows = {name_of(path): imported(path) for path in MODULES}
    done: set[str] = set()
    while ready := {
        name
        for name, others in arrows.items()
        if name not in done and others - {name} <= done | {room_of_package(name)}
    }:
        done |= ready
    assert set(arrows) == done


def room_of_package(name: str) -> str:
    """The `__init__` of a module's own package, which may name its modules."""
    return name.rsplit(".", 1)[0]


def test_a_stop_imports_no_other_stop():
    for stop in STOPS:
        own = ONE_STOP.get(stop, set()) | {stop}
        others = {f"partnering.stops.{other}" for other in STOPS if other not in own}
        assert not imported(PACKAGE / "stops" / f"{stop}.py") & others, stop


def test_only_what_stands_on_the_screen_knows_jupyter():
    knowing = {
        room_of(name_of(path))
        for path in MODULES
        if re.search(
            r"^\s*(?:import|from) (?:IPython|ipywidgets|anywidget)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }
    assert knowing <= set(SCREEN)


def test_everything_on_the_face_is_there_and_documented():
    assert partnering.__all__ == sorted(partnering.__all__)
    for name in partnering.__all__:
        assert getattr(partnering, name).__doc__, name


def test_every_public_function_says_what_it_does():
    silent = []
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{name_of(path)}.{node.name}")
    assert silent == []
