"""The exercises on a server: what a hub starts, and that its recipes say the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from traitlets.config import Config

from book import ROOT
from partnering.jupyter import kept_off, opening

PLACE = ROOT / "deploy" / "hub"
TELLS = """
import json, os, pathlib, sys
there = pathlib.Path(os.environ.get("JUPYTER_RUNTIME_DIR", "/nowhere"))
rights = there.stat().st_mode & 0o777 if there.is_dir() else None
print(json.dumps([os.getpid(), sys.argv, dict(os.environ), rights]))
"""
pytestmark = pytest.mark.files


@pytest.fixture
def opened(tmp_path):
    """Opens the exercises where a stand-in for Jupyter tells how it was started.

    Gives its process and ours, its words, its environment and the rights of its runtime folder.
    """
    for name in ("jupyterhub/singleuser.py", "jupyterlab/__main__.py"):
        module = tmp_path / "modules" / name
        module.parent.mkdir(parents=True)
        module.write_text(TELLS, encoding="utf-8")
        (module.parent / "__init__.py").touch()

    def open_with(*options: str, **more: str) -> tuple[int, int, list[str], dict, int | None]:
        modules = os.pathsep.join([str(tmp_path / "modules"), str(ROOT / "exercises")])
        words = ["-m", "partnering", "open", "--in", str(tmp_path / "home"), "--", *options]
        process = subprocess.Popen(
            [sys.executable, *words],
            env=os.environ | {"PYTHONPATH": modules} | more,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            text=True,
        )
        said, _ = process.communicate(timeout=60)
        theirs, told, environment, rights = json.loads(said.splitlines()[-1])
        return theirs, process.pid, told, environment, rights

    return open_with


@pytest.mark.skipif(os.name == "nt", reason="no hub runs on Windows")
def test_started_by_a_hub_it_becomes_that_persons_server(opened, tmp_path):
    theirs, ours, told, environment, _ = opened("--no-browser", **{opening.BY_A_HUB: "a token"})
    assert theirs == ours  # so what the hub ends is the server itself
    assert told[0].endswith("singleuser.py") and told[-1] == "--no-browser"
    assert environment[kept_off.NEVER_SAVED] == "1"
    assert (tmp_path / "home" / "0-start-here.ipynb").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no sockets in files")
def test_where_a_folder_has_too_long_a_name_kernels_meet_in_a_short_one_of_ones_own(
    opened, tmp_path
):
    long = tmp_path / ("a-long-name-" * 10)
    assert opening.takes_sockets("/home/ana/.local/share/jupyter/runtime")
    assert not opening.takes_sockets(str(long))
    *_, environment, rights = opened(JUPYTER_RUNTIME_DIR=str(long))
    short = environment["JUPYTER_RUNTIME_DIR"]
    assert opening.takes_sockets(short) and rights == 0o700
    assert not Path(short).exists()  # Jupyter has ended


def test_both_kinds_of_hub_start_the_same_and_of_this_version():
    said = Config()
    source = (PLACE / "partnering_hub.py").read_text(encoding="utf-8")
    exec(compile(source, "partnering_hub.py", "exec"), {"get_config": lambda: said})
    values = yaml.safe_load((PLACE / "values.yaml").read_text(encoding="utf-8"))["singleuser"]
    assert values["cmd"] == said.Spawner.cmd
    assert values["defaultUrl"] == said.Spawner.default_url
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert values["image"]["tag"] == project["version"]
    image = f"{values['image']['name']}:{project['version']}"
    assert image in (PLACE / "Dockerfile").read_text(encoding="utf-8")


def test_the_page_names_what_the_recipe_holds():
    page = (ROOT / "guide" / "reference" / "server.md").read_text(encoding="utf-8")
    for name in ("partnering_hub.py", "values.yaml", "Dockerfile"):
        assert name in page and (PLACE / name).is_file()


def test_a_public_server_says_that_own_answers_do_not_belong_there(monkeypatch, tmp_path):
    monkeypatch.delenv(kept_off.NEVER_SAVED, raising=False)
    monkeypatch.setenv(kept_off.ON_BINDER, "10.0.0.1")
    assert kept_off.is_kept_off(tmp_path)
    assert "public server" in kept_off.sentence()
