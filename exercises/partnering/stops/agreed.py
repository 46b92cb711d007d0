"""What joins the stops: agreed and not written, what does not fit together, what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from partnering.language import mark, tr, trn
from partnering.partnership import ROOM, Partnership, answers, knowledge, positions
from partnering.results import Figure, ResultTable, pictures
from partnering.results.drawing import OPEN as OPEN_STONE
from partnering.results.drawing import Drawing
from partnering.schema import lists, scales
from partnering.schema.kinds import UNREAD
from partnering.schema.references import spoken_of
from partnering.schema.tables import ABOUT_US, STOPS, TABLES, WORKING
from partnering.schema.unread import is_unread
from partnering.stops import agreement, moving_on, proposals, purpose, risk_sharing, start, value

MOST_OPEN = 7
AGREED, CAN_WORK, MUST_SETTLE, NOT_DISCUSSED = scales.OUTCOME.texts
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
KEEPING_WORD = "B5"  # the shipped behaviour "doing what was promised"
PROTOCOL = "protocol"  # the conflict protocol has no code of its own
MOST_LETTERS = 64  # of the words that stand beside a code in a sentence
YES_IF, NOT_AS_IT_STANDS = "yes, on one condition", "not as it is now"  # words of worth.worth_it

# the checks, by which two stops they join (the column `check` of `checks`)
ESSENTIAL_WITHOUT_PROMISE = "essential without promise"
ONE_ALONE_WITHOUT_CARE = "one alone without care"
NOT_WRITTEN = "not written"
NEVER_LOOKED_AT_AGAIN = "never looked at again"
NO_STAND_IN = "no stand-in"
PROMISES_BESIDE_WORD = "promises beside word"
CARRIES_AND_IS_NOT_ASKED = "carries and is not asked"


# ------------------------------------------------------------------ codes with their words


def short_words(p: Partnership) -> dict[str, str]:
    """The codes of what earlier stops wrote, each with the first of its words."""
    found = {}
    for table, column in (
        ("objectives", "text"),
        ("value_lines", "what"),
        ("promises", "what"),
        ("risks", "what_could_happen"),
        ("practices", "principle"),
        ("behaviours", "text"),
    ):
        for code, text in _texts(p, table, column).items():
            said = tr(text) if TABLES[table].shipped and text else text
            found[code] = f"{code} {_shortened(said.rstrip('.'))}".strip()
    return found


def _shortened(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return text[: MOST_LETTERS - 2].rsplit(" ", 1)[0] + " …"


# ------------------------------------------------------------------ agreed, not yet written


class Agreed(NamedTuple):
    """One thing agreed at stops 1 to 4, and what gathers it into a topic (`topics.gathers`)."""

    code: str
    what: str
    stop: int
    gathers: str


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
        protocol), `what` (as typed, "" for the protocol) and `stop` (1 to 4).
    """
    gathered = set(agreement.written(p)["gathers"].dropna())
    agreed = _agreed(p)
    covered = spoken_of([each.code for each in agreed], p["clauses"]["covers"])
    rows = [
        (each.code, each.what, each.stop)
        for each in agreed
        if each.code not in covered and each.gathers not in gathered
    ]
    return ResultTable(
        knowledge.of_what_stands_here(
            p,
            tr("Agreed earlier, and in no document shown here"),
            tr("Agreed earlier, and in no document that can be read")
            if _lost_in(p)
            else tr("Agreed earlier, not yet in any document"),
        ),
        pd.DataFrame(rows, columns=["code", "what", "stop"]),
        words=_agreed_words,
        nothing=_all_written(p),
    )


def _lost_in(p: Partnership) -> str:
    """`UNREAD` where it cannot be read of a topic in which document it stands; else ""."""
    return UNREAD if is_unread(p["topics"], "where").any() else ""


def _all_written(p: Partnership) -> str:
    """What is said where no agreed thing is found outside the documents."""
    if not _agreed(p):
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
    return pd.DataFrame(
        {
            tr("What"): labels,
            tr("From stop"): rows["stop"],
            tr("To ask"): tr("In which document, and in whose words?"),
        }
    )


def _agreed(p: Partnership) -> tuple[Agreed, ...]:
    """Everything that was agreed at stops 1 to 4."""
    return p.follow(("agreed",), lambda seen: tuple(_all_agreed(seen)))


def _all_agreed(p: Partnership) -> list[Agreed]:
    lines, practices = p["value_lines"], p["practices"]
    promised = lines[lines["how_sure"] == "we promise it"]
    done = practices[practices["we_will"] != ""]
    objectives, risks = _texts(p, "objectives", "text"), _texts(p, "risks", "what_could_happen")
    found = [Agreed(code, objectives[code], 1, "objectives") for code in _enough(p)]
    found += [
        Agreed(code, what, 2, "what each brings")
        for code, what in zip(promised["line"], promised["what"], strict=True)
    ]
    found += [Agreed(code, risks[code], 3, "risks") for code in p["risk_care"]["risk"]]
    found += [
        Agreed(code, what, 4, "practices")
        for code, what in zip(done["practice"], done["we_will"], strict=True)
    ]
    # a step is agreed once it is in the partners' own words
    if not proposals.proposed(p, "protocol").all():
        found.append(Agreed(PROTOCOL, "", 4, "conflict protocol"))
    return found


def _texts(p: Partnership, table: str, column: str) -> dict[str, str]:
    """The text of each row of a table by its code, which stands in its first column."""
    frame = p[table]
    return dict(zip(frame.iloc[:, 0], frame[column], strict=True))


def _enough(p: Partnership) -> list[str]:
    """The objectives that are enough to go on with."""
    return [code for code, state in purpose.so_far(p).items() if state == purpose.ENOUGH]


# ------------------------------------------------------------------ the checks


class Carrier(NamedTuple):
    """A partner and the risks that it carries."""

    partner: str
    risks: tuple[str, ...]


class Finding(NamedTuple):
    """What one check has found: which check, the stops that it joins, and what it speaks of.

    `codes` are those of objectives, promises, practices or agreed things, or rights as typed; `who`
    are the partners, `what` a text as typed, or `UNREAD`. `said` are the organisations' positions
    on the scale of how often, and `carriers` those who carry a risk, where the check speaks of
    them.
    """

    check: str
    from_stop: int
    to_stop: int
    codes: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    what: str = ""
    said: tuple[tuple[int, int], ...] = ()
    carriers: tuple[Carrier, ...] = ()


Line = tuple[str, str, str]  # from and to, what we see, to ask


class Wording(NamedTuple):
    """What turns findings into words: each code with its words, and of what they are said.

    `here` is whether they are said of what is shown here alone: to the room, and to the facilitator
    where lines were left out since they cannot be read. `edited` are the lists of the handbook that
    somebody has edited, which everybody is told.
    """

    words: dict[str, str]
    here: bool
    edited: frozenset[str]

    def called(self, codes: Iterable[str], parted_by: str = "; ") -> str:
        """Codes as they are called in the room."""
        return parted_by.join(self.words.get(code, code) for code in codes)


def _wording(p: Partnership) -> Wording:
    words = short_words(p) | {PROTOCOL: tr("The conflict protocol")}
    edited = frozenset(name for name, table in TABLES.items() if table.shipped and p.edited(name))
    return Wording(words, p.reader == ROOM or bool(p.lines_left_out), edited)


def checks(p: Partnership) -> ResultTable:
    """Where one stop does not fit another yet, each as a question; silence means nothing was found.

    To the room each speaks of what stands here: what looks missing may be with the facilitator.

    Source: the seven questions are this handbook's own, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; each check reads the tables of the stops it joins.

    Returns:
        One row a finding, with the fields of `Finding` as columns, in the order of `CHECKS`.
    """
    wording = _wording(p)
    notes = [tr("These are questions. Nothing is counted up.")]
    if p.reader == ROOM:
        notes.append(tr("They ask about what is shown here; more may be with the facilitator."))
    return ResultTable(
        tr("The red thread"),
        pd.DataFrame(_found(p), columns=list(Finding._fields)),
        words=lambda rows: _check_words(rows, wording),
        notes=tuple(notes),
        nothing=knowledge.of_what_stands_here(
            p,
            tr("What is shown here raises no question from one stop to another."),
            tr("No question is open from one stop to another, as far as these tables go."),
        ),
    )


def _found(p: Partnership) -> tuple[Finding, ...]:
    """What the checks have found."""
    return p.follow(
        ("checks",), lambda seen: tuple(finding for check in CHECKS for finding in check(seen))
    )


def _check_words(rows: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    lines = [_in_words(finding, wording) for finding in _findings(rows)]
    return pd.DataFrame(lines, columns=[tr("From, to"), tr("What we see"), tr("To ask")])


def _findings(rows: pd.DataFrame) -> list[Finding]:
    return [Finding(*values) for values in rows.itertuples(index=False, name=None)]


def _in_words(finding: Finding, wording: Wording) -> Line:
    return WORDS[finding.check](finding, wording)


def _essential_without_promise(p: Partnership) -> list[Finding]:
    """1 to 2: an objective that is enough, and a partner essential in it that promises nothing yet.

    It is asked of the facilitator alone, whatever stands here: among few it would point at one.
    """
    if p.reader == ROOM:
        return []
    found = answers.standing(p, "positions", "our_part")
    essential = found[(found["place"] <= purpose.ESSENTIAL) & found["objective"].isin(_enough(p))]
    essential = essential[answers.named(essential["partner"])]
    bare = essential[~essential["partner"].isin(value.who_has_promised(p))]
    by_objective = bare.groupby("objective", sort=False)["partner"]
    return [
        Finding(ESSENTIAL_WITHOUT_PROMISE, 1, 2, codes=(str(code),), who=tuple(some))
        for code, some in by_objective
    ]


def _essential_without_promise_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("{objective}: nothing is promised yet by {who}")
    if wording.here:
        sentence = tr("{objective}: no promise of {who} is shown here")
    return (
        tr("1 to 2"),
        sentence.format(objective=wording.called(finding.codes), who=", ".join(finding.who)),
        tr("Is there a contribution that nobody has written down?"),
    )


def _one_alone_without_care(p: Partnership) -> list[Finding]:
    """1 to 3: what one partner alone brings, and no risk in care in which that partner appears.

    `what` is empty where it is an essential part that the partner alone has. Where it is not named
    nobody can say in which risk it appears.
    """
    only = purpose.only_one_brings(p).rows
    only = only[only["partner"].isin(list(p.names)) & ~only["partner"].isin(_in_a_risk(p))]
    things = only["what"].where(only["table"] == "capabilities", "")
    return [
        Finding(ONE_ALONE_WITHOUT_CARE, 1, 3, codes=(code,), who=(partner,), what=what)
        for code, partner, what in zip(only["objective"], only["partner"], things, strict=True)
    ]


def _in_a_risk(p: Partnership) -> set[str]:
    """The partners that carry, decide, pay or lead in a risk; "all of us" is everybody asked."""
    care = p["risk_care"]
    found: set[str] = set()
    for column in ("carries", "decides", "pays", "lead"):
        for text in care[column]:
            found.update(ABOUT_US.parts(text))
    if UNREAD in found:  # it may be any of them
        return set(p.names)
    return found | set(p.expected) if scales.ALL_OF_US in found else found


def _one_alone_without_care_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("{objective} depends on {who}: {what}")
    ask = tr("Is there a risk on the list for the day on which they cannot?")
    if wording.here:
        sentence = tr("{objective}, of what is shown here, depends on {who}: {what}")
        ask = tr("No risk shown here is theirs. Is there one for the day on which they cannot?")
    return (
        tr("1 to 3"),
        sentence.format(
            objective=wording.called(finding.codes),
            who=finding.who[0],
            what=finding.what or tr(purpose.AN_ESSENTIAL_PART),
        ),
        ask,
    )


def _not_written(p: Partnership) -> list[Finding]:
    """1 to 4, to 5: what was agreed and stands in no document, told by stop."""
    rows, lost = agreed_not_written(p).rows, _lost_in(p)
    return [
        Finding(NOT_WRITTEN, int(str(stop)), 5, codes=tuple(dict.fromkeys(codes)), what=lost)
        for stop, codes in rows.groupby("stop")["code"]
    ]


def _not_written_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("not in any document yet: {codes}")
    if finding.what == UNREAD:
        sentence = tr("in no document that can be read: {codes}")
    if wording.here:
        sentence = tr("in no document shown here: {codes}")
    return (
        tr("{stop} to 5").format(stop=finding.from_stop),
        sentence.format(codes=wording.called(finding.codes)),
        tr("In which document, and in whose words?"),
    )


def _never_looked_at_again(p: Partnership) -> list[Finding]:
    """4 to 7: once work is under way, practices of which nobody has told whether they were kept.

    A line in which nothing is ticked tells nothing; one whose tick cannot be read does.
    """
    if p.fact("moment") not in WORKING:
        return []
    kept, practices = p["kept"], p["practices"]["practice"]
    told = kept["how"].notna() | is_unread(kept, "how")
    seen = spoken_of(practices, kept.loc[told, "what"])
    left = tuple(code for code in practices if code not in seen)
    return [Finding(NEVER_LOOKED_AT_AGAIN, 4, 7, codes=left)] if left else []


def _never_looked_at_again_in_words(finding: Finding, wording: Wording) -> Line:
    sentence = tr("nobody has reviewed: {practices}")
    if wording.here:
        sentence = tr("whether it was done is not shown here: {practices}")
    return (
        tr("4 to 7"),
        sentence.format(practices=wording.called(finding.codes)),
        tr("When was it last done, and who saw it?"),
    )


def _no_stand_in(p: Partnership) -> list[Finding]:
    """4 to 7: a disagreement begins with the holders of the relation, and one has no stand-in."""
    frame = p["holding"]
    alone = frame.loc[(frame["holder"] != "") & (frame["stand_in"] == ""), "partner"]
    return [Finding(NO_STAND_IN, 4, 7, who=tuple(alone))] if len(alone) else []


def _no_stand_in_in_words(finding: Finding, wording: Wording) -> Line:
    return (
        tr("4 to 7"),
        tr("the focal point has no stand-in: {who}").format(who=", ".join(finding.who)),
        tr("Who answers when the focal point is away, and a disagreement begins?"),
    )


def _promises_beside_word(p: Partnership) -> list[Finding]:
    """2 to 6: promises not kept, beside what each says of itself about doing what was promised."""
    not_kept = p["promises"].loc[p["promises"]["status"] == "not done", "promise"]
    text = _texts(p, "behaviours", "text").get(KEEPING_WORD, "")
    if text not in set(lists.sheets()["behaviours"]["text"]):
        return []  # the list has been edited: nobody knows which line speaks of promises
    found = answers.standing(p, "behaviour_views", "how_often")
    own = found[(found["behaviour"] == KEEPING_WORD) & (found["about"] == "our own organisation")]
    if not len(not_kept) or not len(own):
        return []
    ends = own[["low", "high"]].astype("int64").itertuples(index=False, name=None)
    said = tuple(sorted(ends))  # in order of the scale, so that no place tells whose it is
    return [Finding(PROMISES_BESIDE_WORD, 2, 6, codes=tuple(not_kept), said=said)]


def _promises_beside_word_in_words(finding: Finding, wording: Wording) -> Line:
    said = pd.DataFrame(list(finding.said), columns=["low", "high"])
    words = positions.words(said, scales.HOW_OFTEN)
    counts = answers.tally(said.assign(item=0, place=said["low"], word=words), "item")
    sentence = tr(
        "not done: {promises}; of our own organisation we say about doing what was promised: {said}"
    )
    if wording.here:
        sentence = tr(
            "not done: {promises}; shown here of our own organisation, about doing what was "
            "promised: {said}"
        )
    return (
        tr("2 to 6"),
        sentence.format(promises=wording.called(finding.codes), said=counts.iloc[0]),
        tr("Do these fit together? What got in the way?"),
    )


def _carries_and_is_not_asked(p: Partnership) -> list[Finding]:
    """3 to 5: partners carry risks, and another decides rights alone without asking first.

    One finding for each that decides, with all these rights in `codes`.
    """
    alone, found = agreement.alone(p), []
    carriers = [Carrier(who, tuple(codes)) for who, codes in risk_sharing.carried_by(p).items()]
    for decides, rights in alone.groupby("decides", sort=False)["right"]:
        others = tuple(each for each in carriers if each.partner != decides)
        if others:
            found.append(
                Finding(
                    CARRIES_AND_IS_NOT_ASKED,
                    3,
                    5,
                    codes=tuple(rights),
                    who=(str(decides),),
                    carriers=others,
                )
            )
    return found


def _carries_and_is_not_asked_in_words(finding: Finding, wording: Wording) -> Line:
    others: list[str] = []
    named: set[str] = set()
    for each in finding.carriers:
        first = [code for code in each.risks if code not in named]
        again = [code for code in each.risks if code in named]
        named.update(first)  # a risk is told in words once
        risks = "; ".join([*(wording.called([code]) for code in first), *again])
        others.append(f"{each.partner} ({risks})")
    return (
        tr("3 to 5"),
        tr("{decides} decides alone: {right}. Most affected by risks: {others}").format(
            decides=finding.who[0],
            right="; ".join(map(tr, finding.codes)),
            others=", ".join(others),
        ),
        tr("Could the others be asked before?"),
    )


CHECKS: tuple[Callable[[Partnership], list[Finding]], ...] = (
    _essential_without_promise,
    _one_alone_without_care,
    _not_written,
    _never_looked_at_again,
    _no_stand_in,
    _promises_beside_word,
    _carries_and_is_not_asked,
)
WORDS: dict[str, Callable[[Finding, Wording], Line]] = {
    ESSENTIAL_WITHOUT_PROMISE: _essential_without_promise_in_words,
    ONE_ALONE_WITHOUT_CARE: _one_alone_without_care_in_words,
    NOT_WRITTEN: _not_written_in_words,
    NEVER_LOOKED_AT_AGAIN: _never_looked_at_again_in_words,
    NO_STAND_IN: _no_stand_in_in_words,
    PROMISES_BESIDE_WORD: _promises_beside_word_in_words,
    CARRIES_AND_IS_NOT_ASKED: _carries_and_is_not_asked_in_words,
}


# ------------------------------------------------------------------ where we stand


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


# ------------------------------------------------------------------ the path and the calendar


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


# ------------------------------------------------------------------ the open list


class OpenLine(NamedTuple):
    """One line of the open list, and where it comes from.

    `source` is "decisions", "risk_care", "worth", "value_lines", "checks" or "proposals". `about`
    is what was decided, a risk, a line, a word of `worth.worth_it` or the name of a list; `partner`
    is whose answer it is ("" where no name is shown) and `to` of whom something is asked. `untold`
    is whether it is a decision whose outcome is not told, here or at all. `unread` is what cannot
    be read in its line, as `UNREAD` says it there.
    """

    source: str
    about: str = ""
    what: str = ""
    who: str = ""
    by_when: pd.Timestamp | None = None
    finding: Finding | None = None
    partner: str = ""
    to: str = ""
    untold: bool = False
    unread: str = ""


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
        _open(p).head(MOST_OPEN),
        words=lambda rows: _open_words(p, rows),
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
        _open(p).iloc[MOST_OPEN:],
        words=lambda rows: _open_words(p, rows),
        nothing=knowledge.of_what_stands_here(
            p, tr("No more open points are shown here."), tr("No more open points.")
        ),
    )


def _open(p: Partnership) -> pd.DataFrame:
    """Everything that is open, owners first."""
    return p.follow(("open",), _all_open)


def _all_open(p: Partnership) -> pd.DataFrame:
    """The same, found anew.

    Differences to settle, what was not discussed or has no outcome that can be read, what was
    agreed for a day, what is to be done about risks, conditions, asks that are not met, the red
    thread, and what is a proposal still.
    """
    decided = _open_decisions(p)
    spoken_of = {line.about for line in decided}
    care = [line for line in _open_care(p) if line.about not in spoken_of]  # said once is enough
    asks = [line for line in _open_asks(p) if line.about not in spoken_of]
    seen = [OpenLine("checks", finding=finding) for finding in _found(p)]
    lines = [*decided, *care, *_open_worth(p), *asks, *seen, *_open_proposals(p)]
    rows = pd.DataFrame(lines, columns=list(OpenLine._fields))
    by_when, today = pd.to_datetime(rows["by_when"]), p.fact("date")
    passed = by_when < today if today is not None else False
    rows = rows.assign(by_when=by_when, passed=passed, ownerless=rows["who"] == "")
    rows = rows.sort_values(["ownerless", "by_when"], kind="stable", ignore_index=True)
    return rows.drop(columns="ownerless")


def _open_decisions(p: Partnership) -> list[OpenLine]:
    """What must be settled or was not discussed, and what was agreed for a day.

    A decision is settled only where its outcome says so: not where none is told, or can be read.
    One that is agreed for a day stays open, also where the day cannot be read.
    """
    frame = p["decisions"]
    for_a_day = frame["by_when"].notna() | is_unread(frame, "by_when")
    settled = frame["outcome"].isin([CAN_WORK]) | (frame["outcome"].isin([AGREED]) & ~for_a_day)
    some = frame[~settled]
    columns = some[["about", "what_we_decided", "who", "by_when", UNREAD]].assign(
        untold=some["outcome"].isna()
    )
    return [
        OpenLine("decisions", about, what, who, by_when, untold=untold, unread=unread)
        for about, what, who, by_when, unread, untold in columns.itertuples(index=False, name=None)
    ]


def _open_care(p: Partnership) -> list[OpenLine]:
    """What is to be done about a risk, whether or not somebody leads in it yet."""
    care = p["risk_care"]
    some = care.loc[care["we_will"] != ""]
    columns = some[["risk", "we_will", "lead", "by_when", UNREAD]]
    return [
        OpenLine("risk_care", risk, what, who, by_when, unread=unread)
        for risk, what, who, by_when, unread in columns.itertuples(index=False, name=None)
    ]


def _open_worth(p: Partnership) -> list[OpenLine]:
    """Those for whom it is not worth it as it stands, then those for whom it is on a condition.

    Where no name is shown it is "somebody", once a word: how many they are is not told here.
    """
    found = answers.standing(p, "worth", "worth_it")
    found = found.assign(word=found["place"].map(scales.WORTH.word))
    reasons = p["worth"].drop_duplicates("partner").set_index("partner")["if_what"]
    lines: dict[OpenLine, None] = {}
    for wanted in (NOT_AS_IT_STANDS, YES_IF):
        some = found[found["word"] == wanted]
        for partner, named in zip(some["partner"], answers.named(some["partner"]), strict=True):
            reason = reasons.get(partner, "") if named else ""
            whose = partner if named else ""
            lines[OpenLine("worth", wanted, reason, partner=whose)] = None
    return list(lines)


def _open_asks(p: Partnership) -> list[OpenLine]:
    """What one partner asks of the others, and no line that is seen meets."""
    rows = value.asked_and_answered(p).rows
    asks = rows.loc[rows["state"] == value.UNANSWERED, ["line", "what", "partner", "whose"]]
    return [
        OpenLine("value_lines", line, what, partner=partner, to=whose)
        for line, what, partner, whose in asks.itertuples(index=False, name=None)
    ]


def _open_proposals(p: Partnership) -> list[OpenLine]:
    """The lists that come with the handbook and are not the partners' own yet, if asked for now."""
    steps = p["protocol"].loc[proposals.proposed(p, "protocol"), "step"]
    whole = len(steps) == len(p["protocol"])
    still = {
        "protocol": len(steps) > 0,
        "topics": (p["topics"]["where"].isna() & ~is_unread(p["topics"], "where")).all(),
        "rights": (p["rights"]["decides"] == "").all(),
    }
    moment = p.fact("moment") or ""
    return [
        OpenLine("proposals", table, "" if whole or table != "protocol" else ", ".join(steps))
        for table, is_open in still.items()
        if is_open and TABLES[table].asked_at(moment)
    ]


def _open_words(p: Partnership, rows: pd.DataFrame) -> pd.DataFrame:
    by_when = answers.days(rows.rename(columns={"unread": UNREAD}), "by_when")
    days = [
        tr("{day}, which has passed: done?").format(day=day) if passed else day
        for day, passed in zip(by_when, rows["passed"], strict=True)
    ]
    return pd.DataFrame(
        {
            tr("Still open"): _open_in_words(rows, _wording(p)),
            tr("Who"): answers.told(rows["who"]),
            tr("By when"): days,
        }
    )


def _open_in_words(rows: pd.DataFrame, wording: Wording) -> list[str]:
    """What each line of the open list says."""
    columns = rows[list(OpenLine._fields)].itertuples(index=False, name=None)
    return [_line_in_words(OpenLine(*values), wording) for values in columns]


def _line_in_words(line: OpenLine, wording: Wording) -> str:
    if line.finding is not None:
        return _in_words(line.finding, wording)[1]
    if line.source == "worth":
        return _worth_in_words(line)
    if line.source == "value_lines":
        return _ask_in_words(line, wording)
    if line.source == "proposals":
        return _proposal_in_words(line, wording.here and line.about in wording.edited)
    about = wording.words.get(line.about, line.about)
    said = f"{about}: {line.what}".strip(": ")  # one of the two may be empty
    if not line.untold:
        return said
    if wording.here:
        return tr("{decision} (outcome not told here)").format(decision=said)
    if "outcome" in line.unread.split():
        return tr("{decision} (its outcome cannot be read)").format(decision=said)
    return tr("{decision} (no outcome yet)").format(decision=said)


def _worth_in_words(line: OpenLine) -> str:
    who, what = line.partner or tr("somebody"), line.what.rstrip(".")
    if line.about == NOT_AS_IT_STANDS:
        return value.not_worth_it(who, what)
    if what:
        return tr("worth it for {who}, if {what}").format(who=who, what=what)
    return tr("worth it for {who} on a condition").format(who=who)


def _ask_in_words(line: OpenLine, wording: Wording) -> str:
    sentence = tr("{line} ({who}): asked, not yet answered")
    if wording.here:
        sentence = tr("{line} ({who}): asked; nothing shown here answers it yet")
    to = ", ".join(tr(part) for part in ABOUT_US.parts(line.to))
    who = f"{line.partner} → {to}" if to else line.partner
    return sentence.format(line=wording.called([line.about]), who=who)


def _proposal_in_words(line: OpenLine, here: bool) -> str:
    """What is said of a list that is a proposal still; `here` as in `Wording`."""
    if line.what:
        return tr(
            "step {steps} of the protocol: the handbook's proposal, and not yet yours"
        ).format(steps=line.what)
    if here:
        return {
            "protocol": tr(
                "the conflict protocol: what is shown here is the handbook's proposal, and not yet "
                "yours"
            ),
            "topics": tr("in which document a topic is written: nothing ticked is shown here"),
            "rights": tr("who decides what: not shown here"),
        }[line.about]
    return {
        "protocol": tr("the conflict protocol: the handbook's proposal, and not yet yours"),
        "topics": tr("in which document each topic is written: not ticked yet"),
        "rights": tr("who decides what: not filled in yet"),
    }[line.about]


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
    return moving_on.Closing(speaks_for, _open_in_words(open_list(p).rows, _wording(p)))
