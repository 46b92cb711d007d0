"""What stands in the way of a reader who does not see a PDF: what a machine can check of PDF/UA-1.

After the failure conditions of the Matterhorn Protocol 1.1; the numbers are theirs. veraPDF, which checks the same, has no
package for Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

# ISO 32000-1, 14.8.4
GROUPS = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
STANDARD = set(f"{GROUPS} {BLOCKS} {INLINE}".split())
INSIDE = {  # what may stand around it
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
ONLY = {  # what may stand in it
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TR": {"TH", "TD"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
TEXT = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
# where something tagged or an artifact begins and ends, and what paints
MARKS = re.compile(
    rb"(?P<name>/\w+)\s*(?P<said>(?:<<[^\n]*>>|/\w+)?)\s*(?:BDC|BMC)\b|\bEMC\b"
    rb"|(?<=[\s\])>)])(?:TJ|Tj|[fBb]\*?|[FSs]|Do|sh)(?=\s)"
)


class Part:
    """One part of the structure: its kind, what stands around it and in it, and its page."""

    def __init__(self, element: DictionaryObject, roles: dict, parent: Part | None):
        self.element, self.parent = element, parent
        written = element["/S"]
        self.kind = str(roles.get(written, written)).removeprefix("/")
        kids = element.get("/K", ArrayObject())
        kids = kids if isinstance(kids, ArrayObject) else [kids]
        self.kids = [kid.get_object() for kid in kids]
        self.parts = [
            Part(kid, roles, self) for kid in self.kids if isinstance(kid, dict) and "/S" in kid
        ]

    def all(self) -> Iterator[Part]:
        yield self
        for part in self.parts:
            yield from part.all()

    def says(self, *names: str) -> bool:
        return any(str(self.element.get(name, "")).strip() for name in names)

    def attribute(self, name: str) -> object:
        given = self.element.get("/A", ArrayObject())
        given = given.get_object()
        for one in given if isinstance(given, ArrayObject) else [given]:
            if name in one.get_object():
                return one.get_object()[name]
        return None


def faults(pdf: bytes) -> list[str]:
    """Each fault as a sentence; none where the checks find nothing."""
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    found = [*_document(root)]
    if "/StructTreeRoot" not in root:
        return [*found, "01-006 There is no structure."]
    parts = _all(root["/StructTreeRoot"])
    found += _parts(parts)
    found += _headings(parts)
    linked = {
        kid.raw_get("/Obj").idnum
        for part in parts
        if part.kind == "Link"
        for kid in part.kids
        if isinstance(kid, dict) and kid.get("/Type") == "/OBJR"
    }
    for number, page in enumerate(reader.pages, start=1):
        found += [f"{fault} (page {number})" for fault in _page(page, linked)]
    return found


def tables(pdf: bytes) -> list[Part]:
    """The tables in the structure, in their order."""
    reader = PdfReader(BytesIO(pdf))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    return [part for part in _all(tree) if part.kind == "Table"]


def _all(tree: DictionaryObject) -> list[Part]:
    roles = dict(tree.get("/RoleMap") or {})
    tops = tree["/K"].get_object()
    tops = tops if isinstance(tops, ArrayObject) else [tops]
    return [part for top in tops for part in Part(top.get_object(), roles, None).all()]


def _document(root: DictionaryObject) -> Iterator[str]:
    told = root["/Metadata"].get_object().get_data().decode("utf-8") if "/Metadata" in root else ""
    if "<pdfuaid:part>1<" not in told:
        yield "06-002 The metadata do not name PDF/UA."
    if "<dc:title>" not in told:
        yield "06-003 The metadata have no title."
    if not _true((root.get("/ViewerPreferences") or {}).get("/DisplayDocTitle")):
        yield "07-001 The title is not shown."
    if not root.get("/Lang"):
        yield "11-006 No language is told."
    marked = root.get("/MarkInfo") or {}
    if not _true(marked.get("/Marked")) or _true(marked.get("/Suspects")):
        yield "01-005 The document is not marked as tagged."


def _true(value: object) -> bool:
    return getattr(value, "value", value) is True


def _parts(parts: list[Part]) -> Iterator[str]:
    notes = set()
    for part in parts:
        kind, around = part.kind, part.parent.kind if part.parent else ""
        if kind not in STANDARD:
            yield f"02-001 {kind} is no kind of part."
        if kind in INSIDE and around not in INSIDE[kind]:
            yield f"09-004 {kind} stands in {around}."
        for inner in part.parts:
            if kind in ONLY and inner.kind not in ONLY[kind]:
                yield f"09-004 {inner.kind} stands in {kind}."
        if kind == "Figure" and not part.says("/Alt", "/ActualText"):
            yield "13-004 A figure has no text."
        if kind == "Formula" and not part.says("/Alt", "/ActualText"):
            yield "17-002 A formula has no text."
        if kind == "TH" and not part.attribute("/Scope"):
            yield "15-003 A head of a table does not say of what."
        if kind == "Table" and not any(inner.kind == "TH" for inner in part.all()):
            yield "15 A table has no heads."
        if kind == "Note":
            name = str(part.element.get("/ID", ""))
            if not name or name in notes:
                yield "19-003 A note has no name of its own."
            notes.add(name)


def _headings(parts: list[Part]) -> Iterator[str]:
    above = 0
    for part in parts:
        if part.kind[0] == "H" and part.kind[1:].isdecimal():
            depth = int(part.kind[1:])
            if depth > above + 1:
                yield f"14-003 {part.kind} follows on a heading of level {above}."
            above = depth


def _page(page: PageObject, linked: set[int]) -> Iterator[str]:
    notes = page.get("/Annots") or []
    if notes and page.get("/Tabs") != "/S":
        yield "28-008 Tab does not follow the structure."
    for note in notes:
        link = note.get_object()
        if link["/Subtype"] == "/Link":
            if note.idnum not in linked:
                yield "28-011 A link is not in the structure."
            if not str(link.get("/Contents", "")).strip():
                yield "28-012 A link does not say where it leads."
    if "/StructParents" not in page:
        yield "01-006 The page is not in the structure."
    yield from _fonts(page.get("/Resources", {}))
    yield from _marks(page)


def _fonts(resources: DictionaryObject) -> Iterator[str]:
    for font in (resources.get("/Font") or {}).values():
        font = font.get_object()
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        described = inner.get("/FontDescriptor", {}).get_object()
        if not any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            if font.get("/Subtype") != "/Type3":
                yield f"31-009 The font {font.get('/BaseFont')} is not in the file."
        if "/ToUnicode" not in font:
            yield f"10-001 The letters of {font.get('/BaseFont')} have no meaning."


def _marks(page: PageObject) -> Iterator[str]:
    """Whatever is painted is part of the structure or an artifact, and never both."""
    open_marks: list[str] = []
    content = TEXT.sub(b"()", page.get_contents().get_data())
    for mark in MARKS.finditer(content):
        if mark["name"]:
            tagged = b"/MCID" in mark["said"]
            kind = "artifact" if mark["name"] == b"/Artifact" else "tagged" if tagged else ""
            if kind and {kind, *open_marks} >= {"artifact", "tagged"}:
                yield "01-003 An artifact and something tagged stand in one another."
            open_marks.append(kind)
        elif mark[0] == b"EMC":
            open_marks.pop()
        elif not any(open_marks):
            yield "01-005 Something is painted that is neither tagged nor an artifact."
