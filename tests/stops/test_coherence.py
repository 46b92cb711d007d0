"""Stop 7 worked by hand: one house at a time, and what alone crosses."""

import inspect

import pytest

from making import partnership, sheet
from partnering.partnership import Partnership, house
from partnering.stops import coherence, red_thread, start
from partnering.storage import folder, house_file

ANSWERS = [
    ("ANA", "finance", "Q1", "To spend a grant well.", "different from what we agreed"),
    ("ANA", "programme", "Q1", "That nobody dies of heat.", "as agreed"),
    ("ANA", "finance", "Q2", "The director.", "as agreed"),
    ("ANA", "programme", "Q2", "the director", "as agreed"),
]


@pytest.fixture
def place(tmp_path):
    """A partnership in a folder, with a house file of each of its two partners."""
    folder.write(
        Partnership(
            {
                "partners": sheet("partners", [("ANA", "Ana's"), ("BEN", "Ben's")]),
                "holding": sheet(
                    "holding", [("ANA", "coordinator", ""), ("BEN", "director", "deputy")]
                ),
            }
        ),
        tmp_path,
    )
    (tmp_path / "houses").mkdir()
    for code, rows in (("ANA", ANSWERS), ("BEN", [("BEN", "board", "Q1", "SECRET of Ben", "")])):
        frame = sheet("house_answers", rows)
        frame.to_csv(tmp_path / "houses" / f"{code}.csv", index=False)
    return tmp_path


def test_answers_stand_by_question_and_part_of_the_house_and_are_marked_as_the_houses_own(place):
    table = coherence.answers_by_unit(house_file.read(folder.read(place), "ANA"))
    assert list(table.data.columns) == ["Question", "finance", "programme"]
    assert table.data["finance"].iloc[0] == "To spend a grant well. (different from what we agreed)"
    assert table.caption == "Answers inside our organisation: Ana's"
    assert "No other partner sees it" in table.notes[-1]


@pytest.mark.rule("7.1")
def test_wording_alone_is_compared_and_the_house_is_asked_whether_it_means_the_same(place):
    table = coherence.alike(house_file.read(folder.read(place), "ANA")).data
    assert table["How many ways"].tolist() == ["in 2 ways", "in the same words"]
    assert table["Beside the agreement"].tolist() == [
        "different from what we agreed: finance",
        "as agreed",
    ]
    assert "Which way of working causes this?" in table["To ask"].iloc[0]


@pytest.mark.rule("7.1")
def test_every_tick_beside_the_agreement_but_agreement_is_told_with_who_made_it(place):
    rows = [
        ("ANA", unit, "Q1", "words", tick)
        for unit, tick in (
            ("finance", "we have agreed nothing on it"),
            ("board", "as agreed"),
            ("clinic", ""),
            ("programme", "we have agreed nothing on it"),
        )
    ]
    sheet("house_answers", rows).to_csv(place / "houses" / "ANA.csv", index=False)
    told = (
        coherence.alike(house_file.read(folder.read(place), "ANA"))
        .data["Beside the agreement"]
        .tolist()
    )
    assert told == ["we have agreed nothing on it: finance, programme; not ticked: clinic"]


@pytest.mark.rule("R4")
def test_nothing_of_a_house_can_be_reached_from_the_partnership(place):
    p = folder.read(place)
    made = [
        make(p)
        for module in (coherence, red_thread)
        for _, make in inspect.getmembers(module, inspect.isfunction)
        if list(inspect.signature(make).parameters) == ["p"]
        and not make.__name__.startswith("_")
        and make.__module__ == module.__name__
    ]
    shown = "".join(getattr(it, "html", it.__str__)() for it in [*made, start.filled_in(p)])
    assert "SECRET" not in shown
    assert "To spend a grant well" not in shown
    assert p["house_answers"].empty
    assert not any("SECRET" in str(frame.to_numpy()) for frame in p.sheets.values())


def test_a_house_holds_its_own_lines_alone(place):
    (place / "houses" / "ANA.csv").write_text(
        "partner,unit,question,answer\nANA,finance,Q1,ours\nBEN,board,Q1,theirs\n"
    )
    house = house_file.read(folder.read(place), "ANA")
    assert house.answers["answer"].tolist() == ["ours"]
    assert any("BEN" in str(problem) for problem in house.problems)


@pytest.mark.rule("7.2")
def test_across_the_partners_only_how_the_relation_is_held_crosses(place):
    table = coherence.holding(folder.read(place).for_reader("room"))
    assert table.data["Stand-in"].tolist() == ["", "deputy"]


REQUESTS = [
    ("Q1", "2026-05-04", "SOM", "VEC", "the register"),
    ("Q2", "2026-05-06", "SOM", "VEC", "portraits"),
    ("Q3", "2026-05-20", "SOM", "VEC", "The register."),
    ("Q4", "2026-05-05", "SOM", "OSD", "a list"),
]


@pytest.mark.rule("7.3")
def test_requests_that_met_in_one_week_or_asked_the_same_are_told():
    table = coherence.same_week(partnership("SOM VEC OSD", requests=REQUESTS)).data
    assert list(zip(table["When"], table["Requests"], strict=True)) == [
        ("the week of 2026-05-04", "Q1 SOM: the register; Q2 SOM: portraits"),
        ("asked more than once", "Q1 SOM: the register; Q3 SOM: The register."),
    ]


@pytest.mark.rule("7.4")
def test_a_holder_without_a_stand_in_and_a_contact_nobody_is_told_of_are_asked_about():
    p = partnership(
        "ANA BEN",
        holding=[("ANA", "coordinator", ""), ("BEN", "director", "deputy")],
        contacts=[
            (
                "BEN",
                "press office",
                "ANA",
                "asks them for something",
                "pictures",
                "every month",
                "no",
            ),
            ("BEN", "finance", "ANA", "works with them and asks", "money", "every month", "yes"),
        ],
    )
    assert coherence.who_knows(p).data["As it is now"].tolist() == [
        "coordinator has no stand-in",
        "press office contacts ANA, and the focal point is not told",
    ]


def test_the_contact_map_shows_roles_and_a_broken_line_where_the_holder_is_not_told():
    p = partnership(
        "ANA BEN",
        contacts=[("BEN", "press office", "ANA", "works with them and asks", "", "", "no")],
    )
    figure = coherence.contact_map(p)
    assert "BEN, press office → ANA (the focal point is not told)" in figure.alternative
    assert ">the focal point is not told</text>" in figure.drawings[0].svg


@pytest.mark.rule("R3")
@pytest.mark.parametrize("how", ["not done", "done late or in part"])
def test_what_was_broken_or_slipped_is_the_facilitators_first(how):
    p = partnership(
        "ANA BEN", kept=[("A1", "ANA", how, "BEN"), ("A2", "ANA", "done as written", "BEN")]
    )
    assert coherence.text_and_practice(p).data["What was seen"].tolist() == [how, "done as written"]
    room = coherence.text_and_practice(p.for_reader("room"))
    assert room.data["What"].tolist() == ["A2"]
    kept = ("A2", "ANA", "done as written", "BEN")
    for others in ([], [("A1", "ANA", "", "BEN")], [("A1", "ANA", "we do not know", "BEN")]):
        without = partnership("ANA BEN", kept=[*others, kept]).for_reader("room")
        assert room.html() == coherence.text_and_practice(without).html()


@pytest.mark.rule("7.5", "R2")
def test_what_slipped_and_is_freed_is_told_and_who_saw_it_is_not():
    p = partnership("ANA BEN", kept=[("A1", "ANA", "done late or in part", "BEN", "everyone here")])
    room = coherence.text_and_practice(p.for_reader("room"))
    assert room.data.to_dict("records") == [
        {"What": "A1", "By": "ANA", "What was seen": "done late or in part"}
    ]
    assert "BEN" not in room.html() + room.rows.to_string()
    assert coherence.text_and_practice(p).data["Seen by"].tolist() == ["BEN"]


def test_how_a_relation_is_held_is_counted_for_the_room_as_what_stands_there():
    lines = [("ANA", "coordinator", ""), {"partner": "BEN", "holder": "director", "share": "F"}]
    p = partnership("ANA BEN", holding=lines)
    assert coherence.holding(p).missing == "2 of 2 have named a focal point."
    assert coherence.holding(p.for_reader("room")).missing == "1 of 2 are shown here."
    room = coherence.holding(partnership("ANA BEN").for_reader("room"))
    assert (room.missing, room.nothing) == (
        "",
        "How a partner manages the relationship is not shown here.",
    )


@pytest.mark.rule("R2")
def test_what_a_request_took_is_not_for_the_room():
    took = {"request": "Q1", "month": "2026-05-04", "from": "SOM", "to": "VEC", "what": "a list"}
    p = partnership("SOM VEC", requests=[took | {"what_it_took": "more than a week"}])
    assert coherence.reached_us(p).data["Time it took"].tolist() == ["more than a week"]
    room = coherence.reached_us(p.for_reader("room"))
    assert "Time it took" not in room.data
    assert "more than a week" not in room.html()


def test_that_everybody_knows_is_said_only_where_everybody_has_said_so():
    held = [("ANA", "coordinator", "clerk"), ("BEN", "director", "deputy")]
    contact = ("BEN", "press office", "ANA", "works with them and asks", "", "")
    sure = "Each focal point has a stand-in and is told of the contacts."
    open_ = (
        "No line shown here says that a focal point has no stand-in, or is not told of a contact."
    )
    for lines, tick, reader, said in (
        (held, "yes", "mine", sure),
        (held, "", "mine", open_),
        (held[:1], "yes", "mine", open_),
        (held, "yes", "room", open_),
    ):
        p = partnership("ANA BEN", holding=lines, contacts=[(*contact, tick)])
        assert coherence.who_knows(p.for_reader(reader)).nothing == said


def test_the_room_hears_of_an_empty_table_only_what_stands_there():
    room = partnership("ANA BEN").for_reader("room")
    assert coherence.who_turns_to_you(room).nothing == "No contact is shown here."
    assert coherence.reached_us(room).nothing.startswith("No request is shown here.")
    assert coherence.same_week(room).nothing == "No request is shown here."
    assert coherence.text_and_practice(room).nothing.startswith(
        "Nothing on what is done is shown here"
    )
    assert coherence.who_knows(room).nothing == "Nothing is shown here."
    one = partnership("SOM VEC", requests=REQUESTS[:1]).for_reader("room")
    assert coherence.same_week(one).nothing.startswith("Of the requests shown here, no two")


def test_contacts_and_holders_speak_for_going_on_as_what_stands_here():
    contact = ("BEN", "press office", "ANA", "works with them and asks", "", "", "yes")
    p = partnership("ANA BEN", contacts=[contact], holding=[("ANA", "coordinator", "clerk")])
    contacts = coherence.before_you_move_on_contacts(p).data["What there is"]
    assert contacts[0] == "1 contact between our organisations is shown here"
    told = [
        coherence.before_you_move_on(p.for_reader(reader)).data["What there is"][0]
        for reader in ("mine", "room")
    ]
    assert told == [
        "1 of 2 have a focal point and a stand-in",
        "1 of 2 are shown here with a focal point and a stand-in",
    ]


@pytest.mark.rule("7.3")
def test_of_requests_to_two_partners_in_one_week_it_is_not_said_that_there_are_none():
    asked = [
        ("Q1", "2026-05-04", "CYD", "ANA", "names"),
        ("Q2", "2026-05-05", "CYD", "BEN", "names"),
    ]
    p = partnership("ANA BEN CYD", requests=asked)
    assert coherence.same_week(p).nothing == (
        "No two requests reached one partner in one week or asked the same."
    )


@pytest.mark.rule("7.3")
def test_of_requests_without_a_day_it_is_not_said_that_they_met_in_no_week():
    asked = [("Q1", "", "ANA", "BEN", "names"), ("Q2", "", "ANA", "BEN", "pictures")]
    assert coherence.same_week(partnership("ANA BEN", requests=asked)).nothing == (
        "Of the requests shown here with a day, no two reached one partner in one week. Of all "
        "that are shown here, no two asked it the same."
    )


@pytest.mark.rule("7.4")
def test_where_no_contact_is_written_down_nobody_is_said_to_be_told_of_the_contacts():
    held = [("ANA", "coordinator", "deputy"), ("BEN", "director", "deputy")]
    assert (
        "is told of the contacts"
        not in coherence.who_knows(partnership("ANA BEN", holding=held)).nothing
    )


def a_house():
    """Three parts of one house: one wording in two, two wordings, and a tick without an answer."""
    rows = [
        ("ANA", "finance", "Q2", "me", "as agreed"),
        ("ANA", "board", "Q1", "To  help", "different from what we agreed"),
        ("ANA", "finance", "Q1", "to help", ""),
        ("ANA", "clinic", "Q2", "you", "as agreed"),
        ("ANA", "clinic", "Q3", "", "as agreed"),
        ("ANA", "clinic", "Q4", "now", "as agreed"),
    ]
    asked = [("Q1", "Why?"), ("Q2", "Who?"), ("Q3", "When?"), ("Q4", "Where?")]
    return house.of(
        partnership("", partners=[("ANA", "Ana's")], house_questions=asked, house_answers=rows)
    )


@pytest.mark.rule("7.1")
def test_a_house_is_told_question_by_question_and_part_by_part():
    table = coherence.answers_by_unit(a_house())
    assert table.data.to_dict("list") == {
        "Question": ["Q1 Why?", "Q2 Who?", "Q4 Where?"],
        "finance": ["to help", "me (as agreed)", ""],
        "board": ["To  help (different from what we agreed)", "", ""],
        "clinic": ["", "you (as agreed)", "now (as agreed)"],
    }
    assert table.rows["question"].tolist() == ["Q1", "Q1", "Q2", "Q2", "Q4"]


@pytest.mark.rule("7.1")
def test_capital_letters_and_spaces_make_no_other_wording():
    table = coherence.alike(a_house())
    assert table.data.to_dict("list") == {
        "Question": ["Q1 Why?", "Q2 Who?", "Q4 Where?"],
        "How many ways": ["in the same words", "in 2 ways", "one unit has answered"],
        "Beside the agreement": [
            "different from what we agreed: board; not ticked: finance",
            "as agreed",
            "as agreed",
        ],
        "To ask": [
            "Which way of working causes this? What would a newcomer at the partner need to know?",
            "Do these mean the same? Can the partner work with both answers?",
            "",
        ],
    }
    assert table.rows.columns.tolist() == ["question", "parts", "ways", "otherwise", "beside"]
    assert table.rows["otherwise"].tolist() == [("board",), (), ()]
    assert table.caption == "The same or different: Ana's"
    assert len(table.notes) == 2


HELD = [
    {
        "partner": "ANA",
        "holder": "the nurse",
        "stand_in": "the driver",
        "to_be_told_before": "a visit",
        "our_units_differ_on": "the money",
        "what_we_will_mend": "the list",
    },
    {"partner": "BEN", "holder": "the clerk"},
    {"partner": "CYD", "stand_in": "the cook"},
]
CONTACTS = [
    ("ANA", "finance", "BEN", "works with them", "the books", "every month", "no"),
    ("BEN", "clinic", "ANA", "asks them for something", "lists", "", "yes"),
    ("BEN", "shop", "ANA", "", "", "", ""),
]


@pytest.mark.rule("7.2")
def test_each_holder_is_told_as_the_house_wrote_it_and_a_line_without_one_is_none():
    p = partnership("ANA BEN CYD", holding=HELD)
    table = coherence.holding(p)
    assert table.missing == "2 of 3 have named a focal point."
    assert coherence.holding(p.for_reader("room")).missing == "2 of 3 are shown here."
    assert table.data.to_dict("list") == {
        "Partner": ["The ANA house", "The BEN house"],
        "Focal point": ["the nurse", "the clerk"],
        "Stand-in": ["the driver", ""],
        "Tell our focal point before": ["a visit", ""],
        "Our own units differ on": ["the money", ""],
        "What we will improve": ["the list", ""],
    }


@pytest.mark.rule("7.4")
def test_a_contact_of_which_nothing_is_ticked_is_not_said_to_be_untold():
    p = partnership("ANA BEN CYD", holding=HELD, contacts=CONTACTS)
    assert coherence.who_knows(p).data.to_dict("list") == {
        "Partner": ["The BEN house", "The ANA house"],
        "As it is now": [
            "the clerk has no stand-in",
            "finance contacts BEN, and the focal point is not told",
        ],
        "To ask": [
            "If this person leaves tomorrow, who knows?",
            "What would help both to know in time?",
        ],
    }
    assert coherence.who_turns_to_you(p).data.to_dict("list") == {
        "Unit or department": ["ANA: finance", "BEN: clinic", "BEN: shop"],
        "With which partner": ["BEN", "ANA", "ANA"],
        "This unit …": ["works with them", "asks them for something", ""],
        "Our focal point knows": ["no", "yes", ""],
        "About what": ["the books", "lists", ""],
        "How often": ["every month", "", ""],
    }


def test_the_map_of_contacts_has_a_broken_line_only_where_a_holder_is_not_told():
    figure = coherence.contact_map(partnership("ANA BEN", contacts=CONTACTS))
    assert figure.alternative == (
        "ANA, finance → BEN (the focal point is not told). BEN, clinic → ANA. BEN, shop → ANA."
    )
    assert figure.drawings[0].svg.count("stroke-dasharray") == 2  # the line, and what it means
    told = coherence.contact_map(partnership("ANA BEN", contacts=CONTACTS[1:]))
    assert "stroke-dasharray" not in told.drawings[0].svg
    assert coherence.contact_map(partnership("ANA BEN")).alternative == (
        "No contact is written down yet."
    )


@pytest.mark.rule("7.3")
def test_monday_and_sunday_are_one_week_and_the_monday_after_is_another():
    days = [
        ("Q1", "2026-03-08", "a list"),
        ("Q2", "2026-03-02", "A  list"),
        ("Q3", "2026-03-09", ""),
    ]
    rows = [
        {"request": code, "month": day, "from": "ANA", "to": "BEN", "what": what, "announced": "no"}
        for code, day, what in days
    ]
    p = partnership("ANA BEN", requests=rows)
    assert coherence.same_week(p).data.to_dict("list") == {
        "Received by": ["BEN", "BEN"],
        "When": ["the week of 2026-03-02", "asked more than once"],
        "Requests": ["Q1 ANA: a list; Q2 ANA: A  list"] * 2,
        "To ask": [
            "Who could have known of the others? Which could wait, or be one?",
            "Who has the answer already?",
        ],
    }
    assert coherence.reached_us(p).data.to_dict("list") == {
        "Request": ["Q2 A  list", "Q1 a list", "Q3 "],
        "From (sender)": ["ANA"] * 3,
        "To (receiver)": ["BEN"] * 3,
        "When": ["2026-03-02", "2026-03-08", "2026-03-09"],
        "Time it took": [""] * 3,
        "Told in advance": ["no"] * 3,
        "Depends on": [""] * 3,
    }


@pytest.mark.rule("7.5")
def test_what_was_broken_comes_first_and_what_is_not_told_last():
    kept = [
        ("the ladder", "ANA", "done as written", "BEN"),
        ("the visits", "BEN", "not done", "ANA"),
        ("the bill", "BEN", "done late or in part", ""),
        ("names", "ANA", "no occasion yet", ""),
        ("rent", "ANA", "", ""),
    ]
    p = partnership("ANA BEN", kept=kept)
    assert coherence.text_and_practice(p).data.to_dict("list") == {
        "What": ["the visits", "the bill", "names", "the ladder", "rent"],
        "By": ["BEN", "BEN", "ANA", "ANA", "ANA"],
        "What was seen": [
            "not done",
            "done late or in part",
            "no occasion yet",
            "done as written",
            "not said here",
        ],
        "Seen by": ["ANA", "", "", "BEN", ""],
    }
    assert coherence.text_and_practice(p.for_reader("room")).data.columns.tolist() == [
        "What",
        "By",
        "What was seen",
    ]
