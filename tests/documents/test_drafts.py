"""The drafts: every row that was agreed is there, as typed and traceable; nothing invented, nothing held back."""

import io
import re
import time
import zipfile
from pathlib import Path

import docx
import pytest

import examples
import make_templates
import office
from imports import imported
from making import partnership
from partnering import __main__ as command_line
from partnering import documents
from partnering.documents import clauses, draft_files, drafts
from partnering.storage import paths
from partnering.storage.atomic import NotOpened

ODD = {
    "FOR": '=HYPERLINK("http://x","y")',
    "SCR": "<script>alert(1)</script>",
    "ARA": "جمعية الحي القديم",
    "LNG": "A very long name " * 18 + "end",
    "TPL": "Curly {{ 7*7 }} {_{ title }_} {% if %} & \"quoted\" 'twice' <b>",
    "NLS": "One line\nand another",
}


def text_of(data: bytes) -> str:
    """What stands in a Word file: paragraphs and cells."""
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def raw(data: bytes) -> str:
    """All that a Word file holds, unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def footers(data: bytes) -> list[str]:
    return [
        "\n".join(paragraph.text for paragraph in section.footer.paragraphs)
        for section in docx.Document(io.BytesIO(data)).sections
    ]


@pytest.fixture(params=examples.EVERY_EXAMPLE)
def example(request):
    return examples.example(request.param)


def test_every_agreed_row_of_an_example_is_in_its_agreement(example):
    room = example.for_reader("room")
    told = text_of(drafts.partnership_agreement(example))
    lines = room["value_lines"]
    promised = lines[(lines["we"] == "bring") & (lines["how_sure"] == "we promise it")]
    wanted = [
        *room["partners"]["name"],
        *promised["what"],
        *room["practices"]["we_will"],
        *room["risk_care"]["we_will"],
        *room["protocol"]["who_meets"],
        *room["transfers"]["purpose"],
        *room["clauses"]["in_partnership_agreement"],
    ]
    wanted += [
        dict(zip(room["risks"]["risk"], room["risks"]["what_could_happen"], strict=True))[code]
        for code in room["risk_care"]["risk"]
    ]
    assert len([text for text in wanted if text]) > 12
    assert [text for text in wanted if text and text not in told] == []
    codes = [
        *promised["line"],
        *room["practices"]["practice"],
        *room["risk_care"]["risk"],
        *room["transfers"]["transfer"],
    ]
    assert [code for code in codes if not re.search(rf"\[[^\]]*\b{code}\b[^\]]*\]", told)] == []


def test_what_is_not_marked_for_the_room_is_in_no_draft(example):
    made = [
        drafts.partnership_agreement(example),
        drafts.grant_points(example),
        *drafts.grant_skeletons(example).values(),
    ]
    told = "\n".join(map(raw, filter(None, made)))
    hopes = example["value_lines"][example["value_lines"]["we"] == "hope for"]
    held = [
        *hopes.loc[hopes["share"] != "everyone here", "what"],
        *example["purposes"]["we_would_leave_if"],
        *example["positions"]["in_a_few_words"],
        *example["risk_views"]["in_a_few_words"],
    ]
    assert [text for text in held if len(text) > 12 and text in told] == []


def test_every_page_says_that_it_is_a_draft(example):
    assert all(
        "DRAFT, not legal advice" in text for text in footers(drafts.partnership_agreement(example))
    )
    for data in drafts.grant_skeletons(example).values():
        assert all("DRAFT, NOT FOR SIGNATURE" in text for text in footers(data))
    points = drafts.grant_points(example)
    assert (points is not None) == example.money_moves
    assert points is None or all("DRAFT, not legal advice" in text for text in footers(points))


def held():
    """Two partners, of whose lines some are for the facilitator alone."""
    return partnership(
        "ANA BEN",
        partnership=[{"title": "Two", "mode": "with names"}],
        value_lines=[
            ("V1", "ANA", "bring", "a van", "", "we promise it"),
            ("V2", "ANA", "bring", "an idea", "", "an idea"),
            {
                "line": "V3",
                "partner": "BEN",
                "we": "hope for",
                "what": "fame",
                "whose": "our organisation only",
            },
            {
                "line": "V4",
                "partner": "BEN",
                "we": "hope for",
                "what": "friends",
                "share": "everyone here",
            },
            {
                "line": "V5",
                "partner": "BEN",
                "we": "bring",
                "what": "SECRET",
                "how_sure": "we promise it",
                "share": "facilitator only",
            },
        ],
        risks=[("R1", "", "rain")],
        risk_care=[("R1", "ANA", "BEN", "", "we dig", "", "")],
        transfers=[("T1", "ANA", "BEN", "500", "EUR", "a roof", "grant")],
        rights=[("Stop a payment", "ANA", "", "BEN", "")],
    )


def test_a_particular_gain_is_there_only_where_its_owner_has_marked_it_for_the_room():
    told = raw(drafts.partnership_agreement(held()))
    assert (
        "friends" in told and "fame" not in told and "SECRET" not in told and "an idea" not in told
    )


def test_what_is_missing_is_a_point_to_settle():
    found = clauses.of(held().for_reader("room"))
    told = [clause.text for clause in found["risks"]]
    assert "To settle: Who leads, By when" in told
    assert any("on this sheet nobody pays for it" in text for text in told)
    assert any("Why, and could" in clause.text for clause in found["rights"] if clause.settle)
    assert all("To settle" in clause.text for clause in found["parties"] if clause.settle)


def test_a_text_without_a_full_stop_gets_one_before_the_next_sentence_and_no_text_gets_two():
    assert [clauses.stopped(text) for text in ("a roof", "a roof.", "who pays?", "")] == [
        "a roof.",
        "a roof.",
        "who pays?",
        "",
    ]
    told = text_of(drafts.partnership_agreement(held()))
    assert (
        "the sheet says of it: “a roof.” What of this" in told
        and "We will: we dig." in told
        and ".." not in told
    )


def test_a_sentence_that_nobody_has_finished_is_a_point_to_settle():
    found = [
        clause
        for clause in clauses.of(held().for_reader("room"))["risks"]
        if "We acknowledge" in clause.text
    ]
    assert found and all(
        clause.settle and clause.text.startswith("To settle: finish this sentence")
        for clause in found
    )


def test_the_points_say_what_was_agreed_and_who_asks_is_never_invented():
    told = text_of(drafts.grant_points(held()))
    assert "500 EUR. To settle: what of this was agreed, and what is a condition? “a roof.”" in told
    assert "Stop a payment" in told and "To settle: who asks?" in told
    assert drafts.grant_points(partnership("ANA BEN")) is None
    assert "500 EUR" in text_of(drafts.grant_skeletons(held())["T1"])


@pytest.mark.parametrize("part", list(clauses.PARTS))
def test_each_part_can_be_switched_off(part):
    titles = {
        paragraph.text
        for paragraph in docx.Document(
            io.BytesIO(drafts.partnership_agreement(held(), without=[part]))
        ).paragraphs
        if paragraph.style.name.startswith("Heading")
    }
    assert clauses.PARTS[part] not in titles and len(titles) > 5


def odd():
    return partnership(
        " ".join(ODD),
        partners=list(ODD.items()),
        partnership=[{"title": ODD["TPL"]}],
        value_lines=[
            (f"V{at}", code, "bring", name, "", "we promise it")
            for at, (code, name) in enumerate(ODD.items(), start=1)
        ],
        transfers=[("T1", "SCR", "TPL", "500", "{{ EUR }}", ODD["FOR"], "grant")],
    )


def test_names_that_look_like_something_else_stand_there_as_typed():
    for data in (
        drafts.partnership_agreement(odd()),
        drafts.grant_points(odd()),
        drafts.grant_skeletons(odd())["T1"],
    ):
        told, xml = text_of(data), raw(data)
        assert ODD["FOR"] in told and ODD["SCR"] in told and ODD["TPL"] in told
        fields = set(re.findall(r"<w:instrText[^>]*>([^<]*)", xml))
        assert fields == {" PAGE ", " NUMPAGES "}  # the number of the page, and how many
        assert "<script" not in xml and "49" not in re.sub(r"<[^>]*>", "", told)
    told = text_of(drafts.partnership_agreement(odd()))
    assert all(name in told for name in ODD.values())
    assert re.search(
        r"<w:bidi/>(?:(?!</w:p>).)*" + ODD["ARA"],
        raw(drafts.partnership_agreement(odd())),
        re.DOTALL,
    )


# ------------------------------------------------------------------ templates


def test_the_templates_are_those_that_the_script_makes(tmp_path):
    for make in (make_templates.agreement, make_templates.points, make_templates.grant):
        make().save(tmp_path / "made.docx")
        there = (drafts.TEMPLATES / f"{make.__name__}.docx").read_bytes()
        with (
            zipfile.ZipFile(tmp_path / "made.docx") as one,
            zipfile.ZipFile(io.BytesIO(there)) as other,
        ):
            assert one.read("word/document.xml") == other.read("word/document.xml")


def test_the_handbooks_template_uses_every_field():
    assert drafts.check_template(drafts.AGREEMENT) == drafts.TemplateCheck(
        tuple(drafts.FIELDS), (), {}
    )


def test_what_is_printed_in_the_handbooks_templates_goes_through_the_language_of_the_room():
    for template in (drafts.AGREEMENT, drafts.POINTS, drafts.GRANT):
        left = re.sub(r"\{[{%].*?[%}]\}", "", text_of(template.read_bytes()), flags=re.DOTALL)
        assert re.findall(r"\w+", left) == []
    told = "".join(
        text_of(data)
        for data in (
            drafts.partnership_agreement(held()),
            drafts.grant_points(held()),
            drafts.grant_skeletons(held())["T1"],
        )
    )
    assert [label for label in drafts.LABELS.values() if label not in told] == []


def own_template(place: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(place)
    return place


def test_a_template_is_told_what_it_misses_and_misspells(tmp_path, capsys):
    own = own_template(
        tmp_path / "own.docx",
        "{{ titel }}",
        "{%p for clause in practices.clauses %}",
        "{{ clause.txt }}",
        "{%p endfor %}",
    )
    told = drafts.check_template(own)
    assert told.used == ("practices",) and "protocol" in told.missing
    assert told.unknown == {"titel": "title", "txt": "text"}
    with pytest.raises(NotOpened, match="did you mean “title”"):
        drafts.partnership_agreement(held(), template=own)
    assert command_line.main(["draft", "--check-template", str(own)]) == 1
    assert "did you mean “title”" in capsys.readouterr().err


def test_an_own_template_is_filled_and_says_that_it_is_a_draft_whatever_it_says(tmp_path):
    own = own_template(tmp_path / "own.docx", "Our own paper: {{ title }}")
    data = drafts.partnership_agreement(held(), template=own)
    assert "Our own paper: Two" in text_of(data) and "DRAFT, not legal advice" in footers(data)[0]


@pytest.mark.parametrize("bad", ["{{ title", "{% for x in %}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_that_is_broken_or_reaches_too_far_is_a_sentence(tmp_path, bad):
    with pytest.raises(NotOpened):
        drafts.partnership_agreement(held(), template=own_template(tmp_path / "own.docx", bad))


@pytest.mark.parametrize(
    "bad",
    [
        "Here {{ title|nofilter }}",
        "Here {{ 1/0 }}",
        "Here {% include 'other.docx' %}",
        "Here {{ title + 1 }}",
        "Here {% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "Here {% for a in 'x'|list %}{{ 9 ** 9 ** 9 }}{% endfor %}",
        "Here {{ 'x' * 10 ** 10 }}",
        "Here {{ 'x'.ljust(10 ** 10) }}",
        "Here {{ title|center(9999999999) }}",
        "Here {% set a = 'xxxxxxxx' %}" + "{% set a = a ~ a %}" * 40,
        "Here " + "{% for a in 'xxxxxxxxxx' %}" * 8 + "{% endfor %}" * 8,
        "Here {% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_template_that_fails_or_runs_on_ends_in_a_sentence(tmp_path, bad):
    own = own_template(tmp_path / "own.docx", "Well: {{ title }}", bad)
    began = time.process_time()
    with pytest.raises(NotOpened, match=r"own\.docx|no field"):
        drafts.partnership_agreement(held(), template=own)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("bad", ["Here {{ title|nofilter }}", "Here {{ 1/0 }}"])
def test_the_sentence_about_a_template_shows_the_paragraph_that_fails(tmp_path, bad):
    own = own_template(tmp_path / "own.docx", "Well: {{ title }}", bad, "And {{ date }}")
    with pytest.raises(NotOpened, match="Here") as said:
        drafts.partnership_agreement(held(), template=own)
    assert "Well" not in str(said.value)


def test_a_filter_that_nobody_has_is_told_when_a_template_is_checked(tmp_path):
    own = own_template(tmp_path / "own.docx", "Here {{ title|nofilter }}")
    with pytest.raises(NotOpened, match="nofilter"):
        drafts.check_template(own)


def test_what_is_no_word_file_is_a_sentence(tmp_path):
    (tmp_path / "own.docx").write_bytes(b"not a document")
    with pytest.raises(NotOpened, match="not a Word document"):
        drafts.check_template(tmp_path / "own.docx")


# ------------------------------------------------------------------ files


def test_a_draft_that_people_have_written_into_is_never_written_over(tmp_path):
    first = draft_files.write(held(), tmp_path / "d", skeleton=True)
    assert [file.name for file in first] == [
        "partnership-agreement.docx",
        "points-for-the-grant-agreement.docx",
        "grant-skeleton-T1.docx",
    ]
    assert draft_files.write(held(), tmp_path / "d", skeleton=True) == first
    document = docx.Document(first[0])
    document.add_paragraph("what we wrote ourselves")
    document.save(first[0])
    again = draft_files.write(held(), tmp_path / "d")
    assert again[0].name == "partnership-agreement-2.docx"
    assert "what we wrote ourselves" in text_of(first[0].read_bytes())


def test_the_command_drafts_and_leaves_out_parts(tmp_path, capsys):
    shade = str(paths.EXAMPLES / "shade")
    assert command_line.main(["draft", shade]) == 1
    assert (
        command_line.main(
            ["draft", shade, "--output", str(tmp_path), "--without", "gains", "money"]
        )
        == 0
    )
    assert (
        command_line.main(["draft", shade, "--output", str(tmp_path), "--without", "nonsense"]) == 2
    )
    told = text_of((tmp_path / "partnership-agreement.docx").read_bytes())
    assert "Money between us" not in told and "Conflict protocol" in told
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.libreoffice
@pytest.mark.parametrize("made", [odd, held])
def test_libreoffice_opens_the_drafts(tmp_path, made):
    for file in draft_files.write(made(), tmp_path, skeleton=True):
        assert office.convert(file, "pdf", tmp_path).stat().st_size > 5_000


@pytest.mark.parametrize("module", ["clauses", "drafts", "report", "word_document"])
def test_what_makes_documents_knows_neither_folders_nor_screens(module):
    known = imported(Path(documents.__file__).with_name(f"{module}.py"))
    allowed = {"partnering.storage.atomic"}
    assert not {
        name
        for name in known - allowed
        if name.split(".")[1] in ("storage", "jupyter", "live", "commands", "__main__")
    }
