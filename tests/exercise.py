"""Exercises run as a facilitator runs them: every cell, in a real kernel, on a partnership of their own."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded where it is used: collecting the tests should not wait for it
    from jupyter_client.asynchronous import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager
    from nbformat import NotebookNode

EXERCISES = Path(__file__).resolve().parents[1] / "exercises"
# What is open, saved and shown is kept in these; the calculations keep nothing, and stay loaded.
FORGET = """
import sys
for name in list(sys.modules):
    if name in ("partnering", "partnering.live") or name.startswith("partnering.jupyter"):
        del sys.modules[name]
get_ipython().reset(new_session=False)
"""
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
    paths = [path for path in notebooks() if only in ("", path.stem)]
    with ThreadPoolExecutor(
        1
    ) as apart:  # a browser that is open in this thread has an event loop of its own
        return apart.submit(lambda: asyncio.run(_run_all(str(place), paths))).result()


async def _run_all(place: str, paths: list[Path]) -> dict[str, dict]:
    """One kernel a core, each for one exercise after another; what it had open is forgotten in between."""
    from jupyter_client.manager import AsyncKernelManager

    waiting, made = list(paths), {}

    async def in_one_kernel() -> None:
        manager = AsyncKernelManager(kernel_name="python3")
        await manager.start_kernel(
            env=os.environ | {"PARTNERING_PARTNERSHIP": place}, cwd=str(EXERCISES)
        )
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=120)
        try:
            while waiting:
                path = waiting.pop(0)
                made[path.stem] = await _run_one(path, manager, client)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    await asyncio.gather(*(in_one_kernel() for _ in range(min(os.cpu_count() or 1, len(paths)))))
    return {path.stem: made[path.stem] for path in paths}


def run_cells(cells: Sequence[str], environment: Mapping[str, str]) -> NotebookNode:
    """A notebook of these cells after all of them were run in a real kernel, as Jupyter would save it."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(_run_cells(cells, environment))).result()


async def _run_cells(cells: Sequence[str], environment: Mapping[str, str]) -> NotebookNode:
    import nbformat
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    manager = AsyncKernelManager(kernel_name="python3")
    await manager.start_kernel(env=dict(environment), cwd=str(EXERCISES))
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=120)
    try:
        runner = NotebookClient(
            notebook, km=manager, resources={"metadata": {"path": str(EXERCISES)}}, timeout=120
        )
        runner.kc = client
        await runner.async_execute()
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
    return notebook


async def _run_one(path: Path, manager: AsyncKernelManager, client: AsyncKernelClient) -> dict:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(FORGET))
    notebook.cells.append(nbformat.v4.new_code_cell(READ_BACK))
    runner = NotebookClient(
        notebook, km=manager, resources={"metadata": {"path": str(EXERCISES)}}, timeout=120
    )
    runner.kc = client
    await runner.async_execute()
    told = json.loads(
        "".join(
            output["text"]
            for output in notebook.cells[-1].outputs
            if output["output_type"] == "stream" and output["name"] == "stdout"
        )
    )
    told["shown"] = json.dumps([cell.get("outputs", []) for cell in notebook.cells[1:-1]])
    return told
