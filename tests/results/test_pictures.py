"""The pictures: where things stand in them, what they say in words, and that nothing collides."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from html import unescape
from itertools import combinations, pairwise

import pytest

import every_result
from examples import example
from making import partnership
from partnering import language
from partnering.partnership import MINE, ROOM
from partnering.results import arrows, pictures
from partnering.results.arrows import End, Giver, Item, Legend
from partnering.results.drawing import SIGNS, STONES, WIDTH, Sheet, width, wrapped
from partnering.results.pictures import Entry, Head, Lane, Row, Stop
from partnering.stops import agreement, red_thread, risk_sharing, start, value

TEXT = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)"([^>]*)>([^<]*)</text>')
NASTY = '<img src=x onerror="alert(1)"> & | <script>x</script> "quoted"'
FIGURES = [
    make for make in every_result.MAKERS if inspect.signature(make).return_annotation == "Figure"
]
ANA, BEN = Head(0, "ANA"), Head(1, "BEN")


def texts(svg: str) -> list[tuple[str, float, float]]:
    """Each text with the place that it was given."""
    return [(unescape(words), float(x), float(y)) for x, y, _, words in TEXT.findall(svg)]


def boxes(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Each text with the room it takes at most: left, top, right, bottom."""
    found = []
    for x, y, look, words in TEXT.findall(svg):
        words = unescape(words)
        wide = width(words.strip("\u2068\u2069"), "bold" in look)
        anchor = re.search(r'text-anchor="(\w+)"', look)
        left = float(x) - wide * {"middle": 0.5, "end": 1}.get(anchor[1] if anchor else "", 0)
        found.append((words, left, float(y) - 10, left + wide, float(y) + 3))
    return found


def middles(svg: str, radius: str) -> list[tuple[float, float]]:
    """The middles of circles of one size."""
    found = re.findall(rf'<circle cx="([\d.]+)" cy="([\d.]+)" r="{radius}"', svg)
    return [(float(x), float(y)) for x, y in found]


def all_drawn(*names: str):
    """Every figure of some examples, as the room and the facilitator see it."""
    for name in names:
        for reader in (ROOM, MINE):
            p = example(name).for_reader(reader)
            for make in FIGURES:
                yield f"{every_result.called(make)}, {name}, {reader}", every_result.made(make, p)


# ------------------------------------------------------------------ every picture


@pytest.mark.parametrize("name", ["shade-under-way", "uwi", "clinic"])
def test_no_words_stand_on_others_or_beside_their_picture(name):
    seen = 0
    for called, figure in all_drawn(name):
        for drawn in figure.drawings:
            for svg in filter(None, (drawn.svg, drawn.narrow)):
                whole = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
                placed = boxes(svg)
                seen += len(placed)
                for words, left, _, right, _ in placed:
                    assert left > -12 and right < whole + 12, (called, words, left, right, whole)
                for one, other in combinations(placed, 2):
                    apart = one[1] >= other[3] or other[1] >= one[3]
                    apart |= one[2] >= other[4] or other[2] >= one[4]
                    assert apart, (called, one, other)
    assert seen > 300


def test_on_a_phone_no_letter_is_smaller_than_11_pixels():
    for called, figure in all_drawn("shade-under-way", "uwi"):
        for drawn in figure.drawings:
            svg = drawn.narrow or drawn.svg
            whole = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
            assert 'font-size="14"' in svg and svg.count("font-size") == 1, called
            if whole > WIDTH:  # it is moved with a finger
                assert f"min-inline-size:{whole * 11 / 14:.0f}px" in svg, called
                assert 'tabindex="0"' in figure.html()


def test_every_picture_tells_in_words_all_that_it_names():
    named = 0
    for called, figure in all_drawn("shade-under-way"):
        for drawn in figure.drawings:
            assert drawn.told.strip().endswith("."), (called, drawn.told)
            shown = set(LINE.findall(drawn.svg)) | _said_of_partners(drawn.svg)
            assert all(re.search(rf"\b{code}\b", drawn.told) for code in shown), called
            named += len(shown)
    assert named > 100


LINE = re.compile(r">([OVPRMA]\d+)\b")


def _said_of_partners(svg: str) -> set[str]:
    """The partners that a picture names, but for the heads of columns, which may stand empty."""
    codes = Counter(re.findall(r">([A-Z]{3})</text>", svg))
    heads = len(codes) == 4  # each partner of the example once
    return {code for code, count in codes.items() if count > heads}


def test_a_picture_never_shows_a_line_that_its_table_has_not():
    seen = 0
    for called, figure in all_drawn("shade-under-way", "clinic"):
        table = figure.table.plain()
        for drawn in figure.drawings:
            shown = LINE.findall(drawn.svg)
            assert all(re.search(rf"\b{code}\b", table) for code in shown), called
            seen += len(shown)
    assert seen > 150


def test_hostile_names_are_words_in_every_picture():
    lines = {
        "value_lines": [("V1", "ANA", "bring", NASTY, "BEN")],
        "promises": [("P1", "ANA", "BEN", NASTY, "2026-05-01", "")],
        "risks": [("R1", "", NASTY)],
        "risk_care": [("R1", "ANA", "BEN", "", NASTY, "ANA")],
        "decisions": [("1", NASTY, "agreed", NASTY, "ANA", "2026-05-01")],
        "contacts": [("ANA", NASTY, "BEN", "works with them")],
        "protocol": [("1", NASTY, NASTY, NASTY, "3")],
        "moments": [("M1", "2026-05-01", NASTY)],
        "rights": [(NASTY, "ANA", "BEN", "", "")],
    }
    partners = [("ANA", NASTY, "NGO"), ("BEN", "x", "NGO")]
    p = partnership("", partners=partners, **lines)
    drawn = [drawn for make in FIGURES for drawn in make(p).drawings]
    assert len(drawn) >= 8
    for one in drawn:
        for svg in (one.svg, one.narrow):
            assert "<img" not in svg and "<script" not in svg


def test_from_right_to_left_places_are_mirrored_and_words_are_not(monkeypatch):
    given = ("P1", [ANA, BEN], [Lane("", ["yes", "no"], {"yes": [0], "no": [1]})], "open", "told")
    plain = pictures.dots(*given).svg
    monkeypatch.setattr("partnering.results.drawing.is_from_right", lambda: True)
    turned = pictures.dots(*given).svg
    assert {words: WIDTH - x for words, x, _ in texts(plain)} == {
        words.strip("\u2068\u2069"): x for words, x, _ in texts(turned)
    }
    ((x, y),) = middles(plain, "9")
    assert middles(turned, "9") == [(WIDTH - x, y)]
    assert 'text-anchor="end"' in turned and "\u2068yes\u2069" in turned


def test_arabic_words_in_an_english_picture_keep_their_marks_on_their_side():
    sheet = Sheet()
    sheet.text(0, 10, "ماء.")
    sheet.text(0, 30, "water.")
    assert [words for words, _, _ in texts(sheet.svg(40))] == ["\u2068ماء.\u2069", "water."]
    assert language.right_to_left("ماء.") and not language.right_to_left("water.")


# ------------------------------------------------------------------ stones, signs, words


def test_each_of_eighteen_partners_has_a_stone_of_its_own():
    drawn = []
    for at in range(18):
        sheet = Sheet()
        sheet.stone(20, 20, at)
        drawn.append("".join(sheet.parts))
    assert len(set(drawn)) == 18
    assert len(STONES) == 6


def test_signs_differ_by_shape_and_not_by_tint_alone():
    shapes = [shapes for _, shapes in SIGNS.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize(
    ("words", "room", "most", "lines"),
    [
        ("one two three", 66, 3, ["one two", "three"]),
        ("one two three four five", 66, 2, ["one two", "three …"]),
        ("unbreakable", 56, 3, ["unbrea", "kable"]),
        ("", 50, 3, [""]),
    ],
)
def test_words_are_wrapped_into_lines_and_cut_with_a_sign(words, room, most, lines):
    assert wrapped(words, room, most) == lines


# ------------------------------------------------------------------ one by one


def test_a_stone_stands_in_its_partners_column_as_high_as_its_word():
    lane = Lane("How likely", ["likely", "possible"], {"likely": [1], "possible": [0]})
    svg = pictures.dots("R1 a flood", [ANA, BEN], [lane], "not shown here", "told").svg
    at = {words: (x, y) for words, x, y in texts(svg)}
    ((x, y),) = middles(svg, "9")  # the round stone is that of the first partner
    assert x == at["ANA"][0]
    assert abs(y - at["possible"][1]) < 9
    assert at["likely"][1] < at["possible"][1]


def test_an_answer_that_is_not_seen_is_a_dotted_ring_and_never_a_place_on_the_scale():
    lane = Lane("", ["yes", "no"], {}, {"yes": 2}, (), 1)
    drawn = pictures.dots("O1", [], [lane], "not shown here", "told").svg
    at = {words: y for words, _, y in texts(drawn)}
    assert [abs(y - at["yes"]) < 9 for _, y in middles(drawn, "8")] == [True, True]
    ((_, y),) = middles(drawn, "7.5")
    assert abs(y - at["not shown here"]) < 9
    assert pictures.lanes_in_words([], [lane], "not shown here") == (
        "2 partners yes; 1 partner not shown here."
    )


def test_who_decides_and_who_pays_stand_below_each_other_in_the_partners_column():
    legend = [("load", "affected"), ("flag", "decides"), ("coin", "pays")]
    rows = [
        Row("R1 a flood", [[0], [1], [0]], "told."),
        Row("R2 a fire", [[1], [], []], "x.", [1, 2]),
    ]
    (drawn,) = pictures.signs([ANA, BEN], legend, rows, "not filled in", lanes=True)
    at = {words: (x, y) for words, x, y in texts(drawn.svg)}
    (_, legend_coin), (x, y) = middles(drawn.svg, "2.5")[0], middles(drawn.svg, "2.5")[1]
    assert x == at["ANA"][0]
    assert at["R1 a flood"][1] < y < at["R2 a fire"][1] and legend_coin < at["ANA"][1]
    assert "pays: not filled in" in at and "affected: not filled in" not in at
    assert drawn.told == "told. x."


def test_arrows_end_at_whom_they_are_for_and_an_open_head_is_for_one_of_us():
    items = (
        Item("V1 a boat", ("all",), "full", "one."),
        Item("V2 a key", ("BEN",), "dashed", "two."),
    )
    ends = {"all": End("all", "all partners"), "BEN": End(1, "BEN", particular=True)}
    legend = Legend([("full", "promised"), ("dashed", "offered")], "for all", "for one")
    (drawn,) = arrows.drawn([Giver(0, "ANA", "The ANA house", items)], ends, legend)
    assert drawn.told == "one. two."
    for svg in (drawn.svg, drawn.narrow):
        at = {words: y for words, _, y in texts(svg)}
        assert at["V1 a boat"] < at["V2 a key"]
        closed = re.findall(r'<path d="M[^"]*Z"([^>]*)p-(path|warm)"', svg)
        arrow_heads = [(tint, "none" in look) for look, tint in closed if "opacity" not in look]
        assert arrow_heads[-2:] == [("path", False), ("warm", True)]
    assert drawn.svg.count('stroke-dasharray="7 4"') == 2  # the arrow, and what it means


@pytest.mark.parametrize(("lines", "sheets"), [(15, 1), (16, 2)])
def test_above_fifteen_lines_there_is_a_picture_for_each_giver(lines, sheets):
    items = [Item(f"V{at} x", ("BEN",), "full", "t.") for at in range(lines)]
    givers = [
        Giver(0, "ANA", "", tuple(items[:8])),
        Giver(1, "BEN", "", tuple(items[8:])),
    ]
    drawn = arrows.drawn(givers, {"BEN": End(1, "BEN", True)}, Legend())
    assert len(drawn) == sheets
    assert sum(one.svg.count(" x</text>") for one in drawn) == lines


def test_a_giver_of_very_much_has_sheets_that_fit_on_the_wall():
    items = tuple(Item(f"V{at} x", ("BEN",), "full", f"V{at}.") for at in range(40))
    drawn = arrows.drawn([Giver(0, "ANA", "", items)], {"BEN": End(1, "BEN")}, Legend())
    heights = [float(re.search(r'viewBox="0 0 780 ([\d.]+)', one.svg)[1]) for one in drawn]
    assert len(drawn) > 1 and max(heights) <= arrows.HIGHEST
    assert " ".join(one.told for one in drawn) == " ".join(item.told for item in items)


def test_days_run_down_the_page_and_each_line_begins_below_the_one_before():
    entries = [
        Entry("2026-05-01", "flag", "a long decision " * 9, "ANA", "one."),
        Entry("2026-05-02", "ring", "another", "", "two."),
    ]
    (drawn,) = pictures.calendar(entries, [("flag", "agreed"), ("ring", "open"), ("coin", "no")])
    at = {words: y for words, _, y in texts(drawn.svg)}
    assert at["2026-05-01"] < at["ANA"] < at["2026-05-02"] == at["another"]
    assert "agreed" in at and "no" not in at  # a sign that does not occur needs no words
    assert drawn.told == "one. two."


def test_a_long_calendar_goes_on_on_another_sheet_with_its_own_legend():
    entries = [
        Entry(
            f"2026-{month:02}-01",
            "flag" if month < 12 else "ring",
            f"line {month}",
            "",
            f"{month}.",
        )
        for month in range(1, 13)
    ] * 2
    drawn = pictures.calendar(entries, [("flag", "agreed"), ("ring", "open")])
    assert len(drawn) == 2
    assert all(">agreed<" in one.svg for one in drawn)
    told = [one.told.split() for one in drawn]
    assert told[0] + told[1] == [entry.told for entry in entries]
    assert abs(len(told[0]) - len(told[1])) <= 1


def test_the_path_has_a_sign_for_each_decision_and_a_dotted_stone_where_nothing_is_shown():
    stops = [
        Stop("1", "Purpose", "full", ("flag", "flag", "ring"), "one"),
        Stop("2", "Value", "dotted", (), "two"),
    ]
    (drawn,) = pictures.path(stops, [("full", "all"), ("dotted", "nothing shown here")], [])
    for svg in (drawn.svg, drawn.narrow):
        numbers = {words: (x, y) for words, x, y in texts(svg)}
        (_, first), (_, second) = numbers["1"], numbers["2"]
        assert first < second
        assert svg.count('r="7.5"') == 1
        assert re.search(r'r="15" fill="none" stroke-dasharray', svg)
    assert drawn.told == "one; two."


def test_the_first_step_stands_at_the_foot_of_the_ladder():
    rungs = [pictures.Rung(str(at), "3 days", "they meet", f"{at}.") for at in (1, 2, 3)]
    (drawn,) = pictures.ladder(rungs, "first at the foot")
    at = {words: y for words, _, y in texts(drawn.svg)}
    assert at["3"] < at["2"] < at["1"]
    assert drawn.told == "1. 2. 3."


# ------------------------------------------------------------------ of the stops


def test_what_is_brought_is_told_from_whom_to_whom_and_how_surely():
    lines = [
        ("V1", "ANA", "bring", "a boat", "all partners", "we promise it"),
        ("V2", "BEN", "bring", "a key", "ANA", ""),
    ]
    figure = value.value_map(partnership("ANA BEN", value_lines=lines))
    assert figure.alternative == (
        "ANA → all partners: V1 a boat (we promise it). BEN → ANA: V2 a key."
    )
    (drawn,) = figure.drawings
    assert ">how sure is not said</text>" in drawn.svg
    assert ">an idea</text>" not in drawn.svg


def test_a_short_name_stands_in_pictures_where_there_is_one():
    partners = [
        {"partner": "ANA", "name": "The Association of Everything", "picture_name": "Assoc"}
    ]
    lines = [("V1", "ANA", "bring", "a boat", "all partners")]
    p = partnership("", partners=partners, value_lines=lines)
    assert ">Assoc</text>" in value.value_map(p).drawings[0].svg
    assert p.names == {"ANA": "The Association of Everything"}


def test_where_answers_are_confidential_the_room_is_told_that_lines_may_be_kept_back():
    kept = [("V1", "ANA", "bring", "a boat", "BEN", "", "", "", "", "", "", "everyone here")]
    p = partnership("ANA BEN", partnership=[{"mode": "confidential"}], value_lines=kept)
    told = "Answers are confidential: lines may be kept back."
    assert told in value.value_map(p.for_reader(ROOM)).plain()
    assert told not in value.value_map(p).plain()


def test_who_carries_decides_and_pays_is_told_line_by_line():
    p = partnership(
        "ANA BEN",
        risks=[("R1", "", "a flood")],
        risk_care=[("R1", "all partners", "ANA", "")],
    )
    assert risk_sharing.who_carries(p).alternative == (
        "R1 a flood. most affected: all partners; decides: ANA; pays for it: not filled in."
    )
    room = risk_sharing.who_carries(p.for_reader(ROOM))
    assert "pays for it: not shown here" in room.alternative
    (drawn,) = room.drawings
    assert "pays for it: not shown here" in drawn.svg


def test_who_decides_is_asked_and_is_told_stand_in_one_line_and_what_is_bare_is_named():
    rights = [
        ("Change the budget", "ANA", "BEN", "all partners", "so it is"),
        ("End it", "", "", "", ""),
    ]
    figure = agreement.rights(partnership("ANA BEN", rights=rights))
    assert figure.data.to_dict("list") == {
        "Decision": ["Change the budget"],
        "Decides": ["ANA"],
        "Asked before": ["BEN"],
        "Told afterwards": ["all partners"],
        "Reason, if one decides alone": ["so it is"],
    }
    assert figure.table.notes == ("Not filled in: End it.",)
    assert figure.alternative == (
        "Change the budget. decides: ANA; asked before: BEN; told afterwards: all partners."
    )
    assert not agreement.rights(partnership("ANA BEN")).is_drawn


DECISIONS = [
    ("1", "O1", "agreed", "we begin", "ANA", "2026-05-02"),
    ("1", "rent", "we differ, and must decide", "we ask", "BEN", ""),
    ("8", "the year", "we differ, and it can stay so", "so be it", "all partners", "2026-06-01"),
]


def test_the_path_of_where_we_stand_tells_each_stop_with_what_was_decided():
    p = partnership("ANA BEN", objectives=[("O1", "a bridge")], decisions=DECISIONS)
    figure = red_thread.tour(p)
    rows = figure.rows.set_index("stop")
    assert list(rows.index) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (rows.loc[1, "agreed"], rows.loc[1, "to_decide"]) == (("O1",), ("rent",))
    assert rows.loc[8, "may_stay"] == ("the year",)
    assert rows["full"].tolist()[:2] == start.full_stops(start.filled_in(p).rows)[:2]
    assert figure.alternative.startswith(
        "1 Purpose: begun. agreed: O1. we differ, and must decide: rent; 2 Value: nothing yet;"
    )
    assert figure.alternative.endswith("8 The whole: we differ, and it can stay so: the year.")
    assert "agreed" not in red_thread.tour(partnership("ANA BEN")).alternative


def test_decisions_and_promises_stand_by_their_days_and_those_without_one_are_named():
    promises = [
        ("P1", "ANA", "BEN", "a boat", "2026-05-01", "done late"),
        ("P2", "BEN", "ANA", "x"),
    ]
    figure = red_thread.calendar(partnership("ANA BEN", promises=promises, decisions=DECISIONS))
    assert figure.data.to_dict("list") == {
        "By when": ["2026-05-01", "2026-05-02", "2026-06-01"],
        "What": ["P1 a boat", "O1", "the year"],
        "What we decided": ["", "we begin", "so be it"],
        "Who": ["ANA → BEN", "ANA", "all partners"],
        "As it is now": ["done late", "agreed", "we differ, and it can stay so"],
    }
    assert figure.table.notes == ("Without a day: P2 x; rent.",)
    assert figure.alternative.startswith("2026-05-01: P1 a boat (ANA → BEN): done late. 2026-05-02")
    days = [words for words, _, _ in texts(figure.drawings[0].svg) if words.startswith("2026")]
    assert all(one <= other for one, other in pairwise(days))
