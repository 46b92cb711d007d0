"""One thing after the other: what people click and type is done where the cells run, and never beside them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable


def in_main_thread(do: Callable) -> Callable:
    """What a widget is to call: it does `do` in the thread of the cells, as soon as that is free. To be asked for there.

    JupyterLab gives what comes from widgets to a thread of its own where the kernel has subshells, while the cells, the
    looks at the disk and the saves go on in theirs. Two that change one partnership at once would lose answers.
    Source: Jupyter Enhancement Proposal 91, kernel subshells.
    """
    try:
        home, loop = threading.current_thread(), asyncio.get_running_loop()
    except RuntimeError:  # there is no kernel
        return do

    def called(*what) -> None:
        if threading.current_thread() is home:
            do(*what)
        else:
            loop.call_soon_threadsafe(do, *what)

    return called
