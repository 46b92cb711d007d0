"""A notebook in a real JupyterLab or Notebook 7, as somebody at the side of the room sees it and types into it."""

from __future__ import annotations

import urllib.error
from collections.abc import Callable
from pathlib import Path

from lab import TOKEN, Lab
from partnering.storage import folder


def new_window(browser):
    """An empty window that knows nothing of the others, as on a computer of its own."""
    context = browser.new_context(viewport={"width": 1400, "height": 1600})
    context.set_default_timeout(90_000)  # two browsers on two cores, beside a kernel each
    page = context.new_page()
    page.on("pageerror", lambda error: page.errors.append(f"{error}\n{error.stack}"))
    return page


def _stamps(place: Path) -> list[tuple[str, int]]:
    """By what a folder is known to have been written to."""
    return sorted((file.name, file.stat().st_mtime_ns) for file in place.glob("*.csv"))


class Screen:
    """A notebook in JupyterLab, or `at` another address of its server, in a window of its own.

    `keys` and `clicks` count what was done by hand. `held` is a method and an address: what is
    asked so waits until `let_go`, and the notebook is there before its kernel. `before` is done to
    the page before anything is opened in it.
    """

    def __init__(
        self,
        browser,
        lab: Lab,
        name: str,
        at: str = "lab/tree",
        held: tuple[str, str] | None = None,
        before: Callable | None = None,
    ):
        self.lab, self.keys, self.clicks = lab, 0, 0
        self._used_again = not before  # what was done to a page cannot be undone
        self._closed = False
        self.page = lab.windows.pop() if lab.windows and self._used_again else new_window(browser)
        self.page.errors = []
        self._waiting, self._held = [], held
        if held:
            self.page.route(f"**{held[1]}*", self._answer)
        if before:
            before(self.page)
        self.page.goto(
            f"{lab.address}{at}/{name}.ipynb?token={TOKEN}&reset", wait_until="domcontentloaded"
        )
        self.page.wait_for_selector(".jp-Notebook .jp-MarkdownCell", timeout=90_000)
        if held:
            return
        self._idle()
        self.page.wait_for_selector(
            ".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=90_000
        )

    def let_go(self) -> None:
        """What was slow is answered, and so is all that follows."""
        self._held = None
        for route in self._waiting:
            route.continue_()

    def _answer(self, route) -> None:
        if self._held and route.request.method == self._held[0]:
            self._waiting.append(route)
        else:
            route.continue_()

    def press_run_all(self) -> None:
        self._menu("Run", "Run All Cells")

    def run_all(self) -> None:
        """Run > Run All Cells, to the end."""
        self.press_run_all()
        self.finished()

    def restart_and_run_all(self) -> None:
        self._menu("Kernel", "Restart Kernel and Run All Cells…")
        self.page.locator(".jp-Dialog button:has-text('Restart')").click()
        self.page.wait_for_timeout(500)
        self.finished()

    def _menu(self, menu: str, item: str) -> None:
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def finished(self) -> None:
        """Wait until every cell has shown something and no kernel is at work."""
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('.jp-CodeCell')].every(
            (cell) => cell.querySelector('.jp-OutputArea-child'))""",
            timeout=90_000,
        )
        self.page.wait_for_selector(".grid", timeout=30_000)
        self._idle()

    def _idle(self) -> None:
        for _ in range(600):
            try:
                kernels = [
                    kernel for kernel in self.lab.ask("api/kernels") if kernel["connections"]
                ]
            except (
                urllib.error.HTTPError
            ):  # the server cannot tell of a kernel that is just beginning
                kernels = []
            if kernels and all(kernel["execution_state"] == "idle" for kernel in kernels):
                return
            self.page.wait_for_timeout(100)

    def at(self, label: str):
        """The control that a screen reader calls so."""
        return self.page.locator(".grid").get_by_label(label, exact=True)

    def tell_result(self, words: str) -> None:
        """Wait until the results say so."""
        self.page.wait_for_function(
            "words => [...document.querySelectorAll('table.result')].some("
            "table => table.textContent.includes(words))",
            arg=words,
            timeout=20_000,
        )

    def show_all(self) -> None:
        """Press every button that shows something to the room."""
        buttons = self.page.get_by_role("button", name="Show to the room")
        for left in range(buttons.count(), 0, -1):
            buttons.first.click()
            self.page.wait_for_function(
                "left => [...document.querySelectorAll('button')].filter(one => "
                "one.textContent.includes('Show to the room')).length < left",
                arg=left,
            )

    def saved(self, place: Path, table: str, sure) -> list[dict]:
        """The rows of a table on the disk, once `sure` holds for them."""
        rows, seen = [], None
        for _ in range(100):
            now = _stamps(place)
            if now != seen:
                sheets = folder.read(place).sheets
                rows, seen = sheets[table].to_dict("records") if table in sheets else [], now
            if sure(rows):
                return rows
            self.page.wait_for_timeout(100)
        raise AssertionError(rows)

    def saved_as(self, place: Path, table: str, columns: tuple[str, ...], wanted: list) -> None:
        """Wait until these columns of a table say on the disk what was typed."""

        def seen(rows: list[dict]) -> list[tuple]:
            return [tuple(row[column] for column in columns) for row in rows]

        wanted = [tuple(line) for line in wanted]
        try:
            self.saved(place, table, lambda rows: seen(rows) == wanted)
        except AssertionError as last:
            assert seen(last.args[0]) == wanted

    def slow(self, milliseconds: int) -> None:
        """From now on Python hears of what is done so much later, as on a busy computer."""
        self.page.evaluate(
            """milliseconds => {
            const send = window.send ??= WebSocket.prototype.send;
            WebSocket.prototype.send = milliseconds === 0 ? send
                : function (data) { setTimeout(() => send.call(this, data), milliseconds); };
        }""",
            milliseconds,
        )

    # what hands do, counted

    def click(self, locator) -> None:
        locator.click()
        self.clicks += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def write(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.keys += len(text)

    def paste(self, text: str) -> None:
        """From the clipboard, as from a spreadsheet."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")

    def everything(self) -> str:
        """All that stands on the page or in its fields."""
        values = self.page.evaluate(
            "[...document.querySelectorAll('input, textarea, select')].map(one => one.value).join(' ')"
        )
        return self.page.content() + values

    def close(self) -> None:
        """Close the notebook; nothing has gone wrong in it. A window is opened in again."""
        if self._closed:
            return
        self._closed = True
        # anywidget gives a widget two seconds, also one that is closed meanwhile on a busy machine
        errors = [one for one in self.page.errors if "Failed to initialize model" not in one]
        if self._used_again and not errors:
            self.page.unroute_all(behavior="ignoreErrors")
            self.page.goto("about:blank")
            self.lab.windows.append(self.page)
        else:
            self.page.context.close()
        assert errors == [], errors
