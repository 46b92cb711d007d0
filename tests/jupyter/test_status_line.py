"""What could not be read is told in the words on the screen, with the reason and a way to the cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples import example
from partnering.jupyter import status_line, where_typed
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import MINE, ROOM
from partnering.schema.tables import TABLES
from partnering.storage import folder

SECRET = "Zzyzx & <b>bold"


@pytest.fixture
def copy(tmp_path: Path) -> WorkingCopy:
    p = example("shade")
    sheet = p.sheets["value_lines"].copy()
    sheet.iloc[4, sheet.columns.get_loc("whose")] = SECRET
    p.take({"value_lines": sheet})
    folder.write(p, tmp_path / "ours")
    return WorkingCopy(folder.open_any(tmp_path / "ours"))


def line(copy: WorkingCopy, reader: str = ROOM, *here: str) -> str:
    return status_line.line(copy.partnership, copy, reader, here)


def test_a_place_is_told_in_the_words_on_the_screen_with_the_reason(copy):
    html = line(copy)
    assert "1 place could not be read" in html
    table = TABLES["value_lines"]
    label = f"{table.label}, row 6, {table.by_name['whose'].label}"
    assert f"{label}: This is not a code or a name" in html
    assert "value_lines</" not in html and "column whose" not in html and "sheet " not in html


def test_the_room_is_told_no_word_of_what_stands_there(copy):
    assert "Zzyzx" not in line(copy) and "Zzyzx" not in line(copy, ROOM, "value_lines")
    assert "“Zzyzx &amp; &lt;b&gt;bold” is not" in line(copy, MINE)


def test_a_button_leads_to_a_cell_of_this_notebook_and_a_link_to_another_exercise(copy):
    assert 'data-grid-table="value_lines" data-grid-row="6" data-grid-column="whose"' in line(
        copy, ROOM, "value_lines"
    )
    html = line(copy, ROOM, "risks")
    assert "data-grid-table" not in html
    assert '<a href="2-value-exchange.ipynb">It is typed in Value exchange.</a>' in html


def test_every_table_that_is_typed_in_an_exercise_has_a_way_there():
    typed_at = {"risks": "3-risk-views.ipynb", "moments": "6-relationship.ipynb"}
    for name, file in typed_at.items():
        assert where_typed.exercise_of(name).file == file
    typed = {
        name
        for name, table in TABLES.items()
        if not table.private and where_typed.exercise_of(name)
    }
    asked = (table for table in TABLES.values() if table.core and not table.shipped)
    assert {table.name for table in asked if not table.private} <= typed
    assert where_typed.exercise_of("no such table") is None


def test_a_sheet_that_is_not_the_handbook_s_keeps_its_own_name(copy):
    sheets = dict(copy.partnership.sheets)
    sheets["notes <i>"] = sheets["partners"]
    p = type(copy.partnership)(sheets, "ours", copy.place)
    html = status_line.line(p, copy, MINE)
    assert "notes &lt;i&gt;" in html and "notes <i>" not in html
