"""Stop 1, purpose: why together, where we stand on each objective, who could do what with whom."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from partnering.language import mark, tr, trn
from partnering.partnership import MINE, ROOM, Partnership, answers, knowledge, positions
from partnering.results import Figure, ResultTable, pictures
from partnering.results.drawing import Drawing
from partnering.schema import scales
from partnering.schema.kinds import UNREAD
from partnering.schema.spelling import says_none
from partnering.stops import heads, moving_on, said_aloud
from partnering.stops.combinations import who_together as combinations

# Places on the scales of `positions`.
SUPPORTED = scales.STANCE.texts.index("support it")
REFUSED = scales.STANCE.texts.index("cannot accept it")
ESSENTIAL = scales.OUR_PART.texts.index("essential part")
ALONE = scales.OUR_PART.texts.index("could do it alone")


AGREED, _, MUST_SETTLE, NOT_DISCUSSED = scales.OUTCOME.texts

# What `so_far` says of an objective.
ENOUGH = mark("enough to go on with")
ENOUGH_OF_ASKED = mark("enough to go on with, for those who are asked")
OWNERLESS = mark("whose objective is this?")
CANNOT = mark("somebody cannot accept it as it is written")
RELUCTANT = mark("those who must act are not all in favour")

ALL_SUPPORT, ALL_OF_ASKED = mark("all support it"), mark("all who are asked support it")
SOME_AGREE, SOMEBODY_CANNOT = mark("some can agree to it"), mark("somebody cannot accept it")
# What `stances` says of an objective, in the order in which it shows them; "" is what is not known:
# see `knowledge.rest`.
STATES = (ALL_SUPPORT, ALL_OF_ASKED, SOME_AGREE, "", SOMEBODY_CANNOT)
ONE_ALONE = mark("one of us could do this alone")
NOBODY_ALONE = mark("nobody could do this alone")
NOBODY_ESSENTIAL = mark("nobody sees an essential part in it")
NONE_ASKED_ALONE = mark("nobody who is asked could do this alone")
NONE_ASKED_ESSENTIAL = mark("nobody who is asked sees an essential part in it")
TO_ASK = {
    ONE_ALONE: mark("What would be lost: reach, quality, speed, credibility?"),
    NOBODY_ALONE: mark("What becomes possible only together?"),
    NONE_ASKED_ALONE: mark("What becomes possible only together?"),
    NOBODY_ESSENTIAL: mark("Whose objective is this?"),
    NONE_ASKED_ESSENTIAL: mark("Whose objective is this?"),
}
AN_ESSENTIAL_PART = mark("an essential part")
ENOUGH_OF_IT = "we have enough"  # a word of capabilities.have


def side_by_side(p: Partnership) -> ResultTable:
    """Each partner's reasons in its own words (`purposes`), to be read aloud together.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `partner` (its code), `why_together`, `why_not_alone`, `still_missing` and, for the
        reader "mine" alone, `we_would_leave_if`.
    """
    names = p.names
    texts = ["why_together", "why_not_alone", "still_missing"]
    if p.reader == MINE:
        texts.append("we_would_leave_if")
    frame = p["purposes"]
    frame = frame[(frame[texts] != "").any(axis=1)]  # an empty line is no reason

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        heads = {
            "partner": tr("Partner"),
            "why_together": tr("Why together?"),
            "why_not_alone": tr("Why not alone, or by a contract?"),
            "still_missing": tr("Who or what is missing"),
            "we_would_leave_if": tr("We would leave if"),
        }
        return rows.assign(partner=rows["partner"].map(names)).rename(columns=heads)

    count = answers.among_us(p, frame["partner"])
    said = tr("{count} have written their reasons.")
    if p.reader == ROOM:
        said = tr("Reasons of {count} are shown here.")
    return ResultTable(
        tr("Why each of us wants this"),
        frame[["partner", *texts]],
        words=words,
        missing=said.format(count=answers.of_all(p, count)) if count else "",
        nothing=knowledge.of_own_words(
            p,
            tr("No reason is shown here."),
            tr("Nobody has written a reason yet."),
            of=["purposes"],
        ),
    )


# ------------------------------------------------------------------ stances


def stances(p: Partnership) -> ResultTable:
    """Where the partners stand on each objective (`positions.stance`), what all support first.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective: `objective` (its code); a column for each word of the scale with the
        codes of the partners there, as a tuple (unnamed where not all answers are seen); `seen`
        (how many answers this reader sees); `state` (one of `STATES`, or what `knowledge.rest`
        says).
    """
    codes, labels, counts, grid = _codes(p), answers.labels(p, "objectives"), _counts(p), _grid(p)
    if said_aloud.is_needed(p, "positions", counts):
        return _to_say_aloud(p)
    if said_aloud.nothing_is_seen(p, counts):
        why = knowledge.why_not_shown(p, "positions")
        return _no_row(tr("Our position on each objective"), why)
    found = answers.standing(p, "positions", "stance")
    states = _states(p, grid)
    rows = pd.DataFrame({"objective": codes})
    for place, stance in enumerate(scales.STANCE.texts):
        there = _partners_at(found[found["place"] == place])
        rows[stance] = pd.Series([there.get(code, ()) for code in codes], dtype=object)
    rows["seen"] = counts.to_list()
    rows["state"] = pd.Series([states[code] for code in codes], dtype=object)
    order = [state or knowledge.rest(p) for state in STATES]
    ranks = rows["state"].map(order.index).astype("int64")
    in_order = ranks.sort_values(kind="stable").index

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = {tr("Objective"): rows["objective"].map(labels)}
        for stance in scales.STANCE.texts:
            cells[_capital(tr(stance))] = rows[stance].map(answers.who)
        cells[_seen_heading(p)] = _of_all(p, rows["seen"])
        cells[tr("As it is now")] = rows["state"].map(tr)
        return pd.DataFrame(cells)

    return ResultTable(
        tr("Our position on each objective"),
        rows.reindex(in_order),
        words=words,
        missing=answers.missing(p, counts),
        notes=answers.notes(p, "positions"),
        nothing=_no_objectives(p),
    )


def _states(p: Partnership, grid: pd.DataFrame) -> dict[str, str]:
    """The state of each objective: all support it, some can live with it, somebody refuses."""
    of = grid["objective"]
    supported = knowledge.every(grid["stance"] <= SUPPORTED, of)
    return knowledge.say(
        p,
        (_refused(p, grid), SOMEBODY_CANNOT),
        (~knowledge.complete(grid, of), ""),
        (supported & unheard(p), ALL_OF_ASKED),
        (supported, ALL_SUPPORT),
        otherwise=SOME_AGREE,
    )


def unheard(p: Partnership, column: str = "stance") -> pd.Series:
    """Of which objectives people we serve may have said what this reader does not see.

    Args:
        p: The partnership as one reader sees it.
        column: The question of `positions`.

    Returns:
        By the code of the objective yes or no.
    """
    return knowledge.unheard(p, "positions", column, _codes(p))


def _grid(p: Partnership) -> pd.DataFrame:
    """The stance and the part of every partner in every objective, NA where it is not seen."""
    return knowledge.asked(p, "positions", _codes(p))


def _seen_heading(p: Partnership) -> str:
    """What stands over the number of answers that this reader sees."""
    return knowledge.of_what_stands_here(p, tr("Shown here"), tr("Answered"))


def _to_say_aloud(p: Partnership) -> ResultTable:
    """What stands on the wall where no stance is shown."""
    return said_aloud.in_place_of(
        p,
        tr("Our position on each objective"),
        "positions",
        answers.labels(p, "objectives"),
        tr("What would you need, so that you could do your part?"),
    )


def _no_objectives(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p, tr("No objective is shown here."), tr("No objectives yet."), of=["objectives"]
    )


def stance_strip(p: Partnership) -> Figure:
    """The stances drawn, an objective at a time: each partner in its column, as high as its word.

    Where a partner has two middles, the more cautious counts.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The figure; its rows are those of `stances`.
    """
    codes, found = _codes(p), answers.standing(p, "positions", "stance")
    labels = answers.labels(p, "objectives")

    def draw() -> list[Drawing]:
        if found.empty or said_aloud.nothing_is_seen(p, _counts(p)):
            return []
        there = found["partner"]
        to_all = p.expected if p.reader == MINE else ()
        columns = heads.of_partners(p, [*there, *to_all])
        return [
            _dots(p, labels[code], columns, found[found["objective"] == code]) for code in codes
        ]

    note = tr("A ring is a partner whose name is not shown.")
    unnamed = (note,) if (~answers.named(found["partner"])).any() else ()
    return Figure(
        "stance-strip",
        tr("Positions side by side"),
        draw,
        stances(p),
        notes=unnamed,
        nothing=tr(knowledge.rest(p)) if found.empty else "",
    )


def _dots(p: Partnership, label: str, columns: list[pictures.Head], found: pd.DataFrame) -> Drawing:
    """The picture of one objective, with what it shows in words."""
    place = {head.name: at for at, head in enumerate(columns)}
    at: dict[str, list[int]] = {}
    unnamed: Counter[str] = Counter()
    for partner, step in zip(found["partner"], found["place"], strict=True):
        word = tr(scales.STANCE.texts[int(step)])
        if partner in place:
            at.setdefault(word, []).append(place[partner])
        else:
            unnamed[word] += 1
    silent = [name for name in p.expected if name not in set(found["partner"])]
    missing = [place[name] for name in silent if name in place] if p.reader == MINE else []
    unseen = max(0, len(silent) - unnamed.total()) if not missing else 0
    words = [tr(word) for word in scales.STANCE.texts]
    lane = pictures.Lane("", words, at, unnamed, missing, unseen)
    return heads.item(p, label, [lane], columns)


# ------------------------------------------------------------------ enough to go on with


def enough(p: Partnership) -> ResultTable:
    """Enough to go on with: all have answered, nobody refuses, those who must act support it.

    An essential part (`positions.our_part`) counts where either middle says so, a stance
    (`positions.stance`) at its more cautious end.
    Source: this handbook's reading of "sufficiently aligned" (guide/methods).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective: `objective` (its code), `seen` (how many answers this reader sees),
        `refused` (whether somebody refuses: yes, no or NA), `acting` (the same for somebody with an
        essential part), `reluctant` (codes of the partners with an essential part that are seen not
        to be in favour, as a tuple) and `so_far` (see `so_far`).
    """
    counts = _counts(p)
    if said_aloud.nothing_is_seen(p, counts):
        return _no_row(tr("Enough to go on with?"), knowledge.not_shown(p, "positions"))
    return ResultTable(
        tr("Enough to go on with?"),
        _enough_rows(p, counts),
        words=lambda rows: _enough_in_words(p, rows),
        missing=answers.missing(p, counts),
        notes=(
            tr("You need not agree on everything. You decide whether this is enough."),
            *answers.notes(p, "positions"),
        ),
        nothing=_no_objectives(p),
    )


def _enough_rows(p: Partnership, counts: pd.Series) -> pd.DataFrame:
    codes, grid, said = _codes(p), _grid(p), so_far(p)
    of, (acting, reluctant) = grid["objective"], _acting(grid)
    refused, acts = _refused(p, grid), knowledge.some(acting, of)
    refused = refused.mask(unheard(p) & ~refused.fillna(True))
    who = knowledge.which(grid, reluctant, of)
    return pd.DataFrame(
        {
            "objective": codes,
            "seen": counts.to_list(),
            "refused": [refused[code] for code in codes],
            "acting": [acts[code] for code in codes],
            "reluctant": pd.Series([who.get(code, ()) for code in codes], dtype=object),
            "so_far": [said[code] for code in codes],
        }
    )


def _acting(grid: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether each has an essential part, and whether it has one and is not in favour."""
    acting = grid["our_part"] <= ESSENTIAL
    return acting, acting & (grid["stance"] > SUPPORTED)


def _enough_in_words(p: Partnership, rows: pd.DataFrame) -> pd.DataFrame:
    grid, labels = _grid(p), answers.labels(p, "objectives")
    of, (acting, reluctant) = grid["objective"], _acting(grid)
    refuses = knowledge.say(
        p,
        (_refused(p, grid), mark("somebody refuses")),
        (unheard(p), mark("yes, of those who are asked")),
        otherwise=mark("yes"),
    )
    in_favour = knowledge.say(
        p,
        (knowledge.some(reluctant, of), mark("not yet: {who}")),
        (knowledge.some(acting, of), mark("yes")),
        otherwise=mark("nobody sees an essential part"),
    )
    favour = [
        tr(in_favour[code]).format(who=answers.who(some))
        for code, some in zip(rows["objective"], rows["reluctant"], strict=True)
    ]
    return pd.DataFrame(
        {
            tr("Objective"): rows["objective"].map(labels),
            _seen_heading(p): _of_all(p, rows["seen"]),
            tr("Nobody refuses"): rows["objective"].map(refuses).map(tr),
            tr("Those with an essential part are in favour"): favour,
            tr("So far"): rows["so_far"].map(tr),
        }
    )


def _no_row(caption: str, nothing: str) -> ResultTable:
    """A result of which the room sees nothing, and a sentence that says so."""
    return ResultTable(caption, pd.DataFrame(columns=["objective"]), nothing=nothing)


def so_far(p: Partnership) -> dict[str, str]:
    """What `enough` says of each objective.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        By the code of the objective: ENOUGH, OWNERLESS, CANNOT or RELUCTANT; ENOUGH_OF_ASKED where
        people we serve may refuse, and this reader does not see it; where it is not known, what
        `knowledge.rest` says; in English.
    """
    return p.follow(("so far",), _so_far)


def _so_far(p: Partnership) -> dict[str, str]:
    grid = _grid(p)
    of, (acting, reluctant) = grid["objective"], _acting(grid)
    return knowledge.say(
        p,
        (_refused(p, grid), CANNOT),
        (~knowledge.complete(grid, of), ""),
        (knowledge.some(reluctant, of), RELUCTANT),
        (~knowledge.some(acting, of), OWNERLESS),
        (unheard(p), ENOUGH_OF_ASKED),
        otherwise=ENOUGH,
    )


def _refused(p: Partnership, grid: pd.DataFrame) -> pd.Series:
    """Whether somebody refuses, by objective: yes, no or NA."""
    return _somebody(p, grid, "stance", REFUSED)


def _somebody(p: Partnership, grid: pd.DataFrame, column: str, place: int) -> pd.Series:
    """Whether somebody gives an answer, by objective: yes, no or NA.

    People we serve are not asked; where one of them is seen to give it, somebody does.
    """
    found = answers.standing(p, "positions", column)
    seen = found.loc[found["place"] == place, "objective"]
    said = knowledge.some(grid[column] == place, grid["objective"])
    return said | said.index.isin(seen)


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
        word = positions.words(rows, scales.OUR_PART)
        grid = rows.assign(word=word).pivot(index="objective", columns="partner", values="word")
        lines = [code for code in codes if code in grid.index]
        across = [code for code in names if code in grid.columns]
        cells = grid.loc[lines, across].fillna("")
        cells.insert(0, tr("Objective"), [labels[code] for code in lines])
        return cells

    unnamed = answers.tally(found[~answers.named(found["partner"])], "objective")
    notes = [
        tr("Without names: {objective}: {tally}.").format(
            objective=answers.within(labels)[str(code)], tally=tally
        )
        for code, tally in unnamed.items()
    ]
    nobody = tr("Nobody has said yet which part it would have.")
    if p.ticks_unread:
        nobody = tr("No part that can be read is ticked.")
    if p.reader == ROOM:
        nobody = knowledge.why_not_shown(p, "positions")
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
        Rows, one an objective: `objective` (its code), `state` (ONE_ALONE, NOBODY_ALONE or
        NOBODY_ESSENTIAL, or what `knowledge.rest` says; "" where no answer at all is shown) and
        `missing` (what is missing, as it was typed). Where people we serve may see more in it than
        this reader sees, NONE_ASKED_ALONE or NONE_ASKED_ESSENTIAL. Where no answer is shown, only
        the objectives for which something is missing stand there.
    """
    codes, labels, counts, grid = _codes(p), answers.labels(p, "objectives"), _counts(p), _grid(p)
    missing_things = p["objectives"]["what_is_missing"]
    missing_things = missing_things.where(answers.lacking(missing_things), "")
    unseen = said_aloud.nothing_is_seen(p, counts)
    why = knowledge.not_shown(p, "positions")
    of, more = grid["objective"], unheard(p, "our_part")
    essential = _somebody(p, grid, "our_part", ESSENTIAL)
    states = knowledge.say(
        p,
        (_somebody(p, grid, "our_part", ALONE), ONE_ALONE),
        (~knowledge.complete(grid, of), ""),
        (essential & more, NONE_ASKED_ALONE),
        (essential, NOBODY_ALONE),
        (more, NONE_ASKED_ESSENTIAL),
        otherwise=NOBODY_ESSENTIAL,
    )
    rows = pd.DataFrame(
        {
            "objective": codes,
            "state": [states[code] for code in codes],
            "missing": missing_things.to_list(),
        }
    )
    if unseen:
        rows = rows[rows["missing"] != ""].assign(state="")

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        states, questions = [], []
        for state, missing in zip(rows["state"], rows["missing"], strict=True):
            said = [tr(state)] if state else []
            ask = [tr(TO_ASK[state])] if state in TO_ASK else []
            if missing:
                said.append(tr("something is missing: {what}").format(what=missing))
                ask.append(tr("Who has it, and should they be here?"))
            states.append(tuple(said))
            questions.append(tuple(ask))
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"].map(labels),
                tr("As it is now"): states,
                tr("To ask"): questions,
            }
        )

    return ResultTable(
        tr("Alone, together, or not yet"),
        rows,
        words=words,
        missing=answers.missing(p, counts),
        notes=(why,) if unseen and len(rows) else answers.notes(p, "positions"),
        nothing=why if unseen else _no_objectives(p),
    )


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
    alone, more = _alone(p), unheard(p, "our_part")
    grid = _parts_of_all(p)
    who = knowledge.which(grid, grid["our_part"] <= ESSENTIAL, grid["objective"])
    rows = [
        (code, who[code][0], AN_ESSENTIAL_PART, "positions")
        for code in alone.index[alone.fillna(False).astype(bool)]
    ]
    open_ = _open_things(p)
    for (code, what), holders in _holders(p).items():
        if len(holders) == 1 and (code, what) not in open_:
            rows.append((code, next(iter(holders)), what, "capabilities"))
    labels = answers.labels(p, "objectives")

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        held = knowledge.of_what_stands_here(p, tr("{what}, of what is shown here"), "{what}")
        part = tr(AN_ESSENTIAL_PART)
        brings = [
            held.format(what=what)
            if table == "capabilities"
            else (knowledge.of_those_asked(part) if more[code] else part)
            for code, what, table in zip(
                rows["objective"], rows["what"], rows["table"], strict=True
            )
        ]
        return pd.DataFrame(
            {
                tr("Objective"): rows["objective"].map(labels),
                tr("Only"): [answers.who([code]) for code in rows["partner"]],
                tr("Brings"): brings,
                tr("To ask"): tr("What if they cannot?"),
            }
        )

    return ResultTable(
        tr("Only one of us brings this"),
        pd.DataFrame(rows, columns=["objective", "partner", "what", "table"]),
        words=words,
        notes=_full_form(p),
        nothing=_none_alone(p, alone),
    )


def _parts_of_all(p: Partnership) -> pd.DataFrame:
    """The part of each partner in each objective; of people we serve those that are seen."""
    found = answers.standing(p, "positions", "our_part")
    found = found[found["partner"].isin(set(p.names) - set(p.expected))]
    theirs = found.assign(our_part=found["place"].astype("Int64"))
    columns = ["objective", "partner", "our_part"]
    return pd.concat([_grid(p)[columns], theirs[columns]], ignore_index=True)


def _alone(p: Partnership) -> pd.Series:
    """Whether just one partner sees an essential part for itself, by objective: yes, no or NA.

    Left out are objectives that are one partner's own: they are meant to hang on that partner.
    """
    grid, objectives = _parts_of_all(p), p["objectives"]
    alone = knowledge.exactly_one(grid["our_part"] <= ESSENTIAL, grid["objective"])
    own = objectives.loc[objectives["kind"] == "one partner's own objective", "objective"]
    return alone[~alone.index.isin(own)]


def _none_alone(p: Partnership, alone: pd.Series) -> str:
    """What is said where nothing is seen to hang on one partner: of which objectives that holds."""
    known = alone.notna()
    if len(alone) and known.all():
        return knowledge.of_what_stands_here(
            p,
            tr("Of what is shown here, nothing depends on one partner alone."),
            tr("Nothing depends on one partner alone, as far as these answers go."),
        )
    if not known.any():
        if p.reader == ROOM:
            return knowledge.not_shown(p, "positions")
        return tr("Not enough answers yet.")
    said = knowledge.of_what_stands_here(
        p,
        tr(
            "Of what is shown here, nothing depends on one partner alone in {objectives}; of "
            "the others: {rest}."
        ),
        tr("Nothing depends on one partner alone in {objectives}; of the others: {rest}."),
    )
    return said.format(objectives=", ".join(alone.index[known]), rest=tr(knowledge.rest(p)))


def who_together(p: Partnership) -> ResultTable:
    """Full form: which partners together could reach each objective (`capabilities`).

    A partner can bring a thing of which it has enough and which it will commit, wholly or partly.
    Source: combinations in which nobody can be left out (guide/methods); see `combinations`.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one an objective that must have something: `objective` (its code), `together` (a tuple
        of combinations, each a tuple of codes, fewest partners first, at most twelve), `nobody_has`
        (a tuple of the things that nobody can bring), `open` (those of which it is not known
        whether somebody can) and `finished` (whether the search came to its end; else there may be
        more combinations).
    """
    labels, open_ = answers.labels(p, "objectives"), _open_things(p)
    rows = []
    for code, things in _things(p).items():
        lost = tuple(what for what in things if (code, what) in open_)
        nobody_has = tuple(
            what for what, holders in things.items() if not holders and what not in lost
        )
        found, finished = combinations([frozenset(holders) for holders in things.values()])
        together = tuple(tuple(sorted(some)) for some in found)
        rows.append((code, together, nobody_has, lost, finished))

    nobody = knowledge.of_what_stands_here(p, tr("nobody, of what is shown here"), tr("nobody yet"))
    lacking = knowledge.of_what_stands_here(
        p, tr("Nobody has, of what is shown here"), tr("Nobody has yet")
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        together = []
        for some, lost, finished in zip(
            rows["together"], rows["open"], rows["finished"], strict=True
        ):
            lines = [" + ".join(partners) for partners in some]
            if not finished:
                lines.append(
                    tr("There are too many combinations to look through; some may be missing here.")
                )
            together.append(tuple(lines) or (() if lost else (nobody,)))
        cells = {
            tr("Objective"): rows["objective"].map(labels),
            tr("Who together could"): together,
            lacking: rows["nobody_has"],
        }
        if rows["open"].map(bool).any():
            cells[tr("Left open by somebody, or not read")] = rows["open"]
        return pd.DataFrame(cells)

    return ResultTable(
        tr("Who together could do it"),
        pd.DataFrame(rows, columns=["objective", "together", "nobody_has", "open", "finished"]),
        words=words,
        notes=_full_form(p) if rows else (),
        nothing=tr(
            "No line on what each objective needs is shown here. In the full form this would "
            "show which partners together could reach each objective."
        ),
    )


def _holders(p: Partnership) -> dict[tuple[str, str], set[str]]:
    """For each thing an objective must have: the partners with enough of it that will commit it."""
    frame = p["capabilities"]
    must = frame[frame["need"] == "needed"]
    able = (must["have"] == ENOUGH_OF_IT) & must["will_commit"].isin(["yes", "in part"])
    holders: dict[tuple[str, str], set[str]] = {}
    rows = zip(must["objective"], must["what_it_takes"], must["partner"], able, strict=True)
    for code, what, partner, can in rows:
        some = holders.setdefault((code, what), set())
        if can:
            some.add(partner)
    return holders


def _open_things(p: Partnership) -> set[tuple[str, str]]:
    """Things of which it is not known whether they are needed, or whether somebody has them.

    A tick that decides is left open, or cannot be read.
    """
    frame = p["capabilities"]
    has = frame["have"].isin(scales.HAVE.texts)
    enough, commits = frame["have"] == ENOUGH_OF_IT, frame["will_commit"]
    open_ = ~has | (enough & ~commits.isin(scales.WILL_COMMIT.texts))
    lost = frame[(frame[UNREAD] != "") | open_]
    return set(zip(lost["objective"], lost["what_it_takes"], strict=True))


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
                "From the full form: what each objective needs, and who has enough of it and "
                "will put it in."
            ),
        )
    return (tr("The full form would add what each objective needs and who could bring it."),)


# ------------------------------------------------------------------ the end of the exercises


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 1, and what is open.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The closing table (`moving_on`): the objectives that are `ENOUGH` speak for going on; open
        are all others, and what is missing for an objective.
    """
    return moving_on.before_you_move_on(
        lambda: _closing(p),
        gate=mark(
            "Is it enough for you to go on? Each answers on a card with four boxes, in an envelope."
        ),
    )


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    states, labels = so_far(p), answers.within(answers.labels(p, "objectives"))
    unknown = knowledge.rest(p)
    good = [code for code, state in states.items() if state == ENOUGH]
    speaks_for = []
    if good:
        sentence = trn(
            "{count} objective is enough to go on with: {which}",
            "{count} objectives are enough to go on with: {which}",
            len(good),
        )
        which = "; ".join(labels[code] for code in good)
        speaks_for.append(sentence.format(count=len(good), which=which))
    still_open = [
        tr("{objective}: {said}").format(objective=labels[code], said=tr(state))
        for code, state in states.items()
        if state not in (ENOUGH, unknown)
    ]
    rest = [code for code, state in states.items() if state == unknown]
    decided = said_aloud.decided(p, rest)
    if agreed := [labels[code] for code in rest if AGREED in decided[code]]:
        speaks_for.append(
            tr("Agreed and written down: {objectives}").format(objectives="; ".join(agreed))
        )
    still_open += [
        tr("{objective}: {said}").format(objective=labels[code], said=tr(outcome))
        for code in rest
        for outcome in decided[code]
        if outcome in (MUST_SETTLE, NOT_DISCUSSED)
    ]
    if none := [labels[code] for code in rest if not decided[code]]:
        said = tr("{objectives}: {said}, and no decision is shown here")
        still_open.append(said.format(objectives="; ".join(none), said=tr(unknown)))
    objectives = p["objectives"]
    for code, what in zip(objectives["objective"], objectives["what_is_missing"], strict=True):
        if not says_none(what):
            still_open.append(
                tr("something is missing for {objective}: {what}").format(
                    objective=labels[code], what=what
                )
            )
    return moving_on.Closing(speaks_for, still_open)


# ------------------------------------------------------------------ what the results are made of


def _codes(p: Partnership) -> list[str]:
    """The codes of the objectives, in the order in which they were typed."""
    return p["objectives"]["objective"].to_list()


def _counts(p: Partnership) -> pd.Series:
    """How many answers in full this reader sees about each objective."""
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
