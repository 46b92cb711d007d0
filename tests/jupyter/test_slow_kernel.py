"""The grid while Python takes its time or stops: whoever types does not have to wait, and nothing typed is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book import ROOT
from lab import Lab
from partnering.storage import folder
from screen import Screen

pytestmark = pytest.mark.browser

SHADE = folder.read(ROOT / "exercises" / "examples" / "shade")
LATE = 600  # milliseconds; answers come in while the next lines are typed


@pytest.fixture
def ours(lab: Lab) -> Path:
    """A partnership of one's own with its partners and nothing else, chosen for every exercise."""
    place = lab.exercises / "my-partnerships" / "slow"
    for file in place.glob("*.csv"):
        file.unlink()
    p = folder.read(ROOT / "exercises" / "examples" / "shade")
    p.take({name: None for name in p.sheets if name not in ("partners", "partnership")})
    folder.write(p, place)
    (place.parent / "chosen.txt").write_text("my-partnerships/slow\n", encoding="utf-8")
    return place


def opened(browser, lab: Lab, name: str, **how) -> Screen:
    screen = Screen(browser, lab, name, **how)
    screen.run_all()
    screen.page.get_by_role("button", name="Type the answers").click()
    screen.page.wait_for_selector(".grid textarea")
    return screen


def write_on(screen: Screen, *texts: str) -> None:
    """Fill in a line, and Enter for the next."""
    for place, text in enumerate(texts, start=1):
        screen.page.keyboard.type(text, delay=30)
        screen.press("Tab" if place < len(texts) else "Enter")


def with_two_risks(browser, lab: Lab, ours: Path, **how) -> Screen:
    """Two risks are typed and saved, in rows 2 and 3."""
    screen = opened(browser, lab, "3-risk-views", **how)
    screen.at("What could happen, new row").focus()
    for text in ("a flood", "a quarrel"):
        write_on(screen, text)
    wanted = [("a flood",), ("a quarrel",)]
    screen.saved_as(ours, "risks", ("what_could_happen",), wanted)
    return screen


def run_again(screen: Screen) -> None:
    """Restart the kernel, run everything and open the grid."""
    screen.slow(0)
    screen.restart_and_run_all()
    screen.page.get_by_role("button", name="Type the answers").click()


def test_lines_typed_before_python_has_answered_stand_as_they_were_typed(
    browser, lab: Lab, ours: Path
):
    screen = opened(browser, lab, "0-start-here")
    screen.slow(LATE)
    screen.at("Short name, new row").focus()
    new = [
        ("AAA", "Anchors"),
        ("BBB", "Bridges"),
        ("CCC", "Canals"),
        ("DDD", "Docks"),
        ("EEE", "Embankments"),
    ]
    for pause, (code, name) in zip(
        (0, 500, 100, 300, 0), new, strict=True
    ):  # answers come at every moment of a line
        screen.page.wait_for_timeout(pause)
        write_on(screen, code, name)
    screen.saved_as(ours, "partners", ("partner", "name"), [*SHADE.names.items(), *new])
    screen.close()


def test_one_column_is_typed_downwards_and_each_line_gets_a_code_of_its_own(
    browser, lab: Lab, ours: Path
):
    screen = opened(browser, lab, "1-alignment")
    screen.slow(LATE)
    screen.at("In one sentence, new row").focus()
    texts = [f"objective {number}" for number in range(1, 8)]
    for text in texts:
        write_on(screen, text)
    screen.page.keyboard.type("begun while the answers come in")
    wanted = [(f"O{at}", text) for at, text in enumerate(texts, start=1)]
    screen.saved_as(ours, "objectives", ("objective", "text"), wanted)
    screen.page.wait_for_function(
        "document.querySelectorAll('.grid [data-column=stance]').length === 28"
    )  # of four partners
    here = screen.page.locator(":focus")
    assert (here.input_value(), here.get_attribute("aria-label")) == (
        "begun while the answers come in",
        "In one sentence, new row",
    )
    screen.close()


def test_a_partner_has_as_many_lines_as_it_fills_before_python_has_answered(
    browser, lab: Lab, ours: Path
):
    screen = opened(browser, lab, "7-contacts-requests")
    screen.slow(LATE)
    screen.at("Unit or department, new row").first.focus()
    wanted = [
        (partner, f"part {number} of {partner}")
        for partner in ("VEC", "SOM")
        for number in range(1, 5)
    ]
    before = "VEC"
    for partner, unit in wanted:
        if partner != before:
            screen.press("Enter")  # past the line that waits for one more
        before = partner
        write_on(screen, unit)
    screen.saved(
        ours,
        "contacts",
        lambda rows: sorted((row["partner"], row["unit"]) for row in rows) == sorted(wanted),
    )
    screen.close()


def test_a_code_that_python_fills_in_under_the_cursor_is_typed_over(browser, lab: Lab, ours: Path):
    screen = opened(browser, lab, "6-relationship")
    screen.slow(LATE)
    screen.at("When, new row").focus()
    write_on(screen, "2027-01-12")
    screen.press("Shift+Tab")
    assert screen.page.locator(":focus").input_value() == ""
    screen.page.wait_for_function("document.activeElement.value === 'M2'")
    screen.page.keyboard.type("M1")  # the same moment, dated by somebody else
    screen.press("Tab")
    write_on(screen, "2027-01-29")
    wanted = [("M1", "2027-01-12"), ("M1", "2027-01-29")]
    screen.saved_as(ours, "moments", ("moment", "when"), wanted)
    screen.close()


def test_what_was_typed_into_a_kernel_that_stops_before_it_answers_is_put_in_when_it_runs_again(
    browser, lab: Lab, ours: Path
):
    screen = with_two_risks(browser, lab, ours)
    screen.page.wait_for_selector(".grid-said:has-text('Saved')")
    screen.at("What could happen, row 2").fill(
        "a flood at night"
    )  # heard, and not saved yet when the kernel is asked to go
    screen.press("Tab")
    screen.slow(600_000)
    screen.at("How likely, new row, SOM, R1").select_option("not likely")
    screen.at("What could happen, row 3").fill("a quarrel\nabout money")
    screen.press("Tab")
    screen.at("What could happen, new row").focus()
    for text in ("a theft", "a strike"):
        write_on(screen, text)
    run_again(screen)
    wanted = [
        ("R1", "a flood at night"),
        ("R2", "a quarrel\nabout money"),
        ("R3", "a theft"),
        ("R4", "a strike"),
    ]
    screen.saved_as(ours, "risks", ("risk", "what_could_happen"), wanted)
    said = ("partner", "risk", "how_likely")
    screen.saved_as(ours, "risk_views", said, [("SOM", "R1", "not likely")])
    assert screen.page.locator(".grid-lost p:visible").count() == 0
    screen.close()


def test_what_a_kernel_saved_before_it_could_answer_is_not_put_in_twice(
    browser, lab: Lab, ours: Path
):
    deaf = []

    def may_hear_nothing(page) -> None:
        page.route_web_socket(
            re.compile("/channels"), lambda here: listen(here, here.connect_to_server())
        )

    def listen(here, server) -> None:
        server.on_message(lambda message: None if deaf else here.send(message))

    screen = with_two_risks(browser, lab, ours, before=may_hear_nothing)
    screen.page.wait_for_selector(".grid-said:has-text('Saved')")
    deaf.append(True)
    screen.at("What could happen, new row").focus()
    write_on(
        screen, "a theft"
    )  # heard and saved; what follows waits for an answer that never comes
    screen.saved(
        ours,
        "risks",
        lambda rows: (
            [row["what_could_happen"] for row in rows] == ["a flood", "a quarrel", "a theft"]
        ),
    )
    screen.at("What could happen, row 3").fill("a quarrel about money")
    screen.press("Tab")
    deaf.clear()
    run_again(screen)
    screen.at("What could happen, row 4").wait_for()
    screen.at("What could happen, new row").focus()
    write_on(screen, "a strike")
    rows = screen.saved(ours, "risks", lambda rows: rows[-1]["what_could_happen"] == "a strike")
    assert [row["what_could_happen"] for row in rows] == [
        "a flood",
        "a quarrel about money",
        "a theft",
        "a strike",
    ]
    told = screen.page.locator(".grid-lost p:visible").all_inner_texts()
    assert (
        len(told) == 1 and "What could happen, new row: “a theft”" in told[0]
    )  # nobody can tell whether another one was meant
    screen.close()


def test_what_has_no_place_any_more_is_told_with_what_was_written(browser, lab: Lab, ours: Path):
    screen = with_two_risks(browser, lab, ours)
    screen.slow(600_000)
    screen.at("What could happen, row 3").fill("a <b>quarrel</b> & {what} $& more")
    screen.press("Tab")
    screen.slow(0)
    p = folder.read(ours)
    p.take({"risks": p.sheets["risks"].iloc[:1]})
    folder.write(p, ours)
    run_again(screen)
    told = screen.page.locator(".grid-lost p:visible")
    told.wait_for()
    assert "What could happen, row 3: “a <b>quarrel</b> & {what} $& more”" in told.inner_text()
    assert len(folder.read(ours).sheets["risks"]) == 1
    screen.close()


def test_what_could_have_gone_into_two_places_is_told_and_changes_nothing_that_stands_there(
    browser, lab: Lab, ours: Path
):
    screen = with_two_risks(browser, lab, ours)
    screen.at("How likely, new row, VEC, R1").select_option("likely")
    before = screen.saved(ours, "risk_views", lambda rows: rows and rows[0]["how_likely"])
    screen.slow(600_000)
    screen.at("How likely, new row, SOM, R1").focus()
    screen.paste("hardly\thurts us\n")
    screen.page.get_by_role("button", name="Remove: row 3").click()
    run_again(screen)
    screen.page.locator(".grid-lost p:visible").nth(1).wait_for()
    told = screen.page.locator(".grid-lost").first.inner_text()
    assert "How likely, new row, SOM, R1" in told and "Remove: row 3" in told
    p = folder.read(ours)
    assert p.sheets["risk_views"].to_dict("records") == before and len(p.sheets["risks"]) == 2
    screen.close()


def test_what_the_facilitator_typed_for_herself_is_not_told_to_the_room_after_a_restart(
    browser, lab: Lab, ours: Path
):
    screen = opened(browser, lab, "3-risk-views")
    screen.page.locator(".grid-mine input").fill("mine")
    screen.press("Enter")
    screen.page.wait_for_selector(".grid.mine")
    screen.slow(600_000)
    screen.at("What could happen, new row").focus()
    write_on(screen, "ZZYZX, for me alone")
    run_again(screen)
    screen.page.get_by_text(
        "Something that was typed in the facilitator's own view was not taken over."
    ).first.wait_for()
    assert "ZZYZX" not in screen.everything()
    screen.page.locator(".grid-mine input").fill("mine")
    screen.press("Enter")
    screen.saved_as(ours, "risks", ("what_could_happen",), [("ZZYZX, for me alone",)])
    screen.close()


def test_what_is_typed_just_before_the_grid_is_put_away_is_saved(browser, lab: Lab, ours: Path):
    screen = opened(browser, lab, "1-alignment")
    screen.slow(LATE)
    screen.at("In one sentence, new row").focus()
    for text in ("first", "second", "third"):
        write_on(screen, text)
    screen.page.get_by_role("button", name="Close the table").click()
    screen.saved_as(ours, "objectives", ("text",), [("first",), ("second",), ("third",)])
    screen.close()
