"""The vocabulary: every table and column of the handbook, in tour order.

Pure data, for brokers and translators. To add a column, add one line here. Reading, its messages,
the forms and the reference page follow from it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from partnering.language import mark as _
from partnering.schema import scales as w
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import (
    SHARE_FACILITATOR,
    Amount,
    Code,
    Date,
    Ref,
    Remembered,
    Text,
    Whole,
)

VERSION = 1
STOPS = (
    (1, _("Purpose"), _("Why together?")),
    (2, _("Value"), _("What does each bring and get?")),
    (3, _("Risk"), _("What could go wrong, for whom?")),
    (4, _("Principles"), _("How will we behave?")),
    (5, _("Agreement"), _("Is it written down?")),
    (6, _("Relationship"), _("Can we live it?")),
    (7, _("Coherence"), _("Do all of us live it?")),
)
# The boxes of a table whose lines are gathered by a word: the column of the word, and how many
# lines a partner's form has for each.
VALUE_BOXES = {"bring": 3, "hope for": 3, "pay a price": 1, "ask": 1}
BOXES = {"value_lines": ("we", VALUE_BOXES)}
WORKING = (_("under way"), _("in difficulty"), _("closing or renewing"))

# Short forms of what stands in many tables.
must = partial(Column, required=True)
full = partial(Column, core=False)
private = partial(Column, share=SHARE_FACILITATOR)
PARTNER = must("partner", Ref("partners"), _("Partner"), _("Whose answer this is."), given=True)
ABOUT_US = Ref("partners", many=True, also=(w.ALL_OF_US, w.PEOPLE_SERVED, w.NOBODY))
RESPONDENT = Column(
    "respondent",
    Text(),
    _("Voice"),
    _(
        "Leave it empty for what the organisation says after talking "
        "inside. A random sign, never a name, where several people answer."
    ),
    given=True,
    share=SHARE_FACILITATOR,
    alike=(
        "respondents",
        "voices",
        "who",
        "who answered",
        "who answers",
        "who is answering",
        "answered by",
        "filled in by",
        "person",
        "participant",
        "speaker",
    ),
)
A_FEW_WORDS = private(
    "in_a_few_words",
    Text(),
    _("In a few words"),
    _("A reason, if you wish. Never required."),
    given=True,
)
SHARE = Column(
    "share",
    w.SHARE,
    _("May be shared"),
    _(
        "Who may see this row: room, facilitator, or paper only (then "
        "leave the rest of the line empty; it holds the place). Where answers are held, your own "
        "words need the word room to stand on the wall."
    ),
    given=True,
    alike=(
        "shared",
        "share …",
        "shared …",
        "sharing",
        "can be shared",
        "may we share",
        "visibility",
        "visible",
        "visible …",
        "who may see …",
        "who can see …",
        "seen by",
        "for whom",
        "audience",
        "access",
        "confidential",
        "confidentiality",
        "private",
        "public",
        "not for the room",
        "on the wall",
    ),
)
ON_THE_WALL = _(
    "At the end of this form: “On the wall our ticks may be shown”. Where answers are held, empty "
    "means: not shown."
)


def table(
    name: str,
    stop: int,
    label: str,
    help: str,
    *columns: Column,
    **facts: Any,  # the other fields of `Table`
) -> Table:
    """A table; one with free text gets the column `share` at its end."""
    writes = any(isinstance(column.kind, Text) for column in columns)
    kept_whole = (
        facts.get("upright") or facts.get("private") or facts.get("shipped") or name == "partners"
    )
    return Table(
        name,
        stop,
        label,
        help,
        (*columns, SHARE) if writes and not kept_whole else columns,
        **facts,
    )


def listed(
    name: str,
    stop: int,
    label: str,
    help: str,
    *columns: Column,
    **facts: Any,  # the other fields of `Table`
) -> Table:
    """A table that comes filled in, from `lists/`, and is edited rather than typed."""
    return table(name, stop, label, help, *columns, shipped=f"{name}.csv", **facts)


_ALL = (
    # ---------------------------------------------------------------- everywhere
    table(
        "partnership",
        0,
        _("This partnership"),
        _("One line about the partnership and how its answers are kept."),
        Column("title", Text(), _("Title"), _("What you call it among yourselves.")),
        Column("date", Date(), _("Date"), _("The day of this session.")),
        Column("language", Text(), _("Language"), _("The language of the room.")),
        Column("moment", w.MOMENT, _("Moment"), _("Where you are. It decides what is asked.")),
        Column(
            "mode",
            w.MODE,
            _("Mode"),
            _("How openly answers are handled. Any one partner may ask for held."),
            alike=(
                "modes",
                "how openly",
                "openness",
                "confidential",
                "confidentiality",
                "privacy",
                "anonymous",
                "anonymity",
                "answers are",
                "held",
            ),
        ),
        Column(
            "threshold",
            Whole(3, 50, unreadable=w.SMALLEST_GROUP),
            _("Smallest group"),
            _("Groups of voices smaller than this stay hidden."),
        ),
        Column("held_by", Text(), _("Held by"), _("Who keeps the forms and this file.")),
        Column("who_may_see", Text(), _("Who may see it"), _("Everybody who may open the file.")),
        Column(
            "delete_after",
            Date(),
            _("Deleted after"),
            _("The day on which file and forms are destroyed."),
        ),
        Column(
            "reporting_route",
            Text(),
            _("Reporting route"),
            _("Where harm or misuse is reported, outside this room."),
        ),
        Column(
            "who_pays_the_facilitator",
            Text(),
            _("Who pays the facilitator"),
            _("Say it aloud at the opening."),
        ),
        Column(
            "format",
            Whole(1, 99),
            _("Format"),
            _("The handbook's format of these files; leave it as it is."),
            given=True,
        ),
        upright=True,
    ),
    table(
        "partners",
        0,
        _("Partners"),
        _("The organisations at the table, one a line."),
        must(
            "partner",
            Code(),
            _("Short name"),
            _("Three letters or so that people can say aloud, such as VEC."),
        ),
        must("name", Text(), _("Name"), _("The name the organisation uses for itself.")),
        Column("kind", w.PARTNER_KIND, _("Kind"), _("What kind of organisation it is.")),
        Column(
            "must_disclose",
            w.YES_NO_UNSURE,
            _("Must disclose"),
            _("Whether what is sent to it may become public."),
        ),
        Column(
            "spoken_for_by",
            Text(),
            _("Spoken for by"),
            _("For people we serve: who speaks, and who chose them."),
        ),
        private(
            "note",
            Text(),
            _("Note"),
            _("Seats, signatories, access needs, working days. Stays with the facilitator."),
        ),
        Column(
            "signed_on",
            Date(),
            _("Signed on"),
            _("The day on which it signed the undertaking. Everybody may see it."),
        ),
        key=("partner",),
        naming="name",
    ),
    table(
        "decisions",
        0,
        _("What we decided"),
        _("What was agreed, and the two kinds of difference. Both are results."),
        must("stop", Whole(1, 8), _("Stop"), _("The stop where it came up; 8 for the whole.")),
        Column("about", Text(), _("About"), _("A few words, or a code such as O5.")),
        Column("outcome", w.OUTCOME, _("Outcome"), _("Partners need not agree on everything.")),
        Column(
            "what_we_decided", Text(), _("What we decided"), _("One sentence that all have heard.")
        ),
        Column("who", ABOUT_US, _("Who"), _("Who takes it on.")),
        Column("by_when", Date(), _("By when"), _("The day you look at it again.")),
        form="8-where-we-stand",
    ),
    # ---------------------------------------------------------------- stop 1
    table(
        "purposes",
        1,
        _("Why together"),
        _("Each partner's reasons, in its own words."),
        PARTNER,
        Column(
            "why_together",
            Text(),
            _("Why together?"),
            _("What we want that is worth the trouble of partnering."),
        ),
        Column(
            "why_not_alone",
            Text(),
            _("Why not alone?"),
            _("Nor by a contract, a grant, a friendly network?"),
        ),
        private(
            "we_would_leave_if",
            Text(),
            _("We would leave if"),
            _("What would make this wrong for us."),
        ),
        Column("still_missing", Text(), _("Still missing"), _("Who or what is not in this room.")),
        key=("partner",),
        form="1-purpose",
        rows=1,
    ),
    table(
        "objectives",
        1,
        _("Objectives"),
        _("What we want to reach: at most six, vision and specific ones."),
        must("objective", Code("O"), _("Objective"), _("O1, O2 ... as on the wall.")),
        must("text", Text(), _("In words"), _("One sentence that a newcomer understands.")),
        Column(
            "kind",
            w.OBJECTIVE_KIND,
            _("Kind"),
            _("A vision, something specific, or one partner's own aim."),
        ),
        Column(
            "whose", Ref("partners", many=True), _("Whose"), _("For a particular one: whose it is.")
        ),
        Column(
            "what_is_missing",
            Text(),
            _("What is missing"),
            _("What nobody at the table has, such as a permit."),
        ),
        key=("objective",),
        naming="text",
    ),
    table(
        "positions",
        1,
        _("Where we stand on each objective"),
        _("Two ticks a partner and objective."),
        PARTNER,
        RESPONDENT,
        must(
            "objective",
            Ref("objectives"),
            _("Objective"),
            _("As numbered on the wall."),
            given=True,
        ),
        Column("stance", w.STANCE, _("Our stance"), _("How much we want it.")),
        Column("our_part", w.OUR_PART, _("Our part"), _("What we would have to do with it.")),
        A_FEW_WORDS,
        key=("partner", "respondent", "objective"),
        form="1-purpose",
        rows=6,
        views=True,
    ),
    table(
        "capabilities",
        1,
        _("What it takes"),
        _("For large consortia: who has what each objective takes."),
        must("objective", Ref("objectives"), _("Objective"), _("The objective it is needed for.")),
        must("what_it_takes", Text(), _("What it takes"), _("Trust and access first, money last.")),
        Column("need", w.NEED, _("Need"), _("Must we have it, or does it help?")),
        PARTNER,
        Column("have", w.HAVE, _("We have"), _("How much of it this partner has.")),
        Column(
            "will_commit", w.WILL_COMMIT, _("We will commit it"), _("Whether it would put it in.")
        ),
        key=("objective", "what_it_takes", "partner"),
        core=False,
    ),
    # ---------------------------------------------------------------- stop 2
    table(
        "value_lines",
        2,
        _("What we bring, hope for, pay and ask"),
        _("Three brings, three hopes, one price, one ask to another partner. Money last."),
        Column(
            "line",
            Code("V"),
            _("Line"),
            _("V1, V2 ... Given by the helper."),
            required=True,
            given=True,
        ),
        PARTNER,
        must("we", w.WE, _("We ..."), _("The box on the form that it stands in."), given=True),
        must("what", Text(), _("What"), _("A few words the others would recognise.")),
        Column(
            "whose",
            Ref("partners", many=True, also=(w.ONLY_US, w.A_PARTNER, w.ALL_OF_US, w.PEOPLE_SERVED)),
            _("For or from whom"),
            _("For a hope: only us, all of us, people served. For an ask: the partner asked."),
        ),
        Column(
            "how_sure",
            w.HOW_SURE,
            _("How sure"),
            _("For what we bring: an idea, an offer, a promise."),
        ),
        Column(
            "answers",
            Ref("value_lines", many=True),
            _("Meets line"),
            _("The line that it answers, found together."),
            given=True,
        ),
        full("kind", w.VALUE_KIND, _("Kind"), _("Added afterwards, by the facilitator.")),
        full("money_low", Amount(), _("Money, from"), _("Only if money is meant.")),
        full(
            "money_high",
            Amount(),
            _("Money, to"),
            _("Only if money is meant."),
            at_least="money_low",
        ),
        full("currency", Text(), _("Currency"), _("Such as USD.")),
        full("how_we_will_see_it", Text(), _("How we will see it"), _("What will be different.")),
        key=("line",),
        form="2-value",
        rows=sum(VALUE_BOXES.values()),
        naming="",
    ),
    table(
        "worth",
        2,
        _("Is it worth it for us?"),
        _("Each partner about itself alone."),
        PARTNER,
        Column(
            "worth_it",
            w.WORTH,
            _("Worth it for us"),
            _("Compared with the best we could do without it."),
        ),
        Column("if_what", Text(), _("If what"), _("The condition, in one sentence.")),
        key=("partner",),
        form="2-value",
        rows=1,
        views=True,
    ),
    table(
        "promises",
        2,
        _("Promises"),
        _("What one partner said it would do for another, and what became of it."),
        must("promise", Code("P"), _("Promise"), _("P1, P2 ...")),
        PARTNER,
        Column("to", ABOUT_US, _("To"), _("Who counts on it.")),
        must("what", Text(), _("What"), _("What was promised, as the receiver would say it.")),
        Column("due", Date(), _("Due"), _("The day it was promised for.")),
        Column(
            "status",
            w.PROMISE_STATUS,
            _("What became of it"),
            _("Settled together by giver and receiver."),
        ),
        Column(
            "waits_for",
            Ref("promises", many=True),
            _("Waits for"),
            _("Another promise that has to come first."),
        ),
        key=("promise",),
        moments=WORKING,
        form="2-promises",
        rows=5,
    ),
    # ---------------------------------------------------------------- stop 3
    listed(
        "risk_types",
        3,
        _("Kinds of risk"),
        _("Twelve kinds to look through, so that none is forgotten."),
        must("type", Code(upper=False), _("Kind"), _("One word.")),
        must("name", Text(), _("In words"), _("As said aloud.")),
        Column("ask", Text(), _("A question to ask"), _("To see whether anybody thinks of one.")),
        key=("type",),
        naming="name",
    ),
    table(
        "risks",
        3,
        _("Risks"),
        _("What could go wrong: at most eight go on."),
        must(
            "risk",
            Code("R"),
            _("Risk"),
            _("R1, R2 ... Numbered last, so that no gap tells that one was kept back."),
        ),
        Column("type", Ref("risk_types"), _("Kind"), _("Chosen afterwards, by the facilitator.")),
        must(
            "what_could_happen",
            Text(),
            _("What could happen"),
            _(
                "Because ... it may happen that ... and then ... "
                "No names of people, no accusations. If somebody may have been harmed or money "
                "misused, stop here and use the reporting route of the organisation concerned."
            ),
        ),
        full(
            "what_we_would_gain",
            Text(),
            _("What we would gain by taking it"),
            _("Why it may be worth taking."),
        ),
        full("we_tell_whom", ABOUT_US, _("If it happens we tell"), _("Who hears of it first.")),
        full("within_hours", Whole(1, 720), _("Within hours"), _("How soon, by telephone first.")),
        key=("risk",),
        naming="what_could_happen",
    ),
    table(
        "risk_views",
        3,
        _("How each partner sees each risk"),
        _("Two ticks a partner and risk; while we work together."),
        PARTNER,
        RESPONDENT,
        must("risk", Ref("risks"), _("Risk"), _("As numbered on the wall."), given=True),
        Column("how_likely", w.HOW_LIKELY, _("How likely"), _("While this partnership lasts.")),
        Column("how_hard_on_us", w.HOW_HARD, _("How hard on us"), _("On our own organisation.")),
        A_FEW_WORDS,
        full(
            "likely_after",
            w.HOW_LIKELY,
            _("How likely, with what we will do"),
            _("Once the measures are in place."),
        ),
        full(
            "hard_after",
            w.HOW_HARD,
            _("How hard on us, with what we will do"),
            _("Once the measures are in place."),
        ),
        key=("partner", "respondent", "risk"),
        form="3-risk",
        rows=8,
        views=True,
    ),
    table(
        "risk_care",
        3,
        _("How we carry a risk"),
        _("For the three or four that the room chooses."),
        must("risk", Ref("risks"), _("Risk"), _("One of the risks on the wall.")),
        Column(
            "carries",
            ABOUT_US,
            _("Carries"),
            _("Who feels it first, with standing, staff or means."),
        ),
        Column("decides", ABOUT_US, _("Decides"), _("Who says what is done.")),
        Column("pays", ABOUT_US, _("Pays"), _("Who pays for the measure, or for the loss.")),
        Column(
            "we_will",
            Text(),
            _("We will"),
            _("What exactly will be different on the day it happens."),
        ),
        Column("lead", Ref("partners"), _("Lead"), _("Who sees to it.")),
        Column("by_when", Date(), _("By when"), _("The day it is in place.")),
        full(
            "whom_could_this_hurt",
            Text(),
            _("Whom could this hurt?"),
            _("Whom the measure itself could burden."),
        ),
        key=("risk",),
    ),
    listed(
        "levels",
        3,
        _("Level words"),
        _("Where a board wants one word for two answers: looked up, never multiplied."),
        must("how_likely", w.HOW_LIKELY, _("How likely"), _("As on the form.")),
        must("how_hard_on_us", w.HOW_HARD, _("How hard"), _("As on the form.")),
        must("level", w.LEVEL, _("Level"), _("Edit it to your board's words.")),
        key=("how_likely", "how_hard_on_us"),
        core=False,
    ),
    # ---------------------------------------------------------------- stop 4
    table(
        "practices",
        4,
        _("Practices"),
        _("Principles turned into what a newcomer could see."),
        must("practice", Code("A"), _("Practice"), _("A1, A2 ...")),
        Column("principle", Text(), _("Principle"), _("In your own words; at most five are kept.")),
        Column("who", ABOUT_US, _("Who"), _("All of us, or one partner.")),
        Column("we_will", Text(), _("We will"), _("We call, send, ask ... before ...")),
        Column("you_will_see", Text(), _("You will see"), _("The sign that it happens.")),
        Column(
            "look_again_on", Date(), _("Look again on"), _("The day you ask whether it happened.")
        ),
        key=("practice",),
        form="4-practices",
    ),
    listed(
        "protocol",
        4,
        _("Conflict protocol"),
        _("The ladder: where a disagreement goes, step by step."),
        must("step", Code(), _("Step"), _("1, 2, 3 ... and the end.")),
        Column("we_go_here_when", Text(), _("We go here when"), _("What brings us to this step.")),
        Column(
            "how_it_can_be_raised",
            Text(),
            _("How it can be raised"),
            _("Directly, by letter, through somebody trusted."),
        ),
        Column(
            "who_meets",
            Text(),
            _("Who meets"),
            _("A role in every partner; who accompanies the weaker side."),
        ),
        Column(
            "within_days", Whole(0, 365), _("Within days"), _("Working days until they have met.")
        ),
        Column(
            "meanwhile",
            Text(),
            _("Meanwhile"),
            _("What goes on, what pauses. Raising a concern costs nobody money."),
        ),
        Column(
            "this_step_has", w.STEP_HAS, _("This step has"), _("Tick together what is true of it.")
        ),
        key=("step",),
        form="4-conflict-protocol",
    ),
    table(
        "tensions",
        4,
        _("Tensions we expect"),
        _(
            "What could strain us, and the first move. "
            "No names of people, no accusations. If somebody may have been harmed or money "
            "misused, stop here and use the reporting route of the organisation concerned."
        ),
        must("tension", Code("N"), _("Tension"), _("N1, N2 ...")),
        Column(
            "what_might_happen",
            Text(),
            _("What might happen"),
            _("Late money, a key person leaves, press credit ..."),
        ),
        Column(
            "each_side_would_need",
            Text(),
            _("Each side would need"),
            _("From the others, under pressure."),
        ),
        Column("first_move", Text(), _("First move"), _("Who calls whom.")),
        Column("step", Ref("protocol"), _("Enters at step"), _("Where it enters the ladder.")),
        key=("tension",),
        form="4-conflict-protocol",
    ),
    table(
        "principles",
        4,
        _("Principles named"),
        _("For large groups: what each named, how important, how lived today."),
        must("principle", Text(), _("Principle"), _("In your own words.")),
        Column("named_by", ABOUT_US, _("Named by"), _("Who wished for it.")),
        PARTNER,
        Column("importance", w.IMPORTANCE, _("How important"), _("To this partner.")),
        Column("today", w.TODAY, _("Today"), _("How far it is lived today.")),
        key=("principle", "partner"),
        core=False,
        views=True,
    ),
    # ---------------------------------------------------------------- stop 5
    listed(
        "topics",
        5,
        _("What agreements speak about"),
        _("Eighteen topics: where each stands, ticked by people."),
        must("topic", Text(), _("Topic"), _("What has to be settled.")),
        Column("where", w.WHERE, _("Where it stands"), _("In which document.")),
        Column(
            "together",
            w.TOGETHER,
            _("Together"),
            _("Where both speak of it: do they say the same?"),
        ),
        Column("to_settle", Text(), _("To settle"), _("The question that is left.")),
        full(
            "gathers",
            w.GATHERS,
            _("Gathers"),
            _("What of the earlier stops it takes in."),
            given=True,
        ),
        key=("topic",),
        form="5-agreement",
        naming="",
    ),
    table(
        "transfers",
        5,
        _("Money between partners"),
        _("Every sum that one partner passes to another."),
        must("transfer", Code("T"), _("Transfer"), _("T1, T2 ...")),
        must("from", Ref("partners"), _("From"), _("Who gives.")),
        must("to", Ref("partners"), _("To"), _("Who receives.")),
        Column("amount", Amount(), _("Amount"), _("In figures; never added up.")),
        Column("currency", Text(), _("Currency"), _("Such as USD.")),
        Column("purpose", Text(), _("Purpose"), _("What it is for.")),
        Column(
            "form",
            w.TRANSFER_FORM,
            _("Form"),
            _("A grant needs a grant agreement beside the partnership agreement."),
            alike=("forms", "form of transfer", "kind", "kind of money", "type"),
        ),
        key=("transfer",),
        form="5-agreement",
    ),
    listed(
        "rights",
        5,
        _("Who decides what"),
        _("Eight rights: who decides, who is asked first, who is told after."),
        must("right", Text(), _("Right"), _("What is decided.")),
        Column("decides", ABOUT_US, _("Decides"), _("Alone, or together.")),
        Column("asked_first", ABOUT_US, _("Asked first"), _("Before it is decided.")),
        Column("told_after", ABOUT_US, _("Told after"), _("Once it is decided.")),
        Column("reason_given", Text(), _("Reason"), _("Where one decides alone: why.")),
        key=("right",),
        form="5-agreement",
    ),
    table(
        "clauses",
        5,
        _("Clauses"),
        _("Each clause traced to what it covers."),
        must("clause", Code("C"), _("Clause"), _("C1, C2 ...")),
        Column("topic", Ref("topics"), _("Topic"), _("The topic it settles.")),
        Column("covers", Text(), _("Covers"), _("Codes from earlier stops: O2, R3, A1.")),
        Column(
            "in_partnership_agreement",
            Text(),
            _("In the partnership agreement"),
            _("The rule, in short."),
        ),
        Column("in_grant_agreement", Text(), _("In the grant agreement"), _("The rule, in short.")),
        key=("clause",),
        core=False,
    ),
    # ---------------------------------------------------------------- stop 6
    listed(
        "behaviours",
        6,
        _("Behaviours"),
        _("Six things that can be seen; change the words to yours."),
        must("behaviour", Code("B"), _("Behaviour"), _("B1 to B6.")),
        must("text", Text(), _("In words"), _("What somebody outside would see.")),
        key=("behaviour",),
        naming="text",
    ),
    table(
        "moments",
        6,
        _("The story of the relation"),
        _(
            "Built on the wall; five moments are typed. "
            "No names of people, no accusations. If somebody may have been harmed or money "
            "misused, stop here and use the reporting route of the organisation concerned."
        ),
        must(
            "moment",
            Code("M"),
            _("Moment"),
            _("M1, M2 ... The same code twice where it is dated differently."),
        ),
        must(
            "when",
            Remembered(),
            _("When"),
            _("As you remember it: a day, a month, or words such as “the last rains”."),
        ),
        Column("what_happened", Text(), _("What happened"), _("What a camera would have seen.")),
        Column("then", w.THEN, _("Then"), _("What it did to us.")),
        Column(
            "what_helped_or_would_have",
            Text(),
            _("What helped, or would have"),
            _("For next time."),
        ),
        key=("moment", "when"),
        form="6-relationship",
    ),
    table(
        "behaviour_views",
        6,
        _("How often we see it"),
        _(
            "About ourselves, and about the others together. Never about "
            "a person. Not for appraisal."
        ),
        PARTNER,
        RESPONDENT,
        must(
            "about", w.ABOUT_WHOM, _("About"), _("Ourselves, or the others together."), given=True
        ),
        must("behaviour", Ref("behaviours"), _("Behaviour"), _("As on the form."), given=True),
        Column("how_often", w.HOW_OFTEN, _("How often"), _("In the last half year.")),
        private(
            "example",
            Text(),
            _("An example"),
            _(
                "If you wish. "
                "No names of people, no accusations. If somebody may have been harmed or money "
                "misused, stop here and use the reporting route of the organisation concerned."
            ),
            given=True,
        ),
        key=("partner", "respondent", "about", "behaviour"),
        moments=WORKING,
        form="6-relationship",
        rows=12,
        views=True,
    ),
    listed(
        "rehearsals",
        6,
        _("Hard conversations to rehearse"),
        _("Four conversations, said aloud by two people; change the words to yours."),
        must("conversation", Text(), _("Conversation"), _("What is hard to say.")),
        Column("one_side_says", Text(), _("One side says"), _("Aloud, standing.")),
        Column("the_other_may_say", Text(), _("The other side may say"), _("Also aloud.")),
        Column("then", Text(), _("Then"), _("What one tries next.")),
        Column("look_for", Text(), _("Those who watch look for"), _("What a camera would see.")),
        key=("conversation",),
        core=False,
    ),
    table(
        "practising",
        6,
        _("What we practise"),
        _("One behaviour a partner."),
        PARTNER,
        Column("behaviour", Ref("behaviours"), _("Behaviour"), _("The one we choose.")),
        Column(
            "what_we_will_do_differently",
            Text(),
            _("What we will do differently"),
            _("From Monday."),
        ),
        Column("who_will_tell_us", Text(), _("Who will tell us"), _("A role in another partner.")),
        Column("look_again_on", Date(), _("Look again on"), _("The day we ask.")),
        key=("partner",),
        form="6-relationship",
        rows=1,
    ),
    # ---------------------------------------------------------------- stop 7
    table(
        "contacts",
        7,
        _("Who else in our house turns to you"),
        _("Roles, never names. At most five lines a partner."),
        PARTNER,
        must("unit", Text(), _("Part of the house"), _("Finance, communication, the clinic ...")),
        must(
            "with_partner",
            Ref("partners"),
            _("With"),
            _("Whom they turn to."),
        ),
        Column("we", w.CONTACT_WE, _("We ..."), _("Work together, or ask them for something.")),
        Column("about_what", Text(), _("About what"), _("A few words.")),
        Column("how_often", w.CONTACT_OFTEN, _("How often"), _("Roughly.")),
        Column(
            "relationship_holder_knows",
            w.KNOWS,
            _("Our holder knows"),
            _("Whether the one who holds the relation is told."),
        ),
        key=("partner", "unit", "with_partner"),
        form="7-contacts",
        rows=5,
    ),
    listed(
        "house_questions",
        7,
        _("Questions for our own house"),
        _("Asked of several parts of one organisation."),
        must("question", Code("Q"), _("Question"), _("Q1 to Q4.")),
        must("text", Text(), _("In words"), _("The same for each part of the house.")),
        key=("question",),
        naming="text",
    ),
    table(
        "house_answers",
        7,
        _("Answers inside our house"),
        _("Private to one partner; never merged, never shown to others."),
        PARTNER,
        must("unit", Text(), _("Part of the house"), _("Finance, programme, board ...")),
        must("question", Ref("house_questions"), _("Question"), _("Q1 to Q4.")),
        private("answer", Text(), _("Answer"), _("In a few words.")),
        Column(
            "as_agreed",
            w.AS_AGREED,
            _("As agreed?"),
            _("Beside what we have agreed with the partners."),
        ),
        key=("partner", "unit", "question"),
        private=True,
    ),
    table(
        "holding",
        7,
        _("How we hold the relation"),
        _("One line a partner; the only thing that crosses."),
        PARTNER,
        Column("holder", Text(), _("Holder"), _("A role, not a name.")),
        Column("stand_in", Text(), _("Stand-in"), _("The role that stands in.")),
        Column(
            "to_be_told_before",
            Text(),
            _("To be told before"),
            _("What our holder hears before you do."),
        ),
        Column(
            "our_units_differ_on",
            Text(),
            _("Our house differs on"),
            _("What parts of our house see differently."),
        ),
        Column("what_we_will_mend", Text(), _("What we will mend"), _("And by when.")),
        key=("partner",),
        form="7-coherence",
        rows=1,
    ),
    table(
        "requests",
        7,
        _("What reached us"),
        _("Written by the receiver about the last quarter, read by the sender."),
        must("request", Code("Q"), _("Request"), _("A code.")),
        Column("month", Date(), _("When"), _("The day it came.")),
        must("from", Ref("partners"), _("From"), _("Who asked.")),
        must("to", Ref("partners"), _("To"), _("Whom it reached.")),
        Column("what", Text(), _("What"), _("What was asked for.")),
        private("what_it_took", w.WHAT_IT_TOOK, _("What it took"), _("Of our time.")),
        Column("announced", w.KNOWS, _("Announced"), _("Whether it was announced.")),
        Column(
            "waits_for",
            Ref("promises", many=True),
            _("Waits for"),
            _("A promise that has to come first."),
        ),
        key=("request",),
        core=False,
        moments=WORKING,
    ),
    table(
        "kept",
        7,
        _("Text and practice"),
        _("What the agreement says, and what was seen."),
        must("what", Text(), _("What"), _("A practice or a topic.")),
        PARTNER,
        Column("how", w.HOW_KEPT, _("What was seen"), _("Kept, slipped, broken or not tested.")),
        private("seen_by", ABOUT_US, _("Seen by"), _("Who saw it.")),
        key=("what", "partner"),
        core=False,
        moments=WORKING,
    ),
    # ---------------------------------------------------------------- below all ticks of a form
    table(
        "consents",
        0,
        _("On the wall"),
        _("One tick at the end of each form: may our ticks be shown on the wall?"),
        PARTNER,
        Column("positions", w.ON_THE_WALL, _("Stop 1 on the wall"), ON_THE_WALL),
        Column("worth", w.ON_THE_WALL, _("Stop 2 on the wall"), ON_THE_WALL),
        Column("risk_views", w.ON_THE_WALL, _("Stop 3 on the wall"), ON_THE_WALL),
        full("principles", w.ON_THE_WALL, _("Stop 4 on the wall"), ON_THE_WALL),
        Column("behaviour_views", w.ON_THE_WALL, _("Stop 6 on the wall"), ON_THE_WALL),
        key=("partner",),
        rows=1,
    ),
)

TABLES: dict[str, Table] = {entry.name: entry for entry in _ALL}
