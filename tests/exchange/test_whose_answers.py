"""Whose answers the rows of a file are, and where a file says that it is one voice."""

import shutil

import openpyxl
import pytest

from exchange.came_back import VIEWS, WITH_OBJECTIVES, WITH_RISKS, views, write
from partnering.exchange import form_workbook, merge
from partnering.storage import folder


@pytest.mark.parametrize("name", ["SOM", "form som (2)", "2026-11-30_Sombra", "answers-SOM"])
def test_the_partner_of_a_file_is_in_its_name(tmp_path, name):
    place = write(tmp_path, **WITH_OBJECTIVES, **{name: "objective,stance\nO1,support it\n"})
    merged = merge.read(place)
    assert merged.partnership["positions"]["partner"].tolist() == ["SOM"] and merged.told == []


@pytest.mark.parametrize("name", ["answers", "SOM and VEC", "Sombrario"])
def test_a_file_that_does_not_say_whose_it_is_is_asked_about(tmp_path, name):
    place = write(tmp_path, **WITH_OBJECTIVES, **{name: "objective,stance\nO1,support it\n"})
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
        **WITH_OBJECTIVES,
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


@pytest.mark.parametrize("heading", ["voices", "respondant", "who answered", "comment"])
def test_a_column_that_may_say_who_spoke_makes_each_row_one_voice_and_is_told(tmp_path, heading):
    views = f"partner,risk,how_likely,{heading}\nVEC,R1,likely,Ana\nVEC,R1,hardly,Bo\n"
    risks = "risk,what_could_happen\nR1,The gate stays locked\n"
    merged = merge.read(write(tmp_path / "in", **WITH_OBJECTIVES, risks=risks, risk_views=views))
    read = merged.partnership["risk_views"]
    assert list(read["how_likely"]) == ["likely", "not likely"] and merged.conflicts == []
    assert not {"", "Ana", "Bo"} & set(read["respondent"])
    assert any(f"does “{heading}” say who answered?" in said for said in merged.unread)


@pytest.mark.parametrize("name", ["Sombra notes", "SOM", "form (SOM)"])
def test_an_empty_partner_is_never_filled_from_the_files_name_against_its_rows(tmp_path, name):
    text = VIEWS + "SOM,R1,not likely,not likely\nVEC,R1,likely,harms us\n,R2,likely,could end us\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, **{name: text}))
    assert views(merged) == [["SOM", "R1", "not likely"], ["VEC", "R1", "likely"]]
    (asked,) = merged.unread
    assert asked.startswith(f"{name}.csv, sheet risk_views, row 4: whose answers are these?")


def test_a_column_that_is_filled_in_downwards_takes_the_partner_above_and_says_so(tmp_path):
    text = VIEWS + "VEC,R1,likely,\n,R2,not likely,\nSOM,R1,not likely,\n,R2,likely,\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, **{"Sombra notes": text}))
    assert views(merged) == [
        *(["SOM", "R1", "not likely"], ["SOM", "R2", "likely"]),
        *(["VEC", "R1", "likely"], ["VEC", "R2", "not likely"]),
    ]
    assert merged.supplied == [
        "Sombra notes.csv, rows 3, 5: no partner is named there; the partner above was taken."
    ]


@pytest.mark.parametrize("name", ["state of the art", "what we did som time ago", "vec maria"])
def test_a_word_of_a_files_name_that_happens_to_be_a_short_name_names_nobody(tmp_path, name):
    partners = WITH_RISKS["partners"] + "ART,Arts,NGO\n"
    write(
        tmp_path,
        risks=WITH_RISKS["risks"],
        partners=partners,
        **{name: "risk,how_likely\nR1,likely\n"},
    )
    merged = merge.read(tmp_path)
    assert views(merged) == [] and "whose answers are these?" in merged.unread[0]


def test_a_gap_in_a_file_of_one_partner_is_filled_by_its_name_and_the_row_is_told(tmp_path):
    text = VIEWS + "SOM,R1,not likely,\n,R2,likely,\nSOM,R1,not likely,\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, SOM=text))
    assert ["SOM", "R2", "likely"] in views(merged)
    (told,) = merged.supplied
    assert told.startswith("SOM.csv, row 3: no partner is named there. By the name of the file")


def test_of_two_columns_that_say_the_partner_the_first_counts_and_both_are_named(tmp_path):
    text = "partner,Partner,risk,how_likely\nVEC,SOM,R1,likely\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, risk_views=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    assert "“partner” (A) and “Partner” (B) ask the same" in merged.supplied[0]


@pytest.mark.parametrize("word", ["n/a", "-", "None", "VEC", "Vecinas", "the organisation"])
def test_a_word_that_is_no_code_of_a_person_is_asked_about_and_stays_one_voice(tmp_path, word):
    write(
        tmp_path, **WITH_RISKS, views=f"partner,respondent,risk,how_likely\nVEC,{word},R1,likely\n"
    )
    merged = merge.read(tmp_path)
    assert merged.partnership["risk_views"]["respondent"].tolist() == [word]
    (told,) = merged.supplied
    assert told.startswith(f"views.csv, row 2, column “Code of the person”: “{word}” was read as")


def test_the_words_of_the_form_for_the_organisation_are_no_voice_in_a_table_either(tmp_path):
    word = '"our organisation, after talking inside"'
    write(
        tmp_path, **WITH_RISKS, views=f"partner,respondent,risk,how_likely\nVEC,{word},R1,likely\n"
    )
    merged = merge.read(tmp_path)
    assert merged.partnership["risk_views"]["respondent"].tolist() == [""]
    assert merged.assumed == []


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Organisation", "Organisation,Risk,How likely\nVEC,R1,likely\nSombra,R1,possible\n"),
        ("Your organization", "Your organization,How likely [R1]\nVecinas,likely\nSOM,possible\n"),
    ],
)
def test_a_column_that_names_organisations_says_whose_answers_these_are_and_not_the_files_name(
    tmp_path, heading, text
):
    write(tmp_path, **WITH_RISKS, VEC=text)
    merged = merge.read(tmp_path)
    assert views(merged) == [["SOM", "R1", "possible"], ["VEC", "R1", "likely"]]
    assert list(map(str, merged.assumed)) == [
        f"VEC.csv, column “{heading}”: the column “Partner” is missing. This one names partners, "
        "and was taken for it."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Organisation,Risk,How likely\nVEC,R1,likely\nthe mayor,R1,possible\n",
        "Partner,Organisation,Risk,How likely\nVEC,SOM,R1,likely\n",
        "Which organisation do you trust,Risk,How likely\nVEC,R1,likely\n",
    ],
)
def test_a_column_that_does_not_surely_say_it_is_named_and_not_taken(tmp_path, text):
    write(tmp_path, **WITH_RISKS, views=text)
    merged = merge.read(tmp_path)
    assert not any("was taken for it" in one for one in merged.supplied)
    assert any("rganisation" in one for one in merged.unread)


@pytest.mark.parametrize(
    ("name", "text", "heading"),
    [
        ("risks", "Risk,What could happen,Organisation\nR1,The gate,VEC\n", "Organisation"),
        ("views", "Organisation,Risk,How likely,NGO\nVEC,R1,likely,SOM\n", "NGO"),
        ("views", "Organisation,How likely [R1],NGO\nVEC,likely,SOM\n", "NGO"),
    ],
)
def test_a_column_that_names_organisations_and_is_not_taken_is_told(tmp_path, name, text, heading):
    write(tmp_path, **{**WITH_RISKS, name: text})
    assert any(f"the column “{heading}” is not known" in one for one in merge.read(tmp_path).unread)


def test_where_a_partner_stands_once_for_several_lines_so_does_who_may_see_them(tmp_path):
    text = (
        "partner,we,what,share\nVEC,bring,boats,facilitator only\n,bring,nets,\n"
        ",bring,tea,everyone here\nSOM,bring,rice,everyone here\n,bring,oil,\n"
    )
    write(tmp_path, **WITH_RISKS, value_lines=text)
    merged = merge.read(tmp_path)
    read = merged.partnership["value_lines"].set_index("what")["share"].astype("object").fillna("")
    assert read.to_dict() == {
        "boats": "facilitator only",
        "nets": "facilitator only",
        "tea": "everyone here",
        "rice": "everyone here",
        "oil": "",
    }
    assert any(
        one.startswith(
            "value_lines.csv, row 3, column “Who may see this line”: who may see it is not said there"
        )
        for one in merged.supplied
    )


def test_a_form_of_one_partner_with_answers_in_the_name_of_another_is_told(tmp_path):
    place = write(tmp_path / "in", **WITH_RISKS)
    form_workbook.write(tmp_path / "f.xlsx", stops=[3], partner="VEC", example=folder.read(place))
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    page = form["risk_views"]
    heads = [cell.value for cell in page[1]]
    for row, partner in ((2, "VEC"), (3, "SOM")):
        page.cell(row, heads.index("Partner") + 1).value = partner
        page.cell(row, heads.index("How likely") + 1).value = "likely"
    form.save(place / "f.xlsx")
    merged = merge.read(place)
    assert [row[0] for row in views(merged)] == ["SOM", "VEC"]
    assert (
        "f.xlsx: this is the form of VEC, and answers in it are in the name of SOM. They were read "
        "so. Ask whether it was meant so."
    ) in merged.supplied
