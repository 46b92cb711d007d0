"""From Typst to PDF: tagged for screen readers, with the fonts that lie here and no others.

The same source gives the same bytes each time.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partnering.language import tr
from partnering.results import tokens

PRINT = Path(__file__).with_name("print")
FONTS = PRINT / "fonts"
_TEXT = "__typst_py_bytes__.typ"  # what the compiler calls a source that is no file
_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")  # how the compiler writes a sign that has no shape

# parts of the structure as Typst writes them: a line by its first cell, and a cell with something
_FIRST_CELL = re.compile(rb"<</Type/StructElem/S/TR/P \d+ 0 R[^\n]*?/K\[(\d+) 0 R")
_CELL = re.compile(
    rb"(?P<number>\d+) 0 obj\n<</Type/StructElem/S/TD/P \d+ 0 R/A\[<</O/Table[^\n>]*?"
    rb"(?P<heads>/Headers\[\([^\]\n]*\)\])[^\n]*?/K\[[^\]]"
)


@dataclass(frozen=True)
class Fault:
    """What stops a page from being printed.

    Attributes:
        sentence: What it is.
        line: In which line of the Typst source, 0 where that is not known.
        letter: The letter that no font has, with its marks; "" where it is something else.
    """

    sentence: str
    line: int = 0
    letter: str = ""


class NotPrinted(RuntimeError):
    """Nothing was printed; `faults` says why, one sentence each."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(fault.sentence for fault in faults))
        self.faults = faults


def pdf(source: str | Path, root: Path = PRINT, inputs: Mapping[str, str] | None = None) -> bytes:
    """The PDF of a Typst source.

    The compiler itself refuses a figure without alternative and a letter without font (PDF/UA-1).

    Args:
        source: The source, as text or as a file.
        root: The folder in which its imports lie.
        inputs: What the source reads as `sys.inputs`, beside `tokens`, the values of the look.

    Raises:
        NotPrinted: The compiler found faults, or there is no compiler.
    """
    try:
        import typst  # only those who print need it
    except ImportError:
        raise NotPrinted(
            [Fault(tr("Printing needs the package typst: python -m pip install typst"))]
        ) from None
    given: Path | bytes = source if isinstance(source, Path) else source.encode("utf-8")
    name = source.name if isinstance(source, Path) else _TEXT
    try:
        # The stubs of typst want input and root to be of one type; the compiler does not.
        made, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
            given,
            root=str(root),
            format="pdf",
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs=_handed(inputs),
            pdf_standards=["ua-1"],
            timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", 0)),
        )
    except typst.TypstError as error:
        parts = re.split(r"(?m)^error: ", error.diagnostic or error.message)
        raise NotPrinted([_fault(part, name) for part in parts if part.strip()]) from None
    if warnings:
        told = [warning.diagnostic or warning.message for warning in warnings]
        raise NotPrinted([_fault(one, name) for one in told])
    return _with_row_heads(made)


def _with_row_heads(made: bytes) -> bytes:
    """The pages with the first cell of each line of a table tagged as the head of its line.

    Typst tags heads of columns alone. No byte moves: what Typst says of the cell gives its room to
    what is said of a head.
    """
    first = {found[1] for found in _FIRST_CELL.finditer(made)}

    def tagged(cell: re.Match[bytes]) -> bytes:
        if cell["number"] not in first:
            return cell[0]
        said = b"/Scope/Row".ljust(len(cell["heads"]))
        return cell[0].replace(b"/S/TD", b"/S/TH", 1).replace(cell["heads"], said, 1)

    return _CELL.sub(tagged, made)


def noted(
    source: Path, label: str, root: Path, inputs: Mapping[str, str] | None = None
) -> list[Any]:
    """The values that a Typst source notes under a label once its pages are laid out.

    Args:
        source: The source, as a file.
        label: The label of its metadata.
        root: The folder in which its imports lie.
        inputs: What the source reads as `sys.inputs`, beside `tokens`, the values of the look.

    Returns:
        The values in their order; none where the source has faults, which `pdf` tells.
    """
    try:
        import typst
    except ImportError:
        return []
    try:
        found = typst.query(
            str(source),
            f"<{label}>",
            field="value",
            root=str(root),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs=_handed(inputs),
        )
    except typst.TypstError:
        return []
    return list(json.loads(found))


def _handed(inputs: Mapping[str, str] | None) -> dict[str, str]:
    """What a source reads as `sys.inputs`: its own, and the values of the look."""
    return {**(inputs or {}), "tokens": tokens.FILE.read_text(encoding="utf-8")}


def _fault(told: str, name: str) -> Fault:
    """What the compiler says, as a sentence, with the last line of the source that it names."""
    lines = re.findall(rf"{re.escape(name)}:(\d+)", told)
    number = int(lines[-1]) if lines else 0
    if letter := _LETTER.search(told):
        sign = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), letter[1])
        sentence = tr("No font of the handbook has the letter {letter}.")
        return Fault(sentence.format(letter=called(sign)), number, sign)
    if "missing alt text" in told:
        return Fault(tr("This figure has no text alternative."), number)
    return Fault(told.strip().splitlines()[0].removeprefix("warning: "), number)


def can_be_set(letter: str) -> bool:
    """Whether some font of the handbook has a letter.

    Args:
        letter: The letter, alone.
    """
    try:
        pdf(f'#import "look.typ": sans\n#set document(title: "x")\n#text(font: sans, "{letter}")')
    except NotPrinted:
        return False
    return True


def called(letter: str) -> str:
    """A letter with all its marks, and what each of them is called.

    Args:
        letter: The letter, with any marks that are written over or under it.

    Returns:
        Such as “漢” (U+6F22 CJK UNIFIED IDEOGRAPH-6F22).
    """
    codes = [f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in letter]
    return f"“{letter}” ({', '.join(codes)})"
