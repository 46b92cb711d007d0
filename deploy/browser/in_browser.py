"""What the kernel in the browser does before it is ready: packages come when they are asked for.

What only documents need is large. It is fetched from the site's own host at its first import.
"""

import contextlib
import gc
import importlib.machinery
import json
import os
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from IPython.core import display
from pyodide_kernel.comm import Comm

SITE = Path(__file__).parent
LATER = SITE / "in_browser.json"  # for each module the file that holds it


class Later:
    """Finds a module by fetching its package, once."""

    def __init__(self):
        told = json.loads(LATER.read_text(encoding="utf-8"))
        self._files = told

    def find_spec(self, name, path=None, target=None):
        """The module, once its package lies in its place; None for others."""
        file = self._files.get(name)
        if file is None:
            return None
        zipfile.ZipFile(BytesIO(_fetched(file))).extractall(SITE)
        self._files = {one: at for one, at in self._files.items() if at != file}
        return importlib.machinery.PathFinder.find_spec(name, path)


def _fetched(name):
    """The bytes of a file of the site. Raises ImportError, in a sentence, where there is no way."""
    from js import XMLHttpRequest

    asked = XMLHttpRequest.new()
    asked.open("GET", os.environ["PARTNERING_PARTS"] + name, False)
    asked.responseType = "arraybuffer"
    try:
        asked.send()
    except Exception:
        asked = None
    if asked is None or asked.status != 200:
        raise ImportError(
            "A part that documents need could not be fetched. Look whether there is a network, "
            "and load this page again. What you typed is kept."
        )
    return asked.response.to_bytes()


def as_json(publish):
    """Let a comm send JSON, as in Jupyter: else the page gets `undefined` where nothing is."""
    from js import JSON

    def publish_msg(self, msg_type, data=None, *rest, **more):
        with contextlib.suppress(TypeError, ValueError):  # what JSON has no word for goes as it is
            data = JSON.parse(json.dumps(data or {}, allow_nan=False))
        publish(self, msg_type, data, *rest, **more)

    return publish_msg


Comm.publish_msg = as_json(Comm.publish_msg)
gc.set_threshold(50_000, 20, 50)  # libraries stay: to look for what is left of them takes long
sys.meta_path.insert(0, Later())
# IPython looks whether a text that is shown is the name of a file: it would ask the page for it.
display._safe_exists = lambda _: False
# No module lies where the exercises are; Python would ask the page for that folder at each import.
sys.path[:] = [place for place in sys.path if place]
