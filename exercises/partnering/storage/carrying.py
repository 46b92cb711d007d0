"""Carrying a partnership: to take it home, give a partner its own rows, hand over, bring back."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import Partnership
from partnering.schema import lists
from partnering.schema.kinds import Ref
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import (
    atomic,
    csv_folder,
    folder,
    home_file,
    made_files,
    moved,
    paths,
    reported,
    sheets,
    versions,
)
from partnering.storage.assumed import Assumption
from partnering.storage.atomic import NotOpened, NotSaved
from partnering.storage.home_file import ENDING, Contents, HomeFile
from partnering.storage.stored import StoredPartnership

FOLDER = "to carry"  # in the partnership's own folder


@dataclass(frozen=True)
class Carried:
    """A file that was made.

    Attributes:
        path: Where it lies.
        sentences: What people are told: what is in it, what stays here, what to do.
    """

    path: Path
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class BroughtBack:
    """What came of a file.

    Attributes:
        place: The folder of the partnership.
        sentences: What people are told.
    """

    place: Path
    sentences: tuple[str, ...]


def take_home(place: Path, passphrase: str = "", out: Path | None = None) -> Carried:
    """Put a whole partnership into one file, for another computer of one's own.

    Args:
        place: The folder or workbook of the partnership.
        passphrase: What locks the file; "" for none.
        out: The file to write; in the partnership's own folder where it is left out.

    Raises:
        NotOpened: There is no such partnership.
        NotSaved: The file cannot be written, or something is there already.
    """
    files, left = contents(place), stays(place, with_houses=True)
    path = _write(place, files, passphrase, "", "", out)
    return Carried(path, (*_lock_told(passphrase), *left))


def hand_over(
    place: Path, passphrase: str = "", out: Path | None = None, with_houses: bool = False
) -> Carried:
    """Put a whole partnership into one file, for whoever holds it from now on.

    Args:
        place: The folder or workbook of the partnership.
        passphrase: What locks the file; "" for none.
        out: The file to write; in the partnership's own folder where it is left out.
        with_houses: Whether the house files go with it, since each organisation has agreed.

    Raises:
        NotOpened: There is no such partnership.
        NotSaved: The file cannot be written, or something is there already.
    """
    files, left = contents(place, with_houses), stays(place, with_houses)
    path = _write(place, files, passphrase, tr("hand-over"), "", out)
    said = (
        *_lock_told(passphrase),
        tr(
            "All tables are in it, also what is for the facilitator alone. Tell the partners "
            "who keeps it from now on, and write it under Kept by."
        ),
        *left,
        tr("Once the other has opened the file, forget what is here: Start here, To forget."),
    )
    return Carried(path, said)


def give(place: Path, partner: str, passphrase: str = "", out: Path | None = None) -> Carried:
    """Put into one file what a partner has given, and of all else what the room sees.

    Args:
        place: The folder or workbook of the partnership.
        partner: The code of the partner.
        passphrase: What locks the file; "" for none.
        out: The file to write; in the partnership's own folder where it is left out.

    Raises:
        NotOpened: There is no such partnership or partner.
        NotSaved: The file cannot be written, or something is there already.
    """
    whole = folder.open_any(place)
    if partner not in whole.names:
        raise NotOpened(whole.not_among(partner))
    files = of_partner(whole, partner)
    path = _write(place, files, passphrase, "", partner, out)
    said = tr(
        "In it are the rows that {partner} has given, and of all else what the room may "
        "see. Give it to nobody else. What single voices said, and the files inside each "
        "organisation, are not in it."
    )
    return Carried(path, (*_lock_told(passphrase), said.format(partner=whole.names[partner])))


def contents(place: Path, with_houses: bool = True) -> Contents:
    """The files of a whole partnership, as they go into one file.

    With the tables go what shared reports have shown and which lines have had another code: what
    the room may see, and what old forms mean, depends on it. Earlier versions do not go.

    Args:
        place: The folder or workbook of the partnership.
        with_houses: Whether its house files are among them.

    Raises:
        NotOpened: There is no such partnership, or a file cannot be read.
    """
    whole = folder.open_any(place)
    if place.is_dir():
        raw = csv_folder.of_one_moment(place)
        files = {name: raw[name] for name in raw if with_houses or not _of_a_house(name)}
    else:
        files = folder.contents(whole)
    for file in house_files(place) if with_houses else ():
        files[f"{paths.HOUSES}/{file.name}"] = atomic.contents(file)
    for file, name in (
        (reported.file_of(place), reported.NAME),
        (moved.file_of(place), moved.NAME),
    ):
        if file.is_file():
            files[name] = atomic.contents(file)
    return files


def of_partner(whole: Partnership, partner: str) -> Contents:
    """The files of what one partner has given and may see.

    How openly answers are handled is written down in them: the stricter way holds there too. What
    leads to a line that is not in them is left out, as in a form for this partner.

    Args:
        whole: The whole partnership.
        partner: The partner's code.
    """
    seen, made = whole.for_partner(partner), {}
    for name, table in TABLES.items():
        if not table.private and whole.edited(name) and len(seen[name]):
            texts = {
                column.name: [column.kind.cell_text(value) for value in values]
                for column in table.columns
                if column.name in seen[name]
                for values in [seen[name][column.name].astype(object)]
            }
            made[name] = pd.DataFrame(texts, dtype="str")
    while _let_go_astray(made):  # a row that goes may be what another one speaks of
        pass
    about = made.get("partnership", pd.DataFrame({"mode": [""]}, dtype="str"))
    made["partnership"] = about.assign(mode=whole.mode).astype("str")
    return folder.contents(Partnership(made, whole.name))


def _let_go_astray(made: dict[str, pd.DataFrame]) -> bool:
    """Take out what leads to rows that are not there, and rows that need one; whether any was."""
    there = {**lists.sheets(), **made}
    found = False
    for name, sheet in made.items():
        for column in TABLES[name].columns:
            kind = column.kind
            if not isinstance(kind, Ref) or column.name not in sheet:
                continue
            target = there.get(kind.table)
            key = TABLES[kind.table].key[0]
            codes = {*kind.also, *(() if target is None else target[key])}
            known = {plain(code): code for code in codes}
            parts = sheet[column.name].map(lambda text, k=kind, w=known: k.resolve(text, w))
            astray = parts.map(lambda some: any(not code for _, code in some)).astype("bool")
            if astray.any():
                left = parts.map(lambda some: ", ".join(code for _, code in some if code))
                sheet = sheet.assign(**{column.name: left.where(astray, sheet[column.name])})
                sheet = sheet[~astray] if column.required else sheet
                found = True
        made[name] = sheet.astype("str")
    return found


def house_files(place: Path) -> list[Path]:
    """The house files of a partnership; none where the folder is a link to elsewhere."""
    houses = paths.houses(place)
    if houses.is_symlink() or not houses.is_dir():
        return []
    return atomic.csv_files(houses)


def stays(place: Path, with_houses: bool) -> list[str]:
    """Sentences on what is not in a file that was made of the whole, and stays on this computer.

    Args:
        place: The folder or workbook of the partnership.
        with_houses: Whether the house files are in it.
    """
    parts = []
    if count := len(versions.kept(place)):
        parts.append(trn("{count} earlier version", "{count} earlier versions", count))
        parts[-1] = parts[-1].format(count=count)
    houses = [] if with_houses else house_files(place)
    if houses:
        codes = ", ".join(file.stem for file in houses)
        parts.append(tr("the files inside {houses}").format(houses=codes))
    if count := sum(one.is_there for one in made_files.of(place)):
        parts.append(
            trn(
                "{count} report, draft, form or file to carry",
                "{count} reports, drafts, forms and files to carry",
                count,
            ).format(count=count)
        )
    if other := _other(place):
        parts.append(tr("what else is in the folder: {files}").format(files=", ".join(other)))
    said = []
    if parts:
        said.append(tr("Not in it, and still only here: {what}.").format(what="; ".join(parts)))
    if houses:
        said.append(
            tr("Files inside an organisation belong to it: ask it before they go to somebody else.")
        )
    return said


def _of_a_house(file_name: str) -> bool:
    table = sheets.table_named(Path(file_name).stem)
    return bool(table and table.private)


def _other(place: Path) -> list[str]:
    """What else lies in a partnership's folder, put there by people."""
    if not place.is_dir():
        return []
    made = {one.path.resolve() for one in made_files.of(place)}
    within = {parent for path in made for parent in path.parents}
    return [
        entry.name
        for entry in sorted(place.iterdir())
        if not entry.name.startswith((".", "~"))
        and entry.suffix.lower() != ".csv"
        and entry.name != paths.HOUSES
        and entry.resolve() not in made | within
    ]


def _lock_told(passphrase: str) -> list[str]:
    if passphrase:
        return [
            tr(
                "It is locked. Tell the passphrase by another way than the file. Whoever loses it "
                "cannot open the file: no one else knows it."
            )
        ]
    return [tr("It is not locked: whoever has the file can read it.")]


def _write(
    place: Path, files: Contents, passphrase: str, what: str, partner: str, out: Path | None
) -> Path:
    """Write a file to carry, and keep in mind that it was made of this partnership."""
    name = place.stem if place.suffix.lower() == ".xlsx" else place.resolve().name
    data = home_file.written(name, files, passphrase, partner)
    if out is None:
        words = [name, what, partner, f"{dt.date.today():%Y-%m-%d}"]
        home = atomic.make_folders(paths.made_of(place, FOLDER))
        out = paths.free_path(home, paths.fit(" ".join(filter(None, words))), ENDING)
    elif out.is_dir():
        raise NotSaved(
            tr("{place} is a folder. Say also what the file in it is to be called.").format(
                place=out
            )
        )
    elif out.suffix.lower() != ENDING:
        out = out.with_name(out.name + ENDING)
    if out.exists():
        raise NotSaved(tr("{place} exists already. Choose another name.").format(place=out))
    if not out.parent.is_dir():
        raise NotSaved(
            tr("There is no folder {place}. Make it first, or choose another place.").format(
                place=out.parent
            )
        )
    made_files.write({out: data}, place, partner)
    return out


# ---------------------------------------------------------------- bringing back


def bring_back(path: Path, passphrase: str = "", place: Path | None = None) -> BroughtBack:
    """Make a folder of what stands in a file; no partnership that is there is changed.

    Args:
        path: The file.
        passphrase: What unlocks it, where it is locked.
        place: The folder to make; one with a free name in my-partnerships where it is left out.

    Returns:
        Its place, or the place of a partnership that says the same already: nothing is written
        then.

    Raises:
        Locked: It is locked, and the passphrase is missing or another one.
        NotOpened: It cannot be read; nothing was written.
        NotSaved: Something lies at the place already, or it cannot be written; nothing was written.
    """
    found = home_file.read(path, passphrase)
    partnership_of(found)  # what cannot be read later is not brought back
    if place is None:
        for own in paths.my_partnerships():
            if own.is_dir() and _is_the_same(own, found.files):
                same = tr("The same is in {name} already, so nothing was brought back.")
                return BroughtBack(own, (same.format(name=paths.told(own)), *_of_one(found)))
        atomic.make_folders(paths.MY_PARTNERSHIPS)
        wished = paths.fit(found.name)
        place = paths.free_path(paths.MY_PARTNERSHIPS, wished)
        beside = place.name != wished
    else:
        wished, beside = place.name, False
        if place.exists():
            raise NotSaved(tr("{place} exists already. Choose another name.").format(place=place))
    _unpack(found.files, place)
    said = [tr("Brought back as {name}.").format(name=paths.told(place))]
    if beside:
        said.append(
            tr(
                "A partnership {name} is here already, and is as it was. To compare the two line "
                "by line, open that one, and choose this file under Add to the open partnership."
            ).format(name=wished)
        )
    return BroughtBack(place, (*said, *_of_one(found)))


def partnership_of(found: HomeFile) -> StoredPartnership:
    """The partnership in a file, without its house files, and with what was assumed to read it.

    Raises:
        NotOpened: There are no tables in it, or one cannot be read.
    """
    raw = {name: data for name, data in found.files.items() if _is_table(name)}
    if not raw:
        raise NotOpened(tr("There are no tables in the file {name}.").format(name=found.name))
    told: list[Assumption] = []
    rows = csv_folder.raw_sheets(raw).told_to(told)
    partnership = sheets.partnership_of(rows, found.name, Path(found.name))
    partnership.assumed = [*told, *partnership.assumed]
    return partnership


def _is_table(name: str) -> bool:
    return "/" not in name and name not in home_file.BESIDE


def _of_one(found: HomeFile) -> list[str]:
    """What to know of a file that holds one partner's rows."""
    if not found.partner:
        return []
    return [
        tr(
            "The file holds what {partner} has given and may see. What other partners said in "
            "confidence is not in it. Do not show results of it as complete."
        ).format(partner=found.partner)
    ]


def _is_the_same(place: Path, files: Contents) -> bool:
    try:
        return contents(place) == files
    except (NotOpened, OSError):
        return False


def _unpack(files: Contents, place: Path) -> None:
    """Write files into a new folder, the tables last and at one stroke: all of it or nothing."""
    atomic.make_folder(place)
    try:
        houses = [name for name in files if name.startswith(f"{paths.HOUSES}/")]
        if houses:
            atomic.make_folder(place / paths.HOUSES)
            _put(place, houses, files)
        _put(place, (name for name in files if name not in houses), files)
    except (NotSaved, OSError):
        shutil.rmtree(place, ignore_errors=True)
        raise


def _put(place: Path, names: Iterable[str], files: Contents) -> None:
    atomic.replace({place / name: files[name] for name in names})
