"""JupyterLab as `nox -s workshop` opens it, for tests: on a copy of the exercises, with nothing of this computer's own.

Where Notebook 7 is installed the same server has it at /notebooks.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

TOKEN = "only-for-this-test"


class Lab:
    """A running JupyterLab and the folder it works in.

    `windows` are those of a browser that were closed in good order: opening another notebook in
    one of them loads JupyterLab anew, and is twice as fast as in a new window.
    """

    def __init__(self, exercises: Path, run: Path, port: int):
        self.exercises, self.run, self.address = exercises, run, f"http://127.0.0.1:{port}/"
        self.windows: list = []

    def ask(self, path: str, method: str = "GET", content: dict | None = None) -> dict:
        """What the server answers."""
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(
            self.address + path, body, {"Authorization": f"token {TOKEN}"}, method=method
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"{}")

    def end_kernels(self) -> None:
        """End every kernel, as closing Jupyter does."""
        for kernel in self.ask("api/kernels"):
            self.ask(f"api/kernels/{kernel['id']}", "DELETE")


@contextlib.contextmanager
def running(exercises: Path, place: Path) -> Iterator[Lab]:
    """JupyterLab on the exercises that lie there; what it writes for itself goes to `place`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        "JUPYTER_CONFIG_DIR": place / "config",
        "JUPYTER_DATA_DIR": place / "data",
        "IPYTHONDIR": place / "ipython",
        "JUPYTER_RUNTIME_DIR": place / "run",
        "PYTHONPATH": exercises,
    }
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PARTNERING_")
    }
    command = [
        sys.executable,
        "-m",
        "partnering",
        "open",
        "--",
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={port}",
        f"--IdentityProvider.token={TOKEN}",
    ]
    with (place / "log").open("w") as log:
        server = subprocess.Popen(
            command,
            env=environment | {name: str(value) for name, value in own.items()},
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=place,
        )
    lab = Lab(exercises, place / "run", port)
    try:
        for _ in range(240):
            try:
                lab.ask("api/status")
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, (place / "log").read_text()
                time.sleep(0.25)
        yield lab
    finally:
        server.terminate()
        server.wait(20)


def exercises_copied(root: Path, place: Path) -> Path:
    """The exercises alone, with an empty my-partnerships, in place of what lies there."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(
        root / "exercises",
        place,
        ignore=shutil.ignore_patterns("*.pyc.*", ".*", "my-partnerships"),
    )
    (place / "my-partnerships").mkdir()
    return place
