"""Exercises run as a facilitator runs them: every cell, in a real kernel, on a partnership of their own."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

EXERCISES = Path(__file__).resolve().parents[1] / "exercises"
READ_BACK = """
import json
print(json.dumps({"problems": [str(problem) for problem in room.problems], "mode": room.partnership.mode, "results": {
    name: json.loads(result.data.to_json(orient="records")) if hasattr(result.data, "to_json")
    else {caption: json.loads(frame.to_json(orient="records")) for caption, frame in result.data.items()}
    for name, result in room.results.items()}}))
"""


def notebooks() -> list[Path]:
    """Every exercise, in the order of the tour."""
    return sorted(EXERCISES.glob("*.ipynb"))


def run(place: Path | str, only: str = "") -> dict[str, dict]:
    """What every exercise, or one, made of the partnership at `place`: its results by the names of their functions."""
    return asyncio.run(_run_all(str(place), [path for path in notebooks() if only in ("", path.stem)]))


async def _run_all(place: str, paths: list[Path]) -> dict[str, dict]:
    two_at_once = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(path: Path) -> dict:
        async with two_at_once:
            return await _run_one(path, place)

    made = await asyncio.gather(*map(one, paths))
    return {path.stem: told for path, told in zip(paths, made, strict=True)}


async def _run_one(path: Path, place: str) -> dict:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(READ_BACK))
    client = NotebookClient(notebook, resources={"metadata": {"path": str(EXERCISES)}}, timeout=120, kernel_name="python3")
    await client.async_execute(env=os.environ | {"PARTNERING_PARTNERSHIP": place})
    told = json.loads("".join(output["text"] for output in notebook.cells[-1].outputs if output["output_type"] == "stream"
                              and output["name"] == "stdout"))
    told["shown"] = json.dumps([cell.get("outputs", []) for cell in notebook.cells[:-1]])
    return told
