"""What a view of a notebook says beside its results."""

import pytest

from making import partnership
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.partnership import MINE, ROOM, Partnership
from partnering.stops import agreement, purpose
from partnering.storage import folder


def held(tmp_path, answered: str) -> Partnership:
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": "confidential"}],
        objectives=[("O1", "a well")],
        positions=[
            {"partner": who, "objective": "O1", "stance": "support it", "our_part": "useful part"}
            for who in answered.split()
        ],
    )
    folder.write(p, tmp_path / "ours")
    return folder.read(tmp_path / "ours")


@pytest.mark.parametrize(("answered", "asked"), [("ANA BEN CYD", False), ("", True)])
def test_a_form_that_is_in_is_not_asked_for_again_where_the_room_may_not_see_it(
    tmp_path, answered, asked
):
    view = View(WorkingCopy(held(tmp_path, answered)), ROOM)
    told = view.make(purpose.enough).html
    assert ("To be filled in first: Our position on each objective" in told) is asked


def test_the_facilitator_is_told_beside_a_result_that_what_it_leaves_out_since_it_could_not_be_read(
    tmp_path,
):
    p = partnership("ANA BEN", topics=[("our name", "in both", "they dffr, I think")])
    folder.write(p, tmp_path / "ours")
    copy = WorkingCopy(folder.read(tmp_path / "ours"))
    said = "1 place could not be read. What is said here leaves it out: see Topics of an agreement."
    mine = View(copy, MINE)
    assert said in mine.make(agreement.differ).html
    assert "could not be read" not in mine.make(purpose.stances).html
    assert "could not be read" not in View(copy, ROOM).make(agreement.differ).html
    mended = copy.partnership.sheets["topics"].assign(together="they differ")
    copy.partnership.edit("topics", mended)
    mine.refresh()
    assert "could not be read" not in mine.make(agreement.differ).html


def test_what_is_open_is_shown_again_only_where_it_is_another(tmp_path, monkeypatch):
    """Else a list of places that somebody reads closes whenever something is typed elsewhere."""
    view = View(WorkingCopy(held(tmp_path, "ANA")), ROOM)
    shown = []
    monkeypatch.setattr(view._head, "update", shown.append)
    view.tell()
    assert len(shown) == 1
    objectives = view.whole.sheets["objectives"]
    view.whole.edit("objectives", objectives.assign(text="two wells"))
    view.refresh()
    view.tell()
    assert len(shown) == 1
    view.whole.edit("objectives", objectives.assign(kind="no such type"))
    view.refresh()
    assert "1 place could not be read" in shown[-1].data
