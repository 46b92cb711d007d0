"""The page on the command line: every command is on it, each example works, and the fields are those that drafts fill."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from book import ROOT, Book
from commands import BEGIN, commands, examples, written
from forking import forked
from partnering.documents import drafts
from partnering.storage import folder, paths

PAGE = ROOT / "guide" / "reference" / "commands.md"


@pytest.fixture
def venue(tmp_path) -> Path:
    """The folder `exercises` as somebody has it who gets forms back."""
    shutil.copytree(paths.EXAMPLES, tmp_path / "examples")
    (tmp_path / "my-partnerships").mkdir()
    (tmp_path / "came-back" / "base").mkdir(parents=True)
    for name in ("partners", "risks"):
        shutil.copy(paths.EXAMPLES / "shade" / f"{name}.csv", tmp_path / "came-back" / "base")
    (tmp_path / "came-back" / "VEC.csv").write_text(
        "partner,risk,how_likely,how_hard_on_us\nVEC,R1,likely,harms us\n", "utf-8"
    )
    return tmp_path


def test_every_command_has_an_example_on_its_page():
    assert sorted(examples(PAGE)) == sorted(commands()) and all(examples(PAGE).values())


def test_the_examples_on_the_page_work_in_their_order(venue):
    for command, lines in examples(PAGE).items():
        only_asked = ("--", "--version") if command == "open" else ()  # else it would stay open
        for line in lines:
            done = forked(
                "partnering",
                *shlex.split(line.removeprefix(BEGIN)),
                *only_asked,
                cwd=venue,
                PYTHONPATH=str(ROOT / "exercises"),
            )
            is_asked_first = f"{line} --yes" in lines
            assert done.returncode == (2 if is_asked_first else 0), (line, done.stderr)
    assert {file.name for file in (venue / "drafts").iterdir()} >= {
        "partnership-agreement.docx",
        "points-for-the-grant-agreement.docx",
    }
    assert {place.name for place in (venue / "reports").iterdir()} == {
        place.name for place in paths.examples()
    }
    risks = folder.read(venue / "my-partnerships" / "harbour")["risks"]
    gone = folder.read(paths.EXAMPLES / "shade")["risks"].set_index("risk")["what_could_happen"]
    assert gone["R3"] not in risks["what_could_happen"].tolist()
    numbered = [code for code in risks["risk"] if code != "R-A"]
    assert numbered == [f"R{at}" for at in range(1, len(gone) - 1)]


def test_the_page_tells_of_each_command_what_its_help_tells(book: Book):
    page = (
        "# A\n\n"
        + "\n".join(
            f"## {name}\n\n```{{command}} {name}\n{lines[0]}\n```\n"
            for name, lines in examples(PAGE).items()
        )
        + "\n## Fields\n\n```{template-fields}\n```\n"
    )
    built = book.page("a", page).build()
    assert built.code == 0, built.said
    read = BeautifulSoup(built.page("a"), "html.parser")
    for name, command in commands().items():
        place = read.select_one(f"section#{name}")
        typed = [cell.get_text() for cell in place.select("tbody th code")]
        assert typed == [written(action) for action in command._actions if action.dest != "help"]
        assert place.select_one(".highlight").get_text().strip() == examples(PAGE)[name][0]
    assert (
        "With --into: you have read the messages; save it."
        in read.select_one("section#merge").get_text()
    )  # no dash in place of two hyphens
    fields = [cell.get_text() for cell in read.select("section#fields tbody th code")]
    assert fields == [*drafts.FIELDS, *drafts.INSIDE]


def test_an_example_that_cannot_be_asked_and_a_command_that_is_none_stop_the_build(book: Book):
    built = book.page(
        "a",
        "# A\n\n```{command} check\npython -m partnering check --nonsense\n```\n\n"
        "```{command} rank\n```\n",
    ).build()
    assert built.code != 0
    assert "This cannot be asked" in built.said and "There is no command rank" in built.said


NAMED = re.compile(r"(?:--out(?:put)? |\bmerge )([\w./-]+)")


def test_what_the_pages_let_people_make_is_left_out_by_git():
    """Both where a terminal is open in the handbook and where it is open in its exercises."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    pages = [
        *ROOT.glob("*.md"),
        *(ROOT / "guide").rglob("*.md"),
        *(ROOT / "exercises").rglob("*.md"),
    ]
    named = {
        place.rstrip("./") for page in pages for place in NAMED.findall(page.read_text("utf-8"))
    }
    assert {"came-back", "reports", "drafts", "large-forms"} <= named
    for home in ("", "exercises/"):
        files = [
            f"{home}{place}/x.docx" for place in sorted(named) if "my-partnerships" not in place
        ]
        found = subprocess.run(
            [git, "check-ignore", *files], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert found.stdout.split() == files


def test_nothing_of_the_handbook_itself_is_left_out_by_git():
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    found = subprocess.run(
        [git, "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == ""
