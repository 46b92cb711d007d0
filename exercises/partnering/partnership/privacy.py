"""What a reader may see: the tables of a partnership, reduced before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd

from partnering.language import mark
from partnering.memo import Memo
from partnering.partnership import anonymity, redaction
from partnering.partnership.anonymity import Lines, Rules
from partnering.partnership.redaction import CONSENTS, Gone, Tables
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import SHARE_PAPER_ONLY, UNREAD, Code, Ref
from partnering.schema.scales import WITH_OUR_NAME

# What no wall shows where answers are confidential and few are asked: who lives on another's
# money is not free to say it with a name. Source: the plan of stop 7 for confidential answers.
UNTOLD_AMONG_FEW = {
    "requests": ("from", "to", "waits_for"),
    "holding": ("our_units_differ_on",),
}


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
            "You have agreed on it aloud. Write it down before the first grant is typed: "
            "otherwise it would show that a grant is kept back."
        ),
    ),
    Told(
        mark("That all forms are in: there is a line for every partner."),
        mark("It does not depend on what a form says. It is never shown as “3 of 4”."),
        ("forms_in",),
    ),
    Told(
        mark("Words with names, where answers are shown with names and all have answered."),
        mark("Nobody has left an answer open, so nobody can be found out."),
    ),
    Told(
        mark(
            "Words without names, from the smallest group on. Where answers are shown with names "
            "or all have ticked “with our name”, from two answers on."
        ),
        mark("Fewer would be one organisation's word."),
    ),
    Told(
        mark("A refusal that its owner has marked for the room."),
        mark(
            "Its owner has agreed. Among few partners the name can be guessed: tell the "
            "owner first."
        ),
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
            "Words with names where answers are confidential and you are few. Everybody has to "
            "tick “with our name” and to keep no guarded answer back."
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
        is_read: False where something was kept and cannot be read: any line may have been shown.
    """

    round: str
    day: str
    lines: Mapping[str, Lines]
    before: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    is_read: bool = True


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
        consented: The tables of views that are on the wall with names in confidential mode,
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
    reported: Mapping[str, Lines] | None,
    memo: Memo,
) -> tuple[Tables, Hidden]:
    """The tables that may be on the wall, and what was hidden.

    Gone are: rows marked facilitator only or not typed, and all that points to or speaks of them;
    in confidential mode, a partner's own words that it has not marked for the room; columns that
    are the facilitator's; private tables; voices of groups that are too small; guarded answers that
    their owner has not freed; the ticks of a partner that said “not shown” on its form; partners'
    names on every item that somebody left open; and lines that have changed since a report showed
    them without names: from two reports, what one partner has added could be told.

    Args:
        tables: The typed tables of the whole partnership, by name.
        schema: What each table is.
        rules: What holds for the whole partnership.
        reported: What stood without names in the shared reports of this round; None where that
            cannot be read.
        memo: Kept from one time to the next; a table whose inputs are the same stays the same.

    Returns:
        A table for each name of the schema, numbered from 0 since numbers tell gaps; and what the
        room is told about what it does not see.
    """
    reduced = redaction.shared(tables, schema, rules.named, memo)
    if not rules.named:  # what each has and will commit stands by name
        reduced["capabilities"] = schema["capabilities"].empty()
    for name, columns in UNTOLD_AMONG_FEW.items() if rules.few_and_held else ():
        untold = partial(redaction.without_columns, reduced[name], schema[name], columns)
        reduced[name] = memo.get(("room", "untold", name), (reduced[name],), untold)
    consented = _consented(tables, schema, rules, memo)
    reduced[CONSENTS] = schema[CONSENTS].empty()
    for name, frame in reduced.items():
        left = partial(redaction.without_what_is_not_told, frame, schema[name])
        reduced[name] = memo.get(("room", "columns", name), (frame,), left)
    hidden = Hidden(*anonymity.hide_voices(tables, reduced, schema, rules.threshold, memo))
    changed: set[str] = set()
    for name, frame in reduced.items():
        if schema[name].views and len(frame):
            here = rules.of_a_table(name in consented)
            seen = partial(anonymity.seen_views, frame, schema[name], here)
            inputs = (frame, here.expected, here.named, here.threshold)
            shown = memo.get(("room", "views", name), inputs, seen)
            before = None if reported is None else reported.get(name, {})
            left = partial(anonymity.without_changed, shown, schema[name], before)
            reduced[name] = memo.get(("room", "changed", name), (shown, before), left)
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
    """The tables of views that few partners show with their names, though answers are confidential.

    Everybody who is asked or has answered has ticked “with our name”, and nobody keeps a guarded
    answer back. Else the whole table stays off the wall: that one line is missing would tell.
    """
    if not rules.one_by_one:
        return frozenset()
    found = set()
    for name in anonymity.views_of(schema):
        frame = tables[name]
        everybody = {*rules.expected, *frame["partner"]}
        if everybody <= redaction.who_said(tables, name, WITH_OUR_NAME) and not memo.get(
            ("room", "kept back", name),
            (frame, rules.threshold),
            partial(anonymity.keeps_guarded_back, frame, schema[name], rules.threshold),
        ):
            found.add(name)
    return frozenset(found)


def _forms_in(
    tables: Mapping[str, pd.DataFrame], schema: Mapping[str, Table], expected: tuple[str, ...]
) -> frozenset[str]:
    """The tables of views in which a line stands for every partner that is asked.

    Not whether it was answered: an empty box, "we do not know" and a hidden word are one to
    the room.
    """
    asked = set(expected)
    there = {
        name: set(tables[name]["partner"].tolist()) for name in anonymity.views_of(schema) if asked
    }
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
    left = {**redaction.shared(unticked, schema, openly, memo), CONSENTS: tables[CONSENTS]}
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

    Args:
        tables: The typed tables of the whole partnership, by name.
        room: The tables as the room sees them.
        schema: What each table is.
        partner: The partner's code.

    Returns:
        A table for each name in `room`, numbered from 0.
    """
    own = own_rows(tables, room, schema, partner)
    return {**room, **{name: _numbered_anew(frame) for name, frame in own.items()}}


def own_rows(
    tables: Mapping[str, pd.DataFrame],
    room: Mapping[str, pd.DataFrame],
    schema: Mapping[str, Table],
    partner: str,
) -> Tables:
    """The rows that a partner stated itself.

    Single voices inside it are not among them, nor is what leads to a row of others that is kept
    back. Where a row of views names several partners, such as those who wished for a principle, the
    others are not named.

    Args:
        tables: The typed tables of the whole partnership, by name.
        room: The tables as the room sees them.
        schema: What each table is.
        partner: The partner's code.

    Returns:
        Its rows of each table that it answers alone, by the row numbers of the sheet.
    """
    own = {name: _rows_of(tables[name], partner) for name in by_partner(schema)}
    gone: Gone = {}
    for name, frame in room.items():
        code = schema[name].key[0] if schema[name].key else ""
        if code and isinstance(schema[name].by_name[code].kind, Code):
            left = {*frame[code], *(own[name][code] if name in own else ())}
            gone[name] = frozenset(set(tables[name][code]) - left - {"", UNREAD})
    secret = redaction.secret_codes(gone, schema)
    for name, frame in own.items():
        leads = redaction.leading_rows(frame, schema[name], gone, secret, private=True)
        frame = frame[~leads]
        for column in schema[name].references:
            frame = redaction.without_references(frame, column, gone)
            if schema[name].views:
                frame = _naming_only(frame, column, partner)
        own[name] = frame
    return own


def _rows_of(frame: pd.DataFrame, partner: str) -> pd.DataFrame:
    """The rows that a partner stated itself and that are typed."""
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
