"""Stop 5 worked by hand: which documents, what differs, and what one decides alone."""

import pytest

from making import partnership, sheet
from partnering.schema.kinds import UNREAD
from partnering.stops import agreement


def documents(*transfers):
    table = agreement.documents(partnership("LUW KDJ MVA CFP BEA", transfers=list(transfers))).data
    return list(zip(table["Document"], table["Between"], strict=True))


@pytest.mark.rule("5.1")
def test_where_no_money_is_told_of_a_second_document_is_for_where_some_moves():
    assert [name for name, _ in documents()] == [
        "partnership agreement",
        "a grant agreement, where money moves",
    ]


@pytest.mark.rule("5.1")
def test_a_grant_brings_a_grant_agreement_beside_the_partnership_agreement():
    assert documents(("T1", "CFP", "LUW", "210000", "USD", "lines", "grant"))[1:] == [
        ("grant agreement, beside it", "CFP → LUW")
    ]


@pytest.mark.rule("5.1")
@pytest.mark.parametrize(
    ("form", "why"),
    [("service contract", "like any supplier"), ("joint fund", "decide about a joint fund")],
)
def test_a_service_contract_or_a_joint_pot_brings_none_and_the_table_says_why(form, why):
    table = agreement.documents(
        partnership("BEA KDJ", transfers=[("T1", "BEA", "KDJ", "", "", "rides", form)])
    ).data
    assert table["Document"].tolist() == ["partnership agreement", "no grant agreement"]
    assert why in table["Why"].iloc[1]


@pytest.mark.rule("5.2")
def test_a_partner_that_is_given_a_grant_and_gives_one_makes_a_chain():
    made = documents(
        ("T1", "CFP", "LUW", "210000", "USD", "", "grant"),
        ("T2", "LUW", "KDJ", "60000", "USD", "", "grant"),
        ("T3", "LUW", "MVA", "12000", "USD", "", "grant"),
        ("T4", "BEA", "KDJ", "", "", "", "service contract"),
    )
    assert ("a chain of grants", "CFP → LUW → KDJ, MVA") in made
    assert len([name for name, _ in made if name == "a chain of grants"]) == 1


@pytest.mark.rule("X1")
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
    ("Data", "in both", "they differ", "who owns it"),
    ("Notice", "in both", "we do not know"),
    ("Purpose", "in both", "they agree"),
    ("Law", "not written yet"),
    ("Logo", "partnership agreement", "they differ"),
]


@pytest.mark.rule("5.3")
def test_only_what_people_ticked_as_different_in_both_documents_is_asked_about():
    table = agreement.differ(partnership("A B", topics=TOPICS)).data
    assert table["Topic"].tolist() == ["Data", "Notice"]
    assert table["To ask"].tolist() == [
        "Which document should say it, and which gives way?",
        "Who reads both, side by side, and by when?",
    ]


def test_topics_are_listed_by_the_document_in_which_they_stand():
    table = agreement.topics_by_document(partnership("A B", topics=TOPICS)).data.set_index(
        "Where it is written"
    )["Topics"]
    assert table["in both"] == "Data; Notice; Purpose"
    assert table["not written yet"] == "Law"


@pytest.mark.rule("5.4")
def test_a_right_that_one_holds_alone_without_asking_is_told_with_its_reason():
    rights = [
        ("Publish", "ANA", "", "", ""),
        ("Audit", "ANA", "", "BEN", "the law asks it"),
        ("Suspend", "ANA", "BEN"),
        ("End", "all partners", ""),
        ("Logo", "ANA", "nobody"),
    ]
    table = agreement.decided_alone(partnership("ANA BEN", rights=rights)).data.set_index(
        "Decision"
    )["To ask"]
    assert list(table.index) == ["Publish", "Audit", "Logo"]
    assert table["Audit"] == "Could the others be asked before?"
    assert table["Publish"].startswith("Is the reason written?")


def test_where_nobody_has_filled_in_who_decides_the_table_says_so():
    assert (
        agreement.decided_alone(partnership("ANA BEN")).nothing
        == "Who decides what is not filled in yet."
    )


def test_a_transfer_without_a_form_concludes_nothing():
    table = agreement.documents(partnership("A B", transfers=[("T1", "A", "B")])).data
    assert table["Document"].tolist() == ["partnership agreement", "not said yet"]


def test_to_the_room_a_transfer_that_is_kept_back_and_none_at_all_are_one():
    kept_back = {"transfer": "T1", "from": "A", "to": "B", "form": "joint fund", "share": "F"}
    kept, none = (
        agreement.documents(partnership("A B", transfers=rows).for_reader("room"))
        for rows in ([kept_back], [])
    )
    assert kept.html() == none.html()
    assert kept.data["Document"].iloc[1] == "a grant agreement, where money moves"
    assert kept.data["Why"].iloc[1].startswith("No money between partners is shown here.")


def test_a_transfer_that_is_not_typed_yet_is_not_told_as_no_money():
    told = agreement.documents(partnership("A B")).data.iloc[1]
    assert told["Document"] == "a grant agreement, where money moves"
    assert told["Why"].startswith("No money between partners is shown here.")


@pytest.mark.rule("R11")
def test_payments_whose_codes_cannot_be_read_are_all_there():
    rows = [
        ("", "A", "B", "5", "EUR", "a well", "grant"),
        ("T 2?", "B", "A", "7", "EUR", "a roof", "service contract"),
        ("T3", "A", "B", "9", "EUR", "a road", "grant"),
        ("T3", "A", "B", "9", "EUR", "a road", "grant"),
    ]
    p = partnership("A B", transfers=rows)
    for reader in ("mine", "room"):
        rows = agreement.documents(p.for_reader(reader)).rows.iloc[1:]
        assert rows["transfers"].tolist() == [f"{UNREAD}, T3", UNREAD]
        told = agreement.documents(p.for_reader(reader)).data["Why"].iloc[1]
        assert told.startswith("a payment without a code of its own, T3: money for a purpose")


@pytest.mark.rule("R11")
def test_a_grant_whose_giver_or_receiver_cannot_be_read_asks_for_a_grant_agreement_and_no_chain():
    unread = [
        ("T1", "ZED", "B", "5", "EUR", "a well", "grant"),
        ("T2", "A", "ZED", "5", "EUR", "a well", "grant"),
    ]
    for p in (partnership("A B", transfers=unread), partnership("A B", transfers=unread[::-1])):
        for reader in ("mine", "room"):
            told = agreement.documents(p.for_reader(reader)).data
            assert sorted(told["Between"].iloc[1:]) == ["A → cannot be read", "cannot be read → B"]
            assert set(told["Document"].iloc[1:]) == {"grant agreement, beside it"}


@pytest.mark.rule("5.2")
def test_each_giver_and_each_receiver_stands_once_in_a_chain():
    two_grants = [
        ("T1", "CFP", "LUW", "", "", "", "grant"),
        ("T2", "CFP", "LUW", "", "", "", "grant"),
        ("T3", "LUW", "MVA", "", "", "", "grant"),
        ("T4", "LUW", "MVA", "", "", "", "grant"),
    ]
    assert documents(*two_grants)[-1] == ("a chain of grants", "CFP → LUW → MVA")


@pytest.mark.rule("5.1")
def test_people_we_serve_are_no_party_to_the_agreement():
    p = partnership("ANA BEN")
    people = sheet("partners", [("ANA", "A"), ("BEN", "B"), ("RID", "Riders", "people we serve")])
    p.edit("partners", people)
    assert agreement.documents(p).data["Between"].iloc[0] == "ANA, BEN"


@pytest.mark.rule("4.5")
@pytest.mark.parametrize("reader", ["room", "mine"])
def test_lists_that_nobody_has_ticked_are_a_proposal_and_open(reader):
    p = partnership("ANA BEN").for_reader(reader)
    for make in (agreement.topics_by_document, agreement.decided_alone):
        assert make(p).notes[-1] == "This list is the handbook's proposal, and not yet yours."
    closing = agreement.before_you_move_on(p).data["What there is"]
    assert closing[0] == "Nothing is shown here. What would you say?"
    here = " shown here" if reader == "room" else ""
    assert closing[1] == f"no topic{here} is ticked yet: in which document is each written?"


@pytest.mark.rule("X1")
def test_topics_that_stand_in_a_document_are_named_and_never_counted():
    topics = [*TOPICS, ("Names", "")]
    closing = agreement.before_you_move_on(partnership("A B", topics=topics)).data["What there is"]
    assert closing[0] == "these are in a document: Data; Notice; Purpose; Logo"
    assert "not ticked yet: Names" in closing[1]
    assert " of " not in closing[0]


def test_of_rights_that_are_filled_in_in_part_no_more_is_said_than_of_these():
    some = [("Publish", "all partners"), ("Audit", "")]
    p = partnership("ANA BEN", rights=some)
    assert agreement.decided_alone(p).nothing == (
        "Of the decisions that are filled in, none is taken by one alone without asking."
    )
    assert agreement.decided_alone(p.for_reader("room")).nothing == (
        "Of the decisions shown here that say who decides, none is taken by one alone "
        "without asking."
    )
    whole = partnership("ANA BEN", rights=some[:1])
    assert (
        agreement.decided_alone(whole).nothing == "Nothing is decided by one alone without asking."
    )


def test_the_room_hears_of_an_empty_list_of_differences_only_what_stands_there():
    room = partnership("A B", topics=[("Law", "not written yet")]).for_reader("room")
    assert agreement.differ(room).nothing == "Nothing shown here is marked as different."


@pytest.mark.rule("5.4")
def test_whoever_asks_itself_has_asked_nobody_and_people_we_serve_decide_as_no_partner():
    rights = [("Publish", "ANA", "ANA"), ("Audit", "ANA", "BEN"), ("Stop", "PPL", "")]
    people = [("ANA", "A"), ("BEN", "B"), ("PPL", "P", "people we serve")]
    p = partnership(partners=people, rights=rights)
    assert agreement.alone(p)["right"].tolist() == ["Publish"]


EIGHT = [
    {"topic": "Money", "where": "in both", "together": "they agree"},
    {"topic": "Names", "where": "not written yet", "to_settle": "whose?"},
    {"topic": "Ends", "where": "in both", "together": "they differ", "to_settle": "when?"},
    {"topic": "Law", "where": "partnership agreement"},
    {"topic": "Tax", "where": "grant agreement"},
    {"topic": "Tea", "where": "not needed"},
    {"topic": "Ink"},
    {"topic": "Data", "where": "in both", "together": "we do not know"},
]


@pytest.mark.rule("5.1", "5.2")
def test_each_document_is_told_with_between_whom_and_why():
    transfers = [
        ("T1", "ANA", "BEN", "100", "USD", "a boat", "grant"),
        ("T2", "BEN", "CYD", "5", "USD", "a key", "grant"),
        ("T3", "ANA", "CYD", "1", "USD", "rides", "service contract"),
    ]
    table = agreement.documents(partnership("ANA BEN CYD", transfers=transfers))
    assert table.data.to_dict("list") == {
        "Document": [
            "partnership agreement",
            "grant agreement, beside it",
            "grant agreement, beside it",
            "no grant agreement",
            "a chain of grants",
        ],
        "Between": ["ANA, BEN, CYD", "ANA → BEN", "BEN → CYD", "ANA → CYD", "ANA → BEN → CYD"],
        "Why": [
            "Principles, practices and the conflict protocol belong in it, whether or not money "
            "moves.",
            "T1: money for a purpose, accounted for to the giver.",
            "T2: money for a purpose, accounted for to the giver.",
            "T3: a service is paid for, like any supplier's; a contract is enough.",
            "BEN is given T1 and gives T2. Read every condition of T1 aloud and ask at the end of "
            "the chain: can you keep this, and who pays for keeping it?",
        ],
    }
    assert table.notes == ("Nothing here is legal advice.",)


@pytest.mark.rule("5.3")
def test_topics_stand_under_their_document_and_those_that_differ_with_what_to_ask():
    p = partnership("ANA BEN", topics=EIGHT)
    assert agreement.topics_by_document(p).data.to_dict("list") == {
        "Where it is written": [
            "partnership agreement",
            "grant agreement",
            "in both",
            "not written yet",
            "not needed",
            "not ticked yet",
        ],
        "Topics": ["Law", "Tax", "Money; Ends; Data", "Names", "Tea", "Ink"],
    }
    assert agreement.differ(p).data.to_dict("list") == {
        "Topic": ["Ends", "Data"],
        "Do both papers agree?": ["they differ", "we do not know"],
        "Question to settle": ["when?", ""],
        "To ask": [
            "Which document should say it, and which gives way?",
            "Who reads both, side by side, and by when?",
        ],
    }
    assert agreement.written(p)["topic"].tolist() == ["Money", "Ends", "Law", "Tax", "Data"]


@pytest.mark.rule("5.4")
def test_a_right_without_a_reason_is_asked_for_it():
    rights = [
        ("Logo", "ANA", "", "BEN", "it pays"),
        ("Staff", "all partners"),
        ("Visit", "BEN", "ANA"),
        ("Bank", "CYD"),
    ]
    assert agreement.decided_alone(partnership("ANA BEN CYD", rights=rights)).data.to_dict(
        "list"
    ) == {
        "Decision": ["Logo", "Bank"],
        "Decides": ["ANA", "CYD"],
        "Told afterwards": ["BEN", ""],
        "Reason, if one decides alone": ["it pays", ""],
        "To ask": [
            "Could the others be asked before?",
            "Is the reason written? Could the others be asked before?",
        ],
    }


@pytest.mark.rule("5.2")
def test_a_chain_is_found_behind_a_partner_that_gives_nothing():
    made = documents(
        ("T0", "CFP", "BEA", "5", "USD", "", "grant"),
        ("T1", "CFP", "LUW", "210000", "USD", "", "grant"),
        ("T2", "LUW", "KDJ", "60000", "USD", "", "grant"),
    )
    assert made[-1] == ("a chain of grants", "CFP → LUW → KDJ")


@pytest.mark.rule("5.4")
@pytest.mark.parametrize(
    ("decides", "asked_first"), [("ANA, BNE", ""), ("BNE", ""), ("ANA", "BNE"), ("ANA", "ANA, BNE")]
)
def test_whoever_cannot_be_read_decides_nothing_alone_and_the_right_is_named(decides, asked_first):
    p = partnership("ANA BEN", rights=[("Publish", decides, asked_first), ("Spend", "BEN", "ANA")])
    for reader in ("mine", "room"):
        table = agreement.decided_alone(p.for_reader(reader))
        assert table.rows.empty
        assert table.nothing == (
            "Who decides, or who is asked before, cannot be read: Publish. Of the other decisions "
            "shown here, none is said to be taken by one alone without asking."
        )


def test_whoever_asks_itself_and_nobody_decides_alone_under_its_own_code():
    rights = [("Publish", "ANA", "ANA, nobody"), ("Spend", "BEN, nobody", "")]
    rows = agreement.alone(partnership("ANA BEN", rights=rights))
    assert rows["decides"].tolist() == ["ANA", "BEN"]


def test_the_picture_of_rights_draws_who_cannot_be_read_as_not_known():
    figure = agreement.rights(partnership("ANA BEN", rights=[("Publish", "ANA, BNE", "BNE")]))
    assert figure.alternative.startswith(
        "Publish. decides: cannot be read; asked before: cannot be read."
    )
    assert "asked before: not known here" in figure.html()
