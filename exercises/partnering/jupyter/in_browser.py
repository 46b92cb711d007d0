"""What the page around an exercise asks of Python, where both run in a browser.

The page says when to look at what other tabs have saved, takes a partnership home as one file, and
brings one back. It speaks through a comm named `partnering`.
"""

from __future__ import annotations

import base64
import binascii
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from comm import get_comm_manager

from partnering.jupyter.autosave import AUTOSAVE
from partnering.jupyter.main_thread import in_main_thread
from partnering.language import tr
from partnering.storage import atomic, paths

NAME = "partnering"
_pages: list[Any] = []  # the comm of the page, as soon as it has greeted


def offer(name: str, data: bytes, home: bool = False) -> bool:
    """Let the page save a file among the downloads of this browser.

    Args:
        name: What the file is called.
        data: What is in it.
        home: Whether it is a whole partnership, so that nothing is lost when the page is left.

    Returns:
        Whether there is a page that heard it.
    """
    told = {"kind": "file", "name": name, "data": base64.b64encode(data).decode(), "home": home}
    return _tell(told)


def take_home() -> list[str]:
    """Offer the partnership that is open as one file.

    Returns:
        Sentences for the page.

    Raises:
        NotOpened: It cannot be read.
        NotSaved: The file cannot be made.
    """
    from partnering.storage import carrying  # only those who carry something wait for it

    place = paths.to_open()
    if paths.is_example(place):
        return [
            tr(
                "A worked example is open: nothing of yours is in it. The first change goes to a "
                "copy of your own."
            )
        ]
    AUTOSAVE.save_what_is_due()
    with tempfile.TemporaryDirectory() as folder:
        name = f"{paths.told(place)}.partnering"
        made = carrying.take_home(place, out=Path(folder) / name)
        offer(name, made.path.read_bytes(), home=True)
    said = tr("{name} is among the downloads of this browser.").format(name=name)
    return [said, *made.sentences]


def bring_back(name: str, text: str) -> list[str]:
    """Make a partnership of a file that was taken home, and let every exercise open it.

    Args:
        name: What the file is called.
        text: What is in it, in base 64.

    Returns:
        Sentences for the page.

    Raises:
        NotOpened: It is no such file.
        NotSaved: It cannot be kept in this browser.
    """
    from partnering.storage import carrying, home_file

    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        data = b""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name or "file.partnering")
        file.write_bytes(data)
        try:
            done = carrying.bring_back(file)
        except home_file.Locked:
            done = carrying.bring_back(file, "locked, so it is said that it cannot be unlocked")
    paths.choose(done.place)
    return [*done.sentences, tr("Every exercise opens it. Run this one again to see it.")]


def _heard(message: dict[str, Any]) -> None:
    """Do what the page asks, and say what came of it in sentences."""
    asked = message["content"]["data"]
    does: dict[str, Callable[[], list[str]]] = {
        "look": _look,
        "take-home": take_home,
        "bring-back": lambda: bring_back(str(asked.get("name")), str(asked.get("data"))),
    }
    try:
        sentences = does.get(str(asked.get("kind")), list)()
    except atomic.TROUBLE as error:
        sentences = [atomic.in_words(error)]
    if sentences:
        _tell({"kind": "said", "sentences": sentences})


def _look() -> list[str]:
    AUTOSAVE.look()
    return []


def _tell(told: dict[str, Any]) -> bool:
    for page in _pages[-1:]:
        page.send(told)
    return bool(_pages)


def _greeted(page: Any, _: object) -> None:
    page.on_msg(in_main_thread(_heard))
    _pages.append(page)


get_comm_manager().register_target(NAME, _greeted)
