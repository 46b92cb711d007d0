"""Inputs that nobody should hand over, each made by its number: the same number, the same input."""

from __future__ import annotations

import io
import json
import os
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
from docx import Document
from openpyxl.comments import Comment
from openpyxl.styles import Font

from partnering.schema.tables import TABLES
from partnering.storage import folder, workbook

EXAMPLES = Path(__file__).resolve().parents[2] / "exercises" / "examples"
ODD = (
    *("\0", "\ufeff", "\u200b", "\u202e", "\ud800", "\x1b[31m", "=1+1", "'", '"', "\r", "\n", "\t"),
    *("#REF!", "-", "1e308", "-94000", "NaN", "9" * 400, "2026-13-45", "💥", "é", "e\u0301", ",;"),
    *("{{ title }}", "{% for", "<b>", "&amp;", "../../x", "a" * 5000, "VEC, VEC; VEC", "R1 R2 R3"),
)
NUMBERS = ("0", "-1", "1", "16384", "16385", "1048576", "1048577", "4294967297", "9" * 30, "x", "")


def bytes_mutated(draw: random.Random, data: bytes) -> bytes:
    """Some bytes changed, taken out, doubled or put elsewhere."""
    made = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        if not made:
            break
        at, size = draw.randrange(len(made)), draw.choice((1, 1, 4, 64, 1000))
        way = draw.randrange(6)
        if way == 0:
            made[at] = draw.randrange(256)
        elif way == 1:
            del made[at : at + size]
        elif way == 2:
            made[at:at] = made[at : at + size] * draw.choice((1, 2, 50))
        elif way == 3:
            made[at:at] = draw.choice(ODD).encode("utf-8", "surrogatepass")
        elif way == 4:
            del made[at:]
        else:
            other = draw.randrange(len(made))
            made[at:at] = made[other : other + size]
    return bytes(made)


# ---------------------------------------------------------------- tables as text


def _example(draw: random.Random) -> tuple[str, bytes]:
    files = sorted(EXAMPLES.glob("*/*.csv"))
    file = draw.choice(files)
    return file.name, file.read_bytes()


def _made_table(draw: random.Random) -> tuple[str, bytes]:
    """A table with headings of the handbook and cells of all kinds."""
    table = draw.choice([table for table in TABLES.values() if not table.private])
    columns = [column.name for column in table.columns]
    draw.shuffle(columns)
    heads = [draw.choice((name, name.upper(), table.by_name[name].label)) for name in columns]
    if draw.random() < 0.2:
        heads = [f"{head} [{draw.choice(ODD)}]" for head in heads]
    if draw.random() < 0.2:
        heads += draw.choices(heads, k=draw.choice((1, 5, 200)))
    rows = [heads]
    for _ in range(draw.choice((0, 1, 3, 30, 300))):
        rows.append([_cell(draw) for _ in range(draw.choice((0, 1, len(heads), len(heads) + 3)))])
    sign = draw.choice(",;\t")
    text = "\n".join(sign.join(row) for row in rows)
    return f"{table.name}.csv", text.encode("utf-8", "surrogatepass")


def _cell(draw: random.Random) -> str:
    kind = draw.randrange(8)
    if kind == 0:
        return draw.choice(ODD)
    if kind == 1:
        return '"' + draw.choice(ODD).replace('"', '""') + '"'
    words = ("VEC", "SEM", "R1", "C2", "yes", "room", "facilitator", "3", "open", "text", "", "")
    return " ".join(draw.choices(words, k=draw.choice((1, 1, 1, 2, 40))))


def _large_text(draw: random.Random) -> tuple[str, bytes]:
    """Much of one thing in a cell, a row, a column, a heading or beside a table."""
    table = draw.choice(("partners", "risks", "objectives", "values", "answers"))
    head = {"partners": "partner,name,kind", "risks": "risk,what,whose,share"}.get(table, "partner")
    much = draw.choice(
        ("a", "a b ", "VEC ", ",", ";", '"', "\n", "\r", "'", "\t'", "\0", "é", "[", "/")
    )
    much *= draw.choice((1_000, 1_000, 20_000, 20_000, 1_000_000)) // len(much)
    text = draw.choice(
        (
            f"{head}\n{much},x,y\n",
            f'{head}\nVEC,"{much}",y\n',
            f"{head}\nVEC,{much}\n",
            f"{head},{much}\nVEC,x,y\n",
            f"{much}\n{head}\nVEC,x,y\n",
            f'{head}\nVEC,"{much}\n',
        )
    )
    return f"{table}.csv", text.encode(draw.choice(("utf-8", "utf-16", "utf-8")))


def csv_case(draw: random.Random, place: Path) -> None:
    """A folder with one or more CSV files."""
    for _ in range(draw.choice((1, 1, 2, 4))):
        make = draw.choice((_example, _example, _made_table, _made_table, _large_text))
        name, data = make(draw)
        if draw.random() < 0.7:
            data = bytes_mutated(draw, data)
        if (place / name).is_symlink() or (place / name).is_fifo():
            (place / name).unlink()
        (place / name).write_bytes(data)


# ---------------------------------------------------------------- workbooks


@cache
def _books() -> dict[str, bytes]:
    """Workbooks as the handbook and another program write them, and one of OpenDocument."""
    import tempfile

    made = {}
    with tempfile.TemporaryDirectory() as kept:
        for name in ("shade", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())[0]):
            p = folder.read(EXAMPLES / name)
            file = Path(kept, f"{name}.xlsx")
            workbook.write(p, file)
            made[f"{name}.xlsx"] = file.read_bytes()
    book = openpyxl.Workbook()
    page = book.active
    page.title = "risks"
    for line in (("risk", "what", "whose"), ("R1", "=A1", "VEC"), ("R2", "rain", "SEM")):
        page.append(line)
    page.merge_cells("A2:A3")
    page["B3"].comment, page["B3"].font = Comment("late", "Ana"), Font(strike=True)
    file = io.BytesIO()
    book.save(file)
    made["other.xlsx"] = file.getvalue()
    note = "<office:annotation><text:p>late</text:p></office:annotation>"
    noted = cell("VEC").replace("<text:p>", f"{note}<text:p>")
    rows = row(cell("partner") + cell("name")) + row(cell("VEC") + noted)
    made["open.ods"] = open_document(rows)
    return made


def open_document(rows: str) -> bytes:
    """An OpenDocument workbook with one sheet, `partners`, of these rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", kind)
        book.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
        book.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="partners">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return made.getvalue()


def row(cells: str, said: str = "") -> str:
    """A row of an OpenDocument sheet."""
    return f"<table:table-row {said}>{cells}</table:table-row>"


def cell(text: str, said: str = "") -> str:
    """A cell of an OpenDocument sheet."""
    inside = f"<text:p>{text}</text:p>" if text else ""
    kind = 'office:value-type="string"' if text else ""
    return f"<table:table-cell {kind} {said}>{inside}</table:table-cell>"


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return made.getvalue()


def _structure(draw: random.Random, parts: dict[str, bytes]) -> None:
    """Change what a workbook says of itself."""
    names = [name for name in parts if "sheet" in name.lower() or name == "content.xml"]
    name = draw.choice(names or list(parts))
    raw = parts[name]
    way = draw.randrange(12)
    if way == 0:  # a place elsewhere
        place = draw.choice(
            ("XFD1048576", "XFE1", "A1048577", "A0", "a1", "ZZZ9", "A4294967297", "$A$1")
        )
        parts[name] = _one_of(draw, rb'r="[A-Z]+\d+"', f'r="{place}"'.encode(), raw)
    elif way == 1:
        number = draw.choice(NUMBERS).encode()
        some = draw.choice((rb'<row r="\d+"', rb'repeated="\d+"', rb"<v>\d+", rb' s="\d+"'))
        begin = re.sub(rb"\\d\+.*", b"", some)
        end = b'"' if some.endswith(b'"') else b""
        parts[name] = _one_of(draw, some, begin + number + end, raw)
    elif way == 2:
        times = b' table:number-columns-repeated="%d"' % draw.choice((2, 1000, 16384, 99999999))
        parts[name] = _one_of(draw, rb"<table:table-cell", b"<table:table-cell" + times, raw)
    elif way == 3:
        times = b' table:number-rows-repeated="%d"' % draw.choice((2, 1000, 1048576, 99999999))
        parts[name] = _one_of(draw, rb"<table:table-row", b"<table:table-row" + times, raw)
    elif way == 4:
        spans = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 200))
        parts[name] = raw.replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + spans + b"</mergeCells>"
        )
    elif way == 5:
        bomb = (
            b"<row/>" * draw.choice((1000, 1_000_000)) if draw.random() < 0.5 else b" " * 70_000_000
        )
        parts[name] = raw.replace(b"</sheetData>", bomb + b"</sheetData>").replace(
            b"<office:body>", b"<office:body>" + b" " * 70_000_000
        )
    elif way == 6:
        deep = draw.choice((100, 10_000, 300_000))
        parts[name] = raw.replace(b"<v>", b"<a>" * deep + b"</a>" * deep + b"<v>", 1).replace(
            b"<text:p>", b"<text:p>" + b"<text:s>" * deep + b"</text:s>" * deep, 1
        )
    elif way == 7:
        if "xl/sharedStrings.xml" in parts:
            long = b"<si><t>" + b"x" * draw.choice((1000, 1_000_000, 10_000_000)) + b"</t>"
            parts["xl/sharedStrings.xml"] = _one_of(
                draw, rb"<si>\s*<t[^>]*>[^<]*</t>", long, parts["xl/sharedStrings.xml"]
            )
            if draw.random() < 0.5:
                rows = b"".join(
                    b'<row><c t="s"><v>%d</v></c></row>' % draw.randrange(9) for _ in range(20_000)
                )
                parts[name] = raw.replace(b"</sheetData>", rows + b"</sheetData>")
    elif way == 8:
        if "xl/workbook.xml" in parts:
            some = b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>'
            many = b"".join(some % (n, n + 50) for n in range(draw.choice((10, 3000))))
            parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
                b"</sheets>", many + b"</sheets>"
            )
    elif way == 9:
        del parts[draw.choice(list(parts))]
    elif way == 10:
        entity = (
            b'<!DOCTYPE x [<!ENTITY a "'
            + b"x" * 1000
            + b'"><!ENTITY b "'
            + b"&a;" * 1000
            + b'"><!ENTITY c "'
            + b"&b;" * 1000
            + b'">]>'
        )
        parts[name] = re.sub(
            rb"<v>|<text:p>",
            lambda found: found[0] + b"&c;",
            re.sub(rb"^(<\?xml[^>]*\?>)?", lambda found: found[0] + entity, raw, count=1),
        )
    else:
        parts[name] = _one_of(
            draw,
            rb"<(v|t|text:p)>[^<]*<",
            b"<\\1>"
            + draw.choice(ODD).encode("utf-8", "ignore").replace(b"<", b"&lt;").replace(b"\\", b"")
            + b"<",
            raw,
        )


def _one_of(draw: random.Random, what: bytes, by: bytes, raw: bytes) -> bytes:
    """The text with one of the matches replaced, or all."""
    found = list(re.finditer(what, raw))
    if not found:
        return raw
    one = draw.choice(found)
    return raw[: one.start()] + one.expand(by) + raw[one.end() :]


def _workbook(draw: random.Random, endings: tuple[str, ...]) -> tuple[str, bytes]:
    name = draw.choice([name for name in _books() if name.endswith(endings)])
    data = _books()[name]
    way = draw.randrange(10)
    if way < 6:
        parts = parts_of(data)
        for _ in range(draw.choice((1, 1, 2, 3))):
            _structure(draw, parts)
        data = zipped(parts)
    elif way < 8:
        parts = parts_of(data)
        part = draw.choice(list(parts))
        parts[part] = bytes_mutated(draw, parts[part])
        data = zipped(parts)
    if way > 7 or draw.random() < 0.1:
        data = bytes_mutated(draw, data)
    return name, data


def xlsx_case(draw: random.Random, place: Path) -> None:
    """A workbook of Excel's format."""
    name, data = _workbook(draw, (".xlsx",))
    (place / name).write_bytes(data)


def ods_case(draw: random.Random, place: Path) -> None:
    """A workbook of OpenDocument's format."""
    name, data = _workbook(draw, (".ods",))
    (place / name).write_bytes(data)


# ---------------------------------------------------------------- folders to merge


def merge_case(draw: random.Random, place: Path) -> None:
    """A folder with files of several kinds, and things that are none."""
    for number in range(draw.choice((1, 2, 4))):
        own = place / draw.choice(("VEC", "SEM", "a", "answers", "x y", "é"))
        way = draw.randrange(9)
        if way < 3:
            own.mkdir(exist_ok=True)
            csv_case(draw, own)
        elif way < 5:
            name, data = _workbook(draw, (".xlsx", ".ods"))
            (place / f"{own.name}-{number}-{name}").write_bytes(data)
        elif way == 5:
            csv_case(draw, place)
        elif way == 6 and hasattr(os, "mkfifo"):
            name = draw.choice(("pipe.csv", "pipe.xlsx", "partners.csv"))
            if not os.path.lexists(place / name):
                os.mkfifo(place / name)
        elif way == 7:
            link = place / draw.choice(("partners.csv", "loop.xlsx", "loop", "up"))
            if not os.path.lexists(link):
                link.symlink_to(draw.choice((link.name, "nowhere", "..", "/dev/zero", ".")))
        else:
            odd = b"\xff\xfe" + draw.choice((b".csv", b".xlsx", b"", b".txt"))
            Path(os.fsdecode(os.fsencode(place) + b"/" + odd)).write_bytes(b"partner,name\nVEC,x\n")


# ---------------------------------------------------------------- pasted text, templates


def pasted(draw: random.Random) -> str:
    """A text as a clipboard may hold it."""
    make = draw.choice((_example, _made_table, _large_text))
    _, data = make(draw)
    text = bytes_mutated(draw, data).decode("utf-8", "surrogateescape")
    return text.replace(",", "\t") if draw.random() < 0.6 else text


_FIELDS = (
    *(
        "{{ title }}",
        "{{ partners }}",
        "{{ nothing }}",
        "{{ title|nofilter }}",
        "{{ 1/0 }}",
        "{{",
        "}}",
    ),
    *(
        "{% include 'x' %}",
        "{% extends 'x' %}",
        "{% import 'x' as y %}",
        "{{ title.x.y }}",
        "{{ title() }}",
    ),
    *(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 9**9**9 }}",
    ),
    *(
        "{% for p in partners %}",
        "{% endfor %}",
        "{% if title %}",
        "{% endif %}",
        "{% set a = 'x' * 10**9 %}",
    ),
    *(
        "{{ ''.__class__.__mro__ }}",
        "{{ 'x'.ljust(10**9) }}",
        "{{ title|center(10**9) }}",
        "{{ partners|sum }}",
    ),
    *(
        "{% for a in title %}{% for b in title %}{% for c in title %}{% for d in title %}x{% endfor %}"
        "{% endfor %}{% endfor %}{% endfor %}",
        "{%p for p in partners %}",
        "{%tr endfor %}",
        "{{r title }}",
    ),
    *(
        "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
        "{{ lipsum(99999) }}",
        "{# x",
        "{% raw %}",
    ),
    *(
        "{{ partners[0] }}",
        "{{ title[99] }}",
        "{{ partners|sort }}",
        "{{ title + 1 }}",
        "{{ title|int / 0 }}",
    ),
    *(
        "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 40,
        "{{ cycler() }}",
        "{{ '%999999999d'|format(1) }}",
    ),
)


def template_case(draw: random.Random, place: Path) -> None:
    """A Word template of somebody's own."""
    document = Document()
    for _ in range(draw.choice((1, 2, 4))):
        document.add_paragraph(" ".join(draw.choices(_FIELDS, k=draw.choice((1, 1, 2)))))
    if draw.random() < 0.2:
        document.sections[0].header.paragraphs[0].text = draw.choice(_FIELDS)
    made = io.BytesIO()
    document.save(made)
    data = made.getvalue()
    way = draw.randrange(6)
    if way == 0:
        data = bytes_mutated(draw, data)
    elif way == 1:
        parts = parts_of(data)
        part = draw.choice(list(parts))
        parts[part] = bytes_mutated(draw, parts[part])
        data = zipped(parts)
    (place / "own.docx").write_bytes(data)


# ---------------------------------------------------------------- .partnering


def home_case(draw: random.Random, place: Path, written: Callable[..., bytes]) -> None:
    """A file that was taken home, and comes back changed."""
    name, data = _example(draw)
    made = written("shade", {name: data}, draw.choice(("", "", "four words are enough")))
    way = draw.randrange(5)
    if way < 2:
        made = bytes_mutated(draw, made)
    elif way < 4:
        parts = parts_of(made) if b"manifest.json" in made else {"manifest.json": b"{}"}
        some = draw.choice(list(parts))
        kind = draw.randrange(5)
        if kind == 0:
            parts[some] = bytes_mutated(draw, parts[some])
        elif kind == 1:
            parts[
                draw.choice(("../x.csv", "/etc/x.csv", "con.csv", "a\0.csv", "x" * 300 + ".csv"))
            ] = b"x"
        elif kind == 2:
            parts["big.csv"] = b"0" * 70_000_000
        elif kind == 3:
            parts["manifest.json"] = draw.choice(
                (
                    b"[" * 100_000,
                    b"{}",
                    b"null",
                    b"\xff",
                    b'{"partnering": 1e999}',
                    json.dumps({"partnering": 1, "files": [1]}).encode(),
                )
            )
        else:
            parts |= {f"{n}.csv": b"" for n in range(3000)}
        made = zipped(parts)
    (place / "home.partnering").write_bytes(made)
