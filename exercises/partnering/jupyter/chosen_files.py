"""Files that people choose in the browser's own window: nobody has to type where they lie."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from partnering.jupyter.layouts import BUTTON
from partnering.jupyter.main_thread import in_main_thread
from partnering.storage import paths

if TYPE_CHECKING:
    from ipywidgets import FileUpload, Text


def button(label: str, endings: tuple[str, ...], instead_of: Text, many: bool = True) -> FileUpload:
    """A button that opens the browser's window for choosing files.

    What is chosen empties the field for a path, and what is typed there lets go of what was chosen.

    Args:
        label: What stands on it.
        endings: How the names of the files end that can be chosen.
        instead_of: The field for a path beside it.
        many: Whether several files may be chosen.
    """
    import ipywidgets as widgets

    made = widgets.FileUpload(
        description=label, accept=",".join(endings), multiple=many, layout=BUTTON
    )

    def chosen(change: dict[str, object]) -> None:
        if change["new"]:
            instead_of.value = ""

    def typed(change: dict[str, object]) -> None:
        if change["new"] and made.value:
            made.value = ()

    made.observe(in_main_thread(chosen), names="value")
    instead_of.observe(in_main_thread(typed), names="value")
    return made


@contextlib.contextmanager
def laid_out(chosen: FileUpload) -> Iterator[Path]:
    """A folder of its own with the files that were chosen, which goes again at the end.

    Args:
        chosen: The button by which they were chosen.
    """
    with tempfile.TemporaryDirectory(prefix="partnering-") as place:
        for file in chosen.value:
            name = PurePosixPath(str(file["name"]).replace("\\", "/"))
            called = f"{paths.fit(name.stem, 120)}.{paths.fit(name.suffix)}"
            (Path(place) / called).write_bytes(bytes(file["content"]))
        yield Path(place)
