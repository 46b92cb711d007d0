"""One partner's house in a real JupyterLab: opened by that house, typed, and nowhere else on any page."""

from __future__ import annotations

from pathlib import Path

import pytest

from book import ROOT
from lab import Lab
from partnering.storage import folder, house_file
from screen import Screen

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ours(lab: Lab) -> Path:
    """A partnership of one's own in which one house has answered already."""
    place = lab.exercises / "my-partnerships" / "ours"
    folder.write(folder.read(ROOT / "exercises" / "examples" / "shade"), place)
    (place / "houses").mkdir()
    (place / "houses" / "SOM.csv").write_text(
        "partner,unit,question,answer\nSOM,Finance,Q1,SECRET of Sombra\n", "utf-8"
    )
    (place.parent / "chosen.txt").write_text("my-partnerships/ours\n", "utf-8")
    return place


def test_a_house_opens_its_own_answers_types_and_sees_what_follows_and_no_other_house(
    browser, lab: Lab, ours: Path
):
    screen = Screen(browser, lab, "7-coherence")
    screen.run_all()
    assert "SECRET" not in screen.everything()
    assert screen.page.get_by_text("Choose your own organisation above.").count() == 2
    screen.page.get_by_label("Our organisation:", exact=True).select_option("Señal Caribe")
    house = screen.page.locator(".grid", has_text="Answers inside this organisation: Señal Caribe")
    house.get_by_role("button", name="Type what stays inside this organisation").click()
    unit = house.get_by_label("Unit or department, new row, SEN, Q1", exact=True)
    unit.focus()
    for text in ("Lawyers", "That nobody sues us."):
        screen.page.keyboard.type(text)
        screen.press("Tab")
    house.get_by_label("Answer, new row, SEN, Q2", exact=True).wait_for()
    screen.press("1")  # the part has been named: the cursor goes to the next answer
    screen.page.keyboard.type("The two lawyers.")
    screen.press("Tab")
    screen.tell_result("That nobody sues us. (as agreed)")
    screen.tell_result("The two lawyers.")
    for _ in range(100):
        if (
            house_file.place_of(folder.read(ours), "SEN").exists()
            and len(house_file.read(folder.read(ours), "SEN").answers) == 2
        ):
            break
        screen.page.wait_for_timeout(100)
    answers = house_file.read(folder.read(ours), "SEN").answers
    assert answers[["unit", "question", "answer"]].astype("str").to_numpy().tolist() == [
        ["Lawyers", "Q1", "That nobody sues us."],
        ["Lawyers", "Q2", "The two lawyers."],
    ]
    screen.page.get_by_label("Our organisation:", exact=True).select_option("Sombra International")
    screen.page.get_by_text(
        "Covered, until this organisation opens its answers above."
    ).first.wait_for()
    assert "SECRET" not in screen.everything()
    other = screen.page.locator(
        ".grid", has_text=("Answers inside this organisation: Sombra International")
    )
    other.get_by_role("button", name="Type what stays inside this organisation").click()
    screen.tell_result("SECRET of Sombra")
    other.get_by_label("Answer, row 2, SOM, Q1", exact=True).fill("SECRET of Sombra, and more")
    screen.press("Tab")
    screen.tell_result("SECRET of Sombra, and more")
    screen.page.keyboard.press("Control+s")
    screen.page.wait_for_timeout(800)
    assert "SECRET" not in (lab.exercises / "7-coherence.ipynb").read_text("utf-8")
    assert "That nobody sues us." not in screen.everything()
    screen.page.get_by_label("Our organisation:", exact=True).select_option("…")
    screen.page.wait_for_function("!document.body.textContent.includes('SECRET')")
    screen.close()
