"""The notebooks as they are committed: clean, short, folded, and named by what they show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from book import ROOT

NOTEBOOKS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "exercises").glob("*.ipynb"))
}


def code(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def code_cells() -> Iterator[tuple[str, dict]]:
    """Every cell of code, with the place of which a failing test is to speak."""
    for name, notebook in NOTEBOOKS.items():
        for cell in code(notebook):
            yield f"{name}, {cell['id']}", cell


def lines(cell: dict) -> list[str]:
    return "".join(cell["source"]).splitlines()


def test_there_are_notebooks():
    assert "0-start-here" in NOTEBOOKS


def test_no_outputs_counts_or_pictures_are_committed():
    for where, cell in code_cells():
        assert cell["outputs"] == [] and cell["execution_count"] is None, where
    for name, notebook in NOTEBOOKS.items():
        assert "widgets" not in notebook["metadata"], name
        assert not any("attachments" in cell for cell in notebook["cells"]), name


def test_every_cell_has_an_id_that_does_not_change_with_each_save():
    for name, notebook in NOTEBOOKS.items():
        ids = [cell["id"] for cell in notebook["cells"]]
        assert len(set(ids)) == len(ids), name
        assert all(re.search(r"[a-z0-9]+-", one) for one in ids), (
            f"{name}: ids say which cell it is"
        )


def test_nothing_lives_in_notebooks():
    for name, notebook in NOTEBOOKS.items():
        assert len(code(notebook)) <= 8, name
    for where, cell in code_cells():
        assert len([line for line in lines(cell) if not line.startswith("#")]) <= 2, where


def test_an_exercise_opens_in_a_few_words_and_says_no_more_of_what_holds_for_all():
    """What holds for every exercise is said once, in Start here; one short line repeats it."""
    said: dict[str, list[str]] = {}
    for name, notebook in NOTEBOOKS.items():
        first = next(n for n, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
        opening = "\n\n".join("".join(cell["source"]) for cell in notebook["cells"][:first])
        assert len(opening.split()) <= 105, name
        for paragraph in re.split(r"\n\s*\n", opening):
            said.setdefault(paragraph, []).append(name)
    again = {text: names for text, names in said.items() if len(names) > 1}
    assert len(again) == 1 and len(next(iter(again)).split()) < 40, again


def test_code_is_folded_in_jupyter_and_on_the_site():
    for where, cell in code_cells():
        assert "hide-input" in cell["metadata"]["tags"], where
        assert cell["metadata"]["jupyter"]["source_hidden"] is True, where


def test_the_line_that_stays_visible_says_what_the_cell_shows():
    for where, cell in code_cells():
        assert re.search(r"# \w", lines(cell)[0]), where


def test_a_notebook_begins_with_its_title_and_names_its_kernel():
    for name, notebook in NOTEBOOKS.items():
        assert "".join(notebook["cells"][0]["source"]).startswith("# "), name
        assert notebook["metadata"]["kernelspec"]["name"] == "python3", name
