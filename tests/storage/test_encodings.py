"""CSV files of old programs: taken for the code page they are in, and it is said with a word."""

import time

import pytest

from partnering import __main__ as command_line
from partnering.storage import encodings, folder
from partnering.storage.assumed import Assumption

WORDS = {
    "cp1250": ["Řeka Dunaj, Přátelé stínu", "Łąka i źródło", "Győr tűzoltó", "Šternberk, Žižkov"],
    "cp1251": ["Общество тени", "Ворота закрыты", "Громада Київ"],
    "cp1252": ["Peñón de la Ribera", "Société Générale à Évry", "Große Straße", "Fundação São João"],
    "cp1253": ["Σκιά της πόλης", "Η πύλη κλειδωμένη"],
    "cp1254": ["Gölge Derneği, İstanbul", "Şehir sağlığı"],
    "cp1255": ["עמותת הצל"],
    "cp1256": ["جمعية الظل", "البوابة مغلقة", "الشركاء"],
    "cp932": ["日陰の会 東京都", "門が閉まっている"],
    "gb18030": ["阴凉协会 北京市", "大门锁着"],
    "big5": ["遮蔭協會 臺北市"],
    "cp949": ["그늘 협회 서울", "문이 잠겨 있다"],
    "mac_roman": ["Société à Évry", "Peñón de la Ribera", "Große Straße über"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("page", "word"), [(page, word) for page, words in WORDS.items() for word in words]
)
def test_a_short_file_in_an_old_code_page_is_read_and_a_word_of_it_is_shown(page, word):
    told = []
    text = f"partner;name\nVEC;{word}\nSOM;Sombra\n"
    assert encodings.decoded(text.encode(page)).told_to(told) == text
    assert f"({page})" in str(told[0]) and f"“{word.split(',')[0]}" in str(told[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_says_itself_how_it_is_written_needs_no_assumption(encoding):
    told = []
    assert encodings.decoded("name\nSeñal\n".encode(encoding)).told_to(told) == "name\nSeñal\n"
    assert told == []


def test_a_few_damaged_letters_do_not_make_a_file_another_code_page():
    told = []
    data = "name\nSeñal, Peñón, Società, Évry, Łąka\n".encode() + b"\xf1\n"
    text = encodings.decoded(data).told_to(told)
    assert "Señal, Peñón" in text and "some of its letters are damaged" in str(told[0])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_told(encoding):
    told = []
    assert (
        encodings.decoded("partner,name\nA,Señal\n".encode(encoding)).told_to(told)[:7] == "partner"
    )
    assert "UTF-16" in str(told[0])


def test_a_folder_in_an_old_code_page_is_checked_with_a_sentence_and_ends_with_one(
    tmp_path, capsys
):
    (tmp_path / "partners.csv").write_bytes("partner,name\nVEC,جمعية الظل\n".encode("cp1256"))
    assert folder.read(tmp_path)["partners"]["name"].tolist() == ["جمعية الظل"]
    assert command_line.main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "partners.csv: the file does not say how its letters are written" in said
    assert "“جمعية الظل”" in said


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_its_mark_is_read_and_said(encoding):
    told, text = [], "partner,name\nVEC,Señal\n"
    assert encodings.decoded(text.encode(encoding)).told_to(told) == text
    assert f"{encoding[:6].upper()}, without its mark" in str(told[0])


def test_letters_that_a_program_has_garbled_before_are_kept_and_asked_about():
    told, garbled = [], "partner,name\nVEC,SeÃ±al Caribe\n"
    assert encodings.decoded(garbled.encode()).told_to(told) == garbled
    assert "“SeÃ±al Caribe” was probably “Señal Caribe”" in str(told[0])
    told.clear()
    encodings.decoded("partner,name\nVEC,Ângela e a Ádria\n".encode()).told_to(told)
    assert told == []


def test_a_long_text_without_accents_takes_no_longer_than_a_short_one():
    begun = time.process_time()
    told: list[Assumption] = []
    for cell, odd in ((b"a" * 300_000, b"\xe9"), (b"a" * 300_000, "Ã©".encode())):
        encodings.decoded(cell + b"," + odd).told_to(told)
    assert time.process_time() - begun < 3
    assert "which gives “é”" in str(told[0]) and "was probably “é”" in str(told[1])
