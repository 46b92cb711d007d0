"""The grid in a real JupyterLab, typed fast: covered lines, undo, several answers, long names, ways to a cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from book import ROOT
from lab import Lab
from partnering.partnership import Partnership
from partnering.storage import folder
from screen import Screen

pytestmark = pytest.mark.browser

SMALL = {"width": 1366, "height": 768}  # a projector, or an old laptop
ACTIVE = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"


def chosen(lab: Lab, p: Partnership) -> Path:
    """A partnership of one's own that every exercise opens."""
    place = lab.exercises / "my-partnerships" / "ours"
    folder.write(p, place)
    (place.parent / "chosen.txt").write_text("my-partnerships/ours\n", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def ours(lab: Lab) -> Path:
    """Shade, before two of its partners have said why they are here; one cell cannot be read."""
    p = folder.read(ROOT / "exercises" / "examples" / "shade")
    purposes, care = p.sheets["purposes"], p.sheets["risk_care"].copy()
    care.iloc[1, care.columns.get_loc("pays")] = "the moon"
    p.take({"purposes": purposes[purposes["partner"].isin(["VEC", "SEN"])], "risk_care": care})
    return chosen(lab, p)


@pytest.fixture(scope="module")
def why(browser, lab: Lab, ours: Path) -> Iterator[Screen]:
    screen = Screen(browser, lab, "1-alignment")
    screen.page.set_viewport_size(SMALL)
    screen.run_all()
    screen.page.get_by_role("button", name="Type the answers").click()
    screen.page.wait_for_selector(".grid textarea")
    yield screen
    screen.close()


def lines(ours: Path) -> dict[str, dict]:
    rows = folder.read(ours).sheets["purposes"].to_dict("records")
    return {row["partner"]: row for row in rows}


def share(screen: Screen, partner: str) -> None:
    """Put the cursor on *May be shared* in a partner's line."""
    row = screen.page.locator(".grid tr", has=screen.page.locator(f"text='{partner}'")).first
    row.locator("[data-column=share]").focus()


def begin(screen: Screen, partner: str, words: str) -> None:
    screen.at(f"Why together?, new row, {partner}").focus()
    screen.page.keyboard.type(words)
    screen.press("Tab")
    screen.page.wait_for_function(
        f"() => ![...document.querySelectorAll('.grid [aria-label]')].some("
        f"one => one.getAttribute('aria-label') === 'Why together?, new row, {partner}')"
    )


@pytest.mark.parametrize("pause", [0, 60, 700])
def test_fac_tab_and_typing_on_never_reaches_what_another_partner_has_answered(
    why: Screen, ours: Path, pause: int
):
    before = lines(ours)
    begin(why, "SOM", "not for the wall")
    share(why, "SOM")
    why.page.keyboard.type("fac", delay=pause / 3)
    why.page.wait_for_timeout(pause)
    why.press("Tab")
    why.page.keyboard.type("typed right after it", delay=pause / 20)
    why.press("Tab")
    why.page.wait_for_selector(".grid-kept:has-text('SOM, kept back, saved')")
    assert "OSD" in why.page.evaluate(ACTIVE)
    why.saved(
        ours,
        "purposes",
        lambda rows: any(r["why_together"] == "typed right after it" for r in rows),
    )
    after = lines(ours)
    assert {name: after[name] for name in before} == before
    assert after["SOM"]["why_together"] == "not for the wall"
    assert after["SOM"]["share"] == "facilitator only"
    assert after["OSD"]["why_together"] == "typed right after it"
    assert "not for the wall" not in why.everything()
    # and all of it is undone, though the cursor has moved on
    for _ in range(3):
        why.press("Control+z")
    why.saved(ours, "purposes", lambda rows: {r["partner"] for r in rows} == set(before))
    assert lines(ours) == before


def test_undo_and_redo_follow_the_cursor_from_cell_to_cell(why: Screen, ours: Path):
    first, second = why.at("In one sentence, row 2"), why.at("In one sentence, row 3")
    was = first.input_value(), second.input_value()
    first.fill("one")
    why.press("Enter")
    second.fill("two")
    why.press("Enter")
    why.press("Control+z")
    why.page.wait_for_function("was => document.activeElement.value === was", arg=was[1])
    why.press("Control+z")
    why.page.wait_for_function("was => document.activeElement.value === was", arg=was[0])
    assert why.page.evaluate(ACTIVE) == "In one sentence, row 2"
    why.press("Control+Shift+Z")
    why.page.wait_for_function("document.activeElement.value === 'one'")
    why.press("Control+z")
    why.saved(ours, "objectives", lambda rows: rows[0]["text"] == was[0])
    assert why.page.locator(".jp-Notebook .jp-Cell").count() > 5  # Jupyter has undone nothing


def test_the_first_column_stays_in_sight_when_the_table_is_pushed_sideways(why: Screen):
    moved = why.page.evaluate("""() => {
        const table = [...document.querySelectorAll('.grid-scroll')].find(one => one.scrollWidth > one.clientWidth + 20);
        if (!table) return null;
        const first = table.querySelector('tbody td.first');
        const before = first.getBoundingClientRect().left;
        table.scrollLeft = 400;
        const box = first.getBoundingClientRect();
        const seen = document.elementFromPoint(box.left + 8, Math.min(box.top + 8, innerHeight - 9));
        const out = { before, after: box.left, left: table.getBoundingClientRect().left };
        table.scrollLeft = 0;
        return out;
    }""")
    if moved is None:
        why.page.set_viewport_size({"width": 900, "height": 768})
        moved = why.page.evaluate("""() => {
            const table = [...document.querySelectorAll('.grid-scroll')].find(one => one.scrollWidth > one.clientWidth + 20);
            const first = table.querySelector('tbody td.first');
            table.scrollLeft = 400;
            const out = { after: first.getBoundingClientRect().left, left: table.getBoundingClientRect().left };
            table.scrollLeft = 0;
            return out;
        }""")
        why.page.set_viewport_size(SMALL)
    assert moved["left"] <= moved["after"] < moved["left"] + 60


def test_a_decision_is_typed_where_it_is_taken_and_shown_with_the_others(why: Screen, ours: Path):
    why.page.get_by_role("button", name="Type the decision").click()
    field = why.at("What we decided, new row")
    field.fill("We go on, and ask the harbour first.")
    why.press("Tab")
    rows = why.saved(
        ours, "decisions", lambda rows: rows[-1]["what_we_decided"].startswith("We go on")
    )
    assert (rows[-1]["stop"], rows[-1]["about"], rows[-1]["outcome"]) == ("1", "Going on", "agreed")


def test_every_control_is_named(why: Screen):
    names = why.page.evaluate("""[...document.querySelectorAll('.grid textarea, .grid select, .grid summary, .grid button, .grid-kept')].filter(
        one => !one.getAttribute('aria-label') && !one.textContent.trim()).length""")
    assert names == 0


# ------------------------------------------------------------------ several answers, and ways to a cell


@pytest.fixture(scope="module")
def care(browser, lab: Lab, ours: Path) -> Iterator[Screen]:
    screen = Screen(browser, lab, "3-risk-sharing")
    screen.page.set_viewport_size(SMALL)
    screen.run_all()
    yield screen
    screen.close()


def test_from_the_place_that_could_not_be_read_a_button_leads_to_the_cell(care: Screen):
    care.page.locator(".result-problems summary").click()
    said = care.page.locator(".result-problems li").inner_text()
    assert ", row 3, Pays for it: This is not a code or a name" in said and "moon" not in said
    care.page.get_by_role("button", name="Go to").click()  # the table is not open yet
    care.page.wait_for_function("document.activeElement.dataset.column === 'pays'")
    assert care.page.evaluate("document.activeElement.value") == "the moon"


def test_letters_and_digits_are_taken_as_they_are_typed_in_a_cell_of_several_answers(
    care: Screen, ours: Path
):
    row = care.page.locator(".grid tbody tr").first
    row.locator("summary[data-column=decides]").focus()
    care.page.keyboard.type("sen, vec")
    care.press("Tab")
    rows = care.saved(ours, "risk_care", lambda rows: "SEN" in rows[0]["decides"])
    assert rows[0]["decides"] == "VEC, OSD, SEN"


def test_a_sentence_typed_in_such_a_cell_by_mistake_ticks_nothing_and_can_be_undone(
    care: Screen, ours: Path
):
    before = folder.read(ours).sheets["risk_care"].to_dict("records")
    care.page.locator(".grid tbody tr").first.locator("summary[data-column=carries]").focus()
    care.page.keyboard.type("2 drivers on call")
    care.press("Tab")
    rows = care.saved(ours, "risk_care", lambda rows: "2 drivers" in rows[0]["carries"])
    assert rows[0]["carries"] == ", ".join(
        filter(None, [before[0]["carries"], "2 drivers on call"])
    )
    care.press("Control+z")
    care.saved(ours, "risk_care", lambda rows: rows == before)
