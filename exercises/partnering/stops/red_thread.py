"""What joins the stops: agreed and not written, what does not fit together, what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import ROOM, Partnership, answers, positions
from partnering.results import ResultTable
from partnering.schema import lists, scales
from partnering.schema.tables import ABOUT_US, WORKING
from partnering.stops import agreement, moving_on, purpose, risk, value

MOST_OPEN = 7
AGREED, CAN_WORK, MUST_SETTLE, NOT_DISCUSSED = scales.OUTCOME.texts
KEEPING_WORD = "B5"  # the shipped behaviour "doing what was promised"
PROTOCOL = "protocol"  # the conflict protocol has no code of its own

# the checks, by which two stops they join (the column `check` of `checks`)
ESSENTIAL_WITHOUT_PROMISE = "essential without promise"
ONE_ALONE_WITHOUT_CARE = "one alone without care"
NOT_WRITTEN = "not written"
NEVER_LOOKED_AT_AGAIN = "never looked at again"
NO_STAND_IN = "no stand-in"
PROMISES_BESIDE_WORD = "promises beside word"
CARRIES_AND_IS_NOT_ASKED = "carries and is not asked"


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
    gathers them stands in a document.

    Source: this handbook's own rule, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read are `objectives`, `positions`, `value_lines`,
            `risk_care`, `practices`, `protocol`, `tensions`, `topics` (`gathers`, `where`) and
            `clauses` (`covers`).

    Returns:
        One row a thing: `code` (`PROTOCOL` for the conflict protocol), `what` (as typed, "" for the
        protocol) and `stop` (1 to 4).
    """
    gathered = set(agreement.written(p)["gathers"].dropna())
    covered = set(p["clauses"]["covers"].str.findall(r"\w+").explode())
    rows = [
        (each.code, each.what, each.stop)
        for each in _agreed(p)
        if each.code not in covered and each.gathers not in gathered
    ]
    return ResultTable(
        tr("Agreed earlier, not yet in any document"),
        pd.DataFrame(rows, columns=["code", "what", "stop"]),
        words=_agreed_words,
        nothing=tr("What you agreed at the earlier stops stands in a document."),
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


def _agreed(p: Partnership) -> list[Agreed]:
    """Everything that was agreed at stops 1 to 4."""
    lines, practices = p["value_lines"], p["practices"]
    promised = lines[(lines["how_sure"] == "we promise it") & (lines["what"] != "")]
    done = practices[practices["we_will"] != ""]
    objectives, risks = _texts(p, "objectives", "text"), _texts(p, "risks", "what_could_happen")
    found = [Agreed(code, objectives[code], 1, "objectives") for code in _enough(p)]
    found += [
        Agreed(code, what, 2, "what is brought")
        for code, what in zip(promised["line"], promised["what"], strict=True)
    ]
    found += [Agreed(code, risks[code], 3, "risks") for code in p["risk_care"]["risk"]]
    found += [
        Agreed(code, what, 4, "practices")
        for code, what in zip(done["practice"], done["we_will"], strict=True)
    ]
    # the shipped ladder is no agreement before somebody used it
    if p.edited("protocol") or len(p["tensions"]):
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

    `codes` are those of objectives, promises, practices or agreed things, `who` the partners,
    `what` a text as typed. `said` are the organisations' positions on the scale of how often, and
    `carriers` those who carry a risk, where the check speaks of them.
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


def checks(p: Partnership) -> ResultTable:
    """Where one stop does not fit another yet, each as a question; silence means nothing was found.

    Source: the seven questions are this handbook's own, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; each check reads the tables of the stops it joins.

    Returns:
        One row a finding, with the fields of `Finding` as columns, in the order of `CHECKS`.
    """
    found: list[Finding] = []
    for check in CHECKS:
        found += check(p)
    return ResultTable(
        tr("The red thread"),
        pd.DataFrame(found, columns=list(Finding._fields)),
        words=_check_words,
        notes=(tr("Questions, not findings about anybody. Nothing is counted up."),),
        nothing=tr("Nothing that joins the stops stands open, as far as these tables go."),
    )


def _check_words(rows: pd.DataFrame) -> pd.DataFrame:
    lines = [_in_words(finding) for finding in _findings(rows)]
    return pd.DataFrame(lines, columns=[tr("From, to"), tr("What we see"), tr("To ask")])


def _findings(rows: pd.DataFrame) -> list[Finding]:
    return [Finding(*values) for values in rows.itertuples(index=False, name=None)]


def _in_words(finding: Finding) -> Line:
    return WORDS[finding.check](finding)


def _essential_without_promise(p: Partnership) -> list[Finding]:
    """1 to 2: an objective that is enough, and a partner essential in it that promises nothing yet.

    For the facilitator alone: in the room a promise may be there that is not shown.
    """
    if p.reader == ROOM:
        return []
    found = answers.standing(p, "positions", "our_part")
    essential = found[(found["place"] <= purpose.ESSENTIAL) & found["objective"].isin(_enough(p))]
    bare = essential[~essential["partner"].isin(value.who_has_promised(p))]
    return [
        Finding(ESSENTIAL_WITHOUT_PROMISE, 1, 2, codes=(str(code),), who=tuple(some))
        for code, some in bare.groupby("objective", sort=False)["partner"]
    ]


def _essential_without_promise_in_words(finding: Finding) -> Line:
    return (
        tr("1 to 2"),
        tr("{objective}: nothing is promised yet by {who}").format(
            objective=finding.codes[0], who=", ".join(finding.who)
        ),
        tr("Is a contribution there that nobody has written down?"),
    )


def _one_alone_without_care(p: Partnership) -> list[Finding]:
    """1 to 3: what one partner alone brings, and no risk in care that it carries, decides or leads.

    `what` is empty where it is an essential part that the partner alone has.
    """
    if p.reader == ROOM and "risk_care" in p.hidden.kept_back:
        return []
    care, cared = p["risk_care"], set(risk.carried_by(p))
    for text in (*care["decides"], *care["lead"]):
        cared.update(ABOUT_US.parts(text))
    only = purpose.only_one_brings(p).rows
    only = only[~only["partner"].isin(cared)]
    things = only["what"].where(only["table"] == "capabilities", "")
    return [
        Finding(ONE_ALONE_WITHOUT_CARE, 1, 3, codes=(code,), who=(partner,), what=what)
        for code, partner, what in zip(only["objective"], only["partner"], things, strict=True)
    ]


def _one_alone_without_care_in_words(finding: Finding) -> Line:
    return (
        tr("1 to 3"),
        tr("{objective} hangs on {who}: {what}").format(
            objective=finding.codes[0],
            who=finding.who[0],
            what=finding.what or tr(purpose.AN_ESSENTIAL_PART),
        ),
        tr("Is there a risk for the day they cannot?"),
    )


def _not_written(p: Partnership) -> list[Finding]:
    """1 to 4, to 5: what was agreed and stands in no document, told by stop."""
    rows = agreed_not_written(p).rows
    return [
        Finding(NOT_WRITTEN, int(str(stop)), 5, codes=tuple(dict.fromkeys(codes)))
        for stop, codes in rows.groupby("stop")["code"]
    ]


def _not_written_in_words(finding: Finding) -> Line:
    codes = [tr("The conflict protocol") if code == PROTOCOL else code for code in finding.codes]
    return (
        tr("{stop} to 5").format(stop=finding.from_stop),
        tr("not in any document yet: {codes}").format(codes=", ".join(codes)),
        tr("In which document, and in whose words?"),
    )


def _never_looked_at_again(p: Partnership) -> list[Finding]:
    """4 to 7: once work is under way, practices of which nobody has told whether they were kept."""
    if p.fact("moment") not in WORKING:
        return []
    seen = set(p["kept"]["what"].str.findall(r"\w+").explode())
    left = tuple(code for code in p["practices"]["practice"] if code not in seen)
    return [Finding(NEVER_LOOKED_AT_AGAIN, 4, 7, codes=left)] if left else []


def _never_looked_at_again_in_words(finding: Finding) -> Line:
    return (
        tr("4 to 7"),
        tr("nobody has looked at {practices} again").format(practices=", ".join(finding.codes)),
        tr("When was it last done, and who saw it?"),
    )


def _no_stand_in(p: Partnership) -> list[Finding]:
    """4 to 7: a disagreement begins with the holders of the relation, and one has no stand-in."""
    frame = p["holding"]
    alone = frame.loc[(frame["holder"] != "") & (frame["stand_in"] == ""), "partner"]
    return [Finding(NO_STAND_IN, 4, 7, who=tuple(alone))] if len(alone) else []


def _no_stand_in_in_words(finding: Finding) -> Line:
    return (
        tr("4 to 7"),
        tr("step 1 of the ladder needs a stand-in for the holder of {who}").format(
            who=", ".join(finding.who)
        ),
        tr("Who answers when the holder is away?"),
    )


def _promises_beside_word(p: Partnership) -> list[Finding]:
    """2 to 6: promises not kept, beside what each says of itself about doing what was promised."""
    not_kept = p["promises"].loc[p["promises"]["status"] == "not kept", "promise"]
    text = _texts(p, "behaviours", "text").get(KEEPING_WORD, "")
    if text not in set(lists.sheets()["behaviours"]["text"]):
        return []  # the list has been edited: nobody knows which line speaks of promises
    found = answers.standing(p, "behaviour_views", "how_often")
    own = found[(found["behaviour"] == KEEPING_WORD) & (found["about"] == "ourselves")]
    if not len(not_kept) or not len(own):
        return []
    ends = own[["low", "high"]].astype("int64").itertuples(index=False, name=None)
    said = tuple(sorted(ends))  # in order of the scale, so that no place tells whose it is
    return [Finding(PROMISES_BESIDE_WORD, 2, 6, codes=tuple(not_kept), said=said)]


def _promises_beside_word_in_words(finding: Finding) -> Line:
    said = pd.DataFrame(list(finding.said), columns=["low", "high"])
    words = positions.words(said, scales.HOW_OFTEN)
    counts = answers.tally(said.assign(item=0, place=said["low"], word=words), "item")
    return (
        tr("2 to 6"),
        tr("{promises} not kept; of ourselves we say about doing what was promised: {said}").format(
            promises=", ".join(finding.codes), said=counts.iloc[0]
        ),
        tr("Do these fit together? What got in the way?"),
    )


def _carries_and_is_not_asked(p: Partnership) -> list[Finding]:
    """3 to 5: a partner carries a risk, and another decides a right alone without asking first."""
    alone, found = agreement.alone(p), []
    carriers = [Carrier(who, tuple(codes)) for who, codes in risk.carried_by(p).items()]
    for right, decides in zip(alone["right"], alone["decides"], strict=True):
        others = tuple(each for each in carriers if each.partner != decides)
        if others:
            found.append(
                Finding(CARRIES_AND_IS_NOT_ASKED, 3, 5, who=(decides,), what=right, carriers=others)
            )
    return found


def _carries_and_is_not_asked_in_words(finding: Finding) -> Line:
    others = [f"{each.partner} ({', '.join(each.risks)})" for each in finding.carriers]
    return (
        tr("3 to 5"),
        tr("{decides} decides alone: {right}. Risks are carried by {others}").format(
            decides=finding.who[0], right=tr(finding.what), others=", ".join(others)
        ),
        tr("Could it be “after asking”?"),
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
WORDS: dict[str, Callable[[Finding], Line]] = {
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
        (codes), `by_when` (a day), `stop` (a number, missing where none is told).
    """
    return ResultTable(
        tr("What we decided"),
        _decided(p, [AGREED]),
        words=_decision_words,
        nothing=tr("Nothing is written down as agreed yet."),
    )


def differences(p: Partnership) -> ResultTable:
    """The two kinds of difference, both results: one that must be settled, and one that can stay.

    Args:
        p: The partnership as one reader sees it; read is the table `decisions`.

    Returns:
        The same columns as `decisions`, for the differences: those that must be settled first.
    """
    return ResultTable(
        tr("Two kinds of difference"),
        _decided(p, [MUST_SETTLE, CAN_WORK]),
        words=_difference_words,
        notes=(
            tr("You need not agree on everything. A difference that you can work with may stay."),
        ),
        nothing=tr("No difference is written down."),
    )


def _decided(p: Partnership, outcomes: Sequence[str]) -> pd.DataFrame:
    """The decisions with one of some outcomes, in the order of these."""
    frame = p["decisions"][["about", "outcome", "what_we_decided", "who", "by_when", "stop"]]
    return pd.concat([frame[frame["outcome"] == word] for word in outcomes])


def _decision_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("About"): rows["about"],
            tr("What we decided"): rows["what_we_decided"],
            tr("Who"): answers.told(rows["who"]),
            tr("By when"): answers.days(rows["by_when"]),
            tr("Stop"): rows["stop"].map(lambda stop: "" if pd.isna(stop) else f"{stop:.0f}"),
        }
    )


def _difference_words(rows: pd.DataFrame) -> pd.DataFrame:
    cells = _decision_words(rows)
    cells.insert(1, tr("Which kind"), answers.in_words(rows["outcome"]))
    return cells


# ------------------------------------------------------------------ the open list


class OpenLine(NamedTuple):
    """One line of the open list, and where it comes from: `decisions`, `risk_care` or `checks`."""

    source: str
    about: str = ""
    what: str = ""
    who: str = ""
    by_when: pd.Timestamp | None = None
    finding: Finding | None = None


def open_list(p: Partnership) -> ResultTable:
    """What is still open: at most seven lines, those with an owner first.

    Args:
        p: The partnership as one reader sees it; read are `decisions`, `risk_care`, what the checks
            read, and the day of the table `partnership`.

    Returns:
        One row a line, those with an owner first, and among them the nearest day: `source`
        ("decisions", "risk_care" or "checks"), `about` and `what` (as typed), `who` (codes),
        `by_when` (a day), `finding` (for a line of the checks, its `Finding`), and `passed`,
        whether its day lies before that of the session.
    """
    return ResultTable(
        tr("Still open"),
        _open(p).head(MOST_OPEN),
        words=_open_words,
        notes=(tr("Seven at most. A line without an owner is nobody's: who takes it?"),),
        nothing=tr("Nothing is open."),
    )


def further(p: Partnership) -> ResultTable:
    """What is open beyond the seven, for whoever keeps the papers.

    Args:
        p: The partnership as one reader sees it; read is what `open_list` reads.

    Returns:
        The same columns as `open_list`, for the lines after the seventh.
    """
    return ResultTable(
        tr("Further, for the secretariat"),
        _open(p).iloc[MOST_OPEN:],
        words=_open_words,
        nothing=tr("Nothing further."),
    )


def _open(p: Partnership) -> pd.DataFrame:
    """Everything that is open, owners first.

    Differences to settle and what was not discussed, what was agreed for a day, what is to be done
    about risks, and the red thread.
    """
    decided = _open_decisions(p)
    spoken_of = {line.about for line in decided}
    care = [line for line in _open_care(p) if line.about not in spoken_of]  # said once is enough
    seen = [OpenLine("checks", finding=finding) for finding in _findings(checks(p).rows)]
    rows = pd.DataFrame([*decided, *care, *seen], columns=list(OpenLine._fields))
    by_when, today = pd.to_datetime(rows["by_when"]), p.fact("date")
    passed = by_when < today if today is not None else False
    rows = rows.assign(by_when=by_when, passed=passed, ownerless=rows["who"] == "")
    rows = rows.sort_values(["ownerless", "by_when"], kind="stable", ignore_index=True)
    return rows.drop(columns="ownerless")


def _open_decisions(p: Partnership) -> list[OpenLine]:
    """What must be settled or was not discussed, and what was agreed for a day."""
    frame = p["decisions"]
    unsettled = frame["outcome"].isin([MUST_SETTLE, NOT_DISCUSSED])
    some = frame[unsettled | ((frame["outcome"] == AGREED) & frame["by_when"].notna())]
    columns = some[["about", "what_we_decided", "who", "by_when"]]
    return [OpenLine("decisions", *values) for values in columns.itertuples(index=False, name=None)]


def _open_care(p: Partnership) -> list[OpenLine]:
    """What somebody is to do about a risk."""
    care = p["risk_care"]
    some = care.loc[(care["we_will"] != "") & (care["lead"] != "")]
    columns = some[["risk", "we_will", "lead", "by_when"]]
    return [OpenLine("risk_care", *values) for values in columns.itertuples(index=False, name=None)]


def _open_words(rows: pd.DataFrame) -> pd.DataFrame:
    days = [
        tr("{day}, which has passed: done?").format(day=day) if passed else day
        for day, passed in zip(answers.days(rows["by_when"]), rows["passed"], strict=True)
    ]
    return pd.DataFrame(
        {
            tr("Still open"): list(_open_in_words(rows)),
            tr("Who"): answers.told(rows["who"]),
            tr("By when"): days,
        }
    )


def _open_in_words(rows: pd.DataFrame) -> Iterable[str]:
    """What each line of the open list says."""
    columns = rows[["source", "about", "what", "finding"]]
    for source, about, what, finding in columns.itertuples(index=False, name=None):
        if finding is not None:
            yield _in_words(finding)[1]
        elif source == "decisions":
            yield f"{about}: {what}".strip(": ")  # one of the two may be empty
        else:
            yield f"{about}: {what}"


def before_you_move_on(p: Partnership) -> ResultTable:
    """The last question of the tour: go on, look into something, another form, or stop with thanks.

    Args:
        p: The partnership as one reader sees it; read is what `open_list` reads.

    Returns:
        The closing table. Speaks for going on: how many decisions are agreed. Open: the lines of
        `open_list`.
    """
    agreed = int((p["decisions"]["outcome"] == AGREED).sum())
    speaks_for = []
    if agreed:
        sentence = trn(
            "{count} decision is written down", "{count} decisions are written down", agreed
        )
        speaks_for.append(sentence.format(count=agreed))
    return moving_on.before_you_move_on(
        speaks_for,
        list(_open_in_words(open_list(p).rows)),
        gate=tr("When do you come back, and to which stop? What do you, the partners, decide?"),
    )
