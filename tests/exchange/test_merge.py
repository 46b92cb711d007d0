"""Many voices: separate files become one partnership, whatever their order."""

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import examples
from budget import tries
from exchange.came_back import WITH_OBJECTIVES, sheet, write
from partnering.exchange import merge
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES
from partnering.storage import folder, workbook
from partnering.storage.atomic import NotOpened

patient = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def rows(partnership: Partnership) -> dict[str, list]:
    """What stands in a partnership, whatever the order of its rows and columns."""
    found = {}
    for name, frame in partnership.to_write().items():
        found[name] = sorted(
            sorted(
                (column, text.strip())
                for column, text in row.items()
                if text.strip() and column != "format"
            )
            for row in frame.to_dict("records")
        )
    return {name: lines for name, lines in found.items() if any(lines)}


def split(place: Path, partnership: Partnership, seed: int) -> None:
    """Deal the rows of a partnership to a few files of every kind, some to more than one."""
    dice = random.Random(seed)
    hands = [{} for _ in range(4)]
    for name, frame in partnership.to_write().items():
        holders = [dice.choices(range(4), k=dice.choice((1, 1, 1, 2))) for _ in range(len(frame))]
        for number, hand in enumerate(hands):
            mine = frame[[number in some for some in holders]]
            if len(mine):
                hand[name] = mine.sample(frac=1, random_state=seed)
    names = [f"{dice.randrange(1000)} part {number}" for number in range(4)]
    place.mkdir()
    for number, (hand, name) in enumerate(zip(hands, names, strict=True)):
        part = Partnership(hand, name)
        if number == 0:
            workbook.write(part, place / f"{name}.xlsx")
        elif number == 1:
            for table, frame in hand.items():
                frame.to_csv(place / f"{table}.csv", index=False)
        else:
            folder.write(part, place / name)


@pytest.mark.parametrize("example", ["shade", "uwi", "clinic"])
@pytest.mark.parametrize("seed", range(tries(1, 3)))
def test_the_files_of_a_partnership_that_was_split_give_it_back_whatever_their_order(
    tmp_path, example, seed
):
    whole = examples.example(example)
    split(tmp_path / "parts", whole, seed)
    merged = merge.read(tmp_path / "parts")
    assert merged.conflicts == [] and merged.told == []
    assert rows(merged.partnership) == rows(whole)
    assert merged.partnership.problems == whole.problems == []


stances = some.sampled_from(["strongly for it", "support it", "can agree to it", ""])
words = some.text("abc ", max_size=4)


@patient
@given(
    some.lists(
        some.tuples(
            some.sampled_from(["VEC", "SOM"]), some.sampled_from(["O1", "O2"]), stances, words
        ),
        max_size=8,
    ),
    some.randoms(),
)
def test_nothing_is_lost_each_difference_is_told_once_and_the_order_of_rows_changes_nothing(
    tmp_path_factory, answers, dice
):
    place = write(tmp_path_factory.mktemp("merge"), **WITH_OBJECTIVES)
    for number, (partner, objective, stance, text) in enumerate(answers):
        sheet(
            partner=[partner], objective=[objective], stance=[stance], in_a_few_words=[text]
        ).to_csv(place / f"{number} positions.csv", index=False)
    merged = merge.read(place)
    there = merged.partnership.to_write().get("positions", pd.DataFrame())
    told = " ".join(merged.conflicts)
    expected = set()
    for column, place_in in (("stance", 2), ("in_a_few_words", 3)):
        for key in {answer[:2] for answer in answers}:
            typed = [answer[place_in].strip() for answer in answers if answer[:2] == key]
            said = list(dict.fromkeys(filter(None, typed)))
            kept = (
                there.loc[
                    (there["partner"] == key[0]) & (there["objective"] == key[1]), column
                ].tolist()
                if len(there)
                else []
            )
            assert kept == [said[0] if said else ""]
            assert all(f"“{word}”" in told for word in said[1:])
            expected |= {
                (key, column, number)
                for number, answer in enumerate(answers)
                if answer[:2] == key
                and answer[place_in].strip()
                and answer[place_in].strip() != said[0]
            }
    assert len(merged.conflicts) == len(expected) and len(set(merged.conflicts)) == len(expected)
    assert merged.came_from["File"].str.cat(sep=", ").count("positions") == len(answers)


def test_lists_that_nobody_edited_do_not_stand_against_one_that_somebody_did(tmp_path):
    for name, words in (("one", {}), ("two", {"Q1": "Where does it pinch?"})):
        questions = workbook.lists.sheets()["house_questions"].copy()
        questions["text"] = [
            words.get(code, text)
            for code, text in zip(questions["question"], questions["text"], strict=True)
        ]
        write(
            tmp_path / name,
            partners=WITH_OBJECTIVES["partners"],
            house_questions=questions.to_csv(index=False),
        )
    merged = merge.read(tmp_path)
    assert (
        merged.conflicts == []
        and merged.partnership["house_questions"]["text"].iloc[0] == "Where does it pinch?"
    )


def test_where_there_is_nothing_to_merge_it_is_said(tmp_path):
    for place, told in (
        (tmp_path, "no workbooks, folders or CSV files"),
        (tmp_path / "none", "nothing at"),
    ):
        with pytest.raises(NotOpened, match=told):
            merge.read(place)


def test_every_row_says_where_it_came_from(tmp_path):
    place = write(
        tmp_path,
        **WITH_OBJECTIVES,
        VEC="objective,stance\nO1,support it\n",
        **{"a VEC": "objective,stance\nO1,support it\nO2,support it\n"},
    )
    came = merge.read(place).came_from
    assert came[came["Table"] == "positions"].to_numpy().tolist() == [
        ["positions", 2, "a VEC.csv, VEC.csv"],
        ["positions", 3, "a VEC.csv"],
    ]
    assert set(came["Table"]) <= set(TABLES)
