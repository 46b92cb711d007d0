"""What a column can hold: text is read as people write it, or it is said what would be read."""

import pytest

from partnering.schema.kinds import Code, Ref, Text
from partnering.schema.spelling import plain
from schema.refusing import refused


@pytest.mark.parametrize(
    ("text", "code"), [("o1", "O1"), (" vec ", "VEC"), ("R3.1", "R3.1"), ("éa", "ÉA")]
)
def test_a_code_is_read_in_any_case(text, code):
    assert Code("O").read(text) == code


@pytest.mark.parametrize("text", ["O 1", "the first objective", "O1!", "", "-", "x" * 17])
def test_what_cannot_be_said_as_a_code_is_refused_with_an_example(text):
    assert "such as O1" in refused(Code("O"), text).allowed


def test_several_codes_stand_in_a_cell_however_they_are_parted():
    assert Ref("partners", many=True).parts("VEC, TWN;OSD /\nSOM, VEC,") == [
        "VEC",
        "TWN",
        "OSD",
        "SOM",
    ]
    assert Ref("partners").parts("VEC, TWN") == ["VEC, TWN"]


def test_a_name_that_holds_commas_is_one_partner():
    known = {plain("Farmers, Herders & Co."): "FHC", "vec": "VEC", plain("Herders"): "HER"}
    resolve = Ref("partners", many=True).resolve
    assert [code for _, code in resolve("Farmers, Herders & Co.", known)] == ["FHC"]
    assert [code for _, code in resolve("VEC, farmers,  herders & co; Herders", known)] == [
        "VEC",
        "FHC",
        "HER",
    ]
    assert resolve("Farmers, VEC", known) == [("Farmers", ""), ("VEC", "VEC")]


def test_text_is_kept_but_for_blanks_around_it():
    assert Text().read("  a\n b ") == "a\n b"
