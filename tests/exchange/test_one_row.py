"""One row of many files: where they differ both are named, and the stricter counts."""

import pytest

from exchange.came_back import WITH_OBJECTIVES, WITH_RISKS, sheet, write
from partnering.exchange import merge


def test_a_conflict_names_both_files_and_what_each_says_and_the_first_counts(tmp_path):
    place = write(
        tmp_path,
        **WITH_OBJECTIVES,
        vec="partner,objective,stance,our_part\nVEC,O1,support it,\n",
        vecinas=(
            "partner,objective,stance,our_part\nVecinas de la Ribera,O1,Strongly for "
            "it,essential part\n"
        ),
    )
    merged = merge.read(place)
    assert merged.conflicts == [
        "Our position on each objective VEC, as a whole, O1, Our position: vec.csv, row 2, says "
        "“support it”, vecinas.csv, row 2, says “strongly for it”. “support it” counts until you "
        "decide."
    ]
    found = merged.partnership["positions"].iloc[0]
    assert (found["stance"], found["our_part"]) == (
        "support it",
        "essential part",
    )  # what only one says is no conflict


def test_what_is_known_of_the_partnership_itself_is_merged_answer_by_answer(tmp_path):
    for name, text in (("one", "Mode,open\n"), ("two", "Mode,held\nDate,2026-11-30\n")):
        write(
            tmp_path / name,
            partnership=f"What,Answer\nTitle,Shade\n{text}",
            partners=WITH_OBJECTIVES["partners"],
        )
    merged = merge.read(tmp_path)
    assert (
        merged.partnership.fact("title") == "Shade"
        and str(merged.partnership.fact("date").date()) == "2026-11-30"
    )
    assert (
        len(merged.conflicts) == 1
        and "How answers are shown: one, row 3, says “with names”, two, row 3, says “confidential”"
        in merged.conflicts[0]
    )


def test_a_conflict_inside_one_file_names_both_rows(tmp_path):
    text = "Partner,How likely [R1]\nVEC,likely\nSOM,not likely\nVEC,not likely\n"
    (told,) = merge.read(write(tmp_path, **WITH_RISKS, answers=text)).conflicts
    assert "answers.csv, row 2, says “likely”, answers.csv, row 4, says “not likely”" in told


@pytest.mark.rule("R11")
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("strict", "open_"),
    [
        ("facilitator only", "everyone here"),
        ("not typed", "everyone here"),
        ("not typed", "facilitator only"),
        ("F", "everyone here"),
        ("private!", "everyone here"),
        ("#REF!", "everyone here"),
        ("", "everyone here"),
        ("facilitator only", ""),
    ],
)
def test_where_two_files_differ_on_sharing_the_stricter_counts_and_it_is_said(
    tmp_path, strict, open_, order
):
    said = [strict, open_][::order]
    place = write(tmp_path, **WITH_OBJECTIVES)
    for number, share in enumerate(said):
        row = {"partner": ["VEC"], "objective": ["O1"], "stance": ["cannot accept it"]}
        sheet(**row, share=[share]).to_csv(place / f"{number} positions.csv", index=False)
    merged = merge.read(place)
    counts = {"F": "facilitator only"}.get(strict, strict)
    assert merged.partnership.sheets["positions"]["share"].tolist() == [counts]
    assert "cannot accept it" not in str(merged.partnership.for_reader("room")["positions"])
    (told,) = merged.conflicts
    assert "0 positions.csv" in told and "1 positions.csv" in told
    assert (
        f"The stricter counts, {f'“{counts}”' if counts else 'nothing'}, until you decide." in told
    )


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("strict", ["not shown", "whatever", ""])
def test_where_two_files_differ_on_the_wall_the_stricter_counts(tmp_path, strict, order):
    place = write(tmp_path, **WITH_OBJECTIVES)
    for number, said in enumerate([strict, "with our name"][::order]):
        row = {"partner": ["VEC"], "positions": [said], "worth": ["with our name"]}
        sheet(**row).to_csv(place / f"{number} consents.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.sheets["consents"]["positions"].tolist() == [strict]
    assert merged.partnership.sheets["consents"]["worth"].tolist() == ["with our name"]
    (told,) = merged.conflicts
    assert (
        f"The stricter counts, {f'“{strict}”' if strict else 'nothing'}, until you decide." in told
    )


def test_a_file_that_does_not_ask_who_may_see_a_row_says_nothing_about_it(tmp_path):
    place = write(tmp_path, **WITH_OBJECTIVES)
    row = {"partner": ["VEC"], "objective": ["O1"], "stance": ["cannot accept it"]}
    sheet(**row).to_csv(place / "0 positions.csv", index=False)
    sheet(**row, share=["everyone here"]).to_csv(place / "1 positions.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.sheets["positions"]["share"].tolist() == ["everyone here"]
    assert not merged.conflicts


@pytest.mark.rule("R11")
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("strict", ["confidential", "anonymous", "secret-ish"])
def test_where_two_files_differ_on_how_openly_answers_are_handled_the_stricter_counts(
    tmp_path, strict, order
):
    place = write(tmp_path, **WITH_OBJECTIVES)
    for number, mode in enumerate(["with names", strict][::order]):
        sheet(title=["T"], mode=[mode]).to_csv(place / f"{number} partnership.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.mode == "confidential"
    assert [told for told in merged.conflicts if f"The stricter counts, “{strict}”" in told]


@pytest.mark.parametrize("order", [1, -1])
def test_where_two_files_differ_on_the_form_of_a_transfer_a_grant_counts(tmp_path, order):
    place = write(tmp_path, **WITH_OBJECTIVES)
    for number, form in enumerate(["joint fund", "grant"][::order]):
        row = {"transfer": ["T1"], "from": ["VEC"], "to": ["SOM"], "form": [form]}
        sheet(**row).to_csv(place / f"{number} transfers.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership.money_moves and merged.partnership.mode == "confidential"
    assert "The stricter counts, “grant”" in merged.conflicts[0]


def test_of_other_answers_the_first_counts_as_before(tmp_path):
    place = write(tmp_path, **WITH_OBJECTIVES)
    for number, stance in enumerate(("support it", "cannot accept it")):
        row = {"partner": ["VEC"], "objective": ["O1"], "stance": [stance]}
        sheet(**row).to_csv(place / f"{number} positions.csv", index=False)
    merged = merge.read(place)
    assert merged.partnership["positions"]["stance"].tolist() == ["support it"]
    assert "“support it” counts until you decide." in merged.conflicts[0]


@pytest.mark.parametrize("days", [("03/04/2026", "25/12/2026"), ("25/12/2026", "03/04/2026")])
def test_days_of_one_file_are_read_alike_whatever_their_order_and_told(tmp_path, days):
    rows = "".join(f"P{at},VEC,x,{day}\n" for at, day in enumerate(days, start=1))
    merged = merge.read(
        write(tmp_path / "in", **WITH_OBJECTIVES, promises=f"promise,partner,what,due\n{rows}")
    )
    due = {f"{day:%Y-%m-%d}" for day in merged.partnership["promises"]["due"]}
    assert due == {"2026-04-03", "2026-12-25"}
    assert any("the day was read first" in said for said in merged.unread)
