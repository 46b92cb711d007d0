"""Stop 4, principles: practices that can be seen, tensions, and the ladder of a disagreement."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from partnering import language
from partnering.language import tr
from partnering.partnership import Partnership, answers
from partnering.results import Figure, ResultTable, drawing
from partnering.schema import scales
from partnering.schema.tables import ABOUT_US, TABLES
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
STEP_TEXTS = ("who_meets", "meanwhile", "we_go_here_when", "how_it_can_be_raised")

# what a practice lacks before a newcomer could see it (the column `lacks` of `newcomer`)
A_SIGN, A_DOING = "you_will_see", "we_will"
# what a ladder lacks (the column `lacks` of `ladder_check`)
A_TICK, A_TEXT, THE_DAYS, THE_ORDER = "tick", "text", "days", "order"
LONGEST_RUNG = 72  # letters of "who meets" that a drawn rung has room for


# ------------------------------------------------------------------ practices


def practices(p: Partnership) -> ResultTable:
    """Each principle turned into what is done, by whom, and how the others will see it.

    Args:
        p: The partnership as one reader sees it; read is the table `practices`.

    Returns:
        One row a practice, as typed: `practice`, `principle`, `who` (codes), `we_will`,
        `you_will_see`, `look_again_on` (a day).
    """
    columns = ["practice", "principle", "who", "we_will", "you_will_see", "look_again_on"]
    return ResultTable(
        tr("From principle to practice"),
        p["practices"][columns],
        words=_practice_words,
        nothing=tr("No practice is written down yet."),
    )


def _practice_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Practice"): rows["practice"],
            tr("Principle"): rows["principle"],
            tr("Who"): answers.told(rows["who"]),
            tr("We will"): rows["we_will"],
            tr("You will see"): rows["you_will_see"],
            tr("Look again on"): answers.days(rows["look_again_on"]),
        }
    )


def needs_a_practice(p: Partnership) -> ResultTable:
    """Principles that nobody could see yet: named, and without anything that is done.

    Args:
        p: The partnership as one reader sees it; read are `practices` and, in the full form,
            `principles`.

    Returns:
        One row a principle of which no practice has a "we will": `principle`, `named_by` (the codes
        of those who named it in the full form, parted by commas; "" where nobody has).
    """
    named, full = p["practices"], p["principles"]
    done = set(named.loc[named["we_will"] != "", "principle"])
    named_by = _named_by(full)
    wanted = [
        name
        for name in dict.fromkeys([*named["principle"], *full["principle"]])
        if name and name not in done
    ]
    something = len(named) or len(full)
    return ResultTable(
        tr("Has it a practice yet?"),
        pd.DataFrame(
            {"principle": wanted, "named_by": [named_by.get(name, "") for name in wanted]},
            dtype="object",
        ),
        words=_needed_words,
        nothing=tr("Every principle has a practice.")
        if something
        else tr("No principle is written down yet."),
    )


def _named_by(full: pd.DataFrame) -> dict[str, str]:
    """The codes of those who named each principle, each once, in the order of the rows."""
    found: dict[str, dict[str, None]] = {}
    for principle, named_by in zip(full["principle"], full["named_by"], strict=True):
        found.setdefault(principle, {}).update(dict.fromkeys(ABOUT_US.parts(named_by)))
    return {principle: ", ".join(codes) for principle, codes in found.items()}


def _needed_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Principle"): rows["principle"],
            tr("Named by"): rows["named_by"],
            tr("To ask"): tr("What would each of us do, so that the others can see it?"),
        }
    )


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
    frame = frame[frame["we_will"] != ""]
    no_sign = frame["you_will_see"] == ""
    some = frame[no_sign | ~_is_done(frame["we_will"])]
    lacks = no_sign[some.index].map({True: A_SIGN, False: A_DOING})
    return ResultTable(
        tr("Could a newcomer see this happening?"),
        some[["practice", "principle", "we_will"]].assign(lacks=lacks),
        words=_newcomer_words,
        nothing=tr("Each practice says what is done and how the others will see it."),
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
    listed = tr(scales.DOING)
    if not language.is_english() and listed == scales.DOING:
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
        nothing=tr("Nothing is due yet.")
        if today is not None
        else tr("The day of this session is not filled in."),
    )


def _due_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Practice"): _practice_labels(rows),
            tr("Look again on"): answers.days(rows["look_again_on"]),
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
    return ResultTable(
        tr("Practice board"),
        p["practices"][["principle", "practice", "who", "we_will"]],
        words=_board_words,
        nothing=tr("No practice is written down yet."),
    )


def _board_words(rows: pd.DataFrame) -> pd.DataFrame:
    who = answers.told(rows["who"]).map(lambda text: f"{text}: " if text else "")
    texts = (who + rows["we_will"]).where(rows["we_will"] != "", tr("no practice yet"))
    board = texts.groupby(rows["principle"], sort=False).agg(tuple)
    return pd.DataFrame({tr("Principle"): list(board.index), tr("Practices"): list(board)})


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after the first session of stop 4, and what is open.

    Args:
        p: The partnership as one reader sees it; read are `practices` and `principles`.

    Returns:
        The closing table. Speaks for it: the practices with a "we will" and a sign. Open: what
        `needs_a_practice` and `newcomer` find.
    """
    frame = p["practices"]
    whole = frame.loc[(frame["we_will"] != "") & (frame["you_will_see"] != ""), "practice"]
    speaks_for = []
    if len(whole):
        speaks_for.append(
            tr("these practices say what is done and what you will see: {which}").format(
                which=", ".join(whole)
            )
        )
    still_open = [
        tr("no practice yet: {principle}").format(principle=name)
        for name in needs_a_practice(p).rows["principle"]
    ]
    still_open += [
        tr("cannot be seen yet: {practice}").format(practice=name)
        for name in _practice_labels(newcomer(p).rows)
    ]
    return moving_on.before_you_move_on(speaks_for, still_open)


# ------------------------------------------------------------------ the conflict protocol


def ladder(p: Partnership) -> Figure:
    """The conflict protocol drawn as a ladder, from the first step at its foot.

    Args:
        p: The partnership as one reader sees it; read is the table `protocol`.

    Returns:
        The drawing, and its table of one row a step, as typed: `step`, `we_go_here_when`,
        `how_it_can_be_raised`, `who_meets`, `within_days` (working days), `meanwhile`.
    """
    columns = ["step", "we_go_here_when", "how_it_can_be_raised", "who_meets", "within_days"]
    table = ResultTable(
        tr("The steps of the ladder"),
        p["protocol"][[*columns, "meanwhile"]],
        words=_step_words,
        nothing=tr("No step is written down yet."),
    )
    return Figure(
        "ladder",
        tr("The ladder"),
        drawing=lambda: _drawn_ladder(table.rows),
        alternative=lambda: _steps_in_words(table.rows) or table.nothing,
        table=table,
        notes=_days_in_all(p),
    )


def _drawn_ladder(rows: pd.DataFrame) -> str:
    rungs = [
        (step, _within(days), _short(who))
        for step, who, days in zip(
            rows["step"], rows["who_meets"], rows["within_days"], strict=True
        )
    ]
    return drawing.ladder(rungs) if rungs else drawing.NOTHING


def _steps_in_words(rows: pd.DataFrame) -> str:
    steps = zip(rows["step"], rows["who_meets"], rows["within_days"], strict=True)
    sentence = tr("Step {step}: {who} ({days}).")
    return " ".join(
        sentence.format(step=step, who=who.rstrip(".") or tr("nobody told"), days=_within(days))
        for step, who, days in steps
    )


def _within(days: float) -> str:
    """How soon those who meet at a step have met; missing where it is not told."""
    if pd.isna(days):
        return tr("no days told")
    return tr("within {days} working days").format(days=int(days))


def _step_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Step"): rows["step"],
            tr("We go here when"): rows["we_go_here_when"],
            tr("How it can be raised"): rows["how_it_can_be_raised"],
            tr("Who meets"): rows["who_meets"],
            tr("Within days"): rows["within_days"].map(
                lambda days: "" if pd.isna(days) else str(int(days))
            ),
            tr("Meanwhile"): rows["meanwhile"],
        }
    )


def _short(text: str) -> str:
    """The first words of a text, for a drawing without room for all of it; the table has them."""
    if len(text) <= LONGEST_RUNG:
        return text
    return text[: LONGEST_RUNG - 2].rsplit(" ", 1)[0] + " …"


def _days_in_all(p: Partnership) -> tuple[str, ...]:
    """How many working days the ladder takes in all: days, unlike ratings, can be added."""
    days = p["protocol"]["within_days"]
    if not len(days) or days.isna().any():
        return ()
    return (
        tr(
            "From the first step to the end: {days} working days. Is that short enough for the "
            "work, and long enough to think?"
        ).format(days=int(days.sum())),
    )


def ladder_check(p: Partnership) -> ResultTable:
    """What the ladder lacks, step by step, as ticked together; nothing is guessed.

    Source: what a whole ladder has is this handbook's own list, on guide/methods.md.

    Args:
        p: The partnership as one reader sees it; read are `protocol` (its ticks in `this_step_has`)
            and `transfers`: a way round the money is asked for only where money moves.

    Returns:
        One row a gap, those of single steps first: `step` ("" for the ladder as a whole), `lacks`
        (`A_TICK`, `A_TEXT`, `THE_DAYS` or `THE_ORDER`), and `what`: the word that is not ticked,
        the column that is empty, or the steps as they are numbered.
    """
    frame = p["protocol"]
    gaps = [
        *_gaps_of_steps(frame),
        *_gaps_of_all(frame, bool(len(p["transfers"]))),
        *_gaps_of_order(list(frame["step"])),
    ]
    return ResultTable(
        tr("Is the ladder whole?"),
        pd.DataFrame(gaps, columns=["step", "lacks", "what"]),
        words=_gap_words,
        notes=_days_in_all(p),
        nothing=tr("Every step has what a ladder needs, as far as you have ticked it.")
        if len(frame)
        else tr("No step is written down yet."),
    )


Gap = tuple[str, str, str]  # step, lacks, what


def _gaps_of_steps(frame: pd.DataFrame) -> list[Gap]:
    """What single steps lack of what every step needs."""
    gaps: list[Gap] = []
    for row in frame.to_dict("records"):
        step, ticked = row["step"], scales.STEP_HAS.parts(row["this_step_has"])
        gaps += [(step, A_TICK, tick) for tick in EVERY_STEP if tick not in ticked]
        gaps += [(step, A_TEXT, name) for name in STEP_TEXTS if not row[name]]
        if pd.isna(row["within_days"]):
            gaps.append((step, THE_DAYS, "within_days"))
    return gaps


def _gaps_of_all(frame: pd.DataFrame, money_moves: bool) -> list[Gap]:
    """What no step has and one at least should have."""
    if frame.empty:
        return []
    ticked: set[str] = set()
    for text in frame["this_step_has"]:
        ticked.update(scales.STEP_HAS.parts(text))
    return [
        ("", A_TICK, tick)
        for tick in (*SOME_STEP, *FIRST_STEP)
        if tick not in ticked and (tick != ROUND_THE_MONEY or money_moves)
    ]


def _gaps_of_order(steps: list[str]) -> list[Gap]:
    """Whether the steps that are numbered follow on from 1; a last step may be a word."""
    numbers = [int(step) for step in steps if step.isdecimal()]
    if not steps or numbers == list(range(1, len(numbers) + 1)):
        return []
    return [("", THE_ORDER, ", ".join(steps))]


def _gap_words(rows: pd.DataFrame) -> pd.DataFrame:
    gaps: list[Gap] = list(rows.itertuples(index=False, name=None))
    lines = [(*_gap_line(gap), _gap_question(gap)) for gap in gaps]
    return pd.DataFrame(lines, columns=[tr("Step"), tr("What is missing"), tr("To ask")])


def _gap_line(gap: Gap) -> tuple[str, str]:
    """The step of a gap and what is missing there, in words."""
    step, lacks, what = gap
    if lacks == A_TEXT:
        label = TABLES["protocol"].by_name[what].label
        missing = tr("nothing stands under “{column}”").format(column=tr(label))
    elif lacks == THE_DAYS:
        missing = tr("no days are told")
    elif lacks == THE_ORDER:
        missing = tr("the steps do not follow on: {steps}").format(steps=what)
    elif step:
        missing = tr("not ticked: {what}").format(what=tr(what))
    else:
        missing = tr("no step has: {what}").format(what=tr(what))
    return step or tr("the whole ladder"), missing


def _gap_question(gap: Gap) -> str:
    """What to ask about a gap."""
    _, lacks, what = gap
    if lacks == A_TICK:
        meaning = next(word.means for word in scales.STEP_HAS.words if word.text == what)
        return tr("Is this so, and where does it stand? {meaning}").format(meaning=tr(meaning))
    if lacks == THE_ORDER:
        return tr("Which step comes after which?")
    return {
        "who_meets": tr("Who meets here?"),
        "meanwhile": tr("What goes on meanwhile, and what pauses?"),
        "we_go_here_when": tr("What brings us to this step?"),
        "how_it_can_be_raised": tr("How can it be raised, also where saying it straight is hard?"),
        "within_days": tr("Within how many working days do you meet?"),
    }[what]


def tensions(p: Partnership) -> ResultTable:
    """The tensions that are expected, the first move in each, and where it enters the ladder.

    Args:
        p: The partnership as one reader sees it; read is the table `tensions`.

    Returns:
        One row a tension, as typed: `tension`, `what_might_happen`, `each_side_would_need`,
        `first_move`, `step` ("" where none is told).
    """
    columns = ["tension", "what_might_happen", "each_side_would_need", "first_move", "step"]
    return ResultTable(
        tr("Which tension enters where"),
        p["tensions"][columns],
        words=_tension_words,
        nothing=tr("No tension is written down yet."),
    )


def _tension_words(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            tr("Tension"): rows["tension"] + " " + rows["what_might_happen"],
            tr("Each side would need"): rows["each_side_would_need"],
            tr("First move"): rows["first_move"],
            tr("Enters at step"): rows["step"].where(rows["step"] != "", tr("not told yet")),
        }
    )


def before_you_move_on_protocol(p: Partnership) -> ResultTable:
    """What speaks for going on after the second session of stop 4, and what is open.

    Args:
        p: The partnership as one reader sees it; read are `protocol`, `tensions` and `transfers`.

    Returns:
        The closing table. Speaks for it: the number of steps, and the tensions with a first move
        and a step. Open: what `ladder_check` finds.
    """
    frame, steps = p["tensions"], len(p["protocol"])
    ready = frame.loc[(frame["first_move"] != "") & (frame["step"] != ""), "tension"]
    speaks_for = []
    if steps:
        speaks_for.append(tr("the ladder has {count} steps").format(count=steps))
    if len(ready):
        speaks_for.append(
            tr("these tensions have a first move and a step: {which}").format(
                which=", ".join(ready)
            )
        )
    return moving_on.before_you_move_on(speaks_for, list(_gaps_in_words(ladder_check(p).rows)))


def _gaps_in_words(rows: pd.DataFrame) -> Iterable[str]:
    for gap in rows.itertuples(index=False, name=None):
        step, missing = _gap_line(gap)
        yield f"{step}: {missing}"
