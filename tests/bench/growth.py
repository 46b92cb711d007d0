"""How the calculations grow: a consortium of 40 partners with 60 risks and 30 respondents each, 72,000 views.

The text is read and checked beforehand; what is measured begins with typed tables.
"""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd

from making import sheet
from measured import Line
from partnering.partnership import ROOM, Partnership
from partnering.schema.tables import TABLES
from partnering.stops import combinations, risk

ASKED = ("how_likely", "how_hard_on_us")
KEYS = ["partner", "risk"]


def lines(times: int = 9) -> list[Line]:
    """The risk table of a large consortium beside a bare median of the same rows, twice as many rows, memory, who-together."""
    whole, half = consortium(), consortium(voices=15)
    table, wall, bare, fewer = taken(
        times,
        lambda: risk_table(whole),
        lambda: room_table(whole),
        lambda: bare_medians(whole),
        lambda: risk_table(half),
    )
    views = len(whole["risk_views"])
    return [
        Line(
            f"risk table of {views:,} views, beside a bare groupby median of them", table / bare, 4
        ),
        Line("the same table on the wall, reduced before it is made", wall / bare),
        Line("the risk table of twice as many views, beside that of half", table / fewer, 2.2),
        Line(
            "memory at its highest, beside the views",
            highest(lambda: risk_table(whole)) / size(whole),
            6,
        ),
        Line(
            "seconds for who-together: 40 partners, 80 things, 200 objectives",
            *taken(3, lambda: together(200)),
            1,
        ),
    ]


def consortium(partners: int = 40, risks: int = 60, voices: int = 30, seed: int = 7) -> Partnership:
    """A generated partnership in which every respondent of every partner has a view of every risk."""
    draw = np.random.default_rng(seed)
    codes, named = [f"P{at:02}" for at in range(partners)], [f"R{at}" for at in range(1, risks + 1)]
    views = pd.MultiIndex.from_product(
        [codes, [f"{at:02}" for at in range(voices)], named],
        names=["partner", "respondent", "risk"],
    ).to_frame(index=False)
    for column in ASKED:  # a partner's voices stand about one place, most of them on it
        words = np.array(TABLES["risk_views"].by_name[column].kind.texts[:4])
        middle = np.tile(draw.integers(0, 4, (partners, 1, risks)), (1, voices, 1)).ravel()
        views[column] = words[
            np.clip(middle + draw.choice([-1, 0, 1], len(views), p=[0.1, 0.8, 0.1]), 0, 3)
        ]
    return Partnership(
        {
            "partners": sheet("partners", [(code, f"The {code} house") for code in codes]),
            "risks": sheet(
                "risks", [{"risk": code, "what_could_happen": f"{code} happens"} for code in named]
            ),
            "risk_views": views.astype("str").set_axis(range(2, len(views) + 2)),
        }
    )


def risk_table(p: Partnership) -> None:
    """The facilitator's risk table, with nothing remembered from the last time."""
    p.forget_what_was_worked_out()
    risk.risk_table(p)


def room_table(p: Partnership) -> None:
    """The room's risk table, reduced anew."""
    p.forget_what_was_worked_out()
    risk.risk_table(p.for_reader(ROOM))


def bare_medians(p: Partnership) -> None:
    """What pandas needs for the medians alone: one groupby over the places of both words, in the tables as they are."""
    views = p["risk_views"]
    ranks = views[KEYS].assign(
        **{
            column: TABLES["risk_views"].by_name[column].kind.ranks(views[column])
            for column in ASKED
        }
    )
    ranks.groupby(KEYS)[list(ASKED)].median()


def together(objectives: int, partners: int = 40, things: int = 80, seed: int = 7) -> None:
    """Who could do each of many objectives together; each takes three to nine of the things, each held by one to eight."""
    draw = random.Random(seed)
    codes = [f"P{at:02}" for at in range(partners)]
    held = [frozenset(draw.sample(codes, draw.randint(1, 8))) for _ in range(things)]
    for _ in range(objectives):
        combinations.who_together(draw.sample(held, draw.randint(3, 9)))


def taken(times: int, *works: Callable[[], None]) -> list[float]:
    """The median time of each piece of work, done in turns, so that a busy moment meets them all alike."""
    seconds = [[] for _ in works]
    for _ in range(times + 1):
        for work, took in zip(works, seconds, strict=True):
            start = perf_counter()
            work()
            took.append(perf_counter() - start)
    return [median(took[1:]) for took in seconds]  # the first time warms up


def highest(work: Callable[[], None]) -> int:
    """The most memory, in bytes, that a piece of work holds beyond what was there."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def size(p: Partnership) -> int:
    """The bytes of the views themselves."""
    return int(p["risk_views"].memory_usage(deep=True).sum())
