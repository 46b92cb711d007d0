"""What a reader knows of the answers that are asked for, and what may be concluded from them.

The answers of a table of views form a grid: one seat for every partner that is asked, for every
item. The grid is whole by rule, whatever was typed: a seat that the reader cannot see stays there
and holds NA. Comparing NA gives NA, and so do `&`, `|`, `~`, `every` and `some` wherever that seat
could still turn the outcome (Kleene's logic, which pandas' "boolean" columns follow). Python
refuses to take NA for a yes or a no, so a result has to say what it does then.

Rows that people write together (risks, lines, promises) are no grid: nobody can say how many there
should be. Of these a result tells what stands there; that there is no other, it tells of what
stands there alone (`of_what_stands_here`).

Source: certain answers over incomplete data, and Kleene's three-valued connectives (guide/methods).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import answers, positions
from partnering.partnership.anonymity import CONSENT_FROM, UNNAMED
from partnering.partnership.partnership import HELD, OPEN, ROOM, Partnership
from partnering.results import Withheld
from partnering.schema.scales import LEAST_GROUP
from partnering.schema.tables import TABLES
from partnering.schema.unread import is_unread

NOT_SHOWN, LEFT_OPEN = mark("not shown here"), mark("not everybody has answered")
NOT_READ = mark("not everybody has answered, or it cannot be read")
BY_ITSELF = mark("it takes two partners")
IT_TAKES = 2  # one organisation agrees with nobody: where one is asked, a second seat stays empty


def asked(
    p: Partnership, table: str, items: Iterable[str | tuple[str, ...]] = ("",)
) -> pd.DataFrame:
    """The grid of a table of views: one row a seat and item, NA where no answer is seen.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views.
        items: The items that are on the wall: codes, or tuples of them where the table has several
            item columns; leave out where it has none.

    Returns:
        The item columns, `item` (the same as one value), `seat` (a number from 0), `partner` (""
        where nothing is seen or nobody is named), the place of the answer on each core scale
        (Int64, NA where it is not seen), and `seen`: whether all of them are.
    """
    wanted = tuple(items)
    name = ("grid", table, *map(str, wanted))
    return p.once(name, (table, "partners"), lambda: _grid(p, table, wanted))


def _grid(p: Partnership, table: str, items: tuple[str | tuple[str, ...], ...]) -> pd.DataFrame:
    about, scales = positions.items_of(TABLES[table]), positions.core_scales(TABLES[table])
    seats = range(max(len(p.expected), IT_TAKES))
    whole = pd.DataFrame(
        [(item, seat) for item in items for seat in seats], columns=["item", "seat"]
    )
    for at, column in enumerate(about):
        codes = [item if len(about) == 1 else item[at] for item in whole["item"]]
        whole[column] = pd.Series(codes, dtype="str")
    known = _known(p, table, about, scales)
    nothing = ("", *[None] * len(scales))
    found = [
        there[seat] if seat < len(there := known.get(item, [])) else nothing
        for item, seat in zip(whole["item"].tolist(), whole["seat"].tolist(), strict=True)
    ]
    partners, *places = zip(*found, strict=True) if found else [()] * (1 + len(scales))
    grid = whole.assign(partner=pd.Series(partners, dtype="str"))
    seen = np.ones(len(grid), dtype=bool)
    for column, place in zip(scales, places, strict=True):
        grid[column] = pd.array(place, dtype="Int64")
        seen &= grid[column].notna().to_numpy()
    return grid.assign(seen=seen)


def _known(
    p: Partnership, table: str, about: list[str], scales: list[str]
) -> dict[str | tuple[str, ...], list[tuple]]:
    """The answers that are seen of the partners that are asked, by item: who, and each place."""
    by_seat: dict[tuple[str, ...], list[float | None]] = {}
    for number, column in enumerate(scales):
        found = answers.standing(p, table, column)
        keys = zip(*(found[name].tolist() for name in ["partner", *about]), strict=True)
        for key, place in zip(keys, found["place"].tolist(), strict=True):
            by_seat.setdefault(key, [None] * len(scales))[number] = place
    asked, known = set(p.expected), dict[str | tuple[str, ...], list[tuple]]()
    # two scales may be answered by different partners: these come in the order of their codes
    for key in sorted(by_seat) if len(scales) > 1 else by_seat:
        partner, *item = key
        if partner in asked or partner.startswith(UNNAMED):
            of = tuple(item) if len(about) > 1 else "".join(item)
            known.setdefault(of, []).append((partner, *by_seat[key]))
    return known


# ------------------------------------------------------------------ quantifiers: yes, no, or NA


def some(holds: pd.Series, of: pd.Series) -> pd.Series:
    """Whether it holds of somebody.

    Args:
        holds: True, False or NA for each seat.
        of: The item of each seat.

    Returns:
        By item: yes as soon as one is seen, no only where every seat is seen, else NA.
    """
    return holds.astype("boolean").groupby(of, sort=False).any(skipna=False)


def every(holds: pd.Series, of: pd.Series) -> pd.Series:
    """Whether it holds of everybody that is asked.

    Args:
        holds: True, False or NA for each seat.
        of: The item of each seat.

    Returns:
        By item: no as soon as one is seen, yes only where every seat is seen, else NA.
    """
    return holds.astype("boolean").groupby(of, sort=False).all(skipna=False)


def unheard(p: Partnership, table: str, column: str, items: Iterable[str]) -> pd.Series:
    """Of which items people we serve may have said what this reader does not see.

    They have no seat, and an answer of theirs counts: so that nobody refuses is known only of those
    who are asked (`of_those_asked`).

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views with one item column.
        column: One of its `Scale` columns.
        items: The codes of the items.

    Returns:
        By item yes or no. To the room yes wherever no answer of a partner of this type is seen; to
        the facilitator where one cannot be read, or may stand in a line that was left out.
    """
    of, codes = positions.items_of(TABLES[table])[0], list(items)
    served = [code for code in p.names if code not in p.expected]
    frame = p[table]
    if p.reader == ROOM:
        seen = answers.standing(p, table, column)
        heard = set(zip(seen["partner"], seen[of], strict=True))
        lost = {code for code in codes for who in served if (who, code) not in heard}
    elif served and table in p.lines_left_out:
        lost = set(codes)
    else:
        lost = set(frame.loc[frame["partner"].isin(served) & is_unread(frame, column), of])
    return pd.Series([code in lost for code in codes], index=codes, dtype="bool")


def complete(grid: pd.DataFrame, of: pd.Series) -> pd.Series:
    """Whether every answer is seen.

    Args:
        grid: What `asked` gave.
        of: The item of each seat.

    Returns:
        By item: yes or NA. It is never a no, since what is not seen may be there.
    """
    return every(grid["seen"].astype("boolean").where(grid["seen"]), of)


def exactly_one(holds: pd.Series, of: pd.Series) -> pd.Series:
    """Whether it holds of one alone.

    Args:
        holds: True, False or NA for each seat.
        of: The item of each seat.

    Returns:
        By item: no as soon as two are seen, yes only where every seat is seen, else NA.
    """
    known = holds.astype("boolean")
    count = known.fillna(False).groupby(of, sort=False).sum()
    whole = known.notna().groupby(of, sort=False).all()
    return (count == 1).astype("boolean").mask(~whole & (count < 2))


def which(grid: pd.DataFrame, holds: pd.Series, of: pd.Series) -> dict[str, tuple[str, ...]]:
    """Those of whom it is seen to hold.

    Args:
        grid: What `asked` gave.
        holds: True, False or NA for each seat.
        of: The item of each seat.

    Returns:
        By item the partners' codes, or what stands for a code where they are not named
        (`answers.who` makes words of them). Nothing may be concluded from who is missing.
    """
    there = grid[holds.fillna(False).astype(bool)]
    by_item = there.groupby(of[there.index], sort=False)["partner"]
    return {item: tuple(partner or UNNAMED for partner in some) for item, some in by_item}


# ------------------------------------------------------------------ in words


def rest(p: Partnership) -> str:
    """What a result says where an answer that is not seen decides.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        To the room NOT_SHOWN, to the facilitator LEFT_OPEN, NOT_READ where a tick cannot be read,
        or BY_ITSELF where one partner is asked: in English, as rows hold it; it is translated where
        it is shown.
    """
    if p.reader == ROOM:
        return NOT_SHOWN
    if len(p.expected) < IT_TAKES:
        return BY_ITSELF
    return NOT_READ if p.ticks_unread else LEFT_OPEN


def rest_of_one(p: Partnership) -> str:
    """What a picture says beside an answer of one partner that is not seen.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The words, in the language of the room.
    """
    if p.reader == ROOM:
        return tr(NOT_SHOWN)
    return tr("left open, or not read") if p.ticks_unread else tr("left open")


def of_those_asked(said: str) -> str:
    """What is known of the partners that are asked, and not of people we serve; see `unheard`.

    Args:
        said: The words, in the language of the room.
    """
    return tr("{said}, of those who are asked").format(said=said)


def say(p: Partnership, *cases: tuple[pd.Series, str], otherwise: str) -> dict[str, str]:
    """Which case holds, by its words: the first one.

    Args:
        p: The partnership as one reader sees it.
        cases: By item yes, no or NA, with the words for yes in English. A case that is NA ends the
            search.
        otherwise: The words where no case holds, likewise.

    Returns:
        By item the words, to be translated where they are shown; where a case is NA, `rest`.
    """
    return {item: _first(p, item, cases, otherwise) for item in cases[0][0].index}


def _first(p: Partnership, item: str, cases: tuple[tuple[pd.Series, str], ...], words: str) -> str:
    for known, said in cases:
        if pd.isna(known[item]):
            return rest(p)
        if known[item]:
            return said
    return words


def of_what_stands_here(
    p: Partnership, to_room: str, to_facilitator: str, of: Iterable[str] = ()
) -> str:
    """The sentence where a table that is written together holds nothing of a kind.

    Args:
        p: The partnership as one reader sees it.
        to_room: Says so of what stands here: true whatever is kept back.
        to_facilitator: Says so of everything.
        of: The tables of whose lines it speaks, where it can be said; otherwise all.

    Returns:
        The one for this reader. The facilitator is told of what stands here, too, where lines of
        these tables were left out since they cannot be read.
    """
    left_out = p.lines_left_out & (set(of) or p.lines_left_out)
    return to_room if p.reader == ROOM or left_out else to_facilitator


def of_own_words(
    p: Partnership,
    to_room: str,
    to_facilitator: str,
    in_short: bool = False,
    of: Iterable[str] = (),
) -> str:
    """The sentence where nothing of what partners write about themselves stands here.

    Args:
        p: The partnership as one reader sees it.
        to_room: Says so of what stands here.
        to_facilitator: Says so of everything.
        in_short: Whether another result of the same exercise tells what would change it.
        of: As for `of_what_stands_here`.

    Returns:
        The one for this reader; where answers are confidential, with what would change it.
    """
    said = of_what_stands_here(p, to_room, to_facilitator, of)
    short = may_be_kept_back(p)
    if not short:
        return said
    if in_short:
        return f"{said} {short}"
    return f"{said} " + tr(
        "Answers are confidential: a partner's own words are shown here once it has marked them "
        "for everyone here."
    )


def may_be_kept_back(p: Partnership) -> str:
    """To the room, where answers are confidential: that these may not be all lines; else "".

    Args:
        p: The partnership as one reader sees it.
    """
    if p.reader != ROOM or p.mode == OPEN:
        return ""
    return tr("Answers are confidential: lines may be kept back.")


def not_shown(p: Partnership, table: str, by_name: bool = False) -> Withheld:
    """That the room sees no answer of a table, in few words that can stand alone.

    For every result of an exercise but the one that tells the whole reason, `why_not_shown`.

    Args:
        p: The partnership as the room sees it.
        table: The name of a table of views.
        by_name: Whether the result would show answers by name.

    Returns:
        One sentence. It rests on rules alone, never on answers.
    """
    if answers.changed_since(p, table):
        return Withheld(tr("Not shown here in this round."))
    if p.speaks_openly(table):
        return Withheld(tr("Not shown here: a line needs two complete answers."))
    if by_name and not p.few_and_held:
        return Withheld(tr("Answers are confidential: not shown here by name."))
    return Withheld(tr("Answers are confidential: not shown here."))


def why_not_shown(p: Partnership, table: str, by_name: bool = False) -> Withheld:
    """Why the room sees no answer of a table, and what would change that.

    The result that stands for a whole exercise tells it; its others say `not_shown`.

    Args:
        p: The partnership as the room sees it.
        table: The name of a table of views.
        by_name: Whether the result would show answers by name.

    Returns:
        One sentence or two. They rest on rules alone, never on answers.
    """
    return Withheld(_why_not_shown(p, table, by_name))


def _why_not_shown(p: Partnership, table: str, by_name: bool) -> str:
    said = ""
    if table in p.hidden.forms_in:
        said = tr("All {count} forms are in. ").format(count=len(p.expected))
    if changed := answers.changed_since(p, table):
        return f"{said}{changed}"
    if p.speaks_openly(table):
        return said + tr(
            "Not shown here. A line is shown as soon as two partners have ticked all of it for "
            "everyone here."
        )
    if p.few_and_held:
        few = tr(
            "Not shown here: answers are confidential, and {count} organisations are fewer than "
            "the smallest group ({threshold}). What each of you says aloud, and what you write "
            "down as decided, is shown here."
        )
        few = few.format(count=len(p.expected), threshold=p.threshold)
        return said + few + _what_would_change_it(p)
    if by_name:
        return said + tr(
            "Not shown here: answers are confidential, and this table would show them by name."
        )
    return said + tr(
        "Not shown here: answers are confidential. A line is shown here, without names, as soon "
        "as {threshold} organisations have answered it in every tick."
    ).format(threshold=p.threshold)


def _what_would_change_it(p: Partnership) -> str:
    """How few partners could have ticks on the wall: the same words whatever they have ticked.

    For each partner whose type cannot be read the smallest group is one larger than as written.
    """
    count = len(p.expected)
    if count < CONSENT_FROM:
        return " " + tr(
            "Between two nothing can be confidential. This changes only if you both choose to "
            "answer with names."
        )
    if p.mode != HELD:
        return ""
    said = tr(
        "This changes if all of you tick “with our name” and nobody keeps a guarded answer back."
    )
    least = count - p.of_unread_type
    if least >= LEAST_GROUP:
        also = tr("It also changes if all agree on {count} as the smallest group.")
        said = f"{said} {also.format(count=least)}"
    return f" {said}"
