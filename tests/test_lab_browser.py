"""The exercises in a real JupyterLab, as a helper at the side of the room uses them: typed, shown, closed and opened."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from book import ROOT
from lab import TOKEN, Lab, exercises_copied, running
from partnering import folder, workbook
from partnering.tables import TABLES

pytestmark = pytest.mark.browser

MARK = "Zzyzx-for-the-facilitator"
PACE = 150  # keystrokes a minute: somebody who types slowly
BREAK = 12  # minutes
RISK_ROW = "table.result:has(caption:text-is('How each of us sees it')) tbody tr"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, browser) -> Iterator[Lab]:
    place = tmp_path_factory.mktemp("lab")
    settings = place / "config" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')  # a search sees the whole page
    with running(exercises_copied(ROOT, place / "exercises"), place) as lab:
        yield lab


class Screen:
    """A notebook in JupyterLab. `keys` and `clicks` count what was done by hand."""

    def __init__(self, browser, lab: Lab, name: str):
        self.lab, self.keys, self.clicks = lab, 0, 0
        self.context = browser.new_context(viewport={"width": 1400, "height": 1600})
        self.page = self.context.new_page()
        self.page.errors = []
        self.page.on("pageerror", lambda error: self.page.errors.append(str(error)))
        self.page.goto(f"{lab.address}lab/tree/{name}.ipynb?token={TOKEN}&reset", wait_until="domcontentloaded")
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)
        self._idle()
        self.page.wait_for_selector("text=/Python 3 .* Idle/", timeout=90_000)

    def run_all(self) -> None:
        """Run > Run All Cells, to the end."""
        self._menu("Run", "Run All Cells")
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
        self.page.wait_for_function("""() => [...document.querySelectorAll('.jp-CodeCell')].every(
            (cell) => cell.querySelector('.jp-OutputArea-child'))""", timeout=90_000)
        self.page.wait_for_selector(".grid", timeout=30_000)
        self._idle()

    def _idle(self) -> None:
        for _ in range(600):
            kernels = [kernel for kernel in self.lab.ask("api/kernels") if kernel["connections"]]
            if kernels and all(kernel["execution_state"] == "idle" for kernel in kernels):
                return
            self.page.wait_for_timeout(100)

    def at(self, label: str):
        """The control that a screen reader calls so."""
        return self.page.locator(".grid").get_by_label(label, exact=True)

    def tell_result(self, words: str) -> None:
        """Wait until the results say so."""
        self.page.wait_for_function("words => [...document.querySelectorAll('table.result')].some("
                                    "table => table.textContent.includes(words))", arg=words, timeout=20_000)

    def show_all(self) -> None:
        """Press every button that shows something to the room."""
        buttons = self.page.get_by_role("button", name="Show to the room")
        for left in range(buttons.count(), 0, -1):
            buttons.first.click()
            self.page.wait_for_function("left => [...document.querySelectorAll('button')].filter(one => "
                                        "one.textContent.includes('Show to the room')).length < left", arg=left)

    def saved(self, place: Path, table: str, sure) -> list[dict]:
        """The rows of a table on the disk, once `sure` holds for them."""
        for _ in range(100):
            sheets = folder.read(place).sheets
            rows = sheets[table].to_dict("records") if table in sheets else []
            if sure(rows):
                return rows
            time.sleep(0.1)
        raise AssertionError(rows)

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
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")

    def everything(self) -> str:
        """All that stands on the page or in its fields."""
        values = self.page.evaluate("[...document.querySelectorAll('input, textarea, select')].map(one => one.value).join(' ')")
        return self.page.content() + values

    def close(self) -> None:
        assert self.page.errors == []
        self.context.close()


@pytest.fixture(scope="module")
def ours(lab: Lab) -> Path:
    """A partnership of one's own, with things that are the facilitator's alone, chosen for every exercise."""
    p = folder.read(ROOT / "exercises" / "examples" / "shade")
    risks, said = p.sheets["risks"].copy(), p.sheets["risk_views"].copy()
    row = max(risks.index) + 1
    risks.loc[row] = ""
    risks.loc[row, ["risk", "what_could_happen", "share"]] = "R77", MARK, "facilitator"
    said["in_a_few_words"] = MARK
    p.take({"risks": risks, "risk_views": said})
    place = lab.exercises / "my-partnerships" / "ours"
    folder.write(p, place)
    (place.parent / "chosen.txt").write_text("my-partnerships/ours\n", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def views(browser, lab: Lab, ours: Path) -> Iterator[Screen]:
    screen = Screen(browser, lab, "3-risk-views")
    screen.run_all()
    yield screen
    screen.close()


# ------------------------------------------------------------------ the wall

def test_nothing_of_ones_own_is_on_the_wall_before_somebody_shows_it(views: Screen):
    page = views.everything()
    assert "Made, and not shown yet" in page and "Show to the room" in page
    for word in (MARK, "R77", "happening already", "hurts us", "Vecinas de la Ribera"):
        assert word not in page, word
    assert views.page.locator("table.result").count() == 0


def test_what_is_kept_back_is_nowhere_on_the_page_when_all_is_shown_and_typed(views: Screen):
    views.page.get_by_role("button", name="Type the answers").click()
    views.page.wait_for_selector(".grid select")
    views.show_all()
    views.tell_result("of concern to".capitalize())
    page = views.everything()
    assert MARK not in page and "R77" not in page
    assert views.page.locator(".grid option:text-is('answered')").count() > 30


def test_what_is_shown_can_be_hidden_again(views: Screen):
    before = views.page.locator("table.result").count()
    views.page.get_by_role("button", name="Hide").first.click()
    views.page.wait_for_function("before => document.querySelectorAll('table.result').length < before", arg=before)
    views.page.get_by_role("button", name="Show to the room").first.click()
    views.page.wait_for_function("before => document.querySelectorAll('table.result').length === before", arg=before)


# ------------------------------------------------------------------ typing

def test_a_word_is_chosen_and_what_follows_from_it_is_shown_and_saved(views: Screen, ours: Path):
    views.at("How likely, row 5, VEC, R4").select_option("hardly")
    views.tell_result("hardly · hurts us")
    assert [row["how_likely"] for row in views.saved(ours, "risk_views", lambda rows: rows[3]["how_likely"] == "hardly")][3]
    views.page.wait_for_selector(".grid-said:has-text('Saved')")


def test_a_form_is_typed_with_number_keys_and_the_cursor_goes_on_by_itself(views: Screen, ours: Path):
    views.at("How likely, row 2, VEC, R1").focus()
    for key in "140":
        views.press(key)
    rows = views.saved(ours, "risk_views", lambda rows: rows[1]["how_likely"] == "cannot say")
    assert [(row["how_likely"], row["how_hard_on_us"]) for row in rows][:1] == [("hardly", "could finish us")]
    assert views.page.evaluate("document.activeElement.getAttribute('aria-label')") == "How hard on us, row 3, VEC, R2"


def test_a_row_is_added_and_a_block_with_one_wrong_word_is_pasted(views: Screen, ours: Path):
    views.page.get_by_role("button", name="Add a line").first.click()
    views.page.keyboard.type("typed by hand")
    views.press("Enter")
    views.page.keyboard.type("and the next")
    views.press("Tab")
    views.saved(ours, "risks", lambda rows: rows[-1]["what_could_happen"] == "and the next")
    views.at(f"What could happen, row {len(folder.read(ours).sheets['risks'])}").focus()
    views.at("Kind, new row").last.focus()
    views.paste('HEALTH\t"a storm,\nat night"\nhelth\t<b>bold</b> & more\npolitical\tan election\n')
    rows = views.saved(ours, "risks", lambda rows: rows[-1]["what_could_happen"] == "an election")
    assert [(row["type"], row["what_could_happen"]) for row in rows[-3:]] == [
        ("health", "a storm,\nat night"), ("helth", "<b>bold</b> & more"), ("political", "an election")]
    assert len({row["risk"] for row in rows}) == len(rows) and "R78" not in views.everything()
    wrong = views.page.locator(".grid select[aria-invalid=true]")
    assert wrong.count() == 1 and wrong.input_value() == "helth"
    told = views.page.locator(f"[id='{wrong.get_attribute('aria-describedby')}']").inner_text()
    assert "Did you mean “health”?" in told
    assert views.page.locator(".grid b").count() == 0 and "<b>bold</b>" in views.everything().replace("&lt;", "<").replace(
        "&gt;", ">")


def test_plain_keys_do_nothing_to_the_notebook_and_ctrl_s_still_saves_it(views: Screen):
    cells = views.page.locator(".jp-Cell").count()
    views.at("How likely, row 6, VEC, R5").focus()
    for key in ("a", "b", "d", "d", "x", "m", "Shift+Enter", "Escape"):
        views.page.keyboard.press(key)
    assert views.page.locator(".jp-Cell").count() == cells
    views.page.keyboard.press("Control+s")
    views.page.wait_for_timeout(800)
    file = json.loads((views.lab.exercises / "3-risk-views.ipynb").read_text(encoding="utf-8"))
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in file["cells"] if cell["cell_type"] == "code")
    assert "widgets" not in file["metadata"]


def test_every_control_of_the_grid_is_named_and_axe_finds_nothing_to_complain_about(views: Screen):
    from axe_playwright_python.sync_playwright import Axe

    names = views.page.evaluate("""[...document.querySelectorAll('.grid textarea, .grid select, .grid summary')].map(
        one => one.getAttribute('aria-label'))""")
    assert all(names) and len(set(names)) > 0.9 * len(names)
    found = Axe().run(views.page, context=".grid", options={"runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    told = [f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in found.response["violations"] for node in one["nodes"]]
    assert told == []


def test_how_long_an_edit_takes_to_reach_the_results_is_measured(views: Screen, capsys):
    took = []
    for word in ("could happen", "likely", "could happen", "likely", "could happen"):
        took.append(views.page.evaluate("""word => new Promise(done => {
            const select = document.querySelector('.grid [aria-label="How likely, row 4, VEC, R3"]');
            const shown = () => [...document.querySelectorAll('table.result')].find(table => table.caption &&
                table.caption.textContent === 'How each of us sees it')?.textContent ?? '';
            const before = shown(), begun = performance.now();
            const look = new MutationObserver(() => { if (shown() && shown() !== before) {
                look.disconnect(); done(performance.now() - begun); } });
            look.observe(document.body, { subtree: true, childList: true, characterData: true });
            select.value = word;
            select.dispatchEvent(new Event('change'));
            setTimeout(() => done(-1), 8000);
        })""", word))
        views.page.wait_for_timeout(1500)
    with capsys.disabled():
        print(f"\n  from a tick to the refreshed table: {', '.join(f'{one:.0f}' for one in took)} ms, median {median(took):.0f} ms")
    assert all(one > 0 for one in took)


def test_after_a_restart_in_the_middle_and_after_closing_everything_nothing_is_lost(browser, views: Screen, ours: Path):
    before = {name: sheet.to_dict("records") for name, sheet in folder.read(ours).sheets.items()}
    som = next(at for at, row in enumerate(before["risk_views"]) if row["partner"] == "SOM")
    views.at(f"How hard on us, row {som + 2}, SOM, R1").select_option("slows us")
    views.restart_and_run_all()
    views.page.get_by_role("button", name="Type the answers").click()
    assert views.at("What could happen, row 2").input_value() == before["risks"][0]["what_could_happen"]
    views.close()
    views.lab.end_kernels()
    again = Screen(browser, views.lab, "3-risk-views")
    assert again.page.locator("table.result, .grid").count() == 0  # no answers in the notebook's file
    again.run_all()
    after = {name: sheet.to_dict("records") for name, sheet in folder.read(ours).sheets.items()}
    before["risk_views"][som]["how_hard_on_us"] = "slows us"
    assert after == before
    again.close()


# ------------------------------------------------------------------ a coffee break

SHADE = folder.read(ROOT / "exercises" / "examples" / "shade")


def answers(table: str) -> list[dict]:
    """What stood on the papers, in the order in which they come in: partner by partner."""
    rows = SHADE.sheets[table].to_dict("records")
    order = list(SHADE.names)
    return sorted((row for row in rows if not row.get("respondent") and row.get("share") != "facilitator"),
                  key=lambda row: order.index(row["partner"]) if "partner" in row else 0)


def tick(screen: Screen, table: str, column: str, word: str) -> None:
    """Type the number of a word."""
    kind = TABLES[table].by_name[column].kind
    screen.press({"cannot say": "0", "rather not say here": "9"}.get(word) or str(kind.texts.index(word) + 1))


@pytest.fixture(scope="module")
def begun(browser, lab: Lab, views: Screen) -> Path:
    """A partnership begun by clicking in start-here, with its four partners typed in."""
    screen = Screen(browser, lab, "0-start-here")
    screen.run_all()
    screen.page.get_by_placeholder("a name for its folder").fill("the four")
    screen.page.get_by_role("button", name="Begin a new one").click()
    screen.page.wait_for_selector(".grid-title:has-text('Partners')")
    screen.at("Title").fill("Four at a river")
    screen.at("Held by").fill("Ana, on this computer")
    screen.at("Short name, new row").focus()
    for code, name in SHADE.names.items():
        screen.page.keyboard.type(code)
        screen.press("Tab")
        screen.page.keyboard.type(name)
        screen.press("Enter")
        screen.page.wait_for_timeout(100)
        screen.page.keyboard.press("Shift+Tab")
    place = lab.exercises / "my-partnerships" / "the four"
    screen.saved(place, "partners", lambda rows: len(rows) == 4)
    screen.page.get_by_role("button", name="Show to the room").first.click()
    screen.tell_result("Ana, on this computer")
    screen.close()
    return place


def told(screen: Screen, stop: str, capsys) -> None:
    minutes = screen.keys / PACE
    with capsys.disabled():
        print(f"\n  {stop}: {screen.keys} keystrokes and {screen.clicks} clicks, {minutes:.1f} minutes at {PACE} a minute")
    assert minutes <= BREAK
    assert screen.clicks <= 12


def opened(browser, lab: Lab, name: str) -> Screen:
    screen = Screen(browser, lab, name)
    screen.run_all()
    screen.clicks += 2  # Run > Run All Cells
    screen.click(screen.page.get_by_role("button", name="Type the answers"))
    return screen


def test_stop_3_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "3-risk-views")
    risks = answers("risks")[:8]
    screen.click(screen.at("What could happen, new row"))
    for place, row in enumerate(risks):
        screen.write(row["what_could_happen"])
        screen.press("Enter" if place < len(risks) - 1 else "Tab")
    first = screen.at("How likely, new row, VEC, R1")
    first.wait_for()
    screen.page.wait_for_function("document.querySelectorAll('.grid [data-column=how_likely]').length === 32")
    screen.click(first)
    screen.press("Escape")  # the list that a click has opened
    codes = [row["risk"] for row in risks]
    for row in (row for row in answers("risk_views") if row["risk"] in codes):
        tick(screen, "risk_views", "how_likely", row["how_likely"] or "cannot say")
        tick(screen, "risk_views", "how_hard_on_us", row["how_hard_on_us"] or "cannot say")
    screen.click(screen.page.get_by_role("button", name="Show to the room").nth(2))
    screen.tell_result("Of concern to")
    rows = screen.saved(begun, "risk_views", lambda rows: len(rows) == 32)
    assert [row["how_likely"] for row in rows] == [row["how_likely"] or "cannot say" for row in answers("risk_views")
                                                  if row["risk"] in codes]
    told(screen, "stop 3", capsys)
    screen.close()


def test_stop_1_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "1-alignment")
    screen.click(screen.at("In words, new row"))
    for row in answers("objectives"):
        screen.write(row["text"])
        screen.press("Enter")
    screen.click(screen.at("Why together?, new row, VEC"))
    for row in answers("purposes"):
        for column in ("why_together", "why_not_alone", "still_missing"):
            screen.write(row[column])
            screen.press("Tab")
        screen.press("Tab")  # past "may be shared"
        if screen.page.evaluate("document.activeElement.classList.contains('grid-remove')"):
            screen.press("Tab")
    first = screen.at("Our stance, new row, VEC, O1")
    first.wait_for()
    screen.click(first)
    screen.press("Escape")
    for row in answers("positions"):
        tick(screen, "positions", "stance", row["stance"] or "cannot say")
        tick(screen, "positions", "our_part", row["our_part"] or "cannot say")
    screen.click(screen.page.get_by_role("button", name="Show to the room").nth(1))
    screen.tell_result("As it stands")
    screen.saved(begun, "positions", lambda rows: len(rows) == 24)
    assert len(screen.saved(begun, "purposes", lambda rows: len(rows) == 4)) == 4
    told(screen, "stop 1", capsys)
    screen.close()


def test_stop_2_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "2-value-exchange")
    lines = answers("value_lines")
    screen.at("What, new row, V1, VEC, bring").wait_for()
    for partner in SHADE.names:
        for box in ("bring", "hope for", "pay a price", "ask"):
            theirs = [row for row in lines if (row["partner"], row["we"]) == (partner, box)]
            places = screen.page.locator(f".grid [aria-label^='What, new row'][aria-label*='{partner}, {box}']")
            for at, row in enumerate(theirs[:places.count()]):
                if at == 0 and (partner, box) == ("VEC", "bring"):
                    screen.click(places.first)
                type_line(screen, row)
    screen.click(screen.page.get_by_role("button", name="Show to the room").first)
    screen.tell_result("Doors that open")
    told(screen, "stop 2", capsys)
    screen.close()


def test_an_earlier_version_is_brought_back_by_clicking(browser, lab: Lab, begun: Path):
    lab.end_kernels()  # those of the notebooks that were closed; what was typed last is saved as they end
    before = len(folder.read(begun).sheets["risks"])
    p = folder.read(begun)
    p.edit("risks", p.sheets["risks"].iloc[:1])
    folder.write(p, begun)
    screen = Screen(browser, lab, "0-start-here")
    screen.run_all()
    screen.page.get_by_role("button", name="Look for earlier versions").click()
    screen.page.get_by_role("button", name="Bring this one back").click()
    screen.page.get_by_text("It is as it was then.").wait_for()
    assert len(folder.read(begun).sheets["risks"]) == before
    screen.close()


def test_a_running_notebook_follows_a_workbook_that_a_spreadsheet_program_saves(browser, lab: Lab, begun: Path):
    place = lab.exercises / "my-partnerships" / "sent.xlsx"
    p = folder.read(ROOT / "exercises" / "examples" / "shade")
    workbook.write(p, place)
    (place.parent / "chosen.txt").write_text("my-partnerships/sent.xlsx\n", encoding="utf-8")
    screen = Screen(browser, lab, "3-risk-views")
    screen.run_all()
    screen.show_all()
    screen.tell_result("Of concern to")
    risks = p.sheets["risks"].copy()
    risks.loc[2, "what_could_happen"] = "written in the spreadsheet"
    p.edit("risks", risks)
    begun_at = time.monotonic()
    workbook.write(p, place)
    screen.tell_result("written in the spreadsheet")
    assert time.monotonic() - begun_at < 10
    screen.close()


def type_line(screen: Screen, row: dict) -> None:
    """One line of the value form: what, for whom, how sure."""
    label = screen.page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
    assert re.match("What, ", label), (label, row)
    screen.write(row["what"])
    screen.press("Tab")
    beside = [*SHADE.names, "only us", "a partner", "all of us", "people served"]
    for whose in filter(None, row["whose"].split(", ")):
        screen.press(str(beside.index(whose) + 1))
    screen.press("Tab")
    if row["how_sure"]:
        tick(screen, "value_lines", "how_sure", row["how_sure"])
    else:
        screen.press("Enter")
