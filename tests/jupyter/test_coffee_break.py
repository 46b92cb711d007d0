"""The coffee-break test: four partners' paper forms are typed by a slow typist, and a table is there that may be shown.

Counted are keystrokes and clicks, at 150 keystrokes a minute; nobody's clock is looked at.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from book import ROOT
from lab import Lab
from office import OFFICE, fill_in, keys_in_calc, on_the_sheet
from partnering.exchange import form_workbook
from partnering.jupyter import form_rows
from partnering.schema.days import Date
from partnering.schema.tables import TABLES
from partnering.storage import folder, form_marks
from screen import Screen

pytestmark = pytest.mark.browser

PACE = 150  # keystrokes a minute: somebody who types slowly
BREAK = 12  # minutes
MOST_CLICKS = 12
SHADE = folder.read(ROOT / "exercises" / "examples" / "shade")
LATER = folder.read(ROOT / "exercises" / "examples" / "shade-under-way")


def answers(table: str, p=SHADE) -> list[dict]:
    """What stood on the papers, in the order in which they come in: partner by partner."""
    rows = p.sheets[table].to_dict("records")
    order = list(p.names)
    return sorted(
        (
            row
            for row in rows
            if not row.get("respondent") and row.get("share") != "facilitator only"
        ),
        key=lambda row: order.index(row["partner"]) if "partner" in row else 0,
    )


def tick(screen: Screen, table: str, column: str, word: str) -> None:
    """Type the number of a word."""
    kind = TABLES[table].by_name[column].kind
    screen.press(
        {"we do not know": "0", "prefer not to say here": "9"}.get(word)
        or str([*kind.texts, *kind.outside[:-2]].index(word) + 1)
    )


def choose(screen: Screen, codes: Iterable[str], code: str) -> None:
    """Type the number of a partner or a behaviour: the how manieth it is."""
    screen.press(str(list(codes).index(code) + 1))


def write_on(screen: Screen, *texts: str) -> None:
    """Type into the fields of a line one after the other; Enter goes to the line below, where this one was begun."""
    for place, text in enumerate(texts, start=1):
        screen.write(text)
        screen.press("Tab" if place < len(texts) else "Enter")


def here(screen: Screen) -> str:
    """The control in which the cursor is."""
    return screen.page.evaluate("document.activeElement.getAttribute('aria-label') || ''")


@pytest.fixture(scope="module")
def begun(browser, lab: Lab) -> Path:
    """A partnership begun by clicking in start-here, with its four partners typed in."""
    screen = Screen(browser, lab, "0-start-here")
    screen.run_all()
    screen.page.get_by_placeholder("a name for its folder").fill("the four")
    screen.page.get_by_role("button", name="Begin a new one").click()
    screen.page.wait_for_selector(".grid-message:has-text('What you type')")
    screen.at("Name of the partnership").fill("Four at a river")
    screen.at("Where we are now").select_option("working together")
    screen.at("Kept by").fill("Ana, on this computer")
    screen.at("Short name, new row").focus()
    for code, name in SHADE.names.items():
        write_on(screen, code, name)
    place = lab.exercises / "my-partnerships" / "the four"
    screen.saved_as(place, "partners", ("partner", "name"), list(SHADE.names.items()))
    screen.page.get_by_role("button", name="Show to the room").first.click()
    screen.tell_result("Ana, on this computer")
    screen.close()
    return place


def told(capsys, stop: str, keys: int, clicks: int) -> None:
    """Say how long it takes, and insist on a coffee break."""
    minutes = keys / PACE
    with capsys.disabled():
        print(
            f"\n  {stop}: {keys} keystrokes and {clicks} clicks, {minutes:.1f} minutes at {PACE} a minute"
        )
    assert minutes <= BREAK
    assert clicks <= MOST_CLICKS


def opened(browser, lab: Lab, name: str) -> Screen:
    """An exercise, with its answers to be typed."""
    screen = Screen(browser, lab, name)
    screen.run_all()
    screen.clicks += 2  # Run > Run All Cells
    screen.click(screen.page.get_by_role("button", name="Type the answers"))
    return screen


def begin_ticks(screen: Screen, label: str) -> None:
    """Click where the first tick goes, and close the list that the click has opened."""
    first = screen.at(label)
    first.wait_for()
    screen.click(first)
    screen.press("Escape")


# ------------------------------------------------------------------ typed in the grid


def test_stop_1_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "1-alignment")
    screen.click(screen.at("In one sentence, new row"))
    for row in answers("objectives"):
        write_on(screen, row["text"])
    screen.click(screen.at("Why together?, new row, VEC"))
    for row in answers("purposes"):
        write_on(
            screen, *(row[column] for column in ("why_together", "why_not_alone", "still_missing"))
        )
    begin_ticks(screen, "Our position, new row, VEC, O1")
    for row in answers("positions"):
        tick(screen, "positions", "stance", row["stance"] or "we do not know")
        tick(screen, "positions", "our_part", row["our_part"] or "we do not know")
    screen.click(screen.page.get_by_role("button", name="Show to the room").nth(1))
    screen.tell_result("As it is now")
    screen.saved(begun, "positions", lambda rows: len(rows) == 24)
    wanted = [(row["still_missing"],) for row in answers("purposes")]
    screen.saved_as(begun, "purposes", ("still_missing",), wanted)
    told(capsys, "stop 1", screen.keys, screen.clicks)
    screen.close()


def test_stop_2_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "2-value-exchange")
    lines = answers("value_lines")
    screen.at("What, new row, V1, VEC, bring").wait_for()
    for partner in SHADE.names:
        for box in ("bring", "hope for", "give up, or spend", "ask one partner for"):
            theirs = [row for row in lines if (row["partner"], row["we"]) == (partner, box)]
            places = screen.page.locator(
                f".grid [aria-label^='What, new row'][aria-label*='{partner}, {box}']"
            )
            for at, row in enumerate(theirs[: places.count()]):
                if at == 0 and (partner, box) == ("VEC", "bring"):
                    screen.click(places.first)
                type_line(screen, row)
    screen.click(screen.page.get_by_role("button", name="Show to the room").first)
    screen.tell_result("Doors that open")
    told(capsys, "stop 2", screen.keys, screen.clicks)
    screen.close()


def type_line(screen: Screen, row: dict) -> None:
    """One line of the value form: what, for whom, how sure."""
    assert re.match("What, ", here(screen)), (here(screen), row)
    screen.write(row["what"])
    screen.press("Tab")
    beside = [
        *SHADE.names,
        "our organisation only",
        "one partner",
        "all partners",
        "people we serve",
    ]
    for whose in filter(None, row["whose"].split(", ")):
        choose(screen, beside, whose)
    screen.press("Tab")
    if row["how_sure"]:
        tick(screen, "value_lines", "how_sure", row["how_sure"])
    else:
        screen.press("Enter")


def test_stop_3_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "3-risk-views")
    risks = answers("risks")[:8]
    screen.click(screen.at("What could happen, new row"))
    for place, row in enumerate(risks):
        screen.write(row["what_could_happen"])
        screen.press("Enter" if place < len(risks) - 1 else "Tab")
    screen.page.wait_for_function(
        "document.querySelectorAll('.grid [data-column=how_likely]').length === 32"
    )
    begin_ticks(screen, "How likely, new row, VEC, R1")
    codes = [row["risk"] for row in risks]
    views = [row for row in answers("risk_views") if row["risk"] in codes]
    for row in views:
        tick(screen, "risk_views", "how_likely", row["how_likely"] or "we do not know")
        tick(screen, "risk_views", "how_hard_on_us", row["how_hard_on_us"] or "we do not know")
    screen.click(screen.page.get_by_role("button", name="Show to the room").nth(1))
    screen.tell_result("Of concern to")
    wanted = [(row["how_likely"] or "we do not know",) for row in views]
    screen.saved_as(begun, "risk_views", ("how_likely",), wanted)
    told(capsys, "stop 3", screen.keys, screen.clicks)
    screen.close()


def test_stop_6_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "6-relationship")
    screen.click(screen.at("When, new row"))
    told_before = set()
    for row in answers("moments", LATER):
        if here(screen) == "Moment, new row":
            screen.press("Tab")
        assert here(screen) == "When, new row"
        if row["moment"] in told_before:  # the same moment, dated differently
            screen.press("Shift+Tab")
            screen.write(row["moment"])
            screen.press("Tab")
        screen.write(row["when"])
        screen.press("Tab")
        screen.write(row["what_happened"])
        screen.press("Tab")
        tick(screen, "moments", "then", row["then"])
        write_on(screen, row["what_helped_or_would_have"])
        told_before.add(row["moment"])
    begin_ticks(screen, "How often, new row, VEC, our own organisation, B1")
    for row in answers("behaviour_views", LATER):
        tick(screen, "behaviour_views", "how_often", row["how_often"])
    screen.click(screen.at("Behaviour, new row, VEC"))
    screen.press("Escape")
    behaviours = [f"B{number}" for number in range(1, 7)]
    for row in answers("practising", LATER):
        choose(screen, behaviours, row["behaviour"])
        write_on(
            screen,
            row["what_we_will_do_differently"],
            row["who_will_tell_us"],
            row["look_again_on"],
        )
    screen.click(screen.page.get_by_role("button", name="Show to the room").nth(1))
    screen.tell_result("What would they notice?")
    for table, columns in (
        ("moments", ("moment", "when", "then")),
        ("behaviour_views", ("how_often",)),
        ("practising", ("behaviour", "look_again_on")),
    ):
        wanted = [tuple(row[column] for column in columns) for row in answers(table, LATER)]
        screen.saved_as(begun, table, columns, wanted)
    told(capsys, "stop 6", screen.keys, screen.clicks)
    screen.close()


def test_stop_7_is_typed_in_a_coffee_break(browser, lab: Lab, begun: Path, capsys):
    screen = opened(browser, lab, "7-contacts-requests")
    screen.click(screen.at("Unit or department, new row").first)
    last = ""
    for row in answers("contacts", LATER):
        if row["partner"] != last and last:
            screen.press("Enter")  # past the line that waits for one more
        last = row["partner"]
        assert here(screen) == "Unit or department, new row"
        screen.write(row["unit"])
        screen.press("Tab")
        choose(screen, SHADE.names, row["with_partner"])
        tick(screen, "contacts", "we", row["we"])
        screen.write(row["about_what"])
        screen.press("Tab")
        tick(screen, "contacts", "how_often", row["how_often"])
        tick(screen, "contacts", "relationship_holder_knows", row["relationship_holder_knows"])
    screen.click(screen.page.get_by_role("button", name="Show to the room").first)
    screen.tell_result("Three committees")
    rows = screen.saved(
        begun,
        "contacts",
        lambda rows: len(rows) == 15 and all(row["relationship_holder_knows"] for row in rows),
    )
    assert [
        [row[name] for name in ("partner", "with_partner", "we", "how_often")] for row in rows
    ] == [
        [row[name] for name in ("partner", "with_partner", "we", "how_often")]
        for row in answers("contacts", LATER)
    ]
    screen.close()
    other = opened(browser, lab, "7-coherence")
    other.click(other.at("Focal point, new row, VEC"))
    for row in answers("holding", LATER):
        write_on(
            other,
            *(
                row[name]
                for name in (
                    "holder",
                    "stand_in",
                    "to_be_told_before",
                    "our_units_differ_on",
                    "what_we_will_mend",
                )
            ),
        )
    other.click(other.page.get_by_role("button", name="Show to the room").first)
    other.tell_result("The coordinator for the hills")
    wanted = [(row["what_we_will_mend"],) for row in answers("holding", LATER)]
    other.saved_as(begun, "holding", ("what_we_will_mend",), wanted)
    told(capsys, "stop 7", screen.keys + other.keys, screen.clicks + other.clicks)
    other.close()


# ------------------------------------------------------------------ typed in a workbook

PAPERS = {  # what the forms of a stop ask for, and the columns that come in on paper
    1: (
        SHADE,
        {
            "objectives": ("objective", "text"),
            "purposes": ("why_together", "why_not_alone", "still_missing"),
            "positions": ("stance", "our_part"),
        },
    ),
    2: (SHADE, {"value_lines": ("what", "whose", "how_sure")}),
    3: (
        SHADE,
        {"risks": ("risk", "what_could_happen"), "risk_views": ("how_likely", "how_hard_on_us")},
    ),
    6: (
        LATER,
        {
            "moments": ("moment", "when", "what_happened", "then", "what_helped_or_would_have"),
            "behaviour_views": ("how_often",),
            "practising": (
                "behaviour",
                "what_we_will_do_differently",
                "who_will_tell_us",
                "look_again_on",
            ),
        },
    ),
    7: (
        LATER,
        {
            "contacts": (
                "unit",
                "with_partner",
                "we",
                "about_what",
                "how_often",
                "relationship_holder_knows",
            ),
            "holding": (
                "holder",
                "stand_in",
                "to_be_told_before",
                "our_units_differ_on",
                "what_we_will_mend",
            ),
        },
    ),
}


def on_paper(stop: int) -> dict[str, list[dict]]:
    """What came in on paper at a stop, with what names each line."""
    p, asked = PAPERS[stop]
    found = {}
    for name, columns in asked.items():
        known = [
            *columns,
            *(
                column.name
                for column in TABLES[name].columns
                if form_marks.beforehand(TABLES[name], column)
            ),
        ]
        rows = answers(name, p)[:8] if name == "risks" else answers(name, p)
        if name == "risk_views":
            rows = [row for row in rows if row["risk"] in [risk["risk"] for risk in found["risks"]]]
        found[name] = [
            {column: row.get(column, "") for column in known if column != "line"} for row in rows
        ]
        if name == "value_lines":  # as many lines as the boxes on the paper have
            boxes = Counter()
            for row in found[name]:
                boxes[row["partner"], row["we"]] += 1
                row["place"] = boxes[row["partner"], row["we"]]
            found[name] = [
                row for row in found[name] if row["place"] <= form_rows.BOXES[name][1][row["we"]]
            ]
    return found


def typed_in(stop: int, begun: Path) -> tuple[int, int, dict[tuple[str, str], str | float]]:
    """Keystrokes, clicks, and the cells of the workbook of a stop in which the answers on paper stand."""
    sheets = {
        sheet.name: sheet
        for sheet in form_workbook.sheets_of([stop], False, "", folder.read(begun))
    }
    keys, clicks, cells = 0, 0, {}
    for name, rows in on_paper(stop).items():
        sheet = sheets[name]
        typed = on_the_sheet(sheet, rows)
        keys += keys_in_calc(sheet, typed)
        clicks += 2  # the sheet, and the cell to begin in
        for number, texts in typed.items():
            for column, text in texts.items():
                letter = string.ascii_uppercase[list(sheet.rows.columns).index(column)]
                day = isinstance(TABLES[name].by_name[column].kind, Date)
                cells[name, f"{letter}{number}"] = (
                    (dt.date.fromisoformat(text) - dt.date(1899, 12, 30)).days if day else text
                )
    return keys, clicks, cells


@pytest.mark.parametrize("stop", PAPERS)
def test_a_stop_is_typed_into_the_workbook_in_a_coffee_break(stop, begun: Path, tmp_path, capsys):
    new = tmp_path / "new"
    new.mkdir()
    for name in ("partners.csv", "partnership.csv"):
        (new / name).write_bytes((begun / name).read_bytes())
    keys, clicks, cells = typed_in(stop, new)
    assert len(cells) > 60
    told(capsys, f"stop {stop}, in Calc", keys, clicks)


@pytest.mark.libreoffice
@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_a_workbook_made_by_clicking_is_filled_in_by_calc_and_the_open_exercise_shows_its_table(
    browser, lab: Lab, begun: Path, tmp_path, capsys
):
    for name in [name for names in (on_paper(3), on_paper(1)) for name in names]:
        (begun / f"{name}.csv").unlink(missing_ok=True)
    start = Screen(browser, lab, "0-start-here")
    start.run_all()
    start.page.get_by_label("For:").select_option("3 Risk")
    start.page.get_by_label("Begins:").select_option("with all that is typed, for yourself alone")
    start.page.get_by_role("button", name="Make the workbook").click()
    start.page.get_by_role("button", name="Let the exercises follow it").click()
    start.page.get_by_text("What you save in your spreadsheet program is shown").wait_for()
    start.close()
    book = begun / "forms" / "the four stop 3.xlsx"
    screen = Screen(browser, lab, "3-risk-views")
    screen.run_all()
    screen.show_all()
    keys, clicks, cells = typed_in(3, begun)
    fill_in(tmp_path, book, book, cells)
    screen.tell_result("already happening · harms us")
    screen.tell_result(answers("risks")[0]["what_could_happen"])
    screen.close()
    told(capsys, "stop 3, in Calc", keys, clicks)
