"""When answers stand with names, when without, and when not at all: views and voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from partnering.memo import Memo
from partnering.partnership import positions
from partnering.partnership.redaction import Tables, guarded_words
from partnering.schema.choices import Scale, places_of
from partnering.schema.columns import Table
from partnering.schema.kinds import SHARE_ROOM, TEXT, UNREAD, Ref, Text
from partnering.schema.unread import is_unread

Lines = Mapping[tuple[str, ...], str]  # by item the words that stood about it without names
LEAST_IN_THE_OPEN = 2  # answers to an item before its words stand without names
CONSENT_FROM = 3  # of two, whoever ticked would know what kept the other's ticks off the wall
UNNAMED = "*"  # before the number that takes a partner's place; no code can begin with it


@dataclass(frozen=True)
class Rules:
    """What the reduction needs to know of the whole partnership.

    Attributes:
        expected: The partners that are asked to answer.
        named: Whether answers are open, so that names may stand beside them.
        threshold: The smallest group that is shown.
        held: Whether answers are confidential: names are there once everybody consents.
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


def views_of(schema: Mapping[str, Table]) -> list[str]:
    """The tables of views that are not private.

    Args:
        schema: What each table is.
    """
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
        consented: The tables that everybody has freed, though answers are confidential.

    Returns:
        For each table of views its lines. A guarded word that its owner has freed and that stands
        alone is none: nothing is left when it is taken away.
    """
    found: dict[str, Lines] = {}
    for name in views_of(schema):
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
    for row in frame[[*items, "partner", *scales]].astype(object).itertuples(index=False):
        who, *words = row[len(items) :]
        said = " / ".join(word if isinstance(word, str) else "" for word in words)
        name = "" if who.startswith(UNNAMED) else f"{who}: "
        by_item.setdefault(tuple(map(str, row[: len(items)])), []).append(f"{name}{said}")
    return {item: "; ".join(sorted(some)) for item, some in by_item.items()}


def without_changed(frame: pd.DataFrame, table: Table, reported: Lines | None) -> pd.DataFrame:
    """A table of views without the items of which a report said otherwise without names.

    Where it cannot be read what was reported, every item without names is one.

    Args:
        frame: The table as the room sees it.
        table: What it is.
        reported: The lines that stood without names in the report; None where it cannot be read.
    """
    if reported is None:
        return frame[~frame["partner"].str.startswith(UNNAMED)].reset_index(drop=True)
    if not reported:
        return frame
    now = _lines(frame, table)
    gone = {item for item, line in reported.items() if now.get(item, line) != line}
    if not gone:
        return frame
    about = frame[positions.items_of(table)].astype("str").itertuples(index=False, name=None)
    left = pd.Series([item not in gone for item in about], index=frame.index)
    return frame[left].reset_index(drop=True)


def hide_voices(
    typed: Mapping[str, pd.DataFrame],
    tables: Tables,
    schema: Mapping[str, Table],
    threshold: int,
    memo: Memo,
) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Take the voices of groups that are too small out of every table, for all tables alike.

    Which groups these are, and in which tables there are voices, follows from who has spoken,
    whether or not what they said is kept back: else what is kept back could be read off.

    Args:
        typed: The typed tables of the whole partnership, by name.
        tables: The tables without what is kept back; those that lose voices are replaced.
        schema: What each table is.
        threshold: The smallest group that is shown.
        memo: The same as for `privacy.for_room`.

    Returns:
        The partners whose voices are hidden, the tables in which such voices have spoken, and those
        in which others have.
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
    hidden = frozenset(name for name, some in houses.items() if some & groups)
    stood_in = frozenset(name for name, some in houses.items() if some - groups)
    return tuple(sorted(groups)), hidden, stood_in


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


def seen_views(frame: pd.DataFrame, table: Table, rules: Rules) -> pd.DataFrame:
    """A table of views as the room sees it.

    An item that all partners have answered in full stands with names where answers are open or all
    have consented. Of any other the words stand without names, there from two answers on, else from
    the smallest group on. Half an answer is none: among few it is one organisation's word standing
    alone.

    Args:
        frame: The table without what is kept back.
        table: What it is.
        rules: What holds for this table.
    """
    rows = _one_row_each(frame, table, rules.threshold)
    asked, items = positions.core_scales(table), positions.items_of(table)
    whole = np.logical_and.reduce([places_of(rows[name]) >= 0 for name in asked])
    expected = rows["partner"].isin(rules.expected).to_numpy()
    item = _numbered(rows, items)
    count = np.bincount(item[whole & expected], minlength=len(rows) + 1)
    named = (count[item] == len(rules.expected)) & rules.named
    # people we serve are not counted; half an answer of theirs is none either
    told = named & (whole | _is_guarded(rows, table).to_numpy())
    if told.all():
        return rows
    shown, unnamed = rows[told], np.flatnonzero(~named & expected)
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

    Silence of any kind is empty, and so is what cannot be read.
    """
    rows, freed = _stated_or_stood_in(frame, table, threshold)
    _blank_guarded(rows, table, freed)
    return rows.assign(**{UNREAD: pd.Series("", rows.index, dtype=TEXT)})


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


def keeps_guarded_back(frame: pd.DataFrame, table: Table, threshold: int) -> bool:
    """Whether somebody keeps a guarded answer back in a table of views, or what may be one.

    Args:
        frame: The table as typed.
        table: What it is.
        threshold: The smallest group that is shown.
    """
    rows, freed = _stated_or_stood_in(frame, table, threshold)
    may_be = _is_guarded(rows, table)
    for name in positions.scales(table):
        if guarded_words(table.by_name[name]):
            may_be |= is_unread(rows, name)
    return bool((may_be & ~freed).any())


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
