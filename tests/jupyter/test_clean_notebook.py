"""The notebooks as they are committed: clean, short, folded, and named by what they show."""

from __future__ import annotations

import json
import re

import pytest

from book import ROOT

NOTEBOOKS = sorted((ROOT / "exercises").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request) -> dict:
    return json.loads(request.param.read_text(encoding="utf-8"))


def code(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def lines(cell: dict) -> list[str]:
    return "".join(cell["source"]).splitlines()


def test_there_are_notebooks():
    assert any(path.name == "0-start-here.ipynb" for path in NOTEBOOKS)


def test_no_outputs_counts_or_pictures_are_committed(notebook):
    for cell in code(notebook):
        assert cell["outputs"] == [] and cell["execution_count"] is None
    assert "widgets" not in notebook["metadata"]
    assert not any("attachments" in cell for cell in notebook["cells"])


def test_every_cell_has_an_id_that_does_not_change_with_each_save(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.search(r"[a-z0-9]+-", name) for name in ids), "ids say which cell it is"


def test_nothing_lives_in_notebooks(notebook):
    assert len(code(notebook)) <= 8
    for cell in code(notebook):
        assert len([line for line in lines(cell) if not line.startswith("#")]) <= 2


def test_code_is_folded_in_jupyter_and_on_the_site(notebook):
    for cell in code(notebook):
        assert "hide-input" in cell["metadata"]["tags"]
        assert cell["metadata"]["jupyter"]["source_hidden"] is True


def test_the_line_that_stays_visible_says_what_the_cell_shows(notebook):
    for cell in code(notebook):
        assert re.search(r"# \w", lines(cell)[0])


def test_a_notebook_begins_with_its_title_and_names_its_kernel(notebook):
    assert "".join(notebook["cells"][0]["source"]).startswith("# ")
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
