"""One partnership: what was typed, the tables made of it, and what each reader may see."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import pandas as pd

from partnering.language import spoken, tr
from partnering.memo import Memo, Reading
from partnering.partnership import anonymity, privacy
from partnering.schema import answer_rows, lists
from partnering.schema.check import check, unsettled
from partnering.schema.kinds import UNREAD, Kind, Ref, Unreadable
from partnering.schema.problems import Problem
from partnering.schema.references import target_of
from partnering.schema.scales import GRANT, SMALLEST_GROUP
from partnering.schema.spelling import plain, trimmed
from partnering.schema.tables import TABLES, VERSION
from partnering.schema.unread import any_in, is_unread

ROOM, MINE = "room", "mine"
PEOPLE_WE_SERVE = "people we serve"
HELD, OPEN, ANONYMOUS = "confidential", "with names", "anonymous"
ENOUGH_VOICES, ENOUGH_IN_TWO = 12, 5  # below these nobody can be anonymous
T = TypeVar("T")
Plain = str | int | None | tuple | frozenset


@dataclass(frozen=True)
class Settled:
    """What holds for the whole partnership, settled before anything is taken out for a reader.

    Attributes:
        expected: The partners that are asked to answer.
        threshold: The smallest group of voices that is shown.
        mode: How openly answers are handled.
        money_moves: Whether one partner gives another a grant.
        sheets: The tables that somebody has filled in or edited.
    """

    expected: tuple[str, ...]
    threshold: int
    mode: str
    money_moves: bool
    sheets: frozenset[str]


@cache
def _shipped() -> Memo:
    """The lists that come with the handbook, read once for all partnerships."""
    memo = Memo()
    check(lists.sheets(), TABLES, memo)
    return memo


class Partnership:
    """The tables of one partnership, as one reader sees them.

    Attributes:
        sheets: What was typed, as text: one frame a table, with the row numbers of the spreadsheet
            as its index.
        tables: What was read from it: every table of the schema, typed; empty where nothing was
            typed. A table is never changed, only replaced, so whoever holds one can tell by `is`
            whether it is still the same.
        problems: What could not be read, as sentences.
        kept: What the handbook does not know and keeps, as sentences.
        reader: "mine", who sees everything, or "room"; `for_reader` gives the reduced partnership.
        hidden: What the reader is told about what it does not see.
        reported: What the last shared report showed without names; None before the first.
        lines_left_out: The tables of which lines were left out, since what identifies them cannot
            be read.
        ticks_unread: Whether a tick of a table of views cannot be read, or stands in such a line.
    """

    def __init__(self, sheets: Mapping[str, pd.DataFrame], name: str = ""):
        self.sheets = dict(sheets)
        self.name, self.reader = name, MINE
        self.hidden = privacy.Hidden()
        self.reported: privacy.Reported | None = None
        self.kept: list[Problem] = []
        self._settled: Settled | None = None
        self._watchers: list[Callable[[], None]] = []
        self._memo = Memo()  # shared with its reduced copies; names begin with the reader
        self._reading = _shipped().copy()
        self._read()

    def _read(self) -> None:
        """Make the tables of what was typed."""
        unchanged = {
            name: sheet for name, sheet in lists.sheets().items() if name not in self.sheets
        }
        checked = check({**unchanged, **self.sheets}, TABLES, self._reading)
        self.tables = {
            name: checked.tables[name] if name in checked.tables else table.empty()
            for name, table in TABLES.items()
        }
        of_houses = [
            told for told in self.kept if told.table in TABLES and TABLES[told.table].private
        ]
        self.problems, self.kept = checked.problems, checked.kept + of_houses
        self._kept_back = checked.kept_back
        self.lines_left_out, self.ticks_unread = frozenset[str](), False
        for name, frame in self.tables.items():
            out = self._leaves_out(name)
            views = TABLES[name].views and not TABLES[name].private
            self.lines_left_out |= {name} if out else set()
            self.ticks_unread |= views and (out or any_in(frame))
        self.problems += [*self._wrong_format(), *self._nobody_is_anonymous()]

    def _leaves_out(self, name: str) -> bool:
        """Whether a line of a table in which something was answered is not among those read.

        A line that says the very same as one that is read is none: nothing of it is lost.
        """
        sheet = self.sheets.get(name)
        if sheet is None or len(sheet) == len(self.tables[name]) or TABLES[name].upright:
            return False
        asked = [one.name for one in TABLES[name].columns if not one.given and one.name in sheet]
        cells = sheet[asked].fillna("").map(trimmed)
        twins = {one.row: one.same_as for one in self.problems if one.table == name and one.same_as}
        again, first = cells.reindex(list(twins)), cells.reindex(list(twins.values()))
        alike = again.index[(again.to_numpy() == first.to_numpy()).all(axis=1)]
        left = cells[~cells.index.isin(self.tables[name].index) & ~cells.index.isin(alike)]
        return bool((left != "").any(axis=None))

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def edit(self, table: str, sheet: pd.DataFrame) -> None:
        """Put another sheet in a table's place.

        Args:
            table: The name of the table.
            sheet: Its new sheet of text, another object than the one that is there.
        """
        self.take({table: sheet})

    def take(self, sheets: Mapping[str, pd.DataFrame | None]) -> None:
        """Put several sheets in place at once, read what depends on them, and tell those who watch.

        Args:
            sheets: Sheets of text by the names of their tables; None takes one away.
        """
        order, there = list(TABLES), {**self.sheets, **sheets}
        names = sorted(there, key=lambda name: order.index(name) if name in TABLES else len(order))
        self.sheets = {}
        for name in names:
            sheet = there[name]
            if sheet is not None:
                self.sheets[name] = sheet
        self._read()
        for tell in tuple(self._watchers):
            tell()

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after every edit; what is given back ends that."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback) if callback in self._watchers else None

    def once(self, what: tuple[str, ...], tables: Iterable[str], make: Callable[[], T]) -> T:
        """What several results need, worked out once for this reader.

        Args:
            what: Its name, for example ("standing", "positions", "stance").
            tables: The names of all tables that `make` reads.
            make: Works it out.

        Returns:
            What `make` gave, as long as these tables and the language are the same.
        """
        inputs = (spoken(), *(self.tables[name] for name in tables))
        return self._memo.get((self.reader, *what), inputs, make)

    def follow(self, what: tuple[str, ...], make: Callable[[Partnership], T]) -> T:
        """What several results need of many tables, worked out once for this reader.

        Args:
            what: Its name, as in `once`.
            make: Works it out of the partnership that it is given, which notes what is read.

        Returns:
            What `make` gave, as long as the tables that it read, and all else that can be learned
            of the partnership, are the same.
        """

        def run(tables: Reading) -> T:
            seen = copy.copy(self)
            seen.tables = tables
            return make(seen)

        bare = copy.copy(self)
        bare.tables = dict(self.tables)  # so that the facts are not noted as read
        inputs = (spoken(), bare.facts, self.reported)
        return self._memo.follow((self.reader, *what), inputs, self.tables, run)

    def forget_what_was_worked_out(self) -> None:
        """Work everything out again at the next question, though no table is another."""
        self._memo = Memo()

    def edited(self, table: str) -> bool:
        """Whether somebody has filled in a table, or edited one that comes filled in."""
        return table in (self._settled.sheets if self._settled else self.sheets)

    def fact(self, name: str):
        """One answer of the table `partnership`, or None."""
        frame = self.tables["partnership"]
        value = frame[name].iloc[0] if len(frame) else None
        return None if value is None or value == "" or pd.isna(value) else value

    @property
    def unread_facts(self) -> frozenset[str]:
        """The answers of the table `partnership` that are written and cannot be read."""
        return frozenset(" ".join(self.tables["partnership"][UNREAD][:1]).split())

    @property
    def title(self) -> str:
        """What the partners call it, else the name of its place."""
        return self.fact("title") or self.name

    @property
    def names(self) -> dict[str, str]:
        """The partners' codes and names, in the order in which they were typed."""
        return dict(zip(self["partners"]["partner"], self["partners"]["name"], strict=True))

    def not_among(self, partner: str) -> str:
        """The sentence where somebody has named a partner that is not there, with those that are.

        Args:
            partner: What was written.
        """
        return tr("There is no partner “{partner}” here; there are {codes}.").format(
            partner=partner, codes=", ".join(self.names)
        )

    @property
    def short_names(self) -> dict[str, str]:
        """The same, each as a few words where somebody has written them."""
        partners = self["partners"]
        short = dict(zip(partners["partner"], partners["picture_name"], strict=True))
        return {code: short[code] or name for code, name in self.names.items()}

    @property
    def expected(self) -> Sequence[str]:
        """The partners that are asked to answer. People we serve may, and are never missing."""
        if self._settled:
            return self._settled.expected
        partners = self.tables["partners"]

        def make() -> tuple[str, ...]:
            asked = partners["kind"] != PEOPLE_WE_SERVE
            return tuple(partners.loc[asked, "partner"].to_list())

        return self._memo.get((self.reader, "expected"), (partners,), make)

    @property
    def threshold(self) -> int:
        """The smallest group of voices that is shown.

        It is larger by each partner whose type cannot be read: these may be people we serve, who do
        not count towards it.
        """
        if self._settled:
            return self._settled.threshold
        return int(self.fact("threshold") or SMALLEST_GROUP) + self.of_unread_type

    @property
    def of_unread_type(self) -> int:
        """How many partners have a type that cannot be read."""
        return int(is_unread(self.tables["partners"], "kind").sum())

    @property
    def money_moves(self) -> bool:
        """Whether one partner gives another a grant."""
        if self._settled:
            return self._settled.money_moves
        return bool((self["transfers"]["form"] == GRANT).any())

    @property
    def mode(self) -> str:
        """How openly answers are handled: with names, confidential or anonymous.

        Confidential is the default once money moves, and where nobody can be anonymous.
        """
        if self._settled:
            return self._settled.mode
        mode = self.fact("mode") or (HELD if self.money_moves else OPEN)
        return HELD if mode == ANONYMOUS and not self._enough_voices() else mode

    @property
    def few_and_held(self) -> bool:
        """Whether answers are confidential and fewer are asked than the smallest group."""
        return self._rules().few_and_held

    def speaks_openly(self, table: str) -> bool:
        """Whether the answers of a table of views stand with names once all have given them.

        Args:
            table: The name of the table.
        """
        return self.mode == OPEN or table in self.hidden.consented

    @property
    def facts(self) -> tuple[Plain, ...]:
        """All that a result can learn of a partnership beside its tables, as plain values."""
        return (
            self.reader,
            self.name,
            tuple(self.expected),
            self.threshold,
            self.mode,
            self.money_moves,
            frozenset(self._settled.sheets if self._settled else self.sheets),
            self.unread_facts,
            self.lines_left_out,
            self.ticks_unread,
            *self.hidden.facts,
        )

    def for_reader(self, reader: str) -> Partnership:
        """The partnership as a reader may see it.

        Args:
            reader: "room", for which it is reduced before anything is made of it, or "mine": all.

        Returns:
            The reduced partnership. Tables that are the same as last time are the same objects.

        Raises:
            ValueError: There is no such reader.
        """
        if reader == MINE or self.reader == ROOM:
            return self
        if reader != ROOM:
            raise ValueError(
                tr("There is no reader “{reader}”; there are room and mine.").format(reader=reader)
            )
        rules = self._rules()
        seen = copy.copy(self)
        seen.reader, seen.sheets, seen.problems, seen.kept, seen._watchers = ROOM, {}, [], [], []
        # it is told of what stands here anyway
        seen.lines_left_out, seen.ticks_unread = frozenset(), False
        seen.tables, seen.hidden = privacy.for_room(
            self.tables, TABLES, rules, self._reported_in_this_round(), self._memo
        )
        edited = frozenset(self.sheets)
        seen._settled = Settled(
            rules.expected, rules.threshold, self.mode, self.money_moves, edited
        )
        return seen

    def _reported_in_this_round(self) -> Mapping[str, anonymity.Lines] | None:
        """What shared reports of the round showed without names; None where it cannot be read."""
        if self.reported is None:
            return {}
        if not self.reported.is_read:
            return None
        return {} if self._is_another_round() else self.reported.lines

    def _is_another_round(self) -> bool:
        """Whether another day is written than at the last shared report.

        No round begins by a day that is taken out, cannot be read, or was not written before.
        """
        then = self.reported.round if self.reported else ""
        return bool(then and self.round and then != self.round)

    def _rules(self) -> anonymity.Rules:
        held, openly = self.mode == HELD, self.mode == OPEN
        return anonymity.Rules(tuple(self.expected), openly, self.threshold, held)

    @property
    def round(self) -> str:
        """The round of the conversation, called after the day of its session."""
        day = self.fact("date")
        return "" if day is None else f"{day:%Y-%m-%d}"

    def report(self, day: str) -> privacy.Reported:
        """What a shared report shows without names, with what earlier ones of the round showed.

        Args:
            day: The day on which it is written.

        Returns:
            What `reported` is from then on.
        """
        room = self.for_reader(ROOM)
        lines = anonymity.lines_without_names(
            room.tables, TABLES, self._rules(), room.hidden.consented
        )
        if self.reported is None or self._is_another_round():
            return privacy.Reported(self.round, day, lines)
        lines = {name: {**lines[name], **self.reported.lines.get(name, {})} for name in lines}
        return privacy.Reported(self.reported.round or self.round, day, lines, self.reported.before)

    def for_partner(self, partner: str) -> Partnership:
        """The partnership as one partner may carry it home.

        Args:
            partner: The partner's code.

        Returns:
            Its own rows, and of all else what the room sees.

        Raises:
            ValueError: There is no such partner, or this is a reduced partnership already.
        """
        if self.reader != MINE or partner not in self.names:
            raise ValueError(tr("There is no partner “{partner}” here.").format(partner=partner))
        room = self.for_reader(ROOM)
        seen = copy.copy(room)
        seen.tables = privacy.for_partner(self.tables, room.tables, TABLES, partner)
        return seen

    def unread_of(self, partner: str) -> list[Problem]:
        """What one partner has written itself and cannot be read, in its own rows.

        Codes of lines that may be kept back are not among it: that one cannot be found would tell
        who knows of it.

        Args:
            partner: The partner's code.

        Returns:
            The problems, in the order of the schema's tables, and in each of rows and columns: that
            of the sheets can follow from what others have written.
        """
        room = self.for_reader(ROOM).tables
        own = privacy.own_rows(self.tables, room, TABLES, partner)
        place = {name: at for at, name in enumerate(TABLES)}
        found = [one for one in self.problems if one.table in own and _unread_in(own, one)]
        return sorted(found, key=lambda one: place[one.table])

    def for_the_wall(self) -> dict[str, pd.Index]:
        """The rows of each table that are not kept back, by the row numbers of its sheet."""
        return privacy.for_the_wall(self.tables, TABLES, self.mode == OPEN, self._memo)

    def to_write(self) -> dict[str, pd.DataFrame]:
        """The sheets to be written: what was read in the schema's own words, the rest as typed."""
        return {name: self.as_written(name) for name in self.sheets}

    def as_written(self, name: str, guessed: bool = False) -> pd.DataFrame:
        """One sheet as it is written; where a question is open, as typed and without a guess.

        Args:
            name: The name of its table.
            guessed: Whether a reference is written as the code it counts as, though a row that is
                kept back is called so too: nobody may learn from it that there is another.

        Returns:
            The sheet, the same object as long as nothing that it is made of has changed.
        """
        points_to = TABLES[name].points_to if name in TABLES else ()
        read = (self.tables.get(other) for other in (name, *points_to))
        inputs = (spoken(), self.sheets[name], *read, *map(self._kept_back.get, points_to))
        written = ("written", name, guessed)
        return self._memo.get(written, inputs, lambda: self._written(name, guessed))

    def _written(self, name: str, guessed: bool) -> pd.DataFrame:
        sheet, typed = self.sheets[name], self.tables.get(name)
        if typed is None or sheet.empty:
            return sheet.copy()
        texts = {heading: sheet[heading].tolist() for heading in sheet.columns}
        place = {row: at for at, row in enumerate(sheet.index)}
        open_to_question = unsettled(TABLES[name], sheet)
        for column in TABLES[name].columns:
            if column.name in texts and column.name not in open_to_question:
                whole = self._read_whole(column.kind, guessed)
                for row, value in zip(typed.index, typed[column.name].astype(object), strict=True):
                    typed_text = texts[column.name][place[row]]
                    if pd.isna(value) or value in ("", UNREAD) or not typed_text.strip():
                        continue  # what the check supplies is told, and written nowhere
                    if whole(typed_text, value):
                        texts[column.name][place[row]] = column.kind.write(value)
        written = pd.DataFrame(texts, index=sheet.index, dtype="str")
        return answer_rows.keep(written, sheet)

    def _read_whole(self, kind: Kind, guessed: bool) -> Callable[[str, object], bool]:
        """Says of a cell's text and value whether all of the text was read, and says the value.

        Of several references one may be lost, one may be what two rows are called, and where it
        protects people another answer may count; then the cell is kept as typed.
        """
        if kind.stricter is not None:
            return lambda text, value: _says(kind, text, value)
        if not isinstance(kind, Ref):
            return lambda text, value: True
        table = TABLES[kind.table]
        there = self._kept_back.get(table.name, ())
        target = target_of(
            kind, self.tables[table.name], None, table.key[0], table.naming, kept_back_there=there
        )
        asked = {} if guessed else target.kept_back
        if not kind.many and not asked:
            return lambda text, value: True
        return lambda text, value: all(
            code and plain(part) not in asked for part, code in kind.resolve(text, target.known)
        )

    # ---------------------------------------------------------------- what is wrong with the whole

    def _wrong_format(self) -> list[Problem]:
        """One sentence where the files were made for another format of the handbook."""
        found = self.fact("format")
        if found is None or int(found) == VERSION:
            return []
        sentence = (
            tr("these files were made by a newer handbook; update this one before you go on.")
            if found > VERSION
            else tr(
                "these files were made by an older handbook; read every table once "
                "against the reference page before you go on."
            )
        )
        return [Problem("partnership", sentence, column="format", found=str(int(found)))]

    def _nobody_is_anonymous(self) -> list[Problem]:
        """One sentence where anonymity was asked for and cannot be given."""
        if self.fact("mode") != ANONYMOUS or self._enough_voices():
            return []
        sentence = tr(
            "nobody can be anonymous among so few: it takes {all} voices, and {each} in "
            "each of two partners. Choose: say it openly, give it to a person you all "
            "trust, or leave it out. Until then answers are confidential."
        ).format(all=ENOUGH_VOICES, each=ENOUGH_IN_TWO)
        return [Problem("partnership", sentence, column="mode", found=ANONYMOUS)]

    def _enough_voices(self) -> bool:
        frames = tuple(frame for frame in self.tables.values() if "respondent" in frame)

        def make() -> bool:
            spoken = set().union(*map(anonymity.voices_in, frames))
            voices = Counter(partner for partner, _ in spoken)
            in_two = sum(count >= ENOUGH_IN_TWO for count in voices.values()) >= 2
            return len(spoken) >= ENOUGH_VOICES and in_two

        return self._memo.get((self.reader, "enough voices"), frames, make)


def _unread_in(own: Mapping[str, pd.DataFrame], problem: Problem) -> bool:
    """Whether a problem is that of a cell in one of these rows that could not be read."""
    frame, column = own[problem.table], TABLES[problem.table].by_name.get(problem.column)
    if not problem.found or column is None or problem.row not in frame.index:
        return False
    if isinstance(column.kind, Ref) and not column.kind.tells_unread:
        return False
    value: Any = frame.at[problem.row, column.name]
    return pd.isna(value) or value in ("", UNREAD) or column.kind.stricter is not None


def _says(kind: Kind, text: str, value: object) -> bool:
    """Whether a text can be read and says a value; else another counts, and the text stays."""
    try:
        return kind.read(text) == value
    except Unreadable:
        return False
