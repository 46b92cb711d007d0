"""Plain Jupyter saves what is shown into the notebook: of one's own partnership nothing is shown there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import exercise
from making import partnership
from partnering.jupyter import choose_panel, kept_off, merge_panel, start_page
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.storage import folder, paths

ANSWER = "told-in-confidence"
CELLS = (
    "from partnering import coherence, live, risk, start\nmine = live.follow(reader='mine')",
    "mine.show(risk.risk_table, start.who_holds)",
    "mine.edit('risks')",
    "panel = live.house(mine, 'ANA')\npanel.open('ANA')\npanel.edit()",
    "panel.show(coherence.answers_by_unit)",
    "room = live.follow()\nroom.show(risk.risk_table)",
    "p = mine.whole\np.edit('risks', p.sheets['risks'].assign(share=''))",  # every result follows
)


@pytest.fixture
def own(tmp_path) -> Path:
    place = tmp_path / "ours"
    p = partnership(
        "ANA BEN",
        partnership=[{"title": ANSWER, "held_by": ANSWER}],
        risks=[("R1", "", ANSWER), ("R 2!", "", ANSWER)],
        risk_views=[("ANA", "", "R1", ANSWER, "hurts us", ANSWER)],
    )
    folder.write(p, place)
    (place / "houses").mkdir()
    (place / "houses" / "ANA.csv").write_text(
        f"partner,unit,question,answer,as_agreed\nANA,{ANSWER},Q1,{ANSWER},\n"
    )
    return place


def saved(own: Path, **variables: str) -> str:
    """The notebook file as Jupyter writes it, its widgets too, after all cells were run."""
    told = {name: text for name, text in os.environ.items() if name != kept_off.NEVER_SAVED}
    return json.dumps(exercise.run_cells(CELLS, told | {paths.VARIABLE: str(own)} | variables))


@pytest.mark.kernel
def test_opened_plainly_no_answer_of_ones_own_gets_into_the_notebook_file(own):
    text = saved(own)
    assert ANSWER not in text
    assert text.count("Not shown: this Jupyter would save your answers into the notebook.") >= 4
    assert "python -m nox -s workshop" in text


@pytest.mark.kernel
@pytest.mark.parametrize("notebook", ["0-start-here", "8-where-we-stand"])
def test_a_whole_exercise_opened_plainly_tells_nothing_of_ones_own(own, notebook):
    path = exercise.EXERCISES / f"{notebook}.ipynb"
    cells = [
        "".join(cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    place = own.rename(own.with_name("a-name-that-tells"))
    told = {name: text for name, text in os.environ.items() if name != kept_off.NEVER_SAVED}
    text = json.dumps(exercise.run_cells(cells, told | {paths.VARIABLE: str(place)}))
    assert ANSWER not in text and "a-name-that-tells" not in text
    assert text.count("Not shown: this Jupyter would save your answers") >= 4
    assert '"ename"' not in text


@pytest.mark.kernel
def test_where_ones_own_cannot_be_opened_its_name_is_not_told(tmp_path):
    told = {name: text for name, text in os.environ.items() if name != kept_off.NEVER_SAVED}
    gone = str(tmp_path / "a-name-that-tells")
    text = json.dumps(exercise.run_cells(CELLS[:2], told | {paths.VARIABLE: gone}))
    assert "a-name-that-tells" not in text and "The worked example is open instead" in text


@pytest.mark.kernel
def test_opened_as_a_workshop_the_same_cells_show_them(own):
    text = saved(own, **{kept_off.NEVER_SAVED: "1"})
    assert text.count(ANSWER) > 5 and "Not shown: this Jupyter" not in text


def test_a_worked_example_is_shown_in_any_jupyter(monkeypatch, tmp_path):
    monkeypatch.delenv(kept_off.NEVER_SAVED)
    assert not kept_off.is_kept_off(paths.EXAMPLES / "shade")
    assert kept_off.is_kept_off(tmp_path / "ours")


def test_the_names_of_ones_own_partnerships_are_not_listed_where_they_would_be_saved(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path)
    (tmp_path / ANSWER).mkdir()
    (tmp_path / ANSWER / "partners.csv").write_text("partner,name\n")
    monkeypatch.setattr(paths, "built", lambda: False)
    assert ANSWER in start_page.partnerships().plain()
    monkeypatch.delenv(kept_off.NEVER_SAVED)
    assert ANSWER not in start_page.partnerships().plain()


def test_what_came_back_is_not_quoted_where_the_notebook_would_keep_it(monkeypatch, tmp_path):
    for file, said in (("one", ANSWER), ("two", "another")):
        rows = [{"risk": "R1", "what_could_happen": said}]
        folder.write(partnership("ANA BEN", risks=rows), tmp_path / file)
    view = View(WorkingCopy(folder.read(paths.EXAMPLES / "shade")), "room")
    panel = merge_panel.MergePanel(view, print)
    panel.where.value = str(tmp_path)

    def shown() -> str:
        panel.look.click()
        return json.dumps(
            [widget.get_state() for widget in (panel.found, panel.name, panel.status)], default=str
        )

    assert ANSWER in shown()
    monkeypatch.delenv(kept_off.NEVER_SAVED)
    text = shown()
    assert ANSWER not in text and panel.merged is None
    assert "Not shown: this Jupyter would save your answers" in text
    assert panel.save.layout.display == "none"


def test_ones_own_can_neither_be_chosen_nor_begun_where_its_name_would_be_saved(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path)
    (tmp_path / ANSWER).mkdir()
    (tmp_path / ANSWER / "partners.csv").write_text("partner,name\n")
    monkeypatch.setattr(paths, "to_open", lambda: paths.EXAMPLES / "shade")
    opened: list[Path] = []

    def shown() -> str:
        panel = choose_panel.ChoosePanel(opened.append, [])
        panel.where.value = str(tmp_path / ANSWER)
        panel.name.value = "ours"
        panel.begin.click()
        fields = (panel.listing, panel.where, panel.name, panel.status)
        return json.dumps([field.get_state() for field in fields], default=str)

    assert ANSWER in shown() and len(opened) == 2
    opened.clear()
    monkeypatch.delenv(kept_off.NEVER_SAVED)
    text = shown()
    assert ANSWER not in text and opened == [] and "python -m nox -s workshop" in text
    panel = choose_panel.ChoosePanel(opened.append, [])
    panel.where.value = str(paths.EXAMPLES / "uwi")
    assert opened == [paths.EXAMPLES / "uwi"]  # a worked example may be opened in any Jupyter
