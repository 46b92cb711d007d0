"""Forms with a row a person: each question and item becomes a row of its table."""

import time

import pytest

from exchange.came_back import WITH_OBJECTIVES, WITH_RISKS, merged_file, sheet, views, write
from partnering.exchange import merge


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
    merged = merge.read(write(tmp_path, **WITH_OBJECTIVES, responses=text))
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
    write(tmp_path / "base", **WITH_OBJECTIVES, risks="risk,what_could_happen\nR1,Rain\nR2,Flood\n")
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
    found = merge.read(write(tmp_path, **WITH_OBJECTIVES, responses=text)).partnership[
        "behaviour_views"
    ]
    assert found[["about", "behaviour", "how_often"]].astype("object").to_numpy().tolist() == [
        ["our own organisation", "B1", "often"],
        ["the other partners, taken together", "B2", "rarely"],
    ]


def test_the_tick_for_the_wall_may_come_from_a_form_tool(tmp_path):
    place = write(tmp_path, **WITH_OBJECTIVES)
    answers = {"Partner": ["VEC", "SOM"], "Our stance [O1]": ["support it", "support it"]}
    answers["Stop 1 on the wall"] = ["with our name", "not shown"]
    sheet(**answers).to_csv(place / "answers.csv", index=False)
    merged = merge.read(place)
    told = merged.partnership["consents"][["partner", "positions"]].to_numpy().tolist()
    assert told == [["VEC", "with our name"], ["SOM", "not shown"]]
    assert len(merged.partnership["positions"]) == 2


def test_in_a_form_with_a_row_a_person_a_heading_near_to_voice_or_share_counts_as_the_stricter(
    tmp_path,
):
    risks = "risk,what_could_happen\nR1,The gate stays locked\n"
    form = "Partner,Who answered?,Visibility,How likely [R1]\nVEC,Ana,room,likely\nVEC,Bo,,hardly\n"
    merged = merge.read(write(tmp_path / "in", **WITH_OBJECTIVES, risks=risks, form=form))
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
    merged = merge.read(write(tmp_path / "in", **WITH_OBJECTIVES, risks=risks, form=form))
    assert list(merged.partnership["risk_views"]["share"]) == ["facilitator only", "everyone here"]
    assert merged.unread == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How likely [R1]", "R1 How likely"),
        ("How likely [R1 before our measures]", "How likely [R1 after our measures]"),
        ("How likely [R1][Scale 1]", "How likely [R1][Scale 2]"),
        ("1. How likely [R1] *", "2. how_likely [R1]"),
    ],
)
def test_of_two_columns_that_ask_the_same_the_first_counts_and_both_are_named(tmp_path, one, other):
    text = f"Partner,{one},{other}\nVEC,likely,not likely\nSOM,,not likely\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    assert views(merged) == [["SOM", "R1", "not likely"], ["VEC", "R1", "likely"]]
    (told,) = merged.conflicts
    assert one in told and other in told and "row 2 “likely” and “not likely”" in told


def test_the_same_heading_twice_in_a_form_is_told_with_what_each_says(tmp_path):
    text = "Partner,How likely [R1],How likely [R1]\nVEC,likely,not likely\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    assert "row 2 “likely” and “not likely”" in merged.conflicts[0]


@pytest.mark.parametrize(
    "heading",
    ["1. How likely [R1]", "Q3: How likely? [R1] *", "3) How likely [R1]*", "* How likely [R1]",
     "<b>How likely</b> [R1]", "Q12. R1 - How likely (required)", "1.2 How likely: [R1]"],
)  # fmt: skip
def test_numbers_stars_and_markup_in_headings_do_not_count(tmp_path, heading):
    merged = merge.read(
        write(tmp_path, **WITH_RISKS, answers=f'2. Partner *,"{heading}"\nVEC,likely\n')
    )
    assert views(merged) == [["VEC", "R1", "likely"]] and merged.assumed == []


@pytest.mark.parametrize(
    "heading", ["How likely [SQ001] [R1 The gate]", "grp/How likely/R1", "R1/How likely"]
)
def test_codes_and_groups_of_form_tools_beside_the_item_do_not_count(tmp_path, heading):
    text = f"Partner,{heading}\nVEC,likely\n"
    assert views(merge.read(write(tmp_path, **WITH_RISKS, answers=text))) == [
        ["VEC", "R1", "likely"]
    ]


def test_two_hundred_long_questions_are_matched_in_a_second_or_two(tmp_path):
    asked = [
        f"À quelle fréquence utilisez-vous ceci pour l'activité n° {at} : / How often do you use "
        f"this for activity no. {at}: - please choose / veuillez choisir [Option {at} / Choix]"
        for at in range(205)
    ]
    heads = ",".join(f'"{heading}"' for heading in ["Partner", "How likely [R1]", *asked])
    answers = "\n".join(f"{code},likely{',x' * 205}" for code in ("VEC", "SOM"))
    place = write(tmp_path, **WITH_RISKS, results=f"{heads}\n{answers}\n")
    begun = time.process_time()
    merged = merge.read(place)
    assert time.process_time() - begun < 3
    assert len(views(merged)) == 2 and "and 195 more" in merged.unread[0]


def test_a_form_of_thousands_of_questions_is_read_in_time_that_grows_as_they_do(tmp_path):
    asked = [f"How likely [R{number}]" for number in range(3000)]
    text = f"Partner,{','.join(asked)}\nVEC,{','.join(['likely'] * len(asked))}\n"
    begun = time.process_time()
    merged = merged_file(tmp_path, text)
    assert time.process_time() - begun < 15  # it was minutes
    assert len(merged.partnership.sheets["risk_views"]) == 3000
