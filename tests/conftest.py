"""What the tests share: one build of the whole handbook, small books, a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from book import OWN_ANSWER, OWN_NAME, ROOT, Book, Built
from lab import Lab, exercises_copied, running

# No deadline: a slow machine is no wrong answer. The same examples each time: a red run can be repeated. No shrinking:
# the examples are small as they are, and looking for smaller ones takes minutes.
settings.register_profile(
    "handbook",
    deadline=None,
    max_examples=25,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("handbook")


LONGEST = (
    "test_exercises",
    "test_book",
    "test_site_browser",
    "test_build",
    "test_lab_browser",
    "test_coffee_break",
    "test_start_here_browser",
    "test_notebook7_browser",
    "test_storage",
    "test_privacy",
    "test_grid",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take longest come first, so that no core is left waiting for another at the end; Jupyter is marked."""
    for item in items:
        if "lab" in item.fixturenames:
            item.add_marker("lab")
    items.sort(
        key=lambda item: (
            LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)
        )
    )


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A small handbook to add pages to."""
    return Book.small(tmp_path / "book")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The whole handbook, built on a computer where somebody has already worked with real answers."""
    book = Book.whole(tmp_path_factory.mktemp("handbook"))
    own = _own_partnership(book)
    for notebook in (book.place / "exercises").glob("*.ipynb"):
        _save_outputs_by_hand(notebook)
    built = book.build(PARTNERING_PARTNERSHIP=str(own))
    assert built.code == 0, built.said
    return built


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


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, browser) -> Iterator[Lab]:
    """JupyterLab on a copy of the exercises."""
    place = tmp_path_factory.mktemp("lab")
    settings = place / "config" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text(
        '{"windowingMode": "none"}'
    )  # a search sees the whole page
    with running(exercises_copied(ROOT, place / "exercises"), place) as lab:
        yield lab
