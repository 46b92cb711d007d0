"""Stop 4, principles: practices that can be seen, tensions, and the ladder of a disagreement."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from partnering import language
from partnering.language import tr
from partnering.partnership import ROOM, Partnership, answers, knowledge
from partnering.results import Figure, ResultTable, pictures
from partnering.results.drawing import Drawing
from partnering.schema import scales, wording
from partnering.schema.kinds import UNREAD
from partnering.schema.spelling import says_nothing
from partnering.schema.tables import ABOUT_US, TABLES
from partnering.schema.unread import is_unread, names_in
from partnering.stops import moving_on, proposals

EVERY_STEP = ("a role in every organisation",)
SOME_STEP = (
    "an outside person whom no partner pays",
    "can be raised without asking the funder",
    "a companion for the side with less power",
    "no payment stops because of a concern",
    "what happens if no solution is found",
)
FIRST_STEP = ("harm and fraud go to the reporting route",)
STEP_TEXTS = ("who_meets", "meanwhile", "we_go_here_when", "how_it_can_be_raised")

# what a practice lacks before a newcomer could see it (the column `lacks` of `newcomer`)
A_SIGN, A_DOING = "you_will_see", "we_will"
# what a ladder lacks (the column `lacks` of `ladder_check`)
A_TICK, A_TEXT, TO_READ, THE_DAYS, THE_ORDER = "tick", "text", "to read", "days", "order"
YOUR_WORDS = "your words"  # the step is still the handbook's proposal


# ------------------------------------------------------------------ practices


def practices(p: Partnership) -> ResultTable:
    """Each principle turned into what is done, by whom, and how the others will see it.

    Args:
        p: The partnership as one reader sees it; read is the table `practices`.

    Returns:
        One row a practice, as typed: `practice`, `principle`, `who` (codes), `we_will`,
        `you_will_see`, `look_again_on` (a day), and `UNREAD`.
    """
    columns = ["practice", "principle", "who", "we_will", "you_will_see", "look_again_on"]
    return ResultTable(
        tr("From principle to practice"),
        p["practices"][[*columns, UNREAD]],
        words=_practice_words,
        nothing=_no_practice(p),
    )


def _no_practice(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p,
        tr("No practice is shown here."),
        tr("No practice is written down yet."),
        of=["practices"],
    )


def _practice_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Practice"): rows["practice"],
            tr("Principle"): rows["principle"],
            tr("Who"): answers.told(rows["who"]),
            tr("We will"): rows["we_will"],
            tr("What others will see"): rows["you_will_see"],
            tr("Review on"): answers.days(rows, "look_again_on"),
        }
    )


def needs_a_practice(p: Partnership) -> ResultTable:
    """Principles beside which nothing stands that is done.

    Args:
        p: The partnership as one reader sees it; read are `practices` and, in the full form,
            `principles`.

    Returns:
        One row a principle of which no practice that this reader sees has a "we will": `principle`,
        `named_by` (the codes of those who named it in the full form, as far as they are shown,
        parted by commas).
    """
    named, full = p["practices"], p["principles"]
    done = set(named.loc[answers.said(named["we_will"]), "principle"])
    named_by = _named_by(full)
    wanted = [
        name
        for name in dict.fromkeys([*named["principle"], *full["principle"]])
        if name and name not in done
    ]
    rows = pd.DataFrame(
        {"principle": wanted, "named_by": [named_by.get(name, "") for name in wanted]},
        dtype=object,
    )
    room_only = (tr("A practice may be with the facilitator."),) if len(rows) else ()
    return ResultTable(
        tr("Does each principle have a practice?"),
        rows,
        words=_needed_words,
        notes=room_only if p.reader == ROOM else (),
        nothing=_every_principle_has_one(p, bool(len(named) or len(full))),
    )


def _every_principle_has_one(p: Partnership, some: bool) -> str:
    """What is said where no principle needs a practice."""
    if not some:
        return knowledge.of_what_stands_here(
            p, tr("No principle is shown here."), tr("No principle is written down yet.")
        )
    return knowledge.of_what_stands_here(
        p,
        tr("Each principle shown here has a practice."),
        tr("Every principle has a practice."),
    )


def _named_by(full: pd.DataFrame) -> dict[str, str]:
    """The codes of those who named each principle, each once, in the order of the rows."""
    found: dict[str, dict[str, None]] = {}
    for principle, named_by in zip(full["principle"], full["named_by"], strict=True):
        found.setdefault(principle, {}).update(dict.fromkeys(ABOUT_US.parts(named_by)))
    return {principle: ", ".join(codes) for principle, codes in found.items()}


def _needed_words(rows: pd.DataFrame) -> pd.DataFrame:
    cells = {tr("Principle"): rows["principle"]}
    if (rows["named_by"] != "").any():  # an empty column would say that nobody has
        cells[tr("Proposed by")] = answers.told(rows["named_by"])
    to_ask = tr("What would each of us do, so that the others can see it?")
    return pd.DataFrame(cells).assign(**{tr("To ask"): to_ask})


def newcomer(p: Partnership) -> ResultTable:
    """Practices of which a newcomer could not see that they happen.

    Either the sign is missing, or (where the language of the room has a list of such words) "we
    will" has no word for doing something.

    Args:
        p: The partnership as one reader sees it; read is the table `practices`.

    Returns:
        One row a practice: `practice`, `principle`, `we_will`, and `lacks`, the column in which
        something is missing: `A_SIGN` or `A_DOING`, the sign first.
    """
    frame = p["practices"]
    frame = frame[answers.said(frame["we_will"])]
    no_sign = ~answers.said(frame["you_will_see"])
    some = frame[no_sign | ~_is_done(frame["we_will"])]
    lacks = no_sign[some.index].map({True: A_SIGN, False: A_DOING})
    return ResultTable(
        tr("Could a newcomer see this happening?"),
        some[["practice", "principle", "we_will"]].assign(lacks=lacks),
        words=_newcomer_words,
        nothing=_each_can_be_seen(p) if len(frame) else _no_practice(p),
    )


def _each_can_be_seen(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p,
        tr("Each practice shown here says what is done and how the others will see it."),
        tr("Each practice says what is done and how the others will see it."),
    )


def _newcomer_words(rows: pd.DataFrame) -> pd.DataFrame:
    ask = {
        A_SIGN: tr("What sign would tell you that it happens?"),
        A_DOING: tr("Could a newcomer see this happening? Try: we call, send, ask ... before ..."),
    }
    return pd.DataFrame(
        {
            tr("Practice"): _practice_labels(rows),
            tr("We will"): rows["we_will"],
            tr("To ask"): rows["lacks"].map(ask),
        }
    )


def _practice_labels(rows: pd.DataFrame) -> pd.Series:
    """Practices as they are called in the room: their code and their principle."""
    return rows["practice"] + " " + rows["principle"]


def _is_done(texts: pd.Series) -> pd.Series:
    """Which texts have a word for doing something; all where there is no list of such words."""
    listed = tr(wording.DOING)
    if not language.is_english() and listed == wording.DOING:
        return pd.Series(True, index=texts.index)
    doing = r"\b(?:" + "|".join(map(re.escape, listed.split())) + r")(?:s|es|d|ed|ing)?\b"
    return texts.str.contains(doing, regex=True, flags=re.IGNORECASE)


def due(p: Partnership) -> ResultTable:
    """Practices whose day to look again has come, by the day of the session.

    Args:
        p: The partnership as one reader sees it; read are `practices` and the day of the table
            `partnership`.

    Returns:
        One row a practice whose day is that day or earlier: `practice`, `principle`,
        `look_again_on` (a day), `who` (codes).
    """
    frame, today = p["practices"], p.fact("date")
    some = frame[frame["look_again_on"] <= today] if today is not None else frame.iloc[:0]
    return ResultTable(
        tr("Due to look at again"),
        some[["practice", "principle", "look_again_on", "who"]],
        words=_due_words,
        notes=(tr("Ask each side for one time it happened."),) if len(some) else (),
        nothing=_nothing_due(p),
    )


def _nothing_due(p: Partnership) -> str:
    if "date" in p.unread_facts:
        return tr("The day of this session cannot be read.")
    if p.fact("date") is None:
        return tr("The day of this session is not filled in.")
    if is_unread(p["practices"], "look_again_on").any():
        return tr("Nothing shown here with a day that can be read is due yet.")
    return knowledge.of_what_stands_here(
        p, tr("Nothing shown here is due yet."), tr("Nothing is due yet.")
    )


def _due_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Practice"): _practice_labels(rows),
            tr("Review on"): answers.days(rows, "look_again_on"),
            tr("Who"): answers.told(rows["who"]),
        }
    )


def practice_board(p: Partnership) -> ResultTable:
    """The principles with their practices, as on the wall.

    Args:
        p: The partnership as one reader sees it; read is the table `practices`.

    Returns:
        One row a practice: `principle`, `practice`, `who` (codes), `we_will`. The cells have one
        line a principle, in the order in which the principles occur.
    """
    none = knowledge.of_what_stands_here(p, tr("no practice is shown here"), tr("no practice yet"))
    return ResultTable(
        tr("Practice board"),
        p["practices"][["principle", "practice", "who", "we_will"]],
        words=lambda rows: _board_words(rows, none),
        nothing=_no_practice(p),
    )


def _board_words(rows: pd.DataFrame, none: str) -> pd.DataFrame:
    """The board; `none` stands beside a principle of which no practice says what is done."""
    who = answers.told(rows["who"]).map(lambda text: f"{text}: " if text else "")
    texts = (who + rows["we_will"]).where(answers.said(rows["we_will"]), "")
    board = texts.groupby(rows["principle"], sort=False).agg(tuple)
    cells = [tuple(filter(None, practices)) or (none,) for practices in board]
    return pd.DataFrame({tr("Principle"): list(board.index), tr("Practices"): cells})


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after the first session of stop 4, and what is open.

    Args:
        p: The partnership as one reader sees it; read are `practices` and `principles`.

    Returns:
        The closing table. Speaks for it: the practices with a "we will" and a sign. Open: what
        `needs_a_practice` and `newcomer` find.
    """
    return moving_on.before_you_move_on(lambda: _closing(p))


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    frame = p["practices"]
    both = answers.said(frame["we_will"]) & answers.said(frame["you_will_see"])
    whole = _practice_labels(frame[both])
    speaks_for = []
    if len(whole):
        speaks_for.append(
            tr("these practices say what is done and what you will see: {which}").format(
                which=", ".join(whole)
            )
        )
    none = knowledge.of_what_stands_here(
        p, tr("no practice is shown here: {principle}"), tr("no practice yet: {principle}")
    )
    still_open = [none.format(principle=name) for name in needs_a_practice(p).rows["principle"]]
    still_open += [
        tr("cannot be seen yet: {practice}").format(practice=name)
        for name in _practice_labels(newcomer(p).rows)
    ]
    return moving_on.Closing(speaks_for, still_open)


# ------------------------------------------------------------------ the conflict protocol


def ladder(p: Partnership) -> Figure:
    """The conflict protocol drawn as a ladder, from the first step at its foot.

    Args:
        p: The partnership as one reader sees it; read is the table `protocol`.

    Returns:
        The drawing, and its table of one row a step, as typed: `step`, `we_go_here_when`,
        `how_it_can_be_raised`, `who_meets`, `within_days` (working days), `meanwhile`,
        `UNREAD`; and `proposed`, whether the step is still the handbook's proposal.
    """
    columns = ["step", "we_go_here_when", "how_it_can_be_raised", "who_meets", "within_days"]
    rows = p["protocol"][[*columns, "meanwhile", UNREAD]]
    rows = rows.assign(proposed=proposals.proposed(p, "protocol"))
    table = ResultTable(
        tr("The steps of the conflict protocol"),
        rows,
        words=_step_words,
        notes=_whose_ladder(rows),
        nothing=_no_step(p),
    )
    return Figure(
        "ladder", tr("The steps, in a picture"), lambda: _rungs(p, rows), table, _days_in_all(p)
    )


def _rungs(p: Partnership, rows: pd.DataFrame) -> tuple[Drawing, ...]:
    """The picture of the steps."""
    rungs = []
    as_it_came = proposals.as_it_came(p, "protocol")
    for step, who, days, open_ in zip(
        rows["step"], rows["who_meets"], _days_in_words(rows), as_it_came, strict=True
    ):
        within = tr("proposal, {days}").format(days=days) if open_ else days
        told = _step_sentence(step, who, days, open_)
        rungs.append(pictures.Rung(step, within, who, told))
    return pictures.ladder(rungs, tr("The first step is at the bottom.")) if rungs else ()


def _days_in_words(rows: pd.DataFrame) -> list[str]:
    within, none = tr("within {days} working days"), tr("no days given")
    said = [
        none if pd.isna(days) else within.format(days=int(days)) for days in rows["within_days"]
    ]
    return answers.or_unread(said, rows, "within_days", tr("its days cannot be read"))


def _step_sentence(step: str, who: str, days: str, proposed: bool) -> str:
    sentence = tr("Step {step}: {who} ({days}).")
    if proposed:
        sentence = tr("Step {step}, the handbook's proposal: {who} ({days}).")
    return sentence.format(
        step=step, who=who.rstrip(".") or tr("it is not said who meets"), days=days
    )


def _whose_ladder(rows: pd.DataFrame) -> tuple[str, ...]:
    """One sentence where steps are still the handbook's proposal."""
    left = rows.loc[rows["proposed"], "step"]
    if left.empty:
        return ()
    if len(left) == len(rows):
        return (tr("These steps are the handbook's proposal, and not yet yours."),)
    return (
        tr("Still the handbook's proposal, and not yet yours: step {steps}.").format(
            steps=", ".join(left)
        ),
    )


def _no_step(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p, tr("No step is shown here."), tr("No step is written down yet."), of=["protocol"]
    )


def _step_words(rows: pd.DataFrame) -> pd.DataFrame:
    proposal = rows["proposed"].map({True: tr(" (the handbook's proposal)"), False: ""})
    return pd.DataFrame(
        {
            tr("Step"): rows["step"] + proposal,
            tr("We use this step when"): rows["we_go_here_when"],
            tr("How to raise it"): rows["how_it_can_be_raised"],
            tr("Who meets"): rows["who_meets"],
            tr("Within … working days"): answers.numbers(rows, "within_days"),
            tr("Until it is decided"): rows["meanwhile"],
        }
    )


def _days_in_all(p: Partnership) -> tuple[str, ...]:
    """How many working days the ladder takes in all: days, unlike ratings, can be added."""
    days = p["protocol"]["within_days"]
    if not len(days) or days.isna().any():
        return ()
    sentence = knowledge.of_what_stands_here(
        p,
        tr(
            "The steps shown here take {days} working days in all. Is that short enough for the "
            "work, and long enough to think?"
        ),
        tr(
            "From the first step to the end: {days} working days. Is that short enough for the "
            "work, and long enough to think?"
        ),
    )
    if proposals.as_it_came(p, "protocol").any():
        sentence = tr(
            "With what the handbook proposes these steps take {days} working days in all. Is that "
            "short enough for the work, and long enough to think?"
        )
    return (sentence.format(days=int(days.sum())),)


def ladder_check(p: Partnership) -> ResultTable:
    """What the ladder lacks, step by step, as ticked together; nothing is guessed.

    A step whose texts are still the handbook's is a proposal: it is told as open, and the ticks
    that came with it are nobody's.

    Source: what a whole ladder has is this handbook's own list, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read is `protocol` (its ticks in `this_step_has`).

    Returns:
        One row a gap, those of single steps first: `step` ("" for the ladder as a whole), `lacks`
        (`YOUR_WORDS`, `A_TICK`, `A_TEXT`, `TO_READ`, `THE_DAYS` or `THE_ORDER`), and `what`: the
        word that is not ticked, the column that is empty or cannot be read, or the steps as they
        are numbered. Where every step is the handbook's, that is the only gap, and one of the whole
        ladder.
    """
    frame, open_ = p["protocol"], proposals.proposed(p, "protocol")
    if open_.any() and open_.all():
        gaps: list[Gap] = [("", YOUR_WORDS, "")]
    else:
        gaps = [
            *_gaps_of_steps(frame, open_),
            *_gaps_of_all(frame[~open_]),
            *_gaps_of_order(list(frame["step"])),
        ]
    return ResultTable(
        tr("Are the steps complete?"),
        pd.DataFrame(gaps, columns=["step", "lacks", "what"]),
        words=_gap_words_of(p),
        notes=_days_in_all(p),
        nothing=_whole_ladder(p) if len(frame) else _no_step(p),
    )


def _whole_ladder(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p,
        tr("Every step shown here has what it needs, as far as you have ticked it."),
        tr("Every step has what it needs, as far as you have ticked it."),
    )


Gap = tuple[str, str, str]  # step, lacks, what


def _gaps_of_steps(frame: pd.DataFrame, proposed: pd.Series) -> list[Gap]:
    """What single steps lack of what every step needs."""
    gaps: list[Gap] = []
    for row, open_ in zip(frame.to_dict("records"), proposed, strict=True):
        step, ticked = row["step"], scales.STEP_HAS.parts(row["this_step_has"])
        if open_:
            gaps.append((step, YOUR_WORDS, ""))
            continue
        lost = names_in(row)
        if "this_step_has" not in lost:
            gaps += [(step, A_TICK, tick) for tick in EVERY_STEP if tick not in ticked]
        gaps += [(step, A_TEXT, name) for name in STEP_TEXTS if says_nothing(row[name])]
        gaps += [(step, TO_READ, name) for name in lost]
        if pd.isna(row["within_days"]) and "within_days" not in lost:
            gaps.append((step, THE_DAYS, "within_days"))
    return gaps


def _gaps_of_all(own: pd.DataFrame) -> list[Gap]:
    """What no step has of those that are the partners' own, and one at least should have."""
    if own.empty or is_unread(own, "this_step_has").any():
        return []
    ticked: set[str] = set()
    for text in own["this_step_has"]:
        ticked.update(scales.STEP_HAS.parts(text))
    return [("", A_TICK, tick) for tick in (*SOME_STEP, *FIRST_STEP) if tick not in ticked]


def _gaps_of_order(steps: list[str]) -> list[Gap]:
    """Whether the steps that are numbered follow on from 1; a last step may be a word."""
    numbers = [int(step) for step in steps if step.isdecimal()]
    if not steps or numbers == list(range(1, len(numbers) + 1)):
        return []
    return [("", THE_ORDER, ", ".join(steps))]


def _gap_words_of(p: Partnership) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What turns gaps into cells: step, what is missing, what to ask."""
    no_step_has = tr("no step has: {what}")
    if p.reader == ROOM or "protocol" in p.lines_left_out:
        no_step_has = tr("no step of yours shown here has: {what}")
    elif proposals.proposed(p, "protocol").any():
        no_step_has = tr("no step of yours has: {what}")
    order = knowledge.of_what_stands_here(
        p, tr("the steps shown here: {steps}"), tr("the steps do not follow on: {steps}")
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        lines = []
        for step, lacks, what in rows.itertuples(index=False, name=None):
            missing = _gap_in_words(lacks, what)
            if lacks == A_TICK and not step:
                missing = no_step_has.format(what=tr(what))
            elif lacks == THE_ORDER:
                missing = order.format(steps=what)
            lines.append((step or tr("the steps together"), missing, _gap_question(lacks, what)))
        return pd.DataFrame(lines, columns=[tr("Step"), tr("What is missing"), tr("To ask")])

    return words


def _gap_in_words(lacks: str, what: str) -> str:
    """What is missing at a step."""
    if lacks == YOUR_WORDS:
        return tr("the handbook's proposal, and not yet yours")
    if lacks in (A_TEXT, TO_READ):
        said = tr("nothing is written under “{column}”")
        if lacks == TO_READ:
            said = tr("what is written under “{column}” cannot be read")
        return said.format(column=tr(TABLES["protocol"].by_name[what].label))
    if lacks == THE_DAYS:
        return tr("no days are given")
    return tr("not ticked: {what}").format(what=tr(what))


def _gap_question(lacks: str, what: str) -> str:
    """What to ask about a gap."""
    if lacks == YOUR_WORDS:
        return tr("Would you do it like this? Who goes there of each of you? Say it in your words.")
    if lacks == A_TICK:
        meaning = next(word.means for word in scales.STEP_HAS.words if word.text == what)
        return tr("Is this so, and where is it written? {meaning}").format(meaning=tr(meaning))
    if lacks == THE_ORDER:
        return tr("Which step comes after which?")
    return {
        "who_meets": tr("Who meets here?"),
        "meanwhile": tr("What goes on meanwhile, and what pauses?"),
        "we_go_here_when": tr("What brings us to this step?"),
        "how_it_can_be_raised": tr(
            "How can it be raised, also by somebody who cannot say it directly?"
        ),
        "within_days": tr("Within how many working days do you meet?"),
        "this_step_has": tr("Which of these does the step have? Tick them again."),
    }[what]


def tensions(p: Partnership) -> ResultTable:
    """The tensions that are expected, the first move in each, and where it enters the ladder.

    Args:
        p: The partnership as one reader sees it; read is the table `tensions`.

    Returns:
        One row a tension, as typed: `tension`, `what_might_happen`, `each_side_would_need`,
        `first_move`, `step` ("" where none is told), and `UNREAD`.
    """
    columns = ["tension", "what_might_happen", "each_side_would_need", "first_move", "step"]
    return ResultTable(
        tr("Which tension goes to which step"),
        p["tensions"][[*columns, UNREAD]],
        words=_tension_words,
        nothing=knowledge.of_what_stands_here(
            p,
            tr("No tension is shown here."),
            tr("No tension is written down yet."),
            of=["tensions"],
        ),
    )


def _tension_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("What could strain us"): _tension_labels(rows),
            tr("What each side would need"): rows["each_side_would_need"],
            tr("First action"): rows["first_move"],
            tr("Goes to step"): answers.or_unread(
                rows["step"].where(rows["step"] != "", tr("not said yet")), rows, "step"
            ),
        }
    )


def _tension_labels(rows: pd.DataFrame) -> pd.Series:
    """Tensions as they are called in the room: their code and what might happen."""
    return rows["tension"] + " " + rows["what_might_happen"]


def before_you_move_on_protocol(p: Partnership) -> ResultTable:
    """What speaks for going on after the second session of stop 4, and what is open.

    Args:
        p: The partnership as one reader sees it; read are `protocol` and `tensions`.

    Returns:
        The closing table. Speaks for it: the steps that are the partners' own, and the tensions
        with a first move and a step. Open: what `ladder_check` finds, the handbook's proposals with
        it.
    """
    return moving_on.before_you_move_on(lambda: _closing_of_protocol(p))


def _closing_of_protocol(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    frame = p["tensions"]
    own = p["protocol"].loc[~proposals.proposed(p, "protocol"), "step"]
    ready = _tension_labels(frame[answers.said(frame["first_move"]) & (frame["step"] != "")])
    speaks_for = []
    if len(own):
        which = ", ".join(own)
        speaks_for.append(tr("these steps are yours: {which}").format(which=which))
    if len(ready):
        speaks_for.append(
            tr("these tensions have a first action and a step: {which}").format(
                which="; ".join(label.rstrip(".") for label in ready)
            )
        )
    gaps, words = ladder_check(p).rows, _gap_words_of(p)
    lines = map(": ".join, zip(*(words(gaps).iloc[:, at] for at in (0, 1)), strict=True))
    return moving_on.Closing(speaks_for, list(lines))
