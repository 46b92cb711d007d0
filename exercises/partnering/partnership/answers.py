"""How the partners' answers stand, ready for a table: positions in words, who has answered, what was left open."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import MINE, OPEN, ROOM, Partnership, positions
from partnering.partnership.privacy import UNNAMED
from partnering.schema.tables import TABLES


def _found(p: Partnership, table: str) -> dict[str, pd.DataFrame]:
    """The positions on every scale of a table of views, found once for all results that are made of it."""
    return p.once(
        ("found", table),
        (table,),
        lambda: positions.of(p[table], TABLES[table], positions.scales(TABLES[table])),
    )


def standing(p: Partnership, table: str, column: str) -> pd.DataFrame:
    """Each partner's position on each item in words.

    In: a table of views and one of its `Scale` columns. Out: `partner`, the item columns, `low`, `high`, `place` (the
    more cautious), `word` and `voices`. Where an organisation is divided inside it has no position; `divided` gives those.
    """

    def make() -> pd.DataFrame:
        found = _found(p, table)[column]
        found = found[~found["divided"]]
        order = {
            code: place for place, code in enumerate(p.names)
        }  # as in the table of partners, however rows were typed
        found = found.sort_values(
            "partner", key=lambda codes: codes.map(order), kind="stable", ignore_index=True
        )
        return found.assign(word=positions.words(found, TABLES[table].by_name[column].kind))

    return p.once(("standing", table, column), (table, "partners"), make)


def divided(p: Partnership, table: str, column: str) -> pd.DataFrame:
    """The organisations that are divided inside, for them and the facilitator alone: `partner` and the item columns."""
    found = _found(p, table)[column]
    return found.loc[found["divided"], ["partner", *positions.items_of(TABLES[table])]]


def both(p: Partnership, table: str, first: str, second: str) -> pd.DataFrame:
    """The partners that have answered both columns: their positions side by side, one row a partner and item.

    Out: `partner`, the item columns, and `place`, `word` and `voices` of each column, with its name behind.
    """

    def make() -> pd.DataFrame:
        keys = ["partner", *positions.items_of(TABLES[table])]
        one, other = (
            standing(p, table, column)[[*keys, "place", "word", "voices"]]
            for column in (first, second)
        )
        return one.merge(other, on=keys, suffixes=(f"_{first}", f"_{second}"))

    return p.once(("both", table, first, second), (table, "partners"), make)


def answered(p: Partnership, table: str, items: Iterable[Hashable]) -> pd.Series:
    """How many answers in full the reader sees of each item of a table of views; 0 where none is."""
    found = [_found(p, table)[column] for column in positions.core_scales(TABLES[table])]
    unnamed = [name for name in p[table]["partner"].unique() if name.startswith(UNNAMED)]
    counts = positions.answered(
        found, positions.items_of(TABLES[table]), [*p.expected, *unnamed]
    )
    return counts.reindex(list(items), fill_value=0)


def complete(p: Partnership, counts: pd.Series) -> pd.Series:
    """Which items all have answered. One organisation answering alone is never enough."""
    return (counts == len(p.expected)) & (len(p.expected) > 1)


def among_us(p: Partnership, partners: Iterable[str]) -> int:
    """How many of the expected partners occur; people we serve are heard and not counted."""
    return len(set(partners) & set(p.expected))


def of_all(p: Partnership, count: int) -> str:
    """The words "3 of 4"."""
    return tr("{count} of {all}").format(count=count, all=len(p.expected))


def missing(p: Partnership, counts: pd.Series) -> str:
    """What was left open, as counts, to be read before anything else; no name is told."""
    if not len(counts):
        return ""
    if len(p.expected) < 2:
        return tr("It takes two partners to compare; {count} so far.").format(count=len(p.expected))
    open_ = counts[counts < len(p.expected)]
    if open_.empty:
        return tr("All {all} have answered everything.").format(all=len(p.expected))
    told = ", ".join(
        tr("{item} {count}").format(item=item, count=of_all(p, count))
        for item, count in open_.items()
    )
    return tr(
        "Answered so far: {told}; all others {all}. An answer may be left open, and nobody is asked why."
    ).format(told=told, all=of_all(p, len(p.expected)))


def named(partners: pd.Series) -> pd.Series:
    """Which rows bear their partner's name."""
    return ~partners.str.startswith(UNNAMED)


def who(partners: Iterable[str]) -> str:
    """The partners by their codes; where their names are not shown, how many they are."""
    partners = list(partners)
    if any(partner.startswith(UNNAMED) for partner in partners):
        return trn("{count} partner", "{count} partners", len(partners)).format(count=len(partners))
    return ", ".join(partners)


def tally(found: pd.DataFrame, item: str) -> pd.Series:
    """How often each word was given about an item, from the most cautious down: "likely 2, could happen 1"."""
    counts = (
        found.groupby([item, "place", "word"])
        .size()
        .reset_index(name="count")
        .sort_values("place", ascending=False, kind="stable")
    )
    told = counts["word"].astype("str") + " " + counts["count"].astype("str")
    return told.groupby(counts[item]).agg(", ".join)


def labels(p: Partnership, table: str) -> dict[str, str]:
    """The code of each row with its words, as it is shown: "O2 A call or a visit within six hours"."""
    code, text = TABLES[table].key[0], TABLES[table].naming
    words = p[table][text].map(tr) if TABLES[table].shipped else p[table][text]
    told = p[table][code] + " " + words
    return dict(zip(p[table][code], told.str.strip(), strict=True))


def nothing_shown(p: Partnership) -> str:
    """Why the wall is empty where answers are held among fewer organisations than the smallest group; else ""."""
    if p.reader != ROOM or p.mode == OPEN or len(p.expected) >= p.threshold:
        return ""
    return tr(
        "Answers are held, and {count} organisations are fewer than the smallest group ({threshold}): nothing is shown "
        "here. The facilitator has read the forms. If all agree, choose a smaller group."
    ).format(count=len(p.expected), threshold=p.threshold)


def notes(p: Partnership, table: str) -> tuple[str, ...]:
    """What has to be known beside a table of views: middles that stand in, and groups that are hidden."""
    frame, told = p[table], []
    if table in p.hidden.stood_in or ("respondent" in frame and (frame["respondent"] != "").any()):
        told.append(
            tr(
                "Where an organisation has not stated a position, the middle of its voices stands in; where two "
                "middles differ, the more cautious counts."
            )
        )
    if table in p.hidden.tables:
        told.append(
            tr(
                "Hidden: the voices of {groups}, since a group of fewer than {threshold} could be recognised, alone "
                "or by subtraction."
            ).format(groups=", ".join(p.hidden.groups), threshold=p.threshold)
            + (
                tr(" All together they and the others are {count} voices.").format(
                    count=p.hidden.voices
                )
                if p.hidden.voices
                else ""
            )
        )
    if p.mode != OPEN and p.reader == ROOM:
        told.append(
            tr(
                "Answers are held: no names, and nothing about which fewer than {threshold} organisations have "
                "answered."
            ).format(threshold=p.threshold)
        )
    if p.reader == MINE:
        told += _divided_inside(p, table)
        told.append(tr("This is the facilitator's own view. It is not for the wall."))
    return tuple(told)


def _divided_inside(p: Partnership, table: str) -> list[str]:
    """One sentence on the organisations that are divided inside, for the facilitator to tell them alone."""
    found = pd.concat(
        [divided(p, table, name) for name in positions.core_scales(TABLES[table])]
    ).drop_duplicates()
    where = [" ".join(map(str, row)) for row in found.itertuples(index=False, name=None)]
    return (
        [
            tr("Divided inside, to be told to that organisation alone: {where}.").format(
                where="; ".join(where)
            )
        ]
        if where
        else []
    )


def told(codes: pd.Series) -> pd.Series:
    """Cells of codes and words such as "VEC, all of us", in the language of the room."""
    return codes.map(
        lambda text: ", ".join(tr(part) for part in text.split(", ")) if text else ""
    ).astype("object")


def days(dates: pd.Series) -> pd.Series:
    """Days as 2026-11-30; "" where there is none."""
    return dates.dt.strftime("%Y-%m-%d").fillna("").astype("object")


def in_words(words: pd.Series, otherwise: str = "") -> list[str]:
    """Answers of a choice in the language of the room; `otherwise` where there is none."""
    return [
        tr(word) if isinstance(word, str) and word else otherwise for word in words.astype("object")
    ]
