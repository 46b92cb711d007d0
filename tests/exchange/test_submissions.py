"""What a form tool notes of an answer: the same one counts once, and one in doubt is told."""

from pathlib import Path

import pytest

from exchange.came_back import WITH_RISKS, merged_file, views, write
from partnering.exchange import joining, known_names, merge
from partnering.schema.spelling import plain
from partnering.storage import folder

HEADS = "Timestamp,Partner,Code of the person,How likely [R1],How likely [R2]\n"
EARLY = (
    "2026/04/03 12:41:47 PM GMT+2,VEC,one voice,likely,possible\n"
    "2026/04/03 12:41:47 PM GMT+2,VEC,one voice,likely,possible\n"
)
LATE = "2026/04/05 09:12:03 AM GMT+2,VEC,one voice,not likely,likely\n"


def voices(partnership) -> list[str]:
    """Each voice on R1 with what it says."""
    read = partnership.sheets["risk_views"]
    of_one = read[read["risk"] == "R1"]
    assert of_one["respondent"].is_unique
    return sorted(of_one["how_likely"])


def test_whoever_stands_in_two_exports_of_one_form_counts_once_and_it_is_told(tmp_path):
    write(tmp_path, **WITH_RISKS, **{"results": HEADS + EARLY, "results (1)": HEADS + EARLY + LATE})
    merged = merge.read(tmp_path)
    assert voices(merged.partnership) == ["likely", "likely", "not likely"]
    told = [one for one in merged.supplied if "They count once." in one]
    assert len(told) == 1 and told[0].startswith("results.csv, rows 2, 3: ")
    assert merged.conflicts == []


def test_two_of_two_partners_at_the_same_second_are_two(tmp_path):
    other = EARLY.partition("\n")[0].replace("VEC", "SOM")
    write(tmp_path, **WITH_RISKS, results=HEADS + EARLY + other)
    assert voices(merge.read(tmp_path).partnership) == ["likely"] * 3


def test_two_of_one_partner_at_the_same_second_in_two_forms_are_two(tmp_path):
    first, other = EARLY.partition("\n")[0], LATE.replace("05 09:12:03 AM", "03 12:41:47 PM")
    write(tmp_path, **WITH_RISKS, english=f"{HEADS}{first}\n", spanish=HEADS + other)
    merged = merge.read(tmp_path)
    assert voices(merged.partnership) == ["likely", "not likely"]
    assert not any("They count once." in one for one in merged.supplied)


def test_an_answer_with_a_code_of_the_tool_stays_the_same_where_it_was_changed_later(tmp_path):
    heads = "_uuid,Partner,Code of the person,How likely [R1]\n"
    later = {"results (1)": f"{heads}u1,VEC,one voice,not likely\n"}
    write(tmp_path, **WITH_RISKS, results=f"{heads}u1,VEC,one voice,likely\n", **later)
    merged = merge.read(tmp_path)
    assert len(voices(merged.partnership)) == 1 and len(merged.differences) == 1


def test_names_in_two_exports_are_the_same_people(tmp_path):
    named = (HEADS + EARLY).replace("one voice", "Ana Perez", 1).replace("one voice", "Ben Adams")
    write(tmp_path, **WITH_RISKS, **{"results": named, "results (1)": named + LATE})
    assert voices(merge.read(tmp_path).partnership) == ["likely", "likely", "not likely"]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A partnership of one's own, with the first export in it."""
    write(tmp_path / "own", **WITH_RISKS)
    write(tmp_path / "in", results=HEADS + EARLY)
    _add(tmp_path)
    return tmp_path


def _add(place: Path) -> joining.Joined:
    partnership = folder.read(place / "own")
    joined = joining.read(place / "in", partnership)
    partnership.take(joined.sheets(partnership))
    folder.save(partnership)
    return joined


def test_what_was_added_before_is_not_added_once_more(ours):
    joined = _add(ours)
    assert joined.is_nothing
    assert any("2 voices in it say here what they say" in one for one in joined.to_confirm)


def test_of_a_later_export_those_are_added_who_are_new(ours):
    (ours / "in" / "results.csv").write_text(HEADS + EARLY + LATE, encoding="utf-8")
    assert _add(ours).added == {"risk_views": 2}
    assert voices(folder.read(ours / "own")) == ["likely", "likely", "not likely"]


def test_an_answer_that_was_corrected_in_the_open_one_is_asked_about_and_makes_no_new_voice(ours):
    partnership = folder.read(ours / "own")
    sheet = partnership.sheets["risk_views"].copy()
    sheet.loc[sheet.index[1], "how_likely"] = "likely"
    partnership.take({"risk_views": sheet})
    folder.save(partnership)
    joined = _add(ours)
    assert joined.added == {} and len(joined.choices) == 1


def test_to_know_voices_again_each_row_is_looked_at_a_few_times(tmp_path, monkeypatch):
    write(tmp_path / "own", **WITH_RISKS)
    heads = "_uuid,Partner,Code of the person,How likely [R1]\n"
    lines = [f"u{number},VEC,one voice,likely\n" for number in range(40)]
    write(tmp_path / "in", results=heads + "".join(lines))
    _add(tmp_path)
    asked = []
    monkeypatch.setattr(known_names, "plain", lambda text: asked.append(text) or plain(text))
    assert _add(tmp_path).is_nothing
    assert len(asked) < 40 * 40


def test_a_sign_that_stands_in_another_file_already_is_given_to_nobody_else(tmp_path):
    write(tmp_path, **WITH_RISKS, results=HEADS + LATE)
    sign, _ = merge.read(tmp_path).partnership.sheets["risk_views"]["respondent"]
    taken = f"partner,respondent,risk,how_likely,how_bad\nSOM,{sign},R2,likely,mild\n"
    write(tmp_path, risk_views=taken)
    found = merge.read(tmp_path).partnership.sheets["risk_views"]
    by_partner = dict(zip(found["partner"], found["respondent"], strict=True))
    assert by_partner["SOM"] == sign and by_partner["VEC"].startswith(sign)
    assert by_partner["VEC"] != sign


def test_a_voice_that_says_something_else_is_another_one(ours):
    (ours / "in" / "results.csv").write_text(
        HEADS + EARLY.replace("likely,possible", "not likely,likely"), encoding="utf-8"
    )
    _add(ours)
    assert voices(folder.read(ours / "own")) == ["likely", "likely", "not likely", "not likely"]


@pytest.mark.parametrize(
    ("heading", "noted", "fine"),
    [
        ("_validation_status", "validation_status_not_approved", "validation_status_approved"),
        ("_validation_status", "Not Approved", "Approved"),
        ("ReviewState", "rejected", "approved"),
        ("Response Type", "Survey Preview", "IP Address"),
        ("Status", "1", "0"),
        ("Finished", "False", "True"),
        ("Progress", "45", "100"),
        ("Response Status", "partial", "completed"),
    ],
)
def test_an_answer_that_the_tool_doubts_is_read_and_told(tmp_path, heading, noted, fine):
    text = f"RecordedDate,{heading},Partner,How likely [R1]\n2026-04-03 12:41,{noted},VEC,likely\n"
    merged = merged_file(tmp_path, f"{text}2026-04-03 12:43,{fine},SOM,possible\n", "export.csv")
    assert views(merged) == [["SOM", "R1", "possible"], ["VEC", "R1", "likely"]]
    (told,) = (one for one in merged.supplied if "the form tool notes" in one)
    assert told.startswith(f"export.csv, row 2, column “{heading}”: ") and f"“{noted}”" in told


def test_an_answer_without_a_day_of_sending_was_perhaps_not_finished(tmp_path):
    text = "submitdate,partner,how_likely[R1]\n,VEC,likely\n2026-04-03 12:41:41,SOM,possible\n"
    (told,) = merged_file(tmp_path, text, "lime.csv").supplied
    assert told.startswith("lime.csv, row 2, column “submitdate”: ") and "unfinished" in told


@pytest.mark.parametrize("far", ["9" * 5000, "100%", "all of it"])
def test_what_is_no_part_of_a_hundred_is_not_told(tmp_path, far):
    text = f"_uuid,Partner,Progress,How likely [R1]\nu1,VEC,{far},likely\n"
    merged = merged_file(tmp_path, text, "export.csv")
    assert not any("the form tool notes" in one for one in merged.supplied)


@pytest.mark.parametrize(("asked", "answer"), [("Progress", "45"), ("Finished?", "no")])
def test_a_question_that_is_called_as_a_tool_calls_its_notes_is_none_of_them(
    tmp_path, asked, answer
):
    text = f"Partner,{asked},How likely [R1]\nVEC,{answer},likely\n"
    merged = merged_file(tmp_path, text, "mine.csv")
    assert not any("the form tool notes" in one for one in merged.supplied)
