"""Stop 7, coherence.

Inside each house, whether its parts say compatible things; across, how the relation is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from partnering.language import tr, trn
from partnering.partnership import ROOM, Partnership, answers, knowledge
from partnering.partnership.house import House
from partnering.results import Figure, ResultTable, arrows
from partnering.results.drawing import FULL, Drawing
from partnering.schema import scales
from partnering.schema.kinds import UNREAD
from partnering.schema.spelling import plain, says_none
from partnering.schema.unread import is_unread
from partnering.stops import heads, moving_on

# words of house_answers.as_agreed
OTHERWISE, AS_AGREED = "different from what we agreed", "as agreed"
TOLD, NOT_TOLD = (
    "yes",
    "no",
)  # words of contacts.relationship_holder_knows; the second is asked about
# what is to be talked about first
HOW_KEPT_ORDER = ("not done", "done late or in part", "no occasion yet", "done as written")

# why requests stand together (the column `why` of `same_week`)
IN_ONE_WEEK, ASKED_TWICE = "in one week", "asked twice"
# what is asked about (the column `why` of `who_knows`)
NO_STAND_IN, HOLDER_NOT_TOLD = "no stand-in", "holder not told"


# ------------------------------------------------------------------ inside one house


def answers_by_unit(house: House) -> ResultTable:
    """The house questions with the answer of each part of the house.

    Args:
        house: The answers inside one organisation; read is the table `house_answers`.

    Returns:
        One row an answer, in the order of the questions: `question`, `unit`, `answer`, `as_agreed`
        (its word, "" where nothing is ticked). The cells have one line a question and one column a
        part of the house, in the order in which the parts have answered.
    """
    frame = _answered(house)
    units = list(dict.fromkeys(frame["unit"]))
    order = {code: at for at, code in enumerate(house.questions)}
    rows = frame[["question", "unit", "answer", "as_agreed"]]
    table = ResultTable(
        tr("Answers inside our organisation"),
        rows.sort_values("question", key=lambda codes: codes.map(order), kind="stable"),
        words=lambda rows: _answer_words(rows, units, house.questions),
        nothing=tr("Nobody in this organisation has written an answer yet."),
    )
    return _of_house(house, table)


def _answered(house: House) -> pd.DataFrame:
    """The answers to questions of the house that are not empty, with what is ticked beside them.

    It is "" where nothing is ticked, and UNREAD where it cannot be read.
    """
    frame = house.answers[house.answers["answer"] != ""]
    frame = frame[frame["question"].isin(list(house.questions))]
    ticked = frame["as_agreed"].astype(object).fillna("")
    return frame.assign(as_agreed=ticked.mask(is_unread(frame, "as_agreed"), UNREAD))


def _answer_words(
    rows: pd.DataFrame, units: list[str], questions: Mapping[str, str]
) -> pd.DataFrame:
    ticked = rows["as_agreed"].map(lambda word: f" ({tr(word)})" if word else "")
    texts = rows.assign(text=rows["answer"] + ticked)
    grid = texts.pivot(index="question", columns="unit", values="text")
    grid = grid.reindex(index=rows["question"].drop_duplicates(), columns=units)
    cells = grid.astype(object).fillna("").rename_axis(columns=None)
    asked = [_question(code, questions) for code in cells.index]
    cells.insert(0, tr("Question"), pd.Series(asked, cells.index, dtype=object), True)
    return cells


def _question(code: str, questions: Mapping[str, str]) -> str:
    """A question as it is shown: its code and its words."""
    return f"{code} {questions[code]}"


def alike(house: House) -> ResultTable:
    """In how many ways each question is answered, and what is ticked beside the agreement.

    Wording alone is compared: whether two wordings mean the same is for the house to say.

    Source: this handbook's reading of coherence, with what has been done before, on
    guide/methods.md.

    Args:
        house: The answers inside one organisation; read is the table `house_answers`.

    Returns:
        One row a question that somebody has answered: `question`; `parts`, how many parts of the
        house have answered; `ways`, how many different wordings these are, capital letters and
        spaces aside; `otherwise`, the parts that have ticked "otherwise than agreed"; and `beside`,
        a mapping from each other word than "as agreed" ("" where nothing is ticked) to its parts.
    """
    frame = _answered(house)
    rows = []
    for code in house.questions:
        here = frame[frame["question"] == code]
        if here.empty:
            continue
        beside: dict[str, list[str]] = {}
        for word, unit in zip(here["as_agreed"], here["unit"], strict=True):
            if word != AS_AGREED:
                beside.setdefault(word, []).append(unit)
        ways = here["answer"].map(plain).nunique()
        rows.append((code, len(here), ways, tuple(beside.get(OTHERWISE, ())), beside))
    table = ResultTable(
        tr("The same or different"),
        pd.DataFrame(rows, columns=["question", "parts", "ways", "otherwise", "beside"]),
        words=lambda rows: _alike_words(rows, house.questions),
        notes=(
            tr(
                "Units may differ: finance and programme have different duties. Ask whether a "
                "partner can work with these units together."
            ),
        ),
        nothing=tr("Nobody in this organisation has written an answer yet."),
    )
    return _of_house(house, table)


def _alike_words(rows: pd.DataFrame, questions: Mapping[str, str]) -> pd.DataFrame:
    lines = [
        (
            _question(code, questions),
            _how_many_ways(parts, ways),
            _ticked_beside(beside),
            _to_ask_inside(ways, otherwise),
        )
        for code, parts, ways, otherwise, beside in rows.itertuples(index=False, name=None)
    ]
    heads = [tr("Question"), tr("How many ways"), tr("Beside the agreement"), tr("To ask")]
    return pd.DataFrame(lines, columns=heads)


def _how_many_ways(parts: int, ways: int) -> str:
    if parts == 1:
        return tr("one unit has answered")
    return tr("in the same words") if ways == 1 else tr("in {count} ways").format(count=ways)


def _ticked_beside(beside: Mapping[str, list[str]]) -> str:
    """What is ticked beside the agreement, and by which parts of the house."""
    ticked = [
        f"{tr(word) if word else tr('not ticked')}: {', '.join(units)}"
        for word, units in beside.items()
    ]
    return "; ".join(ticked) or tr(AS_AGREED)


def _to_ask_inside(ways: int, otherwise: tuple[str, ...]) -> str:
    if otherwise:
        return tr(
            "Which way of working causes this? What would a newcomer at the partner need to know?"
        )
    if ways > 1:
        return tr("Do these mean the same? Can the partner work with both answers?")
    return ""


def _of_house(house: House, table: ResultTable) -> ResultTable:
    """The table marked as one partner's own."""
    own = tr(
        "This is {name}'s own. No other partner sees it, and nothing of it goes anywhere else."
    ).format(name=house.name)
    caption = tr("{caption}: {name}").format(caption=table.caption, name=house.name)
    return replace(table, caption=caption, notes=(*table.notes, own))


# ------------------------------------------------------------------ across the partners


def holding(p: Partnership) -> ResultTable:
    """How each partner holds the relation: the only thing that crosses from a house to the others.

    Args:
        p: The partnership as one reader sees it; read is the table `holding`.

    Returns:
        One row a partner that has written something for its holder, as typed: `partner`, `holder`,
        `stand_in`, `to_be_told_before`, `our_units_differ_on` ("" where the room is not told), and
        `what_we_will_mend`.
    """
    columns = ["partner", "holder", "stand_in", "to_be_told_before", "our_units_differ_on"]
    lines, names = p["holding"], p.names
    rows = lines.loc[lines["holder"] != "", [*columns, "what_we_will_mend"]]
    missing = knowledge.of_what_stands_here(
        p,
        tr("{count} are shown here.") if len(rows) else "",
        tr("{count} have named a focal point."),
    )
    named = _held(p)["partner"]
    return ResultTable(
        tr("How each of us manages the relationship"),
        rows,
        words=lambda rows: _holding_words(rows, names, not _without_names(p)),
        missing=missing.format(count=answers.of_all(p, answers.among_us(p, named))),
        nothing=knowledge.of_own_words(
            p,
            tr("How a partner manages the relationship is not shown here."),
            tr("Nobody has named a focal point yet."),
            of=["holding"],
        ),
    )


def _held(p: Partnership) -> pd.DataFrame:
    """The lines of `holding` that name a holder: an empty line is no statement."""
    return p["holding"][answers.said(p["holding"]["holder"])]


def _without_names(p: Partnership) -> bool:
    """Whether this reader is told neither who asked whom nor what a house differs on.

    `privacy.UNTOLD_AMONG_FEW` says of what that is so, and why.
    """
    return p.reader == ROOM and p.few_and_held


def _holding_words(
    rows: pd.DataFrame, names: dict[str, str], with_differences: bool
) -> pd.DataFrame:
    cells = pd.DataFrame(
        {
            tr("Partner"): rows["partner"].map(names),
            tr("Focal point"): rows["holder"],
            tr("Stand-in"): rows["stand_in"],
            tr("Tell our focal point before"): rows["to_be_told_before"],
            tr("Our own units differ on"): rows["our_units_differ_on"],
            tr("What we will improve"): rows["what_we_will_mend"],
        }
    )
    return cells if with_differences else cells.drop(columns=tr("Our own units differ on"))


def text_and_practice(p: Partnership) -> ResultTable:
    """Full form: what the agreement says and what was seen of it.

    Args:
        p: The partnership as one reader sees it; read is the table `kept`. What was broken or
            slipped is shown to the facilitator first; who saw it is never shown to the room.

    Returns:
        One row a practice or topic and partner, what was broken first: `what`, `partner`, `how` (a
        word of `kept.how`, missing where nobody has told; such a row the room does not see),
        `seen_by` (codes; to the room ""), and `UNREAD`.
    """
    rows = p["kept"][["what", "partner", "how", "seen_by", UNREAD]]
    if p.reader == ROOM:  # who has told of a slip could be made to pay for it
        rows = rows.assign(seen_by="")
    order = {word: at for at, word in enumerate(HOW_KEPT_ORDER)}
    nothing = knowledge.of_what_stands_here(
        p,
        tr(
            "Nothing on what is done is shown here. In the full form this shows what the "
            "agreement says beside what was seen."
        ),
        tr(
            "The table of what is written and done is empty. In the full form it would show"
            " what the agreement says beside what was seen."
        ),
    )
    with_witness = p.reader != ROOM
    return ResultTable(
        tr("What is written, and what is done"),
        rows.sort_values("how", key=lambda words: words.astype(object).map(order), kind="stable"),
        words=lambda rows: _kept_words(rows, with_witness),
        nothing=nothing,
    )


def _kept_words(rows: pd.DataFrame, with_witness: bool) -> pd.DataFrame:
    cells = pd.DataFrame(
        {
            tr("What"): rows["what"],
            tr("By"): rows["partner"],
            tr("What was seen"): answers.ticked(rows, "how", tr("not said here"), scales.HOW_KEPT),
            tr("Seen by"): answers.told(rows["seen_by"]),
        }
    )
    return cells if with_witness else cells.drop(columns=tr("Seen by"))


# ------------------------------------------------------------------ contacts and requests


def who_turns_to_you(p: Partnership) -> ResultTable:
    """The parts of each house that work with a partner or ask it for something.

    Args:
        p: The partnership as one reader sees it; read is the table `contacts`, which each house
            writes about itself.

    Returns:
        One row a contact, as typed: `partner`, `unit`, `with_partner`, `we`,
        `relationship_holder_knows`, `about_what`, `how_often`, and `UNREAD`.
    """
    columns = ["partner", "unit", "with_partner", "we", "relationship_holder_knows", "about_what"]
    return ResultTable(
        tr("Which of our units contact you"),
        p["contacts"][[*columns, "how_often", UNREAD]],
        words=_contact_words,
        notes=(tr("Roles, never persons."),),
        nothing=knowledge.of_own_words(
            p,
            tr("No contact is shown here."),
            tr("No contact is written down yet."),
            of=["contacts"],
        ),
    )


def _contact_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Unit or department"): rows["partner"] + ": " + rows["unit"],
            tr("With which partner"): rows["with_partner"],
            tr("This unit …"): answers.ticked(rows, "we"),
            tr("Our focal point knows"): answers.ticked(
                rows, "relationship_holder_knows", kind=scales.KNOWS
            ),
            tr("About what"): rows["about_what"],
            tr("How often"): answers.ticked(rows, "how_often"),
        }
    )


def reached_us(p: Partnership) -> ResultTable:
    """What reached each partner last quarter, written by the receiver and read by the sender.

    Args:
        p: The partnership as one reader sees it; read is the table `requests`.

    Returns:
        One row a request, by receiver and day: `request`, `what`, `from`, `to`, `month` (the day it
        came), `what_it_took` (missing for the room: a partner that lives on another's money is not
        free to say so), `announced` (missing for the room beside who asked whom, for the same
        reason), `waits_for` (codes of promises). Where few answer in confidence the room is told
        neither `from` nor `to` nor what a request waits for (all ""), and the rows go by day.
    """
    columns = ["request", "what", "from", "to", "month", "what_it_took", "announced", "waits_for"]
    columns.append(UNREAD)
    frame, nameless = p["requests"], _without_names(p)
    rows = frame.sort_values(["to", "month"], kind="stable")[columns]
    if p.reader == ROOM:
        rows = rows.assign(what_it_took=None)
        if not nameless:
            rows = rows.assign(announced=None)
    left_out = [tr("Time it took")] if p.reader == ROOM else []
    if p.reader == ROOM:
        left_out += (
            [tr("From (sender)"), tr("To (receiver)"), tr("Depends on")]
            if nameless
            else [tr("Told in advance")]
        )
    read_aloud = _two_at_a_time()
    if nameless:
        read_aloud = tr("Read it without sender and receiver. Each will know its own.")
    return ResultTable(
        tr("Requests that we received"),
        rows,
        words=lambda rows: _request_words(rows).drop(columns=left_out),
        notes=(read_aloud,) if len(rows) else (),
        nothing=knowledge.of_what_stands_here(
            p,
            tr(
                "No request is shown here. In the full form this shows what reached whom, and when."
            ),
            tr(
                "The table of requests is empty. In the full form it would show what reached "
                "whom, and when."
            ),
        ),
    )


def _two_at_a_time() -> str:
    return tr("Two at a time: the sender reads it to the one whom it reached, before all see it.")


def _request_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Request"): rows["request"] + " " + rows["what"],
            tr("From (sender)"): rows["from"],
            tr("To (receiver)"): rows["to"],
            tr("When"): answers.days(rows, "month"),
            tr("Time it took"): answers.ticked(rows, "what_it_took"),
            tr("Told in advance"): answers.ticked(rows, "announced", kind=scales.KNOWS),
            tr("Depends on"): rows["waits_for"],
        }
    )


def same_week(p: Partnership) -> ResultTable:
    """Requests that reached one partner in the same week, and the same thing asked twice.

    Args:
        p: The partnership as one reader sees it; read is the table `requests`. A week is one from
            Monday to Sunday (ISO 8601); two wordings are the same, capital letters and spaces
            aside.

    Returns:
        One row for two or more requests that stand together, those of one week first: `to`, `why`
        (`IN_ONE_WEEK` or `ASKED_TWICE`), `week` (as 2026-19; "" where the same was asked twice),
        and `requests`, a tuple of their codes. Where few answer in confidence the room is not told
        whom a request reached: all that came in one week, or asked the same, stand together, `to`
        is "", and the cells name no sender.
    """
    frame = p["requests"]
    week = frame["month"].dt.strftime("%G-%V")
    rows = [
        (to, IN_ONE_WEEK, when, tuple(codes))
        for (to, when), codes in frame.groupby(["to", week], sort=True)["request"]
        if len(codes) > 1
    ]
    asked = frame[answers.said(frame["what"])]
    same = asked.groupby(["to", asked["what"].map(plain)], sort=False)["request"]
    rows += [(to, ASKED_TWICE, "", tuple(codes)) for (to, _), codes in same if len(codes) > 1]
    labels = dict(zip(frame["request"], _request_labels(frame), strict=True))
    left_out: list[str] = []
    if _without_names(p):
        labels = dict(zip(frame["request"], frame["request"] + " " + frame["what"], strict=True))
        left_out = [tr("Received by")]
    return ResultTable(
        tr("In the same week, or asked twice"),
        pd.DataFrame(rows, columns=["to", "why", "week", "requests"]),
        words=lambda rows: _together_words(rows, labels).drop(columns=left_out),
        nothing=_no_two_met(p, bool(len(frame))),
    )


def _no_two_met(p: Partnership, some: bool) -> str:
    """What is said where no requests stand together."""
    if not some:
        return knowledge.of_what_stands_here(
            p, tr("No request is shown here."), tr("No requests."), of=["requests"]
        )
    if p["requests"]["month"].isna().any():
        return tr(
            "Of the requests shown here with a day, no two reached one partner in one week. Of all "
            "that are shown here, no two asked it the same."
        )
    return knowledge.of_what_stands_here(
        p,
        tr("Of the requests shown here, no two reached one partner in one week or asked the same."),
        tr("No two requests reached one partner in one week or asked the same."),
    )


def _request_labels(frame: pd.DataFrame) -> pd.Series:
    """Requests as they are called in the room: their code, who asked, and for what."""
    return frame["request"] + " " + frame["from"] + ": " + frame["what"]


def _together_words(rows: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    ask = {
        IN_ONE_WEEK: tr("Who could have known of the others? Which could wait, or be one?"),
        ASKED_TWICE: tr("Who has the answer already?"),
    }
    return pd.DataFrame(
        {
            tr("Received by"): rows["to"],
            tr("When"): _when(rows),
            tr("Requests"): rows["requests"].map(
                lambda codes: tuple(labels[code] for code in codes)
            ),
            tr("To ask"): rows["why"].map(ask),
        }
    )


def _when(rows: pd.DataFrame) -> list[str]:
    """The week in which requests met, or that the same was asked more than once."""
    told = []
    for when in rows["week"]:
        year, _, week = when.partition("-")
        if when:
            monday = date.fromisocalendar(int(year), int(week), 1)
            told.append(tr("the week of {day}").format(day=monday.isoformat()))
        else:
            told.append(tr("asked more than once"))
    return told


def who_knows(p: Partnership) -> ResultTable:
    """If a person leaves tomorrow, who knows?

    Args:
        p: The partnership as one reader sees it; read are `holding` and `contacts`.

    Returns:
        The holders without a stand-in, then the contacts of which the holder is not told (ticked
        "no"; an empty tick is no answer): `partner`, `why` (`NO_STAND_IN` or `HOLDER_NOT_TOLD`),
        `holder`, and of a contact its `unit` and `with_partner`.
    """
    held, contacts = _held(p), p["contacts"]
    alone = held[~answers.said(held["stand_in"])].assign(why=NO_STAND_IN, unit="", with_partner="")
    unknown = contacts[contacts["relationship_holder_knows"] == NOT_TOLD]
    unknown = unknown.assign(why=HOLDER_NOT_TOLD, holder="")
    columns, names = ["partner", "why", "holder", "unit", "with_partner"], p.names
    return ResultTable(
        tr("If this person leaves tomorrow, who knows?"),
        pd.concat([alone[columns], unknown[columns]], ignore_index=True),
        words=lambda rows: _unknown_words(rows, names),
        nothing=_everybody_knows(p),
    )


def _everybody_knows(p: Partnership) -> str:
    """What is said where no holder is seen without a stand-in, and of no contact a "no"."""
    held, contacts = _held(p), p["contacts"]
    if not len(held) and not len(contacts):
        return knowledge.of_what_stands_here(p, tr("Nothing is shown here."), tr("Nothing yet."))
    all_held = answers.among_us(p, held["partner"]) == len(p.expected)
    told = len(contacts) and (contacts["relationship_holder_knows"] == TOLD).all()
    if p.reader != ROOM and not p.lines_left_out and all_held and told:
        return tr("Each focal point has a stand-in and is told of the contacts.")
    return tr(
        "No line shown here says that a focal point has no stand-in, or is not told of a contact."
    )


def _lines(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(frame.itertuples(index=False, name=None))


def _unknown_words(rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    ask = {
        NO_STAND_IN: tr("If this person leaves tomorrow, who knows?"),
        HOLDER_NOT_TOLD: tr("What would help both to know in time?"),
    }
    return pd.DataFrame(
        {
            tr("Partner"): rows["partner"].map(names),
            tr("As it is now"): _as_it_stands(rows),
            tr("To ask"): rows["why"].map(ask),
        }
    )


def _as_it_stands(rows: pd.DataFrame) -> list[str]:
    """Each line of `who_knows` as a sentence."""
    sentences = {
        NO_STAND_IN: tr("{holder} has no stand-in"),
        HOLDER_NOT_TOLD: tr("{unit} contacts {other}, and the focal point is not told"),
    }
    return [
        sentences[why].format(holder=holder, unit=unit, other=other)
        for _, why, holder, unit, other in _lines(rows)
    ]


def contact_map(p: Partnership) -> Figure:
    """The parts of each house and the partners that they turn to, drawn as lines between them.

    Args:
        p: The partnership as one reader sees it; read is the table `contacts`.

    Returns:
        The picture (a broken line where the holder of the relation is not told), and the table of
        `who_turns_to_you`. Above 15 lines there is a picture for each partner.
    """
    table = who_turns_to_you(p)
    return Figure(
        "contact-map", tr("Contact map, by role"), lambda: _contacts_drawn(p, table.rows), table
    )


def _contacts_drawn(p: Partnership, rows: pd.DataFrame) -> tuple[Drawing, ...]:
    """The picture of which part of which house contacts whom."""
    if rows.empty:
        return ()
    not_told = rows["relationship_holder_knows"] == NOT_TOLD
    givers = []
    for place, (code, name) in enumerate(p.short_names.items()):
        items = []
        for unit, lines in rows[rows["partner"] == code].groupby("unit", sort=False):
            for unknown, some in lines.groupby(not_told[lines.index], sort=False):
                others = tuple(some["with_partner"])
                told = tr("{partner}, {unit} → {other}").format(
                    partner=code, unit=unit, other=", ".join(others)
                )
                told += tr(" (the focal point is not told)") if unknown else ""
                dash = "dashed" if unknown else FULL
                items.append(arrows.Item(str(unit), others, dash, f"{told}."))
        if items:
            givers.append(arrows.Giver(place, code, name, tuple(items)))
    dashes = [(FULL, tr("contacts"))]
    if not_told.any():
        dashes.append(("dashed", tr("the focal point is not told")))
    ends = {
        code: arrows.End(heads.stone(p, code), code) for code in dict.fromkeys(rows["with_partner"])
    }
    return arrows.drawn(givers, ends, arrows.Legend(dashes))


# ------------------------------------------------------------------ moving on


def before_you_move_on_contacts(p: Partnership) -> ResultTable:
    """What speaks for going on after the contacts, and what is open.

    Args:
        p: The partnership as one reader sees it; read are `contacts`, `holding` and `requests`.

    Returns:
        The closing table. Speaks for it: how many contacts are written down. Open: what `who_knows`
        and `same_week` find.
    """
    return moving_on.before_you_move_on(lambda: _closing_of_contacts(p))


def _closing_of_contacts(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    unknown, together, count = who_knows(p).rows, same_week(p).rows, len(p["contacts"])
    speaks_for = []
    if count:
        sentence = trn(
            "{count} contact between our organisations is shown here",
            "{count} contacts between our organisations are shown here",
            count,
        )
        speaks_for.append(sentence.format(count=count))
    still_open = [
        f"{p.names[partner]}: {sentence}"
        for partner, sentence in zip(unknown["partner"], _as_it_stands(unknown), strict=True)
    ]
    still_open += [
        ", ".join(filter(None, (to, when)))
        for to, when in zip(together["to"], _when(together), strict=True)
    ]
    return moving_on.Closing(speaks_for, still_open)


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 7, and what is open.

    Args:
        p: The partnership as one reader sees it; read is `holding` alone.

    Returns:
        The closing table. Speaks for it: how many partners have a holder and a stand-in. Open: the
        holders without a stand-in, and what a house differs on inside.
    """
    return moving_on.before_you_move_on(lambda: _closing(p))


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    frame = _held(p)
    has_stand_in = answers.said(frame["stand_in"])
    whole = frame.loc[has_stand_in, "partner"]
    speaks_for = []
    if len(whole):
        count = answers.of_all(p, answers.among_us(p, whole))
        sentence = knowledge.of_what_stands_here(
            p,
            tr("{count} are shown here with a focal point and a stand-in"),
            tr("{count} have a focal point and a stand-in"),
        )
        speaks_for.append(sentence.format(count=count))
    still_open = [
        tr("{partner}: no stand-in yet").format(partner=p.names[code])
        for code in frame.loc[~has_stand_in, "partner"]
    ]
    still_open += [
        tr("the units of {partner} differ on {what}").format(partner=p.names[code], what=what)
        for code, what in zip(frame["partner"], frame["our_units_differ_on"], strict=True)
        if not says_none(what)
    ]
    return moving_on.Closing(speaks_for, still_open)
