"""The words that people tick: every scale and choice of the handbook, each with its meaning."""

from __future__ import annotations

from partnering.language import mark as _
from partnering.schema.kinds import (
    OUTSIDE,
    SHARE_FACILITATOR,
    SHARE_PAPER_ONLY,
    SHARE_ROOM,
    Choice,
    Scale,
    Ticks,
    Word,
)

ONLY_US, ALL_OF_US, PEOPLE_SERVED = _("only us"), _("all of us"), _("people served")
A_PARTNER, NOBODY = _("a partner"), _("nobody")
WITH_OUR_NAME, NOT_SHOWN = _("with our name"), _("not shown")
GRANT = _("grant")
SMALLEST_GROUP = 5  # of voices that are shown, where the partners have said nothing

STANCE = Scale(
    (
        Word(
            _("push for it"),
            _("We would work for this whatever happens."),
            ("strongly support", "want it", "essential"),
        ),
        Word(_("support it"), _("We are in favour and will help."), ("agree", "yes", "in favour")),
        Word(
            _("can live with it"),
            _("Not ours, and it does not stand in our way."),
            ("neutral", "tolerate", "maybe"),
        ),
        Word(
            _("cannot accept it"),
            _("As it is written, we could not be part of it."),
            ("against", "no", "refuse", "veto"),
            guarded=True,
        ),
    )
)
OUR_PART = Scale(
    (
        Word(
            _("could carry it alone"),
            _("If we had to, we could do this without the others."),
            ("alone",),
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
            _("specific"),
            _("Something that can be seen to be done by a certain time."),
            ("concrete",),
        ),
        Word(
            _("particular to one partner"),
            _("One partner's own aim, known to the others, and fine."),
            ("particular",),
        ),
    )
)
WE = Choice(
    (
        Word(
            _("bring"),
            _("What we put in: time, access, name, knowledge, places, money."),
            ("give", "offer"),
        ),
        Word(_("hope for"), _("What we want to get out of it."), ("get", "want", "gain", "hope")),
        Word(
            _("pay a price"), _("What it costs us, or what we give up."), ("cost", "price", "risk")
        ),
        Word(_("ask"), _("What we ask of one of the others."), ("need", "request")),
    )
)
HOW_SURE = Scale(
    (
        Word(
            _("an idea"), _("Somebody thought of it; nobody at home has agreed."), ("idea", "maybe")
        ),
        Word(
            _("we offer it"),
            _("We are willing, and still have to settle how."),
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
    tuple(
        Word(text)
        for text in (
            _("people's time"),
            _("access and relations"),
            _("name and legitimacy"),
            _("knowledge and data"),
            _("expertise"),
            _("places and things"),
            _("influence"),
            _("learning"),
            _("mission"),
            _("money"),
            _("something else"),
        )
    )
)
WORTH = Scale(
    (
        Word(_("yes"), _("Going on is worth it for us."), ("worth it", "ok")),
        Word(
            _("yes if"), _("It is worth it on one condition, written beside."), ("maybe", "depends")
        ),
        Word(
            _("not as it stands"),
            _("Something would have to change first."),
            ("no", "not worth it"),
            guarded=True,
        ),
    )
)
PROMISE_STATUS = Choice(
    (
        Word(_("kept on time"), "", ("kept", "done", "on time")),
        Word(_("kept late"), "", ("late", "done late")),
        Word(_("not kept"), "", ("broken", "no", "missed"), guarded=True),
        Word(_("changed by agreement"), "", ("changed", "moved", "postponed")),
        Word(_("not yet due"), "", ("open", "pending", "planned")),
    )
)
HOW_LIKELY = Scale(
    (
        Word(_("hardly"), _("We would be surprised."), ("rare", "unlikely", "never", "low")),
        Word(
            _("could happen"),
            _("It has happened elsewhere, or nearly here."),
            ("possible", "maybe", "sometimes", "medium"),
        ),
        Word(
            _("likely"),
            _("We expect it while we work together."),
            ("often", "probable", "high", "very likely"),
        ),
        Word(
            _("happening already"), _("We have lived it."), ("now", "certain", "always", "already")
        ),
    )
)
HOW_HARD = Scale(
    (
        Word(_("hardly"), _("We would notice, and go on."), ("low", "minor", "none", "little")),
        Word(
            _("slows us"), _("Some weeks, some money, some sleep."), ("medium", "moderate", "delay")
        ),
        Word(
            _("hurts us"),
            _("People, standing or means that we cannot easily replace."),
            ("high", "serious", "severe"),
        ),
        Word(
            _("could finish us"),
            _("Our organisation, or somebody's life, might not come back from it."),
            ("critical", "fatal", "catastrophic"),
        ),
    )
)
LEVEL = Scale(
    tuple(Word(text) for text in (_("low"), _("moderate"), _("high"), _("critical"))), outside=()
)
WHERE = Choice(
    tuple(
        Word(text)
        for text in (
            _("partnership agreement"),
            _("grant agreement"),
            _("both"),
            _("nowhere yet"),
            _("not needed"),
        )
    )
)
TOGETHER = Choice(
    (
        Word(_("say the same")),
        Word(_("differ"), "", ("different", "contradict")),
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
            _("joint pot"),
            _("Money that several put together and decide about together."),
            ("pool", "joint fund"),
        ),
        Word(_("other")),
    ),
    unreadable=GRANT,
    strict=("", GRANT),  # with a grant answers are held
)
THEN = Choice(tuple(Word(text) for text in (_("brought us closer"), _("strained us"), _("both"))))
HOW_OFTEN = Scale(
    (
        Word(_("never")),
        Word(_("rarely"), "", ("seldom",)),
        Word(_("sometimes"), "", ("now and then",)),
        Word(_("often"), "", ("frequently",)),
        Word(_("nearly always"), "", ("always",)),
    ),
    outside=(_("not seen"), *OUTSIDE),
    cautious_last=False,
)
ABOUT_WHOM = Choice(
    (Word(_("ourselves"), "", ("us", "we")), Word(_("the others together"), "", ("others", "them")))
)
CONTACT_WE = Choice(
    tuple(Word(text) for text in (_("work together"), _("ask them for"), _("both")))
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
KNOWS = Choice((Word(_("yes")), Word(_("no"))), outside=OUTSIDE)
YES_NO_UNSURE = Choice(
    (Word(_("yes")), Word(_("no")), Word(_("do not know"), "", ("unsure", "maybe")))
)
OUTCOME = Choice(
    (
        Word(_("agreed"), "", ("agree", "yes", "decided")),
        Word(
            _("we differ and can work with it"),
            _("A difference that may stay."),
            ("differ", "fine"),
        ),
        Word(
            _("we differ and must settle it"),
            _("A difference that stops us until it is settled."),
            ("disagreement",),
        ),
        Word(_("not discussed"), "", ("open", "later")),
    )
)
MOMENT = Choice(
    (
        Word(_("exploring"), _("We are still finding out whether to partner.")),
        Word(_("starting"), _("We have said yes and have not begun the work."), ("start", "new")),
        Word(_("under way"), _("We work together."), ("running", "ongoing")),
        Word(_("in difficulty"), _("Something hurts."), ("crisis", "conflict")),
        Word(
            _("closing or renewing"),
            _("An end or a new beginning is near."),
            ("closing", "renewing", "ending"),
        ),
    )
)
MODE = Choice(
    (
        Word(_("open"), _("Each organisation speaks under its own name.")),
        Word(
            _("held"),
            _("A person whom all trust holds the forms and looks first."),
            ("confidential",),
        ),
        Word(_("anonymous"), _("Nobody is named; only for twelve people or more."), ("anon",)),
    ),
    unreadable="held",
    strict=("open", "anonymous", "held"),
)
PARTNER_KIND = Choice(
    (
        Word(_("community organisation"), "", ("community", "cbo")),
        Word(_("NGO"), "", ("ingo", "charity", "non-profit")),
        Word(_("public office"), "", ("government", "public", "state")),
        Word(_("business"), "", ("company", "private")),
        Word(_("funder"), "", ("donor", "foundation")),
        Word(_("research"), "", ("university", "academic")),
        Word(
            _("people we serve"),
            _("They speak through somebody they have chosen."),
            ("beneficiaries", "people served"),
        ),
        Word(_("other")),
    )
)
HAVE = Scale(tuple(Word(text) for text in (_("none"), _("some"), _("enough"))))
WILL_COMMIT = Choice(
    tuple(Word(text) for text in (_("yes"), _("partly"), _("no"), _("not yet"))), outside=OUTSIDE
)
NEED = Choice((Word(_("must"), _("Without it the objective is not reached.")), Word(_("helps"))))
IMPORTANCE = Scale(
    tuple(Word(text) for text in (_("not ours"), _("useful"), _("important"), _("we hold to it")))
)
TODAY = Scale(
    tuple(
        Word(text)
        for text in (
            _("not yet working together"),
            _("seldom lived"),
            _("now and then"),
            _("mostly lived"),
        )
    )
)
WHAT_IT_TOOK = Scale(
    tuple(Word(text) for text in (_("an hour"), _("a day"), _("a week"), _("more"))),
    outside=OUTSIDE,
)
HOW_KEPT = Choice(
    (
        Word(_("kept")),
        Word(_("slipped"), guarded=True),
        Word(_("broken"), guarded=True),
        Word(_("not tested")),
    ),
    outside=OUTSIDE,
)
ON_THE_WALL = Choice(
    (
        Word(WITH_OUR_NAME, _("Once all have ticked this, our ticks stand there beside our name.")),
        Word(NOT_SHOWN, _("The facilitator alone sees them. Nobody is told who ticked this.")),
    ),
    unreadable=NOT_SHOWN,
    strict=(WITH_OUR_NAME, "", NOT_SHOWN),
)
SHARE = Choice(
    (
        Word(SHARE_ROOM, _("May be on the wall."), ("all", "yes", "public", "everybody")),
        Word(
            SHARE_FACILITATOR,
            _("For the facilitator alone."),
            ("private", "no", "confidential"),
            reads=("F",),
        ),
        Word(
            SHARE_PAPER_ONLY,
            _("Never typed; an empty line holds its place."),
            ("paper",),
            reads=("P",),
        ),
    ),
    unreadable=SHARE_FACILITATOR,
    # Nothing said is stricter than the room: it frees no guarded answer and no own words.
    strict=(SHARE_ROOM, "", SHARE_FACILITATOR, SHARE_PAPER_ONLY),
)

STEP_HAS = Ticks(
    (
        Word(
            _("a role in every partner"),
            _("Each partner can say who of its own goes to this step."),
            ("roles",),
        ),
        Word(
            _("somebody no partner pays"),
            _("An outside person whom all have agreed on beforehand."),
            ("outsider",),
        ),
        Word(
            _("a way round the money"),
            _("It can be raised without asking the one who holds the money."),
            ("indirect",),
        ),
        Word(
            _("somebody beside the weaker side"),
            _("The side with less power brings a person to accompany it."),
            ("company",),
        ),
        Word(
            _("raising it costs nobody money"),
            _("No payment is held back because somebody has spoken."),
            ("no cost",),
        ),
        Word(
            _("harm and fraud leave here"),
            _("They take the reporting route and not the ladder."),
            ("reporting route",),
        ),
        Word(_("an end"), _("What happens if there is no way on."), ("exit",)),
    )
)
GATHERS = Choice(
    tuple(
        Word(text)
        for text in (
            _("objectives"),
            _("what is brought"),
            _("risks"),
            _("practices"),
            _("conflict protocol"),
        )
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
            _("otherwise than agreed"),
            _("We say it in another way than we have agreed."),
            ("different", "no"),
        ),
        Word(_("nothing is agreed"), _("We have agreed nothing about it."), ("none",)),
    ),
    outside=OUTSIDE,
)
