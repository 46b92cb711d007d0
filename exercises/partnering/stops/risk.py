"""Stop 3, risk: how each sees what could go wrong, and whom it would hit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import (
    MINE,
    ROOM,
    Partnership,
    answers,
    knowledge,
    positions,
)
from partnering.results import Figure, ResultTable, Withheld, pictures
from partnering.results.drawing import Drawing
from partnering.schema import scales
from partnering.schema.kinds import UNREAD
from partnering.schema.unread import is_unread
from partnering.stops import heads, levels, said_aloud

COULD_HAPPEN = scales.HOW_LIKELY.texts.index("possible")
HURTS = scales.HOW_HARD.texts.index("harms us")
TOO_FEW = mark(
    "No risk can be compared yet: it takes two partners that have answered both questions about it."
)
SAFETY = ("health", "security", "served", "")  # kinds of risk that may touch a person's safety
APART = 2  # steps on a scale from which two partners' pictures differ
SCALES = {"how_likely": scales.HOW_LIKELY, "how_hard_on_us": scales.HOW_HARD}
VIEW = [  # the columns of a row that holds one partner's view of one risk
    "risk",
    "partner",
    "how_likely",
    "how_hard_on_us",
    "low_how_likely",
    "high_how_likely",
    "low_how_hard_on_us",
    "high_how_hard_on_us",
]


def left_open(p: Partnership) -> ResultTable:
    """The risks of which this reader does not see everybody's answer to both questions. No names.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `risk` (its code) and `answered` (how many answers in full are seen).
    """
    labels, (_, counts) = _labels(p), _views(p)
    open_ = counts[counts < len(p.expected)]
    caption = knowledge.of_what_stands_here(
        p, tr("What is not all shown"), tr("What was left open")
    )
    if said_aloud.nothing_is_seen(p, counts):
        none = pd.DataFrame(columns=["risk", "answered"])
        why = knowledge.not_shown(p, "risk_views")
        return ResultTable(caption, none, notes=answers.notes(p, "risk_views"), nothing=why)
    note = tr(
        "“We do not know” and “prefer not to say here” are proper answers; they are counted"
        " together, and no one is asked."
    )
    nothing = knowledge.of_what_stands_here(
        p,
        tr("Everybody has answered about the risks that are shown here."),
        tr("Everybody has answered about every risk."),
    )
    if not len(counts):
        nothing = _no_risks(p)
    heading = knowledge.of_what_stands_here(p, tr("Answers shown here"), tr("Answered"))
    return ResultTable(
        caption,
        pd.DataFrame({"risk": open_.index, "answered": open_.to_list()}),
        words=lambda rows: pd.DataFrame(
            {
                tr("Risk"): rows["risk"].map(labels),
                heading: [answers.of_all(p, count) for count in rows["answered"]],
            }
        ),
        notes=(note, *_halves(p), *answers.notes(p, "risk_views")),
        nothing=nothing,
    )


def _halves(p: Partnership) -> tuple[str, ...]:
    """Half answers, which count as none, in one sentence; for the facilitator alone."""
    if p.reader == ROOM:
        return ()
    likely, hard = (
        answers.standing(p, "risk_views", column)[["risk", "partner", "word"]] for column in SCALES
    )
    both = likely.merge(hard, how="outer", on=["risk", "partner"], suffixes=("_likely", "_hard"))
    half = both[both[["word_likely", "word_hard"]].isna().any(axis=1)]
    if half.empty:
        return ()
    half = half.assign(
        word_likely=_or_why_not(p, half, "word_likely", "how_likely"),
        word_hard=_or_why_not(p, half, "word_hard", "how_hard_on_us"),
    )
    said = "; ".join(
        half["risk"]
        + " "
        + half["partner"]
        + ": "
        + half["word_likely"]
        + " · "
        + half["word_hard"]
    )
    return (tr("Half an answer counts as none: {halves}.").format(halves=said),)


def _or_why_not(p: Partnership, half: pd.DataFrame, word: str, column: str) -> list[str]:
    """One half of each answer; where it is missing, that it was left open, or cannot be read."""
    frame = p["risk_views"]
    lost = frame[is_unread(frame, column)]
    unread = set(zip(lost["risk"], lost["partner"], strict=True))
    said = []
    for text, risk, partner in zip(half[word], half["risk"], half["partner"], strict=True):
        gone = tr(UNREAD) if (risk, partner) in unread else tr("left open")
        said.append(text if isinstance(text, str) else gone)
    return said


def _no_risks(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p, tr("No risk is shown here."), tr("No risks yet."), of=["risks"]
    )


def _seats(p: Partnership) -> pd.DataFrame:
    """How likely and how hard each risk is to every partner, NA where it is not seen."""
    return knowledge.asked(p, "risk_views", p["risks"]["risk"])


def risk_table(p: Partnership) -> Figure:
    """Each partner's view of each risk side by side, where everybody has answered about it.

    A picture of each risk has every partner in a column of its own, as high as its words.

    Read from `risk_views`. There is no level, no product and no sum.
    Source: ordinal words are not multiplied (guide/methods).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a risk and partner: `risk` and `partner` (codes), `how_likely` and
        `how_hard_on_us` (words of the scales, the more cautious where two middles differ), with
        `low_...` and `high_...` of each (the two middles, steps from 0); `gravest` (whether the
        partner gave the hardest word on that risk, from "hurts us" up) and `of_concern` (whether it
        is asked to answer and sees that the risk could happen or more, and would hurt or more).
        The cells have one line a risk and one column a partner, the lines to start with first.
        Where the room is not shown what was ticked, see `said_aloud`.
    """
    labels, names = _labels(p), list(p.names)
    views, counts = _views(p)
    if said_aloud.is_needed(p, "risk_views", counts):
        question = tr("What could this do to the partner on your left, or to the people we serve?")
        caption = tr("How each of us sees it")
        aloud = said_aloud.in_place_of(p, caption, "risk_views", labels, question)
        return Figure("risk-table", caption, tuple, aloud)
    order = _in_order(labels, views["risk"])
    rows = views[VIEW].assign(gravest=_is_gravest(views), of_concern=_is_of_concern(p, views))
    concern = _concerned(rows)
    seats = _seats(p)
    whole = knowledge.complete(seats, seats["risk"])
    more = _unheard(p, *SCALES)
    complete = set(whole.index[whole.notna()])
    start = _start_here(views, concern, order, complete, set(more.index[more]))
    first = [order[at] for at in start.values()]
    order = first + [code for code in order if code not in first]  # 2 never stands above 1
    silent = knowledge.rest_of_one(p) if p.reader == MINE else ""
    nobody, unheard = _nobody_hurt(p, seats), _unheard(p, "how_hard_on_us")

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        view = _in_words(rows, "how_likely") + " · " + _in_words(rows, "how_hard_on_us")
        cells = _grid(rows.assign(cell=view), order, names).fillna(silent)
        gravest = _who(rows[rows["gravest"]])
        concern = _concerned(rows)
        cells[tr("Most serious for")] = [
            _most_serious(p, gravest.get(code) or tr(nobody[code]), unheard[code]) for code in order
        ]
        cells[tr("Of concern to")] = [
            _at_least(p, concern[code], whole.notna()[code]) for code in order
        ]
        cells.insert(0, tr("Risk"), [labels[code] for code in order])
        return cells

    table = ResultTable(
        tr("How each of us sees it"),
        rows,
        words=words,
        missing=answers.missing(p, counts),
        start=tuple(range(len(first))),
        why=tuple(start),
        notes=(*_halves(p), *answers.notes(p, "risk_views")),
        nothing=knowledge.why_not_shown(p, "risk_views", by_name=True)
        if p.reader == ROOM
        else _nobody_in_full(),
    )
    marks = {code: table.mark(at) for at, code in enumerate(first)}
    return Figure("risk-table", table.caption, lambda: _dots(p, rows, order, marks), table)


def _nobody_hurt(p: Partnership, seats: pd.DataFrame) -> dict[str, str]:
    """What is said of a risk where no view of it in full is from “hurts us” up: that it is nobody.

    People we serve have no seat; where one of them is seen to be hurt, somebody is.
    """
    found = answers.standing(p, "risk_views", "how_hard_on_us")
    seen = found.loc[found["place"] >= HURTS, "risk"]
    hurts = knowledge.some(seats["how_hard_on_us"] >= HURTS, seats["risk"])
    return knowledge.say(p, (hurts | hurts.index.isin(seen), ""), otherwise=scales.NOBODY)


def _unheard(p: Partnership, *columns: str) -> pd.Series:
    """Of which risks people we serve may have answered a question, and it is not seen."""
    codes = p["risks"]["risk"]
    found = [knowledge.unheard(p, "risk_views", column, codes) for column in columns]
    return pd.concat(found, axis="columns").any(axis="columns")


def _most_serious(p: Partnership, who: str, unheard: bool) -> str:
    """For whom a risk is most serious, as far as that is known."""
    known = who not in ("", tr(knowledge.rest(p)))
    return knowledge.of_those_asked(who) if unheard and known else who


def _dots(
    p: Partnership, rows: pd.DataFrame, order: list[str], marks: dict[str, str]
) -> list[Drawing]:
    """A picture of each risk: every partner in its column, as high as its words."""
    named = p.reader == MINE  # to the room nobody is named whose answer is not seen
    columns = heads.of_partners(p, [*rows["partner"], *(p.expected if named else ())])
    place = {head.name: at for at, head in enumerate(columns)}
    drawn = []
    for code in order:
        views = rows[rows["risk"] == code]
        silent = [name for name in p.expected if name not in set(views["partner"])]
        missing = [place[name] for name in silent] if named else []
        lanes = []
        for question, name in _questions().items():
            at: dict[str, list[int]] = {}
            for partner, word in zip(views["partner"], views[question], strict=True):
                at.setdefault(tr(word), []).append(place[partner])
            words = [tr(word) for word in reversed(SCALES[question].texts)]
            unseen = 0 if named else len(silent)
            lanes.append(pictures.Lane(name, words, at, missing=missing, unnamed_missing=unseen))
        drawn.append(heads.item(p, _labels(p)[code], lanes, columns, marks.get(code, "")))
    return drawn


def _questions() -> dict[str, str]:
    """What is asked about each risk, by the column of the answer."""
    return {"how_likely": tr("How likely"), "how_hard_on_us": tr("Effect on us")}


def hits_hardest(p: Partnership) -> dict[str, str]:
    """The partners whom each risk would hit hardest, where every answer about it is seen by name.

    Whoever has not answered might be hit harder.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        By the code of the risk their codes as one text: those that gave the hardest word on it,
        from "hurts us" up. A risk of which that is not known is left out, such as one of which
        people we serve may have said more than is seen.
    """
    views, unheard = _views(p)[0], _unheard(p, "how_hard_on_us")
    views = views[~views["risk"].isin([*not_all_seen(p), *unheard.index[unheard]])]
    return _who(views[_is_gravest(views)])


def not_all_seen(p: Partnership) -> list[str]:
    """The risks of which this reader does not see every partner's answer.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Their codes, in the order in which they were typed.
    """
    seats = _seats(p)
    whole = knowledge.complete(seats, seats["risk"])
    return list(whole.index[whole.isna()])


def _nobody_in_full() -> str:
    return tr("No partner has answered both questions about a risk yet.")


def _none_by_name(p: Partnership, to_facilitator: str) -> str:
    """What is said where no view stands here by name."""
    if p.reader == ROOM:
        return knowledge.not_shown(p, "risk_views", by_name=True)
    return to_facilitator


def _at_least(p: Partnership, count: int, whole: bool) -> str:
    """A count in words; where not every answer is seen, that it is at least so many."""
    said = answers.of_all(p, count)
    return said if whole else tr("at least {count}").format(count=said)


def _start_here(
    views: pd.DataFrame, concern: Counter[str], order: list[str], whole: set[str], more: set[str]
) -> dict[str, int]:
    """The places of the lines to start with, by the reason, in the order to take them.

    One risk that all see alike and that concerns somebody, one of different information, one that
    hits differently. Alike is the same word on both questions; where no risk is, one that lies
    within a step. `whole` are the risks of which every answer is seen: of others nobody knows
    whether all see them alike. `more` are those of which people we serve may have said more: it is
    said of those who are asked.
    """
    spread = _spread(views)
    alike: list[int] = []
    near: list[int] = []
    information: list[int] = []
    roofs: list[int] = []
    for at, code in enumerate(order):
        likely, hard = spread[code]
        if likely >= APART:
            information.append(at)
        elif hard >= APART:
            roofs.append(at)
        elif concern[code] and code in whole:
            (near if likely or hard else alike).append(at)
    said_alike, said_near = tr("all see it alike"), tr("all see it nearly alike")
    if alike and order[alike[0]] in more:
        said_alike = tr("all who are asked see it alike")
    if near and order[near[0]] in more:
        said_near = tr("all who are asked see it nearly alike")
    found = {
        said_alike: alike,
        said_near: [] if alike else near,
        tr("different information"): information,
        tr("different effect"): roofs,
    }
    return {why: places[0] for why, places in found.items() if places}


def without_names(p: Partnership) -> Figure:
    """How often each word was given about the risks whose views are shown without names.

    In the picture each answer is a ring.

    These are the risks of which not every answer is seen, or all in confidential mode and not
    everybody has consented.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `risk` (its code), `how_likely` and `how_hard_on_us` (the words given, the most
        cautious first, as tuples), `answered` (how many partners ticked both words).
    """
    labels, (_, counts) = _labels(p), _views(p)
    likely, hard = (_unnamed_words(p, column) for column in SCALES)
    codes = [code for code in counts.index if code in likely or code in hard]
    rows = pd.DataFrame(
        [(code, likely.get(code, ()), hard.get(code, ()), counts[code]) for code in codes],
        columns=["risk", "how_likely", "how_hard_on_us", "answered"],
    )
    note = tr(
        "For these, not every partner's answer is shown; names are shown here once all are. "
        "“Answered” counts those who ticked both words."
    )
    if not p.speaks_openly("risk_views"):
        note = tr(
            "Answers are confidential, so no names are shown here. “Answered” counts those who "
            "ticked both words."
        )
    nothing = knowledge.of_what_stands_here(
        p,
        tr("No risk is shown here without names."),
        tr("In this view every answer is shown with its name."),
    )
    if said_aloud.nothing_is_seen(p, counts):
        nothing = knowledge.not_shown(p, "risk_views")
    table = ResultTable(
        tr("Shown without names"),
        rows,
        words=lambda rows: pd.DataFrame(
            {
                tr("Risk"): rows["risk"].map(labels),
                tr("How likely"): rows["how_likely"].map(_tally),
                tr("Effect on us"): rows["how_hard_on_us"].map(_tally),
                tr("Answered"): [answers.of_all(p, count) for count in rows["answered"]],
            }
        ),
        notes=(note,) if codes else (),
        nothing=nothing,
    )
    return Figure("risk-without-names", table.caption, lambda: _rings(p, rows), table)


def _rings(p: Partnership, rows: pd.DataFrame) -> list[Drawing]:
    """A picture of each risk whose views are shown without names: a ring an answer."""
    drawn = []
    for code, *given in rows[["risk", *SCALES]].itertuples(index=False, name=None):
        lanes = []
        for (question, name), words in zip(_questions().items(), given, strict=True):
            scale = [tr(word) for word in reversed(SCALES[question].texts)]
            lanes.append(heads.without_names(p, name, scale, map(tr, words)))
        drawn.append(heads.item(p, _labels(p)[code], lanes))
    return drawn


def _unnamed_words(p: Partnership, column: str) -> dict[str, tuple[str, ...]]:
    """The words given without a name about each risk, the most cautious first."""
    found = answers.standing(p, "risk_views", column)
    found = found[~answers.named(found["partner"])].sort_values("place", ascending=False)
    words: dict[str, tuple[str, ...]] = {}
    for risk, place in zip(found["risk"], found["place"], strict=True):
        words[risk] = (*words.get(risk, ()), SCALES[column].word(place))
    return words


def _tally(words: Iterable[str]) -> str:
    """How often each word was given: "likely 2, could happen 1"."""
    return ", ".join(f"{tr(word)} {count}" for word, count in Counter(words).items())


# ------------------------------------------------------------------ where pictures differ


def whom_does_it_hit(p: Partnership) -> ResultTable:
    """The risks that those who answered see as about equally likely, and as differently hard.

    The words on how likely lie less than two steps apart, those on how hard two steps or more
    (`risk_views`, by name). Source: guide/methods.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a risk and partner at either end: the columns of a view as in `risk_table`, and
        `end` ("most" or "least" hard).
    """
    views = _compared(p)
    spread = _spread(views)
    differ = [risk for risk, (likely, hard) in spread.items() if likely < APART <= hard]
    labels = _labels(p)
    nothing = tr(
        "No risk shown by name is seen as about equally likely and has a different effect."
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        codes = pd.Series(_in_order(labels, rows["risk"]))
        return pd.DataFrame(
            {
                tr("Risk"): codes.map(labels),
                tr("Hits harder"): codes.map(_at_end(rows, "how_hard_on_us", "most")),
                tr("Hits less hard"): codes.map(_at_end(rows, "how_hard_on_us", "least")),
                tr("To ask"): tr(
                    "The same event, different effects. What is different in your place?"
                ),
            }
        )

    return ResultTable(
        tr("Those shown here see it as about equally likely. Whom does it hit?"),
        _ends(views, "how_hard_on_us", differ),
        words=words,
        nothing=nothing if len(spread) else _none_by_name(p, tr(TOO_FEW)),
    )


def different_information(p: Partnership) -> ResultTable:
    """The risks that some see as much more likely than others: two steps apart or more.

    Read from `risk_views`, by name. Source: guide/methods.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a risk and partner at either end: the columns of a view as in `risk_table`, and
        `end` ("most" or "least" likely).
    """
    views = _compared(p)
    spread = _spread(views)
    differ = [risk for risk, (likely, _) in spread.items() if likely >= APART]
    labels = _labels(p)
    nothing = tr("Of the risks shown by name, none is much more likely to one than to another.")
    kinds = dict(zip(p["risks"]["risk"], p["risks"]["type"], strict=True))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        codes = pd.Series(_in_order(labels, rows["risk"]))
        return pd.DataFrame(
            {
                tr("Risk"): codes.map(labels),
                tr("Thinks it more likely"): codes.map(_at_end(rows, "how_likely", "most")),
                tr("Thinks it less likely"): codes.map(_at_end(rows, "how_likely", "least")),
                tr("To ask"): [_lived(kinds.get(code, "")) for code in codes],
            }
        )

    return ResultTable(
        tr("You have different information"),
        _ends(views, "how_likely", differ),
        words=words,
        nothing=nothing if len(spread) else _none_by_name(p, tr(TOO_FEW)),
    )


def _lived(kind: str) -> str:
    """What to ask where one sees a risk coming that another does not; never who was hurt."""
    if kind in SAFETY:
        return tr("Do not ask who. Where would somebody go with this?")
    return tr("What do some of us know that others do not?")


def _compared(p: Partnership) -> pd.DataFrame:
    """The views by name on risks that more than one partner has answered about."""
    views, _ = _views(p)
    count = Counter(views["risk"].tolist())
    several = [count[risk] > 1 for risk in views["risk"].tolist()]
    return views[np.array(several, dtype=bool)]


def _spread(views: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """How many steps the views on each risk lie apart: on how likely, and on how hard."""
    likely, hard = (_by_risk(views, f"place_{column}") for column in SCALES)
    return {
        risk: (max(likely[risk]) - min(likely[risk]), max(hard[risk]) - min(hard[risk]))
        for risk in likely
    }


def _by_risk(views: pd.DataFrame, column: str) -> dict[str, list]:
    """What stands in one column about each risk."""
    found: dict[str, list] = {}
    for risk, value in zip(views["risk"].tolist(), views[column].tolist(), strict=True):
        found.setdefault(risk, []).append(value)
    return found


def _ends(views: pd.DataFrame, column: str, risks: Iterable[str]) -> pd.DataFrame:
    """The views at either end of a scale on some risks, with the `end`."""
    by_risk, some = _by_risk(views, f"place_{column}"), set(risks)
    pairs = zip(views["risk"].tolist(), views[f"place_{column}"].tolist(), strict=True)
    there = [(at, risk, place) for at, (risk, place) in enumerate(pairs) if risk in some]
    most = [at for at, risk, place in there if place == max(by_risk[risk])]
    least = [at for at, risk, place in there if place == min(by_risk[risk])]
    end = ["most"] * len(most) + ["least"] * len(least)
    return views[VIEW].iloc[[*most, *least]].assign(end=pd.array(end, dtype="str"))


def _at_end(rows: pd.DataFrame, column: str, end: str) -> dict[str, str]:
    """The partners at one end on each risk, with their word: "VEC: happening already"."""
    there = rows[rows["end"] == end]
    word = dict(zip(there["risk"][::-1], _in_words(there, column)[::-1], strict=True))  # the first
    return {risk: f"{who}: {word[risk]}" for risk, who in _who(there).items()}


def kinds_nobody_named(p: Partnership) -> ResultTable:
    """The kinds of risk (`risk_types`) of which nobody has written a risk (`risks`).

    Source: the kinds that GMI lists in its brief on risk sharing (guide/methods).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `type` (its code), `name` and `ask`, in the words of the shipped list.
    """
    kinds, risks = p["risk_types"], p["risks"]
    lost = is_unread(risks, "type")
    without = risks.loc[risks["type"] == "", "risk"].to_list()  # they may be of any kind
    missing = kinds.loc[~kinds["type"].isin(risks["type"]), ["type", "name", "ask"]]
    note = tr(
        "Is there no such risk, or nobody here who would see it? The types are those that GMI "
        "lists in its brief on risk sharing (2024)."
    )
    nothing = tr("Every type of risk has been named.")
    if without:
        nothing = tr(
            "No type is chosen yet for {risks}. Choose together; then this table can be shown."
        ).format(risks=", ".join(without))
    if lost.any():
        nothing = tr(
            "The type cannot be read of {risks}. Choose it again; then this table can be shown."
        ).format(risks=", ".join(risks.loc[lost, "risk"]))
    return ResultTable(
        knowledge.of_what_stands_here(
            p,
            tr("Of the risks shown here, none is of this type"),
            tr("Nobody named a risk of this type"),
        ),
        missing.iloc[:0] if without else missing,
        words=lambda rows: pd.DataFrame(
            {tr("Type of risk"): rows["name"].map(tr), tr("To ask"): rows["ask"].map(tr)}
        ),
        notes=(note,),
        nothing=nothing,
    )


# ------------------------------------------------------------------ level words


def level_words(p: Partnership) -> ResultTable:
    """Full form: one word a risk and partner, for a board that asks; the room sees none.

    Where all have judged a risk with what they will do (`risk_views`, likely_after and hard_after),
    the word after an arrow is the one with it.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a risk and partner: `risk` and `partner` (codes), `level` (a word of the scale, ""
        where the table has none), `level_after` (the same, with what will be done; None where not
        all have judged that). The cells have one line a risk and one column a partner.
    """
    if p.reader == ROOM:
        return ResultTable(
            tr("Words for levels, for boards that ask for one"),
            pd.DataFrame(columns=["risk", "partner", "level", "level_after"]),
            nothing=Withheld(
                tr("For the facilitator alone: one word each would be read as a ranking.")
            ),
        )
    (views, _), labels, names = _views(p), _labels(p), list(p.names)
    look_up, after = levels.look_up(p), _levels_after(p)
    pairs = list(zip(views["partner"], views["risk"], strict=True))
    silent = {pair[1] for pair in pairs if pair not in after}  # an arrow for some names the others
    places = zip(views["place_how_likely"], views["place_how_hard_on_us"], strict=True)
    level = [levels.word(look_up, likely, hard) for likely, hard in places]
    level_after = [None if pair[1] in silent else after[pair] for pair in pairs]
    rows = views[["risk", "partner"]].assign(
        level=pd.Series(level, index=views.index, dtype=object),
        level_after=pd.Series(level_after, index=views.index, dtype=object),
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        order = _in_order(labels, rows["risk"])
        arrows = []
        for now, then in zip(rows["level"], rows["level_after"], strict=True):
            arrows.append(tr(now) if then is None else f"{tr(now)} → {tr(then)}")
        cells = _grid(rows.assign(cell=arrows), order, names).fillna("")
        cells.insert(0, tr("Risk"), [labels[code] for code in order])
        return cells

    note = tr("The full form would add each view once more, with what you will do.")
    if set(views["risk"]) - silent:
        note = tr("After an arrow: with what you will do.")
    looked_up = tr(
        "Looked up in the table of levels, which you can change; never multiplied, never added up."
    )
    return ResultTable(
        tr("Words for levels, for boards that ask for one"),
        rows,
        words=words,
        notes=(looked_up, note),
        nothing=_nobody_in_full(),
    )


def _levels_after(p: Partnership) -> dict[tuple[str, str], str]:
    """The level word of each partner and risk that were judged with what will be done."""
    look_up = levels.look_up(p)
    found = answers.both(p, "risk_views", "likely_after", "hard_after")
    after = {}
    for partner, risk, likely, hard in zip(
        found["partner"],
        found["risk"],
        found["place_likely_after"],
        found["place_hard_after"],
        strict=True,
    ):
        after[partner, risk] = levels.word(look_up, likely, hard)
    return after


# ------------------------------------------------------------------ what the results are made of


def _labels(p: Partnership) -> dict[str, str]:
    return answers.labels(p, "risks")


def _in_order(labels: dict[str, str], codes: Iterable[str]) -> list[str]:
    """Codes of risks in the order of their labels, in which they were typed, each once."""
    codes = set(codes)
    return [code for code in labels if code in codes]


def _views(p: Partnership) -> tuple[pd.DataFrame, pd.Series]:
    """The views by name of the partners that answered both questions, and how many have, by risk.

    The views have the columns of `VIEW`, and the place on each scale that counts:
    `place_how_likely`, `place_how_hard_on_us`.
    """

    def make() -> tuple[pd.DataFrame, pd.Series]:
        found = answers.both(p, "risk_views", *SCALES)
        found = found[answers.named(found["partner"])]
        words = {
            column: pd.Series(map(scale.word, found[f"place_{column}"]), found.index, dtype="str")
            for column, scale in SCALES.items()
        }
        return found.assign(**words), answers.answered(p, "risk_views", p["risks"]["risk"])

    return p.once(("named risk views",), ("risk_views", "partners", "risks"), make)


def _in_words(rows: pd.DataFrame, column: str) -> pd.Series:
    """Each answer to one question in words; both middles where they differ."""
    middles = rows[[f"low_{column}", f"high_{column}"]].set_axis(["low", "high"], axis=1)
    return positions.words(middles, SCALES[column])


def _grid(rows: pd.DataFrame, order: list[str], names: list[str]) -> pd.DataFrame:
    """The column `cell` with one line a risk and one column a partner."""
    codes = zip(rows["partner"].tolist(), rows["risk"].tolist(), strict=True)
    cells = dict(zip(codes, rows["cell"].tolist(), strict=True))
    there = {partner for partner, _ in cells}
    columns = {
        code: pd.Series([cells.get((code, risk)) for risk in order], order, dtype=object)
        for code in names
        if code in there
    }
    return pd.DataFrame(columns, index=order)


def _who(rows: pd.DataFrame) -> dict[str, str]:
    """The partners of some rows in words, by risk."""
    return {risk: answers.who(some) for risk, some in sorted(_by_risk(rows, "partner").items())}


def _concerned(rows: pd.DataFrame) -> Counter[str]:
    """Of how many partners each risk is a concern."""
    return Counter(rows.loc[rows["of_concern"], "risk"].tolist())


def _is_gravest(views: pd.DataFrame) -> pd.Series:
    """Which views hold the hardest word on their risk, from "hurts us" up."""
    column = "place_how_hard_on_us"
    hardest = {risk: max(HURTS, *places) for risk, places in _by_risk(views, column).items()}
    return views[column] == views["risk"].map(hardest).astype("float64")


def _is_of_concern(p: Partnership, views: pd.DataFrame) -> pd.Series:
    """Which views, of those that are counted, see that it could happen and would hurt, or more."""
    likely, hard = views["place_how_likely"], views["place_how_hard_on_us"]
    return views["partner"].isin(p.expected) & (likely >= COULD_HAPPEN) & (hard >= HURTS)
