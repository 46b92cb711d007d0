"""Stop 4, principles: practices that a newcomer could see, tensions, and the ladder that a disagreement goes up."""

from __future__ import annotations

import re

import pandas as pd

from partnering import language
from partnering.language import tr
from partnering.partnership import Partnership, answers
from partnering.results import Figure, ResultTable, drawing
from partnering.schema import scales
from partnering.schema.tables import TABLES
from partnering.stops import moving_on

EVERY_STEP = ("a role in every partner",)
ROUND_THE_MONEY = "a way round the money"  # asked for only where money moves between partners
SOME_STEP = (
    "somebody no partner pays",
    ROUND_THE_MONEY,
    "somebody beside the weaker side",
    "raising it costs nobody money",
    "an end",
)
FIRST_STEP = ("harm and fraud leave here",)


# ------------------------------------------------------------------ practices


def practices(p: Partnership) -> ResultTable:
    """Each principle turned into what is done, by whom, and how the others will see it (practices)."""
    frame = p["practices"]
    cells = pd.DataFrame(
        {
            tr("Practice"): frame["practice"],
            tr("Principle"): frame["principle"],
            tr("Who"): answers.told(frame["who"]),
            tr("We will"): frame["we_will"],
            tr("You will see"): frame["you_will_see"],
            tr("Look again on"): answers.days(frame["look_again_on"]),
        }
    )
    return ResultTable(
        tr("From principle to practice"), cells, nothing=tr("No practice is written down yet.")
    )


def needs_a_practice(p: Partnership) -> ResultTable:
    """Principles that nobody could see yet: named (practices; in the full form principles) and without "we will"."""
    named, full = p["practices"], p["principles"]
    by = (
        full.assign(who=full["named_by"])
        .groupby("principle", sort=False)["who"]
        .agg(
            lambda some: ", ".join(
                dict.fromkeys(code for text in some for code in text.split(", ") if code)
            )
        )
    )
    done = set(named.loc[named["we_will"] != "", "principle"])
    wanted = [
        name
        for name in dict.fromkeys([*named["principle"], *full["principle"]])
        if name and name not in done
    ]
    cells = pd.DataFrame(
        {
            tr("Principle"): wanted,
            tr("Named by"): [by.get(name, "") for name in wanted],
            tr("To ask"): tr("What would each of us do, so that the others can see it?"),
        }
    )
    return ResultTable(
        tr("Has it a practice yet?"),
        cells,
        nothing=tr("Every principle has a practice.")
        if len(named) or len(full)
        else tr("No principle is written down yet."),
    )


def newcomer(p: Partnership) -> ResultTable:
    """Practices in which nothing is seen to be done: no sign, or (in English) no word for doing something."""
    frame = p["practices"]
    frame = frame[frame["we_will"] != ""]
    unseen = frame["you_will_see"] == ""
    still = (
        ~frame["we_will"].str.contains(_doing(), regex=True, flags=re.IGNORECASE)
        if _doing()
        else unseen & False
    )
    some = frame[unseen | still]
    ask = [
        tr("What sign would tell you that it happens?")
        if no_sign
        else tr("Could a newcomer see this happening? Try: we call, send, ask ... before ...")
        for no_sign in unseen[some.index]
    ]
    cells = pd.DataFrame(
        {
            tr("Practice"): some["practice"] + " " + some["principle"],
            tr("We will"): some["we_will"],
            tr("To ask"): ask,
        }
    )
    return ResultTable(
        tr("Could a newcomer see this happening?"),
        cells,
        nothing=tr("Each practice says what is done and how the others will see it."),
    )


def _doing() -> str:
    """A pattern of words for doing something; "" where the language of the room has no list of them."""
    listed = tr(scales.DOING)
    if language.is_english() or listed != scales.DOING:
        return r"\b(?:" + "|".join(map(re.escape, listed.split())) + r")(?:s|es|d|ed|ing)?\b"
    return ""


def due(p: Partnership) -> ResultTable:
    """Practices whose day to look again has come (practices.look_again_on, by the day of the session)."""
    frame, today = p["practices"], p.fact("date")
    some = frame[frame["look_again_on"] <= today] if today is not None else frame.iloc[:0]
    cells = pd.DataFrame(
        {
            tr("Practice"): some["practice"] + " " + some["principle"],
            tr("Look again on"): answers.days(some["look_again_on"]),
            tr("Who"): answers.told(some["who"]),
        }
    )
    return ResultTable(
        tr("Due to look at again"),
        cells,
        notes=(tr("Ask each side for one time it happened."),) if len(some) else (),
        nothing=tr("Nothing is due yet.")
        if today is not None
        else tr("The day of this session is not filled in."),
    )


def practice_board(p: Partnership) -> ResultTable:
    """The principles with their practices, as on the wall."""
    frame = p["practices"]
    who = answers.told(frame["who"]).map(lambda text: f"{text}: " if text else "")
    told = (who + frame["we_will"]).where(frame["we_will"] != "", tr("no practice yet"))
    by = told.groupby(frame["principle"], sort=False).agg(tuple)
    cells = pd.DataFrame({tr("Principle"): list(by.index), tr("Practices"): list(by)})
    return ResultTable(tr("Practice board"), cells, nothing=tr("No practice is written down yet."))


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after the first session of stop 4, and what is open."""
    whole = p["practices"]
    whole = whole[(whole["we_will"] != "") & (whole["you_will_see"] != "")]
    good = (
        [
            tr("these practices say what is done and what you will see: {which}").format(
                which=", ".join(whole["practice"])
            )
        ]
        if len(whole)
        else []
    )
    missing = needs_a_practice(p).cells
    open_ = [
        tr("no practice yet: {principle}").format(principle=name)
        for name in missing[tr("Principle")]
    ]
    seen = newcomer(p).cells
    return moving_on.before_you_move_on(
        good,
        [
            *open_,
            *(
                tr("cannot be seen yet: {practice}").format(practice=name)
                for name in seen[tr("Practice")]
            ),
        ],
    )


# ------------------------------------------------------------------ the conflict protocol


def ladder(p: Partnership) -> Figure:
    """The conflict protocol drawn as a ladder, from the first step at its foot (protocol)."""
    frame = p["protocol"]
    days = frame["within_days"].map(lambda count: "" if pd.isna(count) else str(int(count)))
    cells = pd.DataFrame(
        {
            tr("Step"): frame["step"],
            tr("We go here when"): frame["we_go_here_when"],
            tr("How it can be raised"): frame["how_it_can_be_raised"],
            tr("Who meets"): frame["who_meets"],
            tr("Within days"): days,
            tr("Meanwhile"): frame["meanwhile"],
        }
    )
    rungs = [
        (
            step,
            tr("within {days} working days").format(days=count) if count else tr("no days told"),
            _short(who),
        )
        for step, count, who in zip(frame["step"], days, frame["who_meets"], strict=True)
    ]
    told = " ".join(
        tr("Step {step}: {who} ({days}).").format(
            step=step, who=who or tr("nobody told"), days=within
        )
        for (step, within, _), who in zip(rungs, frame["who_meets"].str.rstrip("."), strict=True)
    )
    table = ResultTable(
        tr("The steps of the ladder"), cells, nothing=tr("No step is written down yet.")
    )
    return Figure(
        "ladder",
        tr("The ladder"),
        drawing.ladder(rungs) if rungs else "<svg ></svg>",
        told or table.nothing,
        table,
        _days_in_all(p),
    )


def _short(text: str) -> str:
    """The first words of a text, where a drawing has no room for all of it; the table beside has them."""
    return text if len(text) <= 72 else text[:70].rsplit(" ", 1)[0] + " …"


def _days_in_all(p: Partnership) -> tuple[str, ...]:
    """How many working days the ladder takes from foot to end: days, unlike ratings, can be added."""
    days = p["protocol"]["within_days"]
    if not len(days) or days.isna().any():
        return ()
    return (
        tr(
            "From the first step to the end: {days} working days. Is that short enough for the work, and long enough "
            "to think?"
        ).format(days=int(days.sum())),
    )


def ladder_check(p: Partnership) -> ResultTable:
    """What is missing in the ladder, step by step, as ticked together (protocol.this_step_has); nothing is guessed."""
    frame = p["protocol"]
    rows = [row for step in frame.itertuples() for row in _step_lacks(step)]
    has = {
        step: set(text.split("; "))
        for step, text in zip(frame["step"], frame["this_step_has"], strict=True)
    }
    everywhere = set().union(*has.values()) if has else set()
    wanted = [
        what for what in (*SOME_STEP, *FIRST_STEP) if what != ROUND_THE_MONEY or len(p["transfers"])
    ]
    rows += [
        (tr("the whole ladder"), tr("no step has: {what}").format(what=tr(what)), _ask(what))
        for what in wanted
        if len(frame) and what not in everywhere
    ]
    rows += _follow_on(list(frame["step"]))
    cells = pd.DataFrame(rows, columns=[tr("Step"), tr("What is missing"), tr("To ask")])
    return ResultTable(
        tr("Is the ladder whole?"),
        cells,
        notes=_days_in_all(p),
        nothing=tr("Every step has what a ladder needs, as far as you have ticked it.")
        if len(frame)
        else tr("No step is written down yet."),
    )


def _step_lacks(step) -> list[tuple[str, str, str]]:
    """What one step lacks of what every step needs."""
    has = step.this_step_has.split("; ")
    rows = [
        (step.step, tr("not ticked: {what}").format(what=tr(what)), _ask(what))
        for what in EVERY_STEP
        if what not in has
    ]
    columns = TABLES["protocol"].by_name
    for name, ask in (
        ("who_meets", tr("Who meets here?")),
        ("meanwhile", tr("What goes on meanwhile, and what pauses?")),
        ("we_go_here_when", tr("What brings us to this step?")),
        (
            "how_it_can_be_raised",
            tr("How can it be raised, also where saying it straight is hard?"),
        ),
    ):
        if not getattr(step, name):
            rows.append(
                (
                    step.step,
                    tr("nothing stands under “{column}”").format(column=tr(columns[name].label)),
                    ask,
                )
            )
    if pd.isna(step.within_days):
        rows.append(
            (step.step, tr("no days are told"), tr("Within how many working days do you meet?"))
        )
    return rows


def _ask(what: str) -> str:
    """What a tick on a step means, as a question to the room."""
    meaning = next(word.means for word in scales.STEP_HAS.words if word.text == what)
    return tr("Is this so, and where does it stand? {meaning}").format(meaning=tr(meaning))


def _follow_on(steps: list[str]) -> list[tuple[str, str, str]]:
    """Whether the steps are numbered without a gap."""
    numbers = [int(step) for step in steps if step.isdecimal()]
    rows = []
    if steps and numbers != list(range(1, len(numbers) + 1)):
        rows.append(
            (
                tr("the whole ladder"),
                tr("the steps do not follow on: {steps}").format(steps=", ".join(steps)),
                tr("Which step comes after which?"),
            )
        )
    return rows


def tensions(p: Partnership) -> ResultTable:
    """The tensions you expect, the first move in each, and where it enters the ladder (tensions)."""
    frame = p["tensions"]
    cells = pd.DataFrame(
        {
            tr("Tension"): frame["tension"] + " " + frame["what_might_happen"],
            tr("Each side would need"): frame["each_side_would_need"],
            tr("First move"): frame["first_move"],
            tr("Enters at step"): frame["step"].where(frame["step"] != "", tr("not told yet")),
        }
    )
    return ResultTable(
        tr("Which tension enters where"), cells, nothing=tr("No tension is written down yet.")
    )


def before_you_move_on_protocol(p: Partnership) -> ResultTable:
    """What speaks for going on after the second session of stop 4, and what is open."""
    lacking = ladder_check(p).cells
    ready = p["tensions"]
    ready = ready[(ready["first_move"] != "") & (ready["step"] != "")]
    good = (
        [tr("the ladder has {count} steps").format(count=len(p["protocol"]))]
        if len(p["protocol"])
        else []
    )
    good += (
        [
            tr("these tensions have a first move and a step: {which}").format(
                which=", ".join(ready["tension"])
            )
        ]
        if len(ready)
        else []
    )
    return moving_on.before_you_move_on(
        good,
        [
            f"{step}: {what}"
            for step, what in zip(lacking[tr("Step")], lacking[tr("What is missing")], strict=True)
        ],
    )
