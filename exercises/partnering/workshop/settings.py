"""How JupyterLab opens in a workshop. Passed with --config, under a name that Jupyter does not look for."""

import os
import sys
import warnings
from pathlib import Path

EXERCISES = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(EXERCISES))

from partnering.jupyter.clean_notebook import emptied  # noqa: E402

warnings.filterwarnings(
    "ignore", "Overriding existing pre_save_hook"
)  # Jupyter applies these settings twice


def without_answers(model: dict, **_) -> None:
    """Empty a notebook before it is written; what stands on the screen stays there."""
    if model["type"] == "notebook" and model.get("content"):
        emptied(model["content"])


c = get_config()  # noqa: F821  Jupyter puts get_config here
c.ServerApp.root_dir = str(EXERCISES)
c.LabApp.default_url = "/lab/tree/0-start-here.ipynb"
c.FileContentsManager.pre_save_hook = without_answers
c.FileContentsManager.delete_to_trash = False  # to forget is to forget
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabServerApp.extra_labextensions_path = [
    str(Path(__file__).parent / "labextensions")
]  # Run All waits; it ends at the top
c.LabApp.extension_manager = "readonly"  # the other kind asks a package registry
if os.name != "nt":
    c.KernelManager.transport = (
        "ipc"  # opens no port, and prints no frightening line about encryption
    )
