"""Before and after: each partner sees its own changes; all see counts that name nobody."""

import pytest

from examples import example
from making import partnership
from partnering import __main__ as command_line
from partnering.stops import rounds
from partnering.storage import folder, paths

SIX = "ANA BEN CEM DOA EVA FAY"


def state(stances: str, **tables):
    """Six partners with a stance each: s support, l can live with, p push."""
    words = {"s": "support it", "l": "can agree to it", "p": "strongly for it"}
    return partnership(
        SIX,
        partnership=[{"title": "Six", "mode": "with names", "threshold": "3"}],
        objectives=[("O1", "A school")],
        positions=[
            (code, "", "O1", words[sign], "useful part")
            for code, sign in zip(SIX.split(), stances.split(), strict=True)
        ],
        **tables,
    )


def shown(*tables) -> str:
    return "\n".join(table.html() + table.plain() for table in tables)


@pytest.mark.rule("8.9")
def test_a_partner_sees_its_own_changes_and_nobody_elses():
    table = rounds.of_partner(state("s s s s s s"), state("l p s s s s"), "ANA")
    assert table.data.to_dict("records") == [
        {
            "Table": "Our position on each objective",
            "Subject": "O1",
            "What": "Our position",
            "Before": "support it",
            "Now": "can agree to it",
        }
    ]
    assert "strongly for it" not in shown(table) and "BEN" not in shown(table)


@pytest.mark.rule("8.9")
def test_all_see_counts_from_the_threshold_on_and_never_who_or_which_way():
    few = rounds.across(state("s s s s s s"), state("l p s s s s"))
    many = rounds.across(state("s s s s s s"), state("l p l p s s"))
    assert few.data.iloc[0].tolist() == ["Our position on each objective", "6", "fewer than 3"]
    assert many.data.iloc[0].tolist() == ["Our position on each objective", "6", "4"]
    for word in (*SIX.split(), "can agree to it", "strongly for it"):
        assert word not in shown(few, many)


@pytest.mark.rule("8.9")
def test_nothing_changed_and_few_changed_look_the_same():
    same, one = (
        rounds.across(state("s s s s s s"), state(now)) for now in ("s s s s s s", "l s s s s s")
    )
    assert same.html() == one.html()


@pytest.mark.rule("8.9")
def test_a_row_kept_back_or_a_voice_is_in_no_count():
    before, after = state("s s s s s s"), state("l l l l l l")
    sheet = after.sheets["positions"].copy()
    sheet["share"] = "facilitator only"
    after.edit("positions", sheet)
    assert rounds.across(before, after).cells.empty


def test_a_table_that_few_have_answered_both_times_has_no_line():
    """Four keep their answers for the facilitator: two are left, fewer than the smallest group."""
    before, after = state("s s s s s s"), state("l l l l l l")
    sheet = after.sheets["positions"].copy()
    sheet["share"] = ["", "", *["facilitator only"] * 4]
    after.edit("positions", sheet)
    table = rounds.across(before, after)
    assert table.data.empty
    assert table.nothing.startswith("It cannot be said here of any table that 3 partners")


@pytest.mark.rule("8.9")
def test_a_refusal_that_is_not_freed_changes_no_count():
    before, after = state("s s s s s s"), state("l l s s s s")
    sheet = after.sheets["positions"].copy()
    sheet.loc[sheet["partner"] == "FAY", "stance"] = "cannot accept it"
    after.edit("positions", sheet)
    assert rounds.across(before, after).data.iloc[0].tolist()[1:] == ["5", "fewer than 3"]
    sheet = sheet.assign(share="everyone here")
    after.edit("positions", sheet)
    assert rounds.across(before, after).data.iloc[0].tolist()[1:] == ["6", "3"]


def test_what_the_room_did_not_see_before_is_not_called_new():
    """P1 was kept back and is freed: to the room it was not shown here, whether or not it was there."""
    kept_back = {"promise": "P1", "partner": "ANA", "what": "a van", "status": "done late"}
    now = state("s s s s s s", promises=[kept_back])
    for before in (
        state("s s s s s s", promises=[kept_back | {"share": "facilitator only"}]),
        state("s s s s s s"),
    ):
        assert rounds.promises_since(before, now).data["Before"].tolist() == ["was not shown here"]


def test_a_decision_that_is_kept_back_now_is_not_said_to_be_missing():
    before = state("s s s s s s", decisions=[("1", "R1", "we differ, and must decide", "who")])
    settled = {"stop": "1", "about": "R1", "outcome": "agreed", "what_we_decided": "we"}
    kept_back, none = (
        rounds.differences_settled(before, state("s s s s s s", decisions=rows))
        for rows in ([settled | {"share": "facilitator only"}], [])
    )
    assert kept_back.html() == none.html()
    assert kept_back.data["Now"].tolist() == ["no decision is shown here"]


def test_promises_since_and_differences_settled():
    before = state(
        "s s s s s s",
        promises=[
            ("P1", "ANA", "BEN", "a van", "", "not yet due"),
            ("P2", "BEN", "ANA", "a map", "", "done on time"),
            ("P5", "BEN", "ANA", "a door", "", "not yet due"),
        ],
        decisions=[
            ("1", "O1", "we differ, and must decide", "where"),
            ("2", "V1", "agreed", "yes"),
            ("3", "R1", "we differ, and must decide", "who pays"),
        ],
    )
    after = state(
        "s s s s s s",
        promises=[
            ("P1", "ANA", "BEN", "a van", "", "done late"),
            ("P2", "BEN", "ANA", "a map", "", "done on time"),
            {"promise": "P3", "partner": "CEM", "what": "a key", "status": "not done"},
            ("P4", "DOA", "BEN", "a bell", "", "not yet due"),
            ("P5", "BEN", "ANA", "a door", "", "not done"),
        ],
        decisions=[("1", "O1", "agreed", "by the river")],
    )
    told = rounds.promises_since(before, after).data
    # what became of P3 and P5 is guarded, and not freed: of P5 nothing new is told
    assert told["Promise"].tolist() == ["P1 a van", "P3 a key", "P4 a bell"]
    assert told["Before"].tolist() == ["not yet due", "was not shown here", "was not shown here"]
    assert told["Now"].tolist() == ["done late", "not said here", "not yet due"]
    settled = rounds.differences_settled(before, after).data
    assert settled.to_numpy().tolist() == [
        ["O1", "agreed", "by the river"],
        ["R1", "no decision is shown here", ""],
    ]


def test_the_command_compares_two_states_of_one_partnership(tmp_path, capsys):
    folder.write(state("s s s s s s"), tmp_path / "then")
    folder.write(state("l l l p s s"), tmp_path / "now")
    assert command_line.main(["compare", str(tmp_path / "then"), str(tmp_path / "now")]) == 0
    joint = capsys.readouterr().out
    assert "Changed something: 4" in joint and "can agree to it" not in joint
    assert (
        command_line.main(
            ["compare", str(tmp_path / "then"), str(tmp_path / "now"), "--partner", "ANA"]
        )
        == 0
    )
    assert "can agree to it" in capsys.readouterr().out
    assert (
        command_line.main(
            ["compare", str(tmp_path / "then"), str(tmp_path / "now"), "--partner", "ZZZ"]
        )
        == 2
    )


def test_two_different_partnerships_are_never_compared(capsys):
    words = ["compare", str(paths.EXAMPLES / "hands"), str(paths.EXAMPLES / "uwi")]
    assert command_line.main(words) == 2
    assert "ranks partnerships" in capsys.readouterr().err


@pytest.mark.parametrize("partner", ["VEC", "SOM", "OSD", "SEN"])
def test_the_example_under_way_can_be_set_beside_its_beginning(partner):
    before, after = example("shade"), example("shade-under-way")
    assert rounds.of_partner(before, after, partner).caption
    assert all(table.plain() for table in rounds.joint(before, after))


@pytest.mark.rule("8.9")
def test_what_is_told_of_promises_and_of_differences_stands_cell_by_cell():
    promise = {"promise": "P1", "partner": "ANA", "what": "a van", "due": "2026-05-01"}
    before = state("s s s s s s", promises=[promise])
    after = state(
        "s s s s s s",
        promises=[
            promise | {"status": "done late"},
            {"promise": "P2", "partner": "BEN", "what": "a map"},
        ],
    )
    assert rounds.promises_since(before, after).data.to_dict("list") == {
        "Promise": ["P1 a van", "P2 a map"],
        "Who": ["ANA", "BEN"],
        "Promised for (date)": ["2026-05-01", ""],
        "Before": ["not said here", "was not shown here"],
        "Now": ["done late", "not said here"],
    }
    same = rounds.promises_since(after, after)
    assert same.nothing == "Of the promises shown here, nothing has changed."
    settle = {"stop": "1", "about": "rent", "outcome": "we differ, and must decide"}
    told = rounds.differences_settled(
        state("s s s s s s", decisions=[settle, settle]),
        state("s s s s s s", decisions=[settle | {"outcome": "", "what_we_decided": "soon"}]),
    )
    assert told.data.to_dict("list") == {
        "Had to be decided": ["rent"],
        "Now": ["not said"],
        "What we decided": ["soon"],
    }
    none = rounds.differences_settled(before, after)
    assert (none.notes, none.nothing) == (
        (),
        "Of what is shown here, nothing had to be decided then.",
    )


@pytest.mark.rule("8.9")
def test_a_partner_is_told_by_its_name_and_of_a_new_answer_that_nothing_stood_here():
    table = rounds.of_partner(state("s s s s s s"), state("s s s s s s"), "ANA")
    assert table.caption == "What The ANA house has changed"
    assert table.nothing == "Everything shown here is as before."
    worth = {"worth": [{"partner": "ANA", "worth_it": "yes"}]}
    new = rounds.of_partner(state("s s s s s s"), state("s s s s s s", **worth), "ANA")
    assert new.data[["Subject", "Before", "Now"]].to_numpy().tolist() == [
        ["", "nothing is shown here", "yes"]
    ]
    gone = rounds.of_partner(state("s s s s s s", **worth), state("s s s s s s"), "ANA")
    assert gone.data["Now"].tolist() == ["nothing is shown here"]
