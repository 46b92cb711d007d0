"""Small handbooks for tests: the real conf.py, extensions and package, with a few pages of one's own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from forking import started

ROOT = Path(__file__).resolve().parents[1]
OWN_NAME = "Zzyzx-Cooperative"  # what must not be found in a build
OWN_ANSWER = "Qwyjibo-told-in-confidence"
INDEX = "# Index\n\nA first paragraph that is long enough to describe it.\n\n```{{toctree}}\n:glob:\n{folders}\n```\n"
# What is compiled goes along, and is not compiled again; not what another process writes just now.
NOT_COPIED = shutil.ignore_patterns("*.pyc.*", ".*", "_build", "my-partnerships", "*.egg-info")


@dataclass
class Built:
    """How a build ended, what it said, and where the pages are."""

    code: int
    said: str
    html: Path

    def page(self, name: str) -> str:
        return (self.html / f"{name}.html").read_text(encoding="utf-8")


class Book:
    """A folder that Sphinx can build. Pages are added with `page`, notebooks with `notebook`.

    `run` runs a module of Python to its end.
    """

    def __init__(self, place: Path, run: Callable[..., subprocess.CompletedProcess[str]] = started):
        self.place, self.run = place, run

    @property
    def html(self) -> Path:
        """The folder of the pages."""
        return self.place / "_build" / "html"

    @classmethod
    def small(cls, place: Path, **how) -> Book:
        """The house without its text: an index that takes in every page."""
        for name in ("_ext", "_static", "exercises/partnering", "exercises/examples"):
            shutil.copytree(ROOT / name, place / name, ignore=NOT_COPIED)
        shutil.copy(ROOT / "conf.py", place)
        return cls(place, **how).page("index", INDEX.format(folders="*"))

    @classmethod
    def whole(cls, place: Path, **how) -> Book:
        """The handbook itself, copied."""
        shutil.copytree(ROOT, place, ignore=NOT_COPIED, dirs_exist_ok=True)
        return cls(place, **how)

    def page(self, name: str, text: str) -> Book:
        (self.place / f"{name}.md").write_text(text, encoding="utf-8")
        return self

    def notebook(self, name: str, *cells: str) -> Book:
        """A clean notebook whose title is its name."""
        made = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": [f"# {name}"]}]
        made += [
            {
                "cell_type": "code",
                "id": f"cell-{place}",
                "metadata": {},
                "source": cell.splitlines(True),
                "outputs": [],
                "execution_count": None,
            }
            for place, cell in enumerate(cells)
        ]
        kernel = {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        }
        text = json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
        (self.place / "exercises" / f"{name}.ipynb").write_text(text, encoding="utf-8")
        return self

    def with_exercises(self) -> Book:
        """Let the index take in the notebooks as well."""
        return self.page("index", INDEX.format(folders="*\nexercises/*"))

    def build(self, fresh: bool = True, quiet: bool = True, **variables: str) -> Built:
        """Build as `nox -s handbook` does; `fresh=False` lets Sphinx keep what it read before."""
        done = self.run(
            "sphinx",
            *(["-E"] if fresh else []),
            *(["-q"] if quiet else []),
            "-n",
            "-W",
            "--keep-going",
            "-d",
            self.place / "_build" / "doctrees",
            self.place,
            self.html,
            **variables,
        )
        said = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)
        return Built(done.returncode, said, self.html)

    def also(self, builder: str) -> Path:
        """The folder in which another of Sphinx's builders puts the book."""
        self.run(
            "sphinx", "-q", "-b", builder, self.place, self.place / "_build" / builder
        ).check_returncode()
        return self.place / "_build" / builder

    def printed(self, edition: str = "book", **variables: str) -> tuple[int, str, Path]:
        """Print an edition from what the site has been built from: how it ended, what it said, where the PDF is."""
        out = self.place / "_build" / f"pdf-{edition}"
        done = self.run(
            "sphinx",
            "-q",
            "-n",
            "-W",
            "--keep-going",
            "-b",
            "typst",
            "-D",
            f"printed_edition={edition}",
            "-d",
            self.place / "_build" / "doctrees",
            self.place,
            out,
            **variables,
        )
        name = {"book": "handbook", "code": "handbook-with-code", "pocket": "pocket-edition"}.get(
            edition, edition
        )
        return (
            done.returncode,
            re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr),
            out / f"{name}.pdf",
        )
