"""Programs in a fresh Python that has its libraries already: importing Sphinx takes seconds, a fork milliseconds.

A helper process imports the libraries once and forks for each program that is asked for; the package and the
extensions are imported anew each time, from where the program finds them.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

LIBRARIES = (
    "docutils.languages.en",
    "docutils.parsers.rst.languages.en",
    "docxtpl",
    "ipywidgets",
    "jupyter_cache",
    "myst_nb.ext.download",
    "myst_nb.sphinx_ext",
    "nbclient",
    "pandas",
    "python_calamine",
    "sphinx.cmd.build",
    "typst",
    "xlsxwriter",
    "yaml",
)
_helper: subprocess.Popen[str] | None = None


def started(
    module: str, *words: object, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run `python -m module words` to its end, with these variables beside those of this process."""
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **variables},
        cwd=cwd,
    )


def forked(
    module: str, *words: object, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """The same by a fork of the helper; started as anywhere else where a system cannot fork."""
    if not hasattr(os, "fork"):
        return started(module, *words, cwd=cwd, **variables)
    argv = [module, *map(str, words)]
    with tempfile.TemporaryDirectory() as place:
        files = [str(Path(place, name)) for name in ("out", "err")]
        program = {
            "argv": argv,
            "cwd": str(cwd or Path.cwd()),
            "environment": {**os.environ, "PYTHONUTF8": "1", **variables},
            "files": files,
        }
        code = _ask(program)
        out, err = (Path(file).read_text(encoding="utf-8") for file in files)
    return subprocess.CompletedProcess(argv, code, out, err)


def _ask(program: dict) -> int:
    """Let the helper fork for a program, and say how it ended."""
    global _helper
    if _helper is None or _helper.poll() is not None:
        _helper = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        atexit.register(_end)
    assert _helper.stdin and _helper.stdout
    print(json.dumps(program), file=_helper.stdin, flush=True)
    return int(_helper.stdout.readline())


def _end() -> None:
    if _helper is not None:
        _helper.communicate()


# ---------------------------------------------------------------- the helper


def _serve() -> None:
    """Fork for each program that is asked for, until nobody asks any more."""
    _import_libraries()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _import_libraries() -> None:
    without_grammars()
    from sphinx.application import builtin_extensions

    for name in (*LIBRARIES, *builtin_extensions):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # no fork looks again at what is there already
    gc.set_threshold(20_000, 20, 50)  # and seldom at what it makes itself


def without_grammars() -> None:
    """Spare a second: jsonschema would build 38 grammars for addresses such as no notebook has in it."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # as import does


def _become(program: dict) -> None:
    """Be the program in place of the helper, to its end."""
    os.chdir(program["cwd"])
    os.environ.clear()
    os.environ.update(program["environment"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in enumerate(program["files"], start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    sys.argv = program["argv"]
    found = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:1] = [program["cwd"], *filter(None, found)]
    runpy.run_module(program["argv"][0], run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    _serve()
