"""How the partners' answers stand: positions in words, who has answered, what was left open.

What is found once for a table is kept for all results made of it (`Partnership.once`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import MINE, ROOM, Partnership, positions
from partnering.partnership.anonymity import UNNAMED
from partnering.results import Withheld
from partnering.schema.choices import Choice, Scale
from partnering.schema.kinds import UNREAD, in_cell
from partnering.schema.spelling import says_none, says_nothing
from partnering.schema.tables import TABLES
from partnering.schema.unread import is_unread

# ------------------------------------------------------------------ positions


def _found(p: Partnership, table: str, column: str) -> pd.DataFrame:
    """The positions on one scale of a table of views."""
    return p.once(
        ("found", table, column),
        (table,),
        lambda: positions.rows(_groups(p, table), column),
    )


def _groups(p: Partnership, table: str) -> positions.Groups:
    return p.once(("groups", table), (table,), lambda: positions.Groups(p[table], TABLES[table]))


def _scale(table: str, column: str) -> Scale:
    kind = TABLES[table].by_name[column].kind
    if not isinstance(kind, Scale):
        raise TypeError(f"{table}.{column} holds no words of a scale")
    return kind


def standing(p: Partnership, table: str, column: str) -> pd.DataFrame:
    """Each partner's position on each item, with its word.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views, such as `risk_views`.
        column: One of its `Scale` columns, such as `how_likely`.

    Returns:
        One row a partner and item, in the order of the partners: `partner`, the item columns, `low`
        and `high` (the two middles, steps of the scale from 0), `place` (the more cautious of the
        two), `word` (in the language of the room) and `voices` (how many stand behind it, 0 for a
        stated position). An organisation that is divided inside has no row; see `divided`.
    """

    def make() -> pd.DataFrame:
        found = _found(p, table, column)
        order = {code: place for place, code in enumerate(p.names)}  # however rows were typed
        place = [order.get(partner, len(order)) for partner in found["partner"]]
        whole = np.flatnonzero(~found["divided"])
        found = found.iloc[sorted(whole.tolist(), key=place.__getitem__)].reset_index(drop=True)
        found["word"] = positions.words(found, _scale(table, column))
        return found

    return p.once(("standing", table, column), (table, "partners"), make)


def divided(p: Partnership, table: str, column: str) -> pd.DataFrame:
    """The organisations that are divided inside, for them and the facilitator alone.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views.
        column: One of its `Scale` columns.

    Returns:
        One row a partner and item: `partner` and the item columns.
    """
    found = _found(p, table, column)
    return found.loc[found["divided"], ["partner", *positions.items_of(TABLES[table])]]


def both(p: Partnership, table: str, first: str, second: str) -> pd.DataFrame:
    """The partners that have answered two questions, with their positions side by side.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views.
        first: One of its `Scale` columns.
        second: Another.

    Returns:
        One row a partner and item: `partner`, the item columns, and `low`, `high`, `place`, `word`
        and `voices` of each question with its name behind, such as `place_how_likely`.
    """

    def make() -> pd.DataFrame:
        keys = ["partner", *positions.items_of(TABLES[table])]
        one, other = (standing(p, table, column) for column in (first, second))
        place = {key: at for at, key in enumerate(positions.rows_of(other[keys]))}
        pairs = [
            (at, place[key]) for at, key in enumerate(positions.rows_of(one[keys])) if key in place
        ]
        rows, others = np.array(pairs, dtype="int64").reshape(-1, 2).T
        columns = {name: one[name].array.take(rows) for name in keys}
        for name in ("low", "high", "place", "word", "voices"):
            columns[f"{name}_{first}"] = one[name].array.take(rows)
            columns[f"{name}_{second}"] = other[name].array.take(others)
        return pd.DataFrame(columns)

    return p.once(("both", table, first, second), (table, "partners"), make)


# ------------------------------------------------------------------ who has answered


def answered(p: Partnership, table: str, items: Iterable[Hashable]) -> pd.Series:
    """How many answers in full the reader sees about each item, of the partners that are asked.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views.
        items: The codes of the items; [0] for a table whose answers are about no item.

    Returns:
        The counts by item, in the order of the items; 0 where none is seen.
    """

    def make() -> pd.Series:
        found = [_found(p, table, column) for column in positions.core_scales(TABLES[table])]
        there = p[table]["partner"].unique()
        unnamed = [partner for partner in there if partner.startswith(UNNAMED)]
        return positions.answered(found, positions.items_of(TABLES[table]), [*p.expected, *unnamed])

    counts = p.once(("answered", table), (table, "partners"), make)
    return counts.reindex(list(items), fill_value=0)


def among_us(p: Partnership, partners: Iterable[str]) -> int:
    """How many of the expected partners occur; people we serve are heard and not counted.

    Args:
        p: The partnership as one reader sees it.
        partners: Codes of partners, each as often as it comes.

    Returns:
        A count.
    """
    return len(set(partners) & set(p.expected))


def of_all(p: Partnership, count: int) -> str:
    """A count of the expected partners in words.

    Args:
        p: The partnership as one reader sees it.
        count: How many of them.

    Returns:
        Such as "3 of 4".
    """
    return tr("{count} of {all}").format(count=count, all=len(p.expected))


def missing(p: Partnership, counts: pd.Series) -> str:
    """What was left open, as counts, to be read before anything else; no partner is named.

    Args:
        p: The partnership as one reader sees it.
        counts: What `answered` gives.

    Returns:
        A sentence or two; "" where there are no items.
    """
    if not len(counts):
        return ""
    if len(p.expected) < 2:
        return tr("It takes two partners to compare; {count} so far.").format(count=len(p.expected))
    open_ = counts[counts < len(p.expected)]
    if open_.empty:
        said = tr("All {all} have answered everything.")
        if p.reader == ROOM or p.lines_left_out:
            said = tr("All {all} have answered everything that is shown here.")
        return said.format(all=len(p.expected))
    if p.reader == ROOM and not counts.any():
        return ""  # the sentence in the place of the table says why
    items = [
        tr("{item} {count}").format(item=item, count=of_all(p, count))
        for item, count in open_.items()
    ]
    said = tr(
        "Answered so far: {told}; all others {all}. An answer may be left open, and nobody is "
        "asked why."
    )
    if p.reader == ROOM:
        said = tr(
            "Shown here: {told}; all others {all}. What is not shown was left open, or is with the "
            "facilitator; nobody is asked which."
        )
    if len(open_) == len(counts):
        said = tr("Answered so far: {told}. An answer may be left open, and nobody is asked why.")
        if p.reader == ROOM:
            said = tr(
                "Shown here: {told}. What is not shown was left open, or is with the facilitator; "
                "nobody is asked which."
            )
    said = said.format(told=", ".join(items), all=of_all(p, len(p.expected)))
    return Withheld(said) if p.reader == ROOM else said


# ------------------------------------------------------------------ names and words


def named(partners: pd.Series) -> pd.Series:
    """Which rows bear their partner's name.

    Args:
        partners: Codes of partners, or running numbers where names are not shown.

    Returns:
        True or False for each.
    """
    return ~partners.str.startswith(UNNAMED)


def said(texts: pd.Series) -> pd.Series:
    """Where somebody or something is named, such as a stand-in or what is missing.

    Args:
        texts: Words as typed.

    Returns:
        True or False for each. "nobody yet", "n/a" and "–" name nothing, as an empty cell does.
    """
    return ~texts.map(says_nothing).astype("bool")


def lacking(texts: pd.Series) -> pd.Series:
    """Where something is said to be missing, to differ or to be a condition.

    Args:
        texts: Words as typed.

    Returns:
        True or False for each. "none" and "–" say that there is none; "to be decided" does not.
    """
    return ~texts.map(says_none).astype("bool")


def who(partners: Iterable[str]) -> str:
    """Partners in words.

    Args:
        partners: Their codes.

    Returns:
        Such as "VEC, SOM"; where a name is not shown, how many they are: "2 partners".
    """
    partners = list(partners)
    if any(partner.startswith(UNNAMED) for partner in partners):
        return trn("{count} partner", "{count} partners", len(partners)).format(count=len(partners))
    return ", ".join(partners)


def tally(found: pd.DataFrame, item: str) -> pd.Series:
    """How often each word was given about an item, from the last word of the scale down.

    Args:
        found: What `standing` gives.
        item: The column by which to count.

    Returns:
        By item, such as "likely 2, could happen 1".
    """
    counts = found.groupby([item, "place", "word"]).size().reset_index(name="count")
    counts = counts.sort_values("place", ascending=False, kind="stable")
    in_words = counts["word"].astype("str") + " " + counts["count"].astype("str")
    return in_words.groupby(counts[item]).agg(", ".join)


def labels(p: Partnership, table: str) -> dict[str, str]:
    """What the rows of a table are called where they are shown.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table whose rows have a code and a text, such as `objectives`.

    Returns:
        By code, in the order of the rows, code and text: "O2 A call or a visit within six hours".
    """
    code, text = TABLES[table].key[0], TABLES[table].naming
    codes, words = p[table][code].tolist(), p[table][text].tolist()
    if TABLES[table].shipped:
        words = [tr(word) for word in words]
    return {code: f"{code} {word}".strip() for code, word in zip(codes, words, strict=True)}


def within(labels: Mapping[str, str]) -> dict[str, str]:
    """What rows are called inside a sentence, which goes on after their words.

    Args:
        labels: What they are called where they stand alone.

    Returns:
        The same without a full stop at the end: "R1 Because the river rises, a village is cut off".
    """
    return {code: label.rstrip(".") for code, label in labels.items()}


def told(codes: pd.Series) -> pd.Series:
    """Cells of codes and words in the language of the room.

    Args:
        codes: Cells such as "VEC, all of us".

    Returns:
        The same, with the words translated.
    """
    return codes.map(told_of).astype(object)


def told_of(cell: str) -> str:
    """One such cell, with its words translated."""
    return ", ".join(map(tr, in_cell(cell)))


def days(rows: pd.DataFrame, column: str) -> pd.Series:
    """Days as text.

    Args:
        rows: Rows of a table, with `UNREAD` where what cannot be read is to be told.
        column: The name of a column of days.

    Returns:
        Such as "2026-11-30"; "" where there is none, and that it cannot be read where that is so.
    """
    dates = rows[column].dt.strftime("%Y-%m-%d").fillna("")
    return pd.Series(or_unread(dates, rows, column), rows.index, dtype=object)


def numbers(rows: pd.DataFrame, column: str) -> list[str]:
    """Whole numbers as text.

    Args:
        rows: As for `days`.
        column: The name of a column of whole numbers.

    Returns:
        One text a row, as `days` gives it.
    """
    texts = ["" if pd.isna(number) else f"{number:.0f}" for number in rows[column]]
    return or_unread(texts, rows, column)


def or_unread(
    texts: Iterable[str], rows: pd.DataFrame, column: str, instead: str = ""
) -> list[str]:
    """Texts of cells; where something is written that cannot be read, that it is so.

    Args:
        texts: One text a row.
        rows: Rows of a table, with `UNREAD`.
        column: The name of the column of which the texts are.
        instead: How it is said; leave it out where a cell has no other words.
    """
    said = instead or tr(UNREAD)
    lost = is_unread(rows, column)
    return [said if gone else text for text, gone in zip(texts, lost, strict=True)]


def ticked(
    rows: pd.DataFrame, column: str, otherwise: str = "", kind: Choice | None = None
) -> list[str]:
    """What is ticked in a column, in the language of the room; see `in_words`.

    Args:
        rows: As for `days`.
        column: The name of a column of a choice.
        otherwise: What stands for no answer.
        kind: As for `in_words`.

    Returns:
        One text a row, as `days` gives it.
    """
    return or_unread(in_words(rows[column], otherwise, kind), rows, column)


def in_words(words: pd.Series, otherwise: str = "", kind: Choice | None = None) -> list[str]:
    """Answers of a choice in the language of the room.

    Args:
        words: The words as the schema writes them.
        otherwise: What stands for no answer.
        kind: The choice, where its words mean something else elsewhere, such as yes and no.

    Returns:
        One text an answer.
    """
    shown = kind.shown if kind else tr
    return [
        shown(word) if isinstance(word, str) and word else otherwise
        for word in words.astype(object)
    ]


# ------------------------------------------------------------------ what has to be known beside


def notes(p: Partnership, table: str) -> tuple[str, ...]:
    """What has to be known beside a table of views.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views.

    Returns:
        Sentences: on middles that are used, on hidden groups, on answers that are confidential
        (where fewer than the smallest group are asked, `knowledge.why_not_shown` says it all); for
        the facilitator, on organisations that are divided inside.
    """
    frame = p[table]
    sentences = []
    voices = "respondent" in frame and bool((frame["respondent"] != "").any())
    if voices or table in p.hidden.stood_in:
        sentences.append(
            tr(
                "Where an organisation has not stated a position, the middle of its voices is "
                "used; where two middles differ, the more cautious counts."
            )
        )
    if table in p.hidden.tables:
        sentences.append(_hidden_voices(p))
    if changed := changed_since(p, table):
        sentences.append(changed)
    if table in p.hidden.consented:
        sentences.append(
            tr(
                "Answers are confidential. This table is shown here with names, because all of you "
                "ticked “with our name”."
            )
        )
    elif not p.speaks_openly(table) and p.reader == ROOM and not p.few_and_held:
        sentences.append(
            tr(
                "Answers are confidential: no names are shown. Of a line that fewer than "
                "{threshold} organisations have answered, only a refusal that its owner has "
                "freed is shown."
            ).format(threshold=p.threshold)
        )
    if p.reader == MINE:
        sentences += _divided_inside(p, table)
        sentences.append(tr("This is the facilitator's own view. It is not for the wall."))
    return tuple(sentences)


def changed_since(p: Partnership, table: str) -> str:
    """The sentence on lines that have changed since a report showed them without names.

    Args:
        p: The partnership as one reader sees it.
        table: The name of a table of views.

    Returns:
        "" where there is none.
    """
    if table not in p.hidden.changed or p.reported is None:
        return ""
    if not p.reported.is_read:
        return tr(
            "What the shared reports have shown cannot be read any more. So no line without "
            "names is shown: two reports could be compared."
        )
    return tr(
        "A line that was shown without names in the shared report of {day} has changed since. "
        "It is not shown in this round, so that nobody can see what was added. The next round "
        "begins when another day of the session is written down."
    ).format(day=p.reported.day)


def _hidden_voices(p: Partnership) -> str:
    """Whose voices are hidden. How many there are is not told: everybody knows its own."""
    return tr(
        "Hidden: the voices of {groups}, since a group of fewer than {threshold} could be "
        "recognised, alone or by subtraction."
    ).format(groups=", ".join(p.hidden.groups), threshold=p.threshold)


def _divided_inside(p: Partnership, table: str) -> list[str]:
    """A sentence on the organisations that are divided inside, for the facilitator to tell them."""
    columns = positions.core_scales(TABLES[table])
    found = pd.concat([divided(p, table, column) for column in columns]).drop_duplicates()
    if found.empty:
        return []
    where = [" ".join(map(str, row)) for row in found.itertuples(index=False, name=None)]
    sentence = tr("Divided inside, to be told to that organisation alone: {where}.")
    return [sentence.format(where="; ".join(where))]
