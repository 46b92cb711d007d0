"""Many voices: separate files become one partnership, and where they differ both are named."""

import random
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import examples
from budget import tries
from partnering.exchange import form_workbook, merge
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES
from partnering.storage import folder, form_marks, workbook
from partnering.storage.atomic import NotOpened

patient = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def sheet(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=range(2, 2 + len(next(iter(columns.values())))), dtype="str")


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


def write(place: Path, **files: str) -> Path:
    """CSV files with these names (without their ending) and texts."""
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


BASE = {
    "partners": "partner,name\nVEC,Vecinas de la Ribera\nSOM,Sombra\n",
    "objectives": "objective,text\nO1,Shade\nO2,Names\n",
}


# ---------------------------------------------------------------- what was split comes together


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
    place = write(tmp_path_factory.mktemp("merge"), **BASE)
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


def test_a_conflict_names_both_files_and_what_each_says_and_the_first_counts(tmp_path):
    place = write(
        tmp_path,
        **BASE,
        vec="partner,objective,stance,our_part\nVEC,O1,support it,\n",
        vecinas=(
            "partner,objective,stance,our_part\nVecinas de la Ribera,O1,Strongly for "
            "it,essential part\n"
        ),
    )
    merged = merge.read(place)
    assert merged.conflicts == [
        "Our position on each objective VEC, as a whole, O1, Our position: vec.csv, row 2, says "
        "“support it”, vecinas.csv, row 2, says “strongly for it”. “support it” counts until you "
        "decide."
    ]
    found = merged.partnership["positions"].iloc[0]
    assert (found["stance"], found["our_part"]) == (
        "support it",
        "essential part",
    )  # what only one says is no conflict


def test_what_is_known_of_the_partnership_itself_is_merged_answer_by_answer(tmp_path):
    for name, text in (("one", "Mode,open\n"), ("two", "Mode,held\nDate,2026-11-30\n")):
        write(
            tmp_path / name,
            partnership=f"What,Answer\nTitle,Shade\n{text}",
            partners=BASE["partners"],
        )
    merged = merge.read(tmp_path)
    assert (
        merged.partnership.fact("title") == "Shade"
        and str(merged.partnership.fact("date").date()) == "2026-11-30"
    )
    assert (
        len(merged.conflicts) == 1
        and "How answers are shown: one, row 3, says “with names”, two, row 3, says “confidential”"
        in merged.conflicts[0]
    )


# ---------------------------------------------------------------- numbers


def test_rows_without_a_code_are_numbered_on_and_references_in_the_same_file_follow(tmp_path):
    place = write(tmp_path, **BASE)
    write(
        tmp_path / "1 VEC",
        value_lines="line,partner,we,what,answers\nV1,VEC,ask,Fares,\n,VEC,bring,Doors,V1\n",
    )
    write(
        tmp_path / "2 SOM",
        value_lines="we,what,answers\nbring,Money,\nhope for,Proof,V1\n",
        risks="what_could_happen\nRain\nFlood\n",
        risk_views="risk,how_likely\nR2,likely\nRain,hardly\n",
    )
    write(
        tmp_path / "3 VEC",
        risks="what_could_happen\nFlood\nTheft\n",
        risk_views="risk,how_likely\nR1,hardly\nR2,likely\n",
    )
    merged = merge.read(place)
    lines = merged.partnership["value_lines"].set_index("line")
    assert lines["what"].to_dict() == {"V1": "Fares", "V2": "Doors", "V3": "Money", "V4": "Proof"}
    assert lines["answers"].to_dict() == {"V1": "", "V2": "V1", "V3": "", "V4": "V3"}
    assert lines["partner"].tolist() == ["VEC", "VEC", "SOM", "SOM"]
    risks = merged.partnership["risks"].set_index("risk")["what_could_happen"].to_dict()
    assert risks == {"R1": "Rain", "R2": "Flood", "R3": "Theft"}  # the same words are the same risk
    views = merged.partnership["risk_views"]
    assert sorted(zip(views["partner"], views["risk"], views["how_likely"], strict=True)) == [
        ("SOM", "R1", "not likely"),
        ("SOM", "R2", "likely"),
        ("VEC", "R2", "not likely"),
        ("VEC", "R3", "likely"),
    ]
    assert merged.conflicts == merged.told == [] and merged.partnership.problems == []


def test_a_code_that_two_partners_have_used_is_told_and_the_second_gets_another(tmp_path):
    place = write(tmp_path, **BASE)
    for partner, what in (("VEC", "Doors"), ("SOM", "Money")):
        write(
            tmp_path / partner,
            value_lines=f"line,we,what,answers\nV1,bring,{what},\nV2,ask,More,V1\n",
        )
    merged = merge.read(place)
    lines = merged.partnership["value_lines"]
    assert sorted(
        zip(lines["partner"], lines["line"], lines["what"], lines["answers"], strict=True)
    ) == [
        ("SOM", "V1", "Money", ""),
        ("SOM", "V2", "More", "V1"),
        ("VEC", "V3", "Doors", ""),
        ("VEC", "V4", "More", "V3"),
    ]
    assert [line for line in merged.supplied if "a different line" in line] == [
        "VEC: V1 is a different line there than elsewhere; its code is V3 now.",
        "VEC: V2 is a different line there than elsewhere; its code is V4 now.",
    ]


def test_the_same_code_with_other_words_is_a_conflict_where_all_write_together(tmp_path):
    place = write(tmp_path, **BASE, **{"VEC objectives": "objective,text\nO1,Shadow\n"})
    assert len(merge.read(place).conflicts) == 1


# ---------------------------------------------------------------- who speaks


@pytest.mark.parametrize("name", ["SOM", "form som (2)", "2026-11-30_Sombra", "answers-SOM"])
def test_the_partner_of_a_file_is_in_its_name(tmp_path, name):
    place = write(tmp_path, **BASE, **{name: "objective,stance\nO1,support it\n"})
    merged = merge.read(place)
    assert merged.partnership["positions"]["partner"].tolist() == ["SOM"] and merged.told == []


@pytest.mark.parametrize("name", ["answers", "SOM and VEC", "Sombrario"])
def test_a_file_that_does_not_say_whose_it_is_is_asked_about(tmp_path, name):
    place = write(tmp_path, **BASE, **{name: "objective,stance\nO1,support it\n"})
    merged = merge.read(place)
    assert merged.unread == [
        f"{name}.csv: whose answers are these? Where no partner is named, they count for nobody. "
        "Fill in the column “partner”, or put the partner's short name into the name of the file."
    ]
    assert len(merged.partnership["positions"]) == 0
    assert merged.partnership.sheets["positions"]["stance"].tolist() == ["support it"]


def test_signs_are_given_only_where_a_file_says_that_it_is_one_voice(tmp_path):
    place = write(
        tmp_path,
        **BASE,
        **{
            "1 VEC": (
                "objective,stance,respondent\nO1,support it,one voice\nO2,support it,one voice\n"
            ),
            "2 VEC": "objective,stance,respondent\nO1,strongly for it,One voice\n",
            "3 VEC": "objective,stance\nO1,can agree to it\n",
            "4 VEC": "objective,stance,respondent\nO1,support it,k7\n",
        },
    )
    merged = merge.read(place)
    found = merged.partnership["positions"]
    signs = found["respondent"].tolist()
    assert (
        merged.conflicts == []
        and signs[0] == signs[1]
        and len(set(signs)) == 4
        and {"", "k7"} < set(signs)
    )
    assert all(
        len(sign) <= 4 and not set(sign) & set("vec123") - set("23")
        for sign in {*signs} - {"", "k7"}
    )
    (place / "1 VEC.csv").rename(
        place / "9 VEC.csv"
    )  # neither the name nor the order of files says who somebody is
    assert sorted(merge.read(place).partnership["positions"]["respondent"]) == sorted(signs)
    shutil.copy(place / "2 VEC.csv", place / "2 VEC copy.csv")  # the same file twice is one voice
    assert sorted(merge.read(place).partnership["positions"]["respondent"]) == sorted(signs)


# ---------------------------------------------------------------- files of every kind


@pytest.mark.parametrize(
    "heading",
    [
        "Our stance [O1]",
        "our stance [ Shade ]",
        "O1: Our stance",
        "O1/stance",
        "Our stance - O1",
        "Our position [O1]",
        "O1: Our position",
        "Our stance: Shade",
        "O1 Our stance",
        "o1. Our stance?",
        "O1) stance",
        "Our stance (O1)",
        "Our stance O1",
        "Our stance [O1 Shade]",
        "O1 Shade: Our stance",
        "Our stance [O1: Shade]",
    ],
)
def test_a_form_tool_may_write_a_row_a_person(tmp_path, heading):
    text = (
        f"Timestamp,Partner,Voice,{heading},Our stance [O2],Why together?,Our part [O2]\n"
        "9:00,VEC,one voice,Support it,strongly for it,,\n"
        "9:05,VEC,one voice,,can agree to it,,no part\n"
        "9:10,Sombra,,support it,,Heat,\n"
    )
    merged = merge.read(write(tmp_path, **BASE, responses=text))
    found = merged.partnership["positions"]
    assert sorted(
        zip(
            found["partner"],
            found["objective"],
            found["stance"],
            found["our_part"].astype("object").fillna(""),
            strict=True,
        )
    ) == [
        ("SOM", "O1", "support it", ""),
        ("VEC", "O1", "support it", ""),
        ("VEC", "O2", "can agree to it", "no part"),
        ("VEC", "O2", "strongly for it", ""),
    ]
    assert found.loc[found["partner"] == "VEC", "respondent"].nunique() == 2
    assert merged.partnership["purposes"]["why_together"].tolist() == ["Heat"]
    assert "responses" not in merged.partnership.sheets
    assert "column “Timestamp”: it seems to hold times" in merged.left_out[0]
    assert merged.partnership.problems == merged.unread == []


@pytest.mark.parametrize("name", ["form", "risks", "risk_views"])
def test_what_a_form_tool_writes_is_read_whatever_the_file_is_called(tmp_path, name):
    text = (
        "Timestamp,Partner,R1 How likely,R2 How likely,R2 How hard on us\n"
        "9:00,VEC,likely,hardly,hard\n9:05,SOM,,likely,\n"
    )
    write(tmp_path / "base", **BASE, risks="risk,what_could_happen\nR1,Rain\nR2,Flood\n")
    merged = merge.read(write(tmp_path, **{name: text}))
    found = (
        merged.partnership["risk_views"][["partner", "risk", "how_likely"]]
        .astype("object")
        .to_numpy()
        .tolist()
    )
    assert sorted(found) == [
        ["SOM", "R2", "likely"],
        ["VEC", "R1", "likely"],
        ["VEC", "R2", "not likely"],
    ]
    assert merged.unread == []


def test_questions_about_two_things_at_once_are_understood(tmp_path):
    text = 'Partner,How often [ourselves; B1],"B2, the other partners, taken together: How often"\nVEC,often,rarely\n'
    found = merge.read(write(tmp_path, **BASE, responses=text)).partnership["behaviour_views"]
    assert found[["about", "behaviour", "how_often"]].astype("object").to_numpy().tolist() == [
        ["our own organisation", "B1", "often"],
        ["the other partners, taken together", "B2", "rarely"],
    ]


def test_forms_made_from_the_template_come_back_as_one(tmp_path):
    shade = examples.example("shade")
    write(
        tmp_path,
        **{
            name: shade.to_write()[name].to_csv(index=False)
            for name in ("partners", "objectives", "risks")
        },
    )
    signs = []
    for number, (partner, voice) in enumerate((("SOM", 0), ("VEC", 1), ("VEC", 1))):
        file = tmp_path / f"{number}.xlsx"
        form_workbook.write(file, stops=[3], partner=partner, example=shade)
        book = openpyxl.load_workbook(file)
        for row in book["read me"].iter_rows():
            if row[0].value == "They are those of":
                row[1].value = form_marks.VOICES[voice]
        page = book["risk_views"]
        heads = [cell.value for cell in page[1]]
        for row in page.iter_rows(min_row=2, max_row=9):
            row[heads.index("How likely")].value = "likely"
            row[heads.index("In a few words")].value = (
                f"of {number}" if row[heads.index("Risk")].value == "R2" else None
            )
        book.save(file)
    merged = merge.read(tmp_path)
    assert merged.conflicts == merged.told == [] and merged.partnership.problems == []
    found = merged.partnership["risk_views"]
    assert found.loc[
        found["in_a_few_words"] != "", ["partner", "in_a_few_words"]
    ].to_numpy().tolist() == [["SOM", "of 0"], ["VEC", "of 1"], ["VEC", "of 2"]]
    signs = found.loc[found["partner"] == "VEC", "respondent"]
    assert signs.nunique() == 2 and "" not in signs.tolist() and len(found) == 24


def test_house_files_other_files_and_damaged_ones_are_named_and_left(tmp_path):
    place = write(
        tmp_path,
        **BASE,
        VEC="objective,stance\nO1,support it\n",
        house="partner,unit,question,answer\nVEC,a,Q1,secret\n",
    )
    write(tmp_path / "houses", SOM="partner,unit,question,answer\nSOM,a,Q1,secret\n")
    write(
        tmp_path / "folder SOM",
        house_answers="partner,unit,question,answer\nSOM,a,Q1,secret\n",
        worth="worth_it\nyes\n",
    )
    (place / "form.ods").write_bytes(b"x")
    (place / "damaged.xlsx").write_bytes(b"PK")
    merged = merge.read(place)
    assert "secret" not in str(merged.partnership.to_write()) + str(merged.conflicts)
    for sentences, files in (
        (merged.told, ["folder SOM", "house.csv", "houses"]),
        (merged.unread, ["damaged.xlsx", "form.ods"]),
    ):
        assert [line.split(":")[0].split(" is ")[0] for line in sentences] == files
    assert merged.partnership["worth"]["partner"].tolist() == ["SOM"]


def test_sheets_and_columns_of_ones_own_are_kept(tmp_path):
    place = write(
        tmp_path,
        **BASE,
        VEC="objective,stance,our note\nO1,support it,n1\n",
        ideas="idea\nA bench\n",
    )
    write(tmp_path / "SOM", ideas="idea,when\nA bench,\nA tree,soon\n")
    merged = merge.read(place)
    assert merged.partnership.sheets["ideas"]["idea"].tolist() == ["A bench", "A tree"]
    assert merged.partnership.sheets["positions"]["our note"].tolist() == ["n1"]
    assert [line.split(";")[0] for line in merged.unread] == [
        "ideas.csv: none of its columns is known",
        "SOM, sheet ideas: none of its columns is known",
        "VEC.csv: the column “our note” is not known",
    ]


@pytest.mark.parametrize("name", ["form", "risk_views", "risks"])
@pytest.mark.parametrize(
    "text",
    ["Timestamp,Organisation,R1 how probable\n9:00,Vecinas,likely\n", "likely\nhardly\n"],
)
def test_a_file_of_which_nothing_is_known_is_named_with_what_to_do_and_kept(tmp_path, name, text):
    merged = merge.read(write(tmp_path, **BASE, **{name: text}), keep_people=True)
    assert len(merged.unread) == 1
    assert f"{name}.csv: none of its columns is known; nothing of it was read." in merged.unread[0]
    assert "“How likely [R1]”" in merged.unread[0] and "type the answers in" in merged.unread[0]
    kept = "".join(sheet.to_csv() for sheet in merged.partnership.sheets.values())
    assert all(cell in kept for cell in text.replace("\n", ",").split(","))


def test_a_question_that_cannot_be_matched_is_named_and_the_others_are_read(tmp_path):
    text = (
        "Timestamp,Partner,R1 How likely,R1 how bad,R1 How hard on us,Anything else\n"
        "9:00,VEC,likely,very,,A bench\n"
    )
    merged = merge.read(
        write(tmp_path, **BASE, risks="risk,what_could_happen\nR1,Rain\n", form=text)
    )
    assert merged.partnership["risk_views"]["how_likely"].tolist() == ["likely"]
    assert len(merged.unread) == 1
    assert (
        "form.csv: the columns “R1 how bad”, “Anything else” are not known; nothing of them was "
        "read." in merged.unread[0]
    )
    assert "Timestamp" in merged.left_out[0]
    assert "bench" in merged.partnership.sheets["form"].to_csv()


def test_lists_that_nobody_edited_do_not_stand_against_one_that_somebody_did(tmp_path):
    for name, words in (("one", {}), ("two", {"Q1": "Where does it pinch?"})):
        questions = workbook.lists.sheets()["house_questions"].copy()
        questions["text"] = [
            words.get(code, text)
            for code, text in zip(questions["question"], questions["text"], strict=True)
        ]
        write(
            tmp_path / name,
            partners=BASE["partners"],
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
        **BASE,
        VEC="objective,stance\nO1,support it\n",
        **{"a VEC": "objective,stance\nO1,support it\nO2,support it\n"},
    )
    came = merge.read(place).came_from
    assert came[came["Table"] == "positions"].to_numpy().tolist() == [
        ["positions", 2, "a VEC.csv, VEC.csv"],
        ["positions", 3, "a VEC.csv"],
    ]
    assert set(came["Table"]) <= set(TABLES)


def test_the_tick_for_the_wall_may_come_from_a_form_tool(tmp_path):
    place = write(tmp_path, **BASE)
    answers = {"Partner": ["VEC", "SOM"], "Our stance [O1]": ["support it", "support it"]}
    answers["Stop 1 on the wall"] = ["with our name", "not shown"]
    sheet(**answers).to_csv(place / "answers.csv", index=False)
    merged = merge.read(place)
    told = merged.partnership["consents"][["partner", "positions"]].to_numpy().tolist()
    assert told == [["VEC", "with our name"], ["SOM", "not shown"]]
    assert len(merged.partnership["positions"]) == 2


# ---------------------------------------------------------------- the stricter counts


@pytest.mark.rule("R11")
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("strict", "open_"),
    [
        ("facilitator only", "everyone here"),
        ("not typed", "everyone here"),
        ("not typed", "facilitator only"),
        ("F", "everyone here"),
        ("private!", "everyone here"),
        ("#REF!", "everyone here"),
        ("", "everyone here"),
        ("facilitator only", ""),
    ],
)
def test_where_two_files_differ_on_sharing_the_stricter_counts_and_it_is_said(
    tmp_path, strict, open_, order
):
    said = [strict, open_][::order]
    place = write(tmp_path, **BASE)
    for number, share in enumerate(said):
        row = {"partner": ["VEC"], "objective": ["O1"], "stance": ["cannot accept it"]}
        sheet(**row, share=[share]).to_csv(place / f"{number} positions.csv", index=False)
    merged = merge.read(place)
    counts = {"F": "facilitator only"}.get(strict, strict)
    assert merged.partnership.sheets["positions"]["share"].tolist() == [counts]
    assert "cannot accept it" not in str(merged.partnership.for_reader("room")["positions"])
    (told,) = merged.conflicts
    assert "0 positions.csv" in told and "1 positions.csv" in told
    assert (
        f"The stricter counts, {f'“{counts}”' if counts else 'nothing'}, until you decide." in told
    )


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("strict", ["not shown", "whatever", ""])
def test_where_two_files_differ_on_the_wall_the_stricter_counts(tmp_path, strict, order):
    place = write(tmp_path, **BASE)
    for number, said in enumerate([strict, "with our name"][::order]):
        row = {"partner": ["VEC"], "positions": [said], "worth": ["with our name"]}
        sheet(**row).to_csv(place / f"{number} consents.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.sheets["consents"]["positions"].tolist() == [strict]
    assert merged.partnership.sheets["consents"]["worth"].tolist() == ["with our name"]
    (told,) = merged.conflicts
    assert (
        f"The stricter counts, {f'“{strict}”' if strict else 'nothing'}, until you decide." in told
    )


def test_a_file_that_does_not_ask_who_may_see_a_row_says_nothing_about_it(tmp_path):
    place = write(tmp_path, **BASE)
    row = {"partner": ["VEC"], "objective": ["O1"], "stance": ["cannot accept it"]}
    sheet(**row).to_csv(place / "0 positions.csv", index=False)
    sheet(**row, share=["everyone here"]).to_csv(place / "1 positions.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.sheets["positions"]["share"].tolist() == ["everyone here"]
    assert not merged.conflicts


@pytest.mark.rule("R11")
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("strict", ["confidential", "anonymous", "secret-ish"])
def test_where_two_files_differ_on_how_openly_answers_are_handled_the_stricter_counts(
    tmp_path, strict, order
):
    place = write(tmp_path, **BASE)
    for number, mode in enumerate(["with names", strict][::order]):
        sheet(title=["T"], mode=[mode]).to_csv(place / f"{number} partnership.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.mode == "confidential"
    assert [told for told in merged.conflicts if f"The stricter counts, “{strict}”" in told]


@pytest.mark.parametrize("order", [1, -1])
def test_where_two_files_differ_on_the_form_of_a_transfer_a_grant_counts(tmp_path, order):
    place = write(tmp_path, **BASE)
    for number, form in enumerate(["joint fund", "grant"][::order]):
        row = {"transfer": ["T1"], "from": ["VEC"], "to": ["SOM"], "form": [form]}
        sheet(**row).to_csv(place / f"{number} transfers.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.money_moves and merged.partnership.mode == "confidential"
    assert "The stricter counts, “grant”" in merged.conflicts[0]


def test_of_other_answers_the_first_counts_as_before(tmp_path):
    place = write(tmp_path, **BASE)
    for number, stance in enumerate(("support it", "cannot accept it")):
        row = {"partner": ["VEC"], "objective": ["O1"], "stance": [stance]}
        sheet(**row).to_csv(place / f"{number} positions.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership["positions"]["stance"].tolist() == ["support it"]
    assert "“support it” counts until you decide." in merged.conflicts[0]


# ---------------------------------------------------------------- the stricter wins


@pytest.mark.parametrize("heading", ["voices", "respondant", "who answered", "comment"])
def test_a_column_that_may_say_who_spoke_makes_each_row_one_voice_and_is_told(tmp_path, heading):
    views = f"partner,risk,how_likely,{heading}\nVEC,R1,likely,Ana\nVEC,R1,hardly,Bo\n"
    risks = "risk,what_could_happen\nR1,The gate stays locked\n"
    merged = merge.read(write(tmp_path / "in", **BASE, risks=risks, risk_views=views))
    read = merged.partnership["risk_views"]
    assert list(read["how_likely"]) == ["likely", "not likely"] and merged.conflicts == []
    assert not {"", "Ana", "Bo"} & set(read["respondent"])
    assert any(f"does “{heading}” say who answered?" in said for said in merged.unread)


def test_in_a_form_with_a_row_a_person_a_heading_near_to_voice_or_share_counts_as_the_stricter(
    tmp_path,
):
    risks = "risk,what_could_happen\nR1,The gate stays locked\n"
    form = "Partner,Who answered?,Visibility,How likely [R1]\nVEC,Ana,room,likely\nVEC,Bo,,hardly\n"
    merged = merge.read(write(tmp_path / "in", **BASE, risks=risks, form=form))
    read = merged.partnership["risk_views"]
    assert list(read["share"]) == ["facilitator only"] * 2 and "" not in set(read["respondent"])
    assert len(set(read["respondent"])) == 2 and merged.conflicts == []
    told = " ".join(merged.unread)
    assert "does “Who answered?” say what “Code of the person” asks?" in told
    assert "does “Visibility” say what “Who may see this line” asks?" in told
    assert merged.partnership.sheets["form"]["Visibility"].tolist() == ["room", ""]


def test_in_a_form_with_a_row_a_person_what_may_be_shared_is_read(tmp_path):
    risks = "risk,what_could_happen\nR1,The gate stays locked\n"
    form = "Partner,May be shared,How likely [R1]\nVEC,facilitator,likely\nSOM,room,hardly\n"
    merged = merge.read(write(tmp_path / "in", **BASE, risks=risks, form=form))
    assert list(merged.partnership["risk_views"]["share"]) == ["facilitator only", "everyone here"]
    assert merged.unread == []


@pytest.mark.parametrize("days", [("03/04/2026", "25/12/2026"), ("25/12/2026", "03/04/2026")])
def test_days_of_one_file_are_read_alike_whatever_their_order_and_told(tmp_path, days):
    rows = "".join(f"P{at},VEC,x,{day}\n" for at, day in enumerate(days, start=1))
    merged = merge.read(
        write(tmp_path / "in", **BASE, promises=f"promise,partner,what,due\n{rows}")
    )
    due = {f"{day:%Y-%m-%d}" for day in merged.partnership["promises"]["due"]}
    assert due == {"2026-04-03", "2026-12-25"}
    assert any("the day was read first" in said for said in merged.unread)
