"""A draft asks where it lays more on one side; it never writes that down as agreed."""

import pytest

from examples import EVERY_EXAMPLE, example
from making import partnership
from partnering.documents import clauses, drafts
from partnering.schema import lists
from partnering.stops import principles

NAMES = " Asks: … Answers: … By: …"


def of(p, part: str) -> list[str]:
    """The clauses of one part of the agreement, those to settle with their mark."""
    return [clause.text for clause in clauses.of(p.for_reader("room")).get(part, [])]


def agreed(p, part: str) -> str:
    """What stands in a part without being a point to settle."""
    found = clauses.of(p.for_reader("room")).get(part, [])
    return "\n".join(clause.text for clause in found if not clause.settle)


def on_care(carries: str, decides: str, pays: str, **tables):
    """Three partners and one risk that the room has chosen."""
    return partnership(
        "ANA BEN CYD",
        partnership=[{"title": "Three", "mode": "with names"}],
        risks=[("R1", "", "the river rises")],
        risk_care=[("R1", carries, decides, pays, "we dig", "ANA", "2027-01-31")],
        **tables,
    )


# ------------------------------------------------------------------ risks


@pytest.mark.rule("5.6")
def test_what_one_decides_and_another_carries_is_a_question_with_two_names_and_a_day():
    told = of(on_care("ANA", "BEN", "BEN"), "risks")
    assert (
        "To settle: most affected: ANA; it is decided by BEN. Who asks ANA before, in which"
        " way, within how many hours, and what if the answer is no?" + NAMES
    ) in told
    assert agreed(on_care("ANA", "BEN", "BEN"), "risks") == (
        "the river rises.\nWe will: we dig. Who leads: ANA. By when: 2027-01-31."
    )
    assert (
        "To settle: who is most affected, who decides, who pays. Written so far: Most affected: "
        "ANA. Decides: BEN. Pays for it: BEN."
    ) in told


@pytest.mark.rule("5.6")
@pytest.mark.parametrize("pays", ["", "nobody"])
def test_that_nobody_pays_is_never_written_down_as_agreed(pays):
    p = on_care("ANA", "ANA", pays)
    assert any("on this sheet nobody pays for it." in text for text in of(p, "risks"))
    assert agreed(p, "risks") == "the river rises."  # and what is to be done binds nobody yet
    assert (
        "To settle: who is most affected, who decides, who pays. Written so far: Most affected: "
        "ANA. Decides: ANA. We will: we dig. Who leads: ANA. By when: 2027-01-31."
    ) in of(p, "risks")
    assert "Pays" not in "\n".join(of(p, "risks"))


@pytest.mark.rule("5.6")
@pytest.mark.parametrize(
    ("care", "question"),
    [
        (("ANA", "ANA, BEN", "ANA"), "ANA would be most affected, and would pay for the measure"),
        (("ANA", "ANA, BEN", "CYD"), "paid by CYD, decided by ANA, BEN. Above which amount is CYD"),
        (("people we serve", "ANA", "BEN"), "people we serve are most affected; it is decided"),
        (("ANA", "ANA", "people we serve"), "on this sheet people we serve pay for it."),
        (("nobody", "ANA", "ANA"), "on this sheet nobody is most affected by it."),
        (("ANA", "nobody", "ANA"), "on this sheet nobody decides."),
    ],
)
def test_each_one_sided_line_has_its_question(care, question):
    p = on_care(*care)
    assert any(question in text and text.endswith(NAMES) for text in of(p, "risks"))
    assert "Most affected" not in agreed(p, "risks") and "nobody" not in agreed(p, "risks").lower()


def test_a_line_on_which_nothing_is_one_sided_stands_as_agreed():
    p = on_care("all partners", "all partners", "all partners")
    assert (
        "Most affected: all partners. Decides: all partners. Pays for it: all partners."
        in agreed(p, "risks")
    )
    assert not any(NAMES in text for text in of(p, "risks"))
    assert "Most affected: ANA. Decides: ANA, BEN. Pays for it: BEN." in agreed(
        on_care("ANA", "ANA, BEN", "BEN"), "risks"
    )


FINISHED = {
    "stop": "3",
    "outcome": "agreed",
    "what_we_decided": "Together we hope for dry feet. We acknowledge that the river rises",
    "by_when": "2027-06-01",
}


@pytest.mark.rule("5.8")
@pytest.mark.parametrize("about", ["R1", "the sentence", "the sentence on R1"])
def test_the_sentence_that_the_partners_have_finished_is_used(about):
    told = of(on_care("ANA", "ANA", "BEN", decisions=[FINISHED | {"about": about}]), "risks")
    sentence = (
        "Together we hope for dry feet. We acknowledge that the river rises. We look at it again on "
        "2027-06-01."
    )
    assert sentence in told and "finish this sentence" not in "\n".join(told)


def test_among_several_risks_a_sentence_that_names_none_is_asked_about_and_none_is_guessed():
    p = partnership(
        "ANA BEN",
        partnership=[{"title": "Two", "mode": "with names"}],
        risks=[("R1", "", "rain"), ("R2", "", "wind")],
        risk_care=[("R1", "ANA", "ANA", "BEN"), ("R2", "ANA", "ANA", "BEN")],
        decisions=[FINISHED | {"about": "the sentence"}],
    )
    told = of(p, "risks")
    assert "To settle: of which risk does this sentence speak: R1, R2?" in told
    assert sum("finish this sentence" in text for text in told) == 2
    p.edit("decisions", p.sheets["decisions"].assign(about="the sentence on R2"))
    assert sum("finish this sentence" in text for text in of(p, "risks")) == 1


def test_a_sentence_on_which_they_differ_is_not_finished():
    differ = FINISHED | {"about": "R1", "outcome": "we differ, and must decide"}
    told = of(on_care("ANA", "ANA", "BEN", decisions=[differ]), "risks")
    assert any("finish this sentence" in text for text in told)


# ------------------------------------------------------------------ rights


def on_right(right: str, decides: str, asked="", told="", reason="", **tables):
    return partnership(
        "ANA BEN CYD",
        partnership=[{"title": "Three", "mode": "with names"}],
        rights=[(right, decides, asked, told, reason)],
        **tables,
    )


@pytest.mark.rule("5.6")
def test_no_reason_silences_the_question_on_what_one_decides_alone():
    p = on_right("Stop a payment", "ANA", "", "BEN", "The form says so.")
    assert agreed(p, "rights") == ""
    assert of(p, "rights")[0] == (
        "To settle: Stop a payment: ANA decides alone, and says: “The form says so.” Told afterwards: "
        "BEN. Which law or contract requires it, in which line? If one does: what does ANA promise "
        "to do before it uses this right (days of notice, a call, a reason in writing)? If none "
        "does: could BEN, CYD be asked before?" + NAMES
    )
    assert of(on_right("Stop a payment", "ANA"), "rights")[0] == (
        "To settle: Stop a payment: ANA decides alone. Why, and could BEN, CYD be asked "
        "before?" + NAMES
    )


@pytest.mark.rule("5.4")
def test_whoever_asks_only_itself_decides_alone():
    assert "decides alone" in of(on_right("Stop a payment", "ANA", "ANA"), "rights")[0]
    assert "decides alone" in of(on_right("Stop a payment", "ANA", "nobody"), "rights")[0]
    assert agreed(on_right("Stop a payment", "ANA", "BEN"), "rights") != ""


def test_those_who_receive_money_and_hear_of_it_afterwards_are_named():
    money = [("T1", "ANA", "BEN", "5", "EUR", "a roof", "grant")]
    p = on_right("Change the budget", "ANA", "CYD", "BEN", "The form says so.", transfers=money)
    assert any(
        "BEN would only hear of it afterwards, and money goes there" in text
        for text in of(p, "rights")
    )
    assert agreed(p, "rights") == ""


END = {"step": "END", "meanwhile": "Visits go on.", "within_days": "30", "who_meets": "all"}


@pytest.mark.rule("5.6")
def test_a_right_to_end_is_held_against_the_days_of_the_protocol_and_against_the_others():
    p = on_right("Suspend the work or end it", "ANA", "", "BEN", protocol=[END])
    told = "\n".join(of(p, "rights"))
    assert "ANA may suspend or end this; BEN, CYD may not." in told
    assert (
        "as written here, ANA may end this and BEN would hear of it afterwards; step END "
        "of the conflict protocol says: within 30 working days. Which is right?" + NAMES
    ) in told
    same = on_right("Suspend the work or end it", "all partners", protocol=[END])
    assert of(same, "rights") == ["Suspend the work or end it: decided by all partners."]
    proposal = on_right("Suspend the work or end it", "ANA, BEN")
    assert "Which holds?" not in "\n".join(of(proposal, "rights"))  # nobody has made it theirs


def test_what_nobody_decides_has_no_clause():
    assert of(on_right("Stop a payment", "nobody"), "rights") == [
        "To settle: Stop a payment: who decides?"
    ]


# ------------------------------------------------------------------ purpose, people, contributions


def on_objective(stance: str, mode: str = "with names", **objective):
    named = {"objective": "O1", "text": "a bridge"} | objective
    positions = [(code, "", "O1", stance, "essential part") for code in ("ANA", "BEN", "CYD")]
    return partnership(
        "ANA BEN CYD",
        partnership=[{"title": "Three", "mode": mode}],
        objectives=[named],
        positions=positions,
    )


@pytest.mark.rule("5.7")
def test_an_objective_of_one_partner_stands_under_its_name_and_not_as_everybodys():
    p = on_objective("support it", kind="one partner's own objective", whose="BEN")
    assert of(p, "purpose") == [
        "Objective of The BEN house: a bridge. The others know of it and need not work for it.",
        "To settle: may The BEN house use the partnership's name, time or money for it?" + NAMES,
    ]
    assert of(on_objective("support it"), "purpose") == ["We want to reach: a bridge."]
    whose = on_objective("support it", kind="one partner's own objective")
    assert of(whose, "purpose") == ["To settle: whose own objective is this? a bridge."]


@pytest.mark.rule("5.8")
def test_an_objective_of_which_nothing_is_shown_is_said_aloud_and_not_called_nobodys():
    p = on_objective("can agree to it", mode="confidential")
    assert of(p, "purpose") == [
        "To settle: a bridge. Say it aloud: could each of you agree to it, and who does what for "
        "it?"
    ]
    decided = {"stop": "1", "about": "O1", "outcome": "agreed", "what_we_decided": "in spring"}
    p.edit("decisions", partnership("", decisions=[decided]).sheets["decisions"])
    assert of(p, "purpose")[0].endswith("Decided so far: in spring.")


@pytest.mark.rule("5.7")
def test_people_we_serve_are_no_party_do_not_sign_and_owe_nothing():
    p = partnership(
        "",
        partners=[
            {"partner": "ANA", "name": "Ana's"},
            {"partner": "BEN", "name": "Ben's"},
            {"partner": "PEO", "name": "The street", "kind": "people we serve"},
        ],
        value_lines=[("V1", "PEO", "bring", "a room", "", "we promise it")],
    )
    parties = of(p, "parties")
    assert "The street (PEO): people we serve. They do not sign, and owe nothing here." in parties
    assert "To settle: who speaks for The street, and who chose them?" in parties
    assert "The street" not in "\n".join(of(p, "contributions"))
    assert not any("who signs for The street" in text for text in parties)


@pytest.mark.rule("5.7")
def test_who_offers_and_has_not_promised_is_named_and_so_is_who_stands_there_without_a_line():
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"title": "Three", "mode": "with names"}],
        value_lines=[
            ("V1", "ANA", "bring", "a van", "", "we promise it"),
            ("V2", "BEN", "bring", "a hall", "", "we offer it"),
        ],
    )
    told = of(p, "contributions")
    assert told[0] == "The ANA house contributes: a van."
    assert told[1] == (
        "To settle: The BEN house offers, and has not promised: a hall. Who in its organisation has "
        "to say yes?" + NAMES
    )
    asked = [text for text in told[2:] if "no contribution of" in text]
    assert len(asked) == len(told[2:]) == 2
    assert "The BEN house" in asked[0] and "The CYD house" in asked[1]


def test_a_promise_that_waits_asks_both_sides():
    p = partnership(
        "ANA BEN",
        partnership=[{"title": "Two", "mode": "with names"}],
        promises=[
            ("P1", "ANA", "BEN", "money", "", "not yet due"),
            ("P2", "BEN", "ANA", "a report", "", "not yet due", "P1"),
        ],
    )
    asked = [text for text in of(p, "contributions") if "depends on" in text]
    assert asked == [
        "To settle: P2 of The BEN house depends on P1 of The ANA house. What happens to each of them "
        "if it is late, and who says so first?" + NAMES
    ]


# ------------------------------------------------------------------ proposals, topics, money


@pytest.mark.rule("4.5")
def test_a_step_that_nobody_has_touched_stands_as_the_handbooks_proposal():
    p = partnership("ANA BEN", partnership=[{"title": "Two", "mode": "with names"}])
    assert agreed(p, "protocol") == "" and "How it ends" not in agreed(p, "review")
    told = of(p, "protocol")
    assert all(text.startswith("To settle: the handbook's proposal, not") for text in told[:-1])
    assert told[-1].endswith("these steps came with the handbook: 1, 2, 3, 4, END. Are they yours?")
    sheet = lists.sheets()["protocol"].copy()
    sheet.loc[sheet.index[0], "who_meets"] = "Ana and Ben"
    p.edit("protocol", sheet)
    assert agreed(p, "protocol").startswith("Step 1. ") and "Step 2" not in agreed(p, "protocol")
    assert of(p, "protocol")[-1].endswith("with the handbook: 2, 3, 4, END. Are they yours?")


GRANT = ("T1", "ANA", "BEN", "5", "EUR", "ended at will in 30 days", "grant")


def test_what_a_grant_asks_for_is_no_rule_of_the_agreement():
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"title": "Three", "mode": "with names"}],
        transfers=[GRANT, ("T2", "BEN", "CYD", "2", "EUR", "a part of it", "grant")],
    )
    assert "ended at will" not in agreed(p, "money")
    told = "\n".join(of(p, "money"))
    assert "the sheet says of it: “ended at will in 30 days.” What of this is a condition" in told
    assert "which conditions did The ANA house ask for, and which has The BEN house added?" in told


def test_that_no_money_stands_here_is_asked_and_nothing_is_concluded():
    hidden = dict(zip(("transfer", "from", "to", "amount"), GRANT, strict=False))
    hidden |= {"form": "grant", "share": "facilitator only"}
    settings = [{"title": "Two", "mode": "confidential"}]
    with_one = partnership("ANA BEN", partnership=settings, transfers=[hidden])
    without = partnership("ANA BEN", partnership=settings)
    assert of(with_one, "money") == of(without, "money")
    assert of(without, "money") == [
        "To settle: no money between partners is shown here. Does any move, and of which type?"
    ]
    assert drafts.grant_points(with_one) is None and drafts.grant_skeletons(with_one) == {}


@pytest.mark.rule("5.6")
def test_two_papers_that_say_two_things_are_no_clause():
    def draft(together: str) -> str:
        p = partnership(
            "ANA BEN",
            partnership=[{"title": "Two", "mode": "with names"}],
            topics=[("How it ends", "in both", together)],
            clauses=[("C1", "How it ends", "", "ninety days", "thirty days")],
        )
        return "\n".join(of(p, "further"))

    assert draft("they agree") == "ninety days"
    for together in ("they differ", "we do not know", ""):
        assert "one paper says “ninety days”, the other “thirty days” Which" in draft(together)


def test_a_question_on_a_topic_of_the_grant_agreement_is_not_lost():
    p = partnership(
        "ANA BEN",
        partnership=[{"title": "Two", "mode": "with names"}],
        topics=[("Reports", "grant agreement", "", "in which language?")],
    )
    told = of(p, "further")
    assert told[0] == "Reports: is in the grant agreement."
    assert "To settle: Reports: in which language?" in told
    assert any("those who do not sign the grant agreement?" in text for text in told)


def test_the_points_for_the_grant_put_nothing_that_one_decides_alone_under_what_was_agreed():
    p = on_right("Stop a payment", "ANA", "", "BEN", "The form says so.", transfers=[GRANT])
    (point,) = drafts._right_points(p.for_reader("room"), [{"from": "ANA"}])
    assert point.agreed == "To settle: as it is now, decided by ANA."
    assert "Which law or contract requires it" in point.ask_for


@pytest.mark.rule("5.6")
@pytest.mark.parametrize("name", EVERY_EXAMPLE)
def test_no_example_agrees_to_what_is_one_sided(name):
    p = example(name)
    agreed_to = "\n".join(agreed(p, part) for part in clauses.PARTS)
    assert "nobody." not in agreed_to and "The form says so" not in agreed_to
    own = p["objectives"][p["objectives"]["kind"] == "one partner's own objective"]
    assert len(own)
    for text in own["text"]:
        assert f"We want to reach: {text}" not in agreed_to
    for text in p["transfers"].loc[p["transfers"]["form"] == "grant", "purpose"]:
        assert text not in agreed_to


@pytest.mark.rule("5.8")
@pytest.mark.parametrize("stance", ["cannot accept it", "can agree to it", "we do not know"])
def test_on_an_objective_that_is_not_enough_the_question_is_the_same_whatever_was_ticked(stance):
    told = of(on_objective(stance), "purpose")
    assert [text for text in told if text.startswith("To settle")] == [
        "To settle: a bridge. Say it aloud: could each of you agree to it, and who does what for it?"
    ]


@pytest.mark.rule("5.8")
def test_whom_a_risk_would_hit_hardest_was_ticked_and_stands_in_no_draft():
    views = [(code, "", "R1", "likely", "could end us") for code in ("ANA", "BEN", "CYD")]
    told = of(on_care("ANA", "ANA, BEN", "BEN", risk_views=views), "risks")
    assert any("It would hit … hardest." in text for text in told)


# ------------------------------------------------------------------ what cannot be read


@pytest.mark.rule("5.6")
@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("ANA, BNE", "ANA", "ANA"), "Most affected"),
        (("ANA", "ANA, BNE", "ANA"), "Decides"),
        (("ANA", "ANA", "BNE"), "Pays for it"),
    ],
)
def test_who_cannot_be_read_in_a_risk_is_to_be_settled_and_nothing_is_concluded(cells, column):
    p = on_care(*cells)
    told = of(p, "risks")
    assert f"To settle: who is written under “{column}” cannot be read. Who is it?" + NAMES in told
    assert "cannot be read" not in agreed(p, "risks") and "ANA" not in agreed(p, "risks")[:30]
    assert not any("nobody" in text or "it is decided by" in text for text in told)


def test_a_lead_that_cannot_be_read_is_missing_in_a_draft():
    care = {"risk": "R1", "carries": "ANA", "decides": "ANA", "pays": "ANA", "lead": "BNE"}
    p = partnership("ANA BEN", risks=[("R1", "", "the river rises")], risk_care=[care])
    assert "cannot be read" not in agreed(p, "risks")
    assert "To settle: We will, Who leads (cannot be read), By when" in of(p, "risks")


@pytest.mark.rule("5.6")
@pytest.mark.parametrize(
    ("decides", "asked", "told", "column"),
    [
        ("ANA, BNE", "BEN", "", "Decides"),
        ("ANA", "BNE", "", "Asked before"),
        ("ANA", "BEN", "CYD, BNE", "Told afterwards"),
    ],
)
def test_who_cannot_be_read_in_a_right_is_to_be_settled(decides, asked, told, column):
    p = partnership(
        "ANA BEN CYD",
        partnership=[{"mode": "with names"}],
        rights=[("Suspend the work or end it", decides, asked, told)],
        transfers=[("T1", "ANA", "CYD", "500", "EUR", "a well", "grant")],
    )
    said = of(p, "rights")
    assert (
        f"To settle: Suspend the work or end it: who is written under “{column}” cannot be read. "
        "Who is it?" + NAMES
    ) in said
    assert agreed(p, "rights") == "" and not any("decides alone" in text for text in said)
    assert drafts.grant_points(p) is not None


def test_whose_own_objective_it_is_and_who_does_a_practice_is_asked_where_it_cannot_be_read():
    own = {"objective": "O1", "text": "our well", "kind": "one partner's own objective"}
    practice = {"practice": "A1", "principle": "trust", "who": "ANA, BNE", "we_will": "We call."}
    p = partnership("ANA BEN", objectives=[own | {"whose": "ANA, BNE"}], practices=[practice])
    assert agreed(p, "purpose") == "" and agreed(p, "practices") == "We call."
    assert of(p, "purpose")[0] == (
        "To settle: whose own objective this is cannot be read. Who is it? our well."
    )
    assert of(p, "practices")[1].startswith("To settle: who does it (cannot be read), ")


@pytest.mark.rule("R11")
def test_a_grant_whose_receiver_or_sum_cannot_be_read_is_a_grant_with_points_to_settle():
    grants = [
        ("T1", "ANA", "BNE", "94000", "USD", "", "grant"),
        ("T2", "ANA", "BEN", "9400O", "USD", "", "grant"),
    ]
    p = partnership("ANA BEN", partnership=[{"mode": "with names"}], transfers=grants)
    told = of(p, "money")
    assert told[0] == (
        "To settle: who gives, or who receives, cannot be read. Who is it? The ANA house to a "
        "partner that cannot be read: 94\u202f000 USD, grant. A grant agreement complements this "
        "agreement. It is not above it."
    )
    assert "To settle: how much? The sum cannot be read." in told
    empty = partnership("ANA BEN", transfers=[("T1", "ANA", "BEN", "", "USD", "", "grant")])
    assert "To settle: how much? No sum is shown here." in of(empty, "money")
    assert "94" not in agreed(p, "money")
    assert drafts.grant_points(p) is not None and list(drafts.grant_skeletons(p)) == ["T1", "T2"]


# ---------------------------------------------------------------- what came with the handbook


def steps(letters: tuple[str, str] = ("", ""), days: str = "", source=lists.sheets):
    """Two partners with the handbook's protocol: letters of its texts replaced, or all its days."""
    rows = source()["protocol"].to_dict("records")
    for row in rows:
        for name in ("we_go_here_when", "who_meets", "meanwhile"):
            row[name] = row[name].replace(*letters)
        row["within_days"] = days or row["within_days"]
    return partnership("ANA BEN", protocol=rows).for_reader("room")


@pytest.mark.parametrize("letters", [(". ", ".  "), (" ", "\u00a0"), ("'", "\u2019"), (".", "")])
def test_what_a_program_does_to_the_letters_of_a_proposal_makes_it_nobodys_agreement(letters):
    assert agreed(steps(letters), "protocol") == ""


def as_it_came_before():
    """The protocol with the texts that an earlier handbook had in some of its steps."""
    rows = lists.rows("protocol").drop_duplicates("step", keep="last")
    return {"protocol": rows.sort_values("step", kind="stable")}


@pytest.mark.parametrize("source", [lists.sheets, as_it_came_before])
def test_days_that_the_partners_changed_are_not_told_as_the_handbooks(source):
    came = [text for text in of(steps(source=source), "protocol") if "Step " in text]
    assert all("not yet yours" in text for text in came)
    p = steps(days="1", source=source)
    found = [text for text in of(p, "protocol") if "Step " in text]
    assert len(found) == 5
    assert all("changed by you. Is the rest yours?" in text for text in found)
    picture, together = principles.ladder(p).plain().splitlines()[1:3]
    assert "proposal" not in picture and "handbook" not in together


# ------------------------------------------------------------------ what nobody has chosen yet


@pytest.mark.rule("5.7")
def test_a_principle_that_somebody_only_proposed_is_not_written_down_as_agreed():
    rated = [
        ("Frankness", "ANA", who, "not important to us", "rarely done") for who in ["ANA", "BEN"]
    ]
    p = partnership("ANA BEN", principles=rated, practices=[("A1", "Care", "", "we call")])
    assert agreed(p, "principles") == "Care"
    (ask,) = [text for text in of(p, "principles") if text != "Care"]
    assert "proposed, and not chosen here yet: Frankness." in ask
    chosen = partnership(
        "ANA BEN", principles=rated, practices=[("A1", "Frankness", "", "we call")]
    )
    assert of(chosen, "principles") == ["Frankness"]


@pytest.mark.rule("5.7")
@pytest.mark.parametrize(
    ("kind", "whose", "asks"),
    [
        ("specific objective", "", ""),
        ("", "ANA", "or The ANA house's own?"),
        ("our own one", "ANA", "or The ANA house's own?"),
        ("our own one", "", "or one partner's own?"),
        ("", "ZED", "or one partner's own?"),
        ("specific objective", "ANA, BEN", ""),
    ],
)
def test_an_objective_that_may_be_one_partners_own_is_asked_about(kind, whose, asks):
    words = ("O1", "support it", "essential part")
    p = partnership(
        "ANA BEN",
        objectives=[("O1", "lorries", kind, whose)],
        positions=[(who, "", *words) for who in ("ANA", "BEN")],
    )
    assert agreed(p, "purpose") == "We want to reach: lorries."
    assert [text for text in of(p, "purpose") if "is this an objective of all of you" in text] == (
        [f"To settle: is this an objective of all of you, {asks} lorries."] if asks else []
    )


@pytest.mark.rule("5.8")
@pytest.mark.parametrize("stance", ["cannot accept it", "we do not know"])
def test_an_objective_of_one_partner_is_a_question_where_it_is_not_known_who_refuses(stance):
    p = partnership(
        "ANA BEN CYD",
        objectives=[("O1", "lorries", "one partner's own objective", "ANA")],
        positions=[
            ("ANA", "", "O1", "strongly for it", "essential part"),
            ("BEN", "", "O1", stance, "no part"),
            ("CYD", "", "O1", "support it", "no part"),
        ],
    )
    assert agreed(p, "purpose") == ""
    assert of(p, "purpose")[0] == (
        "To settle: objective of The ANA house: lorries. Say it aloud: could each of the others agree "
        "to it?"
    )


@pytest.mark.rule("5.8")
@pytest.mark.parametrize("part", ["essential part", "no part"])
def test_of_an_objective_of_one_partner_too_it_is_asked_what_people_we_serve_say(part):
    p = partnership(
        partners=[("ANA", "Ana"), ("BEN", "Ben"), ("SER", "Riders", "people we serve")],
        objectives=[("O1", "lorries", "one partner's own objective", "ANA")],
        positions=[(who, "", "O1", "support it", part) for who in ("ANA", "BEN")],
    )
    assert agreed(p, "purpose").startswith("Objective of Ana: lorries.")
    assert any("what do Riders say of it" in text for text in of(p, "purpose"))


@pytest.mark.parametrize("who", ["", "nobody"])
def test_what_nobody_does_is_no_practice_yet(who):
    p = partnership("ANA BEN", practices=[("A1", "care", who, "we call", "a call")])
    assert not [text for text in of(p, "practices") if text.startswith("Nobody")]
    assert any("who does it" in text for text in of(p, "practices"))
