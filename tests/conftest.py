"""What the tests share: the built handbook, small books, a browser, JupyterLab, and what is tested when."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import Phase, settings

import forking
from book import OWN_ANSWER, OWN_NAME, ROOT, Book, Built
from budget import tries
from lab import Lab, exercises_copied, running
from partnering.jupyter import kept_off

# No deadline: a slow machine is no wrong answer. The same examples each time: a red run can be
# repeated. No shrinking: the examples are small as they are, and looking for smaller ones takes
# minutes.
settings.register_profile(
    "handbook",
    deadline=None,
    max_examples=tries(8, 100),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
settings.register_profile("quick", settings.get_profile("handbook"), max_examples=4)
settings.load_profile("handbook")

forking.without_grammars()

# No test saves what is shown into a notebook; kernels that tests start are told as well.
os.environ[kept_off.NEVER_SAVED] = "1"

TESTS = Path(__file__).parent
CALCULATIONS = ("partnership", "stops")
# They make every result, and so run nearly every line whatever the result's own tests ask.
OF_ALL_RESULTS = (
    "test_every_result",
    "test_held",
    "test_laws",
    "test_privacy",
    "test_rows",
    "test_stricter",
)
FILES = ("storage", "exchange", "paper", "documents")
COMMANDS = ("test_command_line", "test_commands", "test_fuzz", "test_translation")
# What a test needs is seen from its fixtures, and marks it.
MARKS = {
    "small_book": "sphinx",
    "site": "sphinx",
    "kernel": "kernel",
    "run_exercises": "kernel",
    "browser": "browser",
    "lab": "lab",
    "node": "node",
}
# Files that take longest come first, so that no core is left waiting for another at the end. The
# book builds the site; what looks at the site comes once it is there.
LONGEST = (
    "test_exercises",
    "test_build",
    "test_site_browser",
    "test_storage",
    "test_privacy",
    "test_grid",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long and why; put the book and the tests in JupyterLab first.

    How much of the calculations is run is told of the tests of single results alone.
    """
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in FILES or item.path.stem in COMMANDS:
            item.add_marker("files")
        if folder not in CALCULATIONS or item.path.stem in OF_ALL_RESULTS:
            item.add_marker("no_cover")
        for name in MARKS.keys() & set(item.fixturenames):
            item.add_marker(MARKS[name])
    items.sort(key=_place)


def pytest_collection_finish() -> None:
    """Let no search for garbage look again at libraries and tests, which stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _place(item: pytest.Item) -> int:
    if item.path.stem == "test_book":
        return -2
    if "lab" in item.fixturenames:
        return -1
    return LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)


def pytest_xdist_make_scheduler(config: pytest.Config, log):
    """Give a core the whole of a file."""
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def _nobody_pulls_the_plug() -> Iterator[None]:
    """Let no save of this process wait until the disk has it for good, 2,000 times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


# ---------------------------------------------------------------- books


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Book]:
    """Makes small handbooks to add pages to, each in a folder with a name of its own."""
    return lambda name: Book.small(tmp_path_factory.mktemp(name) / "book", run=forking.forked)


@pytest.fixture
def book(small_book: Callable[[str], Book]) -> Book:
    """A small handbook to add pages to."""
    return small_book("book")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The whole handbook, built on a computer where somebody has already worked with real answers.

    It is built once, by the core that asks first; the others wait for it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    book = Book(shared / "handbook", run=forking.forked)
    said = shared / "handbook.txt"
    with FileLock(shared / "handbook.lock"):
        if not said.exists():
            built = _build_site(book)
            assert built.code == 0, built.said
            said.write_text(built.said, encoding="utf-8")
    return Built(0, said.read_text(encoding="utf-8"), book.html)


def _build_site(book: Book) -> Built:
    Book.whole(book.place)
    own = _own_partnership(book)
    for notebook in (book.place / "exercises").glob("*.ipynb"):
        _save_outputs_by_hand(notebook)
    return book.build(PARTNERING_PARTNERSHIP=str(own))


def _own_partnership(book: Book) -> Path:
    """A partnership of one's own, chosen in start-here, with a notebook beside it."""
    place = book.place / "exercises" / "my-partnerships"
    own = place / OWN_NAME
    own.mkdir(parents=True)
    (own / "partners.csv").write_text(f"partner,name\nZZY,{OWN_NAME}\n", encoding="utf-8")
    (own / "purposes.csv").write_text(f"partner,why_together\nZZY,{OWN_ANSWER}\n", encoding="utf-8")
    (place / "chosen.txt").write_text(f"my-partnerships/{OWN_NAME}\n", encoding="utf-8")
    (place / "notes.md").write_text(f"# {OWN_NAME}\n\n{OWN_ANSWER}\n", encoding="utf-8")
    Book(book.place).notebook(f"my-partnerships/{OWN_NAME}", f"print('{OWN_ANSWER}')")
    return own


def _save_outputs_by_hand(path: Path) -> None:
    """Leave answers in a notebook's outputs, as Jupyter does where nothing keeps it from saving them."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["widgets"] = {"state": OWN_ANSWER}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": f"<b>{OWN_NAME}</b>", "text/plain": OWN_ANSWER},
                }
            ]
    path.write_text(json.dumps(notebook), encoding="utf-8")


# ---------------------------------------------------------------- kernels, a browser, JupyterLab


@pytest.fixture(scope="session")
def run_exercises() -> Callable[..., dict[str, dict]]:
    """Runs every exercise, or one, in a real kernel; see `exercise.run`."""
    import exercise

    return exercise.run


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Chromium as the system has it."""
    known = map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"))
    chromium = next((path for path in known if path.exists()), None)
    if chromium is None:
        pytest.skip("there is no Chromium on this computer")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(chromium),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
            ],
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on a copy of the exercises, started once."""
    place = tmp_path_factory.mktemp("lab")
    settings = place / "config" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text(
        '{"windowingMode": "none"}'
    )  # a search sees the whole page
    with running(exercises_copied(ROOT, place / "exercises"), place) as lab:
        yield lab


@pytest.fixture(scope="module")
def lab(server: Lab) -> Iterator[Lab]:
    """JupyterLab as it stands when nobody has opened or saved anything yet."""
    exercises_copied(ROOT, server.exercises)
    yield server
    server.end_kernels()
