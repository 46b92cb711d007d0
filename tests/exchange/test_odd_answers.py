"""Answers that can be read and are probably not meant so are told."""

import pytest

from exchange.came_back import WITH_RISKS, merged_file, views, write
from partnering.exchange import merge


def test_lines_that_say_the_same_under_two_codes_are_asked_about(tmp_path):
    write(tmp_path, **WITH_RISKS, more="risk,what_could_happen\nR01,The gate stays locked.\n")
    merged = merge.read(tmp_path)
    assert merged.partnership["risks"]["risk"].tolist() == ["R01", "R1", "R2"]
    (told,) = merged.supplied
    assert told.startswith("risks.csv, sheet Risks, row 2: R1 says the same as R01 in more.csv")


def test_a_partner_under_two_short_names_is_asked_about(tmp_path):
    write(tmp_path, **WITH_RISKS, others="partner,name\nVECI,vecinas\n")
    assert "says the same as VECI in others.csv" in " ".join(merge.read(tmp_path).supplied)


@pytest.mark.parametrize("word", ["NA", "NULL", "NaN", "<NA>"])
def test_what_programs_write_for_an_empty_cell_is_asked_about(tmp_path, word):
    text = f"partner,risk,how_likely,in_a_few_words\nVEC,R1,likely,{word}\nSOM,R1,likely,rain\n"
    (told,) = merged_file(tmp_path, text, "views.csv").supplied
    assert "row 2, column “In a few words”" in told and f"“{word}” may be what a program" in told


@pytest.mark.parametrize(
    "text", ["Maria Lopez, maria@example.org", "the director (+34 600 123 456)", "Tel. 600-123-456"]
)
def test_how_somebody_is_reached_is_told_where_a_role_is_asked_and_is_not_quoted(tmp_path, text):
    merged = merged_file(tmp_path, f'partner,holder\nVEC,"{text}"\n', "holding.csv")
    (told,) = merged.supplied
    assert "row 2, column “Focal point”" in told and "an e-mail address or a phone number" in told
    assert merged.partnership["holding"]["holder"].tolist() == [text]
    assert merge.read(tmp_path, keep_people=True).assumed == []


@pytest.mark.parametrize(
    "text",
    [
        *("we call within 24 hours", "2026-04-03 to 2026-05-03", "1 200 000 boats", "R1 + R2"),
        *("Rp 1.000.000.000 a year", "1 000 000 000 FCFA"),
    ],
)
def test_numbers_in_words_are_no_telephones(tmp_path, text):
    assert merged_file(tmp_path, f'partner,holder\nVEC,"{text}"\n', "holding.csv").assumed == []


@pytest.mark.parametrize("beside", ["Score", "Feedback", "Comment", "Other"])
def test_what_a_tool_has_beside_an_answer_is_not_the_answer(tmp_path, beside):
    heads = f"Partner,How likely [R1],How likely [R1] [{beside}]\n"
    merged = merged_file(tmp_path, f"{heads}VEC,likely,because\nSOM,,possible\n", "g.csv")
    assert views(merged) == [["VEC", "R1", "likely"]]
    assert f"How likely [R1] [{beside}]" in " ".join(map(str, merged.assumed))
    assert merged.conflicts == []


def test_a_choice_with_a_box_for_other_words_is_known_in_qualtrics(tmp_path):
    text = "Partner - Selected Choice,Partner - Other - Text,How likely - R1\nVEC,,likely\n"
    assert views(merged_file(tmp_path, text, "q.csv")) == [["VEC", "R1", "likely"]]


@pytest.mark.parametrize("word", ['"', "ditto", "As above.", "〃", "同上"])
def test_a_word_that_points_to_the_line_above_is_asked_about(tmp_path, word):
    cell = '"' + word.replace('"', '""') + '"'
    text = f"partner,risk,how_likely,in_a_few_words\nVEC,R1,likely,rain\nVEC,R2,likely,{cell}\n"
    (told,) = merged_file(tmp_path, text, "views.csv").supplied
    assert "row 3, column “In a few words”" in told and "may mean what the line above says" in told
