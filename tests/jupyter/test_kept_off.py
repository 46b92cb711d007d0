"""Plain Jupyter saves what is shown into the notebook: of one's own partnership nothing is shown there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import exercise
from making import partnership
from partnering.jupyter import exchange_panel, kept_off, start_page
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
    panel = exchange_panel.MergePanel(print)
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
