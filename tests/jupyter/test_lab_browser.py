"""The exercises in a real JupyterLab, as a helper at the side of the room uses them: typed, shown, closed and opened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from book import ROOT
from lab import Lab
from partnering.storage import folder
from screen import Screen

pytestmark = pytest.mark.browser

MARK = "Zzyzx-for-the-facilitator"


@pytest.fixture(scope="module")
def ours(lab: Lab) -> Path:
    """A partnership of one's own, with things that are the facilitator's alone, chosen for every exercise."""
    p = folder.read(ROOT / "exercises" / "examples" / "shade")
    risks, said = p.sheets["risks"].copy(), p.sheets["risk_views"].copy()
    row = max(risks.index) + 1
    risks.loc[row] = ""
    risks.loc[row, ["risk", "what_could_happen", "share"]] = "R77", MARK, "facilitator only"
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
    for word in (MARK, "R77", "already happening", "harms us", "Vecinas de la Ribera"):
        assert word not in page, word
    assert views.page.locator("table.result").count() == 0


def test_no_word_on_a_button_is_cut_off(views: Screen):
    cut = views.page.evaluate("""[...document.querySelectorAll('.jp-Notebook .jupyter-button')].filter(
        one => one.scrollWidth > one.clientWidth).map(one => one.textContent)""")
    assert cut == [] and views.page.locator(".jupyter-button").count() > 2


def test_what_is_kept_back_is_nowhere_on_the_page_when_all_is_shown_and_typed(views: Screen):
    views.page.get_by_role("button", name="Type the answers").click()
    views.page.wait_for_selector(".grid select")
    views.show_all()
    views.tell_result("of concern to".capitalize())
    page = views.everything()
    assert MARK not in page and "R77" not in page
    assert views.page.locator(".grid option:text-is('covered')").count() > 30


def test_what_is_shown_can_be_hidden_again(views: Screen):
    before = views.page.locator("table.result").count()
    views.page.get_by_role("button", name="Hide").first.click()
    views.page.wait_for_function(
        "before => document.querySelectorAll('table.result').length < before", arg=before
    )
    views.page.get_by_role("button", name="Show to the room").first.click()
    views.page.wait_for_function(
        "before => document.querySelectorAll('table.result').length === before", arg=before
    )


# ------------------------------------------------------------------ typing


def test_a_word_is_chosen_and_what_follows_from_it_is_shown_and_saved(views: Screen, ours: Path):
    views.at("How likely, row 5, VEC, R4").select_option("not likely")
    views.tell_result("not likely · harms us")
    assert [
        row["how_likely"]
        for row in views.saved(
            ours, "risk_views", lambda rows: rows[3]["how_likely"] == "not likely"
        )
    ][3]
    views.page.wait_for_selector(".grid-said:has-text('Saved')")


def test_a_form_is_typed_with_number_keys_and_the_cursor_goes_on_by_itself(
    views: Screen, ours: Path
):
    views.at("How likely, row 2, VEC, R1").focus()
    for key in "140":
        views.press(key)
    rows = views.saved(ours, "risk_views", lambda rows: rows[1]["how_likely"] == "we do not know")
    assert [(row["how_likely"], row["how_hard_on_us"]) for row in rows][:1] == [
        ("not likely", "could end us")
    ]
    assert (
        views.page.evaluate("document.activeElement.getAttribute('aria-label')")
        == "Effect on us, row 3, VEC, R2"
    )


def test_tab_goes_from_a_line_to_the_next_past_the_button_that_removes_it(views: Screen):
    where = "document.activeElement.getAttribute('aria-label')"
    last = ":is(textarea, select, summary):visible >> nth=-1"
    views.page.locator(
        ".grid tr", has=views.page.get_by_label("How likely, row 2, VEC, R1")
    ).locator(last).focus()
    views.press("Tab")
    assert views.page.evaluate(where) == "How likely, row 3, VEC, R2"
    views.press("Shift+Tab")
    assert views.page.evaluate(where) == "Remove: row 2, VEC, R1"
    views.page.locator(".grid-section tbody tr").last.locator(last).focus()
    views.press("Tab")
    assert views.page.evaluate("document.activeElement.textContent") == "Add a line"


def test_a_row_is_added_and_a_block_with_one_wrong_word_is_pasted(views: Screen, ours: Path):
    views.page.get_by_role("button", name="Add a line").first.click()
    views.page.keyboard.type("typed by hand")
    views.press("Enter")
    views.page.keyboard.type("and the next")
    views.press("Tab")
    views.saved(ours, "risks", lambda rows: rows[-1]["what_could_happen"] == "and the next")
    views.page.get_by_label(re.compile(r"^What could happen, row \d+$")).nth(-2).focus()
    views.at("Type, new row").last.focus()
    views.paste('HEALTH\t"a storm,\nat night"\nhelth\t<b>bold</b> & more\npolitical\tan election\n')
    rows = views.saved(ours, "risks", lambda rows: rows[-1]["what_could_happen"] == "an election")
    assert [(row["type"], row["what_could_happen"]) for row in rows[-3:]] == [
        ("health", "a storm,\nat night"),
        ("helth", "<b>bold</b> & more"),
        ("political", "an election"),
    ]
    assert len({row["risk"] for row in rows}) == len(rows) and "R78" not in views.everything()
    wrong = views.page.locator(".grid select[aria-invalid=true]")
    assert wrong.count() == 1 and wrong.input_value() == "helth"
    told = views.page.locator(f"[id='{wrong.get_attribute('aria-describedby')}']").inner_text()
    assert "Did you mean “health”?" in told
    assert views.page.locator(
        ".grid b"
    ).count() == 0 and "<b>bold</b>" in views.everything().replace("&lt;", "<").replace("&gt;", ">")


def test_plain_keys_do_nothing_to_the_notebook_and_ctrl_s_still_saves_it(views: Screen):
    cells = views.page.locator(".jp-Cell").count()
    views.at("How likely, row 6, VEC, R5").focus()
    for key in ("a", "b", "d", "d", "x", "m", "Shift+Enter", "Escape"):
        views.page.keyboard.press(key)
    assert views.page.locator(".jp-Cell").count() == cells
    views.page.keyboard.press("Control+s")
    views.page.wait_for_timeout(800)
    file = json.loads((views.lab.exercises / "3-risk-views.ipynb").read_text(encoding="utf-8"))
    assert all(
        not cell["outputs"] and cell["execution_count"] is None
        for cell in file["cells"]
        if cell["cell_type"] == "code"
    )
    assert "widgets" not in file["metadata"]


def test_every_control_of_the_grid_is_named_and_axe_finds_nothing_to_complain_about(views: Screen):
    from axe_playwright_python.sync_playwright import Axe

    names = views.page.evaluate("""[...document.querySelectorAll('.grid textarea, .grid select, .grid summary')].map(
        one => one.getAttribute('aria-label'))""")
    assert all(names) and len(set(names)) > 0.9 * len(names)
    found = Axe().run(
        views.page,
        context=".grid",
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    )
    told = [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    assert told == []


def test_how_long_an_edit_takes_to_reach_the_results_is_measured(views: Screen, capsys):
    took = []
    for word in ("possible", "likely", "possible", "likely", "possible"):
        took.append(
            views.page.evaluate(
                """word => new Promise(done => {
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
        })""",
                word,
            )
        )
        views.page.wait_for_timeout(1500)
    with capsys.disabled():
        print(
            f"\n  from a tick to the refreshed table: {', '.join(f'{one:.0f}' for one in took)} ms, median {median(took):.0f} ms"
        )
    assert all(one > 0 for one in took)


def test_after_a_restart_in_the_middle_and_after_closing_everything_nothing_is_lost(
    browser, views: Screen, ours: Path
):
    before = {name: sheet.to_dict("records") for name, sheet in folder.read(ours).sheets.items()}
    som = next(at for at, row in enumerate(before["risk_views"]) if row["partner"] == "SOM")
    effect = views.page.get_by_label(re.compile(r"^Effect on us, row \d+, SOM, R1$"))
    effect.select_option("slows us")
    views.restart_and_run_all()
    views.page.get_by_role("button", name="Type the answers").click()
    assert (
        views.at("What could happen, row 2").input_value()
        == before["risks"][0]["what_could_happen"]
    )
    views.close()
    views.lab.end_kernels()
    again = Screen(browser, views.lab, "3-risk-views")
    assert (
        again.page.locator("table.result, .grid").count() == 0
    )  # no answers in the notebook's file
    again.run_all()
    after = {name: sheet.to_dict("records") for name, sheet in folder.read(ours).sheets.items()}
    before["risk_views"][som]["how_hard_on_us"] = "slows us"
    assert after == before
    again.close()


def test_while_the_folder_is_away_it_is_told_beside_the_cursor_and_what_was_typed_is_saved_when_it_is_back(
    browser, lab: Lab, ours: Path
):
    screen = Screen(browser, lab, "3-risk-sharing")
    screen.run_all()
    screen.page.get_by_role("button", name="Type the answers").click()
    field = screen.page.locator(".grid textarea[data-column=we_will]").first
    field.wait_for()
    away = ours.rename(lab.exercises / "pulled out")
    field.fill("typed while the stick was out")
    screen.press("Enter")
    beside = screen.page.locator(".grid-scroll .grid-trouble:visible")
    beside.wait_for()
    assert "What you typed is still here" in beside.inner_text() and not ours.exists()
    away.rename(ours)
    screen.page.wait_for_function("document.querySelector('.grid-trouble').textContent === ''")
    assert (
        "typed while the stick was out" in folder.read(ours).sheets["risk_care"]["we_will"].tolist()
    )
    screen.close()


# ------------------------------------------------------------------ two windows, two scripts


def test_two_notebooks_on_the_same_partnership_keep_each_others_edits(
    browser, lab: Lab, ours: Path
):
    one, other = Screen(browser, lab, "1-alignment"), Screen(browser, lab, "1-complementarity")
    for screen in (one, other):
        screen.run_all()
        screen.page.get_by_role("button", name="Type the answers").click()

    def type_in(screen: Screen, row: int, text: str) -> None:
        screen.at(f"In one sentence, row {row}").fill(text)
        screen.press("Tab")

    type_in(one, 2, "typed in the first window")
    type_in(other, 3, "typed in the second window, in the same breath")
    one.at("Our position, row 2, VEC, O1").select_option("can agree to it")
    other.at("Our role, row 3, VEC, O2").select_option("useful part")
    one.saved(
        ours,
        "objectives",
        lambda rows: rows[1]["text"] == "typed in the second window, in the same breath",
    )
    type_in(one, 4, "again in the first window")
    other.page.wait_for_function(
        "() => document.querySelector(\".grid [aria-label='In one sentence, row 4']\").value === "
        "'again in the first window'"
    )
    type_in(other, 2, "and the second window has the last word")
    rows = one.saved(
        ours,
        "objectives",
        lambda rows: rows[0]["text"] == "and the second window has the last word",
    )
    assert [row["text"] for row in rows[:3]] == [
        "and the second window has the last word",
        "typed in the second window, in the same breath",
        "again in the first window",
    ]
    said = one.saved(ours, "positions", lambda rows: rows[1]["our_part"] == "useful part")
    assert said[0]["stance"] == "can agree to it"
    assert len(rows) == 6 and not [
        told for told in folder.read(ours).problems if told.table in ("objectives", "positions")
    ]
    for screen in (one, other):
        assert screen.page.locator(".grid-said.trouble").count() == 0
        screen.close()


def test_arabic_reads_from_right_to_left_in_its_cell_and_english_from_left_to_right(
    browser, lab: Lab, ours: Path
):
    screen = Screen(browser, lab, "0-start-here")
    screen.run_all()
    screen.page.get_by_role("button", name="Type the answers").click()
    title, holder = screen.at("Name of the partnership"), screen.at("Kept by")
    title.fill("الشراكة على النهر")
    holder.fill("Ana, on this computer")
    screen.at("Who may open the file").focus()
    screen.saved(ours, "partnership", lambda rows: rows[0]["title"] == "الشراكة على النهر")
    direction = "one => getComputedStyle(one).direction"
    assert title.evaluate(direction) == "rtl" and holder.evaluate(direction) == "ltr"
    screen.close()


# ------------------------------------------------------------------ in a hurry, on a slow computer


@pytest.mark.parametrize(
    "held", [("GET", "/checkpoints"), ("POST", "/api/sessions")], ids=["not asked for", "beginning"]
)
def test_run_all_cells_pressed_before_the_kernel_is_there_asks_nothing_and_runs_everything(
    browser, lab: Lab, ours: Path, held
):
    lab.end_kernels()
    screen = Screen(browser, lab, "2-promises", held=held)
    screen.press_run_all()
    screen.page.wait_for_timeout(1500)
    assert screen.page.locator(".jp-Dialog").count() == 0
    assert screen.page.locator(".jp-OutputArea-child").count() == 0
    screen.let_go()
    screen.finished()
    assert screen.page.locator(".jp-Dialog").count() == 0
    assert (
        screen.page.locator(".jp-Cell.jp-mod-active h1").count() == 1
    )  # and begins to read at the top
    screen.close()


def test_in_a_jupyter_without_what_the_waiting_takes_everything_opens_and_runs_as_before(
    browser, lab: Lab, ours: Path
):
    def of_another_time(route) -> None:
        route.fulfill(
            body=route.fetch()
            .text()
            .replace("@jupyterlab/notebook", "@jupyterlab/of-another-time"),
            content_type="text/javascript",
        )

    lab.end_kernels()
    screen = Screen(
        browser,
        lab,
        "2-promises",
        before=lambda page: page.route("**/run-all.js*", of_another_time),
    )
    screen.run_all()
    screen.close()
