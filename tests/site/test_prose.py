"""What the pages of the guide promise: their parts, their forms, and what no page may tell."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path

import pytest

import session_plan
from partnering.paper import form_data
from partnering.schema.choices import Choice
from partnering.schema.kinds import Ref
from partnering.schema.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "guide"
PAGES = sorted([ROOT / "index.md", *GUIDE.rglob("*.md"), *GUIDE.rglob("*.yaml")])
_SPEC = importlib.util.spec_from_file_location("wording", ROOT / "tests/wording/__main__.py")
wording = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(wording)
CHAPTERS = sorted(GUIDE.glob("[1-8]-*.md"))
WORKED = sorted((GUIDE / "examples").glob("shade-*.md"))
EXAMPLES = ROOT / "exercises" / "examples"
NOT_TO_BE_USED = "ot to be used for decisions on funding, selection or staff"


def text_of(page: str) -> str:
    return (GUIDE / f"{page}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_offers_the_forms_of_its_stop(path):
    assert f"{{printed}} stop {path.stem[0]}\n" in path.read_text(encoding="utf-8")


def test_every_form_is_named_where_it_is_needed():
    text = " ".join(" ".join(page.read_text(encoding="utf-8").split()) for page in PAGES)
    for name in form_data.sheets():
        assert re.search(rf"{{form}}`[^`]+ <{name}>`", text), name


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_has_its_parts_in_their_order(path):
    text = path.read_text(encoding="utf-8")
    parts = [
        "## The idea.*",
        ".*{session-plan} plans/.*",
        "## .*[Yy]ours?.* exercises",
        "### The forms?",
        "## Before you move on",
        "Nothing is ticked in advance.*",
        ".*{toctree}",
    ]
    places = [re.search(f"^{part}$", text, re.MULTILINE).start() for part in parts]
    assert places == sorted(places)
    assert NOT_TO_BE_USED in " ".join(text.split())
    choices = re.findall(r"^- ☐ (.+)$", text, re.MULTILINE)
    assert [choice.split(" ")[1] for choice in choices] == ["go", "look", "way", "stop"]


def test_a_plan_asks_the_question_of_its_chapter():
    asked, told = {}, {}
    for path in session_plan.chapters(GUIDE):
        text = path.read_text(encoding="utf-8")
        question = re.search(r"^# [^\n]+\n\n\*(.+?)\*\n\n", text, re.MULTILINE | re.DOTALL)[1]
        for name in re.findall(r"\{session-plan\} plans/([\w-]+)\.yaml", text):
            asked[name] = " ".join(question.split())
            told[name] = session_plan.read_plan(GUIDE / f"plans/{name}.yaml")[0]["question"]
    assert len(asked) >= 9 and told == asked


@pytest.mark.parametrize("path", WORKED, ids=lambda path: path.stem)
def test_a_worked_example_has_the_beats_of_a_session_and_leads_back_to_its_chapter(path):
    text = path.read_text(encoding="utf-8")
    parts = ["## Alone, .*", "## Compare", "## Differences first", "## Decide"]
    places = [re.search(f"^{part}$", text, re.MULTILINE).start() for part in parts]
    assert places == sorted(places)
    assert "{worked}" in text and " is invented" in text
    (chapter,) = set(re.findall(r"<\.\./(\d-[\w-]+)>", text))
    assert f"<examples/{path.stem}>" in text_of(chapter)
    assert f"\nexamples/{path.stem}\n" in text_of(chapter)


def test_the_way_in_leads_to_every_chapter_and_the_tour_to_every_stop():
    way_in, tour = (ROOT / "index.md").read_text(encoding="utf-8"), text_of("tour")
    for path in CHAPTERS:
        assert f"](guide/{path.stem}.md)\n" in way_in and f"\nguide/{path.stem}\n" in way_in
        assert f"]({path.stem}.md)\n" in tour
    assert not [
        page for page in PAGES if "in preparation" in page.read_text(encoding="utf-8").lower()
    ]


KINDS = [column.kind for table in TABLES.values() for column in table.columns]
WORDS = {word for kind in KINDS if isinstance(kind, Choice) for word in kind.everything}
WORDS |= {word for kind in KINDS if isinstance(kind, Ref) for word in kind.also}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_page_tells_what_the_facilitator_alone_was_told():
    told = set()
    for path in EXAMPLES.rglob("*.csv"):
        for row in rows_of(path):
            hidden = row.get("share") in ("facilitator only", "not typed")
            told |= {
                text
                for name, text in row.items()
                if text
                and len(text) > 20
                and text not in WORDS
                and (
                    name in ("in_a_few_words", "we_would_leave_if", "note")
                    or (hidden and name != "share")
                )
            }
    assert told
    for page in PAGES:
        text = " ".join(page.read_text(encoding="utf-8").split())
        assert not [secret for secret in told if secret in text], page


def test_the_pages_quote_one_house_as_it_answered_and_no_other():
    answers = {
        (path.parent.parent.name, path.stem): rows_of(path)
        for path in EXAMPLES.glob("*/houses/*.csv")
    }
    opened = answers.pop(("shade-under-way", "SOM"))
    quoted = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text_of("examples/shade-coherence"), re.MULTILINE
    )
    table = quoted[
        quoted.index(("Unit or department", "What it wrote", "Beside what was agreed")) + 2 :
    ]
    assert table == [
        (row["unit"], row["answer"], row["as_agreed"]) for row in opened if row["question"] == "Q3"
    ]
    shared = {row["answer"] for row in opened}
    secrets = {
        row["answer"] for rows in answers.values() for row in rows if len(row["answer"]) > 20
    } - shared
    assert secrets
    for page in PAGES:
        text = " ".join(page.read_text(encoding="utf-8").split())
        assert not [secret for secret in secrets if secret in text], page


def test_the_page_on_held_answers_shows_the_room_of_one_example_and_each_stop_leads_there():
    page = text_of("examples/held")
    shown = re.findall(r"^```{worked} [\w.]+\n(.*?)```", page, re.MULTILINE | re.DOTALL)
    assert len(shown) > 20 and set(shown) == {":example: clinic\n"}  # the room, never mine
    parts = re.split(r"^\(held-stop-\d\)=$", page, flags=re.MULTILINE)[1:]
    assert len(parts) == 8
    for chapter in CHAPTERS:
        stop = int(chapter.stem[0])
        part = parts[stop - 1]
        assert f"(held-stop-{stop})=\n## Stop {stop}: " in page
        assert f"<held-stop-{stop}>" in chapter.read_text(encoding="utf-8")
        said = [part.index(words) for words in ("*The room sees*", "*She sees*", "*She does and")]
        assert said == sorted(said) and f"<../{chapter.stem}>" in part
    for leading in ("tour", "facilitating/confidentiality", "../index"):
        assert "examples/held>" in text_of(leading)
    beside = re.sub(r"^```{worked}.*?```", "", page, flags=re.MULTILINE | re.DOTALL)
    assert len(beside.split()) < 2500


def test_quotation_marks_open_and_close():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert text.count("“") == text.count("”"), page


def test_every_word_of_the_glossary_is_a_word_that_the_other_pages_use():
    glossary = text_of("glossary")
    others = " ".join(
        " ".join(page.read_text(encoding="utf-8").split())
        for page in PAGES
        if page.stem != "glossary"
    ).casefold()
    words = [
        word
        for line in re.findall(r"^([a-z][^\n]+)\n    ", glossary, re.MULTILINE)
        for word in line.split(", ")
    ]
    assert len(words) > 60
    assert [word for word in words if word not in others] == []


def test_the_sentences_of_need_lead_each_to_a_stop_a_plan_and_a_form_and_every_plan_is_led_to():
    rows = text_of("where-does-it-hurt").split("\n* - ")[2:]
    assert 8 <= len(rows) <= 12
    led = set()
    for row in rows:
        said, stop, plan, form = row.split("\n  - ")
        assert said.startswith("“") and said.endswith("”")
        assert "{form}`" in form and stop.startswith(f"{{doc}}`{plan.split('plan-')[1][0]}-")
        led.add(plan.removeprefix("{ref}`plan-").rstrip("`\n"))
    assert led == {path.stem for path in (GUIDE / "plans").glob("*.yaml")}
    assert "<guide/where-does-it-hurt>" in text_of("../index")


CLAUSES = (  # a word for each clause of the source, in its order
    "focus ‘logical’ purpose complement sum everything aligned vision feeling bring tangible get "
    "‘win-win’ belong fine riders committed assessment types benefits manage convinced principles "
    "tension protocol agreement grant written competencies few others conflicting coherence"
)


def test_the_tour_has_every_clause_of_the_source_in_its_order_with_where_it_is_carried():
    table = text_of("tour").split("```{list-table} ")[1].split("```")[0]
    rows = [row.split("\n  - ") for row in table.split("\n* - ")[1:]]
    assert rows[0] == ["The source, in our words", "Ours: where it is"]
    clauses = [" ".join(clause.split()).casefold() for clause, _where in rows[1:]]
    assert all(where.strip() for _clause, where in rows[1:])
    words = CLAUSES.split()
    assert len(clauses) == len(words) == 33
    assert [word for word, clause in zip(words, clauses, strict=True) if word not in clause] == []
    steps = re.findall(r"\*\*Step (\d) \(Insight (\d)\)", table)
    assert steps == list(zip("1234567", "2542633", strict=True))


def test_words_of_a_source_may_be_quoted_where_they_are_listed_and_nowhere_else():
    quoted, other = "guide/tour.md:52: not ‘win-win’.", "guide/risk.md:3: not ‘win-win’."
    listed = [("guide/tour.md", "win-win")]
    assert wording._but_for_cited([quoted, other], listed) == [other]
    (told,) = wording._but_for_cited([], listed)
    assert "“win-win” is not on guide/tour.md any more" in told


def test_the_lint_reads_what_comes_after_a_table_a_block_or_a_line_of_code():
    page = "First.\n\n| a | b |\n\nSecond.\n\n    python\n\nThird.\n\n```{tables}\n```\n\nLast.\n"
    assert wording._paragraphs(page) == ["First.", "Second.", "Third.", "Last."]


def test_a_file_that_a_page_names_is_there():
    named = {
        (page.stem, name)
        for page in PAGES
        for name in re.findall(
            r"`((?:partnering|exercises|deploy)/[\w./-]+)`", page.read_text(encoding="utf-8")
        )
        if "my-partnerships" not in name  # made when it is needed
    }
    assert len(named) >= 3
    roots = (ROOT, ROOT / "exercises")
    assert [one for one in sorted(named) if not any((at / one[1]).exists() for at in roots)] == []
