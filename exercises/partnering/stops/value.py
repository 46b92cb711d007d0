"""Stop 2, value: what each brings, hopes for, pays and asks; whether it is worth it; and what became of promises."""

from __future__ import annotations

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import ROOM, Partnership, answers
from partnering.results import Figure, ResultTable, Several, drawing
from partnering.schema import scales
from partnering.schema.kinds import SHARE_ROOM
from partnering.stops import moving_on

SIGNS = {
    "kept on time": "full",
    "kept late": "half",
    "not kept": "cross",
    "changed by agreement": "square",
    "not yet due": "empty",
    "": "empty",
}


def value_sheets(p: Partnership) -> Several:
    """One sheet a partner (value_lines): what it brings, hopes for, pays as a price and asks of the others."""
    lines = _lines(p)
    sheets = [
        _sheet(name, lines[lines["partner"] == code])
        for code, name in p.names.items()
        if (lines["partner"] == code).any()
    ]
    count = answers.among_us(p, lines["partner"])
    return Several(
        tr("What each brings and gets"),
        tuple(sheets),
        missing=tr("{count} have written their lines.").format(count=answers.of_all(p, count)),
        notes=(
            tr(
                "Let the others read it aloud: “We hear that you bring ... and that you hope for ...”"
            ),
        ),
        nothing=tr("Nobody has written a line yet."),
    )


def _sheet(name: str, lines: pd.DataFrame) -> ResultTable:
    """The value sheet of one partner. Gains of all and gains of one stand side by side; both are fine."""
    hopes, whose = lines["we"] == "hope for", lines["whose"]
    rows = [
        (tr("Brings"), lines["we"] == "bring"),
        (tr("Hopes for: only us"), hopes & (whose == scales.ONLY_US)),
        (tr("Hopes for: all of us"), hopes & (whose == scales.ALL_OF_US)),
        (tr("Hopes for: others"), hopes & ~whose.isin([scales.ONLY_US, scales.ALL_OF_US, ""])),
        (tr("Hopes for: not told whose"), hopes & (whose == "")),
        (tr("Price"), lines["we"] == "pay a price"),
        (tr("Asks"), lines["we"] == "ask"),
    ]
    cells = [(head, tuple(lines.loc[chosen, "told"])) for head, chosen in rows if chosen.any()]
    return ResultTable(name, pd.DataFrame(cells, columns=[tr("We ..."), tr("What")]))


def asked_and_answered(p: Partnership) -> ResultTable:
    """Asks that a line meets, asks that none meets yet, and what is brought and meets nothing (value_lines.answers)."""
    lines = _lines(p)
    met_by = _met_by(lines)
    asks, brings = lines[lines["we"] == "ask"], lines[lines["we"] == "bring"]
    answered = asks["line"].isin(met_by)
    open_asks, met = asks[~answered], asks[answered]
    told = dict(zip(lines["line"], lines["line"] + " " + lines["what"], strict=True))
    meets = {other for others in met_by.values() for other in others}
    waiting = brings[~brings["line"].isin(meets)]
    groups = [
        (open_asks, tr("asked, not yet answered")),
        (waiting, tr("offered, and nobody has asked yet")),
        (met, tr("asked and answered")),
    ]
    cells = pd.concat(
        [
            pd.DataFrame(
                {
                    tr("Line"): group["line"] + " " + group["what"],
                    tr("Who"): _from_to(group),
                    tr("As it stands"): state,
                    tr("Met by"): [
                        tuple(told[other] for other in met_by.get(line, ())) if ask else ()
                        for line, ask in zip(group["line"], group["we"] == "ask", strict=True)
                    ],
                }
            )
            for group, state in groups
        ]
    )
    return ResultTable(
        tr("Asked and answered"), cells, nothing=tr("Nobody has asked anything of the others yet.")
    )


def _met_by(lines: pd.DataFrame) -> dict[str, list[str]]:
    """For each line the lines that it meets, on whichever of the two it was written down (value_lines.answers)."""
    there, pairs = set(lines["line"]), []
    for line, others in zip(lines["line"], lines["answers"], strict=True):
        pairs += [(line, other) for other in others.split(", ") if other in there]
    met: dict[str, list[str]] = {}
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        if other not in met.setdefault(one, []):
            met[one].append(other)
    return met


def gains(p: Partnership) -> ResultTable:
    """The gains that are hoped for, shared and particular (value_lines.whose). Both are fine: there is no warning."""
    lines = _lines(p)
    hopes = lines[lines["we"] == "hope for"]
    kind = pd.Series(tr("particular: of one or some of us"), index=hopes.index)
    kind[hopes["whose"] == scales.ALL_OF_US] = tr("shared: all of us")
    kind[hopes["whose"] == scales.PEOPLE_SERVED] = tr("of the people served")
    kind[hopes["whose"] == ""] = tr("not told whose")
    told = (hopes["partner"] + ": " + hopes["what"]).groupby(kind, sort=False).agg(tuple)
    order = [
        word
        for word in (
            tr("shared: all of us"),
            tr("of the people served"),
            tr("particular: of one or some of us"),
            tr("not told whose"),
        )
        if word in told.index
    ]
    cells = pd.DataFrame({tr("Gains"): order, tr("Hoped for"): [told[word] for word in order]})
    return ResultTable(
        tr("Gains, shared and particular"),
        cells,
        notes=(
            tr(
                "Some gains are shared, some belong to one partner. Both are fine; what helps is that they are known."
            ),
        ),
        nothing=tr("Nobody has written a hope yet."),
    )


def worth(p: Partnership) -> ResultTable:
    """Whether it is worth it, each partner about itself alone (worth): by name, or as counts where one has left it open."""
    found = answers.standing(p, "worth", "worth_it")
    count = answers.answered(p, "worth", [0])[0]
    told = found.merge(p["worth"][["partner", "if_what"]], on="partner")
    if answers.named(told["partner"]).all():
        cells = pd.DataFrame(
            {
                tr("Partner"): told["partner"].map(p.names),
                tr("Worth it for us"): told["word"],
                tr("If what"): told["if_what"],
            }
        )
    else:
        some = told.groupby("word", sort=False)
        cells = pd.DataFrame(
            {tr("Worth it for us"): list(some.groups), tr("How many"): some.size().to_list()}
        )
    return ResultTable(
        tr("Is it worth it?"),
        cells,
        missing=tr("{count} have answered.").format(count=answers.of_all(p, count)),
        notes=(
            tr("Each has compared with the best that it could do without this partnership."),
            *answers.notes(p, "worth"),
        ),
        nothing=tr("Not enough answers yet."),
    )


def value_map(p: Partnership) -> ResultTable:
    """What each brings to whom (value_lines with "bring"): from, down the side; to, across the top."""
    lines = _lines(p)
    brings = lines[lines["we"] == "bring"].assign(
        to=lambda frame: frame["whose"].replace("", scales.ALL_OF_US)
    )
    flows = brings.assign(to=brings["to"].str.split(", ")).explode("to")
    grid = (
        (flows["line"] + " " + flows["what"])
        .groupby([flows["partner"], flows["to"]])
        .agg(tuple)
        .unstack("to")
    )
    wanted = (*p.names, scales.ALL_OF_US, scales.PEOPLE_SERVED, scales.A_PARTNER, scales.ONLY_US)
    heads = [head for head in wanted if head in grid.columns]
    cells = grid.reindex([code for code in p.names if code in grid.index])[heads]
    cells = cells.map(lambda cell: cell if isinstance(cell, tuple) else "").rename(columns=tr)
    cells.insert(0, tr("From"), list(cells.index))
    return ResultTable(
        tr("Who brings what to whom"),
        cells,
        notes=(
            tr("Nobody owes each of the others something: value may travel through the whole."),
        ),
        nothing=tr("Nobody has written yet what it brings."),
    )


# ------------------------------------------------------------------ promises


def open_promises(p: Partnership) -> ResultTable:
    """Promises that are still open, and the promises they wait for (promises)."""
    frame = _promises(p)
    waiting = frame[(frame["status"] == "not yet due") | frame["status"].isna()]
    return ResultTable(
        tr("Open promises, and what they wait for"),
        _promise_cells(p, waiting),
        nothing=tr("No promise is open.") if len(frame) else _no_promises(p),
    )


def not_kept(p: Partnership) -> ResultTable:
    """Promises that were not kept and have no new agreement, each beside what it waited for. For the facilitator first.

    The room sees a line only where it is marked for the room.
    """
    frame = _promises(p)
    lines = frame[frame["status"] == "not kept"]
    if p.reader == ROOM and "share" in lines:
        lines = lines[lines["share"] == SHARE_ROOM]
    cells = _promise_cells(p, lines)
    cells[tr("To ask")] = [
        tr("Ask the one who promised first, and the one that {waits} waits for.").format(waits=code)
        if wait
        else tr("What got in the way? What would be a fair new agreement?")
        for code, wait in zip(lines["promise"], lines["waits_for"], strict=True)
    ]
    return ResultTable(
        tr("Promised, not kept, and no new agreement"), cells, nothing=_first(p, tr("None."))
    )


def nothing_promised_yet(p: Partnership) -> ResultTable:
    """Partners that hope for something and have promised nothing yet, with what to ask. For the facilitator alone."""
    lines = _lines(p)
    promised = who_has_promised(p)
    hopes = (
        lines[(lines["we"] == "hope for") & ~lines["partner"].isin(promised)]
        .groupby("partner", sort=False)
        .size()
    )
    hopes = hopes.iloc[:0] if p.reader == ROOM else hopes
    cells = pd.DataFrame(
        {
            tr("Nothing promised yet from"): list(hopes.index),
            tr("Hopes for"): [
                trn("{count} line", "{count} lines", count).format(count=count) for count in hopes
            ],
            tr("Ask before concluding"): [
                (
                    tr(
                        "Is a contribution there that nobody has written down: time, access, name, exposure to risk?"
                    ),
                    tr("Would a smaller part be fair?"),
                    tr("Is something in the way?"),
                )
            ]
            * len(hopes),
        }
    )
    return ResultTable(
        tr("Nothing promised yet"),
        cells,
        nothing=_first(p, tr("Everybody who hopes for something has promised something.")),
    )


def who_has_promised(p: Partnership) -> set[str]:
    """The partners that have promised something, on their value lines or among the promises."""
    lines = p["value_lines"]
    return set(lines.loc[lines["how_sure"] == "we promise it", "partner"]) | set(
        p["promises"]["partner"]
    )


def promise_calendar(p: Partnership) -> Figure:
    """The promises by the day on which they are due, with what became of each in words and in the shape of its mark."""
    frame = _promises(p)
    dated = frame[frame["due"].notna()].sort_values("due", kind="stable")
    told = dated["status"].astype("object").fillna("")
    marks = [
        (due.date(), code, tr(word) if word else tr("not told"))
        for due, code, word in zip(dated["due"], dated["promise"], told, strict=True)
    ]
    signs = {tr(word) if word else tr("not told"): sign for word, sign in SIGNS.items()}
    drawn = drawing.calendar(marks, signs) if marks else "<svg ></svg>"
    said = "; ".join(
        tr("{code}, due {day}: {word}").format(code=code, day=day.isoformat(), word=word)
        for day, code, word in marks
    )
    table = ResultTable(
        tr("Promises by the day on which they are due"),
        _promise_cells(p, dated),
        nothing=tr("No promise has a day yet.") if len(frame) else _no_promises(p),
    )
    return Figure("promise-calendar", tr("Promise calendar"), drawn, said or table.nothing, table)


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 2, and what is open."""
    found = answers.standing(p, "worth", "worth_it")
    table = asked_and_answered(p)
    waiting = table.cells[table.cells[tr("As it stands")] == tr("asked, not yet answered")][
        tr("Line")
    ]
    yes = answers.among_us(p, found.loc[found["place"] == 0, "partner"]) or int(
        (~answers.named(found["partner"]) & (found["place"] == 0)).sum()
    )
    good = (
        [tr("for {count} it is worth it as it stands").format(count=answers.of_all(p, yes))]
        if yes
        else []
    )
    open_ = [tr("worth it, if {what}").format(what=what) for what in p["worth"]["if_what"] if what]
    return moving_on.before_you_move_on(
        good,
        [*open_, *(tr("asked, not yet answered: {line}").format(line=line) for line in waiting)],
    )


# ------------------------------------------------------------------ what the results are made of


def _lines(p: Partnership) -> pd.DataFrame:
    """The value lines with `told`: the code, what it is, how sure, and the money as a range in words of its own."""
    frame = p["value_lines"]
    frame = frame[frame["what"] != ""]
    sure = (
        frame["how_sure"]
        .map({word: f" ({tr(word)})" for word in scales.HOW_SURE.texts})
        .astype("object")
        .fillna("")
    )
    to = frame["whose"].where((frame["we"] == "ask") & (frame["whose"] != ""), "")
    return frame.assign(
        told=frame["line"]
        + " "
        + frame["what"]
        + sure
        + to.map(lambda who: f" → {who}" if who else "")
    )


def _from_to(lines: pd.DataFrame) -> pd.Series:
    """Who brings a line, and of whom or for whom it is."""
    return lines["partner"] + answers.told(lines["whose"]).map(
        lambda text: f" → {text}" if text else ""
    )


def _promises(p: Partnership) -> pd.DataFrame:
    frame = p["promises"]
    return frame[frame["what"] != ""]


def _promise_cells(p: Partnership, frame: pd.DataFrame) -> pd.DataFrame:
    """Promises as they are shown: what, from whom to whom, due, what became of it, what it waits for."""
    what = p["promises"].set_index("promise")["what"]
    waits = [
        tuple(f"{code} {what.get(code, '')}".strip() for code in text.split(", ") if code)
        for text in frame["waits_for"]
    ]
    return pd.DataFrame(
        {
            tr("Promise"): frame["promise"] + " " + frame["what"],
            tr("From"): frame["partner"],
            tr("To"): answers.told(frame["to"]),
            tr("Due"): answers.days(frame["due"]),
            tr("What became of it"): answers.in_words(frame["status"]),
            tr("Waits for"): waits,
        }
    )


def _no_promises(p: Partnership) -> str:
    return tr("No promises are written down. They are asked for once you work together.")


def _first(p: Partnership, nothing: str) -> str:
    """What an empty list says: to the room, that this one is looked at by the facilitator first."""
    if p.reader != ROOM:
        return nothing
    return tr(
        "The facilitator looks at this list first, alone; lines come here when their owners agree."
    )
