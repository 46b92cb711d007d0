"""The command line: python -m partnering COMMAND PARTNERSHIP."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from partnering.language import tr, trn
from partnering.schema.wording import not_for_decisions
from partnering.storage import atomic, folder, paths, reported
from partnering.storage.stored import assumed_in

if TYPE_CHECKING:
    from partnering.exchange.joining import Choice
    from partnering.exchange.merge import Merged
    from partnering.partnership import Partnership
    from partnering.storage.carrying import Carried

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

PARTS = (
    "parties",
    "purpose",
    "principles",
    "practices",
    "protocol",
    "contributions",
    "gains",
    "risks",
    "rights",
    "data",
    "money",
    "review",
    "further",
)
FINE, PROBLEMS, WRONG_USE = 0, 1, 2


def why_none_compares() -> str:
    """Why no table sets partnerships beside each other."""
    return tr(
        "No command makes a table that compares or ranks partnerships with each other. "
        "Whoever keeps many folders is often the one who pays. A ranking would punish those "
        "who wrote down honestly what is difficult. What comes of this is not to be "
        "used for decisions on funding, selection or staff."
    )


def say(sentence: object) -> None:
    """A sentence to whoever sits at the keyboard, apart from what a command gives."""
    print(sentence, file=sys.stderr)


# ------------------------------------------------------------------ the commands
# Each does what was asked, in the arguments that `parser` gives, and gives the exit code. What it
# needs is imported when it is called, so that help comes at once.


def new(asked: argparse.Namespace) -> int:
    """Begin a partnership: an empty workbook to fill in, or a folder."""
    import pandas as pd

    from partnering.partnership import Partnership

    _refuse_what_is_there(asked.place)
    partners = pd.DataFrame(columns=["partner", "name", "kind"], dtype="str")
    _write(Partnership({"partners": partners}, asked.place.stem), asked.place)
    say(tr("Begun: {place}").format(place=asked.place))
    return FINE


def merge(asked: argparse.Namespace) -> int:
    """Make one partnership of the files in a folder.

    What was assumed, differs or was not read is named, and ends it with 1.
    """
    from partnering.exchange import merge as merging
    from partnering.storage import csv_text, made_files

    if asked.into:
        return _merge_into(asked)
    _refuse_places(asked)
    merged = merging.read(asked.folder, keep_people=asked.keep_people)
    _write(merged.partnership, asked.output)
    if asked.came_from:
        rows = [list(merged.came_from.columns), *merged.came_from.astype("str").to_numpy().tolist()]
        made_files.write({asked.came_from: csv_text.written(rows)}, asked.output)
    _say_what_was_merged(merged, asked.output, asked.keep_people)
    return PROBLEMS if merged.assumed or merged.partnership.problems else FINE


def _merge_into(asked: argparse.Namespace) -> int:
    """Add what came back to a partnership that is there, as people choose and say yes."""
    from partnering.exchange import joining

    if asked.came_from:
        say(tr("The list of where rows came from is made with --output, not with --into."))
        return WRONG_USE
    place = paths.typed(str(asked.into))
    partnership = folder.open_any(place)
    joined = joining.read(asked.folder, partnership, keep_people=asked.keep_people)
    to_confirm = [*map(str, assumed_in(partnership)), *joined.to_confirm]
    for sentence in (*to_confirm, *joined.unreadable, *joined.settled):
        say(sentence)
    if joined.merged.left_out and not asked.keep_people:
        say(_how_people_are_kept())
    taken = {}
    for at, choice in enumerate(joined.choices):
        say(choice.what)
        for number, answer in enumerate(choice.side_by_side, start=1):
            say(f"  {number}  {answer}")
        taken[at] = _chosen_of(choice, asked.take)
    say(joined.summary)
    if joined.is_nothing:
        return PROBLEMS if to_confirm or joined.unreadable else FINE
    is_open = bool(joined.choices) and asked.take is None and not sys.stdin.isatty()
    if is_open or not _yes(asked.yes, bool(to_confirm or joined.unreadable)):
        say(
            tr(
                "Nothing was saved. To save it without being asked, add --take ours or --take "
                "theirs for what differs. When you have read the rest, add --yes."
            )
        )
        return PROBLEMS
    partnership.take(joined.sheets(partnership, taken))
    saved = folder.save(partnership)
    say(saved.sentence or tr("Saved in {place}.").format(place=saved.place))
    say(tr("To undo it: Start here, Look for earlier versions, Bring this one back."))
    waits = (to_confirm, joined.unreadable, joined.settled, joined.choices)
    return PROBLEMS if any(waits) else FINE


def _how_people_are_kept() -> str:
    return tr("To keep the columns that say who somebody is, merge with --keep-people.")


def _chosen_of(choice: Choice, take: str | None) -> int:
    """Which answer is taken: for all alike, or as somebody types; without an answer the first."""
    if take or not sys.stdin.isatty():
        return choice.theirs if take == "theirs" else 0
    typed = input(tr("Which one? A number, or nothing for 1: ")).strip()
    return int(typed) - 1 if typed in map(str, range(1, len(choice.said) + 1)) else 0


def _yes(said: bool, is_asked: bool) -> bool:
    """Whether people want it saved; where nothing waits for them, nobody is asked."""
    if said or not is_asked:
        return True
    if not sys.stdin.isatty():
        return False
    typed = input(tr("Have you read this, and shall it be saved? Type yes: "))
    return typed.strip().casefold() in ("yes", tr("yes").casefold())


def _refuse_places(asked: argparse.Namespace) -> None:
    """Raise `NotSaved` where what is merged cannot go where it should."""
    _refuse_what_is_there(asked.output, asked.came_from)
    if asked.came_from and asked.came_from.resolve() == asked.output.resolve():
        raise folder.NotSaved(
            tr("The partnership and the list of where it came from need two different names.")
        )
    if asked.came_from and not asked.came_from.parent.is_dir():
        raise folder.NotSaved(
            tr("There is no folder {place}. Make it first, or choose another place.").format(
                place=asked.came_from.parent
            )
        )
    for place in filter(None, (asked.output, asked.came_from)):
        if asked.folder.resolve() in place.resolve().parents:
            raise folder.NotSaved(
                tr(
                    "{place} is among the files that are merged, and would be merged itself the "
                    "next time. Choose another place."
                ).format(place=place)
            )


def _refuse_what_is_there(*where: Path | None) -> None:
    """Raise `NotSaved` where something is there already."""
    for place in where:
        if place and place.exists():
            raise folder.NotSaved(
                tr("{place} exists already. Choose another name.").format(place=place)
            )


def _say_what_was_merged(merged: Merged, output: Path, keep_people: bool) -> None:
    supplied = (*merged.unread, *merged.left_out, *merged.supplied)
    for sentence in (*merged.told, *supplied, *merged.partnership.problems, *merged.conflicts):
        say(sentence)
    if merged.left_out and not keep_people:
        say(_how_people_are_kept())
    say(tr("Written: {file}").format(file=output))
    if merged.conflicts:
        say(
            trn(
                "{count} answer was given in two ways; the first counts until people decide. Ask, "
                "and change it in {place}.",
                "{count} answers were given in two ways; the first counts until people decide. "
                "Ask, and change them in {place}.",
                len(merged.conflicts),
            ).format(count=len(merged.conflicts), place=output)
        )


def _write(partnership: Partnership, place: Path) -> None:
    """Write a partnership as a workbook or a folder, by the name of its place."""
    if place.suffix.lower() == ".xlsx":
        from partnering.storage import workbook

        workbook.write(partnership, place)
    else:
        folder.write(partnership, place)


def ask(asked: argparse.Namespace) -> int:
    """Write forms for form tools: an XLSForm, and a list of questions to paste, for each stop."""
    from partnering.exchange import xlsform

    whose = folder.open_any(paths.typed(asked.partnership)) if asked.partnership else None
    for file in xlsform.make(asked.output, asked.stop, asked.full, whose):
        say(tr("Written: {file}").format(file=file))
    return _tell_assumed(whose) if whose is not None else FINE


def check(asked: argparse.Namespace) -> int:
    """Say what cannot be read, for as many partnerships as are given."""
    from partnering import many

    return many.run(many.check, many.partnerships(asked.partnerships), say)


def show(asked: argparse.Namespace) -> int:
    """Show the results of a stop as text."""
    from partnering.documents import report

    whole = folder.open_any(asked.partnership)
    partnership = whole.for_reader("mine" if asked.mine else "room")
    for page in report.pages(partnership, asked.stop or ()):
        print(f"{page.title}\n{'=' * len(page.title)}\n")
        for sentence in page.sentences:
            print(f"{sentence}\n")
        for result in page.results:
            print(f"{result.plain()}\n")
    print(not_for_decisions())
    return _tell_assumed(whole)


def _tell_assumed(partnership: Partnership) -> int:
    """Say what was assumed to read a partnership; the exit code is 1 where something was."""
    assumed = assumed_in(partnership)
    for one in assumed:
        say(one)
    return PROBLEMS if assumed else FINE


def report(asked: argparse.Namespace) -> int:
    """Write reports, each into a folder of its own, for as many partnerships as are given."""
    from partnering import many
    from partnering.documents import report_files

    whom = report_files.READERS if "all" in asked.whom else tuple(asked.whom)
    found = many.partnerships(asked.partnerships)
    jobs = many.report_jobs(found, asked.output, whom, tuple(asked.stop or ()))
    return many.run(many.report, jobs, say)


def draft(asked: argparse.Namespace) -> int:
    """Draft the partnership agreement and, where a grant moves, what the grant has to settle."""
    from partnering.documents import draft_files, drafts

    if asked.check_template:
        told = drafts.check_template(asked.check_template)
        for sentence in told.sentences:
            say(sentence)
        return PROBLEMS if told.unknown else FINE
    if not asked.partnership:
        say(tr("Which partnership? Name a workbook or a folder."))
        return WRONG_USE
    place = paths.typed(asked.partnership)
    if not asked.output and paths.is_example(place):
        raise folder.NotSaved(
            tr(
                "{name} is a worked example, which is never written to. Say where the drafts go: "
                "--output FOLDER"
            ).format(name=place.name)
        )
    partnership = folder.open_any(place)
    template = asked.template or drafts.AGREEMENT
    for sentence in drafts.check_template(template).sentences[1:]:
        say(sentence)
    out = asked.output or paths.beside(place, "drafts")
    for file in draft_files.write(partnership, out, asked.without, template, asked.skeleton):
        say(tr("Written: {file}").format(file=file))
    return _tell_assumed(partnership)


def compare(asked: argparse.Namespace) -> int:
    """Set two saved states of one partnership beside each other."""
    from partnering.stops import rounds

    before, after = folder.open_any(asked.before), folder.open_any(asked.after)
    if not set(before.names) & set(after.names):
        two = tr(
            "These are two partnerships, not two states of one: they have no partner in common."
        )
        say(f"{two} {why_none_compares()}")
        return WRONG_USE
    if asked.partner and asked.partner not in after.names:
        say(
            tr("There is no partner {code}; there are {codes}.").format(
                code=asked.partner, codes=", ".join(after.names)
            )
        )
        return WRONG_USE
    if asked.partner:
        print(f"{rounds.of_partner(before, after, asked.partner).plain()}\n")
    else:
        for table in rounds.joint(before, after):
            print(f"{table.plain()}\n")
    print(not_for_decisions())
    return max(_tell_assumed(before), _tell_assumed(after))


def forget(asked: argparse.Namespace) -> int:
    """Take back a row, a partner's answers, one voice, or everything."""
    from partnering.storage import forget as taking

    place = paths.typed(asked.partnership)
    if asked.everything:
        if not asked.yes:
            say(
                tr(
                    "This deletes everything in {place}, with all earlier versions. If you want "
                    "that, add --yes."
                ).format(place=place)
            )
            return WRONG_USE
        gone = taking.whole(place)
    elif asked.row:
        table, *key = asked.row
        is_number = len(key) == 1 and key[0].isdecimal()
        gone = taking.row(place, table, int(key[0]) if is_number else key)
    elif asked.voice:
        gone = taking.voice(place, *asked.voice)
    else:
        gone = taking.answers(place, asked.partner)
    for sentence in gone.sentences:
        say(sentence)
    return FINE


def take_home(asked: argparse.Namespace) -> int:
    """Put a whole partnership into one file."""
    from partnering.storage import carrying

    place = paths.typed(asked.partnership)
    return _carried(carrying.take_home(place, _passphrase(asked), asked.output))


def give(asked: argparse.Namespace) -> int:
    """Put into one file what a partner has given and may see."""
    from partnering.storage import carrying

    place = paths.typed(asked.partnership)
    return _carried(carrying.give(place, asked.partner, _passphrase(asked), asked.output))


def hand_over(asked: argparse.Namespace) -> int:
    """Put a whole partnership into one file for whoever holds it next."""
    from partnering.storage import carrying

    place, houses = paths.typed(asked.partnership), asked.with_houses
    return _carried(carrying.hand_over(place, _passphrase(asked), asked.output, houses))


def _carried(made: Carried) -> int:
    say(tr("Written: {file}").format(file=made.path))
    for sentence in made.sentences:
        say(sentence)
    return FINE


def _passphrase(asked: argparse.Namespace) -> str:
    """The passphrase that is to lock a file, typed twice and not shown; "" where none is wanted."""
    if not asked.lock:
        return ""
    first = getpass.getpass(tr("Passphrase, four words or more: "))
    if first != getpass.getpass(tr("Once more: ")):
        raise folder.NotSaved(tr("The two are not the same, so nothing was written. Try again."))
    if not first.strip():
        raise folder.NotSaved(tr("No passphrase was typed, so nothing was written."))
    return first


def bring_back(asked: argparse.Namespace) -> int:
    """Make a folder of what stands in a file, beside what is there."""
    from partnering.storage import carrying, home_file

    try:
        done = carrying.bring_back(asked.file, "", asked.output)
    except home_file.Locked as locked:
        if not sys.stdin.isatty():
            raise
        say(locked)
        typed = getpass.getpass(tr("Passphrase: "))
        done = carrying.bring_back(asked.file, typed, asked.output)
    for sentence in done.sentences:
        say(sentence)
    return FINE


def recode(asked: argparse.Namespace) -> int:
    """Give new codes everywhere where a gap in them tells that a line was kept back or deleted."""
    from partnering.partnership import recode as codes

    partnership = folder.open_any(paths.typed(asked.partnership))
    given = codes.gaps(partnership)
    if not given:
        say(tr("The codes show no gap."))
        return FINE
    say(codes.gaps_in_words(partnership))
    changed = codes.without_gaps(partnership)
    for name, new in given.items():
        reported.recode(partnership, name, new)
    partnership.take(changed)
    saved = folder.save(partnership)
    for new in given.values():
        say(", ".join(f"{old} → {code}" for old, code in new.items()))
    say(saved.sentence or tr("Saved in {place}.").format(place=saved.place))
    return FINE


# ------------------------------------------------------------------ what may be asked


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
        type=Path,
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
        type=Path,
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


def open_exercises(asked: argparse.Namespace) -> int:
    """Open the exercises in JupyterLab."""
    from partnering.jupyter import opening

    return opening.open_exercises(asked.home.expanduser().resolve(), asked.options)


def _merging(commands: Commands) -> None:
    one = _command(
        commands, "merge", merge, tr("make one partnership of the files that came back from many")
    )
    one.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help=tr(
            "a folder with workbooks, folders of CSV files, and CSV files as form tools write them"
        ),
    )
    where = one.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--output",
        type=Path,
        metavar="PLACE",
        help=tr(
            "a name ending in .xlsx makes a workbook, any other a folder; nothing is written over"
        ),
    )
    where.add_argument(
        "--into",
        type=Path,
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
        type=Path,
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
            type=Path,
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
        "file", type=Path, metavar="FILE", help=tr("the file; its name ends in .partnering")
    )
    one.add_argument(
        "--output",
        type=Path,
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
        type=Path,
        metavar="FOLDER",
        required=True,
        help=tr("where the forms go; earlier ones of the same stop are written over"),
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
        type=Path,
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
        metavar="PARTNERSHIP",
        nargs="?",
        help=tr("a workbook or a folder of CSV files"),
    )
    one.add_argument(
        "--output",
        type=Path,
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
        type=Path,
        metavar="FILE",
        help=tr("your own Word file instead of the handbook's"),
    )
    one.add_argument(
        "--check-template",
        type=Path,
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
        "before", metavar="BEFORE", help=tr("the earlier state: a workbook or a folder")
    )
    one.add_argument("after", metavar="AFTER", help=tr("the later state of the same partnership"))
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
    one.add_argument("--yes", action="store_true", help=tr("with --everything: yes, delete it"))
    one = _command(
        commands,
        "recode",
        recode,
        tr("give new codes where a gap shows that a line was kept back or deleted"),
    )
    _one(one)


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
        "partnership", metavar="PARTNERSHIP", help=tr("a workbook or a folder of CSV files")
    )


def _many(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "partnerships",
        metavar="PARTNERSHIP",
        nargs="+",
        type=Path,
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
    try:
        return asked.run(asked)
    except (folder.NotOpened, folder.NotSaved) as error:
        say(error)
        return PROBLEMS
    except BrokenPipeError:  # whoever read along has seen enough
        sys.stdout = None
        return FINE
    except OSError as error:
        say(atomic.unreadable(Path(error.filename or paths.HOME), error))
        return PROBLEMS
    except KeyboardInterrupt:
        say(tr("Stopped. What was finished before is saved."))
        return PROBLEMS


if __name__ == "__main__":
    raise SystemExit(main())
