"""The command line: python -m partnering COMMAND PARTNERSHIP."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from partnering.commands import (
    FINE,
    PARTS,
    PROBLEMS,
    WRONG_USE,
    ask,
    bring_back,
    check,
    compare,
    draft,
    forget,
    give,
    hand_over,
    merge,
    new,
    open_exercises,
    recode,
    report,
    say,
    show,
    take_home,
    why_none_compares,
)
from partnering.language import tr
from partnering.storage import atomic, paths

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """The commands with their help."""
    codes = tr(
        "Exit codes: 0 fine, 1 problems were found, 2 the command cannot be carried out as typed."
    )
    whole = argparse.ArgumentParser(
        prog="python -m partnering",
        description=tr(
            "Work with partnerships from a command line. PARTNERSHIP is a workbook (.xlsx) or a "
            "folder of CSV files."
        ),
        epilog=f"{why_none_compares()} {codes}",
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    one = _command(
        commands, "new", new, tr("begin a partnership: an empty workbook to fill in, or a folder")
    )
    one.add_argument(
        "place",
        type=paths.typed,
        metavar="PLACE",
        help=tr("a name ending in .xlsx makes a workbook, any other a folder"),
    )
    one = _command(
        commands, "check", check, tr("say what cannot be read, sheet by sheet; many at once")
    )
    _many(one)
    one = _command(commands, "show", show, tr("show the results as text, as the room may see them"))
    _one(one)
    _stops(one)
    one.add_argument(
        "--mine", action="store_true", help=tr("everything, for the facilitator alone")
    )
    _asking(commands)
    _merging(commands)
    _carrying(commands)
    _documents(commands)
    _over_time(commands)
    one = _command(commands, "open", open_exercises, tr("open the exercises in JupyterLab"))
    one.add_argument(
        "--in",
        dest="home",
        type=paths.typed,
        default=paths.HOME,
        metavar="FOLDER",
        help=tr("where the exercises and your own partnerships are: {folder}").format(
            folder=paths.HOME_VARIABLE
        ),
    )
    one.add_argument(
        "options",
        nargs="*",
        metavar="OPTION",
        help=tr("what JupyterLab is given, such as --no-browser"),
    )
    return whole


def _merging(commands: Commands) -> None:
    one = _command(
        commands, "merge", merge, tr("make one partnership of the files that came back from many")
    )
    one.add_argument(
        "folder",
        type=paths.typed,
        metavar="FOLDER",
        help=tr(
            "a folder with workbooks, folders of CSV files, and CSV files as form tools write them"
        ),
    )
    where = one.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--output",
        type=paths.typed,
        metavar="PLACE",
        help=tr(
            "a name ending in .xlsx makes a workbook, any other a folder; nothing is written over"
        ),
    )
    where.add_argument(
        "--into",
        type=paths.typed,
        metavar="PARTNERSHIP",
        help=tr("add it to this folder; what differs is set side by side, and you choose"),
    )
    one.add_argument(
        "--take",
        choices=("ours", "theirs"),
        help=tr("with --into: whose answer counts wherever two differ"),
    )
    one.add_argument(
        "--yes", action="store_true", help=tr("with --into: you have read the messages; save it")
    )
    one.add_argument(
        "--keep-people",
        action="store_true",
        help=tr(
            "also keep columns that say who somebody is: names, addresses, phone numbers, times"
        ),
    )
    one.add_argument(
        "--came-from",
        type=paths.typed,
        metavar="FILE",
        help=tr("also write a CSV file that says for every row in which files it was"),
    )


def _carrying(commands: Commands) -> None:
    for name, run, what in (
        ("take-home", take_home, tr("put a whole partnership into one file, for another computer")),
        ("give", give, tr("put into one file what one partner has given, and may see")),
        (
            "hand-over",
            hand_over,
            tr("put a whole partnership into one file, for whoever keeps it next"),
        ),
    ):
        one = _command(commands, name, run, what)
        _one(one)
        if name == "give":
            one.add_argument("partner", metavar="CODE", help=tr("the partner's short name"))
        one.add_argument(
            "--output",
            type=paths.typed,
            metavar="FILE",
            help=tr("the file; otherwise one in the partnership's own folder “to carry”"),
        )
        one.add_argument(
            "--lock", action="store_true", help=tr("ask for a passphrase, and lock the file")
        )
        if name == "hand-over":
            one.add_argument(
                "--with-houses",
                action="store_true",
                help=tr(
                    "the files inside each organisation as well, since each organisation has agreed"
                ),
            )
    one = _command(
        commands,
        "bring-back",
        bring_back,
        tr("make a folder of a file that was taken home or handed over"),
    )
    one.add_argument(
        "file", type=paths.typed, metavar="FILE", help=tr("the file; its name ends in .partnering")
    )
    one.add_argument(
        "--output",
        type=paths.typed,
        metavar="FOLDER",
        help=tr("the folder to make; otherwise one with a free name in my-partnerships"),
    )


def _asking(commands: Commands) -> None:
    one = _command(
        commands,
        "ask",
        ask,
        tr(
            "write forms for form tools: an XLSForm for KoboToolbox and ODK, and a list of "
            "questions to paste into others"
        ),
    )
    one.add_argument(
        "partnership",
        type=paths.typed,
        metavar="PARTNERSHIP",
        nargs="?",
        help=tr(
            "a workbook or a folder of CSV files; the forms show its partners and lines as the "
            "room sees them. Without it they are blank"
        ),
    )
    one.add_argument(
        "--stop",
        type=int,
        nargs="+",
        choices=range(1, 8),
        metavar="1-7",
        help=tr("only these stops; otherwise each at which partners answer for themselves"),
    )
    one.add_argument("--full", action="store_true", help=tr("the full form rather than the core"))
    one.add_argument(
        "--output",
        type=paths.typed,
        metavar="FOLDER",
        required=True,
        help=tr("where the forms go; earlier blank ones of the same stop are written over"),
    )


def _reports(commands: Commands) -> None:
    one = _command(
        commands,
        "report",
        report,
        tr("write the workshop report as HTML, Word and workbook; many at once"),
    )
    _many(one)
    _stops(one)
    one.add_argument(
        "--output",
        type=paths.typed,
        metavar="FOLDER",
        help=tr(
            "where the reports go, each into its own folder; otherwise into the folder “report” of "
            "each partnership"
        ),
    )
    one.add_argument(
        "--for",
        dest="whom",
        nargs="+",
        default=["shared"],
        choices=("facilitator", "shared", "partners", "all"),
        help=tr(
            "for whom: shared (what all may see; the default), facilitator "
            "(everything), partners (one each), or all"
        ),
    )


def _documents(commands: Commands) -> None:
    _reports(commands)
    one = _command(
        commands,
        "draft",
        draft,
        tr("draft the partnership agreement, and the points to settle where a grant moves"),
    )
    one.add_argument(
        "partnership",
        type=paths.typed,
        metavar="PARTNERSHIP",
        nargs="?",
        help=tr("a workbook or a folder of CSV files"),
    )
    one.add_argument(
        "--output",
        type=paths.typed,
        metavar="FOLDER",
        help=tr("where the drafts go; otherwise into its folder “drafts”"),
    )
    one.add_argument(
        "--without",
        nargs="+",
        default=(),
        choices=PARTS,
        metavar="PART",
        help=tr("parts to leave out: {parts}").format(parts=", ".join(PARTS)),
    )
    one.add_argument(
        "--template",
        type=paths.typed,
        metavar="FILE",
        help=tr("your own Word file instead of the handbook's"),
    )
    one.add_argument(
        "--check-template",
        type=paths.typed,
        metavar="FILE",
        help=tr("say which fields a Word file uses, leaves out or misspells, and draft nothing"),
    )
    one.add_argument(
        "--skeleton",
        action="store_true",
        help=tr("also a plain skeleton of each grant agreement, not for signature"),
    )


def _over_time(commands: Commands) -> None:
    one = _command(
        commands,
        "compare",
        compare,
        tr("set two saved states of one partnership beside each other"),
    )
    one.add_argument(
        "before",
        type=paths.typed,
        metavar="BEFORE",
        help=tr("the earlier state: a workbook or a folder"),
    )
    one.add_argument(
        "after",
        type=paths.typed,
        metavar="AFTER",
        help=tr("the later state of the same partnership"),
    )
    one.add_argument(
        "--partner",
        metavar="CODE",
        help=tr(
            "what one partner has changed, for that partner alone. Without it: counts that name "
            "nobody, promises, and differences that were decided"
        ),
    )
    one = _command(
        commands,
        "forget",
        forget,
        tr("take back a row, a partner's answers, a voice, or everything"),
    )
    _one(one)
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--row",
        nargs="+",
        metavar=("TABLE", "CODE"),
        help=tr("a table, and the code of the row, such as risks R3"),
    )
    which.add_argument("--partner", metavar="CODE", help=tr("all that one partner has answered"))
    which.add_argument(
        "--voice",
        nargs=2,
        metavar=("CODE", "VOICE"),
        help=tr("all that one voice in a partner has answered"),
    )
    which.add_argument("--everything", action="store_true", help=tr("the whole partnership"))
    one.add_argument(
        "--yes", action="store_true", help=tr("you have read what would be gone; delete it")
    )
    one = _command(
        commands,
        "recode",
        recode,
        tr("give new codes where a gap shows that a line was kept back or deleted"),
    )
    _one(one)
    one.add_argument(
        "--yes", action="store_true", help=tr("you have read the words that change; save it")
    )


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], what: str
) -> argparse.ArgumentParser:
    """One command, with its help made of what it does."""
    made = commands.add_parser(
        name,
        help=what,
        description=what[:1].upper() + what[1:] + ".",
        epilog=why_none_compares() if name in ("check", "report", "compare") else None,
    )
    made.set_defaults(run=run)
    return made


def _one(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "partnership",
        type=paths.typed,
        metavar="PARTNERSHIP",
        help=tr("a workbook or a folder of CSV files"),
    )


def _many(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "partnerships",
        metavar="PARTNERSHIP",
        nargs="+",
        type=paths.typed,
        help=tr("workbooks, folders of CSV files, or a folder that holds many of them"),
    )


def _stops(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--stop",
        type=int,
        nargs="+",
        choices=range(1, 9),
        metavar="1-8",
        help=tr("only these stops; 8 is where we stand"),
    )


def main(words: Sequence[str] | None = None) -> int:
    """Do what is asked, and say in a sentence what could not be done.

    Args:
        words: What was typed after `python -m partnering`; the arguments of this process without.

    Returns:
        The exit code: 0 fine, 1 problems were found, 2 not asked in a way that can be done.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        asked = parser().parse_args(list(sys.argv[1:] if words is None else words) or ["open"])
    except SystemExit as ended:
        return int(ended.code or 0)
    except paths.NoPlace as error:
        say(error)
        return WRONG_USE
    try:
        return asked.run(asked)
    except BrokenPipeError:  # whoever read along has seen enough
        sys.stdout = None
        return FINE
    except atomic.TROUBLE as error:
        say(atomic.in_words(error))
        return PROBLEMS
    except KeyboardInterrupt:
        say(tr("Stopped. What was finished before is saved."))
        return PROBLEMS


if __name__ == "__main__":
    raise SystemExit(main())
