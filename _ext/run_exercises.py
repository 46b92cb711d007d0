"""Run the exercises side by side before Sphinx reads them, and put them into MyST-NB's cache.

Nearly all of a cold build is kernels that start one after another. A notebook that fails is left to
MyST-NB, which runs it once more and says what is wrong with it; the others are not held up by it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

EXTENSION = ".ipynb"


def tell(sentence: str) -> None:
    """Print how far it has come, also in a quiet build: this is what takes its time."""
    print(sentence, file=sys.stderr, flush=True)


def run_before_reading(app: Sphinx, env: Any, docnames: list[str]) -> None:
    """Run the notebooks that are about to be read and are not in the cache yet.

    Args:
        app: Sphinx, with the settings of MyST-NB.
        env: Its environment.
        docnames: The pages that are about to be read.
    """
    paths = [Path(env.doc2path(name)) for name in docnames]
    paths = [path for path in paths if path.suffix == EXTENSION]
    if app.config.nb_execution_mode != "cache" or not paths:
        return
    # with nbclient over a second; not needed where no notebook has changed
    from jupyter_cache import get_cache

    cache = get_cache(app.config.nb_execution_cache_path)
    missing = []
    for path in paths:
        notebook = _read(path)
        if not _is_cached(cache, notebook):
            missing.append((path, notebook))
    if missing:
        asyncio.run(_run_all(cache, missing, app.config.nb_execution_timeout))


def _read(path: Path) -> Any:
    import nbformat

    return nbformat.read(path, as_version=4)


def _is_cached(cache: Any, notebook: Any) -> bool:
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


async def _run_all(cache: Any, missing: list[tuple[Path, Any]], timeout: int) -> None:
    """One kernel more than there are cores: while one starts, another waits for the disk."""
    places = asyncio.Semaphore((os.cpu_count() or 1) + 1)
    done = 0

    async def one(path: Path, notebook: Any) -> None:
        nonlocal done
        async with places:
            await _run(cache, path, notebook, timeout)
        done += 1
        tell(f"exercise {done} of {len(missing)}: {path.stem}")

    await asyncio.gather(*(one(path, notebook) for path, notebook in missing))


async def _run(cache: Any, path: Path, notebook: Any, timeout: int) -> None:
    """Run one notebook and keep what it gave, unless it failed."""
    from jupyter_cache.base import CacheBundleIn
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    began = time.perf_counter()
    # record_timing writes into the metadata by which the cache knows a notebook: it would never be
    # found again
    client = NotebookClient(
        notebook,
        timeout=timeout,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        await client.async_execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        tell(f"exercise {path.stem} failed: {type(error).__name__}")
        return
    took = {"execution_seconds": time.perf_counter() - began}
    cache.cache_notebook_bundle(
        CacheBundleIn(notebook, str(path), data=took), check_validity=False, overwrite=True
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Run exercises once Sphinx knows which pages it is going to read."""
    app.connect("env-before-read-docs", run_before_reading)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
