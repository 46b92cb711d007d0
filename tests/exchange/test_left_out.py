"""Nothing is supplied in silence: what reading and merging take to be so is told with its place."""

import tempfile
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from office import convert
from partnering import __main__ as command_line
from partnering.exchange import joining, merge, people
from partnering.exchange.merged import Merged
from partnering.jupyter import chosen_files, kept_off, merge_panel
from partnering.jupyter.view import View
from partnering.jupyter.working_copy import WorkingCopy
from partnering.storage import atomic, folder, paths
from partnering.storage.assumed import Assumption, Supplied, Told, supplied

BASE = {
    "partners": "partner,name,kind\nVEC,Vecinas,NGO\nSOM,Sombra,NGO\nOSD,Oficina de Salud,NGO\n",
    "risks": "risk,what_could_happen\nR1,The gate stays locked\nR2,The list gets out\n",
}
VIEWS = "partner,risk,how_likely,how_hard_on_us\n"


def write(place: Path, **files: str) -> Path:
    """CSV files with these names (without their ending) and texts."""
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


def book(file: Path, **pages: list) -> Path:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in pages.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made.save(file)
    return file


def views(merged: Merged, *columns: str) -> list[list[str]]:
    """The risk views, in the order of their partners and risks."""
    wanted = ["partner", "risk", "how_likely", *columns]
    read = merged.partnership["risk_views"][wanted].astype("object").fillna("")
    return sorted(read.to_numpy().tolist())


# ---------------------------------------------------------------- the one rule


def test_what_was_supplied_cannot_be_had_without_its_sentence():
    told: list[Assumption] = []
    wrapped = Supplied("SOM", [Assumption("the partner was taken from above.", rows=(4,))])
    assert not hasattr(wrapped, "value") and "SOM" not in repr(wrapped)
    assert wrapped.told_to(told) == "SOM"
    assert [str(one) for one in told] == ["row 4: the partner was taken from above."]


def test_an_assumption_names_file_sheet_rows_and_column():
    one = Assumption("so it is.", "book.xlsx", "Risks", (3, 4), "Risk ID")
    assert str(one) == "book.xlsx, sheet Risks, rows 3, 4, column “Risk ID”: so it is."


def test_the_command_ends_with_one_where_something_was_assumed_and_with_nought_where_not(
    tmp_path, capsys
):
    place = write(tmp_path / "in", **BASE, risk_views=VIEWS + "VEC,R1,likely,harms us\n")
    assert command_line.main(["merge", str(place), "--output", str(tmp_path / "a")]) == 0
    write(place, SOM="risk,how_likely\nR1,not likely\n")
    capsys.readouterr()
    assert command_line.main(["merge", str(place), "--output", str(tmp_path / "b")]) == 1
    assert "SOM.csv: no row says whose answers these are." in capsys.readouterr().err


# ---------------------------------------------------------------- whose answers they are


@pytest.mark.parametrize("name", ["Sombra notes", "SOM", "form (SOM)"])
def test_an_empty_partner_is_never_filled_from_the_files_name_against_its_rows(tmp_path, name):
    text = VIEWS + "SOM,R1,not likely,not likely\nVEC,R1,likely,harms us\n,R2,likely,could end us\n"
    merged = merge.read(write(tmp_path, **BASE, **{name: text}))
    assert views(merged) == [["SOM", "R1", "not likely"], ["VEC", "R1", "likely"]]
    (asked,) = merged.unread
    assert asked.startswith(f"{name}.csv, sheet risk_views, row 4: whose answers are these?")


def test_a_column_that_is_filled_in_downwards_takes_the_partner_above_and_says_so(tmp_path):
    text = VIEWS + "VEC,R1,likely,\n,R2,not likely,\nSOM,R1,not likely,\n,R2,likely,\n"
    merged = merge.read(write(tmp_path, **BASE, **{"Sombra notes": text}))
    assert views(merged) == [
        *(["SOM", "R1", "not likely"], ["SOM", "R2", "likely"]),
        *(["VEC", "R1", "likely"], ["VEC", "R2", "not likely"]),
    ]
    assert merged.supplied == [
        "Sombra notes.csv, rows 3, 5: no partner is named there; the partner above was taken."
    ]


def test_a_cell_that_goes_over_several_rows_counts_for_each_and_is_told(tmp_path):
    write(tmp_path / "in", **BASE)
    rows = [["Partner", "Risk", "How likely"], ["VEC", "R1", "likely"], [None, "R2", "not likely"]]
    file = book(tmp_path / "in" / "Sombra.xlsx", risk_views=[*rows, ["SOM", "R1", "not likely"]])
    made = openpyxl.load_workbook(file)
    made["risk_views"].merge_cells("A2:A3")
    made.save(file)
    merged = merge.read(tmp_path / "in")
    assert ["VEC", "R2", "not likely"] in views(merged)
    (told,) = merged.supplied
    assert told.startswith("Sombra.xlsx, sheet risk_views, rows 2, 3, column “A”: one cell covers")


@pytest.mark.parametrize("name", ["state of the art", "what we did som time ago", "vec maria"])
def test_a_word_of_a_files_name_that_happens_to_be_a_short_name_names_nobody(tmp_path, name):
    partners = BASE["partners"] + "ART,Arts,NGO\n"
    write(
        tmp_path, risks=BASE["risks"], partners=partners, **{name: "risk,how_likely\nR1,likely\n"}
    )
    merged = merge.read(tmp_path)
    assert views(merged) == [] and "whose answers are these?" in merged.unread[0]


# ---------------------------------------------------------------- two columns, one answer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How likely [R1]", "R1 How likely"),
        ("How likely [R1 before our measures]", "How likely [R1 after our measures]"),
        ("How likely [R1][Scale 1]", "How likely [R1][Scale 2]"),
        ("1. How likely [R1] *", "2. how_likely [R1]"),
    ],
)
def test_of_two_columns_that_ask_the_same_the_first_counts_and_both_are_named(tmp_path, one, other):
    text = f"Partner,{one},{other}\nVEC,likely,not likely\nSOM,,not likely\n"
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    assert views(merged) == [["SOM", "R1", "not likely"], ["VEC", "R1", "likely"]]
    (told,) = merged.conflicts
    assert one in told and other in told and "row 2 “likely” and “not likely”" in told


def test_in_a_table_two_columns_of_one_heading_are_told_and_both_are_kept(tmp_path):
    text = "partner,risk,How likely,how_likely\nVEC,R1,likely,not likely\n"
    merged = merge.read(write(tmp_path, **BASE, risk_views=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    (told,) = merged.supplied
    assert "“How likely” (C) and “how_likely” (D) ask the same. The first counts" in told
    assert "not likely" in merged.partnership.sheets["risk_views"].to_csv()


def test_a_conflict_inside_one_file_names_both_rows(tmp_path):
    text = "Partner,How likely [R1]\nVEC,likely\nSOM,not likely\nVEC,not likely\n"
    (told,) = merge.read(write(tmp_path, **BASE, answers=text)).conflicts
    assert "answers.csv, row 2, says “likely”, answers.csv, row 4, says “not likely”" in told


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize("heading", ["Risk ID", "ID", "No.", "Ref", "#", "risk no", "Código"])
@pytest.mark.parametrize("codes", [("R2", "R1"), ("2", "1"), ("r-02", "r-01")])
def test_codes_under_a_heading_of_ones_own_are_the_codes_and_are_not_numbered_anew(
    tmp_path, heading, codes
):
    risks = f"{heading},What could happen\n{codes[0]},The list gets out\n{codes[1]},The gate\n"
    form = "Partner,How likely [R1],How likely [R2]\nVEC,not likely,likely\n"
    merged = merge.read(write(tmp_path, partners=BASE["partners"], risks=risks, views=form))
    read = merged.partnership["risks"].set_index("risk")["what_could_happen"]
    assert read.to_dict() == {"R2": "The list gets out", "R1": "The gate"}
    (told,) = merged.supplied
    assert f"risks.csv, column “{heading}”: this column was taken for the codes of “Risk”" in told


def test_what_others_speak_of_is_not_numbered_anew(tmp_path):
    risks = "What could happen\nThe list gets out\nThe gate\n"
    form = "Partner,How likely [R1],How likely [R2]\nVEC,not likely,likely\n"
    merged = merge.read(write(tmp_path, partners=BASE["partners"], risks=risks, views=form))
    assert not {"R1", "R2"} & set(merged.partnership["risks"]["risk"])
    (told,) = merged.supplied
    assert "risks.csv, sheet Risks, rows 2, 3: these lines have no code" in told
    assert "R1, R2 were not given, because views.csv refers to them" in told


def test_a_register_whose_own_words_stand_under_risk_is_read_by_its_numbers(tmp_path):
    merged = merge.read(
        write(tmp_path, partners=BASE["partners"], risks="ID,Risk\n1,Gate stays locked\n")
    )
    read = merged.partnership["risks"][["risk", "what_could_happen"]]
    assert read.to_numpy().tolist() == [["R1", "Gate stays locked"]]
    assert "1 = R1" in merged.supplied[0]


# ---------------------------------------------------------------- sheets of any name


FORM = [
    ["ID", "Start time", "Partner", "How likely [R1]", "How likely [R2]"],
    [1, "2026-04-03 12:41:47", "VEC", "likely", "not likely"],
    [2, "2026-04-04 18:00:00", "SOM", "not likely", "likely"],
]


@pytest.mark.parametrize("name", ["Form1", "Sheet1", "Risks", "risk_views"])
def test_a_form_export_as_workbook_is_read_like_a_csv_whatever_its_sheet_is_called(tmp_path, name):
    book(write(tmp_path, **BASE) / "answers.xlsx", **{name: FORM})
    merged = merge.read(tmp_path)
    assert views(merged) == [
        *(["SOM", "R1", "not likely"], ["SOM", "R2", "likely"]),
        *(["VEC", "R1", "likely"], ["VEC", "R2", "not likely"]),
    ]
    assert merged.unread == []


def test_several_sheets_of_form_tools_in_one_workbook_are_all_read(tmp_path):
    other = [["Partner", "How likely [R1]"], ["OSD", "likely"]]
    book(write(tmp_path, **BASE) / "answers.xlsx", Form1=FORM, Form2=other)
    assert len(views(merge.read(tmp_path))) == 5


def test_a_sheet_with_the_headings_of_a_table_is_that_table_and_it_is_told(tmp_path, capsys):
    rows = [["Partner", "Risk", "How likely"], ["VEC", "R1", "likely"]]
    base = [["partner", "name"], ["VEC", "Vecinas"]]
    risks = [["risk", "what_could_happen"], ["R1", "Rain"]]
    file = book(tmp_path / "ours.xlsx", partners=base, risks=risks, Sheet1=rows)
    assert len(folder.open_any(file)["risk_views"]) == 1
    assert command_line.main(["check", str(file)]) == 1
    assert "sheet Sheet1: its name is not a table of the handbook" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["tsv", "txt"])
def test_tabs_and_plain_text_are_read(tmp_path, ending):
    write(tmp_path, **BASE)
    text = "Partner\tHow likely [R1]\nVEC\tlikely\n"
    (tmp_path / f"answers.{ending}").write_text(text, encoding="utf-8")
    assert views(merge.read(tmp_path)) == [["VEC", "R1", "likely"]]


def test_upright_lines_may_stand_between_cells(tmp_path):
    text = "Partner|How likely [R1]|In a few words [R1]\nVEC|likely|rain, wind; fire\n"
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    assert views(merged, "in_a_few_words") == [["VEC", "R1", "likely", "rain, wind; fire"]]
    assert merged.assumed == []


def test_an_old_workbook_is_refused_with_what_to_do(tmp_path):
    (write(tmp_path, **BASE) / "answers.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (said,) = merge.read(tmp_path).unread
    assert said.startswith("answers.xls is in another format") and "(.xlsx)" in said


# ---------------------------------------------------------------- where headings stand


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (["Our risks,,", "as of March,,", "Partner,How likely [R1],How likely [R2]"], 3),
        (["Start,Q1,Q2", "Partner,R1 - How likely,R2 - How likely"], 2),
    ],
)
def test_headings_below_others_are_found_and_their_row_is_named(tmp_path, rows, row):
    text = "\n".join([*rows, "VEC,likely,not likely"])
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    assert views(merged) == [["VEC", "R1", "likely"], ["VEC", "R2", "not likely"]]
    (told,) = merged.supplied
    assert told.startswith(f"answers.csv, row {row}: the headings were found in this row.")


def test_a_table_below_its_title_is_read_and_a_title_of_one_cell_is_no_heading(tmp_path):
    risks = "Risk\n\nRisk,What could happen\nR1,Rain\n"
    merged = merge.read(write(tmp_path, partners=BASE["partners"], risks=risks))
    assert merged.partnership["risks"]["what_could_happen"].tolist() == ["Rain"]
    assert "risks.csv, row 3: the headings were found in this row" in merged.supplied[0]


def test_two_rows_of_headings_are_taken_together(tmp_path):
    """As SurveyMonkey writes them: the question goes on to the right over its boxes."""
    text = (
        "Respondent ID,Partner,How likely,,In a few words,\n"
        ",Response,R1 The gate,R2 The list,R1,R2\n"
        "7,VEC,likely,not likely,rain,\n"
    )
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    assert views(merged, "in_a_few_words") == [
        ["VEC", "R1", "likely", "rain"],
        ["VEC", "R2", "not likely", ""],
    ]
    assert any(
        "rows 1, 2: the headings were taken from these two rows" in said for said in merged.supplied
    )


HEADINGS_IN_TWO_ROWS = {
    "the items below their question": (
        [["Partner", "How likely", None, "How hard on us", None], [None, *["R1", "R2"] * 2]],
        ["A1:A2", "B1:C1", "D1:E1"],
    ),
    "the questions below their item": (
        [
            ["Partner", "R1 The gate", None, "R2 The list", None],
            [None, "How likely", "How hard on us", "How likely", "How hard on us"],
        ],
        ["A1:A2", "B1:C1", "D1:E1"],
    ),
    "one item below each question": (
        [["Partner", "How likely", "How hard on us"], [None, "R1", "R1"]],
        ["A1:A2"],
    ),
    "nothing merged": (
        [["Partner", "R1", None, "R2", None], ["", *["How likely", "How hard on us"] * 2]],
        [],
    ),
    "a title above some": (
        [["Partner", "Risk", "Our view", None], [None, None, "How likely", "How hard on us"]],
        ["A1:A2", "B1:B2", "C1:D1"],
    ),
    "a title above some, and nothing merged": (
        [["Partner", "Risk", "Our view", None], [None, None, "How likely", "How hard on us"]],
        [],
    ),
    "each over two rows": (
        [["Partner", "Risk", "How likely", "How hard on us"], [None] * 4],
        ["A1:A2", "B1:B2", "C1:C2", "D1:D2"],
    ),
    "remarks below some": (
        [["Partner", "Risk", "How likely", "How hard on us"], [None, None, "(tick)", "(tick)"]],
        ["A1:A2", "B1:B2"],
    ),
}


@pytest.mark.parametrize("how", HEADINGS_IN_TWO_ROWS)
def test_headings_in_two_rows_are_read_together_however_their_cells_are_merged(tmp_path, how):
    top, merged_cells = HEADINGS_IN_TWO_ROWS[how]
    if "Risk" in top[0]:
        rows = [["VEC", "R1", "likely", "harms us"], ["VEC", "R2", "not likely", "slows us"]]
    elif top[1][2] == "R2":
        rows = [["VEC", "likely", "not likely", "harms us", "slows us"]]
    else:
        rows = [["VEC", "likely", "harms us", "not likely", "slows us"][: len(top[0])]]
    file = book(write(tmp_path, **BASE) / "answers.xlsx", answers=[*top, *rows])
    made = openpyxl.load_workbook(file)
    for cells in merged_cells:
        made["answers"].merge_cells(cells)
    made.save(file)
    merged = merge.read(tmp_path)
    both = [["VEC", "R1", "likely", "harms us"], ["VEC", "R2", "not likely", "slows us"]]
    assert views(merged, "how_hard_on_us") == (both if len(top[0]) > 3 else both[:1])
    assert any(
        "rows 1, 2: the headings were taken from these two" in one for one in merged.supplied
    )
    assert merged.partnership.problems == [] and merged.unread == []


def test_three_rows_of_headings_are_read_from_the_one_with_the_questions(tmp_path):
    """As Qualtrics writes them: codes, questions, and codes of its own."""
    text = (
        "StartDate,Q1,Q2_1\nStart Date,Partner,How likely - R1\n"
        '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
        "2026-04-03 12:41:47,VEC,likely\n"
    )
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    assert any("row 3: this row holds codes of the form tool" in said for said in merged.supplied)


@pytest.mark.parametrize(
    "heading",
    ["1. How likely [R1]", "Q3: How likely? [R1] *", "3) How likely [R1]*", "* How likely [R1]",
     "<b>How likely</b> [R1]", "Q12. R1 - How likely (required)", "1.2 How likely: [R1]"],
)  # fmt: skip
def test_numbers_stars_and_markup_in_headings_do_not_count(tmp_path, heading):
    merged = merge.read(write(tmp_path, **BASE, answers=f'2. Partner *,"{heading}"\nVEC,likely\n'))
    assert views(merged) == [["VEC", "R1", "likely"]] and merged.assumed == []


def test_two_hundred_long_questions_are_matched_in_a_second_or_two(tmp_path):
    asked = [
        f"À quelle fréquence utilisez-vous ceci pour l'activité n° {at} : / How often do you use "
        f"this for activity no. {at}: - please choose / veuillez choisir [Option {at} / Choix]"
        for at in range(205)
    ]
    heads = ",".join(f'"{heading}"' for heading in ["Partner", "How likely [R1]", *asked])
    answers = "\n".join(f"{code},likely{',x' * 205}" for code in ("VEC", "SOM"))
    place = write(tmp_path, **BASE, results=f"{heads}\n{answers}\n")
    begun = time.process_time()
    merged = merge.read(place)
    assert time.process_time() - begun < 3
    assert len(views(merged)) == 2 and "and 195 more" in merged.unread[0]


# ---------------------------------------------------------------- what nobody sees


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u2068", "\u00ad", "\ufeff"])
def test_marks_that_are_not_seen_do_not_count_and_stay_in_texts(tmp_path, mark):
    text = (
        f"partner,{mark}risk,How likely{mark},how_hard_on_us,in_a_few_words\n"
        f"VEC{mark},{mark}R1,{mark}likely,hurts{mark} us,rain{mark}fall\n"
    )
    merged = merge.read(write(tmp_path, **BASE, risk_views=text))
    assert views(merged, "in_a_few_words") == [["VEC", "R1", "likely", f"rain{mark}fall"]]
    assert merged.partnership.problems == [] and merged.assumed == []


def test_accents_that_stand_apart_are_the_same_letters(tmp_path):
    partners = "partner,name\nSEN,Señal\n"
    text = VIEWS + "Sen\u0303al,R1,likely,\n"
    merged = merge.read(write(tmp_path, risks=BASE["risks"], partners=partners, risk_views=text))
    assert views(merged) == [["SEN", "R1", "likely"]] and merged.partnership.problems == []


# ---------------------------------------------------------------- people


PEOPLE = "Partner,Risk,How likely,{heading}\nVEC,R1,likely,{one}\nSOM,R1,not likely,{two}\n"


@pytest.mark.parametrize(
    ("heading", "one", "two", "what"),
    [
        ("Contacto", "ana@example.org", "b.v@example.org", "e-mail addresses"),
        ("How to reach you", "+57 300 123 4567", "0044 20 7946 0958", "phone numbers"),
        ("X-Forwarded", "203.0.113.9", "2001:db8::1", "addresses of computers"),
        ("Horodateur", "03/04/2026 12:41:47", "04/04/2026 18:58", "times at which people answered"),
        ("Beginn", "2026-04-03T12:41:47.123+02:00", "2026-04-03T12:41:47Z", "times at"),
        ("Quién respondió esto aquí", "Anna Rossi", "Bruno de la Cruz", "names of people"),
        ("الاسم", "محمد علي", "فاطمة", "names of people"),
        ("_geolocation", "-12.0464 -77.0428 0 0", "-12.1000 -77.0100 0 0", "places where people"),
        ("Where", "12 Calle Mayor", "3 High Street", "places where people are"),
    ],
)  # fmt: skip
def test_columns_that_hold_people_are_named_and_left_out(tmp_path, heading, one, two, what):
    text = PEOPLE.format(heading=heading, one=one, two=two)
    place = write(tmp_path / "in", **BASE, answers=text)
    merged = merge.read(place)
    everything = "".join(sheet.to_csv() for sheet in merged.partnership.sheets.values())
    assert one not in everything and two not in everything and len(views(merged)) == 2
    (told,) = merged.left_out
    assert f"answers.csv, column “{heading}”: it seems to hold {what}" in told
    kept = merge.read(place, keep_people=True)
    assert one in kept.partnership.sheets["risk_views"].to_csv() and kept.left_out


@pytest.mark.parametrize(
    ("heading", "one", "two"),
    [
        ("Our note", "a bench", "Two trees, soon"),
        ("Cost", "94000", "12500.50"),
        ("Organisation", "Oficina de Salud", "Vecinas"),
        ("Since", "2026-04-03", "04/04/2026"),
        ("Phase", "Phase 1", "Phase 2"),
    ],
)
def test_columns_that_hold_nobody_stay(tmp_path, heading, one, two):
    text = f'Partner,Risk,How likely,{heading}\nVEC,R1,likely,"{one}"\nSOM,R1,not likely,"{two}"\n'
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    assert merged.left_out == []
    assert merged.partnership.sheets["risk_views"][heading].tolist() == [one, two]


def test_a_name_or_address_in_the_place_of_a_voice_becomes_a_sign_and_is_told(tmp_path):
    text = (
        "Partner,Voice,How likely [R1]\nVEC,ana@example.org,likely\nVEC,b@example.org,not likely\n"
    )
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    signs = merged.partnership["risk_views"]["respondent"]
    assert signs.nunique() == 2 and not signs.str.contains("@").any() and merged.conflicts == []
    assert "so each got a code that tells nothing" in merged.left_out[0]


def test_on_the_command_line_people_are_kept_on_purpose_alone(tmp_path, capsys):
    text = PEOPLE.format(heading="Mail", one="ana@example.org", two="b@example.org")
    place = write(tmp_path / "in", **BASE, answers=text)
    assert command_line.main(["merge", str(place), "--output", str(tmp_path / "a")]) == 1
    assert "merge with --keep-people" in capsys.readouterr().err
    assert "ana@" not in (tmp_path / "a" / "risk_views.csv").read_text("utf-8")
    words = ["merge", str(place), "--keep-people", "--output", str(tmp_path / "b")]
    assert command_line.main(words) == 1
    assert "ana@" in (tmp_path / "b" / "risk_views.csv").read_text("utf-8")


# ---------------------------------------------------------------- in Jupyter


def test_in_jupyter_what_was_assumed_waits_for_a_yes(monkeypatch, tmp_path):
    monkeypatch.setenv(kept_off.NEVER_SAVED, "1")
    monkeypatch.setattr("partnering.storage.paths.MY_PARTNERSHIPS", tmp_path / "mine")
    write(tmp_path / "in", **BASE, SOM="risk,how_likely\nR1,not likely\n")
    opened = []
    view = View(WorkingCopy(folder.read(paths.EXAMPLES / "shade")), "room")
    panel = merge_panel.MergePanel(view, opened.append)
    panel.where.value = str(tmp_path / "in")
    panel.look.click()
    assert "By the file" in panel.found.value and panel.yes_apart.layout.display is None
    panel.name.value = "all"
    panel.save.click()
    assert opened == [] and panel.save.disabled
    panel.yes_apart.value = True
    panel.save.click()
    assert len(opened) == 1 and folder.read(opened[0])["risk_views"]["partner"].tolist() == ["SOM"]


def test_files_that_are_chosen_in_the_browser_are_read_by_enter_and_nothing_of_them_stays(
    monkeypatch, tmp_path
):
    monkeypatch.setenv(kept_off.NEVER_SAVED, "1")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    panel = merge_panel.MergePanel(
        View(WorkingCopy(folder.read(paths.EXAMPLES / "shade")), "room"), print
    )
    panel.where.value = "/nowhere"
    name = "Four_at_the_river_Stop_3_-_all_versions_-_False_-_2026-11-29-17-44-10 SOM.csv"
    text = b"risk,how_likely\nR1,not likely\n"
    panel.chosen._handle_custom_msg({"kind": "chosen", "names": [name]}, [memoryview(text)])
    assert panel.chosen.count == 1
    assert panel.where.value == ""
    panel.where._handle_custom_msg({"event": "submit"}, [])
    assert f"{name}: whose answers are these?" in panel.found.value
    assert [*tmp_path.iterdir()] == []
    panel.where.value = "/nowhere"
    assert panel.chosen.value == () and panel.found.value == "" and panel.chosen.count == 0


def test_a_browser_takes_larger_files_than_a_notebook_and_each_says_how_large(monkeypatch):
    asked = chosen_files.Chooser("or choose files")
    assert asked.most == 10_000_000 and "has more than 10 MB" in asked.words["too_large"]
    monkeypatch.setattr(paths, "IN_BROWSER", True)
    asked = chosen_files.Chooser("or choose files")
    assert asked.most == atomic.LARGEST and "64 MB at most" in asked.words["too_large"]


# ---------------------------------------------------------------- what was not read


def test_check_says_first_that_nothing_was_read_and_no_empty_report_is_written(tmp_path, capsys):
    rows = [["Project risk register"], [], ["ID", "Risk", "Likelihood"], [1, "Gate", "High"]]
    file = book(tmp_path / "Risk Register.xlsx", **{"Risk Register": rows})
    assert command_line.main(["check", str(file)]) == 1
    first = capsys.readouterr().err.splitlines()[0]
    assert "nothing of it was read" in first
    assert command_line.main(["report", str(file), "--output", str(tmp_path / "out")]) == 1
    assert "no report was written" in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_check_names_columns_sheets_and_files_that_are_not_read_and_ends_with_one(tmp_path, capsys):
    place = write(tmp_path / "p", **BASE, ideas="idea\nA bench\n")
    (place / "risk_views.tsv").write_text("partner\trisk\n", encoding="utf-8")
    assert command_line.main(["check", str(place)]) == 1
    said = capsys.readouterr().err
    assert "sheet ideas: this sheet is not part of the handbook" in said
    assert "risk_views.tsv: it was not read" in said


def test_a_short_name_of_which_a_spreadsheet_made_a_day_is_asked_about(tmp_path):
    partners = "partner,name\n2026-09-01,Sept group\nSOM,Sombra\n"
    merged = merge.read(write(tmp_path, partners=partners))
    (asked,) = merged.partnership.problems
    assert "sheet partners, row 2" in str(asked) and "a day, which a spreadsheet makes" in str(
        asked
    )
    assert merged.partnership["partners"]["partner"].tolist() == ["2026-09-01", "SOM"]


# ---------------------------------------------------------------- more of each kind


def test_the_same_heading_twice_in_a_form_is_told_with_what_each_says(tmp_path):
    text = "Partner,How likely [R1],How likely [R1]\nVEC,likely,not likely\n"
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    assert "row 2 “likely” and “not likely”" in merged.conflicts[0]


def test_codes_of_a_register_of_ones_own_are_kept_and_references_find_them(tmp_path):
    risks = "Risk ID,What could happen\nRSK-002,The list gets out\nRSK-001,The gate\n"
    text = "Partner,Risk ID,How likely\nVEC,RSK-001,likely\nVEC,RSK-002,not likely\n"
    merged = merge.read(write(tmp_path, partners=BASE["partners"], risks=risks, risk_views=text))
    assert views(merged) == [["VEC", "RSK-001", "likely"], ["VEC", "RSK-002", "not likely"]]
    assert merged.partnership.problems == [] and len(merged.supplied) == 2


def test_numbers_of_a_register_are_found_by_references_under_the_same_heading(tmp_path):
    risks = "Risk ID,What could happen\n2,The list gets out\n1,The gate\n"
    text = "Partner,Risk ID,How likely\nVEC,1,likely\n"
    merged = merge.read(write(tmp_path, partners=BASE["partners"], risks=risks, risk_views=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    read = merged.partnership["risks"].set_index("risk")["what_could_happen"]
    assert read["R1"] == "The gate"


def test_a_gap_in_a_file_of_one_partner_is_filled_by_its_name_and_the_row_is_told(tmp_path):
    text = VIEWS + "SOM,R1,not likely,\n,R2,likely,\nSOM,R1,not likely,\n"
    merged = merge.read(write(tmp_path, **BASE, SOM=text))
    assert ["SOM", "R2", "likely"] in views(merged)
    (told,) = merged.supplied
    assert told.startswith("SOM.csv, row 3: no partner is named there. By the file's name")


def test_a_file_that_holds_nothing_but_people_leaves_nothing_behind(tmp_path):
    place = write(tmp_path, **BASE, contacts="mail\nana@example.org\n")
    merged = merge.read(place)
    assert "contacts" not in merged.partnership.sheets and merged.left_out


def test_what_lies_in_a_folder_and_is_no_csv_file_is_named(tmp_path):
    write(tmp_path, **BASE)
    (tmp_path / "VEC").mkdir()
    book(tmp_path / "VEC" / "answers.xlsx", risk_views=[["Risk"], ["R1"]])
    (said,) = merge.read(tmp_path).unread
    assert said.startswith("VEC: ") and "answers.xlsx" in said


@pytest.mark.parametrize("error", ["#BEZUG!", "#¡VALOR!", "#N/D", "#NV", "Err:502", "#ССЫЛКА!"])
def test_errors_of_spreadsheets_in_other_languages_are_no_answers(tmp_path, error):
    text = f"partner,risk,how_likely,in_a_few_words\nVEC,R1,likely,{error}\n"
    merged = merge.read(write(tmp_path, **BASE, risk_views=text))
    (asked,) = merged.partnership.problems
    assert "row 2" in str(asked) and error in str(asked)


def test_a_sheet_of_libreoffice_is_read_as_it_is(tmp_path):
    cells = "".join(
        f"<table:table-row>{''.join(_ods_cell(text) for text in row)}</table:table-row>"
        for row in (["Partner", "How likely [R1]"], ["VEC", "likely"])
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Form">{cells}</table:table></office:spreadsheet></office:body>'
        f"</office:document-content>"
    )
    write(tmp_path, **BASE)
    with zipfile.ZipFile(tmp_path / "answers.ods", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", MANIFEST)
        made.writestr("content.xml", content)
    assert views(merge.read(tmp_path)) == [["VEC", "R1", "likely"]]


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def _ods_cell(text: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


@pytest.mark.libreoffice
def test_errors_and_merged_cells_of_a_libreoffice_sheet_are_no_empty_answers(tmp_path):
    rows = [["Partner", "Risk", "How likely"], ["VEC", "R1", "=1/0"], [None, "R2", "not likely"]]
    file = book(tmp_path / "book.xlsx", risk_views=rows)
    made = openpyxl.load_workbook(file)
    made["risk_views"].merge_cells("A2:A3")
    made.save(file)
    place = write(tmp_path / "in", **BASE)
    (tmp_path / "out").mkdir()
    convert(file, "ods", tmp_path / "out").rename(place / "book.ods")
    merged = merge.read(place)
    (asked,) = merged.partnership.problems
    assert "row 2, column how_likely: “#DIV/0!”" in str(asked)
    assert views(merged) == [["VEC", "R1", ""], ["VEC", "R2", "not likely"]]
    assert "rows 2, 3, column “A”: one cell covers these rows" in merged.supplied[0]


@pytest.mark.parametrize("heading", ["ID", "#", "Risk ref"])
def test_a_register_of_any_name_with_its_own_codes_is_known_below_its_title(tmp_path, heading):
    text = f"Our register,,\n\n{heading},What could happen,Owner\n1,Fire,SOM\n2,Flood,VEC\n"
    merged = merge.read(write(tmp_path, partners=BASE["partners"], ours=text))
    read = merged.partnership["risks"][["risk", "what_could_happen"]]
    assert read.to_numpy().tolist() == [["R1", "Fire"], ["R2", "Flood"]]
    assert "ours.csv, row 3: the headings were found" in merged.supplied[0]


@pytest.mark.parametrize(
    "heading", ["How likely [SQ001] [R1 The gate]", "grp/How likely/R1", "R1/How likely"]
)
def test_codes_and_groups_of_form_tools_beside_the_item_do_not_count(tmp_path, heading):
    text = f"Partner,{heading}\nVEC,likely\n"
    assert views(merge.read(write(tmp_path, **BASE, answers=text))) == [["VEC", "R1", "likely"]]


def test_a_form_that_nobody_has_answered_is_named(tmp_path):
    merged = merge.read(write(tmp_path, **BASE, answers="Partner,How likely [R1]\n"))
    assert merged.unread == ["answers.csv: there are headings, and no answers below them."]


def test_of_two_columns_that_say_the_partner_the_first_counts_and_both_are_named(tmp_path):
    text = "partner,Partner,risk,how_likely\nVEC,SOM,R1,likely\n"
    merged = merge.read(write(tmp_path, **BASE, risk_views=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    assert "“partner” (A) and “Partner” (B) ask the same" in merged.supplied[0]


def test_an_assumption_is_told_once_and_in_its_order_however_it_came():
    told = Told()
    one, other, third = (Assumption(text) for text in ("one", "other", "third"))
    told.append(one)
    told += [other]
    assert supplied("value", told, one) == "value"
    supplied("value", told, third)
    assert list(told) == [one, other, third] and one in told and Assumption("fourth") not in told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("=B2", "row 2, column how_likely: “=B2” is a formula, and its answer was not stored"),
        ("#N/A", "row 2, column how_likely: “#N/A” means that a spreadsheet could not work out"),
    ],
)
def test_a_choice_that_a_spreadsheet_has_not_worked_out_is_told_as_that(tmp_path, typed, said):
    rows = [["partner", "risk", "how_likely"], ["VEC", "R1", typed]]
    place = write(tmp_path / "in", **BASE)
    book(place / "back.xlsx", risk_views=rows)
    (told,) = merge.read(place).partnership.problems
    assert said in str(told)


def test_what_a_form_tool_notes_for_itself_is_left_out_and_named_and_ones_own_notes_stay(tmp_path):
    text = (
        "_id;__version__;_notes;Partner;How likely [R1];Notes\n"
        "17;vK3;seen;VEC;likely;ask again in May\n"
    )
    merged = merge.read(write(tmp_path, **BASE, answers=text))
    (told,) = merged.left_out
    assert "“_id”, “__version__”, “_notes” (what the form tool notes for itself)" in told
    assert merged.partnership.sheets["answers"].to_dict("records") == [
        {"Notes": "ask again in May"}
    ]
    assert ["“Notes”" in one for one in merged.unread] == [True]


def test_an_answer_over_several_columns_counts_for_the_first_and_is_told(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "risk_views"
    for row in (["partner", "risk", "how_likely", "how_hard_on_us"], ["VEC", "R1", "likely", ""]):
        sheet.append(row)
    sheet.merge_cells("C2:D2")
    write(tmp_path, **BASE)
    book.save(tmp_path / "came back.xlsx")
    merged = merge.read(tmp_path)
    told = [str(one) for one in merged.assumed if "over several columns" in str(one)]
    assert len(told) == 1 and "“likely” was taken for the first of them alone" in told[0]
    assert views(merged) == [["VEC", "R1", "likely"]]


def test_full_width_letters_are_read_as_the_letters_that_they_stand_for(tmp_path):
    merged = merge.read(
        write(tmp_path, **BASE, back="partner,risk,how_likely\nＶＥＣ,Ｒ１,ｌｉｋｅｌｙ\n")
    )
    assert views(merged) == [["VEC", "R1", "likely"]]


def test_amounts_are_no_telephone_numbers():
    assert not any(
        people._is_telephone(text) for text in ("1 250 000", "12,500.50", "45000", "1.250.000")
    )
    assert people._is_telephone("+57 300 555 0123")
    assert all(map(people._is_telephone, ("05550123", "0 555 123", "71 234 567", "00 555 123")))


def test_a_picture_that_is_called_a_csv_file_is_refused_in_a_sentence(tmp_path):
    write(tmp_path, **BASE)
    (tmp_path / "photo.csv").write_bytes(b"%PDF-1.7 \x00\x01")
    assert any("photo.csv is not a CSV file" in str(one) for one in merge.read(tmp_path).assumed)


def merged_file(tmp_path: Path, text: str | bytes, name: str = "VEC.csv") -> Merged:
    """What is read of one file beside the partners and risks that are known."""
    write(tmp_path, **BASE)
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return merge.read(tmp_path)


@pytest.mark.parametrize("heading", ["Filled in by", "Role", "Your name", "Contact"])
def test_names_of_those_who_answered_are_left_out_under_whatever_heading(tmp_path, heading):
    text = f"Partner,Risk,How likely,{heading}\nVEC,R1,likely,Ana Ruiz\nVEC,R1,possible,Luis Gil\n"
    merged = merged_file(tmp_path, text)
    sheet = merged.partnership.sheets["risk_views"]
    assert "Ruiz" not in sheet.to_csv() and sheet["respondent"].str.fullmatch(r"\w\d+").all()
    (told,) = merged.left_out
    assert told.startswith(
        f"VEC.csv, column “{heading}”: it seems to hold names of people, so it was"
    )
    assert "counts as one voice" in told
    kept = merge.read(tmp_path, keep_people=True).partnership.sheets["risk_views"]
    assert kept[heading].tolist() == ["Ana Ruiz", "Luis Gil"] and kept["respondent"].all()


def test_a_column_that_is_there_twice_is_told_once(tmp_path):
    merged = merged_file(tmp_path, "Partner,Risk,How likely,How likely\nVEC,R1,likely,possible\n")
    assert merged.unread == [] and len(merged.supplied) == 1
    assert "“How likely” (C) and “How likely” (D) ask the same" in merged.supplied[0]


def test_what_is_asked_of_a_whole_column_names_its_file_and_no_sheet_where_there_is_but_one(
    tmp_path,
):
    merged = merged_file(tmp_path, "Partner,Risk,How likely,Visible to\nVEC,R1,often,us\n")
    one, other = sorted(joining.unreadable(merged))
    assert one.startswith("VEC.csv, column Visible to: does “Visible to” say what")
    assert other.startswith("VEC.csv, row 2, column How likely: “often” is not one of")


def test_signs_that_stand_for_no_letter_are_taken_out_and_told(tmp_path):
    merged = merged_file(tmp_path, b"Partner,Risk,How likely\nVEC,R1,lik\0ely\nSOM,R2,possible\n")
    assert merged.partnership["risk_views"]["how_likely"].tolist() == ["likely", "possible"]
    assert merged.supplied[0].startswith("VEC.csv, row 2: signs that stand for no letter")


def test_of_a_packed_file_it_is_said_to_unpack_it(tmp_path):
    assert "Unpack it" in merged_file(tmp_path, b"PK\x03\x04", "answers.zip").unread[0]


def test_a_form_of_thousands_of_questions_is_read_in_time_that_grows_as_they_do(tmp_path):
    asked = [f"How likely [R{number}]" for number in range(3000)]
    text = f"Partner,{','.join(asked)}\nVEC,{','.join(['likely'] * len(asked))}\n"
    begun = time.process_time()
    merged = merged_file(tmp_path, text)
    assert time.process_time() - begun < 15  # it was minutes
    assert len(merged.partnership.sheets["risk_views"]) == 3000


@pytest.mark.parametrize("text", [b"", b"\xef\xbb\xbf", b"\n\n\n"])
def test_of_an_empty_file_it_is_said_that_nothing_is_in_it(tmp_path, text):
    assert merged_file(tmp_path, text).unread == ["VEC.csv: nothing is in it."]


@pytest.mark.parametrize("text", ["<html><table>", "<!DOCTYPE html>", '<?xml version="1.0"?>'])
def test_a_page_that_is_called_a_csv_file_is_none(tmp_path, text):
    assert merged_file(tmp_path, text).unread[0].startswith("VEC.csv is not a CSV file")


def test_of_a_text_without_end_in_a_column_of_words_the_beginning_is_quoted(tmp_path):
    merged = merged_file(tmp_path, f"Partner,Risk,How likely\nVEC,R1,{'likely ' * 100_000}\n")
    (told,) = joining.unreadable(merged)
    assert "likely likely" in told and len(told) < 700
    sheet = merged.partnership.sheets["risk_views"]
    assert len(sheet["how_likely"].iloc[0]) > 600_000  # it is kept whole


def test_a_sheet_whose_codes_stand_under_risk_id_is_known_by_its_headings(tmp_path):
    merged = merged_file(tmp_path, "Partner,Risk ID,How likely\nVEC,R1,likely\n", "answers.csv")
    assert merged.partnership["risk_views"]["risk"].tolist() == ["R1"]
    assert merged.unread == [] and "“Risk ID”" in merged.supplied[0]
