"""The builder: every page in the order of the contents as one Typst source, and a PDF made of it.

Everything that is wrong is told in one go, each fault with its page and line.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging

from partnering.language import tr
from partnering.paper import forms, typst_pdf
from partnering.schema.tables import STOPS
from printed import imprint, left_out
from printed.markup import Place, call, escaped, place_of_line, place_of_text, quoted
from printed.subjects import subjects
from printed.writer import Paper, Writer
from session_plan import stop_of

logger = logging.getLogger(__name__)

DESIGN = Path(__file__).with_name("book.typ")
EDITIONS = {"book": "handbook", "code": "handbook-with-code", "pocket": "pocket-edition"}
# What is looked up rather than read: in small letters, in two columns.
SMALL = ("guide/methods", "guide/glossary", "guide/reference/sources")
WITH_FORMS = ("guide/print",)  # how many forms to copy: just before the forms
SHORT = 1 / 3  # of a page: less than this is little for the last page of a chapter
Page = tuple[str, int, nodes.document]  # its name, its depth, its tree


class TypstBuilder(Builder):
    """Makes one book of all pages."""

    name = "typst"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    allow_parallel = False
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012

    def get_outdated_docs(self) -> str:
        """What is made anew: a book always as a whole."""
        return "all pages"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The mark by which the writer knows a link inside the book."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The same mark, wherever the link stands."""
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: set[str]) -> None:
        """Choose the edition.

        Raises:
            ConfigError: There is no such edition.
        """
        edition = self.config.printed_edition
        if edition not in EDITIONS:
            raise ConfigError(
                tr("there is no edition “{name}”; there are: {known}").format(
                    name=edition, known=", ".join(EDITIONS)
                )
            )
        self.work = Path(self.doctreedir) / "typst"  # where the source lies
        self.paper = Paper(edition, "a5" if edition == "pocket" else "a4", picture=self._picture)

    def write_documents(self, docnames: set[str]) -> None:
        """Write the PDF, or say every fault."""
        pages = self._pages()
        trees = [(docname, tree) for docname, _depth, tree in pages]
        self.subjects = [] if self.paper.edition == "pocket" else subjects(trees)
        for docname, _depth, tree in pages:
            for part in _for_pocket(tree) if self.paper.edition == "pocket" else [tree]:
                self.paper.note_labels(docname, part)
        self.paper.labels |= {f"form:{name}": f"form:{name}" for name in forms.names()}
        write = self._plans if self.paper.edition == "pocket" else self._chapters
        self.target.unlink(missing_ok=True)
        body = write(pages)
        if self.paper.faults:
            self._refuse(self.paper.faults)
        else:
            self._print(body)

    def _pages(self) -> list[Page]:
        """The pages of this edition; what it leaves out is noted as being on the site."""
        pages = []
        for docname, depth in in_order(self.env):
            tree = self.env.get_and_resolve_doctree(docname, self, tags=self.tags)
            if self.paper.edition == "code":
                pages.append((docname, depth, tree))
            elif left_out.is_left_out(docname):
                self.paper.on_site |= {docname, *left_out.places(docname, tree)}
            else:
                self.paper.on_site |= set(left_out.take_out(docname, tree))
                if (
                    self.paper.edition == "book"
                ):  # a plan of the pocket edition has no page above it
                    left_out.take_out_what_is_asked_twice(tree)
                pages.append((docname, depth, tree))
        return pages

    @property
    def target(self) -> Path:
        """The PDF of this edition."""
        return Path(self.outdir) / f"{EDITIONS[self.paper.edition]}.pdf"

    def _refuse(self, faults: list[tuple[Place | None, str]]) -> None:
        """Say every fault with its place; the build has failed, even where warnings may pass."""
        for place, sentence in faults:
            location = (place.docname, place.line or None) if place else None
            logger.error("%s", sentence, location=location, type="printed")
        self.app.statuscode = 1

    def _chapters(self, pages: list[Page]) -> str:
        (first, _depth, opening), *rest = pages
        last = [page for page in rest if page[0] in WITH_FORMS]
        rest = [page for page in rest if page[0] not in WITH_FORMS]
        text = Writer(self.paper, first, turns=False).page(opening)
        body = [self._opening(f"{text}\n\n{self._on_site()}"), "#contents"]
        for small, group in groupby(rest, key=lambda page: page[0] in SMALL):
            chapters = _chapters_of(list(group))
            if small:
                text = "\n\n".join(self._page(page, small) for page in chain(*chapters))
                turns = chapters[0][0][1] == 1  # a page of a chapter follows the one before
                body.append(call("in-columns", f"\n{text}\n", turns=str(turns).lower()))
                continue
            for chapter in chapters:
                text = "\n\n".join(map(self._page, chapter))
                body.append(call("chapter", f"\n{text}\n", name=quoted(chapter[0][0])))
        body += [self._page(page) for page in last]
        body += [self._forms(turns=not last), self._plan_index(pages), self._subject_index()]
        return "\n\n".join(body)

    def _page(self, page: Page, small: bool = False) -> str:
        docname, depth, tree = page
        writer = Writer(self.paper, docname, depth, turns=not small, small=small)
        if depth == 1 and any(_plans_of(tree)):
            writer.opener = self._opener(docname, tree)
        return writer.page(tree)

    def _opener(self, docname: str, tree: nodes.document) -> dict[str, str]:
        """What stands at the head of a chapter with a session plan: its stop, and its parts."""
        chapter = tree.next_node(nodes.section)
        sections = [part for part in chapter.children if isinstance(part, nodes.section)][1:]
        doors = [
            (f"{docname}#{part['ids'][0]}", part.next_node(nodes.title).astext())
            for part in sections
        ]
        doors += [
            (name, tr("Example: {name}").format(name=_short_title(self.env.titles[name])))
            for name in self.env.toctree_includes.get(docname, [])
            if name in self.paper.labels and not name.startswith("exercises/")
        ]
        lines = [call("door", escaped(said), name=quoted(name)) for name, said in doors]
        stop = stop_of(docname.rpartition("/")[2])
        here = int(stop) if stop.isdecimal() and int(stop) <= len(STOPS) else 0
        return {"stop": str(here), "doors": f"({''.join(f'[{line}],' for line in lines)})"}

    def _opening(self, text: str) -> str:
        """The page behind the cover: a text, and the imprint at its foot."""
        config = self.config
        lines = imprint.lines(Path(self.srcdir), config.project, config.author, config.copyright)
        told = "".join(f"([{escaped(label)}], [{escaped(said)}])," for label, said in lines)
        return call("opening-page", "\n" + text + "\n", imprint=f"({told})")

    def _on_site(self) -> str:
        """Which pages are on the site alone."""
        listed = [
            f"“{self.env.titles[name].astext()}”"
            for name, _depth in in_order(self.env)
            if name in self.paper.on_site and not name.startswith("exercises/")
        ]
        sentence = tr(
            "Some pages need a screen. They are on the site, with the exercises: {pages}."
        )
        return escaped(sentence.format(pages=", ".join(listed))) if listed else ""

    def _plan_index(self, pages: list[Page]) -> str:
        """Every session plan, with the page on which it begins."""
        lines = [
            call(
                "index-line",
                escaped(_plan_title(plan)),
                name=quoted(f"{docname}#{plan['ids'][0]}"),
                of=f"[{escaped(_short_title(self.env.titles[docname]))}]",
            )
            for docname, _depth, tree in pages
            for plan in _plans_of(tree)
        ]
        return call("index-of", escaped(tr("Session plans")), "".join(lines)) if lines else ""

    def _subject_index(self) -> str:
        """The words of the glossary, with the pages that say most about them."""
        labels = self.paper.labels
        lines = [
            call(
                "subject-line",
                escaped(subject.word),
                means=quoted(labels[subject.means]),
                places=f"({''.join(quoted(labels[place]) + ',' for place in subject.places)})",
            )
            for subject in self.subjects
        ]
        note = tr("In bold, the page that explains the word.")
        return (
            call("subject-index", escaped(tr("Subjects")), escaped(note), *lines) if lines else ""
        )

    def _plans(self, pages: list[tuple[str, int, nodes.document]]) -> str:
        found = []
        for docname, _depth, tree in pages:
            parts = _for_pocket(tree)
            if parts:
                writer = Writer(self.paper, docname)
                writer.depth = 1
                title = self.env.titles[docname].astext()
                found.append(call("titled", escaped(title), level="1", name=quoted(docname)))
                found += [writer.node(part) for part in parts]
        return "\n\n".join([self._opening("#contents-list;"), *found, self._forms()])

    def _forms(self, turns: bool = True) -> str:
        """Every blank form, a page for each; `turns` says whether their list does as well."""
        blank = [forms.blank(name).data() for name in forms.names()]
        if not blank:
            return ""
        data = quoted(json.dumps(blank, ensure_ascii=False))
        return call("all-forms", data=data, turns=str(turns).lower())

    def _picture(self, docname: str, uri: str) -> str:
        """A picture copied beside the book; its name there."""
        name = f"picture-{self.env.images[uri][1]}" if uri in self.env.images else Path(uri).name
        shutil.copy(Path(self.srcdir) / uri, self._folder() / name)
        return name

    def _folder(self) -> Path:
        self.work.mkdir(parents=True, exist_ok=True)
        return self.work

    def _print(self, body: str) -> None:
        """Write the source beside what it imports, and compile it."""
        folder = self._folder()
        for name in ("look.typ", "forms.typ"):
            shutil.copy(typst_pdf.PRINT / name, folder / name)
        shutil.copy(DESIGN, folder / "book.typ")
        source = f'#import "book.typ": *\n#show: handbook.with({self._facts()})\n\n{body}\n'
        file = folder / f"{EDITIONS[self.paper.edition]}.typ"
        file.write_text(source, encoding="utf-8")
        try:
            made = typst_pdf.pdf(file, root=folder, inputs=spacing(file))
        except typst_pdf.NotPrinted as error:
            self._refuse([(_place_of(source, fault), fault.sentence) for fault in error.faults])
            return
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self.target.write_bytes(made)

    def _facts(self) -> str:
        """What the design has to know of the book, as options in Typst code."""
        facts = {
            "title": self.config.project,
            "author": self.config.author,
            "licence": self.config.copyright,
            "lang": self.config.language,
            "edition": self.paper.edition,
            "size": self.paper.size,
        }
        stops = "".join(f"({quoted(tr(name))}, {quoted(tr(asks))})," for _no, name, asks in STOPS)
        options = [f"{key}: {quoted(value)}" for key, value in facts.items()]
        return ", ".join([*options, f"stops: ({stops})"])

    def finish(self) -> None:
        """Nothing is left to do."""


def in_order(env: BuildEnvironment) -> Iterator[tuple[str, int]]:
    """Every page in the order of the contents.

    Yields:
        The name of a page and its depth: 1 for the first page and for what it leads to.
    """
    seen: set[str] = set()

    def walk(docname: str, depth: int) -> Iterator[tuple[str, int]]:
        if docname not in seen:
            seen.add(docname)
            yield docname, max(depth, 1)
            for inner in env.toctree_includes.get(docname, []):
                yield from walk(inner, depth + 1)

    yield from walk(env.config.root_doc, 0)


def _plans_of(tree: nodes.document) -> Iterator[nodes.container]:
    return tree.findall(
        lambda node: isinstance(node, nodes.container) and "session-plan" in node["classes"]
    )


def _chapters_of(pages: list[Page]) -> list[list[Page]]:
    """Pages by chapter: each with the pages inside it."""
    found: list[list[Page]] = []
    for page in pages:
        if page[1] == 1 or not found:
            found.append([])
        found[-1].append(page)
    return found


def _short_title(title: nodes.title) -> str:
    """What stands before the question of a chapter, or before the stop of an example."""
    return title.astext().partition(":")[0]


def _plan_title(plan: nodes.container) -> str:
    return next(iter(plan.findall(nodes.rubric))).astext()


def _for_pocket(tree: nodes.document) -> list[nodes.Element]:
    """What the pocket edition has of a page: session plans, and what is of the class `pocket`."""

    def is_marked(node: nodes.Node) -> bool:
        return isinstance(node, nodes.section | nodes.Admonition) and "pocket" in node["classes"]

    return [*_plans_of(tree), *tree.findall(is_marked)]


def spacing(file: Path) -> dict[str, str]:
    """Which chapters are set tighter or looser.

    So that something stands on their last page, and what is prepared for a session on the page that
    opens the chapter.

    Args:
        file: The source of the book.

    Returns:
        The names of chapters under "tight" and "loose": tighter where that saves the page. Under
        "closer" those whose opening is to hold more; they are tight as well.
    """
    short, late = _short_and_late(file, {})
    tight = short | late
    loose = _short_and_late(file, {"tight": ",".join(sorted(tight))})[0] & short if tight else set()
    sets = {"tight": tight - (loose - late), "loose": loose - late, "closer": late}
    return {name: ",".join(sorted(chapters)) for name, chapters in sets.items()}


def _short_and_late(file: Path, inputs: dict[str, str]) -> tuple[set[str], set[str]]:
    """The chapters on whose last page little stands, and those whose preparation runs over."""
    ends = typst_pdf.noted(file, "chapter-end", root=file.parent, inputs=inputs)
    short = {end["name"] for end in ends if end["filled"] < SHORT}
    return short, {end["name"] for end in ends if end["late"]}


def _place_of(source: str, fault: typst_pdf.Fault) -> Place | None:
    """Where in the pages a fault of the compiler comes from.

    A letter that no font has is looked for by itself, since the compiler gives no line for it.
    """
    letter = fault.sentence.partition("“")[2].partition("”")[0]
    return (place_of_text(source, letter) if letter else None) or place_of_line(source, fault.line)
