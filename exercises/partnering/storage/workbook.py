"""A partnership as a workbook (.xlsx): read from whatever people filled in, always written anew."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.columns import Table
from partnering.schema.free_names import free_name
from partnering.schema.kinds import Text
from partnering.schema.tables import TABLES
from partnering.storage import (
    appearance,
    atomic,
    beside_cells,
    bounds,
    form_marks,
    sheets,
    workbook_parts,
    xlsx_cells,
    xlsx_lost,
)
from partnering.storage.assumed import Assumption, Supplied, shortened, supplied
from partnering.storage.atomic import NotOpened, NotSaved
from partnering.storage.stored import StoredPartnership

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_LETTERS, LONGEST_NAME = 32_767, 31  # what the format takes: in a cell, in a sheet's name


# ---------------------------------------------------------------- reading


def read(path: Path | str) -> StoredPartnership:
    """The partnership in a workbook, also while that is open in a spreadsheet program.

    Raises:
        NotOpened: There is no such file, or it is no workbook that can be read.
    """
    return read_form(path)[0]


def read_form(path: Path | str) -> tuple[StoredPartnership, dict[str, str]]:
    """The partnership in a workbook, and what a form says of its sender.

    Args:
        path: The workbook, be it a form or not.

    Returns:
        The partnership, without lists that nobody has edited and lines of a form to which nobody
        has added anything; and `form`, `partner` and `voice` as far as a form says them.

    Raises:
        NotOpened: There is no such file, or it is no workbook that can be read.
    """
    place = Path(path)
    told: list[Assumption] = []
    raw, said = pages(place).told_to(told)
    partnership = partnership_of(raw, said, place)
    partnership.assumed = [*told, *partnership.assumed]
    return partnership, said


Cells = dict[str, list[list[object]]]


def pages(place: Path) -> Supplied[tuple[Cells, dict[str, str]]]:
    """The cells of every sheet of a workbook, and what a form says of its sender.

    Raises:
        NotOpened: There is no such file, or it is no workbook that can be read.
    """
    told: list[Assumption] = []
    cells = _cells(atomic.contents(place), place.name).told_to(told)
    return Supplied(form_marks.taken_apart(cells), told)


def partnership_of(raw: Cells, said: dict[str, str], place: Path) -> StoredPartnership:
    """The partnership in the cells of a workbook, as `pages` gives them.

    Args:
        raw: The cells of its sheets.
        said: What a form says of its sender; nothing where it is no form.
        place: Where the workbook lies.
    """
    partnership = sheets.partnership_of(raw, place.stem, place, by_headings=True)
    for name in sheets.untouched(partnership.sheets):
        del partnership.sheets[name]
    if said and (filled := form_marks.filled_in(partnership.sheets)):
        partnership.take(filled)
    return partnership


def _cells(data: bytes, name: str) -> Supplied[Cells]:
    """The cells of every sheet, from A1 on, by its name; a cell over several rows fills them."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise NotOpened(_why_no_workbook(data).format(name=name))
    try:
        found: Cells = {}
        told: list[Assumption] = []
        parts = workbook_parts.unpacked(data, name).told_to(told)
        spans = xlsx_lost.spans(parts)
        looked_at = {sheet for sheet, _ in workbook_parts.sheet_parts(parts)}
        is_open_document = workbook_parts.OPEN_DOCUMENT in parts
        book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_parts.packed(parts)))
        for sheet in book.sheets_metadata:
            seen = is_open_document or sheet.name in looked_at
            if sheet.typ == SheetTypeEnum.WorkSheet and seen:
                page = book.get_sheet_by_name(sheet.name)
                rows: list[list[object]] = [
                    list(row) for row in page.to_python(skip_empty_area=False)
                ]
                found[sheet.name] = rows
                merged = page.merged_cell_ranges or spans.get(sheet.name, [])
                covered: set[tuple[int, int]] = set()
                for first, last in merged:
                    _fill_down(rows, sheet.name, first, last, covered, told)
        for own, lost in xlsx_lost.cells(parts).items():
            _put_back(found.get(own, []), lost)
        told += appearance.read(parts, found)
        told += beside_cells.told(parts, found, name)
        return Supplied(found, _without_private(told, found))
    except NotOpened:
        raise
    except BaseException as error:  # calamine has a dozen, and its panics are no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise NotOpened(
            tr(
                "{name} is damaged, or no workbook. Open it in your spreadsheet program, save it "
                "as an Excel workbook (.xlsx), and try again."
            ).format(name=name)
        ) from None


def _without_private(told: list[Assumption], found: Cells) -> list[Assumption]:
    """What may be told: of answers that stay inside an organisation not a word."""
    named = {one.sheet for one in told} & set(found)
    private = {name for name in named if sheets.is_private(name, found[name])}
    return [one for one in told if one.sheet not in private]


def _put_back(rows: list[list[object]], lost: xlsx_lost.Lost) -> None:
    """Let what could not be worked out stand in its cells, as the text that it is."""
    for (down, across), text in lost.items():
        if down < len(rows) and across < len(rows[down]):
            rows[down][across] = text


def _fill_down(
    rows: list[list[object]],
    sheet: str,
    first: tuple[int, int],
    last: tuple[int, int],
    covered: set[tuple[int, int]],
    told: list[Assumption],
) -> None:
    """Let what stands in a cell that goes over several rows count for each of them; this is told.

    A cell over several columns alone is a title; below headings it is told that it counts for the
    first of them. What another one covers already is left alone.
    """
    (top, left), (bottom, right) = first, min(last, (len(rows) - 1, last[1]))
    if left != right and _is_below_headings(rows, top, left, right):
        said = tr(
            "one cell goes over several columns here, so “{text}” was taken for the first of them "
            "alone. Type an answer into each."
        ).format(text=shortened(sheets.text_of(rows[top][left])))
        told.append(Assumption(said, "", sheet, (top + 1,), sheets.letters(left)))
    free = next((row for row in range(top, bottom + 1) if (row, left) in covered), bottom + 1)
    bottom = free - 1
    if left != right or bottom <= top or left >= len(rows[top]):
        return
    text = sheets.text_of(rows[top][left])
    if not text.strip():
        return
    said = tr("one cell covers these rows, so “{text}” was taken for each of them.").format(
        text=shortened(text)
    )
    numbers = tuple(range(top + 1, bottom + 2))
    assumption = Assumption(said, "", sheet, numbers, sheets.letters(left))
    covered.update((row, left) for row in range(top, bottom + 1))
    text_above = supplied(rows[top][left], told, assumption)
    for row in rows[top + 1 : bottom + 1]:
        row[left] = text_above


def _is_below_headings(rows: list[list[object]], top: int, left: int, right: int) -> bool:
    """Whether a cell over several columns holds an answer: more stands beside it and above it."""
    if top >= len(rows) or left >= len(rows[top]) or not sheets.text_of(rows[top][left]).strip():
        return False
    beside = [text for at, text in enumerate(rows[top]) if not left <= at <= right]
    above = (sum(bool(sheets.text_of(text).strip()) for text in row) for row in rows[:top])
    return any(sheets.text_of(text).strip() for text in beside) and any(
        count > 1 for count in above
    )


def _why_no_workbook(data: bytes) -> str:
    """What is probably the matter with a file that is called a workbook."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return tr(
                "{name} is protected by a password. Open it, save a copy without the password, and "
                "choose that."
            )
        return tr(
            "{name} is in an old format. Open it, save it as an Excel workbook (.xlsx), and choose "
            "that."
        )
    if not data or data.startswith(b"PK"):
        return tr(
            "{name} is not complete. It may still be on its way: wait until it is saved and "
            "synced, then try again."
        )
    return tr(
        "{name} is not a workbook, whatever its name says. Open it in your spreadsheet program, "
        "save it as an Excel workbook (.xlsx), and try again."
    )


# ---------------------------------------------------------------- writing


def write(partnership: Partnership, path: Path | str) -> None:
    """Write a workbook anew.

    It has every table in tour order, filled in or not, then what the handbook does not know.
    Numbers and days are numbers and days; everything else is text, whatever it looks like.

    Args:
        partnership: The partnership.
        path: The workbook to write; its name ends in .xlsx.

    Raises:
        NotSaved: It cannot be written, or a sheet or a text is too large for a workbook.
    """
    place = named_right(path)
    filled = {**lists.sheets(), **sheets.to_write(partnership)}
    order = [name for name, table in TABLES.items() if not table.private]
    order += [name for name in filled if name not in TABLES]
    refuse_too_much({name: filled[name] for name in order if name in filled})
    pages = [(name, filled.get(name, pd.DataFrame(dtype="str"))) for name in order]
    atomic.replace({place: _bytes(pages)})


def named_right(path: Path | str) -> Path:
    """The path as it is, if it ends in .xlsx. Raises `NotSaved`."""
    place = Path(path)
    if place.suffix.lower() != ".xlsx":
        raise NotSaved(
            tr("{name} does not end in .xlsx. Choose a name that does.").format(name=place.name)
        )
    return place


def _bytes(filled: Iterable[tuple[str, pd.DataFrame]]) -> bytes:
    """The bytes of a workbook with these sheets."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    taken: set[str] = set()
    with Workbook(made, xlsx_cells.NO_TRICKS) as book:
        looks = xlsx_cells.looks(
            book,
            heading={"bold": True, "bottom": 1},
            text={},
            day={"num_format": "yyyy-mm-dd"},
            number={"num_format": "General"},
        )
        for name, sheet in filled:
            page = book.add_worksheet(_sheet_name(name, taken))
            _fill(page, sheet, TABLES.get(name), looks)
    return made.getvalue()


def _fill(
    page: Worksheet, sheet: pd.DataFrame, table: Table | None, looks: dict[str, Format]
) -> None:
    """Write one sheet: headings with their help as notes, frozen; then the cells by their kind."""
    if table:
        missing = [column.name for column in table.columns if column.name not in sheet]
        sheet = sheet.reindex(columns=[*sheet.columns, *missing], fill_value="").astype("str")
    names = sheets.columns_of(sheet, table)
    columns = [table.by_name.get(name) if table else None for name in names]
    top = tr(sheets.WHAT), tr(sheets.ANSWER)
    rows = sheets.rows_of(sheet, table, lambda column: tr(column.label), top)
    upright = bool(table and table.upright and len(sheet) < 2)
    for down, row in enumerate(rows):
        for across, text in enumerate(row):
            if down == 0 or (upright and across == 0):
                page.write_string(down, across, xlsx_cells.clean(text), looks["heading"])
                continue
            column = columns[down - 1] if upright else columns[across]
            if column:
                xlsx_cells.write(page, down, across, text, column.kind, looks)
            elif text:
                xlsx_cells.write(page, down, across, text, Text(), looks)
    for number, column in enumerate(columns):
        if column and column.help:
            heading = (number + 1, 0) if upright else (0, number)
            page.write_comment(*heading, tr(column.help))
    widths = [28, 60] if upright else [xlsx_cells.width(column) for column in columns]
    for number, width in enumerate(widths):
        page.set_column(number, number, width)
    page.freeze_panes(1, 1 if upright else 0)
    everywhere = f"A1:{sheets.letters(bounds.MOST_COLUMNS - 1)}{bounds.MOST_ROWS}"
    page.ignore_errors({"number_stored_as_text": everywhere})


def _sheet_name(name: str, taken: set[str]) -> str:
    """The name as a spreadsheet takes it: without signs it forbids, cut at 31, and not taken."""
    fit = "".join("-" if sign in "[]:*?/\\" else sign for sign in xlsx_cells.clean(name))
    fit = fit.strip("'")[:LONGEST_NAME].strip("'") or "-"

    def numbered(number: int) -> str:
        end = f" ({number})"
        return fit[: LONGEST_NAME - len(end)] + end

    refused = {"history", *taken}  # Excel keeps "History" for itself
    free = free_name(fit, lambda each: each.casefold() in refused, numbered)
    taken.add(free.casefold())
    return free


def refuse_too_much(filled: dict[str, pd.DataFrame]) -> None:
    """Refuse what a workbook would cut off in silence.

    Args:
        filled: The sheets by their names.

    Raises:
        NotSaved: A sheet or a text is too large for a workbook; the sentence says which.
    """
    for name, sheet in filled.items():
        if len(sheet) >= bounds.MOST_ROWS or len(sheet.columns) > bounds.MOST_COLUMNS:
            raise NotSaved(
                tr(
                    "Sheet {table} is too large for a workbook. Save the partnership as a folder."
                ).format(table=name)
            )
        for column in sheet.columns:
            long = sheet.index[sheet[column].map(_letters, na_action="ignore") > MOST_LETTERS]
            if len(long):
                raise NotSaved(
                    tr(
                        "Sheet {table}, row {row}, column {column}: the text is too long for a "
                        "workbook, which takes {most} letters in a cell. Shorten it, or save as a "
                        "folder."
                    ).format(table=name, row=long[0], column=column, most=MOST_LETTERS)
                )


def _letters(text: str) -> float:
    """How long a text is as the format counts: some signs count twice."""
    return len(text.encode("utf-16-le", errors="replace")) / 2
