"""The paper forms: one side each, all that the schema asks, in the order in which it is typed."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

import printed_pages
from examples import example
from making import partnership
from partnering.paper import form_data, forms, typst_pdf
from partnering.partnership import Partnership
from partnering.schema.choices import Choice
from partnering.schema.columns import Column
from partnering.schema.kinds import CANNOT_SAY, RATHER_NOT
from partnering.schema.tables import BOXES, TABLES
from partnering.schema.wording import not_said
from partnering.storage import folder
from printed_pages import needs_poppler

SHEETS = form_data.sheets()
OWN = [name for name, sheet in SHEETS.items() if sheet.tables and not sheet.together]
ON_PAPER = [name for name, sheet in SHEETS.items() if sheet.own]
TWO_SIDES = ("4-protocol", "5-topics")
every = pytest.mark.parametrize("name", SHEETS)
on_either = pytest.mark.parametrize("paper", [forms.A4, forms.LETTER])


@pytest.fixture(scope="module")
def shade():
    return example(forms.EXAMPLE)


def blocks(data: dict):
    for part in data["tables"]:
        for block in part.get("blocks", []):
            yield part["name"], block


@cache
def printed(paper: str) -> bytes:
    """Every blank form, printed once for all tests."""
    return forms.pdf([forms.blank(name) for name in SHEETS], paper=paper)


@cache
def sides(paper: str) -> dict[str, list[int]]:
    """Which pages each form has, by the headings that lead to them."""
    starts = [page - 1 for _title, _depth, page, _top in printed_pages.headings(printed(paper))]
    ends = [*starts[1:], printed_pages.pages_of(printed(paper))]
    return {name: [*range(*pair)] for name, *pair in zip(SHEETS, starts, ends, strict=True)}


def text_of(name: str, paper: str = forms.A4) -> str:
    text = _pages(paper)
    return " ".join(" ".join(text[page] for page in sides(paper)[name]).split())


@cache
def _pages(paper: str) -> list[str]:
    return printed_pages.pages(printed(paper))


@cache
def aloud_text(name: str) -> str:
    return "\n".join(printed_pages.pages(forms.aloud(name)))


# ---------------------------------------------------------------- blank


@on_either
def test_every_blank_form_is_one_side_and_the_two_on_agreements_are_two(paper):
    assert {name: len(pages) for name, pages in sides(paper).items()} == {
        name: 2 if name in TWO_SIDES else 1 for name in SHEETS
    }


# ---------------------------------------------------------------- something to write on, standing


@cache
def drawn(paper: str) -> list:
    return printed_pages.drawn(printed(paper))


def boxes_of(name: str, paper: str) -> list[printed_pages.Shape]:
    """What is as wide as it is high: the boxes to tick."""
    shapes = [shape for page in sides(paper)[name] for shape in drawn(paper)[page][0]]
    return [box for box in shapes if abs(box.width - box.height) < 0.2 and box.width > 3]


def lines_on(page: int, paper: str) -> list[printed_pages.Shape]:
    """The lines to write on."""
    across = [shape for shape in drawn(paper)[page][0] if shape.height < 1.5 and shape.width > 30]
    return [line for line in across if line.colour == RULE]


RULE = (133, 126, 114)


@on_either
@every
def test_every_word_to_tick_has_a_box_of_4_mm(name, paper):
    data = forms.blank(name).data()
    words = [
        word
        for part in data["tables"]
        for fields in [
            *(block["fields"] for block in part.get("blocks", [])),
            *part.get("lines", []),
        ]
        for field in fields
        if field["kind"] == "ticks"
        for word in field["words"]
    ]
    foot = len(data["wall"]["words"] if data["wall"] else []) + len(data["words"]["share_words"])
    boxes = boxes_of(name, paper)
    assert len(boxes) == len(words) + foot
    assert {round(box.width / printed_pages.MM, 1) for box in boxes} <= {4.0}


@on_either
@pytest.mark.parametrize(
    "name", ["1-purpose", "2-promises", "3-risk", "6-relationship", "7-contacts", "7-house"]
)
def test_the_boxes_of_a_form_stand_in_columns(name, paper):
    (part, *_) = (part for part in forms.blank(name).data()["tables"] if len(part["blocks"]) > 1)
    ticks = [len(it["words"]) for it in part["blocks"][0]["fields"] if it["kind"] == "ticks"]
    lefts = Counter(round(box.left) for box in boxes_of(name, paper))
    columns = [left for left, boxes in lefts.items() if boxes >= len(part["blocks"])]
    assert len(columns) == sum(ticks) or (name == "7-contacts" and len(columns) >= max(ticks))


@cache
def placed(paper: str) -> list:
    return printed_pages.placed(printed(paper))


@needs_poppler
@on_either
@every
def test_there_are_8_mm_to_write_above_every_line_and_nothing_stands_there(name, paper):
    for page in sides(paper)[name]:
        width, height, words = placed(paper)[page]
        lines = lines_on(page, paper)
        if width > height:  # a table across the page: its rows are what is written in
            rows = sorted(line.top for line in lines if line.width > 0.9 * width)
            heights = [below - above for above, below in pairwise(rows)]
            (part,) = forms.blank(name).data()["tables"]
            assert len(heights) == len(part["lines"]) + 1
            assert min(heights[1:]) >= 8 * printed_pages.MM
            continue
        for line in lines:
            room = line.top - 8 * printed_pages.MM + 0.5
            over = [
                other
                for other in (*lines, *words)
                if other.left < line.right - 1
                and other.right > line.left + 1
                and room < (other.top + other.bottom) / 2 < line.top - 0.5
            ]
            assert over == [], (line, over)


@on_either
def test_no_letter_of_a_form_is_smaller_than_7_5_points(paper):
    assert min(size for _shapes, sizes in drawn(paper) for size in sizes) >= 7.5
    others = [forms.undertaking(paper=paper), forms.cards("practices"), forms.aloud("3-risk")]
    others.append(
        forms.pdf([forms.example(name) for name in ("2-value", "4-protocol")], paper=paper)
    )
    for pdf in others:
        assert min(size for _, sizes in printed_pages.drawn(pdf) for size in sizes) >= 7.5


@needs_poppler
@on_either
def test_nothing_stands_where_a_printer_cannot_print(paper):
    edge = 6 * printed_pages.MM
    for width, height, words in placed(paper):
        assert sorted((round(width), round(height))) == (
            [595, 842] if paper == forms.A4 else [612, 792]
        )
        assert all(edge < word.left and word.right < width - edge for word in words)
        assert all(edge < word.top and word.bottom < height - edge for word in words)


@on_either
def test_beside_each_proposed_sentence_of_the_protocol_is_a_line(paper):
    cells = [
        cell for line in forms.blank("4-protocol").data()["tables"][0]["lines"] for cell in line
    ]
    proposed = sum(bool(cell.get("proposed")) for cell in cells)
    beside = [line for page in sides(paper)["4-protocol"] for line in lines_on(page, paper)]
    assert proposed > 20 and sum(line.width > 60 * printed_pages.MM for line in beside) >= proposed


def test_every_file_with_a_form_bears_the_title_of_its_form():
    titles = [
        PdfReader(BytesIO(forms.aloud(name))).metadata.title for name in ("3-risk", "5-topics")
    ]
    titles += [PdfReader(BytesIO(forms.pdf([forms.blank("3-risk")]))).metadata.title]
    assert titles == [
        "Stop 3, Risk: How each partner sees each risk, to be read aloud",
        "Stop 5, Agreement: Topics of an agreement, to be read aloud",
        "Stop 3, Risk: How each partner sees each risk",
    ]


def test_every_core_table_that_partners_or_the_room_fill_in_has_a_form():
    fed = Counter(table.name for sheet in SHEETS.values() for table in sheet.tables)
    asked = {
        table.name
        for table in TABLES.values()
        if table.core and (table.form or (table.stop and not table.shipped))
    }
    assert set(fed) == asked and set(fed.values()) == {1}
    assert all(len(sheet.tables) <= 3 for sheet in SHEETS.values())


@pytest.mark.parametrize("name", OWN)
def test_a_form_asks_every_column_of_its_tables_in_the_order_of_the_table(name):
    data = forms.blank(name).data()
    for part in data["tables"]:
        table = TABLES[part["name"]]
        wanted = [column.name for column in form_data.asked(table)]
        order = {column.name: place for place, column in enumerate(table.columns)}
        asked = [[field["name"] for field in block["fields"]] for block in part["blocks"]]
        for fields in asked:
            assert [order[field] for field in fields] == sorted(order[field] for field in fields)
        assert {
            field
            for fields in [*asked, [field["name"] for field in part["once"]]]
            for field in fields
        } == set(wanted)
        assert table.private or len(part["blocks"]) == table.rows


@every
def test_every_word_that_can_be_ticked_stands_on_the_paper(name):
    said = printed_pages.words(text_of(name))
    for column in (column for table in SHEETS[name].tables for column in _shown(table)):
        for word in column.kind.everything if isinstance(column.kind, Choice) else ():
            assert printed_pages.words(word) <= said, (column.name, word)


def _shown(table) -> list[Column]:
    return [
        column
        for column in table.columns
        if column.core and not column.given and column.name != "share"
    ]


@every
def test_a_form_says_who_holds_it_until_when_and_what_it_is_not_for(name):
    text = text_of(name)
    for part in (
        "This sheet is kept by",
        "until",
        "Not to be used for decisions on funding, selection or staff.",
        "No names of people, no accusations.",
    ):
        assert part in text
    assert not_said(text) == []


WALL = "On the wall our ticks may be shown"


@every
def test_every_sheet_with_answers_ends_with_the_tick_for_the_wall(name):
    text, aloud = text_of(name), " ".join(aloud_text(name).split())
    views = any(table.views for table in SHEETS[name].tables)
    assert (f"{WALL}: with our name not shown" in text) == views
    assert (WALL in aloud and "not shown" in aloud) == views


def test_a_sheet_for_own_words_says_whose_they_are_where_nothing_is_ticked():
    said = (
        "Where answers are confidential and nothing is ticked, your own words are for "
        "the facilitator."
    )
    told = [name for name in SHEETS if said in str(forms.blank(name).data()["words"])]
    assert told == ["1-purpose", "2-value", "6-relationship", "7-contacts", "7-coherence"]


def test_the_tick_for_the_wall_is_not_asked_between_two():
    def wall(partners: str):
        return forms.prepared("3-risk", partnership(partners), "ANA").data()["wall"]

    assert wall("ANA BEN") is None
    assert wall("ANA BEN CYD")["label"] == WALL


def test_a_filled_in_sheet_bears_the_partners_own_tick_for_the_wall_and_no_other():
    p = partnership(
        "ANA BEN CYD",
        consents=[
            {"partner": "ANA", "risk_views": "with our name"},
            {"partner": "BEN", "risk_views": "not shown"},
        ],
    )
    ticked = {}
    for partner in ("ANA", "BEN", "CYD", ""):
        words = forms.filled("3-risk", p, partner).data()["wall"]["words"]
        ticked[partner] = [word["word"] for word in words if word["ticked"]]
    assert ticked == {"ANA": ["with our name"], "BEN": ["not shown"], "CYD": [], "": []}
    assert not any(
        word["ticked"] for word in forms.prepared("3-risk", p, "ANA").data()["wall"]["words"]
    )


def test_both_ways_of_not_answering_are_offered_wherever_a_scale_is():
    data = forms.blank("3-risk").data()
    assert all(
        [word["word"] for word in field["words"]][-2:] == [CANNOT_SAY, RATHER_NOT]
        for _table, block in blocks(data)
        for field in block["fields"]
    )


@pytest.mark.parametrize("name", BOXES)
def test_the_boxes_of_a_sheet_hold_all_its_lines_and_every_word_has_one(name):
    gathers, boxes = BOXES[name]
    assert sum(boxes.values()) == TABLES[name].rows
    assert list(boxes) == TABLES[name].by_name[gathers].kind.texts
    asked = {column.name for column in form_data.asked(TABLES[name])}
    assert {column for word in boxes for column in form_data.ASKED_IN_BOX[word]} == asked


def test_a_hope_is_ticked_by_whose_it_is_and_an_ask_names_a_partner():
    fields = {
        block["codes"][0]: block["fields"][-1]
        for table, block in blocks(forms.blank("2-value").data())
        if table == "value_lines"
    }
    assert [word["word"] for word in fields["hope for"]["words"]] == list(
        TABLES["value_lines"].by_name["whose"].kind.also
    )
    assert fields["ask one partner for"]["kind"] == "short"
    assert fields["ask one partner for"]["label"] == "From which partner"


def test_a_hope_for_one_partner_alone_is_written_where_words_to_tick_would_lose_it():
    p = partnership(
        "VEC SOM",
        value_lines=[
            {"line": "V1", "partner": "VEC", "we": "hope for", "what": "shade", "whose": "SOM"}
        ],
    )
    fields = next(
        block["fields"]
        for table, block in blocks(forms.filled("2-value", p, "VEC").data())
        if table == "value_lines" and block["codes"][0] == "hope for"
    )
    (whose,) = (field for field in fields if field["name"] == "whose")
    assert whose["value"]["text"] == "SOM"
    assert whose["label"] == TABLES["value_lines"].by_name["whose"].label


def test_what_the_facilitator_alone_reads_is_said_beside_the_line():
    told = {
        field["name"]: field["help"]
        for _table, block in blocks(forms.blank("1-purpose").data())
        for field in block["fields"]
    }
    assert (
        "For the facilitator alone." in told["we_would_leave_if"]
        and "alone" not in told["why_together"]
    )
    house = [
        field["help"]
        for _table, block in blocks(forms.blank("7-house").data())
        for field in block["fields"]
    ]
    assert not any("facilitator" in help for help in house)


@pytest.mark.parametrize("name", ON_PAPER)
def test_a_sheet_that_feeds_no_table_has_its_sentences_and_says_that_nothing_is_typed(name):
    text = text_of(name)
    assert all(f"{label} …" in text for label, _help, _lines in SHEETS[name].own.sentences)
    assert "nothing of it is typed" in text


def test_the_ladder_comes_with_words_to_change_and_nothing_ticked():
    part = forms.blank("4-protocol").data()["tables"][0]
    cells = [cell for line in part["lines"] for cell in line]
    assert part["how"] == "In grey: a proposal; change it."
    assert sum(cell["kind"] == "text" and cell["proposed"] for cell in cells) > 15
    assert not any(
        word["ticked"] for cell in cells if cell["kind"] == "ticks" for word in cell["words"]
    )
    filled = forms.example("4-protocol").data()["tables"][0]
    assert not filled["how"] and any(
        word["ticked"] for line in filled["lines"] for word in line[-1]["words"]
    )


def test_the_topics_bear_a_partner_or_all_of_us_and_say_what_is_ticked_at_home(shade):
    blank, own = forms.blank("5-topics").data(), forms.prepared("5-topics", shade, "VEC").data()
    assert (
        blank["words"]["partner"] == "Partner, or: all partners"
        and own["partner"]["text"] == shade.names["VEC"]
    )
    assert (
        "At home: only “Where it is written”." in blank["words"]["how"]
        and "all have spoken" not in blank["words"]["how"]
    )
    assert forms.example("5-topics").data()["partner"]["text"] == "all partners"


# ---------------------------------------------------------------- with answers


@pytest.mark.parametrize(
    ("name", "table"),
    [("1-purpose", "positions"), ("3-risk", "risk_views"), ("6-relationship", "behaviour_views")],
)
def test_what_is_typed_from_a_form_line_by_line_is_the_table(shade, name, table):
    data = forms.filled(name, shade, "VEC").data()
    items = form_data._item_columns(TABLES[table])
    typed = [
        dict(zip(items, block["codes"], strict=True))
        | {field["name"]: _ticked(field) for field in block["fields"]}
        for part, block in blocks(data)
        if part == table
    ]
    there = shade[table]
    mine = there[(there["partner"] == "VEC") & (there["respondent"] == "")]
    columns = [column.name for column in TABLES[table].columns if column.name in typed[0]]
    expected = (
        mine[columns].astype("object").where(mine[columns].notna(), "").head(TABLES[table].rows)
    )
    assert pd.DataFrame(typed)[columns].to_dict("records") == expected.to_dict("records")


def _ticked(field: dict) -> str:
    return "; ".join(word["word"] for word in field["words"] if word["ticked"])


def test_a_prepared_form_bears_the_names_and_the_numbered_risks_and_no_answer(shade):
    data = forms.prepared("3-risk", shade, "VEC").data()
    assert data["partner"]["text"] == shade.names["VEC"] and data["held_by"]["text"]
    told = [block["text"]["text"] for _table, block in blocks(data)]
    seen = shade.for_reader("room")["risks"]["what_could_happen"]
    assert told == seen.to_list()[: TABLES["risk_views"].rows]
    assert not any(
        word["ticked"]
        for _table, block in blocks(data)
        for field in block["fields"]
        for word in field["words"]
    )


def test_the_filled_in_forms_have_as_many_sides_as_the_blank_ones(shade):
    filled = forms.pdf([forms.filled(name, shade, "VEC") for name in SHEETS])
    starts = [page for _title, _depth, page, _top in printed_pages.headings(filled)]
    ends = [*starts[1:], printed_pages.pages_of(filled) + 1]
    longer = {
        name for name, *pair in zip(SHEETS, starts, ends, strict=True) if pair[1] - pair[0] > 1
    }
    # twelve decisions are typed, and the blank sheet has room for eight
    assert longer == {*TWO_SIDES, "8-decisions"}


def test_the_examples_show_the_round_that_their_chapters_tell():
    shown = [
        (block["codes"][-1], _ticked(block["fields"][0]))
        for _table, block in blocks(forms.example("3-risk").data())
    ]
    assert shown[1] == ("R2", "likely") and shown[2] == ("R3", "likely")
    assert forms.example("3-risk").data()["date"] < forms.example("6-relationship").data()["date"]


def test_the_example_of_a_house_sheet_holds_the_answers_of_one_part_of_the_house_that_may_be_seen():
    data = forms.example("7-house").data()
    assert data["tables"][0]["once"][0]["value"]["text"] == "Finance"
    said = [
        field["value"]["text"]
        for _table, block in blocks(data)
        for field in block["fields"]
        if field["kind"] == "write"
    ]
    assert "We need the names to show that people exist." in said and len(said) == 4
    assert printed_pages.pages_of(forms.pdf([forms.example("7-house")])) == 1


def test_a_filled_in_form_of_a_partnership_never_opens_a_house_file(shade):
    data = forms.filled("7-house", shade, "SOM").data()
    assert not any(
        field["value"]["text"]
        for _table, block in blocks(data)
        for field in block["fields"]
        if field["kind"] == "write"
    )


def test_no_answer_of_another_partner_stands_on_a_form(shade):
    told = json.dumps([forms.filled(name, shade, "VEC").data() for name in OWN], ensure_ascii=False)
    others = shade["purposes"].loc[shade["purposes"]["partner"] != "VEC", "why_together"]
    assert not any(answer in told for answer in others if answer)


# ---------------------------------------------------------------- what its reader may see


def all_printed(*forms_or_cards) -> str:
    """All that is printed, as text."""
    data = [each.data() if isinstance(each, forms.Form) else each for each in forms_or_cards]
    return json.dumps(data, ensure_ascii=False)


def held_back() -> Partnership:
    """Two partners; a risk, an aim and a practice are for the facilitator, one line is ANA's."""
    kept = {"share": "facilitator only"}
    return partnership(
        "ANA BEN",
        partnership=[{"title": "Two", "mode": "confidential"}],
        objectives=[("O1", "a bridge"), {"objective": "O2", "text": "SECRET aim"} | kept],
        risks=[("R1", "", "rain"), {"risk": "R2", "what_could_happen": "SECRET event"} | kept],
        practices=[{"practice": "A1", "principle": "p", "we_will": "SECRET way"} | kept],
        value_lines=[
            {"line": "V1", "partner": "ANA", "we": "ask one partner for", "what": "ANA's ask"}
            | kept
        ],
        risk_views=[("ANA", "", "R1", "likely", "harms us", "ANA's reason")],
    )


@pytest.mark.parametrize("partner", ["ANA", "BEN"])
def test_a_partners_form_bears_nothing_that_this_partner_may_not_see(partner):
    p = held_back()
    printed = all_printed(*(forms.prepared(name, p, partner) for name in forms.names()))
    assert "SECRET" not in printed and "rain" in printed and "a bridge" in printed
    assert '"R2"' not in printed and '"O2"' not in printed
    filled = all_printed(*(forms.filled(name, p, partner) for name in forms.names()))
    assert "SECRET" not in filled
    assert ("ANA's ask" in filled) == ("ANA's reason" in filled) == (partner == "ANA")


def test_cards_and_sheets_for_the_wall_bear_what_the_room_sees():
    p = held_back()
    cards = all_printed(*(forms.card_data(name, p) for name in forms.CARDS))
    assert "SECRET" not in cards and "rain" in cards and "R2" not in cards
    assert "for writing alone" in all_printed(forms.card_data("practices", p)).lower()
    together = all_printed(*(forms.filled(name, p) for name in forms.names()))
    assert "SECRET" not in together and "ANA's" not in together and "rain" in together


def test_a_file_of_prepared_forms_holds_nothing_that_is_held_back(tmp_path):
    p = held_back()
    made = forms._for_each_partner(p, large=False)
    for data in made.values():
        text = "\n".join(printed_pages.pages(data))
        assert "rain" in text and "SECRET" not in text
    assert list(made) == ["for-ANA", "hand-out-ANA", "for-BEN"]


def test_a_partner_takes_home_its_own_answers_and_nothing_of_the_others():
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": "confidential"}],
        objectives=[("O1", "a road")],
        purposes=[("ANA", "ANAS REASON"), ("BEN", "BENS REASON")],
        positions=[
            ("ANA", "", "O1", "cannot accept it", "no part"),
            ("BEN", "", "O1", "strongly for it", "useful part"),
        ],
        holding=[("BEN", "BENS FOCAL POINT")],
        consents=[{"partner": "ANA", "positions": "not shown"}],
    )
    sheets = {form.sheet.name: form.data() for form in forms.hand_out(p, "ANA")}
    assert list(sheets) == ["1-purpose"]
    text = json.dumps(sheets)
    assert "ANAS REASON" in text and "BENS" not in text
    ticked = {
        word["word"]
        for block in sheets["1-purpose"]["tables"][1]["blocks"]
        for field in block["fields"]
        for word in field["words"]
        if word["ticked"]
    }
    assert ticked == {"cannot accept it", "no part"}
    assert [form.sheet.name for form in forms.hand_out(p, "BEN")] == ["1-purpose", "7-coherence"]
    assert forms.hand_out(p, "CYD") == []
    assert list(forms._for_each_partner(p, large=False)) == [
        "for-ANA",
        "hand-out-ANA",
        "for-BEN",
        "hand-out-BEN",
        "for-CYD",
    ]


# ---------------------------------------------------------------- cards, aloud, large, files


@pytest.mark.parametrize("name", forms.CARDS)
def test_cards_are_printed_eight_to_a_page_with_their_codes(name, shade):
    empty = forms.cards(name)
    assert printed_pages.pages_of(empty) == 1
    assert not any(
        card["code"] for card in forms.card_data(name, None)["cards"]
    )  # a number would tell who held it
    own = "\n".join(printed_pages.pages(forms.cards(name, shade)))
    room = shade.for_reader("room")
    assert all(code in own for code in room[name].iloc[:, 0])
    held_back = set(shade[name].iloc[:, 0]) - set(room[name].iloc[:, 0])
    assert not any(re.search(rf"\b{code}\b", own) for code in held_back)


@pytest.mark.parametrize("name", OWN)
def test_what_is_read_aloud_holds_every_help_text_in_order(name):
    text = "".join(aloud_text(name).replace("-\n", "").split())
    for table in SHEETS[name].tables:
        helps = ["".join(column.help.split()).replace("-", "") for column in form_data.asked(table)]
        where = [text.replace("-", "").find(told) for told in helps]
        assert all(place >= 0 for place in where)


@every
def test_what_is_read_aloud_holds_every_word_that_can_be_ticked(name):
    said = printed_pages.words(aloud_text(name))
    for column in (column for table in SHEETS[name].tables for column in _shown(table)):
        for word in column.kind.everything if isinstance(column.kind, Choice) else ():
            assert printed_pages.words(word) <= said, (column.name, word)


def test_one_tick_in_each_line_is_asked_for_only_where_no_line_takes_several():
    assert "One tick in each line." in forms.blank("3-risk").data()["words"]["how"]
    assert "One tick" not in forms.blank("4-protocol").data()["words"]["how"]


def test_large_print_is_large():
    large = forms.pdf([forms.blank("3-risk")], large=True)
    assert printed_pages.pages_of(large) > 1
    if printed_pages.HAS_POPPLER:
        sizes = [
            word.bottom - word.top
            for _width, _height, words in printed_pages.placed(large)
            for word in words
        ]
        assert sorted(sizes)[len(sizes) // 2] > 16


def test_the_command_line_prints_every_file(tmp_path: Path, capsys):
    assert forms.main(["--out", str(tmp_path / "out")]) == 0
    made = {path.stem for path in (tmp_path / "out").glob("*.pdf")}
    assert {
        "all-forms",
        "all-forms-filled-in-example",
        "cards-risks",
        "3-risk-filled-in-example",
        "7-house-filled-in-example",
        *SHEETS,
    } <= made
    for name in ("all-forms", "all-forms-letter"):
        made = (tmp_path / "out" / f"{name}.pdf").read_bytes()
        assert printed_pages.pages_of(made) == len(SHEETS) + len(TWO_SIDES)
    assert str(tmp_path) in capsys.readouterr().out
    assert forms.main(["--out", str(tmp_path), "--for", str(tmp_path / "nowhere")]) == 1


def test_the_same_form_gives_the_same_bytes():
    assert forms.pdf([forms.blank("2-value")]) == forms.pdf([forms.blank("2-value")])


# ---------------------------------------------------------------- letters


def written(place: Path, **tables: str):
    for name, text in tables.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder.read(place)


@needs_poppler
def test_arabic_stands_on_a_form_from_right_to_left(tmp_path: Path):
    nur = written(
        tmp_path,
        partners="partner,name\nNUR,جمعية النور\n",
        purposes="partner,why_together\nNUR,نريد أن نصل معا إلى كل بيت\n",
    )
    words = [
        word
        for _width, _height, found in printed_pages.placed(
            forms.pdf([forms.filled("1-purpose", nur, "NUR")])
        )
        for word in found
    ]
    first, last = (
        next(word for word in words if word.text in (text, text[::-1])) for text in ("نريد", "بيت")
    )
    assert first.left > last.left


@pytest.mark.parametrize(
    ("name", "letters", "on_paper"),
    [
        ("漢字 Club", ["U+6F22", "U+5B57"], "�� Club"),
        ("አበበ Idir", ["U+12A0 ETHIOPIC SYLLABLE GLOTTAL A", "U+1260"], "��� Idir"),
        ("ชุมชน Tham", ["U+0E0A THAI CHARACTER CHO CHANG"], "Tham"),
        ("Ada 👩‍🚀 Club", ["U+1F469 WOMAN", "U+1F680 ROCKET"], "Ada �"),
        ("Ek\u3099a Club", ["U+3099 COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK"], "Ek�a Club"),
    ],
)
def test_a_letter_without_font_is_a_sign_on_paper_and_told_with_its_place(name, letters, on_paper):
    told = []
    far = partnership(partners=[("FAR", name), ("ANA", "Ana")])
    printed = forms.pdf([forms.prepared("1-purpose", far, "FAR")], tell=told.append)
    (sentence,) = set(told)
    assert sentence.count("U+") == len(
        set(name) - set("AadEk lubCIirThm\u200d")
    )  # and no other letter
    assert f"In “{name}”" in sentence and all(letter in sentence for letter in letters)
    assert on_paper in " ".join(printed_pages.pages(printed))


def test_every_form_is_printed_though_a_name_has_letters_that_no_font_has(tmp_path, monkeypatch):
    some = {name: SHEETS[name] for name in ("1-purpose", "3-risk")}
    monkeypatch.setattr(form_data, "sheets", lambda: some)
    told = []
    far = partnership(partners=[("FAR", "漢字"), ("ANA", "Ana")])
    made = forms.make(tmp_path, far, tell=told.append)
    wanted = {"for-FAR.pdf", "for-ANA.pdf", "all-forms.pdf", *(f"{name}.pdf" for name in some)}
    assert wanted <= {file.name for file in made}
    assert set(told) == {
        "In “漢字” the sign � is printed for what no font of the handbook has: “漢” (U+6F22 CJK "
        "UNIFIED IDEOGRAPH-6F22), “字” (U+5B57 CJK UNIFIED IDEOGRAPH-5B57). Write it in by hand."
    }


def test_what_no_font_has_still_stops_the_book():
    with pytest.raises(typst_pdf.NotPrinted, match="No font of the handbook has the letter “漢”"):
        typst_pdf.pdf('#set document(title: "x")\n漢')


def test_the_fonts_bear_their_licences_and_stay_light():
    files = list(typst_pdf.FONTS.iterdir())
    assert {path.name for path in files if path.suffix == ".txt"} == {
        "OFL.txt",
        "DejaVu-LICENSE.txt",
    }
    assert sum(path.stat().st_size for path in files) < 6_000_000
