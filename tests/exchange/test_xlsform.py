"""Forms for form tools: every XLSForm is one, and what comes back from it is read without a word."""

from itertools import cycle

import openpyxl
import pytest

from examples import example
from exchange.form_tools import KOBO_END, as_csv, as_xlsx
from making import partnership
from partnering import __main__ as command_line
from partnering.exchange import form_questions, merge, xlsform
from partnering.exchange.form_questions import NOT_TO_ANSWER, ONE, WHO
from partnering.schema.kinds import SHARE_ROOM, Ref
from partnering.schema.scales import HOW_LIKELY
from partnering.schema.spelling import as_name
from partnering.schema.tables import TABLES
from partnering.storage import paths
from partnering.storage.atomic import NotSaved
from partnering.storage.form_marks import VOICES

SHADE = paths.EXAMPLES / "shade"
FORMS = [(stop, full) for full in (False, True) for stop in form_questions.stops(full)]


@pytest.fixture(scope="module")
def shade():
    return example("shade")


# ---------------------------------------------------------------- each is a form


def test_there_is_a_form_for_every_stop_at_which_partners_answer_for_themselves():
    assert form_questions.stops(False) == [1, 2, 3, 6, 7]
    assert form_questions.stops(True) == [1, 2, 3, 4, 6, 7]


@pytest.mark.parametrize("own", [False, True], ids=["blank", "with its own lines"])
@pytest.mark.parametrize(("stop", "full"), FORMS)
def test_every_xlsform_is_taken_without_a_warning(tmp_path, shade, stop, full, own):
    from pyxform.xls2xform import convert

    form = form_questions.form(stop, full, shade if own else None)
    file = tmp_path / "form.xlsx"
    file.write_bytes(xlsform.xlsform(form))
    made = convert(str(file))
    assert made.warnings == []
    for question in form.questions:
        assert f"/{question.name}" in made.xform


def test_a_stop_that_is_filled_in_together_has_no_form_and_says_so():
    with pytest.raises(NotSaved, match="Stop 5, Agreement, is filled in together"):
        form_questions.form(5)


def test_a_form_asks_for_each_risk_in_a_grid_with_the_words_of_the_scale(shade):
    form = form_questions.form(3, False, shade)
    survey, choices = xlsform.sheets(form)
    grid = next(row for row in survey if row["name"] == "risk_views__how_likely")
    assert grid["appearance"] == "table-list"
    first = next(row for row in survey if row["name"] == "how_likely__R1")
    assert first["label"].startswith("How likely [R1 Because a call is not a visit")
    words = [row["label"] for row in choices if row["list_name"] == first["type"].split()[1]]
    assert words == HOW_LIKELY.everything
    assert "not likely: We would be surprised." in first["hint"]


def test_a_single_voice_is_not_asked_for_what_the_organisation_says():
    survey, _ = xlsform.sheets(form_questions.form(1))
    relevant = {
        row["name"]: row.get("relevant", "") for row in survey if row["type"][:5] == "begin"
    }
    assert "${respondent} != 'one_voice'" in relevant["purposes"]
    assert "respondent" not in relevant["positions__stance"]
    assert all(NOT_TO_ANSWER in said for name, said in relevant.items() if name != WHO)


def test_numbers_have_their_limits_and_the_next_line_waits_for_the_one_before():
    survey, _ = xlsform.sheets(form_questions.form(2, full=True))
    rows = {row["name"]: row for row in survey}
    high = rows["money_high__bring__1"]
    assert "${money_low__bring__1}" in high["constraint"] and high["type"] == "decimal"
    assert rows["what__bring__2"]["relevant"] == "${what__bring__1} != ''"
    assert rows["what__bring__1"]["relevant"] == ""


def test_a_form_bears_of_a_partnership_what_the_room_sees(shade, tmp_path):
    hidden = shade["risks"].index[0]
    sheet = shade.sheets["risks"].copy()
    words = sheet.loc[hidden, "what_could_happen"]
    sheet.loc[hidden, "share"] = "facilitator"
    changed = example("shade")
    changed.edit("risks", sheet)
    assert words in xlsform.question_list(form_questions.form(3, False, shade))
    assert words not in xlsform.question_list(form_questions.form(3, False, changed))


def test_words_of_a_partnership_are_no_formula_and_no_reference(shade, tmp_path):
    from pyxform.xls2xform import convert

    changed = example("shade")
    sheet = changed.sheets["risks"].copy()
    first = sheet.index[0]
    sheet.loc[first, "what_could_happen"] = '=HYPERLINK("x") ${partner} [gone] <b>&amp;'
    changed.edit("risks", sheet)
    file = tmp_path / "form.xlsx"
    file.write_bytes(xlsform.xlsform(form_questions.form(3, False, changed)))
    assert convert(str(file)).warnings == []
    cells = [cell for row in openpyxl.load_workbook(file)["survey"] for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any("${partner}" in str(cell.value) for cell in cells)


def test_partners_of_one_name_are_told_apart_by_their_codes():
    p = partnership("", partners=[("ANA", "The house"), ("BEN", "The house"), ("CYD", "Cyd")])
    (asked, *_) = form_questions.form(7, False, p).questions
    assert asked.answers == (("ANA", "ANA"), ("BEN", "BEN"), ("CYD", "Cyd"))


def test_the_list_to_paste_has_every_title_with_all_its_answers(shade):
    form = form_questions.form(3, True, shade)
    text = xlsform.question_list(form)
    for question in form.questions:
        assert f"\n{question.title}" in text
        assert all(f"    o {said}\n" in text for _, said in question.answers)
    assert "As a grid: the title is “How likely”." in text


# ---------------------------------------------------------------- and back again


def answered(form, partnership, people):
    """What people answer: every question, with other answers each, and what is to be read."""
    words, told, expected = cycle(("one, and two", "three; four", "five/six")), [], []
    for number, (partner, voice) in enumerate(people):
        mine = {"partner": partner, "share": as_name(SHARE_ROOM)}
        if any(question.name == "respondent" for question in form.questions):
            mine["respondent"] = as_name(VOICES[bool(voice)])
        for group in form.groups[1:]:
            for question in group.questions:
                if voice and group.whole_only:
                    continue
                table, column = TABLES[group.name.partition("__")[0]], question.name.split("__")[0]
                kind = table.by_name[column].kind
                if question.kind == ONE:
                    mine[question.name] = question.answers[number % len(question.answers)][0]
                elif isinstance(kind, Ref):
                    mine[question.name] = {"partners": "VEC", "objectives": "O1"}.get(
                        kind.table, ""
                    )
                elif question.kind == form_questions.TEXT:
                    mine[question.name] = f"{next(words)} {len(mine)} {partner}"
                elif question.kind == form_questions.DAY:
                    mine[question.name] = "2026-11-30"
                else:
                    mine[question.name] = str(question.low + 2)
                if text := mine[question.name]:
                    expected.append((table.name, column, kind.cell_text(kind.read(text))))
        told.append(mine)
    return told, sorted(expected)


def kobo_export(form, people, labels):
    """The rows of an export of KoboToolbox, with groups, as values or as labels."""
    heads, asked = [], []
    for group in form.groups:
        for question in group.questions:
            own = (group.title, question.title) if labels else (group.name, question.name)
            heads.append("/".join(own))
            asked.append(question)
    rows = [["start", "end", *heads, *KOBO_END]]
    for number, person in enumerate(people, start=1):
        cells = []
        for question in asked:
            value = person.get(question.name, "")
            cells.append(dict(question.answers).get(value, value) if labels else value)
        time = f"2026-04-03T12:3{number}:00.000+02:00"
        end = [
            number,
            f"6f1c-{number}",
            time,
            "",
            "",
            "submitted_via_web",
            "maria",
            "v1",
            "",
            number,
        ]
        rows.append([time, time, *cells, *end])
    return rows


def cells_read(partnership, expected):
    """What was read, in the tables and columns of which something is expected."""
    found = []
    for name, column in {(name, column) for name, column, _ in expected}:
        kind = TABLES[name].by_name[column].kind
        texts = [kind.cell_text(value) for value in partnership[name][column].astype("object")]
        found += [(name, column, text) for text in texts if text]
    return sorted(found)


@pytest.mark.parametrize("labels", [False, True], ids=["values", "labels"])
@pytest.mark.parametrize("own", [False, True], ids=["blank", "with its own lines"])
@pytest.mark.parametrize(("stop", "full"), FORMS)
def test_what_comes_back_from_a_form_is_read_without_a_word(
    tmp_path, shade, stop, full, own, labels
):
    form = form_questions.form(stop, full, shade if own else None)
    people = [("VEC", ""), ("SOM", "a"), ("SOM", "b")]
    if not any(question.name == "respondent" for question in form.questions):
        people = [("VEC", ""), ("SOM", "")]
    told, expected = answered(form, shade, people)
    for name in ("partners", "objectives", "risks"):
        (tmp_path / f"{name}.csv").write_bytes((SHADE / f"{name}.csv").read_bytes())
    rows = kobo_export(form, told, labels)
    if labels:
        (tmp_path / "back.xlsx").write_bytes(as_xlsx(rows, "form"))
    else:
        (tmp_path / "back.csv").write_bytes(as_csv(rows, ";", "utf-8-sig"))
    merged = merge.read(tmp_path)
    assert cells_read(merged.partnership, expected) == expected
    assert merged.unread == merged.conflicts == merged.supplied == []
    assert merged.partnership.problems == []


# ---------------------------------------------------------------- the command


def test_the_command_writes_both_files_and_says_where(tmp_path, capsys):
    assert command_line.main(["ask", str(SHADE), "--stop", "3", "--output", str(tmp_path)]) == 0
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix != ".json") == [
        "form-tool-stop-3.txt",
        "form-tool-stop-3.xlsx",
    ]
    assert "form-tool-stop-3.xlsx" in capsys.readouterr().err


def test_the_command_without_a_partnership_writes_a_blank_form_of_every_stop(tmp_path):
    assert command_line.main(["ask", "--output", str(tmp_path)]) == 0
    assert {file.stem for file in tmp_path.glob("*.xlsx")} == {
        f"form-tool-stop-{stop}" for stop in (1, 2, 3, 6, 7)
    }


def test_the_command_says_which_stop_has_nothing_for_a_form_tool(tmp_path, capsys):
    assert command_line.main(["ask", "--stop", "5", "--output", str(tmp_path)]) == 1
    assert "is filled in together" in capsys.readouterr().err
