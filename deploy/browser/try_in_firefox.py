"""Try the edition for browsers in Firefox: open, type, come back, without a network.

`python deploy/browser/try_in_firefox.py FOLDER`, with the Python that runs the tests. Firefox needs
no other program to be driven: it speaks Marionette, a length, a colon, and a list in JSON.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from try_it import PATIENCE, STORED, TABLE, TYPED, WHAT, served, with_outputs

EXERCISE = "3-risk-views.ipynb"
PREFERENCES = {
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "dom.disable_beforeunload": True,  # nobody is there to be asked whether to leave the page
}
LOADED = """return performance.getEntriesByType("resource").map((one) => one.name)
    .filter((name) => !name.startsWith(arguments[0]) && !/^(data|blob):/.test(name))"""
TYPE = """const field = document.querySelector(arguments[0]);
    field.scrollIntoView(); field.focus(); field.value = arguments[1];
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, {bubbles: true}));
    field.blur()"""
PRESS = """[...document.querySelectorAll("button")]
    .find((one) => one.textContent.includes(arguments[0])).click()"""


class Firefox:
    """A Firefox without a window."""

    def __init__(self, port: int):
        self._asked = 0
        self._talk = _called(port)
        self._heard = self._talk.makefile("rb")
        self._read()  # it greets
        self.ask("WebDriver:NewSession", capabilities={})
        self.ask("WebDriver:SetTimeouts", script=PATIENCE, pageLoad=PATIENCE)

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._heard.read(1)
        return json.loads(self._heard.read(int(length[:-1])))

    def ask(self, command: str, **words: Any) -> Any:
        """Let it do something.

        Raises:
            RuntimeError: What it says, where it cannot.
        """
        self._asked += 1
        data = json.dumps([0, self._asked, command, words]).encode()
        self._talk.sendall(b"%d:%s" % (len(data), data))
        _, _, wrong, answer = self._read()
        if wrong:
            raise RuntimeError(f"{command}: {wrong['message']}")
        return answer.get("value") if isinstance(answer, dict) else answer

    def run(self, script: str, *words: Any) -> Any:
        """What a script in the page returns."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=[*words])

    def seen(self, condition: str, *words: Any) -> None:
        """Wait until a condition holds in the page.

        Raises:
            TimeoutError: It does not.
        """
        end = time.monotonic() + PATIENCE / 1000
        while not self.run(f"return !!({condition})", *words):
            if time.monotonic() > end:
                raise TimeoutError(f"This was waited for: {condition}")
            time.sleep(0.5)

    def open(self, address: str) -> None:
        """Open an exercise, and wait until it has run."""
        self.ask("WebDriver:Navigate", url=f"{address}/notebooks/index.html?path={EXERCISE}")
        self.seen("document.body.dataset.partnering === 'ready'")


def _called(port: int) -> socket.socket:
    """The way to Firefox, as soon as it listens."""
    end = time.monotonic() + 60
    while True:
        try:
            talk = socket.create_connection(("127.0.0.1", port), 5)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)
        else:
            talk.settimeout(2 * PATIENCE / 1000)
            return talk


@contextmanager
def started(program: str) -> Iterator[Firefox]:
    """A Firefox with an empty profile, ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (PREFERENCES | {"marionette.port": port}).items()
        told = "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in lines)
        Path(profile, "user.js").write_text(told, encoding="utf-8")
        words = ("--headless", "--marionette", "--no-remote", "--profile", profile)
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running = subprocess.Popen([program, *words], **silent)
        try:
            yield Firefox(port)
        finally:
            running.terminate()
            running.wait(60)


def main(folder: Path) -> int:
    """Try it, and say what is well and what is not.

    Args:
        folder: The folder of the edition.

    Returns:
        The exit code.
    """
    program = shutil.which("firefox") or shutil.which("firefox-esr")
    if program is None:
        print("Firefox is not on this computer.")
        return 1
    wrong: list[str] = []

    def note(sentence: str, is_well: bool) -> None:
        print(f"{'  ' if is_well else 'NOT '}{sentence}", flush=True)
        wrong.extend([] if is_well else [sentence])

    with started(program) as firefox:
        with served(folder) as address:
            firefox.open(address)
            tables = firefox.run("return document.querySelectorAll(arguments[0]).length", TABLE)
            note(f"{tables} tables of the worked example", tables > 0)
            firefox.run(TYPE, WHAT, TYPED)
            firefox.seen("document.querySelector('.grid-said')?.textContent.includes('copy')")
            time.sleep(2)
            firefox.open(address)
            firefox.run(PRESS, "Type the answers")
            firefox.seen("document.querySelector(arguments[0])", WHAT)
            there = firefox.run("return document.querySelector(arguments[0]).value", WHAT)
            note("what was typed is there", there == TYPED)
            stored = firefox.run(f"return ({STORED})()")
            outputs = with_outputs(stored)
            note(f"{len(stored)} things stored, {len(outputs)} with outputs", not outputs)
            firefox.seen("document.body.dataset.kept === 'all'")
            elsewhere = firefox.run(LOADED, address)
            note(f"requests to other hosts: {len(elsewhere)}", not elsewhere)
        firefox.open(address)  # the host is gone
        note("it opens without a network", True)
    print(json.dumps({"wrong": wrong}))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
