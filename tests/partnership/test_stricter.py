"""The stricter counts: of what cannot be read, of what is said twice, of what stands astray."""

from __future__ import annotations

import pandas as pd
import pytest

from making import partnership, sheet
from partnering.exchange import merge
from partnering.partnership import Partnership
from partnering.schema.choices import Choice
from partnering.schema.columns import Table
from partnering.schema.days import Date, Remembered
from partnering.schema.kinds import UNREAD, Code, Ref, Text
from partnering.schema.tables import TABLES
from partnering.stops import purpose
from partnering.storage import folder

SHARED = [name for name, table in TABLES.items() if "share" in table.by_name and not table.private]
NOT_ROOM = (
    *("F", "P", "f", "paper", "PAPER", "private", "confidential", "no", "FALSE", "0", "-", "x"),
    *("#REF!", "nan", "None", "N/A", "?", "room?", "not room", "rooom", "facilitater"),
    *("with our name", "room??", "¿room?"),
    *("room\u200b", "r\u043eom", "\u200b", "ro\u00adom"),  # letters that nobody sees
)
POINTS_TO = {
    "partners": "ANA",
    "objectives": "O1",
    "risks": "R1",
    "behaviours": "B1",
    "protocol": "1",
    "risk_types": "security",
}


def told(p: Partnership) -> str:
    """All that is said to be wrong."""
    return " ".join(map(str, p.problems))


def filled(table: Table) -> dict[str, str]:
    """A line in which everything is filled in."""
    row = {}
    for column in table.columns:
        kind = column.kind
        if isinstance(kind, Code):
            row[column.name] = f"{kind.prefix}5"
        elif isinstance(kind, Ref):
            row[column.name] = POINTS_TO.get(kind.table, "")
        elif isinstance(kind, Choice):
            row[column.name] = kind.words[0].text
        elif isinstance(kind, Text):
            row[column.name] = "SECRET"
        else:
            row[column.name] = "2026-01-01" if isinstance(kind, (Date, Remembered)) else "7"
    return row | {"respondent": ""}


def test_a_share_that_is_no_clear_yes_keeps_a_line_off_the_wall():
    rows = [(f"O{number}", "SECRET", "", "", "", share) for number, share in enumerate(NOT_ROOM)]
    p = partnership("ANA", objectives=[*rows, ("O99", "a bridge", "", "", "", "Room.")])
    assert len(p["objectives"]) == len(rows) + 1
    assert p.for_reader("room")["objectives"]["objective"].tolist() == ["O99"]


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u200f"])
def test_a_mark_that_nobody_sees_changes_no_word_but_one_that_opens_a_line(unseen):
    rows = [
        ("O1", "SECRET", "", "", "", f"facil{unseen}itator only"),
        (f"O{unseen}2", "a bridge", f"specific objec{unseen}tive"),
    ]
    p = partnership("ANA", objectives=rows)
    assert not p.problems
    assert p.for_reader("room")["objectives"]["objective"].tolist() == ["O2"]


@pytest.mark.parametrize("name", SHARED)
def test_a_share_that_cannot_be_read_keeps_a_line_of_any_table_off_the_wall(name):
    row = filled(TABLES[name])
    others = {
        "objectives": [("O1", "a bridge")],
        "risks": [("R1", "", "a flood")],
        "partnership": [{"mode": "with names"}],
    }
    others.pop(name, None)
    for share in ("everyone here", "roon"):
        p = partnership("ANA", **others, **{name: [row | {"share": share}]})
        seen = p.for_reader("room")[name]
        if TABLES[name].views:  # one answer alone is not shown; shown or not, it is read
            assert seen["partner"].tolist() == (["ANA"] if share == "everyone here" else []), share
        else:
            assert len(p[name]) == 1, share
            assert len(seen) == (share == "everyone here"), share


@pytest.mark.parametrize(
    "mode", ["opne", "secret", "open?", "closed", "?", "\u200b", "Held.", "nan"]
)
def test_answers_are_held_where_the_mode_cannot_be_read(mode):
    assert partnership("A B", partnership=[{"mode": mode}]).mode == "confidential"


@pytest.mark.parametrize("kind", ["people we serrve", "them", "?", "beneficiaries?"])
def test_a_partner_whose_type_cannot_be_read_is_not_counted_towards_the_smallest_group(kind):
    who = [*[(code, code, "") for code in "ABCD"], ("PWS", "The village", kind)]
    p = partnership(
        "",
        partners=who,
        partnership=[{"mode": "confidential"}],
        objectives=[("O1", "water", "specific")],
        positions=[
            {"partner": code, "objective": "O1", "stance": "support it", "our_part": "useful part"}
            for code, *_ in who
        ],
    )
    room = p.for_reader("room")
    assert p.threshold == room.threshold == 6 and list(room.expected) == [*"ABCD", "PWS"]
    assert "support it" not in str(purpose.stances(room).rows)


def test_a_partner_whose_type_cannot_be_read_is_one_of_all():
    p = partnership(
        "",
        partners=[("A", "a", ""), ("B", "b", ""), ("C", "c", "NGOO")],
        partnership=[{"mode": "with names"}],
        objectives=[("O1", "water", "specific")],
        positions=[
            {"partner": code, "objective": "O1", "stance": stance, "our_part": "useful part"}
            for code, stance in zip(
                "ABC", ("support it", "support it", "can agree to it"), strict=True
            )
        ],
    )
    assert "all support it" not in purpose.stances(p.for_reader("room")).plain()


@pytest.mark.parametrize("form", ["grnat", "subsidy", "?", "joint fund?", "Grant "])
def test_money_whose_form_cannot_be_read_is_a_grant(form):
    moves = {"transfer": "T1", "from": "A", "to": "B", "form": form}
    assert partnership("A B", transfers=[moves]).mode == "confidential"


@pytest.mark.parametrize("lost", [{"transfer": ""}, {"transfer": "no code at all, here"}])
def test_a_grant_whose_code_cannot_be_read_holds_the_answers_and_is_there(lost):
    moves = {"transfer": "T1", "from": "A", "to": "B", "form": "grant"} | lost
    p = partnership("A B", transfers=[moves])
    assert p["transfers"]["transfer"].tolist() == [UNREAD] and "column transfer" in told(p)
    assert p.mode == "confidential"
    assert p.for_reader("room").mode == "confidential"


@pytest.mark.rule("R11")
@pytest.mark.parametrize("end", ["from", "to"])
@pytest.mark.parametrize("typed", ["X", "", "A, X"])
def test_money_of_which_nobody_can_tell_from_whom_or_to_whom_it_goes_moves_all_the_same(end, typed):
    moves = {"transfer": "T1", "from": "A", "to": "B", "form": "grant"} | {end: typed}
    p = partnership("A B", transfers=[moves])
    assert p["transfers"][end].tolist() == [UNREAD] and "column " + end in told(p)
    hidden = partnership("A B", transfers=[moves | {"share": "facilitator only"}])
    assert hidden.for_reader("room")["transfers"].empty
    assert p.mode == "confidential"
    assert p.for_reader("room").mode == "confidential"


def test_a_grant_under_a_code_that_stands_already_holds_the_answers():
    pot = {"transfer": "T1", "from": "A", "to": "B", "form": "joint fund"}
    assert partnership("A B", transfers=[pot, pot | {"form": "grant"}]).mode == "confidential"


@pytest.mark.parametrize(
    ("threshold", "counts"),
    [("five", 50), ("?", 50), ("10+", 10), ("7 people", 7), ("5 to 8", 8), ("99", 50), ("2", 5)],
)
def test_of_a_smallest_group_that_cannot_be_read_the_largest_number_counts_and_it_is_said(
    threshold, counts
):
    p = partnership("A B", partnership=[{"threshold": threshold}])
    assert p.threshold == counts
    assert f"It counts as “{counts}” until it is corrected." in str(p.problems[0])
    assert p.as_written("partnership")["threshold"].tolist() == [threshold]


@pytest.mark.parametrize(
    "shares",
    [
        ("everyone here", "facilitator only"),
        ("", "F"),
        ("F", "everyone here"),
        ("everyone here", "?"),
    ],
)
def test_of_two_lines_on_the_same_the_stricter_share_counts(shares):
    rows = [{"partner": "A", "why_together": "SECRET", "share": share} for share in shares]
    p = partnership("A B", purposes=rows)
    assert p.for_reader("room")["purposes"].empty
    assert p.as_written("purposes")["share"].tolist()[0] in (shares[0], "facilitator only")  # F
    if shares != ("F", "everyone here"):
        assert (
            "For “Who may see this line” the stricter answer counts: “facilitator only”." in told(p)
        )


def test_of_two_lines_of_facts_the_stricter_mode_and_the_larger_group_count():
    rows = [{"mode": "with names", "threshold": "3"}, {"mode": "confidential", "threshold": "6"}]
    p = partnership("A B", partnership=rows)
    assert (p.mode, p.threshold) == ("confidential", 6)
    assert (
        "the stricter answer counts: “confidential”. For “Smallest group shown” the stricter answer counts: “6”."
        in told(p)
    )
    assert p.as_written("partnership")["mode"].tolist() == ["with names", "confidential"]


@pytest.mark.parametrize(("one", "counts"), [("some", 50), ("3 or so", 8), ("9 people", 9)])
def test_of_two_lines_of_facts_a_smallest_group_that_cannot_be_read_does_not_lower_the_other(
    one, counts
):
    facts = [{"threshold": text} for text in ("8", one)]
    assert partnership("A B", partnership=facts).threshold == counts


@pytest.mark.parametrize("heading", ["Share", "May be shared?", "sharing"])
def test_what_may_say_of_sharing_under_another_heading_keeps_every_line_off_the_wall(heading):
    own = pd.DataFrame({"partner": ["A"], "why_together": ["x"], heading: ["room"]}, index=[2])
    p = Partnership({"partners": sheet("partners", [("A", "a")]), "purposes": own.astype("str")})
    assert p.for_reader("room")["purposes"].empty
    assert f"does “{heading}” say what “Who may see this line” asks?" in " ".join(
        map(str, p.problems)
    )


@pytest.mark.parametrize(
    ("table", "column", "one", "other", "counts"),
    [
        ("purposes", "share", "everyone here", "facilitator only", "facilitator only"),
        ("purposes", "share", "facilitator only", "everyone here", "facilitator only"),
        ("purposes", "share", "everyone here", "roon", "roon"),
        ("partnership", "mode", "with names", "confidential", "confidential"),
        ("partnership", "mode", "confidential", "with names", "confidential"),
        ("partnership", "mode", "with names", "opne", "opne"),
        ("partnership", "threshold", "4", "6", "6"),
        ("partnership", "threshold", "6", "4", "6"),
        ("partnership", "threshold", "4", "some", "some"),
        ("partnership", "threshold", "some", "6", "some"),
    ],
)
def test_of_two_files_the_stricter_counts(tmp_path, table, column, one, other, counts):
    for name, answer in (("1", one), ("2", other)):
        row = {"partner": "A", column: answer} if table == "purposes" else {column: answer}
        folder.write(partnership("A B", **{table: [row]}), tmp_path / name)
    merged = merge.read(tmp_path)
    assert merged.partnership.sheets[table][column].tolist() == [counts]


# ------------------------------------------------------------------ partners that cannot be read

OF_PARTNERS = [
    (name, column.name)
    for name, table in TABLES.items()
    for column in table.references
    if column.kind.table == "partners" and not column.required and not table.private
]


@pytest.mark.rule("R11")
@pytest.mark.parametrize(("name", "column"), OF_PARTNERS)
def test_a_cell_of_partners_of_which_a_part_cannot_be_read_is_not_known_as_a_whole(name, column):
    row = filled(TABLES[name]) | {column: "ANA, BNE", "share": "everyone here"}
    others = {"objectives": [("O1", "a bridge")], "risks": [("R1", "", "a flood")]}
    others.pop(name, None)
    p = partnership("ANA BEN", partnership=[{"mode": "with names"}], **others, **{name: [row]})
    assert p[name][column].tolist() == [UNREAD]
    assert any((one.table, one.column) == (name, column) for one in p.problems)
    assert p.as_written(name)[column].tolist() == ["ANA, BNE"]  # what was typed stays
    assert TABLES[name].by_name[column].kind.cell_text(UNREAD) == ""  # and nothing else is printed


def test_who_cannot_be_read_since_the_list_of_partners_has_no_such_line_is_not_nobody():
    who = [("ANA", "A"), ("BEN", "B"), ("BEN", "B again"), ("", "Cit")]
    care = {"risk": "R1", "carries": "BEN", "decides": "CIT", "pays": "ANA, CIT"}
    p = partnership("", partners=who, risks=[("R1", "", "a flood")], risk_care=[care])
    assert p["risk_care"][["carries", "decides", "pays"]].iloc[0].tolist() == [
        "BEN",
        UNREAD,
        UNREAD,
    ]


def test_of_lines_that_may_be_kept_back_the_rest_of_a_cell_counts():
    lines = [
        {"line": "V1", "partner": "ANA", "we": "ask one partner for", "what": "a van"},
        {"line": "V2", "partner": "BEN", "we": "bring", "what": "a van", "answers": "V1, V9"},
    ]
    p = partnership("ANA BEN", value_lines=lines)
    assert p["value_lines"]["answers"].tolist() == ["", "V1"]


@pytest.mark.parametrize("share", ["facilitator only", "not typed", "secret"])
def test_a_day_of_a_line_that_is_kept_back_does_not_decide_how_the_others_are_read(share):
    decisions = [
        {"stop": "2", "about": "rent", "by_when": "03/04/2026", "outcome": "agreed"},
        {"stop": "2", "about": "x", "by_when": "25/12/2026", "outcome": "agreed", "share": share},
    ]
    p = partnership("A B", partnership=[{"mode": "with names"}], decisions=decisions)
    room = p.for_reader("room")["decisions"]
    assert room["about"].tolist() == ["rent"] and room["by_when"].isna().all()
    assert "“03/04/2026” is not" in told(p)
    said_aloud = [decisions[0], decisions[1] | {"share": ""}]
    p = partnership("A B", partnership=[{"mode": "with names"}], decisions=said_aloud)
    assert f"{p['decisions']['by_when'].iloc[0]:%d %m %Y}" == "03 04 2026"


def test_what_a_row_is_called_that_is_kept_back_too_is_asked_until_it_is_answered(tmp_path):
    hidden = {"risk": "R7", "what_could_happen": "flood", "share": "facilitator only"}
    views = [{"partner": "ANA", "risk": "flood", "how_likely": "likely"}]
    p = partnership("ANA BEN", risks=[("R1", "", "flood"), hidden], risk_views=views)
    assert p["risk_views"]["risk"].tolist() == ["R1"]
    folder.write(p, tmp_path)
    again = folder.read(tmp_path)
    assert again.sheets["risk_views"]["risk"].tolist() == ["flood"]
    for one in (p, again):
        assert "It counts as R1 until you write the code that you mean." in told(one)
