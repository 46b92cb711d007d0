"""The stricter wins: what cannot be read, or may mean that somebody is protected, is not shown."""

import pandas as pd
import pytest
import xlsxwriter

from making import partnership, sheet
from partnering.partnership import Partnership
from partnering.schema.kinds import UNREAD
from partnering.schema.tables import TABLES
from partnering.storage import folder, sheets, workbook

LIKE_SHARE = ["shar", "Shared with", "visibility", "share (2)", "May be shared (2)", "SHARE!"]
LIKE_VOICE = ["respondant", "voices", "who answered", "Who answered?"]
SECRET, SAID = "a flood", "likely"


def with_column(name: str, rows: list, heading: str, cells: list[str], **tables) -> Partnership:
    """A partnership one of whose tables has another column, of a heading that people made up."""
    told = sheet(name, rows).assign(**{heading: cells}).astype("str")
    told = told.loc[:, [column for column in told if (told[column] != "").any()]]
    whole = partnership("ANA BEN", **tables).sheets
    return Partnership({**whole, name: told}, "test")


def of_risks(heading: str, cells: list[str], **more: str) -> Partnership:
    rows = [
        {"risk": "R1", "what_could_happen": SECRET} | more,
        {"risk": "R2", "what_could_happen": "a fire"},
    ]
    return with_column("risks", rows, heading, cells)


# ---------------------------------------------------------------- who may see it


NO_FOR_THE_WALL = ["Publish", "OK to show?", "Show on the wall", "Can others see this?", "Privacy"]
ELSEWHERE = ["¿Quién puede ver esto?", "Vertraulich", "Qui peut voir cela ?"]


@pytest.mark.parametrize(
    "heading",
    [
        *(*LIKE_SHARE, "who may see this", "private", "May be shared?"),
        *(*NO_FOR_THE_WALL, *ELSEWHERE),
    ],
)
@pytest.mark.parametrize("said", ["x", "everyone here", "facilitator only"])
def test_under_a_heading_near_to_share_every_line_stays_with_the_facilitator(heading, said):
    p = of_risks(heading, [said, ""])
    assert list(p["risks"]["share"]) == ["facilitator only", "facilitator only"]
    assert p.for_reader("room")["risks"].empty
    (problem,) = p.problems
    assert problem.column == heading
    assert f"does “{heading}” say what “Who may see this line” asks?" in problem.sentence
    assert "Until then “facilitator only” counts in every line of this sheet." in problem.sentence


@pytest.mark.parametrize("said", ["everyone here", "facilitator only", "Facilitator"])
def test_under_any_heading_the_words_on_who_may_see_a_line_are_asked_about(said):
    p = of_risks("our own mark", [said, ""])
    assert p.for_reader("room")["risks"].empty
    assert "does “our own mark” say what “Who may see this line” asks?" in str(p.problems[0])
    assert of_risks("our own mark", [said, "and more"]).problems == []


@pytest.mark.parametrize("said", ["N", "E", "room"])
def test_words_that_are_also_ones_own_hide_nothing_under_a_heading_of_ones_own(said):
    assert of_risks("where", [said, ""]).problems == []


def test_a_second_share_does_not_let_a_line_off_paper():
    p = of_risks("share (2)", ["everyone here", "everyone here"], share="not typed")
    assert list(p["risks"]["share"]) == ["not typed", "facilitator only"]


OWN = ["telephone", "notes", "what helped", "colour", "public sector", "access needs", "spare"]


@pytest.mark.parametrize("heading", [*OWN, "Access road", "private sector"])
def test_a_column_of_ones_own_hides_nothing(heading):
    p = of_risks(heading, ["x", ""])
    assert len(p.for_reader("room")["risks"]) == 2 and p.problems == []


def test_a_heading_of_other_letters_is_asked_about_and_hides_nothing():
    p = of_risks("shares", ["x", ""])
    assert len(p.for_reader("room")["risks"]) == 2
    assert "Did you mean “share”?" in str(p.problems[0])


@pytest.mark.parametrize("heading", ["#N/A", "#REF!", "#N/A (2)"])
def test_under_a_heading_that_is_an_error_the_words_of_share_protect(heading):
    p = of_risks(heading, ["facilitator", ""])
    assert p.for_reader("room")["risks"].empty
    assert f"does “{heading}” say what “Who may see this line” asks?" in str(p.problems[0])


def test_a_heading_that_is_an_error_is_told_whatever_stands_under_it():
    p = of_risks("#N/A", ["blue", ""])
    assert len(p.for_reader("room")["risks"]) == 2
    assert [str(problem) for problem in p.problems] == [
        "sheet risks, column #N/A: “#N/A” means that a spreadsheet could not work out the heading; "
        "type it. The column is kept as it is."
    ]


def test_an_empty_column_hides_nothing():
    assert of_risks("visibility", ["", " "]).problems == []


def test_what_the_check_supplies_is_written_nowhere():
    p = of_risks("visibility", ["x", ""])
    assert "share" not in p.as_written("risks") and "facilitator only" not in str(p.to_write())


def read_again(p: Partnership, tmp_path) -> Partnership:
    """A partnership as it is read from the folder in which it was saved."""
    folder.write(p, tmp_path / "place")
    return folder.read(tmp_path / "place")


def test_a_share_that_another_heading_overrules_is_saved_as_typed(tmp_path):
    p = of_risks("visibility", ["x", ""], share="everyone here")
    again = read_again(p, tmp_path)
    assert list(again.sheets["risks"]["share"]) == ["everyone here", ""]
    assert list(again["risks"]["share"]) == ["facilitator only", "facilitator only"]
    settled = again.sheets["risks"].rename(columns={"visibility": "what we saw"})
    again.edit("risks", settled)
    assert list(again["risks"]["share"].astype("object").fillna("")) == ["everyone here", ""]


@pytest.mark.parametrize(
    "cell",
    ["paper", "private", "confidential", "no", "#REF!", "facilitater", "xyz"],
)
def test_a_share_that_cannot_be_read_is_the_facilitators_and_said(cell):
    p = partnership("ANA", risks=[{"risk": "R1", "what_could_happen": SECRET, "share": cell}])
    assert p.for_reader("room")["risks"].empty
    assert "It counts as “facilitator only” until it is corrected." in str(p.problems[0])


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("E", "everyone here"),
        ("F", "facilitator only"),
        ("n", "not typed"),
        ("p", "not typed"),
        ("facil\u200bitator", "facilitator only"),
    ],
)
def test_the_letters_of_the_paper_form_are_read(cell, word):
    p = partnership("ANA", risks=[{"risk": "R1", "what_could_happen": SECRET, "share": cell}])
    assert list(p["risks"]["share"]) == [word] and p.problems == []


# ---------------------------------------------------------------- an error in a workbook


def book(tmp_path, *cells: tuple[str, object]):
    """A workbook in which the shares of risks are formulas, each with the value that is stored."""
    place = tmp_path / "book.xlsx"
    made = xlsxwriter.Workbook(place)
    made.add_worksheet("partners").write_row(0, 0, ["partner", "name"])
    page = made.add_worksheet("risks")
    page.write_row(0, 0, ["risk", "what_could_happen", "share"])
    for down, (formula, value) in enumerate(cells, start=1):
        page.write_row(down, 0, [f"R{down}", SECRET])
        page.write_formula(down, 2, formula, None, value)
    made.close()
    return place


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_in_a_workbook_is_no_empty_cell(tmp_path, error):
    p = workbook.read(book(tmp_path, ("=NA()", error)))
    assert p.sheets["risks"].loc[2, "share"] == error
    assert p.for_reader("room")["risks"].empty
    assert str(p.problems[0]).startswith(f"sheet risks, row 2, column share: “{error}” means")


def test_a_formula_whose_value_was_not_stored_is_no_empty_cell(tmp_path):
    p = workbook.read(book(tmp_path, ("=A9", ""), ("=A1", "room"), ("=A2", "facilitator")))
    assert list(p["risks"]["share"]) == ["facilitator only", "everyone here", "facilitator only"]
    assert "“=A9” is a formula, and its answer was not stored" in str(p.problems[0])


def test_an_error_in_a_text_is_told_with_its_cell():
    p = partnership("ANA", risks=[{"risk": "R1", "what_could_happen": "#REF!"}])
    assert str(p.problems[0]).startswith("sheet risks, row 2, column what_could_happen: “#REF!”")
    assert partnership("ANA", risks=[("R1", "", "#1 is the flood")]).problems == []


# ---------------------------------------------------------------- mode, and money


@pytest.mark.parametrize("heading", ["How openly", "Openness", "confidentiality", "mode (2)"])
def test_a_line_near_to_mode_makes_answers_held(heading):
    rows = [
        ["What", "Answer"],
        ["Name of the partnership", "Two"],
        ["How answers are shown", "with names"],
        [heading, "with names"],
    ]
    p = Partnership(
        {"partnership": sheets.sheet_of(rows, TABLES["partnership"]).told_to([])}, "test"
    )
    assert p.mode == "confidential" and "Until then “confidential” counts." in str(p.problems[0])


@pytest.mark.parametrize("heading", ["codes", "moment (2)", "node"])
def test_another_line_beside_the_mode_leaves_it_open(heading):
    rows = [["What", "Answer"], ["How answers are shown", "with names"], [heading, "x"]]
    p = Partnership(
        {"partnership": sheets.sheet_of(rows, TABLES["partnership"]).told_to([])}, "test"
    )
    assert p.mode == "with names"


@pytest.mark.parametrize("heading", ["norms", "for", "farm"])
def test_another_column_of_a_transfer_makes_no_grant(heading):
    rows = [{"transfer": "T1", "from": "ANA", "to": "BEN", "amount": "10"}]
    assert not with_column("transfers", rows, heading, ["x"]).money_moves


def test_a_mode_that_another_line_overrules_is_saved_as_typed(tmp_path):
    rows = [
        ["What", "Answer"],
        ["How answers are shown", "with names"],
        ["confidentiality", "with names"],
    ]
    p = Partnership(
        {"partnership": sheets.sheet_of(rows, TABLES["partnership"]).told_to([])}, "test"
    )
    again = read_again(p, tmp_path)
    assert (
        list(again.sheets["partnership"]["mode"]) == ["with names"] and again.mode == "confidential"
    )
    assert list(map(str, again.problems)) == list(map(str, p.problems))


def test_a_heading_near_to_the_form_of_a_transfer_makes_it_a_grant():
    rows = [{"transfer": "T1", "from": "ANA", "to": "BEN", "amount": "10"}]
    p = with_column("transfers", rows, "frm", ["contract"])
    assert p.money_moves and p.mode == "confidential"


# ---------------------------------------------------------------- voices

VIEWS = [
    {"partner": "ANA", "risk": "R1", "how_likely": SAID},
    {"partner": "ANA", "risk": "R1", "how_likely": "not likely"},
]


def of_views(heading: str, cells: list[str], rows=VIEWS) -> Partnership:
    return with_column("risk_views", rows, heading, cells, risks=[("R1", "", "x")])


@pytest.mark.parametrize("heading", [*LIKE_VOICE, "email", "whatever"])
def test_a_column_that_may_say_who_spoke_makes_voices_and_no_position(heading):
    p = of_views(heading, ["k2", "k3"])
    assert list(p["risk_views"]["respondent"]) == ["k2", "k3"]
    assert p.for_reader("room")["risk_views"].empty
    assert f"does “{heading}” say what “Code of the person” asks?" in str(p.problems[0])
    assert "counts as the answer of one voice" in str(p.problems[0])


def test_one_row_a_partner_with_a_comment_beside_it_is_its_position():
    rows = [VIEWS[0], {"partner": "BEN", "risk": "R1", "how_likely": "not likely"}]
    p = of_views("comment", ["one", "two"], rows)
    assert list(p["risk_views"]["respondent"]) == ["", ""] and p.problems == []


@pytest.mark.parametrize("heading", ["person days", "personal", "whose"])
def test_a_column_that_is_like_one_on_people_makes_no_voice(heading):
    rows = [VIEWS[0], {"partner": "BEN", "risk": "R1", "how_likely": "not likely"}]
    assert list(of_views(heading, ["2", "3"], rows)["risk_views"]["respondent"]) == ["", ""]


def test_voices_that_have_their_sign_are_not_asked_about_again():
    rows = [row | {"respondent": sign} for row, sign in zip(VIEWS, ["a2", "b3"], strict=True)]
    assert of_views("voices", ["k2", "k3"], rows).problems == []


# ---------------------------------------------------------------- what cannot both be right


def test_money_from_more_to_less_is_asked_about():
    line = {"line": "V1", "partner": "ANA", "we": "bring", "what": "money"}
    p = partnership("ANA", value_lines=[line | {"money_low": "12,500.50", "money_high": "120"}])
    assert [str(problem) for problem in p.problems] == [
        "sheet value_lines, row 2, column money_high: “120” is less than “12500.5” in the column "
        "Money: lowest. Which is right?"
    ]
    right = partnership("ANA", value_lines=[line | {"money_low": "120", "money_high": "120"}])
    assert right.problems == []


# ---------------------------------------------------------------- days

DAYS = [["03/04/2026", "25/12/2026"], ["25/12/2026", "03/04/2026"]]


def promises(days: list[str]) -> pd.DataFrame:
    rows = [
        {"promise": f"P{at}", "partner": "ANA", "what": "x", "due": day}
        for at, day in enumerate(days, start=1)
    ]
    return sheet("promises", rows)


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("how", ["typed", "csv", "xlsx"])
def test_a_day_beside_one_that_can_only_be_day_first_is_day_first_and_said(tmp_path, days, how):
    p = Partnership({**partnership("ANA").sheets, "promises": promises(days)}, "test")
    if how == "csv":
        place = tmp_path / "place"
        place.mkdir()
        for name, table in p.sheets.items():
            table.to_csv(place / f"{name}.csv", index=False)
        p = folder.read(place)
    if how == "xlsx":
        made = xlsxwriter.Workbook(tmp_path / "book.xlsx")
        for name, table in p.sheets.items():
            page = made.add_worksheet(name)
            for down, row in enumerate([list(table.columns), *table.to_numpy().tolist()]):
                page.write_row(down, 0, row)
        made.close()
        p = workbook.read(tmp_path / "book.xlsx")
    assert sorted(p["promises"]["due"]) == [pd.Timestamp(2026, 4, 3), pd.Timestamp(2026, 12, 25)]
    assert [str(problem) for problem in p.problems] == [
        "sheet promises, column due: “03/04/2026” = 2026-04-03: the day was read first, "
        "as in “25/12/2026”. Is that right?"
    ]


def test_days_that_were_taken_day_first_are_saved_as_typed_and_asked_about_again(tmp_path):
    p = Partnership({**partnership("ANA").sheets, "promises": promises(DAYS[0])}, "test")
    again = read_again(p, tmp_path)
    assert list(again.sheets["promises"]["due"]) == DAYS[0]
    assert list(again["promises"]["due"]) == list(p["promises"]["due"])
    assert [str(problem) for problem in again.problems] == [str(problem) for problem in p.problems]


@pytest.mark.parametrize(
    "others", [[], ["2026-12-25"], ["25.12.2026"], ["25/12/2026", "12/25/2026"]]
)
def test_a_day_that_nothing_settles_is_asked_about(others):
    p = partnership("ANA", promises=promises(["03/04/2026", *others]).to_dict("records"))
    assert pd.isna(p["promises"]["due"].iloc[0])
    assert "write 2026-04-03 or 2026-03-04" in str(p.problems[0])


def test_a_day_written_month_first_is_asked_about_with_the_day_that_was_meant():
    p = partnership("ANA", promises=promises(["11/30/2026"]).to_dict("records"))
    assert "Did you mean “2026-11-30”?" in str(p.problems[0])


# ---------------------------------------------------------------- what a name stands for


def named_alike(share: str) -> Partnership:
    return partnership(
        "ANA BEN",
        objectives=[
            {"objective": "O1", "text": "Clean water"},
            {"objective": "O2", "text": "clean water", "share": share},
        ],
        positions=[("ANA", "", "Clean water", "support it", "no part")],
    )


@pytest.mark.parametrize("share", ["facilitator only", "not typed", "private!"])
def test_a_line_that_is_kept_back_takes_no_name_from_one_that_everyone_sees(share):
    p = named_alike(share)
    alone = partnership(
        "ANA BEN",
        objectives=[{"objective": "O1", "text": "Clean water"}],
        positions=[("ANA", "", "Clean water", "support it", "no part")],
    )
    for reader in ("mine", "room"):
        ours, theirs = (one.for_reader(reader)["positions"] for one in (p, alone))
        assert ours["objective"].tolist() == theirs["objective"].tolist()
    assert p["positions"]["objective"].tolist() == ["O1"]
    said = [str(one) for one in p.problems if one.table == "positions"]
    assert len(said) == 1 and "is the name of O1, and of O2, which is kept back" in said[0]


def test_a_name_that_two_lines_bear_whom_everyone_sees_stands_for_neither():
    p = named_alike("everyone here")
    assert p["positions"].empty
    assert "Which of them do you mean: “O1” / “O2”?" in p.problems[0].sentence


def test_a_name_that_lines_alone_bear_which_are_kept_back_stands_for_one_or_for_none():
    def found(*shares: str) -> list[str]:
        aims = [
            {"objective": f"O{at}", "text": "Clean water", "share": share}
            for at, share in enumerate(shares, 1)
        ]
        views = [("ANA", "", "Clean water", "support it", "no part")]
        return partnership("ANA", objectives=aims, positions=views)["positions"][
            "objective"
        ].tolist()

    assert found("facilitator only") == ["O1"]
    assert found("facilitator only", "facilitator only") == []


def test_a_line_whose_code_is_typed_again_and_kept_back_is_kept_back_with_its_name():
    aims = [
        {"objective": "O1", "text": "Clean water"},
        {"objective": "O1", "text": "Clean water", "share": "facilitator only"},
        {"objective": "O2", "text": "Clean water"},
    ]
    views = [("ANA", "", "Clean water", "support it", "no part")]
    p = partnership("ANA", objectives=aims, positions=views)
    assert p["positions"]["objective"].tolist() == ["O2"]


@pytest.mark.parametrize("name", ["SOM", "som.", "nobody", "All partners"])
def test_the_name_of_one_partner_that_is_the_code_of_another_or_a_word_stands_for_neither(name):
    partners = [{"partner": "VEC", "name": name}, {"partner": "SOM", "name": "The villages"}]
    rights = [{"right": "Stop a payment", "decides": name, "asked_first": "VEC"}]
    p = partnership(partners=partners, rights=rights)
    assert p["rights"][["decides", "asked_first"]].values.tolist() == [[UNREAD, "VEC"]]
    (problem,) = p.problems
    assert "one line only: VEC has the same name; give it another" in problem.sentence


def test_a_partner_may_be_called_as_its_own_code():
    p = partnership(partners=[("ANA", "ana"), ("BEN", "B")], risks=[("R1", "", "a flood")])
    assert p.problems == [] and list(p.names) == ["ANA", "BEN"]
    decides = [{"right": "Stop a payment", "decides": "Ana"}]
    assert partnership(partners=[("ANA", "ana")], rights=decides)["rights"]["decides"][
        0:1
    ].tolist() == ["ANA"]


def test_what_two_rows_are_called_that_are_both_kept_back_stands_for_neither():
    hidden = {"risk": "R7", "what_could_happen": "fire", "share": "facilitator only"}
    care = [{"risk": "R7", "early_sign": "rain"}]
    p = partnership("ANA BEN", risks=[("R2", "", "R7"), hidden], risk_care=care)
    assert p["risk_care"].empty
    assert p.for_reader("room")["risks"].empty  # the words of R2 speak of R7
    (problem,) = p.problems
    assert "the name of one line only: R2 has the same name" in problem.sentence
    assert p.as_written("risk_care")["risk"].tolist() == ["R7"]


def test_a_code_that_is_kept_back_and_what_another_row_is_called_asks_for_another_name():
    """Words speak of R_7 as it is written there; as a name “r 7” is the same."""
    hidden = {"risk": "R_7", "what_could_happen": "fire", "share": "facilitator only"}
    care = [{"risk": "R_7", "early_sign": "rain"}]
    p = partnership("ANA BEN", risks=[("R2", "", "r 7"), hidden], risk_care=care)
    assert p["risk_care"]["risk"].tolist() == ["R2"]
    (problem,) = p.problems
    assert problem.sentence == (
        "“R_7” is the code of a line that is kept back, and also the name of R2. It counts as R2 until "
        "you give R2 another name."
    )
    assert p.as_written("risk_care")["risk"].tolist() == ["R_7"]
    named = partnership("ANA BEN", risks=[("R2", "", "flood"), hidden], risk_care=care)
    assert named["risk_care"]["risk"].tolist() == ["R_7"] and not named.problems
