"""Open the exercises in JupyterLab, in a folder of one's own where the package was installed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

from partnering.jupyter import kept_off
from partnering.language import tr
from partnering.storage import atomic, paths

WORKSHOP = paths.PACKAGE / "workshop"
BY_A_HUB = "JUPYTERHUB_API_TOKEN"  # JupyterHub gives one to whatever it starts


def lay_out(home: Path) -> list[str]:
    """Lay the notebooks into a folder; nothing that somebody has changed there is written over.

    Args:
        home: The folder, which is made where there is none.

    Returns:
        Sentences about notebooks that stay as somebody has changed them.

    Raises:
        NotSaved: The folder cannot be written to.
    """
    if home.resolve() == paths.NOTEBOOKS.resolve():
        return []
    atomic.make_folders(home)
    atomic.make_folder(home / paths.MY_PARTNERSHIPS.name)
    before, now, new = _laid_out(home), {}, {}
    told = []
    for source in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        there, ours = home / source.name, atomic.contents(source)
        now[source.name] = _says(ours)
        if not there.exists():
            new[there] = ours
            continue
        stands = _says(atomic.contents(there))
        if stands == now[source.name]:
            continue
        if stands == before.get(source.name):
            new[there] = ours
        else:
            now[source.name] = before.get(source.name, "")
            told.append(
                tr(
                    "{name} is as you changed it. To get it as it came, delete it and open the "
                    "exercises again."
                ).format(name=source.name)
            )
    if new or now != before:
        new[home / paths.LAID_OUT] = json.dumps(now, indent=1).encode()
        atomic.replace(new)
    return told


def takes_sockets(folder: str) -> bool:
    """Whether kernels can be reached through files in a folder, which open no port.

    Args:
        folder: Where Jupyter keeps what belongs to its running kernels. No system makes such a
            file in a folder whose name is too long, and Windows makes none.
    """
    import zmq

    name = f"{folder}/kernel-{uuid.UUID(int=0)}-ipc-5"
    return os.name != "nt" and len(os.fsencode(name)) <= zmq.IPC_PATH_MAX_LEN


def open_exercises(home: Path, options: Sequence[str] = ()) -> int:
    """Open the exercises in JupyterLab, which never saves what stands on the screen.

    Started by a JupyterHub, this process becomes the user's server, so that the hub can end it.

    Args:
        home: The folder with the exercises and with one's own partnerships; see `lay_out`.
        options: What JupyterLab is given beside, such as `--no-browser`.

    Returns:
        The exit code of JupyterLab.

    Raises:
        NotSaved: The exercises cannot be laid into the folder.
    """
    for sentence in lay_out(home):
        print(sentence)
    search = [str(WORKSHOP), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    environment = {
        **os.environ,
        paths.HOME_VARIABLE: str(home),
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(paths.PACKAGE.parent), os.environ.get("PYTHONPATH", "")])
        ),
        "PYTHONUTF8": "1",
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, search)),
        kept_off.NEVER_SAVED: "1",
    }
    short = ""
    if os.name != "nt" and not takes_sockets(jupyter_runtime_dir()):
        short = tempfile.mkdtemp(prefix="jupyter-")
        environment["JUPYTER_RUNTIME_DIR"] = short
    by_a_hub = BY_A_HUB in environment
    program = "jupyterhub.singleuser" if by_a_hub else "jupyterlab"
    command = [sys.executable, "-m", program, f"--config={WORKSHOP / 'settings.py'}", *options]
    print(tr("The exercises and your own partnerships are in {home}").format(home=home), flush=True)
    if by_a_hub:
        os.execve(sys.executable, command, environment)
    try:
        return _run(command, environment)
    finally:
        if short:
            shutil.rmtree(short, ignore_errors=True)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a program to its end, and let no program go on that was to be ended with this one."""
    with subprocess.Popen(command, env=environment) as program:
        before = signal.signal(signal.SIGTERM, lambda *_: program.terminate())
        try:
            while True:
                try:
                    return program.wait()
                except KeyboardInterrupt:  # it has heard it too, and asks before it ends
                    continue
        finally:
            signal.signal(signal.SIGTERM, before)


def _laid_out(home: Path) -> dict[str, str]:
    """What the notebooks said that were laid into a folder, by their names."""
    try:
        told = json.loads((home / paths.LAID_OUT).read_text(encoding="utf-8"))
        return {str(name): str(said) for name, said in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _says(notebook: bytes) -> str:
    """A fingerprint of what a notebook says, however it was saved."""
    try:
        cells = json.loads(notebook)["cells"]
        said = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (ValueError, KeyError, TypeError):
        return atomic.digest(notebook).hex()
    return atomic.digest(json.dumps(said).encode()).hex()
