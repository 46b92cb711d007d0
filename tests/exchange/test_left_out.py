"""Columns that are no answers: people are left out, what is not known is kept, and both are told."""

import pytest

from exchange.came_back import WITH_OBJECTIVES, WITH_RISKS, merged_file, views, write
from partnering import __main__ as command_line
from partnering.exchange import merge, people


def test_sheets_and_columns_of_ones_own_are_kept(tmp_path):
    place = write(
        tmp_path,
        **WITH_OBJECTIVES,
        VEC="objective,stance,our note\nO1,support it,n1\n",
        ideas="idea\nA bench\n",
    )
    write(tmp_path / "SOM", ideas="idea,when\nA bench,\nA tree,soon\n")
    merged = merge.read(place)
    assert merged.partnership.sheets["ideas"]["idea"].tolist() == ["A bench", "A tree"]
    assert merged.partnership.sheets["positions"]["our note"].tolist() == ["n1"]
    assert [line.split(";")[0] for line in merged.unread] == [
        "ideas.csv: none of its columns is known",
        "SOM, sheet ideas: none of its columns is known",
        "VEC.csv: the column “our note” is not known",
    ]


@pytest.mark.parametrize("name", ["form", "risk_views", "risks"])
@pytest.mark.parametrize(
    "text",
    ["Timestamp,Organisation,R1 how probable\n9:00,Vecinas,likely\n", "likely\nhardly\n"],
)
def test_a_file_of_which_nothing_is_known_is_named_with_what_to_do_and_kept(tmp_path, name, text):
    merged = merge.read(write(tmp_path, **WITH_OBJECTIVES, **{name: text}), keep_people=True)
    assert len(merged.unread) == 1
    assert f"{name}.csv: none of its columns is known; nothing of it was read." in merged.unread[0]
    assert "“How likely [R1]”" in merged.unread[0] and "type the answers in" in merged.unread[0]
    kept = "".join(sheet.to_csv() for sheet in merged.partnership.sheets.values())
    assert all(cell in kept for cell in text.replace("\n", ",").split(","))


def test_a_question_that_cannot_be_matched_is_named_and_the_others_are_read(tmp_path):
    text = (
        "Timestamp,Partner,R1 How likely,R1 how bad,R1 How hard on us,Anything else\n"
        "9:00,VEC,likely,very,,A bench\n"
    )
    merged = merge.read(
        write(tmp_path, **WITH_OBJECTIVES, risks="risk,what_could_happen\nR1,Rain\n", form=text)
    )
    assert merged.partnership["risk_views"]["how_likely"].tolist() == ["likely"]
    assert len(merged.unread) == 1
    assert (
        "form.csv: the columns “R1 how bad”, “Anything else” are not known; nothing of them was "
        "read." in merged.unread[0]
    )
    assert "Timestamp" in merged.left_out[0]
    assert "bench" in merged.partnership.sheets["form"].to_csv()


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
    place = write(tmp_path / "in", **WITH_RISKS, answers=text)
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
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    assert merged.left_out == []
    assert merged.partnership.sheets["risk_views"][heading].tolist() == [one, two]


def test_a_name_or_address_in_the_place_of_a_voice_becomes_a_sign_and_is_told(tmp_path):
    text = (
        "Partner,Voice,How likely [R1]\nVEC,ana@example.org,likely\nVEC,b@example.org,not likely\n"
    )
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    signs = merged.partnership["risk_views"]["respondent"]
    assert signs.nunique() == 2 and not signs.str.contains("@").any() and merged.conflicts == []
    assert "so each got a code that tells nothing" in merged.left_out[0]


def test_on_the_command_line_people_are_kept_on_purpose_alone(tmp_path, capsys):
    text = PEOPLE.format(heading="Mail", one="ana@example.org", two="b@example.org")
    place = write(tmp_path / "in", **WITH_RISKS, answers=text)
    assert command_line.main(["merge", str(place), "--output", str(tmp_path / "a")]) == 1
    assert "merge with --keep-people" in capsys.readouterr().err
    assert "ana@" not in (tmp_path / "a" / "risk_views.csv").read_text("utf-8")
    words = ["merge", str(place), "--keep-people", "--output", str(tmp_path / "b")]
    assert command_line.main(words) == 1
    assert "ana@" in (tmp_path / "b" / "risk_views.csv").read_text("utf-8")


def test_a_file_that_holds_nothing_but_people_leaves_nothing_behind(tmp_path):
    place = write(tmp_path, **WITH_RISKS, contacts="mail\nana@example.org\n")
    merged = merge.read(place)
    assert "contacts" not in merged.partnership.sheets and merged.left_out


def test_what_a_form_tool_notes_for_itself_is_left_out_and_named_and_ones_own_notes_stay(tmp_path):
    text = (
        "_id;__version__;_notes;Partner;How likely [R1];Notes\n"
        "17;vK3;seen;VEC;likely;ask again in May\n"
    )
    merged = merge.read(write(tmp_path, **WITH_RISKS, answers=text))
    (told,) = merged.left_out
    assert "“_id”, “__version__”, “_notes” (what the form tool notes for itself)" in told
    assert merged.partnership.sheets["answers"].to_dict("records") == [
        {"Notes": "ask again in May"}
    ]
    assert ["“Notes”" in one for one in merged.unread] == [True]


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


def test_amounts_are_no_telephone_numbers():
    assert not any(
        people._is_telephone(text) for text in ("1 250 000", "12,500.50", "45000", "1.250.000")
    )
    assert people._is_telephone("+57 300 555 0123")
    assert all(map(people._is_telephone, ("05550123", "0 555 123", "71 234 567", "00 555 123")))
