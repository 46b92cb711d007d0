"""The exercises as pip installs them: from a wheel that works alone, in a folder of one's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from book import ROOT

pytestmark = pytest.mark.files

EXERCISE = "1-alignment.ipynb"
RUN_ALL = """
import json, sys
from nbclient import NotebookClient
import nbformat
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, timeout=120).execute()
print("".join(
    str(output.get("data", {}).get("text/html", ""))
    for cell in notebook.cells for output in cell.get("outputs", [])
))
"""


class Installed:
    """A place into which the wheel was installed, far from the handbook's folder."""

    def __init__(self, place: Path, wheel: Path):
        self.place, self.packages, self.home = place, place / "packages", place / "home"
        self.home.mkdir()
        with zipfile.ZipFile(wheel) as file:
            self.names = file.namelist()
            file.extractall(self.packages)

    def python(self, *words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess:
        """Python with what was installed, for somebody whose own folder is `home`."""
        own = {
            name: value for name, value in os.environ.items() if not name.startswith("PARTNERING_")
        }
        own |= {"PYTHONPATH": str(self.packages), "HOME": str(self.home), "PYTHONUTF8": "1"}
        own |= {"USERPROFILE": str(self.home)}
        return subprocess.run(
            [sys.executable, *map(str, words)],
            env=own,
            cwd=cwd or self.place,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def lay_out(self, room: Path) -> str:
        """Lay the exercises into a folder; what is said meanwhile."""
        code = (
            "import sys; from pathlib import Path; from partnering.jupyter import opening; "
            "print(*opening.lay_out(Path(sys.argv[1])), sep=chr(10))"
        )
        done = self.python("-c", code, room)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, made from the handbook's folder and installed without a network."""
    place = tmp_path_factory.mktemp("installed")
    making = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    made = subprocess.run(making, cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    (wheel,) = place.glob("*.whl")
    return Installed(place, wheel)


def test_the_wheel_brings_every_exercise_and_every_example(installed: Installed):
    exercises = ROOT / "exercises"
    wanted = {path.name for path in exercises.glob("*.ipynb")}
    wanted |= {
        path.relative_to(exercises).as_posix() for path in exercises.glob("examples/*/*.csv")
    }
    there = {name.removeprefix("partnering/notebooks/") for name in installed.names}
    assert wanted and wanted <= there
    assert not [name for name in installed.names if "my-partnerships" in name]


def test_the_source_archive_holds_the_exercises_and_what_builds_them_alone(tmp_path):
    making = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    made = subprocess.run(making, cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert {name for name in names if not name.startswith("exercises/")} == {
        ".gitignore",  # hatchling adds it
        "LICENSE",
        "PKG-INFO",
        "README.md",
        "_ext/requirements.txt",
        "_ext/wheel.py",
        "pyproject.toml",
        "tests/requirements.txt",
    }
    assert not [name for name in names if "my-partnerships" in name]


def test_the_command_line_works_from_any_folder(installed: Installed, tmp_path):
    done = installed.python("-m", "partnering", "new", "ours.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = installed.python("-m", "partnering", "check", "ours.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_an_exercise_laid_into_a_folder_shows_its_worked_example(installed: Installed, tmp_path):
    room = tmp_path / "room"
    installed.lay_out(room)
    done = installed.python("-c", RUN_ALL, room / EXERCISE, cwd=room)
    assert done.returncode == 0, done.stderr
    assert "Our position on each objective" in done.stdout
    assert not (installed.home / "partnering").exists()


def test_a_notebook_that_somebody_has_changed_stays_and_is_told(installed: Installed, tmp_path):
    room = tmp_path / "room"
    assert installed.lay_out(room).strip() == ""
    path = room / EXERCISE
    notebook = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(notebook, indent=4), encoding="utf-8")  # only saved again
    assert installed.lay_out(room).strip() == ""
    notebook["cells"][0]["source"] = ["# My own title"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert EXERCISE in installed.lay_out(room)
    assert "My own title" in path.read_text(encoding="utf-8")
    path.unlink()
    assert installed.lay_out(room).strip() == ""
    assert "My own title" not in path.read_text(encoding="utf-8")


def test_a_notebook_of_an_older_version_is_replaced_where_nobody_has_changed_it(
    installed: Installed, tmp_path
):
    room = tmp_path / "room"
    installed.lay_out(room)
    path, packaged = room / EXERCISE, installed.packages / "partnering" / "notebooks" / EXERCISE
    before = packaged.read_text(encoding="utf-8")
    newer = json.loads(before)
    newer["cells"][0]["source"] = ["# A newer title"]
    try:
        packaged.write_text(json.dumps(newer), encoding="utf-8")
        assert installed.lay_out(room).strip() == ""
    finally:
        packaged.write_text(before, encoding="utf-8")
    assert "A newer title" in path.read_text(encoding="utf-8")
