"""Stop 6, relationship: the story first, then what each sees, then one behaviour to practise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership, answers, positions
from partnering.results import Figure, ResultTable, drawing
from partnering.schema import scales
from partnering.stops import moving_on

OURSELVES, OTHERS = scales.ABOUT_WHOM.texts
APART = 2  # steps from which what is said of oneself and of the others differ
STRAINED = "strained us"  # a word of moments.then
SIGNS = {"brought us closer": "full", STRAINED: "cross", "both": "half", "": "empty"}

# which side sees a behaviour more often (the column `question` of `own_and_others`)
WE_SEE_MORE, THEY_SEE_MORE = "we see more", "they see more"

Side = tuple[str, str, pd.DataFrame]  # a behaviour, about whom, and the positions
Position = tuple[int, int]  # the two middle places on the scale of how often, mostly the same


class Count(NamedTuple):
    """How many organisations stand at one place: its two ends on the scale, and the number."""

    low: int
    high: int
    organisations: int


class Question(NamedTuple):
    """Which side sees a behaviour more often, and the middle position of each side."""

    question: str = ""
    us: Position | None = None
    them: Position | None = None


# ------------------------------------------------------------------ the story


def story(p: Partnership) -> Figure:
    """The moments of the relation by the day on which they are remembered.

    Source: that the story comes first follows a review of instruments named on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read is the table `moments`.

    Returns:
        The drawing, and its table of one row a moment and day, by day: `moment`, `when` (a day),
        `what_happened`, `then` (a word of `moments.then`), `what_helped_or_would_have`, and
        `dated_differently`: whether the moment stands there with another day as well.
    """
    frame = p["moments"].sort_values(["when", "moment"], kind="stable")
    columns = ["moment", "when", "what_happened", "then", "what_helped_or_would_have"]
    rows = frame[columns].assign(dated_differently=frame["moment"].duplicated(keep=False))
    table = ResultTable(
        tr("The moments, as each remembers them"),
        rows,
        words=_moment_words,
        nothing=tr("No moment is written down yet."),
    )
    return Figure(
        "story",
        tr("The story of the relation"),
        drawing=lambda: _drawn_story(rows),
        alternative=lambda: _story_in_words(rows) or table.nothing,
        table=table,
        notes=_on_two_datings() if rows["dated_differently"].any() else (),
    )


def _drawn_story(rows: pd.DataFrame) -> str:
    signs = {_then_word(word): sign for word, sign in SIGNS.items()}
    marks = _marks(rows)
    return drawing.calendar(marks, signs) if marks else drawing.NOTHING


def _story_in_words(rows: pd.DataFrame) -> str:
    sentence = tr("{code} on {day}: {word}")
    return "; ".join(
        sentence.format(code=code, day=day.isoformat(), word=word)
        for day, code, word in _marks(rows)
    )


def _marks(rows: pd.DataFrame) -> list[tuple[date, str, str]]:
    """The day, the code and what it did to the relation in words, of each moment."""
    return [
        (day.date(), code, _then_word(word))
        for day, code, word in zip(rows["when"], rows["moment"], _then(rows), strict=True)
    ]


def _then(rows: pd.DataFrame) -> pd.Series:
    """What each moment did to the relation; "" where nobody has ticked it."""
    return rows["then"].astype("object").fillna("")


def _then_word(word: str) -> str:
    return tr(word) if word else tr("not told")


def _on_two_datings() -> tuple[str, ...]:
    return (
        tr(
            "Where one moment is dated differently, both lines stay. Ask: what did you see that "
            "day that we did not?"
        ),
    )


def _moment_words(rows: pd.DataFrame) -> pd.DataFrame:
    otherwise = rows["dated_differently"].map({True: tr(" (dated differently)"), False: ""})
    return pd.DataFrame(
        {
            tr("Moment"): rows["moment"] + otherwise,
            tr("When"): answers.days(rows["when"]),
            tr("What happened"): rows["what_happened"],
            tr("Then"): _then(rows).map(tr),
            tr("What helped, or would have"): rows["what_helped_or_would_have"],
        }
    )


# ------------------------------------------------------------------ ourselves and the others


def own_and_others(p: Partnership) -> ResultTable:
    """What each says of itself, all together, beside what each says of the others together.

    Nobody is named to any reader, and a side that one organisation alone has answered is not shown.

    Source: the distance from which a question is asked is this handbook's, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read are `behaviours` and `behaviour_views` (the
            scale `how_often`, each organisation's position, `answers.standing`).

    Returns:
        One row a behaviour of which one side at least is answered: `behaviour`; `ourselves` and
        `others`, a tuple of `Count` each, the highest place first; `question`, `WE_SEE_MORE` or
        `THEY_SEE_MORE` where the middle positions lie two steps or more apart, else ""; and `us`
        and `them`, the middle positions that the question speaks of.
    """
    found = _views(p)
    rows = []
    for code in p["behaviours"]["behaviour"]:
        own, others = (_side(found, code, about) for about in (OURSELVES, OTHERS))
        if len(own) or len(others):
            rows.append((code, _counts(own), _counts(others), *_question(own, others)))
    columns = ["behaviour", "ourselves", "others", *Question._fields]
    frame = pd.DataFrame(rows, columns=columns)
    labels = answers.labels(p, "behaviours")
    return ResultTable(
        tr("What we say of ourselves, and of the others"),
        frame,
        words=lambda rows: _behaviour_words(rows, labels),
        start=tuple(at for at, question in enumerate(frame["question"]) if question),
        notes=(
            tr(
                "No names: how often each word was given. Not for appraisal, and not for "
                "decisions on funding, selection or staff."
            ),
            *answers.notes(p, "behaviour_views"),
        ),
        nothing=tr("Not enough answers yet."),
    )


def _views(p: Partnership) -> pd.DataFrame:
    return answers.standing(p, "behaviour_views", "how_often")


def _side(found: pd.DataFrame, code: str, about: str) -> pd.DataFrame:
    """The positions about a behaviour on one side; none where one organisation alone answered."""
    side = found[(found["behaviour"] == code) & (found["about"] == about)]
    return side if len(side) > 1 else side.iloc[:0]


def _counts(side: pd.DataFrame) -> tuple[Count, ...]:
    """How many organisations stand at each place of the scale, the highest place first."""
    some = side.groupby("place")[["low", "high"]].agg("first")
    some["organisations"] = side.groupby("place").size()
    ordered = some.sort_index(ascending=False).astype("int64")
    return tuple(Count(*values) for values in ordered.itertuples(index=False, name=None))


def _question(own: pd.DataFrame, others: pd.DataFrame) -> Question:
    """Which side sees a behaviour two steps or more higher, by its middle organisation.

    Where two organisations stand in the middle, the one that brings the sides nearer counts.
    """
    if own.empty or others.empty:
        return Question()
    ours, theirs = (side.sort_values("place", kind="stable") for side in (own, others))
    us, them = ours.iloc[(len(ours) - 1) // 2], theirs.iloc[len(theirs) // 2]
    if us["place"] - them["place"] >= APART:
        return Question(WE_SEE_MORE, _position(us), _position(them))
    us, them = ours.iloc[len(ours) // 2], theirs.iloc[(len(theirs) - 1) // 2]
    if them["place"] - us["place"] >= APART:
        return Question(THEY_SEE_MORE, _position(us), _position(them))
    return Question()


def _position(row: pd.Series) -> Position:
    return int(row["low"]), int(row["high"])


def _behaviour_words(rows: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Behaviour"): rows["behaviour"].map(labels),
            tr("Of ourselves"): rows["ourselves"].map(_tally),
            tr("Of the others together"): rows["others"].map(_tally),
            tr("To ask"): _questions_in_words(rows),
        }
    )


def _tally(counts: Sequence[Count]) -> str:
    """How often each word was given: "often 2, rarely 1"."""
    words = _words([(each.low, each.high) for each in counts])
    told = [f"{word} {each.organisations}" for word, each in zip(words, counts, strict=True)]
    return ", ".join(told) or tr("not enough answers")


def _words(places: Sequence[Position]) -> list[str]:
    """Positions on the scale of how often, in words."""
    return list(positions.words(pd.DataFrame(places, columns=["low", "high"]), scales.HOW_OFTEN))


def _questions_in_words(rows: pd.DataFrame) -> list[str]:
    """The question of each row of `own_and_others`; "" where the sides are near each other."""
    we_see_more = tr(
        "We say “{us}” of ourselves and “{them}” of the others. What would they notice?"
    )
    they_see_more = tr(
        "We say “{us}” of ourselves and “{them}” of the others. What do they do that we do not "
        "see in ourselves?"
    )
    texts = {WE_SEE_MORE: we_see_more, THEY_SEE_MORE: they_see_more}
    asked = []
    for question, us, them in zip(rows["question"], rows["us"], rows["them"], strict=True):
        if question:
            our_word, their_word = _words([us, them])
            asked.append(texts[question].format(us=our_word, them=their_word))
        else:
            asked.append("")
    return asked


def own_and_others_strip(p: Partnership) -> Figure:
    """The same as a strip: two lines a behaviour, an empty ring an organisation, no names.

    Args:
        p: The partnership as one reader sees it; read are `behaviours` and `behaviour_views`.

    Returns:
        The drawing, and the table of `own_and_others`.
    """
    table, found = own_and_others(p), _views(p)
    sides = []
    for code in table.rows["behaviour"]:
        for about in (OURSELVES, OTHERS):
            side = _side(found, code, about)
            if len(side):
                sides.append((code, about, side))
    return Figure(
        "how-often",
        tr("How often we see it"),
        drawing=lambda: _drawn_sides(sides),
        alternative=lambda: _sides_in_words(sides) or table.nothing,
        table=table,
    )


def _drawn_sides(sides: Sequence[Side]) -> str:
    short = {OURSELVES: tr("us"), OTHERS: tr("them")}
    lines = []
    for code, about, side in sides:
        rings: dict[int, list[str]] = {}
        for place in side["place"].sort_values().astype("int64"):
            rings.setdefault(place, []).append("")
        lines.append((f"{code} {short[about]}", rings))
    words = [tr(word) for word in scales.HOW_OFTEN.texts]
    return drawing.strip(lines, words) if lines else drawing.NOTHING


def _sides_in_words(sides: Sequence[Side]) -> str:
    return " ".join(f"{code}, {tr(about)}: {_tally(_counts(side))}." for code, about, side in sides)


# ------------------------------------------------------------------ practising


def practising(p: Partnership) -> ResultTable:
    """One behaviour a partner: what it will do differently, who will tell it, and when.

    Args:
        p: The partnership as one reader sees it; read are `practising` and `behaviours`.

    Returns:
        One row a partner, as typed: `partner`, `behaviour`, `what_we_will_do_differently`,
        `who_will_tell_us`, `look_again_on` (a day).
    """
    columns = ["partner", "behaviour", "what_we_will_do_differently", "who_will_tell_us"]
    rows = p["practising"][[*columns, "look_again_on"]]
    names = p.names
    behaviours = dict(zip(p["behaviours"]["behaviour"], p["behaviours"]["text"], strict=True))
    return ResultTable(
        tr("What we practise"),
        rows,
        words=lambda rows: _practising_words(rows, names, behaviours),
        missing=tr("{count} have chosen one.").format(
            count=answers.of_all(p, answers.among_us(p, rows["partner"]))
        ),
        nothing=tr("Nobody has chosen a behaviour yet."),
    )


def _practising_words(
    rows: pd.DataFrame, names: dict[str, str], behaviours: dict[str, str]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Partner"): rows["partner"].map(names),
            tr("Behaviour"): [
                f"{code} {tr(behaviours.get(code, ''))}".strip() for code in rows["behaviour"]
            ],
            tr("What we will do differently"): rows["what_we_will_do_differently"],
            tr("Who will tell us"): rows["who_will_tell_us"],
            tr("Look again on"): answers.days(rows["look_again_on"]),
        }
    )


def rehearsals(p: Partnership) -> ResultTable:
    """Four hard conversations with spoken lines for both sides, to be said aloud standing.

    Args:
        p: The partnership as one reader sees it; read is the table `rehearsals`.

    Returns:
        One row a conversation, as typed: `conversation`, `one_side_says`, `the_other_may_say`,
        `then`, `look_for`.
    """
    columns = ["conversation", "one_side_says", "the_other_may_say", "then", "look_for"]
    return ResultTable(
        tr("To rehearse aloud"),
        p["rehearsals"][columns],
        words=_rehearsal_words,
        notes=(
            tr(
                "In threes: two speak, one watches. Choose one; change the words to yours; "
                "change places."
            ),
        ),
        nothing=tr("There is nothing to rehearse."),
    )


def _rehearsal_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Conversation"): rows["conversation"].map(tr),
            tr("One side says"): rows["one_side_says"].map(tr),
            tr("The other side may say"): rows["the_other_may_say"].map(tr),
            tr("Then"): rows["then"].map(tr),
            tr("Those who watch look for"): rows["look_for"].map(tr),
        }
    )


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 6, and what is open.

    Args:
        p: The partnership as one reader sees it; read are `practising`, `behaviour_views` and
            `moments`.

    Returns:
        The closing table. Speaks for it: how many partners have said what they will do differently
        and who will tell them. Open: the questions of `own_and_others`, and each moment that
        strained the relation without a word on what would have helped.
    """
    chosen, moments = p["practising"], p["moments"]
    said = (chosen["what_we_will_do_differently"] != "") & (chosen["who_will_tell_us"] != "")
    speaks_for = []
    if said.any():
        count = answers.of_all(p, answers.among_us(p, chosen.loc[said, "partner"]))
        speaks_for.append(
            tr("{count} have chosen what they will do differently, and who will tell them").format(
                count=count
            )
        )
    views = own_and_others(p).rows
    still_open = [
        f"{code}: {question}"
        for code, question in zip(views["behaviour"], _questions_in_words(views), strict=True)
        if question
    ]
    unexplained = (moments["then"] == STRAINED) & (moments["what_helped_or_would_have"] == "")
    still_open += [
        tr("{moment}: what would have helped?").format(moment=code)
        for code in moments.loc[unexplained, "moment"].drop_duplicates()
    ]
    return moving_on.before_you_move_on(speaks_for, still_open)
