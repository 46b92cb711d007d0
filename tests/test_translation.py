"""Everything people read can be translated, and files keep the English words."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo

from making import partnership, views
from partnering import language
from partnering.schema import lists, scales
from partnering.schema.choices import Choice
from partnering.schema.kinds import CANNOT_SAY, Text
from partnering.schema.tables import STOPS, TABLES
from partnering.stops import coherence, risk, value

PACKAGE = Path(language.__file__).parent
CONFIG = (PACKAGE / "locale" / "babel.cfg").read_text(encoding="utf-8")
KEYWORDS = parse_keywords(re.findall(r"-k (\S+)", CONFIG))
METHODS = [("**.py", "python"), ("schema/lists/*.csv", "partnering.schema.lists:messages")]


@pytest.fixture(scope="module")
def messages():
    """Every sentence that Babel finds, and every one within its context."""
    found = set()
    for _, _, message, _, context in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        found |= set(message) if isinstance(message, tuple) else {message}
        found |= {(context, message)} if context else set()
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


def test_a_word_of_several_scales_is_translated_within_each(messages):
    used = defaultdict(set)
    for kind in vars(scales).values():
        for word in kind.words if isinstance(kind, Choice) else ():
            used[word.text].add((getattr(word.text, "context", ""), word.text))
    for word, contexts in used.items():
        several = sum(
            word in kind.texts for kind in vars(scales).values() if isinstance(kind, Choice)
        )
        assert several == 1 or word == CANNOT_SAY or len(contexts) == several, word
        assert {each for each in contexts if each[0]} <= messages


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
        ("harms us", "nos hace daño"),
        ("Most serious for", "Más grave para"),
        ("Risk", "Riesgo"),
        ("nobody", "nadie"),
    ):
        catalogue.add(english, spanish_)
    for english, spanish_, context in (
        ("yes", "vale la pena", "worth"),
        ("yes", "está al tanto", "knows"),
        ("Type", "Clase de riesgo", "risks"),
    ):
        catalogue.add(english, spanish_, context=context)
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


def test_one_english_word_is_said_in_two_ways_where_it_means_two_things(spanish):
    p = partnership(
        "ANA BEN",
        worth=[("ANA", "vale la pena"), ("BEN", "yes")],
        contacts=[("ANA", "caja", "BEN", "", "", "", "está al tanto")],
    )
    assert not p.problems
    shown = value.worth(p).data
    assert shown.iloc[:, 1].tolist() == ["vale la pena", "vale la pena"]
    assert "está al tanto" in coherence.who_turns_to_you(p).data.to_numpy()
    assert language.tr(TABLES["risks"].by_name["type"].label) == "Clase de riesgo"
    assert language.tr(TABLES["partners"].by_name["kind"].label) == "Type"
    assert p.to_write()["worth"]["worth_it"].tolist() == ["yes", "yes"]
