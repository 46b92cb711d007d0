"""Where the answers of a table shown upright stand goes with the frame."""

import pandas as pd

from partnering.schema import answer_rows


def test_the_places_of_the_answers_go_with_each_column_and_are_not_copied_each_time():
    sheet = pd.DataFrame({"mode": ["with names"], "date": ["2026-03-01"]}, index=[2])
    answer_rows.note(sheet, {"mode": 2, "date": 5})
    assert answer_rows.seen_in(sheet, "date", 2) == 5
    assert sheet["date"].attrs["rows"] is sheet.attrs["rows"]
