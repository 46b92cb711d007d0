"""How a sheet is written: in the schema's own words, as long as nothing it was read with changes."""

from __future__ import annotations

from making import partnership, sheet


def care(p) -> list[str]:
    return p.as_written("risk_care")["decides"].tolist()


def test_a_name_is_written_as_the_code_it_stands_for_once_the_partner_is_there():
    p = partnership(
        "ANA",
        risks=[{"risk": "R1", "what_could_happen": "a flood"}],
        risk_care=[{"risk": "R1", "decides": "Ben"}],
    )
    assert care(p) == ["Ben"]
    p.edit("partners", sheet("partners", [("ANA", "Ana"), ("BNN", "Ben")]))
    assert care(p) == ["BNN"]
    p.edit("partners", sheet("partners", [("ANA", "Ana"), ("BEN", "B."), ("BNN", "Ben")]))
    assert care(p) == ["Ben"]  # a code or a name: it is asked which


def test_a_sheet_that_was_not_touched_is_not_written_anew():
    p = partnership(
        "ANA",
        risks=[{"risk": "R1", "what_could_happen": "a flood"}],
        purposes=[("ANA", "to be safe")],
    )
    before = p.to_write()
    p.edit("purposes", sheet("purposes", [("ANA", "to be fed")]))
    after = p.to_write()
    assert after["purposes"]["why_together"].tolist() == ["to be fed"]
    assert {name for name in after if after[name] is not before[name]} == {"purposes"}
