"""Exports of form tools, each written as its tool writes them, from one set of answers.

Two partners answered the form on risks; of the second one two people answered as voices. What is
known of a format by its source code or its manual is followed; `IMITATED` names the others.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from partnering.schema.kinds import RATHER_NOT

PARTNERS = "partner,name,kind\nVEC,Vecinas,NGO\nSOM,Sombra,NGO\n"
RISKS = "risk,what_could_happen\nR1,The gate stays locked\nR2,The list gets out: all of it\n"
WORDS = {"R1": "R1 The gate stays locked", "R2": "R2 The list gets out: all of it"}
ITEMS = tuple(WORDS)
COLUMNS = {
    "how_likely": "How likely",
    "how_hard_on_us": "How hard on us",
    "in_a_few_words": "In a few words",
}
# A row a person: partner, voice, and for each question the answers on R1 and R2.
PEOPLE = (
    ("VEC", "", ("likely", "not likely"), ("harms us", "we do not know"), ("Rain, mud; dogs", "")),
    ("SOM", "one voice", ("not likely", "possible"), ("slows us", "harms us"), ("", "")),
    ("SOM", "one voice", ("likely", ""), (RATHER_NOT, "little effect"), ("", "It has been")),
)
# What is to be read: partner, risk, likely, hard, words, and whether it is one voice's.
EXPECTED = sorted(
    [partner, item, *(answer[at] for answer in answers), bool(voice)]
    for partner, voice, *answers in PEOPLE
    for at, item in enumerate(ITEMS)
    if any(answer[at] for answer in answers)
)
Rows = list[list[object]]
NOON = dt.datetime(2026, 4, 3, 12, 41, 47)


def asked(heading: Callable[[str, str], str]) -> list[str]:
    """The headings of the questions, each made of a column and a code."""
    return [heading(column, item) for column in COLUMNS for item in ITEMS]


def answers(person: tuple, word: Callable[[str], str] = str) -> list[str]:
    """The answers of one person in that order."""
    ticked = [word(text) for answer in person[2:4] for text in answer]
    return [*ticked, *person[4]]


def as_csv(rows: Rows, delimiter: str = ",", encoding: str = "utf-8", quoting: int = 0) -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, quoting=quoting).writerows(rows)
    return made.getvalue().encode(encoding)


def as_xlsx(rows: Rows, sheet: str) -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def _value(text: str) -> str:
    """A choice as an XML value."""
    return text.replace(" ", "_")


def google_forms() -> bytes:
    """A grid for each question; the item stands in brackets behind it."""
    head = ["Timestamp", "Email Address", "Partner", "Code of the person"]
    rows: Rows = [[*head, *asked(lambda name, item: f"{COLUMNS[name]} [{WORDS[item]}]")]]
    for number, person in enumerate(PEOPLE):
        stamp = f"2026/04/0{number + 3} 12:41:47 PM GMT+2"
        rows.append([stamp, f"p{number}@example.org", *person[:2], *answers(person)])
    return as_csv(rows)


def microsoft_forms() -> bytes:
    """A question each; a workbook with hard blanks, and its own columns first."""
    head = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
    titles = asked(lambda name, item: f"{COLUMNS[name]} [{WORDS[item]}]\xa0")
    rows: Rows = [[*head, "1. Partner", "Code of the person\xa0", *titles]]
    for number, person in enumerate(PEOPLE, start=1):
        mine = [number, NOON, NOON, "anonymous", None, None]
        rows.append([*mine, *(text or None for text in (*person[:2], *answers(person)))])
    return as_xlsx(rows, "Sheet1")


KOBO_END = (
    *("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"),
    *("_submitted_by", "__version__", "_tags", "_index"),
)


def _kobo_row(number: int) -> list[object]:
    uuid = f"6f1c0b1e-77e4-4d0a-9d1c-00000000000{number}"
    ends = [f"2026-04-03T12:41:4{number}", "", "", "submitted_via_web", "maria", "vK3", "", number]
    return [40000 + number, uuid, *ends]


def _kobo(heading: Callable[[str, str], str], who: list[str], word: Callable[[str], str]) -> Rows:
    rows: Rows = [["start", "end", *who, *asked(heading), *KOBO_END]]
    for number, person in enumerate(PEOPLE, start=1):
        times = [f"2026-04-03T12:3{number}:00.000+02:00"] * 2
        voice = word(person[1] or "our organisation")
        rows.append([*times, person[0], voice, *answers(person, word), *_kobo_row(number)])
    return rows


def kobo_values() -> bytes:
    """XML values and headers, with groups."""
    who = ["about_you/partner", "about_you/respondent"]
    made = _kobo(lambda name, item: f"risks_seen/{name}/{name}_{item}", who, _value)
    return as_csv(made, ";", "utf-8-sig", csv.QUOTE_ALL)


def kobo_labels() -> bytes:
    """Labels, with the labels of groups, as a workbook."""
    who = ["About you/Partner", "About you/Code of the person"]

    def heading(name: str, item: str) -> str:
        return f"Our risks/{COLUMNS[name]}/{COLUMNS[name]} [{WORDS[item]}]"

    return as_xlsx(_kobo(heading, who, str), "Risks, all versions"[:31])


def odk_central() -> bytes:
    """Names with their groups before a hyphen; the times and the sender around them."""
    head = ["SubmissionDate", "start", "end", "about_you-partner", "about_you-respondent"]
    tail = ["meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent"]
    tail += ["AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
    rows: Rows = [[*head, *asked(lambda name, item: f"{name}-{name}_{item}"), *tail]]
    for number, person in enumerate(PEOPLE, start=1):
        key, time = f"uuid:6f1c0b1e-000{number}", f"2026-04-03T10:4{number}:47.000Z"
        mine = [time, time, time, person[0], _value(person[1])]
        end = [key, key, 12, "Maria Lopez", 0, 0, "", "", "collect:eWPCsyXTMyCVdQcf", 0, "1"]
        rows.append([*mine, *answers(person, _value), *end])
    return as_csv(rows)


LIME = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp")


def _lime(heading: Callable[[str, str], str], who: list[str], head: tuple[str, ...]) -> bytes:
    rows: Rows = [[*head, "ipaddr", *who, *asked(heading)]]
    for number, person in enumerate(PEOPLE, start=1):
        time = f"2026-04-03 12:41:4{number}"
        mine = [number, time, 3, "en", f"13580{number}", time, time, f"203.0.113.{number}"]
        rows.append([*mine, *person[:2], *answers(person)])
    return as_csv(rows, ",", "utf-8-sig", csv.QUOTE_ALL)


def limesurvey_text() -> bytes:
    """Full question text: the subquestion stands in brackets."""
    head = ("Response ID", "Date submitted", "Last page", "Start language", "Seed")
    head += ("Date started", "Date last action")
    return _lime(
        lambda name, item: f"{COLUMNS[name]} [{WORDS[item]}]",
        ["Partner", "Code of the person"],
        head,
    )


def limesurvey_code_and_text() -> bytes:
    """Question code and text."""
    codes = {"R1": "SQ001", "R2": "SQ002"}
    return _lime(
        lambda name, item: f"G1{name[:3]}[{codes[item]}]. {COLUMNS[name]} [{WORDS[item]}]",
        ["G1partner. Partner", "G1voice. Code of the person"],
        LIME,
    )


def limesurvey_codes() -> bytes:
    """Codes alone, where question and subquestion have been given the handbook's names."""
    return _lime(
        lambda name, item: f"{name.replace('_', '')}[{item}]", ["partner", "respondent"], LIME
    )


def limesurvey_dual_scale() -> bytes:
    """Two scales beside each item: the subquestion stands first, then the heading of the scale."""
    return _lime(
        lambda name, item: f"How we see each risk [{WORDS[item]}][{COLUMNS[name]}]",
        ["Partner", "Code of the person"],
        LIME,
    )


def surveymonkey() -> bytes:
    """Two rows of headings: questions, and below them their rows or the kind of answer."""
    head = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
    head += ["Email Address", "First Name", "Last Name", "Custom Data 1"]
    first = [*head, "Partner", "Code of the person"]
    second = ["" for _ in head] + ["Response", "Response"]
    for label in COLUMNS.values():
        first += [label, *("" for _ in ITEMS[1:])]
        second += list(WORDS.values())
    rows: Rows = [first, second]
    for number, person in enumerate(PEOPLE, start=1):
        time = f"04/03/2026 12:41:4{number} PM"
        mine = [f"1186{number}", "4401", time, time, f"203.0.113.{number}", "", "", "", ""]
        rows.append([*mine, *person[:2], *answers(person)])
    return as_csv(rows, encoding="utf-8-sig")


def qualtrics(delimiter: str = ",") -> bytes:
    """Three rows: codes, questions with their items behind a dash, and what the tool needs."""
    head = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)"]
    head += ["Finished", "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName"]
    head += ["RecipientEmail", "ExternalReference", "LocationLatitude", "LocationLongitude"]
    head += ["DistributionChannel", "UserLanguage"]
    said = ["Start Date", "End Date", "Response Type", "IP Address", "Progress"]
    said += ["Duration (in seconds)", "Finished", "Recorded Date", "Response ID"]
    said += ["Recipient Last Name", "Recipient First Name", "Recipient Email"]
    said += ["External Data Reference", "Location Latitude", "Location Longitude"]
    said += ["Distribution Channel", "User Language"]
    codes = [f"Q{place}_{number}" for place in (3, 4, 5) for number in (1, 2)]
    names = [*head, "Q1", "Q2", *codes]
    questions = [
        *said,
        "Partner",
        "Code of the person",
        *asked(lambda n, i: f"{COLUMNS[n]} - {WORDS[i]}"),
    ]
    needs = [f'{{"ImportId":"{name}"}}' for name in names]
    rows: Rows = [names, questions, needs]
    for number, person in enumerate(PEOPLE, start=1):
        time = f"2026-04-03 12:41:4{number}"
        mine = [time, time, "IP Address", f"203.0.113.{number}", 100, 61, "True", time]
        mine += [f"R_1mV{number}", "", "", "", "", "52.3740", "4.8897", "anonymous", "EN"]
        rows.append([*mine, *person[:2], *answers(person)])
    return as_csv(rows, delimiter)


def nextcloud_forms(ids: bool = False) -> bytes:
    """A grid's item stands in brackets; newer versions write a second row with names of their own."""
    titles = asked(lambda name, item: f"{COLUMNS[name]} ({WORDS[item]})")
    head = ["User ID", "User display name", "Timestamp"]
    rows: Rows = [[*head, "Partner", "Code of the person", *titles]]
    if ids:
        rows[0].insert(0, "Submission ID")
        of_questions = [f"question-id-{number}" for number in range(7, 9 + len(titles))]
        rows.append(["submission_id", "user_id", "user_display_name", "timestamp", *of_questions])
    for number, person in enumerate(PEOPLE, start=1):
        time = f"2026-04-03T12:41:4{number}+02:00"
        mine: list[object] = [number] if ids else []
        rows.append([*mine, "maria", "Maria Lopez", time, *person[:2], *answers(person)])
    return as_csv(rows, ",", "utf-8-sig", csv.QUOTE_ALL)


def libreoffice() -> bytes:
    """What somebody has opened in LibreOffice and kept as a sheet of its own kind."""
    rows = [[*person[:2], *answers(person)] for person in PEOPLE]
    heads = [
        "Partner",
        "Code of the person",
        *asked(lambda name, item: f"{COLUMNS[name]} [{WORDS[item]}]"),
    ]
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        for row in [heads, *rows]
    ]
    lines = "".join(f"<table:table-row>{line}</table:table-row>" for line in cells)
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:text="{names}text:1.0" '
        f'xmlns:table="{names}table:1.0" office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Form">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}manifest:1.0" manifest:version="1.3">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


def below_a_title() -> bytes:
    """As somebody sends it on: a title and a blank row above, numbers and stars in the headings."""
    titles = asked(lambda name, item: f"{COLUMNS[name]}? [{item}] *")
    numbered = [
        f"{number}. {text}"
        for number, text in enumerate(["Partner", "Code of the person"], start=1)
    ]
    rows: Rows = [["Harbour: what came back"], [], [*numbered, *titles]]
    return as_xlsx([*rows, *([*person[:2], *answers(person)] for person in PEOPLE)], "Answers")


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "Google Forms": ("google.csv", google_forms),
    "Microsoft Forms": ("microsoft.xlsx", microsoft_forms),
    "KoboToolbox, XML values": ("kobo-values.csv", kobo_values),
    "KoboToolbox, labels": ("kobo-labels.xlsx", kobo_labels),
    "ODK Central": ("odk.csv", odk_central),
    "LimeSurvey, question text": ("lime-text.csv", limesurvey_text),
    "LimeSurvey, code and text": ("lime-code-and-text.csv", limesurvey_code_and_text),
    "LimeSurvey, codes": ("lime-codes.csv", limesurvey_codes),
    "LimeSurvey, dual scale": ("lime-dual.csv", limesurvey_dual_scale),
    "SurveyMonkey": ("monkey.csv", surveymonkey),
    "Qualtrics": ("qualtrics.csv", qualtrics),
    "Qualtrics, tabs": ("qualtrics.tsv", lambda: qualtrics("\t")),
    "Nextcloud Forms": ("nextcloud.csv", nextcloud_forms),
    "Nextcloud Forms, newer": ("nextcloud-ids.csv", lambda: nextcloud_forms(True)),
    "LibreOffice": ("kept.ods", libreoffice),
    "below a title": ("title.xlsx", below_a_title),
}
# Known by their manuals and by what people show of them alone, not by their source code.
IMITATED = ("Google Forms", "Microsoft Forms", "SurveyMonkey", "Qualtrics")


def write(place: Path, tool: str) -> Path:
    """A folder with the two tables that all share, and the export of one tool."""
    place.mkdir(exist_ok=True)
    (place / "partners.csv").write_text(PARTNERS, encoding="utf-8")
    (place / "risks.csv").write_text(RISKS, encoding="utf-8")
    name, made = FILES[tool]
    (place / name).write_bytes(made())
    return place
