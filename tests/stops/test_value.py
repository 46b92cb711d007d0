"""Stop 2 worked by hand: lines, asks and answers, worth, and promises with what they wait for."""

import pytest

from examples import example
from making import partnership
from partnering.stops import value

LINES = [
    ("V1", "ANA", "bring", "a boat", "all of us", "we promise it", "V4"),
    ("V2", "ANA", "hope for", "to learn", "only us"),
    ("V3", "ANA", "hope for", "fewer floods", "all of us"),
    ("V4", "BEN", "ask", "a boat on Sundays", "ANA"),
    ("V5", "BEN", "ask", "rent", "ANA"),
    ("V6", "BEN", "bring", "a song", "people served", "an idea"),
    ("V7", "BEN", "pay a price", "our Sundays"),
    ("V8", "BEN", "hope for", "a name", "only us"),
]


def lines(**more):
    return partnership("ANA BEN", value_lines=LINES, **more)


@pytest.mark.rule("2.1")
def test_a_value_sheet_has_what_is_brought_hoped_for_paid_and_asked():
    sheet = value.value_sheets(lines()).data["The BEN house"].set_index("We ...")["What"]
    assert sheet["Brings"] == "V6 a song (an idea)"
    assert sheet["Hopes for: only us"] == "V8 a name"
    assert sheet["Price"] == "V7 our Sundays"
    assert sheet["Asks"] == "V4 a boat on Sundays → ANA; V5 rent → ANA"
    assert "Hopes for: all of us" not in sheet.index


@pytest.mark.rule("2.2")
def test_an_ask_is_answered_by_the_line_that_meets_it_and_open_asks_come_first():
    table = value.asked_and_answered(lines()).data
    assert list(
        zip(table["Line"].str[:2], table["As it stands"], table["Met by"], strict=True)
    ) == [
        ("V5", "asked, not yet answered", ""),
        ("V6", "offered, and no ask meets it yet", ""),
        ("V4", "asked and answered", "V1 a boat"),
    ]


@pytest.mark.rule("2.2")
def test_an_answer_counts_on_whichever_of_the_two_lines_it_was_written():
    p = partnership(
        "ANA BEN",
        value_lines=[
            ("V1", "ANA", "bring", "a boat"),
            ("V2", "BEN", "ask", "a boat on Sundays", "ANA", "", "V1"),
        ],
    )
    table = value.asked_and_answered(p).data
    assert table["As it stands"].tolist() == ["asked and answered"]
    assert table["Met by"].tolist() == ["V1 a boat"]


@pytest.mark.rule("2.3")
def test_a_hope_of_which_nobody_told_whose_it_is_is_neither_shared_nor_particular():
    p = partnership("ANA BEN", value_lines=[("V1", "ANA", "hope for", "peace")])
    assert value.gains(p).data["Gains"].tolist() == ["not told whose"]
    assert (
        "Hopes for: not told whose"
        in value.value_sheets(p).data["The ANA house"]["We ..."].tolist()
    )


@pytest.mark.rule("2.3")
def test_shared_and_particular_gains_stand_side_by_side_and_neither_is_warned_of():
    table = value.gains(lines()).data.set_index("Gains")["Hoped for"]
    assert table["shared: all of us"] == "ANA: fewer floods"
    assert table["particular: of one or some of us"] == "ANA: to learn; BEN: a name"
    assert "Both are fine" in value.gains(lines()).notes[0]


def test_the_value_map_shows_from_whom_to_whom():
    table = value.value_map(lines()).data.set_index("From")
    assert table.loc["ANA", "all of us"] == "V1 a boat"
    assert table.loc["BEN", "people served"] == "V6 a song"


@pytest.mark.rule("2.1")
def test_money_stands_in_its_own_words_and_is_added_to_nothing():
    p = partnership(
        "ANA BEN",
        value_lines=[
            (
                "V1",
                "ANA",
                "bring",
                "money",
                "BEN",
                "we promise it",
                "",
                "money",
                "100",
                "200",
                "USD",
            ),
            ("V2", "BEN", "bring", "money", "ANA", "", "", "money", "50"),
        ],
    )
    shown = "".join(
        make(p).plain() for make in (value.value_sheets, value.value_map, value.asked_and_answered)
    )
    assert not [total for total in ("150", "250", "300") if total in shown]


@pytest.mark.rule("2.4")
def test_worth_is_told_by_name_when_all_have_answered_and_as_counts_otherwise():
    all_told = lines(worth=[("ANA", "yes"), ("BEN", "yes if", "we are asked")]).for_reader("room")
    assert value.worth(all_told).data["Partner"].tolist() == ["The ANA house", "The BEN house"]
    three = partnership(
        "ANA BEN CYD",
        worth=[
            ("ANA", "yes"),
            ("BEN", "yes if", "we are asked"),
            ("CYD", "not as it stands", "SECRET"),
        ],
    )
    table = value.worth(three.for_reader("room"))
    assert "Partner" not in table.data
    assert table.missing == "2 of 3 stand here."
    assert value.worth(three).missing == "3 of 3 have answered."
    assert "SECRET" not in table.plain()
    assert "not as it stands" in value.worth(three).plain()  # the facilitator does see it


PROMISES = [
    ("P1", "ANA", "BEN", "the money", "2026-05-01", "kept late"),
    ("P2", "BEN", "ANA", "the report", "2026-06-01", "not kept", "P1"),
    ("P3", "BEN", "all of us", "the map", "2026-07-01", "not yet due", "P2"),
    ("P4", "ANA", "BEN", "the hall", "2026-04-01", "changed by agreement"),
]


@pytest.mark.rule("2.5")
def test_open_promises_stand_beside_what_they_wait_for():
    table = value.open_promises(lines(promises=PROMISES)).data
    assert table["Promise"].tolist() == ["P3 the map"]
    assert table["Waits for"].tolist() == ["P2 the report"]


@pytest.mark.rule("2.6")
def test_a_promise_that_was_not_kept_comes_with_the_question_to_the_one_it_waited_for():
    table = value.not_kept(lines(promises=PROMISES)).data
    assert table["Promise"].tolist() == ["P2 the report"]
    assert table["Waits for"].tolist() == ["P1 the money"]
    assert (
        table["To ask"].iloc[0] == "Ask the one who promised first, and the one that P2 waits for."
    )


@pytest.mark.rule("2.6")
def test_who_has_promised_nothing_is_for_the_facilitator_alone_and_comes_with_questions():
    p = lines()
    table = value.nothing_promised_yet(p).data
    assert table["Nothing promised yet from"].tolist() == ["BEN"]
    assert table["Hopes for"].tolist() == ["1 line"]
    assert value.nothing_promised_yet(p.for_reader("room")).data.empty


def test_the_calendar_says_in_words_what_became_of_each_promise():
    figure = value.promise_calendar(lines(promises=PROMISES))
    assert figure.alternative.startswith(
        "P4, due 2026-04-01: changed by agreement; P1, due 2026-05-01: kept late"
    )
    assert figure.data["Promise"].str[:2].tolist() == ["P4", "P1", "P2", "P3"]


@pytest.mark.rule("X1")
def test_no_result_gives_a_partner_a_rate_of_promises_kept():
    p = lines(promises=PROMISES)
    shown = "".join(
        make(p).plain() for make in (value.open_promises, value.not_kept, value.promise_calendar)
    )
    assert " of 2" not in shown
    assert "%" not in shown


@pytest.mark.parametrize("reader", ["room", "mine"])
def test_an_empty_partnership_gives_sentences_and_no_error(reader):
    p = partnership("ANA").for_reader(reader)
    for make in (
        value.value_sheets,
        value.asked_and_answered,
        value.gains,
        value.worth,
        value.value_map,
        value.open_promises,
        value.not_kept,
        value.nothing_promised_yet,
        value.promise_calendar,
        value.before_you_move_on,
    ):
        assert make(p).html()


def test_in_shade_two_asks_are_open_and_one_offer_waits_to_be_asked_for():
    room = example("shade").for_reader("room")
    states = value.asked_and_answered(room).data
    told = {row["Line"].split()[0]: row["As it stands"] for _, row in states.iterrows()}
    assert told == {
        "V9": "asked; nothing that stands here meets it yet",
        "V22": "asked; nothing that stands here meets it yet",
        "V25": "offered; nothing that stands here asks for it yet",
        "V8": "asked and answered",
        "V15": "asked and answered",
        "V21": "asked and answered",
        "V29": "asked and answered",
    }


def test_in_shade_ten_months_later_the_third_instalment_waits_for_the_report():
    mine = example("shade-under-way")
    table = value.not_kept(mine).data
    assert table["Promise"].str[:2].tolist() == ["P6"]
    assert table["Waits for"].str[:2].tolist() == ["P5"]
    assert value.nothing_promised_yet(mine).data["Nothing promised yet from"].tolist() == ["OSD"]


@pytest.mark.rule("2.6")
def test_where_nobody_hopes_nobody_is_said_to_have_promised():
    p = partnership("ANA BEN", value_lines=[("V1", "ANA", "bring", "a van")])
    assert value.nothing_promised_yet(p).nothing == "Nobody has written a hope yet."


@pytest.mark.rule("2.6", "M3")
def test_people_we_serve_owe_nothing_for_what_they_hope_for():
    people = [("ANA", "A"), ("BEN", "B"), ("PPL", "P", "people we serve")]
    hopes = [("V1", "PPL", "hope for", "a clinic"), ("V2", "BEN", "hope for", "a name")]
    p = partnership(partners=people, value_lines=hopes)
    assert value.nothing_promised_yet(p).rows["partner"].tolist() == ["BEN"]


def test_to_the_room_worth_is_counted_among_the_answers_that_stand_here():
    rows = [("A", "yes"), ("B", "yes"), {"partner": "C", "worth_it": "yes", "share": "F"}]
    p = partnership("A B C", worth=rows)
    told = {
        reader: value.before_you_move_on(p.for_reader(reader)).data["What there is"].iloc[0]
        for reader in ("room", "mine")
    }
    assert told["mine"] == "for 3 of 3 it is worth it as it stands"
    assert told["room"] == (
        "of the answers that stand here, 2 of 3 say that it is worth it as it stands"
    )
