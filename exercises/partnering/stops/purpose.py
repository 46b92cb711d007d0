"""Stop 1, purpose: why together, where we stand on each objective, and who could do what with whom."""

from __future__ import annotations

import pandas as pd

from partnering.language import mark, tr, trn
from partnering.partnership import MINE, ROOM, Partnership, answers
from partnering.results import Figure, ResultTable, drawing
from partnering.schema import scales
from partnering.stops import moving_on
from partnering.stops.combinations import who_together as combinations

SUPPORTED = scales.STANCE.texts.index("support it")
REFUSED = scales.STANCE.texts.index("cannot accept it")
ESSENTIAL = scales.OUR_PART.texts.index("essential part")
ALONE = scales.OUR_PART.texts.index("could carry it alone")
ENOUGH, OWNERLESS = mark("enough to go on with"), mark("whose objective is this?")
WAITING, CANNOT = (
    mark("not everybody has answered"),
    mark("somebody cannot accept it as it is written"),
)
RELUCTANT = mark("those who must act are not all in favour")
AN_ESSENTIAL_PART = mark("an essential part")


def side_by_side(p: Partnership) -> ResultTable:
    """Each partner's reasons in its own words (purposes), to be read aloud together."""
    frame = p["purposes"]
    cells = pd.DataFrame(
        {
            tr("Partner"): frame["partner"].map(p.names),
            tr("Why together?"): frame["why_together"],
            tr("Why not alone?"): frame["why_not_alone"],
            tr("Still missing"): frame["still_missing"],
        }
    )
    if p.reader == MINE:
        cells[tr("We would leave if")] = frame["we_would_leave_if"]
    return ResultTable(
        tr("Why each of us wants this"),
        cells,
        missing=tr("{count} have written their reasons.").format(
            count=answers.of_all(p, answers.among_us(p, frame["partner"]))
        ),
        nothing=tr("Nobody has written a reason yet."),
    )


def stances(p: Partnership) -> ResultTable:
    """Where the partners stand on each objective (positions.stance), what all support first.

    Out: one row an objective, one column a stance with the partners there, how many have answered, and what it is in
    words. Names are left out where somebody has left the objective open.
    """
    found, counts = answers.standing(p, "positions", "stance"), _counts(p)
    cells = pd.DataFrame({tr("Objective"): _labels(p)}, index=_codes(p))
    for place, word in enumerate(scales.STANCE.texts):
        there = found[found["place"] == place].groupby("objective")["partner"].agg(answers.who)
        cells[tr(word)[:1].upper() + tr(word)[1:]] = there.reindex(cells.index, fill_value="")
    cells[tr("Answered")] = [answers.of_all(p, count) for count in counts]
    states = _states(p, found, counts)
    told = (
        tr("all support it"),
        tr("some can only live with it"),
        tr("not everybody has answered"),
        tr("somebody cannot accept it"),
    )
    cells[tr("As it stands")] = [told[state] for state in states]
    cells = cells.assign(order=states).sort_values("order", kind="stable").drop(columns="order")
    return ResultTable(
        tr("Where we stand on each objective"),
        cells,
        missing=answers.missing(p, counts),
        notes=answers.notes(p, "positions"),
        nothing=tr("No objectives yet."),
    )


def enough(p: Partnership) -> ResultTable:
    """ "Enough to go on with?": everybody has answered, nobody refuses, those with an essential part support it.

    In: positions (stance, our_part). An essential part counts where either middle says so, a stance at its more
    cautious end. The rule is this handbook's reading of "sufficiently aligned" (guide/methods).
    """
    states, counts, reluctant = so_far(p), _counts(p), _reluctant(p)
    refused, complete = _refused(p), answers.complete(p, counts)
    rows = []
    for code, label in zip(_codes(p), _labels(p), strict=True):
        refuses = (
            tr("somebody refuses")
            if code in refused
            else tr("yes")
            if complete[code]
            else tr("not known yet")
        )
        acting = (
            tr("not yet: {who}").format(who=reluctant[code])
            if code in reluctant
            else tr("not known yet")
            if not complete[code]
            else tr("nobody sees an essential part")
            if states[code] == OWNERLESS
            else tr("yes")
        )
        rows.append((label, answers.of_all(p, counts[code]), refuses, acting, tr(states[code])))
    heads = [
        tr("Objective"),
        tr("Answered"),
        tr("Nobody refuses"),
        tr("Those with an essential part are in favour"),
        tr("So far"),
    ]
    return ResultTable(
        tr("Enough to go on with?"),
        pd.DataFrame(rows, columns=heads),
        missing=answers.missing(p, counts),
        notes=(
            tr("You need not agree on everything. You decide whether this is enough."),
            *answers.notes(p, "positions"),
        ),
        nothing=tr("No objectives yet."),
    )


def so_far(p: Partnership) -> dict[str, str]:
    """What `enough` says of each objective, by its code: one of the five sentences below."""
    complete, refused, reluctant = answers.complete(p, _counts(p)), _refused(p), _reluctant(p)
    parts = answers.both(p, "positions", "stance", "our_part")
    essential = set(parts.loc[parts["place_our_part"] <= ESSENTIAL, "objective"])
    return {
        code: CANNOT
        if code in refused
        else WAITING
        if not complete[code]
        else RELUCTANT
        if code in reluctant
        else ENOUGH
        if code in essential
        else OWNERLESS
        for code in _codes(p)
    }


def stance_strip(p: Partnership) -> Figure:
    """The stances drawn, one line an objective, a partner at the more cautious of its middles."""
    table = stances(p)
    found = answers.standing(p, "positions", "stance")
    rows, told = [], []
    for code in _codes(p):
        here = found[found["objective"] == code]
        places = {
            place: ["" if name.startswith("*") else name for name in some]
            for place, some in here.groupby("place")["partner"]
        }
        rows.append((code, {int(place): some for place, some in places.items()}))
        said = [
            tr("{who} {word}").format(
                who=answers.who(here.loc[here["place"] == place, "partner"]),
                word=tr(scales.STANCE.texts[int(place)]),
            )
            for place in places
        ]
        told.append(
            tr("{objective}: {said}.").format(
                objective=code, said="; ".join(said) or tr("not enough answers")
            )
        )
    drawn = (
        drawing.strip(rows, [tr(word) for word in scales.STANCE.texts]) if rows else "<svg ></svg>"
    )
    return Figure(
        "stance-strip",
        tr("Stances side by side"),
        drawn,
        " ".join(told),
        table,
        (
            tr(
                "An empty ring is a partner on an objective that somebody left open: no names there."
            ),
        ),
    )


def parts(p: Partnership) -> ResultTable:
    """Which part each partner sees for itself in each objective (positions.our_part): objective by partner."""
    found, counts = answers.standing(p, "positions", "our_part"), _counts(p)
    told = found[answers.named(found["partner"])]
    grid = told.pivot(index="objective", columns="partner", values="word").reindex(
        columns=_in_order(p, told)
    )
    cells = grid.reindex([code for code in _codes(p) if code in grid.index]).fillna("")
    cells.insert(
        0, tr("Objective"), [answers.labels(p, "objectives")[code] for code in cells.index]
    )
    unnamed = answers.tally(found[~answers.named(found["partner"])], "objective")
    notes = [
        tr("Without names, since somebody left it open: {objective}: {tally}.").format(
            objective=code, tally=tally
        )
        for code, tally in unnamed.items()
    ]
    return ResultTable(
        tr("Who has which part"),
        cells,
        missing=answers.missing(p, counts),
        notes=(*notes, *answers.notes(p, "positions")),
        nothing=tr("Shown without names, below.")
        if notes
        else tr("Nobody has said yet which part it would have."),
    )


def who_could(p: Partnership) -> ResultTable:
    """Nobody could do this alone; one of us could: what would be lost?; something is missing (positions, objectives)."""
    found, counts = answers.standing(p, "positions", "our_part"), _counts(p)
    lowest = found.groupby("objective")["place"].min().reindex(counts.index)
    missing, complete = (
        p["objectives"].set_index("objective")["what_is_missing"],
        answers.complete(p, counts),
    )
    rows = []
    for code, label in zip(_codes(p), _labels(p), strict=True):
        state, ask = _alone_or_together(complete[code], lowest[code])
        if missing[code]:
            state += (tr("something is missing: {what}").format(what=missing[code]),)
            ask += (tr("Who holds it, and should they be here?"),)
        rows.append((label, state, ask))
    cells = pd.DataFrame(rows, columns=[tr("Objective"), tr("As it stands"), tr("To ask")])
    return ResultTable(
        tr("Alone, together, or not yet"),
        cells,
        missing=answers.missing(p, counts),
        notes=answers.notes(p, "positions"),
        nothing=tr("No objectives yet."),
    )


def _alone_or_together(complete: bool, lowest: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the parts say of one objective, and the question that goes with it."""
    if not complete and lowest != ALONE:
        return (tr("not enough answers"),), ()
    if lowest == ALONE:
        return (tr("one of us could do this alone"),), (
            tr("What would be lost: reach, quality, speed, credibility?"),
        )
    if lowest == ESSENTIAL:
        return (tr("nobody could do this alone"),), (tr("What becomes possible only together?"),)
    return (tr("nobody sees an essential part in it"),), (tr("Whose objective is this?"),)


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

    complete = answers.complete(p, _counts(p))
    return ResultTable(
        tr("Only one of us brings this"),
        pd.DataFrame(rows, columns=["objective", "partner", "what", "table"]),
        words=words,
        notes=_full_form(p),
        nothing=tr("Nothing hangs on one partner alone, as far as these answers go.")
        if complete.any()
        else tr("Not enough answers yet."),
    )


def _alone_essential(p: Partnership) -> list[tuple[str, str]]:
    """Objectives in which just one partner sees an essential part for itself, and that partner."""
    found = answers.standing(p, "positions", "our_part")
    complete = answers.complete(p, _counts(p))
    essential = found[(found["place"] <= ESSENTIAL) & answers.named(found["partner"])]
    objectives = p["objectives"]
    own = objectives.loc[objectives["kind"] == "particular to one partner", "objective"]
    alone = []
    for code, partners in essential.groupby("objective")["partner"].agg(list).items():
        if len(partners) == 1 and complete[code] and code not in set(own):
            alone.append((code, partners[0]))
    return alone


def who_together(p: Partnership) -> ResultTable:
    """Full form: who together could reach each objective (capabilities), fewest partners first, at most twelve shown.

    A partner can bring a thing of which it has enough and which it will commit, wholly or partly. Method: combinations
    in which nobody can be left out (guide/methods).
    """
    by_objective: dict[str, dict[str, set[str]]] = {}
    for (code, what), partners in _holders(p).items():
        by_objective.setdefault(code, {})[what] = partners
    labels, rows = answers.labels(p, "objectives"), []
    for code, things in by_objective.items():
        nobody = tuple(what for what, partners in things.items() if not partners)
        found, finished = combinations([frozenset(partners) for partners in things.values()])
        told = tuple(" + ".join(sorted(some)) for some in found)
        if not finished:
            told += (
                tr("There are too many combinations to look through; some may be missing here."),
            )
        rows.append((labels[code], told or (tr("nobody yet"),), nobody))
    cells = pd.DataFrame(
        rows, columns=[tr("Objective"), tr("Who together could"), tr("Nobody has yet")]
    )
    return ResultTable(
        tr("Who together could do it"),
        cells,
        notes=_full_form(p) if len(rows) else (),
        nothing=tr(
            "The table of what it takes (capabilities) is empty. In the full form it would show which "
            "partners together could reach each objective."
        ),
    )


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 1, and what is open. A real gate: it asks for hands, not for data."""
    states = so_far(p)
    good = [code for code, state in states.items() if state == ENOUGH]
    open_ = [
        tr("{objective}: {said}").format(objective=code, said=tr(state))
        for code, state in states.items()
        if state != ENOUGH
    ]
    absent = [
        f"{code}: {what}"
        for code, what in p["objectives"].set_index("objective")["what_is_missing"].items()
        if what
    ]
    return moving_on.before_you_move_on(
        [
            trn(
                "{count} objective is enough to go on with: {which}",
                "{count} objectives are enough to go on with: {which}",
                len(good),
            ).format(count=len(good), which=", ".join(good))
        ]
        if good
        else [],
        [*open_, *absent],
        gate=tr("Do you feel enough of it to go on? Hands, not data."),
    )


# ------------------------------------------------------------------ what the results are made of


def _codes(p: Partnership) -> list[str]:
    return p["objectives"]["objective"].to_list()


def _labels(p: Partnership) -> list[str]:
    return list(answers.labels(p, "objectives").values())


def _in_order(p: Partnership, found: pd.DataFrame) -> list[str]:
    """The partners that occur, in the order of the table of partners."""
    return [code for code in p.names if code in set(found["partner"])]


def _counts(p: Partnership) -> pd.Series:
    return answers.answered(p, "positions", _codes(p))


def _states(p: Partnership, found: pd.DataFrame, counts: pd.Series) -> list[int]:
    """For each objective, in order of meaning: all support it, some live with it, not all have answered, one refuses."""
    worst = found.groupby("objective")["place"].max().reindex(counts.index)
    complete = answers.complete(p, counts)
    state = pd.Series(2, index=counts.index)
    state[complete] = (worst[complete] > SUPPORTED).astype(int)
    state[worst == REFUSED] = 3
    return state.to_list()


def _refused(p: Partnership) -> set[str]:
    found = answers.standing(p, "positions", "stance")
    return set(found.loc[found["place"] == REFUSED, "objective"])


def _reluctant(p: Partnership) -> dict[str, str]:
    """Objectives in which somebody with an essential part is not in favour, and who."""
    found = answers.both(p, "positions", "stance", "our_part")
    acting = found[(found["place_our_part"] <= ESSENTIAL) & (found["place_stance"] > SUPPORTED)]
    return acting.groupby("objective")["partner"].agg(answers.who).to_dict()


def _holders(p: Partnership) -> dict[tuple[str, str], set[str]]:
    """For each thing that an objective must have: the partners that have enough of it and will commit it."""
    frame = p["capabilities"]
    must = frame[frame["need"] == "must"]
    able = must[(must["have"] == "enough") & must["will_commit"].isin(["yes", "partly"])]
    by_thing = able.groupby(["objective", "what_it_takes"])["partner"].agg(set).to_dict()
    things = (
        must[["objective", "what_it_takes"]].drop_duplicates().itertuples(index=False, name=None)
    )
    return {thing: by_thing.get(thing, set()) for thing in things}


def _full_form(p: Partnership) -> tuple[str, ...]:
    if len(p["capabilities"]):
        return (
            tr(
                "From the full form: what each objective must have, and who has enough of it and will commit it."
            ),
        )
    return (
        tr(
            "The full form (what it takes) would add what each objective must have and who could bring it."
        ),
    )
