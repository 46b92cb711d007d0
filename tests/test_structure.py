"""The house keeps its shape: imports point downwards, stops do not know each other, nothing grows past a screen."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "exercises" / "partnering"
STOPS = ("purpose", "value", "risk", "principles", "agreement", "relationship", "coherence")
SIDE = ("folder", "workbook", "live", "places", "houses", "disk", "csvtext", "sheets", "desk", "entry", "grid", "clicking",
        "csvfiles", "versions", "left_to_people", "forget", "merge", "formfiles", "template", "formpages", "cells", "gathering",
        "safekeeping", "opened", "keeping", "house_file", "house_view", "house_grid", "turns")
SCREEN = ("live", "grid", "clicking", "gathering", "safekeeping", "documents", "house_view")
LAYERS = (  # each may import from what stands above it
    ("language",), ("kinds", "problems"), ("references",), ("schema", "words"), ("tables",), ("shipped",), ("positions",),
    ("readers",),
    ("partnership",), ("results", "drawing", "combinations"), ("answers", "moving_on", "levels"), STOPS, ("redthread",))
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


def imported(module: str) -> set[str]:
    """The modules of the package that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("partnering"):
            inner = node.module.removeprefix("partnering").strip(".")
            found |= {inner} if inner else {alias.name for alias in node.names}
    return found & set(MODULES)


@pytest.mark.parametrize("layer", range(len(LAYERS)))
def test_imports_point_downwards(layer):
    above = {name for names in LAYERS[:layer] for name in names}
    for module in LAYERS[layer]:
        allowed = above | ({"houses"} if module == "coherence" else set())
        assert imported(module) <= allowed, module


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_imports_neither_another_stop_nor_storage_nor_jupyter(stop):
    allowed = {"houses"} if stop == "coherence" else set()
    assert not imported(stop) & ({*STOPS, *SIDE} - {stop} - allowed)


@pytest.mark.parametrize("module", MODULES)
def test_only_what_stands_on_the_screen_knows_jupyter(module):
    text = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
    assert module in SCREEN or not re.search(r"^\s*(?:import|from) (?:IPython|ipywidgets|anywidget)", text, re.MULTILINE)


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_longer_than_350_lines_and_no_function_longer_than_a_screen(module):
    text = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 45, f"{module}.{node.name}"


@pytest.mark.parametrize("module", MODULES)
def test_every_public_function_says_what_it_does(module):
    for node in ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module}.{node.name}"
