"""Free names: the same name is numbered on."""

from partnering.schema.free_names import free_name


def test_a_name_that_is_free_stays_and_one_that_is_taken_is_numbered_on():
    taken = {"shade", "shade-2"}
    assert free_name("shade", set().__contains__) == "shade"
    assert free_name("shade", taken.__contains__) == "shade-3"
    assert free_name("shade", taken.__contains__, lambda number: f"shade ({number})") == (
        "shade (2)"
    )


def test_of_many_that_are_called_alike_each_is_numbered_on_from_the_last():
    asked, taken, given = [], {}, {}
    for place in range(200):
        free = free_name("share", lambda name: asked.append(name) or name in taken, given=given)
        taken[free] = place
    assert list(taken)[-1] == "share-200"
    assert len(asked) < 3 * 200  # and not once more for each that went before
