"""What a reader may see: the tables of a partnership, reduced before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from partnering.partnership import positions
from partnering.schema.check import Column, Table
from partnering.schema.kinds import (
    SHARE_FACILITATOR,
    SHARE_PAPER_ONLY,
    SHARE_ROOM,
    Choice,
    Code,
    Ref,
    Scale,
    Text,
)

Tables = dict[str, pd.DataFrame]
SETTLED_TOGETHER = ("promises", "kept")
UNNAMED = (
    "*"  # stands before the running number that takes a partner's place; no code can begin with it
)


@dataclass(frozen=True)
class Rules:
    """What the reduction needs to know of the partnership: who is expected to answer, how openly, and the threshold."""

    expected: tuple[str, ...]
    named: bool
    threshold: int


@dataclass(frozen=True)
class Hidden:
    """What the room is told about what it does not see: the groups, and all voices together where that is safe.

    `tables` are those in which voices were hidden, `stood_in` those in which the middle of voices stands for somebody,
    `kept_back` those that lost rows; nothing may be concluded from what is missing there. `answered` counts, for each
    table of views and item, the partners that have answered in full, also where their answers are not shown. `rows`
    counts the rows that each jointly written table lost: where rows are a partner's own, a number could name it.
    """

    groups: tuple[str, ...] = ()
    voices: int | None = None
    tables: frozenset[str] = frozenset()
    stood_in: frozenset[str] = frozenset()
    kept_back: frozenset[str] = frozenset()
    answered: Mapping[str, pd.Series] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)


def for_room(
    tables: Tables, schema: Mapping[str, Table], rules: Rules, memory: dict | None = None
) -> tuple[Tables, Hidden]:
    """The tables that may be on the wall, and what was hidden.

    Gone are: rows marked facilitator or paper only, rows with a guarded answer that is not freed, and all that points
    to or speaks of them; columns that are the facilitator's; private tables; voices of groups that are too small;
    guarded views that their owner has not freed; partners' names on every item that somebody left open. A `memory`
    kept from one time to the next spares reducing again the views that still say the same.
    """
    reduced = {
        name: frame.copy(deep=False) for name, frame in tables.items() if not schema[name].private
    }
    _drop_unshared(reduced, schema)
    answered, memory = {}, {} if memory is None else memory
    memory["wall"] = tables, _rows_left(reduced)
    kept_back = frozenset(name for name, frame in reduced.items() if len(frame) < len(tables[name]))
    lost = {
        name: len(tables[name]) - len(reduced[name])
        for name in schema
        if name in kept_back and name not in by_partner(schema)
    }
    if not rules.named:
        reduced["capabilities"] = reduced["capabilities"].iloc[
            :0
        ]  # what each has and will commit stands by name
    _blank_columns(reduced, schema)
    hidden = _hide_voices(reduced, schema, rules.threshold)
    views = [name for name, frame in reduced.items() if schema[name].views and len(frame)]
    stood_in = frozenset(
        name
        for name in views
        if "respondent" in reduced[name] and (reduced[name]["respondent"] != "").any()
    )
    for name in views:
        asked = memory.get(name)
        if asked is None or asked[0] != rules or not asked[1].equals(reduced[name]):
            rows = _one_row_each(reduced[name], schema[name], rules.threshold)
            asked = memory[name] = (
                rules,
                reduced[name],
                _reduce_views(rows, schema[name], rules),
                positions.answered(
                    positions.of(rows, schema[name], positions.core_scales(schema[name])).values(),
                    positions.items_of(schema[name]),
                    rules.expected,
                ),
            )
        reduced[name], answered[name] = asked[2].copy(), asked[3].copy()
    reduced = {
        name: frame.reset_index(drop=True) if len(frame) else frame
        for name, frame in reduced.items()
    }  # numbers tell gaps
    return reduced, replace(
        hidden, stood_in=stood_in, kept_back=kept_back, answered=answered, rows=lost
    )


def for_the_wall(
    tables: Tables, schema: Mapping[str, Table], memory: dict | None = None
) -> dict[str, pd.Index]:
    """The rows of each table that are not kept back, by their row numbers: rows of one voice are, as are private tables."""
    memory = {} if memory is None else memory
    if "wall" not in memory or memory["wall"][0] is not tables:
        left = {
            name: frame.copy(deep=False)
            for name, frame in tables.items()
            if not schema[name].private
        }
        _drop_unshared(left, schema)
        memory["wall"] = tables, _rows_left(left)
    return memory["wall"][1]


def _rows_left(tables: Tables) -> dict[str, pd.Index]:
    return {
        name: frame.index[frame["respondent"] == ""] if "respondent" in frame else frame.index
        for name, frame in tables.items()
    }


def by_partner(schema: Mapping[str, Table]) -> list[str]:
    """The tables whose rows are one partner's own answers. What giver and receiver settle together is not among them."""
    return [
        name
        for name, table in schema.items()
        if "partner" in table.by_name
        and not table.private
        and isinstance(table.by_name["partner"].kind, Ref)
        and name not in SETTLED_TOGETHER
    ]


def for_partner(tables: Tables, room: Tables, schema: Mapping[str, Table], partner: str) -> Tables:
    """The tables as one partner may have them: its own rows whole, as it stated them; of all else what the room sees.

    Single voices inside the partner are not among its own rows, nor is what leads to a row of others that is kept back.
    Where a row of views names several partners, such as those who wished for a principle, the others are not named.
    """
    own = {}
    for name in by_partner(schema):
        frame = tables[name]
        rows = (frame["partner"] == partner) & (
            frame["respondent"] == "" if "respondent" in frame else True
        )
        rows &= frame["share"] != SHARE_PAPER_ONLY if "share" in frame else True
        own[name] = frame[rows].copy()
    gone: dict[str, set[str]] = {}
    for name, frame in room.items():
        code = schema[name].key[0] if schema[name].key else ""
        if code and isinstance(schema[name].by_name[code].kind, Code):
            left = {*frame[code], *(own[name][code] if name in own else ())}
            gone[name] = {text for text in set(tables[name][code]) - left if text}
    for name, frame in own.items():
        for column in schema[name].columns:
            frame = frame[~_leads_to(frame, column, gone)]
            if (
                schema[name].views
                and isinstance(column.kind, Ref)
                and column.kind.many
                and column.kind.table == "partners"
            ):
                named = frame[column.name].map(
                    lambda text, kind=column.kind: partner if partner in kind.parts(text) else ""
                )
                frame = frame.assign(**{column.name: named.astype(frame[column.name].dtype)})
        own[name] = frame.reset_index(drop=True)
    return {**room, **own}


def is_unnamed(partners: pd.Series) -> pd.Series:
    """Which rows stand without their partner's name."""
    return partners.str.startswith(UNNAMED)


# ------------------------------------------------------------------ rows and columns


def _drop_unshared(tables: Tables, schema: Mapping[str, Table]) -> None:
    """Drop the rows that are not for the room, then, until nothing is left to drop, those that lead to them."""
    gone: dict[str, set[str]] = {}
    for name, frame in tables.items():
        if "share" in frame and len(frame):
            kept_back = frame["share"].isin([SHARE_FACILITATOR, SHARE_PAPER_ONLY]) | _guarded_rows(
                frame, schema[name]
            )
            _remove(tables, schema[name], _with_voices(frame, schema[name], kept_back), gone)
    told = 0
    while told < sum(map(len, gone.values())):
        told = sum(map(len, gone.values()))
        for name, frame in tables.items():
            if frame.empty:
                continue
            leads = pd.Series(False, index=frame.index)
            for column in schema[name].columns:
                if isinstance(column.kind, Text) or (
                    isinstance(column.kind, Ref) and gone.get(column.kind.table)
                ):
                    leads |= _leads_to(frame, column, gone)
            _remove(tables, schema[name], leads, gone)


def _remove(tables: Tables, table: Table, rows: pd.Series, gone: dict[str, set[str]]) -> None:
    """Take rows out of a table and remember the codes that went with them, where they are this table's own."""
    if not rows.any():
        return
    code, frame = table.key[0] if table.key else "", tables[table.name]
    tables[table.name] = frame[~rows]
    if code and isinstance(table.by_name[code].kind, Code):
        lost = set(frame.loc[rows, code]) - set(frame.loc[~rows, code])
        gone.setdefault(table.name, set()).update(text for text in lost if text)


def _with_voices(frame: pd.DataFrame, table: Table, kept_back: pd.Series) -> pd.Series:
    """Rows to keep back, and with a stated position the voices on the same item: they do not speak in its place."""
    if not table.views or "respondent" not in frame or not kept_back.any():
        return kept_back
    keys = pd.MultiIndex.from_frame(frame[["partner", *positions.items_of(table)]])
    stated = keys[kept_back & (frame["respondent"] == "")]
    return kept_back | (keys.isin(stated) & (frame["respondent"] != ""))


def _leads_to(frame: pd.DataFrame, column: Column, gone: Mapping[str, set[str]]) -> pd.Series:
    """Which rows cannot stand without a row that is gone. Optional references to it are taken out on the way."""
    nothing = pd.Series(False, index=frame.index)
    if isinstance(column.kind, Ref) and (codes := gone.get(column.kind.table)):
        hit = frame[column.name].isin(codes)
        if column.kind.many:
            left = frame[column.name].map(
                lambda text: [code for code in column.kind.parts(text) if code not in codes]
            )
            frame[column.name] = left.map(", ".join)
            return nothing
        if column.required:
            return hit
        frame.loc[hit, column.name] = ""
    elif isinstance(column.kind, Text) and any(gone.values()):
        codes = sorted(code for some in gone.values() for code in some)
        spoken = r"(?<!\w)(?:" + "|".join(map(re.escape, codes)) + r")(?!\w)"
        return frame[column.name].str.contains(spoken, regex=True)
    return nothing


def _blank_columns(tables: Tables, schema: Mapping[str, Table]) -> None:
    """Empty the columns that are the facilitator's; respondents are needed until the voices are reduced."""
    for name, frame in tables.items():
        for column in schema[name].columns:
            if column.share != SHARE_ROOM and column.name != "respondent" and len(frame):
                frame[column.name] = column.kind.series(
                    pd.Series(None, index=frame.index, dtype="object")
                )


def _guarded_rows(frame: pd.DataFrame, table: Table) -> pd.Series:
    """Which rows of a jointly written table hold a guarded answer and are not marked for the room."""
    rows = pd.Series(False, index=frame.index)
    for column in () if table.views else table.columns:
        if isinstance(column.kind, Choice):
            rows |= frame[column.name].isin(
                [word.text for word in column.kind.words if word.guarded]
            )
    return rows & (frame["share"] != SHARE_ROOM)


# ------------------------------------------------------------------ voices


def _hide_voices(tables: Tables, schema: Mapping[str, Table], threshold: int) -> Hidden:
    """Take the voices of groups that are too small out of every table, once for the whole partnership."""
    spoken = [
        frame.loc[frame["respondent"] != "", ["partner", "respondent"]]
        for name, frame in tables.items()
        if schema[name].views and "respondent" in frame
    ]
    voices = (
        pd.concat(spoken).drop_duplicates()["partner"].value_counts()
        if spoken
        else pd.Series(dtype="int64")
    )
    groups, total_told = positions.hidden_groups(voices.to_dict(), threshold)
    touched = set()
    for name, frame in tables.items():
        if groups and schema[name].views and "respondent" in frame:
            theirs = frame["partner"].isin(groups) & (frame["respondent"] != "")
            tables[name] = frame[~theirs]
            touched |= {name} if theirs.any() else set()
    return Hidden(
        tuple(sorted(groups)),
        int(voices.sum()) if groups and total_told else None,
        frozenset(touched),
    )


# ------------------------------------------------------------------ views


def _reduce_views(rows: pd.DataFrame, table: Table, rules: Rules) -> pd.DataFrame:
    """Rows of one a partner and item, with no names where somebody left an item open."""
    asked, items = positions.core_scales(table), positions.items_of(table)
    item = (
        rows.groupby(items, sort=False, observed=True).ngroup()
        if items
        else pd.Series(0, index=rows.index)
    )
    answered = rows["partner"].isin(rules.expected) & rows[asked].notna().all(axis=1)
    by_all = answered.groupby(item).sum() == len(rules.expected)
    named = item.map(by_all).astype("bool") & rules.named
    open_ = ~named & rows["partner"].isin(rules.expected)
    unnamed = _without_names(
        rows[open_], item[open_], table, asked, least=2 if rules.named else rules.threshold
    )
    return pd.concat([rows[named], unnamed], ignore_index=True) if len(unnamed) else rows[named]


def _one_row_each(frame: pd.DataFrame, table: Table, threshold: int) -> pd.DataFrame:
    """Each partner's row on each item: as stated, or the cautious word of its voices. Silence of any kind is empty."""
    keys = ["partner", *positions.items_of(table)]
    rows = frame.sort_values("respondent", kind="stable") if "respondent" in frame else frame
    rows = rows.drop_duplicates(keys).reset_index(drop=True)  # the stated row comes first
    voiced = (
        rows["respondent"] != "" if "respondent" in rows else pd.Series(False, index=rows.index)
    )
    freed = (rows["share"] == SHARE_ROOM) & ~voiced if "share" in rows else ~voiced & False
    place = pd.MultiIndex.from_frame(rows[keys])
    standing = positions.of(frame, table, positions.scales(table))
    for column in table.columns:
        if isinstance(column.kind, Scale):
            found = standing[column.name]
            found = found[found["stated"] | (~found["divided"] & (found["voices"] >= threshold))]
            answers = (
                found.set_index(keys)["place"]
                .map(column.kind.word)
                .reindex(place)
                .set_axis(rows.index)
            )
            rows[column.name] = column.kind.series(
                answers.astype("object").where(answers.notna(), None)
            )
        elif column.name not in keys and voiced.any():
            rows.loc[voiced, column.name] = "" if isinstance(column.kind, Text) else None
    _blank_guarded(rows, table, freed)
    return rows


def _blank_guarded(rows: pd.DataFrame, table: Table, freed: pd.Series) -> None:
    """Empty every answer of a row with a guarded one that is not freed: a tick beside it would tell that it is there."""
    scales = [column for column in table.columns if isinstance(column.kind, Scale)]
    guarded = pd.Series(False, index=rows.index)
    for column in scales:
        guarded |= rows[column.name].isin([word.text for word in column.kind.words if word.guarded])
    for column in scales if (guarded & ~freed).any() else ():
        rows[column.name] = column.kind.series(
            rows[column.name].astype("object").where(~guarded | freed, None)
        )


def _without_names(
    rows: pd.DataFrame, item: pd.Series, table: Table, asked: list[str], least: int
) -> pd.DataFrame:
    """The rows with a running number in place of the partner, in the order of their answers, so that none is known.

    Texts and references go with the names: a condition in somebody's own words is a name too. Items that fewer than
    `least` partners have answered are left out.
    """
    rows = rows[rows[asked].notna().any(axis=1)].assign(item=item)
    items = positions.items_of(table)
    for column in table.columns:
        if isinstance(column.kind, Text | Ref) and column.name not in ("partner", *items):
            rows[column.name] = ""
    rows = rows.sort_values([*items, *asked], kind="stable")
    size, number = (
        rows.groupby("item")["partner"].transform("size"),
        rows.groupby("item").cumcount() + 1,
    )
    return rows.assign(partner=UNNAMED + number.astype("str"))[size >= least].drop(columns="item")
