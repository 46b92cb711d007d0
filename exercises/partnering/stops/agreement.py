"""Stop 5, agreement: which documents, what stands where, what differs, what one decides alone."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import ROOM, Partnership, answers, knowledge
from partnering.partnership.sides import decides_alone
from partnering.results import Figure, ResultTable
from partnering.results.drawing import Drawing
from partnering.schema import scales
from partnering.schema.kinds import UNREAD
from partnering.schema.unread import is_unread
from partnering.stops import heads, moving_on

IN_A_DOCUMENT = ("partnership agreement", "grant agreement", "in both")  # words of topics.where
ASKED = ("decides", "asked_first", "told_after")  # columns of rights
UNSETTLED = ("they differ", "we do not know")  # words of topics.together

# which document a line of `documents` asks for
PARTNERSHIP_AGREEMENT, GRANT_AGREEMENT = "partnership agreement", "grant agreement"
NO_GRANT_AGREEMENT, NOT_KNOWN, TO_SETTLE = "no grant agreement", "not known", "to settle"
# and why, beside the words of transfers.form ("" where the form is not told)
NO_CODE = mark("a payment without a code of its own")
FOR_ALL, PASSED_ON, NO_MONEY = "for all", "passed on", "no money"
DOCUMENT_OF_FORM = {
    "grant": GRANT_AGREEMENT,
    "service contract": NO_GRANT_AGREEMENT,
    "joint fund": NO_GRANT_AGREEMENT,
    "": NOT_KNOWN,
    "another type": TO_SETTLE,
}


class Paper(NamedTuple):
    """One line on a document: which, why, between whom, and for which transfers.

    `giver`, `through` and `taker` are codes parted by commas, and empty where it is between all.
    A transfer without a code of its own is `UNREAD`.
    """

    document: str
    why: str
    giver: str = ""
    through: str = ""
    taker: str = ""
    transfers: str = ""
    passed_on: str = ""


# ------------------------------------------------------------------ documents


def documents(p: Partnership) -> ResultTable:
    """Which documents it takes, and why.

    A partnership agreement always; a grant between partners brings a grant agreement beside it. A
    service contract, a joint fund or another type does not, and the table says so. Where a partner
    passes on what it was given, the chain is told.

    Source: the distinction by the form of a transfer is this handbook's, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read is the table `transfers` (its `form`).

    Returns:
        The partnership agreement, then one row for each form, giver and taker, then the chains:
        `document` (`PARTNERSHIP_AGREEMENT`, `GRANT_AGREEMENT`, `NO_GRANT_AGREEMENT`, `NOT_KNOWN` or
        `TO_SETTLE`), `why` (a word of `transfers.form`, "" where none is told, `FOR_ALL`,
        `PASSED_ON` or `NO_MONEY`), `giver`, `through`, `taker` (codes parted by commas, or UNREAD),
        `transfers`, and `passed_on`: in a chain, the transfers that go on. Where this reader sees
        no transfer one row says so: whether money moves is `NOT_KNOWN` then, since a line may be
        kept back, have no code, or not be typed yet.
    """
    frame = p["transfers"]
    frame = frame[(frame["from"] != "") & (frame["to"] != "")]
    frame = frame.assign(form=frame["form"].astype(object).fillna(""))
    papers = [Paper(PARTNERSHIP_AGREEMENT, FOR_ALL), *_by_form(frame)]
    papers += _chains(frame[frame["form"] == "grant"])
    if frame.empty:
        papers.append(Paper(NOT_KNOWN, NO_MONEY))
    everybody = list(p.expected)  # people we serve are no party
    return ResultTable(
        tr("Which documents, and why"),
        pd.DataFrame(papers, columns=list(Paper._fields)),
        words=lambda rows: _document_words(rows, ", ".join(everybody) or tr(scales.ALL_OF_US)),
        notes=(tr("Nothing here is legal advice."),),
    )


def _by_form(frame: pd.DataFrame) -> list[Paper]:
    """What each form of transfer between two partners asks for."""
    papers = []
    for key, some in frame.groupby(["form", "from", "to"], sort=False):
        form, giver, taker = map(str, key)
        codes = ", ".join(some["transfer"])
        papers.append(Paper(DOCUMENT_OF_FORM[form], form, giver, "", taker, codes))
    return papers


def _chains(grants: pd.DataFrame) -> list[Paper]:
    """Partners that are given a grant and give one: what the first asks travels on to the last."""
    givers, papers = set(grants["from"]), []
    for partner in dict.fromkeys(grants["to"]):
        if partner not in givers or partner == UNREAD:
            continue
        coming, going = grants[grants["to"] == partner], grants[grants["from"] == partner]
        papers.append(
            Paper(
                GRANT_AGREEMENT,
                PASSED_ON,
                giver=", ".join(dict.fromkeys(coming["from"])),
                through=partner,
                taker=", ".join(dict.fromkeys(going["to"])),
                transfers=", ".join(coming["transfer"]),
                passed_on=", ".join(going["transfer"]),
            )
        )
    return papers


def _document_words(rows: pd.DataFrame, everybody: str) -> pd.DataFrame:
    lines = []
    for values in rows.itertuples(index=False, name=None):
        paper = Paper(*values)
        ends = pd.Series([paper.giver, paper.through, paper.taker])
        between = " → ".join(filter(None, answers.told(ends)))
        lines.append((_document_name(paper), between or everybody, _why(paper)))
    return pd.DataFrame(lines, columns=[tr("Document"), tr("Between"), tr("Why")])


def _document_name(paper: Paper) -> str:
    if paper.why == PASSED_ON:
        return tr("a chain of grants")
    if paper.why == NO_MONEY:
        return tr("a grant agreement, where money moves")
    return {
        PARTNERSHIP_AGREEMENT: tr("partnership agreement"),
        GRANT_AGREEMENT: tr("grant agreement, beside it"),
        NO_GRANT_AGREEMENT: tr("no grant agreement"),
        NOT_KNOWN: tr("not said yet"),
        TO_SETTLE: tr("to be settled"),
    }[paper.document]


def _why(paper: Paper) -> str:
    if paper.why == FOR_ALL:
        return tr(
            "Principles, practices and the conflict protocol belong in it, whether or not money "
            "moves."
        )
    if paper.why == NO_MONEY:
        return tr(
            "No money between partners is shown here. Where none moves, one document is enough."
        )
    if paper.why == PASSED_ON:
        return tr(
            "{partner} is given {coming} and gives {going}. Read every condition of {coming} aloud "
            "and ask at the end of the chain: can you keep this, and who pays for keeping it?"
        ).format(
            partner=paper.through, coming=_called(paper.transfers), going=_called(paper.passed_on)
        )
    sentence = {
        "grant": tr("{codes}: money for a purpose, accounted for to the giver."),
        "service contract": tr(
            "{codes}: a service is paid for, like any supplier's; a contract is enough."
        ),
        "joint fund": tr(
            "{codes}: all decide about a joint fund together; its rules are in the partnership "
            "agreement."
        ),
        "": tr("{codes}: of which type is it: grant, service contract, joint fund?"),
        "another type": tr("{codes}: neither grant nor service; ask what it is before it moves."),
    }[paper.why]
    return sentence.format(codes=_called(paper.transfers))


def _called(codes: str) -> str:
    """Payments as they are called in the room: their codes."""
    return codes.replace(UNREAD, tr(NO_CODE))


# ------------------------------------------------------------------ topics


def topics_by_document(p: Partnership) -> ResultTable:
    """What agreements speak about, by the document in which it stands.

    Args:
        p: The partnership as one reader sees it; read is the table `topics`.

    Returns:
        One row a topic, in the order of the documents: `where` (a word of `topics.where`, "" where
        nothing is ticked, UNREAD where it cannot be read) and `topic`. The cells have one line a
        document. Where nobody has edited the list a note says that it is the handbook's proposal.
    """
    frame = p["topics"]
    where = frame["where"].astype(object).fillna("").mask(is_unread(frame, "where"), UNREAD)
    order = {word: at for at, word in enumerate([*scales.WHERE.texts, UNREAD, ""])}
    rows = pd.DataFrame({"where": where, "topic": frame["topic"]})
    return ResultTable(
        tr("Topics by document"),
        rows.sort_values("where", key=lambda words: words.map(order), kind="stable"),
        words=_topic_words,
        notes=(
            tr(
                "The source asks for three: principles, practices, conflict protocol. The other "
                "topics are this handbook's."
            ),
            *_not_yet_yours(p, "topics"),
        ),
        nothing=knowledge.of_what_stands_here(
            p, tr("No topic is shown here."), tr("No topic is written down."), of=["topics"]
        ),
    )


def _not_yet_yours(p: Partnership, table: str) -> tuple[str, ...]:
    """One sentence where nobody has edited a list that comes with the handbook."""
    if p.edited(table):
        return ()
    return (tr("This list is the handbook's proposal, and not yet yours."),)


def _topic_words(rows: pd.DataFrame) -> pd.DataFrame:
    topics = rows["topic"].map(tr).groupby(rows["where"], sort=False).agg(tuple)
    where = [tr(word) if word else tr("not ticked yet") for word in topics.index]
    return pd.DataFrame({tr("Where it is written"): where, tr("Topics"): list(topics)})


def differ(p: Partnership) -> ResultTable:
    """Topics in both documents that people have ticked as different or unknown.

    Nothing is guessed: the texts of the documents are never compared.

    Args:
        p: The partnership as one reader sees it; read is the table `topics`.

    Returns:
        One row a topic: `topic`, `together` ("differ" or "we do not know"), `to_settle`.
    """
    frame = p["topics"]
    some = frame[(frame["where"] == "in both") & frame["together"].isin(UNSETTLED)]
    return ResultTable(
        tr("You marked these as different"),
        some[["topic", "together", "to_settle"]],
        words=_difference_words,
        nothing=_nothing_differs(p),
    )


def _nothing_differs(p: Partnership) -> str:
    marked = tr("You have marked nothing as different.")
    if is_unread(p["topics"], "where").any() or is_unread(p["topics"], "together").any():
        marked = tr("Of what can be read, nothing is marked as different.")
    return knowledge.of_what_stands_here(
        p, tr("Nothing shown here is marked as different."), marked
    )


def _difference_words(rows: pd.DataFrame) -> pd.DataFrame:
    ask = {
        "they differ": tr("Which document should say it, and which gives way?"),
        "we do not know": tr("Who reads both, side by side, and by when?"),
    }
    return pd.DataFrame(
        {
            tr("Topic"): rows["topic"].map(tr),
            tr("Do both papers agree?"): answers.in_words(rows["together"]),
            tr("Question to settle"): rows["to_settle"],
            tr("To ask"): [ask[word] for word in rows["together"]],
        }
    )


def written(p: Partnership) -> pd.DataFrame:
    """The topics that stand in a document.

    Args:
        p: The partnership as one reader sees it; read is the table `topics`.

    Returns:
        Those rows of `topics` that stand in the partnership agreement, the grant agreement or both.
    """
    return p["topics"][p["topics"]["where"].isin(IN_A_DOCUMENT)]


# ------------------------------------------------------------------ rights


def rights(p: Partnership) -> Figure:
    """Who decides what, who is asked before and who is told afterwards, with a picture of it.

    The picture has one column a partner, and a sign for each of the three.

    Args:
        p: The partnership as one reader sees it; read is the table `rights`.

    Returns:
        The figure. Its rows are one a decision of which something is filled in: `right`, `decides`,
        `asked_first`, `told_after` (codes and words), `reason_given`.
    """
    frame = p["rights"][["right", *ASKED, "reason_given"]]
    rows = frame[(frame[list(ASKED)] != "").any(axis=1)]
    empty = list(frame.loc[~frame.index.isin(rows.index), "right"].map(tr))
    not_yet = knowledge.of_what_stands_here(
        p, tr("Not shown here: {rights}."), tr("Not filled in: {rights}.")
    )
    table = ResultTable(
        tr("Who decides what"),
        rows,
        words=lambda rows: pd.DataFrame(
            {
                tr("Decision"): rows["right"].map(tr),
                tr("Decides"): answers.told(rows["decides"]),
                tr("Asked before"): answers.told(rows["asked_first"]),
                tr("Told afterwards"): answers.told(rows["told_after"]),
                tr("Reason, if one decides alone"): rows["reason_given"],
            }
        ),
        notes=(not_yet.format(rights="; ".join(empty)),) if empty and len(rows) else (),
        nothing=knowledge.of_what_stands_here(
            p,
            tr("Who decides what is not shown here."),
            tr("Who decides what is not filled in yet."),
        ),
    )
    return Figure("rights", table.caption, lambda: _rights_drawn(p, rows), table)


def _rights_drawn(p: Partnership, rows: pd.DataFrame) -> tuple[Drawing, ...]:
    """The picture of who decides, who is asked and who is told."""
    said = (
        ("flag", tr("decides")),
        ("bubble", tr("asked before")),
        ("envelope", tr("told afterwards")),
    )
    asked, labels = dict(zip(ASKED, said, strict=True)), list(rows["right"].map(tr))
    return heads.signs(p, rows, labels, asked, must=ASKED[:1], lanes=False)


def decided_alone(p: Partnership) -> ResultTable:
    """Rights that one partner holds alone, without asking anybody first.

    Source: the Power Awareness Tool (see guide/methods.md).

    Args:
        p: The partnership as one reader sees it; read is the table `rights`.

    Returns:
        One row a right: `right`, `decides` (a code), `told_after` (codes), `reason_given`.
    """
    return ResultTable(
        tr("Decided by one alone, without asking"),
        alone(p)[["right", "decides", "told_after", "reason_given"]],
        words=_right_words,
        notes=_not_yet_yours(p, "rights"),
        nothing=_nothing_alone(p),
    )


def _nothing_alone(p: Partnership) -> str:
    """What is said where no right is decided by one alone: of those that are filled in."""
    decides = p["rights"]["decides"]
    if unread := _unread(p):
        return tr(
            "Who decides, or who is asked before, cannot be read: {rights}. Of the other decisions "
            "shown here, none is said to be taken by one alone without asking."
        ).format(rights="; ".join(unread))
    if (decides == "").all():
        return knowledge.of_what_stands_here(
            p,
            tr("Who decides what is not shown here yet."),
            tr("Who decides what is not filled in yet."),
        )
    if p.reader == ROOM or "rights" in p.lines_left_out:
        return tr(
            "Of the decisions shown here that say who decides, none is taken by one alone "
            "without asking."
        )
    if (decides == "").any():
        return tr("Of the decisions that are filled in, none is taken by one alone without asking.")
    return tr("Nothing is decided by one alone without asking.")


def _unread(p: Partnership) -> list[str]:
    """The rights of which it cannot be read who decides, or who is asked before."""
    frame = p["rights"]
    lost = (frame["decides"] == UNREAD) | (frame["asked_first"] == UNREAD)
    return [tr(right) for right in frame.loc[lost, "right"]]


def _right_words(rows: pd.DataFrame) -> pd.DataFrame:
    with_reason = tr("Could the others be asked before?")
    without = tr("Is the reason written? Could the others be asked before?")
    return pd.DataFrame(
        {
            tr("Decision"): rows["right"].map(tr),
            tr("Decides"): rows["decides"],
            tr("Told afterwards"): answers.told(rows["told_after"]),
            tr("Reason, if one decides alone"): rows["reason_given"],
            tr("To ask"): [
                with_reason if given else without for given in answers.said(rows["reason_given"])
            ],
        }
    )


def alone(p: Partnership) -> pd.DataFrame:
    """The rights that one partner decides without asking anybody first.

    Args:
        p: The partnership as one reader sees it; read is the table `rights`.

    Returns:
        Those rows of `rights` of which `sides.decides_alone` says so, with this partner alone under
        `decides`.
    """
    frame = p["rights"]
    cells = zip(frame["decides"], frame["asked_first"], strict=True)
    decides = [decides_alone(p, deciding, asked) for deciding, asked in cells]
    frame = frame.assign(decides=pd.Series(decides, index=frame.index, dtype="str"))
    return frame[frame["decides"] != ""]


# ------------------------------------------------------------------ moving on


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 5, and what is open.

    Args:
        p: The partnership as one reader sees it; read is the table `topics`.

    Returns:
        The closing table. Speaks for it: the topics that stand in a document, by name and not as a
        number. Open: those that are not written yet, those that `differ` finds, and those of which
        nothing is ticked.
    """
    return moving_on.before_you_move_on(
        lambda: _closing(p),
        gate=mark("Who signs, and may they? What do you, the partners, decide?"),
    )


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    topics, in_documents = p["topics"], written(p)["topic"]
    speaks_for = []
    if len(in_documents):
        speaks_for.append(
            tr("these are in a document: {topics}").format(topics=_listed(in_documents))
        )
    nowhere = topics.loc[topics["where"] == "not written yet", "topic"]
    still_open = [tr("not written yet: {topic}").format(topic=tr(topic)) for topic in nowhere]
    still_open += [
        tr("the documents differ, or nobody knows: {topic}").format(topic=tr(topic))
        for topic in differ(p).rows["topic"]
    ]
    lost = is_unread(topics, "where")
    unticked = topics.loc[topics["where"].isna() & ~lost, "topic"]
    if len(unticked) == len(topics) and len(topics):
        still_open.append(
            knowledge.of_what_stands_here(
                p,
                tr("no topic shown here is ticked yet: in which document is each written?"),
                tr("no topic is ticked yet: in which document is each written?"),
            )
        )
    elif len(unticked):
        still_open.append(tr("not ticked yet: {topics}").format(topics=_listed(unticked)))
    if lost.any():
        ask = tr("in which document it is written cannot be read: {topics}")
        still_open.append(ask.format(topics=_listed(topics.loc[lost, "topic"])))
    return moving_on.Closing(speaks_for, still_open)


def _listed(topics: pd.Series) -> str:
    """Topics in one line, in the language of the room."""
    return "; ".join(tr(topic) for topic in topics)
