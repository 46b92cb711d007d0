"""How JupyterLab opens in a workshop.

It is passed with --config, under a name that Jupyter does not look for.
"""

import sys
import warnings
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # where the package lies

from partnering.jupyter import opening
from partnering.jupyter.clean_notebook import emptied
from partnering.storage import paths

# Jupyter applies these settings twice
warnings.filterwarnings("ignore", "Overriding existing pre_save_hook")


def without_answers(model: dict[str, Any], **_: object) -> None:
    """Empty a notebook before it is written; what stands on the screen stays there.

    Args:
        model: The file that Jupyter is about to write, with its `type` and `content`.
    """
    if model["type"] == "notebook" and model.get("content"):
        emptied(model["content"])


c = get_config()  # type: ignore[name-defined]  # noqa: F821  Jupyter puts get_config here
c.ServerApp.root_dir = str(paths.HOME)
c.LabApp.default_url = "/lab/tree/0-start-here.ipynb"
c.FileContentsManager.pre_save_hook = without_answers
c.FileContentsManager.delete_to_trash = False  # to forget is to forget
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
# Run All Cells waits for the kernel, and leaves the reader at the top
c.LabServerApp.extra_labextensions_path = [str(Path(__file__).parent / "labextensions")]
c.LabApp.extension_manager = "readonly"  # the other kind asks a package registry
if opening.takes_sockets(jupyter_runtime_dir()):
    # opens no port that others on this computer could listen to
    c.KernelManager.transport = "ipc"
