"""What form tools export is read as it is, and what they add of people is left out."""

import openpyxl
import pytest

from exchange import form_tools
from partnering.exchange import merge


def read_views(partnership) -> list[list]:
    """The risk views, with whether each is a single voice's."""
    columns = ["partner", "risk", "how_likely", "how_hard_on_us", "in_a_few_words"]
    views = partnership["risk_views"]
    rows = views[columns].astype("object").fillna("").to_numpy().tolist()
    voices = views["respondent"].astype("object").fillna("")
    return sorted([*row, bool(voice)] for row, voice in zip(rows, voices, strict=True))


@pytest.mark.parametrize("tool", form_tools.FILES)
def test_the_export_of_each_tool_is_read_as_the_same_answers(tmp_path, tool):
    merged = merge.read(form_tools.write(tmp_path, tool))
    assert read_views(merged.partnership) == form_tools.EXPECTED
    assert merged.unread == [] and merged.conflicts == []
    assert merged.partnership.problems == []


@pytest.mark.parametrize("tool", form_tools.FILES)
def test_nothing_that_a_tool_adds_of_people_is_kept(tmp_path, tool):
    merged = merge.read(form_tools.write(tmp_path, tool))
    kept = "\n".join(sheet.to_csv() for sheet in merged.partnership.sheets.values())
    for sign in ("@", "12:41", "12:3", "203.0.113", "aria", "6f1c", "R_1mV", "4.8897", "collect:"):
        assert sign not in kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("how_likely__R1", "how_likely__R2"),
        ("how_likely_R1", "how_likely_R2"),
        ("group_a/group_b/how_likely__R1", "group_a/group_b/how_likely__R2"),
        ("group_a.how_likely__R1", "group_a.how_likely__R2"),
        ("How likely (R1 The gate (north))", "How likely (R2 The list)"),
        ("howlikely[R1]", "howlikely[R2]"),
        ("Q3[SQ001]. How likely [R1]", "Q3[SQ002]. How likely [R2]"),
        ("How we see it [R1 The gate, and more][How likely]", "How we see it [R2][How likely]"),
        ("How_likely_[R1_The_gate]", "How_likely_[R2_The_list]"),
        ("How likely [R1 The ga.. ]", "How likely [R2 The li.. ]"),
        ("Our risks/How likely [R1 gate/fence]", "Our risks/How likely [R2]"),
        ("How likely.R1 The gate stays locked", "How likely.R2 The list"),
        ("How likely >> R1", "How likely > R2 The list"),
        ("How likely: *R1*", "How likely [**R2** The list]"),
    ],
)
def test_names_groups_and_codes_of_tools_do_not_hide_a_question(tmp_path, one, other):
    form_tools.write(tmp_path, "Google Forms")
    text = f'"about_you/partner","{one}","{other}"\nVEC,likely,already_happening\n'
    (tmp_path / "google.csv").write_text(text, encoding="utf-8")
    merged = merge.read(tmp_path)
    assert [row[:3] for row in read_views(merged.partnership)] == [
        ["VEC", "R1", "likely"],
        ["VEC", "R2", "already happening"],
    ]
    assert merged.assumed == []


def test_codes_that_only_the_tool_knows_are_told_and_not_guessed(tmp_path):
    form_tools.write(tmp_path, "Google Forms")
    text = "partner,howlikely[SQ001],howlikely[R2]\nVEC,AO01,AO02\n"
    (tmp_path / "google.csv").write_text(text, encoding="utf-8")
    problems = " ".join(map(str, merge.read(tmp_path).partnership.problems))
    assert "“SQ001” is not one of: R1 / R2" in problems and "“AO02” is not one of" in problems


@pytest.mark.parametrize(
    "item",
    ["R1 and R2", "R1-R2", "R1 – R2", "R1/R2", "R1, R2", "R1 to R2", "R1 The gate; R2 The list"],
)
def test_an_answer_on_several_things_at_once_is_not_that_on_the_first_alone(tmp_path, item):
    form_tools.write(tmp_path, "Google Forms")
    text = f'Partner,"How likely [{item}]"\nVEC,likely\n'
    (tmp_path / "google.csv").write_text(text, encoding="utf-8")
    merged = merge.read(tmp_path)
    assert read_views(merged.partnership) == []
    assert f"“{item}” is not one of: R1 / R2" in " ".join(map(str, merged.partnership.problems))


@pytest.mark.parametrize(
    "answer", ["B1 They say so, B3 They ask", "B1 and B2", "B2 They call;B3 They ask;"]
)
def test_two_answers_where_one_is_asked_are_not_the_first_of_them(tmp_path, answer):
    (tmp_path / "partners.csv").write_text(form_tools.PARTNERS, encoding="utf-8")
    text = f'Partner,Behaviour,"How often [our own organisation, B1]"\nVEC,"{answer}",often\n'
    (tmp_path / "google.csv").write_text(text, encoding="utf-8")
    partnership = merge.read(tmp_path).partnership
    assert partnership["practising"]["behaviour"].tolist() == [""]
    assert f"“{answer}” is not one of" in " ".join(map(str, partnership.problems))


def test_what_a_form_asks_about_two_things_may_hold_commas(tmp_path):
    (tmp_path / "partners.csv").write_text(form_tools.PARTNERS, encoding="utf-8")
    text = (
        'Partner,"How often [ourselves, B1 We say so, early, and aloud]",'
        '"How often [B2 They call, then write; the other partners, taken together]"\nVEC,often,rarely\n'
    )
    (tmp_path / "google.csv").write_text(text, encoding="utf-8")
    merged = merge.read(tmp_path)
    views = merged.partnership["behaviour_views"][["about", "behaviour", "how_often"]]
    assert views.astype("object").to_numpy().tolist() == [
        ["our own organisation", "B1", "often"],
        ["the other partners, taken together", "B2", "rarely"],
    ]


ACROSS = [
    ["Risk", "VEC", None, "Sombra", None, "Seen with", "OK to show?"],
    [None, "How likely", "Effect on us", "How likely", "Effect on us", None, None],
    ["R1 The gate stays locked", "likely", "slows us", "possible", "harms us", "ana@x.org", "no"],
    ["R2", "possible", None, "not likely", "little effect", "", ""],
]


def test_what_a_quiz_of_microsoft_forms_adds_of_points_is_left_out(tmp_path):
    form_tools.write(tmp_path, "Google Forms")
    text = "Partner,How likely [R1],Points - How likely [R1],Feedback - How likely [R1]\n"
    (tmp_path / "google.csv").write_text(f"{text}VEC,likely,0,well done\n", encoding="utf-8")
    merged = merge.read(tmp_path)
    assert merged.unread == [] and "“Points - How likely [R1]”" in merged.left_out[0]


@pytest.mark.parametrize("merged", [True, False])
def test_partners_that_stand_across_are_read_and_told(tmp_path, merged):
    (tmp_path / "partners.csv").write_text(form_tools.PARTNERS, encoding="utf-8")
    (tmp_path / "risks.csv").write_text(form_tools.RISKS, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in ACROSS:
        book.active.append(row)
    for place in ("B1:C1", "D1:E1") if merged else ():
        book.active.merge_cells(place)
    book.save(tmp_path / "views.xlsx")
    read = merge.read(tmp_path)
    assert read_views(read.partnership) == [
        ["SOM", "R1", "possible", "harms us", "", False],
        ["SOM", "R2", "not likely", "little effect", "", False],
        ["VEC", "R1", "likely", "slows us", "", False],
        ["VEC", "R2", "possible", "", "", False],
    ]
    told = " ".join(map(str, read.assumed))
    assert "each partner has a column of its own here" in told and "“Seen with” say" not in told
    assert "“OK to show?” say what “Who may see this line” asks?" in told
    assert set(read.partnership["risk_views"]["share"]) == {"facilitator only"}
    assert "ana@x.org" not in str([sheet.to_csv() for sheet in read.partnership.sheets.values()])


def test_a_form_with_lines_that_have_no_code_is_no_sheet_of_partners(tmp_path):
    (tmp_path / "partners.csv").write_text(form_tools.PARTNERS, encoding="utf-8")
    text = "Partner,Promise,What [promises 1],What [promises 2]\nVEC,P1,boats,nets\n"
    (tmp_path / "google.csv").write_text(text, encoding="utf-8")
    merged = merge.read(tmp_path)
    assert merged.partnership.sheets["promises"]["what"].tolist() == ["boats", "nets"]
    assert not any("a column of its own" in one for one in merged.supplied)


@pytest.mark.parametrize(
    "text",
    [
        "Respondent,Risk,How likely: SOM,How likely: VEC\nAna Perez,R1,likely,possible\n",
        "Partner,Risk,How likely: now,How likely: later\nVEC,R1,likely,possible\n",
        "Partner,Risk,How likely: VEC,How likely: SOM\nVEC,R1,likely,possible\n",
        "Risk,How likely: now,How likely: later\nR1,likely,possible\n",
    ],
)
def test_no_line_that_says_whose_it_is_becomes_answers_of_whom_the_columns_name(tmp_path, text):
    (tmp_path / "partners.csv").write_text(form_tools.PARTNERS, encoding="utf-8")
    (tmp_path / "views.csv").write_text(text, encoding="utf-8")
    merged = merge.read(tmp_path)
    assert not any("a column of its own" in one for one in merged.supplied)
    views = merged.partnership.sheets["risk_views"]
    typed = {text.split("\n")[1].split(",")[0]} & {"VEC"}
    assert set(views.get("partner", [""])) <= {*typed, ""}
    assert sorted(views["how_likely"]) == ["likely", "possible"]
    if text.startswith("Respondent"):
        assert all(views["respondent"].str.strip())


@pytest.mark.parametrize("name", ["Vecinas", "vec", "ABC"])
def test_partners_across_are_those_that_are_known_or_written_as_a_code(tmp_path, name):
    (tmp_path / "views.csv").write_text(f"Risk,How likely: {name}\nR1,likely\n", encoding="utf-8")
    (tmp_path / "whom.csv").write_text(form_tools.PARTNERS, encoding="utf-8")  # is read after it
    views = merge.read(tmp_path).partnership.sheets["risk_views"]
    assert views[["partner", "risk"]].to_numpy().tolist() == [
        ["ABC" if name == "ABC" else "VEC", "R1"]
    ]
