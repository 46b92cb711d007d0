"""The subject index: the words of the glossary, and the paragraphs that say most about each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docutils import nodes

MOST = 6  # sections that are named for a word
COMMON = 40  # sections with a word, above which it leads to nothing in particular


@dataclass(frozen=True)
class Subject:
    """A word of the index.

    Attributes:
        word: As the glossary has it.
        means: Where the glossary explains it, as docname#id.
        places: Where else it is spoken of, as docname#id.
    """

    word: str
    means: str
    places: tuple[str, ...]


def subjects(pages: Sequence[tuple[str, nodes.document]]) -> list[Subject]:
    """The words of every glossary, in the order of the alphabet.

    Args:
        pages: Every page of the book: its name and its tree. Paragraphs that the index leads to
            get a name there.

    Returns:
        The words, each with the sections in which it stands most often. A word that stands nearly
        everywhere is named with its explanation alone.
    """
    found = []
    told = [(name, item) for name, tree in pages for item in _terms(tree)]
    spoken = [(name, part) for name, tree in pages for part in _paragraphs(tree)]
    for docname, term in told:
        word = term.astext()
        places = _sections_with(word, spoken)
        means = f"{docname}#{term['ids'][0]}"
        found.append(Subject(word, means, places))
    return sorted(found, key=lambda subject: subject.word.casefold())


def _terms(tree: nodes.document) -> Iterable[nodes.term]:
    """The words that a page explains, and that links lead to."""
    return (term for term in tree.findall(nodes.term) if term["ids"])


def _paragraphs(tree: nodes.document) -> Iterable[nodes.paragraph]:
    """The running text of a page: no table, and no explanation of a word."""
    for part in tree.findall(nodes.paragraph):
        above, inside = part.parent, True
        while above is not None and inside:
            inside = not isinstance(above, nodes.table | nodes.definition_list)
            inside = inside and type(above).__name__ != "worked_result"
            above = above.parent
        if inside:
            yield part


def _sections_with(word: str, spoken: list[tuple[str, nodes.paragraph]]) -> tuple[str, ...]:
    """The places of a word: for each section that has it most often, its first paragraph."""
    wanted = re.compile(
        "|".join(rf"\b{re.escape(part.strip())}(?:s|es)?\b" for part in word.split(",")),
        re.IGNORECASE,
    )
    first: dict[int, tuple[str, nodes.paragraph]] = {}
    often: dict[int, int] = {}
    for docname, paragraph in spoken:
        if times := len(wanted.findall(paragraph.astext())):
            section = id(_section_of(paragraph))
            first.setdefault(section, (docname, paragraph))
            often[section] = often.get(section, 0) + times
    if len(first) > COMMON:
        return ()
    chosen = sorted(first, key=lambda section: -often[section])[:MOST]
    return tuple(_named(*first[section]) for section in first if section in chosen)


def _section_of(node: nodes.Node) -> nodes.Node:
    while not isinstance(node, nodes.section | nodes.document):
        node = node.parent
    return node


def _named(docname: str, paragraph: nodes.paragraph) -> str:
    """The place of a paragraph, which gets a name where it has none."""
    if not paragraph["ids"]:
        document = paragraph.document
        number = document.get("subjects", 0) + 1
        document["subjects"] = number
        paragraph["ids"] = [f"subject-{number}"]
    return f"{docname}#{paragraph['ids'][0]}"
