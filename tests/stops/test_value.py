"""Stop 2 worked by hand: lines, asks and answers, worth, and promises with what they wait for."""

import pytest

from examples import example
from making import partnership
from partnering.partnership import ROOM
from partnering.schema.kinds import UNREAD
from partnering.stops import value

LINES = [
    ("V1", "ANA", "bring", "a boat", "all partners", "we promise it", "V4"),
    ("V2", "ANA", "hope for", "to learn", "our organisation only"),
    ("V3", "ANA", "hope for", "fewer floods", "all partners"),
    ("V4", "BEN", "ask one partner for", "a boat on Sundays", "ANA"),
    ("V5", "BEN", "ask one partner for", "rent", "ANA"),
    ("V6", "BEN", "bring", "a song", "people we serve", "an idea"),
    ("V7", "BEN", "give up, or spend", "our Sundays"),
    ("V8", "BEN", "hope for", "a name", "our organisation only"),
]


def lines(**more):
    return partnership("ANA BEN", value_lines=LINES, **more)


@pytest.mark.rule("2.1")
def test_a_value_sheet_has_what_is_brought_hoped_for_paid_and_asked():
    sheet = value.value_sheets(lines()).data["The BEN house"].set_index("We …")["What"]
    assert sheet["Brings"] == "V6 a song (an idea)"
    assert sheet["Hopes for: our organisation only"] == "V8 a name"
    assert sheet["Gives up, or spends"] == "V7 our Sundays"
    assert sheet["Asks"] == "V4 a boat on Sundays → ANA; V5 rent → ANA"
    assert "Hopes for: all partners" not in sheet.index


@pytest.mark.rule("2.2")
def test_an_ask_is_answered_by_the_line_that_meets_it_and_open_asks_come_first():
    table = value.asked_and_answered(lines()).data
    assert list(
        zip(table["Number"].str[:2], table["As it is now"], table["Answered by"], strict=True)
    ) == [
        ("V5", "asked, not yet answered", ""),
        ("V6", "offered, and no ask for it yet", ""),
        ("V4", "asked and answered", "V1 a boat"),
    ]


@pytest.mark.rule("2.2")
def test_an_answer_counts_on_whichever_of_the_two_lines_it_was_written():
    p = partnership(
        "ANA BEN",
        value_lines=[
            ("V1", "ANA", "bring", "a boat"),
            ("V2", "BEN", "ask one partner for", "a boat on Sundays", "ANA", "", "V1"),
        ],
    )
    table = value.asked_and_answered(p).data
    assert table["As it is now"].tolist() == ["asked and answered"]
    assert table["Answered by"].tolist() == ["V1 a boat"]


@pytest.mark.rule("2.3")
def test_a_hope_of_which_nobody_told_whose_it_is_is_neither_shared_nor_particular():
    p = partnership("ANA BEN", value_lines=[("V1", "ANA", "hope for", "peace")])
    assert value.gains(p).data["Gains"].tolist() == ["not said whose"]
    assert (
        "Hopes for: not said whose" in value.value_sheets(p).data["The ANA house"]["We …"].tolist()
    )


@pytest.mark.rule("2.3")
def test_shared_and_particular_gains_stand_side_by_side_and_neither_is_warned_of():
    table = value.gains(lines()).data.set_index("Gains")["Hoped for"]
    assert table["shared: all partners"] == "ANA: fewer floods"
    assert table["not shared: of one or some of us"] == "ANA: to learn; BEN: a name"
    assert "Both are fine" in value.gains(lines()).notes[0]


def test_the_value_map_shows_from_whom_to_whom():
    table = value.value_map(lines()).data.set_index("From (giver)")
    assert table.loc["ANA The ANA house", "all partners"] == "V1 a boat (we promise it)"
    assert table.loc["BEN The BEN house", "people we serve"] == "V6 a song (an idea)"


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
    all_told = lines(
        worth=[("ANA", "yes"), ("BEN", "yes, on one condition", "we are asked")]
    ).for_reader("room")
    assert value.worth(all_told).data["Partner"].tolist() == ["The ANA house", "The BEN house"]
    three = partnership(
        "ANA BEN CYD",
        worth=[
            ("ANA", "yes"),
            ("BEN", "yes, on one condition", "we are asked"),
            ("CYD", "not as it is now", "SECRET"),
        ],
    )
    table = value.worth(three.for_reader("room"))
    assert "Partner" not in table.data
    assert table.missing == "2 of 3 are shown here."
    assert value.worth(three).missing == "3 of 3 have answered."
    assert "SECRET" not in table.plain()
    assert "not as it is now" in value.worth(three).plain()  # the facilitator does see it


PROMISES = [
    ("P1", "ANA", "BEN", "the money", "2026-05-01", "done late"),
    ("P2", "BEN", "ANA", "the report", "2026-06-01", "not done", "P1"),
    ("P3", "BEN", "all partners", "the map", "2026-07-01", "not yet due", "P2"),
    ("P4", "ANA", "BEN", "the hall", "2026-04-01", "changed by agreement"),
]


@pytest.mark.rule("2.5")
def test_open_promises_stand_beside_what_they_wait_for():
    table = value.open_promises(lines(promises=PROMISES)).data
    assert table["Promise"].tolist() == ["P3 the map"]
    assert table["Depends on"].tolist() == ["P2 the report"]


@pytest.mark.rule("2.6")
def test_a_promise_that_was_not_kept_comes_with_the_question_to_the_one_it_waited_for():
    table = value.not_kept(lines(promises=PROMISES)).data
    assert table["Promise"].tolist() == ["P2 the report"]
    assert table["Depends on"].tolist() == ["P1 the money"]
    assert (
        table["To ask"].iloc[0] == "First ask the one who promised, and the one that P2 depends on."
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
        "P4, due 2026-04-01: changed by agreement. P1, due 2026-05-01: done late"
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
    told = {row["Number"].split()[0]: row["As it is now"] for _, row in states.iterrows()}
    assert told == {
        "V9": "asked; nothing shown here answers it yet",
        "V22": "asked; nothing shown here answers it yet",
        "V25": "offered; nothing shown here asks for it yet",
        "V8": "asked and answered",
        "V15": "asked and answered",
        "V21": "asked and answered",
        "V29": "asked and answered",
    }


def test_in_shade_ten_months_later_the_third_instalment_waits_for_the_report():
    mine = example("shade-under-way")
    table = value.not_kept(mine).data
    assert table["Promise"].str[:2].tolist() == ["P6"]
    assert table["Depends on"].str[:2].tolist() == ["P5"]
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


@pytest.mark.rule("2.5")
def test_a_promise_of_which_nobody_has_told_is_open_and_one_that_was_changed_is_not():
    told = [
        ("P1", "ANA", "BEN", "a boat", "2026-05-01", ""),
        ("P2", "ANA", "BEN", "a hall", "2026-05-01", "not yet due"),
        ("P3", "ANA", "BEN", "a map", "2026-05-01", "changed by agreement"),
        ("P4", "ANA", "BEN", "", "2026-05-01", "not yet due"),
    ]
    table = value.open_promises(lines(promises=told))
    assert table.rows["promise"].tolist() == ["P1", "P2"]
    assert table.data["Result so far"].tolist() == ["", "not yet due"]
    closed = value.open_promises(lines(promises=told[2:3]))
    assert closed.nothing == "No promise is open."
    assert value.open_promises(lines()).nothing.startswith("No promises are written down.")


ALL_LINES = [*LINES, ("V9", "ANA", "bring", "a key", "")]


def test_the_sheets_of_value_hold_every_line_once_by_what_it_is():
    p = partnership("ANA BEN CYD", value_lines=ALL_LINES)
    sheets = value.value_sheets(p)
    assert [part.caption for part in sheets.parts] == ["The ANA house", "The BEN house"]
    assert sheets.missing == "2 of 3 have written their lines."
    ana, ben = (part.data.to_dict("list") for part in sheets.parts)
    assert ana == {
        "We …": ["Brings", "Hopes for: our organisation only", "Hopes for: all partners"],
        "What": ["V1 a boat (we promise it); V9 a key", "V2 to learn", "V3 fewer floods"],
    }
    assert ben["We …"] == [
        "Brings",
        "Hopes for: our organisation only",
        "Gives up, or spends",
        "Asks",
    ]
    room = value.value_sheets(p.for_reader("room"))
    assert room.missing == "Lines of 2 of 3 are shown here."
    none = value.value_sheets(partnership("ANA BEN"))
    assert (none.missing, none.nothing) == ("", "Nobody has written a line yet.")


@pytest.mark.rule("2.2")
def test_asks_and_offers_stand_with_from_whom_to_whom_they_go():
    p = partnership("ANA BEN", value_lines=ALL_LINES)
    table = value.asked_and_answered(p)
    assert table.data.to_dict("list") == {
        "Number": ["V5 rent", "V6 a song", "V9 a key", "V4 a boat on Sundays"],
        "Who": ["BEN → ANA", "BEN → people we serve", "ANA", "BEN → ANA"],
        "As it is now": [
            "asked, not yet answered",
            "offered, and no ask for it yet",
            "offered, and no ask for it yet",
            "asked and answered",
        ],
        "Answered by": ["", "", "", "V1 a boat"],
    }
    assert table.rows["met_by"].tolist() == [(), (), (), ("V1",)]
    assert value.asked_and_answered(p.for_reader("room")).data["As it is now"].tolist() == [
        "asked; nothing shown here answers it yet",
        "offered; nothing shown here asks for it yet",
        "offered; nothing shown here asks for it yet",
        "asked and answered",
    ]


@pytest.mark.rule("2.3")
def test_hopes_stand_by_whose_gain_they_are_the_shared_ones_first():
    lines_ = [*LINES, ("V9", "ANA", "hope for", "clean water", "people we serve")]
    table = value.gains(
        partnership("ANA BEN", value_lines=[*lines_, ("VX", "ANA", "hope for", "x")])
    )
    assert table.data.to_dict("list") == {
        "Gains": [
            "shared: all partners",
            "of people we serve",
            "not shared: of one or some of us",
            "not said whose",
        ],
        "Hoped for": [
            "ANA: fewer floods",
            "ANA: clean water",
            "ANA: to learn; BEN: a name",
            "ANA: x",
        ],
    }


def test_what_is_brought_without_a_receiver_is_not_said_to_be_for_all():
    figure = value.value_map(partnership("ANA BEN", value_lines=ALL_LINES))
    assert figure.data.to_dict("list") == {
        "From (giver)": ["ANA The ANA house", "BEN The BEN house"],
        "all partners": ["V1 a boat (we promise it)", ""],
        "people we serve": ["", "V6 a song (an idea)"],
        "for whom is not said": ["V9 a key", ""],
    }
    assert "ANA → for whom is not said: V9 a key." in figure.alternative


def test_where_no_receiver_is_known_there_is_a_table_and_a_way_to_arrows():
    brought = [("V1", "ANA", "bring", "a boat"), ("V2", "BEN", "bring", "a song")]
    figure = value.value_map(partnership("ANA BEN", value_lines=brought))
    assert not figure.is_drawn and "V1 a boat" in figure.plain()
    way = (
        "An arrow goes from a line to whoever asked for it: type under “Answers line” which ask it "
        "answers. Or agree for whom it is, and type that under “For whom (hope) or from whom (ask)”."
    )
    assert way in figure.plain() and way in figure.html()
    said = [(*line, "all partners") for line in brought]
    drawn = value.value_map(partnership("ANA BEN", value_lines=said))
    assert drawn.is_drawn and way not in drawn.plain()


@pytest.mark.rule("2.7")
@pytest.mark.parametrize("beside", ["the offer", "the ask"])
def test_an_arrow_goes_to_whoever_asked_for_what_is_brought(beside):
    answers = ("V2", "") if beside == "the offer" else ("", "V1")
    asked = [
        ("V1", "ANA", "bring", "a boat", "", "we offer it", answers[0]),
        ("V2", "BEN", "ask one partner for", "a boat", "ANA", "", answers[1]),
        ("V3", "CYD", "hope for", "to cross", "our organisation only", "", "V1"),
        ("V4", "BEN", "bring", "a key", "CYD", "", ""),
        ("V5", "CYD", "ask one partner for", "a key", "BEN", "", "V4, V1"),
        ("V6", "BEN", "bring", "an oar", "", "", "V2"),
    ]
    rows = value.value_map(partnership("ANA BEN CYD", value_lines=asked)).rows
    assert [tuple(row) for row in rows[["line", "to"]].to_numpy()] == [
        ("V1", "BEN"),
        ("V1", "CYD"),
        ("V4", "CYD"),
        ("V6", ""),
    ]


@pytest.mark.rule("2.7")
def test_an_ask_that_is_kept_back_draws_no_arrow_and_none_is_denied():
    kept = [
        {"line": "V1", "partner": "ANA", "we": "bring", "what": "a boat", "answers": ""},
        {
            "line": "V2",
            "partner": "BEN",
            "we": "ask one partner for",
            "what": "a boat",
            "answers": "V1",
            "share": "facilitator only",
        },
    ]
    p = partnership("ANA BEN", value_lines=kept)
    assert value.value_map(p).rows["to"].tolist() == ["BEN"]
    room = value.value_map(p.for_reader(ROOM))
    assert room.rows["to"].tolist() == [""]
    assert "for whom is not said here" in room.plain()


def test_a_receiver_that_cannot_be_read_is_not_taken_for_all():
    unreadable = {"line": "V1", "partner": "ANA", "we": "bring", "what": "a boat", "whose": "Zed"}
    figure = value.value_map(partnership("ANA BEN", value_lines=[unreadable]))
    assert figure.rows["to"].tolist() == [UNREAD] and "all partners" not in figure.plain()
    assert figure.data.to_dict("list") == {
        "From (giver)": ["ANA The ANA house"],
        "for whom cannot be read": ["V1 a boat"],
    }
    assert not figure.is_drawn and not figure.alternative  # nobody knows to whom an arrow would go


def test_a_hope_of_which_it_cannot_be_read_whose_it_is_belongs_to_nobody_yet():
    hope = {"line": "V1", "partner": "ANA", "we": "hope for", "what": "a road", "whose": "BEN, BNE"}
    p = partnership("ANA BEN", value_lines=[hope])
    assert value.gains(p).data["Gains"].tolist() == ["whose it is cannot be read"]
    assert "Hopes for: whose cannot be read" in value.value_sheets(p).plain()


@pytest.mark.rule("2.4")
def test_worth_is_told_by_name_with_its_condition():
    said = [
        {"partner": "ANA", "worth_it": "yes"},
        {"partner": "BEN", "worth_it": "yes, on one condition", "if_what": "the road is built"},
    ]
    table = value.worth(partnership("ANA BEN", worth=said))
    assert table.missing == "2 of 2 have answered."
    assert table.data.to_dict("list") == {
        "Partner": ["The ANA house", "The BEN house"],
        "Is it worth it for us?": ["yes", "yes, on one condition"],
        "On which condition": ["", "the road is built"],
    }
    assert value.worth(partnership("ANA BEN")).nothing == "Not enough answers yet."


@pytest.mark.rule("2.5", "2.6")
def test_a_promise_is_told_with_from_whom_to_whom_when_and_what_it_waits_for():
    p = lines(promises=[*PROMISES, ("P5", "ANA", "BEN", "a bell", "", "")])
    assert value.open_promises(p).data.to_dict("list") == {
        "Promise": ["P3 the map", "P5 a bell"],
        "From (giver)": ["BEN", "ANA"],
        "To (receiver)": ["all partners", "BEN"],
        "Promised for (date)": ["2026-07-01", ""],
        "Result so far": ["not yet due", ""],
        "Depends on": ["P2 the report", ""],
    }
    assert value.not_kept(p).data.to_dict("list") == {
        "Promise": ["P2 the report"],
        "From (giver)": ["BEN"],
        "To (receiver)": ["ANA"],
        "Promised for (date)": ["2026-06-01"],
        "Result so far": ["not done"],
        "Depends on": ["P1 the money"],
        "To ask": ["First ask the one who promised, and the one that P2 depends on."],
    }
    alone = value.not_kept(lines(promises=[("P2", "BEN", "ANA", "the report", "", "not done")]))
    assert alone.data["To ask"].tolist() == [
        "What got in the way? What would be a fair new agreement?"
    ]
    calendar = value.promise_calendar(p)
    assert calendar.rows["promise"].tolist() == ["P4", "P1", "P2", "P3"]
    assert "P5" not in calendar.alternative
    assert calendar.alternative.endswith("P3, due 2026-07-01: not yet due.")


@pytest.mark.rule("2.6")
def test_whoever_hopes_without_a_promise_is_asked_before_anything_is_concluded():
    hopes = [("V1", "ANA", "hope for", "x"), ("V2", "BEN", "hope for", "y")]
    p = partnership("ANA BEN CYD", value_lines=[*hopes, ("V3", "BEN", "hope for", "z")])
    table = value.nothing_promised_yet(p)
    assert table.rows.to_numpy().tolist() == [["ANA", 1], ["BEN", 2]]
    assert table.data["Hopes for"].tolist() == ["1 line", "2 lines"]
    asked = table.data["Ask before concluding"].iloc[0]
    assert [question[:5] for question in asked.split("; ")] == ["Is th", "Would", "Is so"]
    assert value.who_has_promised(p) == set()
    kept = lines(promises=PROMISES)
    assert value.nothing_promised_yet(kept).nothing == (
        "Everybody who hopes for something has promised something."
    )


def test_to_the_room_worth_is_counted_among_the_answers_that_stand_here():
    rows = [("A", "yes"), ("B", "yes"), {"partner": "C", "worth_it": "yes", "share": "F"}]
    p = partnership("A B C", worth=rows)
    told = {
        reader: value.before_you_move_on(p.for_reader(reader)).data["What there is"].iloc[0]
        for reader in ("room", "mine")
    }
    assert told["mine"] == "for 3 of 3 it is worth it as it is now"
    assert told["room"] == (
        "of the answers shown here, 2 of 3 say that it is worth it as it is now"
    )


def test_the_calendar_has_a_sign_for_what_is_not_told():
    untold = [("P1", "ANA", "BEN", "a boat", "2026-05-01", "")]
    figure = value.promise_calendar(lines(promises=untold))
    assert figure.alternative == "P1, due 2026-05-01: not said."
    assert "not said" in figure.drawings[0].svg
