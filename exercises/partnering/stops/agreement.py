"""Stop 5, agreement: which documents, what stands where, what differs, and what one decides alone."""

from __future__ import annotations

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership, answers
from partnering.results import ResultTable
from partnering.schema import scales
from partnering.stops import moving_on


def documents(p: Partnership) -> ResultTable:
    """Which documents it takes, and why (transfers.form): a grant between partners brings a grant agreement beside.

    A service contract, a joint pot or another form does not, and the table says so. Where a partner passes on what it
    was given, the chain is told.
    """
    frame = p["transfers"]
    frame = frame[(frame["from"] != "") & (frame["to"] != "")]
    everybody = ", ".join(p.names) or tr("all of us")
    rows = [
        (
            tr("partnership agreement"),
            everybody,
            tr(
                "Principles, practices and the conflict protocol belong into it, whether or not money moves."
            ),
        )
    ]
    why = {
        "grant": (
            tr("grant agreement, beside it"),
            tr("{codes}: money for a purpose, accounted for to the giver."),
        ),
        "service contract": (
            tr("no grant agreement"),
            tr("{codes}: a service is paid for, like any supplier's; a contract is enough."),
        ),
        "joint pot": (
            tr("no grant agreement"),
            tr(
                "{codes}: all decide about a joint pot together; its rules stand in "
                "the partnership agreement."
            ),
        ),
        "": (
            tr("not told yet"),
            tr("{codes}: in which form does it move: grant, service contract, joint pot?"),
        ),
        "other": (
            tr("to be settled"),
            tr("{codes}: neither grant nor service; ask what it is before it moves."),
        ),
    }
    forms = frame.assign(form=frame["form"].astype("object").fillna(""))
    for (form, giver, taker), some in forms.groupby(["form", "from", "to"], sort=False):
        document, because = why[form]
        rows.append(
            (document, f"{giver} → {taker}", because.format(codes=", ".join(some["transfer"])))
        )
    rows += _chains(forms[forms["form"] == "grant"])
    if frame.empty and "transfers" not in p.hidden.kept_back:
        rows.append(
            (
                tr("no grant agreement"),
                everybody,
                tr("No money moves between partners: one document is enough."),
            )
        )
    return ResultTable(
        tr("Which documents, and why"),
        pd.DataFrame(rows, columns=[tr("Document"), tr("Between"), tr("Why")]),
        notes=(tr("Nothing here is legal advice."),),
    )


def _chains(grants: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Partners that are given a grant and give one: what the first asks for travels on to the last."""
    rows = []
    for partner in [code for code in dict.fromkeys(grants["to"]) if code in set(grants["from"])]:
        coming, going = grants[grants["to"] == partner], grants[grants["from"] == partner]
        rows.append(
            (
                tr("a chain of grants"),
                f"{', '.join(coming['from'])} → {partner} → {', '.join(going['to'])}",
                tr(
                    "{partner} is given {coming} and gives {going}. Read every condition of {coming} aloud and ask at the end of "
                    "the chain: can you keep this, and who pays for keeping it?"
                ).format(
                    partner=partner,
                    coming=", ".join(coming["transfer"]),
                    going=", ".join(going["transfer"]),
                ),
            )
        )
    return rows


def topics_by_document(p: Partnership) -> ResultTable:
    """What agreements speak about, by the document in which it stands (topics.where)."""
    frame = p["topics"]
    where = frame["where"].astype("object").fillna("")
    order = [*scales.WHERE.texts, ""]
    told = {word: tuple(frame.loc[where == word, "topic"].map(tr)) for word in order}
    cells = pd.DataFrame(
        [(tr(word) if word else tr("not ticked yet"), told[word]) for word in order if told[word]],
        columns=[tr("Where it stands"), tr("Topics")],
    )
    return ResultTable(
        tr("Topics by document"),
        cells,
        notes=(
            tr(
                "The source asks for three: principles, practices, conflict protocol. The other topics are this handbook's."
            ),
        ),
        nothing=tr("No topic is written down."),
    )


def differ(p: Partnership) -> ResultTable:
    """Topics in both documents that people have ticked as different or unknown (topics.together). Nothing is guessed."""
    frame = p["topics"]
    some = frame[(frame["where"] == "both") & frame["together"].isin(["differ", "we do not know"])]
    known = some["together"] == "differ"
    cells = pd.DataFrame(
        {
            tr("Topic"): some["topic"].map(tr),
            tr("Together"): answers.in_words(some["together"]),
            tr("To settle"): some["to_settle"],
            tr("To ask"): [
                tr("Which document should say it, and which gives way?")
                if sure
                else tr("Who reads both, side by side, and by when?")
                for sure in known
            ],
        }
    )
    return ResultTable(
        tr("You marked these as different"),
        cells,
        nothing=tr("You have marked nothing as different."),
    )


def decided_alone(p: Partnership) -> ResultTable:
    """Rights that one partner holds alone, without asking anybody first (rights)."""
    frame, some = p["rights"], alone(p)
    asks = [
        tr("Could it be “after asking”?")
        if reason
        else tr("Is the reason written? Could it be “after asking”?")
        for reason in some["reason_given"]
    ]
    cells = pd.DataFrame(
        {
            tr("Right"): some["right"].map(tr),
            tr("Decides"): some["decides"],
            tr("Told after"): answers.told(some["told_after"]),
            tr("Reason"): some["reason_given"],
            tr("To ask"): asks,
        }
    )
    return ResultTable(
        tr("Decided by one alone, without asking"),
        cells,
        nothing=tr("Nothing is decided by one alone without asking.")
        if (frame["decides"] != "").any()
        else tr("Who decides what is not filled in yet."),
    )


def alone(p: Partnership) -> pd.DataFrame:
    """The rights that one partner decides without asking anybody first."""
    frame = p["rights"]
    return frame[
        frame["decides"].isin(list(p.names)) & frame["asked_first"].isin(["", scales.NOBODY])
    ]


def written(p: Partnership) -> pd.DataFrame:
    """The topics that stand in a document."""
    return p["topics"][
        p["topics"]["where"].isin(["partnership agreement", "grant agreement", "both"])
    ]


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 5, and what is open."""
    settled = len(written(p))
    good = (
        [
            tr("{count} of {all} topics stand in a document").format(
                count=settled, all=len(p["topics"])
            )
        ]
        if settled
        else []
    )
    unread = differ(p).cells
    open_ = [
        tr("nowhere yet: {topic}").format(topic=tr(topic))
        for topic in p["topics"].loc[p["topics"]["where"] == "nowhere yet", "topic"]
    ]
    open_ += [
        tr("the documents differ, or nobody knows: {topic}").format(topic=topic)
        for topic in unread[tr("Topic")]
    ]
    return moving_on.before_you_move_on(
        good, open_, gate=tr("Who signs, and may they? What do you, the partners, decide?")
    )
