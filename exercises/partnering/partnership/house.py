"""What parts of one organisation answered inside it: for that organisation alone."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from partnering.language import tr
from partnering.partnership.partnership import Partnership
from partnering.schema.check import Problem

ANSWERS, QUESTIONS = "house_answers", "house_questions"


@dataclass(frozen=True)
class House:
    """The answers inside one organisation: its code and name, the table `house_answers`, and the questions in words."""

    partner: str
    name: str
    answers: pd.DataFrame
    questions: dict[str, str]
    problems: tuple[Problem, ...] = ()


def of(house: Partnership) -> House:
    """The answers of a house that is open."""
    ((partner, name),) = house.names.items()
    told = house[QUESTIONS].set_index("question")["text"].map(tr).to_dict()
    return House(partner, name, house[ANSWERS], told, tuple(house.problems))
