"""Stop 6, relationship: the story first, then what each sees, then one behaviour to practise."""

from __future__ import annotations

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership, answers
from partnering.results import Figure, ResultTable, drawing
from partnering.schema import scales
from partnering.schema.tables import TABLES
from partnering.stops import moving_on

OURSELVES, OTHERS = "ourselves", "the others together"
APART = 2  # steps from which what is said of oneself and of the others differ
SIGNS = {"brought us closer": "full", "strained us": "cross", "both": "half", "": "empty"}


def story(p: Partnership) -> Figure:
    """The moments of the relation by the day on which they are remembered; a moment dated twice stands twice (moments)."""
    frame = p["moments"].sort_values(["when", "moment"], kind="stable")
    twice = frame["moment"].duplicated(keep=False)
    label = frame["moment"] + twice.map({True: tr(" (dated differently)"), False: ""})
    then = frame["then"].astype("object").fillna("")
    cells = pd.DataFrame(
        {
            tr("Moment"): label,
            tr("When"): answers.days(frame["when"]),
            tr("What happened"): frame["what_happened"],
            tr("Then"): then.map(tr),
            tr("What helped, or would have"): frame["what_helped_or_would_have"],
        }
    )
    marks = [
        (day.date(), code, tr(word) if word else tr("not told"))
        for day, code, word in zip(frame["when"], frame["moment"], then, strict=True)
    ]
    signs = {tr(word) if word else tr("not told"): sign for word, sign in SIGNS.items()}
    said = "; ".join(
        tr("{code} on {day}: {word}").format(code=code, day=day.isoformat(), word=word)
        for day, code, word in marks
    )
    table = ResultTable(
        tr("The moments, as each remembers them"),
        cells,
        nothing=tr("No moment is written down yet."),
    )
    notes = (
        (
            tr(
                "Where one moment is dated differently, both lines stay. Ask: what did you see that day that we did "
                "not?"
            ),
        )
        if twice.any()
        else ()
    )
    return Figure(
        "story",
        tr("The story of the relation"),
        drawing.calendar(marks, signs) if marks else "<svg ></svg>",
        said or table.nothing,
        table,
        notes,
    )


def own_and_others(p: Partnership) -> ResultTable:
    """What each says of itself, all together, beside what each says of the others together (behaviour_views).

    Out: one row a behaviour, with how often each word was given and never by whom, and a question where the middle
    word about ourselves lies two or more steps above the middle word about the others. At least two organisations.
    """
    found, labels = _views(p), answers.labels(p, "behaviours")
    rows = []
    for code, label in labels.items():
        own, others = (_side(found, code, about) for about in (OURSELVES, OTHERS))
        if len(own) or len(others):
            rows.append((label, _tally(own), _tally(others), _question(own, others)))
    cells = pd.DataFrame(
        rows,
        columns=[tr("Behaviour"), tr("Of ourselves"), tr("Of the others together"), tr("To ask")],
    )
    start = [at for at, row in enumerate(rows) if row[3]]
    return ResultTable(
        tr("What we say of ourselves, and of the others"),
        cells,
        start=start,
        notes=(
            tr(
                "No names: how often each word was given. Not for appraisal, and not for decisions on funding, selection or "
                "staff."
            ),
            *answers.notes(p, "behaviour_views"),
        ),
        nothing=tr("Not enough answers yet."),
    )


def _views(p: Partnership) -> pd.DataFrame:
    return answers.standing(p, "behaviour_views", "how_often")


def _side(found: pd.DataFrame, code: str, about: str) -> pd.DataFrame:
    """The positions about one behaviour on one side; none where a single organisation has answered."""
    side = found[(found["behaviour"] == code) & (found["about"] == about)]
    return side if len(side) > 1 else side.iloc[:0]


def _tally(side: pd.DataFrame) -> str:
    counts = side.groupby("place")["word"].agg(["first", "size"]).sort_index(ascending=False)
    return ", ".join(f"{word} {count}" for word, count in counts.itertuples(index=False)) or tr(
        "not enough answers"
    )


def _question(own: pd.DataFrame, others: pd.DataFrame) -> str:
    """The question where the middle organisation's word about itself lies two or more steps from that about the others."""
    if own.empty or others.empty:
        return ""
    ours, theirs = (
        side.sort_values("place", kind="stable").reset_index(drop=True) for side in (own, others)
    )
    us, them = ours.iloc[(len(ours) - 1) // 2], theirs.iloc[len(theirs) // 2]
    if us["place"] - them["place"] >= APART:
        return tr(
            "We say “{us}” of ourselves and “{them}” of the others. What would they notice?"
        ).format(us=us["word"], them=them["word"])
    us, them = ours.iloc[len(ours) // 2], theirs.iloc[(len(theirs) - 1) // 2]
    if them["place"] - us["place"] >= APART:
        return tr(
            "We say “{us}” of ourselves and “{them}” of the others. What do they do that we do not see in "
            "ourselves?"
        ).format(us=us["word"], them=them["word"])
    return ""


def own_and_others_strip(p: Partnership) -> Figure:
    """The same as a strip: two lines a behaviour, an empty ring an organisation, no names."""
    found, table = _views(p), own_and_others(p)
    rows, told = [], []
    for code in answers.labels(p, "behaviours"):
        for about, short in ((OURSELVES, tr("us")), (OTHERS, tr("them"))):
            side = _side(found, code, about)
            places = {
                int(place): [""] * len(some) for place, some in side.groupby("place")["partner"]
            }
            if places:
                rows.append((f"{code} {short}", places))
                told.append(f"{code}, {tr(about)}: {_tally(side)}.")
    scale = TABLES["behaviour_views"].by_name["how_often"].kind
    drawn = drawing.strip(rows, [tr(word) for word in scale.texts]) if rows else "<svg ></svg>"
    return Figure(
        "how-often", tr("How often we see it"), drawn, " ".join(told) or table.nothing, table
    )


def practising(p: Partnership) -> ResultTable:
    """One behaviour a partner: what it will do differently, who will tell it, and when (practising)."""
    frame = p["practising"]
    text = p["behaviours"].set_index("behaviour")["text"]
    cells = pd.DataFrame(
        {
            tr("Partner"): frame["partner"].map(p.names),
            tr("Behaviour"): [
                f"{code} {tr(text.get(code, ''))}".strip() for code in frame["behaviour"]
            ],
            tr("What we will do differently"): frame["what_we_will_do_differently"],
            tr("Who will tell us"): frame["who_will_tell_us"],
            tr("Look again on"): answers.days(frame["look_again_on"]),
        }
    )
    return ResultTable(
        tr("What we practise"),
        cells,
        missing=tr("{count} have chosen one.").format(
            count=answers.of_all(p, answers.among_us(p, frame["partner"]))
        ),
        nothing=tr("Nobody has chosen a behaviour yet."),
    )


def rehearsals(p: Partnership) -> ResultTable:
    """Four hard conversations with spoken lines for both sides (rehearsals), to be said aloud standing."""
    frame = p["rehearsals"]
    cells = pd.DataFrame(
        {
            tr("Conversation"): frame["conversation"].map(tr),
            tr("One side says"): frame["one_side_says"].map(tr),
            tr("The other side may say"): frame["the_other_may_say"].map(tr),
            tr("Then"): frame["then"].map(tr),
            tr("Those who watch look for"): frame["look_for"].map(tr),
        }
    )
    return ResultTable(
        tr("To rehearse aloud"),
        cells,
        notes=(
            tr(
                "In threes: two speak, one watches. Choose one; change the words to yours; change places."
            ),
        ),
        nothing=tr("There is nothing to rehearse."),
    )


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 6, and what is open."""
    chosen = p["practising"]
    whole = chosen[
        (chosen["what_we_will_do_differently"] != "") & (chosen["who_will_tell_us"] != "")
    ]
    good = (
        [
            tr("{count} have chosen what they will do differently, and who will tell them").format(
                count=answers.of_all(p, answers.among_us(p, whole["partner"]))
            )
        ]
        if len(whole)
        else []
    )
    asked = own_and_others(p).cells
    open_ = [
        f"{label.split()[0]}: {ask}"
        for label, ask in zip(asked[tr("Behaviour")], asked[tr("To ask")], strict=True)
        if ask
    ]
    strained = p["moments"].loc[
        (p["moments"]["then"] == scales.THEN.texts[1])
        & (p["moments"]["what_helped_or_would_have"] == ""),
        "moment",
    ]
    open_ += [
        tr("{moment}: what would have helped?").format(moment=code)
        for code in dict.fromkeys(strained)
    ]
    return moving_on.before_you_move_on(good, open_)
