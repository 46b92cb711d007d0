"""The text in the bytes of a file: UTF-8, UTF-16, or the code page of some old program.

No file says in which code page it was written. `charset_normalizer` tells which it may be; a short
list of names leaves it several, so the letters of languages decide between these, and the reader
is always told how the file was taken.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import pairwise

from partnering.language import mark, tr
from partnering.storage.assumed import Assumption, Supplied, shortened

# The code pages that spreadsheets write, the likelier first: what people call them, and for each
# the letters beyond a-z of the languages written in it, the frequent letters of one only.
_ROMAN = (
    "áéíóúñü¿¡ª",
    "àâæçéèêëîïôœùûüÿ",
    "áâãàçéêíóôõúº",
    "äöüß",
    "åäöæøé",
    "àèéìòù",
    "ąęćłńóśźż",
)
_CYRILLIC = ("оеаинтсрвлкмдпуяь", "оаинвіерткслупмяїєґь")
_PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "cp1252": (mark("western European, Windows"), _ROMAN[:-1]),
    "cp1250": (
        mark("central European, Windows"),
        ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    ),
    "cp1254": (mark("Turkish, Windows"), ("çğıöşüâîûİ",)),
    "cp1251": (mark("Cyrillic, Windows"), _CYRILLIC),
    "cp1256": (mark("Arabic, Windows"), ("اليمنتوربهةعدسفكقحجش", "ایمنترودهبشسزکگپچ")),
    "cp1253": (mark("Greek, Windows"), ("αοιετσνηυρπκμλωςάίόέήύώ",)),
    "cp1255": (mark("Hebrew, Windows"), ("יוהלאמרתבשנםן",)),
    "cp1257": (mark("Baltic, Windows"), ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöü")),
    "cp874": (mark("Thai, Windows"), ("านรกเงมยลวดทสตะปบคหแจพชขใไโ่้ัิีึืุู์",)),
    "koi8_u": (mark("Cyrillic, KOI8"), _CYRILLIC),
    "cp850": (mark("western European, DOS"), _ROMAN[:-1]),
    "mac_roman": (mark("western European, old Macintosh"), _ROMAN[:-1]),
    "cp932": (mark("Japanese, Shift-JIS"), ()),
    "gb18030": (mark("Chinese, simplified, GBK"), ()),
    "big5": (mark("Chinese, traditional, Big5"), ()),
    "cp949": (mark("Korean, Windows"), ()),
}
_LONE_SIGNS = "“”‘’„‚–—…•«»€°·©®™½¼¾²³ªº¿¡§№£"
_CASED = re.compile(r"[^\W\d_]+")
_SIGN_IN_WORD = re.compile(rf"(?<=[^\W\d_])[{_LONE_SIGNS.replace('’', '')}](?=[^\W\d_])")
_VOWELS = "аеёиоуыэюяіїєαεηιουωάέήίόύώϊϋΐΰ"
_LOOKED_AT = 1_000_000  # letters
_SAMPLE = 20_000  # bytes are enough to know a language by
# Where each code page keeps its frequent characters, by the first byte of two.
_COMMON = {
    "cp932": range(0x88, 0x98),
    "gb18030": range(0xB0, 0xD8),
    "big5": range(0xA4, 0xC7),
    "cp949": range(0xB0, 0xC9),
}


def decoded(data: bytes) -> Supplied[str]:
    """The text of a file.

    Args:
        data: The contents of the file.

    Returns:
        The text, with an assumption where the file does not say itself how it is written.
    """
    for mark_of_order, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark_of_order):
            return Supplied(data.decode(encoding, errors="replace"))
    if wide := _without_order(data):
        text = data.decode(wide, errors="replace")
        name = "UTF-16" if "16" in wide else "UTF-32"
        said = tr("{encoding}, without its mark").format(encoding=name)
        return Supplied(text, [_taken(text, said)])
    try:
        text = data.decode("utf-8-sig")
        return Supplied(text, _twice_encoded(text))
    except UnicodeDecodeError:
        broken = data.decode("utf-8-sig", errors="replace")
    lost, odd = broken.count("\ufffd"), sum(sign > "\x7f" for sign in broken)
    if odd - lost > 4 * lost:
        said = tr("it is UTF-8, but some of its letters are damaged: they appear as {sign}.")
        return Supplied(broken, [Assumption(said.format(sign="\ufffd"))])
    page = _page(data)
    text = data.decode(page, errors="replace")
    return Supplied(text, [_taken(text, f"{tr(_PAGES[page][0])} ({page})")])


# What becomes of two bytes of UTF-8 when they are taken for two letters of western European.
_GARBLED = re.compile("[\u00c2-\u00df\u00e2]")
_TWICE = re.compile("[\u00c2-\u00df][\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac[\u0080-\u2122]")


def _words(text: str) -> Iterator[str]:
    """What stands between the signs that part cells, one after the other."""
    return (found[0] for found in re.finditer(r"[^\n,;\t|\"]+", text))


def _twice_encoded(text: str) -> list[Assumption]:
    """That some program has garbled letters before, as in Ã© for é; none where it has not."""
    if text.isascii() or not _TWICE.search(text):
        return []
    for word in _words(text[:_LOOKED_AT]):
        if not _GARBLED.search(word):
            continue
        try:
            meant = word.strip().encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        if meant != word.strip():
            said = tr(
                "some letters were garbled by a program before: “{word}” was probably “{meant}”. "
                "They are kept so. Save the file again as CSV UTF-8 where it comes from."
            )
            word, meant = shortened(word.strip(), 40), shortened(meant, 40)
            return [Assumption(said.format(word=word, meant=meant))]
    return []


def _taken(text: str, encoding: str) -> Assumption:
    """That a file was taken for one of an encoding, with a word by which people see it."""
    word = next((word for word in _words(text) if not word.isascii()), text)
    return Assumption(
        tr(
            "the file does not say how its letters are written. It was taken as {encoding}, which "
            "gives “{word}”. If that is wrong, save it again as CSV UTF-8."
        ).format(encoding=encoding, word=shortened(word.strip(), 40)),
    )


def _without_order(data: bytes) -> str:
    """UTF-16 or UTF-32 that lacks its mark: most bytes of plain headings are zero."""
    first = data[:400]
    if len(first) < 4 or b"\x00" not in first:
        return ""
    zeros = [first[at::4].count(0) > len(first) // 8 for at in range(4)]
    if zeros in ([False, True, True, True], [True, True, True, False]):
        return "utf-32-be" if zeros[0] else "utf-32-le"
    even, odd = first[::2].count(0), first[1::2].count(0)
    if odd > len(first) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(first) // 4 and not odd else ""


def _page(data: bytes) -> str:
    """The code page in which a file was probably written."""
    from charset_normalizer import from_bytes

    sample = _odd_lines(data)
    possible = [page for page in _PAGES if _can(data, page)]
    told = from_bytes(sample, cp_isolation=possible, threshold=0.4) if possible else ()
    messy = {match.encoding: match.chaos for match in told}
    for match in told:
        messy |= dict.fromkeys(match.could_be_from_charset, match.chaos)
    order = list(_PAGES)

    def quality(page: str) -> tuple[float, int]:
        name = {"cp932": "shift_jis", "cp949": "euc_kr"}.get(page, page)
        mess = min(messy.get(page, 0.5), messy.get(name, 0.5))
        return _fit(sample, page) - mess, -order.index(page)

    return max(possible, key=quality, default="cp1252")


def _can(data: bytes, page: str) -> bool:
    try:
        data.decode(page)
    except UnicodeDecodeError:
        return False
    return True


def _odd_lines(data: bytes) -> bytes:
    """The lines of a file that have other bytes than plain letters, as many as are needed."""
    lines, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"".join(lines)[: 4 * _SAMPLE]


def _fit(sample: bytes, page: str) -> float:
    """How well a text in a code page looks like words of a language written in it, at most 1."""
    text = sample.decode(page, errors="ignore")
    odd = [sign for sign in text if ord(sign) > 127 and sign not in _LONE_SIGNS]
    if not odd:
        return 0.5
    if page in _COMMON:
        return _fit_of_two_bytes(sample, text, page)
    letters = [sign for sign in odd if sign.isalpha() or sign in "่้ัิีึืุู์"]
    best = 0.0
    for frequent in _PAGES[page][1]:
        known = sum(sign.lower() in frequent or sign in frequent for sign in letters)
        best = max(best, known / len(odd))
    return best - _unlike_words(text) / len(odd)


def _unlike_words(text: str) -> float:
    """How many letters stand as in no word: small before capital, two scripts, vowels in a row."""
    wrong = float(len(_SIGN_IN_WORD.findall(text)))
    for word in _CASED.findall(text):
        if word.isascii():
            continue
        plain = sum(sign.isascii() for sign in word)
        roman = all(sign < "\u0250" for sign in word)
        odd = len(word) - plain
        wrong += sum(a.islower() and b.isupper() for a, b in pairwise(word))
        if plain and not roman:
            wrong += odd
        between = all("\u0370" <= sign <= "\u04ff" for sign in word)
        if between and len(word) > 3 and not any(sign in _VOWELS for sign in word.lower()):
            wrong += odd
        if roman and odd > 2 and odd > len(word) / 2:
            wrong += odd
    return wrong


def _fit_of_two_bytes(sample: bytes, text: str, page: str) -> float:
    """How many characters are frequent ones of a code page with two bytes a character."""
    wide = [sign for sign in text if ord(sign) > 127]
    kana = sum("\u3040" <= sign <= "\u30ff" for sign in wide)
    half_wide = sum("\uff61" <= sign <= "\uff9f" for sign in wide)
    hangul = sum("\uac00" <= sign <= "\ud7a3" for sign in wide)
    common = rare = 0
    for sign in wide:
        first = sign.encode(page, errors="ignore")[:1]
        if first and first[0] in _COMMON[page]:
            common += 1
        elif not ("\u3000" <= sign <= "\u30ff" or "\uff00" <= sign <= "\uff60"):
            rare += 1
    for word in _CASED.findall(text):  # “Señal” in another code page: Latin, and one wide letter
        foreign = sum(ord(sign) > 127 for sign in word)
        if word[0].isascii() and 0 < foreign <= 2:
            common, rare = common - foreign, rare + foreign
    fit = (common + (kana if page == "cp932" else 0)) / max(len(wide), 1)
    fit -= (rare + half_wide) / max(len(wide), 1)
    if page == "cp949" and 0 < hangul < common + rare:
        fit -= 0.5  # words of both scripts in one breath are another code page
    if page == "cp949" and hangul == len(wide):
        fit += 0.3  # its part of the table is small: by chance no other language stays in it
    if page != "cp932" and kana:
        fit -= 0.3
    return fit
