"""Stop 6 worked by hand: two datings of one moment, two views of one behaviour, never a name."""

from making import partnership
from partnering.stops import relationship

MOMENTS = [
    ("M1", "2026-03-01", "an e-mail was answered by telephone", "strained us", ""),
    ("M1", "2025-07-01", "a call nobody remembers", "strained us", ""),
    ("M2", "2026-05-01", "the director came herself", "brought us closer", "she asked first"),
]


def test_both_datings_of_one_moment_stand_in_the_story():
    figure = relationship.story(partnership("ANA BEN", moments=MOMENTS))
    assert figure.data["Moment"].tolist() == [
        "M1 (dated differently)",
        "M1 (dated differently)",
        "M2",
    ]
    assert figure.data["When"].tolist() == ["2025-07-01", "2026-03-01", "2026-05-01"]
    assert "both lines stay" in figure.notes[0]
    assert figure.alternative.startswith("M1 on 2025-07-01: strained us")


def seen(own, others, names="ANA BEN CYD"):
    rows = [
        (who, "", about, "B1", word)
        for about, words in (("ourselves", own), ("the others together", others))
        for who, word in zip(names.split(), words, strict=False)
        if word
    ]
    return partnership(names, behaviour_views=rows)


def own_and_others(p):
    table = relationship.own_and_others(p).data
    return table.iloc[0] if len(table) else None


def test_what_we_think_we_do_and_the_others_seldom_see_is_asked_about():
    row = own_and_others(
        seen(["often", "nearly always", "often"], ["rarely", "sometimes", "rarely"])
    )
    assert row["Of ourselves"] == "nearly always 1, often 2"
    assert row["Of the others together"] == "sometimes 1, rarely 2"
    assert (
        row["To ask"]
        == "We say “often” of ourselves and “rarely” of the others. What would they notice?"
    )


def test_a_step_of_difference_asks_nothing():
    assert (
        own_and_others(seen(["often", "often", "often"], ["sometimes", "often", "sometimes"]))[
            "To ask"
        ]
        == ""
    )


def test_what_others_see_more_than_we_do_is_asked_about_too():
    row = own_and_others(seen(["never", "never", "rarely"], ["often", "often", "nearly always"]))
    assert row["To ask"] == (
        "We say “never” of ourselves and “often” of the others. What do they do that we do not see in ourselves?"
    )


def test_no_view_of_behaviour_ever_bears_a_name_for_any_reader():
    p = seen(["often", "never", "often"], ["rarely", "rarely", "never"])
    for reader in ("room", "mine"):
        for make in (relationship.own_and_others, relationship.own_and_others_strip):
            assert not [
                name for name in ("ANA", "BEN", "CYD") if name in make(p.for_reader(reader)).plain()
            ]


def test_one_organisations_view_alone_is_not_shown():
    row = own_and_others(seen(["often", "", ""], ["rarely", "rarely", ""]))
    assert row["Of ourselves"] == "not enough answers"
    assert row["To ask"] == ""


def test_two_partners_see_each_other():
    row = own_and_others(
        seen(["often", "often"], ["rarely", "sometimes"], "TDD MDN").for_reader("room")
    )
    assert row["Of the others together"] == "sometimes 1, rarely 1"


def test_what_each_practises_is_told_with_who_will_tell():
    p = partnership(
        "ANA BEN", practising=[("ANA", "B1", "we call first", "BEN's accountant", "2026-09-01")]
    )
    table = relationship.practising(p)
    assert table.missing == "1 of 2 have chosen one."
    assert table.data["Behaviour"].iloc[0].startswith("B1 Telling bad news early")


def test_four_conversations_can_be_rehearsed_with_lines_for_both_sides():
    table = relationship.rehearsals(partnership("ANA")).data
    assert len(table) == 4
    assert (table[["One side says", "The other side may say", "Then"]] != "").all().all()
