"""What is filled in, by hand: the facilitator is told what there is, the room what stands there."""

from making import partnership
from partnering.stops import start

BACK = {"risk": "R9", "what_could_happen": "x", "share": "facilitator"}


def filled(reader, **tables):
    return start.filled_in(partnership("ANA BEN", **tables).for_reader(reader))


def test_the_facilitator_is_told_how_many_lines_there_are():
    told = filled("mine", risks=[("R1", "", "a flood"), BACK]).data["What is filled in"]
    assert "Risks: 2 lines" in told[2]
    assert "nothing yet" in told[0]


def test_the_room_is_told_how_many_lines_stand_there_and_nothing_of_others():
    with_it = filled("room", risks=[("R1", "", "a flood"), BACK])
    assert "Risks: 1 line here" in with_it.data["What is filled in"][2]
    assert with_it.html() == filled("room", risks=[("R1", "", "a flood")]).html()
    assert filled("room", risks=[BACK]).html() == filled("room").html()


def test_to_the_room_a_table_without_lines_is_not_called_empty():
    shown = filled("room", risks=[BACK])
    assert "Risks: nothing shown here" in shown.data["What is filled in"][2]
    figure = start.tour_map(partnership("ANA BEN", risks=[BACK]).for_reader("room"))
    assert "3 Risk: nothing shown here" in figure.alternative
    assert "nothing yet" not in shown.plain() + figure.plain()
