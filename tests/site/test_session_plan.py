"""Session plans: each rule breaks the build with its own sentence, and a good plan is set with its minutes."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from book import ROOT, Book
from plan import GOOD
from session_plan import problems

PLANS = sorted((ROOT / "guide" / "plans").glob("*.yaml"))


def with_change(*path, value) -> dict:
    """The good plan with one field changed; `value=...` takes the field away."""
    plan = copy.deepcopy(GOOD)
    part = plan
    for step in path[:-1]:
        part = part[step]
    if value is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return plan


def test_the_good_plan_has_no_problems():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (with_change("care", value=...), "care: is missing."),
        (with_change("care", value=""), "care: is missing."),
        (with_change("care", value=["a"]), "care: should be text."),
        (with_change("full", value="ninety"), "full: should be a whole number."),
        (with_change("full", value=True), "full: should be a whole number."),
        (with_change("colour", value="red"), "colour: is not a field of a session plan"),
        (
            with_change("steps", 0, "mood", value="calm"),
            "steps 1, mood: is not a field of a session plan",
        ),
        (with_change("steps", 1, "left", value=...), "steps 2, left: is missing."),
        (
            with_change("steps", 0, value="Open"),
            "steps 1: needs the fields name, for, what, say, who, left.",
        ),
        (
            with_change("full", value=31),
            "steps: the minutes add up to 30, but `full` says 31.",
        ),
        (with_change("held", value=...), "held: is missing."),
        (with_change("held", "rows", value=...), "held, rows: is missing."),
        (with_change("held", "before", value=...), "held, before: is missing."),
        (with_change("held", "also", value=""), "held, also: is missing."),
        (with_change("held", "after", value="x"), "held, after: is not a field"),
        (with_change("held", "rows", 0, "do", value=...), "held, rows 1, do: is missing."),
        (with_change("held", "rows", 1, "say", value=...), "held, rows 2, say: is missing."),
        (
            with_change("held", "rows", 1, "say", value="Read."),
            "held, rows 2, say: the step “2” has no words in quotation",
        ),
        (
            with_change("held", "rows", 1, "from", value=11),
            "held, rows 2: begins at minute 11, but the row before ends at 10.",
        ),
        (
            with_change("held", "rows", 0, "from", value=1),
            "held, rows 1: begins at minute 1, but the row before ends at 0.",
        ),
        (
            with_change("held", "rows", 1, "to", value=29),
            "held, rows: the rows end at minute 29, but what they replace takes 30.",
        ),
        (
            with_change("held", "replaces", value=["Close"]),
            "held, rows: the rows end at minute 30, but what they replace takes 18.",
        ),
        (
            with_change("held", "replaces", value=["Reveal"]),
            "held, replaces: “Reveal” is no step of this plan.",
        ),
        (
            with_change("held", "replaces", value=["Close", "Open"]),
            "held, replaces: the steps have to follow one another.",
        ),
        (
            with_change("short", value=12),
            "short_form, steps: the minutes add up to 10, but `short` says 12.",
        ),
        (
            with_change("short_form", "steps", 0, "say", value="x"),
            "short_form, steps 1, say: is not a field",
        ),
        (with_change("short_form", "before", value=...), "short_form, before: is missing."),
        (
            with_change("steps", 1, "say", value="Say goodbye."),
            "steps 2, say: the step “Close” has no words in quotation",
        ),
        (with_change("variations", "remote", value=...), "variations, remote: is missing."),
        (with_change("variations", "alone", value="x"), "variations, alone: is not a field"),
        (with_change("prepare", 0, "when", value=...), "prepare 1, when: is missing."),
        (with_change("goes_wrong", 0, "do", value=...), "goes_wrong 1, do: is missing."),
        (
            with_change("afterwards", value=[{"a": "b"}]),
            "afterwards: should be a list of sentences.",
        ),
        (
            with_change("reveal", value="See the Free-Riders."),
            "reveal: “free rider” is a word that session plans do not",
        ),
        (
            with_change("goes_wrong", 0, "sign", value="Two outliers."),
            "goes_wrong 1, sign: “outlier” is a word",
        ),
        (
            with_change("steps", 0, "counts", 1, "seconds", value=250),
            "steps 1, counts: what is counted takes 13 minutes, and the step has 12.",
        ),
        (
            with_change("steps", 0, "counts", 0, "people", value="all"),
            "steps 1, counts 1, people: should be a whole number, or `partners`.",
        ),
        (
            with_change("steps", 0, "counts", 0, "fields", value=...),
            "steps 1, counts 1, fields: is missing.",
        ),
        (
            with_change("partners", value=...),
            "steps 1, counts 1, people: the plan says for no number of `partners`",
        ),
        (
            with_change(
                "short_form",
                "steps",
                0,
                "counts",
                value=[{"what": "ticks", "fields": 101, "people": 1, "seconds": 6}],
            ),
            "short_form, steps 1, counts: what is counted takes 11 minutes, and the step has 10.",
        ),
        (
            with_change("more_partners", 0, "full", value=30),
            "more_partners 1: the minutes add up to 38, but `full` says 30.",
        ),
        (
            with_change("more_partners", 0, "minutes", value={"Pause": 4}),
            "more_partners 1, minutes: “Pause” is no step of this plan.",
        ),
        (
            with_change(
                "more_partners", 0, value={"partners": 6, "full": 30, "minutes": {"Open": 12}}
            ),
            "more_partners 1, Open, counts: what is counted takes 13 minutes, and the step has 12.",
        ),
        (
            with_change("more_partners", 0, "minutes", value=...),
            "more_partners 1, minutes: is missing.",
        ),
        (with_change("care", value="No scores."), "care: “score” is a word"),
        (with_change("care", value="Power asymmetries."), "care: “asymmetry” is a word"),
    ],
)
def test_each_rule_has_its_sentence(plan, sentence):
    assert len(problems(plan)) == 1
    assert problems(plan)[0].startswith(sentence)


@pytest.mark.parametrize("name", ["subtitle", "why_now", "example", "source"])
def test_a_plan_may_leave_out_what_its_page_says(name):
    assert problems(with_change(name, value=...)) == []


@pytest.mark.parametrize("text", ["underscored", "breathing", "scorn", "the weak"])
def test_words_that_only_look_alike_are_let_through(text):
    assert problems(with_change("care", value=text)) == []


@pytest.mark.parametrize(
    "plan",
    [
        None,
        [],
        "text",
        {},
        {"steps": 3, "variations": [], "short_form": {"steps": "x"}},
        {"steps": ["x"], "held": {"replaces": [3, ["y"]], "rows": [4, {"from": "x"}]}},
        {"steps": [{"name": "x"}], "held": {"replaces": ["x"], "rows": []}},
        {"held": "x"},
    ],
)
def test_a_file_of_another_shape_is_told_and_never_crashes(plan):
    assert problems(plan)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_the_handbooks_own_plans_are_good(path: Path):
    assert problems(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_a_broken_plan_fails_the_build_and_every_sentence_names_file_and_field(book: Book):
    plans = book.place / "plans"
    plans.mkdir()
    bad = with_change("full", value=31) | {"care": None}
    (plans / "bad.yaml").write_text(yaml.safe_dump(bad, allow_unicode=True), encoding="utf-8")
    (plans / "worse.yaml").write_text("title: [", encoding="utf-8")
    book.page(
        "a",
        "# A\n\n```{session-plan} plans/bad.yaml\n```\n\n```{session-plan} plans/worse.yaml\n```\n\n"
        "```{session-plan} plans/none.yaml\n```\n",
    )
    built = book.build()
    assert built.code != 0
    assert "plans/bad.yaml: care: is missing." in built.said
    assert "plans/bad.yaml: steps: the minutes add up to 30" in built.said
    assert "plans/worse.yaml: cannot be read" in built.said
    assert "plans/none.yaml: there is no such file." in built.said


@pytest.fixture(scope="module")
def page(small_book: Callable[[str], Book]) -> BeautifulSoup:
    """The page of the good plan."""
    book = small_book("plan")
    (book.place / "plan.yaml").write_text(
        yaml.safe_dump(GOOD, allow_unicode=True), encoding="utf-8"
    )
    built = book.page("a", "# A\n\n## The session\n\n```{session-plan} plan.yaml\n```\n").build()
    assert built.code == 0, built.said
    return BeautifulSoup(built.page("a"), "html.parser")


def test_each_step_begins_when_the_one_before_has_ended(page):
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in page.select("table.plan-steps tbody tr")
    ]
    assert [row[:3] for row in rows] == [["0", "12", "Open. Read."], ["12", "18", "Close. End."]]


def test_the_steps_stay_a_table_when_they_are_shown_as_cards(page):
    table = page.select_one("table.plan-steps")
    assert table["role"] == "table" and "30 minutes with 4" in table.caption.get_text()
    assert all(row["role"] == "row" for row in table.select("tr"))
    assert all(
        head["role"] == "columnheader" and head["scope"] == "col"
        for head in table.select("thead th")
    )
    labels = [cell["data-label"] for cell in table.select("tbody tr:first-child td")]
    assert labels == [head.get_text(strip=True) for head in table.select("thead th")]


def test_what_takes_longer_with_more_partners_stands_after_the_steps(page):
    told = page.select_one(".plan-more")
    assert told.get_text() == "With 6 partners, in minutes: Open 20. In all 38."
    assert told.find_previous(class_="plan-steps") and told.find_next(class_="plan-held")


def long_plan(**parted) -> dict:
    """A plan of 90 minutes that takes 104 with six partners and 128 with nine."""
    step = GOOD["steps"][0]
    more = {"name": "Work", "for": 30}, {"name": "Rest", "for": 10}, {"name": "Talk", "for": 20}
    steps = [step, *({**step, **one, "counts": []} for one in more), GOOD["steps"][1]]
    for one in steps[1:4]:
        del one["counts"]
    too_long = {
        "at_home": ["Work"],
        "how": "Each alone.",
        "between": ["Rest"],
        "second": ["Talk"],
        "meanwhile": "Ask at home.",
    }
    return GOOD | {
        "full": 90,
        "steps": steps,
        "more_partners": [
            {"partners": 6, "full": 104, "minutes": {"Open": 20, "Rest": 16}},
            {"partners": 9, "full": 128, "minutes": {"Open": 22, "Work": 38, "Rest": 30}},
        ],
        "held": GOOD["held"] | {"replaces": ["Work"]},
        "too_long": {
            name: value for name, value in (too_long | parted).items() if value is not ...
        },
    }


@pytest.mark.parametrize(
    ("plan", "sentences"),
    [
        (long_plan(), []),
        (long_plan(between=..., second=["Rest", "Talk"]), []),
        (
            long_plan() | {"too_long": None},
            ["too_long: is missing."],
        ),
        (
            {name: value for name, value in long_plan().items() if name != "too_long"},
            ["too_long: with 6 partners it takes 104 minutes. Say how to part it."],
        ),
        (
            {name: value for name, value in long_plan().items() if name != "more_partners"},
            ["too_long: it takes longer than 90 minutes with no number of partners. Leave it out."],
        ),
        (long_plan(how=...), ["too_long, how: is missing."]),
        (long_plan(meanwhile=""), ["too_long, meanwhile: is missing."]),
        (long_plan(at_home=["Sing"]), ["too_long, at_home: “Sing” is no step of this plan."]),
        (
            long_plan(second=["Work"]),
            ["too_long, second: these are not the steps before “Close”, in their order."],
        ),
        (
            long_plan(second=["Close"]),
            ["too_long, second: these are not the steps before “Close”, in their order."],
        ),
        (
            long_plan(between=["Work"], second=["Rest", "Talk"]),
            [],
        ),
        (
            long_plan(between=..., second=["Work", "Rest", "Talk"]),
            [
                "too_long, second: with 6 partners a meeting takes 104 minutes.",
                "too_long, second: with 9 partners a meeting takes 128 minutes.",
            ],
        ),
        (
            long_plan(at_home=["Rest"]),
            [],
        ),
        (
            long_plan() | {"more_partners": [long_plan()["more_partners"][1]]},
            [],
        ),
    ],
)
def test_a_plan_that_gets_too_long_says_how_to_part_it(plan, sentences):
    assert problems(plan) == sentences


def test_what_is_done_at_home_and_in_two_meetings_is_worked_out_from_the_minutes(small_book):
    book = small_book("long")
    (book.place / "plan.yaml").write_text(
        yaml.safe_dump(long_plan(), allow_unicode=True), encoding="utf-8"
    )
    built = book.page("a", "# A\n\n```{session-plan} plan.yaml\n```\n").build()
    assert built.code == 0, built.said
    part = BeautifulSoup(built.page("a"), "html.parser").select_one(".plan-too-long")
    assert part.select_one(".plan-label").get_text() == "If it takes longer than 90 minutes"
    told = [" ".join(line.get_text().split()) for line in part.select("p:not(.plan-label)")]
    assert told == [
        # 104 without 30
        "In one meeting. Done at home: Work. With 6 partners the rest takes 74 minutes. "
        "With 9 partners the rest takes 90 minutes.",
        "Each alone.",
        # six: 20, 30, 18 and 20, 20, 18; nine: 22, 38, 18 and 22, 20, 18
        "In two meetings. The first ends after Work, with Close. The second has Open; Talk; Close. "
        "With 6 partners they take 68 and 58 minutes. With 9 partners they take 78 and 60 minutes. "
        "In between you do by phone what Rest is for, and keep the forms in a closed envelope.",
        "Ask at home.",
    ]
    assert part.find_previous(class_="plan-more") and part.find_next(class_="plan-held")


def test_where_the_rest_is_too_long_it_says_to_make_two_meetings(small_book):
    plan = long_plan()
    plan["more_partners"][1]["full"], plan["more_partners"][1]["minutes"]["Talk"] = 129, 21
    book = small_book("longer")
    (book.place / "plan.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True), "utf-8")
    page = book.page("a", "# A\n\n```{session-plan} plan.yaml\n```\n").build().page("a")
    part = BeautifulSoup(page, "html.parser").select_one(".plan-too-long")
    assert "With 9 partners the rest takes 91 minutes: make it two." in part.get_text()


def test_what_to_do_if_answers_are_confidential_stands_after_the_steps_in_place_of_which_it_is_done(
    page,
):
    part = page.select_one(".plan-held")
    assert part.find_previous(class_="plan-steps") and part.find_next(class_="plan-reveal")
    assert part.select_one(".plan-label").get_text(strip=True) == "If answers are confidential"
    assert part.caption.get_text(strip=True) == "30 minutes, in place of: Open · Close"
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in part("tr")]
    assert rows == [
        ["Minutes", "You do", "You say"],
        ["0–10", "Draw the lot .", "“Three lines.”"],
        ["10–30", "Read all slips.", "“I read.”"],
    ]
    assert [label["data-label"] for label in part("td")[:3]] == rows[0]
    said = part.get_text(" ", strip=True)
    assert said.index("White cards only.") < said.index("Draw") < said.index("The forms stay")


def test_a_script_for_held_answers_may_have_nothing_after_its_rows():
    assert problems(with_change("held", "also", value=...)) == []


@pytest.mark.parametrize(
    ("above", "again"),
    [
        (GOOD["question"], True),
        (GOOD["question"].replace(" ", "\n"), True),
        ("Another?", False),
    ],
)
def test_a_question_that_its_page_has_asked_is_marked(small_book, above, again):
    book = small_book("plan")
    (book.place / "plan.yaml").write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    built = book.page("a", f"# A\n\n*{above}*\n\n```{{session-plan}} plan.yaml\n```\n").build()
    asked = BeautifulSoup(built.page("a"), "html.parser").select_one(".plan-question")
    assert ("asked-above" in asked["class"]) is again


def test_headings_are_heard_and_the_contents_of_the_page_stay_short(page):
    plan = page.select_one(".session-plan")
    assert [title.name for title in plan.select(".plan-title")] == ["h3"]
    assert {label.name for label in plan.select(".plan-label")} == {"h4"}
    assert [link.get_text(strip=True) for link in page.select(".page-toc a")].count("Care") == 0


def test_text_is_read_as_markdown(page):
    assert page.select_one(".plan-prepare em").get_text() == "each"
    assert page.select_one(".plan-goes-wrong em").get_text() == "Everything is likely."


def test_what_to_do_if_it_is_tomorrow_stands_after_the_short_form(page):
    part = page.select_one(".plan-tomorrow")
    assert part.get_text(" ", strip=True) == "If it is tomorrow Print two, drop the rest."
    assert part.find_previous(class_="plan-short-steps") and part.find_next(class_="plan-care")


def test_a_plan_has_an_address_of_its_own_by_which_it_is_printed_alone(page):
    plan = page.select_one(".session-plan")
    assert page.select_one(".plan-alone a")["href"] == f"#{plan['id']}" == "#plan-plan"


BY_HAND = re.compile(r"\b(cards?|forms?|ticks?|ticked|slips?|sheets?|stones?)\b", re.IGNORECASE)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_step_with_something_in_hands_counts_how_long_it_takes(path: Path):
    plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    for step in [*plan["steps"], *plan["short_form"]["steps"]]:
        by_hand = BY_HAND.search(" ".join(part for part in step.values() if isinstance(part, str)))
        assert step.get("counts") or not by_hand, step["name"]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_has_minutes_for_as_many_partners_as_it_is_for(path: Path):
    plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    (most,) = re.findall(r"Two to (six|nine) partners", plan["who"])
    assert {"six": 6, "nine": 9}[most] == plan["more_partners"][-1]["partners"]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_plan_asks_at_its_close_for_what_is_to_be_taken_back_until_a_day(path: Path):
    close = yaml.safe_load(path.read_text(encoding="utf-8"))["steps"][-1]
    assert (
        "take something back from the record? You can do so until … (say a day), without a reason."
        in close["say"]
    )
    assert "<taken-back>" in close["what"]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_script_for_held_answers_leads_to_what_is_said_once(path: Path):
    plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert "<held-scripts>" in plan["held"]["before"]


def test_a_changed_plan_changes_its_page(book: Book):
    plan = book.place / "plan.yaml"
    plan.write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    book.page("a", "# A\n\n```{session-plan} plan.yaml\n```\n").build()
    plan.write_text(yaml.safe_dump(GOOD | {"care": "Changed care."}), encoding="utf-8")
    assert "Changed care." in book.build(fresh=False).page("a")


def test_translators_are_given_every_sentence_and_no_minutes(book: Book):
    (book.place / "plan.yaml").write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    book.page("a", "# A\n\n```{session-plan} plan.yaml\n```\n")
    text = (book.also("gettext") / "a.pot").read_text(encoding="utf-8")
    for sentence in (
        "Because.",
        "Ask *each* partner.",
        "Why now",
        "what you say",
        "**Open.** Read.",
    ):
        assert f'"{sentence}"' in text or sentence in text, sentence
    assert 'msgid "12"' not in text and "0–10" not in text


def test_other_pages_lead_to_a_plan_by_its_title(book: Book):
    (book.place / "plan.yaml").write_text(
        yaml.safe_dump(GOOD, allow_unicode=True), encoding="utf-8"
    )
    book.page("a", "# A\n\n```{session-plan} plan.yaml\n```\n")
    built = book.page("b", "# B\n\nSee {ref}`plan-plan`.\n").build()
    assert built.code == 0, built.said
    link = BeautifulSoup(built.page("b"), "html.parser").select_one("article a[href*='#plan-']")
    assert link["href"] == "a.html#plan-plan" and link.get_text() == GOOD["title"]
