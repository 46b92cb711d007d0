"""One file to take home: it comes back as it was, tells nobody else's, and whatever is wrong with it is said."""

import hashlib
import io
import json
import random
import shutil
import zipfile
from pathlib import Path

import pytest

import examples
from making import partnership
from partnering.partnership import ROOM
from partnering.storage import (
    carrying,
    folder,
    forget,
    home_file,
    made_files,
    moved,
    paths,
    reported,
    versions,
)
from partnering.storage.atomic import NotOpened, NotSaved

EXAMPLES = Path(__file__).parents[2] / "exercises" / "examples"
PHRASE = "größe fünf wörter"


@pytest.fixture
def mine(tmp_path, monkeypatch) -> Path:
    """A partnership of one's own in my-partnerships, saved twice, of which a report was shown."""
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "mine")
    monkeypatch.setattr(paths, "CHOSEN", tmp_path / "mine" / "chosen.txt")
    place = tmp_path / "mine" / "ours"
    place.parent.mkdir()
    shutil.copytree(EXAMPLES / "shade-under-way", place)
    p = folder.read(place)
    p.edit("partnership", p.sheets["partnership"].assign(title="The river"))
    folder.write(p, place)
    reported.keep(p)
    moved.note(place, "risks", {"R9": "R-A"})
    (place / "our own.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return place


def as_it_lies(place: Path) -> dict[str, bytes]:
    """The tables, the house files, and what is kept with them."""
    return carrying.contents(place)


def everything(place: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(place)): file.read_bytes()
        for file in place.rglob("*")
        if file.is_file()
    }


# ---------------------------------------------------------------- there and back


@pytest.mark.parametrize("passphrase", ["", PHRASE])
def test_what_is_taken_home_comes_back_byte_for_byte_beside_what_is_there(mine, passphrase):
    before = as_it_lies(mine)
    assert {"risks.csv", "our own.csv", "houses/VEC.csv", ".reported.json", ".moved.json"} <= set(
        before
    )
    made = carrying.take_home(mine, passphrase)
    p = folder.read(mine)
    p.edit("partnership", p.sheets["partnership"].assign(title="Changed since"))
    folder.write(p, mine)
    now = everything(mine)
    back = carrying.bring_back(made.path, passphrase)
    assert back.place == mine.with_name("ours-2") and as_it_lies(back.place) == before
    assert everything(mine) == now
    assert "ours is here already" in " ".join(back.sentences)
    assert folder.read(back.place).title == "The river"


def test_where_the_same_is_here_already_nothing_is_written(mine):
    made = carrying.take_home(mine)
    back = carrying.bring_back(made.path)
    assert back.place == mine and "The same is in ours already" in back.sentences[0]
    assert [place.name for place in paths.my_partnerships()] == ["ours"]


def test_an_open_file_is_a_zip_of_csv_files_with_a_manifest_that_opens_by_hand(mine, tmp_path):
    made = carrying.take_home(mine)
    with zipfile.ZipFile(made.path) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        packed.extractall(tmp_path / "by hand")
    assert manifest["partnering"] == 1 and manifest["name"] == "ours" and manifest["day"]
    assert (
        manifest["files"]["risks.csv"]
        == hashlib.sha256((mine / "risks.csv").read_bytes()).hexdigest()
    )
    assert folder.read(tmp_path / "by hand").title == "The river"


def test_a_locked_file_tells_neither_answers_nor_the_names_of_files(mine):
    made = carrying.take_home(mine, PHRASE)
    with zipfile.ZipFile(made.path) as packed:
        assert packed.namelist() == ["partnership.zip"]
    assert b"VEC" not in made.path.read_bytes()
    for wrong in ("", "another phrase than that"):
        with pytest.raises(home_file.Locked):
            carrying.bring_back(made.path, wrong)


def test_an_accent_may_be_typed_in_two_ways(mine):
    made = carrying.take_home(mine, "größe fünf wörter")
    one = home_file.read(made.path, "gro\u0308ße fu\u0308nf wo\u0308rter")
    assert one == home_file.read(made.path, "größe fünf wörter") and one


def test_a_short_passphrase_is_refused(mine):
    with pytest.raises(NotSaved, match="four words"):
        carrying.take_home(mine, "secret")


def test_a_workbook_is_taken_home_as_tables(mine, tmp_path):
    from partnering.storage import workbook

    place = tmp_path / "mine" / "book.xlsx"
    workbook.write(folder.read(mine), place)
    back = carrying.bring_back(carrying.take_home(place).path)
    assert back.place.name == "book-2" or back.place.name == "book"
    assert folder.read(back.place)["risks"].equals(folder.read(mine)["risks"])


def test_the_file_lies_with_the_partnership_is_listed_and_is_forgotten_with_it(mine, tmp_path):
    made = carrying.take_home(mine)
    elsewhere = carrying.hand_over(mine, out=tmp_path / "stick.partnering")
    assert mine in made.path.parents
    assert {one.path for one in made_files.of(mine)} == {made.path, elsewhere.path}
    told = forget.row(mine, "risks", "R1")  # what is taken back stands in the files too
    assert not made.path.exists() and not elsewhere.path.exists()
    assert any("stick.partnering is gone" in one for one in told.sentences)


def test_nothing_is_written_over(mine, tmp_path):
    out = tmp_path / "there.partnering"
    out.write_text("mine")
    with pytest.raises(NotSaved, match="exists already"):
        carrying.take_home(mine, out=out)
    assert out.read_text() == "mine"
    made = carrying.take_home(mine)
    with pytest.raises(NotSaved, match="exists already"):
        carrying.bring_back(made.path, place=mine)


# ---------------------------------------------------------------- for whom


def test_handing_over_leaves_house_files_and_says_what_stays_here(mine):
    (mine / "photo of the wall.jpg").write_bytes(b"x")
    made = carrying.hand_over(mine)
    files = home_file.read(made.path).files
    assert "risks.csv" in files and ".reported.json" in files
    assert not any(name.startswith("houses/") for name in files)
    said = " ".join(made.sentences)
    assert "file to carry" not in said  # the one that goes does not stay
    assert "earlier version" in said and "the files inside SOM, VEC" in said
    assert "photo of the wall.jpg" in said and "To forget" in said and versions.kept(mine)
    agreed = home_file.read(carrying.hand_over(mine, with_houses=True).path).files
    assert "houses/VEC.csv" in agreed


SECRET = "told-in-confidence"


def test_a_partners_file_holds_its_own_and_what_the_room_sees_and_nothing_else(tmp_path):
    p = partnership(
        "ANA BEN",
        partnership=[{"mode": "confidential", "title": "Ours"}],
        risks=[
            {"risk": "R1", "what_could_happen": "the gate is locked", "share": "everyone here"},
            {"risk": "R2", "what_could_happen": SECRET, "share": "facilitator only"},
        ],
        risk_views=[
            {
                "partner": "ANA",
                "risk": "R1",
                "how_likely": "likely",
                "in_a_few_words": "ANA knows why",
            },
            {"partner": "BEN", "risk": "R1", "how_likely": "not likely", "in_a_few_words": SECRET},
            {"partner": "ANA", "respondent": "a2", "risk": "R1", "in_a_few_words": SECRET},
        ],
    )
    place = tmp_path / "ours"
    folder.write(p, place)
    (place / "houses").mkdir()
    (place / "houses" / "ANA.csv").write_text(f"partner,answer\nANA,{SECRET}\n")
    reported.keep(folder.read(place))
    found = home_file.read(carrying.give(place, "ANA").path)
    text = b"".join(found.files.values()).decode()
    assert SECRET not in text and "ANA knows why" in text and "the gate is locked" in text
    assert ".reported.json" not in found.files and found.partner == "ANA"
    back = carrying.bring_back(tmp_path / carrying.give(place, "ANA").path, place=tmp_path / "hers")
    assert "Do not show results of it as complete" in " ".join(back.sentences)
    hers = folder.read(back.place)
    assert hers.mode == "confidential" and hers.for_reader(ROOM)["risk_views"].empty


@pytest.mark.parametrize(("example", "partner"), [("shade-under-way", "VEC"), ("uwi", "LUW")])
def test_a_partners_file_is_a_partnership_in_which_every_cell_can_be_read(
    tmp_path, example, partner
):
    whole = examples.example(example)
    for name, data in carrying.of_partner(whole, partner).items():
        (tmp_path / name).write_bytes(data)
    hers = folder.read(tmp_path)
    assert hers.problems == [] and hers.kept == [] and list(hers.names) == list(whole.names)
    own = whole["value_lines"]["partner"] == partner
    assert set(whole["value_lines"].loc[own, "line"]) <= set(hers["value_lines"]["line"])


def test_what_a_partner_may_not_see_changes_no_byte_of_its_file(tmp_path):
    rows = [("BEN", "", "R1", "likely", "harms us", "in confidence")]
    risks = [{"risk": "R1", "what_could_happen": "rain", "share": "everyone here"}]
    one = partnership(
        "ANA BEN", partnership=[{"mode": "confidential"}], risks=risks, risk_views=rows
    )
    kept = [{"risk": "R-A", "what_could_happen": SECRET, "share": "facilitator only"}]
    other = partnership(
        "ANA BEN",
        partnership=[{"mode": "confidential"}],
        risks=risks + kept,
        risk_views=[("BEN", "", "R1", "not likely", "slows us", SECRET)],
    )
    assert carrying.of_partner(one, "ANA") == carrying.of_partner(other, "ANA")


def test_a_partner_that_is_not_there_is_said(mine):
    with pytest.raises(NotOpened, match="no partner “XXX” here; there are VEC"):
        carrying.give(mine, "XXX")


# ---------------------------------------------------------------- whatever is wrong is said


def zipped(place: Path, inside: dict[str, bytes], /, **manifest) -> Path:
    """A file as somebody else might have made it."""
    told = {
        "partnering": 1,
        "name": "x",
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in inside.items()},
    } | manifest
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", json.dumps(told))
        for name, data in inside.items():
            packed.writestr(name, data)
    return place


@pytest.fixture
def little(tmp_path, monkeypatch) -> Path:
    """A partnership of a few bytes in my-partnerships."""
    monkeypatch.setattr(paths, "MY_PARTNERSHIPS", tmp_path / "mine")
    place = tmp_path / "mine" / "ours"
    place.mkdir(parents=True)
    (place / "partners.csv").write_text("partner,name\nBEN,Ben\n")
    return place


def refused(place: Path, mine: Path) -> str:
    """The sentence with which a file is refused; nothing is there or changed then."""
    before = everything(mine.parent)
    with pytest.raises((NotOpened, NotSaved)) as told:
        carrying.bring_back(place)
    assert everything(mine.parent) == before
    return str(told.value)


TABLE = {"partners.csv": b"partner,name\nANA,Ana\n"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.csv",
        "/tmp/evil.csv",
        "C:\\evil.csv",
        "..\\evil.csv",
        "houses/../../evil.csv",
        "houses/deep/evil.csv",
        ".versions/x.csv",
        ".~saving",
        ".made.json",
        "run.exe",
        "con.csv",
        ".csv",
        "houses/.csv",
        "a\nb.csv",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(little, tmp_path, name):
    file = zipped(tmp_path / "x.partnering", TABLE | {name: b"evil"})
    assert "would be put elsewhere" in refused(file, little)


def test_a_changed_checksum_a_lost_and_an_added_file_are_named(little, tmp_path):
    good = {name: hashlib.sha256(data).hexdigest() for name, data in TABLE.items()}
    file = tmp_path / "x.partnering"
    for files, sums in (
        ({"partners.csv": b"partner,name\nEVE,Eve\n"}, good),
        (TABLE, good | {"risks.csv": "0"}),
        (TABLE | {"risks.csv": b"risk\nR1\n"}, good),
    ):
        said = refused(zipped(file, files, files=sums), little)
        assert "is not as it was made" in said and ("partners.csv" in said or "risks.csv" in said)


def test_a_file_of_a_newer_handbook_is_said(little, tmp_path):
    file = zipped(tmp_path / "x.partnering", TABLE, partnering=2)
    assert "a newer handbook" in refused(file, little)


@pytest.mark.parametrize("partnering", ["1", None, True, 0, -1, [], {"a": 1}])
def test_a_manifest_that_cannot_be_read_is_said(little, tmp_path, partnering):
    file = zipped(tmp_path / "x.partnering", TABLE, partnering=partnering)
    assert "is damaged" in refused(file, little)


def test_a_bomb_is_read_no_further_than_the_limit(little, tmp_path, monkeypatch):
    monkeypatch.setattr(home_file, "LARGEST", 1_000_000)
    file = zipped(tmp_path / "x.partnering", {"a.csv": bytes(600_000), "b.csv": bytes(600_000)})
    assert "more than any partnership" in refused(file, little)
    data = bytearray(file.read_bytes())  # it claims to be small
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    file.write_bytes(bytes(data))
    assert refused(file, little)


def test_very_many_files_are_not_read(little, tmp_path):
    file = zipped(tmp_path / "x.partnering", {f"{at}.csv": b"" for at in range(3000)})
    assert "more than any partnership" in refused(file, little)


def test_files_whose_names_differ_in_capitals_alone_are_refused(little, tmp_path):
    file = zipped(tmp_path / "x.partnering", TABLE | {"Partners.csv": b"partner\n"})
    assert "is damaged" in refused(file, little)


def test_what_is_no_file_of_ours_is_said(little, tmp_path):
    file = tmp_path / "x.partnering"
    for data in (b"", b"PK", b"hello", bytes(100)):
        file.write_bytes(data)
        assert "is damaged" in refused(file, little)
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("partners.csv", "partner\n")
    assert "not a file that the handbook has made" in refused(file, little)
    assert "cannot be reached" in refused(tmp_path / "nowhere.partnering", little)
    file = zipped(tmp_path / "y.partnering", {})
    assert "no tables" in refused(file, little)
    file = zipped(tmp_path / "z.partnering", {"partners.csv": b"PK\x03\x04"})
    assert "is not a CSV file" in refused(file, little)


@pytest.mark.parametrize("passphrase", ["", PHRASE])
def test_a_file_damaged_anywhere_is_a_sentence_or_comes_back_as_it_was(tmp_path, passphrase):
    files = TABLE | {"houses/ANA.csv": b"partner\n", ".moved.json": b"{}"}
    whole = home_file.written("ours", files, passphrase)
    dice, place = random.Random(7), tmp_path / "x.partnering"
    told = 0
    for _ in range(250):
        data = bytearray(whole)
        if dice.random() < 0.5:
            for _ in range(dice.randrange(1, 4)):
                data[dice.randrange(len(data))] = dice.randrange(256)
        else:
            del data[dice.randrange(len(data)) :]
        place.write_bytes(bytes(data))
        try:
            assert home_file.read(place, passphrase).files == files
        except NotOpened as error:
            told += str(error).endswith(".")
    assert told > 150


def test_what_cannot_come_back_is_not_made(tmp_path):
    with pytest.raises(NotSaved, match="name that not every computer takes"):
        home_file.written("ours", {"con.csv": b""})
    big = io.BytesIO(bytes(home_file.LARGEST + 1)).getvalue()
    with pytest.raises(NotSaved, match="too large"):
        home_file.written("ours", {"a.csv": big})


def test_a_full_disk_leaves_no_half_partnership(mine, monkeypatch):
    made = carrying.take_home(mine)
    shutil.rmtree(mine / "houses")
    monkeypatch.setattr(
        "partnering.storage.atomic._write", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(NotSaved, match="disk is full"):
        carrying.bring_back(made.path)
    assert [place.name for place in paths.my_partnerships()] == ["ours"]
