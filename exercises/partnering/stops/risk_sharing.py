"""Stop 3, risk sharing: who hopes for what, who carries, decides and pays, and how to say it."""

from __future__ import annotations

import pandas as pd

from partnering.language import mark, tr
from partnering.partnership import PEOPLE_WE_SERVE, Partnership, answers, knowledge
from partnering.partnership.sides import side, spelt_out
from partnering.results import Figure, ResultTable
from partnering.results.drawing import Drawing
from partnering.schema import scales
from partnering.schema.kinds import UNREAD, in_cell
from partnering.schema.unread import is_unread
from partnering.stops import heads, moving_on, risk


def hopes_and_burdens(p: Partnership) -> ResultTable:
    """Who hopes for what (`value_lines`), beside who carries what (`risk_care`).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `who` (the code of a partner, "all partners", "people we serve" or UNREAD),
        `hopes_for` (its lines, as a tuple of texts), `carries` (a tuple of codes of risks).
    """
    labels, names = answers.labels(p, "risks"), p.names
    lines = p["value_lines"]
    hopes = lines[lines["we"] == "hope for"]
    hopes_for = hopes.groupby("partner")["what"].agg(tuple)
    carried = _pairs(p, "carries")
    carries = carried.groupby("who")["risk"].agg(tuple)
    rows = []
    for who in (*names, scales.ALL_OF_US, scales.PEOPLE_SERVED, UNREAD):
        both = hopes_for.get(who, ()), carries.get(who, ())
        if any(both):
            rows.append((who, *both))

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        carries = [tuple(map(labels.__getitem__, codes)) for codes in rows["carries"]]
        return pd.DataFrame(
            {
                tr("Who"): rows["who"].map(lambda who: names.get(who, tr(who))),
                tr("Hopes for"): rows["hopes_for"],
                tr("Most affected"): carries,
            }
        )

    notes = [tr("Shared gains, shared risks: read each line aloud, both halves.")]
    if not _spoken_for(p):
        notes.append(
            knowledge.of_what_stands_here(
                p,
                tr("Who speaks for people we serve is not shown here."),
                tr("Who speaks for people we serve is not written down."),
            )
        )
    return ResultTable(
        tr("Who hopes for what, and what affects whom"),
        pd.DataFrame(rows, columns=["who", "hopes_for", "carries"]),
        words=words,
        notes=tuple(notes),
        nothing=knowledge.of_what_stands_here(
            p,
            tr("No hope and no burden is shown here."),
            tr("Neither hopes nor burdens are written down yet."),
        ),
    )


def who_carries(p: Partnership) -> Figure:
    """The risks that the room has chosen: who carries, who decides, who pays, what will be done.

    The picture has one column a partner, and a sign for each of the three.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: the lines of `risk_care`: `risk` (its code), `carries`, `decides`, `pays` (codes and
        words such as "all of us"), `we_will`, `lead`, `by_when` (a day), `whom_could_this_hurt`,
        `UNREAD`.
    """
    labels = answers.labels(p, "risks")

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        cells = pd.DataFrame(
            {
                tr("Risk"): rows["risk"].map(labels),
                tr("Most affected"): answers.told(rows["carries"]),
                tr("Decides"): answers.told(rows["decides"]),
                tr("Pays for it"): answers.told(rows["pays"]),
                tr("We will"): rows["we_will"],
                tr("Who leads"): answers.told(rows["lead"]),
                tr("By when"): answers.days(rows, "by_when"),
            }
        )
        if (rows["whom_could_this_hurt"] != "").any():
            cells[tr("Whom could the measure harm?")] = rows["whom_could_this_hurt"]
        return cells

    columns = ["carries", "decides", "pays", "we_will", "lead", "by_when", "whom_could_this_hurt"]
    table = ResultTable(
        tr("Who is most affected, who decides, who pays"),
        p["risk_care"][["risk", *columns, UNREAD]],
        words=words,
        nothing=knowledge.of_what_stands_here(
            p,
            tr("No risk that was chosen is shown here yet. Two fit into one session."),
            tr("The room has chosen no risk yet. Two fit into one session."),
        ),
    )
    return Figure("who-carries", table.caption, lambda: _signs(p, table.rows, labels), table)


def _signs(p: Partnership, rows: pd.DataFrame, labels: dict[str, str]) -> tuple[Drawing, ...]:
    """The picture of who is most affected, who decides and who pays."""
    asked = {
        "carries": ("load", tr("most affected")),
        "decides": ("flag", tr("decides")),
        "pays": ("coin", tr("pays for it")),
    }
    called = [labels[code] for code in rows["risk"]]
    return heads.signs(p, rows, called, asked, must=asked, lanes=True)


# Patterns in who carries, decides and pays; see `to_talk_about`.
NOT_DECIDING, BY_NOBODY, UNPAID, ELSEWHERE = (
    "carried, not decided",
    "carried by nobody",
    "carried, not paid for",
    "decided, carried elsewhere",
)


def to_talk_about(p: Partnership) -> ResultTable:
    """Patterns in who carries, decides and pays (`risk_care`), each with what to ask.

    Somebody carries a risk and does not decide; nobody carries it, or nobody pays; it is decided,
    and carried by nobody at the table. Source: guide/methods.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows: `risk` (its code), `pattern` (NOT_DECIDING, BY_NOBODY, UNPAID or ELSEWHERE), `carries`
        and `decides` (codes, and words such as "people served"), as tuples.
    """
    rows = _patterns(p)

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        labels, ask = answers.labels(p, "risks"), _questions(p)
        return pd.DataFrame(
            {
                tr("Risk"): rows["risk"].map(labels),
                tr("As it is now"): _patterns_in_words(rows),
                tr("To ask"): rows["pattern"].map(ask),
            }
        )

    return ResultTable(
        tr("To talk about"),
        rows,
        words=words,
        start=list(rows.index[~rows["pattern"].duplicated()]),  # the first of each pattern
        nothing=_no_pattern(p) if len(p["risk_care"]) else _none_chosen(p),
    )


def _no_pattern(p: Partnership) -> str:
    """What is said where no line gives something to talk about: of those that are filled in."""
    care = p["risk_care"]
    bare = care.loc[(care["carries"] == "") | (care["decides"] == ""), "risk"]
    lost = care.loc[(care[["carries", "decides", "pays"]] == UNREAD).any(axis=1), "risk"]
    if bare.empty and lost.empty:
        return tr(
            "In the lines shown here, those most affected by a risk also decide, and each "
            "effect is paid for."
        )
    said = (
        (tr("Who is most affected, decides or pays cannot be read: {risks}."), lost),
        (tr("Who is most affected, or who decides, is not filled in yet: {risks}."), bare),
    )
    told = [sentence.format(risks=", ".join(some)) for sentence, some in said if len(some)]
    if len({*bare, *lost}) < len(care):
        told.append(tr("In the other lines shown here those most affected also decide."))
    return " ".join(told)


def _none_chosen(p: Partnership) -> str:
    return knowledge.of_what_stands_here(
        p,
        tr("No risk that was chosen is shown here yet."),
        tr("The room has chosen no risk yet."),
    )


def _patterns(p: Partnership) -> pd.DataFrame:
    """What the lines of risk_care give to talk about, one row a pattern.

    Nothing is concluded from a cell that cannot be read.
    """
    care = p["risk_care"]
    rows = []
    for code, carried, decided, paid in zip(
        care["risk"], care["carries"], care["decides"], care["pays"], strict=True
    ):
        carries, decides = spelt_out(p, carried), spelt_out(p, decided)
        at_the_table = side(p, carried).partners
        patterns = []
        somebody = carried not in ("", UNREAD, scales.NOBODY)
        # where nobody decides, people we serve do not either
        affected = at_the_table or (somebody and decided == scales.NOBODY)
        if affected and decided not in ("", UNREAD) and set(carries) - {*decides, scales.NOBODY}:
            patterns.append(NOT_DECIDING)
        if carried == scales.NOBODY:
            patterns.append(BY_NOBODY)
        elif somebody and paid in ("", scales.NOBODY):
            patterns.append(UNPAID)
        if side(p, decided).partners and somebody and not at_the_table:
            patterns.append(ELSEWHERE)
        rows += [(code, pattern, tuple(carries), tuple(decides)) for pattern in patterns]
    return pd.DataFrame(rows, columns=["risk", "pattern", "carries", "decides"])


def _patterns_in_words(patterns: pd.DataFrame) -> list[str]:
    """What stands there, for each pattern."""
    said = {
        NOT_DECIDING: tr("most affected: {carries}; decided by {decides}"),
        BY_NOBODY: tr("it says that nobody is affected"),
        UNPAID: tr("somebody is affected, and it is not yet paid for"),
        ELSEWHERE: tr("decided, and nobody at the table is affected"),
    }
    sentences = []
    for pattern, carries, decides in zip(
        patterns["pattern"], patterns["carries"], patterns["decides"], strict=True
    ):
        sentences.append(
            said[pattern].format(
                carries=", ".join(map(tr, carries)), decides=", ".join(map(tr, decides))
            )
        )
    return sentences


def _questions(p: Partnership) -> dict[str, tuple[str, ...]]:
    """What to ask, for each pattern."""
    return {
        NOT_DECIDING: (
            tr(
                "Those most affected: in which part of this would you want a say, or an early word?"
            ),
            tr("Those who decide: what would you need, so that you can ask first?"),
        ),
        BY_NOBODY: (tr("On the day it happens, who feels it first?"),),
        UNPAID: (tr("What does it cost the one most affected, and where should that be written?"),),
        ELSEWHERE: (_who_speaks(p),),
    }


def _who_speaks(p: Partnership) -> str:
    """The question for those who carry a risk and sit at no table, and who speaks for them."""
    partners = p["partners"]
    speakers = partners.loc[partners["kind"] == PEOPLE_WE_SERVE, "spoken_for_by"]
    who = ", ".join(speakers[answers.said(speakers)])
    if not who:
        return tr("Who speaks today for those most affected?")
    return tr("What do those most affected say, as {who} has heard it?").format(who=who)


def sentence(p: Partnership) -> ResultTable:
    """The acknowledging sentence for each chosen risk, for the partners to finish and take home.

    It is begun from `risks` (what_could_happen, we_tell_whom, within_hours), `risk_views` (whom the
    risk would hit hardest, where names may be shown) and `risk_care` (we_will); what is not known
    stands as "…".

    Args:
        p: The partnership as one reader sees it.

    Returns:
        Rows, one a line of `risk_care`: `risk` (its code), `what_could_happen`, `hits_hardest`
        (codes of partners, as one text), `we_will`, `we_tell_whom` (codes and words) and
        `within_hours` (missing where it is not known), as they were typed; "" where nothing is
        known. `in_sentences` makes
        the sentences of them.
    """
    columns = ["risk", "what_could_happen", "we_tell_whom", "within_hours"]
    rows = p["risk_care"][["risk", "we_will"]].merge(p["risks"][columns], how="left", on="risk")
    rows["hits_hardest"] = rows["risk"].map(risk.hits_hardest(p))
    texts = ["what_could_happen", "hits_hardest", "we_will", "we_tell_whom"]
    rows[texts] = rows[texts].astype(object).fillna("")
    return ResultTable(
        tr("Say it"),
        rows[["risk", *texts, "within_hours"]],
        words=lambda rows: pd.DataFrame(
            {
                tr("Risk"): rows["risk"],
                tr("The sentence, to finish and to take home"): in_sentences(rows),
            }
        ),
        notes=(tr("What you cannot finish is written down as open. That is a result too."),),
        nothing=_none_chosen(p),
    )


def in_sentences(rows: pd.DataFrame) -> list[str]:
    """The acknowledging sentences, begun; what is not known stands as "…".

    Args:
        rows: The rows of `sentence`.

    Returns:
        One sentence a row, in the language of the room.
    """
    sentences = []
    hours = [str(int(some)) if pd.notna(some) else "…" for some in rows["within_hours"]]
    whom = answers.told(rows["we_tell_whom"].replace(UNREAD, ""))
    how_done = rows["we_will"].where(answers.said(rows["we_will"]), "")
    for what, who, how, tell, within in zip(
        rows["what_could_happen"], rows["hits_hardest"], how_done, whom, hours, strict=True
    ):
        sentence = tr(
            "Together we hope for … . We acknowledge that this can happen: “{what}” It would "
            "hit {who} hardest. We will do this: {how} If it happens, we tell {whom} within "
            "{hours} hours, by phone first."
        )
        sentences.append(
            sentence.format(
                what=what or "…", who=who or "…", how=how or "…", whom=tell or "…", hours=within
            )
        )
    return sentences


def carried_by(p: Partnership) -> dict[str, list[str]]:
    """The partners at the table that carry risks in care (`risk_care`).

    Args:
        p: The partnership as one reader sees it.

    Returns:
        By the code of the partner, the codes of its risks; "all of us" stands for everybody that is
        asked to answer.
    """
    pairs = _pairs(p, "carries")
    carried: dict[str, list[str]] = {}
    for code, who in zip(pairs["risk"], pairs["who"], strict=True):
        for partner in side(p, who).partners:
            carried.setdefault(partner, []).append(code)
    return carried


# ------------------------------------------------------------------ the end of the exercises


def before_you_move_on(p: Partnership) -> ResultTable:
    """What speaks for going on after stop 3, and what is open. A real gate stands before stop 4.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The closing table (`moving_on`): risks with a lead and something that will be done speak for
        going on; open are the patterns of `to_talk_about`, and the risks that somebody left open.
    """
    return moving_on.before_you_move_on(
        lambda: _closing(p),
        gate=mark(
            "Are you more convinced and confident now that you want to, and can? What do you, the "
            "partners, decide?"
        ),
    )


def _closing(p: Partnership) -> moving_on.Closing:
    """What speaks for going on, and what is open, in sentences."""
    care, patterns = p["risk_care"], _patterns(p)
    labels = answers.within(answers.labels(p, "risks"))
    led = care.loc[answers.said(care["we_will"]) & ~care["lead"].isin(["", UNREAD]), "risk"]
    speaks_for = []
    if len(led):
        said = tr("for these risks you have written who leads and what you will do: {risks}")
        speaks_for.append(said.format(risks="; ".join(labels[code] for code in led)))
    still_open = []
    for code, state in zip(patterns["risk"], _patterns_in_words(patterns), strict=True):
        still_open.append(f"{labels[code]}: {state}")
    if rest := risk.not_all_seen(p):
        left = knowledge.of_what_stands_here(
            p, tr("not shown here, or not by all: {risks}"), tr("somebody left open: {risks}")
        )
        if p.ticks_unread:
            left = tr("somebody left open, or it cannot be read: {risks}")
        still_open.append(left.format(risks="; ".join(labels[code] for code in rest)))
    return moving_on.Closing(speaks_for, still_open)


# ------------------------------------------------------------------ what the results are made of


def _pairs(p: Partnership, column: str) -> pd.DataFrame:
    """One row a risk and each one named in a column of risk_care: `risk`, `who`."""
    care = p["risk_care"]
    care = care[care[column] != ""]
    return care.assign(who=care[column].map(in_cell)).explode("who")[["risk", "who"]]


def _spoken_for(p: Partnership) -> bool:
    """Whether somebody speaks for the people served, or may: a type cannot be read."""
    partners = p["partners"]
    served = (partners["kind"] == PEOPLE_WE_SERVE) | is_unread(partners, "kind")
    return bool((served & answers.said(partners["spoken_for_by"])).any())
