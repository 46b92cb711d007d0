"""Try the edition for browsers as a reader does: open, type, leave, come back, without a network.

`python deploy/browser/try_it.py FOLDER`, with the Python that runs the tests. `--quick` opens two
exercises, else all of them are opened. What fails is said, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

PATIENCE = 180_000  # milliseconds
TABLE = ".jp-OutputArea-output table"
WAITS = ".jp-OutputArea-output p:has-text('Made, and not shown yet')"  # in one's own partnership
WHAT, TYPED = ".grid textarea[data-column=what_could_happen]", "Typed in a browser"
STORED = """async () => {
    const found = [];
    for (const {name} of await indexedDB.databases()) {
        const base = await new Promise((done) => {
            const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result);
        });
        for (const store of base.objectStoreNames) {
            const all = await new Promise((done) => {
                const asked = base.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => done(asked.result);
            });
            found.push(...all.map((one) => JSON.stringify(one) ?? ""));
        }
    }
    return found;
}"""
Note = Callable[..., None]
COLD, AGAIN, TICK, IDLE = 20, 10, 500, 2  # seconds, seconds, milliseconds, percent: at most


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files as any host does."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012  # it is the library's own name
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on this computer."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Reader:
    """Somebody with a browser of their own, who notes requests to other hosts, and what fails."""

    def __init__(self, context: BrowserContext, address: str):
        self.context, self.address = context, address
        self.elsewhere: list[str] = []
        self.failed: list[str] = []
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda wrong: self.failed.append(str(wrong.error)))

    def _asked(self, request: object) -> None:
        url = request.url
        if not url.startswith((self.address, "data:", "blob:", "chrome")):
            self.elsewhere.append(url)

    def _said(self, message: object) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.failed.append(message.text)

    def told(self, note: Note) -> None:
        """Say how many requests went elsewhere, and what failed in the pages."""
        note(f"requests to other hosts: {len(self.elsewhere)}", not self.elsewhere)
        note(f"errors of the pages: {len(self.failed)} {self.failed[:3]}", not self.failed)

    def open(self, notebook: str, whole: bool = True) -> tuple[Page, float, float]:
        """Open an exercise, and wait for its tables.

        Returns:
            The page; seconds of processor time to the first table, and seconds on the clock.
        """
        before, began = processor(), time.monotonic()
        page = self.context.new_page()
        page.goto(f"{self.address}/notebooks/index.html?path={notebook}")
        seen(page, f"{TABLE}, {WAITS}")
        used, waited = processor() - before, time.monotonic() - began
        if whole:
            seen(page, "body[data-partnering=ready]")
        return page, used, waited


def seen(page: Page, selector: str) -> None:
    """Wait until something is there, and look four times a second: to look at each frame costs."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.locator(selector).count():
        if time.monotonic() > end:
            raise TimeoutError(f"There is no {selector} on {page.url}.")
        page.wait_for_timeout(250)


_used: dict[int, float] = {}  # seconds of each process, also of those that have ended


def processor() -> float:
    """The seconds of processor time that the browser has used."""
    for one in psutil.Process().children(recursive=True):
        try:
            if "chrom" in one.name():
                times = one.cpu_times()
                _used[one.pid] = times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return sum(_used.values())


def main(words: list[str] | None = None) -> int:
    """Try it.

    Returns:
        The exit code.
    """
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--slow", action="store_true", help="say times, and let none be too long")
    asked.add_argument("--browser", default=shutil.which("chromium"), help="where Chromium is")
    told = asked.parse_args(words)
    wrong: list[str] = []
    limits = told.slow  # a machine that others use as well

    def note(sentence: str, is_well: bool = True) -> None:
        print(f"{'  ' if is_well else 'NOT '}{sentence}", flush=True)
        if not is_well:
            wrong.append(sentence)

    with (
        sync_playwright() as play,
        tempfile.TemporaryDirectory(
            ignore_cleanup_errors=True  # the browser may still be writing
        ) as profile,
    ):
        with served(told.folder) as address:
            context = play.chromium.launch_persistent_context(
                profile,
                executable_path=told.browser,
                args=["--no-sandbox"],
                accept_downloads=True,
                viewport={"width": 1280, "height": 900},
            )
            reader = Reader(context, address)
            page, used, waited = reader.open("3-risk-views.ipynb")
            note(
                f"cold: first table after {used:.1f} s of processor, {waited:.0f} s",
                limits or used <= COLD,
            )
            page.wait_for_selector("body[data-kept=all]", timeout=PATIENCE)
            page.wait_for_timeout(10_000)  # it still writes what it keeps, and compiles
            before = processor()
            page.wait_for_timeout(10_000)
            idle = 10 * (processor() - before)
            note(f"idle: {idle:.1f} % of a core", limits or idle < IDLE)
            typed(page, note, limits)
            page.close(run_before_unload=False)
            page, used, waited = reader.open("3-risk-views.ipynb")
            note(f"again: first result after {used:.1f} s, {waited:.0f} s", limits or used <= AGAIN)
            page.get_by_role("button", name="Type the answers").click()
            page.wait_for_selector(WHAT, timeout=PATIENCE)
            note("what was typed is there", page.locator(WHAT).first.input_value() == TYPED)
            home(page, note, Path(profile))
            nothing_stored(page, note)
            page.close()
            every_exercise(play, told, address, note)
        # the host is gone
        page, used, waited = reader.open("3-risk-views.ipynb")
        note(f"without a network: first table after {used:.1f} s, {waited:.0f} s")
        reader.told(note)
        context.close()
    print(json.dumps({"wrong": wrong}))
    return bool(wrong)


def every_exercise(play: Playwright, told: argparse.Namespace, address: str, note: Note) -> None:
    """Open each exercise with its worked example, in a browser that knows nothing yet."""
    listed = [] if told.quick else sorted((told.folder / "files").glob("*.ipynb"))
    browser = play.chromium.launch(executable_path=told.browser, args=["--no-sandbox"])
    reader = Reader(browser.new_context(), address)
    for file in listed:
        page, used, _ = reader.open(file.name)
        tables = page.locator(TABLE).count()
        wrong = page.locator("[data-mime-type*=stderr], [data-mime-type*=error]").count()
        told_so = f"{file.name}: {used:.1f} s, {tables} tables, {wrong} errors"
        note(told_so, bool(tables) and not wrong)
        page.close()
    reader.told(note)
    browser.close()


def typed(page: Page, note: Note, limits: bool) -> float:
    """Type into the example, which becomes a copy of one's own, and tick.

    Returns:
        Milliseconds from a tick to its table: the middle of five.
    """
    field = page.locator(WHAT).first
    field.scroll_into_view_if_needed()
    field.fill(TYPED)
    field.press("Tab")
    page.wait_for_function(
        "document.querySelector('.grid-said')?.textContent.includes('copy')", timeout=PATIENCE
    )
    took = [ticked(page, number) for number in range(5)]
    middle = median(took)
    note(f"a tick to its table: {middle:.0f} ms (of {took})", limits or middle <= TICK)
    page.wait_for_timeout(2000)
    return middle


def ticked(page: Page, number: int) -> int:
    """Milliseconds from a choice in the grid to the first change of a result below it."""
    return page.evaluate(
        """(number) => new Promise((done) => {
            const likely = document.querySelectorAll(".grid select[data-column=how_likely]");
            const chosen = likely[number];
            const places = [...document.querySelectorAll(".jp-OutputArea-output")]
                .filter((one) => one.querySelector("table.result"));
            const began = performance.now();
            const seen = new MutationObserver(() => {
                seen.disconnect();
                done(Math.round(performance.now() - began));
            });
            const all = {childList: true, subtree: true};
            places.forEach((one) => seen.observe(one.parentNode.parentNode, all));
            chosen.selectedIndex = chosen.selectedIndex === 1 ? 3 : 1;
            chosen.dispatchEvent(new Event("input", {bubbles: true}));
            chosen.dispatchEvent(new Event("change", {bubbles: true}));
            setTimeout(() => done(99999), 20000);
        })""",
        number,
    )


def home(page: Page, note: Note, folder: Path) -> None:
    """Take the partnership home as one file, and bring it back beside."""
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="Take it home as a file").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    note(f"taken home: {file.name}, {file.stat().st_size} bytes", file.suffix == ".partnering")
    page.locator("#partnering-bar input[type=file]").set_input_files(file)
    page.wait_for_function(
        "document.querySelector('#partnering-bar p').textContent.includes('Every exercise opens')",
        timeout=PATIENCE,
    )
    note(page.locator("#partnering-bar p").inner_text())


def nothing_stored(page: Page, note: Note) -> None:
    """Save the notebook by hand, and look at all that is stored in this browser."""
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2000)
    stored = page.evaluate(STORED)
    outputs = with_outputs(stored)
    note(f"{len(stored)} things stored, {len(outputs)} with outputs", not outputs)


def with_outputs(stored: list[str]) -> list[str]:
    """What of all that is stored holds something that stood on the screen."""
    return [one for one in stored if '"output_type"' in one or 'class=\\"result' in one]


if __name__ == "__main__":
    sys.exit(main())
