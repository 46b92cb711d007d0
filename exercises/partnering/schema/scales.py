"""The words that people tick: every scale and choice of the handbook, each with its meaning."""

from __future__ import annotations

from partnering.language import mark as _
from partnering.schema.choices import Choice, Scale, Ticks, Word
from partnering.schema.kinds import (
    NOT_SEEN,
    OUTSIDE,
    SHARE_FACILITATOR,
    SHARE_PAPER_ONLY,
    SHARE_ROOM,
)

ONLY_US, ALL_OF_US = _("our organisation only"), _("all partners")
PEOPLE_SERVED = _("people we serve")
A_PARTNER, NOBODY = _("one partner"), _("nobody")
WITH_OUR_NAME, NOT_SHOWN = _("with our name"), _("not shown")
GRANT = _("grant")
SMALLEST_GROUP = 5  # of voices that are shown, where the partners have said nothing
LEAST_GROUP = 3  # the smallest on which they can agree

STANCE = Scale(
    (
        Word(
            _("strongly for it"),
            _("We would work for this whatever happens."),
            ("strongly support", "want it", "essential"),
            reads=("push for it",),
        ),
        Word(_("support it"), _("We are in favour and will help."), ("yes", "in favour")),
        Word(
            _("can agree to it"),
            _("Not our idea, and we have no objection."),
            ("neutral", "tolerate", "maybe"),
            reads=("can live with it",),
        ),
        Word(
            _("cannot accept it"),
            _("As it is written, we could not take part."),
            ("against", "no", "refuse", "veto"),
            guarded=True,
        ),
    ),
    opposed=("can agree to it", "cannot accept it"),
)
OUR_PART = Scale(
    (
        Word(
            _("could do it alone"),
            _("If we had to, we could do this without the others."),
            ("alone",),
            reads=("could carry it alone",),
        ),
        Word(
            _("essential part"), _("Without what we do it does not happen."), ("essential", "key")
        ),
        Word(
            _("useful part"),
            _("We make it better; it would happen without us."),
            ("useful", "some"),
        ),
        Word(_("no part"), _("We have nothing to do in this one."), ("none", "nothing")),
    ),
    cautious_last=False,
)
OBJECTIVE_KIND = Choice(
    (
        Word(_("broad vision"), _("A direction that no single project reaches."), ("vision",)),
        Word(
            _("specific objective"),
            _("Something that can be seen to be done by a certain time."),
            ("concrete",),
            reads=("specific",),
        ),
        Word(
            _("one partner's own objective"),
            _("One partner's own aim, known to the others, and fine."),
            ("particular",),
            reads=("particular to one partner",),
        ),
    )
)
WE = Choice(
    (
        Word(
            _("bring"),
            _("What we put in: time, contacts, reputation, knowledge, places, money."),
            ("give", "offer"),
        ),
        Word(_("hope for"), _("What we want to get out of it."), ("get", "want", "gain", "hope")),
        Word(
            _("give up, or spend"),
            _("What it costs us, or what we give up."),
            ("cost", "price", "risk"),
            reads=("pay a price",),
        ),
        Word(
            _("ask one partner for"),
            _("What we ask of one of the others."),
            ("need", "request"),
            reads=("ask",),
        ),
    )
)
HOW_SURE = Scale(
    (
        Word(
            _("an idea"), _("Somebody thought of it; nobody at home has agreed."), ("idea", "maybe")
        ),
        Word(
            _("we offer it"),
            _("We are willing, and still have to agree how."),
            ("offer", "offered"),
        ),
        Word(
            _("we promise it"),
            _("Those who decide at home have said yes."),
            ("promise", "committed", "yes"),
        ),
    ),
    outside=(),
)
VALUE_KIND = Choice(
    (
        Word(_("staff and volunteer time"), reads=("people's time",)),
        Word(_("access and contacts"), reads=("access and relations",)),
        Word(_("reputation and public trust"), reads=("name and legitimacy",)),
        Word(_("knowledge and data")),
        Word(_("expertise")),
        Word(_("rooms, land, equipment"), reads=("places and things",)),
        Word(_("influence")),
        Word(_("learning")),
        Word(_("our own purpose"), reads=("mission",)),
        Word(_("money")),
        Word(_("something else")),
    )
)
WORTH = Scale(
    (
        Word(_("yes", "worth"), _("Going on is worth it for us."), ("worth it", "ok")),
        Word(
            _("yes, on one condition"),
            _("It is worth it on one condition, written beside."),
            ("maybe", "depends"),
            reads=("yes if",),
        ),
        Word(
            _("not as it is now"),
            _("Something would have to change first."),
            ("no", "not worth it"),
            guarded=True,
            reads=("not as it stands",),
        ),
    )
)
PROMISE_STATUS = Choice(
    (
        Word(_("done on time"), "", ("kept", "done", "on time"), reads=("kept on time",)),
        Word(_("done late"), "", ("late",), reads=("kept late",)),
        Word(
            _("not done", "promises"),
            "",
            ("broken", "no", "missed"),
            guarded=True,
            reads=("not kept",),
        ),
        Word(_("changed by agreement"), "", ("changed", "moved", "postponed")),
        Word(_("not yet due"), "", ("open", "pending", "planned")),
    )
)
HOW_LIKELY = Scale(
    (
        Word(
            _("not likely"),
            _("We would be surprised."),
            ("rare", "unlikely", "never", "low"),
            reads=("hardly",),
        ),
        Word(
            _("possible"),
            _("It has happened elsewhere, or almost here."),
            ("maybe", "sometimes", "medium"),
            reads=("could happen",),
        ),
        Word(
            _("likely"),
            _("We expect it while we work together."),
            ("often", "probable", "high", "very likely"),
        ),
        Word(
            _("already happening"),
            _("It has begun."),
            ("now", "certain", "always", "already"),
            reads=("happening already",),
        ),
    ),
    opposed=("not likely", "likely"),
)
HOW_HARD = Scale(
    (
        Word(
            _("little effect"),
            _("We would notice it, and go on."),
            ("low", "minor", "none", "little"),
            reads=("hardly",),
        ),
        Word(
            _("slows us"),
            _("It costs weeks, money or strength."),
            ("medium", "moderate", "delay"),
        ),
        Word(
            _("harms us"),
            _("It costs people, reputation or means that we cannot easily replace."),
            ("high", "serious", "severe"),
            reads=("hurts us",),
        ),
        Word(
            _("could end us"),
            _("Our organisation, or a person's life, might not survive it."),
            ("critical", "fatal", "catastrophic"),
            reads=("could finish us",),
        ),
    )
)
LEVEL = Scale(
    tuple(Word(text) for text in (_("low"), _("moderate"), _("high"), _("critical"))), outside=()
)
WHERE = Choice(
    (
        Word(_("partnership agreement")),
        Word(_("grant agreement")),
        Word(_("in both"), reads=("both",)),
        Word(_("not written yet"), reads=("nowhere yet",)),
        Word(_("not needed")),
    )
)
TOGETHER = Choice(
    (
        Word(_("they agree"), reads=("say the same",)),
        Word(_("they differ"), "", ("different", "contradict"), reads=("differ",)),
        Word(_("we do not know"), "", ("unknown", "not sure")),
    )
)
TRANSFER_FORM = Choice(
    (
        Word(GRANT, _("Money given for a purpose, accounted for to the giver.")),
        Word(
            _("service contract"), _("Money paid for a service, like any supplier."), ("contract",)
        ),
        Word(
            _("joint fund"),
            _("Money that several put together and decide about together."),
            ("pool",),
            reads=("joint pot",),
        ),
        Word(_("another type"), reads=("other",)),
    ),
    unreadable=GRANT,
    strict=("", GRANT),  # with a grant answers are confidential
)
THEN = Choice(
    (
        Word(_("brought us closer")),
        Word(_("made it harder between us"), reads=("strained us",)),
        Word(_("both of these"), reads=("both",)),
    )
)
HOW_OFTEN = Scale(
    (
        Word(_("never")),
        Word(_("rarely"), "", ("seldom",)),
        Word(_("sometimes"), "", ("now and then",)),
        Word(_("often"), "", ("frequently",)),
        Word(_("almost always"), "", ("always",), reads=("nearly always",)),
    ),
    outside=(NOT_SEEN, *OUTSIDE),
    cautious_last=False,
)
ABOUT_WHOM = Choice(
    (
        Word(_("our own organisation"), "", ("us", "we"), reads=("ourselves",)),
        Word(
            _("the other partners, taken together"),
            "",
            ("others", "them"),
            reads=("the others together",),
        ),
    )
)
CONTACT_WE = Choice(
    (
        Word(_("works with them"), reads=("work together",)),
        Word(_("asks them for something"), reads=("ask them for",)),
        Word(_("works with them and asks"), reads=("both",)),
    )
)
CONTACT_OFTEN = Scale(
    tuple(
        Word(text)
        for text in (
            _("once a year"),
            _("a few times a year"),
            _("every month"),
            _("every week"),
            _("every day"),
        )
    ),
    outside=(),
)
KNOWS = Choice((Word(_("yes", "knows")), Word(_("no", "knows"))), outside=OUTSIDE)
MUST_DISCLOSE = Choice(
    (
        Word(_("yes", "yes, no or we do not know")),
        Word(_("no", "yes, no or we do not know")),
        Word(_("we do not know"), "", ("unsure", "maybe"), reads=("do not know",)),
    ),
    unreadable="we do not know",
    strict=("no", "we do not know", "yes"),
)
OUTCOME = Choice(
    (
        Word(_("agreed"), "", ("agree", "yes", "decided")),
        Word(
            _("we differ, and it can stay so"),
            _("A difference that may stay."),
            ("differ", "fine"),
            reads=("we differ and can work with it",),
        ),
        Word(
            _("we differ, and must decide"),
            _("A difference that stops us until we have decided."),
            ("disagreement",),
            reads=("we differ and must settle it",),
        ),
        Word(_("not discussed"), "", ("open", "later")),
    )
)
AGREED, CAN_WORK, MUST_SETTLE, NOT_DISCUSSED = OUTCOME.texts  # the words of `decisions.outcome`
MOMENT = Choice(
    (
        Word(_("exploring"), _("We are still finding out whether to partner.")),
        Word(_("starting"), _("We have said yes and have not begun the work."), ("start", "new")),
        Word(
            _("working together"),
            _("The work has begun."),
            ("running", "ongoing"),
            reads=("under way",),
        ),
        Word(_("in difficulty"), _("Something is wrong between us."), ("crisis", "conflict")),
        Word(
            _("ending or renewing"),
            _("An end or a new beginning is near."),
            ("closing", "renewing", "ending"),
            reads=("closing or renewing",),
        ),
    )
)
MODE = Choice(
    (
        Word(
            _("with names"),
            _("Each organisation answers under its own name."),
            reads=("open",),
        ),
        Word(
            _("confidential"),
            _("One person whom all trust reads the forms. No ticks are shown."),
            reads=("held",),
        ),
        Word(_("anonymous"), _("Nobody is named; only for twelve people or more."), ("anon",)),
    ),
    unreadable="confidential",
    strict=("with names", "anonymous", "confidential"),
)
PARTNER_KIND = Choice(
    (
        Word(_("community organisation"), "", ("community", "cbo")),
        Word(_("NGO"), "", ("ingo", "charity", "non-profit")),
        Word(
            _("government office"),
            "",
            ("government", "public", "state"),
            reads=("public office",),
        ),
        Word(_("business"), "", ("company", "private")),
        Word(_("funder"), "", ("donor", "foundation")),
        Word(
            _("university or research institute"),
            "",
            ("university", "academic"),
            reads=("research",),
        ),
        Word(
            _("people we serve"),
            _("They speak through somebody they have chosen."),
            ("beneficiaries", "people served"),
        ),
        Word(_("another kind"), reads=("other",)),
    )
)
HAVE = Scale(
    (
        Word(_("we have none"), reads=("none",)),
        Word(_("we have some"), reads=("some",)),
        Word(_("we have enough"), reads=("enough",)),
    ),
    opposed=("we have none", "we have some", "we have enough"),
)
WILL_COMMIT = Choice(
    (
        Word(_("yes", "will we put it in")),
        Word(_("in part"), reads=("partly",)),
        Word(_("no", "will we put it in")),
        Word(_("not decided yet"), reads=("not yet",)),
    ),
    outside=OUTSIDE,
)
NEED = Choice(
    (
        Word(_("needed"), _("Without it the objective is not reached."), reads=("must",)),
        Word(_("helpful"), reads=("helps",)),
    )
)
IMPORTANCE = Scale(
    (
        Word(_("not important to us"), reads=("not ours",)),
        Word(_("useful")),
        Word(_("important")),
        Word(_("we insist on it"), reads=("we hold to it",)),
    ),
    opposed=("not important to us", "important"),
)
TODAY = Scale(
    (
        Word(_("not yet working together")),
        Word(_("rarely done"), reads=("seldom lived",)),
        Word(_("sometimes done"), reads=("now and then",)),
        Word(_("mostly done"), reads=("mostly lived",)),
    )
)
WHAT_IT_TOOK = Scale(
    (
        Word(_("up to an hour"), reads=("an hour",)),
        Word(_("up to a day"), reads=("a day",)),
        Word(_("up to a week"), reads=("a week",)),
        Word(_("more than a week"), reads=("more",)),
    ),
    outside=OUTSIDE,
    opposed=("up to a week", "more than a week"),
)
HOW_KEPT = Choice(
    (
        Word(_("done as written"), reads=("kept",)),
        Word(_("done late or in part"), guarded=True, reads=("slipped",)),
        Word(_("not done", "what is written, and what is done"), guarded=True, reads=("broken",)),
        Word(_("no occasion yet"), reads=("not tested",)),
    ),
    outside=OUTSIDE,
)
ON_THE_WALL = Choice(
    (
        Word(WITH_OUR_NAME, _("Once all have ticked this, our ticks are there beside our name.")),
        Word(NOT_SHOWN, _("The facilitator alone sees them. Nobody is told who ticked this.")),
    ),
    unreadable=NOT_SHOWN,
    strict=(WITH_OUR_NAME, "", NOT_SHOWN),
)
SHARE = Choice(
    (
        Word(
            SHARE_ROOM,
            _("May be on the wall."),
            ("all", "yes", "public", "everybody"),
            reads=("E", "room"),
        ),
        Word(
            SHARE_FACILITATOR,
            _("For the facilitator alone."),
            ("private", "no", "confidential"),
            reads=("F", "facilitator"),
        ),
        Word(
            SHARE_PAPER_ONLY,
            _("Never typed; an empty line keeps its place."),
            ("paper",),
            reads=("N", "P", "paper only"),
        ),
    ),
    unreadable=SHARE_FACILITATOR,
    # Nothing said is stricter than the room: it frees no guarded answer and no own words.
    strict=(SHARE_ROOM, "", SHARE_FACILITATOR, SHARE_PAPER_ONLY),
)

STEP_HAS = Ticks(
    (
        Word(
            _("a role in every organisation"),
            _("Each partner can say who of its own goes to this step."),
            ("roles",),
            reads=("a role in every partner",),
        ),
        Word(
            _("an outside person whom no partner pays"),
            _("All have agreed on this person beforehand."),
            ("outsider",),
            reads=("somebody no partner pays",),
        ),
        Word(
            _("can be raised without asking the funder"),
            _("Whoever raises it need not ask the one who gives the money."),
            ("indirect",),
            reads=("a way round the money",),
        ),
        Word(
            _("a companion for the side with less power"),
            _("The side with less power brings a person to accompany it."),
            ("company",),
            reads=("somebody beside the weaker side",),
        ),
        Word(
            _("no payment stops because of a concern"),
            _("No payment is held back because somebody has spoken."),
            ("no cost",),
            reads=("raising it costs nobody money",),
        ),
        Word(
            _("harm and fraud go to the reporting route"),
            _("They take the reporting route and not these steps."),
            ("reporting route",),
            reads=("harm and fraud leave here",),
        ),
        Word(
            _("what happens if no solution is found"),
            _("What happens then, also to people we serve."),
            ("exit",),
            reads=("an end",),
        ),
    )
)
GATHERS = Choice(
    (
        Word(_("objectives")),
        Word(_("what each brings"), reads=("what is brought",)),
        Word(_("risks")),
        Word(_("practices")),
        Word(_("conflict protocol")),
    )
)
AS_AGREED = Choice(
    (
        Word(
            _("as agreed"),
            _("What we have agreed with the partners says the same."),
            ("same", "yes"),
        ),
        Word(
            _("different from what we agreed"),
            _("We say it in another way than we have agreed."),
            ("different", "no"),
            reads=("otherwise than agreed",),
        ),
        Word(
            _("we have agreed nothing on it"),
            _("No agreement speaks of it."),
            ("none",),
            reads=("nothing is agreed",),
        ),
    ),
    outside=OUTSIDE,
)

# Names in lists that come with the handbook, as they were before, each with that of today.
TOPICS_BEFORE = (
    (
        "Risks and how we carry them",
        "Risks and how we manage them",
    ),
    (
        "Money that moves: dates and conditions and reports",
        "Money between partners: dates, conditions and reports",
    ),
    (
        "Running costs and costs nobody foresaw",
        "Running costs and unexpected costs",
    ),
    (
        "Law and language and what each must disclose",
        "Law, language and what each must make public",
    ),
    (
        "How it ends and what people served can count on then",
        "How it ends, and what people we serve can then count on",
    ),
)
RIGHTS_BEFORE = (
    (
        "Look into books and visit places",
        "Check the accounts and visit the work",
    ),
    (
        "Publish what was found",
        "Publish results",
    ),
    (
        "Speak with the donor behind the money",
        "Speak with the donor",
    ),
)
