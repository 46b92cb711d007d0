"""The zip with everything: its files for a double click, its checksums, and that nothing of one's own is in it."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from book import ROOT

pytestmark = pytest.mark.files

PLACE = ROOT / "deploy" / "bundle"


@pytest.fixture(scope="module")
def bundle():
    """The program that packs the zip."""
    spec = importlib.util.spec_from_file_location("bundle", PLACE / "__main__.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def unpacked(bundle, tmp_path) -> Path:
    """What the zip holds beside the site and the wheels, unpacked by a program that keeps rights."""
    place = tmp_path / "made" / "handbook-1"
    (place / "wheels").mkdir(parents=True)
    (place / "wheels" / "PYTHONS").write_text("0.1\n", encoding="utf-8")
    bundle._workbooks(place / "workbooks")
    bundle._exercises(place / "exercises")
    bundle._starts(place, ("3.12", "3.11"), brought=False)
    bundle._checksums(place)
    made = bundle._zipped(place)
    out = tmp_path / "out"
    if shutil.which("unzip"):
        subprocess.run(["unzip", "-q", str(made), "-d", str(out)], check=True)
    else:
        with zipfile.ZipFile(made) as archive:
            archive.extractall(out)
    return out / "handbook-1"


def test_each_file_has_its_checksum(unpacked: Path):
    lines = (unpacked / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {
        path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()
    }
    assert set(told) == there - {"SHA256SUMS"}
    for name, checksum in told.items():
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == checksum


def test_there_is_a_workbook_for_each_stop_and_one_for_all(unpacked: Path):
    names = {path.name for path in (unpacked / "workbooks").iterdir()}
    assert names == {*(f"stop-{stop}.xlsx" for stop in range(1, 8)), "whole-tour.xlsx"}


def test_of_the_edition_for_browsers_only_the_page_is_packed_that_says_it_needs_an_address(
    bundle, tmp_path
):
    site, place = tmp_path / "site", tmp_path / "handbook"
    for name in ("index.html", "browser/notebooks/index.html", "browser/static/python.wasm"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name, encoding="utf-8")
    bundle._handbook(site, place)
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert there == {"index.html", "browser/notebooks/index.html"}


def test_nothing_of_ones_own_is_packed(unpacked: Path):
    own = unpacked / "exercises" / "my-partnerships"
    assert [path.name for path in own.iterdir()] == ["README.md"]


@pytest.mark.skipif(not shutil.which("sh"), reason="there is no shell on this computer")
@pytest.mark.parametrize("name", ["start-on-linux.sh", "Start on macOS.command"])
def test_without_a_fitting_python_the_start_says_which_ones_fit(unpacked: Path, name):
    assert (unpacked / name).stat().st_mode & 0o100
    done = subprocess.run(["sh", str(unpacked / name)], capture_output=True, text=True)
    assert done.returncode == 1 and not done.stderr
    assert "Python is needed, in one of these versions: 0.1" in done.stdout
    assert not (unpacked / "ready").exists()


@pytest.mark.skipif(not shutil.which("sh"), reason="there is no shell on this computer")
@pytest.mark.parametrize("name", ["start-on-linux.sh", "Start on macOS.command"])
def test_a_folder_that_was_moved_is_prepared_again(unpacked: Path, name):
    own = unpacked / "python" / "bin" / "python3"  # one that fits, and makes nothing
    own.parent.mkdir(parents=True)
    own.write_text('#!/bin/sh\n[ "$1" = -c ]\n', encoding="utf-8")
    own.chmod(0o755)
    (unpacked / "ready" / "bin").mkdir(parents=True)
    (unpacked / "ready" / "whole").touch()
    (unpacked / "ready" / "bin" / "python").symlink_to("/where/it/was/python3")
    done = subprocess.run(["sh", str(unpacked / name)], capture_output=True, text=True)
    assert done.stdout.startswith("Preparing, once.") and not (unpacked / "ready").exists()


def test_the_start_for_windows_has_the_line_ends_that_windows_reads(unpacked: Path):
    data = (unpacked / "Start on Windows.bat").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 20
    assert data.isascii()  # the black window has a code page of its own


def test_the_page_says_what_is_needed_and_links_to_what_is_there(unpacked: Path):
    page = (unpacked / "START-HERE.html").read_text(encoding="utf-8")
    assert "one of 3.12, 3.11" in page and "{" not in page.partition("<body>")[2]
    assert "http" not in page


def test_the_page_leads_to_the_names_under_which_the_site_has_book_and_plans(unpacked: Path):
    page = (unpacked / "START-HERE.html").read_text(encoding="utf-8")
    offered = (ROOT / "_ext" / "get_handbook.py").read_text(encoding="utf-8")
    for name in ("handbook.pdf", "pocket-edition.pdf"):
        assert f'href="handbook/_downloads/print/{name}"' in page and f"print/{name}" in offered
