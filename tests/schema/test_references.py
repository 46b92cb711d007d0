"""How the codes of lines are found in what people write."""

from __future__ import annotations

from partnering.schema.references import speaks_of


def test_a_long_text_in_place_of_a_code_is_found_by_its_beginning_and_hides_no_other_code():
    long = "the boat " * 700
    finds = speaks_of({"R1", "R12", long})
    assert [finds.search(text) is not None for text in (long, "as r12 says", "R1.", "R3, R2")] == [
        True,
        True,
        True,
        False,
    ]
    assert finds.search("of R123") is None and finds.search("the boat sank") is None
