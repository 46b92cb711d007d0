"""The script of the grid: one text that imports nothing, its types, and its own tests in node."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from book import ROOT
from partnering.jupyter import grid_script

TESTS = ROOT / "tests" / "javascript"
NEEDED = "PARTNERING_NODE_IS_THERE"  # set where node has to be there: a test is not skipped then


def skip(reason: str) -> None:
    """Skip a test, or fail where node and its packages have to be there."""
    if os.environ.get(NEEDED) == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        skip("there is no node on this computer")
    if not (TESTS / "node_modules" / "happy-dom").is_dir():
        skip("its packages are missing: run “npm ci” in tests/javascript, which needs internet")
    return str(found)


def run(*command: str | Path, folder: Path = TESTS) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_script_is_one_text_of_all_modules_and_imports_nothing():
    text = re.sub(r"/\*.*?\*/", "", grid_script.script(), flags=re.DOTALL)
    assert {file.name for file in grid_script.modules()} == {
        file.name for file in grid_script.FOLDER.glob("*.js")
    }
    assert not re.search(r"^\s*import\b|\bimport\(|\brequire\(", text, re.MULTILINE)
    assert re.findall(r"^export .*", text, re.MULTILINE) == ["export default { render };"]


def test_no_name_at_the_top_of_a_module_stands_in_another():
    begins = re.compile(r"^(?:const|let|class|(?:async )?function)\s+(\w+)", re.MULTILINE)
    names = begins.findall(grid_script.script())
    assert len(names) == len(set(names)) > 10


def test_the_script_asks_no_other_host():
    assert not re.search(r"https?://|fetch\(|XMLHttpRequest|WebSocket", grid_script.script())


def test_node_can_read_the_script(node: str, tmp_path: Path):
    (tmp_path / "grid.mjs").write_text(grid_script.script(), encoding="utf-8")
    run(node, "--check", tmp_path / "grid.mjs")


def test_the_script_s_own_tests_pass(node: str):
    assert re.search(r"^# pass [1-9]", run(node, "--test", "--test-reporter=tap"), re.MULTILINE)


def test_the_types_of_the_script_fit(node: str):
    run(node, TESTS / "node_modules" / "typescript" / "bin" / "tsc", "-p", ".")
