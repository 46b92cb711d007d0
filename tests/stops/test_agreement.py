"""Stop 5 worked by hand: which documents, what differs, and what one decides alone."""

import pytest

from making import partnership
from partnering.stops import agreement


def documents(*transfers):
    table = agreement.documents(partnership("LUW KDJ MVA CFP BEA", transfers=list(transfers))).data
    return list(zip(table["Document"], table["Between"], strict=True))


def test_without_money_one_document_is_enough():
    assert [name for name, _ in documents()] == ["partnership agreement", "no grant agreement"]


def test_a_grant_brings_a_grant_agreement_beside_the_partnership_agreement():
    assert documents(("T1", "CFP", "LUW", "210000", "USD", "lines", "grant"))[1:] == [
        ("grant agreement, beside it", "CFP → LUW")
    ]


@pytest.mark.parametrize(
    ("form", "why"),
    [("service contract", "like any supplier"), ("joint pot", "decide about a joint pot")],
)
def test_a_service_contract_or_a_joint_pot_brings_none_and_the_table_says_why(form, why):
    table = agreement.documents(
        partnership("BEA KDJ", transfers=[("T1", "BEA", "KDJ", "", "", "rides", form)])
    ).data
    assert table["Document"].tolist() == ["partnership agreement", "no grant agreement"]
    assert why in table["Why"].iloc[1]


def test_a_partner_that_is_given_a_grant_and_gives_one_makes_a_chain():
    made = documents(
        ("T1", "CFP", "LUW", "210000", "USD", "", "grant"),
        ("T2", "LUW", "KDJ", "60000", "USD", "", "grant"),
        ("T3", "LUW", "MVA", "12000", "USD", "", "grant"),
        ("T4", "BEA", "KDJ", "", "", "", "service contract"),
    )
    assert ("a chain of grants", "CFP → LUW → KDJ, MVA") in made
    assert len([name for name, _ in made if name == "a chain of grants"]) == 1


def test_amounts_are_never_added():
    shown = agreement.documents(
        partnership(
            "A B",
            transfers=[
                ("T1", "A", "B", "100", "USD", "", "grant"),
                ("T2", "A", "B", "50", "USD", "", "grant"),
            ],
        )
    ).plain()
    assert "150" not in shown
    assert "T1, T2" in shown


TOPICS = [
    ("Data", "both", "differ", "who owns it"),
    ("Notice", "both", "we do not know"),
    ("Purpose", "both", "say the same"),
    ("Law", "nowhere yet"),
    ("Logo", "partnership agreement", "differ"),
]


def test_only_what_people_ticked_as_different_in_both_documents_is_asked_about():
    table = agreement.differ(partnership("A B", topics=TOPICS)).data
    assert table["Topic"].tolist() == ["Data", "Notice"]
    assert table["To ask"].tolist() == [
        "Which document should say it, and which gives way?",
        "Who reads both, side by side, and by when?",
    ]


def test_topics_are_listed_by_the_document_in_which_they_stand():
    table = agreement.topics_by_document(partnership("A B", topics=TOPICS)).data.set_index(
        "Where it stands"
    )["Topics"]
    assert table["both"] == "Data; Notice; Purpose"
    assert table["nowhere yet"] == "Law"


def test_a_right_that_one_holds_alone_without_asking_is_told_with_its_reason():
    rights = [
        ("Publish", "ANA", "", "", ""),
        ("Audit", "ANA", "", "BEN", "the law asks it"),
        ("Suspend", "ANA", "BEN"),
        ("End", "all of us", ""),
        ("Logo", "ANA", "nobody"),
    ]
    table = agreement.decided_alone(partnership("ANA BEN", rights=rights)).data.set_index("Right")[
        "To ask"
    ]
    assert list(table.index) == ["Publish", "Audit", "Logo"]
    assert table["Audit"] == "Could it be “after asking”?"
    assert table["Publish"].startswith("Is the reason written?")


def test_where_nobody_has_filled_in_who_decides_the_table_says_so():
    assert (
        agreement.decided_alone(partnership("ANA BEN")).nothing
        == "Who decides what is not filled in yet."
    )


def test_a_transfer_without_a_form_or_kept_back_concludes_nothing():
    table = agreement.documents(partnership("A B", transfers=[("T1", "A", "B")])).data
    assert table["Document"].tolist() == ["partnership agreement", "not told yet"]
    kept = partnership(
        "A B",
        transfers=[
            {"transfer": "T1", "from": "A", "to": "B", "form": "grant", "share": "facilitator"}
        ],
    )
    assert agreement.documents(kept.for_reader("room")).data["Document"].tolist() == [
        "partnership agreement"
    ]
