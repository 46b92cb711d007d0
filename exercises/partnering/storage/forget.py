"""Taking back: a row, one voice, a partner's answers or a whole partnership.

What is taken back is gone from every file and version. Earlier versions go altogether: it may stand
in them under another number, or in other words. That what is gone cannot be worked out from results
is for the reader's reduction to see to; here are only files.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from partnering.language import tr, trn
from partnering.schema import lists, references
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import Code, Kind, Ref, Unreadable
from partnering.schema.spelling import plain
from partnering.schema.tables import TABLES
from partnering.storage import (
    atomic,
    csv_folder,
    csv_text,
    forget_reminders,
    made_files,
    moved,
    paths,
    reported,
    sheets,
    versions,
)
from partnering.storage.atomic import NotOpened, NotSaved
from partnering.storage.made_files import Made

HOUSE_ANSWERS = "house_answers"
_BEING_READ = 300  # seconds in which another program may still read what came back


@dataclass(frozen=True)
class Forgotten:
    """What went, or would go.

    Attributes:
        what: What is taken back, as people call it.
        rows: The number of rows by the name of their file.
        versions: How many earlier versions.
        files: The files and folders that went as a whole.
        to_do: Sentences on what people have to see to themselves.
        untold: Sentences on what could not be looked into.
    """

    what: str
    rows: dict[str, int] = field(default_factory=dict)
    versions: int = 0
    files: tuple[str, ...] = ()
    to_do: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """What people are told afterwards, one sentence a line."""
        said = [
            trn("{file}: {count} row is gone.", "{file}: {count} rows are gone.", count).format(
                file=file, count=count
            )
            for file, count in self.rows.items()
        ]
        said += [tr("{file} is gone.").format(file=file) for file in self.files]
        if not said:
            said.append(tr("There is nothing of that kind now."))
        if self.versions:
            said.append(
                trn(
                    "{count} earlier version is gone, because what is taken back may be in it.",
                    "All {count} earlier versions are gone, because what is taken back may be "
                    "in them.",
                    self.versions,
                ).format(count=self.versions)
            )
        return [*said, *self.untold, *self.to_do]

    @property
    def beforehand(self) -> list[str]:
        """What people are told before: what would go, from which files and versions."""
        parts = [
            trn("{file}, {count} row", "{file}, {count} rows", count).format(file=file, count=count)
            for file, count in self.rows.items()
        ]
        parts += [tr("{file} as a whole").format(file=file) for file in self.files]
        if self.versions:
            parts.append(
                trn(
                    "{count} earlier version", "all {count} earlier versions", self.versions
                ).format(count=self.versions)
            )
        if self.rows or self.files:
            gone = tr("This would be gone for good: {what}. That is: {parts}.")
            return [gone.format(what=self.what, parts="; ".join(parts)), *self.untold]
        said = [tr("There is nothing of that kind now.")]
        if parts:
            said.append(tr("Earlier versions would go: {what}.").format(what=parts[0]))
        return [*said, *self.untold]


@dataclass
class _File:
    """One file of a partnership that is being gone through: what stands in it, which rows go."""

    path: Path
    table: Table
    sheet: pd.DataFrame
    delimiter: str
    goes: pd.Series
    changed: bool = False

    @property
    def left(self) -> pd.DataFrame:
        return self.sheet[~self.goes]

    def written(self) -> bytes:
        rows = sheets.rows_of(self.left, self.table, lambda column: column.name)
        return csv_text.written(rows, self.delimiter)


Chosen = Callable[[_File, "_Codes"], pd.Series]


def row(
    place: Path | str, table: str, code: str | int | Sequence[str], really: bool = True
) -> Forgotten:
    """Forget one row of a table and what cannot stand without it.

    Args:
        place: The folder of the partnership.
        table: The name of the table, such as `risks`.
        code: The row's code or name, such as R3; several texts where it takes several columns to
            name a row, in the order of the table's key; or the number of the row in the file as a
            spreadsheet counts. A number in a text is one only where no row has it as its code.
        really: False to tell only what would go.

    Raises:
        NotOpened: There is no such partnership or table, or the code does not name one row of it.
        NotSaved: It is a worked example or a workbook, or cannot be written to.
    """
    if table not in TABLES:
        raise NotOpened(tr("There is no table {table}.").format(table=table))
    keys = TABLES[table].key
    wanted = [code] if isinstance(code, str | int) else [*code]
    number = _number_in_file(TABLES[table], wanted)
    if number is None and len(wanted) != len(keys):
        raise NotOpened(
            tr("A row of {table} is named by {keys}.").format(
                table=table, keys=", ".join(keys) or tr("the number of its row")
            )
        )

    def chosen(file: _File, codes: _Codes) -> pd.Series:
        if file.table.name != table:
            return _none(file.sheet)
        if number is not None and (isinstance(code, int) or not codes.has(table, str(number))):
            return pd.Series(file.sheet.index == number, index=file.sheet.index)
        texts = list(map(str, wanted))
        texts = [codes.code(table, texts[0])] if len(keys) == 1 else texts
        return _all_of([codes.says(file, key, text) for key, text in zip(keys, texts, strict=True)])

    named = ", ".join(map(str, wanted))
    what = tr("row {row} in {table}").format(row=named, table=tr(TABLES[table].label))
    # a number names another row in an earlier version
    before = chosen if number is None else None
    return _forget(Path(place), chosen, what, before, really=really)


def is_numbered(table: Table) -> bool:
    """Whether a number may name a row by its place: not where it may be the row's code, as in 3.

    Args:
        table: The table.
    """
    kind = table.by_name[table.key[0]].kind if len(table.key) == 1 else None
    return not isinstance(kind, Code) or bool(kind.prefix)


def _number_in_file(table: Table, wanted: Sequence[str | int]) -> int | None:
    """The number of a row in its file, where that names it or may name it; None for a code."""
    if len(wanted) != 1 or isinstance(wanted[0], int):
        return wanted[0] if len(wanted) == 1 and isinstance(wanted[0], int) else None
    is_number = wanted[0].strip().isdecimal() and is_numbered(table)
    return int(wanted[0]) if is_number else None


def answers(place: Path | str, partner: str, really: bool = True) -> Forgotten:
    """Forget everything that one partner has answered, its house file with it.

    Its name stays among the partners.

    Args:
        place: The folder of the partnership.
        partner: The partner's code or name.
        really: False to tell only what would go.

    Raises:
        NotOpened: There is no such partnership, or no such partner, now or in an earlier version,
            or two have that name.
        NotSaved: It is a worked example or a workbook, or cannot be written to.
    """

    def chosen(file: _File, codes: _Codes) -> pd.Series:
        if file.table.name == "partners":
            return _none(file.sheet)
        return codes.says(file, "partner", partner)

    def known(file: _File, codes: _Codes) -> pd.Series:
        return codes.says(file, "partner", partner)

    what = tr("partner {partner}").format(partner=partner)
    said = tr("all that {partner} has answered").format(partner=partner)
    return _forget(Path(place), chosen, what, known, partner, said, really=really)


def voice(place: Path | str, partner: str, respondent: str, really: bool = True) -> Forgotten:
    """Forget everything that one voice inside a partner has answered.

    Args:
        place: The folder of the partnership.
        partner: The partner's code or name.
        respondent: The sign of the voice.
        really: False to tell only what would go.

    Raises:
        NotOpened: There is no such partnership, no voice is named, or none of that sign is there,
            now or in an earlier version.
        NotSaved: It is a worked example or a workbook, or cannot be written to.
    """
    if not respondent.strip():
        raise NotOpened(
            tr(
                "Which voice? What the organisation says as a whole is forgotten row by row, or "
                "with all its answers."
            )
        )

    def chosen(file: _File, codes: _Codes) -> pd.Series:
        wanted = {"partner": partner, "respondent": respondent}
        return _all_of([codes.says(file, column, text) for column, text in wanted.items()])

    what = tr("voice {voice} of {partner}").format(voice=respondent, partner=partner)
    return _forget(Path(place), chosen, what, chosen, partner, whole_house=False, really=really)


def whole(place: Path | str, really: bool = True) -> Forgotten:
    """Forget a whole partnership.

    In my-partnerships its folder goes with all that lies in it, elsewhere its own files; with both
    go the reports, drafts and forms that the handbook wrote of it, wherever they lie.

    Args:
        place: The folder or workbook of the partnership.
        really: False to tell only what would go.

    Raises:
        NotOpened: Nothing is there.
        NotSaved: It is a worked example, or something cannot be removed.
    """
    place = _own(Path(place))
    found, house_files = len(versions.kept(place)), _houses(place)
    own_folder = place.is_dir() and paths.MY_PARTNERSHIPS.resolve() in place.resolve().parents
    gone = [place] if own_folder or place.is_file() else []
    if not own_folder:
        there = csv_folder.there(place) if place.is_dir() else {}
        gone += [there[name] for name in sheets.tables_named(there)]
        gone += [*place.glob(".~*")]
        if house_files:
            gone += [*house_files.glob("*.csv"), *house_files.glob(".~*")]
        kept = [reported.file_of(place), moved.file_of(place)]
        kept += map(atomic.aside_of, (moved.file_of(place), made_files.list_of(place)))
        gone += [file for file in kept if file.is_file()]
    untold = _unreadable(place)
    listed = made_files.of(place)
    goes = [one for one in listed if made_files.belongs(place, one)]
    within = [place.resolve()] if own_folder else []
    inside = [one for one in listed if one.is_there and _is_below(one.path, within)]
    stays = [one for one in listed if one.is_there and one not in goes and one not in inside]
    named = [*gone, *(one.path for one in inside if not one.is_as_written)]
    shown = tuple(
        str(file.relative_to(place.parent)) for file in named if not file.name.startswith(".")
    )
    shown += _told(place, [one for one in goes if not _is_below(one.path, within)])
    if really:
        _choose_no_longer(place)
        _remove_made(place, listed, goes, keep=())
        aside = atomic.aside_of(made_files.list_of(place))
        _remove(place, gone if own_folder else list(dict.fromkeys([*gone, aside])), house_files)
        untold += _remove_passing()
    to_do = forget_reminders.of_made(place, stays) + (
        forget_reminders.said(place) if really else []
    )
    what = tr("the whole partnership {name}").format(name=paths.told(place))
    return Forgotten(what, {}, found, shown, tuple(to_do), tuple(untold))


def _unreadable(place: Path) -> list[str]:
    """What could not be looked into, since the list of what was made cannot be read."""
    untold = made_files.unreadable(place)
    return [untold] if untold else []


def _is_below(path: Path, folders: Sequence[Path]) -> bool:
    return any(folder in path.resolve().parents for folder in folders)


def _told(place: Path, made: Sequence[Made]) -> tuple[str, ...]:
    """Files that the handbook wrote, as people are told of them."""
    home = place if place.is_dir() else place.parent
    return tuple(
        str(one.path.relative_to(home)) if _is_below(one.path, [home.resolve()]) else str(one.path)
        for one in made
    )


def _remove_made(
    place: Path, listed: Sequence[Made], goes: Sequence[Made], keep: Sequence[Made]
) -> None:
    """Remove files that the handbook wrote, what was left of others, and folders that are empty."""
    home = (place if place.is_dir() else place.parent).resolve()
    for one in listed:
        for left in made_files.half_written(place, one):
            left.unlink()
    for one in goes:
        one.path.unlink(missing_ok=True)
        for folder in (one.path.parent, one.path.parent.parent):
            if home in folder.resolve().parents and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    made_files.keep(place, keep)


def _remove_passing() -> list[str]:
    """Remove what came back and was left where a program was stopped while it read it.

    It may belong to another partnership, so it comes last, and hinders nothing. What came a moment
    ago may be being read by another program.

    Returns:
        A sentence for each that stays.
    """
    stays = []
    for left in paths.MY_PARTNERSHIPS.glob(f"{paths.PASSING}*"):
        try:
            if time.time() - left.stat().st_mtime > _BEING_READ:
                shutil.rmtree(left)
            elif left.is_dir():
                said = tr(
                    "{place} stays, because files that came back a moment ago may still be read "
                    "there. If it does not go by itself, delete it."
                )
                stays.append(said.format(place=left))
        except FileNotFoundError:
            continue  # who read it has removed it
        except OSError:
            said = tr(
                "{place} could not be removed. Files that came back lie there, and what is taken "
                "back may be in them: delete it yourself."
            )
            stays.append(said.format(place=left))
    return stays


def _houses(place: Path) -> Path | None:
    """The folder of a partnership's house files; None where it is a link to elsewhere.

    What lies there belongs to somebody else, and is never removed.
    """
    found = paths.houses(place)
    return None if found.is_symlink() else found


def _remove(place: Path, gone: Sequence[Path], house_files: Path | None) -> None:
    """Remove files and folders, earlier versions with them, and the folders that are empty then."""
    try:
        if place.is_dir() and place not in gone:
            versions.forget(place)
        for path in gone:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        for folder in filter(None, (house_files, place)):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    except OSError as error:
        raise NotSaved(atomic.unreadable(place, error)) from None


# ---------------------------------------------------------------- going through the files


class _Codes:
    """How the codes of a partnership may be written: by code or by name."""

    def __init__(self, files: Sequence[_File]):
        self._codes: dict[str, set[str]] = {}
        self._ways: dict[str, dict[str, str]] = {}
        self._borne_twice: dict[str, dict[str, list[str]]] = {}
        for name, sheet in {**lists.sheets(), **{f.table.name: f.sheet for f in files}}.items():
            table = TABLES[name]
            if len(table.key) == 1 and table.key[0] in sheet:
                self._learn(table, sheet[sheet[table.key[0]].str.strip() != ""])

    def _learn(self, table: Table, coded: pd.DataFrame) -> None:
        """Learn how the rows of a table may be written, all in plain letters."""
        codes = coded[table.key[0]].str.strip()
        written: dict[str, str] = {}  # one row may be typed twice, once in small letters
        for code in codes:
            written.setdefault(plain(code), code)
        codes = codes.map(lambda code: written[plain(code)])
        ways = [*zip(codes, codes, strict=True)]
        ways += zip(coded.get(table.naming, codes), codes, strict=True)
        one, several = references.standing_for(ways)
        self._codes[table.name] = set(written)
        self._ways[table.name] = {way: plain(code) for way, code in one.items()}
        self._borne_twice[table.name] = several

    def has(self, table: str, text: str) -> bool:
        """Whether a row has this code."""
        return plain(text) in self._codes.get(table, ())

    def code(self, table: str, text: str) -> str:
        """The code of a row by its code or its name.

        Raises:
            NotOpened: Several rows have the name, or it is the code of another row.
        """
        if bearers := self.bearers(table, text):
            raise NotOpened(_is_doubled(text, bearers))
        return self._ways.get(table, {}).get(plain(text), text)

    def bearers(self, table: str, text: str) -> Sequence[str]:
        """The codes of the rows that a text names, where these are several."""
        return self._borne_twice.get(table, {}).get(plain(text), ())

    def left(self, kind: Ref, text: str, gone: set[str]) -> str:
        """A cell without the references to codes that are gone."""
        parts = kind.resolve(text, self._ways.get(kind.table, {}))
        return ", ".join(
            part for part, code in parts if (code or self._unsettled(kind.table, part)) not in gone
        )

    def value(self, kind: Kind, text: str) -> tuple[str, ...]:
        """What a cell says, in plain letters: codes for references, whatever was written."""
        if isinstance(kind, Ref):
            known = self._ways.get(kind.table, {})
            parts = kind.resolve(text, known)
            return tuple(sorted(code or self._unsettled(kind.table, part) for part, code in parts))
        try:
            return (plain(kind.write(kind.read(text))),) if text.strip() else ("",)
        except Unreadable:
            return (plain(text),)

    def _unsettled(self, table: str, part: str) -> str:
        """What stands for no row; also the code of one that is the name of another is none."""
        return f"? {plain(part)}" if self.bearers(table, part) else plain(part)

    def says(self, file: _File, column: str, text: str) -> pd.Series:
        """The rows of a file whose cell in a column says `text`."""
        if column not in file.table.by_name:
            return _none(file.sheet)
        kind = file.table.by_name[column].kind
        if column not in file.sheet:
            return _none(file.sheet) | (not text.strip())
        wanted = self.value(kind, text)
        return file.sheet[column].map(lambda cell: self.value(kind, cell) == wanted).astype("bool")


def _is_doubled(name: str, codes: Sequence[str]) -> str:
    """The sentence on a name that several rows have, or that is the code of another row."""
    others = [code for code in codes if plain(code) != plain(name)]
    if len(others) < len(codes):
        said = tr(
            "“{name}” is the code of one row, and {others} is called so too. Give {others} another "
            "name first."
        )
        return said.format(name=name, others=", ".join(others))
    *some, last = codes
    return tr("“{name}” is the name of {codes} and {last}. Write the code.").format(
        name=name, codes=", ".join(some), last=last
    )


def _forget(
    place: Path,
    chosen: Chosen,
    what: str,
    known: Chosen | None,
    partner: str = "",
    said: str = "",
    whole_house: bool = True,
    really: bool = True,
) -> Forgotten:
    """Take the chosen rows, and all that hangs on them, out of every file.

    Args:
        place: The folder of the partnership.
        chosen: For a file which of its rows go.
        what: What is taken back, as people call it.
        known: For a file which of its rows speak of it, also in earlier versions; None where what
            is not there now cannot be found in them.
        partner: The partner whose answers go, if they are one partner's.
        said: What it is called where it is told what goes; `what` without it.
        whole_house: Whether the partner's house file goes as a whole.
        really: False to tell only what would go.
    """
    place, house = _own(place), partner if whole_house else ""
    if not place.is_dir():
        raise NotSaved(
            tr(
                "{name} is a workbook, which is never written to. Delete the row in it and save "
                "it, or delete the file."
            ).format(name=place.name)
        )
    with atomic.alone(place) as alone:
        if not alone:
            raise NotSaved(atomic.busy(place))
        try:
            atomic.finish(place)
            if (houses := _houses(place)) and houses.is_dir():
                atomic.finish(houses)
            files = _files(place)
            codes = _Codes(files)
            if partner:
                partner = codes.code("partners", partner)
            for file in files:
                file.goes = chosen(file, codes)
            gone = _what_hangs_on_it(files, codes)
            house_gone = _house_files(place, files, house, codes, gone)
            if not (_count(files) or house_gone or _is_known(place, files, known)):
                now_or_before = tr("There is no {what}, now or in an earlier version.")
                there_is_none = tr("There is no {what}.") if known is None else now_or_before
                check = tr("Nothing was forgotten: check how it is written.")
                raise NotOpened(f"{there_is_none.format(what=what)} {check}")
            # first, so that a second try after a failure finds the rows again
            found = versions.forget(place) if really else len(versions.kept(place))
            of_whom = {"partners": {plain(partner)}} if partner else {}
            untold = [*_unreadable(place), *_doubled(files, codes, {**of_whom, **gone})]
            listed = made_files.of(place)
            goes, stays = _made_that_goes(place, listed, house, codes)
            if really:
                _remove_made(place, listed, goes, keep=stays)
                reported.forget(place)
                moved.forget(place, gone)
                versions.note_forgotten(place)
                _write_what_is_left(place, files, house_gone)
                untold += _remove_passing()
        except OSError as error:
            raise NotSaved(atomic.unreadable(place, error)) from None
    rows = {
        str(file.path.relative_to(place)): int(file.goes.sum())
        for file in files
        if file.goes.any() and file.path not in house_gone
    }
    left = [(file.path, file.table, file.left) for file in files]
    to_do = [
        *forget_reminders.of_made(place, stays),
        *forget_reminders.said(place, left, gone),
    ]
    went = tuple(str(file.relative_to(place)) for file in house_gone) + _told(place, goes)
    return Forgotten(said or what, rows, found, went, tuple(to_do), tuple(untold))


def _doubled(files: Sequence[_File], codes: _Codes, gone: Mapping[str, set[str]]) -> list[str]:
    """Sentences on rows that stay, since they name what goes by a name that others have too."""
    told: dict[str, None] = {}
    for file in files:
        for column in file.table.references:
            kind = column.kind
            assert isinstance(kind, Ref)
            if column.name not in file.sheet or not gone.get(kind.table):
                continue
            for row, text in file.left[column.name].items():
                for part in kind.parts(text):
                    bearers = codes.bearers(kind.table, part)
                    if gone[kind.table] & set(map(plain, bearers)):
                        where = tr("{file}, row {row}, stays:").format(file=file.path.name, row=row)
                        told[f"{where} {_is_doubled(part, bearers)}"] = None
    return list(told)


def _is_known(place: Path, files: Sequence[_File], known: Chosen | None) -> bool:
    """Whether a row speaks of what is taken back, now or in an earlier version.

    A version that cannot be read may speak of it.
    """
    if known is None:
        return False
    try:
        for some in (files, *(_files(version.place) for version in versions.kept(place))):
            codes = _Codes(some)
            if any(known(file, codes).any() for file in some):
                return True
    except (NotOpened, OSError):
        return True
    return False


def _made_that_goes(
    place: Path, listed: Sequence[Made], partner: str, codes: _Codes
) -> tuple[list[Made], list[Made]]:
    """Of the files that the handbook wrote those that go, and those that people have to read.

    What is as it was written goes: it can be made again without what is taken back. So does what
    was made for the partner whose answers all go. What people have changed since stays, and is
    named.
    """
    whose = {*codes.value(Ref("partners"), partner)} - {""}
    goes = [
        one
        for one in listed
        if made_files.belongs(place, one) and (one.is_as_written or plain(one.partner) in whose)
    ]
    return goes, [one for one in listed if one.is_there and one not in goes]


def _house_files(
    place: Path,
    files: Sequence[_File],
    house: str,
    codes: _Codes,
    gone: Mapping[str, set[str]],
) -> list[Path]:
    """The house files that go as a whole: of one partner, and of those whose row is gone."""
    partners = {*codes.value(Ref("partners"), house), *gone.get("partners", ())} - {""}
    return [
        file.path
        for file in files
        if file.path.parent == paths.houses(place) and plain(file.path.stem) in partners
    ]


def _write_what_is_left(place: Path, files: Sequence[_File], house_gone: Sequence[Path]) -> None:
    """Write the files that have lost something, and remove house files; one folder at a time."""
    for folder in filter(None, (_houses(place), place)):
        left = {}
        for file in files:
            touched = file.changed or file.goes.any()
            if file.path.parent == folder and touched and file.path not in house_gone:
                left[file.path] = file.written()
        atomic.replace(left, gone=[file for file in house_gone if file.parent == folder])


def _files(place: Path) -> list[_File]:
    """The tables in a partnership's folder, house files among them."""
    there = csv_folder.there(place)
    named = {there[name]: table for name, table in sheets.tables_named(there).items()}
    if (houses := _houses(place)) and houses.is_dir():
        named |= dict.fromkeys(atomic.csv_files(houses), TABLES[HOUSE_ANSWERS])
    files = []
    for path, table in named.items():
        if not table.upright:
            # opening the partnership tells what is assumed
            rows, delimiter = csv_folder.rows(atomic.contents(path), path.name, table).told_to([])
            sheet = sheets.sheet_of(rows, table).told_to([])
            files.append(_File(path, table, sheet, delimiter, _none(sheet)))
    return files


def _what_hangs_on_it(files: list[_File], codes: _Codes) -> dict[str, set[str]]:
    """Mark the rows that cannot stand without those that go, and take other references out.

    Returns:
        The codes that are gone, in plain letters, by the name of their table.
    """
    gone: dict[str, set[str]] = {}
    before, now = -1, _count(files)
    while before < now:
        for file in files:
            if len(file.table.key) == 1 and file.table.key[0] in file.sheet:
                lost = file.sheet.loc[file.goes, file.table.key[0]].map(plain)
                gone.setdefault(file.table.name, set()).update(lost)
        for file in files:
            for column in file.table.columns:
                _let_go(file, column, gone, codes)
        before, now = now, _count(files)
    return {name: some - {""} for name, some in gone.items() if some - {""}}


def _count(files: Sequence[_File]) -> int:
    """How many rows go."""
    return sum(int(file.goes.sum()) for file in files)


def _let_go(file: _File, column: Column, gone: Mapping[str, set[str]], codes: _Codes) -> None:
    """Let rows go that need a code that is gone, and take it out where a row can do without."""
    kind = column.kind
    if not isinstance(kind, Ref) or column.name not in file.sheet:
        return
    lost = gone.get(kind.table, set())
    if not lost:
        return
    cells = file.sheet[column.name]
    hit = cells.map(lambda text: bool(lost & set(codes.value(kind, text)))).astype("bool")
    if column.required:
        file.goes |= hit
    elif hit.any():
        left = cells.map(lambda text: codes.left(kind, text, lost)).astype("str")
        file.sheet[column.name] = cells.where(~hit, left)
        file.changed = True


def _choose_no_longer(place: Path) -> None:
    """Let the exercises open an example again where they would open what is about to go."""
    try:
        chosen = paths.HOME / paths.CHOSEN.read_text(encoding="utf-8").strip()
    except OSError:
        return
    if chosen.resolve() == place.resolve():
        paths.CHOSEN.unlink()


def _own(place: Path) -> Path:
    """The place, unless it is a worked example, or no partnership is there."""
    if paths.is_example(place):
        raise NotSaved(
            tr("{name} is a worked example, which is never written to.").format(name=place.name)
        )
    if not place.exists():
        raise NotOpened(csv_folder.nothing_there(place))
    if not _is_partnership(place):
        raise NotOpened(
            tr(
                "{place} is not a partnership, so nothing was forgotten. Name the partnership's "
                "folder or workbook. Delete any other file yourself."
            ).format(place=place)
        )
    return place


def _is_partnership(place: Path) -> bool:
    """Whether a partnership lies at a place, or what is left of one."""
    if not place.is_dir():
        return place.suffix.lower() in paths.WORKBOOKS
    own = paths.MY_PARTNERSHIPS.resolve() in place.resolve().parents
    house_files = _houses(place)
    houses = house_files is not None and house_files.is_dir()
    left = own or houses or versions.kept(place) or made_files.of(place)
    return bool(left or sheets.tables_named(csv_folder.there(place)))


def _none(sheet: pd.DataFrame) -> pd.Series:
    """No row of a sheet."""
    return pd.Series(False, index=sheet.index, dtype="bool")


def _all_of(masks: list[pd.Series]) -> pd.Series:
    """The rows that all masks have."""
    found = masks[0]
    for mask in masks[1:]:
        found = found & mask
    return found
