"""What a notebook file may hold: the exercise, and never an answer."""

from __future__ import annotations

from typing import Any


def emptied(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook without outputs, execution counts, pasted pictures and the state of its widgets.

    Args:
        notebook: The content of an .ipynb file, as read from JSON. It is changed in place.

    Returns:
        The same notebook.
    """
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        cell.pop("attachments", None)
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook
