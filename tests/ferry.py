"""A small made-up partnership in which nearly every sentence of every exercise has its occasion.

Three organisations run a ferry, and the people who cross are among the partners. What each result
says of it stands in `stops/words`: to the facilitator; to the room where answers are open,
where they are confidential, and where they are and the partners are few. Each of these sentences was held against the tables below.

    python tests/ferry.py     writes the files anew; read what has changed before you keep it
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "exercises"))

import every_result
from making import partnership
from partnering.partnership import ROOM, Partnership, house
from partnering.results import Figure, Result, ResultTable
from partnering.schema import lists, scales
from partnering.schema.kinds import UNREAD
from partnering.stops import coherence, rounds

WANTS = ("strongly for it", "support it", "can agree to it", "cannot accept it", "we do not know")
PARTS = ("could do it alone", "essential part", "useful part", "no part", "we do not know")
HOW_OFTEN = ("never", "rarely", "sometimes", "often", "almost always")
OUR, OTHERS = "our own organisation", "the other partners, taken together"
ASKED = ("ANA", "BEN", "FUN")
STEP_HAS = (
    "a role in every organisation",
    "no payment stops because of a concern",
    "what happens if no solution is found",
)
WORDS = Path(__file__).parent / "stops" / "words"


def _views(said: dict[str, str]) -> list[tuple]:
    """Positions in short: for each objective the stance and the part of ANA, BEN and FUN."""
    rows = []
    for code, pairs in said.items():
        for who, (stance, part) in zip(ASKED, pairs.split(), strict=False):
            rows.append((who, "", code, WANTS[int(stance)], PARTS[int(part)]))
    return rows


def _risk_views(said: dict[str, str]) -> list[tuple]:
    """Risk views in short: for each risk how likely and how hard ANA, BEN and FUN find it."""
    likely = ("not likely", "possible", "likely", "already happening", "we do not know")
    hard = ("little effect", "slows us", "harms us", "could end us", "prefer not to say here")
    rows = []
    for code, pairs in said.items():
        for who, (one, other) in zip(ASKED, pairs.split(), strict=False):
            after = (likely[0], hard[1]) if (who, code) == ("ANA", "R1") else ("", "")
            rows.append((who, "", code, likely[int(one)], hard[int(other)], "", *after))
    return rows


TABLES = {
    "partners": [
        {"partner": "ANA", "name": "Ferry Keepers", "kind": "community organisation"},
        {"partner": "BEN", "name": "River Aid", "kind": "NGO", "must_disclose": "yes"},
        {"partner": "FUN", "name": "Bridge Fund", "kind": "funder", "signed_on": "2026-05-02"},
        {"partner": "PPL", "name": "Those who cross", "kind": "people we serve"},
    ],
    "decisions": [
        {
            "stop": "1",
            "about": "O1",
            "outcome": "agreed",
            "what_we_decided": "we begin in June",
            "who": "ANA, BEN",
            "by_when": "2026-05-10",
        },
        {"stop": "1", "about": "O2", "outcome": "we differ, and it can stay so"},
        {
            "stop": "3",
            "about": "R1",
            "outcome": "we differ, and must decide",
            "what_we_decided": "who stops the boat",
            "who": "BEN",
            "by_when": "2026-05-09",
        },
        {"stop": "4", "about": "fares", "outcome": "not discussed"},
        {"stop": "6", "about": "B1", "outcome": "we differ, and it can stay so"},
        {"stop": "2", "about": "L1", "outcome": "agreed", "what_we_decided": "it comes"},
    ],
    "purposes": [
        ("ANA", "to cross", "no boat of our own", "the fares rise", "the harbour"),
        ("BEN", "", "", "", "a doctor"),
        ("FUN", "", "", "a scandal"),
    ],
    "objectives": [
        ("O1", "A ferry every day.", "specific objective"),
        ("O2", "A second boat", "specific objective", "", "a licence"),
        ("O3", "A school for keepers", "broad vision"),
        ("O4", "Free fares", "specific objective"),
        ("O5", "A house for Ana", "one partner's own objective", "ANA"),
        ("O6", "A map of the river", "specific objective", "", "a surveyor"),
    ],
    "positions": _views(
        {
            "O1": "00 11 12",
            "O2": "11 21 12",
            "O3": "12 12 13",
            "O4": "01 12 32",
            "O5": "01 12 12",
            "O6": "11 44",
        }
    ),
    "capabilities": [
        ("O1", "a hull", "needed", "ANA", "we have enough", "yes"),
        ("O1", "a hull", "needed", "BEN", "we have enough", "in part"),
        ("O1", "a motor", "needed", "FUN", "we have enough", "yes"),
        ("O1", "a flag", "helpful", "FUN", "we have enough", "yes"),
        ("O2", "a crane", "needed", "BEN", "we have some", "yes"),
    ],
    "value_lines": [
        {
            "line": "L1",
            "partner": "ANA",
            "we": "bring",
            "what": "keepers",
            "how_sure": "we promise it",
            "answers": "L4",
            "kind": "staff and volunteer time",
        },
        {
            "line": "L2",
            "partner": "BEN",
            "we": "bring",
            "what": "a doctor",
            "how_sure": "we offer it",
            "kind": "expertise",
            "money_low": "100",
            "money_high": "200",
            "currency": "EUR",
        },
        {
            "line": "L3",
            "partner": "FUN",
            "we": "bring",
            "what": "a grant",
            "how_sure": "an idea",
            "kind": "money",
            "money_low": "5000",
            "currency": "EUR",
        },
        {
            "line": "L4",
            "partner": "FUN",
            "we": "ask one partner for",
            "what": "reports",
            "whose": "ANA",
        },
        {
            "line": "L5",
            "partner": "ANA",
            "we": "ask one partner for",
            "what": "pay in advance",
            "whose": "FUN",
        },
        {
            "line": "L6",
            "partner": "BEN",
            "we": "ask one partner for",
            "what": "a berth",
            "whose": "ANA",
        },
        {
            "line": "L7",
            "partner": "ANA",
            "we": "bring",
            "what": "a pier",
            "whose": "BEN",
            "answers": "L6",
        },
        {
            "line": "L8",
            "partner": "ANA",
            "we": "hope for",
            "what": "to be heard",
            "whose": "all partners",
            "kind": "influence",
        },
        {"line": "L9", "partner": "BEN", "we": "give up, or spend", "what": "weekends"},
        {"line": "L11", "partner": "FUN", "we": "hope for", "what": "good news", "whose": "FUN"},
        {
            "line": "L12",
            "partner": "BEN",
            "we": "hope for",
            "what": "fair fares",
            "whose": "people we serve",
        },
        {"line": "L13", "partner": "BEN", "we": "ask one partner for", "what": "a word"},
        {
            "line": "L10",
            "partner": "PPL",
            "we": "hope for",
            "what": "a dry seat",
            "how_we_will_see_it": "no wet feet",
        },
    ],
    "worth": [
        ("ANA", "yes"),
        ("BEN", "yes, on one condition", "the pier is safe."),
        ("FUN", "not as it is now", "there are no reports"),
    ],
    "promises": [
        {
            "promise": "P1",
            "partner": "ANA",
            "to": "BEN",
            "what": "the pier",
            "due": "2026-05-10",
            "status": "not yet due",
        },
        {
            "promise": "P2",
            "partner": "FUN",
            "to": "ANA",
            "what": "the first part",
            "due": "2026-05-09",
        },
        {
            "promise": "P3",
            "partner": "FUN",
            "to": "ANA",
            "what": "the doctor",
            "due": "2026-06-01",
            "waits_for": "P1, P2",
        },
        {
            "promise": "P4",
            "partner": "FUN",
            "what": "a visit",
            "status": "not done",
            "share": "everyone here",
        },
        {
            "promise": "P5",
            "partner": "ANA",
            "what": "the list",
            "due": "2026-04-01",
            "status": "done late",
        },
        {"promise": "P6", "partner": "ANA", "what": "a plan", "status": "changed by agreement"},
    ],
    "risks": [
        {
            "risk": "R1",
            "type": "operational",
            "what_could_happen": "a flood",
            "we_tell_whom": "FUN",
            "within_hours": "24",
        },
        {
            "risk": "R2",
            "what_could_happen": "the money comes late",
            "what_we_would_gain": "we learn to save",
        },
        {"risk": "R3", "what_could_happen": "a quarrel at the pier"},
        {"risk": "R4", "what_could_happen": "the motor fails"},
        {"risk": "R5", "what_could_happen": "nobody comes"},
    ],
    "risk_views": _risk_views(
        {"R1": "23 20 11", "R2": "32 10 00", "R3": "11 11 11", "R4": "04 21 12", "R5": "12"}
    ),
    "risk_care": [
        {
            "risk": "R1",
            "carries": "ANA",
            "decides": "FUN",
            "pays": "ANA, FUN",
            "we_will": "watch the water",
            "lead": "ANA",
            "by_when": "2026-06-01",
            "whom_could_this_hurt": "children",
        },
        {"risk": "R2", "carries": "ANA, BEN", "decides": "FUN", "we_will": "save"},
        {
            "risk": "R3",
            "carries": "all of us",
            "decides": "all of us",
            "pays": "people we serve",
            "we_will": "talk",
            "lead": "BEN",
        },
        {"risk": "R4", "carries": "people we serve", "decides": "BEN", "pays": "BEN"},
    ],
    "practices": [
        ("A1", "trust", "ANA, FUN", "we meet each month", "a page of minutes", "2026-05-10"),
        ("A2", "equity", "", "fares are told", "", "2026-05-09"),
        ("A3", "openness", "BEN", "", "", "2026-07-01"),
    ],
    "tensions": [
        ("T1", "a late boat", "a word", "a call"),
        ("T2", "an unpaid bill", "", "", "2"),
    ],
    "principles": [
        ("trust", "", "ANA", "we insist on it", "rarely done"),
        ("trust", "", "BEN", "we insist on it", "mostly done"),
        ("trust", "", "FUN", "important", "sometimes done"),
        ("mutual respect", "ANA, BEN", "ANA", "we insist on it", "rarely done"),
        ("mutual respect", "", "BEN", "important", "rarely done"),
        ("mutual respect", "", "FUN", "not important to us", "not yet working together"),
        ("speed", "FUN", "FUN", "important", "sometimes done"),
    ],
    "transfers": [
        ("G1", "FUN", "ANA", "9000", "EUR", "the boat", "grant"),
        ("G2", "ANA", "BEN", "", "", "a doctor", "service contract"),
        ("G3", "ANA", "BEN", "400", "EUR", "a roof", "grant"),
        ("G4", "BEN", "FUN", "", "", "a party", "joint fund"),
        ("G5", "BEN", "ANA", "", "", "a flag"),
        ("G6", "FUN", "BEN", "", "", "a bell", "another type"),
    ],
    "clauses": [("C1", "", "O1, A1", "We run a ferry.", "The grantee runs a ferry.")],
    "topics": [
        ("Our principles", "partnership agreement", "", "", ""),
        ("Our practices", "in both", "they differ", "which day", "practices"),
        ("Risks", "grant agreement", "we do not know", "", "risks"),
        ("Names", "not written yet", "they agree", "", ""),
        ("Pictures", "not needed", "", "", ""),
        ("The end", "", "", "", "conflict protocol"),
    ],
    "rights": [
        ("Change the budget", "FUN", "", "ANA", ""),
        ("Stop the work", "FUN", "", "", ""),
        ("Speak to the press", "ANA", "BEN, FUN", "", "it is ours"),
        ("Choose the day", "all partners", "", "", ""),
        ("Sell the boat", "", "", "", ""),
    ],
    "protocol": [
        ("1", "A word hurts.", "By a call.", "Both keepers.", "3", "We go on.", STEP_HAS[0]),
        ("2", "Step 1 was not enough.", "", "The heads.", "5", "", "; ".join(STEP_HAS[:2])),
        lists.sheets()["protocol"].set_index("step", drop=False).loc["3"].to_dict(),
        ("END", "", "", "All.", "", "", STEP_HAS[2]),
    ],
    "moments": [
        ("M1", "2026-03-14", "the flood", "brought us closer", "a warning"),
        ("M2", "2026-04-20", "the late money", "made it harder between us", "a call"),
        ("M3", "May 2026", "the new pier", "both of these", ""),
    ],
    "behaviour_views": [
        (who, "", about, code, HOW_OFTEN[place])
        for code, said in {"B1": "404 213", "B2": "333 330", "B5": "432 101"}.items()
        for about, places in zip((OUR, OTHERS), said.split(), strict=True)
        for who, place in zip(ASKED, map(int, places), strict=True)
    ]
    + [("ANA", "", OTHERS, "B3", "often"), ("BEN", "", OTHERS, "B3", "never")],
    "practising": [
        ("ANA", "B1", "we ask first", "FUN", "2026-05-09"),
        ("BEN", "B2", "we write less", "", ""),
    ],
    "contacts": [
        ("ANA", "keepers", "BEN", "works with them", "the berth", "every week", "yes"),
        ("ANA", "office", "FUN", "asks them for something", "money", "once a year", "no"),
        ("BEN", "doctors", "ANA", "works with them and asks", "times", "every day", "no"),
        ("FUN", "audit", "ANA", "asks them for something", "papers", "every month", "yes"),
        (
            "FUN",
            "desk",
            "ANA",
            "works with them and asks",
            "reports",
            "every week",
            "we do not know",
        ),
    ],
    "holding": [
        ("ANA", "the chair", "the clerk", "any press", "fares", "the list by June"),
        ("BEN", "the director", "", "", "", ""),
        ("FUN", "", "", "", "the audit", ""),
    ],
    "requests": [
        ("Q1", "2026-03-02", "FUN", "ANA", "a list", "more than a week", "no", "P2"),
        ("Q2", "2026-03-05", "FUN", "ANA", "a visit", "up to a day", "yes"),
        ("Q3", "2026-04-20", "BEN", "ANA", "a berth", "up to an hour", "prefer not to say here"),
        ("Q4", "", "ANA", "FUN", "an answer"),
    ],
    "kept": [
        ("A1", "ANA", "done as written"),
        ("A1", "FUN", "done late or in part", "ANA", "everyone here"),
        ("reports", "ANA", "not done", "", "everyone here"),
        ("A3", "BEN", "no occasion yet"),
    ],
}


def ferry(mode: str = "with names", threshold: int = 3) -> Partnership:
    """The partnership, with answers handled in this mode, and this smallest group."""
    about = {
        "title": "The ferry",
        "date": "2026-05-10",
        "moment": "working together",
        "mode": mode,
        "threshold": str(threshold),
        "held_by": "Ola",
        "delete_after": "2026-12-31",
    }
    return partnership("", partnership=[about], **TABLES)


def later(mode: str = "with names") -> Partnership:
    """The same partnership three months on: some answers, promises and decisions are others."""
    p = ferry(mode)
    changed = {
        "positions": {
            ("BEN", "O2"): {"stance": "support it"},
            ("FUN", "O4"): {"stance": "can agree to it"},
        },
        "risk_views": {
            ("ANA", "R1"): {"how_likely": "possible"},
            ("BEN", "R2"): {"how_hard_on_us": "harms us"},
        },
        "promises": {("P1",): {"status": "done on time"}, ("P2",): {"status": "done late"}},
        "decisions": {("3", "R1"): {"outcome": "agreed"}},
    }
    heads = {
        "positions": ["partner", "objective"],
        "risk_views": ["partner", "risk"],
        "promises": ["promise"],
        "decisions": ["stop", "about"],
    }
    for name, cells in changed.items():
        sheet = p.sheets[name].copy()
        for row in sheet.index:
            key = tuple(sheet.loc[row, heads[name]])
            for column, text in cells.get(key, {}).items():
                sheet.loc[row, column] = text
        p.edit(name, sheet)
    p.edit("partnership", p.sheets["partnership"].assign(date="2026-08-10"))
    return p


def answers_inside(*rows: tuple) -> house.House:
    """What parts of the Ferry Keepers have answered among themselves."""
    p = partnership("", partners=TABLES["partners"][:1], house_answers=list(rows))
    return house.of(p)


INSIDE = (
    ("ANA", "office", "Q2", "in the drawer", "different from what we agreed"),
    ("ANA", "pier", "Q1", "we ask first", "as agreed"),
    ("ANA", "office", "Q1", "We ask first.", "as agreed"),
    ("ANA", "boats", "Q2", "nobody told us", "we do not know"),
    ("ANA", "pier", "Q2", ""),
)


def settled(mode: str = "with names", threshold: int = 3) -> Partnership:
    """Two partners that have answered everything, and nothing is open between them."""
    both = ("ANA", "BEN")
    every_step = "; ".join(word.text for word in scales.STEP_HAS.words)
    return partnership(
        "ANA BEN",
        partnership=[
            {
                "date": "2026-05-10",
                "moment": "working together",
                "mode": mode,
                "threshold": str(threshold),
            }
        ],
        purposes=[(who, "to cross", "no boat", "", "") for who in both],
        objectives=[("O1", "a ferry")],
        positions=[(who, "", "O1", "support it", "essential part") for who in both],
        value_lines=[
            ("L1", "ANA", "ask one partner for", "a boat", "BEN"),
            ("L2", "BEN", "bring", "a boat", "ANA", "we promise it", "L1"),
            ("L3", "ANA", "bring", "a pier", "all partners", "we promise it"),
            ("L4", "ANA", "hope for", "to be heard", "all partners"),
            ("L5", "BEN", "hope for", "to learn", "BEN"),
        ],
        worth=[(who, "yes") for who in both],
        promises=[
            ("P1", "ANA", "BEN", "a pier", "2026-04-01", "done on time"),
            ("P2", "BEN", "ANA", "a boat", "2026-05-01", "changed by agreement"),
        ],
        risks=[("R1", "operational", "a flood")],
        risk_views=[(who, "", "R1", "possible", "slows us") for who in both],
        risk_care=[("R1", "ANA", "ANA", "BEN", "watch")],
        practices=[("A1", "trust", "ANA", "we meet", "minutes", "2026-09-01")],
        protocol=[("1", "a word", "a call", "both", "3", "we go on", every_step)],
        tensions=[("T1", "a late boat", "a word", "a call", "1")],
        topics=[
            ("Our principles", "in both", "they agree", "", "practices"),
            ("All else", "partnership agreement", "", "", "what each brings"),
            ("The steps", "in both", "they agree", "", "conflict protocol"),
        ],
        transfers=[("G1", "BEN", "ANA", "5", "EUR", "a bell", "grant")],
        rights=[("Sell the boat", "ANA", "BEN", "", "it is ours")],
        clauses=[("C1", "", "O1, R1, A1", "We run a ferry.", "")],
        behaviour_views=[
            (who, "", about, "B1", "often") for who in both for about in (OUR, OTHERS)
        ],
        practising=[(who, "B1", "we call", "the other", "2026-09-01") for who in both],
        contacts=[("ANA", "crew", "BEN", "works with them", "times", "every day", "yes")],
        holding=[(who, "the chair", "the clerk") for who in both],
        requests=[("Q1", "2026-03-02", "BEN", "ANA", "a list")],
        kept=[("A1", "ANA", "done as written")],
    )


def told(module: str) -> str:
    """What every result of a module says of the ferry, to each of four readers."""
    return _of_four_readers(ferry, f"{module}.")


def told_of_nothing() -> str:
    """What every result says of two partners that have typed nothing yet."""

    def empty(mode: str = "with names", threshold: int = 3) -> Partnership:
        about = {"mode": mode, "threshold": str(threshold)}
        return partnership("ANA BEN CYD", partnership=[about])

    return _of_four_readers(empty)


def told_of_what_is_settled() -> str:
    """What every result says where everything is answered and nothing is open."""
    return _of_four_readers(settled)


def _of_four_readers(make_one: Callable[..., Partnership], beginning: str = "") -> str:
    """What every result whose name begins so says to each; together where it says the same."""
    whole = make_one()
    readers = {
        "facilitator": whole,
        "open": whole.for_reader(ROOM),
        "confidential": make_one("confidential").for_reader(ROOM),
        "few": make_one("confidential", 5).for_reader(ROOM),
    }
    parts = []
    for make in every_result.MAKERS:
        name = every_result.called(make)
        if name.startswith(beginning):
            said: dict[str, list[str]] = {}
            for reader, seen in readers.items():
                said.setdefault(_in_words(make(seen)), []).append(reader)
            parts += [f"## {name}: {', '.join(who)}\n\n{text}\n" for text, who in said.items()]
    return "\n".join(parts)


def told_of_a_house() -> str:
    """What the results inside one organisation say of its answers."""
    houses = answers_inside(*INSIDE), answers_inside()
    makers = coherence.answers_by_unit, coherence.alike
    made = [make(one) for one in houses for make in makers]
    return "\n\n".join(map(_in_words, made)) + "\n"


def told_of_two_rounds() -> str:
    """What has changed in three months, to one partner and to all."""
    parts: list[str] = []
    rounds_of = {mode: (ferry(mode), later(mode)) for mode in ("with names", "confidential")}
    for mode, states in {**rounds_of, "nothing has changed": (ferry(), ferry())}.items():
        made: list[ResultTable] = [rounds.of_partner(*states, who) for who in ASKED]
        made += rounds.joint(*states)
        parts += [f"## {mode}", *map(_in_words, made)]
    return "\n\n".join(parts) + "\n"


def _in_words(made: Result) -> str:
    """A result as text, with its rows; of a drawing what is written in it, and how many shapes."""
    if not isinstance(made, Figure):
        rows = (
            made.rows.drop(columns=UNREAD, errors="ignore")
            .to_csv(sep="|", index=False, lineterminator="\n")
            .rstrip()
        )
        return f"{made.plain()}\n\n{rows}"
    sheets = []
    for sheet in made.drawings:
        shapes = Counter(re.findall(r"<(\w+)", sheet.svg))
        drawn = ", ".join(f"{count} {shape}" for shape, count in sorted(shapes.items()))
        sheets += [
            f"Drawn: {drawn}",
            "Written: " + " | ".join(re.findall(r">([^<>]+)<", sheet.svg)),
        ]
    said = [made.caption, made.alternative, *made.notes, f"Picture: {made.name}", *sheets]
    return "\n".join([*said, "", _in_words(made.table)])


MODULES = sorted({every_result.called(make).partition(".")[0] for make in every_result.MAKERS})
FILES: dict[str, Callable[[], str]] = {name: partial(told, name) for name in MODULES} | {
    "empty": told_of_nothing,
    "settled": told_of_what_is_settled,
    "house": told_of_a_house,
    "rounds": told_of_two_rounds,
}

if __name__ == "__main__":
    WORDS.mkdir(exist_ok=True)
    for name, make in FILES.items():
        (WORDS / f"{name}.txt").write_text(make(), encoding="utf-8")
