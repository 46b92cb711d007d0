"""Stop 7, coherence: inside each house whether its parts say compatible things; across, how the relation is held."""

from __future__ import annotations

import pandas as pd

from partnering.language import tr
from partnering.partnership import Partnership, answers
from partnering.partnership.house import House
from partnering.results import Figure, ResultTable, drawing
from partnering.schema.kinds import plain
from partnering.stops import moving_on

OTHERWISE, AS_AGREED = "otherwise than agreed", "as agreed"


# ------------------------------------------------------------------ inside one house


def answers_by_unit(house: House) -> ResultTable:
    """The house questions with the answer of each part of the house, and what each says beside the agreement."""
    frame = house.answers[house.answers["answer"] != ""]
    beside = frame["as_agreed"].astype("object").fillna("")
    told = frame["answer"].where(
        beside == "", frame["answer"] + beside.map(lambda word: f" ({tr(word)})" if word else "")
    )
    grid = frame.assign(told=told).pivot(index="question", columns="unit", values="told")
    grid = grid.reindex([code for code in house.questions if code in grid.index])[
        list(dict.fromkeys(frame["unit"]))
    ]
    asked = pd.Series(
        [f"{code} {house.questions[code]}" for code in grid.index], index=grid.index, dtype="object"
    )
    cells = grid.astype("object").fillna("").rename_axis(columns=None)
    cells.insert(0, tr("Question"), asked, allow_duplicates=True)
    return _of_house(
        house,
        ResultTable(
            tr("Answers inside our house"),
            cells,
            nothing=tr("Nobody in this house has answered yet."),
        ),
    )


def alike(house: House) -> ResultTable:
    """In how many ways each question is answered, and beside the agreement (house_answers.as_agreed, ticked).

    Wording alone is compared: whether two wordings mean the same is for the house to say.
    """
    frame = house.answers[house.answers["answer"] != ""]
    rows = []
    for code in [code for code in house.questions if code in set(frame["question"])]:
        here = frame[frame["question"] == code]
        ways = here["answer"].map(plain).nunique()
        otherwise = here.loc[here["as_agreed"] == OTHERWISE, "unit"]
        ticked = (
            here.loc[here["as_agreed"] != AS_AGREED, ["as_agreed", "unit"]]
            .astype("object")
            .groupby("as_agreed", sort=False, dropna=False)["unit"]
            .agg(", ".join)
        )
        beside = "; ".join(
            f"{tr(word) if word and word == word else tr('not ticked')}: {units}"
            for word, units in ticked.items()
        )
        ask = (
            tr("Which process makes it so? What would a newcomer at the partner need to know?")
            if len(otherwise)
            else (
                tr("Do these mean the same? Can the partner live with the whole?")
                if ways > 1
                else ""
            )
        )
        told = (
            tr("one part has answered")
            if len(here) == 1
            else tr("in the same words")
            if ways == 1
            else tr("in {count} ways").format(count=ways)
        )
        rows.append((f"{code} {house.questions[code]}", told, beside or tr("as agreed"), ask))
    cells = pd.DataFrame(
        rows,
        columns=[tr("Question"), tr("How many ways"), tr("Beside the agreement"), tr("To ask")],
    )
    return _of_house(
        house,
        ResultTable(
            tr("The same or different"),
            cells,
            notes=(
                tr(
                    "Coherence is not uniformity: finance and programme have different duties. Ask whether a partner can live with "
                    "the whole."
                ),
            ),
            nothing=tr("Nobody in this house has answered yet."),
        ),
    )


def _of_house(house: House, table: ResultTable) -> ResultTable:
    """The table marked as one partner's own."""
    table.caption = tr("{caption}: {name}").format(caption=table.caption, name=house.name)
    table.notes += (
        tr(
            "This is {name}'s own. No other partner sees it, and nothing of it goes anywhere else."
        ).format(name=house.name),
    )
    return table


# ------------------------------------------------------------------ across the partners


def holding(p: Partnership) -> ResultTable:
    """How each partner holds the relation (holding): the only thing that crosses from one house to the others."""
    frame = _held(p)
    cells = pd.DataFrame(
        {
            tr("Partner"): frame["partner"].map(p.names),
            tr("Holder"): frame["holder"],
            tr("Stand-in"): frame["stand_in"],
            tr("To be told before"): frame["to_be_told_before"],
            tr("Our house differs on"): frame["our_units_differ_on"],
            tr("What we will mend"): frame["what_we_will_mend"],
        }
    )
    return ResultTable(
        tr("How each of us holds the relation"),
        cells,
        missing=tr("{count} have said how.").format(
            count=answers.of_all(p, answers.among_us(p, frame["partner"]))
        ),
        nothing=tr("Nobody has said yet how it holds the relation."),
    )


def _held(p: Partnership) -> pd.DataFrame:
    """The lines of `holding` that name a holder: an empty line is no statement."""
    return p["holding"][p["holding"]["holder"] != ""]


def text_and_practice(p: Partnership) -> ResultTable:
    """Full form: what the agreement says and what was seen of it (kept). What was broken is the facilitator's first."""
    frame = p["kept"]
    order = ["broken", "slipped", "not tested", "kept"]
    some = frame.assign(
        place=frame["how"].astype("object").map({word: at for at, word in enumerate(order)})
    ).sort_values("place", kind="stable")
    cells = pd.DataFrame(
        {
            tr("What"): some["what"],
            tr("By"): some["partner"],
            tr("What was seen"): answers.in_words(some["how"], tr("not told here")),
            tr("Seen by"): answers.told(some["seen_by"]),
        }
    )
    return ResultTable(
        tr("Text and practice"),
        cells,
        nothing=tr(
            "The table of what was kept is empty. In the full form it would show what the agreement says beside what was seen."
        ),
    )


# ------------------------------------------------------------------ contacts and requests


def who_turns_to_you(p: Partnership) -> ResultTable:
    """The parts of each house that work with a partner or ask it for something, written by that house (contacts)."""
    frame = p["contacts"]
    cells = pd.DataFrame(
        {
            tr("In our house"): frame["partner"] + ": " + frame["unit"],
            tr("Turns to"): frame["with_partner"],
            tr("To ..."): answers.in_words(frame["we"]),
            tr("Our holder knows"): answers.in_words(frame["relationship_holder_knows"]),
            tr("About what"): frame["about_what"],
            tr("How often"): answers.in_words(frame["how_often"]),
        }
    )
    return ResultTable(
        tr("Who else in our house turns to you"),
        cells,
        notes=(tr("Roles, never persons."),),
        nothing=tr("No contact is written down yet."),
    )


def reached_us(p: Partnership) -> ResultTable:
    """What reached each partner last quarter, written by the receiver and read by the sender (requests)."""
    cells = _request_cells(p["requests"])
    return ResultTable(
        tr("What reached us"),
        cells,
        notes=(tr("Let the sender read it aloud."),) if len(cells) else (),
        nothing=tr(
            "The table of requests is empty. In the full form it would show what reached whom, and when."
        ),
    )


def same_week(p: Partnership) -> ResultTable:
    """Requests that reached one partner in the same week, and the same thing asked twice (requests)."""
    frame = p["requests"]
    week = frame["month"].dt.strftime("%G-%V")
    together = frame[frame["month"].notna()].groupby(["to", week], sort=True)
    rows = [
        (
            to,
            tr("week {week}").format(week=when),
            tuple(_told_requests(some)),
            tr("Who could have known of the others? Which could wait, or be one?"),
        )
        for (to, when), some in together
        if len(some) > 1
    ]
    alike_ = (
        frame[frame["what"] != ""]
        .assign(plain=frame["what"].map(plain))
        .groupby(["to", "plain"], sort=False)
    )
    rows += [
        (
            to,
            tr("asked more than once"),
            tuple(_told_requests(some)),
            tr("Who has the answer already?"),
        )
        for (to, _), some in alike_
        if len(some) > 1
    ]
    cells = pd.DataFrame(rows, columns=[tr("Reached"), tr("When"), tr("Requests"), tr("To ask")])
    return ResultTable(
        tr("In the same week, or asked twice"),
        cells,
        nothing=tr("No two requests met in one week or asked the same.")
        if len(frame)
        else tr("No requests."),
    )


def _told_requests(some: pd.DataFrame) -> list[str]:
    return (some["request"] + " " + some["from"] + ": " + some["what"]).to_list()


def _request_cells(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.sort_values(["to", "month"], kind="stable")
    return pd.DataFrame(
        {
            tr("Request"): frame["request"] + " " + frame["what"],
            tr("From"): frame["from"],
            tr("To"): frame["to"],
            tr("When"): answers.days(frame["month"]),
            tr("What it took"): answers.in_words(frame["what_it_took"]),
            tr("Announced"): answers.in_words(frame["announced"]),
            tr("Waits for"): frame["waits_for"],
        }
    )


def who_knows(p: Partnership) -> ResultTable:
    """If a person leaves tomorrow: holders without a stand-in (holding), contacts of which the holder is not told (contacts)."""
    held, contacts = _held(p), p["contacts"]
    alone = held[held["stand_in"] == ""]
    unknown = contacts[contacts["relationship_holder_knows"] == "no"]
    rows = [
        (
            p.names[partner],
            tr("{holder} has no stand-in").format(holder=holder or tr("the holder")),
            tr("If this person leaves tomorrow, who knows?"),
        )
        for partner, holder in zip(alone["partner"], alone["holder"], strict=True)
    ]
    rows += [
        (
            p.names[partner],
            tr("{unit} turns to {other}, and the holder is not told").format(
                unit=unit, other=other
            ),
            tr("What would help both to know in time?"),
        )
        for partner, unit, other in zip(
            unknown["partner"], unknown["unit"], unknown["with_partner"], strict=True
        )
    ]
    cells = pd.DataFrame(rows, columns=[tr("Partner"), tr("As it stands"), tr("To ask")])
    return ResultTable(
        tr("If this person leaves tomorrow, who knows?"),
        cells,
        nothing=tr("Each holder has a stand-in and is told of the contacts.")
        if len(held) or len(contacts)
        else tr("Nothing yet."),
    )


def contact_map(p: Partnership) -> Figure:
    """The parts of each house and the partners that they turn to, drawn as lines between them (contacts)."""
    frame = p["contacts"]
    links = [
        (partner, unit, other, knows == "no")
        for partner, unit, other, knows in zip(
            frame["partner"],
            frame["unit"],
            frame["with_partner"],
            frame["relationship_holder_knows"],
            strict=True,
        )
    ]
    told = "; ".join(
        tr("{partner}, {unit} → {other}").format(partner=partner, unit=unit, other=other)
        + (tr(" (the holder is not told)") if unknown else "")
        for partner, unit, other, unknown in links
    )
    table = who_turns_to_you(p)
    drawn = drawing.contacts(links, list(p.names)) if links else "<svg ></svg>"
    return Figure(
        "contact-map",
        tr("Contact map, by role"),
        drawn,
        told or table.nothing,
        table,
        (tr("A broken line: the holder of the relation is not told."),)
        if any(link[3] for link in links)
        else (),
    )


def before_you_move_on_contacts(p: Partnership) -> ResultTable:
    """What speaks for going on after the contacts, and what is open."""
    unknown, met = who_knows(p).cells, same_week(p).cells
    open_ = [
        f"{who}: {what}"
        for who, what in zip(unknown[tr("Partner")], unknown[tr("As it stands")], strict=True)
    ]
    open_ += [
        f"{who}, {when}" for who, when in zip(met[tr("Reached")], met[tr("When")], strict=True)
    ]
    good = (
        [tr("{count} parts of our houses are known to each other").format(count=len(p["contacts"]))]
        if len(p["contacts"])
        else []
    )
    return moving_on.before_you_move_on(good, open_)


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 7, and what is open. It looks at `holding` alone."""
    frame = _held(p)
    whole = frame[frame["stand_in"] != ""]
    good = (
        [
            tr("{count} have a holder and a stand-in").format(
                count=answers.of_all(p, answers.among_us(p, whole["partner"]))
            )
        ]
        if len(whole)
        else []
    )
    open_ = [
        tr("{partner}: no stand-in yet").format(partner=p.names[code])
        for code in frame.loc[frame["stand_in"] == "", "partner"]
    ]
    open_ += [
        tr("{partner} differs inside on {what}").format(partner=p.names[code], what=what)
        for code, what in zip(frame["partner"], frame["our_units_differ_on"], strict=True)
        if what
    ]
    return moving_on.before_you_move_on(good, open_)
