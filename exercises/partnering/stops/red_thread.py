"""What joins the stops: what was agreed and stands nowhere yet, what does not fit together, and what is still open."""

from __future__ import annotations

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import ROOM, Partnership, answers
from partnering.results import ResultTable
from partnering.schema import lists, scales
from partnering.schema.tables import WORKING
from partnering.stops import agreement, moving_on, purpose, risk, value

MOST_OPEN = 7
AGREED, CAN_WORK, MUST_SETTLE, NOT_DISCUSSED = scales.OUTCOME.texts
KEEPING_WORD = "B5"  # the shipped behaviour "doing what was promised"


def agreed_not_written(p: Partnership) -> ResultTable:
    """What was agreed at earlier stops and stands in no document yet.

    Objectives that are enough to go on with, promised lines, risks in care, practices and the protocol count as
    written when a clause covers them (clauses.covers, full form), else when the topic that gathers them stands in a
    document (topics.gathers, topics.where).
    """
    gathered = set(agreement.written(p)["gathers"].dropna())
    covered = set(p["clauses"]["covers"].str.findall(r"\w+").explode())
    rows = [
        (label, stop, tr("In which document, and in whose words?"))
        for code, label, stop, topic in _agreed(p)
        if code not in covered and topic not in gathered
    ]
    return ResultTable(
        tr("Agreed earlier, not yet in any document"),
        pd.DataFrame(rows, columns=[tr("What"), tr("From stop"), tr("To ask")]),
        nothing=tr("What you agreed at the earlier stops stands in a document."),
    )


def _agreed(p: Partnership) -> list[tuple[str, str, str, str]]:
    """Code, label, stop and gathering topic of everything agreed at stops 1 to 4."""
    objectives = answers.labels(p, "objectives")
    lines = p["value_lines"]
    promised = lines[(lines["how_sure"] == "we promise it") & (lines["what"] != "")]
    risks = answers.labels(p, "risks")
    practices = p["practices"][p["practices"]["we_will"] != ""]
    rows = [(code, objectives[code], "1", "objectives") for code in _enough(p)]
    rows += [
        (code, f"{code} {what}", "2", "what is brought")
        for code, what in zip(promised["line"], promised["what"], strict=True)
    ]
    rows += [(code, risks[code], "3", "risks") for code in p["risk_care"]["risk"]]
    rows += [
        (code, f"{code} {what}", "4", "practices")
        for code, what in zip(practices["practice"], practices["we_will"], strict=True)
    ]
    if p.edited("protocol") or len(
        p["tensions"]
    ):  # the shipped ladder is no agreement before somebody used it
        rows.append(("protocol", tr("The conflict protocol"), "4", "conflict protocol"))
    return rows


# ------------------------------------------------------------------ the checks


def checks(p: Partnership) -> ResultTable:
    """Where one stop does not fit another yet, each as a question. Silence means that nothing was found."""
    found = [row for check in CHECKS for row in check(p)]
    cells = pd.DataFrame(found, columns=[tr("From, to"), tr("What we see"), tr("To ask")])
    return ResultTable(
        tr("The red thread"),
        cells,
        notes=(tr("Questions, not findings about anybody. Nothing is counted up."),),
        nothing=tr("Nothing that joins the stops stands open, as far as these tables go."),
    )


def _essential_without_promise(p: Partnership) -> list[tuple[str, str, str]]:
    """1 to 2: an objective that is enough, a partner essential in it, and nothing promised by that partner yet.

    For the facilitator alone: in the room a promise may be there that is not shown.
    """
    if p.reader == ROOM:
        return []
    found = answers.standing(p, "positions", "our_part")
    essential = found[(found["place"] <= purpose.ESSENTIAL) & found["objective"].isin(_enough(p))]
    bare = essential[~essential["partner"].isin(value.who_has_promised(p))]
    return [
        (
            tr("1 to 2"),
            tr("{objective}: nothing is promised yet by {who}").format(
                objective=code, who=", ".join(some)
            ),
            tr("Is a contribution there that nobody has written down?"),
        )
        for code, some in bare.groupby("objective", sort=False)["partner"]
    ]


def _one_alone_without_care(p: Partnership) -> list[tuple[str, str, str]]:
    """1 to 3: a thing that only one partner brings, and no risk in care that this partner carries, decides or leads."""
    only = purpose.only_one_brings(p).cells
    care = p["risk_care"]
    cared = set(risk.carried_by(p)) | {
        code for text in [*care["decides"], *care["lead"]] for code in text.split(", ")
    }
    if p.reader == ROOM and "risk_care" in p.hidden.kept_back:
        return []
    return [
        (
            tr("1 to 3"),
            tr("{objective} hangs on {who}: {what}").format(
                objective=label.split()[0], who=who, what=what
            ),
            tr("Is there a risk for the day they cannot?"),
        )
        for label, who, what, _ in only.itertuples(index=False, name=None)
        if who not in cared
    ]


def _not_written(p: Partnership) -> list[tuple[str, str, str]]:
    """1 to 4, to 5: what was agreed and stands in no document, told by stop."""
    cells = agreed_not_written(p).cells
    return [
        (
            tr("{stop} to 5").format(stop=stop),
            tr("not in any document yet: {codes}").format(
                codes=", ".join(
                    dict.fromkeys(
                        label.split()[0] if stop != "4" or label[0] == "A" else label
                        for label in some
                    )
                )
            ),
            tr("In which document, and in whose words?"),
        )
        for stop, some in cells.groupby(tr("From stop"))[tr("What")]
    ]


def _never_looked_at_again(p: Partnership) -> list[tuple[str, str, str]]:
    """4 to 7: practices of which nobody has told whether they were kept, once the work is under way."""
    if p.fact("moment") not in WORKING:
        return []
    seen = set(p["kept"]["what"].str.findall(r"\w+").explode())
    left = [code for code in p["practices"]["practice"] if code not in seen]
    return (
        [
            (
                tr("4 to 7"),
                tr("nobody has looked at {practices} again").format(practices=", ".join(left)),
                tr("When was it last done, and who saw it?"),
            )
        ]
        if left
        else []
    )


def _no_stand_in(p: Partnership) -> list[tuple[str, str, str]]:
    """4 to 7: a disagreement begins with the holders of the relation, and one of them has no stand-in."""
    frame = p["holding"]
    alone = frame.loc[(frame["holder"] != "") & (frame["stand_in"] == ""), "partner"]
    return (
        [
            (
                tr("4 to 7"),
                tr("step 1 of the ladder needs a stand-in for the holder of {who}").format(
                    who=", ".join(alone)
                ),
                tr("Who answers when the holder is away?"),
            )
        ]
        if len(alone)
        else []
    )


def _promises_beside_word(p: Partnership) -> list[tuple[str, str, str]]:
    """2 to 6: promises not kept, beside what each says of itself about doing what was promised."""
    open_ = p["promises"].loc[p["promises"]["status"] == "not kept", "promise"]
    said_of = p["behaviours"].set_index("behaviour")["text"].get(KEEPING_WORD, "")
    if said_of not in set(lists.sheets()["behaviours"]["text"]):
        return []  # the list has been edited: nobody knows which line speaks of promises
    found = answers.standing(p, "behaviour_views", "how_often")
    own = found[(found["behaviour"] == KEEPING_WORD) & (found["about"] == "ourselves")]
    if not len(open_) or not len(own):
        return []
    said = answers.tally(own.assign(item=0), "item").iloc[0]
    return [
        (
            tr("2 to 6"),
            tr(
                "{promises} not kept; of ourselves we say about doing what was promised: {said}"
            ).format(promises=", ".join(open_), said=said),
            tr("Do these fit together? What got in the way?"),
        )
    ]


def _carries_and_is_not_asked(p: Partnership) -> list[tuple[str, str, str]]:
    """3 to 5: a partner carries a risk, and another decides a right alone without asking it first."""
    alone, carried, rows = agreement.alone(p), risk.carried_by(p), []
    for right, decides in zip(alone["right"], alone["decides"], strict=True):
        others = [f"{who} ({', '.join(codes)})" for who, codes in carried.items() if who != decides]
        if others:
            rows.append(
                (
                    tr("3 to 5"),
                    tr("{decides} decides alone: {right}. Risks are carried by {others}").format(
                        decides=decides, right=tr(right), others=", ".join(others)
                    ),
                    tr("Could it be “after asking”?"),
                )
            )
    return rows


CHECKS = (
    _essential_without_promise,
    _one_alone_without_care,
    _not_written,
    _never_looked_at_again,
    _no_stand_in,
    _promises_beside_word,
    _carries_and_is_not_asked,
)


def _enough(p: Partnership) -> list[str]:
    return [code for code, state in purpose.so_far(p).items() if state == purpose.ENOUGH]


# ------------------------------------------------------------------ where we stand


def decisions(p: Partnership) -> ResultTable:
    """What was agreed, by stop (decisions)."""
    return ResultTable(
        tr("What we decided"),
        _decision_cells(p, [AGREED]),
        nothing=tr("Nothing is written down as agreed yet."),
    )


def differences(p: Partnership) -> ResultTable:
    """The two kinds of difference, both results: one that can stay, and one that must be settled (decisions)."""
    cells = _decision_cells(p, [MUST_SETTLE, CAN_WORK], outcome=True)
    return ResultTable(
        tr("Two kinds of difference"),
        cells,
        notes=(
            tr("You need not agree on everything. A difference that you can work with may stay."),
        ),
        nothing=tr("No difference is written down."),
    )


def _decision_cells(p: Partnership, outcomes: list[str], outcome: bool = False) -> pd.DataFrame:
    frame = p["decisions"]
    some = pd.concat([frame[frame["outcome"] == word] for word in outcomes])
    cells = {
        tr("About"): some["about"],
        tr("What we decided"): some["what_we_decided"],
        tr("Who"): answers.told(some["who"]),
        tr("By when"): answers.days(some["by_when"]),
        tr("Stop"): some["stop"].map(lambda stop: "" if pd.isna(stop) else f"{stop:.0f}"),
    }
    if outcome:
        cells = {
            tr("About"): cells.pop(tr("About")),
            tr("Which kind"): answers.in_words(some["outcome"]),
            **cells,
        }
    return pd.DataFrame(cells)


def open_list(p: Partnership) -> ResultTable:
    """What is still open: at most seven lines, those with an owner first."""
    rows = _open(p)[:MOST_OPEN]
    return ResultTable(
        tr("Still open"),
        pd.DataFrame(rows, columns=_heads()),
        notes=(tr("Seven at most. A line without an owner is nobody's: who takes it?"),),
        nothing=tr("Nothing is open."),
    )


def further(p: Partnership) -> ResultTable:
    """What is open beyond the seven, for whoever keeps the papers."""
    rows = _open(p)[MOST_OPEN:]
    return ResultTable(
        tr("Further, for the secretariat"),
        pd.DataFrame(rows, columns=_heads()),
        nothing=tr("Nothing further."),
    )


def _heads() -> list[str]:
    return [tr("Still open"), tr("Who"), tr("By when")]


def _open(p: Partnership) -> list[tuple[str, str, str]]:
    """Everything that is open, owners first: differences to settle, what was agreed for a day, the red thread."""
    frame, today = p["decisions"], p.fact("date")
    unsettled = frame["outcome"].isin([MUST_SETTLE, NOT_DISCUSSED])
    some = frame[unsettled | ((frame["outcome"] == AGREED) & frame["by_when"].notna())]
    told = (some["about"] + ": " + some["what_we_decided"]).str.strip(": ")
    rows = list(zip(told, answers.told(some["who"]), answers.days(some["by_when"]), strict=True))
    care = p["risk_care"]
    rows += [
        (f"{code}: {will}", lead, day)
        for code, will, lead, day in zip(
            care["risk"], care["we_will"], care["lead"], answers.days(care["by_when"]), strict=True
        )
        if will and lead and code not in set(some["about"])
    ]  # said once is enough
    rows += [(seen, "", "") for _, seen, _ in checks(p).cells.itertuples(index=False, name=None)]
    passed = today.strftime("%Y-%m-%d") if today is not None else ""
    rows = [
        (
            what,
            who,
            tr("{day}, which has passed: done?").format(day=day) if day and day < passed else day,
        )
        for what, who, day in rows
    ]
    return sorted(rows, key=lambda row: (not row[1], not row[2], row[2]))


def before_you_move_on(p: Partnership) -> ResultTable:
    """The last question of the tour: go on, look into something, another form, or stop with thanks."""
    agreed = int((p["decisions"]["outcome"] == AGREED).sum())
    good = (
        [
            trn(
                "{count} decision is written down", "{count} decisions are written down", agreed
            ).format(count=agreed)
        ]
        if agreed
        else []
    )
    rows = open_list(p).cells
    return moving_on.before_you_move_on(
        good,
        list(rows[tr("Still open")]),
        gate=tr("When do you come back, and to which stop? What do you, the partners, decide?"),
    )
