"""Try a bundle as somebody does who has nothing but the zip: unpack, start, run an exercise.

`python deploy/bundle/try_it.py ZIP`. On Linux the network is off meanwhile.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

EXERCISE = "3-risk-views.ipynb"
TOKEN = "only-for-this-try"
PATIENCE = 900  # seconds for the first start on a slow machine
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
shown = "".join(
    str(output.get("data", {}).get("text/html", ""))
    for cell in notebook.cells
    for output in cell.get("outputs", [])
)
print(shown.count("<table"), "tables")
sys.exit(0 if "<table" in shown else 1)
"""


def main(made: Path) -> int:
    """Try it, and say how long each step took.

    Args:
        made: The zip.

    Returns:
        The exit code.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = _unpacked(made, Path(place))
        began = time.monotonic()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = ["--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--allow-root")
        started = subprocess.Popen([*_start(folder), *options], cwd=folder)
        try:
            notebooks = _asked(started, port, began)
            print(f"Started after {time.monotonic() - began:.0f} s, {notebooks} exercises there.")
            python = folder / "ready" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
            exercises = folder / "exercises"
            ran = subprocess.run([python, "-c", RUN, exercises / EXERCISE, exercises])
        finally:
            started.terminate()
            started.wait(30)
        print(f"{EXERCISE} {'ran' if ran.returncode == 0 else 'did not run'} to its end.")
        return ran.returncode


def _unpacked(made: Path, place: Path) -> Path:
    """The folder of the bundle, unpacked as a system's own program does."""
    if shutil.which("unzip"):
        subprocess.run(["unzip", "-q", str(made.resolve()), "-d", str(place)], check=True)
    else:
        with zipfile.ZipFile(made) as archive:
            archive.extractall(place)
    (folder,) = place.iterdir()
    return folder


def _start(folder: Path) -> list[str]:
    """What a double click runs."""
    if os.name == "nt":
        return ["cmd", "/c", str(folder / "Start on Windows.bat")]
    if sys.platform == "darwin":
        return ["sh", str(folder / "Start on macOS.command")]
    return ["sh", str(folder / "start-on-linux.sh")]


def _asked(started: subprocess.Popen, port: int, began: float) -> int:
    """How many exercises JupyterLab has, once it answers."""
    address = f"http://127.0.0.1:{port}/api/contents/?token={TOKEN}"
    while time.monotonic() - began < PATIENCE:
        if started.poll() is not None:
            raise SystemExit(f"The start ended with {started.returncode}.")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                there = json.loads(answer.read())["content"]
                return sum(item["name"].endswith(".ipynb") for item in there)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(1)
    raise SystemExit("It did not start.")


def without_network() -> None:
    """Begin anew in a place that has no network, where this system can do that."""
    if sys.platform == "linux" and "TRIED_WITHOUT_NETWORK" not in os.environ:
        os.environ["TRIED_WITHOUT_NETWORK"] = "1"
        inside = 'ip link set lo up; exec "$@"'
        alone = ["unshare", "-rn", "sh", "-c", inside, "sh", sys.executable, *sys.argv]
        if shutil.which("unshare") and not subprocess.run(["unshare", "-rn", "true"]).returncode:
            os.execvp("unshare", alone)
        print("The network stays on: it cannot be switched off here.")


if __name__ == "__main__":
    without_network()
    raise SystemExit(main(Path(sys.argv[1])))
