"""Stop 6, relationship: the story first, then what each sees, then one behaviour to practise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from partnering.language import tr
from partnering.partnership import ROOM, Partnership, answers, knowledge, positions
from partnering.results import Figure, ResultTable, Withheld, pictures
from partnering.results.drawing import Drawing
from partnering.schema import scales
from partnering.schema.days import Remembered
from partnering.schema.kinds import UNREAD
from partnering.schema.unread import is_unread
from partnering.stops import heads, moving_on, said_aloud

OURSELVES, OTHERS = scales.ABOUT_WHOM.texts
APART = 2  # steps from which what is said of oneself and of the others differ
_WHEN = Remembered()
STRAINED = "made it harder between us"  # a word of moments.then
OTHERS_FROM = 4  # with fewer partners each could take its own tick away from those on the others
SIGNS = {"brought us closer": "full", STRAINED: "cross", "both of these": "half", "": "ring"}

# which side sees a behaviour more often (the column `question` of `own_and_others`)
WE_SEE_MORE, THEY_SEE_MORE = "we see more", "they see more"

Position = tuple[int, int]  # the two middle places on the scale of how often, mostly the same


class Count(NamedTuple):
    """How many organisations stand at one place: its two ends on the scale, and the number."""

    low: int
    high: int
    organisations: int


class Question(NamedTuple):
    """Which side sees a behaviour more often, and the middle position of each side.

    `whole` says whether every partner's answer on both sides is among them.
    """

    question: str = ""
    us: Position | None = None
    them: Position | None = None
    whole: bool = False


# ------------------------------------------------------------------ the story


def story(p: Partnership) -> Figure:
    """The moments of the relation by when they are remembered to have been.

    What is remembered as a month or a year stands at its beginning; what is remembered in words
    alone comes last. On the drawing stand days, and a sentence names what is no day.

    Source: that the story comes first follows a review of instruments named on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read is the table `moments`.

    Returns:
        The drawing, and its table of one row a moment and dating: `moment`, `when` (as typed),
        `what_happened`, `then` (a word of `moments.then`), `what_helped_or_would_have`, `UNREAD`,
        and `dated_differently`: whether the moment stands there with another day as well.
    """
    frame = p["moments"]
    begins = pd.to_datetime(frame["when"].map(_WHEN.begins))
    order = frame.assign(begins=begins).sort_values(["begins", "moment"], kind="stable")
    frame = frame.loc[order.index]
    columns = ["moment", "when", "what_happened", "then", "what_helped_or_would_have", UNREAD]
    rows = frame[columns].assign(dated_differently=frame["moment"].duplicated(keep=False))
    table = ResultTable(
        tr("The moments, as each remembers them"),
        rows,
        words=_moment_words,
        nothing=knowledge.of_what_stands_here(
            p, tr("No moment is shown here."), tr("No moment is written down yet."), of=["moments"]
        ),
    )
    without_day = [
        tr("{code} (“{words}”)").format(code=code, words=when)
        for when, code in zip(rows["when"], rows["moment"], strict=True)
        if _WHEN.day(when) is None
    ]
    return Figure(
        "story",
        tr("The story of the relationship"),
        lambda: _moments(rows),
        table,
        (
            *(_on_two_datings() if rows["dated_differently"].any() else ()),
            *_on_words(without_day),
        ),
    )


def _moments(rows: pd.DataFrame) -> tuple[Drawing, ...]:
    """The picture of the moments that are remembered with a day, each in its own words."""
    entries = []
    words = answers.or_unread(map(_then_word, _then(rows)), rows, "then")
    columns = (rows["when"], rows["moment"], rows["what_happened"], _then(rows), words)
    for when, code, what, then, word in zip(*columns, strict=True):
        day = _WHEN.day(when)
        if day is None:
            continue
        on = day.date().isoformat()
        told = tr("{code} on {day}: {word}.").format(code=code, day=on, word=word)
        entries.append(pictures.Entry(on, SIGNS[then], f"{code} {what}".strip(), word, told))
    legend = [(sign, _then_word(word)) for word, sign in SIGNS.items()]
    return pictures.calendar(entries, legend) if entries else ()


def _on_words(moments: list[str]) -> tuple[str, ...]:
    """What is said of moments that are remembered in words that name no day."""
    if not moments:
        return ()
    sentence = tr(
        "Not on the drawing, because these are words and not a day: {moments}. They are in the "
        "table as they were told."
    )
    return (sentence.format(moments=", ".join(moments)),)


def _then(rows: pd.DataFrame) -> pd.Series:
    """What each moment did to the relation; "" where nobody has ticked it."""
    return rows["then"].astype(object).fillna("")


def _then_word(word: str) -> str:
    return tr(word) if word else tr("not said")


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
            tr("When"): rows["when"],
            tr("What happened"): rows["what_happened"],
            tr("What it did to us"): answers.or_unread(_then(rows).map(tr), rows, "then"),
            tr("What helped, or would have helped"): rows["what_helped_or_would_have"],
        }
    )


# ------------------------------------------------------------------ ourselves and the others


def own_and_others(p: Partnership) -> ResultTable:
    """What each says of itself, all together, beside what each says of the others together.

    Nobody is named to any reader, and a side that one organisation alone has answered is not shown.
    With fewer than four partners the room is not shown what was said of the others.

    Source: the distance from which a question is asked is this handbook's, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read are `behaviours` and `behaviour_views` (the
            scale `how_often`, each organisation's position, `answers.standing`).

    Returns:
        One row a behaviour of which this reader sees one side at least (where the room sees none,
        see `said_aloud`): `behaviour`; `ourselves` and `others`, a tuple of `Count` each, the
        highest place first; `question`, `WE_SEE_MORE` or
        `THEY_SEE_MORE` where the middle positions lie two steps or more apart, else ""; `us` and
        `them`, the middle positions that the question speaks of; and `whole`, whether they are the
        middles of all partners.
    """
    frame = _both_sides(p)
    seen = frame.groupby("behaviour").size().reindex(p["behaviours"]["behaviour"], fill_value=0)
    if said_aloud.is_needed(p, "behaviour_views", seen):
        return said_aloud.in_place_of(
            p,
            tr("What we say of our own organisation, and of the others"),
            "behaviour_views",
            answers.labels(p, "behaviours"),
            tr("About yourselves: “If we did this more often, you would notice that ...”"),
        )
    return ResultTable(
        tr("What we say of our own organisation, and of the others"),
        frame,
        words=_behaviour_words_of(p),
        start=tuple(at for at, question in enumerate(frame["question"]) if question),
        notes=(
            *_others_not_shown(p),
            *([_no_names(p)] if len(frame) else []),
            *answers.notes(p, "behaviour_views"),
        ),
        nothing=_not_enough(p),
    )


def _not_enough(p: Partnership) -> str:
    if p.reader == ROOM:
        return knowledge.why_not_shown(p, "behaviour_views")
    return tr("Not enough answers yet.")


def _both_sides(p: Partnership) -> pd.DataFrame:
    """The rows of `own_and_others`; none where no side of any behaviour is seen."""
    return p.follow(("both sides",), _sides)


def _sides(p: Partnership) -> pd.DataFrame:
    found, whole = _views(p), _whole(p)
    rows = []
    for code in p["behaviours"]["behaviour"]:
        own, others = (_side(found, code, about) for about in (OURSELVES, OTHERS))
        if len(own) or len(others):
            question = _question(own, others)._replace(whole=whole[code])
            rows.append((code, _counts(own), _counts(others), *question))
    return pd.DataFrame(rows, columns=["behaviour", "ourselves", "others", *Question._fields])


def _too_few(p: Partnership) -> bool:
    """Whether what was said of the others could be taken apart by one's own tick."""
    return p.reader == ROOM and len(p.expected) < OTHERS_FROM


def _others_not_shown(p: Partnership) -> tuple[str, ...]:
    if not _too_few(p):
        return ()
    sentence = tr(
        "With fewer than {count} partners what was said of the others is not shown here: each "
        "could subtract its own tick, and read what is left."
    )
    return (Withheld(sentence.format(count=OTHERS_FROM)),)


def _no_names(p: Partnership) -> str:
    if p.reader == ROOM:
        return tr(
            "No names: how often each word shown here was given. Not for appraisal, and not for "
            "decisions on funding, selection or staff."
        )
    return tr(
        "No names: how often each word was given. Not for appraisal, and not for decisions on "
        "funding, selection or staff."
    )


def _whole(p: Partnership) -> dict[str, bool]:
    """Whether every partner's answer on both sides is seen, by behaviour."""
    codes = list(p["behaviours"]["behaviour"])
    items = [(about, code) for code in codes for about in (OURSELVES, OTHERS)]
    grid = knowledge.asked(p, "behaviour_views", items)
    seen = knowledge.complete(grid, grid["behaviour"])
    return {code: bool(seen[code]) if pd.notna(seen[code]) else False for code in codes}


def _views(p: Partnership) -> pd.DataFrame:
    """The positions on how often, without those on the others where these are not shown."""
    found = answers.standing(p, "behaviour_views", "how_often")
    return found[found["about"] != OTHERS] if _too_few(p) else found


def _side(found: pd.DataFrame, code: str, about: str) -> pd.DataFrame:
    """The positions about a behaviour on one side; none where one organisation alone answered."""
    side = found[(found["behaviour"] == code) & (found["about"] == about)]
    return side if len(side) > 1 else side.iloc[:0]


def _counts(side: pd.DataFrame) -> tuple[Count, ...]:
    """How many organisations stand at each position, each under its own word, the highest first."""
    some = side[["low", "high"]].astype("int64").value_counts().reset_index(name="count")
    ordered = some.sort_values(["low", "high"], ascending=False)
    return tuple(Count(*values) for values in ordered.itertuples(index=False, name=None))


def _question(own: pd.DataFrame, others: pd.DataFrame) -> Question:
    """Which side sees a behaviour two steps or more higher, by its middle organisation.

    Where two organisations stand in the middle, the one that brings the sides nearer counts.
    """
    if own.empty or others.empty:
        return Question()
    ours, theirs = (side.sort_values(["place", "low", "high"]) for side in (own, others))
    us, them = ours.iloc[(len(ours) - 1) // 2], theirs.iloc[len(theirs) // 2]
    if us["place"] - them["place"] >= APART:
        return Question(WE_SEE_MORE, _position(us), _position(them))
    us, them = ours.iloc[len(ours) // 2], theirs.iloc[(len(theirs) - 1) // 2]
    if them["place"] - us["place"] >= APART:
        return Question(THEY_SEE_MORE, _position(us), _position(them))
    return Question()


def _position(row: pd.Series) -> Position:
    return int(row["low"]), int(row["high"])


def _behaviour_words_of(p: Partnership) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What turns the rows of `own_and_others` into cells."""
    labels, too_few = answers.labels(p, "behaviours"), _too_few(p)
    none = knowledge.of_what_stands_here(p, tr(knowledge.NOT_SHOWN), tr("not enough answers"))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = {
            tr("Behaviour"): rows["behaviour"].map(labels),
            tr("Of our own organisation"): [_tally(counts) or none for counts in rows["ourselves"]],
        }
        if not too_few:
            others = [_tally(counts) or none for counts in rows["others"]]
            cells |= {
                tr("Of the other partners, taken together"): others,
                tr("To ask"): _questions_in_words(rows),
            }
        return pd.DataFrame(cells)

    return words


def _tally(counts: Sequence[Count]) -> str:
    """How often each word was given: "often 2, rarely 1"."""
    words = _words([(each.low, each.high) for each in counts])
    return ", ".join(
        f"{word} {each.organisations}" for word, each in zip(words, counts, strict=True)
    )


def _words(places: Sequence[Position]) -> list[str]:
    """Positions on the scale of how often, in words."""
    return list(positions.words(pd.DataFrame(places, columns=["low", "high"]), scales.HOW_OFTEN))


def _questions_in_words(rows: pd.DataFrame) -> list[str]:
    """The question of each row of `own_and_others`; "" where the sides are near each other."""
    what = {
        WE_SEE_MORE: tr("What would they notice?"),
        THEY_SEE_MORE: tr("What do they do that we do not see in ourselves?"),
    }
    asked = []
    columns = rows[list(Question._fields)].itertuples(index=False, name=None)
    for question, us, them, whole in columns:
        if question:
            ours, theirs = _words([us, them])
            said = _said(not whole).format(us=ours, them=theirs)
            asked.append(f"{said} {what[question]}")
        else:
            asked.append("")
    return asked


def _said(of_what_stands_here: bool) -> str:
    if of_what_stands_here:
        return tr(
            "In the middle of what is shown here: “{us}” of our own organisation, “{them}” of "
            "the others."
        )
    return tr("We say “{us}” of our own organisation and “{them}” of the others.")


def own_and_others_strip(p: Partnership) -> Figure:
    """The same drawn, a behaviour at a time: a ring an organisation, no names.

    Args:
        p: The partnership as one reader sees it; read are `behaviours` and `behaviour_views`.

    Returns:
        The picture, and the table of `own_and_others`.
    """
    found, table, labels = _views(p), own_and_others(p), answers.labels(p, "behaviours")

    def draw() -> list[Drawing]:
        return [_rings(p, found, code, labels[code]) for code in _both_sides(p)["behaviour"]]

    return Figure(
        "how-often",
        tr("How often we see each behaviour"),
        draw,
        table,
        nothing=table.nothing or tr(knowledge.rest(p)),
    )


def _rings(p: Partnership, found: pd.DataFrame, code: str, label: str) -> Drawing:
    """The picture of one behaviour, with what it shows in words."""
    words = [tr(word) for word in reversed(scales.HOW_OFTEN.texts)]
    lanes = []
    for about in (OURSELVES, OTHERS):
        side = _side(found, code, about)
        if side.empty and about == OTHERS and _too_few(p):
            continue  # a note says why
        given = (tr(scales.HOW_OFTEN.texts[int(place)]) for place in side["place"])
        lanes.append(heads.without_names(p, _capital(tr(about)), words, given))
    return heads.item(p, label, lanes)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ------------------------------------------------------------------ practising


def practising(p: Partnership) -> ResultTable:
    """One behaviour a partner: what it will do differently, who will tell it, and when.

    Args:
        p: The partnership as one reader sees it; read are `practising` and `behaviours`.

    Returns:
        One row a partner that has chosen something, as typed: `partner`, `behaviour`,
        `what_we_will_do_differently`, `who_will_tell_us`, `look_again_on` (a day), and `UNREAD`.
    """
    columns = ["partner", "behaviour", "what_we_will_do_differently", "who_will_tell_us"]
    chosen = _chosen(p)
    rows = chosen[[*columns, "look_again_on", UNREAD]]
    names = p.names
    behaviours = dict(zip(p["behaviours"]["behaviour"], p["behaviours"]["text"], strict=True))
    count = answers.of_all(p, answers.among_us(p, rows["partner"]))
    told = knowledge.of_what_stands_here(
        p, tr("{count} are shown here.") if len(rows) else "", tr("{count} have chosen one.")
    )
    return ResultTable(
        tr("What we practise"),
        rows,
        words=lambda rows: _practising_words(rows, names, behaviours),
        missing=told.format(count=count),
        nothing=knowledge.of_own_words(
            p,
            tr("No behaviour that somebody practises is shown here."),
            tr("Nobody has chosen a behaviour yet."),
            of=["practising"],
        ),
    )


def _chosen(p: Partnership) -> pd.DataFrame:
    """The lines of `practising` in which something is chosen: an empty line is no choice."""
    frame = p["practising"]
    chosen = (frame["behaviour"] != "") | is_unread(frame, "behaviour")
    return frame[chosen | answers.said(frame["what_we_will_do_differently"])]


def _practising_words(
    rows: pd.DataFrame, names: dict[str, str], behaviours: dict[str, str]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Partner"): rows["partner"].map(names),
            tr("Behaviour"): answers.or_unread(
                [f"{code} {tr(behaviours.get(code, ''))}".strip() for code in rows["behaviour"]],
                rows,
                "behaviour",
            ),
            tr("What we will do differently"): rows["what_we_will_do_differently"],
            tr("Who gives us feedback"): rows["who_will_tell_us"],
            tr("Review on"): answers.days(rows, "look_again_on"),
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
        tr("To practise aloud"),
        p["rehearsals"][columns],
        words=_rehearsal_words,
        notes=(
            tr(
                "In threes: two speak, one watches. Choose one; change the words to yours; "
                "change places."
            ),
        ),
        nothing=tr("Nothing to practise is shown here."),
    )


def _rehearsal_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Conversation"): rows["conversation"].map(tr),
            tr("One side says"): rows["one_side_says"].map(tr),
            tr("The other side may say"): rows["the_other_may_say"].map(tr),
            tr("Then try"): rows["then"].map(tr),
            tr("Observers look for"): rows["look_for"].map(tr),
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
    return moving_on.before_you_move_on(lambda: _closing(p))


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    chosen, moments = _chosen(p), p["moments"]
    said = answers.said(chosen["what_we_will_do_differently"])
    said &= answers.said(chosen["who_will_tell_us"])
    speaks_for = []
    if said.any():
        count = answers.of_all(p, answers.among_us(p, chosen.loc[said, "partner"]))
        sentence = knowledge.of_what_stands_here(
            p,
            tr("{count} are shown here with what they will do differently, and who will tell them"),
            tr("{count} have chosen what they will do differently, and who will tell them"),
        )
        speaks_for.append(sentence.format(count=count))
    views, labels = _both_sides(p), answers.labels(p, "behaviours")
    questions = _questions_in_words(views)
    still_open = [
        f"{labels[code]}: {question}"
        for code, question in zip(views["behaviour"], questions, strict=True)
        if question
    ]
    unexplained = (moments["then"] == STRAINED) & (moments["what_helped_or_would_have"] == "")
    strained = moments[unexplained].drop_duplicates("moment")
    still_open += [
        tr("{moment}: what would have helped?").format(moment=f"{code} {what}".strip())
        for code, what in zip(strained["moment"], strained["what_happened"], strict=True)
    ]
    return moving_on.Closing(speaks_for, still_open)
