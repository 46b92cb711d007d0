"""What is not shown because Jupyter would write it into the notebook file.

Opened with the workshop's settings, no notebook keeps what stands on the screen. Opened in another
way each result is saved with it, goes into the history of the files, and lies there for good.
"""

from __future__ import annotations

import os
from pathlib import Path

from partnering.language import tr
from partnering.storage import paths

NEVER_SAVED = "PARTNERING_OUTPUTS_NEVER_SAVED"
ON_BINDER = "BINDER_SERVICE_HOST"  # a public server for trying things out sets it
HOW_TO_OPEN = "partnering" if paths.INSTALLED else "python -m nox -s workshop"


def never_saved() -> bool:
    """Whether this Jupyter was opened so that no notebook keeps what is shown."""
    return os.environ.get(NEVER_SAVED) == "1"


def is_kept_off(place: Path) -> bool:
    """Whether nothing may be shown of the partnership or house that lies there.

    Args:
        place: Where it lies. A worked example may always be shown.
    """
    return not never_saved() and not paths.is_example(place)


def sentence() -> str:
    """Why nothing is shown, and how to open the exercises so that it is."""
    if ON_BINDER in os.environ:
        return tr(
            "Not shown: this is a public server, for the worked examples. Open the exercises on "
            "your own computer, or in your browser: see “Get the handbook”."
        )
    return tr(
        "Not shown: this Jupyter would save your answers into the notebook. Close it, and open it "
        "with: {command}"
    ).format(command=HOW_TO_OPEN)
