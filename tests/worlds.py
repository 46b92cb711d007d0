"""Random partnerships, alone or in pairs that differ only in what the room, or one partner, may not see.

Nothing here asks the package what it hides: the rules are those of guide/methods, in plain Python.
Each comes from a number, so that one that was found can be looked at again: `one(7)`, `pair(7)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import strategies as st

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
SILENT = ("", "we do not know", "prefer not to say here")
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
    threshold: int
    answers: dict[str, dict[tuple[str, Item], Answer]]
    lines: Lines = field(default_factory=dict)
    voices: dict[str, dict[tuple[str, str, Item], tuple[str, ...]]] = field(default_factory=dict)
    served: bool = False
    full: bool = False  # the full form of risk views
    consents: dict[str, dict[str, str]] = field(default_factory=dict)  # by table and partner
    signed: dict[str, str] = field(default_factory=dict)  # the undertaking: by partner a day

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
        return not any(one.there and one.guarded() and not one.freed() for one in said)

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
        settings = {"title": "T", "mode": self.mode, "threshold": str(self.threshold)}
        sheets["partnership"] = [settings | sheets.pop("facts", [{}])[0]]
        notes = sheets.pop("notes", [{}])[0]
        everybody = [
            {
                "partner": who,
                "name": f"The {who} house",
                "note": notes.get(who, ""),
                "signed_on": self.signed.get(who, ""),
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
            return Answer((first, *self.words(table, guarded=False)[1:]), "everyone here")
        return Answer(self.words(table, guarded=False), self.choice(["", "everyone here"]))

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
        return "named", [*sorted(seen.items()), spoken(world, table, SERVED, item, set())]
    if len(seen) >= world.least(table):
        return "words", [sorted(seen.values()), freed]
    return "freed", freed


def walls(world: World, table: str, hidden: set[str]) -> tuple[bool, list]:
    """What stands on the wall of a whole table, and whether its ticks free it."""
    items = [on_the_wall(world, table, item, hidden) for item in world.items(table)]
    return world.consented(table), items


# ------------------------------------------------------------------ lines written together


def _public(dice: Dice, partners: Sequence[str], items: dict, full: bool) -> Lines:
    """Lines that stand on the wall in both worlds."""
    some = lambda: dice.choice(partners)  # noqa: E731
    lines: Lines = {
        "objectives": [
            {
                "objective": code,
                "text": f"aim {code}",
                "kind": dice.choice(["specific objective", "", "one partner's own objective"]),
                "whose": dice.choice(["", some()]),
                "what_is_missing": dice.choice(["", "", "a permit"]),
            }
            for (code,) in items["positions"]
        ],
        "risks": [
            {
                "risk": code,
                "type": dice.choice(["security", "ethical", ""]),
                "what_could_happen": f"event {code}",
            }
            for (code,) in items["risk_views"]
        ],
        "purposes": [
            {"partner": who, "why_together": f"because {who}", "share": "everyone here"}
            for who in partners
            if dice.maybe()
        ],
        "value_lines": [
            {
                "line": "V1",
                "partner": some(),
                "we": "ask one partner for",
                "what": "a van",
                "share": "everyone here",
                "whose": dice.choice(["", some()]),
            },
            {
                "line": "V2",
                "partner": some(),
                "we": "bring",
                "what": "a room",
                "answers": dice.choice(["", "V1"]),
                "how_sure": dice.choice(["", "we offer it", "we promise it"]),
                "share": "everyone here",
            },
            {
                "line": "V3",
                "partner": some(),
                "we": "hope for",
                "what": "a road",
                "whose": dice.choice(
                    ["", "all partners", "people we serve", "our organisation only"]
                ),
                "share": "everyone here",
            },
        ],
        "practices": [
            {
                "practice": "A1",
                "principle": "care",
                "who": dice.choice(["", "all partners", some()]),
                "we_will": dice.choice(["call", "", "be kind"]),
                "you_will_see": dice.choice(["a call", ""]),
                "look_again_on": dice.choice(["", "2026-01-05", "2026-12-05"]),
            }
        ],
        "decisions": [
            {
                "stop": "1",
                "about": dice.choice(["the start", "O1", "R1"]),
                "outcome": dice.choice(["agreed", "we differ, and it can stay so", ""]),
                "what_we_decided": "in spring",
                "who": some(),
            }
        ],
    }
    if dice.maybe():
        lines["risk_care"] = [
            {
                "risk": "R1",
                "carries": dice.choice([some(), "", "all partners", "nobody", "people we serve"]),
                "decides": dice.choice([some(), "", "people we serve"]),
                "pays": dice.choice([some(), "", "nobody"]),
                "we_will": dice.choice(["", "walk round"]),
                "lead": dice.choice(["", some()]),
                "by_when": dice.choice(["", "2026-03-01"]),
            }
        ]
    if dice.maybe():
        stand_in = dice.choice(["", "a deputy"])
        lines["holding"] = [
            {
                "partner": some(),
                "holder": "a focal point",
                "stand_in": stand_in,
                "our_units_differ_on": dice.choice(["", "travel"]),
                "share": "everyone here",
            },
        ]
    if dice.maybe(3):
        lines["promises"] = [
            {
                "promise": "P1",
                "partner": some(),
                "to": some(),
                "what": "seed",
                "due": dice.choice(["", "2026-01-01", "2026-12-01"]),
                "status": dice.choice(["", "done on time", "not yet due", "done late"]),
                "share": "everyone here",
            }
        ]
        if dice.maybe():
            lines["promises"].append(
                {
                    "promise": "P2",
                    "partner": some(),
                    "to": "all partners",
                    "what": "rain gauges",
                    "due": "2026-02-01",
                    "status": "not done",
                    "waits_for": dice.choice(["", "P1"]),
                    "share": "everyone here",
                }
            )
    if dice.maybe(3):
        lines["moments"] = [
            {
                "moment": "M1",
                "when": "2026-01-01",
                "what_happened": "a flood",
                "then": dice.choice(["", "made it harder between us", "brought us closer"]),
                "what_helped_or_would_have": dice.choice(["", "a boat"]),
            },
            {
                "moment": dice.choice(["M1", "M2"]),
                "when": "2026-01-02",
                "what_happened": "tea",
                "then": dice.choice(["", "both of these", "made it harder between us"]),
            },
        ]
    if dice.maybe(3):
        lines["practising"] = [
            {
                "partner": some(),
                "behaviour": dice.choice(["B1", ""]),
                "what_we_will_do_differently": dice.choice(["listen", ""]),
                "who_will_tell_us": dice.choice(["a nurse", ""]),
            }
        ]
    if dice.maybe(3):
        lines["contacts"] = [
            {
                "partner": some(),
                "unit": "finance",
                "with_partner": some(),
                "we": "asks them for something",
                "about_what": "receipts",
                "relationship_holder_knows": dice.choice(["yes", "no", "", "we do not know"]),
            }
        ]
    if dice.maybe(3):
        lines["transfers"] = [
            {
                "transfer": "T1",
                "from": partners[0],
                "to": partners[1],
                "amount": "100",
                "currency": "USD",
                "purpose": "seeds",
                "form": dice.choice(["grant", "joint fund", "service contract", "", "other"]),
            }
        ]
    if dice.maybe(3):
        lines["tensions"] = [
            {
                "tension": "N1",
                "what_might_happen": "late money",
                "first_move": dice.choice(["", "a call"]),
                "step": dice.choice(["", "1"]),
            }
        ]
    if dice.maybe(3):
        lines["capabilities"] = [
            {
                "objective": "O1",
                "what_it_takes": what,
                "need": dice.choice(["needed", "helpful"]),
                "partner": who,
                "have": dice.choice(["we have enough", "some", "none", ""]),
                "will_commit": dice.choice(["yes", "in part", "no", ""]),
            }
            for what in ("trust", "a boat")
            for who in partners[:3]
        ]
    if dice.maybe(3):
        lines["clauses"] = [
            {
                "clause": "C1",
                "topic": "",
                "covers": dice.choice(["A1", "O1, V2"]),
                "in_partnership_agreement": "we call",
            }
        ]
    if full:
        lines["kept"] = [
            {
                "what": "A1",
                "partner": some(),
                "how": dice.choice(["done as written", "no occasion yet"]),
            }
        ]
        lines["requests"] = [
            {
                "request": code,
                "month": day,
                "from": some(),
                "to": partners[0],
                "what": dice.choice(["a list", "receipts"]),
                "announced": dice.choice(["yes", "no", ""]),
            }
            for code, day in (("Q1", "2026-01-05"), ("Q2", "2026-01-07"), ("Q3", "2026-02-07"))
            if dice.maybe()
        ]
    lines |= _own_words(dice, partners)
    lines["facts"] = [
        {
            "moment": dice.choice(["", "exploring", "working together"]),
            "date": dice.choice(["", "2026-01-10"]),
            "held_by": dice.choice(["", "an elder"]),
        }
    ]
    return lines


def _own_words(dice: Dice, partners: Sequence[str]) -> Lines:
    """The lists that come with the handbook: untouched, or made the partners' own."""
    lines: Lines = {}
    if dice.maybe():
        lines["protocol"] = [
            {
                "step": step,
                "we_go_here_when": f"our words {step}",
                "who_meets": dice.choice(["two of us", ""]),
                "within_days": dice.choice(["3", ""]),
                "meanwhile": "work goes on",
                "how_it_can_be_raised": "aloud",
                "this_step_has": dice.choice(
                    ["", "a role in every organisation", "what happens if no solution is found"]
                ),
            }
            for step in ("1", "2")
        ]
    if dice.maybe():
        lines["topics"] = [
            {
                "topic": topic,
                "where": dice.choice(["", "partnership agreement", "in both", "not written yet"]),
                "together": dice.choice(["", "they differ", "we do not know", "they agree"]),
                "gathers": gathers,
            }
            for topic, gathers in (("What we want", "objectives"), ("Our risks", "risks"))
        ]
    if dice.maybe():
        lines["rights"] = [
            {
                "right": "Hold back a payment",
                "decides": dice.choice(["", partners[0], f"{partners[0]}, {partners[1]}"]),
                "asked_first": dice.choice(["", partners[1]]),
                "reason_given": dice.choice(["", "the law"]),
            },
            {"right": "End the work", "decides": dice.choice(["", partners[-1], "all partners"])},
        ]
    return lines


def _hidden(dice: Dice, partners: Sequence[str], keep: str, full: bool, mode: str) -> Lines:
    """Lines that are kept back, and may as well not be there at all; of one promise the word."""
    others = [who for who in partners if who != keep] or list(partners)
    unsaid = (
        KEPT_BACK if mode in ("with names", "") else ("", *KEPT_BACK)
    )  # of a partner's own words

    def some() -> str:
        return dice.choice(others)

    def back() -> str:
        return dice.choice(KEPT_BACK)

    def maybe(**row: str) -> list[dict[str, str]]:
        return [row] if dice.maybe() else []

    kinds = ["reputational", "political", ""]
    forms = ["grant", "joint fund", "grants and such", ""]
    promised = ["", "we promise it"]
    sides = ["ask one partner for", "bring", "hope for", "give up, or spend"]
    lines: Lines = {
        "objectives": maybe(objective="O9", text=SECRET, share=back()),
        "risks": maybe(risk="R9", type=dice.choice(kinds), what_could_happen=SECRET, share=back()),
        "risk_care": maybe(risk="R2", carries=some(), decides=some(), pays="", share=back()),
        "value_lines": maybe(
            line="V9",
            partner=some(),
            we=dice.choice(sides),
            what=SECRET,
            answers=dice.choice(["", "V1", "V2"]),
            how_sure=dice.choice(promised),
            share=dice.choice(unsaid),
        ),
        "promises": [
            *maybe(promise="P9", partner=some(), what=SECRET, due="2026-01-05", share=back()),
            {
                "promise": "P7",
                "partner": others[0],
                "what": "a boat",
                "status": dice.choice(["", "not done"]),
            },
        ],
        "practices": maybe(practice="A9", principle=SECRET, we_will=SECRET, share=back()),
        "tensions": maybe(tension="N9", what_might_happen=SECRET, share=back()),
        "kept": maybe(
            what="A1" if not full else "Q9",
            partner=some(),
            how=dice.choice(["not done", "done late or in part", *SILENT]),
            share=dice.choice(["", *KEPT_BACK]),
        ),
        "decisions": maybe(
            stop="1",
            about=SECRET,
            outcome=dice.choice(["we differ, and must decide", "agreed"]),
            what_we_decided=SECRET,
            share=back(),
        ),
        "clauses": maybe(clause="C9", topic="", covers="R1", share=back()),
        "moments": maybe(
            moment=dice.choice(["M9", "M1"]),
            when="2026-01-09",
            what_happened=SECRET,
            share=back(),
        ),
        "practising": maybe(
            partner=some(), what_we_will_do_differently=SECRET, share=dice.choice(unsaid)
        ),
        "contacts": maybe(
            partner=some(),
            unit=SECRET,
            with_partner=partners[0],
            relationship_holder_knows="no",
            share=dice.choice(unsaid),
        ),
        "holding": maybe(partner=others[-1], holder=SECRET, share=dice.choice(unsaid)),
        "purposes": maybe(partner=others[-1], why_together=SECRET, share=dice.choice(unsaid)),
        "transfers": maybe(
            transfer="T9",
            **{"from": partners[0], "to": partners[1]},
            form=dice.choice(forms),
            share=back(),
        ),
        "capabilities": maybe(
            objective="O1",
            what_it_takes=SECRET,
            need="needed",
            partner=some(),
            have="we have enough",
            will_commit="yes",
            share=back(),
        ),
        "requests": maybe(
            request="Q9",
            month="2026-01-06",
            **{"from": some(), "to": partners[0]},
            what="a list",
            share=back(),
        ),
        "house_answers": maybe(partner=some(), unit=SECRET, question="Q1", answer=SECRET),
    }
    _pointing(dice, lines, some)
    return lines


def _pointing(dice: Dice, lines: Lines, some) -> None:
    """Lines that may be shared themselves, and speak of one that is kept back: they go with it."""
    if lines["risks"]:
        if dice.maybe():
            lines["decisions"].append(
                {"stop": "3", "about": "R9", "outcome": "agreed", "what_we_decided": SECRET}
            )
        if dice.maybe():
            lines["risk_care"].append({"risk": "R9", "carries": some(), "decides": some()})
        if dice.maybe():
            ticks = {"how_likely": "likely", "how_hard_on_us": "harms us"}
            lines["risk_views"] = [{"partner": some(), "risk": "R9", **ticks}]
    if lines["objectives"] and dice.maybe():
        ticks = {"stance": "support it", "our_part": "essential part"}
        lines["positions"] = [{"partner": some(), "objective": "O9", **ticks}]
    if lines["practices"] and dice.maybe():
        lines["tensions"].append(
            {"tension": "N8", "what_might_happen": "A9 is forgotten", "first_move": SECRET}
        )
    if lines["value_lines"] and dice.maybe():
        lines["promises"].append(
            {"promise": "P8", "partner": some(), "what": "as in V9", "due": "2026-01-07"}
        )


def _beside(dice: Dice, lines: Lines, hidden: Lines, partners: Sequence[str], keep: str) -> Lines:
    """The public lines with what the facilitator alone sees beside them, drawn anew."""
    told = {name: [dict(row) for row in rows] for name, rows in lines.items()}

    def secretly(name: str, column: str, words: Sequence[str]) -> None:
        for row in told.get(name, []):
            if row.get("partner", row.get("to")) != keep:
                row[column] = dice.choice(words)

    secretly("requests", "what_it_took", ["", "up to an hour", "more"])
    secretly("kept", "seen_by", ["", dice.choice(partners)])
    secretly("purposes", "we_would_leave_if", ["", SECRET])
    if hidden["promises"] and hidden["promises"][0]["promise"] == "P9":
        for row in told.get("promises", []):
            if row["promise"] == "P1" and row["partner"] != keep and dice.maybe():
                row["waits_for"] = "P9"
    if hidden["value_lines"]:
        for row in told["value_lines"]:
            if row["line"] == "V2" and row["partner"] != keep and dice.maybe():
                row["answers"] = f"{row['answers']}, V9".removeprefix(", ")
    told["notes"] = [{who: dice.choice(["", SECRET]) for who in partners if who != keep}]
    return told


# ------------------------------------------------------------------ worlds and pairs


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
    threshold = dice.choice([3, 4, 5, 5])
    reader = dice.choice(partners) if keep else ""
    full, served = dice.maybe(3), dice.maybe(4)
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
    public = _public(dice, partners, items, full)
    sides = []
    for _ in range(2):
        hidden = _hidden(dice, partners, reader, full, mode)
        told = _beside(dice, public, hidden, partners, reader)
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
    signed = {who: "2026-01-03" for who in partners if dice.randrange(4)}
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
        base[SERVED] = dice.seen(table) if dice.maybe() else absent
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
        there = dice.seen(table) if dice.maybe() else replace(base[SERVED], there=False)
        other[SERVED] = there
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
