"""Random partnerships in pairs that differ only in what the room, or one partner, may not see.

Nothing here asks the package what it hides: the rules are those of guide/methods, in plain Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hypothesis import assume
from hypothesis import strategies as st

from making import partnership
from partnering.partnership import Partnership

PARTNERS = ("ANA", "BEN", "CYD", "DOV", "EVA", "FIN", "GUS", "HAL", "IDA")
BEHAVIOURS = ("B1", "B2")
STANCE = ("push for it", "support it", "can live with it", "cannot accept it")
PART = ("could carry it alone", "essential part", "useful part", "no part")
LIKELY = ("hardly", "could happen", "likely", "happening already")
HARD = ("hardly", "slows us", "hurts us", "could finish us")
WORTH = ("yes", "yes if", "not as it stands")
OFTEN = ("never", "rarely", "sometimes", "often", "nearly always")
TICKS = {  # the core ticks of each table of answers, and the words of each
    "positions": {"stance": STANCE, "our_part": PART},
    "risk_views": {"how_likely": LIKELY, "how_hard_on_us": HARD},
    "worth": {"worth_it": WORTH},
    "behaviour_views": {"how_often": OFTEN},
}
GUARDED = ("cannot accept it", "not as it stands")
SILENT = ("", "cannot say", "rather not say here")
KEPT_BACK = ("facilitator", "paper only", "F", "private!", "#REF!")  # the last two cannot be read
ABSENT, SECRET = "absent", "SECRET"
Draw = Callable


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
        kept = self.share in KEPT_BACK or (self.guarded() and self.share != "room")
        return self.there and self.whole(table) and not kept

    def freed(self) -> bool:
        """A guarded answer that its owner has marked for the room: told whatever the others say."""
        return self.there and self.guarded() and self.share == "room"


@dataclass(frozen=True)
class World:
    """One partnership as people have answered it."""

    partners: tuple[str, ...]
    mode: str
    threshold: int
    answers: dict[str, dict[tuple[str, tuple[str, ...]], Answer]]
    lines: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    served: bool = False

    def least(self) -> int:
        """How many partners must have answered an item in full before it stands on the wall."""
        return self.threshold if self.mode == "held" else 2

    def about(self, table: str, item: tuple[str, ...]) -> dict[str, Answer]:
        """The answers about one item, by partner."""
        found = self.answers[table].items()
        return {who: answer for (who, what), answer in found if what == item}

    def items(self, table: str) -> list[tuple[str, ...]]:
        """What is asked about."""
        return list(dict.fromkeys(item for _, item in self.answers[table]))

    def typed(self) -> Partnership:
        """The partnership as somebody types it."""
        sheets = {name: [dict(row) for row in rows] for name, rows in self.lines.items()}
        for table, answers in self.answers.items():
            rows = sheets.setdefault(table, [])
            for (who, item), answer in answers.items():
                if answer.there:
                    rows.append(_row(table, who, item, answer))
        settings = {"title": "T", "mode": self.mode, "threshold": str(self.threshold)}
        sheets["partnership"] = [settings | sheets.pop("facts", [{}])[0]]
        return partnership(" ".join(self.partners), **sheets)


ITEMS = {
    "positions": ("objective",),
    "risk_views": ("risk",),
    "worth": (),
    "behaviour_views": ("about", "behaviour"),
}
REASONS = {"positions": "in_a_few_words", "risk_views": "in_a_few_words", "worth": "if_what"}


def _row(table: str, who: str, item: tuple[str, ...], answer: Answer) -> dict[str, str]:
    row = {"partner": who, "share": answer.share}
    row |= dict(zip(ITEMS[table], item, strict=True))
    row |= dict(zip(TICKS[table], answer.ticks, strict=True))
    row[REASONS.get(table, "example")] = answer.words
    return row


# ------------------------------------------------------------------ answers


def _words(draw: Draw, table: str, guarded: bool) -> tuple[str, ...]:
    ticks = []
    for scale in TICKS[table].values():
        allowed = [word for word in scale if guarded or word not in GUARDED]
        ticks.append(draw(st.sampled_from(allowed)))
    return tuple(ticks)


def _unseen(draw: Draw, table: str) -> Answer:
    """One of the many answers that the room does not see."""
    ticks = _words(draw, table, guarded=True)
    kind = draw(st.sampled_from(["silent", "half", "guarded", "kept back", ABSENT]))
    if kind == "half" and len(ticks) > 1:
        ticks = _words(draw, table, guarded=False)
        at = draw(st.integers(0, len(ticks) - 1))
        silent = draw(st.sampled_from(SILENT))
        return Answer(tuple(silent if place == at else tick for place, tick in enumerate(ticks)))
    if kind == "guarded" and set(GUARDED) & set(next(iter(TICKS[table].values()))):
        first = next(word for word in next(iter(TICKS[table].values())) if word in GUARDED)
        return Answer((first, *ticks[1:]), draw(st.sampled_from(["", *KEPT_BACK])))
    if kind == "kept back":
        return Answer(ticks, draw(st.sampled_from(KEPT_BACK)))
    if kind == ABSENT:
        return Answer(("",) * len(ticks), there=False)
    return Answer(tuple(draw(st.sampled_from(SILENT)) for _ in ticks))


def _open_answer(draw: Draw, table: str) -> Answer:
    """An answer that may be seen: no guarded word, or one that is freed."""
    if table in ("positions", "worth") and draw(st.integers(0, 3)) == 0:
        ticks = _words(draw, table, guarded=False)
        first = "cannot accept it" if table == "positions" else "not as it stands"
        return Answer((first, *ticks[1:]), "room")
    return Answer(_words(draw, table, guarded=False), draw(st.sampled_from(["", "room"])))


def _both_answers(
    draw: Draw, table: str, partners: Sequence[str], named: bool, least: int, keep: str
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """The answers about one item in two worlds that look the same to the room."""
    base = {
        who: _open_answer(draw, table) if draw(st.integers(0, 2)) else _unseen(draw, table)
        for who in partners
    }
    seen = [who for who in partners if base[who].seen(table)]
    whole = len(seen) == len(partners) and named
    enough = len(seen) >= least
    one, other = {}, {}
    for who, answer in base.items():
        one[who] = other[who] = answer
        if who == keep or (answer.seen(table) and (whole or enough)) or answer.freed():
            continue
        other[who] = _unseen_or_few(draw, table, enough or whole)
    if not whole:  # whose word it is, is not told
        movable = [who for who in partners if who != keep]
        order = draw(st.permutations(movable))
        moved = {who: other[source] for who, source in zip(movable, order, strict=True)}
        other |= moved
    if _looks_alike(one, other, table, least, named, len(partners)):
        return one, other
    return one, dict(one)


def _unseen_or_few(draw: Draw, table: str, enough: bool) -> Answer:
    """Another answer that is not seen; where too few answered, any word may be."""
    if not enough and draw(st.booleans()):
        return Answer(_words(draw, table, guarded=False), draw(st.sampled_from(["", "room"])))
    return _unseen(draw, table)


def _shown(
    answers: dict[str, Answer], table: str, least: int, named: bool, count: int
) -> tuple[str, list]:
    """What stands on the wall of one item: names, words without names, or freed words alone."""
    seen = {who: answer.ticks for who, answer in answers.items() if answer.seen(table)}
    freed = sorted(tick for answer in answers.values() if answer.freed() for tick in answer.ticks)
    freed = [tick for tick in freed if tick in GUARDED]
    if named and len(seen) == count:
        return "named", sorted(seen.items())
    if len(seen) >= least:
        rest = sorted(tick for tick in freed)
        return "words", [sorted(seen.values()), rest]
    return "freed", freed


def _looks_alike(
    one: dict[str, Answer],
    other: dict[str, Answer],
    table: str,
    least: int,
    named: bool,
    count: int,
) -> bool:
    return _shown(one, table, least, named, count) == _shown(other, table, least, named, count)


# ------------------------------------------------------------------ lines written together


def _public(draw: Draw, partners: Sequence[str], items: dict) -> dict[str, list[dict[str, str]]]:
    """Lines that stand on the wall in both worlds."""
    some = st.sampled_from(partners)
    maybe = st.booleans()
    lines: dict[str, list[dict[str, str]]] = {
        "objectives": [
            {
                "objective": code,
                "text": f"aim {code}",
                "kind": draw(st.sampled_from(["specific", ""])),
            }
            for (code,) in items["positions"]
        ],
        "risks": [
            {
                "risk": code,
                "type": draw(st.sampled_from(["security", "ethical", ""])),
                "what_could_happen": f"event {code}",
            }
            for (code,) in items["risk_views"]
        ],
        "purposes": [
            {"partner": who, "why_together": f"because {who}", "share": "room"}
            for who in partners
            if draw(maybe)
        ],
        "value_lines": [
            {"line": "V1", "partner": draw(some), "we": "ask", "what": "a van", "share": "room"},
            {
                "line": "V2",
                "partner": draw(some),
                "we": "bring",
                "what": "a room",
                "answers": draw(st.sampled_from(["", "V1"])),
                "share": "room",
            },
        ],
        "practices": [
            {"practice": "A1", "principle": "care", "we_will": "call", "you_will_see": "a call"}
        ],
        "decisions": [
            {
                "stop": "1",
                "about": "the start",
                "outcome": draw(st.sampled_from(["agreed", "we differ and can work with it"])),
                "what_we_decided": "in spring",
                "who": draw(some),
            }
        ],
    }
    if draw(maybe):
        pays = draw(st.sampled_from([*partners, ""]))
        care = {"risk": "R1", "carries": draw(some), "decides": draw(some), "pays": pays}
        lines["risk_care"] = [care]
    if draw(maybe):
        lines["holding"] = [
            {"partner": draw(some), "holder": "a focal point", "share": "room"},
        ]
    return lines


def _hidden(draw: Draw, partners: Sequence[str], keep: str) -> dict[str, list[dict[str, str]]]:
    """Lines that are kept back, and may as well not be there at all; of one promise the word."""
    others = [who for who in partners if who != keep] or list(partners)
    some, back = st.sampled_from(others), st.sampled_from(KEPT_BACK)

    def maybe(**row: str) -> list[dict[str, str]]:
        return [row] if draw(st.booleans()) else []

    kinds = ["reputational", "political", ""]
    forms = ["grant", "joint pot", "grants and such"]
    promised = ["", "we promise it"]
    sides = ["ask", "bring", "hope for", "pay a price"]
    return {
        "objectives": maybe(objective="O9", text=SECRET, share=draw(back)),
        "risks": maybe(
            risk="R9",
            type=draw(st.sampled_from(kinds)),
            what_could_happen=SECRET,
            share=draw(back),
        ),
        "risk_care": maybe(
            risk="R2", carries=draw(some), decides=draw(some), pays="", share=draw(back)
        ),
        "value_lines": maybe(
            line="V9",
            partner=draw(some),
            we=draw(st.sampled_from(sides)),
            what=SECRET,
            answers=draw(st.sampled_from(["", "V1", "V2"])),
            how_sure=draw(st.sampled_from(promised)),
            share=draw(back),
        ),
        "promises": [
            {
                "promise": "P1",
                "partner": partners[0],
                "what": "a boat",
                "status": draw(st.sampled_from(["", "not kept"])),
            },
            *maybe(promise="P9", partner=draw(some), what=SECRET, share=draw(back)),
        ],
        "practices": maybe(practice="A9", principle=SECRET, we_will=SECRET, share=draw(back)),
        "tensions": maybe(tension="E9", what_might_happen=SECRET, share=draw(back)),
        "kept": maybe(
            what="A1",
            partner=draw(some),
            how=draw(st.sampled_from(["broken", "slipped", *SILENT])),
        ),
        "decisions": maybe(
            stop="1",
            about=SECRET,
            outcome="we differ and must settle it",
            what_we_decided=SECRET,
            share=draw(back),
        ),
        "clauses": maybe(clause="C9", topic="", covers="R1", share=draw(back)),
        "moments": maybe(moment="M9", when="2026-01-01", what_happened=SECRET, share=draw(back)),
        "practising": maybe(
            partner=draw(some), what_we_will_do_differently=SECRET, share=draw(back)
        ),
        "contacts": maybe(
            partner=draw(some), unit=SECRET, with_partner=partners[0], share=draw(back)
        ),
        "holding": maybe(partner=others[-1], holder=SECRET, share=draw(back)),
        "transfers": maybe(
            transfer="T9",
            **{"from": partners[0], "to": partners[1]},
            form=draw(st.sampled_from(forms)),
            share=draw(back),
        ),
    }


# ------------------------------------------------------------------ pairs


@st.composite
def pairs(draw: Draw, keep: bool = False) -> tuple[World, World, str]:
    """Two worlds that differ only in what the room may not see, and a partner.

    With `keep` what this partner itself has answered and written is the same in both, so that they
    differ only in what this partner may not see.
    """
    partners = PARTNERS[: draw(st.integers(2, 6))]
    mode = draw(st.sampled_from(["open", "held"]))
    threshold = draw(st.sampled_from([3, 4, 5]))
    reader = draw(st.sampled_from(partners)) if keep else ""
    items = {
        "positions": [("O1",), ("O2",)][: draw(st.integers(1, 2))],
        "risk_views": [("R1",), ("R2",)][: draw(st.integers(1, 2))],
        "worth": [()],
        "behaviour_views": [(about, "B1") for about in ("ourselves", "the others together")],
    }
    least = threshold if mode == "held" else 2
    one: dict = {table: {} for table in TICKS}
    other: dict = {table: {} for table in TICKS}
    for table, asked in items.items():
        for item in asked:
            both = _both_answers(draw, table, partners, mode == "open", least, reader)
            for world, answers in zip((one, other), both, strict=True):
                world[table] |= {(who, item): answer for who, answer in answers.items()}
    public = _public(draw, partners, items)
    worlds = []
    for answers in (one, other):
        hidden = _hidden(draw, partners, reader)
        names = dict.fromkeys([*public, *hidden])
        lines = {name: [*public.get(name, []), *hidden.get(name, [])] for name in names}
        worlds.append(World(partners, mode, threshold, answers, lines))
    for table in TICKS:  # told on purpose: whether a line stands there for everybody
        assume(_forms_in(worlds[0], table) == _forms_in(worlds[1], table))
    return worlds[0], worlds[1], reader


def _forms_in(world: World, table: str) -> bool:
    there = {who for (who, _), answer in world.answers[table].items() if answer.there}
    return there == set(world.partners)
