"""Callbacks of widgets, run in the thread of the cells: one after the other, never two at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipywidgets import Button, Text


def in_main_thread(callback: Callable[..., object]) -> Callable[..., object]:
    """A callback that runs in the thread of the cells, whichever thread calls it.

    Where the kernel has subshells, JupyterLab delivers what widgets send in a thread of its own,
    while cells, looks at the disk and saves run in the main one. Two threads that change one
    partnership at the same time would lose answers.
    Source: Jupyter Enhancement Proposal 91, kernel subshells.

    Args:
        callback: What is to be done when the widget is used.

    Returns:
        What the widget is to call. Called in the thread in which `in_main_thread` was called, it
        runs the callback at once; called in another, it puts it in line there. Where no event
        loop runs, so outside a kernel, it is the callback itself.
    """
    try:
        home, loop = threading.current_thread(), asyncio.get_running_loop()
    except RuntimeError:  # there is no kernel
        return callback

    def called(*arguments: object) -> None:
        if threading.current_thread() is home:
            callback(*arguments)
        else:
            loop.call_soon_threadsafe(callback, *arguments)

    return called


def enter_presses(button: Button, *fields: Text) -> None:
    """Let Enter in a field do what a button beside it does.

    Args:
        button: The button.
        fields: The fields. What is typed in them has to be known at each key.
    """

    def told(_: object, content: dict[str, object], __: object) -> None:
        if content.get("event") == "submit":
            button.click()

    for field in fields:
        field.on_msg(in_main_thread(told))
