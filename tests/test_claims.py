"""What sounds like a claim about everybody or nobody is read before it is shown to anybody."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from examples import example
from making import partnership
from partnering import language
from partnering.documents import report, report_files
from partnering.partnership import ROOM, Partnership
from partnering.storage import paths

LIST = Path(__file__).with_name("claims.txt")
PACKAGE = Path(language.__file__).parent
WITH_CONTEXT = {1: (1,), 2: (1, (2, "c"))}
KEYWORDS = {**dict.fromkeys(("tr", "mark", "_"), WITH_CONTEXT), "trn": (1, 2)}
METHODS = [("**.py", "python"), ("schema/lists/*.csv", "partnering.schema.lists:messages")]
CLAIMS = re.compile(
    r"\b(nobody|no one|none|nothing|no|every|everybody|everything|all|only|not yet)\b",
    re.IGNORECASE,
)
KNOWN, HERE, FACILITATOR, NO_CLAIM = (
    "Known",
    "Of what is shown here",
    "To the facilitator",
    "No claim",
)
EXAMPLES = sorted(place.name for place in paths.EXAMPLES.iterdir() if place.is_dir())
WHAT_TO_DO = (
    "Read each as somebody does who sees only a part. Is it true whatever is kept back? Then it comes "
    "from a quantifier of partnership/knowledge.py, or says “of what is shown here” "
    "(knowledge.of_what_stands_here), or goes to the facilitator alone, or claims nothing. Then put "
    "it into tests/claims.txt, under the heading that says which:"
)


def listed() -> dict[str, list[str]]:
    """The sentences of the list by the first words of their heading."""
    found: dict[str, list[str]] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = next(
                name for name in (KNOWN, HERE, FACILITATOR, NO_CLAIM) if line[3:].startswith(name)
            )
            found[heading] = []
        elif line and not line.startswith("# "):
            found[heading].append(line.replace("\\n", "\n"))
    return found


def in_the_package() -> set[str]:
    """Every sentence with such a word that Babel finds."""
    found: set[str] = set()
    for _, _, message, _, _ in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        found |= set(message) if isinstance(message, tuple) else {message}
    return {text for text in found if CLAIMS.search(text)}


def test_each_sentence_about_all_or_nobody_has_been_read_by_somebody():
    there, known = in_the_package(), [text for some in listed().values() for text in some]
    new = "\n".join(sorted(there - set(known)))
    assert not new, f"{WHAT_TO_DO}\n{new}"
    gone = "\n".join(sorted(set(known) - there))
    assert not gone, (
        f"These are no longer in the package; take them out of tests/claims.txt:\n{gone}"
    )
    assert len(known) == len(set(known)), "a sentence stands under one heading"


def test_what_is_said_of_what_stands_here_says_so_or_repeats_a_line():
    """Of the second kind are the few that tell what a line, or its empty cell, says."""
    says_so = re.compile(r"\b(here|shown|sheets?|draft|proposal|proposes)\b")
    lines = [text for text in listed()[HERE] if not says_so.search(text)]
    assert len(lines) <= 20, lines


def _pieces(page: str) -> set[str]:
    """Each piece of text of a page that stands for itself: a cell, a note, a caption, a line."""
    return {html.unescape(piece).strip() for piece in re.split(r"<[^>]+>|\n|; ", page)} - {""}


def _in_part() -> Partnership:
    """A partnership in which most is empty, and some is kept back."""
    return partnership(
        "ANA BEN CYD",
        partnership=[
            {
                "title": "Three",
                "mode": "with names",
                "moment": "working together",
                "date": "2027-01-01",
            }
        ],
        objectives=[("O1", "a bridge")],
        value_lines=[{"line": "V1", "partner": "ANA", "we": "bring", "what": "a van"}],
        practices=[{"practice": "A1", "principle": "Equality", "we_will": "call"}],
        kept=[{"what": "A1", "partner": "ANA", "how": "not done"}],
        risks=[
            {
                "risk": "R1",
                "what_could_happen": "rain",
                "type": "legal",
                "share": "facilitator only",
            }
        ],
        rights=[("Publish", "all partners")],
    )


@pytest.mark.rule("R10")
@pytest.mark.parametrize("name", [*EXAMPLES, "empty", "in part"])
def test_what_only_the_facilitator_can_know_is_never_said_to_the_room(name):
    made = {"empty": lambda: partnership("ANA BEN"), "in part": _in_part}
    p = made[name]() if name in made else example(name)
    shown = _pieces(report_files.html(report.shared(p.for_reader(ROOM))))
    for sentence in listed()[FACILITATOR]:
        said = re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence)))
        assert not [piece for piece in shown if said.fullmatch(piece)], sentence
