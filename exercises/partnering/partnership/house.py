"""What parts of one organisation answered inside it: for that organisation alone."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from partnering.language import tr
from partnering.partnership.partnership import Partnership
from partnering.schema.problems import Problem

ANSWERS, QUESTIONS = "house_answers", "house_questions"


@dataclass(frozen=True)
class House:
    """The answers inside one organisation.

    Attributes:
        partner: Its code.
        name: Its name.
        answers: The table `house_answers`.
        questions: The words of each question, by its code.
        problems: What could not be read.
    """

    partner: str
    name: str
    answers: pd.DataFrame
    questions: dict[str, str]
    problems: tuple[Problem, ...] = ()


def of(house: Partnership) -> House:
    """The answers of a house that is open.

    Args:
        house: A partnership of one partner: its `partners`, `house_questions`, `house_answers`.

    Returns:
        What its results are made of.
    """
    ((partner, name),) = house.names.items()
    asked = house[QUESTIONS]
    questions = dict(zip(asked["question"], asked["text"].map(tr), strict=True))
    return House(partner, name, house[ANSWERS], questions, tuple(house.problems))
