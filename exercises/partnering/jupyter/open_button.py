"""Files that were made, each with a button that opens it where it lies, in the program for it.

A link would make the browser save a copy among its downloads: what is typed there would be lost,
and nobody would find it when something is forgotten.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from partnering.jupyter.main_thread import in_main_thread
from partnering.jupyter.status_line import message
from partnering.language import tr
from partnering.storage import paths

OPENED = frozenset((".html", ".docx", ".xlsx", ".pdf"))  # of others the folder is opened
PATIENCE = 2  # seconds in which a program that cannot open something says so


def open_in_its_program(path: Path) -> str:
    """Open a file or folder as a double click would.

    Args:
        path: What the handbook has made. Of a file of another kind its folder is opened.

    Returns:
        "" where it was opened, else a sentence that says where it lies.
    """
    if not path.exists():
        return tr("{place} is no longer there.").format(place=path)
    if paths.IN_BROWSER:
        return _given_to_the_browser(path)
    if path.is_file() and path.suffix.lower() not in OPENED:
        path = path.parent
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return ""
        command = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if command:
            opened = subprocess.Popen(
                [command, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                if opened.wait(PATIENCE) == 0:
                    return ""
            except subprocess.TimeoutExpired:  # the program itself is running
                return ""
    except OSError:
        pass
    return tr("This computer does not open it from here. It is in {place}.").format(place=path)


def _given_to_the_browser(path: Path) -> str:
    """Let the browser save a file, or a folder as a zip; the sentence that says where it is."""
    from partnering.jupyter import in_browser  # it speaks to a page that is nowhere else

    name, data = path.name, b""
    if path.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            packed = shutil.make_archive(str(Path(folder) / "made"), "zip", path)
            name, data = f"{name}.zip", Path(packed).read_bytes()
    else:
        data = path.read_bytes()
    if in_browser.offer(name, data):
        return tr("{name} is among the downloads of this browser.").format(name=name)
    return tr("Load this page again, and press the button once more.")


class Results:
    """The files that something has made, each with its button *Open*.

    Attributes:
        box: The widget to be displayed.
    """

    def __init__(self) -> None:
        import ipywidgets as widgets

        self.status = widgets.HTML()
        self.rows = widgets.VBox([])
        self.box = widgets.VBox([self.rows, self.status])

    def show(self, made: Sequence[Path], beside: Sequence[str] = ()) -> None:
        """Show these files in place of others.

        Args:
            made: Files, or folders.
            beside: For each what stands behind its name.
        """
        import ipywidgets as widgets

        self.status.value = ""
        rows = []
        for at, path in enumerate(made):
            told = within(path) + (f" · {beside[at]}" if beside and beside[at] else "")
            button = widgets.Button(
                description=tr("Open"),
                icon="external-link",
                tooltip=str(path),
                layout={"width": "7em"},
            )
            button.on_click(in_main_thread(partial(self._open, path)))
            rows.append(widgets.HBox([button, widgets.Label(told, layout={"width": "auto"})]))
        self.rows.children = rows

    def _open(self, path: Path, _: object) -> None:
        said = open_in_its_program(path)
        self.status.value = message(said) if said else ""


def within(path: Path) -> str:
    """A place as people find it: from the folder my-partnerships on, or whole."""
    home = paths.MY_PARTNERSHIPS.resolve()
    path = path.resolve()
    return path.relative_to(home.parent).as_posix() if home in path.parents else str(path)
