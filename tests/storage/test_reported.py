"""Two shared reports of one round do not tell together what neither tells alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget import tries
from making import partnership, sheet, views
from partnering.documents import report, report_files
from partnering.partnership import Partnership, answers, recode
from partnering.schema.scales import OUR_PART, STANCE
from partnering.stops import risk
from partnering.storage import atomic, folder, forget, reported
from partnering.storage.stored import StoredPartnership

SIX = ("ANA", "BEN", "CYD", "DOV", "EVA", "FIN")
UNGUARDED = [word.text for word in STANCE.words if not word.guarded]
ANSWERS = st.tuples(st.sampled_from(UNGUARDED), st.sampled_from(OUR_PART.texts))
SILENT = ("", "")
CHANGED = "has changed since"


def answered(mode: str, given: dict[str, tuple[str, str]], date="2026-09-01") -> Partnership:
    """What each partner says on one objective; "" is nothing."""
    return partnership(
        " ".join(given),
        partnership=[{"title": "T", "mode": mode, "date": date}],
        objectives=[("O1", "a road")],
        positions=[(who, "", "O1", *said) for who, said in given.items()],
    )


def reports(place: Path, *states: Partnership) -> list[str]:
    """The shared report of each state, written one after the other in the same place."""
    pages = []
    for state in states:
        folder.write(state, place)
        (out,) = report_files.write(folder.read(place), place / "report", (report.SHARED,))
        pages.append((out / "report.html").read_text(encoding="utf-8"))
    return pages


@pytest.mark.rule("R17")
@pytest.mark.parametrize(("mode", "partners"), [("confidential", SIX), ("with names", SIX[:3])])
@settings(max_examples=tries(8, 100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(ANSWERS, min_size=6, max_size=6), one=ANSWERS, other=ANSWERS)
def test_a_later_report_does_not_tell_the_answer_that_came_late(
    tmp_path_factory, mode, partners, first, one, other
):
    early = dict(zip(partners, first, strict=False)) | {partners[-1]: SILENT}
    told = []
    for late in (one, other):
        states = [answered(mode, early), answered(mode, early | {partners[-1]: late})]
        told.append(reports(tmp_path_factory.mktemp("place"), *states))
    assert told[0] == told[1]
    assert CHANGED not in told[0][0] and CHANGED in told[0][1]


def test_an_answer_that_is_changed_or_taken_back_is_not_told_either(tmp_path):
    first = dict.fromkeys(SIX, ("support it", "useful part"))
    moved = answered("confidential", first | {"BEN": ("can agree to it", "useful part")})
    _, second = reports(tmp_path, answered("confidential", first), moved)
    assert CHANGED in second and "can agree to it" not in second.casefold().split("<tbody>")[-1]
    same = reports(tmp_path, answered("confidential", first))[0]
    assert CHANGED not in same  # as it was reported


@pytest.mark.rule("R17")
def test_the_next_round_begins_with_another_day_of_the_session(tmp_path):
    early = dict.fromkeys(SIX, ("support it", "useful part")) | {"FIN": SILENT}
    late = answered(
        "confidential", early | {"FIN": ("can agree to it", "no part")}, date="2026-12-01"
    )
    _, second = reports(tmp_path, answered("confidential", early), late)
    assert CHANGED not in second and "6 of 6" in second


@pytest.mark.rule("R17")
@pytest.mark.parametrize(
    ("first", "then"), [("2026-09-01", "soon"), ("2026-09-01", ""), ("", "2026-09-01")]
)
def test_a_day_that_is_taken_out_or_unreadable_or_filled_in_later_begins_no_round(
    tmp_path, first, then
):
    early = dict.fromkeys(SIX, ("support it", "useful part")) | {"FIN": SILENT}
    late = answered("confidential", early | {"FIN": ("can agree to it", "no part")}, date=then)
    _, second = reports(tmp_path, answered("confidential", early, date=first), late)
    assert CHANGED in second and "6 of 6" not in second


def test_what_was_not_reported_may_be_told_once_there_is_enough(tmp_path):
    few = dict.fromkeys(SIX, SILENT) | {"ANA": ("support it", "no part")}
    late = answered("confidential", dict.fromkeys(SIX, ("support it", "useful part")))
    _, second = reports(tmp_path, answered("confidential", few), late)
    assert CHANGED not in second and "6 of 6" in second


def test_what_is_taken_back_goes_from_what_was_kept_and_stays_off_the_wall(tmp_path):
    reports(tmp_path, answered("confidential", dict.fromkeys(SIX, ("support it", "useful part"))))
    kept = tmp_path / ".reported.json"
    assert "support it" in kept.read_text(encoding="utf-8")
    forget.answers(tmp_path, "FIN")
    assert "support it" not in kept.read_text(encoding="utf-8")
    room = folder.read(tmp_path).for_reader("room")
    assert room["positions"].empty and room.hidden.changed == {"positions"}


@pytest.mark.rule("R17")
def test_words_without_names_of_few_who_have_all_consented_are_kept_as_well(tmp_path):
    four = SIX[:4]
    said = dict.fromkeys(four, SILENT) | dict.fromkeys(four[:2], ("support it", "useful part"))
    states = []
    for late in (SILENT, ("can agree to it", "no part")):
        state = answered("confidential", said | {"CYD": late})
        consents = [{"partner": who, "positions": "with our name"} for who in four]
        state.edit("consents", sheet("consents", consents))
        states.append(state)
    room = states[0].for_reader("room")
    assert list(room["positions"]["partner"]) == ["*1", "*2"]
    assert set(states[0].report("2026-09-01").lines["positions"]) == {("O1",)}
    first, second = reports(tmp_path, *states)
    assert CHANGED not in first and CHANGED in second
    assert folder.read(tmp_path).for_reader("room")["positions"].empty


def test_what_was_kept_is_not_named_as_a_file_that_nobody_has_looked_into(tmp_path):
    reports(tmp_path, answered("confidential", dict.fromkeys(SIX, ("support it", "useful part"))))
    said = " ".join(forget.answers(tmp_path, "FIN").sentences)
    assert ".reported.json" not in said


def test_where_nothing_can_be_kept_no_shared_report_is_written_and_it_is_said_why(
    tmp_path, monkeypatch
):
    place, out = tmp_path / "ours", tmp_path / "out"
    folder.write(answered("confidential", dict.fromkeys(SIX, ("support it", "useful part"))), place)
    replace = atomic.replace

    def full(files, *rest, **more):
        if place / ".reported.json" in files:
            raise atomic.NotSaved("The disk is full.")
        replace(files, *rest, **more)

    monkeypatch.setattr(atomic, "replace", full)
    with pytest.raises(atomic.NotSaved, match=r"disk is full.*So this one was not written"):
        report_files.write(folder.read(place), out, (report.SHARED,))
    assert not out.exists()
    assert report_files.write(folder.read(place), out, (report.FACILITATOR,))


def test_the_facilitators_own_report_keeps_nothing(tmp_path):
    folder.write(
        answered("confidential", dict.fromkeys(SIX, ("support it", "useful part"))), tmp_path
    )
    report_files.write(folder.read(tmp_path), tmp_path / "report", (report.FACILITATOR,))
    assert not (tmp_path / ".reported.json").exists()


def damaged(place: Path) -> Path:
    """A partnership of six whose answers were reported, and the damaged file of what was kept."""
    reports(place, answered("confidential", dict.fromkeys(SIX, ("support it", "useful part"))))
    kept = place / ".reported.json"
    kept.write_text(kept.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    return kept


@pytest.mark.rule("R17")
def test_where_what_was_reported_cannot_be_read_no_line_without_names_is_shown(tmp_path):
    kept = damaged(tmp_path)
    found = folder.read(tmp_path)
    room = found.for_reader("room")
    assert room["positions"].empty
    assert "cannot be read any more" in answers.changed_since(room, "positions")
    (problem,) = found.problems
    assert str(kept) in problem.sentence


@pytest.mark.rule("R17")
def test_where_what_was_reported_cannot_be_read_no_shared_report_is_written(tmp_path):
    kept = damaged(tmp_path)
    before = kept.read_bytes()
    with pytest.raises(atomic.NotSaved, match="no shared report is written"):
        report_files.write(folder.read(tmp_path), tmp_path / "later", (report.SHARED,))
    assert not (tmp_path / "later").exists() and kept.read_bytes() == before
    assert report_files.write(folder.read(tmp_path), tmp_path / "own", (report.FACILITATOR,))


def test_answers_taken_back_leave_no_word_in_a_damaged_file_and_nothing_comes_on_the_wall(tmp_path):
    kept = damaged(tmp_path)
    forget.answers(tmp_path, "FIN")
    assert "support it" not in kept.read_text(encoding="utf-8")
    assert folder.read(tmp_path).for_reader("room")["positions"].empty


def test_the_copy_that_is_saved_of_a_workbook_does_not_forget_that_it_cannot_be_read(tmp_path):
    damaged(tmp_path)
    copy = tmp_path / "copy"
    copy.mkdir()
    folder.write(folder.read(tmp_path), copy)
    assert not reported.read(copy).is_read


def with_risks(place: Path) -> StoredPartnership:
    """Six whose answers on R2 and R3 were reported when the sixth had not answered on R3."""
    answers = {"R2": "l/h l/h l/h l/h l/h c/s", "R3": "l/h l/h l/h l/h l/h ?/?"}
    p = partnership(
        " ".join(SIX),
        partnership=[{"title": "T", "date": "2026-03-01", "mode": "confidential"}],
        risks=[("R2", "financial", "flood"), ("R3", "financial", "fire")],
        risk_views=views(" ".join(SIX), answers),
    )
    folder.write(p, place)
    reported.keep(folder.read(place))
    whole = folder.read(place)
    for name, new in recode.gaps(whole).items():
        reported.recode(whole, name, new)
    whole.take(recode.without_gaps(whole))
    return whole


def lines(place: Path) -> tuple[set, list[str]]:
    """The lines that were reported as they are kept, and the codes of the risks."""
    return set(reported.read(place).lines["risk_views"]), folder.read(place)["risks"][
        "risk"
    ].tolist()


OLD, NEW = ({("R2",), ("R3",)}, ["R2", "R3"]), ({("R1",), ("R2",)}, ["R1", "R2"])


@pytest.mark.rule("R17")
def test_what_was_reported_gets_new_codes_in_one_save_with_the_tables_or_not_at_all(
    tmp_path, monkeypatch
):
    whole = with_risks(tmp_path)
    assert set(whole.reported.lines["risk_views"]) == NEW[0] and lines(tmp_path) == OLD
    with pytest.raises(atomic.NotSaved, match="new codes of some lines are not saved"):
        reported.keep(whole)

    def stopped(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "_do", stopped)
    monkeypatch.setattr(atomic, "_put_back", lambda *_: None)
    with pytest.raises(atomic.NotSaved):
        folder.save(whole)
    monkeypatch.setattr(atomic, "finish", stopped)  # a save that was stopped is read as done
    assert lines(tmp_path) == NEW
    monkeypatch.undo()
    assert lines(tmp_path) == NEW
    whole = folder.read(tmp_path)
    whole.edit(
        "risk_views",
        sheet("risk_views", views(" ".join(SIX), dict.fromkeys(("R1", "R2"), "l/h " * 5 + "c/s"))),
    )
    told = str(risk.without_names(whole.for_reader("room")))
    assert "R1 flood" in told and "R2 fire" not in told


@pytest.mark.rule("R17")
def test_codes_that_could_not_be_saved_are_saved_later_with_a_report_of_the_meantime(
    tmp_path, monkeypatch
):
    whole = with_risks(tmp_path)

    def busy(*_, **__):
        raise atomic.NotSaved("busy")

    monkeypatch.setattr(atomic, "replace", busy)
    with pytest.raises(atomic.NotSaved):
        folder.save(whole)
    monkeypatch.undo()
    assert lines(tmp_path) == OLD
    reported.keep(folder.read(tmp_path), dt.date(2026, 3, 2))
    reported.follow(whole, reported.read(tmp_path))  # as a working copy does that looks round
    assert set(whole.reported.lines["risk_views"]) == NEW[0]
    folder.save(whole)
    assert lines(tmp_path) == NEW and reported.read(tmp_path).day == "2026-03-02"
    folder.save(whole)
    assert lines(tmp_path) == NEW
