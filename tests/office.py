"""LibreOffice: files it converts, workbooks it fills in, and the keystrokes that takes somebody."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from partnering.exchange.form_pages import FormSheet

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE {kind}:{tag} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{tag}.dtd">
<{kind}:{tag} xmlns:{kind}="http://openoffice.org/2000/{kind}" {rest}</{kind}:{tag}>
"""
FILL = """
Sub Fill()
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
{cells}
  Dim kept(0) As New com.sun.star.beans.PropertyValue
  kept(0).Name = "FilterName" : kept(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", kept())
  book.close(True)
  StarDesktop.terminate()
End Sub
"""


def convert(file: Path, ending: str, into: Path, reads: str = "") -> Path:
    """Let LibreOffice save a file in another format, in a folder; where it cannot, the test is left out.

    `reads` names the filter by which it opens the file, where that is not to be the usual one.
    """
    if not OFFICE:
        pytest.skip("LibreOffice is not installed on this computer")
    if file.suffix == ".docx" and not any(Path("/usr/lib/libreoffice/program").glob("libswlo.so")):
        pytest.skip("LibreOffice Writer is not installed on this computer")
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    filters = [f"--infilter={reads}"] if reads else []
    subprocess.run(
        [OFFICE, profile, "--headless", *filters, "--convert-to", ending, "--outdir", into, file],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return into / f"{file.stem}.{ending}"


def fill_in(
    place: Path, source: Path, target: Path, cells: dict[tuple[str, str], str | float]
) -> None:
    """Open a workbook in LibreOffice, type into cells as a person would, and save it."""
    basic = place / "profile" / "user" / "basic" / "Standard"
    command = [
        OFFICE,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    subprocess.run(
        [*command, "--terminate_after_init"], check=True, capture_output=True, timeout=120
    )
    (basic / "script.xlb").write_text(
        MACRO.format(
            kind="library",
            tag="library",
            rest='library:name="Standard" library:readonly="false" '
            'library:passwordprotected="false"><library:element library:name="Module1"/>',
        )
    )
    typed = "\n".join(
        f'  book.Sheets.getByName("{sheet}").getCellRangeByName("{cell}").'
        + (f'String = "{text}"' if isinstance(text, str) else f"Value = {text}")
        for (sheet, cell), text in cells.items()
    )
    code = FILL.format(source=source.as_uri(), target=target.as_uri(), cells=typed)
    (basic / "Module1.xba").write_text(
        MACRO.format(
            kind="script",
            tag="module",
            rest=f'script:name="Module1" script:language="StarBasic">{code}',
        )
    )
    subprocess.run(
        [*command, "macro:///Standard.Module1.Fill"], check=True, capture_output=True, timeout=120
    )


# ---------------------------------------------------------------- by hand

Lines = dict[
    int, dict[str, str]
]  # what is typed, by the number of the row on its sheet and by column


def on_the_sheet(sheet: FormSheet, rows: list[dict]) -> Lines:
    """Where answers go on a sheet of a form: beside what it has filled in beforehand, else on the next free row."""
    waiting = sheet.rows.to_dict("records")
    free, typed = dict(enumerate(waiting, start=2)), {}
    for row in rows:
        texts = {name: row.get(name, "") for name in sheet.rows.columns}
        number = next(
            (
                number
                for number, given in free.items()
                if any(given.values())
                and all(texts[name] in ("", text) for name, text in given.items() if text)
            ),
            None,
        )
        number = number or next(
            number for number in range(len(waiting) + 2, 10_000) if number not in typed
        )
        given = free.pop(number, {})
        typed[number] = {name: text for name, text in texts.items() if text and not given.get(name)}
    return dict(sorted(typed.items()))


def keys_in_calc(sheet: FormSheet, typed: Lines) -> int:
    """How many keys it takes: letters, Tab to the next cell, Enter to the first one of the next row, Down over a row.

    Calc completes a word that stands in the same column already once its first letters fit no other word there; any
    other text is typed in full.
    """
    columns = list(sheet.rows.columns)
    above = {name: set(filter(None, sheet.rows[name])) for name in columns}
    keys = 0
    numbers = list(typed)
    for number, after in zip(numbers, [*numbers[1:], numbers[-1] + 1], strict=True):
        places = [columns.index(name) for name in typed[number]]
        for name in columns[min(places) : max(places) + 1]:
            text = typed[number].get(name, "")
            keys += _letters(text, above[name]) + 1
            above[name] |= {text} - {""}
        keys += after - number - 1
    return keys


def _letters(text: str, above: set[str]) -> int:
    """The letters to type of a text until Calc has completed it."""
    if text not in above:
        return len(text)
    others = above - {text}
    return next(
        (
            length
            for length in range(1, len(text))
            if not any(other.casefold().startswith(text[:length].casefold()) for other in others)
        ),
        len(text),
    )
