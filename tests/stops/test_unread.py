"""What is written and cannot be read is not taken for an empty cell, in no result and in no draft."""

import pytest

from making import partnership
from partnering.documents import clauses, drafts, first_page
from partnering.schema.kinds import UNREAD
from partnering.stops import (
    agreement,
    coherence,
    principles,
    purpose,
    red_thread,
    relationship,
    risk,
    risk_sharing,
    rounds,
    start,
    value,
)

READERS = pytest.mark.parametrize("reader", ["mine", "room"])
DAY = "soon after"


def decided(**cells: str) -> dict[str, str]:
    return {"stop": "1", "about": "the well", "outcome": "agreed"} | cells


def drafted(p, make) -> str:
    return " ".join(clause.text for clause in make(p.for_reader("room")))


# ---------------------------------------------------------------- days


@READERS
def test_what_was_agreed_for_a_day_that_cannot_be_read_stays_open(reader):
    rows = [decided(by_when=DAY), decided(about="the road")]
    p = partnership("ANA BEN", decisions=rows).for_reader(reader)
    told = red_thread.open_list(p)
    assert told.rows.loc[told.rows["source"] == "decisions", "about"].tolist() == ["the well"]
    assert told.data.iloc[0].tolist() == ["the well", "", UNREAD]
    assert red_thread.decisions(p).data["By when"].tolist() == [UNREAD, ""]


@READERS
def test_a_day_that_cannot_be_read_stands_in_every_table_of_days(reader):
    p = partnership(
        "ANA BEN",
        promises=[{"promise": "P1", "partner": "ANA", "to": "BEN", "what": "sand", "due": DAY}],
        practices=[
            {"practice": "A1", "principle": "care", "we_will": "call", "look_again_on": DAY}
        ],
        practising=[{"partner": "ANA", "what_we_will_do_differently": "ask", "look_again_on": DAY}],
        risks=[{"risk": "R1", "what_could_happen": "a flood"}],
        risk_care=[{"risk": "R1", "we_will": "watch", "lead": "ANA", "by_when": DAY}],
    ).for_reader(reader)
    assert value.open_promises(p).data["Promised for (date)"].tolist() == [UNREAD]
    assert principles.practices(p).data["Review on"].tolist() == [UNREAD]
    assert relationship.practising(p).data["Review on"].tolist() == [UNREAD]
    assert risk_sharing.who_carries(p).table.data["By when"].tolist() == [UNREAD]
    assert red_thread.open_list(p).data["By when"].iloc[0] == UNREAD
    none = "No decision and no promise shown here has a day that can be read."
    assert red_thread.calendar(p).table.nothing == none
    assert value.promise_calendar(p).table.nothing.endswith("has a day that can be read.")


def test_between_rounds_and_on_the_page_for_a_board_a_day_that_cannot_be_read_is_told():
    promise = {"promise": "P1", "partner": "ANA", "to": "BEN", "what": "sand", "due": DAY}
    care = {"risk": "R1", "carries": "ANA", "by_when": DAY}
    risks = [{"risk": "R1", "what_could_happen": "a flood"}]
    p = partnership("ANA BEN", promises=[promise], risks=risks, risk_care=[care])
    told = rounds.promises_since(partnership("ANA BEN"), p).data
    assert told["Promised for (date)"].tolist() == [UNREAD]
    assert first_page._carries(p.for_reader("room")).data["By when"].tolist() == [UNREAD]


@READERS
def test_a_practice_whose_day_cannot_be_read_is_not_said_to_be_due_later(reader):
    practice = {"practice": "A1", "principle": "care", "we_will": "call"}
    day = [{"date": "2026-05-01"}]
    unread = partnership("ANA", partnership=day, practices=[practice | {"look_again_on": DAY}])
    told = principles.due(unread.for_reader(reader)).nothing
    assert told == "Nothing shown here with a day that can be read is due yet."
    empty = principles.due(partnership("ANA", partnership=day, practices=[practice])).nothing
    assert empty == "Nothing is due yet."


def test_a_draft_asks_for_a_day_that_cannot_be_read_as_such():
    practice = {"practice": "A1", "principle": "care", "we_will": "call", "look_again_on": DAY}
    care = {"risk": "R1", "carries": "ANA", "decides": "ANA", "pays": "BEN", "by_when": DAY}
    p = partnership(
        "ANA BEN",
        practices=[practice],
        risks=[{"risk": "R1", "what_could_happen": "a flood"}],
        risk_care=[care],
        protocol=[{"step": "1", "who_meets": "two of us", "within_days": "some"}],
    )
    told = drafted(p, clauses._practices)
    assert "when we look at it again (cannot be read)" in told
    assert "when we look at it again," not in told and DAY not in told
    assert "By when (cannot be read)" in drafted(p, clauses._risks)
    assert "Within … working days (cannot be read)" in drafted(p, clauses._protocol)


@pytest.mark.parametrize("topic", ["", "the boat that we share"])
def test_a_clause_on_no_topic_that_can_be_read_is_in_the_draft_all_the_same(topic):
    rows = [
        {"clause": "C1", "topic": topic, "in_partnership_agreement": "We call."},
        {
            "clause": "C2",
            "topic": topic,
            "in_partnership_agreement": "A.",
            "in_grant_agreement": "B.",
        },
    ]
    told = drafted(
        partnership("ANA BEN", clauses=rows), lambda p: clauses._topics(p, "further", True)
    )
    assert "We call. To settle: C2: one paper says “A.”, the other “B.”" in told
    assert told.count("to which topic do these belong?") == 1


# ---------------------------------------------------------------- numbers


@READERS
def test_a_decision_whose_stop_cannot_be_read_stays_open(reader):
    rows = [decided(stop="the first", outcome="we differ, and must decide")]
    p = partnership("ANA BEN", decisions=rows)
    assert [one.column for one in p.problems] == ["stop"]
    seen = p.for_reader(reader)
    assert red_thread.open_list(seen).rows["about"].iloc[0] == "the well"
    assert red_thread.differences(seen).rows["about"].tolist() == ["the well"]
    assert red_thread.tour(seen).table.notes == ("The stop cannot be read: the well.",)


def test_on_the_page_for_a_board_a_sum_that_cannot_be_read_is_told():
    paid = {"transfer": "T1", "from": "ANA", "to": "BEN", "form": "joint fund"}
    lost, empty = (
        partnership("ANA BEN", transfers=[paid | {"amount": sum_}]) for sum_ in ("5k", "")
    )
    told = "Money: ANA to BEN: a sum that cannot be read, joint fund."
    assert first_page._money(lost.for_reader("room")) == (told,)
    assert first_page._money(empty.for_reader("room")) == ("Money: ANA to BEN: joint fund.",)


@READERS
def test_days_and_ticks_of_a_step_that_cannot_be_read_are_not_said_to_be_missing(reader):
    step = {"step": "1", "we_go_here_when": "a", "how_it_can_be_raised": "b", "who_meets": "c"}
    step |= {"meanwhile": "d", "within_days": "a few", "this_step_has": "a role somewhere"}
    p = partnership("ANA BEN", protocol=[step]).for_reader(reader)
    told = principles.ladder_check(p)
    assert told.rows[["lacks", "what"]].values.tolist() == [
        ["to read", "within_days"],
        ["to read", "this_step_has"],
    ]
    assert "no days given" not in principles.ladder(p).alternative
    assert "its days cannot be read" in principles.ladder(p).alternative


# ---------------------------------------------------------------- words to tick


def test_a_word_that_cannot_be_read_is_not_an_answer_that_was_left_open():
    p = partnership(
        "ANA BEN",
        risks=[{"risk": "R1", "what_could_happen": "a flood"}],
        risk_views=[("ANA", "", "R1", "likly so", "harms us"), ("BEN", "", "R1", "likely", "")],
        promises=[
            {"promise": "P1", "partner": "ANA", "to": "BEN", "what": "sand", "status": "dunno"}
        ],
    )
    notes = " ".join(risk.left_open(p).notes)
    assert "R1 ANA: cannot be read · harms us; R1 BEN: likely · left open" in notes
    assert value.open_promises(p).data["Result so far"].tolist() == [UNREAD]
    room = p.for_reader("room")
    assert value.open_promises(room).data["Result so far"].tolist() == [""]  # as one kept back


def test_where_a_statement_cannot_be_read_voices_do_not_speak_in_its_place():
    voices = [("ANA", f"a{at}", "O1", "support it", "no part") for at in range(5)]
    stated = ("ANA", "", "O1", "suport, perhaps", "no part")
    other = ("BEN", "", "O1", "support it", "essential part")
    rows = [stated, other, *voices]
    p = partnership("ANA BEN", objectives=[("O1", "a well")], positions=rows)
    assert purpose.stances(p).rows["seen"].tolist() == [1]
    for reader in ("mine", "room"):
        assert "all support it" not in purpose.stances(p.for_reader(reader)).plain()


def test_a_tick_that_cannot_be_read_and_may_be_guarded_keeps_the_table_off_the_wall():
    def wall(stance: str, share: str = ""):
        rows = [(who, "", "O1", "support it", "no part") for who in ("ANA", "BEN")]
        third = {"partner": "CYD", "objective": "O1", "stance": stance, "our_part": "no part"}
        return partnership(
            "ANA BEN CYD",
            partnership=[{"mode": "confidential"}],
            objectives=[("O1", "a well")],
            positions=[*rows, third | {"share": share}],
            consents=[
                {"partner": who, "positions": "with our name"} for who in ["ANA", "BEN", "CYD"]
            ],
        ).for_reader("room")

    assert "positions" in wall("we do not know").hidden.consented
    assert "positions" not in wall("cannot acept, sorry").hidden.consented
    assert "positions" in wall("cannot acept, sorry", "everyone here").hidden.consented


def test_who_may_have_promised_is_not_said_to_have_promised_nothing():
    lines = [
        {"line": "V1", "partner": "ANA", "we": "hope for", "what": "rain"},
        {
            "line": "V2",
            "partner": "ANA",
            "we": "bring",
            "what": "sand",
            "how_sure": "promissed, yes",
        },
    ]
    assert value.nothing_promised_yet(partnership("ANA BEN", value_lines=lines)).rows.empty


def test_a_topic_of_which_it_cannot_be_read_where_it_stands_is_not_said_to_stand_nowhere():
    topics = [
        {"topic": "What we bring", "where": "in the annex", "gathers": "what each brings"},
        {"topic": "Money", "where": "in both", "together": "unclear to me"},
    ]
    line = {"line": "V1", "partner": "ANA", "we": "bring", "what": "sand"}
    p = partnership("ANA BEN", topics=topics, value_lines=[line | {"how_sure": "we promise it"}])
    assert red_thread.agreed_not_written(p).caption == (
        "Agreed earlier, and in no document that can be read"
    )
    assert "in no document that can be read: V1 sand" in red_thread.checks(p).plain()
    told = agreement.topics_by_document(p).data.values.tolist()
    assert told == [["in both", "Money"], [UNREAD, "What we bring"]]
    assert agreement.differ(p).nothing == "Of what can be read, nothing is marked as different."
    closing = agreement.before_you_move_on(p).plain()
    assert "in which document it is written cannot be read: What we bring" in closing
    assert "not ticked yet" not in closing


# ---------------------------------------------------------------- lines that are left out


def test_where_lines_are_left_out_the_facilitator_is_told_of_what_stands_here():
    unit = {"partner": "ZED", "unit": "finance", "with_partner": "BEN"}
    lost = partnership("ANA BEN", contacts=[unit])
    assert lost["contacts"].empty and lost.lines_left_out and not lost.ticks_unread
    assert coherence.who_turns_to_you(lost).nothing.startswith("No contact is shown here.")
    assert risk.left_open(lost).nothing == "No risks yet."  # no line of this table is left out
    assert "Risks: nothing yet" in start.filled_in(lost).plain()
    empty = partnership("ANA BEN")
    assert coherence.who_turns_to_you(empty).nothing == "No contact is written down yet."
    blank = partnership("ANA BEN", contacts=[{"partner": "ANA", "unit": "", "with_partner": ""}])
    assert blank["contacts"].empty and not blank.lines_left_out


@READERS
def test_a_tick_that_cannot_be_read_is_not_shown_as_one_that_was_left_open(reader):
    share = {"share": "everyone here"}
    p = partnership(
        "ANA BEN",
        contacts=[{"partner": "ANA", "unit": "shop", "with_partner": "BEN", "we": "hm"} | share],
        moments=[{"moment": "M1", "when": "2026-01-02", "what_happened": "rain", "then": "hm"}],
        value_lines=[
            {"line": "V1", "partner": "ANA", "we": "bring", "what": "van", "how_sure": "hm"}
        ],
        objectives=[{"objective": "O1", "text": "a bridge", "kind": "hm"}],
    ).for_reader(reader)
    story = relationship.story(p)
    assert "cannot be read" in coherence.who_turns_to_you(p).plain()
    assert (
        "cannot be read" in story.table.plain() and "M1 on 2026-01-02: cannot" in story.alternative
    )
    assert "van (cannot be read)" in value.value_map(p).table.plain()
    assert "cannot be read" in first_page.results(p)[0].plain()


def test_of_what_the_facilitator_alone_sees_that_a_tick_cannot_be_read_is_told_too():
    p = partnership(
        "ANA BEN",
        kept=[("the talk", "ANA", "hm")],
        requests=[{"request": "Q1", "from": "ANA", "to": "BEN", "what_it_took": "hm"}],
    )
    assert coherence.text_and_practice(p).data["What was seen"].tolist() == ["cannot be read"]
    assert coherence.reached_us(p).data["Time it took"].tolist() == ["cannot be read"]


def test_a_line_of_another_table_that_was_left_out_is_no_reason_to_say_less():
    p = partnership(
        "ANA BEN",
        objectives=[("O 1!", "a bridge")],
        value_lines=[
            ("V1", "ANA", "hope for", "rain"),
            ("V2", "ANA", "ask one partner for", "a van"),
            ("V3", "BEN", "hope for", "sun"),
            {
                "line": "V4",
                "partner": "ANA",
                "we": "bring",
                "what": "it",
                "how_sure": "we promise it",
            },
        ],
        promises=[("P1", "ANA", "BEN", "a boat")],
    )
    assert p.lines_left_out == {"objectives"}
    assert "Nothing promised yet from" in value.nothing_promised_yet(p).data
    assert "nothing shown here answers" not in value.asked_and_answered(p).plain()
    assert value.not_kept(p).nothing.endswith("None.")


@READERS
def test_of_days_that_are_empty_it_is_not_said_that_they_cannot_be_read(reader):
    share = {"share": "everyone here"}
    p = partnership(
        "ANA BEN",
        promises=[("P1", "ANA", "BEN", "a boat"), ("P2", "ANA", "BEN", "a net", DAY)],
        decisions=[decided(by_when="2026-05-01"), decided(about="the road", stop="")],
        worth=[{"partner": "ANA", "worth_it": "", "if_what": "it rains"} | share],
    ).for_reader(reader)
    assert red_thread.calendar(p).table.notes == (
        "Without a day: P1 a boat; the road.",
        "The day cannot be read: P2 a net.",
    )
    assert red_thread.tour(p).table.notes == ("Without a stop: the road.",)
    bare = partnership("ANA BEN", promises=[("P1", "ANA", "BEN", "a boat")]).for_reader(reader)
    for nothing in (
        red_thread.calendar(bare).table.nothing,
        value.promise_calendar(bare).table.nothing,
    ):
        assert "a day" in nothing and "read" not in nothing
    if reader == "mine":
        assert "a condition without a tick: it rains" in value.before_you_move_on(p).plain()


@pytest.mark.rule("R11")
def test_of_what_a_left_out_line_may_say_nothing_is_denied_to_the_facilitator():
    p = partnership(
        "ANA BEN",
        partnership=[{"moment": "working together"}],
        value_lines=[
            ("V1", "ANA", "ask one partner for", "a van"),
            ("V2", "BEN", "hope for", "rain"),
            {
                "line": "V 3!",
                "partner": "BEN",
                "we": "bring",
                "what": "it",
                "how_sure": "we promise it",
            },
        ],
        risks=[("R 1!", "", "a flood")],
        practices=[("A1", "early", "", "call")],
        clauses=[("C 1!", "", "A1", "so", "")],
    )
    assert p.lines_left_out
    assert "No promise is shown here from" in value.nothing_promised_yet(p).data
    assert "asked; nothing shown here answers it yet" in value.asked_and_answered(p).plain()
    said = red_thread.checks(p).plain()
    assert "in no document shown here: A1" in said and "whether it was done is not shown" in said
    assert "3 Risk: nothing shown here" in start.tour_map(p).alternative
    assert "3 Risk: nothing yet" in start.tour_map(partnership("ANA BEN")).alternative


@pytest.mark.parametrize(
    "line", [("ANA", "", "O1", "suport?!", "no part"), ("ZED", "", "O1", "support it", "no part")]
)
def test_where_a_tick_cannot_be_read_nobody_is_said_to_have_left_it_open(line):
    def of(*rows):
        return partnership("ANA BEN", objectives=[("O1", "a well")], positions=list(rows))

    said = "not everybody has answered, or it cannot be read"
    other = ("BEN", "", "O1", "support it", "essential part")
    assert purpose.stances(of(other, line)).rows["state"].tolist() == [said]
    assert "ANA left open, or not read" in purpose.stance_strip(of(other, line)).alternative
    assert purpose.stances(of(other)).rows["state"].tolist() == ["not everybody has answered"]
    assert "left open" not in purpose.stance_strip(of(other, line).for_reader("room")).alternative


def test_nobody_is_said_to_bring_nothing_where_a_line_is_left_out_and_how_sure_it_is_is_told():
    line = {"line": "V1", "partner": "ANA", "we": "brings us", "what": "sand", "how_sure": "surely"}
    line |= {"share": "everyone here"}
    lost, read = (
        partnership("ANA BEN", value_lines=[line | {"we": we}]) for we in ("brings us", "bring")
    )
    assert "Nobody has written" not in value.value_map(lost).plain()
    for reader in ("mine", "room"):
        assert "V1 sand (cannot be read)" in value.value_sheets(read.for_reader(reader)).plain()
    board = first_page._brings(read.for_reader("room"))
    assert board.data["Brings"].tolist() == ["sand (cannot be read)"]


def test_a_condition_is_open_only_where_somebody_has_said_so():
    worth = [
        {"partner": "ANA", "worth_it": "yes, on one condition", "if_what": "reports come"},
        {"partner": "BEN", "worth_it": "not as it is now", "if_what": "no trade"},
        {"partner": "CYD", "worth_it": "yes, perhaps", "if_what": "it rains"},
    ]
    worth = [row | {"share": "everyone here"} for row in worth]
    p = partnership("ANA BEN CYD", worth=worth)
    for reader in ("mine", "room"):
        told = value.before_you_move_on(p.for_reader(reader)).plain()
        assert "if no trade" not in told and "if it rains" not in told
        assert "not worth it for somebody as it is now" in told
    told = value.before_you_move_on(p).plain()
    assert "a condition beside a tick that cannot be read: it rains" in told
    assert "worth it, if reports come; not worth it for somebody as it is now: no trade" in told


def test_two_payments_with_one_code_are_both_there_and_one_that_is_typed_twice_once():
    paid = {"transfer": "T1", "from": "ANA", "to": "BEN", "amount": "5", "form": "service contract"}
    other = paid | {"to": "CYD", "form": "grant", "share": "facilitator only"}
    p = partnership("ANA BEN CYD", transfers=[paid, paid, paid | {"to": "CYD"}])
    assert p["transfers"][["transfer", "to"]].values.tolist() == [["T1", "BEN"], [UNREAD, "CYD"]]
    assert "row 2 counts until" in p.problems[0].sentence
    assert "“T1” is the code of row 2 too, and both count." in p.problems[1].sentence
    hidden = partnership("ANA BEN CYD", transfers=[paid, other])
    assert hidden["transfers"]["form"].tolist() == ["service contract", "grant"]
    assert hidden["transfers"]["share"].tolist() == ["facilitator only"] * 2
    assert [(one.row, "the stricter answer counts" in one.sentence) for one in hidden.problems] == [
        (2, True),
        (3, False),
    ]
    assert hidden.for_reader("room")["transfers"].empty


def test_a_right_of_which_nobody_decides_is_asked_about_where_a_giver_cannot_be_read():
    grant = {"transfer": "T1", "from": "ZED", "to": "BEN", "form": "grant"}
    right = {"right": "Choose what to buy", "asked_first": "ZED"}
    p = partnership("ANA BEN", transfers=[grant], rights=[right]).for_reader("room")
    (point,) = drafts._right_points(p, drafts._grants(p))
    assert point.agreed == "To settle: who decides?"


def test_of_lines_that_are_all_unread_nothing_is_said_of_others():
    care = {"risk": "R1", "carries": "ZED", "decides": "ANA"}
    p = partnership("ANA BEN", risks=[("R1", "", "a flood")], risk_care=[care])
    told = risk_sharing.to_talk_about(p).nothing
    assert told == "Who is most affected, decides or pays cannot be read: R1."


def test_who_has_a_thing_is_not_concluded_where_somebodys_answer_cannot_be_read():
    def bring(have: str):
        rows = [("O1", "a boat", "needed", "ANA", "we have enough", "yes")]
        rows.append(("O1", "a boat", "needed", "BEN", have, "yes"))
        return partnership("ANA BEN", objectives=[("O1", "a well")], capabilities=rows)

    assert len(purpose.only_one_brings(bring("we have none")).rows) == 1
    unread = bring("plenty of them")
    assert purpose.only_one_brings(unread).rows.empty
    assert purpose.who_together(unread).rows["open"].tolist() == [("a boat",)]
    lost = [("O1", "a boat", "needed", "ANA", "a fine one", "yes")]
    nobody = partnership("ANA", objectives=[("O1", "a well")], capabilities=lost)
    assert purpose.who_together(nobody).rows["nobody_has"].tolist() == [()]
    told = purpose.who_together(unread).data
    assert told["Left open by somebody, or not read"].tolist() == ["a boat"]
    assert "Who has it cannot be read" not in purpose.who_together(bring("we have none")).data


@READERS
def test_a_type_of_risk_that_cannot_be_read_is_not_said_to_be_chosen_by_nobody(reader):
    p = partnership("ANA BEN", risks=[("R1", "weather", "a flood"), ("R2", "", "a fire")])
    told = risk.kinds_nobody_named(p.for_reader(reader))
    assert told.rows.empty
    said = "The type cannot be read of R1. Choose it again; then this table can be shown."
    assert told.nothing == said


@READERS
def test_a_behaviour_and_a_step_that_cannot_be_read_were_chosen_all_the_same(reader):
    p = partnership(
        "ANA BEN",
        practising=[{"partner": "ANA", "behaviour": "B77"}],
        tensions=[{"tension": "N1", "what_might_happen": "late money", "step": "9"}],
    ).for_reader(reader)
    assert relationship.practising(p).data["Behaviour"].tolist() == [UNREAD]
    assert principles.tensions(p).data["Goes to step"].tolist() == [UNREAD]


def test_of_results_and_outcomes_that_cannot_be_read_nothing_is_said_of_all():
    promise = {"promise": "P1", "partner": "ANA", "to": "BEN", "what": "sand", "status": "dunno"}
    hope = {"line": "V1", "partner": "ANA", "we": "hope for", "what": "rain", "how_sure": "what?"}
    p = partnership(
        "ANA BEN",
        promises=[promise],
        value_lines=[hope],
        decisions=[decided(outcome="agreed upon, I guess")],
        objectives=[("O1", "a well")],
        positions=[("ANA", "", "O1", "", "some part")],
    )
    assert value.not_kept(p).nothing == "None whose result can be read."
    assert value.nothing_promised_yet(p).nothing == (
        "How sure a line is cannot be read. Each of the others who hope has promised something."
    )
    assert red_thread.decisions(p).nothing == "Nothing that can be read is written down as agreed."
    assert purpose.parts(p).nothing == "No part that can be read is ticked."


def test_a_line_that_is_typed_twice_leaves_nothing_out():
    line = {"partner": "ANA", "unit": "finance", "with_partner": "BEN", "how_often": "weekly"}
    twice = partnership("ANA BEN", contacts=[line, line])
    assert twice.problems and not twice.lines_left_out
    other = partnership("ANA BEN", contacts=[line, line | {"how_often": "monthly"}])
    assert other.problems and other.lines_left_out


def test_a_condition_beside_which_no_answer_can_be_read_is_told_to_the_facilitator_alone():
    worth = [{"partner": "ANA", "worth_it": "prehaps", "if_what": "they pay our driver"}]
    p = partnership("ANA BEN", partnership=[{"mode": "with names"}], worth=worth)
    assert "they pay our driver" in value.before_you_move_on(p).plain()
    assert "driver" not in value.before_you_move_on(p.for_reader("room")).plain()


@READERS
def test_for_whom_cannot_be_read_stands_above_what_is_brought_for_somebody_unknown(reader):
    lines = [
        {"line": "V1", "partner": "ANA", "we": "bring", "what": "a van", "whose": "somebodyy"},
        {"line": "V2", "partner": "BEN", "we": "bring", "what": "a room", "whose": "ANA"},
    ]
    p = partnership("ANA BEN", value_lines=lines).for_reader(reader)
    assert "for whom cannot be read" in value.value_map(p).table.data.columns


def test_of_two_payments_with_one_code_neither_becomes_a_grant_that_nobody_wrote():
    rows = [
        {"transfer": "T1", "from": "ANA", "to": "BEN", "amount": "1000", "form": "grant"},
        {
            "transfer": "T1",
            "from": "BEN",
            "to": "CYD",
            "amount": "2000",
            "form": "service contract",
        },
    ]
    for typed in (rows, rows[::-1], [*rows, rows[1], rows[1] | {"form": ""}]):
        p = partnership("ANA BEN CYD", transfers=typed)
        forms = [row["form"] for row in typed[:2]]
        assert p["transfers"]["form"].tolist() == forms and p.money_moves
        assert len(drafts.grant_skeletons(p)) == 1
    second, again, third = p.problems
    assert second.beside == (2,) and (again.same_as, third.same_as) == (3, 3)


def test_payments_without_a_code_of_their_own_are_called_so_in_results_and_in_drafts():
    paid = {"transfer": "T1", "from": "ANA", "to": "BEN", "amount": "5", "form": "grant"}
    p = partnership(
        "ANA BEN", transfers=[paid, paid | {"amount": "6"}, paid | {"transfer": "T 9?"}]
    )
    called = "a payment without a code of its own"
    assert [row["transfer"] for row in clauses.transfers(p)] == ["T1", called, called]
    assert list(drafts.grant_skeletons(p)) == ["T1", called, f"{called}-2"]
    told = agreement.documents(p).data["Why"].iloc[1]
    assert told.startswith(f"T1, {called}, {called}: money for a purpose")
