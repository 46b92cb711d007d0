"""The lines of made-up partnerships: on the wall in both of a pair, or hidden in one."""

from __future__ import annotations

from collections.abc import Sequence

from world import (
    KEPT_BACK,
    LOST_COUNT,
    LOST_DAY,
    LOST_WHO,
    LOST_WORD,
    NAMES,
    SECRET,
    SILENT,
    Dice,
    Lines,
)

CANNOT_BE_READ = {  # by table the cells that are spoilt now and then, and what stands there then
    "objectives": {"kind": LOST_WORD, "whose": LOST_WHO},
    "risks": {"type": LOST_WORD},
    "value_lines": {"whose": LOST_WHO, "how_sure": LOST_WORD},
    "practices": {"who": LOST_WHO, "look_again_on": LOST_DAY},
    "decisions": {"stop": LOST_COUNT, "outcome": LOST_WORD, "who": LOST_WHO, "by_when": LOST_DAY},
    "risk_care": {
        **dict.fromkeys(("carries", "decides", "pays", "lead"), LOST_WHO),
        "by_when": LOST_DAY,
    },
    "promises": {"to": LOST_WHO, "due": LOST_DAY, "status": LOST_WORD},
    "moments": {"then": LOST_WORD},
    "practising": {"look_again_on": LOST_DAY, "behaviour": LOST_WORD},
    "tensions": {"step": LOST_COUNT},
    "contacts": {"we": LOST_WORD, "relationship_holder_knows": LOST_WORD},
    "transfers": {"transfer": "T 1?", "from": LOST_WHO, "to": LOST_WHO, "amount": LOST_COUNT},
    "capabilities": {"need": LOST_WORD, "have": LOST_WORD, "will_commit": LOST_WORD},
    "kept": {"how": LOST_WORD},
    "requests": {"month": LOST_DAY, "announced": LOST_WORD},
    "protocol": {"within_days": LOST_COUNT, "this_step_has": LOST_WORD},
    "topics": {"where": LOST_WORD, "together": LOST_WORD},
    "rights": dict.fromkeys(("decides", "asked_first", "told_after"), LOST_WHO),
    "facts": {"moment": LOST_WORD, "date": LOST_DAY, "delete_after": LOST_DAY},
}


def public_lines(dice: Dice, partners: Sequence[str], items: dict, full: bool) -> Lines:
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
                "by_when": dice.choice(["", "", "2026-01-09"]),
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
    for table, cells in CANNOT_BE_READ.items():
        for row in lines.get(table, []):
            for name, lost in cells.items():
                row[name] = dice.seldom(row.get(name, ""), lost)
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


def hidden_lines(dice: Dice, partners: Sequence[str], keep: str, full: bool, mode: str) -> Lines:
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
        "objectives": maybe(objective="O9", text=dice.choice([SECRET, NAMES["O1"]]), share=back()),
        "risks": maybe(
            risk="R9",
            type=dice.choice(kinds),
            what_could_happen=dice.choice([SECRET, NAMES["R1"]]),
            share=back(),
        ),
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


def lines_beside(
    dice: Dice, lines: Lines, hidden: Lines, partners: Sequence[str], keep: str
) -> Lines:
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
