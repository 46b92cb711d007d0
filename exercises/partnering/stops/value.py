"""Stop 2, value: what each brings, hopes for, pays and asks, and what became of promises."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from partnering.language import mark, tr, trn
from partnering.partnership import ROOM, Partnership, answers, knowledge
from partnering.results import Figure, ResultTable, Several, Withheld, arrows, pictures
from partnering.results.drawing import DOTTED, FULL, Drawing
from partnering.schema import scales
from partnering.schema.kinds import SHARE_ROOM, UNREAD, in_cell
from partnering.schema.spelling import says_none
from partnering.schema.tables import TABLES
from partnering.schema.unread import is_unread
from partnering.stops import heads, moving_on, said_aloud

# value_lines.we
BRING, HOPE_FOR, PAY, ASK = "bring", "hope for", "give up, or spend", "ask one partner for"
PROMISED = "we promise it"  # value_lines.how_sure
NOT_KEPT, NOT_YET_DUE = "not done", "not yet due"  # promises.status
SIGNS = {  # the shape of a promise in the calendar, by its status
    "done on time": "full",
    "done late": "half",
    NOT_KEPT: "cross",
    "changed by agreement": "square",
    NOT_YET_DUE: "empty",
    "": "ring",
}
DASHES = {PROMISED: FULL, "we offer it": "dashed", "an idea": DOTTED, "": "mixed"}  # by how_sure

# What `asked_and_answered` says of a line.
UNANSWERED = mark("asked, not yet answered")
UNASKED = mark("offered, and no ask for it yet")
MET = mark("asked and answered")
TO_THE_ROOM = {  # the same of what stands here: true whatever is kept back
    UNANSWERED: mark("asked; nothing shown here answers it yet"),
    UNASKED: mark("offered; nothing shown here asks for it yet"),
}

WORTH_IT, ON_ONE_CONDITION, NOT_AS_IT_IS = range(len(scales.WORTH.texts))

# What `gains` says of a hope, in the order in which it shows them.
SHARED_GAIN, GAIN_OF_SERVED = mark("shared: all partners"), mark("of people we serve")
PARTICULAR_GAIN, GAIN_OF_WHOM, UNREAD_GAIN = (
    mark("not shared: of one or some of us"),
    mark("not said whose"),
    mark("whose it is cannot be read"),
)
GAINS = (SHARED_GAIN, GAIN_OF_SERVED, PARTICULAR_GAIN, GAIN_OF_WHOM, UNREAD_GAIN)

FOR_WHOM_IS_OPEN = ("", UNREAD)  # cells of `value_lines.whose` to which no arrow can go


def value_sheets(p: Partnership) -> Several:
    """One sheet a partner: what it brings, hopes for, gives up or spends, and asks of the others.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        A table for each partner that has written `value_lines`. Rows: `line` and `partner` (codes),
        `we`, `what`, `whose`, `how_sure` and `UNREAD`, as in the table. The cells gather them by
        what they are; gains of all and of one stand side by side.
    """
    lines = _lines(p)
    sheets = []
    for code, name in p.names.items():
        own = lines[lines["partner"] == code]
        if len(own):
            sheets.append(ResultTable(name, own[own["we"].notna()], words=_sheet_in_words))
    count = answers.among_us(p, lines["partner"])
    written = knowledge.of_what_stands_here(
        p, tr("Lines of {count} are shown here."), tr("{count} have written their lines.")
    )
    read_aloud = tr(
        "Let the others read it aloud: “We hear that you bring ... and that you hope for ...”"
    )
    return Several(
        tr("What each brings and gets"),
        tuple(sheets),
        missing=written.format(count=answers.of_all(p, count)) if count else "",
        notes=(read_aloud,),
        nothing=knowledge.of_own_words(
            p,
            tr("No line is shown here."),
            tr("Nobody has written a line yet."),
            of=["value_lines"],
        ),
    )


def _sheet_in_words(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of one partner, gathered by what they are."""
    hopes, whose = lines["we"] == HOPE_FOR, lines["whose"]
    groups = [
        (tr("Brings"), lines["we"] == BRING),
        (tr("Hopes for: our organisation only"), hopes & (whose == scales.ONLY_US)),
        (tr("Hopes for: all partners"), hopes & (whose == scales.ALL_OF_US)),
        (
            tr("Hopes for: others"),
            hopes & ~whose.isin([scales.ONLY_US, scales.ALL_OF_US, "", UNREAD]),
        ),
        (tr("Hopes for: not said whose"), hopes & (whose == "")),
        (tr("Hopes for: whose cannot be read"), hopes & (whose == UNREAD)),
        (tr("Gives up, or spends"), lines["we"] == PAY),
        (tr("Asks"), lines["we"] == ASK),
    ]
    told = _with_certainty(lines)
    cells = [(head, tuple(told[chosen])) for head, chosen in groups if chosen.any()]
    return pd.DataFrame(cells, columns=[tr("We …"), tr("What")])


def _with_certainty(lines: pd.DataFrame) -> pd.Series:
    """Each line in words, with how sure it is and, of an ask, of whom it is asked."""
    certain = answers.ticked(lines, "how_sure")
    sure = [f" ({word})" if word else "" for word in certain]
    asked_of = lines["whose"].where(lines["we"] == ASK, "")
    to = [f" → {who}" if who else "" for who in answers.told(asked_of)]
    return _labels(lines) + pd.Series(sure, index=lines.index) + pd.Series(to, index=lines.index)


# ------------------------------------------------------------------ asks, gains, worth


def asked_and_answered(p: Partnership) -> ResultTable:
    """Asks that no line meets yet, what is brought and meets nothing, and asks that are met.

    Two lines meet when one of them names the other (`value_lines.answers`).
    Source: the give-and-take matrix (guide/methods).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a line: `line` and `partner` (codes), `what`, `whose`, `state` (UNANSWERED,
        UNASKED or MET, in this order) and `met_by` (the codes of the lines that meet an ask, as a
        tuple).
    """
    lines = _lines(p)
    met_by = _met_by(lines)
    asks, brings = lines[lines["we"] == ASK], lines[lines["we"] == BRING]
    answered, matched = asks["line"].isin(met_by), brings["line"].isin(met_by)
    rows = pd.concat(
        [
            asks[~answered].assign(state=UNANSWERED),
            brings[~matched].assign(state=UNASKED),
            asks[answered].assign(state=MET),
        ]
    )
    rows = rows[["line", "partner", "what", "whose", "state"]].assign(
        met_by=rows["line"].map(lambda code: tuple(met_by.get(code, ())))
    )
    labels = dict(zip(lines["line"], _labels(lines), strict=True))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        met_by = [tuple(map(labels.__getitem__, codes)) for codes in rows["met_by"]]
        return pd.DataFrame(
            {
                tr("Number"): rows["line"].map(labels),
                tr("Who"): _from_to(rows),
                tr("As it is now"): [_state(p, state) for state in rows["state"]],
                tr("Answered by"): met_by,
            }
        )

    return ResultTable(
        tr("Asked and answered"),
        rows,
        words=words,
        nothing=knowledge.of_own_words(
            p,
            tr("No ask and no offer is shown here."),
            tr("Nobody has asked anything of the others yet."),
            of=["value_lines"],
            in_short=True,
        ),
    )


def _state(p: Partnership, state: str) -> str:
    """How a line stands, in words."""
    of_all, here = tr(state), tr(TO_THE_ROOM.get(state, state))
    return knowledge.of_what_stands_here(p, here, of_all, of=["value_lines"])


def _met_by(lines: pd.DataFrame) -> dict[str, list[str]]:
    """For each line the lines it meets, on whichever of the two it was written down."""
    there, pairs = set(lines["line"]), []
    for line, others in zip(lines["line"], lines["answers"], strict=True):
        pairs += [(line, other) for other in in_cell(others) if other in there]
    met: dict[str, list[str]] = {}
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        if other not in met.setdefault(one, []):
            met[one].append(other)
    return met


def _from_to(lines: pd.DataFrame) -> pd.Series:
    """Who brings a line, and of whom or for whom it is."""
    to = answers.told(lines["whose"])
    return lines["partner"] + to.map(lambda text: f" → {text}" if text else "")


def gains(p: Partnership) -> ResultTable:
    """The gains that are hoped for, shared and particular (`value_lines.whose`). Both are fine.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a hope: `line` and `partner` (codes), `what`, `gain` (one of `GAINS`). The cells
        gather them by gain.
    """
    lines = _lines(p)
    hopes = lines[lines["we"] == HOPE_FOR]
    rows = hopes[["line", "partner", "what"]].assign(gain=hopes["whose"].map(_gain))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        told = (rows["partner"] + ": " + rows["what"]).groupby(rows["gain"]).agg(tuple)
        there = [gain for gain in GAINS if gain in told.index]
        return pd.DataFrame(
            {tr("Gains"): [tr(gain) for gain in there], tr("Hoped for"): told[there].to_list()}
        )

    note = tr(
        "Some gains are shared, some belong to one partner. Both are fine. It helps to say "
        "them aloud."
    )
    return ResultTable(
        tr("Gains, shared or not"),
        rows,
        words=words,
        notes=(note,),
        nothing=knowledge.of_own_words(
            p,
            tr("No hope is shown here."),
            tr("Nobody has written a hope yet."),
            of=["value_lines"],
            in_short=True,
        ),
    )


def _gain(whose: str) -> str:
    """One of `GAINS`, for a cell of `value_lines.whose`."""
    known = {
        scales.ALL_OF_US: SHARED_GAIN,
        scales.PEOPLE_SERVED: GAIN_OF_SERVED,
        "": GAIN_OF_WHOM,
        UNREAD: UNREAD_GAIN,
    }
    return known.get(whose, PARTICULAR_GAIN)


def worth(p: Partnership) -> ResultTable:
    """Whether it is worth it, each partner about itself alone (`worth`).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, where all answers are seen with names: `partner` (its code), `worth_it` (a word of the
        scale) and `if_what`; else `worth_it` and `partners` (how many are seen to have given it).
    """
    found = answers.standing(p, "worth", "worth_it")
    found = found.assign(worth_it=found["place"].map(scales.WORTH.word))
    rows = found.merge(p["worth"][["partner", "if_what"]], on="partner")
    rows = rows[["partner", "worth_it", "if_what"]]
    words = _by_name(p.names)
    if not answers.named(rows["partner"]).all():
        counts = rows.groupby("worth_it", sort=False).size()
        rows, words = counts.rename("partners").reset_index(), _as_counts
    counts = answers.answered(p, "worth", [0])
    if said_aloud.is_needed(p, "worth", counts):
        return said_aloud.in_place_of(
            p,
            tr("Is it worth it?"),
            "worth",
            {"": tr("Is it worth it for us?")},
            tr("If you wish: “It would be worth it for us if ...”"),
        )
    count = counts.iloc[0]
    said = knowledge.of_what_stands_here(
        p, tr("{count} are shown here."), tr("{count} have answered.")
    )
    return ResultTable(
        tr("Is it worth it?"),
        rows,
        words=words,
        missing=said.format(count=answers.of_all(p, count)) if count else "",
        notes=(
            tr("Each has compared with the best that it could do without this partnership."),
            *answers.notes(p, "worth"),
        ),
        nothing=_nothing_said(p),
    )


def _nothing_said(p: Partnership) -> str:
    """What is said where no answer on worth is seen."""
    if p.reader == ROOM:
        return knowledge.why_not_shown(p, "worth")
    return tr("Not enough answers yet.")


def _by_name(names: dict[str, str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda rows: pd.DataFrame(
        {
            tr("Partner"): rows["partner"].map(names),
            tr("Is it worth it for us?"): answers.in_words(rows["worth_it"], kind=scales.WORTH),
            tr("On which condition"): rows["if_what"],
        }
    )


def _as_counts(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Is it worth it for us?"): answers.in_words(rows["worth_it"], kind=scales.WORTH),
            tr("How many"): rows["partners"],
        }
    )


def value_map(p: Partnership) -> Figure:
    """What each brings to whom (`value_lines` with "bring"), as arrows.

    For whom it is, is written beside the line; where nothing is, it is for those whose asks it
    answers. An arrow to all partners or to people we serve is full, one to a single partner is
    open.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The figure. Its rows are one a line and receiver: `partner` (its code), `to` (a code, or a
        word such as "all partners"; "" where it is not said and UNREAD where it cannot be read, and
        then no arrow is drawn), `line`, `what`, `how_sure`, `UNREAD`. The cells are a grid: from,
        down the side; to, across the top. Where no receiver is known, a note says how arrows come
        about; where none is known anywhere, there is no picture.
    """
    lines = _lines(p)
    brings = lines[lines["we"] == BRING]
    rows = brings.assign(to=_receivers(lines, brings)).explode("to")
    rows = rows[["partner", "to", "line", "what", "how_sure", UNREAD]]
    names = list(p.names)
    across = [*names, scales.ALL_OF_US, scales.PEOPLE_SERVED, scales.A_PARTNER, scales.ONLY_US]
    across += FOR_WHOM_IS_OPEN

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        by_pair = _brought(rows).groupby([rows["partner"], rows["to"]]).agg(tuple)
        grid = by_pair.unstack("to")
        lines = [code for code in names if code in grid.index]
        grid = grid.loc[lines, [head for head in across if head in grid.columns]]
        cells = grid.map(lambda cell: cell if isinstance(cell, tuple) else "")
        cells = cells.rename(columns=lambda to: _receiver(p, to))
        cells.insert(0, tr("From (giver)"), [f"{code} {p.short_names[code]}" for code in lines])
        return cells

    kept_back = knowledge.may_be_kept_back(p)
    table = ResultTable(
        tr("Who brings what to whom"),
        rows,
        words=words,
        notes=(
            tr(
                "Nobody owes each of the others something: value may pass through several partners."
            ),
            *((_how_arrows_come(),) if (rows["to"] == "").any() else ()),
            *((kept_back,) if kept_back and len(rows) else ()),
        ),
        nothing=knowledge.of_own_words(
            p,
            tr("No line of what is brought is shown here."),
            tr("Nobody has written yet what it brings."),
            of=["value_lines"],
            in_short=True,
        ),
    )
    return Figure("who-brings-what", table.caption, lambda: _arrows(p, rows), table)


def _how_arrows_come() -> str:
    """What to do where a line has no arrow."""
    labels = {name: tr(TABLES["value_lines"].by_name[name].label) for name in ("answers", "whose")}
    return tr(
        "An arrow goes from a line to whoever asked for it: type under “{answers}” which ask it "
        "answers. Or agree for whom it is, and type that under “{whose}”."
    ).format(**labels)


def _receivers(lines: pd.DataFrame, brings: pd.DataFrame) -> pd.Series:
    """For each line that is brought, for whom it is: as written, else those whose asks it meets."""
    asks = lines[lines["we"] == ASK]
    asked_by = dict(zip(asks["line"], asks["partner"], strict=True))
    met = _met_by(lines)
    found = []
    for line, giver, whose in brings[["line", "partner", "whose"]].itertuples(index=False):
        askers = dict.fromkeys(asked_by[code] for code in met.get(line, ()) if code in asked_by)
        found.append(in_cell(whose) or [to for to in askers if to != giver] or [""])
    return pd.Series(found, index=brings.index, dtype="object")


def _brought(rows: pd.DataFrame) -> pd.Series:
    """Each line in words, with how sure it is."""
    sure = [f" ({word})" if word else "" for word in answers.ticked(rows, "how_sure")]
    return _labels(rows) + pd.Series(sure, index=rows.index, dtype="object")


def _receiver(p: Partnership, to: str) -> str:
    """A receiver in words, or that none is said."""
    if to == UNREAD:
        return tr("for whom cannot be read")
    return tr(to) or knowledge.of_what_stands_here(
        p, tr("for whom is not said here"), tr("for whom is not said")
    )


def _arrows(p: Partnership, rows: pd.DataFrame) -> tuple[Drawing, ...]:
    """The picture of what each brings to whom."""
    if rows["to"].isin(FOR_WHOM_IS_OPEN).all():
        return ()
    sure = rows["how_sure"].astype("object").fillna("")
    rows = rows.assign(sure=sure, told=_brought(rows))
    givers = []
    for place, (code, name) in enumerate(p.short_names.items()):
        items = []
        for _, lines in rows[rows["partner"] == code].groupby("line", sort=False):
            first = lines.iloc[0]
            to = tuple(to for to in lines["to"] if to not in FOR_WHOM_IS_OPEN)
            told = tr("{who} → {to}: {what}.").format(
                who=code,
                to=", ".join(_receiver(p, to) for to in lines["to"]),
                what=first["told"].rstrip("."),
            )
            words = f"{first['line']} {first['what']}"
            items.append(arrows.Item(words, to, DASHES[first["sure"]], told))
        if items:
            givers.append(arrows.Giver(place, code, name, tuple(items)))
    said = {word: tr(word) or tr("how sure is not said") for word in DASHES}
    if is_unread(rows, "how_sure").any():
        said[""] = tr("how sure is not said, or cannot be read")
    there = set(rows["sure"])
    legend = arrows.Legend(
        [(dash, said[word]) for word, dash in DASHES.items() if word in there],
        tr("for all"),
        tr("for one of us"),
    )
    known = [to for to in dict.fromkeys(rows["to"]) if to not in FOR_WHOM_IS_OPEN]
    ends = {to: heads.end(p, to) for to in known}
    return arrows.drawn(givers, ends, legend)


# ------------------------------------------------------------------ promises


def open_promises(p: Partnership) -> ResultTable:
    """Promises that are still open, and the promises they wait for (`promises`).

    Open is a promise that is not yet due, and one of which nobody has told what became of it; to
    the room one of which that does not stand here.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `promise`, `partner` and `to` (codes), `what`, `due` (a day), `status`, `waits_for`
        (the codes of other promises, as a tuple), `share` and `UNREAD`.
    """
    promises = _promises(p)
    waiting = promises[(promises["status"] == NOT_YET_DUE) | promises["status"].isna()]
    return ResultTable(
        knowledge.of_what_stands_here(
            p,
            tr("Promises not yet due, or with no result shown here, and what they depend on"),
            tr("Open promises, and what they depend on"),
        ),
        waiting,
        words=_promises_in_words(p),
        nothing=_none_open(p) if len(promises) else _no_promises(p),
    )


def not_kept(p: Partnership) -> ResultTable:
    """Promises that were not kept and have no new agreement, each beside what it waited for.

    It is for the facilitator first: the room sees a line only where it is marked for the room.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows as those of `open_promises`.
    """
    promises = _promises(p)
    rows = promises[promises["status"] == NOT_KEPT]
    if p.reader == ROOM:
        rows = rows[rows["share"] == SHARE_ROOM]
    in_words = _promises_in_words(p)

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        questions = []
        for code, waits_for in zip(rows["promise"], rows["waits_for"], strict=True):
            question = tr("What got in the way? What would be a fair new agreement?")
            if waits_for:
                question = tr(
                    "First ask the one who promised, and the one that {waits} depends on."
                ).format(waits=code)
            questions.append(question)
        cells = in_words(rows)
        cells[tr("To ask")] = questions
        return cells

    return ResultTable(
        tr("Promised, not done, and no new agreement"),
        rows,
        words=words,
        nothing=_facilitator_first(
            p,
            tr("None whose result can be read.")
            if is_unread(promises, "status").any() or "promises" in p.lines_left_out
            else tr("None."),
        ),
    )


def nothing_promised_yet(p: Partnership) -> ResultTable:
    """Partners that hope for something and have promised nothing yet, with what to ask.

    It is for the facilitator alone: for the room it is empty.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `partner` (its code) and `hopes` (how many lines it has under "hope for").
    """
    lines = _lines(p)
    hoping = (lines["we"] == HOPE_FOR) & lines["partner"].isin(p.expected)
    without = lines[hoping & ~lines["partner"].isin(who_has_promised(p))]
    if p.reader == ROOM:
        without = without.iloc[:0]
    rows = without.groupby("partner", sort=False).size().rename("hopes").reset_index()

    from_whom = knowledge.of_what_stands_here(
        p,
        tr("No promise is shown here from"),
        tr("Nothing promised yet from"),
        of=["value_lines", "promises"],
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        questions = (
            tr(
                "Is there a contribution that nobody has written down: time, contacts, "
                "reputation, exposure to risk?"
            ),
            tr("Would a smaller part be fair?"),
            tr("Is something in the way?"),
        )
        return pd.DataFrame(
            {
                from_whom: rows["partner"],
                tr("Hopes for"): [
                    trn("{count} line", "{count} lines", count).format(count=count)
                    for count in rows["hopes"]
                ],
                tr("Ask before concluding"): [questions] * len(rows),
            }
        )

    return ResultTable(
        tr("Nothing promised yet"),
        rows,
        words=words,
        nothing=_facilitator_first(p, _all_have_promised(p, set(lines.loc[hoping, "partner"]))),
    )


def _all_have_promised(p: Partnership, hoping: set[str]) -> str:
    if not hoping:
        return knowledge.of_what_stands_here(
            p,
            tr("No hope is shown here."),
            tr("Nobody has written a hope yet."),
            of=["value_lines"],
        )
    lost = p["value_lines"]["how_sure"].isna() & is_unread(p["value_lines"], "how_sure")
    if lost.any():
        return tr(
            "How sure a line is cannot be read. Each of the others who hope has promised something."
        )
    return knowledge.of_what_stands_here(
        p,
        tr("Each who is shown here to hope for something has promised something."),
        tr("Everybody who hopes for something has promised something."),
        of=["value_lines"],
    )


def who_has_promised(p: Partnership) -> set[str]:
    """The partners that have promised something.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The codes of those with a value line under "we promise it", or of which it cannot be read
        how sure it is, or a line in `promises`.
    """
    lines = p["value_lines"]
    may_be = (lines["how_sure"] == PROMISED) | is_unread(lines, "how_sure")
    return {
        *lines.loc[may_be, "partner"],
        *p["promises"]["partner"],
    }


def promise_calendar(p: Partnership) -> Figure:
    """The promises by the day on which they are due.

    What became of each stands there in words, and in the shape of its mark.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The figure; its rows are those of `open_promises`, here of every promise with a day.
    """
    promises = _promises(p)
    dated = promises[promises["due"].notna()].sort_values("due", kind="stable")
    nothing = tr("No promise shown here has a day.") if len(promises) else _no_promises(p)
    if is_unread(promises, "due").any():
        nothing = tr("No promise shown here has a day that can be read.")

    def draw() -> tuple[Drawing, ...]:
        if dated.empty:
            return ()
        legend = []
        for status, sign in SIGNS.items():
            legend.append((sign, scales.PROMISE_STATUS.shown(status) if status else _not_told(p)))
        columns = ["promise", "partner", "to", "what", "status", "waits_for"]
        entries = []
        for day, became, (code, giver, to, what, status, waits_for) in zip(
            answers.days(dated, "due"),
            _became(p, dated),
            dated[columns].itertuples(index=False, name=None),
            strict=True,
        ):
            who = answers.told_of(to)
            below = [f"{giver} → {who}" if who else giver, became]
            if waits_for:
                below.append(tr("waits for {codes}").format(codes=", ".join(waits_for)))
            told = tr("{code}, due {day}: {word}.").format(code=code, day=day, word=became)
            sign = SIGNS[status if isinstance(status, str) else ""]
            words = f"{code} {what}".strip()
            entries.append(pictures.Entry(day, sign, words, " · ".join(below), told))
        return pictures.calendar(entries, legend)

    table = ResultTable(
        tr("Promises by the day on which they are due"),
        dated,
        words=_promises_in_words(p),
        nothing=nothing,
    )
    return Figure("promise-calendar", tr("Promise calendar"), draw, table)


def _became(p: Partnership, promises: pd.DataFrame) -> list[str]:
    """What became of each promise, in words."""
    said = answers.in_words(promises["status"], _not_told(p), scales.PROMISE_STATUS)
    return answers.or_unread(said, promises, "status")


def _not_told(p: Partnership) -> str:
    return knowledge.of_what_stands_here(p, tr("not said here"), tr("not said"))


# ------------------------------------------------------------------ the end of the exercises


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 2, and what is open.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The closing table (`moving_on`): those for whom it is worth it as it stands speak for going
        on; open are the conditions of the others, and the asks that nobody has answered.
    """
    return moving_on.before_you_move_on(lambda: _closing(p))


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    seats = knowledge.asked(p, "worth")
    yes = int((seats["worth_it"] == WORTH_IT).sum())
    speaks_for = []
    if yes:
        sentence = knowledge.of_what_stands_here(
            p,
            tr("of the answers shown here, {count} say that it is worth it as it is now"),
            tr("for {count} it is worth it as it is now"),
        )
        speaks_for.append(sentence.format(count=answers.of_all(p, yes)))
    still_open = _conditions(p)
    if not seats["seen"].any():
        still_open.append(
            tr("whether it is worth it for each of us: {said}").format(said=tr(knowledge.rest(p)))
        )
    lines = asked_and_answered(p).rows
    unanswered = _state(p, UNANSWERED)
    for label in _labels(lines[lines["state"] == UNANSWERED]):
        still_open.append(tr("{said}: {line}").format(said=unanswered, line=label))
    return moving_on.Closing(speaks_for, still_open)


def _conditions(p: Partnership) -> list[str]:
    """What would make it worth it for those who set a condition, and that it is not as it is now.

    Each sentence stands there once: how many they are is not told here.
    """
    found = answers.standing(p, "worth", "worth_it")
    reasons = p["worth"].drop_duplicates("partner").set_index("partner")["if_what"]
    said: dict[str, None] = {}
    for partner, place in zip(found["partner"], found["place"], strict=True):
        what = reasons.get(partner, "")
        if place == ON_ONE_CONDITION and not says_none(what):
            said[tr("worth it, if {what}").format(what=what)] = None
        elif place == NOT_AS_IT_IS:
            said[not_worth_it(tr("somebody"), what)] = None
    if p.reader != ROOM:
        frame = p["worth"]
        unread = is_unread(frame, "worth_it")
        for sentence, bare in (
            (tr("a condition without a tick: {what}"), frame["worth_it"].isna() & ~unread),
            (tr("a condition beside a tick that cannot be read: {what}"), unread),
        ):
            given = frame.loc[bare & answers.lacking(frame["if_what"]), "if_what"]
            said |= dict.fromkeys(sentence.format(what=what) for what in given)
    return list(said)


def not_worth_it(who: str, what: str) -> str:
    """That it is not worth it as it is now.

    Args:
        who: For whom, by its name or "somebody".
        what: The reason, as typed; "" where none is shown, and a word for none gives none.
    """
    sentence = tr("not worth it for {who} as it is now").format(who=who)
    return sentence if says_none(what) else f"{sentence}: {what.rstrip('.')}"


# ------------------------------------------------------------------ what the results are made of


def _lines(p: Partnership) -> pd.DataFrame:
    """The value lines; one in which nothing is written has been left out when it was read."""
    columns = ["line", "partner", "we", "what", "whose", "how_sure", "answers", UNREAD]
    return p["value_lines"][columns]


def _labels(lines: pd.DataFrame) -> pd.Series:
    """Code and words of each line, such as "V4 a boat on Sundays"."""
    return lines["line"] + " " + lines["what"]


def _promises(p: Partnership) -> pd.DataFrame:
    """The promises, with the codes they wait for as tuples."""
    columns = ["promise", "partner", "to", "what", "due", "status", "waits_for", "share", UNREAD]
    frame = p["promises"][columns]
    return frame.assign(
        waits_for=frame["waits_for"].map(lambda cell: tuple(in_cell(cell))).astype(object)
    )


def _promises_in_words(p: Partnership) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What turns promises into cells: what, from whom to whom, due, what became of it."""
    what = dict(zip(p["promises"]["promise"], p["promises"]["what"], strict=True))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        waits_for = []
        for codes in rows["waits_for"]:
            waits_for.append(tuple(f"{code} {what.get(code, '')}".strip() for code in codes))
        return pd.DataFrame(
            {
                tr("Promise"): rows["promise"] + " " + rows["what"],
                tr("From (giver)"): rows["partner"],
                tr("To (receiver)"): answers.told(rows["to"]),
                tr("Promised for (date)"): answers.days(rows, "due"),
                tr("Result so far"): answers.or_unread(
                    answers.in_words(rows["status"], kind=scales.PROMISE_STATUS), rows, "status"
                ),
                tr("Depends on"): waits_for,
            }
        )

    return words


def _none_open(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p,
        tr("Of the promises shown here, none is open."),
        tr("No promise is open."),
        of=["promises"],
    )


def _no_promises(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p,
        tr("No promise is shown here. They are asked for once you work together."),
        tr("No promises are written down. They are asked for once you work together."),
        of=["promises"],
    )


def _facilitator_first(p: Partnership, nothing: str) -> str:
    """What an empty list says: to the room, that the facilitator looks at it first."""
    if p.reader != ROOM:
        return nothing
    return Withheld(
        tr(
            "The facilitator looks at this list first, alone; lines come here when their owners "
            "agree."
        )
    )
