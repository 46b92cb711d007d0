"""Open the exercises in JupyterLab, in a folder of one's own where the package was installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from partnering.jupyter import kept_off
from partnering.language import tr
from partnering.storage import atomic, paths

WORKSHOP = paths.PACKAGE / "workshop"


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


def open_exercises(home: Path, options: Sequence[str] = ()) -> int:
    """Open the exercises in JupyterLab, which never saves what stands on the screen.

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
    command = [sys.executable, "-m", "jupyterlab", f"--config={WORKSHOP / 'settings.py'}"]
    print(tr("The exercises and your own partnerships are in {home}").format(home=home))
    try:
        return subprocess.run([*command, *options], env=environment).returncode
    except KeyboardInterrupt:  # Jupyter has heard it too, and ends by itself
        return 0


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
