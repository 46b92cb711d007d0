"""OpenDocument workbooks written by hand, cell by cell."""

from __future__ import annotations

import zipfile
from pathlib import Path

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def open_document(file: Path, rows: str, sheet: str = "partners") -> Path:
    """An OpenDocument workbook whose sheet has these rows."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", kind)
        parts.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
        parts.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="{sheet}">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file


def row_of(*texts: str, said: str = "", cell: str = "") -> str:
    """A row of an OpenDocument sheet; what a row or its cells say besides."""
    inside = "".join(
        f'<table:table-cell office:value-type="string" {cell}><text:p>{text}</text:p>'
        "</table:table-cell>"
        if text
        else f"<table:table-cell {cell}/>"
        for text in texts
    )
    return f"<table:table-row {said}>{inside}</table:table-row>"
