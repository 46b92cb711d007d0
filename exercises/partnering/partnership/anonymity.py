"""What a reader may see: the tables of a partnership, reduced before anything is made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import compress

import numpy as np
import pandas as pd

from partnering.language import mark
from partnering.memo import Memo
from partnering.partnership import positions
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import (
    SHARE_FACILITATOR,
    SHARE_PAPER_ONLY,
    SHARE_ROOM,
    Choice,
    Code,
    Ref,
    Scale,
    Text,
    places_of,
)
from partnering.schema.references import speaks_of
from partnering.schema.scales import NOT_SHOWN, WITH_OUR_NAME

Tables = dict[str, pd.DataFrame]
Lines = Mapping[tuple[str, ...], str]  # by item the words that stood about it without names
Gone = dict[str, frozenset[str]]  # the codes of each table that the reader does not see
CONSENTS = "consents"
LEAST_IN_THE_OPEN = 2  # answers to an item before its words stand without names
CONSENT_FROM = 3  # of two, whoever ticked would know what kept the other's ticks off the wall
# What no wall tells where answers are held and few are asked: who lives on another's money is not
# free to say it with a name. Source: the session plan of stop 7 for answers that are held.
UNTOLD_AMONG_FEW = {
    "requests": ("from", "to", "waits_for"),
    "holding": ("our_units_differ_on",),
}
UNNAMED = "*"  # before the number that takes a partner's place; no code can begin with it


@dataclass(frozen=True)
class Rules:
    """What the reduction needs to know of the whole partnership.

    Attributes:
        expected: The partners that are asked to answer.
        named: Whether answers are open, so that names may stand beside them.
        threshold: The smallest group that is shown.
        held: Whether answers are held, so that names may stand there once everybody consents.
    """

    expected: tuple[str, ...]
    named: bool
    threshold: int
    held: bool = False

    @property
    def one_by_one(self) -> bool:
        """Whether the partners are so few that a table is on the wall only if all consent."""
        return self.held and CONSENT_FROM <= len(self.expected) < self.threshold

    @property
    def few_and_held(self) -> bool:
        """Whether answers are not open and fewer are asked than the smallest group."""
        return not self.named and len(self.expected) < self.threshold

    @property
    def least(self) -> int:
        """From how many answers to an item on its words stand without names."""
        return LEAST_IN_THE_OPEN if self.named else self.threshold

    def of_a_table(self, consented: bool) -> Rules:
        """The rules for one table: once everybody has consented, names stand as in the open."""
        return replace(self, named=self.named or consented)


@dataclass(frozen=True)
class Told:
    """One thing that the room is told on purpose.

    Attributes:
        what: What it is.
        why: Why it is safe.
        fields: The fields of `Hidden` in which it stands; none where it stands in the tables.
    """

    what: str
    why: str
    fields: tuple[str, ...] = ()


# The whole list; guide/methods shows it.
TOLD = (
    Told(
        mark("Who the partners are, how openly answers are handled, and the smallest group."),
        mark(
            "You have agreed on it aloud. Write down how openly before the first grant is typed: "
            "else a grant that is kept back shows in it."
        ),
    ),
    Told(
        mark("That all forms are in: a line stands there for every partner."),
        mark("It does not change with what stands in a form. It is never told as “3 of 4”."),
        ("forms_in",),
    ),
    Told(
        mark("Words with names, where answers are open and all have answered."),
        mark("Nobody is silent, so nobody is found out."),
    ),
    Told(
        mark(
            "Words without names: from two answers on where answers are open or all have ticked "
            "“with our name”, else from the smallest group on."
        ),
        mark("Fewer would be one organisation's word."),
    ),
    Told(
        mark("A refusal that its owner has marked for the room."),
        mark("Its owner has agreed. Among few its name is known: tell it so first."),
    ),
    Told(
        mark("Whose voices are too few to be shown, and in which tables that was so."),
        mark("The words of these voices are in no table."),
        ("groups", "tables"),
    ),
    Told(
        mark("In which tables the middle of voices stands in for somebody."),
        mark("It says how a word was found, and not whose it is."),
        ("stood_in",),
    ),
    Told(
        mark(
            "Words with names where answers are held and you are few, once everybody has ticked "
            "“with our name” and keeps no guarded answer back."
        ),
        mark(
            "All have agreed. Where one tick is missing nothing of the table is shown, and no "
            "partner is told whose it is."
        ),
        ("consented",),
    ),
    Told(
        mark("That a line has changed since the last shared report showed it without names."),
        mark("It is not shown again in this round, so the change is told and its words are not."),
        ("changed",),
    ),
    Told(
        mark("Which lists of the handbook you have changed."),
        mark("A proposal must not look like something that was agreed."),
    ),
)


@dataclass(frozen=True)
class Reported:
    """What stood without names in a shared report of the present round.

    Attributes:
        round: The day of the session when it was written: another day is another round.
        day: The day on which it was written.
        lines: The lines of each table of views.
        before: The items of each table whose codes were others at some time since.
    """

    round: str
    day: str
    lines: Mapping[str, Lines]
    before: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Hidden:
    """What the room is told of what it does not see, as far as it stands in no table; see `TOLD`.

    Nothing else of what was taken out can be asked for: not how many answers there are, nor whether
    a row was kept back. So nothing can be concluded from it.

    Attributes:
        groups: The partners whose voices are too few to be shown.
        tables: The tables in which such voices have spoken.
        stood_in: The tables in which other voices have spoken, so that their middle may stand in.
        forms_in: The tables of views in which a line stands for every partner that is asked,
            whatever it says, and be it empty.
        consented: The tables of views that are on the wall with names, though answers are held,
            since everybody said so and keeps no guarded answer back.
        changed: The tables of views that had a line without names in the last shared report which
            has changed since.
    """

    groups: tuple[str, ...] = ()
    tables: frozenset[str] = frozenset()
    stood_in: frozenset[str] = frozenset()
    forms_in: frozenset[str] = frozenset()
    consented: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()

    @property
    def facts(self) -> tuple[tuple | frozenset, ...]:
        """The same, as plain values."""
        return (
            self.groups,
            self.tables,
            self.stood_in,
            self.forms_in,
            self.consented,
            self.changed,
        )


def for_room(
    tables: Mapping[str, pd.DataFrame],
    schema: Mapping[str, Table],
    rules: Rules,
    reported: Mapping[str, Lines],
    memo: Memo,
) -> tuple[Tables, Hidden]:
    """The tables that may be on the wall, and what was hidden.

    Gone are: rows marked facilitator or paper only, and all that points to or speaks of them;
    where answers are held, a partner's own words that it has not marked for the room; columns that
    are the facilitator's; private tables; voices of groups that are too small; guarded answers that
    their owner has not freed; the ticks of a partner that said “not shown” on its form; partners'
    names on every item that somebody left open; and lines that have changed since a report showed
    them without names: from two reports, what one partner has added could be told.

    Args:
        tables: The typed tables of the whole partnership, by name.
        schema: What each table is.
        rules: What holds for the whole partnership.
        reported: What stood without names in the shared reports of this round.
        memo: Kept from one time to the next; a table whose inputs are the same stays the same.

    Returns:
        A table for each name of the schema, numbered from 0 since numbers tell gaps; and what the
        room is told about what it does not see.
    """
    reduced = _shared(tables, schema, rules.named, memo)
    if not rules.named:  # what each has and will commit stands by name
        reduced["capabilities"] = schema["capabilities"].empty()
    for name, columns in UNTOLD_AMONG_FEW.items() if rules.few_and_held else ():
        untold = partial(_without_columns, reduced[name], schema[name], columns)
        reduced[name] = memo.get(("room", "untold", name), (reduced[name],), untold)
    consented = _consented(tables, schema, rules, memo)
    reduced[CONSENTS] = schema[CONSENTS].empty()
    for name, frame in reduced.items():
        left = partial(_without_what_is_not_told, frame, schema[name])
        reduced[name] = memo.get(("room", "columns", name), (frame,), left)
    hidden = _hide_voices(tables, reduced, schema, rules.threshold, memo)
    changed: set[str] = set()
    for name, frame in reduced.items():
        if schema[name].views and len(frame):
            here = rules.of_a_table(name in consented)
            seen = partial(_seen_views, frame, schema[name], here)
            inputs = (frame, here.expected, here.named, here.threshold)
            shown = memo.get(("room", "views", name), inputs, seen)
            left = partial(_without_changed, shown, schema[name], reported.get(name, {}))
            known = ("room", "changed", name)
            reduced[name] = memo.get(known, (shown, reported.get(name)), left)
            changed |= {name} if len(reduced[name]) < len(shown) else set()
        elif len(frame):
            numbered = partial(_numbered_anew, frame)
            reduced[name] = memo.get(("room", "numbered", name), (frame,), numbered)
    private = {name: table.empty() for name, table in schema.items() if table.private}
    told = replace(
        hidden,
        forms_in=_forms_in(tables, schema, rules.expected),
        consented=consented,
        changed=frozenset(changed),
    )
    return reduced | private, told


def _consented(
    tables: Mapping[str, pd.DataFrame], schema: Mapping[str, Table], rules: Rules, memo: Memo
) -> frozenset[str]:
    """The tables of views that few partners show with their names, though answers are held.

    Everybody who is asked or has answered has ticked “with our name”, and nobody keeps a guarded
    answer back. Else the whole table stays off the wall: that one line is missing would tell.
    """
    if not rules.one_by_one:
        return frozenset()
    found = set()
    for name in _views(schema):
        frame = tables[name]
        everybody = {*rules.expected, *frame["partner"]}
        if everybody <= _who_said(tables, name, WITH_OUR_NAME) and not memo.get(
            ("room", "kept back", name),
            (frame, rules.threshold),
            partial(_keeps_guarded_back, frame, schema[name], rules.threshold),
        ):
            found.add(name)
    return frozenset(found)


def _who_said(tables: Mapping[str, pd.DataFrame], name: str, word: str) -> frozenset[str]:
    """The partners that ticked a word at the end of the form of a table of views."""
    consents = tables[CONSENTS]
    ticks = zip(consents["partner"].tolist(), consents[name].tolist(), strict=True)
    return frozenset(partner for partner, tick in ticks if tick == word)


def _views(schema: Mapping[str, Table]) -> list[str]:
    """The tables of views that are not private."""
    return [name for name, table in schema.items() if table.views and not table.private]


def lines_without_names(
    room: Mapping[str, pd.DataFrame],
    schema: Mapping[str, Table],
    rules: Rules,
    consented: Set[str],
) -> dict[str, Lines]:
    """The lines that the room sees without names, of which two could be set against each other.

    Args:
        room: The tables as the room sees them.
        schema: What each table is.
        rules: What holds for the whole partnership.
        consented: The tables that everybody has freed, though answers are held.

    Returns:
        For each table of views its lines. A guarded word that its owner has freed and that stands
        alone is none: nothing is left when it is taken away.
    """
    found: dict[str, Lines] = {}
    for name in _views(schema):
        least = rules.of_a_table(name in consented).least
        frame, asked = room[name], positions.core_scales(schema[name])
        whole = frame.loc[frame[asked].notna().all(axis=1), positions.items_of(schema[name])]
        enough = Counter(tuple(map(str, item)) for item in whole.itertuples(index=False, name=None))
        lines = _lines(frame[frame["partner"].str.startswith(UNNAMED)], schema[name])
        found[name] = {item: line for item, line in lines.items() if enough[item] >= least}
    return found


def _lines(frame: pd.DataFrame, table: Table) -> dict[tuple[str, ...], str]:
    """All that stands about each item, in one text: who where there are names, and the words."""
    items, scales = positions.items_of(table), positions.scales(table)
    by_item: dict[tuple[str, ...], list[str]] = {}
    for row in frame[[*items, "partner", *scales]].astype("object").itertuples(index=False):
        who, *words = row[len(items) :]
        said = " / ".join(word if isinstance(word, str) else "" for word in words)
        name = "" if who.startswith(UNNAMED) else f"{who}: "
        by_item.setdefault(tuple(map(str, row[: len(items)])), []).append(f"{name}{said}")
    return {item: "; ".join(sorted(some)) for item, some in by_item.items()}


def _without_changed(frame: pd.DataFrame, table: Table, reported: Lines) -> pd.DataFrame:
    """A table of views without the items of which a report said otherwise without names."""
    if not reported:
        return frame
    now = _lines(frame, table)
    gone = {item for item, line in reported.items() if now.get(item, line) != line}
    if not gone:
        return frame
    about = frame[positions.items_of(table)].astype("str").itertuples(index=False, name=None)
    left = pd.Series([item not in gone for item in about], index=frame.index)
    return frame[left].reset_index(drop=True)


def _forms_in(
    tables: Mapping[str, pd.DataFrame], schema: Mapping[str, Table], expected: tuple[str, ...]
) -> frozenset[str]:
    """The tables of views in which a line stands for every partner that is asked.

    Not whether it was answered: an empty box, "cannot say" and a word that is kept back are one to
    the room.
    """
    asked = set(expected)
    there = {name: set(tables[name]["partner"].tolist()) for name in _views(schema) if asked}
    return frozenset(name for name, partners in there.items() if asked <= partners)


def _numbered_anew(frame: pd.DataFrame) -> pd.DataFrame:
    """A table numbered from 0: gaps would tell of rows that are gone."""
    return frame.reset_index(drop=True)


def for_the_wall(
    tables: Mapping[str, pd.DataFrame], schema: Mapping[str, Table], openly: bool, memo: Memo
) -> dict[str, pd.Index]:
    """The rows of each table that are not kept back, by their row numbers.

    Rows of one voice are kept back, as are private tables.

    Args:
        tables: The typed tables of the whole partnership, by name.
        schema: What each table is.
        openly: Whether answers are open.
        memo: The same as for `for_room`.

    Returns:
        For each table that is not private the row numbers of its sheet.
    """
    unticked = {**tables, CONSENTS: schema[CONSENTS].empty()}  # ticks are covered in a grid anyway
    left = {**_shared(unticked, schema, openly, memo), CONSENTS: tables[CONSENTS]}
    return {
        name: memo.get(("room", "rows", name), (frame,), partial(_rows_of_no_voice, frame))
        for name, frame in left.items()
    }


def _rows_of_no_voice(frame: pd.DataFrame) -> pd.Index:
    return frame.index[frame["respondent"] == ""] if "respondent" in frame else frame.index


def by_partner(schema: Mapping[str, Table]) -> list[str]:
    """The tables whose rows are one partner's own answers.

    Args:
        schema: What each table is.

    Returns:
        Their names. What giver and receiver settle together (promises, what was kept) is not among
        them, nor are private tables.
    """
    return [name for name, table in schema.items() if table.own]


def for_partner(
    tables: Mapping[str, pd.DataFrame],
    room: Mapping[str, pd.DataFrame],
    schema: Mapping[str, Table],
    partner: str,
) -> Tables:
    """The tables as one partner may have them: its own rows whole, of all else what the room sees.

    Its own rows are those that it stated. Single voices inside it are not among them, nor is what
    leads to a row of others that is kept back. Where a row of views names several partners, such as
    those who wished for a principle, the others are not named.

    Args:
        tables: The typed tables of the whole partnership, by name.
        room: The tables as the room sees them.
        schema: What each table is.
        partner: The partner's code.

    Returns:
        A table for each name in `room`.
    """
    own = {name: _rows_of(tables[name], partner) for name in by_partner(schema)}
    gone: Gone = {}
    for name, frame in room.items():
        code = schema[name].key[0] if schema[name].key else ""
        if code and isinstance(schema[name].by_name[code].kind, Code):
            left = {*frame[code], *(own[name][code] if name in own else ())}
            gone[name] = frozenset(set(tables[name][code]) - left - {""})
    for name, frame in own.items():
        frame = frame[~leading_rows(frame, schema[name], gone, private=True)]
        for column in schema[name].references:
            frame = _without_references(frame, column, gone)
            if schema[name].views:
                frame = _naming_only(frame, column, partner)
        own[name] = frame.reset_index(drop=True)
    return {**room, **own}


def _rows_of(frame: pd.DataFrame, partner: str) -> pd.DataFrame:
    """The rows that a partner stated itself and that are not on paper only."""
    rows = frame["partner"] == partner
    if "respondent" in frame:
        rows &= frame["respondent"] == ""
    if "share" in frame:
        rows &= frame["share"] != SHARE_PAPER_ONLY
    return frame[rows]


def _naming_only(frame: pd.DataFrame, column: Column, partner: str) -> pd.DataFrame:
    """A table in which a column that names several partners names this one alone, where it did."""
    kind = column.kind
    assert isinstance(kind, Ref)
    if not kind.many or kind.table != "partners":
        return frame
    texts = frame[column.name]
    named = [partner if partner in kind.parts(text) else "" for text in texts]
    return frame.assign(**{column.name: pd.Series(named, index=frame.index, dtype=texts.dtype)})


# ------------------------------------------------------------------ rows and columns


def _shared(
    tables: Mapping[str, pd.DataFrame], schema: Mapping[str, Table], openly: bool, memo: Memo
) -> Tables:
    """The tables without the rows that are not for the room, nor those that lead to them.

    It goes round until no row is lost any more. A table that loses nothing is the same object.
    """
    left, gone = {}, {}
    for name, frame in tables.items():
        table = schema[name]
        if not table.private:
            silent = _who_said(tables, name, NOT_SHOWN) if table.views else frozenset[str]()
            own = partial(_without_kept_back, frame, table, openly, silent)
            left[name], gone[name] = memo.get(("room", "own", name), (frame, openly, silent), own)
    before: Gone = {}
    number = 0
    while gone != before:
        before, number = gone, number + 1
        codes = tuple((name, lost) for name, lost in sorted(before.items()) if lost)
        gone = dict(before)
        for name, frame in left.items():
            if codes and len(frame):
                leading = partial(_without_leading, frame, schema[name], before)
                known = ("room", "leading", name, number)
                left[name], lost = memo.get(known, (frame, codes), leading)
                gone[name] |= lost
    return left


def _without_kept_back(
    frame: pd.DataFrame, table: Table, openly: bool, silent: Set[str]
) -> tuple[pd.DataFrame, frozenset[str]]:
    """A table without the rows that are kept back themselves, and the codes that went with them.

    Where answers are not open, a partner's own words are the facilitator's unless it has marked
    them for the room: the row goes, or the words alone where it holds ticks. `silent` are the
    partners that do not wish their ticks to be shown.
    """
    if "share" not in frame or frame.empty:
        return frame, frozenset()
    kept_back = frame["share"].isin([SHARE_FACILITATOR, SHARE_PAPER_ONLY])
    if table.own and not openly:
        if table.views:
            frame = _without_own_words(frame, table)
        else:
            kept_back |= frame["share"] != SHARE_ROOM
    if silent:
        kept_back |= frame["partner"].isin(silent)
    return _without_rows(frame, table, _with_voices(frame, table, kept_back))


def _without_own_words(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table of ticks without the words beside them that are not marked for the room."""
    names = [column.name for column in table.columns if isinstance(column.kind, Text)]
    left = [name for name in names if name not in table.key]
    unsaid = frame["share"] != SHARE_ROOM
    if not unsaid.any():
        return frame
    return frame.assign(**{name: frame[name].mask(unsaid, "") for name in left})


def _without_leading(
    frame: pd.DataFrame, table: Table, gone: Gone
) -> tuple[pd.DataFrame, frozenset[str]]:
    """A table without the rows that lead to a row that is gone, and the codes that went with them.

    Optional references to such a row are taken out; the row stays.
    """
    leads = leading_rows(frame, table, gone)
    for column in table.references:
        frame = _without_references(frame, column, gone)
    return _without_rows(frame, table, leads)


def _without_rows(
    frame: pd.DataFrame, table: Table, rows: pd.Series
) -> tuple[pd.DataFrame, frozenset[str]]:
    """A table without some rows, and the codes of its own that went with them."""
    if not rows.any():
        return frame, frozenset()
    code = table.key[0] if table.key else ""
    left = frame[~rows]
    if not code or not isinstance(table.by_name[code].kind, Code):
        return left, frozenset()
    return left, frozenset(set(frame.loc[rows, code]) - set(left[code]) - {""})


def _with_voices(frame: pd.DataFrame, table: Table, kept_back: pd.Series) -> pd.Series:
    """Rows to keep back; with a stated position go the voices on its item."""
    if not table.views or "respondent" not in frame or not kept_back.any():
        return kept_back
    keys = positions.rows_of(frame[["partner", *positions.items_of(table)]])
    voiced = (frame["respondent"] != "").to_numpy()
    stated = set(compress(keys, kept_back & ~voiced))
    return kept_back | (np.array([key in stated for key in keys], dtype=bool) & voiced)


def leading_rows(frame: pd.DataFrame, table: Table, gone: Gone, private: bool = False) -> pd.Series:
    """Which rows cannot stand without a row that is gone: they need it, or speak of it.

    Args:
        frame: A table.
        table: What it is.
        gone: The codes of the rows that are gone.
        private: Whether the reader sees the columns that are the facilitator's as well. What stands
            there speaks to nobody else, and takes no row with it.

    Returns:
        True for each such row.
    """
    leads = pd.Series(False, index=frame.index)
    for column in table.references:
        assert isinstance(column.kind, Ref)
        codes = gone.get(column.kind.table)
        if codes and column.required and not column.kind.many:
            leads |= frame[column.name].isin(codes)
    named = sorted(set().union(*gone.values()))
    if not named:
        return leads
    spoken = speaks_of(named)
    for column in table.columns:
        if isinstance(column.kind, Text) and (private or column.share == SHARE_ROOM):
            leads |= frame[column.name].str.contains(spoken)
    return leads


def _without_references(frame: pd.DataFrame, column: Column, gone: Gone) -> pd.DataFrame:
    """A table without the optional references of one column to rows that are gone."""
    kind = column.kind
    assert isinstance(kind, Ref)
    codes = gone.get(kind.table)
    if not codes or (column.required and not kind.many):
        return frame
    left = {}
    for text in frame[column.name].unique():
        parts = [code for code in kind.parts(text) if code not in codes]
        if ", ".join(parts) != text:
            left[text] = ", ".join(parts)
    if not left:
        return frame
    return frame.assign(**{column.name: frame[column.name].replace(left)})


def _without_columns(frame: pd.DataFrame, table: Table, columns: tuple[str, ...]) -> pd.DataFrame:
    """A table in which some columns are empty."""
    nothing = pd.Series(None, index=frame.index, dtype="object")
    return frame.assign(**{name: table.by_name[name].kind.series(nothing) for name in columns})


def _without_what_is_not_told(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table with the facilitator's columns empty, but for respondents, who are needed later.

    In tables that people write together "cannot say", "rather not say here" and a guarded word that
    is not freed are empty as well: to the room they are one. In views they are needed later, since
    voices do not speak there. Where lines have codes the line stays: a gap would tell. Where they
    have none it goes, whichever of these it holds: a name without a word would tell.
    """
    if frame.empty:
        return frame
    empty, told = {}, pd.Series(True, index=frame.index)
    for column in table.columns:
        kind = column.kind
        if column.share != SHARE_ROOM and column.name != "respondent":
            nothing = pd.Series(None, index=frame.index, dtype="object")
            empty[column.name] = kind.series(nothing)
        elif isinstance(kind, Choice) and not table.views:
            answers = frame[column.name].astype("object")
            untold = answers.isin(kind.outside)
            if guarded := guarded_words(column):
                untold |= answers.isin(guarded) & (frame["share"] != SHARE_ROOM)
                told &= answers.notna() & ~untold
            if untold.any():
                empty[column.name] = kind.series(answers.where(~untold, None))
    frame = frame.assign(**empty) if empty else frame
    has_codes = bool(table.key) and isinstance(table.by_name[table.key[0]].kind, Code)
    return frame if has_codes or told.all() else frame[told]


def guarded_words(column: Column) -> list[str]:
    """The words of a column that could cost their owner something.

    Args:
        column: Any column.
    """
    if not isinstance(column.kind, Choice):
        return []
    return [word.text for word in column.kind.words if word.guarded]


# ------------------------------------------------------------------ voices


def _hide_voices(
    typed: Mapping[str, pd.DataFrame],
    tables: Tables,
    schema: Mapping[str, Table],
    threshold: int,
    memo: Memo,
) -> Hidden:
    """Take the voices of groups that are too small out of every table, for all tables alike.

    Which groups these are, and in which tables there are voices, follows from who has spoken,
    whether or not what they said is kept back: else what is kept back could be read off.
    """
    voiced = [
        name
        for name, frame in tables.items()
        if schema[name].views and "respondent" in schema[name].by_name
    ]
    spoken: dict[str, frozenset[tuple[str, str]]] = {}
    for name in voiced:
        frame = typed[name]
        spoken[name] = memo.get(("room", "voices", name), (frame,), partial(voices_in, frame))
    counted = Counter(partner for partner, _ in set().union(*spoken.values()))
    groups = frozenset(positions.hidden_groups(counted, threshold))
    for name in voiced if groups else ():
        frame = tables[name]
        without = partial(_without_voices, frame, groups)
        tables[name] = memo.get(("room", "groups", name), (frame, groups), without)
    houses = {name: {partner for partner, _ in some} for name, some in spoken.items()}
    return Hidden(
        tuple(sorted(groups)),
        frozenset(name for name, some in houses.items() if some & groups),
        frozenset(name for name, some in houses.items() if some - groups),
    )


def voices_in(frame: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """The voices that have answered in a table.

    Args:
        frame: A table with a column of respondents.

    Returns:
        Partner and respondent of each.
    """
    pairs = zip(frame["partner"].tolist(), frame["respondent"].tolist(), strict=True)
    return frozenset((partner, voice) for partner, voice in pairs if voice)


def _without_voices(frame: pd.DataFrame, groups: Set[str]) -> pd.DataFrame:
    theirs = frame["partner"].isin(groups) & (frame["respondent"] != "")
    return frame[~theirs] if theirs.any() else frame


# ------------------------------------------------------------------ views


def _seen_views(frame: pd.DataFrame, table: Table, rules: Rules) -> pd.DataFrame:
    """A table of views as the room sees it.

    An item that all partners have answered in full stands with names where answers are open or all
    have consented. Of any other the words stand without names, there from two answers on, else from
    the smallest group on. Half an answer is none: among few it is one organisation's word standing
    alone.
    """
    rows = _one_row_each(frame, table, rules.threshold)
    asked, items = positions.core_scales(table), positions.items_of(table)
    whole = np.logical_and.reduce([places_of(rows[name]) >= 0 for name in asked])
    expected = rows["partner"].isin(rules.expected).to_numpy()
    item = _numbered(rows, items)
    count = np.bincount(item[whole & expected], minlength=len(rows) + 1)
    named = (count[item] == len(rules.expected)) & rules.named
    if named.all():
        return rows
    shown, unnamed = rows[named], np.flatnonzero(~named & expected)
    enough = count[item[unnamed]] >= rules.least
    words = _without_names(rows.iloc[unnamed], whole[unnamed], enough, table)
    shown = pd.concat([shown, words]) if len(words) else shown
    return shown.reset_index(drop=True)


def _numbered(rows: pd.DataFrame, items: list[str]) -> np.ndarray:
    """A number for the item of each row."""
    if not items:
        return np.zeros(len(rows), dtype="int64")
    numbers: dict[positions.Row, int] = {}
    found = [numbers.setdefault(item, len(numbers)) for item in positions.rows_of(rows[items])]
    return np.array(found, dtype="int64")


def _one_row_each(frame: pd.DataFrame, table: Table, threshold: int) -> pd.DataFrame:
    """Each partner's row on each item: as stated, or the cautious word of its voices.

    Silence of any kind is empty.
    """
    rows, freed = _stated_or_stood_in(frame, table, threshold)
    _blank_guarded(rows, table, freed)
    return rows


def _stated_or_stood_in(
    frame: pd.DataFrame, table: Table, threshold: int
) -> tuple[pd.DataFrame, pd.Series]:
    """The same with guarded words, and whether the owner of each row has freed it."""
    groups = positions.Groups(frame, table)
    keys = list(groups.keys)
    if "respondent" in frame:  # the stated row comes first
        order = frame["respondent"].argsort(kind="stable").to_numpy()
    else:
        order = np.arange(len(frame))
    _, place = np.unique(groups.number[order], return_index=True)
    at = order[np.sort(place)]
    rows, number = frame.iloc[at].reset_index(drop=True), groups.number[at]
    voiced = pd.Series(~groups.alone[at])
    freed = (rows["share"] == SHARE_ROOM) & ~voiced if "share" in rows else ~voiced & False
    for column in table.columns:
        if isinstance(column.kind, Scale):
            found = groups.standing(column.name)
            sure = found.stated | (~found.divided & (found.voices >= threshold))
            places = np.where(sure & ~np.isnan(found.place), found.place, -1)[number]
            rows[column.name] = column.kind.from_places(places.astype("int8"), rows.index)
        elif column.name not in keys and voiced.any():
            rows.loc[voiced, column.name] = "" if isinstance(column.kind, Text) else None
    return rows, freed


def _keeps_guarded_back(frame: pd.DataFrame, table: Table, threshold: int) -> bool:
    """Whether somebody keeps a guarded answer back in a table of views."""
    rows, freed = _stated_or_stood_in(frame, table, threshold)
    return bool((_is_guarded(rows, table) & ~freed).any())


def _is_guarded(rows: pd.DataFrame, table: Table) -> pd.Series:
    """Which rows of views hold a guarded word."""
    guarded = pd.Series(False, index=rows.index)
    for name in positions.scales(table):
        if words := guarded_words(table.by_name[name]):
            guarded |= rows[name].isin(words)
    return guarded


def _blank_guarded(rows: pd.DataFrame, table: Table, freed: pd.Series) -> None:
    """Empty every answer of a row with a guarded one that is not freed.

    A tick beside it would tell that it is there.
    """
    kept_back = _is_guarded(rows, table) & ~freed
    for name in positions.scales(table) if kept_back.any() else ():
        left = np.where(kept_back, -1, places_of(rows[name]))
        rows[name] = table.scale(name).from_places(left, rows.index)


def _without_names(
    rows: pd.DataFrame, whole: np.ndarray, enough: np.ndarray, table: Table
) -> pd.DataFrame:
    """The rows with a number in place of the partner, in the order of their answers.

    Where enough partners have answered an item in full, their words stand there. Where they have
    not, a guarded answer that its owner has freed stands alone, the word and nothing beside it.
    Texts and references go with the names: a condition in somebody's own words is a name too.
    """
    freed, told = np.zeros(len(rows), dtype=bool), {}
    for name in positions.scales(table):
        scale, places = table.scale(name), places_of(rows[name])
        guarded = np.isin(places, [at for at, word in enumerate(scale.words) if word.guarded])
        alone = np.where(enough | guarded, places, -1)
        told[name] = scale.from_places(alone, rows.index)
        freed |= guarded & ~enough
    rows = rows.assign(**told)[(whole & enough) | freed]
    items = positions.items_of(table)
    order = positions.rows_of(rows[[*items, *positions.core_scales(table)]])
    rows = rows.iloc[sorted(range(len(rows)), key=order.__getitem__)]
    words = [column.name for column in table.columns if isinstance(column.kind, Text | Ref)]
    unsaid = dict.fromkeys((name for name in words if name not in ("partner", *items)), "")
    count: Counter[int] = Counter()
    numbers = []
    for item in _numbered(rows, items).tolist():
        count[item] += 1
        numbers.append(f"{UNNAMED}{count[item]}")
    partner = pd.Series(numbers, index=rows.index, dtype="str")
    return rows.assign(**unsaid, partner=partner)
