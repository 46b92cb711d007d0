"""Files of every kind that come back: what is read of them, and where their headings are found."""

import zipfile

import openpyxl
import pytest

import examples
from exchange.came_back import VIEWS, WITH_OBJECTIVES, WITH_RISKS, book, merged_file, views, write
from office import convert
from partnering import __main__ as command_line
from partnering.exchange import form_workbook, merge
from partnering.storage import folder, form_marks


def test_forms_made_from_the_template_come_back_as_one(tmp_path):
    shade = examples.example("shade")
    write(
        tmp_path,
        **{
            name: shade.to_write()[name].to_csv(index=False)
            for name in ("partners", "objectives", "risks")
        },
    )
    signs = []
    for number, (partner, voice) in enumerate((("SOM", 0), ("VEC", 1), ("VEC", 1))):
        file = tmp_path / f"{number}.xlsx"
        form_workbook.write(file, stops=[3], partner=partner, example=shade)
        book = openpyxl.load_workbook(file)
        for row in book["read me"].iter_rows():
            if row[0].value == "They are those of":
                row[1].value = form_marks.VOICES[voice]
        page = book["risk_views"]
        heads = [cell.value for cell in page[1]]
        for row in page.iter_rows(min_row=2, max_row=9):
            row[heads.index("How likely")].value = "likely"
            row[heads.index("In a few words")].value = (
                f"of {number}" if row[heads.index("Risk")].value == "R2" else None
            )
        book.save(file)
    merged = merge.read(tmp_path)
    assert merged.conflicts == merged.told == [] and merged.partnership.problems == []
    found = merged.partnership["risk_views"]
    assert found.loc[
        found["in_a_few_words"] != "", ["partner", "in_a_few_words"]
    ].to_numpy().tolist() == [["SOM", "of 0"], ["VEC", "of 1"], ["VEC", "of 2"]]
    signs = found.loc[found["partner"] == "VEC", "respondent"]
    assert signs.nunique() == 2 and "" not in signs.tolist() and len(found) == 24


def test_house_files_other_files_and_damaged_ones_are_named_and_left(tmp_path):
    place = write(
        tmp_path,
        **WITH_OBJECTIVES,
        VEC="objective,stance\nO1,support it\n",
        house="partner,unit,question,answer\nVEC,a,Q1,secret\n",
    )
    write(tmp_path / "houses", SOM="partner,unit,question,answer\nSOM,a,Q1,secret\n")
    write(
        tmp_path / "folder SOM",
        house_answers="partner,unit,question,answer\nSOM,a,Q1,secret\n",
        worth="worth_it\nyes\n",
    )
    (place / "form.ods").write_bytes(b"x")
    (place / "damaged.xlsx").write_bytes(b"PK")
    merged = merge.read(place)
    assert "secret" not in str(merged.partnership.to_write()) + str(merged.conflicts)
    for sentences, files in (
        (merged.told, ["folder SOM", "house.csv", "houses"]),
        (merged.unread, ["damaged.xlsx", "form.ods"]),
    ):
        assert [line.split(":")[0].split(" is ")[0] for line in sentences] == files
    assert merged.partnership["worth"]["partner"].tolist() == ["SOM"]


FORM = [
    ["ID", "Start time", "Partner", "How likely [R1]", "How likely [R2]"],
    [1, "2026-04-03 12:41:47", "VEC", "likely", "not likely"],
    [2, "2026-04-04 18:00:00", "SOM", "not likely", "likely"],
]


@pytest.mark.parametrize("name", ["Form1", "Sheet1", "Risks", "risk_views"])
def test_a_form_export_as_workbook_is_read_like_a_csv_whatever_its_sheet_is_called(tmp_path, name):
    book(write(tmp_path, **WITH_RISKS) / "answers.xlsx", **{name: FORM})
    merged = merge.read(tmp_path)
    assert views(merged) == [
        *(["SOM", "R1", "not likely"], ["SOM", "R2", "likely"]),
        *(["VEC", "R1", "likely"], ["VEC", "R2", "not likely"]),
    ]
    assert merged.unread == []


def test_several_sheets_of_form_tools_in_one_workbook_are_all_read(tmp_path):
    other = [["Partner", "How likely [R1]"], ["OSD", "likely"]]
    book(write(tmp_path, **WITH_RISKS) / "answers.xlsx", Form1=FORM, Form2=other)
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
    write(tmp_path, **WITH_RISKS)
    text = "Partner\tHow likely [R1]\nVEC\tlikely\n"
    (tmp_path / f"answers.{ending}").write_text(text, encoding="utf-8")
    assert views(merge.read(tmp_path)) == [["VEC", "R1", "likely"]]


def test_upright_lines_may_stand_between_cells(tmp_path):
    text = "Partner|How likely [R1]|In a few words [R1]\nVEC|likely|rain, wind; fire\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    assert views(merged, "in_a_few_words") == [["VEC", "R1", "likely", "rain, wind; fire"]]
    assert merged.assumed == []


def test_an_old_workbook_is_refused_with_what_to_do(tmp_path):
    (write(tmp_path, **WITH_RISKS) / "answers.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (said,) = merge.read(tmp_path).unread
    assert said.startswith("answers.xls is in another format") and "(.xlsx)" in said


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (["Our risks,,", "as of March,,", "Partner,How likely [R1],How likely [R2]"], 3),
        (["Start,Q1,Q2", "Partner,R1 - How likely,R2 - How likely"], 2),
    ],
)
def test_headings_below_others_are_found_and_their_row_is_named(tmp_path, rows, row):
    text = "\n".join([*rows, "VEC,likely,not likely"])
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    assert views(merged) == [["VEC", "R1", "likely"], ["VEC", "R2", "not likely"]]
    (told,) = merged.supplied
    assert told.startswith(f"answers.csv, row {row}: the headings were found in this row.")


def test_a_table_below_its_title_is_read_and_a_title_of_one_cell_is_no_heading(tmp_path):
    risks = "Risk\n\nRisk,What could happen\nR1,Rain\n"
    merged = merge.read(write(tmp_path, partners=WITH_RISKS["partners"], risks=risks))
    assert merged.partnership["risks"]["what_could_happen"].tolist() == ["Rain"]
    assert "risks.csv, row 3: the headings were found in this row" in merged.supplied[0]


def test_two_rows_of_headings_are_taken_together(tmp_path):
    """As SurveyMonkey writes them: the question goes on to the right over its boxes."""
    text = (
        "Respondent ID,Partner,How likely,,In a few words,\n"
        ",Response,R1 The gate,R2 The list,R1,R2\n"
        "7,VEC,likely,not likely,rain,\n"
    )
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
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
    file = book(write(tmp_path, **WITH_RISKS) / "answers.xlsx", answers=[*top, *rows])
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
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    assert any("row 3: this row holds codes of the form tool" in said for said in merged.supplied)


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u2068", "\u00ad", "\ufeff"])
def test_marks_that_are_not_seen_do_not_count_and_stay_in_texts(tmp_path, mark):
    text = (
        f"partner,{mark}risk,How likely{mark},how_hard_on_us,in_a_few_words\n"
        f"VEC{mark},{mark}R1,{mark}likely,hurts{mark} us,rain{mark}fall\n"
    )
    merged = merge.read(write(tmp_path, **WITH_RISKS, risk_views=text))
    assert views(merged, "in_a_few_words") == [["VEC", "R1", "likely", f"rain{mark}fall"]]
    assert merged.partnership.problems == [] and merged.assumed == []


def test_accents_that_stand_apart_are_the_same_letters(tmp_path):
    partners = "partner,name\nSEN,Señal\n"
    text = VIEWS + "Sen\u0303al,R1,likely,\n"
    merged = merge.read(
        write(tmp_path, risks=WITH_RISKS["risks"], partners=partners, risk_views=text)
    )
    assert views(merged) == [["SEN", "R1", "likely"]] and merged.partnership.problems == []


def test_in_a_table_two_columns_of_one_heading_are_told_and_both_are_kept(tmp_path):
    text = "partner,risk,How likely,how_likely\nVEC,R1,likely,not likely\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, risk_views=text))
    assert views(merged) == [["VEC", "R1", "likely"]]
    (told,) = merged.supplied
    assert "“How likely” (C) and “how_likely” (D) ask the same. The first counts" in told
    assert "not likely" in merged.partnership.sheets["risk_views"].to_csv()


def test_a_column_that_is_there_twice_is_told_once(tmp_path):
    merged = merged_file(tmp_path, "Partner,Risk,How likely,How likely\nVEC,R1,likely,possible\n")
    assert merged.unread == [] and len(merged.supplied) == 1
    assert "“How likely” (C) and “How likely” (D) ask the same" in merged.supplied[0]


def test_a_cell_that_goes_over_several_rows_counts_for_each_and_is_told(tmp_path):
    write(tmp_path / "in", **WITH_RISKS)
    rows = [["Partner", "Risk", "How likely"], ["VEC", "R1", "likely"], [None, "R2", "not likely"]]
    file = book(tmp_path / "in" / "Sombra.xlsx", risk_views=[*rows, ["SOM", "R1", "not likely"]])
    made = openpyxl.load_workbook(file)
    made["risk_views"].merge_cells("A2:A3")
    made.save(file)
    merged = merge.read(tmp_path / "in")
    assert ["VEC", "R2", "not likely"] in views(merged)
    (told,) = merged.supplied
    assert told.startswith("Sombra.xlsx, sheet risk_views, rows 2, 3, column “A”: one cell covers")


def test_what_lies_in_a_folder_and_is_no_csv_file_is_named(tmp_path):
    write(tmp_path, **WITH_RISKS)
    (tmp_path / "VEC").mkdir()
    book(tmp_path / "VEC" / "answers.xlsx", risk_views=[["Risk"], ["R1"]])
    (said,) = merge.read(tmp_path).unread
    assert said.startswith("VEC: ") and "answers.xlsx" in said


@pytest.mark.parametrize("error", ["#BEZUG!", "#¡VALOR!", "#N/D", "#NV", "Err:502", "#ССЫЛКА!"])
def test_errors_of_spreadsheets_in_other_languages_are_no_answers(tmp_path, error):
    text = f"partner,risk,how_likely,in_a_few_words\nVEC,R1,likely,{error}\n"
    merged = merge.read(write(tmp_path, **WITH_RISKS, risk_views=text))
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
    write(tmp_path, **WITH_RISKS)
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
    place = write(tmp_path / "in", **WITH_RISKS)
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
    merged = merge.read(write(tmp_path, partners=WITH_RISKS["partners"], ours=text))
    read = merged.partnership["risks"][["risk", "what_could_happen"]]
    assert read.to_numpy().tolist() == [["R1", "Fire"], ["R2", "Flood"]]
    assert "ours.csv, row 3: the headings were found" in merged.supplied[0]


def test_a_form_that_nobody_has_answered_is_named(tmp_path):
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers="Partner,How likely [R1]\n"))
    assert merged.unread == ["answers.csv: there are headings, and no answers below them."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("=B2", "row 2, column how_likely: “=B2” is a formula, and its answer was not stored"),
        ("#N/A", "row 2, column how_likely: “#N/A” means that a spreadsheet could not work out"),
    ],
)
def test_a_choice_that_a_spreadsheet_has_not_worked_out_is_told_as_that(tmp_path, typed, said):
    rows = [["partner", "risk", "how_likely"], ["VEC", "R1", typed]]
    place = write(tmp_path / "in", **WITH_RISKS)
    book(place / "back.xlsx", risk_views=rows)
    (told,) = merge.read(place).partnership.problems
    assert said in str(told)


def test_an_answer_over_several_columns_counts_for_the_first_and_is_told(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "risk_views"
    for row in (["partner", "risk", "how_likely", "how_hard_on_us"], ["VEC", "R1", "likely", ""]):
        sheet.append(row)
    sheet.merge_cells("C2:D2")
    write(tmp_path, **WITH_RISKS)
    book.save(tmp_path / "came back.xlsx")
    merged = merge.read(tmp_path)
    told = [str(one) for one in merged.assumed if "over several columns" in str(one)]
    assert len(told) == 1 and "“likely” was taken for the first of them alone" in told[0]
    assert views(merged) == [["VEC", "R1", "likely"]]


def test_full_width_letters_are_read_as_the_letters_that_they_stand_for(tmp_path):
    merged = merge.read(
        write(tmp_path, **WITH_RISKS, back="partner,risk,how_likely\nＶＥＣ,Ｒ１,ｌｉｋｅｌｙ\n")
    )
    assert views(merged) == [["VEC", "R1", "likely"]]


def test_a_picture_that_is_called_a_csv_file_is_refused_in_a_sentence(tmp_path):
    write(tmp_path, **WITH_RISKS)
    (tmp_path / "photo.csv").write_bytes(b"%PDF-1.7 \x00\x01")
    assert any("photo.csv is not a CSV file" in str(one) for one in merge.read(tmp_path).assumed)


def test_signs_that_stand_for_no_letter_are_taken_out_and_told(tmp_path):
    merged = merged_file(tmp_path, b"Partner,Risk,How likely\nVEC,R1,lik\0ely\nSOM,R2,possible\n")
    assert merged.partnership["risk_views"]["how_likely"].tolist() == ["likely", "possible"]
    assert merged.supplied[0].startswith("VEC.csv, row 2: signs that stand for no letter")


def test_of_a_packed_file_it_is_said_to_unpack_it(tmp_path):
    assert "Unpack it" in merged_file(tmp_path, b"PK\x03\x04", "answers.zip").unread[0]


@pytest.mark.parametrize("text", [b"", b"\xef\xbb\xbf", b"\n\n\n"])
def test_of_an_empty_file_it_is_said_that_nothing_is_in_it(tmp_path, text):
    assert merged_file(tmp_path, text).unread == ["VEC.csv: nothing is in it."]


@pytest.mark.parametrize("text", ["<html><table>", "<!DOCTYPE html>", '<?xml version="1.0"?>'])
def test_a_page_that_is_called_a_csv_file_is_none(tmp_path, text):
    assert merged_file(tmp_path, text).unread[0].startswith("VEC.csv is not a CSV file")


def test_a_sheet_whose_codes_stand_under_risk_id_is_known_by_its_headings(tmp_path):
    merged = merged_file(tmp_path, "Partner,Risk ID,How likely\nVEC,R1,likely\n", "answers.csv")
    assert merged.partnership["risk_views"]["risk"].tolist() == ["R1"]
    assert merged.unread == [] and "“Risk ID”" in merged.supplied[0]


def test_a_short_name_of_which_a_spreadsheet_made_a_day_is_asked_about(tmp_path):
    partners = "partner,name\n2026-09-01,Sept group\nSOM,Sombra\n"
    merged = merge.read(write(tmp_path, partners=partners))
    (asked,) = merged.partnership.problems
    assert "sheet partners, row 2" in str(asked) and "a day, which a spreadsheet makes" in str(
        asked
    )
    assert merged.partnership["partners"]["partner"].tolist() == ["2026-09-01", "SOM"]


@pytest.mark.parametrize("heads", ["risk,what_could_happen", "Risk,What could happen"])
def test_headings_that_are_repeated_below_are_no_line_and_are_told(tmp_path, heads):
    (tmp_path / "risks.csv").write_text(f"{heads}\nR1,a flood\n{heads}\nR2,a theft\n", "utf-8")
    merged = merge.read(tmp_path)
    assert merged.partnership["risks"]["risk"].tolist() == ["R1", "R2"]
    assert merged.supplied == [
        "risks.csv, row 3: the headings are repeated here; this was left out."
    ]


def test_a_table_below_another_one_is_no_part_of_it_and_is_told(tmp_path):
    text = "Risk,What could happen\nR1,a flood\n\nPartner,Name\nVEC,Vecinas\n"
    (tmp_path / "risks.csv").write_text(text, "utf-8")
    merged = merge.read(tmp_path)
    assert merged.partnership["risks"]["risk"].tolist() == ["R1"]
    assert "risks.csv, row 4: the table “Partners” begins below" in merged.unread[0]


@pytest.mark.parametrize("word", ["Total", "Grand total:", "ИТОГО"])
def test_a_sum_below_the_lines_is_asked_about(tmp_path, word):
    (tmp_path / "risks.csv").write_text(
        f"Risk,What could happen\nR1,a flood\nR2,a theft\n{word},2\n", "utf-8"
    )
    (told,) = merge.read(tmp_path).supplied
    assert told.startswith("risks.csv, row 4, column “Risk”: “") and "may be a sum" in told


def test_words_that_happen_to_be_headings_are_answers(tmp_path):
    (tmp_path / "partners.csv").write_text("Partner,Name\nTO,Total\nWHO,Who\n", "utf-8")
    merged = merge.read(tmp_path)
    assert merged.partnership["partners"]["partner"].tolist() == ["TO", "WHO"]
    assert merged.assumed == []


def test_a_workbook_with_a_sheet_a_partner_is_read_as_the_answers_of_each(tmp_path):
    write(tmp_path, **WITH_RISKS)
    heads = ["Risk", "How likely"]
    book(
        tmp_path / "all.xlsx",
        VEC=[heads, ["R1", "likely"]],
        Sombra=[heads, ["R1", "possible"]],
        Notes=[["of the day"], ["it rained"]],
    )
    merged = merge.read(tmp_path)
    assert views(merged) == [["SOM", "R1", "possible"], ["VEC", "R1", "likely"]]
    assert [one for one in merged.supplied if "all.xlsx, sheet VEC: no row says" in one]
    assert [one for one in merged.supplied if "all.xlsx, sheet Sombra: no row says" in one]


def test_of_two_sheets_of_which_no_partner_is_known_each_is_asked_about(tmp_path):
    write(tmp_path, **WITH_RISKS)
    heads = ["Risk", "How likely"]
    book(tmp_path / "all.xlsx", May=[heads, ["R1", "likely"]], June=[heads, ["R1", "possible"]])
    merged = merge.read(tmp_path)
    assert views(merged) == []
    for name in ("May", "June"):
        assert any(f"all.xlsx, sheet {name}: whose answers" in one for one in merged.unread)
