"""How easy the words are to read: of every page, every plan, and every sentence of the package.

`nox -s lint` runs it. It prints a table, and what is too long, too hard or on the list of words to
avoid (`avoid.txt`). The rules stand in CONTRIBUTING.md under *How it is written*.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel.messages.extract import extract_from_dir

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "exercises" / "partnering"
PAGES = sorted([ROOT / "index.md", *(ROOT / "guide").rglob("*.md"), ROOT / "README.md"])
EXERCISES = sorted((ROOT / "exercises").glob("*.ipynb"))
EXAMPLES = sorted((ROOT / "exercises" / "examples").rglob("*.csv"))
PLANS = sorted((ROOT / "guide" / "plans").glob("*.yaml"))
KEYWORDS = {"tr": None, "mark": None, "_": None, "trn": (1, 2)}
MEDIAN, EASE, SPOKEN_EASE, LONGEST_MESSAGE = 16, 65, 75, 20
LONGEST, LONGEST_SPOKEN = 30, 25
# lists of names, titles and addresses are not read as sentences
NOT_MEASURED = {"guide/reference/sources.md", "guide/glossary.md", "guide/reference/exercises.md"}
# a promise is quoted whole; a list of words is no sentence
WORDS_READ = "schema/wording.py"  # also what people may have written long ago
LONG_MESSAGES = {"paper/undertaking.py", WORDS_READ}
NOT_PROSE = re.compile(
    r"\A---.*?^---$"
    r"|^```\{(?!note|tip|warning|admonition)[\w-]+\}.*?^```$"
    r"|^```\w*$.*?^```$|\{cell\}`[^`]*`"
    r"|^(?:`{3,}|:{3,}|:\w|    |\||\([\w-]+\)=|%)[^\n]*$"
    r"|<[^<>\s]+>(?=`)|\{[\w:.-]+\}|(?<=\])\([^()]*\)",
    re.MULTILINE | re.DOTALL,
)
SENTENCE_END = re.compile(r"(?<=[.!?:;…])[\"”’)*]*\s+")
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*] |\d+\. |#))")


class Measured(NamedTuple):
    """One page or plan: its words, the median and the longest of its sentences, and its ease."""

    name: str
    words: int
    median: float
    longest: int
    ease: float
    least: int
    most: int

    @property
    def is_hard(self) -> bool:
        """Whether it is over a limit."""
        return self.median > MEDIAN or self.ease < self.least or self.longest > self.most


def main() -> int:
    """Print the table and what is wrong.

    Returns:
        1 where something is over a limit.
    """
    table = [*map(_page, _measured_pages()), *map(_exercise, EXERCISES), *_plans()]
    print(f"{'':44}{'words':>7}{'median':>8}{'longest':>9}{'ease':>7}")
    for one in table:
        hard = "  too hard" if one.is_hard else ""
        print(f"{one.name:44}{one.words:7}{one.median:8.1f}{one.longest:9}{one.ease:7.1f}{hard}")
    wrong = [f"{one.name} is too hard to read." for one in table if one.is_hard]
    wrong += [*_avoided(), *_long_messages(), *_misspelt(), *_advised()]
    print(*wrong, sep="\n")
    return 1 if wrong else 0


def _measured_pages() -> Iterator[Path]:
    return (page for page in PAGES if _name(page) not in NOT_MEASURED)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _page(path: Path) -> Measured:
    return _measure(_name(path), _paragraphs(path.read_text(encoding="utf-8")), EASE, LONGEST)


def _exercise(path: Path) -> Measured:
    """What the cells of an exercise say, without their code."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    said = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return _measure(_name(path), _paragraphs("\n\n".join(said)), EASE, LONGEST)


def _plans() -> Iterator[Measured]:
    for path in PLANS:
        plan = yaml.safe_load(path.read_text(encoding="utf-8"))
        shown = list(_texts(plan))
        yield _measure(_name(path), [text for _, text in shown], EASE, LONGEST)
        said = [text for key, text in shown if key == "say"]
        yield _measure("    what you say", said, SPOKEN_EASE, LONGEST_SPOKEN)


def _texts(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a plan under its key; what its steps count is not shown."""
    if isinstance(part, str):
        yield key, part
    elif isinstance(part, list):
        for item in part:
            yield from _texts(item, key)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name != "counts":
                yield from _texts(value, name)


def _paragraphs(text: str) -> list[str]:
    """The prose of a page, a paragraph each, without marks."""
    found = []
    for part in PARAGRAPH.split(NOT_PROSE.sub(" ", text)):
        plain = " ".join(re.sub(r"[*`_#\[\]>]|^\s*(?:[-*]|\d+\.) ", " ", part).split())
        if any(map(str.isalpha, plain)):
            found.append(plain if plain[-1] in ".!?:…”" else f"{plain}.")
    return found


def _measure(name: str, paragraphs: list[str], least: int, most: int) -> Measured:
    import textstat  # it takes a second: only who measures waits for it

    lengths = [len(one.split()) for text in paragraphs for one in SENTENCE_END.split(text)]
    lengths = [length for length in lengths if length > 1] or [0]
    words = sum(len(text.split()) for text in paragraphs)
    ease = textstat.flesch_reading_ease(" ".join(paragraphs))
    return Measured(name, words, statistics.median(lengths), max(lengths), ease, least, most)


def _avoided() -> Iterator[str]:
    """Words on the list in pages, plans, exercises, examples, and texts of the package."""
    rules = []
    for line in (HERE / "avoid.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, instead = line.partition(" = ")
            rules.append((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), instead))
    for place, text in [*_lines(), *_exercises(), *_messages(), *_lists()]:
        if f"/{WORDS_READ}:" in place:
            continue
        for rule, instead in rules:
            for found in rule.finditer(text):
                yield f"{place}: “{found[0]}”: better {instead}"


def _lines() -> Iterator[tuple[str, str]]:
    """Each line of prose in pages and plans, and where it is."""
    for path in [*PAGES, *PLANS]:
        text = NOT_PROSE.sub(lambda found: "\n" * found[0].count("\n"), path.read_text("utf-8"))
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{_name(path)}:{number}", line


def _exercises() -> Iterator[tuple[str, str]]:
    """What the cells of each exercise say, and in which file."""
    for path in EXERCISES:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield _name(path), "".join(cell["source"])


def _messages() -> Iterator[tuple[str, str]]:
    """Each text of the package, and of the site around its pages, and where it is."""
    for folder in (PACKAGE, ROOT / "_ext"):
        for file, line, message, *_ in extract_from_dir(
            folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            for text in message if isinstance(message, tuple) else (message,):
                yield f"{_name(folder)}/{file}:{line}", str(text)


def _lists() -> Iterator[tuple[str, str]]:
    """Each line of a list that comes with the handbook, and of an example, and where it is."""
    for path in [*sorted((PACKAGE / "schema" / "lists").glob("*.csv")), *EXAMPLES]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{_name(path)}:{number}", line


def _long_messages() -> Iterator[str]:
    """Sentences of the package that are too long to be read on a screen."""
    for place, text in _messages():
        if any(f"partnering/{file}:" in place for file in LONG_MESSAGES):
            continue
        for sentence in SENTENCE_END.split(text):
            if (length := len(sentence.split())) > LONGEST_MESSAGE:
                yield f"{place}: {length} words: {sentence}"


def _misspelt() -> list[str]:
    """What codespell finds; the words that it must leave are in `spelling.txt`."""
    files = [str(path) for path in [*PAGES, *PLANS, PACKAGE]]
    leave = (
        "--ignore-words",
        str(HERE / "spelling.txt"),
        "--skip",
        "*.ttf,*.docx,*.pyc,*.mo,*.csv",
    )
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib", *leave, *files], capture_output=True, text=True
    )
    return done.stdout.splitlines()


def _advised() -> list[str]:
    """What proselint advises, but for words of a source that a page quotes (`cited.txt`).

    Marks of tables are no words said twice, so that check is off.
    """
    words = ("-m", "proselint", "check", "--config", str(HERE / "proselint.json"))
    done = subprocess.run(
        [sys.executable, *words, *map(str, PAGES)], capture_output=True, text=True
    )
    return _but_for_cited(done.stdout.splitlines(), _cited())


def _cited() -> list[tuple[str, str]]:
    """The words of sources that may stay: the page and the words of each."""
    lines = (HERE / "cited.txt").read_text(encoding="utf-8").splitlines()
    rules = [line.partition(" = ")[0] for line in lines if line and not line.startswith("#")]
    return [(page, words) for page, _, words in (rule.partition(": ") for rule in rules)]


def _but_for_cited(advice: list[str], cited: list[tuple[str, str]]) -> list[str]:
    """The advice without what a page quotes; what is listed and not found is told as well."""
    met, left = set(), []
    for line in advice:
        mine = {(page, words) for page, words in cited if f"{page}:" in line and words in line}
        met |= mine
        left += [] if mine else [line]
    return left + [
        f"tests/wording/cited.txt: “{words}” is not on {page} any more: take the line out."
        for page, words in cited
        if (page, words) not in met
    ]


if __name__ == "__main__":
    raise SystemExit(main())
