"""Who stands in a cell of partners, and who decides alone; what cannot be read is not known."""

import pytest

from making import partnership
from partnering.partnership.sides import decides_alone, side
from partnering.schema.kinds import UNREAD


def three():
    """Two partners and people we serve."""
    who = [("ANA", "A"), ("BEN", "B"), ("RID", "Riders", "people we serve")]
    return partnership("", partners=who)


@pytest.mark.parametrize(
    ("cell", "partners", "served", "nobody", "unread"),
    [
        ("", (), False, False, False),
        ("ANA", ("ANA",), False, False, False),
        ("all partners, ANA", ("ANA", "BEN"), False, False, False),
        ("ANA, RID", ("ANA",), True, False, False),
        ("people we serve", (), True, False, False),
        ("nobody", (), False, True, False),
        (UNREAD, (), False, False, True),
    ],
)
def test_a_cell_says_which_partners_are_meant_and_whether_it_can_be_read(
    cell, partners, served, nobody, unread
):
    found = side(three(), cell)
    assert (found.partners, found.served, found.nobody, found.unread) == (
        partners,
        served,
        nobody,
        unread,
    )
    assert found.told == bool(partners or served)


@pytest.mark.rule("5.4")
@pytest.mark.parametrize(
    ("decides", "asked_first", "who"),
    [
        ("ANA", "", "ANA"),
        ("ANA", "ANA", "ANA"),
        ("ANA", "nobody", "ANA"),
        ("ANA", "ANA, nobody", "ANA"),
        ("ANA, nobody", "", "ANA"),
        ("ANA", "BEN", ""),
        ("ANA", "people we serve", ""),
        ("ANA, BEN", "", ""),
        ("ANA, RID", "", ""),
        ("all partners", "", ""),
        ("nobody", "", ""),
        ("", "", ""),
        (UNREAD, "", ""),
        ("ANA", UNREAD, ""),
    ],
)
def test_one_decides_alone_where_no_other_decides_or_is_asked_and_both_can_be_read(
    decides, asked_first, who
):
    assert decides_alone(three(), decides, asked_first) == who


def test_a_single_partner_cannot_ask_another():
    assert decides_alone(partnership("ANA"), "ANA", "") == ""
