"""The undertaking: one text for page and sheet, one side to sign, whoever gives money first."""

from __future__ import annotations

import re

import pytest

import printed_pages
from making import partnership
from partnering.paper import forms, undertaking
from partnering.schema.wording import not_said
from partnering.stops import start
from partnering.storage import folder, paths

GRANT = {"form": "grant", "amount": "10"}
A4, LETTER = (595, 842), (612, 792)


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(printed_pages.pages(pdf)).replace("-\n", "").split())


def three(*transfers, **kept):
    rows = [
        {"transfer": f"T{at}", "from": giver, "to": receiver} | GRANT | kept
        for at, (giver, receiver) in enumerate(transfers, start=1)
    ]
    return partnership("ANA BEN CID", transfers=rows)


# ---------------------------------------------------------------- the sheet


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("us-letter", LETTER)])
@pytest.mark.parametrize("example", ["", "shade", "uwi", "hands"])
def test_the_sheet_is_one_side_of_either_paper(example, paper, size):
    p = folder.read(paths.EXAMPLES / example) if example else None
    pdf = forms.undertaking(p, paper)
    assert printed_pages.pages_of(pdf) == 1
    if printed_pages.HAS_POPPLER:
        ((width, height, words),) = printed_pages.placed(pdf)
        assert (round(width), round(height)) == size
        assert all(word.left > 0 and word.right < width for word in words)
        assert all(word.top > 0 and word.bottom < height for word in words)


def test_every_sentence_stands_on_the_sheet():
    text = text_of(forms.undertaking())
    for sentence in (undertaking.TITLE, undertaking.OPENING, undertaking.SIGNED, undertaking.LAW):
        assert sentence in text
    for point in undertaking.POINTS:
        for piece in point.text.split(undertaking.BLANK):
            assert piece.strip() in text
    assert "“Prefer not to say here” is an answer." in text
    assert not_said(text) == []


def test_whoever_gives_money_signs_first_and_who_passes_it_on_after_that():
    assert undertaking.in_order(three(("BEN", "CID"), ("CID", "ANA"))) == (["BEN", "CID"], ["ANA"])
    assert undertaking.in_order(three(("CID", "ANA"), ("BEN", "CID"))) == (["BEN", "CID"], ["ANA"])
    assert undertaking.in_order(three()) == ([], ["ANA", "BEN", "CID"])


def test_the_sheet_bears_the_names_in_that_order_then_facilitator_and_helper():
    text = text_of(forms.undertaking(three(("BEN", "CID"))))
    named = ["First: whoever", "The BEN house", "Then: all others", "The ANA house"]
    named += ["The CID house", "The facilitator", "The helper"]
    assert re.search(".*".join(map(re.escape, named)), text)


def test_where_no_money_moves_nobody_is_called_first():
    assert "whoever gives money" not in text_of(forms.undertaking(three()))


def test_a_transfer_that_is_kept_back_does_not_tell_by_the_order():
    hidden = three(("BEN", "CID"), share="facilitator only")
    assert undertaking.data(hidden) == undertaking.data(three())


def test_the_reporting_route_and_the_days_that_are_known_are_filled_in():
    p = partnership(
        "ANA",
        partnership=[{"title": "Two", "reporting_route": "the ombudsperson"}],
        partners=[{"partner": "ANA", "name": "Ana's house", "signed_on": "2027-03-11"}],
    )
    text = text_of(forms.undertaking(p))
    assert "reporting route: the ombudsperson The law" in text and "2027-03-11" in text


def test_people_we_serve_are_not_asked_to_sign():
    p = partnership(
        partners=[
            {"partner": "ANA", "name": "Ana's house"},
            {"partner": "SRV", "name": "Those who travel", "kind": "people we serve"},
        ]
    )
    assert undertaking.in_order(p) == ([], ["ANA"])
    assert "Those who travel" not in start.undertaking(p).plain()


def test_the_page_has_the_same_text_as_the_sheet():
    page = " ".join(undertaking.markdown().replace("> ", "").split())
    for point in undertaking.POINTS:
        assert point.text in page and undertaking.head(point) in page
    source = (paths.HOME.parent / "guide/facilitating/undertaking.md").read_text(encoding="utf-8")
    assert "```{undertaking}" in source
    assert undertaking.POINTS[0].text not in " ".join(source.split())  # it stands once


def test_it_is_made_with_the_forms(tmp_path):
    made = forms.write_undertaking(tmp_path / "forms", three(("BEN", "CID")))
    assert [file.name for file in made] == ["undertaking.pdf", "undertaking-letter.pdf"]
    assert all("The BEN house" in text_of(file.read_bytes()) for file in made)


# ---------------------------------------------------------------- who has signed


def signed(**days: str):
    rows = [
        {"partner": code, "name": f"The {code} house", "signed_on": day}
        for code, day in days.items()
    ]
    return partnership(partners=rows)


def test_who_has_not_signed_is_named_in_one_line_to_the_room_too():
    p = signed(ANA="2027-03-11", BEN="")
    for reader in ("mine", "room"):
        told = start.undertaking(p.for_reader(reader))
        assert list(told.rows["partner"]) == ["ANA", "BEN"]
        assert list(told.data["Signed on"]) == ["2027-03-11", "no day is shown here"]
        assert told.notes == (
            "No day of signing is shown here for The BEN house. Until all have signed, collect no form.",
        )


def test_once_all_have_signed_nothing_is_asked():
    assert start.undertaking(signed(ANA="2027-03-11", BEN="11.3.2027")).notes == (
        "All have signed.",
    )


@pytest.mark.parametrize("moment", ["exploring", "working together"])
def test_it_is_said_at_every_moment(moment):
    p = partnership("ANA", partnership=[{"moment": moment}])
    assert "No day of signing is shown here" in start.undertaking(p).plain()


def test_of_a_partnership_without_partners_nothing_is_asked():
    assert start.undertaking(partnership()).plain().endswith("No partner is typed yet.")


def test_the_worked_examples_have_signed_before_their_forms():
    for place in paths.examples():
        assert start.undertaking(folder.read(place)).notes == ("All have signed.",)
