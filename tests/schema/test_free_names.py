"""Free names: the same name is numbered on."""

from partnering.schema.free_names import free_name


def test_a_name_that_is_free_stays_and_one_that_is_taken_is_numbered_on():
    taken = {"shade", "shade-2"}
    assert free_name("shade", set().__contains__) == "shade"
    assert free_name("shade", taken.__contains__) == "shade-3"
    assert free_name("shade", taken.__contains__, lambda number: f"shade ({number})") == (
        "shade (2)"
    )
