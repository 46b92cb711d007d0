"""Every exercise in a real kernel, on a real workbook: right answers from good cells, plain sentences for the others."""

import xml.etree.ElementTree as ElementTree

import openpyxl
import pytest

import office
from examples import EVERY_EXAMPLE
from exercise import notebooks
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import folder, paths, workbook

ODF = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
REPEATED = f"{{{ODF['table']}}}number-columns-repeated"


def by_code(rows: list[dict], column: str, head: str = "Risk") -> dict[str, str]:
    """The cells of a column by the code that begins each row."""
    return {row[head].split()[0]: row[column] for row in rows}


# ------------------------------------------------------------------ a workbook from LibreOffice


def change(
    root: ElementTree.Element, sheet: str, begins: list[str], column: int, text: str
) -> None:
    """Type `text` into the cell of the row that begins with these cells."""
    for row in root.findall(f".//table:table[@table:name='{sheet}']//table:table-row", ODF):
        cells = []
        for cell in row.findall("table:table-cell", ODF):
            cells += [cell] * int(cell.get(REPEATED, 1))
        told = ["".join(cell.itertext()).strip() for cell in cells]
        if told[: len(begins)] == begins:
            assert cells.count(cells[column]) == 1
            cells[column].find("text:p", ODF).text = text
            return
    raise AssertionError(f"no row of {sheet} begins with {begins}")


@pytest.fixture(scope="module")
def from_libreoffice(tmp_path_factory, run_exercises):
    """What the exercises make of Shade as LibreOffice wrote it, after somebody changed three cells there."""
    place = tmp_path_factory.mktemp("office") / "ours.xlsx"
    workbook.write(folder.read(paths.EXAMPLES / "shade"), place)
    flat = office.convert(place, "fods", place.parent)
    for prefix, name in [node for _, node in ElementTree.iterparse(flat, events=["start-ns"])]:
        ElementTree.register_namespace(prefix, name)
    tree = ElementTree.parse(flat)
    change(tree.getroot(), "risk_views", ["SOM", "", "R4"], 3, "likely")
    change(tree.getroot(), "risk_views", ["SOM", "", "R4"], 4, "harms us")
    change(tree.getroot(), "positions", ["OSD", "", "O2"], 3, "can agree to it")
    theirs = flat.with_name("theirs.fods")
    tree.write(theirs, encoding="utf-8", xml_declaration=True)
    return run_exercises(office.convert(theirs, "xlsx", theirs.parent))


@pytest.mark.libreoffice
def test_a_workbook_from_libreoffice_is_read_without_a_problem(from_libreoffice):
    assert [problem for told in from_libreoffice.values() for problem in told["problems"]] == []
    assert len(from_libreoffice) == len(notebooks()) >= 7


@pytest.mark.libreoffice
def test_the_risk_table_of_that_workbook_is_the_one_worked_by_hand(from_libreoffice):
    rows = from_libreoffice["3-risk-views"]["results"]["risk_table"]
    assert by_code(rows, "SOM")["R4"] == "likely · harms us"  # as changed in LibreOffice
    assert by_code(rows, "VEC")["R4"] == "already happening · harms us"
    assert by_code(rows, "Most serious for")["R4"] == "VEC, SOM"
    assert by_code(rows, "Of concern to") == {
        "R1": "3 of 4",
        "R3": "3 of 4",
        "R4": "2 of 4",
        "R6": "3 of 4",
        "R8": "0 of 4",
    }
    apart = from_libreoffice["3-risk-views"]["results"]["different_information"]
    assert by_code(apart, "Thinks it less likely") == {
        "R4": "OSD, SEN: not likely",
        "R8": "VEC, SOM: possible",
    }


@pytest.mark.libreoffice
def test_a_partner_with_an_essential_part_that_only_lives_with_it_is_found(from_libreoffice):
    so_far = by_code(from_libreoffice["1-alignment"]["results"]["enough"], "So far", "Objective")
    assert (
        so_far["O2"] == "those who must act are not all in favour"
    )  # OSD, as changed in LibreOffice
    assert so_far["O1"] == "enough to go on with"
    acting = by_code(
        from_libreoffice["1-alignment"]["results"]["enough"],
        "Those with an essential part are in favour",
        "Objective",
    )
    assert acting["O2"] == "not yet: OSD"


@pytest.mark.libreoffice
def test_value_sharing_and_complementarity_come_out_of_that_workbook_as_worked_by_hand(
    from_libreoffice,
):
    asked = by_code(
        from_libreoffice["2-value-exchange"]["results"]["asked_and_answered"],
        "As it is now",
        "Number",
    )
    assert [
        code for code, state in asked.items() if state == "asked; nothing shown here answers it yet"
    ] == [
        "V9",
        "V22",
    ]
    told = by_code(from_libreoffice["3-risk-sharing"]["results"]["to_talk_about"], "As it is now")
    assert told["R2"] == "somebody is affected, and it is not yet paid for"
    states = by_code(
        from_libreoffice["1-complementarity"]["results"]["who_could"], "As it is now", "Objective"
    )
    assert states["O3"] == "one of us could do this alone"
    assert states["O2"] == "nobody could do this alone"
    due = by_code(
        from_libreoffice["2-promises"]["results"]["open_promises"], "Promised for (date)", "Promise"
    )
    assert due == {
        "P1": "2026-10-15",
        "P2": "2026-09-30",
        "P3": "2026-10-31",
        "P4": "2027-01-15",
        "P5": "2027-02-15",
    }


@pytest.mark.libreoffice
def test_nothing_of_ones_own_partnership_is_on_the_wall_before_somebody_shows_it(from_libreoffice):
    for name in ("1-alignment", "2-value-exchange", "3-risk-views", "3-risk-sharing"):
        assert "Show to the room" in from_libreoffice[name]["shown"]
        assert "already happening" not in from_libreoffice[name]["shown"]
        assert "<table" not in from_libreoffice[name]["shown"]


# ------------------------------------------------------------------ twelve mistakes

MISTAKES = [  # sheet, the row that begins with, column, what is typed there, what the sentence says
    ("promises", ["P5"], "promise", "the fifth promise", "a short code without spaces"),
    ("positions", ["VEC", None, "O1"], "stance", "suport it", "Did you mean “support it”?"),
    ("positions", ["SOM", None, "O1"], "objective", "O77", "one of"),
    ("positions", ["OSD", None, "O1"], "partner", "OSDD", "Did you mean “OSD”?"),
    ("positions", ["SEN", None, "O3"], "objective", "O2", "is already in row"),
    ("value_lines", ["V1"], "we", "gives", "Did you mean “bring”?"),
    ("value_lines", ["V10"], "money_low", "94,000", "can be read in one way only"),
    ("worth", ["SOM"], "worth_it", "perhaps", "yes / yes, on one condition / not as it is now"),
    ("promises", ["P1"], "due", "31.02.2027", "a day that exists"),
    ("promises", ["P2"], "due", "03/04/2027", "2027-04-03"),
    ("risk_views", ["VEC", None, "R1"], "how_likely", "often", "Did you mean “likely”?"),
    (
        "risk_views",
        ["VEC", None, "R3"],
        "how_hard_on_us",
        "could finsh us",
        "Did you mean “could end us”?",
    ),
]


@pytest.fixture(scope="module")
def with_mistakes(tmp_path_factory, run_exercises):
    """What the exercises make of a workbook with twelve mistakes, and where each stands: sheet, row, column."""
    place = tmp_path_factory.mktemp("mistakes") / "mine.xlsx"
    workbook.write(folder.read(paths.EXAMPLES / "shade"), place)
    book = openpyxl.load_workbook(place)
    found = []
    for sheet, begins, column, typed, _ in MISTAKES:
        heads = [TABLES[sheet].headers[plain(cell.value)] for cell in book[sheet][1]]
        at = heads.index(column)
        row = next(
            row
            for row in book[sheet].iter_rows(min_row=2)
            if [cell.value or None for cell in row[: len(begins)]] == begins
        )
        found.append((row[at], (sheet, row[at].row, column), typed))
    for cell, _, typed in found:
        cell.value = typed
    book.save(place)
    return run_exercises(place), [where for _, where, _ in found]


def test_twelve_mistakes_give_one_list_of_twelve_sentences_each_naming_its_cell(with_mistakes):
    made, where = with_mistakes
    for told in made.values():
        assert len(told["problems"]) == 12, "\n".join(told["problems"])
    sentences = made["0-start-here"]["problems"]
    for (sheet, row, column), (*_, says) in zip(where, MISTAKES, strict=True):
        here = [
            said
            for said in sentences
            if said.startswith(f"sheet {sheet}, row {row}, column {column}:")
        ]
        assert len(here) == 1, (sheet, row, column, sentences)
        assert says in here[0]


def test_what_can_be_made_of_the_good_cells_is_still_made(with_mistakes):
    made, _ = with_mistakes
    rows = made["3-risk-views"]["results"]["risk_table"]
    assert by_code(rows, "Of concern to") == {"R4": "1 of 4", "R6": "3 of 4", "R8": "0 of 4"}
    unnamed = by_code(made["3-risk-views"]["results"]["without_names"], "Answered")
    assert unnamed == {
        "R1": "3 of 4",
        "R2": "3 of 4",
        "R3": "3 of 4",
        "R5": "3 of 4",
        "R7": "3 of 4",
    }
    assert (
        by_code(made["1-alignment"]["results"]["enough"], "So far", "Objective")["O6"]
        == "enough to go on with"
    )
    assert made["2-promises"]["results"]["open_promises"]


def test_no_exercise_ever_shows_a_traceback_for_what_somebody_typed(with_mistakes):
    made, _ = with_mistakes
    for told in made.values():
        assert "Traceback" not in told["shown"]
        assert '"output_type": "error"' not in told["shown"]


@pytest.mark.parametrize("place", ["gone", "empty"])
def test_a_partnership_that_cannot_be_opened_is_told_in_a_sentence_and_the_example_opens(
    place, tmp_path, run_exercises
):
    (tmp_path / "empty").mkdir()
    told = run_exercises(tmp_path / place, only="3-risk-views")["3-risk-views"]
    assert "The worked example is open instead." in told["shown"]
    assert by_code(told["results"]["risk_table"], "Of concern to")["R4"] == "1 of 4"


# ------------------------------------------------------------------ every example


@pytest.fixture(scope="module", params=EVERY_EXAMPLE)
def on_example(request, run_exercises):
    """What every exercise makes of one worked example, with what its room may not see."""
    place = paths.EXAMPLES / request.param
    return run_exercises(place), folder.read(place)


def held_back(partnership):
    """Texts that may not be on the wall: rows kept back, and the columns that are the facilitator's."""
    told = set()
    for name, table in TABLES.items():
        frame = partnership[name]
        for column in table.columns:
            if type(column.kind).__name__ != "Text" or column.name == "respondent":
                continue
            kept = (
                frame["share"].isin(["facilitator only", "not typed"])
                if "share" in frame
                else frame.index != frame.index
            )
            texts = (
                frame[column.name]
                if column.share != "everyone here"
                else frame.loc[kept, column.name]
            )
            told |= {text for text in texts if len(text) > 12}
    return told


def test_every_exercise_runs_on_every_example_and_the_room_sees_nothing_that_was_kept_back(
    on_example,
):
    made, partnership = on_example
    assert list(made) == [path.stem for path in notebooks()]
    for name, told in made.items():
        assert '"output_type": "error"' not in told["shown"], name
        assert told["problems"] == []
        assert told["results"] or name == "0-start-here", name
    shown = "".join(told["shown"] for told in made.values())
    assert held_back(partnership)
    assert not [text for text in held_back(partnership) if text in shown]


def test_no_voice_of_a_small_group_and_no_sign_of_a_respondent_is_on_the_wall(on_example):
    _, partnership = on_example
    room = partnership.for_reader("room")
    for name in ("positions", "risk_views"):
        frame = room[name]
        assert (frame["respondent"] == "").all()
        stated = set(partnership[name].loc[partnership[name]["respondent"] == "", "partner"])
        assert set(frame.loc[~frame["partner"].str.startswith("*"), "partner"]) <= stated | set(
            partnership.names
        ) - set(room.hidden.groups)
