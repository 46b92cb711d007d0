"""A session plan in which nothing is amiss."""

from session_plan import VARIATIONS

GOOD = {
    "title": "A plan",
    "subtitle": "In 30 minutes",
    "question": "What now?",
    "full": 30,
    "short": 10,
    "partners": 4,
    "more_partners": [{"partners": 6, "full": 38, "minutes": {"Open": 20}}],
    "why_now": "Because.",
    "not_for": "Quarrels.",
    "before": "A talk.",
    "who": "All.",
    "bring": "Pens.",
    "prepare": [{"when": "The day before", "what": "Ask *each* partner."}],
    "steps": [
        {
            "name": "Open",
            "for": 12,
            "what": "Read.",
            "say": "“Welcome, all.”",
            "who": "all",
            "left": "rules",
            "counts": [
                {"what": "cards to read", "fields": 3, "people": "partners", "seconds": 40},
                {"what": "a minute of silence", "fields": 1, "people": 1, "seconds": 60},
            ],
        },
        {
            "name": "Close",
            "for": 18,
            "what": "End.",
            "say": 'So: "One word."',
            "who": "all",
            "left": "forms",
        },
    ],
    "held": {
        "replaces": ["Open", "Close"],
        "before": "White cards only.",
        "rows": [
            {"from": 0, "to": 10, "do": "Draw the *lot*.", "say": "“Three lines.”"},
            {"from": 10, "to": 30, "do": "Read all slips.", "say": "“I read.”"},
        ],
        "also": "The forms stay with you.",
    },
    "reveal": "Show it.",
    "example": "In Shade ...",
    "afterwards": ["What did you see?"],
    "goes_wrong": [{"sign": "Everything is *likely*.", "do": "Wait."}],
    "variations": dict.fromkeys(VARIATIONS, "Otherwise."),
    "short_form": {
        "before": "Collect.",
        "steps": [{"name": "All", "for": 10, "what": "Everything."}],
    },
    "tomorrow": "Print two, drop the rest.",
    "care": "Be kind.",
    "take_with_you": "The sheet.",
    "source": "Ours.",
}
