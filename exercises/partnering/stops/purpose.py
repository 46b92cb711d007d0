"""Stop 1, purpose: why together, where we stand on each objective, who could do what with whom."""

from __future__ import annotations

import pandas as pd

from partnering.language import mark, tr, trn
from partnering.partnership import MINE, ROOM, Partnership, answers, positions
from partnering.partnership.privacy import UNNAMED
from partnering.results import Figure, ResultTable, drawing
from partnering.schema import scales
from partnering.stops import moving_on
from partnering.stops.combinations import who_together as combinations

# Places on the scales of `positions`.
SUPPORTED = scales.STANCE.texts.index("support it")
REFUSED = scales.STANCE.texts.index("cannot accept it")
ESSENTIAL = scales.OUR_PART.texts.index("essential part")
ALONE = scales.OUR_PART.texts.index("could carry it alone")

# What `so_far` says of an objective.
ENOUGH = mark("enough to go on with")
OWNERLESS = mark("whose objective is this?")
WAITING = mark("not everybody has answered")
CANNOT = mark("somebody cannot accept it as it is written")
RELUCTANT = mark("those who must act are not all in favour")

STATES = (  # what `stances` says of an objective, in the order in which it shows them
    mark("all support it"),
    mark("some can only live with it"),
    mark("not everybody has answered"),
    mark("somebody cannot accept it"),
)
TOO_FEW = mark("not enough answers")
ONE_ALONE = mark("one of us could do this alone")
NOBODY_ALONE = mark("nobody could do this alone")
NOBODY_ESSENTIAL = mark("nobody sees an essential part in it")
TO_ASK = {
    ONE_ALONE: mark("What would be lost: reach, quality, speed, credibility?"),
    NOBODY_ALONE: mark("What becomes possible only together?"),
    NOBODY_ESSENTIAL: mark("Whose objective is this?"),
}
AN_ESSENTIAL_PART = mark("an essential part")


def side_by_side(p: Partnership) -> ResultTable:
    """Each partner's reasons in its own words (`purposes`), to be read aloud together.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `partner` (its code), `why_together`, `why_not_alone`, `still_missing` and, for the
        reader "mine" alone, `we_would_leave_if`.
    """
    frame, names = p["purposes"], p.names
    columns = ["partner", "why_together", "why_not_alone", "still_missing"]
    if p.reader == MINE:
        columns.append("we_would_leave_if")

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        heads = {
            "partner": tr("Partner"),
            "why_together": tr("Why together?"),
            "why_not_alone": tr("Why not alone?"),
            "still_missing": tr("Still missing"),
            "we_would_leave_if": tr("We would leave if"),
        }
        return rows.assign(partner=rows["partner"].map(names)).rename(columns=heads)

    count = answers.among_us(p, frame["partner"])
    return ResultTable(
        tr("Why each of us wants this"),
        frame[columns],
        words=words,
        missing=tr("{count} have written their reasons.").format(count=answers.of_all(p, count)),
        nothing=tr("Nobody has written a reason yet."),
    )


# ------------------------------------------------------------------ stances


def stances(p: Partnership) -> ResultTable:
    """Where the partners stand on each objective (`positions.stance`), what all support first.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective: `objective` (its code); a column for each word of the scale with the
        codes of the partners there, as a tuple (unnamed where somebody has left the objective open);
        `answered` (how many); `state` (one of `STATES`).
    """
    codes, labels, counts = _codes(p), answers.labels(p, "objectives"), _counts(p)
    found = answers.standing(p, "positions", "stance")
    states = _states(p, found, counts)
    rows = pd.DataFrame({"objective": codes})
    for place, stance in enumerate(scales.STANCE.texts):
        there = _partners_at(found[found["place"] == place])
        rows[stance] = pd.Series([there.get(code, ()) for code in codes], dtype="object")
    rows["answered"] = counts.to_list()
    rows["state"] = [STATES[state] for state in states]
    order = pd.Series(states, dtype="int64").sort_values(kind="stable").index

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = {tr("Objective"): rows["objective"].map(labels)}
        for stance in scales.STANCE.texts:
            cells[_capital(tr(stance))] = rows[stance].map(answers.who)
        cells[tr("Answered")] = _of_all(p, rows["answered"])
        cells[tr("As it stands")] = rows["state"].map(tr)
        return pd.DataFrame(cells)

    return ResultTable(
        tr("Where we stand on each objective"),
        rows.reindex(order),
        words=words,
        missing=answers.missing(p, counts),
        notes=answers.notes(p, "positions"),
        nothing=tr("No objectives yet."),
    )


def _states(p: Partnership, found: pd.DataFrame, counts: pd.Series) -> list[int]:
    """The state of each objective, as its place in `STATES`."""
    worst = found.groupby("objective")["place"].max().reindex(counts.index)
    complete = answers.complete(p, counts)
    state = pd.Series(2, index=counts.index)
    state[complete] = (worst[complete] > SUPPORTED).astype(int)
    state[worst == REFUSED] = 3
    return state.to_list()


def stance_strip(p: Partnership) -> Figure:
    """The stances drawn: a line an objective, a partner at the more cautious of its middles.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The figure; its rows are those of `stances`.
    """
    codes, found = _codes(p), answers.standing(p, "positions", "stance")

    def draw() -> str:
        if not codes:
            return drawing.NOTHING
        rows = [(code, _without_unnamed(_by_place(found, code))) for code in codes]
        return drawing.strip(rows, [tr(word) for word in scales.STANCE.texts])

    def in_words() -> str:
        sentences = []
        for code in codes:
            said = [
                tr("{who} {word}").format(
                    who=answers.who(partners), word=tr(scales.STANCE.texts[place])
                )
                for place, partners in _by_place(found, code).items()
            ]
            sentences.append(
                tr("{objective}: {said}.").format(
                    objective=code, said="; ".join(said) or tr("not enough answers")
                )
            )
        return " ".join(sentences)

    note = tr("An empty ring is a partner on an objective that somebody left open: no names there.")
    return Figure(
        "stance-strip", tr("Stances side by side"), draw, in_words, stances(p), notes=(note,)
    )


def _by_place(found: pd.DataFrame, code: str) -> dict[int, list[str]]:
    """The partners on each place of the scale, for one objective."""
    by_place: dict[int, list[str]] = {}
    here = found[found["objective"] == code].sort_values("place", kind="stable")
    for place, partner in zip(here["place"].astype(int), here["partner"], strict=True):
        by_place.setdefault(place, []).append(partner)
    return by_place


def _without_unnamed(by_place: dict[int, list[str]]) -> dict[int, list[str]]:
    """The same, with "" for each partner whose name is not shown."""
    shown = {}
    for place, partners in by_place.items():
        shown[place] = ["" if code.startswith(UNNAMED) else code for code in partners]
    return shown


# ------------------------------------------------------------------ enough to go on with


def enough(p: Partnership) -> ResultTable:
    """ "Enough to go on with?": all have answered, nobody refuses, those who must act support it.

    An essential part (`positions.our_part`) counts where either middle says so, a stance
    (`positions.stance`) at its more cautious end.
    Source: this handbook's reading of "sufficiently aligned" (guide/methods).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective: `objective` (its code), `answered` (how many), `complete` (whether
        that is all), `refused` (whether somebody refuses), `reluctant` (codes of the partners with
        an essential part that are not in favour, as a tuple) and `so_far` (see `so_far`).
    """
    codes, labels, counts = _codes(p), answers.labels(p, "objectives"), _counts(p)
    complete, refused, reluctant = answers.complete(p, counts), _refused(p), _reluctant(p)
    rows = pd.DataFrame(
        {
            "objective": codes,
            "answered": counts.to_list(),
            "complete": complete.to_list(),
            "refused": [code in refused for code in codes],
            "reluctant": pd.Series([reluctant.get(code, ()) for code in codes], dtype="object"),
            "so_far": list(so_far(p).values()),
        }
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        refusing = map(_nobody_refuses, rows["refused"], rows["complete"])
        acting = map(_in_favour, rows["reluctant"], rows["complete"], rows["so_far"])
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"].map(labels),
                tr("Answered"): _of_all(p, rows["answered"]),
                tr("Nobody refuses"): list(refusing),
                tr("Those with an essential part are in favour"): list(acting),
                tr("So far"): rows["so_far"].map(tr),
            }
        )

    return ResultTable(
        tr("Enough to go on with?"),
        rows,
        words=words,
        missing=answers.missing(p, counts),
        notes=(
            tr("You need not agree on everything. You decide whether this is enough."),
            *answers.notes(p, "positions"),
        ),
        nothing=tr("No objectives yet."),
    )


def _nobody_refuses(refused: bool, complete: bool) -> str:
    if refused:
        return tr("somebody refuses")
    return tr("yes") if complete else tr("not known yet")


def _in_favour(reluctant: tuple[str, ...], complete: bool, said: str) -> str:
    """Whether those with an essential part are in favour, in words."""
    if reluctant:
        return tr("not yet: {who}").format(who=answers.who(reluctant))
    if not complete:
        return tr("not known yet")
    return tr("nobody sees an essential part") if said == OWNERLESS else tr("yes")


def so_far(p: Partnership) -> dict[str, str]:
    """What `enough` says of each objective.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        By the code of the objective: ENOUGH, OWNERLESS, WAITING, CANNOT or RELUCTANT, in English.
    """
    complete, refused, reluctant = answers.complete(p, _counts(p)), _refused(p), _reluctant(p)
    parts = answers.both(p, "positions", "stance", "our_part")
    essential = set(parts.loc[parts["place_our_part"] <= ESSENTIAL, "objective"])
    said = {}
    for code in _codes(p):
        if code in refused:
            said[code] = CANNOT
        elif not complete[code]:
            said[code] = WAITING
        elif code in reluctant:
            said[code] = RELUCTANT
        else:
            said[code] = ENOUGH if code in essential else OWNERLESS
    return said


def _refused(p: Partnership) -> set[str]:
    """The objectives that somebody cannot accept."""
    found = answers.standing(p, "positions", "stance")
    return set(found.loc[found["place"] == REFUSED, "objective"])


def _reluctant(p: Partnership) -> dict[str, tuple[str, ...]]:
    """Objectives in which somebody with an essential part is not in favour, and who."""
    found = answers.both(p, "positions", "stance", "our_part")
    return _partners_at(
        found[(found["place_our_part"] <= ESSENTIAL) & (found["place_stance"] > SUPPORTED)]
    )


# ------------------------------------------------------------------ alone or together


def parts(p: Partnership) -> ResultTable:
    """Which part each partner sees for itself in each objective (`positions.our_part`).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective and partner, where names may be shown: `objective` and `partner`
        (codes), `our_part` (a word of the scale) with `low` and `high` (its two middles, steps from
        0). The cells are a grid of objectives by partners.
    """
    found, counts = answers.standing(p, "positions", "our_part"), _counts(p)
    codes, labels, names = _codes(p), answers.labels(p, "objectives"), list(p.names)
    named = found[answers.named(found["partner"])]
    rows = named[["objective", "partner", "low", "high"]].assign(
        our_part=named["place"].map(scales.OUR_PART.word)
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        grid = rows.assign(word=positions.words(rows, scales.OUR_PART)).pivot(
            index="objective", columns="partner", values="word"
        )
        grid = grid.reindex(
            index=[code for code in codes if code in grid.index],
            columns=[code for code in names if code in grid.columns],
        )
        cells = grid.fillna("")
        cells.insert(0, tr("Objective"), [labels[code] for code in cells.index])
        return cells

    unnamed = answers.tally(found[~answers.named(found["partner"])], "objective")
    notes = [
        tr("Without names, since somebody left it open: {objective}: {tally}.").format(
            objective=code, tally=tally
        )
        for code, tally in unnamed.items()
    ]
    nobody = tr("Nobody has said yet which part it would have.")
    return ResultTable(
        tr("Who has which part"),
        rows,
        words=words,
        missing=answers.missing(p, counts),
        notes=(*notes, *answers.notes(p, "positions")),
        nothing=tr("Shown without names, below.") if notes else nobody,
    )


def who_could(p: Partnership) -> ResultTable:
    """Which objectives nobody could reach alone, which one could, and where something is missing.

    Read from `positions.our_part` and `objectives.what_is_missing`.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective: `objective` (its code), `state` (TOO_FEW, ONE_ALONE, NOBODY_ALONE or
        NOBODY_ESSENTIAL) and `missing` (what is missing, as it was typed).
    """
    found, counts = answers.standing(p, "positions", "our_part"), _counts(p)
    codes, labels = _codes(p), answers.labels(p, "objectives")
    lowest = found.groupby("objective")["place"].min().reindex(counts.index)
    complete = answers.complete(p, counts)
    rows = pd.DataFrame(
        {
            "objective": codes,
            "state": [_alone_or_together(complete[code], lowest[code]) for code in codes],
            "missing": p["objectives"]["what_is_missing"].to_list(),
        }
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        states, questions = [], []
        for state, missing in zip(rows["state"], rows["missing"], strict=True):
            said, ask = [tr(state)], [tr(TO_ASK[state])] if state in TO_ASK else []
            if missing:
                said.append(tr("something is missing: {what}").format(what=missing))
                ask.append(tr("Who holds it, and should they be here?"))
            states.append(tuple(said))
            questions.append(tuple(ask))
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"].map(labels),
                tr("As it stands"): states,
                tr("To ask"): questions,
            }
        )

    return ResultTable(
        tr("Alone, together, or not yet"),
        rows,
        words=words,
        missing=answers.missing(p, counts),
        notes=answers.notes(p, "positions"),
        nothing=tr("No objectives yet."),
    )


def _alone_or_together(complete: bool, lowest: float) -> str:
    """What the parts say of one objective; `lowest` is the place nearest to "alone"."""
    if lowest == ALONE:
        return ONE_ALONE
    if not complete:
        return TOO_FEW
    return NOBODY_ALONE if lowest == ESSENTIAL else NOBODY_ESSENTIAL


def only_one_brings(p: Partnership) -> ResultTable:
    """What one partner alone would bring, with the question what happens if it cannot.

    Two things count: an essential part (`positions.our_part`) that one partner alone sees for
    itself, once all have answered and unless the objective is one partner's own; and, in the full
    form, a thing that an objective must have and only one partner can bring (`capabilities`).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `objective` and `partner` (codes), `what` (the thing in plain English text, either
        `AN_ESSENTIAL_PART` or as it was typed) and `table` (where it comes from, "positions" or
        "capabilities"; only the text of the former is to be translated).
    """
    rows = [(code, who, AN_ESSENTIAL_PART, "positions") for code, who in _alone_essential(p)]
    some_hidden = p.reader == ROOM and "capabilities" in p.hidden.kept_back
    if not some_hidden:  # else the one who is left may not be the only one
        for (code, what), holders in _holders(p).items():
            if len(holders) == 1:
                rows.append((code, next(iter(holders)), what, "capabilities"))
    labels = answers.labels(p, "objectives")

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        from_positions = rows["table"] == "positions"
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"].map(labels),
                tr("Only"): rows["partner"],
                tr("Brings"): rows["what"].mask(from_positions, tr(AN_ESSENTIAL_PART)),
                tr("To ask"): tr("What if they cannot?"),
            }
        )

    nothing = tr("Nothing hangs on one partner alone, as far as these answers go.")
    return ResultTable(
        tr("Only one of us brings this"),
        pd.DataFrame(rows, columns=["objective", "partner", "what", "table"]),
        words=words,
        notes=_full_form(p),
        nothing=nothing if answers.complete(p, _counts(p)).any() else tr("Not enough answers yet."),
    )


def _alone_essential(p: Partnership) -> list[tuple[str, str]]:
    """Objectives in which just one partner sees an essential part for itself, and that partner."""
    found = answers.standing(p, "positions", "our_part")
    complete = answers.complete(p, _counts(p))
    objectives = p["objectives"]
    own = set(
        objectives.loc[objectives["kind"] == "particular to one partner", "objective"]
    )  # meant to hang on that partner
    essential = found[(found["place"] <= ESSENTIAL) & answers.named(found["partner"])]
    alone = []
    for code, partners in sorted(_partners_at(essential).items()):
        if len(partners) == 1 and complete[code] and code not in own:
            alone.append((code, partners[0]))
    return alone


def who_together(p: Partnership) -> ResultTable:
    """Full form: which partners together could reach each objective (`capabilities`).

    A partner can bring a thing of which it has enough and which it will commit, wholly or partly.
    Source: combinations in which nobody can be left out (guide/methods); see `combinations`.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective that must have something: `objective` (its code), `together` (a tuple
        of combinations, each a tuple of codes, fewest partners first, at most twelve), `nobody_has`
        (a tuple of the things that nobody can bring) and `finished` (whether the search came to its
        end; else there may be more combinations).
    """
    labels = answers.labels(p, "objectives")
    rows = []
    for code, things in _things(p).items():
        nobody_has = tuple(what for what, holders in things.items() if not holders)
        found, finished = combinations([frozenset(holders) for holders in things.values()])
        rows.append((code, tuple(tuple(sorted(some)) for some in found), nobody_has, finished))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        together = []
        for some, finished in zip(rows["together"], rows["finished"], strict=True):
            lines = [" + ".join(partners) for partners in some]
            if not finished:
                lines.append(
                    tr("There are too many combinations to look through; some may be missing here.")
                )
            together.append(tuple(lines) or (tr("nobody yet"),))
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"].map(labels),
                tr("Who together could"): together,
                tr("Nobody has yet"): rows["nobody_has"],
            }
        )

    return ResultTable(
        tr("Who together could do it"),
        pd.DataFrame(rows, columns=["objective", "together", "nobody_has", "finished"]),
        words=words,
        notes=_full_form(p) if rows else (),
        nothing=tr(
            "The table of what it takes (capabilities) is empty. In the full form it would show "
            "which partners together could reach each objective."
        ),
    )


def _holders(p: Partnership) -> dict[tuple[str, str], set[str]]:
    """For each thing an objective must have: the partners with enough of it that will commit it."""
    frame = p["capabilities"]
    must = frame[frame["need"] == "must"]
    able = (must["have"] == "enough") & must["will_commit"].isin(["yes", "partly"])
    holders: dict[tuple[str, str], set[str]] = {}
    rows = zip(must["objective"], must["what_it_takes"], must["partner"], able, strict=True)
    for code, what, partner, can in rows:
        some = holders.setdefault((code, what), set())
        if can:
            some.add(partner)
    return holders


def _things(p: Partnership) -> dict[str, dict[str, set[str]]]:
    """The same by objective: what it must have, and who can bring it."""
    by_objective: dict[str, dict[str, set[str]]] = {}
    for (code, what), holders in _holders(p).items():
        by_objective.setdefault(code, {})[what] = holders
    return by_objective


def _full_form(p: Partnership) -> tuple[str, ...]:
    """The note on the full form, filled in or not."""
    if len(p["capabilities"]):
        return (
            tr(
                "From the full form: what each objective must have, and who has enough of it and "
                "will commit it."
            ),
        )
    return (
        tr(
            "The full form (what it takes) would add what each objective must have and who could "
            "bring it."
        ),
    )


# ------------------------------------------------------------------ the end of the exercises


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 1, and what is open. It asks for hands, not for data.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The closing table (`moving_on`): the objectives that are `ENOUGH` speak for going on; open
        are all others, and what is missing for an objective.
    """
    states = so_far(p)
    good = [code for code, state in states.items() if state == ENOUGH]
    speaks_for = []
    if good:
        sentence = trn(
            "{count} objective is enough to go on with: {which}",
            "{count} objectives are enough to go on with: {which}",
            len(good),
        )
        speaks_for.append(sentence.format(count=len(good), which=", ".join(good)))
    still_open = [
        tr("{objective}: {said}").format(objective=code, said=tr(state))
        for code, state in states.items()
        if state != ENOUGH
    ]
    objectives = p["objectives"]
    for code, what in zip(objectives["objective"], objectives["what_is_missing"], strict=True):
        if what:
            still_open.append(f"{code}: {what}")
    return moving_on.before_you_move_on(
        speaks_for, still_open, gate=tr("Do you feel enough of it to go on? Hands, not data.")
    )


# ------------------------------------------------------------------ what the results are made of


def _codes(p: Partnership) -> list[str]:
    """The codes of the objectives, in the order in which they were typed."""
    return p["objectives"]["objective"].to_list()


def _counts(p: Partnership) -> pd.Series:
    """How many have answered in full about each objective."""
    return answers.answered(p, "positions", _codes(p))


def _partners_at(found: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The partners of some rows, by objective, in the order of the rows."""
    by_objective: dict[str, tuple[str, ...]] = {}
    for code, partner in zip(found["objective"], found["partner"], strict=True):
        by_objective[code] = (*by_objective.get(code, ()), partner)
    return by_objective


def _of_all(p: Partnership, counts: pd.Series) -> pd.Series:
    """Counts in words, such as "3 of 4"."""
    return counts.map(lambda count: answers.of_all(p, count))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
