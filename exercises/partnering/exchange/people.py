"""Columns that tell who somebody is: by what their cells look like, in any language.

Addresses, telephone numbers, places on a map, times of the clock and names of people. What form
tools add of their own accord is known by its heading besides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import pandas as pd

from partnering.language import mark
from partnering.schema.spelling import as_heading, plain, seen

MAIL, TELEPHONE, NUMBER, PLACE, TIME, NAME, SIGN = (
    mark("e-mail addresses"),
    mark("phone numbers"),
    mark("addresses of computers"),
    mark("places where people are"),
    mark("times at which people answered"),
    mark("names of people"),
    mark("codes by which the form tool knows who answered"),
)
ENOUGH = 0.5  # the share of cells that have to look alike

_MAIL = re.compile(r"[^\s@<>,;:]{1,64}@[^\s@<>,;:]{1,255}\.[^\W\d_]{2,}")  # linear: RFC 5321
_NUMBER = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.I)
_CLOCK = re.compile(
    r"(?:\S{6,11}[T ,]+|[^\d]{2,12}\d{1,2},? \d{4},?\s+)?\d{1,2}[:.h]\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?\s?m\.?|z|[a-z]{3,4}|(?:gmt|utc)?\s?[+-]\d{1,2}:?\d{0,2})?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.*", re.DOTALL)
_TELEPHONE = re.compile(r"(?:tel\.?:?\s*)?[+(]?\d[\d\s()./-]{5,22}\d", re.IGNORECASE)
_TELEPHONE_WITHIN = re.compile(
    r"(?:\+[1-9]|\b00[1-9]|\btel\.?:?\s?\d)[\d\s()./-]{6,20}\d", re.IGNORECASE
)
# No amount begins with a nought, and with spaces one of eight digits may be a telephone number.
_AMOUNT = re.compile(
    r"(?:0|[1-9]\d{0,7}|[1-9]\d?(?:[.,']\d{3}){1,2}|[1-9]\d?\s\d{3}|[1-9](?:\s\d{3}){2})(?:[.,]\d{1,2})?"
)
_ON_A_MAP = re.compile(
    r"[+-]?\d{1,2}\.\d{3,}[,;\s]+[+-]?\d{1,3}\.\d{3,}(?:[,;\s]+[+-]?\d+\.?\d*){0,2}"
)
_STREET = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|calle|carrera|avenida|rua|rue|via|strada|straße|"
    r"strasse|weg|platz|ulica|ul|улица|ул|sokak|cadde|jalan|jl|p\.? ?o\.? box)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    (
        *("de", "da", "do", "dos", "das", "del", "della", "di", "du", "le", "la", "y", "e"),
        *("van", "von", "der", "den", "bin", "ibn", "al", "el"),
    )
)
_PART_OF_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")

_BY_HEADING = {
    MAIL: "email|e-mail|mail|email address|e-mail address|correo|correo electrónico|courriel|"
    "adresse e-mail|e-mail-adresse|endereço de e-mail|электронная почта|البريد الإلكتروني|邮箱|"
    "メールアドレス|e-posta|adresse de messagerie|dirección de correo electrónico|"
    "correo electrónico|posta elettronica|endereço de email|адрес электронной почты|"
    "عنوان البريد الإلكتروني|电子邮件|이메일|adres e-mail",
    TELEPHONE: "phone|phone number|telephone|tel|mobile|mobile number|cell|whatsapp|teléfono|"
    "celular|téléphone|telefon|telefone|телефон|الهاتف|رقم الهاتف|电话|電話番号|phonenumber|"
    "simserial",
    NUMBER: "ip|ip address|ipaddress|deviceid|device id|subscriberid|imei",
    PLACE: "location latitude|location longitude|address|home address|dirección|adresse|"
    "endereço|indirizzo|adres|адрес|العنوان|"
    "地址|住所|geolocation|gps|locationlatitude|locationlongitude",
    TIME: "submissiondate|submitdate|datestamp|"
    "timestamp|start|end|start time|end time|start date|end date|startdate|enddate|"
    "completion time|last modified time|date started|date submitted|date last action|"
    "submission time|submitted at|submission date|recorded date|recordeddate|created|today|"
    "marca temporal|horodateur|zeitstempel|carimbo de data/hora|informazioni cronologiche|"
    "отметка времени|zaman damgası|طابع زمني|时间戳记|タイムスタンプ",
    NAME: "name|full name|your name|first name|last name|surname|family name|username|user name|"
    "submitted by|respondent name|recipientfirstname|recipientlastname|recipientemail|nombre|"
    "nombre completo|nombre y apellidos|apellidos|nom|nom et prénom|prénom|nom & fonction|nome|"
    "sobrenome|nome completo|cognome|vorname|nachname|imię|nazwisko|imię i nazwisko|имя|фамилия|"
    "фио|ім'я|прізвище|ad soyad|adı soyadı|isim|الاسم|الاسم الكامل|"
    "姓名|名前|氏名|이름|성명|họ và tên|jina|jina kamili|nama|"
    "tu nombre|su nombre|nombre y apellido|votre nom|ihr name|dein name|seu nome|il tuo nome|"
    "ваше имя|ваше фио|как вас зовут|adınız|adınız soyadınız|اسمك|你的名字|您的姓名|お名前|"
    "jina lako|nama anda|imię i nazwisko respondenta|user display name|submittername",
    SIGN: "uuid|formhub/uuid|instanceid|meta-instanceid|meta/instanceid|meta/rootuuid|rootuuid|"
    "key|token|response id|responseid|respondent id|submission id|network id|user id|submitterid",
}
_HEADINGS = {plain(word): what for what, words in _BY_HEADING.items() for word in words.split("|")}


def columns(
    sheet: pd.DataFrame, asked: Iterable[str], organisations: Collection[str] = ()
) -> dict[str, str]:
    """The columns of a sheet that tell who somebody is, and what they hold.

    Args:
        sheet: What was typed.
        asked: The headings to look at: those that are no questions of the handbook.
        organisations: Codes and names of partners in plain letters, which are no people.

    Returns:
        What each such column holds, by its heading. An empty column holds nobody.
    """
    found = {}
    for heading in asked:
        texts = [text for text in (seen(one).strip() for one in sheet[heading]) if text]
        if texts and (what := held(texts, organisations) or of_heading(heading)):
            found[heading] = what
    return found


def of_heading(heading: str) -> str:
    """What a column holds by its heading, as form tools and people write it; or ""."""
    bare = as_heading(heading).strip("_ ")
    return _HEADINGS.get(plain(bare), "") or _HEADINGS.get(plain(bare.rpartition("/")[2]), "")


def held(texts: list[str], organisations: Collection[str] = ()) -> str:
    """What cells hold that tells who somebody is; "" where they do not.

    Args:
        texts: The cells that are not empty.
        organisations: Codes and names of partners in plain letters, which are no people.
    """
    if any(_MAIL.search(text) for text in texts):
        return MAIL
    for what, looks in ((NUMBER, _is_number), (PLACE, _is_place), (TIME, _is_time)):
        if sum(map(looks, texts)) > len(texts) * ENOUGH:
            return what
    if sum(map(_is_telephone, texts)) > len(texts) * ENOUGH:
        return TELEPHONE
    named = [text for text in texts if plain(text) not in organisations]
    if len(named) > len(texts) * ENOUGH and len(set(named)) > len(named) * ENOUGH:
        if sum(map(_is_name, named)) > len(named) * ENOUGH:
            return NAME
    return ""


def tells_how_to_reach(text: str) -> bool:
    """Whether an e-mail address or a phone number stands within words.

    Args:
        text: What was typed.
    """
    return bool(("@" in text and _MAIL.search(text)) or _TELEPHONE_WITHIN.search(text))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not _CLOCK.fullmatch(text)


def _is_place(text: str) -> bool:
    street = _STREET.search(text) and re.search(r"\d", text) and len(text) < 120
    return bool(street or _ON_A_MAP.fullmatch(text))


def _is_time(text: str) -> bool:
    return len(text) < 60 and bool(_CLOCK.fullmatch(text))


def _is_telephone(text: str) -> bool:
    if _AMOUNT.fullmatch(text):
        return False
    if len(text) > 40 or not _TELEPHONE.fullmatch(text) or _DATE.fullmatch(text):
        return False
    digits = sum(sign.isdigit() for sign in text)
    grouped = bool(re.search(r"\d[\s()/-]+\d", text)) and digits >= 7
    return digits <= 15 and (text.startswith(("+", "0", "(")) or grouped or digits >= 9)


def _is_name(text: str) -> bool:
    """Whether a text is two to four words that begin with capitals, as names do."""
    parts = text.replace(",", " ").split()
    names = [part for part in parts if part.lower() not in _PARTICLES]
    if not 2 <= len(names) <= 4 or len(parts) > 6:
        return False
    return all(
        part[0].isupper() and not part[1:].isupper() and _PART_OF_NAME.fullmatch(part)
        for part in names
    )
