"""What a notebook file may hold: the exercise, and never an answer."""

from __future__ import annotations


def emptied(notebook: dict) -> dict:
    """The notebook itself, without outputs, execution counts, pasted pictures and what its widgets remember.

    `notebook` is the content of an .ipynb file as read from JSON; it is changed in place and given back.
    """
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        cell.pop("attachments", None)
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook
