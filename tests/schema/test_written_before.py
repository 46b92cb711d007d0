"""Files and forms with the words and headings of before are read.

`written_before.json` holds them once: the labels of tables and columns by their names, and for each
column the words that could be ticked, with the word of today.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from partnering.exchange import merge
from partnering.schema import lists
from partnering.schema.choices import Choice, Ticks
from partnering.schema.columns import Column, Table
from partnering.schema.days import Date, Remembered
from partnering.schema.kinds import Code, Ref, Text
from partnering.schema.numbers import Amount, Whole
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import folder, sheets, workbook

BEFORE = json.loads(Path(__file__).with_name("written_before.json").read_text(encoding="utf-8"))
WORDS = [
    (where, old, new) for where, words in BEFORE["words"].items() for old, new in words.items()
]
SHARED = {name: TABLES[name] for name in BEFORE["tables"] if not TABLES[name].private}


def kind_of(where: str) -> Choice | Ref | Text:
    table, column = where.split(".")
    kind = TABLES[table].by_name[column].kind
    assert isinstance(kind, (Choice, Ref, Text))
    return kind


@pytest.mark.parametrize(("where", "old", "new"), WORDS)
def test_a_word_of_before_is_read_as_the_word_of_today(where, old, new):
    kind = kind_of(where)
    if isinstance(kind, Ref):
        assert kind.ways[plain(old)] == new and (new in kind.also or kind.table == "topics")
    elif isinstance(kind, Text):
        table, column = where.split(".")
        assert kind.read(f" {old.upper()}") == new and new in set(lists.sheets()[table][column])
    else:
        assert new in kind.everything and kind.read(f" {old.upper()}") == new


def test_the_same_old_word_is_read_by_its_column():
    views = TABLES["risk_views"]
    assert views.by_name["how_likely"].kind.read("hardly") == "not likely"
    assert views.by_name["how_hard_on_us"].kind.read("hardly") == "little effect"


@pytest.mark.parametrize("name", BEFORE["columns"])
def test_a_heading_of_before_stands_over_the_same_column(name):
    for column, label in BEFORE["columns"][name].items():
        assert TABLES[name].headers[plain(label)] == column


@pytest.mark.parametrize("name", BEFORE["tables"])
def test_a_sheet_called_as_before_is_the_same_table(name):
    assert sheets.table_named(BEFORE["tables"][name]) is TABLES[name]


# ---------------------------------------------------------------- whole files


def cells_of(table: Table, column: Column) -> Iterator[str]:
    """What stands in a column, line after line: its old words, or what makes the line complete."""
    kind, where = column.kind, f"{table.name}.{column.name}"
    if where in BEFORE["words"]:
        yield from cycle(BEFORE["words"][where])
    elif isinstance(kind, Ref):
        target = TABLES[kind.table]
        yield from cycle(islice(cells_of(target, target.by_name[target.key[0]]), rows_of(target)))
    elif isinstance(kind, Code):
        yield from (f"{kind.prefix or 'X'}{at}" for at in range(1, 99))
    elif isinstance(kind, Text):
        yield from (f"words {at}" for at in range(1, 99))
    elif isinstance(kind, (Date, Remembered)):
        yield from cycle(["2026-11-30"])
    elif isinstance(kind, Whole):
        yield from cycle([str(kind.low)])
    else:
        assert isinstance(kind, Amount)
        yield from cycle(["5"])


def rows_of(table: Table) -> int:
    """How many lines it takes until every old word of a table stands somewhere."""
    words = [
        words for where, words in BEFORE["words"].items() if where.startswith(f"{table.name}.")
    ]
    return 1 if table.upright else max(map(len, words), default=1)


def as_before(table: Table) -> pd.DataFrame:
    """A sheet of before: every old heading, and below them every old word."""
    columns = [
        list(islice(cells_of(table, table.by_name[name]), rows_of(table)))
        for name in BEFORE["columns"][table.name]
    ]
    heads = list(BEFORE["columns"][table.name].values())
    return pd.DataFrame(dict(enumerate(columns))).set_axis(heads, axis="columns")


def in_a_folder(place: Path) -> Path:
    place.mkdir()
    for name, table in SHARED.items():
        as_before(table).to_csv(place / f"{name}.csv", index=False, encoding="utf-8")
    return place


def in_a_workbook(place: Path) -> Path:
    made = xlsxwriter.Workbook(place.with_suffix(".xlsx"))
    for name, table in SHARED.items():
        page, sheet = (
            made.add_worksheet(BEFORE["tables"][name][:31].replace("?", "")),
            as_before(table),
        )
        for down, row in enumerate([list(sheet), *sheet.to_numpy().tolist()]):
            page.write_row(down, 0, row)
    made.close()
    return place.with_suffix(".xlsx")


@pytest.mark.parametrize(
    ("write", "read"), [(in_a_folder, folder.read), (in_a_workbook, workbook.read)]
)
def test_whole_files_of_before_are_read_without_a_question(tmp_path, write, read):
    p = read(write(tmp_path / "before"))
    assert [str(problem) for problem in p.problems] == []
    for where, words in BEFORE["words"].items():
        name, column = where.split(".")
        if name not in SHARED or SHARED[name].upright:
            continue
        found = list(p[name][column].astype("object"))
        expected = list(islice(cycle(words.values()), len(found)))
        if isinstance(kind_of(where), Ticks):
            assert set(found) == set(words.values())
        else:
            assert found == expected, where


def test_what_partners_send_back_with_old_headings_and_words_is_merged(tmp_path):
    in_a_workbook(tmp_path / "back")
    merged = merge.read(tmp_path).partnership
    assert [str(problem) for problem in merged.problems] == []
    for where in ("risk_views.how_hard_on_us", "value_lines.we", "rights.right", "clauses.topic"):
        name, column = where.split(".")
        assert set(merged[name][column].dropna()) == set(BEFORE["words"][where].values())


@pytest.mark.parametrize("name", ["protocol", "rehearsals", "behaviours"])
def test_a_list_that_nobody_has_made_theirs_is_a_proposal_in_the_words_of_before_too(name):
    rows = pd.read_csv(lists.BEFORE / f"{name}.csv", dtype="str", keep_default_na=False)
    texts = [column.name for column in TABLES[name].columns if isinstance(column.kind, Text)]
    assert len(rows) > 5
    assert set(rows[texts].itertuples(index=False, name=None)) <= lists.proposals(name)
    today = set(lists.sheets()[name][texts].itertuples(index=False, name=None))
    assert today <= lists.proposals(name)


@pytest.mark.parametrize("name", ["topics", "rights", "risk_types", "protocol", "rehearsals"])
def test_a_list_as_it_came_before_is_one_that_nobody_has_edited(name):
    today, key = lists.sheets()[name], TABLES[name].key[0]
    read = TABLES[name].by_name[key].kind.read
    before = pd.read_csv(lists.BEFORE / f"{name}.csv", dtype="str", keep_default_na=False)
    as_it_came = today.copy()
    for row in before.itertuples(index=False):
        as_it_came.loc[today[key] == read(getattr(row, key)), list(before)] = list(row)
    assert not as_it_came.equals(today)
    assert sheets.untouched({name: as_it_came}) == [name] == sheets.untouched({name: today})
    assert sheets.untouched({name: as_it_came.assign(ours="")}) == [name]
    changed, column = as_it_came.copy(), list(today)[-1]
    changed.loc[changed.index[0], column] += " and more"
    assert sheets.untouched({name: changed}) == []
    assert sheets.untouched({name: as_it_came.iloc[::-1]}) == []
    assert sheets.untouched({name: as_it_came.iloc[1:]}) == []
    assert sheets.untouched({name: as_it_came.assign(ours="a note")}) == []
