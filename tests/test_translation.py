"""Everything people read can be translated, and files keep the English words."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from making import partnership, views
from partnering import language
from partnering.schema import lists
from partnering.schema.kinds import Choice, Text
from partnering.schema.tables import STOPS, TABLES
from partnering.stops import risk

PACKAGE = Path(language.__file__).parent
KEYWORDS = {"tr": None, "mark": None, "_": None, "trn": (1, 2)}
METHODS = [("**.py", "python"), ("schema/lists/*.csv", "partnering.schema.lists:messages")]


@pytest.fixture(scope="module")
def messages():
    """Every sentence that Babel finds."""
    found = set()
    for _, _, message, _, _ in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        found |= set(message) if isinstance(message, tuple) else {message}
    return found


def test_labels_helps_and_words_of_the_schema_can_be_translated(messages):
    told = {text for _, name, question in STOPS for text in (name, question)}
    for table in TABLES.values():
        told |= {table.label, table.help}
        for column in table.columns:
            told |= {column.label, column.help}
            if isinstance(column.kind, Choice):
                told |= {*column.kind.everything, *(word.means for word in column.kind.words)}
    assert told - messages - {""} == set()


def test_the_shipped_rows_can_be_translated(messages):
    for name, sheet in lists.sheets().items():
        texts = [column.name for column in TABLES[name].columns if isinstance(column.kind, Text)]
        assert {cell for column in texts for cell in sheet[column]} - messages - {""} == set(), name


@pytest.fixture
def spanish(tmp_path, monkeypatch):
    """A room that speaks some Spanish."""
    catalogue = Catalog(locale="es", domain="partnering")
    for english, spanish_ in (
        ("likely", "es probable"),
        ("hurts us", "nos hace daño"),
        ("Gravest for", "Más grave para"),
        ("Risk", "Riesgo"),
        ("nobody", "nadie"),
    ):
        catalogue.add(english, spanish_)
    place = tmp_path / "es" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "partnering.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(language, "_LOCALES", tmp_path)
    language.speak("es")
    yield
    language.speak("en")


def test_a_room_that_speaks_another_language_types_its_words_sees_its_words_and_files_keep_the_english(
    spanish,
):
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "una crecida")],
        risk_views=[
            ("ANA", "", "R1", "Es probable", "nos hace daño"),
            *views("BEN", {"R1": "l/h"}),
        ],
    )
    assert not p.problems
    table = risk.risk_table(p).data.iloc[0]
    assert table["ANA"] == "es probable · nos hace daño"
    assert table["Más grave para"] == "ANA, BEN"
    assert p.to_write()["risk_views"]["how_likely"].tolist() == ["likely", "likely"]


def test_what_is_not_translated_stays_english(spanish):
    assert language.tr("How each of us sees it") == "How each of us sees it"
