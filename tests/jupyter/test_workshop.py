"""JupyterLab as `nox -s workshop` opens it: what stands on the screen is never written into a notebook file."""

from __future__ import annotations

import json
import urllib.error
from pathlib import Path

import pytest

from book import ROOT
from lab import Lab, exercises_copied, running

ANSWER = "told-in-confidence"


def with_answers(lab: Lab) -> dict:
    """A notebook of the workshop as JupyterLab sends it to be saved: full of answers."""
    notebook = lab.ask("api/contents/0-start-here.ipynb")["content"]
    notebook["metadata"]["widgets"] = {"state": ANSWER}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 4
            cell["metadata"]["execution"] = {"iopub.execute_input": "2026-11-24"}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ANSWER}]
    return notebook


def test_saving_keeps_the_file_empty_three_times_in_a_row(lab: Lab):
    path = lab.exercises / "0-start-here.ipynb"
    before = json.loads(path.read_text(encoding="utf-8"))
    for _ in range(3):
        lab.ask(
            "api/contents/0-start-here.ipynb",
            "PUT",
            {"type": "notebook", "content": with_answers(lab)},
        )
        assert ANSWER not in path.read_text(encoding="utf-8")
        assert json.loads(path.read_text(encoding="utf-8"))["cells"] == before["cells"]


def test_a_checkpoint_keeps_no_answers_either(lab: Lab):
    lab.ask(
        "api/contents/0-start-here.ipynb", "PUT", {"type": "notebook", "content": with_answers(lab)}
    )
    lab.ask("api/contents/0-start-here.ipynb/checkpoints", "POST")
    kept = list(lab.exercises.rglob(".ipynb_checkpoints/*"))
    assert kept and not any(ANSWER.encode() in path.read_bytes() for path in kept)


def test_no_news_pop_up_and_no_look_for_updates(lab: Lab):
    setting = lab.ask("lab/api/settings/@jupyterlab/apputils-extension:notification")["schema"][
        "properties"
    ]
    assert setting["fetchNews"]["default"] == "false"
    assert setting["checkForUpdates"]["default"] is False


def test_a_kernel_finds_the_package_and_leaves_nothing_among_the_exercises(lab: Lab):
    from jupyter_client import BlockingKernelClient

    kernel = lab.ask(
        "api/sessions",
        "POST",
        {
            "path": "0-start-here.ipynb",
            "name": "",
            "type": "notebook",
            "kernel": {"name": "python3"},
        },
    )["kernel"]["id"]
    client = BlockingKernelClient(connection_file=str(lab.run / f"kernel-{kernel}.json"))
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    told = client.execute_interactive("from partnering import results", timeout=60)
    client.stop_channels()
    lab.ask(f"api/kernels/{kernel}", "DELETE")
    assert told["content"]["status"] == "ok"
    assert not list(lab.exercises.glob("kernel*"))


def test_where_the_command_is_ended_jupyter_ends_with_it(tmp_path: Path):
    with running(exercises_copied(ROOT, tmp_path / "exercises"), tmp_path) as lab:
        assert lab.ask("api/status")["kernels"] == 0
    with pytest.raises(urllib.error.URLError):
        lab.ask("api/status")
