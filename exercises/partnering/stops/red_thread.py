"""What joins the stops: agreed and not written, what does not fit together, what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from partnering.language import mark, tr, trn
from partnering.partnership import ROOM, Partnership, answers, knowledge
from partnering.results import Figure, ResultTable, pictures
from partnering.results.drawing import OPEN as OPEN_STONE
from partnering.results.drawing import Drawing
from partnering.schema import scales
from partnering.schema.kinds import UNREAD
from partnering.schema.scales import AGREED, CAN_WORK, MUST_SETTLE, NOT_DISCUSSED
from partnering.schema.tables import STOPS
from partnering.schema.unread import is_unread
from partnering.stops import findings, moving_on, open_lines, start
from partnering.stops.agreed import all_agreed, lost_in, not_written
from partnering.stops.codes_in_words import PROTOCOL, Wording, short_words, wording_of

MOST_OPEN = 7
SIGNS = {  # the sign of each outcome; the last where none is ticked
    AGREED: "flag",
    CAN_WORK: "beside",
    MUST_SETTLE: "apart",
    NOT_DISCUSSED: "ring",
    "": "empty",
}
OUTCOMES = dict(  # the columns of `tour`, and the outcome that each is for
    zip(("agreed", "may_stay", "to_decide", "not_discussed", "not_told"), SIGNS, strict=True)
)
WHOLE_TOUR = 8  # the stop of what was decided about the whole


def agreed_not_written(p: Partnership) -> ResultTable:
    """What was agreed at earlier stops and stands in no document yet.

    Objectives that are enough to go on with, promised lines, risks in care, practices and the
    protocol count as written when a clause covers them (full form), else when the topic that
    gathers them stands in a document. The protocol is agreed once a step of it is in the partners'
    own words.

    Source: this handbook's own rule, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read are `objectives`, `positions`, `value_lines`,
            `risk_care`, `practices`, `protocol`, `topics` (`gathers`, `where`) and `clauses`
            (`covers`).

    Returns:
        One row a thing that this reader sees in no document: `code` (`PROTOCOL` for the conflict
        protocol), `what` (as typed, "" for the protocol), `stop` (1 to 4) and `of_asked` (whether
        it is agreed for those who are asked alone, since an answer of people we serve cannot be
        read or was left out).
    """
    return ResultTable(
        knowledge.of_what_stands_here(
            p,
            tr("Agreed earlier, and in no document shown here"),
            tr("Agreed earlier, and in no document that can be read")
            if lost_in(p)
            else tr("Agreed earlier, not yet in any document"),
        ),
        not_written(p),
        words=_agreed_words,
        nothing=_all_written(p),
    )


def _all_written(p: Partnership) -> str:
    """What is said where no agreed thing is found outside the documents."""
    if not all_agreed(p):
        return knowledge.of_what_stands_here(
            p,
            tr("Nothing that was agreed at the earlier stops is shown here."),
            tr("Nothing is agreed at the earlier stops yet."),
        )
    return knowledge.of_what_stands_here(
        p,
        tr("What is shown here as agreed at the earlier stops is in a document."),
        tr("What you agreed at the earlier stops is in a document."),
    )


def _agreed_words(rows: pd.DataFrame) -> pd.DataFrame:
    labels = [
        tr("The conflict protocol") if code == PROTOCOL else f"{code} {what}".strip()
        for code, what in zip(rows["code"], rows["what"], strict=True)
    ]
    of_asked = tr("{what} (agreed by those who are asked)")
    return pd.DataFrame(
        {
            tr("What"): [
                of_asked.format(what=label) if only else label
                for label, only in zip(labels, rows["of_asked"], strict=True)
            ],
            tr("From stop"): rows["stop"],
            tr("To ask"): tr("In which document, and in whose words?"),
        }
    )


def checks(p: Partnership) -> ResultTable:
    """Where one stop does not fit another yet, each as a question; silence means nothing was found.

    To the room each speaks of what stands here: what looks missing may be with the facilitator.

    Source: the seven questions are this handbook's own, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; each check reads the tables of the stops it joins.

    Returns:
        One row a finding, with the fields of `Finding` as columns, in the order of `CHECKS`.
    """
    wording = wording_of(p)
    notes = [tr("These are questions. Nothing is counted up.")]
    if p.reader == ROOM:
        notes.append(tr("They ask about what is shown here; more may be with the facilitator."))
    return ResultTable(
        tr("The red thread"),
        pd.DataFrame(findings.found(p), columns=list(findings.Finding._fields)),
        words=lambda rows: _check_words(rows, wording),
        notes=tuple(notes),
        nothing=knowledge.of_what_stands_here(
            p,
            tr("What is shown here raises no question from one stop to another."),
            tr("No question is open from one stop to another, as far as these tables go."),
        ),
    )


def _check_words(rows: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    lines = [findings.in_words(finding, wording) for finding in findings.of_rows(rows)]
    return pd.DataFrame(lines, columns=[tr("From, to"), tr("What we see"), tr("To ask")])


def decisions(p: Partnership) -> ResultTable:
    """What was agreed, by stop.

    Args:
        p: The partnership as one reader sees it; read is the table `decisions`.

    Returns:
        One row a decision whose outcome is "agreed": `about`, `outcome`, `what_we_decided`, `who`
        (codes), `by_when` (a day), `stop` (a number, missing where none is told), and `UNREAD`.
    """
    return ResultTable(
        tr("What we decided"),
        _decided(p, [AGREED]),
        words=_decision_words_of(p),
        nothing=_nothing_agreed(p),
    )


def _nothing_agreed(p: Partnership) -> str:
    written = tr("Nothing is written down as agreed yet.")
    if is_unread(p["decisions"], "outcome").any():
        written = tr("Nothing that can be read is written down as agreed.")
    return knowledge.of_what_stands_here(p, tr("Nothing is shown here as agreed."), written)


def differences(p: Partnership) -> ResultTable:
    """The two kinds of difference, both results: one that must be settled, and one that can stay.

    Args:
        p: The partnership as one reader sees it; read is the table `decisions`.

    Returns:
        The same columns as `decisions`, for the differences: those that must be settled first.
    """
    return ResultTable(
        tr("Two types of difference"),
        _decided(p, [MUST_SETTLE, CAN_WORK]),
        words=_difference_words_of(p),
        notes=(tr("You need not agree on everything. Some differences can stay."),),
        nothing=_no_difference(p),
    )


def _no_difference(p: Partnership) -> str:
    written, outcomes = tr("No difference is written down."), p["decisions"]["outcome"]
    if outcomes.isna().any():
        written = tr("No difference is among the outcomes that are filled in.")
    if is_unread(p["decisions"], "outcome").any():
        written = tr("No difference is among the outcomes that can be read.")
    return knowledge.of_what_stands_here(p, tr("No difference is shown here."), written)


def _decided(p: Partnership, outcomes: Sequence[str]) -> pd.DataFrame:
    """The decisions with one of some outcomes, in the order of these."""
    columns = ["about", "outcome", "what_we_decided", "who", "by_when", "stop", UNREAD]
    frame = p["decisions"][columns]
    return pd.concat([frame[frame["outcome"] == word] for word in outcomes])


def _decision_words_of(p: Partnership) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What turns decisions into cells."""
    words_of = short_words(p)

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(
            {
                tr("Subject"): rows["about"].map(lambda about: words_of.get(about, about)),
                tr("What we decided"): rows["what_we_decided"],
                tr("Who"): answers.told(rows["who"]),
                tr("By when"): answers.days(rows, "by_when"),
                tr("Stop of the tour"): answers.numbers(rows, "stop"),
            }
        )

    return words


def _difference_words_of(p: Partnership) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What turns differences into cells: as decisions, with which kind they are."""
    as_decisions = _decision_words_of(p)

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = as_decisions(rows)
        cells.insert(1, tr("Which type"), answers.in_words(rows["outcome"]))
        return cells

    return words


def tour(p: Partnership) -> Figure:
    """The path with what is filled in at each stop, what was decided there, and what is open.

    Args:
        p: The partnership as one reader sees it; read are `decisions` and what `start.filled_in`
            reads.

    Returns:
        The figure. Its rows are one a stop (8 for the whole, where something stands there): `stop`,
        `full` (0 nothing, 1 some, 2 every table that is asked for now; missing for the whole), and
        for each outcome the subjects of its decisions, as a tuple: `agreed`, `may_stay`,
        `to_decide`,
        `not_discussed`, and `not_told` where none is ticked.
    """
    full = start.full_stops(start.filled_in(p).rows)
    frame = p["decisions"]
    outcome = frame["outcome"].astype("object").fillna("")
    by_stop = frame["about"].groupby([frame["stop"], outcome]).agg(tuple)
    lines = []
    for stop in range(1, WHOLE_TOUR + 1):
        decided = [by_stop.get((stop, word), ()) for word in SIGNS]
        if stop < WHOLE_TOUR or any(decided):
            lines.append((stop, full[stop - 1] if stop < WHOLE_TOUR else None, *decided))
    rows = pd.DataFrame(lines, columns=["stop", "full", *OUTCOMES]).astype({"full": "Int64"})
    words_of, said = short_words(p), start.fullness_in_words(p)

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = {
            tr("Stop"): [_stop_name(stop) for stop in rows["stop"]],
            tr("What is filled in"): ["" if pd.isna(at) else said[at] for at in rows["full"]],
        }
        for column, head in _outcome_words(p, rows).items():
            cells[head[:1].upper() + head[1:]] = [
                tuple(words_of.get(about, about) for about in some) for some in rows[column]
            ]
        return pd.DataFrame(cells)

    nowhere = frame["stop"].isna()
    unread = is_unread(frame, "stop")
    table = ResultTable(
        tr("The tour: what is decided, and what is open"),
        rows,
        words=words,
        notes=(
            *_named(p, tr("Without a stop: {lines}."), frame.loc[nowhere & ~unread, "about"]),
            *_named(p, tr("The stop cannot be read: {lines}."), frame.loc[unread, "about"]),
        ),
    )
    return Figure("tour", table.caption, lambda: _tour_drawn(p, rows, said), table)


def _outcome_words(p: Partnership, rows: pd.DataFrame) -> dict[str, str]:
    """The words for each outcome, by its column; those for none only where none is ticked."""
    words = {column: tr(word) for column, word in OUTCOMES.items() if word}
    if rows["not_told"].map(bool).any():
        words["not_told"] = _state(p, "decisions", "")
    return words


def _stop_name(stop: int) -> str:
    names = {number: tr(name) for number, name, _ in STOPS}
    return f"{stop} {names.get(stop, tr('The whole'))}"


def _tour_drawn(p: Partnership, rows: pd.DataFrame, said: Sequence[str]) -> tuple[Drawing, ...]:
    """The picture of the path, with a sign for each decision."""
    words = _outcome_words(p, rows)
    stops = []
    for _, row in rows.iterrows():
        told, beside = [] if pd.isna(row["full"]) else [said[row["full"]]], []
        for column, word in words.items():
            beside += [SIGNS[OUTCOMES[column]]] * len(row[column])
            told += [f"{word}: {', '.join(row[column])}"] if row[column] else []
        name, fill = _stop_name(row["stop"]), OPEN_STONE
        if pd.notna(row["full"]):
            fill = start.STONES[row["full"]]
        number, _, called = name.partition(" ")
        stops.append(
            pictures.Stop(number, called, fill, tuple(beside), f"{name}: {'. '.join(told)}")
        )
    legend = [(SIGNS[OUTCOMES[column]], word) for column, word in words.items()]
    return pictures.path(stops, list(zip(start.STONES, said, strict=True)), legend)


def calendar(p: Partnership) -> Figure:
    """Decisions and promises by the day on which they are looked at again, or are due.

    Args:
        p: The partnership as one reader sees it; read are `decisions` and `promises`.

    Returns:
        The figure. Its rows are those that have a day, the nearest first: `by_when`, `source`
        ("decisions" or "promises"), `about` (the subject, or the code of the promise), `what`,
        `who` and `to` (codes and words), `state` (the outcome or the status, "" where none stands
        here). Those without a day are named in a note.
    """
    decided = p["decisions"].rename(columns={"what_we_decided": "what", "outcome": "state"})
    promised = p["promises"].rename(
        columns={"promise": "about", "partner": "who", "due": "by_when", "status": "state"}
    )
    columns = ["by_when", "source", "about", "what", "who", "to", "state"]
    lost = [is_unread(p["promises"], "due"), is_unread(p["decisions"], "by_when")]
    unread = pd.concat([*lost], ignore_index=True)
    both = [
        promised.assign(source="promises")[columns],
        decided.assign(source="decisions", to="")[columns],
    ]
    frame = pd.concat(
        [some.assign(state=some["state"].astype("object").fillna("")) for some in both],
        ignore_index=True,
    )
    rows = frame[frame["by_when"].notna()].sort_values("by_when", kind="stable", ignore_index=True)
    words_of = short_words(p)
    bare = frame.loc[frame["by_when"].isna() & ~unread, "about"]
    without = (
        *_named(p, tr("Without a day: {lines}."), bare),
        *_named(p, tr("The day cannot be read: {lines}."), frame.loc[unread, "about"]),
    )
    table = ResultTable(
        tr("Decisions and promises, by their days"),
        rows,
        words=lambda rows: _calendar_words(p, rows, words_of),
        notes=without if len(rows) else (),
        nothing=_no_day(p, bool(unread.any())),
    )
    return Figure("calendar", table.caption, lambda: _calendar_drawn(p, rows, words_of), table)


def _no_day(p: Partnership, unread: bool) -> str:
    """What is said where no decision and no promise has a day that is known."""
    if unread:
        return tr("No decision and no promise shown here has a day that can be read.")
    return knowledge.of_what_stands_here(
        p,
        tr("No decision and no promise shown here has a day."),
        tr("No decision and no promise has a day yet."),
    )


def _named(p: Partnership, sentence: str, about: Iterable[str]) -> tuple[str, ...]:
    """A sentence on some decisions or promises, by what they are about; none without any."""
    words_of = short_words(p)
    lines = [words_of.get(each, each) for each in about]
    return (sentence.format(lines="; ".join(lines)),) if lines else ()


def _state(p: Partnership, source: str, state: str) -> str:
    """What became of a promise, or the outcome of a decision, in words."""
    if not state:
        return knowledge.of_what_stands_here(p, tr("not told here"), tr("not known"))
    return scales.PROMISE_STATUS.shown(state) if source == "promises" else tr(state)


def _calendar_words(p: Partnership, rows: pd.DataFrame, words_of: dict[str, str]) -> pd.DataFrame:
    who, to = answers.told(rows["who"]), answers.told(rows["to"])
    return pd.DataFrame(
        {
            tr("By when"): answers.days(rows, "by_when"),
            tr("What"): [words_of.get(about, about) for about in rows["about"]],
            tr("What we decided"): rows["what"].where(rows["source"] == "decisions", ""),
            tr("Who"): who + to.map(lambda text: f" → {text}" if text else ""),
            tr("As it is now"): [
                _state(p, source, state)
                for source, state in zip(rows["source"], rows["state"], strict=True)
            ],
        }
    )


def _calendar_drawn(
    p: Partnership, rows: pd.DataFrame, words_of: dict[str, str]
) -> tuple[Drawing, ...]:
    """The picture of the days."""
    if rows.empty:
        return ()
    cells = _calendar_words(p, rows, words_of)
    entries = []
    for source, state, (day, about, _, who, now) in zip(
        rows["source"], rows["state"], cells.itertuples(index=False, name=None), strict=True
    ):
        sign = "envelope" if source == "promises" else SIGNS[state]
        told = tr("{day}: {what} ({who}): {word}.").format(day=day, what=about, who=who, word=now)
        below = [who, now] if source == "promises" else [who]
        entries.append(pictures.Entry(day, sign, about, " · ".join(filter(None, below)), told))
    outcomes = [(sign, _state(p, "decisions", word)) for word, sign in SIGNS.items()]
    legend = [("envelope", tr("promised")), *outcomes]
    return pictures.calendar(entries, legend)


def open_list(p: Partnership) -> ResultTable:
    """What is still open: at most seven lines, those with an owner first.

    Args:
        p: The partnership as one reader sees it; read are `decisions`, `risk_care`, `worth`,
            `value_lines`, what the checks read, the lists that come with the handbook, and the day
            of the table `partnership`.

    Returns:
        One row a line, those with an owner first, and among them the nearest day: the fields of
        `OpenLine` and `passed`, whether its day lies before that of the session.
    """
    return ResultTable(
        tr("Still open"),
        open_lines.all_open(p).head(MOST_OPEN),
        words=lambda rows: open_lines.in_cells(p, rows),
        notes=(tr("Seven at most. Who takes a line that has no owner?"),),
        nothing=knowledge.of_what_stands_here(
            p, tr("Nothing shown here is open."), tr("Nothing is open.")
        ),
    )


def further(p: Partnership) -> ResultTable:
    """What is open beyond the seven, for whoever keeps the papers.

    Args:
        p: The partnership as one reader sees it; read is what `open_list` reads.

    Returns:
        The same columns as `open_list`, for the lines after the seventh.
    """
    return ResultTable(
        tr("More open points, for whoever keeps the papers"),
        open_lines.all_open(p).iloc[MOST_OPEN:],
        words=lambda rows: open_lines.in_cells(p, rows),
        nothing=knowledge.of_what_stands_here(
            p, tr("No more open points are shown here."), tr("No more open points.")
        ),
    )


def before_you_move_on(p: Partnership) -> ResultTable:
    """The last question of the tour: go on, look into something, another form, or stop with thanks.

    Args:
        p: The partnership as one reader sees it; read is what `open_list` reads.

    Returns:
        The closing table. Speaks for going on: how many decisions are agreed. Open: the lines of
        `open_list`.
    """
    return moving_on.before_you_move_on(
        lambda: _closing(p),
        gate=mark("When do you come back, and to which stop? What do you, the partners, decide?"),
    )


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    agreed = int((p["decisions"]["outcome"] == AGREED).sum())
    speaks_for = []
    if agreed:
        sentence = knowledge.of_what_stands_here(
            p,
            trn("{count} decision is shown here", "{count} decisions are shown here", agreed),
            trn("{count} decision is written down", "{count} decisions are written down", agreed),
        )
        speaks_for.append(sentence.format(count=agreed))
    return moving_on.Closing(speaks_for, open_lines.sentences(open_list(p).rows, wording_of(p)))
