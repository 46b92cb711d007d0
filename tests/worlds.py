"""Random partnerships, alone or in pairs that differ only in what the room, or one partner, may not see.

Nothing here asks the package what it hides: the rules are those of guide/methods, in plain Python.
Each comes from a number, so that one that was found can be looked at again: `one(7)`, `pair(7)`.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from world import (
    KEYS,
    LOST_DAY,
    LOST_WORD,
    ON_THE_WALL,
    PARTNERS,
    SERVED,
    TICKS,
    VOICED,
    WAYS,
    Answer,
    Dice,
    Item,
    World,
    few_voices,
    on_the_wall,
    walls,
)
from world_lines import hidden_lines, lines_beside, public_lines


def one(number: int) -> World:
    """One world: a number gives the same one each time."""
    return pair(number)[number % 2]


def pair(number: int, keep: bool = False) -> tuple[World, World, str]:
    """Two worlds that differ only in what the room may not see, and a partner.

    With `keep` what this partner itself has answered and written is the same in both, so that they
    differ only in what this partner may not see.
    """
    dice = Dice(number * 2 + keep)
    while True:
        found = _pair(dice, keep)
        if found:
            return found


def _pair(dice: Dice, keep: bool) -> tuple[World, World, str] | None:
    partners = PARTNERS[: dice.choice([2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9])]
    mode = dice.choice([*WAYS, "with names", "confidential"])
    types = {who: dice.seldom(dice.choice(["", "NGO", "funder"]), LOST_WORD) for who in partners}
    threshold = dice.choice([3, 4, 5, 5]) + list(types.values()).count(LOST_WORD)
    reader = dice.choice(partners) if keep else ""
    full, served, by_name = dice.maybe(3), dice.maybe(4), dice.maybe(4)
    items: dict[str, list[Item]] = {
        "positions": [("O1",), ("O2",)][: dice.randint(1, 2)],
        "risk_views": [("R1",), ("R2",)][: dice.randint(1, 2)],
        "worth": [()],
        "behaviour_views": [
            (about, "B1")
            for about in ("our own organisation", "the other partners, taken together")
        ],
        "principles": [("care",)] if full else [],
    }
    counts = dice.voices(partners, threshold) if dice.maybe(3) or mode == "anonymous" else {}
    few = few_voices(counts, threshold)
    voices: tuple[dict, dict] = ({}, {})
    for table in VOICED if counts else ():
        for who, many in counts.items():
            for item in items[table]:
                ballots = dice.ballots(table, many)
                again = dice.ballots(table, many) if who in few and who != reader else ballots
                for world, ticks in zip(voices, (ballots, again), strict=True):
                    for place, ballot in enumerate(ticks):
                        world.setdefault(table, {})[who, f"{who[0]}{place}", item] = ballot
    public = public_lines(dice, partners, items, full)
    sides = []
    for _ in range(2):
        hidden = hidden_lines(dice, partners, reader, full, mode)
        told = lines_beside(dice, public, hidden, partners, reader)
        for name, key in KEYS.items():  # of two lines on the same the stricter share counts
            there = {tuple(row.get(part, "") for part in key) for row in told.get(name, [])}
            hidden[name] = [
                row
                for row in hidden.get(name, [])
                if tuple(row.get(part, "") for part in key) not in there
            ]
        names = dict.fromkeys([*told, *hidden])
        sides.append({name: [*told.get(name, []), *hidden.get(name, [])] for name in names})
    everybody = (*partners, SERVED) if served else partners
    ticked = {table: dice.consents(everybody) for table in TICKS} if dice.randrange(3) else {}
    signed = {who: dice.seldom("2026-01-03", LOST_DAY) for who in partners if dice.randrange(4)}
    worlds = [
        World(
            partners,
            mode,
            threshold,
            {table: {} for table in TICKS},
            lines,
            spoke,
            served,
            full,
            {table: dict(ticks) for table, ticks in ticked.items()},
            signed,
            types,
            by_name,
        )
        for lines, spoke in zip(sides, voices, strict=True)
    ]
    if worlds[0].way != worlds[1].way:
        return None
    for table, asked in items.items():
        heard = set(counts) - few if table in VOICED else set()
        for item in asked:
            _answer(dice, worlds, table, item, reader, heard)
        wall = walls(worlds[0], table, few)
        if walls(worlds[1], table, few) != wall:  # voices that are hidden keep it off
            return None
        _tick_anew(dice, worlds[1], table, reader, few)
        for item in asked:
            _answer_anew(dice, worlds, table, item, reader, heard, few)
    for table in TICKS:  # told on purpose: whether a line stands there for everybody
        if _forms_in(worlds[0], table) != _forms_in(worlds[1], table):
            return None
    return worlds[0], worlds[1], reader


def _answer(
    dice: Dice, worlds: list[World], table: str, item: Item, keep: str, heard: set[str]
) -> None:
    """Draw the answers about one item, the same in both worlds."""
    absent = Answer(("",) * len(TICKS[table]), there=False)
    base = {}
    for who in worlds[0].partners:
        if who in heard and dice.maybe():
            base[who] = absent  # its voices stand in
        else:
            base[who] = dice.seen(table) if dice.randrange(3) else dice.unseen(table, who in heard)
    if keep:  # what it says in a few words is its own, and no secret from itself
        base[keep] = replace(base[keep], words="")
    if worlds[0].served:
        kinds = [dice.seen(table), dice.seen(table), dice.unseen(table), absent, absent]
        base[SERVED] = dice.choice(kinds)
    for world in worlds:
        world.answers[table].update({(who, item): answer for who, answer in base.items()})


def _tick_anew(dice: Dice, world: World, table: str, keep: str, few: set[str]) -> None:
    """Another tick below one partner's form, where nothing on the wall hangs on it."""
    ticks = world.consents.get(table)
    others = [who for who in ticks or () if who != keep]
    if not ticks or not others:
        return
    wall, who = walls(world, table, few), dice.choice(others)
    before = ticks[who]
    ticks[who] = dice.choice(ON_THE_WALL)
    if walls(world, table, few) != wall:
        ticks[who] = before


def _answer_anew(
    dice: Dice,
    worlds: list[World],
    table: str,
    item: Item,
    keep: str,
    heard: set[str],
    few: set[str],
) -> None:
    """Draw other answers about one item in the second world, so that both look the same."""
    partners, wall = worlds[0].partners, walls(worlds[0], table, few)
    shown, _ = on_the_wall(worlds[0], table, item, few)
    enough = shown != "freed"
    silent = worlds[0].not_shown(table) & worlds[1].not_shown(table)
    base = worlds[0].about(table, item)
    other = dict(base)
    if worlds[0].served and (shown != "named" or SERVED in silent):
        kinds = [dice.seen(table), dice.unseen(table), replace(base[SERVED], there=False)]
        other[SERVED] = dice.choice(kinds)
    elif worlds[0].served and not base[SERVED].seen(table):
        other[SERVED] = dice.unseen(table)
    for who in partners:
        fixed = who == keep or who in heard or (base[who].freed() and who not in silent)
        if not fixed and not (base[who].seen(table) and enough and who not in silent):
            other[who] = dice.unseen_or_few(table, enough)
    if shown != "named":  # whose word it is, is not told
        out = {keep} | heard | worlds[0].not_shown(table) | worlds[1].not_shown(table)
        movable = [who for who in partners if who not in out]
        order = dice.sample(movable, len(movable))
        other |= {who: other[source] for who, source in zip(movable, order, strict=True)}
    for who in heard - {keep}:
        if not base[who].seen(table) and base[who].there:
            other[who] = dice.unseen(table, True)
    for some in (other, base):
        worlds[1].answers[table].update({(who, item): answer for who, answer in some.items()})
        if walls(worlds[1], table, few) == wall:
            return


def _forms_in(world: World, table: str) -> bool:
    there = {who for (who, _), answer in world.answers[table].items() if answer.there}
    there |= {who for who, _, _ in world.voices.get(table, {})}
    there |= {row["partner"] for row in world.lines.get(table, [])}
    return set(world.partners) <= there


def pairs(keep: bool = False) -> st.SearchStrategy[tuple[World, World, str]]:
    """Pairs for hypothesis; the number that it names makes the pair again."""
    return st.integers(0, 2**32).map(lambda number: pair(number, keep))


def all_worlds() -> st.SearchStrategy[World]:
    """Single worlds for hypothesis."""
    return st.integers(0, 2**32).map(one)
