"""What people click is done in the thread of the cells, also where a real kernel hears of it in another."""

from __future__ import annotations

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import partnering
from partnering.jupyter.main_thread import in_main_thread

PACKAGE = Path(partnering.__file__).parent
CLICKED = f"""
import sys, threading
sys.path.insert(0, {str(PACKAGE.parent)!r})
import ipywidgets
from partnering.jupyter.main_thread import in_main_thread
heard = {{}}
def button(name, with_turns):
    def clicked(_):
        heard[name] = threading.current_thread() is threading.main_thread()
    made = ipywidgets.Button()
    made.on_click(in_main_thread(clicked) if with_turns else clicked)
    return made
as_it_comes, in_its_turn = button("as it comes", False), button("in turn", True)
"""


@pytest.fixture
def kernel():
    """A real kernel, asked for what its code gives."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3")
    try:
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def asked(client, code: str, gives: str) -> object:
    """Run code and give what an expression then is."""
    answer = client.execute(code, user_expressions={"it": gives}, reply=True, timeout=60)["content"]
    assert answer["status"] == "ok", answer
    return eval(answer["user_expressions"]["it"]["data"]["text/plain"])


def test_a_click_that_a_kernel_hears_in_another_thread_is_done_in_the_thread_of_the_cells(kernel):
    if "kernel subshells" not in kernel.kernel_info(reply=True, timeout=60)["content"].get(
        "supported_features", ()
    ):
        pytest.skip("this kernel has no subshells: all is done in one thread")
    asked(kernel, CLICKED, "heard")
    kernel.control_channel.send(kernel.session.msg("create_subshell_request", {}))
    subshell = kernel.control_channel.get_msg(timeout=60)["content"]["subshell_id"]
    click = kernel.session.msg(
        "execute_request", {"code": "as_it_comes.click(); in_its_turn.click()", "silent": False}
    )
    click["header"]["subshell_id"] = subshell
    kernel.shell_channel.send(click)
    for _ in range(100):
        heard = asked(kernel, "import time; time.sleep(0.05)", "heard")
        if len(heard) == 2:
            break
    assert heard == {"as it comes": False, "in turn": True}


def test_what_is_asked_for_in_the_thread_of_the_cells_is_done_at_once_and_what_comes_from_another_in_its_order():
    done = []

    async def cells() -> threading.Thread:
        do = in_main_thread(lambda what: done.append((what, threading.current_thread())))
        do("at once")
        assert [what for what, _ in done] == ["at once"]
        other = threading.Thread(target=lambda: (do("first"), do("second")))
        other.start()
        other.join()
        assert len(done) == 1  # a cell is still at work
        await asyncio.sleep(0)
        return threading.current_thread()

    with ThreadPoolExecutor(1) as pool:  # a loop of its own, beside that of a browser's test
        home = pool.submit(asyncio.run, cells()).result()
    assert done == [(what, home) for what in ("at once", "first", "second")]


def test_every_widget_waits_its_turn():
    text = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert "on_click(in_main_thread(" in text
    assert re.findall(r"\.(?:on_click|observe|on_msg)\((?!\s*in_main_thread\().*", text) == []
