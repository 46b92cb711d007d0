"""Stop 3, risk: how each partner sees what could go wrong, whom it hits, and who carries, decides and pays."""

from __future__ import annotations

import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import MINE, PEOPLE_WE_SERVE, Partnership, answers
from partnering.results import ResultTable, Several
from partnering.schema import scales
from partnering.stops import levels, moving_on

COULD_HAPPEN = scales.HOW_LIKELY.texts.index("could happen")
HURTS = scales.HOW_HARD.texts.index("hurts us")
TOO_FEW = mark(
    "No risk can be compared by name yet: it takes two partners, and everybody's answer in the open."
)
APART = 2  # steps on a scale from which two partners' pictures differ


def left_open(p: Partnership) -> ResultTable:
    """How many partners have answered both questions about each risk (risk_views), where it is not all. No names."""
    labels = _labels(p)
    _, counts = _views(p)
    open_ = counts[counts < len(p.expected)]
    cells = pd.DataFrame(
        {
            tr("Risk"): [labels[code] for code in open_.index],
            tr("Answered"): [answers.of_all(p, count) for count in open_],
        }
    )
    return ResultTable(
        tr("What was left open"),
        cells,
        notes=(
            tr(
                "“Cannot say” and “rather not say here” are proper answers; they are counted together, and no one is asked."
            ),
            *answers.notes(p, "risk_views"),
        ),
        nothing=tr("Everybody has answered about every risk.")
        if len(counts)
        else tr("No risks yet."),
    )


def risk_table(p: Partnership) -> ResultTable:
    """Each partner's view of each risk side by side (risk_views), for risks about which everybody has answered.

    Out: one row a risk; a column a partner with "likely · hurts us"; `Gravest for`, those who gave the hardest word,
    from "hurts us" up; `Of concern to`, how many see that it could happen or more and would hurt or more. No level,
    no product, no sum (guide/methods).
    """
    labels = _labels(p)
    found, counts = _views(p)
    told = found[answers.named(found["partner"])]
    told = told.assign(view=told["word_how_likely"] + " · " + told["word_how_hard_on_us"])
    grid = told.pivot(index="risk", columns="partner", values="view")
    grid = grid.reindex(
        index=_in_order(p, grid.index), columns=[code for code in p.names if code in grid.columns]
    )
    silent = tr("left open") if p.reader == MINE else ""
    cells = grid.astype("object").fillna(silent).rename_axis(index=None, columns=None)
    cells[tr("Gravest for")] = _gravest(told).reindex(cells.index, fill_value=tr("nobody"))
    concern = (
        _of_concern(p, told).groupby("risk")["partner"].nunique().reindex(cells.index, fill_value=0)
    )
    cells[tr("Of concern to")] = [answers.of_all(p, count) for count in concern]
    start = _start_here(told, concern, list(cells.index))
    cells.insert(0, tr("Risk"), [labels[code] for code in cells.index])
    return ResultTable(
        tr("How each of us sees it"),
        cells,
        missing=answers.missing(p, counts),
        start=tuple(start.values()),
        why=tuple(start),
        notes=answers.notes(p, "risk_views"),
        nothing=answers.nothing_shown(p)
        or tr("There is no risk yet about which everybody has answered."),
    )


def without_names(p: Partnership) -> ResultTable:
    """The risks that somebody left open, or all where answers are held: how often each word was given, no names."""
    labels = _labels(p)
    _, counts = _views(p)
    likely, hard = (
        answers.standing(p, "risk_views", column) for column in ("how_likely", "how_hard_on_us")
    )
    likely, hard = (frame[~answers.named(frame["partner"])] for frame in (likely, hard))
    codes = [code for code in counts.index if code in set(likely["risk"]) | set(hard["risk"])]
    cells = pd.DataFrame(
        {
            tr("Risk"): [labels[code] for code in codes],
            tr("How likely"): answers.tally(likely, "risk").reindex(codes, fill_value="").to_list(),
            tr("How hard on us"): answers.tally(hard, "risk")
            .reindex(codes, fill_value="")
            .to_list(),
            tr("Answered"): [answers.of_all(p, counts[code]) for code in codes],
        }
    )
    return ResultTable(
        tr("Shown without names"),
        cells,
        notes=()
        if cells.empty
        else (
            tr(
                "Somebody has left these open, or answers are held. As soon as everybody has answered in the open, names return. "
                "“Answered” counts those who ticked both words."
            ),
        ),
        nothing=answers.nothing_shown(p) or tr("No risk has to be shown without names."),
    )


def whom_does_it_hit(p: Partnership) -> ResultTable:
    """You agree how likely it is: whom does it hit, and why? (likelihood less than two steps apart, hardness two or more)"""
    labels = _labels(p)
    told, spread = _spread(p)
    codes = _in_order(p, spread.index[(spread["likely"] < APART) & (spread["hard"] >= APART)])
    cells = pd.DataFrame(
        {
            tr("Risk"): [labels[code] for code in codes],
            tr("Hits hardest"): _at_end(told, "how_hard_on_us", "max").reindex(codes).to_list(),
            tr("Hits least"): _at_end(told, "how_hard_on_us", "min").reindex(codes).to_list(),
            tr("To ask"): tr("The same storm, different roofs. What is it about your roof?"),
        }
    )
    return ResultTable(
        tr("You agree how likely it is. Whom does it hit?"),
        cells,
        nothing=tr("Where you agree how likely a risk is, it hits you alike.")
        if len(spread)
        else tr(TOO_FEW),
    )


def different_information(p: Partnership) -> ResultTable:
    """You live in different information: likelihood is two or more steps apart. Who has lived it?"""
    labels = _labels(p)
    told, spread = _spread(p)
    codes = _in_order(p, spread.index[spread["likely"] >= APART])
    cells = pd.DataFrame(
        {
            tr("Risk"): [labels[code] for code in codes],
            tr("Sees it coming most"): _at_end(told, "how_likely", "max").reindex(codes).to_list(),
            tr("Sees it coming least"): _at_end(told, "how_likely", "min").reindex(codes).to_list(),
            tr("To ask"): tr("Who has lived this? What happened?"),
        }
    )
    return ResultTable(
        tr("You live in different information"),
        cells,
        nothing=tr("No risk is seen as much more likely by one than by another.")
        if len(spread)
        else tr(TOO_FEW),
    )


def kinds_nobody_named(p: Partnership) -> ResultTable:
    """The kinds of risk (risk_types) of which there is no risk: nothing there, or nobody here who would see it?"""
    kinds = p["risk_types"]
    kinds = kinds[~kinds["type"].isin(p["risks"]["type"])]
    cells = pd.DataFrame(
        {tr("Kind of risk"): kinds["name"].map(tr), tr("To ask"): kinds["ask"].map(tr)}
    )
    return ResultTable(
        tr("Nobody named a risk of this kind"),
        cells,
        notes=(
            tr(
                "Nothing there, or nobody here who would see it? The kinds are those that GMI lists in its brief on risk "
                "sharing (2024)."
            ),
        ),
        nothing=tr("Every kind of risk has been named."),
    )


def grids(p: Partnership) -> Several:
    """One table a partner: how likely down the side, how hard across the top, the codes of the risks in their places."""
    found, _ = _views(p)
    told = found[answers.named(found["partner"])]
    level = levels.look_up(p)
    parts = tuple(
        _grid(p.names[code], told[told["partner"] == code], level)
        for code in p.names
        if code in set(told["partner"])
    )
    return Several(
        tr("The same risks, seen from each place"),
        parts,
        notes=(
            tr(
                "Ask first: where do you expect that we differ? Be silent for a minute. Begin with a risk that all see alike."
            ),
        )
        if parts
        else (),
        nothing=answers.nothing_shown(p)
        or tr("There is no risk yet about which everybody has answered by name."),
    )


def _grid(name: str, views: pd.DataFrame, level: dict[tuple[int, int], int]) -> ResultTable:
    """The four by four places of one partner, likeliest first; the ground deepens with the words of the look-up."""
    likely, hard = scales.HOW_LIKELY.texts, scales.HOW_HARD.texts
    there = (
        views.groupby(["place_how_likely", "place_how_hard_on_us"])["risk"].agg(", ".join).to_dict()
    )
    places = [
        (down, [there.get((down, across), "") for across in range(len(hard))])
        for down in reversed(range(len(likely)))
    ]
    cells = pd.DataFrame(
        [[tr(likely[down]), *row] for down, row in places],
        columns=[tr("How likely ↓ how hard →"), *map(tr, hard)],
    )
    tint = pd.DataFrame(
        [[0, *(level.get((down, across), 0) for across in range(len(hard)))] for down, _ in places]
    )
    return ResultTable(name, cells, tint=tint)


def level_words(p: Partnership) -> ResultTable:
    """Full form: where a board wants one word, looked up in the table of level words, each partner for itself.

    Where measures have been judged too (likely_after, hard_after), the word after an arrow is the one with them.
    """
    labels = _labels(p)
    found, _ = _views(p)
    told = found[answers.named(found["partner"])]
    after = answers.both(p, "risk_views", "likely_after", "hard_after").set_index(
        ["partner", "risk"]
    )
    level = levels.look_up(p)
    told = told.assign(
        level=[
            levels.word(level, now)
            for now in zip(told["place_how_likely"], told["place_how_hard_on_us"], strict=True)
        ]
    )
    then = {
        place: levels.word(level, (row["place_likely_after"], row["place_hard_after"]))
        for place, row in after.iterrows()
    }
    pairs = list(zip(told["partner"], told["risk"], strict=True))
    silent = {
        risk for partner, risk in pairs if (partner, risk) not in then
    }  # an arrow for some would name the others
    told["level"] = [
        now if place[1] in silent else f"{now} → {then[place]}"
        for now, place in zip(told["level"], pairs, strict=True)
    ]
    grid = told.pivot(index="risk", columns="partner", values="level")
    cells = grid.reindex(
        index=_in_order(p, grid.index), columns=[code for code in p.names if code in grid.columns]
    )
    cells = cells.fillna("").rename_axis(columns=None)
    cells.insert(0, tr("Risk"), [labels[code] for code in cells.index])
    note = (
        tr("After an arrow: with what you will do.")
        if set(told["risk"]) - silent
        else tr("The full form would add each view once more, with what you will do.")
    )
    return ResultTable(
        tr("Level words, for boards that ask for one"),
        cells,
        notes=(
            tr(
                "Looked up in the table of levels, which is yours to edit; never multiplied, never added up."
            ),
            note,
        ),
        nothing=tr("There is no risk yet about which everybody has answered by name."),
    )


# ------------------------------------------------------------------ sharing


def hopes_and_burdens(p: Partnership) -> ResultTable:
    """The headline: who hopes for what (value_lines), beside who carries what (risk_care)."""
    lines = p["value_lines"]
    hopes = (
        lines[(lines["we"] == "hope for") & (lines["what"] != "")]
        .groupby("partner")["what"]
        .agg(tuple)
    )
    carried = _pairs(p, "carries")
    burdens = carried["risk"].map(_labels(p)).groupby(carried["who"]).agg(tuple)
    others = [name for name in (scales.ALL_OF_US, scales.PEOPLE_SERVED) if name in burdens.index]
    rows = [
        (p.names.get(name, tr(name)), hopes.get(name, ()), burdens.get(name, ()))
        for name in (*p.names, *others)
    ]
    cells = pd.DataFrame(
        [row for row in rows if row[1] or row[2]],
        columns=[tr("Who"), tr("Hopes for"), tr("Carries")],
    )
    silent = tr("Nobody has spoken for the people served.") if not _spoken_for(p) else ""
    return ResultTable(
        tr("Who hopes for what, and who carries what"),
        cells,
        notes=(
            tr("Shared gains, shared risks: read each line aloud, both halves."),
            *([silent] if silent else []),
        ),
        nothing=tr("Neither hopes nor burdens are written down yet."),
    )


def who_carries(p: Partnership) -> ResultTable:
    """The risks that the room has chosen: who carries, who decides, who pays, and what will be done (risk_care)."""
    care = p["risk_care"]
    cells = pd.DataFrame(
        {
            tr("Risk"): care["risk"].map(_labels(p)),
            tr("Carries"): answers.told(care["carries"]),
            tr("Decides"): answers.told(care["decides"]),
            tr("Pays"): answers.told(care["pays"]),
            tr("We will"): care["we_will"],
            tr("Lead"): care["lead"],
            tr("By when"): answers.days(care["by_when"]),
        }
    )
    if (care["whom_could_this_hurt"] != "").any():
        cells[tr("Whom could this hurt?")] = care["whom_could_this_hurt"]
    return ResultTable(
        tr("Who carries, who decides, who pays"),
        cells,
        nothing=tr("The room has chosen no risk yet. Three or four are enough."),
    )


def to_talk_about(p: Partnership) -> ResultTable:
    """Three patterns in who carries, decides and pays (risk_care), each with what to ask those on both sides.

    Somebody carries and does not decide; carried and paid for by nobody; decided, and carried by nobody at the table.
    """
    rows = [
        row
        for care in p["risk_care"].itertuples()
        for row in _patterns(p, care, _labels(p)[care.risk])
    ]
    cells = pd.DataFrame(
        [row[1:] for row in rows], columns=[tr("Risk"), tr("As it stands"), tr("To ask")]
    )
    kinds = [row[0] for row in rows]
    return ResultTable(
        tr("To talk about"),
        cells,
        start=sorted(kinds.index(kind) for kind in set(kinds)),
        nothing=tr(
            "Those who carry a risk also decide, and what is carried is paid for, as far as this table tells."
        )
        if len(p["risk_care"])
        else tr("The room has chosen no risk yet."),
    )


def _patterns(p: Partnership, care, label: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What one line of risk_care gives to talk about: the pattern, the risk, what stands there, and what to ask."""
    carries, decides, pays = (
        _at_the_table(p, getattr(care, name)) for name in ("carries", "decides", "pays")
    )
    rows = []
    if carries and decides and set(carries) - set(decides):
        rows.append(
            (
                "decides",
                label,
                tr("carried by {carries}; decided by {decides}").format(
                    carries=", ".join(carries), decides=", ".join(decides)
                ),
                (
                    tr(
                        "Those who carry it: in which part of this would you want a say, or an early word?"
                    ),
                    tr("Those who decide: what would you need in order to ask first?"),
                ),
            )
        )
    if care.carries == scales.NOBODY:
        rows.append(
            (
                "nobody",
                label,
                tr("carried by nobody, it is said"),
                (tr("On the day it happens, who feels it first?"),),
            )
        )
    elif care.carries and not pays:
        rows.append(
            (
                "pays",
                label,
                tr("carried, and not yet paid for"),
                (tr("What does it cost the one who carries it, and where should that stand?"),),
            )
        )
    if decides and care.carries not in ("", scales.NOBODY) and not carries:
        rows.append(
            ("away", label, tr("decided, and carried by nobody at the table"), (_who_speaks(p),))
        )
    return rows


def _who_speaks(p: Partnership) -> str:
    """The question for those who carry a risk and sit at no table; whoever speaks for them is named."""
    speakers = [
        text
        for text in p["partners"].loc[p["partners"]["kind"] == PEOPLE_WE_SERVE, "spoken_for_by"]
        if text
    ]
    return (
        tr("What do those who carry it say, as {who} has heard it?").format(who=", ".join(speakers))
        if speakers
        else tr("Who speaks today for those who carry it?")
    )


def sentence(p: Partnership) -> ResultTable:
    """The acknowledging sentence for each chosen risk, for the partners to finish and to sign.

    It is begun from `risks` (what_could_happen, we_tell_whom, within_hours), `risk_views` (whom the
    risk would hit hardest, where names may be shown) and `risk_care` (we_will); what is not known
    stands as "…".

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `risk` (its code) and `sentence`, one for each line of `risk_care`.
    """
    found, _ = _views(p)
    hardest = _gravest(found[answers.named(found["partner"])])
    risks = p["risks"].set_index("risk")
    we_tell = answers.told(risks["we_tell_whom"])
    rows = []
    for care in p["risk_care"].itertuples():
        hours = risks["within_hours"].get(care.risk)
        text = tr(
            "Together we hope for … . We acknowledge that this can happen: “{what}” It would hit "
            "{who} hardest. We will carry it like this: {how} If it happens, we tell {whom} within "
            "{hours} hours, by telephone first."
        ).format(
            what=risks["what_could_happen"].get(care.risk, "…"),
            who=hardest.get(care.risk, "…"),
            how=care.we_will or "…",
            whom=we_tell.get(care.risk, "") or "…",
            hours="…" if pd.isna(hours) else int(hours),
        )
        rows.append((care.risk, text))
    return ResultTable(
        tr("Say it"),
        pd.DataFrame(rows, columns=["risk", "sentence"]),
        words=lambda rows: pd.DataFrame(
            {
                tr("Risk"): rows["risk"],
                tr("The sentence, to finish and to sign"): rows["sentence"],
            }
        ),
        notes=(tr("What you cannot finish is written down as open. That is a result too."),),
        nothing=tr("The room has chosen no risk yet."),
    )


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 3, and what is open. A real gate stands before stop 4."""
    care = p["risk_care"]
    led = care[(care["we_will"] != "") & (care["lead"] != "")]["risk"]
    good = (
        [
            tr("these risks have a lead and something that you will do: {risks}").format(
                risks=", ".join(led)
            )
        ]
        if len(led)
        else []
    )
    open_ = [
        f"{row.risk}: {state}"
        for row in care.itertuples()
        for _, _, state, _ in _patterns(p, row, row.risk)
    ]
    _, counts = _views(p)
    left = counts[counts < len(p.expected)].index
    if len(left):
        open_.append(tr("somebody left open: {risks}").format(risks=", ".join(left)))
    return moving_on.before_you_move_on(
        good,
        open_,
        gate=tr(
            "Are you more convinced and confident now that you want to, and can? What do you, the partners, decide?"
        ),
    )


# ------------------------------------------------------------------ what the results are made of


def _labels(p: Partnership) -> dict[str, str]:
    return answers.labels(p, "risks")


def _in_order(p: Partnership, codes) -> list[str]:
    """Codes of risks in the order of the wall."""
    codes = set(codes)
    return [code for code in p["risks"]["risk"] if code in codes]


def _views(p: Partnership) -> tuple[pd.DataFrame, pd.Series]:
    """The partners that have answered both questions, and how many they are on each risk."""
    found = answers.both(p, "risk_views", "how_likely", "how_hard_on_us")
    return found, answers.answered(p, "risk_views", p["risks"]["risk"])


def _gravest(told: pd.DataFrame) -> pd.Series:
    """Those who gave the hardest word about a risk, from "hurts us" up."""
    hardest = told.groupby("risk")["place_how_hard_on_us"].transform("max")
    grave = told[(told["place_how_hard_on_us"] == hardest) & (hardest >= HURTS)]
    return grave.groupby("risk")["partner"].agg(answers.who)


def _of_concern(p: Partnership, told: pd.DataFrame) -> pd.DataFrame:
    told = told[told["partner"].isin(p.expected)]
    return told[
        (told["place_how_likely"] >= COULD_HAPPEN) & (told["place_how_hard_on_us"] >= HURTS)
    ]


def _spread(p: Partnership) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The views by name, and how many steps they lie apart on each risk, `likely` and `hard`."""
    found, _ = _views(p)
    told = found[answers.named(found["partner"])]
    told = told[told.groupby("risk")["partner"].transform("size") > 1]
    ends = told.groupby("risk")[["place_how_likely", "place_how_hard_on_us"]].agg(
        lambda ranks: ranks.max() - ranks.min()
    )
    return told, ends.set_axis(["likely", "hard"], axis=1)


def _at_end(told: pd.DataFrame, column: str, end: str) -> pd.Series:
    """The partners at one end of the scale on each risk, with their word: "VEC: happening already"."""
    there = told[told[f"place_{column}"] == told.groupby("risk")[f"place_{column}"].transform(end)]
    who = there.groupby("risk")["partner"].agg(answers.who)
    return who + ": " + there.groupby("risk")[f"word_{column}"].agg("first")


def _start_here(told: pd.DataFrame, concern: pd.Series, codes: list[str]) -> dict[str, int]:
    """Where to start, in order: a risk that all see alike and that concerns somebody, then one of each kind of difference."""
    if told.empty:
        return {}
    ranks = told.groupby("risk")[["place_how_likely", "place_how_hard_on_us"]]
    likely, hard = (ranks.max() - ranks.min()).reindex(codes).T.to_numpy()
    alike = [
        at
        for at, code in enumerate(codes)
        if likely[at] < APART and hard[at] < APART and concern[code]
    ]
    information = [at for at in range(len(codes)) if likely[at] >= APART]
    pain = [at for at in range(len(codes)) if likely[at] < APART <= hard[at]]
    found = {
        tr("all see it alike"): alike,
        tr("who has lived this?"): information,
        tr("whose roof?"): pain,
    }
    return {why: places[0] for why, places in found.items() if places}


def _pairs(p: Partnership, column: str) -> pd.DataFrame:
    """One row a risk and each one named in a column of risk_care."""
    care = p["risk_care"]
    return (
        care[care[column] != ""]
        .assign(who=care[column].str.split(", "))
        .explode("who")[["risk", "who"]]
    )


def carried_by(p: Partnership) -> dict[str, list[str]]:
    """The partners at the table that carry risks in care, each with the codes of its risks (risk_care)."""
    pairs = _pairs(p, "carries")
    carried: dict[str, list[str]] = {}
    for code, who in zip(pairs["risk"], pairs["who"], strict=True):
        for partner in _at_the_table(p, who):
            carried.setdefault(partner, []).append(code)
    return carried


def _at_the_table(p: Partnership, text: str) -> list[str]:
    """The partners named in a cell: "all of us" is everybody, "nobody" and "people served" are nobody at the table."""
    named = text.split(", ") if text else []
    return (
        list(p.expected)
        if scales.ALL_OF_US in named
        else [name for name in named if name in p.expected]
    )


def _spoken_for(p: Partnership) -> bool:
    partners = p["partners"]
    return bool(((partners["kind"] == PEOPLE_WE_SERVE) & (partners["spoken_for_by"] != "")).any())
