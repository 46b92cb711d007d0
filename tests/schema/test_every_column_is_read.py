"""What is asked is used: every column of the schema changes what some result or draft says.

A column counts as read where another answer in it changes what a result or a draft says to the
facilitator, who sees everything. Asking and repeating do not count: every form asks for its columns,
and a partner's own report repeats its own rows as typed.
"""

import importlib
import inspect
import io
import pkgutil
import re
import zipfile
from collections.abc import Callable, ItemsView, Iterator

import pandas as pd
import pytest

import partnering.stops
from examples import example
from filled import PARTNERS, filled, filled_house, with_others
from partnering.documents import drafts, report
from partnering.partnership import Partnership, house
from partnering.results import Result
from partnering.schema.tables import TABLES

Place = tuple[str, str]  # a table and a column
Says = Callable[[Partnership], str]

# Read, but not for what an answer says.
BY_THE_HANDBOOK = {
    ("partnership", "title"): "the title of every report and form",
    ("partnership", "threshold"): "the smallest group of voices that is shown",
    ("partnership", "format"): "whether the files fit this handbook",
    **{
        ("consents", name): "whether these ticks may stand on the wall"
        for name in TABLES["consents"].by_name
    },
    **{
        (name, "share"): "who may see the row" for name in TABLES if "share" in TABLES[name].by_name
    },
}
# Asked, and read by no result and no draft: what is written there is for people.
OWN = "in the partner's own report as typed, and in the facilitator's grid"
GRID = "in the facilitator's grid alone"
UNREAD = {
    ("partnership", "language"): GRID,
    ("partners", "note"): f"the facilitator's own note: {GRID}",
    ("positions", "in_a_few_words"): OWN,
    ("value_lines", "kind"): f"added afterwards, by the facilitator: {OWN}",
    ("value_lines", "money_low"): f"money is never added up or compared: {OWN}",
    ("value_lines", "money_high"): f"money is never added up or compared: {OWN}",
    ("value_lines", "currency"): OWN,
    ("value_lines", "how_we_will_see_it"): OWN,
    ("risks", "what_we_would_gain"): "in the grid, beside the risk",
    ("risk_views", "in_a_few_words"): OWN,
    ("behaviour_views", "example"): OWN,
    ("principles", "importance"): OWN,
    ("principles", "today"): OWN,
}
# For each stop the module that most probably reads its tables.
FIRST = (
    "start",
    "purpose",
    "value",
    "risk",
    "principles",
    "agreement",
    "relationship",
    "coherence",
)


RESULTS = ("Result", "ResultTable", "Figure", "Several")


# ---------------------------------------------------------------- what is said of a partnership


def results_of(thing: str) -> Iterator[Callable[..., Result]]:
    """Every public function of the stops that makes a result of one thing."""
    for module in pkgutil.iter_modules(partnering.stops.__path__):
        found = importlib.import_module(f"partnering.stops.{module.name}")
        for name, function in inspect.getmembers(found, inspect.isfunction):
            parameters = inspect.signature(function).parameters.values()
            needed = [some.annotation for some in parameters if some.default is some.empty]
            makes_one = needed == [thing] and function.__annotations__.get("return") in RESULTS
            if makes_one and function.__module__ == found.__name__ and not name.startswith("_"):
                yield function


def words_of(docx: bytes | None) -> str:
    """What stands in a Word file."""
    if docx is None:
        return ""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode("utf-8"))


def of_partnership() -> dict[str, Says]:
    """What every result and draft says, by its name; the drafts last."""
    found: dict[str, Says] = {}
    for make in results_of("Partnership"):
        found[f"{make.__module__}.{make.__name__}"] = lambda p, make=make: make(p).plain()
    found["the agreement"] = lambda p: words_of(drafts.partnership_agreement(p))
    found["the points for the grant agreement"] = lambda p: words_of(drafts.grant_points(p))
    return found


def of_house() -> dict[str, Says]:
    """What every result of a house says, by its name."""
    return {
        make.__name__: lambda p, make=make: make(house.of(p)).plain()
        for make in results_of("House")
    }


class Looked(dict):
    """The tables of a partnership, and the names of those that were looked at."""

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        super().__init__(tables)
        self.at: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.at.add(name)
        return super().__getitem__(name)

    def items(self) -> ItemsView[str, pd.DataFrame]:
        self.at |= set(self)
        return super().items()


class Sample:
    """A partnership, what results and drafts say of it as it was typed, and which tables they read."""

    def __init__(self, p: Partnership, says: dict[str, Says]) -> None:
        self.p, self.says = p, says
        self.said: dict[str, str] = {}
        self.reads: dict[str, set[str]] = {}
        for name, say in says.items():
            p.tables = looked = Looked(p.tables)
            self.said[name], self.reads[name] = say(p), looked.at

    def reader_of(self, place: Place) -> str:
        """As `reader`, asked of those alone that look at the table of a column."""
        first = f"partnering.stops.{FIRST[TABLES[place[0]].stop]}."
        names = [name for name, tables in self.reads.items() if place[0] in tables]
        names.sort(key=lambda name: not name.startswith(first))
        return self._first_of(names, place)

    def reader(self, *places: Place) -> str:
        """The first result or draft that another answer in some columns changes, "" for none."""
        return self._first_of(list(self.says), *places)

    def _first_of(self, names: list[str], *places: Place) -> str:
        typed = {table: self.p.sheets.get(table) for table, _ in places}
        for step in (1, 2, 0):
            others: dict[str, pd.DataFrame] = {}
            for table, column in places:
                sheet = others.get(table, self.p.sheets.get(table))
                other = with_others(sheet, table, column, step)
                others |= {} if other is None else {table: other}
            self.p.take(others)
            found = next((name for name in names if self.says[name](self.p) != self.said[name]), "")
            self.p.take(typed)
            if found:
                return found
        return ""


@pytest.fixture(scope="module")
def full() -> Sample:
    return Sample(filled(3), of_partnership())


@pytest.fixture(scope="module")
def worked() -> Sample:
    return Sample(example("shade-under-way"), of_partnership())


@pytest.fixture(scope="module")
def inside() -> Sample:
    return Sample(filled_house(3), of_house())


def asked(table: str) -> list[Place]:
    """The columns of a table but those that name its rows, without which nothing can be said."""
    found = [(table, column) for column in TABLES[table].by_name]
    return [place for place in found if place[1] not in TABLES[table].key]


# ---------------------------------------------------------------- the promise


@pytest.mark.laws
@pytest.mark.parametrize("table", [name for name in TABLES if not name.startswith("house_")])
def test_every_column_is_read_by_a_result_or_a_draft(full, worked, table):
    expected = [place for place in asked(table) if place not in {**BY_THE_HANDBOOK, **UNREAD}]
    unread = [p for p in expected if not (full.reader_of(p) or worked.reader_of(p))]
    assert unread == []


def test_every_column_inside_a_house_is_read_by_a_result_of_the_house(inside):
    places = [*asked("house_questions"), *asked("house_answers")]
    assert [place for place in places if not inside.reader_of(place)] == []


@pytest.mark.laws
def test_what_is_listed_as_unread_is_read_by_no_result_and_no_draft(full, worked):
    for sample in (full, worked):
        assert sample.reader(*UNREAD) == ""


def test_the_lists_name_columns_that_are_there():
    known = {(name, column) for name, table in TABLES.items() for column in table.by_name}
    assert {*BY_THE_HANDBOOK, *UNREAD} <= known


@pytest.mark.laws
def test_what_is_said_to_stand_in_a_partners_own_report_stands_there(full):
    def own_page(p: Partnership) -> str:
        nothing = report.Report("", "", ())
        page, *_ = report.for_partner(p, PARTNERS[0], joint=nothing).pages
        return "\n".join(result.plain() for result in page.results)

    said = Sample(full.p, {"own": own_page})
    own = {place for place in UNREAD if said.reader(place)}
    assert own == {place for place, why in UNREAD.items() if OWN in why}
