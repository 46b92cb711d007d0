"""What was agreed at stops 1 to 4, and which of it stands in a document."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from partnering.partnership import ROOM, Partnership, answers
from partnering.schema.kinds import UNREAD
from partnering.schema.references import spoken_of
from partnering.schema.unread import is_unread
from partnering.stops import agreement, proposals, purpose
from partnering.stops.codes_in_words import PROTOCOL, texts


class Agreed(NamedTuple):
    """One thing agreed at stops 1 to 4, and what gathers it into a topic (`topics.gathers`).

    `of_asked` says that it is agreed for those who are asked: people we serve may refuse it.
    """

    code: str
    what: str
    stop: int
    gathers: str
    of_asked: bool = False


def not_written(p: Partnership) -> pd.DataFrame:
    """What was agreed and stands in no document that this reader sees.

    Args:
        p: The partnership as one reader sees it.

    Returns:
        The rows of `red_thread.agreed_not_written`.
    """
    gathered = set(agreement.written(p)["gathers"].dropna())
    agreed = all_agreed(p)
    covered = spoken_of([each.code for each in agreed], p["clauses"]["covers"])
    rows = [
        (each.code, each.what, each.stop, each.of_asked)
        for each in agreed
        if each.code not in covered and each.gathers not in gathered
    ]
    return pd.DataFrame(rows, columns=["code", "what", "stop", "of_asked"])


def lost_in(p: Partnership) -> str:
    """`UNREAD` where it cannot be read of a topic in which document it stands; else ""."""
    return UNREAD if is_unread(p["topics"], "where").any() else ""


def all_agreed(p: Partnership) -> tuple[Agreed, ...]:
    """Everything that was agreed at stops 1 to 4."""
    return p.follow(("agreed",), lambda seen: tuple(_agreed_at_stops(seen)))


def _agreed_at_stops(p: Partnership) -> list[Agreed]:
    lines, practices = p["value_lines"], p["practices"]
    is_one = answers.said(lines["what"]) | (lines["what"] == "")
    promised = lines[(lines["how_sure"] == "we promise it") & is_one]
    done = practices[answers.said(practices["we_will"])]
    objectives, risks = texts(p, "objectives", "text"), texts(p, "risks", "what_could_happen")
    found = [
        Agreed(code, objectives[code], 1, "objectives", of_asked)
        for code, of_asked in enough(p).items()
    ]
    found += [
        Agreed(code, what, 2, "what each brings")
        for code, what in zip(promised["line"], promised["what"], strict=True)
    ]
    found += [Agreed(code, risks[code], 3, "risks") for code in p["risk_care"]["risk"]]
    found += [
        Agreed(code, what, 4, "practices")
        for code, what in zip(done["practice"], done["we_will"], strict=True)
    ]
    # a step is agreed once it is in the partners' own words
    if not proposals.proposed(p, "protocol").all():
        found.append(Agreed(PROTOCOL, "", 4, "conflict protocol"))
    return found


def enough(p: Partnership) -> dict[str, bool]:
    """The objectives that are enough to go on with, and whether only for those who are asked.

    The room cannot know it where people we serve may refuse. The facilitator sees what they say,
    and is asked about the objective also where it cannot be read.
    """
    enough = {purpose.ENOUGH: False, purpose.ENOUGH_OF_ASKED: True}
    if p.reader == ROOM:
        del enough[purpose.ENOUGH_OF_ASKED]
    return {code: enough[state] for code, state in purpose.so_far(p).items() if state in enough}
