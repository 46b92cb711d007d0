"""What the commands do.

Each does what was asked, in the arguments that the parser of `__main__` gives, and gives the exit
code. What it needs is imported when it is called, so that help comes at once.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from partnering.language import tr, trn
from partnering.schema.wording import not_for_decisions
from partnering.storage import folder, paths, reported
from partnering.storage.stored import assumed_in, place_of, unread_in

if TYPE_CHECKING:
    from partnering.exchange.joining import Choice
    from partnering.exchange.merged import Merged
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
    place = asked.into
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

    whose = folder.open_any(asked.partnership) if asked.partnership else None
    for file in xlsform.make(asked.output, asked.stop, asked.full, whose):
        say(tr("Written: {file}").format(file=file))
    return _tell_unread(whose) if whose is not None else FINE


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
    return _tell_unread(whole, quoted=asked.mine)


def _tell_unread(partnership: Partnership, quoted: bool = True) -> int:
    """Say what was assumed to read a partnership, and how much of it could not be read.

    Not what stands in such a cell: the room may be looking on. The exit code is 1 where there is
    something to say.

    Args:
        partnership: The partnership.
        quoted: Whether the words may be said of which something was assumed; else only the places.
    """
    assumed, unread = assumed_in(partnership), unread_in(partnership)
    command = tr("python -m partnering check {place}").format(place=place_of(partnership))
    if assumed and not quoted:
        said = tr("To read this, something was assumed at these places. See what: {command}")
        say(said.format(command=command))
    for one in assumed:
        say(one if quoted else one.where)
    if unread:
        look = tr("{unread}. To see each of them: {command}")
        say(look.format(unread=unread, command=command))
    return PROBLEMS if assumed or unread else FINE


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
    place = asked.partnership
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
    return _tell_unread(partnership)


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
    return max(_tell_unread(before), _tell_unread(after))


def forget(asked: argparse.Namespace) -> int:
    """Take back a row, a partner's answers, one voice, or everything.

    What would be gone is told first; only with --yes it goes.
    """
    from partnering.storage import forget as taking

    place, really = asked.partnership, asked.yes
    if asked.everything:
        gone = taking.whole(place, really)
    elif asked.row:
        table, *code = asked.row
        gone = taking.row(place, table, code, really)
    elif asked.voice:
        partner, sign = asked.voice
        gone = taking.voice(place, partner, sign, really)
    else:
        gone = taking.answers(place, asked.partner, really)
    for sentence in gone.sentences if really else gone.beforehand:
        say(sentence)
    if not really:
        say(tr("It is still there. If you want it gone, add --yes."))
        return WRONG_USE
    return PROBLEMS if gone.untold else FINE


def take_home(asked: argparse.Namespace) -> int:
    """Put a whole partnership into one file."""
    from partnering.storage import carrying

    place = asked.partnership
    return _carried(carrying.take_home(place, _passphrase(asked), asked.output))


def give(asked: argparse.Namespace) -> int:
    """Put into one file what a partner has given and may see."""
    from partnering.storage import carrying

    place = asked.partnership
    return _carried(carrying.give(place, asked.partner, _passphrase(asked), asked.output))


def hand_over(asked: argparse.Namespace) -> int:
    """Put a whole partnership into one file for whoever holds it next."""
    from partnering.storage import carrying

    place, houses = asked.partnership, asked.with_houses
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
    """Give new codes everywhere where a gap in them tells that a line was kept back or deleted.

    The words that would change are told first; only with --yes it is saved.
    """
    from partnering.partnership import recode as codes

    partnership = folder.open_any(asked.partnership)
    given = codes.gaps(partnership)
    if not given:
        say(tr("The codes show no gap."))
        return FINE
    say(codes.gaps_in_words(partnership))
    for new in given.values():
        say(", ".join(f"{old} → {code}" for old, code in new.items()))
    for text, now in codes.rewritten(partnership):
        say(tr("“{text}” becomes “{now}”.").format(text=text, now=now))
    if not asked.yes:
        say(
            tr(
                "Nothing was saved. Read what becomes of the words: where they speak of something "
                "else, such as A4 paper, write them in another way first. Then add --yes."
            )
        )
        return WRONG_USE
    changed = codes.without_gaps(partnership)
    for name, new in given.items():
        reported.recode(partnership, name, new)
    partnership.take(changed)
    saved = folder.save(partnership)
    say(saved.sentence or tr("Saved in {place}.").format(place=saved.place))
    return FINE


def open_exercises(asked: argparse.Namespace) -> int:
    """Open the exercises in JupyterLab."""
    from partnering.jupyter import opening

    return opening.open_exercises(asked.home.resolve(), asked.options)
