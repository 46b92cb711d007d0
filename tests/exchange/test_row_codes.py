"""Codes of rows: those that files have are kept, the others are given, and both are told."""

import pytest

from exchange.came_back import WITH_OBJECTIVES, WITH_RISKS, views, write
from partnering.exchange import merge, row_codes
from partnering.schema.spelling import plain


def test_rows_without_a_code_are_numbered_on_and_references_in_the_same_file_follow(tmp_path):
    place = write(tmp_path, **WITH_OBJECTIVES)
    write(
        tmp_path / "1 VEC",
        value_lines="line,partner,we,what,answers\nV1,VEC,ask,Fares,\n,VEC,bring,Doors,V1\n",
    )
    write(
        tmp_path / "2 SOM",
        value_lines="we,what,answers\nbring,Money,\nhope for,Proof,V1\n",
        risks="what_could_happen\nRain\nFlood\n",
        risk_views="risk,how_likely\nR2,likely\nRain,hardly\n",
    )
    write(
        tmp_path / "3 VEC",
        risks="what_could_happen\nFlood\nTheft\n",
        risk_views="risk,how_likely\nR1,hardly\nR2,likely\n",
    )
    merged = merge.read(place)
    lines = merged.partnership["value_lines"].set_index("line")
    assert lines["what"].to_dict() == {"V1": "Fares", "V2": "Doors", "V3": "Money", "V4": "Proof"}
    assert lines["answers"].to_dict() == {"V1": "", "V2": "V1", "V3": "", "V4": "V3"}
    assert lines["partner"].tolist() == ["VEC", "VEC", "SOM", "SOM"]
    risks = merged.partnership["risks"].set_index("risk")["what_could_happen"].to_dict()
    assert risks == {"R1": "Rain", "R2": "Flood", "R3": "Theft"}  # the same words are the same risk
    views = merged.partnership["risk_views"]
    assert sorted(zip(views["partner"], views["risk"], views["how_likely"], strict=True)) == [
        ("SOM", "R1", "not likely"),
        ("SOM", "R2", "likely"),
        ("VEC", "R2", "not likely"),
        ("VEC", "R3", "likely"),
    ]
    assert merged.conflicts == merged.told == [] and merged.partnership.problems == []


def test_a_code_that_two_partners_have_used_is_told_and_the_second_gets_another(tmp_path):
    place = write(tmp_path, **WITH_OBJECTIVES)
    for partner, what in (("VEC", "Doors"), ("SOM", "Money")):
        write(
            tmp_path / partner,
            value_lines=f"line,we,what,answers\nV1,bring,{what},\nV2,ask,More,V1\n",
        )
    merged = merge.read(place)
    lines = merged.partnership["value_lines"]
    assert sorted(
        zip(lines["partner"], lines["line"], lines["what"], lines["answers"], strict=True)
    ) == [
        ("SOM", "V1", "Money", ""),
        ("SOM", "V2", "More", "V1"),
        ("VEC", "V3", "Doors", ""),
        ("VEC", "V4", "More", "V3"),
    ]
    assert [line for line in merged.supplied if "a different line" in line] == [
        "VEC: V1 is a different line there than elsewhere; its code is V3 now.",
        "VEC: V2 is a different line there than elsewhere; its code is V4 now.",
    ]


def test_the_same_code_with_other_words_is_a_conflict_where_all_write_together(tmp_path):
    place = write(tmp_path, **WITH_OBJECTIVES, **{"VEC objectives": "objective,text\nO1,Shadow\n"})
    assert len(merge.read(place).conflicts) == 1


@pytest.mark.parametrize("heading", ["Risk ID", "ID", "No.", "Ref", "#", "risk no", "Código"])
@pytest.mark.parametrize("codes", [("R2", "R1"), ("2", "1"), ("r-02", "r-01")])
def test_codes_under_a_heading_of_ones_own_are_the_codes_and_are_not_numbered_anew(
    tmp_path, heading, codes
):
    risks = f"{heading},What could happen\n{codes[0]},The list gets out\n{codes[1]},The gate\n"
    form = "Partner,How likely [R1],How likely [R2]\nVEC,not likely,likely\n"
    merged = merge.read(write(tmp_path, partners=WITH_RISKS["partners"], risks=risks, views=form))
    read = merged.partnership["risks"].set_index("risk")["what_could_happen"]
    assert read.to_dict() == {"R2": "The list gets out", "R1": "The gate"}
    (told,) = merged.supplied
    assert f"risks.csv, column “{heading}”: this column was taken for the codes of “Risk”" in told


def test_what_others_speak_of_is_not_numbered_anew(tmp_path):
    risks = "What could happen\nThe list gets out\nThe gate\n"
    form = "Partner,How likely [R1],How likely [R2]\nVEC,not likely,likely\n"
    merged = merge.read(write(tmp_path, partners=WITH_RISKS["partners"], risks=risks, views=form))
    assert not {"R1", "R2"} & set(merged.partnership["risks"]["risk"])
    (told,) = merged.supplied
    assert "risks.csv, sheet Risks, rows 2, 3: these lines have no code" in told
    assert "R1, R2 were not given, because views.csv refers to them" in told


def test_a_register_whose_own_words_stand_under_risk_is_read_by_its_numbers(tmp_path):
    merged = merge.read(
        write(tmp_path, partners=WITH_RISKS["partners"], risks="ID,Risk\n1,Gate stays locked\n")
    )
    read = merged.partnership["risks"][["risk", "what_could_happen"]]
    assert read.to_numpy().tolist() == [["R1", "Gate stays locked"]]
    assert "1 = R1" in merged.supplied[0]


def test_codes_of_a_register_of_ones_own_are_kept_and_references_find_them(tmp_path):
    risks = "Risk ID,What could happen\nRSK-002,The list gets out\nRSK-001,The gate\n"
    text = "Partner,Risk ID,How likely\nVEC,RSK-001,likely\nVEC,RSK-002,not likely\n"
    merged = merge.read(
        write(tmp_path, partners=WITH_RISKS["partners"], risks=risks, risk_views=text)
    )
    assert views(merged) == [["VEC", "RSK-001", "likely"], ["VEC", "RSK-002", "not likely"]]
    assert merged.partnership.problems == [] and len(merged.supplied) == 2


def test_numbers_of_a_register_are_found_by_references_under_the_same_heading(tmp_path):
    risks = "Risk ID,What could happen\n2,The list gets out\n1,The gate\n"
    text = "Partner,Risk ID,How likely\nVEC,1,likely\n"
    merged = merge.read(
        write(tmp_path, partners=WITH_RISKS["partners"], risks=risks, risk_views=text)
    )
    assert views(merged) == [["VEC", "R1", "likely"]]
    read = merged.partnership["risks"].set_index("risk")["what_could_happen"]
    assert read["R1"] == "The gate"


def test_giving_codes_takes_no_more_for_each_line_the_more_lines_there_are(tmp_path, monkeypatch):
    compared = []

    def counted(text: object) -> str:
        compared.append(text)
        return plain(text)

    monkeypatch.setattr(row_codes, "plain", counted)
    counts = []
    for lines in (100, 200):
        text = "".join(f"VEC,bring,boat {number}\n" for number in range(lines))
        write(tmp_path / str(lines), **WITH_RISKS, value_lines=f"partner,we,what\n{text}")
        compared.clear()
        merged = merge.read(tmp_path / str(lines))
        assert merged.partnership["value_lines"]["line"].iloc[-1] == f"V{lines}"
        counts.append(len(compared))
    assert counts[1] < 2.5 * counts[0]
