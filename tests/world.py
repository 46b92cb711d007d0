"""A made-up partnership in plain Python, and what the rules of guide/methods say of its answers.

Nothing here asks the package what it hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from making import partnership
from partnering.partnership import Partnership

PARTNERS = ("ANA", "BEN", "CYD", "DOV", "EVA", "FIN", "GUS", "HAL", "IDA")
SERVED = "SER"  # speaks for the people served; may answer, and is never missing
STANCE = ("strongly for it", "support it", "can agree to it", "cannot accept it")
PART = ("could do it alone", "essential part", "useful part", "no part")
LIKELY = ("not likely", "possible", "likely", "already happening")
HARD = ("little effect", "slows us", "harms us", "could end us")
WORTH = ("yes", "yes, on one condition", "not as it is now")
OFTEN = ("never", "rarely", "sometimes", "often", "almost always")
IMPORTANCE = ("not important to us", "useful", "important", "we insist on it")
TODAY = ("not yet working together", "rarely done", "sometimes done", "mostly done")
TICKS = {  # the core ticks of each table of answers, and the words of each
    "positions": {"stance": STANCE, "our_part": PART},
    "risk_views": {"how_likely": LIKELY, "how_hard_on_us": HARD},
    "worth": {"worth_it": WORTH},
    "behaviour_views": {"how_often": OFTEN},
    "principles": {"importance": IMPORTANCE, "today": TODAY},
}
ITEMS = {
    "positions": ("objective",),
    "risk_views": ("risk",),
    "worth": (),
    "behaviour_views": ("about", "behaviour"),
    "principles": ("principle",),
}
VOICED = ("positions", "risk_views", "behaviour_views")  # where single people may answer
AFTER = {"how_likely": "likely_after", "how_hard_on_us": "hard_after"}  # the full form
FIRST_IS_CAUTIOUS = ("our_part", "how_often")
GUARDED = ("cannot accept it", "not as it is now")
LOST_WORD, LOST_DAY, LOST_COUNT, LOST_WHO = "hm, perhaps", "soon after", "three or so", "ZED, who"
LOST = (LOST_WORD, LOST_DAY, LOST_COUNT, LOST_WHO, "T 1?")  # what nobody can read
SILENT = ("", "we do not know", "prefer not to say here", LOST_WORD)
ITEM_OF = {**ITEMS, "risk_care": ("risk",)}
NAMES = {"O1": "aim O1", "O2": "aim O2", "R1": "event R1", "R2": "event R2"}
KEPT_BACK = (  # as people write it; from "private!" on it cannot be read
    *("facilitator", "not typed", "F", "P", " Facilitator. ", "paper_only"),
    *("private!", "paper", "private", "confidential", "no", "#REF!", "rooom", "room\u200b", "?"),
)
KEYS = {  # of rows with the same key the first one counts
    "holding": ("partner",),
    "purposes": ("partner",),
    "practising": ("partner",),
    "moments": ("moment", "when"),
    "contacts": ("partner", "unit", "with_partner"),
    "risk_care": ("risk",),
    "kept": ("what", "partner"),
    "capabilities": ("objective", "what_it_takes", "partner"),
}
OWN = ("purposes", "value_lines", "practising", "contacts", "holding")  # a partner about itself
OUR_NAME = "with our name"  # the one tick below a form that frees the wall
ON_THE_WALL = (OUR_NAME, "", "not shown", "perhaps")  # the last cannot be read
ABSENT, SECRET = "absent", "SECRET"
WAYS = ("with names", "confidential", "anonymous", "", "opne")  # the last cannot be read
Item = tuple[str, ...]
Lines = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Answer:
    """What one partner ticks about one item, and what it says of sharing; or no line at all."""

    ticks: tuple[str, ...]
    share: str = ""
    there: bool = True
    words: str = ""  # the few words that stay with the facilitator

    def whole(self, table: str) -> bool:
        """Whether every tick is a word of its scale."""
        scales = TICKS[table].values()
        return all(tick in scale for tick, scale in zip(self.ticks, scales, strict=True))

    def guarded(self) -> bool:
        """Whether it could cost its owner something."""
        return any(tick in GUARDED for tick in self.ticks)

    def may_be_guarded(self, table: str) -> bool:
        """Whether a tick that cannot be read could be one that costs its owner something."""
        scales = TICKS[table].values()
        return any(
            tick == LOST_WORD and set(scale) & set(GUARDED)
            for tick, scale in zip(self.ticks, scales, strict=True)
        )

    def seen(self, table: str) -> bool:
        """Whether the room may know it once enough partners have answered."""
        kept = self.share in KEPT_BACK or (self.guarded() and self.share != "everyone here")
        return self.there and self.whole(table) and not kept

    def freed(self) -> bool:
        """A guarded answer that its owner has marked for the room: told whatever the others say."""
        return self.there and self.guarded() and self.share == "everyone here"


@dataclass(frozen=True)
class World:
    """One partnership as people have answered it."""

    partners: tuple[str, ...]
    mode: str  # as typed
    threshold: int  # as it counts: one larger for each partner whose type cannot be read
    answers: dict[str, dict[tuple[str, Item], Answer]]
    lines: Lines = field(default_factory=dict)
    voices: dict[str, dict[tuple[str, str, Item], tuple[str, ...]]] = field(default_factory=dict)
    served: bool = False
    full: bool = False  # the full form of risk views
    consents: dict[str, dict[str, str]] = field(default_factory=dict)  # by table and partner
    signed: dict[str, str] = field(default_factory=dict)  # the undertaking: by partner a day
    types: dict[str, str] = field(default_factory=dict)  # by partner
    by_name: bool = False  # whether lines on objectives and risks are typed by their names

    @property
    def way(self) -> str:
        """How answers are handled: what cannot be read is held, and so is what nobody can be."""
        typed = self.mode
        if not typed:
            forms = [row["form"] for row in self.lines.get("transfers", [])]
            typed = "confidential" if {"grant", "grants and such"} & set(forms) else "with names"
        if typed == "anonymous" and not _enough_voices(self.voices):
            return "confidential"
        return typed if typed in ("with names", "confidential", "anonymous") else "confidential"

    def openly(self, table: str) -> bool:
        """Whether a table stands on the wall with names once all have answered."""
        return self.way == "with names" or self.consented(table)

    def least(self, table: str) -> int:
        """How many partners must have answered an item in full before it stands on the wall."""
        return 2 if self.openly(table) else self.threshold

    def not_shown(self, table: str) -> set[str]:
        """Who wrote below its form that it is shown nowhere, or something that cannot be read."""
        ticks = self.consents.get(table, {})
        return {who for who, tick in ticks.items() if tick not in ("", OUR_NAME)}

    def consented(self, table: str) -> bool:
        """Whether few who answer in confidence all free the wall, and keep nothing guarded back."""
        if self.way != "confidential" or not 2 < len(self.partners) < self.threshold:
            return False
        answers = self.answers[table]
        everybody = {*self.partners, *(who for (who, _), one in answers.items() if one.there)}
        ticks = self.consents.get(table, {})
        if any(ticks.get(who) != OUR_NAME for who in everybody):
            return False
        said = [
            spoken(self, table, who, item, set()) for who in everybody for item in self.items(table)
        ]
        return not any(
            one.there
            and (one.guarded() or one.may_be_guarded(table))
            and one.share != "everyone here"
            for one in said
        )

    def about(self, table: str, item: Item) -> dict[str, Answer]:
        """The answers about one item, by partner, as each has stated them."""
        return {who: answer for (who, what), answer in self.answers[table].items() if what == item}

    def items(self, table: str) -> list[Item]:
        """What is asked about."""
        return list(dict.fromkeys(item for _, item in self.answers[table]))

    def middles(self, table: str, who: str, item: Item) -> tuple[tuple[int, int] | None, ...]:
        """Where an organisation stands on each tick: two steps of the scale, or None.

        What it states counts; where it has stated nothing, the middle of its voices; none where it
        is divided inside.
        """
        stated = self.answers[table].get((who, item))
        found = []
        for at, scale in enumerate(TICKS[table].values()):
            tick = stated.ticks[at] if stated and stated.there else ""
            if tick:
                found.append((scale.index(tick),) * 2 if tick in scale else None)
            else:
                found.append(middle(self._voices_on(table, who, item, at)))
        return tuple(found)

    def _voices_on(self, table: str, who: str, item: Item, at: int) -> list[int]:
        scale = tuple(TICKS[table].values())[at]
        return [
            scale.index(ticks[at])
            for (partner, _, what), ticks in self.voices.get(table, {}).items()
            if (partner, what) == (who, item) and ticks[at] in scale
        ]

    def typed(self) -> Partnership:
        """The partnership as somebody types it."""
        sheets = {name: [dict(row) for row in rows] for name, rows in self.lines.items()}
        for table, answers in self.answers.items():
            rows = sheets.setdefault(table, [])
            for (who, item), answer in answers.items():
                if answer.there:
                    rows.append(_row(table, who, item, answer, self.full))
        for table, voices in self.voices.items():
            for (who, sign, item), ticks in voices.items():
                row = _row(table, who, item, Answer(ticks), self.full)
                sheets.setdefault(table, []).append(row | {"respondent": sign})
        lost = list(self.types.values()).count(LOST_WORD)
        for table in ("positions", "risk_views", "risk_care") if self.by_name else ():
            for row in sheets.get(table, []):
                row |= {name: NAMES.get(row[name], row[name]) for name in ITEM_OF[table]}
        settings = {"title": "T", "mode": self.mode, "threshold": str(self.threshold - lost)}
        sheets["partnership"] = [settings | sheets.pop("facts", [{}])[0]]
        notes = sheets.pop("notes", [{}])[0]
        everybody = [
            {
                "partner": who,
                "name": f"The {who} house",
                "note": notes.get(who, ""),
                "signed_on": self.signed.get(who, ""),
                "kind": self.types.get(who, ""),
            }
            for who in self.partners
        ]
        if self.served:
            speaks = {"kind": "people we serve", "spoken_for_by": "an elder"}
            everybody.append({"partner": SERVED, "name": "The villages"} | speaks)
        if self.consents:
            sheets["consents"] = [
                {"partner": row["partner"]}
                | {table: ticks.get(row["partner"], "") for table, ticks in self.consents.items()}
                for row in everybody
            ]
        return partnership(partners=everybody, **sheets)


def middle(places: list[int]) -> tuple[int, int] | None:
    """The two middles of the voices of a house; None where there are none, or it is divided."""
    if not places:
        return None
    places = sorted(places)
    low, high = places[(len(places) - 1) // 2], places[len(places) // 2]
    apart = [place for place in places if min(abs(place - low), abs(place - high)) >= 2]
    return None if len(apart) > len(places) / 4 else (low, high)


def _enough_voices(voices: dict) -> bool:
    people = {(who, sign) for some in voices.values() for who, sign, _ in some}
    each = [sum(1 for who, _ in people if who == partner) for partner in {who for who, _ in people}]
    return len(people) >= 12 and sum(1 for count in each if count >= 5) >= 2


def _row(table: str, who: str, item: Item, answer: Answer, full: bool) -> dict[str, str]:
    reasons = {"worth": "if_what", "behaviour_views": "example", "principles": ""}
    row = {"partner": who, "share": answer.share}
    row |= dict(zip(ITEMS[table], item, strict=True))
    row |= dict(zip(TICKS[table], answer.ticks, strict=True))
    if reason := reasons.get(table, "in_a_few_words"):
        row[reason] = answer.words
    if full and table == "risk_views":  # what will be done helps by one step
        for (name, after), tick in zip(AFTER.items(), answer.ticks, strict=True):
            scale = TICKS[table][name]
            row[after] = scale[max(0, scale.index(tick) - 1)] if tick in scale else tick
    return row


# ------------------------------------------------------------------ answers


class Dice(Random):
    """What is drawn for one number."""

    def maybe(self, one_in: int = 2) -> bool:
        """Yes, once in so many times."""
        return self.randrange(one_in) == 0

    def seldom(self, usual: str, other: str) -> str:
        """What is usual, and once in so many times something else."""
        return usual if self.randrange(12) else other

    def words(self, table: str, guarded: bool) -> tuple[str, ...]:
        """A word for each tick."""
        scales = TICKS[table].values()
        return tuple(
            self.choice([word for word in scale if guarded or word not in GUARDED])
            for scale in scales
        )

    def unseen(self, table: str, voiced: bool = False) -> Answer:
        """One of the many answers that the room does not see, whatever voices say beside it."""
        ticks = self.words(table, guarded=True)
        kinds = ["silent", "half", "guarded", "kept back", ABSENT]
        kind = self.choice(kinds[:-1] if voiced else kinds)
        silent = SILENT[1:] if voiced else SILENT
        first = next(iter(TICKS[table].values()))
        words = self.choice(["", SECRET]) if table not in ("worth", "principles") else ""
        if kind == "half" and len(ticks) > 1:
            ticks = self.words(table, guarded=False)
            at = self.randrange(len(ticks))
            said = tuple(
                self.choice(silent) if place == at else tick for place, tick in enumerate(ticks)
            )
            return Answer(said, words=words)
        if kind == "guarded" and set(GUARDED) & set(first):
            word = next(word for word in first if word in GUARDED)
            return Answer((word, *ticks[1:]), self.choice(["", *KEPT_BACK]), words=words)
        if kind == "kept back":
            return Answer(ticks, self.choice(KEPT_BACK), words=words)
        if kind == ABSENT:
            return Answer(("",) * len(ticks), there=False)
        return Answer(tuple(self.choice(silent) for _ in ticks), words=words)

    def seen(self, table: str) -> Answer:
        """An answer that may be seen: no guarded word, or one that is freed."""
        if table in ("positions", "worth") and self.maybe(4):
            first = "cannot accept it" if table == "positions" else "not as it is now"
            words = "less trade" if table == "worth" else ""
            ticks = (first, *self.words(table, guarded=False)[1:])
            return Answer(ticks, "everyone here", words=words)
        words = self.choice(["", "the pier holds"]) if table == "worth" else ""
        share = self.choice(["", "everyone here"])
        return Answer(self.words(table, guarded=False), share, words=words)

    def consents(self, everybody: Sequence[str]) -> dict[str, str]:
        """What stands below the forms of one table: all free the wall, one does not, each its own."""
        ticks = dict.fromkeys(everybody, OUR_NAME)
        kind = self.choice(["all", "all", "one", "each"])
        if kind == "one":
            ticks[self.choice(everybody)] = self.choice(ON_THE_WALL[1:])
        if kind == "each":
            ticks = {who: self.choice(ON_THE_WALL) for who in everybody}
        return ticks

    def unseen_or_few(self, table: str, enough: bool) -> Answer:
        """Another answer that is not seen; where too few answered, any word may be."""
        if not enough and self.maybe():
            return Answer(self.words(table, guarded=False), self.choice(["", "everyone here"]))
        return self.unseen(table)

    def voices(self, partners: Sequence[str], threshold: int) -> dict[str, int]:
        """How many people answer in each house, in most of them none; no two alike from it on."""
        counts: dict[str, int] = {}
        large = threshold
        for who in partners:
            size = self.choice(["none", "none", "few", "many"])
            if size == "few":
                counts[who] = self.randint(1, threshold - 1)
            elif size == "many":
                counts[who] = large = large + 1
        return counts

    def ballots(self, table: str, many: int) -> list[tuple[str, ...]]:
        """What the people of a house tick: nearly alike, or divided beyond doubt."""
        by_tick = []
        for scale in TICKS[table].values():
            if many > 4 and self.maybe(6):
                ends = (many - 1) // 2
                between = [scale[1]] * (many - 2 * ends)
                some = [scale[0]] * ends + between + [scale[-1]] * ends
            else:
                at = self.randrange(len(scale))
                near = scale[max(0, at - 1)]
                some = [near if many > 2 and place == 0 else scale[at] for place in range(many)]
            by_tick.append(some)
        return list(zip(*by_tick, strict=True))


def few_voices(counts: dict[str, int], threshold: int) -> set[str]:
    """The houses whose voices stay hidden: the small ones, and with a single one the smallest other."""
    small = {who for who, count in counts.items() if count < threshold}
    others = {who: count for who, count in counts.items() if who not in small}
    if len(small) == 1 and others:
        small.add(min(others, key=lambda who: others[who]))
    return small


def spoken(world: World, table: str, who: str, item: Item, hidden: set[str]) -> Answer:
    """What the room may take for a partner's answer: stated, or the cautious word of its voices."""
    nothing = Answer(("",) * len(TICKS[table]), there=False)
    if who in world.not_shown(table):
        return nothing
    stated = world.answers[table].get((who, item), nothing)
    if stated.there and (stated.share in KEPT_BACK or "" not in stated.ticks):
        return stated
    if who in hidden or table not in world.voices:
        return stated
    ticks = []
    for at, (name, scale) in enumerate(TICKS[table].items()):
        tick = stated.ticks[at] if stated.there else ""
        places = world._voices_on(table, who, item, at)
        found = middle(places) if len(places) >= world.threshold else None
        if not tick and found:
            tick = scale[found[0] if name in FIRST_IS_CAUTIOUS else found[1]]
        ticks.append(tick)
    return Answer(tuple(ticks), "", any(ticks))


def on_the_wall(world: World, table: str, item: Item, hidden: set[str]) -> tuple[str, list]:
    """What stands on the wall of one item: names, words without names, or freed words alone."""
    answers = {who: spoken(world, table, who, item, hidden) for who in world.partners}
    seen = {who: answer.ticks for who, answer in answers.items() if answer.seen(table)}
    freed = [tick for answer in answers.values() if answer.freed() for tick in answer.ticks]
    freed = sorted(tick for tick in freed if tick in GUARDED)
    if world.openly(table) and len(seen) == len(world.partners):
        served = spoken(world, table, SERVED, item, set())
        return "named", [*sorted(seen.items()), served if served.seen(table) else None]
    if len(seen) >= world.least(table):
        return "words", [sorted(seen.values()), freed]
    return "freed", freed


def walls(world: World, table: str, hidden: set[str]) -> tuple[bool, list]:
    """What stands on the wall of a whole table, and whether its ticks free it."""
    items = [on_the_wall(world, table, item, hidden) for item in world.items(table)]
    return world.consented(table), items
