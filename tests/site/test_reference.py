"""The reference pages: worked out from schema, notebooks and plans, so that they cannot say something else than these."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from agenda import (
    BREAK,
    LENGTHS,
    LUNCH,
    MOST,
    PARTNERS,
    TALKED_BEFORE,
    Session,
    agenda,
    break_for,
    clock,
    days,
    from_clock,
    halves,
    longer,
    sessions,
    work,
)
from book import INDEX, ROOT, Book, Built
from partnering.schema.choices import Choice
from partnering.schema.kinds import Kind
from partnering.schema.tables import STOPS, TABLES
from plan import GOOD
from reference import about, exercises, plans_of, told, who_sees
from session_plan import plans_in

SEVEN = [Session(str(number), name, 90, 45) for number, name, _question in STOPS]
OUTSIDE = re.compile(r"\]\((https?://[^\s)]+)\)|<(https?://[^>\s]+)>")


def soup(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup(built.page(name), "html.parser")


def rows(table) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


def as_typed(text: str) -> str:
    """Text of a page with the signs that were typed, in place of the typographic ones."""
    return text.replace("’", "'").replace("…", "...")


# ------------------------------------------------------------------ tables


@pytest.fixture(scope="module")
def tables(small_book: Callable[[str], Book]) -> BeautifulSoup:
    """The page of all tables."""
    built = small_book("tables").page("a", "# A\n\n```{tables}\n```\n").build()
    assert built.code == 0, built.said
    return soup(built, "a")


def test_every_table_has_its_place_in_the_order_of_the_tour(tables):
    """The tick that ends every form stands last in a workbook, and here with what all stops use."""
    in_order = sorted(TABLES.values(), key=lambda table: table.stop)
    assert [part["id"].removeprefix("table-") for part in tables.select("section[id^=table-]")] == [
        table.name.replace("_", "-") for table in in_order
    ]
    stops = [table.stop for table in TABLES.values() if table.name != "consents"]
    assert stops == sorted(stops)


def test_every_column_is_on_the_page_with_its_name_what_goes_in_and_its_help(tables):
    for table in TABLES.values():
        place = tables.select_one(f"#table-{table.name.replace('_', '-')}")
        assert as_typed(" ".join(place.p.get_text().split())) == " ".join(table.help.split())
        grid = place.select_one("table.page-cards")
        assert grid.caption.get_text(strip=True).rstrip("#") == f"{table.label}: the columns"
        assert [row.th.code.get_text() for row in grid.select("tbody tr")] == list(table.by_name)
        for column, row in zip(table.columns, rows(grid), strict=True):
            where = table.name, column.name
            assert as_typed(row[0]).startswith(as_typed(column.label)), where
            assert ("(full form)" in row[0]) is not column.core, where
            assert row[1] and as_typed(row[3]) == " ".join(column.help.split()), where


def test_what_each_word_means_is_told_once(tables):
    text = [
        as_typed(" ".join(cell.get_text().split())) for cell in tables.select("table.page-words td")
    ]
    kinds = {
        id(column.kind): column.kind
        for table in TABLES.values()
        for column in table.columns
        if isinstance(column.kind, Choice)
    }
    for meaning in (word.means for kind in kinds.values() for word in kind.words if word.means):
        assert text.count(meaning) == sum(
            word.means == meaning for kind in kinds.values() for word in kind.words
        )


def test_there_are_words_for_whatever_goes_into_a_column():
    for table in TABLES.values():
        for column in table.columns:
            said, where = told(column.kind), (table.name, column.name)
            assert said.endswith(".") and "{" not in said, where
            if isinstance(column.kind, Choice):
                assert all(word in said for word in column.kind.everything), where


def test_a_kind_of_column_without_words_stops_the_build():
    class Colour(Kind):
        pass

    with pytest.raises(TypeError, match="Colour"):
        told(Colour())


def test_who_may_see_a_column_follows_the_schema():
    def said(table, column):
        return who_sees(TABLES[table].by_name[column], TABLES[table])

    assert said("positions", "in_a_few_words") == "the facilitator"
    assert said("house_answers", "as_agreed") == "that partner alone"
    assert said("objectives", "text") == "the room"
    assert (
        said("positions", "stance")
        == "the room; *cannot accept it* only where the line is marked *room*"
    )


def test_what_is_said_about_a_table_follows_the_schema():
    assert about(TABLES["positions"]).startswith(
        "Core. Asked at every moment. Each partner fills in up to 6 lines."
    )
    assert "Asked once the partnership is working together, in difficulty" in about(
        TABLES["promises"]
    )
    assert "Full form, if you wish." in about(TABLES["capabilities"])
    assert "Comes filled in" in about(TABLES["protocol"])
    assert "no other partner" in about(TABLES["house_answers"])
    assert "Filled in together." in about(TABLES["decisions"])


def test_translators_are_given_each_sentence_of_the_tables_and_no_names_of_files(book: Book):
    book.page("a", "# A\n\n```{tables}\n```\n")
    text = (book.also("gettext") / "a.pot").read_text(encoding="utf-8")
    assert 'msgid "As numbered on the wall."' in text and 'msgid "Who may open the file"' in text
    assert 'msgid "how_likely"' not in text and 'msgid "`how_likely`"' not in text


# ------------------------------------------------------------------ exercises


def with_plans(book: Book) -> Book:
    """Stop 3 with one plan, stop 4 with two, in an order that no alphabet gives, and a bad one."""
    guide = book.place / "guide"
    (guide / "plans").mkdir(parents=True)
    for stem, minutes in (("3-risk", 30), ("4-conflict", 40), ("4-practices", 50)):
        plan = GOOD | {
            "title": stem,
            "full": minutes,
            "steps": [GOOD["steps"][0] | {"for": minutes}],
            "held": {
                "replaces": ["Open"],
                "before": "White cards.",
                "rows": [{"from": 0, "to": minutes, "do": "Wait.", "say": "“I read.”"}],
            },
        }
        del plan["more_partners"]
        (guide / "plans" / f"{stem}.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    (guide / "plans" / "5-bad.yaml").write_text("title: [", encoding="utf-8")
    book.page("guide/3-risk", "# Stop 3\n")
    book.page(
        "guide/4-how",
        "# Stop 4\n\n```{session-plan} plans/4-practices.yaml\n```\n\n```{session-plan} "
        "plans/4-conflict.yaml\n```\n",
    )
    return book.page("index", INDEX.format(folders="*\nguide/*"))


def with_notebooks(book: Book) -> Book:
    """Two notebooks for each stop, which their chapters list in an order that no alphabet gives."""
    book.page("guide/tour", "# Tour\n").page(
        "index", INDEX.format(folders="*\nguide/*\nexercises/0-start")
    )
    for page, names in (
        ("guide/3-risk", ("3-views", "3-sharing")),
        ("guide/4-how", ("4-practices", "4-conflict")),
    ):
        chapter = book.place / f"{page}.md"
        listed = "\n".join(f"../exercises/{name}" for name in names)
        chapter.write_text(
            chapter.read_text(encoding="utf-8") + f"\n```{{toctree}}\n{listed}\n```\n",
            encoding="utf-8",
        )
    for name in ("0-start", "3-sharing", "3-views", "4-conflict", "4-practices"):
        path = book.notebook(name, "1 + 1").place / "exercises" / f"{name}.ipynb"
        made = json.loads(path.read_text(encoding="utf-8"))
        made["cells"] = [
            made["cells"][0] | {"source": [f"# Title of {name}\n", "\n", f"**What about {name}?**"]}
        ]
        path.write_text(json.dumps(made), encoding="utf-8")
    return book


def test_exercises_come_in_the_order_of_their_chapters_with_the_minutes_of_their_plans(book: Book):
    built = with_notebooks(with_plans(book)).page("a", "# A\n\n```{exercises}\n```\n").build()
    assert built.code == 0, built.said
    assert rows(soup(built, "a").select_one("table.page-cards")) == [
        [
            "Title of 0-start",
            "What about 0-start?",
            "Tour",
            "as long as you like",
            "as long as you like",
        ],
        ["Title of 3-views", "What about 3-views?", "Stop 3", "30", "10"],
        ["Title of 3-sharing", "What about 3-sharing?", "Stop 3", "30", "10"],
        ["Title of 4-practices", "What about 4-practices?", "Stop 4", "50", "10"],
        ["Title of 4-conflict", "What about 4-conflict?", "Stop 4", "40", "10"],
    ]


def test_every_exercise_of_the_handbook_has_a_title_a_question_and_a_place():
    found = exercises(ROOT)
    assert {name for name, _title, _question in found} == {
        path.stem for path in (ROOT / "exercises").glob("*.ipynb")
    }
    assert all(title != name and question for name, title, question in found)
    plans = plans_in(ROOT / "guide")
    assert all(plans_of(name, plans) for name, _title, _question in found if name[0] != "0")


# ------------------------------------------------------------------ agendas


def lines(parts) -> list[str]:
    return [f"{clock(9 * 60 + part.start)} {part.minutes} {part.what}" for part in parts]


def test_half_a_day_by_hand():
    assert lines(agenda(SEVEN, 240)) == [
        "9:00 15 Opening",
        "9:15 90 Purpose",
        "10:45 20 Break",
        "11:05 90 Value",
        "12:35 15 Closing",
    ]


def test_a_day_with_interpretation_by_hand():
    """90 minutes become 135, 15 become 23 and then 25; lunch comes where the next session would end after one o'clock."""
    assert lines(agenda(SEVEN, 420, interpreted=True)) == [
        "9:00 25 Opening",
        "9:25 135 Purpose",
        "11:40 60 Lunch",
        "12:40 135 Value",
        "14:55 25 Closing",
    ]


@pytest.mark.parametrize(
    ("minutes", "asked"), [(90, 135), (45, 70), (15, 25), (60, 90), (30, 45), (1, 5)]
)
def test_interpretation_takes_half_as_much_time_again_up_to_five_minutes(minutes, asked):
    assert longer(minutes, True) == asked and longer(minutes, False) == minutes


@given(
    st.lists(st.integers(5, 150), max_size=9),
    st.integers(0, 1440),
    st.sampled_from(("full", "short")),
    st.booleans(),
)
def test_an_agenda_has_no_gaps_ends_in_time_and_is_never_the_whole_tour(
    lengths, minutes, form, interpreted
):
    offered = [
        Session(str(place), str(place), length, length // 2 + 1)
        for place, length in enumerate(lengths)
    ]
    parts = agenda(offered, minutes, form, interpreted)
    now = 0
    for part in parts:
        assert part.start == now
        now += part.minutes
    assert now <= minutes
    taken = [part.session for part in parts if part.session]
    assert taken == offered[: len(taken)] and len(taken) <= MOST < len(STOPS)
    if parts:
        pauses = [part.minutes for part in parts[1:-1] if not part.session]
        assert (
            len(pauses) == len(taken) - 1
            and set(pauses) <= {BREAK, LUNCH}
            and pauses.count(LUNCH) <= 1
        )


def test_all_sessions_take_as_many_days_as_it_takes():
    assert days(SEVEN, "full", False) == 3  # 3, 3, 1
    assert days(SEVEN, "full", True) == 4  # 2, 2, 2, 1
    assert days([Session("1", "Endless", 600, 600)], "full", False) is None
    assert days([], "full", False) == 0


@pytest.mark.parametrize("text", ["nine", "25:00", "9:75", "9", ""])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="a time such as"):
        from_clock(text)


def test_times_are_read_and_told():
    assert [from_clock(text) for text in ("9:00", "13.30")] == [540, 810]
    assert clock(545) == "9:05"


def test_an_agenda_on_a_page_begins_where_and_when_it_is_asked_to(book: Book):
    built = (
        with_plans(book)
        .page(
            "a",
            "# A\n\n```{agenda} half-day\n:start: 13:30\n:from: 4\n:interpreted:\n```\n\n"
            "```{agenda} overview\n```\n",
        )
        .build()
    )
    assert built.code == 0, built.said
    tables = soup(built, "a").select("table.plan-table")
    assert tables[0].caption.get_text().startswith("A half day, with interpretation")
    assert rows(tables[0]) == [
        ["13:30", "13:55", "25", "Opening"],
        ["13:55", "15:10", "75", "Stop 4, Principles: 4-practices"],
        ["15:10", "15:30", "20", "Break"],
        ["15:30", "16:30", "60", "Stop 4, Principles: 4-conflict"],
        ["16:30", "16:55", "25", "Closing"],
    ]
    assert rows(tables[1])[0] == ["Stop 3, Risk: 3-risk", "30", "10", "45", "15"]
    assert rows(tables[2])[0] == ["In full", "3 sessions", "3 sessions", "1 day"]


def test_agendas_that_cannot_be_made_stop_the_build_each_with_its_sentence(book: Book):
    wrong = {
        "week\n": "there is no agenda for “week”; there are: half-day, day, overview, preparation",
        "day\n:from: 9\n": "no session plan of stop “9”; there are: 3, 4",
        "day\n:start: noon\n": "a time such as 9:00, not “noon”",
        "day\n:form: tiny\n": '"tiny" unknown; choose from "full", or "short"',
    }
    built = (
        with_plans(book)
        .page("a", "# A\n\n" + "\n\n".join(f"```{{agenda}} {text}```" for text in wrong))
        .build()
    )
    assert built.code != 0 and built.said.count("a.md") >= len(wrong)
    for sentence in wrong.values():
        assert sentence in built.said


def test_all_sessions_with_what_comes_before_and_after_by_hand():
    """Two sessions, three partners: one first talk and one more with each, two hours of papers."""
    offered = [Session("2", "Value", 90, 45, "2-value"), Session("3", "Risk", 60, 30, "3-risk")]
    whole = work(offered, 3)
    assert (whole.talks, whole.papers, whole.afterwards) == (3 * (45 + 20), 120, 2 * (45 + 30))
    assert whole.outside == 195 + 120 + 150 and whole.room == 150
    assert whole.half_days == 3  # 615 minutes are more than one day of seven hours
    # before the second of these a message is enough
    assert work(offered[::-1], 3).talks == 3 * 45
    assert work([], 3).half_days == 0


def test_half_hours_and_half_days_are_told_as_people_write_them():
    assert [halves(count) for count in (0, 1, 2, 15)] == ["0", "½", "1", "7½"]


@pytest.mark.parametrize("partners", PARTNERS)
def test_a_break_is_long_enough_to_read_the_forms_to_ask_everybody_and_to_check(partners):
    seconds = partners * (20 + 90) + 90
    assert break_for(partners) * 60 >= seconds


def test_private_talks_come_before_sessions_that_there_are():
    assert set(TALKED_BEFORE) <= {session.name for session in sessions(ROOT / "guide")}


def test_the_preparation_is_shown_for_two_to_nine_partners(book: Book):
    built = with_plans(book).page("a", "# A\n\n```{agenda} preparation\n```\n").build()
    assert built.code == 0, built.said
    table = soup(built, "a").select_one("table.plan-table")
    assert "with 2 hours in the room" in table.caption.get_text()
    shown = rows(table)
    assert [row[0] for row in shown] == ["2", "3", "4", "5", "6", "7", "8", "9"]
    # talks 2 x 45; papers 3 x 60; afterwards 3 x (45 + 20); with 120 in the room 585 minutes
    assert shown[0] == ["2", "1½", "3", "3½", "8", "1½", "12"]


def test_no_day_of_the_handbook_is_longer_than_people_can_be_asked_to_come_for():
    assert [minutes / 60 for _label, minutes in LENGTHS.values()] == [4, 7]


# ------------------------------------------------------------------ what ran


def test_what_ran_is_listed_with_versions_and_seconds_apart_and_again_after_a_change(book: Book):
    (book.place / "requirements.txt").write_text(
        "# needed\npandas>=3,<4\n\nnot-a-package\n", encoding="utf-8"
    )
    book.with_exercises().page("a", "# A\n\n```{built}\n```\n").notebook("1-one", "1 + 1")
    built = book.build(SOURCE_DATE_EPOCH="86400")
    assert built.code == 0, built.said
    versions, ran, seconds = soup(built, "a").select("table.page-words")
    assert [row[0] for row in rows(versions)] == ["Python", "pandas", "not-a-package"]
    assert (
        re.fullmatch(r"3\.\d+\.\d+", rows(versions)[0][1])
        and rows(versions)[2][1] == "not installed"
    )
    assert rows(ran) == [["1-one", "ran to the end"]]
    assert "made on 1970-01-02" in soup(built, "a").article.get_text()
    assert re.fullmatch(r"\d+\.\d", rows(seconds)[0][1])
    later = book.notebook("2-two", "2 + 2").page("b", "# B\n").build(fresh=False)
    assert [row[0] for row in rows(soup(later, "a").select("table.page-words")[1])] == [
        "1-one",
        "2-two",
    ]


def test_other_books_than_pages_are_told_what_ran(book: Book):
    book.with_exercises().page("a", "# A\n\n```{built}\n```\n").notebook("1-one", "1 + 1")
    assert "ran to the end" in (book.also("text") / "a.txt").read_text(encoding="utf-8")
    assert not re.search(
        r"\d{4}-\d{2}-\d{2} \(UTC\)", (book.also("gettext") / "a.pot").read_text(encoding="utf-8")
    )


# ------------------------------------------------------------------ sources, and the way to every page


def links(path: Path) -> set[str]:
    text = " ".join(path.read_text(encoding="utf-8").split())
    return {one or other for one, other in OUTSIDE.findall(text)}


def test_every_source_on_a_page_stands_in_the_list_of_sources():
    listed = links(ROOT / "guide" / "reference" / "sources.md")
    guide = ROOT / "guide"
    for page in (ROOT / "index.md", *guide.rglob("*.md"), *guide.rglob("*.yaml")):
        assert links(page) - listed == set(), page


def test_every_source_in_the_list_is_used_on_a_page():
    guide = ROOT / "guide"
    pages = [ROOT / "index.md", *guide.rglob("*.md"), *guide.rglob("*.yaml")]
    used = [links(page) for page in pages if page.stem != "sources"]
    assert links(guide / "reference" / "sources.md") - set().union(*used) == set()


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "guide").rglob("*.*")) if path.suffix in (".md", ".yaml")],
    ids=lambda path: path.stem,
)
def test_a_link_to_the_list_of_insights_says_so(path):
    """The guided tour itself is not at the address that it names."""
    text = " ".join(path.read_text(encoding="utf-8").split())
    address = re.escape("https://www.gmentor.org/facilitation-and-partnership-brokering")
    assert all("Insights" in said for said in re.findall(rf"\[([^\]]*)\]\({address}\)", text))


def test_no_page_leads_to_a_copy_of_a_document_that_is_not_its_publishers():
    mirrors = re.compile(r"vdocument|scribd|studylib|fdocuments|docslib|yumpu|fliphtml")
    guide = ROOT / "guide"
    for page in (
        ROOT / "index.md",
        ROOT / "README.md",
        *guide.rglob("*.md"),
        *guide.rglob("*.yaml"),
    ):
        assert [link for link in links(page) if mirrors.search(link)] == [], page


def test_no_source_is_listed_twice():
    text = " ".join(
        (ROOT / "guide" / "reference" / "sources.md").read_text(encoding="utf-8").split()
    )
    found = [one or other for one, other in OUTSIDE.findall(text)]
    assert sorted(found) == sorted(set(found))


@pytest.fixture(scope="session")
def read(site: Built) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(site.html).as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in site.html.rglob("*.html")
        if "_static" not in path.parts
    }


def test_every_page_is_at_most_three_clicks_from_the_way_in_without_the_contents_at_the_side(
    site, read
):
    clicks, waiting = {"index.html": 0}, deque(["index.html"])
    while waiting:
        name = waiting.popleft()
        for link in read[name].select("article.bd-article a[href]"):
            parts = urlsplit(link["href"])
            if parts.scheme or parts.netloc or not parts.path.endswith(".html"):
                continue
            there = (
                ((site.html / name).parent / unquote(parts.path))
                .resolve()
                .relative_to(site.html.resolve())
                .as_posix()
            )
            if there not in clicks:
                clicks[there] = clicks[name] + 1
                waiting.append(there)
    far = {name for name in read if clicks.get(name, 9) > 3} - {"search.html"}
    assert far == set()


def test_whatever_opens_and_closes_says_what_it_is(read):
    nameless = [
        name
        for name, page in read.items()
        for toggle in page.select("summary")
        if not (toggle.get_text(strip=True) or toggle.get("aria-label"))
    ]
    assert nameless == []


def test_the_contents_at_the_side_name_every_part_and_open_only_the_one_that_is_read(read):
    for name in ("guide/glossary.html", "guide/facilitating/rhythm.html"):
        side = read[name].select_one(".tour-nav")
        assert len(side.select("li.toctree-l1")) == len(
            read["index.html"].select(".tour-nav li.toctree-l1")
        )
        assert all("current" in part.parent["class"] for part in side.select("li.toctree-l1 > ul"))
    assert (
        "Confidentiality"
        in read["guide/facilitating/rhythm.html"].select_one(".tour-nav").get_text()
    )
